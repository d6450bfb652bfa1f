"""Who may do what with villages, partners and the sanction register.

A village's clerk prepares what its secretary may; its account is the treasurer's. A partner fills its own file, somebody
outside the partner looks at it, and nobody sets the verdict. The regency registers and reopens; it edits no village.
"""

from typing import Any

from bermitra.foundation.commands.permits import ANY, ASSIGNED, DISTRICT, PARTY, REGENCY, VILLAGE, Row, act, page

Scopes = dict[str, Any]  # role by role, as keyword arguments

REVIEWERS: Scopes = {"village_coop_unit": ASSIGNED, "dpmd_officer": ASSIGNED}
PARTNER: Scopes = {"partner_rep": PARTY, "partner_signatory": PARTY}
VILLAGE_OFFICE: Scopes = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_treasurer": VILLAGE,
    "village_official": VILLAGE,
    "village_operator": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
    "village_coop_unit": VILLAGE,
}
ABOVE: Scopes = {"camat": DISTRICT, "dpmd_officer": REGENCY, "auditor": REGENCY}
DECIDING: Scopes = {"dpmd_officer": REGENCY, "auditor": REGENCY}
WATCHING: Scopes = {"village_head": VILLAGE, "bpd_chair": VILLAGE, "village_coop_unit": VILLAGE, **DECIDING}
CLERKS: Scopes = {"village_secretary": VILLAGE, "village_official": VILLAGE, "village_operator": VILLAGE}
COUNTER: Scopes = {
    "village_secretary": VILLAGE,
    "village_operator": VILLAGE,
    "village_coop_unit": VILLAGE,
    "dpmd_officer": REGENCY,
}

# Pages of what is said of a partner: who may not open them is not told either that somebody is awaited there.
FLAG, FILE, SHARED = "page.risk_flag", "page.verification_file", "page.conflicts"

