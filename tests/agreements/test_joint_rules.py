"""Each rule between villages with an example that passes and one that fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bermitra.agreements.joint.rules import (
    ConsultedFacts,
    OwnFacts,
    TerritoryFacts,
    TextFacts,
    TimeFacts,
    WholeFacts,
    each_village_decided,
    every_village_accepts_same_text,
    joint_regulation_in_time,
    joint_text_is_whole,
    residents_consulted,
    villages_of_one_regency,
)
from bermitra.agreements.rules import CONTENTS
from bermitra.foundation.rules import examine, unmet

OWN = OwnFacts(villages=4, villages_with_minutes=4, villages_with_number=4)


def test_AG_23_each_village_decided():
    assert each_village_decided(OWN)
    assert not each_village_decided(replace(OWN, villages_with_minutes=3))
    assert not each_village_decided(replace(OWN, villages_with_number=3))


def test_AG_24_residents_consulted():
    assert residents_consulted(ConsultedFacts(4, 4))
    assert not residents_consulted(ConsultedFacts(4, 2))
    asked = examine((residents_consulted,), ConsultedFacts(4, 2))
    assert unmet(asked) and not unmet(asked, "Musim panen; konsultasi menyusul.")  # its basis was not verified yet


def test_AG_25_joint_regulation_in_time():
    agreed = date(2026, 5, 4)
    assert joint_regulation_in_time(TimeFacts(agreed, agreed + timedelta(days=7), 7))
    assert not joint_regulation_in_time(TimeFacts(agreed, agreed + timedelta(days=8), 7))
    assert joint_regulation_in_time(TimeFacts(None, agreed, 7))
    assert not unmet(examine((joint_regulation_in_time,), TimeFacts(agreed, date(2026, 6, 1), 7)))  # a warning only


def test_AG_61_every_village_accepts_same_text():
    assert every_village_accepts_same_text(TextFacts("a", ("a", "a"), 2))
    assert not every_village_accepts_same_text(TextFacts("a", ("a",), 2))
    assert not every_village_accepts_same_text(TextFacts("a", ("a", "b"), 2))


def test_AG_62_joint_text_is_whole():
    facts = WholeFacts(frozenset(CONTENTS), 0, True)
    assert joint_text_is_whole(facts)
    assert not joint_text_is_whole(replace(facts, filled=frozenset(CONTENTS) - {"funding"}))
    assert not joint_text_is_whole(replace(facts, holes=1))
    assert not joint_text_is_whole(replace(facts, term_whole=False))


def test_AG_63_villages_of_one_regency():
    assert villages_of_one_regency(TerritoryFacts(frozenset({"33.05"}), 0))
    assert not villages_of_one_regency(TerritoryFacts(frozenset({"33.05", "33.04"}), 0))
    assert not villages_of_one_regency(TerritoryFacts(frozenset({"33.05"}), 1))
