"""Who may do what in a Musyawarah. The chair of the BPD moves it; clerks keep its lists; no office above the village acts."""

from typing import Any

from bermitra.foundation.commands.permits import DISTRICT, REGENCY, VILLAGE, Row, act, page

_VILLAGE: dict[str, Any] = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_treasurer": VILLAGE,
    "village_official": VILLAGE,
    "village_operator": VILLAGE,
    "village_coop_unit": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
}
_READERS: dict[str, Any] = {
    **_VILLAGE,
    "resident": VILLAGE,
    "group_rep": VILLAGE,
    "facilitator": VILLAGE,
    "camat": DISTRICT,
    "dpmd_officer": REGENCY,
    "regent_office": REGENCY,
    "auditor": REGENCY,
}
_CLERKS: dict[str, Any] = {"village_secretary": VILLAGE, "village_operator": VILLAGE, "bpd_chair": VILLAGE}
_MINUTES: dict[str, Any] = {**_CLERKS, "bpd_member": VILLAGE}
_ATTENDANCE: dict[str, Any] = {**_MINUTES, "village_official": VILLAGE}

# Later stages put their own texts before a meeting as a part of their act.
TABLING = ("needs.table", "partnership.submit_priorities", "partnership.table_term_sheet")

ACCESS: tuple[Row, ...] = (
    page("page.meetings", **_READERS),
    page("page.meeting", **_READERS),
    page("page.minutes_print", **_READERS),
    page("page.signed_sheet", village_head=VILLAGE, auditor=REGENCY, **_MINUTES),
    page("page.attendance", **_ATTENDANCE),
    page("page.invitees", **_CLERKS),
    page("page.consents", **_READERS),
    page("page.consent", **_READERS),
    act("deliberation.list_invitees", **_CLERKS),
    act("deliberation.paste_invitees", **_CLERKS),
    act("deliberation.retire_invitee", **_CLERKS),
    act("deliberation.plan", **_CLERKS),
    act("deliberation.table_text", within=TABLING, **_CLERKS),
    act("deliberation.invite", bpd_chair=VILLAGE),
    act("deliberation.cancel", bpd_chair=VILLAGE),
    act("deliberation.add_attendee", **_ATTENDANCE),
    act("deliberation.record_attendance", **_ATTENDANCE),
    act("deliberation.complete_attendee", **_ATTENDANCE),
    act("deliberation.open_session", bpd_chair=VILLAGE),
    act("deliberation.postpone", bpd_chair=VILLAGE),
    act("deliberation.adjourn", bpd_chair=VILLAGE),
    act("deliberation.open_second_session", bpd_chair=VILLAGE),
    act("deliberation.answer_topic", **_MINUTES),
    act("deliberation.record_decision", bpd_chair=VILLAGE),
    act("deliberation.draft_minutes", **_MINUTES),
    act("deliberation.finalise_minutes", step_up=True, bpd_chair=VILLAGE),
    act("deliberation.return_minutes", bpd_chair=VILLAGE, bpd_member=VILLAGE),
    act(
        "deliberation.countersign",
        step_up=True,
        village_head=VILLAGE,
        village_secretary=VILLAGE,
        bpd_chair=VILLAGE,
        bpd_member=VILLAGE,
        resident=VILLAGE,
        group_rep=VILLAGE,
    ),
    act("deliberation.record_signed_sheet", **_CLERKS),
    act(
        "deliberation.object",
        village_official=VILLAGE,
        bpd_member=VILLAGE,
        resident=VILLAGE,
        group_rep=VILLAGE,
        village_secretary=VILLAGE,
        village_operator=VILLAGE,
    ),
    act("deliberation.answer_objection", bpd_chair=VILLAGE),
    act("deliberation.make_binding", step_up=True, bpd_chair=VILLAGE),
    act("deliberation.annul", step_up=True, bpd_chair=VILLAGE),
    act("deliberation.begin_consent", village_head=VILLAGE, bpd_chair=VILLAGE, group_rep=VILLAGE),
    act(
        "deliberation.record_consent_step",
        village_secretary=VILLAGE,
        village_operator=VILLAGE,
        bpd_chair=VILLAGE,
        group_rep=VILLAGE,
        facilitator=VILLAGE,
    ),
    act("deliberation.give_consent", step_up=True, bpd_chair=VILLAGE, group_rep=VILLAGE),
    act("deliberation.refuse_consent", step_up=True, bpd_chair=VILLAGE, resident=VILLAGE, group_rep=VILLAGE),
)
