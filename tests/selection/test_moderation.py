"""Where levels lie apart, what was said of it, one more round, and the comparison that shows it."""

import gzip
import re
from copy import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.registry.models import Partner
from bermitra.selection import actions, criteria
from bermitra.selection.models import (
    Call,
    Moderation,
    ModerationPoint,
    Panelist,
    Proposal,
    ProposalVersion,
    Ranking,
    Score,
)
from bermitra.selection.queries import ranking, reasons_of, shuffled, spreads
from tests.partnership.makers import an_office
from tests.people import People
from tests.refusals import codes
from tests.selection.makers import AFTER, REASON, a_scoring_call, scored
from tests.selection.test_pages import send, shown, signed_in

pytestmark = pytest.mark.django_db
NOTE = "Penilai sepakat bahwa pengalaman mitra di desa lain belum lengkap buktinya."
DAY = AFTER + timedelta(days=2)


def apart(people: People, *partners: str) -> Call:
    """Revealed: of the first proposal two criteria lie two levels apart, of the others none."""
    call = a_scoring_call(people, *partners)
    first, *others = Proposal.objects.filter(call=call).order_by("pk")
    names = [each.code for each in call.criteria.order_by("position")]
    with clock.at(DAY):
        for who, level in (("guru", 4), ("kwt", 3), ("anggota.bpd", 2)):
            levels = dict.fromkeys(names, 3) | {"capability": level, "finance": level}
            actions.score(by=people.by(who), proposal=first, levels=levels, reasons=dict.fromkeys(names, REASON))
        for each in others:
            scored(people, call, each, level=3)
        actions.reveal_scores(by=people.by("guru"), call=call)
    call.refresh_from_db()
    return call


def due(door: str) -> list[str]:
    return list(Duty.objects.filter(door=door, closed_at=None).values_list("person", flat=True))


def notes(call: Call, *of: str, note: str = NOTE) -> dict[str, dict[str, str]]:
    first = Proposal.objects.filter(call=call).order_by("pk")[0]
    return {first.code: dict.fromkeys(of or ("capability", "finance"), note)}


def test_SL_18_a_wide_spread_stops_the_candidate_until_it_is_moderated(people):
    call = apart(people, "mitra", "saingan")
    with clock.at(DAY):
        assert set(spreads(call).values()) == {2}
        assert due("selection.moderate_scores") == [people.lksd.code]
        assert due("selection.propose_candidate") == []
        assert codes(actions.propose_candidate, by=people.by("lksd"), call=call, minutes_number="BA-3") == ("SL-18",)
        before = [(each.place, each.total) for each in ranking(call)]
        for given in (notes(call, "finance"), notes(call, note="Sudah dibahas.")):
            assert codes(actions.moderate_scores, by=people.by("lksd"), call=call, notes=given) == ("SL-18",)
        assert not Moderation.objects.exists()
        actions.moderate_scores(by=people.by("lksd"), call=call, notes=notes(call))
        assert [(each.place, each.total) for each in ranking(call)] == before  # it changes no score
        assert due("selection.moderate_scores") == []
        assert due("selection.propose_candidate") == [people.lksd.code]
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
    assert ModerationPoint.objects.count() == 2


def test_moderation_is_for_what_lies_apart_by_the_lead_and_after_the_levels_are_revealed(people):
    call = a_scoring_call(people)
    with clock.at(DAY), pytest.raises(NoSuchMove):
        actions.moderate_scores(by=people.by("lksd"), call=call, notes=notes(call))
    own = call.proposals.get()
    with clock.at(DAY):
        scored(people, call, own)
        actions.reveal_scores(by=people.by("guru"), call=call)
        with pytest.raises(ValueError, match="do not lie apart"):
            actions.moderate_scores(by=people.by("lksd"), call=call, notes=notes(call))
        with pytest.raises(NoSuchMove):
            actions.moderate_scores(by=people.by("lksd"), call=call, notes={})
        for who in ("kades", "sekdes", "bpd", "dinas", "mitra"):
            with pytest.raises(NotAllowed):
                actions.moderate_scores(by=people.by(who), call=call, notes={}, again=True, reason="x")


def test_FD_04_a_scorer_does_not_moderate(people):
    call = apart(people)
    with clock.at(DAY):
        assert codes(actions.moderate_scores, by=people.by("guru"), call=call, notes=notes(call)) == ("FD-04",)


