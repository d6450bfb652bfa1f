"""The pages of offers as a browser without scripts sends them, and what the public reads."""

import csv
import io
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from bermitra.foundation.calendar import long_date
from bermitra.needs.models import Offer
from bermitra.needs.offers import actions
from tests.deliberation.test_pages import as_, send, to
from tests.needs.offer_makers import a_draft, a_full_offer, a_published_offer, half_a_year_on
from tests.partnership.makers import a_partner
from tests.registry.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(people):
    cache.clear()
    return a_partner(people)


def words(response) -> str:
    assert response.status_code == 200, response
    return " ".join(response.content.decode().split())


def test_an_offer_is_written_part_by_part_and_opened_by_its_pages(people, partner):
    client = as_("mitra")
    sent = send(client, to("needs.record_offer"), title="Pipa desa", brings="Pipa 2 km.", forms=["tjsl", "latih"])
    offer = Offer.objects.get()
    assert sent["Location"] == to("needs.set_ability", offer.code), "the next part that says nothing"
    assert "ND-05" in words(client.get(to("page.offer_file", offer.code)))
    assert send(client, to("needs.publish_offer", offer.code)).status_code == 409
    send(client, to("needs.set_ability", offer.code), sector="drinking_water", level="75", what="12 desa sejak 2021")
    send(client, to("needs.set_ability", offer.code), sector="health", level="25", what="Satu desa")
    assert "12 desa sejak 2021" in words(client.get(to("needs.set_ability", offer.code)))
    assert send(client, to("needs.drop_ability", offer.code, "health")).status_code == 302
    assert client.get(to("needs.drop_ability", offer.code, "health")).status_code == 404
    parts = {
        "needs.seek_return": {"seeks": ["social_licence"], "conditions": "", "gifts_to_persons": "tidak"},
        "needs.place_offer": {"reach": "sebagian", "areas": "Kabupaten Banjarnegara", "places": "3"},
        "needs.fund_offer": {
            "budget_low": "50 juta", "budget_high": "200 juta", "term_months": "24",
            "valid_until": long_date(half_a_year_on()),
        },
        "needs.aim_offer": {"goals": ["6"], "vision": "Air untuk semua.", "risks": []},
    }  # fmt: skip
    following = [to(door, offer.code) for door in [*list(parts)[1:], ""] if door] + [to("page.offer_file", offer.code)]
    for (door, given), then in zip(parts.items(), following, strict=True):
        assert send(client, to(door, offer.code), **given)["Location"] == then
    page = words(client.get(to("page.offer_file", offer.code)))
    assert "Rp 50.000.000 sampai Rp 200.000.000" in page
    assert "Tawaran sudah lengkap. Terbitkan supaya desa dapat membacanya." in page
    Offer.objects.update(gifts_to_persons=None)
    asked = words(client.get(to("page.offer_file", offer.code)))
    assert "Jawab dahulu: adakah uang atau hadiah untuk pribadi?" in asked
    Offer.objects.update(gifts_to_persons=False)
    assert "untuk 3 desa lagi" in page
    assert "dinyatakan sendiri" in page
    assert send(client, to("needs.publish_offer", offer.code)).status_code == 302
    refused = send(client, to("needs.describe_offer", offer.code), title="Lain", brings="Lain", forms=["tjsl"])
    assert refused.status_code == 409
    assert "ND-14" in refused.content.decode()
    assert send(client, to("needs.pause_offer", offer.code), why="").status_code == 422
    send(client, to("needs.pause_offer", offer.code), why="Menunggu pipa datang.")
    assert "Menunggu pipa datang." in words(client.get(to("page.offer_file", offer.code)))
    send(client, to("needs.withdraw_offer", offer.code), why="Anggaran dialihkan.")
    assert Offer.objects.get().state == "withdrawn"


def test_what_was_typed_wrongly_comes_back_with_what_to_do(people, partner):
    offer, client = a_draft(people, partner), as_("mitra")
    answer = send(client, to("needs.place_offer", offer.code), reach="sebagian", areas="Atlantis", places="banyak")
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Wilayah Atlantis tidak ada." in said
    assert "bukan bilangan antara 1 dan" in said
    late = {"budget_low": "9", "budget_high": "1", "term_months": "0", "valid_until": "kapan saja"}
    assert send(client, to("needs.fund_offer", offer.code), **late).status_code == 422
    over = {"budget_low": "1 juta", "budget_high": "2 juta", "term_months": "121", "valid_until": "1 Mei 2020"}
    said = send(client, to("needs.fund_offer", offer.code), **over).content.decode()
    assert "Tanggal 1 Mei 2020 sudah lewat. Isi tanggal yang masih di depan." in said
    assert "bukan bilangan antara 1 dan 120" in said
    unchosen = send(client, to("needs.set_ability", offer.code), sector="", level="75", what="12 desa")
    assert "Bidang kebutuhan belum dipilih." in unchosen.content.decode()


