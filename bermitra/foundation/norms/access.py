"""Who may set a regency's numbers."""

from bermitra.foundation.commands.permits import ANY, REGENCY, Row, act, page

ACCESS: tuple[Row, ...] = (
    page("page.norms", dpmd_officer=REGENCY, regent_office=REGENCY, legal_reviewer=REGENCY, auditor=REGENCY),
    page("page.norm", dpmd_officer=REGENCY, regent_office=REGENCY, legal_reviewer=REGENCY, auditor=REGENCY),
    page("page.rule_switches", dpmd_officer=REGENCY, regent_office=REGENCY, legal_reviewer=REGENCY, auditor=REGENCY),
    page("page.rule_switch", dpmd_officer=REGENCY, regent_office=REGENCY, legal_reviewer=REGENCY, auditor=REGENCY),
    page("page.public_norms", everyone=ANY),
    page("page.public_norms_csv", everyone=ANY),
    page("page.public_norms_xlsx", everyone=ANY),
    act("norms.change", dpmd_officer=REGENCY, regent_office=REGENCY, step_up=True),
    act("norms.switch_rule", regent_office=REGENCY, step_up=True),
)
