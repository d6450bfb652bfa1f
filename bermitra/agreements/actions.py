"""Verbs of an agreement: drafting by turns, permits, locking, the two ways of signing, coming into force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from allauth.mfa.utils import is_mfa_enabled

from bermitra.agreements import book, queries, text
from bermitra.agreements.letters import office_of
from bermitra.agreements.models import (
    Acceptance,
    Agreement,
    Annex,
    AssetUse,
    BpdDecree,
    DraftVersion,
    FundingLine,
    LegalReview,
    LimitLine,
    Obligation,
    Permit,
    SanctionLine,
    Signature,
    SignatureSlot,
    SignedFile,
    WetConfirmation,
    WetScan,
)
from bermitra.agreements.rules import (
    ACCEPTED,
    COMPARED,
    DRAFT_FLOW,
    DRAFTED_IN,
    ONE,
    OTHER,
    SLOT_FLOW,
    TURN,
    TWO,
    UPLOADING,
    WET,
    WET_WITNESSES,
    AcceptanceFacts,
    ComparedFacts,
    InkFacts,
    WetFacts,
)
from bermitra.agreements.waiting import now_waits, tell_both
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.calendar import tz, zone_of
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, keep_file, withdraw_paper
from bermitra.foundation.documents.files import Content as FileContent
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import sheet
from bermitra.partnership.life import drop_sheet, move
from bermitra.partnership.models import Case
from bermitra.partnership.queries import agreed_sheet, require
from bermitra.partnership.rules import FLOW as CASE_FLOW
from bermitra.partnership.rules import LEAVING, LeavingFacts
from bermitra.registry.models import VillageAsset
from bermitra.selection.life import return_to_selection as back_to_the_candidates

PARTNER_OFFICES = frozenset({roles.PARTNER_REP.key, roles.PARTNER_SIGNATORY.key})


# Drafting -----------------------------------------------------------------------------------------------------------
@command("agreements.start_draft", on="case")
def start_draft(act: Act, *, case: Case) -> Agreement:
    """Make the first text from the sheet that the meeting agreed to and the articles of its forms."""
    agreed = agreed_sheet(case)
    if case.state != "drafting" or agreed is None or case.partner is None or queries.agreement_of(case) is not None:
        raise NoSuchMove(CASE_FLOW.name, case.state, act.door)
    agreement = Agreement.objects.create(
        case=case,
        partner=case.partner,
        sheet=agreed,
        title=agreed.title,
        forms=agreed.topics["scope"]["forms"] or case.forms,
        state=DRAFT_FLOW.through(act.door, DRAFT_FLOW.start),
        example=case.example,
        created_at=act.now,
        created_by=act.by.code,
    )
    _write(act, agreement, 1, text.start(agreed.topics), ())
    now_waits(act, agreement)
    act.log("draft.started", agreement, case=case.code, sheet=agreed.code)
    return agreement


@command("agreements.propose_change", on="agreement")
def propose_change(
    act: Act,
    *,
    agreement: Agreement,
    reason: str,
    topics: dict[str, Any] | None = None,
    blanks: dict[str, Any] | None = None,
    wording: dict[str, str] | None = None,
    annexes: dict[str, list[dict[str, Any]]] | None = None,
    follow_sheet: bool = False,
) -> DraftVersion:
    """A new text by the side that has it: other values, filled blanks, an article in other words, other annexes.

    ``wording`` gives an article as typed; empty brings our own words back. ``follow_sheet`` takes over the sheet that the
    meeting agreed to last. What was before, what is now and the reason stay on record.
    """
    target = DRAFT_FLOW.through(act.door, agreement.state)
    side = _side(act)
    theirs = agreement.state in TURN.values() and agreement.state != TURN[side]
    if theirs or agreement.case.state != "drafting":  # while a permit is asked for, the text rests
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    before = queries.newest_version(agreement)
    content = {name: dict(of) for name, of in before.content.items()}
    if follow_sheet:
        agreement.sheet.refresh_from_db()
        agreed = queries.sheet_of(agreement)
        content["topics"] = sheet.merged(agreed.topics, {})
        agreement.sheet, agreement.title = agreed, agreed.title
    content["topics"] = sheet.merged(content["topics"], topics or {})
    content["blanks"].update(_blanks(blanks or {}))
    for code, typed in (wording or {}).items():
        _reword(content, code, typed)
    for kind, rows in (annexes or {}).items():
        content["annexes"][kind] = [{column: row.get(column, "") for column in text.ANNEXES[kind][1]} for row in rows]
    move_on(act, DRAFT_FLOW, agreement, target, sheet=agreement.sheet, title=agreement.title)
    version = _write(act, agreement, before.number + 1, content, before, reason)
    now_waits(act, agreement)
    act.log("draft.changed", agreement, version=version.number, party=side, text=version.text_hash)
    return version


@command("agreements.give_number", on="agreement")
def give_number(act: Act, *, agreement: Agreement, number: str) -> Agreement:
    """Each side gives its own number to the text before it is locked, so that the number is signed as well."""
    column = "village_number" if _side(act) == ONE else "partner_number"
    if not Agreement.objects.filter(pk=agreement.pk, state__in=DRAFTED_IN).update(**{column: number}):
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    setattr(agreement, column, number)
    act.log("agreement.numbered", agreement, party=_side(act))
    return agreement


@command("agreements.show_condition", on="agreement")
def show_condition(act: Act, *, agreement: Agreement, condition: str, proof: str) -> Agreement:
    """Name the proof that a condition of the forms is met; an empty proof opens the condition again."""
    held = Agreement.objects.select_for_update(of=("self",)).get(
        pk=agreement.pk
    )  # another clerk may just have shown one
    if held.state not in DRAFTED_IN or condition not in {each.code for each in book.conditions_of(held.forms)}:
        raise NoSuchMove(DRAFT_FLOW.name, held.state, act.door)
    agreement.gates = {**held.gates, condition: proof}
    Agreement.objects.filter(pk=agreement.pk).update(gates=agreement.gates)
    act.log("condition.shown", agreement, condition=condition, met=bool(proof))
    return agreement


@command("agreements.pass_turn", on="agreement")
def pass_turn(act: Act, *, agreement: Agreement) -> Agreement:
    """Hand the text to the other side."""
    side = _side(act)
    if agreement.state != TURN[side]:
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    move_on(act, DRAFT_FLOW, agreement, TURN[OTHER[side]])
    now_waits(act, agreement)
    act.log("draft.turn_passed", agreement, to=OTHER[side])
    return agreement


@command("agreements.request_legal_review", on="agreement")
def request_legal_review(act: Act, *, agreement: Agreement, reviewer: Person) -> Agreement:
    """Ask a legal reviewer of the regency to look at the text."""
    move_on(act, DRAFT_FLOW, agreement, reviewer=reviewer.code)
    now_waits(act, agreement)
    act.log("legal_review.requested", agreement, reviewer=reviewer.code)
    return agreement


@command("agreements.give_legal_review", on="agreement")
def give_legal_review(act: Act, *, agreement: Agreement, advice: str) -> LegalReview:
    """The reviewer's notes; the text goes back to the village."""
    review = LegalReview.objects.create(
        version=queries.newest_version(agreement), text=advice, at=act.now, by=act.by.code
    )
    move_on(act, DRAFT_FLOW, agreement)
    now_waits(act, agreement)
    act.log("legal_review.given", agreement, version=agreement.text_version)
    return review


