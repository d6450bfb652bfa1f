"""Who held an agreement until when, what a village holds, and the facts for the rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bermitra.agreements.joint.models import JointParty
from bermitra.agreements.villages.models import Takeover, VillageChange
from bermitra.agreements.villages.rules import (
    GONE,
    KINDS,
    LEFT_IN,
    PASSED_IN,
    EveryFacts,
    HolderFacts,
    Kind,
    OwnMeetingFacts,
    OwnResidentsFacts,
    Receiver,
    ReceiverFacts,
)
from bermitra.deliberation.consent.queries import ConsentState, consent_on
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case
from bermitra.partnership.queries import cases_visible_to, villages_seen_by


def changes_visible_to(person: Any) -> QuerySet[VillageChange]:
    """Of the villages one serves or oversees (the former one reads on), and where an agreement one sees was passed on."""
    seen = Q(village__in=villages_seen_by(person)) | Q(takeovers__case__in=cases_visible_to(person).order_by())
    return VillageChange.objects.filter(seen).select_related("village", "file").distinct().order_by("-pk")


def takeovers_of(case: Case) -> list[Takeover]:
    """Each passing on of an agreement, the earliest first."""
    found = Takeover.objects.filter(case=case).select_related("change__village", "before", "after").order_by("pk")
    return list(found)


def takeovers_visible_to(person: Any) -> QuerySet[Takeover]:
    found = Takeover.objects.filter(case__in=cases_visible_to(person).order_by())
    return found.select_related("change__village", "case__village", "case__partner", "before", "after")


def takeovers_read_by(person: Any, change: VillageChange) -> QuerySet[Takeover]:
    """What passed by one decree: all of it for the village it is of and who oversees that, else each one's own agreements."""
    rows = change.takeovers.select_related("case__village", "case__partner", "before", "after").order_by("pk")
    if villages_seen_by(person).filter(pk=change.village_id).exists():
        return rows
    return rows.filter(case__in=cases_visible_to(person).order_by())


def taken_over(case: Case) -> bool:
    return Takeover.objects.filter(case=case).exists()


def holder_on(case: Case, passed: list[Takeover], day: date | None) -> Region:
    """The village that held the agreement on ``day``; without a day, the one that signed it."""
    later = [each for each in passed if day is None or day < each.change.holds_from]
    return later[0].before if later else case.village


def consent_of(case: Case) -> ConsentState | None:
    """How those touched stand to the case: in the village that holds it, else in one that it came from."""
    found = consent_on(case.code, case.village_id)
    if found is None:
        came_from = Takeover.objects.filter(case=case).order_by("-pk").values_list("before", flat=True)
        found = next((each for village in came_from if (each := consent_on(case.code, village))), None)
    return found


# What a village holds -------------------------------------------------------------------------------------------------
def held_by(village: Region, *, lock: bool = False) -> list[Case]:
    """The cases whose agreement passes on with the village. ``lock``: all its cases, until the act is done."""
    cases = Case.objects.filter(village=village).select_related("village", "partner").order_by("pk")
    if lock:
        cases = cases.select_for_update(of=("self",))
    return [each for each in cases if each.state in PASSED_IN]


def villages_that_hold(regions: Iterable[str], words: str = "") -> QuerySet[Region]:
    """Villages in these areas that an agreement or a joint regulation binds, whether the register still knows them or not."""
    inside = Q(pk__in=())
    for code in regions:
        inside |= Q(pk__startswith=f"{code}.")
    holding = Q(pk__in=Case.objects.filter(state__in=PASSED_IN | LEFT_IN).values("village"))
    joint = Q(pk__in=JointParty.objects.filter(regulation__state="in_force").values("village"))
    found = Region.objects.filter(inside, holding | joint)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(pk=words))
    return found.order_by("pk")


def left_behind(village: Region) -> QuerySet[Case]:
    """Drafts of this village that wait to be agreed on or signed: they do not pass on."""
    return Case.objects.filter(village=village, state__in=LEFT_IN).select_related("village", "partner").order_by("pk")


@dataclass(frozen=True)
class Gone:
    """Why a draft has nobody who signs it for the village, and who took over what the village had signed before."""

    change: VillageChange
    successors: tuple[str, ...]

    @property
    def says(self) -> str:
        return KINDS[self.change.kind]

    @property
    def kelurahan(self) -> bool:
        return self.change.kind == Kind.URBAN_WARD


def gone_from(case: Case) -> Gone | None:
    """Of a case that waits for a text to be signed: the record by which its village ceased to be one."""
    change = _gone(case.village).order_by("-pk").first() if case.state in LEFT_IN else None
    if change is None:
        return None
    after = Takeover.objects.filter(change=change).order_by("after__name").values_list("after__name", flat=True)
    return Gone(change, tuple(dict.fromkeys(after)))


def village_gone(at: str) -> Exists:
    """Whether the village at this place of a row is one no longer, in the statement that fetches the row."""
    return Exists(_gone(OuterRef(at)))


def _gone(village: Region | OuterRef) -> QuerySet[VillageChange]:
    """A change is recorded once it holds (AG-85). A village that was formed anew under its old code is there again."""
    still = Q(village__since=None) | Q(holds_from__gte=F("village__since"))
    return VillageChange.objects.filter(still, village=village, kind__in=GONE)


# Facts ----------------------------------------------------------------------------------------------------------------
def list_hash(cases: list[Case]) -> str:
    """Of what the page lists: another agreement, or one that has moved on, is another list."""
    return sha256("\n".join(f"{each.code} {each.state}" for each in cases).encode()).hexdigest()


def every_facts(cases: list[Case], answered: Iterable[str], seen: str, *, leaves: bool = False) -> EveryFacts:
    held = frozenset(each.code for each in cases)
    return EveryFacts(seen, list_hash(cases), held, frozenset(answered), leaves)


def receiver_facts(kind: str, village: Region, receivers: Iterable[Region]) -> ReceiverFacts:
    return ReceiverFacts(kind, village.pk, tuple(Receiver(each.pk, each.kind, each.active) for each in receivers))


def holder_facts(village: Region) -> HolderFacts:
    return HolderFacts(kelurahan=village.kind == Region.Kind.KELURAHAN, gone=_gone(village).exists())


def own_meeting_facts(case: Case, *, agreed: bool) -> OwnMeetingFacts:
    return OwnMeetingFacts(taken_over(case), agreed)


def own_residents_facts(case: Case, code: str, *, touched: bool) -> OwnResidentsFacts:
    """``code`` of the addendum: by it residents are asked about the addendum itself."""
    if not (case.consent_needed and touched and taken_over(case)):
        return OwnResidentsFacts(asked_anew=False, agreed=False)
    consent = consent_on(code, case.village_id)
    return OwnResidentsFacts(asked_anew=True, agreed=consent is not None and consent.given)
