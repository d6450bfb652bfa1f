"""Verbs of a warning: drafted, sent as a paper, answered, made good, withdrawn; the next rung follows the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from bermitra.agreements.actions.common import name_of, side_of
from bermitra.agreements.models import Agreement
from bermitra.agreements.rules import DRAFT_FLOW, OTHER, SAME_BYTES, BytesFacts
from bermitra.agreements.warnings import ladder, queries
from bermitra.agreements.warnings.models import WarnedOf, WarningLetter, WarningWord
from bermitra.agreements.warnings.rules import (
    CURING,
    HANDED,
    OWN_PART,
    RECEIPT,
    SENDING,
    WARNABLE,
    WARNING_FLOW,
    CureFacts,
    HandedFacts,
    PartFacts,
    Told,
)
from bermitra.agreements.warnings.waiting import tell_the_other, warning_waits
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, keep_file, withdraw_paper
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.text import _


@command("agreements.draft_warning", on="agreement")
def draft_warning(act: Act, *, agreement: Agreement, points: Sequence[str], told: Told) -> WarningLetter:
    """Begin the first warning about these duties and limits; which rung it is says the agreement."""
    held = _held(act, agreement)
    return _draft(
        act, WarningLetter(agreement=held, party=side_of(act), **asdict(told)), queries.rows_of(held, list(points))
    )


@command("agreements.follow_warning", on="warning")
def follow_warning(act: Act, *, warning: WarningLetter, told: Told) -> WarningLetter:
    """Begin the next rung about what is still not made good (AG-69)."""
    held = _held(act, warning.agreement)
    _own(act, warning, warning.party)
    previous = WarningLetter.objects.get(pk=warning.pk)
    new = WarningLetter(agreement=held, party=warning.party, previous=previous, **asdict(told))
    return _draft(act, new, queries.still_late(warning))


@command("agreements.word_warning", on="warning")
def word_warning(act: Act, *, warning: WarningLetter, told: Told) -> WarningLetter:
    """Word a draft anew."""
    _own(act, warning, warning.party)
    step = queries.text_of(warning.agreement).step(warning.rung)
    act.require(CURING, CureFacts(told.days, step.days if step else 0))
    move_on(act, WARNING_FLOW, warning, **asdict(told))
    act.log("warning.worded", warning)
    return warning


@command("agreements.send_warning", on="warning")
def send_warning(
    act: Act, *, warning: WarningLetter, number: str, seen: str, sent_on: date, paper: Prepared
) -> WarningLetter:
    """Send exactly what was read: from today the other side has its days, and what this one follows is closed."""
    agreement, today = _held(act, warning.agreement), localdate(act.now)
    _own(act, warning, warning.party)
    rows, text = queries.points_of(warning), queries.text_of(agreement)
    words = queries.words_of(warning, text, rows)
    for asked, facts in queries.sending_asked(warning, rows, text, today):
        act.require(asked, facts)
    digest = words.digest(warning)
    act.require(SAME_BYTES, BytesFacts(f"{seen} {sent_on}", f"{digest} {today}"))
    issued = issue_paper(by=act, paper=paper)
    if warning.previous is not None:
        move_on(act, WARNING_FLOW, warning.previous, "followed")
        warning_waits(act, warning.previous)
    move_on(
        act, WARNING_FLOW, warning, "sent", number=number, sent_on=today, cure_by=today + timedelta(days=warning.days),
        paper=issued, sent_by=act.by.code, sent_by_name=name_of(act),
    )  # fmt: skip
    warning_waits(act, warning)
    says = _("Surat peringatan tentang “{title}” diterima. Baca isinya, lalu jawab.")
    tell_the_other(act, warning, says, party=OTHER[warning.party], bpd=True)
    act.log("warning.sent", warning, rung=warning.rung, days=warning.days, of=[each.pk for each in rows])
    return warning


@command("agreements.hand_warning", on="warning")
def hand_warning(
    act: Act, *, warning: WarningLetter, handed_on: date, handed_to: str, file: Content | None = None
) -> WarningLetter:
    """When the printed letter reached the other side, and who took it; said once. Its days count from there where the
    agreement says so."""
    _own(act, warning, warning.party)
    warning = WarningLetter.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=warning.pk)
    if warning.handed_on is not None or warning.sent_on is None:
        raise NoSuchMove(WARNING_FLOW.name, warning.state, act.door)
    act.require(HANDED, HandedFacts(warning.sent_on, handed_on, localdate(act.now)))
    step = queries.text_of(warning.agreement).step(warning.rung)
    moved: dict[str, Any] = {}
    if step is not None and step.from_receipt:
        moved["cure_by"] = handed_on + timedelta(days=warning.days)
    move_on(act, WARNING_FLOW, warning, handed_on=handed_on, handed_to=handed_to, **moved)
    _say(act, warning, "handed", f"Diterima oleh {handed_to} pada {long_date(handed_on)}.", file)
    if moved:
        warning_waits(act, warning)
    act.log("warning.handed", warning, on=handed_on.isoformat())
    return warning


# Answering -----------------------------------------------------------------------------------------------------------
@command("agreements.answer_warning", on="warning")
def answer_warning(
    act: Act, *, warning: WarningLetter, kind: str, text: str, file: Content | None = None
) -> WarningLetter:
    """The side that was warned explains, admits or contests."""
    _own(act, warning, OTHER[warning.party])
    move_on(act, WARNING_FLOW, warning)
    _say(act, warning, kind, text, file)
    tell_the_other(act, warning, _("Surat peringatan “{title}” dijawab pihak lain."), party=warning.party)
    act.log("warning.answered", warning, kind=kind)
    return warning


@command("agreements.claim_cure", on="warning")
def claim_cure(act: Act, *, warning: WarningLetter, text: str, file: Content | None = None) -> WarningLetter:
    """The side that was warned says that it is made good, and shows it."""
    _own(act, warning, OTHER[warning.party])
    move_on(act, WARNING_FLOW, warning)
    _say(act, warning, "cured", text, file)
    warning_waits(act, warning)
    tell_the_other(
        act, warning, _("Pelanggaran “{title}” dinyatakan sudah diperbaiki. Periksa perbaikannya."), party=warning.party
    )
    act.log("warning.cure_claimed", warning)
    return warning


@command("agreements.accept_cure", on="warning")
def accept_cure(act: Act, *, warning: WarningLetter, text: str = "") -> WarningLetter:
    """The side that warned finds it made good: the warning lapses."""
    _own(act, warning, warning.party)
    move_on(act, WARNING_FLOW, warning)
    _say(act, warning, "accepted", text)
    warning_waits(act, warning)
    says = _("Peringatan “{title}” gugur karena sudah diperbaiki.")
    tell_the_other(act, warning, says, party=OTHER[warning.party], bpd=True)
    act.log("warning.cured", warning)
    return warning


@command("agreements.refuse_cure", on="warning")
def refuse_cure(act: Act, *, warning: WarningLetter, reason: str) -> WarningLetter:
    """It is not made good yet; the reason goes back."""
    _own(act, warning, warning.party)
    move_on(act, WARNING_FLOW, warning)
    _say(act, warning, "refused", reason)
    warning_waits(act, warning)
    says = _("Perbaikan atas peringatan “{title}” belum diterima. Baca alasannya.")
    tell_the_other(act, warning, says, party=OTHER[warning.party])
    act.log("warning.cure_refused", warning)
    return warning


@command("agreements.withdraw_warning", on="warning")
def withdraw_warning(act: Act, *, warning: WarningLetter, reason: str) -> WarningLetter:
    """Take a warning back; a draft is dropped and nobody else hears of it."""
    _own(act, warning, warning.party)
    move_on(act, WARNING_FLOW, warning)
    if warning.paper is not None:
        withdraw_paper(by=act, paper=warning.paper, why="Peringatan ini ditarik oleh pengirimnya.")
        _say(act, warning, "withdrawn", reason)
        tell_the_other(act, warning, _("Surat peringatan “{title}” ditarik."), party=OTHER[warning.party], bpd=True)
    warning_waits(act, warning)
    act.log(f"warning.{warning.state}", warning)
    return warning


# What the verbs share ------------------------------------------------------------------------------------------------
def _held(act: Act, agreement: Agreement) -> Agreement:
    """The agreement as it stands now, if it binds. Its row is locked, so that warnings are written one by one."""
    held = Agreement.objects.select_for_update(of=("self",)).select_related("case", "partner").get(pk=agreement.pk)
    if not held.binds:
        raise NoSuchMove(DRAFT_FLOW.name, held.state, act.door)
    return held


def _own(act: Act, warning: WarningLetter, belongs_to: str) -> None:
    act.require(OWN_PART, PartFacts(side_of(act), belongs_to))


def _draft(act: Act, warning: WarningLetter, rows: list[WarnedOf]) -> WarningLetter:
    """Write down a draft of the rung that is next, with what it is about."""
    text = queries.text_of(warning.agreement)
    step = ladder.next_rung(text.steps, warning.previous.rung if warning.previous else "")
    warning.rung, warning.title = (step.code, step.title) if step else ("", "")
    act.require(WARNABLE, queries.point_facts(warning.agreement, warning.party, rows))
    act.require(SENDING, queries.order_facts(warning, rows, text, localdate(act.now)))
    act.require(RECEIPT, queries.receipt_facts(warning.previous, text))
    act.require(CURING, CureFacts(warning.days, step.days if step else 0))
    warning.state = WARNING_FLOW.through(act.door, WARNING_FLOW.start)
    warning.drafted_at, warning.drafted_by = act.now, act.by.code
    warning.save()
    for each in rows:
        each.warning = warning
    WarnedOf.objects.bulk_create(rows)
    warning_waits(act, warning)
    act.log("warning.drafted", warning, rung=warning.rung)
    return warning


def _say(act: Act, warning: WarningLetter, kind: str, text: str, file: Content | None = None) -> None:
    WarningWord.objects.create(
        warning=warning, party=side_of(act), kind=kind, text=text, at=act.now, by=act.by.code, by_name=name_of(act),
        file=keep_file(by=act, content=file) if file else None,
    )  # fmt: skip
