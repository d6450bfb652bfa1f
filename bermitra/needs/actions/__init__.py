"""Verbs: record and submit needs, bring them before a Musyawarah, set what it decided; keep the sheets of potentials."""

from bermitra.needs.actions.aims import lift_veto, propose_lift, set_aims, withdraw_lift
from bermitra.needs.actions.figures import count_beneficiaries, set_cost, set_goals, verify_figures
from bermitra.needs.actions.index import ScorePlan, import_indicators, plan_scores, propose_from_index
from bermitra.needs.actions.needs import confirm_met, defer, record, reopen, revise, submit, withdraw
from bermitra.needs.actions.potentials import (
    archive_potential,
    locate_potential,
    print_potential,
    publish_potential,
    rate_potential,
    record_potential,
    revise_potential,
    value_potential,
    verify_potential,
)
from bermitra.needs.actions.priorities import draft_priorities, drop, place, prioritise, table
from bermitra.needs.actions.tables import import_needs
from bermitra.needs.actions.voices import add_voice, merge, split

__all__ = [
    "ScorePlan",
    "add_voice",
    "archive_potential",
    "confirm_met",
    "count_beneficiaries",
    "defer",
    "draft_priorities",
    "drop",
    "import_indicators",
    "import_needs",
    "lift_veto",
    "locate_potential",
    "merge",
    "place",
    "plan_scores",
    "print_potential",
    "prioritise",
    "propose_from_index",
    "propose_lift",
    "publish_potential",
    "rate_potential",
    "record",
    "record_potential",
    "reopen",
    "revise",
    "revise_potential",
    "set_aims",
    "set_cost",
    "set_goals",
    "split",
    "submit",
    "table",
    "value_potential",
    "verify_figures",
    "verify_potential",
    "withdraw",
    "withdraw_lift",
]
