"""PADIATAPA as a browser without scripts sends it: scans that few may read, a no that stays, a statement that is printed."""

from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from bermitra.deliberation.consent.forms import ConsentStepForm, GiveConsent, RefuseConsent
from bermitra.deliberation.consent.letters import Held, statement
from bermitra.deliberation.consent.rules import CONSENT_ABOUT, CONSENT_STEPS
from bermitra.deliberation.models import ConsentProcess, ConsentRefusal, ConsentStep
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.models import Paper
from tests.deliberation import makers
from tests.deliberation.makers import on
from tests.deliberation.test_letters import words
from tests.deliberation.test_pages import as_, confirmed, send, to
from tests.partnership.makers import an_office

pytestmark = pytest.mark.django_db

CASE, BEGUN = "ABCDEFGHJK", date(2026, 1, 5)
LATER = on(date(2026, 6, 1))


def a_scan(width: int = 200) -> SimpleUploadedFile:
    made = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(width, 300))
        pdf.save(made)
    return SimpleUploadedFile("berita-acara.pdf", made.getvalue(), "application/pdf")


def process_at(people, steps: int) -> ConsentProcess:
    return makers.stepped(people, makers.a_begun_consent(people, CASE, BEGUN), *range(1, steps + 1))


@pytest.mark.parametrize("form", [ConsentStepForm, GiveConsent, RefuseConsent])
def test_no_page_of_padiatapa_asks_more_than_seven_things(form):
    assert len(form().visible_fields()) <= 7


@pytest.mark.parametrize("taken", range(6))
def test_each_step_says_what_happens_there_and_that_a_no_is_possible_now(people, taken):
    process = process_at(people, taken)
    door = "deliberation.give_consent" if taken == 5 else "deliberation.record_consent_step"
    path = to(door, process.code)
    client = confirmed("bpd", path) if taken == 5 else as_("bpd")
    page = client.get(path).content.decode()
    assert CONSENT_ABOUT[CONSENT_STEPS[taken]] in page
    assert "Warga boleh menolak sekarang" in page
    overview = client.get(to("page.consent", process.code)).content.decode()
    assert all(each in overview for each in CONSENT_ABOUT.values())
    assert overview.count("Warga boleh menolak sekarang") == 1


def test_a_page_left_open_does_not_record_the_step_after_it(people):
    process = process_at(people, 0)
    path, client = to("deliberation.record_consent_step", process.code), as_("sekdes")
    typed = {"minutes_number": "BA-1", "male": "20", "female": "22", "local_language": "on"}
    with clock.at(LATER):
        first = send(client, path, number="1", held_on="19 Januari 2026", scan=a_scan(), **typed)
        again = send(client, path, number="1", held_on="2 Februari 2026", scan=a_scan(300), **typed)
    assert (first.status_code, again.status_code) == (302, 409)
    assert "DB-23" in again.content.decode()
    assert ConsentStep.objects.get().minutes == ""  # the scan says it; a summary is optional


def test_without_a_scan_a_step_is_not_taken_in(people):
    process = process_at(people, 0)
    typed = {"minutes_number": "BA-1", "male": "20", "female": "22", "held_on": "19 Januari 2026", "number": "1"}
    with clock.at(LATER):
        sent = send(as_("sekdes"), to("deliberation.record_consent_step", process.code), **typed)
    assert sent.status_code == 422
    assert not ConsentStep.objects.exists()


def test_the_scan_is_read_by_those_who_keep_minutes_and_by_the_groups_own_voice(people):
    process = process_at(people, 1)
    for username, role in (("kelompok", roles.GROUP_REP), ("pendamping", roles.FACILITATOR)):
        an_office(people, username, username.title(), role)
    sha256 = process.steps.get().file.sha256
    path = to("page.consent_minutes", process.code)
    for who in ("kades", "sekdes", "operator", "bpd", "anggota.bpd", "kelompok", "pendamping"):
        for query in ("", f"?sidik={sha256}"):
            got = as_(who).get(path + query)
            assert (got.status_code, got["Content-Type"]) == (200, "application/pdf"), who
        assert sha256 in as_(who).get(to("page.consent", process.code)).content.decode()
    for who in ("warga", "camat", "dinas", "bendahara"):
        assert as_(who).get(path).status_code != 200, who
        assert sha256 not in as_(who).get(to("page.consent", process.code)).content.decode()
    assert as_("sekdes.asing").get(path).status_code == 404
    assert as_("sekdes").get(f"{path}?sidik={'0' * 64}").status_code == 404


