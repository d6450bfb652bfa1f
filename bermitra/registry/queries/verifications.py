"""Reading a due diligence: what is known of a partner on a day, and the facts its rules are asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.registry.due_diligence.book import REGISTER, book
from bermitra.registry.due_diligence.verdict import File, Judgement, judge, lacks_reason, required
from bermitra.registry.models import (
    Owner,
    Partner,
    PartnerDocument,
    Verification,
)
from bermitra.registry.queries.standing import matches_of
from bermitra.registry.rules import UNDER_WAY, ConclusionFacts, State, SubmissionFacts

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
