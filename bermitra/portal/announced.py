"""How an announced call stands before everybody: what became of it, by which clock, under which hash, and how to pass it on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils.formats import date_format
from django.utils.translation import gettext

from bermitra.foundation.calendar import local_time, tz, zone_of
from bermitra.foundation.messages.queries import wa_link
from bermitra.foundation.money import rupiah
from bermitra.foundation.personal.open_text import openly
from bermitra.partnership.models import Case
from bermitra.partnership.rules import FIELDS
from bermitra.portal.rows import Row, instant
from bermitra.selection.models import Call
from bermitra.selection.queries import frozen_text, vision_is_open
from bermitra.selection.rules import CHANGES, REOPENED

OPEN_PART, WHOLE = "terbuka", "lengkap"  # which text of the hash is asked for


def moment_in(village: str, at: datetime | None) -> str:
    """``23 Maret 2026 pukul 15.00 WIB``, as the clock of the village shows it; nothing for no moment."""
    if at is None:
        return ""
    zone = zone_of(village)
    return f"{date_format(at.astimezone(tz(zone)).date(), 'j F Y')} {local_time(at, zone)}"


@dataclass(frozen=True)
class Change:
    """What became of the call, when, why, and until when it takes proposals now where that moved."""

    what: str
    on: datetime | None
    at: str
    reason: str
    before: str
    after: str


def changes(rows: Iterable[Row], village: str) -> list[Change]:
    """The oldest first. A call that was announced once more without a word had received no proposal."""
    return [
        Change(
            what=gettext(CHANGES[row["kind"]]),
            on=instant(row["at"]),
            at=moment_in(village, instant(row["at"])),
            reason=openly(row["reason"])
            or (gettext("Tidak ada usulan yang masuk.") if row["kind"] == REOPENED else ""),
            before=moment_in(village, instant(row["before"])),
            after=moment_in(village, instant(row["after"])),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Hashes:
    """``shown``: of what everybody reads from the first day on; ``whole``: the one frozen at the opening, once it may be shown.

    ``kept``: the text as it stands has the hash that was frozen. ``handed_out``: nothing in it is hidden on the page.
    """

    shown: str
    whole: str
    kept: bool
    handed_out: bool


def hashes(call: Call, weighed: dict[str, int], vision_open: bool) -> Hashes | None:
    """``None`` where nothing is frozen: while the call is a draft."""
    if not call.frozen_hash:
        return None
    now = sha256(frozen_text(call, weighed, whole=True)).hexdigest()
    return Hashes(
        shown=sha256(frozen_text(call, weighed, whole=False)).hexdigest(),
        whole=call.frozen_hash if vision_open else "",
        kept=now == call.frozen_hash,
        handed_out=_hides_nothing(call),
    )


def text_behind(call: Call, part: str) -> bytes | None:
    """The bytes whose SHA-256 the page shows; ``None`` for what is not to be read yet, or not by everybody."""
    if not call.frozen_hash or (part == WHOLE and not vision_is_open(call)) or not _hides_nothing(call):
        return None
    return frozen_text(call, whole=part == WHOLE)


def _hides_nothing(call: Call) -> bool:
    """A page masks the telephone that somebody typed; a text that must keep its hash cannot, and stays in the house."""
    typed = (call.title, call.goals, *call.seeks, *call.offers, *call.kak.values())
    return all(openly(each) == each for each in typed)


def rests_on(case: Case, needs: Sequence[Row]) -> list[tuple[str, str]]:
    """What the law's terms of reference hold beside the sections of the call, as the case says it."""
    checked = {
        gettext("Tata ruang"): (case.spatial_ok, case.spatial_check),
        gettext("Lingkungan"): (case.environment_ok, case.environment_check),
    }
    fits = {True: gettext("Sesuai."), False: gettext("Tidak sesuai.")}
    plans = [
        f"{line.get_plan_display()} {line.year}, {line.reference}: {openly(line.activity)}"
        for line in (case.midterm_line, case.plan_line)
        if line is not None
    ]
    rows = [
        (gettext("Kebutuhan yang dijawab"), "\n".join(openly(row["title"]) for row in needs)),
        (gettext("Bidang"), gettext(FIELDS.get(case.field_of_government, ""))),
        (gettext("Manfaat dan biaya"), _weighed(case)),
        (gettext("Rencana desa"), "\n".join([*plans, *([openly(case.plan_change)] if case.plan_change else [])])),
        *((title, f"{fits[ok]} {openly(text)}") for title, (ok, text) in checked.items() if ok is not None),
    ]
    return [(title, text) for title, text in rows if text]


def _weighed(case: Case) -> str:
    """``Manfaat Rp 468.000.000, biaya Rp 312.000.000, dalam 3 tahun.``"""
    if not (case.benefits and case.costs):
        return ""
    return gettext("Manfaat %(benefit)s, biaya %(cost)s, dalam %(years)s tahun.") % {
        "benefit": rupiah(case.benefit_total),
        "cost": rupiah(case.cost_total),
        "years": case.horizon_years,
    }


@dataclass(frozen=True)
class Passed:
    """A text to carry on by hand; ``wa`` opens WhatsApp with it, ready to be sent."""

    text: str
    wa: str


def to_pass_on(call: Call, ends: str, address: str) -> Passed:
    """What somebody sends to likely partners: who asks, for what, until when, and where all of it stands."""
    lines = [
        gettext("Desa %(village)s mencari mitra: %(title)s")
        % {"village": call.case.village.name, "title": openly(call.title)},
        *(f"- {openly(each)}" for each in call.seeks[:3]),
        gettext("Usulan diterima sampai %(ends)s.") % {"ends": ends},
        gettext("Isi lengkap, cara menilai, dan tanya jawab: %(address)s") % {"address": address},
    ]
    text = "\n".join(lines)
    return Passed(text, wa_link(text))