@command("agreements.end_legal_review", on="agreement")
def end_legal_review(act: Act, *, agreement: Agreement) -> Agreement:
    """Go on without waiting any longer for the notes."""
    move_on(act, DRAFT_FLOW, agreement)
    now_waits(act, agreement)
    act.log("legal_review.lapsed", agreement)
    return agreement


@command("agreements.accept_text", on="agreement")
def accept_text(act: Act, *, agreement: Agreement, text_hash: str) -> Acceptance:
    """Accept exactly the text one has read (AG-06); the second acceptance makes it agreed."""
    side = _side(act)
    version = queries.newest_version(agreement)
    act.require(ACCEPTED, AcceptanceFacts(version.text_hash, (text_hash,), 1))
    if agreement.state != TURN[side]:
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    accepted, _new = Acceptance.objects.get_or_create(
        version=version, party=side, defaults={"text_hash": text_hash, "at": act.now, "by": act.by.code}
    )
    both = version.acceptances.count() == len(TURN)
    move_on(act, DRAFT_FLOW, agreement, "text_agreed" if both else TURN[OTHER[side]])
    now_waits(act, agreement)
    if both:
        tell_both(act, agreement, _("Kedua pihak menerima naskah “{title}” yang sama."))
    act.log("text.accepted", agreement, version=version.number, party=side, text=text_hash)
    return accepted


