"""Reading how an agreement is carried out: who sees what, the facts that rules ask, and figures for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

import rfc8785
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext

from bermitra.agreements.models import Agreement, FundingLine, Obligation
from bermitra.agreements.queries import agreements_visible_to
from bermitra.agreements.text import PARTY_NAMES
from bermitra.deliberation.models import Invitee
from bermitra.delivery import draw
from bermitra.delivery.models import (
    COUNTING,
    PARTNER,
    Activity,
    Applicant,
    Due,
    KeptTotal,
    LedgerEntry,
    LedgerLine,
    Plan,
    Progress,
    Training,
)
from bermitra.delivery.rules import (
    ADOPTING,
    ALLOCATING,
    ANNOUNCING,
    CLOSING,
    IN_FORCE,
    RUNNING,
    VILLAGE_ACCOUNT,
    AnnouncingFacts,
    BudgetFacts,
    CertificateFacts,
    ClosingFacts,
    EntryFacts,
    PlanFacts,
    RunningFacts,
    SeatFacts,
    Theme,
)
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Finding, Standing, examine
from bermitra.foundation.text import name_key
from bermitra.partnership import book

HOUSE = "village"  # the house of everybody who does not act for a partner
PARTNER_BOX = "dilaksanakan_mitra"
NO_CASH = frozenset({"barang", "tanpa_uang", "langsung_penerima"})  # goods and work, and what goes past every account
KEPT_BY_PARTNER = "partner"
KEEPERS = {
    "rkd": HOUSE,
    "barang": HOUSE,
    PARTNER_BOX: KEPT_BY_PARTNER,
}  # who keeps a channel's box; others: neither side
SHARE_CHANNEL = "rkd"
SHARED = "bagi:desa"  # the account of the village's share of proceeds
BOXES = {
    "dilaksanakan_mitra": "mitra",
    "rekening_koperasi": "koperasi",
    "rekening_kelompok": "kelompok",
}  # cash by channel


# Who sees which ------------------------------------------------------------------------------------------------------
def _of_agreements(person: Any) -> QuerySet[Agreement]:
    return agreements_visible_to(person).order_by()


def plans_visible_to(person: Any) -> QuerySet[Plan]:
    found = Plan.objects.filter(agreement__in=_of_agreements(person))
    return found.select_related("agreement__case__village", "agreement__partner")


def activities_visible_to(person: Any) -> QuerySet[Activity]:
    found = Activity.objects.filter(plan__agreement__in=_of_agreements(person))
    return found.select_related("plan__agreement__case__village", "plan__agreement__partner", "predecessor")


def dues_visible_to(person: Any) -> QuerySet[Due]:
    found = Due.objects.filter(obligation__agreement__in=_of_agreements(person))
    return found.select_related("obligation__agreement__case__village", "obligation__agreement__partner")


def entries_visible_to(person: Any) -> QuerySet[LedgerEntry]:
    return _whole(LedgerEntry.objects.filter(agreement__in=_of_agreements(person)))


def trainings_visible_to(person: Any) -> QuerySet[Training]:
    found = Training.objects.filter(agreement__in=_of_agreements(person))
    return found.select_related("agreement__case__village", "agreement__partner", "activity")


# The plan ------------------------------------------------------------------------------------------------------------
def plan_of(agreement: Agreement) -> Plan | None:
    return Plan.objects.filter(agreement=agreement).first()


def activities_of(plan: Plan) -> QuerySet[Activity]:
    """In their order, with promises and money; four statements in all."""
    return (
        plan.activities.select_related("predecessor")
        .prefetch_related("obligations", "funding__line")
        .order_by("number")
    )


def duties_of(agreement: Agreement) -> QuerySet[Obligation]:
    """What both sides must do as it holds now; a right is the other side's duty and falls due with it."""
    found = Obligation.objects.filter(agreement=agreement, kind=Obligation.Kind.DUTY, until=None)
    return found.order_by("number")


def term_of(agreement: Agreement) -> tuple[date, date]:
    """First and last day. An agreement has both as soon as its text is locked."""
    return agreement.starts_on or date.max, agreement.ends_on or date.max


_MEASURE = re.compile(r"([0-9][0-9.]*) (\S.*)")


