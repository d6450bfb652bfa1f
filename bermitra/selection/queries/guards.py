"""The whole list of what an award needs, from the terms of the call to the decision of the meeting.

The act asks the list itself (:func:`award_findings`). Pages show what was kept of it after the last act that could change it
(:func:`kept_guards`): everybody sees the same ticks, and a page costs no more for it. Nothing in it tells how many proposals are
sealed, or whose: what is asked of proposals is unmet until they are opened, whatever has come in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min
from django.db.models.functions import Length
from django.utils import timezone

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.rules import Finding, Rule, Standing, examine
from bermitra.partnership import queries as cases
from bermitra.registry.queries.conflicts import overlap_facts_of
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.rules import UNTIED, OverlapFacts, not_on_watch_list, verdict_fresh
from bermitra.selection.models import Call, Panelist, Proposal, Ranking, Score
from bermitra.selection.queries.award import candidate_facts, consent_facts, forward_facts, published_facts
from bermitra.selection.queries.calls import call_facts, frozen_facts, standing_for
from bermitra.selection.queries.contents import newest_version
from bermitra.selection.queries.direct import Reason, direct_facts, direct_of
from bermitra.selection.queries.feedback import feedback_facts
from bermitra.selection.queries.moderation import moderation_facts_of
from bermitra.selection.queries.offers import vision_facts
from bermitra.selection.queries.panel import declarations_of, declared, panel_facts, scorers, scorers_facts, tied
from bermitra.selection.queries.results import candidate, ranking
from bermitra.selection.rules import (
    ADMITTING,
    APPOINTING,
    CONSENTING,
    DIRECT,
    FROZEN,
    INFORMED,
    MODERATING,
    OPENING_CALL,
    PANEL,
    PUBLISHED,
    READ_IN,
    READING,
    REVEALING,
    SCORING,
    SEAL,
    AdmissionFacts,
    InterestFacts,
    ScoreFacts,
    ScorerRoles,
    SealFacts,
    candidate_accepts,
    goals_and_vision_shared,
    no_criterion_decides_alone,
    no_stopping_flag,
    nothing_weighed_away,
    objections_closed,
    threshold_reached,
)
from bermitra.selection.rules.stages import MET, STAGES

HEAD, SECRETARY, BPD, UNIT, PANELIST, PARTNER, OFFICE = (
    roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key, roles.BPD_CHAIR.key, roles.VILLAGE_COOP_UNIT.key,
    roles.SELECTION_PANELIST.key, roles.PARTNER_REP.key, roles.DPMD_OFFICER.key,
)  # fmt: skip
Group = tuple[Rule, ...]
THRESHOLD, NO_FLAG, STANDS, VISIONS, CLOSED, ACCEPTED = (
    (threshold_reached,), (no_stopping_flag,), (not_on_watch_list, verdict_fresh), (goals_and_vision_shared,),
    (objections_closed,), (candidate_accepts,),
)  # fmt: skip
# In the order in which they are met; who can meet each.
LIST: tuple[tuple[Group, tuple[str, ...]], ...] = (
    (OPENING_CALL, (SECRETARY, HEAD)),
    (PANEL, (HEAD, BPD)),
    (APPOINTING, (HEAD, BPD)),
    (FROZEN, (HEAD,)),
    (SEAL, (PANELIST, BPD)),
    (READING, (PANELIST, HEAD)),
    (ADMITTING, (PANELIST,)),
    (UNTIED, (PARTNER, OFFICE)),
    (REVEALING, (PANELIST,)),
    (SCORING, (PANELIST,)),
    (MODERATING, (PANELIST,)),
    (THRESHOLD, (PANELIST,)),
    (NO_FLAG, (OFFICE, UNIT)),
    (STANDS, (PARTNER, OFFICE)),
    (VISIONS, (HEAD, PARTNER)),
    (PUBLISHED, (PANELIST,)),
    (INFORMED, (PANELIST, BPD)),
    (CLOSED, (PANELIST, BPD)),
    (ACCEPTED, (PARTNER,)),
    (CONSENTING, (BPD,)),
)
# Of a partner that was appointed without rivals: no announcement, nothing scored, nobody ranked.
DIRECT_LIST: tuple[tuple[Group, tuple[str, ...]], ...] = (
    (OPENING_CALL[:3], (SECRETARY, HEAD)),
    (FROZEN, (HEAD,)),
    (DIRECT, (HEAD, UNIT)),
    (NO_FLAG, (OFFICE, UNIT)),
    (UNTIED, (PARTNER, OFFICE)),
    (STANDS, (PARTNER, OFFICE)),
    (VISIONS, (HEAD, PARTNER)),
    (CLOSED, (PANELIST, BPD)),
    (ACCEPTED, (PARTNER,)),
    (CONSENTING, (BPD,)),
)
WHO = {rule.code: who for rules, who in (*LIST, *DIRECT_LIST) for rule in rules}
RULES = {rule.code: rule for rules, _who in (*LIST, *DIRECT_LIST) for rule in rules}
BOUNDS = (nothing_weighed_away, no_criterion_decides_alone)  # asked at the opening, since there are such bounds
UNDER_WAY = ("open", "closed", "checking", "scoring", "provisional")  # states in which ticks come and go
JUDGED = ("admissible", "ranked", "proposed", "accepted", "chosen", "not_chosen", "lapsed")


@dataclass(frozen=True)
class Guard:
    """One condition of the award: its rule as it was found, and the roles that can bring it about."""

    finding: Finding
    who: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.finding.code

    @property
    def holds(self) -> bool:
        return self.finding.holds

    @property
    def says(self) -> str:
        """Met, what is true now (:data:`MET`); unmet, what the rule asks. With ``{name}`` for the numbers of the finding."""
        return MET[self.code] if self.holds else self.finding.rule.says

    @property
    def offices(self) -> tuple[str, ...]:
        """The names of these roles."""
        return tuple(roles.BY_KEY[role].name for role in self.who)


@dataclass(frozen=True)
class Stage:
    """Some conditions of the award that are met one with another."""

    title: str
    guards: tuple[Guard, ...]

    @property
    def met(self) -> int:
        return sum(each.holds for each in self.guards)

    @property
    def whole(self) -> bool:
        return self.met == len(self.guards)


def staged(found: Iterable[Guard]) -> tuple[Stage, ...]:
    """The list in the stages of the journey (:data:`STAGES`), without those in which nothing is asked."""
    by_code = {each.code: each for each in found}
    stages = (Stage(title, tuple(by_code[code] for code in lines if code in by_code)) for title, lines in STAGES)
    return tuple(each for each in stages if each.guards)


def next_unmet(stages: Iterable[Stage]) -> Guard | None:
    """The first condition that is still open, in the order of the journey."""
    return next((each for stage in stages for each in stage.guards if not each.holds), None)


def guards(call: Call) -> tuple[Guard, ...]:
    """The whole list as it is at this moment, each with its tick; what the regency has switched off is not in it."""
    return tuple(Guard(each, WHO[each.code]) for each in award_findings(call))


def kept_guards(call: Call) -> tuple[Guard, ...]:
    """The list as it was kept last (``GuardList``); empty where it never was. No statement where it was read with the call."""
    kept = getattr(call, "guard_list", None)
    return tuple(
        Guard(Finding(RULES[line["code"]], line["holds"], line["numbers"]), WHO[line["code"]])
        for line in (kept.lines if kept is not None else ())
        if line["code"] in RULES
    )


def award_findings(call: Call) -> tuple[Finding, ...]:
    """Every rule of :data:`LIST` asked of this call now.

    By the numbers of its day: the opening by those of the day of the opening, the scores by those of the day on which they were
    revealed. A number that the regency changes later changes no call that runs, and a call that was opened when weights had no
    bounds yet is not held against them.
    """
    asked, held, found = _asked_directly(call) if call.direct else _asked(call), standing_for(call), list[Finding]()
    for rules, _who in DIRECT_LIST if call.direct else LIST:
        found += examine(rules, *asked[rules]) if rules in asked else _not_yet(rules, held)
    unasked = BOUNDS if call.opened_at is not None and not call.weights_bounded else ()
    return tuple(each for each in found if each.rule not in unasked)


def _asked(call: Call) -> dict[Group, tuple[Any, Standing]]:
    """The facts of each group and how its rules stood; without the groups of which there is nothing yet to ask."""
    today, held = clock.today(), standing_for(call)
    opened = timezone.localdate(call.opened_at) if call.opened_at else today
    then = standing_for(call, opened)
    judged = standing_for(call, timezone.localdate(call.revealed_at)) if call.revealed_at else held
    lines, said = ranking(call), declared(call)
    judges, forward = _judges(call, lines, said), forward_facts(call, held, today)
    asked: dict[Group, tuple[Any, Standing]] = {
        OPENING_CALL: (call_facts(call, then, opened), then),
        PANEL: (panel_facts(call, judged, judges if lines else None), judged),
        APPOINTING: (_offices(call, judges), held),
        FROZEN: (frozen_facts(call), held),
        SEAL: (SealFacts(call_closed=call.state in READ_IN, minutes_of_opening=call.opening_minutes != ""), held),
        READING: (_interests(call, judges, said), held),
        ADMITTING: (_checked(call), held),
        REVEALING: (scorers_facts(call, judged, judges), judged),
        CLOSED: (forward, held),
        ACCEPTED: (forward, held),
        CONSENTING: (consent_facts(call.case, cases.term_sheet(call.case)), held),
    }
    if (given := _scored(call, judged)) is not None:
        asked[SCORING] = (given, judged)
    if lines:
        asked |= {
            MODERATING: (moderation_facts_of(call, judged), judged),
            PUBLISHED: (published_facts(call, held, today), held),
            INFORMED: (feedback_facts(call), held),
        }
    return asked | _of_candidate(call, lines, judged, held)


def _asked_directly(call: Call) -> dict[Group, tuple[Any, Standing]]:
    """The same for a partner that was appointed without rivals; its visions are compared once it has said yes."""
    held, chosen = standing_for(call), candidate(call)
    opened = timezone.localdate(call.opened_at) if call.opened_at else clock.today()
    then, forward = standing_for(call, opened), forward_facts(call, held, clock.today())
    asked: dict[Group, tuple[Any, Standing]] = {
        OPENING_CALL[:3]: (call_facts(call, then, opened), then),
        FROZEN: (frozen_facts(call), held),
        CLOSED: (forward, held),
        ACCEPTED: (forward, held),
        CONSENTING: (consent_facts(call.case, cases.term_sheet(call.case)), held),
    }
    made = direct_of(chosen) if chosen is not None else None
    if chosen is None or made is None:
        return asked
    why, stands = Reason(made.kind, made.explanation, made.evidence, made.file is not None), standing_of(chosen.partner)
    on_the_day = standing_for(call, timezone.localdate(made.at))
    asked |= {DIRECT: (direct_facts(call.case, chosen.partner, why, on_the_day), on_the_day)}
    asked |= {NO_FLAG: (stands, held), STANDS: (stands, held), UNTIED: (_shared(call, chosen), held)}
    if (said := newest_version(chosen)) is not None:
        theirs = said.content.get("vision_ticks", [])
        asked[VISIONS] = (vision_facts(call.vision_ticks, theirs, on_the_day), on_the_day)
    return asked


def _of_candidate(
    call: Call, lines: list[Ranking], judged: Standing, held: Standing
) -> dict[Group, tuple[Any, Standing]]:
    chosen = candidate(call)
    line = next((each for each in lines if chosen is not None and each.proposal_id == chosen.pk), None)
    if chosen is None or line is None:
        return {}
    stands = standing_of(chosen.partner)
    facts = candidate_facts(line, call, judged, stands)
    return {
        **dict.fromkeys((THRESHOLD, NO_FLAG, VISIONS), (facts, judged)),
        STANDS: (stands, held),
        UNTIED: (_shared(call, chosen), held),
    }


def _shared(call: Call, chosen: Proposal) -> OverlapFacts:
    """What the candidate shares with officials of the village by today (RG-15)."""
    return overlap_facts_of([chosen.partner], call.case.village_id, clock.today())


def _not_yet(rules: Group, held: Standing) -> tuple[Finding, ...]:
    asked = (each for each in rules if not each.switchable or each.code not in held.switched_off)
    return tuple(Finding(each, False, held.numbers) for each in asked)


def _judges(call: Call, lines: list[Ranking], said: dict[int, bool]) -> list[Panelist]:
    """The seats on whose levels the result rests; before there is one, those who are to score."""
    counted = set(lines[0].counted) if lines else set()
    return list(Panelist.objects.filter(pk__in=counted).select_related("person")) if counted else scorers(call, said)


def _offices(call: Call, judges: list[Panelist]) -> ScorerRoles:
    held = Appointment.objects.in_force(clock.today()).filter(
        person__in=[each.person_id for each in judges], region=call.case.village_id
    )
    return ScorerRoles(scorer_roles=frozenset(held.values_list("role", flat=True)))


def _interests(call: Call, judges: list[Panelist], said: dict[int, bool]) -> InterestFacts:
    """Of all judges together, also of those who were released since. What was found by itself of a seat counts as declared
    (:func:`declared`); what is found by today counts too."""
    known = set(declarations_of(call).values_list("person", flat=True))
    return InterestFacts(
        declared_for_this_case=bool(judges) and all(each.person_id in known for each in judges),
        conflict_declared=any(said.get(each.person_id) for each in judges),
        conflict_found=bool(tied(call, [each.person for each in judges])),
    )


def _checked(call: Call) -> AdmissionFacts:
    """Proposals of this opening that wait to be looked at, and those that were; a sealed one is neither."""
    if call.opened_at is None:
        return AdmissionFacts(curing=0, complete=0)
    found = Proposal.objects.filter(call=call, sealed_at__gte=call.opened_at)
    counted = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    return AdmissionFacts(
        curing=sum(counted.get(state, 0) for state in ("opened", "curing")),
        complete=sum(counted.get(state, 0) for state in JUDGED),
    )


def _scored(call: Call, held: Standing) -> ScoreFacts | None:
    """The lowest and the highest level of the round, and its shortest reason; nothing before the levels are revealed."""
    if call.revealed_at is None:
        return None
    given = Score.objects.filter(version__proposal__call=call, round=call.round)
    found = given.aggregate(least=Min("level"), most=Max("level"), shortest=Min(Length("reason")))
    if found["least"] is None:
        return None
    return ScoreFacts(
        levels=(found["least"], found["most"]),
        reasons=2 if found["shortest"] else 0,
        shortest_reason=found["shortest"],
        score_reason_characters=held.numbers["score_reason_characters"],
    )
