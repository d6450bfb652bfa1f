"""The public shell: home, search, lists and the page of a village, as anybody sees them."""

import csv
import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from bermitra.foundation.regions.models import VillageIndex
from tests.people import FOREIGN, OURS, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(people):
    """The text of a page as the public gets it; ``status`` is what it must answer with."""

    def get(address, status=200, follow=False):
        response = Client().get(address, follow=follow)
        assert response.status_code == status, response
        return response.content.decode()

    return get


@pytest.fixture
def indexed(people):
    return VillageIndex.objects.create(
        village=place(OURS), year=2024, iks=7257, ike=4500, ikl=8000, idm=6586,
        status_published="Berkembang", status_by_threshold="Berkembang", published_code=OURS, how_matched="code_and_name",
    )  # fmt: skip


def test_home_is_there_before_anything_is_loaded(page):
    assert "Desa memilih mitranya" in page("/")


def test_a_name_is_found_with_the_place_it_lies_in(page):
    text = page("/cari/?q=pandanarum")
    assert "Kec. Pandanarum, Kab. Banjarnegara, Jawa Tengah" in text
    assert f"/desa/{OURS}/" in text


def test_a_name_in_the_wrong_regency_is_not_guessed(page):
    text = page("/cari/?q=Pandanarum, Buleleng")
    assert "nama itu tidak ada di Kabupaten Buleleng" in text
    assert "Bernama sama di tempat lain" in text


def test_a_code_leads_to_its_village_with_and_without_dots(page):
    assert "Desa Pandanarum" in page(f"/cari/?q={OURS.replace('.', '')}", follow=True)
    assert Client().get(f"/desa/{OURS.replace('.', '')}/")["Location"] == f"/desa/{OURS}/"


def test_what_is_no_code_gets_a_sentence_and_keeps_what_was_typed(page):
    text = page("/cari/?q=33.04.19.200", status=422)
    assert "Apakah ada nol yang hilang dari 33.04.19.200?" in text
    assert 'value="33.04.19.200"' in text


def test_nothing_found_offers_the_list(page):
    assert "Tidak ada yang cocok" in page("/cari/?q=Zzyzx")


def test_lists_go_from_the_country_down_to_a_district(page):
    assert "?di=33" in page("/desa/")
    text = page("/desa/?di=33.04")
    assert "Desa di Kabupaten Banjarnegara" in text
    assert "?di=33.04.19" in text
    assert "Bestala" not in text
    page("/desa/?di=99", status=404)
    page(f"/desa/?di={OURS}", status=404)


def test_a_village_shows_its_index_and_who_decides(page, indexed):
    text = page(f"/desa/{OURS}/")
    assert "0,6586" in text
    assert "Setiap kerja sama harus disetujui <b>Musyawarah Desa</b>" in text


def test_a_status_against_the_thresholds_is_kept_and_flagged(page, indexed):
    VillageIndex.objects.update(status_by_threshold="Maju")
    assert "berbeda dari ambang batas" in page(f"/desa/{OURS}/")


def test_an_urban_ward_says_why_it_starts_nothing(page):
    said = page("/desa/33.04.06.1013/")
    assert "Kerja sama desa hanya untuk desa; kelurahan mengikuti kerja sama daerah." in said
    assert "kelurahan mengikuti kerja sama daerah" in page("/cari/?q=Kutabanjarnegara")


def test_no_such_village_and_no_district_page(page):
    page("/desa/33.04.19.9999/", status=404)
    page("/desa/33.04.19/", status=404)


def test_files_hold_exactly_the_rows_of_the_list(people, indexed):
    sent = b"".join(Client().get("/desa/daftar.csv?di=33.04")).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(sent), delimiter=";"))
    assert [line["Kode"] for line in lines] == ["33.04.06.1013", OURS, "33.04.19.2002"]
    assert lines[1]["IDM"] == "0,6586"
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(Client().get("/desa/daftar.xlsx?di=33.04"))))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [line["Kode"] for line in lines]
    assert rows[2][10] == 0.6586


@pytest.mark.parametrize(
    ("address", "most"),
    [("/", 3), ("/cari/?q=pandanarum", 6), ("/desa/", 6), ("/desa/?di=33.04", 6), (f"/desa/{FOREIGN}/", 6)],
)
def test_public_pages_ask_the_database_little(page, indexed, django_assert_max_num_queries, address, most):
    with django_assert_max_num_queries(most):
        page(address)


def test_it_reads_in_english(people):
    client = Client(headers={"cookie": "bahasa=en"})
    assert 'lang="en"' in client.get(f"/desa/{OURS}/").content.decode()
