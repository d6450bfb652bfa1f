"""Objections as the public reads them: by whom in general, when, what was answered, and how late. Never what was objected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from bermitra.foundation.personal.open_text import openly
from bermitra.portal.rows import Row, day, instant
from bermitra.selection.queries.objections import ANSWERS, Answered, answered_late
from bermitra.selection.rules import OBJECTION_LABELS


@dataclass(frozen=True)
class Objected:
    """One objection with its answers, each with its day. ``late``: in words, what came (or still comes) after its day."""

    by: str
    on: date
    state: str
    answers: list[tuple[date, str]]
    late: list[str]


def objections(filed: Sequence[Row], words: Sequence[Row], today: date) -> list[Objected]:
    """``filed``: objections with ``key``, ``state``, ``partner`` and ``at``; ``words``: steps with ``objection``, ``kind``,
    ``words``, ``at`` and ``due_on``; both in their order."""
    said: dict[int, list[Row]] = {row["key"]: [] for row in filed}
    for row in words:
        said[row["objection"]].append(row)
    return [_objected(row, said[row["key"]], today) for row in filed]


def _objected(row: Row, words: Sequence[Row], today: date) -> Objected:
    dated = [(each["kind"], at, day(each["due_on"])) for each in words if (at := instant(each["at"])) is not None]
    return Objected(
        by=gettext("Peserta seleksi") if row["partner"] else gettext("Warga"),
        on=_day(row),
        state=gettext(OBJECTION_LABELS[row["state"]].public),
        answers=[(_day(each), openly(each["words"])) for each in words if each["kind"] in ANSWERS],
        late=[_late(each) for each in answered_late(dated, today) if each.days_late],
    )


def _day(row: Row) -> date:
    at = instant(row["at"])
    if at is None:
        raise ValueError("a word without its moment")
    return localdate(at)


def _late(each: Answered) -> str:
    n = each.days_late
    if each.answered_on is not None:
        return ngettext("Dijawab terlambat %(n)s hari kerja.", "Dijawab terlambat %(n)s hari kerja.", n) % {"n": n}
    return ngettext(
        "Belum dijawab, sudah lewat %(n)s hari kerja.", "Belum dijawab, sudah lewat %(n)s hari kerja.", n
    ) % {"n": n}
