"""Where levels lie apart: what was said of it, and one more round where the panel finds that it must score again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import examine, unmet
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.rules import TAKING_A_PART
from bermitra.selection.actions.common import ask_to_score, free_of_interest, hold
from bermitra.selection.life import proposals_to, wait_for
from bermitra.selection.models import Call, Moderation, ModerationPoint, Proposal
from bermitra.selection.queries import (
    again_facts,
    declared,
    moderation_facts,
    moderation_facts_of,
    notes_of,
    parts,
    scorers,
    spreads,
    standing_for,
    wide_points,
)
from bermitra.selection.rules import CALL, MODERATING, REASONED, SCORING_AGAIN, ReasonFacts

LEADING = ("selection.moderate_scores", "selection.propose_candidate")


@command("selection.moderate_scores", on="call")
def moderate_scores(
    act: Act, *, call: Call, notes: Mapping[str, Mapping[str, str]], again: bool = False, reason: str = ""
) -> Moderation:
    """Write down what was said where levels lie apart (SL-18); it changes no score.

    ``notes``: by code of a proposal and of a criterion; all that lies apart in a proposal that is named here. ``again``: once
    everything has its note, all score all once more, once an opening and for a ``reason`` (SL-44); this round stays readable.
    """
    hold(call)
    if call.state != "scoring" or call.revealed_at is None or not (notes or again):
        raise NoSuchMove(CALL.name, call.state, act.door)
    held, apart = standing_for(call), spreads(call)
    wide, keys = wide_points(apart, held), dict(Proposal.objects.filter(call=call).values_list("code", "pk"))
    given = {(keys.get(code, 0), of): note.strip() for code, said in notes.items() for of, note in said.items()}
    if not given.keys() <= wide:
        raise ValueError("a note on levels that do not lie apart")
    named = {proposal for proposal, _criterion in given}
    told = {point: apart[point] for point in wide if again or point[0] in named}
    asked: list[Any] = [
        (TAKING_A_PART, parts(call.case).facts(act.by.code, "propose")),
        free_of_interest(act, call),
        (MODERATING, moderation_facts(told, {**notes_of(call), **given}, held)),
    ]
    if again:
        asked += [(SCORING_AGAIN, again_facts(call, apart, held)), (REASONED, ReasonFacts(reason=reason))]
    cases.require(asked, held)
    sitting = Moderation.objects.create(
        call=call, round=call.round, again=again, reason=reason if again else "", at=act.now, by=act.by.code
    )
    ModerationPoint.objects.bulk_create(
        [
            ModerationPoint(moderation=sitting, proposal_id=proposal, criterion=criterion, note=note)
            for (proposal, criterion), note in given.items()
        ]
    )
    if again:
        _score_again(act, call)
    else:
        lead_on(act, call)
    act.log("scores.moderated", call, points=len(given), round=sitting.round, again=again)
    return sitting


def _score_again(act: Act, call: Call) -> None:
    begun = {"round": call.round + 1, "revealed_at": None}
    Call.objects.filter(pk=call.pk).update(**begun)
    for name, value in begun.items():
        setattr(call, name, value)
    proposals_to(act, call)
    for door in LEADING:
        close_duties(act, about=about_of(call.case), door=door)
    for sits in scorers(call):
        ask_to_score(act, call, sits)


def lead_on(act: Act, call: Call, said: Mapping[int, bool] | None = None) -> None:
    """What the lead is to do after the levels were revealed: moderate where they lie apart, then propose.

    ``said``: as :func:`declared` gives it, where it was read already.
    """
    case, held = call.case, standing_for(call)
    said = declared(call) if said is None else said
    lead = next((each for each in call.seats() if not each.scores and not said.get(each.person_id)), None)
    close_duties(act, about=about_of(case), door="selection.moderate_scores")
    if lead is None:
        return
    door, says = "selection.propose_candidate", _("Usulkan calon mitra untuk “{title}” dari peringkat.")
    if unmet(examine(MODERATING, moderation_facts_of(call, held), held)):
        door, says = "selection.moderate_scores", _("Catat pembahasan selisih nilai untuk “{title}”.")
    wait_for(act, case, door=door, says=says, person=lead.person.code)
