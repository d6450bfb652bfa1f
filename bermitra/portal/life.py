"""What goes on in a village: needs, potentials, who decides, the last Musyawarah. Read with the village, in its statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from bermitra.deliberation.models import SignNote
from bermitra.deliberation.queries import public_meetings
from bermitra.deliberation.signs import COLUMNS, signs_in, with_facts
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.fields import filled
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.regions.models import Region
from bermitra.needs.queries import kind_label, public_needs, public_potentials, unit_label
from bermitra.partnership.models import CaseNeed
from bermitra.partnership.rules import GIVEN_UP, LABELS, NOT_PUBLIC
from bermitra.portal.rows import Row, Rows, day, first, instant
from bermitra.registry.models import PlanLine, UmbrellaRegulation, VillageAsset
from bermitra.selection.models import Proposal

NEEDS, POTENTIALS, LINES, ASSETS = 10, 12, 10, 12  # more than these stand behind a sentence
NOTES = 50  # the newest explanations of signs, of which the last meeting has a few
DECIDE = (roles.VILLAGE_HEAD.key, roles.BPD_CHAIR.key, roles.VILLAGE_SECRETARY.key)
ANSWERED = Q(answer_due=None) & ~Q(case__state__in=NOT_PUBLIC)  # offers, as far as the case is public
NOT_SHOWN = (*GIVEN_UP, *NOT_PUBLIC)


@dataclass(frozen=True)
class Official:
    """Who holds an office that decides: officials' names are public."""

    office: str
    name: str
    until: date | None


@dataclass(frozen=True)
class Answers:
    """What became of the offers that partners made of their own accord."""

    n: int  # answered
    late: int  # of these, after their day
    overdue: int  # still waiting, though their day has passed

    @property
    def any(self) -> bool:
        return bool(self.n or self.overdue)


@dataclass(frozen=True)
class Life:
    needs: list[dict[str, str]]
    more_needs: bool
    potentials: dict[str, Any]
    more_potentials: bool
    plan: dict[str, Any]
    more_plan: bool
    assets: list[dict[str, str]]
    more_assets: bool
    officials: list[Official]
    meeting: Row | None
    signs: list[dict[str, str]]
    answers: Answers
    regulation: Row | None
    example: bool

    @property
    def meeting_on(self) -> date | None:
        return day(self.meeting["held_on"]) if self.meeting else None

    @property
    def any(self) -> bool:
        return bool(self.needs or self.potentials["rows"])


def with_life(villages: QuerySet[Region]) -> QuerySet[Region]:
    """The villages with these lists as columns."""
    here: Any = OuterRef("pk")
    answers = CaseNeed.objects.filter(need=OuterRef("pk")).exclude(case__state__in=NOT_SHOWN).order_by("-case_id")
    needs = public_needs(here).annotate(
        case_code=Subquery(answers.values("case__code")[:1]), case_state=Subquery(answers.values("case__state")[:1])
    )
    offices = Appointment.objects.filter(region=here, role__in=DECIDE, state=Appointment.State.CONFIRMED)
    held = with_facts(public_meetings(here).filter(opened_at__isnull=False))
    return villages.annotate(
        need_rows=Rows(
            needs[: NEEDS + 1], title="title", hamlet="hamlet", rank="rank", households="households", male="male",
            female="female", severity="severity", case="case_code", state="case_state", example="example",
        ),
        potential_rows=Rows(
            public_potentials(here)[: POTENTIALS + 1], title="title", kind="kind", quantity="quantity", unit="unit",
            season="season", strength="strength", verified="verified_at", example="example",
        ),
        office_rows=Rows(
            offices.order_by("-since", "pk"), role="role", title="title", name="person__full_name", since="since",
            until="until", example="person__example",
        ),
        meeting_rows=Rows(
            held[:1], pk="pk", held_on="held_on", ends="ends", here="here", asked="asked", topic="topic",
            example="example", **{name: name for name in COLUMNS},
        ),
        note_rows=Rows(
            SignNote.objects.filter(meeting__village=here).order_by("-pk")[:NOTES], meeting="meeting_id", sign="sign",
            text="text",
        ),
        answer_rows=Rows(
            _offered(here).values("village").annotate(
                n=Count("pk", filter=ANSWERED), late=Count("pk", filter=ANSWERED & Q(days_late__gt=0)),
            ),
            n="n", late="late",
        ),
        waiting_rows=Rows(_offered(here).filter(answer_due__isnull=False, state="sent"), due="answer_due"),
        plan_rows=Rows(
            PlanLine.objects.kept().filter(village=here).exclude(execution_mode=PlanLine.Mode.SELF)
            .order_by("-year", "plan", "pk")[: LINES + 1],
            activity="activity", plan="plan", year="year", mode="execution_mode", place="place",
        ),
        asset_rows=Rows(
            VillageAsset.objects.kept().filter(village=here, recorded=True, pledged=False)
            .order_by("name", "pk")[: ASSETS + 1],
            name="name", kind="kind", quantity="quantity", unit="unit", land="village_land",
        ),
        regulation_rows=Rows(
            UmbrellaRegulation.objects.filter(village=here).order_by("-dated", "-pk")[:1], number="number", year="year",
            title="title",
        ),
    )  # fmt: skip


def _offered(village: Any) -> QuerySet[Proposal]:
    """What partners offered of their own accord. One that waits for an answer of the village has a day until which it waits;
    once that has passed it is counted, though nobody reads yet what it is. (:func:`_answers` counts these: the statement is
    worked out once in a process and must not hold a day.)"""
    return Proposal.objects.filter(village=village, call=None, rival_of=None, case__isnull=False).order_by()


