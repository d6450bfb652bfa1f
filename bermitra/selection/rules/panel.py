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

VISITS = {
    "visit": _("Kunjungan lapangan"),
    "interview": _("Wawancara"),
}
VISITED_IN = ("opened", "curing", "admissible")  # once the levels are revealed it is too late to find anything


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
    basis="product: separation of duties",
    status=Status.PRODUCT,
)
def village_head_never_scores(f: ScorerRoles) -> bool:
    return "village_head" not in f.scorer_roles


# Whoever takes a seat holds one of these offices in the village; a resident none in which the village is governed. A decree
# that makes somebody a panelist makes him no resident: he may come from outside, and sits as another member.
OFFICES_OF = {
    "resident": frozenset({"resident", "group_rep"}),
    "bpd": frozenset({"bpd_member"}),
    "coop_unit": frozenset({"village_coop_unit"}),
    "other": frozenset({"selection_panelist", "resident", "group_rep", "bpd_member", "village_coop_unit"}),
}
GOVERNING = frozenset({
    "village_head", "village_secretary", "village_treasurer", "village_official", "village_operator", "bpd_chair",
    "bpd_member", "village_coop_unit",
})  # fmt: skip


@dataclass(frozen=True)
class SeatFacts:
    """``roles``: what the person is in this village today."""

    seat: str
    roles: frozenset[str]


@rule(
    "SL-53",
    says=_("Anggota tim seleksi harus memegang peran di desa yang sesuai dengan kursinya."),
    remedy=_("Pilih kursi yang sesuai perannya, atau tunjuk orang lain."),
    basis="product: SL-09 would be a label only",
    status=Status.PRODUCT,
)
def seat_of_its_office(f: SeatFacts) -> bool:
    governs = f.seat == "resident" and bool(f.roles & GOVERNING)
    return bool(f.roles & OFFICES_OF.get(f.seat, frozenset())) and not governs


@dataclass(frozen=True)
class InterestFacts:
    declared_for_this_case: bool
    conflict_declared: bool
    conflict_found: bool


@rule(
    "SL-11",
    says=_("Penilai harus menyatakan kepentingannya sebelum membaca usulan."),
    remedy=_("Penilai itu mengisi pernyataan kepentingan untuk kemitraan ini."),
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

SEATING: tuple[Rule, ...] = (seat_of_its_office,)

READING: tuple[Rule, ...] = (interests_declared, conflicted_do_not_score)
