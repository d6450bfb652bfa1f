"""The pages of draws as a browser without scripts sends them, and as everybody reads them."""

from __future__ import annotations

import io
import json
import re
import subprocess
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from bermitra.foundation.accounts.middleware import SECOND_FACTOR_SEEN
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.matching.draws import actions, lists, queries
from bermitra.matching.engine import certificate
from bermitra.matching.models import Draw
from tests.deliberation.test_pages import PASSWORD, send, to
from tests.matching.draws import makers
from tests.matching.draws.makers import committed, drawn, prepared
from tests.partnership.makers import a_partner
from tests.people import OURS

pytestmark = pytest.mark.django_db
TYPED = {"programme": "Pelatihan air bersih", "what": "Dua peserta, lima hari.", "seats": "4"}


@pytest.fixture
def regency(people):
    makers.villages(10)
    return people


def as_(name: str) -> Client:
    """Signed in, with the second factor that an office of the regency needs, and the password given again."""
    person = Person.objects.get(username=name)
    if not person.check_password(PASSWORD):
        person.set_password(PASSWORD)
        person.save()
    client = Client()
    client.force_login(person, backend="bermitra.foundation.accounts.sign_in.NameOrPhone")
    session = client.session
    session[SECOND_FACTOR_SEEN] = True
    session.save()
    assert client.post("/masuk/lagi/", {"password": PASSWORD}).status_code == 302
    return client


def text(page) -> str:
    return page.content.decode()


# The way of a draw ---------------------------------------------------------------------------------------------------
def test_a_draw_goes_from_its_first_page_to_its_result(regency):
    office = as_("dinas")
    with clock.at(makers.BEGUN):
        assert "Belum ada undian" in text(office.get(to("page.draw_rooms")))
        made = send(office, to("matching.prepare_draw"), **TYPED)
        draw = Draw.objects.get()
        assert made["Location"] == to("page.draw_room", draw.code)
        room = text(office.get(made["Location"]))
        assert "MT-33" in room  # no meeting yet
        rule = {"entry": "all", "rest_months": "24", "quotas": "status"}
        assert send(office, to("matching.set_draw_rule", draw.code), **rule).status_code == 302
        meeting = {"on": f"{makers.MEETING:%d/%m/%Y}", "at": "09.00", "place": "Aula Dinas PMD"}
        early = send(
            office, to("matching.set_draw_meeting", draw.code), **{**meeting, "on": f"{makers.BEGUN:%d/%m/%Y}"}
        )
        assert early.status_code == 422 and "terlalu cepat. Pilih sesudah" in text(early)
        assert send(office, to("matching.set_draw_meeting", draw.code), **meeting).status_code == 302
    with clock.at(makers.PUBLISHED):
        assert send(office, to("matching.commit_draw", draw.code)).status_code == 302
        assert "MT-11" in text(office.get(to("page.draw_room", draw.code)))
        early = send(office, to("matching.throw_draw", draw.code), **makers.SAID)
        assert early.status_code == 409
        assert "MT-11" in text(early)
    with clock.at(makers.THREW):
        assert send(office, to("matching.throw_draw", draw.code), **makers.SAID).status_code == 302
        page = text(Client().get(to("page.fair_draw", draw.code)))
        assert "Desa yang mendapat tempat" in page
        assert "Camat Pandanarum" in page
        assert "Haryanto" not in page  # names of witnesses stand in the minutes
        minutes = as_("inspektorat").get(to("page.draw_minutes", draw.code))
    assert minutes["Content-Type"] == "application/pdf"


def test_a_prepared_draw_is_worded_anew_on_its_page(regency):
    draw = prepared(regency)
    with clock.at(makers.BEGUN):
        answer = send(
            as_("dinas"), to("matching.describe_draw", draw.code), programme="Bibit kopi", what="Bibit.", seats="7"
        )
    assert answer["Location"] == to("page.draw_room", draw.code)
    draw.refresh_from_db()
    assert (draw.programme, draw.seats) == ("Bibit kopi", 7)


def test_a_draw_held_again_under_another_name_shows_the_one_that_was_void(regency):
    first = committed(regency)
    with clock.at(makers.PUBLISHED):
        actions.void_draw(by=regency.by("dinas"), draw=first, reason="Hasilnya kurang pas.")
    prepared_again = prepared(regency, programme="Magang kebun 2026")
    with clock.at(makers.PUBLISHED + timedelta(hours=1)):
        seen = lists.list_hash(prepared_again, queries.rows_of(prepared_again))
        again = actions.commit_draw(by=regency.by("dinas"), draw=prepared_again, seen=seen)
    page = text(Client().get(to("page.fair_draw", again.code)))
    assert "Undian lain penyelenggara ini yang batal" in page
    assert "Hasilnya kurang pas." in page
    assert to("page.fair_draw", first.code) in page
    assert "penyelenggara ini yang batal" not in text(Client().get(to("page.fair_draw", first.code)))


