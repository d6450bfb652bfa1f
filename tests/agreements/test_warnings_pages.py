"""The pages of a warning, as a browser without scripts sends them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from bermitra.agreements.warnings.models import WarningLetter
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from tests.agreements.warning_makers import a_worded_agreement
from tests.delivery.test_pages import picture
from tests.partnership.test_pages import shown, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def at(client, door: str, code: str, **given):
    address = reverse(door, args=[code])
    assert client.get(address).status_code == 200, door
    return client.post(address, {"_key": uuid4().hex, **given})


def test_a_warning_goes_its_whole_way_on_pages(people):
    agreement = a_worded_agreement(people)
    code = agreement.case.code
    clerk, theirs, head, camat = (
        signed_in(people, who, again=True) for who in ("mitra", "mitra.direktur", "kades", "camat")
    )
    assert "Susun surat peringatan" in shown(clerk, "page.agreement_room", code)[1]
    assert "Susun surat peringatan" not in shown(camat, "page.agreement_room", code)[1]
    page = shown(clerk, "agreements.draft_warning", code)[1]
    assert "menyediakan petak contoh (tenggat 30 Juni 2026)" in page and "Pemberitahuan Dugaan Pelanggaran" in page
    typed = {
        "points": ["kewajiban-1"], "facts": "Petak belum dibuka.", "happened_on": long_date(clock.today()),
        "wanted": "Membuka petak.", "days": "7",
    }  # fmt: skip
    for wrong in ({"points": []}, {"days": "0"}, {"days": "tujuh"}, {"happened_on": "1 Januari 2099"}, {"facts": ""}):
        assert at(clerk, "agreements.draft_warning", code, **{**typed, **wrong}).status_code == 422, wrong
    assert at(clerk, "agreements.draft_warning", code, **{**typed, "days": "6"}).status_code == 409
    assert not WarningLetter.objects.exists()
    assert at(clerk, "agreements.draft_warning", code, **typed).status_code == 302
    made = WarningLetter.objects.get()
    assert head.get(reverse("page.warning", args=[made.code])).status_code == 404  # a draft is its side's own
    assert "Surat peringatan</h2>" not in shown(head, "page.agreement_room", code)[1]
    page = shown(theirs, "page.warning", made.code)[1]
    assert "Kirim surat" in page and "AG-71" in page and "Pasal 16 ayat (2)" in page
    draft = theirs.get(reverse("page.warning_print", args=[made.code]))
    assert draft.content.startswith(b"%PDF")
    given = {"seen": _seen(theirs, made), "number": "005/SP/2026"}
    assert at(theirs, "agreements.send_warning", made.code, **given).status_code == 422  # not read
    assert at(theirs, "agreements.send_warning", made.code, **given, read="on").status_code == 302
    for client in (head, camat):
        assert "Petak belum dibuka." in shown(client, "page.warning", made.code)[1]
    assert "Jawab surat" in shown(head, "page.warning", made.code)[1]
    assert "Jawab surat" not in shown(theirs, "page.warning", made.code)[1]
    word = head.get(reverse("page.warning_print", args=[made.code]) + "?bentuk=word")
    assert word.content[:2] == b"PK"
    handed = {"handed_on": long_date(clock.today()), "handed_to": "Sarinem", "file": picture()}
    assert at(theirs, "agreements.hand_warning", made.code, **{**handed, "handed_to": ""}).status_code == 422
    assert at(theirs, "agreements.hand_warning", made.code, **{**handed, "file": picture()}).status_code == 302
    assert "Sarinem" in shown(head, "page.warning", made.code)[1]
    assert "Catat penyerahan surat" not in shown(theirs, "page.warning", made.code)[1]
    answer = {"kind": "admits", "text": "Kami terlambat.", "file": picture()}
    assert at(head, "agreements.answer_warning", made.code, **answer).status_code == 302
    page = shown(theirs, "page.warning", made.code)[1]
    assert "Kami terlambat." in page and "Buka berkas bukti" in page and "Susun tahap berikutnya" in page
    assert theirs.get(reverse("page.warning_file", args=[made.code, 1])).status_code == 200
    assert theirs.get(reverse("page.warning_file", args=[made.code, 3])).status_code == 404
    assert at(head, "agreements.claim_cure", made.code, text="Petak dibuka kemarin.").status_code == 302
    assert at(theirs, "agreements.refuse_cure", made.code, reason="Baru separuh.").status_code == 302
    assert at(head, "agreements.claim_cure", made.code, text="Petak kedua dibuka.").status_code == 302
    assert at(theirs, "agreements.accept_cure", made.code, text="").status_code == 302
    page = shown(head, "page.warning", made.code)[1]
    assert "Peringatan ini gugur karena sudah diperbaiki." in page and "Baru separuh." in page
    assert "Sudah diperbaiki" in shown(head, "page.agreement_room", code)[1]


def _seen(client, made: WarningLetter) -> str:
    page = client.get(reverse("agreements.send_warning", args=[made.code])).content.decode()
    return page.split('name="seen" value="')[1][:64]


def test_the_next_rung_is_drafted_from_the_one_before_and_a_stranger_sees_nothing(people):
    agreement = a_worded_agreement(people)
    clerk, theirs, head, stranger = (
        signed_in(people, who, again=True) for who in ("mitra", "mitra.direktur", "kades", "kades.asing")
    )
    typed = {
        "points": ["kewajiban-1", "batasan-1"], "facts": "Petak belum dibuka.", "wanted": "Membuka petak.", "days": "7",
        "happened_on": long_date(clock.today()),
    }  # fmt: skip
    at(clerk, "agreements.draft_warning", agreement.case.code, **typed)
    made = WarningLetter.objects.get()
    at(theirs, "agreements.send_warning", made.code, seen=_seen(theirs, made), number="005/SP/2026", read="on")
    assert at(clerk, "agreements.follow_warning", made.code, **{**typed, "days": "14"}).status_code == 409  # too early
    at(head, "agreements.answer_warning", made.code, kind="contests", text="Tidak benar.")
    assert "Tahap berikutnya adalah Surat Peringatan Pertama" in shown(clerk, "agreements.follow_warning", made.code)[1]
    assert at(clerk, "agreements.follow_warning", made.code, **{**typed, "days": "14"}).status_code == 302
    second = WarningLetter.objects.get(previous=made)
    given = {"seen": _seen(theirs, second), "number": "006/SP/2026", "read": "on"}
    assert at(theirs, "agreements.send_warning", second.code, **given).status_code == 409  # AG-71
    assert at(theirs, "agreements.withdraw_warning", second.code, reason="Menunggu panel.").status_code == 302
    for code in (made.code, second.code):
        assert stranger.get(reverse("page.warning", args=[code])).status_code == 404
    assert head.get(reverse("page.warning", args=[second.code])).status_code == 404
