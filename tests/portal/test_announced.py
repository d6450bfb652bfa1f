"""The page of a call: what became of it, whose clock counts, the hash that anybody may compute again, a text to pass on."""

import json
from datetime import timedelta
from hashlib import sha256
from html import unescape
from urllib.parse import unquote

import pytest
import rfc8785
from django.test import Client

from bermitra.foundation.commands import clock
from bermitra.foundation.rules import Refused
from bermitra.partnership.models import Case
from bermitra.selection import actions
from bermitra.selection.criteria import statements
from bermitra.selection.models import Call
from tests.selection.makers import (
    AFTER,
    DEADLINE,
    OPENED,
    TICKS,
    a_call,
    a_checking_call,
    a_closed_call,
    a_sealed_proposal,
    an_open_call,
)

pytestmark = pytest.mark.django_db
DURING = OPENED + timedelta(days=5)
LATER = DEADLINE + timedelta(days=7)


def page(call, moment=DURING):
    with clock.at(moment):
        answer = Client().get(f"/panggilan/{call.code}/")
    assert answer.status_code == 200
    return unescape(" ".join(answer.content.decode().split()))


def file(call, part="", moment=DURING):
    with clock.at(moment):
        return Client().get(f"/panggilan/{call.code}/sidik.json", {"bagian": part} if part else {})


def by_four(key):
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def test_every_change_stands_on_the_page_the_oldest_first_with_its_reason_and_both_deadlines(people):
    call = an_open_call(people)
    with clock.at(DURING):
        actions.extend_call(by=people.by("kades"), call=call, deadline=LATER, reason="Jalan ke dusun terputus.")
    with clock.at(DURING + timedelta(days=1)):
        actions.extend_call(
            by=people.by("kades"), call=call, deadline=LATER + timedelta(days=3), reason="Jalan masih terputus."
        )
    text = page(call, LATER)
    assert "Batas waktu: dari 23 Maret 2026 pukul 15.00 WIB menjadi 30 Maret 2026 pukul 15.00 WIB." in text
    assert text.index("Jalan ke dusun terputus.") < text.index("Jalan masih terputus.")
    assert "Usulan diterima sampai 2 April 2026 pukul 15.00 WIB." in text


def test_the_page_says_whose_clock_counts_and_that_the_whole_of_it_must_be_in(people):
    text = page(an_open_call(people))
    assert "jam Bermitra (WIB), bukan jam telepon Anda" in text
    assert "Lewat satu detik berarti terlambat" in text


def test_a_withdrawn_call_says_why_and_nothing_of_what_is_being_written_anew(people):
    call = an_open_call(people)
    with clock.at(DURING):
        a_sealed_proposal(people, call)
        call = actions.withdraw_call(by=people.by("kades"), call=call, reason="Luas petak contoh keliru.")
        actions.write_kak(by=people.by("sekdes"), call=call, sections={"scope": "Naskah baru yang belum jadi."})
    text = page(call)
    assert "Ditarik untuk diperbaiki" in text
    assert "Luas petak contoh keliru." in text
    assert "Naskah baru" not in text
    assert "pendampingan 300 jam" not in text
    assert file(call).status_code == 404
    with clock.at(DURING):
        assert call.code not in Client().get("/panggilan/").content.decode()


def test_a_call_that_was_given_up_after_it_was_announced_says_why(people):
    call = an_open_call(people)
    with clock.at(DURING):
        actions.cancel_call(by=people.by("kades"), call=call, reason="Anggaran dialihkan ke bencana.")
    assert "Anggaran dialihkan ke bencana." in page(call)


def test_a_draft_that_was_never_announced_and_was_given_up_has_no_page(people):
    call = actions.cancel_call(by=people.by("kades"), call=a_call(people), reason="Salah ketik.")
    assert Client().get(f"/panggilan/{call.code}/").status_code == 404


# The village's vision ---------------------------------------------------------------------------------------------------
def held(text):
    return [code for code, each in statements().items() if each.text["id"] in text]


def test_what_the_village_stands_by_is_read_by_nobody_outside_before_all_are_in(people):
    call = an_open_call(people)
    assert held(page(call)) == []
    assert held(page(call, DEADLINE + timedelta(seconds=1))) == []  # closed by nobody yet: it may still be open
    closed = a_closed_call_of(people, call)
    assert sorted(held(page(closed, AFTER))) == sorted(TICKS)


def a_closed_call_of(people, call):
    a_sealed_proposal(people, call)
    with clock.at(AFTER):
        actions.close_due_calls()
    return Call.objects.get(pk=call.pk)


def test_while_it_is_open_neither_hash_nor_file_gives_the_village_away(people):
    """With so few statements, whoever has the frozen hash finds the ticks by trying: it is kept back with them."""
    call = an_open_call(people)
    text = page(call)
    assert by_four(call.frozen_hash) not in text
    assert "ticks" not in json.loads(file(call).content)
    assert file(call, "lengkap").status_code == 404


# The hash ---------------------------------------------------------------------------------------------------------------
def test_the_file_has_the_hash_that_the_page_shows_and_keeps_it_to_the_end(people):
    call = an_open_call(people)
    first = sha256(file(call).content).hexdigest()
    assert by_four(first) in page(call)
    closed = a_closed_call_of(people, call)
    assert sha256(file(closed, moment=AFTER).content).hexdigest() == first
    assert by_four(first) in page(closed, AFTER)
    whole = file(closed, "lengkap", AFTER)
    assert sha256(whole.content).hexdigest() == closed.frozen_hash
    assert by_four(closed.frozen_hash) in page(closed, AFTER)
    assert sorted(json.loads(whole.content)["ticks"]) == sorted(TICKS)
    assert "Tidak berubah sejak diumumkan" in page(closed, AFTER)


