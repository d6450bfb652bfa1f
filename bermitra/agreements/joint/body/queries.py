"""Reading a BKAD: who sits now, who owes what, which villages are in it."""

from __future__ import annotations

import calendar
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.timezone import localdate

from bermitra.agreements.joint.body.models import (
    JointBody,
    JointBodySeat,
    JointDue,
    JointDuePayment,
    JointHeadSignedFile,
    JointMembership,
)
from bermitra.agreements.joint.body.rules import (
    CHANGING,
    MEMBERSHIP,
    NOTICE,
    OFFICES,
    TAKING_IN,
    VACANT,
    AcceptedFacts,
    ArrivedFacts,
    BoardFacts,
    BodyFacts,
    MemberFacts,
    NoticeFacts,
    OthersFacts,
    Seated,
)
from bermitra.agreements.joint.models import JointRegulation
from bermitra.agreements.joint.queries import Asked, newest_version
from bermitra.deliberation.queries import Decided, decided, standing_decisions
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import name_key

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip


DECREE = "joint_body_decree"  # the kind of paper


def members(regulation: JointRegulation) -> list[Region]:
    """The villages that are in it now: those that signed, those that joined, without those that left; the drafting one first."""
    found = {each.village_id: each.village for each in regulation.parties.select_related("village").order_by("pk")}
    for each in regulation.memberships.filter(state="done").select_related("village").order_by("done_on", "pk"):
        if each.kind == JointMembership.Kind.JOIN:
            found[each.village_id] = each.village
        else:
            found.pop(each.village_id, None)
    return list(found.values())


def regulations_of(village: str) -> list[JointRegulation]:
    """Those in force that bind the village now."""
    joined = Q(memberships__village=village, memberships__kind=JointMembership.Kind.JOIN)
    found = JointRegulation.objects.filter(Q(parties__village=village) | joined, state="in_force").distinct()
    return [each for each in found.order_by("pk") if village in {one.pk for one in members(each)}]


def seated(body: JointBody) -> list[JointBodySeat]:
    """Chair, secretary, treasurer, then the members."""
    order = list(OFFICES)
    found = body.seats.filter(until=None).select_related("village").order_by("pk")
    return sorted(found, key=lambda each: order.index(each.office))


def ended(body: JointBody) -> list[JointBodySeat]:
    """Who sat in it before."""
    return list(body.seats.exclude(until=None).select_related("village").order_by("pk"))


def vacant(now: Iterable[JointBodySeat], before: Iterable[JointBodySeat]) -> list[JointBodySeat]:
    """The offices that nobody holds any more, by the seat of who held each last."""
    held, last = {each.office for each in now}, {each.office: each for each in before}
    return [last[office] for office in VACANT if office in last and office not in held]


def body_facts(
    villages: Iterable[str], seats: Iterable[tuple[str, str]], *, account: bool, decree: str, region: str
) -> BodyFacts:
    """``seats``: village and sex of everybody who sits in it."""
    wanted, held = set(villages), list(seats)
    women = sum(sex == "P" for _village, sex in held)
    return BodyFacts(
        villages=len(wanted),
        villages_represented=len(wanted & {village for village, _sex in held}),
        women_percent=women * 100 // len(held) if held else 0,
        women_wanted=standing(region).numbers["bkad_women_min_percent"],
        account_of_body=account,
        decree_number=decree,
        outside=sum(village not in wanted for village, _sex in held),
    )


def body_hash(body: JointBody) -> str:
    """Of what every head accepts: the decree, the account, who sits in which office for which village."""
    seats = sorted((each.village_id, each.office, each.name, each.sex) for each in body.seats.filter(until=None))
    said = [body.name, body.decree_number, body.decree_on.isoformat(), body.bank, body.account_name, seats]
    return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def term_of(regulation: JointRegulation, dated: date) -> date:
    """The last day of a board that is named on this day, by the years that the signed text gives it."""
    years = int(newest_version(regulation).content["blanks"].get("masa_bakti") or 5)
    return dated.replace(year=dated.year + years, day=min(dated.day, 28))


def name_of_body(regulation: JointRegulation) -> str:
    return str(newest_version(regulation).content["blanks"]["nama_bkad"])[:160]


def forming_facts(
    regulation: JointRegulation, seats: Iterable[Seated], *, account: bool, decree: str, joins: str = ""
) -> BodyFacts:
    """Of a body that is proposed, or changed; ``joins`` is a village that comes in with it."""
    return body_facts(
        [*(each.pk for each in members(regulation)), *filter(None, (joins,))],
        [(each.village, each.sex) for each in seats],
        account=account,
        decree=decree,
        region=regulation.village_id,
    )


def board(body: JointBody) -> list[Seated]:
    """Who sits in it now, as a decree lists them."""
    return [Seated(each.name, each.sex, each.village_id, each.office) for each in seated(body)]


def after(seat: JointBodySeat, name: str, sex: str) -> list[Seated]:
    """The board once somebody else has taken this seat."""
    others = {each.pk: (each.name, each.sex) for each in seated(seat.body)} | {seat.pk: (name, sex)}
    return [Seated(*others[each.pk], each.village_id, each.office) for each in seated(seat.body)]


