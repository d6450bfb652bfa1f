"""Signing in, the letter, the second factor and the re-asked password, as a browser without scripts sends them."""

import re
from base64 import b64decode
from datetime import UTC, date, datetime
from time import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bermitra.foundation.accounts import actions, suspended
from bermitra.foundation.accounts.models import AccessLetter, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from bermitra.foundation.people.actions import request_assistance
from tests.foundation.documents.test_uploads import pdf
from tests.people import OURS, PASSWORD, place

pytestmark = pytest.mark.django_db


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client: Client, login: str, password: str = PASSWORD):
    return client.post("/masuk/", {"login": login, "password": password})


def test_the_public_is_sent_to_the_sign_in_page_and_back(people):
    client = Client()
    sent = client.get("/kerja/")
    assert sent.status_code == 302
    assert sent["Location"] == "/masuk/?next=/kerja/"


def test_signing_in_by_user_name(people):
    with_password(people.sekdes)
    client = Client()
    assert sign_in(client, " Sekdes ")["Location"] == "/kerja/"
    page = client.get("/kerja/")
    assert "Wulan Pratiwi" in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"


def test_signing_in_by_telephone_number_as_people_write_it(people):
    person = with_password(people.sekdes)
    person.phone = "+6281234567890"
    person.save()
    assert sign_in(Client(), "0812-3456-7890")["Location"] == "/kerja/"


def test_a_wrong_password_says_so_and_keeps_the_name(people):
    with_password(people.sekdes)
    page = sign_in(Client(), "sekdes", "salah")
    assert page.status_code == 200
    assert 'value="sekdes"' in page.content.decode()
    assert "kerja" not in page.get("Location", "")


def test_nobody_signs_up_by_themselves():
    assert Client().get("/accounts/signup/").status_code == 404
    assert Client().get("/masuk/daftar/").status_code == 404


def test_a_letter_leads_to_a_password_and_the_password_into_the_house(people):
    letter = actions.issue_letter(by=people.by("dinas"), person=people.sekdes, reason="first")
    client = Client()
    page = client.get("/masuk/surat/?nama=sekdes")
    key = re.search(r'name="_key" value="([^"]+)"', page.content.decode())[1]
    words = "empat kata dari surat"
    secret = letter.secret().lower()
    typed = {"login": "sekdes", "code": f"{secret[:4]}-{secret[4:8]} {secret[8:]}", "_key": key}
    sent = client.post("/masuk/surat/", {**typed, "password": words, "again": words})
    assert sent["Location"] == "/masuk/"
    assert sign_in(client, "sekdes", words)["Location"] == "/kerja/"


def test_two_different_passwords_are_told_and_nothing_is_spent(people):
    letter = actions.issue_letter(by=people.by("dinas"), person=people.sekdes, reason="first")
    typed = {
        "login": "sekdes",
        "code": letter.secret(),
        "password": "empat kata dari surat",
        "again": "lain sama sekali",
    }
    page = Client().post("/masuk/surat/", {**typed, "_key": "k"})
    assert page.status_code == 422
    assert "Kedua kata sandi berbeda" in page.content.decode()
    assert AccessLetter.objects.get().used_at is None


def test_a_wrong_code_answers_409_with_the_rule(people):
    actions.issue_letter(by=people.by("dinas"), person=people.sekdes, reason="first")
    words = "empat kata dari surat"
    typed = {"login": "sekdes", "code": "0000-0000-0000", "password": words, "again": words, "_key": "k"}
    page = Client().post("/masuk/surat/", typed)
    assert page.status_code == 409
    assert "FD-14" in page.content.decode()


def totp_code(secret: str) -> str:
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def test_a_regencys_officer_sets_up_the_second_factor_before_anything_else(people):
    with_password(people.dinas)
    client = Client()
    sign_in(client, "dinas")
    assert client.get("/kerja/")["Location"] == "/saya/kode-tambahan/pasang/"
    assert client.get("/orang/")["Location"] == "/saya/kode-tambahan/pasang/"


@pytest.fixture
def officer(people) -> Client:
    """Ratna of the regency, with password and second factor, signed in with both."""
    person = with_password(people.dinas)
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(person, secret)
    client = Client()
    client.totp_secret = secret
    assert sign_in(client, "dinas")["Location"] == "/masuk/kode/"
    assert client.post("/masuk/kode/", {"code": totp_code(secret)})["Location"] == "/kerja/"
    return client


