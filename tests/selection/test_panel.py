"""Who sits on a panel and shares something with a partner neither reads, checks, scores nor leads; visits; one's own scores."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.personal.subjects import Subject
from bermitra.registry import actions as registry
from bermitra.registry.models import Partner
from bermitra.registry.queries.conflicts import found_between
from bermitra.selection import actions
from bermitra.selection.models import Call, Panelist, Proposal, Score, SiteVisit
from bermitra.selection.queries import guards, opened, panel_facts, tied, visited_from
from tests.foundation.personal.test_values import an_account
from tests.partnership.makers import an_office
from tests.people import NEIGHBOUR, OURS, place
from tests.refusals import codes
from tests.selection.makers import (
    AFTER,
    REASON,
    TICKS,
    a_candidate,
    a_checking_call,
    a_closed_call,
    a_scoring_call,
    a_sealed_proposal,
    an_open_call,
    scored,
)
from tests.selection.test_pages import a_picture, send, shown, signed_in

pytestmark = pytest.mark.django_db


def owned_by(people, partner: Partner, name: str, tie: str = "tidak ada", who: str = "mitra") -> None:
    owners = [{"name": name, "capacity": "owner", "political_tie": tie}]
    registry.declare_owners(by=people.by(who), partner=partner, owners=owners)


def told_to_replace() -> list[str]:
    return list(Duty.objects.filter(door="selection.appoint_panel", closed_at=None).values_list("says", flat=True))


def test_SL_12_whoever_is_an_owner_of_a_partner_by_name_does_not_read_score_check_or_lead(people):
    call = a_checking_call(people)
    own = call.proposals.get()
    actions.declare_interest(by=people.by("guru"), call=call, interest=False)
    actions.read_proposal(by=people.by("guru"), proposal=own)
    owned_by(people, own.partner, "Hj. SUMIATI, S.Pd.")  # guru is called Sumiati
    assert codes(actions.read_proposal, by=people.by("guru"), proposal=own) == ("SL-12",)
    owned_by(people, own.partner, people.lksd.full_name)
    for does, given in (
        (actions.request_documents, {"proposal": own, "missing": "NPWP"}),
        (actions.disqualify, {"proposal": own, "reason": "Tidak lengkap."}),
        (actions.fail_call, {"call": call, "reason": "Tidak ada yang cocok."}),
        (actions.record_site_visit, VISIT | {"proposal": own, "day": visited_from(call)}),
    ):
        assert codes(does, by=people.by("lksd"), **given) == ("SL-12",), does
    assert "SL-12" in codes(actions.complete_admin_check, by=people.by("lksd"), call=call)
    own.refresh_from_db()
    assert own.state == "opened"


def test_the_head_is_told_to_replace_a_tied_panelist_without_the_name_of_the_partner(people):
    call = a_closed_call(people, "mitra", "saingan")
    first = Proposal.objects.order_by("pk")[0]
    owned_by(people, first.partner, "Sumiati")
    guru = Panelist.objects.get(person=people.guru)
    with clock.at(AFTER):
        assert (
            tied(call, [people.guru]) == frozenset()
        )  # nobody is found before the opening: it would say who has sealed
        assert told_to_replace() == []
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="BA-1", witnesses=["Karsono"])
        guru.refresh_from_db()
        (says,) = told_to_replace()
        assert guru.tied_at == AFTER
        assert "pengusul" in says
        duty = Duty.objects.get(door="selection.appoint_panel", closed_at=None)
        assert first.partner.name not in f"{duty.says}{duty.params}"
        page = shown(signed_in(people, "kades"), "page.selection", call.case.code)[1]
        assert "Berkepentingan" in page
        actions.release_panelist(
            by=people.by("kades"), call=call, person=people.guru, reason="Berkaitan dengan pengusul."
        )
        assert told_to_replace() == []


def test_SL_12_nobody_tied_is_given_a_seat_after_the_opening_and_anybody_before(people):
    call = a_closed_call(people)
    own = call.proposals.get()
    an_office(people, "ketua.rt", "Wagiyem Lestari", roles.RESIDENT)
    owned_by(people, own.partner, "Wagiyem Lestari")
    seat = {"person": people.ketua_rt, "seat": "resident", "decree": "16/2026", "call": call}
    with clock.at(AFTER):
        sits = actions.appoint_panel(by=people.by("kades"), **seat)  # a refusal would tell who has sealed
        actions.release_panelist(by=people.by("kades"), call=call, person=sits.person, reason="Keliru.")
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="BA-1", witnesses=["Karsono"])
        assert codes(actions.appoint_panel, by=people.by("kades"), **seat) == ("SL-12",)


def test_SL_53_a_seat_is_of_those_who_are_that_in_the_village(people):
    call = a_closed_call(people)
    an_office(people, "guru.baru", "Wagiyem", roles.RESIDENT)
    office = Appointment.objects.get(person=people.guru_baru)
    office.pk, office.role = None, roles.VILLAGE_OFFICIAL.key
    office.save(force_insert=True)
    an_office(people, "tetangga", "Suparmi", roles.RESIDENT, where=NEIGHBOUR)
    an_office(people, "ahli", "Prasetyo", roles.SELECTION_PANELIST)  # by decree, and from wherever
    for who, seat in (
        ("warga", "bpd"), ("warga", "coop_unit"), ("guru.baru", "resident"), ("tetangga", "resident"), ("sekdes", "other"),
        ("dinas", "other"), ("bpd", "bpd"), ("ahli", "resident"),
    ):  # fmt: skip
        given = {"call": call, "person": people.held[who], "seat": seat, "decree": "16/2026"}
        assert codes(actions.appoint_panel, by=people.by("kades"), **given) == ("SL-53",), (who, seat)
    assert call.panel.filter(left_at=None).count() == 4
    actions.appoint_panel(by=people.by("kades"), call=call, person=people.warga, seat="resident", decree="16/2026")
    sits = actions.appoint_panel(
        by=people.by("kades"), call=call, person=people.held["ahli"], seat="other", decree="16/2026"
    )
    assert panel_facts(call, standing(OURS)).residents == 3 and sits.seat == "other"


def test_nobody_sits_twice(people):
    call = a_closed_call(people)
    for scores in (True, False):
        given = {"call": call, "person": people.guru, "seat": "other", "scores": scores}
        with pytest.raises(NoSuchMove):
            actions.appoint_panel(by=people.by("kades"), **given)
    assert call.panel.filter(person=people.guru).count() == 1


def test_once_levels_are_revealed_only_who_leads_is_replaced(people):
    call = a_scoring_call(people)
    with clock.at(AFTER + timedelta(days=2)):
        scored(people, call, call.proposals.get())
        actions.reveal_scores(by=people.by("lksd"), call=call)
        by, told = people.by, told_to_replace()
        with pytest.raises(NoSuchMove):
            actions.appoint_panel(by=by("kades"), call=call, person=people.warga, seat="resident")
        with pytest.raises(NoSuchMove):
            actions.release_panelist(by=by("kades"), call=call, person=people.guru, reason="Menilai terlalu rendah.")
        actions.declare_interest(by=by("guru"), call=call, interest=True, what="Ipar pengurus mitra.")
        assert told_to_replace() == told  # nobody is asked for what can no longer be done
        assert (
            people.guru.full_name
            not in shown(signed_in(people, "kades"), "selection.release_panelist", call.case.code)[1]
        )
        actions.release_panelist(by=by("kades"), call=call, person=people.lksd, reason="Pindah tugas.")
        an_office(people, "lksd.dua", "Sarwono", roles.VILLAGE_COOP_UNIT)
        actions.appoint_panel(by=by("kades"), call=call, person=people.lksd_dua, seat="coop_unit", scores=False)
        unmet = {each.code for each in guards(Call.objects.get()) if not each.holds}
    assert unmet & {"SL-09", "SL-17"} == set()
    assert "SL-12" in unmet  # his interest is seen, and his levels stay counted until all is scored again


def test_SL_09_who_was_free_to_score_must_be_a_panel_still(people):
    """Four score; the one of the BPD has an interest: the levels of three residents are no panel's."""
    call = a_scoring_call(people)
    own, four = call.proposals.get(), ("guru", "kwt", "anggota.bpd", "warga")
    with clock.at(AFTER + timedelta(days=2)):
        actions.appoint_panel(by=people.by("kades"), call=call, person=people.warga, seat="resident")
        actions.declare_interest(by=people.by("warga"), call=call, interest=False)
        scored(people, call, own, who=four)
        actions.declare_interest(
            by=people.by("anggota.bpd"), call=call, interest=True, what="Anak saya bekerja di sana."
        )
        assert codes(actions.reveal_scores, by=people.by("lksd"), call=call) == ("SL-09",)
    call.refresh_from_db()
    assert call.revealed_at is None


