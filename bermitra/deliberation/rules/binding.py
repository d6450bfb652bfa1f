"""Becoming binding: signatures, objections, the window."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

SIGNERS = frozenset({"chair", "minute_taker", "village_head", "resident"})


@dataclass(frozen=True)
class BindingFacts:
    signed_by: frozenset[str]
    objections: int
    answered: int
    working_days_since_publication: int
    window_days: int
    sheet_recorded_by: frozenset[str] = frozenset()  # who entered signatures that stand on the paper sheet
    binding_by: str = ""
    names_recorded: frozenset[tuple[str, str]] = frozenset()  # capacity and name of each signature taken from the sheet
    names_read: frozenset[tuple[str, str]] = frozenset()  # the same, as who binds reads them on the sheet
    drawn: frozenset[str] = frozenset()  # names of the residents on whom the lot fell; none where none was drawn
    residents_signed: frozenset[str] = frozenset()  # names of the residents who signed these words


@rule(
    "DB-15",
    says=_("Berita acara harus ditandatangani pimpinan, notulen, Kepala Desa, dan wakil masyarakat."),
    remedy=_("Minta tanda tangan yang masih kurang pada berita acara."),
    basis="Permendesa 16/2019; praktik berita acara",
    status=Status.SOURCED,
)
def minutes_signed(f: BindingFacts) -> bool:
    return f.signed_by >= SIGNERS


@rule(
    "DB-16",
    says=_("Warga yang terundi harus ikut menandatangani berita acara."),
    remedy=_("Minta warga terundi menandatangani, atau ketua BPD mengundi pengganti dengan alasan."),
    basis="product",
    status=Status.PRODUCT,
)
def drawn_residents_countersign(f: BindingFacts) -> bool:
    return f.drawn <= f.residents_signed


@rule(
    "DB-17",
    says=_("Setiap keberatan warga harus dijawab sebelum keputusan mengikat."),
    remedy=_("Tulis jawaban untuk setiap keberatan yang belum dijawab."),
    basis="product",
    status=Status.PRODUCT,
)
def objections_answered(f: BindingFacts) -> bool:
    return f.objections == f.answered


@rule(
    "DB-18",
    says=_("Keputusan baru mengikat setelah {minutes_objection_working_days} hari kerja masa keberatan warga."),
    remedy=_("Tunggu masa keberatan selesai; tanggalnya tertera di halaman musyawarah."),
    basis="product",
    status=Status.PRODUCT,
)
def objection_window_over(f: BindingFacts) -> bool:
    return f.working_days_since_publication >= f.window_days


@rule(
    "DB-29",
    says=_("Yang mengesahkan keputusan bukan orang yang mencatat tanda tangan dari lembar."),
    remedy=_("Minta sekretaris atau operator mencatat lembar bertanda tangan, lalu ketua BPD mengesahkan."),
    basis="product",
    status=Status.PRODUCT,
)
def sheet_recorded_by_another(f: BindingFacts) -> bool:
    return f.binding_by not in f.sheet_recorded_by


@rule(
    "DB-30",
    says=_("Nama penanda tangan yang dibaca pada lembar harus sama dengan yang dicatat."),
    remedy=_("Buka pindaian lembar dan tulis namanya; bila catatannya keliru, kembalikan berita acara."),
    basis="product",
    status=Status.PRODUCT,
)
def names_read_by_second_person(f: BindingFacts) -> bool:
    return f.names_recorded == f.names_read


SIGNED: tuple[Rule, ...] = (minutes_signed, drawn_residents_countersign)
BINDING: tuple[Rule, ...] = (
    minutes_signed,
    drawn_residents_countersign,
    objections_answered,
    objection_window_over,
    sheet_recorded_by_another,
    names_read_by_second_person,
)
