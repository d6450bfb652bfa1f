"""Who sits on the panel, and who may read and score."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

SEATS = {
    "resident": _("Wakil warga"),
    "bpd": _("Anggota BPD"),
    "coop_unit": _("Lembaga kerja sama desa"),
    "other": _("Anggota lain"),
}


@dataclass(frozen=True)
class PanelFacts:
    panel: int
    residents: int
    bpd: int
    panel_min: int
    panel_residents_min: int
    panel_bpd_min: int


@rule(
    "SL-09",
    says=_("Tim seleksi harus berisi sedikitnya {panel_min} orang, termasuk wakil warga dan BPD."),
    remedy=_("Tambahkan wakil warga atau BPD pada tim seleksi."),
    basis="product: strict selection",
    status=Status.PRODUCT,
    switchable=True,
)
def panel_composed(f: PanelFacts) -> bool:
    return f.panel >= f.panel_min and f.residents >= f.panel_residents_min and f.bpd >= f.panel_bpd_min


@dataclass(frozen=True)
class ScorerRoles:
    scorer_roles: frozenset[str]


@rule(
    "SL-10",
    says=_("Kepala Desa tidak boleh menjadi penilai."),
    remedy=_("Ganti Kepala Desa dengan anggota lain dalam tim seleksi."),
    basis="product: separation of duties; law digest on permissions",
    status=Status.PRODUCT,
)
def village_head_never_scores(f: ScorerRoles) -> bool:
    return "village_head" not in f.scorer_roles


@dataclass(frozen=True)
class InterestFacts:
    declared_for_this_case: bool
    conflict_declared: bool
    conflict_found: bool


@rule(
    "SL-11",
    says=_("Penilai harus menyatakan kepentingannya sebelum membaca usulan."),
    remedy=_("Isi pernyataan kepentingan untuk perkara ini."),
    basis="product; UU 6/2014 ps 26, 29, 51, 64",
    status=Status.PRODUCT,
)
def interests_declared(f: InterestFacts) -> bool:
    return f.declared_for_this_case


@rule(
    "SL-12",
    says=_("Orang yang berbenturan kepentingan tidak boleh melihat atau menilai usulan."),
    remedy=_("Ganti penilai itu dan catat penggantinya."),
    basis="UU 6/2014 ps 26, 29, 51, 64",
    status=Status.UNVERIFIED,
)
def conflicted_do_not_score(f: InterestFacts) -> bool:
    return not f.conflict_declared and not f.conflict_found


PANEL: tuple[Rule, ...] = (panel_composed,)

APPOINTING: tuple[Rule, ...] = (village_head_never_scores,)

READING: tuple[Rule, ...] = (interests_declared, conflicted_do_not_score)
