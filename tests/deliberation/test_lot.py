"""The lot: who signs the minutes for the residents, counted again, passed over, and refused to everybody else."""

from datetime import date, timedelta
from hashlib import sha256

import pytest

from bermitra.deliberation import actions, letters, queries
from bermitra.deliberation.actions import Who
from bermitra.deliberation.models import Attendee, Meeting, Witness
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.door import doors
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents.compose import Issued, compose, words
from bermitra.foundation.documents.typst_pdf import render
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.norms.models import RegencyNorm
from bermitra.foundation.rules import Refused
from tests.deliberation import makers
from tests.deliberation.makers import DAY, on
from tests.deliberation.test_pages import as_, send, to

pytestmark = pytest.mark.django_db
RESIDENTS = {"Paijo", "Tarmi", "Karso", "Siti Rokhimah", "Kyai Mansur", "Ngatini"}  # of PEOPLE, without the officials


def decided(people) -> Meeting:
    return makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))


def waiting(people) -> Meeting:
    """Minutes that only wait for the residents' signatures."""
    meeting = makers.with_minutes(people, decided(people))
    for who in ("bpd", "sekdes", "kades"):
        makers.countersigned(people, meeting, who)
    return now(meeting)


def now(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def in_order(meeting: Meeting) -> list[str]:
    """The residents as anybody counts them from the codes on the printed minutes."""
    here = meeting.attendees.filter(name__in=RESIDENTS)
    return [
        each.name
        for each in sorted(
            here, key=lambda each: sha256(f"{meeting.code}|{meeting.edition}|{each.code}".encode()).hexdigest()
        )
    ]


def test_two_residents_are_drawn_when_the_minutes_are_final_and_officials_never(people):
    meeting = makers.with_minutes(people, decided(people))
    assert makers.the_drawn(meeting) == in_order(meeting)[:2]
    assert {each.name for each in queries.in_the_lot(meeting)} == RESIDENTS
    said = Event.objects.get(verb="minutes.finalised").body
    assert all(each.attendee.code in said for each in meeting.witnesses.all())


def test_who_only_observes_leads_or_did_not_come_is_not_in_the_lot(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    makers.signed_in(people, meeting, absent=("Karso",))
    meeting.attendees.filter(name="Kyai Mansur").update(observer=True)
    meeting.minute_taker = "SITI ROKHIMAH"
    assert {each.name for each in queries.in_the_lot(meeting)} == RESIDENTS - {"Karso", "Kyai Mansur", "Siti Rokhimah"}


def line_as(people, line: Attendee, **given) -> Attendee:
    """The line written again with these instead."""
    observer = given.pop("observer", None)
    stands = {"name": line.name, "sex": line.sex, "hamlet": line.hamlet, "elements": tuple(line.elements)}
    who = Who(**(stands | {"poor": line.poor} | given))
    return actions.complete_attendee(by=people.by("sekdes"), attendee=line, who=who, observer=observer)


def test_after_a_decision_no_line_that_decided_is_changed_and_what_is_empty_is_filled(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    line_as(people, meeting.attendees.get(name="Karso"), elements=("farmers",))  # before it all is open
    makers.decided(people, meeting)
    line = meeting.attendees.get(name="Karso")
    others = {"name": "Karsi", "sex": "P", "elements": ("bpd",), "hamlet": "Kulon", "observer": True}
    for name, value in others.items():
        with pytest.raises(Refused) as refused:
            line_as(people, line, **{name: value})
        assert refused.value.codes == ("DB-63",)
    meeting.attendees.filter(name="Karso").update(hamlet="", elements=[])
    line_as(people, meeting.attendees.get(name="Karso"), hamlet="Dhuwur", elements=("hamlets",))
    line = meeting.attendees.get(name="Karso")
    assert (line.hamlet, line.elements) == ("Dhuwur", ["hamlets"])
    said = Event.objects.filter(verb="attendee.completed").latest("pk").body
    assert '"changed":["elements","hamlet"]' in said.replace(" ", "") and "Dhuwur" not in said


def test_nobody_is_on_the_list_twice_but_one_of_that_name_from_another_hamlet(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    for again in (Who("H. PAIJO", "L", "kulon", ("farmers",)), Who("Paijo", "L", "", ())):
        with pytest.raises(Refused) as refused:
            actions.add_attendee(by=people.by("sekdes"), meeting=meeting, who=again, observer=True)
        assert refused.value.codes == ("DB-64",)
    other = actions.add_attendee(by=people.by("sekdes"), meeting=meeting, who=Who("Paijo", "L", "Wetan", ("farmers",)))
    with pytest.raises(Refused) as refused:
        line_as(people, other, hamlet="Kulon")
    assert refused.value.codes == ("DB-64",)
    line_as(people, other, elements=("youth",))


def test_of_two_residents_of_one_name_one_is_in_the_lot(people):
    meeting = decided(people)
    meeting.attendees.filter(name="Karso").update(name="Paijo")
    assert len(queries.in_the_lot(meeting)) == len(RESIDENTS) - 1


def test_fewer_are_drawn_where_fewer_came_and_without_any_one_participant_signs(people):
    meeting = decided(people)
    meeting.attendees.filter(name__in=RESIDENTS - {"Paijo"}).update(elements=["village_government"])
    assert [each.name for each in queries.in_the_lot(meeting)] == ["Paijo"]
    meeting.attendees.filter(name="Paijo").update(elements=["bpd", "farmers"])
    assert queries.in_the_lot(meeting) == []
    meeting = makers.with_minutes(people, meeting, "Panen raya; diundang dua kali.")
    assert queries.may_sign_for_residents(meeting) == sorted(meeting.attendees.values_list("name", flat=True))


def test_the_number_of_the_drawn_is_the_regencys(people):
    RegencyNorm.objects.create(
        regency_id="33.04", name="countersigning_residents", value=3, basis="Perbup", effective_from=date(2026, 1, 1),
        set_at=on(DAY),
    )  # fmt: skip
    meeting = makers.with_minutes(people, decided(people))
    assert makers.the_drawn(meeting) == in_order(meeting)[:3]


def test_the_minutes_are_out_only_when_both_have_signed(people):
    meeting = waiting(people)
    first, second = makers.the_drawn(meeting)
    sheet = makers.a_sheet(meeting)
    actions.record_signed_sheet(by=people.by("operator"), meeting=meeting, sheet=sheet, residents=[first])
    assert now(meeting).state == "countersigning"
    with pytest.raises(NoSuchMove):  # once is enough
        actions.record_signed_sheet(by=people.by("operator"), meeting=meeting, sheet=sheet, residents=[first])
    actions.record_signed_sheet(by=people.by("operator"), meeting=meeting, sheet=sheet, residents=[second])
    assert now(meeting).state == "objection_window"


def test_a_resident_signs_with_his_account_only_if_the_lot_fell_on_him(people):
    meeting = decided(people)
    makers.let_the_lot_fall_on(meeting, "Karso", "Tarmi")
    meeting = makers.with_minutes(people, meeting)
    with pytest.raises(Refused) as refused:
        makers.countersigned(people, meeting, "warga")  # Paijo was there
    assert refused.value.codes == ("DB-40",)
    other = makers.a_sheet(meeting)
    with pytest.raises(Refused) as refused:
        actions.record_signed_sheet(by=people.by("operator"), meeting=meeting, sheet=other, residents=["Paijo"])
    assert refused.value.codes == ("DB-40",)
    another = decided(people)
    makers.let_the_lot_fall_on(another, "Paijo")
    another = makers.with_minutes(people, another)
    makers.countersigned(people, another, "warga")
    assert queries.residents_signed(now(another)) == {"paijo"}


def test_who_was_drawn_signs_the_next_edition_too_and_who_was_passed_over_stays_so(people):
    meeting = waiting(people)
    order = in_order(meeting)
    gone = meeting.witnesses.get(order=1).attendee
    actions.draw_again(by=people.by("bpd"), meeting=meeting, passed=gone.code, why="Merantau ke Jakarta.")
    for edition in (2, 3):
        actions.return_minutes(by=people.by("bpd"), meeting=meeting, why="Jam keliru.")
        with clock.at(on(DAY + timedelta(days=edition))):
            held = now(meeting)
            said = " ".join(words(compose(letters.minutes(held))))
            held = actions.finalise_minutes(by=people.by("bpd"), meeting=held)
        assert (held.edition, makers.the_drawn(meeting)) == (edition, order[1:3])
        assert held.witnesses.get(edition=edition, order=1).passed_over_because == "Merantau ke Jakarta."
        assert f"SHA-256 dari {meeting.code}|1|kode peserta" in said
    tired = held.witnesses.get(edition=3, order=2).attendee
    actions.draw_again(by=people.by("bpd"), meeting=held, passed=tired.code, why="Sakit keras.")
    assert makers.the_drawn(meeting) == order[2:4]


def test_who_cannot_sign_is_passed_over_with_a_reason_and_the_next_follows(people):
    meeting = waiting(people)
    order = in_order(meeting)
    gone = meeting.witnesses.get(order=1).attendee
    actions.draw_again(by=people.by("bpd"), meeting=meeting, passed=gone.code, why="Merantau ke Jakarta.")
    assert makers.the_drawn(meeting) == order[1:3]
    assert meeting.witnesses.get(order=1).passed_over_because == "Merantau ke Jakarta."
    said = Event.objects.get(verb="minutes.drawn_again").body
    assert gone.code in said and Attendee.objects.get(meeting=meeting, name=order[2]).code in said
    assert "Jakarta" not in said
    with pytest.raises(NoSuchMove):  # already passed over
        actions.draw_again(by=people.by("bpd"), meeting=meeting, passed=gone.code, why="Lagi.")
    with pytest.raises(NoSuchMove):  # never drawn
        never = Attendee.objects.get(meeting=meeting, name=order[5])
        actions.draw_again(by=people.by("bpd"), meeting=meeting, passed=never.code, why="Lebih cocok orang lain.")
    makers.signed_by_the_drawn(people, meeting)
    assert now(meeting).state == "objection_window"


def test_who_has_signed_is_not_passed_over(people):
    meeting = waiting(people)
    first = meeting.witnesses.get(order=1).attendee
    sheet = makers.a_sheet(meeting)
    actions.record_signed_sheet(by=people.by("operator"), meeting=meeting, sheet=sheet, residents=[first.name])
    with pytest.raises(NoSuchMove):
        actions.draw_again(by=people.by("bpd"), meeting=meeting, passed=first.code, why="Tidak sepakat.")


def test_where_nobody_follows_nobody_is_passed_over(people):
    meeting = decided(people)
    meeting.attendees.exclude(name__in=("Paijo", "Tarmi")).update(elements=["village_government"])
    meeting = makers.with_minutes(people, now(meeting), absence_reason="Panen raya; diundang dua kali.")
    for who in ("bpd", "sekdes", "kades"):
        makers.countersigned(people, meeting, who)
    for name in ("Paijo", "Tarmi"):
        gone = Attendee.objects.get(meeting=meeting, name=name)
        with pytest.raises(Refused) as refused:
            actions.draw_again(by=people.by("bpd"), meeting=now(meeting), passed=gone.code, why="Sakit keras.")
        assert refused.value.codes == ("DB-65",)
    assert set(makers.the_drawn(meeting)) == {"Paijo", "Tarmi"}


def test_where_all_who_were_drawn_are_passed_over_nobody_else_signs_for_them(people):
    meeting = waiting(people)
    meeting.witnesses.update(passed_over_because="Sakit keras.")  # as could be before somebody had to follow
    assert queries.may_sign_for_residents(now(meeting)) == []
    with pytest.raises(Refused) as refused:
        makers.countersigned(people, meeting, "warga")
    assert refused.value.codes == ("DB-40",)


def test_minutes_from_before_lots_were_drawn_keep_the_old_rule(people):
    meeting = makers.with_minutes(people, decided(people))
    Witness.objects.filter(meeting=meeting).delete()  # as such minutes are
    with clock.at(on(DAY + timedelta(days=1), 4)):
        for who in ("bpd", "sekdes", "kades", "warga"):
            makers.countersigned(people, now(meeting), who)
    assert now(meeting).state == "objection_window"
    assert makers.bound(people, now(meeting)).state == "binding"


@pytest.mark.parametrize("who", ["dinas", "camat", "bupati", "kades", "sekdes", "anggota.bpd"])
def test_only_the_bpds_chair_draws_again(people, who):
    meeting = waiting(people)
    code = meeting.witnesses.get(order=1).attendee.code
    with pytest.raises(NotAllowed):
        actions.draw_again(by=people.by(who), meeting=meeting, passed=code, why="Ingin orang lain.")
    assert "deliberation.draw_again" in doors


def test_the_printed_minutes_name_the_drawn_and_how_to_count_again(people):
    meeting = decided(people)
    first, second = in_order(meeting)[:2]
    tree = compose(
        letters.minutes(meeting), Issued("0123456789ABC", "http://127.0.0.1/verifikasi/0123456789ABC/", True)
    )
    said = makers.words_of(render(tree))
    assert said.count("Warga terundi,") == 2
    assert f"SHA-256 dari {meeting.code}|1|kode peserta" in said
    last = said[said.index("URUTAN UNDIAN") :]
    assert last.index(first) < last.index(second)
    for each in meeting.attendees.filter(name__in=RESIDENTS):
        number = sha256(f"{meeting.code}|1|{each.code}".encode()).hexdigest()
        assert each.code in last and number[:16] in last


def test_the_page_names_the_drawn_to_the_village_and_counts_them_to_others(people):
    meeting = waiting(people)
    first, second = makers.the_drawn(meeting)
    path = to("page.meeting", meeting.code)
    told = as_("sekdes").get(path).content.decode()
    assert "2 warga terundi, 0 sudah menandatangani." in told
    assert first in told and second in told
    for who in ("warga", "camat"):
        told = as_(who).get(path).content.decode()
        assert "2 warga terundi, 0 sudah menandatangani." in told
        assert not [name for name in RESIDENTS - {"Paijo"} if name in told]


def test_a_resident_is_shown_the_door_to_sign_only_if_drawn(people):
    meeting = decided(people)
    makers.let_the_lot_fall_on(meeting, "Karso", "Tarmi")
    meeting = makers.with_minutes(people, meeting)
    sign = to("deliberation.countersign", meeting.code)
    assert sign not in as_("warga").get(to("page.meeting", meeting.code)).content.decode()
    assert sign in as_("kades").get(to("page.meeting", meeting.code)).content.decode()
    another = decided(people)
    makers.let_the_lot_fall_on(another, "Paijo")
    another = makers.with_minutes(people, another)
    sign = to("deliberation.countersign", another.code)
    assert sign in as_("warga").get(to("page.meeting", another.code)).content.decode()


def test_drawing_again_by_its_page(people):
    meeting = waiting(people)
    chair, path = as_("bpd"), to("deliberation.draw_again", meeting.code)
    assert path in chair.get(to("page.meeting", meeting.code)).content.decode()
    first, second = makers.the_drawn(meeting)
    page = chair.get(path).content.decode()
    assert first in page and second in page
    code = meeting.witnesses.get(order=1).attendee.code
    assert send(chair, path, passed=code, why="").status_code == 422
    never = Attendee.objects.get(meeting=meeting, name=in_order(meeting)[5]).code
    assert send(chair, path, passed=never, why="Saya pilih dia.").status_code == 422
    assert send(chair, path, passed=code, why="Merantau.").status_code == 302
    told = as_("sekdes").get(to("page.meeting", meeting.code)).content.decode()
    assert "Merantau." in told and "Diganti" in told
    makers.signed_by_the_drawn(people, meeting)
    assert path not in chair.get(to("page.meeting", meeting.code)).content.decode()
