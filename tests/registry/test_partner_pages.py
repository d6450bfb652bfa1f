"""The pages of a partner as a browser without scripts uses them: its file, its history, its list, its doubles."""

import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import load_workbook

from bermitra.foundation.commands import clock
from bermitra.registry import actions
from bermitra.registry.models import Owner, Partner, PartnerDocument, PartnerMerge
from bermitra.registry.queries.bodies import owners_of
from tests.people import OURS, place
from tests.registry.makers import a_document, a_partner, a_verified_partner
from tests.registry.test_pages import MOST, at, confirm, send, signed_in, words

pytestmark = pytest.mark.django_db


def test_the_file_says_what_is_feared_how_it_is_tested_and_what_is_missing(people):
    partner = a_partner(people)
    page = words(signed_in(people.mitra).get(at("page.partner_file", partner.code)))
    assert "Mengejar keuntungan lebih dahulu" in page
    assert "uji keberpihakan: laba atau warga" in page
    assert "Masih kurang sebelum uji tuntas dikirim" in page
    assert f"{at('registry.add_document', partner.code)}?dokumen=nib" in page
    a_document(people, partner, "nib")
    assert "?dokumen=nib" not in words(signed_in(people.mitra).get(at("page.partner_file", partner.code)))
    assert "?dokumen=" not in words(signed_in(people.sekdes).get(at("page.partner_file", partner.code)))


TYPED = {
    "name": "PT Tirta Serayu Lestari", "place": "33.04", "address": "Jalan Baru 1", "business_number": "",
    "tax_number": "", "size": "medium", "contact": "", "vision": "", "reason": "",
}  # fmt: skip


def test_a_partner_changes_its_data_and_the_history_says_so(people):
    partner = a_partner(people)
    client, path = signed_in(people.mitra), at("registry.update_partner", partner.code)
    assert 'value="PT Tirta Serayu Lestari"' in words(client.get(path))
    renamed = send(client, path, **{**TYPED, "name": "PT Banyu Serayu"})
    assert renamed.status_code == 422
    assert "nomor dan tanggal akta perubahannya" in words(renamed)
    assert send(client, path, **{**TYPED, "name": "PT Banyu Serayu", "reason": "Akta 7/2026"}).status_code == 302
    page = words(client.get(at("page.partner_history", partner.code)))
    assert "Nama lembaga: PT Tirta Serayu Lestari → PT Banyu Serayu." in page
    assert "Akta 7/2026" in page
    assert signed_in(people.warga).get(path).status_code == 403


def test_what_its_kind_is_asked_for_has_a_page_of_its_own(people):
    partner = a_partner(people)
    client, path = signed_in(people.mitra), at("registry.update_partner", partner.code) + "?bagian=jenis"
    page = words(client.get(path))
    assert "Anggaran TJSL tahun ini" in page
    assert "Bidang kerja" not in page
    assert send(client, path, tjsl_budget="1,25 juta", ring_1=f"{OURS}\n33.04.19.2002", ring_2="").status_code == 302
    assert Partner.objects.get().profile == {
        "tjsl_budget": 1_250_000,
        "ring_1": {OURS: "Pandanarum", "33.04.19.2002": "Beji"},
    }
    assert "Pandanarum, Beji" in words(client.get(at("page.partner_file", partner.code)))
    public = words(Client().get(at("page.partner", partner.code)))
    assert "Pandanarum, Beji" in public
    wrong = send(client, path, tjsl_budget="", ring_1="33.04.06.1013\n99", ring_2="")
    assert wrong.status_code == 422


def test_the_regency_corrects_and_may_mend_the_kind_before_any_examination(people):
    partner = a_partner(people)
    client, path = signed_in(people.dinas), at("registry.correct_partner", partner.code)
    typed = {**TYPED, "kind": "bumn", "business_number": "9120 0012 34567"}
    unsaid = send(client, path, **typed)
    assert unsaid.status_code == 422
    assert send(client, path, **{**typed, "reason": "Milik daerah."}).status_code == 302
    mended = Partner.objects.get()
    assert (mended.kind, mended.business_number) == ("bumn", "9120001234567")
    actions.start_verification(by=people.by("mitra"), partner=mended, region=place(OURS))
    assert 'name="kind"' not in words(client.get(path))


