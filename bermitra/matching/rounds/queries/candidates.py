"""Which villages of a regency may take part in a round, and why each of the others may not."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Standing, examine
from bermitra.matching.market import COUNTED, TIER_OF, with_aims
from bermitra.matching.models import Introduction, Round
from bermitra.matching.rounds.rules import HAS_A_PARTNER, NO_PRIORITY, NOT_READY
from bermitra.needs.models import Need
from bermitra.registry.queries.villages import with_file
from bermitra.registry.rules import VillageFacts, village_ready_to_partner


@dataclass(frozen=True)
class Candidate:
    """A village with its status of the newest index (a place in ``TIERS``) and what it lacks, nothing where it may join."""

    village: Region
    tier: int | None
    missing: tuple[str, ...]

    @property
    def eligible(self) -> bool:
        return not self.missing


def villages_of_regency(regency: str) -> QuerySet[Region]:
    """Villages in force; a kelurahan is no village."""
    inside = Region.objects.filter(pk__gt=f"{regency}.", pk__lt=f"{regency}/", level=4, active=True)
    return inside.exclude(kind=Region.Kind.KELURAHAN).order_by("pk")


def candidates(regency: str, follows: Round | None = None, held: Standing | None = None) -> list[Candidate]:
    """Every village of the regency, in the order of their codes. Four statements, whatever their number.

    In a round that ``follows`` another one, whoever was introduced there and accepted has its partner already.
    """
    held = held or standing(regency)
    villages = villages_of_regency(regency)
    counted = set(Need.objects.filter(village__in=villages, state__in=COUNTED).values_list("village", flat=True))
    served = _served(follows)
    return [
        Candidate(
            each,
            TIER_OF.get((getattr(each, "status", "") or "").casefold()),
            (
                *(() if _ready(each, held) else (NOT_READY,)),
                *(() if each.pk in counted else (NO_PRIORITY,)),
                *((HAS_A_PARTNER,) if each.pk in served else ()),
            ),
        )
        for each in with_file(with_aims(villages))
    ]


def _ready(village: Region, held: Standing) -> bool:
    """RG-17, unless the regency has switched it off; ``village`` comes from ``with_file``."""
    profile = getattr(village, "profile", None)
    facts = VillageFacts(
        umbrella_number="",
        person_in_charge=profile.contact_name if profile else "",
        overdue_reports=getattr(village, "late", 0),
        report_arrears_allowed=held.numbers["report_arrears_allowed"],
    )
    return all(each.holds for each in examine((village_ready_to_partner,), facts, held))


def _served(follows: Round | None) -> set[str]:
    """Villages that found a partner in this round or in one before it in the same chain."""
    found: set[str] = set()
    while follows is not None:
        taken = Introduction.objects.filter(round=follows, state__in=("accepted", "taken_up"))
        found |= set(taken.values_list("village__village", flat=True))
        follows = follows.follows
    return found
