"""Reading cases and sheets: who sees what, and the facts that rules are asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from bermitra.deliberation.consent.queries import consent_on, knows_cases
from bermitra.deliberation.queries import decision_on
from bermitra.foundation.accounts import roles
from bermitra.foundation.calendar import long_date
from bermitra.foundation.codes import is_village
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, Refused, Rule, Standing, examine, unmet
from bermitra.needs.models import Need, Potential, PriorityList
from bermitra.needs.rules import PriorityFacts
from bermitra.partnership import book, sheet
from bermitra.partnership.models import Case, CaseNeed, CasePotential, TabledText, TermSheet
from bermitra.partnership.rules import (
    AGREEING,
    FIELDS,
    LABELS,
    LINKING_PLAN,
    NOT_PUBLIC,
    RECORDING_PRIORITY,
    SUBMITTING_PRIORITIES,
    TABLING,
    TOUCHES,
    TOUCHES_SAID,
    BudgetFacts,
    NeedFacts,
    PlanFacts,
    SheetConsentFacts,
    SheetFacts,
    TouchFacts,
)
from bermitra.registry.models import Partner, PlanLine, VillageAsset
from bermitra.registry.queries.villages import OF_REGENCY

OF_VILLAGE = frozenset(
    {
        roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key, roles.VILLAGE_TREASURER.key, roles.VILLAGE_OFFICIAL.key,
        roles.VILLAGE_OPERATOR.key, roles.BPD_CHAIR.key, roles.BPD_MEMBER.key, roles.VILLAGE_COOP_UNIT.key,
        roles.ASSISTING_OFFICER.key,
    }
)  # fmt: skip


# Who sees which case ------------------------------------------------------------------------------------------------
def cases_visible_to(person: Any) -> QuerySet[Case]:
    """Cases of the offices one holds: of the village, of the own party, of the district (camat), of the regency."""
    wanted = Q(pk__in=())
    for office in person.offices:
        if office.party:
            wanted |= Q(partner__code=office.party)
        elif not office.region_id:
            continue
        elif office.role in OF_VILLAGE:
            wanted |= Q(village_id=office.region_id)
        elif office.role == roles.CAMAT.key or office.role in OF_REGENCY:
            wanted |= Q(village__code__startswith=f"{office.region_id}.")
    return Case.objects.filter(wanted).select_related("village", "partner")


def villages_seen_by(person: Any) -> QuerySet[Region]:
    """The villages whose cases the offices of a place let one see."""
    wanted = Q(pk__in=())
    for office in person.offices:
        if office.party or not office.region_id:
            continue
        if office.role in OF_VILLAGE:
            wanted |= Q(pk=office.region_id)
        elif office.role == roles.CAMAT.key or office.role in OF_REGENCY:
            wanted |= Q(pk__startswith=f"{office.region_id}.")
    return Region.objects.filter(wanted, level=4)


@dataclass(frozen=True)
class Filters:
    """What the public list may be narrowed by; empty means all."""

    region: str = ""  # a dotted code of any level
    phase: str = ""
    form: str = ""
    partner: str = ""  # public code
    words: str = ""


PUBLIC_PAGE = 50


def public_cases(filters: Filters | None = None, after: tuple[datetime, int] | None = None) -> QuerySet[Case]:
    """Cases from the newest on, read on from the key ``(opened_at, pk)`` of the last row shown.

    A partner's own offer is not public before the village has looked at it.
    """
    filters = filters or Filters()
    found = Case.objects.exclude(state__in=NOT_PUBLIC)
    if filters.region:
        exact = is_village(filters.region)
        found = found.filter(
            **{
                "village_id" if exact else "village__code__startswith": filters.region
                if exact
                else f"{filters.region}."
            }
        )
    if filters.phase:
        found = found.filter(state__in=[state for state, label in LABELS.items() if label.phase == filters.phase])
    if filters.form:
        found = found.filter(forms__icontains=f'"{filters.form}"')
    if filters.partner:
        itself = Partner.objects.filter(code=filters.partner).values("pk")
        body = Partner.objects.filter(Q(code=filters.partner) | Q(merged_into=Subquery(itself)))  # by two indexes
        found = found.filter(partner__in=body.values("pk"))
    if filters.words:
        found = found.filter(title__icontains=filters.words)
    if after is not None:
        moment, key = after
        found = found.filter(Q(opened_at__lt=moment) | Q(opened_at=moment, pk__lt=key))
    return found.select_related("village", "partner").order_by("-opened_at", "-pk")


# Sheets -------------------------------------------------------------------------------------------------------------
def term_sheet(case: Case) -> TermSheet | None:
    """The sheet that counts now: the open one, else the one that was agreed."""
    found = TermSheet.objects.filter(case=case).exclude(state="superseded").select_related("case__village", "partner")
    return found.order_by("-pk").first()


def agreed_sheet(case: Case) -> TermSheet | None:
    """The sheet that the village meeting agreed to."""
    return TermSheet.objects.filter(case=case, state="agreed").select_related("case__village", "partner").first()


def sheet_hash(of: TermSheet) -> str:
    """The hash of the sheet as its values stand now; equal to ``text_hash`` once it is tabled."""
    return sheet.text_hash(of.case.code, of.partner.code if of.partner else "", of.title, of.topics)


# Facts --------------------------------------------------------------------------------------------------------------
def need_facts(case: Case) -> NeedFacts:
    """One statement."""
    linked = Case.objects.filter(pk=case.pk).aggregate(
        needs=Count("case_needs", distinct=True), potentials=Count("case_potentials", distinct=True)
    )
    return NeedFacts(linked_needs=linked["needs"], linked_potentials=linked["potentials"])


def plan_facts(midterm: PlanLine | None, annual: PlanLine | None, change: str) -> PlanFacts:
    return PlanFacts(
        midterm_line=midterm.reference if midterm else "",
        annual_line=f"{annual.year}-{annual.reference}" if annual else "",
        change_document=change,
    )


def plan_facts_of(case: Case) -> PlanFacts:
    return plan_facts(case.midterm_line, case.plan_line, case.plan_change)


def budget_facts(case: Case) -> BudgetFacts:
    return BudgetFacts(case.budget_note, case.village_share, case.budget_room)


@dataclass(frozen=True)
class Touching:
    """What touches residents without anybody saying so: forms of cooperation by code, land of the village by name."""

    forms: tuple[str, ...]
    land: tuple[str, ...]


def touching(case: Case, of: TermSheet | None) -> Touching:
    """By the book of forms, and by the assets that the sheet (:func:`term_sheet`) puts to use."""
    topics = of.topics if of is not None else None
    used = topics["others"]["assets"] if topics else []
    chosen = dict.fromkeys([*case.forms, *(topics["scope"]["forms"] if topics else ()), *(row["form"] for row in used)])
    known = book.forms()
    codes = [row["asset"] for row in used if row["asset"]]
    land = VillageAsset.objects.filter(code__in=codes, kind=VillageAsset.Kind.LAND) if codes else ()
    return Touching(
        tuple(code for code in chosen if code in known and known[code].consent), tuple(each.name for each in land)
    )


def touch_facts(case: Case, of: TermSheet | None) -> TouchFacts:
    """As it was said last."""
    found = touching(case, of)
    return TouchFacts(
        said=case.consent_needed is not None,
        needed=bool(case.consent_needed),
        touches=tuple(case.touches),
        reason=case.consent_reason,
        asking_forms=len(found.forms),
        land_assets=len(found.land),
    )


def touch_facts_if(case: Case, of: TermSheet | None, touches: Iterable[str], reason: str) -> TouchFacts:
    """As it would be said now."""
    ticked = tuple(touches)
    return replace(
        touch_facts(case, of),
        said=True,
        needed=bool(ticked),
        touches=ticked,
        reason=reason,
        asked_before=consent_on(case.code, case.village_id) is not None,
        tabled_before=TabledText.objects.filter(sheet__case=case).exists(),
        needed_before=bool(case.consent_needed),
        touched_before=tuple(case.touches),
    )


@knows_cases
def village_of_case(code: str) -> str:
    return Case.objects.filter(code=code).values_list("village_id", flat=True).first() or ""


def touched_words(case: Case) -> str:
    """``Tanah, Hutan``; of a row from before the five items only that residents are touched; empty where nothing is."""
    if case.touches:
        return ", ".join(_(TOUCHES[each]) for each in case.touches)
    return _("Lahan, hutan, adat, atau sumber hidup warga") if case.consent_needed else ""


def sheet_facts(of: TermSheet) -> SheetFacts:
    days = sheet.term(of.topics)
    return SheetFacts(
        empty_topics=len(sheet.empty_topics(of.topics)),
        partner_named=of.partner is not None,
        value_rupiah=int(of.topics["money"]["value"]),
        sources_rupiah=sheet.sources_total(of.topics),
        starts_before_end=days is None or days[0] < days[1],
    )


def sheet_consent_facts(of: TermSheet) -> SheetConsentFacts:
    """What the newest decision on this sheet says; the hash is that of the values as they stand."""
    decided = decision_on(of.code)
    return SheetConsentFacts(
        minutes_binding=decided is not None and decided.binding,
        decision="" if decided is None else "agreed" if decided.agreed else "refused",
        decided_hash=decided.text_hash if decided else "",
        sheet_hash=sheet_hash(of) if of.state in ("tabled", "agreed") else "",
    )


def priority_facts(case: Case) -> PriorityFacts:
    """What the newest meeting decided on priorities that name a need of this case, or on the case itself.

    A case that rests on potentials alone stands on no list of needs: the meeting decides on the case by its code.
    """
    linked = CaseNeed.objects.filter(case=case).values("need")
    newest = (
        PriorityList.objects.filter(rows__need__in=linked, state=PriorityList.State.SET)
        .order_by("-year", "-pk")
        .first()
    )
    decided = (decision_on(newest.code) if newest else None) or decision_on(case.code)
    return PriorityFacts(
        minutes_binding=decided is not None and decided.binding,
        decision="" if decided is None else "agreed" if decided.agreed else "refused",
        on_agenda=decided is not None,
        same_text=True,
    )


# Asking -------------------------------------------------------------------------------------------------------------
Asked = Iterable[tuple[Iterable[Rule], Any]]


def tabling_asked(of: TermSheet) -> Asked:
    """What is asked before a sheet goes to the meeting: that it is whole, and whom it touches."""
    return [(TABLING, sheet_facts(of)), (TOUCHES_SAID, touch_facts(of.case, of))]


def findings(asked: Asked, held: Standing | None = None) -> tuple[Finding, ...]:
    """Rules of several groups, each asked with its own facts."""
    return tuple(each for rules, facts in asked for each in examine(rules, facts, held))


def require(asked: Asked, held: Standing | None = None) -> None:
    """Raise :class:`Refused` with the unmet rules of all groups at once, so that nobody has to knock twice."""
    if refused := unmet(findings(asked, held)):
        raise Refused(refused)


def checks(case: Case, of: TermSheet | None) -> dict[str, tuple[Finding, ...]]:
    """What the next doors of this stage ask, door by door, for the page to show before anybody knocks; ``of`` is the sheet
    that counts now (:func:`term_sheet`)."""
    asked: dict[str, Asked] = {}
    match case.state:
        case "inventory":
            asked["partnership.submit_priorities"] = [(SUBMITTING_PRIORITIES, need_facts(case))]
        case "awaiting_priority_musyawarah":
            asked["partnership.record_priority"] = [(RECORDING_PRIORITY, priority_facts(case))]
        case "priority_agreed" | "awaiting_plan_line":
            asked["partnership.link_plan_line"] = [(LINKING_PLAN, plan_facts_of(case))]
    if of is not None and of.state == "draft":
        asked["partnership.table_term_sheet"] = tabling_asked(of)
    if of is not None and of.state == "tabled" and case.state == "drafting":
        asked["partnership.agree_term_sheet"] = [(AGREEING, sheet_consent_facts(of))]
    held = standing(case.village_id) if asked else None
    return {door: findings(each, held) for door, each in asked.items()}


# Words --------------------------------------------------------------------------------------------------------------
def said(words: dict[str, str]) -> str:
    """Words of the book in the reader's language."""
    return words["en" if (get_language() or "id").startswith("en") else "id"]