def test_who_publishes_another_list_than_he_read_is_refused(regency):
    draw = prepared(regency)
    path = to("matching.commit_draw", draw.code)
    with clock.at(makers.PUBLISHED):
        office = as_("dinas")
        page = office.get(path)
        actions.set_draw_rule(by=regency.by("dinas"), draw=draw, entry="all", statuses=["Maju"])
        held = dict(_hidden(text(page)))
        answer = office.post(path, held)
    assert answer.status_code == 409
    assert "MT-31" in text(answer)


def _hidden(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<input type="hidden" name="(_key|seen)" value="([^"]*)"', page)


def test_three_quotas_are_refused_on_the_page_with_the_sentence_why(regency):
    draw = prepared(regency, quotas=["district", "status", "served"])
    with clock.at(makers.PUBLISHED):
        page = send(as_("dinas"), to("matching.commit_draw", draw.code))
    assert page.status_code == 409
    assert "peluang yang sama tidak lagi pasti" in text(page)


def test_with_enough_places_the_page_says_that_nothing_is_drawn(regency):
    draw = prepared(regency, seats=50)
    with clock.at(makers.PUBLISHED):
        assert "tanpa undian" in text(as_("dinas").get(to("matching.commit_draw", draw.code)))
        send(as_("dinas"), to("matching.commit_draw", draw.code))
        page = text(Client().get(to("page.fair_draw", draw.code)))
        found = Client().get(to("page.fair_draw_file", draw.code)).content
    assert "semua desa mendapat tempat tanpa undian" in page
    assert certificate.read(found)["result"]["everybody"]


# Those that applied --------------------------------------------------------------------------------------------------
def test_those_that_applied_are_typed_or_loaded_and_come_back_as_a_workbook(regency):
    draw = prepared(regency, entry="applied")
    office, path = as_("dinas"), to("matching.enter_applications", draw.code)
    with clock.at(makers.BEGUN):
        bad = send(office, path, villages=f"{OURS}\n51.08.02.2008\nsalah\n33.04.06")
        assert bad.status_code == 422
        for says in ("Baris 2", "di luar kabupaten", "Baris 3", "Baris 4"):
            assert says in text(bad)
        assert send(office, path, villages=f"{OURS}\n3304062003").status_code == 302
        assert draw.entrants.filter(left_out="").count() == 2
        table = f"kode;desa\n{OURS};Pandanarum\n33.04.06.2004;Contoh\n{OURS};Pandanarum\n".encode()
        upload = {"table": SimpleUploadedFile("pendaftar.csv", table)}
        twice = office.post(f"{path}?cara=tabel", {**_key(office, path), **upload})
        assert twice.status_code == 422
        assert "dua kali" in text(twice)
        table = f"kode;desa\n{OURS};Pandanarum\n33.04.06.2004;Contoh\n33.04.06.2005;Contoh\n".encode()
        upload = {"table": SimpleUploadedFile("pendaftar.csv", table)}
        assert office.post(f"{path}?cara=tabel", {**_key(office, path), **upload}).status_code == 302
    assert draw.entrants.filter(left_out="").count() == 3
    answer = office.get(to("page.draw_entrants_xlsx", draw.code))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_name("Undian").to_python()
    assert [row[1] for row in rows if row[6] == "Ya"] == ["33.04.06.2004", "33.04.06.2005", OURS]
    assert any(row[7] == "Tidak mendaftar" for row in rows)


def _key(client: Client, path: str) -> dict[str, str]:
    return dict(_hidden(text(client.get(path))))


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("seats", "0", "di luar batas"),
        ("seats", "1,5", "di luar batas"),
        ("seats", "99999999999999", "di luar batas"),
        ("seats", "sepuluh", "bukan angka"),
        ("programme", "", "belum diisi"),
    ],
)
def test_what_is_typed_wrongly_is_named(regency, field, typed, says):
    page = send(as_("dinas"), to("matching.prepare_draw"), **{**TYPED, field: typed})
    assert page.status_code == 422
    assert says in text(page)
    assert not Draw.objects.exists()