def test_the_regency_reads_what_was_published_and_looks_at_abilities(people, partner):
    a_draft(people, partner, title="Masih draf")
    offer, client = a_published_offer(people, partner), signed_in(people.dinas)
    listed = words(client.get(to("page.offer_list")))
    assert offer.title in listed
    assert "Masih draf" not in listed
    page = words(client.get(to("page.offer_file", offer.code)))
    assert "Periksa kemampuan" in page
    assert "Jeda tawaran" not in page
    seen = client.get(to("needs.verify_ability", offer.code)).context["form"]["seen"].value()
    given = {"ability": "sanitation", "proven": "tidak", "reason": "", "seen": seen}
    assert send(client, to("needs.verify_ability", offer.code), **given).status_code == 422
    changed = send(client, to("needs.verify_ability", offer.code), **{**given, "reason": "Dibaca.", "seen": "lain"})
    assert changed.status_code == 409
    assert "ND-21" in changed.content.decode()
    given["reason"] = "Belum ada laporan."  # of the second one in the list of choices
    assert send(client, to("needs.verify_ability", offer.code), **given).status_code == 302
    given.update(ability="drinking_water", proven="ya", reason="Dua belas desa didatangi.")
    assert send(client, to("needs.verify_ability", offer.code), **given).status_code == 302
    public = words(Client().get(to("page.offer", offer.code)))
    assert "diperiksa Kabupaten Banjarnegara" in public
    assert "Dua belas desa didatangi." in public
    assert "belum terbukti menurut Kabupaten Banjarnegara" in public
    assert "dinyatakan sendiri" not in public.replace("dinyatakan mitra sendiri", "")


def test_strangers_find_no_file_of_it(people, partner):
    offer = a_published_offer(people, partner)
    a_partner(people, name="Yayasan Lain", username="lain")
    for who, status in (("lain", 404), ("dinas.asing", 404), ("kades", 403), ("warga", 403)):
        assert signed_in(people.held[who]).get(to("page.offer_file", offer.code)).status_code == status, who
    assert as_("lain").get(to("page.offer_list")).content.decode().count(offer.title) == 0


def test_a_place_finds_the_offers_that_reach_it(people, partner):
    made = {
        "regency": a_published_offer(people, partner, title="Untuk Banjarnegara", areas=["33.04"]),
        "province": a_published_offer(people, partner, title="Untuk Jawa Tengah", areas=["33"]),
        "country": a_published_offer(people, partner, title="Untuk semua", areas=[]),
        "elsewhere": a_published_offer(people, partner, title="Untuk Bali", areas=["51"]),
    }
    reached = {
        "33.04.19.2001": {"regency", "province", "country"},
        "33.04": {"regency", "province", "country"},
        "33": {"regency", "province", "country"},
        "51.08.02.2008": {"country", "elsewhere"},
        "": set(made),
    }
    for place, names in reached.items():
        page = words(Client().get(f"/tawaran/?di={place}"))
        assert {name for name, offer in made.items() if offer.title in page} == names, place


def test_filters_narrow_the_public_list_and_stay_in_the_address(people, partner):
    a_published_offer(
        people, partner, title="Air", abilities={"drinking_water": 75}, forms=["tjsl"], seeks=["social_licence"]
    )
    a_published_offer(
        people, partner, title="Kesehatan", abilities={"health": 50}, forms=["latih"], seeks=["research_site"]
    )
    a_draft(people, partner, title="Draf")
    for asked, found in (
        ("bidang=health", "Kesehatan"), ("bentuk=tjsl", "Air"), ("dicari=research_site", "Kesehatan"), ("q=kesehat", "Kesehatan"),
    ):  # fmt: skip
        page = words(Client().get(f"/tawaran/?{asked}"))
        assert [each for each in ("Air", "Kesehatan", "Draf") if f">{each}</a>" in page] == [found], asked
        assert "1 tawaran" in page
    assert "2 tawaran" in words(Client().get("/tawaran/?jenis=university"))
    assert "Tidak ada tawaran yang cocok" in words(Client().get("/tawaran/?jenis=company"))
    assert "2 tawaran" in words(Client().get("/tawaran/?bidang=tidak-ada")), "an old link still opens the list"
    assert Client().get("/tawaran/?di=99.99").status_code == 404


def test_pages_of_the_list_follow_one_another_without_gap_or_repeat(people, partner):
    made = {a_published_offer(people, partner, title=f"Tawaran {n:02}").code for n in range(9)}
    for name in ("kedua", "ketiga"):
        other = a_partner(people, name=f"Yayasan {name}", username=name)
        made |= {a_published_offer(people, other, who=name, title=f"Tawaran {name} {n}").code for n in range(7)}
    seen, address = [], "/tawaran/"
    while address:
        page = Client().get(address)
        seen += [line["url"].split("/")[2] for line in page.context["lines"]]
        address = f"/tawaran/{page.context['next']}" if page.context["next"] else ""
    assert len(seen) == 23
    assert set(seen) == made


