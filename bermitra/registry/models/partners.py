"""Partners of every kind, and their documents."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.regions.models import Region
from bermitra.registry.models.codes import _code


class Partner(models.Model):
    """A legal body that villages may work with. ``kind`` is one of the book's twelve; no private person is a partner.

    ``registered_in`` is the village or regency at whose counter it was registered: that office looks after it.
    ``profile`` are the facts that its kind is asked for, by their code in the book. ``merged_into`` is the entry that
    this one leads to: always the last, never one that leads on; ``merged_entries`` how many lead to this one. ``revision``
    grows with every change of name or place in the register, so that names held in memory notice it.
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
    account_bank = models.CharField(max_length=80, blank=True)  # its number is kept sealed, in foundation.personal
    business_number = models.CharField(max_length=13, blank=True)  # NIB
    tax_number = models.CharField(max_length=16, blank=True)  # NPWP
    profile: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    renamed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False
    )  # the index below
    merged_entries = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    example = models.BooleanField(default=False)
    registered_in = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="registered_partners")
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=13)

    class Meta:
        indexes = [
            # With the key, so that a search for a name walks the index alone and not the wide rows: a tenth of the time.
            models.Index(fields=["name", "code", "legal_name_key"], name="partner_by_name"),
            models.Index(fields=["-registered_at", "code"], name="partner_newest"),
            models.Index(fields=["kind", "name", "code"], name="partner_by_kind"),
            models.Index(fields=["kind", "-registered_at", "code"], name="partner_newest_by_kind"),
            # Of the few that were merged: nearly all were not, and an index of those would keep a list from its order.
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="partner_merged"),
            models.Index(fields=["code", "revision"], name="partner_revisions"),
            models.Index(fields=["business_number"], condition=~Q(business_number=""), name="partner_business_number"),
            models.Index(fields=["tax_number"], condition=~Q(tax_number=""), name="partner_tax_number"),
        ]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return Reach(region=self.registered_in_id, parties=frozenset({self.code}))

    @property
    def kept_id(self) -> int:
        """The entry that stands for this body: itself, or the one it was merged into."""
        return self.merged_into_id or self.pk


class PartnerDocument(models.Model):
    """A document of a partner by number, issuer and dates; the newest of its kind counts. A file is optional.

    It is only declared until someone outside the partner has looked at it. A withdrawn one counts no more, and stays.
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
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=13, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

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
