"""Who may do what in a selection.

The village head announces and never scores; the panel scores and never signs. ``ASSIGNED`` means a seat on the panel of
this very call: whatever office a panelist holds, it is the seat that opens these doors. No office outside the village is
named for any of them; the auditor reads, after the opening and in writing.
"""

from typing import Any

from bermitra.foundation.commands.permits import ANY, ASSIGNED, PARTY, REGENCY, VILLAGE, Row, act, page
from bermitra.partnership.access import PREPARING, READING

# Offices that may be given a seat; the seat, not the office, opens the door.
PANEL: dict[str, Any] = {
    "selection_panelist": ASSIGNED,
    "resident": ASSIGNED,
    "group_rep": ASSIGNED,
    "bpd_member": ASSIGNED,
    "village_coop_unit": ASSIGNED,
}
PARTNER: dict[str, Any] = {"partner_rep": PARTY, "partner_signatory": PARTY}
EVERY_PARTNER: dict[str, Any] = {"partner_rep": ANY, "partner_signatory": ANY}
DECLARING: dict[str, Any] = {
    **PANEL,
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_treasurer": VILLAGE,
    "village_official": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
    "village_coop_unit": VILLAGE,
}
# Who may open what a partner wrote, once it is open and in writing.
OPENING: dict[str, Any] = {**PANEL, "bpd_chair": VILLAGE, "village_secretary": VILLAGE, "auditor": REGENCY}
ROOM: dict[str, Any] = {**PANEL, **{role: scope for role, scope in READING.items() if not role.startswith("partner_")}}

ACCESS: tuple[Row, ...] = (
    page("page.selection", **ROOM),
    page("page.comparison", **ROOM),
    page("page.proposals", **PARTNER),
    page("page.proposal", **ROOM, **PARTNER),
    page("page.proposal_file", **OPENING, **PARTNER),
    # The village prepares and announces.
    act("selection.draft_call", **PREPARING),
    act("selection.write_kak", **PREPARING),
    act("selection.write_kak_terms", **PREPARING),  # the second page of the same door
    act("selection.set_criteria", **PREPARING),
    act("selection.tick_vision", **PREPARING),
    act("selection.plan_announcement", **PREPARING),
    act("selection.appoint_panel", village_head=VILLAGE, bpd_chair=VILLAGE),
    act("selection.release_panelist", village_head=VILLAGE, bpd_chair=VILLAGE),
    act("selection.open_call", village_head=VILLAGE, step_up=True),
    act("selection.reopen_call", village_head=VILLAGE, step_up=True),
    act("selection.revise_terms", village_head=VILLAGE, village_secretary=VILLAGE),
    act("selection.cancel_call", village_head=VILLAGE, step_up=True),
    act("selection.close_call", system=ANY),
    act("selection.ask_question", **EVERY_PARTNER, public=ANY),
    act(
        "selection.answer_question",
        village_head=VILLAGE,
        village_secretary=VILLAGE,
        village_operator=VILLAGE,
        village_coop_unit=VILLAGE,
    ),
    # A partner proposes.
    act("selection.draft_proposal", **PARTNER),
    act("selection.write_proposal", **PARTNER),  # further pages of the same door
    act("selection.tick_proposal", **PARTNER),
    act("selection.attach_file", **PARTNER),
    act("selection.submit_proposal", **PARTNER, step_up=True),
    act("selection.withdraw_proposal", **PARTNER, step_up=True),
    act("selection.complete_documents", **PARTNER),
    act("selection.accept_candidacy", **PARTNER, step_up=True),
    act("selection.decline_candidacy", **PARTNER, step_up=True),
    # The panel selects.
    act("selection.start_selection", **PANEL, bpd_chair=VILLAGE, step_up=True),
    act("selection.declare_interest", **DECLARING, step_up=True),
    act("selection.read_proposal", **OPENING),
    act("selection.request_documents", **PANEL),
    act("selection.disqualify", **PANEL),
    act("selection.complete_admin_check", **PANEL),
    act("selection.score", **PANEL, step_up=True),
    act("selection.reveal_scores", **PANEL, system=ANY),
    act("selection.propose_candidate", **PANEL, step_up=True),
    act("selection.propose_next", **PANEL, step_up=True),
    act("selection.reopen_scoring", **PANEL, bpd_chair=VILLAGE, step_up=True),
    act("selection.fail_call", **PANEL),
    act("selection.file_objection", **PARTNER, resident=VILLAGE, group_rep=VILLAGE, step_up=True),
    act("selection.dismiss_objection", **PANEL, bpd_chair=VILLAGE, step_up=True),
    act("selection.uphold_objection", **PANEL, bpd_chair=VILLAGE, step_up=True),
    act("selection.forward_to_musyawarah", **PANEL, bpd_chair=VILLAGE),
    # The meeting has decided.
    act("selection.record_consent", bpd_chair=VILLAGE, step_up=True),
    act("selection.record_refusal", bpd_chair=VILLAGE, step_up=True),
    # Introduced by a round: each side answers for itself.
    act("selection.answer_introduction", village_head=VILLAGE, **PARTNER, step_up=True),
    # A partner's own offer.
    act("selection.draft_unsolicited", **PARTNER),
    act("selection.write_unsolicited", **PARTNER),
    act("selection.write_unsolicited_terms", **PARTNER),  # further pages of the same door
    act("selection.write_unsolicited_money", **PARTNER),
    act("selection.tick_unsolicited", **PARTNER),
    act("selection.submit_unsolicited", **PARTNER, step_up=True),
    act("selection.resubmit_unsolicited", **PARTNER),
    act("selection.receive_unsolicited", village_secretary=VILLAGE, village_operator=VILLAGE),
    act("selection.return_unsolicited", village_head=VILLAGE),
    act("selection.decline_unsolicited", village_head=VILLAGE, step_up=True),
    act("selection.accept_for_musyawarah", village_head=VILLAGE),
    act("selection.answer_in_writing", village_head=VILLAGE, step_up=True),
)
