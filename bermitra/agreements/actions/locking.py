"""Locking a text, and opening it again."""

from __future__ import annotations

from datetime import date

from bermitra.agreements import queries
from bermitra.agreements.actions.common import write_version
from bermitra.agreements.letters import office_of
from bermitra.agreements.models import (
    Agreement,
    Annex,
    AssetUse,
    DraftVersion,
    FundingLine,
    LimitLine,
    Obligation,
    SanctionLine,
    SignatureSlot,
    WetScan,
)
from bermitra.agreements.rules import DRAFT_FLOW, SLOT_FLOW, TURN
from bermitra.agreements.villages.queries import holder_facts
from bermitra.agreements.villages.rules import HOLDER
from bermitra.agreements.waiting import now_waits, tell_both
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, withdraw_paper
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import sheet
from bermitra.partnership.life import move
from bermitra.registry.models import VillageAsset


@command("agreements.finalise", on="agreement")
def finalise(
    act: Act, *, agreement: Agreement, made_on: date, place: str, paper: Prepared, pages: int, reason: str = ""
) -> Agreement:
    """Lock the accepted text: issue its paper, write what it binds both sides to, ask the signatories.

    ``paper`` was rendered before from the newest version, for this day and place.
    """
    agreement.sheet.refresh_from_db()  # another meeting may have agreed to another sheet since the page was fetched
    agreement.refresh_from_db(fields=["village_number", "partner_number", "gates"])  # and a clerk given another number
    held, draft = standing(agreement.case.village_id), queries.draft_of(agreement)
    version = draft.version
    asked = [*queries.locking_asked(agreement, draft, made_on, held), (HOLDER, holder_facts(agreement.case.village))]
    passed = queries.refuse_unmet(asked, held, reason)
    said = paper.source["data"]
    rendered = (said["text_hash"], said["made_on"], said["place"], said["numbers"])
    if rendered != (
        version.text_hash,
        made_on.isoformat(),
        place,
        [agreement.village_number, agreement.partner_number],
    ):
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    signing = queries.signers(agreement, draft, made_on)
    if len(signing) != len(TURN):  # a typed reason lets no text pass that nobody could sign
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    move(act, agreement.case)
    issued = issue_paper(by=act, paper=paper)
    topics = version.content["topics"]
    first, last = sheet.term(topics) or (made_on, made_on)
    move_on(
        act,
        DRAFT_FLOW,
        agreement,
        None,
        sheet=queries.sheet_of(agreement),
        paper=issued,
        pages=pages,
        made_on=made_on,
        place=place,
        starts_on=first,
        ends_on=last,
        value=int(topics["money"]["value"]),
        locked_at=act.now,
    )
    _bind(agreement, version)
    for party, (person, mandate) in signing.items():
        SignatureSlot.objects.create(
            agreement=agreement,
            party=party,
            person=person,
            name=person.full_name,
            capacity=office_of(party, agreement, signing),
            mandate=mandate.decree,
            mandate_from=mandate.since,
            mandate_until=mandate.until,
            text_hash=issued.file.sha256,
            state=SLOT_FLOW.through(act.door, SLOT_FLOW.start),
        )
    now_waits(act, agreement)
    tell_both(act, agreement, _("Naskah “{title}” terkunci dan siap ditandatangani."))
    act.log("agreement.finalised", agreement, case=agreement.case.code, text=issued.file.sha256, passed=passed)
    return agreement


def _bind(agreement: Agreement, version: DraftVersion) -> None:
    """Write the rows that the stages after this one go by."""
    topics, others = version.content["topics"], version.content["topics"]["others"]
    Obligation.objects.bulk_create(
        Obligation(
            agreement=agreement, number=number, party=row["party"], kind=row["kind"], text=row["text"],
            due_on=date.fromisoformat(row["due"]) if row["due"] else None, period=row["period"], measure=row["measure"],
            evidence=row["evidence"], checker=row["checker"], sanction=row["sanction"], amount=row["amount"],
        )
        for number, row in enumerate(topics["duties"], 1)
    )  # fmt: skip
    FundingLine.objects.bulk_create(
        FundingLine(
            agreement=agreement, number=number, source=row["from"], amount=row["amount"], apbdes_code=row["apbdes_code"],
            channel=row["channel"],
        )
        for number, row in enumerate(topics["money"]["sources"], 1)
    )  # fmt: skip
    LimitLine.objects.bulk_create(
        LimitLine(agreement=agreement, number=number, text=each) for number, each in enumerate(others["limits"], 1)
    )
    SanctionLine.objects.bulk_create(
        SanctionLine(
            agreement=agreement, number=number, breach=row["breach"], sanction=row["sanction"], days=row["days"]
        )
        for number, row in enumerate(others["sanctions"], 1)
    )
    known = VillageAsset.objects.in_bulk([row["asset"] for row in others["assets"] if row["asset"]], field_name="code")
    AssetUse.objects.bulk_create(
        AssetUse(
            agreement=agreement, asset=known.get(row["asset"]), name=row["name"], form=row["form"], years=row["years"]
        )
        for row in others["assets"]
    )
    Annex.objects.bulk_create(
        Annex(agreement=agreement, kind=kind, rows=rows) for kind, rows in version.content["annexes"].items()
    )


@command("agreements.reopen_draft", on="agreement")
def reopen_draft(act: Act, *, agreement: Agreement, reason: str) -> Agreement:
    """Open a locked text again before anybody has signed; its paper no longer holds."""
    return _reopen(act, agreement, reason, "draft.reopened")


@command("agreements.void_signatures", on="agreement")
def void_signatures(act: Act, *, agreement: Agreement, reason: str) -> Agreement:
    """Open a text again that one side has signed already: the signature does not count any more, and the paper is void."""
    return _reopen(act, agreement, reason, "signatures.voided")


def _reopen(act: Act, agreement: Agreement, reason: str, verb: str) -> Agreement:
    move(act, agreement.case)
    paper = agreement.paper
    move_on(
        act,
        DRAFT_FLOW,
        agreement,
        paper=None,
        stamped=None,
        stamp="",
        stamp_serial="",
        stamp_issuer="",
        made_on=None,
        starts_on=None,
        ends_on=None,
        value=None,
        locked_at=None,
    )
    if paper is not None:
        withdraw_paper(by=act, paper=paper, why=reason[:300])
    for slot in SignatureSlot.objects.filter(agreement=agreement).exclude(state="void"):
        move_on(act, SLOT_FLOW, slot)
    WetScan.objects.filter(agreement=agreement, state=WetScan.State.WAITING).update(
        state=WetScan.State.RETURNED, returned_because=reason
    )
    for table in (Obligation, FundingLine, LimitLine, SanctionLine, AssetUse, Annex):
        table._default_manager.filter(agreement=agreement).delete()
    before = queries.newest_version(agreement)  # the same text as a new version: both sides accept it anew
    write_version(act, agreement, before.number + 1, before.content, before, reason)
    now_waits(act, agreement)
    tell_both(act, agreement, _("Naskah “{title}” dibuka kembali. Tanda tangan lama tidak berlaku."))
    act.log(verb, agreement, case=agreement.case.code)
    return agreement
