"""Reading villages, partners and verdicts: who sees what, and the facts that rules are asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.regions.models import Region
from bermitra.registry.due_diligence.book import REGISTER, Effect, Words, book
from bermitra.registry.due_diligence.verdict import File, Judgement, judge, lacks_reason, required
from bermitra.registry.models import (
    Listing,
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
from bermitra.registry.rules import PASSES, UNDER_WAY, ConclusionFacts, State, SubmissionFacts, VillageFacts

OF_REGENCY = frozenset({roles.DPMD_OFFICER.key, roles.REGENT_OFFICE.key, roles.AUDITOR.key})
NOT_IN_THE_VILLAGE_OFFICE = frozenset({roles.RESIDENT.key, roles.GROUP_REP.key})

# --- words ------------------------------------------------------------------------------------------------


def said(words: Words) -> str:
    """A text of the book in the reader's language."""
    return words.in_language(get_language() or "id")


def kind_name(partner: Partner) -> str:
    """What kind of partner it is, in the reader's language."""
    return said(book().kinds[partner.kind].name)


# --- villages ---------------------------------------------------------------------------------------------


def villages_visible_to(person: Person) -> QuerySet[Region]:
    """Villages on whose working pages this person may look: those of the offices held, of the district, of the regency."""
    wanted = Q(pk__in=[])
    for office in person.offices:
        if office.region_id and not office.party and office.role not in NOT_IN_THE_VILLAGE_OFFICE:
            wanted |= Q(code__startswith=office.region_id)
    return Region.objects.filter(wanted, level=4, active=True).exclude(kind=Region.Kind.KELURAHAN)


def village_profile(village: Region) -> VillageProfile | None:
    return VillageProfile.objects.filter(village=village).first()


def plan_lines(village: Region) -> QuerySet[PlanLine]:
    """Newest year first; within a year in the order of the plan."""
    return PlanLine.objects.filter(village=village).order_by("-year", "plan", "reference")


def assets_of(village: Region) -> QuerySet[VillageAsset]:
    return VillageAsset.objects.filter(village=village).order_by("name", "pk")


def umbrella_regulation_of(village: Region) -> UmbrellaRegulation | None:
    """The newest Peraturan Desa on cooperation, with its file."""
    found = UmbrellaRegulation.objects.filter(village=village).select_related("file")
    return found.order_by("-dated", "-pk").first()


def village_facts(village: Region) -> VillageFacts:
    """For RG-18."""
    newest = umbrella_regulation_of(village)
    return VillageFacts(umbrella_number=newest.number if newest else "")


# --- partners ---------------------------------------------------------------------------------------------


def partners_visible_to(person: Person) -> QuerySet[Partner]:
    """Partners whose file this person may open.

    Its own people; offices of the village or regency that registered it or looks at its due diligence.
    """
    wanted = Q(pk__in=[])
    for office in person.offices:
        if office.party:
            wanted |= Q(code=office.party)
        elif office.region_id and (office.role in OF_REGENCY or _of_a_village_office(office.role, office.region_id)):
            looked_at = Verification.objects.filter(partner=OuterRef("pk"), region__code__startswith=office.region_id)
            wanted |= Q(registered_in__code__startswith=office.region_id) | Q(Exists(looked_at))
    return Partner.objects.filter(wanted)


def _of_a_village_office(role: str, region: str) -> bool:
    return len(region) == 13 and role not in NOT_IN_THE_VILLAGE_OFFICE


def public_partners() -> QuerySet[Partner]:
    """All partners: the register of legal bodies is public, their people and files are not."""
    return Partner.objects.select_related("seat").order_by("name", "code")


