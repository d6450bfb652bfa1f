"""The law of the Musyawarah: its life, its quorum, its counts, its signatures; and the consent of those affected.

Basis: UU 6/2014 ps 54, Permendesa 16/2019 (2/2015), and regional perda that give the numbers; every number is a norm.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

# Lives ---------------------------------------------------------------------------------------------------------------


MUSYAWARAH = Flow(
    "musyawarah",
    [
        Move("start", "planned", "deliberation.plan"),
        Move("planned", "invited", "deliberation.invite"),
        Move("planned", "cancelled", "deliberation.cancel"),
        Move("invited", "cancelled", "deliberation.cancel"),
        Move("adjourned", "cancelled", "deliberation.cancel"),
        Move("invited", "in_session", "deliberation.open_session"),
        Move("waiting_quorum", "in_session", "deliberation.open_session"),
        Move("invited", "waiting_quorum", "deliberation.postpone"),
        Move("waiting_quorum", "adjourned", "deliberation.adjourn"),
        Move("adjourned", "in_session", "deliberation.open_second_session"),
        Move("in_session", "in_session", "deliberation.record_decision"),
        Move("in_session", "minutes_draft", "deliberation.record_decision"),
        Move("minutes_draft", "countersigning", "deliberation.finalise_minutes"),
        Move("countersigning", "minutes_draft", "deliberation.return_minutes"),
        Move("countersigning", "countersigning", "deliberation.countersign"),
        Move("countersigning", "objection_window", "deliberation.countersign"),
        Move("countersigning", "countersigning", "deliberation.record_signed_sheet"),
        Move("countersigning", "objection_window", "deliberation.record_signed_sheet"),
        Move("objection_window", "objection_window", "deliberation.object"),
        Move("objection_window", "objection_window", "deliberation.answer_objection"),
        Move("objection_window", "minutes_draft", "deliberation.return_minutes"),
        Move("objection_window", "binding", "deliberation.make_binding"),
        Move("objection_window", "annulled", "deliberation.annul"),
        Move("binding", "annulled", "deliberation.annul"),
    ],
)

LABELS: dict[str, Label] = {
    "planned": Label(
        _("Direncanakan"), _("Rencana musyawarah"), _("Menunggu Ketua BPD mengirim undangan."), "musdes_direncanakan"
    ),
    "invited": Label(_("Undangan terkirim"), _("Undangan terkirim"), _("Menunggu hari musyawarah."), "musdes_diundang"),
    "waiting_quorum": Label(
        _("Menunggu kuorum"), _("Ditunda menunggu kuorum"), _("Menunggu peserta lain hadir."), "musdes_ditunda"
    ),
    "adjourned": Label(
        _("Dijadwalkan ulang"),
        _("Kuorum gagal, sidang kedua"),
        _("Menunggu Ketua BPD membuka sidang kedua."),
        "musdes_sidang_kedua",
    ),
    "in_session": Label(
        _("Sedang berlangsung"), _("Sidang berlangsung"), _("Menunggu peserta memutuskan."), "musdes_berlangsung"
    ),
    "minutes_draft": Label(
        _("Berita acara disusun"), _("Draf berita acara"), _("Menunggu notulen melengkapi berita acara."), "ba_disusun"
    ),
    "countersigning": Label(
        _("Berita acara ditandatangani"),
        _("Penandatanganan berita acara"),
        _("Menunggu tanda tangan pada berita acara."),
        "ba_ditandatangani",
    ),
    "objection_window": Label(
        _("Masa keberatan"), _("Masa keberatan warga"), _("Menunggu masa keberatan warga berakhir."), "masa_keberatan"
    ),
    "binding": Label(
        _("Keputusan mengikat"), _("Keputusan mengikat"), _("Tidak ada yang ditunggu."), "keputusan_mengikat"
    ),
    "cancelled": Label(_("Dibatalkan"), _("Dibatalkan"), _("Tidak ada yang ditunggu."), "musdes_batal"),
    "annulled": Label(
        _("Dinyatakan tidak sah"), _("Dinyatakan tidak sah"), _("Tidak ada yang ditunggu."), "keputusan_tidak_sah"
    ),
}

CONSENT_STEPS = (
    "preconditions",
    "social_preparation",
    "tenure_study",
    "consultation",
    "negotiation",
    "formalisation",
)
CONSENT = Flow(
    "consent",
    [
        Move("start", "preconditions", "deliberation.begin_consent"),
        Move("refused", "preconditions", "deliberation.begin_consent"),
        *(Move(here, after, "deliberation.record_consent_step") for here, after in pairwise(CONSENT_STEPS)),
        Move("formalisation", "given", "deliberation.give_consent"),
        *(Move(state, "refused", "deliberation.refuse_consent") for state in (*CONSENT_STEPS, "given")),
    ],
)

CONSENT_LABELS: dict[str, Label] = {
    "preconditions": Label(
        _("Prakondisi"), _("Tahap prakondisi"), _("Menunggu desa dan mitra menyiapkan prakondisi."), "padiatapa"
    ),
    "social_preparation": Label(
        _("Persiapan sosial"), _("Tahap persiapan sosial"), _("Menunggu pendamping menyiapkan warga."), "padiatapa"
    ),
    "tenure_study": Label(
        _("Kajian lahan dan peta"),
        _("Kajian lahan dan peta bersama"),
        _("Menunggu peta bersama disetujui warga."),
        "padiatapa",
    ),
    "consultation": Label(
        _("Konsultasi warga"), _("Penjelasan dan konsultasi"), _("Menunggu warga mempelajari informasi."), "padiatapa"
    ),
    "negotiation": Label(
        _("Perundingan"), _("Perundingan dan kesepakatan"), _("Menunggu warga terdampak berunding."), "padiatapa"
    ),
    "formalisation": Label(
        _("Pengesahan kesepakatan"),
        _("Pengesahan dan pemantauan"),
        _("Menunggu warga terdampak mengesahkan kesepakatan."),
        "padiatapa",
    ),
    "given": Label(
        _("Persetujuan diberikan"),
        _("Persetujuan diberikan, dipantau"),
        _("Tidak ada yang ditunggu."),
        "padiatapa_setuju",
    ),
    "refused": Label(_("Warga menolak"), _("Persetujuan ditolak"), _("Tidak ada yang ditunggu."), "padiatapa_menolak"),
}

TOPICS: dict[int, str] = {
    1: _("Ruang lingkup dan bidang"),
    2: _("Tata cara dan ketentuan pelaksanaan"),
    3: _("Delegasi desa dalam badan kerja sama"),
    4: _("Jangka waktu"),
    5: _("Hak dan kewajiban"),
    6: _("Pembiayaan"),
    7: _("Perubahan, penundaan, dan pembatalan"),
    8: _("Penyelesaian perselisihan"),
    9: _("Lain-lain"),
}

# Calling the meeting -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class InvitingFacts:
    """``convened_by`` is the role in which the door was opened."""

    convened_by: str
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
def convened_by_bpd(f: InvitingFacts | OpeningFacts | SecondSessionFacts) -> bool:
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

# Opening the session -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpeningFacts:
    """``waited_hours``: since the session was put off; nothing where it was not."""

    convened_by: str
    signed_in: int
    invited: int
    session: int
    quorum: Fraction
    today: date
    session_on: date
    waited_hours: Fraction = Fraction(0)
    wait_hours: int = 0


@rule(
    "DB-04",
    says=_("Kuorum harus tercapai: {musyawarah_quorum} undangan hadir, atau sidang kedua yang sah."),
    remedy=_("Tunda sebentar pada hari yang sama, lalu jadwalkan sidang kedua."),
    basis="Perda kabupaten menurut Permendesa 16/2019 (Trenggalek ps 107–108)",
    status=Status.SOURCED,
)
def quorum_met(f: OpeningFacts | DecidingFacts) -> bool:
    return f.session == 2 or (f.invited > 0 and f.signed_in >= f.quorum * f.invited)


@rule(
    "DB-05",
    says=_("Sidang hanya boleh ditunda {musyawarah_wait_hours} jam pada hari yang sama."),
    remedy=_("Buka sidang sebelum batas tunda, atau jadwalkan sidang kedua."),
    basis="Perda kabupaten (Trenggalek ps 108)",
    status=Status.SOURCED,
)
def wait_not_too_long(f: OpeningFacts) -> bool:
    return f.waited_hours <= f.wait_hours


@rule(
    "DB-33",
    says=_("Sidang hanya dapat dibuka, ditunda, atau dijadwalkan ulang setelah harinya tiba."),
    remedy=_("Tunggu hari sidang, atau batalkan dan rencanakan musyawarah baru."),
    basis="product",
    status=Status.PRODUCT,
)
def session_day_has_come(f: OpeningFacts | FailingFacts | SecondSessionFacts) -> bool:
    return f.session_on <= f.today


OPENING: tuple[Rule, ...] = (convened_by_bpd, session_day_has_come, quorum_met, wait_not_too_long)


@dataclass(frozen=True)
class FailingFacts:
    """What is asked before a session is put off, or given up for a second one."""

    signed_in: int
    invited: int
    quorum: Fraction
    today: date
    session_on: date


@rule(
    "DB-32",
    says=_("Sidang hanya ditunda atau dijadwalkan ulang bila kuorumnya belum tercapai."),
    remedy=_("Kuorum sudah tercapai: buka sidang pertama sekarang."),
    basis="Perda kabupaten menurut Permendesa 16/2019 (Trenggalek ps 107–108)",
    status=Status.SOURCED,
)
def quorum_really_failed(f: FailingFacts) -> bool:
    return f.invited == 0 or f.signed_in < f.quorum * f.invited


POSTPONING: tuple[Rule, ...] = (session_day_has_come, quorum_really_failed)


@dataclass(frozen=True)
class SecondSessionFacts:
    """``session_on`` and ``second_on`` are one day when the session is opened; when it is set, the first one's day is past."""

    convened_by: str
    first_on: date
    second_on: date
    first_attempt_recorded: bool
    days: int
    today: date
    session_on: date


