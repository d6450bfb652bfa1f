"""Reading a BKAD: who sits now, who owes what, which villages are in it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from bermitra.agreements.joint.body.models import JointBody, JointBodySeat, JointDue, JointMembership
from bermitra.agreements.joint.body.rules import BodyFacts, MemberFacts
from bermitra.agreements.joint.models import JointRegulation
from bermitra.deliberation.queries import decision_on
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip


def members(regulation: JointRegulation) -> list[Region]:
    """The villages that are in it now: those that signed, those that joined, without those that left; the drafting one first."""
    found = {each.village_id: each.village for each in regulation.parties.select_related("village").order_by("pk")}
    for each in regulation.memberships.filter(state="done").select_related("village").order_by("done_on", "pk"):
        if each.kind == JointMembership.Kind.JOIN:
            found[each.village_id] = each.village
        else:
            found.pop(each.village_id, None)
    return list(found.values())


def seated(body: JointBody) -> list[JointBodySeat]:
    return list(body.seats.filter(until=None).select_related("village"))


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
    )


@dataclass(frozen=True)
class Owed:
    due: JointDue
    paid: int
    today: date

    @property
    def rest(self) -> int:
        return max(self.due.amount - self.paid, 0)

    @property
    def late(self) -> bool:
        return self.rest > 0 and self.due.due_on < self.today


def owed(body: JointBody, today: date, village: str = "") -> list[Owed]:
    """Every due with what was paid of it. One statement."""
    found = body.dues.select_related("village").annotate(paid=Sum("payments__amount"))
    if village:
        found = found.filter(village_id=village)
    return [Owed(each, each.paid or 0, today) for each in found]


def arrears(regulation: JointRegulation, village: str, today: date) -> int:
    """What a village owes for the years up to this one, in whole rupiah."""
    body = JointBody.objects.filter(regulation=regulation).first()
    if body is None:
        return 0
    return sum(each.rest for each in owed(body, today, village) if each.due.year <= today.year)


def member_facts(membership: JointMembership, joint_minutes: str, today: date) -> MemberFacts:
    decided = decision_on(membership.code, membership.village_id)
    agreed = decided is not None and decided.agreed and decided.binding and decided.text_hash == membership.text_hash
    return MemberFacts(agreed, arrears(membership.regulation, membership.village_id, today), joint_minutes)


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