def moving_up(body: JointBody, name: str, village: str) -> JointBodySeat | None:
    """The member's seat of this person, who takes an office for the same village."""
    sitting = body.seats.filter(until=None, office="member", village=village).order_by("pk")
    return next((each for each in sitting if name_key(each.name) == name_key(name)), None)


def filled(seat: JointBodySeat, name: str, sex: str, village: str) -> list[Seated]:
    """The board once the office that this seat left vacant is held again, for whichever village inside."""
    up, order = moving_up(seat.body, name, village), list(OFFICES)
    stay = [
        Seated(each.name, each.sex, each.village_id, each.office)
        for each in seated(seat.body)
        if up is None or each.pk != up.pk
    ]
    return sorted([*stay, Seated(name, sex, village, seat.office)], key=lambda each: order.index(each.office))


def with_newcomer(body: JointBody, village: str, name: str, sex: str) -> list[Seated]:
    """The board once a village that joins sits in it as well."""
    return [*board(body), Seated(name, sex, village, "member")]


def formed_body(regulation: JointRegulation) -> JointBody | None:
    found = JointBody.objects.filter(regulation=regulation, state="formed")
    return found.select_related("regulation", "paper").first()


def decrees(regulation: JointRegulation) -> list[Paper]:
    """The decrees on its board, the first one first; without those that were proposed and replaced."""
    found = Paper.objects.filter(about=about_of(regulation), kind=DECREE, withdrawal=None).select_related("file")
    return list(found.order_by("pk"))


def unsigned(body: JointBody) -> list[str]:
    """The villages whose head has still to sign the newest decree; of a body from before decrees nobody."""
    if body.paper is None:
        return []
    signed = set(body.paper.head_signatures.values_list("village_id", flat=True))
    inside = {each.pk for each in members(body.regulation)}
    return [each for each in body.paper.source["data"]["heads"] if each in inside - signed]


def signed_file(paper: Paper) -> StoredFile:
    """The paper with the signatures that lie in it so far."""
    newest = JointHeadSignedFile.objects.filter(signature__paper=paper).select_related("file").order_by("-pk").first()
    return newest.file if newest is not None else paper.file


def accepting(body: JointBody) -> set[str]:
    """The villages whose head accepted the body as it is proposed now."""
    return set(body.acceptances.filter(words_hash=body.words_hash).values_list("village_id", flat=True))


def awaits(body: JointBody, village: str) -> bool:
    """Whether the head of this village has still to accept the body as it is proposed, or to sign its newest decree."""
    return village in unsigned(body) or (body.state == "proposed" and village not in accepting(body))


def accepted_facts(body: JointBody) -> AcceptedFacts:
    """A body that is formed was accepted by all who were in it then."""
    villages = {each.pk for each in members(body.regulation)}
    accepted = villages if body.state == "formed" else villages & accepting(body)
    return AcceptedFacts(len(villages), len(accepted))


# Dues ----------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Owed:
    """``paid``: seen on the account of the body; ``pending``: the village says so, and nobody else has looked yet."""

    due: JointDue
    paid: int
    pending: int
    today: date
    out: bool = False  # of a year in which its village was in no more

    @property
    def rest(self) -> int:
        return max(self.due.amount - self.paid, 0)

    @property
    def to_pay(self) -> int:
        return max(self.rest - self.pending, 0)

    @property
    def late(self) -> bool:
        return self.rest > 0 and self.due.due_on < self.today


def owed(body: JointBody, today: date, village: str = "") -> list[Owed]:
    """Every due with what was paid of it, but none of a year in which its village was out. One statement."""
    came_back = JointMembership.objects.filter(
        regulation=OuterRef("regulation"), village=OuterRef("village"), kind=JointMembership.Kind.JOIN, state="done",
        pk__gt=OuterRef("pk"),
    )  # fmt: skip
    went = JointMembership.objects.filter(
        ~Exists(came_back), regulation=body.regulation_id, village=OuterRef("village"), state="done",
        done_on__year__lt=OuterRef("year"),
    ).exclude(kind=JointMembership.Kind.JOIN)  # fmt: skip
    found = body.dues.filter(village_id=village) if village else body.dues.all()
    every = stands(found.annotate(out=Exists(went)), today)
    return [each for each in every if each.paid or each.pending or not each.out]


def stand_of(due: JointDue, today: date) -> Owed:
    return stands(due.body.dues.filter(pk=due.pk), today)[0]


def stands(dues: QuerySet[Any], today: date) -> list[Owed]:
    """What was paid of each of these."""
    found = dues.select_related("village").annotate(
        paid=Sum("payments__amount", filter=Q(payments__seen__found=True)),
        pending=Sum("payments__amount", filter=Q(payments__seen=None)),
    )
    return [Owed(each, each.paid or 0, each.pending or 0, today, getattr(each, "out", False)) for each in found]


