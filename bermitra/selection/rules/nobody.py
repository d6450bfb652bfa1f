"""Words that several lives share."""

from __future__ import annotations

from bermitra.foundation.text import _

NOBODY = _("Tidak ada yang ditunggu.")
