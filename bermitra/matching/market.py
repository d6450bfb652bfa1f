"""What villages need and partners offer, from its rows into the rows of the engine: the one place where words become numbers.

A need weighs its severity times 20; a sector's need is its gravest one, as needs do not add up. What is not verified weighs
``unverified_weight_percent`` of it, rounded down. A village asks from its smallest need to all of them together; needs whose
cost nobody has named stay out of that, and a village that has named none is asked for no amount: its gate of budgets is open, and
so is that of an offer without a budget. An offer seeks interests; the best published potential that serves one counts for it.
A village's goals are those that it has set, and where it has set none those of its needs. Examples meet examples only: where one
counted need of a regency is no example, nothing that was written for practice is read.

Nobody's name goes in: codes, whole numbers, and the records that each number comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, When

from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region, VillageIndex
from bermitra.foundation.rules import Standing, examine, unmet
from bermitra.matching.engine.features import (
    MOST,
    POTENTIALS,
    SECTORS,
    TIERS,
    BadInput,
    Market,
    OfferRow,
    Problem,
    VillageRow,
    encode,
)
from bermitra.needs.catalogue import interests, kinds, risks, sectors
from bermitra.needs.models import Need, Offer, OfferAbility, Potential, VillageAims
from bermitra.needs.offers.queries import open_offers
from bermitra.needs.offers.queries import reaching as reach_to
from bermitra.registry.models import Partner
from bermitra.registry.queries.bodies import kept
from bermitra.registry.queries.standing import standings_of
from bermitra.registry.rules import verdict_fresh

COUNTED = ("priority", "offered")  # states of needs that a Musyawarah put first
STEP = 20  # of severity: 1 to 5 becomes 20 to 100
NO_AMOUNT = (0, MOST)
TIER_OF = {name.casefold(): place for place, name in enumerate(TIERS)}
# An offer that reaches no regency of ours still needs one to stand in, where a single pair is asked for.
ELSEWHERE = "99.99"


class Source(NamedTuple):
    """Where a number comes from: the record, what it is called, what it says before any discount, and who stands for it."""

    code: str
    title: str
    said: int
    verified: bool


@dataclass(frozen=True)
class Village:
    """A village with a need that counts. ``needs`` by position of the sector, ``potentials`` by position of the interest;
    ``unnamed``: how many of its needs have no amount."""

    row: VillageRow
    name: str
    district: str
    needs: Mapping[int, Source]
    potentials: Mapping[int, Source]
    unnamed: int = 0

    @property
    def names_amounts(self) -> bool:
        return self.row.ask != NO_AMOUNT


@dataclass(frozen=True)
class Offered:
    """An offer; ``abilities`` by position of the sector."""

    row: OfferRow
    pk: int
    title: str
    partner: str
    example: bool
    abilities: Mapping[int, Source]


@dataclass(frozen=True)
class Rows:
    """Who may meet in a regency. ``without_need``: villages of which no need counts yet, by code, with their names;
    ``left_out``: what keeps offers away that cannot be computed."""

    regency: str
    villages: Mapping[str, Village]
    offers: Mapping[str, Offered]
    without_need: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[Problem, ...] = ()

    def market(self) -> Market:
        """Raises :class:`features.BadInput` with everything that is wrong."""
        return encode([each.row for each in self.villages.values()], [each.row for each in self.offers.values()])


# What is read ---------------------------------------------------------------------------------------------------------


def of_regency(regency: str, day: date | None = None, percent: int | None = None) -> Rows:
    """All villages of a regency or city and every published offer that reaches it on ``day``. Ten statements.

    ``percent`` is what unverified figures weigh, where it was settled before; else the norm of the day. An offer that cannot
    be computed is left out, and said: one partner's mistake must not keep all others from their lists.
    """
    norms = standing(regency, day)
    inside = Region.objects.filter(pk__gt=f"{regency}.", pk__lt=f"{regency}/", level=4, active=True)
    places = with_aims(inside.exclude(kind=Region.Kind.KELURAHAN)).order_by("pk")
    offers = list(reaching(regency, day, norms).order_by("code"))
    return _computable(_rows(regency, list(places), offers, percent or norms.numbers["unverified_weight_percent"]))


def of_pair(village: Region, offer: Offer, percent: int) -> Rows:
    """One village and one offer, whatever the state of the offer and wherever it reaches. Three statements.

    The village is read through :func:`with_aims`, the offer through :func:`with_reach` of the village's regency.
    """
    return _rows(village.pk[:5], [village], [offer], percent, offer.example)


def reaching(regency: str, day: date | None = None, norms: Standing | None = None) -> QuerySet[Offer]:
    """Published offers that are still good on ``day``, have a place left, reach the regency, and whose partners still pass.

    Examples stand only where every counted need is one, and there nothing else does. Asked at once: how the partners stand,
    in four statements, and ``norms`` of the regency where they were not read before.
    """
    found = with_reach(open_offers(day), regency).filter(reaches=True, places__gt=F("held"))
    counted = Need.objects.filter(_inside(regency), state__in=COUNTED)
    real, practice = Exists(counted.filter(example=False)), Exists(counted.filter(example=True))
    found = found.filter(Q(example=False) | ~real, Q(example=True) | real | ~practice)
    return found.exclude(partner__in=_fallen(found, day, norms or standing(regency, day)))


def _fallen(offers: QuerySet[Offer], day: date | None, norms: Standing) -> list[int]:
    """Keys of the partners of these offers whose due diligence no longer lets pass, or who were found on a list of sanctions."""
    partners = list(Partner.objects.filter(pk__in=offers.order_by().values("partner")))
    stands = standings_of(partners, day)
    return [
        each.pk
        for each in partners
        if stands[each.pk].confirmed_matches or unmet(examine((verdict_fresh,), stands[each.pk], norms))
    ]


def with_reach(offers: QuerySet[Offer], regency: str) -> QuerySet[Any]:
    """With ``reaches``: whether each is good for this regency."""
    here = reach_to(Region(code=regency, level=2))
    return offers.annotate(reaches=ExpressionWrapper(here, output_field=BooleanField())).select_related(
        "partner__merged_into"
    )


def with_aims(places: QuerySet[Region]) -> QuerySet[Region]:
    """With the district, the aims, and ``status``: that of the newest published index."""
    index = VillageIndex.objects.filter(village=OuterRef("pk")).order_by("-year")
    said = Case(When(status_published="", then=F("status_by_threshold")), default=F("status_published"))
    newest = index.annotate(said=said).values("said")[:1]
    return places.select_related("parent", "aims").annotate(status=Subquery(newest))


def _rows(
    regency: str, places: Sequence[Any], offers: Sequence[Any], percent: int, practice: bool | None = None
) -> Rows:
    """``practice``: whether examples are read, or what is none; where it is not said, real needs go first."""
    codes = [each.pk for each in places]
    counted = list(Need.objects.filter(_among(codes, regency), state__in=COUNTED).order_by("pk"))
    if practice is None:
        practice = all(each.example for each in counted)
    needs = _by((each for each in counted if each.example == practice), "village_id")
    published = Potential.objects.filter(_among(codes, regency), state="published", example=practice)
    potentials = _by(published.order_by("pk"), "village_id")
    abilities = _by(OfferAbility.objects.filter(offer__in=offers).order_by("pk"), "offer_id")
    return Rows(
        regency,
        villages={
            each.pk: village(each, needs[each.pk], potentials.get(each.pk, ()), percent)
            for each in places
            if each.pk in needs
        },
        offers={
            each.code: offered(each, abilities.get(each.pk, ()), regency if each.reaches else ELSEWHERE, percent)
            for each in offers
        },
        without_need={each.pk: each.name for each in places if each.pk not in needs},
    )


def _among(codes: Sequence[str], regency: str) -> Q:
    """One village, or all of a regency as a range of codes: four hundred of them in a statement would be no list."""
    return Q(village__in=codes) if len(codes) == 1 else _inside(regency)


def _inside(regency: str) -> Q:
    return Q(village__gt=f"{regency}.", village__lt=f"{regency}/")


def _computable(rows: Rows) -> Rows:
    """Without the offers that cannot be encoded, and with what is wrong with each of them."""
    try:
        encode((), [each.row for each in rows.offers.values()])
    except BadInput as bad:
        wrong = {each.row for each in bad.problems}
        good = {code: each for code, each in rows.offers.items() if code not in wrong}
        return replace(rows, offers=good, left_out=bad.problems)
    return rows


def _by(rows: Iterable[Any], of: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for each in rows:
        found.setdefault(getattr(each, of), []).append(each)
    return found


# What it comes to: pure -------------------------------------------------------------------------------------------------


def village(place: Any, needs: Sequence[Need], potentials: Iterable[Potential], percent: int) -> Village:
    """One village (read through :func:`with_aims`) out of its rows; ``needs`` are those that count, at least one."""
    aims: VillageAims | None = getattr(place, "aims", None)
    sources, weights = _gravest(needs, percent)
    strong, strengths = _strongest(potentials, percent)
    goals = set(aims.goals) if aims is not None and aims.goals else {goal for need in needs for goal in need.goals}
    row = VillageRow(
        id=place.pk,
        regency=place.pk[:5],
        needs=weights,
        potentials=strengths,
        goals=frozenset(goals),
        vetoes=_risks(aims.vetoes if aims is not None else ()),
        ask=asked(needs),
        tier=TIER_OF.get((place.status or "").casefold()),
    )
    unnamed = sum(need.cost_low is None for need in needs)
    return Village(row, place.name, place.parent.name if place.parent else "", sources, strong, unnamed)


def offered(offer: Offer, abilities: Iterable[OfferAbility], area: str, percent: int) -> Offered:
    """One offer out of its rows, standing in ``area`` unless it is good everywhere."""
    sources: dict[int, Source] = {}
    levels = [0] * SECTORS
    for each in abilities:
        place = sectors()[each.sector].position
        verified = each.verified_at is not None
        levels[place] = weighed(each.level, verified, percent)
        sources[place] = Source(offer.code, each.what, each.level, verified)
    seeks = [0] * POTENTIALS
    for code in offer.seeks:
        seeks[interests()[code].position] = 100
    row = OfferRow(
        id=offer.code,
        abilities=levels,
        seeks=seeks,
        goals=frozenset(offer.goals),
        risks=_risks(offer.risks),
        budget=_interval(offer.budget_low, offer.budget_high),
        areas=() if offer.everywhere else (area,),
        everywhere=offer.everywhere,
        places=max((offer.places or 0) - offer.held, 1),
    )
    return Offered(row, offer.pk, offer.title, kept(offer.partner).name, offer.example, sources)


def weighed(value: int, verified: bool, percent: int) -> int:
    """What a figure counts for: all of it once somebody else has looked at it, ``percent`` of it before."""
    return value if verified else value * percent // 100


def asked(needs: Iterable[Need]) -> tuple[int, int]:
    """From the smallest need to all of them, in rupiah; :data:`NO_AMOUNT` where none has an amount."""
    named = [
        (each.cost_low, each.cost_high) for each in needs if each.cost_low is not None and each.cost_high is not None
    ]
    if not named:
        return NO_AMOUNT
    return min(low for low, _high in named), min(sum(high for _low, high in named), MOST)


def _gravest(needs: Iterable[Need], percent: int) -> tuple[dict[int, Source], list[int]]:
    sources: dict[int, Source] = {}
    weights = [0] * SECTORS
    for each in needs:
        place, verified = sectors()[each.sector].position, each.verified_at is not None
        weight = weighed(each.severity * STEP, verified, percent)
        if weight > weights[place]:
            weights[place] = weight
            sources[place] = Source(each.code, each.title, each.severity * STEP, verified)
    return sources, weights


def _strongest(potentials: Iterable[Potential], percent: int) -> tuple[dict[int, Source], list[int]]:
    """The best potential for each interest that kinds of potentials serve; one without a strength serves none."""
    sources: dict[int, Source] = {}
    strengths = [0] * POTENTIALS
    for each in potentials:
        verified = each.verified_at is not None
        strength = weighed(each.strength or 0, verified, percent)
        for interest in kinds()[each.kind].interests:
            place = interests()[interest].position
            if strength > strengths[place]:
                strengths[place] = strength
                sources[place] = Source(each.code, each.title, each.strength or 0, verified)
    return sources, strengths


def _interval(low: int | None, high: int | None) -> tuple[int, int]:
    return NO_AMOUNT if low is None or high is None else (low, high)


def _risks(codes: Collection[str]) -> frozenset[int]:
    return frozenset(risks()[code].position for code in codes)