def test_a_scorer_who_was_released_meanwhile_does_not_count_for_whoever_read_the_call_before(people):
    call = a_scoring_call(people)
    own = call.proposals.get()
    with clock.at(AFTER + timedelta(days=2)):
        scored(people, call, own)
        read_before = Call.objects.select_related("case__village").prefetch_related("panel").get()
        assert len(read_before.seats()) == 4
        actions.release_panelist(by=people.by("kades"), call=call, person=people.guru, reason="Berkepentingan.")
        refused = codes(actions.reveal_scores, by=people.by("lksd"), call=read_before)
    assert refused == ("SL-09", "SL-17")


def test_SL_12_a_telephone_an_account_and_a_relative_tie_as_well(people):
    call = a_scoring_call(people)
    own = call.proposals.get()
    rep, guru, kwt = people.mitra, people.guru, people.kwt
    Partner.objects.filter(pk=own.partner_id).update(contact="Telp. 0812-3456-7890, kantor@contoh.id")
    seats = [guru, kwt, people.anggota_bpd]
    assert tied(call, seats) == frozenset()
    type(guru).objects.filter(pk=guru.pk).update(phone="+6281234567890")
    guru.refresh_from_db()
    assert tied(call, [guru, kwt, people.anggota_bpd]) == {guru.pk}
    for person in (kwt, rep):
        an_account(people, Subject.of_person(person))
    assert tied(call, [guru, kwt, people.anggota_bpd]) == {guru.pk, kwt.pk}
    owned_by(people, own.partner, "Bagas Wiratama", f"Menantu {people.anggota_bpd.full_name}, anggota BPD")
    assert tied(call, [guru, kwt, people.anggota_bpd]) == {guru.pk, kwt.pk, people.anggota_bpd.pk}


