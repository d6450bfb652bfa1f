"""The pages of a Musyawarah as a browser without scripts sends them."""

import re
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from bermitra.deliberation.models import ConsentProcess, Decision, Invitee, Meeting, ReadyText
from bermitra.deliberation.queries import signatures_hash
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.compose import words
from bermitra.foundation.documents.models import Paper
from tests.deliberation import makers
from tests.deliberation.makers import DAY, on
from tests.foundation.documents.said import says_the_same_in_each_form, tight, typed_out
from tests.people import OURS, PASSWORD

pytestmark = pytest.mark.django_db


def as_(name: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=name), backend="bermitra.foundation.accounts.sign_in.NameOrPhone")
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
    return client.post(path, {**hidden(page), **typed})


def hidden(page) -> dict[str, str]:
    """What a form sends along by itself: its key, and the hash of what it shows."""
    return dict(re.findall(r'<input type="hidden" name="(_key|seen)" value="([^"]*)"', page.content.decode()))


def to(name: str, *args) -> str:
    return reverse(name, args=args)


PERSON = {"name": "Tarmi", "sex": "P", "hamlet": "Wetan", "elements": ["women", "poor"], "poor": "on"}


def test_the_standing_list_is_written_one_by_one_or_copied_from_a_sheet(people):
    client = as_("operator")
    assert send(client, to("deliberation.list_invitees"), **PERSON)["Location"] == to("page.invitees")
    lines = "Karso; L; Dhuwur; Wakil dusun, RW, dan RT; \nPaijo\tL\tKulon\tfarmers, affected\t"
    page = send(client, to("deliberation.paste_invitees"), lines=lines)
    assert page.status_code == 422
    assert "Baris 1" in page.content.decode()  # an element's own comma is no separator here
    lines = "Karso; L; Dhuwur; hamlets\nPaijo\tL\tKulon\tKelompok tani, affected\t\n\nSiti;P;Kulon;women;miskin"
    assert send(client, to("deliberation.paste_invitees"), lines=lines).status_code == 302
    assert list(Invitee.objects.order_by("pk").values_list("name", "poor")) == [
        ("Tarmi", True), ("Karso", False), ("Paijo", False), ("Siti", True),
    ]  # fmt: skip
    page = client.get(to("page.invitees")).content.decode()
    assert "rumah tangga miskin" in page
    gone = Invitee.objects.get(name="Siti")
    send(client, to("deliberation.retire_invitee", gone.code))
    assert not Invitee.objects.get(pk=gone.pk).active


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Karso; L; Dhuwur", "belum lengkap"),
        ("Karso; X; Dhuwur; hamlets", "bukan L atau P"),
        ("Karso; L; Dhuwur; petinggi", "tidak dikenal"),
        ("Karso; L; ; hamlets", "Baris 1"),
        ("; L; Dhuwur; hamlets", "Baris 1"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_taken(people, line, says):
    page = send(as_("sekdes"), to("deliberation.paste_invitees"), lines=f"{line}\nPaijo; L; Kulon; farmers")
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not Invitee.objects.exists()


def test_nobody_but_the_villages_clerks_sees_who_is_poor(people):
    makers.with_invitees(people)
    for who in ("kades", "warga", "anggota.bpd"):
        assert as_(who).get(to("page.invitees")).status_code == 403
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    page = as_("anggota.bpd").get(to("page.attendance", meeting.code)).content.decode()
    assert "Tarmi" in page
    assert "miskin" not in page
    assert "Masyarakat miskin" in as_("sekdes").get(to("page.attendance", meeting.code)).content.decode()


def test_a_meeting_is_planned_and_shown_with_what_is_still_missing(people):
    client = as_("operator")
    typed = {
        "topic": "Prioritas 2026",
        "kind": "planned",
        "held_on": "2 Maret 2026",
        "starts": "9.30",
        "place": "Balai Desa",
    }
    bad = send(client, to("deliberation.plan"), **{**typed, "starts": "9.75"})
    assert bad.status_code == 422
    assert "tidak ada" in bad.content.decode()
    sent = send(client, to("deliberation.plan"), **typed)
    meeting = Meeting.objects.get()
    assert sent["Location"] == to("page.meeting", meeting.code)
    page = as_("bpd").get(sent["Location"]).content.decode()
    assert "DB-03" in page
    assert "DB-27" in page
    assert to("deliberation.invite", meeting.code) in page
    assert to("deliberation.invite", meeting.code) not in client.get(sent["Location"]).content.decode()
    send(
        client, to("deliberation.table_text", meeting.code), title="Jalan tani", text="Menyetujui jalan tani 400 meter."
    )
    assert meeting.subjects.get().text_hash


def test_a_text_that_waits_is_chosen_and_goes_on_the_agenda_with_its_hash(people):
    ready = ReadyText.objects.create(
        code="ABCDEFGHJK", village_id=OURS, kind="cooperation", title="Lembar sekolah lapang", text_hash="a" * 64,
        offered_at=on(DAY - timedelta(days=20)),
    )  # fmt: skip
    meeting = makers.a_planned_meeting(people)
    client = as_("operator")
    assert ready.title in client.get(to("page.meetings")).content.decode()
    path = to("deliberation.table_text", meeting.code)
    assert send(client, path, ready="", title="", text="").status_code == 422
    assert send(client, path, ready=ready.code, title="", text="").status_code == 302
    subject = meeting.subjects.get()
    assert (subject.code, subject.kind, subject.text_hash) == (ready.code, "cooperation", "a" * 64)
    assert ready.title not in client.get(to("page.meetings")).content.decode()


def test_an_invitation_that_lacks_elements_answers_with_the_rule_and_makes_no_paper(people):
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    page = send(as_("bpd"), to("deliberation.invite", meeting.code), number="005/1", invited_on="20 Februari 2026")
    assert page.status_code == 409
    assert "DB-03" in page.content.decode()
    assert not Paper.objects.exists()


def test_a_late_invitation_is_asked_for_its_reason_and_one_after_the_session_is_a_slip(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    chair, path = as_("bpd"), to("deliberation.invite", meeting.code)
    slip = send(chair, path, number="005/1", invited_on="3 Maret 2026")
    assert (slip.status_code, "sesudah hari sidang" in slip.content.decode()) == (422, True)
    late = send(chair, path, number="005/1", invited_on="27 Februari 2026")
    assert (late.status_code, "DB-02" in late.content.decode()) == (409, True)
    assert 'name="despite"' in late.content.decode()
    assert send(chair, path, number="005/1", invited_on="27 Februari 2026", despite="").status_code == 422
    why = "Jembatan putus selama sepekan."
    assert send(chair, path, number="005/1", invited_on="27 Februari 2026", despite=why).status_code == 302
    assert why in str(Paper.objects.get(kind="invitation").source)
    assert why in chair.get(to("page.meeting", meeting.code)).content.decode()


def test_a_sudden_meeting_without_a_reason_is_not_planned(people):
    typed = {
        "topic": "Tanggul jebol",
        "kind": "sudden",
        "held_on": "2 Maret 2026",
        "starts": "9.30",
        "place": "Balai Desa",
    }
    page = send(as_("operator"), to("deliberation.plan"), **typed)
    assert (page.status_code, "mengapa musyawarah mendadak" in page.content.decode()) == (422, True)
    why = "Air masuk ke tiga dusun."
    assert send(as_("operator"), to("deliberation.plan"), **typed, sudden_because=why).status_code == 302
    assert Meeting.objects.get().sudden_because == why


def test_the_invitation_becomes_a_paper_that_can_be_printed(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    send(as_("bpd"), to("deliberation.invite", meeting.code), number="005/1", invited_on="20 Februari 2026")
    for kind in ("invitation", "attendance_sheet"):
        answer = as_("kadus").get(to("page.minutes_print", meeting.code, kind))
        assert answer["Content-Type"] == "application/pdf"
        tree = Paper.objects.get(kind=kind).source
        says_the_same_in_each_form(tree)
        word = as_("kadus").get(to("page.minutes_print", meeting.code, kind), {"bentuk": "word"})
        assert tight(typed_out(word.content)) == tight("".join(words(tree)))
    assert "bentuk=word" in as_("kadus").get(to("page.meeting", meeting.code)).content.decode()
    assert to("page.minutes_print", meeting.code, "attendance_sheet") in (
        as_("kadus").get(to("page.attendance", meeting.code)).content.decode()
    )
    assert as_("kadus").get(to("page.minutes_print", meeting.code, "minutes")).status_code == 404


def test_the_whole_session_by_its_pages(people):
    meeting = makers.an_invited_meeting(people)
    chair, clerk = as_("bpd"), as_("operator")
    codes = list(meeting.attendees.values_list("code", flat=True))
    send(
        clerk,
        to("deliberation.record_attendance", meeting.code),
        signed=codes[1:],
        thumbs=codes[:1],
        helper="Wulan Pratiwi",
    )
    guest = {**PERSON, "name": "Dekan", "hamlet": "", "elements": [], "observer": "on", "mark": "paper"}
    send(clerk, to("deliberation.add_attendee", meeting.code), **guest)
    names = {"chair": "Darsini", "minute_taker": "Wulan Pratiwi"}
    with clock.at(on(DAY)):
        assert send(chair, to("deliberation.open_session", meeting.code), **names).status_code == 302
        for topic in range(1, 10):
            send(clerk, to("deliberation.answer_topic", meeting.code, topic), answer="Dibahas.")
        path = chair.get(to("deliberation.record_decision", meeting.code))["Location"]
        assert "9 orang" in chair.get(path).content.decode()
        seen = meeting.subjects.get().text_hash
        assert send(chair, path, seen=seen, result="agreed", way="consensus").status_code == 422
        assert (
            send(chair, path, seen=seen, result="agreed", way="secret", said="").status_code == 422
        )  # not about a person
        asks = send(chair, path, seen=seen, result="agreed", way="hands", said="Tanpa jaminan.\nDua dusun.")
        page = asks.content.decode()
        assert (asks.status_code, 'name="voters"' in page, 'name="approving"' in page) == (200, True, False)
        assert '<option value="Paijo">' in page
        assert '<option value="Darsini">' not in page  # presides
        assert '<option value="Dekan">' not in page  # observes
        first = {"seen": seen, "result": "agreed", "way": "hands", "said": "Tanpa jaminan.\nDua dusun."}
        votes = {
            "votes_for": "4", "votes_against": "4", "votes_abstain": "1", "votes_invalid": "0", "voters": "9",
            "counter_one": "Paijo", "counter_two": "Tarmi",
        }  # fmt: skip
        assert send(chair, path, **first, voters="9").status_code == 422
        tie = send(chair, path, **first, **votes)
        assert tie.status_code == 409
        assert 'name="despite"' in tie.content.decode()
        wrong = send(chair, path, **first, **{**votes, "votes_for": "7", "votes_against": "1", "voters": "8"})
        assert (wrong.status_code, "DB-12" in wrong.content.decode()) == (409, True)
        assert 'name="despite"' not in wrong.content.decode()
        assert send(chair, path, **first, **{**votes, "votes_for": "7", "votes_against": "1"}).status_code == 302
    assert Decision.objects.get().conditions == "Tanpa jaminan.\nDua dusun."
    assert "Dihitung Paijo dan Tarmi." in chair.get(to("page.meeting", meeting.code)).content.decode()
    with clock.at(on(DAY + timedelta(days=1))):
        draft = {
            "number": "BA-1",
            "dated": "3 Maret 2026",
            "ends": "12.10",
            "discussion": "Ramai.",
            "absence_reason": "",
        }
        send(clerk, to("deliberation.draft_minutes", meeting.code), **draft)
        path = to("deliberation.finalise_minutes", meeting.code)
        assert send(confirmed("bpd", path), path).status_code == 302
        path = to("deliberation.countersign", meeting.code)
        head = confirmed("kades", path)
        assert "BERITA ACARA" in head.get(path).content.decode()
        old = send(head, path, seen="0" * 64)
        assert (old.status_code, "DB-31" in old.content.decode()) == (409, True)
        assert "BERITA ACARA" in old.content.decode()
        send(head, path)
        path = to("deliberation.record_signed_sheet", meeting.code)
        assert "village_head" not in clerk.get(path).content.decode()
        key = re.search(r'name="_key" value="([^"]+)"', clerk.get(path).content.decode())[1]
        drawn = makers.the_drawn(Meeting.objects.get())
        typed = {"chair": "Darsini", "minute_taker": "Wulan Pratiwi", "residents": drawn, "_key": key}
        assert clerk.post(path, typed).status_code == 422
        clerk.post(path, {**typed, "sheet": SimpleUploadedFile("lembar.pdf", a_pdf(), "application/pdf")})
        held, chair = Meeting.objects.get(), as_("bpd")
        assert held.state == "objection_window"
        assert "dicatat oleh Bayu Nugroho dari lembar" in chair.get(to("page.meeting", meeting.code)).content.decode()
        send(as_("warga"), to("deliberation.object", meeting.code), name="Paijo", text="Lahan saya?")
        objection = held.objections.get()
        send(chair, to("deliberation.answer_objection", objection.code), answer="Tidak ikut.")
    with clock.at(on(DAY + timedelta(days=9))):
        path = to("deliberation.make_binding", meeting.code)
        binding = confirmed("bpd", path)
        page = binding.get(path).content.decode()
        assert "Sutrisno Hadi" in page  # by account
        told = page.partition("<main")[2]
        assert not any(name in told for name in ("Darsini", *drawn))  # read on the sheet, not copied
        scan = re.search(r'href="([^"]*/lembar/[^"]*)"', page)[1]
        assert binding.get(scan).content.startswith(b"%PDF")
        names = {"chair": "Darsini", "minute_taker": "Wulan Pratiwi"}
        names["resident"] = drawn[1]
        wrong = send(binding, path, **names, resident_2="Paimin")
        assert (wrong.status_code, "DB-30" in wrong.content.decode()) == (409, True)
        old = send(binding, path, **names, resident_2=drawn[0], seen="0" * 64)
        assert old.status_code == 409
        assert "DB-31" in old.content.decode()
        assert hidden(old)["seen"] == signatures_hash(held)
        send(binding, path, **names, resident_2=drawn[0])
    assert Meeting.objects.get().state == "binding"


def a_photo(shade: int) -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (60, 40), (shade, shade, shade)).save(made, "JPEG")
    return SimpleUploadedFile("daftar.jpg", made.getvalue(), "image/jpeg")


def test_photographs_of_the_signed_list_are_kept_and_seen_by_those_who_may(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    kadus, path = as_("kadus"), to("deliberation.keep_sheet", meeting.code)
    assert "session" not in re.findall(r'name="(\w+)"', kadus.get(path).content.decode())  # there was one session only
    assert send(kadus, path).status_code == 422
    assert send(kadus, path, sheet=a_photo(1), sheet_3=a_photo(2))["Location"] == to("page.attendance", meeting.code)
    again = send(kadus, path, sheet=a_photo(1))
    assert (again.status_code, meeting.sheets.count()) == (409, 2)
    assert "2 foto tersimpan" in kadus.get(to("page.attendance", meeting.code)).content.decode()
    page = as_("sekdes").get(to("page.attendance", meeting.code)).content.decode()
    scans = re.findall(r'href="([^"]*/lembar-hadir/[^"]*)"', page)
    assert len(scans) == 2
    assert as_("sekdes").get(scans[0])["Content-Type"] == "image/jpeg"
    assert kadus.get(scans[0]).status_code == 403
    assert as_("sekdes").get(scans[0].partition("=")[0] + "=" + "0" * 64).status_code == 404
    assert as_("sekdes.asing").get(scans[0]).status_code == 404


def test_law_E19_a_thumbprint_names_who_helped_on_its_page(people):
    meeting = makers.an_invited_meeting(people)
    clerk, code = as_("operator"), meeting.attendees.get(name="Tarmi").code
    path = to("deliberation.record_attendance", meeting.code)
    asked = send(clerk, path, thumbs=[code], helper="")
    assert asked["Location"] == to("page.attendance", meeting.code)
    assert "Pembantu belum ditulis" in clerk.get(asked["Location"]).content.decode()
    line = {"name": "Tarmi", "sex": "P", "hamlet": "Wetan", "elements": ["women", "poor"], "poor": "on"}
    send(clerk, to("deliberation.complete_attendee", code), **line, helped_by="Wulan Pratiwi")
    assert "dibantu Wulan Pratiwi" in clerk.get(asked["Location"]).content.decode()
    signer = meeting.attendees.get(name="Karso").code
    send(clerk, path, signed=[signer], thumbs=[code], helper="")
    assert meeting.attendees.get(name="Tarmi").helped_by == "Wulan Pratiwi"
    assert "helped_by" not in clerk.get(to("deliberation.complete_attendee", signer)).content.decode()


def a_pdf() -> bytes:
    made = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made)
    return made.getvalue()


def a_scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("berita-acara.pdf", a_pdf(), "application/pdf")


def test_a_subject_about_a_person_is_tabled_as_such_and_voted_on_in_secret(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    path = to("deliberation.table_text", meeting.code)
    send(as_("sekdes"), path, title="Pemilihan tim pelaksana", text="Tiga calon.", person="on")
    assert meeting.subjects.get().kind == "person"
    makers.opened(people, makers.invited(people, meeting))
    chair = as_("bpd")
    with clock.at(on(DAY, 5)):
        path = chair.get(to("deliberation.record_decision", meeting.code))["Location"]
        page = chair.get(path).content.decode()
        assert ('value="secret"' in page, 'value="hands"' in page) == (True, False)
        typed = {
            "seen": meeting.subjects.get().text_hash, "result": "agreed", "way": "secret", "said": "",
            "votes_for": "6", "votes_against": "2", "votes_abstain": "0",
            "votes_invalid": "1", "voters": "9", "counter_one": "Karso", "counter_two": "Paijo",
        }  # fmt: skip
        assert send(chair, path, **typed).status_code == 302
    decision = Decision.objects.get()
    assert (decision.secret, decision.ballot, decision.votes_invalid) == (True, "paper", 1)


def test_a_decision_sent_twice_counts_once(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    for number in (1, 2):
        makers.a_subject(people, meeting, kind="other", title=f"Pokok {number}")
    makers.opened(people, makers.invited(people, meeting))
    chair = as_("bpd")
    with clock.at(on(DAY, 5)):
        path = chair.get(to("deliberation.record_decision", meeting.code))["Location"]
        page = chair.get(path).content.decode()
        key, seen = (re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("_key", "seen"))
        typed = {"seen": seen, "result": "agreed", "way": "consensus", "approving": "9", "said": "", "_key": key}
        assert [chair.post(path, typed).status_code for _again in range(2)] == [302, 302]
    assert Decision.objects.count() == 1


def test_a_text_that_changed_under_the_open_page_is_not_decided_on_unread(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    makers.opened(people, makers.invited(people, meeting))
    chair = as_("bpd")
    with clock.at(on(DAY, 5)):
        path = chair.get(to("deliberation.record_decision", meeting.code))["Location"]
        seen = re.search(r'name="seen" value="([^"]+)"', chair.get(path).content.decode())[1]
        meeting.subjects.update(text="Tiga dusun.", text_hash="c" * 64)
        typed = {"result": "agreed", "way": "consensus", "approving": "9", "said": ""}
        answer = send(chair, path, seen=seen, **typed)
        page = answer.content.decode()
        assert (answer.status_code, "DB-71" in page, "Tiga dusun." in page) == (409, True, True)
        read = re.search(r'name="seen" value="([^"]+)"', page)[1]
        assert send(chair, path, seen=read, **typed).status_code == 302
    assert Decision.objects.get().text_hash == "c" * 64


def test_a_failed_quorum_by_its_pages(people):
    meeting = makers.an_invited_meeting(people)
    chair = as_("bpd")
    names = {"chair": "Darsini", "minute_taker": "Wulan Pratiwi"}
    refused = send(chair, to("deliberation.open_session", meeting.code), **names)
    assert refused.status_code == 409
    assert "2/3" in refused.content.decode()
    assert "3 jam" in chair.get(to("deliberation.postpone", meeting.code)).content.decode()
    send(chair, to("deliberation.postpone", meeting.code))
    send(chair, to("deliberation.adjourn", meeting.code), held_on="4 Maret 2026", starts="9.00")
    again = to("deliberation.open_second_session", meeting.code)
    assert send(chair, again, **names, held_on="9 Maret 2026").status_code == 409
    assert send(chair, again, **names, held_on="4 Maret 2026").status_code == 302
    assert "kuorum gagal" in chair.get(to("page.meeting", meeting.code)).content.decode()


PAGES = (
    "page.meeting",
    "page.attendance",
    "deliberation.record_attendance",
    "deliberation.invite",
    "deliberation.cancel",
)


@pytest.mark.parametrize("name", PAGES)
def test_a_foreign_meeting_does_not_exist_and_the_public_is_sent_to_sign_in(people, name):
    meeting = makers.an_invited_meeting(people)
    path = to(name, meeting.code)
    foreign = as_("sekdes.asing").get(path)
    assert foreign.status_code in (403, 404)
    assert (foreign.status_code == 403) == (name in ("deliberation.invite", "deliberation.cancel"))
    assert Client().get(path)["Location"].startswith("/masuk/")


@pytest.mark.parametrize("who", ["dinas", "camat", "bupati", "inspektorat"])
def test_offices_above_the_village_read_and_are_refused_every_act(people, who):
    meeting = makers.an_invited_meeting(people)
    client = as_(who)
    session = client.session
    session["second_factor_seen"] = True
    session.save()
    page = client.get(to("page.meeting", meeting.code))
    assert page.status_code == 200
    assert "Tindakan" not in page.content.decode()
    for door in (
        "deliberation.invite",
        "deliberation.record_decision",
        "deliberation.make_binding",
        "deliberation.annul",
    ):
        assert client.post(to(door, meeting.code)).status_code == 403


def test_an_example_says_so(people):
    meeting = makers.a_planned_meeting(people)
    Meeting.objects.update(example=True)
    assert "Contoh." in as_("bpd").get(to("page.meeting", meeting.code)).content.decode()


@pytest.mark.parametrize(
    "reached", ["planned", "invited", "in_session", "minutes_draft", "countersigning", "objection_window", "binding"]
)
def test_a_meetings_page_asks_the_database_little_at_every_stage(people, reached):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    steps = {
        "invited": makers.invited,
        "in_session": makers.opened,
        "minutes_draft": makers.decided,
        "countersigning": makers.with_minutes,
        "objection_window": makers.published,
        "binding": makers.bound,
    }
    for step in steps.values():
        if meeting.state == reached:
            break
        meeting = Meeting.objects.get(pk=step(people, Meeting.objects.get(pk=meeting.pk)).pk)
    assert meeting.state == reached
    client = as_("bpd")
    client.get(to("page.meeting", meeting.code))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(to("page.meeting", meeting.code)).status_code == 200
    assert len(asked) <= 12, "\n".join(q["sql"][:120] for q in asked)


def test_lists_do_not_ask_once_per_row(people):
    for week in range(4):
        makers.a_planned_meeting(people, DAY + timedelta(days=7 * week))
    makers.with_invitees(people)
    client = as_("bpd")
    for path in (to("page.meetings"), to("page.invitees"), to("page.consents")):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= 8, path


# Consent -------------------------------------------------------------------------------------------------------------


def test_consent_by_its_pages(people):
    chair = as_("bpd")
    typed = {"about": "abcd-efgh-jk", "title": "Kebun", "group": "Pekebun", "language": "bahasa Jawa"}
    with clock.at(on(date(2026, 6, 1))):
        send(chair, to("deliberation.begin_consent") + "?tentang=ABCDEFGHJK", **typed, informed_on="5 Januari 2026")
        process = ConsentProcess.objects.get()
        assert process.about == "ABCDEFGHJK"
        step = {
            "minutes_number": "BA-1",
            "minutes": "Tanya jawab.",
            "male": "10",
            "female": "1.012",
            "local_language": "on",
        }
        path = to("deliberation.record_consent_step", process.code)
        ahead = send(chair, path, number="1", held_on="2 Juni 2026", **step)
        assert ahead.status_code == 422
        assert "belum tiba" in ahead.content.decode()
        step = {**step, "scan": a_scan()}
        early = send(chair, path, number="1", held_on="7 Januari 2026", **step)
        assert early.status_code == 409
        assert "14 hari" in early.content.decode()
        step = {**step, "scan": a_scan()}
        assert send(chair, path, number="1", held_on="19 Januari 2026", **step).status_code == 302
        page = chair.get(to("page.consent", process.code)).content.decode()
        assert "1012 perempuan" in page
        assert as_("sekdes.asing").get(to("page.consent", process.code)).status_code == 404


def test_consent_is_given_on_its_page_with_the_password_asked_again(people):
    process = makers.a_given_consent(people, "ABCDEFGHJK")
    path = to("deliberation.give_consent", process.code)
    client = confirmed("bpd", path)
    typed = {"held_on": "1 April 2026", "minutes_number": "BA-7", "minutes": "x", "male": "1", "female": "1",
             "declared": ["affected_group", "local_language"], "scan": a_scan()}  # fmt: skip
    with clock.at(on(date(2026, 5, 1))):
        assert send(client, path, **typed).status_code == 409  # given already
    assert "Persetujuan diberikan" in client.get(to("page.consent", process.code)).content.decode()


def test_the_green_box_leads_on_and_never_to_a_refusal_or_an_ending(people):
    def box(path: str) -> str:
        found = re.search(r'<div class="next.*?href="([^"]+)"', as_("bpd").get(path).content.decode(), re.S)
        return found[1] if found else ""

    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    path = to("page.meeting", meeting.code)
    assert box(path) == to("deliberation.table_text", meeting.code)  # nothing to decide yet
    makers.a_subject(people, meeting)
    assert box(path) == to("deliberation.invite", meeting.code)
    makers.invited(people, meeting)
    assert box(path) == to("deliberation.record_attendance", meeting.code)  # no quorum yet
    makers.opened(people, meeting)
    makers.decided(people, meeting)
    assert box(path) == to("deliberation.draft_minutes", meeting.code)  # no number yet
    makers.bound(people, makers.published(people, makers.with_minutes(people, meeting)))
    assert box(path) == ""
    given = makers.a_given_consent(people, "ABCDEFGHJK")
    assert box(to("page.consent", given.code)) == ""