@command("agreements.abandon_draft", on="agreement")
def abandon_draft(act: Act, *, agreement: Agreement, reason: str) -> Agreement:
    """Give the partnership up before it was signed; everybody reads why (PS-11)."""
    return _leave(act, agreement, reason, "draft.abandoned")


@command("agreements.return_to_selection", on="agreement")
def return_to_selection(act: Act, *, agreement: Agreement, reason: str) -> Agreement:
    """Drop this text and its sheet and go back to the candidates (PS-11); a partner's own offer had none beside it."""
    held = agreed_sheet(agreement.case)
    if held is not None:
        drop_sheet(act, held)
    _leave(act, agreement, reason, "draft.returned_to_selection")
    back_to_the_candidates(act, agreement.case)
    return agreement


def _leave(act: Act, agreement: Agreement, reason: str, verb: str) -> Agreement:
    case = agreement.case
    act.require(LEAVING, LeavingFacts(reason=reason), standing(case.village_id))
    move_on(act, DRAFT_FLOW, agreement, left_because=reason)
    move(act, case)
    if case.state == "cancelled":
        Case.objects.filter(pk=case.pk).update(left_because=reason)
    now_waits(act, agreement)
    tell_both(act, agreement, _("Naskah perjanjian “{title}” dihentikan. Alasannya ada di halaman kemitraan."))
    act.log(verb, agreement, case=case.code)
    return agreement


def _side(act: Act) -> str:
    return TWO if act.role in PARTNER_OFFICES else ONE


def _write(
    act: Act,
    agreement: Agreement,
    number: int,
    content: text.Content,
    before: DraftVersion | tuple[()],
    reason: str = "",
) -> DraftVersion:
    setting = queries.setting_of(agreement.case, agreement.title)
    clauses = text.clauses(content, setting)
    changes = text.changes(before.content, before.clauses, content, clauses) if isinstance(before, DraftVersion) else []
    version = DraftVersion.objects.create(
        agreement=agreement,
        number=number,
        party=_side(act),
        content=content,
        clauses=clauses,
        changes=changes,
        reason=reason,
        text_hash=text.text_hash(content, setting),
        at=act.now,
        by=act.by.code,
    )
    Agreement.objects.filter(pk=agreement.pk).update(text_version=number)
    agreement.text_version = number
    return version


def _blanks(given: dict[str, Any]) -> dict[str, Any]:
    """Blanks of the book, days as text; raises ValueError for one that is none."""
    known = {name for article in book.articles().values() for name in article.slots}
    if unknown := given.keys() - known:
        raise ValueError(f"no blank {', '.join(sorted(unknown))}")
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}


def _reword(content: text.Content, code: str, typed: str) -> None:
    article = book.articles()[code]
    if text.is_decided(article):
        raise ValueError(f"{code} carries the decision of the meeting: its values change, its words do not")
    body = text.from_typed(typed)
    if body:
        content["wording"][code] = body
    else:
        content["wording"].pop(code, None)


# Permits and decrees ------------------------------------------------------------------------------------------------
@command("agreements.request_permit", on="agreement")
def request_permit(act: Act, *, agreement: Agreement, because: str) -> Permit:
    """Ask for the regent's written permit, through the camat, for an agreed text."""
    if agreement.state != "text_agreed":
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    permit = Permit.objects.create(
        agreement=agreement,
        text_hash=queries.newest_version(agreement).text_hash,
        asked_because=because,
        requested_at=act.now,
        requested_by=act.by.code,
    )
    move(act, agreement.case)
    now_waits(act, agreement)
    tell(
        act,
        says=_("Desa mengajukan izin Bupati atau Wali Kota untuk “{title}”. Mohon diteruskan."),
        params={"title": agreement.title},
        about=f"case:{agreement.case.code}",
        url_name="page.agreement_room",
        code=agreement.case.code,
        role=roles.CAMAT.key,
        region=agreement.case.village_id[:8],
    )
    act.log("permit.requested", agreement, case=agreement.case.code, text=permit.text_hash)
    return permit


@command("agreements.grant_permit", on="agreement")
def grant_permit(
    act: Act, *, agreement: Agreement, number: str, dated: date, file: FileContent | None = None
) -> Permit:
    """The written permit, by number and day; the letter itself may be added."""
    kept = keep_file(by=act, content=file) if file is not None else None
    permit = _answer(act, agreement, Permit.State.GRANTED, number=number, dated=dated, file=kept)
    tell_both(act, agreement, _("Izin tertulis untuk “{title}” diberikan."))
    act.log("permit.granted", agreement, case=agreement.case.code)
    return permit


