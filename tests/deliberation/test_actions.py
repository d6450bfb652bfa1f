"""A Musyawarah from plan to binding decision, and every short cut it refuses."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from bermitra.deliberation import actions, letters
from bermitra.deliberation.actions import Who
from bermitra.deliberation.api import offer_text
from bermitra.deliberation.consent import actions as consents
from bermitra.deliberation.consent.queries import consent_on
from bermitra.deliberation.consent.rules import CONSENT_STEPS
from bermitra.deliberation.models import (
    AttendanceSheet,
    Attendee,
    ConsentProcess,
    ConsentRefusal,
    ConsentStep,
    Countersignature,
    Decision,
    Invitee,
    Meeting,
)
from bermitra.deliberation.queries import (
    by_element,
    decision_on,
    invitees_visible_to,
    meetings_visible_to,
    minutes_data,
    presence,
    public_meetings,
    signatures_hash,
    texts_waiting,
)
from bermitra.foundation.accounts import permissions, roles
from bermitra.foundation.commands import clock, permits
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.commands.door import command, doors
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.compose import words as words_of
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.duties.queries import about_any
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.models import RuleSwitch
from bermitra.foundation.rules import Refused
from tests.deliberation import makers
from tests.deliberation.makers import DAY, on
from tests.partnership.makers import an_office
from tests.people import OURS, place

pytestmark = pytest.mark.django_db
HASH = "a" * 64


def now(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def duties(meeting: Meeting) -> set[tuple[str, str]]:
    found = Duty.objects.filter(about_any([about_of(meeting)]))
    return set(found.values_list("door", "role"))


# The whole way -------------------------------------------------------------------------------------------------------


def test_a_meeting_goes_from_plan_to_a_binding_decision(people):
    meeting = makers.a_binding_decision(people, code="ABCDEFGHJK", text_hash=HASH, conditions="Tanpa jaminan.")
    said = decision_on("ABCDEFGHJK")
    assert (said.meeting_code, said.agreed, said.binding, said.text_hash) == (meeting.code, True, True, HASH)
    assert (said.invited, said.present, said.conditions) == (9, 9, "Tanpa jaminan.")
    assert said.minutes_number == f"BA-{meeting.code}"
    verbs = list(Event.objects.filter(about=about_of(meeting)).order_by("seq").values_list("verb", flat=True))
    assert verbs[:5] == [
        "musyawarah.planned", "subject.tabled", "musyawarah.invited", "attendance.recorded", "musyawarah.opened",
    ]  # fmt: skip
    assert verbs[-1] == "decision.bound"
    assert duties(meeting) == set()


def test_what_is_due_passes_from_act_to_act(people):
    meeting = makers.a_planned_meeting(people)
    assert duties(meeting) == {("deliberation.invite", "bpd_chair")}
    makers.with_invitees(people)
    makers.a_subject(people, meeting)
    makers.invited(people, meeting)
    assert duties(meeting) == {("deliberation.open_session", "bpd_chair")}
    makers.opened(people, meeting)
    assert duties(meeting) == {("deliberation.record_decision", "bpd_chair")}
    makers.decided(people, meeting)
    assert duties(meeting) == {("deliberation.finalise_minutes", "bpd_chair")}
    makers.with_minutes(people, meeting)
    assert {role for _door, role in duties(meeting)} == {"bpd_chair", "village_secretary", "village_head"}
    makers.published(people, meeting)
    assert duties(meeting) == {("deliberation.make_binding", "bpd_chair")}
    assert Duty.objects.get(about=about_of(meeting), closed_at=None).due_on == date(2026, 3, 6)


# Inviting ------------------------------------------------------------------------------------------------------------


def test_the_standing_list_is_kept_without_doubles(people):
    makers.with_invitees(people)
    tarmi = Who("TARMI", "P", "wetan", ("women",))
    actions.list_invitees(by=people.by("operator"), village=place(OURS), people=(tarmi,))
    assert Invitee.objects.count() == len(makers.PEOPLE)
    assert Invitee.objects.get(name="Tarmi").elements == ["women"]
    actions.retire_invitee(by=people.by("sekdes"), invitee=Invitee.objects.get(name="Karso"))
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    with pytest.raises(Refused) as refused:
        makers.invited(people, meeting)
    assert refused.value.codes == ("DB-03",)  # nobody speaks for the hamlets any more, nor for the poor
    assert now(meeting).state == "planned"
    assert not Attendee.objects.exists()


def test_an_invitation_needs_something_to_decide(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    with pytest.raises(Refused) as refused:
        makers.invited(people, meeting)
    assert refused.value.codes == ("DB-27",)


def sudden(people, **more):
    given = {
        "kind": "sudden",
        "topic": "Tanggul jebol",
        "place": "Balai Desa",
        "held_on": DAY,
        "starts": time(9),
        **more,
    }
    return actions.plan(by=people.by("sekdes"), village=place(OURS), **given)


def invite_on(people, meeting, day: date, despite: str = ""):
    with clock.at(on(day)):
        return actions.invite(by=people.by("bpd"), meeting=meeting, number="005/1", invited_on=day, despite=despite)


def test_an_invitation_six_days_ahead_is_too_late_and_seven_is_in_time(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    with pytest.raises(Refused) as refused:
        invite_on(people, meeting, DAY - timedelta(days=6))
    assert refused.value.codes == ("DB-02",)
    assert invite_on(people, meeting, DAY - timedelta(days=7), "tidak perlu").late_because == ""


def test_a_late_invitation_says_why_in_journal_minutes_and_on_paper(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    held = invite_on(people, meeting, DAY - timedelta(days=3), "Jembatan putus selama sepekan.")
    assert "DB-02" in Event.objects.get(verb="musyawarah.invited").body
    assert minutes_data(held)["late_because"] == "Jembatan putus selama sepekan."
    assert "Jembatan putus selama sepekan." in str(letters.minutes(held))


def test_where_the_regency_confirmed_its_days_no_reason_helps(people):
    regency = place("33.04")
    RuleSwitch.objects.create(
        regency=regency, rule="DB-02", kind="confirmed", basis="Perda 3/2020", effective_from=date(2020, 1, 1), set_at=on(DAY)
    )  # fmt: skip
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    with pytest.raises(Refused) as refused:
        invite_on(people, meeting, DAY - timedelta(days=3), "Jembatan putus selama sepekan.")
    assert refused.value.codes == ("DB-02",)


def test_a_sudden_meeting_says_why_and_is_called_a_day_ahead(people):
    with pytest.raises(Refused) as refused:
        sudden(people)
    assert refused.value.codes == ("DB-44",)
    meeting = sudden(people, sudden_because="Air masuk ke tiga dusun.")
    makers.with_invitees(people)
    makers.a_subject(people, meeting)
    with pytest.raises(Refused) as refused:
        invite_on(people, meeting, DAY)
    assert refused.value.codes == ("DB-02",)
    held = invite_on(people, meeting, DAY - timedelta(days=1))
    paper = letters.invitation(held, number="005/1", invited_on=DAY - timedelta(days=1))
    assert "Air masuk ke tiga dusun." in str(paper)
    assert minutes_data(held)["sudden_because"] == "Air masuk ke tiga dusun."


def test_somebody_may_be_invited_for_one_meeting_only(people):
    makers.with_invitees(people, [who for who in makers.PEOPLE if who.name != "Paijo"])
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    affected = Who("Paijo", "L", "Kulon", ("affected",))
    actions.add_attendee(by=people.by("operator"), meeting=meeting, who=affected)
    makers.invited(people, meeting)
    assert meeting.attendees.filter(invited=True).count() == len(makers.PEOPLE)


@pytest.mark.parametrize("who", ["kades", "sekdes", "operator", "dinas", "camat", "bupati", "warga", "kades.asing"])
def test_only_the_bpds_chair_invites(people, who):
    meeting = makers.a_planned_meeting(people)
    with pytest.raises(NotAllowed):
        actions.invite(by=people.by(who), meeting=meeting, number="1", invited_on=DAY)


def test_subjects_come_before_the_invitation_and_newer_texts_until_the_decision(people):
    meeting = makers.an_invited_meeting(people, code="ABCDEFGHJK", text_hash=HASH)
    new = {"kind": "other", "title": "Pokok susulan", "text": "Baru saja terpikir."}
    with pytest.raises(NoSuchMove):
        actions.table_text(by=people.by("bpd"), meeting=meeting, **new)
    makers.opened(people, meeting)
    newer = {"kind": "cooperation", "title": "Lembar kerja sama, versi 2", "text_hash": "b" * 64}
    again = {**newer, "subject_code": "MNPQRSTVWX", "instead_of": "ABCDEFGHJK"}
    actions.table_text(by=people.by("bpd"), meeting=meeting, **again)
    makers.decided(people, meeting)
    assert decision_on("ABCDEFGHJK") is None
    assert decision_on("MNPQRSTVWX").text_hash == "b" * 64
    with pytest.raises(NoSuchMove):
        actions.table_text(by=people.by("bpd"), meeting=meeting, **newer, subject_code="MNPQRSTVWX")


def test_a_cancelled_meeting_says_why_and_waits_for_nobody(people):
    meeting = makers.an_invited_meeting(people)
    actions.cancel(by=people.by("bpd"), meeting=meeting, why="Banjir menutup jalan.")
    assert now(meeting).ended_why == "Banjir menutup jalan."
    assert duties(meeting) == set()
    assert not public_meetings(OURS).exists()


def test_a_session_that_was_put_off_and_filled_too_late_is_cancelled(people):
    meeting = makers.an_invited_meeting(people)
    with clock.at(on(DAY)):
        too_few(people, meeting)
        actions.postpone(by=people.by("bpd"), meeting=meeting)
    with clock.at(on(DAY, 9)):
        makers.signed_in(people, meeting)
        with pytest.raises(Refused) as refused:
            open_it(people, meeting)
        assert refused.value.codes == ("DB-05",)
        with pytest.raises(Refused) as refused:
            actions.adjourn(by=people.by("bpd"), meeting=meeting, held_on=DAY + timedelta(days=3), starts=time(9))
        assert "DB-32" in refused.value.codes
        actions.cancel(by=people.by("bpd"), meeting=meeting, why="Kuorum tercapai sesudah batas tunda.")
    assert now(meeting).state == "cancelled"


# Quorum and second session -------------------------------------------------------------------------------------------


def too_few(people, meeting):
    """Five of nine: one short of two thirds."""
    return makers.signed_in(people, meeting, absent=("Karso", "Ngatini", "Kyai Mansur", "Siti Rokhimah"))


def open_it(people, meeting):
    return actions.open_session(by=people.by("bpd"), meeting=meeting, chair="Darsini", minute_taker="Wulan Pratiwi")


def test_one_short_of_the_quorum_does_not_open_and_exactly_two_thirds_does(people):
    meeting = makers.an_invited_meeting(people)
    too_few(people, meeting)
    with pytest.raises(Refused) as refused:
        open_it(people, meeting)
    assert refused.value.codes == ("DB-04",)
    assert now(meeting).state == "invited"
    makers.signed_in(people, meeting, absent=("Karso", "Ngatini", "Kyai Mansur"))
    assert open_it(people, meeting).state == "in_session"


def test_those_who_come_uninvited_do_not_make_the_quorum(people):
    meeting = makers.an_invited_meeting(people)
    too_few(people, meeting)
    for name in ("Sarwo", "Rus"):
        came = Who(name, "L", "Krajan", ("youth",))
        actions.add_attendee(by=people.by("sekdes"), meeting=meeting, who=came, mark="paper")
    assert (presence(now(meeting)).signed_in, presence(now(meeting)).present) == (5, 7)
    with pytest.raises(Refused):
        open_it(people, meeting)


def test_observers_are_on_the_list_and_decide_nothing(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    partner = Who("Dekan", "P", "", ())
    actions.add_attendee(by=people.by("sekdes"), meeting=meeting, who=partner, observer=True, mark="paper")
    counted = presence(now(meeting))
    assert (counted.present, counted.rows, counted.complete) == (9, 10, 10)


def adjourned(people, second: date = DAY + timedelta(days=3)):
    meeting = makers.an_invited_meeting(people)
    too_few(people, meeting)
    actions.postpone(by=people.by("bpd"), meeting=meeting)
    return actions.adjourn(by=people.by("bpd"), meeting=meeting, held_on=second, starts=time(9))


def test_a_second_session_goes_on_with_those_present_and_remembers_the_first(people):
    meeting = adjourned(people)
    assert (meeting.first_present, meeting.first_held_on, meeting.session) == (5, DAY, 2)
    assert presence(meeting).present == 0  # everybody signs anew
    makers.signed_in(people, meeting, absent=[w.name for w in makers.PEOPLE[3:]])
    with clock.at(on(DAY + timedelta(days=3))):
        held = actions.open_second_session(
            by=people.by("bpd"), meeting=meeting, chair="Darsini", minute_taker="Wulan Pratiwi"
        )
    assert (held.state, presence(held).present) == ("in_session", 3)


def test_a_second_session_that_comes_too_late_is_refused(people):
    meeting = adjourned(people)
    with pytest.raises(Refused) as refused:
        actions.open_second_session(
            by=people.by("bpd"), meeting=meeting, chair="Darsini", minute_taker="Wulan", held_on=DAY + timedelta(days=4)
        )
    assert refused.value.codes == ("DB-06",)
    assert now(meeting).state == "adjourned"


@pytest.mark.parametrize("days", [0, -1, 4])
def test_a_second_session_is_set_for_another_day_and_soon(people, days):
    with pytest.raises(Refused) as refused:
        adjourned(people, DAY + timedelta(days=days))
    assert refused.value.codes == ("DB-06",)
    assert Meeting.objects.get().state == "waiting_quorum"


def test_a_second_session_opens_on_its_day_and_not_before(people):
    meeting = adjourned(people)
    with clock.at(on(DAY + timedelta(days=1))), pytest.raises(Refused) as refused:
        actions.open_second_session(by=people.by("bpd"), meeting=meeting, chair="Darsini", minute_taker="Wulan")
    assert refused.value.codes == ("DB-33",)


def test_a_session_whose_quorum_is_met_is_neither_put_off_nor_given_up(people):
    meeting = makers.an_invited_meeting(people)
    makers.signed_in(people, meeting)
    with clock.at(on(DAY)), pytest.raises(Refused) as refused:
        actions.postpone(by=people.by("bpd"), meeting=meeting)
    assert refused.value.codes == ("DB-32",)
    too_few(people, meeting)
    with clock.at(on(DAY)):
        actions.postpone(by=people.by("bpd"), meeting=meeting)
        makers.signed_in(people, meeting)
        with pytest.raises(Refused) as refused:
            actions.adjourn(
                by=people.by("bpd"), meeting=meeting, held_on=DAY + timedelta(days=2), starts=time(9)
            )  # fmt: skip
    assert refused.value.codes == ("DB-32",)


def test_a_session_is_not_put_off_before_its_day(people):
    meeting = makers.an_invited_meeting(people)
    with clock.at(on(DAY - timedelta(days=1))), pytest.raises(Refused) as refused:
        actions.postpone(by=people.by("bpd"), meeting=meeting)
    assert refused.value.codes == ("DB-33",)


def test_a_session_that_waited_too_long_is_not_opened_any_more(people):
    meeting = makers.an_invited_meeting(people)
    with clock.at(on(DAY, 2)):
        actions.postpone(by=people.by("bpd"), meeting=meeting)
    makers.signed_in(people, meeting)
    with clock.at(on(DAY, 6)), pytest.raises(Refused) as refused:
        open_it(people, meeting)
    assert refused.value.codes == ("DB-05",)
    with clock.at(on(DAY, 5)):
        assert open_it(people, meeting).state == "in_session"


def test_the_minutes_of_a_second_session_say_that_the_first_failed(people):
    meeting = adjourned(people)
    makers.signed_in(people, meeting)
    with clock.at(on(DAY + timedelta(days=3))):
        actions.open_second_session(by=people.by("bpd"), meeting=meeting, chair="Darsini", minute_taker="Wulan")
    held = now(meeting)
    assert (minutes_data(held)["session"], minutes_data(held)["first_present"]) == (2, 5)
    assert "kuorum tidak tercapai" in str(letters.minutes(held))


def test_a_first_session_cannot_be_skipped(people):
    meeting = makers.an_invited_meeting(people)
    with pytest.raises(Refused) as refused:
        actions.open_second_session(by=people.by("bpd"), meeting=meeting, chair="Darsini", minute_taker="Wulan")
    assert "DB-06" in refused.value.codes


def a_photo(what: bytes = b"lembar"):
    return files.put(what, media_type="image/jpeg", name="daftar.jpg")


def keep(people, meeting, *sheets, who: str = "kadus", session: int = 1):
    return actions.keep_sheet(by=people.by(who), meeting=meeting, session=session, sheets=sheets)


def test_photographs_of_the_list_are_kept_until_the_minutes_are_final_and_never_changed(people):
    meeting = makers.an_invited_meeting(people)
    keep(people, meeting, a_photo(), a_photo(b"lembar dua"))
    assert list(meeting.sheets.values_list("session", "file__name")) == [(1, "daftar.jpg")] * 2
    with pytest.raises(NoSuchMove):
        keep(people, meeting, a_photo())  # kept already
    with pytest.raises(NoSuchMove):
        keep(people, meeting, a_photo(b"lembar tiga"), session=2)  # there is no second session
    with pytest.raises(DatabaseError), transaction.atomic():
        AttendanceSheet.objects.update(session=2)
    makers.with_minutes(people, makers.decided(people, makers.opened(people, meeting)))
    with pytest.raises(NoSuchMove):
        keep(people, meeting, a_photo(b"lembar tiga"))


@pytest.mark.parametrize("who", ["kades", "warga", "camat", "dinas", "bupati"])
def test_nobody_else_adds_photographs_of_the_list(people, who):
    meeting = makers.an_invited_meeting(people)
    with pytest.raises(NotAllowed):
        keep(people, meeting, a_photo(), who=who)


def test_law_E13_a_village_without_signal_prints_its_list_and_types_it_later_with_both_days_kept(people):
    meeting = makers.an_invited_meeting(people)
    sheet = str(letters.blank_sheet(meeting, dated=DAY - timedelta(days=10)))
    assert "Tarmi" in sheet and "Hadir tanpa undangan" in sheet
    back = on(DAY + timedelta(days=2))
    with clock.at(back):
        makers.signed_in(people, meeting)
        keep(people, meeting, a_photo())
        held = actions.open_session(by=people.by("bpd"), meeting=meeting, chair="Darsini", minute_taker="Wulan")
    assert (held.held_on, held.opened_at, held.sheets.get().at) == (DAY, back, back)


def test_law_E19_the_printed_list_asks_who_read_to_whoever_leaves_a_thumbprint(people):
    meeting = makers.an_invited_meeting(people)
    tree = compose(letters.blank_sheet(meeting, dated=DAY))
    tables = [block for block in tree["blocks"] if block["t"] == "table"]
    assert len(tables) == 2 and {len(row) for table in tables for row in table["rows"]} == {7}
    assert words_of(tree).count("Dibacakan, dibantu oleh") == 2


def test_law_E1_a_second_session_has_a_list_of_its_own_and_the_first_keeps_its_photographs(people):
    meeting = makers.an_invited_meeting(people)
    too_few(people, meeting)
    keep(people, meeting, a_photo())
    second = {"held_on": DAY + timedelta(days=3), "starts": time(13, 30)}
    with clock.at(on(DAY)):
        actions.postpone(by=people.by("bpd"), meeting=meeting)
        knock = people.by("bpd")
        sheet = letters.blank_sheet_paper(meeting, key=knock.key, dated=DAY, **second)
        held = actions.adjourn(by=knock, meeting=meeting, sheet=sheet, **second)
    paper = Paper.objects.get(about=about_of(meeting), kind="attendance_sheet")
    assert "sidang ke-2" in paper.title and "Kamis, lima Maret" in str(paper.source) and "13.30" in str(paper.source)
    assert presence(held).present == 0  # everybody signs anew, and a helper is written anew
    keep(people, held, a_photo(b"sidang kedua"), session=2)
    keep(people, held, a_photo(b"sidang pertama, halaman dua"), session=1)
    assert list(held.sheets.order_by("pk").values_list("session", flat=True)) == [1, 2, 1]
    few = [w.name for w in makers.PEOPLE[3:] if w.name != "Tarmi"]
    with clock.at(on(DAY + timedelta(days=3))):
        makers.signed_in(people, held, absent=few)
        opened = actions.open_second_session(by=people.by("bpd"), meeting=held, chair="Darsini", minute_taker="Wulan")
    assert (opened.state, presence(opened).present, opened.first_present) == ("in_session", 4, 5)


def test_law_E19_minutes_wait_for_who_helped_with_a_thumbprint_and_print_the_name(people):
    meeting = makers.an_invited_meeting(people)
    with clock.at(on(DAY)):
        lines = meeting.attendees.all()
        actions.record_attendance(
            by=people.by("sekdes"), meeting=meeting, thumbs=[lines.get(name="Tarmi").code],
            signed=list(lines.exclude(name="Tarmi").values_list("code", flat=True)),
        )  # fmt: skip
        held = makers.decided(people, open_it(people, meeting))
    actions.draft_minutes(by=people.by("sekdes"), meeting=held, number="BA-1", dated=DAY)
    with pytest.raises(Refused) as refused:
        finalise(people, held)
    assert refused.value.codes == ("DB-08",)
    line, who = lines.get(name="Tarmi"), makers.PEOPLE[4]
    actions.complete_attendee(by=people.by("sekdes"), attendee=line, who=who, helped_by="Wulan Pratiwi")
    assert "cap jempol, dibantu Wulan Pratiwi" in str(letters.minutes(now(held)))
    assert finalise(people, held).state == "countersigning"


def test_who_signs_with_a_pen_after_all_has_no_helper(people):
    meeting = makers.signed_in(people, makers.an_invited_meeting(people))
    tarmi = meeting.attendees.get(name="Tarmi")
    assert tarmi.helped_by == "Wulan Pratiwi"
    actions.record_attendance(by=people.by("sekdes"), meeting=meeting, signed=[tarmi.code])
    assert meeting.attendees.get(name="Tarmi").helped_by == ""


def test_law_T11_attendance_by_element_quorum_and_second_session(people):
    meeting = makers.an_invited_meeting(people)
    with clock.at(on(DAY, 2)):
        too_few(people, meeting)
        counted = by_element(meeting)
        assert (counted["women"].invited, counted["women"].female) == (2, 2)
        assert (counted["hamlets"].invited, counted["hamlets"].male) == (1, 0)  # asked, and not there
        with pytest.raises(Refused) as refused:
            open_it(people, meeting)
        assert refused.value.codes == ("DB-04",)
        actions.postpone(by=people.by("bpd"), meeting=meeting)
    with clock.at(on(DAY, 5)):
        held = actions.adjourn(by=people.by("bpd"), meeting=meeting, held_on=DAY + timedelta(days=3), starts=time(9))
    with clock.at(on(DAY + timedelta(days=3))):
        makers.signed_in(people, held, absent=("Paijo", "Karso", "Ngatini", "Kyai Mansur", "Siti Rokhimah"))
        opened = actions.open_second_session(by=people.by("bpd"), meeting=held, chair="Darsini", minute_taker="Wulan")
    assert (opened.state, opened.first_present, presence(opened).signed_in) == ("in_session", 5, 4)
    assert by_element(opened)["women"].female == 2


def test_law_T22_nine_of_nine_topics(people):
    held = makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    actions.draft_minutes(by=people.by("sekdes"), meeting=held, number="BA-1", dated=DAY)
    for topic in range(1, 10):
        held.answers.filter(topic=topic).delete()
        with pytest.raises(Refused) as refused:
            finalise(people, held)
        assert refused.value.codes == ("DB-09",)
        actions.answer_topic(by=people.by("sekdes"), meeting=held, topic=topic, answer="Dibahas.")
    assert finalise(people, held).state == "countersigning"


# Deciding ------------------------------------------------------------------------------------------------------------


def decide(people, meeting, **counts):
    """By open hands, counted by Paijo and Tarmi; as many voted as there are votes, where nothing else is said."""
    subject = meeting.subjects.filter(decision__isnull=True).order_by("pk")[0]
    heaps = sum(counts.get(f"votes_{heap}", 0) for heap in ("for", "against", "abstain", "invalid"))
    given = {
        "seen": subject.text_hash, "result": "agreed", "mode": "vote", "ballot": "hands", "voters": heaps,
        "counter_one": "Paijo", "counter_two": "Tarmi", **counts,
    }  # fmt: skip
    with clock.at(on(DAY, 5)):
        return actions.record_decision(by=people.by("bpd"), meeting=meeting, subject_code=subject.code, **given)


def test_a_tie_is_no_majority(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    with pytest.raises(Refused) as refused:
        decide(people, meeting, votes_for=4, votes_against=4)
    assert refused.value.codes == ("DB-10",)
    assert not Decision.objects.exists()


def test_more_votes_than_people_are_refused(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    with pytest.raises(Refused):
        decide(people, meeting, votes_for=9, votes_against=1)


def test_a_vote_is_kept_with_its_counts_and_the_hash_of_the_text(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people, text_hash=HASH))
    decision = decide(people, meeting, votes_for=5, votes_against=2, votes_abstain=1, votes_invalid=1, ballot="paper")
    assert (decision.votes_for, decision.present, decision.secret, decision.text_hash) == (5, 9, False, HASH)
    assert (decision.ballot, decision.voters, decision.votes_invalid) == ("paper", 9, 1)
    assert (decision.counter_one, decision.counter_two, decision.chair) == ("Paijo", "Tarmi", "Darsini")
    assert now(meeting).state == "minutes_draft"


def test_a_vote_about_a_person_is_secret_and_one_about_anything_else_is_not(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting, kind="person", title="Pemilihan anggota tim pelaksana")
    makers.a_subject(people, meeting, kind="other", title="Laporan tahunan")
    makers.opened(people, makers.invited(people, meeting))
    for way in ({"ballot": "hands"}, {"ballot": "paper"}):
        with pytest.raises(Refused) as refused:
            decide(people, meeting, votes_for=9, **way)
        assert refused.value.codes == ("DB-11",)
    assert decide(people, meeting, votes_for=9, ballot="paper", secret=True).secret
    with pytest.raises(Refused) as refused:
        decide(people, meeting, votes_for=9, ballot="paper", secret=True)
    assert refused.value.codes == ("DB-11",)


@pytest.mark.parametrize(
    "counted",
    [
        {"voters": 8},
        {"votes_invalid": 1, "voters": 9},
        {"counter_two": "Paijo"},
        {"counter_two": ""},
        {"counter_two": "Darsini"},  # presides
        {"counter_two": "Dekan"},  # observes
        {"counter_two": "Paimin"},  # was not there
    ],
)
def test_votes_that_two_participants_did_not_count_are_no_votes(people, counted):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    guest = actions.Who("Dekan", "L", "", ())
    actions.add_attendee(by=people.by("sekdes"), meeting=meeting, who=guest, observer=True)
    with pytest.raises(Refused) as refused:
        decide(people, meeting, **{"votes_for": 9, **counted})
    assert refused.value.codes == ("DB-12",)
    assert decide(people, meeting, votes_for=9).votes_for == 9


def test_the_minutes_say_how_it_was_voted_and_who_counted(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    decide(people, meeting, votes_for=6, votes_against=1, votes_invalid=1, ballot="paper")
    said = minutes_data(now(meeting))["decisions"][0]
    assert (said["ballot"], said["voters"], said["invalid"], said["counters"]) == ("paper", 8, 1, ["Paijo", "Tarmi"])
    paper = str(letters.minutes(now(meeting)))
    assert "pemungutan suara terbuka dengan kertas suara: 6 setuju" in paper
    assert "1 tidak sah, dari 8 orang yang memberi suara" in paper
    assert "Paijo" in paper.partition("Suara dihitung oleh")[2][:200]


def test_where_the_basis_is_unconfirmed_a_typed_reason_lets_pass_and_is_journalled(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    decision = decide(
        people,
        meeting,
        votes_for=4,
        votes_against=4,
        votes_abstain=1,
        despite="Tata tertib desa: suara pimpinan menentukan.",
    )
    assert decision.reason.startswith("Tata tertib")
    line = Event.objects.get(verb="musyawarah.decided")
    assert "DB-10" in line.body


def test_every_subject_is_decided_before_the_minutes(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    makers.a_subject(people, meeting, kind="other", title="Laporan tahunan")
    makers.opened(people, makers.invited(people, meeting))
    decide(people, meeting, votes_for=9)
    assert now(meeting).state == "in_session"
    decide(people, meeting, result="refused", votes_for=2, votes_against=7)
    assert now(meeting).state == "minutes_draft"


def test_nothing_is_opened_or_decided_before_the_day_of_the_meeting(people):
    meeting = makers.an_invited_meeting(people)
    makers.signed_in(people, meeting)
    with clock.at(on(DAY - timedelta(days=3))):
        with pytest.raises(Refused) as refused:
            open_it(people, meeting)
        assert refused.value.codes == ("DB-33",)
    with clock.at(on(DAY)):
        held = open_it(people, meeting)
    with clock.at(on(DAY - timedelta(days=3))):
        with pytest.raises(Refused) as refused:
            actions.record_decision(
                by=people.by("bpd"), meeting=held, subject_code=held.subjects.get().code,
                seen=held.subjects.get().text_hash, result="agreed", mode="consensus", approving=9,
            )  # fmt: skip
    assert refused.value.codes == ("DB-20",)


def test_a_decision_is_never_changed(people):
    makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.update(result="refused")


# Minutes -------------------------------------------------------------------------------------------------------------


def finalise(people, meeting):
    with clock.at(on(DAY + timedelta(days=1))):
        return actions.finalise_minutes(by=people.by("bpd"), meeting=meeting)


def test_minutes_without_number_or_with_a_topic_missing_are_not_finished(people):
    meeting = makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    meeting.answers.filter(topic=7).delete()
    with pytest.raises(Refused) as refused:
        finalise(people, meeting)
    assert refused.value.codes == ("DB-09", "DB-26")
    assert now(meeting).state == "minutes_draft"


def test_minutes_say_why_a_required_element_is_missing(people):
    meeting = makers.an_invited_meeting(people)
    with clock.at(on(DAY)):
        makers.signed_in(people, meeting, absent=("Karso",))
        open_it(people, meeting)
    with clock.at(on(DAY, 5)):
        for topic in range(1, 10):
            actions.answer_topic(by=people.by("sekdes"), meeting=meeting, topic=topic, answer="Dibahas.")
    decide(people, meeting, mode="consensus", approving=8)
    numbered = {"number": "BA-1", "dated": DAY}
    actions.draft_minutes(by=people.by("sekdes"), meeting=meeting, **numbered)
    with pytest.raises(Refused) as refused:
        finalise(people, meeting)
    assert refused.value.codes == ("DB-07",)
    actions.draft_minutes(
        by=people.by("sekdes"), meeting=meeting, **numbered, absence_reason="Karso sakit, diundang lewat RT."
    )
    assert finalise(people, meeting).state == "countersigning"


def test_an_unfinished_line_of_the_attendance_list_is_completed_first(people):
    meeting = makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    Attendee.objects.filter(name="Ngatini").update(hamlet="")
    actions.draft_minutes(by=people.by("sekdes"), meeting=meeting, number="BA-1", dated=DAY)
    with pytest.raises(Refused) as refused:
        finalise(people, meeting)
    assert refused.value.codes == ("DB-08",)
    line = Attendee.objects.get(name="Ngatini")
    whole = Who("Ngatini", "P", "Dhuwur", ("artisans", "youth"))
    actions.complete_attendee(by=people.by("kadus"), attendee=line, who=whole)
    assert finalise(people, meeting).state == "countersigning"


def test_a_number_of_minutes_is_used_once_in_a_village(people):
    first = makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    second = makers.decided(people, makers.opened(people, makers.an_invited_meeting(people, DAY + timedelta(days=7))))
    for _again in range(2):  # its own number is no other's
        actions.draft_minutes(by=people.by("sekdes"), meeting=first, number="BA-1", dated=DAY)
    with pytest.raises(Refused) as refused:
        actions.draft_minutes(by=people.by("sekdes"), meeting=second, number="BA-1", dated=DAY)
    assert refused.value.codes == ("DB-68",)


def test_a_draft_that_was_changed_while_its_paper_was_made_is_not_final(people):
    held = makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    words = {"number": "BA-1", "dated": DAY, "discussion": "Lebar jalan usaha tani “3 m”."}
    actions.draft_minutes(by=people.by("sekdes"), meeting=held, **words)
    knock = people.by("bpd")
    paper = letters.minutes_paper(now(held), key=knock.key)
    actions.draft_minutes(by=people.by("sekdes"), meeting=held, **words | {"discussion": "Lebar jalan 4 m."})
    with pytest.raises(Refused) as refused:
        actions.finalise_minutes(by=knock, meeting=held, paper=paper)
    assert refused.value.codes == ("DB-69",)
    assert not Paper.objects.filter(kind="minutes").exists()
    actions.draft_minutes(by=people.by("sekdes"), meeting=held, **words)
    assert actions.finalise_minutes(by=knock, meeting=held, paper=paper).state == "countersigning"


def test_late_minutes_pass_with_a_note_in_the_journal(people):
    meeting = makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    actions.draft_minutes(by=people.by("sekdes"), meeting=meeting, number="BA-1", dated=DAY)
    with clock.at(on(DAY + timedelta(days=30))):
        actions.finalise_minutes(by=people.by("bpd"), meeting=meeting)
    assert "DB-19" in Event.objects.get(verb="minutes.finalised").body


def test_returned_minutes_need_all_signatures_anew(people):
    meeting = makers.with_minutes(
        people, makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    )
    makers.countersigned(people, meeting, "kades")
    actions.return_minutes(by=people.by("anggota.bpd"), meeting=meeting, why="Jam selesai keliru.")
    assert now(meeting).state == "minutes_draft"
    actions.draft_minutes(by=people.by("sekdes"), meeting=meeting, number="BA-2", dated=DAY, ends=time(13))
    finalise(people, meeting)
    for who in ("bpd", "sekdes"):
        makers.countersigned(people, meeting, who)
    makers.signed_by_the_drawn(people, meeting)
    assert now(meeting).state == "countersigning"
    makers.countersigned(people, meeting, "kades")
    assert now(meeting).state == "objection_window"
    assert Countersignature.objects.count() == 6


def test_nobody_signs_twice_and_no_resident_who_was_not_there(people):
    meeting = makers.with_minutes(
        people, makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    )
    makers.countersigned(people, meeting, "kades")
    with pytest.raises(NoSuchMove):
        makers.countersigned(people, meeting, "kades")
    Attendee.objects.filter(name="Paijo").update(name="Paimin")
    with pytest.raises(Refused) as refused:
        makers.countersigned(people, meeting, "warga")
    assert refused.value.codes == ("DB-28", "DB-40")


def test_the_signed_sheet_stands_for_signatures_and_names_who_recorded_it(people):
    meeting = makers.with_minutes(
        people, makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    )
    sheet = files.put(b"%PDF-1.4 lembar", media_type="application/pdf", name="lembar.pdf")
    officials = {"chair": "Darsini", "minute_taker": "Wulan Pratiwi", "village_head": "Sutrisno Hadi"}
    first, second = makers.the_drawn(meeting)
    with clock.at(on(DAY + timedelta(days=1))):
        actions.record_signed_sheet(
            by=people.by("operator"), meeting=meeting, sheet=sheet, **officials, residents=[first, second]
        )
    held = now(meeting)
    assert held.state == "objection_window"
    assert held.signed_sheet.sha256 == sheet.sha256
    assert set(held.signatures.values_list("recorded_by_name", flat=True)) == {"Bayu Nugroho"}
    seen, later = signatures_hash(held), DAY + timedelta(days=9)
    with clock.at(on(later)):
        names = [*officials.items(), ("resident", second), ("resident", first)]  # residents in any order
        for read in ([], [*names[:4], ("resident", "Tarni")], names[:4], [("chair", "Darsini"), *names[3:]]):
            with pytest.raises(Refused) as refused:
                actions.make_binding(by=people.by("bpd"), meeting=held, seen=seen, names=read)
            assert refused.value.codes == ("DB-30",)
        with pytest.raises(Refused) as refused:
            actions.make_binding(by=people.by("bpd"), meeting=held, seen="0" * 64, names=names)
        assert refused.value.codes == ("DB-31",)
        typed = [(capacity, name.upper()) for capacity, name in names]  # the same name, however it is written
        assert actions.make_binding(by=people.by("bpd"), meeting=held, seen=seen, names=typed).state == "binding"


def test_a_name_that_was_recorded_wrongly_is_mended_and_the_window_opens_anew(people):
    held = in_window(people)
    actions.object_to(by=people.by("warga"), meeting=held, name="Paijo", text="Lahan saya ikut?")
    actions.return_minutes(by=people.by("bpd"), meeting=held, why="Nama pada lembar keliru.")
    assert (now(held).state, now(held).published_on) == ("minutes_draft", None)
    finalise(people, held)
    for who in ("bpd", "sekdes", "kades"):
        makers.countersigned(people, held, who)
    makers.signed_by_the_drawn(people, held)
    assert now(held).state == "objection_window"
    assert ("deliberation.answer_objection", "bpd_chair") in duties(held)


def test_words_that_were_changed_since_they_were_read_are_not_signed(people):
    meeting = makers.with_minutes(
        people, makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    )
    read = meeting.minutes_hash
    actions.return_minutes(by=people.by("bpd"), meeting=meeting, why="Jam selesai keliru.")
    with pytest.raises(NoSuchMove):
        actions.countersign(by=people.by("kades"), meeting=meeting, seen=read)
    actions.draft_minutes(by=people.by("sekdes"), meeting=meeting, number="BA-2", dated=DAY, ends=time(13))
    finalise(people, meeting)
    with pytest.raises(Refused) as refused:
        actions.countersign(by=people.by("kades"), meeting=meeting, seen=read)
    assert refused.value.codes == ("DB-31",)
    assert not Countersignature.objects.exists()


def test_the_operator_cannot_sign_decide_or_bind(people):
    meeting = makers.with_minutes(
        people, makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    )
    with pytest.raises(NotAllowed):
        makers.countersigned(people, meeting, "operator")
    with pytest.raises(NotAllowed):
        makers.bind_as_seen(people, meeting, "operator")
    with pytest.raises(NotAllowed):
        actions.finalise_minutes(by=people.by("operator"), meeting=meeting)


def test_papers_are_issued_with_invitation_and_minutes_and_withdrawn_with_them(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    knock = people.by("bpd")
    words = {"number": "005/1", "invited_on": DAY - timedelta(days=10)}
    paper = letters.invitation_paper(meeting, key=knock.key, **words)
    actions.invite(by=knock, meeting=meeting, paper=paper, **words)
    held = makers.decided(people, makers.opened(people, meeting))
    actions.draft_minutes(by=people.by("sekdes"), meeting=held, number="BA-1", dated=DAY)
    knock = people.by("bpd")
    held = now(meeting)
    actions.finalise_minutes(by=knock, meeting=held, paper=letters.minutes_paper(held, key=knock.key))
    kinds = Paper.objects.filter(about=about_of(meeting)).values_list("kind", flat=True)
    assert sorted(kinds) == ["invitation", "minutes"]
    minutes = Paper.objects.get(kind="minutes")
    assert files.read(minutes.file.sha256).startswith(b"%PDF")
    assert "BA-1" in str(minutes.source)
    assert "Masyarakat miskin" not in str(minutes.source["blocks"][-1])  # the list of names marks nobody as poor
    actions.return_minutes(by=people.by("bpd"), meeting=meeting, why="Salah tulis.")
    assert Paper.objects.get(kind="minutes").is_withdrawn
    assert not Paper.objects.get(kind="invitation").is_withdrawn


# Objections, and binding ---------------------------------------------------------------------------------------------


def in_window(people) -> Meeting:
    held = makers.decided(people, makers.opened(people, makers.an_invited_meeting(people, code="ABCDEFGHJK")))
    return makers.published(people, makers.with_minutes(people, held))


def bind_on(people, meeting, day: date):
    with clock.at(on(day)):
        return makers.bind_as_seen(people, meeting)


def test_a_decision_binds_on_the_third_working_day_and_not_before(people):
    meeting = in_window(people)  # published on Tuesday 3 March
    with pytest.raises(Refused) as refused:
        bind_on(people, meeting, date(2026, 3, 5))
    assert refused.value.codes == ("DB-18",)
    assert not decision_on("ABCDEFGHJK").binding
    bind_on(people, meeting, date(2026, 3, 6))
    assert decision_on("ABCDEFGHJK").binding


def test_an_open_objection_holds_the_decision_up(people):
    meeting = in_window(people)
    objection = actions.object_to(by=people.by("warga"), meeting=meeting, name="Paijo", text="Lahan saya ikut?")
    assert ("deliberation.answer_objection", "bpd_chair") in duties(meeting)
    with pytest.raises(Refused) as refused:
        bind_on(people, meeting, date(2026, 3, 9))
    assert refused.value.codes == ("DB-17",)
    actions.answer_objection(by=people.by("bpd"), objection=objection, answer="Tidak, lihat peta.")
    with pytest.raises(NoSuchMove):
        actions.answer_objection(by=people.by("bpd"), objection=objection, answer="Jawaban lain.")
    assert duties(meeting) == {("deliberation.make_binding", "bpd_chair")}
    bind_on(people, meeting, date(2026, 3, 9))


def test_signatures_are_asked_again_when_binding(people):
    meeting = in_window(people)
    Meeting.objects.filter(pk=meeting.pk).update(minutes_hash="0" * 64)
    with pytest.raises(Refused) as refused:
        bind_on(people, meeting, date(2026, 3, 9))
    assert refused.value.codes == ("DB-15", "DB-16")


def test_an_annulled_meeting_decided_nothing_and_an_earlier_decision_counts_again(people):
    first = makers.a_binding_decision(people, code="ABCDEFGHJK", text_hash=HASH)
    second = makers.a_binding_decision(people, held_on=date(2026, 5, 4), code="ABCDEFGHJK", agreed=False)
    assert not decision_on("ABCDEFGHJK").agreed
    actions.annul(by=people.by("bpd"), meeting=second, why="Undangan tidak sampai ke dua dusun.")
    assert decision_on("ABCDEFGHJK").meeting_code == first.code
    actions.annul(by=people.by("bpd"), meeting=first, why="Daftar hadir keliru.")
    assert decision_on("ABCDEFGHJK") is None


@pytest.mark.parametrize("who", ["dinas", "camat", "bupati", "kades", "sekdes"])
def test_nobody_but_the_bpds_chair_binds_or_annuls(people, who):
    meeting = in_window(people)
    with pytest.raises(NotAllowed):
        makers.bind_as_seen(people, meeting, who)
    with pytest.raises(NotAllowed):
        actions.annul(by=people.by(who), meeting=meeting, why="x")


# Who sees ------------------------------------------------------------------------------------------------------------


def test_meetings_are_seen_in_their_place_and_lists_of_invitees_by_clerks_only(people):
    makers.an_invited_meeting(people)
    seen = {who for who in people.held if meetings_visible_to(people.by(who).person).exists()}
    assert seen == set(people.held) - {"kades.asing", "sekdes.asing", "dinas.asing", "pengelola"}
    clerks = {who for who in people.held if invitees_visible_to(people.by(who).person).exists()}
    assert clerks == {"sekdes", "operator", "bpd"}


def test_the_public_gets_counts(people):
    makers.opened(people, makers.an_invited_meeting(people))
    shown = public_meetings(OURS).get()
    assert (shown.asked, shown.here) == (9, 9)


# Consent -------------------------------------------------------------------------------------------------------------


def test_consent_is_given_after_six_steps_with_time_between(people):
    makers.a_given_consent(people, "ABCDEFGHJK")
    said = consent_on("ABCDEFGHJK", OURS)
    assert (said.given, said.given_on, said.minutes_number) == (True, date(2026, 3, 30), "BA-PADIATAPA/6/ABCDEFGHJK")
    assert ConsentStep.objects.count() == 6
    assert consent_on("MNPQRSTVWX", OURS) is None


def begun(people) -> ConsentProcess:
    return consents.begin_consent(
        by=people.by("kades"), village=place(OURS), about="ABCDEFGHJK", title="Kebun", group="Pekebun",
        language="bahasa Jawa", informed_on=date(2026, 1, 5),
    )  # fmt: skip


STEP = {"minutes_number": "BA-1", "minutes": "x", "male": 10, "female": 12, "local_language": True}


def scanned(of: str) -> dict[str, Any]:
    return {**STEP, "scan": makers.a_scan(of)}


@pytest.mark.parametrize(
    "changes",
    [{"number": 2}, {"held_on": date(2026, 1, 18)}, {"minutes_number": ""}, {"scan": None}],
    ids=["a step is left out", "thirteen days", "no minutes", "minutes without a scan"],
)
def test_a_step_out_of_order_too_soon_or_without_minutes_is_refused(people, changes):
    process = begun(people)
    given = {**STEP, "scan": makers.a_scan("1"), "number": 1, "held_on": date(2026, 1, 19), **changes}
    with pytest.raises(Refused) as refused:
        consents.record_consent_step(by=people.by("bpd"), process=process, **given)
    assert refused.value.codes == ("DB-23",)
    assert not ConsentStep.objects.exists()


def test_DB_34_no_step_is_recorded_before_its_day(people):
    with clock.at(on(date(2026, 2, 1))):
        with pytest.raises(Refused) as refused:
            consents.begin_consent(
                by=people.by("kades"), village=place(OURS), about="ABCDEFGHJK", title="Kebun", group="Pekebun",
                language="bahasa Jawa", informed_on=date(2026, 2, 2),
            )  # fmt: skip
        assert refused.value.codes == ("DB-34",)
        process = begun(people)
        with pytest.raises(Refused) as refused:
            consents.record_consent_step(
                by=people.by("bpd"), process=process, number=1, held_on=date(2026, 2, 2), **scanned("1")
            )
        assert refused.value.codes == ("DB-34",)
        consents.record_consent_step(
            by=people.by("bpd"), process=process, number=1, held_on=date(2026, 2, 1), **scanned("1")
        )
    assert ConsentStep.objects.count() == 1


@pytest.mark.parametrize("changes", [{"given_by": "village"}, {"male": 0, "female": 0}, {"local_language": False}])
def test_nobody_consents_for_the_affected_group(people, changes):
    process = begun(people)
    for number in range(1, 6):
        day = date(2026, 1, 5) + timedelta(days=14 * number)
        consents.record_consent_step(
            by=people.by("sekdes"), process=process, number=number, held_on=day, **scanned(f"{number}")
        )
    last = {**scanned("6"), "held_on": date(2026, 4, 1), "given_by": "affected_group", **changes}
    with pytest.raises(Refused) as refused:
        consents.give_consent(by=people.by("bpd"), process=process, **last)
    assert refused.value.codes == ("DB-24",)
    assert not consent_on("ABCDEFGHJK", OURS).given


def test_DB_58_whoever_recorded_every_step_alone_does_not_record_the_yes(people):
    process = begun(people)
    for number in range(1, 6):
        day = date(2026, 1, 5) + timedelta(days=14 * number)
        consents.record_consent_step(
            by=people.by("bpd"), process=process, number=number, held_on=day, **scanned(f"{number}")
        )
    last = {**scanned("6"), "held_on": date(2026, 4, 1), "given_by": "affected_group"}
    with pytest.raises(Refused) as refused:
        consents.give_consent(by=people.by("bpd"), process=process, **last)
    assert refused.value.codes == ("DB-58",)
    an_office(people, "kelompok", "Karso", roles.GROUP_REP)
    consents.give_consent(by=people.by("kelompok"), process=process, **last)
    assert consent_on("ABCDEFGHJK", OURS).given


def test_a_no_ends_the_process_and_a_new_begin_starts_from_the_first_step(people):
    process = makers.a_given_consent(people, "ABCDEFGHJK")
    consents.refuse_consent(by=people.by("warga"), process=process, why="Lebak ikut dibuka.")
    assert consent_on("ABCDEFGHJK", OURS).refused
    again = begun(people)
    assert (again.pk, again.round, again.state) == (process.pk, 2, "preconditions")
    consents.record_consent_step(
        by=people.by("bpd"), process=again, number=1, held_on=date(2026, 6, 1), **scanned("anew")
    )


def test_DB_35_the_minutes_of_one_step_are_not_those_of_another(people):
    process = begun(people)
    first = scanned("the same")
    consents.record_consent_step(by=people.by("bpd"), process=process, number=1, held_on=date(2026, 1, 19), **first)
    with pytest.raises(Refused) as refused:
        consents.record_consent_step(by=people.by("bpd"), process=process, number=2, held_on=date(2026, 2, 2), **first)
    assert refused.value.codes == ("DB-35",)
    assert ConsentStep.objects.get().file.sha256 == first["scan"].sha256


@pytest.mark.parametrize("steps", range(6))
@pytest.mark.parametrize("who", ["bpd", "warga"])
def test_the_group_may_say_no_at_every_step_and_its_no_is_kept(people, steps, who):
    process = makers.stepped(people, begun(people), *range(1, steps + 1))
    no = makers.a_scan("no")
    consents.refuse_consent(by=people.by(who), process=process, why="Lebak ikut dibuka.", scan=no)
    said = consent_on("ABCDEFGHJK", OURS)
    assert (said.refused, said.withdrawn, said.refused_on) == (True, False, clock.today())
    kept = ConsentRefusal.objects.get()
    assert (kept.state, kept.file.sha256) == (CONSENT_STEPS[steps], no.sha256)
    assert not Duty.objects.filter(door="page.consent").exists()
    begun(people)
    assert ConsentRefusal.objects.get().why == "Lebak ikut dibuka."  # a new round does not hide it


def test_a_yes_taken_back_withdraws_its_statement_and_waits_for_head_and_bpd(people):
    process = makers.a_given_consent(people, "ABCDEFGHJK", printed=True)
    paper = Paper.objects.get(kind="consent_statement", about=about_of(process))
    consents.refuse_consent(by=people.by("warga"), process=process, why="Lebak ikut dibuka.")
    assert Paper.objects.get(pk=paper.pk).withdrawal.why == "Lebak ikut dibuka."
    said = consent_on("ABCDEFGHJK", OURS)
    assert (said.given, said.withdrawn, said.refused_on) == (False, True, clock.today())
    open_now = Duty.objects.filter(about_any([about_of(process)]))
    assert {(each.door, each.role) for each in open_now} == {
        ("page.consent", "village_head"), ("page.consent", "bpd_chair"),
    }  # fmt: skip
    begun(people)
    assert consent_on("ABCDEFGHJK", OURS).withdrawn  # until it is given again
    assert [each.door for each in open_now.all()] == ["deliberation.record_consent_step"]


# Texts of later stages -----------------------------------------------------------------------------------------------


@pytest.fixture
def offering(monkeypatch, people):
    """A later stage's act that closes a text, through a door of its own."""

    def work(act, *, village, **text):
        act.log("text.offered", village)
        return offer_text(act, village=village, kind="cooperation", title="Lembar kerja sama", **text)

    row = permits.act("test.offer", village_head=permits.VILLAGE)
    monkeypatch.setitem(permissions.table(), "test.offer", row)
    offer = command("test.offer", on="village")(work)
    yield lambda **text: offer(by=people.by("kades"), village=place(OURS), **text)
    doors.pop("test.offer")


