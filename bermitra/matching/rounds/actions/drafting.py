"""A round is prepared, opened for everybody who may join, followed by another, or given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties, open_duties
from bermitra.foundation.messages.api import tell_many
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Standing
from bermitra.foundation.text import _
from bermitra.matching.market import reaching
from bermitra.matching.models import Round, RoundOffer, RoundVillage
from bermitra.matching.rounds.actions.common import (
    day_after,
    drop_runs,
    held_in,
    invited_sides,
    office_waits,
    reserved,
    side_duty,
    side_notice,
)
from bermitra.matching.rounds.lives import ROUND
from bermitra.matching.rounds.policy import Policy
from bermitra.matching.rounds.queries.candidates import candidates
from bermitra.matching.rounds.queries.facts import opening_facts, policy_facts, void_facts
from bermitra.matching.rounds.rules import HAS_A_PARTNER, OPENING, POLICY, REASONED, VOIDING, ReasonFacts


@command("matching.draft_round", on="regency")
def draft_round(
    act: Act, *, regency: Region, title: str, programme: str = "", why: str = "", example: bool = False
) -> Round:
    """Prepare a round with the policy that the norms of the regency give; who may join, and who not and why, is listed.

    Where the last round of the regency was voided after its opening, this one follows it, for everybody to see.
    """
    opened = Round.objects.filter(regency=regency, example=example, opened_at__isnull=False)
    last = opened.select_related("follows").order_by("-pk").first()
    follows = last if last is not None and last.state == "void" else None
    return _begin(act, regency, title, programme=programme, why=why, example=example, follows=follows)


@command("matching.follow_up", on="round")
def follow_up(act: Act, *, round: Round, title: str) -> Round:
    """Prepare a further round for the villages without a partner and the places that are left, with the same policy."""
    before = held_in(act, round, "final")
    kept = {"programme": before.programme, "why": before.why, "example": before.example}
    return _begin(act, before.regency, title, follows=before, policy=Policy.read(before.policy), **kept)


def _begin(act: Act, regency: Region, title: str, policy: Policy | None = None, **kept: Any) -> Round:
    norms = standing(regency.pk)
    invite = day_after(act, norms.numbers["round_invitation_days"])
    prefer = day_after(act, norms.numbers["round_invitation_days"] + norms.numbers["round_preference_days"])
    drafted = Round.objects.create(
        regency=regency,
        title=title,
        policy=(policy or Policy.of_norms(norms.numbers)).written(),
        invite_until=invite,
        prefer_until=prefer,
        state=ROUND.through(act.door, ROUND.start),
        created_at=act.now,
        created_by=act.by.code,
        **kept,
    )
    _list_again(drafted, norms)
    office_waits(act, drafted, door="matching.open_round", says=_("Lengkapi dan buka putaran “{title}”."))
    act.log("round.drafted", drafted, follows=drafted.follows.code if drafted.follows else "")
    return drafted


@command("matching.revise_round", on="round")
def revise_round(
    act: Act,
    *,
    round: Round,
    title: str | None = None,
    programme: str | None = None,
    why: str | None = None,
    invite_until: date | None = None,
    prefer_until: date | None = None,
    village_weight: int | None = None,
    partner_weight: int | None = None,
    vision_min: int | None = None,
    size: int | None = None,
    floor_slots: int | None = None,
    reserve_percent: int | None = None,
    tiers: Sequence[int] | None = None,
) -> Round:
    """Change what is given, and bring the list of villages and offers up to today."""
    of, norms = held_in(act, round, "draft"), standing(round.regency_id)
    said = {
        "title": title,
        "programme": programme,
        "why": why,
        "invite_until": invite_until,
        "prefer_until": prefer_until,
    }
    for name, value in said.items():
        if value is not None:
            setattr(of, name, value)
    decides = {
        "village_weight": village_weight,
        "partner_weight": partner_weight,
        "vision_min": vision_min,
        "size": size,
        "floor_slots": floor_slots,
        "reserve_percent": reserve_percent,
        "tiers": None if tiers is None else list(tiers),
    }
    of.policy = {**of.policy, **{name: value for name, value in decides.items() if value is not None}}
    act.require(POLICY, policy_facts(of, norms), norms)
    kept = {name: getattr(of, name) for name in said}
    move_on(act, ROUND, of, policy=of.policy, **kept)
    _list_again(of, norms)
    act.log("round.revised", of)
    return of


@command("matching.open_round", on="round")
def open_round(act: Act, *, round: Round) -> Round:
    """Publish the policy, lock it by its hash, and invite every village that may join (MT-06) and every offer."""
    of, norms = held_in(act, round, "draft"), standing(round.regency_id)
    policy = _of_today(Policy.read(of.policy), norms)
    of.policy = policy.written()
    act.require(POLICY, policy_facts(of, norms), norms)
    _list_offers(of)  # one that was published or paused since the draft counts as it is today
    act.require(OPENING, opening_facts(of, norms), norms)
    move_on(act, ROUND, of, policy=of.policy, policy_hash=policy.hash, opened_at=act.now)
    of.villages.filter(eligible=True).update(invited_at=act.now)
    close_duties(act, about=about_of(of))
    invited = list(invited_sides(of))
    asked = {
        RoundVillage: _("Jawab undangan putaran “{title}”: ikut atau tidak."),
        RoundOffer: _("Jawab undangan putaran “{title}” bagi tawaran “{offer}”: ikut atau tidak."),
    }
    until = of.invite_until
    open_duties(
        side_duty(act, each, door="matching.join_round", says=asked[type(each)], due_on=until) for each in invited
    )
    not_yet = of.villages.filter(eligible=False).select_related("village", "round").order_by("village")
    says = _("Putaran “{title}” dibuka. Desa Anda belum memenuhi syarat; lihat yang harus dilengkapi.")
    tell_many(side_notice(act, each, says) for each in not_yet if set(each.missing) - {HAS_A_PARTNER})
    villages = sum(isinstance(each, RoundVillage) for each in invited)
    act.log("round.opened", of, policy=of.policy_hash, invited=villages, offers=len(invited) - villages)
    return of


@command("matching.void_round", on="round")
def void_round(act: Act, *, round: Round, reason: str) -> Round:
    """Give the round up; everybody reads why. Nothing that was computed leads anywhere. Once the figures have fallen, it is
    the regent's office alone that may (MT-37), and what was computed stays open to everybody."""
    act.require(REASONED, ReasonFacts(reason))
    of = held_in(act, round, *(move.source for move in ROUND.moves if move.door == act.door))
    act.require(VOIDING, void_facts(of, act.by.person))  # type: ignore[arg-type]
    drafted = of.state == "draft"
    move_on(act, ROUND, of, void_why=reason, ended_at=act.now)
    drop_runs(act, of)
    close_duties(act, about=about_of(of))
    if not drafted:
        says = _("Putaran “{title}” dibatalkan. Alasannya ada pada halaman putaran.")
        tell_many(side_notice(act, side, says) for side in invited_sides(of) if side.joined is not False)
    act.log("round.voided", of)
    return of


def _of_today(policy: Policy, norms: Standing) -> Policy:
    """With the two numbers that are the regency's and not the round's to choose."""
    anew = Policy.of_norms(norms.numbers)
    return Policy.read({**policy.written(), "unverified_weight": anew.unverified_weight, "min_offers": anew.min_offers})


def _list_again(of: Round, norms: Standing) -> None:
    """Write down every village with what it lacks, and every offer that reaches the regency and has a place."""
    of.villages.all().delete()
    RoundVillage.objects.bulk_create(
        RoundVillage(round=of, village=each.village, tier=each.tier, eligible=each.eligible, missing=list(each.missing))
        for each in candidates(of.regency_id, of.follows, norms)
    )
    _list_offers(of)


def _list_offers(of: Round) -> None:
    of.offers.all().delete()
    offers = list(reaching(of.regency_id).order_by("code"))
    reserve = reserved([each.places or 0 for each in offers], Policy.read(of.policy).reserve_percent)
    RoundOffer.objects.bulk_create(
        RoundOffer(round=of, offer=each, places=each.places or 0, reserve=kept)
        for each, kept in zip(offers, reserve, strict=True)
    )
