"""Who sits, who declared what, who scored, and who has which part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.journal.models import Event
from bermitra.foundation.rules import Standing
from bermitra.partnership.models import Case
from bermitra.partnership.rules import Parts
from bermitra.registry.models import Partner
from bermitra.registry.queries.conflicts import tied_people
from bermitra.selection import criteria
from bermitra.selection.models import Call, InterestDeclaration, Panelist, Proposal, ProposalVersion, Score
from bermitra.selection.rules import (
    CANDIDATES,
    OFFICES_OF,
    READ_IN,
    UNREAD,
    InterestFacts,
    PanelFacts,
    ScorersFacts,
    SeatFacts,
)

PANEL_OFFICES = frozenset().union(*OFFICES_OF.values())


def panel_facts(call: Call, held: Standing, judges: Sequence[Panelist] | None = None) -> PanelFacts:
    """Those who score (or the ``judges`` on whose levels a result rests); whoever only leads the panel is not counted."""
    seats = [each.seat for each in (call.seats() if judges is None else judges) if each.scores]
    return PanelFacts(
        panel=len(seats),
        residents=seats.count("resident"),
        bpd=seats.count("bpd"),
        panel_min=held.numbers["panel_min"],
        panel_residents_min=held.numbers["panel_residents_min"],
        panel_bpd_min=held.numbers["panel_bpd_min"],
    )


def seat_of(call: Call, person: Person | None) -> Panelist | None:
    return next((each for each in call.seats() if person is not None and each.person_id == person.pk), None)


def interest_facts(call: Call, person: Person | None, role: str = "") -> InterestFacts:
    """What ``person`` has declared about this call, and what he shares with a proposing partner as it was found.

    Nobody takes an own "yes" back: once an interest is known, another person takes the place. An auditor looks from outside
    the village and declares nothing here.
    """
    if role == roles.AUDITOR.key:
        return InterestFacts(declared_for_this_case=True, conflict_declared=False, conflict_found=False)
    said = set(declarations_of(call).filter(person=person).values_list("interest", flat=True))
    return InterestFacts(
        declared_for_this_case=bool(said),
        conflict_declared=True in said,
        conflict_found=person is not None and bool(tied(call, [person])),
    )


def tied(call: Call, people: Sequence[Person]) -> frozenset[int]:
    """Keys of those of ``people`` who share something with a partner whose proposal was opened, or who was appointed directly
    (SL-12).

    Nobody before the opening: what is found would say who has sealed a proposal.
    """
    if call.state not in READ_IN or not people or call.opened_at is None:
        return frozenset()
    named = Q(sealed_at__gte=call.opened_at) | Q(state__in=CANDIDATES)
    opened = call.proposals.filter(named).exclude(state__in=UNREAD)
    partners = Partner.objects.filter(pk__in=opened.values("partner"))
    return tied_people(people, partners, call.case.village_id, clock.today())


@dataclass(frozen=True)
class Bound:
    """How high one criterion may be scored at so much vision agreement, in whole hundredths."""

    agreement: int
    highest: int


def vision_bounds(call: Call, sent: ProposalVersion) -> dict[str, Bound]:
    """By criterion of the call, those that are bounded by how far the visions of both sides agree (SL-43)."""
    agreement = criteria.vision_agreement(call.vision_ticks, sent.content.get("vision_ticks", []))
    codes = [each.code for each in call.criteria.all() if criteria.criteria()[each.code].cap_by_vision]
    return {code: Bound(agreement, criteria.highest_level(code, agreement)) for code in codes}


def scores_by(person: Person, proposal: Proposal) -> list[Score]:
    """What somebody gave himself, in all rounds: always his to read again. One statement."""
    given = Score.objects.filter(version__proposal=proposal, panelist__person=person)
    return list(given.order_by("-round", "pk"))


def visited_from(call: Call) -> date:
    """The day of the opening: nobody knew before it whom to visit."""
    opened = call.unsealed_at or call.closed_at or call.drafted_at
    return timezone.localdate(opened)


def panel_candidates(call: Call) -> QuerySet[Person]:
    """Who may be given a seat: people with an office of the village that a seat opens doors to, who have none yet."""
    village, today = call.case.village_id, clock.today()
    held = Appointment.objects.in_force(today).filter(region_id=village, role__in=PANEL_OFFICES).values("person")
    sitting = call.panel.filter(left_at=None).values("person")
    return Person.objects.filter(pk__in=held).exclude(pk__in=sitting).order_by("full_name", "pk")


def seat_facts(call: Call, person: Person, seat: str) -> SeatFacts:
    held = Appointment.objects.in_force(clock.today()).filter(region_id=call.case.village_id, person=person)
    return SeatFacts(seat=seat, roles=frozenset(held.values_list("role", flat=True)))


def declarations_of(call: Call) -> QuerySet[InterestDeclaration]:
    """What was declared since the call was last opened: another opening brings other partners.

    Before the proposals are unsealed nobody knows whose they are: an interest that was declared counts, its absence does not.
    """
    found = InterestDeclaration.objects.filter(call=call)
    if call.opened_at is None:
        return found
    if call.unsealed_at is not None and call.unsealed_at >= call.opened_at:
        found = found.filter(Q(interest=True) | Q(at__gte=call.unsealed_at))
    return found.filter(at__gte=call.opened_at)


def declared(call: Call) -> dict[int, bool]:
    """Whether each person who declared has said that there is an interest. What was found by itself of a seat counts as
    declared. One statement."""
    said = dict(declarations_of(call).order_by("interest").values_list("person", "interest"))
    return said | {each.person_id: True for each in call.seats() if each.tied_at is not None}


def with_interest(person: Person) -> Q:
    """Calls that were opened and in which an interest of this person is known, as :func:`interest_known` tells of one."""
    said = InterestDeclaration.objects.filter(
        call=OuterRef("pk"), person=person, interest=True, at__gte=OuterRef("opened_at")
    )
    found = Panelist.objects.filter(call=OuterRef("pk"), person=person, left_at=None).exclude(tied_at=None)
    return Q(Exists(said) | Exists(found))


def interest_known(call: Call, person: Person) -> bool:
    """Whether somebody has said that he has an interest in this call, or it was found of his seat. One statement."""
    said = declarations_of(call).filter(person=person, interest=True)
    found = Panelist.objects.filter(call=call, person=person, left_at=None).exclude(tied_at=None)
    return Person.objects.filter(Exists(said) | Exists(found), pk=person.pk).exists()


def scorers(call: Call, declarations: dict[int, bool] | None = None) -> list[Panelist]:
    """Who scores and may: seats that score, without those of whom an interest is known. ``declarations`` as :func:`declared`
    gives them, where they were read already."""
    said = declared(call) if declarations is None else declarations
    return [each for each in call.seats() if each.scores and not said.get(each.person_id)]


def scorers_facts(call: Call, held: Standing, judges: Sequence[Panelist]) -> ScorersFacts:
    """A scorer has finished who gave every criterion of every admissible proposal a level, this round. How many have, and
    nothing of who or which. ``judges``: those who score and may (:func:`scorers`), or on whose levels a result rests."""
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
    return ScorersFacts(
        finished_scorers=sum(1 for each in judges if wanted and given.get(each.pk, 0) == wanted),
        scorers=len(judges),
        panel_min=held.numbers["panel_min"],
    )


def parts(case: Case) -> Parts:
    """Who proposed a candidate, scored, signed and drafted the call in a case (FD-04), the last two by the journal.

    Whoever signed has signed, though the signature was voided and the case went back. (Ink counts once all have signed;
    from there no case comes back.)
    """
    calls = [f"call:{code}" for code in case.calls.values_list("code", flat=True)]
    drafted = Event.objects.filter(about__in=calls, door__in=DRAFTING).values_list("actor", flat=True)
    signed = Event.objects.filter(region=case.village_id, door__in=SIGNING, body__contains=f'"case":"{case.code}"')
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

# Doors of a later stage, by the names they have in the journal.
SIGNING = ("agreements.sign", "agreements.register_certified_signature")