def test_owners_are_typed_all_at_once_and_more_of_them_are_asked_for(people):
    partner = a_partner(people)
    client, path = signed_in(people.direktur), at("registry.declare_owners", partner.code)
    confirm(client, path)
    first = {"name_1": "Budi", "capacity_1": "owner", "share_bp_1": "60", "political_tie_1": "tidak ada"}
    second = {"name_2": "Ani", "capacity_2": "owner", "share_bp_2": "40,01", "political_tie_2": "tidak ada"}
    more = words(send(client, path, rows="3", more="1", **first))
    assert 'name="name_6"' in more
    assert 'value="Budi"' in more
    assert 'name="rows" value="6"' in more
    assert send(client, path, rows="6", **first, **second).status_code == 409
    gap = send(client, path, rows="6", **first, **{**second, "political_tie_2": ""})
    assert 'href="#id_political_tie_2"' in words(gap)
    nobody = send(client, path, rows="3")
    assert 'href="#id_name_1"' in words(nobody)
    assert 'href="#id_name_2"' not in words(nobody)
    assert send(client, path, rows="6", **first, **{**second, "share_bp_2": "40"}).status_code == 302
    assert [(each.name, each.share_bp) for each in owners_of(partner)] == [("Budi", 6000), ("Ani", 4000)]
    assert 'value="Ani"' in words(client.get(path))
    assert Owner.objects.count() == 2


def test_a_paper_is_replaced_and_withdrawn_and_all_stay_in_the_history(people):
    partner = a_partner(people)
    old, new = (a_document(people, partner, "deed") for _ in range(2))
    client = signed_in(people.mitra)
    history = at("page.partner_history", partner.code)
    assert "Diganti" in words(client.get(history))
    path = reverse("registry.withdraw_document", args=[partner.code, new.pk])
    assert send(client, path, reason="").status_code == 422
    assert send(client, path, reason="Salah berkas.")["Location"] == history
    page = words(client.get(history))
    assert "Ditarik: Salah berkas." in page
    assert reverse("registry.withdraw_document", args=[partner.code, old.pk]) in page
    assert PartnerDocument.objects.count() == 2


def test_a_paper_of_another_partner_is_not_there(people):
    partner, other = a_partner(people), a_partner(people, name="CV Lain", prefix="lain.")
    paper = a_document(people, other, "deed", prefix="lain.")
    for name in ("page.older_document", "registry.withdraw_document"):
        assert signed_in(people.mitra).get(reverse(name, args=[partner.code, paper.pk])).status_code == 404
        assert signed_in(people.mitra).get(reverse(name, args=[other.code, paper.pk])).status_code == 404


def test_doubles_are_merged_lead_on_and_are_split_again(people):
    first = a_partner(people)
    later = a_verified_partner(people, name="Tirta Serayu Lestari, P.T.", prefix="lain.")
    client, path = signed_in(people.dinas), at("registry.merge_duplicates", first.code)
    confirm(client, path)
    assert later.code in words(client.get(path))
    assert send(client, path, merged="KOSONG0000", reason="x").status_code == 422
    assert send(client, path, merged=later.code, reason="NIB sama.").status_code == 302
    away = client.get(at("page.partner_file", later.code))
    assert (away.status_code, away["Location"]) == (302, at("page.partner_file", first.code))
    public = Client().get(at("page.partner", later.code))
    assert (public.status_code, public["Location"]) == (301, at("page.partner", first.code))
    kept = words(Client().get(at("page.partner", first.code)))
    assert "Tergabung dari" in kept
    assert "Terverifikasi" in kept
    assert kept.count("Tirta Serayu Lestari, P.T.") == 1
    listed = words(Client().get(reverse("page.partners")))
    assert "Tirta Serayu Lestari, P.T." not in listed
    merge = PartnerMerge.objects.get()
    assert at("registry.split_duplicates", merge.code) in words(client.get(at("page.partner_history", first.code)))
    assert send(client, at("registry.split_duplicates", merge.code), reason="Cabang lain.").status_code == 302
    assert client.get(at("page.partner_file", later.code)).status_code == 200
    assert Client().get(at("page.partner", later.code)).status_code == 200


