"""Parties are put on the sanction register, one by one or from a table, and taken off it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _, legal_name_key
from bermitra.registry.models import Listing, ListingLift, Partner
from bermitra.registry.queries.matches import partners_like
from bermitra.registry.queries.verifications import current_verification
from bermitra.registry.rules import MATCHED_IN


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
    row = ListedRow(name, source, basis, since, until)
    listing = _listing(act, region, row, partner)
    listing.save()
    act.log("party.listed", listing, partner=partner.code if partner else "", since=since.isoformat())
    _look_for(act, [listing])
    return listing


@dataclass(frozen=True)
class ListedRow:
    """A line of a table of listed parties."""

    name: str
    source: str
    basis: str
    since: date
    until: date | None = None


@command("registry.import_listings", on="region")
def import_listings(act: Act, *, region: Region, rows: Sequence[ListedRow]) -> int:
    """Put all parties of a table on the register, or none; says how many. Those that stand there already are passed over."""
    known = set(Listing.objects.filter(lift=None).values_list("legal_name_key", "source", "basis", "since"))
    found = {(legal_name_key(row.name), row.source, row.basis, row.since): row for row in rows}
    new = [_listing(act, region, row, None) for key, row in found.items() if key not in known]
    Listing.objects.bulk_create(new)
    act.log("parties.imported", region, region=region.code, parties=len(new), rows=len(rows))
    _look_for(act, list(Listing.objects.filter(code__in=[each.code for each in new])))
    return len(new)


def _listing(act: Act, region: Region, row: ListedRow, partner: Partner | None) -> Listing:
    return Listing(
        name=row.name,
        legal_name_key=legal_name_key(row.name),
        partner=partner,
        region=region,
        source=row.source,
        basis=row.basis,
        since=row.since,
        until=row.until,
        listed_at=act.now,
        listed_by=act.by.code,
    )


def _look_for(act: Act, listings: list[Listing]) -> None:
    """Whoever looks after a partner that could be meant is told at once, and looks whether it is.

    The regency is told, and whoever took the partner's last file has a duty.
    """
    in_force = [each for each in listings if each.until is None or each.until >= clock.today()]
    by_name = partners_like({each.pk: each.name for each in in_force})
    keys = {key for keys in by_name.values() for key in keys} | {
        each.partner_id for each in in_force if each.partner_id
    }
    partners = Partner.objects.in_bulk(keys)
    for key in sorted(partners):
        _tell_of_match(act, partners[key])


def _tell_of_match(act: Act, partner: Partner) -> None:
    file = current_verification(partner)
    regency = partner.registered_in_id[:5]
    if file is not None and file.state in MATCHED_IN and file.reviewer:
        open_duty(
            act,
            door="registry.review_match",
            about=about_of(file),
            code=file.code,
            says=_("Tinjau nama {partner} pada daftar sanksi."),
            region=regency,
            person=file.reviewer,
            partner=partner.name,
        )
    tell(
        act,
        says=_("Nama {partner} mirip nama baru pada daftar sanksi. Tinjau sebelum melangkah."),
        params={"partner": partner.name},
        about=about_of(partner),
        url_name="page.partner_file",
        code=partner.code,
        role=roles.DPMD_OFFICER.key,
        region=regency,
    )


@command("registry.lift_listing", on="listing")
def lift_listing(act: Act, *, listing: Listing, reason: str) -> ListingLift:
    """Take a body off the register; the line stays, with why and when it ended."""
    if ListingLift.objects.filter(listing=listing).exists():
        raise NoSuchMove("listing", "lifted", act.door)
    lift = ListingLift.objects.create(listing=listing, reason=reason, lifted_at=act.now, lifted_by=act.by.code)
    act.log("listing.lifted", listing)
    return lift