def test_a_closed_text_waits_until_it_is_on_an_agenda_and_again_when_it_is_brought_anew(people, offering):
    with clock.at(on(DAY - timedelta(days=20))):
        ready = offering(code="ABCDEFGHJK", text_hash=HASH)
    assert list(texts_waiting([OURS])) == [ready]
    assert not texts_waiting(["51.08.02.2008"])
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting, code=ready.code, text_hash=ready.text_hash)
    assert not texts_waiting([OURS])
    held = makers.decided(people, makers.opened(people, makers.invited(people, meeting)), "refused")
    assert not texts_waiting([OURS])
    with clock.at(on(DAY + timedelta(days=20))):
        offering(code="ABCDEFGHJK", text_hash="b" * 64)
    assert texts_waiting([OURS]).get().text_hash == "b" * 64
    assert decision_on("ABCDEFGHJK").text_hash == HASH
    assert held.subjects.get().text_hash == HASH


def test_a_text_closed_anew_in_session_is_what_the_meeting_decides_on(people, offering):
    offering(code="ABCDEFGHJK", text_hash=HASH)
    meeting = makers.opened(people, makers.an_invited_meeting(people, code="ABCDEFGHJK", text_hash=HASH))
    offering(code="ABCDEFGHJK", text_hash="b" * 64)
    makers.decided(people, meeting)
    assert decision_on("ABCDEFGHJK").text_hash == "b" * 64


def test_the_village_is_told_when_minutes_are_published_and_when_they_bind(people):
    meeting = makers.a_binding_decision(people)
    told = Notice.objects.filter(about=about_of(meeting)).order_by("pk")
    assert [each.region_id for each in told] == [OURS, OURS]
    assert "mengikat" in told[1].says
