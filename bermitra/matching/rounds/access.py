"""Who may do what in a round.

The regency's office prepares, runs and publishes. It orders, strikes out, accepts and declines for nobody: those doors are
the village's and the partner's own. What the worker computed is written by the system alone.
"""

from typing import Any

from bermitra.foundation.commands.permits import ANY, PARTY, REGENCY, VILLAGE, Row, act, page

_OFFICE: dict[str, Any] = {"dpmd_officer": REGENCY}
_VILLAGE: dict[str, Any] = {"village_head": VILLAGE, "village_secretary": VILLAGE}
_PARTNER: dict[str, Any] = {"partner_rep": PARTY, "partner_signatory": PARTY}
_READING: dict[str, Any] = {**_OFFICE, "regent_office": REGENCY, "auditor": REGENCY}
_IN_VILLAGE: dict[str, Any] = {**_VILLAGE, "bpd_chair": VILLAGE, "bpd_member": VILLAGE, "village_coop_unit": VILLAGE}

ACCESS: tuple[Row, ...] = (
    page("page.rounds", everyone=ANY),
    page("page.round", everyone=ANY),
    page("page.round_file", everyone=ANY),
    page("page.round_list", everyone=ANY),
    page("page.round_rooms", **_READING, **_IN_VILLAGE, **_PARTNER),
    page("page.round_room", **_READING),
    page("page.round_work", **_READING),
    page("page.round_minutes", **_READING),
    page("page.round_villages", **_READING),
    page("page.round_villages_xlsx", **_READING),
    page("page.round_answers", **_READING),
    page("page.round_answers_xlsx", **_READING),
    page("page.round_village", **_READING, **_IN_VILLAGE),
    page("page.round_offer", **_READING, **_PARTNER),
    page("page.round_explanation", **_READING, **_IN_VILLAGE, **_PARTNER),
    act("matching.draft_round", **_OFFICE),
    act("matching.revise_round", **_OFFICE),
    act("matching.open_round", step_up=True, **_OFFICE),
    act("matching.join_round", **_VILLAGE, **_PARTNER),
    act("matching.decline_round", **_VILLAGE, **_PARTNER),
    act("matching.close_invitations", **_OFFICE, system=ANY),
    act("matching.set_preferences", **_VILLAGE, **_PARTNER),
    act("matching.close_preferences", **_OFFICE, system=ANY),
    act("matching.announce_throw", **_OFFICE),
    act("matching.throw_seed", step_up=True, **_OFFICE),
    act("matching.simulate_round", **_OFFICE),
    act("matching.run_round", step_up=True, **_OFFICE),
    act("matching.try_again", **_OFFICE),
    act("matching.publish_round", step_up=True, **_OFFICE),
    act("matching.file_objection", **_VILLAGE, **_PARTNER),
    act("matching.answer_objection", step_up=True, **_OFFICE),
    act("matching.rerun_round", step_up=True, **_OFFICE),
    act("matching.open_responses", **_OFFICE, system=ANY),
    act("matching.close_responses", **_OFFICE, system=ANY),
    act("matching.void_round", step_up=True, **_OFFICE, regent_office=REGENCY),
    act("matching.follow_up", **_OFFICE),
    # The worker has computed; nobody else writes a result.
    act("matching.keep_choices", system=ANY),
    act("matching.keep_list", system=ANY),
    act("matching.keep_trial", system=ANY),
    act("matching.keep_result", system=ANY),
    act("matching.keep_failure", system=ANY),
    # Parts of the act with which a side answers, which also begins the case.
    act("matching.respond_to_match", within=("selection.answer_introduction",)),
    act("matching.take_up_match", within=("selection.answer_introduction",)),
)
