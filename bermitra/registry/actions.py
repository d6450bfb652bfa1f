"""Verbs of knowing one another: a village says who it is, a partner is registered and looked at, a party is listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.actions import appoint_for_party, confirm_appointment, issue_letter, register_person
from bermitra.foundation.accounts.models import AccessLetter
from bermitra.foundation.calendar import add_months
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _, legal_name_key
from bermitra.registry.due_diligence.book import book
from bermitra.registry.due_diligence.verdict import File, Judgement, judge
from bermitra.registry.models import (
    Listing,
    ListingLift,
    MatchReview,
    Owner,
    Partner,
    PartnerDocument,
    PlanLine,
    UmbrellaRegulation,
    VerdictRecord,
    Verification,
    VillageAsset,
    VillageProfile,
)
from bermitra.registry.queries import (
    conclusion_facts,
    documents_of,
    file_of,
    may_start_verification,
    submission_facts,
)
from bermitra.registry.rules import (
    CONCLUDING,
    FLOW,
    RECORDING_AN_ACCOUNT,
    REGISTERING,
    SUBMITTING,
    WITH_PARTNER,
    AccountFacts,
    RegistrationFacts,
    State,
)

PARTNER = roles.PARTNER_REP.key

# --- villages ---------------------------------------------------------------------------------------------


@command("registry.update_village", on="village")
def update_village(
    act: Act,
    *,
    village: Region,
    vision: str,
    contact_name: str,
    contact_office: str,
    budget_note: str = "",
    example: bool = False,
) -> VillageProfile:
    """What the village wants, and who answers for its partnerships."""
    given = {
        "vision": vision,
        "contact_name": contact_name,
        "contact_office": contact_office,
        "budget_note": budget_note,
    }
    return _profile(act, village, "village.updated", {**given, **({"example": True} if example else {})})


@command("registry.record_account", on="village")
def record_account(
    act: Act, *, village: Region, holder_kind: str, holder: str, bank: str, reason: str = ""
) -> VillageProfile:
    """The account into which money for the village goes; its number is not kept."""
    facts = AccountFacts(account_holder_kind=holder_kind)
    passed = act.require(RECORDING_AN_ACCOUNT, facts, standing(village.code), reason)
    given = {"account_holder_kind": holder_kind, "account_holder": holder, "account_bank": bank}
    return _profile(act, village, "account.recorded", given, holder_kind=holder_kind, passed_over=list(passed))


def _profile(act: Act, village: Region, verb: str, given: Mapping[str, Any], **facts: Any) -> VillageProfile:
    stamp = {"updated_at": act.now, "updated_by": act.by.code}
    profile, _new = VillageProfile.objects.update_or_create(village=village, defaults={**given, **stamp})
    act.log(verb, village, **facts)
    return profile


@command("registry.record_umbrella_regulation", on="village")
def record_umbrella_regulation(
    act: Act, *, village: Region, number: str, year: int, title: str, dated: date, file: Content | None = None
) -> UmbrellaRegulation:
    """The village's own regulation on cooperation. The law names it nowhere as a condition; a warning asks for it."""
    regulation = UmbrellaRegulation.objects.create(
        village=village,
        number=number,
        year=year,
        title=title,
        dated=dated,
        file=_kept(act, file),
        recorded_at=act.now,
        recorded_by=act.by.code,
    )
    act.log("umbrella_regulation.recorded", village, year=year)
    return regulation


@command("registry.record_plan_line", on="village")
def record_plan_line(
    act: Act,
    *,
    village: Region,
    plan: str,
    reference: str,
    year: int,
    field_of_government: str,
    activity: str,
    execution_mode: str,
    estimate: int | None = None,
    regulation: str = "",
) -> PlanLine:
    """A line of RPJM or RKP Desa, as it stands in the plan."""
    line = PlanLine.objects.create(
        village=village,
        plan=plan,
        reference=reference,
        year=year,
        field_of_government=field_of_government,
        activity=activity,
        estimate=estimate,
        execution_mode=execution_mode,
        regulation=regulation,
        recorded_at=act.now,
        recorded_by=act.by.code,
    )
    act.log("plan_line.recorded", line, plan=plan, year=year, mode=execution_mode)
    return line


@command("registry.record_asset", on="village")
def record_asset(
    act: Act,
    *,
    village: Region,
    name: str,
    kind: str,
    quantity: Fraction | int,
    unit: str,
    certificate: str = "",
    recorded: bool = False,
    pledged: bool = False,
) -> VillageAsset:
    """A thing the village owns and may put to use in a partnership."""
    asset = VillageAsset.objects.create(
        village=village,
        name=name,
        kind=kind,
        quantity=Decimal(quantity.numerator) / Decimal(quantity.denominator),
        unit=unit,
        certificate=certificate,
        recorded=recorded,
        pledged=pledged,
        recorded_at=act.now,
        recorded_by=act.by.code,
    )
    act.log("asset.recorded", asset, kind=kind, recorded=recorded, pledged=pledged)
    return asset


def _kept(act: Act, content: Content | None) -> StoredFile | None:
    return keep_file(by=act, content=content) if content else None