@rule(
    "DB-06",
    says=_("Sidang kedua harus pada hari lain, dalam {musyawarah_second_session_days} hari setelah kuorum gagal."),
    remedy=_("Pilih hari sesudah sidang pertama; bila batasnya lewat, undang ulang dari awal."),
    basis="Perda kabupaten (Trenggalek ps 108)",
    status=Status.SOURCED,
)
def second_session_in_time(f: SecondSessionFacts) -> bool:
    return f.first_attempt_recorded and 0 < (f.second_on - f.first_on).days <= f.days


SETTING_AGAIN: tuple[Rule, ...] = (second_session_in_time,)
OPENING_AGAIN: tuple[Rule, ...] = (convened_by_bpd, session_day_has_come, second_session_in_time)

# Deciding ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DecidingFacts:
    """``approving`` counts, in a consensus, those who agree with what was decided, be it a yes or a no."""

    signed_in: int
    invited: int
    session: int
    quorum: Fraction
    agreed: bool
    mode: str
    present: int
    approving: int
    in_favour: int
    against: int
    abstaining: int
    consensus_share: Fraction
    vote_majority: Fraction
    held_on: date
    recorded_on: date
    opened: bool


@rule(
    "DB-10",
    says=_("Keputusan harus mufakat, atau suara setuju lebih dari {vote_majority} suara yang diberikan."),
    remedy=_("Hitung ulang suara, atau lanjutkan musyawarah sampai mufakat."),
    basis="Permendesa 2/2015; setengah lebih satu menunggu naskah 16/2019",
    status=Status.UNVERIFIED,
)
def decision_counts_add_up(f: DecidingFacts) -> bool:
    if f.mode == "consensus":
        return 0 < f.approving <= f.present and f.approving >= f.consensus_share * f.present
    cast = f.in_favour + f.against + f.abstaining
    carried = f.in_favour > f.vote_majority * cast
    return f.mode == "vote" and 0 < cast <= f.present and carried == f.agreed


