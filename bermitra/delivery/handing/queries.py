"""Reading what was handed over: who sees what, the facts that rules ask, what the paper rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import rfc8785
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.timezone import localdate

from bermitra.agreements.existing.queries import earlier_of
from bermitra.agreements.queries import agreement_of
from bermitra.delivery.handing.models import GoodsHandover, HandoverItem
from bermitra.delivery.handing.rules import (
    INVENTORY,
    OFFERING,
    VERDICTS,
    BookingFacts,
    HandingFacts,
    InventoryFacts,
    OfferingFacts,
    OtherSideFacts,
    Verdict,
    inventory_due,
)
from bermitra.delivery.models import COUNTING, PARTNER, VILLAGE, LedgerEntry
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.calendar import long_date
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Finding, Standing, examine
from bermitra.foundation.text import name_key
from bermitra.partnership.models import Case
from bermitra.partnership.queries import cases_visible_to
from bermitra.partnership.rules import GIVEN_UP

# Who hands over and receives for a side, the first of them first.
HANDS = {
    VILLAGE: (roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key),
    PARTNER: (roles.PARTNER_SIGNATORY.key, roles.PARTNER_REP.key),
}
Answers = Mapping[int, tuple[str, str]]  # number of a row: the verdict, and what is short or why it was not received
CAME = Q(verdict__in=(Verdict.RECEIVED, Verdict.SHORT))


def handovers_visible_to(person: Any) -> QuerySet[GoodsHandover]:
    found = GoodsHandover.objects.filter(case__in=cases_visible_to(person).order_by())
    return found.select_related("case__village__parent__parent", "case__partner", "paper__file")


def handovers_of(case: Case) -> QuerySet[Any]:
    """The newest first, with how many rows each has and what they are worth."""
    found = GoodsHandover.objects.filter(case=case).annotate(rows=Count("items"), worth=Sum("items__value"))
    return found.order_by("-on", "-pk")


def items_of(handover: GoodsHandover) -> list[HandoverItem]:
    return list(handover.items.select_related("inventory__asset", "photo").order_by("number"))


def content(handover: GoodsHandover, items: Iterable[HandoverItem]) -> dict[str, Any]:
    """What is handed over, as data: hashed, and carried by the paper."""
    return {
        "case": handover.case.code,
        "giver": handover.giver,
        "number": handover.number,
        "on": handover.on.isoformat(),
        "place": handover.place,
        "keeper": handover.keeper,
        "witnesses": [handover.witness_one, handover.witness_two],
        "items": [
            {
                "number": each.number, "code": each.item_code, "name": each.name, "make": each.make,
                "quantity": f"{each.quantity:.2f}", "unit": each.unit, "value": each.value, "condition": each.condition,
                "place": each.place, "proof": each.proof, "for_village": each.for_village,
                "photo": each.photo.sha256 if each.photo else "",
            }
            for each in items
        ],
    }  # fmt: skip


def content_hash(handover: GoodsHandover, items: Iterable[HandoverItem]) -> str:
    return sha256(rfc8785.dumps(content(handover, items))).hexdigest()


def worth(items: Iterable[HandoverItem]) -> int:
    """What passed over, in rupiah; what was not received counts for nothing."""
    return sum(each.value for each in items if each.came)


def hand_of(person: Person | None, case: Case, side: str) -> Appointment | None:
    """The office in which somebody hands over or receives for a side."""
    party = case.partner.code if case.partner is not None else ""
    held = [
        office
        for office in (person.offices if person is not None else ())
        if office.role in HANDS[side]
        and (office.region_id == case.village_id if side == VILLAGE else office.party == party)
    ]
    return min(held, key=lambda office: HANDS[side].index(office.role), default=None)


# What it rests on ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Basis:
    """The agreement under which something passes over: in words, and its partner."""

    words: str
    title: str
    example: bool


def basis_of(case: Case) -> Basis:
    """The agreement, or the record of one that ran before it was recorded."""
    held, earlier = agreement_of(case), earlier_of(case)
    if held is not None:
        numbers = " dan ".join(f"Nomor {each}" for each in (held.village_number, held.partner_number) if each)
        made = f" tanggal {long_date(held.made_on)}" if held.made_on else ""
        return Basis(f"Perjanjian Bersama {numbers}{made}".replace("  ", " "), held.title, held.example)
    if earlier is not None and earlier.number:
        made = f" tanggal {long_date(earlier.made_on)}" if earlier.made_on else ""
        return Basis(f"perjanjian Nomor {earlier.number}{made}", case.title, case.example)
    since = f" yang berjalan sejak {long_date(earlier.starts_on)}" if earlier is not None else ""
    return Basis(f"kerja sama{since} dan tercatat dengan kode {case.code}", case.title, case.example)


# Facts ---------------------------------------------------------------------------------------------------------------
def handing_facts(case: Case) -> HandingFacts:
    return HandingFacts(case.phase, case.state in GIVEN_UP, case.partner is not None)


def other_side_facts(handover: GoodsHandover, side: str, person: str) -> OtherSideFacts:
    """Of somebody who is about to receive, or to send back, for a side."""
    return OtherSideFacts(side, handover.giver, person, frozenset((handover.drafted_by, handover.offered_by)))


def offering_facts(handover: GoodsHandover, items: Sequence[HandoverItem]) -> OfferingFacts:
    return OfferingFacts(
        rows=len(items),
        assets=sum(each.for_village for each in items),
        keeper=handover.keeper,
        witnesses=(name_key(handover.witness_one), name_key(handover.witness_two)),
    )


def waiting_for_inventory(items: Iterable[HandoverItem]) -> list[HandoverItem]:
    """What became the village's and stands in no inventory yet."""
    return [each for each in items if each.for_village and each.came and not hasattr(each, "inventory")]