# What everybody reads ------------------------------------------------------------------------------------------------
def test_the_published_file_has_the_published_hash_and_the_certificate_replays(regency):
    draw = drawn(regency, quotas=["status"])
    visitor = Client()
    content = visitor.get(to("page.fair_draw_list", draw.code)).content
    assert sha256(content).hexdigest() == draw.list_hash
    page = text(visitor.get(to("page.fair_draw", draw.code)))
    assert draw.list_hash[:4] in page
    assert f"bermitra verify-round undian-{draw.code}.json" in page
    found = certificate.read(visitor.get(to("page.fair_draw_file", draw.code)).content)
    assert certificate.replay(found) == found
    first = sorted(
        json.loads(content)["entrants"], key=lambda each: sha256((draw.seed + each["id"]).encode()).hexdigest()
    )
    ranked = draw.entrants.filter(left_out="").order_by("rank").values_list("listed_code", flat=True)
    assert [each["id"] for each in first] == list(ranked)  # as the page tells it: by hand


def test_the_hash_is_the_same_in_every_language(regency):
    draw = committed(regency, what="Hubungi 081234567890")
    visitor = Client()
    visitor.cookies["bahasa"] = "en"
    assert 'lang="en"' in text(visitor.get(to("page.fair_draw", draw.code)))
    assert sha256(visitor.get(to("page.fair_draw_list", draw.code)).content).hexdigest() == draw.list_hash
    assert "081234567890" not in text(visitor.get(to("page.fair_draw", draw.code)))


def test_what_was_thrown_is_named_in_the_language_of_the_reader(regency):
    draw, visitor = makers.throw(regency, committed(regency), means="bola bernomor"), Client()
    assert "2026, bola bernomor</dd>" in text(visitor.get(to("page.fair_draw", draw.code)))
    visitor.cookies["bahasa"] = "en"
    assert "2026, numbered balls</dd>" in text(visitor.get(to("page.fair_draw", draw.code)))


