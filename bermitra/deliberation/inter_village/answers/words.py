"""Where a village stands with its answer, in words: for its own page and for everybody's."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.deliberation.inter_village.answers.queries import state_of as life_of
from bermitra.deliberation.inter_village.answers.rules import ANSWER_LABELS
from bermitra.deliberation.inter_village.queries import Answer
from bermitra.foundation.text import _ as marked

# Where a village stands: by its decision, and from then on, where it is asked, by the life of its written answer.
DECIDED: dict[str, tuple[str, str]] = {
    "waiting": (marked("Menunggu"), "idle"),
    "pending": (marked("Diputuskan, belum mengikat"), "doing"),
    "agreed": (marked("Setuju"), "ok"),
    "refused": (marked("Tidak setuju"), "fix"),
    "out": (marked("Tidak ikut"), "idle"),
}
OUTDATED = (marked("Diputuskan lain, surat lama belum ditarik"), "late")
KIND_OF = {"awaited": "doing", "agree": "ok", "agree_with_notes": "ok", "decline": "fix", "no_answer": "late"}


def state_of(said: Answer) -> tuple[str, str]:
    """The word for where a village stands, and its colour."""
    if said.offers or said.state in ("out", "waiting", "pending"):
        return DECIDED[said.state]
    if said.outdated:
        return OUTDATED
    stands = life_of(said)
    return ANSWER_LABELS[stands].staff, KIND_OF[stands]


def days_left(said: Answer, today: date) -> str:
    """How long a village may still answer, in words."""
    days = (said.due - today).days
    if days < 0:
        return ngettext("Lewat %(n)s hari.", "Lewat %(n)s hari.", -days) % {"n": -days}
    return ngettext("Sisa %(n)s hari.", "Sisa %(n)s hari.", days) % {"n": days} if days else _("Hari terakhir.")
