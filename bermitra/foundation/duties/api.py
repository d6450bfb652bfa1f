"""What an act says of what is due next. These join the running act: no door of their own, no line in the journal."""

from __future__ import annotations

from datetime import date

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.duties.queries import about_any


def open_duty(
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
) -> None:
    """From now on the act ``door`` is due. The same duty opened again stays one, with the newer day and wording.

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
    same = Duty.objects.filter(
        OPEN, about=about, door=door, role=role, party=party, person=person, region_id=region or None
    )
    if same.update(url_code=code, due_on=due_on, says=says, params=params):
        return
    duty = Duty(
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
    # Another act may have opened it in the same instant; a refused row would end this one's transaction.
    Duty.objects.bulk_create([duty], ignore_conflicts=True)


def close_duties(act: Act, *, about: str, door: str = "") -> int:
    """Done, or no longer wanted: the open duties of this record and of those that belong to it, or only those of ``door``.

    Says how many there were.
    """
    found = Duty.objects.filter(about_any([about]))
    if door:
        found = found.filter(door=door)
    return found.update(closed_at=act.now, closed_by_act=act.code)
