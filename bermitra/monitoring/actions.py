"""Verbs: say what is measured, measure, check; prepare a report and send it the lawful way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from django.db.models import F, Max, Model
from django.utils import timezone

from bermitra.agreements.models import Agreement
from bermitra.agreements.rules import BINDS_IN
from bermitra.foundation.accounts import roles
from bermitra.foundation.calendar import add_months
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, keep_file, withdraw_paper
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.monitoring import contents, queries
from bermitra.monitoring.indicators import counts_people, known, scheme_version
from bermitra.monitoring.models import Framework, Indicator, Report, ReportStep, Target, Value
from bermitra.monitoring.rules import (
    ADOPTING,
    APPROVING,
    FORWARDING,
    FRAMEWORK,
    REPORT,
    SENDING,
    VALUE,
    ForwardFacts,
)
from bermitra.registry.actions import close_overdue_report, record_overdue_report
from bermitra.registry.models import OverdueReport

Held = TypeVar("Held", bound=Model)

# What is measured -----------------------------------------------------------------------------------------------------


@command("monitoring.draft_framework", on="agreement")
def draft_framework(act: Act, *, agreement: Agreement, sub_field: str) -> Framework:
    """Begin the indicators of an agreement in force. ``sub_field`` is its free word in the regency's register."""
    if agreement.state != queries.IN_FORCE or Framework.objects.filter(agreement=agreement).exists():
        raise NoSuchMove(FRAMEWORK.name, agreement.state, act.door)
    framework = Framework.objects.create(
        agreement=agreement,
        sub_field=sub_field,
        state=FRAMEWORK.through(act.door, FRAMEWORK.start),
        drafted_at=act.now,
        drafted_by=act.by.code,
    )
    act.log("framework.drafted", framework, agreement=agreement.code)
    open_duty(
        act,
        door="monitoring.adopt_framework",
        about=about_of(framework),
        code=framework.code,
        says=_("Tetapkan indikator kerja sama: {title}"),
        region=agreement.case.village_id,
        party=agreement.partner.code,
        role=roles.VILLAGE_HEAD.key,
        title=agreement.title,
    )
    return framework


@command("monitoring.describe_framework", on="framework")
def describe_framework(act: Act, *, framework: Framework, sub_field: str) -> Framework:
    move_on(act, FRAMEWORK, framework, sub_field=sub_field)
    act.log("framework.described", framework)
    return framework


@command("monitoring.set_indicator", on="framework")
def set_indicator(
    act: Act,
    *,
    framework: Framework,
    title: str,
    family: str,
    unit: str,
    scale: int,
    direction: str,
    method: str,
    data_owner: str,
    chosen: str = "",
    indicator: Indicator | None = None,
) -> Indicator:
    """Add an indicator, or describe one anew. ``chosen`` is its code in the shipped list, if it was taken from there.

    Another number of decimals makes the amounts that were typed meaningless: baseline and targets are asked again.
    """
    move_on(act, FRAMEWORK, framework)
    last = framework.indicators.aggregate(last=Max("number"))["last"] or 0
    indicator = indicator or Indicator(framework=framework, number=last + 1)
    if indicator.framework_id != framework.pk:
        raise NoSuchMove(FRAMEWORK.name, framework.state, act.door)
    if indicator.pk and indicator.scale != scale:
        indicator.baseline = indicator.baseline_on = None
        indicator.targets.all().delete()
    indicator.title, indicator.family, indicator.unit, indicator.scale = title, family, unit, scale
    indicator.direction, indicator.method, indicator.data_owner = direction, method, data_owner
    indicator.known = chosen
    indicator.people = known()[chosen].people if chosen in known() else counts_people(unit)
    indicator.save()
    act.log("indicator.set", indicator, number=indicator.number, family=family)
    return indicator


@command("monitoring.set_baseline", on="indicator")
def set_baseline(
    act: Act, *, indicator: Indicator, baseline: int, baseline_on: date, index_item: str = "", index_points: int = 0
) -> Indicator:
    """How it stands before the work begins; in the indicator's smallest unit."""
    move_on(act, FRAMEWORK, indicator.framework)
    Indicator.objects.filter(pk=indicator.pk).update(
        baseline=baseline, baseline_on=baseline_on, index_item=index_item, index_points=index_points
    )
    act.log("indicator.baseline_set", indicator, baseline=baseline, points=index_points)
    return Indicator.objects.get(pk=indicator.pk)