def confirm(client: Client, path: str) -> None:
    """Answer both questions that come before a weighty act."""
    asked = client.get(path)
    assert asked["Location"].startswith("/masuk/lagi/")
    asked = client.post(asked["Location"], {"password": PASSWORD})
    assert asked["Location"].startswith("/masuk/kode/lagi/")
    cache.clear()  # half a minute later: a code counts once
    client.post(asked["Location"], {"code": totp_code(client.totp_secret)})


def test_enrolling_at_the_counter_asks_both_and_ends_with_a_printable_letter(officer, settings):
    settings.MFA_TOTP_TOLERANCE = 1
    path = reverse("accounts.enrol")
    confirm(officer, path)
    page = officer.get(path)
    assert page.status_code == 200
    typed = {
        "full_name": "Siti Aminah, S.Pd.",
        "username": "bendahara.beji",
        "region": "3304192002",
        "role": "village_treasurer",
        "decree": "141/9/2024",
        "since": "1 Januari 2024",
        "until": "31/12/2031",
        "_key": "k1",
    }
    sent = officer.post(path, typed)
    letter = AccessLetter.objects.get()
    assert sent["Location"] == reverse("page.access_letter", args=[letter.code])
    paper = officer.get(sent["Location"]).content.decode()
    assert letter.secret()[:4] in paper
    drawing = b64decode(paper.partition("data:image/svg+xml;base64,")[2].partition('"')[0])
    assert b'<svg xmlns="http://www.w3.org/2000/svg"' in drawing  # else no browser draws it
    again = officer.post(path, typed)
    assert (again.status_code, AccessLetter.objects.count()) == (422, 1) or again["Location"] == sent["Location"]


@pytest.mark.parametrize("query", ["", "?dari=orang"])
def test_a_form_that_was_sent_waits_for_password_and_code_and_is_then_taken_up(officer, people, settings, query):
    settings.MFA_TOTP_TOLERANCE = 1
    path = reverse("accounts.issue_letter", args=[people.sekdes.code])
    cache.clear()  # half a minute later: a code counts once
    asked = officer.post(path + query, {"reason": "first", "_key": "k1"})
    assert asked["Location"].startswith("/masuk/lagi/")
    asked = officer.post(asked["Location"], {"password": PASSWORD})
    assert (asked.status_code, asked["Location"].partition("?")[0]) == (302, "/masuk/kode/lagi/")
    assert not AccessLetter.objects.exists()
    back = officer.post(asked["Location"], {"code": totp_code(officer.totp_secret)})
    assert (back.status_code, back["Location"]) == (302, path + query)
    done = officer.get(back["Location"])
    assert (done.status_code, done["Location"]) == (302, f"/surat-akses/{AccessLetter.objects.get().code}/")
    assert officer.get(back["Location"]).status_code == 200  # taken up once: read again, it is an empty form
    assert AccessLetter.objects.count() == 1


def test_a_waiting_form_with_something_wrong_is_answered_at_its_own_address(officer, people, settings):
    settings.MFA_TOTP_TOLERANCE = 1
    path = reverse("accounts.enrol")
    cache.clear()
    asked = officer.post(path, {"full_name": "Siti Aminah", "region": "3304192002", "since": "31 November 2024"})
    asked = officer.post(asked["Location"], {"password": PASSWORD})
    back = officer.post(asked["Location"], {"code": totp_code(officer.totp_secret)})
    page = officer.get(back["Location"])
    assert (page.status_code, page.request["PATH_INFO"]) == (422, path)
    assert "31 November tidak ada." in page.content.decode()
    assert "Siti Aminah" in page.content.decode()
    assert page.context["request"].resolver_match.url_name == "accounts.enrol"


