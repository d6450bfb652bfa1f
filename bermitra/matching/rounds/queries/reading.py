"""Reading rounds: who sees which, what a page lists, and who is told of what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.matching.models import Introduction, Round, RoundObjection, RoundOffer, RoundRun, RoundVillage
from bermitra.matching.rounds.lives import PUBLIC

OF_REGENCY = frozenset({"dpmd_officer", "regent_office", "auditor"})
OWN = ("acceptable", "order", "struck", "sources")  # long columns of a side
OF_VILLAGE = frozenset({"village_head", "village_secretary", "bpd_chair", "bpd_member", "village_coop_unit"})


# Who sees which ------------------------------------------------------------------------------------------------------


def rounds_visible_to(person: Person) -> QuerySet[Round]:
    """Those of one's own regency; drafts too, for its office prepares them."""
    wanted = Q(pk__in=())
    for office in person.offices:
        if office.region_id and office.role in OF_REGENCY:
            wanted |= Q(regency=office.region_id)
    return Round.objects.filter(wanted).select_related("regency", "follows")


def villages_visible_to(person: Person) -> QuerySet[RoundVillage]:
    """The own village in every round that was opened; in those of one's own regency all villages."""
    own, ours = Q(pk__in=()), Q(pk__in=())
    for office in person.offices:
        if office.region_id and office.role in OF_VILLAGE:
            own |= Q(village=office.region_id, round__state__in=PUBLIC)
        elif office.region_id and office.role in OF_REGENCY:
            ours |= Q(round__regency=office.region_id)
    return RoundVillage.objects.filter(own | ours).select_related("round__regency", "village")


def own_villages(person: Person) -> QuerySet[RoundVillage]:
    """The own village in the rounds that it reads; for whoever reads a whole regency none."""
    own = [each.region_id for each in person.offices if each.region_id and each.role in OF_VILLAGE]
    return villages_visible_to(person).filter(village__in=own)


def offers_visible_to(person: Person) -> QuerySet[RoundOffer]:
    """The own partner's offers in every round that was opened; in those of one's own regency all offers."""
    wanted = Q(pk__in=())
    for office in person.offices:
        if office.party:
            wanted |= Q(offer__partner__code=office.party, round__state__in=PUBLIC)
        elif office.region_id and office.role in OF_REGENCY:
            wanted |= Q(round__regency=office.region_id)
    return RoundOffer.objects.filter(wanted).select_related("round__regency", "offer__partner")


def of_own_side(person: Person, side: RoundVillage | RoundOffer) -> bool:
    """Whether this person belongs to the village or the partner itself: before the choices are locked nobody else reads
    what it ranked and struck out."""
    if isinstance(side, RoundVillage):
        return any(each.role in OF_VILLAGE and each.region_id == side.village_id for each in person.offices)
    return any(each.party == side.offer.partner.code for each in person.offices)


def introductions_visible_to(person: Person) -> QuerySet[Introduction]:
    """Of the own village, of the own partner, of the own regency."""
    return with_both(Introduction.objects.filter(_ours(person)))


def objections_visible_to(person: Person) -> QuerySet[RoundObjection]:
    """Of rounds of the own regency, and one's own side's."""
    found = RoundObjection.objects.filter(_ours(person))
    return found.select_related("round__regency", "village__village", "offer__offer__partner")


def _ours(person: Person) -> Q:
    """Which rows with a ``village``, an ``offer`` and a ``round`` are of this person's offices."""
    wanted = Q(pk__in=())
    for office in person.offices:
        if office.party:
            wanted |= Q(offer__offer__partner__code=office.party)
        elif office.region_id and office.role in OF_VILLAGE:
            wanted |= Q(village__village=office.region_id)
        elif office.region_id and office.role in OF_REGENCY:
            wanted |= Q(round__regency=office.region_id)
    return wanted


def public_rounds() -> QuerySet[Round]:
    """Every round that was opened, the newest first; also those that were voided."""
    return Round.objects.filter(state__in=PUBLIC).select_related("regency").order_by("-pk")


# One round -----------------------------------------------------------------------------------------------------------


def counts(of: Round) -> dict[str, int]:
    """For the steps of a page: ``villages``, ``eligible``, ``joined``, ``declined``, ``silent``, ``chosen`` of villages,
    and ``offers``, ``offers_joined``, ``offers_silent``, ``places``, ``reserve``, ``widest`` (most places of one offer).
    Two statements."""
    yes = Q(eligible=True)
    many = {
        "villages": Q(),
        "eligible": yes,
        "joined": Q(joined=True),
        "declined": Q(joined=False),
        "silent": yes & Q(joined=None),
        "chosen": Q(joined=True, chosen_at__isnull=False),
    }
    # A name of its own for each sum: an aggregate called as a column is would stand in that column's place.
    found: dict[str, Any] = of.villages.aggregate(
        **{f"n_{name}": Count("pk", filter=narrowed) for name, narrowed in many.items()}
    )
    offers = list(of.offers.values_list("joined", "places", "reserve"))
    seats = [(places, reserve) for joined, places, reserve in offers if joined is not False]
    return {
        **{name: found[f"n_{name}"] for name in many},
        "offers": len(offers),
        "offers_joined": sum(joined is True for joined, *_seats in offers),
        "offers_silent": sum(joined is None for joined, *_seats in offers),
        "places": sum(places for places, _reserve in seats),
        "reserve": sum(reserve for _places, reserve in seats),
        "widest": max((places for places, _reserve in seats), default=0),
    }