@command("monitoring.set_target", on="indicator")
def set_target(act: Act, *, indicator: Indicator, year: int, amount: int) -> Target:
    """What shall be reached by the end of a year; a year's target set again replaces the first."""
    move_on(act, FRAMEWORK, indicator.framework)
    target, _new = Target.objects.update_or_create(indicator=indicator, year=year, defaults={"amount": amount})
    act.log("indicator.target_set", indicator, year=year, amount=amount)
    return target


@command("monitoring.drop_indicator", on="indicator")
def drop_indicator(act: Act, *, indicator: Indicator) -> None:
    """Take an indicator off the draft; those behind it move up."""
    move_on(act, FRAMEWORK, indicator.framework)
    act.log("indicator.dropped", indicator, number=indicator.number)
    indicator.targets.all().delete()
    indicator.delete()
    for each in Indicator.objects.filter(framework=indicator.framework, number__gt=indicator.number).order_by("number"):
        Indicator.objects.filter(pk=each.pk).update(number=F("number") - 1)


@command("monitoring.adopt_framework", on="framework")
def adopt_framework(act: Act, *, framework: Framework) -> Framework:
    """From now on this is what the partnership is measured by; the first yearly report falls due."""
    framework = Framework.objects.select_for_update(of=("self",)).select_related("agreement__case").get(pk=framework.pk)
    village, today = framework.agreement.case.village_id, timezone.localdate(act.now)
    act.require(ADOPTING, queries.framework_facts(framework, today), standing(village))
    move_on(act, FRAMEWORK, framework, adopted_at=act.now, adopted_by=act.by.code)
    act.log("framework.adopted", framework, indicators=framework.indicators.count())
    close_duties(act, about=about_of(framework))
    _report_falls_due(act, village, today.year)
    return framework


# Values ---------------------------------------------------------------------------------------------------------------


@command("monitoring.record_value", on="indicator")
def record_value(
    act: Act,
    *,
    indicator: Indicator,
    amount: int,
    measured_on: date,
    source: str,
    method: str,
    file: Content | None = None,
) -> Value:
    """Write down a measurement; it counts once somebody else has checked it."""
    if indicator.framework.state != "adopted":
        raise NoSuchMove(VALUE.name, indicator.framework.state, act.door)
    value = Value.objects.create(
        indicator=indicator,
        amount=amount,
        measured_on=measured_on,
        source=source,
        method=method,
        scheme_version=scheme_version(),
        file=keep_file(by=act, content=file) if file else None,
        state=VALUE.through(act.door, VALUE.start),
        measured_at=act.now,
        measured_by=act.by.code,
    )
    act.log("value.recorded", value, indicator=indicator.code, amount=amount)
    return value


@command("monitoring.revise_value", on="value")
def revise_value(act: Act, *, value: Value, amount: int, measured_on: date, source: str, method: str) -> Value:
    """Repair a measurement before it is sent; who repairs it is from then on who measured it."""
    move_on(
        act, VALUE, value, amount=amount, measured_on=measured_on, source=source, method=method,
        measured_by=act.by.code, measured_at=act.now,
    )  # fmt: skip
    act.log("value.revised", value, amount=amount)
    return value


@command("monitoring.submit_value", on="value")
def submit_value(act: Act, *, value: Value) -> Value:
    move_on(act, VALUE, value, returned_because="")
    act.log("value.submitted", value)
    close_duties(act, about=about_of(value))
    agreement = value.indicator.framework.agreement
    checker = roles.VILLAGE_HEAD if act.role == roles.VILLAGE_SECRETARY.key else roles.VILLAGE_SECRETARY
    open_duty(
        act,
        door="monitoring.approve_value",
        about=about_of(value),
        code=value.code,
        says=_("Periksa nilai indikator: {title}"),
        region=agreement.case.village_id,
        role=checker.key,
        due_on=_within(act, agreement.case.village_id, "value_check_days"),
        title=value.indicator.title,
    )
    return value


