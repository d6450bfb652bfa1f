"""The pages, as a browser without scripts sends them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.actions import issue_letter
from bermitra.foundation.accounts.models import Appointment, Assistance, AssistedEntry, EntryContest, HandOver, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.people import actions
from tests.access.browsers import Browsers
from tests.foundation.documents.test_uploads import pdf
from tests.foundation.people.makers import TERM, a_facilitator, a_person, an_assistance, an_officer, holding
from tests.needs.makers import NEED
from tests.people import NEIGHBOUR, OURS, place

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_march():
    with clock.at(NOW):
        yield


def browser(person: Person) -> Client:
    return Browsers().of(Person.objects.get(pk=person.pk))


def send(person: Person, path: str, **typed):
    return browser(person).post(path, {**typed, "_key": uuid4().hex})


def words_of(answer) -> str:
    return answer.content.decode()


def enrol_an_officer(people, by: Person) -> Appointment:
    return actions.enrol(
        by=people.by(by.username), region=place("33.04"), full_name="Joko Susilo", username="joko",
        role="dpmd_officer", decree="800/3/2026", **TERM,
    )  # fmt: skip


def shown(person: Person, path: str) -> str:
    answer = browser(person).get(path, follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_village_sees_who_holds_what_until_when_and_the_next_village_does_not(people):
    page = shown(people.operator, "/kerja/jabatan/")
    assert "Sutrisno Hadi, Kepala Desa" in page
    assert "1 Januari 2022 – 31 Desember 2029" in page
    other = a_person(people, "tetangga", "Tetangga", NEIGHBOUR)
    holding(other, roles.VILLAGE_HEAD, NEIGHBOUR)
    assert browser(other).get(f"/kerja/jabatan/desa/{OURS}/").status_code == 404


def test_an_office_is_proposed_confirmed_contested_and_ended_on_its_pages(people):
    typed = {
        "full_name": "Rina Wulandari", "username": "rina", "role": "village_operator", "decree": "140/7/2026",
        "since": "1 Maret 2026", "until": "31/12/2027",
    }  # fmt: skip
    answer = send(people.sekdes, f"/kerja/jabatan/desa/{OURS}/usulkan/", **typed)
    office = Appointment.objects.get(person__username="rina")
    assert answer["Location"] == f"/kerja/jabatan/{office.pk}/"
    assert "Sahkan jabatan" in shown(people.kades, f"/kerja/jabatan/{office.pk}/")
    assert send(people.kades, f"/kerja/jabatan/{office.pk}/sahkan/").status_code == 302
    assert send(people.bpd, f"/kerja/jabatan/{office.pk}/gugat/", reason="Tidak ada suratnya.").status_code == 302
    assert "Tidak ada suratnya." in shown(people.kades, f"/kerja/jabatan/{office.pk}/")
    assert send(people.kades, f"/kerja/jabatan/{office.pk}/akhiri/").status_code == 302
    assert Appointment.objects.get(pk=office.pk).state == "ended"


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_known_person_is_told_of_the_proposal_and_declines_it_by_the_notice(people, confirmed):
    """He lives elsewhere and was asked by nobody: the notice leads to the page where the office is declined."""
    other = a_person(people, "tetangga", "Tetangga", NEIGHBOUR)
    office = actions.propose_office(
        by=people.by("sekdes"), region=place(OURS), full_name="Tetangga", username="tetangga", role="village_operator",
        decree="140/7/2026", since=date(2026, 3, 1), until=date(2027, 12, 31),
    )  # fmt: skip
    notice = Notice.objects.get(person=other.code)
    assert notice.sentence == (
        "Anda diusulkan menjabat Operator Desa di Pandanarum. Bila tidak bersedia, tolak usulan ini."
    )
    if confirmed:
        actions.confirm_appointment(by=people.by("kades"), appointment=office)
    assert f"/kerja/jabatan/{office.pk}/akhiri/" in shown(other, f"/kerja/kabar/{notice.code}/")
    asked = shown(other, f"/kerja/jabatan/{office.pk}/akhiri/")
    assert ("Mengundurkan diri" if confirmed else "Tolak usulan ini?") in asked
    assert (f'href="/kerja/jabatan/{office.pk}/"' in asked) is confirmed  # a page of that village's house
    assert send(other, f"/kerja/jabatan/{office.pk}/akhiri/").status_code == 302
    assert Appointment.objects.get(pk=office.pk).state == "ended"
    told = Notice.objects.get(role="village_head", about=f"appointment:{office.pk}")
    assert told.sentence.startswith("Tetangga mengundurkan diri" if confirmed else "Tetangga menolak diusulkan")


def test_who_becomes_known_by_the_proposal_or_proposes_himself_has_no_notice(people):
    for full_name, username in (("Rina Wulandari", "rina"), (people.sekdes.full_name, "sekdes")):
        actions.propose_office(
            by=people.by("sekdes"), region=place(OURS), full_name=full_name, username=username,
            role="village_operator", decree="140/7/2026", since=date(2026, 3, 1), until=date(2027, 12, 31),
        )  # fmt: skip
    assert not Notice.objects.exclude(person="").exists()


def test_the_page_offers_an_end_only_to_whoever_may_make_it(people):
    watching, own = people.bpd.appointments.get(), people.sekdes.appointments.get()
    page = shown(people.kades, f"/kerja/jabatan/{watching.pk}/")
    assert "Akhiri jabatan" not in page
    assert "Serah terima jabatan" not in page
    asked = shown(people.kades, f"/kerja/jabatan/{watching.pk}/akhiri/")
    assert "FD-29" in asked
    assert '<button class="btn stop">' not in asked
    assert send(people.kades, f"/kerja/jabatan/{watching.pk}/akhiri/").status_code == 409
    assert "Akhiri jabatan" in shown(people.camat, f"/kerja/jabatan/{watching.pk}/")
    assert "Akhiri jabatan" in shown(people.kades, f"/kerja/jabatan/{own.pk}/")
    assert "Mengundurkan diri" not in shown(people.kades, f"/kerja/jabatan/{own.pk}/")
    assert "Mengundurkan diri" in shown(people.sekdes, f"/kerja/jabatan/{own.pk}/")
    assert send(people.sekdes, f"/kerja/jabatan/{own.pk}/akhiri/")["Location"] == "/kerja/"
    assert browser(people.sekdes).get("/kerja/").status_code == 200


def test_at_the_counter_an_officer_of_the_regency_waits_for_another(people):
    typed = {
        "full_name": "Joko Susilo", "username": "joko", "region": "33.04", "role": "dpmd_officer", "decree": "800/3/2026",
        "since": "1/3/2026", "until": "31/12/2027",
    }  # fmt: skip
    answer = send(people.dinas, "/orang/baru/", **typed)
    office = Appointment.objects.get(person__username="joko")
    assert answer["Location"] == f"/kerja/jabatan/{office.pk}/"
    page = shown(people.dinas, f"/kerja/jabatan/{office.pk}/")
    assert "FD-20" in page
    assert "Sahkan jabatan" not in page
    assert send(people.dinas, f"/kerja/jabatan/{office.pk}/sahkan/").status_code == 409
    assert "Buat surat baru" not in shown(people.dinas, f"/orang/{office.person.code}/")
    second = an_officer(people)
    assert send(second, f"/kerja/jabatan/{office.pk}/sahkan/").status_code == 302
    assert "Buat surat baru" in shown(second, f"/orang/{office.person.code}/")
    printed = send(second, f"/orang/{office.person.code}/surat/baru/", reason="first")
    assert printed["Location"].startswith("/surat-akses/")


def test_FD_47_and_FD_39_the_code_of_a_letter_is_read_by_who_made_it_and_never_by_the_proposer(people):
    """A colleague's letter is not opened; nor one's own, once one has proposed its holder for the regency."""
    second, third = an_officer(people), an_officer(people, "dinas.tiga")
    holder = enrol_an_officer(people, people.dinas).person
    letter = issue_letter(by=people.by(second.username), person=holder, reason="first")
    for who, codes in ((people.dinas, {"FD-39", "FD-47"}), (third, {"FD-47"})):
        answer = browser(who).get(f"/surat-akses/{letter.code}/")
        assert (answer.status_code, {each for each in ("FD-39", "FD-47") if each in words_of(answer)}) == (409, codes)
        assert letter.secret()[:4] not in words_of(answer)
        assert letter.code not in shown(who, f"/orang/{holder.code}/")
    assert letter.code in shown(second, f"/orang/{holder.code}/")
    assert letter.secret()[:4] in shown(second, f"/surat-akses/{letter.code}/")
    own = issue_letter(by=people.by("dinas"), person=people.kadus, reason="password")
    assert own.secret()[:4] in shown(people.dinas, f"/surat-akses/{own.code}/")
    actions.enrol_further(
        by=people.by("dinas"), person=people.kadus, region=place("33.04"), role="auditor", decree="7/2026", **TERM
    )
    assert browser(people.dinas).get(f"/surat-akses/{own.code}/").status_code == 409
    assert own.code not in shown(people.dinas, f"/orang/{people.kadus.code}/")


def test_each_side_is_offered_the_offices_it_proposes(people):
    council = shown(people.bpd, f"/kerja/jabatan/desa/{OURS}/usulkan/")
    assert "Anggota BPD" in council
    assert "Kaur Keuangan" not in council
    assert "Kaur Keuangan" in shown(people.sekdes, f"/kerja/jabatan/desa/{OURS}/usulkan/")


def test_pages_offer_what_any_of_ones_offices_may_do(people):
    """An officer of the regency who was Pj. of this village first: his older office takes nothing from him."""
    holding(people.dinas, roles.VILLAGE_HEAD, acting=True, since=date(2021, 1, 1))
    watching = people.bpd.appointments.get()
    assert "Akhiri jabatan" in shown(people.dinas, f"/kerja/jabatan/{watching.pk}/")
    assert '<button class="btn stop">' in shown(people.dinas, f"/kerja/jabatan/{watching.pk}/akhiri/")
    holding(people.bpd, roles.VILLAGE_SECRETARY, since=date(2023, 1, 1))
    offered = shown(people.bpd, f"/kerja/jabatan/desa/{OURS}/usulkan/")
    assert "Anggota BPD" in offered
    assert "Kaur Keuangan" in offered


def test_the_page_tells_the_last_officer_of_a_regency_why_he_stays(people):
    office = people.dinas.appointments.get()
    assert "Mengundurkan diri" not in shown(people.dinas, f"/kerja/jabatan/{office.pk}/")
    asked = shown(people.dinas, f"/kerja/jabatan/{office.pk}/akhiri/")
    assert "FD-50" in asked
    assert '<button class="btn stop">' not in asked
    an_officer(people)
    assert "Mengundurkan diri" in shown(people.dinas, f"/kerja/jabatan/{office.pk}/")


def test_a_user_name_of_somebody_else_is_not_taken_by_chance(people):
    typed = {
        "full_name": "Orang Lain", "username": "kadus", "role": "village_operator", "decree": "1", "since": "1/3/2026",
        "until": "1/2/2026",
    }  # fmt: skip
    answer = send(people.sekdes, f"/kerja/jabatan/desa/{OURS}/usulkan/", **typed)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Nama pengguna kadus milik orang lain." in said
    assert "Tanggal akhir mendahului tanggal mulai." in said


def test_an_office_passes_on_with_its_paper(people):
    before = people.sekdes.appointments.get()
    path = f"/kerja/jabatan/{before.pk}/serah-terima/"
    assert "Belum ada pengganti" in shown(people.kades, path)
    after = holding(a_person(people, "baru", "Rina Wulandari"), roles.VILLAGE_SECRETARY)
    answer = send(people.kades, path, successor=after.pk, note="Kunci lemari.")
    done = HandOver.objects.get()
    assert answer["Location"] == f"/kerja/serah-terima/{done.code}/"
    assert "Kunci lemari." in shown(people.kades, answer["Location"])
    paper = browser(people.kades).get(f"/kerja/serah-terima/{done.code}/berita-acara.pdf")
    assert paper.content.startswith(b"%PDF-")
    assert browser(people.kades_asing).get(f"/kerja/serah-terima/{done.code}/").status_code == 404


def test_help_is_asked_for_granted_used_contested_and_answered(people):
    helper = a_facilitator(people)
    asked = send(
        people.sekdes,
        f"/kerja/bantuan-isian/desa/{OURS}/minta/",
        helper=helper.pk,
        purpose="Kebutuhan",
        until="30/9/2026",
    )
    one = Assistance.objects.get()
    assert asked["Location"] == f"/kerja/bantuan-isian/{one.code}/"
    assert "Nomor: ______" in shown(people.sekdes, f"/kerja/bantuan-isian/{one.code}/surat/")
    granted = send(people.kades, f"/kerja/bantuan-isian/{one.code}/mandat/", number="140/12/2026", until="30/9/2026")
    assert granted.status_code == 302
    typed = {key: value for key, value in NEED.items() if key != "households"}
    made = send(helper, "/kerja/kebutuhan/baru/", village=OURS, **typed, households=129)
    assert made.status_code == 302, made.content.decode()[-2000:]
    entry = AssistedEntry.objects.get()
    page = shown(people.kades, f"/kerja/bantuan-isian/{one.code}/")
    assert "atas nama Pandanarum, dicatat oleh Sari Kusuma (mandat 140/12/2026)" in page
    assert "Atas nama Pandanarum, dicatat oleh Sari Kusuma" in shown(people.kades, made["Location"])
    send(people.bpd, f"/kerja/isian-atas-nama/{entry.pk}/gugat/", reason="Jumlahnya keliru.")
    contest = EntryContest.objects.get()
    assert "Digugat" in shown(people.kades, made["Location"])
    send(helper, f"/kerja/gugatan-isian/{contest.pk}/jawab/", answer="Sudah diperbaiki.")
    assert "Sudah diperbaiki." in shown(people.bpd, f"/kerja/bantuan-isian/{one.code}/")


def test_a_mandate_over_its_last_day_has_ended_before_the_night_s_work_closes_it(people):
    one = an_assistance(people, until=date(2026, 3, 31))
    address = f"/kerja/bantuan-isian/{one.code}/"
    assert "Mandat berlaku" in shown(people.kades, address)
    with clock.at(datetime(2026, 4, 1, 3, tzinfo=UTC)):
        assert "Mandat berlaku" not in shown(people.kades, address)
        assert "Mandat berlaku" not in shown(people.kades, "/kerja/bantuan-isian/")


def test_the_header_says_in_which_office_one_works_here(people):
    helper = a_facilitator(people)
    an_assistance(people, helper)
    assert "Petugas pembantu pengisian" in shown(helper, "/kerja/kebutuhan/baru/")
    assert "atas nama desa, mandat 140/12/2026" in shown(helper, "/kerja/kebutuhan/baru/")


def test_a_mandate_on_paper_is_laid_down_with_its_scan(people):
    one = actions.request_assistance(
        by=people.by("camat"), village=place(OURS), helper=people.camat, purpose="Profil", until=date(2026, 9, 30)
    )
    scan = SimpleUploadedFile("mandat.pdf", pdf(), content_type="application/pdf")
    path = f"/kerja/bantuan-isian/{one.code}/mandat-kertas/"
    assert "Catat mandat bertanda tangan" not in shown(people.camat, f"/kerja/bantuan-isian/{one.code}/")
    assert "Catat mandat bertanda tangan" in shown(people.dinas, f"/kerja/bantuan-isian/{one.code}/")
    answer = send(people.dinas, path, number="140/3/2026", since="1/3/2026", until="30/9/2026", file=scan)
    assert answer.status_code == 302
    file = browser(people.kades).get(f"/kerja/bantuan-isian/{one.code}/berkas/")
    assert file.content.startswith(b"%PDF-")


def test_a_new_telephone_is_written_as_people_write_it_and_a_taken_one_is_refused(people):
    assert send(people.kades, "/saya/kontak/", phone="0812-3456-7890", email="").status_code == 302
    assert Person.objects.get(username="kades").phone == "+6281234567890"
    taken = send(people.sekdes, "/saya/kontak/", phone="081234567890", email="")
    assert taken.status_code == 422
    assert "Nomor ini sudah dipakai akun lain." in taken.content.decode()


def test_the_page_of_a_person_tells_offices_of_now_and_before(people):
    holding(people.kadus, roles.BPD_MEMBER)
    holding(people.kadus, roles.VILLAGE_TREASURER, since=date(2014, 1, 1), until=date(2019, 12, 31))
    page = shown(people.dinas, f"/orang/{people.kadus.code}/")
    assert "Pernah menjabat" in page
    assert "Hukum memisahkan kedua jabatan ini." in page


def test_the_book_of_roles_says_who_gives_an_office_and_what_it_never_combines(client, people):
    page = client.get("/peran/").content.decode()
    assert "Penilai tidak menandatangani perjanjian perkara itu." in page
    assert "Tidak dirangkap dengan:" in page