def inventory_facts(
    handover: GoodsHandover, items: Iterable[HandoverItem], today: date, held: Standing
) -> InventoryFacts | None:
    """Nothing where nothing of it became the village's."""
    if handover.received_at is None or not any(each.for_village and each.came for each in items):
        return None
    days = int(held.numbers["asset_record_days"])
    due = inventory_due(localdate(handover.received_at), days)
    return InventoryFacts(len(waiting_for_inventory(items)), due, today, days)


def checks(handover: GoodsHandover, items: Sequence[HandoverItem], today: date) -> tuple[Finding, ...]:
    """What the next step asks, for the page."""
    held = standing(handover.case.village_id)
    if handover.state == "draft":
        return examine(OFFERING, offering_facts(handover, items), held)
    facts = inventory_facts(handover, items, today, held)
    return examine(INVENTORY, facts, held) if facts is not None else ()


def booking_facts(handover: GoodsHandover, case: Case, amount: int) -> BookingFacts:
    return BookingFacts(
        received_here=handover.state == "received" and handover.case_id == case.pk,
        booked=booked(handover),
        amount=amount,
        received=worth(handover.items.all()),
    )


def booked(handover: GoodsHandover) -> int:
    """What the book of money holds of it, also what still waits for a second person."""
    return entries_of(handover).aggregate(sum=Sum("amount"))["sum"] or 0


def entries_of(handover: GoodsHandover) -> QuerySet[LedgerEntry]:
    """Entries that name it, without those that were refused or taken back."""
    taken_back = LedgerEntry.objects.filter(COUNTING, counter_of=OuterRef("pk"))
    found = LedgerEntry.objects.filter(handover=handover, counter_of=None).exclude(word__confirmed=False)
    return found.filter(~Exists(taken_back)).order_by("number")


def received_of(case: Case) -> QuerySet[GoodsHandover]:
    """Those that an entry of the book may name."""
    return GoodsHandover.objects.filter(case=case, state="received").order_by("-on", "-pk")


def answered(items: Iterable[HandoverItem], answers: Answers) -> list[HandoverItem]:
    """The rows with what the receiving side says of them, not yet written."""
    found = []
    for each in items:
        each.verdict, each.shortage = answers.get(each.number, ("", ""))
        found.append(each)
    return found


def verdict_words(item: HandoverItem) -> str:
    """As the paper and the page say it."""
    said = VERDICTS.get(item.verdict, "")
    return f"{said}: {item.shortage}" if item.shortage else said
