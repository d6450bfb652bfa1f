"""What a BKAD must have, who says that dues came in, and when a village may join or leave. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

OFFICES = {
    "chair": _("Ketua"),
    "secretary": _("Sekretaris"),
    "treasurer": _("Bendahara"),
    "member": _("Anggota"),
}


# What the heads of the villages inside are asked when nobody holds an office any more; a member's seat goes with its village.
VACANT = {
    "chair": _("Isi jabatan ketua {body} yang kosong."),
    "secretary": _("Isi jabatan sekretaris {body} yang kosong."),
    "treasurer": _("Isi jabatan bendahara {body} yang kosong."),
}


@dataclass(frozen=True)
class Seated:
    """Somebody who is to sit in the body, as typed."""

    name: str
    sex: str
    village: str
    office: str


BODY_FLOW = Flow(
    "joint_body",
    [
        Move("start", "proposed", "agreements.form_joint_body"),
        Move("proposed", "proposed", "agreements.form_joint_body"),
        Move("proposed", "proposed", "agreements.accept_joint_body"),
        Move("proposed", "formed", "agreements.accept_joint_body"),
        Move("formed", "formed", "agreements.accept_joint_body"),  # the decree on a changed board
    ],
)
BODY_LABELS = {"proposed": _("Menunggu setiap Kepala Desa"), "formed": _("Terbentuk")}

MEMBER_FLOW = Flow(
    "joint_member",
    [
        Move("start", "asked", "agreements.ask_to_leave_joint"),
        Move("start", "asked", "agreements.invite_joint_member"),
        Move("asked", "asked", "agreements.state_joint_member"),
        Move("asked", "done", "agreements.settle_joint_member"),
        # A village that is there no longer is in no regulation any more; nobody decides on it.
        Move("start", "done", "agreements.record_village_change"),
        Move("asked", "done", "agreements.record_village_change"),
    ],
)
MEMBER_LABELS = {"asked": _("Menunggu Musyawarah Desa"), "done": _("Selesai")}
WHEN_ALL_AGREED = {False: _("Menunggu pernyataan Kepala Desa"), True: _("Menunggu penyelesaian")}  # stated already?


@dataclass(frozen=True)
class BodyFacts:
    """``outside``: who would sit in it for a village that is in it no more."""

    villages: int
    villages_represented: int
    women_percent: int
    women_wanted: int
    account_of_body: bool
    decree_number: str
    outside: int = 0


@rule(
    "AG-26",
    says=_("BKAD harus memiliki dasar, pengurus dari semua desa, perempuan, dan rekening lembaga."),
    remedy=_("Lengkapi pengurus, keterwakilan perempuan, dan rekening BKAD."),
    basis="UU 6/2014 ps 92(3); PP 43/2014 ps 144",
    status=Status.SOURCED,
)
def body_balanced_and_banked(f: BodyFacts) -> bool:
    whole = f.villages_represented == f.villages and not f.outside
    balanced = whole and f.women_percent >= f.women_wanted
    return balanced and f.account_of_body and f.decree_number != ""


@dataclass(frozen=True)
class AcceptedFacts:
    """``accepted``: whose head accepted exactly this decree, with these seats and this account."""

    villages: int
    accepted: int


@rule(
    "AG-73",
    says=_("BKAD terbentuk setelah Kepala Desa setiap desa menerima susunan dan keputusan yang sama."),
    remedy=_("Buka susunan BKAD, lalu nyatakan menerima di desa yang belum."),
    basis="UU 6/2014 ps 92(2)-(3); PP 43/2014 ps 144; product: diterima setiap Kepala Desa",
    status=Status.PRODUCT,
)
def body_accepted_by_every_village(f: AcceptedFacts) -> bool:
    return f.accepted == f.villages > 0


@dataclass(frozen=True)
class DecreeFacts:
    """``printed``: who is head of the village as the decree prints it; ``signs``: who is about to sign for it."""

    printed: str
    signs: str


@rule(
    "AG-92",
    says=_("Keputusan BKAD ditandatangani Kepala Desa yang namanya tercetak di dalamnya."),
    remedy=_("Kepala Desa pengusul mengirim susunan lagi, supaya nama Kepala Desa sekarang tercetak."),
    basis="product: who signs is who is named",
    status=Status.PRODUCT,
)
def decree_signed_by_whom_it_names(f: DecreeFacts) -> bool:
    return f.printed == f.signs


@dataclass(frozen=True)
class BoardFacts:
    """``unsigned``: how many heads have still to sign the decree of now."""

    unsigned: int


@rule(
    "AG-93",
    says=_("Pengurus BKAD diganti setelah setiap Kepala Desa menandatangani keputusan sebelumnya."),
    remedy=_("Minta Kepala Desa yang belum, agar menandatangani keputusan BKAD yang menunggu."),
    basis="product: one decree after the other",
    status=Status.PRODUCT,
)
def decree_before_is_signed(f: BoardFacts) -> bool:
    return f.unsigned == 0


# Dues ----------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ArrivedFacts:
    """``by_another``: whoever says so holds no office of the village that pays, and did not write the payment down."""

    by_another: bool


@rule(
    "AG-76",
    says=_("Setoran iuran dinyatakan masuk oleh desa pengurus BKAD, bukan oleh desa yang membayar."),
    remedy=_("Minta desa asal bendahara BKAD memeriksa rekeningnya."),
    basis="product: two pairs of eyes on money between villages",
    status=Status.PRODUCT,
)
def payment_seen_by_another_village(f: ArrivedFacts) -> bool:
    return f.by_another


# Joining and leaving -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class MemberFacts:
    """``agreed``: whether the village's own Musyawarah agreed, binding, to exactly this; ``arrears`` in whole rupiah;
    ``stated``: whether its head has signed the statement on it."""

    agreed: bool
    arrears: int
    stated: bool


@rule(
    "AG-64",
    says=_(
        "Desa bergabung atau keluar dengan keputusan Musyawarah Desanya, pernyataan Kepala Desanya, dan iuran lunas."
    ),
    remedy=_("Tunggu keputusan desa itu mengikat, pernyataan Kepala Desanya, dan iurannya lunas."),
    basis="PP 43/2014 ps 145-147; product: dues settled first",
    status=Status.SOURCED,
)
def member_changed_by_own_decision(f: MemberFacts) -> bool:
    return f.agreed and f.arrears == 0 and f.stated


@dataclass(frozen=True)
class OthersFacts:
    """``agreed``: in how many of the ``others``, the villages that are bound already, the Musyawarah agreed to exactly this."""

    joins: bool
    others: int
    agreed: int


@rule(
    "AG-74",
    says=_("Desa baru diterima bila Musyawarah Desa setiap desa peserta menyetujui naskah yang sama."),
    remedy=_("Tunggu keputusan mengikat di desa peserta yang belum memutuskan."),
    basis="UU 6/2014 ps 92(2); Permendagri 96/2017 ps 13; product: every village that is bound",
    status=Status.PRODUCT,
)
def every_village_takes_it_in(f: OthersFacts) -> bool:
    return not f.joins or f.agreed == f.others


@dataclass(frozen=True)
class NoticeFacts:
    """``earliest``: the first day on which a village may leave, by the months of notice in the signed text."""

    earliest: date | None
    today: date


@rule(
    "AG-75",
    says=_("Desa keluar setelah masa pemberitahuan yang ditulis dalam Peraturan Bersama lewat."),
    remedy=_("Tunggu hari pertama desa itu boleh keluar."),
    basis="PP 43/2014 ps 145-147; product: notice as the signed text says",
    status=Status.PRODUCT,
)
def left_after_notice(f: NoticeFacts) -> bool:
    return f.earliest is None or f.today >= f.earliest


FORMING: tuple[Rule, ...] = (body_balanced_and_banked,)
AGREED_BODY: tuple[Rule, ...] = (body_accepted_by_every_village,)
NAMED: tuple[Rule, ...] = (decree_signed_by_whom_it_names,)
CHANGING: tuple[Rule, ...] = (decree_before_is_signed,)
ARRIVED: tuple[Rule, ...] = (payment_seen_by_another_village,)
MEMBERSHIP: tuple[Rule, ...] = (member_changed_by_own_decision,)
TAKING_IN: tuple[Rule, ...] = (every_village_takes_it_in,)
NOTICE: tuple[Rule, ...] = (left_after_notice,)
