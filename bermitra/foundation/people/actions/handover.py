"""An office passes from one holder to the next: one act, one list, one paper that both sign."""

from __future__ import annotations

from dataclasses import asdict

from django.utils.timezone import localdate

from bermitra.foundation.accounts.models import Appointment, HandOver
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import issue_paper
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.messages.api import tell
from bermitra.foundation.people.actions.offices import move
from bermitra.foundation.people.actions.resting import end_what_rests_on
from bermitra.foundation.people.passing import assigned
from bermitra.foundation.people.queries import act_as, handing_facts, open_duties_of, passing, succession_facts
from bermitra.foundation.people.rules import HANDING_OVER, SUCCEEDING
from bermitra.foundation.text import _


@command("accounts.hand_over", on="predecessor")
def hand_over(
    act: Act, *, predecessor: Appointment, successor: Appointment, paper: Prepared, note: str = ""
) -> HandOver:
    """Duties of the person, files and records in his charge go to the successor; an office not yet over ends with it.

    What waits for the office itself needs no moving: it is read by whoever holds it. What was done stays with its name.
    """
    act_as(act, predecessor.office.given_by)
    act.require(HANDING_OVER, handing_facts(predecessor, act.by.code, act.role, [successor.person.code]))
    act.require(SUCCEEDING, succession_facts(predecessor, successor))
    lines = [asdict(each) for each in passing(predecessor) if each.count]
    if predecessor.state in Appointment.HOLDING and predecessor.until >= localdate(act.now):
        move(act, predecessor, Appointment.State.ENDED)
        end_what_rests_on(act, predecessor)
    open_duties_of(predecessor).update(person=successor.person.code)
    for each in assigned():
        for record in each.held_by(predecessor.person.code, predecessor.region_id or "-"):
            each.table.objects.filter(pk=record.pk).update(**{each.field: successor.person.code})
            act.log("assignment.passed_on", record, person=successor.person.code, before=predecessor.person.code)
    close_duties(act, about=about_of(predecessor))
    done = HandOver.objects.create(
        predecessor=predecessor,
        successor=successor,
        lines=lines,
        note=note,
        paper=issue_paper(by=act, paper=paper),
        at=act.now,
        by=act.by.code,
    )
    tell(
        act,
        says=_("Anda menerima serah terima jabatan {office} dari {name}."),
        params={"office": successor.called, "name": predecessor.person.full_name},
        about=about_of(done),
        url_name="page.hand_over",
        code=done.code,
        person=successor.person.code,
    )
    act.log("office.handed_over", done, before=predecessor.person.code, after=successor.person.code)
    return done
