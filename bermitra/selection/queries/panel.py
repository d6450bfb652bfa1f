"""Who sits, who declared what, who scored, and who has which part."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.journal.models import Event
from bermitra.foundation.rules import Standing
from bermitra.partnership.models import Case
from bermitra.partnership.rules import Parts
from bermitra.selection.models import Call, InterestDeclaration, Panelist, ProposalVersion, Score
from bermitra.selection.rules import InterestFacts, PanelFacts, ScorersFacts

PANEL_OFFICES = frozenset(
    {
        roles.SELECTION_PANELIST.key, roles.RESIDENT.key, roles.GROUP_REP.key, roles.BPD_MEMBER.key,
        roles.VILLAGE_COOP_UNIT.key,
    }
)  # fmt: skip


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
