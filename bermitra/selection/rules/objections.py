"""The life of an objection."""

from __future__ import annotations

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.text import _
from bermitra.selection.rules.nobody import NOBODY

OBJECTION = Flow(
    "objection",
    (
        Move("start", "filed", "selection.file_objection"),
        Move("filed", "upheld", "selection.uphold_objection"),
        Move("filed", "dismissed", "selection.dismiss_objection"),
    ),
)

OBJECTION_LABELS = {
    "filed": Label(_("Diajukan"), _("Sanggahan masuk"), _("Menunggu tim seleksi menjawab sanggahan.")),
    "upheld": Label(_("Sanggahan diterima"), _("Sanggahan diterima"), NOBODY),
    "dismissed": Label(_("Tidak diterima"), _("Sanggahan ditolak dengan alasan"), NOBODY),
}
