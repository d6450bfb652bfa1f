"""Reading the consent of those affected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from bermitra.deliberation.consent.rules import ConsentFacts
from bermitra.deliberation.models import (
    ConsentProcess,
)
from bermitra.deliberation.queries import offices_in
from bermitra.foundation.commands import clock


def consents_visible_to(person: Any) -> QuerySet[ConsentProcess]:
    return ConsentProcess.objects.filter(offices_in(person))


@dataclass(frozen=True)
class ConsentState:
    """How the consent of an affected group about a case stands."""

    code: str
    state: str
    given: bool
    refused: bool
    group: str
    given_on: date | None
    minutes_number: str


def consent_on(case_code: str) -> ConsentState | None:
    process = ConsentProcess.objects.filter(about=case_code).first()
    if process is None:
        return None
    last = process.steps.filter(round=process.round).order_by("-number").first()
    given = process.state == "given"
    return ConsentState(
        code=process.code,
        state=process.state,
        given=given,
        refused=process.state == "refused",
        group=process.group,
        given_on=last.held_on if given and last else None,
        minutes_number=last.minutes_number if given and last else "",
    )


def consent_facts(
    process: ConsentProcess,
    *,
    step: int,
    held_on: date,
    minutes_number: str,
    numbers: Mapping[str, Any],
    affected_present: int = 0,
    local_language: bool = False,
    given_by: str = "",
) -> ConsentFacts:
    last = process.steps.filter(round=process.round).order_by("-number").first()
    since = last.held_on if last else process.informed_on
    return ConsentFacts(
        held_on=held_on,
        recorded_on=clock.today(),
        step=step,
        previous_step=last.number if last else 0,
        minutes_attached=minutes_number != "",
        days_since_information=(held_on - since).days,
        study_days=numbers["consent_information_days"],
        affected_present=affected_present,
        local_language_minutes=local_language,
        given_by=given_by,
    )
