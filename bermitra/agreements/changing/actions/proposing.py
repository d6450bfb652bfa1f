"""A change is proposed and worded by one side, answered by the other, and decided by the meeting where it touches what it
decided."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from bermitra.agreements import text
from bermitra.agreements.actions.common import name_of, side_of
from bermitra.agreements.actions.drafting import filled_in, reword
from bermitra.agreements.changing import queries, wording
from bermitra.agreements.changing.models import AddendumSlot, Amendment, Evaluation
from bermitra.agreements.changing.rules import (
    AMENDMENT_FLOW,
    CONSENTED,
    OVER,
    PROPOSING,
    SLOT_FLOW,
    STILL_RUNS,
    AloneFacts,
    ConsentFacts,
)
from bermitra.agreements.changing.waiting import amendment_waits
from bermitra.agreements.models import Agreement
from bermitra.agreements.rules import ACCEPTED, OTHER, TWO, AcceptanceFacts
from bermitra.agreements.villages.queries import taken_over
from bermitra.agreements.waiting import tell_both
from bermitra.deliberation.api import offer_text, withdraw_text
from bermitra.deliberation.models import Subject
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import withdraw_paper
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import sheet
from bermitra.partnership.queries import require
from bermitra.registry.models import Partner


@command("agreements.record_evaluation", on="agreement")
def record_evaluation(
    act: Act, *, agreement: Agreement, reached: str, missed: str, together_with: str, held_on: date, prolong: bool
) -> Evaluation:
    """What was reached and what was not, said before anything is prolonged."""
    if not agreement.binds:
        raise NoSuchMove(AMENDMENT_FLOW.name, agreement.state, act.door)
    evaluation = Evaluation.objects.create(
        agreement=agreement,
        reached=reached,
        missed=missed,
        together_with=together_with,
        prolong=prolong,
        held_on=held_on,
        at=act.now,
        by=act.by.code,
        by_name=name_of(act),
    )
    tell_both(act, agreement, _("Evaluasi “{title}” dicatat. Bacalah sebelum masa berlakunya habis."))
    act.log("evaluation.recorded", agreement, prolong=prolong)
    return evaluation


@command("agreements.propose_amendment", on="agreement")
def propose_amendment(act: Act, *, agreement: Agreement, reason: str) -> Amendment:
    """Begin a change: the text as it holds, for this side to word (AG-35, AG-55)."""
    return _begin(act, agreement, "amendment", reason)


@command("agreements.propose_renewal", on="agreement")
def propose_renewal(act: Act, *, agreement: Agreement, reason: str, ends_on: date) -> Amendment:
    """Begin a longer term; evaluation, meeting and signatures are asked for before the last day (AG-35, AG-37, AG-55)."""
    first = agreement.starts_on.isoformat() if agreement.starts_on else ""
    made = _begin(act, agreement, "renewal", reason)
    _write(made, topics={"term": {"start": first, "end": ends_on.isoformat()}})
    return made


@command("agreements.propose_novation", on="agreement")
def propose_novation(act: Act, *, agreement: Agreement, reason: str, partner: Partner) -> Amendment:
    """Another body takes the partner's place: it was renamed, merged or taken over (AG-35, AG-55)."""
    if partner.pk == agreement.partner_id:
        raise NoSuchMove(AMENDMENT_FLOW.name, agreement.state, act.door)
    made = _begin(act, agreement, "novation", reason, partner)
    _write(made)
    return made


def _begin(act: Act, agreement: Agreement, kind: str, reason: str, partner: Partner | None = None) -> Amendment:
    held = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)  # one is open at a time
    norms, count = standing(agreement.case.village_id), Amendment.objects.filter(agreement=held).count()
    open_now = 1 if queries.open_amendment(held) is not None else 0
    facts = AloneFacts(reason, offered=False, differences=0, other_open=open_now)
    require([(PROPOSING, facts), (STILL_RUNS, queries.runs_facts(held, localdate(act.now)))], norms)
    holding = queries.holding(held)
    if open_now:  # whatever a regency switched off: two texts at once would lose one of them
        raise NoSuchMove(AMENDMENT_FLOW.name, held.state, act.door)
    made = Amendment.objects.create(
        agreement=agreement,
        number=count + 1,
        kind=kind,
        party=side_of(act),
        state=AMENDMENT_FLOW.through(act.door, AMENDMENT_FLOW.start),
        reason=reason,
        new_partner=partner,
        content=holding.content,
        clauses=holding.clauses,
        numbers=holding.numbers,
        text_hash="",
        proposed_at=act.now,
        proposed_by=act.by.code,
    )
    amendment_waits(act, made)
    act.log("amendment.proposed", made, agreement=agreement.code, case=agreement.case.code, kind=kind, party=made.party)
    return made


