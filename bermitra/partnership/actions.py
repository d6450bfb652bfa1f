"""Verbs of a case up to its call, and of the sheet that the village meeting decides on."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from bermitra.deliberation.api import offer_text, withdraw_text
from bermitra.deliberation.models import Subject
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.needs.models import Need, Potential
from bermitra.partnership import sheet
from bermitra.partnership.life import agree_sheet, begin, drop_open_sheet, move, now_waits
from bermitra.partnership.models import Case, CaseNeed, CaseNote, CasePotential, TabledText, TermSheet
from bermitra.partnership.queries import (
    case_in_words,
    need_facts,
    plan_facts,
    priority_facts,
    require,
    sheet_consent_facts,
    sheet_hash,
    sheet_in_words,
    tabling_asked,
    term_sheet,
    touch_facts_if,
)
from bermitra.partnership.rules import (
    AGREEING,
    FLOW,
    INTRODUCED,
    LEAVING,
    LINKED_IN,
    LINKING_PLAN,
    PREPARED_IN,
    RECORDING_PRIORITY,
    SAYING_TOUCHES,
    SHEET_FLOW,
    SHEET_IN,
    SUBMITTING_PRIORITIES,
    TOUCHES,
    TOUCHES_IN,
    VILLAGE_INITIATIVE,
    LeavingFacts,
)
from bermitra.registry.models import PlanLine, VillageAsset

PRIORITIES, COOPERATION = Subject.Kind.PRIORITIES.value, Subject.Kind.COOPERATION.value


# The case -----------------------------------------------------------------------------------------------------------
@command("partnership.open", on="village")
def open_case(
    act: Act,
    *,
    village: Region,
    title: str,
    field: str,
    forms: Sequence[str] = (),
    goals: str = "",
    example: bool = False,
) -> Case:
    """The village begins a partnership of its own (PS-01, PS-02, PS-04)."""
    case = begin(
        act,
        route=VILLAGE_INITIATIVE,
        village=village,
        title=title,
        field=field,
        forms=list(forms),
        goals=goals,
        example=example,
    )
    now_waits(act, case)
    act.log("partnership.opened", case, field=field)
    return case


@command("partnership.describe", on="case")
def describe(act: Act, *, case: Case, title: str, field: str, forms: Sequence[str], goals: str) -> Case:
    """Title, field, forms and goals in other words, while the case is prepared."""
    _prepare(act, case, title=title, field_of_government=field, forms=list(forms), goals=goals)
    act.log("partnership.described", case, field=field)
    return case


@command("partnership.link_needs", on="case")
def link_needs(act: Act, *, case: Case, needs: Sequence[Need], potentials: Sequence[Potential] = ()) -> Case:
    """Which recorded needs the case answers and which potentials it uses; what is not named is unlinked."""
    _prepare(act, case, LINKED_IN)
    villages = {each.village_id for each in needs} | {each.village_id for each in potentials}
    if villages - {case.village_id}:
        raise ValueError("needs and potentials of another village")
    CaseNeed.objects.filter(case=case).delete()
    CasePotential.objects.filter(case=case).delete()
    CaseNeed.objects.bulk_create([CaseNeed(case=case, need=each) for each in needs])
    CasePotential.objects.bulk_create([CasePotential(case=case, potential=each) for each in potentials])
    act.log("partnership.needs_linked", case, needs=[n.code for n in needs], potentials=[p.code for p in potentials])
    return case


@command("partnership.record_budget", on="case")
def record_budget(act: Act, *, case: Case, note: str, share: int, room: int) -> Case:
    """What the village budget can bear, what the village would give, and how much room there is."""
    _prepare(act, case, budget_note=note, village_share=share, budget_room=room)
    act.log("partnership.budget_recorded", case, share=share, room=room)
    return case


@command("partnership.weigh", on="case")
def weigh(
    act: Act, *, case: Case, benefits: Sequence[dict[str, Any]], costs: Sequence[dict[str, Any]], years: int
) -> Case:
    """Benefit and cost, both tables whole: rows of what, amount (rupiah or nothing yet), unit, source."""
    tables = [
        [{k: row.get(k) for k in ("what", "amount", "unit", "source")} for row in rows] for rows in (benefits, costs)
    ]
    _prepare(act, case, benefits=tables[0], costs=tables[1], horizon_years=years)
    act.log("partnership.weighed", case, benefits=case.benefit_total, costs=case.cost_total, years=years)
    return case


@command("partnership.check_place", on="case")
def check_place(
    act: Act, *, case: Case, spatial: str, spatial_ok: bool, environment: str, environment_ok: bool
) -> Case:
    """What looking into the spatial plan and at nature has shown, with the source of it."""
    _prepare(
        act,
        case,
        spatial_check=spatial,
        spatial_ok=spatial_ok,
        environment_check=environment,
        environment_ok=environment_ok,
    )
    act.log("partnership.place_checked", case, spatial=spatial_ok, environment=environment_ok)
    return case


@command("partnership.plan_assets", on="case")
def plan_assets(act: Act, *, case: Case, assets: Sequence[VillageAsset], permit: str = "") -> Case:
    """Which assets of the village's register are put to use, and who is asked for the written permit, and when."""
    if {each.village_id for each in assets} - {case.village_id}:
        raise ValueError("assets of another village")
    codes = [each.code for each in assets]
    _prepare(act, case, assets=codes, permit_plan=permit)
    act.log("partnership.assets_planned", case, assets=codes)
    return case


