"""Joining and leaving: decided in the village's own Musyawarah, stated by its head, and taken in by all who are bound."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate

from bermitra.agreements.actions.common import name_of
from bermitra.agreements.joint.actions.common import held_now
from bermitra.agreements.joint.body import queries
from bermitra.agreements.joint.body.actions.common import head_signs, next_due, tell_member
from bermitra.agreements.joint.body.actions.decrees import as_given, await_heads, await_offices, decree_anew
from bermitra.agreements.joint.body.letters import STATEMENT_FIELD, joined_by, statement_data
from bermitra.agreements.joint.body.models import JointBody, JointBodySeat, JointDue, JointMembership
from bermitra.agreements.joint.body.rules import FORMING, MEMBER_FLOW, MEMBERSHIP
from bermitra.agreements.joint.models import JointParty, JointRegulation
from bermitra.agreements.joint.queries import newest_version, refuse_unmet, territory_facts
from bermitra.agreements.joint.rules import STARTING
from bermitra.deliberation.api import offer_text, withdraw_text
from bermitra.deliberation.models import Subject
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper
from bermitra.foundation.documents.compose import plain_data
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _


def _ask(
    act: Act, regulation: JointRegulation, village: Region, kind: JointMembership.Kind, reason: str, dues: int = 0
) -> JointMembership:
    """The text comes before the village's own Musyawarah; of one that joins, before that of every village that is bound too."""
    membership = JointMembership(
        regulation=regulation,
        village=village,
        kind=kind,
        reason=reason,
        dues=dues,
        state=MEMBER_FLOW.through(act.door, MEMBER_FLOW.start),
        asked_at=act.now,
        asked_by=act.by.code,
    )
    membership.text_hash = queries.member_hash(membership)
    membership.save()
    inside = queries.members(regulation) if kind == JointMembership.Kind.JOIN else []
    for each in (village, *inside):
        offer_text(
            act,
            village=each,
            code=membership.code,
            kind=Subject.Kind.COOPERATION,
            title=f"{queries.VERBS[kind].capitalize()} Peraturan Bersama: {regulation.title}"[:200],
            text_hash=membership.text_hash,
            text=queries.member_text(membership),
        )
    for door, region, says in (
        ("agreements.state_joint_member", village.pk, _("Tandatangani pernyataan {village} tentang “{title}”.")),
        (
            "agreements.settle_joint_member",
            regulation.village_id,
            _("Selesaikan keanggotaan {village} dalam “{title}” setelah musyawarahnya."),
        ),
    ):
        open_duty(
            act,
            door=door,
            about=about_of(membership),
            code=membership.code,
            region=region,
            role=roles.VILLAGE_HEAD.key,
            says=says,
            village=village.name,
            title=regulation.title,
        )
    return membership


def _running(act: Act, regulation: JointRegulation, village: str) -> JointRegulation:
    """Nothing else about this village is open, and the regulation is in force."""
    regulation = held_now(regulation)
    if regulation.state != "in_force" or regulation.memberships.filter(village_id=village, state="asked").exists():
        raise NoSuchMove(MEMBER_FLOW.name, MEMBER_FLOW.start, act.door)
    return regulation


@command("agreements.ask_to_leave_joint", on="party")
def ask_to_leave_joint(act: Act, *, party: JointParty, reason: str) -> JointMembership:
    """A village wants to leave: its own Musyawarah decides, its dues are settled, its notice runs out, then it is out."""
    regulation = _running(act, party.regulation, party.village_id)
    if party.village_id not in {each.pk for each in queries.members(regulation)}:
        raise NoSuchMove(MEMBER_FLOW.name, "done", act.door)
    membership = _ask(act, regulation, party.village, JointMembership.Kind.LEAVE, reason)
    for each in queries.members(regulation):
        tell_member(act, regulation, each.pk, _("{village} ingin menarik diri dari “{title}”."), party.village)
    act.log("joint_member.leaving", regulation, village=party.village_id)
    return membership


