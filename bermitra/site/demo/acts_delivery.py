"""Acts of carrying an agreement out: plan, promises, money and training."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from bermitra.agreements.models import Agreement, FundingLine, Obligation
from bermitra.delivery import actions, letters, queries
from bermitra.delivery.handing import actions as handing
from bermitra.delivery.handing import letters as handing_letters
from bermitra.delivery.handing import queries as handovers
from bermitra.delivery.models import Activity, Applicant, Due, GoodsHandover, LedgerEntry, Plan, Training
from bermitra.delivery.rules import CERTIFYING
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import examine, unmet
from bermitra.site.demo.cast import name_of, residents
from bermitra.site.demo.prints import receipt
from bermitra.site.demo.stage import Stage, StoryBroken, plays
from bermitra.site.demo.story import StoryAct

# The plan --------------------------------------------------------------------------------------------------------------


@plays("delivery.draft_plan")
def draft_plan(stage: Stage, act: StoryAct) -> Model | None:
    return stage.open(actions.draft_plan, act.who, agreement=_agreement(stage, act))


@plays("delivery.set_activity")
def write_plan(stage: Stage, act: StoryAct) -> Model | None:
    """Activities as the annex began them, each with its promises, days, people and money; and the residents' meeting."""
    plan = stage.get(act.data["plan"], Plan)
    duties = {each.number: each for each in Obligation.objects.filter(agreement=plan.agreement)}
    held = {each.title: each for each in plan.activities.all()}
    written: dict[str, Activity] = {}
    for row in act.data["activities"]:
        activity = stage.open(
            actions.set_activity, act.who, plan=plan, title=row["title"], theme=row["theme"], output=row["output"],
            unit=row["unit"], target=row["target"], place=row.get("place", ""), activity=held.get(row["title"]),
            obligations=[duties[number] for number in row["duties"]],
        )  # fmt: skip
        stage.open(
            actions.schedule_activity, act.who, activity=activity, starts=row["starts"], ends=row["ends"],
            lead_village=row["lead_village"], lead_partner=row["lead_partner"], lasting=bool(row.get("owner_after_end")),
            predecessor=written.get(row.get("after", "")), owner_after_end=row.get("owner_after_end", ""),
        )  # fmt: skip
        stage.open(actions.fund_activity, act.who, activity=activity, cost=row["cost"], funding=row["funding"])
        written[row["code"]] = activity
        stage.memory.remember(f"{act.data['plan']}.{row['code']}", activity)
    stage.open(actions.record_plan_meeting, act.who, plan=plan, **act.data["meeting"])
    return None


@plays("delivery.adopt_plan")
def adopt_plan(stage: Stage, act: StoryAct) -> Model | None:
    plan, by = stage.get(act.data["plan"], Plan), stage.knock(act.who)
    seen = queries.plan_hash(plan)
    second = bool(queries.adopted_by(plan, seen))
    name = stage.person(act.who).full_name
    paper = letters.plan_paper(plan, key=by.key, today=clock.today(), name=name) if second else None
    stage.open(actions.adopt_plan, by, plan=plan, seen=seen, paper=paper)
    return None


@plays("delivery.record_progress")
def record_progress(stage: Stage, act: StoryAct) -> Model | None:
    for code, (percent, done) in act.data["progress"].items():
        activity = stage.get(f"{act.data['plan']}.{code}", Activity)
        stage.open(
            actions.record_progress, act.who, activity=activity, percent=percent, done=done, on=act.on,
            text=act.data.get("text", ""),
        )  # fmt: skip
    return None


# Promises --------------------------------------------------------------------------------------------------------------


@plays("delivery.submit_evidence")
def keep_promises(stage: Stage, act: StoryAct) -> Model | None:
    """The side that promised shows it, by the number of the duty; ``checked_by`` of the other side looks at it."""
    for number, text in act.data["kept"].items():
        stage.open(actions.submit_evidence, act.who, due=_due(stage, act, number), text=text)
        if checker := act.data.get("checked_by"):
            said = "Sesuai dengan yang dijanjikan."
            stage.open(actions.verify_evidence, checker, due=_due(stage, act, number), text=said)
    return None


@plays("delivery.verify_evidence")
def verify_evidence(stage: Stage, act: StoryAct) -> Model | None:
    for number in act.data["numbers"]:
        stage.open(actions.verify_evidence, act.who, due=_due(stage, act, number), text=act.data.get("text", ""))
    return None


