"""What a partner that was not chosen takes home: one sheet with its points, the reasons, and what it may do now."""

from __future__ import annotations

from typing import Any

from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Size,
    Span,
    Table,
    Text,
    Title,
    fill,
)
from bermitra.selection.letters.common import (
    criterion_name,
    day_of,
    head_of_paper,
    in_indonesian,
    said,
    village_of,
)
from bermitra.selection.models import Call, Feedback
from bermitra.selection.points import points, points_of, points_short
from bermitra.selection.queries import objections_until, standing_for
from bermitra.selection.queries.feedback import DISQUALIFIED, in_order

HEADLINE = 120
SCALE = "Tingkat 0 berarti tidak menjawab; tingkat 4 berarti sangat menjawab."


@in_indonesian
def feedback_sheet(given: Feedback, call: Call, size: Size) -> Document:
    """As it was sent: the records that came later change nothing in it. ``given`` is about a proposal to ``call``."""
    partner, data = given.proposal.partner.name, given.data
    return Document(
        kind="selection_feedback",
        title=f"Hasil seleksi untuk {partner}: {said(call.title)}",
        dated=day_of(call.case, given.at),
        author=f"Tim seleksi {village_of(call.case)}",
        letterhead=head_of_paper(call.case),
        size=size,
        data={"call": call.code, "proposal": given.proposal.code, "round": given.round},
        blocks=(
            Title(("HASIL SELEKSI BAGI PESERTA",), (("", partner),), said(call.title, HEADLINE).upper()),
            *(_out(data) if data["kind"] == DISQUALIFIED else _scored(data)),
            *((Heading("Catatan tim seleksi"), Paragraph(said(given.words))) if given.words else ()),
            *_next(call),
            *(() if data["kind"] == DISQUALIFIED else _reasons(data)),
        ),
    )


def _out(data: dict[str, Any]) -> tuple[Block, ...]:
    return (
        Facts((("Hasil", "Gugur dalam seleksi administrasi"),)),
        Heading("Alasan"),
        Paragraph(said(data["reason"])),
    )


def _scored(data: dict[str, Any]) -> tuple[Block, ...]:
    lacking = points_short(data["total"], data["threshold_total"])
    facts: list[tuple[str, Text]] = [
        ("Nilai akhir", f"{points(data['total'])} dari 100; batas lolos {data['threshold_total']}"),
        (
            "Peringkat",
            f"{data['place']} dari {data['of']}" if data["place"] else f"di bawah batas, dari {data['of']} usulan",
        ),
        ("Kesamaan visi", f"{data['agreement']} persen"),
    ]
    if lacking:
        facts.insert(1, ("Kurang dari batas", lacking))
    if data["below"]:
        facts.append(("Kriteria di bawah batas", ", ".join(criterion_name(code) for code in data["below"])))
    if data["core_missing"]:
        facts.append(("Visi inti belum sama", f"{data['core_missing']} pernyataan"))
    return (Facts(tuple(facts)),)


def _reasons(data: dict[str, Any]) -> tuple[Block, ...]:
    """A line over the levels of each criterion; where a sheet breaks, no cell stands empty."""
    columns = (Column("Tingkat", 1), Column("Alasan penilai", 8.5))
    earned = points_of(data["points"])
    cells: list[tuple[Cell, ...]] = []
    for code in in_order(data):
        of = str(data["weights"].get(code, "–"))
        cells.append((Span(fill("**{name}**: {n} dari {of}", name=criterion_name(code), n=earned[code], of=of), 2),))
        cells += [(str(level), said(reason)) for level, reason in data["levels"].get(code, ())]
    return (
        Heading("Nilai dan alasan setiap kriteria"),
        Table(columns, cells, small=True),
        Paragraph(SCALE, align="left"),
    )


def _next(call: Call) -> tuple[Block, ...]:
    until = objections_until(call, standing_for(call))
    told = "Nama penilai tidak ditampilkan. Hasil semua peserta terbuka pada halaman penawaran."
    if until is not None:
        told = f"Anda dapat menyanggah hasil ini sampai {long_date(until)} lewat halaman penawaran. {told}"
    return (Note(told, "Yang dapat Anda lakukan"),)
