"""A draw from its list to its result through its own doors, and what the doors refuse."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.regions.models import Region, VillageIndex
from bermitra.foundation.rules import Refused
from bermitra.foundation.text import BadInput, name_key
from bermitra.matching.draws import actions, lists, queries, throwing
from bermitra.matching.draws.letters import Thrown
from bermitra.matching.draws.queries import Organiser
from bermitra.matching.engine import certificate
from bermitra.matching.models import Draw, DrawEntrant
from tests.matching.draws import makers
from tests.matching.draws.makers import commit, committed, drawn, prepared, throw
from tests.matching.shortlist_makers import an_offer
from tests.partnership.makers import a_partner
from tests.people import NEIGHBOUR, OURS, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def regency(people):
    makers.villages(10)
    return people


def fresh(draw: Draw) -> Draw:
    return Draw.objects.select_related("regency", "partner").get(pk=draw.pk)


def refused(act) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.codes


# The list ------------------------------------------------------------------------------------------------------------
def test_every_village_of_the_regency_has_a_row_with_a_number_or_a_reason(regency):
    draw = prepared(regency, statuses=["Tertinggal", "Sangat Tertinggal"])
    rows = {each.village_id: each for each in queries.rows_of(draw)}
    inside = Region.objects.filter(pk__startswith="33.04.", level=4)
    assert rows.keys() == set(inside.values_list("pk", flat=True))
    assert rows["33.04.06.1013"].left_out == "kelurahan"
    assert rows[OURS].left_out == "status"  # no status was ever published of it
    listed = [each for each in rows.values() if each.number]
    assert [each.number for each in listed] == list(range(1, len(listed) + 1))
    assert {each.attributes["status"] for each in listed} == {"Tertinggal", "Sangat Tertinggal"}
    assert len(listed) == 4


def test_a_newer_year_of_one_village_takes_no_status_from_the_others(regency):
    said = lists.statuses_of("33.04")
    VillageIndex.objects.create(
        village=place("33.04.06.2003"), year=2025, status_by_threshold="MANDIRI", published_code="33.04.06.2003",
        how_matched="code_and_name",
    )  # fmt: skip
    assert said["33.04.06.2003"] == "Maju"
    assert lists.statuses_of("33.04") == {**said, "33.04.06.2003": "Mandiri"}


def test_a_prepared_draw_is_worded_anew_with_its_places(regency):
    draw = prepared(regency)
    with clock.at(makers.BEGUN):
        draw = actions.describe_draw(by=regency.by("dinas"), draw=draw, programme="Bibit kopi", what="Bibit.", seats=7)
    assert (draw.programme, draw.programme_key, draw.seats, draw.state) == (
        "Bibit kopi",
        name_key("Bibit kopi"),
        7,
        "prepared",
    )
    assert commit(regency, draw).seats == 7


def test_only_villages_of_the_regency_in_force_are_listed(regency):
    Region.objects.filter(pk="33.04.06.2003").update(active=False)
    codes = {each.village_id for each in queries.rows_of(prepared(regency))}
    assert "33.04.06.2003" not in codes
    assert not any(code.startswith("51.") for code in codes)


def test_those_that_applied_are_drawn_and_the_others_are_named_with_why(regency):
    draw = prepared(regency, entry="applied", statuses=["Maju", "Mandiri"])
    with clock.at(makers.BEGUN):
        actions.enter_applications(
            by=regency.by("dinas"), draw=draw, villages=["33.04.06.2003", "33.04.06.2004", "33.04.06.2005"]
        )
    rows = {each.village_id: each.left_out for each in queries.rows_of(draw)}
    assert rows["33.04.06.2003"] == ""  # Maju
    assert rows["33.04.06.2004"] == ""  # Mandiri
    assert rows["33.04.06.2005"] == "status"  # it applied, and is told why not
    assert rows["33.04.06.2008"] == "not_applied"


def test_who_got_a_place_lately_rests_and_is_on_the_list_of_another_programme(regency):
    first = drawn(regency)
    winners = set(first.entrants.filter(drawn=True).values_list("village_id", flat=True))
    assert len(winners) == 4
    rest = {each.village_id for each in queries.rows_of(prepared(regency, rest_months=24)) if each.left_out == "served"}
    assert rest == winners
    other = prepared(regency, programme="Program lain", rest_months=24)
    assert not any(each.left_out == "served" for each in queries.rows_of(other))
    served = {e.village_id for e in queries.rows_of(other) if e.attributes["served"] == "Pernah"}
    assert served == winners


def test_months_of_rest_count_from_the_day_of_the_place_as_the_regency_has_it(regency):
    first = drawn(regency)
    winner = first.entrants.filter(drawn=True)[0].village_id
    early = makers.THREW.replace(hour=22)  # 5 in the morning of the next day there
    Draw.objects.filter(pk=first.pk).update(drawn_at=early)
    again = prepared(regency, rest_months=1)
    same_day = early.date() + timedelta(days=30)  # 6 December: it is not yet a month since the 7th
    for day, left_out in ((same_day, "served"), (same_day + timedelta(days=1), "")):
        rows = {each.village_id: each.left_out for each in lists.entrants_of(again, (), day)}
        assert rows[winner] == left_out


# Publishing ----------------------------------------------------------------------------------------------------------
def test_the_list_is_published_by_its_hash_and_everybody_is_told(regency):
    draw = committed(regency)
    rows = queries.rows_of(draw)
    assert draw.list_hash == lists.list_hash(draw, rows)
    assert json.loads(lists.list_bytes(draw, rows))["seats"] == 4
    told = Notice.objects.get(region_id=OURS)
    number = next(each.number for each in rows if each.village_id == OURS)
    assert told.params["number"] == number
    assert told.params["of"] == 12
    duty = Duty.objects.get(door="matching.throw_draw", closed_at=None)
    assert (duty.role, duty.region_id, duty.due_on) == ("dpmd_officer", "33.04", makers.MEETING.date())


def test_MT_13_three_quotas_are_refused_with_the_sentence_why(regency):
    draw = prepared(regency, quotas=["district", "status", "served"])
    assert refused(lambda: commit(regency, draw)) == ("MT-13",)
    assert fresh(draw).state == "prepared"


def test_MT_30_a_second_draw_of_the_programme_waits_until_the_first_is_over(regency):
    committed(regency)
    again = prepared(regency, programme="PELATIHAN pengelola air bersih 2026")
    assert refused(lambda: commit(regency, again)) == ("MT-30",)


def test_MT_31_a_list_that_the_register_has_overtaken_is_not_published(regency):
    draw = prepared(regency)
    makers.villages(1, start=2050)
    assert refused(lambda: commit(regency, draw)) == ("MT-31",)
    with clock.at(makers.BEGUN):
        actions.set_draw_rule(by=regency.by("dinas"), draw=draw, entry="all")
    assert commit(regency, fresh(draw)).state == "committed"


def test_MT_31_what_was_not_read_is_not_published(regency):
    draw = prepared(regency)
    with clock.at(makers.PUBLISHED):
        assert refused(lambda: actions.commit_draw(by=regency.by("dinas"), draw=draw, seen="a" * 64)) == ("MT-31",)


def test_MT_31_no_row_is_taken_off_the_list_by_hand(regency):
    draw = prepared(regency)
    DrawEntrant.objects.filter(draw=draw, village_id=OURS).update(number=None, left_out="district")
    assert refused(lambda: commit(regency, draw)) == ("MT-31",)


def test_MT_32_nobody_to_draw(regency):
    draw = prepared(regency, entry="applied")
    assert "MT-32" in refused(lambda: commit(regency, draw))


def test_MT_33_the_meeting_is_announced_with_the_list_and_lies_behind_the_wait(regency):
    draw = prepared(regency)
    with clock.at(makers.MEETING - timedelta(hours=2)):  # 22 hours too late for a meeting of that day
        seen = lists.list_hash(draw, queries.rows_of(draw))
        assert refused(lambda: actions.commit_draw(by=regency.by("dinas"), draw=draw, seen=seen)) == ("MT-33",)


def test_with_a_place_for_everybody_nothing_is_drawn_and_the_file_says_so(regency):
    draw = prepared(regency, seats=12)
    with clock.at(makers.PUBLISHED):
        rows = queries.rows_of(draw)
        draw = actions.commit_draw(
            by=regency.by("dinas"), draw=draw, seen=lists.list_hash(draw, rows),
            certificate=throwing.kept_file(draw, rows, ""),
        )  # fmt: skip
    assert draw.state == "drawn"
    assert draw.thrown == draw.seed == ""
    assert draw.entrants.filter(drawn=True).count() == 12
    found = certificate.read(files.read(draw.certificate.sha256))
    assert found["result"]["everybody"]
    assert certificate.replay(found) == found
    assert "tempat cukup" in Notice.objects.get(region_id=OURS).says


def test_a_published_list_takes_no_further_change(regency):
    draw = committed(regency)
    by = regency.by("dinas")
    with pytest.raises(NoSuchMove):
        actions.set_draw_rule(by=by, draw=draw, entry="all")
    with pytest.raises(NoSuchMove):
        actions.enter_applications(by=regency.by("dinas"), draw=draw, villages=[OURS])
    with pytest.raises(NoSuchMove):
        actions.describe_draw(by=regency.by("dinas"), draw=draw, programme="Lain", what="Lain", seats=9)
    with pytest.raises(NoSuchMove):
        actions.set_draw_meeting(
            by=regency.by("dinas"), draw=draw, on=makers.MEETING.date(), at=makers.MEETING.time(), place="Lain"
        )


# Throwing ------------------------------------------------------------------------------------------------------------
def test_the_throw_decides_and_the_file_computes_the_same_again(regency):
    draw = drawn(regency)
    winners = list(draw.entrants.filter(drawn=True).order_by("rank").values_list("listed_code", flat=True))
    assert len(winners) == 4
    found = certificate.read(files.read(draw.certificate.sha256))
    assert found["result"]["winners"] == winners
    assert found["sha256"] == draw.result_hash
    assert (found["list_hash"], found["seed"]) == (draw.list_hash, draw.seed)
    assert certificate.replay(found) == found
    ranks = sorted(draw.entrants.filter(left_out="").values_list("rank", flat=True))
    assert ranks == list(range(1, 13))
    assert Paper.objects.filter(about=queries.about(draw), kind="draw_minutes").count() == 1
    assert not Duty.objects.filter(door="matching.throw_draw", closed_at=None).exists()
    told = Notice.objects.filter(region_id=winners[0]).order_by("-pk")[0]
    assert "terundi dan mendapat tempat" in told.says


def test_places_are_shared_out_by_two_quotas_to_the_floor_or_the_ceiling(regency):
    makers.villages(15, district="33.04.19", start=2010)
    draw = drawn(regency, seats=9, quotas=["district", "status"])
    listed = list(draw.entrants.filter(left_out=""))
    assert sum(bool(each.drawn) for each in listed) == 9
    for quota in ("district", "status"):
        for value in {each.attributes[quota] for each in listed}:
            here = [each for each in listed if each.attributes[quota] == value]
            owed = len(here) * 9 / len(listed)
            assert int(owed) <= sum(bool(each.drawn) for each in here) <= int(owed) + 1


def test_MT_11_the_list_stands_open_for_a_day_first(regency):
    draw = committed(regency)
    with clock.at(makers.PUBLISHED + timedelta(hours=23)):
        said = Thrown(**makers.SAID)
        assert "MT-11" in refused(lambda: throwing.throw(regency.by("dinas"), draw, said, clock.now()))
        assert "MT-11" in refused(lambda: actions.throw_draw(by=regency.by("dinas"), draw=draw, **makers.SAID))
    assert fresh(draw).state == "committed"


def test_MT_11_a_list_changed_behind_the_houses_back_is_not_drawn(regency):
    draw = committed(regency)
    DrawEntrant.objects.filter(draw=draw, number=1).delete()
    assert refused(lambda: throw(regency, draw)) == ("MT-11",)


def test_MT_12_two_different_people_watched_and_neither_types(regency):
    draw = committed(regency)
    assert refused(lambda: throw(regency, draw, witness_two="Haryanto")) == ("MT-12",)
    assert refused(lambda: throw(regency, draw, witness_one="Ratna Dewi")) == ("MT-12",)
    with clock.at(makers.THREW):
        said = {**makers.SAID, "witness_two": "haryanto"}
        assert refused(lambda: actions.throw_draw(by=regency.by("dinas"), draw=draw, **said)) == ("MT-12",)


def test_MT_34_not_before_the_day_of_the_meeting(regency):
    draw = committed(regency)
    with clock.at(makers.MEETING - timedelta(days=1)):
        assert refused(lambda: actions.throw_draw(by=regency.by("dinas"), draw=draw, **makers.SAID)) == ("MT-34",)
    with clock.at(makers.MEETING - timedelta(minutes=1)):  # of the day itself, before anybody is there
        assert refused(lambda: actions.throw_draw(by=regency.by("dinas"), draw=draw, **makers.SAID)) == ("MT-34",)


@pytest.mark.parametrize(
    "typed", ["", "1234", "3152x6641 2354 1126", "１２３４５６１２３４５６１２３４", "1" * 61, "0" * 20]
)
def test_a_throw_that_is_no_throw_changes_nothing(regency, typed):
    draw = committed(regency)
    with clock.at(makers.THREW), pytest.raises(BadInput):
        actions.throw_draw(by=regency.by("dinas"), draw=draw, **{**makers.SAID, "thrown": typed})
    assert fresh(draw).state == "committed"


def test_the_same_request_sent_twice_throws_once_and_another_is_refused(regency):
    draw = committed(regency)
    knock, said = regency.by("dinas", key="satu"), Thrown(**makers.SAID)
    with clock.at(makers.THREW):
        first = throwing.throw(knock, draw, said, clock.now())
        again = throwing.throw(regency.by("dinas", key="satu"), fresh(draw), said, clock.now())
        other = Thrown(**{**makers.SAID, "thrown": "1" * 20})
        with pytest.raises(NoSuchMove):
            throwing.throw(regency.by("dinas"), fresh(draw), other, clock.now())
    assert again.seed == first.seed
    assert Paper.objects.filter(kind="draw_minutes").count() == 1


# Voiding -------------------------------------------------------------------------------------------------------------
def test_a_void_draw_stays_public_with_its_reason_and_the_next_is_the_second(regency):
    first = committed(regency)
    with clock.at(makers.PUBLISHED + timedelta(hours=2)):
        actions.void_draw(by=regency.by("dinas"), draw=first, reason="Satu desa keliru statusnya.")
    assert queries.published_draws().get().void_reason == "Satu desa keliru statusnya."
    assert not Duty.objects.filter(door="matching.throw_draw", closed_at=None).exists()
    second = committed(regency)
    assert (second.attempt, second.follows_id) == (2, first.pk)
    with pytest.raises(NoSuchMove):
        throw(regency, fresh(first))


def test_what_was_never_published_is_void_in_silence_and_counts_nothing(regency):
    draft = prepared(regency)
    with clock.at(makers.BEGUN):
        actions.void_draw(by=regency.by("dinas"), draw=draft, reason="Salah ketik.")
    assert not queries.published_draws().exists()
    assert not Notice.objects.exists()
    assert committed(regency).attempt == 1


def test_a_result_is_not_voided(regency):
    draw = drawn(regency)
    with pytest.raises(NoSuchMove):
        actions.void_draw(by=regency.by("dinas"), draw=draw, reason="Hasilnya kurang pas.")


# Whose draw it is ----------------------------------------------------------------------------------------------------
def test_a_partner_draws_its_own_places_and_nobody_prepares_in_the_others_name(regency):
    partner = a_partner(regency)
    organiser = Organiser(place("33.04"), partner)
    with clock.at(makers.BEGUN):
        an_offer(partner)
    with pytest.raises(NotAllowed):
        prepared(regency, organiser=organiser)
    with pytest.raises(NotAllowed):
        prepared(regency, who="mitra")
    draw = commit(regency, prepared(regency, who="mitra", organiser=organiser), who="mitra")
    assert throw(regency, draw, who="mitra").state == "drawn"
    duty = Duty.objects.get(door="matching.throw_draw")
    assert (duty.party, duty.region_id) == (partner.code, None)


def test_MT_39_a_partner_draws_only_where_its_open_offers_reach(regency):
    partner = a_partner(regency)
    draw = prepared(regency, who="mitra", organiser=Organiser(place("33.04"), partner))
    with clock.at(makers.BEGUN):
        an_offer(partner, areas=("51.08",))
        paused = an_offer(partner, state="paused")
    assert refused(lambda: commit(regency, draw, who="mitra")) == ("MT-39",)
    paused.state = "published"
    paused.save()
    assert commit(regency, fresh(draw), who="mitra").state == "committed"


def test_RG_13_a_partner_without_a_verdict_publishes_no_list(regency):
    partner = a_partner(regency, verified=False)
    with clock.at(makers.BEGUN):
        an_offer(partner)
    draw = prepared(regency, who="mitra", organiser=Organiser(place("33.04"), partner))
    unmet = [
        each.code for each in queries.checks(fresh(draw), queries.rows_of(draw), makers.PUBLISHED) if not each.holds
    ]
    assert unmet == ["RG-13"]
    assert refused(lambda: commit(regency, draw, who="mitra")) == ("RG-13",)


@pytest.mark.parametrize("door", ["commit", "throw", "void"])
def test_what_cannot_be_taken_back_asks_for_the_password_again(regency, door):
    draw = prepared(regency) if door == "commit" else committed(regency)
    by = replace(regency.by("dinas"), confirmed_at=None)
    with clock.at(makers.THREW), pytest.raises(StepUpNeeded):
        if door == "commit":
            actions.commit_draw(by=by, draw=draw, seen=lists.list_hash(draw, queries.rows_of(draw)))
        elif door == "throw":
            actions.throw_draw(by=by, draw=draw, **makers.SAID)
        else:
            actions.void_draw(by=by, draw=draw, reason="Salah ketik.")


@pytest.mark.parametrize("who", ["kades", "sekdes", "camat", "bupati", "inspektorat", "dinas.asing"])
def test_no_village_and_no_other_office_holds_the_regencys_draw(regency, who):
    draw = committed(regency)
    with clock.at(makers.THREW), pytest.raises(NotAllowed):
        actions.throw_draw(by=regency.by(who), draw=draw, **makers.SAID)
    with pytest.raises(NotAllowed):
        actions.void_draw(by=regency.by(who), draw=draw, reason="Tidak suka.")


def test_a_village_with_a_new_code_keeps_its_number_and_the_list_its_hash(regency):
    draw = committed(regency)
    renumbered = replace_code(NEIGHBOUR, "33.04.19.2099")
    row = draw.entrants.get(village=renumbered)
    assert row.listed_code == NEIGHBOUR
    assert lists.list_hash(draw, queries.rows_of(draw)) == draw.list_hash
    assert throw(regency, fresh(draw)).state == "drawn"


def replace_code(old: str, new: str) -> Region:
    """As a decree's loading of the register does it: what pointed to the old code points to the new one."""
    before = Region.objects.get(pk=old)
    after = Region.objects.create(
        code=new, level=4, kind=before.kind, name=before.name, name_key=before.name_key, parent_id=before.parent_id
    )
    DrawEntrant.objects.filter(village=before).update(village=after)
    return after


def test_facts_of_a_list_that_misses_a_village_count_it(regency):
    draw = prepared(regency)
    rows = queries.rows_of(draw)
    numbers = {"draw_commit_hours": 24}
    whole = queries.committing_facts(draw, rows, makers.PUBLISHED, numbers)
    assert whole == replace(whole, unaccounted=0)
    assert queries.committing_facts(draw, rows[1:], makers.PUBLISHED, numbers).unaccounted == 1
