"""What races are about: prepared rows, who acts on them at once, and which outcome each row shows afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.journal.models import Event
from bermitra.partnership.models import Case, TermSheet
from bermitra.selection import actions
from bermitra.selection.models import Call, Objection, Proposal, ProposalVersion, Ranking, Score
from tests.partnership.makers import a_partner, agreed_by_meeting
from tests.people import People
from tests.selection.makers import (
    AFTER,
    DEADLINE,
    OPENED,
    REASON,
    a_forwarded_case,
    a_scoring_call,
    an_open_call,
    content,
    scored,
)
from tests.selection.racing import Racer, copies, race

people = People({each.username: each for each in Person.objects.all()})  # of the house that this is imported in


@dataclass(frozen=True)
class Kind:
    """``prepare`` gives the keys of so many cases; ``outcome`` says what became of one, of who won and lost at it."""

    prepare: Callable[[int], list[int]]
    racers: tuple[Racer, ...]
    outcome: Callable[[int, tuple[str, ...]], str]

    def raced(self, rows: Sequence[int]) -> dict[str, int]:
        return Counter(self.outcome(row, said) for row, said in zip(rows, race(rows, *self.racers), strict=True))


def call_of(row: int) -> Call:
    return Call.objects.select_related("case__village", "case__partner").get(case_id=row)


def proposal_of(row: int, **where: str) -> Proposal:
    return Proposal.objects.select_related("call__case__village", "partner").get(call__case_id=row, **where)


def line_of(about: str, verb: str) -> int:
    """The place in the journal of the newest such line; 0 for none."""
    return Event.objects.filter(about=about, verb=verb).order_by("-seq").values_list("seq", flat=True).first() or 0


# A proposal at the deadline -------------------------------------------------------------------------------------------
def deadline(many: int) -> list[int]:
    """Half of them are sent for the first time, half for the second; both act at the very second of the deadline."""
    call = an_open_call(people)
    partner = a_partner(people)
    with clock.at(OPENED):
        own = actions.draft_proposal(by=people.by("mitra"), partner=partner, call=call, content=content())
    first = copies(call.case, many // 2)
    with clock.at(OPENED):
        actions.submit_proposal(by=people.by("mitra"), proposal=Proposal.objects.get(pk=own.pk))
        actions.draft_proposal(by=people.by("mitra"), partner=partner, call=call, content=content(cash=1_000_000))
    second = copies(Case.objects.get(pk=call.case_id), many - len(first))
    return [row for pair in zip(first, second, strict=True) for row in pair]


def submits(row: int) -> Callable[[], object]:
    own, by = proposal_of(row), people.by("mitra")
    return at(DEADLINE, lambda: actions.submit_proposal(by=by, proposal=own))


def closes(row: int) -> Callable[[], object]:
    call = call_of(row)
    return at(DEADLINE, lambda: actions.close_call(by=By.the_system(), call=call))


def at_the_deadline(row: int, said: tuple[str, ...]) -> str:
    call, own = call_of(row), proposal_of(row)
    sent = list(ProposalVersion.objects.filter(proposal=own).order_by("number").values_list("content__cash", flat=True))
    sealed, closed = line_of(f"proposal:{own.code}", "proposal.sealed"), line_of(f"call:{call.code}", "call.closed")
    states = (call.state, call.case.state, own.state)
    if said == ("won", "won") and 0 < sealed < closed and states == ("closed", "offers_received", "sealed"):
        if sent in ([0], [0, 1_000_000]):
            return "sealed, then closed"
    if said == ("lost", "won") and closed > 0 == sealed:
        if (states, sent) == (("failed", "call_failed", "late"), []):
            return "closed, and late"
        if (states, sent) == (("closed", "offers_received", "sealed"), [0]):
            return "closed, and as sent before"
    return f"third: {said} {states} {sent} {sealed} {closed}"


# Scorers and the reveal -----------------------------------------------------------------------------------------------
def two_scorers(many: int) -> list[int]:
    call = a_scoring_call(people)
    with clock.at(AFTER):
        scored(people, call, Proposal.objects.get(), who=("anggota.bpd",))
    return copies(Case.objects.get(), many)


def one_scorer_twice(many: int) -> list[int]:
    call = a_scoring_call(people)
    with clock.at(AFTER):
        scored(people, call, Proposal.objects.get(), who=("anggota.bpd", "kwt"))
    return copies(Case.objects.get(), many)


def scores(who: str, level: int = 3) -> Callable[[int], Callable[[], object]]:
    def ready(row: int) -> Callable[[], object]:
        own, by = proposal_of(row), people.by(who)
        codes = list(own.call.criteria.values_list("code", flat=True)) if own.call else []
        levels, reasons = dict.fromkeys(codes, level), dict.fromkeys(codes, REASON)
        return at(AFTER, lambda: actions.score(by=by, proposal=own, levels=levels, reasons=reasons))

    return ready


def reveals(row: int) -> Callable[[], object]:
    call, by = call_of(row), people.by("lksd")
    return at(AFTER, lambda: actions.reveal_scores(by=by, call=call))


def after_two(row: int, said: tuple[str, ...]) -> str:
    return f"all scored, {revealed(row, said[2])}" if said[:2] == ("won", "won") else f"third: {said}"


def after_one(row: int, said: tuple[str, ...]) -> str:
    return f"scored once, {revealed(row, said[2])}" if sorted(said[:2]) == ["lost", "won"] else f"third: {said}"


def revealed(row: int, said: str) -> str:
    """All three have given each criterion one level of one and the same sending; ranked are all of them, or nothing is."""
    call, own = call_of(row), proposal_of(row)
    given = list(Score.objects.filter(version__proposal=own).values_list("panelist", "criterion", "level"))
    whole = {(seat, code) for seat, code, _level in given}
    of_each = {seat: {level for each, _code, level in given if each == seat} for seat, _code in whole}
    if (
        len(given) != len(whole)
        or len(given) != 3 * call.criteria.count()
        or any(len(each) > 1 for each in of_each.values())
    ):
        return f"third: {sorted(given)}"
    last, shown = line_of(f"proposal:{own.code}", "score.given"), line_of(f"call:{call.code}", "scores.revealed")
    ranked = Ranking.objects.filter(call=call).count()
    if said == "won" and (ranked, own.state) == (1, "ranked") and call.revealed_at is not None and 0 < last < shown:
        return "revealed"
    if said == "lost" and (ranked, own.state, call.revealed_at, shown) == (0, "admissible", None, 0):
        return "not revealed"
    return f"third: {said} {ranked} {own.state} {call.revealed_at} {last} {shown}"


# The award and an objection -------------------------------------------------------------------------------------------
def award(many: int) -> list[int]:
    """The chair brings the candidate to the meeting and records that it agreed, while a rival objects and is found right."""
    case = a_forwarded_case(people, "mitra", "saingan")
    rows = copies(Case.objects.get(pk=case.pk), many, state="candidate_proposed")
    with clock.at(AFTER + timedelta(days=31)):
        for sheet in TermSheet.objects.filter(case__in=rows).select_related("case"):
            agreed_by_meeting(sheet)
    return rows


def awards(row: int) -> Callable[[], object]:
    call, by, again = call_of(row), people.by("bpd"), people.by("bpd")

    def act() -> None:
        case = actions.forward_to_musyawarah(by=by, call=call)
        actions.record_consent(by=again, case=case)

    return at(AFTER + timedelta(days=40), act)


def objects(row: int) -> Callable[[], object]:
    call, by, lead = call_of(row), people.by("saingan"), people.by("lksd")
    partner = Proposal.objects.select_related("partner").get(call=call, state="ranked").partner

    def act() -> None:
        filed = actions.file_objection(by=by, call=call, text="Nilai biaya kami keliru dibaca.", partner=partner)
        actions.uphold_objection(by=lead, objection=filed, answer="Benar, biaya dibaca keliru.")

    return at(AFTER + timedelta(days=4), act)


def after_the_award(row: int, said: tuple[str, ...]) -> str:
    call = call_of(row)
    filed = list(Objection.objects.filter(call=call).values_list("state", flat=True))
    states = (call.case.state, call.state)
    chosen = Proposal.objects.filter(call=call, state="chosen").count()
    if said == ("won", "lost") and (states, filed, chosen) == (("drafting", "awarded"), [], 1):
        return "awarded, nothing filed"
    if said == ("lost", "won") and (states, filed, chosen) == (("candidate_proposed", "provisional"), ["upheld"], 0):
        return "filed and upheld, nothing awarded"
    return f"third: {said} {states} {filed} {chosen}"


def at(moment: object, act: Callable[[], object]) -> Callable[[], object]:
    def acts() -> object:
        with clock.at(moment):  # type: ignore[arg-type]
            return act()

    return acts


KINDS = {
    "deadline": Kind(deadline, (submits, closes), at_the_deadline),
    "two_scorers": Kind(two_scorers, (scores("guru"), scores("kwt"), reveals), after_two),
    "one_scorer_twice": Kind(one_scorer_twice, (scores("guru"), scores("guru", level=1), reveals), after_one),
    "award": Kind(award, (awards, objects), after_the_award),
}
