"""The minutes: written, made final, signed by account or on paper."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.utils import timezone

from bermitra.deliberation import queries
from bermitra.deliberation.actions.common import (
    await_answer,
    held_now,
    move,
    open_due,
    tell_village,
    withdraw_papers,
)
from bermitra.deliberation.models import (
    Countersignature,
    Meeting,
)
from bermitra.deliberation.rules import (
    AS_READ,
    COUNTERSIGNING,
    FINALISING,
    MUSYAWARAH,
    SIGNERS,
    SeenFacts,
    SignerFacts,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import issue_paper, keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _

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
    meeting.minutes_number, meeting.minutes_on, meeting.ends = number, dated, ends
    meeting.discussion, meeting.absence_reason = discussion, absence_reason
    meeting.save(update_fields=["minutes_number", "minutes_on", "ends", "discussion", "absence_reason"])
    act.log("minutes.drafted", meeting)
    return meeting


@command("deliberation.finalise_minutes", on="meeting")
def finalise_minutes(act: Act, *, meeting: Meeting, paper: Prepared | None = None) -> Meeting:
    """Fix the words of the minutes; from now on they are signed or returned."""
    meeting = held_now(meeting)
    norms = standing(meeting.village_id)
    facts = queries.minutes_facts(meeting, timezone.localdate(act.now), norms.numbers)
    passed = act.require(FINALISING, facts, norms)
    move(act, meeting, minutes_hash=queries.minutes_hash(meeting))
    if paper is not None:
        issue_paper(by=act, paper=paper)
    act.log("minutes.finalised", meeting, words=meeting.minutes_hash, passed_over=list(passed))
    _await_signatures(act, meeting)
    return meeting


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
    resident: str = "",
) -> Meeting:
    """Take over signatures from the signed print, whose scan is kept; who recorded them is written beside each."""
    meeting = held_now(meeting)
    recorder = Person.objects.get(code=act.by.code)
    kept = keep_file(by=act, content=sheet)
    names = {
        Capacity.CHAIR: chair,
        Capacity.MINUTE_TAKER: minute_taker,
        Capacity.HEAD: village_head,
        Capacity.COMMUNITY: resident,
    }
    signed = queries.signed_capacities(meeting)
    taken = [capacity for capacity, name in names.items() if name and capacity not in signed]
    for capacity in taken:
        _sign(act, meeting, capacity, names[capacity], kept, recorder.full_name)
    if not taken:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    act.log("minutes.sheet_recorded", meeting, capacities=[each.value for each in taken], file=kept.sha256)
    _after_signing(act, meeting, signed_sheet=kept)
    return meeting


def _sign(
    act: Act, meeting: Meeting, capacity: Countersignature.Capacity, name: str, sheet: StoredFile | None = None,
    recorded_by_name: str = "",
) -> Countersignature:  # fmt: skip
    if meeting.state != "countersigning":
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    facts = SignerFacts(capacity=capacity.value, present=queries.was_there(meeting, name))
    act.require(COUNTERSIGNING, facts, standing(meeting.village_id))
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
    if not queries.signed_capacities(meeting) >= SIGNERS:
        move(act, meeting, "countersigning", **changes)
        _await_signatures(act, meeting)
        return
    move(act, meeting, "objection_window", published_on=timezone.localdate(act.now), **changes)
    close_duties(act, about=about_of(meeting))
    ends = queries.window_ends(meeting, standing(meeting.village_id).numbers)
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
