"""The public pages."""

from bermitra.foundation.commands.permits import ANY, Row, page

ACCESS: tuple[Row, ...] = (
    page("page.home", everyone=ANY),
    page("page.search", everyone=ANY),
    page("page.villages", everyone=ANY),
    page("page.villages_csv", everyone=ANY),
    page("page.villages_xlsx", everyone=ANY),
    page("page.village_by_digits", everyone=ANY),
    page("page.village", everyone=ANY),
)
