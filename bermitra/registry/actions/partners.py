"""A partner is registered, its people are admitted, what is known of it is changed or corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.actions import issue_letter, register_person
from bermitra.foundation.accounts.models import AccessLetter
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.people.actions import appoint_for_party, confirm_appointment
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _, legal_name_key
from bermitra.registry.actions.conflicts import tell_of_refused
from bermitra.registry.due_diligence.book import book
from bermitra.registry.models import Partner, PartnerChange
from bermitra.registry.queries.conflicts import refused_and_gone
from bermitra.registry.queries.likeness import best_likeness, threshold
from bermitra.registry.rules import CHANGING, REGISTERING, ChangeFacts, RegistrationFacts

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
    business_number: str = "",
    tax_number: str = "",
    profile: Mapping[str, Any] | None = None,
    declared_different: bool = False,
    example: bool = False,
) -> Partner:
    """Register a body at the counter of a village or a regency (``region``), after names like its own were looked at."""
    alike = best_likeness(name, business_number=business_number, tax_number=tax_number)
    facts = RegistrationFacts(
        best_similarity_percent=alike, duplicate_similarity_percent=threshold(), declared_different=declared_different
    )
    act.require(REGISTERING, facts, standing(region.code))
    partner = Partner.objects.create(
        kind=book().kinds[kind].code,
        name=name,
        legal_name_key=legal_name_key(name),
        seat=seat,
        address=address,
        village=village,
        located_in_village=located_in_village,
        vision=vision,
        size=size,
        contact=contact,
        business_number=business_number,
        tax_number=tax_number,
        profile=dict(profile or {}),
        example=example,
        registered_in=region,
        registered_at=act.now,
        registered_by=act.by.code,
    )
    act.log("partner.registered", partner, kind=kind, alike=alike)
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


@command("registry.update_partner", on="partner")
def update_partner(act: Act, *, partner: Partner, changes: Mapping[str, Any], reason: str = "") -> Partner:
    """The partner changes what is known of it. A new name wants a reason, and is held against the watch-list anew."""
    return _change(act, partner, changes, reason, correction=False)


@command("registry.correct_partner", on="partner")
def correct_partner(act: Act, *, partner: Partner, changes: Mapping[str, Any], reason: str) -> Partner:
    """The regency corrects what is wrong in the register, says why, and the partner is told."""
    corrected = _change(act, partner, changes, reason, correction=True)
    tell(
        act,
        says=_("Data {partner} dibetulkan kabupaten. Periksa perubahannya."),
        params={"partner": corrected.name},
        about=about_of(partner),
        url_name="page.partner_history",
        code=partner.code,
        party=partner.code,
    )
    return corrected


CHANGEABLE = frozenset(
    {
        "kind",
        "name",
        "seat",
        "village",
        "located_in_village",
        "address",
        "vision",
        "size",
        "contact",
        "business_number",
        "tax_number",
        "profile",
    }
)


def _change(act: Act, partner: Partner, changes: Mapping[str, Any], reason: str, *, correction: bool) -> Partner:
    """Only what differs is written, and kept beside what stood there before."""
    if not changes.keys() <= CHANGEABLE or ("kind" in changes and not correction):
        raise ValueError(f"no change of {sorted(changes)}")
    now = Partner.objects.select_for_update().get(pk=partner.pk)
    different = {each: value for each, value in changes.items() if getattr(now, each) != value}
    renamed = "name" in different
    act.require(CHANGING, ChangeFacts(renamed=renamed, correction=correction, reason=reason))
    before = {each: _written(getattr(now, each)) for each in different}
    refused = refused_and_gone(now, clock.today())
    for each, value in different.items():
        setattr(now, each, value)
    if renamed:
        now.legal_name_key, now.renamed_at = legal_name_key(now.name), act.now
    now.revision += 1
    now.save()
    PartnerChange.objects.create(
        partner=now,
        correction=correction,
        reason=reason,
        before=before,
        after={each: _written(value) for each, value in different.items()},
        former_name=before["name"] if renamed else "",
        changed_at=act.now,
        changed_by=act.by.code,
    )
    act.log(f"partner.{'corrected' if correction else 'updated'}", now, fields=sorted(different), renamed=renamed)
    tell_of_refused(act, now, refused)
    return now


def _written(value: Any) -> Any:
    return value.code if isinstance(value, Region) else value
