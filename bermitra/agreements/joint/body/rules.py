"""What a BKAD must have, and when a village may join or leave. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

OFFICES = {
    "chair": _("Ketua"),
    "secretary": _("Sekretaris"),
    "treasurer": _("Bendahara"),
    "member": _("Anggota"),
}

MEMBER_FLOW = Flow(
    "joint_member",
    [
        Move("start", "asked", "agreements.ask_to_leave_joint"),
        Move("start", "asked", "agreements.invite_joint_member"),
        Move("asked", "done", "agreements.settle_joint_member"),
    ],
)
MEMBER_LABELS = {"asked": _("Menunggu Musyawarah Desa"), "done": _("Selesai")}


@dataclass(frozen=True)
class BodyFacts:
    villages: int
    villages_represented: int
    women_percent: int
    women_wanted: int
    account_of_body: bool
    decree_number: str


@rule(
    "AG-26",
    says=_("BKAD harus memiliki dasar, pengurus dari semua desa, perempuan, dan rekening lembaga."),
    remedy=_("Lengkapi pengurus, keterwakilan perempuan, dan rekening BKAD."),
    basis="UU 6/2014 ps 92(3); PP 43/2014 ps 144",
    status=Status.SOURCED,
)
def body_balanced_and_banked(f: BodyFacts) -> bool:
    balanced = f.villages_represented == f.villages and f.women_percent >= f.women_wanted
    return balanced and f.account_of_body and f.decree_number != ""


@dataclass(frozen=True)
class MemberFacts:
    """``agreed``: whether the village's own Musyawarah agreed, binding, to exactly this; ``arrears`` in whole rupiah."""

    agreed: bool
    arrears: int
    joint_minutes: str


@rule(
    "AG-64",
    says=_(
        "Desa bergabung atau keluar setelah Musyawarah Desanya dan musyawarah antar-Desa setuju, dan iurannya lunas."
    ),
    remedy=_("Tunggu keputusan mengikat desa itu dan lunasi iurannya."),
    basis="PP 43/2014 ps 145-147; product: dues settled first",
    status=Status.SOURCED,
)
def member_changed_by_own_decision(f: MemberFacts) -> bool:
    return f.agreed and f.arrears == 0 and f.joint_minutes != ""


FORMING: tuple[Rule, ...] = (body_balanced_and_banked,)
MEMBERSHIP: tuple[Rule, ...] = (member_changed_by_own_decision,)