def test_the_group_agrees_on_its_page_and_its_statement_is_printed(people):
    process = process_at(people, 5)
    path = to("deliberation.give_consent", process.code)
    client = confirmed("bpd", path)
    typed = {
        "held_on": "1 April 2026",
        "minutes_number": "BA-6",
        "minutes": "Lebak tetap lebak.",
        "male": "20",
        "female": "22",
    }
    with clock.at(LATER):
        alone = send(client, path, declared=["local_language"], scan=a_scan(), **typed)
        assert alone.status_code == 409
        assert "DB-24" in alone.content.decode()
        assert not Paper.objects.exists()
        both = ["affected_group", "local_language"]
        assert send(client, path, declared=both, scan=a_scan(), **typed).status_code == 302
    paper = Paper.objects.get()
    assert (paper.kind, paper.about, paper.region) == (
        "consent_statement",
        f"consentprocess:{process.code}",
        process.village_id,
    )
    assert ConsentStep.objects.get(number=6).given_by == "affected_group"
    printed = as_("warga").get(to("page.consent_print", process.code))
    assert printed.content.startswith(b"%PDF")
    assert "Cetak surat pernyataan" in client.get(to("page.consent", process.code)).content.decode()
    checked = as_("warga").get(f"/verifikasi/{paper.code}/").content.decode()
    assert "Pernyataan persetujuan warga terdampak" in checked


def test_a_no_stands_on_the_page_with_its_minutes_also_in_the_round_after_it(people):
    process = process_at(people, 3)
    path = to("deliberation.refuse_consent", process.code)
    with clock.at(LATER):
        sent = send(confirmed("bpd", path), path, why="Lebak tidak boleh dibuka.", scan=a_scan())
        assert sent.status_code == 302
        no = ConsentRefusal.objects.get()
        page = as_("bpd").get(to("page.consent", process.code)).content.decode()
        assert "Lebak tidak boleh dibuka." in page
        assert no.file.sha256 in page
        assert "1 Juni 2026, putaran 1: Penjelasan dan konsultasi." in page
    makers.a_begun_consent(people, CASE, date(2026, 6, 2))
    page = as_("bpd").get(to("page.consent", process.code)).content.decode()
    assert "Lebak tidak boleh dibuka." in page
    assert as_("bpd").get(to("page.consent_minutes", process.code) + f"?sidik={no.file.sha256}").status_code == 200
    makers.stepped(people, ConsentProcess.objects.get(), 1)
    assert ConsentStep.objects.filter(round=2, number=1).count() == 1


def test_a_yes_that_was_taken_back_cannot_be_printed_any_more(people):
    process = makers.a_given_consent(people, CASE, printed=True)
    assert as_("bpd").get(to("page.consent_print", process.code)).status_code == 200
    path = to("deliberation.refuse_consent", process.code)
    assert send(confirmed("warga", path), path, why="Lebak ikut dibuka.").status_code == 302
    assert as_("bpd").get(to("page.consent_print", process.code)).status_code == 404
    assert "Persetujuan warga ditarik" in as_("bpd").get(to("page.consent", process.code)).content.decode()


def test_the_statement_tells_the_way_to_the_yes_whatever_language_the_page_is_read_in(people):
    process = process_at(people, 5)
    with translation.override("en"):
        said = words(
            statement(process, Held(6, BEGUN + timedelta(days=84), "BA-6", 30, 28), "Lebak tetap lebak.\nTanpa utang.")
        )
    for each in ("PERNYATAAN PERSETUJUAN WARGA TERDAMPAK", "Pekebun dan pencari ikan", "bahasa Jawa", "5 Januari 2026",
                 "Kajian lahan dan peta bersama", f"BA-PADIATAPA/1/{CASE}", "19 Januari 2026", "30 Maret 2026",
                 "Lebak tetap lebak.", "Tanpa utang.", "MENYETUJUI", "Ketua kelompok terdampak,", "Saksi,"):  # fmt: skip
        assert each in said, each
