"""Who has an interest in what is before a meeting: found by name, heard, and not among those who decide."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bermitra.deliberation import actions, letters
from bermitra.deliberation.actions import Who
from bermitra.deliberation.interests import interest_facts, tied_actor
from bermitra.deliberation.models import Attendee, Decision, Meeting, ReadyText, Subject
from bermitra.deliberation.queries import minutes_data, presence
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.rules import Refused
from bermitra.partnership.models import Case
from bermitra.registry import actions as registry
from bermitra.registry.queries.conflicts import found_between
from tests.deliberation import makers
from tests.deliberation.makers import DAY, on
from tests.deliberation.test_pages import as_, confirmed, send, to
from tests.partnership import makers as partnership
from tests.registry.makers import a_partner

pytestmark = pytest.mark.django_db


def a_meeting_about(people, partner, *, chair: str = "Darsini") -> Meeting:
    """In session, with a text of this partner before it; Karsono of the BPD is on the list too."""
    makers.with_invitees(people, [*makers.PEOPLE, Who("Karsono", "L", "Krajan", ("bpd",))])
    meeting = makers.a_planned_meeting(people)
    actions.table_text(
        by=people.by("bpd"), meeting=meeting, kind="cooperation", title="Sekolah lapang", text="Naskah.",
        partner=partner.code,
    )  # fmt: skip
    makers.invited(people, meeting)
    with clock.at(on(DAY)):
        makers.signed_in(people, meeting)
        return actions.open_session(by=people.by("bpd"), meeting=meeting, chair=chair, minute_taker="Wulan Pratiwi")


def declared(people, partner, *names: str) -> None:
    """The partner names its officers."""
    owners = [{"name": name, "capacity": "officer", "political_tie": "tidak ada"} for name in names]
    registry.declare_owners(by=people.by("mitra"), partner=partner, owners=owners)


def decide(people, meeting: Meeting, approving: int = 9):
    subject = meeting.subjects.get()
    with clock.at(on(DAY, 5)):
        return actions.record_decision(
            by=people.by("bpd"), meeting=meeting, subject_code=subject.code, seen=subject.text_hash, result="agreed",
            mode="consensus", approving=approving,
        )  # fmt: skip


def refused_for(people, meeting: Meeting, approving: int = 9) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        decide(people, meeting, approving)
    return refused.value.codes


def line_of(meeting: Meeting, name: str) -> Attendee:
    return meeting.attendees.get(name=name)


def changed(people, line: Attendee, who: str = "sekdes", **given) -> Attendee:
    as_it_is = Who(line.name, line.sex, line.hamlet, tuple(line.elements), line.poor)
    return actions.complete_attendee(by=people.by(who), attendee=line, who=as_it_is, **given)


# The partner's own people ------------------------------------------------------------------------------------------------


def test_an_owner_of_the_partner_does_not_decide_and_observes_instead(people):
    partner = a_partner(people)
    declared(people, partner, "Paijo")
    meeting = a_meeting_about(people, partner)
    assert refused_for(people, meeting) == ("DB-13",)
    changed(people, line_of(meeting, "Paijo"), observer=True)
    counted = presence(meeting)
    assert (counted.present, counted.signed_in, counted.invited) == (9, 9, 10)
    assert decide(people, meeting).present == 9


def test_who_acts_for_the_partner_on_this_platform_is_of_its_people_whatever_titles_he_writes(people):
    partner = a_partner(people)  # Agus Prasetyo represents it
    meeting = a_meeting_about(people, partner)
    guest = Who("Drs. H. AGUS PRASETYO, M.Si.", "L", "Krajan", ("community_leader",))
    actions.add_attendee(by=people.by("sekdes"), meeting=meeting, who=guest)
    assert refused_for(people, meeting) == ("DB-13",)


def test_where_no_partner_is_before_the_meeting_nobody_steps_back(people):
    declared(people, a_partner(people), "Paijo", "Darsini")
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    with CaptureQueriesContext(connection) as asked:
        facts = interest_facts(meeting, meeting.subjects.get())
    assert (facts.of_partner, facts.sharing, facts.chair_tied) == (0, 0, False)
    assert len(asked) <= 2
    assert decide(people, meeting).present == 9


def test_a_quorum_that_stands_on_somebody_who_stepped_back_is_none(people):
    partner = a_partner(people)
    declared(people, partner, "Paijo")
    meeting = a_meeting_about(people, partner)
    gone = meeting.attendees.filter(name__in=["Ngatini", "Kyai Mansur", "Siti Rokhimah"])
    gone.update(session=0, mark="")
    assert presence(meeting).signed_in == 7  # of ten
    changed(people, line_of(meeting, "Paijo"), observer=True)
    assert refused_for(people, meeting, approving=6) == ("DB-04",)


# Who shares with it ------------------------------------------------------------------------------------------------------


def test_law_T9_who_shares_with_the_partner_neither_presides_nor_decides(people):
    treasurer = Person.objects.get(username="anggota.bpd")
    treasurer.phone = "+6281234567890"
    treasurer.save()
    partner = a_partner(people)
    partner.contact = "Telp. 0812 3456 7890"  # that of Karsono of the BPD
    partner.save()
    meeting = a_meeting_about(people, partner, chair="Karsono")
    assert refused_for(people, meeting) == ("DB-14",)
    changed(people, line_of(meeting, "Karsono"), observer=True)
    assert refused_for(people, meeting) == ("DB-14",)  # he presides still
    held = actions.hand_chair(by=people.by("bpd"), meeting=meeting, chair="Darsini")
    decision = decide(people, held)
    assert (decision.present, decision.chair) == (9, "Darsini")


def test_what_was_looked_at_and_is_another_person_ties_nobody(people):
    partner = a_partner(people)
    declared(people, partner, "Sutrisna Hadi")  # near to the name of the village head
    meeting = a_meeting_about(people, partner)
    assert refused_for(people, meeting) == ("DB-14",)
    (item,) = found_between(partner, meeting.village_id, DAY)
    with clock.at(on(DAY)):
        registry.explain_conflict(
            by=people.by("mitra"),
            partner=partner,
            village=meeting.village,
            item=item.key,
            text="Orang lain, dari Solo.",
        )
        registry.review_conflict(
            by=people.by("lksd"), partner=partner, village=meeting.village, item=item.key, acceptable=True, tie=False,
            reason="Sudah dibandingkan dengan data warga.",
        )  # fmt: skip
    assert decide(people, meeting).present == 10


# Another person of that name ---------------------------------------------------------------------------------------------


def test_another_person_of_that_name_is_cleared_in_writing_and_the_minutes_say_so(people):
    partner = a_partner(people)
    declared(people, partner, "Paijo")
    meeting = a_meeting_about(people, partner)
    why = "Petani Dusun Kulon; pengurus mitra bernama Paijo tinggal di Semarang."
    line = changed(people, line_of(meeting, "Paijo"), cleared=why)
    assert line.cleared_by == people.sekdes.code
    assert decide(people, meeting).present == 10
    held = Meeting.objects.get()
    assert minutes_data(held)["cleared"] == [{"name": "Paijo", "why": why}]
    assert why in str(letters.minutes(held))


def test_nobody_clears_himself_nor_does_the_chair_clear_who_presides(people):
    partner = a_partner(people)
    declared(people, partner, "Darsini", "Karsono")
    meeting = a_meeting_about(people, partner)
    changed(people, line_of(meeting, "Karsono"), observer=True)
    for who, name in (("bpd", "Darsini"), ("anggota.bpd", "Karsono")):
        with pytest.raises(Refused) as refused:
            changed(people, line_of(meeting, name), who, cleared="Orang lain.")
        assert refused.value.codes == ("DB-39",)
    assert refused_for(people, meeting) == ("DB-13", "DB-14")
    changed(people, line_of(meeting, "Darsini"), "operator", cleared="Orang lain, lahir di Kebumen.")
    assert decide(people, meeting).present == 9


def test_a_line_that_the_chair_cleared_before_he_presided_does_not_help_him(people):
    partner = a_partner(people)
    declared(people, partner, "Karso")  # a resident
    meeting = a_meeting_about(people, partner)
    changed(people, line_of(meeting, "Karso"), "bpd", cleared="Orang lain.")
    actions.hand_chair(by=people.by("bpd"), meeting=meeting, chair="Karso")
    assert refused_for(people, Meeting.objects.get()) == ("DB-39",)


def test_what_was_written_of_one_name_does_not_hold_for_the_next(people):
    partner = a_partner(people)
    declared(people, partner, "Paijo", "Paimin")
    meeting = a_meeting_about(people, partner)
    line = changed(people, line_of(meeting, "Paijo"), cleared="Petani Dusun Kulon.")
    renamed = Who("Paimin", line.sex, line.hamlet, tuple(line.elements))
    actions.complete_attendee(by=people.by("sekdes"), attendee=line, who=renamed)
    assert Attendee.objects.get(pk=line.pk).cleared == ""
    assert refused_for(people, meeting) == ("DB-13",)


# The chair ---------------------------------------------------------------------------------------------------------------


def test_the_chair_is_handed_over_in_session_only_and_the_minutes_say_who_presided_over_what(people):
    meeting = a_meeting_about(people, a_partner(people))
    actions.hand_chair(by=people.by("bpd"), meeting=meeting, chair="Karsono")
    decide(people, Meeting.objects.get())
    with pytest.raises(NoSuchMove):
        actions.hand_chair(by=people.by("bpd"), meeting=meeting, chair="Darsini")
    assert Event.objects.filter(verb="musyawarah.chair_handed").count() == 1
    Meeting.objects.update(chair="Darsini")
    held = Meeting.objects.get()
    assert minutes_data(held)["decisions"][0]["chair"] == "Karsono"
    assert "Pengambilan keputusan ini dipimpin" in str(letters.minutes(held))


def test_who_presides_next_is_there_and_has_no_interest(people):
    partner = a_partner(people)
    declared(people, partner, "Karsono")
    meeting = a_meeting_about(people, partner)
    changed(people, line_of(meeting, "Wulan Pratiwi"), observer=True)
    for name in ("Karsono", "Wulan Pratiwi", "Tidak Hadir"):  # tied, an observer, not on the list
        with pytest.raises(Refused) as refused:
            actions.hand_chair(by=people.by("bpd"), meeting=meeting, chair=name)
        assert refused.value.codes == ("DB-66",)
    assert actions.hand_chair(by=people.by("bpd"), meeting=meeting, chair="Ngatini").chair == "Ngatini"


def test_what_the_register_knows_by_now_is_asked_again_before_the_minutes_are_final(people):
    partner = a_partner(people)
    meeting = a_meeting_about(people, partner)
    held = makers.decided(people, meeting)
    declared(people, partner, "Paijo")  # after the decision
    with pytest.raises(Refused) as refused:
        makers.with_minutes(people, held)
    assert refused.value.codes == ("DB-13",)
    path = to("deliberation.finalise_minutes", meeting.code)
    assert "DB-13" in confirmed("bpd", path).get(path).content.decode()
    with pytest.raises(Refused) as refused:
        changed(people, line_of(meeting, "Paijo"), observer=True)  # he has decided
    assert refused.value.codes == ("DB-63",)
    assert actions.annul(by=people.by("bpd"), meeting=held, why="Orang mitra ikut memutuskan.").state == "annulled"


def test_who_is_tied_to_what_comes_still_steps_back_after_another_decision(people):
    partner = a_partner(people)
    declared(people, partner, "Paijo")
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    own = makers.a_subject(people, meeting, kind="other")
    actions.table_text(
        by=people.by("bpd"), meeting=meeting, kind="other", title="Sekolah lapang", text="Naskah.", partner=partner.code
    )
    makers.opened(people, makers.invited(people, meeting))
    first = Subject.objects.get(code=own)
    with clock.at(on(DAY, 5)):
        actions.record_decision(
            by=people.by("bpd"), meeting=meeting, subject_code=own, seen=first.text_hash, result="agreed",
            mode="consensus", approving=9,
        )  # fmt: skip
    assert changed(people, line_of(meeting, "Paijo"), observer=True).observer
    with pytest.raises(Refused) as refused:
        changed(people, line_of(meeting, "Tarmi"), observer=True)
    assert refused.value.codes == ("DB-63",)


def test_the_tied_chairs_account_does_nothing_as_chair_and_an_untied_name_on_the_sheet_does(people):
    partner = a_partner(people)
    declared(people, partner, "Darsini")
    meeting = a_meeting_about(people, partner, chair="Ngatini")
    changed(people, line_of(meeting, "Darsini"), observer=True)
    Meeting.objects.update(state="minutes_draft")
    subject = meeting.subjects.get()
    Decision.objects.create(
        subject=subject, result="agreed", mode="consensus", chair="Ngatini", present=9, approving=9,
        text_hash=subject.text_hash, decided_at=on(DAY, 5), decided_by=people.kades.code,
    )  # fmt: skip
    held = Meeting.objects.get()
    with clock.at(on(DAY, 6)):
        for topic in range(1, 10):
            actions.answer_topic(by=people.by("sekdes"), meeting=held, topic=topic, answer="Dibahas.")
    assert tied_actor(held, people.held["bpd"]) and not tied_actor(held, people.held["kades"])
    with pytest.raises(Refused) as refused:
        makers.with_minutes(people, held)
    assert refused.value.codes == ("DB-67",)
    line = line_of(held, "Darsini")
    Attendee.objects.filter(pk=line.pk).update(cleared="Orang lain.", cleared_by=people.sekdes.code)
    final = makers.with_minutes(people, held)
    Attendee.objects.filter(pk=line.pk).update(cleared="", cleared_by="")
    code = final.witnesses.get(order=1).attendee.code
    for act in (
        lambda: makers.countersigned(people, final, "bpd"),
        lambda: actions.draw_again(by=people.by("bpd"), meeting=final, passed=code, why="Sakit."),
        lambda: makers.bind_as_seen(people, final),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.codes == ("DB-67",)
    sheet = makers.a_sheet(final)
    actions.record_signed_sheet(by=people.by("operator"), meeting=final, sheet=sheet, chair="Ngatini")
    assert final.signatures.get().name == "Ngatini"


# Pages -------------------------------------------------------------------------------------------------------------------


def test_the_attendance_page_marks_who_steps_back_and_what_to_do(people):
    partner = a_partner(people)
    declared(people, partner, "Paijo", "Darsini")
    meeting = a_meeting_about(people, partner)
    page = as_("bpd").get(to("page.attendance", meeting.code)).content.decode()
    assert page.count("Orang mitra: jadikan peninjau") == 2
    assert "Pimpinan Darsini berkepentingan pada mitra" in page
    assert to("deliberation.hand_chair", meeting.code) in page
    assert (
        to("deliberation.hand_chair", meeting.code)
        not in as_("sekdes").get(to("page.attendance", meeting.code)).content.decode()
    )
    line = line_of(meeting, "Paijo")
    path, typed = to("deliberation.complete_attendee", line.code), {
        "name": "Paijo", "sex": "L", "hamlet": "Kulon", "elements": ["farmers"],
    }  # fmt: skip
    page = as_("sekdes").get(path).content.decode()
    assert "bernama sama" in page
    assert "sama dengan nama orang yang berkepentingan pada mitra" in page
    send(as_("sekdes"), path, **typed, observer="on")
    assert (line_of(meeting, "Paijo").observer, presence(meeting).present) == (True, 9)
    send(as_("sekdes"), path, **typed, cleared="Petani Dusun Kulon.")
    page = as_("bpd").get(to("page.attendance", meeting.code)).content.decode()
    assert page.count("Orang mitra: jadikan peninjau") == 1
    assert "Orang lain yang bernama sama: Petani Dusun Kulon." in page
    other = as_("sekdes").get(to("deliberation.complete_attendee", line_of(meeting, "Tarmi").code)).content.decode()
    assert "bernama sama" not in other


def test_the_decision_page_shows_who_has_to_step_back_before_anything_is_typed(people):
    partner = a_partner(people)
    declared(people, partner, "Darsini")
    meeting = a_meeting_about(people, partner)
    chair = as_("bpd")
    with clock.at(on(DAY, 5)):
        path = chair.get(to("deliberation.record_decision", meeting.code))["Location"]
        page = chair.get(path).content.decode()
        assert "DB-13" in page
        assert "Yang berkepentingan pada mitra tidak boleh memimpin" in page
        sent = send(chair, path, result="agreed", way="consensus", approving="9", said="")
        assert sent.status_code == 409
        assert "DB-14" in sent.content.decode()
        handed = send(chair, to("deliberation.hand_chair", meeting.code), chair="Karsono")
        assert handed.status_code == 302
        changed(people, line_of(meeting, "Darsini"), observer=True)
        assert send(chair, path, result="agreed", way="consensus", approving="9", said="").status_code == 302
    page = chair.get(to("page.meeting", meeting.code)).content.decode()
    assert "9 dari 9 peserta sepakat" in page


# From the partner's register to the minutes ------------------------------------------------------------------------------


def test_a_partner_whose_director_sits_in_the_BPD_is_decided_on_without_him(people):
    """The term sheet names the partner, the agenda takes it over, and the meeting finds its director among its own."""
    partner = a_partner(people)
    declared(people, partner, "Karsono, S.E.")
    case = partnership.a_case(people)
    Case.objects.filter(pk=case.pk).update(state="candidate_proposed", partner=partner)
    sheet = partnership.a_tabled_sheet(people, Case.objects.get(pk=case.pk))
    assert ReadyText.objects.get(code=sheet.code).partner == partner.code
    makers.with_invitees(people, [*makers.PEOPLE, Who("Karsono", "L", "Krajan", ("bpd",))])
    held_on = clock.today() + timedelta(days=14)
    meeting = makers.a_planned_meeting(people, held_on)
    send(as_("sekdes"), to("deliberation.table_text", meeting.code), ready=sheet.code)
    assert Subject.objects.get().partner == partner.code
    makers.opened(people, makers.invited(people, meeting))
    held = Meeting.objects.get(pk=meeting.pk)
    with clock.at(on(held_on, 5)), pytest.raises(Refused) as refused:
        makers.decided(people, held)
    assert refused.value.codes == ("DB-13", "DB-14")
    changed(people, line_of(meeting, "Karsono"), observer=True)
    with clock.at(on(held_on, 5)):
        held = makers.decided(people, held)
    final = makers.with_minutes(people, held)
    assert final.state == "countersigning"
    assert minutes_data(final)["present"] == 9
    assert "peninjau" in str(letters.minutes(final))
