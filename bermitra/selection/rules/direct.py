"""A partner appointed without rivals: the reasons there may be, what proves each, and whether a value was split."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

FAILED_TWICE, ONLY_PROVIDER, SMALL_VALUE, EMERGENCY, CONTINUATION = (
    "call_failed_twice", "only_provider", "small_value", "emergency", "continuation",
)  # fmt: skip

# The closed list. An offer that came by itself is no reason: it has a way of its own, and the meeting hears it there.
DIRECT_KINDS = {
    FAILED_TWICE: _("Penawaran terbuka sudah dua kali gagal"),
    ONLY_PROVIDER: _("Hanya satu pihak yang mampu menyediakannya"),
    SMALL_VALUE: _("Nilainya kecil"),
    EMERGENCY: _("Keadaan darurat"),
    CONTINUATION: _("Melanjutkan kerja sama dengan mitra yang sama"),
}
# The same within a sentence of an agreement: "ditunjuk langsung karena …".
DIRECT_BECAUSE = {
    FAILED_TWICE: "penawaran terbuka sudah dua kali gagal",
    ONLY_PROVIDER: "hanya pihak ini yang mampu menyediakannya",
    SMALL_VALUE: "nilai kerja samanya kecil",
    EMERGENCY: "keadaan darurat",
    CONTINUATION: "melanjutkan kerja sama yang sudah ada",
}
TIMES_FAILED = 2


@dataclass(frozen=True)
class DirectFacts:
    """``published``: it stands on the public page of the call from the moment of the act on. ``failures``: openings of this
    call that ended without a partner. ``value_rupiah``: what the case is worth by its own figures, 0 where none are known.
    ``earlier_agreements``: those in force between this village and this partner that this case continues.
    ``evidence_characters`` and ``evidence_file``: what was laid beside the reason. ``out_here``: the partner's own proposal to
    this call was put out or found too low."""

    reason_kind: str
    explanation: str
    published: bool
    failures: int
    value_rupiah: int
    earlier_agreements: int
    evidence_characters: int
    evidence_file: bool
    direct_reason_characters: int
    direct_small_value_rupiah: int
    out_here: bool = False


@rule(
    "SL-25",
    says=_("Penunjukan langsung harus beralasan sesuai jenis yang tersedia dan diumumkan."),
    remedy=_("Pilih jenis alasan dan jelaskan dengan {direct_reason_characters} huruf atau lebih."),
    basis="product: counted on the equity board",
    status=Status.PRODUCT,
    switchable=True,
)
def direct_appointment_justified(f: DirectFacts) -> bool:
    return f.reason_kind in DIRECT_KINDS and len(f.explanation) >= f.direct_reason_characters and f.published


@rule(
    "SL-50",
    says=_("Jenis alasan harus terbukti dari riwayat penawaran, nilai, perjanjian terdahulu, atau bukti."),
    remedy=_("Pilih jenis yang terbukti, lampirkan bukti, atau buka penawaran."),
    basis="product: threat T3",
    status=Status.PRODUCT,
    switchable=True,
)
def direct_reason_proven(f: DirectFacts) -> bool:
    match f.reason_kind:
        case "call_failed_twice":
            return f.failures >= TIMES_FAILED
        case "small_value":
            return 0 < f.value_rupiah <= f.direct_small_value_rupiah
        case "continuation":
            return f.earlier_agreements >= 1
        case "only_provider" | "emergency":
            return f.evidence_file or f.evidence_characters >= f.direct_reason_characters
        case _:
            return False


@rule(
    "SL-60",
    says=_("Mitra yang gugur atau di bawah ambang pada penawaran ini tidak ditunjuk langsung."),
    remedy=_("Tunjuk mitra lain, atau perbaiki penawaran dan umumkan lagi."),
    basis="product: threat T3",
    status=Status.PRODUCT,
)
def not_out_of_this_call(f: DirectFacts) -> bool:
    return not f.out_here


@dataclass(frozen=True)
class SplitFacts:
    """``value_with_same_partner_rupiah``: this case and those like it in the months of the norm; 0 where there is none like it."""

    value_with_same_partner_rupiah: int
    explanation: str
    rival_threshold_rupiah: int


@rule(
    "SL-35",
    says=_("Nilai kerja sama sebaiknya tidak dipecah untuk menghindari batas."),
    remedy=_("Gabungkan perkara serupa, atau jelaskan mengapa terpisah."),
    basis="product: threat T3",
    status=Status.PRODUCT,
    severity=Severity.WARN,
    switchable=True,
)
def not_split(f: SplitFacts) -> bool:
    return f.value_with_same_partner_rupiah < f.rival_threshold_rupiah or f.explanation != ""


DIRECT: tuple[Rule, ...] = (direct_appointment_justified, direct_reason_proven, not_out_of_this_call)

UNSPLIT: tuple[Rule, ...] = (not_split,)
