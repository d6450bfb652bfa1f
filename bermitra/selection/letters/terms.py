"""The terms of reference (Kerangka Acuan Kerja): all parts that the law names, from the call and its case."""

from __future__ import annotations

from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.model import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    Signatures,
    Size,
    Table,
    Text,
    Title,
    fill,
)
from bermitra.foundation.money import in_words, rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.partnership.models import Case
from bermitra.partnership.queries import form_label, needs_of_case, potentials_of_case
from bermitra.partnership.rules import FIELDS
from bermitra.registry.models import PlanLine
from bermitra.selection.criteria import criteria, levels
from bermitra.selection.letters.common import (
    by_eight,
    day_of,
    head_of_paper,
    in_indonesian,
    lines_of,
    moment_of,
    said,
    signed_by_head,
    statements_in,
    village_of,
)
from bermitra.selection.models import Call
from bermitra.selection.queries import vision_is_open, weights
from bermitra.selection.queries.calls import public_hash
from bermitra.selection.rules import CHANNELS
from bermitra.selection.terms import SECTIONS


@in_indonesian
def terms_of_reference(call: Call, size: Size) -> Document:
    case = call.case
    dated = day_of(case, call.opened_at or call.drafted_at)
    return Document(
        kind="terms_of_reference",
        title=f"Kerangka Acuan Kerja: {said(call.title)}",
        dated=dated,
        author=f"Pemerintah {village_of(case)}",
        letterhead=head_of_paper(case),
        size=size,
        data={"call": call.code, "frozen": public_hash(call)},
        blocks=(
            Title(
                ("KERANGKA ACUAN KERJA",),
                (("Nomor", call.number),) if call.number else (),
                said(call.title).upper(),
            ),
            *body(call),
            Signatures(
                lead=seal(call),
                place_and_date=(f"{case.village.name}, {long_date(dated)}",),
                groups=(signed_by_head(case, dated),),
            ),
        ),
    )


def body(call: Call) -> tuple[Block, ...]:
    """All parts in the order of the law; the dossier prints them too."""
    case = call.case
    parts: list[tuple[str, tuple[Block, ...]]] = [
        (SECTIONS["background"], _typed(call, "background")),
        ("Kebutuhan dan potensi yang dijawab", _answers(case)),
        (SECTIONS["results"], (*_typed(call, "results"), *_goals(call))),
        (SECTIONS["scope"], (*_field(case), *_typed(call, "scope"))),
        (SECTIONS["location"], _typed(call, "location")),
        (SECTIONS["beneficiaries"], _typed(call, "beneficiaries")),
        ("Analisis manfaat dan biaya", _measured(case)),
        ("Kesesuaian dengan RPJM Desa dan RKP Desa", _plans(case)),
        ("Kesesuaian tata ruang dan lingkungan", _place(case)),
        (SECTIONS["contribution"], (*_typed(call, "contribution"), *_share(case), *_listed(call.offers))),
        (SECTIONS["wanted"], (*_typed(call, "wanted"), *_listed(call.seeks))),
        (SECTIONS["term"], _typed(call, "term")),
        (SECTIONS["funds"], _typed(call, "funds")),
        ("Visi yang dipegang desa", _vision(call)),
        ("Kriteria, bobot, dan nilai batas", criteria_of(call)),
        (SECTIONS["documents"], _typed(call, "documents")),
        (SECTIONS["schedule"], (*_typed(call, "schedule"), *_days(call))),
        (SECTIONS["risks"], _typed(call, "risks")),
        ("Pengumuman dan tempat bertanya", (*_typed(call, "contact"), *_channels(call))),
    ]
    blocks: list[Block] = []
    for number, (title, part) in enumerate(((title, part) for title, part in parts if part), 1):
        blocks += [Heading(f"{number}. {title}"), *part]
    return tuple(blocks)


def _typed(call: Call, name: str) -> tuple[Block, ...]:
    return tuple(Paragraph(line) for line in lines_of(call.kak.get(name, "")))


def _listed(items: list[str]) -> tuple[Block, ...]:
    return (Numbered(tuple(said(each) for each in items), "letter"),) if items else ()


def _answers(case: Case) -> tuple[Block, ...]:
    named = [f"Kebutuhan: {said(each.title)}" for each in needs_of_case(case)]
    named += [f"Potensi: {said(each.title)}" for each in potentials_of_case(case)]
    return _listed(named)


def _goals(call: Call) -> tuple[Block, ...]:
    return (Paragraph(fill("Tujuan bersama: {goals}", goals=said(call.goals))),) if call.goals else ()


def _field(case: Case) -> tuple[Block, ...]:
    rows = (
        ("Bidang", FIELDS.get(case.field_of_government, "")),
        ("Bentuk kerja sama", ", ".join(form_label(code) for code in case.forms)),
    )
    return (Facts(tuple(row for row in rows if row[1])),)


def _measured(case: Case) -> tuple[Block, ...]:
    """Both tables in one, with what each row rests on."""
    rows = [("Manfaat", row) for row in case.benefits] + [("Biaya", row) for row in case.costs]
    if not rows:
        return ()
    columns = (
        Column("Jenis", 1),
        Column("Uraian", 3.2),
        Column("Satuan", 1.3),
        Column("Sumber angka", 2),
        Column("Nilai", 1.7, "right"),
    )
    cells = [
        (side, said(row["what"]), row.get("unit", ""), said(row.get("source", "")), _money(row["amount"]))
        for side, row in rows
    ]
    ratio = case.ratio_hundredths
    facts: list[tuple[str, Text]] = [
        ("Jumlah manfaat", _spelled(case.benefit_total)),
        ("Jumlah biaya", _spelled(case.cost_total)),
        ("Dihitung untuk", f"{case.horizon_years} tahun"),
    ]
    if ratio is not None:
        facts.append(("Manfaat dibagi biaya", f"{ratio // 100},{ratio % 100:02}"))
    return Table(columns, cells, small=True), Facts(tuple(facts))


