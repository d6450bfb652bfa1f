"""How a partner stands on a day: its newest verdict, and the listings that bear its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bermitra.foundation.commands import clock
from bermitra.registry.due_diligence.book import Effect, book
from bermitra.registry.models import (
    Listing,
    MatchReview,
    Partner,
    VerdictRecord,
)
from bermitra.registry.rules import PASSES


@dataclass(frozen=True)
class PartnerStanding:
    """How a partner stands on a day. These are the facts of RG-05 and RG-13: hand it to either rule as it is.

    ``verdict`` is empty where there is none, or where the last one was reopened. ``open_matches`` are names on the
    sanction register that nobody has looked at yet, ``confirmed_matches`` those that are this partner.
    """

    verdict: str
    concluded_on: date | None
    stale_on: date | None
    day: date
    blocking_flags: tuple[str, ...]
    open_matches: int
    confirmed_matches: int

    @property
    def fresh(self) -> bool:
        """A verdict that lets pass and still serves on this day."""
        return self.verdict in PASSES and self.stale_on is not None and self.day < self.stale_on

    @property
    def listed(self) -> bool:
        return bool(self.open_matches or self.confirmed_matches)

    @property
    def days_since_verdict(self) -> int:
        return (self.day - self.concluded_on).days if self.concluded_on else 0

    @property
    def verification_valid_days(self) -> int:
        """How many days this verdict serves, by its kind of partner, the regency's norm and its documents."""
        return (self.stale_on - self.concluded_on).days - 1 if self.stale_on and self.concluded_on else 0


def standing_of(partner: Partner, today: date | None = None) -> PartnerStanding:
    return standings_of([partner], today)[partner.pk]


def standings_of(partners: Iterable[Partner], today: date | None = None) -> dict[int, PartnerStanding]:
    """The standing of each partner by its key; three statements for any number of them."""
    day, partners = today or clock.today(), list(partners)
    newest: dict[int, VerdictRecord] = {}
    records = VerdictRecord.objects.filter(partner__in=partners, concluded_on__lte=day).select_related("verification")
    for record in records.order_by("concluded_at", "pk"):
        newest[record.partner_id] = record
    matched = matches_of(partners, day)
    return {each.pk: _standing(newest.get(each.pk), matched[each.pk], day) for each in partners}


def _standing(record: VerdictRecord | None, matches: tuple[Match, ...], day: date) -> PartnerStanding:
    holds = record is not None and record.verification.state == record.verdict
    return PartnerStanding(
        verdict=record.verdict if record and holds else "",
        concluded_on=record.concluded_on if record else None,
        stale_on=record.stale_on if record else None,
        day=day,
        blocking_flags=tuple(each for each in record.flags if _blocks(each)) if record and holds else (),
        open_matches=sum(each.same is None for each in matches),
        confirmed_matches=sum(each.same is True for each in matches),
    )


def _blocks(flag: str) -> bool:
    return flag in book().flags and book().flags[flag].effect is Effect.BLOCK


@dataclass(frozen=True)
class Match:
    """A listing whose name could be this partner. ``same``: None until somebody looked."""

    listing: Listing
    same: bool | None


def matches_of(partners: Iterable[Partner], day: date) -> dict[int, tuple[Match, ...]]:
    """Listings in force on ``day`` that name each partner or bear its name; reviewed non-matches stay in it."""
    partners = list(partners)
    found = list(
        Listing.objects.filter(
            Q(until=None) | Q(until__gte=day),
            Q(partner__in=partners) | Q(legal_name_key__in={each.legal_name_key for each in partners}),
            since__lte=day,
            lift=None,
        ).order_by("pk")
    )
    said = {
        (review.partner_id, review.listing_id): review.same
        for review in MatchReview.objects.filter(partner__in=partners, listing__in=found).order_by("pk")
    }
    return {
        partner.pk: tuple(
            Match(each, True if each.partner_id == partner.pk else said.get((partner.pk, each.pk)))
            for each in found
            if each.partner_id == partner.pk
            or (each.partner_id is None and each.legal_name_key == partner.legal_name_key)
        )
        for partner in partners
    }
