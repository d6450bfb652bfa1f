"""How words become numbers: severities, discounts, amounts, interests, goals; and who is not in the market at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bermitra.foundation.commands import clock
from bermitra.foundation.regions.models import Region, VillageIndex
from bermitra.matching import market
from bermitra.matching.engine.features import MOST, TIERS
from bermitra.matching.market import asked, weighed
from bermitra.needs.catalogue import interests, risks, sectors
from bermitra.needs.models import Offer
from bermitra.registry.models import Listing, VerdictRecord
from tests.matching.shortlist_makers import a_need, a_potential, aims, an_offer
from tests.people import FOREIGN, NEIGHBOUR, OURS, place

pytestmark = pytest.mark.django_db
WATER = sectors()["drinking_water"].position
RAW = interests()["raw_supply"].position
MARKET = interests()["market_place"].position


def pair(offer: Offer) -> market.Rows:
    village = market.with_aims(Region.objects.filter(pk=OURS)).get()
    return market.of_pair(village, market.with_reach(Offer.objects.all(), "33.04").get(pk=offer.pk), 70)


def ours(regency: str = "33.04") -> market.Village:
    return market.of_regency(regency).villages[OURS]


def test_a_need_weighs_its_severity_times_twenty_and_less_while_nobody_else_has_counted(people):
    a_need(severity=4)
    assert ours().row.needs[WATER] == 80
    a_need(NEIGHBOUR, severity=4, verified=False)
    assert market.of_regency("33.04").villages[NEIGHBOUR].row.needs[WATER] == 56
    assert [weighed(100, False, 70), weighed(100, True, 70), weighed(25, False, 70)] == [70, 100, 17]


def test_the_gravest_need_of_a_sector_counts_alone_and_is_the_one_that_is_named(people):
    a_need(severity=2, title="Sumur dangkal")
    grave = a_need(severity=4, title="Mata air kering")
    a_need(severity=5, title="Kata orang saja", verified=False)  # 100 at 70 percent is less than 80
    village = ours()
    assert village.row.needs[WATER] == 80
    assert village.needs[WATER] == (grave.code, "Mata air kering", 80, True)
    assert sum(village.row.needs) == 80


@pytest.mark.parametrize("state", ["draft", "submitted", "discussed", "backlog", "withdrawn", "met"])
def test_only_needs_that_a_meeting_put_first_count(people, state):
    a_need(state=state)
    held = market.of_regency("33.04")
    assert held.villages == {}
    assert held.without_need == {OURS: "Pandanarum", NEIGHBOUR: "Beji"}


def test_a_village_asks_from_its_smallest_need_to_all_of_them(people):
    a_need(cost_low=50, cost_high=90)
    a_need(sector="irrigation", cost_low=20, cost_high=400)
    a_need(sector="energy", cost_low=None, cost_high=None)
    village = ours()
    assert village.row.ask == (20, 490)
    assert (village.unnamed, village.names_amounts) == (1, True)


def test_a_village_that_names_no_amount_is_asked_for_none(people):
    a_need(cost_low=None, cost_high=None)
    assert ours().row.ask == (0, MOST)
    assert not ours().names_amounts


def test_a_sum_beyond_what_the_engine_counts_stops_there(people):
    needs = [a_need(cost_low=1, cost_high=MOST) for _ in range(2)]
    assert asked(needs) == (1, MOST)


def test_the_best_published_potential_serves_each_interest_of_its_kind(people):
    a_need()
    a_potential(strength=50)
    best = a_potential(kind="crafts", strength=75, title="Anyaman")
    a_potential(kind="tourism", strength=100, state="draft")
    a_potential(kind="water", strength=None)
    village = ours()
    assert village.row.potentials[RAW] == village.row.potentials[MARKET] == 75
    assert village.potentials[RAW] == (best.code, "Anyaman", 75, True)
    assert village.row.potentials[interests()["programme_target"].position] == 50  # only crops serve it
    assert village.row.potentials[interests()["student_learning"].position] == 0
    assert village.row.potentials[interests()["conservation_result"].position] == 0


def test_goals_are_those_that_were_set_and_otherwise_those_of_the_needs(people):
    a_need(goals=[6, 3])
    assert ours().row.goals == {3, 6}
    held = aims(goals=(8,), vetoes=("mining",))
    assert ours().row.goals == {8}
    assert ours().row.vetoes == {risks()["mining"].position}
    held.goals = []
    held.save()
    assert ours().row.goals == {3, 6}


def test_the_status_of_the_newest_index_is_the_tier(people):
    a_need()
    assert ours().row.tier is None
    for year, status in ((2024, "MAJU"), (2023, "TERTINGGAL")):
        VillageIndex.objects.create(
            village=place(OURS), year=year, status_published=status, published_code=OURS, how_matched="code_only"
        )
    assert ours().row.tier == TIERS.index("Maju")


def test_an_offer_is_there_while_it_is_published_good_and_has_a_place(people, partner):
    yesterday = clock.today() - timedelta(days=1)
    there = {
        "all": an_offer(partner, areas=()),
        "province": an_offer(partner, areas=("33",)),
        "regency": an_offer(partner, areas=("33.04", "51.08")),
    }
    an_offer(partner, areas=("51",))
    an_offer(partner, state="paused")
    an_offer(partner, valid_until=yesterday)
    an_offer(partner, places=0)
    held = market.of_regency("33.04")
    assert held.offers.keys() == {each.code for each in there.values()}


def test_an_offer_goes_with_the_due_diligence_of_its_partner(people, partner):
    stale_on = VerdictRecord.objects.get(partner=partner).stale_on
    offer = an_offer(partner, valid_until=stale_on + timedelta(days=90))
    a_need()
    assert list(market.of_regency("33.04", stale_on - timedelta(days=1)).offers) == [offer.code]
    assert not market.reaching("33.04", stale_on).exists()
    assert market.of_regency("33.04", stale_on).offers == {}


def test_an_offer_goes_with_a_partner_that_a_list_of_sanctions_names(people, partner):
    an_offer(partner)
    Listing.objects.create(
        name="Nama Lain", legal_name_key="pt:lain", partner=partner, region=place("33.04"), source="Daftar", basis="Dasar",
        since=clock.today() - timedelta(days=1), listed_at=clock.now(), listed_by="system",
    )  # fmt: skip
    assert not market.reaching("33.04").exists()


def test_examples_meet_examples_only(people, partner):
    real, practice = an_offer(partner), an_offer(partner, example=True)
    a_need(example=True)
    a_potential(example=True)
    held = market.of_regency("33.04")
    assert (set(held.offers), set(held.villages)) == ({practice.code}, {OURS})
    assert pair(practice).villages.keys() == {OURS}
    assert pair(real).villages == {}
    a_need(NEIGHBOUR)
    a_potential(NEIGHBOUR, example=True)
    held = market.of_regency("33.04")
    assert (set(held.offers), set(held.villages)) == ({real.code}, {NEIGHBOUR})
    assert held.villages[NEIGHBOUR].potentials == {}


def test_what_an_offer_says_of_itself_in_numbers(people, partner):
    offer = an_offer(
        partner, abilities={"drinking_water": 75, "energy": 50}, verified=False, risks=["water_drawn"], places=7
    )
    held = market.of_regency("33.04").offers[offer.code]
    assert held.row.abilities[WATER] == 52
    assert held.row.abilities[sectors()["energy"].position] == 35
    assert held.row.seeks[RAW] == 100
    assert sum(held.row.seeks) == 100
    assert held.row.budget == (40_000_000, 80_000_000)
    assert held.row.risks == {risks()["water_drawn"].position}
    assert held.row.places == 7
    assert held.abilities[WATER].verified is False


def test_a_pair_is_read_like_the_whole_wherever_the_offer_reaches(people, partner):
    a_need()
    near, far = an_offer(partner), an_offer(partner, areas=("51.08",))
    whole = market.of_regency("33.04")
    alone = pair(near)
    assert alone.villages[OURS] == whole.villages[OURS]
    assert alone.offers[near.code] == whole.offers[near.code]
    assert pair(far).market().regencies == ("33.04", market.ELSEWHERE)


def test_a_regency_is_read_in_ten_statements_however_many_lie_in_it(people, partner, django_assert_num_queries):
    for village in (OURS, NEIGHBOUR):
        a_need(village)
        a_potential(village)
        an_offer(partner)
    a_need(FOREIGN)
    market.of_regency("33.04")  # names on the list of sanctions are kept from now on
    with django_assert_num_queries(10):
        held = market.of_regency("33.04")
    assert held.villages.keys() == {OURS, NEIGHBOUR}
    assert len(held.offers) == 2
    assert held.market().sha256 == market.of_regency("33.04").market().sha256
