"""All proposals of a round side by side on one sheet that lies across; beyond eight, on further sheets of eight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    PageBreak,
    Paragraph,
    Size,
    Table,
    Text,
    Title,
    fill,
)
from bermitra.foundation.money import rupiah_short
from bermitra.selection.letters.common import (
    criterion_name,
    day_of,
    in_indonesian,
    said,
    village_of,
)
from bermitra.selection.letters.record import flags_of
from bermitra.selection.models import Call, Ranking
from bermitra.selection.points import points, points_of
from bermitra.selection.queries import ranking, weights
from bermitra.selection.rules import CANDIDATES
from bermitra.selection.terms import MONEY

ON_A_SHEET, NAME, HEADLINE = 8, 60, 110
Contents = Mapping[int, Mapping[str, Any]]  # what a proposal says, by its key
OFFERS = {
    "cash": "Uang tunai",
    "in_kind": "Barang dan jasa",
    "term_years": "Lama (tahun)",
    "households_reached": "Keluarga",
}
UNREAD = "belum Anda buka"
GONE = {"withdrawn": "calon, mundur", "lapsed": "calon, tak menjawab"}


@in_indonesian
def comparison(call: Call, contents: Contents | None) -> Document | None:
    """``contents``: of those proposals that whoever prints has opened; ``None`` where offers are not shown at all."""
    lines = ranking(call)
    if not lines:
        return None
    dated = day_of(call.case, call.revealed_at or lines[0].at)
    sheets = [lines[start : start + ON_A_SHEET] for start in range(0, len(lines), ON_A_SHEET)]
    blocks: list[Block] = []
    for number, sheet in enumerate(sheets, 1):
        blocks += [*((PageBreak(),) if number > 1 else ()), *_sheet(call, sheet, number, len(sheets), contents)]
    return Document(
        kind="proposal_comparison",
        title=f"Perbandingan usulan: {said(call.title)}",
        dated=dated,
        author=f"Tim seleksi {village_of(call.case)}",
        size=Size.A4,
        landscape=True,
        data={"call": call.code, "round": call.round, "proposals": len(lines)},
        blocks=tuple(blocks),
    )


def _sheet(call: Call, lines: Sequence[Ranking], number: int, of: int, contents: Contents | None) -> tuple[Block, ...]:
    sheet = f", lembar {number} dari {of}" if of > 1 else ""
    dated = long_date(day_of(call.case, call.revealed_at or lines[0].at))
    told = f"nilai dibuka {dated}"
    if call.published_on is not None:
        told += f", hasil diumumkan {long_date(call.published_on)}"
    about = said(call.title, HEADLINE).upper()
    return (
        Title((f"PERBANDINGAN USULAN{sheet.upper()}",), ((village_of(call.case), told),), about),
        table(call, lines, contents),
        Paragraph(_legend(call, contents), align="left"),
    )


def table(call: Call, lines: Sequence[Ranking], contents: Contents | None) -> Table:
    """Ranks in their order from left to right."""
    columns = (
        Column("Kriteria (bobot)", 2.6),
        *(Column(_name(line), 1.6, "center") for line in lines),
    )
    flags = flags_of([line.proposal.partner for line in lines], day_of(call.case, lines[0].at))
    rows: list[tuple[Cell, ...]] = [
        (fill("**Nilai akhir**"), *(fill("**{n}**", n=points(line.total)) for line in lines))
    ]
    for code, weight in weights(call).items():
        rows.append((f"{criterion_name(code)} ({weight})", *(_points(line, code) for line in lines)))
    rows.append(("Kesamaan visi (persen)", *(str(line.vision_agreement) for line in lines)))
    if contents is not None:
        for part, label in OFFERS.items():
            rows.append((label, *(_offered(contents.get(line.proposal_id), part) for line in lines)))
    rows.append(("Tanda bahaya terbukti", *(flags.get(line.proposal.partner_id, "tidak ada") for line in lines)))
    rows.append(("Hasil", *(outcome(line) for line in lines)))
    return Table(columns, rows, small=True)


def _name(line: Ranking) -> Text:
    place = f"{line.place}. " if line.place else ""
    return f"{place}{said(line.proposal.partner.name, NAME)}"


def _points(line: Ranking, code: str) -> Text:
    """What lies below its bound stands out."""
    given = points_of(line.points).get(code, "–")
    return fill("**{n}** (di bawah)", n=given) if code in line.below_floor else given


def _offered(content: Mapping[str, Any] | None, part: str) -> str:
    if content is None:
        return UNREAD
    value = content.get(part)
    if value is None:
        return "–"
    return rupiah_short(int(value)) if part in MONEY else str(value)


def outcome(line: Ranking) -> str:
    """In two or three words."""
    if line.proposal.state in CANDIDATES:
        return "calon mitra"
    if line.proposal.state in GONE:
        return GONE[line.proposal.state]
    return "lolos" if line.place else "tidak lolos"


def _legend(call: Call, contents: Contents | None) -> str:
    told = f"Lolos dengan nilai {call.threshold_total} ke atas dan tanpa kriteria di bawah nilai paling rendahnya."
    if contents is None:
        return told
    return f"{told} Isi tawaran hanya dari usulan yang sudah dibuka oleh pencetak lembar ini."
