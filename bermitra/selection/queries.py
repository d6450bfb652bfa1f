"""Reading calls and proposals. Nothing here gives the content of a proposal to anybody but its partner before it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from hashlib import sha256
from typing import Any

import rfc8785
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from bermitra.deliberation.queries import decision_on
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import Event
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.rules import Finding, Standing, examine, unmet
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case, TermSheet
from bermitra.partnership.rules import (
    INTRODUCED,
    OPENING,
    SUBMITTING_PRIORITIES,
    OpeningFacts,
    Parts,
    village_budget_considered,
)
from bermitra.partnership.rules import in_the_village_plan as in_plan
from bermitra.registry.models import Partner
from bermitra.registry.queries.conflicts import overlap_facts_of
from bermitra.registry.queries.standing import PartnerStanding, standing_of
from bermitra.registry.queries.villages import village_facts
from bermitra.registry.rules import (
    READY_TO_PARTNER,
    UNTIED,
    not_on_watch_list,
    verdict_fresh,
    village_ready_to_partner,
)
from bermitra.selection import criteria, terms
from bermitra.selection.models import (
    Call,
    InterestDeclaration,
    Panelist,
    Proposal,
    ProposalVersion,
    Question,
    Ranking,
    Reading,
    Score,
)
from bermitra.selection.rules import (
    ADMITTING,
    CONSENTING,
    FORWARDING,
    FROZEN,
    OPENING_CALL,
    PANEL,
    PROPOSING,
    RANKING,
    READ_IN,
    REVEALING,
    AdmissionFacts,
    CallFacts,
    CandidateFacts,
    ConsentFacts,
    ForwardFacts,
    FrozenFacts,
    InterestFacts,
    PanelFacts,
    ResultFacts,
    ScorersFacts,
)

PANEL_OFFICES = frozenset(
    {
        roles.SELECTION_PANELIST.key, roles.RESIDENT.key, roles.GROUP_REP.key, roles.BPD_MEMBER.key,
        roles.VILLAGE_COOP_UNIT.key,
    }
)  # fmt: skip
PUBLIC_PAGE = 50


# Who sees which -----------------------------------------------------------------------------------------------------
def calls_visible_to(person: Any) -> QuerySet[Call]:
    """Calls of the cases one sees, and those on whose panel one sits."""
    seen = Q(case__in=cases.cases_visible_to(person)) | Q(panel__person=person, panel__left_at=None)
    return Call.objects.filter(seen).select_related("case__village", "case__partner").distinct()


def public_calls(open_only: bool = False) -> QuerySet[Call]:
    """Calls that were announced, those that end first on top."""
    found = Call.objects.exclude(state__in=("draft", "cancelled")).select_related("case__village")
    return found.filter(state="open").order_by("deadline", "pk") if open_only else found.order_by("-opened_at", "-pk")


def call_of(case: Case) -> Call | None:
    """The call of a case that was not cancelled."""
    found = Call.objects.filter(case=case).select_related(
        "case__village", "case__partner", "case__midterm_line", "case__plan_line"
    )
    return found.exclude(state="cancelled").order_by("-pk").first()


def proposals_visible_to(person: Any) -> QuerySet[Proposal]:
    """The own party's always; those of others once their call's proposals were opened (or, without a call, were sent)."""
    parties = [office.party for office in person.offices if office.party]
    opened = Q(call__in=calls_visible_to(person).values("pk"), call__state__in=READ_IN) & ~Q(
        state__in=("draft", "withdrawn", "late")
    )
    to_village = Q(call=None, state="sent", case__in=cases.cases_visible_to(person).values("pk"))
    seen = Q(partner__code__in=parties) | opened | to_village
    return Proposal.objects.filter(seen).select_related("partner", "call__case__village", "case__village", "village")


def own_proposals(person: Any) -> QuerySet[Proposal]:
    """What the parties of this person have written or sent."""
    parties = [office.party for office in person.offices if office.party]
    found = Proposal.objects.filter(partner__code__in=parties)
    return found.select_related("partner", "call__case__village", "case__village", "village").order_by("-pk")


def open_questions(call: Call) -> list[dict[str, str]]:
    """What was asked about a call and answered, as everybody may read it; the oldest first."""
    rows = Question.objects.filter(call=call).order_by("asked_at", "pk").values_list("text", "answer__text")
    return [{"text": openly(text), "answer": openly(answer or "")} for text, answer in rows]


def sealed_count(call: Call) -> int:
    return Proposal.objects.filter(call=call, state="sealed").count()


# Contents -----------------------------------------------------------------------------------------------------------
def newest_version(proposal: Proposal) -> ProposalVersion | None:
    return ProposalVersion.objects.filter(proposal=proposal).order_by("-number").first()


def content_for_partner(proposal: Proposal) -> dict[str, Any]:
    """What the partner itself has written: its draft, else what it sent last."""
    if proposal.draft:
        return dict(proposal.draft)
    sent = newest_version(proposal)
    return dict(sent.content) if sent else {}


def offer_is_written(proposal: Proposal) -> bool:
    """Whether its partner still writes on an offer to a village: not sent yet, or sent back."""
    if proposal.case is None:
        return proposal.state == "draft"
    return proposal.case.state in (INTRODUCED, "returned_to_partner")


def is_open_to_read(proposal: Proposal) -> bool:
    """Proposals to a call are read once they were opened with minutes; an offer to a village once it was sent."""
    if proposal.call is None:
        return proposal.state == "sent"
    return proposal.call.state in READ_IN and proposal.state not in ("draft", "withdrawn", "late")


def opened(proposal: Proposal, person: Person) -> ProposalVersion | None:
    """The content for somebody outside the partner who has opened it through ``selection.read_proposal``; else nothing."""
    sent = newest_version(proposal) if is_open_to_read(proposal) else None
    if sent is None or not Reading.objects.filter(version=sent, person=person).exists():
        return None
    return sent


@dataclass(frozen=True)
class Attached:
    """A file that goes with a proposal; ``sent``: it stands in the version that was sent last."""

    pk: int
    title: str
    file: StoredFile
    sent: bool


def sealed_files(version: ProposalVersion) -> list[Attached]:
    """Exactly what was sealed, under its titles of that day; what the partner lays beside it later is not among them."""
    laid = {each.file.sha256: each for each in version.proposal.files.select_related("file")}
    found = [(laid[each["sha256"]], each["title"]) for each in version.content.get("files", ())]
    return [Attached(each.pk, title, each.file, sent=True) for each, title in found]


def files_for_partner(proposal: Proposal) -> list[Attached]:
    """What the partner itself has laid beside its proposal, sent or not."""
    version = newest_version(proposal)
    sent = {(each["sha256"], each["title"]) for each in version.content.get("files", ())} if version else set()
    laid = proposal.files.select_related("file").order_by("pk")
    return [Attached(each.pk, each.title, each.file, (each.file.sha256, each.title) in sent) for each in laid]


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical content: what is committed when it is sealed."""
    return sha256(rfc8785.dumps(content)).hexdigest()