@command("agreements.refuse_permit", on="agreement")
def refuse_permit(act: Act, *, agreement: Agreement, reason: str) -> Permit:
    """No permit, and why; the text goes back to the village."""
    permit = _answer(act, agreement, Permit.State.REFUSED, answer=reason)
    tell_both(act, agreement, _("Izin untuk “{title}” ditolak. Alasannya ada di halaman naskah."))
    act.log("permit.refused", agreement, case=agreement.case.code)
    return permit


def _answer(act: Act, agreement: Agreement, state: Permit.State, **said: Any) -> Permit:
    permit = Permit.objects.filter(agreement=agreement, state=Permit.State.REQUESTED).first()
    if permit is None:
        raise NoSuchMove(CASE_FLOW.name, agreement.case.state, act.door)
    move(act, agreement.case)
    move_on(act, DRAFT_FLOW, agreement)
    permit.state, permit.answered_at, permit.answered_by = state, act.now, act.by.code
    for name, value in said.items():
        setattr(permit, name, value)
    permit.save()
    now_waits(act, agreement)
    return permit


@command("agreements.issue_bpd_decree", on="case")
def issue_bpd_decree(
    act: Act, *, case: Case, number: str, dated: date, about: str, file: FileContent | None = None
) -> BpdDecree:
    """The BPD agrees to what the village takes upon itself by the sheet that the meeting agreed to (AG-08, AG-45)."""
    held = agreed_sheet(case)
    if case.state not in ("drafting", "awaiting_permit") or held is None:
        raise NoSuchMove(CASE_FLOW.name, case.state, act.door)
    kept = keep_file(by=act, content=file) if file is not None else None
    decree = BpdDecree.objects.create(
        case=case,
        sheet_hash=held.text_hash,
        number=number,
        dated=dated,
        about=about,
        file=kept,
        at=act.now,
        by=act.by.code,
    )
    act.log("bpd_decree.issued", case, decree=decree.pk, sheet=held.text_hash)
    return decree


# Locking ------------------------------------------------------------------------------------------------------------
@command("agreements.finalise", on="agreement")
def finalise(
    act: Act, *, agreement: Agreement, made_on: date, place: str, paper: Prepared, pages: int, reason: str = ""
) -> Agreement:
    """Lock the accepted text: issue its paper, write what it binds both sides to, ask the signatories.

    ``paper`` was rendered before from the newest version, for this day and place.
    """
    agreement.sheet.refresh_from_db()  # another meeting may have agreed to another sheet since the page was fetched
    held, draft = standing(agreement.case.village_id), queries.draft_of(agreement)
    version = draft.version
    passed = queries.refuse_unmet(queries.locking_asked(agreement, draft, made_on, held), held, reason)
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
        act, DRAFT_FLOW, agreement, paper=None, made_on=None, starts_on=None, ends_on=None, value=None, locked_at=None
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
    _write(act, agreement, before.number + 1, before.content, before, reason)
    now_waits(act, agreement)
    tell_both(act, agreement, _("Naskah “{title}” dibuka kembali. Tanda tangan lama tidak berlaku."))
    act.log(verb, agreement, case=agreement.case.code)
    return agreement


# Signing ------------------------------------------------------------------------------------------------------------
@command("agreements.invite_signer", on="agreement")
def invite_signer(act: Act, *, agreement: Agreement) -> Agreement:
    """Ask again whoever declined to sign."""
    declined = list(SignatureSlot.objects.filter(agreement=agreement, state="declined"))
    if not declined:
        raise NoSuchMove(SLOT_FLOW.name, "invited", act.door)
    for slot in declined:
        move_on(act, SLOT_FLOW, slot)
    now_waits(act, agreement)
    act.log("signer.invited", agreement, slots=len(declined))
    return agreement


@command("agreements.sign", on="agreement")
def sign(act: Act, *, agreement: Agreement, seen: str, reason: str = "") -> Signature:
    """Sign electronically exactly the bytes one has seen (AG-01, AG-16, AG-18, AG-19, RG-05, FD-04)."""
    person = act.by.person
    slot = SignatureSlot.objects.filter(agreement=agreement, party=_side(act)).exclude(state="void").first()
    if slot is None or not isinstance(person, Person):
        raise NoSuchMove(SLOT_FLOW.name, agreement.state, act.door)
    held = standing(agreement.case.village_id)
    # A reason may stand in for a mandate that is not known well, never for being somebody else.
    reason = reason if slot.person_id == person.pk else ""
    passed = queries.refuse_unmet(queries.electronic_asked(slot, agreement, person, seen), held, reason)
    move_on(act, SLOT_FLOW, slot)
    signature = Signature.objects.create(
        slot=slot,
        mode=Signature.Mode.ELECTRONIC,
        text_hash=seen,
        at=act.now,
        by=act.by.code,
        act=act.code,
        second_factor=is_mfa_enabled(person),
    )
    _signed(act, agreement)
    act.log("agreement.signed", agreement, case=agreement.case.code, party=slot.party, text=seen, passed=passed)
    return signature


