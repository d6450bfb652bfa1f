"""After the publication: objections and their answers, computing again where one was right, and the answers of both sides."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell_many
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.matching.models import Introduction, Round, RoundObjection, RoundOffer, RoundRun, RoundVillage
from bermitra.matching.rounds.actions.common import (
    Side,
    ask_run,
    day_after,
    freeze_terms,
    held_in,
    joined_sides,
    office_waits,
    side_notice,
    speaker_of,
    tell_side,
)
from bermitra.matching.rounds.lives import ANSWERABLE, INTRODUCTION, OBJECTION, ROUND
from bermitra.matching.rounds.queries.answering import as_read_facts, pair_facts
from bermitra.matching.rounds.queries.facts import objections_facts, response_facts
from bermitra.matching.rounds.queries.reading import with_both
from bermitra.matching.rounds.rules import (
    ANSWERING,
    AS_READ,
    CLOSING,
    IN_TIME,
    REASONED,
    RERUNNING,
    ReasonFacts,
    WindowFacts,
)
from bermitra.matching.shortlists.rules import GATES
from bermitra.needs.models import Offer
from bermitra.needs.offers.actions import use_quota
from bermitra.needs.offers.places import hold_place, release_place
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.rules import verdict_fresh

VILLAGE, PARTNER = SIDES = ("village", "partner")
NO_LONGER = _("Tawaran berubah, berakhir, atau penuh sebelum masa jawaban dibuka.")


@command("matching.file_objection", on="side")
def file_objection(act: Act, *, side: Side, text: str) -> RoundObjection:
    """Object to the provisional result, as anybody who stands on the round's lists, while the window is open.

    Who was left out or did not take part may have been so wrongly, and says it here.
    """
    of = held_in(act, side.round, "provisional")
    act.require(REASONED, ReasonFacts(text))
    act.require(IN_TIME, WindowFacts(today=clock.today(), last_day=of.objections_until))
    filed = RoundObjection.objects.create(
        round=of,
        village=side if isinstance(side, RoundVillage) else None,
        offer=side if isinstance(side, RoundOffer) else None,
        text=text,
        state=OBJECTION.through(act.door, OBJECTION.start),
        filed_at=act.now,
        by=act.by.code,
    )
    open_duty(
        act, door="matching.answer_objection", about=about_of(filed), belongs_to=about_of(of), code=filed.code,
        says=_("Jawab sanggahan atas hasil putaran “{title}”."), region=of.regency_id, role=roles.DPMD_OFFICER.key,
        title=of.title,
    )  # fmt: skip
    act.log("round_objection.filed", filed, round=of.code)
    return filed


@command("matching.answer_objection", on="objection")
def answer_objection(act: Act, *, objection: RoundObjection, outcome: str, answer: str) -> RoundObjection:
    """``outcome``: ``upheld``, after which the round is computed again, or ``dismissed``; always with the reason."""
    of = held_in(act, objection.round, "provisional")
    act.require(REASONED, ReasonFacts(answer))
    move_on(act, OBJECTION, objection, outcome, answer=answer, answered_at=act.now, answered_by=act.by.code)
    close_duties(act, about=about_of(objection))
    if outcome == "upheld":
        says = _("Sanggahan atas putaran “{title}” diterima: perbaiki masukannya, lalu ulangi hitungan.")
        office_waits(act, of, door="matching.rerun_round", says=says)
    side = objection.village or objection.offer
    if side is not None:
        tell_side(act, side, _("Sanggahan Anda atas hasil putaran “{title}” sudah dijawab."))
    act.log("round_objection.answered", objection, round=of.code, outcome=outcome)
    return objection


@command("matching.rerun_round", on="round")
def rerun_round(act: Act, *, round: Round, changed: str, sides: Collection[str] | None = None) -> RoundRun:
    """Compute again with the same choices and the same numbers that were thrown (MT-28).

    Only ``sides`` (codes of their rows in the round) are read anew, or else whoever was right to object; all others stay as
    they stood on the published list.
    """
    of = held_in(act, round, "provisional")
    act.require(RERUNNING, objections_facts(of, changed))
    wrong = set(_objectors(of) if sides is None else sides) | _take_in_again(of)
    of.objections.filter(state="upheld").update(used=True)
    close_duties(act, about=about_of(of))
    move_on(
        act,
        ROUND,
        of,
        changed=changed,
        corrected=sorted({*of.corrected, *wrong}),
        objections_until=None,
        published_at=None,
    )
    run = ask_run(act, of, RoundRun.Kind.RESULT)
    offers = list(of.offers.filter(joined=True, code__in=wrong))
    freeze_terms(offers)
    RoundOffer.objects.bulk_update(offers, ["terms"], batch_size=100)
    says = _("Hasil putaran “{title}” dihitung ulang setelah sanggahan diterima.")
    tell_many(side_notice(act, side, says) for side in joined_sides(of))
    act.log("round.rerun", of, seed=of.seed, sides=sorted(wrong))
    return run


def _objectors(of: Round) -> set[str]:
    """Codes of those who were right and for whom nothing was computed again yet."""
    said = of.objections.filter(state="upheld", used=False).select_related("village", "offer")
    return {side.code for each in said if (side := each.village or each.offer) is not None}


def _take_in_again(of: Round) -> set[str]:
    """Whoever was left out when the lists were computed, objected, and was right, takes part from here on; their codes."""
    taken = set()
    for each in of.objections.filter(state="upheld", used=False).select_related("village", "offer"):
        side = each.village or each.offer
        if side is None or side.outcome.get("kind") != "gone":
            continue
        side.joined, side.why_not = True, ""
        if isinstance(side, RoundVillage):
            side.listed_as = side.village_id
            side.save(update_fields=["joined", "why_not", "listed_as"])
        else:
            side.save(update_fields=["joined", "why_not"])
        taken.add(side.code)
    return taken


@command("matching.open_responses", on="round")
def open_responses(act: Act, *, round: Round) -> Round:
    """The result stands: each introduced pair may now accept or decline, each side for itself, and has its place so long.

    One whose offer has changed, has ended or has no place left lapses at once, and both sides read it.
    """
    of, norms = held_in(act, round, "provisional"), standing(round.regency_id)
    act.require(ANSWERING, objections_facts(of))
    until = day_after(act, norms.numbers["round_response_days"])
    move_on(act, ROUND, of, answer_until=until)
    close_duties(act, about=about_of(of))
    offers = {each.code: each for each in of.offers.select_related("offer__partner", "round")}
    introduced = 0
    for village in of.villages.filter(joined=True).select_related("village", "round").order_by("village"):
        for pair in village.outcome.get("pairs", ()):
            if pair["fate"] == "introduced":
                introduced += _introduce(act, of, village, offers[pair["code"]], pair, until)
    act.log("round.responses_opened", of, introductions=introduced)
    return of


def _introduce(
    act: Act, of: Round, village: RoundVillage, offer: RoundOffer, pair: dict[str, Any], until: date
) -> bool:
    stands = hold_place(offer.offer, offer.terms)
    made = Introduction.objects.create(
        round=of,
        village=village,
        offer=offer,
        a=pair["a"],
        b=pair["b"],
        h=pair["h"],
        reasons=pair.get("reasons", []),
        state=INTRODUCTION.through(act.door, INTRODUCTION.start, "offered" if stands else "lapsed"),
        why="" if stands else NO_LONGER,
        until=until,
    )
    if not stands:
        for each in (village, offer):
            tell_side(
                act, each, _("Perkenalan dari putaran “{title}” gugur: tawarannya berubah, berakhir, atau penuh.")
            )
        return False
    says = {
        VILLAGE: _("Terima atau tolak perkenalan dengan {partner}: “{offer}”."),
        PARTNER: _("Jawab perkenalan Desa {village} bagi “{offer}”."),
    }
    names = {"partner": offer.offer.partner.name, "village": village.village.name, "offer": offer.offer.title}
    both: dict[str, Side] = {VILLAGE: village, PARTNER: offer}
    for side in SIDES:
        open_duty(
            act, door="selection.answer_introduction", about=answer_of(made, side), belongs_to=about_of(of),
            code=made.code, says=says[side], due_on=until, title=of.title, **names, **speaker_of(both[side]),
        )  # fmt: skip
    return True


def answer_of(made: Introduction, side: str) -> str:
    """What the duty of one side is about: it ends without the other one's."""
    return f"{about_of(made)}:{side}"


