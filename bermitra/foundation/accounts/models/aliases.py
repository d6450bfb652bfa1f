"""Codes of parties that lead to another: two entries of one body, whose people act for it under either code."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery


class PartyAlias(models.Model):
    """``code`` leads to ``leads_to``, which leads nowhere itself. Written by whoever merges and splits parties."""

    code = models.CharField(max_length=10, unique=True)
    leads_to = models.CharField(max_length=10, db_index=True)

    def __str__(self) -> str:
        return f"{self.code} > {self.leads_to}"


def marked_with_aliases(offices: QuerySet[Any]) -> QuerySet[Any]:
    """Offices that know whether their party has other codes, at no statement of its own."""
    here = PartyAlias.objects.filter(code=OuterRef("party"))
    return offices.annotate(
        leads_to=Subquery(here.values("leads_to")[:1]),
        led_to=Exists(PartyAlias.objects.filter(leads_to=OuterRef("party"))),
    )


def under_every_code(offices: Iterable[Any]) -> list[Any]:
    """Each office once for every code of its party, the code that all lead to first."""
    offices = list(offices)
    roots = {each.party: each.leads_to or each.party for each in offices if each.party}
    merged = {roots[each.party] for each in offices if each.party and (each.leads_to or each.led_to)}
    codes: dict[str, list[str]] = {root: [root] for root in roots.values()}
    if merged:
        for code, root in (
            PartyAlias.objects.filter(Q(leads_to__in=merged)).order_by("pk").values_list("code", "leads_to")
        ):
            codes[root].append(code)
    return [held for each in offices for held in (_under(each, codes[roots[each.party]]) if each.party else [each])]


def _under(office: Any, codes: list[str]) -> list[Any]:
    found = []
    for code in codes:
        held = office if code == office.party else copy(office)
        held.party = code
        found.append(held)
    return found