# Facts --------------------------------------------------------------------------------------------------------------
def weights(call: Call) -> dict[str, int]:
    return {each.code: each.weight for each in call.criteria.all()}


def criteria_hash(call: Call, weighed: dict[str, int] | None = None) -> str:
    """What may not change once the call is open: weights, thresholds, ticks and the terms themselves."""
    frozen: Any = {
        "weights": weighed if weighed is not None else weights(call),
        "total": call.threshold_total,
        "each": call.threshold_each,
        "ticks": sorted(call.vision_ticks),
        "terms": call.kak,
        "title": call.title,
        "goals": call.goals,
        "seeks": call.seeks,
        "offers": call.offers,
    }
    return sha256(rfc8785.dumps(frozen)).hexdigest()


def frozen_facts(call: Call) -> FrozenFacts:
    return FrozenFacts(criteria_hash_now=criteria_hash(call), criteria_hash_at_opening=call.frozen_hash)


def call_facts(call: Call, held: Standing, today: date, deadline: datetime | None = None) -> CallFacts:
    case, ends = call.case, deadline or call.deadline
    rows = [*case.benefits, *case.costs]
    return CallFacts(
        empty_sections=len(terms.empty_sections(call.kak)),
        benefit_rows=len(case.benefits),
        cost_rows=len(case.costs),
        rows_without_figure=sum(1 for row in rows if row.get("amount") is None),
        spatial_plan_ok=bool(case.spatial_check and case.spatial_ok),
        environment_ok=bool(case.environment_check and case.environment_ok),
        terms_attached=bool(call.kak),
        channels=tuple(call.channels),
        weights=tuple(weights(call).values()),
        opens_on=today,
        closes_on=timezone.localdate(ends) if ends else today,
        call_min_days=held.numbers["call_min_days"],
    )


