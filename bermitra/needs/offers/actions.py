"""Verbs of offers: a partner says what it brings and seeks, part by part, and opens it to villages; an office looks."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Refused, unmet
from bermitra.foundation.text import _
from bermitra.needs.models import Offer, OfferAbility, OfferArea
from bermitra.needs.offers import queries
from bermitra.needs.offers.places import require_untouched
from bermitra.needs.offers.rules import (
    CHANGING,
    EXHAUSTED,
    OFFER,
    OPEN,
    PAUSED,
    READ,
    VERIFYING,
    AbilityFacts,
    ChangingFacts,
)
from bermitra.registry.models import Partner
from bermitra.registry.queries.bodies import kept
from bermitra.registry.queries.conflicts import examiner_facts
from bermitra.registry.rules import TAKING

NEVER_LOOKED_AT: dict[str, Any] = {"verified_at": None, "verified_by": "", "verified_in": None, "verified_reason": ""}
# Why an offer rests that its partner did not pause; kept as it stands here, shown in the language of the reader.
FALLEN = _("Hasil uji tuntas mitra tidak berlaku lagi. Tawaran dibuka lagi setelah diperbarui.")
NOT_YET = _("Ada tempat lagi, tetapi syarat penerbitan belum terpenuhi.")

log = logging.getLogger(__name__)

# What it says, part by part -----------------------------------------------------------------------------------------------


@command("needs.record_offer", on="partner")
def record_offer(
    act: Act, *, partner: Partner, title: str, brings: str, forms: Sequence[str] = (), example: bool = False
) -> Offer:
    """Begin an offer; the other parts follow one by one."""
    offer = Offer.objects.create(
        partner=kept(partner),
        title=title,
        brings=brings,
        forms=list(forms),
        state=OFFER.through(act.door, OFFER.start),
        example=example,
        created_at=act.now,
        created_by=act.by.code,
    )
    act.log("offer.recorded", offer, forms=list(forms))
    return offer


@command("needs.describe_offer", on="offer")
def describe_offer(act: Act, *, offer: Offer, title: str, brings: str, forms: Sequence[str]) -> Offer:
    """Where it brings something else, nobody has looked yet at whether its partner is able to."""
    offer = _changeable(act, offer)
    if (brings, list(forms)) != (offer.brings, offer.forms):
        offer.abilities.update(**NEVER_LOOKED_AT)
    move_on(act, OFFER, offer, title=title, brings=brings, forms=list(forms))
    act.log("offer.described", offer, forms=list(forms))
    return offer


@command("needs.set_ability", on="offer")
def set_ability(act: Act, *, offer: Offer, sector: str, level: int, what: str) -> OfferAbility:
    """Say how far this offer helps in a sector. Said anew, it is the partner's own word again."""
    offer = _changeable(act, offer)
    move_on(act, OFFER, offer)
    said = {"level": level, "what": what}
    ability, _new = OfferAbility.objects.update_or_create(
        offer=offer, sector=sector, defaults={**said, **NEVER_LOOKED_AT}
    )
    act.log("offer.ability_set", offer, sector=sector, level=level)
    return ability


@command("needs.drop_ability", on="offer")
def drop_ability(act: Act, *, offer: Offer, sector: str) -> Offer:
    offer = _changeable(act, offer)
    move_on(act, OFFER, offer)
    if not OfferAbility.objects.filter(offer=offer, sector=sector).delete()[0]:
        raise NoSuchMove(OFFER.name, offer.state, act.door)
    act.log("offer.ability_dropped", offer, sector=sector)
    return offer


@command("needs.seek_return", on="offer")
def seek_return(act: Act, *, offer: Offer, seeks: Sequence[str], conditions: str, gifts_to_persons: bool) -> Offer:
    """What the partner wants of the village, on which conditions, and whether anything is given to persons."""
    offer = _changeable(act, offer)
    move_on(act, OFFER, offer, seeks=list(seeks), conditions=conditions, gifts_to_persons=gifts_to_persons)
    act.log("offer.return_sought", offer, seeks=list(seeks), gifts_to_persons=int(gifts_to_persons))
    return offer


@command("needs.place_offer", on="offer")
def place_offer(act: Act, *, offer: Offer, everywhere: bool, areas: Iterable[Region], places: int) -> Offer:
    """Where it holds (provinces and regencies, or all of the country), and for how many more villages."""
    offer = _changeable(act, offer)
    wanted = {} if everywhere else {each.pk: each for each in areas}
    move_on(act, OFFER, offer, everywhere=everywhere, places=places)
    offer.areas.exclude(region__in=wanted).delete()
    there = set(offer.areas.values_list("region", flat=True))
    OfferArea.objects.bulk_create(
        OfferArea(offer=offer, region=each) for each in wanted.values() if each.pk not in there
    )
    act.log("offer.placed", offer, everywhere=int(everywhere), areas=sorted(wanted), places=places)
    return offer


