"""Who may do what with what a person trusts the house with.

Everybody opens their own and nobody else's. The regency's officer reads one value with a reason, which its owner reads
too, and carries out what a person asked for.
"""

from bermitra.foundation.commands.permits import ANY, OWN, REGENCY, VILLAGE, Row, act, page

# The acts that set up a party's account; they ask for the password again themselves.
RECORDING_ACCOUNTS = ("registry.record_account", "registry.record_partner_account")

ACCESS: tuple[Row, ...] = (
    page("page.privacy", everyone=ANY),
    page("page.my_data", signed_in=OWN),
    page("page.my_value", signed_in=OWN, step_up=True),
    act("accounts.keep_nik", signed_in=OWN, private=True),
    act("accounts.keep_identity_scan", signed_in=OWN),
    act("accounts.keep_account", within=RECORDING_ACCOUNTS),
    act("accounts.remove_value", signed_in=OWN, step_up=True),
    act("accounts.export_my_data", signed_in=OWN, step_up=True),
    act("accounts.record_data_consent", signed_in=OWN),
    act("accounts.withdraw_data_consent", signed_in=OWN, step_up=True),
    act("accounts.confirm_use_stopped", village_secretary=VILLAGE, dpmd_officer=REGENCY),
    act("accounts.request_erasure", signed_in=OWN, step_up=True),
    act("accounts.withdraw_erasure_request", signed_in=OWN),
    # The counter of the regency.
    page("page.personal_matters", dpmd_officer=REGENCY),
    act("accounts.look_at_value", dpmd_officer=REGENCY, step_up=True),
    act("accounts.close_number_case", dpmd_officer=REGENCY, step_up=True),
    act("accounts.erase_person", dpmd_officer=REGENCY, step_up=True),
    act("accounts.erase_again", system=ANY),
    # Data that got out. The clock starts without delay; telling people is the weighty act.
    page("page.data_breaches", village_secretary=VILLAGE, dpmd_officer=REGENCY, instance_admin=ANY),
    page("page.data_breach", village_secretary=VILLAGE, dpmd_officer=REGENCY, instance_admin=ANY),
    act("accounts.record_data_breach", village_secretary=VILLAGE, dpmd_officer=REGENCY, instance_admin=ANY),
    act(
        "accounts.notify_data_breach",
        village_secretary=VILLAGE,
        dpmd_officer=REGENCY,
        instance_admin=ANY,
        step_up=True,
    ),
    act(
        "accounts.set_aside_data_breach",
        village_secretary=VILLAGE,
        dpmd_officer=REGENCY,
        instance_admin=ANY,
        step_up=True,
    ),
)