def panel_facts(call: Call, held: Standing) -> PanelFacts:
    """Those who score; whoever only leads the panel is not counted."""
    seats = [each.seat for each in call.seats() if each.scores]
    return PanelFacts(
        panel=len(seats),
        residents=seats.count("resident"),
        bpd=seats.count("bpd"),
        panel_min=held.numbers["panel_min"],
        panel_residents_min=held.numbers["panel_residents_min"],
        panel_bpd_min=held.numbers["panel_bpd_min"],
    )


def opening_asked(call: Call, held: Standing, today: date, deadline: datetime | None = None) -> cases.Asked:
    """Everything the opening of a call asks, in the order a clerk works through it."""
    case = call.case
    opening = OpeningFacts(case.village.kind, case.coop_type, case.field_of_government, (case.village_id[:5],))
    return [
        (OPENING[:1], opening),
        (SUBMITTING_PRIORITIES, cases.need_facts(case)),
        ((in_plan,), cases.plan_facts_of(case)),
        ((village_budget_considered,), cases.budget_facts(case)),
        (OPENING_CALL, call_facts(call, held, today, deadline)),
        (PANEL, panel_facts(call, held)),
        (READY_TO_PARTNER, village_facts(case.village, held)),
    ]


def seat_of(call: Call, person: Person | None) -> Panelist | None:
    return next((each for each in call.seats() if person is not None and each.person_id == person.pk), None)


def interest_facts(call: Call, person: Person | None, role: str = "") -> InterestFacts:
    """What ``person`` has declared about this call, and whether an office of a proposing partner was found.

    An auditor looks from outside the village and declares nothing here.
    """
    if role == roles.AUDITOR.key:
        return InterestFacts(declared_for_this_case=True, conflict_declared=False, conflict_found=False)
    said = declarations_of(call).filter(person=person).order_by("-pk").first()
    parties = list(call.proposals.exclude(state__in=("draft", "withdrawn")).values_list("partner__code", flat=True))
    found = Appointment.objects.in_force(clock.today()).filter(person=person, party__in=parties)
    return InterestFacts(
        declared_for_this_case=said is not None,
        conflict_declared=said is not None and said.interest,
        conflict_found=found.exists(),
    )


def panel_candidates(call: Call) -> QuerySet[Person]:
    """Who may be given a seat: people with an office of the village that a seat opens doors to, who have none yet."""
    village, today = call.case.village_id, clock.today()
    held = Appointment.objects.in_force(today).filter(region_id=village, role__in=PANEL_OFFICES).values("person")
    sitting = call.panel.filter(left_at=None).values("person")
    return Person.objects.filter(pk__in=held).exclude(pk__in=sitting).order_by("full_name", "pk")


def declarations_of(call: Call) -> QuerySet[InterestDeclaration]:
    """What was declared since the call was last opened: another opening brings other partners."""
    found = InterestDeclaration.objects.filter(call=call)
    return found.filter(at__gte=call.opened_at) if call.opened_at else found


def declared(call: Call) -> dict[int, bool]:
    """The newest declaration of each person: whether there is an interest. One statement."""
    return dict(declarations_of(call).order_by("pk").values_list("person", "interest"))


def scorers(call: Call, declarations: dict[int, bool] | None = None) -> list[Panelist]:
    """Who scores and may: seats that score, without those whose newest declaration names an interest."""
    said = declared(call) if declarations is None else declarations
    return [each for each in call.seats() if each.scores and not said.get(each.person_id)]


def newest_versions(proposals: Sequence[Proposal]) -> dict[int, ProposalVersion]:
    """The newest version by the key of its proposal. One statement."""
    found = ProposalVersion.objects.filter(proposal__in=proposals).order_by("number")
    return {each.proposal_id: each for each in found}


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


