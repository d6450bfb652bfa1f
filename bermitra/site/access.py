"""Addresses that belong to no stage, open to everybody."""

from bermitra.foundation.commands.permits import ANY, Row, page

ACCESS: tuple[Row, ...] = (
    page("page.health", everyone=ANY),
    page("page.journal_proof", everyone=ANY),
    page("page.language", everyone=ANY),
)
