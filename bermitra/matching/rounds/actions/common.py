"""What the acts of a round share: the row, locked; who waits for what; who is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
from django.utils import timezone

from bermitra.foundation.accounts import roles
from bermitra.foundation.calendar import tz, zone_of
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.duties.api import duty, open_duty
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import notice, tell_many
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.text import _
from bermitra.matching.engine.lists import reserved_of
from bermitra.matching.models import Round, RoundOffer, RoundRun, RoundVillage
from bermitra.matching.rounds.lives import ROUND, RUN
from bermitra.needs.models import Offer
from bermitra.needs.offers.places import terms_of
from bermitra.needs.offers.queries import with_parts

Side = RoundVillage | RoundOffer
THROW_IT = _("Lempar angka putaran “{title}” di depan dua saksi.")
VILLAGE_PAGE, OFFER_PAGE = "page.round_village", "page.round_offer"


def with_names(of: Round) -> Round:
    """The row as it is now, read without a lock."""
    return Round.objects.select_related("regency", "follows").get(pk=of.pk)


def held(of: Round) -> Round:
    """The row, locked until the act ends: of two acts on one round the second reads what the first one wrote."""
    return Round.objects.select_for_update(of=("self",)).select_related("regency", "follows").get(pk=of.pk)


def held_in(act: Act, of: Round, *states: str) -> Round:
    """The row, locked, in one of these states. Raises :class:`NoSuchMove` where it has left them."""
    found = held(of)
    if found.state not in states:
        raise NoSuchMove(ROUND.name, found.state, act.door)
    return found


def invited_sides(of: Round) -> Iterator[Side]:
    """Villages that may join, then offers, in the order of their codes."""
    yield from of.villages.filter(eligible=True).select_related("village", "round").order_by("village")
    yield from of.offers.select_related("offer__partner", "round").order_by("offer__code")


def joined_sides(of: Round) -> list[Side]:
    return [each for each in invited_sides(of) if each.joined]


def reserved(places: Sequence[int], percent: int) -> list[int]:
    """How many of each offer's places are for the reserved tiers first."""
    found: list[int] = reserved_of(np.array(places, np.int64), percent).tolist()
    return found


def freeze_terms(offers: Sequence[RoundOffer]) -> None:
    """What each offer says now is what both sides go by; the caller writes the rows."""
    read = with_parts(Offer.objects.filter(pk__in=[each.offer_id for each in offers]))
    said = {each.pk: terms_of(each) for each in read}
    for each in offers:
        each.terms = said[each.offer_id]


def day_after(act: Act, days: int) -> date:
    return timezone.localdate(act.now) + timedelta(days=days)


def meeting_day(of: Round) -> date | None:
    """The day of the announced meeting, as the regency counts days."""
    return of.meeting_at.astimezone(tz(zone_of(of.regency_id))).date() if of.meeting_at else None


def office_waits(act: Act, of: Round, *, door: str, says: str, code: str = "", due_on: date | None = None) -> None:
    """The regency's office is to do this next."""
    open_duty(
        act, door=door, about=about_of(of), code=code or of.code, says=says, region=of.regency_id,
        role=roles.DPMD_OFFICER.key, due_on=due_on, title=of.title,
    )  # fmt: skip


def side_duty(act: Act, side: Side, *, door: str, says: str, due_on: date | None) -> Duty:
    """A village head or a partner's representative is to do this next; it ends with the step of the round as well. A round
    has hundreds of sides: ``open_duties`` opens theirs together."""
    return duty(
        act, door=door, about=about_of(side), belongs_to=about_of(side.round), code=side.code, says=says,
        due_on=due_on, title=side.round.title, **named(side), **speaker_of(side),
    )  # fmt: skip


def speaker_of(side: Side) -> dict[str, str]:
    """Who is waited for, and told: the head of the village, or the partner's representative."""
    if isinstance(side, RoundVillage):
        return {"region": side.village_id, "role": roles.VILLAGE_HEAD.key}
    return {"party": side.offer.partner.code, "role": roles.PARTNER_REP.key}


def named(side: Side) -> dict[str, str]:
    """Which offer a sentence is about: a partner may stand in a round with several."""
    return {} if isinstance(side, RoundVillage) else {"offer": side.offer.title}


def side_notice(act: Act, side: Side, says: str, **more: str) -> Notice:
    """A notice that leads to the side's own page of the round; ``tell_many`` writes those of all sides together."""
    return notice(
        act, says=says, params={"title": side.round.title, **named(side), **more}, about=about_of(side), code=side.code,
        url_name=VILLAGE_PAGE if isinstance(side, RoundVillage) else OFFER_PAGE, **speaker_of(side),
    )  # fmt: skip


def tell_side(act: Act, side: Side, says: str) -> None:
    tell_many([side_notice(act, side, says)])


def drop_runs(act: Act, of: Round) -> None:
    """Give up what is being computed, and what failed."""
    RoundRun.objects.filter(round=of, state__in=("asked", "failed")).update(state="dropped", done_at=act.now)


def ask_run(act: Act, of: Round, kind: RoundRun.Kind) -> RoundRun:
    """Leave a piece of work for the worker; one at a time in each round."""
    return RoundRun.objects.create(
        round=of, kind=kind, state=RUN.through(act.door, RUN.start), asked_at=act.now, asked_by=act.by.code
    )
