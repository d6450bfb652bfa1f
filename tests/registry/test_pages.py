"""The pages as a browser without scripts uses them: shown, refused, and gone on from."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bermitra.foundation.accounts.middleware import SECOND_FACTOR_SEEN
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.journal.models import Event
from bermitra.registry import actions
from bermitra.registry.due_diligence.verdict import REASON_LETTERS
from bermitra.registry.letters import head_slot, letterhead_of
from bermitra.registry.models import (
    Listing,
    Owner,
    Partner,
    PartnerDocument,
    PlanLine,
    UmbrellaRegulation,
    VerdictRecord,
    Verification,
    VillageAsset,
    VillageProfile,
)
from tests.people import FOREIGN, OURS, PASSWORD, place
from tests.registry.makers import (
    a_full_file,
    a_partner,
    a_plan_line,
    a_taken_file,
    a_verified_partner,
    a_village_profile,
    an_asset,
    looked_at,
)

pytestmark = pytest.mark.django_db
MOST = 12  # statements of a signed-in page


def signed_in(person) -> Client:
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    client.force_login(person, backend="bermitra.foundation.accounts.sign_in.NameOrPhone")
    session = client.session
    session[SECOND_FACTOR_SEEN] = True
    session.save()
    return client


def confirm(client: Client, path: str) -> None:
    """Give the password again, as a weighty act asks."""
    asked = client.get(path)
    assert asked["Location"].startswith("/masuk/lagi/")
    client.post(asked["Location"], {"password": PASSWORD})


def send(client: Client, path: str, **typed):
    return client.post(path, {"_key": uuid4().hex, **typed})


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def at(name: str, code: str) -> str:
    return reverse(name, kwargs={"code": code})


# --- who gets in ------------------------------------------------------------------------------------------

VILLAGE_PAGES = {
    "page.village_file": "sekdes",
    "registry.update_village": "sekdes",
    "registry.record_umbrella_regulation": "sekdes",
    "registry.record_plan_line": "operator",
    "registry.record_asset": "kadus",
}


@pytest.mark.parametrize(("name", "who"), VILLAGE_PAGES.items())
def test_a_villages_page_is_its_own(people, name, who):
    client = signed_in(people.held[who])
    assert client.get(at(name, OURS)).status_code == 200
    assert client.get(at(name, FOREIGN)).status_code == 404
    assert client.get(at(name, "33.04.06.1013")).status_code == 404
    assert signed_in(people.warga).get(at(name, OURS)).status_code == 403
    assert Client().get(at(name, OURS)).status_code == 302


PARTNER_PAGES = ("page.partner_file", "registry.add_document", "registry.start_verification")
FILE_PAGES = ("page.verification_file", "registry.answer_verification", "registry.submit_verification")


@pytest.mark.parametrize("name", PARTNER_PAGES)
def test_a_partners_page_is_its_own(people, name):
    partner, other = a_partner(people), a_partner(people, name="CV Lain", prefix="lain.")
    client = signed_in(people.mitra)
    assert client.get(at(name, partner.code)).status_code == 200
    assert client.get(at(name, other.code)).status_code == 404
    assert signed_in(people.warga).get(at(name, partner.code)).status_code == 403


@pytest.mark.parametrize("name", FILE_PAGES)
def test_a_file_is_read_by_those_concerned(people, name):
    verification = a_full_file(people, a_partner(people))
    a_partner(people, name="CV Lain", prefix="lain.")
    assert signed_in(people.mitra).get(at(name, verification.code)).status_code == 200
    assert signed_in(people.held["lain.mitra"]).get(at(name, verification.code)).status_code == 404
    assert signed_in(people.kades).get(at(name, verification.code)).status_code == 403


def test_pages_ask_the_database_little(people):
    partner = a_verified_partner(people)
    a_village_profile(people)
    for number in range(8):
        a_plan_line(people, reference=f"2.{number}")
        an_asset(people, name=f"Aset {number}")
        a_partner(people, name=f"CV Nomor {number}", prefix=f"n{number}.")
    file = at("page.verification_file", Verification.objects.get().code)
    asked = [
        ("sekdes", at("page.village_file", OURS)),
        ("sekdes", reverse("page.partner_list")),
        ("mitra", at("page.partner_file", partner.code)),
        ("mitra", file),
        ("lksd", file),
        ("dinas", reverse("page.listings")),
    ]
    for who, path in asked:
        client = signed_in(people.held[who])
        with CaptureQueriesContext(
            connection,
        ) as said:
            assert client.get(path).status_code == 200
        assert len(said) <= MOST, (path, len(said), [q["sql"][:90] for q in said])


# --- villages ---------------------------------------------------------------------------------------------


def test_a_profile_is_typed_and_shown(people):
    client = signed_in(people.sekdes)
    path = at("registry.update_village", OURS)
    typed = {"vision": "Desa mandiri", "contact_name": "Endah Lestari", "contact_office": "Kaur", "budget_note": ""}
    assert send(client, path, **typed)["Location"] == at("page.village_file", OURS)
    assert "Desa mandiri" in words(client.get(at("page.village_file", OURS)))
    assert 'value="Endah Lestari"' in words(client.get(path))


def test_a_profile_says_how_many_grown_residents_there_are(people):
    client, path = signed_in(people.sekdes), at("registry.update_village", OURS)
    typed = {"vision": "Desa mandiri", "contact_name": "Endah Lestari", "contact_office": "Kaur", "budget_note": ""}
    for slip in ("banyak", "-5", "0", "2.1.4"):
        assert send(client, path, **typed, adults=slip).status_code == 422, slip
    assert send(client, path, **typed, adults="2.140").status_code == 302
    assert VillageProfile.objects.get().adults == 2140
    assert "<dt>Jumlah penduduk dewasa</dt><dd>2.140</dd>" in words(client.get(at("page.village_file", OURS)))
    changed = send(client, path, **typed, adults="2.200", reason="Pendataan 2026")
    assert (changed.status_code, VillageProfile.objects.get().adults) == (302, 2200)
    assert send(client, path, **typed, adults="", reason="Salah ketik").status_code == 302
    assert VillageProfile.objects.get().adults is None


def test_the_office_of_a_village_is_typed_shown_to_everybody_and_printed_on_its_papers(people):
    client, path = signed_in(people.sekdes), at("registry.update_village", OURS)
    typed = {"vision": "Desa mandiri", "contact_name": "Endah Lestari", "contact_office": "Kaur"}
    where = {"office_address": "Jalan Raya Nomor 1", "office_postcode": "53458", "office_phone": "(0286) 555 0188",
             "office_mail": "kantor@pandanarum.contoh.id"}  # fmt: skip
    slips = {
        "office_postcode": ("5345", "53O58"),
        "office_phone": ("555", "telepon kantor", "0286555018801234567"),
        "office_mail": ("kantor", "kantor@"),
        "office_address": ("Jalan " * 40,),
    }
    for name, tried in slips.items():
        for slip in tried:
            refused = send(client, path, **typed, **{**where, name: slip})
            assert refused.status_code == 422 and not VillageProfile.objects.exists(), slip
    assert "bukan kode pos. Tulis lima angka, misalnya 53457." in words(
        send(client, path, **typed, office_postcode="5345")
    )
    assert send(client, path, **typed, **where).status_code == 302
    line = "Jalan Raya Nomor 1, Kode Pos 53458, Telepon (0286) 555 0188, Surel kantor@pandanarum.contoh.id"
    assert line in words(client.get(at("page.village_file", OURS)))
    assert f"<dt>Kantor desa</dt><dd>{line}</dd>" in words(Client().get(at("page.village", OURS)))
    head = letterhead_of(place(OURS), {"village": "Desa"}, "BADAN PERMUSYAWARATAN DESA")
    assert head.address == line
    assert head.lines == (
        "PEMERINTAH KABUPATEN BANJARNEGARA", "KECAMATAN PANDANARUM", "BADAN PERMUSYAWARATAN DESA", "DESA PANDANARUM",
    )  # fmt: skip
    moved = {**typed, **where, "office_address": "Jalan Baru Nomor 2"}
    assert send(client, path, **moved).status_code == 422  # what was said changes with a reason
    assert send(client, path, **moved, reason="Kantor pindah").status_code == 302


def test_a_village_that_gave_no_address_has_no_line_for_it(people):
    assert letterhead_of(place(OURS), {"village": "Desa"}).address == ""
    assert "Kantor desa" not in words(Client().get(at("page.village", OURS)))
    page = send(signed_in(people.sekdes), at("registry.update_village", OURS), vision="x", contact_name="Endah Lestari",
                contact_office="Kaur", office_phone="0286 555 0188")  # fmt: skip
    assert page.status_code == 302
    assert letterhead_of(place(OURS), {"village": "Desa"}).address == "Telepon 0286 555 0188"


def test_law_E2_papers_of_a_village_are_signed_by_the_office_held_on_their_day_beside_the_mark_for_its_stamp(people):
    words_here, day = {"village": "Desa", "head": "Kepala Desa"}, date(2026, 3, 2)
    slot = head_slot(place(OURS), words_here, day, field="head")
    assert (slot.role, slot.name, slot.seal) == (("Kepala Desa Pandanarum,",), people.kades.full_name, "CAP DESA")
    held = Appointment.objects.filter(person=people.kades, role="village_head")
    held.update(acting=True)
    assert head_slot(place(OURS), words_here, day, field="head").role == ("Penjabat Kepala Desa Pandanarum,",)
    held.update(title="Perbekel Pandanarum", acting=False)
    assert head_slot(place(OURS), words_here, day, field="head").role == ("Perbekel Pandanarum,",)
    held.update(until=date(2026, 3, 1))
    empty = head_slot(place(OURS), words_here, day, field="head")
    assert (empty.role, empty.name) == (("Kepala Desa Pandanarum,",), "")


def test_a_profile_without_a_name_is_refused_with_a_sentence(people):
    page = send(signed_in(people.sekdes), at("registry.update_village", OURS), vision="x", contact_office="y")
    assert page.status_code == 422
    assert "Isian ini belum diisi." in words(page)
    assert not VillageProfile.objects.exists()


def test_what_would_be_good_to_have_stands_on_the_page_with_the_way_to_it(people):
    client = signed_in(people.sekdes)
    page = words(client.get(at("page.village_file", OURS)))
    assert "RG-18" in page
    assert at("registry.record_umbrella_regulation", OURS) in page
    typed = {"number": "6", "year": "2021", "title": "Kerja Sama Desa", "dated": "13 Desember 2021"}
    path = at("registry.record_umbrella_regulation", OURS)
    assert send(client, path, **typed).status_code == 302
    assert UmbrellaRegulation.objects.get().number == "6"
    again = send(client, path, **typed)
    assert again.status_code == 422
    assert "sudah dicatat" in words(again)


def test_plan_lines_are_typed_for_either_plan(people):
    client = signed_in(people.operator)
    path = at("registry.record_plan_line", OURS) + "?rencana=rpjm"
    typed = {"reference": "2.4.3", "year": "2026", "field_of_government": "pelaksanaan_pembangunan",
             "activity": "Air bersih", "estimate": "Rp 1.250.000", "execution_mode": "pihak_ketiga"}  # fmt: skip
    assert send(client, path, **typed).status_code == 302
    line = PlanLine.objects.get()
    assert (line.plan, line.estimate) == ("rpjm", 1_250_000)
    assert "Rp 1.250.000" in words(client.get(at("page.village_file", OURS)))
    again = send(client, path, **typed)
    assert again.status_code == 422
    assert "Baris bernomor ini sudah dicatat" in words(again)


@pytest.mark.parametrize(("year", "says"), [("26", "bukan tahun"), ("dua ribu", "bukan tahun"), ("", "belum diisi")])
def test_a_year_that_is_none_is_named(people, year, says):
    typed = {"reference": "2.4.3", "year": year, "field_of_government": "pelaksanaan_pembangunan",
             "activity": "Air bersih", "execution_mode": "swakelola"}  # fmt: skip
    page = send(signed_in(people.operator), at("registry.record_plan_line", OURS), **typed)
    assert page.status_code == 422
    assert says in words(page)


def test_an_asset_is_typed(people):
    typed = {"name": "Gudang", "kind": "building", "quantity": "1", "unit": "unit", "recorded": "on"}
    assert send(signed_in(people.sekdes), at("registry.record_asset", OURS), **typed).status_code == 302
    assert VillageAsset.objects.get().recorded


def test_the_treasurer_is_asked_for_the_password_and_a_private_account_is_answered_with_the_rule(people):
    client = signed_in(people.bendahara)
    path = at("registry.record_account", OURS)
    confirm(client, path)
    number = {"bank": "BRI", "number": "3028-01-004521-53-7"}
    page = send(client, path, holder_kind="person", holder="Sutrisno Hadi", **number)
    assert page.status_code == 409
    assert "RG-19" in words(page)
    sent = send(client, path, holder_kind="village", holder="Pemerintah Desa Pandanarum", **number)
    assert sent["Location"] == at("page.village_file", OURS)
    shown = words(client.get(sent["Location"]))
    assert "•••1537" in shown
    assert "30280100" not in shown


# --- partners ---------------------------------------------------------------------------------------------

NEW = {"kind": "university", "name": "Fakultas Pertanian Serayu", "place": "33.04", "address": "Jl. Kampus 1"}


def test_a_partner_is_registered_and_a_known_name_asked_about(people):
    client = signed_in(people.sekdes)
    path = reverse("registry.register_partner")
    sent = send(client, path, **NEW)
    partner = Partner.objects.get()
    assert sent["Location"] == at("page.partner_file", partner.code)
    assert (partner.seat_id, partner.registered_in_id) == ("33.04", OURS)
    again = send(client, path, **NEW)
    assert again.status_code == 422
    assert "Nama mirip yang sudah terdaftar" in words(again)
    assert partner.code in words(again)
    assert send(client, path, **NEW, declared_different="on").status_code == 302
    assert Partner.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"place": "33.04.06.1013"}, "bukan kabupaten, kota, atau desa"),
        ({"place": "99.99"}, "tidak ada dalam daftar wilayah"),
        ({"kind": "bumdes"}, "Isi kode desanya"),
        ({"kind": "dukun"}, "dukun"),
        ({"name": "🏢"}, "gambar atau lambang"),
    ],
)
def test_a_partner_that_cannot_be_taken_is_answered_with_a_sentence(people, given, says):
    page = send(signed_in(people.sekdes), reverse("registry.register_partner"), **{**NEW, **given})
    assert page.status_code == 422
    assert says in words(page)
    assert not Partner.objects.exists()


def test_a_villages_enterprise_is_that_villages_and_located_there(people):
    send(signed_in(people.sekdes), reverse("registry.register_partner"), **{**NEW, "kind": "bumdes", "place": OURS})
    partner = Partner.objects.get()
    assert (partner.village_id, partner.located_in_village_id, partner.seat_id) == (OURS, OURS, "33.04")


def test_partners_are_found_by_name_and_kind_and_read_on(people, monkeypatch):
    monkeypatch.setattr("bermitra.registry.views.partner_lists.PAGE", 2)
    for number in range(5):
        a_partner(people, name=f"CV Nomor {number}", prefix=f"n{number}.")
    a_partner(people, name="Yayasan Bakti", kind="civil_society")
    client = signed_in(people.sekdes)
    path = reverse("page.partner_list")
    first = words(client.get(path, {"q": "nomor"}))
    assert "CV Nomor 1" in first
    assert "CV Nomor 2" not in first
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = words(client.get(path + following))
    assert "CV Nomor 3" in second
    assert 'name="setelah"' not in second
    assert "CV Nomor 1" in words(client.get(path, {"q": "nomor", "setelah": "\0"}))
    assert "CV Nomor" not in words(client.get(path, {"jenis": "civil_society"})).split('class="rows"')[1]


def test_a_document_is_typed_and_shown_as_declared(people):
    partner = a_partner(people)
    client = signed_in(people.mitra)
    path = at("registry.add_document", partner.code)
    typed = {"kind": "deed", "number": "14", "issuer": "Notaris", "dated": "22/5/2017"}
    assert send(client, path, **typed).status_code == 302
    page = words(client.get(at("page.partner_file", partner.code)))
    assert "Dinyatakan mitra" in page
    wrong = send(client, path, **typed, expires_on="1/1/2010")
    assert wrong.status_code == 422
    assert "mendahului" in words(wrong)
    assert PartnerDocument.objects.count() == 1


def test_owners_are_shown_to_the_partner_and_its_reviewers_only(people):
    partner = a_partner(people)
    client = signed_in(people.direktur)
    path = at("registry.declare_owners", partner.code)
    confirm(client, path)
    typed = {"rows": "3", "name_1": "Budi Rahasia", "capacity_1": "owner", "share_bp_1": "37,5",
             "political_tie_1": "tidak ada"}  # fmt: skip
    assert send(client, path, **{**typed, "share_bp_1": "140"}).status_code == 422
    assert send(client, path, **typed).status_code == 302
    assert Owner.objects.get().share_bp == 3750
    file = at("page.partner_file", partner.code)
    assert "37,5%" in words(client.get(file))
    assert "Budi Rahasia" not in words(signed_in(people.sekdes).get(file))


# --- due diligence ----------------------------------------------------------------------------------------


def test_a_file_is_filled_in_part_by_part_and_the_verdict_seen_before_it_is_sent(people):
    partner = a_partner(people, kind="university", name="Fakultas Pertanian")
    client = signed_in(people.mitra)
    begun = send(client, at("registry.start_verification", partner.code), region=OURS)
    verification = Verification.objects.get()
    assert begun["Location"] == at("page.verification_file", verification.code)
    page = words(client.get(begun["Location"]))
    assert "Belum terverifikasi" in page
    assert "RG-01" in page
    path = at("registry.answer_verification", verification.code)
    sent = send(client, path, sends_people="on")
    while sent["Location"].startswith(path):
        part = sent["Location"]
        asked = set(re.findall(r'name="(\w+)" value="yes"', words(client.get(part))))
        sent = send(client, part, **dict.fromkeys(asked, "yes"))
    verification.refresh_from_db()
    assert verification.facts["sends_people"] is True
    assert len(verification.answers) == 7
    for document in ("integrity_pact", "coi_statement", "mandate_letter", "signatory_id", "rector_delegation"):
        actions.add_document(
            by=people.by("mitra"), partner=partner, kind=document, number="1", dated=verification.started_at.date()
        )
    owner = {"name": "Dekan", "capacity": "officer", "political_tie": "tidak ada"}
    actions.declare_owners(by=people.by("mitra"), partner=partner, owners=[owner])
    page = words(client.get(begun["Location"]))
    assert "Putusan bila semua bukti diterima" in page
    assert "Terverifikasi" in page
    assert "Langkah berikutnya untuk Anda" in page
    assert send(client, at("registry.submit_verification", verification.code)).status_code == 302
    verification.refresh_from_db()
    assert verification.state == "submitted"


def test_a_no_wants_its_reason_at_once(people):
    verification = a_full_file(people, a_partner(people))
    path = at("registry.answer_verification", verification.code) + "?bagian=1"
    client = signed_in(people.mitra)
    page = send(client, path, cm_mandate="no")
    assert page.status_code == 422
    assert f"paling sedikit {REASON_LETTERS} huruf" in words(page)
    sent = send(client, path, **{"cm_mandate": "no", "cm_mandate-reason": "Surat kuasa baru sedang ditandatangani."})
    assert sent.status_code == 302
    verification.refresh_from_db()
    assert verification.answers["cm_mandate"] is False


@pytest.mark.parametrize("part", ["99", "-1", "x", "²", "9" * 5000])
def test_a_part_that_is_none_is_the_first_page(people, part):
    verification = a_full_file(people, a_partner(people))
    page = signed_in(people.mitra).get(at("registry.answer_verification", verification.code), {"bagian": part})
    assert "Tentang lembaga" in words(page)


def test_sending_too_early_is_answered_with_what_is_missing(people):
    partner = a_partner(people)
    verification = actions.start_verification(by=people.by("mitra"), partner=partner, region=place(OURS))
    page = send(signed_in(people.mitra), at("registry.submit_verification", verification.code))
    assert page.status_code == 409
    assert all(code in words(page) for code in ("RG-01", "RG-03", "RG-06"))


def test_an_officer_takes_looks_and_closes_with_the_computed_verdict(people):
    verification = a_full_file(people, a_partner(people))
    actions.submit_verification(by=people.by("mitra"), verification=verification)
    client = signed_in(people.lksd)
    file = at("page.verification_file", verification.code)
    assert "Ambil berkas" in words(client.get(file))
    assert send(client, at("registry.take_verification", verification.code))["Location"] == file
    path = at("registry.check_evidence", verification.code)
    assert send(client, path).status_code == 422
    following = path
    while following == path:
        kinds = set(re.findall(r'name="(\w+)" value="checked"', words(client.get(path))))
        assert 0 < len(kinds) <= 7
        following = send(client, path, **dict.fromkeys(kinds, "checked"))["Location"]
    path = at("registry.conclude_verification", verification.code)
    confirm(client, path)
    page = words(client.get(path))
    assert "Terverifikasi" in page
    stated = re.search(r'name="stated_verdict" value="(\w+)"', page)[1]
    wrong = send(client, path, stated_verdict="not_verified")
    assert wrong.status_code == 409
    assert "RG-04" in words(wrong)
    assert send(client, path, stated_verdict=stated)["Location"] == file
    assert VerdictRecord.objects.get().verdict == "verified"
    assert "Terverifikasi" in words(signed_in(people.kades).get(at("page.partner_file", verification.partner.code)))


def test_an_officer_who_did_not_take_the_file_is_refused(people):
    verification = a_taken_file(people, a_partner(people))
    page = send(signed_in(people.dinas), at("registry.request_repair", verification.code), note="Lengkapi.")
    assert page.status_code == 403
    assert not Event.objects.filter(verb="verification.repair_requested").exists()


def test_a_repair_is_asked_for_and_answered(people):
    verification = a_taken_file(people, a_partner(people))
    path = at("registry.request_repair", verification.code)
    assert send(signed_in(people.lksd), path).status_code == 422
    assert send(signed_in(people.lksd), path, note="Lengkapi akta perubahan.").status_code == 302
    client = signed_in(people.mitra)
    assert "Lengkapi akta perubahan." in words(client.get(at("page.verification_file", verification.code)))
    assert send(client, at("registry.resubmit_verification", verification.code)).status_code == 302
    verification.refresh_from_db()
    assert verification.state == "under_review"


def test_a_verdict_that_serves_no_more_is_called_so_wherever_the_body_is_read(people):
    partner = a_verified_partner(people)
    file = at("page.verification_file", Verification.objects.get().code)
    listed, seen = reverse("page.partner_list"), at("page.partner_file", partner.code)
    officer, examiner = signed_in(people.dinas), signed_in(people.lksd)
    assert all("Terverifikasi" in words(officer.get(page)) for page in (listed, seen))
    assert "Putusan bila dihitung hari ini" not in words(examiner.get(file))
    with clock.at(clock.now() + timedelta(days=800)):
        Appointment.objects.update(until=clock.today())
        assert all("Kedaluwarsa" in words(officer.get(page)) for page in (listed, seen))
        assert "Putusan bila dihitung hari ini" in words(examiner.get(file))


# --- the sanction register --------------------------------------------------------------------------------


def test_a_party_is_listed_reviewed_and_taken_off(people):
    partner = a_partner(people)
    officer = signed_in(people.dinas)
    path = reverse("registry.list_party")
    confirm(officer, path)
    typed = {"name": "TIRTA SERAYU LESTARI, PT", "source": "Daftar hitam", "basis": "Kep. 1/2026", "since": "1/1/2026"}
    assert send(officer, path, **typed, until="1/1/2020").status_code == 422
    assert send(officer, path, **typed, partner="0000000000").status_code == 422
    assert send(officer, path, **typed).status_code == 302
    assert "Tercantum dalam daftar sanksi" in words(officer.get(at("page.partner_file", partner.code)))
    verification = looked_at(people, a_taken_file(people, partner))
    client = signed_in(people.lksd)
    assert "Perlu ditinjau" in words(client.get(at("page.verification_file", verification.code)))
    listing = Listing.objects.get()
    review = at("registry.review_match", verification.code)
    assert send(client, review, listing=listing.code, same="no").status_code == 422
    assert send(client, review, listing=listing.code, same="no", reason="Alamat lain.").status_code == 302
    lift = at("registry.lift_listing", listing.code)
    assert send(officer, lift, reason="Putusan dibatalkan.").status_code == 302
    assert "Tidak berlaku lagi" in words(officer.get(reverse("page.listings")))


def test_a_blocked_file_is_reopened_by_the_regency(people):
    verification = looked_at(people, a_taken_file(people, a_partner(people), cm_no_gift=False))
    actions.conclude_verification(by=people.by("lksd"), verification=verification, stated_verdict="blocked")
    client = signed_in(people.dinas)
    path = at("registry.reopen_verification", verification.code)
    assert send(client, path, reason="Hak jawab diterima.").status_code == 302
    verification.refresh_from_db()
    assert (verification.state, verification.reviewer) == ("under_review", people.dinas.code)
