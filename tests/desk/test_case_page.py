"""The working room of a case: the next step, the open doors, what is missing, what happened, and for whom."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from bermitra import partnership
from bermitra.deliberation.consent import actions as consents
from bermitra.desk.words import DOORS, HAPPENED, LEAVING, REMEDIES
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.commands import clock
from bermitra.foundation.journal.models import Event
from bermitra.partnership import actions
from bermitra.partnership.models import Case
from bermitra.partnership.rules import FLOW, LABELS, SHEET_FLOW, STEP
from tests.deliberation.makers import a_given_consent, on
from tests.foundation.duties.makers import a_duty
from tests.people import OURS, place
from tests.selection.makers import a_call, a_candidate, a_direct_candidate

pytestmark = pytest.mark.django_db


def a_case(people, **given) -> Case:
    return actions.open_case(
        by=people.by("sekdes"),
        **{"village": place(OURS), "title": "Air bersih <b>Gintung</b>", "field": "pelaksanaan_pembangunan", **given},
    )


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def room(person, case: Case) -> str:
    page = client_of(person).get(f"/kerja/kemitraan/{case.code}/")
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def test_every_door_of_the_life_has_words_and_every_state_a_step():
    assert FLOW.doors <= DOORS.keys()
    assert LEAVING <= FLOW.doors
    assert set(REMEDIES.values()) <= DOORS.keys()
    assert {label.phase for label in LABELS.values()} <= STEP.keys()


def test_the_room_says_what_it_is_and_how_it_stands(people):
    page = room(people.kades, a_case(people))
    assert "Air bersih &lt;b&gt;Gintung&lt;/b&gt;" in page
    assert "Desa Pandanarum, mitra belum dipilih. Inventarisasi kebutuhan dan potensi." in page
    assert "prakarsa desa" in page.lower()
    assert "Anda di sini" in page
    assert "<dt>Bidang</dt><dd>Pelaksanaan pembangunan desa</dd>" in page


def test_an_unmet_rule_stands_there_before_anybody_knocks(people):
    page = room(people.kades, a_case(people))
    assert '<span class="rule">PS-05</span>' in page
    assert "Belum dipenuhi:" in page


def test_who_holds_the_next_step_sees_the_green_box_and_others_see_whom_they_wait_for(people):
    case = a_case(people)
    a_duty(about=f"case:{case.code}", code=case.code, role="bpd_chair", person=people.bpd.code, says="Tanda tangani.")
    assert "Langkah berikutnya untuk Anda" in room(people.bpd, case)
    others = room(people.anggota_bpd, case)
    assert "Langkah berikutnya untuk Anda" not in others
    assert "Menunggu Ketua BPD" in others


def test_without_a_step_of_ones_own_the_room_says_for_whom_it_waits(people):
    assert LABELS["inventory"].waiting in room(people.anggota_bpd, a_case(people))


def test_a_case_given_up_shows_why_and_no_journey(people):
    case = a_case(people)
    actions.cancel(by=people.by("kades"), case=case, reason="Sumber air mengering.")
    page = room(people.sekdes, case)
    assert "Dibatalkan sebelum ditandatangani" in page
    assert "Sumber air mengering." in page
    assert "Anda di sini" not in page
    assert "Langkah yang terbuka" not in page


def test_a_case_with_a_call_is_left_by_giving_up_the_call(people):
    page = room(people.kades, a_call(people).case)
    assert DOORS["selection.cancel_call"] in page
    assert DOORS["partnership.cancel"] not in page


@pytest.mark.parametrize(("made", "shown"), [(a_candidate, False), (a_direct_candidate, True)])
def test_a_result_is_given_up_by_no_head_and_the_chair_of_the_bpd_ends_a_direct_one_only(people, made, shown):
    case = made(people).case
    assert DOORS["selection.cancel_call"] not in room(people.kades, case)
    assert (DOORS["selection.fail_call"] in room(people.bpd, case)) is shown


def test_notes_are_read_as_text(people):
    case = a_case(people)
    actions.note(by=people.by("sekdes"), case=case, text="Pak camat <script>setuju</script>.")
    assert "Pak camat &lt;script&gt;setuju" in room(people.kades, case)


def test_the_district_and_the_regency_may_look_and_others_may_not(people):
    case = a_case(people)
    path = f"/kerja/kemitraan/{case.code}/"
    assert client_of(people.camat).get(path).status_code == 200
    auditor = client_of(people.inspektorat).get(path)  # who first sets up the second factor
    assert (auditor.status_code, auditor["Location"]) == (302, reverse("mfa_activate_totp"))
    assert client_of(people.kades_asing).get(path).status_code == 404
    assert client_of(people.warga).get(path).status_code == 403
    assert Client().get(path).status_code == 302
    assert client_of(people.kades).get("/kerja/kemitraan/0000000000/").status_code == 404


@pytest.mark.parametrize("state", sorted(FLOW.states))
def test_the_room_opens_in_every_state_with_few_questions(people, state, django_assert_max_num_queries):
    case = a_case(people, forms=["kerja_sama_pengadaan"])
    Case.objects.filter(pk=case.pk).update(state=state)
    client = client_of(people.kades)
    with django_assert_max_num_queries(12):
        assert client.get(f"/kerja/kemitraan/{case.code}/").status_code == 200


def test_every_door_that_the_room_names_is_in_the_permission_table():
    """Later stages bring theirs; what stands in the table must be an act."""
    acts = {name for name in DOORS.keys() & table().keys() if not name.startswith("page.")}
    assert all("POST" in table()[name].methods for name in acts)


def test_the_history_tells_who_did_what_in_words(people):
    case = a_case(people)
    page = room(people.kades, case)
    assert Event.objects.filter(about=f"case:{case.code}").exists()
    assert "Wulan Pratiwi [Sekretaris Desa]" in page


def test_every_verb_of_the_stages_that_a_room_tells_has_words():
    """Each ``log`` about a case, sheet or call; those about one proposal, question or person are not told here."""
    stage = Path(partnership.__file__).parent
    verbs = set(re.findall(r'"((?:partnership|priorities|priority|plan_line|term_sheet)\.[a-z_]+)"', _code(stage)))
    assert verbs - set(table()) - SHEET_FLOW.doors <= HAPPENED.keys()


def _code(stage: Path) -> str:
    return "".join((stage / name).read_text(encoding="utf-8") for name in ("actions.py", "life.py"))


def test_the_doors_lead_to_their_pages_and_only_for_those_who_may_open_them(people):
    case = a_case(people)
    head, clerk = room(people.kades, case), room(people.operator, case)
    submit = f'href="/kerja/kemitraan/{case.code}/prioritas/"'
    link = f'href="/kerja/kemitraan/{case.code}/kebutuhan/"'
    assert submit in head
    assert submit not in clerk
    assert head.count(link) == clerk.count(link) == 2  # a part to prepare, and the remedy of PS-05
    assert f'href="/kerja/kemitraan/{case.code}/pembatalan/"' in head
    assert "Bila tidak dilanjutkan" not in clerk


def test_a_part_that_is_done_says_so(people):
    case = a_case(people)
    actions.record_budget(by=people.by("operator"), case=case, note="Silpa cukup.", share=1, room=2)
    page = room(people.operator, case)
    assert re.search(r'Catat kemampuan APB Desa</a></div><span class="cap ok">Selesai</span>', page)
    assert "Belum diisi" in page


def test_the_room_says_what_is_touched_and_in_red_that_residents_took_their_yes_back(people):
    case = a_case(people)
    assert "<dt>Menyentuh</dt>" not in room(people.kades, case)
    actions.say_consent(by=people.by("sekdes"), case=case, touches=["land"])
    process = a_given_consent(people, case.code)
    page = room(people.kades, case)
    assert "<dt>Menyentuh</dt><dd>Tanah</dd>" in page
    assert "Persetujuan warga ditarik" not in page
    with clock.at(on(date(2026, 5, 3))):
        consents.refuse_consent(by=people.by("warga"), process=process, why="Lebak ikut dibuka.")
    page = room(people.kades, case)
    assert '<div class="note bad"><h2>Persetujuan warga ditarik 3 Mei 2026</h2>' in page
    assert f"/kerja/padiatapa/{process.code}/" in page
    box = client_of(people.kades).get("/kerja/").content.decode()
    assert "Warga menarik persetujuannya. Bicarakan dengan para pihak" in box
