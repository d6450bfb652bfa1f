"""What the work box reads."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from bermitra.foundation.duties.models import Duty
from bermitra.foundation.duties.queries import inside


def narrowed(found: QuerySet[Duty], chosen: dict[str, str], today: date) -> QuerySet[Duty]:
    if chosen.get("waktu") == "terlambat":
        found = found.filter(due_on__lt=today)
    elif chosen.get("waktu") == "pekan":
        found = found.filter(due_on__range=(today, today + timedelta(days=7)))
    return found.filter(inside(chosen["wilayah"])) if "wilayah" in chosen else found


def counted(found: QuerySet[Duty], today: date) -> tuple[int, int]:
    """How many there are, and how many of them are late: one statement."""
    numbers = found.order_by().aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    return numbers["all"], numbers["late"]
