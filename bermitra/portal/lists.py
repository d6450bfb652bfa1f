"""What all public lists share: filters that live in the address, a bounded count, the page that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bermitra.foundation.codes import parse_code
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput

LIST = 20  # rows that a cheap phone shows at once
CODE = 10  # letters of a public code
MOST_COUNTED = 1_000  # so that a count costs the same in a regency and in the country


@dataclass(frozen=True)
class Counted:
    """How many there are, as far as they were counted."""

    number: int

    @property
    def all(self) -> bool:
        return self.number <= MOST_COUNTED

    @property
    def figure(self) -> str:
        return number_format(self.number, force_grouping=True) if self.all else _("> 1.000")

    def words(self, thing: str) -> str:
        """``12 kemitraan``, ``Lebih dari 1.000 kemitraan``, ``Belum ada kemitraan``."""
        if not self.number:
            return _("Belum ada %(thing)s") % {"thing": thing}
        if not self.all:
            return _("Lebih dari 1.000 %(thing)s") % {"thing": thing}
        return f"{self.figure} {thing}"


def bounded(found: QuerySet[Any]) -> QuerySet[Any]:
    """As much of a query as is counted."""
    return found.order_by().values("pk")[: MOST_COUNTED + 1]


def counted(found: QuerySet[Any]) -> Counted:
    return Counted(bounded(found).count())


def address(chosen: dict[str, str], **more: str) -> str:
    """``?di=33.04&tahap=pelaksanaan``; nothing where nothing was chosen."""
    asked = {name: value for name, value in {**chosen, **more}.items() if value}
    return f"?{urlencode(asked)}" if asked else ""


def without(base: str, chosen: dict[str, str], name: str) -> str:
    """The same list without one of its filters."""
    return base + address({key: value for key, value in chosen.items() if key != name})


def within(place: Region, field: str) -> Q:
    """Records in an area of any level: a range of codes, which an index answers."""
    if place.level == 4:
        return Q(**{f"{field}_id": place.code})
    return Q(**{f"{field}_id__gt": f"{place.code}.", f"{field}_id__lt": f"{place.code}/"})


def lying(village: str) -> tuple[str, ...]:
    """The columns that say what a village is and where it lies, for ``.only``: of it, and of the three areas above it, which
    are read along. A list shows no others, and fifty rows of all columns take twice as long."""
    areas = [f"{village}{'__parent' * above}" for above in range(4)]
    return tuple(f"{area}__{column}" for area in areas for column in ("name", "kind", "level", "parent"))


def code_of(text: str) -> str:
    """A public code of ten letters as people type it; empty for what is none."""
    try:
        return parse_code(text, CODE)
    except BadInput:
        return ""