def test_the_file_of_a_waiting_form_waits_with_it_and_leaves_nothing_behind(officer, people, settings):
    settings.MFA_TOTP_TOLERANCE = 1
    content = pdf()
    asked = request_assistance(
        by=people.by("camat"), village=place(OURS), helper=people.camat, purpose="Profil", until=date(2027, 6, 30)
    )
    with clock.at(datetime(2027, 3, 1, 3, tzinfo=UTC)):
        path = f"/kerja/bantuan-isian/{asked.code}/mandat-kertas/"
        typed = {"number": "140/3/2027", "since": "1/3/2027", "until": "30/6/2027", "_key": "k1"}
        cache.clear()
        scan = SimpleUploadedFile("mandat.pdf", content, content_type="application/pdf")
        step = officer.post(path, {**typed, "file": scan})
        (room,) = (settings.BERMITRA_HOME / "waiting").iterdir()
        assert [each.read_bytes() for each in room.iterdir()] == [content]
        assert [each.stat().st_mode & 0o077 for each in (room, *room.iterdir())] == [0, 0]
        step = officer.post(step["Location"], {"password": PASSWORD})
        step = officer.post(step["Location"], {"code": totp_code(officer.totp_secret)})
        assert officer.get(step["Location"]).status_code == 302
    asked.refresh_from_db()
    assert files.read(asked.file.sha256) == content
    assert not list((settings.BERMITRA_HOME / "waiting").iterdir())


def test_files_that_nobody_takes_up_go_after_an_hour(officer, people, settings):
    asked = request_assistance(
        by=people.by("camat"), village=place(OURS), helper=people.camat, purpose="Profil", until=date(2027, 6, 30)
    )
    officer.post(f"/kerja/bantuan-isian/{asked.code}/mandat-kertas/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-")})
    assert suspended.forget_old(time() + suspended.KEPT - 60) == 0
    assert suspended.forget_old(time() + suspended.KEPT + 60) == 1
    assert not list((settings.BERMITRA_HOME / "waiting").iterdir())


def test_a_form_that_was_left_waiting_is_never_sent_later(officer, people, settings):
    """The sender goes away without a password; whoever opens the page again finds it empty."""
    settings.MFA_TOTP_TOLERANCE = 1
    path = reverse("accounts.issue_letter", args=[people.sekdes.code])
    cache.clear()
    officer.post(path, {"reason": "first", "_key": "k1"})
    confirm(officer, path)
    assert officer.get(path).status_code == 200
    assert not AccessLetter.objects.exists()


def test_a_form_that_waits_is_not_sent_by_a_password_given_for_another_page(officer, people, settings):
    settings.MFA_TOTP_TOLERANCE = 1
    path = reverse("accounts.issue_letter", args=[people.sekdes.code])
    cache.clear()
    officer.post(path, {"reason": "first", "_key": "k1"})
    confirm(officer, reverse("accounts.enrol"))
    assert officer.get(path).status_code == 200
    assert not AccessLetter.objects.exists()


def test_a_wrong_code_keeps_the_form_waiting(officer, people):
    path = reverse("accounts.issue_letter", args=[people.sekdes.code])
    cache.clear()
    asked = officer.post(path, {"reason": "first", "_key": "k1"})
    asked = officer.post(asked["Location"], {"password": PASSWORD})
    wrong = officer.post(asked["Location"], {"code": "000000"})
    assert (wrong.status_code, AccessLetter.objects.count()) == (200, 0)
    back = officer.post(asked["Location"], {"code": totp_code(officer.totp_secret)})
    done = officer.get(back["Location"])
    assert (done.status_code, AccessLetter.objects.count()) == (302, 1)


def test_people_of_another_regency_do_not_exist_for_an_officer(officer, people):
    assert officer.get(f"/orang/{people.kades.code}/").status_code == 200
    assert officer.get(f"/orang/{people.kades_asing.code}/").status_code == 404


def test_a_village_officer_is_refused_the_regencys_pages(people):
    with_password(people.sekdes)
    client = Client()
    sign_in(client, "sekdes")
    assert client.get("/orang/").status_code == 403
    assert client.post("/orang/").status_code == 405


def test_a_place_of_the_wrong_kind_is_named(officer):
    path = reverse("accounts.enrol")
    confirm(officer, path)
    typed = {"full_name": "A B", "username": "a.b", "region": "33.04", "role": "village_head", "decree": "1",
             "since": "1/1/2024", "until": "31/12/2031", "_key": "k2"}  # fmt: skip
    page = officer.post(path, typed)
    assert page.status_code == 422
    assert "Banjarnegara bukan desa" in page.content.decode()


def test_the_book_of_roles_is_open_to_everybody():
    assert "menilai usulan mitra" in Client().get("/peran/").content.decode()