@rule(
    "DB-20",
    says=_("Keputusan tidak dapat dicatat sebelum musyawarah berlangsung."),
    remedy=_("Periksa tanggal sidang; catat setelah sidang selesai."),
    basis="product",
    status=Status.PRODUCT,
)
def meeting_not_in_future(f: DecidingFacts) -> bool:
    return f.held_on <= f.recorded_on and f.opened


DECIDING: tuple[Rule, ...] = (quorum_met, decision_counts_add_up, meeting_not_in_future)

# Minutes -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MinutesFacts:
    present_elements: frozenset[str]
    required_elements: frozenset[str]
    required_count: int
    absence_reason: str
    rows_complete: int
    rows_total: int
    meeting_kind: str
    topics_answered: int
    numbered: bool
    working_days_since_meeting: int
    working_days_allowed: int


@rule(
    "DB-07",
    says=_("Perempuan, warga miskin, wakil dusun, dan warga terdampak harus hadir, atau alasannya dicatat."),
    remedy=_("Catat kehadiran unsur itu, atau tulis alasan dan upaya mengundangnya."),
    basis="product; unsur menurut Permendesa 2/2015",
    status=Status.PRODUCT,
)
def required_elements_present(f: MinutesFacts) -> bool:
    return len(f.required_elements & f.present_elements) >= f.required_count or f.absence_reason != ""


