"""What must hold before a number is kept, looked at or erased."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

SIGNATORY_IDENTITY, BENEFICIARY_CHECK = "signatory_identity", "beneficiary_check"
SHORTEST_REASON = 15  # letters: two words say nothing to the one who reads them afterwards


@dataclass(frozen=True)
class NeedFacts:
    """``purpose`` is empty where nobody needs the number."""

    nik_given: bool
    purpose: str
    basis_recorded: bool


@rule(
    "FD-11",
    says=_("NIK hanya diminta bila tujuannya tercatat dan memang diperlukan."),
    remedy=_("Hanya penanda tangan perjanjian yang mengisi NIK, setelah menyatakan setuju."),
    basis="UU 27/2022",
    status=Status.SOURCED,
)
def personal_data_needed(f: NeedFacts) -> bool:
    return not f.nik_given or (f.purpose in (BENEFICIARY_CHECK, SIGNATORY_IDENTITY) and f.basis_recorded)


@dataclass(frozen=True)
class ErasureFacts:
    """``asked``: by the person here or in a letter; ``offices`` and ``duties`` count what the person still holds."""

    free_fields_shredded: bool
    archive_basis_told: bool
    asked: bool
    offices: int
    duties: int


@rule(
    "FD-12",
    says=_("Data pribadi dihapus, kecuali bagian yang wajib disimpan sebagai arsip."),
    remedy=_("Beri tahu pemohon apa yang tetap disimpan dan mengapa, lalu centang."),
    basis="UU 27/2022; kewajiban arsip",
    status=Status.UNVERIFIED,
)
def erasure_respects_archive(f: ErasureFacts) -> bool:
    return f.free_fields_shredded and f.archive_basis_told


@rule(
    "FD-31",
    says=_("Penghapusan diminta oleh orangnya sendiri."),
    remedy=_("Minta pemohon mengajukannya di Data saya, atau catat nomor suratnya."),
    basis="UU 27/2022 ps 8",
    status=Status.SOURCED,
)
def erasure_is_asked_for(f: ErasureFacts) -> bool:
    return f.asked


@rule(
    "FD-32",
    says=_("Tidak ada jabatan atau tugas yang masih dipegang orang ini."),
    remedy=_("Akhiri jabatannya dan alihkan tugasnya lebih dahulu."),
    basis="product",
    status=Status.PRODUCT,
)
def nothing_is_left_open(f: ErasureFacts) -> bool:
    return f.offices == 0 and f.duties == 0


@dataclass(frozen=True)
class NumberFacts:
    held_by_another: bool


@rule(
    "FD-33",
    says=_("Satu NIK hanya milik satu orang."),
    remedy=_("NIK ini belum tersimpan. Petugas kabupaten memeriksanya dan menghubungi Anda."),
    basis="UU 23/2006 ps 13 jo. UU 24/2013",
    status=Status.SOURCED,
)
def number_is_of_one_person(f: NumberFacts) -> bool:
    return not f.held_by_another


@dataclass(frozen=True)
class LookFacts:
    reason_letters: int


@rule(
    "FD-34",
    says=_("Melihat data pribadi orang lain memerlukan alasan tertulis."),
    remedy=_("Tulis untuk apa data itu dilihat; pemiliknya akan membacanya."),
    basis="UU 27/2022 ps 16, 36",
    status=Status.UNVERIFIED,
)
def look_has_its_reason(f: LookFacts) -> bool:
    return f.reason_letters >= SHORTEST_REASON


@dataclass(frozen=True)
class FoundFacts:
    """``ahead``: the hour at which it is said to have been found lies in the future; ``people``: how many are affected."""

    ahead: bool
    people: int


@rule(
    "FD-35",
    says=_("Kebocoran menyebut siapa yang terkena."),
    remedy=_("Pilih wilayah, jabatan, atau kode orang yang datanya bocor."),
    basis="UU 27/2022 ps 46",
    status=Status.SOURCED,
)
def breach_names_whom(f: FoundFacts) -> bool:
    return f.people > 0


@rule(
    "FD-36",
    says=_("Jam pemberitahuan dihitung sejak kebocoran diketahui, bukan dari waktu yang belum tiba."),
    remedy=_("Tulis hari dan jam kebocoran itu pertama kali diketahui."),
    basis="UU 27/2022 ps 46",
    status=Status.SOURCED,
)
def clock_starts_when_found(f: FoundFacts) -> bool:
    return not f.ahead


@dataclass(frozen=True)
class BreachFacts:
    """Whole hours, counted up; ``content_complete``: what got out, when and how, and what is done about it."""

    hours_since_found: int
    data_breach_notice_hours: int
    content_complete: bool
    authority_told: bool


@rule(
    "FD-13",
    says=_("Kebocoran data pribadi harus diberitahukan dalam batas waktu hukum."),
    remedy=_("Kirim pemberitahuan kepada pemilik data dan lembaga berwenang sekarang juga."),
    basis="UU 27/2022 ps 46",
    status=Status.SOURCED,
    severity=Severity.WARN,  # late is told all the same, and stands in the journal as late
)
def data_breach_told_in_time(f: BreachFacts) -> bool:
    return f.hours_since_found <= f.data_breach_notice_hours and f.content_complete


@rule(
    "FD-37",
    says=_("Pemberitahuan memuat data apa, kapan dan bagaimana, serta penanganannya."),
    remedy=_("Lengkapi ketiga isinya, masing-masing satu kalimat utuh."),
    basis="UU 27/2022 ps 46(2)",
    status=Status.SOURCED,
)
def breach_notice_is_complete(f: BreachFacts) -> bool:
    return f.content_complete


@rule(
    "FD-38",
    says=_("Lembaga pelindungan data pribadi diberi tahu secara tertulis."),
    remedy=_("Kirim suratnya, lalu tulis nomornya di sini."),
    basis="UU 27/2022 ps 46(1)",
    status=Status.SOURCED,
)
def authority_is_told(f: BreachFacts) -> bool:
    return f.authority_told


@dataclass(frozen=True)
class AsideFacts:
    reason_letters: int


@rule(
    "FD-40",
    says=_("Catatan kebocoran hanya dibatalkan dengan alasan tertulis."),
    remedy=_("Tulis mengapa tidak ada data yang bocor, atau catatan mana yang menggantikannya."),
    basis="product",
    status=Status.PRODUCT,
)
def breach_set_aside_with_reason(f: AsideFacts) -> bool:
    return f.reason_letters >= SHORTEST_REASON


SETTING_ASIDE_A_BREACH: tuple[Rule, ...] = (breach_set_aside_with_reason,)
RECORDING_A_BREACH: tuple[Rule, ...] = (breach_names_whom, clock_starts_when_found)
TELLING_OF_A_BREACH: tuple[Rule, ...] = (data_breach_told_in_time, breach_notice_is_complete, authority_is_told)
KEEPING: tuple[Rule, ...] = (personal_data_needed,)
LOOKING: tuple[Rule, ...] = (look_has_its_reason,)
ERASING: tuple[Rule, ...] = (erasure_is_asked_for, nothing_is_left_open, erasure_respects_archive)