def _due(stage: Stage, act: StoryAct, number: int) -> Due:
    """The ``nth`` day (the first, if not told) on which a duty falls due."""
    found = Due.objects.filter(obligation__agreement=_agreement(stage, act), obligation__number=number)
    ordered = found.select_related("obligation__agreement__case__village", "obligation__agreement__partner")
    return ordered.order_by("due_on")[act.data.get("nth", 1) - 1]


# Money -----------------------------------------------------------------------------------------------------------------


@plays("delivery.post_entry")
def post_entry(stage: Stage, act: StoryAct) -> Model | None:
    """One line of the book; ``confirmed_by`` names the second person where the sum is large."""
    data = act.data
    agreement = _agreement(stage, act)
    line = FundingLine.objects.get(agreement=agreement, number=data["line"]) if "line" in data else None
    activity = stage.get(f"{data['plan']}.{data['activity']}", Activity) if "activity" in data else None
    by = stage.knock(act.who)
    given: dict[str, Any] = {
        "agreement": agreement, "kind": data["kind"], "on": act.on, "text": data["text"], "amount": data["amount"],
        "line": line, "activity": activity, "budget_code": data.get("budget_code", ""),
        "handover": stage.get(data["handover"], GoodsHandover) if "handover" in data else None,
        "receipt_number": data["receipt"], "receipt": receipt(data["receipt"], data["text"], data["amount"]),
    }  # fmt: skip
    second = data.get("confirmed_by", "")
    entry: LedgerEntry = stage.open(actions.propose_entry if second else actions.post_entry, by, **given)
    if second:
        stage.open(actions.confirm_entry, second, entry=entry)
    return entry


@plays("delivery.confirm_entry")
def confirm_entry(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.confirm_entry, act.who, entry=stage.get(act.data["entry"], LedgerEntry))
    return None


@plays("delivery.propose_entry")
def propose_entry(stage: Stage, act: StoryAct) -> Model | None:
    data = {**act.data, "confirmed_by": ""}
    line = FundingLine.objects.get(agreement=_agreement(stage, act), number=data["line"])
    return stage.open(
        actions.propose_entry, act.who, agreement=_agreement(stage, act), kind=data["kind"], on=act.on, text=data["text"],
        amount=data["amount"], line=line, budget_code=data.get("budget_code", ""), receipt_number=data["receipt"],
        receipt=receipt(data["receipt"], data["text"], data["amount"]),
    )  # fmt: skip


@plays("delivery.counter_entry")
def counter_entry(stage: Stage, act: StoryAct) -> Model | None:
    entry = stage.get(act.data["entry"], LedgerEntry)
    return stage.open(actions.counter_entry, act.who, entry=entry, reason=act.data["reason"])


# Handing over ---------------------------------------------------------------------------------------------------------


@plays("delivery.receive_handover")
def hand_over(stage: Stage, act: StoryAct) -> Model | None:
    """The side that gives writes the list and hands it over; ``received_by`` of the other one looks at every row."""
    data = act.data
    witnesses = [name_of(who) for who in data["witnesses"]]
    held = stage.open(
        handing.draft_handover, act.who, case=_agreement(stage, act).case, number=data["number"], on=act.on,
        place=data["place"], keeper=data["keeper"], witness_one=witnesses[0], witness_two=witnesses[1],
    )  # fmt: skip
    answers: dict[int, tuple[str, str]] = {}
    for number, told in enumerate(data["items"], 1):
        row = dict(told)
        short = row.pop("shortage", "")
        answers[number] = ("short" if short else "received", short)
        values = {"condition": "good", **row, "quantity": Decimal(row["quantity"])}
        stage.open(handing.set_handover_item, act.who, handover=held, **values)
    held = stage.open(handing.offer_handover, act.who, handover=held)
    items, by = handovers.items_of(held), stage.knock(data["received_by"])
    seen = handovers.content_hash(held, items)
    office = handovers.hand_of(stage.person(data["received_by"]), held.case, held.receiver)
    if office is None:
        raise StoryBroken(f"langkah {act.step}: {data['received_by']} tidak menerima untuk pihaknya")
    paper = handing_letters.handover_paper(held, handovers.answered(items, answers), office, key=by.key)
    return stage.open(handing.receive_handover, by, handover=held, seen=seen, answers=answers, paper=paper)


@plays("delivery.record_in_inventory")
def record_in_inventory(stage: Stage, act: StoryAct) -> Model | None:
    data = act.data
    held = stage.get(data["handover"], GoodsHandover)
    stage.open(
        handing.record_in_inventory, act.who, handover=held, on=act.on, numbers=data["numbers"], kinds=data["kinds"]
    )  # fmt: skip
    return None


