"""Who may do what with a Peraturan Bersama: every village for itself, the one that drafts for what concerns all."""

from typing import Any

from bermitra.foundation.commands.permits import ANY, DISTRICT, REGENCY, VILLAGE, Row, act, page

READERS: dict[str, Any] = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_treasurer": VILLAGE,
    "village_official": VILLAGE,
    "village_operator": VILLAGE,
    "village_coop_unit": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
    "camat": DISTRICT,
    "dpmd_officer": REGENCY,
    "regent_office": REGENCY,
    "auditor": REGENCY,
}
CLERKS: dict[str, Any] = {"village_head": VILLAGE, "village_secretary": VILLAGE, "village_operator": VILLAGE}

ACCESS: tuple[Row, ...] = (
    page("page.joint_regulations", **READERS),
    page("page.joint_regulation", **READERS),
    page("page.joint_regulation_text", **READERS),
    page("page.joint_regulation_print", **READERS),
    page("page.joint_gazette", **READERS),
    page("page.joint_regulation_scan", **CLERKS, bpd_chair=VILLAGE, auditor=REGENCY),
    act("agreements.start_joint_draft", **CLERKS),
    act("agreements.propose_joint_change", **CLERKS, bpd_chair=VILLAGE, village_coop_unit=VILLAGE),
    act("agreements.accept_joint_text", village_head=VILLAGE, step_up=True),
    act("agreements.give_joint_number", **CLERKS),
    act("agreements.record_joint_consultation", **CLERKS, bpd_chair=VILLAGE),
    act("agreements.table_joint_text", village_head=VILLAGE),
    act("agreements.lock_joint_text", village_head=VILLAGE, step_up=True),
    act("agreements.reopen_joint_text", village_head=VILLAGE, step_up=True),
    act("agreements.abandon_joint_text", village_head=VILLAGE, step_up=True),
    act("agreements.sign_joint_text", village_head=VILLAGE, step_up=True),
    act("agreements.register_certified_joint_text", village_head=VILLAGE, step_up=True),
    act("agreements.lay_down_joint_scan", village_secretary=VILLAGE, village_operator=VILLAGE),
    act(
        "agreements.confirm_joint_scan",
        village_head=VILLAGE,
        village_secretary=VILLAGE,
        bpd_chair=VILLAGE,
        step_up=True,
    ),
    act("agreements.keep_joint_signed_file", system=ANY, within=("agreements.register_certified_joint_text",)),
    act("agreements.promulgate_joint_text", village_secretary=VILLAGE),
    # The body that carries it out.
    page("page.joint_body", **READERS),
    page("page.joint_body_paper", **READERS),
    act("agreements.form_joint_body", village_head=VILLAGE, step_up=True),
    act("agreements.accept_joint_body", village_head=VILLAGE, step_up=True),
    act("agreements.hand_over_joint_seat", village_head=VILLAGE, step_up=True),
    act("agreements.fill_joint_office", village_head=VILLAGE, step_up=True),
    act("agreements.pay_joint_due", village_treasurer=VILLAGE, village_secretary=VILLAGE),
    act(
        "agreements.confirm_joint_payment",
        village_treasurer=VILLAGE,
        village_secretary=VILLAGE,
        village_head=VILLAGE,
    ),
    act("agreements.invite_joint_member", village_head=VILLAGE, step_up=True),
    act("agreements.ask_to_leave_joint", village_head=VILLAGE, step_up=True),
    act("agreements.state_joint_member", village_head=VILLAGE, step_up=True),
    act("agreements.keep_joint_head_file", system=ANY),
    act("agreements.settle_joint_member", village_head=VILLAGE, step_up=True),
)
