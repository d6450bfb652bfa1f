"""The public pages."""

from bermitra.foundation.commands.permits import ANY, Row, page

ACCESS: tuple[Row, ...] = (page("page.home", everyone=ANY),)
