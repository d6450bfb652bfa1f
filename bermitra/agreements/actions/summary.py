"""The summary of a text: written in the language of the place, and told to residents."""

from __future__ import annotations

from datetime import date

from bermitra.agreements import queries
from bermitra.agreements.actions.common import name_of
from bermitra.agreements.models import Agreement, LocalSummary, LocalSummaryRead, SummaryTold
from bermitra.agreements.rules import DRAFT_FLOW, SECOND_LOOK, SecondLookFacts
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _, name_key


@command("agreements.write_local_summary", on="agreement")
def write_local_summary(act: Act, *, agreement: Agreement, language: str, text: str, writer: str) -> LocalSummary:
    """Lay a summary in a language of the place beside the Indonesian one; it is shown once somebody else of the village
    says that both say the same."""
    made = LocalSummary.objects.create(
        agreement=agreement,
        text_hash=_text(act, agreement),
        language=language,
        text=text,
        writer=writer,
        at=act.now,
        by=act.by.code,
    )
    for role in (roles.VILLAGE_SECRETARY.key, roles.BPD_CHAIR.key):
        open_duty(
            act, door="agreements.confirm_local_summary", about=about_of(made), code=agreement.case.code, role=role,
            region=agreement.case.village_id, belongs_to=f"case:{agreement.case.code}",
            says=_("Periksa ringkasan bahasa {language} untuk “{title}”."), language=language, title=agreement.title,
        )  # fmt: skip
    act.log("summary.translated", agreement, language=language)
    return made


@command("agreements.confirm_local_summary", on="summary")
def confirm_local_summary(act: Act, *, summary: LocalSummary) -> LocalSummaryRead:
    """A second person of the village has read it beside the Indonesian one: from now on it is shown (AG-79)."""
    agreement = summary.agreement
    facts = SecondLookFacts(summary.by, name_key(summary.writer), act.by.code, name_key(name_of(act)))
    act.require(SECOND_LOOK, facts, standing(agreement.case.village_id))
    if summary not in queries.unread_local_summaries(agreement):
        raise NoSuchMove("local_summary", "read", act.door)
    made, new = LocalSummaryRead.objects.get_or_create(
        summary=summary, defaults={"name": name_of(act), "at": act.now, "by": act.by.code}
    )
    if not new:  # another act was quicker
        raise NoSuchMove("local_summary", "read", act.door)
    close_duties(act, about=about_of(summary))
    act.log("summary.confirmed", agreement, language=summary.language)
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
