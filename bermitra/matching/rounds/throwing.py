"""The throw of a round as it is typed: its minutes are made before the act, since rendering takes a while."""

from __future__ import annotations

from collections.abc import Sequence

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Refused, examine, unmet
from bermitra.matching.models import Round
from bermitra.matching.rounds import actions, letters
from bermitra.matching.rounds.actions.common import with_names
from bermitra.matching.rounds.queries.facts import meeting_facts, seed_facts
from bermitra.matching.rounds.rules import IN_THE_MEETING, THROWING


def throw(by: By, of: Round, thrown: Sequence[int], witnesses: Sequence[dict[str, str]]) -> Round:
    """Render, then act. What the act would refuse is refused before anything is rendered.

    Raises :class:`Refused` and :class:`NoSuchMove` as ``matching.throw_seed`` does.
    """
    of, minutes = with_names(of), None  # as it is now, not as a page read it
    name = str(getattr(by.person, "full_name", ""))
    if of.state == "ready" and not of.seed:
        norms, names = standing(of.regency_id), tuple(each["name"] for each in witnesses)
        asked = examine(IN_THE_MEETING, meeting_facts(of, norms), norms)
        if refused := unmet((*asked, *examine(THROWING, seed_facts(of, norms, tuple(thrown), names, name), norms))):
            raise Refused(refused)
        minutes = letters.minutes_paper(of, thrown, witnesses, key=by.key, now=clock.now(), by=name)
    return actions.throw_seed(by=by, round=of, thrown=thrown, witnesses=witnesses, minutes=minutes)
