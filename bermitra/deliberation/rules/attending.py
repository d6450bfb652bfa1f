"""The list of who is there: each person once, and not changed once it has decided, so that nobody steers the lot."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class LineFacts:
    """Of a line that is written. ``written_over``: a decision was made with this line as it stood, and something that
    stood there would be another. ``same_person``: the list has this name already, and not from another hamlet."""

    written_over: bool = False
    same_person: bool = False


@rule(
    "DB-63",
    says=_("Setelah ada keputusan, nama, jenis kelamin, unsur, dan peran yang hadir tidak berubah."),
    remedy=_("Isi hanya yang masih kosong; bila keliru, Ketua BPD menyatakan musyawarah tidak sah."),
    basis="product",
    status=Status.PRODUCT,
)
def line_stands_once_decided(f: LineFacts) -> bool:
    return not f.written_over


@rule(
    "DB-64",
    says=_("Nama yang sama hanya sekali dalam daftar, kecuali dari dusun lain."),
    remedy=_("Lengkapi baris yang sudah ada, atau tulis dusunnya bila memang orang lain."),
    basis="product",
    status=Status.PRODUCT,
)
def each_person_once(f: LineFacts) -> bool:
    return not f.same_person


LISTING: tuple[Rule, ...] = (line_stands_once_decided, each_person_once)
