"""The page of a village: its needs in the residents' order, what it has, who decides; and the home page."""

import pytest
from django.urls import reverse

from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.regions.models import RegisterLoad
from bermitra.needs.models import Need, Potential, VillageAims
from bermitra.needs.queries import risk_label
from bermitra.portal.direct import key_of
from bermitra.site.menu import PUBLIC, WORK, doors
from tests.partnership.makers import LONG_AGO, a_need
from tests.people import NEIGHBOUR, OURS
from tests.selection.makers import OPENED, an_offer

pytestmark = pytest.mark.django_db


def test_needs_stand_in_the_residents_order_with_what_became_of_them(example, read):
    text = read(f"/desa/{OURS}/")
    assert text.index("Harga kapulaga yang adil") < text.index("Air bersih Dusun Dhuwur")
    assert "Sudah bermitra" in text
    assert "21 keluarga" in text


def test_an_offer_that_waits_beyond_its_day_is_counted_as_late_and_not_as_answered(people, read, client):
    with clock.at(OPENED):
        an_offer(people)
    assert "satu lewat batas tanpa jawaban" in read(f"/desa/{OURS}/")
    with clock.at(OPENED):  # the same process, whatever day it answered for last
        assert "Usulan mitra yang dijawab" not in client.get(f"/desa/{OURS}/").content.decode()
    text = read(f"/desa/{OURS}/")  # of today, long after the day of the answer
    assert "satu lewat batas tanpa jawaban" in text
    assert "dijawab terlambat" not in text


def test_a_key_that_is_no_code_of_an_area_reaches_no_statement():
    assert key_of("desa", "33.04.19.2001") == "33.04.19.2001"
    assert [key_of("desa", typed) for typed in ("\x00", "33.04\x00", "3" * 14, "")] == [None] * 4


def test_a_need_that_is_only_written_down_is_not_public(people, read):
    a_need("Jalan tani", state="draft")
    a_need("Air minum")
    text = read(f"/desa/{OURS}/")
    assert "Jalan tani" not in text
    assert "Mencari mitra" in text


def test_potentials_are_measured_without_their_owner(example, read):
    text = read(f"/desa/{OURS}/")
    assert "Kapulaga (komoditas tanaman)" in text
    assert "64,5 hektare" in text


def test_what_lists_of_fitting_partners_compare_is_read_on_the_page(people, read):
    now = clock.now()
    VillageAims.objects.create(village_id=OURS, goals=[6], vetoes=["mining"], set_at=now, set_by="system")
    Potential.objects.create(
        village_id=OURS, title="Kapulaga", kind="crops", strength=75, state="published", created_by="system",
        created_at=now, verified_at=now,
    )  # fmt: skip
    a_need("Air minum")
    Need.objects.update(severity=4)
    text = read(f"/desa/{OURS}/")
    assert "6 · Desa Layak Air Bersih dan Sanitasi" in text
    assert risk_label("mining") in text
    assert "75 dari 100 · diperiksa" in text
    assert "berat 4 dari 5" in text


def test_who_decides_is_named_with_the_end_of_the_term(example, read):
    text = read(f"/desa/{OURS}/")
    assert "<dd>Sutrisno Hadi<small>masa jabatan sampai 31 Desember 2029</small></dd>" in text
    assert "<dt>Ketua BPD</dt><dd>Darsini" in text
    assert "2 Maret 2026, 9 hadir dari 9 undangan" in text
    assert "Nomor 4 Tahun 2025 tentang Kerja Sama Desa" in text


def test_an_office_that_ended_is_not_shown(people, read):
    Appointment.objects.filter(person=people.kades).update(until="2026-01-01")
    assert "Sutrisno Hadi" not in read(f"/desa/{OURS}/")


def test_partnerships_of_the_village_and_no_others_are_shown(example, read):
    assert example.case.code in read(f"/desa/{OURS}/")
    assert example.case.code not in read(f"/desa/{NEIGHBOUR}/")


def test_home_tells_what_happens_and_its_figures_lead_to_their_lists(example, read):
    RegisterLoad.objects.create(
        kind="regions", file_hash="a" * 64, source="x", decree="Kepmendagri", at=LONG_AGO, by_code="system",
        counts={"in_force": {"desa": 75_266}},
    )  # fmt: skip
    text = read("/")
    assert "Sekolah lapang kapulaga" in text
    assert "<b>1</b><span>kemitraan berjalan</span>" in text
    assert 'href="/kemitraan/?tahap=pelaksanaan"' in text
    assert "75.266" in text


def test_the_menu_marks_the_nearest_door_only():
    here = [each.label for each in doors(WORK, "/kerja/kabar/") if each.here]
    assert here == ["Kabar"]
    assert [each.here for each in doors(PUBLIC, reverse("page.partnerships"))] == [False, True, False, False]


@pytest.mark.parametrize(
    "address",
    ["/", f"/desa/{OURS}/", "/desa/?di=33.04", "/kemitraan/?di=33.04&tahap=pelaksanaan&q=kapulaga", "/mitra/?di=33.04&q=a",
     "/panggilan/?di=33.04", "/panggilan/?keadaan=ditutup", "/cari/?q=pandanarum", "/cari/?q=Mitra+Contoh",
     "/cari/?q=mitra+contoh,+banjarnegara", "/cari/?q=3304192001", "/cari/?q=pandanarun+banjarnegara",
     "/cari/?q=desa+pandanarum+kec.+pandanarum", "/cari/?q=Pandanarum,+Buleleng",
     "/cari/?q=Universitas+Negeri+Banjarnegara", "/bantuan/", "/bantuan/istilah/", "/bantuan/aturan/seleksi/"],
)  # fmt: skip
def test_a_public_page_asks_the_database_six_times_at_most(example, client, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(6):
        assert client.get(address).status_code in (200, 302)


def test_the_pages_of_records_ask_six_times_at_most(example, client, django_assert_max_num_queries):
    for address in (
        f"/kemitraan/{example.case.code}/", f"/kemitraan/{example.call.case.code}/", f"/mitra/{example.partner.code}/",
        f"/panggilan/{example.call.code}/",
    ):  # fmt: skip
        with django_assert_max_num_queries(6):
            assert client.get(address).status_code == 200
