"""Reading the consent of those affected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bermitra.deliberation.consent.rules import CONSENT_STEPS, ConsentFacts, InformingFacts
from bermitra.deliberation.models import (
    ConsentProcess,
    ConsentStep,
)
from bermitra.deliberation.queries import offices_in
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.models import StoredFile

LAST = len(CONSENT_STEPS)  # the step that gives the consent
STATEMENT = "consent_statement"  # the kind of the paper that says so


def consents_visible_to(person: Any) -> QuerySet[ConsentProcess]:
    return ConsentProcess.objects.filter(offices_in(person))


VillageOf = Callable[[str], str]
_known: list[VillageOf] = []


def knows_cases(village_of: VillageOf) -> VillageOf:
    """Let a later stage tell the village of a case by its code, empty where it knows none: no case is known here."""
    _known.append(village_of)
    return village_of


def informing_facts(village: str, about: str, informed_on: date) -> InformingFacts:
    of_case = next((found for each in _known if (found := each(about))), "")
    return InformingFacts(held_on=informed_on, recorded_on=clock.today(), village=village, case_village=of_case)


@dataclass(frozen=True)
class ConsentState:
    """How the consent of an affected group about a case stands.

    ``withdrawn``: it was given once, and does not hold now. ``refused_on`` is the day of the newest no, where it is known.
    """

    code: str
    state: str
    given: bool
    refused: bool
    group: str
    given_on: date | None
    minutes_number: str
    withdrawn: bool = False
    refused_on: date | None = None


def consent_on(case_code: str, village: str) -> ConsentState | None:
    """Of the case's own village: what another one began about the code says nothing of this case."""
    process = ConsentProcess.objects.filter(about=case_code, village=village).first()
    if process is None:
        return None
    last = process.steps.filter(round=process.round).order_by("-number").first()
    given = process.state == "given"
    no = process.refusals.order_by("-pk").first() if not given else None
    return ConsentState(
        code=process.code,
        state=process.state,
        given=given,
        refused=process.state == "refused",
        group=process.group,
        given_on=last.held_on if given and last else None,
        minutes_number=last.minutes_number if given and last else "",
        withdrawn=not given and process.steps.filter(number=LAST).exists(),
        refused_on=timezone.localdate(no.recorded_at) if no else None,
    )


def file_of(process: ConsentProcess, sha256: str = "") -> StoredFile | None:
    """The scan of this hash among the minutes of steps and refusals; without one, the newest of a step."""
    if not sha256:
        newest = process.steps.filter(file__isnull=False).select_related("file").order_by("-pk").first()
        return newest.file if newest else None
    of_steps, of_refusals = process.steps.values("file"), process.refusals.values("file")
    return StoredFile.objects.filter(Q(pk__in=of_steps) | Q(pk__in=of_refusals), sha256=sha256).first()


def scan_used(sha256: str) -> bool:
    """Whether this scan is the minutes of a step already, here or about another case."""
    return ConsentStep.objects.filter(file__sha256=sha256).exists()


def consent_facts(
    process: ConsentProcess,
    *,
    step: int,
    held_on: date,
    minutes_number: str,
    scan: str,
    numbers: Mapping[str, Any],
    affected_present: int = 0,
    local_language: bool = False,
    given_by: str = "",
    recorder: str = "",
) -> ConsentFacts:
    """``scan`` is the SHA-256 of the scanned minutes, empty where there are none; ``recorder`` the code of a person."""
    taken = list(process.steps.filter(round=process.round).order_by("number"))
    last = taken[-1] if taken else None
    since = last.held_on if last else process.informed_on
    return ConsentFacts(
        held_on=held_on,
        recorded_on=clock.today(),
        step=step,
        previous_step=last.number if last else 0,
        minutes_attached=minutes_number != "" and scan != "",
        scan_used_before=scan != "" and scan_used(scan),
        days_since_information=(held_on - since).days,
        study_days=numbers["consent_information_days"],
        affected_present=affected_present,
        local_language_minutes=local_language,
        given_by=given_by,
        recorded_all_before={each.recorded_by for each in taken} == {recorder},
    )
