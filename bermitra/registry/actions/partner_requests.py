"""A body asks to be registered; the regency's counter looks at it, and takes it in or says why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import AccessLetter, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.registry.actions.partners import admit_person, register_partner
from bermitra.registry.due_diligence.book import book
from bermitra.registry.models import Partner, PartnerRequest
from bermitra.registry.queries.requests import waited_too_long, waiting_facts
from bermitra.registry.rules import LAPSING


@command("registry.request_registration", on="regency")
def request_registration(
    act: Act,
    *,
    regency: Region,
    kind: str,
    name: str,
    contact_name: str,
    contact_phone: str,
    seat: Region | None = None,
    village: Region | None = None,
    business_number: str = "",
    tax_number: str = "",
    declared_different: bool = False,
    example: bool = False,
) -> PartnerRequest:
    """Anybody asks that a body be registered; nothing is registered by it, and no account is made."""
    request = PartnerRequest.objects.create(
        regency=regency,
        kind=book().kinds[kind].code,
        name=name,
        seat=seat,
        village=village,
        business_number=business_number,
        tax_number=tax_number,
        contact_name=contact_name,
        contact_phone=contact_phone,
        declared_different=declared_different,
        example=example,
        sent_at=act.now,
        consented_at=act.now,
    )
    act.log("partner_request.sent", request, kind=kind)
    open_duty(
        act,
        door="registry.accept_request",
        about=about_of(request),
        code=request.code,
        says=_("Periksa pendaftaran {partner}."),
        region=regency.code,
        role=roles.DPMD_OFFICER.key,
        partner=name,
    )
    return request


@command("registry.accept_request", on="request")
def accept_request(
    act: Act,
    *,
    request: PartnerRequest,
    username: str,
    role: str,
    mandate: str,
    since: date,
    until: date,
    declared_different: bool = False,
) -> AccessLetter:
    """Register the body and let in the person who asked; the letter is printed and handed over at the counter.

    A telephone that somebody else signs in with is not taken over: the person is let in without one.
    """
    held = _decide(act, request, PartnerRequest.State.ACCEPTED)
    partner = register_partner(
        by=act,
        region=held.regency,
        kind=held.kind,
        name=held.name,
        seat=held.seat,
        village=held.village,
        located_in_village=held.village,
        business_number=held.business_number,
        tax_number=held.tax_number,
        declared_different=declared_different,
        example=held.example,
    )
    letter = admit_person(
        by=act,
        partner=partner,
        full_name=held.contact_name,
        phone="" if Person.objects.filter(phone=held.contact_phone).exists() else held.contact_phone,
        username=username,
        role=role,
        mandate=mandate,
        since=since,
        until=until,
    )
    _settle(act, held, partner=partner)
    act.log("partner_request.accepted", held, partner=partner.code)
    return letter


@command("registry.decline_request", on="request")
def decline_request(act: Act, *, request: PartnerRequest, reason: str) -> PartnerRequest:
    """Say why not; whoever asked reads it under the code of the request."""
    held = _decide(act, request, PartnerRequest.State.DECLINED)
    _settle(act, held, reason=reason)
    act.log("partner_request.declined", held)
    return held


@command("registry.lapse_request", on="request")
def lapse_request(act: Act, *, request: PartnerRequest) -> PartnerRequest:
    """Nobody looked at it in time: it ends, and whom to call is taken out. The regency is told."""
    act.require(LAPSING, waiting_facts(request, clock.today()), standing(request.regency_id))
    held = _decide(act, request, PartnerRequest.State.LAPSED)
    _settle(act, held)
    act.log("partner_request.lapsed", held)
    tell(
        act,
        says=_("Pendaftaran {partner} gugur karena lama tidak diperiksa."),
        params={"partner": held.name},
        about=about_of(held),
        url_name="page.partner_request",
        code=held.code,
        role=roles.DPMD_OFFICER.key,
        region=held.regency_id,
    )
    return held


def lapse_requests() -> int:
    """Every request that waited too long by its regency's norm; says how many. Asked once a day."""
    found = waited_too_long(clock.today())
    for request in found:
        lapse_request(by=By.the_system(f"request-lapses-{request.code}"), request=request)
    return len(found)


def _decide(act: Act, request: PartnerRequest, state: str) -> PartnerRequest:
    """Out of waiting, if nobody was quicker; as it was sent."""
    moved = PartnerRequest.objects.filter(pk=request.pk, state=PartnerRequest.State.WAITING).update(
        state=state, decided_at=act.now, decided_by=act.by.code
    )
    if not moved:
        raise NoSuchMove("partner_request", request.state, act.door)
    return PartnerRequest.objects.select_related("regency", "seat", "village").get(pk=request.pk)


def _settle(act: Act, request: PartnerRequest, *, partner: Partner | None = None, **more: Any) -> None:
    """Write what was decided, and take out whom to call: the person is known by an account now, or not needed."""
    decided = {"partner": partner, "contact_name": "", "contact_phone": "", **more}
    PartnerRequest.objects.filter(pk=request.pk).update(**decided)
    for field, value in decided.items():
        setattr(request, field, value)
    close_duties(act, about=about_of(request))
