"""What a report says, as plain data: composed from what the earlier stages hold, frozen when it is sent.

Indonesian throughout, as papers are. Chapters are those of the cooperation report (BAB I to VIII); a progress report has the
middle ones only. A number of statements that does not grow with the number of agreements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import rfc8785
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.models import Agreement, FundingLine
from bermitra.deliberation.queries import public_meetings
from bermitra.delivery.models import Activity, Due, LedgerLine, Progress, Training
from bermitra.foundation.text import _
from bermitra.monitoring.indicators import show_amount
from bermitra.monitoring.models import Content, Indicator, Report
from bermitra.monitoring.queries import agreements_in, earlier_in, standings
from bermitra.monitoring.register import row_of, with_register
from bermitra.partnership.models import CaseNeed
from bermitra.registry.queries.villages import umbrella_regulation_of

CHAPTERS = {
    "general": _("Umum"),
    "list": _("Daftar kerja sama"),
    "execution": _("Pelaksanaan"),
    "money": _("Keuangan"),
    "results": _("Hasil dan manfaat"),
    "participation": _("Partisipasi warga"),
    "problems": _("Masalah, pelanggaran, dan penyelesaian"),
    "next": _("Rencana berikutnya"),
}
OF_PROGRESS = ("execution", "money", "results", "problems", "next")
TREASURY = "kas:rkd"
DONE = ("attended", "certified")


def chapters_of(kind: str) -> tuple[str, ...]:
    return tuple(CHAPTERS) if kind == Report.Kind.ANNUAL else OF_PROGRESS


def compose(report: Report) -> Content:
    """Everything the report tells, with the words that the village has written so far."""
    agreements = agreements_of(report)
    keys = [each.pk for each in agreements]
    said = report.words
    content: Content = {
        "kind": report.kind,
        "year": report.year,
        "starts_on": report.starts_on.isoformat(),
        "ends_on": report.ends_on.isoformat(),
        "execution": {"text": said.get("execution", ""), "agreements": _execution(agreements, keys, report)},
        "money": _money(agreements, keys, report),
        "results": {"text": said.get("results", ""), "agreements": _results(agreements, keys, report.ends_on)},
        "problems": {"text": said.get("problems", ""), "late": _late(keys, report.ends_on)},
        "next": {"text": said.get("next", ""), "ending": _ending(agreements, report.ends_on)},
    }
    if report.kind == Report.Kind.ANNUAL:
        content["general"] = {"text": said.get("general", ""), "umbrella": _umbrella(report)}
        earlier = list(earlier_in(report.village_id, report.starts_on, report.ends_on))
        content["list"] = [*_list(agreements, keys, report), *_earlier_list(earlier, report)]
        content["next"]["ending"] += _earlier_ending(earlier, report.ends_on)
        content["participation"] = {"text": said.get("participation", ""), "meetings": _meetings(report)}
    return content


def agreements_of(report: Report) -> list[Agreement]:
    if report.agreement is not None:
        return [report.agreement]
    return list(with_register(agreements_in(report.village_id, report.starts_on, report.ends_on)))


def empty_chapters(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Chapters that say too little to be sent. What went wrong and what comes next only the village can say."""
    if not content:
        return tuple(CHAPTERS)
    results = content["results"]["agreements"]
    measured = [each for row in results for each in row["indicators"]]
    participation = content.get("participation", {})
    # Of agreements from before the village was here neither plan nor money nor measures are on record: it tells of them.
    only_earlier = bool(content.get("list")) and not content["execution"]["agreements"]
    filled = {
        "general": True,  # who and where, which the record says
        "list": content.get("list"),
        "execution": content["execution"]["text"]
        if only_earlier
        else any(row["activities"] for row in content["execution"]["agreements"]),
        "money": only_earlier or any(row["sources"] for row in content["money"]["agreements"]),
        "results": content["results"]["text"]
        if only_earlier
        else measured and all(_is_measured(each, content["starts_on"]) for each in measured),
        # A year in which nobody met and nobody was trained must be explained.
        "participation": participation.get("meetings")
        or participation.get("text")
        or any(r["trainings"] for r in results),
        "problems": content["problems"]["text"],
        "next": content["next"]["text"],
    }
    return tuple(name for name in chapters_of(content["kind"]) if not filled[name])


