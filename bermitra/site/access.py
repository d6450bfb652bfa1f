"""Addresses that belong to no stage, open to everybody."""

from bermitra.foundation.commands.permits import ANY, Row, act, page

ACCESS: tuple[Row, ...] = (
    page("page.health", everyone=ANY),
    page("page.journal_proof", everyone=ANY),
    act("set_language", everyone=ANY),
)
