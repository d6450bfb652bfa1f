"""The first page after signing in: one's own duties, what one waits for, what one should know."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from bermitra.foundation.commands import clock
from bermitra.foundation.messages.api import tell
from tests.foundation.duties.makers import a_duty, an_act
from tests.people import OURS

pytestmark = pytest.mark.django_db


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def box(person, query: str = "") -> str:
    return client_of(person).get(f"/kerja/{query}").content.decode()


def in_days(days: int):
    return clock.today() + timedelta(days=days)


def test_nothing_to_do_says_so(people):
    page = box(people.kades)
    assert "Tidak ada yang menunggu Anda" in page
    assert "Belum ada kabar." in page
    assert "Saring pekerjaan" not in page


def test_ones_own_duties_stand_with_state_and_day_and_lead_to_their_door(people):
    late = a_duty(role="village_head", due_on=in_days(-3), says="Kirim jawaban tertulis.")
    a_duty(role="village_head", due_on=in_days(2), says="Terbitkan penawaran.")
    a_duty(role="village_head", says="Bentuk tim seleksi.")
    page = box(people.kades)
    assert "3 pekerjaan. Satu sudah terlambat." in " ".join(page.split())
    assert f'<a href="/kerja/kabar/{late.url_code}/tersampaikan/">Kirim jawaban tertulis.</a>' in page
    assert '<span class="cap late">Terlambat 3 hari</span>' in page
    assert '<span class="cap fix">Tenggat ' in page
    assert "tanpa tenggat" in page
    order = [page.index(says) for says in ("Kirim jawaban", "Terbitkan penawaran", "Bentuk tim")]
    assert order == sorted(order)


def test_what_others_owe_stands_below_with_whom_one_waits_for(people):
    a_duty(door="x.y", role="bpd_chair", says="Tanda tangani berita acara.")
    page = box(people.kades)
    assert "Menunggu pihak lain" in page
    assert '<span class="cap idle">Menunggu Ketua BPD</span>' in page
    assert "Menunggu pihak lain" not in box(people.kades_asing)


def test_a_duty_of_a_partner_waits_for_the_partner(people):
    a_duty(door="x.y", role="partner_rep", region=OURS, party="P4RTN3R000", says="Lengkapi dokumen.")
    assert "Menunggu mitra" in box(people.sekdes)


def test_a_duty_that_leads_nowhere_still_reads(people):
    a_duty(about="thing:0123456789", door="no.such_door", role="village_head", says="Kerjakan ini.")
    assert "<b>Kerjakan ini.</b>" in box(people.kades)


def test_the_address_narrows_to_late_ones_or_to_the_coming_week(people):
    a_duty(role="village_head", due_on=in_days(-1), says="Yang terlambat.")
    a_duty(role="village_head", due_on=in_days(7), says="Yang pekan ini.")
    a_duty(role="village_head", due_on=in_days(8), says="Yang nanti.")
    late, week = box(people.kades, "?waktu=terlambat"), box(people.kades, "?waktu=pekan")
    assert "Yang terlambat." in late
    assert "Yang pekan ini." not in late
    assert "Yang pekan ini." in week
    assert "Yang nanti." not in week
    assert "Yang nanti." in box(people.kades, "?waktu=entah")
    assert "Tidak ada pekerjaan yang cocok" in box(people.kades_asing, "?waktu=terlambat")


def test_the_box_goes_on_behind_a_duty_and_keeps_what_narrows_it(people):
    for number in range(25):
        a_duty(role="village_head", due_on=in_days(-30 + number), says=f"Pekerjaan ke-{number} di desa.")
    first = box(people.kades, "?waktu=terlambat")
    assert "25 pekerjaan." in first
    assert "ke-19 " in first
    assert "ke-20 " not in first
    following = re.search(r'rel="next" href="/kerja/([^"]+)"', first)[1].replace("&amp;", "&")
    assert "waktu=terlambat" in following
    rest = box(people.kades, following)
    assert "ke-20 " in rest
    assert "ke-24 " in rest
    assert "ke-19 " not in rest
    assert box(people.kades, "?setelah=entah").count("Pekerjaan ke-") == 20


def test_news_stand_beside_with_how_many_are_unread(people):
    for number in range(7):
        tell(an_act(), says="Kabar ke-{n}.", params={"n": number}, about="case:X", region=OURS)
    page = box(people.kades)
    assert "7 kabar belum dibaca." in page
    assert "Kabar ke-6." in page
    assert "Kabar ke-1." not in page


def test_the_box_asks_few_questions_however_much_is_in_it(people, django_assert_max_num_queries):
    for number in range(15):
        a_duty(role="village_head", due_on=in_days(number))
        a_duty(door="x.y", role="bpd_chair", due_on=in_days(number))
        tell(an_act(), says="Kabar.", about="case:X", region=OURS)
    client = client_of(people.kades)
    with django_assert_max_num_queries(12):
        assert client.get("/kerja/").status_code == 200


def test_the_box_reads_in_english_too(people):
    a_duty(role="village_head", due_on=in_days(-3))
    client = client_of(people.kades)
    client.cookies["bahasa"] = "en"
    assert client.get("/kerja/").status_code == 200
