"""Wording it by turns: begin, change, accept, number, give up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bermitra.agreements.joint import book, queries, text
from bermitra.agreements.joint.actions.common import HEAD, held_now, now_waits, tell_all, write
from bermitra.agreements.joint.models import (
    JointParty,
    JointRegulation,
    JointTextAcceptance,
    JointVersion,
)
from bermitra.agreements.joint.rules import JOINT_FLOW, STARTING
from bermitra.agreements.rules import COMPARED, ComparedFacts
from bermitra.agreements.text import from_typed
from bermitra.deliberation.api import withdraw_text
from bermitra.deliberation.inter_village.queries import joint_decision_on
from bermitra.deliberation.models import JointOffer
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _


@command("agreements.start_joint_draft", on="offer")
def start_joint_draft(act: Act, *, offer: JointOffer) -> JointRegulation:
    """The first text, from what every village agreed to in writing and its delegates signed together (AG-63)."""
    agreed = joint_decision_on(offer.code)
    if agreed is None or queries.regulation_of(offer) is not None:
        raise NoSuchMove(JOINT_FLOW.name, JOINT_FLOW.start, act.door)
    villages = list(Region.objects.filter(pk__in=agreed.villages).select_related("parent__parent"))
    act.require(STARTING, queries.territory_facts(villages), standing(offer.village_id))
    regulation = JointRegulation.objects.create(
        offer=offer,
        village_id=offer.village_id,
        title=offer.title,
        state=JOINT_FLOW.through(act.door, JOINT_FLOW.start),
        example=offer.example,
        created_at=act.now,
        created_by=act.by.code,
    )
    for each in sorted(villages, key=lambda each: (each.pk != offer.village_id, each.pk)):
        JointParty.objects.create(regulation=regulation, village=each)
    write(act, regulation, offer.village_id, text.start(queries.dues_said(offer)), None, "")
    now_waits(act, regulation)
    tell_all(act, regulation, _("Naskah Peraturan Bersama “{title}” mulai disusun."))
    act.log("joint_draft.started", regulation, offer=offer.code, villages=len(villages))
    return regulation


@command("agreements.propose_joint_change", on="party")
def propose_joint_change(
    act: Act,
    *,
    party: JointParty,
    reason: str,
    blanks: Mapping[str, Any] | None = None,
    dues: Mapping[str, int] | None = None,
    wording: Mapping[str, str] | None = None,
) -> JointVersion:
    """Another text, by any of the villages. What was accepted before counts for the earlier text only.

    ``wording`` gives an article in other words; empty brings our own back.
    """
    regulation = held_now(party.regulation)
    before = queries.newest_version(regulation)
    content = {name: dict(of) for name, of in before.content.items()}
    unknown = (blanks or {}).keys() - book.slots().keys() | (wording or {}).keys() - book.articles().keys()
    if unknown:
        raise ValueError(f"no blank or article {sorted(unknown)}")
    if fixed := [code for code in wording or {} if book.articles()[code].is_kept_to]:
        raise ValueError(f"{fixed} change by their values, and their words do not")
    content["blanks"].update(blanks or {})
    content["dues"].update(dues or {})
    for code, typed in (wording or {}).items():
        if body := from_typed(typed):
            content["wording"][code] = body
        else:
            content["wording"].pop(code, None)
    move_on(act, JOINT_FLOW, regulation)
    version = write(act, regulation, party.village_id, content, before, reason)
    now_waits(act, regulation)
    tell_all(act, regulation, _("Naskah Peraturan Bersama “{title}” diubah. Baca perubahannya."), HEAD)
    act.log("joint_draft.changed", regulation, village=party.village_id, version=version.number, text=version.text_hash)
    return version


@command("agreements.accept_joint_text", on="party")
def accept_joint_text(act: Act, *, party: JointParty, seen: str) -> JointTextAcceptance:
    """The head of a village accepts exactly the text he has read (``seen``: its hash)."""
    regulation = held_now(party.regulation)
    version = queries.newest_version(regulation)
    move_on(act, JOINT_FLOW, regulation)
    act.require(COMPARED, ComparedFacts(seen, version.text_hash), standing(party.village_id))
    accepted, _new = JointTextAcceptance.objects.get_or_create(
        version=version, party=party, defaults={"text_hash": seen, "at": act.now, "by": act.by.code}
    )
    now_waits(act, regulation)
    act.log("joint_text.accepted", regulation, village=party.village_id, text=seen)
    return accepted


@command("agreements.give_joint_number", on="party")
def give_joint_number(act: Act, *, party: JointParty, number: int) -> JointParty:
    """Each village gives its own number before the text is locked, so that the number is signed as well."""
    regulation = held_now(party.regulation)
    move_on(act, JOINT_FLOW, regulation)
    JointParty.objects.filter(pk=party.pk).update(number=number)
    party.number = number
    now_waits(act, regulation)
    act.log("joint_text.numbered", regulation, village=party.village_id, number=number)
    return party


@command("agreements.abandon_joint_text", on="regulation")
def abandon_joint_text(act: Act, *, regulation: JointRegulation, reason: str) -> JointRegulation:
    """Given up before it was locked; another may be begun from the same offer."""
    regulation = held_now(regulation)
    move_on(act, JOINT_FLOW, regulation, left_because=reason)
    withdraw_text(act, code=regulation.code)
    close_duties(act, about=about_of(regulation))
    tell_all(act, regulation, _("Penyusunan Peraturan Bersama “{title}” dihentikan. Alasannya ada di halamannya."))
    act.log("joint_draft.abandoned", regulation)
    return regulation
