"""The throw, the result and its file, objections, answers: what was computed anybody computes again, and each side reads why."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.rules import Refused
from bermitra.matching.engine import certificate, plain
from bermitra.matching.figures import decimal
from bermitra.matching.models import Introduction, Round, RoundObjection
from bermitra.matching.rounds import actions, computing, queries
from bermitra.matching.rounds.forms import Rerun
from bermitra.matching.rounds.queries import minutes_of
from bermitra.matching.rounds.queries.telling import apart
from bermitra.matching.rounds.throwing import throw as throw_with_minutes
from bermitra.matching.rounds.views import shown
from bermitra.needs.models import Need, Offer
from bermitra.selection.actions import answer_introduction
from tests.matching.rounds import makers
from tests.matching.rounds.makers import AFTER, HEADS, LOCKED, OBJECTED, OPENED, THROWN
from tests.people import NEIGHBOUR, OURS

pytestmark = pytest.mark.django_db


def refused(does) -> tuple[str, ...]:
    with pytest.raises(Refused) as said:
        does()
    return said.value.codes


# The throw ---------------------------------------------------------------------------------------------------------------


def test_MT_25_nothing_is_thrown_before_the_list_is_published_and_nothing_twice(people):
    choosing = makers.a_choosing_round(people)
    with clock.at(LOCKED):
        actions.close_due_rounds()
        assert refused(lambda: makers.throw(people, choosing)) == ("MT-25", "MT-38")
        computing.compute_waiting()
        assert refused(lambda: makers.throw(people, choosing, witnesses=makers.WITNESSES[:1])) == ("MT-25",)
        typist = [{"name": f" {people.dinas.full_name.upper()}", "office": "Petugas"}, makers.WITNESSES[0]]
        assert refused(lambda: makers.throw(people, choosing, witnesses=typist)) == ("MT-25",)
        thrown = makers.throw(people, choosing)
        assert refused(lambda: makers.throw(people, choosing, thrown=[1] * 8)) == ("MT-25",)
    assert (thrown.thrown, len(thrown.seed), makers.fresh(choosing).seed) == ("4 2 6 1 3 5 5 2", 64, thrown.seed)
    told = " ".join(Event.objects.filter(verb="round.seed_thrown").values_list("body", flat=True))
    assert told and "Karsono" not in told


def test_MT_38_the_list_stands_open_for_a_day_before_anything_is_thrown(people):
    locked = makers.a_locked_round(people)
    Round.objects.filter(pk=locked.pk).update(meeting_at=LOCKED)  # locked later than was meant, so the list is young
    with clock.at(LOCKED - timedelta(minutes=1)):
        assert refused(lambda: makers.throw(people, locked)) == ("MT-38",)
    with clock.at(LOCKED):
        assert makers.throw(people, locked).seed


def test_MT_40_choices_are_not_locked_before_the_throw_is_announced(people):
    choosing = makers.a_choosing_round(people)
    Round.objects.filter(pk=choosing.pk).update(meeting_at=None, meeting_place="")
    with clock.at(LOCKED):
        assert refused(lambda: actions.close_preferences(by=people.by("dinas"), round=choosing)) == ("MT-40",)
        assert actions.close_due_rounds() == 0  # by itself it waits too
        makers.announce(people, choosing)
        assert actions.close_due_rounds() == 1


def test_MT_41_nothing_is_thrown_before_the_hour_that_was_announced(people):
    locked = makers.a_locked_round(people)
    before = makers.MEETING - timedelta(hours=24, minutes=1)  # makers.throw adds a day
    with clock.at(before):
        assert refused(lambda: makers.throw(people, locked)) == ("MT-41",)


def test_MT_42_a_meeting_is_announced_in_time_and_not_moved_after_the_throw(people):
    locked = makers.a_locked_round(people)
    with clock.at(LOCKED):
        soon = clock.now() + timedelta(hours=23)

        def again(at):
            return actions.announce_throw(by=people.by("dinas"), round=locked, at=at, place="Aula Dinas PMD")

        assert refused(lambda: again(at=soon)) == ("MT-42",)
        moved = again(at=LOCKED + timedelta(days=3))
        assert (moved.meeting_at, moved.meeting_place) == (LOCKED + timedelta(days=3), "Aula Dinas PMD")
        due = Duty.objects.get(OPEN, door="matching.throw_seed")
        assert due.due_on == (LOCKED + timedelta(days=3)).date()
    told = Notice.objects.filter(says__startswith="Angka putaran", region=OURS).order_by("-pk")[0]
    assert told.params["place"] == "Aula Dinas PMD"
    with clock.at(LOCKED + timedelta(days=2)):
        thrown = makers.throw(people, locked)
        assert thrown.thrown_place == "Aula Dinas PMD"
        assert refused(lambda: again(at=LOCKED + timedelta(days=9))) == ("MT-42",)


def test_minutes_of_the_throw_say_what_fell_where_and_before_whom(people):
    locked = makers.a_locked_round(people)
    with clock.at(makers.MEETING):
        by = people.by("dinas")
        assert refused(lambda: throw_with_minutes(by, locked, THROWN, makers.WITNESSES[:1])) == ("MT-25",)
        assert not Paper.objects.filter(kind="round_minutes").exists()
        thrown = throw_with_minutes(by, locked, THROWN, makers.WITNESSES)
    said = minutes_of(thrown)
    done = subprocess.run(["pdftotext", "-", "-"], input=files.read(said.file.sha256), capture_output=True, check=True)
    text = done.stdout.decode()
    assert "Karsono" in text and "4, 2, 6, 1, 3, 5, 5, 2" in text and "1 April 2026, pukul 09.00 WIB" in text
    assert thrown.seed in "".join(text.split())


def test_MT_26_a_round_is_not_run_before_the_throw_nor_twice_at_once(people):
    locked = makers.a_locked_round(people)
    with clock.at(LOCKED):
        assert refused(lambda: actions.run_round(by=people.by("dinas"), round=locked)) == ("MT-26",)
        makers.throw(people, locked)
        actions.run_round(by=people.by("dinas"), round=locked)
        assert refused(lambda: actions.run_round(by=people.by("dinas"), round=locked)) == ("MT-26",)
        assert refused(lambda: actions.simulate_round(by=people.by("dinas"), round=locked)) == ("MT-26",)


def test_MT_07_a_policy_that_was_turned_behind_the_houses_back_stops_the_run(people):
    thrown = makers.a_thrown_round(people)
    Round.objects.filter(pk=thrown.pk).update(policy={**thrown.policy, "reserve_percent": 60})
    with clock.at(LOCKED):
        assert refused(lambda: actions.run_round(by=people.by("dinas"), round=thrown)) == ("MT-07",)


# The result --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def computed(people):
    return makers.a_computed_round(people)


def test_the_file_of_a_round_computes_to_itself_in_two_ways_and_names_nobody(people, computed):
    data = files.read(computed.certificate.sha256)
    found = certificate.read(data)
    assert certificate.replay(found) == found
    assert plain.certificate(found["list"], found["thrown"]) == found
    assert (found["list_hash"], found["seed"]) == (computed.list_hash, computed.seed)
    assert computed.report["agrees"] and computed.report["check"] == dict.fromkeys(computed.report["check"], 0)
    names = [each.full_name for each in people.held.values()]
    assert [name for name in names if name in data.decode()] == []


def test_everybody_who_took_part_reads_why(people, computed):
    sides = [*computed.villages.select_related("round"), *computed.offers.select_related("round")]
    assert all(queries.headline(each) for each in sides)
    assert all(len(queries.told(each)) == 6 for each in sides)
    pairs = {
        (each["code"], side.code)
        for side in sides[:6]
        for each in side.outcome["pairs"]
        if each["fate"] == "introduced"
    }
    turned = {
        (side.code, each["code"])
        for side in sides[6:]
        for each in side.outcome["pairs"]
        if each["fate"] == "introduced"
    }
    assert pairs == turned
    assert len(pairs) == 6
    introduced = [each for side in sides[:6] for each in side.outcome["pairs"] if each["fate"] == "introduced"]
    assert [each for each in introduced if sum(part["points"] for part in each["reasons"]) != each["h"]] == []


def test_a_village_reads_the_cut_off_and_its_own_score(people):
    of = makers.a_computed_round(people, many=5)
    waiting = [each for each in of.villages.select_related("round") if each.outcome["kind"] == "waiting"]
    assert len(waiting) == 1
    said = " ".join(queries.headline(waiting[0]))
    closest = waiting[0].outcome["pairs"][waiting[0].outcome["told"]]
    cutoff, own = apart(closest["cutoff"], closest["b"])
    assert said.startswith("Belum dapat: semua tempat pada 5 tawaran di daftar Anda terisi. Yang paling dekat: “")
    assert said.endswith(f"Menunggu: nilai desa Anda bagi mitra ini {own}; batasnya {cutoff}.")
    assert closest["cutoff"] > closest["b"]


def test_scores_are_rounded_down_and_told_apart():
    assert (decimal(583_999), decimal(1_000_000), decimal(0)) == ("0,58", "1,00", "0,00")
    assert apart(610_000, 580_000) == ("0,61", "0,58")
    assert apart(583_400, 583_100) == ("0,5834", "0,5831")
    assert apart(583_400, 583_401) == ("0,583400", "0,583401")


def test_the_order_of_a_village_decides_among_those_that_would_have_it(people):
    choosing = makers.a_choosing_round(people, places=6)
    ours = makers.village(choosing)
    last = ours.acceptable[-1]["code"]
    with clock.at(makers.CHOOSING):
        actions.set_preferences(by=people.by("kades"), side=ours, order=[last])
    with clock.at(LOCKED):
        for _ in range(2):
            actions.close_due_rounds()
            computing.compute_waiting()
        makers.throw(people, choosing)
        actions.run_round(by=people.by("dinas"), round=choosing)
        computing.compute_waiting()
    got = makers.village(choosing).outcome["pairs"]
    assert [(each["code"], each["fate"]) for each in got[:1]] == [(last, "introduced")]


def test_MT_08_with_too_few_offers_it_ends_as_a_plain_ranked_list_and_says_so(people):
    of = makers.a_computed_round(people, many=4)
    assert of.plain
    with clock.at(LOCKED):
        ended = actions.publish_round(by=people.by("dinas"), round=of)
    assert (ended.state, Introduction.objects.count()) == ("final", 0)
    ours = makers.village(of)
    assert queries.headline(ours) == ["Tawaran kurang dari 5: putaran berakhir sebagai daftar peringkat biasa."]
    assert [each.introduced for each in queries.told(ours)] == [False] * 4
    assert Notice.objects.filter(says__contains="daftar peringkat biasa").count() == 10


def test_a_trial_compares_with_and_without_the_reserve_and_keeps_no_pair(people):
    drafted = makers.a_draft(people, places=2)
    with clock.at(OPENED):
        run = actions.simulate_round(by=people.by("dinas"), round=drafted)
        computing.compute_waiting()
    run.refresh_from_db()
    assert (run.state, run.result["villages"], run.result["offers"], run.result["places"]) == ("done", 6, 6, 12)
    assert [each["villages"] for each in run.result["with"]["tiers"]] == [1, 2, 1, 1, 1, 0]
    assert run.result["with"]["pairs"] == run.result["without"]["pairs"] == 6
    assert "33.04.19" not in json.dumps(run.result)
    assert makers.fresh(drafted).state == "draft"


def test_MT_09_a_result_that_was_not_confirmed_is_not_published(people, computed):
    Round.objects.filter(pk=computed.pk).update(report={**computed.report, "agrees": False})
    with clock.at(LOCKED):
        assert refused(lambda: actions.publish_round(by=people.by("dinas"), round=computed)) == ("MT-09",)


def test_MT_10_a_participant_without_a_reason_stops_the_publication(people, computed):
    computed.villages.filter(village=OURS).update(outcome={})
    with clock.at(LOCKED):
        assert refused(lambda: actions.publish_round(by=people.by("dinas"), round=computed)) == ("MT-10",)


def test_nobody_but_the_system_writes_a_result(people):
    thrown = makers.a_thrown_round(people)
    with clock.at(LOCKED):
        run = actions.run_round(by=people.by("dinas"), round=thrown)
        content = files.put(b"{}", media_type="application/json", name="x.json")
        for who in ("dinas", "bupati", "pengelola", "kades"):
            with pytest.raises(NotAllowed):
                actions.keep_result(
                    by=people.by(who), round=thrown, run=run, outcomes={}, report={"agrees": True}, certificate=content,
                    listed=content, list_hash="0" * 64, seed="0" * 64,
                )  # fmt: skip


# Objections --------------------------------------------------------------------------------------------------------------


def test_an_upheld_objection_leads_to_one_more_run_with_the_same_throw(people):
    published = makers.a_published_round(people)
    with clock.at(OBJECTED):
        filed = actions.file_objection(
            by=people.by("kades"), side=makers.village(published), text="Kebutuhan kami keliru."
        )
        assert refused(lambda: actions.rerun_round(by=people.by("dinas"), round=published, changed="Tingkat.")) == (
            "MT-28",
        )
        actions.answer_objection(by=people.by("dinas"), objection=filed, outcome="upheld", answer="Benar, salah catat.")
        assert refused(lambda: actions.rerun_round(by=people.by("dinas"), round=published, changed=" ")) == ("MT-28",)
        Need.objects.filter(village=OURS).update(severity=1)
        actions.rerun_round(by=people.by("dinas"), round=published, changed="Tingkat kebutuhan Pandanarum.")
        computing.compute_waiting()
    again = makers.fresh(published)
    assert (again.state, again.times_run, again.thrown) == ("computed", 2, published.thrown)
    assert again.report["agrees"] and again.report["changed_rows"] == [OURS]
    assert again.list_hash != published.list_hash
    assert (again.first_list_hash, again.first_inputs_id, again.seed) == (
        published.list_hash, published.inputs_id, published.seed
    )  # fmt: skip
    found = certificate.read(files.read(again.certificate.sha256))
    assert (found["seed_list_hash"], found["seed"]) == (published.list_hash, published.seed)
    assert again.changed not in json.dumps(found, ensure_ascii=False)  # no word of the office can turn the lots
    with clock.at(OBJECTED):
        public = Client().get(reverse("page.round", args=[again.code])).content.decode()
        first = Client().get(f"{reverse('page.round_list', args=[again.code])}?yang=pertama")
    assert "Sidik daftar yang diperbaiki" in public
    together = public.replace(" ", "")  # a page writes a hash in pieces of four
    assert published.list_hash in together and again.list_hash in together
    assert certificate.list_hash(json.loads(b"".join(first))) == published.list_hash
    with clock.at(OBJECTED):
        actions.publish_round(by=people.by("dinas"), round=again)
        assert refused(lambda: actions.rerun_round(by=people.by("dinas"), round=again, changed="Lagi.")) == ("MT-28",)
        public = Client().get(reverse("page.round", args=[again.code])).content.decode()
    assert f"Baris yang berubah sejak angka dilempar</dt><dd>{OURS}" in public.replace("\n", "")


def test_a_rerun_reads_anew_only_what_was_wrong(people):
    published = makers.a_published_round(people)
    before = json.loads(files.read(published.inputs.sha256))
    with clock.at(OBJECTED):
        filed = actions.file_objection(by=people.by("kades"), side=makers.village(published), text="Salah catat.")
        actions.answer_objection(by=people.by("dinas"), objection=filed, outcome="upheld", answer="Benar.")
        Need.objects.all().update(severity=1)  # the others' records have moved on since the list
        Offer.objects.filter(title="Tawaran 3").update(state="paused")
        assert queries.objectors(published) == OURS
        actions.rerun_round(by=people.by("dinas"), round=published, changed="Tingkat kebutuhan Pandanarum.")
        computing.compute_waiting()
    again = makers.fresh(published)
    assert (again.state, again.corrected, again.report["changed_rows"]) == (
        "computed",
        [makers.village(again).code],
        [OURS],
    )
    after = json.loads(files.read(again.inputs.sha256))
    assert after["offers"] == before["offers"]
    kept = [[each for each in listed["villages"] if each["id"] != OURS] for listed in (before, after)]
    assert kept[0] == kept[1]
    assert again.report["agrees"]


def test_a_rerun_names_only_sides_of_the_round(people):
    published = makers.a_published_round(people)
    form = Rerun({"changed": "Biaya.", "sides": f"{OURS}\nBUKANKODE1"}, known=queries.sides_by_code(published))
    assert form.errors["sides"] == ["“BUKANKODE1” bukan desa atau tawaran dalam putaran ini. Periksa kodenya."]
    right = Rerun({"changed": "Biaya.", "sides": OURS}, known=queries.sides_by_code(published))
    assert right.is_valid() and right.cleaned_data["sides"] == [makers.village(published).code]


def test_a_rerun_leaves_out_whoever_is_gone_and_drops_the_choices_that_named_it(people):
    choosing = makers.a_choosing_round(people)
    ours = makers.village(choosing)
    gone = makers.offer(choosing, 0)
    with clock.at(makers.CHOOSING):
        actions.set_preferences(by=people.by("kades"), side=ours, order=[gone.code])
    with clock.at(LOCKED):
        for _ in range(2):
            actions.close_due_rounds()
            computing.compute_waiting()
        makers.throw(people, choosing)
        actions.run_round(by=people.by("dinas"), round=choosing)
        computing.compute_waiting()
        published = actions.publish_round(by=people.by("dinas"), round=choosing)
    with clock.at(OBJECTED):
        filed = actions.file_objection(
            by=people.by("kades"), side=makers.village(published), text="Mitra sudah mundur."
        )
        actions.answer_objection(by=people.by("dinas"), objection=filed, outcome="upheld", answer="Benar.")
        Offer.objects.filter(pk=gone.offer_id).update(state="withdrawn")
        actions.rerun_round(by=people.by("dinas"), round=published, changed="Tawaran 0 keluar.", sides=[gone.code])
        computing.compute_waiting()
    again = makers.fresh(published)
    assert (again.state, again.report["dropped_choices"], again.report["agrees"]) == ("computed", 1, True)
    assert makers.offer(again, 0).outcome == {"kind": "gone"}
    assert ("Pilihan yang gugur karena perbaikan", "1") in shown.report_lines(again)


def test_MT_27_responses_wait_for_the_window_and_for_every_answer(people):
    published = makers.a_published_round(people)
    with clock.at(OBJECTED):
        filed = actions.file_objection(
            by=people.by("mitra0"), side=makers.offer(published, 0), text="Urutan kami terlewat."
        )
        assert refused(lambda: actions.open_responses(by=people.by("dinas"), round=published)) == ("MT-27",)
    with clock.at(AFTER):
        assert actions.close_due_rounds() == 0
        assert refused(lambda: actions.answer_objection(
            by=people.by("dinas"), objection=filed, outcome="dismissed", answer="")) == ("MT-29",)  # fmt: skip
        actions.answer_objection(
            by=people.by("dinas"), objection=filed, outcome="dismissed", answer="Urutan Anda dipakai."
        )
        assert actions.close_due_rounds() == 1
    assert RoundObjection.objects.get().label.public == "Tidak diterima"
    assert Introduction.objects.filter(state="offered").count() == 6


def test_MT_22_an_objection_after_its_window_is_late(people):
    published = makers.a_published_round(people)
    with clock.at(AFTER):
        late = lambda: actions.file_objection(by=people.by("kades"), side=makers.village(published), text="Terlambat.")  # noqa: E731
        assert refused(late) == ("MT-22",)


# Answers -----------------------------------------------------------------------------------------------------------------


def sides_of(made: Introduction) -> tuple[str, str]:
    return HEADS[made.village.village_id], makers.speaker(made.offer)


def answer(people, made, who, *, accepts=True, reason=""):
    with clock.at(AFTER):
        return answer_introduction(
            by=people.by(who), introduction=Introduction.objects.get(pk=made.pk), accepts=accepts, reason=reason
        )


def test_each_side_answers_for_itself_and_with_both_a_place_of_the_offer_is_taken(people):
    of = makers.a_round_with_introductions(people)
    made = queries.introduction_rows(of)[0]
    head, rep = sides_of(made)
    for who in ("dinas", "bupati", "camat"):
        with pytest.raises(NotAllowed):
            answer(people, made, who)
    assert answer(people, made, head).state == "accepted_by_village"
    with pytest.raises(NoSuchMove):
        answer(people, made, head)
    waits = Duty.objects.filter(door="selection.answer_introduction", url_code=made.code, closed_at=None)
    assert [each.role for each in waits] == ["partner_rep"]
    offer = Offer.objects.get(pk=made.offer.offer_id)
    assert (offer.places, offer.places_taken) == (1, 0)
    assert answer(people, made, rep).state == "taken_up"
    offer.refresh_from_db()
    assert (offer.places, offer.places_taken, offer.state) == (0, 1, "exhausted")


def test_a_refusal_says_why_and_leaves_the_place_to_others(people):
    of = makers.a_round_with_introductions(people)
    made = queries.introduction_rows(of)[0]
    head, rep = sides_of(made)
    answer(people, made, head)
    assert refused(lambda: answer(people, made, rep, accepts=False)) == ("MT-29",)
    declined = answer(people, made, rep, accepts=False, reason="Anggaran berubah.")
    assert (declined.state, declined.declined_by, declined.why) == ("declined", "partner", "Anggaran berubah.")
    assert Offer.objects.get(pk=made.offer.offer_id).places == 1
    assert Notice.objects.filter(region=made.village.village_id, says__contains="tidak dilanjutkan").count() == 1


def test_RG_13_nobody_accepts_a_partner_whose_due_diligence_has_run_out(people):
    of = makers.a_round_with_introductions(people)
    made = queries.introduction_rows(of)[0]
    head, _rep = sides_of(made)
    much_later = AFTER.replace(year=2028, month=12)
    of.introductions.update(until=much_later.date())
    with clock.at(much_later):
        asks = lambda: answer_introduction(  # noqa: E731
            by=people.by(head), introduction=Introduction.objects.get(pk=made.pk), accepts=True
        )
        assert refused(asks) == ("RG-13",)


def test_what_nobody_answered_lapses_and_a_further_round_serves_the_rest(people):
    of = makers.a_round_with_introductions(people)
    made = queries.introduction_rows(of)[0]
    head, rep = sides_of(made)
    answer(people, made, head)
    answer(people, made, rep)
    with clock.at(AFTER + timedelta(days=8)):
        assert actions.close_due_rounds() == 1
        ended = makers.fresh(of)
        assert (ended.state, Introduction.objects.filter(state="lapsed").count()) == ("final", 5)
        assert not Duty.objects.filter(door="selection.answer_introduction", closed_at=None).exists()
        further = actions.follow_up(by=people.by("dinas"), round=ended, title="Putaran lanjutan")
    served = further.villages.get(village=made.village.village_id)
    assert (served.eligible, served.missing) == (False, ["has_partner"])
    assert further.villages.filter(eligible=True).count() == 5
    assert further.offers.count() == 5
    assert (further.follows, further.policy) == (ended, ended.policy)


def test_a_void_round_says_why_to_everybody_and_drops_what_was_being_computed(people):
    thrown = makers.a_thrown_round(people)
    with clock.at(LOCKED):
        actions.run_round(by=people.by("dinas"), round=thrown)
        assert refused(lambda: actions.void_round(by=people.by("bupati"), round=thrown, reason=" ")) == ("MT-29",)
        actions.void_round(by=people.by("bupati"), round=thrown, reason="Saksi ternyata satu orang.")
        assert computing.compute_waiting() == 0
    assert makers.run(thrown).state == "dropped"
    assert Notice.objects.filter(says__contains="dibatalkan").count() == 12
    assert not Duty.objects.filter(door__startswith="matching.", closed_at=None).exists()
    assert makers.fresh(thrown) in queries.public_rounds()


def test_MT_37_after_the_throw_the_regents_office_alone_gives_a_round_up_and_its_file_stays(people):
    computed = makers.a_computed_round(people)
    file = reverse("page.round_file", args=[computed.code])
    with clock.at(LOCKED):
        assert refused(lambda: actions.void_round(by=people.by("dinas"), round=computed, reason="Ulang.")) == ("MT-37",)
        assert Client().get(file).status_code == 404
        actions.void_round(by=people.by("bupati"), round=computed, reason="Saksi ternyata satu orang.")
        assert Client().get(file).status_code == 200
        assert file in Client().get(reverse("page.round", args=[computed.code])).content.decode()
        again = actions.draft_round(by=people.by("dinas"), regency=computed.regency, title="Putaran kedua")
    assert again.follows == computed


def test_late_work_for_a_round_that_was_voided_is_not_written(people):
    thrown = makers.a_thrown_round(people)
    with clock.at(LOCKED):
        run = actions.run_round(by=people.by("dinas"), round=thrown)
        actions.void_round(by=people.by("bupati"), round=thrown, reason="Salah daftar.")
        with pytest.raises(NoSuchMove):
            actions.keep_failure(by=By.the_system(), round=thrown, run=run, problem="Gagal.")


def test_who_sees_which_round(people):
    of = makers.an_open_round(people)
    assert list(queries.rounds_visible_to(people.dinas)) == [of]
    assert list(queries.rounds_visible_to(people.dinas_asing)) == []
    assert [each.village_id for each in queries.villages_visible_to(people.kades)] == [OURS]
    assert [each.village_id for each in queries.villages_visible_to(people.held[HEADS[NEIGHBOUR]])] == [NEIGHBOUR]
    assert list(queries.villages_visible_to(people.kades_asing)) == []
    assert [each.offer.title for each in queries.offers_visible_to(people.mitra0)] == ["Tawaran 0"]


@pytest.mark.parametrize("changed", [{"conditions": "Tanah desa diserahkan."}, {"state": "withdrawn"}, {"held": 1}])
def test_a_pair_whose_offer_is_no_longer_what_was_read_lapses_at_once_and_both_are_told(people, changed):
    published = makers.a_published_round(people)
    offer = makers.offer(published, 0)
    Offer.objects.filter(pk=offer.offer_id).update(**changed)
    with clock.at(AFTER):
        assert actions.close_due_rounds() == 1
    made = offer.introductions.select_related("village").get()
    assert (made.state, made.why) == ("lapsed", "Tawaran berubah, berakhir, atau penuh sebelum masa jawaban dibuka.")
    told = Notice.objects.filter(says__contains="tawarannya berubah")
    assert {(each.party, each.region_id) for each in told} == {
        (offer.offer.partner.code, None),
        ("", made.village.village_id),
    }
    assert not Duty.objects.filter(door="selection.answer_introduction", url_code=made.code).exists()
    assert (
        Introduction.objects.filter(state="offered").count()
        == Offer.objects.filter(pk__in=others(offer), held=1).count()
    )


def others(offer):
    return Offer.objects.exclude(pk=offer.offer_id).values("pk")


def test_whoever_was_left_out_objects_and_takes_part_again_where_that_was_wrong(people):
    opened = makers.an_open_round(people)
    makers.all_join(people, opened)
    makers.announce(people, opened)
    Need.objects.filter(village=OURS).update(state="backlog")
    with clock.at(makers.CHOOSING):
        actions.close_due_rounds()
        computing.compute_waiting()
    Need.objects.filter(village=OURS).update(state="priority")
    with clock.at(LOCKED):
        for _ in range(2):
            actions.close_due_rounds()
            computing.compute_waiting()
        makers.throw(people, makers.fresh(opened))
        actions.run_round(by=people.by("dinas"), round=opened)
        computing.compute_waiting()
        published = actions.publish_round(by=people.by("dinas"), round=makers.fresh(opened))
    assert makers.village(published).outcome == {"kind": "gone"}
    with clock.at(OBJECTED):
        filed = actions.file_objection(
            by=people.by("kades"), side=makers.village(published), text="Kebutuhan kami tetap prioritas."
        )
        actions.answer_objection(by=people.by("dinas"), objection=filed, outcome="upheld", answer="Benar.")
        actions.rerun_round(by=people.by("dinas"), round=published, changed="Desa Pandanarum masuk lagi.")
        computing.compute_waiting()
    ours = makers.village(published)
    assert (makers.fresh(published).state, ours.joined) == ("computed", True)
    assert ours.outcome["kind"] in ("matched", "waiting")