def test_what_was_looked_at_and_dismissed_ties_nobody(people):
    call = a_scoring_call(people)
    own, bpd = call.proposals.get(), people.anggota_bpd
    owned_by(people, own.partner, bpd.full_name)
    assert tied(call, [bpd]) == {bpd.pk}
    (found,) = found_between(own.partner, OURS, clock.today())
    given = {"partner": own.partner, "village": place(OURS), "item": found.key}
    registry.explain_conflict(by=people.by("mitra"), text="Orang lain yang bernama sama.", **given)
    registry.review_conflict(by=people.by("dinas"), acceptable=True, tie=False, reason="KTP berbeda.", **given)
    assert tied(call, [bpd]) == frozenset()
    scored(people, call, own, who=("anggota.bpd",))
    assert Score.objects.count() == 7


def test_a_tie_that_comes_up_later_is_found_by_the_daily_round_and_his_levels_count_no_more(people):
    call = a_scoring_call(people)
    own = call.proposals.get()
    actions.read_proposal(by=people.by("guru"), proposal=own)
    scored(people, call, own, level=3)
    assert opened(own, people.guru) is not None
    assert actions.look_for_ties_where_panels_work() == 0
    owned_by(people, own.partner, "Sumiati")
    assert actions.look_for_ties_where_panels_work() == 1
    assert len(told_to_replace()) == 1
    assert opened(own, people.guru) is None  # nor does he read again what he had read
    assert codes(actions.reveal_scores, by=people.by("kwt"), call=call) == ("SL-09", "SL-17")
    owned_by(people, own.partner, "Bagas Wiratama")
    assert actions.look_for_ties_where_panels_work() == 1
    assert told_to_replace() == []
    actions.reveal_scores(by=people.by("kwt"), call=call)


