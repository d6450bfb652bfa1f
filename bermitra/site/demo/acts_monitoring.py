"""Acts of measuring and reporting."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from bermitra.agreements.models import Agreement
from bermitra.foundation.money import parse_quantity
from bermitra.monitoring import actions, letters
from bermitra.monitoring.models import Framework, Indicator, Report, Value
from bermitra.site.demo.stage import Stage, StoryBroken, plays
from bermitra.site.demo.story import StoryAct


@plays("monitoring.draft_framework")
def draft_framework(stage: Stage, act: StoryAct) -> Model | None:
    """With baseline and targets of every indicator; figures are written as people write them, 112,4."""
    data = act.data
    agreement = stage.get(data["agreement"], Agreement)
    framework = stage.open(actions.draft_framework, act.who, agreement=agreement, sub_field=data["sub_field"])
    _set_indicators(stage, act, framework)
    return framework


@plays("monitoring.set_indicator")
def set_indicators(stage: Stage, act: StoryAct) -> Model | None:
    framework = stage.get(act.data["framework"], Framework)
    _set_indicators(stage, act, framework)
    return framework


def _set_indicators(stage: Stage, act: StoryAct, framework: Framework) -> None:
    for code, row in act.data["indicators"].items():
        indicator = stage.open(
            actions.set_indicator, act.who, framework=framework, title=row["title"], family=row["family"],
            unit=row["unit"], scale=row.get("scale", 0), direction=row.get("direction", "up"), method=row["method"],
            data_owner=row.get("data_owner", "village_coop_unit"),
        )  # fmt: skip
        stage.memory.remember(f"{act.name}.{code}", indicator)
        stage.open(
            actions.set_baseline, act.who, indicator=indicator, baseline=_amount(row["baseline"], indicator),
            baseline_on=act.on, index_item=row.get("index_item", ""), index_points=row.get("index_points", 0),
        )  # fmt: skip
        for year, target in row["targets"].items():
            stage.open(actions.set_target, act.who, indicator=indicator, year=year, amount=_amount(target, indicator))


@plays("monitoring.adopt_framework")
def adopt_framework(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.adopt_framework, act.who, framework=stage.get(act.data["framework"], Framework))
    return None


@plays("monitoring.record_value")
def record_values(stage: Stage, act: StoryAct) -> Model | None:
    """Measured by one, checked by another; ``approved_by`` left out leaves them handed in."""
    data = act.data
    value: Value | None = None
    for code, told in data["values"].items():
        indicator = stage.get(f"{data['framework']}.{code}", Indicator)
        value = stage.open(
            actions.record_value, act.who, indicator=indicator, amount=_amount(told, indicator),
            measured_on=data["measured_on"], source=data["source"], method=indicator.method,
        )  # fmt: skip
        stage.open(actions.submit_value, act.who, value=value)
        if approver := data.get("approved_by"):
            stage.open(actions.approve_value, approver, value=Value.objects.get(pk=value.pk))
    return value


@plays("monitoring.approve_value")
def approve_value(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.approve_value, act.who, value=stage.get(act.data["value"], Value))
    return None


@plays("monitoring.open_report")
def open_report(stage: Stage, act: StoryAct) -> Model | None:
    data = act.data
    report = stage.open(actions.open_report, act.who, village=stage.village(), year=data["year"])
    return _write(stage, act, report)


@plays("monitoring.open_progress_report")
def open_progress_report(stage: Stage, act: StoryAct) -> Model | None:
    data = act.data
    report = stage.open(
        actions.open_progress_report, act.who, agreement=stage.get(data["agreement"], Agreement),
        starts_on=data["starts_on"], ends_on=data["ends_on"],
    )  # fmt: skip
    return _write(stage, act, report)


def _write(stage: Stage, act: StoryAct, report: Report) -> Report:
    """The village's own words, and the two sums as its cash book has them."""
    data: dict[str, Any] = act.data
    stage.open(actions.describe_report, act.who, report=report, words=data["words"])
    treasury = data["treasury"]
    stage.open(
        actions.state_money, data["treasurer"], report=report, received=treasury["received"], spent=treasury["spent"]
    )
    return report


@plays("monitoring.state_money")
def state_money(stage: Stage, act: StoryAct) -> Model | None:
    report = stage.get(act.data["report"], Report)
    stage.open(actions.state_money, act.who, report=report, received=act.data["received"], spent=act.data["spent"])
    return None


@plays("monitoring.submit_report")
def submit_report(stage: Stage, act: StoryAct) -> Model | None:
    report, by, dated = stage.get(act.data["report"], Report), stage.knock(act.who), act.on
    number = act.data["number"]
    paper = letters.report_paper(report, key=by.key, number=number, dated=dated)
    stage.open(actions.submit_report, by, report=report, paper=paper, number=number, dated=dated)
    return None


@plays("monitoring.forward_report")
def forward_report(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.forward_report, act.who, report=stage.get(act.data["report"], Report))
    return None


@plays("monitoring.receive_report")
def receive_report(stage: Stage, act: StoryAct) -> Model | None:
    """The BPD has read it; the camat passes the copy on."""
    report = stage.get(act.data["report"], Report)
    stage.open(actions.receive_report, act.who, report=report, note=act.data.get("note", ""))
    stage.open(actions.forward_report, act.data["forwarded_by"], report=report)
    return None


def _amount(told: int | str, indicator: Indicator) -> int:
    """A figure in the indicator's smallest unit: 112,4 with one decimal is 1124. One with more decimals is refused."""
    amount = parse_quantity(str(told)) * 10**indicator.scale
    if amount != int(amount):
        raise StoryBroken(f"{indicator.title}: {told} lebih dari {indicator.scale} angka di belakang koma")
    return int(amount)
