"""Reading what happens to a running agreement, and the facts that its rules ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from bermitra.agreements.changing.models import Suspension
from bermitra.agreements.changing.rules import SuspensionFacts
from bermitra.agreements.models import Agreement
from bermitra.agreements.queries import agreements_visible_to
from bermitra.foundation.calendar import add_months
from bermitra.foundation.rules import Standing

_WITH = ("agreement__case__village", "agreement__case__partner", "agreement__partner")


# Resting --------------------------------------------------------------------------------------------------------------
def suspensions_visible_to(person: Any) -> QuerySet[Suspension]:
    found = Suspension.objects.filter(agreement__in=agreements_visible_to(person).order_by())
    return found.select_related(*_WITH).order_by("-pk")


def open_suspension(agreement: Agreement) -> Suspension | None:
    """The one that is asked for, or that runs."""
    return Suspension.objects.filter(agreement=agreement, state__in=("proposed", "resting")).first()


def suspension_over(today: date) -> QuerySet[Suspension]:
    """Those whose last day has passed."""
    return Suspension.objects.filter(state="resting", until__lt=today).select_related(*_WITH)


def frozen_duties(agreement: Agreement) -> list[dict[str, Any]]:
    """The duties that would rest, as they read now."""
    rows = agreement.obligations.filter(kind="duty")
    return [{"number": row.number, "party": row.party, "text": row.text} for row in rows]


def suspension_facts(
    cause: str, happened_on: date, until: date, frozen: int, said_on: date, begins_on: date, held: Standing
) -> SuspensionFacts:
    return SuspensionFacts(
        cause=cause,
        happened_on=happened_on,
        said_on=said_on,
        notice_days=int(held.numbers["suspension_notice_days"]),
        until=until,
        latest=add_months(begins_on, int(held.numbers["suspension_max_months"])),
        frozen=frozen,
    )


def rested(agreement: Agreement) -> list[Suspension]:
    """The rests that are over, the oldest first: delivery moves its days by them."""
    return list(Suspension.objects.filter(agreement=agreement, state="over").order_by("pk"))
