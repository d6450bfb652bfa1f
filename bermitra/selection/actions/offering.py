"""What the acts on own offers do alike; these join the running act."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Standing
from bermitra.partnership.models import Case
from bermitra.registry.models import Partner
from bermitra.selection import terms
from bermitra.selection.life import tell_partner
from bermitra.selection.models import OUT, Proposal, RivalCall
from bermitra.selection.queries import answers_late, met_on, offer_of, takes_rivals, taking_facts
from bermitra.selection.rules import SENDING_UNSOLICITED, TAKING, UNSOLICITED, SendingFacts, UnsolicitedFacts


def the_offer(act: Act, case: Case) -> Proposal:
    found = offer_of(case)
    if found is None:
        raise NoSuchMove(UNSOLICITED.name, UNSOLICITED.start, act.door)
    return found


def offer_to(act: Act, offer: Proposal, target: str | None = None, **also: Any) -> None:
    """Take an own offer through the running door."""
    move_on(act, UNSOLICITED, offer, target, **also)


def offers_to(act: Act, case: Case) -> list[Proposal]:
    """Take every own offer of a case through the running door where it opens; says which."""
    sources = {move.source for move in UNSOLICITED.moves if move.door == act.door}
    own = Proposal.objects.filter(call=None, case=case, state__in=sources).select_related("partner")
    found = list(own.order_by("pk"))
    for each in found:
        offer_to(act, each)
    return found


def offer_asked(content: dict[str, Any]) -> list[Any]:
    """What an offer asks when it is sent, whoever asked for it: SL-27, ND-06, SL-48."""
    eight = UnsolicitedFacts(partner_registered=True, contents=terms.contents_of(content))
    return [
        (SENDING_UNSOLICITED[:1], eight),
        (SENDING_UNSOLICITED[1:], sending_facts(content, 0)),
        (TAKING, taking_facts(content)),
    ]


def sending_facts(content: dict[str, Any], seconds_before_deadline: int, empty_parts: int = 0) -> SendingFacts:
    """``empty_parts``: of a proposal to a call; of an own offer SL-27 counts them."""
    return SendingFacts(
        seconds_before_deadline=seconds_before_deadline,
        gifts_to_persons=int(content.get("gifts_to_persons") or 0),
        empty_parts=empty_parts,
        ticks=len(content.get("vision_ticks", [])),
    )


def ask_for_rivals(act: Act, asked: RivalCall, partner: Partner, village: Region) -> None:
    """Whether this partner may begin a rival's offer: in time, not against its own offer, and not twice."""
    own = asked.case.partner is not None and asked.case.partner.kept_id == partner.kept_id
    twice = Proposal.objects.filter(rival_of=asked, partner=partner).exclude(state__in=OUT).exists()
    if own or twice or village.pk != asked.case.village_id or not takes_rivals(asked, act.now):
        raise NoSuchMove(UNSOLICITED.name, UNSOLICITED.start, act.door)


def rivals_held(case: Case) -> RivalCall | None:
    """What was asked of rivals for this case, as it is now: until the running act is over nobody else seals, opens or ends."""
    return RivalCall.objects.select_for_update().filter(case=case).first()


def tell_of(act: Act, offer: Proposal, says: str) -> None:
    """A notice for the partner about its own offer."""
    tell_partner(act, offer.partner, says, code=offer.code, title=offer.title)


# The answer clock ------------------------------------------------------------------------------------------------------


def start_clock(act: Act, offer: Proposal, norm: str) -> date:
    """From now on somebody is asked to answer within the days of ``norm``; says until which day."""
    days: int = standing(offer.village_id or "").numbers[norm]
    due = timezone.localdate(act.now) + timedelta(days=days)
    _write(offer, answer_due=due, reminded_on=None)
    return due


def village_answered(act: Act, offer: Proposal, **also: Any) -> None:
    """The village has said what becomes of the offer: its clock stops, and how late it was stays."""
    late = max(offer.days_late, answers_late(offer, timezone.localdate(act.now)))
    _write(offer, days_late=late, answer_due=None, **also)


def written_answer_due(case: Case, held: Standing) -> date | None:
    """The last day for the written answer, counted from the meeting that agreed."""
    met = met_on(case)
    return met + timedelta(days=held.numbers["written_answer_days"]) if met else None


# What ends -------------------------------------------------------------------------------------------------------------


def refused(act: Act, offer: Proposal, reason: str) -> Proposal:
    """Written on an offer that is out: why, and since when the same one may not come again (SL-28)."""
    _write(offer, out_because=reason, refused_on=timezone.localdate(act.now), answer_due=None)
    return offer


def end_comparison(act: Act, asked: RivalCall, reason: str, chosen: str = "") -> None:
    """Nothing is compared any more: the offer of this code goes on, or none; everybody reads why."""
    values = {"closed_at": act.now, "closed_because": reason, "closed_by": act.by.code, "chosen": chosen}
    if not RivalCall.objects.filter(pk=asked.pk, closed_at=None).update(**values):
        raise NoSuchMove(UNSOLICITED.name, "compared", act.door)


def _write(offer: Proposal, **values: Any) -> None:
    Proposal.objects.filter(pk=offer.pk).update(**values)
    for name, value in values.items():
        setattr(offer, name, value)