def form_label(code: str) -> str:
    form = book.forms().get(code)
    return said(form.name) if form else code


def channel_label(code: str) -> str:
    return said(book.channels()[code]) if code in book.channels() else code


def apbdes_label(code: str) -> str:
    return f"{code} {said(book.apbdes()[code])}" if code in book.apbdes() else code


def needs_of_case(case: Case) -> list[Need]:
    return list(Need.objects.filter(pk__in=CaseNeed.objects.filter(case=case).values("need")).order_by("pk"))


def potentials_of_case(case: Case) -> list[Potential]:
    linked = CasePotential.objects.filter(case=case).values("potential")
    return list(Potential.objects.filter(pk__in=linked).order_by("pk"))


# A sheet in words -----------------------------------------------------------------------------------------------------
def topic_lines(name: str, topics: sheet.Topics) -> list[str]:
    """A topic as short lines of reading."""
    held = topics[name]
    match name:
        case "scope":
            heads = [_(FIELDS[held["field"]])] if held["field"] in FIELDS else []
            heads += [", ".join(form_label(code) for code in held["forms"])] if held["forms"] else []
            return [*heads, *held["items"], *(_("Tidak termasuk: %s") % each for each in held["excluded"])]
        case "term":
            days = sheet.term(topics)
            return [f"{long_date(days[0])} – {long_date(days[1])}"] if days else []
        case "duties":
            return [duty_line(row) for row in held]
        case "money":
            return [rupiah(held["value"]), *(source_line(row) for row in held["sources"])]
        case "others":
            assets = [asset_line(row) for row in held["assets"]]
            return [
                *held["limits"],
                *(sanction_line(row) for row in held["sanctions"]),
                *assets,
                *filter(None, [held["notes"]]),
                *(words_line(row) for row in sheet.words(topics)),
                *(term_line(row) for row in sheet.terms(topics)),
            ]
        case _:
            return [held["text"]] if held["text"] else []