@command("partnership.say_consent", on="case")
def say_consent(act: Act, *, case: Case, touches: Sequence[str], reason: str = "") -> Case:
    """What is touched, item by item (codes of TOUCHES). As soon as one is, those affected are asked first; where none is,
    the reason says why (PS-16 to PS-19). It may be said as long as the sheet may still be written, and of an earlier
    agreement until it counts."""
    ticked = [each for each in TOUCHES if each in touches]
    facts = touch_facts_if(case, term_sheet(case), ticked, reason)
    act.require(SAYING_TOUCHES, facts, standing(case.village_id))
    _prepare(act, case, TOUCHES_IN, touches=ticked, consent_needed=bool(ticked), consent_reason=reason)
    act.log("partnership.consent_said", case, needed=bool(ticked), touches=ticked)
    return case


@command("partnership.submit_priorities", on="case")
def submit_priorities(act: Act, *, case: Case) -> Case:
    """The head puts what the case answers before the BPD (PS-05)."""
    facts = need_facts(case)
    act.require(SUBMITTING_PRIORITIES, facts, standing(case.village_id))
    if not facts.linked_needs:  # no list of needs names it, so the meeting decides on the case itself
        words = case_in_words(case)
        text_hash = sha256(words.encode()).hexdigest()
        offer_text(
            act,
            village=case.village,
            code=case.code,
            kind=PRIORITIES,
            title=case.title,
            text=words,
            text_hash=text_hash,
            partner=case.partner.code if case.partner is not None else "",
        )
    return _onward(act, case, "priorities.submitted")


@command("partnership.record_priority", on="case")
def record_priority(act: Act, *, case: Case) -> Case:
    """The meeting has made it a priority, and its minutes bind (ND-02)."""
    act.require(RECORDING_PRIORITY, priority_facts(case), standing(case.village_id))
    withdraw_text(act, code=case.code)
    return _onward(act, case, "priority.recorded")


@command("partnership.link_plan_line", on="case")
def link_plan_line(
    act: Act, *, case: Case, midterm: PlanLine | None = None, annual: PlanLine | None = None, change: str = ""
) -> Case:
    """Where the activity stands in RPJM and RKP Desa, or the paper that changed them (PS-06)."""
    act.require(LINKING_PLAN, plan_facts(midterm, annual, change), standing(case.village_id))
    Case.objects.filter(pk=case.pk).update(midterm_line=midterm, plan_line=annual, plan_change=change)
    case.midterm_line, case.plan_line, case.plan_change = midterm, annual, change
    return _onward(act, case, "plan_line.linked", lines=[line.code for line in (midterm, annual) if line])


@command("partnership.cancel", on="case")
def cancel(act: Act, *, case: Case, reason: str) -> Case:
    """The village gives the case up before there is a call; everybody reads why (PS-11).

    A call that stands is given up itself first (``selection.cancel_call``), so that it isn't left behind.
    """
    if case.route != VILLAGE_INITIATIVE and case.state != INTRODUCED:
        raise NoSuchMove(FLOW.name, case.state, act.door)
    if case.calls.exclude(state="cancelled").exists():
        raise NoSuchMove(FLOW.name, case.state, act.door)
    return _leave(act, case, reason, "partnership.cancelled")


@command("partnership.withdraw", on="case")
def withdraw(act: Act, *, case: Case, reason: str) -> Case:
    """The partner takes its own offer back (PS-11)."""
    if case.route == VILLAGE_INITIATIVE:
        raise NoSuchMove(FLOW.name, case.state, act.door)
    return _leave(act, case, reason, "partnership.withdrawn")


@command("partnership.note", on="case")
def note(act: Act, *, case: Case, text: str) -> CaseNote:
    """A remark in the working room; it changes nothing and stays."""
    written = CaseNote.objects.create(case=case, text=text, at=act.now, by=act.by.code, role=act.role)
    act.log("partnership.noted", case)
    return written


