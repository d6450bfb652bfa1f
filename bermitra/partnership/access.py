"""Who may do what with a case.

Preparing is typing: the operator may do it as well as the offices. What moves a case on is the office's own, and no
regency or district office is named for anything but a note.
"""

from typing import Any

from bermitra.foundation.commands.permits import DISTRICT, PARTY, REGENCY, VILLAGE, Row, act, page

PREPARING: dict[str, Any] = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_operator": VILLAGE,
    "village_coop_unit": VILLAGE,
}
READING: dict[str, Any] = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_treasurer": VILLAGE,
    "village_official": VILLAGE,
    "village_operator": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
    "village_coop_unit": VILLAGE,
    "partner_rep": PARTY,
    "partner_signatory": PARTY,
    "camat": DISTRICT,
    "dpmd_officer": REGENCY,
    "regent_office": REGENCY,
    "auditor": REGENCY,
}

# Pages on which parts of the sheet are written: all of them open the one door ``partnership.draft_term_sheet``.
SHEET_PAGES = ("procedure", "term", "money", "limits", "duties", "sources", "assets", "sanctions")

ACCESS: tuple[Row, ...] = (
    page("page.term_sheet", **READING),
    act("partnership.open", village_head=VILLAGE, village_secretary=VILLAGE, village_operator=VILLAGE),
    act("partnership.describe", **PREPARING),
    act("partnership.link_needs", **PREPARING),
    act("partnership.record_budget", **PREPARING, village_treasurer=VILLAGE),
    act("partnership.weigh", **PREPARING),
    act("partnership.check_place", **PREPARING),
    act("partnership.plan_assets", **PREPARING),
    act("partnership.say_consent", **PREPARING),
    act("partnership.submit_priorities", village_head=VILLAGE),
    act("partnership.record_priority", bpd_chair=VILLAGE),
    act("partnership.link_plan_line", village_secretary=VILLAGE, village_operator=VILLAGE),
    act("partnership.cancel", village_head=VILLAGE, bpd_chair=VILLAGE, step_up=True),
    act("partnership.withdraw", partner_rep=PARTY, partner_signatory=PARTY, step_up=True),
    act(
        "partnership.note",
        village_head=VILLAGE,
        village_secretary=VILLAGE,
        village_operator=VILLAGE,
        bpd_chair=VILLAGE,
        village_coop_unit=VILLAGE,
        partner_rep=PARTY,
        camat=DISTRICT,
        dpmd_officer=REGENCY,
    ),
    act("partnership.draft_term_sheet", **PREPARING),
    *(act(f"partnership.sheet_{each}", **PREPARING) for each in SHEET_PAGES),
    act("partnership.table_term_sheet", village_head=VILLAGE, village_secretary=VILLAGE, bpd_chair=VILLAGE),
    act("partnership.agree_term_sheet", bpd_chair=VILLAGE, step_up=True),
)
