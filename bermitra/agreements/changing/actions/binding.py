"""An addendum is locked, signed by both on the screen or with ink, and holds: rows of the agreement end and begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from bermitra.agreements.actions.common import comparison, scanned, side_of, wet_facts
from bermitra.agreements.changing import queries, wording
from bermitra.agreements.changing.actions.proposing import is_party
from bermitra.agreements.changing.models import AddendumConfirmation, AddendumScan, AddendumSlot, Amendment
from bermitra.agreements.changing.rules import AMENDMENT_FLOW, SLOT_FLOW
from bermitra.agreements.changing.waiting import amendment_waits, asks
from bermitra.agreements.letters import office_of
from bermitra.agreements.models import (
    Agreement,
    Annex,
    AssetUse,
    FundingLine,
    LimitLine,
    Obligation,
    SanctionLine,
)
from bermitra.agreements.queries import refuse_unmet, sides_missing
from bermitra.agreements.rules import (
    COMPARED,
    MANDATE,
    TURN,
    UPLOADING,
    WET,
    ComparedFacts,
    InkFacts,
    MandateFacts,
)
from bermitra.agreements.waiting import tell_both
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.calendar import tz, zone_of
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, keep_file
from bermitra.foundation.documents.files import Content as FileContent
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import sheet
from bermitra.partnership.models import Case
from bermitra.partnership.queries import require
from bermitra.registry.models import VillageAsset


@command("agreements.lock_amendment", on="amendment")
def lock_amendment(
    act: Act,
    *,
    amendment: Amendment,
    made_on: date,
    place: str,
    village_number: str,
    partner_number: str,
    paper: Prepared,
    pages: int,
    reason: str = "",
) -> Amendment:
    """Issue the addendum with both numbers and ask the two who stand behind it to sign.

    ``paper`` was rendered before from this text, for this day, place and these numbers.
    """
    held = standing(amendment.agreement.case.village_id)
    passed = refuse_unmet(queries.locking_asked(amendment, made_on, held), held, reason)
    said = paper.source["data"]
    rendered = (said["text_hash"], said["made_on"], said["place"], said["numbers"])
    if rendered != (amendment.text_hash, made_on.isoformat(), place, [village_number, partner_number]):
        raise NoSuchMove(AMENDMENT_FLOW.name, amendment.state, act.door)
    signing = queries.signers_of(amendment, made_on)
    if len(signing) != len(TURN):
        raise NoSuchMove(AMENDMENT_FLOW.name, amendment.state, act.door)
    issued = issue_paper(by=act, paper=paper)
    move_on(
        act, AMENDMENT_FLOW, amendment, paper=issued, pages=pages, made_on=made_on, place=place,
        village_number=village_number, partner_number=partner_number,
    )  # fmt: skip
    for party, (person, mandate) in signing.items():
        AddendumSlot.objects.create(
            amendment=amendment,
            party=party,
            person=person,
            name=person.full_name,
            capacity=office_of(party, queries.as_bound(amendment), signing),
            mandate=mandate.decree,
            mandate_from=mandate.since,
            mandate_until=mandate.until,
            text_hash=issued.file.sha256,
            state=SLOT_FLOW.through(act.door, SLOT_FLOW.start),
        )
    amendment_waits(act, amendment)
    tell_both(act, amendment.agreement, _("Adendum “{title}” terkunci dan siap ditandatangani."))
    act.log("amendment.locked", amendment, case=amendment.agreement.case.code, text=issued.file.sha256, passed=passed)
    return amendment


@command("agreements.sign_amendment", on="amendment")
def sign_amendment(act: Act, *, amendment: Amendment, seen: str, reason: str = "") -> AddendumSlot:
    """Sign exactly the bytes one has seen (AG-18, AG-19, AG-34, AG-37, AG-55); the second signature makes it hold."""
    person, held_now = act.by.person, locked_row(act, amendment)
    slot = AddendumSlot.objects.filter(amendment=held_now, party=side_of(act)).select_related("person").first()
    if slot is None or not isinstance(person, Person):
        raise NoSuchMove(SLOT_FLOW.name, amendment.state, act.door)
    slot.amendment, norms = amendment, standing(amendment.agreement.case.village_id)
    reason = reason if slot.person_id == person.pk else ""
    passed = refuse_unmet(queries.signing_asked(slot, person, seen, norms, electronic=True), norms, reason)
    move_on(
        act, SLOT_FLOW, slot, mode=AddendumSlot.Mode.ELECTRONIC.value, at=act.now, by=act.by.code, act_code=act.code
    )
    one_more_signed(act, amendment)
    case = amendment.agreement.case.code
    act.log("amendment.signed", amendment, case=case, party=slot.party, text=seen, passed=passed)
    return slot


@command("agreements.upload_amendment_scan", on="amendment")
def upload_amendment_scan(
    act: Act,
    *,
    amendment: Amendment,
    file: FileContent,
    pages: int,
    signed_on: date,
    witnesses: Sequence[str],
    read_aloud: Mapping[str, str] | None = None,
) -> AddendumScan:
    """The scan of the addendum that both sides signed with ink; a better one takes its place until it was confirmed.

    ``read_aloud`` names, for a side whose signatory put a thumbprint, who read the text to him.
    """
    locked_row(act, amendment)
    if AddendumSlot.objects.filter(amendment=amendment).exclude(state="invited").exists():
        raise NoSuchMove(SLOT_FLOW.name, amendment.state, act.door)
    village = amendment.agreement.case.village_id
    today = act.now.astimezone(tz(zone_of(village))).date()
    act.require(UPLOADING, InkFacts(signed_on, amendment.made_on or today, today), standing(village))
    scan = AddendumScan.objects.create(
        amendment=amendment,
        **scanned(act, file=file, pages=pages, signed_on=signed_on, witnesses=witnesses, read_aloud=read_aloud),
    )
    amendment_waits(act, amendment)
    act.log("amendment.scan_uploaded", amendment, scan=scan.file.sha256)
    return scan


@command("agreements.confirm_amendment_scan", on="amendment")
def confirm_amendment_scan(act: Act, *, amendment: Amendment, seen: str, pages: int) -> AddendumScan:
    """Compared page by page; once one person of each side has confirmed the ink counts (AG-18, AG-20, AG-34, AG-37, AG-44)."""
    locked_row(act, amendment)
    scan, norms = queries.newest_scan(amendment), standing(amendment.agreement.case.village_id)
    slots = list(AddendumSlot.objects.filter(amendment=amendment, state="invited").select_related("person"))
    # Of a novation the one who goes does not compare for the one who comes.
    if scan is None or len(slots) != len(TURN) or not is_party(act, amendment.partner):
        raise NoSuchMove(SLOT_FLOW.name, amendment.state, act.door)
    wet = wet_facts(act, scan, pages, amendment.pages)
    asked: list[Any] = [(COMPARED, ComparedFacts(seen, queries.compared_hash(amendment, scan))), (WET, wet)]
    for slot in slots:
        slot.amendment = amendment
        mandate = MandateFacts(slot.mandate, slot.mandate_from, scan.signed_on, slot.mandate_until)
        found = queries.signing_asked(slot, slot.person, slot.text_hash, norms, electronic=False)
        asked += [(rules, mandate if rules == MANDATE else facts) for rules, facts in found]
    require(asked, norms)
    AddendumConfirmation.objects.get_or_create(scan=scan, by=act.by.code, defaults=comparison(act, pages))
    if not sides_missing(scan):
        for slot in slots:
            move_on(
                act,
                SLOT_FLOW,
                slot,
                mode=AddendumSlot.Mode.WET.value,
                at=act.now,
                by=scan.uploaded_by,
                act_code=act.code,
                read_aloud_by=scan.read_aloud.get(slot.party, ""),
            )
        one_more_signed(act, amendment)
    else:
        amendment_waits(act, amendment)
    act.log("amendment.scan_confirmed", amendment, scan=scan.file.sha256, by=act.by.code)
    return scan


@command("agreements.keep_signed_addendum", on="slot")
def keep_signed_addendum(act: Act, *, slot: AddendumSlot, content: FileContent, certificate: str = "") -> AddendumSlot:
    """Keep the PDF that carries this signature; the first one stays."""
    if slot.file_id is None:
        kept = keep_file(by=act, content=content)
        if AddendumSlot.objects.filter(pk=slot.pk, file=None).update(file=kept, certificate=certificate):
            slot.file, slot.certificate = kept, certificate
            act.log("amendment.sealed", slot.amendment, party=slot.party, file=kept.sha256, certificate=certificate)
    return slot


def locked_row(act: Act, amendment: Amendment) -> Amendment:
    """The row as it stands, held until the act is done: of two who sign at once the second sees the first."""
    held = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    if held.state != "locked":
        raise NoSuchMove(AMENDMENT_FLOW.name, held.state, act.door)
    return held


def one_more_signed(act: Act, amendment: Amendment) -> None:
    missing = AddendumSlot.objects.filter(amendment=amendment).exclude(state="signed").exists()
    if missing:
        move_on(act, AMENDMENT_FLOW, amendment, "locked")
        amendment_waits(act, amendment)
    else:
        _takes_hold(act, amendment)


# It holds -------------------------------------------------------------------------------------------------------------
def _takes_hold(act: Act, amendment: Amendment) -> None:
    """What it changes ends with it, and begins with it; nothing that was signed is written anew."""
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=amendment.agreement_id)
    if not agreement.binds:
        raise NoSuchMove(AMENDMENT_FLOW.name, agreement.state, act.door)
    was, now = queries.holding(agreement).content, amendment.content
    first, last = sheet.term(now["topics"]) or (agreement.starts_on, agreement.ends_on)
    before = {
        "starts_on": _iso(agreement.starts_on), "ends_on": _iso(agreement.ends_on), "value": agreement.value,
        "partner": agreement.partner.code,
    }  # fmt: skip
    _end_and_begin(agreement, amendment, was, now)
    move_on(act, AMENDMENT_FLOW, amendment, "in_force", in_force_at=act.now, held=before)
    amendment_waits(act, amendment)
    Agreement.objects.filter(pk=agreement.pk).update(
        starts_on=first, ends_on=last, value=int(now["topics"]["money"]["value"]), partner=amendment.partner
    )
    if amendment.new_partner is not None:
        Case.objects.filter(pk=agreement.case_id).update(partner=amendment.new_partner)
    held = Agreement.objects.select_related("case__village", "partner").get(pk=agreement.pk)
    secretary = roles.VILLAGE_SECRETARY.key
    asks(
        act, held, door="delivery.take_up_change", about=about_of(amendment), code=held.code, role=secretary,
        says=_("Sesuaikan kewajiban dan tenggat “{title}” dengan adendum."),
    )  # fmt: skip
    asks(
        act, held, door="agreements.publish_summary", about=f"summary:{held.code}", code=held.case.code, role=secretary,
        says=_("Umumkan ringkasan baru “{title}” setelah adendum."),
    )  # fmt: skip
    tell_both(act, held, _("Adendum “{title}” berlaku."))
    act.log("amendment.in_force", amendment, agreement=held.code, case=held.case.code)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _end_and_begin(agreement: Agreement, amendment: Amendment, was: Any, now: Any) -> None:
    old, new = was["topics"], now["topics"]
    assets = {row["asset"] for row in new["others"]["assets"] if row["asset"]}
    known = VillageAsset.objects.in_bulk(assets, field_name="code") if assets else {}
    rows: tuple[tuple[Any, list[Any], list[Any], Any], ...] = (
        (Obligation, old["duties"], new["duties"], _obligation),
        (FundingLine, old["money"]["sources"], new["money"]["sources"], _source),
        (LimitLine, old["others"]["limits"], new["others"]["limits"], lambda row: {"text": row}),
        (SanctionLine, old["others"]["sanctions"], new["others"]["sanctions"], dict),
        (AssetUse, old["others"]["assets"], new["others"]["assets"], lambda row: _asset(row, known)),
    )
    for table, before, after, columns in rows:
        _rows(table, agreement, amendment, before, after, columns)
    for kind, table in now["annexes"].items():
        if table != was["annexes"].get(kind):
            Annex.objects.filter(agreement=agreement, kind=kind, until=None).update(until=amendment)
            Annex.objects.create(agreement=agreement, kind=kind, rows=table, since=amendment)


def _rows(
    table: Any, agreement: Agreement, amendment: Amendment, before: list[Any], after: list[Any], columns: Any
) -> None:
    """Rows that both texts have stay; those that only the old one has end, those that only the new one has begin."""
    gone, came = wording.only_in(before, after), wording.only_in(after, before)
    holding = table.objects.filter(agreement=agreement, until=None)
    for row in gone:
        one = holding.filter(**columns(row)).order_by("pk").first()
        if one is not None:
            table.objects.filter(pk=one.pk).update(until=amendment)
    numbered = hasattr(table, "number")
    last = table.objects.filter(agreement=agreement).aggregate(last=Max("number"))["last"] or 0 if numbered else 0
    for place, row in enumerate(came, last + 1):
        more = {"number": place} if numbered else {}
        table.objects.create(agreement=agreement, since=amendment, **columns(row), **more)


def _obligation(row: Any) -> dict[str, Any]:
    kept = ("party", "kind", "text", "period", "measure", "evidence", "checker", "sanction", "amount")
    return {**{name: row[name] for name in kept}, "due_on": date.fromisoformat(row["due"]) if row["due"] else None}


def _source(row: Any) -> dict[str, Any]:
    return {
        "source": row["from"], "amount": row["amount"], "apbdes_code": row["apbdes_code"], "channel": row["channel"],
    }  # fmt: skip


def _asset(row: Any, known: dict[str, VillageAsset]) -> dict[str, Any]:
    return {"asset": known.get(row["asset"]), "name": row["name"], "form": row["form"], "years": row["years"]}
