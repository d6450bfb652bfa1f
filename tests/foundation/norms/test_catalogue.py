"""The catalogue of norms as it is written: every key once."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from django.utils.translation import override

from bermitra.foundation.norms import catalogue
from bermitra.foundation.norms.words import laws_of
from bermitra.foundation.text import BadInput

WRITTEN = Path(catalogue.__file__).with_name("norms.yaml")


def names_twice(text):
    return [name for name, times in Counter(each["name"] for each in yaml.safe_load(text)).items() if times > 1]


def test_no_norm_is_written_twice():
    assert names_twice(WRITTEN.read_text(encoding="utf-8")) == []


def test_a_norm_written_twice_is_seen():
    assert names_twice("- name: a\n- name: b\n- name: a\n") == ["a"]


def test_a_day_of_the_year_is_a_day_within_its_range():
    due = catalogue.catalogue()["annual_report_due"]
    assert due.accept("02-15") == "02-15"
    for typed in ("31 Januari", "02-31", "12-31"):
        with pytest.raises(BadInput):
            due.accept(typed)


def test_a_count_of_days_is_whole():
    with pytest.raises(BadInput, match="bilangan bulat"):
        catalogue.catalogue()["call_min_days"].accept("14,5")


@pytest.mark.parametrize("typed", ["1e9999999", "1e99999999", "9" * 100, "1_0", "abc", "1/0", "½"])
def test_what_is_no_plain_number_is_refused_at_once(typed):
    for name in ("call_min_days", "vote_majority"):
        with pytest.raises(BadInput, match="bukan angka"):
            catalogue.catalogue()[name].accept(typed)


def test_money_is_typed_as_it_is_shown():
    held = catalogue.catalogue()["direct_small_value_rupiah"]
    assert held.accept(held.said(75_000_000)) == held.accept("75.000.000") == 75_000_000
    assert held.accept("50.000") == 50_000  # not 50
    assert held.accept("0") == 0
    with pytest.raises(BadInput, match="di luar batas"):
        held.accept("Rp900.000.000")


def test_a_word_of_the_place_is_one_short_line():
    word = catalogue.catalogue()["word_village"]
    assert word.accept(" Nagari \u202e ") == "Nagari"
    for typed in ("x" * 61, "a\0b", "🏝", "---"):
        with pytest.raises(BadInput):
            word.accept(typed)


def test_what_a_norm_rests_on_is_told_in_indonesian():
    english = re.compile(
        r"\b(the|of|and|by|for|from|not|after|where|text|practice|regional|agreement|asks|half|a)\b", re.I
    )
    told = {each.name: laws_of(each.basis) for each in catalogue.catalogue().values()}
    assert [name for name, said in told.items() if english.search(said)] == []
    assert all(said and ".yaml" not in said for said in told.values())


def test_english_says_one_day_and_two_days():
    days = catalogue.catalogue()["sudden_musyawarah_invitation_days"]
    with override("en"):
        assert [days.said(n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    with override("id"):
        assert [days.said(n) for n in (1, 2)] == ["1 hari", "2 hari"]
