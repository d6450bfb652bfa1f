"""Which partners are registered already under a name like this one. Names stand in memory, read again after a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum

from bermitra.foundation.names import NameIndex
from bermitra.foundation.norms.catalogue import catalogue
from bermitra.registry.models import Partner, PartnerChange

SAME = 100  # percent, where the number in a register is the same
SHOWN = 5


@dataclass(frozen=True)
class Near:
    """A registered partner with a name like the one that was typed; ``alike`` in percent."""

    partner: Partner
    alike: int


class _Held:
    """The names of all partners, former ones too, by the key of the entry that stands for the body."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.marks: tuple[Any, ...] = ()
        self.index: NameIndex[int] = NameIndex(())

    def names(self) -> NameIndex[int]:
        """As they stand now: one statement where nothing has changed, three where something has."""
        marks = _marks()
        with self.lock:
            if marks != self.marks:
                self.index, self.marks = NameIndex(_all_names()), marks
            return self.index


_held = _Held()


def _marks() -> tuple[Any, ...]:
    """Differs after every registration, change of name and merge: codes are random and revisions only grow."""
    marks = Partner.objects.aggregate(n=Count("pk"), r=Sum("revision"), first=Min("code"), last=Max("code"))
    return tuple(marks.values())


def _all_names() -> Iterable[tuple[int, str]]:
    for key, root, name in Partner.objects.values_list("pk", "merged_into", "name"):
        yield root or key, name
    former = PartnerChange.objects.exclude(former_name="")
    for key, root, name in former.values_list("partner", "partner__merged_into", "former_name"):
        yield root or key, name


def names() -> NameIndex[int]:
    """The names of all partners, for whoever compares many."""
    return _held.names()


def threshold() -> int:
    """From how many percent on a name is looked at twice; one for the whole instance."""
    return int(catalogue()["duplicate_similarity_percent"].default)


def near(name: str, *, business_number: str = "", tax_number: str = "", at_least: int, most: int = SHOWN) -> list[Near]:
    """The partners with the likest names, and those with the same NIB or NPWP; the likest first."""
    found = dict(names().like(name, at_least, most)) if name else {}
    for key in _same_numbers(business_number, tax_number):
        found[key] = SAME
    return _read(found)[:most]


def while_typing(part: str, *, at_least: int, most: int = SHOWN) -> list[Near]:
    """Likest names first, then names that hold what was typed so far."""
    index = names()
    return _read(dict(index.holding(part, most)) | dict(index.like(part, at_least, most)))[:most]


def best_likeness(name: str, *, business_number: str = "", tax_number: str = "") -> int:
    """How like the likest registered name is, for RG-16."""
    if _same_numbers(business_number, tax_number):
        return SAME
    best = names().like(name, 1, 1)
    return best[0][1] if best else 0


def _same_numbers(business_number: str, tax_number: str) -> list[int]:
    wanted = Q(business_number=business_number) if business_number else Q(pk__in=())
    if tax_number:
        wanted |= Q(tax_number=tax_number)
    if not (business_number or tax_number):
        return []
    return [root or key for key, root in Partner.objects.filter(wanted).values_list("pk", "merged_into")[:SHOWN]]


def _read(found: dict[int, int]) -> list[Near]:
    partners = Partner.objects.filter(pk__in=found).select_related("seat") if found else ()
    return sorted((Near(each, found[each.pk]) for each in partners), key=lambda each: (-each.alike, each.partner.name))