def life_of(village: Any, today: date) -> Life:
    """What :func:`with_life` has read; of the offices those that are held on this day."""
    needs, potentials = village.need_rows or [], village.potential_rows or []
    offices = [row for row in village.office_rows or () if row["since"] <= today.isoformat() <= row["until"]]
    meeting = first(village.meeting_rows)
    lines, assets = village.plan_rows or [], village.asset_rows or []
    shown = [*needs, *potentials, *offices, *([meeting] if meeting else [])]
    return Life(
        needs=[_need(row) for row in needs[:NEEDS]],
        more_needs=len(needs) > NEEDS,
        potentials=_table(potentials[:POTENTIALS]),
        more_potentials=len(potentials) > POTENTIALS,
        plan=_plan(lines[:LINES]),
        more_plan=len(lines) > LINES,
        assets=[_asset(row) for row in assets[:ASSETS]],
        more_assets=len(assets) > ASSETS,
        officials=_officials(offices),
        meeting=meeting,
        signs=_signs(village, meeting, village.note_rows or []),
        answers=_answers(first(village.answer_rows), village.waiting_rows or [], today),
        regulation=first(village.regulation_rows),
        example=any(row["example"] for row in shown),
    )


def _answers(counted: Row | None, waiting: list[Row], today: date) -> Answers:
    overdue = sum(row["due"] < today.isoformat() for row in waiting)
    return Answers(overdue=overdue, **(counted or {"n": 0, "late": 0}))


def _signs(village: Any, meeting: Row | None, notes: list[Row]) -> list[dict[str, str]]:
    """Signs of trouble of the last meeting with the newest explanation of each: figures and words, nobody's name."""
    if meeting is None or meeting["first_decided"] is None:
        return []
    decided = {name: instant(meeting[name]) for name in ("first_decided", "last_decided")}
    found = signs_in(
        {**meeting, **decided},
        village=village.pk,
        held_on=date.fromisoformat(meeting["held_on"]),
        ends=time.fromisoformat(meeting["ends"]) if meeting["ends"] else None,
    )
    said = {row["sign"]: openly(row["text"]) for row in reversed(notes) if row["meeting"] == meeting["pk"]}
    return [{"says": filled(each.says, each.figures), "why": said.get(each.code, "")} for each in found]


def _need(row: Row) -> dict[str, str]:
    """A need in the residents' order, with whom it touches and whether somebody works on it."""
    people = row["male"] + row["female"]
    touched = ""
    if row["households"]:
        touched = ngettext("%(n)s keluarga", "%(n)s keluarga", row["households"]) % {"n": row["households"]}
    elif people:
        touched = ngettext("%(n)s jiwa", "%(n)s jiwa", people) % {"n": people}
    phase = LABELS[row["state"]].phase if row["state"] else ""
    state, kind = (
        (gettext("Sudah bermitra"), "ok")
        if phase in ("pelaksanaan", "pelaporan", "berakhir")
        else (gettext("Sedang disusun"), "doing")
        if phase
        else (gettext("Mencari mitra"), "")
    )
    return {
        "title": openly(row["title"]),
        "url": reverse("page.partnership", args=[row["case"]]) if row["case"] else "",
        "small": " · ".join(
            filter(None, [touched, row["hamlet"], gettext("berat %(n)s dari 5") % {"n": row["severity"]}])
        ),
        "state": state,
        "kind": kind,
    }


def _table(rows: list[Row]) -> dict[str, Any]:
    return {
        "columns": [gettext("Potensi"), gettext("Banyaknya"), gettext("Musim"), gettext("Kekuatan")],
        "rows": [[_potential(row), _quantity(row), openly(row["season"]), _strength(row)] for row in rows],
    }


def _strength(row: Row) -> str:
    if row["strength"] is None:
        return ""
    looked = gettext("diperiksa") if row["verified"] else gettext("dinyatakan sendiri")
    return f"{gettext('%(n)s dari 100') % {'n': row['strength']}} · {looked}"


def _plan(rows: list[Row]) -> dict[str, Any]:
    """Lines that the village means to carry out with others: what a partner looks for."""
    return {
        "columns": [gettext("Kegiatan"), gettext("Rencana"), gettext("Pola"), gettext("Lokasi")],
        "rows": [
            [
                openly(row["activity"]),
                f"{PlanLine.Plan(row['plan']).label} {row['year']}",
                str(PlanLine.Mode(row["mode"]).label),
                openly(row["place"]),
            ]
            for row in rows
        ],
    }


def _asset(row: Row) -> dict[str, str]:
    """A thing in the inventory book that nothing rests on: what it is and how much, nothing about who uses it."""
    kind = gettext("Tanah kas desa") if row["land"] else str(VillageAsset.Kind(row["kind"]).label)
    return {"title": openly(row["name"]), "small": f"{kind} · {_amount(row['quantity'])} {row['unit']}"}


def _potential(row: Row) -> str:
    return f"{openly(row['title'])} ({kind_label(row['kind']).lower()})"


def _quantity(row: Row) -> str:
    if row["quantity"] is None:
        return ""
    return f"{_amount(row['quantity'])} {unit_label(row['unit'])}"


def _amount(quantity: Any) -> str:
    amount = Decimal(str(quantity)).normalize()
    places = max(0, -int(amount.as_tuple().exponent))
    return number_format(amount, places, use_l10n=True, force_grouping=True)


def _officials(rows: list[Row]) -> list[Official]:
    """One for each office, in the order in which the law names them."""
    newest = {row["role"]: row for row in reversed(rows)}
    return [
        Official(
            newest[key]["title"] or gettext(roles.BY_KEY[key].name), newest[key]["name"], day(newest[key]["until"])
        )
        for key in DECIDE
        if key in newest
    ]
