"""Who may do what in the matching stage: each room keeps its own rows."""

from bermitra.foundation.commands.permits import Row
from bermitra.matching.draws.access import ACCESS as DRAWS
from bermitra.matching.rounds.access import ACCESS as ROUNDS
from bermitra.matching.shortlists.access import ACCESS as SHORTLISTS

ACCESS: tuple[Row, ...] = (*SHORTLISTS, *ROUNDS, *DRAWS)
