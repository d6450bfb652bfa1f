"""Signs of trouble: worked out from what is kept, explained in the open, and never in anybody's way."""

from datetime import time, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from bermitra.deliberation import actions, letters, signs
from bermitra.deliberation.actions import Who
from bermitra.deliberation.models import Attendee, ConsentStep, Meeting, SignNote
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.registry.models import VillageProfile
from tests.deliberation import makers
from tests.deliberation.makers import DAY, on
from tests.deliberation.test_pages import as_, send, to
from tests.people import OURS

pytestmark = pytest.mark.django_db


def codes(meeting: Meeting) -> list[str]:
    return [each.code for each in signs.shown(Meeting.objects.get(pk=meeting.pk))]


def a_sheet(people, meeting: Meeting, what: bytes = b"lembar", session: int = 1):
    photo = files.put(what, media_type="image/jpeg", name="daftar.jpg")
    actions.keep_sheet(by=people.by("sekdes"), meeting=meeting, session=session, sheets=[photo])
    return StoredFile.objects.get(sha256=photo.sha256)


def decided(people, meeting: Meeting | None = None) -> Meeting:
    return makers.decided(people, makers.opened(people, meeting or makers.an_invited_meeting(people)))


def test_a_meeting_that_went_well_has_no_sign_and_one_that_decided_nothing_yet_has_none(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    Attendee.objects.update(sex="L")
    assert codes(meeting) == []
    Attendee.objects.filter(name="Darsini").update(sex="P")
    held = makers.published(people, makers.with_minutes(people, makers.decided(people, meeting)))
    assert codes(held) == []


def test_a_decision_that_was_written_down_before_the_end(people):
    held = decided(people)  # at one o'clock
    for ends, found in ((time(13, 0), []), (time(13, 1), ["before_end"])):
        actions.draft_minutes(by=people.by("sekdes"), meeting=held, ends=ends)
        assert codes(held) == found
    assert "pukul 13.00, sebelum musyawarah selesai pukul 13.01" in signs.shown(Meeting.objects.get())[0].says


def test_more_present_than_invited_and_than_adults(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    VillageProfile.objects.create(village_id=OURS, adults=9, updated_at=on(DAY), updated_by="system")
    with clock.at(on(DAY)):
        for name, observer in (("Sarwo", False), ("Dekan", True)):
            came = Who(name, "L", "Krajan", ("youth",))
            actions.add_attendee(by=people.by("sekdes"), meeting=meeting, who=came, observer=observer, mark="paper")
    held = makers.decided(people, meeting)
    assert codes(held) == ["more_than_invited", "more_than_adults"]
    assert [each.says for each in signs.shown(held)] == [
        "Yang hadir 10 orang, lebih banyak daripada 9 undangan.",
        "Yang hadir 10 orang, lebih banyak daripada 9 penduduk dewasa desa.",
    ]
    VillageProfile.objects.update(adults=None)
    assert codes(held) == ["more_than_invited"]


def test_nobody_poor_and_no_woman_among_those_who_decided(people):
    meeting = makers.an_invited_meeting(people)
    Attendee.objects.filter(name="Tarmi").update(poor=False)
    held = decided(people, meeting)
    assert codes(held) == []  # she speaks for the poor
    Attendee.objects.filter(name="Tarmi").update(elements=["women"])
    assert codes(held) == ["no_poor"]
    Attendee.objects.filter(name="Karso").update(poor=True)
    Attendee.objects.update(sex="L")
    assert codes(held) == ["no_women"]


def test_one_photograph_for_two_meetings_is_a_sign_on_both_and_two_for_one_is_none(people):
    first = makers.an_invited_meeting(people)
    a_sheet(people, first)
    a_sheet(people, first, b"halaman dua")
    second = makers.an_invited_meeting(people, DAY + timedelta(days=14))
    a_sheet(people, second, b"lembar lain")
    first, second = decided(people, first), decided(people, second)
    assert (codes(first), codes(second)) == ([], [])
    a_sheet(people, second)
    assert (codes(first), codes(second)) == (["file_used_twice"], ["file_used_twice"])


def test_a_photograph_that_is_also_the_minutes_of_a_consent_or_another_meetings_signed_print(people):
    first = makers.an_invited_meeting(people)
    file = a_sheet(people, first)
    process = makers.a_given_consent(people, "ABCDEFGHJK")
    held = decided(people, first)
    assert codes(held) == []
    values = {"process": process, "round": 1, "held_on": DAY, "minutes_number": "BA", "minutes": "x", "male": 1, "female": 1,
              "local_language": True, "recorded_at": on(DAY), "recorded_by": "system"}  # fmt: skip
    ConsentStep.objects.create(number=7, file=file, **values)
    assert codes(held) == ["file_used_twice"]


def test_what_was_entered_more_than_seven_working_days_after_the_session(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    subject = meeting.subjects.get()
    late = DAY + timedelta(days=25)
    with clock.at(on(late)):
        actions.record_decision(
            by=people.by("bpd"), meeting=meeting, subject_code=subject.code, seen=subject.text_hash, result="agreed",
            mode="consensus", approving=9,
        )  # fmt: skip
    (sign,) = signs.shown(Meeting.objects.get())
    assert (sign.code, "lewat dari batas 7 hari kerja" in sign.says) == ("entered_late", True)


def with_a_sign(people) -> Meeting:
    held = makers.published(people, makers.with_minutes(people, decided(people)))
    Attendee.objects.update(sex="L")
    return held


def test_a_sign_is_explained_by_the_bpd_or_the_secretary_and_no_word_is_taken_back(people):
    held = with_a_sign(people)
    for who in ("operator", "kades", "warga", "camat", "dinas", "bupati"):
        with pytest.raises(NotAllowed):
            actions.explain_sign(by=people.by(who), meeting=held, sign="no_women", text="Panen raya.")
    for who, text in (("sekdes", "Panen raya."), ("bpd", "Panen raya; suara perempuan dihimpun malamnya.")):
        actions.explain_sign(by=people.by(who), meeting=held, sign="no_women", text=text)
    with pytest.raises(NoSuchMove):
        actions.explain_sign(by=people.by("bpd"), meeting=held, sign="no_poor", text="Tidak ada tandanya.")
    with pytest.raises(DatabaseError), transaction.atomic():
        SignNote.objects.update(text="Semua baik.")
    assert [note.text for note in signs.shown(held)[0].notes][0] == "Panen raya."


def test_a_sign_stands_on_the_page_as_a_warning_and_the_decision_binds_with_it(people):
    held = with_a_sign(people)
    page = as_("bpd").get(to("page.meeting", held.code)).content.decode()
    assert "Tidak ada perempuan di antara 9 peserta." in page and "DB-22" in page
    assert (
        to("deliberation.explain_sign", held.code)
        not in as_("kades").get(to("page.meeting", held.code)).content.decode()
    )
    bound = makers.bound(people, held)
    assert bound.state == "binding"
    assert "DB-22" in Event.objects.get(verb="decision.bound").body
    assert "Tidak ada perempuan" not in str(letters.minutes(bound))  # the minutes are what the meeting said


def test_everybody_reads_the_sign_with_its_explanation_and_no_number_by_which_a_person_is_found(people):
    held = with_a_sign(people)
    path = f"/desa/{OURS}/"
    before = Client().get(path).content.decode()
    assert "Tidak ada perempuan di antara 9 peserta." in before and "Desa belum menjelaskannya." in before
    assert "Tarmi" not in before
    typed = {"sign": "no_women", "text": "Panen raya, tanya 0812-3456-7890."}
    client, at = as_("sekdes"), to("deliberation.explain_sign", held.code)
    assert send(client, at, sign="no_poor", text="x").status_code == 422
    assert send(client, at, **typed)["Location"] == to("page.meeting", held.code)
    assert "Penjelasan:" in client.get(to("page.meeting", held.code)).content.decode()
    after = Client().get(path).content.decode()
    assert "Panen raya" in after and "3456" not in after
