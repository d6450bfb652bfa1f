"""The statement of an affected group that agreed: what it heard, step by step, and on what conditions it said yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bermitra.deliberation.consent.queries import STATEMENT
from bermitra.deliberation.letters import CHECK, letterhead
from bermitra.deliberation.models import ConsentProcess
from bermitra.foundation.calendar import date_in_words, long_date
from bermitra.foundation.codes import grouped
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Qr,
    Signatures,
    Slot,
    Table,
    Title,
    fill,
)
from bermitra.foundation.norms.queries import local_words

# Papers are Indonesian whatever language the page is read in, so these are not the labels of the states.
STEPS = (
    "Prakondisi dan informasi",
    "Persiapan sosial dan wakil",
    "Kajian lahan dan peta bersama",
    "Penjelasan dan konsultasi",
    "Perundingan dan kesepakatan",
    "Pernyataan persetujuan",
)


@dataclass(frozen=True)
class Held:
    """A step as the statement tells it."""

    number: int
    held_on: date
    minutes_number: str
    male: int
    female: int


def statement_paper(process: ConsentProcess, last: Held, conditions: str, *, key: str) -> Prepared:
    """The statement, rendered for ``deliberation.give_consent`` under the key of the request."""
    document = statement(process, last, conditions)
    return prepare(document, key=key, about=about_of(process), region=process.village_id, example=process.example)


def statement(process: ConsentProcess, last: Held, conditions: str) -> Document:
    """``last`` is the step that gives the consent: it is about to be recorded with this paper."""
    words = local_words(process.village_id)
    village = f"{words['village']} {process.village.name}"
    taken = process.steps.filter(round=process.round).order_by("number")
    steps = [Held(e.number, e.held_on, e.minutes_number, e.male, e.female) for e in taken] + [last]
    return Document(
        kind=STATEMENT,
        title=f"Pernyataan Persetujuan Warga Terdampak: {process.title}",
        dated=last.held_on,
        author=f"{words['council']} {village}",
        letterhead=letterhead(process.village, words),
        data={"process": process.code, "round": process.round, "about": process.about},
        blocks=(
            Title(
                ("PERNYATAAN PERSETUJUAN WARGA TERDAMPAK (PADIATAPA)",),
                (("Nomor", last.minutes_number),),
                process.title.upper(),
            ),
            fill(
                "Pada hari ini, {day}, kelompok terdampak di {village} menyatakan keputusannya atas dasar informasi "
                "yang diterima lebih dahulu, tanpa paksaan.",
                day=date_in_words(last.held_on),
                village=village,
            ),
            Facts(
                (
                    ("Kelompok terdampak", process.group),
                    ("Bahasa yang dipakai", process.language),
                    ("Informasi diserahkan", long_date(process.informed_on)),
                    (
                        "Kode kemitraan",
                        fill("{code}, putaran {round}", code=grouped(process.about), round=process.round),
                    ),
                )
            ),
            Heading("Tahap yang dilalui"),
            _steps(steps),
            *_conditions(conditions),
            Heading("Kesimpulan"),
            fill("Kelompok terdampak **MENYETUJUI** {title}.", title=process.title),
            "Persetujuan ini diberikan kelompok terdampak sendiri. Warga berhak menariknya kembali kapan saja; sejak itu "
            "tidak ada uang atau barang baru yang diterima untuk kerja sama ini.",
            Signatures(
                lead=("Demikian pernyataan ini dibuat dengan sebenarnya dan dibacakan dalam bahasa yang dipahami.",),
                place_and_date=(f"{process.village.name}, {long_date(last.held_on)}",),
                groups=(
                    (
                        "",
                        (
                            Slot("group", ("Ketua kelompok terdampak,",), ""),
                            Slot("chair", (f"Ketua {words['council']},",), ""),
                            Slot("witness", ("Saksi,",), ""),
                        ),
                    ),
                ),
            ),
            Qr(CHECK),
        ),
    )


def _steps(steps: Sequence[Held]) -> Table:
    return Table(
        (
            Column("No.", 0.5, "center"),
            Column("Tahap", 2.7),
            Column("Tanggal", 1.6),
            Column("Berita acara", 2.2),
            Column("Perempuan", 1.3, "right"),
            Column("Laki-laki", 1.2, "right"),
        ),
        tuple(
            (
                str(each.number),
                STEPS[each.number - 1],
                long_date(each.held_on),
                each.minutes_number,
                str(each.female),
                str(each.male),
            )
            for each in steps
        ),
        small=True,
    )


def _conditions(said: str) -> tuple[Block, ...]:
    if not said:
        return ()
    return Heading("Syarat warga"), *(Paragraph(line) for line in said.split("\n") if line)