def test_SL_44_all_score_once_more_and_both_rounds_stay_readable(people):
    call = apart(people, "mitra", "saingan")
    reason = "Dua penilai membaca lampiran yang berbeda."
    with clock.at(DAY):
        assert codes(actions.moderate_scores, by=people.by("lksd"), call=call, notes={}, again=True, reason=reason) == (
            "SL-18",
        )
        given = {"call": call, "notes": notes(call), "again": True}
        assert codes(actions.moderate_scores, by=people.by("lksd"), **given, reason="") == ("SL-39",)
        actions.moderate_scores(by=people.by("lksd"), **given, reason=reason)
        call.refresh_from_db()
        assert (call.round, call.revealed_at, call.state) == (2, None, "scoring")
        assert set(Proposal.objects.values_list("state", flat=True)) == {"admissible"}
        scorers = {people.held[who].code for who in ("guru", "kwt", "anggota.bpd")}
        assert (
            set(Duty.objects.filter(door="page.selection", closed_at=None).values_list("person", flat=True)) == scorers
        )
        office, code = signed_in(people, "sekdes"), call.case.code
        assert shown(office, "page.comparison", code)[0] == 404
        assert office.get(reverse("page.comparison", args=[code]) + "?putaran=2").status_code == 404
        first_round = office.get(reverse("page.comparison", args=[code]) + "?putaran=1").content.decode()
        assert NOTE in first_round
        names = [each.code for each in call.criteria.all()]
        best = Proposal.objects.order_by("pk")[0]
        for who, level in (("guru", 4), ("kwt", 4), ("anggota.bpd", 2)):
            actions.score(
                by=people.by(who), proposal=best, levels=dict.fromkeys(names, 3) | {"finance": level},
                reasons=dict.fromkeys(names, REASON),
            )  # fmt: skip
        scored(people, call, Proposal.objects.order_by("pk")[1], level=3)
        actions.reveal_scores(by=people.by("guru"), call=call)
        assert Ranking.objects.count() == 4
        # What was said of the first round says nothing of the second, and there is no third.
        assert "SL-18" in codes(actions.propose_candidate, by=people.by("lksd"), call=call, minutes_number="BA-3")
        given = {"call": call, "notes": notes(call, "finance"), "again": True, "reason": reason}
        assert codes(actions.moderate_scores, by=people.by("lksd"), **given) == ("SL-44",)
        actions.moderate_scores(by=people.by("lksd"), call=call, notes=notes(call, "finance"))
        page = shown(office, "page.comparison", code)[1]
        assert "Putaran 1" in page
        assert "Putaran 2" in page
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
    assert Score.objects.filter(round=1).count() == Score.objects.filter(round=2).count() == 42


def test_SL_44_no_further_round_where_nothing_lies_apart(people):
    call = a_scoring_call(people)
    with clock.at(DAY):
        scored(people, call, call.proposals.get())
        actions.reveal_scores(by=people.by("guru"), call=call)
        given = {"call": call, "notes": {}, "again": True, "reason": "Hasilnya tidak disukai."}
        assert codes(actions.moderate_scores, by=people.by("lksd"), **given) == ("SL-44",)


def test_moderating_on_its_pages_proposal_by_proposal(people):
    call = apart(people, "mitra", "saingan")
    code = call.case.code
    best = Proposal.objects.order_by("pk")[0]
    with clock.at(DAY):
        lead = signed_in(people, "lksd")
        assert "SL-18" in shown(lead, "page.selection", code)[1]
        page = shown(lead, "selection.moderate_scores", code)[1]
        assert f"<h1>Selisih nilai untuk {best.partner.name}</h1>" in page
        assert "Pada 2 kriteria nilai para penilai terpaut 2 tingkat atau lebih. Bahas bersama penilai" in page
        assert f"tingkat 4: {REASON}" in page
        short = send(lead, "selection.moderate_scores", code, proposal=best.code, capability="Beda.", finance=NOTE)
        assert short.status_code == 409
        sent = send(lead, "selection.moderate_scores", code, proposal=best.code, capability=NOTE, finance=NOTE)
        assert sent.status_code == 302
        twice = send(lead, "selection.moderate_scores", code, proposal=best.code, capability=NOTE, finance=NOTE)
        assert twice.status_code == 409  # nothing waits there any more
        assert "Tidak ada selisih nilai yang menunggu" in shown(lead, "selection.moderate_scores", code)[1]
        assert NOTE in shown(signed_in(people, "sekdes"), "page.comparison", code)[1]
        assert send(lead, "selection.score_again", code, reason="Lampiran dibaca berbeda.").status_code == 302
    assert Call.objects.get().round == 2


# The comparison ----------------------------------------------------------------------------------------------------------
def test_scorers_are_numbered_alike_everywhere_and_not_in_the_order_of_their_seats(people):
    call = apart(people, "mitra", "saingan")
    seats = list(Panelist.objects.filter(call=call, scores=True).values_list("pk", flat=True))
    order = shuffled(call, seats)
    first = Proposal.objects.order_by("pk")[0]
    given = reasons_of(call)
    told = [level for level, _reason in given[first.pk, "capability"]]
    by_seat = dict(
        Score.objects.filter(criterion="capability", version__proposal=first).values_list("panelist", "level")
    )
    assert told == [by_seat[seat] for seat in order]
    assert told == [level for level, _reason in given[first.pk, "finance"]]
    # Over many calls every order comes up: where one sits says nothing of one's number.
    orders = {tuple(shuffled(Call(code=f"PANGGIL{n:03}"), [1, 2, 3])) for n in range(60)}
    assert len(orders) == 6