def unseen(due: JointDue) -> JointDuePayment | None:
    """The oldest payment that nobody has looked for yet."""
    return due.payments.filter(seen=None).select_related("due__body__regulation", "due__village").order_by("pk").first()


def arrived_facts(payment: JointDuePayment, person: Any, code: str) -> ArrivedFacts:
    own = any(each.region_id == payment.due.village_id for each in getattr(person, "offices", ()))
    return ArrivedFacts(not own and code != payment.by)


def arrears(regulation: JointRegulation, village: str, today: date) -> int:
    """What a village owes for the years up to this one, in whole rupiah."""
    body = formed_body(regulation)
    if body is None:
        return 0
    return sum(each.rest for each in owed(body, today, village) if each.due.year <= today.year)


# Joining and leaving -------------------------------------------------------------------------------------------------
VERBS = {JointMembership.Kind.JOIN: "bergabung dengan", JointMembership.Kind.LEAVE: "menarik diri dari"}


def member_text(membership: JointMembership) -> str:
    """What is decided on, as it is read out."""
    village, title = membership.village.name, membership.regulation.title
    lines = [
        f"{village} {VERBS[JointMembership.Kind(membership.kind)]} Peraturan Bersama tentang {title}.",
        f"Alasan: {membership.reason}",
        *([f"Iuran setahun: {rupiah(membership.dues)}"] if membership.dues else []),
    ]
    return "\n".join(lines)


def member_hash(membership: JointMembership) -> str:
    return sha256(member_text(membership).encode()).hexdigest()


def decisions(membership: JointMembership) -> dict[str, Decided]:
    """By village: the newest decision of its Musyawarah on exactly this text. One statement."""
    found: dict[str, Decided] = {}
    for each in standing_decisions(membership.code).filter(text_hash=membership.text_hash):
        found.setdefault(each.subject.meeting.village_id, decided(each, 0))
    return found


def member_facts(membership: JointMembership, today: date) -> MemberFacts:
    own = decisions(membership).get(membership.village_id)
    due = arrears(membership.regulation, membership.village_id, today)
    return MemberFacts(own is not None and own.agreed and own.binding, due, membership.paper_id is not None)


def others_facts(membership: JointMembership) -> OthersFacts:
    others = {each.pk for each in members(membership.regulation)} - {membership.village_id}
    agreed = {village for village, each in decisions(membership).items() if each.agreed and each.binding}
    return OthersFacts(membership.kind == JointMembership.Kind.JOIN, len(others), len(others & agreed))


def all_agreed(membership: JointMembership, said: Mapping[str, Decided], inside: Iterable[Region]) -> bool:
    """Whether every village that is asked about it has decided so: the one itself, and those inside where one joins."""
    asked = {membership.village_id}
    if membership.kind == JointMembership.Kind.JOIN:
        asked |= {each.pk for each in inside}
    return asked <= {village for village, each in said.items() if each.agreed and each.binding}


def first_day_out(membership: JointMembership) -> date | None:
    """The months of notice of the signed text after the day on which the village asked; nothing for one that joins."""
    if membership.kind == JointMembership.Kind.JOIN:
        return None
    months = int(newest_version(membership.regulation).content["blanks"].get("bulan_tarik_diri") or 0)
    asked = localdate(membership.asked_at)
    years, month = divmod(asked.month - 1 + months, 12)
    year = asked.year + years
    return date(year, month + 1, min(asked.day, calendar.monthrange(year, month + 1)[1]))


def settling_asked(membership: JointMembership, today: date) -> Asked:
    """What is asked before a village is in, or out. One that joins is seated, by the next decree on the board (AG-93)."""
    asked: Asked = [
        (MEMBERSHIP, member_facts(membership, today)),
        (TAKING_IN, others_facts(membership)),
        (NOTICE, NoticeFacts(first_day_out(membership), today)),
    ]
    body = seats_newcomer(membership)
    return asked if body is None else [*asked, (CHANGING, BoardFacts(len(unsigned(body))))]


def seats_newcomer(membership: JointMembership) -> JointBody | None:
    """The body in which a village that joins gets its seat as it comes in; one that is not formed yet is proposed with it."""
    return formed_body(membership.regulation) if membership.kind == JointMembership.Kind.JOIN else None


def joined_dues(regulation: JointRegulation) -> dict[str, int]:
    """What villages that joined later pay a year."""
    joined = regulation.memberships.filter(state="done", kind=JointMembership.Kind.JOIN)
    return dict(joined.values_list("village_id", "dues"))


def due_days(said: str, first: date, last: date) -> list[date]:
    """The day of every year on which dues are paid, as the text says it ("31 Maret"), inside the term; its last day of March
    where it says nothing that is a day."""
    number, _blank, month = said.strip().lower().partition(" ")
    at = MONTHS.index(month) + 1 if month in MONTHS else 3
    wanted = int(number) if number.isascii() and number.isdigit() else 31
    days = []
    for year in range(first.year, last.year + 1):
        most = calendar.monthrange(year, at)[1]
        day = date(year, at, min(max(wanted, 1), most))
        days.append(max(day, first) if year == first.year else day)
    return [each for each in days if each <= last]
