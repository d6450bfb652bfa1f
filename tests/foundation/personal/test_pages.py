"""Pages of one's own data and of the counter, as browsers without scripts send them; a number shows up nowhere else."""

import io
import json
import logging
import zipfile
from dataclasses import replace
from datetime import timedelta
from time import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from bermitra.foundation.accounts import middleware
from bermitra.foundation.accounts.middleware import SECOND_FACTOR_SEEN
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.commands import clock
from bermitra.foundation.personal import actions
from bermitra.foundation.personal.models import ErasureRequest, NumberCase, PersonalLook, PersonalValue
from bermitra.foundation.personal.views import mine
from tests.foundation.personal.makers import NIK, OTHER_NIK, PHONE, a_nik, a_picture, a_scan

pytestmark = pytest.mark.django_db
BACKEND = "bermitra.foundation.accounts.sign_in.NameOrPhone"


def browser(person, *, confirmed: bool = True) -> Client:
    """Signed in; ``confirmed``: the password was asked for again a moment ago."""
    client = Client(raise_request_exception=False)
    client.force_login(person, backend=BACKEND)
    session = client.session
    session[SECOND_FACTOR_SEEN] = True
    if confirmed:
        session["account_authentication_methods"] = [{"method": "password", "at": time(), "reauthenticated": True}]
        session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def send(client: Client, address: str, **typed):
    return client.post(address, {"_key": f"k{time()}", **typed})


def text(page) -> str:
    return page.content.decode()


# One's own ----------------------------------------------------------------------------------------------------------------
def test_a_signatory_gives_a_nik_and_reads_it_by_its_last_four(people):
    client = browser(people.kades)
    assert "Isi NIK" in text(client.get("/saya/"))
    sent = send(client, "/saya/nik/", nik="330419 150190 7316", agreed="on")
    assert sent["Location"] == "/saya/"
    page = text(client.get("/saya/"))
    assert "••••••••••••7316" in page
    assert NIK not in page
    value = PersonalValue.objects.get()
    assert NIK in text(client.get(f"/saya/tersimpan/{value.code}/"))
    assert NIK not in text(client.get("/saya/nik/"))


def test_whom_nobody_needs_a_nik_of_is_told_so(people):
    client = browser(people.sekdes)
    page = text(client.get("/saya/nik/"))
    assert "FD-11" in page
    assert 'name="nik"' not in page
    assert "karena tidak diperlukan" in text(client.get("/saya/"))
    assert send(client, "/saya/nik/", nik=NIK, agreed="on").status_code == 409


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("330419150190731", "NIK harus 16 angka tanpa huruf."),  # corpus row 62
        ("33041915019073161", "NIK harus 16 angka tanpa huruf."),
        ("3304193202907316", "Tanggal lahir dalam NIK ini tidak ada."),
        ("0304191501907316", "NIK ini tidak mungkin ada."),
        ("", "Isian ini belum diisi."),
    ],
)
def test_a_nik_that_cannot_be_is_refused_and_never_repeated(people, typed, says):
    page = send(browser(people.kades), "/saya/nik/", nik=typed, agreed="on")
    assert page.status_code == 422
    assert says in text(page)
    assert not typed or typed not in text(page)
    assert not PersonalValue.objects.exists()


def test_a_nik_of_somebody_else_is_refused_and_the_other_stays_unknown(people):
    """Corpus row 63."""
    a_nik(people)
    page = send(browser(people.kades_asing), "/saya/nik/", nik=NIK, agreed="on")
    assert page.status_code == 409
    assert "FD-33" in text(page)
    for unknown in (NIK, people.kades.full_name, people.kades.code, "Pandanarum"):
        assert unknown not in text(page)
    assert NumberCase.objects.count() == 1


def test_a_picture_of_the_card_is_kept_and_shown_to_its_owner(people):
    client = browser(people.kades)
    upload = io.BytesIO(a_picture().content)
    upload.name = "ktp.jpg"
    assert send(client, "/saya/foto-ktp/", picture=upload, agreed="on")["Location"] == "/saya/"
    value = PersonalValue.objects.get()
    assert "data:image/jpeg;base64," in text(client.get(f"/saya/tersimpan/{value.code}/"))


