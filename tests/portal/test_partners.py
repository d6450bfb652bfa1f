"""The list of partners and the page of one: legal bodies, how they stand, what they have done."""

from datetime import date

import pytest
from django.test import Client

from bermitra.portal.lists import LIST
from bermitra.registry.models import Partner, VerdictRecord
from tests.partnership.makers import a_partner, verify
from tests.people import place
from tests.portal.makers import listed

pytestmark = pytest.mark.django_db


def test_the_list_is_narrowed_by_kind_seat_and_name_whatever_its_form(people, read):
    company = a_partner(people, "PT Maju Jaya", verified=False)
    Partner.objects.filter(pk=company.pk).update(kind="company", seat=place("51.08"))
    a_partner(people, "Fakultas Pertanian", "mitra2")
    assert "2 mitra" in read("/mitra/")
    assert "Fakultas" not in read("/mitra/?jenis=company")
    assert "PT Maju Jaya" in read("/mitra/?di=51")
    assert "Fakultas" not in read("/mitra/?di=51.08")
    assert "PT Maju Jaya" in read("/mitra/?q=P.T.+Maju-Jaya")
    assert "PT Maju Jaya" in read("/mitra/?q=maju")
    assert "Tidak ada mitra yang cocok" in read("/mitra/?q=CV+Maju+Jaya")
    read("/mitra/?di=99", status=404)


def test_a_long_list_goes_on_behind_the_last_name(people, read):
    for number in range(LIST + 2):
        Partner.objects.create(
            kind="company", name=f"PT Contoh {number % 26:02d}", legal_name_key=f"pt:contoh{number}",
            registered_in_id="33.04", registered_at="2026-01-01T00:00Z", registered_by="system",
        )  # fmt: skip
    codes = list(Partner.objects.order_by("name", "code").values_list("code", flat=True))
    assert f"?setelah={codes[LIST - 1]}" in read("/mitra/")
    rest = read(f"/mitra/?setelah={codes[LIST - 1]}")
    assert [code for code in codes if f"/mitra/{code}/" in rest] == codes[LIST:]


def test_the_page_says_how_it_stands_with_its_days(people, read):
    partner = a_partner(people)
    text = read(f"/mitra/{partner.code}/")
    assert "Perguruan tinggi" in text
    assert "Diperiksa 15 Januari 2026 dan lolos. Hasilnya berlaku sebelum 30 Juni 2028." in text


def test_what_was_never_checked_or_is_stale_says_so(people, read):
    never = a_partner(people, "Yayasan Baru", verified=False)
    assert "Belum diverifikasi" in read(f"/mitra/{never.code}/")
    record = VerdictRecord.objects.create
    verify(never)
    old = VerdictRecord.objects.get(partner=never)
    record(
        verification=old.verification, partner=never, verdict="verified", flags=[], repairs=[], counts={}, inputs={},
        book_version=1, concluded_on=date(2026, 1, 20), stale_on=date(2026, 12, 1), concluded_at="2026-01-20T00:00Z",
        concluded_by="system",
    )  # fmt: skip
    text = read(f"/mitra/{never.code}/")
    assert "Verifikasi kedaluwarsa" in text
    assert "tidak berlaku lagi sejak 1 Desember 2026" in text


def test_a_sanction_is_said_and_a_namesake_that_nobody_compared_is_not(people, read):
    partner = a_partner(people)
    listing = listed(partner)
    assert "Tercantum dalam daftar sanksi" in read(f"/mitra/{partner.code}/")
    namesake = a_partner(people, partner.name, "mitra2")
    assert "Tercantum" not in read(f"/mitra/{namesake.code}/")
    assert listing.partner_id == partner.pk


def test_what_it_has_done_stands_there_with_its_promises(example, read):
    text = read(f"/mitra/{example.partner.code}/")
    assert "Sekolah lapang kapulaga" in text
    assert "1 dari 1 janji yang sudah jatuh tempo ditepati." in text
    assert f"/kemitraan/{example.case.code}/" in text


def test_search_finds_partners_in_a_section_of_their_own(people, read):
    a_partner(people, "Koperasi Pandan Makmur")
    text = read("/cari/?q=pandan+makmur")
    assert '<h2 id="mitra">Mitra</h2>' in text
    assert "Koperasi Pandan Makmur" in text
    assert "Tidak ada yang cocok" not in text


def test_the_code_of_a_partner_leads_to_its_page(people):
    partner = a_partner(people)
    assert Client().get(f"/cari/?q={partner.code.lower()}")["Location"] == f"/mitra/{partner.code}/"
    assert Client().get(f"/mitra/{partner.code.lower()}/")["Location"] == f"/mitra/{partner.code}/"
    assert Client().get("/mitra/AAAAAAAAAA/").status_code == 404
