"""Who may do what here."""

from bermitra.foundation.commands.permits import Row

ACCESS: tuple[Row, ...] = ()
