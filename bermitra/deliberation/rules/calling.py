"""Who calls a Musyawarah, and whom the invitation must reach."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class Convening:
    """``convened_by`` is the role in which the door was opened."""

    convened_by: str


@dataclass(frozen=True)
class InvitingFacts(Convening):
    invited_elements: frozenset[str]
    required_elements: frozenset[str]
    subjects: int


@rule(
    "DB-01",
    says=_("Musyawarah Desa harus diselenggarakan dan dipimpin BPD."),
    remedy=_("Ketua BPD atau wakilnya membuat undangan dan memimpin sidang."),
    basis="UU 6/2014 ps 54; Permendesa 16/2019; Permendagri 96/2017 ps 14–15",
    status=Status.SOURCED,
)
def convened_by_bpd(f: Convening) -> bool:
    return f.convened_by in ("bpd_chair", "bpd_deputy")


@rule(
    "DB-03",
    says=_(
        "Undangan harus menjangkau sedikitnya lima unsur, termasuk perempuan, warga miskin, dusun, dan warga terdampak."
    ),
    remedy=_("Tambahkan wakil unsur yang belum diundang."),
    basis="Permendesa 2/2015 dan 16/2019, unsur masyarakat",
    status=Status.SOURCED,
)
def community_elements_invited(f: InvitingFacts) -> bool:
    return f.required_elements <= f.invited_elements and len(f.invited_elements) >= 5


@rule(
    "DB-27",
    says=_("Undangan harus menyebut sedikitnya satu pokok yang akan diputuskan."),
    remedy=_("Masukkan pokok ke acara musyawarah sebelum undangan dikirim."),
    basis="product",
    status=Status.PRODUCT,
)
def something_to_decide(f: InvitingFacts) -> bool:
    return f.subjects >= 1


INVITING: tuple[Rule, ...] = (convened_by_bpd, community_elements_invited, something_to_decide)