def test_SL_12_a_tie_of_a_scorer_that_comes_up_after_the_result_is_found_and_stops_it(people):
    call = a_candidate(people)
    with clock.at(AFTER + timedelta(days=3)):
        assert actions.look_for_ties_where_panels_work() == 0
        assert next(each for each in guards(call) if each.code == "SL-12").holds
        owned_by(people, call.proposals.get().partner, "Sumiati")
        assert not next(each for each in guards(call) if each.code == "SL-12").holds
        assert actions.look_for_ties_where_panels_work() == 1
        asked = Duty.objects.get(door="selection.reopen_scoring", closed_at=None)
        assert (asked.role, told_to_replace()) == ("bpd_chair", [])


def test_SL_12_whoever_has_an_interest_does_not_see_the_comparison(people):
    call = a_candidate(people)
    with clock.at(AFTER + timedelta(days=3)):
        guru = signed_in(people, "guru")
        assert shown(guru, "page.comparison", call.case.code)[0] == 200
        actions.declare_interest(by=people.by("guru"), call=call, interest=True, what="Adik saya bekerja di sana.")
        assert shown(guru, "page.comparison", call.case.code)[0] == 404


def test_SL_12_whoever_leads_and_is_tied_does_not_propose(people):
    call = a_scoring_call(people)
    own = call.proposals.get()
    scored(people, call, own)
    actions.reveal_scores(by=people.by("guru"), call=call)
    owned_by(people, own.partner, people.lksd.full_name)
    assert "SL-12" in codes(actions.propose_candidate, by=people.by("lksd"), call=call, minutes_number="BA-3")


# Own scores, and those of others -----------------------------------------------------------------------------------------
def test_own_scores_stay_readable_to_oneself_and_nobody_sees_who_has_finished(people):
    call = a_scoring_call(people)
    own, code = call.proposals.get(), call.case.code
    with clock.at(AFTER):
        for who in ("guru", "lksd"):
            actions.read_proposal(by=people.by(who), proposal=own)
        scored(people, call, own, who=("guru",))
        mine = shown(signed_in(people, "guru"), "page.proposal", own.code)[1]
        assert "Nilai dari Anda" in mine
        assert REASON in mine
        assert reverse("selection.score", args=[own.code]) not in mine  # once a round
        lead = signed_in(people, "lksd")
        for name, about in (("page.proposal", own.code), ("page.selection", code), ("selection.reveal_scores", code)):
            page = shown(lead, name, about)[1]
            assert REASON not in page, name
            assert "Nilai dari Anda" not in page, name
        assert "SL-17" in send(lead, "selection.reveal_scores", code).content.decode()
        assert shown(lead, "page.comparison", code)[0] == 404
    assert Call.objects.get().revealed_at is None


def test_a_scorers_page_of_a_proposal_stays_within_its_statements(people):
    call = a_scoring_call(people)
    own = call.proposals.get()
    with clock.at(AFTER):
        actions.read_proposal(by=people.by("guru"), proposal=own)
        actions.record_site_visit(by=people.by("lksd"), proposal=own, day=visited_from(call), **VISIT)
        scored(people, call, own, who=("guru",))
        client = signed_in(people, "guru")
        client.get("/kerja/")
        with CaptureQueriesContext(connection) as seen:
            assert shown(client, "page.proposal", own.code)[0] == 200
    assert len(seen) <= 12, "\n".join(each["sql"].split(" FROM ")[-1][:150] for each in seen)


# The vision bound --------------------------------------------------------------------------------------------------------
def test_SL_43_the_page_says_the_bound_and_the_act_asks_it(people):
    call = an_open_call(people)
    ticks = [*TICKS[:3], "fair_return", "capital_market", "local_first"]  # three of six are shared: 50
    a_sealed_proposal(people, call, vision_ticks=ticks)
    with clock.at(AFTER):
        actions.close_due_calls()
        call = Call.objects.select_related("case__village").get()
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="BA-1", witnesses=["Karsono"])
        for who in ("lksd", "guru", "kwt", "anggota.bpd"):
            actions.declare_interest(by=people.by(who), call=call, interest=False)
        actions.complete_admin_check(by=people.by("lksd"), call=call)
        own = Proposal.objects.get()
        actions.read_proposal(by=people.by("guru"), proposal=own)
        client = signed_in(people, "guru")
        page = shown(client, "selection.score", own.code)[1]
        assert "Kesepakatan visi 50 persen: paling tinggi tingkat 2." in page
        names = [each.code for each in call.criteria.all()]
        given = {f"level_{c}": "3" for c in names} | {f"reason_{c}": REASON for c in names}
        assert send(client, "selection.score", own.code, **given).status_code == 422
        levels, reasons = dict.fromkeys(names, 3), dict.fromkeys(names, REASON)
        assert codes(actions.score, by=people.by("guru"), proposal=own, levels=levels, reasons=reasons) == ("SL-43",)
        assert send(client, "selection.score", own.code, **{**given, "level_need_fit": "2"}).status_code == 302
    assert Score.objects.get(criterion="need_fit").level == 2


