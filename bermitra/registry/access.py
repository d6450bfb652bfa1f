"""Who may do what with villages, partners and the sanction register.

A village's clerk prepares what its secretary may; its account is the treasurer's. A partner fills its own file, somebody
outside the partner looks at it, and nobody sets the verdict. The regency registers and reopens; it edits no village.
"""

from typing import Any

from bermitra.foundation.commands.permits import ASSIGNED, DISTRICT, PARTY, REGENCY, VILLAGE, Row, act, page

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
CLERKS: Scopes = {"village_secretary": VILLAGE, "village_official": VILLAGE, "village_operator": VILLAGE}
COUNTER: Scopes = {
    "village_secretary": VILLAGE,
    "village_operator": VILLAGE,
    "village_coop_unit": VILLAGE,
    "dpmd_officer": REGENCY,
}

ACCESS: tuple[Row, ...] = (
    # Villages.
    page("page.village_file", **VILLAGE_OFFICE, camat=DISTRICT, dpmd_officer=REGENCY, auditor=REGENCY),
    page("page.umbrella_regulation", **VILLAGE_OFFICE, camat=DISTRICT, dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.update_village", **CLERKS),
    act("registry.record_account", step_up=True, village_treasurer=VILLAGE),
    act("registry.record_umbrella_regulation", village_secretary=VILLAGE, village_operator=VILLAGE),
    act("registry.record_plan_line", **CLERKS),
    act("registry.record_asset", **CLERKS),
    # Partners.
    page("page.partner_list", **VILLAGE_OFFICE, **PARTNER, dpmd_officer=REGENCY, auditor=REGENCY),
    page("page.partner_file", **VILLAGE_OFFICE, **PARTNER, dpmd_officer=REGENCY, auditor=REGENCY),
    page("page.partner_document", **PARTNER, village_coop_unit=VILLAGE, dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.register_partner", **COUNTER),
    act("registry.admit_person", step_up=True, dpmd_officer=REGENCY),
    act("registry.add_document", **PARTNER),
    act("registry.declare_owner", step_up=True, **PARTNER),
    # Due diligence.
    page("page.verification_file", **PARTNER, village_coop_unit=VILLAGE, dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.start_verification", **PARTNER),
    act("registry.answer_verification", **PARTNER),
    act("registry.submit_verification", **PARTNER),
    act("registry.take_verification", village_coop_unit=VILLAGE, dpmd_officer=REGENCY),
    act("registry.check_evidence", **REVIEWERS),
    act("registry.request_repair", **REVIEWERS),
    act("registry.resubmit_verification", **PARTNER),
    act("registry.review_match", **REVIEWERS),
    act("registry.conclude_verification", step_up=True, **REVIEWERS),
    act("registry.reopen_verification", dpmd_officer=REGENCY),
    # The sanction register.
    page("page.listings", village_coop_unit=VILLAGE, dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.list_party", step_up=True, dpmd_officer=REGENCY, auditor=REGENCY),
    act("registry.lift_listing", step_up=True, dpmd_officer=REGENCY, auditor=REGENCY),
)
