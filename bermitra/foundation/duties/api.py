"""What an act says of what is due next. These join the running act: no door of their own, no line in the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import ParamSpec

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.duties.queries import about_any

AT_ONCE = 500  # rows in one statement
P = ParamSpec("P")
SAME = ("about", "door", "role", "party", "person", "region_id")  # two that are open and alike in these are one
NEWER = ("url_code", "due_on", "says", "params")  # of a duty that is opened again


def duty(
    act: Act,
    *,
    door: str,
    about: str,
    code: str,
    says: str,
    region: str = "",
    party: str = "",
    role: str = "",
    person: str = "",
    due_on: date | None = None,
    belongs_to: str = "",
    **params: str | int,
) -> Duty:
    """That the act ``door`` is due, for :func:`open_duties`; nothing is written yet.

    ``about`` names the record (``case:7K3M9QXD2A``), ``code`` goes into the door's address. ``says`` is a marked
    sentence whose ``{names}`` are filled from ``params``: titles, codes and whole numbers, no dates (that is ``due_on``).
    ``belongs_to`` names the record around it, whose end is also the end of this duty: the case of a question.
    Give both ``region`` and ``party`` where the other side should see that it waits.
    """
    if role and role not in roles.BY_KEY:
        raise ValueError(f"no role {role!r}")
    if not (
        region or party or person
    ):  # said here: where rows in conflict are passed over, SQLite passes this over too
        raise ValueError("a duty waits for somebody")
    says.format(**params)  # a gap in the sentence shows itself here, not on the page
    return Duty(
        about=about,
        belongs_to=belongs_to,
        door=door,
        url_code=code,
        role=role,
        party=party,
        person=person,
        region_id=region or None,
        due_on=due_on,
        says=says,
        params=params,
        opened_at=act.now,
        opened_by_act=act.code,
    )


def _one(build: Callable[P, Duty]) -> Callable[P, None]:
    """Opens what ``build`` makes, with its arguments."""

    def opened(*args: P.args, **kwargs: P.kwargs) -> None:
        wanted = build(*args, **kwargs)
        same = {name: getattr(wanted, name) for name in SAME}
        if not Duty.objects.filter(OPEN, **same).update(**{name: getattr(wanted, name) for name in NEWER}):
            # Another act may have opened it in the same instant; a refused row would end this one's transaction.
            Duty.objects.bulk_create([wanted], ignore_conflicts=True)

    return opened


# From now on the act ``door`` is due, and the rest as of :func:`duty`. The same duty opened again stays one, with the newer
# day and wording.
open_duty = _one(duty)


def open_duties(duties: Iterable[Duty]) -> None:
    """As ``open_duty`` for many of :func:`duty`: some statements for each five hundred, and not for each one."""
    wanted = {_same(each): each for each in duties}
    rows = list(wanted.values())
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        about = Duty.objects.filter(OPEN, about__in={each.about for each in some})
        again = [each for each in about if _same(each) in wanted]
        for each in again:
            newer = wanted.pop(_same(each))
            for name in NEWER:
                setattr(each, name, getattr(newer, name))
        Duty.objects.bulk_update(again, NEWER, batch_size=AT_ONCE)
    Duty.objects.bulk_create(wanted.values(), batch_size=AT_ONCE, ignore_conflicts=True)


def _same(each: Duty) -> tuple[str | None, ...]:
    return tuple(getattr(each, name) for name in SAME)


def close_duties(act: Act, *, about: str, door: str = "") -> int:
    """Done, or no longer wanted: the open duties of this record and of those that belong to it, or only those of ``door``.

    Says how many there were.
    """
    found = Duty.objects.filter(about_any([about]))
    if door:
        found = found.filter(door=door)
    return found.update(closed_at=act.now, closed_by_act=act.code)


def pass_duties(*, about: Iterable[str], before: str, after: str) -> int:
    """Another place has these records now: what waits for offices of the place before waits for those of the place after."""
    return Duty.objects.filter(about_any(list(about)), region_id=before).update(region_id=after)
