"""What the form of cooperation, the partner and the shape of a text ask besides: annexes, loans, sizes, organs, links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

LENT, LENT_TO, NEVER_LENT = "pinjam", ("village", "village_body"), ("land", "building", "road_water")
PRICED = ("sewa", "ksp", "bgs", "bsg")
HEALTHY = ("inti", "offtake", "subkon", "distrib", "bagi", "kso", "jv", "wisata")
LARGE = ("company", "bumn")
CREDIT, COOPERATIVE = "perantara", "cooperative_kdmp"
ENTERPRISE, ENTERPRISE_FORMS = "bumdes", ("kso", "jv")


@dataclass(frozen=True)
class AnnexFacts:
    """``missing``: annexes that this text refers to and that hold no row."""

    missing: tuple[str, ...]


@rule(
    "AG-05",
    says=_("Lampiran rencana kerja, anggaran, dan indikator harus terisi."),
    remedy=_("Isi rencana kerja, anggaran, dan indikator beserta data awalnya pada naskah."),
    basis="product: agreement that can be run",
    status=Status.PRODUCT,
    switchable=True,
)
def annexes_attached(f: AnnexFacts) -> bool:
    return not f.missing


@dataclass(frozen=True)
class LoanFacts:
    forms: tuple[str, ...]
    borrower: str
    object_kinds: tuple[str, ...]
    term_days: int
    borrow_max_days: int


@rule(
    "AG-10",
    says=_("Pinjam pakai hanya bagi lembaga desa, bukan tanah atau bangunan, paling lama {borrow_max_days} hari."),
    remedy=_("Pilih bentuk sewa atau pemanfaatan, atau ubah barang dan jangkanya."),
    basis="Permendagri 1/2016 ps 13",
    status=Status.UNVERIFIED,
)
def borrow_use_within_limit(f: LoanFacts) -> bool:
    movable = not set(NEVER_LENT) & set(f.object_kinds)
    return LENT not in f.forms or (f.borrower in LENT_TO and movable and f.term_days <= f.borrow_max_days)


@dataclass(frozen=True)
class ReviewFacts:
    """``review_every_years``: what the text says, 0 where it says nothing."""

    forms: tuple[str, ...]
    review_every_years: int
    asset_price_review_years: int


@rule(
    "AG-15",
    says=_("Sewa atau kontribusi aset sebaiknya ditinjau harganya setiap {asset_price_review_years} tahun."),
    remedy=_("Isi jarak peninjauan harga pada pasal peninjauan nilai."),
    basis="praktik daerah (DIY); product: failures seen",
    status=Status.PRODUCT,
    severity=Severity.WARN,
    switchable=True,
)
def price_review_scheduled(f: ReviewFacts) -> bool:
    return not set(PRICED) & set(f.forms) or 0 < f.review_every_years <= f.asset_price_review_years


@dataclass(frozen=True)
class SizeFacts:
    """``declared_free``: the partner's statement that it neither owns nor controls the small side names a paper."""

    forms: tuple[str, ...]
    partner_kind: str
    declared_free: bool
    healthy_clause: bool
    price_formula: bool
    audit_right: bool


@rule(
    "AG-27",
    says=_("Usaha besar tidak boleh memiliki atau menguasai mitra kecilnya."),
    remedy=_("Catat pernyataan tanpa penguasaan, lalu jaga pasal kemitraan sehat, harga, dan hak memeriksa."),
    basis="UU 20/2008 ps 35; PP 7/2021; Perkom KPPU 4/2019",
    status=Status.SOURCED,
)
def fair_between_sizes(f: SizeFacts) -> bool:
    differ = f.partner_kind in LARGE and bool(set(HEALTHY) & set(f.forms))
    return not differ or (f.declared_free and f.healthy_clause and f.price_formula and f.audit_right)


@dataclass(frozen=True)
class CooperativeFacts:
    """``support_percent``: of the village fund, as the text says; above 100 where it says nothing."""

    cooperative_loan: bool
    special_meeting: bool
    support_percent: int
    kdmp_loan_cap_percent: int


@rule(
    "AG-30",
    says=_(
        "Dukungan pinjaman koperasi perlu Musyawarah Desa khusus, paling banyak {kdmp_loan_cap_percent}% Dana Desa."
    ),
    remedy=_("Adakan Musyawarah Desa khusus dan turunkan nilai dukungannya."),
    basis="Inpres 9/2025 dan aturan pinjamannya",
    status=Status.SOURCED,
)
def cooperative_loan_capped(f: CooperativeFacts) -> bool:
    return not f.cooperative_loan or (f.special_meeting and f.support_percent <= f.kdmp_loan_cap_percent)


