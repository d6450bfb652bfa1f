"""Who may do what while a partnership runs.

Each side writes of what it does itself, and the other one looks at it. The village's clerk prepares what its secretary may;
the head adopts, the treasurer keeps the village's cash, a second person confirms. No office above the village edits a plan,
a promise or a book; the regency may hold trainings.
"""

from typing import Any

from bermitra.foundation.commands.permits import ANY, DISTRICT, PARTY, REGENCY, VILLAGE, Row, act, page

Scopes = dict[str, Any]  # role by role, as keyword arguments

PARTNER: Scopes = {"partner_rep": PARTY, "partner_signatory": PARTY}
VILLAGE_OFFICE: Scopes = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_treasurer": VILLAGE,
    "village_official": VILLAGE,
    "village_operator": VILLAGE,
    "village_coop_unit": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
}
READERS: Scopes = {
    **VILLAGE_OFFICE,
    **PARTNER,
    "camat": DISTRICT,
    "dpmd_officer": REGENCY,
    "auditor": REGENCY,
}
CLERKS: Scopes = {"village_secretary": VILLAGE, "village_official": VILLAGE, "village_operator": VILLAGE}
PLANNERS: Scopes = {**CLERKS, "village_coop_unit": VILLAGE, "partner_rep": PARTY}
DRAFTERS: Scopes = {**PLANNERS, "village_head": VILLAGE}
CHECKERS: Scopes = {
    "village_secretary": VILLAGE,
    "village_official": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
    "partner_rep": PARTY,
}
BOOK_READERS: Scopes = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_treasurer": VILLAGE,
    "village_official": VILLAGE,
    "village_operator": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
    **PARTNER,
    "auditor": REGENCY,
}
HANDS: Scopes = {"village_head": VILLAGE, "village_secretary": VILLAGE, **PARTNER}
TRAINERS: Scopes = {**PLANNERS, "dpmd_officer": REGENCY}
SEATERS: Scopes = {"village_secretary": VILLAGE, "village_coop_unit": VILLAGE, "dpmd_officer": REGENCY}

ACCESS: tuple[Row, ...] = (
    # The plan.
    page("page.plan", **READERS),
    page("page.activity", **READERS),
    page("page.plan_pdf", **READERS),
    act("delivery.draft_plan", **DRAFTERS),
    act("delivery.record_plan_meeting", **DRAFTERS),
    act("delivery.set_activity", **DRAFTERS),
    act("delivery.schedule_activity", **DRAFTERS),
    act("delivery.fund_activity", **DRAFTERS),
    act("delivery.drop_activity", **DRAFTERS),
    act("delivery.import_activities", **DRAFTERS),
    act("delivery.adopt_plan", step_up=True, village_head=VILLAGE, partner_signatory=PARTY),
    act("delivery.record_progress", **PLANNERS),
    # Promises.
    page("page.obligations", **READERS),
    page("page.due", **READERS),
    page("page.evidence_file", **READERS),
    act("delivery.take_up_change", **CLERKS, village_head=VILLAGE, system=ANY),
    act("delivery.submit_evidence", **PLANNERS, village_treasurer=VILLAGE),
    act("delivery.verify_evidence", **CHECKERS),
    act("delivery.return_evidence", **CHECKERS),
    # Money. Who prepares proposes; the treasurer confirms what a clerk proposed, the secretary what the treasurer did.
    page("page.ledger", **BOOK_READERS),
    page("page.entry", **BOOK_READERS),
    page("page.receipt_file", **BOOK_READERS),
    page("page.ledger_xlsx", **BOOK_READERS),
    act("delivery.propose_entry", village_treasurer=VILLAGE, village_operator=VILLAGE, partner_rep=PARTY),
    act("delivery.confirm_entry", step_up=True, village_secretary=VILLAGE, village_treasurer=VILLAGE),
    act("delivery.refuse_entry", village_secretary=VILLAGE, village_treasurer=VILLAGE),
    act("delivery.post_entry", step_up=True, village_treasurer=VILLAGE, village_official=VILLAGE, partner_rep=PARTY),
    act("delivery.record_budget_change", village_secretary=VILLAGE, village_treasurer=VILLAGE),
    act("delivery.counter_entry", step_up=True, village_treasurer=VILLAGE, partner_rep=PARTY),
    act("delivery.rebuild_totals", system=ANY),
    # Handing over: a side writes what it gives, the other one receives it, and the secretary keeps the inventory.
    page("page.goods_handovers", **READERS),
    page("page.goods_handover", **READERS),
    page("page.goods_handover_paper", **READERS),
    page("page.handover_photo", **READERS),
    act("delivery.draft_handover", **CLERKS, partner_rep=PARTY),
    act("delivery.set_handover", **CLERKS, partner_rep=PARTY),
    act("delivery.set_handover_item", **CLERKS, partner_rep=PARTY),
    act("delivery.drop_handover_item", **CLERKS, partner_rep=PARTY),
    act("delivery.import_handover_items", **CLERKS, partner_rep=PARTY),
    act("delivery.offer_handover", step_up=True, **HANDS),
    act("delivery.receive_handover", step_up=True, **HANDS),
    act("delivery.return_handover", **HANDS),
    act("delivery.withdraw_handover", **HANDS),
    act("delivery.record_in_inventory", village_secretary=VILLAGE, village_official=VILLAGE),
    # Training. Names of residents: only for those who hold the training.
    page("page.agreement_trainings", **READERS),
    page("page.training", **READERS),
    page("page.training_file", **CLERKS, village_coop_unit=VILLAGE, partner_rep=PARTY, dpmd_officer=REGENCY),
    page("page.training_sheet", **CLERKS, village_coop_unit=VILLAGE, partner_rep=PARTY, dpmd_officer=REGENCY),
    page("page.attendance_xlsx", **CLERKS, village_coop_unit=VILLAGE, partner_rep=PARTY, dpmd_officer=REGENCY),
    page("page.certificate", **CLERKS, village_coop_unit=VILLAGE, partner_rep=PARTY, dpmd_officer=REGENCY),
    page("page.draw", everyone=ANY),
    page("page.draw_list", everyone=ANY),
    act("delivery.plan_training", **TRAINERS),
    act("delivery.schedule_training", **TRAINERS),
    act("delivery.announce_training", **SEATERS, partner_rep=PARTY),
    act("delivery.apply_for_training", village_official=VILLAGE, village_operator=VILLAGE),
    act("delivery.close_enrolment", **SEATERS, system=ANY),
    act("delivery.allocate_seats", **SEATERS),
    act("delivery.issue_sheet", **TRAINERS),
    act("delivery.record_attendance", **TRAINERS),
    act("delivery.complete_training", **SEATERS, partner_rep=PARTY),
    act("delivery.issue_certificate", village_secretary=VILLAGE, partner_rep=PARTY, dpmd_officer=REGENCY),
)