def test_the_comparison_shows_levels_means_spreads_and_who_is_far(people):
    call = a_scoring_call(people)
    own = call.proposals.get()
    names = [each.code for each in call.criteria.order_by("position")]
    with clock.at(DAY):
        for who, level in (("guru", 4), ("kwt", 4), ("anggota.bpd", 1)):
            levels = dict.fromkeys(names, 3) | {"finance": level}
            actions.score(by=people.by(who), proposal=own, levels=levels, reasons=dict.fromkeys(names, REASON))
        actions.reveal_scores(by=people.by("guru"), call=call)
        page = shown(signed_in(people, "sekdes"), "page.comparison", call.case.code)[1]
    assert "1 (jauh)" in page
    assert page.count("(jauh)") == 1
    assert "3,00" in page
    assert "Penilai 3" in page
    assert "Selisih lebar pada 1 kriteria" in page
    for name in ("Sumiati", "Rumini", people.anggota_bpd.full_name):
        assert name not in page


def test_levels_of_whoever_was_released_before_the_reveal_are_not_among_them(people):
    call = a_scoring_call(people)
    own = call.proposals.get()
    with clock.at(DAY):
        scored(people, call, own, level=1, who=("guru",))
        actions.release_panelist(by=people.by("kades"), call=call, person=people.guru, reason="Pindah rumah.")
        an_office(people, "ketua.rt", "Wagiyem", roles.RESIDENT)
        actions.appoint_panel(
            by=people.by("kades"), call=call, person=people.ketua_rt, seat="resident", decree="16/2026"
        )
        actions.declare_interest(by=people.by("ketua.rt"), call=call, interest=False)
        scored(people, call, own, level=3, who=("kwt", "anggota.bpd", "ketua.rt"))
        actions.reveal_scores(by=people.by("kwt"), call=call)
        assert spreads(call) == {}
        assert [level for level, _reason in reasons_of(call)[own.pk, "finance"]] == [3, 3, 3]


def copied(row, **other):
    """The same row once more, not saved."""
    again = copy(row)
    again.pk, again._state.adding = None, True
    for name, value in other.items():
        setattr(again, name, value)
    return again


def test_of_three_hundred_proposals_the_comparison_shows_some_at_a_time_within_its_weight(people):
    call = apart(people)
    first, many = call.proposals.select_related("partner").get(), 299
    line, sent = Ranking.objects.get(), first.versions.get()
    partners = Partner.objects.bulk_create(
        [copied(first.partner, code=f"BANYAK{n:04}", name=f"Mitra Banyak {n}") for n in range(many)]
    )
    proposals = Proposal.objects.bulk_create(
        [copied(first, code=f"USULAN{n:04}", partner=partner) for n, partner in enumerate(partners)]
    )
    sents = ProposalVersion.objects.bulk_create([copied(sent, proposal=each) for each in proposals])
    Ranking.objects.bulk_create([copied(line, proposal=each, place=n + 2) for n, each in enumerate(proposals)])
    given = list(Score.objects.all())
    Score.objects.bulk_create([copied(each, version=version) for version in sents for each in given])
    with clock.at(DAY):
        office, at = signed_in(people, "sekdes"), reverse("page.comparison", args=[call.case.code])
        office.get("/kerja/")
        with CaptureQueriesContext(connection) as seen:
            page = office.get(at).content
        assert len(seen) <= 12
        assert len(gzip.compress(page)) <= 14_000
        assert page.count(b"<") // 2 <= 1500  # elements
        text = page.decode()
        assert "Usulan 1–5 dari 300." in text
        onward = re.search(r'href="([^"]*sesudah=[^"]*)"', text)
        assert onward
        assert "Usulan 6–10 dari 300." in office.get(onward.group(1)).content.decode()


@pytest.mark.parametrize(
    ("levels", "far"),
    [([3], [False]), ([1, 3], [True, True]), ([4, 4, 1], [False, False, True]), ([4, 3, 2], [False, False, False]),
     ([4, 2, 2, 2, 3], [True, False, False, False, False]), ([0, 4, 4, 4], [True, False, False, False])],
)  # fmt: skip
def test_a_level_is_far_two_or_more_from_the_median_of_the_others(levels, far):
    assert criteria.outliers(levels) == far


@pytest.mark.parametrize(
    ("agreement", "highest"), [(0, 1), (39, 1), (40, 2), (59, 2), (60, 3), (79, 3), (80, 4), (100, 4)]
)
def test_the_bounds_of_the_book_by_vision_agreement(agreement, highest):
    assert criteria.highest_level("need_fit", agreement) == highest
    assert criteria.highest_level("finance", agreement) == criteria.HIGHEST
