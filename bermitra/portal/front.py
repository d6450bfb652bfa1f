"""What stands on the home page: open calls, what was newly signed, and figures that lead to their lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext

from bermitra.agreements.models import Agreement
from bermitra.agreements.queries import public_agreements
from bermitra.foundation.regions.models import RegisterLoad
from bermitra.partnership.models import Case
from bermitra.portal import calls
from bermitra.portal.lists import Counted, bounded
from bermitra.registry.models import Partner
from bermitra.selection.models import Call

FEW = 3


class CountOf(Subquery):
    """How many rows a query has, as a column."""

    output_field = IntegerField()  # type: ignore[assignment]  # a plain attribute, as Django's own expressions have it
    template = '(SELECT COUNT(*) FROM (%(subquery)s) AS "counted")'


@dataclass(frozen=True)
class Figure:
    number: Counted
    what: str
    url: str


@dataclass(frozen=True)
class Numbers:
    """The register as it was loaded last, and how much goes on in it."""

    load: RegisterLoad
    figures: list[Figure]

    @property
    def counts(self) -> dict[str, int]:
        counts: dict[str, int] = self.load.counts.get("in_force", {})
        return counts


def open_calls() -> list[Call]:
    """The calls that end first."""
    return list(calls.found(calls.OPEN)[:FEW])


def newly_signed() -> list[Agreement]:
    signed = public_agreements().select_related(None).select_related("case__village", "partner")
    shown = ("title", "in_force_at", "example", "case__code", "case__village__name", "partner__name")
    return list(signed.only(*shown)[:FEW])


def numbers() -> Numbers | None:
    """One statement, whose cost does not grow: each figure is counted up to a bound. Nothing before a register was loaded."""
    loads: QuerySet[Any] = RegisterLoad.objects.filter(kind=RegisterLoad.Kind.REGIONS).order_by("-pk")
    load = loads.annotate(
        running=CountOf(bounded(Case.objects.filter(state="running"))),
        calls=CountOf(bounded(Call.objects.filter(state="open"))),
        partners=CountOf(bounded(Partner.objects.all())),
    ).first()
    if load is None:
        return None
    return Numbers(
        load,
        [
            Figure(
                Counted(load.running),
                gettext("kemitraan berjalan"),
                f"{reverse('page.partnerships')}?tahap=pelaksanaan",
            ),
            Figure(Counted(load.calls), gettext("penawaran terbuka"), reverse("page.calls")),
            Figure(Counted(load.partners), gettext("mitra terdaftar"), reverse("page.partners")),
        ],
    )
