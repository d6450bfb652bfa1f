"""The pages of a handing over as a browser without scripts uses them."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bermitra.delivery.handing.models import GoodsHandover
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.docx import MEDIA_TYPE
from tests.delivery.makers import an_adopted_plan, an_agreement
from tests.delivery.test_handing import HEAD, MARCH, offered, received
from tests.delivery.test_pages import MOST, as_, confirmed, picture, send, statements, to, words

pytestmark = pytest.mark.django_db
TYPED = {**HEAD, "on": "1 Maret 2026"}
PUMP = {
    "name": "Pompa air", "quantity": "2", "unit": "unit", "value": "18,5 juta", "condition": "good", "for_village": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_march(people):
    with clock.at(MARCH):
        yield


def test_a_partner_writes_what_it_gives_and_hands_it_over(people):
    agreement = an_agreement(people)
    mitra = as_("mitra")
    assert "Siapkan serah terima" in words(mitra.get(to("page.goods_handovers", agreement.code)))
    assert send(mitra, to("delivery.draft_handover", agreement.code), **TYPED).status_code == 302
    held = GoodsHandover.objects.get()
    page = to("page.goods_handover", held.code)
    assert "Serah terima memuat 1 sampai 200 barang" in words(mitra.get(page))
    added = send(mitra, to("delivery.set_handover_item", held.code), **PUMP, photo=picture())
    assert added.status_code == 302
    item = held.items.get()
    assert (item.value, item.for_village, item.photo is not None) == (18_500_000, True, True)
    assert mitra.get(to("page.handover_photo", item.code)).status_code == 200
    row = to("delivery.set_handover_item", held.code) + "?baris=1"
    assert 'value="2"' in words(mitra.get(row)) and send(mitra, row, **{**PUMP, "quantity": "3"}).status_code == 302
    item.refresh_from_db()
    assert item.quantity == 3 and item.photo is not None  # the picture stays
    table = SimpleUploadedFile("barang.csv", b"Barang;Jumlah;Satuan;Nilai;Keadaan\nSelang;0;roll;1000;baik\n")
    wrong = send(mitra, to("delivery.import_handover_items", held.code), table=table)
    assert wrong.status_code == 422 and "Baris 2: Jumlah 0 tidak mungkin" in words(wrong)
    table = SimpleUploadedFile("barang.csv", b"Barang;Jumlah;Satuan;Nilai;Keadaan\nSelang;4;roll;1000;baik\n")
    assert send(mitra, to("delivery.import_handover_items", held.code), table=table).status_code == 302
    assert send(mitra, to("delivery.drop_handover_item", held.items.get(number=2).code)).status_code == 302
    gone = mitra.get(to("delivery.set_handover_item", held.code) + "?baris=2")  # somebody still had the list open
    assert gone.status_code == 409 and "DV-42" in words(gone)
    offering = to("delivery.offer_handover", held.code)
    assert send(confirmed("mitra.direktur", offering), offering).status_code == 302
    held.refresh_from_db()
    assert held.state == "offered"


def test_a_day_ahead_is_refused_with_its_remedy(people):
    path = to("delivery.draft_handover", an_agreement(people).code)
    wrong = send(as_("mitra"), path, **{**TYPED, "on": "3 Maret 2026"})
    assert wrong.status_code == 422 and "Isi tanggal kejadiannya" in words(wrong)


def test_the_village_receives_row_by_row_and_opens_the_paper(people):
    held = offered(people)
    path = to("delivery.receive_handover", held.code)
    sekdes = confirmed("sekdes", path)
    assert "Periksa dan terima barang" in words(sekdes.get(to("page.goods_handover", held.code)))
    half = send(sekdes, path, verdict_1="short", verdict_2="received")
    assert half.status_code == 422 and "Sebutkan apa yang kurang" in words(half)
    said = {"verdict_1": "short", "shortage_1": "satu tanpa selang", "verdict_2": "received"}
    assert send(sekdes, path, **said).status_code == 302
    page = words(sekdes.get(to("page.goods_handover", held.code)))
    for part in ("satu tanpa selang", "Catat dalam inventaris", "Rp 24.752.500"):
        assert part in page, part
    pdf = as_("mitra").get(to("page.goods_handover_paper", held.code))
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    word = sekdes.get(to("page.goods_handover_paper", held.code) + "?bentuk=word")
    assert word["Content-Type"] == MEDIA_TYPE and ".docx" in word["Content-Disposition"]
    assert send(sekdes, path, **said).status_code == 409  # once


def test_who_gives_is_told_that_the_other_side_receives(people):
    held = offered(people)
    path = to("delivery.receive_handover", held.code)
    mitra = confirmed("mitra", path)
    assert "bukan pihak yang menyerahkan" in words(mitra.get(path))
    refused = send(mitra, path, verdict_1="received", verdict_2="received")
    assert refused.status_code == 409 and "DV-37" in words(refused)
    assert "Periksa dan terima barang" not in words(mitra.get(to("page.goods_handover", held.code)))


def test_the_secretary_numbers_what_became_the_villages(people):
    held = received(people, offered(people))
    path, sekdes = to("delivery.record_in_inventory", held.code), as_("sekdes")
    assert "paling lambat 14 hari" in words(sekdes.get(to("page.goods_handover", held.code)))
    empty = send(sekdes, path, on="2 Maret 2026")
    assert empty.status_code == 422 and "Isi paling sedikit satu" in words(empty)
    kindless = send(sekdes, path, on="2 Maret 2026", number_1="3.02.01")
    assert kindless.status_code == 422 and "Golongan belum dipilih" in words(kindless)
    assert send(sekdes, path, on="2 Maret 2026", number_1="3.02.01", kind_1="equipment").status_code == 302
    assert "Inventaris 3.02.01, 2 Maret 2026" in words(sekdes.get(to("page.goods_handover", held.code)))


def test_goods_go_from_the_paper_to_the_book_with_a_link_both_ways(people):
    agreement = an_agreement(people)
    an_adopted_plan(people, agreement)
    held = received(people, offered(people, agreement.case))
    (link,) = re.findall(
        r'href="([^"]*buku-uang/usulkan/[^"]*)"', words(as_("bendahara").get(to("page.goods_handover", held.code)))
    )
    path = link.replace("&amp;", "&")
    bendahara = as_("bendahara")
    assert f'value="{held.code}" selected' in words(bendahara.get(path))
    typed = {
        "on": "1 Maret 2026", "text": "Pompa dan bibit", "amount": "24.752.500", "source": "3", "use": "1",
        "receipt": picture(), "handover": held.code,
    }  # fmt: skip
    done = send(bendahara, path, **{**typed, "amount": "24.752.501"})
    assert done.status_code == 409 and "DV-40" in words(done)
    done = send(bendahara, path, **{**typed, "receipt": picture()})
    assert done.status_code == 302 and "01/BAST/2026" in words(bendahara.get(done["Location"]))
    page = words(bendahara.get(to("page.goods_handover", held.code)))
    assert "Pompa dan bibit" in page and "Belum tercatat di buku uang" not in page


def test_the_pages_stay_cheap(people):
    held = received(people, offered(people))
    for number in range(2, 12):
        offered(people, held.case, number=f"{number:02}/BAST/2026")
    sekdes = as_("sekdes")
    assert statements(sekdes, to("page.goods_handovers", held.case.code)) <= MOST
    assert (
        statements(sekdes, to("page.goods_handover", held.code)) <= MOST + 3
    )  # its agreement, record and book entries


def test_the_list_says_why_nothing_can_be_handed_over_yet(people):
    case = an_agreement(people).case
    type(case).objects.filter(pk=case.pk).update(state="signed")
    page = words(as_("mitra").get(to("page.goods_handovers", case.code)))
    assert "setelah perjanjiannya berlaku" in page and "Siapkan serah terima" not in page


def test_a_list_sent_back_says_why(people):
    held = offered(people)
    assert send(as_("kades"), to("delivery.return_handover", held.code), reason="Merek keliru.").status_code == 302
    assert "Merek keliru." in words(as_("mitra").get(to("page.goods_handover", held.code)))
    assert send(as_("mitra"), to("delivery.withdraw_handover", held.code), reason="Diganti.").status_code == 302
    held.refresh_from_db()
    assert held.state == "withdrawn"
