"""What several acts of a selection do alike; these join the running act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership.life import move, now_waits
from bermitra.partnership.models import Case
from bermitra.selection import criteria
from bermitra.selection.life import (
    tell_partner,
    wait_for,
    wait_for_seat,
)
from bermitra.selection.models import (
    Call,
    Objection,
    Panelist,
    Proposal,
    ProposalVersion,
)
from bermitra.selection.queries import (
    call_of,
    content_for_partner,
    content_hash,
    offer_is_written,
)
from bermitra.selection.rules import (
    CALL,
    PROPOSAL,
    TICKING,
    TickFacts,
)


def in_the_book(ticks: Sequence[str]) -> list[str]:
    """The ticked statements once each, in the order of the book; raises ValueError at one that is not in it."""
    if unknown := set(ticks) - criteria.statements().keys():
        raise ValueError(f"no statement {sorted(unknown)}")
    return [code for code in criteria.statements() if code in set(ticks)]


def office_in(case: Case, role: str) -> dict[str, Any]:
    """Whom a duty waits for: an office of the village of the case."""
    return {"role": role, "region": case.village_id}


def case_onward(act: Act, case: Case) -> None:
    move(act, case)
    now_waits(act, case)


def call_for(act: Act, case: Case) -> Call:
    call = call_of(case)
    if call is None:
        raise NoSuchMove(CALL.name, CALL.start, act.door)
    call.case = case
    return call


def known_parts(act: Act, given: dict[str, Any], known: dict[str, str], village: str) -> dict[str, Any]:
    """Parts that are known, with as many vision statements as count (SL-42)."""
    if unknown := given.keys() - known.keys() - {"vision_ticks"}:
        raise ValueError(f"no part {sorted(unknown)}")
    if "vision_ticks" in given:
        given = {**given, "vision_ticks": in_the_book(given["vision_ticks"])}
        act.require(TICKING, TickFacts(len(given["vision_ticks"])), standing(village))
    return dict(given)


def still_open(call: Call, act: Act) -> bool:
    """By the clock of the act: the door shuts at the deadline, not when the worker comes round."""
    return call.state == "open" and (call.deadline is None or act.now <= call.deadline)


def ask_own_draft(act: Act, proposal: Proposal) -> None:
    """The partner may still write on it: before the deadline, before it was sent, or once it came back."""
    running = still_open(proposal.call, act) if proposal.call else offer_is_written(proposal)
    if not running or proposal.state not in ("draft", "sealed", "sent"):
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)


def whole_content(proposal: Proposal) -> dict[str, Any]:
    """What is sealed: the content as it was written, and the files beside it by their hashes."""
    files = proposal.files.select_related("file").order_by("pk")
    attached = [{"title": each.title, "sha256": each.file.sha256} for each in files]
    return {**content_for_partner(proposal), "files": attached}


def new_version(act: Act, proposal: Proposal, content: dict[str, Any]) -> ProposalVersion:
    return ProposalVersion.objects.create(
        proposal=proposal,
        number=proposal.versions.count() + 1,
        content=content,
        content_hash=content_hash(content),
        sent_at=act.now,
        by=act.by.code,
    )


def ask_to_score(act: Act, call: Call, sits: Panelist) -> None:
    says = _("Baca dan nilai usulan untuk “{title}”.") if sits.scores else _("Pimpin tim seleksi untuk “{title}”.")
    wait_for_seat(act, call, sits.person, door="page.selection", says=says)


def its_call(act: Act, proposal: Proposal) -> Call:
    if proposal.call is None:
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    return proposal.call


def tell_out(act: Act, proposal: Proposal, reason: str) -> None:
    Proposal.objects.filter(pk=proposal.pk, out_because="").update(out_because=reason)
    says = _("Usulan Anda tidak dilanjutkan. Alasannya ada pada halaman usulan.")
    tell_partner(act, proposal.partner, says, code=proposal.code)


def days_on(act: Act, call: Call, norm: str) -> date:
    days: int = standing(call.case.village_id).numbers[norm]
    return timezone.localdate(act.now) + timedelta(days=days)


def await_answer(act: Act, objection: Objection) -> None:
    case = objection.call.case
    says = _("Jawab sanggahan atas hasil “{title}”.")
    whose = office_in(case, roles.BPD_CHAIR.key)
    wait_for(act, case, door="selection.dismiss_objection", code=objection.code, record=objection, says=says, **whose)
