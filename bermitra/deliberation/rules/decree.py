"""The decree by which the BPD puts into its own words what the Musyawarah agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class DecreeFacts:
    """``number_taken``: another decree of this village and year carries it."""

    agreed: bool
    held_on: date
    dated: date
    today: date
    number_taken: bool


@rule(
    "DB-45",
    says=_("Keputusan BPD hanya untuk pokok yang disetujui musyawarah."),
    remedy=_("Pilih pokok yang disetujui."),
    basis="UU 6/2014 ps 54; keputusan BPD mengikuti keputusan musyawarah",
    status=Status.PRODUCT,
)
def decree_follows_agreement(f: DecreeFacts) -> bool:
    return f.agreed


@rule(
    "DB-46",
    says=_("Tanggal keputusan BPD tidak boleh sebelum sidang atau sesudah hari ini."),
    remedy=_("Tulis tanggal sejak hari sidang sampai hari ini."),
    basis="product",
    status=Status.PRODUCT,
)
def decree_dated_after_session(f: DecreeFacts) -> bool:
    return f.held_on <= f.dated <= f.today


@rule(
    "DB-47",
    says=_("Nomor keputusan BPD hanya dipakai sekali dalam setahun di satu desa."),
    remedy=_("Lihat buku keputusan BPD dan pakai nomor berikutnya."),
    basis="product",
    status=Status.PRODUCT,
)
def decree_number_once(f: DecreeFacts) -> bool:
    return not f.number_taken


DECREEING: tuple[Rule, ...] = (decree_follows_agreement, decree_dated_after_session, decree_number_once)
