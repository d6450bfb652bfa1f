"""How a partner stands on a day: its newest verdict, the flags proven against it, the listings that could be it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bermitra.foundation.commands import clock
from bermitra.registry.due_diligence.book import Effect, book
from bermitra.registry.models import Partner, PartnerMerge, RiskFlag, VerdictRecord
from bermitra.registry.queries.bodies import entries_of
from bermitra.registry.queries.flags import proven_against
from bermitra.registry.queries.matches import Match, matches_of
from bermitra.registry.rules import PASSES, State


@dataclass(frozen=True)
class PartnerStanding:
    """How a partner stands on a day. These are the facts of RG-05 and RG-13: hand it to either rule as it is.

    ``verdict`` is empty where there is none, or where the last one was reopened; it is "blocked" from the moment on which
    a flag was proven, whatever was concluded before. ``open_matches`` are names on the sanction register that nobody has
    looked at yet, ``confirmed_matches`` those that are this partner.
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


def standing_of(
    partner: Partner,
    today: date | None = None,
    merges: Iterable[PartnerMerge] | None = None,
    *,
    ever_flagged: bool = True,
) -> PartnerStanding:
    """``merges``: those of this body that are in force, where they were read already. ``ever_flagged`` is false where it
    is known that nothing was ever proven against it."""
    entries = {partner.pk: [partner, *(each.merged for each in merges)]} if merges is not None else None
    return standings_of([partner], today, entries, ever_flagged=ever_flagged)[partner.pk]


def standings_of(
    partners: Iterable[Partner],
    today: date | None = None,
    entries: Mapping[int, list[Partner]] | None = None,
    *,
    ever_flagged: bool = True,
) -> dict[int, PartnerStanding]:
    """The standing of each partner by its key; few statements for any number of them. Of several entries of one body the
    newest verdict counts, and every flag and listing."""
    day, partners = today or clock.today(), list(partners)
    entries = entries_of(partners) if entries is None else entries
    roots = {entry.pk: entry.kept_id for body in entries.values() for entry in body}
    newest: dict[int, VerdictRecord] = {}
    records = VerdictRecord.objects.filter(partner__in=roots, concluded_on__lte=day).select_related("verification")
    for record in records.order_by("concluded_at", "pk"):
        newest[roots[record.partner_id]] = record
    matched, proven = matches_of(partners, day, entries), proven_against(partners if ever_flagged else (), day)
    return {
        each.pk: _standing(newest.get(each.kept_id), matched[each.pk], proven.get(each.pk, ()), day)
        for each in partners
    }


def _standing(
    record: VerdictRecord | None, matches: tuple[Match, ...], proven: tuple[RiskFlag, ...], day: date
) -> PartnerStanding:
    holds = record is not None and record.verification.state == record.verdict
    concluded = [each for each in record.flags if _blocks(each)] if record and holds else []
    return PartnerStanding(
        verdict=State.BLOCKED.value if proven else record.verdict if record and holds else "",
        concluded_on=record.concluded_on if record else None,
        stale_on=record.stale_on if record else None,
        day=day,
        blocking_flags=tuple(dict.fromkeys([*concluded, *(each.kind for each in proven)])),
        open_matches=sum(each.same is None for each in matches),
        confirmed_matches=sum(each.same is True for each in matches),
    )


def _blocks(flag: str) -> bool:
    return flag in book().flags and book().flags[flag].effect is Effect.BLOCK
