"""Whatever is done next, in whatever order and by whom: what a score judges stays as it was, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from bermitra.registry.models import Partner
from bermitra.selection import actions
from bermitra.selection.models import Call, Objection, Proposal, ProposalVersion, Score
from bermitra.selection.queries import sealed_files
from tests.partnership.makers import a_partner
from tests.people import People
from tests.selection.makers import AFTER, DEADLINE, OPENED, REASON, an_open_call, content

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PARTNERS, SCORERS = ("mitra", "saingan"), ("guru", "kwt", "anggota.bpd")
EXAMPLES = 10  # sequences a step
EARLY, LATE, MUCH_LATER = OPENED + timedelta(days=3), AFTER + timedelta(days=1), AFTER + timedelta(days=60)


class Selection:
    """One call with two partners; every method is an act that ``who`` tries, ``n`` stands for what is typed."""

    def __init__(self, people: People):
        self.people = people
        call = an_open_call(people)
        for number, who in enumerate(PARTNERS):
            a_partner(people, name=name_of(who, number), username=who)
            self.draft(who, number)
            self.attach(who, number)
            self.submit(who, number)
        self.key = call.pk

    @property
    def call(self) -> Call:
        return Call.objects.select_related("case__village", "case__partner").get()

    def proposal(self, who: str, n: int) -> Proposal:
        """The newest one of a partner; of anybody else the one that was meant."""
        found = Proposal.objects.select_related("call__case__village", "partner").filter(partner__name=name_of(who, n))
        newest = found.order_by("-pk").first()
        if newest is None:
            raise NoSuchMove("proposal", "start", "")
        return newest

    # Of the partner -----------------------------------------------------------------------------------------------
    def draft(self, who: str, n: int) -> None:
        partner = a_partner_of(who)
        with clock.at(EARLY):
            actions.draft_proposal(by=self.people.by(who), partner=partner, call=self.call, content=content(cash=n))

    def attach(self, who: str, n: int, at: Any = EARLY) -> None:
        laid = files.put(f"lampiran {n % 3}".encode(), media_type="text/plain", name=f"{n % 3}.txt")
        with clock.at(at):
            actions.attach_file(by=self.people.by(who), proposal=self.proposal(who, n), file=laid, title=f"Judul {n}")

    def attach_late(self, who: str, n: int) -> None:
        self.attach(who, n, LATE)

    def submit(self, who: str, n: int, at: Any = EARLY) -> None:
        with clock.at(at):
            actions.submit_proposal(by=self.people.by(who), proposal=self.proposal(who, n))

    def submit_late(self, who: str, n: int) -> None:
        self.submit(who, n, LATE)

    def withdraw(self, who: str, n: int) -> None:
        with clock.at(EARLY):
            actions.withdraw_proposal(by=self.people.by(who), proposal=self.proposal(who, n))

    def complete(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.complete_documents(by=self.people.by(who), proposal=self.proposal(who, n), note=f"Lengkap {n}")

    def accept(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.accept_candidacy(by=self.people.by(who), proposal=self.proposal(who, n))

    def decline(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.decline_candidacy(
                by=self.people.by(who), proposal=self.proposal(who, n), reason="Program dihentikan."
            )

    def object_to(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.file_objection(by=self.people.by(who), call=self.call, text="Keliru.", partner=a_partner_of(who))

    # Of the village -----------------------------------------------------------------------------------------------
    def extend(self, who: str, n: int) -> None:
        with clock.at(EARLY):
            later = DEADLINE + timedelta(hours=1 + n)
            actions.extend_call(by=self.people.by(who), call=self.call, deadline=later, reason="Banyak yang bertanya.")

    def withdraw_call(self, who: str, n: int) -> None:
        with clock.at(EARLY):
            actions.withdraw_call(by=self.people.by(who), call=self.call, reason="Kerangka acuan diperbaiki dahulu.")

    def open_again(self, who: str, n: int) -> None:
        with clock.at(OPENED):
            actions.plan_announcement(
                by=self.people.by("sekdes"), call=self.call, deadline=DEADLINE, channels=["notice_board", "public_page"]
            )
            actions.open_call(by=self.people.by(who), call=self.call)

    def close(self, who: str, n: int) -> None:
        with clock.at(AFTER):
            actions.close_due_calls()

    def reopen(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.reopen_call(by=self.people.by(who), call=self.call, deadline=LATE + timedelta(days=20))

    # Of the panel -------------------------------------------------------------------------------------------------
    def start(self, who: str, n: int) -> None:
        with clock.at(AFTER):
            actions.start_selection(
                by=self.people.by(who), call=self.call, minutes_number="BA-1", witnesses=["Karsono"]
            )
            for each in ("lksd", *SCORERS):
                actions.declare_interest(by=self.people.by(each), call=self.call, interest=False)

    def request(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.request_documents(by=self.people.by(who), proposal=self.proposal(who, n), missing="Akta pendirian.")

    def disqualify(self, who: str, n: int) -> None:
        with clock.at(MUCH_LATER):
            actions.disqualify(by=self.people.by(who), proposal=self.proposal(who, n), reason="Tidak lengkap.")

    def admit(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.complete_admin_check(by=self.people.by(who), call=self.call)

    def visit(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.record_site_visit(
                by=self.people.by(who), proposal=self.proposal(who, n), kind="visit", day=date(2026, 3, 25),
                place="Kebun mitra", present=["Endah"], found="Kebun terawat.",
            )  # fmt: skip

    def score(self, who: str, n: int) -> None:
        """All proposals that may be scored, as a panelist does in one sitting."""
        with clock.at(LATE):
            for each in Proposal.objects.select_related("call__case__village", "partner").order_by("pk"):
                codes = list(self.call.criteria.values_list("code", flat=True))
                levels, reasons = dict.fromkeys(codes, 3 + n % 2), dict.fromkeys(codes, REASON)
                actions.score(by=self.people.by(who), proposal=each, levels=levels, reasons=reasons)

    def reveal(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.reveal_scores(by=self.people.by(who), call=self.call)

    def moderate(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.moderate_scores(
                by=self.people.by(who), call=self.call, notes={}, again=True, reason="Dinilai lagi."
            )

    def propose(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.propose_candidate(by=self.people.by(who), call=self.call, minutes_number="BA-2")

    def propose_next(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.propose_next(by=self.people.by(who), call=self.call, minutes_number="BA-3")

    def uphold(self, who: str, n: int) -> None:
        for each in Objection.objects.select_related("call__case__village"):
            with clock.at(LATE):
                actions.uphold_objection(by=self.people.by(who), objection=each, answer="Benar, nilai ini keliru.")

    def score_anew(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.reopen_scoring(by=self.people.by(who), call=self.call, reason="Sanggahan diterima.")

    def fail(self, who: str, n: int) -> None:
        with clock.at(LATE):
            actions.fail_call(by=self.people.by(who), call=self.call, reason="Tidak ada yang mencapai batas.")


def name_of(who: str, n: int) -> str:
    """Of the partner whose user this is; of anybody else's the one that ``n`` stands for."""
    return f"Mitra Contoh {PARTNERS.index(who) + 1 if who in PARTNERS else n % len(PARTNERS) + 1}"


