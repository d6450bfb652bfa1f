"""Reading indicators and reports: who sees what, the newest values, and the facts that rules are asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.models import Agreement, Annex
from bermitra.agreements.rules import BINDS_IN
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.codes import is_village
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Finding, examine
from bermitra.monitoring import indicators as arithmetic
from bermitra.monitoring.indicators import FAMILIES, REQUIRED_FAMILIES
from bermitra.monitoring.models import Framework, Indicator, Report, ReportStep, Target, Value
from bermitra.monitoring.rules import ADOPTING, FrameworkFacts, ReportFacts, ValueFacts
from bermitra.partnership.models import Case
from bermitra.registry.queries.villages import OF_REGENCY

IN_FORCE, RUNNING = "in_force", "running"
NOT_IN_THE_VILLAGE_OFFICE = frozenset({roles.RESIDENT.key, roles.GROUP_REP.key, roles.SELECTION_PANELIST.key})


# Who sees what --------------------------------------------------------------------------------------------------------


def _seen(person: Any, village: str, party: str) -> Q:
    """The own village or party; for the camat his district, for the regency's offices all of it."""
    wanted = Q(pk__in=())
    for office in person.offices:
        if office.party:
            wanted |= Q(**{party: office.party})
        elif not office.region_id or office.role in NOT_IN_THE_VILLAGE_OFFICE:
            continue
        elif is_village(office.region_id):
            wanted |= Q(**{village: office.region_id})
        elif office.role == roles.CAMAT.key or office.role in OF_REGENCY:
            wanted |= Q(**{f"{village}__code__startswith": f"{office.region_id}."})
    return wanted


def agreements_seen_by(person: Any) -> QuerySet[Agreement]:
    """Agreements whose indicators this person may look at."""
    found = Agreement.objects.filter(_seen(person, "case__village", "partner__code"))
    return found.select_related("case__village", "partner", "framework")


def frameworks_visible_to(person: Any) -> QuerySet[Framework]:
    found = Framework.objects.filter(_seen(person, "agreement__case__village", "agreement__partner__code"))
    return found.select_related("agreement__case__village", "agreement__partner")


def indicators_visible_to(person: Any) -> QuerySet[Indicator]:
    found = _seen(person, "framework__agreement__case__village", "framework__agreement__partner__code")
    return Indicator.objects.filter(found).select_related(
        "framework__agreement__case__village", "framework__agreement__partner"
    )


def values_visible_to(person: Any) -> QuerySet[Value]:
    village = "indicator__framework__agreement__case__village"
    found = Value.objects.filter(_seen(person, village, "indicator__framework__agreement__partner__code"))
    return found.select_related(
        "indicator__framework__agreement__case__village", "indicator__framework__agreement__partner", "file"
    )


def reports_visible_to(person: Any) -> QuerySet[Report]:
    """A partner sees the reports on its own agreements only; the yearly one, which tells of all, it reads when it is public."""
    found = Report.objects.filter(_seen(person, "village", "agreement__partner__code"))
    return found.select_related("village", "agreement__partner", "paper__file")