@dataclass(frozen=True)
class EnterpriseFacts:
    via_bumdes: bool
    organ_approval: bool


@rule(
    "AG-31",
    says=_("Kerja sama melalui BUM Desa harus disetujui organnya sesuai dengan anggaran dasar."),
    remedy=_("Catat nomor dan tanggal persetujuan penasihat, pengawas, atau musyawarah BUM Desa."),
    basis="PP 11/2021",
    status=Status.UNVERIFIED,
)
def enterprise_organs_approve(f: EnterpriseFacts) -> bool:
    return not f.via_bumdes or f.organ_approval


@dataclass(frozen=True)
class SuccessionFacts:
    ends_on: date | None
    head_until: date | None
    succession_clause: bool


@rule(
    "AG-33",
    says=_("Jangka yang melewati masa jabatan Kepala Desa memerlukan pasal pergantian pimpinan."),
    remedy=_("Kembalikan pasal pergantian pimpinan pada naskah."),
    basis="naskah yang lazim dipakai; product: failures seen",
    status=Status.PRODUCT,
    severity=Severity.WARN,
    switchable=True,
)
def term_beyond_office_flagged(f: SuccessionFacts) -> bool:
    within = f.ends_on is None or f.head_until is None or f.ends_on <= f.head_until
    return within or f.succession_clause


@dataclass(frozen=True)
class LinkFacts:
    """``unlinked``: duties and limits whose consequence is found nowhere in the sanctions of this text."""

    unlinked: tuple[str, ...]


@rule(
    "AG-58",
    says=_("Setiap kewajiban dan batasan harus tertaut pada sanksi dalam naskah."),
    remedy=_("Tulis akibat dengan nama sanksi pada naskah, misalnya peringatan pertama atau denda."),
    basis="product: clauses as data",
    status=Status.PRODUCT,
    switchable=True,
)
def duties_and_limits_have_sanctions(f: LinkFacts) -> bool:
    return not f.unlinked


@dataclass(frozen=True)
class ReviewedFacts:
    """``unreviewed``: forms whose articles nobody read page by page; ``legal_review``: a reviewer looked at this draft."""

    unreviewed: tuple[str, ...]
    legal_review: bool


@rule(
    "AG-59",
    says=_("Pasal bentuk yang belum ditelaah sebaiknya dibaca penelaah hukum lebih dahulu."),
    remedy=_("Minta telaah hukum sebelum kedua pihak menerima naskah."),
    basis="product: a text nobody read is marked",
    status=Status.PRODUCT,
    severity=Severity.WARN,
    switchable=True,
)
def unreviewed_form_read_by_lawyer(f: ReviewedFacts) -> bool:
    return not f.unreviewed or f.legal_review


@dataclass(frozen=True)
class ShortFacts:
    """``too_much``: what this agreement holds and a short text cannot carry, as codes."""

    short: bool
    too_much: tuple[str, ...]


@rule(
    "AG-60",
    says=_("Naskah ringkas hanya untuk kerja sama ringan tanpa aset, PADIATAPA, atau uang besar."),
    remedy=_("Pilih naskah lengkap."),
    basis="product: short text for light partnerships",
    status=Status.PRODUCT,
)
def short_text_for_light_partnerships(f: ShortFacts) -> bool:
    return not f.short or not f.too_much


ATTACHED: tuple[Rule, ...] = (annexes_attached,)

LOANS: tuple[Rule, ...] = (borrow_use_within_limit,)

REVIEWS: tuple[Rule, ...] = (price_review_scheduled,)

SIZES: tuple[Rule, ...] = (fair_between_sizes,)

COOPERATIVES: tuple[Rule, ...] = (cooperative_loan_capped,)

ENTERPRISES: tuple[Rule, ...] = (enterprise_organs_approve,)

SUCCESSION: tuple[Rule, ...] = (term_beyond_office_flagged,)

LINKED: tuple[Rule, ...] = (duties_and_limits_have_sanctions,)

READ: tuple[Rule, ...] = (unreviewed_form_read_by_lawyer,)

SHORT: tuple[Rule, ...] = (short_text_for_light_partnerships,)
