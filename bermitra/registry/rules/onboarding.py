"""Many villages at once: offices, loads, who confirms."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.accounts import roles
from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

# Offices that a table of officers may give: the village's government, its clerk, and its council.
VILLAGE_OFFICES = (
    roles.VILLAGE_HEAD.key,
    roles.VILLAGE_SECRETARY.key,
    roles.VILLAGE_TREASURER.key,
    roles.VILLAGE_OFFICIAL.key,
    roles.VILLAGE_OPERATOR.key,
    roles.BPD_CHAIR.key,
    roles.BPD_MEMBER.key,
)
# Those of them that one person holds at a time.
SINGLE = frozenset(
    {roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key, roles.VILLAGE_TREASURER.key, roles.BPD_CHAIR.key}
)
# The life of a load. A camat proposes with it, the regency decides; the regency's own officer has the decrees before him.
ONBOARDING_FLOW = Flow(
    "onboarding_load",
    (
        Move("start", "waiting", "registry.onboard_villages"),
        Move("start", "confirmed", "registry.onboard_villages"),
        Move("waiting", "confirmed", "registry.confirm_load"),
        Move("waiting", "declined", "registry.decline_load"),
    ),
)
ONBOARDING_LABELS = {
    "waiting": _("Menunggu pemeriksaan dinas"),
    "confirmed": _("Berlaku"),
    "declined": _("Ditolak dinas dengan alasan"),
}


@dataclass(frozen=True)
class OnboardingFacts:
    """A table of officers: how many villages lie outside the officer's own area, how many are none (kelurahan), how many
    rows give an office that no table gives."""

    outside: int
    no_villages: int
    other_offices: int


@rule(
    "RG-34",
    says=_("Yang didaftarkan hanya petugas desa di wilayah kerja Anda; kelurahan tidak termasuk."),
    remedy=_("Hapus baris kelurahan dan desa dari wilayah lain."),
    basis="UU 6/2014 ps 1, 91; product",
    status=Status.PRODUCT,
)
def onboarding_of_own_villages(f: OnboardingFacts) -> bool:
    return f.outside == 0 and f.no_villages == 0


@rule(
    "RG-35",
    says=_("Tabel petugas hanya memberi jabatan pemerintah desa, operator desa, dan BPD."),
    remedy=_("Hapus baris jabatan lain; jabatan itu diberikan dari halaman orangnya."),
    basis="product: a table gives no office over a village",
    status=Status.PRODUCT,
)
def only_offices_of_a_village(f: OnboardingFacts) -> bool:
    return f.other_offices == 0


@dataclass(frozen=True)
class TakenFacts:
    """``taken``: terms of an office of one holder that meet another's: held, proposed by another table, or in this one."""

    taken: int


@rule(
    "RG-36",
    says=_("Kepala Desa, Sekretaris, Kaur Keuangan, dan Ketua BPD masing-masing dijabat satu orang."),
    remedy=_("Akhiri jabatan lamanya dahulu, atau hapus barisnya dari tabel."),
    basis="UU 6/2014 ps 26, 48, 58; product",
    status=Status.PRODUCT,
)
def one_holder_of_an_office(f: TakenFacts) -> bool:
    return f.taken == 0


@dataclass(frozen=True)
class LoadFacts:
    """By their codes: who loaded the table, and who decides on it now."""

    loader: str
    decider: str


@rule(
    "RG-37",
    says=_("Tabel dari camat disahkan petugas dinas, bukan oleh yang memuatnya."),
    remedy=_("Minta petugas dinas lain memeriksa surat keputusannya."),
    basis="product: separation of duties",
    status=Status.PRODUCT,
)
def load_confirmed_by_another(f: LoadFacts) -> bool:
    return f.loader != f.decider


@dataclass(frozen=True)
class DecliningFacts:
    reason: str


@rule(
    "RG-38",
    says=_("Tabel petugas dari camat ditolak dengan alasan."),
    remedy=_("Tulis baris mana yang salah dan apa yang harus diperbaiki."),
    basis="product: whoever is turned down reads why",
    status=Status.PRODUCT,
)
def load_declined_with_reason(f: DecliningFacts) -> bool:
    return f.reason != ""


ONBOARDING: tuple[Rule, ...] = (onboarding_of_own_villages, only_offices_of_a_village)
ONE_HOLDER: tuple[Rule, ...] = (one_holder_of_an_office,)
CONFIRMING_LOAD: tuple[Rule, ...] = (load_confirmed_by_another,)
DECLINING_LOAD: tuple[Rule, ...] = (load_declined_with_reason,)
