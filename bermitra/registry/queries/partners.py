"""Reading partners: who sees which, and what narrows and orders their list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.codes import is_village
from bermitra.foundation.text import _, legal_name_key
from bermitra.registry.models import Listing, MatchReview, Partner, RiskFlag, VerdictRecord, Verification
from bermitra.registry.queries.villages import NOT_IN_THE_VILLAGE_OFFICE, OF_REGENCY
from bermitra.registry.rules import PASSES, State

ROOT = Coalesce("partner__merged_into", "partner")  # the entry that stands for the body of a row


def partners_visible_to(person: Person) -> QuerySet[Partner]:
    """Partners whose file this person may open.

    Its own people; offices of the village or regency that registered it, or an entry of the same body, or looks at its
    due diligence.
    """
    wanted = Q(pk__in=[])
    for office in person.offices:
        if office.party:
            wanted |= Q(code=office.party)
        elif office.region_id and (office.role in OF_REGENCY or _of_a_village_office(office.role, office.region_id)):
            looked_at = Verification.objects.filter(partner=OuterRef("pk"), region__code__startswith=office.region_id)
            led_here = Partner.objects.filter(
                merged_into=OuterRef("pk"), registered_in__code__startswith=office.region_id
            )
            here = Q(registered_in__code__startswith=office.region_id)
            wanted |= here | Q(Exists(looked_at)) | Q(merged_entries__gt=0) & Q(Exists(led_here))
    return Partner.objects.filter(wanted)


def _of_a_village_office(role: str, region: str) -> bool:
    return is_village(region) and role not in NOT_IN_THE_VILLAGE_OFFICE


def public_partners() -> QuerySet[Partner]:
    """All bodies, each once: the register of legal bodies is public, their people and files are not."""
    return Partner.objects.filter(merged_into=None).select_related("seat").order_by("name", "code")


# Lists ---------------------------------------------------------------------------------------------------------------

STALE, NEVER = "stale", "none"
STANDINGS: dict[str, str] = {
    State.VERIFIED: _("Terverifikasi"),
    State.WITH_CONDITIONS: _("Terverifikasi bersyarat"),
    State.NOT_VERIFIED: _("Belum memenuhi syarat"),
    State.BLOCKED: _("Dihentikan"),
    STALE: _("Lolos, tetapi kedaluwarsa"),
    NEVER: _("Belum ada putusan"),
}
LISTED: dict[str, str] = {"ya": _("Tercantum atau bernama sama"), "tidak": _("Tidak tercantum")}


@dataclass(frozen=True)
class Sort:
    """The order of a list, and what follows a row of it: a page is read on from its last row, none is counted over."""

    says: str
    field: str
    newest_first: bool = False

    def ordered(self, partners: QuerySet[Partner]) -> QuerySet[Partner]:
        return partners.order_by(f"-{self.field}" if self.newest_first else self.field, "code")

    def behind(self, partners: QuerySet[Partner], last: Partner) -> QuerySet[Partner]:
        at = getattr(last, self.field)
        further = Q(**{f"{self.field}__lt" if self.newest_first else f"{self.field}__gt": at})
        return partners.filter(further | Q(**{self.field: at}, code__gt=last.code))


SORTS: dict[str, Sort] = {
    "": Sort(_("Menurut nama"), "name"),
    "terbaru": Sort(_("Yang terbaru terdaftar"), "registered_at", newest_first=True),
}


def narrowed(partners: QuerySet[Partner], chosen: dict[str, str], today: date) -> QuerySet[Partner]:
    """Each body once, by name, kind, seat, newest verdict and the sanction register."""
    found = partners.filter(merged_into=None)
    if words := chosen.get("q"):
        _form, _colon, key = legal_name_key(words).partition(":")
        held = Q(name__icontains=words) | (Q(legal_name_key__contains=key) if key else Q())
        found = found.filter(held)
    if kind := chosen.get("jenis"):
        found = found.filter(kind=kind)
    if place := chosen.get("di"):
        found = found.filter(Q(seat=place) | Q(seat__code__startswith=f"{place}."))
    if standing := chosen.get("hasil"):
        found = _standing_as(found, standing, today)
    if listed := chosen.get("sanksi"):
        on_list = bearing_a_listed_name(today)
        found = found.filter(on_list) if listed == "ya" else found.exclude(on_list)
    return found


def _standing_as(partners: QuerySet[Partner], standing: str, today: date) -> QuerySet[Partner]:
    """By the newest verdict of the body; whoever has a proven flag against it is stopped, whatever was concluded."""
    newest = VerdictRecord.objects.annotate(root=ROOT).values("root").annotate(newest=Max("pk")).values("newest")
    holding = VerdictRecord.objects.filter(pk__in=newest, verification__state=F("verdict")).annotate(root=ROOT)
    flagged = RiskFlag.objects.filter(proven=True, decided_on__lte=today, counts_until__gt=today).annotate(root=ROOT)
    proven = Q(pk__in=flagged.values("root"))
    match standing:
        case State.BLOCKED:
            return partners.filter(proven | Q(pk__in=holding.filter(verdict=State.BLOCKED).values("root")))
        case "none":
            return partners.exclude(proven).exclude(pk__in=holding.values("root"))
        case "stale":
            over = holding.filter(verdict__in=PASSES, stale_on__lte=today)
            return partners.exclude(proven).filter(pk__in=over.values("root"))
    still = holding.filter(verdict=standing)
    still = still.filter(stale_on__gt=today) if standing in PASSES else still
    return partners.exclude(proven).filter(pk__in=still.values("root"))


def bearing_a_listed_name(today: date) -> Q:
    """Named by a listing in force, found to be the one that it names, or with the very name of one that nobody found to be
    another's.

    Names that are only near are weighed on the partner's own page: here each would be held against every other.
    """
    in_force = Listing.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today, lift=None)
    named = in_force.exclude(partner=None).annotate(root=ROOT)
    later = _answers(partner=OuterRef("partner"), listing=OuterRef("listing"), pk__gt=OuterRef("pk"))
    found = MatchReview.objects.filter(~Exists(later.filter(same=False)), same=True, listing__in=in_force.values("pk"))
    said = _answers(partner=OuterRef(OuterRef("pk")), listing=OuterRef("pk")).order_by("-pk").values("same")[:1]
    same_name = in_force.filter(legal_name_key=OuterRef("legal_name_key")).annotate(said=Subquery(said))
    alike = Exists(same_name.filter(Q(said=None) | Q(said=True)))
    return Q(pk__in=named.values("root")) | Q(pk__in=found.annotate(root=ROOT).values("root")) | Q(alike)


def _answers(**of: Any) -> QuerySet[MatchReview]:
    """What was said whether a listing names a partner. A "not" is forgotten with the name it was said of."""
    still = Q(same=True) | Q(partner__renamed_at=None) | Q(reviewed_at__gte=F("partner__renamed_at"))
    return MatchReview.objects.filter(still, **of)
