"""Agreements in force with what was done under them, as rows; indicators and reports through their own doors."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from bermitra.agreements.models import Agreement, FundingLine, Obligation
from bermitra.delivery.models import Activity, Due, LedgerEntry, LedgerLine, Plan, Progress
from bermitra.delivery.queries import entry_lines, next_number
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.monitoring import actions, letters
from bermitra.monitoring.models import Framework, Indicator, Report, Value
from bermitra.partnership.models import Case, CaseNeed, TermSheet
from bermitra.registry.models import Partner
from tests.partnership.makers import LONG_AGO, a_need, a_partner, whole_topics
from tests.people import OURS, People, place

ADOPTED = datetime(2026, 2, 10, 3, tzinfo=UTC)
MEASURED = datetime(2027, 1, 8, 3, tzinfo=UTC)
REPORTED = datetime(2027, 1, 20, 3, tzinfo=UTC)


def an_agreement(
    people: People, *, partner: Partner | None = None, village: str = OURS, title: str = "Budidaya lereng", **other: Any
) -> Agreement:
    """In force from 1 February 2026 for three years, with two sources of money, a plan, and a duty of each side."""
    partner = partner or Partner.objects.first() or a_partner(people)
    case = Case.objects.create(
        title=title, route="village_initiative", coop_type="pihak_ketiga", field_of_government="pemberdayaan_masyarakat",
        forms=["pdmp"], village_id=village, partner=partner, state="running", opened_at=LONG_AGO, opened_by="system",
    )  # fmt: skip
    CaseNeed.objects.create(case=case, need=a_need(village=village))
    sheet = TermSheet.objects.create(
        case=case, partner=partner, title=title, topics=whole_topics(), text_hash="a" * 64, state="agreed",
        drafted_at=LONG_AGO, tabled_at=LONG_AGO, agreed_at=LONG_AGO, by="system",
    )  # fmt: skip
    agreement = Agreement.objects.create(**{
        "case": case, "partner": partner, "sheet": sheet, "title": title, "forms": ["pdmp"], "state": "in_force",
        "village_number": "012/PB-PANDANARUM/II/2026", "partner_number": "77/FP/2026", "made_on": date(2026, 1, 28),
        "place": "Balai Desa", "starts_on": date(2026, 2, 1), "ends_on": date(2029, 1, 31), "value": 312_000_000,
        "paper": a_paper(), "locked_at": LONG_AGO, "signed_at": LONG_AGO, "in_force_at": LONG_AGO,
        "created_at": LONG_AGO, "created_by": "system", **other,
    })  # fmt: skip
    FundingLine.objects.create(
        agreement=agreement, number=1, source="Dana Desa", amount=82_000_000, apbdes_code="4.2.1", channel="rkd"
    )
    FundingLine.objects.create(
        agreement=agreement, number=2, source="Fakultas", amount=230_000_000, channel="dilaksanakan_mitra"
    )
    plan = Plan.objects.create(agreement=agreement, state="adopted", drafted_at=LONG_AGO, drafted_by="system")
    Activity.objects.create(
        plan=plan, number=1, title="Sekolah lapang", theme="potential", output="Petani terlatih", unit="petani",
        target=60, starts=date(2026, 3, 1), ends=date(2026, 11, 30), cost=62_000_000,
    )  # fmt: skip
    for number, (party, text) in enumerate((("one", "menyediakan petak 1,5 ha"), ("two", "mendampingi 336 jam")), 1):
        duty = Obligation.objects.create(agreement=agreement, number=number, party=party, kind="duty", text=text)
        Due.objects.create(obligation=duty, due_on=date(2026, 6, 30), state="met" if number == 2 else "open")
    return agreement


def a_paper() -> Paper:
    content = files.put(f"naskah {new_code(10)}".encode(), media_type="application/pdf", name="naskah.pdf")
    stored = StoredFile.objects.create(
        sha256=content.sha256, size=content.size, media_type=content.media_type, name=content.name, stored_at=LONG_AGO
    )
    return Paper.objects.create(
        code=new_code(13), kind="agreement", title="Perjanjian Bersama", tree_hash="b" * 64, file=stored, source={},
        about="agreement:test", region=OURS, issued_at=LONG_AGO,
    )  # fmt: skip


def progressed(agreement: Agreement, percent: int, done: int, on: date) -> Progress:
    activity = Activity.objects.get(plan__agreement=agreement, number=1)
    return Progress.objects.create(
        activity=activity, percent=percent, done=done, on=on, party="one", at=LONG_AGO, by="system"
    )


def booked(agreement: Agreement, kind: str, amount: int, on: date, counters: LedgerEntry | None = None) -> LedgerEntry:
    """An entry in the village's account that counts; with ``counters``, the one that takes it back."""
    line = agreement.funding.get(number=1)
    activity = None if kind == "receipt" else Activity.objects.get(plan__agreement=agreement, number=1)
    entry = LedgerEntry.objects.create(
        agreement=agreement, number=next_number(agreement), kind=kind, on=on, text="Catatan", amount=amount,
        channel="rkd", line=line, activity=activity, needs_second=False, counter_of=counters,
        reason="salah catat" if counters else "", at=LONG_AGO, by="system", by_name="Tri Wahyuni",
    )  # fmt: skip
    debit, credit = entry_lines(kind, "rkd", line, activity)
    if counters:
        debit, credit = credit, debit
    LedgerLine.objects.create(entry=entry, agreement=agreement, line=line, account=debit, debit=amount)
    LedgerLine.objects.create(entry=entry, agreement=agreement, line=line, account=credit, credit=amount)
    return entry


