"""One journey told in English, without JavaScript: from the home page through the work box to what everybody reads."""

from __future__ import annotations

import re

import pytest

from tests.people import PASSWORD

pytestmark = pytest.mark.browser

# Words without which nobody writes an Indonesian sentence; no English word and no proper name of this journey is among them.
MARKERS = frozenset(
    "yang dan atau untuk dengan belum sudah anda dari tidak ini itu oleh pada bila dalam sebelum sampai agar ke di".split()
)
NEED, PARTNERSHIP = "Terraces slide every rainy season", "Cardamom on strong terraces"


def markers(page) -> set[str]:
    """Indonesian words in what is shown and in what only a screen reader says."""
    spoken = page.locator("[aria-label], [title]").evaluate_all(
        "all => all.map(each => (each.ariaLabel || '') + ' ' + (each.title || '')).join(' ')"
    )
    return MARKERS & set(re.findall(r"[a-z]+", f"{page.title()} {page.inner_text('body')} {spoken}".lower()))


def english(page) -> str:
    assert page.get_attribute("html", "lang") == "en"
    text = page.inner_text("body")
    assert markers(page) == set(), f"{page.url}:\n{text}"
    return text


def follow(page, words: str) -> str:
    page.get_by_role("link", name=words, exact=True).first.click()
    return english(page)


def press(page, words: str) -> str:
    page.get_by_role("main").get_by_role("button", name=words, exact=True).click()
    return english(page)


def test_a_village_head_begins_a_partnership_in_english_and_everybody_reads_of_it(site, visit):
    page = visit()
    page.goto("/")
    assert markers(page) >= {"yang", "dan"}  # so that none in English says something
    follow(page, "English")
    follow(page, "Sign in")
    page.get_by_label("Username or telephone number").fill("kades")
    page.get_by_label("Password").fill(PASSWORD)
    assert "Sutrisno Hadi" in press(page, "Sign in")

    follow(page, "Record a need")
    assert "This field has not been filled in." in press(page, "Save need")
    page.get_by_label("The need in one sentence").fill(NEED)
    page.get_by_label("Field of the need").select_option(index=1)  # none is chosen for her
    page.get_by_label("2 ·").check()
    press(page, "Save need")

    page.goto("/kerja/")
    follow(page, "Open a new partnership")
    page.get_by_label("Title").fill(PARTNERSHIP)
    page.get_by_label("Aim").fill("Slopes that hold and a fair price.")
    page.get_by_label("Field").select_option(label="Village community empowerment")
    page.get_by_label("Off-take or contract farming").check()
    assert "Not yet met" in press(page, "Start a partnership")
    room = page.url

    follow(page, "Put the priority to the village council (BPD)")
    assert "PS-05" in press(page, "Submit")  # refused by the act: nothing is linked yet
    page.goto(room)
    follow(page, "Link needs and potentials")
    page.get_by_label(NEED).check()
    press(page, "Save")
    follow(page, "Put the priority to the village council (BPD)")
    press(page, "Submit")

    anybody = visit(english=True)
    anybody.goto(room.replace("/kerja/kemitraan/", "/kemitraan/"))
    text = english(anybody)
    assert PARTNERSHIP in text and NEED in text
    assert "Waiting for the village council (BPD) chair to convene the Musyawarah Desa" in text
