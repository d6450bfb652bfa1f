"""Who may do what with needs, potentials and aims. The BPD's chair sets priorities and lifts vetoes, as the Musyawarah decided."""

from typing import Any

from bermitra.foundation.commands.permits import ANY, DISTRICT, REGENCY, VILLAGE, Row, act, page
from bermitra.needs.offers.access import ACCESS as OFFERS

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
_COUNTING: dict[str, Any] = {**_CLERKS, "village_coop_unit": VILLAGE}
_RECORDERS: dict[str, Any] = {**_COUNTING, "village_head": VILLAGE}
_TABLING: dict[str, Any] = {**_CLERKS, "bpd_chair": VILLAGE}
_BPD: dict[str, Any] = {"bpd_chair": VILLAGE, "bpd_member": VILLAGE}
_OF_THE_VILLAGE: dict[str, Any] = {role: scope for role, scope in _READERS.items() if scope == VILLAGE}
_MERGING: dict[str, Any] = {"village_secretary": VILLAGE, "village_official": VILLAGE}
_HEADS: dict[str, Any] = {"village_head": VILLAGE, "village_secretary": VILLAGE}

ACCESS: tuple[Row, ...] = (
    page("page.needs", **_READERS),
    page("page.need", **_READERS),
    page("page.backlog", **_READERS),
    page("page.needs_table", **_COUNTING),
    page("page.index_suggestions", **_RECORDERS, **_BPD, facilitator=VILLAGE),
    page("page.aims", **_OF_THE_VILLAGE),
    page("page.veto_lift", **_READERS),
    page("page.potentials", **_READERS),
    page("page.potential", **_READERS),
    page("page.priorities", **_READERS),
    page("page.priority_list", **_READERS),
    act("needs.record", **_RECORDERS),
    act("needs.revise", **_COUNTING),
    act("needs.count_beneficiaries", **_COUNTING),
    act("needs.set_cost", **_COUNTING),
    act("needs.set_goals", **_COUNTING),
    act("needs.verify_figures", **_BPD, facilitator=VILLAGE),
    act("needs.add_voice", **_RECORDERS, **_BPD, group_rep=VILLAGE),
    act("needs.merge", **_MERGING),
    act("needs.split", **_MERGING),
    act("needs.import_needs", **_COUNTING),
    act("needs.import_indicators", system=ANY),
    act("needs.propose_from_index", **_RECORDERS),
    act("needs.submit", **_RECORDERS),
    act("needs.withdraw", **_CLERKS),
    act("needs.draft_priorities", **_TABLING),
    act("needs.place", **_TABLING),
    act("needs.drop", **_TABLING),
    act("needs.table", **_TABLING),
    act("needs.prioritise", bpd_chair=VILLAGE),
    act("needs.defer", village_secretary=VILLAGE, bpd_chair=VILLAGE),
    act("needs.confirm_met", bpd_chair=VILLAGE),
    act("needs.reopen", bpd_chair=VILLAGE, resident=VILLAGE),
    act("needs.set_aims", village_head=VILLAGE),
    act("needs.propose_lift", **_HEADS),
    act("needs.lift_veto", bpd_chair=VILLAGE),
    act("needs.withdraw_lift", **_HEADS, bpd_chair=VILLAGE),
    act("needs.record_potential", **_COUNTING),
    act("needs.revise_potential", **_CLERKS),
    act("needs.publish_potential", **_HEADS),
    act("needs.archive_potential", **_HEADS),
    act("needs.rate_potential", **_COUNTING),
    act("needs.locate_potential", **_COUNTING),
    act("needs.value_potential", **_COUNTING),
    act("needs.verify_potential", **_BPD, facilitator=VILLAGE),
    act("needs.print_potential", **_HEADS),
    page("page.potential_sheet", **_READERS),
    *OFFERS,
)
