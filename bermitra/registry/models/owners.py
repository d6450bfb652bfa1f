"""Who owns, controls and leads a partner, as the partner itself declares."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly
from bermitra.registry.models.partners import Partner


class OwnerDeclaration(AppendOnly):
    """All owners, controllers and officers at once, in ``owners``; the newest declaration counts, older ones stay."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="owner_declarations")
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["partner", "declared_at"], name="owner_declaration_newest")]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.declared_at:%Y-%m-%d}"

    def reach(self) -> Reach:
        return self.partner.reach()


class Owner(AppendOnly):
    """A person of a declaration. Without one: declared alone, before declarations were made as a whole.

    A private person: never on a public page.
    """

    class Capacity(models.TextChoices):
        OWNER = "owner", _("Pemilik manfaat")
        CONTROLLER = "controller", _("Pengendali")
        OFFICER = "officer", _("Pengurus atau pimpinan")

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="owners")
    declaration = models.ForeignKey(OwnerDeclaration, on_delete=models.PROTECT, null=True, related_name="owners")
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
