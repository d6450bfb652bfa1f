"""Calls, proposals and awarded cases in the states that tests begin from, through the product's own doors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.partnership import actions as case_actions
from bermitra.partnership.models import Case
from bermitra.registry.models import Partner
from bermitra.selection import actions, terms
from bermitra.selection.criteria import criteria, statements
from bermitra.selection.models import Call, Proposal, RivalCall
from bermitra.selection.queries import call_of
from tests.partnership.makers import (
    a_need,
    a_partner,
    a_prepared_case,
    a_tabled_sheet,
    agreed_by_meeting,
    an_office,
    somebody_in_charge,
)
from tests.people import People

OPENED = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday, 09.00 WIB
DEADLINE = datetime(2026, 3, 23, 8, 0, tzinfo=UTC)  # three weeks later, 15.00 WIB
AFTER = DEADLINE + timedelta(hours=18)
TICKS = ["residents_decide", "open_books", "nature_kept", "knowledge_shared", "lasting", "village_stands"]
REASON = "Menjawab kebutuhan utama warga dengan sasaran yang terukur setiap musim."


def a_panel(people: People, call: Call) -> None:
    """Lead ``lksd`` (does not score), scorers ``guru`` and ``kwt`` (residents) and ``anggota.bpd``."""
    for username, name in (("guru", "Sumiati"), ("kwt", "Rumini")):
        if username not in people.held:
            an_office(people, username, name, roles.RESIDENT)
    for person, seat, scores in (
        (people.lksd, "coop_unit", False),
        (people.guru, "resident", True),
        (people.kwt, "resident", True),
        (people.anggota_bpd, "bpd", True),
    ):
        actions.appoint_panel(
            by=people.by("kades"), call=call, person=person, seat=seat, scores=scores, decree="Keputusan Kades 05/2026"
        )


def a_call(people: People, **other: Any) -> Call:
    """A draft with everything that opening asks, on a case in ``preparing_terms``."""
    case = a_prepared_case(people, **other)
    call = actions.draft_call(
        by=people.by("sekdes"), case=case, title="Mitra pendampingan pertanian lereng", number="140/027/PDN/2026",
        goals="Panen naik, lereng kuat.", village_vision="Petani berani menghitung sendiri.",
        seeks=["pendampingan 300 jam"], offers=["petak contoh 1,5 ha"],
    )  # fmt: skip
    actions.write_kak(by=people.by("operator"), call=call, sections={name: f"Isi {name}" for name in terms.SECTIONS})
    actions.tick_vision(by=people.by("kades"), call=call, ticks=TICKS)
    actions.plan_announcement(
        by=people.by("sekdes"), call=call, deadline=DEADLINE, channels=["notice_board", "public_page"]
    )
    a_panel(people, call)
    return call


def an_open_call(people: People, **other: Any) -> Call:
    with clock.at(OPENED):
        return actions.open_call(by=people.by("kades"), call=a_call(people, **other))


def content(**other: Any) -> dict[str, Any]:
    given = {name: f"Isi {name} dari mitra." for name in terms.CONTENT if name not in terms.NUMBERS}
    numbers = {"cash": 0, "in_kind": 180_000_000, "term_years": 3, "households_reached": 150, "gifts_to_persons": 0}
    return {**given, **numbers, "vision_ticks": TICKS, **other}


def a_sealed_proposal(
    people: People, call: Call, partner: Partner | None = None, who: str = "mitra", **other: Any
) -> Proposal:
    partner = partner or a_partner(people, username=who)
    with clock.at(OPENED + timedelta(days=3)):
        own = actions.draft_proposal(by=people.by(who), partner=partner, call=call, content=content(**other))
        actions.submit_proposal(by=people.by(who), proposal=own)
    return own


def a_closed_call(people: People, *partners: str) -> Call:
    """Closed with one sealed proposal for each of these user names (``mitra``, if none)."""
    call = an_open_call(people)
    for number, who in enumerate(partners or ("mitra",)):
        a_sealed_proposal(people, call, a_partner(people, name=f"Mitra Contoh {number + 1}", username=who), who)
    with clock.at(AFTER):
        actions.close_due_calls()
    return Call.objects.select_related("case__village", "case__partner").get(pk=call.pk)


def a_checking_call(people: People, *partners: str) -> Call:
    """The lead has declared that he has no interest; of the others nobody has said anything yet."""
    call = a_closed_call(people, *partners)
    with clock.at(AFTER):
        actions.start_selection(
            by=people.by("bpd"), call=call, minutes_number="BA-02/TIM/III/2026", witnesses=["Karsono", "Paijo"]
        )
        actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
    return call


def a_scoring_call(people: People, *partners: str) -> Call:
    """All scorers have declared that they have no interest."""
    call = a_checking_call(people, *partners)
    with clock.at(AFTER):
        actions.complete_admin_check(by=people.by("lksd"), call=call)
        for who in ("guru", "kwt", "anggota.bpd"):
            actions.declare_interest(by=people.by(who), call=call, interest=False)
    return call


def scored(
    people: People,
    call: Call,
    proposal: Proposal,
    level: int = 3,
    who: tuple[str, ...] = ("guru", "kwt", "anggota.bpd"),
) -> None:
    proposal.refresh_from_db()
    codes = [each.code for each in call.criteria.order_by("position")]
    for each in who:
        actions.score(
            by=people.by(each),
            proposal=proposal,
            levels=dict.fromkeys(codes, level),
            reasons=dict.fromkeys(codes, REASON),
        )


def a_candidate(people: People, *partners: str) -> Call:
    """The first partner's proposal is best and the candidate: case in ``candidate_proposed``. The chair of the BPD, who may
    answer objections, has declared that she has no interest."""
    call = a_scoring_call(people, *partners)
    with clock.at(AFTER + timedelta(days=2)):
        for place, each in enumerate(Proposal.objects.filter(call=call).order_by("pk")):
            scored(people, call, each, level=4 if place == 0 else 3)
        actions.reveal_scores(by=people.by("lksd"), call=call)
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-03/TIM/III/2026")
        actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
    call.refresh_from_db()
    return call


def announced_after_repair(people: People, deadline: datetime) -> Call:
    """A failed or rejected call, back at the desk, its vision saved again and announced anew at the moment of the clock."""
    call = actions.revise_terms(by=people.by("sekdes"), case=Case.objects.select_related("village", "partner").get())
    actions.tick_vision(by=people.by("kades"), call=call, ticks=TICKS)
    actions.plan_announcement(
        by=people.by("sekdes"), call=call, deadline=deadline, channels=["notice_board", "public_page"]
    )
    return actions.open_call(by=people.by("kades"), call=call)


def a_forwarded_case(people: People, *partners: str) -> Case:
    """The candidate accepted, objections are over: case in ``awaiting_musyawarah``, sheet tabled."""
    call = a_candidate(people, *partners)
    own = Proposal.objects.get(call=call, state="proposed")
    who = next(name for name in (partners or ("mitra",)))
    with clock.at(AFTER + timedelta(days=3)):
        actions.accept_candidacy(by=people.by(who), proposal=own)
    with clock.at(AFTER + timedelta(days=30)):
        case = actions.forward_to_musyawarah(by=people.by("bpd"), call=call)
        a_tabled_sheet(people, case)
    return case


def an_awarded_case(people: People, *partners: str) -> Case:
    """The meeting agreed to partner and sheet: case in ``drafting``, sheet ``agreed``; what stage agreements begins from."""
    case = a_forwarded_case(people, *partners)
    with clock.at(AFTER + timedelta(days=40)):
        agreed_by_meeting(case.sheets.get(state="tabled"))
        return actions.record_consent(by=people.by("bpd"), case=case)


TAKES_NOTHING = {"uses_asset": "no", "exclusive": "no"}


def worth(value: int) -> dict[str, Any]:
    """The topic of money of a sheet of so much, all of it the partner's."""
    source = {"from": "Mitra", "amount": value, "apbdes_code": "", "channel": "dilaksanakan_mitra"}
    return {"value": value, "sources": [source]}


