"""The pages of an addendum to an agreement from before, as a browser without scripts sends them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bermitra.agreements.existing.addenda.models import EarlierAddendum
from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from tests.agreements.makers import _scan_of
from tests.agreements.test_earlier_addenda import TYPED, agreed, confirmed, locked, proposed, running, scanned
from tests.partnership.makers import decided
from tests.partnership.test_pages import send, shown, signed_in
from tests.people import OURS

pytestmark = pytest.mark.django_db
PAGE, WORD = "page.earlier_addendum", "agreements.word_earlier_addendum"
QUOTED = {
    "article": "Pasal 4 ayat (1)", "page": "2", "before": "Berlaku sampai 31 Januari 2027.",
    "after": "Berlaku sampai 31 Januari 2030.",
}  # fmt: skip
TERMS = {
    "reason": "Panen baru mulai tahun ketiga.", "touches": ["scope", "sanctions"], "ends_on": "31-1-2030",
    "evaluated_on": "10-1-2026", "evaluation": "Panen naik.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path


def quote(client, code: str, which: str = "baru", **given):
    return client.post(f"{reverse(WORD, args=[code])}?perubahan={which}", {"_key": clock.now().isoformat(), **given})


def said(answer) -> str:
    return answer.content.decode()


def test_from_the_record_to_the_public_page(people):
    earlier = running(people, account=False)
    case = earlier.case.code
    clerk, head, bpd = (signed_in(people, who, again=True) for who in ("sekdes", "kades", "bpd"))
    assert "Usulkan adendum" in shown(clerk, "page.existing_agreement", case)[1]
    assert "Usulkan adendum" not in shown(bpd, "page.existing_agreement", case)[1]
    assert "Mulai usul" in shown(clerk, "agreements.propose_earlier_addendum", case)[1]
    sent = send(clerk, "agreements.propose_earlier_addendum", case, **TERMS)
    made = EarlierAddendum.objects.get()
    assert sent["Location"] == reverse(PAGE, args=[made.code])
    assert made.touches == ["scope", "term", "rights", "sanctions"]
    page = shown(clerk, PAGE, made.code)[1]
    assert "Belum ada yang dikutip" in page and page.count("?perubahan=baru") == 1
    assert page.index("?perubahan=baru") < page.index("Belum ada yang dikutip")  # the step that comes first
    assert "berisi 3 halaman" in said(clerk.get(f"{reverse(WORD, args=[made.code])}?perubahan=baru"))
    assert quote(clerk, made.code, **QUOTED)["Location"] == reverse(PAGE, args=[made.code])
    assert "Usulkan adendum" not in shown(clerk, "page.existing_agreement", case)[1]
    page = shown(clerk, PAGE, made.code)[1]
    assert page.index("Semula dan menjadi") < page.index("?perubahan=baru")
    page = shown(head, "agreements.offer_earlier_addendum", made.code)[1]
    assert "Mitra tidak memiliki akun di sini" in page
    text = EarlierAddendum.objects.get().text_hash
    send(head, "agreements.offer_earlier_addendum", made.code, seen=text, read="on")
    page = shown(head, PAGE, made.code)[1]
    assert "Menunggu Musyawarah Desa" in page and "AG-34" in page and "Pasal 4 ayat (1), halaman 2 pindaian" in page
    decided(made.code, text)
    given = {"made_on": long_date(clock.today()), "place": "Balai Desa", "village_number": "7/AD/2026",
             "partner_number": "12/2026"}  # fmt: skip
    untyped = send(head, "agreements.lock_earlier_addendum", made.code, **given)
    assert untyped.status_code == 422 and "Nama penanda tangan dari mitra" in said(untyped)
    send(head, "agreements.lock_earlier_addendum", made.code, **given, **TYPED)
    made.refresh_from_db()
    assert made.state == "locked" and made.pages == 3
    paper = clerk.get(reverse("page.earlier_addendum_file", args=[made.code, "naskah"]))
    assert paper.content[:5] == b"%PDF-"
    word = clerk.get(f"{reverse('page.earlier_addendum_file', args=[made.code, 'naskah'])}?bentuk=word")
    assert word.content[:2] == b"PK"
    ink = {"signed_on": long_date(clock.today()), "first_witness": "Karsono", "second_witness": "Paijo"}
    file = SimpleUploadedFile("pindaian.pdf", _scan_of(made.pages), content_type="application/pdf")
    send(clerk, "agreements.upload_earlier_addendum_scan", made.code, file=file, **ink)
    for who in (bpd, head):
        asks = shown(who, "agreements.confirm_earlier_addendum_scan", made.code)[1]
        seen = asks.split('name="seen" value="')[1].split('"')[0]
        send(who, "agreements.confirm_earlier_addendum_scan", made.code, seen=seen, pages="3")
    page = shown(clerk, PAGE, made.code)[1]
    assert "Pindaian dinyatakan cocok oleh: Darsini, Sutrisno Hadi. Mesin tidak membaca kertas." in " ".join(
        page.split()
    )
    assert "tidak ikut mencocokkan pindaian" in page
    assert EarlierAgreement.objects.get().ends_on == date(2030, 1, 31)
    record = shown(clerk, "page.existing_agreement", case)[1]
    assert "31 Januari 2030" in record and "Berakhir: 31 Januari 2027 → 31 Januari 2030" in record
    public = shown(clerk, "page.partnership", case)[1]
    assert (
        "Berakhir: semula 31 Januari 2027, menjadi 31 Januari 2030." in public and "Adendum Nomor 7/AD/2026" in public
    )
    assert "1 Februari 2023 sampai 31 Januari 2030" in public and QUOTED["before"] in public
    checked = said(clerk.get(reverse("page.paper", args=[EarlierAddendum.objects.get().paper.code])))
    assert "Dinyatakan cocok oleh Darsini dan Sutrisno Hadi; mesin tidak membaca kertas." in checked


def test_what_is_typed_wrongly_is_named_with_its_remedy(people):
    earlier = running(people)
    clerk = signed_in(people, "sekdes")
    for change, words in (
        ({"ends_on": "31-1-2027"}, "sudah tercatat berakhir 31 Januari 2027"),
        ({"ends_on": "1-1-2024"}, "sudah lewat"),
        ({"evaluated_on": "", "evaluation": ""}, "Perpanjangan memerlukan evaluasi"),
        ({"evaluated_on": "1-1-2039"}, "belum terjadi"),
        ({"value": "150.000.000"}, "Nilai ini sudah tercatat"),
        ({"value": "banyak"}, "banyak"),
        ({"touches": ["semua"]}, "semua"),
        ({"reason": ""}, "belum diisi"),
    ):
        sent = send(clerk, "agreements.propose_earlier_addendum", earlier.case.code, **{**TERMS, **change})
        assert sent.status_code == 422 and words in said(sent), (change, words)
    assert not EarlierAddendum.objects.exists()
    made = proposed(people, earlier)
    for change, words in (
        ({"page": "4"}, "berisi 3 halaman, bukan 4"), ({"page": "dua"}, "dua"), ({"article": ""}, "belum diisi"),
        ({"after": QUOTED["before"]}, "sama dengan"), ({"before": "x" * 4001}, "4000"),
    ):  # fmt: skip
        sent = quote(clerk, made.code, **{**QUOTED, **change})
        assert sent.status_code == 422 and words in said(sent), (change, words)
    for which in ("0", "2", "x", "-1", "9" * 5_000):
        assert clerk.get(f"{reverse(WORD, args=[made.code])}?perubahan={which}").status_code == 404
    assert quote(clerk, made.code, "1", **QUOTED, drop="on").status_code == 302
    assert EarlierAddendum.objects.get().changes == []
    assert clerk.get(reverse("page.earlier_addendum_file", args=[made.code, "lain"])).status_code == 404
    assert clerk.get(reverse("page.earlier_addendum_file", args=[made.code, "pindaian"])).status_code == 404


def test_strangers_see_nothing_and_wrong_offices_do_nothing(people):
    made = proposed(people, running(people))
    assert shown(signed_in(people, "kades.asing"), PAGE, made.code)[0] == 404
    for who in ("camat", "bpd", "kopi"):
        client = signed_in(people, who, again=True)
        status, page = shown(client, PAGE, made.code)
        assert status == 200 and "Tindakan" not in page and "Ubah kutipan" not in page
        assert quote(client, made.code, **QUOTED).status_code == 403
        assert send(client, "agreements.withdraw_earlier_addendum", made.code, reason="Tidak.").status_code == 403
    assert EarlierAddendum.objects.get().state == "drafted"


def test_the_partner_reads_answers_and_is_told_why_it_ended(people):
    made = proposed(people, running(people))
    head, partner = signed_in(people, "kades", again=True), signed_in(people, "kopi.direktur", again=True)
    assert "Mitra menjawab usul ini" in shown(head, "agreements.offer_earlier_addendum", made.code)[1]
    send(head, "agreements.offer_earlier_addendum", made.code, seen=made.text_hash, read="on")
    assert "Setujui perubahan" in shown(partner, PAGE, made.code)[1]
    unread = send(partner, "agreements.agree_earlier_addendum", made.code, seen=made.text_hash)
    assert unread.status_code == 422
    stale = send(partner, "agreements.agree_earlier_addendum", made.code, seen="0" * 64, read="on")
    assert stale.status_code == 409 and "AG-06" in said(stale)
    send(partner, "agreements.reject_earlier_addendum", made.code, reason="Harga belum cocok.")
    page = shown(head, PAGE, made.code)[1]
    assert "Harga belum cocok." in page and "Tidak disetujui" in page


def test_nothing_of_an_open_addendum_is_public_and_the_record_of_another_kind_has_no_way_to_one(people):
    made = locked(people, agreed(people, running(people)))
    scanned(people, made)
    clerk = signed_in(people, "sekdes")
    assert "Yang berubah sejak dicatat" not in shown(clerk, "page.partnership", made.earlier.case.code)[1]
    confirmed(people, made, "bpd", "kopi")
    assert "Yang berubah sejak dicatat" in shown(clerk, "page.partnership", made.earlier.case.code)[1]
    type(made.earlier.case).objects.update(coop_type="antar_desa")
    assert "Usulkan adendum" not in shown(clerk, "page.existing_agreement", made.earlier.case.code)[1]
    assert made.earlier.case.village_id == OURS
