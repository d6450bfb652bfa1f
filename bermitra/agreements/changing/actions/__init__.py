"""Verbs of an agreement that runs: it rests for a time."""

from bermitra.agreements.changing.actions.suspending import (
    propose_suspension,
    refuse_suspension,
    resume,
    resume_due,
    suspend,
)

__all__ = ["propose_suspension", "refuse_suspension", "resume", "resume_due", "suspend"]
