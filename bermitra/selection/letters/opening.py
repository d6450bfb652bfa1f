"""The minutes of the opening (berita acara pembukaan usulan): which sealed proposals were opened, before whom."""

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
    Slot,
    Table,
    Text,
    Title,
    fill,
)
from bermitra.selection.letters.common import (
    Edition,
    by_eight,
    day_of,
    head_of_paper,
    in_indonesian,
    moment_of,
    on_this_day,
    said,
    second_of,
    village_of,
)
from bermitra.selection.letters.record import Opening, Received, not_opened, opening_of, received
from bermitra.selection.models import Call
from bermitra.selection.queries.calls import public_hash

UNNAMED = "tidak ditampilkan"
WHY_UNNAMED = (
    "Nama mitra tidak ditampilkan kepada umum sebelum hasil diumumkan. Nama mitra yang gugur sebelum dinilai tetap tidak "
    "ditampilkan, agar nama baiknya terjaga."
)
HASHED = "Sidik isi ialah SHA-256 dari isi yang disegel. Bila satu huruf saja berubah, sidiknya lain."


@in_indonesian
def opening_minutes(call: Call, size: Size, edition: Edition) -> Document | None:
    """Nothing before the proposals were opened."""
    held = opening_of(call)
    if held is None:
        return None
    case = call.case
    return Document(
        kind="opening_minutes",
        title=f"Berita acara pembukaan usulan: {said(call.title)}",
        dated=day_of(case, held.at),
        author=f"Tim seleksi {village_of(case)}",
        letterhead=head_of_paper(case),
        size=size,
        data={"call": call.code, "minutes": call.opening_minutes, "edition": edition.value},
        blocks=(
            Title(("BERITA ACARA PEMBUKAAN USULAN",), (("Nomor", call.opening_minutes),), said(call.title).upper()),
            *body(call, held, received(call), edition),
            *_signed(call, held, edition),
        ),
    )


def body(call: Call, held: Opening, opened: list[Received], edition: Edition) -> tuple[Block, ...]:
    """What was opened; the dossier prints it too."""
    case, shut = call.case, not_opened(call)
    return (
        fill(
            "Pada hari ini, {day}, tim seleksi {village} membuka semua usulan tersegel untuk penawaran **{title}** "
            "sekaligus, disaksikan {n} orang saksi.",
            day=on_this_day(case, held.at),
            village=village_of(case),
            title=said(call.title),
            n=str(len(call.opening_witnesses)),
        ),
        Facts(
            (
                *((("Nomor penawaran", call.number),) if call.number else ()),
                ("Batas waktu", moment_of(case, call.deadline)),
                ("Usulan yang dibuka", str(len(opened))),
                ("Terlambat, tidak dibuka", str(shut["late"])),
                ("Ditarik mitra", str(shut["withdrawn"])),
                ("Ketentuan dikunci", by_eight(public_hash(call))),
            )
        ),
        Heading("Usulan yang dibuka"),
        _opened(call, opened, edition) if opened else Paragraph("Tidak ada usulan."),
        *_why_unnamed(opened, edition),
        Paragraph(HASHED, align="left"),
        *_witnesses(call, edition),
    )


def _opened(call: Call, rows: list[Received], edition: Edition) -> Table:
    columns = (
        Column("No.", 0.5, "center"),
        Column("Calon mitra", 2),
        Column("Kiriman", 0.8, "center"),
        Column("Disegel", 1.3),
        Column("Sidik isi (SHA-256)", 2.6),
    )
    cells = [
        (
            str(each.number),
            each.partner.name if edition is Edition.HOUSE or each.named else UNNAMED,
            f"ke-{each.version}",
            second_of(call.case, each.sent_at),
            by_eight(each.content_hash),
        )
        for each in rows
    ]
    return Table(columns, cells, small=True)


def _why_unnamed(rows: list[Received], edition: Edition) -> tuple[Block, ...]:
    hidden = edition is Edition.PUBLIC and any(not each.named for each in rows)
    return (Paragraph(WHY_UNNAMED, align="left"),) if hidden else ()


def _witnesses(call: Call, edition: Edition) -> tuple[Block, ...]:
    if edition is Edition.PUBLIC:
        return (Paragraph("Nama saksi hanya tertulis pada naskah yang disimpan desa.", align="left"),)
    names: tuple[Text, ...] = tuple(call.opening_witnesses)
    return Heading("Saksi"), Numbered(names)


def _signed(call: Call, held: Opening, edition: Edition) -> tuple[Block, ...]:
    if edition is Edition.PUBLIC:
        return ()
    dated = long_date(day_of(call.case, held.at))
    witnesses = tuple(Slot(f"witness_{n}", ("Saksi,",), name) for n, name in enumerate(call.opening_witnesses, 1))
    return (
        Signatures(
            lead=("Demikian berita acara ini dibuat dengan sebenarnya dan ditandatangani di bawah ini.",),
            place_and_date=(f"{call.case.village.name}, {dated}",),
            groups=(("", (Slot("opener", ("Yang membuka,",), held.by),)), ("", witnesses)),
        ),
    )