@command("monitoring.approve_value", on="value")
def approve_value(act: Act, *, value: Value) -> Value:
    """Somebody who did not measure it has looked; from now on the value is public."""
    value = _held(Value, value)
    village = value.indicator.framework.agreement.case.village_id
    act.require(APPROVING, queries.value_facts(value, act.by.code), standing(village))
    move_on(act, VALUE, value, checked_at=act.now, checked_by=act.by.code)
    act.log("value.approved", value, indicator=value.indicator.code, amount=value.amount)
    close_duties(act, about=about_of(value))
    return value


@command("monitoring.return_value", on="value")
def return_value(act: Act, *, value: Value, why: str) -> Value:
    move_on(act, VALUE, value, returned_because=why)
    act.log("value.returned", value)
    close_duties(act, about=about_of(value))
    open_duty(
        act,
        door="monitoring.submit_value",
        about=about_of(value),
        code=value.code,
        says=_("Perbaiki nilai yang dikembalikan: {title}"),
        person=value.measured_by,
        due_on=_within(act, value.reach().region, "value_check_days"),
        title=value.indicator.title,
    )
    return value


# Reports --------------------------------------------------------------------------------------------------------------


@command("monitoring.open_report", on="village")
def open_report(act: Act, *, village: Region, year: int) -> Report:
    """Begin the yearly report on all agreements of the village; a year has one."""
    if Report.objects.filter(village=village, kind=Report.Kind.ANNUAL, year=year).exists():
        raise NoSuchMove(REPORT.name, "open", act.door)
    if not queries.is_to_report(village.pk, year):
        raise NoSuchMove(REPORT.name, REPORT.start, act.door)
    start, end = date(year, 1, 1), date(year, 12, 31)
    agreements = queries.agreements_in(village.pk, start, end).filter(example=True)
    earlier = queries.earlier_in(village.pk, start, end).filter(case__example=True)
    report = Report.objects.create(
        village=village,
        kind=Report.Kind.ANNUAL,
        year=year,
        starts_on=start,
        ends_on=end,
        due_on=queries.due_on(village.pk, year),
        state=REPORT.through(act.door, REPORT.start),
        example=agreements.exists() or earlier.exists(),
        opened_at=act.now,
        opened_by=act.by.code,
    )
    act.log("report.opened", report, year=year)
    close_duties(act, about=_year_of(village.pk, year))
    _sending_falls_due(act, report, report.due_on)
    return _composed(report)


def open_due_reports(today: date) -> int:
    """What a clock does once a year is over: begin the report on it where the village has not. Says how many."""
    villages = Region.objects.in_bulk(queries.villages_to_report(today.year - 1))
    for village in villages.values():
        key = f"yearly-report-{village.pk}-{today.year - 1}"
        open_report(by=By.the_system(key), village=village, year=today.year - 1)
    return len(villages)


def note_overdue_reports(today: date) -> tuple[int, int]:
    """What a clock does with reports that are late: the village's entry counts them (RG-17). Says how many began and ended."""
    late = {(each.village_id, each.year): each for each in queries.all_overdue_reports(today)}
    noted = {(each.village_id, each.year) for each in OverdueReport.objects.filter(closed_at=None)}
    villages = Region.objects.in_bulk({village for village, _year in late.keys() ^ noted})
    for village, year in sorted(late.keys() - noted):
        due_on = late[village, year].due_on
        record_overdue_report(by=By.the_system(), village=villages[village], year=year, due_on=due_on)
    for village, year in sorted(noted - late.keys()):
        close_overdue_report(by=By.the_system(), village=villages[village], year=year)
    return len(late.keys() - noted), len(noted - late.keys())


@command("monitoring.open_progress_report", on="agreement")
def open_progress_report(act: Act, *, agreement: Agreement, starts_on: date, ends_on: date) -> Report:
    """Begin a report on the progress of one agreement in a time of its own."""
    twice = Report.objects.filter(agreement=agreement, starts_on=starts_on)
    if agreement.state not in BINDS_IN or twice.exists():
        raise NoSuchMove(REPORT.name, agreement.state, act.door)
    report = Report.objects.create(
        village=agreement.case.village,
        agreement=agreement,
        kind=Report.Kind.PROGRESS,
        year=ends_on.year,
        starts_on=starts_on,
        ends_on=ends_on,
        due_on=add_months(ends_on, 1),  # as the report on the village budget of half a year is
        state=REPORT.through(act.door, REPORT.start),
        example=agreement.example,
        opened_at=act.now,
        opened_by=act.by.code,
    )
    act.log("report.opened", report, agreement=agreement.code)
    _sending_falls_due(act, report, report.due_on)
    return _composed(report)


