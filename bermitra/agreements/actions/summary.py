"""The summary of a text: written in the language of the place, and told to residents."""

from __future__ import annotations

from datetime import date

from bermitra.agreements import queries
from bermitra.agreements.models import Agreement, LocalSummary, SummaryTold
from bermitra.agreements.rules import DRAFT_FLOW
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove


@command("agreements.write_local_summary", on="agreement")
def write_local_summary(act: Act, *, agreement: Agreement, language: str, text: str, writer: str) -> LocalSummary:
    """Lay a summary in a language of the place beside the Indonesian one; the newest of a language counts."""
    made = LocalSummary.objects.create(
        agreement=agreement,
        text_hash=_text(act, agreement),
        language=language,
        text=text,
        writer=writer,
        at=act.now,
        by=act.by.code,
    )
    act.log("summary.translated", agreement, language=language)
    return made


@command("agreements.tell_residents", on="agreement")
def tell_residents(act: Act, *, agreement: Agreement, way: str, told_on: date, place: str) -> SummaryTold:
    """Record that the summary was read aloud, handed out or put up (AG-57)."""
    made = SummaryTold.objects.create(
        agreement=agreement,
        text_hash=_text(act, agreement),
        way=way,
        told_on=told_on,
        place=place,
        at=act.now,
        by=act.by.code,
    )
    act.log("summary.told", agreement, way=way, day=told_on.isoformat())
    return made


def _text(act: Act, agreement: Agreement) -> str:
    if agreement.state == "abandoned":
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    return queries.text_that_holds(agreement).text_hash
