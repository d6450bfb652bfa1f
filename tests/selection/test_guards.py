"""The list of guards: each one alone stops the award, by the act, on its page and for a program, and nothing is changed."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.journal.models import Event
from bermitra.foundation.norms.actions import switch_rule
from bermitra.foundation.norms.models import RegencyNorm
from bermitra.foundation.rules import Finding, Refused
from bermitra.partnership.models import Case, TermSheet
from bermitra.registry import actions as registry
from bermitra.registry.models import Listing, RiskFlag, Verification
from bermitra.selection import actions
from bermitra.selection.actions.guarding import keep_guards
from bermitra.selection.models import (
    Call,
    Criterion,
    GuardList,
    InterestDeclaration,
    Objection,
    Panelist,
    Proposal,
    ProposalVersion,
    Score,
)
from bermitra.selection.queries import Guard, criteria_hash, guards, kept_guards
from bermitra.selection.queries.guards import DIRECT_LIST, LIST, staged
from bermitra.selection.rules import FROZEN, OPENING_CALL, losers_get_feedback
from bermitra.selection.rules.stages import MET, STAGES
from tests.partnership.makers import a_partner, a_tabled_sheet, agreed_by_meeting, an_office, decided
from tests.people import OURS, People, place
from tests.programs import Program, a_key
from tests.selection.makers import (
    AFTER,
    OPENED,
    REASON,
    TICKS,
    a_call,
    a_candidate,
    a_direct_candidate,
    a_forwarded_case,
    a_sealed_proposal,
    an_awarded_case,
    an_open_call,
    scored,
)
from tests.selection.test_pages import send, shown, signed_in

pytestmark = pytest.mark.django_db
MEETING = AFTER + timedelta(days=40)
OTHER_TICKS = [*TICKS[:5], "upkeep"]  # of six, five are the village's: 83 percent, and the core ones on both sides
JUDGES = ("guru", "kwt", "anggota.bpd", "pak.rt")


@pytest.fixture
def ready(people: People) -> Case:
    """Everything is met: four scorers, two partners, the days gone by, the meeting agreed. Only the award is left."""
    call = an_open_call(people)
    for who, ticks in (("mitra", OTHER_TICKS), ("saingan", TICKS)):
        partner = a_partner(people, name=f"Mitra {who.title()}", username=who)
        a_sealed_proposal(people, call, partner, who, vision_ticks=ticks)
    with clock.at(AFTER):
        actions.close_due_calls()
        call = Call.objects.select_related("case__village", "case__partner").get()
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="BA-02", witnesses=["Karsono"])
        an_office(people, "pak.rt", "Karjo", roles.RESIDENT)
        actions.appoint_panel(by=people.by("kades"), call=call, person=people.held["pak.rt"], seat="resident")
        for who in ("lksd", *JUDGES):
            actions.declare_interest(by=people.by(who), call=call, interest=False)
        actions.complete_admin_check(by=people.by("lksd"), call=call)
    with clock.at(AFTER + timedelta(days=2)):
        first, second = Proposal.objects.filter(call=call).order_by("pk")
        scored(people, call, first, level=3, who=JUDGES)
        scored(people, call, second, level=2, who=JUDGES)
        actions.reveal_scores(by=people.by("lksd"), call=call)
        chosen = actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-03")
        assert chosen == first
    with clock.at(AFTER + timedelta(days=3)):
        actions.accept_candidacy(by=people.by("mitra"), proposal=chosen)
    with clock.at(AFTER + timedelta(days=30)):
        case = actions.forward_to_musyawarah(by=people.by("bpd"), call=call)
        a_tabled_sheet(people, case)
    with clock.at(MEETING):
        agreed_by_meeting(case.sheets.get(state="tabled"))
    return case


def the_call() -> Call:
    return Call.objects.select_related("case__village", "case__partner", "guard_list").get()


def refrozen(**changes: object) -> None:
    """Changed as if it had been so at the opening: only the content itself is wrong, not its hash."""
    Call.objects.update(**changes)
    Call.objects.update(frozen_hash=criteria_hash(Call.objects.get()))


def a_norm(name: str, value: int) -> None:
    RegencyNorm.objects.create(
        regency=place("33.04"), name=name, value=value, basis="Perbup", effective_from="2026-01-01",
        set_at="2026-01-01T00:00Z",
    )  # fmt: skip


def lighter(people: People) -> None:
    Criterion.objects.filter(code="need_fit").update(weight=24)
    refrozen()


def weighed_away(people: People) -> None:
    """The sum is right, and what becomes of nature weighs next to nothing."""
    Criterion.objects.filter(code="environment_social").update(weight=1)
    Criterion.objects.filter(code="finance").update(weight=F("weight") + 4)
    refrozen()


def decides_alone(people: People) -> None:
    """The sum is right and nothing is left out, and one criterion outweighs all others together."""
    Criterion.objects.exclude(code="need_fit").update(weight=6)
    Criterion.objects.filter(code="finance").update(weight=8)
    Criterion.objects.filter(code="need_fit").update(weight=62)
    refrozen()


def a_version_nobody_scored(people: People) -> None:
    own = Proposal.objects.get(state="ranked")
    ProposalVersion.objects.create(proposal=own, number=9, content={}, content_hash="0" * 64, sent_at=OPENED, by="x")


def a_head_who_scored(people: People) -> None:
    """Elected since: one who scored is the village head by now."""
    Appointment.objects.filter(role="village_head", region=OURS).update(person=people.held["guru"])


def another_on_the_seat(people: People) -> None:
    Panelist.objects.filter(person=people.held["guru"]).update(person=people.held["warga"])


def a_tie_was_declared(people: People) -> None:
    InterestDeclaration.objects.create(
        call=Call.objects.get(), person=people.held["pak.rt"], interest=True, what="Ipar", at=clock.now()
    )


def a_late_proposal(people: People, state: str) -> Proposal:
    call, partner = Call.objects.get(), a_partner(people, name="Mitra Ketiga", username="ketiga")
    return Proposal.objects.create(
        call=call, partner=partner, state=state, sealed_at=OPENED + timedelta(days=4), created_at=OPENED, created_by="x",
        out_because="NPWP tidak ada." if state == "disqualified" else "",
    )  # fmt: skip


def a_seat(people: People, scores: bool) -> Panelist:
    an_office(people, "bu.rw", "Sarinem", roles.RESIDENT)
    call, person = Call.objects.get(), people.held["bu.rw"]
    InterestDeclaration.objects.create(call=call, person=person, interest=False, at=clock.now())
    return Panelist.objects.create(
        call=call, person=person, seat="resident", scores=scores, decree="x", appointed_at=AFTER, appointed_by="x"
    )


def a_level(people: People, level: int, reason: str, *, seat: Panelist, version: ProposalVersion) -> None:
    Score.objects.create(
        version=version, panelist=seat, round=1, criterion="finance", level=level, reason=reason, at=AFTER
    )


def a_short_reason(people: People) -> None:
    a_level(people, 3, "Bagus.", seat=a_seat(people, scores=False), version=ProposalVersion.objects.first())


def levels_apart(people: People) -> None:
    """A level of an earlier version, three apart from the others, and nothing said of it."""
    rival = Proposal.objects.get(state="ranked")
    earlier = ProposalVersion.objects.create(
        proposal=rival, number=0, content={}, content_hash="0" * 64, sent_at=OPENED, by="x"
    )
    for who, level in (("guru", 0), ("kwt", 3)):
        a_level(people, level, REASON, seat=Panelist.objects.get(person=people.held[who]), version=earlier)


def a_proven_flag(people: People) -> None:
    day = clock.today() - timedelta(days=1)
    RiskFlag.objects.create(
        partner=Case.objects.get().partner, kind="false_document", region=place(OURS), state="confirmed", seen="Akta palsu",
        source="Salinan akta", raised_at=clock.now(), raised_by="x", raised_as="dpmd_officer", round_on=day, due_on=day,
        proven=True, decided_on=day, counts_until=date(2030, 1, 1),
    )  # fmt: skip


def a_listing(people: People) -> None:
    Listing.objects.create(
        name="Nama Lain", legal_name_key="pt:lain", partner=Case.objects.get().partner, region=place("33.04"), source="Daftar",
        basis="Dasar", since=clock.today() - timedelta(days=1), listed_at=clock.now(), listed_by="system",
    )  # fmt: skip


def published_lately(people: People) -> None:
    """Six working days ago, where the regency wants fourteen days."""
    a_norm("ranking_publication_days", 14)
    Call.objects.update(published_on=clock.today() - timedelta(days=10))


def an_objection(people: People) -> None:
    Objection.objects.create(call=Call.objects.get(), text="Keliru.", state="filed", filed_at=clock.now(), by="x")


def an_official_who_owns(people: People) -> None:
    owners = [{"name": people.sekdes.full_name, "capacity": "owner", "political_tie": "tidak ada"}]
    partner = Proposal.objects.get(state="accepted").partner
    registry.declare_owners(by=people.by("mitra"), partner=partner, owners=owners)


def another_decision(people: People) -> None:
    decided(TermSheet.objects.get(state="tabled").code, "d" * 64, agreed=False)


@dataclass(frozen=True)
class Break:
    code: str
    how: Callable[[People], object]
    with_it: tuple[str, ...] = ()  # what cannot stand without it


BREAKS = (
    Break("SL-01", lambda people: refrozen(kak={**Call.objects.get().kak, "risks": ""})),
    Break("SL-02", lambda people: Case.objects.update(costs=[{"what": "Rapat", "amount": None}])),
    Break("SL-03", lambda people: Case.objects.update(environment_ok=False)),
    Break("SL-04", lambda people: Call.objects.update(channels=["messages"])),
    Break("SL-05", lighter),
    Break("SL-54", weighed_away),
    Break("SL-62", decides_alone),
    Break("SL-07", lambda people: Call.objects.update(deadline=OPENED + timedelta(days=10))),
    Break("SL-09", lambda people: Panelist.objects.filter(seat="bpd").update(seat="other")),
    Break("SL-10", a_head_who_scored),
    Break("SL-06", lambda people: Call.objects.update(frozen_hash="0" * 64)),
    Break("SL-14", lambda people: Call.objects.update(opening_minutes="")),
    Break("SL-11", another_on_the_seat),
    Break("SL-12", a_tie_was_declared),
    Break("SL-41", lambda people: a_late_proposal(people, "opened")),
    Break("RG-15", an_official_who_owns),
    Break("SL-17", a_version_nobody_scored),
    Break("SL-16", a_short_reason),
    Break("SL-18", levels_apart),
    Break("SL-20", lambda people: refrozen(threshold_total=90)),
    Break("SL-19", a_proven_flag, with_it=("RG-13",)),
    Break("RG-05", a_listing),
    Break("RG-13", lambda people: Verification.objects.update(state="under_review")),
    Break("SL-37", lambda people: a_norm("vision_agreement_minimum", 90)),
    Break("SL-21", published_lately),
    Break("SL-24", lambda people: a_late_proposal(people, "disqualified")),
    Break("SL-22", an_objection),
    Break("SL-23", lambda people: Proposal.objects.filter(state="accepted").update(state="proposed")),
    Break("SL-32", another_decision),
)


def test_every_guard_of_the_list_is_broken_once():
    assert [each.code for each in BREAKS] == [rule.code for rules, _who in LIST for rule in rules]


BOTH_LISTS = {"call": LIST, "direct": DIRECT_LIST}
ALL = [rule.code for rules, _who in LIST for rule in rules]


@pytest.mark.parametrize("name", BOTH_LISTS)
def test_every_guard_says_in_a_short_fact_of_its_own_that_it_is_met_and_stands_in_one_of_seven_stages(name):
    rules = [rule for group, _who in BOTH_LISTS[name] for rule in group]
    placed = [code for _title, lines in STAGES for code in lines]
    assert len(placed) == len(set(placed)) == len(MET)
    for rule in rules:
        fact = MET[rule.code]
        assert fact.endswith(".") and len(fact.split()) <= 14, rule.code
        assert not {"harus", "boleh"} & set(fact.lower().rstrip(".").split()), rule.code
        assert _numbers_in(fact) <= _numbers_in(rule.says + rule.remedy), rule.code  # no others are kept
    stages = staged(Guard(Finding(rule, True), ()) for rule in rules)
    assert len(stages) <= 7
    assert sorted(each.code for stage in stages for each in stage.guards) == sorted(rule.code for rule in rules)


def test_no_fact_is_kept_of_a_rule_that_is_no_guard():
    assert MET.keys() == {rule.code for found in BOTH_LISTS.values() for group, _who in found for rule in group}


def _numbers_in(sentence: str) -> set[str]:
    return {name for _text, name, *_ in string.Formatter().parse(sentence) if name}


def test_with_every_guard_met_the_award_is_made(ready, people):
    with clock.at(MEETING):
        assert all(each.holds for each in guards(the_call()))
        actions.record_consent(by=people.by("bpd"), case=ready)
    call = the_call()
    assert (call.state, ready.state) == ("awarded", "drafting")
    assert all(each.holds for each in kept_guards(call))


@pytest.mark.parametrize("broken", BREAKS, ids=lambda each: each.code)
def test_one_guard_missing_stops_the_award_by_act_by_page_and_for_a_program(ready, people, broken):
    with clock.at(MEETING):
        chair, program = signed_in(people, "bpd"), Program(a_key("bpd"))
        broken.how(people)
        case = Case.objects.select_related("village", "partner").get()
        codes = {broken.code, *broken.with_it}
        before = _everything()
        with pytest.raises(Refused) as refused:
            actions.record_consent(by=people.by("bpd"), case=case)
        assert set(refused.value.codes) == codes
        page = send(chair, "selection.record_consent", case.code)
        assert page.status_code == 409
        assert f'<span class="rule">{broken.code}</span>' in page.content.decode()
        told = program.send(reverse("selection.record_consent", args=[case.code]), {})
        assert told.status_code == 403  # where the password is asked for, no key is enough
        assert _everything() == before
        keep_guards(the_call().pk)
        everybody = shown(Client(), "page.call", the_call().code)[1]
    open_lines = everybody.split('<li class="no"><div><span class="rule">')[1:]
    assert {line.split("<")[0] for line in open_lines} == codes


FORWARDED_WITHOUT = [each for each in BREAKS if each.code != "SL-32"]


@pytest.mark.parametrize("broken", FORWARDED_WITHOUT, ids=lambda each: each.code)
def test_one_guard_missing_stops_the_way_to_the_meeting_for_a_program_too(ready, people, broken):
    with clock.at(MEETING):
        Case.objects.update(state="candidate_proposed")
        program = Program(a_key("bpd"))
        broken.how(people)
        code, before = Case.objects.get().code, _everything()
        told = program.send(reverse("selection.forward_to_musyawarah", args=[code]), {})
        assert told.status_code == 409
        assert {each["code"] for each in told.json()["unmet"]} == {broken.code, *broken.with_it}
        assert _everything() == before


def _everything() -> list[object]:
    return [
        *Call.objects.values_list("state", "published_on"), *Case.objects.values_list("state", "partner"),
        *Proposal.objects.order_by("pk").values_list("state"), *TermSheet.objects.values_list("state"), Event.objects.count(),
    ]  # fmt: skip


# What pages tell ------------------------------------------------------------------------------------------------------
def unmet_of(call: Call) -> set[str]:
    return {each.code for each in kept_guards(call) if not each.holds}


def test_the_list_is_kept_after_each_act_and_reads_the_same_for_everybody(people):
    call = a_candidate(people, "mitra", "saingan")
    waiting = {"SL-21", "SL-22", "SL-23", "SL-32"}
    assert unmet_of(the_call()) == waiting
    with clock.at(AFTER + timedelta(days=3)):
        actions.accept_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(state="proposed"))
        assert unmet_of(the_call()) == waiting - {"SL-23"}
        room = shown(signed_in(people, "kades"), "page.selection", call.case.code)[1]
        everybody = shown(Client(), "page.call", call.code)[1]
    for page in (room, everybody):
        assert page.count('<li class="no"><div><span class="rule">') == 3
        assert "Yang dapat memenuhinya: Ketua BPD" in page
    assert [each.code for each in kept_guards(the_call())] == [each.code for each in guards(the_call())]


def test_days_that_go_by_are_seen_without_an_act(people):
    call = a_candidate(people)
    with clock.at(AFTER + timedelta(days=3)):
        actions.accept_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(state="proposed"))
    with clock.at(AFTER + timedelta(days=30)):
        assert actions.keep_due_guards() == 1
        assert actions.keep_due_guards() == 0
        assert unmet_of(the_call()) == {"SL-32"}
    assert call.state == "provisional"


def test_a_draft_has_no_list_and_an_open_call_has_one(people):
    a_call(people)
    assert not GuardList.objects.exists()
    with clock.at(OPENED):
        actions.open_call(by=people.by("kades"), call=Call.objects.select_related("case__village").get())
    assert GuardList.objects.count() == 1


def test_an_award_keeps_the_list_it_was_made_with(people):
    an_awarded_case(people)
    kept = GuardList.objects.get()
    Verification.objects.update(state="under_review")
    with clock.at(AFTER + timedelta(days=400)):
        assert actions.keep_due_guards() == 0
        assert unmet_of(the_call()) == set()
    assert GuardList.objects.get().at == kept.at


def test_before_the_opening_the_list_says_nothing_of_what_is_sealed(people):
    call = an_open_call(people)
    before, nobody_came = GuardList.objects.get(), list_on_the_page_of(call)
    a_sealed_proposal(people, call)
    assert list_on_the_page_of(call) == nobody_came
    with clock.at(OPENED + timedelta(days=4)):
        actions.withdraw_proposal(by=people.by("mitra"), proposal=Proposal.objects.get())
    after = GuardList.objects.get()
    assert (before.lines, before.at) == (after.lines, after.at)
    assert f"dari {len(ALL)} syarat terpenuhi" in nobody_came
    assert list_on_the_page_of(call) == nobody_came


def list_on_the_page_of(call: Call, after: timedelta = timedelta(days=5)) -> str:
    """The section with the list, as everybody reads it so long after the opening."""
    with clock.at(OPENED + after):
        page = shown(Client(), "page.call", call.code)[1]
    return str(page).split('<h2 id="penetapan">')[1].split("</section>")[0]


def test_the_list_stands_in_stages_those_that_are_met_folded_and_the_next_condition_above_them(people):
    call = a_candidate(people, "mitra", "saingan")
    told = list_on_the_page_of(call, AFTER + timedelta(days=3) - OPENED)
    assert f"{len(ALL) - 4} dari {len(ALL)} syarat terpenuhi" in told
    assert "Berikutnya: Calon mitra harus menyatakan menerima pencalonan. Yang dapat memenuhinya: Wakil mitra." in told
    offered = len(OPENING_CALL) + len(FROZEN)
    stages = re.findall(r'<details class="box inked"( open)?><summary>([^<]+) <span[^>]*>([^<]+)</span>', told)
    assert stages == [
        ("", "Penawaran", f"{offered} dari {offered}"), ("", "Tim seleksi", "4 dari 4"),
        ("", "Pembukaan dan pemeriksaan", "2 dari 2"), ("", "Penilaian", "3 dari 3"), (" open", "Calon mitra", "6 dari 7"),
        (" open", "Hasil dan masa sanggah", "1 dari 3"), ("", "Keputusan desa", "0 dari 1"),
    ]  # fmt: skip
    assert "Usulan dibuka setelah penawaran ditutup, dengan berita acara." in told
    assert "Tidak seorang pun boleh membaca usulan" not in told


def test_a_list_that_is_met_says_so_and_is_folded_away(ready, people):
    with clock.at(MEETING):
        actions.record_consent(by=people.by("bpd"), case=ready)
    told = list_on_the_page_of(the_call(), MEETING - OPENED)
    assert f"Semua {len(ALL)} syarat terpenuhi" in told and "Berikutnya" not in told
    assert told.count('<details class="box inked">') == told.count("<details") == 7


def test_whoever_brings_the_candidate_to_the_meeting_reads_the_list_once(people):
    call = a_candidate(people, "mitra", "saingan")
    chair = signed_in(people, "bpd")
    with clock.at(AFTER + timedelta(days=3)):
        room = shown(chair, "page.selection", call.case.code)[1]
    assert reverse("selection.forward_to_musyawarah", args=[call.case.code]) in room
    for code in ALL:
        assert room.count(f'<span class="rule">{code}</span>') == 1, code


def test_the_page_of_the_act_and_of_the_case_name_what_is_open_and_not_what_is_met(people):
    call = a_candidate(people, "mitra", "saingan")
    chair, case = signed_in(people, "bpd"), call.case.code
    with clock.at(AFTER + timedelta(days=3)):
        a_listing(people)
        keep_guards(call.pk)
        for door in ("selection.forward_to_musyawarah", "page.case"):
            page = shown(chair, door, case)[1]
            told = re.findall(r'<span class="rule">((?:SL|RG)-\d+)</span>', page)
            assert told == ["SL-21", "SL-22", "SL-23", "RG-05"], door


def test_a_direct_appointment_is_read_in_its_own_stages(people):
    call = a_direct_candidate(people)
    told = list_on_the_page_of(call, timedelta(days=1))
    assert re.findall(r"<summary>([^<]+) <", told) == [
        "Penawaran", "Penunjukan langsung", "Calon mitra", "Hasil dan masa sanggah", "Keputusan desa",
    ]  # fmt: skip
    assert "Alasan penunjukan langsung terbukti." in told


def test_a_rule_that_the_regency_switched_off_is_not_on_the_list(people):
    call = a_candidate(people)
    with clock.at(AFTER + timedelta(days=3)):
        switch_rule(
            by=people.by("bupati"), regency=place("33.04"), rule=losers_get_feedback, kind="off",
            basis="Keputusan Bupati 12/2026", effective_from=clock.today(),
        )  # fmt: skip
        assert "SL-24" not in {
            each.code for each in guards(Call.objects.select_related("case__village").get(pk=call.pk))
        }


def test_a_number_that_is_raised_after_the_opening_changes_no_running_call(ready, people):
    RegencyNorm.objects.create(
        regency=place("33.04"), name="call_min_days", value=60, basis="Perbup", set_at=AFTER,
        effective_from=(AFTER + timedelta(days=20)).date(),
    )  # fmt: skip
    with clock.at(MEETING):
        assert all(each.holds for each in guards(the_call()))


def test_a_call_of_old_is_not_held_against_bounds_that_there_were_not_when_it_was_opened(ready, people):
    """One criterion was left out and the bound to pass was low: both were lawful on its day."""
    weighed_away(people)
    Call.objects.update(weights_bounded=False)
    refrozen(threshold_each=20)
    with clock.at(MEETING):
        found = guards(the_call())
        assert not {"SL-54", "SL-62"} & {each.code for each in found}
        assert all(each.holds for each in found)
        assert actions.record_consent(by=people.by("bpd"), case=ready).state == "drafting"


def test_a_call_that_is_opened_now_is_asked_for_the_bounds_of_its_weights(people):
    call = an_open_call(people)
    with clock.at(OPENED):
        assert {"SL-54", "SL-62"} <= {each.code for each in guards(call) if each.holds}


def test_the_pages_of_a_result_stay_within_their_statements(people, django_assert_max_num_queries):
    call = a_candidate(people, "mitra", "saingan")
    rooms = {who: signed_in(people, who) for who in ("kades", "bpd")}
    with clock.at(AFTER + timedelta(days=3)):
        for who, name in (("pak.rt", "Karjo"), ("bu.rt", "Sarinah")):
            an_office(people, who, name, roles.RESIDENT)
        filed = [
            actions.file_objection(by=people.by(who), call=call, text=f"Keliru, kata {who}.")
            for who in ("warga", "pak.rt", "bu.rt")
        ]
        actions.dismiss_objection(by=people.by("lksd"), objection=filed[0], answer="Sudah benar.")
    with clock.at(AFTER + timedelta(days=31)):
        with django_assert_max_num_queries(6):
            assert Client().get(reverse("page.call", args=[call.code])).status_code == 200
        for each in rooms.values():
            each.get("/kerja/")
            with django_assert_max_num_queries(12):
                assert shown(each, "page.selection", call.case.code)[0] == 200


def test_the_pages_of_the_decision_stay_within_their_statements(people, django_assert_max_num_queries):
    case = a_forwarded_case(people, "mitra", "saingan")
    chair = signed_in(people, "bpd")
    with clock.at(AFTER + timedelta(days=31)):
        chair.get("/kerja/")
        with django_assert_max_num_queries(12):
            assert shown(chair, "selection.record_consent", case.code)[0] == 200
