"""When an office may be confirmed, and what an access letter needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class OfficeFacts:
    """``term_years``: whole years begun between the first and the last day."""

    decree: str
    term_years: int
    longest_term_years: int


@rule(
    "FD-01",
    says=_("Surat keputusan dan masa jabatan harus dicatat dan tidak melebihi batas."),
    remedy=_("Isi nomor dan tanggal surat keputusan serta akhir masa jabatan."),
    basis="UU 6/2014 ps 39, 56 jo. UU 3/2024",
    status=Status.SOURCED,
)
def term_of_office_recorded(f: OfficeFacts) -> bool:
    return f.decree != "" and f.term_years <= f.longest_term_years


@dataclass(frozen=True)
class TermFacts:
    appointed_on: date
    today: date
    term_ends_on: date


@rule(
    "FD-02",
    says=_("Masa jabatan pelaku harus masih berlaku pada hari ini."),
    remedy=_("Angkat pejabat pengganti atau penjabat dengan surat keputusan baru."),
    basis="UU 6/2014 ps 26",
    status=Status.UNVERIFIED,
)
def person_still_in_office(f: TermFacts) -> bool:
    return f.appointed_on <= f.today <= f.term_ends_on


@dataclass(frozen=True)
class LetterFacts:
    good_letter: bool
    code_matches: bool


@rule(
    "FD-14",
    says=_("Kode pada surat akses harus cocok, belum dipakai, dan belum lewat tanggalnya."),
    remedy=_("Periksa lagi kode pada surat, atau minta surat baru dari kantor kabupaten."),
    basis="product",
    status=Status.PRODUCT,
)
def access_code_good(f: LetterFacts) -> bool:
    return f.good_letter and f.code_matches


CONFIRMING: tuple[Rule, ...] = (term_of_office_recorded,)
USING_A_LETTER: tuple[Rule, ...] = (access_code_good,)