@command("needs.fund_offer", on="offer")
def fund_offer(
    act: Act, *, offer: Offer, budget_low: int, budget_high: int, term_months: int, valid_until: date
) -> Offer:
    """Whole rupiah for one village over the whole term, how long it lasts, and until when villages may take it up."""
    offer = _changeable(act, offer)
    money: dict[str, Any] = {"budget_low": budget_low, "budget_high": budget_high, "term_months": term_months}
    move_on(act, OFFER, offer, valid_until=valid_until, **money)
    act.log("offer.funded", offer, valid_until=valid_until.isoformat(), **money)
    return offer


@command("needs.aim_offer", on="offer")
def aim_offer(act: Act, *, offer: Offer, goals: Sequence[int], vision: str, risks: Sequence[str]) -> Offer:
    """Goals of SDGs Desa that it serves, why the partner does it, and which risks it brings into a village."""
    offer = _changeable(act, offer)
    move_on(act, OFFER, offer, goals=sorted(goals), vision=vision, risks=list(risks))
    act.log("offer.aimed", offer, goals=sorted(goals), risks=list(risks))
    return offer


def _held(offer: Offer) -> Offer:
    """As it is now, and nobody else changes it until this act is over."""
    found = Offer.objects.select_for_update(of=("self",)).select_related("partner__merged_into")
    return found.get(pk=offer.pk)


def _changeable(act: Act, offer: Offer) -> Offer:
    """What villages read at this moment is not changed under their eyes (ND-14)."""
    held = _held(offer)
    act.require(CHANGING, ChangingFacts(open=held.state in READ), standing(held.partner.registered_in_id))
    require_untouched(act, held)
    if held.published_at is not None:  # from here on it says what nobody has published
        held.rewritten = True
        held.save(update_fields=["rewritten"])
    return held


# Before villages -----------------------------------------------------------------------------------------------------------


@command("needs.publish_offer", on="offer")
def publish_offer(act: Act, *, offer: Offer) -> Offer:
    """Open it to villages; the regency that registered the partner is asked to look at its abilities."""
    offer = _held(offer)
    Partner.objects.select_for_update().get(pk=offer.partner.kept_id)  # its open offers are counted one after another
    if refused := unmet(queries.publishing_checks(offer)):
        raise Refused(refused)
    move_on(act, OFFER, offer, published_at=offer.published_at or act.now, rewritten=False, why="")
    act.log("offer.published", offer, places=offer.places)
    _ask_to_look(act, offer)
    return offer


def _ask_to_look(act: Act, offer: Offer) -> None:
    if not queries.to_be_verified(offer):
        return
    open_duty(
        act,
        door="needs.verify_ability",
        about=about_of(offer),
        code=offer.code,
        says=_("Periksa kemampuan mitra pada tawaran: {title}"),
        region=offer.partner.registered_in_id[:5],
        role=roles.DPMD_OFFICER.key,
        title=offer.title,
    )


@command("needs.pause_offer", on="offer")
def pause_offer(act: Act, *, offer: Offer, why: str) -> Offer:
    """Villages read that it rests, and why; from here it may be changed. Its partner waits while an introduction is open."""
    if act.by.person is not None:
        require_untouched(act, _held(offer))
    move_on(act, OFFER, offer, why=why)
    act.log("offer.paused", offer)
    close_duties(act, about=about_of(offer), door="needs.verify_ability")
    if act.by.person is None:
        _tell_why(act, offer)
    return offer


def _tell_why(act: Act, offer: Offer) -> None:
    """To a partner whose offer rests, and who did not pause it."""
    tell(
        act,
        says=_("Tawaran {title} dijeda. Baca alasannya, lalu terbitkan lagi."),
        params={"title": offer.title},
        about=about_of(offer),
        url_name="page.offer_file",
        code=offer.code,
        party=offer.partner.code,
    )


@command("needs.renew_offer", on="offer")
def renew_offer(act: Act, *, offer: Offer, valid_until: date) -> Offer:
    """One that expired is a draft again, with a new last day; it is published after all that publishing asks."""
    move_on(act, OFFER, offer, valid_until=valid_until)
    act.log("offer.renewed", offer, valid_until=valid_until.isoformat())
    return offer


@command("needs.withdraw_offer", on="offer")
def withdraw_offer(act: Act, *, offer: Offer, why: str) -> Offer:
    """For good. Partnerships that came of it go on."""
    require_untouched(act, _held(offer))
    move_on(act, OFFER, offer, why=why)
    act.log("offer.withdrawn", offer)
    close_duties(act, about=about_of(offer))
    return offer


