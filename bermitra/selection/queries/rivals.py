"""Offers that rival another one: who asked for them, until when, and what came, once it was opened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from bermitra.foundation.commands import clock
from bermitra.partnership.models import Case
from bermitra.registry.queries.conflicts import examiner_facts
from bermitra.selection.models import Proposal, ProposalVersion, RivalCall
from bermitra.selection.queries.contents import newest_versions
from bermitra.selection.rules import SealFacts, TieFacts

COMPARED = ("compared", "sent", "not_chosen")  # states of what was opened: while it is compared, and after
# An offer of a case that was opened in a comparison, also where its partner took it back afterwards.
WAS_OPENED = Q(state__in=COMPARED) | Q(state="withdrawn", withdrawn_at__gte=F("case__rival_call__opened_at"))


def rival_call_of(case: Case) -> RivalCall | None:
    """One statement."""
    return RivalCall.objects.filter(case=case).select_related("case__village", "case__partner").first()


def public_rival_calls(open_only: bool = False) -> QuerySet[RivalCall]:
    """Every asking for rivals, the newest first; of those that still take offers the one that ends first on top."""
    found = RivalCall.objects.select_related("case__village")
    if not open_only:
        return found.order_by("-called_at", "-pk")
    return found.filter(closed_at=None, opened_at=None, deadline__gte=clock.now()).order_by("deadline", "pk")


def takes_rivals(asked: RivalCall, now: datetime) -> bool:
    """Until the deadline by the server's clock, unless all was declined before."""
    return asked.opened_at is None and asked.closed_at is None and now <= asked.deadline


def may_leave(offer: Proposal) -> bool:
    """Whether its partner may take an own offer out of a comparison: a rival in time, and any of them until one is chosen."""
    if offer.case is not None:
        return offer.case.state == "comparison" and offer.state in ("sent", "compared")
    asked = offer.rival_of
    return asked is not None and offer.state in ("draft", "sealed") and takes_rivals(asked, clock.now())


def seal_facts(asked: RivalCall, opening: bool) -> SealFacts:
    """For SL-14 before anybody knocks: the opening brings its minutes along, the choice needs those of the opening."""
    return SealFacts(
        call_closed=clock.now() > asked.deadline, minutes_of_opening=opening or asked.opening_minutes != ""
    )


def sealed_rivals(asked: RivalCall) -> int:
    return Proposal.objects.filter(rival_of=asked, state="sealed").count()


def offers_of(asked: RivalCall) -> list[Proposal]:
    """What was opened and was not taken back since: the offer that came first, then its rivals as they came. Nothing before
    the opening. One statement."""
    if asked.opened_at is None:
        return []
    found = Proposal.objects.filter(case=asked.case_id, call=None, state__in=COMPARED).select_related("partner")
    return list(found.order_by("created_at", "pk"))


def compared(asked: RivalCall) -> list[tuple[Proposal, ProposalVersion]]:
    """Each offer that was opened with what was sealed, also those that left afterwards; nothing before the opening. Two
    statements."""
    if asked.opened_at is None:
        return []
    found = Proposal.objects.filter(WAS_OPENED, case=asked.case_id, call=None).select_related("partner")
    offers = list(found.order_by("created_at", "pk"))
    versions = newest_versions(offers)
    return [(each, versions[each.pk]) for each in offers if each.pk in versions]


def handed_in(asked: RivalCall) -> list[Proposal]:
    """For the act that opens: the offer that came first, unless it was withdrawn, and its sealed rivals. Two statements."""
    own = Proposal.objects.filter(call=None).select_related("partner").order_by("created_at", "pk")
    return [*own.filter(case=asked.case_id, state="sent"), *own.filter(rival_of=asked, state="sealed")]


def tie_facts(person: Any, offers: Iterable[Proposal], day: date, interest: bool = False) -> TieFacts:
    """Whether this person holds an office of one of those who offer, or shares something with its people as they stood when
    it was sealed: what a partner says of itself afterwards shuts nobody out."""
    found = [examiner_facts(person, each.partner, day, each.sealed_at, each.village_id or "") for each in offers]
    return TieFacts(interest, sum(bool(each.offices_of_partner or each.shared_items) for each in found))
