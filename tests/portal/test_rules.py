"""PT-01 and PT-02: what no public page shows, on every public page of a whole example."""

import re
from html import unescape

import pytest

from bermitra.foundation.accounts.gaps import url_names
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.commands.permits import EVERYONE
from bermitra.foundation.personal.open_text import hidden, kinds_in, openly
from bermitra.portal.rules import MarkFacts, PageFacts, example_marked, public_page_hides_persons
from tests.people import OURS
from tests.portal.makers import ACCOUNT, NIK, PEOPLE_OF_PARTNERS, PHONE, RESIDENTS

MARK = "<b>Contoh.</b>"


def test_PT_01_public_page_hides_persons():
    assert public_page_hides_persons(PageFacts(frozenset({"parties", "scope", "value", "term"})))
    assert not public_page_hides_persons(PageFacts(frozenset({"parties", "phone"})))


def test_PT_02_example_marked():
    assert example_marked(MarkFacts(is_example=True, example_mark=True))
    assert not example_marked(MarkFacts(is_example=True, example_mark=False))
    assert example_marked(MarkFacts(is_example=False, example_mark=False))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (NIK, "nik"), ("NIK 33.04.19 170882 0003", "nik"), (PHONE, "phone"), ("WA +62 812 3456 7890", "phone"),
        ("tlp 0811234567", "phone"), (ACCOUNT, "account"), ("Rek. Mandiri 1380012345678", "account"),
        ("Tarmi penderita TBC", "health"), ("keluarga miskin: Tarmi", "poverty"),
    ],
)  # fmt: skip
def test_a_number_by_which_a_person_is_found_is_seen_and_taken_out(text, kind):
    assert kind in kinds_in(text)
    assert not kinds_in(hidden(f"Hubungi kami.\n{text}\nTerima kasih.", "[…]"))


@pytest.mark.parametrize(
    "text",
    [
        "Rp 3.120.000.000", "33.04.19.2001", "140/027/PDN/2026", "Peraturan Desa Nomor 4 Tahun 2025", "12 Maret 2026",
        "318 keluarga miskin di tiga dusun", "08.00 sampai 12.00", "012/PB-PANDANARUM/II/2026", "7K3M-9QXD-2A",
        "lewat Rekening Kas Desa dan Rp408.900.000", "Rekening Kas Desa: Rp\u00a0412.100.000",
    ],
)  # fmt: skip
def test_letters_money_codes_and_counts_are_no_personal_data(text):
    assert openly(text) == text


def addresses(example) -> list[str]:
    """Every public page that shows records, by the address patterns of the site."""
    codes = {
        "page.village": [f"/desa/{OURS}/"],
        "page.partner": [f"/mitra/{example.partner.code}/"],
        "page.call": [f"/panggilan/{example.call.code}/"],
        "page.partnership": [f"/kemitraan/{example.case.code}/", f"/kemitraan/{example.call.case.code}/"],
    }
    plain = ["/", "/mitra/", "/panggilan/", "/panggilan/?keadaan=ditutup", "/kemitraan/", "/cari/?q=Mitra+Contoh"]
    return [*plain, *(address for each in codes.values() for address in each)]


@pytest.mark.django_db
def test_no_public_page_of_a_whole_example_shows_a_private_person(example, read):
    acting = list(Appointment.objects.exclude(party="").values_list("person__full_name", flat=True))
    assert acting
    for address in addresses(example):
        text = unescape(re.sub(r"<[^>]+>", " ", read(address)))
        shown = PageFacts(kinds_in(text))
        assert public_page_hides_persons(shown), (address, shown)
        for name in (
            *RESIDENTS,
            *PEOPLE_OF_PARTNERS,
            *acting,
            "Sumiati",
            "Rumini",
            "Karsono",
            "Endah Lestari",
            "Tri Wahyuni",
        ):
            assert name not in text, (address, name)


@pytest.mark.django_db
def test_no_file_of_the_public_shows_a_private_person(example, client):
    text = b"".join(client.get("/kemitraan/daftar.csv")).decode()
    assert "Sekolah lapang kapulaga" in text
    assert not kinds_in(text)


@pytest.mark.django_db
def test_every_public_page_of_an_example_is_marked(example, read):
    for address in addresses(example):
        if "cari" not in address and address != "/panggilan/":  # no record stands on these two
            assert example_marked(MarkFacts(True, MARK in read(address))), address


@pytest.mark.django_db
def test_pages_without_an_example_carry_no_mark(people, read):
    for address in ("/", "/mitra/", "/panggilan/", "/kemitraan/", f"/desa/{OURS}/"):
        assert MARK not in read(address)


def test_what_is_open_to_everybody_is_known():
    """A public page that comes later must be added to ``addresses``, so that it is scanned."""
    public = {name for name in url_names() if name and EVERYONE in table()[name].scopes}
    shows_records = {name for name in public if name.startswith("page.")} - {
        "page.help", "page.help_programs", "page.glossary", "page.rules", "page.rules_of", "page.roles", "page.health",
        "page.journal_proof", "page.language", "page.privacy", "page.villages", "page.villages_csv", "page.villages_xlsx",
        "page.village_by_digits", "page.search",
    }  # fmt: skip
    scanned = {
        "page.home", "page.village", "page.partners", "page.partner", "page.calls", "page.call", "page.partnerships",
        "page.partnership", "page.partnerships_csv", "page.partnerships_xlsx",
    }  # fmt: skip
    papers = {
        "page.verify",
        "page.paper",
        "page.paper_proof",
        "page.paper_certificate",
        "page.agreement",
        "page.agreement_pdf",
    }  # the words that were signed
    draws = {"page.draw", "page.draw_list"}  # codes of lots only; delivery shows it of its own pages
    draws |= {  # villages and offices only; matching shows it of its own pages
        "page.fair_draws", "page.fair_draw", "page.fair_draw_list", "page.fair_draw_file", "page.fair_draw_xlsx",
        "page.fair_draw_pdf",
    }  # fmt: skip
    rounds = {  # villages, offers and figures; matching shows it of its own pages
        "page.rounds", "page.round", "page.round_list", "page.round_file",
    }  # fmt: skip
    offers = {
        "page.offers",
        "page.offer",
        "page.offers_csv",
        "page.offers_xlsx",
    }  # bodies and offices, by their own tests
    printed = {"page.call_paper", "page.case_dossier"}  # without names of people, by tests of their own (selection)
    frozen = {"page.call_frozen"}  # handed out only where the page hides nothing of it, by its own tests
    chosen = {  # bodies, villages and what decided, as published pages of a call: ``test_chosen.py``
        "page.direct", "page.direct_csv", "page.direct_xlsx", "page.rival_calls", "page.rival_call",
        "page.public_joint_offers", "page.public_joint_offer", "page.public_joint_regulations",
        "page.public_joint_regulation", "page.public_joint_regulation_pdf",
    }  # fmt: skip
    settings = {  # numbers of a regency and no person, by ``foundation/test_norms.py``
        "page.public_norms", "page.public_norms_csv", "page.public_norms_xlsx",
    }  # fmt: skip
    asked = {"page.registration_request", "page.similar_partners"}  # names of bodies only, by their own tests
    assert shows_records - papers - printed - draws - rounds - offers - frozen - chosen - settings - asked <= scanned
