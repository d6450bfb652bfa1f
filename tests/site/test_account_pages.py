"""Every page of signing in stands in our frame, in Indonesian, with the security headers."""

import re
from html import unescape
from time import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(people) -> Client:
    people.sekdes.set_password(PASSWORD)
    people.sekdes.save()
    client = Client()
    client.post("/masuk/", {"login": "sekdes", "password": PASSWORD})
    return client


def heading(page) -> str:
    text = page.content.decode()
    return text.partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_login", "Masuk"),
        ("accounts.use_letter", "Masuk dengan surat akses"),
        ("page.roles", "Siapa boleh melakukan apa"),
        ("page.home", "Desa memilih mitranya. Semua orang melihat hasilnya."),
    ],
)
def test_open_pages(name, words, db):
    page = Client().get(reverse(name))
    assert (page.status_code, heading(page)) == (200, words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_logout", "Keluar dari Bermitra?"),
        ("account_reauthenticate", "Tulis kata sandi Anda sekali lagi"),
        ("page.my_data", "Data saya"),
        ("page.work_box", "Perlu Anda kerjakan"),
        ("mfa_index", "Kode tambahan dari ponsel"),
    ],
)
def test_pages_of_a_signed_in_person(secretary, name, words):
    page = secretary.get(reverse(name))
    assert (page.status_code, heading(page)) == (200, words)


def test_pages_behind_a_fresh_password(secretary, people):
    again = reverse("account_reauthenticate")
    secretary.post(f"{again}?next=/saya/", {"password": PASSWORD})
    assert heading(secretary.get(reverse("account_change_password"))) == "Ganti kata sandi"
    pairing = secretary.get(reverse("mfa_activate_totp"))
    assert heading(pairing) == "Pasang aplikasi kode"
    assert "data:image/svg+xml" in pairing.content.decode()
    TOTP.activate(people.sekdes, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(people.sekdes)
    secretary.get("/saya/")
    shut = secretary.get(reverse("mfa_view_recovery_codes"))
    assert (shut.status_code, shut["Location"].partition("?")[0]) == (302, reverse("mfa_reauthenticate"))
    session = secretary.session  # the code was given again
    session["account_authentication_methods"] += [{"method": "mfa", "at": time(), "reauthenticated": True}]
    session.save()
    assert heading(secretary.get(reverse("mfa_view_recovery_codes"))) == "Kode cadangan"
    assert heading(secretary.get(reverse("mfa_generate_recovery_codes"))) == "Buat kode cadangan baru"
    assert heading(secretary.get(reverse("mfa_deactivate_totp"))) == "Lepas aplikasi kode?"
    assert len(secretary.get(reverse("mfa_download_recovery_codes")).content.decode().split()) > 10


@pytest.mark.parametrize("path", ["/", "/masuk/", "/peran/", "/tidak-ada/"])
def test_headers_of_open_pages(path, db):
    page = Client().get(path)
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert (page["X-Content-Type-Options"], page["X-Frame-Options"]) == ("nosniff", "DENY")


def test_signing_out_empties_the_browser(secretary):
    page = secretary.post("/keluar/")
    assert page["Location"] == "/"
    assert "cache" in page["Clear-Site-Data"]
    assert secretary.get("/kerja/").status_code == 302


def test_english_is_chosen_by_a_plain_link_that_leads_back_and_is_kept(people):
    client = Client(HTTP_ACCEPT_LANGUAGE="en-GB,en")
    page = client.get("/desa/?di=33.04&setelah=33.04.06").content.decode()
    assert '<html lang="id">' in page
    link = re.search(r'href="(/bahasa/en/[^"]*)"', page)[1]
    sent = client.get(unescape(link))
    assert sent["Location"] == "/desa/?di=33.04&setelah=33.04.06"
    assert "no-store" in sent["Cache-Control"]
    page = client.get("/masuk/").content.decode()
    assert '<html lang="en">' in page
    assert "Sign in" in page
    client.get("/bahasa/id/")
    assert '<html lang="id">' in client.get("/masuk/").content.decode()


@pytest.mark.parametrize(
    "back", ["https://lain.example/", "//lain.example/", "/\\lain.example", "javascript:alert(1)", "", "http:lain"]
)
def test_the_way_back_never_leaves_this_site(back, db):
    assert Client().get("/bahasa/en/", {"kembali": back})["Location"] == "/"


def test_no_other_language_is_spoken(db):
    sent = Client().get("/bahasa/xx/")
    assert (sent.status_code, "bahasa" in sent.cookies) == (404, False)


@pytest.mark.parametrize(("path", "status"), [("/tidak-ada/", 404), ("/orang/", 302), ("/sehat/", 200)])
def test_plain_answers(path, status, db):
    assert Client().get(path).status_code == status


def test_the_password_is_kept_with_argon2():
    from bermitra.site import settings

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