def _money(amount: int | None) -> str:
    return "–" if amount is None else rupiah(amount)


def _spelled(amount: int) -> str:
    return f"{rupiah(amount)} ({in_words(amount)})"


def _plans(case: Case) -> tuple[Block, ...]:
    rows: list[tuple[str, Text]] = [
        (f"{name} {line.year}", f"{line.reference}: {said(line.activity)}{_estimate(line)}")
        for name, line in (("RPJM Desa", case.midterm_line), ("RKP Desa", case.plan_line))
        if line is not None
    ]
    if case.plan_change:
        rows.append(("Perubahan rencana", said(case.plan_change)))
    return (Facts(tuple(rows)),) if rows else ()


def _estimate(line: PlanLine) -> str:
    return f", perkiraan {rupiah(line.estimate)}" if line.estimate else ""


def _place(case: Case) -> tuple[Block, ...]:
    rows: list[tuple[str, Text]] = [
        (label, f"{_verdict(fits)}. {said(checked)}" if checked else _verdict(fits))
        for label, fits, checked in (
            ("Tata ruang", case.spatial_ok, case.spatial_check),
            ("Lingkungan", case.environment_ok, case.environment_check),
        )
        if checked or fits is not None
    ]
    if case.consent_needed is not None:
        asked = "Perlu dan ditempuh" if case.consent_needed else "Tidak diperlukan"
        why = f": {said(case.consent_reason)}" if case.consent_reason else ""
        rows.append(("Persetujuan warga terdampak", asked + why))
    return (Facts(tuple(rows)),) if rows else ()


def _verdict(fits: bool | None) -> str:
    return {None: "Belum dinyatakan", True: "Sesuai", False: "Tidak sesuai"}[fits]


def _share(case: Case) -> tuple[Block, ...]:
    if not case.village_share:
        return ()
    said_so = Facts((("Bagian APB Desa", _spelled(case.village_share)),))
    return (said_so, *(Paragraph(line) for line in lines_of(case.budget_note)))


def _vision(call: Call) -> tuple[Block, ...]:
    """The ticks only once all proposals are in: until then neither side reads the other's."""
    ticks = call.vision_ticks if vision_is_open(call) else []
    held = statements_in(ticks)
    own = (Paragraph(said(call.village_vision)),) if call.village_vision else ()
    asked = Paragraph(
        "Desa dan calon mitra menandai pernyataan yang dipegang tanpa saling melihat. Kesamaannya dihitung."
    )
    return (*own, *((Numbered(held, "letter"),) if held else ()), *((asked,) if call.vision_ticks else ()))


def criteria_of(call: Call) -> tuple[Block, ...]:
    """Weights and bounds, and how a level becomes points."""
    book, weighed = criteria(), weights(call)
    if not weighed:
        return ()
    columns = (
        Column("No.", 0.5, "center"),
        Column("Kriteria", 2.6),
        Column("Yang dinilai", 3.6),
        Column("Bobot", 0.8, "right"),
        Column("Paling rendah", 1, "right"),
    )
    cells = []
    for number, (code, weight) in enumerate(weighed.items(), 1):
        floor = (book[code].floor_percent if code in book else None) or call.threshold_each
        name, asks = (book[code].name["id"], book[code].asks["id"]) if code in book else (code, "")
        cells.append((str(number), name, asks, str(weight), f"{floor}%"))
    total = ("", "Jumlah", "", str(sum(weighed.values())), str(call.threshold_total))
    scale = "; ".join(f"{level} {words['id'].lower()}" for level, words in levels().items())
    return (
        Table(columns, cells, foot=[total], small=True),
        Paragraph(
            fill(
                "Nilai setiap kriteria ialah bobot dikali rata-rata tingkat semua penilai, dibagi empat. Usulan lolos dengan "
                "nilai {total} dari 100 ke atas, dan tidak ada kriteria di bawah nilai paling rendahnya. Tingkat: {scale}.",
                total=str(call.threshold_total),
                scale=scale,
            )
        ),
    )


def _days(call: Call) -> tuple[Block, ...]:
    numbers = standing(call.case.village_id).numbers
    rows: list[tuple[str, Text]] = [
        ("Diumumkan", moment_of(call.case, call.opened_at)),
        ("Batas waktu usulan", moment_of(call.case, call.deadline)),
        ("Melengkapi dokumen", f"{numbers['cure_days']} hari sejak diminta"),
        ("Masa sanggah", f"{numbers['objection_working_days']} hari kerja sejak hasil diumumkan"),
    ]
    rule = "Waktu dihitung dengan jam Bermitra. Usulan yang lewat satu detik terlambat dan tidak dibuka."
    return Facts(tuple(row for row in rows if row[1] != "–")), Paragraph(rule, align="left")


def _channels(call: Call) -> tuple[Block, ...]:
    told = ", ".join(CHANNELS[each] for each in call.channels if each in CHANNELS)
    return (Facts((("Diumumkan lewat", told),)),) if told else ()


def seal(call: Call) -> tuple[Block, ...]:
    if not call.frozen_hash:
        return ()
    told = "Kriteria, bobot, dan isi di atas dikunci dengan sidik ini saat penawaran terbit."
    if not vision_is_open(call):
        told += " Pernyataan visi desa ikut dikunci dan terbuka setelah semua usulan masuk."
    return Facts((("Sidik ketentuan", by_eight(public_hash(call))),)), Paragraph(told, align="left")
