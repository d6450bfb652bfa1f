"""Who may do what with a draw. The regency's office and a partner hold theirs; none of them picks, swaps or draws again.

A village is on the list by the published rule. Where the organiser asks the villages first, each answers for itself, by its
head or secretary, and nobody else does.
"""

from typing import Any

from bermitra.foundation.commands.permits import ANY, PARTY, REGENCY, VILLAGE, Row, act, page

_HOLDERS: dict[str, Any] = {"dpmd_officer": REGENCY, "partner_rep": PARTY}
_READERS: dict[str, Any] = {
    **_HOLDERS,
    "partner_signatory": PARTY,
    "regent_office": REGENCY,
    "auditor": REGENCY,
}
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

ACCESS: tuple[Row, ...] = (
    page("page.fair_draws", everyone=ANY),
    page("page.fair_draw", everyone=ANY),
    page("page.fair_draw_list", everyone=ANY),
    page("page.fair_draw_file", everyone=ANY),
    page("page.fair_draw_xlsx", everyone=ANY),
    page("page.fair_draw_pdf", everyone=ANY),
    page("page.draw_rooms", **_READERS),
    page("page.draw_room", **_READERS),
    page("page.draw_entrants", **_READERS),
    page("page.draw_entrants_xlsx", **_READERS),
    page("page.draw_minutes", **_READERS),
    page("page.applications_form", **_HOLDERS),
    page("page.village_draws", **_VILLAGE),
    act("matching.prepare_draw", **_HOLDERS),
    act("matching.describe_draw", **_HOLDERS),
    act("matching.set_draw_rule", **_HOLDERS),
    act("matching.set_draw_meeting", **_HOLDERS),
    act("matching.enter_applications", **_HOLDERS),
    act("matching.ask_villages", step_up=True, **_HOLDERS),
    act("matching.answer_draw", village_head=VILLAGE, village_secretary=VILLAGE),
    act("matching.commit_draw", step_up=True, **_HOLDERS),
    act("matching.throw_draw", step_up=True, **_HOLDERS),
    act("matching.void_draw", step_up=True, dpmd_officer=REGENCY),
)