@rule(
    "DB-08",
    says=_("Daftar hadir harus memuat nama, unsur, dusun, dan tanda hadir setiap peserta."),
    remedy=_("Lengkapi baris daftar hadir yang masih kosong."),
    basis="Permendesa 16/2019; praktik berita acara",
    status=Status.SOURCED,
)
def attendance_complete(f: MinutesFacts) -> bool:
    return f.rows_complete == f.rows_total and f.rows_total > 0


@rule(
    "DB-09",
    says=_("Sembilan pokok kerja sama harus dibahas dan dijawab dalam musyawarah."),
    remedy=_("Isi hasil pembahasan setiap pokok yang masih kosong."),
    basis="Permendesa 2/2015 ps 71–73, diteruskan Permendesa 16/2019",
    status=Status.SOURCED,
)
def nine_topics_answered(f: MinutesFacts) -> bool:
    return f.meeting_kind != "cooperation" or f.topics_answered == len(TOPICS)


@rule(
    "DB-26",
    says=_("Berita acara harus bernomor dan bertanggal."),
    remedy=_("Isi nomor dan tanggal pada draf berita acara."),
    basis="product",
    status=Status.PRODUCT,
)
def minutes_numbered(f: MinutesFacts) -> bool:
    return f.numbered


@rule(
    "DB-19",
    says=_("Berita acara sebaiknya selesai dalam {minutes_working_days} hari kerja."),
    remedy=_("Selesaikan berita acara; keterlambatan dicatat pada halaman musyawarah."),
    basis="Praktik kabupaten (Kebumen)",
    status=Status.SOURCED,
    severity=Severity.WARN,
)
def minutes_in_time(f: MinutesFacts) -> bool:
    return f.working_days_since_meeting <= f.working_days_allowed


FINALISING: tuple[Rule, ...] = (
    required_elements_present,
    attendance_complete,
    nine_topics_answered,
    minutes_numbered,
    minutes_in_time,
)


@dataclass(frozen=True)
class SignerFacts:
    """``present`` matters for the residents' representative only."""

    capacity: str
    present: bool


@rule(
    "DB-28",
    says=_("Wakil masyarakat yang menandatangani harus tercatat hadir dalam musyawarah."),
    remedy=_("Pilih penanda tangan dari daftar hadir."),
    basis="product",
    status=Status.PRODUCT,
)
def resident_signer_was_there(f: SignerFacts) -> bool:
    return f.capacity != "resident" or f.present


@dataclass(frozen=True)
class SeenFacts:
    """``seen`` is the hash that the page showed with its words, ``now`` that of what stands there when the act is done."""

    seen: str
    now: str


@rule(
    "DB-31",
    says=_("Berita acara dan tanda tangannya harus sama dengan yang Anda baca."),
    remedy=_("Isinya sudah berubah: baca yang terbaru, lalu kirim lagi."),
    basis="product",
    status=Status.PRODUCT,
)
def same_as_was_read(f: SeenFacts) -> bool:
    return f.now != "" and f.seen == f.now


COUNTERSIGNING: tuple[Rule, ...] = (resident_signer_was_there,)
AS_READ: tuple[Rule, ...] = (same_as_was_read,)

# Becoming binding ----------------------------------------------------------------------------------------------------

SIGNERS = frozenset({"chair", "minute_taker", "village_head", "resident"})


@dataclass(frozen=True)
class BindingFacts:
    signed_by: frozenset[str]
    objections: int
    answered: int
    working_days_since_publication: int
    window_days: int
    sheet_recorded_by: frozenset[str] = frozenset()  # who entered signatures that stand on the paper sheet
    binding_by: str = ""
    names_recorded: frozenset[tuple[str, str]] = frozenset()  # capacity and name of each signature taken from the sheet
    names_read: frozenset[tuple[str, str]] = frozenset()  # the same, as who binds reads them on the sheet


