"""A certificate is computed again to the byte, by the same program and by one that shares no line with it."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from bermitra.matching.engine import certificate, plain, plain_lots
from bermitra.matching.engine.certificate import (
    TRIAL,
    as_bytes,
    certify,
    digest,
    list_hash,
    read,
    replay,
    without_reserve,
)
from bermitra.matching.engine.features import BadInput
from bermitra.matching.engine.rounds import Choice
from tests.matching.engine.markets import random_rows
from tests.matching.engine.small_certificates import THROWN, regency, round_lists
from tests.matching.engine.test_draw import listed as draw_list
from tests.matching.engine.test_draw import pools


@settings(max_examples=150, deadline=None)
@given(round_lists())
def test_a_round_is_computed_again_in_pure_python_to_the_byte(listed):
    made = certify(listed, THROWN)
    assert plain.certificate(listed, made["thrown"]) == made
    assert plain.canonical(made).encode() == as_bytes(made)
    assert not any(value for key, value in made["check"].items() if key != "pairs")


@settings(max_examples=50, deadline=None)
@given(round_lists())
def test_a_file_replays_to_itself(listed):
    made = certify(listed, THROWN)
    assert replay(read(as_bytes(made))) == made
    assert made["list_hash"] == sha256(rfc8785.dumps(listed)).hexdigest() == list_hash(listed)
    assert made["seed"] == sha256((made["list_hash"] + "3516224366151324").encode()).hexdigest()


@settings(deadline=None)
@given(pools(), st.integers(0, 999_999))
def test_a_draw_is_computed_again_too(pool, number):
    entrants, seats, quotas = pool
    made = certify(draw_list(entrants, seats, quotas), f"{number:06}")
    assert plain.certificate(made["list"], made["thrown"]) == made == replay(read(as_bytes(made)))


def test_a_whole_regency_agrees_and_everything_happens_in_it():
    made = certify(regency(), THROWN)
    assert plain.certificate(made["list"], made["thrown"]) == made
    fates = {row[4] for rows in made["result"]["lists"].values() for row in rows}
    assert {"introduced", "unasked", "below"} <= fates
    assert {each["state"] for each in made["result"]["villages"].values()} >= {"matched", "waiting", "no_offer"}
    capped = certify(regency(cap=1), THROWN)
    assert plain.certificate(capped["list"], capped["thrown"]) == capped
    assert "cap_full" in {each["state"] for each in capped["result"]["villages"].values()}


def test_what_a_village_is_told_is_true_in_numbers():
    """A waiting village is below the cut-off that it is told, and whoever was let in by an open seat is not."""
    made = certify(regency(), THROWN)
    poor = {row["id"] for row in made["list"]["villages"] if row["tier"] in made["list"]["tiers"]}
    bars = {id: each["open_cutoff"] for id, each in made["result"]["offers"].items()}
    told, seated = 0, 0
    for id, village in made["result"]["villages"].items():
        if village["state"] == "matched" and id not in poor:
            offer, _a, b, _h, _fate, _cutoff = made["result"]["lists"][id][village["told"]]
            seated += bars[offer] >= 0
            assert b >= bars[offer]
        if village["state"] != "waiting":
            continue
        offer, _a, b, _h, fate, cutoff = made["result"]["lists"][id][village["told"]]
        told += fate == "below"
        assert fate in ("below", "lot", "reserved")
        assert b < cutoff or fate != "below"
        assert -1 <= bars[offer] <= 1_000_000
    assert told
    assert seated


def test_the_throw_breaks_ties_and_nothing_else():
    one, other = (certify(regency(), each) for each in ("1111111111111111", "2222222222222222"))
    assert one["list_hash"] == other["list_hash"]
    assert one["seed"] != other["seed"]
    numbers = [
        {id: {tuple(row[:4]) for row in rows} for id, rows in each["result"]["lists"].items()} for each in (one, other)
    ]
    assert numbers[0] == numbers[1]


def test_every_byte_counts():
    data = as_bytes(certify(regency(8, 4), THROWN))
    assert read(data)
    for at in range(0, len(data), 1 + len(data) // 4_000):
        for bit in (1, 16):
            bent = data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]
            with pytest.raises(BadInput):
                read(bent)
            with pytest.raises(ValueError):
                plain.read(bent)
    with pytest.raises(BadInput):
        read(data + b" ")
    with pytest.raises(BadInput):
        read(data[:-1])


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"[]", b"null", b"\xff", b'{"sha256": 1}', b'{"a":1.5,"sha256":"x"}', b'{"a":NaN,"sha256":"x"}',
        b"[" * 200_000, b'{"a":' * 100_000, b'{"sha256":"' + b"0" * 64 + b'"}', b'{"a":1,"a":1,"sha256":"x"}',
        b'{"a":' + b"9" * 5_000 + b"}",
    ],
)  # fmt: skip
def test_a_file_that_is_no_certificate_is_refused(data):
    with pytest.raises(BadInput):
        read(data)


def test_a_result_that_was_bent_and_sealed_again_does_not_replay():
    made = certify(regency(), THROWN)
    village, offer = made["result"]["pairs"][0]
    bent = {**made, "result": {**made["result"], "pairs": made["result"]["pairs"][1:]}}
    bent["sha256"] = digest(bent)
    assert read(as_bytes(bent)) == bent
    assert replay(bent) != bent
    assert [village, offer] in replay(bent)["result"]["pairs"]


def test_the_order_of_the_rows_does_not_matter():
    villages, offers = random_rows(7, 20, 10)
    asked = {"weights": certificate.Weights(60, 60, 0), "size": 5, "reserve": {}, "tiers": (1, 0)}
    one = certificate.round_list(villages, offers, **asked)
    other = certificate.round_list(villages[::-1], offers[::-1], **{**asked, "tiers": (0, 1)})
    assert list_hash(one) == list_hash(other)


def test_a_small_round_is_a_ranked_list_and_introduces_nobody():
    made = certify(regency(20, 4, plain=True), THROWN)
    assert made["result"].keys() == {"lists", "ranks"}
    assert made["check"] == {}
    assert plain.certificate(made["list"], made["thrown"]) == made


def test_a_simulation_says_what_the_reserve_moves():
    listed = regency(200, 20)
    with_it, without = certify(listed, TRIAL), certify(without_reserve(listed), TRIAL)
    assert with_it["thrown"] == TRIAL == without["thrown"]
    assert all(row["in_reserve"] == 0 for row in without["result"]["offers"].values())
    poor = {row["id"] for row in listed["villages"] if row["tier"] in (0, 1)}
    served = [sum(pair[0] in poor for pair in each["result"]["pairs"]) for each in (with_it, without)]
    assert served[0] > served[1]
    assert listed["offers"][0].keys() == without["list"]["offers"][0].keys()


def problems(listed: dict, **changed: object) -> list[tuple[str, str, str]]:
    with pytest.raises(BadInput) as found:
        certify({**listed, **changed}, THROWN)
    for each in found.value.problems:
        assert len(f"{each.says} {each.remedy}".split()) <= 18
    return [(each.row, each.field, each.value) for each in found.value.problems]


def test_an_order_outside_the_computed_list_is_reported_and_not_dropped():
    listed = regency(20, 10)
    lists = certify(listed, TRIAL)["result"]["lists"]
    id = next(id for id, rows in lists.items() if len(rows) > 1)
    one, other = (row[0] for row in lists[id][:2])
    stranger = next(row["id"] for row in listed["offers"] if row["id"] not in {row[0] for row in lists[id]})
    orders = {id: {"first": [one, stranger, one], "struck": [other, one]}, "nobody": {"first": [], "struck": []}}
    assert problems(listed, village_orders=orders) == [
        (id, "order", stranger), (id, "order", one), (id, "struck", one), ("nobody", "order", "nobody"),
    ]  # fmt: skip
    theirs = {one: {"first": ["nowhere"], "struck": []}}
    assert problems(listed, offer_orders=theirs) == [(one, "order", "nowhere")]


def test_a_list_that_is_none_is_refused():
    listed = regency(6, 3)
    assert problems({}) == [("", "list", "'size'")]
    assert problems(listed, villages=3)[0][1] == "list"
    assert problems(listed, villages=[{"id": "x"}])[0][1] == "list"
    assert problems(listed, weights={"village": 200, "partner": 0, "vision": 0})[0][1] == "village"
    assert problems(listed, size=0)[0][1] == "k"
    assert problems(listed, tiers=[9])[0][1:] == ("tiers", "9")
    assert problems(listed, village_quota=5)[0][1:] == ("village_quota", "5")
    assert problems(listed, cap=0)[0][1:] == ("cap", "0")
    assert problems(listed, size=1_001)[0][1:] == ("size", "1001")
    assert problems(listed, size="many")[0][1] == "list"
    broken = [{**listed["offers"][0], "reserve": 10**12}, *listed["offers"][1:]]
    assert problems(listed, offers=broken)


def test_a_draw_without_a_throw_needs_a_place_for_everybody():
    everybody = {"entrants": [{"id": "a", "attributes": {}}], "seats": 1, "quotas": []}
    made = certify(everybody, "")
    assert (made["seed"], made["result"]["winners"]) == ("", ["a"])
    assert plain.certificate(everybody, "") == made
    entrants = [{"id": "a", "attributes": {}}, {"id": "b", "attributes": {}}]
    with pytest.raises(BadInput) as found:
        certify({**everybody, "entrants": entrants}, "")
    assert found.value.problems[0].field == "thrown"


def test_canonical_json_of_the_second_program_is_that_of_the_first():
    value = {"é": 'a"\\\n\x01\x7f', "z": [1, -2, True, False, None, {}], "\U0001f33e": "", "￿": "😀", "": []}
    assert plain.canonical(value).encode() == rfc8785.dumps(value)
    for bad in (1.5, 2**53, {"a": float("nan")}):
        with pytest.raises(ValueError):
            plain.canonical(bad)


@pytest.mark.parametrize("module", [plain, plain_lots])
def test_the_second_program_imports_nothing_but_the_standard_library(module):
    tree = ast.parse(Path(module.__file__).read_text())
    names = {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert names <= {"__future__", "json", "hashlib", "math", "typing", "fractions", "bermitra"}
    inside = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and "bermitra" in (node.module or "")]
    assert all([name.name for name in node.names] == ["plain_lots"] for node in inside)


def test_a_choice_that_says_nothing_is_left_out():
    villages, offers = random_rows(7, 5, 3)
    asked = {"weights": certificate.Weights(60, 60, 0), "size": 5, "reserve": {}, "tiers": ()}
    silent = certificate.round_list(villages, offers, **asked, village_orders={villages[0].id: Choice()})
    assert silent == certificate.round_list(villages, offers, **asked)
    assert json.loads(rfc8785.dumps(silent)) == silent
    assert replace(Choice(), struck=("a",)).struck == ("a",)
