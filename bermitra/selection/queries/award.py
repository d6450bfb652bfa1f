"""What stands between a ranking and an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q
from django.utils import timezone

from bermitra.deliberation.queries import decision_on
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.rules import Standing
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case, TermSheet
from bermitra.registry.queries.conflicts import overlap_facts_of
from bermitra.registry.queries.standing import PartnerStanding, standing_of
from bermitra.registry.rules import UNTIED, not_on_watch_list, verdict_fresh
from bermitra.selection.models import Call, Proposal, ProposalVersion, Ranking
from bermitra.selection.queries.results import candidate, ranking
from bermitra.selection.queries.seen import call_of
from bermitra.selection.rules import ADMITTING, PROPOSING, AdmissionFacts, CandidateFacts, ConsentFacts, ForwardFacts


def admission_asked(call: Call, proposals: Sequence[Proposal] | None = None) -> cases.Asked:
    """Sealed proposals show nobody's name: here, once they are opened, partners are held against the village's officials."""
    if proposals is None:
        proposals = list(Proposal.objects.filter(call=call).select_related("partner"))
    states = [each.state for each in proposals]
    standing_still = [each.partner for each in proposals if each.state in ("curing", "opened")]
    return [
        (ADMITTING, AdmissionFacts(curing=states.count("curing"), complete=states.count("opened"))),
        (UNTIED, overlap_facts_of(standing_still, call.case.village_id, clock.today())),
    ]


def candidate_facts(line: Ranking, call: Call, held: Standing, stands: PartnerStanding) -> CandidateFacts:
    return CandidateFacts(
        total=Fraction(line.total),
        criteria_below_floor=len(line.below_floor),
        score_threshold=call.threshold_total,
        vision_agreement=line.vision_agreement,
        core_missing=line.core_missing,
        vision_agreement_minimum=held.numbers["vision_agreement_minimum"],
        blocking_flags=stands.blocking_flags,
    )


def partner_asked(stands: PartnerStanding) -> cases.Asked:
    """RG-05 and RG-13, with the standing of the partner as their facts."""
    return [((not_on_watch_list, verdict_fresh), stands)]


def candidate_asked(line: Ranking, call: Call, held: Standing) -> cases.Asked:
    stands = standing_of(line.proposal.partner)
    return [*partner_asked(stands), (PROPOSING, candidate_facts(line, call, held, stands))]


def forward_facts(call: Call, held: Standing, today: date) -> ForwardFacts:
    """One statement."""
    counted = Call.objects.filter(pk=call.pk).aggregate(
        objections=Count("objections", filter=Q(objections__state="filed"), distinct=True),
        accepted=Count("proposals", filter=Q(proposals__state__in=("accepted", "chosen")), distinct=True),
    )
    return ForwardFacts(
        working_days_published=WorkingDays().between(call.published_on, today) if call.published_on else 0,
        open_objections=counted["objections"],
        objection_working_days=held.numbers["objection_working_days"],
        candidate_accepted=counted["accepted"] > 0,
    )


def objections_until(call: Call, held: Standing) -> date | None:
    """The last day on which an objection may be filed."""
    days: int = held.numbers["objection_working_days"]
    return WorkingDays().add(call.published_on, days) if call.published_on else None


def consent_facts(case: Case, of: TermSheet | None) -> ConsentFacts:
    """The newest standing decision on the tabled sheet; the candidate is named where the decided text is this very sheet."""
    decided = decision_on(of.code) if of is not None else None
    same = decided is not None and of is not None and of.state == "tabled" and decided.text_hash == cases.sheet_hash(of)
    named = same and of is not None and of.partner_id is not None and of.partner_id == case.partner_id
    return ConsentFacts(
        minutes_binding=decided is not None and decided.binding,
        decision="" if decided is None else "agreed" if decided.agreed else "refused",
        candidate_named=bool(named),
    )


@dataclass(frozen=True)
class Award:
    """How the partner of a case was chosen, for the premises of the agreement and the public page."""

    call_number: str
    call_title: str
    opened_on: date | None
    closed_on: date | None
    proposals: int
    place: int | None
    total: Fraction
    vision_agreement: int
    opening_minutes: str
    candidacy_minutes: str


def award_of(case: Case) -> Award | None:
    """``None`` where the partner came of its own accord, or nobody was chosen yet."""
    call = call_of(case)
    chosen = candidate(call) if call else None
    line = next((each for each in ranking(call) if chosen and each.proposal_id == chosen.pk), None) if call else None
    if call is None or chosen is None or line is None:
        return None
    proposed = chosen.candidacies.order_by("-pk").first()
    return Award(
        call_number=call.number,
        call_title=call.title,
        opened_on=timezone.localdate(call.opened_at) if call.opened_at else None,
        closed_on=timezone.localdate(call.closed_at) if call.closed_at else None,
        proposals=ProposalVersion.objects.filter(proposal__call=call).values("proposal").distinct().count(),
        place=line.place,
        total=Fraction(line.total),
        vision_agreement=line.vision_agreement,
        opening_minutes=call.opening_minutes,
        candidacy_minutes=proposed.minutes_number if proposed else "",
    )
