"""The pages of a change, a longer term and a rest, as a browser without scripts sends them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from bermitra.agreements.changing.models import Amendment, Suspension
from bermitra.agreements.models import Agreement
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from tests.agreements.makers import an_agreement_in_force
from tests.partnership.makers import decided
from tests.partnership.test_pages import send, shown, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def at(client, door: str, code: str, query: str = "", **given):
    from uuid import uuid4

    address = reverse(door, args=[code]) + query
    assert client.get(address).status_code == 200, door
    return client.post(address, {"_key": uuid4().hex, **given})


def test_a_change_goes_its_whole_way_on_pages(people):
    agreement = an_agreement_in_force(people)
    code = agreement.case.code
    theirs, head, bpd = (signed_in(people, who, again=True) for who in ("mitra.direktur", "kades", "bpd"))
    assert "Usulkan perubahan" in shown(theirs, "page.agreement_room", code)[1]
    sent = send(theirs, "agreements.propose_amendment", code, reason="Petani meminta bibit.")
    made = Amendment.objects.get()
    assert sent["Location"] == reverse("page.amendment", args=[made.code])
    page = shown(theirs, "page.amendment", made.code)[1]
    assert "Belum ada yang diubah" in page and "Tambah hak atau kewajiban" in page
    duty = {
        "party": "two", "kind": "duty", "text": "menyediakan bibit kopi", "due": "30 November 2027",
        "measure": "2.000 bibit", "evidence": "berita acara", "checker": "BPD", "sanction": "teguran tertulis",
    }  # fmt: skip
    word = "agreements.word_amendment"
    assert at(theirs, word, made.code, "?kewajiban=baru", **duty).status_code == 302
    assert at(theirs, word, made.code, "?kewajiban=baru", **{**duty, "text": ""}).status_code == 422
    assert at(theirs, word, made.code, "?pasal=kahar", typed="Gempa, banjir, dan wabah.").status_code == 302
    own = {"title": "Kebun Percontohan", "after": "ruang_lingkup", "typed": "PIHAK KEDUA merawat kebun."}
    assert at(theirs, word, made.code, "?tambahan=baru", **own).status_code == 302
    assert at(theirs, word, made.code, "?jangka=1", end="1 Januari 2020").status_code == 422
    page = shown(theirs, "page.amendment", made.code)[1]
    assert "menyediakan bibit kopi" in page and "Kebun Percontohan" in page and re.search(r"Pasal \d+A", page)
    seen = Amendment.objects.get().text_hash
    assert at(theirs, "agreements.offer_amendment", made.code, seen=seen).status_code == 422  # not read
    assert at(theirs, "agreements.offer_amendment", made.code, seen=seen, read="on").status_code == 302
    page = shown(head, "page.amendment", made.code)[1]
    assert "Setujui perubahan" in page and "Tarik usul" not in page
    assert "Mitra membaca alasan Anda." in shown(head, "agreements.reject_amendment", made.code)[1]
    assert at(head, "agreements.agree_amendment", made.code, seen=seen, read="on").status_code == 302
    assert "AG-34" in shown(bpd, "page.amendment", made.code)[1]
    assert at(bpd, "agreements.record_amendment_consent", made.code).status_code == 409
    decided(made.code, seen)
    assert at(bpd, "agreements.record_amendment_consent", made.code).status_code == 302
    lock = {
        "made_on": long_date(clock.today()), "place": "Kantor Desa Pandanarum", "village_number": "004/ADD/2026",
        "partner_number": "88/FPC/2026",
    }  # fmt: skip
    assert at(head, "agreements.lock_amendment", made.code, **lock).status_code == 302
    locked = Amendment.objects.select_related("paper__file").get()
    for client in (head, theirs):
        given = {"seen": locked.paper.file.sha256, "agree": "on"}
        assert at(client, "agreements.sign_amendment", made.code, **given).status_code == 302
    printed = head.get(reverse("page.amendment_print", args=[made.code]))
    assert printed.status_code == 200 and printed.content.startswith(b"%PDF")
    room = shown(head, "page.agreement_room", code)[1]
    assert Amendment.objects.get().state == "in_force"
    assert "004/ADD/2026" in room and "Usulkan perubahan" in room


def test_a_successor_is_named_by_the_code_of_a_registered_partner(people):
    agreement = an_agreement_in_force(people)
    clerk = signed_in(people, "sekdes")
    for wrong in ("TIDAKADA", agreement.partner.code):
        answer = at(clerk, "agreements.propose_novation", agreement.case.code, partner=wrong, reason="Bergabung.")
        assert answer.status_code == 422 and wrong in answer.content.decode()
    assert not Amendment.objects.exists()


def test_an_evaluation_and_a_longer_term_begin_on_their_pages(people):
    agreement = an_agreement_in_force(people)
    code = agreement.case.code
    clerk = signed_in(people, "sekdes")
    given = {
        "held_on": long_date(clock.today()), "together_with": "BPD dan kelompok tani", "reached": "Dua petak.",
        "missed": "Pembukuan.", "prolong": "1",
    }  # fmt: skip
    assert at(clerk, "agreements.record_evaluation", code, **given).status_code == 302
    longer = {"ends_on": "30 November 2030", "reason": "Kebun baru berbuah."}
    assert at(clerk, "agreements.propose_renewal", code, **longer).status_code == 302
    room = shown(clerk, "page.agreement_room", code)[1]
    assert "Dua petak." in room and "Perpanjangan" in room
    assert Amendment.objects.get().touches == ["term"]


def test_a_rest_is_asked_for_agreed_to_and_ended_on_its_pages(people):
    agreement = an_agreement_in_force(people)
    code = agreement.case.code
    theirs, head = signed_in(people, "mitra.direktur", again=True), signed_in(people, "kades", again=True)
    rest = {
        "cause": "force_majeure", "happened_on": long_date(clock.today()), "reason": "Lereng longsor.",
        "until": long_date(clock.today() + timedelta(days=60)), "moves_dues": "1",
    }  # fmt: skip
    late = at(theirs, "agreements.propose_suspension", code, **{**rest, "until": "30 September 2028"})
    assert late.status_code == 409 and "AG-36" in late.content.decode()
    assert at(theirs, "agreements.propose_suspension", code, **rest).status_code == 302
    made = Suspension.objects.get()
    own, answering = (shown(each, "page.suspension", made.code)[1] for each in (theirs, head))
    assert "Tarik usul" in own and "Setujui penundaan" not in own
    assert "Setujui penundaan" in answering and "Tolak dengan alasan" in answering
    assert "Mitra membaca alasan Anda." in shown(head, "agreements.refuse_suspension", made.code)[1]
    assert "Desa membaca alasan Anda." in shown(theirs, "agreements.refuse_suspension", made.code)[1]
    assert at(head, "agreements.suspend", made.code).status_code == 302
    page = shown(head, "page.suspension", made.code)[1]
    assert "Kewajiban yang ditangguhkan" in page and "Lanjutkan kerja sama" in page
    assert Agreement.objects.get().state == "suspended"
    assert "Ditunda" in shown(head, "page.agreement_room", code)[1]
    assert at(theirs, "agreements.resume", made.code, how="Lereng sudah aman.").status_code == 302
    waiting = shown(theirs, "page.suspension", made.code)[1]
    assert "Siap melanjutkan" in waiting and "Lanjutkan kerja sama" not in waiting
    assert Agreement.objects.get().state == "suspended"  # what came from outside both end together
    assert at(head, "agreements.resume", made.code, how="").status_code == 302
    assert Agreement.objects.get().state == "in_force"
