"""A regency comes in: three villages from one table, their letters, a first sign-in, and an agreement that runs already."""

from __future__ import annotations

import re
import subprocess
from io import StringIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.existing.sheets import COLUMNS as AGREEMENTS
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.register import key_of
from bermitra.registry.forms.onboarding import COLUMNS as OFFICERS
from bermitra.registry.models import OnboardingLoad
from tests.foundation.documents.test_uploads import pdf
from tests.people import NEIGHBOUR, OURS, PASSWORD
from tests.registry.test_pages import confirm, signed_in
from tests.tables import xlsx

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THIRD = "33.04.19.2003"
TERM = {"Nomor SK": "141/7/2024", "Mulai": "1/2/2024", "Sampai": "31/1/2030"}


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def test_from_the_table_of_officers_to_a_running_agreement(people):
    Region.objects.create(
        code=THIRD, level=4, kind="desa", name="Lawen", name_key=key_of("Lawen", "desa"), parent_id="33.04.19"
    )
    officer = signed_in(people.dinas)
    codes = the_officer_takes_three_villages_in(officer)
    secretary, head = (opens_the_account(name, codes[name]) for name in ("sekdes.beji", "kades.beji"))
    the_officer_lays_the_list_before_the_villages(officer)
    code = the_secretary_takes_it_over_and_adds_the_minutes(secretary)
    the_head_says_that_it_runs(head, code)
    everybody_reads_what_is_missing(code)
    call_command("journal_verify", stdout=StringIO())


def the_officer_takes_three_villages_in(officer: Client) -> dict[str, str]:
    """Returns the one-time codes by user name, as they stand on the printed pages."""
    address = reverse("registry.onboard_villages")
    confirm(officer, address)
    rows = [
        {**TERM, "Kode desa": NEIGHBOUR, "Nama desa": "Beji", "Nama petugas": "Kasmirah", "Jabatan": "Kepala Desa"},
        {**TERM, "Kode desa": NEIGHBOUR, "Nama desa": "Beji", "Nama petugas": "Turyono", "Jabatan": "Sekdes"},
        {**TERM, "Kode desa": OURS, "Nama desa": "Pandanarum", "Nama petugas": "Sodikin", "Jabatan": "Kadus"},
        {**TERM, "Kode desa": THIRD, "Nama desa": "Lawen", "Nama petugas": "Painem", "Jabatan": "Ketua BPD"},
    ]
    shown = officer.post(address, {"table": SimpleUploadedFile("petugas.xlsx", xlsx(OFFICERS, rows))})
    assert "4 petugas dari 3 desa siap didaftarkan" in shown.content.decode()
    officer.post(address, {"held": held_of(shown), "_key": uuid4().hex})
    load = OnboardingLoad.objects.get()
    assert "4 dari 4 surat" in officer.get(reverse("page.onboarding_letters", args=[load.code])).content.decode()
    printed = officer.post(reverse("registry.print_letters", args=[load.code]), {"_key": uuid4().hex})
    pages = subprocess.run(["pdftotext", "-layout", "-", "-"], input=printed.content, capture_output=True, check=True)
    found = {}
    for page in pages.stdout.decode().split("\f")[:-1]:
        name = re.search(r"nama pengguna (\S+)", page)
        secret = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", page)
        assert name and secret, page
        found[name[1]] = secret[0]
    assert found.keys() == {"kades.beji", "sekdes.beji", "perangkat.pandanarum", "bpd.lawen"}
    return found


def held_of(shown) -> str:
    found = re.search(r'name="held" value="([^"]+)"', shown.content.decode())
    assert found is not None
    return found[1]


def opens_the_account(name: str, code: str) -> Client:
    client = Client()
    given = {"login": name, "code": code, "password": PASSWORD, "again": PASSWORD, "_key": uuid4().hex}
    assert client.post(reverse("accounts.use_letter"), given)["Location"] == reverse("account_login")
    assert client.post("/masuk/", {"login": name, "password": PASSWORD})["Location"] == reverse("page.work_box")
    return client


def the_officer_lays_the_list_before_the_villages(officer: Client) -> None:
    row = {
        "Kecamatan": "Pandanarum", "Desa": "BEJI", "Jenis": "KDPK", "Mitra": "CV Gula Semut Lestari", "Tahun": 2023,
        "Bidang": "Pemberdayaan", "Ruang lingkup": "Pembelian gula semut petani", "Mulai": "1/8/2023",
        "Nomor perjanjian": "03/PKS/2023",
    }  # fmt: skip
    address = reverse("agreements.propose_existing")
    shown = officer.post(address, {"table": SimpleUploadedFile("berjalan.xlsx", xlsx(AGREEMENTS, [row]))})
    assert "1 Agustus 2023" in shown.content.decode()
    officer.post(address, {"held": held_of(shown), "_key": uuid4().hex})
    assert not EarlierAgreement.objects.exists()


def the_secretary_takes_it_over_and_adds_the_minutes(secretary: Client) -> str:
    listed = secretary.get(reverse("page.existing_agreements")).content.decode()
    found = re.search(r'href="([^"]+\?usulan=\w+)"', listed)
    assert found is not None
    given = {
        "coop_type": "pihak_ketiga", "partner_name": "CV Gula Semut Lestari", "field": "pemberdayaan_masyarakat",
        "scope": "Pembelian gula semut petani", "starts_on": "1/8/2023", "kind": "company", "_key": uuid4().hex,
    }  # fmt: skip
    assert secretary.post(found[1], given).status_code == 302
    code = EarlierAgreement.objects.get().case.code
    minutes = {
        "minutes_number": "BA-04/VII/2023", "minutes_on": "20 Juli 2023", "_key": uuid4().hex,
        "minutes_file": SimpleUploadedFile("ba.pdf", pdf()),
    }  # fmt: skip
    address = reverse("agreements.complete_existing", args=[code])
    assert secretary.post(f"{address}?bagian=musyawarah", minutes).status_code == 302
    return code


def the_head_says_that_it_runs(head: Client, code: str) -> None:
    box = head.get(reverse("page.work_box")).content.decode()
    assert "Nyatakan perjanjian lama" in box
    head.post("/masuk/lagi/", {"password": PASSWORD})
    assert head.post(reverse("agreements.confirm_existing", args=[code]), {"_key": uuid4().hex}).status_code == 302
    assert Person.objects.get(username="kades.beji").code == EarlierAgreement.objects.get().confirmed_by


def everybody_reads_what_is_missing(code: str) -> None:
    page = Client().get(reverse("page.partnership", args=[code])).content.decode()
    assert "Perjanjian terdahulu, dicatat belakangan, kelengkapan 33%" in page and "dicatat kemudian" in page
