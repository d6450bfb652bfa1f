"""Which listed names could be which partners: by form, words in any order, near spelling, former names.

The names of the watch-list are kept folded in memory, per process, until the list has another newest line: one question
of a partner's name to 2,000 listings then costs less than a millisecond, and nothing where it was asked before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Max, Q

from bermitra.foundation.names import NameIndex, form_of
from bermitra.registry.models import Listing, MatchReview, Partner, PartnerChange
from bermitra.registry.queries import likeness
from bermitra.registry.queries.bodies import entries_of

Label = TypeVar("Label", bound=Hashable)
MOST = 50  # listings that one name is held against by a person


@dataclass(frozen=True)
class Match:
    """A listing whose name could be this partner. ``same``: None until somebody looked at these two names.

    ``likeness`` is in percent; ``same_form`` is false where one is a PT and the other a CV.
    """

    listing: Listing
    same: bool | None
    likeness: int = 100
    same_form: bool = True


class _ListedNames:
    """The names of the watch-list as they stood at ``version``, and by partner the lines that name it outright."""

    def __init__(self, version: Any, lines: Iterable[tuple[int, str, int | None]]):
        lines = list(lines)
        self.version = version
        self.index: NameIndex[int] = NameIndex((key, name) for key, name, _partner in lines)
        self.outright: dict[int, list[int]] = defaultdict(list)
        for key, _name, partner in lines:
            if partner is not None:
                self.outright[partner].append(key)

    def like(self, name: str) -> list[tuple[int, int]]:
        return self.index.like(name, at_least=likeness.threshold(), most=MOST)


_held = _ListedNames(None, ())


def _listed_names() -> _ListedNames:
    """One statement, and a second one after the list has grown."""
    global _held
    seen = Listing.objects.aggregate(newest=Max("pk"), at=Max("listed_at"), lines=Count("pk"))
    version = (seen["newest"], seen["at"], seen["lines"])
    if _held.version != version:
        _held = _ListedNames(version, Listing.objects.values_list("pk", "name", "partner"))
    return _held


def matches_of(
    partners: Iterable[Partner], day: date, entries: Mapping[int, list[Partner]] | None = None
) -> dict[int, tuple[Match, ...]]:
    """By the key of each partner: listings in force on ``day`` that name it, could be it by name, or were found to be it.

    A listing that names one partner outright is certain for that one alone: another of a like name is looked at.
    Reviewed non-matches stay in it, until the partner has another name. One statement where nothing is like any of them,
    two more where something is; another where a partner of them was renamed, or after the list has grown.
    """
    entries = entries_of(partners) if entries is None else entries
    partners = list({each.pk: each for body in entries.values() for each in body}.values())
    names, alike_by = _names_of(partners), dict[tuple[int, int], int]()
    listed = _listed_names()
    for partner in partners:
        for name in names[partner.pk]:
            for listing, alike in listed.like(name):
                alike_by[partner.pk, listing] = max(alike, alike_by.get((partner.pk, listing), 0))
    wanted = {listing for _partner, listing in alike_by}
    wanted.update(listing for partner in partners for listing in listed.outright.get(partner.pk, ()))
    said = _reviews(partners) if wanted else {}
    found = Listing.objects.filter(Q(until=None) | Q(until__gte=day), pk__in=wanted, since__lte=day, lift=None)
    in_force = list(found.order_by("pk")) if wanted else []
    of_each = {each.pk: tuple(_matches(each, in_force, alike_by, said)) for each in partners}
    return {key: _of_body([of_each[each.pk] for each in body]) for key, body in entries.items()}


def _of_body(of_entries: list[tuple[Match, ...]]) -> tuple[Match, ...]:
    """Of several entries of one body what weighs most for each listing: it is the body, nobody has looked, it is not."""
    weight = {False: 0, None: 1, True: 2}
    found: dict[int, Match] = {}
    for match in (each for matches in of_entries for each in matches):
        held = found.get(match.listing.pk)
        if held is None or weight[match.same] > weight[held.same]:
            found[match.listing.pk] = match
    return tuple(found.values())


def _names_of(partners: list[Partner]) -> dict[int, list[str]]:
    """The name each partner has, and those it had."""
    names = {each.pk: [each.name] for each in partners}
    renamed = [each.pk for each in partners if each.renamed_at is not None]
    if renamed:
        former = PartnerChange.objects.filter(partner__in=renamed).exclude(former_name="")
        for partner, name in former.values_list("partner", "former_name"):
            names[partner].append(name)
    return names


def _reviews(partners: list[Partner]) -> dict[tuple[int, int], bool]:
    """What was said of a partner and a listing: the newest counts. A "not" is forgotten with the name it was said of."""
    renamed_at = {each.pk: each.renamed_at for each in partners}
    said: dict[tuple[int, int], bool] = {}
    for review in MatchReview.objects.filter(partner__in=partners).order_by("pk"):
        since = renamed_at[review.partner_id]
        if review.same or since is None or review.reviewed_at >= since:
            said[review.partner_id, review.listing_id] = review.same
    return said


def _matches(
    partner: Partner, listings: list[Listing], alike_by: dict[tuple[int, int], int], said: dict[tuple[int, int], bool]
) -> Iterable[Match]:
    form = form_of(partner.name)
    for each in listings:
        of_both = (partner.pk, each.pk)
        same = True if each.partner_id == partner.pk else said.get(of_both)
        if same or of_both in alike_by:
            yield Match(each, same, alike_by.get(of_both, 100), form_of(each.name) == form)


def partners_like(names: Mapping[Label, str]) -> dict[Label, list[int]]:
    """By the key given, the keys of the registered partners whose name, or former name, could be this one.

    For names that are put on the watch-list: however many, the partners' names are read once. Many take seconds: who asks
    before a transaction finds the answers remembered inside it.
    """
    registered = likeness.names()
    return {
        key: [partner for partner, _alike in registered.like(name, at_least=likeness.threshold(), most=MOST)]
        for key, name in names.items()
    }
