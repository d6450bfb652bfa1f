"""What is asked where the village gives an asset into use."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

BUILT, UTILISED, LEASED = ("bgs", "bsg"), "ksp", "sewa"


@dataclass(frozen=True)
class AssetFacts:
    """``forms`` are those of the case; ``asset_years`` the longest use of an asset by form, in whole years begun.

    ``permit_hash``: of the text for which the permit was given, ``text_hash`` of the one that would be locked.
    """

    forms: tuple[str, ...]
    term_years: int
    permit_number: str
    uses_asset: bool
    asset_in_inventory: bool
    ownership_proof: bool
    not_pledged: bool
    no_pledge_clause: bool
    lease_max_years: int
    utilisation_max_years: int
    build_operate_max_years: int
    permit_hash: str = ""
    text_hash: str = ""


@rule(
    "AG-09",
    says=_("Sewa aset desa tidak boleh melebihi {lease_max_years} tahun setiap kali."),
    remedy=_("Perpendek jangka sewa; perpanjangan dilakukan kelak lewat evaluasi."),
    basis="Permendagri 1/2016 ps 12",
    status=Status.SOURCED,
)
def lease_within_limit(f: AssetFacts) -> bool:
    return LEASED not in f.forms or f.term_years <= f.lease_max_years


@rule(
    "AG-11",
    says=_("Kerja sama pemanfaatan aset desa tidak boleh melebihi {utilisation_max_years} tahun."),
    remedy=_("Perpendek jangka waktu pada naskah."),
    basis="Permendagri 1/2016 ps 14",
    status=Status.UNVERIFIED,
)
def utilisation_within_limit(f: AssetFacts) -> bool:
    return UTILISED not in f.forms or f.term_years <= f.utilisation_max_years


@rule(
    "AG-12",
    says=_("Bangun guna serah atau bangun serah guna tidak boleh melebihi {build_operate_max_years} tahun."),
    remedy=_("Perpendek jangka waktu pada naskah."),
    basis="Permendagri 1/2016 ps 15-16",
    status=Status.UNVERIFIED,
)
def build_operate_within_limit(f: AssetFacts) -> bool:
    return not set(BUILT) & set(f.forms) or f.term_years <= f.build_operate_max_years


@rule(
    "AG-13",
    says=_("Pemanfaatan dan bangun guna aset desa memerlukan izin tertulis Bupati atau Wali Kota."),
    remedy=_("Ajukan permohonan izin lewat camat dan catat surat izinnya."),
    basis="Permendagri 1/2016 ps 17",
    status=Status.UNVERIFIED,
)
def regent_permit_granted(f: AssetFacts) -> bool:
    return not {UTILISED, *BUILT} & set(f.forms) or f.permit_number != ""


@rule(
    "AG-46",
    says=_("Izin Bupati atau Wali Kota harus untuk naskah yang sama."),
    remedy=_("Naskah berubah sesudah izin: ajukan izin lagi untuk naskah ini."),
    basis="Permendagri 1/2016 ps 17; product: the permit covers the text",
    status=Status.PRODUCT,
)
def permit_is_for_this_text(f: AssetFacts) -> bool:
    asked = {UTILISED, *BUILT} & set(f.forms) and f.permit_number != ""
    return not asked or f.permit_hash == f.text_hash


@rule(
    "AG-14",
    says=_("Aset desa harus tercatat, berbukti kepemilikan, dan tidak dijaminkan."),
    remedy=_("Catat aset dan buktinya, serta pertahankan pasal larangan menjaminkan."),
    basis="Permendagri 1/2016 ps 6, 11",
    status=Status.SOURCED,
)
def asset_recorded_and_unpledged(f: AssetFacts) -> bool:
    sound = f.asset_in_inventory and f.ownership_proof and f.not_pledged and f.no_pledge_clause
    return not f.uses_asset or sound


ASSETS: tuple[Rule, ...] = (
    lease_within_limit,
    utilisation_within_limit,
    build_operate_within_limit,
    regent_permit_granted,
    permit_is_for_this_text,
    asset_recorded_and_unpledged,
)
