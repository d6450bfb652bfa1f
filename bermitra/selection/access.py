"""Who may do what in a selection.

The village head announces and never scores; the panel scores and never signs. ``ASSIGNED`` means a seat on the panel of
this very call: whatever office a panelist holds, it is the seat that opens these doors. No office outside the village is
named for any of them; the auditor reads, after the opening and in writing.
"""

from typing import Any

from bermitra.foundation.commands.permits import ANY, ASSIGNED, OWN, PARTY, REGENCY, VILLAGE, Row, act, page
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
# Whoever objected: a partner's people together, a resident alone.
OBJECTOR: dict[str, Any] = {**PARTNER, "resident": OWN, "group_rep": OWN}
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
# Who compares the offers of partners, once they are open: those who prepare and those who decide in the meeting.
COMPARING: dict[str, Any] = {
    "village_head": VILLAGE, "village_secretary": VILLAGE, "bpd_chair": VILLAGE, "bpd_member": VILLAGE,
    "village_coop_unit": VILLAGE, "auditor": REGENCY,
}  # fmt: skip
HOUSE: dict[str, Any] = {role: scope for role, scope in READING.items() if not role.startswith("partner_")}
ROOM: dict[str, Any] = {**PANEL, **HOUSE}

ACCESS: tuple[Row, ...] = (
    page("page.selection", **ROOM),
    page("page.comparison", **ROOM),
    page("page.selection_paper", **ROOM),
    page("page.feedback_paper", **ROOM, **PARTNER),
    page("page.answer_paper", **READING),
    page("page.dossier_pdf", **HOUSE),
    # Printing the records is nobody's decision: whoever reads the case may ask for it.
    act("selection.ask_dossier", **HOUSE, system=ANY),
    act("selection.begin_dossier", system=ANY),
    act("selection.keep_dossier", system=ANY),
    act("selection.fail_dossier", system=ANY),
    page("page.rivals", **COMPARING),
    page("page.proposals", **PARTNER),
    page("page.proposal", **ROOM, **PARTNER),
    page("page.feedback", **ROOM, **PARTNER),
    page("page.objection", **OBJECTOR),
    page("page.proposal_file", **OPENING, **PARTNER),
    page("page.site_visit_file", **OPENING),
    page("page.direct_evidence", **ROOM, **PARTNER),
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
    act("selection.extend_call", village_head=VILLAGE),
    act("selection.withdraw_call", village_head=VILLAGE, step_up=True),
    # The unit for cooperation, or who leads the panel; never the head, who signs (FD-04).
    act("selection.appoint_directly", **{**PANEL, "village_coop_unit": VILLAGE}, step_up=True),
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
    act("selection.look_for_ties", system=ANY),
    act("selection.record_site_visit", **PANEL),
    act("selection.moderate_scores", **PANEL),
    act("selection.score_again", **PANEL, step_up=True),  # a further page of the same door
    act("selection.propose_candidate", **PANEL, step_up=True),
    act("selection.propose_next", **PANEL, step_up=True),
    act("selection.reopen_scoring", **PANEL, bpd_chair=VILLAGE, step_up=True),
    act("selection.fail_call", **PANEL, bpd_chair=VILLAGE),
    act("selection.file_objection", **PARTNER, resident=VILLAGE, group_rep=VILLAGE, step_up=True),
    act("selection.withdraw_objection", **OBJECTOR),
    act("selection.appeal_objection", **OBJECTOR),
    act("selection.dismiss_objection", **PANEL, bpd_chair=VILLAGE, step_up=True),
    act("selection.uphold_objection", **PANEL, bpd_chair=VILLAGE, step_up=True),
    act("selection.lapse_candidate", system=ANY),
    act("selection.send_feedback", **PANEL, bpd_chair=VILLAGE),
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
    act("selection.lapse_unsolicited", system=ANY),
    act("selection.remind_unsolicited", system=ANY),
    act("selection.decline_unsolicited", village_head=VILLAGE, step_up=True),
    act("selection.accept_for_musyawarah", village_head=VILLAGE),
    act("selection.answer_in_writing", village_head=VILLAGE, step_up=True),
    # Others are asked as well. The head, who may not read what is sealed, opens or has the BPD open, and says who goes on.
    act("selection.call_for_rivals", village_head=VILLAGE),
    act("selection.draft_rival", **PARTNER),  # a further page of drafting an offer
    act("selection.submit_rival", **PARTNER, step_up=True),
    act("selection.open_rivals", village_head=VILLAGE, bpd_chair=VILLAGE, step_up=True),
    act("selection.close_comparison", village_head=VILLAGE, step_up=True),
)