@command("agreements.word_amendment", on="amendment")
def word_amendment(
    act: Act,
    *,
    amendment: Amendment,
    topics: dict[str, Any] | None = None,
    blanks: dict[str, Any] | None = None,
    wording: dict[str, str] | None = None,
    annexes: dict[str, list[dict[str, Any]]] | None = None,
    added: dict[str, str] | None = None,
) -> Amendment:
    """Write a part of the change: values, blanks, an article in other words, an annex, an article of one's own.

    ``added``: ``{"title", "after", "typed"}`` of a new article behind the one of this code. Nothing typed: it goes again.
    """
    _own(act, amendment)
    _as_it_stands(amendment)
    move_on(act, AMENDMENT_FLOW, amendment)
    _write(amendment, topics=topics, blanks=blanks, worded=wording, annexes=annexes, added=added)
    act.log("amendment.worded", amendment, text=amendment.text_hash, touches=amendment.touches)
    return amendment


def _write(
    amendment: Amendment,
    *,
    topics: dict[str, Any] | None = None,
    blanks: dict[str, Any] | None = None,
    worded: dict[str, str] | None = None,
    annexes: dict[str, list[dict[str, Any]]] | None = None,
    added: dict[str, str] | None = None,
) -> None:
    """Put the values in and compare anew with what holds."""
    agreement, held = amendment.agreement, queries.holding(amendment.agreement)
    now: text.Content = deepcopy(amendment.content)
    now["topics"] = sheet.merged(now["topics"], topics or {})
    now["blanks"].update(filled_in(blanks or {}))
    for code, typed in (worded or {}).items():
        reword(now, code, typed)
    for kind, rows in (annexes or {}).items():
        now["annexes"][kind] = [{column: row.get(column, "") for column in text.ANNEXES[kind][1]} for row in rows]
    if added is not None:
        now["added"] = _with_added(now.get("added", []), added)
    before, after = queries.settings_of(agreement, amendment.new_partner)
    reads = wording.clauses(held.clauses, held.numbers, held.content, now, before, after)
    changes = wording.compared(held.content, held.clauses, now, reads)
    amendment.content, amendment.clauses, amendment.changes = now, reads, changes
    amendment.numbers = wording.numbered(held.numbers, [each["code"] for each in reads])
    known = [*held.clauses, *reads]
    amendment.touches = wording.touches(
        changes, held.content, now, known, novation=amendment.new_partner is not None, reason=amendment.reason
    )
    partner = amendment.partner.code
    amendment.text_hash = wording.text_hash(agreement.code, amendment.number, partner, now, reads, changes)
    amendment.save(update_fields=["content", "clauses", "changes", "numbers", "touches", "text_hash"])


def _with_added(there: list[dict[str, str]], given: dict[str, str]) -> list[dict[str, str]]:
    code = given.get("code") or f"tambahan-{len(there) + 1}"
    left = [each for each in there if each["code"] != code]
    typed = given.get("typed", "")
    return [*left, {"code": code, "title": given["title"], "after": given["after"], "typed": typed}] if typed else left


@command("agreements.offer_amendment", on="amendment")
def offer_amendment(act: Act, *, amendment: Amendment, seen: str) -> Amendment:
    """The signatory of this side stands behind the text as it reads and asks the other side (AG-06, AG-35, AG-55)."""
    _own(act, amendment)
    _as_it_stands(amendment)
    norms = standing(amendment.agreement.case.village_id)
    require(
        [
            (ACCEPTED, AcceptanceFacts(amendment.text_hash, (seen,), 1)),
            (PROPOSING, queries.alone_facts(amendment, offered=True)),
            (STILL_RUNS, queries.runs_facts(amendment.agreement, localdate(act.now))),
        ],
        norms,
    )
    move_on(act, AMENDMENT_FLOW, amendment, offered_by=_person(act))
    amendment_waits(act, amendment)
    tell_both(act, amendment.agreement, _("Perubahan “{title}” diusulkan. Perbandingannya ada di halaman adendum."))
    act.log("amendment.offered", amendment, text=seen)
    return amendment


@command("agreements.agree_amendment", on="amendment")
def agree_amendment(act: Act, *, amendment: Amendment, seen: str) -> Amendment:
    """The other side agrees to exactly this text (AG-06). What touches the meeting's decision goes to the meeting."""
    _answers(act, amendment)
    norms = standing(amendment.agreement.case.village_id)
    act.require(ACCEPTED, AcceptanceFacts(amendment.text_hash, (seen,), 1), norms)
    asks = bool(amendment.touches) or taken_over(amendment.agreement.case)
    move_on(
        act, AMENDMENT_FLOW, amendment, "awaiting_musyawarah" if asks else "parties_agreed", agreed_by=_person(act),
        sent_to_meeting=asks,
    )  # fmt: skip
    if asks:
        _to_the_meeting(act, amendment)
    amendment_waits(act, amendment)
    tell_both(act, amendment.agreement, _("Kedua pihak menyepakati perubahan “{title}”."))
    act.log("amendment.agreed", amendment, text=seen, touches=amendment.touches)
    return amendment


@command("agreements.reject_amendment", on="amendment")
def reject_amendment(act: Act, *, amendment: Amendment, reason: str) -> Amendment:
    """The other side does not agree, and says why; what holds goes on."""
    _answers(act, amendment)
    return _left(act, amendment, reason, "amendment.rejected", _("Perubahan “{title}” tidak disetujui pihak lain."))