def village_rows(of: Round, *, show: str = "", words: str = "", after: str = "") -> QuerySet[RoundVillage]:
    """Villages of a round in the order of their codes, from behind the code ``after``. ``show`` narrows to one of
    ``layak``, ``belum-layak``, ``ikut``, ``belum`` (invited, no answer), ``belum-pilih``, ``tidak`` (declined) and ``diperkenalkan``,
    ``words`` to a name or code."""
    narrowed = {
        "layak": Q(eligible=True),
        "ikut": Q(joined=True),
        "belum": Q(eligible=True, joined=None),
        "tidak": Q(joined=False),
        "belum-layak": Q(eligible=False),
        "belum-pilih": Q(joined=True, chosen_at=None),
        "diperkenalkan": Q(outcome__kind="matched"),
    }
    found = of.villages.select_related("village__parent").defer(*OWN).order_by("village")
    if show in narrowed:
        found = found.filter(narrowed[show])
    if words:
        found = found.filter(Q(village__name__icontains=words) | Q(village__code__startswith=words))
    return found.filter(village__gt=after) if after else found


def offer_rows(of: Round, *, after: str = "") -> QuerySet[RoundOffer]:
    """Offers of a round in the order of their codes, from behind the code ``after``; without what only a side's own page
    reads."""
    found = of.offers.select_related("offer__partner").defer(*OWN).order_by("offer__code")
    return found.filter(offer__code__gt=after) if after else found


def introduction_rows(of: Round, *, after: str = "") -> QuerySet[Introduction]:
    """Introductions in the order of their villages' codes, from behind the one with the code ``after``."""
    found = with_both(of.introductions.all()).order_by("village__village", "pk")
    last = of.introductions.filter(code=after).values_list("village__village", "pk").first() if after else None
    if last is None:
        return found
    return found.filter(Q(village__village__gt=last[0]) | Q(village__village=last[0], pk__gt=last[1]))


def introduction_states(of: Round) -> list[tuple[str, int]]:
    """How many introductions stand in which state. One statement."""
    return list(of.introductions.order_by("state").values_list("state").annotate(n=Count("pk")))


def ends(
    of: Round, villages: Iterable[RoundVillage] = (), offers: Iterable[RoundOffer] = ()
) -> dict[str, list[tuple[str, str]]]:
    """By the code of each of these sides how its introductions stand: their states, and the words with them. One
    statement."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = of.introductions.filter(Q(village__in=list(villages)) | Q(offer__in=list(offers)))
    for village, offer, state, why in rows.values_list("village__code", "offer__code", "state", "why"):
        for code in (village, offer):
            found.setdefault(code, []).append((state, why))
    return found


def proposals_to_write(found: Iterable[Introduction]) -> dict[str, str]:
    """By the code of a case that began with an introduction the code of the proposal that the partner still writes for it."""
    cases = [f"case:{each.case}" for each in found if each.case]
    if not cases:
        return {}
    waiting = Duty.objects.filter(OPEN, door="page.proposal", belongs_to__in=cases)
    return {case.removeprefix("case:"): code for case, code in waiting.values_list("belongs_to", "url_code")}


def objections_of(of: Round) -> QuerySet[RoundObjection]:
    return of.objections.select_related("village__village", "offer__offer__partner").order_by("-pk")


def objections_of_side(side: RoundVillage | RoundOffer) -> QuerySet[RoundObjection]:
    """What this side itself said against the result."""
    found = objections_of(side.round)
    return found.filter(village=side) if isinstance(side, RoundVillage) else found.filter(offer=side)


def last_run(of: Round, kind: str = "") -> RoundRun | None:
    """The newest piece of work (of this kind) that was asked for: under way, done, or failed."""
    found = of.runs.filter(kind=kind) if kind else of.runs.all()
    return found.order_by("-pk").first()


def sides_by_code(of: Round) -> dict[str, str]:
    """Codes of rows of the round, by the codes of their villages and offers."""
    villages = dict(of.villages.values_list("village", "code"))
    return villages | dict(of.offers.values_list("offer__code", "code"))


def objectors(of: Round) -> str:
    """Codes of the villages and offers that were right to object and for whom nothing was computed again yet, a line each."""
    said = of.objections.filter(state="upheld", used=False).order_by("pk")
    rows = said.values_list("village__village", "offer__offer__code")
    return "\n".join(dict.fromkeys(village or offer for village, offer in rows if village or offer))


def minutes_of(of: Round) -> Paper | None:
    """The minutes of the throw."""
    return Paper.objects.filter(about=about_of(of), kind="round_minutes").select_related("file").first()


def with_both(found: QuerySet[Introduction]) -> QuerySet[Introduction]:
    return found.select_related("round__regency", "village__village", "offer__offer__partner", "offer__round")
