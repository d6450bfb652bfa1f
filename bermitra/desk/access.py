"""The work box of whoever is signed in, and the working room of a case."""

from bermitra.foundation.commands.permits import ANY, DISTRICT, PARTY, REGENCY, VILLAGE, Row, page

ACCESS: tuple[Row, ...] = (
    page("page.work_box", signed_in=ANY),
    page(
        "page.village_list",
        village_head=VILLAGE,
        village_secretary=VILLAGE,
        village_treasurer=VILLAGE,
        village_official=VILLAGE,
        village_operator=VILLAGE,
        bpd_chair=VILLAGE,
        bpd_member=VILLAGE,
        village_coop_unit=VILLAGE,
        camat=DISTRICT,
        dpmd_officer=REGENCY,
        auditor=REGENCY,
    ),
    page(
        "page.case",
        village_head=VILLAGE,
        village_secretary=VILLAGE,
        village_treasurer=VILLAGE,
        village_official=VILLAGE,
        village_operator=VILLAGE,
        bpd_chair=VILLAGE,
        bpd_member=VILLAGE,
        village_coop_unit=VILLAGE,
        bumdes_director=PARTY,
        partner_rep=PARTY,
        partner_signatory=PARTY,
        camat=DISTRICT,
        dpmd_officer=REGENCY,
        auditor=REGENCY,
    ),
)
