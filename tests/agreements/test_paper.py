"""The paper of an agreement as it is signed: in whose name, and with a thumb."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bermitra.agreements import letters, queries
from bermitra.agreements.queries.drafting import in_office
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Mandate
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.compose import compose, words
from bermitra.foundation.documents.models import StoredFile
from tests.agreements import makers
from tests.agreements.makers import MADE_ON, PLACE, fresh
from tests.foundation.people.makers import LONG_AGO, a_person, holding
from tests.partnership.test_pages import send, shown, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def said(agreement, signing) -> list[str]:
    version = queries.newest_version(agreement)
    document = letters.agreement_document(agreement, version, made_on=MADE_ON, place=PLACE, signing=signing)
    return words(compose(document))


def test_a_letter_of_power_is_signed_in_the_name_of_who_gave_it(people, django_assert_num_queries):
    agreement = makers.a_whole_draft(people)
    party = agreement.partner.code
    giver = Appointment.objects.get(person=people.held["mitra.direktur"], role=roles.PARTNER_SIGNATORY.key)
    Appointment.objects.filter(pk=giver.pk).update(title="Direktur Utama")
    holder = a_person(people, "kuasa", "Dewi Anggraini Contoh")
    office = holding(holder, roles.PARTNER_SIGNATORY, "", party=party, since=giver.since)
    letter = StoredFile.objects.create(
        sha256="a" * 64, size=9, media_type="application/pdf", name="kuasa.pdf", stored_at=LONG_AGO
    )
    Mandate.objects.create(
        appointment=office, giver=giver.person, purpose="sign", scope="Perjanjian bersama", number="9/SK/2026",
        dated=giver.since, file=letter, at=LONG_AGO, by=giver.person.code,
    )  # fmt: skip
    named = {"one": people.held["kades"].code, "two": holder.code}
    signing = in_office(named, agreement.case, agreement.partner, MADE_ON)
    paper = said(agreement, signing)
    place = paper.index("PIHAK KEDUA")
    assert paper[place + 1 : place + 3] == ["a.n. Direktur Utama,", "Penerima Kuasa,"]
    power = f"Surat Kuasa Nomor 9/SK/2026 tanggal {long_date(giver.since)}"
    assert power in paper
    assert any(line.startswith(f"a.n. Direktur Utama, berdasarkan {power}") for line in paper)
    assert letters.office_of("two", agreement, signing) == "a.n. Direktur Utama"
    head = signing["one"][1]
    with django_assert_num_queries(0):  # nothing is asked of one who signs by an own office
        assert queries.giver_of(head) is None


def test_law_E19_the_paper_has_a_place_for_a_thumb_when_the_lock_says_so_and_its_scan_names_who_read_it(people):
    agreement = makers.accepted(people, makers.a_whole_draft(people))
    code, head = agreement.case.code, signed_in(people, "kades", again=True)
    assert "cap jempol" in shown(head, "agreements.finalise", code)[1]
    given = {"made_on": "8 Mei 2026", "place": "Balai Desa"}
    assert send(head, "agreements.finalise", code, thumbs="three", **given).status_code == 422
    with clock.at(makers.DRAFTED):
        assert send(head, "agreements.finalise", code, thumbs="two", **given).status_code == 302
    held = fresh(agreement)
    paper = words(held.paper.source)
    assert paper.count("CAP JEMPOL") == 1 and paper.index("CAP MITRA") + 1 == paper.index("CAP JEMPOL")
    assert queries.thumbs_of(held) == ["two"]
    clerk = signed_in(people, "operator")
    scanned = {"signed_on": "8 Mei 2026", "first_witness": "Karsono", "second_witness": "Paijo"}
    for name, status in (("", 422), ("Karsono", 302)):
        pdf = SimpleUploadedFile("pindai.pdf", makers._scan_of(held.pages), "application/pdf")
        sent = send(clerk, "agreements.upload_wet_signatures", code, file=pdf, read_aloud_two=name, **scanned)
        assert sent.status_code == status
    assert [slot.read_aloud_by for slot in queries.slots_of(fresh(agreement))] == ["", "Karsono"]


def test_a_paper_without_thumbs_says_nothing_of_them(people):
    paper = makers.a_locked_agreement(people).paper
    assert "thumbs" not in paper.source["data"] and "CAP JEMPOL" not in words(paper.source)