@rule(
    "DB-15",
    says=_("Berita acara harus ditandatangani pimpinan, notulen, Kepala Desa, dan wakil masyarakat."),
    remedy=_("Minta tanda tangan yang masih kurang pada berita acara."),
    basis="Permendesa 16/2019; praktik berita acara",
    status=Status.SOURCED,
)
def minutes_signed(f: BindingFacts) -> bool:
    return f.signed_by >= SIGNERS


@rule(
    "DB-17",
    says=_("Setiap keberatan warga harus dijawab sebelum keputusan mengikat."),
    remedy=_("Tulis jawaban untuk setiap keberatan yang belum dijawab."),
    basis="product",
    status=Status.PRODUCT,
)
def objections_answered(f: BindingFacts) -> bool:
    return f.objections == f.answered


@rule(
    "DB-18",
    says=_("Keputusan baru mengikat setelah {minutes_objection_working_days} hari kerja masa keberatan warga."),
    remedy=_("Tunggu masa keberatan selesai; tanggalnya tertera di halaman musyawarah."),
    basis="product",
    status=Status.PRODUCT,
)
def objection_window_over(f: BindingFacts) -> bool:
    return f.working_days_since_publication >= f.window_days


@rule(
    "DB-29",
    says=_("Yang mengesahkan keputusan bukan orang yang mencatat tanda tangan dari lembar."),
    remedy=_("Minta sekretaris atau operator mencatat lembar bertanda tangan, lalu ketua BPD mengesahkan."),
    basis="product",
    status=Status.PRODUCT,
)
def sheet_recorded_by_another(f: BindingFacts) -> bool:
    return f.binding_by not in f.sheet_recorded_by


@rule(
    "DB-30",
    says=_("Nama penanda tangan yang dibaca pada lembar harus sama dengan yang dicatat."),
    remedy=_("Buka pindaian lembar dan tulis namanya; bila catatannya keliru, kembalikan berita acara."),
    basis="product",
    status=Status.PRODUCT,
)
def names_read_by_second_person(f: BindingFacts) -> bool:
    return f.names_recorded == f.names_read


BINDING: tuple[Rule, ...] = (
    minutes_signed,
    objections_answered,
    objection_window_over,
    sheet_recorded_by_another,
    names_read_by_second_person,
)

# Consent of those affected -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayFacts:
    """The day of something that has happened, and the day on which it is recorded."""

    held_on: date
    recorded_on: date


@rule(
    "DB-34",
    says=_("Tahap PADIATAPA dicatat setelah harinya tiba."),
    remedy=_("Periksa tanggalnya; catat setelah pertemuan selesai."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def consent_day_has_come(f: DayFacts) -> bool:
    return f.held_on <= f.recorded_on


@dataclass(frozen=True)
class ConsentFacts(DayFacts):
    """``days_since_information``: since the step before, or for the first since the information was handed over."""

    step: int
    previous_step: int
    minutes_attached: bool
    days_since_information: int
    study_days: int
    affected_present: int = field(default=0)
    local_language_minutes: bool = field(default=False)
    given_by: str = field(default="")


@rule(
    "DB-23",
    says=_("Tahap PADIATAPA harus berurutan, berberita acara, dan memberi waktu {consent_information_days} hari."),
    remedy=_("Selesaikan tahap sebelumnya dan beri warga waktu membaca informasi."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def consent_steps_in_order(f: ConsentFacts) -> bool:
    return f.step == f.previous_step + 1 and f.minutes_attached and f.days_since_information >= f.study_days


@rule(
    "DB-24",
    says=_("Persetujuan PADIATAPA harus diberikan kelompok terdampak sendiri, dalam bahasa yang dipahami."),
    remedy=_("Adakan pertemuan kelompok terdampak dengan penjelasan dalam bahasa setempat."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def affected_group_decides(f: ConsentFacts) -> bool:
    return f.affected_present > 0 and f.local_language_minutes and f.given_by == "affected_group"


INFORMING: tuple[Rule, ...] = (consent_day_has_come,)
STEPPING: tuple[Rule, ...] = (consent_steps_in_order, consent_day_has_come)
CONSENTING: tuple[Rule, ...] = (consent_steps_in_order, affected_group_decides, consent_day_has_come)
