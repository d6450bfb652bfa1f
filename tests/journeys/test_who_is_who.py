"""An office passes on, a helper enters for the village, a person is forgotten: told by the pages as browsers send them."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from datetime import timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from bermitra.foundation.accounts.models import Appointment, Assistance, HandOver, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.journal.models import Event
from bermitra.registry.models import VillageAsset
from tests.access.browsers import Browsers
from tests.foundation.people.makers import a_facilitator
from tests.people import OURS, People

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SHED = {"name": "Gudang kapulaga", "kind": "building", "quantity": "96", "unit": "m²", "recorded": "on"}


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def browser(person: Person) -> Client:
    """Signed in with the offices of this moment."""
    return Browsers().of(Person.objects.get(pk=person.pk))


def send(person: Person, page: str, /, *args: object, **typed: object) -> str:
    """Fill in a page and send it; where it leads."""
    answer = browser(person).post(reverse(page, args=args), {**typed, "_key": uuid4().hex})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer["Location"]


def read(person: Person, address: str) -> str:
    answer = browser(person).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_secretary_hands_over_and_the_successor_contests_what_a_helper_entered(people):
    successor = people.kadus
    office = the_secretary_proposes_and_the_head_confirms(people, successor)
    the_minutes_name_both_and_what_is_open(people, office)
    mandate = the_head_lets_the_facilitator_enter_for_the_village(people)
    the_village_reads_it_contests_it_and_it_is_mended(mandate, successor)
    call_command("journal_verify", stdout=StringIO())


def the_secretary_proposes_and_the_head_confirms(people: People, successor: Person) -> Appointment:
    send(
        people.sekdes, "accounts.propose_office", OURS, full_name=successor.full_name, username=successor.username,
        role="village_secretary", decree="141/2/2026", since="1/1/2026", until="31/12/2029",
    )  # fmt: skip
    office = Appointment.objects.get(person=successor, role="village_secretary")
    assert "Sekretaris Desa" in read(people.kades, reverse("page.work_box"))
    send(people.kades, "accounts.confirm_appointment", office.pk)
    return office


def the_minutes_name_both_and_what_is_open(people: People, office: Appointment) -> None:
    before = people.sekdes.appointments.get()
    leads_to = send(people.sekdes, "accounts.hand_over", before.pk, successor=office.pk, note="Kunci lemari arsip.")
    done = HandOver.objects.get()
    assert leads_to == reverse("page.hand_over", args=[done.code])
    assert "menerima serah terima" in read(office.person, reverse("page.inbox"))
    assert not Person.objects.get(pk=people.sekdes.pk).offices
    pdf = browser(office.person).get(reverse("page.hand_over_pdf", args=[done.code])).getvalue()
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    for each in ("SERAH TERIMA JABATAN", people.sekdes.full_name, office.person.full_name, "Kunci lemari arsip."):
        assert each in text, each
    assert re.search(rf"Mengetahui,.*{people.kades.full_name}", text, re.DOTALL)


def the_head_lets_the_facilitator_enter_for_the_village(people: People) -> Assistance:
    helper, until = a_facilitator(people), f"{clock.today() + timedelta(days=30):%d/%m/%Y}"
    send(helper, "accounts.request_assistance", OURS, helper=helper.pk, purpose="Mencatat aset", until=until)
    mandate = Assistance.objects.get()
    assert browser(helper).get(reverse("registry.record_asset", args=[OURS])).status_code == 403
    send(people.kades, "accounts.grant_assistance", mandate.code, number="141/7/2026", until=until)
    return mandate


def the_village_reads_it_contests_it_and_it_is_mended(mandate: Assistance, secretary: Person) -> None:
    send(mandate.helper, "registry.record_asset", OURS, **SHED)
    asset, page = VillageAsset.objects.get(), reverse("page.assistance", args=[mandate.code])
    assert "Atas nama desa, Sari Kusuma mencatat" in read(secretary, reverse("page.inbox"))
    found = re.search(r'href="(/kerja/isian-atas-nama/\d+/gugat/)"', read(secretary, page))
    assert found is not None
    browser(secretary).post(found[1], {"reason": "Luasnya 69 m².", "_key": uuid4().hex})
    assert "Digugat" in read(secretary, page)
    send(mandate.helper, "registry.correct_asset", asset.code, **{**SHED, "quantity": "69"}, reason="Angka tertukar")
    contest = re.search(r'href="(/kerja/gugatan-isian/\d+/jawab/)"', read(mandate.helper, page))
    assert contest is not None
    browser(mandate.helper).post(contest[1], {"answer": "Sudah menjadi 69 m².", "_key": uuid4().hex})
    asset.refresh_from_db()
    assert asset.quantity == 69 and "Sudah menjadi 69 m²." in read(secretary, page)
    lines = Event.objects.filter(about=about_of(asset)).values_list("body", flat=True)
    assert [json.loads(each)["facts"]["mandate"] for each in lines] == [mandate.code] * 2


def test_one_takes_the_data_along_another_is_forgotten_and_the_journal_still_holds(people):
    taken = browser(people.kades).post(reverse("accounts.export_my_data"), {"_key": uuid4().hex})
    data = json.loads(zipfile.ZipFile(BytesIO(taken.content)).read("data-saya.json"))
    assert data["profil"]["nama_lengkap"] == people.kades.full_name
    send(people.warga, "accounts.request_erasure")
    assert "Hapus data pribadi seseorang" in read(people.dinas, reverse("page.work_box"))
    send(people.kades, "accounts.end_appointment", people.warga.appointments.get().pk)
    send(people.dinas, "accounts.erase_person", people.warga.code, told="on")
    assert people.warga.full_name not in everything_in_the_tables()
    assert Event.objects.filter(actor=people.warga.code).exists()
    call_command("journal_verify", stdout=StringIO())


def everything_in_the_tables() -> str:
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  the names are the database's own
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)
