"""The announcement for the notice board: one sheet in large letters, with all that somebody needs who stands before it."""

from __future__ import annotations

from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.model import (
    Block,
    Document,
    Facts,
    Paragraph,
    Qr,
    Signatures,
    Size,
    Text,
    Title,
    fill,
)
from bermitra.partnership.queries import form_label
from bermitra.selection.letters.common import (
    day_of,
    head_of_paper,
    in_indonesian,
    page_of,
    said,
    signed_by_head,
    some,
    village_of,
    weekday_of,
)
from bermitra.selection.models import Call
from bermitra.selection.queries.calls import public_hash

# So that one sheet holds them, whatever was typed: entries of a list, letters of one entry, of a sentence, of the headline.
MOST, ENTRY, SENTENCE, HEADLINE = 3, 60, 130, 120
# Up to so many letters the sheet takes letters of this size.
SIZES = ((330, 17), (430, 16), (560, 15), (720, 14), (900, 13))
SMALLEST = 12
RULE = "Dihitung dengan jam Bermitra. Lewat satu detik berarti terlambat."
TO_READ = "Baca penawaran, ajukan pertanyaan, dan kirim usulan di sini."


@in_indonesian
def announcement(call: Call, size: Size) -> Document:
    case = call.case
    opened = day_of(case, call.opened_at or call.drafted_at)
    office = f"kantor {village_of(case)} pada jam kerja"
    rows: list[tuple[str, Text]] = [
        ("Yang dicari", some(call.seeks, MOST, ENTRY)),
        ("Disediakan desa", some(call.offers, MOST, ENTRY)),
        ("Bentuk", some([form_label(code) for code in case.forms], MOST, ENTRY)),
        ("Bagi siapa", said(call.kak.get("beneficiaries", ""), SENTENCE)),
        ("Batas waktu", fill("**{day}**", day=weekday_of(case, call.deadline)) if call.deadline else ""),
        ("Kerangka acuan", office),
        ("Bertanya ke", said(call.kak.get("contact", ""), SENTENCE)),
    ]
    headline = said(call.title, HEADLINE)
    facts = tuple((label, text) for label, text in rows if text)
    return Document(
        kind="call_announcement",
        title=f"Pengumuman: {said(call.title)}",
        dated=opened,
        author=f"Pemerintah {village_of(case)}",
        letterhead=head_of_paper(case),
        size=size,
        points=_points(headline, facts),
        data={"call": call.code, "frozen": public_hash(call)},
        blocks=(
            Title(("PENGUMUMAN MENCARI MITRA",), _number(call), headline.upper()),
            Facts(facts),
            *_rule(call),
            *((Qr(TO_READ, page_of(call)),) if call.state != "draft" else ()),
            Signatures(
                place_and_date=(f"{case.village.name}, {long_date(opened)}",),
                groups=(signed_by_head(case, opened),),
            ),
        ),
    )


def _number(call: Call) -> tuple[tuple[str, str], ...]:
    return (("Nomor", call.number),) if call.number else ()


def _rule(call: Call) -> tuple[Block, ...]:
    return (Paragraph(RULE, align="left"),) if call.deadline else ()


def _points(headline: str, facts: tuple[tuple[str, Text], ...]) -> int:
    """The largest letters with which all of it stays on the one sheet."""
    letters = len(headline) + sum(len(text) if isinstance(text, str) else len(text[0].s) for _label, text in facts)
    return next((points for most, points in SIZES if letters <= most), SMALLEST)
