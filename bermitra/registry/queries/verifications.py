"""Reading a due diligence: what is known of a partner on a day, and the facts its rules are asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.registry.due_diligence.book import REGISTER, book
from bermitra.registry.due_diligence.verdict import File, Judgement, judge, lacks_reason, required
from bermitra.registry.models import (
    Partner,
    PartnerDocument,
    Verification,
)
from bermitra.registry.queries.bodies import of_body, owners_of
from bermitra.registry.queries.conflicts import declares_interest
from bermitra.registry.queries.flags import facts_proven
from bermitra.registry.queries.matches import matches_of
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


def reads_file_of(person: Person, partner: Partner, files: Iterable[Verification] | None = None) -> bool:
    """Whether this person may read what is private in a partner's file: its owners and its documents.

    ``files``: all due diligences of the body, where they were read already.
    """
    if any(office.party == partner.code for office in person.offices):
        return True
    regions = [office.region_id for office in person.offices if office.region_id and office.role in LOOKING_AT_FILES]
    seen = verifications_of(partner) if files is None and regions else files or ()
    return any(each.region_id.startswith(region) for each in seen for region in regions)


def verifications_of(partner: Partner) -> list[Verification]:
    """Every due diligence of the body, the newest first."""
    return list(Verification.objects.filter(of_body(partner.kept_id)).order_by("-started_at", "-pk"))


def current_verification(partner: Partner) -> Verification | None:
    """The newest due diligence, under way or concluded."""
    return Verification.objects.filter(of_body(partner.kept_id)).order_by("-started_at", "-pk").first()


def may_start_verification(partner: Partner) -> bool:
    """Not while one is under way, nor while the partner is stopped: then the regency reopens it after the reply."""
    return may_start_after(current_verification(partner))


def may_start_after(newest: Verification | None) -> bool:
    """The same, of the newest due diligence."""
    return newest is None or newest.state not in (*UNDER_WAY, State.BLOCKED)


def documents_of(partner: Partner) -> dict[str, PartnerDocument]:
    """The newest document of each kind that was not withdrawn, whichever entry of the body shows it."""
    found = PartnerDocument.objects.filter(of_body(partner.kept_id), withdrawn_at=None)
    found = found.select_related("file", "partner")
    return {each.kind: each for each in found.order_by("added_at", "pk")}


def file_of(verification: Verification, day: date) -> File:
    """What is known of the partner on this day: its answers, its documents, and what the registers say of it."""
    partner = verification.partner
    held = {k: d for k, d in documents_of(partner).items() if d.check_state != PartnerDocument.Check.DISPUTED}
    looked_at = {kind for kind, each in held.items() if each.check_state == PartnerDocument.Check.CHECKED}
    questions = book().questions_of(partner.kind, REGISTER)
    file = File(
        kind=partner.kind,
        stage=REGISTER,
        facts={**_declared(verification), **_known(partner, day)},
        answers=verification.answers,
        reasons=verification.reasons,
        present=frozenset(held),
        expired=frozenset(kind for kind, each in held.items() if each.expires_on and each.expires_on < day),
        unchecked=frozenset(each.code for each in questions if not looked_at.issuperset(each.evidence)),
    )
    asked = {each.code for each in required(book(), file)}
    ending = [d for k, d in held.items() if k in asked and d.expires_on and day <= d.expires_on <= day + SOON]
    return replace(file, facts={**file.facts, "docs_expiring_90_days": len(ending)})


def _declared(verification: Verification) -> dict[str, Any]:
    """What the partner says of itself. Only what it is asked: what the registers know nobody declares."""
    asked = {each.code for each in book().facts_asked(verification.partner.kind, REGISTER)}
    return {code: value for code, value in verification.facts.items() if code in asked}


def _known(partner: Partner, day: date) -> dict[str, Any]:
    """What is found: on the sanction register, proven by a flag, or a tie with an official that was declared."""
    return {
        "on_sanction_register": any(each.same for each in matches_of([partner], day)[partner.pk]),
        "declared_interest": declares_interest(partner, day),
        **facts_proven(partner, day),
    }


def submission_facts(verification: Verification, day: date) -> SubmissionFacts:
    """For RG-01, RG-03 and RG-06."""
    file = file_of(verification, day)
    judgement = judge(book(), file)
    noes = [each for each in judgement.questions if file.answers.get(each.code) is False]
    owners = owners_of(verification.partner)
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
