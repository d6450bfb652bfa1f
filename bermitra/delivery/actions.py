"""Verbs of carrying an agreement out: plan, keep promises, write down money, train openly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import F

from bermitra.agreements.models import Agreement, Annex, FundingLine, Obligation
from bermitra.agreements.queries import group_facts
from bermitra.agreements.rules import GROUPS
from bermitra.delivery import draw, queries
from bermitra.delivery.handing.models import GoodsHandover
from bermitra.delivery.handing.queries import booking_facts
from bermitra.delivery.handing.rules import BOOKING
from bermitra.delivery.models import (
    PARTNER,
    VILLAGE,
    Activity,
    ActivityFunding,
    Adoption,
    Applicant,
    BudgetChange,
    Certificate,
    Check,
    Draw,
    Due,
    Evidence,
    KeptTotal,
    LedgerEntry,
    LedgerLine,
    Plan,
    Presence,
    Progress,
    SecondWord,
    Training,
    TrainingDay,
)
from bermitra.delivery.rules import (
    ADOPTING,
    ALLOCATING,
    ANNOUNCING,
    APPLYING,
    AS_READ,
    CERTIFYING,
    CHECKING,
    CLOSING,
    CONFIRMING,
    COUNTERING,
    DUE_FLOW,
    ENTRY_FLOW,
    PLACE_FLOW,
    PLAN_FLOW,
    RECORDING,
    RUNNING,
    SECOND,
    SPENDING,
    SUBMITTING,
    TAKING_IN,
    TRAINING_FLOW,
    VILLAGE_ACCOUNT,
    AdoptingFacts,
    ApplyingFacts,
    CheckFacts,
    ClosingFacts,
    ConfirmingFacts,
    CounterFacts,
    SecondFacts,
    SubmittingFacts,
    TakingFacts,
    days_due,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import Flow, NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import examine, unmet
from bermitra.foundation.text import _, name_key
from bermitra.registry.queries.villages import village_profile
from bermitra.registry.rules import RECORDING_AN_ACCOUNT, AccountFacts

HEAD, SECRETARY, TREASURER, OFFICIAL = (
    roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key, roles.VILLAGE_TREASURER.key, roles.VILLAGE_OFFICIAL.key,
)  # fmt: skip
PARTNER_REP, SIGNATORY = roles.PARTNER_REP.key, roles.PARTNER_SIGNATORY.key
OF_PARTNER = frozenset({PARTNER_REP, SIGNATORY})


def house(act: Act, agreement: Agreement) -> str:
    """The house for which the running act is done: ``village`` or the partner's code."""
    return agreement.partner.code if act.role in OF_PARTNER else queries.HOUSE


def party(act: Act) -> str:
    return PARTNER if act.role in OF_PARTNER else VILLAGE


def _name(act: Act) -> str:
    """The name of who acts, as a record of the act keeps it."""
    return str(getattr(act.by.person, "full_name", ""))


def _runs(act: Act, agreement: Agreement) -> Agreement:
    """The agreement as it stands now, if it is in force (DV-21). Its row is locked, so that books are written one by one."""
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    act.require(RUNNING, queries.running_facts(held), standing(agreement.case.village_id))
    return held


def _kept(act: Act, content: Content | None) -> StoredFile | None:
    return keep_file(by=act, content=content) if content else None


# The plan ------------------------------------------------------------------------------------------------------------


@command("delivery.draft_plan", on="agreement")
def draft_plan(act: Act, *, agreement: Agreement) -> Plan:
    """Begin the one plan of both sides, from the table that was signed with the agreement."""
    _runs(act, agreement)
    plan, new = Plan.objects.get_or_create(
        agreement=agreement,
        defaults={"state": PLAN_FLOW.through(act.door, Flow.start), "drafted_at": act.now, "drafted_by": act.by.code},
    )
    if not new:
        raise NoSuchMove(PLAN_FLOW.name, plan.state, act.door)
    _from_annex(plan)
    for about in (f"agreement:{agreement.code}", f"case:{agreement.case.code}"):
        close_duties(act, about=about, door=act.door)
    for role in (HEAD, SIGNATORY):
        open_duty(
            act, door="delivery.adopt_plan", about=f"plan:{plan.code}", code=plan.code, role=role,
            region=agreement.case.village_id, party=agreement.partner.code,
            says=_("Lengkapi lalu setujui rencana kerja “{title}”."), title=agreement.title,
        )  # fmt: skip
    act.log("plan.drafted", plan, agreement=agreement.code)
    return plan


def _from_annex(plan: Plan) -> None:
    agreement = plan.agreement
    annex = Annex.objects.filter(agreement=agreement, kind=Annex.Kind.WORK_PLAN, until=None).first()
    duties = {duty.text: duty for duty in queries.duties_of(agreement)}
    for number, row in enumerate(queries.annex_activities(agreement, annex.rows if annex else ()), 1):
        activity = Activity.objects.create(plan=plan, number=number, **row)
        if activity.title in duties:
            activity.obligations.add(duties[activity.title])


