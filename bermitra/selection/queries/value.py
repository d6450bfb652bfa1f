"""What a case is worth by the figures that are known so far, and which cases of a village are like it (SL-35)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Q, QuerySet

from bermitra.foundation.calendar import add_months
from bermitra.foundation.commands import clock
from bermitra.foundation.rules import Standing
from bermitra.partnership.models import Case, CaseNeed, TermSheet
from bermitra.partnership.rules import GIVEN_UP
from bermitra.registry.models import Partner
from bermitra.registry.queries.bodies import of_body
from bermitra.selection.models import ProposalVersion
from bermitra.selection.rules import CANDIDATES, SplitFacts


def values_of(cases: Iterable[Case]) -> dict[int, int]:
    """By the key of each case the largest figure that is known of it, in rupiah: its costs, the village's share, the value on
    its sheet, what its partner offers in money and kind; 0 where none is. Two statements.

    The largest, since a value that was made small in one place stays small nowhere else. Proposals that are sealed do not
    count: only that of the candidate does, and what a partner sent to the village itself.
    """
    known = {each.pk: max(each.cost_total, each.village_share) for each in cases}
    sheets = TermSheet.objects.filter(case__in=known).exclude(state="superseded")
    for case, topics in sheets.values_list("case", "topics"):
        known[case] = max(known[case], int(topics["money"]["value"]))
    chosen = Q(proposal__call__case__in=known, proposal__state__in=CANDIDATES)
    of_own_accord = Q(proposal__call=None, proposal__state="sent", proposal__case__in=known)
    newest: dict[int, int] = {}
    offers = ProposalVersion.objects.filter(chosen | of_own_accord).order_by("number")
    for to_call, own, content in offers.values_list("proposal__call__case", "proposal__case", "content"):
        newest[to_call or own] = int(content.get("cash") or 0) + int(content.get("in_kind") or 0)
    return {case: max(value, newest.get(case, 0)) for case, value in known.items()}


def agreed_values(cases: Iterable[Case]) -> dict[int, int]:
    """By the key of each case, in rupiah, the value on the sheet that the meeting agreed to; where there is none, the largest
    figure that is known. Three statements."""
    known = values_of(cases := list(cases))
    for case, topics in TermSheet.objects.filter(case__in=cases, state="agreed").values_list("case", "topics"):
        known[case] = int(topics["money"]["value"])
    return known


def window_begins(held: Standing) -> date:
    """From which day on a like case counts."""
    return add_months(clock.today(), -held.numbers["splitting_window_months"])


def like_rows(case: Case, partner: Partner | None, since: date) -> QuerySet[Case]:
    """Other cases of the village that this one may have been split from, begun on ``since`` or later and not given up: those
    with the same partner; while none is named, those of the same field that answer one of the same needs."""
    found = Case.objects.filter(village=case.village_id, opened_at__date__gte=since).exclude(pk=case.pk)
    found = found.exclude(state__in=GIVEN_UP)
    if partner is not None:
        return found.filter(of_body(partner.kept_id))
    needs = CaseNeed.objects.filter(case=case).values("need")
    same = CaseNeed.objects.filter(need__in=needs).values("case")
    return found.filter(pk__in=same, field_of_government=case.field_of_government)


def no_split(case: Case, held: Standing) -> SplitFacts:
    """Where no case is like it."""
    return SplitFacts(
        value_with_same_partner_rupiah=0,
        explanation=case.split_because,
        rival_threshold_rupiah=held.numbers["rival_threshold_rupiah"],
    )


def split_facts(case: Case, held: Standing, partner: Partner | None = None) -> SplitFacts:
    """One statement where no case is like it, else three."""
    like = list(like_rows(case, partner, window_begins(held)))
    nothing = no_split(case, held)
    return replace(nothing, value_with_same_partner_rupiah=sum(values_of([case, *like]).values())) if like else nothing