OFFERED = worth(112_100_000)  # what the sheet of a small offer says


def an_offer(
    people: People, who: str = "mitra", partner: Partner | None = None, cash: int = 112_100_000, **said: Any
) -> Case:
    """A partner's own offer that the village has on the desk: case in ``initial_check``. Of this value it needs no rivals."""
    from tests.people import OURS, place

    partner = partner or a_partner(people, username=who)
    somebody_in_charge()
    own = actions.draft_unsolicited(
        by=people.by(who), partner=partner, village=place(OURS), title="Penjualan buah dengan harga terbuka",
        field="pemberdayaan_masyarakat", forms=["offtake"],
    )  # fmt: skip
    eight = {name: f"Isi {name}." for name in terms.EIGHT}
    actions.write_unsolicited(
        by=people.by(who),
        proposal=own,
        content={
            **eight, **TAKES_NOTHING, "cash": cash, "gifts_to_persons": 0, "vision_ticks": TICKS, **said,
        },
    )  # fmt: skip
    case = actions.submit_unsolicited(by=people.by(who), proposal=own)
    return actions.receive_unsolicited(by=people.by("sekdes"), case=case)


def a_large_offer(people: People, who: str = "mitra", partner: Partner | None = None, **said: Any) -> Case:
    """One that asks for rivals by its value; the village has its need and its budget ready. Case in ``initial_check``."""
    case = an_offer(people, who, partner, **{"cash": 412_100_000, **said})
    case_actions.link_needs(by=people.by("sekdes"), case=case, needs=[a_need()])
    case_actions.record_budget(by=people.by("sekdes"), case=case, note="Tanpa dana desa.", share=0, room=0)
    return case


