"""An agreement in force and what is done under it. What earlier stages hold is written as rows; delivery goes through its doors."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.agreements.models import Agreement, Annex, FundingLine, Obligation
from bermitra.delivery import actions, queries
from bermitra.delivery.models import Activity, Plan, Training
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.partnership.models import Case, TermSheet
from bermitra.registry.models import Partner
from tests.partnership.makers import a_partner, whole_topics
from tests.people import OURS, People

STARTS, ENDS = date(2026, 1, 1), date(2028, 12, 31)


def an_agreement(people: People, partner: Partner | None = None, **other: Any) -> Agreement:
    """In force since the first of January 2026, with two duties, a right and three sources of money."""
    partner = partner or a_partner(people)
    case = Case.objects.create(
        title="Budidaya lereng", route="village_initiative", coop_type="pihak_ketiga",
        field_of_government="pemberdayaan_masyarakat", forms=["pdmp"], village_id=OURS, partner=partner, state="running",
        opened_at=clock.now(), opened_by="system",
    )  # fmt: skip
    sheet = TermSheet.objects.create(
        case=case, partner=partner, title="Pokok", topics=whole_topics(), text_hash="a" * 64, state="agreed",
        drafted_at=clock.now(), by="system",
    )  # fmt: skip
    made = Agreement.objects.create(
        case=case, partner=partner, sheet=sheet, title="Budidaya lereng berkelanjutan", forms=["pdmp"],
        paper=a_paper(), village_number="01/PKS/2026", made_on=STARTS, place="Pandanarum", starts_on=STARTS, ends_on=ENDS,
        value=312_000_000, created_at=clock.now(), created_by="system", **{"state": "in_force", **other},
    )  # fmt: skip
    duties: list[tuple[str, str, dict[str, Any]]] = [
        (
            "one",
            "menyediakan petak contoh",
            {"due_on": date(2026, 6, 30), "measure": "2 petak", "evidence": "berita acara"},
        ),
        ("two", "mendampingi petani", {"period": "setiap tahun", "measure": "336 jam", "evidence": "daftar hadir"}),
    ]
    for number, (party, text, more) in enumerate(duties, 1):
        Obligation.objects.create(agreement=made, number=number, party=party, kind="duty", text=text, **more)
    Obligation.objects.create(agreement=made, number=3, party="two", kind="right", text="memakai data dengan izin")
    sources = [
        ("Dana Desa", 82_000_000, "", "rkd"), ("Fakultas", 200_000_000, "4.3.4", "dilaksanakan_mitra"),
        ("Bibit dari Fakultas", 30_000_000, "", "barang"),
    ]  # fmt: skip
    for number, (source, amount, code, channel) in enumerate(sources, 1):
        FundingLine.objects.create(
            agreement=made, number=number, source=source, amount=amount, apbdes_code=code, channel=channel
        )
    return made


def a_paper() -> Paper:
    """The paper of an agreement, as far as this stage looks at it."""
    from_before = StoredFile.objects.count()
    file = StoredFile.objects.create(
        sha256=f"{from_before:064d}", size=1, media_type="application/pdf", name="perjanjian.pdf", stored_at=clock.now()
    )
    return Paper.objects.create(
        code=f"{from_before:013d}", kind="agreement", title="Perjanjian", tree_hash="b" * 64, file=file, source={},
        about="agreement:X", region=OURS, issued_at=clock.now(),
    )  # fmt: skip


def an_annex(agreement: Agreement) -> Annex:
    rows = [
        {"activity": "menyediakan petak contoh", "output": "petak", "target": "2 petak", "start": "2025-01-01",
         "end": "2026-06-30", "lead": "PIHAK KESATU"},
        {"activity": "mendampingi petani", "output": "", "target": "1,5 ha", "start": "", "end": "nanti", "lead": "PIHAK KEDUA"},
    ]  # fmt: skip
    return Annex.objects.create(agreement=agreement, kind="work_plan", rows=rows)


def a_plan(people: People, agreement: Agreement | None = None) -> Plan:
    return actions.draft_plan(by=people.by("sekdes"), agreement=agreement or an_agreement(people))


def an_activity(
    people: People, plan: Plan, *duties: int, cost: int = 0, funding: dict[int, int] | None = None, **other: Any
) -> Activity:
    """With days inside the term, people in charge on both sides, and its money."""
    given = {
        "title": "Sekolah lapang",
        "theme": "potential",
        "output": "petani terlatih",
        "unit": "orang",
        "target": 120,
    }
    obligations = list(Obligation.objects.filter(agreement=plan.agreement, number__in=duties))
    made = actions.set_activity(by=people.by("sekdes"), plan=plan, obligations=obligations, **{**given, **other})
    actions.schedule_activity(
        by=people.by("sekdes"), activity=made, starts=date(2026, 2, 1), ends=date(2026, 11, 30), lead_village="Kaur Umum",
        lead_partner="Ketua tim",
    )  # fmt: skip
    return actions.fund_activity(by=people.by("sekdes"), activity=made, cost=cost, funding=funding or {})


def a_whole_plan(people: People, agreement: Agreement | None = None) -> Plan:
    """A draft that both sides could adopt."""
    plan = a_plan(people, agreement)
    an_activity(people, plan, 1, title="Petak contoh", cost=30_000_000, funding={1: 20_000_000, 3: 10_000_000})
    an_activity(people, plan, 2, cost=50_000_000, funding={2: 50_000_000})
    return actions.record_plan_meeting(
        by=people.by("sekdes"), plan=plan, on=date(2026, 1, 10), at="Balai desa", men=20, women=25
    )


def an_adopted_plan(people: People, agreement: Agreement | None = None) -> Plan:
    plan = a_whole_plan(people, agreement)
    adopted(people, "kades", plan)
    return adopted(people, "mitra.direktur", plan)


def adopted(people: People, who: str, plan: Plan) -> Plan:
    """One side's word for the plan as it stands now."""
    return actions.adopt_plan(by=people.by(who), plan=plan, seen=queries.plan_hash(Plan.objects.get(pk=plan.pk)))