@command("matching.respond_to_match", on="introduction")
def respond_to_match(act: Act, *, introduction: Introduction, accepts: bool, reason: str = "") -> Introduction:
    """One side accepts or declines, for itself and nobody else; with both, the place that waited for them is taken.

    Yes is said to the offer that was read (MT-35), and to a pair that still passes the five gates.

    Which side it is, the offices of whoever acts say. Raises :class:`NoSuchMove` for a side that has answered already.
    """
    made = with_both(Introduction.objects.select_for_update(of=("self",))).get(pk=introduction.pk)
    of = held_in(act, made.round, "responses")
    side = side_of(act, made)
    if made.state not in ANSWERABLE or made.state == f"accepted_by_{side}":
        raise NoSuchMove(INTRODUCTION.name, made.state, act.door)
    act.require(IN_TIME, WindowFacts(today=clock.today(), last_day=made.until))
    answered: dict[str, Any] = {f"{side}_answered_at": act.now}
    if not accepts:
        act.require(REASONED, ReasonFacts(reason))
        move_on(act, INTRODUCTION, made, "declined", declined_by=side, why=reason, **answered)
        release_place(made.offer.offer)
        for each in SIDES:
            close_duties(act, about=answer_of(made, each))
        other: Side = made.offer if side == VILLAGE else made.village
        tell_side(act, other, _("Perkenalan dari putaran “{title}” tidak dilanjutkan pihak lain. Baca alasannya."))
    else:
        norms = standing(of.regency_id)
        offer = Offer.objects.select_for_update(of=("self",)).select_related("partner").get(pk=made.offer.offer_id)
        act.require((verdict_fresh,), standing_of(offer.partner), norms)
        act.require(AS_READ, as_read_facts(made, offer), norms)
        act.require(GATES, pair_facts(made), norms)
        onward = f"accepted_by_{side}" if made.state == "offered" else "accepted"
        move_on(act, INTRODUCTION, made, onward, **answered)
        close_duties(act, about=answer_of(made, side))
        if onward == "accepted":
            release_place(offer)
            use_quota(by=act, offer=offer)
    act.log("match.answered", made, round=of.code, side=side, state=made.state)
    return made