ASKED = {
    "reason": "Nilainya besar, sehingga mitra lain diberi kesempatan yang sama.",
    "asks": "Pembelian buah dari kebun warga dengan harga terbuka.",
    "ticks": TICKS,
}


def a_rival_call(people: People, **said: Any) -> RivalCall:
    """Asked for on :data:`OPENED`, for seven days: case in ``comparison``."""
    with clock.at(OPENED):
        return actions.call_for_rivals(by=people.by("kades"), case=a_large_offer(people, **said), **ASKED)


def a_drafted_rival(people: People, asked: RivalCall, who: str = "pesaing", **said: Any) -> Proposal:
    with clock.at(OPENED + timedelta(days=1)):
        partner = a_partner(people, name=f"Mitra {who}", username=who)
        own = actions.draft_unsolicited(
            by=people.by(who), partner=partner, village=asked.case.village, title=f"Usulan {who}",
            field=asked.case.field_of_government, forms=["offtake"], rival_of=asked,
        )  # fmt: skip
        eight = {name: f"{name} dari {who}." for name in terms.EIGHT}
        rest = {"cash": 380_000_000, "gifts_to_persons": 0, "vision_ticks": TICKS}
        return actions.write_unsolicited(
            by=people.by(who), proposal=own, content={**eight, **TAKES_NOTHING, **rest, **said}
        )


def a_sealed_rival(people: People, asked: RivalCall, who: str = "pesaing", **said: Any) -> Proposal:
    own = a_drafted_rival(people, asked, who, **said)
    with clock.at(OPENED + timedelta(days=2)):
        actions.submit_rival(by=people.by(who), proposal=own)
    return own


RIVALS_OVER = OPENED + timedelta(days=8)


def opened_rivals(people: People, asked: RivalCall) -> RivalCall:
    """By the chair of the BPD, the day after the last one."""
    case = Case.objects.select_related("village", "partner").get(pk=asked.case_id)
    with clock.at(RIVALS_OVER):
        return actions.open_rivals(
            by=people.by("bpd"), case=case, minutes_number="BA-07/PEMBANDING/2026", witnesses=["Karsono", "Paijo"]
        )


DIRECT = {
    "kind": "only_provider",
    "explanation": "Hanya balai ini yang memegang galur cabai lereng dan berhak memperbanyak benihnya di kabupaten.",
    "evidence": "Surat Dinas Pertanian 520/118/2026: satu-satunya penangkar bersertifikat untuk galur ini di kabupaten.",
}


def a_direct_candidate(people: People, partner: Partner | None = None, **why: Any) -> Call:
    """A drafted call to which ``lksd`` appointed ``mitra`` on :data:`OPENED`: case in ``candidate_proposed``."""
    with clock.at(OPENED):
        call = a_call(people)
        partner = partner or a_partner(people, username="mitra")
        actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
        actions.appoint_directly(by=people.by("lksd"), call=call, partner=partner, **{**DIRECT, **why})
        actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
    call.refresh_from_db()
    return call


def a_direct_award(people: People) -> Case:
    """Its partner accepted, objections are over, the meeting agreed: case in ``drafting``."""
    call = a_direct_candidate(people)
    with clock.at(OPENED + timedelta(days=1)):
        own = Proposal.objects.get(call=call, state="proposed")
        actions.accept_candidacy(by=people.by("mitra"), proposal=own, ticks=TICKS)
    with clock.at(OPENED + timedelta(days=28)):
        case = actions.forward_to_musyawarah(by=people.by("bpd"), call=call)
        sheet = a_tabled_sheet(people, case)
    with clock.at(OPENED + timedelta(days=38)):
        agreed_by_meeting(sheet)
        return actions.record_consent(by=people.by("bpd"), case=case)


def the_call(case: Case) -> Call:
    call = call_of(case)
    assert call is not None
    return call


assert set(TICKS) <= statements().keys()
assert len(criteria()) == 7
