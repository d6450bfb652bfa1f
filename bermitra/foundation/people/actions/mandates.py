"""Written powers: the letter is recorded with its file, and the office it gives is confirmed like any other."""

from __future__ import annotations

from datetime import date

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.actions import register_person
from bermitra.foundation.accounts.models import Appointment, Mandate, Person
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.people.actions.offices import wait_for_confirmation
from bermitra.foundation.people.queries import empowered_facts, mandate_facts
from bermitra.foundation.people.rules import EMPOWERED, EMPOWERING


@command("accounts.record_mandate", on="giver")
def record_mandate(
    act: Act,
    *,
    giver: Appointment,
    full_name: str,
    username: str,
    role: str,
    purpose: str,
    scope: str,
    number: str,
    dated: date,
    since: date,
    until: date,
    file: Content,
    phone: str = "",
) -> Mandate:
    """``giver``: the office that signs for the house, whose holder gave the power. Another person of the house confirms it.

    The holder is somebody of the house known by this user name, or becomes known now; the first letter is the counter's to
    hand out. Nobody else who has an account is tied to the house by a letter that he need not know of (FD-17).
    """
    region = giver.region or giver.person.region
    if region is None:
        raise ValueError("a giver who lives nowhere")
    known = Person.objects.filter(username=username).first()
    act.require(EMPOWERED, empowered_facts(giver, known))
    holder = known or register_person(by=act, region=region, full_name=full_name, username=username, phone=phone)
    act.require(EMPOWERING, mandate_facts(giver, holder, role, dated, until))
    office = Appointment.objects.create(
        person=holder,
        role=role,
        region=giver.region,
        party=giver.party,
        decree=number,
        decree_on=dated,
        since=since,
        until=until,
        proposed_by=act.by.code,
        state_at=act.now,
    )
    mandate = Mandate.objects.create(
        appointment=office,
        giver=giver.person,
        purpose=purpose,
        scope=scope,
        number=number,
        dated=dated,
        file=keep_file(by=act, content=file),
        at=act.now,
        by=act.by.code,
    )
    wait_for_confirmation(act, office)
    act.log("mandate.recorded", mandate, giver=giver.person.code, holder=holder.code, role=roles.BY_KEY[role].key)
    return mandate
