"""What this stage computes beside the pages. ``bermitra worker`` asks each room in turn, again and again."""

from __future__ import annotations

from collections.abc import Callable

from bermitra.matching.rounds.actions import close_due_rounds
from bermitra.matching.rounds.computing import compute_waiting as compute_rounds
from bermitra.matching.shortlists.computing import compute_waiting as compute_shortlists

# Each does all that waits in its room, oldest first, keeps a failure where its page shows it, and says how many it did.
ROOMS: tuple[Callable[[], int], ...] = (compute_shortlists, close_due_rounds, compute_rounds)
