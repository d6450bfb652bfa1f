"""What villages offer one another, as anybody sees it: who answered what, when, under which number."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags

from bermitra.deliberation.inter_village.answers import actions as answering
from bermitra.foundation.commands import clock
from tests.deliberation.joint_makers import (
    ANSWER_BY,
    CALLED,
    OFFERED,
    THIRD,
    binding,
    decides,
    drafted,
    elsewhere,
    offered,
    writes,
)
from tests.deliberation.makers import on
from tests.people import NEIGHBOUR, OURS

pytestmark = pytest.mark.django_db


def at(address, moment):
    with clock.at(moment):
        response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(page):
    return " ".join(strip_tags(page).split())


def test_everybody_reads_who_answered_what_when_and_who_is_silent(people):
    beji = elsewhere(people)
    elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    binding(beji, decides(beji, offer, conditions="Hubungi 081234567890 soal meter."))
    writes(beji, offer, "agree_with_notes", "Hubungi 081234567890 soal meter.")
    said = words(at(f"/antar-desa/{offer.code}/", on(CALLED)))
    for each in (
        "1 dari 2 desa sudah menjawab tertulis. Batas jawaban 1 April 2026.", "surat 140/2002/2026, 2 Maret 2026",
        "berita acara BA-2002", "Setuju dengan catatan", "belum menjawab tertulis · Sisa 20 hari.",
        "Air bersih dari satu mata air dan perlindungan hutannya.", "140/061/PDN/2026",
    ):  # fmt: skip
        assert each in said, each
    for hidden in ("Tarmi", "081234567890"):  # no delegate is named to everybody, nor a number by which one is found
        assert hidden not in said, hidden


def test_silence_that_was_closed_is_shown_as_no_answer(people):
    elsewhere(people)
    offer = offered(people)
    with clock.at(on(ANSWER_BY + timedelta(days=1))):
        answering.close_joint_answers(by=people.by("kades"), offer=offer)
    said = words(at(f"/antar-desa/{offer.code}/", on(ANSWER_BY + timedelta(days=2))))
    assert "Tidak menjawab, tidak ikut" in said
    assert "Lewat 1 hari" not in said


def test_a_draft_is_no_public_page_and_a_sent_offer_is_found_by_area_and_by_code(people):
    elsewhere(people)
    draft, offer = drafted(people), offered(people)
    with clock.at(on(OFFERED)):
        assert Client().get(f"/antar-desa/{draft.code}/").status_code == 404
        assert Client().get("/cari/", {"q": offer.code})["Location"] == f"/antar-desa/{offer.code}/"
    for area in ("", f"?di={OURS}", f"?di={NEIGHBOUR}", "?di=33.04"):
        listed = at(f"/antar-desa/{area}", on(OFFERED))
        assert f"/antar-desa/{offer.code}/" in listed
        assert draft.code not in listed
    elsewhere(people, THIRD, "Sinduaji")
    assert offer.code not in at(f"/antar-desa/?di={THIRD}", on(OFFERED))
    assert f"/antar-desa/?di={OURS}" in at(f"/desa/{OURS}/", on(OFFERED))


def test_the_list_goes_on_behind_the_last_of_a_page(people):
    elsewhere(people)
    first = [offered(people).code for _n in range(21)]
    page = at("/antar-desa/", on(OFFERED))
    assert sum(f"/antar-desa/{code}/" in page for code in first) == 20
    oldest = first[0]
    assert f"/antar-desa/{oldest}/" in at(f"/antar-desa/?setelah={first[1]}", on(OFFERED))


def test_the_public_page_asks_six_statements(people, django_assert_max_num_queries):
    beji = elsewhere(people)
    offer = offered(people)
    binding(beji, decides(beji, offer))
    writes(beji, offer)
    at(f"/antar-desa/{offer.code}/", on(CALLED))
    with django_assert_max_num_queries(6):
        at(f"/antar-desa/{offer.code}/", on(CALLED))