@command("agreements.invite_joint_member", on="regulation")
def invite_joint_member(
    act: Act, *, regulation: JointRegulation, village: Region, dues: int, reason: str
) -> JointMembership:
    """Another village is asked to join; its own Musyawarah decides, and that of every village inside (AG-63, AG-74)."""
    regulation = _running(act, regulation, village.pk)
    inside = queries.members(regulation)
    if village.pk in {each.pk for each in inside}:
        raise NoSuchMove(MEMBER_FLOW.name, "done", act.door)
    act.require(STARTING, territory_facts([*inside, village]), standing(regulation.village_id))
    membership = _ask(act, regulation, village, JointMembership.Kind.JOIN, reason, dues)
    tell_member(act, regulation, village.pk, _("{village} diundang bergabung dalam “{title}”."), village)
    for each in inside:
        tell_member(act, regulation, each.pk, _("{village} diusulkan bergabung dalam “{title}”."), village)
    act.log("joint_member.invited", regulation, village=village.pk)
    return membership


@command("agreements.state_joint_member", on="village")
def state_joint_member(
    act: Act, *, village: Region, membership: JointMembership, number: str, paper: Prepared
) -> JointMembership:
    """Its head states what the Musyawarah of his village has decided, in a paper that everybody may check.

    ``paper`` was rendered before; where the decision changed meanwhile nothing is stated.
    """
    today = localdate(act.now)
    if membership.village_id != village.pk or membership.state != "asked" or membership.paper_id is not None:
        raise NoSuchMove(MEMBER_FLOW.name, membership.state, act.door)
    facts = replace(queries.member_facts(membership, today), arrears=0, stated=True)  # what is asked of its decision
    act.require(MEMBERSHIP, facts, standing(village.pk))
    if paper.source["data"] != plain_data(statement_data(membership, number=number, dated=today)):
        raise NoSuchMove(MEMBER_FLOW.name, membership.state, act.door)
    issued = issue_paper(by=act, paper=paper)
    head_signs(act, issued, village, STATEMENT_FIELD)
    taken = JointMembership.objects.filter(pk=membership.pk, state="asked", paper=None)
    if not taken.update(paper=issued, stated_by=name_of(act), stated_on=today):
        raise NoSuchMove(MEMBER_FLOW.name, membership.state, act.door)
    membership.refresh_from_db()
    close_duties(act, about=about_of(membership), door=act.door)
    regulation = membership.regulation
    for each in queries.members(regulation):
        tell_member(
            act, regulation, each.pk, _("Kepala Desa {village} menandatangani pernyataannya: “{title}”."), village
        )
    act.log("joint_member.stated", regulation, village=village.pk, paper=issued.file.sha256)
    return membership


@command("agreements.settle_joint_member", on="membership")
def settle_joint_member(
    act: Act,
    *,
    membership: JointMembership,
    name: str = "",
    sex: str = "",
    decree_number: str = "",
    paper: Prepared | None = None,
) -> JointMembership:
    """Decided where it must be, stated, nothing owed: from now on the village is in, or out (AG-64, AG-74, AG-75).

    A village that joins where a body is formed gets its seat with it: ``paper`` is the decree on the board with ``name`` in it,
    rendered before, and every head signs it, the newcomer's too (AG-26, AG-93).
    """
    today, regulation = localdate(act.now), membership.regulation
    JointBody.objects.select_for_update().filter(regulation=regulation).first()  # nobody changes the board meanwhile
    refuse_unmet(queries.settling_asked(membership, today), standing(regulation.village_id))
    seats = queries.seats_newcomer(membership)
    if seats is not None:
        _refuse_other_board(act, seats, membership, name, sex, decree_number, paper)
    move_on(act, MEMBER_FLOW, membership, done_on=today)
    withdraw_text(act, code=membership.code)
    close_duties(act, about=about_of(membership))
    body = seats or queries.formed_body(regulation)
    if membership.kind == JointMembership.Kind.LEAVE:
        _out(act, regulation, membership.village, "Desa menarik diri.")
    if body is not None and membership.kind == JointMembership.Kind.JOIN and regulation.ends_on is not None:
        said = str(newest_version(regulation).content["blanks"].get("tanggal_iuran") or "")
        for day in queries.due_days(said, today, regulation.ends_on):
            JointDue.objects.update_or_create(
                body=body,
                village=membership.village,
                year=day.year,  # of one that comes back a due of this year may stand already
                defaults={"amount": membership.dues, "due_on": day},
            )
        next_due(act, body, membership.village_id)
    if seats is not None and paper is not None:
        JointBodySeat.objects.create(
            body=seats, village=membership.village, name=name, sex=sex, office="member", since=today
        )
        decree_anew(act, seats, paper, regulation.village_id)
    done = {
        JointMembership.Kind.JOIN: _("{village} bergabung dalam “{title}”."),
        JointMembership.Kind.LEAVE: _("{village} keluar dari “{title}”."),
    }[JointMembership.Kind(membership.kind)]
    for each in {*queries.members(regulation), membership.village}:
        tell_member(act, regulation, each.pk, done, membership.village)
    act.log("joint_member.settled", regulation, village=membership.village_id, left=membership.kind == "leave")
    return membership


