"""What single forms of cooperation ask: consent of the affected, shares with figures, plantations, conditions."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

SHARING = ("bagi", "inti", "offtake", "ksp")


@dataclass(frozen=True)
class GroupFacts:
    """``consent_withdrawn``: given once, and not given now. ``was_given``: given at any time."""

    touches_land_forest_custom: bool
    consent_state: str
    consent_withdrawn: bool
    was_given: bool = False


@rule(
    "AG-16",
    says=_("Kerja sama yang menyentuh lahan, hutan, adat, relokasi, atau alam memerlukan PADIATAPA yang diberikan."),
    remedy=_("Selesaikan tahap PADIATAPA; warga berhak menolak pada setiap tahap."),
    basis="praktik PADIATAPA; UU 6/2014 ps 93(2)",
    status=Status.PRODUCT,
)
def consent_where_land_touched(f: GroupFacts) -> bool:
    return not f.touches_land_forest_custom or (f.consent_state == "given" and not f.consent_withdrawn)


@dataclass(frozen=True)
class ShareFacts:
    forms: tuple[str, ...]
    formula_given: bool
    example_recomputes: bool
    exclusive_seasons: int
    exclusive_max_seasons: int


@rule(
    "AG-28",
    says=_("Bagi hasil, inti-plasma, dan pembelian panen harus memuat rumus dengan contoh angka."),
    remedy=_("Tulis rumus dan contoh hitungan yang menghasilkan angka sama."),
    basis="product: failures seen in plasma",
    status=Status.PRODUCT,
    switchable=True,
)
def shares_shown_with_figures(f: ShareFacts) -> bool:
    shown = f.formula_given and f.example_recomputes and f.exclusive_seasons <= f.exclusive_max_seasons
    return not set(SHARING) & set(f.forms) or shown


@dataclass(frozen=True)
class PlantationFacts:
    plantation_duty: bool
    community_percent: int
    years_after_title: int
    members_listed: bool
    map_attached: bool
    plasma_share_percent: int
    plasma_deadline_years: int


def names_a_paper(typed: str) -> bool:
    """Whether a typed proof says which paper it means, by number or date; "sudah ada" is no list and no map."""
    return len(typed.split()) > 1 and any(each.isdigit() for each in typed)


@rule(
    "AG-29",
    says=_("Perusahaan kebun harus memuat kebun masyarakat, daftar calon, peta, dan batas waktunya."),
    remedy=_("Isi luas dan batas waktu; sebut nomor atau tanggal daftar calon petani dan peta."),
    basis="UU 39/2014 jo. UU 6/2023; PP 26/2021; Permentan 18/2021",
    status=Status.SOURCED,
)
def plantation_share_honoured(f: PlantationFacts) -> bool:
    enough = f.community_percent >= f.plasma_share_percent and 0 < f.years_after_title <= f.plasma_deadline_years
    return not f.plantation_duty or (enough and f.members_listed and f.map_attached)


@dataclass(frozen=True)
class GateFacts:
    """``open_gates``: conditions of the forms without an answer, and blanks left in the articles of these forms."""

    open_gates: tuple[str, ...]


@rule(
    "AG-42",
    says=_("Syarat khusus bentuk kerja sama ini harus terpenuhi."),
    remedy=_("Lengkapi syarat dan isian bentuk yang belum tercentang pada daftar."),
    basis="dasar setiap syarat tertulis pada syarat itu",
    status=Status.UNVERIFIED,
)
def form_gates_met(f: GateFacts) -> bool:
    return not f.open_gates


GROUPS: tuple[Rule, ...] = (consent_where_land_touched,)

SHARES: tuple[Rule, ...] = (shares_shown_with_figures,)

PLANTATION: tuple[Rule, ...] = (plantation_share_honoured,)

GATES: tuple[Rule, ...] = (form_gates_met,)
