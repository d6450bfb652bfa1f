"""Verbs of the BKAD: form it, hand a seat over, pay dues, join and leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.timezone import localdate

from bermitra.agreements.joint.body import queries
from bermitra.agreements.joint.body.models import (
    JointBody,
    JointBodySeat,
    JointDue,
    JointDuePayment,
    JointMembership,
)
from bermitra.agreements.joint.body.rules import FORMING, MEMBER_FLOW, MEMBERSHIP
from bermitra.agreements.joint.models import JointParty, JointRegulation
from bermitra.agreements.joint.queries import newest_version, territory_facts
from bermitra.agreements.joint.rules import JOINT_FLOW, STARTING
from bermitra.deliberation.api import offer_text, withdraw_text
from bermitra.deliberation.models import Subject
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _


@dataclass(frozen=True)
class Seated:
    """Somebody who is to sit in the body, as typed."""

    name: str
    sex: str
    village: str
    office: str


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
) -> JointBody:
    """The body that the regulation names, by a joint decree: seats of every village, women among them, an account (AG-26)."""
    JointRegulation.objects.select_for_update().get(pk=regulation.pk)
    regulation.refresh_from_db()
    first, last = regulation.starts_on, regulation.ends_on
    exists = JointBody.objects.filter(regulation=regulation).exists()
    if regulation.state != "in_force" or exists or first is None or last is None:
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    villages = [each.pk for each in queries.members(regulation)]
    facts = queries.body_facts(
        villages,
        [(each.village, each.sex) for each in seats],
        account=bool(bank and account_name),
        decree=decree_number,
        region=regulation.village_id,
    )
    act.require(FORMING, facts, standing(regulation.village_id))
    content, today = newest_version(regulation).content, localdate(act.now)
    years = int(content["blanks"].get("masa_bakti") or 5)
    body = JointBody.objects.create(
        regulation=regulation,
        name=str(content["blanks"]["nama_bkad"])[:160],
        decree_number=decree_number,
        decree_on=decree_on,
        bank=bank,
        account_name=account_name,
        until=decree_on.replace(year=decree_on.year + years, day=min(decree_on.day, 28)),
        formed_at=act.now,
        formed_by=act.by.code,
    )
    for each in seats:
        JointBodySeat.objects.create(
            body=body, village_id=each.village, name=each.name, sex=each.sex, office=each.office, since=decree_on
        )
    days = queries.due_days(str(content["blanks"].get("tanggal_iuran") or ""), max(first, today), last)
    JointDue.objects.bulk_create(
        JointDue(body=body, village_id=village, year=day.year, amount=content["dues"][village], due_on=day)
        for village in villages
        for day in days
        if content["dues"].get(village)
    )
    for village in villages:
        _next_due(act, body, village)
    act.log("joint_body.formed", regulation, seats=len(seats))
    return body


def _next_due(act: Act, body: JointBody, village: str) -> None:
    """The treasurer of the village has the next due that is not paid before him."""
    waiting = next((each for each in queries.owed(body, localdate(act.now), village) if each.rest), None)
    if waiting is None:
        return
    open_duty(
        act,
        door="agreements.pay_joint_due",
        about=about_of(waiting.due),
        code=waiting.due.code,
        region=village,
        role=roles.VILLAGE_TREASURER.key,
        due_on=waiting.due.due_on,
        says=_("Bayar iuran {body} tahun {year}."),
        body=body.name,
        year=waiting.due.year,
    )


@command("agreements.pay_joint_due", on="due")
def pay_joint_due(act: Act, *, due: JointDue, amount: int, paid_on: date, receipt: str) -> JointDuePayment:
    """Money of the village has come into the account of the body; a part at a time where it is so agreed."""
    JointDue.objects.select_for_update().get(pk=due.pk)
    stand = next(each for each in queries.owed(due.body, localdate(act.now), due.village_id) if each.due.pk == due.pk)
    twice = due.payments.filter(receipt=receipt).exists()
    if amount > stand.rest or twice:
        raise NoSuchMove("joint_due", "paid", act.door)
    payment = JointDuePayment.objects.create(
        due=due, amount=amount, paid_on=paid_on, receipt=receipt, at=act.now, by=act.by.code
    )
    if amount == stand.rest:
        close_duties(act, about=about_of(due))
        _next_due(act, due.body, due.village_id)
    act.log("joint_due.paid", due, amount=amount)
    return payment


@command("agreements.hand_over_joint_seat", on="seat")
def hand_over_joint_seat(act: Act, *, seat: JointBodySeat, name: str, sex: str, reason: str) -> JointBodySeat:
    """Another person of the same village takes the seat; the body stays balanced (AG-26)."""
    body, today = seat.body, localdate(act.now)
    JointBody.objects.select_for_update().get(pk=body.pk)
    others = [(each.village_id, each.sex) for each in queries.seated(body) if each.pk != seat.pk]
    facts = queries.body_facts(
        [each.pk for each in queries.members(body.regulation)],
        [*others, (seat.village_id, sex)],
        account=True,
        decree=body.decree_number,
        region=seat.village_id,
    )
    act.require(FORMING, facts, standing(seat.village_id))
    if not JointBodySeat.objects.filter(pk=seat.pk, until=None).update(until=today, ended_because=reason):
        raise NoSuchMove("joint_seat", "ended", act.door)
    new = JointBodySeat.objects.create(
        body=body, village_id=seat.village_id, name=name, sex=sex, office=seat.office, since=today
    )
    act.log("joint_seat.handed_over", body.regulation, seat=seat.code, to=new.code)
    return new


# Joining and leaving -------------------------------------------------------------------------------------------------
def _ask(
    act: Act, regulation: JointRegulation, village: Region, kind: JointMembership.Kind, reason: str, dues: int = 0
) -> JointMembership:
    """The text comes before the village's own Musyawarah."""
    verb = "bergabung dengan" if kind == JointMembership.Kind.JOIN else "menarik diri dari"
    lines = [
        f"{village.name} {verb} Peraturan Bersama tentang {regulation.title}.",
        f"Alasan: {reason}",
        *([f"Iuran setahun: {rupiah(dues)}"] if dues else []),
    ]
    read = "\n".join(lines)
    membership = JointMembership.objects.create(
        regulation=regulation,
        village=village,
        kind=kind,
        reason=reason,
        dues=dues,
        text_hash=sha256(read.encode()).hexdigest(),
        state=MEMBER_FLOW.through(act.door, MEMBER_FLOW.start),
        asked_at=act.now,
        asked_by=act.by.code,
    )
    offer_text(
        act,
        village=village,
        code=membership.code,
        kind=Subject.Kind.COOPERATION,
        title=f"{verb.capitalize()} Peraturan Bersama: {regulation.title}"[:200],
        text_hash=membership.text_hash,
        text=read,
    )
    open_duty(
        act,
        door="agreements.settle_joint_member",
        about=about_of(membership),
        code=membership.code,
        region=regulation.village_id,
        role=roles.VILLAGE_HEAD.key,
        says=_("Selesaikan keanggotaan {village} dalam “{title}” setelah musyawarahnya."),
        village=village.name,
        title=regulation.title,
    )
    return membership