def scorers_facts(call: Call, held: Standing, declarations: dict[int, bool] | None = None) -> ScorersFacts:
    """A scorer has finished who gave every criterion of every admissible proposal a level, this round."""
    found = ProposalVersion.objects.filter(
        proposal__call=call, proposal__state__in=("admissible", "ranked", "proposed", "accepted")
    )
    versions = {each.proposal_id: each.pk for each in found.order_by("number").only("pk", "proposal_id", "number")}
    wanted = len(versions) * len(call.criteria.all())
    given = dict(
        Score.objects.filter(version__in=list(versions.values()), round=call.round)
        .values_list("panelist")
        .annotate(n=Count("pk"))
        .values_list("panelist", "n")
    )
    sitting = scorers(call, declarations)
    return ScorersFacts(
        finished_scorers=sum(1 for each in sitting if wanted and given.get(each.pk, 0) == wanted),
        scorers=len(sitting),
        panel_min=held.numbers["panel_min"],
    )


@dataclass(frozen=True)
class Judgement:
    """How one proposal came out of a round."""

    proposal: Proposal
    outcome: criteria.Outcome
    vision_agreement: int
    core_missing: int
    passes: bool


def judgements(call: Call, proposals: Sequence[Proposal]) -> list[Judgement]:
    """All proposals in their order: those that pass (SL-20) first; by total, need_fit, public_benefit, then the earlier sealed.

    Scores of people who are not (or no longer) scorers don't count.
    """
    weighed, versions, held = weights(call), newest_versions(proposals), standing_for(call)
    counted = [each.pk for each in scorers(call)]
    levels: dict[int, dict[str, list[int]]] = {each.pk: {code: [] for code in weighed} for each in proposals}
    of = {version.pk: key for key, version in versions.items()}
    found = Score.objects.filter(version__in=versions.values(), round=call.round, panelist__in=counted)
    for version, criterion, level in found.values_list("version", "criterion", "level"):
        levels[of[version]][criterion].append(level)
    made = []
    for each in proposals:
        outcome = criteria.outcome(weighed, levels[each.pk], call.threshold_each)
        ticks = versions[each.pk].content.get("vision_ticks", [])
        agreement = criteria.vision_agreement(call.vision_ticks, ticks)
        missing = criteria.core_missing(call.vision_ticks, ticks)
        result = ResultFacts(outcome.total, len(outcome.below_floor), call.threshold_total)
        passes = not unmet(examine(RANKING, result, held))
        made.append(Judgement(each, outcome, agreement, missing, passes))
    return sorted(
        made,
        key=lambda j: (
            not j.passes,
            -j.outcome.total,
            -j.outcome.points["need_fit"],
            -j.outcome.points["public_benefit"],
            j.proposal.sealed_at,
            j.proposal.pk,
        ),
    )


def ranking(call: Call) -> list[Ranking]:
    """The result of the running round, best first; what fell below a bound comes last. Empty before it was revealed."""
    found = Ranking.objects.filter(call=call, round=call.round).select_related("proposal__partner")
    return sorted(found, key=lambda line: (line.place is None, line.place or 0, -Fraction(line.total), line.pk))


def reasons_of(call: Call) -> dict[tuple[int, str], list[tuple[int, str]]]:
    """Levels and reasons of the running round by proposal and criterion, without the scorers' names; once revealed."""
    found: dict[tuple[int, str], list[tuple[int, str]]] = {}
    if call.revealed_at is not None:
        given = Score.objects.filter(version__proposal__call=call, round=call.round).order_by("panelist", "pk")
        for proposal, criterion, level, reason in given.values_list(
            "version__proposal", "criterion", "level", "reason"
        ):
            found.setdefault((proposal, criterion), []).append((level, reason))
    return found


def public_ranking(call: Call) -> list[Ranking]:
    """The published provisional result; nothing before its day."""
    return ranking(call) if call.published_on and call.state in ("provisional", "awarded") else []


def candidate(call: Call) -> Proposal | None:
    """The proposal that is a candidate, or was chosen."""
    found = Proposal.objects.filter(call=call, state__in=("proposed", "accepted", "chosen"))
    return found.select_related("partner", "call__case__village").first()


def next_in_rank(call: Call) -> Ranking | None:
    """The best line whose proposal still stands and was not a candidate."""
    return next((line for line in ranking(call) if line.place and line.proposal.state == "ranked"), None)


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


def standing_for(call: Call) -> Standing:
    """How the rules stand in the call's regency, with the threshold that the call itself announced."""
    held = standing(call.case.village_id)
    return replace(held, numbers={**held.numbers, "score_threshold": call.threshold_total})


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


