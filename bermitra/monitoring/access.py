"""Who may do what with indicators and reports. The camat passes a report on; nobody outside the village approves one."""

from typing import Any

from bermitra.foundation.commands.permits import ANY, DISTRICT, PARTY, REGENCY, VILLAGE, Row, act, page

_CLERKS: dict[str, Any] = {
    "village_secretary": VILLAGE,
    "village_operator": VILLAGE,
    "village_coop_unit": VILLAGE,
}
_PREPARING: dict[str, Any] = {**_CLERKS, "partner_rep": PARTY}
_MEASURING: dict[str, Any] = {**_PREPARING, "village_official": VILLAGE}
_CHECKING: dict[str, Any] = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "bpd_member": VILLAGE,
    "partner_rep": PARTY,
}
_ABOVE: dict[str, Any] = {
    "camat": DISTRICT,
    "dpmd_officer": REGENCY,
    "regent_office": REGENCY,
    "auditor": REGENCY,
}
_VILLAGE_READERS: dict[str, Any] = {
    **_CLERKS,
    "village_head": VILLAGE,
    "village_treasurer": VILLAGE,
    "village_official": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
    "facilitator": VILLAGE,
}
_READERS: dict[str, Any] = {**_VILLAGE_READERS, **_ABOVE, "partner_rep": PARTY, "partner_signatory": PARTY}
_REPORTING: dict[str, Any] = {**_CLERKS, "village_head": VILLAGE}

ACCESS: tuple[Row, ...] = (
    page("page.measured_agreements", **_READERS),
    page("page.framework", **_READERS),
    page("page.known_indicators", **_PREPARING),
    page("page.indicator", **_READERS),
    page("page.value_file", **_READERS),
    page("page.village_reports", **_READERS),
    page("page.village_report", **_READERS),
    page("page.report_file", **_READERS),
    page("page.overdue_board", village_head=VILLAGE, village_secretary=VILLAGE, bpd_chair=VILLAGE, **_ABOVE),
    page("page.cooperation_register", **_ABOVE),
    page("page.cooperation_register_file", **_ABOVE),
    act("monitoring.draft_framework", **_PREPARING),
    act("monitoring.describe_framework", **_PREPARING),
    act("monitoring.set_indicator", **_PREPARING),
    act("monitoring.set_baseline", **_PREPARING),
    act("monitoring.set_target", **_PREPARING),
    act("monitoring.drop_indicator", **_PREPARING),
    act("monitoring.adopt_framework", village_head=VILLAGE, partner_signatory=PARTY),
    act("monitoring.record_value", **_MEASURING),
    act("monitoring.revise_value", **_MEASURING),
    act("monitoring.submit_value", **_MEASURING),
    act("monitoring.approve_value", **_CHECKING),
    act("monitoring.return_value", **_CHECKING),
    act("monitoring.open_report", village_secretary=VILLAGE, village_operator=VILLAGE, system=ANY),
    act("monitoring.open_progress_report", village_secretary=VILLAGE, village_operator=VILLAGE),
    act("monitoring.describe_report", **_REPORTING),
    act("monitoring.state_money", village_secretary=VILLAGE, village_treasurer=VILLAGE),
    act("monitoring.renew_figures", **_REPORTING, village_treasurer=VILLAGE),
    act("monitoring.submit_report", step_up=True, village_head=VILLAGE, village_secretary=VILLAGE),
    act("monitoring.question_report", bpd_chair=VILLAGE, bpd_member=VILLAGE),
    act("monitoring.receive_report", step_up=True, bpd_chair=VILLAGE),
    act("monitoring.forward_report", camat=DISTRICT),
)
