"""Verbs of handing over: write the list, hand it over, receive it row by row, record in the inventory what became the village's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from bermitra.delivery.actions import party
from bermitra.delivery.handing import queries
from bermitra.delivery.handing.models import GoodsHandover, HandoverItem, InventoryRecord
from bermitra.delivery.handing.queries import Answers
from bermitra.delivery.handing.rules import (
    EDITING,
    HANDING,
    HANDOVER_FLOW,
    OFFERING,
    OTHER_SIDE,
    RECEIVING,
    WRITING,
    GiverFacts,
    ReceivingFacts,
    RowFacts,
    Verdict,
    inventory_due,
)
from bermitra.delivery.models import PARTNER, VILLAGE
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import Flow, NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership.models import Case
from bermitra.registry.actions import record_asset
from bermitra.registry.models import VillageAsset

SECRETARY = roles.VILLAGE_SECRETARY.key
LOOKS_AT_IT = {VILLAGE: SECRETARY, PARTNER: roles.PARTNER_REP.key}  # who of a side is asked to look at the goods


@command("delivery.draft_handover", on="case")
def draft_handover(act: Act, *, case: Case, **head: Any) -> GoodsHandover:
    """Begin a handing over; the side that writes it is the one that gives (DV-34). ``head``: see :func:`set_handover`."""
    act.require(HANDING, queries.handing_facts(case), standing(case.village_id))
    handover = GoodsHandover.objects.create(
        case=case, giver=party(act), state=HANDOVER_FLOW.through(act.door, Flow.start), drafted_at=act.now,
        drafted_by=act.by.code, **head,
    )  # fmt: skip
    act.log("handover.drafted", handover, case=case.code, giver=handover.giver)
    return handover


@command("delivery.set_handover", on="handover")
def set_handover(
    act: Act,
    *,
    handover: GoodsHandover,
    number: str,
    on: date,
    place: str,
    keeper: str = "",
    witness_one: str = "",
    witness_two: str = "",
) -> GoodsHandover:
    """Its number, day and place, who keeps the goods up, and who sees it."""
    held = _in_draft(act, handover)
    given = {
        "number": number, "on": on, "place": place, "keeper": keeper, "witness_one": witness_one,
        "witness_two": witness_two,
    }  # fmt: skip
    for name, value in given.items():
        setattr(held, name, value)
    held.save(update_fields=list(given))
    act.log("handover.set", held)
    return held


@command("delivery.set_handover_item", on="handover")
def set_handover_item(
    act: Act, *, handover: GoodsHandover, item: HandoverItem | None = None, photo: Content | None = None, **values: Any
) -> HandoverItem:
    """Write a row, or write it anew; without a new ``photo`` the one it has stays."""
    held = _in_draft(act, handover)
    if item is not None:
        _still_there(act, held, item)
    if photo is not None:
        values["photo"] = keep_file(by=act, content=photo)
    if item is None:
        item = HandoverItem.objects.create(handover=held, number=_next(held), **values)
    else:
        for name, value in values.items():
            setattr(item, name, value)
        item.save(update_fields=list(values))
    act.log("handover_item.set", item, handover=held.code, number=item.number)
    return item


@command("delivery.drop_handover_item", on="item")
def drop_handover_item(act: Act, *, item: HandoverItem) -> None:
    """Take a row out of the list."""
    held = _in_draft(act, item.handover)
    _still_there(act, held, item)
    act.log("handover_item.dropped", item, handover=held.code, number=item.number)
    item.delete()


@command("delivery.import_handover_items", on="handover")
def import_handover_items(
    act: Act, *, handover: GoodsHandover, rows: Sequence[Mapping[str, Any]], sha256: str
) -> GoodsHandover:
    """Take in a checked table behind the rows that are there. One line in the journal for all of them."""
    held = _in_draft(act, handover)
    first = _next(held)
    HandoverItem.objects.bulk_create(
        HandoverItem(handover=held, number=number, **row) for number, row in enumerate(rows, first)
    )
    act.log("handover_items.imported", held, rows=len(rows), sha256=sha256)
    return held


@command("delivery.offer_handover", on="handover")
def offer_handover(act: Act, *, handover: GoodsHandover) -> GoodsHandover:
    """The list is whole (DV-36), and the other side is asked to look at every row."""
    held = _in_draft(act, handover)
    case = held.case
    act.require(HANDING, queries.handing_facts(case), standing(case.village_id))
    act.require(OFFERING, queries.offering_facts(held, queries.items_of(held)), standing(case.village_id))
    move_on(
        act, HANDOVER_FLOW, held, because="", offered_at=act.now, offered_by=act.by.code, giver_name=_name(act),
        giver_office=act.role,
    )  # fmt: skip
    open_duty(
        act, door="delivery.receive_handover", about=about_of(held), code=held.code,
        region=case.village_id, party=_partner(case), role=LOOKS_AT_IT[held.receiver],
        says=_("Periksa dan terima barang serah terima “{title}”."), title=case.title,
    )  # fmt: skip
    _tell(act, held, held.receiver, _("Barang dari “{title}” diserahkan. Periksa setiap barisnya, lalu terima."))
    act.log("handover.offered", held)
    return held


@command("delivery.return_handover", on="handover")
def return_handover(act: Act, *, handover: GoodsHandover, reason: str) -> GoodsHandover:
    """The list is not what was brought: it goes back with the reason, and nothing was received (DV-37)."""
    held = _held(handover)
    _by_the_other_side(act, held)
    move_on(act, HANDOVER_FLOW, held, because=reason)
    close_duties(act, about=about_of(held))
    _tell(act, held, held.giver, _("Daftar serah terima “{title}” dikembalikan. Alasannya ada pada halamannya."))
    act.log("handover.returned", held)
    return held


@command("delivery.receive_handover", on="handover")
def receive_handover(
    act: Act, *, handover: GoodsHandover, seen: str, answers: Answers, paper: Prepared
) -> GoodsHandover:
    """The other side says of every row whether it came, and the paper says so for both (DV-37, DV-38, DV-39)."""
    held = _held(handover)
    items = queries.items_of(held)
    facts = ReceivingFacts(
        seen=seen, now=queries.content_hash(held, items), answers=tuple(answers.values()), rows=len(items)
    )
    HANDOVER_FLOW.through(act.door, held.state)
    _by_the_other_side(act, held)
    norms = standing(held.case.village_id)
    act.require(RECEIVING, facts, norms)
    HandoverItem.objects.bulk_update(queries.answered(items, answers), ["verdict", "shortage"])
    move_on(
        act, HANDOVER_FLOW, held, received_at=act.now, received_by=act.by.code, receiver_name=_name(act),
        receiver_office=act.role, paper=issue_paper(by=act, paper=paper),
    )  # fmt: skip
    close_duties(act, about=about_of(held))
    _tell(act, held, held.giver, _("Barang serah terima “{title}” sudah diterima. Berita acaranya terbit."))
    waiting = queries.waiting_for_inventory(items)
    if waiting:
        days = int(norms.numbers["asset_record_days"])
        open_duty(
            act, door="delivery.record_in_inventory", about=about_of(held), code=held.code,
            region=held.case.village_id, role=SECRETARY, due_on=inventory_due(localdate(act.now), days),
            says=_("Catat barang serah terima “{title}” dalam inventaris aset desa."), title=held.case.title,
        )  # fmt: skip
    short = sum(each.verdict != Verdict.RECEIVED for each in items)
    act.log("handover.received", held, rows=len(items), short=short, assets=len(waiting))
    return held


@command("delivery.withdraw_handover", on="handover")
def withdraw_handover(act: Act, *, handover: GoodsHandover, reason: str) -> GoodsHandover:
    """The side that gives takes it back before it was received; the reason stays."""
    held = _held(handover)
    _by_the_giver(act, held)
    offered = held.state == "offered"
    move_on(act, HANDOVER_FLOW, held, because=reason)
    close_duties(act, about=about_of(held))
    if offered:
        _tell(act, held, held.receiver, _("Serah terima “{title}” dibatalkan pihak yang menyerahkan."))
    act.log("handover.withdrawn", held)
    return held


@command("delivery.record_in_inventory", on="handover")
def record_in_inventory(
    act: Act, *, handover: GoodsHandover, on: date, numbers: Mapping[int, str], kinds: Mapping[int, str]
) -> GoodsHandover:
    """What became the village's gets its number in the inventory and stands among its assets; the rest may follow.

    ``numbers`` and ``kinds`` are by the number of the row. Late is still right: only the page says that it was late.
    """
    held = _held(handover)
    HANDOVER_FLOW.through(act.door, held.state)
    waiting = {each.number: each for each in queries.waiting_for_inventory(queries.items_of(held))}
    if not numbers or not numbers.keys() <= waiting.keys():
        raise NoSuchMove(HANDOVER_FLOW.name, held.state, act.door)
    for row, number in numbers.items():
        item = waiting.pop(row)
        asset = record_asset(
            by=act, village=held.case.village, name=item.name, kind=kinds[row], quantity=Fraction(item.quantity),
            unit=item.unit, certificate=item.proof, recorded=True, item_code=number, origin=VillageAsset.Origin.OTHER,
            acquired_year=localdate(held.received_at).year if held.received_at else None,
        )  # fmt: skip
        InventoryRecord.objects.create(
            item=item, asset=asset, number=number, on=on, at=act.now, by=act.by.code, by_name=_name(act)
        )
    if not waiting:
        close_duties(act, about=about_of(held))
    act.log("handover.inventoried", held, rows=len(numbers), left=len(waiting))
    return held


# Parts ---------------------------------------------------------------------------------------------------------------
def _held(handover: GoodsHandover) -> GoodsHandover:
    """As it stands now, kept from others until the act is done."""
    found = GoodsHandover.objects.select_for_update(of=("self",)).select_related("case__village", "case__partner")
    return found.get(pk=handover.pk)


def _in_draft(act: Act, handover: GoodsHandover) -> GoodsHandover:
    held = _held(handover)
    if held.state != "draft":
        raise NoSuchMove(HANDOVER_FLOW.name, held.state, act.door)
    _by_the_giver(act, held)
    return held


def _still_there(act: Act, held: GoodsHandover, item: HandoverItem) -> None:
    """Asked once the list is held: somebody else may have taken the row out since the page was read."""
    act.require(EDITING, RowFacts(held.items.filter(pk=item.pk).exists()), standing(held.case.village_id))


def _by_the_giver(act: Act, held: GoodsHandover) -> None:
    act.require(WRITING, GiverFacts(party(act), held.giver), standing(held.case.village_id))


def _by_the_other_side(act: Act, held: GoodsHandover) -> None:
    facts = queries.other_side_facts(held, party(act), act.by.code)
    act.require(OTHER_SIDE, facts, standing(held.case.village_id))


def _next(handover: GoodsHandover) -> int:
    return (handover.items.aggregate(last=Max("number"))["last"] or 0) + 1


def _partner(case: Case) -> str:
    return case.partner.code if case.partner is not None else ""


def _name(act: Act) -> str:
    return str(getattr(act.by.person, "full_name", ""))


def _tell(act: Act, held: GoodsHandover, side: str, says: str) -> None:
    where = {"region": held.case.village_id, "role": SECRETARY} if side == VILLAGE else {"party": _partner(held.case)}
    tell(
        act, says=says, params={"title": held.case.title}, about=about_of(held), url_name="page.goods_handover",
        code=held.code, **where,
    )  # fmt: skip
