"""A due diligence is filled in, looked at, and concluded with the verdict that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.codes import is_village
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Refused, examine, unmet
from bermitra.foundation.text import _
from bermitra.registry.actions.partners import PARTNER
from bermitra.registry.due_diligence.book import REGISTER, book
from bermitra.registry.due_diligence.verdict import File, Judgement, judge
from bermitra.registry.models import (
    Listing,
    MatchReview,
    Partner,
    PartnerDocument,
    VerdictRecord,
    Verification,
)
from bermitra.registry.queries.bodies import of_body
from bermitra.registry.queries.conflicts import examiner_facts, overlap_facts_where_examined
from bermitra.registry.queries.dealings import places_of
from bermitra.registry.queries.matches import matches_of
from bermitra.registry.queries.verifications import (
    conclusion_facts,
    current_verification,
    documents_of,
    file_of,
    may_start_verification,
    submission_facts,
)
from bermitra.registry.rules import (
    ANSWERING,
    CONCLUDING,
    FLOW,
    MATCHED_IN,
    PASSES,
    STARTING,
    SUBMITTING,
    TAKING,
    UNTIED,
    WITH_PARTNER,
    AnsweringFacts,
    ExaminationPlace,
    State,
)


@command("registry.start_verification", on="partner")
def start_verification(act: Act, *, partner: Partner, region: Region) -> Verification:
    """Begin a due diligence that the officers of ``region``, a village or a regency, will look at.

    A place that has nothing to do with the partner is refused: it does not choose its examiner freely. The answers of the
    last one are taken along: a renewal asks what has changed.
    """
    if not may_start_verification(partner):
        raise NoSuchMove(FLOW.name, FLOW.start, act.door)
    act.require(STARTING, ExaminationPlace(place=region.code, known=places_of(partner)), standing(region.code))
    last = current_verification(partner)
    verification = Verification.objects.create(
        partner=partner,
        region=region,
        state=FLOW.through(act.door, FLOW.start),
        facts=last.facts if last else {},
        answers=last.answers if last else {},
        reasons=last.reasons if last else {},
        started_at=act.now,
    )
    act.log("verification.started", verification, partner=partner.code)
    close_duties(act, about=about_of(partner), door=act.door)
    _due(act, verification, "registry.submit_verification", _("Isi dan kirim uji tuntas {partner}."), role=PARTNER)
    return verification


@command("registry.answer_verification", on="verification")
def answer_verification(
    act: Act,
    *,
    verification: Verification,
    answers: Mapping[str, Any],
    reasons: Mapping[str, str],
    facts: Mapping[str, bool],
) -> Verification:
    """Keep some answers; what is not among them stays as it was. An answer of None takes the old one back."""
    now = _again(verification)
    if now.state not in WITH_PARTNER:
        raise NoSuchMove(FLOW.name, now.state, act.door)
    asked = {each.code for each in book().kinds[now.partner.kind].questions}
    declared = {each.code for each in book().facts_asked(now.partner.kind, REGISTER)}
    not_asked = len({*answers, *reasons} - asked) + len(facts.keys() - declared)
    act.require(ANSWERING, AnsweringFacts(not_asked=not_asked), standing(now.region_id))
    now.answers = {**now.answers, **answers}
    now.reasons = {**now.reasons, **reasons}
    now.facts = {**now.facts, **facts}
    now.save(update_fields=["answers", "reasons", "facts"])
    act.log("verification.answered", now, answers=len(answers), facts=len(facts))
    return now


@command("registry.submit_verification", on="verification")
def submit_verification(act: Act, *, verification: Verification) -> Verification:
    """The partner sends its file, having seen the verdict it would lead to."""
    held = _again(verification)  # an answer given meanwhile counts
    act.require(SUBMITTING, submission_facts(held, clock.today()), standing(held.region_id))
    move_on(act, FLOW, verification, submitted_at=act.now)
    act.log("verification.submitted", verification)
    office = _office_for(verification.region_id)
    _due(act, verification, "registry.take_verification", _("Ambil berkas uji tuntas {partner}."), role=office)
    return verification


@command("registry.take_verification", on="verification")
def take_verification(act: Act, *, verification: Verification) -> Verification:
    """An officer without ties to the partner takes the file: from now on he alone marks its evidence and closes it."""
    _without_ties(act, verification)
    move_on(act, FLOW, verification, reviewer=act.by.code)
    act.log("verification.taken", verification, reviewer=act.by.code)
    _due_from_reviewer(act, verification)
    return verification


def _without_ties(act: Act, verification: Verification) -> None:
    facts = examiner_facts(act.by.person, verification.partner, clock.today(), verification.submitted_at)
    act.require(TAKING, facts, standing(verification.region_id))


@command("registry.check_evidence", on="verification")
def check_evidence(act: Act, *, verification: Verification, marks: Mapping[int, str]) -> Verification:
    """Mark documents as looked at and good, or as disputed, by their keys: one that came meanwhile nobody has seen.

    Marks evidence, never the verdict. Raises KeyError for a document of somebody else.
    """
    if _again(verification).state != State.UNDER_REVIEW:
        raise NoSuchMove(FLOW.name, verification.state, act.door)
    held = {each.pk: each for each in documents_of(verification.partner).values()}
    for key, mark in marks.items():
        document = held[key]
        document.check_state = PartnerDocument.Check(mark)
        document.checked_at, document.checked_by = act.now, act.by.code
        document.save(update_fields=["check_state", "checked_at", "checked_by"])
    disputed = sum(mark == PartnerDocument.Check.DISPUTED for mark in marks.values())
    act.log("evidence.checked", verification, good=len(marks) - disputed, disputed=disputed)
    return verification


@command("registry.request_repair", on="verification")
def request_repair(act: Act, *, verification: Verification, note: str) -> Verification:
    """Give the file back with a note on what is to be mended."""
    move_on(act, FLOW, verification, repair_note=note)
    act.log("verification.repair_requested", verification)
    _due(act, verification, "registry.resubmit_verification", _("Perbaiki berkas uji tuntas {partner}."), role=PARTNER)
    return verification


@command("registry.resubmit_verification", on="verification")
def resubmit_verification(act: Act, *, verification: Verification) -> Verification:
    """The partner sends the mended file back to the officer who has it."""
    held = _again(verification)  # an answer given meanwhile counts
    act.require(SUBMITTING, submission_facts(held, clock.today()), standing(held.region_id))
    move_on(act, FLOW, verification)
    act.log("verification.resubmitted", verification)
    _due_from_reviewer(act, verification)
    return verification


@command("registry.review_match", on="verification")
def review_match(act: Act, *, verification: Verification, listing: Listing, same: bool, reason: str) -> MatchReview:
    """Say whether a listed name is this partner. A non-match is remembered for later files of this partner."""
    if _again(verification).state not in MATCHED_IN or not _is_newest(verification):
        raise NoSuchMove(FLOW.name, verification.state, act.door)
    review = MatchReview.objects.create(
        listing=listing,
        partner=verification.partner,
        same=same,
        reason=reason,
        reviewed_at=act.now,
        reviewed_by=act.by.code,
    )
    act.log("match.reviewed", verification, listing=listing.code, same=same)
    if not any(
        each.same is None for each in matches_of([verification.partner], clock.today())[verification.partner_id]
    ):
        close_duties(act, about=about_of(verification), door=act.door)
    return review


@command("registry.conclude_verification", on="verification")
def conclude_verification(act: Act, *, verification: Verification, stated_verdict: str) -> VerdictRecord:
    """Close the file with the verdict that follows from it. ``stated_verdict`` is what the officer saw on the page."""
    today = clock.today()
    file = file_of(verification, today)
    judgement = judge(book(), file)
    rules = standing(verification.region_id)
    conclusion = conclusion_facts(verification, judgement, stated_verdict, today)
    findings = examine(CONCLUDING, conclusion, rules)
    if judgement.verdict in PASSES:  # a file that fails can be closed with anything unexplained in it
        shared = overlap_facts_where_examined(verification.partner, verification.region_id, today)
        findings += examine(UNTIED, shared, rules)
    if refused := unmet(findings):
        raise Refused(refused)
    move_on(act, FLOW, verification, target=judgement.verdict)
    days = min(book().kinds[verification.partner.kind].max_age_days, rules.numbers["verification_valid_days"])
    record = VerdictRecord.objects.create(
        verification=verification,
        partner=verification.partner,
        verdict=judgement.verdict,
        flags=[each.code for each in judgement.flags],
        repairs=list(judgement.repairs),
        counts=dict(judgement.counts),
        inputs=_inputs(file),
        book_version=book().version,
        concluded_on=today,
        stale_on=today + timedelta(days=days + 1),
        concluded_at=act.now,
        concluded_by=act.by.code,
    )
    _log_verdict(act, verification, judgement, record)
    return record


def _log_verdict(act: Act, verification: Verification, judgement: Judgement, record: VerdictRecord) -> None:
    act.log(
        "verification.concluded",
        verification,
        verdict=record.verdict,
        book=record.book_version,
        score=judgement.counts["score"],
        stale_on=record.stale_on.isoformat(),
    )
    close_duties(act, about=about_of(verification))
    tell(
        act,
        says=TOLD[State(record.verdict)],
        params={"partner": verification.partner.name},
        about=about_of(verification),
        url_name="page.verification_file",
        code=verification.code,
        party=verification.partner.code,
    )


TOLD: dict[State, str] = {
    State.VERIFIED: _("Uji tuntas {partner} selesai: terverifikasi."),
    State.WITH_CONDITIONS: _("Uji tuntas {partner} selesai: terverifikasi bersyarat."),
    State.NOT_VERIFIED: _("Uji tuntas {partner} selesai: belum memenuhi syarat. Lihat daftar perbaikan."),
    State.BLOCKED: _("Uji tuntas {partner} dihentikan. Anda berhak menjawab."),
}


def _inputs(file: File) -> dict[str, Any]:
    """All the verdict was computed from, as JSON: sets become sorted lists."""
    return {k: sorted(v) if isinstance(v, frozenset) else v for k, v in asdict(file).items()}


@command("registry.reopen_verification", on="verification")
def reopen_verification(act: Act, *, verification: Verification, reason: str) -> Verification:
    """The regency looks at a concluded file again, after the partner's reply or on new facts."""
    if not _is_newest(verification):
        raise NoSuchMove(FLOW.name, verification.state, act.door)
    _without_ties(act, verification)
    move_on(act, FLOW, verification, reviewer=act.by.code, repair_note=reason)
    act.log("verification.reopened", verification, reviewer=act.by.code)
    _due_from_reviewer(act, verification)
    return verification