# Indicators as they stand ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """An indicator with its newest approved value and the target that this value is held against.

    ``progress`` is in tenths of a percent from the baseline; ``hidden``: the public must not see the amount.
    """

    indicator: Indicator
    value: Value | None
    target: Target | None
    met: bool | None
    progress: int | None
    hidden: bool

    @property
    def baseline_words(self) -> str:
        return "" if self.indicator.baseline is None else self._words(self.indicator.baseline)

    @property
    def value_words(self) -> str:
        return "" if self.value is None else self._words(self.value.amount)

    @property
    def target_words(self) -> str:
        return "" if self.target is None else self._words(self.target.amount)

    @property
    def progress_share(self) -> Decimal | None:
        return None if self.progress is None else Decimal(self.progress).scaleb(-3)

    @property
    def index_effect(self) -> Fraction | None:
        """What the village index would gain if the target is reached: an estimate."""
        return arithmetic.index_effect(self.indicator.index_item, self.indicator.index_points)

    @property
    def index_effect_words(self) -> str:
        """``0,0111``: four decimals, as the index is published."""
        effect = self.index_effect
        return "" if not effect else arithmetic.show_amount(round(effect * 10_000), 4)

    def _words(self, amount: int) -> str:
        return arithmetic.show_amount(amount, self.indicator.scale)


def indicators_of(agreement: Agreement, until: date | None = None) -> list[Standing]:
    """The adopted indicators of an agreement, each with its newest approved value (measured up to ``until``).

    Three statements. This is what the public may see; show nothing of a value where ``hidden`` is said.
    """
    found = Indicator.objects.filter(framework__agreement=agreement, framework__state="adopted")
    return standings(found.order_by("number"), until)


def standings(found: QuerySet[Indicator], until: date | None = None) -> list[Standing]:
    values = Value.objects.filter(state="approved").order_by("measured_on", "pk")
    if until is not None:
        values = values.filter(measured_on__lte=until)
    rows = found.prefetch_related("targets", Prefetch("values", values, to_attr="approved"))
    return [_standing(each) for each in rows]


def _standing(indicator: Indicator) -> Standing:
    approved: list[Value] = indicator.approved  # type: ignore[attr-defined]  # by the prefetch above
    value = approved[-1] if approved else None
    target = target_for(list(indicator.targets.all()), value.measured_on.year if value else None)
    judged = value is not None and target is not None and indicator.baseline is not None
    return Standing(
        indicator=indicator,
        value=value,
        target=target,
        met=arithmetic.met(indicator.direction, target.amount, value.amount) if judged and target and value else None,
        progress=(
            arithmetic.progress(indicator.baseline or 0, target.amount, value.amount)
            if judged and target and value
            else None
        ),
        hidden=value is not None and arithmetic.hidden(value.amount, indicator.scale, people=indicator.people),
    )


def target_for(targets: Sequence[Target], year: int | None) -> Target | None:
    """The target of the year of a measurement, else the next one, else the last; the first where nothing was measured."""
    if year is None:
        return targets[0] if targets else None
    coming = [each for each in targets if each.year >= year]
    return next(iter(coming or targets[-1:]), None)


def values_of(indicator: Indicator) -> QuerySet[Value]:
    return Value.objects.filter(indicator=indicator).select_related("file").order_by("-measured_on", "-pk")


def framework_facts(framework: Framework, today: date) -> FrameworkFacts:
    """For MN-01. Three statements."""
    numbers = standing(framework.agreement.case.village_id).numbers
    rows = list(framework.indicators.prefetch_related("targets"))
    dated = [each.baseline_on for each in rows if each.baseline_on is not None]
    whole = [each for each in rows if _whole(each)]
    return FrameworkFacts(
        families=len({each.family for each in whole if each.required_family}),
        oldest_baseline_months=max((months_between(each, today) for each in dated), default=0),
        incomplete=len(rows) - len(whole),
        families_min=numbers["outcome_families_min"],
        months_max=numbers["baseline_max_age_months"],
    )


def _whole(indicator: Indicator) -> bool:
    measured = indicator.baseline is not None and indicator.baseline_on is not None and indicator.method != ""
    return measured and indicator.data_owner != "" and len(indicator.targets.all()) > 0


def months_between(start: date, end: date) -> int:
    """Months begun between two days: from 15 January, 15 July is six, 16 July seven."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months + (1 if end.day > start.day else 0))


def signed_indicators(agreement: Agreement) -> list[dict[str, Any]]:
    """The rows of indicators that were signed with the agreement: what measuring begins from."""
    annex = Annex.objects.filter(agreement=agreement, kind=Annex.Kind.INDICATORS, until=None).first()
    return annex.rows if annex else []


def framework_checks(framework: Framework, today: date) -> tuple[Finding, ...]:
    """What adopting asks, as lines to tick."""
    if framework.state != "draft":
        return ()
    return examine(ADOPTING, framework_facts(framework, today), standing(framework.agreement.case.village_id))


def families_covered(rows: Iterable[Indicator]) -> list[tuple[str, bool]]:
    """The three families that must be measured, each with whether one of these is whole."""
    there = {each.family for each in rows if _whole(each)}
    return [(FAMILIES[family], family in there) for family in REQUIRED_FAMILIES]


