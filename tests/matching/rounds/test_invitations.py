"""Drafting, opening, answering, choosing: everybody eligible is invited, and nobody above a village chooses for it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.models import RegencyNorm
from bermitra.foundation.rules import Refused
from bermitra.matching.engine import certificate
from bermitra.matching.models import Round, RoundVillage
from bermitra.matching.rounds import actions, computing, queries
from bermitra.matching.rounds.policy import Policy
from bermitra.matching.rounds.rules import MISSING
from bermitra.needs.models import Need, Offer
from bermitra.registry.models import VillageProfile
from tests.matching.rounds import makers
from tests.matching.rounds.makers import CHOOSING, HEADS, LOCKED, OPENED
from tests.matching.shortlist_makers import a_need, an_offer
from tests.partnership.makers import a_partner, somebody_in_charge
from tests.people import NEIGHBOUR, OURS, place

pytestmark = pytest.mark.django_db


def refused(does) -> tuple[str, ...]:
    with pytest.raises(Refused) as said:
        does()
    return said.value.codes


# Prepared and opened ---------------------------------------------------------------------------------------------------


def test_a_draft_takes_its_policy_from_the_norms_and_lists_every_village_with_what_it_lacks(people):
    makers.six_villages(people)
    makers.offers(people, 2, places=3)
    VillageProfile.objects.filter(village=OURS).delete()
    Need.objects.filter(village=NEIGHBOUR).update(state="backlog")
    drafted = actions.draft_round(by=people.by("dinas"), regency=place("33.04"), title="Putaran pangan")
    rows = {each.village_id: (each.eligible, each.missing) for each in drafted.villages.all()}
    assert (rows[OURS], rows[NEIGHBOUR]) == ((False, ["RG-17"]), (False, ["no_priority"]))
    assert sum(eligible for eligible, _missing in rows.values()) == 4
    assert "33.04.06.1013" not in rows  # a kelurahan is no village
    assert {code for _eligible, missing in rows.values() for code in missing} <= MISSING.keys()
    assert drafted.policy == {
        "village_weight": 60, "partner_weight": 60, "vision_min": 20, "unverified_weight": 70, "size": 20, "floor_slots": 4,
        "reserve_percent": 30, "tiers": [0, 1], "partners_per_village": 1, "min_offers": 5,
    }  # fmt: skip
    assert [(each.places, each.reserve) for each in drafted.offers.all()] == [(3, 1), (3, 1)]
    assert queries.counts(drafted)["eligible"] == 4
    shown = queries.village_rows(drafted, show="belum-layak")
    assert [each.village_id for each in shown] == [OURS, NEIGHBOUR]


def test_MT_06_a_village_that_became_eligible_since_must_be_on_the_list_before_the_opening(people):
    with clock.at(OPENED):
        makers.six_villages(people)
        makers.offers(people, 1)
        VillageProfile.objects.filter(village=OURS).delete()
        drafted = actions.draft_round(by=people.by("dinas"), regency=place("33.04"), title="Putaran pangan")
        somebody_in_charge(OURS)
        assert refused(lambda: actions.open_round(by=people.by("dinas"), round=drafted)) == ("MT-06",)
        checks = queries.checks(drafted)["matching.open_round"]
        assert [each.code for each in checks if not each.holds] == ["MT-06"]
        actions.revise_round(by=people.by("dinas"), round=drafted)
        opened = actions.open_round(by=people.by("dinas"), round=drafted)
    assert opened.villages.filter(invited_at__isnull=False).count() == 6


def test_MT_21_without_an_offer_there_is_nothing_to_open(people):
    makers.six_villages(people)
    drafted = actions.draft_round(by=people.by("dinas"), regency=place("33.04"), title="Putaran pangan")
    assert refused(lambda: actions.open_round(by=people.by("dinas"), round=drafted)) == ("MT-21",)


def test_MT_20_a_policy_that_makes_no_sense_or_windows_that_are_too_short_are_refused(people):
    drafted = makers.a_draft(people)
    for wrong in (
        {"village_weight": 120}, {"tiers": []}, {"floor_slots": 20}, {"invite_until": (OPENED + timedelta(days=3)).date()},
    ):  # fmt: skip
        with clock.at(OPENED - timedelta(days=1)):
            with pytest.raises(Refused) as said:
                actions.revise_round(by=people.by("dinas"), round=drafted, **wrong)
            assert said.value.codes == ("MT-20",)
    assert makers.fresh(drafted).policy == drafted.policy


def test_the_opening_publishes_the_policy_by_its_hash_and_invites_everybody(people):
    opened = makers.an_open_round(people)
    assert opened.policy_hash == Policy.read(opened.policy).hash
    waits = Duty.objects.filter(door="matching.join_round", closed_at=None)
    assert waits.filter(role="village_head").count() == 6
    assert waits.filter(role="partner_rep").count() == 6
    assert {each.due_on for each in waits} == {opened.invite_until}
    with pytest.raises(NoSuchMove), clock.at(OPENED):
        actions.revise_round(by=people.by("dinas"), round=opened, reserve_percent=0, tiers=[])


def test_an_offer_published_since_the_draft_is_invited_and_a_paused_one_is_not(people):
    drafted = makers.a_draft(people, many=2)
    Offer.objects.filter(title="Tawaran 0").update(state="paused")
    an_offer(a_partner(people, name="Mitra Baru", username="mitra.baru"), title="Tawaran baru")
    with clock.at(OPENED - timedelta(days=1)):
        opened = actions.open_round(by=people.by("dinas"), round=drafted)
    titles = opened.offers.values_list("offer__title", flat=True)
    assert sorted(titles) == ["Tawaran 1", "Tawaran baru"]


def test_the_opening_takes_the_weight_of_unverified_figures_of_its_day(people):
    drafted = makers.a_draft(people)
    RegencyNorm.objects.create(
        regency_id="33.04", name="unverified_weight_percent", value=50, effective_from=OPENED.date(), set_at=OPENED,
        basis="Keputusan Bupati 12/2026",
    )  # fmt: skip
    with clock.at(OPENED):
        actions.revise_round(
            by=people.by("dinas"), round=drafted, invite_until=(OPENED + timedelta(days=14)).date(),
            prefer_until=(OPENED + timedelta(days=28)).date(),
        )  # fmt: skip
        assert actions.open_round(by=people.by("dinas"), round=drafted).policy["unverified_weight"] == 50


def test_no_other_office_prepares_or_opens(people):
    drafted = makers.a_draft(people)
    for who in ("kades", "bupati", "camat", "inspektorat", "dinas.asing"):
        with pytest.raises(NotAllowed):
            actions.open_round(by=people.by(who), round=drafted)


# Answers -----------------------------------------------------------------------------------------------------------------


def test_only_the_side_itself_answers_its_invitation(people):
    opened = makers.an_open_round(people)
    with clock.at(OPENED):
        for who in ("dinas", "bupati", "camat", "kades.asing", HEADS[NEIGHBOUR], "mitra0"):
            with pytest.raises(NotAllowed):
                actions.join_round(by=people.by(who), side=makers.village(opened))
        for who in ("dinas", "kades", "mitra1"):
            with pytest.raises(NotAllowed):
                actions.decline_round(by=people.by(who), side=makers.offer(opened, 0), reason="Tidak.")
        actions.decline_round(by=people.by("sekdes"), side=makers.village(opened), reason="Belum siap.")
        told = Notice.objects.get(says__contains="Sekretaris Desa menjawab", region=OURS)
        assert (told.role, told.url_name) == ("village_head", "page.round_village")
        assert actions.join_round(by=people.by("sekdes"), side=makers.village(opened)).joined is True
        assert (
            actions.decline_round(by=people.by("mitra0"), side=makers.offer(opened, 0), reason="Sudah penuh.").joined
            is False
        )
    waits = Duty.objects.filter(door="matching.join_round", closed_at=None)
    assert waits.count() == 10


def test_MT_29_a_refusal_says_why_and_may_be_taken_back_until_the_close(people):
    opened = makers.an_open_round(people)
    with clock.at(OPENED):
        ours = makers.village(opened)
        assert refused(lambda: actions.decline_round(by=people.by("kades"), side=ours, reason=" ")) == ("MT-29",)
        actions.decline_round(by=people.by("kades"), side=ours, reason="Belum siap.")
        actions.join_round(by=people.by("kades"), side=ours)
    assert (makers.village(opened).joined, makers.village(opened).why_not) == (True, "")


def test_MT_22_an_answer_counts_through_its_last_day_and_not_longer(people):
    opened = makers.an_open_round(people)
    with clock.at(OPENED + timedelta(days=14)):
        actions.join_round(by=people.by("kades"), side=makers.village(opened))
    with clock.at(OPENED + timedelta(days=15)):
        late = lambda: actions.join_round(by=people.by(HEADS[NEIGHBOUR]), side=makers.village(opened, NEIGHBOUR))  # noqa: E731
        assert refused(late) == ("MT-22",)


def test_MT_23_the_office_may_not_cut_short_whoever_has_not_answered(people):
    opened = makers.an_open_round(people)
    with clock.at(OPENED + timedelta(days=1)):
        assert refused(lambda: actions.close_invitations(by=people.by("dinas"), round=opened)) == ("MT-23",)
    makers.all_join(people, opened)
    with clock.at(OPENED + timedelta(days=3)):
        assert actions.close_invitations(by=people.by("dinas"), round=opened).state == "preferences"


def test_a_round_to_which_nobody_comes_is_void_and_says_why(people):
    opened = makers.an_open_round(people)
    with clock.at(OPENED):
        actions.join_round(by=people.by("mitra0"), side=makers.offer(opened, 0))
    with clock.at(CHOOSING):
        assert actions.close_due_rounds() == 1
    ended = makers.fresh(opened)
    assert (ended.state, ended.void_why) == ("void", "Tidak ada desa yang ikut.")
    assert (
        Notice.objects.filter(party=makers.offer(opened, 0).offer.partner.code, says__contains="dibatalkan").count()
        == 1
    )
    assert not Duty.objects.filter(door="matching.join_round", closed_at=None).exists()


# Choices -----------------------------------------------------------------------------------------------------------------


def test_each_side_may_choose_from_exactly_the_pairs_that_were_computed(people):
    choosing = makers.a_choosing_round(people)
    listed = {(each.code, pair["code"]) for each in choosing.villages.all() for pair in each.acceptable}
    turned = {(pair["code"], each.code) for each in choosing.offers.all() for pair in each.acceptable}
    assert listed == turned
    assert len(listed) == 36
    shown = queries.options(makers.village(choosing))
    assert [each.a for each in shown] == sorted((each.a for each in shown), reverse=True)
    assert {each.title for each in shown} == {f"Tawaran {n}" for n in range(6)}
    waits = Duty.objects.filter(door="matching.set_preferences", closed_at=None)
    assert (waits.count(), {each.due_on for each in waits}) == (12, {choosing.prefer_until})


def test_MT_24_what_is_not_on_the_list_refuses_the_whole_order(people):
    choosing = makers.a_choosing_round(people)
    ours = makers.village(choosing)
    own = [each["code"] for each in ours.acceptable]
    foreign = makers.village(choosing, NEIGHBOUR).code
    with clock.at(CHOOSING):
        for order, struck in (
            ([foreign], []),
            ([own[0], own[0]], []),
            ([own[0]], [own[0]]),
            (["x"], []),
            ([], [foreign]),
        ):
            asks = lambda: actions.set_preferences(by=people.by("kades"), side=ours, order=order, struck=struck)  # noqa: B023, E731
            assert refused(asks) == ("MT-24",)
        actions.set_preferences(by=people.by("kades"), side=ours, order=[own[3], own[1]], struck=[own[0]])
    shown = queries.options(makers.village(choosing))
    assert [(each.code, each.own, each.struck) for each in shown] == [
        (own[3], 1, False), (own[1], 2, False), (own[2], None, False), (own[4], None, False), (own[5], None, False),
        (own[0], None, True),
    ]  # fmt: skip


def test_no_office_above_orders_or_strikes(people):
    choosing = makers.a_choosing_round(people)
    with clock.at(CHOOSING):
        for who in ("dinas", "bupati", "camat", "pengelola", "bpd", HEADS[NEIGHBOUR]):
            with pytest.raises(NotAllowed):
                actions.set_preferences(by=people.by(who), side=makers.village(choosing), order=[])
        for who in ("dinas", "kades", "mitra1"):
            with pytest.raises(NotAllowed):
                actions.set_preferences(by=people.by(who), side=makers.offer(choosing, 0), order=[])


def test_MT_24_nobody_chooses_while_the_lists_are_being_computed(people):
    opened = makers.an_open_round(people)
    makers.all_join(people, opened)
    with clock.at(CHOOSING):
        actions.close_due_rounds()
        asks = lambda: actions.set_preferences(by=people.by("kades"), side=makers.village(opened), order=[])  # noqa: E731
        assert refused(asks) == ("MT-24",)
        assert refused(lambda: actions.close_preferences(by=people.by("dinas"), round=opened)) == ("MT-26",)


def test_whoever_is_gone_when_the_lists_are_computed_stays_with_the_reason(people):
    opened = makers.an_open_round(people)
    makers.all_join(people, opened)
    Need.objects.filter(village=OURS).update(state="backlog")
    Offer.objects.filter(title="Tawaran 0").update(state="paused")
    with clock.at(CHOOSING):
        actions.close_due_rounds()
        computing.compute_waiting()
    ours, first = makers.village(opened), makers.offer(opened, 0)
    assert (ours.joined, first.joined) == (False, False)
    assert queries.headline(ours)[0].startswith("Tidak dihitung: desa Anda")
    assert queries.headline(first)[0].startswith("Tidak dihitung: tawaran")
    assert RoundVillage.objects.filter(round=opened, joined=True).count() == 5


def test_a_computation_that_fails_says_so_and_is_asked_for_again(people):
    opened = makers.an_open_round(people)
    makers.all_join(people, opened)
    a_need(OURS, sector="no_such_sector")
    with clock.at(CHOOSING):
        actions.close_due_rounds()
        computing.compute_waiting()
        run = makers.run(opened)
        assert (run.state, run.problem) == ("failed", computing.OURS)
        assert Duty.objects.filter(door="matching.try_again", closed_at=None).count() == 1
        Need.objects.filter(sector="no_such_sector").delete()
        actions.try_again(by=people.by("dinas"), run=run)
        computing.compute_waiting()
    assert makers.run(opened).state == "done"
    assert not Duty.objects.filter(door="matching.try_again", closed_at=None).exists()


def test_a_round_of_whom_nobody_is_left_fails_with_that_sentence(people):
    opened = makers.an_open_round(people)
    makers.all_join(people, opened)
    Offer.objects.all().update(state="paused")
    with clock.at(CHOOSING):
        actions.close_due_rounds()
        computing.compute_waiting()
    assert makers.run(opened).problem == computing.NOBODY


def test_locked_choices_are_published_by_the_hash_of_the_whole_list(people):
    choosing = makers.a_choosing_round(people)
    ours = makers.village(choosing)
    first, last = ours.acceptable[0]["code"], ours.acceptable[-1]["code"]
    with clock.at(CHOOSING):
        actions.set_preferences(by=people.by("kades"), side=ours, order=[last], struck=[first])
    with clock.at(LOCKED):
        actions.close_due_rounds()
        computing.compute_waiting()
        late = lambda: actions.set_preferences(by=people.by("kades"), side=makers.village(choosing), order=[])  # noqa: E731
        with pytest.raises(NoSuchMove):
            late()
    line = json.loads(Event.objects.get(verb="round.preferences_closed").body)
    assert line["facts"]["villages"] == 6
    locked = makers.fresh(choosing)
    listed = computing._kept_list(locked)
    codes = {each.code: each.offer.code for each in locked.offers.select_related("offer")}
    assert certificate.list_hash(listed) == locked.list_hash
    assert listed["village_orders"] == {OURS: {"first": [codes[last]], "struck": [codes[first]]}}
    assert (listed["about"]["policy_hash"], listed["plain"]) == (locked.policy_hash, False)


def test_a_trial_that_still_waits_neither_holds_the_invitations_up_nor_is_computed_for_ever(people):
    opened = makers.an_open_round(people)
    makers.all_join(people, opened)
    with clock.at(OPENED):
        trial = actions.simulate_round(by=people.by("dinas"), round=opened)
    with clock.at(CHOOSING):
        assert actions.close_due_rounds() == 1
        trial.refresh_from_db()
        assert (trial.state, makers.run(opened).kind) == ("dropped", "choices")
        assert computing.compute_waiting() == 1


def test_work_for_a_round_that_is_past_all_computing_is_dropped(people):
    opened = makers.an_open_round(people)
    with clock.at(OPENED):
        trial = actions.simulate_round(by=people.by("dinas"), round=opened)
        Round.objects.filter(pk=opened.pk).update(state="void")
        assert computing.compute_waiting() == 1
        trial.refresh_from_db()
        assert (trial.state, computing.compute_waiting()) == ("dropped", 0)
    assert not Duty.objects.filter(door="matching.try_again").exists()


def test_lists_that_came_late_leave_all_the_days_to_choose(people):
    opened = makers.an_open_round(people)
    makers.all_join(people, opened)
    with clock.at(CHOOSING):
        actions.close_due_rounds()
    late = CHOOSING + timedelta(days=30)
    with clock.at(late):
        computing.compute_waiting()
        choosing = makers.fresh(opened)
        assert choosing.prefer_until == (late + timedelta(days=13)).date()  # fourteen days, this one counted
        waits = Duty.objects.filter(door="matching.set_preferences", closed_at=None)
        assert {each.due_on for each in waits} == {choosing.prefer_until}
        assert actions.close_due_rounds() == 0
