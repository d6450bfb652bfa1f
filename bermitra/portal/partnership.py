"""The page of one partnership in words: everything that everybody may know of it, in six statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.existing.queries import earlier_of
from bermitra.agreements.models import Agreement
from bermitra.agreements.villages.queries import Gone, gone_from
from bermitra.deliberation.consent.rules import CONSENT_LABELS
from bermitra.deliberation.models import Decision
from bermitra.delivery.handing.rules import GIVERS, VERDICTS, Verdict, measured
from bermitra.delivery.queries import MoneyFacts, Promises, SourceMoney
from bermitra.delivery.rules import DUE_LABELS, TRAINING_LABELS, standing_of_due
from bermitra.foundation.money import rupiah
from bermitra.foundation.personal.open_text import openly
from bermitra.monitoring.models import Report
from bermitra.monitoring.queries import Standing, indicators_of
from bermitra.partnership.models import Case
from bermitra.partnership.queries import form_label, touched_words
from bermitra.partnership.rules import GIVEN_UP, STEP
from bermitra.portal.changes import earlier_addenda
from bermitra.portal.partnership_rows import agreement_of, history
from bermitra.portal.rows import Row, day, first, inner, instant
from bermitra.portal.words import SIDES, STANDING, heads

SHOWN = 6  # promises that stand open; the rest is folded


@dataclass(frozen=True)
class Promise:
    title: str
    small: str
    state: str
    kind: str
    order: int


@dataclass(frozen=True)
class Shown:
    """The page in words: what the template writes."""

    case: Case
    agreement: Agreement | None
    indicators: list[Standing]
    past: list[tuple[datetime, str]]
    today: date
    earlier_addenda: tuple[dict[str, Any], ...] = ()
    gone: Gone | None = None  # a draft whose village is there no longer
    earlier: EarlierAgreement | None = None  # recorded when it ran already: there is no agreement of ours behind it

    @property
    def example(self) -> bool:
        return self.case.example or bool(self.agreement and self.agreement.example)

    @property
    def _rows(self) -> Any:
        """The case with its annotated columns."""
        return self.case

    @property
    def needs(self) -> list[Row]:
        return self._rows.need_rows or []

    @property
    def potentials(self) -> list[str]:
        return [openly(row["title"]) for row in self._rows.potential_rows or ()]

    @property
    def forms(self) -> list[str]:
        return [form_label(code) for code in self.case.forms]

    @property
    def call(self) -> Row | None:
        return first(self._rows.call_rows)

    @property
    def rivals(self) -> Row | None:
        """Where others were asked for an offer as well."""
        return first(self._rows.rival_rows)

    @property
    def answered(self) -> dict[str, str]:
        """The village's written answer to an offer that came by itself, and how late it was (SL-33); else nothing."""
        row = first(self._rows.answer_rows)
        sent, due = (instant(row["at"]), day(row["due_on"])) if row else (None, None)
        if sent is None:
            return {}
        words = gettext("Jawaban tertulis %(day)s") % {"day": _date(localdate(sent))}
        late = (localdate(sent) - due).days if due else 0
        said_late = ngettext("terlambat %(n)s hari", "terlambat %(n)s hari", late) % {"n": late} if late > 0 else ""
        return {"words": words, "late": said_late}

    @property
    def decision(self) -> Row | None:
        return first(self._rows.decision_rows)

    @property
    def households(self) -> int:
        return sum(row["households"] for row in self.needs)

    @property
    def people(self) -> int:
        return sum(row["male"] + row["female"] for row in self.needs)

    # The way -----------------------------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        """1 to 5, or 6 when all is done; 0 for a case that was given up before an agreement."""
        return 0 if self.case.state in GIVEN_UP else STEP[self.case.phase]

    @property
    def notes(self) -> list[str]:
        """A date or a fact under each of the five steps."""
        held = self.agreement
        return [
            self._said_first(),
            gettext("Ditandatangani %(day)s") % {"day": _date(localdate(held.signed_at))}
            if held and held.signed_at
            else "",
            self._year_of_term(),
            ngettext("%(n)s ukuran", "%(n)s ukuran", len(self.indicators)) % {"n": len(self.indicators)}
            if self.indicators
            else "",
            self._reported(),
        ]

    def _said_first(self) -> str:
        priority = first(self._rows.priority_rows)
        if priority and priority["result"] == Decision.Result.AGREED:
            return gettext("Musyawarah %(day)s") % {"day": _date(day(priority["held_on"]))}
        opened = instant(self.call["opened_at"]) if self.call else None
        return gettext("Penawaran %(day)s") % {"day": _date(localdate(opened))} if opened else ""

    def _year_of_term(self) -> str:
        held = self.agreement or self.earlier
        if held is None or held.starts_on is None or held.ends_on is None:
            return ""
        if self.today < held.starts_on:
            return gettext("Mulai %(day)s") % {"day": _date(held.starts_on)}
        year, of = _years(held.starts_on, min(self.today, held.ends_on)), _years(held.starts_on, held.ends_on)
        return gettext("Tahun %(year)s dari %(of)s") % {"year": year, "of": of}

    def _reported(self) -> str:
        if self.agreement is None or self.agreement.starts_on is None:
            return ""
        sent = [row["year"] for row in self.reports if row["kind"] == Report.Kind.ANNUAL]
        if sent:
            return gettext("Laporan %(year)s sudah dikirim") % {"year": max(sent)}
        return gettext("Laporan awal %(year)s") % {"year": max(self.agreement.starts_on.year, self.today.year - 1) + 1}

    # Decided -----------------------------------------------------------------------------------------------------

    @property
    def decided(self) -> str:
        """``Musyawarah Desa 2 Maret 2026, 92 hadir, mufakat``."""
        row = self.decision
        if row is None:
            return ""
        said = {"day": _date(day(row["held_on"])), "n": row["present"]}
        words = gettext("Musyawarah Desa %(day)s, %(n)s hadir") % said
        if row["result"] != Decision.Result.AGREED:
            return f"{words}, {gettext('tidak menyetujui')}"
        if row["mode"] == Decision.Mode.CONSENSUS:
            return f"{words}, {gettext('mufakat')}"
        votes = gettext("%(yes)s suara setuju, %(no)s tidak")
        return f"{words}, {votes % {'yes': row['votes_for'], 'no': row['votes_against']}}"

    @property
    def touched(self) -> str:
        return touched_words(self.case)

    @property
    def consent(self) -> dict[str, str]:
        """``Persetujuan warga ditarik 3 Mei 2026``, and how it is marked; nothing where nobody is touched."""
        if not self.case.consent_needed:
            return {}
        row = first(self._rows.consent_rows)
        if row is None:
            return {"words": gettext("Warga terdampak belum ditanya"), "kind": "late" if self.agreement else "doing"}
        if row["state"] == "given":
            return {"words": gettext("Warga setuju %(day)s") % {"day": _date(day(row["given_on"]))}, "kind": "ok"}
        no = instant(row["refused_at"])
        on = _date(localdate(no)) if no else ""
        if row["given_on"]:
            return {"words": gettext("Persetujuan warga ditarik %(day)s") % {"day": on}, "kind": "late"}
        if row["state"] == "refused":
            return {"words": gettext("Warga menolak %(day)s") % {"day": on}, "kind": "late"}
        return {"words": gettext(CONSENT_LABELS[row["state"]].public), "kind": "doing"}

    # Money -------------------------------------------------------------------------------------------------------

    @cached_property
    def money(self) -> MoneyFacts | None:
        """By source: of the agreement and its book, before that as the village meeting was told."""
        if self.agreement is not None:
            return _money(self.agreement)
        planned = next((row for row in self._rows.sheet_rows or () if row["state"] in ("tabled", "agreed")), None)
        if planned is None:
            return None
        rows = inner(planned["topics"])["money"]["sources"]
        sources = tuple(SourceMoney(row["from"], row["channel"], int(row["amount"]), 0, 0) for row in rows)
        return MoneyFacts(sum(each.planned for each in sources), 0, 0, 0, sources)

    @cached_property
    def money_table(self) -> dict[str, Any]:
        """By source: planned; once there is an agreement also received, spent and left."""
        money = self.money
        if money is None:
            return {}
        names = [gettext("Sumber"), (gettext("Rencana"), "num")]
        if self.agreement is None:
            rows = [[openly(each.source), rupiah(each.planned)] for each in money.sources]
            return {"columns": names, "rows": rows, "foot": [[gettext("Jumlah"), rupiah(money.planned)]]}
        names += [(gettext("Diterima"), "num"), (gettext("Terpakai"), "num")]
        rows = [[openly(e.source), rupiah(e.planned), rupiah(e.received), rupiah(e.spent)] for e in money.sources]
        foot = [gettext("Jumlah"), rupiah(money.planned), rupiah(money.received), rupiah(money.spent)]
        return {"columns": names, "rows": rows, "foot": [foot]}

    @property
    def shares(self) -> list[dict[str, str]]:
        """The bar of sources: where each begins and how long it is, of four hundred; none for more than four."""
        money = self.money
        if money is None or not 1 < len(money.sources) <= 4 or not money.planned:
            return []
        at, found = Fraction(0), []
        for number, each in enumerate(money.sources, 1):
            width = Fraction(each.planned * 400, money.planned)
            found.append(
                {
                    "name": openly(each.source),
                    "class": f"g{number}",
                    "x": f"{float(at):.1f}",
                    "width": f"{max(float(width) - 2, 0):.1f}",
                }
            )
            at += width
        return found

    @property
    def used(self) -> Decimal | None:
        """The share of the planned money that was spent."""
        money = self.money
        return Decimal(money.spent) / money.planned if money and money.planned and self.agreement else None

    # Promises ----------------------------------------------------------------------------------------------------

    @property
    def _dues(self) -> list[Row]:
        return (self.agreement.due_rows or []) if self.agreement else []  # type: ignore[attr-defined]

    @cached_property
    def promises(self) -> list[Promise]:
        """Late ones first, then those whose day is near, then the others by their day."""
        found = [_promise(row, self.today, frozen=self._rests) for row in self._dues]
        return sorted(found, key=lambda each: each.order)

    @cached_property
    def standing(self) -> Promises:
        states = [standing_of_due(r["state"], _day(r["due_on"]), self.today, frozen=self._rests) for r in self._dues]
        kept, late, frozen = states.count("met"), states.count("overdue"), states.count("frozen")
        return Promises(len(states), kept, len(states) - kept - late - frozen, late, frozen)

    @property
    def _rests(self) -> bool:
        """Nothing falls due while the partnership is suspended."""
        return self.agreement is not None and self.agreement.state == "suspended"

    @property
    def nearest(self) -> list[Promise]:
        return self.promises[:SHOWN]

    @property
    def later(self) -> list[Promise]:
        return self.promises[SHOWN:]

    # Doing -------------------------------------------------------------------------------------------------------

    @property
    def activities(self) -> list[Row]:
        return (self.agreement.activity_rows or []) if self.agreement else []  # type: ignore[attr-defined]

    @property
    def finished(self) -> int:
        return sum(row["percent"] == 100 for row in self.activities)

    @property
    def handed(self) -> list[dict[str, str]]:
        """What passed from one side to the other, with its value and nobody's name."""
        return [
            {
                "title": openly(row["name"]),
                "small": " · ".join(
                    filter(
                        None,
                        (
                            measured(Decimal(str(row["quantity"])), row["unit"]),
                            rupiah(row["value"]),
                            gettext(GIVERS[row["giver"]]),
                            _date(day(row["on"])),
                            gettext("menjadi aset desa") if row["for_village"] else "",
                        ),
                    )
                ),
                "state": gettext(VERDICTS[row["verdict"]]),
                "kind": "ok" if row["verdict"] == Verdict.RECEIVED else "fix",
            }
            for row in self._rows.handed_rows or ()
        ]

    @property
    def participation(self) -> list[dict[str, str]]:
        """Who took part, in numbers: the meeting that decided, the meeting on the plan, every training."""
        found = []
        if (row := self.decision) and row["male"] + row["female"]:
            found.append(_took_part(gettext("Musyawarah Desa"), row["male"], row["female"], day(row["held_on"])))
        for row in (self.agreement.plan_rows or []) if self.agreement else []:  # type: ignore[attr-defined]
            if row["met_on"]:
                title = gettext("Pertemuan warga tentang rencana kerja")
                found.append(_took_part(title, row["men"], row["women"], day(row["met_on"])))
        for row in (self.agreement.training_rows or []) if self.agreement else []:  # type: ignore[attr-defined]
            title = gettext("Pelatihan: %(title)s") % {"title": openly(row["title"])}
            found.append(
                _took_part(title, row["men"], row["women"], day(row["starts"]))
                | {"state": gettext(TRAINING_LABELS[row["state"]].public), "kind": ""}
            )
        return found

    @property
    def change_table(self) -> dict[str, Any]:
        """Each indicator from its baseline to its newest approved value."""
        return {
            "columns": [
                gettext("Ukuran"),
                gettext("Awal"),
                gettext("Sekarang"),
                gettext("Sasaran"),
                gettext("Tercapai"),
            ],
            "rows": [
                [
                    f"{openly(each.indicator.title)} ({each.indicator.unit})",
                    each.baseline_words,
                    gettext("kelompok kecil") if each.hidden else each.value_words or gettext("belum diukur"),
                    f"{each.target_words} ({each.target.year})" if each.target else "",
                    "" if each.met is None or each.hidden else gettext("ya") if each.met else gettext("belum"),
                ]
                for each in self.indicators
            ],
        }

    @property
    def reports(self) -> list[Row]:
        return (self.agreement.report_rows or []) if self.agreement else []  # type: ignore[attr-defined]