def _running(act: Act, regulation: JointRegulation, village: str) -> None:
    """Nothing else about this village is open, and the regulation is in force."""
    JointRegulation.objects.select_for_update().get(pk=regulation.pk)
    regulation.refresh_from_db()
    if regulation.state != "in_force" or regulation.memberships.filter(village_id=village, state="asked").exists():
        raise NoSuchMove(MEMBER_FLOW.name, MEMBER_FLOW.start, act.door)


@command("agreements.ask_to_leave_joint", on="party")
def ask_to_leave_joint(act: Act, *, party: JointParty, reason: str) -> JointMembership:
    """A village wants to leave: its own Musyawarah decides, its dues are settled, then it is out."""
    regulation = party.regulation
    _running(act, regulation, party.village_id)
    if party.village_id not in {each.pk for each in queries.members(regulation)}:
        raise NoSuchMove(MEMBER_FLOW.name, "done", act.door)
    membership = _ask(act, regulation, party.village, JointMembership.Kind.LEAVE, reason)
    for each in queries.members(regulation):
        _tell(act, regulation, each.pk, _("{village} ingin menarik diri dari “{title}”."), party.village)
    act.log("joint_member.leaving", regulation, village=party.village_id)
    return membership


@command("agreements.invite_joint_member", on="regulation")
def invite_joint_member(
    act: Act, *, regulation: JointRegulation, village: Region, dues: int, reason: str
) -> JointMembership:
    """Another village is asked to join; its own Musyawarah decides (AG-63: of the same regency, and a Desa)."""
    _running(act, regulation, village.pk)
    inside = queries.members(regulation)
    if village.pk in {each.pk for each in inside}:
        raise NoSuchMove(MEMBER_FLOW.name, "done", act.door)
    act.require(STARTING, territory_facts([*inside, village]), standing(regulation.village_id))
    membership = _ask(act, regulation, village, JointMembership.Kind.JOIN, reason, dues)
    _tell(act, regulation, village.pk, _("{village} diundang bergabung dalam “{title}”."), village)
    act.log("joint_member.invited", regulation, village=village.pk)
    return membership


