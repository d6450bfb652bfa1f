"""What residents were told of a text, and in which languages."""

from __future__ import annotations

from datetime import date

from bermitra.agreements.models import Agreement, LocalSummary, SummaryTold
from bermitra.agreements.queries.drafting import newest_version
from bermitra.agreements.rules import ToldFacts


def local_summaries(agreement: Agreement) -> list[LocalSummary]:
    """The newest of each language, in the order of their names; one on an older text does not count."""
    found = LocalSummary.objects.filter(agreement=agreement, text_hash=newest_version(agreement).text_hash)
    return sorted({each.language: each for each in found.order_by("pk")}.values(), key=lambda each: each.language)


def told_of(agreement: Agreement) -> list[SummaryTold]:
    """When and how residents got to know the text that stands."""
    found = SummaryTold.objects.filter(agreement=agreement, text_hash=newest_version(agreement).text_hash)
    return list(found.order_by("told_on", "pk"))


def told_facts(agreement: Agreement, today: date) -> ToldFacts:
    told = told_of(agreement)
    return ToldFacts(told[0].told_on if told else None, today)