def _is_newest(verification: Verification) -> bool:
    of_it = of_body(verification.partner.kept_id)
    later = Verification.objects.filter(of_it, started_at__gt=verification.started_at)
    return not later.exists()


def _again(verification: Verification) -> Verification:
    """The row as it stands inside this act, held until its end."""
    return Verification.objects.select_for_update(of=("self",)).select_related("partner").get(pk=verification.pk)


def _due(act: Act, verification: Verification, door: str, says: str, *, role: str = "", person: str = "") -> None:
    """The one thing that is due next in this file; what was due before is done. The other side sees that it waits."""
    about, partner = about_of(verification), verification.partner
    close_duties(act, about=about)
    open_duty(
        act,
        door=door,
        about=about,
        code=verification.code,
        says=says,
        region=verification.region_id,
        party=partner.code,
        role=role,
        person=person,
        partner=partner.name,
    )


def _due_from_reviewer(act: Act, verification: Verification) -> None:
    says = _("Periksa bukti dan tutup uji tuntas {partner}.")
    _due(act, verification, "registry.conclude_verification", says, person=verification.reviewer)


def _office_for(region: str) -> str:
    """Whose desk looks at a partner's file: the village's cooperation unit, or the regency's office."""
    return roles.VILLAGE_COOP_UNIT.key if is_village(region) else roles.DPMD_OFFICER.key
