"""Scores, the ranking, and the candidate who comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.life import choose_partner
from bermitra.partnership.rules import TAKING_A_PART
from bermitra.selection.actions.common import (
    await_candidate,
    case_onward,
    days_on,
    free_of_interest,
    hold,
    its_call,
    mark_the_tied,
)
from bermitra.selection.actions.direct import candidate_is_out, share_visions
from bermitra.selection.actions.feedback import give_feedback
from bermitra.selection.actions.moderating import lead_on
from bermitra.selection.life import (
    call_to,
    proposal_to,
    proposals_to,
    seat_about,
    tell_partner,
)
from bermitra.selection.models import (
    Call,
    Candidacy,
    Proposal,
    ProposalVersion,
    Ranking,
    Score,
)
from bermitra.selection.queries import (
    candidate,
    candidate_asked,
    declared,
    direct_of,
    frozen_facts,
    judgements,
    newest_version,
    next_in_rank,
    panel_facts,
    parts,
    scorers,
    scorers_facts,
    seat_of,
    standing_for,
    vision_bounds,
)
from bermitra.selection.rules import (
    APPOINTING,
    BOUNDED,
    CALL,
    FROZEN,
    PANEL,
    PROPOSAL,
    REASONED,
    REVEALING,
    SCORING,
    ReasonFacts,
    ScoreFacts,
    ScorerRoles,
    VisionBoundFacts,
)


@command("selection.score", on="proposal")
def score(act: Act, *, proposal: Proposal, levels: dict[str, int], reasons: dict[str, str]) -> ProposalVersion:
    """One scorer's levels and reasons on every criterion, once a round; hidden until all are in (SL-10 to SL-12, SL-16,
    SL-43)."""
    call, person = its_call(act, proposal), act.by.person
    if not isinstance(person, Person):
        raise TypeError("a person scores")
    hold(call)
    proposal.refresh_from_db(fields=["state"])
    sits, sent = seat_of(call, person), newest_version(proposal)
    if sits is None or not sits.scores or sent is None or call.state != "scoring" or proposal.state != "admissible":
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    if sent.scores.filter(panelist=sits, round=call.round).exists():  # given once, whatever was sent twice
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    if set(levels) != set(call.criteria.values_list("code", flat=True)):
        raise ValueError("a level for every criterion of the call")
    held = standing(call.case.village_id)
    given = [reasons.get(code, "").strip() for code in levels]
    facts = ScoreFacts(
        levels=tuple(levels.values()),
        reasons=sum(1 for each in given if each),
        shortest_reason=min(len(each) for each in given),
        score_reason_characters=held.numbers["score_reason_characters"],
    )
    offices = frozenset(office.role for office in person.offices if office.region_id == call.case.village_id)
    asked: cases.Asked = [
        (APPOINTING, ScorerRoles(scorer_roles=offices)),
        free_of_interest(act, call),
        (SCORING, facts),
        *(
            (BOUNDED, VisionBoundFacts(levels[code], bound.highest))
            for code, bound in vision_bounds(call, sent).items()
        ),
        (TAKING_A_PART, parts(call.case).facts(person.code, "score")),
    ]
    cases.require(asked, held)
    Score.objects.bulk_create(
        [
            Score(
                version=sent,
                panelist=sits,
                round=call.round,
                criterion=code,
                level=level,
                reason=reasons[code],
                at=act.now,
            )
            for code, level in levels.items()
        ]
    )
    act.log("score.given", proposal, criteria=len(levels), round=call.round)
    return sent


@command("selection.reveal_scores", on="call")
def reveal_scores(act: Act, *, call: Call) -> Call:
    """All scorers have finished: their levels are laid side by side and the round is ranked, for good (SL-17), if those who
    were free to score are a panel still (SL-09)."""
    hold(call)
    mark_the_tied(act, call)
    held, said = standing(call.case.village_id), declared(call)
    judges = scorers(call, said)
    cases.require([(PANEL, panel_facts(call, held, judges)), (REVEALING, scorers_facts(call, held, judges))], held)
    if call.state != "scoring" or call.revealed_at is not None:
        raise NoSuchMove(CALL.name, call.state, act.door)
    scored, counted = proposals_to(act, call), [each.pk for each in judges]
    Ranking.objects.bulk_create(
        [
            Ranking(
                call=call,
                round=call.round,
                proposal=each.proposal,
                place=place if each.passes else None,  # those that pass come first
                total=str(each.outcome.total),
                points={code: str(points) for code, points in each.outcome.points.items()},
                below_floor=list(each.outcome.below_floor),
                vision_agreement=each.vision_agreement,
                core_missing=each.core_missing,
                counted=counted,
                at=act.now,
            )
            for place, each in enumerate(judgements(call, scored, counted), 1)
        ]
    )
    Call.objects.filter(pk=call.pk).update(revealed_at=act.now)
    call.revealed_at = act.now
    for sits in call.panel.select_related("person"):
        close_duties(act, about=seat_about(call, sits.person))
    lead_on(act, call, said)
    act.log("scores.revealed", call, proposals=[each.code for each in scored], round=call.round)
    return call


@command("selection.propose_candidate", on="call")
def propose_candidate(act: Act, *, call: Call, minutes_number: str) -> Proposal:
    """The first in rank becomes the candidate; result and reasons are published, the others get their sheets (SL-24), and
    objections may come."""
    return _propose(act, call, minutes_number)


@command("selection.propose_next", on="call")
def propose_next(act: Act, *, call: Call, minutes_number: str) -> Proposal:
    """The candidate is out: the next in rank takes its place, with its own days for objections."""
    return _propose(act, call, minutes_number)


def _propose(act: Act, call: Call, minutes_number: str) -> Proposal:
    hold(call)
    held, case, line = standing_for(call), call.case, next_in_rank(call)
    if line is None or candidate(call) is not None:  # one at a time: who stands is heard first
        raise NoSuchMove(CALL.name, call.state, act.door)
    asked: cases.Asked = [
        (TAKING_A_PART, parts(case).facts(act.by.code, "propose")),
        (FROZEN, frozen_facts(call)),
        free_of_interest(act, call),
        *candidate_asked(line, call, held),
        (REASONED, ReasonFacts(reason=minutes_number)),
    ]
    cases.require(asked, held)
    proposal = line.proposal
    call_to(act, call, published_on=clock.today())
    proposal_to(act, proposal, answer_due=days_on(act, call, "candidate_acceptance_days"))
    Candidacy.objects.create(proposal=proposal, minutes_number=minutes_number, at=act.now, by=act.by.code)
    choose_partner(act, case, proposal.partner)
    case_onward(act, case)
    await_candidate(act, call, proposal)
    informed = {each.pk for each in give_feedback(act, call)}
    for other in Proposal.objects.filter(call=call, state="ranked").exclude(pk__in=informed).select_related("partner"):
        tell_partner(
            act, other.partner, _("Hasil sementara “{title}” sudah diumumkan."), code=other.code, title=call.title
        )
    verb = "candidate.next_proposed" if act.door == "selection.propose_next" else "candidate.proposed"
    act.log(verb, call, proposal=proposal.code, partner=proposal.partner.code, place=line.place)
    return proposal


@command("selection.accept_candidacy", on="proposal")
def accept_candidacy(act: Act, *, proposal: Proposal, ticks: Sequence[str] = ()) -> Proposal:
    """The partner stands by its proposal. Appointed directly, it has written none: it says with ``ticks`` what it stands by."""
    sealed: dict[str, Any] = {}
    if direct_of(proposal) is not None:
        share_visions(act, proposal, ticks)
        sealed = {"sealed_at": act.now}
    proposal_to(act, proposal, accepted_at=act.now, **sealed)
    close_duties(act, about=about_of(proposal))
    act.log("candidacy.accepted", proposal)
    return proposal


@command("selection.decline_candidacy", on="proposal")
def decline_candidacy(act: Act, *, proposal: Proposal, reason: str) -> Proposal:
    """The partner steps back; the panel may propose the next in rank."""
    act.require(REASONED, ReasonFacts(reason=reason))
    call = its_call(act, proposal)
    proposal_to(act, proposal, out_because=reason)
    close_duties(act, about=about_of(proposal))
    says = _("Calon mitra “{title}” mundur. Usulkan yang berikut, atau nyatakan gagal.")
    candidate_is_out(act, call, reason, says)
    act.log("candidacy.declined", proposal)
    return proposal
