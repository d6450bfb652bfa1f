"""Pages of rounds: who reads which, lists that are narrowed and read on, words that others may read, one sheet of paper."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.uploads import read_workbook
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.text import BadInput
from bermitra.matching.models import Round, RoundVillage
from bermitra.matching.rounds import actions
from bermitra.matching.rounds.forms import Choices, PolicyForm, parse_thrown
from bermitra.matching.rounds.letters import explanation
from bermitra.matching.rounds.views import openly, shown
from bermitra.matching.rounds.views import people as lists
from bermitra.needs.models import Need
from tests.access.browsers import Browsers
from tests.matching.rounds.makers import (
    AFTER,
    CHOOSING,
    HEADS,
    LOCKED,
    OBJECTED,
    OPENED,
    a_choosing_round,
    a_computed_round,
    a_draft,
    a_published_round,
    a_round_with_introductions,
    an_open_round,
    offer,
    speaker,
    village,
)
from tests.people import NEIGHBOUR, OURS

pytestmark = pytest.mark.django_db


def get(person, name, *args, query=""):
    return Browsers().of(person).get(reverse(name, args=args) + query)


def text(person, name, *args, query=""):
    answer = get(person, name, *args, query=query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


# Who reads which ---------------------------------------------------------------------------------------------------------
def test_a_draft_is_read_by_its_office_alone(people):
    of = a_draft(people)
    assert "Akan diundang" in text(people.dinas, "page.round_villages", of.code)
    assert get(None, "page.round", of.code).status_code == 404
    assert get(people.dinas_asing, "page.round_room", of.code).status_code == 404
    assert get(people.kades, "page.round_room", of.code).status_code == 403
    assert get(people.kades, "page.round_village", village(of).code).status_code == 404
    assert "Belum ada undangan putaran" in text(people.kades, "page.round_rooms")


@pytest.mark.parametrize("made", [a_draft, an_open_round, a_computed_round, a_published_round])
def test_the_room_of_a_round_takes_few_statements_in_every_state(people, made):
    of, client = made(people), Browsers().of(people.dinas)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("page.round_room", args=[of.code])).status_code == 200
    assert len(asked) <= 12, [each["sql"] for each in asked]


def test_each_side_finds_its_own_page_and_no_other(people):
    of = an_open_round(people)
    ours, theirs = village(of), village(of, NEIGHBOUR)
    assert reverse("page.round_village", args=[ours.code]) in text(people.kades, "page.round_rooms")
    assert get(people.kades, "page.round_village", theirs.code).status_code == 404
    assert (
        get(people.held["mitra0"], "page.round_offer", of.offers.get(offer__title="Tawaran 1").code).status_code == 404
    )
    page = text(people.dinas, "page.round_village", ours.code)  # the office reads it, and answers nothing on it
    assert "Ikut putaran" not in page and "matching" not in page
    assert get(people.dinas, "matching.join_round", ours.code).status_code == 403


def test_a_village_that_may_not_join_reads_why_and_so_does_everybody(people):
    of = a_draft(people)
    RoundVillage.objects.filter(round=of, village=NEIGHBOUR).update(eligible=False, missing=["no_priority"])
    why = "Belum punya kebutuhan yang ditetapkan sebagai prioritas."
    assert why in text(people.dinas, "page.round_villages", of.code, query="?keadaan=belum-layak")
    assert "5 memenuhi syarat dan akan diundang, 1 belum memenuhi syarat" in text(
        people.dinas, "page.round_villages", of.code
    )


# Lists ---------------------------------------------------------------------------------------------------------------------
def test_the_list_of_villages_is_narrowed_read_on_and_taken_along(people, monkeypatch):
    of = an_open_round(people)
    monkeypatch.setattr(lists, "PAGE", 4)
    first = text(people.dinas, "page.round_villages", of.code)
    assert first.count("33.04.19.200") >= 4 and "setelah=33.04.19.2004" in first and "Sinduaji" not in first
    assert "Sinduaji" in text(people.dinas, "page.round_villages", of.code, query="?setelah=33.04.19.2004")
    narrowed = text(people.dinas, "page.round_villages", of.code, query="?q=beji&keadaan=belum")
    assert "Beji" in narrowed and "Pandanarum</a>" not in narrowed
    assert "Tidak ada desa yang cocok" in text(people.dinas, "page.round_villages", of.code, query="?keadaan=ikut")
    sheet = b"".join(get(people.dinas, "page.round_villages_xlsx", of.code, query="?q=beji"))
    rows = read_workbook(sheet, "daftar.xlsx")
    assert [row[0] for row in rows[1:]] == [NEIGHBOUR]


def test_offers_are_read_on_by_the_office_as_well(people, monkeypatch):
    of = an_open_round(people)
    monkeypatch.setattr(lists, "PAGE", 4)
    codes = sorted(of.offers.values_list("offer__code", flat=True))
    own = {each.offer.code: reverse("page.round_offer", args=[each.code]) for each in of.offers.select_related("offer")}
    first = text(people.dinas, "page.round_villages", of.code)
    assert f"?tawaran={codes[3]}#tawaran" in first and own[codes[4]] not in first
    rest = text(people.dinas, "page.round_villages", of.code, query=f"?tawaran={codes[3]}")
    assert [each for each in codes if own[each] in rest] == codes[4:]


# What a side orders ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("move", "order", "struck"),
    [
        ("up:B", ["B", "A", "C"], ["D"]),
        ("up:A", ["A", "B", "C"], ["D"]),
        ("down:B", ["A", "C", "B"], ["D"]),
        ("down:C", ["A", "B", "C"], ["D"]),
        ("top:C", ["C", "A", "B"], ["D"]),
        ("strike:B", ["A", "C"], ["D", "B"]),
        ("back:D", ["A", "B", "C", "D"], []),
        ("back:A", ["A", "B", "C"], ["D"]),
        ("up:X", ["A", "B", "C"], ["D"]),
        ("", ["A", "B", "C"], ["D"]),
        ("jump:B", ["A", "B", "C"], ["D"]),
    ],
)
def test_each_button_moves_one_entry(move, order, struck):
    form = Choices({"order": "A B C", "struck": "D"})
    assert form.is_valid()
    assert form.moved(move) == {"order": order, "struck": struck}


def test_a_button_writes_nothing_and_saving_writes_what_stands_there(people):
    of = a_choosing_round(people)
    side = village(of)
    codes = [each["code"] for each in side.acceptable]
    client, address = Browsers().of(people.kades), reverse("matching.set_preferences", args=[side.code])
    with clock.at(CHOOSING):
        sent = {"order": " ".join(codes), "struck": "", "_key": "satu"}
        page = client.post(address, {**sent, "move": f"strike:{codes[0]}"}).content.decode()
        side.refresh_from_db()
        assert "Dicoret" in page and side.struck == []
        assert client.post(address, {**sent, "order": " ".join(codes[::-1])}).status_code == 302
    side.refresh_from_db()
    assert side.order == codes[::-1]


# What is typed -----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["4 2 6 1", "4,2,6,1", " 4-2-6-1 ", "4; 2; 6; 1"])
def test_a_throw_is_read_as_it_is_called_out(typed):
    assert parse_thrown(typed) == (4, 2, 6, 1)


@pytest.mark.parametrize(
    ("typed", "code"), [("4 enam", "thrown.form"), ("4 2.5", "thrown.form"), ("1 " * 61, "thrown.many")]
)
def test_a_throw_that_is_none_says_what_to_type(typed, code):
    with pytest.raises(BadInput) as bad:
        parse_thrown(typed)
    assert bad.value.code == code


def test_a_reserve_needs_its_tiers_and_percents_end_at_a_hundred():
    given = {
        "village_weight": "101",
        "partner_weight": "60",
        "vision_min": "30",
        "reserve_percent": "0",
        "tiers": ["1"],
        "size": "20",
    }
    form = PolicyForm(given)
    assert set(form.errors) == {"village_weight", "reserve_percent"}
    assert PolicyForm({**given, "village_weight": "60", "reserve_percent": "30"}).is_valid()


# What came out --------------------------------------------------------------------------------------------------------------------
def test_everybody_reads_each_result_in_the_third_person(people):
    of = a_published_round(people)
    page = text(None, "page.round", of.code)
    words = {each.outcome["kind"]: shown.outcome_words(each) for each in of.villages.select_related("village", "round")}
    assert set(words) == {"matched"} or "Belum dapat" in words["waiting"]
    assert all("Anda" not in said for said in words.values())
    assert all(said.split("“")[0] in page for said in words.values())
    for side in of.offers.select_related("offer__partner", "round"):
        assert "Anda" not in shown.outcome_words(side)


def test_nothing_of_a_result_is_guessed_before_it_is_published(people):
    of = a_computed_round(people)
    everybody = text(None, "page.round", of.code)
    assert text(None, "page.round", of.code, query="?keadaan=diperkenalkan").count("33.04.19") == everybody.count(
        "33.04.19"
    )
    assert "Diperkenalkan kepada" not in everybody
    assert get(None, "page.round_file", of.code).status_code == 404
    assert get(people.kades, "page.round_explanation", village(of).code).status_code == 404
    assert "Diperkenalkan kepada" not in text(people.kades, "page.round_village", village(of).code)


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        ({"fate": "below", "cutoff": 611_000, "b": 583_000}, "nilai desa ini bagi mitra 0,58; batasnya 0,61."),
        ({"fate": "lot", "cutoff": 611_000, "b": 611_000}, "sama dengan batasnya, 0,61; undian"),
        ({"fate": "ordered", "cutoff": -1, "b": 1}, "dalam urutannya sendiri."),
    ],
)
def test_a_village_that_waits_is_told_by_how_much_it_missed(pair, says):
    outcome = {
        "kind": "waiting",
        "told": 0,
        "struck": 0,
        "refused": 0,
        "pairs": [{"title": "Pipa", "who": "PT", "h": 1, **pair}],
    }
    assert says in shown.outcome_words(RoundVillage(outcome=outcome))


@pytest.mark.parametrize("kind", ["no_offer", "ranked", "gone"])
def test_whoever_has_no_list_is_told_that(kind):
    assert shown.outcome_words(RoundVillage(outcome={"kind": kind, "least": 5, "pairs": []})).endswith(".")


def test_the_explanation_is_one_sheet_with_the_sentences_of_the_page(people, settings, tmp_path):
    of = a_published_round(people)
    side = village(of)
    pdf = get(people.kades, "page.round_explanation", side.code).content
    file = tmp_path / "penjelasan.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    assert told.count("\f") == 1  # one page
    assert "PENJELASAN HASIL PUTARAN" in told and "DESA PANDANARUM" in told and "RANCANGAN" not in told
    assert "Jatah 30 persen diisi lebih dahulu" in " ".join(told.split())
    assert get(people.held[HEADS[NEIGHBOUR]], "page.round_explanation", side.code).status_code == 404


def test_the_board_of_answers_reads_on_page_by_page_and_its_workbook_holds_all(people, monkeypatch):
    of = a_round_with_introductions(people)
    names = list(of.introductions.order_by("village__village", "pk").values_list("village__village__name", flat=True))
    assert len(names) > 1
    monkeypatch.setattr(lists, "PAGE", 1)
    first = text(people.dinas, "page.round_answers", of.code)
    assert names[0] in first and names[1] not in first
    onward = re.search(r"\?setelah=(\w+)", first)
    assert onward is not None
    second = text(people.dinas, "page.round_answers", of.code, query=onward[0])
    assert names[1] in second and names[0] not in second
    book = b"".join(get(people.dinas, "page.round_answers_xlsx", of.code))
    assert [row[0] for row in read_workbook(book, "jawaban.xlsx")[1:]] == names


def test_an_instant_of_the_night_is_told_by_its_day_here(people):
    of = a_round_with_introductions(people)
    night = AFTER.replace(hour=18)  # one o'clock of the next morning in Jakarta
    of.introductions.update(village_answered_at=night)
    here = long_date(night.date() + timedelta(days=1))
    assert f"Menerima, {here}" in text(people.dinas, "page.round_answers", of.code)
    Round.objects.filter(pk=of.pk).update(published_at=night)
    assert ("Terbit", here) in explanation(village(of), dated=night.date()).blocks[1].rows


def test_a_run_that_failed_says_why_and_can_be_asked_again(people):
    of = a_draft(people)
    with clock.at(LOCKED):
        run = actions.simulate_round(by=people.by("dinas"), round=of)
    assert 'http-equiv="refresh"' in text(people.dinas, "page.round_work", of.code)
    type(run).objects.filter(pk=run.pk).update(state="failed", problem="Tawaran tanpa sektor.")
    page = text(people.dinas, "page.round_room", of.code)
    assert "Tawaran tanpa sektor." in page and reverse("matching.try_again", args=[run.code]) in page
    assert 'http-equiv="refresh"' not in text(people.dinas, "page.round_work", of.code)


def test_nobody_else_reads_what_a_side_chose_before_the_list_is_published(people):
    of = a_choosing_round(people)
    ours = village(of)
    codes = [each["code"] for each in ours.acceptable]
    with clock.at(CHOOSING):
        chosen = {"order": codes[:0:-1], "struck": codes[:1]}
        actions.set_preferences(by=people.by("kades"), side=ours, **chosen)
        assert "Dicoret" in text(people.kades, "page.round_village", ours.code)
        page = text(people.dinas, "page.round_village", ours.code)
    titles = dict(of.offers.values_list("code", "offer__title"))
    found = [page.index(titles[code]) for code in codes]
    assert "Dicoret" not in page and found == sorted(found)  # as computed
    with clock.at(CHOOSING):
        assert "dibaca semua orang" in text(people.kades, "matching.set_preferences", ours.code)


def test_offers_of_a_public_round_are_read_on_page_by_page(people, monkeypatch):
    of = an_open_round(people)
    monkeypatch.setattr(openly, "PAGE", 4)
    first = text(None, "page.round", of.code)
    codes = sorted(of.offers.values_list("offer__code", flat=True))
    assert f"?tawaran={codes[3]}#tawaran" in first and reverse("page.offer", args=[codes[4]]) not in first
    rest = text(None, "page.round", of.code, query=f"?tawaran={codes[3]}")
    assert [each for each in codes if reverse("page.offer", args=[each]) in rest] == codes[4:]


# What a page says of itself and leads to -------------------------------------------------------------------------------------
def test_a_reserve_that_no_offer_can_keep_is_said_before_the_opening(people):
    of = an_open_round(people)
    assert "Jatah tidak berlaku: setiap tawaran hanya punya satu tempat." in text(
        people.dinas, "page.round_room", of.code
    )
    assert "Jatah: 0 dari 6 tempat." in text(None, "page.round", of.code)


def test_a_reserve_that_is_kept_is_counted(people):
    of = an_open_round(people, places=4)
    assert "Jatah tidak berlaku" not in text(people.dinas, "page.round_room", of.code)
    assert "Jatah: 6 dari 24 tempat." in text(None, "page.round", of.code)


def test_an_entry_leads_to_what_it_names_and_why_it_fits(people):
    of = a_choosing_round(people)
    ours = village(of)
    code = of.offers.get(code=ours.acceptable[0]["code"]).offer.code
    with clock.at(CHOOSING):
        pages = [text(people.kades, name, ours.code) for name in ("page.round_village", "matching.set_preferences")]
        offered = text(people.held["mitra0"], "page.round_offer", offer(of).code)
    for page in pages:
        assert reverse("page.offer", args=[code]) in page and reverse("page.pair", args=[OURS, code]) in page
    first = of.villages.get(code=offer(of).acceptable[0]["code"]).village_id
    assert reverse("page.pair", args=[first, offer(of).offer.code]) in offered


def test_a_list_saved_as_it_was_is_no_order_and_the_page_says_what_is_done(people):
    of = a_choosing_round(people)
    ours, by = village(of), people.by("kades")
    codes = [each["code"] for each in ours.acceptable]
    with clock.at(CHOOSING):
        actions.set_preferences(by=by, side=ours, order=codes[1:], struck=codes[:1])
        assert village(of).order == [] and village(of).struck == codes[:1]
        page = text(people.kades, "page.round_village", ours.code)
        assert "Urutan Anda tersimpan. Masih dapat diubah sampai" in page and "Susun pilihan" in page
        assert "Sudah menyusun pilihan" in text(people.dinas, "page.round_room", of.code)
        silent = text(people.dinas, "page.round_villages", of.code, query="?keadaan=belum-pilih")
    assert "Belum menyusun pilihan</" in silent and ours.code not in silent
    with clock.at(LOCKED):
        late = text(people.kades, "page.round_village", ours.code)
    assert "Masa menyusun pilihan sudah lewat." in late and "Susun pilihan" not in late


def test_a_village_that_may_not_join_is_told_at_the_opening_and_finds_the_round(people):
    of = a_draft(people)
    Need.objects.filter(village=NEIGHBOUR).update(state="backlog")
    with clock.at(OPENED):
        actions.revise_round(
            by=people.by("dinas"), round=of, invite_until=(OPENED + timedelta(days=14)).date(),
            prefer_until=(OPENED + timedelta(days=28)).date(),
        )  # fmt: skip
        actions.open_round(by=people.by("dinas"), round=of)
    theirs, head = village(of, NEIGHBOUR), people.held[HEADS[NEIGHBOUR]]
    assert Notice.objects.filter(url_code=theirs.code).exists()
    listed = text(head, "page.round_rooms")
    assert reverse("page.round_village", args=[theirs.code]) in listed and "Belum memenuhi syarat" in listed
    assert reverse("page.needs") in text(head, "page.round_village", theirs.code)


def test_a_final_round_says_how_each_introduction_ended(people):
    of = a_round_with_introductions(people)
    made = of.introductions.all()
    made.update(state="declined", why="Sudah ada mitra.", declined_by="village")
    Round.objects.filter(pk=of.pk).update(state="final")
    page = text(None, "page.round", of.code)
    assert "Tidak dilanjutkan" in page and ">Diperkenalkan</span>" not in page
    made.update(state="lapsed", why="")
    assert "Gugur tanpa jawaban" in text(people.dinas, "page.round_villages", of.code)


def test_once_both_accept_each_side_finds_where_it_goes_on(people):
    of = a_round_with_introductions(people)
    made = of.introductions.filter(village__village=OURS).select_related("offer__offer__partner").get()
    of.introductions.filter(pk=made.pk).update(state="taken_up", case="7K3M9QXD2A")
    who = people.held[speaker(made.offer)]
    assert "Kelanjutannya ada pada berkas kerja sama." in text(who, "page.round_offer", made.offer.code)
    Duty.objects.create(
        door="page.proposal", about="proposal:7K3M9QXD2B", belongs_to="case:7K3M9QXD2A", url_code="7K3M9QXD2B",
        party=made.offer.offer.partner.code, region_id=OURS, says="Lengkapi.", opened_at=AFTER, opened_by_act="x",
    )  # fmt: skip
    page = text(who, "page.round_offer", made.offer.code)
    assert "Lengkapi usulan Anda." in page and reverse("page.proposal", args=["7K3M9QXD2B"]) in page
    page = text(people.kades, "page.round_village", made.village.code)
    assert "Mitra sedang menulis usulan." in page and reverse("page.case", args=["7K3M9QXD2A"]) in page


def test_a_village_without_a_partner_reads_that_and_where_it_grows_stronger(people):
    of = a_published_round(people)
    ours = village(of)
    of.villages.filter(pk=ours.pk).update(outcome={"kind": "no_offer", "pairs": []})
    page = text(people.kades, "page.round_village", ours.code)
    assert "Belum mendapat mitra pada putaran ini." in page and reverse("page.potentials") in page
    assert "Belum dapat" in text(None, "page.round", of.code)


def test_an_objection_is_read_by_whoever_made_it_and_answered_by_the_office_alone(people):
    of = a_published_round(people)
    ours = village(of)
    with clock.at(OBJECTED):
        actions.file_objection(by=people.by("kades"), side=ours, text="Kebutuhan air kami tidak terhitung.")
        page = text(people.kades, "page.round_village", ours.code)
        room = text(people.dinas, "page.round_room", of.code)
        read = text(people.held["inspektorat"], "page.round_room", of.code)
    assert "Sanggahan Anda" in page and "Menunggu jawaban Dinas PMD." in page
    assert "Ada satu sanggahan yang harus dijawab." in room and "Jawab sanggahan" in room
    assert "Kebutuhan air kami" in read and "Jawab sanggahan" not in read
    assert "Putaran bagi desa" not in text(people.held["inspektorat"], "page.round_rooms")
