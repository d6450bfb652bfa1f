"""The pages of a case and its sheet: form, bad input, success, the stranger and the wrong office."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from bermitra.partnership import actions
from bermitra.partnership.models import Case, TermSheet
from tests.partnership.makers import (
    a_case,
    a_need,
    a_partner,
    a_prepared_case,
    a_tabled_sheet,
    plan_lines,
    whole_topics,
)
from tests.people import PASSWORD, People

pytestmark = pytest.mark.django_db


def signed_in(people: People, who: str, again: bool = False) -> Client:
    """A browser in which ``who`` is signed in; with ``again`` the password was just asked for once more."""
    person = people.by(who).person
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    client.post("/masuk/", {"login": who, "password": PASSWORD})
    if again:
        client.post("/masuk/lagi/", {"password": PASSWORD})
    return client


def send(client: Client, name: str, code: str = "", **given):
    address = reverse(name, args=[code] if code else [])
    return client.post(address, {"_key": uuid4().hex, **given})


def shown(client: Client, name: str, code: str) -> tuple[int, str]:
    answer = client.get(reverse(name, args=[code]))
    return answer.status_code, answer.content.decode()


DESCRIBED = {
    "title": "Budidaya lereng", "field": "pemberdayaan_masyarakat", "goals": "Panen naik.", "forms": ["pdmp", "kkn"],
}  # fmt: skip


def test_a_case_is_opened_on_its_page(people):
    client = signed_in(people, "operator")
    assert client.get(reverse("partnership.open")).status_code == 200
    sent = send(client, "partnership.open", village="33.04.19.2001", **DESCRIBED)
    case = Case.objects.get()
    assert sent["Location"] == f"/kerja/kemitraan/{case.code}/"
    assert (case.title, case.forms, case.village_id) == ("Budidaya lereng", ["pdmp", "kkn"], "33.04.19.2001")
    assert client.get(sent["Location"]).status_code == 200


def test_another_village_cannot_be_typed_in(people):
    sent = send(signed_in(people, "sekdes"), "partnership.open", village="51.08.02.2008", **DESCRIBED)
    assert sent.status_code == 422
    assert not Case.objects.exists()


def test_bad_input_says_what_to_do_and_changes_nothing(people):
    client, case = signed_in(people, "sekdes"), a_case(people)
    sent = send(client, "partnership.record_budget", case.code, note="Cukup", share="1,500.50", room="-5")
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "1.500,5" in page
    assert "kurang dari nol" in page
    assert Case.objects.get().budget_note == ""


@pytest.mark.parametrize(
    "name",
    [
        "partnership.describe", "partnership.link_needs", "partnership.record_budget", "partnership.weigh",
        "partnership.check_place", "partnership.plan_assets", "partnership.say_consent", "partnership.link_plan_line",
        "page.term_sheet",
        "partnership.note", "partnership.draft_term_sheet", "partnership.sheet_procedure", "partnership.sheet_term",
        "partnership.sheet_money", "partnership.sheet_limits", "partnership.sheet_duties", "partnership.sheet_sources",
        "partnership.sheet_assets", "partnership.sheet_sanctions",
    ],
)  # fmt: skip
def test_the_secretary_sees_each_page_and_a_foreign_one_does_not(people, name, django_assert_max_num_queries):
    case = a_case(people)
    client, stranger = signed_in(people, "sekdes"), signed_in(people, "sekdes.asing")
    with django_assert_max_num_queries(12):
        status, page = shown(client, name, case.code)
    assert status == 200
    assert "Budidaya lereng" in page
    assert shown(stranger, name, case.code)[0] == 404


def test_the_bpd_does_not_prepare_and_the_regency_does_not_decide(people):
    case = a_case(people)
    assert shown(signed_in(people, "bpd"), "partnership.weigh", case.code)[0] == 403
    camat = signed_in(people, "camat")
    assert shown(camat, "partnership.submit_priorities", case.code)[0] == 403
    assert shown(camat, "page.term_sheet", case.code)[0] == 200
    for who in ("dinas", "bupati"):  # signed in, they first pair a telephone; the door is shut to them before and after
        assert send(signed_in(people, who), "partnership.submit_priorities", case.code).status_code in (302, 403)
    assert Case.objects.get().state == "inventory"


def test_needs_and_plan_lines_are_chosen_from_lists(people):
    client, case, need = signed_in(people, "sekdes"), a_case(people), a_need()
    assert need.title in shown(client, "partnership.link_needs", case.code)[1]
    assert send(client, "partnership.link_needs", case.code, needs=[need.code]).status_code == 302
    assert case.case_needs.get().need == need
    midterm, annual = plan_lines()
    Case.objects.update(state="priority_agreed")
    sent = send(client, "partnership.link_plan_line", case.code, midterm=midterm.code, annual="", change="")
    assert sent.status_code == 409
    assert "PS-06" in sent.content.decode()
    send(client, "partnership.link_plan_line", case.code, midterm=midterm.code, annual=annual.code, change="")
    assert Case.objects.get().state == "preparing_terms"


def test_rows_are_added_and_taken_out(people):
    client, case = signed_in(people, "operator"), a_case(people)
    row = {"side": "costs", "what": "Rapat", "amount": "1,5 juta", "unit": "tahun", "source": "RAB", "years": "3"}
    send(client, "partnership.weigh", case.code, **row)
    send(client, "partnership.weigh", case.code, **{**row, "side": "benefits", "what": "Panen", "amount": ""})
    case.refresh_from_db()
    assert case.costs == [{"what": "Rapat", "amount": 1_500_000, "unit": "tahun", "source": "RAB"}]
    assert case.benefits[0]["amount"] is None
    assert "belum ada angka" in shown(client, "partnership.weigh", case.code)[1]
    send(client, "partnership.weigh", case.code, drop="0")
    case.refresh_from_db()
    assert (case.benefits, len(case.costs)) == ([], 1)


def test_an_act_that_is_refused_shows_the_rule_before_and_after(people):
    client, case = signed_in(people, "kades"), a_case(people)
    status, page = shown(client, "partnership.submit_priorities", case.code)
    assert status == 200
    assert "PS-05" in page
    sent = send(client, "partnership.submit_priorities", case.code)
    assert sent.status_code == 409
    assert "PS-05" in sent.content.decode()
    assert Case.objects.get().state == "inventory"


def test_what_is_touched_is_ticked_one_by_one_and_the_page_names_what_touches_anyway(people):
    client, case = signed_in(people, "sekdes"), a_case(people, forms=["inti"])
    page = shown(client, "partnership.say_consent", case.code)[1]
    assert page.count('type="checkbox"') == 5
    assert "Pasti menyentuh: Inti-plasma" in page
    empty = send(client, "partnership.say_consent", case.code, reason="")
    assert empty.status_code == 422
    assert "Keterangan masih kosong" in empty.content.decode()
    nothing = send(client, "partnership.say_consent", case.code, reason="Tidak ada.")
    assert nothing.status_code == 409
    assert "PS-16" in nothing.content.decode()
    assert send(client, "partnership.say_consent", case.code, land="on", adat="on").status_code == 302
    assert Case.objects.get().touches == ["land", "adat"]
    page = shown(client, "partnership.say_consent", case.code)[1]
    assert page.count(" checked") == 2


def test_leaving_asks_for_the_password_first(people):
    case = a_case(people)
    client = signed_in(people, "kades")
    assert "/masuk/lagi/" in client.get(reverse("partnership.cancel", args=[case.code]))["Location"]
    client = signed_in(people, "kades", again=True)
    assert send(client, "partnership.cancel", case.code, reason="Anggaran dialihkan.").status_code == 302
    assert Case.objects.get().state == "cancelled"


# The sheet ----------------------------------------------------------------------------------------------------------
def with_candidate(people) -> Case:
    case = a_prepared_case(people)
    Case.objects.filter(pk=case.pk).update(state="candidate_proposed", partner=a_partner(people))
    return Case.objects.get(pk=case.pk)


def test_a_whole_sheet_is_written_on_its_pages_and_closed(people):
    client, case = signed_in(people, "sekdes"), with_candidate(people)
    pages = {
        "partnership.draft_term_sheet": {
            "title": "Kerja sama pendampingan", "field": "pemberdayaan_masyarakat", "forms": ["pdmp"],
            "items": "Sekolah lapang\n\nUji tanah", "excluded": "Penjualan pupuk",
        },
        "partnership.sheet_procedure": {
            "procedure": "Bergilir.", "delegation": "Tidak ada BKAD.", "changes": "Adendum.", "disputes": "Musyawarah.",
        },
        "partnership.sheet_term": {"start": "1 Desember 2026", "end": "30/11/2029"},
        "partnership.sheet_money": {"value": "2 juta"},
        "partnership.sheet_sources": {"giver": "Fakultas", "amount": "2.000.000", "channel": "barang", "apbdes_code": "4.3.4"},
        "partnership.sheet_limits": {"limits": "Tidak ada hak tunggal.", "notes": ""},
        "partnership.sheet_sanctions": {"breach": "Terlambat", "sanction": "Teguran", "days": "14"},
    }  # fmt: skip
    for name, given in pages.items():
        assert send(client, name, case.code, **given).status_code == 302, name
    for side in ("one duty", "two duty"):
        send(client, "partnership.sheet_duties", case.code, side=side, text="hadir", due="1 Mei 2027", period="")
    held = TermSheet.objects.get()
    assert held.topics["scope"]["items"] == ["Sekolah lapang", "Uji tanah"]
    assert held.topics["term"] == {"start": "2026-12-01", "end": "2029-11-30"}
    assert held.topics["duties"][1]["due"] == "2027-05-01"
    assert "9 dari 9 pokok terisi" in shown(client, "page.term_sheet", case.code)[1]
    assert send(client, "partnership.table_term_sheet", case.code).status_code == 302
    page = shown(client, "page.term_sheet", case.code)[1]
    held.refresh_from_db()
    assert held.text_hash[:4] in page
    assert "Siap dimusyawarahkan" in page


def test_a_term_that_ends_before_it_begins_is_told(people):
    client, case = signed_in(people, "sekdes"), with_candidate(people)
    sent = send(client, "partnership.sheet_term", case.code, start="1 Mei 2027", end="1 Mei 2026")
    assert sent.status_code == 422
    assert "Tanggal akhir mendahului" in sent.content.decode()


def test_a_row_of_the_sheet_is_taken_out(people):
    client, case = signed_in(people, "sekdes"), with_candidate(people)
    actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics=whole_topics())
    send(client, "partnership.sheet_duties", case.code, drop="2")
    send(client, "partnership.sheet_duties", case.code, drop="99")
    assert len(TermSheet.objects.get().topics["duties"]) == 2


def test_the_partner_reads_the_sheet_and_writes_nothing(people):
    case = with_candidate(people)
    a_tabled_sheet(people, case)
    client = signed_in(people, "mitra")
    status, page = shown(client, "page.term_sheet", case.code)
    assert status == 200
    assert "Sekolah lapang" in page
    assert "Ubah ruang lingkup" not in page
    assert shown(client, "partnership.sheet_term", case.code)[0] == 403


def test_a_page_that_comes_twice_acts_once(people):
    client, case = signed_in(people, "operator"), a_case(people)
    given = {"_key": "sama", "side": "costs", "what": "Rapat", "amount": "5000", "unit": "", "source": "", "years": "1"}
    for _ in range(2):
        assert client.post(reverse("partnership.weigh", args=[case.code]), given).status_code in (302, 409)
    case.refresh_from_db()
    assert len(case.costs) == 1
