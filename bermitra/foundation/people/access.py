"""Who may do what with offices, mandates and entries for a village. The doors keep the name of accounts, whose records
they change."""

from typing import Any

from bermitra.foundation.accounts.access import ENROLLING
from bermitra.foundation.commands.permits import ANY, ASSIGNED, DISTRICT, OWN, PARTY, REGENCY, VILLAGE, Row, act, page

GIVEN_AT_ONCE = (*ENROLLING, "accounts.enrol_further")
APPOINTING = ("accounts.enrol", "accounts.enrol_further", "accounts.propose_office")
# Whoever works in the village's house, and those above it who see it.
HOUSE: dict[str, Any] = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_treasurer": VILLAGE,
    "village_official": VILLAGE,
    "village_operator": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
    "village_coop_unit": VILLAGE,
    "camat": DISTRICT,
    "dpmd_officer": REGENCY,
}
HANDING: dict[str, Any] = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_treasurer": VILLAGE,
    "bpd_chair": VILLAGE,
    "camat": DISTRICT,
    "dpmd_officer": REGENCY,
}
GIVING: dict[str, Any] = {
    "village_head": VILLAGE,
    "partner_signatory": PARTY,
    "camat": DISTRICT,
    "dpmd_officer": REGENCY,
    "system": ANY,
}

ACCESS: tuple[Row, ...] = (
    # People and offices.
    page("page.people", dpmd_officer=REGENCY),
    page("page.person", dpmd_officer=REGENCY),
    page("page.offices", **HOUSE),
    page("page.village_offices", **HOUSE),
    page("page.appointment", **HOUSE, resident=VILLAGE, partner_rep=PARTY, partner_signatory=PARTY),
    act("accounts.enrol", dpmd_officer=REGENCY, system=ANY, step_up=True),
    act("accounts.enrol_further", dpmd_officer=REGENCY, system=ANY, step_up=True),
    act("accounts.appoint", within=APPOINTING),
    act(
        "accounts.propose_office",
        village_secretary=VILLAGE,
        bpd_chair=VILLAGE,
        camat=DISTRICT,
        dpmd_officer=REGENCY,
        step_up=True,
    ),
    act("accounts.appoint_for_party", within=("registry.admit_person", "accounts.propose_colleague")),
    act("accounts.propose_colleague", partner_rep=PARTY, partner_signatory=PARTY, step_up=True),
    act("accounts.confirm_appointment", **GIVING, step_up=True, within=GIVEN_AT_ONCE),
    act("accounts.end_appointment", **GIVING, signed_in=OWN, step_up=True),  # one's own: one resigns
    act(
        "accounts.contest_appointment",
        village_head=VILLAGE,
        bpd_chair=VILLAGE,
        bpd_member=VILLAGE,
        resident=VILLAGE,
        partner_signatory=PARTY,
    ),
    act("accounts.remind_of_ending", system=ANY),
    act("accounts.hand_over", **HANDING, step_up=True),
    page("page.hand_over", **HANDING),
    page("page.hand_over_pdf", **HANDING),
    # Written powers.
    act("accounts.record_mandate", village_secretary=VILLAGE, partner_rep=PARTY, partner_signatory=PARTY, step_up=True),
    page("page.mandate_file", **HOUSE, partner_rep=PARTY, partner_signatory=PARTY),
    # One's own telephone.
    act("accounts.change_contact", signed_in=OWN, step_up=True),
    # Entries for a village under its head's mandate.
    page("page.assistance_desk", **HOUSE, facilitator=VILLAGE),
    page("page.assistance", **HOUSE, facilitator=VILLAGE),
    page("page.mandate_letter", **HOUSE, facilitator=VILLAGE),
    page("page.assistance_file", **HOUSE, facilitator=VILLAGE),
    act(
        "accounts.request_assistance",
        village_secretary=VILLAGE,
        village_official=VILLAGE,
        camat=DISTRICT,
        facilitator=VILLAGE,
    ),
    act("accounts.grant_assistance", village_head=VILLAGE, step_up=True),
    act(
        "accounts.record_assistance_mandate",
        village_secretary=VILLAGE,
        camat=DISTRICT,
        dpmd_officer=REGENCY,
        step_up=True,
    ),
    act("accounts.contest_entry", village_head=VILLAGE, village_secretary=VILLAGE, bpd_chair=VILLAGE),
    act("accounts.correct_entry", village_secretary=VILLAGE, assisting_officer=ASSIGNED),
    act(
        "accounts.end_assistance",
        village_head=VILLAGE,
        camat=DISTRICT,
        assisting_officer=ASSIGNED,
        system=ANY,
        within=("accounts.end_appointment", "accounts.hand_over"),
    ),
)
