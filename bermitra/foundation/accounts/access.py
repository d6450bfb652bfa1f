"""Who may do what with people and their access."""

from bermitra.foundation.commands.permits import ANY, OWN, REGENCY, VILLAGE, Row, act, page

# Acts that take a person in whole: the counter of the regency, for officers and for the people of a partner.
ENROLLING = ("accounts.enrol", "registry.admit_person")
# Acts by which a house proposes one of its own people, who becomes known by it.
PROPOSING = ("accounts.propose_office", "accounts.propose_colleague", "accounts.record_mandate")

ACCESS: tuple[Row, ...] = (
    # Signing in and out: pages of django-allauth, and our own for the letter.
    act("account_login", everyone=ANY),
    act("account_logout", everyone=ANY),
    act("account_reauthenticate", signed_in=ANY),
    act("account_change_password", signed_in=ANY, step_up=True),
    act("mfa_authenticate", everyone=ANY),
    act("mfa_reauthenticate", signed_in=ANY),
    page("mfa_index", signed_in=ANY),
    act("mfa_activate_totp", signed_in=ANY),
    act("mfa_deactivate_totp", signed_in=ANY, step_up=True),
    page("mfa_view_recovery_codes", signed_in=ANY, step_up=True),
    act("mfa_generate_recovery_codes", signed_in=ANY, step_up=True),
    page("mfa_download_recovery_codes", signed_in=ANY, step_up=True),
    act("accounts.use_letter", everyone=ANY),
    # A person's programs.
    page("page.tokens", signed_in=OWN),
    act("accounts.make_token", signed_in=OWN, step_up=True),
    act("accounts.withdraw_token", signed_in=OWN),
    # People and their letters.
    page("page.access_letter", dpmd_officer=REGENCY),
    page("page.roles", everyone=ANY),
    act(
        "accounts.register_person",
        village_secretary=VILLAGE,
        village_official=VILLAGE,
        bpd_chair=VILLAGE,
        dpmd_officer=REGENCY,
        within=(*ENROLLING, *PROPOSING),
    ),
    act("accounts.enrol_many", within=("registry.onboard_villages",)),
    act("accounts.confirm_many", within=("registry.confirm_load",)),
    act("accounts.drop_many", within=("registry.decline_load",)),
    act("accounts.issue_letter", dpmd_officer=REGENCY, system=ANY, step_up=True, within=ENROLLING),
)
