"""Needs are submitted whole, and only a binding Musyawarah on the very same rows makes them priorities."""

import pytest

from bermitra.deliberation.models import Meeting
from bermitra.deliberation.queries import decision_on, tabled_at
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.rules import Refused
from bermitra.needs import actions, queries
from bermitra.needs.models import Need, Potential, PriorityList
from tests.deliberation import makers as meetings
from tests.needs import makers
from tests.people import FOREIGN, OURS, place

pytestmark = pytest.mark.django_db


def state_of(held):
    return type(held).objects.get(pk=held.pk).state


def test_a_need_is_recorded_by_the_hamlet_head_and_submitted(people):
    need = makers.a_submitted_need(people)
    assert need.state == "submitted"
    assert list(queries.public_needs(OURS)) == [need]
    assert [e.verb for e in Event.objects.order_by("seq")] == ["need.recorded", "need.submitted"]


def test_a_need_without_place_figures_and_source_is_not_submitted(people):
    bare = {"title": "Air bersih", "sector": "drinking_water", "severity": 3}
    need = actions.record(by=people.by("operator"), village=place(OURS), **bare)
    with pytest.raises(Refused) as refused:
        actions.submit(by=people.by("operator"), need=need)
    assert refused.value.codes == ("ND-01",)
    assert state_of(need) == "draft"
    assert not queries.public_needs(OURS).exists()


def test_words_and_figures_of_a_draft_can_be_corrected_and_not_afterwards(people):
    bare = {"title": "Air bersih", "sector": "drinking_water", "severity": 3}
    need = actions.record(by=people.by("kadus"), village=place(OURS), **bare)
    words = {**bare, "text": "Sumur kering", "hamlet": "Kulon", "location": "", "source": "rembuk dusun"}
    actions.revise(by=people.by("kadus"), need=need, **words)
    counts = {"male": 10, "female": 12, "households": 6, "poor_households": 2}
    actions.count_beneficiaries(by=people.by("kadus"), need=need, **counts)
    actions.submit(by=people.by("kadus"), need=need)
    with pytest.raises(NoSuchMove):
        actions.count_beneficiaries(by=people.by("kadus"), need=need, **counts)
    with pytest.raises(NoSuchMove):
        actions.revise(by=people.by("kadus"), need=Need.objects.get(pk=need.pk), **words)


@pytest.mark.parametrize("who", ["dinas", "camat", "bupati", "kades.asing", "bpd", "bendahara"])
def test_nobody_else_records_a_need_of_the_village(people, who):
    with pytest.raises(NotAllowed):
        actions.record(by=people.by(who), village=place(OURS), title="x", sector="health", severity=1)


def test_a_withdrawn_need_is_shown_no_more(people):
    need = makers.a_submitted_need(people)
    actions.withdraw(by=people.by("sekdes"), need=need, why="Tercatat dua kali.")
    assert not queries.needs_of(OURS).exists()


def test_rows_are_placed_moved_and_dropped(people):
    first, second, third = (makers.a_submitted_need(people, title=each) for each in ("A", "B", "C"))
    listed = makers.a_drafted_list(people, first, second, third)
    order = lambda: [row.need.title for row in listed.rows.order_by("rank")]  # noqa: E731
    actions.place(by=people.by("sekdes"), priorities=listed, need=third, reason="Paling mendesak.", rank=1)
    assert order() == ["C", "A", "B"]
    actions.drop(by=people.by("sekdes"), priorities=listed, need=first)
    assert order() == ["C", "B"]
    assert [row.rank for row in listed.rows.order_by("rank")] == [1, 2]


def test_a_foreign_need_is_not_placed(people):
    foreign = actions.record(by=people.by("kades.asing"), village=place(FOREIGN), **makers.NEED)
    listed = makers.a_drafted_list(people, makers.a_submitted_need(people))
    with pytest.raises(NoSuchMove):
        actions.place(by=people.by("sekdes"), priorities=listed, need=foreign, reason="x")


def test_an_empty_list_or_one_with_drafts_is_not_tabled(people):
    meeting = meetings.a_planned_meeting(people)
    empty = makers.a_drafted_list(people)
    draft = actions.record(by=people.by("kadus"), village=place(OURS), **makers.NEED)
    with_draft = makers.a_drafted_list(people, draft)
    for listed in (empty, with_draft):
        with pytest.raises(Refused) as refused:
            actions.table(by=people.by("sekdes"), priorities=listed, meeting=meeting)
        assert refused.value.codes == ("ND-09",)
    assert not meeting.subjects.exists()


