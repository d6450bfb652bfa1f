"""The minutes: written, made final, signed by account or on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.utils import timezone

from bermitra.deliberation import interests, queries
from bermitra.deliberation.actions.common import (
    as_chair,
    await_answer,
    held_now,
    move,
    open_due,
    tell_village,
    withdraw_papers,
)
from bermitra.deliberation.models import (
    Attendee,
    Countersignature,
    Meeting,
    Witness,
)
from bermitra.deliberation.rules import (
    AS_READ,
    COUNTERSIGNING,
    DRAFTING,
    DRAWING_AGAIN,
    FINALISING,
    MUSYAWARAH,
    PRINTED,
    SIGNED,
    SIGNERS,
    FollowingFacts,
    PaperFacts,
    SeenFacts,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import issue_paper, keep_file
from bermitra.foundation.documents.compose import plain_data
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Refused, examine, unmet
from bermitra.foundation.text import _, name_key

Capacity = Countersignature.Capacity
SIGNS_AS: dict[str, Countersignature.Capacity] = {
    roles.BPD_CHAIR.key: Capacity.CHAIR,
    roles.BPD_MEMBER.key: Capacity.MINUTE_TAKER,
    roles.VILLAGE_SECRETARY.key: Capacity.MINUTE_TAKER,
    roles.VILLAGE_HEAD.key: Capacity.HEAD,
    roles.RESIDENT.key: Capacity.COMMUNITY,
    roles.GROUP_REP.key: Capacity.COMMUNITY,
}


@command("deliberation.draft_minutes", on="meeting")
def draft_minutes(
    act: Act,
    *,
    meeting: Meeting,
    number: str = "",
    dated: date | None = None,
    ends: time | None = None,
    discussion: str = "",
    absence_reason: str = "",
) -> Meeting:
    """What the minutes say besides lists, answers and decisions."""
    meeting = held_now(meeting)
    if meeting.state not in ("in_session", "minutes_draft"):
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    act.require(DRAFTING, queries.number_facts(meeting, number), standing(meeting.village_id))
    meeting.minutes_number, meeting.minutes_on, meeting.ends = number, dated, ends
    meeting.discussion, meeting.absence_reason = discussion, absence_reason
    meeting.save(update_fields=["minutes_number", "minutes_on", "ends", "discussion", "absence_reason"])
    act.log("minutes.drafted", meeting)
    return meeting


@command("deliberation.finalise_minutes", on="meeting")
def finalise_minutes(act: Act, *, meeting: Meeting, paper: Prepared | None = None) -> Meeting:
    """Fix the words of the minutes and draw who signs them for the residents; from now on they are signed or returned."""
    meeting = held_now(meeting)
    norms = standing(meeting.village_id)
    facts = queries.minutes_facts(meeting, timezone.localdate(act.now), norms.numbers)
    passed = act.require(FINALISING, facts, norms)
    if tied := unmet(interests.decided_checks(meeting)):
        raise Refused(tied)
    as_chair(act, meeting)
    if paper is not None:
        stated = plain_data(queries.minutes_data(meeting))
        act.require(PRINTED, PaperFacts(paper.source["data"] == stated), norms)
    called = queries.called(meeting, norms.numbers["countersigning_residents"])
    move(act, meeting, minutes_hash=queries.minutes_hash(meeting))
    if paper is not None:
        issue_paper(by=act, paper=paper)
    for each in queries.carried(meeting):
        _carry_on(meeting, each)
    _draw(act, meeting, called)
    codes = [each.code for each in called]
    act.log("minutes.finalised", meeting, words=meeting.minutes_hash, passed_over=list(passed), drawn=codes)
    _await_signatures(act, meeting)
    return meeting


@command("deliberation.draw_again", on="meeting")
def draw_again(act: Act, *, meeting: Meeting, passed: str, why: str) -> Meeting:
    """One on whom the lot fell cannot sign: the next in its order takes his place, whoever that is (DB-16).

    ``passed`` is the attendee's code. Where nobody follows, nobody is passed over, nor is who has signed. The reason stands
    beside his name and not in the journal, which holds no free text.
    """
    meeting = held_now(meeting)
    MUSYAWARAH.through(act.door, meeting.state, "countersigning")
    signed = queries.residents_signed(meeting)
    gone = next((each for each in queries.drawn_now(meeting) if each.attendee.code == passed), None)
    if gone is None or name_key(gone.attendee.name) in signed:
        raise NoSuchMove("witness", "passed_over", act.door)
    as_chair(act, meeting)
    following = queries.following(meeting)
    act.require(DRAWING_AGAIN, FollowingFacts(len(following)), standing(meeting.village_id))
    gone.passed_over_because = why
    gone.save(update_fields=["passed_over_because"])
    _draw(act, meeting, following[:1])
    act.log("minutes.drawn_again", meeting, passed=passed, drawn=[following[0].code])
    _after_signing(act, meeting)
    return meeting


def _draw(act: Act, meeting: Meeting, people: Sequence[Attendee]) -> None:
    """Behind those who are drawn already, but for who is among them."""
    known = set(meeting.witnesses.filter(edition=meeting.edition).values_list("attendee", flat=True))
    place = {"meeting": meeting, "edition": meeting.edition, "drawn_at": act.now}
    for order, attendee in enumerate((each for each in people if each.pk not in known), len(known) + 1):
        Witness.objects.create(**place, attendee=attendee, order=order)


def _carry_on(meeting: Meeting, row: Witness) -> None:
    """The same place in the lot for this edition."""
    Witness.objects.create(
        meeting=meeting,
        edition=meeting.edition,
        attendee_id=row.attendee_id,
        order=row.order,
        drawn_at=row.drawn_at,
        passed_over_because=row.passed_over_because,
    )


@command("deliberation.return_minutes", on="meeting")
def return_minutes(act: Act, *, meeting: Meeting, why: str) -> Meeting:
    """Back to the draft: earlier signatures stay on record and count for the earlier words only.

    The residents' window, if it was open, opens anew with the new signatures; objections stay.
    """
    meeting = held_now(meeting)
    withdraw_papers(act, meeting, "minutes", why)
    move(act, meeting, minutes_hash="", published_on=None, edition=meeting.edition + 1)
    act.log("minutes.returned", meeting)
    close_duties(act, about=about_of(meeting))
    open_due(act, meeting, "deliberation.finalise_minutes", _("Perbaiki berita acara: {topic}"), None)
    return meeting


@command("deliberation.countersign", on="meeting")
def countersign(act: Act, *, meeting: Meeting, seen: str) -> Countersignature:
    """Sign exactly the words one has read (``seen``: their hash) with one's own account, in the capacity of one's office."""
    meeting = held_now(meeting)
    MUSYAWARAH.through(act.door, meeting.state, "countersigning")
    act.require(AS_READ, SeenFacts(seen, meeting.minutes_hash), standing(meeting.village_id))
    signer = Person.objects.get(code=act.by.code)
    capacity = SIGNS_AS[act.role]
    if capacity == Capacity.CHAIR:
        as_chair(act, meeting)
    signature = _sign(act, meeting, capacity, signer.full_name)
    act.log("minutes.countersigned", meeting, capacity=capacity.value, words=meeting.minutes_hash)
    _after_signing(act, meeting)
    return signature


@command("deliberation.record_signed_sheet", on="meeting")
def record_signed_sheet(
    act: Act,
    *,
    meeting: Meeting,
    sheet: Content,
    chair: str = "",
    minute_taker: str = "",
    village_head: str = "",
    residents: Sequence[str] = (),
) -> Meeting:
    """Take over signatures from the signed print, whose scan is kept; who recorded them is written beside each."""
    meeting = held_now(meeting)
    recorder = Person.objects.get(code=act.by.code)
    kept = keep_file(by=act, content=sheet)
    officials = {Capacity.CHAIR: chair, Capacity.MINUTE_TAKER: minute_taker, Capacity.HEAD: village_head}
    signed, before = queries.signed_capacities(meeting), queries.residents_signed(meeting)
    taken = [(capacity, name) for capacity, name in officials.items() if name and capacity not in signed]
    taken += [(Capacity.COMMUNITY, name) for name in residents if name_key(name) not in before]
    for capacity, name in taken:
        _sign(act, meeting, capacity, name, kept, recorder.full_name)
    if not taken:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    act.log("minutes.sheet_recorded", meeting, capacities=[each.value for each, _name in taken], file=kept.sha256)
    _after_signing(act, meeting, signed_sheet=kept)
    return meeting


def _sign(
    act: Act, meeting: Meeting, capacity: Countersignature.Capacity, name: str, sheet: StoredFile | None = None,
    recorded_by_name: str = "",
) -> Countersignature:  # fmt: skip
    if meeting.state != "countersigning":
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    act.require(COUNTERSIGNING, queries.signer_facts(meeting, capacity.value, name), standing(meeting.village_id))
    if meeting.signatures.filter(minutes_hash=meeting.minutes_hash, capacity=capacity, name=name).exists():
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    return Countersignature.objects.create(
        meeting=meeting,
        capacity=capacity,
        name=name,
        minutes_hash=meeting.minutes_hash,
        sheet=sheet,
        signed_at=act.now,
        by=act.by.code,
        recorded_by_name=recorded_by_name,
    )


def _after_signing(act: Act, meeting: Meeting, **changes: Any) -> None:
    """With the last signature the minutes are published, and the residents' objection window opens."""
    norms, today = standing(meeting.village_id), timezone.localdate(act.now)
    if unmet(examine(SIGNED, queries.binding_facts(meeting, today, norms.numbers), norms)):
        move(act, meeting, "countersigning", **changes)
        _await_signatures(act, meeting)
        return
    move(act, meeting, "objection_window", published_on=today, **changes)
    close_duties(act, about=about_of(meeting))
    ends = queries.window_ends(meeting, norms.numbers)
    open_due(act, meeting, "deliberation.make_binding", _("Tetapkan keputusan mengikat: {topic}"), ends)
    for objection in meeting.objections.filter(answer=""):  # of the window before, where the minutes were returned
        await_answer(act, meeting, objection)
    tell_village(act, meeting, _("Berita acara terbit, warga boleh berkeberatan: {topic}"))


def _await_signatures(act: Act, meeting: Meeting) -> None:
    close_duties(act, about=about_of(meeting))
    missing = SIGNERS - queries.signed_capacities(meeting)
    awaited = {Capacity.CHAIR: roles.BPD_CHAIR, Capacity.MINUTE_TAKER: roles.VILLAGE_SECRETARY,
               Capacity.HEAD: roles.VILLAGE_HEAD}  # fmt: skip
    for capacity, role in awaited.items():
        if capacity in missing:
            says = _("Tandatangani berita acara: {topic}")
            open_due(act, meeting, "deliberation.countersign", says, None, role.key)
    called = {name_key(each.attendee.name) for each in queries.drawn_now(meeting)}
    if called - queries.residents_signed(meeting):
        says = _("Mintakan tanda tangan warga terundi: {topic}")
        open_due(act, meeting, "deliberation.record_signed_sheet", says, None, roles.VILLAGE_SECRETARY.key)
