"""A partner is registered, admits its people, shows its documents, declares its owners."""

from __future__ import annotations

from datetime import date

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.actions import appoint_for_party, confirm_appointment, issue_letter, register_person
from bermitra.foundation.accounts.models import AccessLetter
from bermitra.foundation.calendar import add_months
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.files import Content
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _, legal_name_key
from bermitra.registry.actions.villages import _kept
from bermitra.registry.due_diligence.book import book
from bermitra.registry.models import (
    Owner,
    Partner,
    PartnerDocument,
)
from bermitra.registry.rules import (
    REGISTERING,
    RegistrationFacts,
)

PARTNER = roles.PARTNER_REP.key


@command("registry.register_partner", on="region")
def register_partner(
    act: Act,
    *,
    region: Region,
    kind: str,
    name: str,
    seat: Region | None = None,
    address: str = "",
    village: Region | None = None,
    located_in_village: Region | None = None,
    vision: str = "",
    size: str = "",
    contact: str = "",
    declared_different: bool = False,
    example: bool = False,
) -> Partner:
    """Register a body at the counter of a village or a regency (``region``), after its name was looked up."""
    key = legal_name_key(name)
    same = Partner.objects.filter(legal_name_key=key).count()
    facts = RegistrationFacts(same_names=same, declared_different=declared_different)
    act.require(REGISTERING, facts, standing(region.code))
    partner = Partner.objects.create(
        kind=book().kinds[kind].code,
        name=name,
        legal_name_key=key,
        seat=seat,
        address=address,
        village=village,
        located_in_village=located_in_village,
        vision=vision,
        size=size,
        contact=contact,
        example=example,
        registered_in=region,
        registered_at=act.now,
        registered_by=act.by.code,
    )
    act.log("partner.registered", partner, kind=kind, same_names=same)
    open_duty(
        act,
        door="registry.start_verification",
        about=about_of(partner),
        code=partner.code,
        says=_("Mulai uji tuntas {partner}."),
        party=partner.code,
        role=PARTNER,
        partner=name,
    )
    return partner


@command("registry.admit_person", on="partner")
def admit_person(
    act: Act,
    *,
    partner: Partner,
    full_name: str,
    username: str,
    role: str,
    mandate: str,
    since: date,
    until: date,
    phone: str = "",
    title: str = "",
) -> AccessLetter:
    """Give a person who acts for the partner an account: the regency's counter checks the mandate, prints the letter.

    The person belongs to the regency, whose officer repairs a lost password; no village is told of such letters.
    """
    regency = Region.objects.get(pk=partner.registered_in_id[:5])
    person = register_person(
        by=act, region=regency, full_name=full_name, username=username, phone=phone, example=partner.example
    )
    office = appoint_for_party(
        by=act, party=partner, person=person, role=role, mandate=mandate, since=since, until=until, title=title
    )
    confirm_appointment(by=act, appointment=office)
    letter = issue_letter(by=act, person=person, reason=AccessLetter.Reason.FIRST)
    act.log("partner_person.admitted", partner, person=person.code, role=role)
    return letter


@command("registry.add_document", on="partner")
def add_document(
    act: Act,
    *,
    partner: Partner,
    kind: str,
    number: str,
    dated: date,
    issuer: str = "",
    expires_on: date | None = None,
    file: Content | None = None,
) -> PartnerDocument:
    """Record a document; where none is printed on it, its end follows from the book."""
    known = book().documents[kind]
    if expires_on is None and known.validity_months is not None:
        expires_on = add_months(dated, known.validity_months)
    document = PartnerDocument.objects.create(
        partner=partner,
        kind=known.code,
        number=number,
        issuer=issuer,
        dated=dated,
        expires_on=expires_on,
        file=_kept(act, file),
        added_at=act.now,
        added_by=act.by.code,
    )
    act.log("partner_document.added", partner, kind=kind, expires_on=expires_on.isoformat() if expires_on else "")
    return document


@command("registry.declare_owner", on="partner")
def declare_owner(
    act: Act, *, partner: Partner, name: str, capacity: str, political_tie: str, share_bp: int | None = None
) -> Owner:
    """The partner says who owns, controls or leads it, and which political post that person holds."""
    owner = Owner.objects.create(
        partner=partner,
        name=name,
        capacity=capacity,
        share_bp=share_bp,
        political_tie=political_tie,
        declared_at=act.now,
        declared_by=act.by.code,
    )
    act.log("owner.declared", partner, capacity=capacity)
    return owner
