"""Names that come near, found without comparing all: the same answer as comparing all."""

import random

import pytest

from bermitra.foundation.regions.names import LONG, Names, distance

LIST = "banjarnegara\t2\nbeji\t9\nkebumen\t3\npandanarum\t6\npandanlor\t1\npandansari\t5\nsukamaju\t120\nwagirpandan\t1"


def slow_distance(one: str, other: str) -> int:
    rows = [[i + j if not i or not j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            cost = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                cost = min(cost, rows[i - 2][j - 2] + 1)
            rows[i][j] = cost
    return rows[-1][-1]


def test_counts_beginnings_and_middles():
    names = Names(LIST)
    assert (names.count("sukamaju"), names.count("sukamajuu"), names.count("")) == (120, 0, 0)
    assert names.beginning("pandan", 2) == ["pandanarum", "pandanlor"]
    assert names.holding("pandan", 5) == ["wagirpandan"]
    assert Names("").near("kebumen") == []


@pytest.mark.parametrize(("typed", "near"), [("kebumn", "kebumen"), ("sukamuja", ""), ("sukamjau", "sukamaju"),
                                             ("pandnarm", ""), ("panddnarun", "pandanarum"), ("bej", "")])  # fmt: skip
def test_one_slip_is_forgiven_and_in_long_names_two(typed, near):
    assert Names(LIST).near(typed) == ([near] if near else [])


def test_the_banded_distance_is_the_distance():
    chance = random.Random(3)
    for _round in range(3000):
        one, other = ("".join(chance.choices("abc", k=chance.randint(0, 7))) for _side in range(2))
        for most in (1, 2, 3):
            assert distance(one, other, most) == min(slow_distance(one, other), most + 1)


def test_near_finds_what_comparing_all_finds():
    chance = random.Random(5)
    keys = sorted({"".join(chance.choices("anrisu", k=chance.randint(4, 11))) for _each in range(1500)})
    names = Names("\n".join(f"{key}\t1" for key in keys))
    for typed in chance.sample(keys, 60):
        one = [key for key in keys if key != typed and distance(typed, key, 1) == 1]
        assert sorted(names.near(typed))[: len(one)] == one or len(typed) >= LONG and not one