def value_facts(value: Value, checker: str) -> ValueFacts:
    return ValueFacts(
        checked_by=checker,
        measured_by=value.measured_by,
        source=value.source,
        method=value.method,
        scheme_version=value.scheme_version,
    )


# Reports --------------------------------------------------------------------------------------------------------------


def villages_to_report(year: int) -> list[str]:
    """Villages with an agreement in force in that year and no yearly report on it yet. Three statements."""
    begun = set(Report.objects.filter(kind="annual", year=year).values_list("village", flat=True))
    held = Agreement.objects.filter(
        state__in=BINDS_IN, starts_on__lte=date(year, 12, 31), ends_on__gte=date(year, 1, 1)
    )
    spans = _earlier_spans(EarlierAgreement.objects.all(), date(year, 12, 31))
    found = {*held.values_list("case__village", flat=True), *(village for village, _n, years in spans if year in years)}
    return sorted(found - begun)


def _earlier_spans(found: QuerySet[EarlierAgreement], today: date) -> list[tuple[str, str, range]]:
    """Village, its name, and the years to report on for each earlier agreement that runs. One statement.

    The years before it was declared to run are not reported on afterwards: nobody waited for them.
    """
    running = found.filter(case__state=RUNNING, starts_on__lte=today, confirmed_at__isnull=False)
    columns = ("case__village_id", "case__village__name", "starts_on", "ends_on", "confirmed_at")
    return [
        (village, name, range(max(start.year, localdate(confirmed).year), (min(end, today) if end else today).year + 1))
        for village, name, start, end, confirmed in running.values_list(*columns)
    ]


def earlier_in(village: str, start: date, end: date) -> QuerySet[EarlierAgreement]:
    """Agreements of a village from before it was here that ran on some day of this time; the end of some is not known."""
    found = EarlierAgreement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=start), case__village_id=village, case__state=RUNNING, starts_on__lte=end
    )
    return found.select_related("case__village__parent", "case__partner").order_by("starts_on", "pk")


def is_to_report(village: str, year: int) -> bool:
    """Whether the village had an agreement in that year on which it reports."""
    if agreements_in(village, date(year, 1, 1), date(year, 12, 31)).exists():
        return True
    spans = _earlier_spans(EarlierAgreement.objects.filter(case__village_id=village), date(year, 12, 31))
    return any(year in years for _village, _name, years in spans)


def reports_of(village: str) -> QuerySet[Report]:
    """Reports of a village that were sent, the newest first, as the public may read them: they name no private person."""
    found = Report.objects.filter(village_id=village).exclude(state="open")
    return found.select_related("paper__file", "agreement").order_by("-year", "-ends_on", "-pk")


def steps_of(report: Report) -> list[ReportStep]:
    return list(ReportStep.objects.filter(report=report).select_related("paper").order_by("pk"))


def due_on(village: str, year: int) -> date:
    """The day by which the report on ``year`` is due, early in the next one."""
    month, day = standing(village).numbers["annual_report_due"].split("-")
    return date(year + 1, int(month), int(day))


def office_holders(village: str, day: date) -> dict[str, str]:
    """Who leads the village, its BPD and the district on this day, by role: name. One statement."""
    in_village = (roles.VILLAGE_HEAD.key, roles.BPD_CHAIR.key)
    here = Q(role__in=in_village, region=village) | Q(role=roles.CAMAT.key, region=village[:8])
    held = Appointment.objects.in_force(day).filter(here).select_related("person").order_by("-pk")
    return {each.role: each.person.full_name for each in held}


def recipients_of(village: str, day: date) -> dict[str, str]:
    """Whom a report reaches on this day, by name: who leads the BPD, and the camat. One statement."""
    held, asked = office_holders(village, day), {"bpd": roles.BPD_CHAIR.key, "camat": roles.CAMAT.key}
    return {name: held[role] for name, role in asked.items() if role in held}


