"""A party is put on the sanction register and taken off it."""

from __future__ import annotations

from datetime import date

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import legal_name_key
from bermitra.registry.models import (
    Listing,
    ListingLift,
    Partner,
)


@command("registry.list_party", on="region")
def list_party(
    act: Act,
    *,
    region: Region,
    name: str,
    source: str,
    basis: str,
    since: date,
    until: date | None = None,
    partner: Partner | None = None,
) -> Listing:
    """Put a body on the sanction register, by name; ``partner`` where it is known which registered one it is."""
    listing = Listing.objects.create(
        name=name,
        legal_name_key=legal_name_key(name),
        partner=partner,
        region=region,
        source=source,
        basis=basis,
        since=since,
        until=until,
        listed_at=act.now,
        listed_by=act.by.code,
    )
    act.log("party.listed", listing, partner=partner.code if partner else "", since=since.isoformat())
    return listing


@command("registry.lift_listing", on="listing")
def lift_listing(act: Act, *, listing: Listing, reason: str) -> ListingLift:
    """Take a body off the register; the line stays, with why and when it ended."""
    if ListingLift.objects.filter(listing=listing).exists():
        raise NoSuchMove("listing", "lifted", act.door)
    lift = ListingLift.objects.create(listing=listing, reason=reason, lifted_at=act.now, lifted_by=act.by.code)
    act.log("listing.lifted", listing)
    return lift