def annex_activities(agreement: Agreement, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The signed table as values of activities: days kept inside the term, a measure like "336 jam" read as target and unit."""
    first, last = term_of(agreement)
    found = []
    for row in rows:
        said = _MEASURE.fullmatch(str(row.get("target", "")).strip())
        target = int(said[1].replace(".", "")) if said else 0
        starts = min(max(_day(row.get("start")) or first, first), last)
        ends = min(max(_day(row.get("end")) or last, starts), last)
        lead = str(row.get("lead", ""))
        values = {
            "title": str(row["activity"])[:200],
            "theme": Theme.POTENTIAL.value,
            "output": str(row.get("output") or row.get("target") or row["activity"])[:200],
            "target": target or 1,
            "unit": said[2][:40] if said and target else "kali",
            "starts": starts,
            "ends": ends,
            "lead_village": agreement.case.village.name if lead == PARTY_NAMES["one"] else "",
            "lead_partner": agreement.partner.name[:120] if lead == PARTY_NAMES["two"] else "",
        }
        found.append(values)
    return found


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def plan_facts(plan: Plan, activities: Iterable[Activity] | None = None) -> PlanFacts:
    agreement = plan.agreement
    rows = list(activities_of(plan) if activities is None else activities)
    met = {obligation.pk for row in rows for obligation in row.obligations.all()}
    starts, ends = term_of(agreement)
    return PlanFacts(
        activities_without_obligation=sum(not row.obligations.all() for row in rows),
        obligations_without_activity=sum(pk not in met for pk in duties_of(agreement).values_list("pk", flat=True)),
        cost_rupiah=sum(row.cost for row in rows),
        funding_rupiah=sum(each.amount for row in rows for each in row.funding.all()),
        first_start=min((row.starts for row in rows), default=starts),
        last_end=max((row.ends for row in rows), default=ends),
        term_start=starts,
        term_end=ends,
        cycles=_circles(rows),
        assets_and_services_without_owner=sum(row.lasting and not row.owner_after_end for row in rows),
        residents_meeting_recorded=plan.met_on is not None and plan.met_men + plan.met_women > 0,
        activities_without_both_owners=sum(not (row.lead_village and row.lead_partner) for row in rows),
    )


def _circles(rows: list[Activity]) -> int:
    """How many activities wait for themselves in the end."""
    before = {row.pk: row.predecessor_id for row in rows}
    found = 0
    for start in before:
        here, steps = before[start], 0
        while here is not None and here != start and steps <= len(before):
            here, steps = before.get(here), steps + 1
        found += here == start
    return found


def plan_content(plan: Plan, activities: Iterable[Activity]) -> dict[str, Any]:
    """What both sides adopt, as plain values."""
    return {
        "agreement": plan.agreement.code,
        "residents": {
            "on": plan.met_on.isoformat() if plan.met_on else "", "at": plan.met_at, "men": plan.met_men,
            "women": plan.met_women, "said": plan.met_said,
        },
        "activities": [
            {
                "number": row.number, "title": row.title, "theme": row.theme, "output": row.output, "unit": row.unit,
                "target": row.target, "place": row.place, "starts": row.starts.isoformat(), "ends": row.ends.isoformat(),
                "village": row.lead_village, "partner": row.lead_partner,
                "after": row.predecessor.number if row.predecessor else 0, "cost": row.cost,
                "mode": row.execution_mode, "sdg": row.sdg or 0, "lasting": row.lasting, "owner": row.owner_after_end,
                "duties": sorted(each.number for each in row.obligations.all()),
                "funding": sorted([each.line.number, each.amount] for each in row.funding.all()),
            }
            for row in activities
        ],
    }  # fmt: skip


def plan_hash(plan: Plan, activities: Iterable[Activity] | None = None) -> str:
    rows = activities_of(plan) if activities is None else activities
    return sha256(rfc8785.dumps(plan_content(plan, rows))).hexdigest()


def adopted_by(plan: Plan, text_hash: str) -> frozenset[str]:
    """The sides that have adopted exactly this plan."""
    return frozenset(plan.adoptions.filter(text_hash=text_hash).values_list("party", flat=True))


def running_facts(agreement: Agreement) -> RunningFacts:
    return RunningFacts(agreement_state=agreement.state)


def plan_checks(plan: Plan, activities: Iterable[Activity] | None = None) -> tuple[Finding, ...]:
    """What adopting the plan asks."""
    held = standing(plan.agreement.case.village_id)
    running = examine(RUNNING, running_facts(plan.agreement), held)
    return (*running, *examine(ADOPTING, plan_facts(plan, activities), held))


# Promises ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Promises:
    """How the promises of an agreement stand on a day, in numbers of due days."""

    total: int
    kept: int
    running: int
    late: int
    frozen: int


def dues_of(agreement: Agreement) -> QuerySet[Due]:
    found = Due.objects.filter(obligation__agreement=agreement)
    return found.select_related("obligation__agreement").order_by("due_on", "obligation__number")


def later_than(found: QuerySet[Due], last: Due) -> QuerySet[Due]:
    """The rest of a list of days behind the last one shown."""
    same_day = Q(due_on=last.due_on, obligation__number__gt=last.obligation.number)
    return found.filter(Q(due_on__gt=last.due_on) | same_day)


def promises_of(agreement: Agreement, today: date, party: str = "") -> Promises:
    """Kept, running and late. ``running`` are those whose evidence is being checked or whose day lies ahead; one statement."""
    found = Due.objects.filter(obligation__agreement=agreement)
    if party:
        found = found.filter(obligation__party=party)
    holds, opened = Q(obligation__until=None), Q(state="open")
    counted = found.aggregate(
        total=Count("pk"), kept=Count("pk", filter=Q(state="met")), open=Count("pk", filter=opened),
        late=Count("pk", filter=opened & holds & Q(due_on__lt=today)), ended=Count("pk", filter=opened & ~holds),
    )  # fmt: skip
    rests = agreement.state != IN_FORCE
    frozen = counted["open"] if rests else counted["ended"]
    late_now = 0 if rests else counted["late"]
    running = counted["total"] - counted["kept"] - late_now - frozen
    return Promises(counted["total"], counted["kept"], running, late_now, frozen)


def house_of(party: str, agreement: Agreement) -> str:
    """The house of a party of the agreement: ``village`` or the partner's code."""
    return agreement.partner.code if party == PARTNER else HOUSE


# Progress ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ActivityProgress:
    code: str
    number: int
    title: str
    theme: str
    unit: str
    target: int
    done: int
    percent: int
    on: date | None
    ends: date


@dataclass(frozen=True)
class ProgressFacts:
    """``percent`` weighs activities by their cost (all alike where none costs anything), rounded down."""

    percent: int
    activities: tuple[ActivityProgress, ...]

    @property
    def finished(self) -> int:
        return sum(each.percent == 100 for each in self.activities)


def progress_of(agreement: Agreement) -> ProgressFacts:
    """How far every activity has come by its newest note. Two statements."""
    rows = list(Activity.objects.filter(plan__agreement=agreement, plan__state="adopted").order_by("number"))
    newest: dict[int, Progress] = {}
    for note in Progress.objects.filter(activity__plan__agreement=agreement).order_by("on", "pk"):
        newest[note.activity_id] = note
    found = []
    for row in rows:
        note_of = newest.get(row.pk)
        done, percent, on = (note_of.done, note_of.percent, note_of.on) if note_of else (0, 0, None)
        found.append(
            ActivityProgress(
                row.code, row.number, row.title, row.theme, row.unit, row.target, done, percent, on, row.ends
            )
        )
    weights = [row.cost for row in rows]
    if not any(weights):
        weights = [1] * len(rows)
    whole = sum(weights)
    share = sum(weight * each.percent for weight, each in zip(weights, found, strict=True))
    return ProgressFacts(share // whole if whole else 0, tuple(found))


# Money ---------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SourceMoney:
    source: str
    channel: str
    planned: int
    received: int
    spent: int

    @property
    def left(self) -> int:
        return self.received - self.spent


@dataclass(frozen=True)
class MoneyFacts:
    """Money and goods of an agreement in rupiah. ``shared`` is the village's share of proceeds, beside the sources."""

    planned: int
    received: int
    spent: int
    shared: int
    sources: tuple[SourceMoney, ...]


def money_of(agreement: Agreement) -> MoneyFacts:
    """Planned by the agreement, received and spent by the book. Two statements; no names, so it is open to everybody."""
    kept = {each.line_id: each for each in KeptTotal.objects.filter(agreement=agreement)}
    sources = []
    for line in FundingLine.objects.filter(agreement=agreement).order_by("number"):
        total = kept.get(line.pk)
        received, spent = (total.received, total.spent) if total else (0, 0)
        if line.until_id and total is None:  # an addendum ended it, and nothing went this way
            continue
        sources.append(SourceMoney(line.source, line.channel, 0 if line.until_id else line.amount, received, spent))
    share = kept.get(None)
    return MoneyFacts(
        planned=sum(each.planned for each in sources),
        received=sum(each.received for each in sources),
        spent=sum(each.spent for each in sources),
        shared=share.received if share else 0,
        sources=tuple(sources),
    )


def spent_by_activity(agreement: Agreement) -> dict[int, int]:
    """What the book says was used for each activity, by its key. One statement."""
    found = LedgerLine.objects.filter(agreement=agreement, account__startswith="guna:")
    sums = found.values_list("entry__activity").annotate(Sum("debit"), Sum("credit"))
    return {pk: debit - credit for pk, debit, credit in sums.order_by()}


def totals_from_lines(agreement: Agreement) -> dict[int | None, tuple[int, int]]:
    """Received and spent by source (None: shares), added up from the lines themselves."""
    found: dict[int | None, tuple[int, int]] = {}
    lines = LedgerLine.objects.filter(agreement=agreement).exclude(account__startswith="kas:")
    for line, account, debit, credit in lines.values_list("line", "account", "debit", "credit"):
        received, spent = found.get(line, (0, 0))
        if account.startswith("guna:"):
            spent += debit - credit
        else:
            received += credit - debit
        found[line] = (received, spent)
    return found


def wrong_totals(agreement: Agreement) -> dict[int | None, tuple[tuple[int, int], tuple[int, int]]]:
    """Where the kept sums of a source differ from its lines: what is kept, and what the lines say. Two statements."""
    kept = {each.line_id: (each.received, each.spent) for each in KeptTotal.objects.filter(agreement=agreement)}
    found, none = totals_from_lines(agreement), (0, 0)
    both = {line: (kept.get(line, none), found.get(line, none)) for line in kept.keys() | found.keys()}
    return {line: (was, now) for line, (was, now) in both.items() if was != now}


def _whole(found: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """With the rows beside an entry from which its state is read."""
    taken_back = LedgerEntry.objects.filter(COUNTING, counter_of=OuterRef("pk"))
    return found.annotate(countered=Exists(taken_back)).select_related(
        "agreement__case__village", "agreement__partner", "line", "activity", "word", "counter_of", "receipt",
        "budget_change",
    )  # fmt: skip


def held_by_source(agreement: Agreement) -> dict[int | None, int]:
    """What came into the village's account before its budget held it, by source (None: shares). One statement."""
    taken_back = LedgerEntry.objects.filter(COUNTING, counter_of=OuterRef("pk"))
    waiting = LedgerEntry.objects.filter(COUNTING, ~Exists(taken_back), agreement=agreement, before_budget=True)
    found = waiting.filter(budget_change=None).order_by().values_list("line")
    return dict(found.annotate(Sum("amount")))


def budget_facts(agreement: Agreement, *, kind: str, line: FundingLine | None, amount: int) -> BudgetFacts:
    """Of money that is spent out of the village's account; two statements, none for anything else."""
    if kind != LedgerEntry.Kind.SPENDING or line is None or line.channel != "rkd":
        return BudgetFacts(amount, 0, 0)
    held = held_by_source(agreement).get(line.pk, 0)
    total = KeptTotal.objects.filter(agreement=agreement, line=line).first()
    return BudgetFacts(amount, held, total.received - held - total.spent if total else 0)


def counter_to(entry: LedgerEntry) -> LedgerEntry | None:
    """The entry that takes this one back, or waits for a second person to do so."""
    found = LedgerEntry.objects.filter(counter_of=entry).exclude(word__confirmed=False)
    return found.select_related("word").order_by("-pk").first()


def entries_of(agreement: Agreement) -> QuerySet[LedgerEntry]:
    return _whole(LedgerEntry.objects.filter(agreement=agreement)).order_by("-number")


def entry_lines(kind: str, channel: str, line: FundingLine | None, activity: Activity | None) -> tuple[str, str]:
    """The accounts that an entry debits and credits."""
    source = f"sumber:{line.number}" if line else SHARED
    use = f"guna:{activity.code}" if activity else ""
    cash = f"kas:{BOXES.get(channel, channel)}"
    match kind:
        case LedgerEntry.Kind.SPENDING:
            return use, cash
        case LedgerEntry.Kind.IN_KIND:
            return use, source
    return cash, source


def account_names(agreement: Agreement) -> Callable[[str], str]:
    """What the accounts of this agreement's book are called in words. Two statements when the first is asked for."""
    sources = {f"sumber:{line.number}": line.source for line in FundingLine.objects.filter(agreement=agreement)}
    uses = {f"guna:{each.code}": each.title for each in Activity.objects.filter(plan__agreement=agreement)}
    boxes = {f"kas:{BOXES.get(code, code)}": channel_label(code) for code in book.channels()}

    def name(account: str) -> str:
        if account in sources:
            return gettext("Sumber: %(name)s") % {"name": sources[account]}
        if account in uses:
            return gettext("Dipakai untuk: %(name)s") % {"name": uses[account]}
        if account in boxes:
            return gettext("Kas: %(name)s") % {"name": boxes[account]}
        return gettext("Bagi hasil untuk desa") if account == SHARED else account

    return name


def entry_facts(
    *, kind: str, channel: str, amount: int, budget_code: str, receipt: str, receipt_number: str, agreement: Agreement,
    house: str, two_people: bool, on: date, reason: str,
) -> EntryFacts:  # fmt: skip
    """``receipt`` is the hash of the attached file, ``house`` that of the person who records."""
    starts, ends = term_of(agreement)
    comes_in = kind in (LedgerEntry.Kind.RECEIPT, LedgerEntry.Kind.SHARE)
    return EntryFacts(
        channel=VILLAGE_ACCOUNT if comes_in and channel == "rkd" else channel,
        budget_code=budget_code,
        debits=(amount,),
        credits=(amount,),
        times_receipt_used=times_used(agreement, receipt, receipt_number),
        receipt_attached=receipt != "",
        own_box=own_box(channel, house),
        third_box=third_box(channel),
        two_people=two_people,
        on=on,
        term_start=starts,
        term_end=ends,
        reason=reason,
    )


def own_box(channel: str, house: str) -> bool:
    """Whether this channel's box is kept by the side that acts for ``house``."""
    return KEEPERS.get(channel) == (HOUSE if house == HOUSE else KEPT_BY_PARTNER)


def third_box(channel: str) -> bool:
    """Whether neither side keeps it: the account of a cooperative, a group, an enterprise, or no account at all."""
    return channel not in KEEPERS


def times_used(agreement: Agreement, receipt: str, number: str) -> int:
    """How many entries that count or still wait rest on this file (anywhere) or this number (in this book)."""
    if not receipt and not number:
        return 0
    same = Q(receipt__sha256=receipt) if receipt else Q(pk__in=())
    if number:
        same |= Q(agreement=agreement, receipt_number__iexact=number)
    taken_back = LedgerEntry.objects.filter(COUNTING, counter_of=OuterRef("pk"))
    counting = LedgerEntry.objects.filter(~Exists(taken_back), same, counter_of=None)
    return counting.exclude(word__confirmed=False).count()


def channel_label(code: str) -> str:
    return book.channels()[code]["id"] if code in book.channels() else code


# Training ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class TrainingFacts:
    """Trainings of an agreement in numbers."""

    trainings: int
    completed: int
    seats: int
    applicants: int
    men: int
    women: int
    took_part: int
    certified: int
    hours: int


TOOK_PART = ("attended", "certified")


def training_facts(agreement: Agreement) -> TrainingFacts:
    """Two statements. ``hours`` are those of completed trainings."""
    trainings = list(Training.objects.filter(agreement=agreement).exclude(state="draft"))
    people = Applicant.objects.filter(training__agreement=agreement).aggregate(
        all=Count("pk"), men=Count("pk", filter=Q(sex="L")), women=Count("pk", filter=Q(sex="P")),
        took=Count("pk", filter=Q(state__in=TOOK_PART)), certified=Count("pk", filter=Q(state="certified")),
    )  # fmt: skip
    done = [each for each in trainings if each.state == "completed"]
    return TrainingFacts(
        trainings=len(trainings), completed=len(done), seats=sum(each.seats for each in trainings),
        applicants=people["all"], men=people["men"], women=people["women"], took_part=people["took"],
        certified=people["certified"], hours=sum(each.hours for each in done),
    )  # fmt: skip


def candidates(training: Training) -> list[str]:
    """The codes of those who applied, in the order of their letters: what is published before a draw."""
    return sorted(training.applicants.values_list("code", flat=True))


def announcing_facts(training: Training, numbers: Any, *, today: date) -> AnnouncingFacts:
    days = (training.closes_on - today).days + 1 if training.closes_on else 0
    return AnnouncingFacts(
        criteria_published=training.criteria != "",
        quotas_published=training.quotas is not None,
        hamlets_reached=len({each["name"].casefold() for each in training.hamlets}),
        hamlets=max(training.hamlets_of_village, hamlets_known(training.agreement.case.village_id)),
        days_open=days,
        training_announcement_days=numbers["training_announcement_days"],
        has_place_and_days=training.place != "" and training.starts is not None and training.ends is not None,
    )


def hamlets_known(village: str) -> int:
    """From how many hamlets the village's standing list of invitees has people: it cannot have fewer."""
    names = Invitee.objects.filter(village_id=village, active=True).exclude(hamlet="").values_list("hamlet", flat=True)
    return len({name_key(each) for each in names})


def seat_facts(training: Training) -> SeatFacts:
    """Before a draw: nothing was thrown yet, and nobody watched."""
    codes = candidates(training)
    return SeatFacts(
        applicants=len(codes),
        seats=training.seats,
        draw_published=training.list_hash == draw.list_hash(codes),
        quotas=len(training.quotas or ()),
    )


def drawing_facts(training: Training, *, seed: str, witnesses: Iterable[str], drawn_by: str) -> SeatFacts:
    """After it: the figures that were thrown, and those who watched besides the one (by name) who enters them."""
    watched = {name_key(each) for each in witnesses if each.strip()} - {name_key(drawn_by)}
    figures = len(seed) if seed.isascii() and seed.isdigit() else 0
    return replace(seat_facts(training), seed_figures=figures, witnesses=len(watched))


def training_checks(training: Training, today: date) -> tuple[Finding, ...]:
    """What the next deciding door asks in this state. A draw that is still to be held counts as held."""
    held = standing(training.agreement.case.village_id)
    match training.state:
        case "draft":
            return examine(ANNOUNCING, announcing_facts(training, held.numbers, today=today), held)
        case "enrolling" if training.closes_on:
            return examine(CLOSING, ClosingFacts(today=today, closes_on=training.closes_on), held)
        case "enrolment_closed":
            return examine(ALLOCATING, seat_facts(training), held)
    return ()


def attendance_percent(training: Training) -> dict[int, int]:
    """By applicant: hours present of the hours that were planned, or held where more were; rounded down. Two statements."""
    held = training.days.aggregate(hours=Sum("hours"))["hours"] or 0
    whole = max(held, training.hours)
    sums = (
        training.applicants.filter(presences__present=True).values_list("pk").annotate(h=Sum("presences__day__hours"))
    )
    here = dict(sums.order_by())
    return {pk: here.get(pk, 0) * 100 // whole for pk in training.applicants.values_list("pk", flat=True)}


def certificate_facts(percent: int, held: Standing) -> CertificateFacts:
    return CertificateFacts(percent, held.numbers["certificate_attendance_percent"])


def next_number(agreement: Agreement) -> int:
    return (LedgerEntry.objects.filter(agreement=agreement).aggregate(last=Max("number"))["last"] or 0) + 1
