"""Calls as anybody sees them: what is asked, how it is judged, what was asked and answered, how it came out."""

from datetime import timedelta

import pytest
from django.test import Client

from bermitra.foundation.commands import clock
from bermitra.selection import actions
from bermitra.selection.models import Answer, Call, Question
from tests.selection.makers import (
    AFTER,
    DEADLINE,
    OPENED,
    a_call,
    a_checking_call,
    a_closed_call,
    a_sealed_proposal,
    an_open_call,
    scored,
)

pytestmark = pytest.mark.django_db


def at(address, moment):
    with clock.at(moment):
        response = Client().get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_an_open_call_is_on_the_list_and_at_home_until_its_deadline_by_the_villages_clock(people):
    call = an_open_call(people)
    assert "Tutup 7 hari lagi" in at("/panggilan/", DEADLINE - timedelta(days=7))
    assert "23 Maret 2026 pukul 15.00 WIB" in at("/panggilan/", OPENED)
    assert f"/panggilan/{call.code}/" in at("/", OPENED)
    assert "Tutup hari ini" in at("/panggilan/", DEADLINE - timedelta(hours=1))
    assert '<span class="cap idle">Ditutup</span>' in at("/panggilan/", DEADLINE)


def test_the_page_says_what_is_asked_how_it_is_judged_and_how_to_answer(people):
    call = an_open_call(people)
    text = at(f"/panggilan/{call.code}/", OPENED + timedelta(days=1))
    assert "Usulan diterima sampai 23 Maret 2026 pukul 15.00 WIB." in text
    assert "pendampingan 300 jam" in text
    assert "bobot 25" in text
    assert "Kerangka Acuan Kerja" in text
    assert "Papan pengumuman desa" in text
    assert f'href="/kerja/panggilan/{call.code}/usulan/"' in text


def test_an_open_call_says_nothing_of_the_proposals_that_came(people):
    call = an_open_call(people)
    a_sealed_proposal(people, call)
    text = at(f"/panggilan/{call.code}/", OPENED + timedelta(days=4))
    assert "usulan masuk" not in text
    assert "Fakultas" not in text


def test_after_the_deadline_it_says_how_many_came_and_takes_no_more(people):
    call = a_closed_call(people, "mitra", "mitra2")
    text = at(f"/panggilan/{call.code}/", DEADLINE + timedelta(days=1))
    assert "2 usulan masuk" in text
    closed = text.split("tidak menerima usulan lagi")[1]
    assert 'href="/panggilan/"' in closed and f'href="/desa/{call.case.village_id}/"' in closed
    assert "Mitra Contoh" not in text
    assert f"/panggilan/{call.code}/" in at("/panggilan/?keadaan=ditutup", DEADLINE)
    assert f"/panggilan/{call.code}/" not in at("/panggilan/", DEADLINE)


def test_questions_and_answers_are_for_everybody_and_name_nobody(people):
    call = an_open_call(people)
    asked = Question.objects.create(call=call, text="Boleh bergabung dua badan?", asked_at=OPENED, by=people.mitra.code) \
        if "mitra" in people.held else \
        Question.objects.create(call=call, text="Boleh bergabung dua badan?", asked_at=OPENED, by="public")  # fmt: skip
    assert "Belum dijawab." in at(f"/panggilan/{call.code}/", OPENED)
    Answer.objects.create(question=asked, text="Boleh, satu yang bertanggung jawab.", at=OPENED, by="system")
    assert "Boleh, satu yang bertanggung jawab." in at(f"/panggilan/{call.code}/", OPENED)


def test_the_result_shows_every_total_and_reason_without_the_scorers(example, read):
    text = read(f"/panggilan/{example.call.code}/")
    assert "1. Mitra Contoh 1: nilai 100,00 dari 100" in text
    assert "2. Mitra Contoh 2: nilai 75,00 dari 100" in text
    assert "Menjawab kebutuhan utama warga" in text
    assert "25,00 dari 25" in text
    assert "2 usulan ikut dan dinilai." in text
    assert "Diusulkan sebagai calon mitra" in text


def test_the_result_says_how_many_were_judged_and_how_many_were_out_before(people):
    call = a_checking_call(people, "mitra", "saingan", "ketiga")
    last = call.proposals.order_by("pk").last()
    with clock.at(AFTER):
        actions.disqualify(by=people.by("lksd"), proposal=last, reason="Akta bukan milik pengusul.")
        actions.complete_admin_check(by=people.by("lksd"), call=call)
        for who in ("guru", "kwt", "anggota.bpd"):
            actions.declare_interest(by=people.by(who), call=call, interest=False)
        for each in call.proposals.exclude(pk=last.pk):
            scored(people, call, each)
        actions.reveal_scores(by=people.by("lksd"), call=call)
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-03/TIM/III/2026")
    text = at(f"/panggilan/{call.code}/", AFTER + timedelta(days=1))
    assert "3 usulan ikut: 2 dinilai, 1 gugur dalam seleksi administrasi." in text
    assert "Akta bukan milik pengusul" not in text


def test_a_draft_and_an_unknown_call_are_not_there(people):
    draft = a_call(people)
    assert Client().get(f"/panggilan/{draft.code}/").status_code == 404
    assert Client().get("/panggilan/AAAAAAAAAA/").status_code == 404
    assert draft.code not in at("/panggilan/", OPENED)


def test_an_area_narrows_the_list(people):
    call = an_open_call(people)
    assert call.code in at("/panggilan/?di=33.04.19", OPENED)
    assert call.code not in at("/panggilan/?di=51", OPENED)
    assert Call.objects.count() == 1
