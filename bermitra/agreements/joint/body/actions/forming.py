"""Forming the BKAD: the drafting head proposes, the head of every village accepts exactly that; seats are handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from bermitra.agreements.joint.actions.common import held_now
from bermitra.agreements.joint.body import queries
from bermitra.agreements.joint.body.actions.common import next_due, tell_member
from bermitra.agreements.joint.body.actions.decrees import accepted, as_given, await_heads, decree_anew
from bermitra.agreements.joint.body.letters import Decree, changed, filled_by
from bermitra.agreements.joint.body.models import JointBody, JointBodySeat, JointDue
from bermitra.agreements.joint.body.rules import (
    AGREED_BODY,
    BODY_FLOW,
    CHANGING,
    FORMING,
    BoardFacts,
    Seated,
)
from bermitra.agreements.joint.models import JointRegulation
from bermitra.agreements.joint.queries import newest_version
from bermitra.agreements.joint.rules import JOINT_FLOW
from bermitra.agreements.rules import COMPARED, ComparedFacts
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, withdraw_paper
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _


@command("agreements.form_joint_body", on="regulation")
def form_joint_body(
    act: Act,
    *,
    regulation: JointRegulation,
    decree_number: str,
    decree_on: date,
    bank: str,
    account_name: str,
    seats: Sequence[Seated],
    paper: Prepared,
) -> JointBody:
    """The body that the regulation names, as it is proposed: decree, seats of every village, women among them, an account (AG-26).

    It is formed once the head of every village has accepted exactly this; until then it may be proposed otherwise.
    ``paper`` is the decree, rendered before: every head signs it as he accepts.
    """
    regulation = held_now(regulation)
    before = JointBody.objects.filter(regulation=regulation).first()
    if regulation.state != "in_force":
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    facts = queries.forming_facts(regulation, seats, account=bool(bank and account_name), decree=decree_number)
    act.require(FORMING, facts, standing(regulation.village_id))
    decree = Decree(decree_number, decree_on, bank, account_name, tuple(seats))
    as_given(act, paper, regulation, decree)
    values: dict[str, Any] = {
        "name": queries.name_of_body(regulation),
        "decree_number": decree_number,
        "decree_on": decree_on,
        "bank": bank,
        "account_name": account_name,
        "until": queries.term_of(regulation, decree_on),
        "formed_at": act.now,
        "formed_by": act.by.code,
    }
    if before is not None and before.state == "proposed" and before.paper is not None:
        withdraw_paper(by=act, paper=before.paper, why="Susunan BKAD diusulkan lagi dengan isi lain.")
    values["paper"] = issue_paper(by=act, paper=paper)
    if before is None:
        state = BODY_FLOW.through(act.door, BODY_FLOW.start)
        body = JointBody.objects.create(regulation=regulation, state=state, **values)
    else:
        body = before
        move_on(act, BODY_FLOW, body, **values)
        body.seats.all().delete()
    for each in seats:
        JointBodySeat.objects.create(
            body=body, village_id=each.village, name=each.name, sex=each.sex, office=each.office, since=decree_on
        )
    body.words_hash = queries.body_hash(body)
    body.save(update_fields=["words_hash"])
    accepted(act, body, regulation.village_id)
    await_heads(act, body)
    act.log("joint_body.proposed", regulation, seats=len(seats), words=body.words_hash)
    return body


@command("agreements.accept_joint_body", on="village")
def accept_joint_body(act: Act, *, village: Region, body: JointBody, seen: str) -> JointBody:
    """The head of a village accepts the decree, the seats and the account he has read, and so signs the decree; with the last
    one the body is formed and every village's dues are written down (AG-44, AG-73, AG-92). Later decrees are signed so too."""
    regulation = held_now(body.regulation)
    JointBody.objects.select_for_update().get(pk=body.pk)  # nor does a village come in, or a seat pass on, meanwhile
    body = JointBody.objects.select_related("regulation", "paper").get(pk=body.pk)
    if village.pk not in {each.pk for each in queries.members(regulation)}:
        raise NoSuchMove(BODY_FLOW.name, body.state, act.door)
    act.require(COMPARED, ComparedFacts(seen, body.words_hash), standing(village.pk))
    formed = body.state == "formed"
    if not queries.awaits(body, village.pk):
        raise NoSuchMove(BODY_FLOW.name, body.state, act.door)
    if not formed:  # a village that joined since it was proposed has a seat too, or it is proposed anew
        board = queries.forming_facts(regulation, queries.board(body), account=True, decree=body.decree_number)
        act.require(FORMING, board, standing(village.pk))
    accepted(act, body, village.pk)
    await_heads(act, body)
    facts = queries.accepted_facts(body)
    if formed:
        move_on(act, BODY_FLOW, body, "formed")
    elif facts.accepted < facts.villages:
        move_on(act, BODY_FLOW, body, "proposed")
    else:
        move_on(act, BODY_FLOW, body, "formed", formed_at=act.now)
        _owe(act, body)
    act.log("joint_body.accepted", regulation, village=village.pk, words=body.words_hash, formed=body.state == "formed")
    return body