def test_tabling_puts_the_rows_and_their_hash_before_the_meeting(people):
    need = makers.a_submitted_need(people)
    listed = makers.a_drafted_list(people, need)
    meeting = meetings.a_planned_meeting(people)
    listed = actions.table(by=people.by("sekdes"), priorities=listed, meeting=meeting)
    subject = meeting.subjects.get()
    assert (subject.code, subject.text_hash, subject.kind) == (listed.code, listed.hash, "priorities")
    assert need.title in subject.text
    assert state_of(need) == "discussed"
    assert Duty.objects.filter(door="needs.prioritise", closed_at=None).count() == 1
    acts = Event.objects.filter(verb__in=("subject.tabled", "priorities.tabled")).values_list("act", flat=True)
    assert len(acts) == 2
    assert len(set(acts)) == 1


def test_what_the_meeting_reads_and_decides_covers_the_cost(people):
    need = makers.a_submitted_need(people, title="Sumur")
    listed = makers.a_drafted_list(people, need)
    before = queries.rows_hash(listed)
    actions.set_cost(by=people.by("sekdes"), need=need, cost_low=40_000_000, cost_high=60_000_000)
    assert queries.rows_hash(listed) != before
    assert "Biaya Rp40.000.000 sampai Rp60.000.000." in queries.rows_in_words(listed).replace("\xa0", "")
    meetings.with_invitees(people)
    listed = actions.table(by=people.by("sekdes"), priorities=listed, meeting=meetings.a_planned_meeting(people))
    meetings.bind(people, meetings.invited(people, tabled_at(listed.code).meeting))
    Need.objects.filter(pk=need.pk).update(cost_high=90_000_000)  # however it came to be
    with pytest.raises(Refused) as refused:
        actions.prioritise(by=people.by("bpd"), priorities=listed)
    assert refused.value.codes == ("ND-08",)


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (None, None, "Biaya belum dihitung."),
        (5_000_000, None, "Biaya Rp5.000.000."),
        (5_000_000, 5_000_000, "Biaya Rp5.000.000."),
        (5_000_000, 9_000_000, "Biaya Rp5.000.000 sampai Rp9.000.000."),
    ],
)
def test_a_cost_is_read_out_as_it_was_reckoned(low, high, says):
    assert queries.cost_words(low, high).replace("\xa0", "") == says


def test_a_binding_decision_makes_priorities_with_their_rank(people):
    needs = [makers.a_submitted_need(people, title=each) for each in ("A", "B")]
    listed = makers.priorities_set(people, *needs)
    assert listed.state == "set"
    assert [(n.title, n.rank, n.state) for n in queries.needs_of(OURS)] == [("A", 1, "priority"), ("B", 2, "priority")]
    assert queries.priorities_in_force(OURS) == listed
    assert decision_on(listed.code).text_hash == listed.hash
    assert not Duty.objects.filter(door="needs.prioritise", closed_at=None).exists()


def test_without_a_binding_decision_nothing_is_a_priority(people):
    listed = makers.a_drafted_list(people, makers.a_submitted_need(people))
    meetings.with_invitees(people)
    meeting = meetings.a_planned_meeting(people)
    actions.table(by=people.by("sekdes"), priorities=listed, meeting=meeting)
    held = meetings.decided(people, meetings.opened(people, meetings.invited(people, meeting)))
    assert decision_on(listed.code).agreed
    with pytest.raises(Refused) as refused:
        actions.prioritise(by=people.by("bpd"), priorities=PriorityList.objects.get(pk=listed.pk))
    assert refused.value.codes == ("ND-02",)
    assert Meeting.objects.get(pk=held.pk).state == "minutes_draft"
    assert state_of(listed) == "tabled"


def test_a_refusal_of_the_meeting_makes_no_priority(people):
    need = makers.a_submitted_need(people)
    listed = makers.a_drafted_list(people, need)
    meetings.with_invitees(people)
    meeting = meetings.a_planned_meeting(people)
    actions.table(by=people.by("sekdes"), priorities=listed, meeting=meeting)
    meetings.bind(people, meetings.invited(people, meeting), agreed=False)
    with pytest.raises(Refused) as refused:
        actions.prioritise(by=people.by("bpd"), priorities=PriorityList.objects.get(pk=listed.pk))
    assert refused.value.codes == ("ND-02",)
    actions.defer(by=people.by("bpd"), need=Need.objects.get(pk=need.pk), why="Belum ada dana.", next_year=2030)
    assert state_of(need) == "backlog"