def _is_measured(each: Content, since: str) -> bool:
    """In the first year the baseline, taken in it, is all there can be."""
    return bool(max(each["measured_on"], each["baseline_on"]) >= since)


def content_hash(content: Mapping[str, Any], number: str, dated: date | None) -> str:
    """SHA-256 of what the letter says, with its number and day: by it a rendered paper is known to show this report."""
    day = dated.isoformat() if dated else ""
    return sha256(rfc8785.dumps({"content": content, "number": number, "dated": day})).hexdigest()


def treasury_in(content: Mapping[str, Any]) -> tuple[int, int]:
    """Received and spent through the village's account as the tables of the report have it."""
    treasury = content["money"]["treasury"]
    return treasury["received"], treasury["spent"]


def treasury_now(report: Report) -> tuple[int, int]:
    """The same, as the ledger has it now. One statement."""
    if report.agreement_id is not None:
        return _treasury([report.agreement_id], report)
    return _treasury(agreements_in(report.village_id, report.starts_on, report.ends_on).order_by().values("pk"), report)


# Chapters -------------------------------------------------------------------------------------------------------------


def _umbrella(report: Report) -> Content | None:
    found = umbrella_regulation_of(report.village)
    if found is None:
        return None
    return {"number": found.number, "year": found.year, "dated": found.dated.isoformat(), "title": found.title}


def _list(agreements: Iterable[Agreement], keys: list[int], report: Report) -> list[Content]:
    """The register of law: one row for each agreement."""
    reached: dict[int, int] = {}
    needs = CaseNeed.objects.filter(case__agreements__in=keys).values_list("case_id", "need__male", "need__female")
    for case, male, female in needs:
        reached[case] = max(reached.get(case, 0), male + female)  # needs of one case may touch the same people
    return [
        {
            **row_of(each, report.year),
            "scope": list(each.sheet.topics["scope"]["items"]),
            "number": each.village_number,
            "partner_number": each.partner_number,
            "made_on": each.made_on.isoformat() if each.made_on else "",
            "starts_on": each.starts_on.isoformat() if each.starts_on else "",
            "ends_on": each.ends_on.isoformat() if each.ends_on else "",
            "value": each.value or 0,
            "people": reached.get(each.case_id, 0),
            "status": "Berakhir" if each.ends_on and each.ends_on <= report.ends_on else "Berjalan",
        }
        for each in agreements
    ]


def _earlier_list(earlier: Iterable[EarlierAgreement], report: Report) -> list[Content]:
    """Named as what they are; what is not known of them is empty or ``None``, never guessed."""
    return [
        {
            **row_of(each, report.year),
            "earlier": True,
            "scope": [each.scope],
            "number": each.number,
            "partner_number": "",
            "made_on": each.made_on.isoformat() if each.made_on else "",
            "starts_on": each.starts_on.isoformat(),
            "ends_on": each.ends_on.isoformat() if each.ends_on else "",
            "value": each.value,
            "people": each.beneficiaries,
            "status": "Berakhir" if each.ends_on and each.ends_on <= report.ends_on else "Berjalan",
        }
        for each in earlier
    ]


