"""The catalogue of norms as it is written: every key once."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from bermitra.foundation.norms import catalogue
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
