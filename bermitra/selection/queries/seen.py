"""Which calls and proposals a person sees."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bermitra.foundation.personal.open_text import openly
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case
from bermitra.selection.models import Call, CallChange, Proposal, Question
from bermitra.selection.queries.contents import HANDED_IN
from bermitra.selection.rules import READ_IN, REVISED, UNREAD, WITHDRAWN

PUBLIC_PAGE = 50


def calls_visible_to(person: Any) -> QuerySet[Call]:
    """Calls of the cases one sees, and those on whose panel one sits."""
    seen = Q(case__in=cases.cases_visible_to(person)) | Q(panel__person=person, panel__left_at=None)
    return Call.objects.filter(seen).select_related("case__village", "case__partner").distinct()


def public_calls(open_only: bool = False) -> QuerySet[Call]:
    """Calls that were announced, those that end first on top."""
    found = Call.objects.exclude(state__in=("draft", "cancelled")).select_related("case__village")
    return found.filter(state="open").order_by("deadline", "pk") if open_only else found.order_by("-opened_at", "-pk")


def announced_calls() -> QuerySet[Call]:
    """Calls that were announced at any time: also one that was taken back to be repaired, or given up."""
    taken_back = CallChange.objects.filter(call=OuterRef("pk"), kind__in=(WITHDRAWN, REVISED))
    announced = ~Q(state__in=("draft", "cancelled")) | Q(opened_at__isnull=False) | Exists(taken_back)
    return Call.objects.filter(announced).select_related("case__village")


def call_of(case: Case) -> Call | None:
    """The call of a case that was not cancelled."""
    found = Call.objects.filter(case=case).select_related(
        "case__village", "case__partner", "case__midterm_line", "case__plan_line", "guard_list"
    )
    return found.exclude(state="cancelled").order_by("-pk").first()


def proposals_visible_to(person: Any) -> QuerySet[Proposal]:
    """The own party's always; those of others once their call's proposals were opened (or, without a call, were sent).

    Whoever sees a case as its partner sees no other partner's offer in it.
    """
    parties = [office.party for office in person.offices if office.party]
    opened = Q(call__in=calls_visible_to(person).values("pk"), call__state__in=READ_IN) & ~Q(state__in=UNREAD)
    to_village = Q(call=None, state__in=HANDED_IN, case__in=cases.cases_visible_to(person).values("pk"))
    to_village &= Q(rival_of=None) | Q(rival_of__opened_at__isnull=False)
    if parties:
        to_village &= ~Q(case__partner__code__in=parties)
        opened &= ~Q(call__case__partner__code__in=parties)
    seen = Q(partner__code__in=parties) | opened | to_village
    found = Proposal.objects.filter(seen)
    return found.select_related("partner", "call__case__village", "case__village", "village", "rival_of")


def own_proposals(person: Any) -> QuerySet[Proposal]:
    """What the parties of this person have written or sent."""
    parties = [office.party for office in person.offices if office.party]
    found = Proposal.objects.filter(partner__code__in=parties)
    beside = ("partner", "call__case__village", "case__village", "village", "rival_of__case")
    return found.select_related(*beside).order_by("-pk")


def open_questions(call: Call) -> list[dict[str, str]]:
    """What was asked about a call and answered, as everybody may read it; the oldest first."""
    rows = Question.objects.filter(call=call).order_by("asked_at", "pk").values_list("text", "answer__text")
    return [{"text": openly(text), "answer": openly(answer or "")} for text, answer in rows]


def sealed_count(call: Call) -> int:
    return Proposal.objects.filter(call=call, state="sealed").count()