def a_receipt(words: str = "kuitansi") -> files.Content:
    return files.put(words.encode(), media_type="application/pdf", name="kuitansi.pdf")


def line(agreement: Agreement, number: int) -> FundingLine:
    return FundingLine.objects.get(agreement=agreement, number=number)


def money_in(agreement: Agreement, amount: int = 5_000_000, receipt: str = "kuitansi", **other: Any) -> dict[str, Any]:
    """Money of the first source coming into the village's account, as the doors of the book ask it."""
    return {
        "agreement": agreement, "kind": "receipt", "on": date(2026, 2, 2), "text": "Dana Desa tahap satu", "amount": amount,
        "line": line(agreement, 1), "budget_code": "4.3.2", "receipt": a_receipt(receipt), **other,
    }  # fmt: skip


def a_training(people: People, agreement: Agreement, seats: int = 2) -> Training:
    return actions.plan_training(
        by=people.by("sekdes"), agreement=agreement, title="Pangkas kopi", need_basis="Panen turun, kata kelompok tani.",
        competency="memangkas pohon kopi", provider="Fakultas Pertanian", hours=16, seats=seats, place="Balai desa",
        starts=date(2026, 3, 20), ends=date(2026, 3, 21),
    )  # fmt: skip


def announcement(**other: Any) -> dict[str, Any]:
    hamlets = [{"name": name, "place": "rumah kadus"} for name in ("Krajan", "Dhuwur", "Kulon", "Wetan")]
    given = {
        "criteria": "Petani kopi",
        "quotas": [],
        "hamlets": hamlets,
        "hamlets_of_village": 4,
        "closes_on": date(2026, 3, 10),
    }
    return {**given, **other}


def resident(name: str, sex: str = "P", hamlet: str = "Krajan", **other: Any) -> dict[str, Any]:
    return {"name": name, "sex": sex, "hamlet": hamlet, **other}
