"""A shortlist of a regency from the request to the lists: what is kept, what is let go, what is said when it fails."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.norms.models import RegencyNorm
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Refused
from bermitra.matching.figures import decimal
from bermitra.matching.models import Shortlist, ShortlistRow
from bermitra.matching.shortlists import actions, computing, reasons
from bermitra.matching.shortlists.queries import rows_of_village
from bermitra.needs.models import Need, Offer, OfferAbility, VillageAims
from tests.matching.shortlist_makers import (
    a_need,
    a_potential,
    a_shortlist,
    aims,
    an_offer,
)
from tests.people import FOREIGN, NEIGHBOUR, OURS, place

pytestmark = pytest.mark.django_db
SIDE = ShortlistRow.Side


def row(side: str, village: str = OURS) -> ShortlistRow:
    return ShortlistRow.objects.get(side=side, village=village)


def test_both_sides_are_listed_with_the_numbers_that_they_were_computed_from(offer):
    made = a_shortlist()
    assert (made.state, made.villages, made.offers, made.step) == ("ready", 2, 1, 0)
    assert made.weights == {"village": 60, "partner": 60, "vision": 20, "unverified": 70}
    assert (made.size, made.floor_slots) == (20, 4)
    assert len(made.hash) == len(made.rows_hash) == 64
    # a: 60 % of 100·75 in 100·100, and 40 % of the vision 1/√2; b: 60 % of 75 in 100, and the same vision
    mine = row(SIDE.VILLAGE)
    assert (mine.rank, mine.a, mine.b, mine.h) == (1, 732_843, 732_843, 732_843)
    theirs = row(SIDE.OFFER)
    assert (theirs.rank, theirs.h, theirs.floor) == (1, mine.h, False)
    assert row(SIDE.OFFER, NEIGHBOUR).rank == 2
    assert ShortlistRow.objects.count() == 4


def test_reasons_sum_to_the_score_and_name_their_records_and_who_stands_for_them(offer):
    a_shortlist()
    for each in ShortlistRow.objects.all():
        assert sum(reason["points"] for reason in each.reasons) == each.h
        assert len(each.reasons) <= 6
    sector, potential = (
        next(r for r in row(SIDE.VILLAGE).reasons if r["kind"] == kind) for kind in ("sector", "potential")
    )
    assert sector["verified"] == [True, True]
    assert sector["values"] == [100, 75]
    assert potential["values"] == [75, 100]
    (unverified,) = (r for r in row(SIDE.VILLAGE, NEIGHBOUR).reasons if r["kind"] == "sector")
    assert unverified["verified"] == [False, True]
    assert unverified["values"] == [42, 75]


def test_the_same_rows_give_the_same_hashes_and_one_changed_figure_another(offer):
    first, second = a_shortlist(), a_shortlist()
    assert (first.hash, first.rows_hash) == (second.hash, second.rows_hash)
    OfferAbility.objects.update(level=100)
    third = a_shortlist()
    assert third.hash != first.hash
    assert third.rows_hash != first.rows_hash


def test_a_newer_shortlist_takes_the_place_of_the_rows_and_the_older_one_keeps_what_it_was_computed_with(offer):
    first, second = a_shortlist(), a_shortlist()
    assert set(ShortlistRow.objects.values_list("shortlist", flat=True)) == {second.pk}
    first.refresh_from_db()
    assert (first.state, first.villages, first.rows_hash) == ("replaced", 2, second.rows_hash)


def test_the_numbers_of_the_regency_are_those_of_the_day_on_which_it_was_asked(offer):
    RegencyNorm.objects.create(
        regency=place("33.04"), name="village_weight_percent", value=100, basis="Perbup", effective_from="2026-01-01",
        set_at="2026-01-01T00:00Z",
    )  # fmt: skip
    made = a_shortlist()
    assert made.weights["village"] == 100
    assert row(SIDE.VILLAGE).a == 750_000


def test_an_unseen_village_gets_a_kept_place_and_the_page_of_the_regency_can_say_so(people, partner):
    RegencyNorm.objects.create(
        regency=place("33.04"), name="shortlist_size", value=5, basis="Perbup", effective_from="2026-01-01",
        set_at="2026-01-01T00:00Z",
    )  # fmt: skip
    codes = [f"33.04.19.20{n}" for n in range(10, 18)]
    for code in codes:
        Region.objects.create(code=code, level=4, kind="desa", name=code, name_key=code, parent_id="33.04.19")
        a_need(code, verified=code == codes[0])
        a_potential(code)
        aims(code)
    an_offer(partner)
    made = a_shortlist()
    shown = ShortlistRow.objects.filter(side=SIDE.OFFER)
    assert shown.count() == 5
    assert shown.filter(floor=True).count() == made.measures["kept_places"] == 4
    assert made.measures["eligible"] == 8
    assert made.measures["never"] == 3
    assert {
        "kind": "never_shown",
        "villages": sorted(set(codes) - set(shown.values_list("village", flat=True))),
    } in made.warnings


def test_whom_nothing_fits_is_named_with_the_gate_that_keeps_most_away(people, partner):
    a_need()
    a_need(NEIGHBOUR, sector="energy")
    an_offer(partner)
    made = a_shortlist()
    assert {"kind": "MT-02", "villages": [NEIGHBOUR]} in made.warnings
    assert not ShortlistRow.objects.filter(village=NEIGHBOUR).exists()
    assert row(SIDE.VILLAGE).rank == 1


def test_a_regency_in_which_no_need_counts_is_computed_and_says_so(people, partner):
    an_offer(partner)
    made = a_shortlist()
    assert (made.state, made.villages, made.offers) == ("ready", 0, 1)
    assert made.warnings == [{"kind": "without_need", "villages": [OURS, NEIGHBOUR]}]


def test_one_request_at_a_time_and_none_where_nothing_is_offered(people, offer):
    asked = actions.ask_shortlist(by=people.by("dinas"), regency=place("33.04"))
    with pytest.raises(Refused) as refused:
        actions.ask_shortlist(by=people.by("dinas"), regency=place("33.04"))
    assert refused.value.codes == ("MT-15",)
    with pytest.raises(Refused) as refused:
        actions.ask_shortlist(by=people.by("dinas.asing"), regency=place("51.08"))
    assert refused.value.codes == ("MT-16",)
    assert Shortlist.objects.get().pk == asked.pk
    assert Event.objects.filter(verb="shortlist.asked", about=f"shortlist:{asked.code}").count() == 1


@pytest.mark.parametrize("who", ["kades", "sekdes", "bpd", "bupati", "inspektorat", "camat", "dinas.asing"])
def test_nobody_but_the_office_of_the_regency_asks(people, offer, who):
    with pytest.raises(NotAllowed):
        actions.ask_shortlist(by=people.by(who), regency=place("33.04"))


def test_the_office_cannot_finish_a_list_that_the_worker_has_not_computed(people, offer):
    asked = actions.ask_shortlist(by=people.by("dinas"), regency=place("33.04"))
    for verb, given in ((actions.begin_shortlist, {}), (actions.fail_shortlist, {"failure": "Gagal."})):
        with pytest.raises(NotAllowed):
            verb(by=people.by("dinas"), shortlist=asked, **given)


def test_what_was_left_in_the_middle_is_taken_up_again(people, offer):
    asked = actions.ask_shortlist(by=people.by("dinas"), regency=place("33.04"))
    actions.begin_shortlist(by=By.the_system(), shortlist=asked)
    assert computing.compute_waiting() == 0  # its worker may be at it still
    with clock.at(clock.now() + computing.LEASE):
        assert computing.compute_waiting() == 1
    asked.refresh_from_db()
    assert (asked.state, asked.tries) == ("ready", 2)
    assert computing.compute_waiting() == 0


def test_what_ended_its_worker_three_times_is_begun_no_fourth_time(people, offer):
    asked = actions.ask_shortlist(by=people.by("dinas"), regency=place("33.04"))
    for _time in range(computing.TRIES):
        actions.begin_shortlist(by=By.the_system(), shortlist=asked)
    with clock.at(clock.now() + computing.LEASE):
        computing.compute_waiting()
    asked.refresh_from_db()
    assert (asked.state, asked.failure, asked.tries) == ("failed", computing.OURS, computing.TRIES)


def test_a_worker_that_was_given_up_neither_adds_rows_nor_finishes_nor_fails_what_another_has_begun_anew(people, offer):
    asked = actions.ask_shortlist(by=people.by("dinas"), regency=place("33.04"))
    actions.begin_shortlist(by=By.the_system(), shortlist=asked)
    late, again = Shortlist.objects.get(), Shortlist.objects.get()
    earlier, places = computing.compute(late)
    OfferAbility.objects.update(level=100)
    actions.begin_shortlist(by=By.the_system(), shortlist=again)
    with pytest.raises(NoSuchMove):
        actions.begin_shortlist(by=By.the_system(), shortlist=asked)  # found its lease over at the same moment
    computed, others = computing.compute(again)
    computing.lay_down(again, others)
    with pytest.raises(actions.RowsMissing):
        computing.lay_down(late, places)
    with pytest.raises(actions.RowsMissing):
        actions.finish_shortlist(by=By.the_system(), shortlist=late, computed=earlier)
    with pytest.raises(actions.RowsMissing):
        actions.fail_shortlist(by=By.the_system(), shortlist=late, failure="Gagal.")
    actions.finish_shortlist(by=By.the_system(), shortlist=again, computed=computed)
    assert {row(SIDE.VILLAGE).h} == {each.h for each in others if each.side == SIDE.VILLAGE and each.village == OURS}
    assert ShortlistRow.objects.count() == 4


def test_two_workers_at_once_leave_one_list(people, offer):
    asked = actions.ask_shortlist(by=people.by("dinas"), regency=place("33.04"))
    actions.begin_shortlist(by=By.the_system(), shortlist=asked)
    other = Shortlist.objects.get(pk=asked.pk)
    computed, places = computing.compute(asked)
    computing.lay_down(asked, places)
    computing.lay_down(other, places)
    actions.finish_shortlist(by=By.the_system(), shortlist=asked, computed=computed)
    with pytest.raises(NoSuchMove):
        actions.finish_shortlist(by=By.the_system(), shortlist=other, computed=computed)
    assert ShortlistRow.objects.count() == 4


def test_rows_are_read_only_once_all_of_them_are_there(people, offer):
    first = a_shortlist()
    asked = actions.ask_shortlist(by=people.by("dinas"), regency=place("33.04"))
    actions.begin_shortlist(by=By.the_system(), shortlist=asked)
    computed, places = computing.compute(asked)
    computing.lay_down(asked, places)
    assert {each.shortlist for each in rows_of_village(OURS)} == {first}
    computing.lay_down(asked, places[:-1])  # as if the rest were still to come
    with pytest.raises(actions.RowsMissing):
        actions.finish_shortlist(by=By.the_system(), shortlist=asked, computed=computed)
    assert {each.shortlist for each in rows_of_village(OURS)} == {first}
    with clock.at(clock.now() + computing.LEASE):
        computing.compute_waiting()
    assert {each.shortlist for each in rows_of_village(OURS)} == {asked}
    assert set(ShortlistRow.objects.values_list("shortlist", flat=True)) == {asked.pk}


def test_data_that_cannot_be_computed_fails_with_what_to_repair_and_leaves_the_earlier_lists(people, offer):
    a_shortlist()
    VillageAims.objects.filter(village=OURS).update(goals=[99])
    failed = a_shortlist()
    assert failed.state == "failed"
    assert failed.failure == computing.TO_REPAIR
    assert failed.warnings[0]["row"] == OURS
    assert failed.warnings[0]["field"] == "goals"
    assert ShortlistRow.objects.count() == 4


def test_an_offer_that_cannot_be_computed_is_left_out_and_said_and_the_others_are_listed(people, partner, offer):
    broken = an_offer(partner, areas=(), title="Tanpa kemampuan")
    broken.abilities.all().delete()
    made = a_shortlist()
    assert (made.state, made.offers) == ("ready", 1)
    assert {each.offer for each in rows_of_village(OURS)} == {offer}
    (said,) = (each for each in made.warnings if each["kind"] == "left_out")
    assert [(each["row"], each["field"]) for each in said["problems"]] == [(broken.code, "abilities")]
    offer.abilities.all().delete()
    made = a_shortlist()
    assert (made.state, made.offers) == ("ready", 0)


def test_lists_end_with_the_last_offer_and_what_is_no_longer_open_leaves_a_village_s_list_at_once(people, offer):
    a_shortlist()
    Offer.objects.update(state="withdrawn")
    assert not rows_of_village(OURS).exists()
    assert computing.ask_due_shortlists() == 1
    computing.compute_waiting()
    assert not ShortlistRow.objects.exists()
    assert computing.ask_due_shortlists() == 0
    with pytest.raises(Refused) as refused:
        actions.ask_shortlist(by=people.by("dinas"), regency=place("33.04"))
    assert refused.value.codes == ("MT-16",)


def test_lists_end_with_the_last_need(people, offer):
    a_shortlist()
    Need.objects.update(state="backlog")
    assert computing.ask_due_shortlists() == 1
    computing.compute_waiting()
    assert not ShortlistRow.objects.exists()


def test_a_regency_that_cannot_be_read_keeps_no_other_from_its_lists(people, partner):
    an_offer(partner, areas=())
    a_need()
    a_need(FOREIGN)
    assert computing.ask_due_shortlists() == 2
    computing.compute_waiting()
    a_need(sector="no_such_sector")
    a_potential(FOREIGN)
    assert computing.ask_due_shortlists() == 2


def test_nobody_draws_another_lot_for_a_tie_by_changing_what_is_computed(people, partner):
    a_need()
    aims()
    for _each in range(7):
        an_offer(partner)
    with clock.at(datetime(2026, 3, 2, 3, tzinfo=UTC)):
        first = a_shortlist()
        before = [each.offer_id for each in rows_of_village(OURS)]
        Offer.objects.update(places=9)
        second = a_shortlist()
        assert [each.offer_id for each in rows_of_village(OURS)] == before
        assert second.hash != first.hash
    with clock.at(datetime(2026, 4, 1, 3, tzinfo=UTC)):
        assert computing.ask_due_shortlists() == 1  # each month another lot


def test_what_is_our_own_fault_is_said_plainly_too(people, offer):
    a_need(sector="no_such_sector")
    failed = a_shortlist()
    assert (failed.state, failed.failure) == ("failed", computing.OURS)


def test_the_daily_round_asks_where_something_has_changed_and_nowhere_else(people, offer):
    assert computing.ask_due_shortlists() == 1
    assert computing.ask_due_shortlists() == 0  # it waits
    computing.compute_waiting()
    assert computing.ask_due_shortlists() == 0  # nothing is new
    a_potential(NEIGHBOUR)
    assert computing.ask_due_shortlists() == 1
    assert computing.compute_waiting() == 1


def test_the_commands_of_the_operator_ask_at_night_and_compute_beside_the_pages(people, offer):
    said = StringIO()
    call_command("daily", stdout=said)
    assert "1 daftar yang cocok diminta." in said.getvalue()
    call_command("worker", once=True, stdout=StringIO())
    assert Shortlist.objects.get().state == "ready"
    call_command("daily", stdout=said)
    assert "0 daftar yang cocok diminta." in said.getvalue()


def test_points_are_shown_in_hundredths_that_sum_to_the_score_as_it_is_shown():
    assert reasons.hundredths([333_333, 333_333, 333_334]) == [33, 33, 34]
    assert reasons.hundredths([]) == []
    for points in ([1, 2, 3], [4_999], [5_000], [124_999, 5_001, 86_000], [999_999, 1]):
        shown = reasons.hundredths(points)
        total = sum(shown)
        assert decimal(sum(points)) == f"{total // 100},{total % 100:02d}"
    assert [decimal(each) for each in (0, 5_000, 614_999, 615_000, 1_000_000)] == [
        "0,00",
        "0,01",
        "0,61",
        "0,62",
        "1,00",
    ]


def test_a_reason_is_read_with_its_source_and_its_mark(people, offer):
    a_shortlist()
    held = row(SIDE.VILLAGE, NEIGHBOUR)
    told = {
        each.says.partition(":")[0]: each for each in reasons.lines(held.reasons, NEIGHBOUR, offer.code, inside=True)
    }
    water = told["Air minum dan air bersih"]
    assert (water.mark, water.kind) == ("Kata desa sendiri", "fix")
    assert [url for _words, url in water.links][1] == f"/tawaran/{offer.code}/"
    outside = reasons.lines(held.reasons, NEIGHBOUR, offer.code, inside=False)
    assert all("/kerja/" not in url for each in outside for _words, url in each.links)


def test_nothing_is_kept_that_a_stranger_of_the_engine_could_not_read(offer):
    """Reasons are codes and whole numbers: what they say is worded when somebody reads it, in his language."""
    a_shortlist()
    plain = (int, str, bool, list)
    held = SimpleNamespace(reasons=row(SIDE.VILLAGE).reasons)
    assert all(isinstance(value, plain) for reason in held.reasons for value in reason.values())
    assert not any(isinstance(value, str) and " " in value for reason in held.reasons for value in reason.values())