# --- partners ---------------------------------------------------------------------------------------------


@command("registry.register_partner", on="region")
def register_partner(
    act: Act,
    *,
    region: Region,
    kind: str,
    name: str,
    seat: Region | None = None,
    address: str = "",
    village: Region | None = None,
    located_in_village: Region | None = None,
    vision: str = "",
    size: str = "",
    contact: str = "",
    declared_different: bool = False,
    example: bool = False,
) -> Partner:
    """Register a body at the counter of a village or a regency (``region``), after its name was looked up."""
    key = legal_name_key(name)
    same = Partner.objects.filter(legal_name_key=key).count()
    facts = RegistrationFacts(same_names=same, declared_different=declared_different)
    act.require(REGISTERING, facts, standing(region.code))
    partner = Partner.objects.create(
        kind=book().kinds[kind].code,
        name=name,
        legal_name_key=key,
        seat=seat,
        address=address,
        village=village,
        located_in_village=located_in_village,
        vision=vision,
        size=size,
        contact=contact,
        example=example,
        registered_in=region,
        registered_at=act.now,
        registered_by=act.by.code,
    )
    act.log("partner.registered", partner, kind=kind, same_names=same)
    open_duty(
        act,
        door="registry.start_verification",
        about=about_of(partner),
        code=partner.code,
        says=_("Mulai uji tuntas {partner}."),
        party=partner.code,
        role=PARTNER,
        partner=name,
    )
    return partner


@command("registry.admit_person", on="partner")
def admit_person(
    act: Act,
    *,
    partner: Partner,
    full_name: str,
    username: str,
    role: str,
    mandate: str,
    since: date,
    until: date,
    phone: str = "",
    title: str = "",
) -> AccessLetter:
    """Give a person who acts for the partner an account: the regency's counter checks the mandate, prints the letter.

    The person belongs to the regency, whose officer repairs a lost password; no village is told of such letters.
    """
    regency = Region.objects.get(pk=partner.registered_in_id[:5])
    person = register_person(
        by=act, region=regency, full_name=full_name, username=username, phone=phone, example=partner.example
    )
    office = appoint_for_party(
        by=act, party=partner, person=person, role=role, mandate=mandate, since=since, until=until, title=title
    )
    confirm_appointment(by=act, appointment=office)
    letter = issue_letter(by=act, person=person, reason=AccessLetter.Reason.FIRST)
    act.log("partner_person.admitted", partner, person=person.code, role=role)
    return letter


@command("registry.add_document", on="partner")
def add_document(
    act: Act,
    *,
    partner: Partner,
    kind: str,
    number: str,
    dated: date,
    issuer: str = "",
    expires_on: date | None = None,
    file: Content | None = None,
) -> PartnerDocument:
    """Record a document; where none is printed on it, its end follows from the book."""
    known = book().documents[kind]
    if expires_on is None and known.validity_months is not None:
        expires_on = add_months(dated, known.validity_months)
    document = PartnerDocument.objects.create(
        partner=partner,
        kind=known.code,
        number=number,
        issuer=issuer,
        dated=dated,
        expires_on=expires_on,
        file=_kept(act, file),
        added_at=act.now,
        added_by=act.by.code,
    )
    act.log("partner_document.added", partner, kind=kind, expires_on=expires_on.isoformat() if expires_on else "")
    return document


@command("registry.declare_owner", on="partner")
def declare_owner(
    act: Act, *, partner: Partner, name: str, capacity: str, political_tie: str, share_bp: int | None = None
) -> Owner:
    """The partner says who owns, controls or leads it, and which political post that person holds."""
    owner = Owner.objects.create(
        partner=partner,
        name=name,
        capacity=capacity,
        share_bp=share_bp,
        political_tie=political_tie,
        declared_at=act.now,
        declared_by=act.by.code,
    )
    act.log("owner.declared", partner, capacity=capacity)
    return owner


# --- due diligence ----------------------------------------------------------------------------------------


@command("registry.start_verification", on="partner")
def start_verification(act: Act, *, partner: Partner, region: Region) -> Verification:
    """Begin a due diligence that the officers of ``region``, a village or a regency, will look at.

    The answers of the last one are taken along: a renewal asks what has changed.
    """
    if not may_start_verification(partner):
        raise NoSuchMove(FLOW.name, FLOW.start, act.door)
    last = Verification.objects.filter(partner=partner).order_by("-started_at", "-pk").first()
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
    if not {*answers, *reasons} <= asked or not facts.keys() <= book().facts.keys():
        raise ValueError("an answer to a question that is not asked")
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
    _move(act, verification, submitted_at=act.now)
    act.log("verification.submitted", verification)
    office = _office_for(verification.region_id)
    _due(act, verification, "registry.take_verification", _("Ambil berkas uji tuntas {partner}."), role=office)
    return verification


@command("registry.take_verification", on="verification")
def take_verification(act: Act, *, verification: Verification) -> Verification:
    """An officer takes the file: from now on he alone marks its evidence and closes it."""
    _move(act, verification, reviewer=act.by.code)
    act.log("verification.taken", verification, reviewer=act.by.code)
    _due_from_reviewer(act, verification)
    return verification