def test_nothing_that_everybody_reads_names_a_person_or_tells_a_number(regency):
    words = "Hubungi Slamet 081234567890, NIK 3304190101800001"
    draw = prepared(regency, what=words, programme=f"Air bersih {words}", example=True)
    with clock.at(makers.PUBLISHED):
        send(as_("dinas"), to("matching.commit_draw", draw.code))
    makers.throw(regency, draw)
    names = ("fair_draw", "fair_draw_list", "fair_draw_file")
    said = [text(Client().get(to(f"page.{name}", draw.code))) for name in names]
    said.append(text(Client().get(to("page.fair_draws"))))
    book = b"".join(Client().get(to("page.fair_draw_xlsx", draw.code)).streaming_content)
    said.append(str(CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Undian").to_python()))
    pdf = Client().get(to("page.fair_draw_pdf", draw.code)).content
    said.append(subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode())
    for each in said:
        for private in ("081234567890", "3304190101800001", "Haryanto", "Yuni Astuti", "Ratna Dewi"):
            assert private not in each, private
    assert "<b>Contoh.</b>" in said[0]


def test_a_draw_in_preparation_is_nobodys_but_its_organisers(regency):
    draw = prepared(regency)
    for name in ("page.fair_draw", "page.fair_draw_list", "page.fair_draw_xlsx", "page.fair_draw_pdf"):
        assert Client().get(to(name, draw.code)).status_code == 404
    assert as_("dinas.asing").get(to("page.draw_room", draw.code)).status_code == 404
    assert draw.programme not in text(as_("kades").get(to("page.village_draws")))


def test_a_void_draw_tells_why_and_the_next_one_that_it_is_the_second(regency):
    first = committed(regency)
    with clock.at(makers.PUBLISHED + timedelta(hours=1)):
        path = to("matching.void_draw", first.code)
        assert send(as_("dinas"), path, reason="Satu desa keliru statusnya.").status_code == 302
        assert f"?program={first.code}" in text(as_("dinas").get(to("page.draw_room", first.code)))
    second = committed(regency)
    page = text(Client().get(to("page.fair_draw", first.code)))
    assert "Undian ini batal." in page
    assert "Satu desa keliru statusnya." in page
    page = text(Client().get(to("page.fair_draw", second.code)))
    assert "undian ke-2" in page
    assert "pernah batal" in page
    assert "undian ke-2" in text(Client().get(to("page.fair_draws")))


def test_a_code_written_otherwise_leads_to_the_page(regency):
    draw = committed(regency)
    away = Client().get(to("page.fair_draw", draw.code.lower()))
    if draw.code != draw.code.lower():
        assert away["Location"] == to("page.fair_draw", draw.code)
    for wrong in ("UNDIAN", "ZZZZZZZZZZ"):
        assert Client().get(to("page.fair_draw", wrong)).status_code == 404


def test_the_search_leads_from_its_code_to_a_published_draw(regency):
    draw, draft = committed(regency), prepared(regency, programme="Lain")
    assert Client().get("/cari/", {"q": draw.code.lower()})["Location"] == to("page.fair_draw", draw.code)
    assert to("page.fair_draw", draft.code) not in text(Client().get("/cari/", {"q": draft.code}))


def test_villages_are_found_by_name_code_and_reason(regency):
    draw = committed(regency, statuses=["Maju"])
    base = to("page.fair_draw", draw.code)
    assert "Kutabanjarnegara" in text(Client().get(f"{base}?daftar=kelurahan"))
    found = text(Client().get(f"{base}?cari=Contoh+2003"))
    assert "Contoh 2003" in found
    assert "<b>Contoh 2004</b>" not in found
    assert "Tidak ada desa yang cocok" in text(Client().get(f"{base}?cari=%27%22%3Cb%3E"))
    assert "Contoh 2003" in text(Client().get(f"{base}?daftar=ngawur&setelah=xx"))


def test_a_village_head_reads_the_number_of_his_village_and_how_it_went(regency):
    draw = committed(regency)
    with clock.at(makers.PUBLISHED):
        number = draw.entrants.get(village_id=OURS).number
        page = text(as_("kades").get(to("page.village_draws")))
        assert f"Anda nomor {number} dari 12" in page
        assert "Menunggu undian" in page
    drawn_one = makers.throw(regency, draw)
    won = drawn_one.entrants.get(village_id=OURS).drawn
    page = text(as_("operator").get(to("page.village_draws")))
    assert ("Mendapat tempat" if won else "Belum terundi") in page


def test_a_village_reads_on_behind_a_draw_also_among_those_published_at_once(regency):
    for programme in ("Bibit kopi", "Bibit pala", "Bibit aren"):
        committed(regency, programme=programme)
    first, *others = list(queries.of_village(OURS))
    page = text(as_("kades").get(to("page.village_draws") + f"?setelah={first.draw.code}"))
    assert all(each.draw.programme in page for each in others)
    assert first.draw.programme not in page


def test_a_partner_prepares_a_draw_in_a_regency_that_it_names(regency):
    a_partner(regency)
    client = as_("mitra")
    with clock.at(makers.BEGUN):
        bad = send(client, to("matching.prepare_draw"), **TYPED, regency="33.04.19")
        assert bad.status_code == 422
        assert "bukan kode kabupaten" in text(bad)
        assert send(client, to("matching.prepare_draw"), **TYPED, regency="33.04").status_code == 302
    draw = Draw.objects.get()
    assert draw.partner is not None
    assert draw.programme in text(client.get(to("page.draw_rooms")))
    assert "Batalkan undian" not in text(client.get(to("page.draw_room", draw.code)))  # that is the regency's to say


def test_pages_ask_the_database_no_more_than_they_need(regency):
    draw = drawn(regency, quotas=["status", "district"])
    for most, client, path in (
        (6, Client(), to("page.fair_draw", draw.code)),
        (6, Client(), to("page.fair_draws")),
        (12, as_("dinas"), to("page.draw_room", draw.code)),
        (12, as_("dinas"), to("page.draw_rooms")),
        (12, as_("dinas"), to("page.draw_entrants", draw.code)),
        (12, as_("kades"), to("page.village_draws")),
    ):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= most, (path, [each["sql"][:90] for each in asked])
    draft, office = prepared(regency, programme="Lain"), as_("dinas")
    with clock.at(makers.PUBLISHED):
        for path in (to("page.draw_room", draft.code), to("matching.commit_draw", draft.code)):
            office.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert office.get(path).status_code == 200
            assert len(asked) <= 12, (path, [each["sql"][:90] for each in asked])


def test_a_program_is_told_the_unmet_rules_and_the_form(regency):
    draw = prepared(regency)
    rows = queries.rows_of(draw)
    client = as_("dinas")
    with clock.at(makers.MEETING):
        asked = client.get(to("matching.commit_draw", draw.code), HTTP_ACCEPT="application/json").json()
    assert [each["code"] for each in asked["unmet"]] == ["MT-33"]
    assert {each["name"]: each.get("now") for each in asked["fields"]} == {"seen": lists.list_hash(draw, rows)}