def test_a_pdf_is_no_picture_of_a_card(people):
    upload = io.BytesIO(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")
    upload.name = "ktp.pdf"
    page = send(browser(people.kades), "/saya/foto-ktp/", picture=upload, agreed="on")
    assert page.status_code == 422
    assert not PersonalValue.objects.exists()


def test_a_value_of_another_is_not_there(people):
    value = a_nik(people)
    for who in ("sekdes", "dinas", "kades_asing"):
        client = browser(getattr(people, who))
        assert client.get(f"/saya/tersimpan/{value.code}/").status_code == 404
        assert send(client, f"/saya/tersimpan/{value.code}/hapus/").status_code == 404
    assert send(browser(people.kades), f"/saya/tersimpan/{value.code}/hapus/")["Location"] == "/saya/"
    assert not PersonalValue.objects.exists()


def test_everything_is_taken_along_in_one_archive(people):
    a_nik(people)
    picture = a_picture()
    a_scan(people, picture=picture)
    value = PersonalValue.objects.get(kind="nik")
    actions.look_at_value(by=people.by("dinas"), value=value, reason="Mencocokkan penanda tangan PKS 12/2026")
    actions.record_data_consent(by=people.by("kades"), person=people.kades, purpose="photo")
    answer = send(browser(people.kades), "/saya/unduh/")
    assert answer["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.namelist() == ["data-saya.html", "tampilan.css", "data-saya.json", "foto-ktp.jpg"]
    assert archive.read("foto-ktp.jpg") == picture.content
    data = json.loads(archive.read("data-saya.json"))
    assert [each["isi"] for each in data["data_terkunci"]] == [NIK, "foto-ktp.jpg"]
    assert data["yang_melihat"][0]["siapa"] == f"{people.dinas.full_name}, Petugas Dinas PMD"
    assert data["izin"][0]["untuk"].startswith("Foto saya")
    assert [each["hal"] for each in data["jurnal"]] == [
        "personal_data.exported", "data_consent.recorded", "personal_value.kept", "personal_value.kept",
    ]  # fmt: skip
    page = archive.read("data-saya.html").decode()
    assert NIK in page
    assert people.kades.full_name in page


def test_a_consent_is_given_and_taken_back(people):
    client = browser(people.warga)
    assert send(client, "/saya/izin/baru/", purpose="photo")["Location"] == "/saya/"
    consent = people.warga.data_consents.get()
    assert "72 jam" in text(client.get(f"/saya/izin/{consent.code}/tarik/"))
    assert send(client, f"/saya/izin/{consent.code}/tarik/")["Location"] == "/saya/"
    assert "Sedang dihentikan" in text(client.get("/saya/"))
    office = browser(people.sekdes)
    assert people.warga.full_name in text(office.get(f"/data-pribadi/izin/{consent.code}/"))
    assert send(office, f"/data-pribadi/izin/{consent.code}/")["Location"] == "/kerja/"
    assert "Sudah dihentikan" in text(client.get("/saya/"))


# The counter --------------------------------------------------------------------------------------------------------------
def test_the_officer_reads_a_value_once_and_with_a_reason(people):
    value = a_nik(people)
    client = browser(people.dinas)
    address = f"/data-pribadi/lihat/{value.code}/"
    assert NIK not in text(client.get("/data-pribadi/")) + text(client.get(address))
    refused = send(client, address, reason="cek")
    assert (refused.status_code, "FD-34" in text(refused), NIK in text(refused)) == (409, True, False)
    shown = send(client, address, reason="Mencocokkan penanda tangan PKS 12/2026")
    assert NIK in text(shown)
    assert "no-store" in shown["Cache-Control"]
    own = text(browser(people.kades).get("/saya/"))
    assert "Mencocokkan penanda tangan PKS 12/2026" in own
    assert people.dinas.full_name in own


def test_the_officer_settles_a_number_of_two_people(people):
    a_nik(people)
    send(browser(people.sekdes), "/saya/nik/", nik=OTHER_NIK, agreed="on")
    second = people.held["kades.asing"]
    Appointment.objects.filter(person=second).update(region_id="33.04.19.2002")
    type(second).objects.filter(pk=second.pk).update(region_id="33.04.19.2002")
    send(browser(second), "/saya/nik/", nik=NIK, agreed="on")
    case = NumberCase.objects.get()
    client = browser(people.dinas)
    assert f"/data-pribadi/nomor-ganda/{case.code}/" in text(client.get("/data-pribadi/"))
    page = text(client.get(f"/data-pribadi/nomor-ganda/{case.code}/"))
    assert people.kades.full_name in page
    assert NIK not in page
    sent = send(client, f"/data-pribadi/nomor-ganda/{case.code}/", outcome="first_wrong")
    assert sent["Location"] == "/data-pribadi/"
    assert "perlu ditulis lagi" in text(browser(people.kades).get("/kerja/"))


def test_a_person_asks_and_the_officer_erases(people):
    client = browser(people.warga)
    page = text(client.get("/saya/penghapusan/"))
    assert "10 tahun" in page
    assert "35 hari" in page
    assert "FD-32" in page
    assert send(client, "/saya/penghapusan/")["Location"] == "/saya/"
    assert "Anda meminta penghapusan" in text(client.get("/saya/"))
    counter = browser(people.dinas)
    address = f"/data-pribadi/hapus/{people.warga.code}/"
    assert address in text(counter.get("/data-pribadi/"))
    refused = send(counter, address, told="on")
    assert (refused.status_code, "FD-32" in text(refused)) == (409, True)
    Appointment.objects.filter(person=people.warga).update(state="ended")
    assert send(counter, address, told="on").status_code == 302
    assert ErasureRequest.objects.get().done_at is not None
    assert counter.get(address).status_code == 404
    assert client.get("/saya/").status_code == 302
    left = text(counter.get(f"/orang/{people.warga.code}/"))
    assert "Sudah dihapus. Yang tersisa kode dan jabatan" in left
    assert not any(offer in left for offer in ("Buat surat baru", "Tambah jabatan", "Hapus data pribadi orang ini"))


def test_an_office_over_its_last_day_has_ended_on_the_page_of_its_holder(people):
    client = browser(people.warga)
    assert "Berakhir" not in text(client.get("/saya/"))
    Appointment.objects.filter(person=people.warga).update(until=clock.today() - timedelta(days=1))
    assert "Berakhir" in text(client.get("/saya/"))


def test_a_request_is_taken_back(people):
    client = browser(people.warga)
    send(client, "/saya/penghapusan/")
    assert send(client, "/saya/penghapusan/batal/")["Location"] == "/saya/"
    assert "Anda meminta penghapusan" not in text(client.get("/saya/"))
    assert send(client, "/saya/penghapusan/batal/")["Location"] == "/saya/"


# Nothing leaks ------------------------------------------------------------------------------------------------------------
def test_a_number_is_not_laid_into_the_session_while_the_password_is_asked_again(people, monkeypatch):
    """The form of a private row is typed again; that of any other row is kept meanwhile."""
    row = replace(table()["accounts.keep_nik"], step_up=True)
    monkeypatch.setattr(middleware, "table", lambda: {**table(), "accounts.keep_nik": row})
    client = browser(people.kades, confirmed=False)
    sent = send(client, "/saya/nik/", nik=NIK, agreed="on")
    assert sent["Location"] == f"{reverse('account_reauthenticate')}?next=/saya/nik/"
    assert NIK not in str([each.get_decoded() for each in Session.objects.all()])
    send(browser(people.kades, confirmed=False), "/saya/penghapusan/", typed=OTHER_NIK)
    assert OTHER_NIK in str([each.get_decoded() for each in Session.objects.all()])


@pytest.mark.parametrize("debug", [False, True])
def test_no_log_and_no_error_page_holds_a_number(people, caplog, monkeypatch, settings, debug):
    settings.DEBUG = debug
    caplog.set_level(logging.DEBUG)
    client = browser(people.kades)
    seen = [text(send(client, "/saya/nik/", nik=f"{NIK}9", agreed="on"))]  # refused by the form
    seen.append(text(send(client, "/saya/nik/", nik=NIK)))  # refused by the rule

    def breaks(**_: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(mine.actions, "keep_nik", breaks)
    broken = send(client, "/saya/nik/", nik=NIK, agreed="on")
    assert broken.status_code == 500
    assert "disk full" in caplog.text
    if not debug:  # with DEBUG the page of Django shows local variables to developers, whose data is not real
        seen.append(text(broken))
    assert all(NIK not in each for each in [*seen, caplog.text])


def test_nothing_open_to_the_public_shows_what_is_kept(people):
    people.kades.phone = PHONE
    people.kades.save()
    a_nik(people)
    for address in ("/", "/desa/33.04.19.2001/", "/mitra/", "/kemitraan/", "/cari/?q=Sutrisno"):
        page = text(Client().get(address))
        assert NIK not in page, address
        assert PHONE not in page, address


def test_a_look_names_its_officer_even_after_the_officers_office_ended(people):
    value = a_nik(people)
    actions.look_at_value(by=people.by("dinas"), value=value, reason="Mencocokkan penanda tangan PKS 12/2026")
    Appointment.objects.filter(person=people.dinas).update(state="ended")
    assert PersonalLook.objects.get().by == people.dinas
    assert people.dinas.full_name in text(browser(people.kades).get("/saya/"))
