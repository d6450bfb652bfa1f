"""The pages as a browser without scripts uses them: shown, refused, and gone on from."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from bermitra.agreements.models import Obligation
from bermitra.delivery import actions, draw, letters, queries
from bermitra.delivery.models import Activity, Certificate, Draw, Due, LedgerEntry, Plan, Progress, Training
from bermitra.delivery.views.common import PAGE
from bermitra.foundation.accounts.middleware import SECOND_FACTOR_SEEN
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.compose import Issued, compose
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.regions.tables import open_table
from tests.delivery import makers
from tests.delivery.makers import (
    STARTS,
    a_plan,
    a_training,
    a_whole_plan,
    an_activity,
    an_adopted_plan,
    an_agreement,
    announcement,
    money_in,
    resident,
)
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
MARCH, CLOSED = datetime(2026, 3, 1, 3, tzinfo=UTC), datetime(2026, 3, 11, 3, tzinfo=UTC)
MOST = 12  # statements of a signed-in page


@pytest.fixture(autouse=True)
def _in_march(people):
    with clock.at(MARCH):
        yield


def as_(name: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=name), backend="bermitra.foundation.accounts.sign_in.NameOrPhone")
    session = client.session
    session[SECOND_FACTOR_SEEN] = True
    session.save()
    return client


def confirmed(name: str, path: str) -> Client:
    """Signed in, with the password asked for again as a weighty act wants it."""
    person = Person.objects.get(username=name)
    person.set_password(PASSWORD)
    person.save()
    client = as_(name)
    asked = client.get(path)
    assert asked["Location"].startswith("/masuk/lagi/")
    client.post(asked["Location"], {"password": PASSWORD})
    return client


def send(client: Client, path: str, **typed):
    """Fetch the form for its key, then send it."""
    page = client.get(path)
    assert page.status_code == 200, page.status_code
    along = dict(re.findall(r'<input type="hidden" name="(_key|seen)" value="([^"]*)"', page.content.decode()))
    return client.post(path, {**along, **typed})


def to(name: str, code: str) -> str:
    return reverse(name, kwargs={"code": code})


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def picture(shade: int = 0) -> SimpleUploadedFile:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, 80, 80)).save(held, "JPEG")
    return SimpleUploadedFile("kuitansi.jpg", held.getvalue(), content_type="image/jpeg")


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


# Who gets in ---------------------------------------------------------------------------------------------------------


def test_every_page_is_of_those_concerned_and_asks_few_statements(people) -> None:
    plan = an_adopted_plan(people)
    agreement = plan.agreement
    actions.post_entry(by=people.by("bendahara"), **money_in(agreement))
    training = a_training(people, agreement)
    actions.announce_training(by=people.by("sekdes"), training=training, **announcement())
    actions.apply_for_training(
        by=people.by("kadus"), training=training, people=[resident(f"Warga {n}") for n in range(8)]
    )
    due, entry = Due.objects.first(), LedgerEntry.objects.get()
    actions.submit_evidence(
        by=people.by("mitra"), due=Due.objects.filter(obligation__party="two").first(), text="Sudah"
    )
    pages = [
        ("page.plan", plan.code), ("page.activity", plan.activities.first().code), ("page.obligations", agreement.code),
        ("page.due", due.code), ("page.due", Due.objects.get(state="evidence_submitted").code),
        ("page.ledger", agreement.code), ("page.entry", entry.code), ("page.agreement_trainings", agreement.code),
        ("page.training", training.code), ("page.training_file", training.code),
        ("delivery.record_progress", plan.activities.first().code), ("delivery.submit_evidence", due.code),
        ("delivery.plan_training", agreement.code), ("delivery.record_attendance", training.code),
        ("delivery.complete_training", training.code), ("delivery.issue_certificate", training.code),
        ("delivery.allocate_seats", training.code), ("delivery.close_enrolment", training.code),
    ]  # fmt: skip
    mine, foreign = as_("sekdes"), as_("sekdes.asing")
    for name, code in pages:
        assert statements(mine, to(name, code)) <= MOST, name
        assert foreign.get(to(name, code)).status_code == 404, name
        assert as_("warga").get(to(name, code)).status_code == 403, name
        assert Client().get(to(name, code)).status_code == 302, name


@pytest.mark.parametrize(
    "name", ["page.obligations", "page.ledger", "page.agreement_trainings", "page.goods_handovers", "page.plan"]
)
def test_every_list_of_a_partnership_leads_back_to_it(people, name) -> None:
    plan = an_adopted_plan(people)
    page = as_("sekdes").get(to(name, plan.code if name == "page.plan" else plan.agreement.code))
    way = words(page).partition("<main")[2].partition("<h1")[0]
    assert page.status_code == 200 and f'href="{to("page.case", plan.agreement.case.code)}"' in way, way


def test_the_books_of_money_are_not_for_the_district_and_names_not_for_the_auditor(people) -> None:
    plan = an_adopted_plan(people)
    training = a_training(people, plan.agreement)
    assert as_("camat").get(to("page.plan", plan.code)).status_code == 200
    assert as_("camat").get(to("page.ledger", plan.agreement.code)).status_code == 403
    assert as_("inspektorat").get(to("page.ledger", plan.agreement.code)).status_code == 200
    assert as_("inspektorat").get(to("page.training_file", training.code)).status_code == 403


# The plan ------------------------------------------------------------------------------------------------------------


def test_a_plan_is_begun_from_the_case_or_the_agreement(people) -> None:
    agreement = an_agreement(people)
    client, path = as_("sekdes"), to("delivery.draft_plan", agreement.case.code)
    answer = send(client, path)
    plan = Plan.objects.get()
    assert answer["Location"] == to("page.plan", plan.code)
    assert client.get(to("delivery.draft_plan", agreement.code))["Location"] == to("page.plan", plan.code)


def test_an_activity_is_written_in_three_pages_of_few_questions(people) -> None:
    plan, client = a_plan(people), as_("operator")
    path = to("delivery.set_activity", plan.code)
    typed = {
        "title": "Sekolah lapang",
        "theme": "potential",
        "output": "petani terlatih",
        "target": "120",
        "unit": "orang",
    }
    wrong = send(client, path, **{**typed, "target": "banyak"})
    assert wrong.status_code == 422
    assert "bukan bilangan bulat" in words(wrong)
    send(client, path, **typed, duties=["1", "2"])
    activity = Activity.objects.get()
    assert [each.number for each in activity.obligations.all()] == [1, 2]
    path = to("delivery.schedule_activity", activity.code)
    typed = {
        "starts": "1 Februari 2026",
        "ends": "2026-11-30",
        "lead_village": "Kaur Umum",
        "lead_partner": "Ketua tim",
    }
    assert send(client, path, **{**typed, "ends": "1 Januari 2026"}).status_code == 422
    assert send(client, path, **typed).status_code == 302
    path = to("delivery.fund_activity", activity.code)
    assert send(client, path, cost="30 juta", line_1="20.000.000", line_3="10 juta").status_code == 302
    activity.refresh_from_db()
    assert (activity.starts, activity.cost) == (date(2026, 2, 1), 30_000_000)
    assert dict(activity.funding.values_list("line__number", "amount")) == {1: 20_000_000, 3: 10_000_000}
    changed = send(client, f"{to('delivery.set_activity', plan.code)}?ubah={activity.code}", title="Baru", theme="culture",
                   output="x", target="1", unit="kali")  # fmt: skip
    assert changed.status_code == 302
    assert Activity.objects.get().title == "Baru"


HEADER = (
    "Kegiatan;Tema;Hasil;Satuan;Target;Tempat;Mulai;Selesai;Pelaksana desa;Pelaksana mitra;Biaya;Kewajiban;Sumber dana"
)
ROW = "Petak contoh;Potensi desa berkembang;petak;petak;2;Krajan;1/2/2026;30/6/2026;Kaur Umum;Ketua tim;30 juta;1;1: 20 juta; 3: 10 juta"


def _table(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("kegiatan.csv", "\n".join([HEADER, *rows]).encode())


def test_activities_come_from_a_table_all_or_none(people) -> None:
    plan, client = a_plan(people), as_("sekdes")
    path = to("delivery.import_activities", plan.code)
    quoted = ROW.replace("1: 20 juta; 3: 10 juta", '"1: 20 juta; 3: 10 juta"')
    wrong = send(client, path, table=_table(quoted, quoted.replace(";1;", ";7;")))
    assert wrong.status_code == 422
    assert "Baris 3: Tidak ada kewajiban nomor 7" in words(wrong)
    assert not Activity.objects.exists()
    assert send(client, path, table=_table(quoted, quoted)).status_code == 302
    assert Activity.objects.count() == 2
    assert plan.activities.first().funding.count() == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nama;umur\nx;1\n", "Kolom kegiatan tidak ada"),
        (b"", "tidak berisi baris"),
        (b"%PDF-1.4", "bukan tabel"),
        (b"x" * 600_000, "500 kB"),
        (HEADER.encode(), "tidak berisi baris"),
        (HEADER.encode() + b"\n;;\n", "belum berisi baris"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_a_sentence(people, content, said) -> None:
    plan, client = a_plan(people), as_("sekdes")
    answer = send(client, to("delivery.import_activities", plan.code), table=SimpleUploadedFile("t.csv", content))
    assert answer.status_code == 422
    assert said in words(answer)


def test_what_is_missing_stands_on_the_plan_before_anybody_adopts(people) -> None:
    plan = a_plan(people)
    an_activity(people, plan, 1, cost=5_000_000, funding={1: 4_000_000})
    page = words(as_("kades").get(to("page.plan", plan.code)))
    assert all(code in page for code in ("DV-02", "DV-03", "DV-06"))
    assert to("delivery.record_plan_meeting", plan.code) in page
    assert "Rp 1.000.000" in page  # the difference under the table
    path = to("delivery.adopt_plan", plan.code)
    answer = send(confirmed("kades", path), path)
    assert answer.status_code == 409
    assert "DV-02" in words(answer)


def test_both_sides_adopt_on_their_pages_and_the_paper_is_issued(people) -> None:
    plan = a_whole_plan(people)
    path = to("delivery.adopt_plan", plan.code)
    send(confirmed("kades", path), path)
    assert not Paper.objects.filter(kind="work_plan").exists()
    assert send(confirmed("mitra.direktur", path), path).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.version) == ("adopted", 1)
    paper = Paper.objects.get(kind="work_plan")
    assert as_("camat").get(to("page.plan_pdf", plan.code)).content[:5] == b"%PDF-"
    assert "Sutrisno Hadi" in str(paper.source)
    assert "Direktur Fakultas Pertanian Contoh" in str(paper.source)


def test_progress_is_noted_with_a_photo_and_not_ahead_of_its_day(people) -> None:
    activity = an_adopted_plan(people).activities.first()
    client, path = as_("mitra"), to("delivery.record_progress", activity.code)
    assert send(client, path, on="1 April 2026", percent="40", done="1").status_code == 422
    assert send(client, path, on="1 Maret 2026", percent="140").status_code == 422
    assert send(client, path, on="1 Maret 2026", percent="40", done="1", photo=picture()).status_code == 302
    note = Progress.objects.get()
    assert (note.percent, note.party, note.photo is not None) == (40, "two", True)
    assert "40%" in words(as_("kades").get(to("page.plan", activity.plan.code)))


# Promises ------------------------------------------------------------------------------------------------------------


def test_evidence_goes_over_and_comes_back_with_a_reason(people) -> None:
    plan = an_adopted_plan(people)
    due = queries.dues_of(plan.agreement).filter(obligation__party="two")[0]
    assert send(as_("mitra"), to("delivery.submit_evidence", due.code), text="").status_code == 422
    send(as_("mitra"), to("delivery.submit_evidence", due.code), text="Hadir semua", file=picture())
    assert as_("anggota.bpd").get(to("page.evidence_file", due.code))["Content-Type"] == "image/jpeg"
    assert send(as_("mitra"), to("delivery.verify_evidence", due.code)).status_code == 409
    send(as_("sekdes"), to("delivery.return_evidence", due.code), text="Daftar hadir belum ada")
    assert "Daftar hadir belum ada" in words(as_("mitra").get(to("page.due", due.code)))
    due.refresh_from_db()
    assert due.state == "open"


def test_a_late_promise_says_by_how_many_days(people) -> None:
    due = queries.dues_of(an_adopted_plan(people).agreement).get(obligation__number=1)
    with clock.at(datetime(2026, 7, 3, 3, tzinfo=UTC)):
        assert "Terlambat 3 hari." in words(as_("kades").get(to("page.due", due.code)))


# Money ---------------------------------------------------------------------------------------------------------------


def test_money_is_written_down_with_its_receipt_and_shows_by_source(people) -> None:
    plan = an_adopted_plan(people)
    path = f"{to('delivery.post_entry', plan.agreement.code)}?jenis=receipt"
    client = confirmed("bendahara", path)
    typed = {"on": "1 Maret 2026", "text": "Tahap satu", "amount": "5 juta", "source": "1", "budget_code": "4.3.2"}
    assert send(client, path, **typed).status_code == 422  # no receipt
    assert send(client, path, **{**typed, "source": "3", "receipt": picture()}).status_code == 422  # goods are no cash
    answer = send(client, path, **typed, receipt=picture(), receipt_number="KW-1")
    entry = LedgerEntry.objects.get()
    assert answer["Location"] == to("page.entry", entry.code)
    shown = words(client.get(to("page.entry", entry.code)))
    assert "Kas: Rekening Kas Desa" in shown and "Sumber: Dana Desa" in shown
    assert "kas:rkd" not in shown
    assert client.get(to("page.receipt_file", entry.code))["Content-Type"] == "image/jpeg"
    assert "Rp 5.000.000" in words(client.get(to("page.ledger", plan.agreement.code)))
    again = send(client, path, **typed, receipt=picture())
    assert again.status_code == 409
    assert "DV-10" in words(again)


def test_money_ahead_of_the_budget_is_held_until_its_change_is_written_down(people) -> None:
    plan = an_adopted_plan(people)
    path = f"{to('delivery.post_entry', plan.agreement.code)}?jenis=receipt"
    client = confirmed("bendahara", path)
    typed = {"on": "1 Maret 2026", "text": "Tahap satu", "amount": "5 juta", "source": "1", "budget_code": "4.3.2"}
    send(client, path, **typed, before_budget="on", receipt=picture())
    entry = LedgerEntry.objects.get()
    assert "Menunggu perubahan APB Desa" in words(client.get(to("page.entry", entry.code)))
    assert "belum tercantum dalam APB Desa: Rp 5.000.000" in words(client.get(to("page.ledger", plan.agreement.code)))
    change = to("delivery.record_budget_change", entry.code)
    assert change in words(client.get(to("page.entry", entry.code)))
    typed = {"kind": "perdes", "number": "4 Tahun 2026", "dated": "2 Januari 2099"}
    assert send(client, change, **typed).status_code == 422  # not ahead of its day
    assert send(client, change, **{**typed, "dated": "1 Maret 2026"}).status_code == 302
    shown = words(client.get(to("page.entry", entry.code)))
    assert "Perubahan APB Desa Nomor 4 Tahun 2026 tanggal 1 Maret 2026" in shown and change not in shown


def test_a_long_book_and_many_promises_are_read_on_from_the_last_row(people) -> None:
    agreement = an_agreement(people)
    Obligation.objects.filter(number=2).update(period="setiap bulan", due_on=STARTS)
    Obligation.objects.create(
        agreement=agreement, number=4, party="one", kind="duty", text="rapat", period="tiap bulan"
    )
    plan = a_whole_plan(people, agreement)
    an_activity(people, plan, 4, title="Rapat bulanan")
    makers.adopted(people, "kades", plan)
    makers.adopted(people, "mitra.direktur", plan)
    for number in range(PAGE + 1):
        actions.post_entry(by=people.by("bendahara"), **money_in(agreement, 100, receipt=f"{number}"))
    for name, of_row in (("page.ledger", "/kerja/catatan-uang/"), ("page.obligations", "/kerja/kewajiban/")):
        client, path = as_("bendahara"), to(name, agreement.code)
        first = words(client.get(path))
        rest = words(client.get(path + re.search(r'rel="next" href="([^"]+)"', first)[1]))
        shown = [re.findall(rf'href="{of_row}([^/]+)/"', page) for page in (first, rest)]
        assert len(shown[0]) == PAGE
        assert not set(shown[0]) & set(shown[1])
        assert "rel=" not in rest.split("<main")[1].split("</main")[0]
        whole = LedgerEntry.objects.count() if name == "page.ledger" else Due.objects.count()
        assert len(shown[0] + shown[1]) == whole


def test_a_proposal_is_confirmed_or_refused_by_a_second_person(people) -> None:
    plan = an_adopted_plan(people)
    path = f"{to('delivery.propose_entry', plan.agreement.code)}?jenis=spending"
    typed = {"on": "1 Maret 2026", "text": "Bibit", "amount": "45 juta", "source": "1", "use": "1"}
    for shade in (1, 2):
        assert send(as_("operator"), path, **typed, receipt=picture(shade)).status_code == 302
    first, second = LedgerEntry.objects.order_by("number")
    confirm = to("delivery.confirm_entry", first.code)
    assert send(confirmed("sekdes", confirm), confirm).status_code == 302
    assert send(as_("bendahara"), to("delivery.refuse_entry", second.code), reason="").status_code == 422
    assert send(as_("bendahara"), to("delivery.refuse_entry", second.code), reason="Kuitansi kabur").status_code == 302
    assert queries.money_of(plan.agreement).spent == 45_000_000
    counter = to("delivery.counter_entry", first.code)
    sent = send(confirmed("bendahara", counter), counter, reason="Salah sumber")
    assert sent.status_code == 302
    assert queries.money_of(plan.agreement).spent == 45_000_000  # it took two people, and takes two to take back
    page = words(as_("bendahara").get(to("page.entry", first.code)))
    assert "menunggu orang kedua" in page and counter not in page
    again = to("delivery.confirm_entry", LedgerEntry.objects.get(counter_of=first).code)
    assert again in words(as_("sekdes").get(sent["Location"]))
    assert send(confirmed("sekdes", again), again).status_code == 302
    assert queries.money_of(plan.agreement).spent == 0


def test_money_after_the_term_is_booked_once_its_reason_is_written(people) -> None:
    agreement = an_agreement(people)
    with clock.at(datetime(2026, 3, 2, 3, tzinfo=UTC)):
        path = f"{to('delivery.post_entry', agreement.code)}?jenis=receipt"
        typed = {
            "on": "30 Desember 2025",
            "text": "Tahap satu",
            "amount": "5 juta",
            "source": "1",
            "budget_code": "4.2.1",
        }
        client = confirmed("bendahara", path)
        assert 'name="reason"' not in words(client.get(path))
        asked = send(client, path, **typed, receipt=picture())
        assert asked.status_code == 409
        assert "DV-32" in words(asked) and 'name="reason"' in words(asked) and "Tahap satu" in words(asked)
        assert send(client, path, **typed, receipt=picture(), reason="Dibayar lebih awal.").status_code == 302
    assert LedgerEntry.objects.get().reason == "Dibayar lebih awal."


def test_the_page_that_adopts_a_plan_shows_it_and_shows_it_anew_where_it_changed(people) -> None:
    plan = a_whole_plan(people)
    path = to("delivery.adopt_plan", plan.code)
    client = confirmed("kades", path)
    assert "Petak contoh" in words(client.get(path))
    old = queries.plan_hash(plan)
    an_activity(people, plan, 1, title="Kegiatan tambahan")
    answer = send(client, path, seen=old)
    assert answer.status_code == 409
    assert "DV-30" in words(answer) and "Kegiatan tambahan" in words(answer)
    new = queries.plan_hash(Plan.objects.get())
    assert f'name="seen" value="{new}"' in words(answer)
    assert send(client, path, seen=new).status_code == 302


def test_the_book_goes_out_whole_as_a_spreadsheet(people) -> None:
    agreement = an_agreement(people)
    entry = actions.post_entry(by=people.by("bendahara"), **money_in(agreement, text="=1+1"))
    actions.counter_entry(by=people.by("bendahara"), entry=entry, reason="Salah")
    answer = as_("bpd").get(to("page.ledger_xlsx", agreement.code))
    rows = list(open_table("b.xlsx", b"".join(answer.streaming_content)).rows)
    assert [row[10] for row in rows] == ["5000000", "-5000000"]
    assert rows[0][4] == "=1+1"  # a text, never a formula


# Training ------------------------------------------------------------------------------------------------------------


def test_a_training_from_its_first_page_to_the_certificate(people) -> None:
    agreement = an_adopted_plan(people).agreement
    client = as_("sekdes")
    typed = {"title": "Pangkas kopi", "need_basis": "Panen turun", "competency": "memangkas", "provider": "Fakultas"}
    assert send(client, to("delivery.plan_training", agreement.code), **typed, hours="16", seats="0").status_code == 422
    send(client, to("delivery.plan_training", agreement.code), **typed, hours="16", seats="2", use="2")
    training = Training.objects.get()
    announce = to("delivery.announce_training", training.code)
    words_of = {"criteria": "Petani kopi", "quota": "none", "hamlets": "Krajan: rumah kadus\nDhuwur: pos ronda",
                "hamlets_of_village": "2", "closes_on": "10 Maret 2026"}  # fmt: skip
    assert send(client, announce, **words_of).status_code == 409  # no place, no days
    send(client, to("delivery.schedule_training", training.code), place="Balai", starts="20/3/2026", ends="21/3/2026")
    assert send(client, announce, **{**words_of, "quota": "some"}).status_code == 422
    assert send(client, announce, **{**words_of, "hamlets": "Krajan"}).status_code == 422
    assert send(client, announce, **words_of).status_code == 302

    clerk, apply = as_("operator"), to("delivery.apply_for_training", training.code)
    assert send(clerk, apply, name="Tarmi", sex="P", hamlet="Krajan", poor="on").status_code == 302
    assert send(clerk, apply, name="tarmi", sex="P", hamlet="Krajan").status_code == 409
    table = SimpleUploadedFile("warga.csv", b"nama,l/p,dusun\nKarso,L,Dhuwur\nSarti,P,Krajan\n")
    assert send(clerk, f"{apply}?cara=tabel", table=table).status_code == 302
    assert training.applicants.count() == 3

    assert Client().get(to("page.draw", training.code)).status_code == 404  # nothing is published yet
    with clock.at(CLOSED):
        assert send(client, to("delivery.close_enrolment", training.code)).status_code == 302
        training.refresh_from_db()
        listed = Client().get(to("page.draw_list", training.code)).content.decode()
        assert draw.list_hash(listed.split()) == training.list_hash
        seats = to("delivery.allocate_seats", training.code)
        seed = {"means": "dadu", "seed": "3152 6641 2354 1126", "witness_one": "Paijo", "witness_two": "Sarinem"}
        assert send(client, seats, **{**seed, "seed": "3152"}).status_code == 422
        assert send(client, seats, **{**seed, "witness_two": "paijo"}).status_code == 409
        assert send(client, seats, **seed).status_code == 302
    public = words(Client().get(to("page.draw", training.code)))
    assert Draw.objects.get().seed in public
    assert not any(name in public for name in ("Tarmi", "Karso", "Sarti", "Paijo", "Sarinem"))

    seated = list(training.applicants.filter(state="seated"))
    sheet = send(client, to("delivery.issue_sheet", training.code))
    assert client.get(sheet["Location"]).content[:5] == b"%PDF-"
    with clock.at(datetime(2026, 3, 22, 3, tzinfo=UTC)):
        days = to("delivery.record_attendance", training.code)
        for day in ("20/3/2026", "21/3/2026"):
            sent = send(client, days, on=day, hours="8", topic="Pangkas", present=[each.code for each in seated])
            assert sent.status_code == 302
        send(client, to("delivery.complete_training", training.code))
        issue = to("delivery.issue_certificate", training.code)
        assert send(client, issue).status_code == 422
        assert send(client, issue, people=[each.code for each in seated]).status_code == 302
    assert Certificate.objects.count() == 2
    found = client.get(to("page.certificate", seated[0].code))
    assert found.content[:5] == b"%PDF-"
    assert as_("sekdes.asing").get(to("page.certificate", seated[0].code)).status_code == 404
    answer = client.get(to("page.attendance_xlsx", training.code))
    rows = list(open_table("h.xlsx", b"".join(answer.streaming_content)).rows)
    assert [row[-1] for row in rows] == ["100", "100"]


def test_who_is_poor_is_shown_to_nobody(people) -> None:
    training = a_training(people, an_agreement(people))
    actions.announce_training(by=people.by("sekdes"), training=training, **announcement())
    actions.apply_for_training(by=people.by("kadus"), training=training, people=[resident("Tarmi", poor=True)])
    client = as_("sekdes")
    for name in ("page.training", "page.training_file"):
        assert "miskin" not in words(client.get(to(name, training.code))).casefold()


# Papers --------------------------------------------------------------------------------------------------------------


def test_the_plan_on_paper_says_what_was_adopted(people) -> None:
    plan = an_adopted_plan(people)
    said = str(compose(letters.plan_document(plan, date(2026, 3, 1), ""), Issued("0123456789ABC"))).replace(
        "\\xa0", " "
    )
    for each in (
        "Petak contoh",
        "Rp 80.000.000",
        "25 perempuan, 20 laki-laki",
        "Kaur Umum",
        "01/PKS/2026",
        "Sutrisno Hadi",
    ):
        assert each in said, each
