"""The catalogue of norms as it is written: every key once."""

from collections import Counter
from pathlib import Path

import yaml

from bermitra.foundation.norms import catalogue

WRITTEN = Path(catalogue.__file__).with_name("norms.yaml")


def names_twice(text):
    return [name for name, times in Counter(each["name"] for each in yaml.safe_load(text)).items() if times > 1]


def test_no_norm_is_written_twice():
    assert names_twice(WRITTEN.read_text(encoding="utf-8")) == []


def test_a_norm_written_twice_is_seen():
    assert names_twice("- name: a\n- name: b\n- name: a\n") == ["a"]