def _owe(act: Act, body: JointBody) -> None:
    """What each village owes for each year of the term, as the signed text and its own joining say."""
    regulation, today = body.regulation, localdate(act.now)
    first, last = regulation.starts_on, regulation.ends_on
    if first is None or last is None:
        return
    content = newest_version(regulation).content
    days = queries.due_days(str(content["blanks"].get("tanggal_iuran") or ""), max(first, today), last)
    amounts = {**content["dues"], **queries.joined_dues(regulation)}
    villages = queries.members(regulation)
    JointDue.objects.bulk_create(
        JointDue(body=body, village=village, year=day.year, amount=amounts[village.pk], due_on=day)
        for village in villages
        for day in days
        if amounts.get(village.pk)
    )
    for village in villages:
        next_due(act, body, village.pk)
        tell_member(act, regulation, village.pk, _("BKAD untuk “{title}” terbentuk."), village)


@command("agreements.hand_over_joint_seat", on="seat")
def hand_over_joint_seat(
    act: Act, *, seat: JointBodySeat, name: str, sex: str, reason: str, decree_number: str, paper: Prepared
) -> JointBodySeat:
    """Another person of the same village takes the seat; the body stays balanced (AG-26), and every head signs the decree on
    the board as it is from now on (AG-93). ``paper`` is that decree, rendered before."""
    today = localdate(act.now)
    JointBody.objects.select_for_update().get(pk=seat.body_id)
    body = JointBody.objects.select_related("regulation", "paper").get(pk=seat.body_id)
    held = body.seats.select_for_update().filter(pk=seat.pk, until=None).first()
    if held is None:
        raise NoSuchMove("joint_seat", "ended", act.door)
    board = queries.after(seat, name, sex)
    facts = queries.forming_facts(body.regulation, board, account=True, decree=decree_number)
    act.require(AGREED_BODY, queries.accepted_facts(body), standing(seat.village_id))
    act.require(CHANGING, BoardFacts(len(queries.unsigned(body))), standing(seat.village_id))
    act.require(FORMING, facts, standing(seat.village_id))
    as_given(act, paper, body.regulation, changed(body, seat, name, sex, reason, number=decree_number, dated=today))
    held.until, held.ended_because = today, reason
    held.save(update_fields=["until", "ended_because"])
    new = JointBodySeat.objects.create(
        body=body, village_id=seat.village_id, name=name, sex=sex, office=seat.office, since=today
    )
    issued = decree_anew(act, body, paper, seat.village_id)
    act.log("joint_seat.handed_over", body.regulation, seat=seat.code, to=new.code, paper=issued.file.sha256)
    return new


@command("agreements.fill_joint_office", on="village")
def fill_joint_office(
    act: Act,
    *,
    village: Region,
    seat: JointBodySeat,
    name: str,
    sex: str,
    represents: str,
    decree_number: str,
    paper: Prepared,
) -> JointBodySeat:
    """The office that ``seat`` left vacant as its village went is held again, by somebody of the village ``represents``.

    The head of any village inside proposes it; every head signs the decree, rendered before as ``paper`` (AG-26, AG-93). A
    member who takes the office leaves the seat he had.
    """
    today = localdate(act.now)
    JointBody.objects.select_for_update().get(pk=seat.body_id)
    body = JointBody.objects.select_related("regulation", "paper").get(pk=seat.body_id)
    inside = {each.pk for each in queries.members(body.regulation)}
    open_now = {each.pk for each in queries.vacant(queries.seated(body), queries.ended(body))}
    if seat.pk not in open_now or not {village.pk, represents} <= inside:
        raise NoSuchMove("joint_seat", "held", act.door)
    norms = standing(village.pk)
    board = queries.filled(seat, name, sex, represents)
    act.require(AGREED_BODY, queries.accepted_facts(body), norms)
    act.require(CHANGING, BoardFacts(len(queries.unsigned(body))), norms)
    act.require(FORMING, queries.forming_facts(body.regulation, board, account=True, decree=decree_number), norms)
    as_given(act, paper, body.regulation, filled_by(seat, name, sex, represents, number=decree_number, dated=today))
    if (before := queries.moving_up(body, name, represents)) is not None:
        before.until, before.ended_because = today, "Mengisi jabatan yang kosong."
        before.save(update_fields=["until", "ended_because"])
    new = JointBodySeat.objects.create(
        body=body, village_id=represents, name=name, sex=sex, office=seat.office, since=today
    )
    close_duties(act, about=about_of(seat))
    issued = decree_anew(act, body, paper, village.pk)
    act.log("joint_office.filled", body.regulation, seat=seat.code, to=new.code, paper=issued.file.sha256)
    return new
