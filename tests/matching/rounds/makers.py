"""Rounds in the states that tests begin from: six villages of our regency and six offers, through the doors of the room."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.regions.models import Region, VillageIndex
from bermitra.foundation.regions.register import key_of
from bermitra.matching.models import Round, RoundOffer, RoundRun, RoundVillage
from bermitra.matching.rounds import actions, computing
from bermitra.needs.models import Offer
from tests.matching.shortlist_makers import a_need, a_potential, aims, an_offer
from tests.partnership.makers import a_partner, an_office, somebody_in_charge
from tests.people import NEIGHBOUR, OURS, People, place

OPENED = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday, 09.00 WIB
CHOOSING = OPENED + timedelta(days=15)  # the invitations have closed
LOCKED = OPENED + timedelta(days=29)  # the choices as well
OBJECTED = OPENED + timedelta(days=30)
AFTER = OPENED + timedelta(days=40)  # five working days and Nyepi, Good Friday and Idulfitri later
MEETING = OPENED + timedelta(days=30)  # a day after the list
THROWN = [4, 2, 6, 1, 3, 5, 5, 2]
WITNESSES = [{"name": "Karsono", "office": "Anggota BPD"}, {"name": "Haryanto", "office": "Camat"}]
MORE = {
    "33.04.19.2003": "Lawen",
    "33.04.19.2004": "Pasegeran",
    "33.04.19.2005": "Pringamba",
    "33.04.19.2006": "Sinduaji",
}
HEADS = {OURS: "kades", **{code: f"kades.{name.lower()}" for code, name in {NEIGHBOUR: "Beji", **MORE}.items()}}
STATUSES = ("Sangat Tertinggal", "Tertinggal", "Berkembang", "Maju", "Mandiri", "Tertinggal")


def six_villages(people: People) -> None:
    """Ready to partner, with a counted need of falling gravity, a potential and aims; each with its head."""
    for code, name in MORE.items():
        Region.objects.create(
            code=code, level=4, kind="desa", name=name, name_key=key_of(name, "desa"), parent_id="33.04.19"
        )
    for number, (code, head) in enumerate(sorted(HEADS.items())):
        somebody_in_charge(code)
        a_need(code, severity=5 - number % 4, sector="drinking_water" if number % 2 else "food_nutrition")
        a_potential(code, strength=100 - 25 * (number % 4))
        aims(code)
        VillageIndex.objects.create(
            village=place(code), year=2024, idm=6000, status_published=STATUSES[number],
            status_by_threshold=STATUSES[number], published_code=code, how_matched="code_and_name",
        )  # fmt: skip
        if not Person.objects.filter(username=head).exists():
            an_office(people, head, f"Kades {place(code).name}", roles.VILLAGE_HEAD, where=code)


def offers(people: People, many: int = 6, places: int = 1) -> list[Offer]:
    """Of as many partners (``mitra0`` …), each able in both sectors to another degree."""
    made = []
    for number in range(many):
        who = f"mitra{number}"
        partner = a_partner(people, name=f"Mitra Contoh {number}", username=who)
        able = {"drinking_water": 100 - 25 * (number % 3), "food_nutrition": 25 + 25 * (number % 3)}
        made.append(an_offer(partner, abilities=able, title=f"Tawaran {number}", places=places))
    return made


def a_draft(people: People, many: int = 6, places: int = 1, **other: Any) -> Round:
    with clock.at(OPENED - timedelta(days=1)):
        six_villages(people)
        offers(people, many, places)
        return actions.draft_round(
            by=people.by("dinas"), regency=place("33.04"), title="Putaran air dan pangan", **{"why": "Kering.", **other}
        )


def an_open_round(people: People, **other: Any) -> Round:
    drafted = a_draft(people, **other)
    with clock.at(OPENED):
        actions.revise_round(by=people.by("dinas"), round=drafted, invite_until=(OPENED + timedelta(days=14)).date(),
                             prefer_until=(OPENED + timedelta(days=28)).date())  # fmt: skip
        return actions.open_round(by=people.by("dinas"), round=drafted)


def all_join(people: People, of: Round) -> None:
    with clock.at(OPENED + timedelta(days=2)):
        for village in of.villages.filter(eligible=True).order_by("village"):
            actions.join_round(by=people.by(HEADS[village.village_id]), side=village)
        for offered in of.offers.all():
            actions.join_round(by=people.by(speaker(offered)), side=offered)


def speaker(offered: RoundOffer) -> str:
    """Who acts for the partner of an offer of :func:`offers`."""
    return f"mitra{offered.offer.title.rpartition(' ')[2]}"


def a_choosing_round(people: People, **other: Any) -> Round:
    """Invitations closed by the system at their day; the worker has computed what each side may choose from."""
    opened = an_open_round(people, **other)
    all_join(people, opened)
    announce(people, opened)
    with clock.at(CHOOSING):
        assert actions.close_due_rounds() == 1
        assert computing.compute_waiting() == 1
    return fresh(opened)


def a_locked_round(people: People, **other: Any) -> Round:
    """Choices locked, the list published by its hash."""
    choosing = a_choosing_round(people, **other)
    with clock.at(LOCKED):
        assert actions.close_due_rounds() == 1
        assert computing.compute_waiting() == 1
    return fresh(choosing)


def a_thrown_round(people: People, **other: Any) -> Round:
    locked = a_locked_round(people, **other)
    with clock.at(LOCKED):
        return throw(people, locked)


def announce(people: People, of: Round, at: datetime = MEETING, place: str = "Pendopo kabupaten") -> Round:
    """The meeting of the throw, two days after the last day of the choices."""
    with clock.at(OPENED + timedelta(days=3)):
        return actions.announce_throw(by=people.by("dinas"), round=of, at=at, place=place)


def throw(people: People, of: Round, **other: Any) -> Round:
    """A day later: the list has stood open as long as it must."""
    given = {"thrown": THROWN, "witnesses": WITNESSES, **other}
    with clock.at(clock.now() + timedelta(hours=24)):
        return actions.throw_seed(by=people.by("dinas"), round=of, **given)


def a_computed_round(people: People, **other: Any) -> Round:
    thrown = a_thrown_round(people, **other)
    with clock.at(LOCKED):
        actions.run_round(by=people.by("dinas"), round=thrown)
        assert computing.compute_waiting() == 1
    return fresh(thrown)


def a_published_round(people: People, **other: Any) -> Round:
    computed = a_computed_round(people, **other)
    with clock.at(LOCKED):
        return actions.publish_round(by=people.by("dinas"), round=computed)


def a_round_with_introductions(people: People, **other: Any) -> Round:
    """Nobody objected: the system has opened the responses."""
    published = a_published_round(people, **other)
    with clock.at(AFTER):
        assert actions.close_due_rounds() == 1
    return fresh(published)


def fresh(of: Round) -> Round:
    return Round.objects.select_related("regency", "follows", "inputs", "certificate").get(pk=of.pk)


def village(of: Round, code: str = OURS) -> RoundVillage:
    return of.villages.select_related("round", "village").get(village=code)


def offer(of: Round, number: int = 0) -> RoundOffer:
    return of.offers.select_related("round", "offer__partner").get(offer__title=f"Tawaran {number}")


def run(of: Round) -> RoundRun:
    return of.runs.select_related("round").latest("pk")
