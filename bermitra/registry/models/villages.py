"""What a village says of itself, and keeps: profile, umbrella regulation, plan lines, assets."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.place import PLACES, Point
from bermitra.foundation.regions.models import Region
from bermitra.registry.models.codes import _code
from bermitra.registry.rules import Holder

Held = TypeVar("Held", bound=models.Model)


class VillageProfile(models.Model):
    """What a village says of itself as a party. The person in charge is named by office, and never on public pages."""

    class AccountHolder(models.TextChoices):
        VILLAGE = Holder.VILLAGE.value, _("Rekening Kas Desa")
        VILLAGE_ENTERPRISE = Holder.VILLAGE_ENTERPRISE.value, _("Rekening BUM Desa")
        INTER_VILLAGE_BODY = Holder.INTER_VILLAGE_BODY.value, _("Rekening badan kerja sama antar-desa")
        PERSON = Holder.PERSON.value, _("Rekening pribadi")

    village = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="profile")
    vision = models.TextField(blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_office = models.CharField(max_length=120, blank=True)
    budget_note = models.CharField(max_length=300, blank=True)
    # Where the office is reached, on its letterheads and its public page.
    office_address = models.CharField(max_length=160, blank=True, default="")
    office_postcode = models.CharField(max_length=5, blank=True, default="")
    office_phone = models.CharField(max_length=40, blank=True, default="")
    office_mail = models.CharField(max_length=120, blank=True, default="")
    adults = models.IntegerField(null=True)  # how many grown residents the village counts
    account_holder_kind = models.CharField(max_length=20, choices=AccountHolder.choices, blank=True)
    account_holder = models.CharField(max_length=120, blank=True)
    account_bank = models.CharField(max_length=80, blank=True)
    account_reason = models.CharField(max_length=300, blank=True)  # why RG-19 was passed over
    example = models.BooleanField(default=False)
    updated_at = models.DateTimeField()
    updated_by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return self.village_id

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class UmbrellaRegulation(AppendOnly):
    """A Peraturan Desa on cooperation; the newest counts."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="umbrella_regulations")
    number = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    title = models.CharField(max_length=200)
    dated = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "number", "year"], name="umbrella_regulation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


# Columns that a line or a thing may have; the others are asked of every one.
MORE_OF_A_LINE = (
    "sub_field", "place", "quantity", "unit", "benefit", "starts_on", "ends_on", "duration", "funding", "executor", "sdg",
    "present_state", "beneficiaries", "plan_years",
)  # fmt: skip
MORE_OF_AN_ASSET = (
    "item_code", "title", "origin", "village_land", "acquired_year", "used_by", "latitude", "longitude",
)  # fmt: skip


class InUse(models.QuerySet[Held]):
    """Lines and things that a village keeps; what it took out stays readable where it was used."""

    def kept(self) -> Self:
        return self.filter(withdrawn_at=None)


