"""The sheet with which a village offers a potential: one page that a partner takes along."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from bermitra.foundation.calendar import long_date
from bermitra.foundation.codes import grouped
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Size,
    Table,
    Title,
    fill,
)
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import local_words
from bermitra.foundation.text import shown
from bermitra.needs.catalogue import Kind, interests, kinds, strengths, units
from bermitra.needs.models import Potential
from bermitra.needs.queries import SHEET
from bermitra.needs.queries.labels import figure
from bermitra.registry.letters import letterhead_of

MOST_ROWS, MOST_LETTERS = 3, 60  # of costs and benefits each, so that one page holds them


def sheet_paper(potential: Potential, *, key: str, today: date) -> Prepared:
    """The sheet, rendered for ``needs.print_potential`` under the key of the request."""
    return prepare(
        sheet(potential, today), key=key, about=about_of(potential), region=potential.village_id,
        example=potential.example,
    )  # fmt: skip


def sheet(potential: Potential, today: date) -> Document:
    """Papers are Indonesian whatever language the page is read in: names come from the catalogue, not from labels."""
    words, kind = local_words(potential.village_id), kinds()[potential.kind]
    village = f"{words['village']} {potential.village.name}"
    return Document(
        kind=SHEET,
        title=f"Lembar Penawaran Potensi: {potential.title}",
        dated=today,
        author=f"Pemerintah {village}",
        letterhead=letterhead_of(potential.village, words),
        size=Size.A4,
        data={"potential": potential.code, "kind": potential.kind, "strength": potential.strength},
        blocks=(
            Title(("LEMBAR PENAWARAN POTENSI", potential.title.upper()), (("Kode", grouped(potential.code)),)),
            fill("{village} menawarkan potensi ini kepada calon mitra.", village=village),
            Table((Column("Hal", 1.5), Column("Keterangan", 5)), _facts(potential, kind), small=True),
            *_money(potential),
            fill(
                "Berminat? Hubungi Sekretaris Desa di kantor {village}, atau buka halaman desa: {address}",
                village=village,
                address=settings.BERMITRA_ORIGIN + reverse("page.village", args=[potential.village_id]),
            ),
            f"Dibuat {long_date(today)}. Setiap kerja sama diputuskan Musyawarah Desa.",
        ),
    )


def _facts(potential: Potential, kind: Kind) -> tuple[tuple[str, str], ...]:
    lies = " · ".join(filter(None, (potential.place, str(potential.point or ""))))
    told = (
        ("Jenis", kind.id),
        ("Ukuran", _measure(potential)),
        ("Musim", potential.season),
        ("Pemilik atau pengelola", potential.owner),
        ("Tempat", lies),
        ("Kekuatan", _strength(potential)),
        ("Batas lingkungan", potential.limit),
        ("Budaya dan adat", potential.culture_note),
        ("Yang sering dicari mitra", "; ".join(interests()[code].id for code in kind.interests)),
        ("Dipenuhi lebih dahulu", " ".join(indonesian for indonesian, _english in kind.cautions)),
    )
    return tuple((term, said) for term, said in told if said)


def _measure(potential: Potential) -> str:
    if potential.quantity is None:
        return ""
    unit = units().get(potential.unit)
    return f"{figure(potential.quantity)} {unit.id if unit else potential.unit}"


def _strength(potential: Potential) -> str:
    if potential.strength is None:
        return ""
    looked = "diperiksa" if potential.verified_at else "dinyatakan sendiri"
    return f"{potential.strength} dari 100: {strengths()[potential.strength].id} ({looked})"


def _money(potential: Potential) -> tuple[Block, ...]:
    """Both tables in one: what it costs and what it brings in a year."""
    rows = [*_rows("Biaya", potential.costs), *_rows("Manfaat", potential.benefits)]
    if not rows:
        return ()
    columns = (Column("Baris", 1.2), Column("Untuk apa", 4), Column("Nilai setahun", 1.8, "right"))
    return Heading("Perkiraan biaya dan manfaat"), Table(columns, tuple(rows), small=True)


def _rows(side: str, table: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    found = [
        (side, shown(row["what"], MOST_LETTERS), "–" if row["amount"] is None else rupiah(row["amount"]))
        for row in table[:MOST_ROWS]
    ]
    if len(table) > MOST_ROWS:
        found.append((side, f"{len(table) - MOST_ROWS} baris lain pada halaman potensi", ""))
    return found
