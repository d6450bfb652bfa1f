"""Reading the sanction register."""

from __future__ import annotations

from django.db.models import QuerySet

from bermitra.foundation.accounts.models import Person
from bermitra.registry.models import (
    Listing,
)
from bermitra.registry.queries.verifications import LOOKING_AT_FILES


def listings_visible_to(person: Person) -> QuerySet[Listing]:
    """The register is one for the whole instance, and open to the offices that look after parties."""
    found = Listing.objects.select_related("region", "partner", "lift").order_by("-listed_at", "-pk")
    return found if any(office.role in LOOKING_AT_FILES for office in person.offices) else found.none()
