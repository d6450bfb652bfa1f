"""Entries of partners: registered once, changed with a reason, merged, waiting."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

# --- registering a partner --------------------------------------------------------------------------------


@dataclass(frozen=True)
class RegistrationFacts:
    """The likest name that is registered already; the same NIB or NPWP counts as the same name."""

    best_similarity_percent: int
    duplicate_similarity_percent: int
    declared_different: bool


@rule(
    "RG-16",
    says=_("Mitra dengan nama sangat mirip harus diperiksa sebelum didaftarkan."),
    remedy=_("Buka daftar nama mirip, lalu pilih yang sama atau nyatakan lembaga lain."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def duplicates_looked_at(f: RegistrationFacts) -> bool:
    return f.best_similarity_percent < f.duplicate_similarity_percent or f.declared_different


REGISTERING: tuple[Rule, ...] = (duplicates_looked_at,)


# --- what a partner says of itself --------------------------------------------------------------------------

WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True)
class OwnershipFacts:
    """A declaration as a whole, in hundredths of a percent."""

    persons: int
    shares_together: int


@rule(
    "RG-30",
    says=_("Bagian kepemilikan bersama-sama tidak boleh lebih dari 100%."),
    remedy=_("Periksa bagian setiap pemilik; jumlahkan hanya pemilik akhirnya."),
    basis="product; Perpres 13/2018",
    status=Status.PRODUCT,
)
def shares_within_the_whole(f: OwnershipFacts) -> bool:
    return f.persons > 0 and f.shares_together <= WHOLE


DECLARING_OWNERS: tuple[Rule, ...] = (shares_within_the_whole,)


@dataclass(frozen=True)
class ChangeFacts:
    """``correction``: made by the regency, not by the partner itself."""

    renamed: bool
    correction: bool
    reason: str


@rule(
    "RG-31",
    says=_("Nama baru dan setiap pembetulan memerlukan alasan."),
    remedy=_("Tulis dasarnya, misalnya nomor dan tanggal akta perubahan."),
    basis="product",
    status=Status.PRODUCT,
)
def change_has_reason(f: ChangeFacts) -> bool:
    return bool(f.reason) or not (f.renamed or f.correction)


CHANGING: tuple[Rule, ...] = (change_has_reason,)


# --- two entries of one body --------------------------------------------------------------------------------


@dataclass(frozen=True)
class MergeFacts:
    """Two entries that are said to be one body. ``files_under_way`` are their unfinished due diligences together."""

    same_entry: bool
    merged_before: bool
    same_kind: bool
    same_regency: bool
    files_under_way: int


@rule(
    "RG-32",
    says=_("Dua data digabung bila berbeda, sejenis, sekabupaten, dan belum digabung."),
    remedy=_("Periksa kode kedua mitra; betulkan jenisnya lebih dahulu bila keliru."),
    basis="product",
    status=Status.PRODUCT,
)
def two_entries_of_one_body(f: MergeFacts) -> bool:
    return not f.same_entry and not f.merged_before and f.same_kind and f.same_regency


@rule(
    "RG-33",
    says=_("Paling banyak satu uji tuntas yang belum selesai di antara keduanya."),
    remedy=_("Tutup dahulu salah satu uji tuntas yang sedang berjalan."),
    basis="product",
    status=Status.PRODUCT,
)
def one_file_under_way(f: MergeFacts) -> bool:
    return f.files_under_way <= 1


MERGING: tuple[Rule, ...] = (two_entries_of_one_body, one_file_under_way)


# --- bodies that wait to be registered ------------------------------------------------------------------------


@dataclass(frozen=True)
class WaitingFacts:
    """Since how many days a body waits to be registered."""

    days_waited: int
    registration_wait_days: int


@rule(
    "RG-40",
    says=_("Pendaftaran gugur hanya bila tidak diperiksa selama hari yang ditetapkan."),
    remedy=_("Periksa pendaftaran itu: terima, atau tolak dengan alasan."),
    basis="product; UU 27/2022",
    status=Status.PRODUCT,
)
def waited_long_enough(f: WaitingFacts) -> bool:
    return f.days_waited > f.registration_wait_days


LAPSING: tuple[Rule, ...] = (waited_long_enough,)