# Training --------------------------------------------------------------------------------------------------------------


@plays("delivery.plan_training")
def plan_training(stage: Stage, act: StoryAct) -> Model | None:
    data: dict[str, Any] = dict(act.data)
    activity = stage.get(f"{data.pop('plan')}.{data.pop('activity')}", Activity)
    del data["agreement"]
    return stage.open(actions.plan_training, act.who, agreement=_agreement(stage, act), activity=activity, **data)


@plays("delivery.announce_training")
def announce_training(stage: Stage, act: StoryAct) -> Model | None:
    data = act.data
    hamlets = [{"name": name, "place": place} for name, place in data["hamlets"].items()]
    stage.open(
        actions.announce_training, act.who, training=_training(stage, act), criteria=data["criteria"],
        quotas=data.get("quotas", []), hamlets=hamlets, hamlets_of_village=data.get("hamlets_of_village", len(hamlets)),
        closes_on=data["closes_on"],
    )  # fmt: skip
    return None


@plays("delivery.apply_for_training")
def apply_for_training(stage: Stage, act: StoryAct) -> Model | None:
    people = [
        {"name": told["name"], "sex": told["sex"], "hamlet": told["hamlet"], "poor": bool(told.get("poor"))}
        for who, told in residents().items()
        if told.get("invited") == stage.story.village and who not in act.data.get("without", ())
    ]
    limit = act.data.get("first", len(people))
    stage.open(actions.apply_for_training, act.who, training=_training(stage, act), people=people[:limit])
    return None


@plays("delivery.close_enrolment")
def close_enrolment(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.close_enrolment, act.who, training=_training(stage, act))
    return None


@plays("delivery.allocate_seats")
def allocate_seats(stage: Stage, act: StoryAct) -> Model | None:
    data = act.data
    witnesses = [name_of(who) for who in data.get("witnesses", ())] or ["", ""]
    stage.open(
        actions.allocate_seats, act.who, training=_training(stage, act), seed=str(data.get("seed", "")),
        means=data.get("means", ""), witness_one=witnesses[0], witness_two=witnesses[1],
    )  # fmt: skip
    return None


@plays("delivery.record_attendance")
def record_attendance(stage: Stage, act: StoryAct) -> Model | None:
    """All who have a seat are there, but those of the drawn places that are named ``absent``."""
    training = _training(stage, act)
    absent = set(act.data.get("absent", ()))
    for day, topic in act.data["days"].items():
        seated = Applicant.objects.filter(training=training, state="seated").order_by("order")
        here = [each.code for each in seated if each.order not in absent]
        stage.open(
            actions.record_attendance, act.who, training=_training(stage, act), on=_day(day), hours=act.data["hours"],
            topic=topic, present=here,
        )  # fmt: skip
    return None


def _day(told: date | str) -> date:
    return told if isinstance(told, date) else date.fromisoformat(told)


@plays("delivery.complete_training")
def complete_training(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.complete_training, act.who, training=_training(stage, act))
    return None


@plays("delivery.issue_certificate")
def issue_certificates(stage: Stage, act: StoryAct) -> Model | None:
    """Rendered before, as the page does; ``absent`` tries one for somebody who was not there."""
    training, by = _training(stage, act), stage.knock(act.who)
    held, percents = standing(stage.story.village), queries.attendance_percent(training)
    people = list(training.applicants.filter(state="attended").order_by("order"))
    if act.data.get("absent"):
        people = list(training.applicants.filter(state="not_completed").order_by("order"))[:1]
    else:
        earned = [not unmet(examine(CERTIFYING, queries.certificate_facts(percents[e.pk], held), held)) for e in people]
        people = [each for each, good in zip(people, earned, strict=True) if good]
    papers = [letters.certificate_paper(each, percents[each.pk], key=by.key, today=clock.today()) for each in people]
    stage.open(actions.issue_certificate, by, training=training, people=people, papers=papers)
    return None


def _agreement(stage: Stage, act: StoryAct) -> Agreement:
    found = stage.get(act.data["agreement"], Agreement)
    return Agreement.objects.select_related("case__village", "case__partner", "partner").get(pk=found.pk)


def _training(stage: Stage, act: StoryAct) -> Training:
    return Training.objects.select_related("agreement__case__village", "agreement__partner").get(
        pk=stage.get(act.data["training"], Training).pk
    )
