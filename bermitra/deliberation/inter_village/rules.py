"""The law of cooperation between villages: the offer, the delegations, the Musyawarah antar-Desa.

Basis: UU 6/2014 ps 92, PP 43/2014 ps 143–144, Permendagri 96/2017 ps 2–3, 6, 13.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.deliberation.rules import minutes_numbered, session_day_has_come
from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

MOST_VILLAGES = 9  # besides the one that offers

# The contents that the law asks of an offer; the field of government, its eighth, is chosen from the four.
CONTENTS: dict[str, str] = {
    "scope": _("Ruang lingkup"),
    "procedure": _("Tata cara dan ketentuan pelaksanaan"),
    "term": _("Jangka waktu"),
    "rights_duties": _("Hak dan kewajiban"),
    "funding": _("Pendanaan dan iuran"),
    "changes": _("Perubahan, penundaan, dan pembatalan"),
    "disputes": _("Penyelesaian perselisihan"),
    "other": _("Lain-lain"),
}
ASKED_BY_LAW = tuple(name for name in CONTENTS if name != "other")

JOINT_OFFER = Flow(
    "joint_offer",
    [
        Move("start", "draft", "deliberation.draft_joint_offer"),
        Move("draft", "draft", "deliberation.word_joint_offer"),
        Move("draft", "sent", "deliberation.send_joint_offer"),
        Move("draft", "withdrawn", "deliberation.withdraw_joint_offer"),
        Move("sent", "withdrawn", "deliberation.withdraw_joint_offer"),
        *(
            Move("sent", after, door)  # as the minutes say that are signed with it; "sent": worded anew, asked anew
            for door in ("deliberation.sign_joint_minutes", "deliberation.confirm_joint_sheet")
            for after in ("sent", "agreed", "refused")
        ),
    ],
)

JOINT_MEETING = Flow(
    "joint_meeting",
    [
        Move("start", "invited", "deliberation.call_joint_meeting"),
        *(
            Move(before, "cancelled", "deliberation.cancel_joint_meeting")
            for before in ("invited", "in_session", "minutes", "signing")
        ),
        Move("invited", "in_session", "deliberation.record_joint_attendance"),
        Move("in_session", "in_session", "deliberation.record_joint_attendance"),
        Move("in_session", "in_session", "deliberation.answer_joint_topic"),
        Move("in_session", "in_session", "deliberation.word_joint_text"),
        Move("in_session", "in_session", "deliberation.say_for_village"),
        Move("in_session", "minutes", "deliberation.decide_jointly"),
        Move("minutes", "in_session", "deliberation.return_joint_minutes"),
        Move("minutes", "signing", "deliberation.finalise_joint_minutes"),
        Move("signing", "minutes", "deliberation.return_joint_minutes"),
        Move("signing", "signing", "deliberation.sign_joint_minutes"),
        Move("signing", "signed", "deliberation.sign_joint_minutes"),
        Move("signing", "signing", "deliberation.record_joint_sheet"),
        Move("signing", "signing", "deliberation.confirm_joint_sheet"),
        Move("signing", "signed", "deliberation.confirm_joint_sheet"),
    ],
)

# What a Musyawarah antar-Desa discusses (UU 6/2014 ps 92(4)).
JOINT_TOPICS: dict[int, str] = {
    1: _("Pembentukan dan susunan badan kerja sama antar-Desa"),
    2: _("Program pemerintah yang dijalankan bersama"),
    3: _("Perencanaan, pelaksanaan, dan pemantauan pembangunan bersama"),
    4: _("Pembagian anggaran dan iuran desa"),
    5: _("Masukan bagi program pemerintah daerah"),
    6: _("Kegiatan bersama lainnya"),
}

MEETING_LABELS: dict[str, Label] = {
    "invited": Label(_("Delegasi diundang"), _("Delegasi diundang"), _("Menunggu hari musyawarah."), "mad"),
    "in_session": Label(
        _("Sedang berlangsung"), _("Musyawarah berlangsung"), _("Menunggu delegasi memutuskan."), "mad"
    ),
    "minutes": Label(
        _("Berita acara disusun"), _("Berita acara disusun"), _("Menunggu berita acara diselesaikan."), "mad"
    ),
    "signing": Label(
        _("Berita acara ditandatangani"),
        _("Ditandatangani para Kepala Desa"),
        _("Menunggu tanda tangan setiap Kepala Desa."),
        "mad",
    ),
    "signed": Label(_("Disepakati tertulis"), _("Berita acara lengkap"), _("Tidak ada yang ditunggu."), "mad"),
    "cancelled": Label(_("Dibatalkan"), _("Dibatalkan"), _("Tidak ada yang ditunggu."), "mad_batal"),
}

OFFER_LABELS: dict[str, Label] = {
    "draft": Label(
        _("Disusun"),
        _("Penawaran disusun"),
        _("Menunggu Kepala Desa mengirim penawaran."),
        "inventarisasi_desa_pengusul",
    ),
    "sent": Label(
        _("Penawaran terkirim"),
        _("Dibahas setiap desa"),
        _("Menunggu keputusan dan jawaban tertulis setiap desa. Diam bukan persetujuan."),
        "surat_penawaran_terkirim",
    ),
    "agreed": Label(
        _("Disepakati"),
        _("Disepakati antar-Desa"),
        _("Menunggu rancangan Peraturan Bersama."),
        "rancangan_peraturan_bersama",
    ),
    "refused": Label(_("Tidak disepakati"), _("Tidak disepakati"), _("Tidak ada yang ditunggu."), "tidak_disepakati"),
    "withdrawn": Label(_("Ditarik"), _("Penawaran ditarik"), _("Tidak ada yang ditunggu."), "penawaran_ditarik"),
}


# The offer -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OfferFacts:
    """``others`` are the villages that are asked, besides ``village`` which offers; both as codes of areas."""

    village: str
    others: frozenset[str]
    kelurahan: int
    contents_filled: int
    sent_on: date
    answer_by: date
    answer_days: int


@rule(
    "DB-41",
    says=_("Kerja sama lintas kabupaten dirujuk ke kerja sama daerah dan tidak ditandatangani di sini."),
    remedy=_("Gunakan surat rujukan kepada Bupati atau Wali Kota."),
    basis="Permendagri 96/2017 ps 2-3; PP 28/2018; Permendagri 22/2020",
    status=Status.SOURCED,
)
def offered_inside_one_regency(f: OfferFacts) -> bool:
    return {each[:5] for each in f.others} <= {f.village[:5]}


@rule(
    "DB-42",
    says=_("Penawaran antar-Desa ditujukan kepada satu sampai sembilan desa lain, bukan kelurahan."),
    remedy=_("Perbaiki daftar desa yang ditawari."),
    basis="UU 6/2014 ps 91–92; product: batas sembilan desa",
    status=Status.SOURCED,
)
def offered_to_other_villages(f: OfferFacts) -> bool:
    return 1 <= len(f.others) <= MOST_VILLAGES and f.village not in f.others and f.kelurahan == 0


@rule(
    "DB-43",
    says=_(
        "Penawaran antar-Desa harus memuat delapan isi dan memberi waktu menjawab {village_answer_reminder_days} hari."
    ),
    remedy=_("Lengkapi isi penawaran atau mundurkan batas jawaban."),
    basis="Permendagri 96/2017 ps 6, 13; product: lama menjawab",
    status=Status.SOURCED,
)
def offer_whole(f: OfferFacts) -> bool:
    return f.contents_filled >= len(ASKED_BY_LAW) and (f.answer_by - f.sent_on).days >= f.answer_days


SENDING: tuple[Rule, ...] = (offered_inside_one_regency, offered_to_other_villages, offer_whole)
TIME_TO_ANSWER: tuple[Rule, ...] = (offer_whole,)  # of a village that is asked once more


# The delegation of a village -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DelegationFacts:
    named: int
    wanted: int
    women: int
    women_percent: int
    elements: frozenset[str]


@rule(
    "DB-36",
    says=_("Jumlah delegasi setiap desa harus sama dengan yang tertulis dalam penawaran."),
    remedy=_("Tambah atau kurangi nama sampai jumlahnya sama."),
    basis="UU 6/2014 ps 92; product: jumlah sama",
    status=Status.PRODUCT,
)
def delegation_as_offered(f: DelegationFacts) -> bool:
    return f.named == f.wanted


@rule(
    "DB-37",
    says=_("Sedikitnya {bkad_women_min_percent} persen delegasi desa harus perempuan."),
    remedy=_("Ganti sebagian nama dengan wakil perempuan."),
    basis="PP 43/2014 ps 144 (keadilan gender); product: angkanya",
    status=Status.PRODUCT,
)
def delegation_with_women(f: DelegationFacts) -> bool:
    return f.women * 100 >= f.women_percent * f.named


@rule(
    "DB-38",
    says=_("Delegasi desa harus memuat wakil Pemerintah Desa, BPD, dan unsur masyarakat."),
    remedy=_("Tambahkan wakil dari unsur yang belum ada."),
    basis="PP 43/2014 ps 144 (susunan anggota BKAD); product: untuk delegasi",
    status=Status.PRODUCT,
)
def delegation_of_all_sides(f: DelegationFacts) -> bool:
    sides = {"village_government", "bpd"}
    return f.elements >= sides and bool(f.elements - sides)


DELEGATION: tuple[Rule, ...] = (delegation_as_offered, delegation_with_women, delegation_of_all_sides)


# The Musyawarah antar-Desa -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CallingFacts:
    """``taking_part``: villages whose own Musyawarah agreed, binding, and named delegates, ``offering`` whether that which
    offers is among them, ``in_writing`` how many of the others said so in writing; ``awaited``: without an answer."""

    taking_part: int
    offering: bool
    in_writing: int
    awaited: int
    today: date
    answer_by: date
    held_on: date


@rule(
    "DB-51",
    says=_("Hanya desa yang setuju dalam Musyawarah Desanya ikut: sedikitnya dua, termasuk yang menawarkan."),
    remedy=_("Tunggu keputusan mengikat dan delegasi desa yang menawarkan dan satu desa lain."),
    basis="UU 6/2014 ps 92; Permendagri 96/2017 ps 13",
    status=Status.SOURCED,
)
def two_villages_take_part(f: CallingFacts) -> bool:
    return f.taking_part >= 2 and f.offering


@rule(
    "DB-52",
    says=_("Desa yang belum menjawab tertulis harus ditunggu sampai batas jawaban."),
    remedy=_("Tunggu jawabannya, atau undang setelah batas jawaban lewat."),
    basis="product",
    status=Status.PRODUCT,
)
def answers_awaited(f: CallingFacts) -> bool:
    return f.awaited == 0 or f.today > f.answer_by


@rule(
    "DB-53",
    says=_("Undangan harus dikirim sebelum hari Musyawarah antar-Desa."),
    remedy=_("Pilih hari sesudah hari ini."),
    basis="product",
    status=Status.PRODUCT,
)
def called_beforehand(f: CallingFacts) -> bool:
    return f.today < f.held_on


@rule(
    "DB-74",
    says=_("Hanya desa yang menjawab setuju secara tertulis boleh ikut; diam bukan persetujuan."),
    remedy=_("Tunggu jawaban tertulis Kepala Desa yang Musyawarah Desanya setuju."),
    basis="Permendagri 96/2017 ps 13",
    status=Status.SOURCED,
)
def agreed_in_writing(f: CallingFacts) -> bool:
    return f.in_writing >= 1


CALLING: tuple[Rule, ...] = (two_villages_take_part, answers_awaited, agreed_in_writing)
INVITING_DELEGATES: tuple[Rule, ...] = (*CALLING, called_beforehand)
MEETING_DAY: tuple[Rule, ...] = (session_day_has_come,)


@dataclass(frozen=True)
class JointFacts:
    """``voices_for`` and ``voices_against``: of whole villages; ``agreed`` is what is to be recorded, None not known yet.

    A village whose own decision or written yes does not stand any more takes no part; ``offering``: whether that which
    offers does.
    """

    villages_taking_part: int
    offering: bool
    villages_with_full_delegation: int
    topics_answered: int
    voices_for: int
    voices_against: int
    dues_said: int
    agreed: bool | None


@rule(
    "DB-25",
    says=_("Delegasi setiap desa harus hadir sesuai berita acara desanya."),
    remedy=_("Hadirkan delegasi yang kurang, atau ubah delegasi lewat musyawarah desanya."),
    basis="UU 6/2014 ps 92(2)-(4); Permendesa 2/2015",
    status=Status.SOURCED,
)
def delegates_complete(f: JointFacts) -> bool:
    return f.villages_with_full_delegation == f.villages_taking_part


@rule(
    "DB-54",
    says=_("Enam pokok Musyawarah antar-Desa harus dibahas dan dijawab, dan iuran setiap desa disebut."),
    remedy=_("Isi hasil pembahasan dan iuran yang masih kosong."),
    basis="UU 6/2014 ps 92(4)",
    status=Status.SOURCED,
)
def joint_topics_answered(f: JointFacts) -> bool:
    return f.topics_answered == len(JOINT_TOPICS) and f.dues_said == f.villages_taking_part


@rule(
    "DB-55",
    says=_("Kesepakatan antar-Desa hanya ada bila delegasi setiap desa setuju, satu suara setiap desa."),
    remedy=_("Catat suara setiap desa; lanjutkan musyawarah bila belum sepakat."),
    basis="UU 6/2014 ps 92(2)",
    status=Status.SOURCED,
)
def every_village_agrees(f: JointFacts) -> bool:
    spoken = f.voices_for + f.voices_against == f.villages_taking_part
    return spoken and (f.agreed is None or f.agreed == (f.voices_against == 0))


@rule(
    "DB-59",
    says=_("Sedikitnya dua desa, termasuk yang menawarkan, masih terikat keputusan Musyawarah Desanya."),
    remedy=_("Batalkan musyawarah ini, atau tunggu keputusan baru Musyawarah Desa yang gugur."),
    basis="UU 6/2014 ps 92",
    status=Status.SOURCED,
)
def two_villages_still_take_part(f: JointFacts) -> bool:
    return f.villages_taking_part >= 2 and f.offering


DECIDING_JOINTLY: tuple[Rule, ...] = (
    delegates_complete,
    joint_topics_answered,
    every_village_agrees,
    two_villages_still_take_part,
)


@dataclass(frozen=True)
class JointMinutesFacts:
    numbered: bool
    heads_missing: int  # villages of the minutes for which no head is known on the day of the minutes
    held_on: date
    dated: date | None
    today: date


@rule(
    "DB-61",
    says=_("Setiap desa yang ikut harus mempunyai Kepala Desa pada tanggal berita acara."),
    remedy=_("Mintalah desa itu mencatat Kepala Desa atau penjabatnya."),
    basis="product",
    status=Status.PRODUCT,
)
def every_village_has_a_head(f: JointMinutesFacts) -> bool:
    return f.heads_missing == 0


@rule(
    "DB-62",
    says=_("Tanggal berita acara antar-Desa tidak mendahului musyawarahnya dan tidak melewati hari ini."),
    remedy=_("Isi tanggal antara hari musyawarah dan hari ini."),
    basis="product",
    status=Status.PRODUCT,
)
def joint_minutes_dated_truly(f: JointMinutesFacts) -> bool:
    return f.dated is None or f.held_on <= f.dated <= f.today


FINALISING_JOINTLY: tuple[Rule, ...] = (minutes_numbered, every_village_has_a_head, joint_minutes_dated_truly)


@dataclass(frozen=True)
class SignedFacts:
    """``bound``: how many of the villages that sign are still bound by the decision of their own Musyawarah."""

    signing: int
    bound: int


@rule(
    "DB-60",
    says=_("Keputusan Musyawarah Desa setiap desa yang menandatangani harus masih mengikat."),
    remedy=_("Kembalikan berita acara, lalu putuskan lagi dengan desa yang masih ikut."),
    basis="UU 6/2014 ps 92",
    status=Status.SOURCED,
)
def signed_by_villages_still_bound(f: SignedFacts) -> bool:
    return f.bound == f.signing


SIGNED_JOINTLY: tuple[Rule, ...] = (signed_by_villages_still_bound,)


@dataclass(frozen=True)
class JointSheetFacts:
    """``by_another``: whoever confirms the sheet for his village is not the one who laid it down."""

    by_another: bool


@rule(
    "DB-56",
    says=_("Setiap desa mencocokkan sendiri tanda tangannya pada lembar."),
    remedy=_("Mintalah pengurus lain dari desa itu mencocokkan lembar."),
    basis="product",
    status=Status.PRODUCT,
)
def sheet_confirmed_by_its_village(f: JointSheetFacts) -> bool:
    return f.by_another


CONFIRMING: tuple[Rule, ...] = (sheet_confirmed_by_its_village,)
