"""Where a village stands with its answer, in words: for its own page and for everybody's."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.deliberation.inter_village.queries import Answer
from bermitra.foundation.text import _ as marked

# Where a village stands: by its decision, and once its head has written by his letter.
ANSWERS: dict[str, tuple[str, str]] = {
    "waiting": (marked("Menunggu"), "idle"),
    "pending": (marked("Diputuskan, belum mengikat"), "doing"),
    "agreed": (marked("Setuju"), "ok"),
    "refused": (marked("Tidak setuju"), "fix"),
    "silent": (marked("Tidak menjawab, tidak ikut"), "late"),
    "out": (marked("Tidak ikut"), "idle"),
}
WRITTEN: dict[str, tuple[str, str]] = {
    "": (marked("Menunggu jawaban tertulis"), "doing"),
    "agree": (marked("Setuju tertulis"), "ok"),
    "agree_with_notes": (marked("Setuju dengan catatan"), "ok"),
    "decline": (marked("Menolak tertulis"), "fix"),
}


def state_of(said: Answer) -> tuple[str, str]:
    """The word for where a village stands, and its colour."""
    if said.offers or said.state in ("out", "silent", "waiting", "pending"):
        return ANSWERS[said.state]
    return WRITTEN[said.written.kind if said.written is not None else ""]


def days_left(said: Answer, today: date) -> str:
    """How long a village may still answer, in words."""
    days = (said.due - today).days
    if days < 0:
        return ngettext("Lewat %(n)s hari.", "Lewat %(n)s hari.", -days) % {"n": -days}
    return ngettext("Sisa %(n)s hari.", "Sisa %(n)s hari.", days) % {"n": days} if days else _("Hari terakhir.")