@command("monitoring.describe_report", on="report")
def describe_report(act: Act, *, report: Report, words: dict[str, str]) -> Report:
    """What the village itself says; chapters that are not given keep what they say."""
    report = _held(Report, report)
    move_on(act, REPORT, report, words={**report.words, **words})
    act.log("report.described", report)
    return _composed(report)


@command("monitoring.state_money", on="report")
def state_money(act: Act, *, report: Report, received: int, spent: int) -> Report:
    """The two sums as the village's own cash book has them, to be held against the ledger."""
    report = _held(Report, report)
    move_on(act, REPORT, report, received=received, spent=spent)
    act.log("report.money_stated", report, received=received, spent=spent)
    return _composed(report)


@command("monitoring.renew_figures", on="report")
def renew_figures(act: Act, *, report: Report) -> Report:
    """Compose the report anew from what is on record now."""
    report = _held(Report, report)
    move_on(act, REPORT, report)
    act.log("report.figures_renewed", report)
    return _composed(report)


@command("monitoring.submit_report", on="report")
def submit_report(
    act: Act,
    *,
    report: Report,
    paper: Prepared,
    number: str,
    dated: date,
    answer: str = "",
) -> Report:
    """Send the report to the BPD, with a copy by way of the camat: what it says is frozen, its paper issued.

    ``answer`` replies to what the BPD asked.

    The paper was rendered before, from the content as it stands. The ledger must still say what the report says.
    """
    report = _held(Report, report)
    if paper.source["data"].get("content") != contents.content_hash(report.content, number, dated):
        raise NoSuchMove(REPORT.name, report.state, act.door)  # the report was changed while its paper was rendered
    facts = queries.report_facts(
        report,
        empty=len(contents.empty_chapters(report.content)),
        reported=contents.treasury_in(report.content),
        ledger=contents.treasury_now(report),
        recipients=frozenset(queries.recipients_of(report.village_id, timezone.localdate(act.now))),
        today=timezone.localdate(act.now),
    )
    passed_over = act.require(SENDING, facts, standing(report.village_id))
    before, again = report.paper, report.state == "questioned"
    issued = issue_paper(by=act, paper=paper)
    if before is not None:
        withdraw_paper(by=act, paper=before, why=_("Diganti laporan yang menjawab pertanyaan BPD."))
    move_on(act, REPORT, report, number=number, dated=dated, paper=issued, sent_at=act.now)
    _step(act, report, ReportStep.Kind.ANSWERED if again else ReportStep.Kind.SENT, answer, issued)
    act.log("report.submitted", report, paper=issued.code, passed_over=list(passed_over))
    owed = OverdueReport.objects.filter(village=report.village_id, year=report.year, closed_at=None)
    if report.kind == Report.Kind.ANNUAL and owed.exists():
        close_overdue_report(by=act, village=report.village, year=report.year)
    close_duties(act, about=about_of(report))
    open_duty(
        act,
        door="monitoring.receive_report",
        about=about_of(report),
        code=report.code,
        says=_("Telaah dan terima laporan kerja sama {year}"),
        region=report.village_id,
        role=roles.BPD_CHAIR.key,
        due_on=_within(act, report.village_id, "council_question_days"),
        year=report.year,
    )
    _tell_camat(act, report)
    return report


@command("monitoring.question_report", on="report")
def question_report(act: Act, *, report: Report, question: str) -> Report:
    """The BPD asks; the head of the village answers by sending the report again."""
    report = _held(Report, report)
    move_on(act, REPORT, report)
    _step(act, report, ReportStep.Kind.QUESTIONED, question)
    act.log("report.questioned", report)
    close_duties(act, about=about_of(report))
    _sending_falls_due(act, report, _within(act, report.village_id, "report_repair_days"))
    return report


