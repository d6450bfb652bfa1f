"""Reading villages: who sees which, and the facts that rules are asked about."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.place import Point, is_far
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Standing
from bermitra.registry.models import (
    Correction,
    OverdueReport,
    PlanLine,
    UmbrellaRegulation,
    VillageAsset,
    VillageProfile,
)
from bermitra.registry.rules import VillageFacts

OF_REGENCY = frozenset({roles.DPMD_OFFICER.key, roles.REGENT_OFFICE.key, roles.AUDITOR.key})
# The offices of a village that raise flags against partners and look at conflicts with them.
WATCHING_PARTNERS = frozenset({roles.VILLAGE_HEAD.key, roles.BPD_CHAIR.key, roles.VILLAGE_COOP_UNIT.key})
NOT_IN_THE_VILLAGE_OFFICE = frozenset({roles.RESIDENT.key, roles.GROUP_REP.key})


def villages_visible_to(person: Person) -> QuerySet[Region]:
    """Villages on whose working pages this person may look: those of the offices held, of the district, of the regency."""
    wanted = Q(pk__in=[])
    for office in person.offices:
        if office.region_id and not office.party and office.role not in NOT_IN_THE_VILLAGE_OFFICE:
            wanted |= Q(code__startswith=office.region_id)
    return Region.objects.filter(wanted, level=4, active=True).exclude(kind=Region.Kind.KELURAHAN)


def with_file(villages: QuerySet[Region]) -> QuerySet[Region]:
    """With what a village said of itself (``profile``), how many reports it owes (``late``), and since which year."""
    owed = reports_owed(OuterRef("pk"))
    return villages.select_related("profile").annotate(
        late=Coalesce(Subquery(owed.values("village").annotate(n=Count("pk")).values("n")), 0),
        late_since=Subquery(owed.order_by("year").values("year")[:1]),
    )


def village_profile(village: Region) -> VillageProfile | None:
    return VillageProfile.objects.filter(village=village).first()


def plan_lines(village: Region) -> QuerySet[PlanLine]:
    """Newest year first; within a year in the order of the plan. Without those that were taken out."""
    return PlanLine.objects.kept().filter(village=village).order_by("-year", "plan", "reference")


def assets_of(village: Region) -> QuerySet[VillageAsset]:
    return VillageAsset.objects.kept().filter(village=village).order_by("name", "pk")


def assets_asked(village: Region, *, kind: str = "", state: str = "") -> QuerySet[VillageAsset]:
    """Of one kind, and free, in use, not yet in the inventory book, or land of the village."""
    found = assets_of(village)
    if kind:
        found = found.filter(kind=kind)
    wanted = {
        "bebas": Q(pledged=False, recorded=True),
        "dipakai": Q(pledged=True),
        "belum": Q(recorded=False),
        "kas": Q(village_land=True),
    }
    return found.filter(wanted[state]) if state in wanted else found


def points_of(village: Region) -> dict[str, Point]:
    """Where the village's assets lie, by their codes, as far as it said so: all that is known of where the village lies."""
    return {each.code: each.point for each in assets_of(village).exclude(latitude=None) if each.point}


def lies_elsewhere(asset: VillageAsset, points: Mapping[str, Point]) -> bool:
    """Whether the asset's point is far from all others of its village; a person looks which of them is wrong."""
    others = [point for code, point in points.items() if code != asset.code]
    return asset.point is not None and is_far(asset.point, others)


def umbrella_regulations(village: Region) -> list[UmbrellaRegulation]:
    """Every Peraturan Desa on cooperation, the one that counts first."""
    found = UmbrellaRegulation.objects.filter(village=village).select_related("file")
    return list(found.order_by("-dated", "-pk"))


def umbrella_regulation_of(village: Region) -> UmbrellaRegulation | None:
    """The newest Peraturan Desa on cooperation, with its file."""
    found = UmbrellaRegulation.objects.filter(village=village).select_related("file")
    return found.order_by("-dated", "-pk").first()


def village_facts(village: Region, held: Standing | None = None) -> VillageFacts:
    """For RG-17 and RG-18, in one statement; ``held`` where the rules of the regency were read already."""
    here = OuterRef("pk")
    regulations = UmbrellaRegulation.objects.filter(village=here).order_by("-dated", "-pk")
    owed = reports_owed(here).values("village")
    said = Region.objects.filter(pk=village.pk).values_list(
        Subquery(regulations.values("number")[:1]),
        "profile__contact_name",
        Subquery(owed.annotate(how_many=Count("pk")).values("how_many")),
    )
    number, in_charge, late = said.get()
    return VillageFacts(
        umbrella_number=number or "",
        person_in_charge=in_charge or "",
        overdue_reports=late or 0,
        report_arrears_allowed=(held or standing(village.code)).numbers["report_arrears_allowed"],
    )


def eligibility(
    profile: VillageProfile | None, newest: UmbrellaRegulation | None, overdue: int, held: Standing
) -> VillageFacts:
    """The same of what was read already."""
    return VillageFacts(
        umbrella_number=newest.number if newest else "",
        person_in_charge=profile.contact_name if profile else "",
        overdue_reports=overdue,
        report_arrears_allowed=held.numbers["report_arrears_allowed"],
    )


def reports_owed(village: Region | OuterRef) -> QuerySet[OverdueReport]:
    """The years that the village owes a report on, in no order."""
    return OverdueReport.objects.filter(village=village, closed_at=None).order_by()


def corrections_of(village: Region) -> QuerySet[Correction]:
    """What the village mended in its own records, the latest first."""
    return Correction.objects.filter(village=village).order_by("-pk")


def history_of(record: PlanLine | VillageAsset) -> QuerySet[Correction]:
    return Correction.objects.filter(about=about_of(record)).order_by("-pk")
