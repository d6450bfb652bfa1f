"""Who may set a regency's numbers."""

from bermitra.foundation.commands.permits import REGENCY, Row, act

ACCESS: tuple[Row, ...] = (
    act("norms.change", dpmd_officer=REGENCY, regent_office=REGENCY, step_up=True),
    act("norms.switch_rule", regent_office=REGENCY, step_up=True),
)
