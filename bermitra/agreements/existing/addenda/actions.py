"""Verbs of an addendum to an agreement from before: quoted, answered, locked for ink, compared, and then it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from bermitra.agreements.actions.common import comparison, scanned, wet_facts
from bermitra.agreements.changing.queries import compared_hash
from bermitra.agreements.changing.rules import PROPOSING, STILL_RUNS
from bermitra.agreements.existing.actions import enter_values, held_record
from bermitra.agreements.existing.addenda import queries
from bermitra.agreements.existing.addenda.models import (
    EarlierAddendum,
    EarlierAddendumConfirmation,
    EarlierAddendumScan,
)
from bermitra.agreements.existing.addenda.rules import FLOW, OVER, QUOTABLE, QUOTED, touched
from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.queries import sides_missing
from bermitra.agreements.rules import (
    ACCEPTED,
    COMPARED,
    ONE,
    TURN,
    TWO,
    UPLOADING,
    WET,
    AcceptanceFacts,
    ComparedFacts,
    InkFacts,
)
from bermitra.deliberation.api import offer_text, withdraw_text
from bermitra.deliberation.models import Subject
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.calendar import tz, zone_of
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, withdraw_paper
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership.models import Case
from bermitra.partnership.queries import require

RUNNING = frozenset({"running"})


@dataclass(frozen=True)
class Terms:
    """Why, what it touches, and what the record shall say; ``None`` where it stays."""

    reason: str
    touches: Sequence[str] = ()
    ends_on: date | None = None
    value: int | None = None
    asset_form: str = ""
    permit_number: str = ""
    evaluated_on: date | None = None
    evaluation: str = ""

    def columns(self) -> dict[str, Any]:
        touches = touched(
            self.touches, term=self.ends_on is not None, money=self.value is not None, asset=self.asset_form != ""
        )
        return {**vars(self), "touches": touches}


# Proposing ------------------------------------------------------------------------------------------------------------
@command("agreements.propose_earlier_addendum", on="case")
def propose_earlier_addendum(act: Act, *, case: Case, terms: Terms) -> EarlierAddendum:
    """Begin a change of an agreement from before (AG-35, AG-55, AG-96, AG-97)."""
    earlier = held_record(act, case, RUNNING)  # one is open at a time
    require(
        [
            (PROPOSING, queries.alone_facts(earlier, terms.reason)),
            (STILL_RUNS, queries.runs_facts(earlier, localdate(act.now))),
            (QUOTABLE, queries.record_facts(earlier)),
        ],
        standing(case.village_id),
    )
    if queries.open_addendum(earlier) is not None:  # whatever a regency switched off
        raise NoSuchMove(FLOW.name, case.state, act.door)
    made = EarlierAddendum.objects.create(
        earlier=earlier,
        number=earlier.addenda.count() + 1,
        state=FLOW.through(act.door, FLOW.start),
        proposed_at=act.now,
        proposed_by=act.by.code,
        held=_held(earlier),
        **terms.columns(),
    )
    _waits(act, made)
    act.log("earlier_addendum.proposed", made, case=case.code, touches=made.touches)
    return made


@command("agreements.word_earlier_addendum", on="addendum")
def word_earlier_addendum(
    act: Act,
    *,
    addendum: EarlierAddendum,
    terms: Terms | None = None,
    place: int | None = None,
    change: Mapping[str, Any] | None = None,
    scan_pages: int = 0,
) -> EarlierAddendum:
    """Write the terms anew, or one change: the one at ``place``, or a new one; ``None`` takes it out (AG-98).

    ``scan_pages``: of the scan that is quoted, counted before.
    """
    _as_it_stands(addendum)
    also: dict[str, Any] = terms.columns() if terms is not None else {}
    if terms is None:
        rows = list(addendum.changes)
        if place is not None and not 0 <= place < len(rows):
            raise NoSuchMove(FLOW.name, addendum.state, act.door)
        also["changes"] = [
            *rows[:place], *([dict(change)] if change is not None else []), *(rows[place + 1 :] if place is not None else [])
        ]  # fmt: skip
    move_on(act, FLOW, addendum, **also)
    if terms is None:
        act.require(QUOTED, queries.quotes_facts(addendum, scan_pages), standing(addendum.earlier.case.village_id))
    act.log("earlier_addendum.worded", addendum, text=addendum.text_hash, touches=addendum.touches)
    return addendum


@command("agreements.offer_earlier_addendum", on="addendum")
def offer_earlier_addendum(act: Act, *, addendum: EarlierAddendum, seen: str) -> EarlierAddendum:
    """The head stands behind the text as it reads (AG-06, AG-35, AG-55, AG-96, AG-97). The partner answers, or, where
    nobody of it has an account, the meeting decides at once."""
    _as_it_stands(addendum)
    earlier = addendum.earlier
    require(
        [
            (ACCEPTED, AcceptanceFacts(addendum.text_hash, (seen,), 1)),
            (PROPOSING, queries.alone_facts(earlier, addendum.reason, addendum)),
            (STILL_RUNS, queries.runs_facts(earlier, localdate(act.now))),
            (QUOTABLE, queries.record_facts(earlier)),
        ],
        standing(earlier.case.village_id),
    )
    asks = queries.may_answer(addendum)
    move_on(act, FLOW, addendum, "offered" if asks else "agreed", offered_by=_person(act))
    if not asks:
        _to_the_meeting(act, addendum)
    _waits(act, addendum)
    _tell(act, addendum, _("Perubahan “{title}” diusulkan. Kutipannya ada di halaman adendum."))
    act.log("earlier_addendum.offered", addendum, text=seen, answered=asks)
    return addendum


@command("agreements.agree_earlier_addendum", on="addendum")
def agree_earlier_addendum(act: Act, *, addendum: EarlierAddendum, seen: str) -> EarlierAddendum:
    """The partner agrees to exactly this text (AG-06); the meeting decides on it."""
    act.require(ACCEPTED, AcceptanceFacts(addendum.text_hash, (seen,), 1), standing(addendum.earlier.case.village_id))
    move_on(act, FLOW, addendum, agreed_by=_person(act))
    _to_the_meeting(act, addendum)
    _waits(act, addendum)
    _tell(act, addendum, _("Kedua pihak menyepakati perubahan “{title}”."))
    act.log("earlier_addendum.agreed", addendum, text=seen)
    return addendum


@command("agreements.reject_earlier_addendum", on="addendum")
def reject_earlier_addendum(act: Act, *, addendum: EarlierAddendum, reason: str) -> EarlierAddendum:
    """The partner does not agree, and says why; what holds goes on."""
    return _left(act, addendum, reason, "earlier_addendum.rejected", _("Perubahan “{title}” tidak disetujui mitra."))


@command("agreements.withdraw_earlier_addendum", on="addendum")
def withdraw_earlier_addendum(act: Act, *, addendum: EarlierAddendum, reason: str) -> EarlierAddendum:
    """The head takes it back, at any time before it holds; its paper is void."""
    return _left(
        act, addendum, reason, "earlier_addendum.withdrawn", _("Usul perubahan “{title}” ditarik pengusulnya.")
    )


def lapse(act: Act, case: Case, reason: str) -> None:
    """What was proposed under a village that holds the agreement no longer: it ends unless it holds already."""
    found = EarlierAddendum.objects.filter(earlier__case=case).exclude(state__in=OVER)
    for each in found.select_for_update(of=("self",)).select_related("earlier__case__partner", "paper"):
        says = _("Usul perubahan “{title}” gugur karena perjanjiannya beralih desa.")
        _left(act, each, reason, "earlier_addendum.lapsed", says)


def _left(act: Act, addendum: EarlierAddendum, reason: str, verb: str, says: str) -> EarlierAddendum:
    move_on(act, FLOW, addendum, left_because=reason)
    if addendum.paper is not None:
        withdraw_paper(by=act, paper=addendum.paper, why=reason[:300])
    withdraw_text(act, code=addendum.code)
    _waits(act, addendum)
    _tell(act, addendum, says)
    act.log(verb, addendum)
    return addendum


# Binding --------------------------------------------------------------------------------------------------------------
@command("agreements.lock_earlier_addendum", on="addendum")
def lock_earlier_addendum(
    act: Act,
    *,
    addendum: EarlierAddendum,
    made_on: date,
    place: str,
    village_number: str,
    partner_number: str,
    paper: Prepared,
    pages: int,
    partner_signer: str = "",
    partner_office: str = "",
    partner_mandate: str = "",
) -> EarlierAddendum:
    """Issue the paper once the meeting agreed to exactly this text (AG-13, AG-18, AG-34, AG-37, AG-54, AG-55).

    ``paper`` was rendered before from this text, for this day, place, these numbers and signatories.
    """
    _as_it_stands(addendum)
    addendum.partner_signer, addendum.partner_office = partner_signer, partner_office
    addendum.partner_mandate = partner_mandate
    held = standing(addendum.earlier.case.village_id)
    require(queries.binding_asked(addendum, made_on, held), held)
    signing = queries.signers_of(addendum, made_on)
    said = paper.source["data"]
    rendered = (said["text_hash"], said["made_on"], said["place"], said["numbers"], said["signers"])
    names = [signing[party][0].full_name for party in (ONE, TWO) if party in signing]
    asked = (addendum.text_hash, made_on.isoformat(), place, [village_number, partner_number], names)
    if rendered != asked or len(names) != len(TURN):
        raise NoSuchMove(FLOW.name, addendum.state, act.door)
    issued = issue_paper(by=act, paper=paper)
    move_on(
        act, FLOW, addendum, paper=issued, pages=pages, made_on=made_on, place=place, village_number=village_number,
        partner_number=partner_number, partner_signer=partner_signer, partner_office=partner_office,
        partner_mandate=partner_mandate,
    )  # fmt: skip
    withdraw_text(act, code=addendum.code)
    _waits(act, addendum)
    _tell(act, addendum, _("Adendum “{title}” terkunci dan siap ditandatangani."))
    act.log("earlier_addendum.locked", addendum, case=addendum.earlier.case.code, text=issued.file.sha256)
    return addendum


@command("agreements.upload_earlier_addendum_scan", on="addendum")
def upload_earlier_addendum_scan(
    act: Act,
    *,
    addendum: EarlierAddendum,
    file: Content,
    pages: int,
    signed_on: date,
    witnesses: Sequence[str],
    read_aloud: Mapping[str, str] | None = None,
) -> EarlierAddendumScan:
    """The scan of what both sides signed with ink; a better one takes its place until it was confirmed (AG-47)."""
    _locked(act, addendum)
    village = addendum.earlier.case.village_id
    today = act.now.astimezone(tz(zone_of(village))).date()
    act.require(UPLOADING, InkFacts(signed_on, addendum.made_on or today, today), standing(village))
    scan = EarlierAddendumScan.objects.create(
        addendum=addendum,
        **scanned(act, file=file, pages=pages, signed_on=signed_on, witnesses=witnesses, read_aloud=read_aloud),
    )
    _waits(act, addendum)
    act.log("earlier_addendum.scan_uploaded", addendum, scan=scan.file.sha256)
    return scan


@command("agreements.confirm_earlier_addendum_scan", on="addendum")
def confirm_earlier_addendum_scan(act: Act, *, addendum: EarlierAddendum, seen: str, pages: int) -> EarlierAddendumScan:
    """Compared page by page (AG-20, AG-44); once enough have, the addendum holds, if all still stands that it was locked by."""
    _locked(act, addendum)
    scan, norms = queries.newest_scan(addendum), standing(addendum.earlier.case.village_id)
    if scan is None:
        raise NoSuchMove(FLOW.name, addendum.state, act.door)
    asked: list[Any] = [
        (COMPARED, ComparedFacts(seen, compared_hash(addendum, scan))),
        (WET, wet_facts(act, scan, pages, addendum.pages)),
        *queries.binding_asked(addendum, scan.signed_on, norms),
    ]
    require(asked, norms)
    EarlierAddendumConfirmation.objects.get_or_create(scan=scan, by=act.by.code, defaults=comparison(act, pages))
    if queries.still_to_compare(addendum, scan):
        move_on(act, FLOW, addendum, "locked")
        _waits(act, addendum)
    else:
        _takes_hold(act, addendum)
    act.log("earlier_addendum.scan_confirmed", addendum, scan=scan.file.sha256, by=act.by.code)
    return scan


def _takes_hold(act: Act, addendum: EarlierAddendum) -> None:
    """The record says what holds now; the entry says since which addendum, and the addendum what stood before."""
    earlier = held_record(act, addendum.earlier.case, RUNNING)
    before = _held(earlier)
    earlier.ends_on = addendum.ends_on or earlier.ends_on
    earlier.value = earlier.value if addendum.value is None else addendum.value
    earlier.save(update_fields=["ends_on", "value"])
    enter_values(act, earlier, f"Adendum Nomor {addendum.village_number}")
    move_on(act, FLOW, addendum, "in_force", in_force_at=act.now, held=before)
    _waits(act, addendum)
    _tell(act, addendum, _("Adendum “{title}” berlaku."))
    act.log("earlier_addendum.in_force", addendum, case=earlier.case.code)


def _held(earlier: EarlierAgreement) -> dict[str, Any]:
    return {"ends_on": earlier.ends_on.isoformat() if earlier.ends_on else "", "value": earlier.value}


def _locked(act: Act, addendum: EarlierAddendum) -> None:
    """The row is held until the act is done: of two who confirm at once the second sees the first."""
    _as_it_stands(addendum)
    if addendum.state != "locked":
        raise NoSuchMove(FLOW.name, addendum.state, act.door)


def _as_it_stands(addendum: EarlierAddendum) -> None:
    """Hold the row until the act is done and read it anew: somebody may just have written in it."""
    addendum.refresh_from_db(from_queryset=EarlierAddendum.objects.select_for_update(of=("self",)))


def _person(act: Act) -> str:
    return act.by.person.code if isinstance(act.by.person, Person) else ""


def _to_the_meeting(act: Act, addendum: EarlierAddendum) -> None:
    case = addendum.earlier.case
    offer_text(
        act,
        village=case.village,
        code=addendum.code,
        kind=Subject.Kind.COOPERATION.value,
        title=f"Adendum: {case.title}"[:200],
        text=queries.in_words(addendum),
        text_hash=addendum.text_hash,
        partner=queries.partner_of(addendum).code,
    )


# Whom it waits for ----------------------------------------------------------------------------------------------------
HEAD, SECRETARY, BPD = roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key, roles.BPD_CHAIR.key
SIGNATORY = roles.PARTNER_SIGNATORY.key


def _waits(act: Act, addendum: EarlierAddendum) -> None:
    """What waited is done; whoever is awaited now has it in the work box."""
    case, partner, about = addendum.earlier.case, queries.partner_of(addendum).code, about_of(addendum)
    close_duties(act, about=about)
    for door, role, says, days in _awaited(addendum):
        due = int(standing(case.village_id).numbers[days]) if days else None
        open_duty(
            act,
            door=f"agreements.{door}",
            about=about,
            code=addendum.code,
            region=case.village_id,
            party=partner if role == SIGNATORY else "",
            role=role,
            due_on=clock.today() + timedelta(days=due) if due is not None else None,
            says=says,
            title=case.title,
        )


def _awaited(addendum: EarlierAddendum) -> list[tuple[str, str, str, str]]:
    """Door, office, what is asked of it, and the norm that gives it days."""
    match addendum.state:
        case "drafted":
            says = _("Lengkapi lalu kirim usul perubahan “{title}”.")
            return [("offer_earlier_addendum", HEAD, says, "")]
        case "offered":
            says = _("Jawab usul perubahan “{title}”.")
            return [("agree_earlier_addendum", SIGNATORY, says, "amendment_response_days")]
        case "agreed":
            says = _("Kunci adendum “{title}” setelah disetujui Musyawarah Desa.")
            return [("lock_earlier_addendum", HEAD, says, "")]
        case "locked":
            return _awaited_for_ink(addendum)
    return []


def _awaited_for_ink(addendum: EarlierAddendum) -> list[tuple[str, str, str, str]]:
    scan = queries.newest_scan(addendum)
    if scan is None:
        says = _("Cetak adendum “{title}”, minta tanda tangan, lalu unggah pindaiannya.")
        return [("upload_earlier_addendum_scan", SECRETARY, says, "signing_days")]
    says, door = _("Cocokkan pindaian adendum “{title}”, lalu sahkan."), "confirm_earlier_addendum_scan"
    if queries.may_compare(addendum):
        offices = [{ONE: BPD, TWO: SIGNATORY}[side] for side in sides_missing(scan)]
    else:
        done = set(scan.confirmations.values_list("role", flat=True))
        offices = [each for each in (BPD, HEAD) if each not in done]
    return [(door, office, says, "") for office in offices]


def _tell(act: Act, addendum: EarlierAddendum, says: str) -> None:
    case = addendum.earlier.case
    for where in ({"region": case.village_id}, {"party": queries.partner_of(addendum).code}):
        tell(
            act,
            says=says,
            params={"title": case.title},
            about=about_of(addendum),
            url_name="page.earlier_addendum",
            code=addendum.code,
            **where,
        )