def _prepare(act: Act, case: Case, states: frozenset[str] = PREPARED_IN, **values: Any) -> None:
    """Write ``values`` while the case is prepared; it is asked of the row itself, as another act may have moved it."""
    values = values or {"title": case.title}  # an update of nothing would not look at the row
    if not Case.objects.filter(pk=case.pk, state__in=states).update(**values):
        raise NoSuchMove(FLOW.name, case.state, act.door)
    for name, value in values.items():
        setattr(case, name, value)


def _onward(act: Act, case: Case, verb: str, **facts: Any) -> Case:
    move(act, case)
    now_waits(act, case)
    act.log(verb, case, **facts)
    return case


def _leave(act: Act, case: Case, reason: str, verb: str) -> Case:
    act.require(LEAVING, LeavingFacts(reason=reason), standing(case.village_id))
    Case.objects.filter(pk=case.pk).update(left_because=reason)
    case.left_because = reason
    drop_open_sheet(act, case)
    if case.partner is not None:
        tell(
            act,
            says=_("Kemitraan “{title}” dihentikan. Alasannya ada di halaman kemitraan."),
            params={"title": case.title},
            about=f"case:{case.code}",
            party=case.partner.code,
            region=case.village_id,
        )
    return _onward(act, case, verb)


# The sheet ----------------------------------------------------------------------------------------------------------
@command("partnership.draft_term_sheet", on="case")
def draft_term_sheet(act: Act, *, case: Case, topics: dict[str, Any], title: str = "") -> TermSheet:
    """Write topics of the sheet; what is not given stays. A tabled sheet becomes a draft again, an agreed one a new sheet."""
    if case.state not in SHEET_IN:
        raise NoSuchMove(FLOW.name, case.state, act.door)
    held = term_sheet(case)
    if held is None or held.state == "agreed":
        before = held.topics if held else sheet.blank(case.field_of_government, case.forms)
        held = TermSheet(
            case=case,
            title=held.title if held else case.title,
            topics=before,
            state=SHEET_FLOW.through(act.door, SHEET_FLOW.start),
            drafted_at=act.now,
            by=act.by.code,
        )
    else:
        held.state = SHEET_FLOW.through(act.door, held.state)
        withdraw_text(act, code=held.code)
    held.partner = case.partner
    held.topics = sheet.merged(held.topics, topics)
    held.title = title or held.title
    held.text_hash = ""
    held.save()
    act.log("term_sheet.drafted", held, case=case.code, topics=sorted(topics))
    return held


@command("partnership.table_term_sheet", on="case")
def table_term_sheet(act: Act, *, case: Case) -> TermSheet:
    """Close the text and take its hash: this is what the meeting is asked to agree to (PS-12 to PS-14)."""
    held = term_sheet(case)
    if held is None or held.state != "draft" or case.state not in SHEET_IN:
        raise NoSuchMove(SHEET_FLOW.name, held.state if held else SHEET_FLOW.start, act.door)
    require(tabling_asked(held), standing(case.village_id))
    number = TabledText.objects.filter(sheet=held).count() + 1
    text = sheet_hash(held)
    tabled = TermSheet.objects.filter(pk=held.pk, state="draft")
    if not tabled.update(
        state=SHEET_FLOW.through(act.door, "draft"), text_hash=text, version=number, tabled_at=act.now
    ):
        raise NoSuchMove(SHEET_FLOW.name, held.state, act.door)
    TabledText.objects.create(
        sheet=held, version=number, title=held.title, topics=held.topics, text_hash=text, at=act.now, by=act.by.code
    )
    held.refresh_from_db()
    words = sheet_in_words(held)
    offer_text(
        act, village=case.village, code=held.code, kind=COOPERATION, title=held.title, text=words, text_hash=text,
        partner=held.partner.code if held.partner is not None else "",
    )  # fmt: skip
    tell(
        act,
        says=_("Lembar pokok “{title}” siap dibawa ke Musyawarah Desa."),
        params={"title": held.title},
        about=f"case:{case.code}",
        url_name="page.term_sheet",
        code=case.code,
        role="bpd_chair",
        region=case.village_id,
    )
    act.log("term_sheet.tabled", held, case=case.code, version=number, text=text)
    return held


@command("partnership.agree_term_sheet", on="case")
def agree_term_sheet(act: Act, *, case: Case) -> TermSheet:
    """While the agreement is drafted, a further meeting agreed to a changed sheet (PS-15); the former one gives way."""
    held = term_sheet(case)
    if held is None or held.state != "tabled" or case.state != "drafting":
        raise NoSuchMove(SHEET_FLOW.name, held.state if held else SHEET_FLOW.start, act.door)
    act.require(AGREEING, sheet_consent_facts(held), standing(case.village_id))
    agree_sheet(act, held)
    return held
