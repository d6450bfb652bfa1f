"""The list of partnerships, its files, and the page of one."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from bermitra.deliberation.consent import actions as consents
from bermitra.deliberation.models import BpdDecree, ConsentProcess, Subject
from bermitra.foundation.codes import grouped
from bermitra.foundation.commands import clock
from bermitra.partnership.models import Case
from bermitra.portal.lists import LIST
from bermitra.portal.partnership import show
from bermitra.portal.partnership_rows import one
from tests.deliberation.makers import a_begun_consent, on, refused_at, stepped, told_at
from tests.people import FOREIGN, OURS
from tests.portal.makers import NOW, tell

pytestmark = pytest.mark.django_db


def a_case(title="Budidaya lereng", village=OURS, **other):
    return Case.objects.create(**{
        "title": title, "route": "village_initiative", "coop_type": "pihak_ketiga", "village_id": village,
        "field_of_government": "pemberdayaan_masyarakat", "forms": ["pdmp"], "state": "inventory",
        "opened_at": timezone.now(), "opened_by": "system", **other,
    })  # fmt: skip


def test_the_list_is_narrowed_by_area_phase_field_and_words(people, read):
    a_case("Air bersih"), a_case("Subak Bestala", FOREIGN, state="running")
    a_case("Pos kesehatan", field_of_government="pelaksanaan_pembangunan")
    assert "3 kemitraan" in read("/kemitraan/")
    ours = read("/kemitraan/?di=33.04")
    assert "Kemitraan di Kabupaten Banjarnegara" in ours
    assert "2 kemitraan" in ours
    assert "Subak" not in ours
    assert "Subak Bestala" in read("/kemitraan/?tahap=pelaksanaan")
    assert "Air bersih" not in read("/kemitraan/?tahap=pelaksanaan")
    assert "1 kemitraan" in read("/kemitraan/?bidang=pelaksanaan_pembangunan")
    assert "Air bersih" in read("/kemitraan/?q=AIR")
    assert "1 kemitraan" in read(f"/kemitraan/?di={FOREIGN}")


def test_each_filter_can_be_taken_off_and_the_address_can_be_sent_on(people, read):
    a_case()
    text = read("/kemitraan/?di=33.04&tahap=persiapan")
    assert 'href="/kemitraan/?tahap=persiapan"' in text
    assert 'href="/kemitraan/?di=33.04"' in text
    assert "daftar.xlsx?di=33.04&amp;tahap=persiapan" in text
    assert "Tidak ada kemitraan yang cocok" in read("/kemitraan/?q=Zzyzx")
    assert "1 kemitraan" in read("/kemitraan/?tahap=tidak-ada")
    read("/kemitraan/?di=99", status=404)


def test_a_long_list_goes_on_behind_the_last_row(people, read):
    start = timezone.now()
    for number in range(LIST + 3):
        a_case(f"Kemitraan {number:02d}", opened_at=start - timedelta(days=number % 3))
    first = read("/kemitraan/")
    assert f"{LIST + 3} kemitraan" in first
    seen = [each.code for each in Case.objects.order_by("-opened_at", "-pk")]
    assert f"?setelah={seen[LIST - 1]}" in first
    rest = read(f"/kemitraan/?setelah={seen[LIST - 1]}")
    assert all(f"/kemitraan/{code}/" in rest for code in seen[LIST:])
    assert not any(f"/kemitraan/{code}/" in rest for code in seen[:LIST])


def test_files_hold_exactly_the_rows_that_fit_and_no_formula(people):
    a_case("=HYPERLINK(0)"), a_case("Subak", FOREIGN)
    sent = b"".join(Client().get("/kemitraan/daftar.csv?di=33.04")).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(sent), delimiter=";"))
    assert [line["Kemitraan"] for line in lines] == ["'=HYPERLINK(0)"]
    assert lines[0]["Kode wilayah"] == OURS
    assert lines[0]["Kabupaten/Kota"] == "Kabupaten Banjarnegara"
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(Client().get("/kemitraan/daftar.xlsx?di=33.04"))))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == ["Kemitraan", "=HYPERLINK(0)"]


def test_the_page_says_in_thirty_seconds_who_since_when_for_whom_how_much_and_why(example, read):
    text = read(f"/kemitraan/{example.case.code}/")
    assert f'href="/desa/{OURS}/">Desa Pandanarum</a>, Kabupaten Banjarnegara' in text
    assert f'href="/mitra/{example.partner.code}/">Mitra Contoh 1</a>' in text
    assert "1 Februari 2026 sampai 31 Januari 2029" in text
    assert "21 keluarga" in text
    assert "Rp 312.000.000 dari 2 sumber" in text
    assert "50 hadir, mufakat" in text
    assert "Hasil cabai keriting: dari 6,1 menjadi 7,6 ton/ha" in text


def test_money_is_shown_by_source_as_planned_received_and_spent(example, read):
    text = read(f"/kemitraan/{example.case.code}/")
    assert "5,8% sudah terpakai: Rp 18.000.000 dari Rp 312.000.000." in text
    with clock.at(NOW):
        money = show(one(example.case.code), NOW.date()).money
    assert [(each.planned, each.received, each.spent) for each in money.sources] == [
        (82_000_000, 30_000_000, 18_000_000), (230_000_000, 0, 0)
    ]  # fmt: skip
    assert money.planned == sum(each.planned for each in money.sources)


def test_promises_kept_and_late_stand_with_their_days_the_late_ones_first(example, read):
    text = read(f"/kemitraan/{example.case.code}/")
    assert "1 dari 2 janji sudah ditepati, 0 berjalan, 1 terlambat." in text
    assert text.index("Terlambat 204 hari") < text.index("Terpenuhi")


def test_indicators_go_from_baseline_to_now(example, read):
    text = read(f"/kemitraan/{example.case.code}/")
    assert "Hasil cabai keriting (ton/ha)" in text
    assert 'data-l="Awal">6,1' in text
    assert 'data-l="Sekarang">7,6' in text


def test_participation_is_counted_and_small_groups_are_not_told_apart(example, read):
    text = read(f"/kemitraan/{example.case.code}/")
    assert "Pelatihan: Jemur dan panen" in text
    assert "14 orang, 7 perempuan" in text
    example.agreement.trainings.get().applicants.filter(sex="P").exclude(name="Tarmi").delete()
    assert "8 orang · 8 Agustus 2026" in read(f"/kemitraan/{example.case.code}/")


def test_documents_carry_their_code_and_history_its_days(example, read):
    text = read(f"/kemitraan/{example.case.code}/")
    assert grouped(example.agreement.paper.code) in text
    assert f'href="/verifikasi/{example.agreement.paper.code}/"' in text
    assert "Perjanjian dicatat dan mulai berlaku." in text
    assert "Desa memulai kemitraan ini." in text


def test_the_decree_of_the_bpd_stands_among_the_documents(example, read):
    address = f"/kemitraan/{example.case.code}/"
    assert "Keputusan BPD" not in read(address)
    subject = Subject.objects.get(code=example.agreement.sheet.code)
    BpdDecree.objects.create(
        subject=subject, village_id=subject.meeting.village_id, number="03/KEP/BPD/2026", dated=NOW.date(),
        year=NOW.year, text_hash=subject.text_hash, paper=example.agreement.paper, issued_at=NOW, issued_by="system",
    )  # fmt: skip
    tell(example.case, "bpd_decree.issued")
    told = read(address)
    assert "03/KEP/BPD/2026" in told and f'href="/verifikasi/{example.agreement.paper.code}/">Keputusan BPD' in told


def test_the_journey_has_five_steps_with_a_fact_under_each(example, read):
    text = read(f"/kemitraan/{example.case.code}/")
    assert "Tahun 1 dari 3" in text
    assert "3 ukuran" in text
    assert text.count("Anda di sini") == 1


def test_before_an_agreement_the_page_says_what_one_waits_for_and_links_to_the_call(example, read):
    text = read(f"/kemitraan/{example.call.case.code}/")
    assert "Yang ditunggu" in text
    assert f'href="/panggilan/{example.call.code}/"' in text
    assert "Di mana uangnya" not in text


def test_the_planned_money_of_a_tabled_sheet_is_shown_before_there_is_an_agreement(people, read):
    from tests.selection.makers import a_forwarded_case

    case = a_forwarded_case(people)
    text = read(f"/kemitraan/{case.code}/")
    assert "Rencana dananya" in text
    assert "Rp 82.000.000" in text


def test_a_case_given_up_stands_on_no_step_and_says_why(people, read):
    case = a_case(state="cancelled", left_because="Sumber air mengering, tanya 0812-3456-7890.")
    text = read(f"/kemitraan/{case.code}/")
    assert "Sumber air mengering, tanya [nomor disembunyikan]." in text
    assert "Anda di sini" not in text


def test_an_offer_that_the_village_has_not_looked_at_is_not_public(people, read):
    from tests.selection.makers import an_offer

    case = an_offer(people)
    read(f"/kemitraan/{case.code}/", status=404)
    assert case.code not in read("/kemitraan/")


def test_a_code_is_found_however_it_is_written(people, read):
    case = a_case()
    with_hyphens = grouped(case.code).lower()
    assert Client().get(f"/kemitraan/{with_hyphens}/")["Location"] == f"/kemitraan/{case.code}/"
    assert Client().get(f"/cari/?q={with_hyphens}")["Location"] == f"/kemitraan/{case.code}/"
    read("/kemitraan/bukan-kode/", status=404)


def test_it_reads_in_english(example, read):
    assert 'lang="en"' in read(f"/kemitraan/{example.case.code}/", english=True)


def test_the_page_says_what_is_touched_and_whether_those_affected_agreed(people, read):
    plain = a_case("Perpustakaan", consent_needed=False, consent_reason="Di balai desa.")
    assert "<dt>Menyentuh</dt><dd>Tidak ada: Di balai desa.</dd>" in read(f"/kemitraan/{plain.code}/")
    case = a_case("Kebun", consent_needed=True, touches=["land", "natural_resources"])

    def told() -> str:
        page = read(f"/kemitraan/{case.code}/")
        assert "<dt>Menyentuh</dt><dd>Tanah, Air dan sumber daya alam lain</dd>" in page
        return page[page.index("Persetujuan warga terdampak</dt>") :].split("</dd>")[0]

    assert "Warga terdampak belum ditanya" in told()
    ConsentProcess.objects.create(
        about=case.code, village_id=FOREIGN, title="Kebun", group="Pekebun", language="bahasa Bali", state="given",
        informed_on=date(2026, 1, 5), begun_at=NOW, begun_by="system",
    )  # fmt: skip
    assert "Warga terdampak belum ditanya" in told()  # another village's yes is not that of this one
    ConsentProcess.objects.all().delete()
    process = refused_at(people, case.code, 4, begun=date(2025, 9, 1))
    assert "Warga menolak 27 Oktober 2025" in told()
    process = stepped(people, a_begun_consent(people, case.code, date(2026, 1, 5)), 1)
    assert "Persiapan sosial" in told()
    stepped(people, process, 2, 3, 4, 5)
    last = told_at(process, 6)
    with clock.at(on(last["held_on"])):
        consents.give_consent(by=people.by("bpd"), process=process, given_by="affected_group", **last)
    assert "Warga setuju 30 Maret 2026" in told()
    with clock.at(on(date(2026, 5, 3))):
        consents.refuse_consent(by=people.by("warga"), process=process, why="Lebak ikut dibuka.")
    withdrawn = told()
    assert "Persetujuan warga ditarik 3 Mei 2026" in withdrawn
    assert 'class="cap late"' in withdrawn
