"""Verbs of a chain: where a text stands, and that the one above it has ended."""

from __future__ import annotations

from datetime import date

from bermitra.agreements.actions import change_text
from bermitra.agreements.chains import queries
from bermitra.agreements.chains.models import ChainPlace
from bermitra.agreements.chains.rules import AGREEMENT, PARENT
from bermitra.agreements.models import Agreement, DraftVersion
from bermitra.agreements.waiting import tell_both
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By
from bermitra.foundation.commands.door import command
from bermitra.foundation.text import _


@command("agreements.place_in_chain", on="agreement")
def place_in_chain(
    act: Act, *, agreement: Agreement, level: str, reason: str, under: Agreement | None = None
) -> DraftVersion:
    """Make the text a memorandum, an agreement or an arrangement, under another one or none.

    It is a change of the text as any other: by the side that has it, and both accept anew.
    """
    act.require(PARENT, queries.parent_facts(agreement, level, under, clock.today()))
    said = {"level": level, "under": queries.named(under) if under is not None else None}
    alone = level == AGREEMENT and under is None
    version = change_text(act, agreement=agreement, reason=reason, chain={} if alone else said)
    ChainPlace.objects.update_or_create(
        agreement=agreement, defaults={"level": level, "under": under, "end_told_at": None}
    )
    act.log("chain.placed", agreement, level=level, under=under.code if under is not None else "")
    return version


@command("agreements.tell_parent_ended", on="place")
def tell_parent_ended(act: Act, *, place: ChainPlace) -> ChainPlace:
    """Tell both sides of a text that the one it was made under has ended."""
    above = place.under
    if above is None or above.ends_on is None:
        raise ValueError("nothing stands above it")
    ChainPlace.objects.filter(pk=place.pk).update(end_told_at=act.now)
    says = _("Naskah induk “{parent}” berakhir pada {day}. Periksa perjanjian “{title}” yang dibuat di bawahnya.")
    tell_both(act, place.agreement, says, parent=above.title, day=long_date(above.ends_on))
    act.log("chain.parent_ended", place.agreement, parent=above.code)
    return place


def tell_of_ended_parents(today: date) -> int:
    """Tell once of every text above which the end has come; says how many. The daily round asks it."""
    found = queries.children_of_ended(today)
    for place in found:
        tell_parent_ended(by=By.the_system(), place=place)
    return len(found)
