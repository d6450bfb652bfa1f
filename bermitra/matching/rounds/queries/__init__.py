"""Reading rounds. ``reading``: who sees which, lists of a page · ``candidates``: who may join, and why not · ``facts``: what
the rules are asked about · ``choosing``: a side's computed list as it stands · ``telling``: what came out, in words."""

from bermitra.matching.rounds.lives import PUBLIC
from bermitra.matching.rounds.queries.choosing import Option, options, records
from bermitra.matching.rounds.queries.facts import checks
from bermitra.matching.rounds.queries.reading import (
    counts,
    ends,
    introduction_rows,
    introduction_states,
    introductions_visible_to,
    last_run,
    minutes_of,
    objections_of,
    objections_of_side,
    objections_visible_to,
    objectors,
    of_own_side,
    offer_rows,
    offers_visible_to,
    own_villages,
    proposals_to_write,
    public_rounds,
    rounds_visible_to,
    sides_by_code,
    village_rows,
    villages_visible_to,
)
from bermitra.matching.rounds.queries.telling import headline, told

__all__ = [
    "PUBLIC",
    "Option",
    "checks",
    "counts",
    "ends",
    "headline",
    "introduction_rows",
    "introduction_states",
    "introductions_visible_to",
    "last_run",
    "minutes_of",
    "objections_of",
    "objections_of_side",
    "objections_visible_to",
    "objectors",
    "of_own_side",
    "offer_rows",
    "offers_visible_to",
    "options",
    "own_villages",
    "proposals_to_write",
    "public_rounds",
    "records",
    "rounds_visible_to",
    "sides_by_code",
    "told",
    "village_rows",
    "villages_visible_to",
]
