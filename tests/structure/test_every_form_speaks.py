"""Nothing goes past the two places by which every form speaks JSON: our ``render``, and a tick that knows ``true`` from text."""

import re
from pathlib import Path

import bermitra

HOUSE = Path(bermitra.__file__).parent
MAY = {"foundation/pages.py", "site/views.py"}  # the place itself; the answer to a form without its safety mark
PAST_IT = {
    "Django's render": re.compile(r"from django\.shortcuts import (?:\([^)]*|[^\n]*)\brender\b|shortcuts\.render\("),
    "Django's tick": re.compile(r"forms\.BooleanField\(|\bBooleanField\(label"),
    "a template rendered by hand": re.compile(r"TemplateResponse"),
}


def past_it(text: str) -> list[str]:
    return [what for what, way in PAST_IT.items() if way.search(text)]


def test_no_page_and_no_tick_goes_past_the_json_door():
    found = {
        name: ways
        for path in HOUSE.rglob("*.py")
        if (name := path.relative_to(HOUSE).as_posix()) not in MAY and (ways := past_it(path.read_text()))
    }
    assert found == {}


def test_the_ways_past_it_are_seen():
    assert past_it("from django.shortcuts import get_object_or_404, redirect, render\n")
    assert past_it("from django.shortcuts import (\n    redirect,\n    render,\n)\n")
    assert past_it("    sure = forms.BooleanField(label=x)\n")
    assert not past_it("from django.shortcuts import redirect\nfrom bermitra.foundation.pages import render\n")
