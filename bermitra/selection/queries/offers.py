"""What a partner's own offer must meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, QuerySet, Subquery
from django.utils.timezone import localdate

from bermitra.deliberation.queries import decision_on
from bermitra.foundation.commands import clock
from bermitra.foundation.rules import Standing
from bermitra.partnership import book
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case, CaseNeed, CasePotential, TermSheet
from bermitra.partnership.rules import SUBMITTING_PRIORITIES, NeedFacts, village_budget_considered
from bermitra.registry.models import Partner
from bermitra.registry.queries.bodies import of_body
from bermitra.registry.queries.conflicts import overlap_facts_of
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.queries.villages import village_facts
from bermitra.registry.rules import UNTIED, village_ready_to_partner
from bermitra.selection import criteria, terms
from bermitra.selection.models import Proposal, ProposalVersion
from bermitra.selection.queries.assets import asset_plan_facts
from bermitra.selection.queries.award import partner_asked
from bermitra.selection.queries.contents import content_hash, newest_versions
from bermitra.selection.queries.value import like_rows, no_split, split_facts, window_begins
from bermitra.selection.rules import (
    ASKING_RIVALS,
    ASSETS_PREPARED,
    UNSPLIT,
    AnswerTimeFacts,
    RepeatFacts,
    RivalFacts,
    TakingFacts,
    VisionFacts,
)

NEVER = 1200  # months: no refusal is as old


def offer_of(case: Case) -> Proposal | None:
    """The own offer with which the case goes on: that of its partner. One statement."""
    found = Proposal.objects.filter(case=case, call=None, partner=case.partner_id)
    return found.select_related("partner", "case", "village", "rival_of").order_by("-pk").first()


def answers_late(proposal: Proposal, day: date) -> int:
    """For how many days whoever is asked about this offer is late."""
    return max(0, (day - proposal.answer_due).days) if proposal.answer_due else 0


def village_asked(case: Case, held: Standing) -> list[tuple[Any, Any]]:
    """What the village itself must have ready before it goes on with an offer."""
    return [
        (SUBMITTING_PRIORITIES, cases.need_facts(case)),
        ((village_budget_considered,), cases.budget_facts(case)),
        ((village_ready_to_partner,), village_facts(case.village, held)),
    ]


def unsolicited_asked(case: Case, partner: Partner, held: Standing) -> cases.Asked:
    """What a partner's own offer must meet before the village meeting hears of it; the visions are compared in the act."""
    known = known_of(case, partner, held)
    rivals = rival_facts(case, known, held)
    return [
        (SUBMITTING_PRIORITIES, NeedFacts(known.needs, known.potentials)),
        ((village_budget_considered,), cases.budget_facts(case)),
        ((village_ready_to_partner,), village_facts(case.village, held)),
        *partner_asked(standing_of(partner)),
        (UNTIED, overlap_facts_of([partner], case.village_id, clock.today())),
        (UNSPLIT, split_facts(case, held, partner) if known.like else no_split(case, held)),
        (ASKING_RIVALS, rivals),
        (ASSETS_PREPARED, asset_plan_facts(case, says_so=rivals.uses_asset, sheet_assets=known.assets)),
    ]


@dataclass(frozen=True)
class Known:
    """What is written of a case whose partner came of its own accord, read at once."""

    needs: int
    potentials: int
    content: Mapping[str, Any]  # what the partner sent last
    forms: Sequence[str]
    value: int  # on the sheet that the meeting would decide on
    assets: list[dict[str, Any]]  # which that sheet puts to use
    like: bool  # whether there is another case that this one may have been split from
    called_at: datetime | None  # when others were asked for an offer as well, and until when
    deadline: datetime | None


def known_of(case: Case, partner: Partner, held: Standing) -> Known:
    """One statement."""
    sent = ProposalVersion.objects.filter(proposal__case=case, proposal__call=None, proposal__partner=partner)
    newest = sent.order_by("-number")
    sheets = TermSheet.objects.filter(case=case).exclude(state="superseded").order_by("-pk")
    row = (
        Case.objects.filter(pk=case.pk)
        .values(
            need_count=_count(CaseNeed.objects.filter(case=case)),
            potential_count=_count(CasePotential.objects.filter(case=case)),
            content=Subquery(newest.values("content")[:1]),
            chosen=Subquery(newest.values("proposal__forms")[:1]),
            topics=Subquery(sheets.values("topics")[:1]),
            like=Exists(like_rows(case, partner, window_begins(held))),
            called_at=F("rival_call__called_at"),
            deadline=F("rival_call__deadline"),
        )
        .get()
    )
    topics = row["topics"] or {}
    return Known(
        needs=row["need_count"] or 0,
        potentials=row["potential_count"] or 0,
        content=row["content"] or {},
        forms=case.forms if row["chosen"] is None else row["chosen"],
        value=int(topics["money"]["value"]) if topics else 0,
        assets=topics["others"]["assets"] if topics else [],
        like=row["like"],
        called_at=row["called_at"],
        deadline=row["deadline"],
    )


