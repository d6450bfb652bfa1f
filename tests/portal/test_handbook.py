"""Help, the words of the law, and the book of rules."""

import importlib
import pkgutil
import re

import pytest
from django.test import Client

import bermitra
from bermitra.foundation.rules import Rule
from bermitra.portal.handbook import CHAPTERS, GUIDES, glossary, rule_named

pytestmark = pytest.mark.django_db


def text_of(address, status=200, **headers):
    response = Client(headers=headers).get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def all_rules() -> set[str]:
    """The code of every rule of the house; a code that two rules claim is refused."""
    found: dict[str, Rule] = {}
    for each in pkgutil.walk_packages(bermitra.__path__, "bermitra."):
        if each.name.endswith(".rules") and each.name != "bermitra.foundation.rules":
            module = importlib.import_module(each.name)
            for rule in (each for each in vars(module).values() if isinstance(each, Rule)):
                assert found.setdefault(rule.code, rule) is rule, f"two rules have the code {rule.code}"
    return set(found)


def test_every_rule_of_the_house_stands_in_the_book_once():
    codes = [rule.code for chapter in CHAPTERS for rule in chapter.rules]
    assert sorted(codes) == sorted(set(codes))
    assert set(codes) == all_rules()


def test_every_rule_has_an_anchor_a_sentence_a_remedy_and_a_basis():
    for chapter in CHAPTERS:
        page = text_of(f"/bantuan/aturan/{chapter.address}/")
        for entry in chapter.entries:
            assert f'<li id="{entry.code}">' in page
            assert f'<span class="rule">{entry.code}</span>' in page
            assert entry.basis
            assert "{" not in entry.says + entry.remedy
        assert "bukan nasihat hukum" in page


ENGLISH = re.compile(
    r"(?i)\b(product|practice|mission|existing|each|rule|the|of|on|as|and|no|must|own|its|only|village|law|checked|who|is)\b"
)


def test_what_a_rule_rests_on_is_read_in_indonesian():
    """A note for developers stands behind ``product:`` and is never shown."""
    told = {entry.code: entry.basis for chapter in CHAPTERS for entry in chapter.entries}
    assert {code: basis for code, basis in told.items() if ENGLISH.search(basis)} == {}


@pytest.mark.parametrize("typed", ["AG-01", "ag 01", "ag01"])
def test_the_code_that_a_clerk_hears_on_the_telephone_leads_to_its_rule(typed):
    assert Client().get("/bantuan/aturan/", {"kode": typed})["Location"] == "/bantuan/aturan/perjanjian/#AG-01"


def test_an_unknown_code_gets_a_sentence_and_an_unknown_chapter_is_not_there():
    assert "Periksa huruf dan angkanya" in text_of("/bantuan/aturan/?kode=ZZ-99", status=422)
    text_of("/bantuan/aturan/tidak-ada/", status=404)
    assert rule_named("") is None


def test_help_leads_every_role_to_where_it_begins():
    page = text_of("/bantuan/")
    assert all(guide.who in page for guide in GUIDES)
    assert 'href="/bantuan/istilah/"' in page


def test_the_words_stand_in_both_languages_with_their_basis():
    assert len({each.code for each in glossary()}) == len(glossary()) >= 100
    assert all(each.term.keys() == each.definition.keys() == {"id", "en"} for each in glossary())
    assert 'id="village_cooperation"' in text_of("/bantuan/istilah/")
    assert "Village cooperation" in text_of("/bantuan/istilah/", cookie="bahasa=en")
