"""The life of a dossier: asked for, made beside the pages, read and never edited."""

from __future__ import annotations

from bermitra.foundation.flow import Flow, Move

DOSSIER = Flow(
    "dossier",
    (
        Move("start", "asked", "selection.ask_dossier"),
        Move("asked", "making", "selection.begin_dossier"),
        Move("making", "making", "selection.begin_dossier"),  # the worker was stopped, and takes it up again
        Move("making", "ready", "selection.keep_dossier"),
        Move("making", "failed", "selection.fail_dossier"),
    ),
)
DOSSIER_WAITS = ("asked", "making")
