"""Verbs of a round: prepared and opened, answered and chosen, computed and published, objected to, answered, closed."""

from bermitra.matching.rounds.actions.choosing import (
    close_invitations,
    close_preferences,
    decline_round,
    join_round,
    set_preferences,
)
from bermitra.matching.rounds.actions.drafting import draft_round, follow_up, open_round, revise_round, void_round
from bermitra.matching.rounds.actions.due import close_due_rounds
from bermitra.matching.rounds.actions.keeping import (
    keep_choices,
    keep_failure,
    keep_list,
    keep_result,
    keep_trial,
)
from bermitra.matching.rounds.actions.responding import (
    answer_objection,
    close_responses,
    file_objection,
    open_responses,
    rerun_round,
    respond_to_match,
    take_up_match,
)
from bermitra.matching.rounds.actions.running import (
    announce_throw,
    publish_round,
    run_round,
    simulate_round,
    throw_seed,
    try_again,
)

__all__ = [
    "announce_throw",
    "answer_objection",
    "close_due_rounds",
    "close_invitations",
    "close_preferences",
    "close_responses",
    "decline_round",
    "draft_round",
    "file_objection",
    "follow_up",
    "join_round",
    "keep_choices",
    "keep_failure",
    "keep_list",
    "keep_result",
    "keep_trial",
    "open_responses",
    "open_round",
    "publish_round",
    "rerun_round",
    "respond_to_match",
    "revise_round",
    "run_round",
    "set_preferences",
    "simulate_round",
    "take_up_match",
    "throw_seed",
    "try_again",
    "void_round",
]