def report_facts(
    report: Report,
    *,
    empty: int,
    reported: tuple[int, int],
    ledger: tuple[int, int],
    recipients: frozenset[str],
    today: date,
) -> ReportFacts:
    """For MN-05 to MN-07: what the village stated, what the report says, and the ledger as it is now."""
    known = report.received is not None and report.spent is not None
    return ReportFacts(
        empty_chapters=empty,
        stated=(report.received or 0, report.spent or 0) if known else None,
        reported=reported,
        ledger=ledger,
        recipients=recipients,
        submitted_on=today,
        due_on=report.due_on,
    )


@dataclass(frozen=True)
class Overdue:
    """A year that a village has not reported on although it had an agreement in force."""

    village_id: str
    village_name: str
    year: int
    due_on: date
    report: Report | None  # opened, but not sent


def overdue_reports(region: str, today: date) -> list[Overdue]:
    """Annual reports that are late, in a village or in all of a district or regency; the oldest first. Five statements.

    Computed from the agreements, so that a village that opened no report is late as well.
    """
    inside = Q(case__village_id=region) if is_village(region) else Q(case__village__code__startswith=f"{region}.")
    held = Agreement.objects.filter(inside, state__in=BINDS_IN, starts_on__lte=today)
    years: dict[tuple[str, str], set[int]] = {}
    for village, name, start, end in held.values_list(
        "case__village_id", "case__village__name", "starts_on", "ends_on"
    ):
        if start and end:
            years.setdefault((village, name), set()).update(range(start.year, min(end.year, today.year - 1) + 1))
    for village, name, span in _earlier_spans(EarlierAgreement.objects.filter(inside), today):
        years.setdefault((village, name), set()).update(year for year in span if year < today.year)
    if not years:
        return []
    month, day = standing(region).numbers["annual_report_due"].split("-")
    reports = {
        (each.village_id, each.year): each
        for each in Report.objects.filter(kind="annual", village_id__in=[village for village, _name in years])
    }
    late = []
    for (village, name), reported in years.items():
        for year in reported:
            due, report = date(year + 1, int(month), int(day)), reports.get((village, year))
            if due < today and (report is None or report.state == "open"):
                late.append(Overdue(village, name, year, due, report))
    return sorted(late, key=lambda each: (each.due_on, each.village_id))


def all_overdue_reports(today: date) -> list[Overdue]:
    """The same of every regency of the instance that ever had an agreement in force."""
    formal = Agreement.objects.filter(state__in=BINDS_IN).values_list("case__village_id", flat=True).distinct()
    earlier = EarlierAgreement.objects.filter(case__state=RUNNING).values_list("case__village_id", flat=True).distinct()
    codes = {*formal, *earlier}
    return [late for regency in sorted({code[:5] for code in codes}) for late in overdue_reports(regency, today)]


def years_to_report(village: str, today: date) -> list[int]:
    """Years with an agreement in force that no annual report was opened for, the latest first. Three statements."""
    spans = Agreement.objects.filter(case__village_id=village, state__in=BINDS_IN, starts_on__lte=today)
    years: set[int] = set()
    for start, end in spans.values_list("starts_on", "ends_on"):
        if start and end:
            years.update(range(start.year, min(end.year, today.year) + 1))
    for _village, _name, span in _earlier_spans(EarlierAgreement.objects.filter(case__village_id=village), today):
        years.update(span)
    taken = Report.objects.filter(village_id=village, kind="annual").values_list("year", flat=True)
    return sorted(years - set(taken), reverse=True)


def agreements_in(village: str, start: date, end: date) -> QuerySet[Agreement]:
    """Agreements of a village that were in force on some day of this time."""
    found = Agreement.objects.filter(
        case__village_id=village, state__in=BINDS_IN, starts_on__lte=end, ends_on__gte=start
    )
    return found.order_by("starts_on", "pk")


def records_of(case: Case) -> list[str]:
    """What duties of this stage may be open about, for a case that another village takes over. A report stays with who writes it."""
    frameworks = Framework.objects.filter(agreement__case=case)
    values = Value.objects.filter(indicator__framework__agreement__case=case)
    return [about_of(each) for rows in (frameworks, values) for each in rows]
