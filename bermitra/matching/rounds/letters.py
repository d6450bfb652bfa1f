"""What each side is handed on one sheet of paper: how its round went, and why. Papers are Indonesian."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import override

from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.model import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Numbered,
    Paragraph,
    Qr,
    Table,
    Title,
    fill,
)
from bermitra.matching.models import Round, RoundOffer, RoundVillage
from bermitra.matching.rounds.policy import Policy
from bermitra.matching.rounds.queries import counts, headline, told

LINES = 10  # of the own list: what fits on the one sheet
CHECK = "Arahkan kamera ke kotak ini untuk membaca hasil seluruh peserta dan mengunduh berkas ujinya."


def explanation(side: RoundVillage | RoundOffer, *, dated: date) -> Document:
    """One side's result in words, its list, and how anybody checks it."""
    of = side.round
    name = f"Desa {side.village.name}" if isinstance(side, RoundVillage) else side.offer.title
    with override("id"):
        sentences, lines = headline(side), told(side)
    rows = [(str(each.place), each.title, each.says) for each in lines[:LINES]]
    left = len(lines) - len(rows)
    return Document(
        kind="round_explanation",
        title=f"Penjelasan hasil putaran: {name}",
        dated=dated,
        author=f"Dinas PMD {of.regency.name}",
        blocks=(
            Title(("PENJELASAN HASIL PUTARAN", name.upper()), (), of.title.upper()),
            Facts(
                (
                    ("Kabupaten", of.regency.name),
                    ("Terbit", long_date(localtime(of.published_at).date()) if of.published_at else ""),
                )
            ),
            Heading("Hasil dan alasannya"),
            *(Paragraph(each, align="left") for each in sentences),
            *_list(rows, left),
            Heading("Bagaimana hasil ini dihitung"),
            Numbered(_how(of)),
            Note(
                "Perkenalan bukan penetapan mitra. Kedua pihak masih menerima atau menolak, lalu Musyawarah Desa memutuskan."
            ),
            Qr(CHECK),
        ),
    )


def _list(rows: list[tuple[str, str, str]], left: int) -> list[Block]:
    if not rows:
        return []
    columns = (Column("No.", 0.5), Column("Nama", 3), Column("Hasil", 5))
    table: list[Block] = [Table(columns, rows, small=True)]
    return [*table, Paragraph(fill("Dan {n} lagi pada halaman putaran Anda.", n=left))] if left else table


def _how(of: Round) -> tuple[str, ...]:
    policy, many = Policy.read(of.policy), counts(of)
    reserve = (
        f"Jatah {policy.reserve_percent} persen diisi lebih dahulu oleh desa {', '.join(policy.tier_names())}; sisanya terbuka. "
        f"Jatah: {many['reserve']} dari {many['places']} tempat. Tawaran dengan satu tempat tidak diberi jatah."
        if policy.reserve_percent
        else "Tidak ada jatah: semua tempat terbuka bagi semua desa."
    )
    return (
        "Setiap desa meminta tawaran menurut urutannya sendiri; tanpa urutan, menurut nilai kecocokan.",
        "Setiap tawaran mengikuti urutan mitra; tanpa urutan, nilai tertinggi bagi mitra; nilai sama diundi.",
        reserve,
        "Benih undian dilempar di depan dua saksi setelah daftar diumumkan, sehingga tidak ada yang dapat mengaturnya.",
    )
