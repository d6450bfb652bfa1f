"""What residents were told of a text, and in which languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from bermitra.agreements.models import Agreement, Content, DraftVersion, LocalSummary, SummaryTold
from bermitra.agreements.queries.drafting import newest_version
from bermitra.agreements.rules import ToldFacts


@dataclass(frozen=True)
class TextThatHolds:
    """What a summary sums up: the text that stands, or the whole text as the last addendum in force makes it read."""

    topics: Content
    clauses: list[Content]
    text_hash: str
    numbers: dict[str, str]  # by article, as it is quoted: "7", "7A"


def text_that_holds(agreement: Agreement) -> TextThatHolds:
    changed = agreement.amendments.filter(in_force_at__isnull=False).order_by("number").last()
    if changed is not None:
        return TextThatHolds(changed.content["topics"], changed.clauses, changed.text_hash, dict(changed.numbers))
    version = newest_version(agreement)
    numbers = {clause["code"]: str(number) for number, clause in enumerate(version.clauses, 1)}
    return TextThatHolds(version.content["topics"], version.clauses, version.text_hash, numbers)


def _hash_that_holds(agreement: Agreement) -> Coalesce:
    """The hash of that text, to be asked for within another statement."""
    changed = agreement.amendments.filter(in_force_at__isnull=False).order_by("-number")
    newest = DraftVersion.objects.filter(agreement=agreement, number=agreement.text_version)
    return Coalesce(Subquery(changed.values("text_hash")[:1]), Subquery(newest.values("text_hash")[:1]))


def local_summaries(agreement: Agreement) -> list[LocalSummary]:
    """Of each language the newest that a second person has confirmed, in the order of their names; one on an older text
    does not count."""
    found = LocalSummary.objects.filter(agreement=agreement, text_hash=_hash_that_holds(agreement))
    found = found.filter(second_look__isnull=False).select_related("second_look")
    return sorted({each.language: each for each in found.order_by("pk")}.values(), key=lambda each: each.language)


def unread_local_summaries(agreement: Agreement) -> list[LocalSummary]:
    """Of each language the newest, where nobody has confirmed it yet; one on an older text needs no look."""
    found = LocalSummary.objects.filter(agreement=agreement, text_hash=_hash_that_holds(agreement))
    newest = {each.language: each for each in found.select_related("second_look").order_by("pk")}
    return [newest[language] for language in sorted(newest) if not hasattr(newest[language], "second_look")]


def told_of(agreement: Agreement) -> list[SummaryTold]:
    """When and how residents got to know the text that stands."""
    found = SummaryTold.objects.filter(agreement=agreement, text_hash=_hash_that_holds(agreement))
    return list(found.order_by("told_on", "pk"))


def told_facts(agreement: Agreement, today: date) -> ToldFacts:
    told = told_of(agreement)
    return ToldFacts(told[0].told_on if told else None, today)
