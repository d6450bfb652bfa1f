"""Drafting by turns."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.agreements import book, queries, text
from bermitra.agreements.actions.common import side_of, write_version
from bermitra.agreements.models import Acceptance, Agreement, DraftVersion, LegalReview
from bermitra.agreements.rules import ACCEPTED, DRAFT_FLOW, DRAFTED_IN, ONE, OTHER, TURN, AcceptanceFacts
from bermitra.agreements.waiting import now_waits, tell_both
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import sheet
from bermitra.partnership.life import drop_sheet, move
from bermitra.partnership.models import Case
from bermitra.partnership.queries import agreed_sheet
from bermitra.partnership.rules import FLOW as CASE_FLOW
from bermitra.partnership.rules import LEAVING, LeavingFacts
from bermitra.selection.life import return_to_selection as back_to_the_candidates


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
    limit = standing(case.village_id).numbers["short_text_max_rupiah"]
    heavy = text.too_much_for_short(agreed.topics, agreement.forms, consent=bool(case.consent_needed), limit=limit)
    write_version(act, agreement, 1, text.start(agreed.topics, short=not heavy), ())
    now_waits(act, agreement)
    act.log("draft.started", agreement, case=case.code, sheet=agreed.code)
    return agreement


@command("agreements.propose_change", on="agreement")
def propose_change(act: Act, *, agreement: Agreement, reason: str, **what: Any) -> DraftVersion:
    """A new text by the side that has it; ``what`` as :func:`change_text` takes it."""
    return change_text(act, agreement=agreement, reason=reason, **what)


def change_text(
    act: Act,
    *,
    agreement: Agreement,
    reason: str,
    topics: dict[str, Any] | None = None,
    blanks: dict[str, Any] | None = None,
    wording: dict[str, str] | None = None,
    annexes: dict[str, list[dict[str, Any]]] | None = None,
    follow_sheet: bool = False,
    chain: dict[str, Any] | None = None,
    short: bool | None = None,
) -> DraftVersion:
    """Write a new text for the side that has it: other values, filled blanks, an article in other words, other annexes.

    ``wording`` gives an article as typed; empty brings our own words back. ``follow_sheet`` takes over the sheet that the
    meeting agreed to last, with the own words, shares and prices that stand on it; ``chain`` says where the text stands (empty:
    alone), ``short`` chooses between the short and the whole text. What was before, what is now and the reason stay on record.
    """
    target = DRAFT_FLOW.through(act.door, agreement.state)
    side = side_of(act)
    theirs = agreement.state in TURN.values() and agreement.state != TURN[side]
    if theirs or agreement.case.state != "drafting":  # while a permit is asked for, the text rests
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    before = queries.newest_version(agreement)
    content = {name: dict(of) for name, of in before.content.items()}
    if follow_sheet:
        agreement.sheet.refresh_from_db()
        agreed = queries.sheet_of(agreement)
        content["topics"] = sheet.merged(agreed.topics, {})
        content["wording"] = text.decided_words(agreed.topics)
        content["blanks"].update(text.decided_terms(agreed.topics))
        agreement.sheet, agreement.title = agreed, agreed.title
    content["topics"] = sheet.merged(content["topics"], topics or {})
    content["blanks"].update(filled_in(blanks or {}))
    for code, typed in (wording or {}).items():
        reword(content, code, typed)
    for kind, rows in (annexes or {}).items():
        content["annexes"][kind] = [{column: row.get(column, "") for column in text.ANNEXES[kind][1]} for row in rows]
    if chain is not None:
        content["chain"] = chain
    if short is not None:
        content["shape"] = {"short": short}
    move_on(act, DRAFT_FLOW, agreement, target, sheet=agreement.sheet, title=agreement.title)
    version = write_version(act, agreement, before.number + 1, content, before, reason)
    now_waits(act, agreement)
    act.log("draft.changed", agreement, version=version.number, party=side, text=version.text_hash)
    return version


@command("agreements.give_number", on="agreement")
def give_number(act: Act, *, agreement: Agreement, number: str) -> Agreement:
    """Each side gives its own number to the text before it is locked, so that the number is signed as well."""
    column = "village_number" if side_of(act) == ONE else "partner_number"
    if not Agreement.objects.filter(pk=agreement.pk, state__in=DRAFTED_IN).update(**{column: number}):
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    setattr(agreement, column, number)
    act.log("agreement.numbered", agreement, party=side_of(act))
    return agreement


@command("agreements.show_condition", on="agreement")
def show_condition(act: Act, *, agreement: Agreement, condition: str, proof: str) -> Agreement:
    """Name the proof that a condition of the forms is met; an empty proof opens the condition again."""
    held = Agreement.objects.select_for_update(of=("self",)).get(
        pk=agreement.pk
    )  # another clerk may just have shown one
    if held.state not in DRAFTED_IN or condition not in {each.code for each in queries.conditions_asked(agreement)}:
        raise NoSuchMove(DRAFT_FLOW.name, held.state, act.door)
    agreement.gates = {**held.gates, condition: proof}
    Agreement.objects.filter(pk=agreement.pk).update(gates=agreement.gates)
    act.log("condition.shown", agreement, condition=condition, met=bool(proof))
    return agreement


@command("agreements.pass_turn", on="agreement")
def pass_turn(act: Act, *, agreement: Agreement) -> Agreement:
    """Hand the text to the other side."""
    side = side_of(act)
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
    side = side_of(act)
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


def filled_in(given: dict[str, Any]) -> dict[str, Any]:
    """Blanks of the book, days as text; raises ValueError for one that is none."""
    known = {name for article in book.articles().values() for name in article.slots}
    if unknown := given.keys() - known:
        raise ValueError(f"no blank {', '.join(sorted(unknown))}")
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}


def reword(content: text.Content, code: str, typed: str) -> None:
    article = book.articles()[code]
    if text.is_decided(article):
        raise ValueError(f"{code} carries the decision of the meeting: its values change, its words do not")
    body = text.from_typed(typed)
    if body:
        content["wording"][code] = body
    else:
        content["wording"].pop(code, None)
