"""A side's computed list as it stands: what it ranked itself, the rest by score, what it struck out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bermitra.matching.models import RoundOffer, RoundVillage
from bermitra.matching.rounds.choices import in_order


@dataclass(frozen=True)
class Option:
    """One entry. ``code`` is what an order names, ``title`` an offer's title or a village's name, ``who`` the partner or the
    district; ``a``, ``b`` and ``h`` in millionths; ``own`` its place in the side's own order, from 1, or nothing."""

    code: str
    title: str
    who: str
    a: int
    b: int
    h: int
    own: int | None
    struck: bool


def options(side: RoundVillage | RoundOffer, *, chosen: bool = True) -> list[Option]:
    """In the order in which it will be read, what was struck out last; unless ``chosen`` as it was computed, without
    anything that the side chose. One statement."""
    scores = {each["code"]: each for each in side.acceptable}
    names = _offers(side, scores) if isinstance(side, RoundVillage) else _villages(side, scores)
    ranked, struck = (side.order, side.struck) if chosen else ([], [])
    order = in_order(list(scores), ranked, struck)
    return [
        Option(
            code, *names[code], scores[code]["a"], scores[code]["b"], scores[code]["h"],
            own=ranked.index(code) + 1 if code in ranked else None, struck=code in struck,
        )
        for code in (*order, *(each for each in struck if each in scores))
        if code in names
    ]  # fmt: skip


def records(side: RoundVillage | RoundOffer, codes: Iterable[str]) -> dict[str, str]:
    """By the codes of a list's entries the codes under which an offer or a village is known elsewhere. One statement."""
    if isinstance(side, RoundVillage):
        offers = RoundOffer.objects.filter(round=side.round_id, code__in=list(codes))
        return dict(offers.values_list("code", "offer__code"))
    villages = RoundVillage.objects.filter(round=side.round_id, code__in=list(codes))
    return dict(villages.values_list("code", "village_id"))


def _offers(side: RoundVillage, codes: dict[str, dict[str, int]]) -> dict[str, tuple[str, str]]:
    found = RoundOffer.objects.filter(round=side.round_id, code__in=codes).select_related("offer__partner")
    return {each.code: (each.offer.title, each.offer.partner.name) for each in found}


def _villages(side: RoundOffer, codes: dict[str, dict[str, int]]) -> dict[str, tuple[str, str]]:
    found = RoundVillage.objects.filter(round=side.round_id, code__in=codes).select_related("village__parent")
    return {each.code: (each.village.name, each.village.parent.name if each.village.parent else "") for each in found}