@command("registry.check_evidence", on="verification")
def check_evidence(act: Act, *, verification: Verification, marks: Mapping[str, str]) -> Verification:
    """Mark documents as looked at and good, or as disputed, by their kind. Marks evidence, never the verdict."""
    if _again(verification).state != State.UNDER_REVIEW:
        raise NoSuchMove(FLOW.name, verification.state, act.door)
    held = documents_of(verification.partner)
    for kind, mark in marks.items():
        document = held[kind]
        document.check_state = PartnerDocument.Check(mark)
        document.checked_at, document.checked_by = act.now, act.by.code
        document.save(update_fields=["check_state", "checked_at", "checked_by"])
    disputed = sum(mark == PartnerDocument.Check.DISPUTED for mark in marks.values())
    act.log("evidence.checked", verification, good=len(marks) - disputed, disputed=disputed)
    return verification


@command("registry.request_repair", on="verification")
def request_repair(act: Act, *, verification: Verification, note: str) -> Verification:
    """Give the file back with a note on what is to be mended."""
    _move(act, verification, repair_note=note)
    act.log("verification.repair_requested", verification)
    _due(act, verification, "registry.resubmit_verification", _("Perbaiki berkas uji tuntas {partner}."), role=PARTNER)
    return verification


@command("registry.resubmit_verification", on="verification")
def resubmit_verification(act: Act, *, verification: Verification) -> Verification:
    """The partner sends the mended file back to the officer who has it."""
    held = _again(verification)  # an answer given meanwhile counts
    act.require(SUBMITTING, submission_facts(held, clock.today()), standing(held.region_id))
    _move(act, verification)
    act.log("verification.resubmitted", verification)
    _due_from_reviewer(act, verification)
    return verification


@command("registry.review_match", on="verification")
def review_match(act: Act, *, verification: Verification, listing: Listing, same: bool, reason: str) -> MatchReview:
    """Say whether a listed name is this partner. A non-match is remembered for later files of this partner."""
    if _again(verification).state != State.UNDER_REVIEW:
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
    return review


@command("registry.conclude_verification", on="verification")
def conclude_verification(act: Act, *, verification: Verification, stated_verdict: str) -> VerdictRecord:
    """Close the file with the verdict that follows from it. ``stated_verdict`` is what the officer saw on the page."""
    today = clock.today()
    file = file_of(verification, today)
    judgement = judge(book(), file)
    rules = standing(verification.region_id)
    act.require(CONCLUDING, conclusion_facts(verification, judgement, stated_verdict, today), rules)
    _move(act, verification, target=judgement.verdict)
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
    _move(act, verification, reviewer=act.by.code, repair_note=reason)
    act.log("verification.reopened", verification, reviewer=act.by.code)
    _due_from_reviewer(act, verification)
    return verification


def _is_newest(verification: Verification) -> bool:
    later = Verification.objects.filter(partner=verification.partner, started_at__gt=verification.started_at)
    return not later.exists()


def _again(verification: Verification) -> Verification:
    """The row as it stands inside this act, held until its end."""
    return Verification.objects.select_for_update(of=("self",)).select_related("partner").get(pk=verification.pk)


def _move(act: Act, verification: Verification, target: str | None = None, **changes: Any) -> None:
    """Go through this act's door, if nobody was quicker."""
    source = verification.state
    state = FLOW.through(act.door, source, target)
    if not Verification.objects.filter(pk=verification.pk, state=source).update(state=state, **changes):
        raise NoSuchMove(FLOW.name, source, act.door)
    verification.state = state
    for name, value in changes.items():
        setattr(verification, name, value)


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
    return roles.VILLAGE_COOP_UNIT.key if len(region) == 13 else roles.DPMD_OFFICER.key


# --- the sanction register --------------------------------------------------------------------------------


@command("registry.list_party", on="region")
def list_party(
    act: Act,
    *,
    region: Region,
    name: str,
    source: str,
    basis: str,
    since: date,
    until: date | None = None,
    partner: Partner | None = None,
) -> Listing:
    """Put a body on the sanction register, by name; ``partner`` where it is known which registered one it is."""
    listing = Listing.objects.create(
        name=name,
        legal_name_key=legal_name_key(name),
        partner=partner,
        region=region,
        source=source,
        basis=basis,
        since=since,
        until=until,
        listed_at=act.now,
        listed_by=act.by.code,
    )
    act.log("party.listed", listing, partner=partner.code if partner else "", since=since.isoformat())
    return listing


@command("registry.lift_listing", on="listing")
def lift_listing(act: Act, *, listing: Listing, reason: str) -> ListingLift:
    """Take a body off the register; the line stays, with why and when it ended."""
    if ListingLift.objects.filter(listing=listing).exists():
        raise NoSuchMove("listing", "lifted", act.door)
    lift = ListingLift.objects.create(listing=listing, reason=reason, lifted_at=act.now, lifted_by=act.by.code)
    act.log("listing.lifted", listing)
    return lift