@command("agreements.decline_to_sign", on="agreement")
def decline_to_sign(act: Act, *, agreement: Agreement, reason: str) -> SignatureSlot:
    """Say no, and why; the text may be opened again, or the signatory asked once more."""
    slot = SignatureSlot.objects.filter(agreement=agreement, party=_side(act)).exclude(state="void").first()
    if slot is None:
        raise NoSuchMove(SLOT_FLOW.name, agreement.state, act.door)
    move_on(act, SLOT_FLOW, slot, declined_because=reason)
    now_waits(act, agreement)
    tell_both(act, agreement, _("Penandatangan menolak menandatangani “{title}”. Alasannya ada di halaman naskah."))
    act.log("signature.declined", agreement, party=slot.party)
    return slot


@command("agreements.upload_wet_signatures", on="agreement")
def upload_wet_signatures(
    act: Act, *, agreement: Agreement, file: FileContent, pages: int, signed_on: date, witnesses: Sequence[str]
) -> WetScan:
    """The scan of the sheet that all sides signed with ink. From now on it is this way, and no electronic signature."""
    slots = list(SignatureSlot.objects.filter(agreement=agreement).exclude(state="void"))
    if not slots or {slot.state for slot in slots} != {"invited"} or agreement.paper is None:
        raise NoSuchMove(SLOT_FLOW.name, agreement.state, act.door)
    zone = tz(zone_of(agreement.case.village_id))
    locked_on, today = (each.astimezone(zone).date() for each in (agreement.locked_at or act.now, act.now))
    act.require(UPLOADING, InkFacts(signed_on, locked_on, today), standing(agreement.case.village_id))
    for slot in slots:
        move_on(act, SLOT_FLOW, slot)
    name = act.by.person.full_name if isinstance(act.by.person, Person) else ""
    scan = WetScan.objects.create(
        agreement=agreement,
        file=keep_file(by=act, content=file),
        text_hash=agreement.paper.file.sha256,
        pages=pages,
        signed_on=signed_on,
        witnesses=list(witnesses),
        at=act.now,
        uploaded_by=act.by.code,
        uploaded_by_name=name,
    )
    now_waits(act, agreement)
    act.log("wet_signatures.uploaded", agreement, scan=scan.file.sha256)
    return scan


@command("agreements.return_wet_signatures", on="agreement")
def return_wet_signatures(act: Act, *, agreement: Agreement, reason: str) -> WetScan:
    """The scan does not show what it should: another one is needed."""
    scan = _waiting_scan(act, agreement)
    WetScan.objects.filter(pk=scan.pk).update(state=WetScan.State.RETURNED, returned_because=reason)
    for slot in SignatureSlot.objects.filter(agreement=agreement, state="paper_uploaded"):
        move_on(act, SLOT_FLOW, slot)
    now_waits(act, agreement)
    act.log("wet_signatures.returned", agreement, scan=scan.file.sha256)
    return scan


@command("agreements.confirm_wet_signatures", on="agreement")
def confirm_wet_signatures(act: Act, *, agreement: Agreement, seen: str, pages: int) -> WetScan:
    """Compared page by page. The second of two people who confirm makes the signatures count (AG-01, AG-18, AG-19, AG-20).

    ``seen`` is the hash of the scan and of the locked text that one has compared (AG-44).
    """
    scan = _waiting_scan(act, agreement)
    held = standing(agreement.case.village_id)
    slots = list(SignatureSlot.objects.filter(agreement=agreement, state="paper_uploaded").select_related("person"))
    facts = WetFacts(
        pages=agreement.pages,
        pages_matched=min(pages, scan.pages),
        witnesses=len({" ".join(each.casefold().split()) for each in scan.witnesses}),  # people, not boxes
        confirmed_by=act.by.code,
        uploaded_by=scan.uploaded_by,
    )
    compared = ComparedFacts(seen, queries.compared_hash(scan))
    asked: list[Any] = [
        (COMPARED, compared),
        (WET, facts),
        *(each for slot in slots for each in queries.wet_asked(slot, agreement, scan)),
    ]
    require(asked, held)
    person = act.by.person
    WetConfirmation.objects.get_or_create(
        scan=scan,
        by=act.by.code,
        defaults={
            "name": person.full_name if isinstance(person, Person) else "",
            "role": act.role,
            "pages": pages,
            "at": act.now,
        },
    )
    if scan.confirmations.count() >= WET_WITNESSES:
        _count_wet(act, agreement, scan, slots)
    act.log("wet_signatures.confirmed", agreement, scan=scan.file.sha256, by=act.by.code)
    return scan