def duty_line(row: sheet.Topics) -> str:
    return f"{_(sheet.KINDS[row['kind']])} {_(sheet.PARTIES[row['party']]).lower()}: {row['text']}"


def source_line(row: sheet.Topics) -> str:
    code = f" · {apbdes_label(row['apbdes_code'])}" if row["apbdes_code"] else ""
    return f"{row['from']}: {rupiah(row['amount'])} · {channel_label(row['channel'])}{code}"


def sanction_line(row: sheet.Topics) -> str:
    return _("%(breach)s: %(sanction)s, %(days)s hari untuk memperbaiki") % row


def asset_line(row: sheet.Topics) -> str:
    return f"{row['name']} · {form_label(row['form'])}"


def words_line(row: sheet.Topics) -> str:
    return _("Pasal %(title)s dalam kata sendiri: %(text)s") % row


def term_line(row: sheet.Topics) -> str:
    said = {"money": rupiah, "percent": "{}%".format, "date": lambda day: long_date(date.fromisoformat(day))}
    return f"{row['title']}: {said.get(row['unit'], str)(row['value'])}"


def sheet_in_words(of: TermSheet) -> str:
    """What is read out in the meeting: the nine topics, in Indonesian whatever the reader's language."""
    with override("id"):
        parts = [
            [f"{n}. {_(title)}", *topic_lines(name, of.topics)]
            for n, (name, title) in enumerate(sheet.TOPICS.items(), 1)
        ]
        heads = [of.title, f"{_(sheet.PARTIES['two'])}: {of.partner.name if of.partner else '-'}"]
    return "\n\n".join(["\n".join(heads), *("\n".join(each) for each in parts)])


def case_in_words(case: Case) -> str:
    """What a case that rests on potentials alone puts before the meeting."""
    return "\n".join([case.title, case.goals, *(each.title for each in potentials_of_case(case))])