def test_the_list_is_narrowed_ordered_and_taken_along(people):
    a_verified_partner(people, name="PT Alam Serayu")
    a_partner(people, name="CV Zaman", prefix="z.")
    client, path = signed_in(people.dinas), reverse("page.partner_list")
    newest = words(client.get(path, {"urut": "terbaru"})).split('class="rows"')[1]
    assert newest.index("CV Zaman") < newest.index("PT Alam Serayu")
    good = words(client.get(path, {"hasil": "verified"})).split('class="rows"')[1]
    assert "PT Alam Serayu" in good
    assert "CV Zaman" not in good
    assert "Tidak ada mitra yang cocok" in words(client.get(path, {"hasil": "blocked"}))
    assert "CV Zaman" in words(client.get(path, {"hasil": "entah", "urut": "entah", "jenis": "dukun"}))
    sheet = client.get(reverse("page.partner_sheet"), {"hasil": "verified"})
    rows = load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == ["Nama", "PT Alam Serayu"]
    assert rows[1][5] == "Terverifikasi"
    assert signed_in(people.mitra).get(reverse("page.partner_sheet")).status_code == 403


def test_the_public_list_is_narrowed_and_ordered_alike(people):
    a_verified_partner(people, name="PT Alam Serayu")
    a_partner(people, name="CV Zaman", prefix="z.")
    path = reverse("page.partners")
    good = words(Client().get(path, {"hasil": "verified"})).split('id="hasil"')[1]
    assert "PT Alam Serayu" in good
    assert "CV Zaman" not in good
    newest = words(Client().get(path, {"urut": "terbaru"})).split('id="hasil"')[1]
    assert newest.index("CV Zaman") < newest.index("PT Alam Serayu")


def test_reading_on_never_shows_a_row_twice(people, monkeypatch):
    monkeypatch.setattr("bermitra.registry.views.partner_lists.PAGE", 2)
    for number in range(5):
        a_partner(people, name=f"CV Karya {chr(65 + number) * 5}", prefix=f"n{number}.")
    client, seen, where = signed_in(people.sekdes), [], "?urut=terbaru"
    while where:
        page = words(client.get(reverse("page.partner_list") + where))
        seen += re.findall(r">(CV Karya \w+)<", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        where = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("who", ["mitra", "sekdes", "lksd", "dinas"])
def test_a_merged_body_costs_no_more_than_a_page_may(people, who):
    first = a_partner(people)
    later = a_verified_partner(people, name="Tirta Serayu Lestari, P.T.", prefix="lain.")
    actions.merge_duplicates(by=people.by("dinas"), kept=first, merged=later, reason="x")
    client = signed_in(people.held[who])
    with CaptureQueriesContext(connection) as said:
        assert client.get(at("page.partner_file", first.code)).status_code == 200
    assert len(said) <= MOST, "\n".join(q["sql"] for q in said)


def test_a_partner_of_each_kind_has_a_page_that_shows_it(people):
    for number, kind in enumerate(("village", "university", "cooperative_kdmp")):
        where = {"village": place("33.04.19.2002")} if kind != "university" else {}
        partner = actions.register_partner(
            by=people.by("sekdes"), region=place(OURS), kind=kind, name=f"Lembaga {chr(65 + number) * 5}", **where
        )
        page = words(signed_in(people.dinas).get(at("page.partner_file", partner.code)))
        assert ("Milik desa" in page) is (kind != "university")
    assert clock.today()
