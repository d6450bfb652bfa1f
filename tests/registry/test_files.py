"""A document brings its file, and those who must look at it can."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from bermitra.foundation.journal.models import Event
from bermitra.registry import actions
from bermitra.registry.models import PartnerDocument, UmbrellaRegulation
from tests.people import FOREIGN, OURS, place
from tests.registry.makers import a_partner
from tests.registry.test_pages import at, send, signed_in

pytestmark = pytest.mark.django_db
DEED = {"kind": "deed", "number": "14", "dated": "22/5/2017"}


def a_scan(name: str = "akta.png") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), (0, 90, 60)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_the_file_of_a_document_is_read_by_the_partner_and_its_reviewers_only(people):
    partner = a_partner(people)
    client = signed_in(people.mitra)
    assert send(client, at("registry.add_document", partner.code), **DEED, file=a_scan()).status_code == 302
    assert PartnerDocument.objects.get().file.name == "akta.png"
    assert set(Event.objects.values_list("verb", flat=True)) >= {"file.kept", "partner_document.added"}
    path = reverse("page.partner_document", args=[partner.code, "deed"])
    answer = client.get(path)
    assert answer.content.startswith(b"\x89PNG")
    assert "akta.png" in answer["Content-Disposition"]
    lksd = signed_in(people.lksd)
    assert lksd.get(path).status_code == 404  # until a file is there to look at
    actions.start_verification(by=people.by("mitra"), partner=partner, region=place(OURS))
    assert lksd.get(path).status_code == 200
    assert signed_in(people.dinas).get(path).status_code == 200
    assert signed_in(people.sekdes).get(path).status_code == 403
    assert client.get(reverse("page.partner_document", args=[partner.code, "nib"])).status_code == 404


def test_a_file_that_is_none_is_refused_and_nothing_is_recorded(people):
    partner = a_partner(people)
    upload = SimpleUploadedFile("akta.pdf", b"MZ a program", "application/pdf")
    page = send(signed_in(people.mitra), at("registry.add_document", partner.code), **DEED, file=upload)
    assert page.status_code == 422
    assert "bukan PDF" in page.content.decode()
    assert not PartnerDocument.objects.exists()


def test_a_regulation_brings_its_file(people):
    client = signed_in(people.sekdes)
    typed = {"number": "6", "year": "2021", "title": "Kerja Sama Desa", "dated": "13/12/2021"}
    path = at("registry.record_umbrella_regulation", OURS)
    assert send(client, path, **typed, file=a_scan("perdes.png")).status_code == 302
    assert UmbrellaRegulation.objects.get().dated == date(2021, 12, 13)
    assert client.get(at("page.umbrella_regulation", OURS)).status_code == 200
    assert client.get(at("page.umbrella_regulation", FOREIGN)).status_code == 404
