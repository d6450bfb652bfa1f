"""Acts of knowing one another: the village's profile, its plan, partners and their due diligence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model

from bermitra.foundation.commands import clock
from bermitra.foundation.regions.models import Region
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import book
from bermitra.registry.due_diligence.verdict import applicable, judge, required
from bermitra.registry.models import Partner, Verification
from bermitra.registry.queries.conflicts import found_between
from bermitra.registry.queries.verifications import documents_of, file_of
from bermitra.site.demo.cast import cast
from bermitra.site.demo.stage import Stage, StoryBroken, plays
from bermitra.site.demo.story import StoryAct


@plays("registry.update_village")
def update_village(stage: Stage, act: StoryAct) -> Model | None:
    """The secretary writes the profile and the umbrella regulation, the treasurer the account."""
    village, data = stage.village(), act.data
    stage.open(actions.update_village, act.who, village=village, example=True, **data["profile"])
    stage.open(actions.record_account, data["treasurer"], village=village, **data["account"])
    if regulation := data.get("umbrella_regulation"):
        stage.open(actions.record_umbrella_regulation, act.who, village=village, **regulation)
    return None


@plays("registry.record_asset")
def record_asset(stage: Stage, act: StoryAct) -> Model | None:
    return stage.open(actions.record_asset, act.who, village=stage.village(), **act.data)


@plays("registry.register_partner")
def register_partner(stage: Stage, act: StoryAct) -> Model | None:
    data = dict(act.data)
    for place in ("seat", "located_in_village"):
        if place in data:
            data[place] = Region.objects.get(pk=data[place])
    return stage.open(
        actions.register_partner, act.who, region=Region.objects.get(pk=data.pop("region")), example=True, **data
    )


@plays("registry.request_registration")
def request_registration(stage: Stage, act: StoryAct) -> Model | None:
    """A body writes from the public page; nobody is signed in."""
    data = dict(act.data)
    regency = Region.objects.get(pk=data.pop("regency"))
    contact = cast()[data.pop("contact")]
    return stage.open(
        actions.request_registration, regency=regency, seat=regency, contact_name=contact.name, example=True, **data
    )


@plays("registry.start_verification")
def start_verification(stage: Stage, act: StoryAct) -> Model | None:
    """Owners are declared, documents laid down and questions answered; where nothing is said, as the book's examples."""
    partner = stage.get(act.data["partner"], Partner)
    stage.open(actions.declare_owners, act.who, partner=partner, owners=act.data["owners"])
    verification = stage.open(actions.start_verification, act.who, partner=partner, region=stage.village())
    stage.open(
        actions.answer_verification, act.who, verification=verification, answers={}, reasons={},
        facts=act.data.get("facts", {}),
    )  # fmt: skip
    _documents(stage, act, verification)
    asked = applicable(book(), file_of(_fresh(verification), clock.today()))
    answers = {each.code: each.example_answer for each in asked}
    stage.open(
        actions.answer_verification, act.who, verification=_fresh(verification), facts={},
        answers={**answers, **act.data.get("answers", {})}, reasons=act.data.get("reasons", {}),
    )  # fmt: skip
    return verification


def _documents(stage: Stage, act: StoryAct, verification: Verification) -> None:
    file = file_of(_fresh(verification), clock.today())
    asked = [each.code for each in required(book(), file)]
    asked += [code for each in applicable(book(), file) for code in each.evidence]
    told: dict[str, Any] = act.data.get("documents", {})
    for kind in dict.fromkeys(asked):
        if kind in act.data.get("without", ()):
            continue
        number, dated = told.get(kind, (f"{kind.upper().replace('_', '-')}-CONTOH", act.on))
        _document(stage, act.who, verification.partner, kind, number, dated)


def _document(stage: Stage, who: str, partner: Partner, kind: str, number: str, dated: date) -> None:
    stage.open(actions.add_document, who, partner=partner, kind=kind, number=number, dated=dated)


@plays("registry.add_document")
def add_document(stage: Stage, act: StoryAct) -> Model | None:
    partner = stage.get(act.data["partner"], Partner)
    return stage.open(
        actions.add_document, act.who, partner=partner, kind=act.data["kind"], number=act.data["number"], dated=act.on
    )


@plays("registry.submit_verification")
def submit_verification(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.submit_verification, act.who, verification=_named(stage, act))
    return None


@plays("registry.take_verification")
def take_verification(stage: Stage, act: StoryAct) -> Model | None:
    """The village's unit takes the file and looks at every document."""
    verification = _named(stage, act)
    stage.open(actions.take_verification, act.who, verification=verification)
    marks = dict.fromkeys((each.pk for each in documents_of(verification.partner).values()), "checked")
    stage.open(actions.check_evidence, act.who, verification=_fresh(verification), marks=marks)
    return None


@plays("registry.conclude_verification")
def conclude_verification(stage: Stage, act: StoryAct) -> Model | None:
    """``typed`` is a verdict that somebody wants; without it the one on the page is confirmed, which must be ``verdict``."""
    verification = _named(stage, act)
    computed = judge(book(), file_of(verification, clock.today()))
    if "typed" not in act.data and computed.verdict != act.data["verdict"]:
        raise StoryBroken(f"{verification.partner}: {computed.verdict}, {computed.repairs}, {dict(computed.counts)}")
    stated = act.data.get("typed", computed.verdict)
    stage.open(actions.conclude_verification, act.who, verification=verification, stated_verdict=stated)
    return None


@plays("registry.declare_owners")
def declare_owners(stage: Stage, act: StoryAct) -> Model | None:
    partner = stage.get(act.data["partner"], Partner)
    stage.open(actions.declare_owners, act.who, partner=partner, owners=act.data["owners"])
    return None


@plays("registry.explain_conflict")
def explain_conflict(stage: Stage, act: StoryAct) -> Model | None:
    """Every item that the partner shares with the village is explained with the same words."""
    partner, text = stage.get(act.data["partner"], Partner), act.data["text"]
    for found in found_between(partner, stage.village().code, clock.today()):
        given = {"partner": partner, "village": stage.village(), "item": found.key}
        stage.open(actions.explain_conflict, act.who, text=text, **given)
    return None


@plays("registry.review_conflict")
def review_conflict(stage: Stage, act: StoryAct) -> Model | None:
    """What was explained is looked at by somebody without it."""
    data = {name: act.data[name] for name in ("acceptable", "tie", "reason")}
    partner = stage.get(act.data["partner"], Partner)
    for found in found_between(partner, stage.village().code, clock.today()):
        given = {"partner": partner, "village": stage.village(), "item": found.key}
        stage.open(actions.review_conflict, act.who, **given, **data)
    return None


def _named(stage: Stage, act: StoryAct) -> Verification:
    return stage.get(act.data["verification"], Verification)


def _fresh(verification: Verification) -> Verification:
    return Verification.objects.select_related("partner").get(pk=verification.pk)