@command("delivery.record_plan_meeting", on="plan")
def record_plan_meeting(act: Act, *, plan: Plan, on: date, at: str, men: int, women: int, said: str = "") -> Plan:
    """The meeting with residents in which the plan was made, in counts."""
    _in_draft(act, plan)
    given: dict[str, Any] = {"met_on": on, "met_at": at, "met_men": men, "met_women": women, "met_said": said}
    Plan.objects.filter(pk=plan.pk).update(**given)
    for name, value in given.items():
        setattr(plan, name, value)
    act.log("plan.discussed", plan, men=men, women=women)
    return plan


@command("delivery.set_activity", on="plan")
def set_activity(
    act: Act,
    *,
    plan: Plan,
    title: str,
    theme: str,
    output: str,
    unit: str,
    target: int,
    place: str = "",
    obligations: Sequence[Obligation] = (),
    activity: Activity | None = None,
    **more: Any,
) -> Activity:
    """Write an activity into the draft, or write it anew; days and money have their own doors. ``more`` are further values."""
    _in_draft(act, plan)
    given = {"title": title, "theme": theme, "output": output, "unit": unit, "target": target, "place": place, **more}
    if activity is None:
        last = plan.activities.order_by("-number").values_list("number", flat=True).first() or 0
        starts, ends = queries.term_of(plan.agreement)
        activity = Activity.objects.create(plan=plan, number=last + 1, **{"starts": starts, "ends": ends, **given})
    else:
        _write(activity, given)
    activity.obligations.set(obligations)
    act.log("activity.set", activity, plan=plan.code, number=activity.number, duties=len(obligations))
    return activity


@command("delivery.schedule_activity", on="activity")
def schedule_activity(
    act: Act,
    *,
    activity: Activity,
    starts: date,
    ends: date,
    lead_village: str,
    lead_partner: str,
    predecessor: Activity | None = None,
    lasting: bool = False,
    owner_after_end: str = "",
) -> Activity:
    """When it is done, who leads it on each side, and who keeps up what it leaves behind."""
    _in_draft(act, activity.plan)
    given = {
        "starts": starts, "ends": ends, "lead_village": lead_village, "lead_partner": lead_partner,
        "predecessor": predecessor, "lasting": lasting, "owner_after_end": owner_after_end,
    }  # fmt: skip
    _write(activity, given)
    act.log("activity.scheduled", activity, plan=activity.plan.code)
    return activity


@command("delivery.fund_activity", on="activity")
def fund_activity(
    act: Act,
    *,
    activity: Activity,
    cost: int,
    funding: Mapping[int, int],
    execution_mode: str = "",
    sdg: int | None = None,
) -> Activity:
    """What it costs and from which lines of the agreement it is paid: line number to rupiah."""
    _in_draft(act, activity.plan)
    _write(activity, {"cost": cost, "execution_mode": execution_mode, "sdg": sdg})
    _fund(activity, funding)
    act.log("activity.funded", activity, plan=activity.plan.code, cost=cost)
    return activity


@command("delivery.drop_activity", on="activity")
def drop_activity(act: Act, *, activity: Activity) -> None:
    """Take an activity out of the draft; those that waited for it wait for nothing."""
    _in_draft(act, activity.plan)
    act.log("activity.dropped", activity, plan=activity.plan.code, number=activity.number)
    activity.followers.update(predecessor=None)
    activity.funding.all().delete()
    activity.obligations.clear()
    activity.delete()


@command("delivery.import_activities", on="plan")
def import_activities(act: Act, *, plan: Plan, rows: Sequence[Mapping[str, Any]], sha256: str) -> Plan:
    """Take in a checked table of activities behind those that are there. One line in the journal for all of them."""
    _in_draft(act, plan)
    number = plan.activities.order_by("-number").values_list("number", flat=True).first() or 0
    duties = {each.number: each for each in queries.duties_of(plan.agreement)}
    for row in rows:
        number += 1
        values = dict(row)
        funding, wanted = values.pop("funding"), values.pop("obligations")
        activity = Activity.objects.create(plan=plan, number=number, **values)
        activity.obligations.set([duties[each] for each in wanted])
        _fund(activity, funding)
    act.log("activities.imported", plan, rows=len(rows), sha256=sha256)
    return plan


