"""A throw as it is typed: its file and its minutes are made before the act, since rendering takes a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files
from bermitra.foundation.documents.files import Content
from bermitra.foundation.rules import Refused, examine, unmet
from bermitra.matching.draws import actions, letters, lots, queries
from bermitra.matching.draws.letters import Thrown
from bermitra.matching.draws.rules import WITNESSED, WitnessFacts
from bermitra.matching.models import Draw, DrawEntrant


def throw(by: By, draw: Draw, said: Thrown, now: datetime) -> Draw:
    """Throw: render, keep, act. What the act would refuse is refused before anything is rendered.

    Raises :class:`Refused` and :class:`NoSuchMove` as ``matching.throw_draw`` does.
    """
    draw = Draw.objects.select_related(*queries.WITH_NAMES).get(pk=draw.pk)  # as it is now, not as a page read it
    rows = queries.rows_of(draw)
    name = str(getattr(by.person, "full_name", ""))
    if draw.state == "committed":
        _refuse_before(draw, rows, said, now, name)
    if not draw.list_hash:  # nothing to throw for: the act says so
        return actions.throw_draw(by=by, draw=draw, **vars(said))
    content = kept_file(draw, rows, said.thrown)
    minutes = letters.minutes_paper(draw, rows, said, key=by.key, now=now, by=name)
    return actions.throw_draw(by=by, draw=draw, certificate=content, minutes=minutes, **vars(said))


def _refuse_before(draw: Draw, rows: Sequence[DrawEntrant], said: Thrown, now: datetime, name: str) -> None:
    watched = WitnessFacts(said.witness_one, said.witness_one_office, said.witness_two, said.witness_two_office, name)
    if refused := unmet((*queries.checks(draw, rows, now), *examine(WITNESSED, watched))):
        raise Refused(refused)


def kept_file(draw: Draw, rows: Sequence[DrawEntrant], thrown: str) -> Content:
    """The certificate, laid into the store for the act."""
    file = lots.result_of(draw, rows, thrown).file
    return files.put(file, media_type="application/json", name=f"undian-{draw.code}.json")
