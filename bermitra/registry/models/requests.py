"""A body that asks to be registered, before an officer has looked at it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.regions.models import Region
from bermitra.registry.models.codes import _code
from bermitra.registry.models.partners import Partner


class PartnerRequest(models.Model):
    """Sent from the public page, looked at by the counter of ``regency``. Never public but for its state, by its code.

    Name and telephone of the person who asks are kept until somebody has decided, or nobody in time: then they are
    taken out.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu diperiksa")
        ACCEPTED = "accepted", _("Diterima")
        DECLINED = "declined", _("Ditolak")
        LAPSED = "lapsed", _("Gugur")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    regency = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=160)
    seat = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    business_number = models.CharField(max_length=13, blank=True)
    tax_number = models.CharField(max_length=16, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=16, blank=True)
    declared_different = models.BooleanField(default=False)
    example = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    sent_at = models.DateTimeField()
    consented_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=13, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["regency", "state", "sent_at"], name="partner_request_desk")]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return Reach(region=self.regency_id)