@command("agreements.settle_joint_member", on="membership")
def settle_joint_member(act: Act, *, membership: JointMembership, joint_minutes: str) -> JointMembership:
    """Its own Musyawarah and that of all villages agreed, and nothing is owed: from now on it is in, or out (AG-64)."""
    today, regulation = localdate(act.now), membership.regulation
    facts = queries.member_facts(membership, joint_minutes, today)
    act.require(MEMBERSHIP, facts, standing(regulation.village_id))
    move_on(act, MEMBER_FLOW, membership, joint_minutes=joint_minutes, done_on=today)
    withdraw_text(act, code=membership.code)
    close_duties(act, about=about_of(membership))
    body = JointBody.objects.filter(regulation=regulation).first()
    if body is not None and membership.kind == JointMembership.Kind.LEAVE:
        body.seats.filter(village=membership.village, until=None).update(
            until=today, ended_because="Desa menarik diri."
        )
        for owed in queries.owed(body, today, membership.village_id):
            if owed.paid == 0 and owed.due.year > today.year:
                close_duties(act, about=about_of(owed.due))
                owed.due.delete()
    if body is not None and membership.kind == JointMembership.Kind.JOIN and regulation.ends_on is not None:
        said = str(newest_version(regulation).content["blanks"].get("tanggal_iuran") or "")
        for day in queries.due_days(said, today, regulation.ends_on):
            JointDue.objects.create(
                body=body, village=membership.village, year=day.year, amount=membership.dues, due_on=day
            )
        _next_due(act, body, membership.village_id)
    done = {
        JointMembership.Kind.JOIN: _("{village} bergabung dalam “{title}”."),
        JointMembership.Kind.LEAVE: _("{village} keluar dari “{title}”."),
    }[JointMembership.Kind(membership.kind)]
    for each in {*queries.members(regulation), membership.village}:
        _tell(act, regulation, each.pk, done, membership.village)
    act.log("joint_member.settled", regulation, village=membership.village_id, left=membership.kind == "leave")
    return membership


def _tell(act: Act, regulation: JointRegulation, to: str, says: str, village: Region) -> None:
    tell(
        act,
        says=says,
        params={"title": regulation.title, "village": village.name},
        about=about_of(regulation),
        url_name="page.joint_regulation",
        code=regulation.code,
        region=to,
    )
