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
    """``notice`` days lie between the invitation and the session; ``notice_wanted`` is the norm for this kind of meeting."""

    invited_elements: frozenset[str]
    required_elements: frozenset[str]
    subjects: int
    notice: int = 0
    notice_wanted: int = 0


@dataclass(frozen=True)
class PlanningFacts:
    kind: str
    sudden_because: str


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
    "DB-44",
    says=_("Musyawarah mendadak harus menyebut alasannya."),
    remedy=_("Tulis mengapa musyawarah tidak dapat direncanakan lebih awal."),
    basis="product; terencana dan mendadak menurut Permendesa 2/2015",
    status=Status.PRODUCT,
)
def sudden_meeting_says_why(f: PlanningFacts) -> bool:
    return f.kind != "sudden" or f.sudden_because != ""


@rule(
    "DB-02",
    says=_(
        "Undangan harus sampai {musyawarah_invitation_days} hari sebelum sidang, "
        "atau {sudden_musyawarah_invitation_days} hari bila mendadak."
    ),
    remedy=_("Majukan tanggal undangan, atau tulis mengapa undangan terlambat."),
    basis="Permendesa 16/2019; jumlah harinya menunggu naskah",
    status=Status.UNVERIFIED,
)
def invited_in_time(f: InvitingFacts) -> bool:
    return f.notice >= f.notice_wanted


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


PLANNING: tuple[Rule, ...] = (sudden_meeting_says_why,)
INVITING: tuple[Rule, ...] = (convened_by_bpd, invited_in_time, community_elements_invited, something_to_decide)
