"""Partners of every kind, their documents and their owners."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.registry.models.codes import _code


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
