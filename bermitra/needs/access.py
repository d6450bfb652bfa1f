"""Who may do what with needs and potentials. The BPD's chair sets priorities, as the Musyawarah decided them."""

from typing import Any

from bermitra.foundation.commands.permits import DISTRICT, REGENCY, VILLAGE, Row, act, page

_READERS: dict[str, Any] = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_treasurer": VILLAGE,
    "village_official": VILLAGE,
    "village_operator": VILLAGE,
    "village_coop_unit": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
    "resident": VILLAGE,
    "group_rep": VILLAGE,
    "facilitator": VILLAGE,
    "camat": DISTRICT,
    "dpmd_officer": REGENCY,
    "regent_office": REGENCY,
    "auditor": REGENCY,
}
_CLERKS: dict[str, Any] = {"village_secretary": VILLAGE, "village_official": VILLAGE, "village_operator": VILLAGE}
_RECORDERS: dict[str, Any] = {**_CLERKS, "village_head": VILLAGE, "village_coop_unit": VILLAGE}
_TABLING: dict[str, Any] = {**_CLERKS, "bpd_chair": VILLAGE}

ACCESS: tuple[Row, ...] = (
    page("page.needs", **_READERS),
    page("page.need", **_READERS),
    page("page.potentials", **_READERS),
    page("page.potential", **_READERS),
    page("page.priorities", **_READERS),
    page("page.priority_list", **_READERS),
    act("needs.record", **_RECORDERS),
    act("needs.revise", **_CLERKS, village_coop_unit=VILLAGE),
    act("needs.count_beneficiaries", **_CLERKS, village_coop_unit=VILLAGE),
    act("needs.submit", **_RECORDERS),
    act("needs.withdraw", **_CLERKS),
    act("needs.draft_priorities", **_TABLING),
    act("needs.place", **_TABLING),
    act("needs.drop", **_TABLING),
    act("needs.table", **_TABLING),
    act("needs.prioritise", bpd_chair=VILLAGE),
    act("needs.defer", village_secretary=VILLAGE, bpd_chair=VILLAGE),
    act("needs.record_potential", **_CLERKS, village_coop_unit=VILLAGE),
    act("needs.revise_potential", **_CLERKS),
    act("needs.publish_potential", village_head=VILLAGE, village_secretary=VILLAGE),
    act("needs.archive_potential", village_head=VILLAGE, village_secretary=VILLAGE),
)