@command("delivery.adopt_plan", on="plan")
def adopt_plan(act: Act, *, plan: Plan, seen: str, paper: Prepared | None = None) -> Plan:
    """One side adopts exactly the plan it has read (``seen``: its hash, DV-30). When both have adopted the same, it is in
    use and the promises get their days."""
    agreement = _runs(act, plan.agreement)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state != "draft":
        raise NoSuchMove(PLAN_FLOW.name, plan.state, act.door)
    activities = list(queries.activities_of(plan))
    text_hash, mine, norms = queries.plan_hash(plan, activities), party(act), standing(agreement.case.village_id)
    act.require(AS_READ, AdoptingFacts(seen, text_hash), norms)
    act.require(ADOPTING, queries.plan_facts(plan, activities), norms)
    if mine in queries.adopted_by(plan, text_hash):
        raise NoSuchMove(PLAN_FLOW.name, plan.state, act.door)
    Adoption.objects.create(
        plan=plan, party=mine, text_hash=text_hash, name=_name(act), at=act.now, by=act.by.code
    )  # fmt: skip
    close_duties(act, about=f"plan:{plan.code}")
    if queries.adopted_by(plan, text_hash) == {VILLAGE, PARTNER}:
        move_on(act, PLAN_FLOW, plan, "adopted", adopted_at=act.now)
        if paper is not None:
            issue_paper(by=act, paper=paper)
        _create_dues(act, agreement)
    else:
        _ask_other_side(act, plan, agreement, mine)
    act.log("plan.adopted", plan, side=mine, text=text_hash, state=plan.state)
    return plan


def _ask_other_side(act: Act, plan: Plan, agreement: Agreement, mine: str) -> None:
    role = HEAD if mine == PARTNER else SIGNATORY
    open_duty(
        act, door="delivery.adopt_plan", about=f"plan:{plan.code}", code=plan.code, role=role,
        region=agreement.case.village_id, party=agreement.partner.code,
        says=_("Pihak lain sudah menyetujui rencana kerja “{title}”. Periksa dan setujui."), title=agreement.title,
    )  # fmt: skip


def _create_dues(act: Act, agreement: Agreement) -> None:
    """Every duty that was signed gets its days; of each, the next one stands in the work box."""
    state, term = DUE_FLOW.through(act.door, Flow.start), queries.term_of(agreement)
    for duty in queries.duties_of(agreement):
        days = days_due(duty.due_on, duty.period, *term)
        Due.objects.bulk_create([Due(obligation=duty, due_on=day, state=state) for day in days])
        wait_for_next(act, duty, agreement)


def wait_for_next(act: Act, duty: Obligation, agreement: Agreement) -> None:
    """The earliest day of this duty that nothing was handed in for is waited for."""
    due = Due.objects.filter(obligation=duty, state="open").order_by("due_on").first()
    if due is None:
        return
    of_partner = duty.party == PARTNER
    open_duty(
        act, door="delivery.submit_evidence", about=f"due:{due.code}", code=due.code, due_on=due.due_on,
        region=agreement.case.village_id, party=agreement.partner.code, role=PARTNER_REP if of_partner else SECRETARY,
        says=_("Kirim bukti kewajiban: {text}"), text=duty.text[:150],
    )  # fmt: skip


def _in_draft(act: Act, plan: Plan) -> None:
    """The plan may still be written; its row is locked until the act is done."""
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    if held.state != "draft":
        raise NoSuchMove(PLAN_FLOW.name, held.state, act.door)