def village_is_gone(act: Act, village: Region, because: str) -> None:
    """A village that is there no longer leaves every regulation that binds it, without a decision: nobody could take one.

    Its successor joins as any other village does. Joins the running act.
    """
    for regulation in map(held_now, queries.regulations_of(village.pk)):
        JointBody.objects.select_for_update().filter(regulation=regulation).first()
        _gone_from(act, regulation, village, because)
        _out(act, regulation, village, because)
        for each in queries.members(regulation):
            says = _("{village} tidak ada lagi sebagai desa, sehingga keluar dari “{title}”.")
            tell_member(act, regulation, each.pk, says, village)
        act.log("joint_member.gone", regulation, village=village.pk)


def _gone_from(act: Act, regulation: JointRegulation, village: Region, because: str) -> None:
    """Written down beside what villages decided themselves; a leaving that waits for its decision ends by it."""
    said: dict[str, Any] = {"kind": JointMembership.Kind.GONE, "reason": because, "done_on": localdate(act.now)}
    asked = regulation.memberships.filter(village=village, state="asked").first()
    if asked is not None:
        move_on(act, MEMBER_FLOW, asked, **said)
        withdraw_text(act, code=asked.code)
        close_duties(act, about=about_of(asked))
        return
    state = MEMBER_FLOW.through(act.door, MEMBER_FLOW.start)
    JointMembership.objects.create(
        regulation=regulation, village=village, state=state, asked_at=act.now, asked_by=act.by.code, **said
    )


def _out(act: Act, regulation: JointRegulation, village: Region, because: str) -> None:
    """What ends with it: its seats and the dues of later years. Where it drafted, the next village does what is done for all."""
    today, inside = localdate(act.now), queries.members(regulation)
    if regulation.village_id == village.pk and inside:
        regulation.village = inside[0]
        regulation.save(update_fields=["village"])
    body = queries.formed_body(regulation)
    if body is None:
        return
    body.seats.filter(village=village, until=None).update(until=today, ended_because=because)
    for owed in queries.stands(body.dues.filter(village=village, year__gt=today.year), today):
        if not owed.paid and not owed.pending:
            close_duties(act, about=about_of(owed.due))
            if not owed.due.payments.exists():  # one that was not found stays, with what it was said to be for
                owed.due.delete()
    await_heads(act, body)  # who left signs no decree any more
    await_offices(act, body)


def _refuse_other_board(
    act: Act, body: JointBody, membership: JointMembership, name: str, sex: str, number: str, paper: Prepared | None
) -> None:
    """The board with the newcomer is balanced still, and the decree says just that."""
    village = membership.village_id
    facts = queries.forming_facts(
        body.regulation, queries.with_newcomer(body, village, name, sex), account=True, decree=number, joins=village
    )
    act.require(FORMING, facts, standing(body.regulation.village_id))
    if paper is None:
        raise NoSuchMove(MEMBER_FLOW.name, membership.state, act.door)
    decree = joined_by(body, membership, name, sex, number=number, dated=localdate(act.now))
    as_given(act, paper, body.regulation, decree)