class PlanLine(models.Model):
    """A line of RPJM Desa or RKP Desa in the columns that villages keep. ``year`` is the first one of an RPJM.

    It changes by acts that keep what it said before (``Correction``); one that was taken out stays where it was used.
    """

    class Plan(models.TextChoices):
        RPJM = "rpjm", "RPJM Desa"
        RKP = "rkp", "RKP Desa"

    class Field(models.TextChoices):
        GOVERNMENT = "penyelenggaraan_pemerintahan", _("Penyelenggaraan pemerintahan")
        DEVELOPMENT = "pelaksanaan_pembangunan", _("Pelaksanaan pembangunan")
        COMMUNITY = "pembinaan_kemasyarakatan", _("Pembinaan kemasyarakatan")
        EMPOWERMENT = "pemberdayaan_masyarakat", _("Pemberdayaan masyarakat")
        EMERGENCY = "penanggulangan_bencana", _("Penanggulangan bencana, darurat, dan mendesak")

    class Mode(models.TextChoices):
        SELF = "swakelola", _("Swakelola")
        INTER_VILLAGE = "antar_desa", _("Kerja sama antar-desa")
        THIRD_PARTY = "pihak_ketiga", _("Kerja sama pihak ketiga")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="plan_lines")
    plan = models.CharField(max_length=4, choices=Plan.choices)
    reference = models.CharField(max_length=40)  # the number of the line in the plan
    year = models.SmallIntegerField()
    field_of_government = models.CharField(max_length=40, choices=Field.choices)
    activity = models.CharField(max_length=200)
    estimate = models.BigIntegerField(null=True)
    execution_mode = models.CharField(max_length=20, choices=Mode.choices)
    regulation = models.CharField(max_length=160, blank=True)  # the Peraturan Desa that sets the plan
    sub_field = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=160, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    unit = models.CharField(max_length=40, blank=True)
    benefit = models.CharField(max_length=200, blank=True)  # for whom and what it is good for
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    duration = models.CharField(max_length=80, blank=True)
    funding = models.CharField(max_length=120, blank=True)
    executor = models.CharField(max_length=160, blank=True)
    # Kept in an RPJM only: goal of SDGs Desa, how it is now, who gains, and in which years it is carried out.
    sdg = models.CharField(max_length=80, blank=True)
    present_state = models.CharField(max_length=200, blank=True)
    beneficiaries = models.CharField(max_length=120, blank=True)
    plan_years: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=13)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = InUse.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "plan", "year", "reference"],
                condition=Q(withdrawn_at=None),
                name="plan_line_kept_once",
            ),
            models.CheckConstraint(condition=Q(estimate=None) | Q(estimate__gte=0), name="plan_line_estimate"),
        ]

    def __str__(self) -> str:
        return f"{self.get_plan_display()} {self.year} {self.reference}"

    @property
    def order(self) -> tuple[tuple[int, int, str], ...]:
        """Where the line stands in its plan: 2.4.3 before 2.4.10."""
        parts = re.findall(r"[0-9]+|[^0-9.\s]+", self.reference)
        return tuple((0, int(each), "") if each.isdecimal() else (1, 0, each) for each in parts)

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class VillageAsset(models.Model):
    """A thing the village owns and may put to use; what is pledged may not be lent."""

    class Kind(models.TextChoices):
        LAND = "land", _("Tanah")
        BUILDING = "building", _("Bangunan")
        EQUIPMENT = "equipment", _("Peralatan dan mesin")
        ROAD_WATER = "road_water", _("Jalan, irigasi, dan jaringan")
        OTHER = "other", _("Aset lainnya")

    class Title(models.TextChoices):
        VILLAGE = "village", _("Sertifikat atas nama Pemerintah Desa")
        IN_PROCESS = "in_process", _("Sertifikat sedang diurus")
        OTHER_PROOF = "other_proof", _("Bukti lain, belum bersertifikat")
        OTHER_NAME = "other_name", _("Sertifikat atas nama pihak lain")

    class Origin(models.TextChoices):
        OWN = "own", _("Kekayaan asli desa")
        BUDGET = "budget", _("Dibeli dari APB Desa")
        OTHER = "other", _("Perolehan lain yang sah")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="assets")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    quantity = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=20)
    certificate = models.CharField(max_length=120, blank=True)
    recorded = models.BooleanField(default=False)  # stands in the village's register of assets
    pledged = models.BooleanField(default=False)
    item_code = models.CharField(max_length=40, blank=True)  # kode barang
    title = models.CharField(max_length=12, choices=Title.choices, blank=True)  # in whose name land is certified
    origin = models.CharField(max_length=8, choices=Origin.choices, blank=True)
    village_land = models.BooleanField(default=False)  # tanah kas desa, tanah ulayat, titisara, bengkok
    acquired_year = models.SmallIntegerField(null=True)
    used_by = models.CharField(max_length=160, blank=True)  # as the village says; agreements know it from their text
    latitude = models.DecimalField(max_digits=8, decimal_places=PLACES, null=True)  # degrees; south is below zero
    longitude = models.DecimalField(max_digits=9, decimal_places=PLACES, null=True)  # degrees east
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=13)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = InUse.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="village_asset_quantity"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="village_asset_point",
            ),
        ]
        indexes = [models.Index(fields=["village", "name"], name="village_asset_place")]

    def __str__(self) -> str:
        return self.name

    @property
    def point(self) -> Point | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    def reach(self) -> Reach:
        return Reach(region=self.village_id)