@command("monitoring.receive_report", on="report")
def receive_report(act: Act, *, report: Report, note: str = "") -> Report:
    report = _held(Report, report)
    move_on(act, REPORT, report)
    _step(act, report, ReportStep.Kind.RECEIVED, note)
    act.log("report.received", report)
    close_duties(act, about=about_of(report))
    open_duty(
        act,
        door="monitoring.forward_report",
        about=about_of(report),
        code=report.code,
        says=_("Teruskan tembusan laporan {village} {year} ke kabupaten"),
        region=report.village_id,
        role=roles.CAMAT.key,
        due_on=_within(act, report.village_id, "district_forward_days"),
        village=report.village.name,
        year=report.year,
    )
    return report


@command("monitoring.forward_report", on="report")
def forward_report(act: Act, *, report: Report, note: str = "") -> Report:
    """The camat passes the copy on; he neither approves nor changes it."""
    report = _held(Report, report)
    received = report.steps.filter(kind=ReportStep.Kind.RECEIVED).exists()
    handed = frozenset({"bpd"} if received else ()) | frozenset({act.role} & {roles.CAMAT.key})
    act.require(FORWARDING, ForwardFacts(handed), standing(report.village_id))
    move_on(act, REPORT, report)
    _step(act, report, ReportStep.Kind.FORWARDED, note)
    act.log("report.forwarded", report)
    close_duties(act, about=about_of(report))
    tell(
        act,
        says=_("Laporan kerja sama {village} {year} sampai di kabupaten."),
        params={"village": report.village.name, "year": report.year},
        about=about_of(report),
        url_name="page.village_report",
        code=report.code,
        role=roles.DPMD_OFFICER.key,
        region=report.village_id[:5],
    )
    _report_falls_due(act, report.village_id, report.year + 1)
    return report


# ----------------------------------------------------------------------------------------------------------------------


def _step(act: Act, report: Report, kind: str, text: str = "", paper: Paper | None = None) -> None:
    ReportStep.objects.create(
        report=report, kind=kind, text=text, paper=paper, at=act.now, by=act.by.code, role=act.role
    )


def _year_of(village: str, year: int) -> str:
    return f"yearly_report:{village}:{year}"


def _report_falls_due(act: Act, village: str, year: int) -> None:
    """The report on a year waits to be begun, unless it was already, or nothing is in force in that year."""
    if Report.objects.filter(village_id=village, kind=Report.Kind.ANNUAL, year=year).exists():
        return
    if not queries.is_to_report(village, year):
        return
    open_duty(
        act,
        door="monitoring.open_report",
        about=_year_of(village, year),
        code=village,
        says=_("Susun laporan kerja sama tahun {year}"),
        region=village,
        role=roles.VILLAGE_SECRETARY.key,
        due_on=queries.due_on(village, year),
        year=year,
    )


def _sending_falls_due(act: Act, report: Report, day: date | None) -> None:
    open_duty(
        act,
        door="monitoring.submit_report",
        about=about_of(report),
        code=report.code,
        says=_("Lengkapi dan kirim laporan kerja sama {year}"),
        region=report.village_id,
        role=roles.VILLAGE_HEAD.key,
        due_on=day,
        year=report.year,
    )


def _tell_camat(act: Act, report: Report) -> None:
    tell(
        act,
        says=_("Tembusan laporan kerja sama {village} {year} masuk; BPD menelaahnya lebih dahulu."),
        params={"village": report.village.name, "year": report.year},
        about=about_of(report),
        url_name="page.village_report",
        code=report.code,
        role=roles.CAMAT.key,
        region=report.village_id[:8],
    )


def _composed(report: Report) -> Report:
    report.content = contents.compose(report)
    Report.objects.filter(pk=report.pk).update(content=report.content)
    return report


def _within(act: Act, region: str, norm: str) -> date | None:
    """The day by which it is due; none where the regency's norms name no such clock."""
    days = standing(region).numbers.get(norm)
    return None if days is None else timezone.localdate(act.now) + timedelta(days=days)


def _held(kind: type[Held], record: Held) -> Held:
    return kind._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