def test_a_short_hash_stands_in_sight_and_the_long_one_with_how_to_check_it_is_folded_away(people):
    call = an_open_call(people)
    key = sha256(file(call).content).hexdigest()
    seen, folded = page(call).split("Sidik penawaran</h2>")[1].split("<details>", 1)
    assert "tidak diubah sejak diumumkan" in seen
    assert by_four(key[:16]) in seen and by_four(key) not in seen
    folded = folded.split("</details>")[0]
    assert by_four(key) in folded and "Unduh isi yang dikunci" in folded and "SHA-256" in folded


def test_a_weight_changed_behind_the_houses_back_shows(people):
    call = a_checking_call(people)
    call.criteria.filter(code="finance").update(weight=25)
    text = page(call, AFTER)
    assert "Berbeda dari saat diumumkan" in text
    assert by_four(sha256(file(call, moment=AFTER).content).hexdigest()) in text


def test_a_text_with_a_telephone_in_it_is_not_handed_out(people):
    call = a_call(people)
    actions.write_kak(by=people.by("sekdes"), call=call, sections={"contact": "Hubungi 0812-3456-7890"})
    with clock.at(OPENED):
        actions.open_call(by=people.by("kades"), call=call)
    assert file(call).status_code == 404
    text = page(call)
    assert "sidik.json" not in text
    assert "dicocokkan di kantor desa" in text


# Passed on --------------------------------------------------------------------------------------------------------------
def test_a_text_for_whatsapp_says_who_asks_for_what_until_when_and_where(people, settings):
    call = an_open_call(people)
    text = page(call)
    ready = text.split('id="teks-penawaran">')[1].split("</p>")[0].replace("<br>", " ")
    for part in ("mencari mitra", "pendampingan 300 jam", "23 Maret 2026 pukul 15.00 WIB"):
        assert part in ready
    assert f"{settings.BERMITRA_ORIGIN}/panggilan/{call.code}/" in ready
    link = text.split('href="https://wa.me/?text=')[1].split('"')[0]
    assert " ".join(unquote(link).split()) == ready


def test_a_call_that_is_over_is_passed_on_no_more(people):
    call = a_closed_call(people)
    assert "wa.me" not in page(call, AFTER)


def test_the_page_of_a_changed_call_asks_the_database_six_times_at_most(people, django_assert_max_num_queries):
    call = an_open_call(people)
    with clock.at(DURING):
        actions.extend_call(by=people.by("kades"), call=call, deadline=LATER, reason="Jalan ke dusun terputus.")
        Client().get(f"/panggilan/{call.code}/")
        with django_assert_max_num_queries(6):
            Client().get(f"/panggilan/{call.code}/")


# The terms of reference -------------------------------------------------------------------------------------------------
def test_everything_that_the_law_asks_of_the_terms_stands_on_the_page(people):
    text = page(an_open_call(people))
    for part in (
        "Latar belakang, kebutuhan, dan data", "Kebutuhan yang dijawab", "Air bersih Dusun Dhuwur",
        "Tujuan dan hasil yang terukur", "Ruang lingkup pekerjaan", "Bidang", "Pemberdayaan masyarakat desa", "Lokasi",
        "Penerima manfaat", "Manfaat Rp 468.000.000, biaya Rp 312.000.000, dalam 3 tahun.", "RPJM Desa 2024, 4.06",
        "RKP Desa 2026, 21", "Di luar hutan lindung.", "Lereng dikuatkan.", "Sumbangan desa", "Yang dibutuhkan dari mitra",
        "Bentuk kerja sama", "Jangka waktu", "Perkiraan dana dan sumbernya", "bobot 25", "Dokumen yang diminta", "Jadwal",
        "Tempat bertanya", "Batas waktu", "Risiko dan pencegahannya",
    ):  # fmt: skip
        assert part in text, part


@pytest.mark.parametrize("lacking", ["goals", "village_vision", "seeks", "offers"])
def test_SL_01_a_heading_without_its_parts_is_not_announced(people, lacking):
    call = a_call(people)
    Call.objects.filter(pk=call.pk).update(**{lacking: [] if lacking in ("seeks", "offers") else ""})
    with clock.at(OPENED), pytest.raises(Refused) as refused:
        actions.open_call(by=people.by("kades"), call=Call.objects.get(pk=call.pk))
    assert refused.value.codes == ("SL-01",)


def test_SL_01_the_forms_that_are_offered_are_part_of_the_terms(people):
    call = a_call(people)
    Case.objects.update(forms=[])
    with clock.at(OPENED), pytest.raises(Refused) as refused:
        actions.open_call(by=people.by("kades"), call=Call.objects.get(pk=call.pk))
    assert refused.value.codes == ("SL-01",)


def test_the_frozen_hash_of_calls_that_are_open_already_is_what_it_was(people):
    """By hand, as it was taken before there were changes: a call that is open when this comes keeps its hash."""
    call = an_open_call(people)
    frozen = {
        "weights": {each.code: each.weight for each in call.criteria.all()}, "total": call.threshold_total,
        "each": call.threshold_each, "ticks": sorted(call.vision_ticks), "terms": call.kak, "title": call.title,
        "goals": call.goals, "seeks": call.seeks, "offers": call.offers,
    }  # fmt: skip
    assert call.frozen_hash == sha256(rfc8785.dumps(frozen)).hexdigest()