def _execution(agreements: Iterable[Agreement], keys: list[int], report: Report) -> list[Content]:
    notes = Progress.objects.filter(activity=OuterRef("pk"), on__lte=report.ends_on).order_by("-on", "-pk")
    found: dict[int, list[Content]] = {}
    planned = Activity.objects.filter(plan__agreement__in=keys, plan__state="adopted", starts__lte=report.ends_on)
    for each in (
        planned.annotate(
            percent=Coalesce(Subquery(notes.values("percent")[:1]), 0),
            made=Coalesce(Subquery(notes.values("done")[:1]), 0),
        )
        .select_related("plan")
        .order_by("number")
    ):
        found.setdefault(each.plan.agreement_id, []).append(
            {
                "number": each.number,
                "title": each.title,
                "output": each.output,
                "unit": each.unit,
                "target": each.target,
                "made": each.made,
                "percent": each.percent,
                "starts_on": each.starts.isoformat(),
                "ends_on": each.ends.isoformat(),
            }
        )
    counted = Due.objects.filter(obligation__agreement__in=keys, due_on__lte=report.ends_on)
    dues: dict[int, Content] = {
        row["obligation__agreement"]: dict(row)
        for row in counted.values("obligation__agreement")
        .annotate(all=Count("pk"), met=Count("pk", filter=Q(state="met")), open=Count("pk", filter=Q(state="open")))
        .order_by()
    }
    return [
        {
            "code": each.code,
            "title": each.title,
            "activities": found.get(each.pk, []),
            "due": dues.get(each.pk, {}).get("all", 0),
            "met": dues.get(each.pk, {}).get("met", 0),
            "late": dues.get(each.pk, {}).get("open", 0),
        }
        for each in agreements
    ]


def _money(agreements: Iterable[Agreement], keys: list[int], report: Report) -> Content:
    """Planned by the agreement; received and used in the time of the report, goods and work counted by their worth."""
    within = Q(entry__on__gte=report.starts_on, entry__on__lte=report.ends_on)
    sums = LedgerLine.objects.filter(agreement__in=keys, entry__on__lte=report.ends_on).exclude(
        account__startswith="kas:"
    )
    moved: dict[tuple[int, int | None], Content] = {
        (row["agreement"], row["line"]): dict(row)
        for row in sums.values("agreement", "line")
        .annotate(
            came=_net("credit", "debit", ~Q(account__startswith="guna:") & within),
            used=_net("debit", "credit", Q(account__startswith="guna:") & within),
            came_ever=_net("credit", "debit", ~Q(account__startswith="guna:")),
            used_ever=_net("debit", "credit", Q(account__startswith="guna:")),
        )
        .order_by()
    }
    none: Content = {"came": 0, "used": 0, "came_ever": 0, "used_ever": 0}
    rows: dict[int, list[Content]] = {}
    for line in FundingLine.objects.filter(agreement__in=keys).order_by("number"):
        here = moved.get((line.agreement_id, line.pk), none)
        if line.until_id and here is none:  # an addendum ended it, and nothing went this way
            continue
        rows.setdefault(line.agreement_id, []).append(
            {
                "source": line.source,
                "code": line.apbdes_code,
                "planned": 0 if line.until_id else line.amount,
                "received": here["came"],
                "spent": here["used"],
                "left": here["came_ever"] - here["used_ever"],
            }
        )
    received, spent = _treasury(keys, report)
    return {
        "agreements": [
            {
                "code": each.code,
                "title": each.title,
                "sources": rows.get(each.pk, []),
                "shared": moved.get((each.pk, None), none)["came"],
            }
            for each in agreements
        ],
        "treasury": {"received": received, "spent": spent},
    }


def _net(plus: str, minus: str, where: Q) -> Any:
    return Coalesce(Sum(F(plus) - F(minus), filter=where), 0)


def _treasury(keys: Any, report: Report) -> tuple[int, int]:
    """What went through the village's account in this time, for agreements by key.

    A counter-entry takes back its own side, on its own day.
    """
    book = LedgerLine.objects.filter(
        agreement__in=keys, account=TREASURY, entry__on__gte=report.starts_on, entry__on__lte=report.ends_on
    )
    plain, counter = Q(entry__counter_of=None), Q(entry__counter_of__isnull=False)
    sums = book.aggregate(
        came=Coalesce(Sum("debit", filter=plain), 0),
        went=Coalesce(Sum("credit", filter=plain), 0),
        came_back=Coalesce(Sum("credit", filter=counter), 0),
        went_back=Coalesce(Sum("debit", filter=counter), 0),
    )
    return sums["came"] - sums["came_back"], sums["went"] - sums["went_back"]