def side_of(act: Act, made: Introduction) -> str:
    """``village`` or ``partner``: the side in whose office this person stands. The door was opened for one of them."""
    offices = act.by.person.offices if act.by.person is not None else ()  # type: ignore[attr-defined]
    heads = any(each.role == roles.VILLAGE_HEAD.key and each.region_id == made.village.village_id for each in offices)
    return VILLAGE if heads else PARTNER


@command("matching.take_up_match", on="introduction")
def take_up_match(act: Act, *, introduction: Introduction, case: str) -> Introduction:
    """A later stage has opened the case of this code for the pair."""
    move_on(act, INTRODUCTION, introduction, case=case)
    act.log("match.taken_up", introduction, case=case)
    return introduction


@command("matching.close_responses", on="round")
def close_responses(act: Act, *, round: Round) -> Round:
    """The round is over: what nobody answered lapses, and whoever still waits may join the next one."""
    of = held_in(act, round, "responses")
    act.require(CLOSING, response_facts(of))
    close_duties(act, about=about_of(of))
    lapsed = list(with_both(of.introductions.filter(state__in=ANSWERABLE)))
    for made in lapsed:
        move_on(act, INTRODUCTION, made, "lapsed")
        release_place(made.offer.offer)
    says = _("Perkenalan dari putaran “{title}” gugur karena belum dijawab kedua pihak.")
    tell_many(side_notice(act, side, says) for made in lapsed for side in (made.village, made.offer))
    move_on(act, ROUND, of, ended_at=act.now)
    act.log("round.closed", of, lapsed=len(lapsed))
    return of
