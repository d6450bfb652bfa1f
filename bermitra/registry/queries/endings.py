"""What of a partner ends soon: documents, and the verdict itself. Told once: what has its duty is not told again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from bermitra.foundation.commands.act import about_of
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.norms.catalogue import catalogue
from bermitra.foundation.norms.queries import standing
from bermitra.registry.models import Partner, PartnerDocument, VerdictRecord
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.queries.verifications import documents_of, may_start_verification


@dataclass(frozen=True)
class Endings:
    """``verdict_until`` is the last day on which the verdict serves; None where it does not end soon."""

    documents: tuple[PartnerDocument, ...]
    verdict_until: date | None


def endings_of(partner: Partner, today: date) -> Endings:
    """What ends within the days of the regency that registered the partner, and has no duty yet."""
    days: int = standing(partner.registered_in_id).numbers["document_reminder_days"]
    last = today + timedelta(days=days)
    held = [each for each in documents_of(partner).values() if each.expires_on and today <= each.expires_on <= last]
    told = set(Duty.objects.filter(OPEN, about__in=[about_of(each) for each in held]).values_list("about", flat=True))
    stands = standing_of(partner, today)
    until = stands.stale_on - timedelta(days=1) if stands.fresh and stands.stale_on else None
    asked = Duty.objects.filter(OPEN, about=about_of(partner), door="registry.start_verification")
    ends = until is not None and until <= last and may_start_verification(partner) and not asked.exists()
    return Endings(tuple(each for each in held if about_of(each) not in told), until if ends else None)


def partners_to_remind(today: date) -> list[Partner]:
    """Partners of whom something may end soon; what exactly, and whether it was told, each one's regency says."""
    soon = today + timedelta(days=catalogue()["document_reminder_days"].range[1])  # the longest any regency may choose
    ending = PartnerDocument.objects.filter(expires_on__gte=today, expires_on__lte=soon, withdrawn_at=None)
    stale = VerdictRecord.objects.filter(stale_on__gt=today, stale_on__lte=soon + timedelta(days=1))
    wanted = Q(pk__in=ending.values("partner")) | Q(pk__in=stale.values("partner"))
    found = Partner.objects.filter(wanted, merged_into=None).order_by("pk")
    return [each for each in found if endings_of(each, today) != Endings((), None)]
