"""The work box of whoever is signed in."""

from bermitra.foundation.commands.permits import ANY, Row, page

ACCESS: tuple[Row, ...] = (page("page.work_box", signed_in=ANY),)