ACCESS: tuple[Row, ...] = (
    # Villages.
    page("page.village_file", **VILLAGE_OFFICE, **ABOVE),
    page("page.umbrella_regulation", **VILLAGE_OFFICE, **ABOVE),
    act("registry.update_village", **CLERKS),
    act("registry.record_account", step_up=True, private=True, village_treasurer=VILLAGE),
    act("registry.record_umbrella_regulation", village_secretary=VILLAGE, village_operator=VILLAGE),
    act("registry.record_plan_line", **CLERKS),
    act("registry.record_asset", within=("delivery.record_in_inventory",), **CLERKS),
    page("page.village_plan", **VILLAGE_OFFICE, **ABOVE),
    page("page.plan_line", **VILLAGE_OFFICE, **ABOVE),
    page("page.village_assets", **VILLAGE_OFFICE, **ABOVE),
    page("page.village_asset", **VILLAGE_OFFICE, **ABOVE),
    page("page.village_history", **VILLAGE_OFFICE, **ABOVE),
    page("page.village_table", **VILLAGE_OFFICE, **ABOVE),
    page("page.table_example", **CLERKS),
    act("registry.import_plan_lines", **CLERKS),
    act("registry.import_assets", **CLERKS),
    act("registry.correct_plan_line", **CLERKS),
    act("registry.withdraw_plan_line", village_secretary=VILLAGE),
    act("registry.correct_asset", **CLERKS),
    act("registry.withdraw_asset", village_secretary=VILLAGE),
    act("registry.record_overdue_report", system=ANY),
    act("registry.close_overdue_report", system=ANY, within=("monitoring.submit_report",)),
    # Many villages at once, by the office over them; it gives access to people and edits no village. What a camat loads
    # waits for the regency, which also prints the letters: nobody gives an office and holds its code alone.
    act("registry.onboard_villages", step_up=True, camat=DISTRICT, dpmd_officer=REGENCY),
    page("page.onboarding_load", camat=DISTRICT, dpmd_officer=REGENCY),
    act("registry.confirm_load", step_up=True, dpmd_officer=REGENCY),
    act("registry.decline_load", dpmd_officer=REGENCY),
    page("page.onboarding_table", camat=DISTRICT, dpmd_officer=REGENCY),
    page("page.onboarding_letters", dpmd_officer=REGENCY),
    act("registry.print_letters", step_up=True, dpmd_officer=REGENCY),
    # Partners: anybody may ask to be registered, an officer lets in; what a body says of itself, it changes itself.
    page("page.similar_partners", everyone=ANY),
    act("registry.request_registration", everyone=ANY),
    page("page.registration_request", everyone=ANY),
    page("page.partner_requests", dpmd_officer=REGENCY, auditor=REGENCY),
    page("page.partner_request", dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.accept_request", step_up=True, dpmd_officer=REGENCY),
    act("registry.decline_request", dpmd_officer=REGENCY),
    page("page.partner_list", **VILLAGE_OFFICE, **PARTNER, dpmd_officer=REGENCY, auditor=REGENCY),
    page("page.partner_sheet", **VILLAGE_OFFICE, dpmd_officer=REGENCY, auditor=REGENCY),
    page("page.partner_people", **PARTNER, dpmd_officer=REGENCY),
    page("page.partner_file", **VILLAGE_OFFICE, **PARTNER, dpmd_officer=REGENCY, auditor=REGENCY),
    page("page.partner_history", **PARTNER, village_coop_unit=VILLAGE, dpmd_officer=REGENCY, auditor=REGENCY),
    page("page.partner_document", **PARTNER, village_coop_unit=VILLAGE, dpmd_officer=REGENCY, auditor=REGENCY),
    page("page.older_document", **PARTNER, village_coop_unit=VILLAGE, dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.register_partner", **COUNTER, within=("registry.accept_request", "agreements.register_existing")),
    act("registry.admit_person", step_up=True, dpmd_officer=REGENCY, within=("registry.accept_request",)),
    act("registry.update_partner", **PARTNER),
    act("registry.record_partner_account", step_up=True, private=True, partner_signatory=PARTY),
    act("registry.correct_partner", dpmd_officer=REGENCY),
    act("registry.add_document", **PARTNER),
    act("registry.withdraw_document", **PARTNER),
    act("registry.declare_owners", step_up=True, **PARTNER),
    act("registry.merge_duplicates", step_up=True, dpmd_officer=REGENCY),
    act("registry.split_duplicates", step_up=True, dpmd_officer=REGENCY),
    # Due diligence.
    page("page.verification_file", **PARTNER, village_coop_unit=VILLAGE, dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.start_verification", **PARTNER),
    act("registry.answer_verification", seen_on=FILE, **PARTNER),
    act("registry.submit_verification", seen_on=FILE, **PARTNER),
    act("registry.take_verification", seen_on=FILE, village_coop_unit=VILLAGE, dpmd_officer=REGENCY),
    act("registry.check_evidence", seen_on=FILE, **REVIEWERS),
    act("registry.request_repair", seen_on=FILE, **REVIEWERS),
    act("registry.resubmit_verification", seen_on=FILE, **PARTNER),
    act("registry.review_match", seen_on=FILE, **REVIEWERS),
    act("registry.conclude_verification", seen_on=FILE, step_up=True, **REVIEWERS),
    act("registry.reopen_verification", seen_on=FILE, dpmd_officer=REGENCY),
    page("page.verdicts", **PARTNER, village_coop_unit=VILLAGE, dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.remind_partner", system=ANY),
    # What is raised against a partner: two people decide, who did not raise it.
    page("page.risk_flags", **PARTNER, **WATCHING, regent_office=REGENCY),
    page("page.risk_flag", **PARTNER, **WATCHING, regent_office=REGENCY),
    page("page.flag_file", **PARTNER, **WATCHING, regent_office=REGENCY),
    act("registry.raise_flag", seen_on=FLAG, **WATCHING, system=ANY),
    act("registry.reply_flag", seen_on=FLAG, **PARTNER),
    act("registry.review_flag", seen_on=FLAG, step_up=True, **DECIDING),
    act("registry.resolve_flag", seen_on=FLAG, step_up=True, **DECIDING),
    act("registry.reopen_flag", seen_on=FLAG, partner_signatory=PARTY, **DECIDING),
    act("registry.escalate_flag", seen_on=FLAG, system=ANY),
    act("registry.lapse_request", system=ANY),
    # What a partner shares with officials of a village.
    page("page.conflicts", **PARTNER, **WATCHING, camat=DISTRICT, regent_office=REGENCY),
    act("registry.explain_conflict", seen_on=SHARED, **PARTNER),
    act("registry.review_conflict", seen_on=SHARED, village_coop_unit=VILLAGE, **DECIDING),
    # The sanction register.
    page("page.listings", village_coop_unit=VILLAGE, dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.list_party", step_up=True, dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.lift_listing", step_up=True, dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.import_listings", step_up=True, **DECIDING),
    page("page.listings_table", **DECIDING),
)