def _count(links: QuerySet[Any]) -> Subquery:
    """How many of these rows there are, as a column; nothing where there is none."""
    return Subquery(links.order_by().values("case").annotate(n=Count("pk")).values("n"))


def rival_facts(case: Case, known: Known, held: Standing) -> RivalFacts:
    """By what the offer says, by its forms and its money, and by what the village knows of the value and of its assets; for
    how long others were asked, whatever has become of the case since.
    """
    offered = sum(int(known.content.get(name) or 0) for name in ("cash", "in_kind"))
    return RivalFacts(
        value_rupiah=max(case.cost_total, case.village_share, known.value, offered),
        uses_asset=bool(
            terms.says_yes(known.content, "uses_asset") or book.uses_assets(known.forms) or case.assets or known.assets
        ),
        monopoly=bool(terms.says_yes(known.content, "exclusive")),
        rival_days_open=days_asked(known.called_at, known.deadline, clock.today()),
        rival_threshold_rupiah=held.numbers["rival_threshold_rupiah"],
        rival_call_days=held.numbers["rival_call_days"],
    )


def days_asked(called_at: datetime | None, deadline: datetime | None, today: date) -> int:
    """Whole days that others have had by today, no more than they were given; none where they were not asked."""
    if called_at is None or deadline is None:
        return 0
    return (min(today, localdate(deadline)) - localdate(called_at)).days


def vision_facts(ours: Sequence[str], theirs: Sequence[str], held: Standing) -> VisionFacts:
    return VisionFacts(
        vision_agreement=criteria.vision_agreement(ours, theirs),
        core_missing=criteria.core_missing(ours, theirs),
        vision_agreement_minimum=held.numbers["vision_agreement_minimum"],
    )


def taking_facts(content: Mapping[str, Any]) -> TakingFacts:
    return TakingFacts(terms.says_yes(content, "uses_asset"), terms.says_yes(content, "exclusive"))


def essence(content: Mapping[str, Any]) -> str:
    """The hash of what makes an offer the same one: its eight contents and its money, whatever files lie beside it."""
    words = {name: content.get(name) or "" for name in terms.EIGHT}
    return content_hash({**words, **{name: int(content.get(name) or 0) for name in ("cash", "in_kind")}})


def repeat_facts(proposal: Proposal, content: Mapping[str, Any], held: Standing) -> RepeatFacts:
    """Against what this body offered to this village before and was refused. Two statements."""
    refused = Proposal.objects.filter(
        of_body(proposal.partner.kept_id), village=proposal.village_id, call=None, refused_on__isnull=False
    )
    before = list(refused.exclude(pk=proposal.pk))
    versions = newest_versions(before)
    same = [
        each.refused_on
        for each in before
        if each.refused_on and each.pk in versions and essence(versions[each.pk].content) == essence(content)
    ]
    newest = max(same, default=None)
    return RepeatFacts(
        content_changed=newest is None,
        months_since_refusal=_months(newest, clock.today()) if newest else NEVER,
        reapply_months=held.numbers["reapply_months"],
    )


def _months(since: date, today: date) -> int:
    """Whole months between two days."""
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)


def answer_time_facts(case: Case, held: Standing) -> AnswerTimeFacts:
    """How long ago the meeting was that agreed to the case; nothing where none did."""
    met = met_on(case)
    return AnswerTimeFacts(
        days_since_musyawarah=(clock.today() - met).days if met else 0,
        written_answer_days=held.numbers["written_answer_days"],
    )


def met_on(case: Case) -> date | None:
    """The day of the meeting that agreed to the sheet of the case. Three statements."""
    sheet = cases.agreed_sheet(case)
    decided = decision_on(sheet.code) if sheet else None
    return decided.held_on if decided else None