# --- how a partner stands ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class PartnerStanding:
    """How a partner stands on a day. These are the facts of RG-05 and RG-13: hand it to either rule as it is.

    ``verdict`` is empty where there is none, or where the last one was reopened. ``open_matches`` are names on the
    sanction register that nobody has looked at yet, ``confirmed_matches`` those that are this partner.
    """

    verdict: str
    concluded_on: date | None
    stale_on: date | None
    day: date
    blocking_flags: tuple[str, ...]
    open_matches: int
    confirmed_matches: int

    @property
    def fresh(self) -> bool:
        """A verdict that lets pass and still serves on this day."""
        return self.verdict in PASSES and self.stale_on is not None and self.day < self.stale_on

    @property
    def listed(self) -> bool:
        return bool(self.open_matches or self.confirmed_matches)

    @property
    def days_since_verdict(self) -> int:
        return (self.day - self.concluded_on).days if self.concluded_on else 0

    @property
    def verification_valid_days(self) -> int:
        """How many days this verdict serves, by its kind of partner, the regency's norm and its documents."""
        return (self.stale_on - self.concluded_on).days - 1 if self.stale_on and self.concluded_on else 0


def standing_of(partner: Partner, today: date | None = None) -> PartnerStanding:
    return standings_of([partner], today)[partner.pk]


def standings_of(partners: Iterable[Partner], today: date | None = None) -> dict[int, PartnerStanding]:
    """The standing of each partner by its key; three statements for any number of them."""
    day, partners = today or clock.today(), list(partners)
    newest: dict[int, VerdictRecord] = {}
    records = VerdictRecord.objects.filter(partner__in=partners, concluded_on__lte=day).select_related("verification")
    for record in records.order_by("concluded_at", "pk"):
        newest[record.partner_id] = record
    matched = matches_of(partners, day)
    return {each.pk: _standing(newest.get(each.pk), matched[each.pk], day) for each in partners}


def _standing(record: VerdictRecord | None, matches: tuple[Match, ...], day: date) -> PartnerStanding:
    holds = record is not None and record.verification.state == record.verdict
    return PartnerStanding(
        verdict=record.verdict if record and holds else "",
        concluded_on=record.concluded_on if record else None,
        stale_on=record.stale_on if record else None,
        day=day,
        blocking_flags=tuple(each for each in record.flags if _blocks(each)) if record and holds else (),
        open_matches=sum(each.same is None for each in matches),
        confirmed_matches=sum(each.same is True for each in matches),
    )


def _blocks(flag: str) -> bool:
    return flag in book().flags and book().flags[flag].effect is Effect.BLOCK


@dataclass(frozen=True)
class Match:
    """A listing whose name could be this partner. ``same``: None until somebody looked."""

    listing: Listing
    same: bool | None


def matches_of(partners: Iterable[Partner], day: date) -> dict[int, tuple[Match, ...]]:
    """Listings in force on ``day`` that name each partner or bear its name; reviewed non-matches stay in it."""
    partners = list(partners)
    found = list(
        Listing.objects.filter(
            Q(until=None) | Q(until__gte=day),
            Q(partner__in=partners) | Q(legal_name_key__in={each.legal_name_key for each in partners}),
            since__lte=day,
            lift=None,
        ).order_by("pk")
    )
    said = {
        (review.partner_id, review.listing_id): review.same
        for review in MatchReview.objects.filter(partner__in=partners, listing__in=found).order_by("pk")
    }
    return {
        partner.pk: tuple(
            Match(each, True if each.partner_id == partner.pk else said.get((partner.pk, each.pk)))
            for each in found
            if each.partner_id == partner.pk
            or (each.partner_id is None and each.legal_name_key == partner.legal_name_key)
        )
        for partner in partners
    }


# --- a due diligence --------------------------------------------------------------------------------------

SOON = timedelta(days=90)  # a document that ends so soon is a condition
LOOKING_AT_FILES = frozenset({roles.VILLAGE_COOP_UNIT.key, roles.DPMD_OFFICER.key, roles.AUDITOR.key})


def verifications_visible_to(person: Person) -> QuerySet[Verification]:
    """The partner's own people, and those whose office it is to look at such files in the village or regency."""
    wanted = Q(pk__in=[])
    for office in person.offices:
        if office.party:
            wanted |= Q(partner__code=office.party)
        elif office.region_id and office.role in LOOKING_AT_FILES:
            wanted |= Q(region__code__startswith=office.region_id)
    return Verification.objects.filter(wanted).select_related("partner", "region")


