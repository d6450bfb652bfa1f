"""What stands between a ranking and an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, Q, Subquery

from bermitra.deliberation.queries import decision_on
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.rules import Standing, examine, unmet
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case, TermSheet
from bermitra.registry.queries.conflicts import overlap_facts_of
from bermitra.registry.queries.standing import PartnerStanding, standing_of
from bermitra.registry.rules import UNTIED, not_on_watch_list, verdict_fresh
from bermitra.selection.models import Call, DirectAppointment, ObjectionStep, Proposal, Ranking
from bermitra.selection.queries.moderation import moderation_facts_of
from bermitra.selection.queries.panel import declared
from bermitra.selection.queries.results import candidate, next_in_rank
from bermitra.selection.rules import (
    ADMITTING,
    MODERATING,
    OPEN_OBJECTIONS,
    PROPOSING,
    AdmissionFacts,
    CandidateFacts,
    ConsentFacts,
    FailingFacts,
    ForwardFacts,
    GivingUpFacts,
    PublishedFacts,
    ReopeningFacts,
)


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
    return [
        *partner_asked(stands),
        (MODERATING, moderation_facts_of(call, held)),
        (PROPOSING, candidate_facts(line, call, held, stands)),
    ]


def failing_facts(call: Call, held: Standing) -> FailingFacts:
    """For SL-52: who stands, and whether the next in rank may. Before the levels are revealed nobody is in rank."""
    line, may_stand = next_in_rank(call), False
    if line is not None:
        stands = standing_of(line.proposal.partner)
        asked = [*partner_asked(stands), (PROPOSING, candidate_facts(line, call, held, stands))]
        may_stand = all(each.holds for each in cases.findings(asked, held))
    again = Q(pk=None) if call.opened_at is None else Q(sealed_at__gte=call.opened_at, state="admissible")
    judged = Ranking.objects.filter(call=call).values("proposal")
    return FailingFacts(
        candidate_stands=candidate(call) is not None,
        next_may_stand=may_stand,
        scored_again=call.proposals.filter(again, pk__in=judged).exists(),
    )


def giving_up_facts(call: Call, held: Standing) -> GivingUpFacts:
    """For SL-55. Once the meeting has refused, the village may leave though another could be proposed.

    Levels that were revealed in this opening are known, also while all is scored again in a further round.
    """
    if call.state not in ("scoring", "provisional") or call.case.state == "rejected_by_musyawarah":
        return GivingUpFacts(result_stands=False)
    left = failing_facts(call, held)
    objected = call.state == "provisional" and call.objections.filter(holding_up(call)).exists()
    return GivingUpFacts(left.candidate_stands or left.next_may_stand or left.scored_again or objected)


def reopening_facts(call: Call) -> ReopeningFacts:
    """For SL-51, of the running result; two statements."""
    said = declared(call)
    lines = Ranking.objects.filter(call=call, round=call.round).only("counted")[:1]
    counted = {seat for line in lines for seat in line.counted}
    interested = [each for each in call.panel.all() if each.pk in counted and said.get(each.person_id)]
    return ReopeningFacts(
        upheld=call.objections.filter(holding_up(call), state="upheld").count(), counted_with_interest=len(interested)
    )


def wrongly_out(call: Call, held: Standing) -> list[Proposal]:
    """Proposals of this opening that are out by the check, whose partners objected and were right since the levels were
    revealed; without those that share with officials what nobody has explained (RG-15)."""
    if call.revealed_at is None or call.opened_at is None:
        return []
    right = call.objections.filter(state="upheld", answered_at__gte=call.revealed_at).values("partner")
    found = call.proposals.filter(state="disqualified", sealed_at__gte=call.opened_at, partner__in=right)
    village, today = call.case.village_id, clock.today()
    return [
        each
        for each in found.select_related("partner", "call__case").order_by("pk")
        if not unmet(examine(UNTIED, overlap_facts_of([each.partner], village, today), held))
    ]


def published_facts(call: Call, held: Standing, today: date) -> PublishedFacts:
    return PublishedFacts(
        days_published=(today - call.published_on).days if call.published_on else 0,
        ranking_publication_days=held.numbers["ranking_publication_days"],
    )


def holding_up(call: Call) -> Q:
    """Objections to a result that hold it up: those without an answer, and those that were upheld since its levels were
    revealed, as long as no further round has followed; of a direct appointment, since the newest was made."""
    unheeded = Q(state="upheld", answered_at__gte=call.revealed_at) if call.revealed_at else Q(pk=None)
    if call.direct:
        newest = DirectAppointment.objects.filter(call=call).order_by("-pk").values("at")[:1]
        unheeded = Q(state="upheld", answered_at__gte=Subquery(newest))
    return Q(state__in=OPEN_OBJECTIONS) | unheeded


def _may_be_appealed(held: Standing, today: date) -> Q:
    """SL-46 as a condition: rejected no more working days ago than its norm gives, and never appealed."""
    days: int = held.numbers["objection_appeal_working_days"]
    earliest = WorkingDays().add(today + timedelta(days=1), -days - 1)
    appealed = ObjectionStep.objects.filter(kind="appealed").values("objection")
    return Q(state="dismissed", answered_at__date__gte=earliest) & ~Q(pk__in=appealed)


def forward_facts(call: Call, held: Standing, today: date) -> ForwardFacts:
    """Objections that were rejected are open as long as their answer may be contradicted. One statement."""
    waiting = call.objections.filter(holding_up(call) | _may_be_appealed(held, today))
    counted = Call.objects.filter(pk=call.pk).aggregate(
        objections=Count("objections", filter=Q(objections__in=waiting), distinct=True),
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