# Indicators -----------------------------------------------------------------------------------------------------------

THREE: tuple[dict[str, Any], ...] = (
    {"title": "Hasil cabai keriting", "family": "welfare", "unit": "ton/ha", "scale": 1, "direction": "up"},
    {"title": "Perempuan di antara peserta", "family": "participation", "unit": "orang", "scale": 0, "direction": "up"},
    {"title": "Permintaan dijawab tiga hari", "family": "service", "unit": "persen", "scale": 0, "direction": "up"},
)
FIGURES = ((61, 74), (0, 20), (20, 60))  # baseline and target of each


def a_draft_framework(people: People, agreement: Agreement, rows: int = 3) -> Framework:
    """Drafted by the secretary with the first ``rows`` of the three families, each measured whole."""
    framework = actions.draft_framework(by=people.by("sekdes"), agreement=agreement, sub_field="Pertanian lereng")
    for row, (baseline, target) in list(zip(THREE, FIGURES, strict=True))[:rows]:
        indicator = actions.set_indicator(
            by=people.by("operator"),
            framework=framework,
            **row,
            method="timbang 25 petak",
            data_owner="village_coop_unit",
        )
        actions.set_baseline(
            by=people.by("operator"), indicator=indicator, baseline=baseline, baseline_on=date(2026, 1, 15)
        )
        actions.set_target(by=people.by("operator"), indicator=indicator, year=2026, amount=target)
    return framework


def a_framework(people: People, agreement: Agreement) -> Framework:
    """Adopted by the head on 10 February 2026."""
    with clock.at(ADOPTED):
        framework = a_draft_framework(people, agreement)
        return actions.adopt_framework(by=people.by("kades"), framework=framework)


def a_value(people: People, indicator: Indicator, amount: int, on: date = date(2026, 12, 31)) -> Value:
    """Recorded by the cooperation unit, not yet sent."""
    return actions.record_value(
        by=people.by("lksd"), indicator=indicator, amount=amount, measured_on=on, source="buku panen", method="timbang"
    )


def an_approved_value(people: People, indicator: Indicator, amount: int, on: date = date(2026, 12, 31)) -> Value:
    value = actions.submit_value(by=people.by("lksd"), value=a_value(people, indicator, amount, on))
    return actions.approve_value(by=people.by("sekdes"), value=value)


def measured(people: People, agreement: Agreement, amounts: tuple[int, ...] = (76, 22, 71)) -> Framework:
    framework = a_framework(people, agreement)
    with clock.at(MEASURED):
        for indicator, amount in zip(framework.indicators.order_by("number"), amounts, strict=True):
            an_approved_value(people, indicator, amount)
    return framework


# Reports --------------------------------------------------------------------------------------------------------------

WORDS = {
    "general": "Desa Pandanarum memiliki satu kerja sama yang berjalan.",
    "participation": "Warga empat dusun hadir.",
    "problems": "Petak contoh terlambat 35 hari, sudah dipulihkan.",
    "next": "Sekolah lapang angkatan kedua dimulai dari Dhuwur.",
}


def an_open_report(people: People, year: int = 2026) -> Report:
    return actions.open_report(by=people.by("sekdes"), village=place(OURS), year=year)


def a_ready_report(people: People, agreement: Agreement | None = None) -> Report:
    """Everything done, measured and written: only to be sent. Received 30 million, spent 18 million through the treasury."""
    agreement = agreement or an_agreement(people)
    booked(agreement, "receipt", 30_000_000, date(2026, 3, 2))
    booked(agreement, "spending", 18_000_000, date(2026, 4, 6))
    progressed(agreement, 80, 48, date(2026, 10, 1))
    measured(people, agreement)
    with clock.at(REPORTED):
        report = an_open_report(people)
        report = actions.describe_report(by=people.by("operator"), report=report, words=WORDS)
        return actions.state_money(by=people.by("bendahara"), report=report, received=30_000_000, spent=18_000_000)


def send(people: People, report: Report, who: str = "kades", **other: Any) -> Report:
    by, dated = people.by(who), clock.today()
    number = other.pop("number", "140/018/2027")
    paper = other.pop("paper", None) or letters.report_paper(report, key=by.key, number=number, dated=dated)
    return actions.submit_report(by=by, report=report, paper=paper, number=number, dated=dated, **other)


def a_sent_report(people: People) -> Report:
    report = a_ready_report(people)
    with clock.at(REPORTED):
        return send(people, report)
