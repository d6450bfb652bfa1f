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
class EntryFacts:
    """``kind`` of an act that the village's operator may do: ``entry`` where it only prepares."""

    kind: str


@rule(
    "FD-06",
    says=_("Petugas pembantu tidak boleh memutuskan, memberi suara, menilai, atau menandatangani."),
    remedy=_("Minta pejabat desa sendiri melakukan tindakan ini."),
    basis="product: assisted mode",
    status=Status.PRODUCT,
)
def assistance_never_decides(f: EntryFacts) -> bool:
    return f.kind == ENTRY


ENTRY = "entry"
# What the operator does in the village's own voice: stated towards others, with consequences of its own. Whoever enters
# for a village under a mandate finds these doors shut (FD-06). Everything else that an operator may open only prepares.
OWN_VOICE = {
    "agreements.decline_existing": "decide",
    "agreements.give_number": "sign",
    "agreements.pass_turn": "decide",
    "deliberation.object": "vote",
    "messages.confirm_sent": "state",
    "needs.drop": "decide",
    "needs.withdraw": "decide",
    "opendata.download_archive": "take",
    "partnership.say_consent": "decide",
    "selection.answer_question": "state",
    "selection.receive_unsolicited": "decide",
}


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


@dataclass(frozen=True)
class IssuingFacts:
    """``proposed_by``: who proposed the offices of the person that reach over a regency, as long as these wait or count."""

    issuer: str
    proposed_by: frozenset[str]


@rule(
    "FD-39",
    says=_("Surat akses petugas kabupaten dicetak petugas lain, bukan pengusul jabatannya."),
    remedy=_("Minta petugas lain di kabupaten Anda mencetak surat ini."),
    basis="product: separation of duties",
    status=Status.PRODUCT,
)
def letter_by_another_than_the_proposer(f: IssuingFacts) -> bool:
    return f.issuer not in f.proposed_by


@dataclass(frozen=True)
class ReadingFacts:
    """Who would read the code of a letter, and who printed it; by their codes."""

    reader: str
    issuer: str


@rule(
    "FD-47",
    says=_("Kode pada surat akses hanya dibuka petugas yang membuatnya."),
    remedy=_("Buat surat baru untuk orang ini; surat yang lama tidak berlaku lagi."),
    basis="product: whoever knows a code is known",
    status=Status.PRODUCT,
)
def code_is_read_by_who_made_it(f: ReadingFacts) -> bool:
    return f.reader == f.issuer


@dataclass(frozen=True)
class TokenFacts:
    """``days``: from today to the last day; ``held``: keys of this person that still count."""

    days: int
    most_days: int
    offices: int
    held: int
    most_held: int


@rule(
    "FD-45",
    says=_("Kunci program berlaku selama Anda menjabat, dan paling lama satu tahun."),
    remedy=_("Pilih hari terakhir antara hari ini dan setahun lagi."),
    basis="product: what a program may do ends with the person's office",
    status=Status.PRODUCT,
)
def token_ends_with_the_office(f: TokenFacts) -> bool:
    return f.offices > 0 and 0 <= f.days <= f.most_days


@rule(
    "FD-46",
    says=_("Seorang pengguna paling banyak memegang sepuluh kunci program."),
    remedy=_("Cabut kunci yang tidak dipakai lagi."),
    basis="product",
    status=Status.PRODUCT,
)
def tokens_stay_few(f: TokenFacts) -> bool:
    return f.held < f.most_held


MAKING_A_TOKEN: tuple[Rule, ...] = (token_ends_with_the_office, tokens_stay_few)
CONFIRMING: tuple[Rule, ...] = (term_of_office_recorded,)
STAYING_IN_OFFICE: tuple[Rule, ...] = (person_still_in_office,)
ISSUING: tuple[Rule, ...] = (letter_by_another_than_the_proposer,)
READING_A_LETTER: tuple[Rule, ...] = (code_is_read_by_who_made_it,)
USING_A_LETTER: tuple[Rule, ...] = (access_code_good,)
