"""Who reads which lists: the village its own, the partner those of its own offers, the regency and its auditor theirs.

Nobody orders or edits a list. The regency's office may ask that it be computed anew, and so does the clock.
"""

from typing import Any

from bermitra.foundation.commands.permits import ANY, PARTY, REGENCY, VILLAGE, Row, act, page

VILLAGE_HOUSE: dict[str, Any] = {
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
}
PARTNER: dict[str, Any] = {"partner_rep": PARTY, "partner_signatory": PARTY}
OFFICES: dict[str, Any] = {"dpmd_officer": REGENCY, "regent_office": REGENCY, "auditor": REGENCY}

ACCESS: tuple[Row, ...] = (
    page("page.fitting", **VILLAGE_HOUSE, **PARTNER, **OFFICES),
    page("page.fitting_partners", **VILLAGE_HOUSE, **OFFICES),
    page("page.fitting_partners_file", **VILLAGE_HOUSE, **OFFICES),
    page("page.fitting_villages", **PARTNER, **OFFICES),
    page("page.fitting_villages_file", **PARTNER, **OFFICES),
    page("page.why_not", **VILLAGE_HOUSE, **PARTNER, **OFFICES),
    page("page.pair", **VILLAGE_HOUSE, **PARTNER, **OFFICES),
    page("page.pair_file", **VILLAGE_HOUSE, **PARTNER, **OFFICES),
    page("page.shortlist", **OFFICES),
    page("page.shortlist_file", **OFFICES),
    act("matching.ask_shortlist", dpmd_officer=REGENCY, system=ANY),
    act("matching.begin_shortlist", system=ANY),
    act("matching.finish_shortlist", system=ANY),
    act("matching.fail_shortlist", system=ANY),
)
