"""What is asked of a signature: mandate, the same bytes, the scan of the signed sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class MandateFacts:
    """The mandate of the person who signs; ``mandate_number`` is empty where he or she is not the one named."""

    mandate_number: str
    mandate_from: date
    today: date
    mandate_until: date


@rule(
    "AG-18",
    says=_("Penanda tangan harus memegang mandat yang masih berlaku."),
    remedy=_("Catat surat keputusan, akta, atau surat kuasa yang masih berlaku."),
    basis="UU 6/2014 ps 26; surat kuasa badan hukum",
    status=Status.UNVERIFIED,
)
def signatory_has_mandate(f: MandateFacts) -> bool:
    return f.mandate_number != "" and f.mandate_from <= f.today <= f.mandate_until


@dataclass(frozen=True)
class BytesFacts:
    hash_signed: str
    hash_locked: str


@rule(
    "AG-19",
    says=_("Semua pihak harus menandatangani naskah yang sama persis."),
    remedy=_("Buka kembali naskah bila perlu perubahan; tanda tangan lama batal."),
    basis="UU ITE ps 11; PP 71/2019",
    status=Status.SOURCED,
)
def everyone_signs_same_bytes(f: BytesFacts) -> bool:
    return f.hash_locked != "" and f.hash_signed == f.hash_locked


@dataclass(frozen=True)
class ComparedFacts:
    """``seen`` is the hash of scan and locked text that the page showed, ``now`` that of those which stand there."""

    seen: str
    now: str


@rule(
    "AG-44",
    says=_("Pindaian dan naskah yang disahkan harus sama dengan yang Anda cocokkan."),
    remedy=_("Pindaiannya sudah diganti: cocokkan yang terbaru, lalu kirim lagi."),
    basis="product: sign anywhere",
    status=Status.PRODUCT,
)
def confirmed_what_was_compared(f: ComparedFacts) -> bool:
    return f.now != "" and f.seen == f.now


@dataclass(frozen=True)
class InkFacts:
    signed_on: date
    locked_on: date
    today: date


@rule(
    "AG-47",
    says=_("Tanggal tanda tangan basah harus sejak naskah dikunci dan paling lambat hari ini."),
    remedy=_("Isi tanggal yang tertulis pada lembar yang ditandatangani."),
    basis="product: sign anywhere",
    status=Status.PRODUCT,
)
def signed_after_locking(f: InkFacts) -> bool:
    return f.locked_on <= f.signed_on <= f.today


WET_WITNESSES = 2


@dataclass(frozen=True)
class WetFacts:
    pages: int
    pages_matched: int
    witnesses: int
    confirmed_by: str
    uploaded_by: str


@rule(
    "AG-20",
    says=_("Pindaian tanda tangan basah harus lengkap, cocok setiap halaman, dan disaksikan dua orang."),
    remedy=_("Cocokkan setiap halaman dan lengkapi saksi; pengunggah tidak mengesahkannya."),
    basis="product: sign anywhere",
    status=Status.PRODUCT,
)
def wet_ink_bound_to_text(f: WetFacts) -> bool:
    whole = f.pages_matched == f.pages and f.witnesses >= WET_WITNESSES
    return whole and f.confirmed_by != f.uploaded_by


@dataclass(frozen=True)
class OutsideFacts:
    """``grew_from`` is the file that the one from outside was made of, ``newest`` the one that stands now; ``trouble`` is
    what was found wrong with it, "" for nothing."""

    grew_from: str
    newest: str
    trouble: str


@rule(
    "AG-48",
    says=_("Tanda tangan tersertifikasi harus sah, atas nama penanda tangan, dan tidak mengubah naskah."),
    remedy=_("Unduh naskah terbaru, tanda tangani dengan sertifikat Anda, lalu unggah hasilnya."),
    basis="UU ITE ps 11; PP 71/2019 ps 59-60",
    status=Status.SOURCED,
)
def certified_signature_holds(f: OutsideFacts) -> bool:
    return f.newest != "" and f.grew_from == f.newest and f.trouble == ""


@rule(
    "AG-49",
    says=_("Meterai elektronik harus dibubuhkan sebelum tanda tangan pertama, tanpa mengubah naskah."),
    remedy=_("Unduh naskah terkunci, bubuhkan meterai elektronik, lalu unggah hasilnya."),
    basis="product: sign anywhere; UU 10/2020",
    status=Status.PRODUCT,
)
def stamped_before_signing(f: OutsideFacts) -> bool:
    return f.newest != "" and f.grew_from == f.newest and f.trouble == ""


MANDATE: tuple[Rule, ...] = (signatory_has_mandate,)

SAME_BYTES: tuple[Rule, ...] = (everyone_signs_same_bytes,)

WET: tuple[Rule, ...] = (wet_ink_bound_to_text,)

COMPARED: tuple[Rule, ...] = (confirmed_what_was_compared,)

UPLOADING: tuple[Rule, ...] = (signed_after_locking,)

CERTIFIED: tuple[Rule, ...] = (certified_signature_holds,)

STAMPED: tuple[Rule, ...] = (stamped_before_signing,)