def _write(activity: Activity, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(activity, name, value)
    activity.save(update_fields=list(values))


def _fund(activity: Activity, funding: Mapping[int, int]) -> None:
    lines = {line.number: line for line in FundingLine.objects.filter(agreement=activity.plan.agreement_id)}
    activity.funding.all().delete()
    rows = [ActivityFunding(activity=activity, line=lines[number], amount=amount) for number, amount in funding.items()]
    ActivityFunding.objects.bulk_create([row for row in rows if row.amount])


@command("delivery.record_progress", on="activity")
def record_progress(
    act: Act, *, activity: Activity, percent: int, on: date, done: int = 0, text: str = "", photo: Content | None = None
) -> Progress:
    """How far an activity has come; the newest note counts, the earlier ones stay."""
    _runs(act, activity.plan.agreement)
    PLAN_FLOW.through(act.door, Plan.objects.get(pk=activity.plan_id).state)
    note = Progress.objects.create(
        activity=activity, percent=percent, done=done, text=text, photo=_kept(act, photo), on=on, party=party(act),
        at=act.now, by=act.by.code,
    )  # fmt: skip
    act.log("progress.recorded", activity, percent=percent, done=done, photo=photo is not None)
    return note


# Promises ------------------------------------------------------------------------------------------------------------


@command("delivery.submit_evidence", on="due")
def submit_evidence(act: Act, *, due: Due, text: str, file: Content | None = None) -> Evidence:
    """The side that promised hands in what shows it; the other side looks at it. Late evidence is welcome."""
    duty = due.obligation
    agreement = _runs(act, duty.agreement)
    act.require(SUBMITTING, SubmittingFacts(house(act, agreement), queries.house_of(duty.party, agreement)))
    move_on(act, DUE_FLOW, due)
    evidence = Evidence.objects.create(
        due=due, text=text, file=_kept(act, file), house=house(act, agreement), at=act.now, by=act.by.code,
        by_name=_name(act),
    )  # fmt: skip
    close_duties(act, about=f"due:{due.code}")
    open_duty(
        act, door="delivery.verify_evidence", about=f"due:{due.code}", code=due.code, region=agreement.case.village_id,
        party=agreement.partner.code, role=SECRETARY if duty.party == PARTNER else PARTNER_REP,
        says=_("Periksa bukti kewajiban: {text}"), text=duty.text[:150],
    )  # fmt: skip
    act.log("evidence.submitted", due, file=evidence.file.sha256 if evidence.file else "")
    return evidence


@command("delivery.verify_evidence", on="due")
def verify_evidence(act: Act, *, due: Due, text: str = "") -> Due:
    """The other side looked at the evidence: the promise was kept (DV-14)."""
    _check(act, due, accepted=True, text=text)
    wait_for_next(act, due.obligation, due.obligation.agreement)
    act.log("evidence.verified", due)
    return due


@command("delivery.return_evidence", on="due")
def return_evidence(act: Act, *, due: Due, text: str) -> Due:
    """The evidence does not show it yet; the reason goes back with it (DV-14)."""
    _check(act, due, accepted=False, text=text)
    wait_for_next(act, due.obligation, due.obligation.agreement)
    act.log("evidence.returned", due)
    return due


def _check(act: Act, due: Due, *, accepted: bool, text: str) -> None:
    agreement = due.obligation.agreement
    move_on(act, DUE_FLOW, due)
    evidence = Evidence.objects.filter(due=due).order_by("-pk")[0]
    facts = CheckFacts(
        checked_by=act.by.code, done_by=evidence.by, checker_party=house(act, agreement), doer_party=evidence.house
    )
    act.require(CHECKING, facts, standing(agreement.case.village_id))
    Check.objects.create(
        evidence=evidence, accepted=accepted, text=text, house=house(act, agreement), at=act.now, by=act.by.code,
        by_name=_name(act),
    )  # fmt: skip
    close_duties(act, about=f"due:{due.code}")


# Money ---------------------------------------------------------------------------------------------------------------


@command("delivery.post_entry", on="agreement")
def post_entry(act: Act, *, agreement: Agreement, **given: Any) -> LedgerEntry:
    """Write down money or goods that need no second person. What is written: see :func:`_entry`."""
    entry = _entry(act, agreement, needs_second=False, **given)
    _post(entry)
    _await_budget(act, entry)
    act.log("entry.posted", entry, kind=entry.kind, amount=entry.amount, agreement=agreement.code)
    return entry


@command("delivery.propose_entry", on="agreement")
def propose_entry(act: Act, *, agreement: Agreement, **given: Any) -> LedgerEntry:
    """Write down money or goods for a second person to confirm; until then they count for nothing."""
    entry = _entry(act, agreement, needs_second=True, **given)
    _await_second(act, entry)
    act.log("entry.proposed", entry, kind=entry.kind, amount=entry.amount, agreement=agreement.code)
    return entry


def _await_second(act: Act, entry: LedgerEntry) -> None:
    open_duty(
        act, door="delivery.confirm_entry", about=f"ledgerentry:{entry.code}", code=entry.code,
        region=entry.agreement.case.village_id, role=SECRETARY, says=_("Periksa catatan uang: {text}"),
        text=entry.text[:150],
    )  # fmt: skip


def _await_budget(act: Act, entry: LedgerEntry) -> None:
    """Somebody is to say by which change the village's budget takes in money that came before it."""
    if entry.before_budget and entry.counter_of_id is None:
        open_duty(
            act, door="delivery.record_budget_change", about=f"ledgerentry:{entry.code}", code=entry.code,
            region=entry.agreement.case.village_id, role=SECRETARY, text=entry.text[:120],
            says=_("Catat perubahan APB Desa untuk uang masuk: {text}"),
        )  # fmt: skip


def _entry(
    act: Act,
    agreement: Agreement,
    *,
    needs_second: bool,
    kind: str,
    on: date,
    text: str,
    amount: int,
    line: FundingLine | None = None,
    activity: Activity | None = None,
    budget_code: str = "",
    receipt_number: str = "",
    receipt: Content | None = None,
    reason: str = "",
    before_budget: bool = False,
    handover: GoodsHandover | None = None,
) -> LedgerEntry:
    """The way (``channel``) is that of the source in the agreement; a share of proceeds goes to the village's account.

    Goods may name the ``handover`` that they came with, up to the value that was received there (DV-40)."""
    held, norms = _runs(act, agreement), standing(agreement.case.village_id)
    channel = line.channel if line else queries.SHARE_CHANNEL
    act.require(RECORDING_AN_ACCOUNT, AccountFacts(_holder(channel, agreement)), norms)
    facts = queries.entry_facts(
        kind=kind, channel=channel, amount=amount, budget_code=budget_code, receipt_number=receipt_number,
        receipt=receipt.sha256 if receipt else "", agreement=held, house=house(act, agreement), two_people=needs_second,
        on=on, reason=reason,
    )  # fmt: skip
    act.require(RECORDING, facts, norms)
    act.require(SPENDING, queries.budget_facts(agreement, kind=kind, line=line, amount=amount), norms)
    if handover is not None:
        came = GoodsHandover.objects.get(pk=handover.pk)  # the agreement's row is locked: one entry after the other
        act.require(BOOKING, booking_facts(came, held.case, amount), norms)
    _consented(act, held, kind)
    if not needs_second:
        large = SecondFacts(amount, norms.numbers["large_entry_rupiah"], act.by.code, "")
        act.require(SECOND, large, norms)
    return LedgerEntry.objects.create(
        agreement=agreement, number=queries.next_number(agreement), kind=kind, on=on, text=text, amount=amount,
        channel=channel, line=line, activity=activity, budget_code=budget_code, receipt_number=receipt_number,
        receipt=_kept(act, receipt), needs_second=needs_second, reason=reason, handover=handover, at=act.now,
        by=act.by.code, by_name=_name(act), before_budget=before_budget and facts.channel == VILLAGE_ACCOUNT,
    )  # fmt: skip


def _consented(act: Act, agreement: Agreement, kind: str) -> None:
    """No money before those who are touched agreed, and none comes in once they took their yes back (AG-16, DV-33).

    What is spent of money that came in while they agreed is still written down: the book hides nothing.
    """
    case = agreement.case
    norms, consent = standing(case.village_id), group_facts(case)
    if not consent.was_given:
        act.require(GROUPS, consent, norms)
    brings = kind != LedgerEntry.Kind.SPENDING
    act.require(TAKING_IN, TakingFacts(brings_money=brings, consent_withdrawn=consent.consent_withdrawn), norms)


HOLDERS = {"bumdes": "village_enterprise", "bkad": "inter_village_body", "barang": "in_kind", "tanpa_uang": "in_kind"}


def _holder(channel: str, agreement: Agreement) -> str:
    """Whose account it is (RG-19): the village's as it recorded it, else that of the body the channel names."""
    if channel != "rkd":
        return HOLDERS.get(channel, "partner_institution")
    profile = village_profile(agreement.case.village)
    return (profile.account_holder_kind if profile else "") or "village"


def _post(entry: LedgerEntry, sign: int = 1) -> None:
    """The two lines of an entry, and the kept totals with them. ``sign`` is −1 for a counter-entry."""
    debit, credit = queries.entry_lines(entry.kind, entry.channel, entry.line, entry.activity)
    if sign < 0:
        debit, credit = credit, debit
    common: dict[str, Any] = {"entry": entry, "agreement": entry.agreement, "line": entry.line}
    LedgerLine.objects.create(account=debit, debit=entry.amount, **common)
    LedgerLine.objects.create(account=credit, credit=entry.amount, **common)
    kinds = LedgerEntry.Kind
    received = sign * entry.amount if entry.kind != kinds.SPENDING else 0
    spent = sign * entry.amount if entry.kind in (kinds.SPENDING, kinds.IN_KIND) else 0
    total, _new = KeptTotal.objects.get_or_create(agreement=entry.agreement, line=entry.line)
    KeptTotal.objects.filter(pk=total.pk).update(received=F("received") + received, spent=F("spent") + spent)


@command("delivery.confirm_entry", on="entry")
def confirm_entry(act: Act, *, entry: LedgerEntry) -> LedgerEntry:
    """A second person looked at it and its receipt: from now on it counts (DV-11, DV-23)."""
    agreement = _runs(act, entry.agreement)
    held = entry.before_budget and entry.counter_of_id is None
    ENTRY_FLOW.through(act.door, entry.state, "held" if held else "posted")
    norms = standing(agreement.case.village_id)
    act.require(CONFIRMING, ConfirmingFacts(entry.by, act.by.code), norms)
    second = SecondFacts(entry.amount, norms.numbers["large_entry_rupiah"], entry.by, act.by.code)
    act.require(SECOND, second, norms)
    if entry.counter_of_id is None:
        _consented(act, agreement, entry.kind)
        facts = queries.budget_facts(agreement, kind=entry.kind, line=entry.line, amount=entry.amount)
        act.require(SPENDING, facts, norms)
    _say(act, entry, confirmed=True)
    _post(entry, sign=1 if entry.counter_of_id is None else -1)
    _await_budget(act, entry)
    if entry.counter_of is not None:
        close_duties(act, about=f"ledgerentry:{entry.counter_of.code}")
    act.log("entry.confirmed", entry, amount=entry.amount)
    return entry


@command("delivery.record_budget_change", on="entry")
def record_budget_change(
    act: Act, *, entry: LedgerEntry, kind: str, number: str, dated: date, file: Content | None = None
) -> LedgerEntry:
    """The village's budget was changed and holds this money: from now on it may be spent (DV-53)."""
    _runs(act, entry.agreement)
    ENTRY_FLOW.through(act.door, entry.state)
    change, new = BudgetChange.objects.get_or_create(
        entry=entry,
        defaults={
            "kind": kind, "number": number, "dated": dated, "file": _kept(act, file), "at": act.now, "by": act.by.code,
            "by_name": _name(act),
        },
    )  # fmt: skip
    if not new:  # another act was quicker
        raise NoSuchMove(ENTRY_FLOW.name, "posted", act.door)
    entry.budget_change = change
    close_duties(act, about=f"ledgerentry:{entry.code}")
    act.log("budget_change.recorded", entry, kind=kind, number=number, dated=dated.isoformat())
    return entry


@command("delivery.refuse_entry", on="entry")
def refuse_entry(act: Act, *, entry: LedgerEntry, reason: str) -> LedgerEntry:
    """It stays in the book, crossed out, with the reason; its receipt may be used again."""
    _runs(act, entry.agreement)
    ENTRY_FLOW.through(act.door, entry.state)
    _say(act, entry, confirmed=False, reason=reason)
    tell(
        act, says=_("Catatan uang “{text}” tidak disetujui. Alasannya ada pada catatan."), params={"text": entry.text},
        about=f"ledgerentry:{entry.code}", url_name="page.entry", code=entry.code, person=entry.by,
    )  # fmt: skip
    act.log("entry.refused", entry)
    return entry


def _say(act: Act, entry: LedgerEntry, *, confirmed: bool, reason: str = "") -> None:
    word, new = SecondWord.objects.get_or_create(
        entry=entry,
        defaults={
            "confirmed": confirmed, "reason": reason, "at": act.now, "by": act.by.code, "by_name": _name(act),
        },
    )  # fmt: skip
    if not new:  # another act was quicker
        raise NoSuchMove(ENTRY_FLOW.name, "refused" if not word.confirmed else "posted", act.door)
    entry.word = word
    close_duties(act, about=f"ledgerentry:{entry.code}")


@command("delivery.counter_entry", on="entry")
def counter_entry(act: Act, *, entry: LedgerEntry, reason: str) -> LedgerEntry:
    """Take an entry back by one that is its mirror and says why; the right one is then written anew (DV-09).

    What took two people to write takes two people to take back (DV-11): until the second has confirmed, nothing changes.
    """
    agreement, norms = _runs(act, entry.agreement), standing(entry.agreement.case.village_id)
    facts = CounterFacts(
        points_to_original=entry.counter_of_id is None,
        reason=reason,
        already_countered=queries.counter_to(entry) is not None,
        own_box=queries.own_box(entry.channel, house(act, agreement)),
        third_box=queries.third_box(entry.channel),
    )
    act.require(COUNTERING, facts, norms)
    ENTRY_FLOW.through(act.door, entry.state)
    alone = SecondFacts(entry.amount, norms.numbers["large_entry_rupiah"], act.by.code, "")
    needs_second = entry.needs_second or bool(unmet(examine(SECOND, alone, norms)))
    counter = LedgerEntry.objects.create(
        agreement=agreement, number=queries.next_number(agreement), kind=entry.kind, on=clock.today(), text=entry.text,
        amount=entry.amount, channel=entry.channel, line=entry.line, activity=entry.activity,
        budget_code=entry.budget_code, needs_second=needs_second, counter_of=entry, reason=reason, at=act.now,
        by=act.by.code, by_name=_name(act),
    )  # fmt: skip
    if needs_second:
        _await_second(act, counter)
    else:
        _post(counter, sign=-1)
        close_duties(act, about=f"ledgerentry:{entry.code}")
    verb = "entry.counter_proposed" if needs_second else "entry.countered"
    act.log(verb, entry, by=counter.code, amount=entry.amount)
    return counter


@command("delivery.rebuild_totals", on="agreement")
def rebuild_totals(act: Act, *, agreement: Agreement) -> None:
    """Make the kept totals of an agreement again from its lines (see ``queries.wrong_totals``)."""
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    found = queries.totals_from_lines(agreement)
    KeptTotal.objects.filter(agreement=agreement).delete()
    KeptTotal.objects.bulk_create(
        KeptTotal(agreement=agreement, line_id=line, received=received, spent=spent)
        for line, (received, spent) in found.items()
    )
    act.log("totals.rebuilt", agreement, sources=len(found))


# Training ------------------------------------------------------------------------------------------------------------


@command("delivery.plan_training", on="agreement")
def plan_training(
    act: Act,
    *,
    agreement: Agreement,
    title: str,
    need_basis: str,
    competency: str,
    provider: str,
    hours: int,
    seats: int,
    place: str = "",
    starts: date | None = None,
    ends: date | None = None,
    activity: Activity | None = None,
) -> Training:
    """Prepare a training: what for, by whom, how long, for how many."""
    _runs(act, agreement)
    training = Training.objects.create(
        agreement=agreement, activity=activity, title=title, need_basis=need_basis, competency=competency,
        provider=provider, place=place, starts=starts, ends=ends, hours=hours, seats=seats,
        state=TRAINING_FLOW.through(act.door, Flow.start), example=agreement.example, planned_at=act.now,
        planned_by=act.by.code,
    )  # fmt: skip
    act.log("training.planned", training, agreement=agreement.code, seats=seats, hours=hours)
    return training


@command("delivery.schedule_training", on="training")
def schedule_training(act: Act, *, training: Training, place: str, starts: date, ends: date) -> Training:
    """Where and when it is held; until it is announced."""
    move_on(act, TRAINING_FLOW, training, place=place, starts=starts, ends=ends)
    act.log("training.scheduled", training)
    return training


@command("delivery.announce_training", on="training")
def announce_training(
    act: Act,
    *,
    training: Training,
    criteria: str,
    quotas: Sequence[Mapping[str, Any]] | None,
    hamlets: Sequence[Mapping[str, str]],
    hamlets_of_village: int,
    closes_on: date,
) -> Training:
    """Open it to everybody: by which criteria, with which quotas (an empty list says there are none), where to apply."""
    norms, today = standing(training.agreement.case.village_id), clock.today()
    training.criteria, training.quotas = criteria, None if quotas is None else [dict(each) for each in quotas]
    training.hamlets, training.hamlets_of_village = [dict(each) for each in hamlets], hamlets_of_village
    training.opens_on, training.closes_on = today, closes_on
    act.require(ANNOUNCING, queries.announcing_facts(training, norms.numbers, today=today), norms)
    names = ("criteria", "quotas", "hamlets", "hamlets_of_village", "opens_on", "closes_on")
    move_on(act, TRAINING_FLOW, training, **{name: getattr(training, name) for name in names})
    open_duty(
        act, door="delivery.close_enrolment", about=f"training:{training.code}", code=training.code,
        region=training.agreement.case.village_id, role=SECRETARY, due_on=closes_on + timedelta(days=1),
        says=_("Tutup pendaftaran pelatihan “{title}” setelah hari terakhirnya."), title=training.title,
    )  # fmt: skip
    act.log("training.announced", training, hamlets=len(hamlets), quotas=len(quotas or ()))
    return training


@command("delivery.apply_for_training", on="training")
def apply_for_training(act: Act, *, training: Training, people: Sequence[Mapping[str, Any]]) -> Training:
    """Enter residents who applied: rows of name, sex, hamlet, element, poor; ``different`` says that a name that stands
    there already is another person (DV-24). All of them, or none."""
    norms, today = standing(training.agreement.case.village_id), clock.today()
    move_on(act, TRAINING_FLOW, training)
    in_time = training.closes_on is not None and today <= training.closes_on
    for row in people:
        values = {name: value for name, value in row.items() if name != "different"}
        key = name_key(values["name"])
        same = Applicant.objects.filter(training=training, name_key=key, hamlet__iexact=values["hamlet"]).count()
        facts = ApplyingFacts(same_names=same, declared_different=bool(row.get("different")), in_time=in_time)
        act.require(APPLYING, facts, norms)
        Applicant.objects.create(
            training=training, name_key=key, state=PLACE_FLOW.through(act.door, Flow.start), applied_at=act.now,
            entered_by=act.by.code, **values,
        )  # fmt: skip
    act.log("training.applied", training, people=len(people))
    return training


@command("delivery.close_enrolment", on="training")
def close_enrolment(act: Act, *, training: Training) -> Training:
    """After the last day: the candidates' codes and their hash stand open from now on, and nobody can be added (DV-26)."""
    if training.closes_on is not None:
        facts = ClosingFacts(today=clock.today(), closes_on=training.closes_on)
        act.require(CLOSING, facts, standing(training.agreement.case.village_id))
    codes = queries.candidates(training)
    move_on(act, TRAINING_FLOW, training, list_hash=draw.list_hash(codes))
    close_duties(act, about=f"training:{training.code}")
    open_duty(
        act, door="delivery.allocate_seats", about=f"training:{training.code}", code=training.code,
        region=training.agreement.case.village_id, role=SECRETARY,
        says=_("Tetapkan peserta pelatihan “{title}”."), title=training.title,
    )  # fmt: skip
    act.log("enrolment.closed", training, applicants=len(codes), list=training.list_hash)
    return training


def close_due_enrolments() -> int:
    """Close every enrolment whose last day has passed; says how many. The daily round asks it."""
    over = Training.objects.filter(state="enrolling", closes_on__lt=clock.today())
    found = list(over.select_related("agreement__case__village", "agreement__partner"))
    for training in found:
        close_enrolment(by=By.the_system(), training=training)
    return len(found)


@command("delivery.allocate_seats", on="training")
def allocate_seats(
    act: Act, *, training: Training, seed: str = "", means: str = "", witness_one: str = "", witness_two: str = ""
) -> Training:
    """Where there is room for all, all are in; else lots are drawn from a seed that was thrown before two witnesses."""
    facts = queries.drawing_facts(training, seed=seed, witnesses=(witness_one, witness_two), drawn_by=_name(act))
    act.require(ALLOCATING, facts, standing(training.agreement.case.village_id))
    move_on(act, TRAINING_FLOW, training)
    people = {each.code: each for each in training.applicants.order_by("applied_at", "pk")}
    codes = list(people)
    if facts.applicants > facts.seats:
        Draw.objects.create(
            training=training, list_hash=training.list_hash, seed=seed, means=means, witness_one=witness_one,
            witness_two=witness_two, at=act.now, by=act.by.code,
        )  # fmt: skip
        codes = draw.order(seed, codes)
    for place, code in enumerate(codes, 1):
        target = "seated" if place <= training.seats else "waiting_list"
        move_on(act, PLACE_FLOW, people[code], target, order=place)
    close_duties(act, about=f"training:{training.code}")
    act.log("seats.allocated", training, applicants=facts.applicants, seats=facts.seats, seed=seed)
    return training


@command("delivery.issue_sheet", on="training")
def issue_sheet(act: Act, *, training: Training, paper: Prepared) -> Paper:
    """The list to print and sign, rendered before; as often as it is wanted."""
    TRAINING_FLOW.through(act.door, training.state)
    issued = issue_paper(by=act, paper=paper)
    act.log("training_sheet.issued", training, paper=issued.code)
    return issued


@command("delivery.record_attendance", on="training")
def record_attendance(
    act: Act,
    *,
    training: Training,
    on: date,
    hours: int,
    topic: str,
    present: Sequence[str],
    sheet: Content | None = None,
) -> TrainingDay:
    """Who was there on a day, by code, as the signed list says; a day entered again is written anew."""
    move_on(act, TRAINING_FLOW, training)
    values = {"hours": hours, "topic": topic, **({"sheet": _kept(act, sheet)} if sheet else {})}
    day, _new = TrainingDay.objects.update_or_create(training=training, on=on, defaults=values)
    here = set(present)
    seated = list(training.applicants.filter(state="seated"))
    day.presences.all().delete()
    Presence.objects.bulk_create(Presence(day=day, applicant=each, present=each.code in here) for each in seated)
    act.log("training_attendance.recorded", training, hours=hours, present=sum(e.code in here for e in seated))
    return day


@command("delivery.complete_training", on="training")
def complete_training(act: Act, *, training: Training) -> Training:
    """It is over: who was there long enough, who was not, and who never got a seat."""
    held = standing(training.agreement.case.village_id)
    percents = queries.attendance_percent(training)
    move_on(act, TRAINING_FLOW, training)
    counted = {"attended": 0, "not_completed": 0}
    for each in training.applicants.filter(state="seated"):
        percent = percents[each.pk]
        earned = not unmet(examine(CERTIFYING, queries.certificate_facts(percent, held), held))
        target = "attended" if earned and percent > 0 else "not_completed"
        move_on(act, PLACE_FLOW, each, target)
        counted[target] += 1
    for each in training.applicants.filter(state="waiting_list"):
        move_on(act, PLACE_FLOW, each)
    act.log("training.completed", training, attended=counted["attended"], not_completed=counted["not_completed"])
    return training


@command("delivery.issue_certificate", on="training")
def issue_certificate(
    act: Act, *, training: Training, people: Sequence[Applicant], papers: Sequence[Prepared]
) -> Training:
    """Certificates for participants who earned them; each paper was rendered before (DV-19)."""
    TRAINING_FLOW.through(act.door, training.state)
    held, percents = standing(training.agreement.case.village_id), queries.attendance_percent(training)
    for each, paper in zip(people, papers, strict=True):
        act.require(CERTIFYING, queries.certificate_facts(percents[each.pk], held), held)
        move_on(act, PLACE_FLOW, each)
        Certificate.objects.create(
            applicant=each,
            paper=issue_paper(by=act, paper=paper),
            percent=percents[each.pk],
            at=act.now,
            by=act.by.code,
        )
    act.log("certificate.issued", training, people=len(people))
    return training
