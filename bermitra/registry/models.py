"""Villages as parties, partners of every kind, what was checked of them, and who is under sanction."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.registry.rules import UNDER_WAY, Holder, State


def _code() -> str:
    return new_code(10)


# --- villages ---------------------------------------------------------------------------------------------


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
    account_holder_kind = models.CharField(max_length=20, choices=AccountHolder.choices, blank=True)
    account_holder = models.CharField(max_length=120, blank=True)
    account_bank = models.CharField(max_length=80, blank=True)
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


class PlanLine(models.Model):
    """A line of RPJM Desa or RKP Desa in the columns that villages keep."""

    class Plan(models.TextChoices):
        RPJM = "rpjm", "RPJM Desa"
        RKP = "rkp", "RKP Desa"

    class Field(models.TextChoices):
        GOVERNMENT = "penyelenggaraan_pemerintahan", _("Penyelenggaraan pemerintahan")
        DEVELOPMENT = "pelaksanaan_pembangunan", _("Pelaksanaan pembangunan")
        COMMUNITY = "pembinaan_kemasyarakatan", _("Pembinaan kemasyarakatan")
        EMPOWERMENT = "pemberdayaan_masyarakat", _("Pemberdayaan masyarakat")

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
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "plan", "year", "reference"], name="plan_line_once"),
            models.CheckConstraint(condition=Q(estimate=None) | Q(estimate__gte=0), name="plan_line_estimate"),
        ]

    def __str__(self) -> str:
        return f"{self.get_plan_display()} {self.year} {self.reference}"

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

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="assets")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    quantity = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=20)
    certificate = models.CharField(max_length=120, blank=True)
    recorded = models.BooleanField(default=False)  # stands in the village's register of assets
    pledged = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="village_asset_quantity")]
        indexes = [models.Index(fields=["village", "name"], name="village_asset_place")]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


# --- partners ---------------------------------------------------------------------------------------------


class Partner(models.Model):
    """A legal body that villages may work with. ``kind`` is one of the book's twelve; no private person is a partner.

    ``registered_in`` is the village or regency at whose counter it was registered: that office looks after it.
    """

    class Size(models.TextChoices):
        MICRO = "micro", _("Mikro")
        SMALL = "small", _("Kecil")
        MEDIUM = "medium", _("Menengah")
        LARGE = "large", _("Besar")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=160)
    legal_name_key = models.CharField(max_length=200, db_index=True)
    seat = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    # A village, BUM Desa or cooperative as a partner is that of a village.
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    # Where it works; money from a company located in the village has another APBDes code.
    located_in_village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    vision = models.TextField(blank=True)
    size = models.CharField(max_length=10, choices=Size.choices, blank=True)
    contact = models.CharField(max_length=160, blank=True)
    example = models.BooleanField(default=False)
    registered_in = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="registered_partners")
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=13)

    class Meta:
        indexes = [
            models.Index(fields=["name", "code"], name="partner_by_name"),
            models.Index(fields=["kind", "name"], name="partner_by_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return Reach(region=self.registered_in_id, parties=frozenset({self.code}))


class PartnerDocument(models.Model):
    """A document of a partner by number, issuer and dates; the newest of its kind counts. A file is optional.

    It is only declared until someone outside the partner has looked at it.
    """

    class Check(models.TextChoices):
        DECLARED = "declared", _("Dinyatakan mitra")
        CHECKED = "checked", _("Bukti diperiksa")
        DISPUTED = "disputed", _("Bukti disanggah")

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)  # a document of the book
    number = models.CharField(max_length=80)
    issuer = models.CharField(max_length=120, blank=True)
    dated = models.DateField()
    expires_on = models.DateField(null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    check_state = models.CharField(max_length=10, choices=Check.choices, default=Check.DECLARED)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=13, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("dated")), name="partner_document_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    def reach(self) -> Reach:
        return self.partner.reach()


class Owner(AppendOnly):
    """An owner, controller or officer as the partner declares them. A private person: never on a public page."""

    class Capacity(models.TextChoices):
        OWNER = "owner", _("Pemilik manfaat")
        CONTROLLER = "controller", _("Pengendali")
        OFFICER = "officer", _("Pengurus atau pimpinan")

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="owners")
    name = models.CharField(max_length=120)
    capacity = models.CharField(max_length=10, choices=Capacity.choices)
    share_bp = models.IntegerField(null=True)  # hundredths of a percent
    political_tie = models.CharField(max_length=200)  # "tidak ada" is an answer, nothing is none
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(share_bp=None) | Q(share_bp__gte=0, share_bp__lte=10_000), name="owner_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capacity} of {self.partner_id}"

    def reach(self) -> Reach:
        return self.partner.reach()

    @property
    def percent(self) -> Decimal | None:
        return None if self.share_bp is None else Decimal(self.share_bp) / 100


# --- due diligence ----------------------------------------------------------------------------------------


class Verification(models.Model):
    """One due diligence of a partner, from its first answer to a verdict; ``region`` is whose officers look at it.

    ``facts`` are what the partner declares of itself, ``answers`` by question, ``reasons`` by question for every no.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="verifications")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=30, choices=[(each.value, each.value) for each in State], default=State.DRAFT.value
    )
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    reasons: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    reviewer = models.CharField(max_length=10, blank=True)  # code of the officer who took it
    repair_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(state__in=[each.value for each in UNDER_WAY]),
                name="verification_one_under_way",
            ),
        ]
        indexes = [models.Index(fields=["region", "state"], name="verification_desk")]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return Reach(
            region=self.region_id,
            parties=frozenset({self.partner.code}),
            assigned=frozenset({self.reviewer} if self.reviewer else ()),
        )


class VerdictRecord(AppendOnly):
    """A verdict with all it was computed from, so that it can be computed again. The newest counts.

    ``stale_on`` is the first day on which it no longer serves.
    """

    verification = models.ForeignKey(Verification, on_delete=models.PROTECT, related_name="verdicts")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=30)
    flags: models.JSONField[list[str], list[str]] = models.JSONField()
    repairs: models.JSONField[list[str], list[str]] = models.JSONField()
    counts: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField()
    inputs: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    book_version = models.SmallIntegerField()
    concluded_on = models.DateField()
    stale_on = models.DateField()
    concluded_at = models.DateTimeField()
    concluded_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["partner", "concluded_at"], name="verdict_record_newest")]

    def __str__(self) -> str:
        return f"{self.verdict} {self.concluded_on}"


# --- the sanction register --------------------------------------------------------------------------------


class Listing(AppendOnly):
    """A body under sanction or watched, by name; with ``partner`` where it is known to be that one."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    name = models.CharField(max_length=160)
    legal_name_key = models.CharField(max_length=200, db_index=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="listings")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")  # the regency that listed it
    source = models.CharField(max_length=160)
    basis = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)
    listed_at = models.DateTimeField()
    listed_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="listing_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return Reach(region=self.region_id)


class ListingLift(AppendOnly):
    """A listing that no longer holds, and why."""

    listing = models.OneToOneField(Listing, on_delete=models.PROTECT, related_name="lift")
    reason = models.CharField(max_length=300)
    lifted_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"lift of {self.listing_id}"


class MatchReview(AppendOnly):
    """Somebody looked whether a listed name is this partner; a reviewed non-match is remembered. The newest counts."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="reviews")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="match_reviews")
    same = models.BooleanField()
    reason = models.CharField(max_length=300)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.listing_id} {self.partner_id} {self.same}"