def a_partner_of(who: str) -> Partner:
    return Partner.objects.get(name=name_of(who, 0))


OF_PARTNERS = (
    "draft",
    "attach",
    "attach_late",
    "submit",
    "submit_late",
    "withdraw",
    "complete",
    "accept",
    "decline",
    "object_to",
)
OF_VILLAGE = ("extend", "withdraw_call", "open_again", "close", "reopen")
OF_PANEL = (
    "start", "request", "disqualify", "admit", "visit", "reveal", "moderate", "propose", "propose_next", "uphold", "score_anew",
    "fail",
)  # fmt: skip
NUMBERS = st.integers(0, 5)
# While the call is open, and after: by those whose acts they are.
OPEN_STILL = st.one_of(
    st.tuples(st.sampled_from(("draft", "attach", "submit", "withdraw")), st.sampled_from(PARTNERS), NUMBERS),
    st.tuples(st.sampled_from(OF_VILLAGE), st.just("kades"), NUMBERS),
    st.tuples(st.just("start"), st.just("bpd"), NUMBERS),
)
CLOSED = st.one_of(
    st.tuples(st.sampled_from(OF_PARTNERS), st.sampled_from(PARTNERS), NUMBERS),
    st.tuples(st.sampled_from(OF_PANEL), st.just("lksd"), NUMBERS),
    st.tuples(st.just("score"), st.sampled_from(SCORERS), NUMBERS),
    st.tuples(
        st.sampled_from(("reveal", "propose", "accept", "score_anew", "reopen")),
        st.sampled_from(("lksd", "mitra")),
        NUMBERS,
    ),
)
ANYHOW = st.tuples(
    st.sampled_from((*OF_PARTNERS, *OF_VILLAGE, *OF_PANEL, "score")),
    st.sampled_from((*PARTNERS, *SCORERS, "kades", "sekdes", "bpd", "lksd", "dinas", "bupati", "warga", "kades.asing")),
    NUMBERS,
)
# The way to a score and beyond it, so that chance finds something to disturb.
WAY = (
    ("close", "kades", 0), ("start", "bpd", 0), ("admit", "lksd", 0), ("score", "guru", 0), ("score", "kwt", 1),
    ("score", "anggota.bpd", 0), ("reveal", "lksd", 0), ("propose", "lksd", 0),
)  # fmt: skip