def reads_file_of(person: Person, partner: Partner) -> bool:
    """Whether this person may read what is private in a partner's file: its owners and its documents."""
    if any(office.party == partner.code for office in person.offices):
        return True
    return verifications_visible_to(person).filter(partner=partner).exists()


def current_verification(partner: Partner) -> Verification | None:
    """The newest due diligence, under way or concluded."""
    return Verification.objects.filter(partner=partner).order_by("-started_at", "-pk").first()


def may_start_verification(partner: Partner) -> bool:
    """Not while one is under way, nor while the partner is stopped: then the regency reopens it after the reply."""
    newest = current_verification(partner)
    return newest is None or newest.state not in (*UNDER_WAY, State.BLOCKED)


def documents_of(partner: Partner) -> dict[str, PartnerDocument]:
    """The newest document of each kind."""
    found = PartnerDocument.objects.filter(partner=partner).select_related("file", "partner")
    return {each.kind: each for each in found.order_by("added_at", "pk")}


def file_of(verification: Verification, day: date) -> File:
    """What is known of the partner on this day: its answers, its documents, and what the registers say of it."""
    partner = verification.partner
    held = {k: d for k, d in documents_of(partner).items() if d.check_state != PartnerDocument.Check.DISPUTED}
    looked_at = {kind for kind, each in held.items() if each.check_state == PartnerDocument.Check.CHECKED}
    listed = any(each.same for each in matches_of([partner], day)[partner.pk])
    questions = book().questions_of(partner.kind, REGISTER)
    file = File(
        kind=partner.kind,
        stage=REGISTER,
        facts={**verification.facts, "on_sanction_register": listed},
        answers=verification.answers,
        reasons=verification.reasons,
        present=frozenset(held),
        expired=frozenset(kind for kind, each in held.items() if each.expires_on and each.expires_on < day),
        unchecked=frozenset(each.code for each in questions if not looked_at.issuperset(each.evidence)),
    )
    asked = {each.code for each in required(book(), file)}
    ending = [d for k, d in held.items() if k in asked and d.expires_on and day <= d.expires_on <= day + SOON]
    return replace(file, facts={**file.facts, "docs_expiring_90_days": len(ending)})


def submission_facts(verification: Verification, day: date) -> SubmissionFacts:
    """For RG-01, RG-03 and RG-06."""
    file = file_of(verification, day)
    judgement = judge(book(), file)
    noes = [each for each in judgement.questions if file.answers.get(each.code) is False]
    owners = list(Owner.objects.filter(partner=verification.partner))
    return SubmissionFacts(
        required_documents=frozenset(each.code for each in judgement.required),
        valid_documents=file.present - file.expired,
        unanswered=judgement.counts["unanswered"],
        no_answers=len(noes),
        reasons_given=sum(not lacks_reason(each, file) for each in noes),
        owners_declared=bool(owners),
        political_posts_declared=all(each.political_tie for each in owners),
    )


def conclusion_facts(verification: Verification, judgement: Judgement, stated: str, day: date) -> ConclusionFacts:
    """For RG-04 and RG-05. A confirmed match blocks the verdict by itself: it does not keep it from being concluded."""
    matches = matches_of([verification.partner], day)[verification.partner_id]
    confirmed = sum(each.same is True for each in matches)
    return ConclusionFacts(
        stated_verdict=stated,
        computed_verdict=judgement.verdict,
        open_matches=sum(each.same is None for each in matches),
        confirmed_matches=0 if judgement.verdict == State.BLOCKED else confirmed,
    )


# --- the sanction register --------------------------------------------------------------------------------


def listings_visible_to(person: Person) -> QuerySet[Listing]:
    """The register is one for the whole instance, and open to the offices that look after parties."""
    found = Listing.objects.select_related("region", "partner", "lift").order_by("-listed_at", "-pk")
    return found if any(office.role in LOOKING_AT_FILES for office in person.offices) else found.none()
