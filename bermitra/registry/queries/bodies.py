"""Several entries of one body: which stands for it, and what belongs to it. Rows keep the entry they were made with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from bermitra.registry.models import Owner, Partner, PartnerMerge, Verification
from bermitra.registry.rules import UNDER_WAY, MergeFacts


def kept(partner: Partner) -> Partner:
    """The entry that stands for this body: itself, or the one it was merged into."""
    return partner.merged_into or partner


def with_merged(partner: Partner) -> list[int]:
    """Keys of every entry of this body, the one that stands for it first."""
    return [each.pk for each in entries_of([partner])[partner.pk]]


def entries_of(partners: Iterable[Partner]) -> dict[int, list[Partner]]:
    """By the key of each given entry, all entries of its body, the one that stands for it first.

    No statement where none of them was merged, else one.
    """
    partners = list(partners)
    several = {each.kept_id for each in partners if each.merged_into_id or each.merged_entries}
    rows: dict[int, list[Partner]] = {root: [] for root in several}
    if several:
        for each in Partner.objects.filter(of_body(*several, entry="pk")).order_by("pk"):
            rows[each.kept_id].append(each)
        for entries in rows.values():
            entries.sort(key=lambda each: each.merged_into_id is not None)
    return {each.pk: rows.get(each.kept_id, [each]) for each in partners}


def bodies_of(partners: Iterable[Partner]) -> dict[int, list[Partner]]:
    """By the entry that stands for each body, all its entries, that one first; each body once."""
    partners = list(partners)
    entries = entries_of(partners)
    return {each.kept_id: entries[each.pk] for each in partners}


def of_body(*roots: int, entry: str = "partner") -> Q:
    """What belongs to these bodies, given by the entry that stands for each; ``entry`` names the column of the partner.

    The entries are found first, by their two indexes; a join with "or" would read the whole table that is asked.
    """
    return Q(**{f"{entry}__in": Partner.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots)).values("pk")})


def merges_in_force(partner: Partner) -> QuerySet[PartnerMerge]:
    """The merges that made this body what it is, the newest first."""
    found = PartnerMerge.objects.filter(of_body(partner.kept_id, entry="merged"), split=None)
    return found.select_related("kept", "merged").order_by("-merged_at", "-pk")


def roots_after(merges: Sequence[tuple[int, int]]) -> dict[int, int]:
    """By merged entry, the one it leads to in the end; ``merges`` are (merged, kept) in the order they were made."""
    leads = dict(merges)

    def end(key: int) -> int:
        while key in leads:
            key = leads[key]
        return key

    return {key: end(key) for key in leads}


def merge_facts(one: Partner, other: Partner) -> MergeFacts:
    """For RG-32 and RG-33."""
    both = {*with_merged(one), *with_merged(other)}
    return MergeFacts(
        same_entry=one.kept_id == other.kept_id,
        merged_before=one.merged_into_id is not None or other.merged_into_id is not None,
        same_kind=one.kind == other.kind,
        same_regency=one.registered_in_id[:5] == other.registered_in_id[:5],
        files_under_way=Verification.objects.filter(partner__in=both, state__in=UNDER_WAY).count(),
    )


def owners_of(partner: Partner) -> list[Owner]:
    return owners_of_bodies([partner.kept_id])[partner.kept_id]


def owners_of_bodies(roots: Collection[int], stood: datetime | None = None) -> dict[int, list[Owner]]:
    """By the entry that stands for each body, those of its newest declaration; where there is none, those that were
    declared one by one. One statement. ``stood``: as it was declared at that moment.
    """
    by_then = Q(declared_at__lte=stood) if stood else Q()
    found: dict[int, list[Owner]] = {root: [] for root in roots}
    for each in Owner.objects.filter(of_body(*roots), by_then).select_related("partner").order_by("pk"):
        found[each.partner.kept_id].append(each)
    return {root: _newest(owners) for root, owners in found.items()}


def _newest(owners: list[Owner]) -> list[Owner]:
    declared = [(each.declared_at, each.declaration_id) for each in owners if each.declaration_id is not None]
    newest = max(declared)[1] if declared else None
    return [each for each in owners if each.declaration_id == newest]