def show(case: Case, today: date) -> Shown:
    """Five statements after that of the case, two where there is no agreement in force, one more for a draft."""
    agreement = agreement_of(case)
    indicators = indicators_of(agreement) if agreement else []
    earlier = earlier_of(case)
    changed = tuple(earlier_addenda(earlier)) if earlier is not None else ()
    return Shown(case, agreement, indicators, history(case, agreement), today, changed, gone_from(case), earlier)


def _money(agreement: Any) -> MoneyFacts:
    kept = {row["line"]: row for row in agreement.total_rows or ()}
    none = {"received": 0, "spent": 0}
    sources = tuple(
        SourceMoney(
            row["source"], row["channel"], row["amount"], kept.get(row["pk"], none)["received"],
            kept.get(row["pk"], none)["spent"],
        )
        for row in agreement.source_rows or ()
        if row["amount"] or row["pk"] in kept  # what an addendum ended is shown where money came by it
    )  # fmt: skip
    return MoneyFacts(
        planned=sum(each.planned for each in sources),
        received=sum(each.received for each in sources),
        spent=sum(each.spent for each in sources),
        shared=kept.get(None, none)["received"],
        sources=sources,
    )


_ORDER = ("overdue", "due", "evidence_submitted", "not_due", "frozen", "met")


def _promise(row: Row, today: date, *, frozen: bool) -> Promise:
    due_on = _day(row["due_on"])
    stands = standing_of_due(row["state"], due_on, today, frozen=frozen)
    words = gettext(DUE_LABELS[stands].public)
    if stands == "overdue":
        late = (today - due_on).days
        words = ngettext("Terlambat %(n)s hari", "Terlambat %(n)s hari", late) % {"n": late}
    small = [gettext(SIDES[row["party"]]), gettext("jatuh tempo %(day)s") % {"day": _date(due_on)}]
    small += [openly(row["measure"])] if row["measure"] else []
    text = openly(row["text"])
    return Promise(
        text[:1].upper() + text[1:], " · ".join(small), words, STANDING[stands], _ORDER.index(stands)
    )  # fmt: skip


def _took_part(title: str, men: int, women: int, on: date | None) -> dict[str, str]:
    words = heads(men, women)
    return {"title": title, "small": f"{words} · {_date(on)}" if on else words}


def _years(start: date, end: date) -> int:
    """Years begun between two days."""
    return end.year - start.year + ((end.month, end.day) >= (start.month, start.day))


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _date(on: date | None) -> str:
    return date_format(on, "j F Y") if on else ""