@command("agreements.withdraw_amendment", on="amendment")
def withdraw_amendment(act: Act, *, amendment: Amendment, reason: str) -> Amendment:
    """Who proposed takes it back, at any time before it holds; signatures on it are void."""
    _own(act, amendment)
    return _taken_back(
        act, amendment, reason, "amendment.withdrawn", _("Usul perubahan “{title}” ditarik pengusulnya.")
    )


def lapse(act: Act, amendment: Amendment, reason: str) -> None:
    """What was proposed under a village that holds the agreement no longer: it ends unless it holds already."""
    held = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    amendment.state = held.state
    if held.state not in OVER:
        says = _("Usul perubahan “{title}” gugur karena perjanjiannya beralih desa.")
        _taken_back(act, amendment, reason, "amendment.lapsed", says)


def _taken_back(act: Act, amendment: Amendment, reason: str, verb: str, says: str) -> Amendment:
    for slot in AddendumSlot.objects.filter(amendment=amendment):
        move_on(act, SLOT_FLOW, slot)
    if amendment.paper is not None:
        withdraw_paper(by=act, paper=amendment.paper, why=reason[:300])
    return _left(act, amendment, reason, verb, says)


@command("agreements.send_amendment_to_musyawarah", on="amendment")
def send_amendment_to_musyawarah(act: Act, *, amendment: Amendment) -> Amendment:
    """Also what touches none of the six may be laid before the meeting: the BPD or the head wants it so."""
    if amendment.sent_to_meeting:
        raise NoSuchMove(AMENDMENT_FLOW.name, amendment.state, act.door)
    move_on(act, AMENDMENT_FLOW, amendment, sent_to_meeting=True)
    _to_the_meeting(act, amendment)
    amendment_waits(act, amendment)
    act.log("amendment.sent_to_musyawarah", amendment, text=amendment.text_hash)
    return amendment


@command("agreements.record_amendment_consent", on="amendment")
def record_amendment_consent(act: Act, *, amendment: Amendment) -> Amendment:
    """The meeting has agreed to exactly this addendum, with binding minutes (AG-34)."""
    facts = queries.consent_facts(amendment)
    asked = ConsentFacts(facts.touches, True, facts.minutes_binding)
    act.require(CONSENTED, asked, standing(amendment.agreement.case.village_id))
    move_on(act, AMENDMENT_FLOW, amendment)
    withdraw_text(act, code=amendment.code)
    amendment_waits(act, amendment)
    tell_both(act, amendment.agreement, _("Musyawarah Desa menyetujui perubahan “{title}”."))
    act.log("amendment.consented", amendment, text=amendment.text_hash)
    return amendment


@command("agreements.record_amendment_refusal", on="amendment")
def record_amendment_refusal(act: Act, *, amendment: Amendment, reason: str) -> Amendment:
    """The meeting has said no; what holds goes on."""
    _agreed, refused = queries.decided_exactly(amendment)
    if not refused:
        raise NoSuchMove(AMENDMENT_FLOW.name, amendment.state, act.door)
    return _left(act, amendment, reason, "amendment.refused", _("Musyawarah Desa menolak perubahan “{title}”."))


def _left(act: Act, amendment: Amendment, reason: str, verb: str, says: str) -> Amendment:
    move_on(act, AMENDMENT_FLOW, amendment, left_because=reason)
    withdraw_text(act, code=amendment.code)
    amendment_waits(act, amendment)
    tell_both(act, amendment.agreement, says)
    act.log(verb, amendment, agreement=amendment.agreement.code)
    return amendment


def _to_the_meeting(act: Act, amendment: Amendment) -> None:
    case = amendment.agreement.case
    offer_text(
        act,
        village=case.village,
        code=amendment.code,
        kind=Subject.Kind.COOPERATION.value,
        title=f"Adendum: {amendment.agreement.title}"[:200],
        text=queries.in_words(amendment),
        text_hash=amendment.text_hash,
        partner=amendment.partner.code,
    )


def _as_it_stands(amendment: Amendment) -> None:
    """Hold the row until the act is done and read it anew: somebody of the same side may just have written in it."""
    held = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    for name in ("state", "content", "clauses", "changes", "numbers", "touches", "text_hash"):
        setattr(amendment, name, getattr(held, name))


def _own(act: Act, amendment: Amendment) -> None:
    """Only the side that proposes writes, offers and withdraws."""
    if side_of(act) != amendment.party or not is_party(act, amendment.agreement.partner):
        raise NoSuchMove(AMENDMENT_FLOW.name, amendment.state, act.door)


def _answers(act: Act, amendment: Amendment) -> None:
    """Only the other side answers; of a novation, who takes the partner's place."""
    if side_of(act) != OTHER[amendment.party] or not is_party(act, amendment.partner):
        raise NoSuchMove(AMENDMENT_FLOW.name, amendment.state, act.door)


def is_party(act: Act, partner: Partner) -> bool:
    """Whether who acts for party two holds his office with this very partner."""
    if side_of(act) != TWO:
        return True
    return any(
        office.party == partner.code and office.role == act.role for office in getattr(act.by.person, "offices", ())
    )


def _person(act: Act) -> str:
    return act.by.person.code if act.by.person is not None else ""
