"""Who may do what here."""

from bermitra.foundation.commands.permits import ANY, DISTRICT, OWN, PARTY, REGENCY, VILLAGE, Row, act, page

ACCESS: tuple[Row, ...] = (
    page("page.inbox", signed_in=ANY),
    page("page.notice", signed_in=ANY),
    act("messages.mark_read", signed_in=OWN),
    act(
        "messages.confirm_sent",
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
    ),
)