def _count_wet(act: Act, agreement: Agreement, scan: WetScan, slots: list[SignatureSlot]) -> None:
    WetScan.objects.filter(pk=scan.pk).update(state=WetScan.State.CONFIRMED)
    for slot in slots:
        move_on(act, SLOT_FLOW, slot)
        Signature.objects.create(
            slot=slot,
            mode=Signature.Mode.WET,
            text_hash=scan.text_hash,
            at=act.now,
            by=scan.uploaded_by,
            act=act.code,
            scan=scan,
        )
    _signed(act, agreement)


def _waiting_scan(act: Act, agreement: Agreement) -> WetScan:
    scan = queries.waiting_scan(agreement)
    if scan is None:
        raise NoSuchMove(SLOT_FLOW.name, "invited", act.door)
    return scan


def _signed(act: Act, agreement: Agreement) -> None:
    """One more signature: the case moves on, and is signed when none is missing."""
    missing = SignatureSlot.objects.filter(agreement=agreement).exclude(state__in=("signed", "void")).exists()
    move(act, agreement.case, "partly_signed" if missing else "signed")
    if not missing:
        Agreement.objects.filter(pk=agreement.pk).update(signed_at=act.now)
        agreement.signed_at = act.now
        tell_both(act, agreement, _("Semua pihak telah menandatangani “{title}”."))
    now_waits(act, agreement)


@command("agreements.keep_signed_file", on="signature")
def keep_signed_file(act: Act, *, signature: Signature, content: FileContent) -> SignedFile:
    """Keep the PDF that carries this signature; the first one stays."""
    held = SignedFile.objects.filter(signature=signature).select_related("file").first()
    if held is not None:
        return held
    kept = SignedFile.objects.create(signature=signature, file=keep_file(by=act, content=content), at=act.now)
    act.log("agreement.sealed", signature.slot.agreement, party=signature.slot.party, file=kept.file.sha256)
    return kept


# In force -----------------------------------------------------------------------------------------------------------
@command("agreements.activate", on="agreement")
def activate(
    act: Act,
    *,
    agreement: Agreement,
    village_number: str = "",
    partner_number: str = "",
    stamp: str = "",
    stamp_serial: str = "",
) -> Agreement:
    """Record the numbers of both sides and bring the agreement into force (AG-21, AG-22). A number that was signed stays."""
    one = agreement.village_number or village_number
    two = agreement.partner_number or partner_number
    held = standing(agreement.case.village_id)
    require(queries.activating_asked(agreement.case, one, two, stamp), held)
    move(act, agreement.case)
    move_on(
        act,
        DRAFT_FLOW,
        agreement,
        None,
        village_number=one,
        partner_number=two,
        stamp=stamp,
        stamp_serial=stamp_serial,
        in_force_at=act.now,
    )
    now_waits(act, agreement)
    open_duty(
        act,
        door="delivery.draft_plan",
        about=f"case:{agreement.case.code}",
        code=agreement.code,
        region=agreement.case.village_id,
        role=roles.VILLAGE_SECRETARY.key,
        says=_("Susun rencana kerja untuk “{title}”."),
        title=agreement.title,
    )
    tell_both(act, agreement, _("Perjanjian “{title}” mulai berlaku."))
    act.log("agreement.activated", agreement, case=agreement.case.code)
    return agreement


@command("agreements.publish_summary", on="agreement")
def publish_summary(act: Act, *, agreement: Agreement, summary: str) -> Agreement:
    """Publish what the agreement says in plain words."""
    found = Agreement.objects.filter(pk=agreement.pk, state="in_force")
    if not found.update(summary=summary, published_at=act.now):
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    agreement.summary, agreement.published_at = summary, act.now
    act.log("summary.published", agreement)
    return agreement
