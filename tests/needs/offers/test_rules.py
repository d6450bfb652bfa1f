"""What an offer must say before villages read it, and who may say more of it."""

from dataclasses import replace
from datetime import date

import pytest

from bermitra.foundation.flow import NoSuchMove
from bermitra.needs.offers.rules import (
    OFFER,
    PARTS,
    AbilityFacts,
    ChangingFacts,
    OfferFacts,
    ability_looked_at_in_public,
    few_abilities,
    few_open_offers,
    honest_budget,
    looked_at_as_it_is,
    no_cash_to_persons,
    offer_is_complete,
    paused_before_it_changes,
    valid_for_a_while,
)

TODAY = date(2026, 11, 27)
WHOLE = OfferFacts(
    filled=frozenset(PARTS),
    gifts_to_persons=False,
    valid_until=date(2027, 5, 1),
    today=TODAY,
    last_day=date(2027, 11, 27),
    abilities=6,
    offer_abilities_most=6,
    budget_low=20_000_000,
    budget_high=200_000_000,
    offer_budget_span=10,
    open_ones=9,
    open_offers_of_body=10,
)
LOOKED = AbilityFacts(open=True, reason="Laporan 12 desa.", seen="a1", now="a1")


@pytest.mark.parametrize("part", PARTS)
def test_ND_05_offer_is_complete(part):
    assert offer_is_complete(WHOLE)
    assert not offer_is_complete(replace(WHOLE, filled=frozenset(PARTS) - {part}))


def test_ND_06_no_cash_to_persons():
    assert no_cash_to_persons(WHOLE)
    assert not no_cash_to_persons(replace(WHOLE, gifts_to_persons=True))
    assert not no_cash_to_persons(replace(WHOLE, gifts_to_persons=None)), "an open question is no answer"


def test_ND_14_paused_before_it_changes():
    assert paused_before_it_changes(ChangingFacts(open=False))
    assert not paused_before_it_changes(ChangingFacts(open=True))


def test_ND_15_ability_looked_at_in_public():
    assert ability_looked_at_in_public(LOOKED)
    assert not ability_looked_at_in_public(replace(LOOKED, reason=""))
    assert not ability_looked_at_in_public(replace(LOOKED, open=False))


def test_ND_18_few_open_offers():
    assert few_open_offers(WHOLE)
    assert not few_open_offers(replace(WHOLE, open_ones=10))


def test_ND_19_few_abilities():
    assert few_abilities(WHOLE)
    assert not few_abilities(replace(WHOLE, abilities=7))


def test_ND_20_honest_budget():
    assert honest_budget(WHOLE)
    assert honest_budget(replace(WHOLE, budget_low=0, budget_high=0)), "an offer may bring no money"
    assert not honest_budget(replace(WHOLE, budget_high=200_000_001))
    assert not honest_budget(replace(WHOLE, budget_low=0, budget_high=10**15)), "fits every cost"


def test_ND_21_looked_at_as_it_is():
    assert looked_at_as_it_is(LOOKED)
    assert not looked_at_as_it_is(replace(LOOKED, now="b2"))


@pytest.mark.parametrize(
    ("until", "holds"),
    [
        (TODAY, True),
        (date(2027, 11, 27), True),
        (date(2026, 11, 26), False),
        (date(2027, 11, 28), False),
        (None, False),
    ],
)
def test_ND_16_valid_for_a_while(until, holds):
    assert valid_for_a_while(replace(WHOLE, valid_until=until)) is holds


@pytest.mark.parametrize(
    ("door", "state", "becomes"),
    [
        ("needs.publish_offer", "draft", "published"),
        ("needs.publish_offer", "paused", "published"),
        ("needs.pause_offer", "exhausted", "paused"),
        ("needs.pause_offer", "published", "paused"),
        ("needs.renew_offer", "expired", "draft"),
        ("needs.withdraw_offer", "exhausted", "withdrawn"),
        ("needs.expire_offer", "paused", "expired"),
        ("needs.free_quota", "withdrawn", "withdrawn"),
        ("needs.place_offer", "paused", "paused"),
    ],
)
def test_an_offer_moves_as_its_life_says(door, state, becomes):
    assert OFFER.through(door, state) == becomes


@pytest.mark.parametrize(
    ("door", "state"),
    [
        ("needs.publish_offer", "withdrawn"),
        ("needs.publish_offer", "expired"),
        ("needs.publish_offer", "exhausted"),
        ("needs.place_offer", "exhausted"),
        ("needs.renew_offer", "withdrawn"),
        ("needs.describe_offer", "published"),
        ("needs.describe_offer", "withdrawn"),
        ("needs.expire_offer", "draft"),
    ],
)
def test_an_offer_goes_no_other_way(door, state):
    with pytest.raises(NoSuchMove):
        OFFER.through(door, state)
