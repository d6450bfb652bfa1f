"""Who may load registers: whoever runs the instance, at its console."""

from bermitra.foundation.commands.permits import ANY, Row, act

ACCESS: tuple[Row, ...] = (
    act("regions.import_register", system=ANY),
    act("regions.import_index", system=ANY),
    act("regions.invent_example", system=ANY),
)
