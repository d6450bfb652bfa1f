"""What the papers of an agreement under way say: the plan, the list to sign at a training, the certificate. In Indonesian."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bermitra.agreements.models import Agreement
from bermitra.delivery import queries
from bermitra.delivery.models import Activity, Applicant, Plan, Training
from bermitra.delivery.rules import THEMES
from bermitra.foundation.calendar import date_in_words, long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Letterhead,
    Paragraph,
    Qr,
    Signatures,
    Size,
    Slot,
    Span,
    Table,
    Title,
    fill,
)
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import local_words
from bermitra.registry.letters import head_slot, letterhead_of

CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa surat ini asli dan masih berlaku."


def plan_paper(plan: Plan, *, key: str, today: date, name: str) -> Prepared:
    """The plan as both sides adopt it, rendered for the second adoption, which ``name`` is about to give."""
    agreement = plan.agreement
    return prepare(
        plan_document(plan, today, name), key=key, about=about_of(plan), region=agreement.case.village_id,
        example=agreement.example,
    )  # fmt: skip


def plan_document(plan: Plan, today: date, name: str) -> Document:
    agreement, activities = plan.agreement, list(queries.activities_of(plan))
    met = f"{long_date(plan.met_on)}, {plan.met_at}" if plan.met_on else "belum dicatat"
    return Document(
        kind="work_plan",
        title=f"Rencana Kerja: {agreement.title}",
        dated=today,
        author=_village(agreement),
        letterhead=_head(agreement),
        data=queries.plan_content(plan, activities),
        blocks=(
            Title(("RENCANA KERJA TERINTEGRASI", agreement.title.upper()), (("Nomor perjanjian", agreement.village_number or "–"),)),
            Facts(
                (
                    ("Pihak Kesatu", _village(agreement)),
                    ("Pihak Kedua", agreement.partner.name),
                    ("Jangka waktu", _term(agreement)),
                    ("Disusun bersama warga", met),
                    ("Warga yang hadir", f"{plan.met_women} perempuan, {plan.met_men} laki-laki"),
                )
            ),
            *((Paragraph(plan.met_said),) if plan.met_said else ()),
            Heading("Kegiatan"),
            _activities(activities),
            Heading("Biaya dan sumber dana"),
            _money(activities),
            Signatures(
                lead=("Rencana kerja ini disetujui kedua pihak dan dipakai sejak tanggal di bawah ini.",),
                place_and_date=(f"{agreement.case.village.name}, {long_date(today)}",),
                groups=(
                    (
                        "",
                        (
                            Slot("one", (_head_word(agreement) + ",",), _signed(plan, "one", name)),
                            Slot("two", ("Pihak Kedua,",), _signed(plan, "two", name)),
                        ),
                    ),
                ),
            ),
            Qr(CHECK),
        ),
    )  # fmt: skip


def _signed(plan: Plan, party: str, name: str) -> str:
    """Who adopted for a side; the side that has not yet is the one that is about to."""
    text_hash = queries.plan_hash(plan)
    first = plan.adoptions.filter(party=party, text_hash=text_hash).first()
    return first.name if first else name


def _activities(activities: Sequence[Activity]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            str(each.number),
            fill("**{title}** ({theme})", title=each.title, theme=THEMES[each.theme]),
            f"{each.target} {each.unit} · {each.output}",
            f"{long_date(each.starts)} – {long_date(each.ends)}" + (f", {each.place}" if each.place else ""),
            f"Desa: {each.lead_village or '–'}; mitra: {each.lead_partner or '–'}"
            + (f"; pengelola kemudian: {each.owner_after_end}" if each.owner_after_end else ""),
            ", ".join(str(duty.number) for duty in each.obligations.all()) or "–",
        )
        for each in activities
    ]
    return Table(
        (
            Column("No.", 0.5, "center"),
            Column("Kegiatan", 2.6),
            Column("Hasil", 1.8),
            Column("Waktu, tempat", 1.8),
            Column("Penanggung jawab", 2.2),
            Column("Kewajiban", 1.2, "center"),
        ),
        rows,
        small=True,
    )


def _money(activities: Sequence[Activity]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in activities:
        paid = "; ".join(f"{row.line.source} {rupiah(row.amount)}" for row in each.funding.all())
        rows.append((str(each.number), each.title, rupiah(each.cost), paid or "–"))
    cost = sum(each.cost for each in activities)
    funded = sum(row.amount for each in activities for row in each.funding.all())
    foot: tuple[Cell, ...] = (Span("Jumlah", 2), rupiah(cost), rupiah(funded))
    columns = (
        Column("No.", 0.5, "center"),
        Column("Kegiatan", 2.5),
        Column("Biaya", 1.3, "right"),
        Column("Sumber dana", 3),
    )
    return Table(columns, rows, foot=(foot,), small=True)


def attendance_sheet(training: Training, *, key: str, today: date) -> Prepared:
    """The list that participants sign, one column a day."""
    agreement = training.agreement
    people = list(training.applicants.filter(state="seated").order_by("hamlet", "name"))
    days = min(max(1, ((training.ends - training.starts).days + 1) if training.starts and training.ends else 1), 5)
    columns = (
        Column("No.", 0.5, "center"), Column("Nama", 2.6), Column("L/P", 0.5, "center"), Column("Dusun", 1.4),
        *(Column(f"Hari {number}", 1.5) for number in range(1, days + 1)),
    )  # fmt: skip
    rows = [(str(n), each.name, each.sex, each.hamlet, *[""] * days) for n, each in enumerate(people, 1)]
    document = Document(
        kind="training_sheet",
        title=f"Daftar Hadir: {training.title}",
        dated=today,
        author=_village(agreement),
        letterhead=_head(agreement),
        blocks=(
            Title(("DAFTAR HADIR PELATIHAN", training.title.upper())),
            Facts(
                (
                    ("Penyelenggara", training.provider),
                    ("Tempat", training.place or "–"),
                    ("Tanggal", _days(training)),
                    ("Peserta", f"{len(people)} orang"),
                )
            ),
            "Bagi yang memberi cap jempol, tulis di sampingnya siapa yang membacakan dan membantu.",
            Table(columns, rows, small=True, tall=True),
            Signatures(groups=(("", (Slot("trainer", ("Pelatih,",), ""), Slot("organiser", ("Penyelenggara,",), ""))),)),
            Qr(CHECK),
        ),
    )  # fmt: skip
    return prepare(
        document, key=key, about=about_of(training), region=agreement.case.village_id, example=training.example
    )


def certificate_paper(applicant: Applicant, percent: int, *, key: str, today: date) -> Prepared:
    """What a participant takes home. It says what the bearer can do, and how much of it he or she was there for."""
    training = applicant.training
    agreement = training.agreement
    document = Document(
        kind="certificate",
        title=f"Sertifikat Pelatihan: {training.title}",
        dated=today,
        author=_village(agreement),
        letterhead=_head(agreement),
        size=Size.A4,
        data={"training": training.code, "lot": applicant.code, "percent": percent},
        blocks=(
            Title(("SERTIFIKAT PELATIHAN", training.title.upper()), (("Nomor", f"{training.code}/{applicant.code}"),)),
            Paragraph("Diberikan kepada", align="center"),
            Paragraph(fill("**{name}**", name=applicant.name), align="center"),
            Paragraph(fill("Dusun {hamlet}", hamlet=applicant.hamlet), align="center"),
            Paragraph(
                fill(
                    "yang telah mengikuti pelatihan {title} selama {hours} jam, {days}, bertempat di {place}, dengan kehadiran "
                    "{percent} persen.",
                    title=training.title, hours=training.hours, days=_days(training), place=training.place, percent=percent,
                ),
                align="center",
            ),
            fill("Pemegang sertifikat ini mampu: {competency}", competency=training.competency),
            Facts((("Penyelenggara", training.provider), ("Kerja sama", agreement.title))),
            Signatures(
                place_and_date=(f"{agreement.case.village.name}, {long_date(today)}",),
                groups=(
                    (
                        "",
                        (
                            head_slot(
                                agreement.case.village, local_words(agreement.case.village_id), today, field="village_head"
                            ),
                            Slot("provider", ("Penyelenggara,",), training.provider),
                        ),
                    ),
                ),
            ),
            Qr(CHECK),
        ),
    )  # fmt: skip
    return prepare(
        document, key=key, about=about_of(applicant), region=agreement.case.village_id, example=training.example
    )


# Parts ---------------------------------------------------------------------------------------------------------------


def _village(agreement: Agreement) -> str:
    return f"{local_words(agreement.case.village_id)['village']} {agreement.case.village.name}"


def _head_word(agreement: Agreement) -> str:
    return str(local_words(agreement.case.village_id)["head"])


def _head(agreement: Agreement) -> Letterhead:
    village = agreement.case.village
    return letterhead_of(village, local_words(village.pk))


def _term(agreement: Agreement) -> str:
    starts, ends = queries.term_of(agreement)
    return f"{long_date(starts)} – {long_date(ends)}"


def _days(training: Training) -> str:
    if training.starts is None or training.ends is None:
        return "–"
    if training.starts == training.ends:
        return date_in_words(training.starts)
    return f"{long_date(training.starts)} – {long_date(training.ends)}"
