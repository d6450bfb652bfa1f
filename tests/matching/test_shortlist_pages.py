"""Pages of the lists: who reads which, what they say, how one asks why not, and the same as files and as JSON."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.test import Client

from bermitra.foundation.accounts.middleware import SECOND_FACTOR_SEEN
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.regions.models import Region
from bermitra.matching.models import Shortlist, ShortlistRow
from bermitra.matching.shortlists import actions
from bermitra.matching.shortlists.views import lists
from bermitra.needs.models import Offer, VillageAims
from tests.matching.shortlist_makers import a_need, a_potential, a_shortlist, aims, an_offer
from tests.people import FOREIGN, NEIGHBOUR, OURS, People
from tests.registry.makers import a_partner
from tests.tables import cells

pytestmark = pytest.mark.django_db
MOST = 12  # statements of a signed-in page


def reader(people: People, who: str) -> Client:
    client = Client()
    client.force_login(people.held[who])
    session = client.session
    session[SECOND_FACTOR_SEEN] = True
    session.save()
    return client


def read(people: People, who: str, path: str, status: int = 200) -> str:
    answer = reader(people, who).get(path)
    assert answer.status_code == status, (who, path, answer.status_code)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode()


# What is said -----------------------------------------------------------------------------------------------------------


def test_a_village_head_reads_which_partner_fits_and_why(people, offer):
    a_shortlist()
    page = read(people, "kades", f"/kerja/kecocokan/desa/{OURS}/")
    assert "Jaringan air bersih desa" in page
    assert "PT Tirta Serayu Lestari" in page
    assert "Nilai 0,73" in page
    assert (
        "Air minum dan air bersih: desa sangat membutuhkan (100 dari 100). Mitra berpengalaman (75 dari 100)." in page
    )
    assert "Mitra mencari pasokan bahan baku. Potensi desa kuat (75 dari 100)." in page
    assert "Buka kemitraan baru" in page
    assert "Tujuan yang sama: 6 · Desa Layak Air Bersih dan Sanitasi." in page
    assert "Diperiksa" in page
    assert f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/" in page
    need = ShortlistRow.objects.filter(village=OURS)[0].reasons[0].get("need") or ""
    assert f"/kerja/kebutuhan/{need}" in page


def test_a_partner_reads_which_villages_fit_and_who_speaks_only_for_itself(people, offer):
    a_shortlist()
    page = read(people, "mitra", f"/kerja/kecocokan/tawaran/{offer.code}/")
    assert page.index(">Pandanarum<") < page.index(">Beji<")
    assert "Kata desa sendiri" in page
    assert "desa menyatakan 60 dari 100; dihitung 42 karena belum diperiksa." in page
    assert "/kerja/kebutuhan/" not in page  # needs are opened by those of the village
    assert f'href="/desa/{NEIGHBOUR}/"' in page


def test_a_veto_set_after_the_list_was_computed_is_said_on_both_lists(people, offer):
    Offer.objects.update(risks=["land_clearing"])
    a_shortlist()
    own, theirs = f"/kerja/kecocokan/desa/{OURS}/", f"/kerja/kecocokan/tawaran/{offer.code}/"
    touched = "Sejak daftar dihitung, tawaran ini menyentuh pantangan desa."
    assert touched not in read(people, "kades", own)
    VillageAims.objects.filter(village=OURS).update(vetoes=["land_clearing"], set_at=clock.now() + timedelta(minutes=1))
    page = read(people, "kades", own)
    assert touched in page
    assert "Minta Dinas PMD menghitung ulang." in page
    assert read(people, "mitra", theirs).count(touched) == 1


def test_a_pair_that_fits_says_what_to_do_next_and_one_that_does_not_how_much_is_missing(people, offer):
    at = f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/"
    assert "Buka kemitraan baru" in read(people, "kades", at)
    assert "Buka kemitraan baru" not in read(people, "bpd", at)
    assert "Desa ini cocok." in read(people, "mitra", at)
    Offer.objects.update(goals=[18], budget_low=1, budget_high=2)
    page = read(people, "kades", at)
    assert "Perubahan pertama" in page
    assert "Sesudah itu masih ada 1 syarat lain yang belum dipenuhi." in page


def test_an_open_offer_leads_a_village_to_how_well_it_fits_and_a_visitor_to_signing_in(people, offer):
    at = f"/tawaran/{offer.code}/"
    assert f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/" in read(people, "kades", at)
    assert "Desa Anda berminat?" not in read(people, "mitra", at)
    assert f"?next=%2Ftawaran%2F{offer.code}%2F" in Client().get(at).content.decode()


def test_a_partner_without_an_open_offer_is_told_to_publish_one(people, partner):
    assert "Anda belum punya tawaran terbuka" in read(people, "mitra", "/kerja/kecocokan/mengapa/")


def test_a_long_list_of_an_offer_goes_on_behind_its_last_row_and_narrows_to_a_regency(
    people, partner, django_assert_max_num_queries
):
    for n in range(10, 40):
        code = f"33.04.19.20{n}"
        Region.objects.create(code=code, level=4, kind="desa", name=f"Desa {n}", name_key=code, parent_id="33.04.19")
        a_need(code)
        aims(code)
    a_need(FOREIGN)
    aims(FOREIGN)
    offer = an_offer(partner, areas=())
    a_shortlist()
    a_shortlist("51.08")
    client = reader(people, "mitra")
    with django_assert_max_num_queries(MOST):
        first = client.get(f"/kerja/kecocokan/tawaran/{offer.code}/").content.decode()
    assert first.count('class="cap">Nilai') == 20
    following = first.split('rel="next" href="')[1].split('"')[0]
    second = read(people, "mitra", f"/kerja/kecocokan/tawaran/{offer.code}/{following}")
    assert second.count('class="cap">Nilai') == 1
    narrowed = read(people, "mitra", f"/kerja/kecocokan/tawaran/{offer.code}/?di=51.08")
    assert ">Bestala<" in narrowed
    assert narrowed.count('class="cap">Nilai') == 1
    office = read(people, "dinas", f"/kerja/kecocokan/tawaran/{offer.code}/")
    assert ">Bestala<" not in office  # of another regency


def test_a_long_list_of_a_village_goes_on_behind_its_last_rank(people, partner, offer, monkeypatch):
    second = an_offer(partner, title="Tawaran kedua", abilities={"drinking_water": 50})
    a_shortlist()
    monkeypatch.setattr(lists, "PAGE", 1)
    first = read(people, "kades", f"/kerja/kecocokan/desa/{OURS}/")
    assert offer.title in first and second.title not in first and "?setelah=1" in first
    rest = read(people, "kades", f"/kerja/kecocokan/desa/{OURS}/?setelah=1")
    assert second.title in rest and offer.title not in rest and "?setelah=2" not in rest


def test_the_regency_reads_how_evenly_villages_are_shown_and_what_the_list_was_computed_with(people, offer):
    made = a_shortlist()
    page = read(people, "dinas", f"/kerja/kecocokan/daftar/{made.code}/")
    for said in ("Gini", "Tanpa status", "60%", "20%", "70%", "20 tempat, 4 bagi desa"):
        assert said in page
    assert made.hash in page.replace("<wbr>", "")
    assert made.rows_hash in page.replace("<wbr>", "")
    assert "Jaringan air bersih desa" in page
    assert made.code in read(people, "dinas", "/kerja/kecocokan/")


def test_one_s_own_list_opens_at_once_and_a_partner_chooses_an_offer(people, offer):
    answer = reader(people, "kades").get("/kerja/kecocokan/")
    assert (answer.status_code, answer["Location"]) == (302, f"/kerja/kecocokan/desa/{OURS}/")
    assert f"/kerja/kecocokan/tawaran/{offer.code}/" in read(people, "mitra", "/kerja/kecocokan/")


def test_a_village_without_a_counted_need_reads_what_is_missing(people, partner):
    an_offer(partner)
    page = read(people, "kades", f"/kerja/kecocokan/desa/{OURS}/")
    assert "Belum ada kebutuhan yang ditetapkan Musyawarah Desa" in page
    a_need()
    assert "Daftar kabupaten ini belum dihitung." in read(people, "kades", f"/kerja/kecocokan/desa/{OURS}/")
    a_shortlist()
    Offer.objects.update(seeks=["workforce"], goals=[18])
    a_shortlist()
    assert "Belum ada tawaran yang lolos kelima syarat" in read(people, "kades", f"/kerja/kecocokan/desa/{OURS}/")


# Asking and waiting -------------------------------------------------------------------------------------------------------


def test_the_office_asks_waits_and_reads(people, offer):
    client = reader(people, "dinas")
    assert client.get("/kerja/kecocokan/hitung/").status_code == 200
    sent = client.post("/kerja/kecocokan/hitung/", {"_key": "satu-kunci-saja"})
    asked = Shortlist.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/kerja/kecocokan/daftar/{asked.code}/")
    waits = read(people, "dinas", f"/kerja/kecocokan/daftar/{asked.code}/")
    assert 'http-equiv="refresh"' in waits
    assert "Menunggu giliran" in waits
    refused = client.post("/kerja/kecocokan/hitung/", {"_key": "kunci-yang-kedua"})
    assert refused.status_code == 409
    assert "MT-15" in refused.content.decode()
    actions.begin_shortlist(by=By.the_system(), shortlist=asked)
    assert "Membaca kebutuhan dan tawaran" in read(people, "dinas", f"/kerja/kecocokan/daftar/{asked.code}/")
    actions.fail_shortlist(
        by=By.the_system(), shortlist=asked, failure="Ada data yang belum bisa dihitung.",
        problems=({"row": offer.code, "field": "abilities", "value": "0", "says": "Tawaran belum menyebut bidang.",
                   "remedy": "Pilih sedikitnya satu bidang kemampuan."},),
    )  # fmt: skip
    failed = read(people, "dinas", f"/kerja/kecocokan/daftar/{asked.code}/")
    assert "Ada data yang belum bisa dihitung." in failed
    assert "Pilih sedikitnya satu bidang kemampuan." in failed
    assert 'http-equiv="refresh"' not in failed


def test_an_older_shortlist_says_where_the_newest_is(people, offer):
    old, new = a_shortlist(), a_shortlist()
    page = read(people, "dinas", f"/kerja/kecocokan/daftar/{old.code}/")
    assert f"/kerja/kecocokan/daftar/{new.code}/" in page
    assert "isi daftar ini tidak disimpan lagi" in page


# Why not ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "rule", "said"),
    [
        ({"areas": ("51.08",)}, "MT-01", "Mitra menambah Kabupaten Banjarnegara pada wilayah tawaran."),
        ({"abilities": {"energy": 75}}, "MT-02", "Mitra menambah kemampuan Air minum dan air bersih, sedikitnya tingkat 25."),
        ({"risks": ["mining"]}, "MT-03", "1 risiko menyentuh pantangan desa."),
        ({"budget_low": 0, "budget_high": 45_000_000}, "MT-04", "kurang Rp\u00a05.000.000 untuk bertemu."),
        ({"budget_low": 95_000_000, "budget_high": 99_000_000}, "MT-04", "Mitra menurunkan anggaran terendah menjadi Rp\u00a090.000.000."),
        ({"goals": [18]}, "MT-05", "Mitra menambah tujuan 6 · Desa Layak Air Bersih dan Sanitasi."),
    ],
)  # fmt: skip
def test_the_first_gate_that_failed_its_distance_and_the_smallest_change_are_said(people, partner, changes, rule, said):
    a_need()
    aims(vetoes=("mining",))
    offer = an_offer(partner, **changes)
    page = read(people, "kades", f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/")
    assert "Belum cocok" in page
    assert said in page
    told = json.loads(read(people, "kades", f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/data.json"))
    assert (told["passes"], told["first_unmet"]) == (False, rule)
    assert [each["code"] for each in told["rules"] if not each["holds"]] == [rule]


def test_a_pair_that_passes_reads_its_place_on_both_lists(people, offer):
    a_shortlist()
    page = read(people, "kades", f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/")
    assert "Cocok, nilai 0,73" in page
    assert "Urutan 1 dari 1 pada daftar." in page
    assert "Urutan 1 dari 2 pada daftar." in page
    told = json.loads(read(people, "mitra", f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/data.json"))
    row = ShortlistRow.objects.get(village=OURS, side="village")
    assert (told["passes"], told["h"], told["reasons"]) == (True, row.h, row.reasons)


def test_who_is_outside_a_full_list_reads_the_score_of_its_last_place(people, partner):
    offer = an_offer(partner)
    for n in range(10, 35):
        code = f"33.04.19.20{n}"
        Region.objects.create(code=code, level=4, kind="desa", name=f"Desa {n}", name_key=code, parent_id="33.04.19")
        a_need(code)
        a_potential(code)
        aims(code)
    a_need(verified=False, severity=1)
    a_potential(verified=False, strength=25)
    aims(goals=(6, 1, 2, 3))
    a_shortlist()
    ShortlistRow.objects.filter(side="offer", village=OURS).delete()  # its kept place, so that it stands outside
    page = read(people, "kades", f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/")
    assert "nilai tempat terakhir 0,73" in page


def test_a_village_is_told_what_it_lacks_and_an_offer_that_is_not_open_says_so(people, partner):
    offer = an_offer(partner)
    path = f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/"
    assert "Desa belum memiliki kebutuhan" in read(people, "kades", path)
    a_need(cost_low=None, cost_high=None)
    assert "Desa belum menulis biaya kebutuhannya" in read(people, "kades", path)
    Offer.objects.update(state="paused")
    assert "sedang tidak terbuka" in read(people, "kades", path)


def test_a_partner_sees_what_its_draft_lacks_and_no_village_sees_the_draft(people, partner):
    a_need()
    offer = an_offer(partner, state="draft", published_at=None)
    offer.abilities.all().delete()
    path = f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/"
    assert "Pilih sedikitnya satu bidang kemampuan." in read(people, "mitra", path)
    read(people, "kades", path, 404)
    Offer.objects.update(published_at=clock.now())
    for who in ("kades", "dinas"):
        read(people, who, path, 404)
    read(people, "dinas", f"/kerja/kecocokan/tawaran/{offer.code}/", 404)


def test_one_chooses_a_village_and_an_offer_by_words(people, offer):
    page = read(people, "kades", "/kerja/kecocokan/mengapa/")
    assert f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/" in page
    assert offer.code not in read(people, "kades", "/kerja/kecocokan/mengapa/?q=gergaji")
    assert offer.code in read(people, "kades", f"/kerja/kecocokan/mengapa/?desa={OURS}&q=serayu")
    read(people, "kades", f"/kerja/kecocokan/mengapa/?desa={NEIGHBOUR}", 404)
    own = read(people, "mitra", "/kerja/kecocokan/mengapa/")
    assert f"?tawaran={offer.code}" in own
    named = read(people, "mitra", f"/kerja/kecocokan/mengapa/?tawaran={offer.code}&q=Bestala")
    assert f"/kerja/kecocokan/mengapa/{FOREIGN}/{offer.code}/" in named
    office = read(people, "dinas", "/kerja/kecocokan/mengapa/?q=pandan")
    assert f"?desa={OURS}" in office
    assert "Bestala" not in read(people, "dinas", "/kerja/kecocokan/mengapa/?q=bestala")
    both = reader(people, "dinas").get(f"/kerja/kecocokan/mengapa/?desa={OURS}&tawaran={offer.code}")
    assert both["Location"] == f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/"


@pytest.mark.parametrize(
    "asked", ["desa=33.04.19/2001", "desa=33", "tawaran=a/b", f"desa={OURS}&tawaran=..", "tawaran=%00"]
)
def test_an_address_that_names_nothing_is_not_there(people, offer, asked):
    read(people, "dinas", f"/kerja/kecocokan/mengapa/?{asked}", 404)


# Nobody else ----------------------------------------------------------------------------------------------------------------


def test_lists_are_there_for_the_two_sides_and_their_regency_and_for_nobody_else(people, offer):
    made = a_shortlist()
    a_partner(people, name="Universitas Lain", prefix="lain.", kind="university")
    a_need(FOREIGN)
    house = {"kades", "sekdes", "bendahara", "kadus", "operator", "bpd", "anggota.bpd", "lksd", "warga"}
    offices, theirs = {"dinas", "inspektorat", "bupati"}, {"mitra", "direktur"}
    lists = {
        f"/kerja/kecocokan/desa/{OURS}/": house | offices,
        f"/kerja/kecocokan/desa/{NEIGHBOUR}/": offices,
        f"/kerja/kecocokan/tawaran/{offer.code}/": theirs | offices,
        f"/kerja/kecocokan/daftar/{made.code}/": offices,
        f"/kerja/kecocokan/mengapa/{OURS}/{offer.code}/": house | theirs | offices,
    }
    for path, readers in lists.items():
        for who in people.held:
            got = reader(people, who).get(path).status_code
            assert (got == 200) == (who in readers), (who, path, got)


# Files ------------------------------------------------------------------------------------------------------------------------


def test_the_office_reads_which_offers_were_left_out_and_why(people, partner, offer):
    broken = an_offer(partner)
    broken.abilities.all().delete()
    page = read(people, "dinas", f"/kerja/kecocokan/daftar/{a_shortlist().code}/")
    assert f"{broken.code}, Kemampuan: 0" in page
    assert "Pilih sedikitnya satu bidang kemampuan." in page


def test_the_same_rows_as_csv_xlsx_and_json(people, offer):
    made = a_shortlist()
    path = f"/kerja/kecocokan/daftar/{made.code}/berkas"
    assert reader(people, "dinas").get(f"{path}/json/").streaming  # never eighteen thousand rows in one piece
    lines = list(csv.reader(io.StringIO(read(people, "dinas", f"{path}/csv/").lstrip("\ufeff")), delimiter=";"))
    assert len(lines) == 5
    told = json.loads(read(people, "dinas", f"{path}/json/"))
    assert (told["hash"], told["weights"], len(told["rows"])) == (made.hash, made.weights, 4)
    assert sum(reason["points"] for reason in told["rows"][0]["reasons"]) == told["rows"][0]["h"]
    book = reader(people, "dinas").get(f"{path}/xlsx/")
    assert len(cells(b"".join(book.streaming_content))) == 5
    read(people, "dinas", f"{path}/exe/", 404)
    own = json.loads(read(people, "kades", f"/kerja/kecocokan/desa/{OURS}/berkas/json/"))
    assert [row["side"] for row in own["rows"]] == ["village"]
    theirs = list(
        csv.reader(
            io.StringIO(read(people, "mitra", f"/kerja/kecocokan/tawaran/{offer.code}/berkas/csv/")), delimiter=";"
        )
    )
    assert [line[3] for line in theirs[1:]] == ["Pandanarum", "Beji"]


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("kades", "/kerja/kecocokan/desa/{village}/"),
        ("kades", "/kerja/kecocokan/mengapa/{village}/{offer}/"),
        ("kades", "/kerja/kecocokan/mengapa/"),
        ("mitra", "/kerja/kecocokan/tawaran/{offer}/"),
        ("mitra", "/kerja/kecocokan/mengapa/?tawaran={offer}&q=Pandanarum"),
        ("mitra", "/kerja/kecocokan/"),
        ("dinas", "/kerja/kecocokan/"),
        ("dinas", "/kerja/kecocokan/daftar/{shortlist}/"),
        ("dinas", "/kerja/kecocokan/hitung/"),
    ],
)
def test_a_page_asks_the_database_at_most_twelve_times(people, offer, who, path, django_assert_max_num_queries):
    made = a_shortlist()
    client = reader(people, who)
    address = path.format(village=OURS, offer=offer.code, shortlist=made.code)
    client.get(address)
    with django_assert_max_num_queries(MOST):
        assert client.get(address).status_code == 200