def scored() -> dict[int, str]:
    """What each score says and everything that can be reached from it, by its key."""
    found: dict[int, str] = {}
    reached: dict[int, str] = {}
    for each in Score.objects.select_related("version__proposal"):
        version = each.version
        if version.pk not in reached:
            laid = [(of.title, of.file.sha256, files.read(of.file.sha256).hex()) for of in sealed_files(version)]
            content = json.dumps(version.content, sort_keys=True)
            whole = (content, version.content_hash, version.number, version.proposal_id, str(version.sent_at), laid)
            reached[version.pk] = sha256(repr(whole).encode()).hexdigest()
        given = (each.panelist_id, each.round, each.criterion, each.level, each.reason, str(each.at))
        found[each.pk] = f"{given} {version.pk} {reached[version.pk]}"
    return found


def every_hash_is_that_of_its_content() -> bool:
    """Computed by another program than the one that sealed it: keys are plain letters here, and numbers whole."""
    return all(
        sha256(json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
        == told
        for content, told in ProposalVersion.objects.values_list("content", "content_hash")
    )


def test_no_act_in_any_order_changes_what_a_score_judges(people):
    """From every step of the way on, further acts by chance; what a step left is built once and come back to."""
    selection, seen = Selection(people), {"acts": 0, "scores": 0, "after a score": 0}

    def holds(sequence):
        start, before = transaction.savepoint(), scored()
        try:
            for act, who, n in sequence:
                done = tried(getattr(selection, act), who, n)
                now = scored() if done else before
                assert {key: now.get(key) for key in before} == before, (act, who, n)
                seen["acts"] += done
                seen["after a score"] += done and bool(before)
                before = now
            assert every_hash_is_that_of_its_content()
            seen["scores"] += len(before)
        finally:
            transaction.savepoint_rollback(start)

    calm = settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],  # a shorter sequence would be looked for too long
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    for number, step in enumerate((None, *WAY)):
        if step is not None:
            act, who, n = step
            getattr(selection, act)(who, n)
        acts = st.one_of(OPEN_STILL if number < 2 else CLOSED, ANYHOW)
        seed(number)(calm(given(st.lists(acts, min_size=8, max_size=12))(holds)))()
    assert min(seen.values()) > 40, seen  # chance has done something, and much of it after there were scores


def tried(act: Callable[[str, int], None], who: str, n: int) -> bool:
    """Whether the act was let in; one that is refused is an act of the sequence as well."""
    try:
        act(who, n)
    except (NoSuchMove, Refused, NotAllowed):
        return False
    return True
