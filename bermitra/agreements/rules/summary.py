"""That residents know in plain words what will bind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class ToldFacts:
    """``told_on``: when the summary of this very text was first read aloud, handed out or put up; None where it was not."""

    told_on: date | None
    today: date


@rule(
    "AG-57",
    says=_("Ringkasan naskah sebaiknya dibacakan atau dibagikan kepada warga sebelum ditandatangani."),
    remedy=_("Cetak ringkasan satu halaman, bacakan atau bagikan, lalu catat harinya."),
    basis="product: residents know in plain words before it binds",
    status=Status.PRODUCT,
    severity=Severity.WARN,
)
def residents_told_before_signing(f: ToldFacts) -> bool:
    return f.told_on is not None and f.told_on <= f.today


TOLD: tuple[Rule, ...] = (residents_told_before_signing,)


@dataclass(frozen=True)
class SecondLookFacts:
    """``…_code``: who typed it, and who confirms it; ``…_name``: as names are compared."""

    typed_code: str
    writer_name: str
    reader_code: str
    reader_name: str


@rule(
    "AG-79",
    says=_("Ringkasan bahasa setempat diperiksa orang kedua dari desa, bukan penulis atau pengetiknya."),
    remedy=_("Minta petugas desa atau anggota BPD lain yang memahami bahasa itu."),
    basis="product: residents hear what both parties signed",
    status=Status.PRODUCT,
)
def local_summary_read_by_another(f: SecondLookFacts) -> bool:
    return f.reader_code != f.typed_code and f.reader_name != f.writer_name


SECOND_LOOK: tuple[Rule, ...] = (local_summary_read_by_another,)