def test_the_files_hold_the_rows_of_the_list(people, partner):
    offer = a_published_offer(people, partner, title="=Pipa", areas=["33.04", "51"])
    a_published_offer(people, partner, title="Bali saja", areas=["51"])
    answer = Client().get("/tawaran/daftar.csv?di=33.04")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    row = dict(zip(*rows, strict=True))
    assert row["Tawaran"] == "'=Pipa", "no spreadsheet carries it out"
    assert (row["Kode"], row["Kode wilayah"], row["Jumlah desa"]) == (offer.code, "33.04, 51", "3")
    assert row["Anggaran tertinggi"] == "200000000"
    book = Client().get("/tawaran/daftar.xlsx")
    content = b"".join(book.streaming_content) if book.streaming else book.content
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()) == 3


def test_an_offer_is_read_as_long_as_it_was_open_once(people, partner):
    draft = a_full_offer(people, partner)
    assert Client().get(to("page.offer", draft.code)).status_code == 404
    actions.publish_offer(by=people.by("mitra"), offer=draft)
    page = words(Client().get(to("page.offer", draft.code)))
    assert "Tidak ada" in page and "Terverifikasi" in page
    actions.pause_offer(by=people.by("mitra"), offer=Offer.objects.get(), why="Hubungi 0812 3456 7890.")
    page = words(Client().get(to("page.offer", draft.code)))
    assert "Dijeda" in page
    assert "7890" not in page, "a telephone number is read by nobody"
    assert draft.code not in words(Client().get("/tawaran/"))


def test_what_its_partner_writes_meanwhile_is_read_only_once_it_is_published(people, partner):
    offer = a_published_offer(people, partner)
    url, told = to("page.offer", offer.code), {"title": offer.title, "forms": offer.forms}
    actions.pause_offer(by=people.by("mitra"), offer=offer, why="Menambah pelatih.")
    assert "Pipa 2 km" in words(Client().get(url)), "what was published is still read"
    actions.describe_offer(by=people.by("mitra"), offer=offer, brings="Isi yang belum terbit.", **told)
    for state in ("paused", "withdrawn", "expired"):
        Offer.objects.update(state=state)
        page = words(Client().get(url))
        assert "Menambah pelatih." in page
        assert "Isi yang belum terbit." not in page, state
        assert "12 desa sejak 2021" not in page, state
    offer.refresh_from_db()
    actions.renew_offer(by=people.by("mitra"), offer=offer, valid_until=half_a_year_on())
    dinas = signed_in(people.dinas)
    assert dinas.get(to("page.offer_file", offer.code)).status_code == 404, "a draft again"
    assert offer.title not in words(dinas.get(to("page.offer_list")))
    offer.refresh_from_db()
    actions.publish_offer(by=people.by("mitra"), offer=offer)
    assert "Isi yang belum terbit." in words(Client().get(url))


def test_its_partner_the_search_and_the_work_box_lead_to_it(people, partner):
    offer = a_published_offer(people, partner)
    url = to("page.offer", offer.code)
    theirs = (
        f"/tawaran/?q={quote(partner.name)}"  # a list of their own would be a statement too many for the partner's page
    )
    assert theirs in words(Client().get(to("page.partner", partner.code)))
    assert url in words(Client().get(theirs))
    assert Client().get(f"/cari/?q={offer.code}")["Location"] == url
    assert "1 tawaran terbuka" in words(Client().get(f"/cari/?q={partner.name}"))
    assert "/tawaran/?di=33.04.19.2001" in words(as_("kades").get(to("page.work_box")))
    assert to("page.offer_list") in words(as_("mitra").get(to("page.work_box")))


def test_pages_ask_the_database_little(people, partner):
    offer = a_published_offer(people, partner)
    for n in range(6):
        a_published_offer(people, partner, title=f"Tawaran {n}", areas=["33", "51"])
    for address in ("/tawaran/", "/tawaran/?di=33.04&bidang=drinking_water", to("page.offer", offer.code)):
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(address).status_code == 200
        assert len(asked) <= 6, (address, [each["sql"] for each in asked])
    mitra, dinas = as_("mitra"), signed_in(people.dinas)
    for client, address in (
        (mitra, to("page.offer_list")), (mitra, to("page.offer_file", offer.code)), (dinas, to("page.offer_file", offer.code)),
        (mitra, to("needs.set_ability", offer.code)), (dinas, to("needs.verify_ability", offer.code)),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= 12, (address, [each["sql"] for each in asked])