def test_rows_changed_after_the_decision_are_not_what_was_decided(people):
    first, second = (makers.a_submitted_need(people, title=each) for each in ("A", "B"))
    listed = makers.a_drafted_list(people, first, second)
    meetings.with_invitees(people)
    meeting = meetings.a_planned_meeting(people)
    actions.table(by=people.by("sekdes"), priorities=listed, meeting=meeting)
    meetings.bind(people, meetings.invited(people, meeting))
    actions.place(by=people.by("sekdes"), priorities=listed, need=second, reason="Menyangkut keselamatan.", rank=1)
    with pytest.raises(Refused) as refused:
        actions.prioritise(by=people.by("bpd"), priorities=PriorityList.objects.get(pk=listed.pk))
    assert refused.value.codes == ("ND-08",)
    assert state_of(first) == "discussed"


def test_a_list_reordered_in_session_is_tabled_again_with_its_new_hash(people):
    first, second = (makers.a_submitted_need(people, title=each) for each in ("A", "B"))
    listed = makers.a_drafted_list(people, first, second)
    meetings.with_invitees(people)
    meeting = meetings.a_planned_meeting(people)
    before = actions.table(by=people.by("sekdes"), priorities=listed, meeting=meeting).hash
    meetings.opened(people, meetings.invited(people, meeting))
    actions.place(by=people.by("sekdes"), priorities=listed, need=second, reason="Paling banyak keluarga.", rank=1)
    again = actions.table(by=people.by("sekdes"), priorities=listed, meeting=meeting)
    assert again.hash != before
    assert meeting.subjects.get().text_hash == again.hash
    held = meetings.decided(people, meeting)
    meetings.bound(people, meetings.published(people, meetings.with_minutes(people, held)))
    with clock.at(meetings.on(meetings.DAY.replace(month=4))):
        actions.prioritise(by=people.by("bpd"), priorities=again)
    assert [n.title for n in queries.needs_of(OURS)] == ["B", "A"]


@pytest.mark.parametrize("who", ["kades", "sekdes", "operator", "dinas", "camat", "bupati"])
def test_only_the_bpds_chair_sets_priorities(people, who):
    listed = makers.a_drafted_list(people, makers.a_submitted_need(people))
    with pytest.raises(NotAllowed):
        actions.prioritise(by=people.by(who), priorities=listed)


def test_a_deferral_needs_a_later_year(people):
    makers.priorities_set(people)
    need = Need.objects.get()
    with pytest.raises(Refused) as refused, clock.at(meetings.on(meetings.DAY.replace(month=5))):
        actions.defer(by=people.by("bpd"), need=need, why="Belum ada dana.", next_year=2026)
    assert refused.value.codes == ("ND-03",)
    with clock.at(meetings.on(meetings.DAY.replace(month=5))):
        actions.defer(by=people.by("bpd"), need=need, why="Belum ada dana.", next_year=2027)
    need.refresh_from_db()
    assert (need.state, need.rank, need.next_year) == ("backlog", None, 2027)


def test_a_potential_is_published_when_its_sheet_is_whole(people):
    bare = {"title": "Kapulaga", "kind": "crops"}
    potential = actions.record_potential(by=people.by("kadus"), village=place(OURS), **bare)
    with pytest.raises(Refused) as refused:
        actions.publish_potential(by=people.by("kades"), potential=potential)
    assert refused.value.codes == ("ND-07",)
    actions.revise_potential(by=people.by("kadus"), potential=potential, **makers.POTENTIAL)
    actions.publish_potential(by=people.by("kades"), potential=potential)
    assert [each.title for each in queries.public_potentials(OURS)] == ["Kapulaga di bawah sengon"]


def test_a_published_potential_that_is_corrected_is_a_draft_again(people):
    potential = makers.a_published_potential(people)
    actions.revise_potential(by=people.by("sekdes"), potential=potential, **{**makers.POTENTIAL, "quantity": "60"})
    assert not queries.public_potentials(OURS).exists()
    actions.archive_potential(by=people.by("sekdes"), potential=Potential.objects.get())
    assert not queries.potentials_of(OURS).exists()


def test_offices_see_what_lies_in_their_place(people):
    makers.a_submitted_need(people)
    seen = {who: queries.needs_visible_to(people.by(who).person).count() for who in people.held}
    assert {who for who, count in seen.items() if count} == set(people.held) - {
        "kades.asing", "sekdes.asing", "dinas.asing", "pengelola",
    }  # fmt: skip