@command("needs.expire_offer", on="offer")
def expire_offer(act: Act, *, offer: Offer) -> Offer:
    """Its last day has passed."""
    move_on(act, OFFER, offer)
    act.log("offer.expired", offer)
    close_duties(act, about=about_of(offer))
    tell(
        act,
        says=_("Masa berlaku tawaran {title} sudah lewat. Perpanjang bila masih berlaku."),
        params={"title": offer.title},
        about=about_of(offer),
        url_name="page.offer_file",
        code=offer.code,
        party=offer.partner.code,
    )
    return offer


def expire_due_offers(today: date) -> int:
    """For ``bermitra daily``: every offer whose last day lies before this one; says how many."""
    count = 0
    for offer in queries.ending_before(today):
        try:
            expire_offer(by=By.the_system(), offer=offer)
        except NoSuchMove:  # its partner was quicker
            log.warning("offer %s did not expire", offer.code, exc_info=True)
            continue
        count += 1
    return count


def pause_fallen_offers(today: date) -> int:
    """For ``bermitra daily``: every open offer whose partner may publish nothing any more; says how many."""
    count = 0
    for offer in queries.fallen(today):
        try:
            pause_offer(by=By.the_system(), offer=offer, why=FALLEN)
        except NoSuchMove:  # its partner was quicker
            log.warning("offer %s was not paused", offer.code, exc_info=True)
            continue
        count += 1
    return count


# Places, taken and given back by later stages ---------------------------------------------------------------------------------


@command("needs.use_quota", on="offer")
def use_quota(act: Act, *, offer: Offer) -> Offer:
    """A village takes a place; with the last one the offer is exhausted."""
    offer = _held(offer)
    if not offer.places:
        raise NoSuchMove(OFFER.name, offer.state, act.door)
    left = offer.places - 1
    target = EXHAUSTED if offer.state == OPEN and not left else offer.state
    move_on(act, OFFER, offer, target, places=left, places_taken=offer.places_taken + 1)
    act.log("offer.quota_used", offer, places=left)
    return offer


@command("needs.free_quota", on="offer")
def free_quota(act: Act, *, offer: Offer) -> Offer:
    """A village gives its place back. An offer that was exhausted is open again, or rests where it may not be published."""
    offer = _held(offer)
    if not offer.places_taken:
        raise NoSuchMove(OFFER.name, offer.state, act.door)
    offer.places = (offer.places or 0) + 1
    given: dict[str, Any] = {"places": offer.places, "places_taken": offer.places_taken - 1}
    if offer.state != EXHAUSTED:
        move_on(act, OFFER, offer, **given)
    elif unmet(queries.publishing_checks(offer)):
        move_on(act, OFFER, offer, PAUSED, why=NOT_YET, **given)
        _tell_why(act, offer)
    else:
        move_on(act, OFFER, offer, OPEN, **given)
    act.log("offer.quota_freed", offer, places=offer.places)
    return offer


# Looked at from outside ---------------------------------------------------------------------------------------------------------


@command("needs.verify_ability", on="ability")
def verify_ability(act: Act, *, ability: OfferAbility, proven: bool, reason: str, seen: str) -> OfferAbility:
    """What the regency of the partner's register found, with the reason that everybody reads. One may be looked at again.

    ``seen`` is the hash of what the officer read (:func:`queries.words_hash`); another offer is not vouched for (ND-21).
    """
    offer = _held(ability.offer)
    ability = OfferAbility.objects.get(pk=ability.pk)
    partner, norms = offer.partner, standing(offer.partner.registered_in_id)
    act.require(TAKING, examiner_facts(act.by.person, partner, clock.today(), offer.published_at), norms)
    facts = AbilityFacts(open=offer.state == OPEN, reason=reason, seen=seen, now=queries.words_hash(offer))
    act.require(VERIFYING, facts, norms)
    ability.verified_at = act.now if proven else None
    ability.verified_by = act.by.code
    ability.verified_in_id = partner.registered_in_id[:5]
    ability.verified_reason = reason
    ability.save(update_fields=["verified_at", "verified_by", "verified_in", "verified_reason"])
    act.log("offer.ability_verified", offer, sector=ability.sector, level=ability.level, proven=int(proven))
    if not queries.to_be_verified(offer):
        close_duties(act, about=about_of(offer), door="needs.verify_ability")
    tell(
        act,
        says=_("Kemampuan pada tawaran {title} sudah diperiksa dinas."),
        params={"title": offer.title},
        about=about_of(offer),
        url_name="page.offer_file",
        code=offer.code,
        party=partner.code,
    )
    return ability