def _results(agreements: Iterable[Agreement], keys: list[int], until: date) -> list[Content]:
    adopted = Indicator.objects.filter(framework__agreement__in=keys, framework__state="adopted")
    measured: dict[int, list[Content]] = {}
    for each in standings(adopted.select_related("framework").order_by("number"), until):
        indicator = each.indicator
        measured.setdefault(indicator.framework.agreement_id, []).append(
            {
                "title": indicator.title,
                "family": indicator.family,
                "unit": indicator.unit,
                "baseline": each.baseline_words,
                "baseline_on": indicator.baseline_on.isoformat() if indicator.baseline_on else "",
                "value": f"< {show_amount(5 * 10**indicator.scale, indicator.scale)}"
                if each.hidden
                else each.value_words,
                "target": each.target_words,
                "year": each.target.year if each.target else 0,
                "measured_on": each.value.measured_on.isoformat() if each.value else "",
                "met": each.met,
                "progress": None if each.hidden else each.progress,
            }
        )
    people = Q(applicants__state__in=DONE)
    trainings: dict[int, list[Content]] = {}
    held = Training.objects.filter(agreement__in=keys, state="completed", starts__lte=until).annotate(
        took=Count("applicants", filter=people),
        women=Count("applicants", filter=people & Q(applicants__sex="P")),
        places=Count("applicants__hamlet", filter=people, distinct=True),
        certified=Count("applicants", filter=Q(applicants__state="certified")),
    )
    for training in held.order_by("starts", "pk"):
        trainings.setdefault(training.agreement_id, []).append(
            {
                "title": training.title,
                "hours": training.hours,
                "took_part": training.took,
                "women": training.women,
                "hamlets": training.places,
                "certified": training.certified,
            }
        )
    return [
        {
            "code": each.code,
            "title": each.title,
            "indicators": measured.get(each.pk, []),
            "trainings": trainings.get(each.pk, []),
        }
        for each in agreements
    ]


def _meetings(report: Report) -> list[Content]:
    """Meetings of the village in this time, in sums: no names, nobody's poverty."""
    women = Count("attendees", filter=Q(attendees__session=F("session"), attendees__observer=False, attendees__sex="P"))
    found = public_meetings(report.village_id).filter(held_on__gte=report.starts_on, held_on__lte=report.ends_on)
    return [
        {
            "held_on": each.held_on.isoformat(),
            "topic": each.topic,
            "number": each.minutes_number,
            "invited": each.asked,  # type: ignore[attr-defined]  # counted by public_meetings
            "present": each.here,  # type: ignore[attr-defined]
            "women": each.women,
        }
        for each in found.annotate(women=women).order_by("held_on", "pk")
    ]


def _late(keys: list[int], until: date) -> list[Content]:
    """Promises whose day passed in or before this time and that nobody has handed evidence for."""
    found = (
        Due.objects.filter(obligation__agreement__in=keys, state="open", due_on__lte=until)
        .values("obligation__text", "obligation__party", "obligation__agreement__title")
        .annotate(since=Max("due_on"))
        .order_by("since")
    )
    return [
        {
            "text": row["obligation__text"],
            "party": row["obligation__party"],
            "agreement": row["obligation__agreement__title"],
            "due_on": row["since"].isoformat(),
        }
        for row in found
    ]


def _ending(agreements: Iterable[Agreement], until: date) -> list[Content]:
    """Agreements whose term ends in the year after, so that nobody is surprised."""
    return [
        {"title": each.title, "ends_on": each.ends_on.isoformat()}
        for each in agreements
        if each.ends_on and each.ends_on.year <= until.year + 1
    ]


def _earlier_ending(earlier: Iterable[EarlierAgreement], until: date) -> list[Content]:
    return [
        {"title": each.case.title, "ends_on": each.ends_on.isoformat()}
        for each in earlier
        if each.ends_on and each.ends_on.year <= until.year + 1
    ]