# One person, one part -----------------------------------------------------------------------------------------------
def parts(case: Case) -> Parts:
    """Who proposed a candidate, scored, signed and drafted the call in a case (FD-04), the last two by the journal.

    Whoever signed has signed, though the signature was voided and the case went back. (Ink counts once all have signed;
    from there no case comes back.)
    """
    calls = [f"call:{code}" for code in case.calls.values_list("code", flat=True)]
    drafted = Event.objects.filter(about__in=calls, door__in=DRAFTING).values_list("actor", flat=True)
    signed = Event.objects.filter(region=case.village_id, door=SIGNING, body__contains=f'"case":"{case.code}"')
    proposers = case.calls.values_list("proposals__candidacies__by", flat=True)
    seats = Panelist.objects.filter(call__case=case)
    scored = seats.filter(scores_given__isnull=False) | seats.filter(scores=True, left_at=None)
    return Parts(
        proposers=frozenset(code for code in proposers if code),
        scorers=frozenset(scored.values_list("person__code", flat=True)),
        signers=frozenset(signed.values_list("actor", flat=True)),
        drafters=frozenset(drafted),
    )


# By these the terms of a call are written.
DRAFTING = ("selection.draft_call", "selection.write_kak", "selection.set_criteria")
SIGNING = "agreements.sign"  # the door of a later stage, by the name it has in the journal


# What the next doors ask --------------------------------------------------------------------------------------------
def checks(case: Case) -> dict[str, tuple[Finding, ...]]:
    """What the next doors of this stage ask, door by door, before anybody knocks."""
    call = call_of(case)
    held = standing_for(call) if call is not None else standing(case.village_id)
    return {door: asked_of(door, case, call, held) for door in _CHECKED.get(case.state, ())}


_CHECKED = {
    "preparing_terms": ("selection.open_call",),
    "offers_received": ("selection.start_selection",),
    "administrative_selection": ("selection.complete_admin_check",),
    "substantive_selection": ("selection.reveal_scores", "selection.propose_candidate"),
    "candidate_proposed": ("selection.forward_to_musyawarah",),
    "awaiting_musyawarah": ("selection.record_consent",),
    "initial_check": ("selection.accept_for_musyawarah",),
}


def asked_of(
    door: str,
    case: Case,
    call: Call | None,
    held: Standing,
    declarations: dict[int, bool] | None = None,
    proposals: Sequence[Proposal] | None = None,
) -> tuple[Finding, ...]:
    """What one door asks, rule by rule; nothing for a door that asks nothing, or not yet.

    ``declarations`` as :func:`declared` gives them and the opened ``proposals``, where the page has read them already.
    """
    asked: cases.Asked = []
    if door == "selection.record_consent":
        asked = [(CONSENTING, consent_facts(case, cases.term_sheet(case)))]
    elif door == "selection.accept_for_musyawarah" and case.partner is not None:
        asked = unsolicited_asked(case, case.partner, held)
    elif call is not None:
        match door:
            case "selection.open_call":
                asked = opening_asked(call, held, clock.today())
            case "selection.start_selection":
                asked = [(FROZEN, frozen_facts(call)), (PANEL, panel_facts(call, held))]
            case "selection.complete_admin_check":
                asked = admission_asked(call, proposals)
            case "selection.reveal_scores":
                asked = [(REVEALING, scorers_facts(call, held, declarations))] if call.revealed_at is None else []
            case "selection.propose_candidate" | "selection.propose_next" if call.revealed_at is not None:
                line = next_in_rank(call)
                asked = candidate_asked(line, call, held) if line else []
            case "selection.forward_to_musyawarah":
                asked = [(FORWARDING, forward_facts(call, held, clock.today()))]
    return cases.findings(asked, held)


def unsolicited_asked(case: Case, partner: Partner, held: Standing) -> cases.Asked:
    """What a partner's own offer must meet before the village meeting hears of it; the visions are compared in the act."""
    return [
        (SUBMITTING_PRIORITIES, cases.need_facts(case)),
        ((village_budget_considered,), cases.budget_facts(case)),
        ((village_ready_to_partner,), village_facts(case.village, held)),
        *partner_asked(standing_of(partner)),
        (UNTIED, overlap_facts_of([partner], case.village_id, clock.today())),
    ]


# For later stages ---------------------------------------------------------------------------------------------------
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