# Visits ------------------------------------------------------------------------------------------------------------------
VISIT = {
    "kind": "visit", "place": "Bengkel mitra di Wonosobo", "present": ["Karsono", "Paijo"],
    "found": "Enam mesin pengering bekerja; dua teknisi menjelaskan perawatannya.",
}  # fmt: skip


def test_a_visit_is_recorded_on_its_page_and_read_by_scorers_only(people):
    call = a_scoring_call(people, "mitra", "saingan")
    own = Proposal.objects.order_by("pk")[0]
    with clock.at(AFTER + timedelta(days=2)):
        lead, guru = signed_in(people, "lksd"), signed_in(people, "guru")
        given = {**VISIT, "present": "Karsono\nPaijo", "day": "25/03/2026"}
        before = send(lead, "selection.record_site_visit", own.code, **{**given, "day": "23/03/2026"})
        later = send(lead, "selection.record_site_visit", own.code, **{**given, "day": "27/03/2026"})
        assert (before.status_code, later.status_code) == (422, 422)
        photo = SimpleUploadedFile("mesin.png", a_picture(), "image/png")
        assert send(lead, "selection.record_site_visit", own.code, **given, file=photo).status_code == 302
        visit = SiteVisit.objects.get()
        at = reverse("page.site_visit_file", args=[visit.code])
        assert VISIT["found"] not in shown(guru, "page.proposal", own.code)[1]
        assert guru.get(at).status_code == 404
        actions.read_proposal(by=people.by("guru"), proposal=own)
        page = shown(guru, "page.proposal", own.code)[1]
        assert (VISIT["found"] in page, "Kunjungan lapangan, 25 Maret 2026" in page, at in page) == (True, True, True)
        assert guru.get(at).content.startswith(b"\x89PNG")
        for who in ("mitra", "saingan"):
            assert VISIT["found"] not in shown(signed_in(people, who), "page.proposal", own.code)[1]
            assert signed_in(people, who).get(at).status_code in (403, 404)
        for each in call.proposals.order_by("pk"):
            scored(people, call, each)
        actions.reveal_scores(by=people.by("guru"), call=call)
        own.refresh_from_db()
        with pytest.raises(NoSuchMove):
            actions.record_site_visit(by=people.by("lksd"), proposal=own, day=visited_from(call), **VISIT)
        page = shown(signed_in(people, "sekdes"), "page.comparison", call.case.code)[1]
        assert VISIT["found"] in page
        assert "Karsono, Paijo" in page


@pytest.mark.parametrize("off", [-1, 3])
def test_a_visit_lies_between_the_opening_and_today(people, off):
    call = a_checking_call(people)
    with clock.at(AFTER + timedelta(days=2)), pytest.raises(ValueError, match="between"):
        day = visited_from(call) + timedelta(days=off)
        actions.record_site_visit(by=people.by("lksd"), proposal=call.proposals.get(), **{**VISIT, "day": day})
    assert not SiteVisit.objects.exists()


def test_nobody_visits_before_the_opening(people):
    call = a_closed_call(people)
    with clock.at(AFTER), pytest.raises(NoSuchMove):
        actions.record_site_visit(
            by=people.by("lksd"), proposal=call.proposals.get(), **{**VISIT, "day": clock.today()}
        )


def test_the_public_page_of_a_call_names_nobody_who_was_at_a_visit(people):
    call = a_scoring_call(people)
    own = call.proposals.get()
    with clock.at(AFTER):
        actions.record_site_visit(by=people.by("lksd"), proposal=own, day=visited_from(call), **VISIT)
        scored(people, call, own)
        actions.reveal_scores(by=people.by("guru"), call=call)
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
        page = shown(Client(), "page.call", call.code)[1]
    assert REASON in page
    assert "Paijo" not in page
