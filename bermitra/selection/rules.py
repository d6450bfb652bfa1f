"""Strict selection: the lives of a call, a proposal and an objection, and what each step needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _
from bermitra.needs.offers.rules import no_cash_to_persons

# Lives ------------------------------------------------------------------------------------------------------------
CALL = Flow(
    "call",
    (
        Move("start", "draft", "selection.draft_call"),
        Move("draft", "open", "selection.open_call"),
        Move("open", "closed", "selection.close_call"),
        Move("open", "failed", "selection.close_call"),
        Move("closed", "checking", "selection.start_selection"),
        Move("checking", "scoring", "selection.complete_admin_check"),
        Move("checking", "failed", "selection.fail_call"),
        Move("scoring", "provisional", "selection.propose_candidate"),
        Move("scoring", "failed", "selection.fail_call"),
        Move("provisional", "scoring", "selection.reopen_scoring"),
        Move("provisional", "provisional", "selection.propose_next"),
        Move("provisional", "failed", "selection.fail_call"),
        Move("provisional", "awarded", "selection.record_consent"),
        Move("awarded", "provisional", "agreements.return_to_selection"),
        Move("failed", "open", "selection.reopen_call"),
        Move("failed", "draft", "selection.revise_terms"),
        Move("provisional", "draft", "selection.revise_terms"),
        Move("draft", "cancelled", "selection.cancel_call"),
        Move("open", "cancelled", "selection.cancel_call"),
        Move("closed", "cancelled", "selection.cancel_call"),
        Move("checking", "cancelled", "selection.cancel_call"),
        Move("scoring", "cancelled", "selection.cancel_call"),
    ),
)
PROPOSAL = Flow(
    "proposal",
    (
        Move("start", "draft", "selection.draft_proposal"),
        Move("draft", "sealed", "selection.submit_proposal"),
        Move("sealed", "sealed", "selection.submit_proposal"),
        Move("draft", "late", "selection.close_call"),
        Move("draft", "withdrawn", "selection.withdraw_proposal"),
        Move("sealed", "withdrawn", "selection.withdraw_proposal"),
        Move("sealed", "opened", "selection.start_selection"),
        Move("opened", "curing", "selection.request_documents"),
        Move("curing", "opened", "selection.complete_documents"),
        Move("curing", "disqualified", "selection.disqualify"),
        Move("opened", "disqualified", "selection.disqualify"),
        Move("opened", "admissible", "selection.complete_admin_check"),
        Move("admissible", "disqualified", "selection.disqualify"),
        Move("admissible", "ranked", "selection.reveal_scores"),
        Move("ranked", "proposed", "selection.propose_candidate"),
        Move("ranked", "proposed", "selection.propose_next"),
        Move("ranked", "admissible", "selection.reopen_scoring"),
        Move("proposed", "admissible", "selection.reopen_scoring"),
        Move("accepted", "admissible", "selection.reopen_scoring"),
        Move("proposed", "accepted", "selection.accept_candidacy"),
        Move("proposed", "withdrawn", "selection.decline_candidacy"),
        Move("accepted", "chosen", "selection.record_consent"),
        Move("ranked", "not_chosen", "selection.record_consent"),
        Move("accepted", "not_chosen", "selection.record_refusal"),
        Move("ranked", "not_chosen", "selection.fail_call"),
        Move("proposed", "not_chosen", "selection.fail_call"),
        Move("accepted", "not_chosen", "selection.fail_call"),
        Move("admissible", "not_chosen", "selection.fail_call"),
        Move("opened", "not_chosen", "selection.fail_call"),
        Move("curing", "not_chosen", "selection.fail_call"),
        Move("chosen", "not_chosen", "agreements.return_to_selection"),
        Move("sealed", "not_chosen", "selection.cancel_call"),
        Move("opened", "not_chosen", "selection.cancel_call"),
        Move("curing", "not_chosen", "selection.cancel_call"),
        Move("admissible", "not_chosen", "selection.cancel_call"),
        Move("ranked", "not_chosen", "selection.cancel_call"),
        Move("ranked", "not_chosen", "selection.revise_terms"),
    ),
)
UNSOLICITED = Flow(
    "unsolicited",
    (
        Move("start", "draft", "selection.draft_unsolicited"),
        Move("start", "draft", "selection.answer_introduction"),
        Move("draft", "sent", "selection.submit_unsolicited"),
        Move("sent", "sent", "selection.resubmit_unsolicited"),
    ),
)
OBJECTION = Flow(
    "objection",
    (
        Move("start", "filed", "selection.file_objection"),
        Move("filed", "upheld", "selection.uphold_objection"),
        Move("filed", "dismissed", "selection.dismiss_objection"),
    ),
)
CLOSED_OFF = frozenset(
    {"draft", "open", "closed", "failed", "cancelled"}
)  # states of a call in which no proposal is read
READ_IN = frozenset({"checking", "scoring", "provisional", "awarded"})


_NOBODY = _("Tidak ada yang ditunggu.")
CALL_LABELS = {
    "draft": Label(_("Disiapkan"), _("Draf penawaran"), _("Menunggu Kepala Desa menerbitkan penawaran.")),
    "open": Label(_("Terbuka"), _("Terbuka, usulan tersegel"), _("Menunggu usulan mitra sampai batas waktu.")),
    "closed": Label(_("Ditutup"), _("Ditutup, menunggu pembukaan"), _("Menunggu tim seleksi membuka usulan.")),
    "checking": Label(_("Kelengkapan diperiksa"), _("Seleksi administrasi"), _("Menunggu pemeriksaan kelengkapan.")),
    "scoring": Label(_("Dinilai"), _("Penilaian"), _("Menunggu nilai semua penilai.")),
    "provisional": Label(
        _("Hasil sementara"), _("Hasil sementara, masa sanggah"), _("Menunggu masa sanggah berakhir.")
    ),
    "awarded": Label(_("Mitra terpilih"), _("Mitra ditetapkan"), _NOBODY),
    "failed": Label(_("Gagal"), _("Gagal, menunggu langkah desa"), _("Menunggu Kepala Desa memilih langkah berikut.")),
    "cancelled": Label(_("Dibatalkan"), _("Dibatalkan dengan alasan"), _NOBODY),
}
PROPOSAL_LABELS = {
    "draft": Label(_("Draf"), _("Draf usulan"), _("Menunggu mitra mengirim usulan.")),
    "sealed": Label(_("Tersegel"), _("Terkirim dan tersegel"), _("Menunggu batas waktu penawaran.")),
    "opened": Label(_("Dibuka"), _("Dibuka dengan berita acara"), _("Menunggu pemeriksaan kelengkapan.")),
    "curing": Label(_("Perlu dilengkapi"), _("Masa melengkapi dokumen"), _("Menunggu mitra melengkapi dokumen.")),
    "admissible": Label(_("Lolos administrasi"), _("Lolos administrasi, dinilai"), _("Menunggu nilai semua penilai.")),
    "ranked": Label(_("Sudah dinilai"), _("Berperingkat"), _("Menunggu penetapan calon mitra.")),
    "proposed": Label(_("Calon mitra"), _("Diusulkan"), _("Menunggu mitra menerima atau menolak pencalonan.")),
    "accepted": Label(_("Calon mitra menerima"), _("Diterima mitra"), _("Menunggu keputusan Musyawarah Desa.")),
    "chosen": Label(_("Terpilih"), _("Terpilih"), _NOBODY),
    "not_chosen": Label(_("Tidak terpilih"), _("Tidak terpilih"), _NOBODY),
    "disqualified": Label(_("Tidak memenuhi syarat"), _("Gugur dengan alasan"), _NOBODY),
    "withdrawn": Label(_("Ditarik"), _("Ditarik mitra"), _NOBODY),
    "late": Label(_("Terlambat, tidak dibuka"), _("Terlambat, terkunci"), _NOBODY),
    "sent": Label(_("Terkirim"), _("Terkirim kepada desa"), _("Menunggu pemeriksaan desa.")),
}
OBJECTION_LABELS = {
    "filed": Label(_("Diajukan"), _("Sanggahan masuk"), _("Menunggu tim seleksi menjawab sanggahan.")),
    "upheld": Label(_("Sanggahan diterima"), _("Sanggahan diterima"), _NOBODY),
    "dismissed": Label(_("Tidak diterima"), _("Sanggahan ditolak dengan alasan"), _NOBODY),
}
SEATS = {
    "resident": _("Wakil warga"),
    "bpd": _("Anggota BPD"),
    "coop_unit": _("Lembaga kerja sama desa"),
    "other": _("Anggota lain"),
}
NOTICE_BOARD = "notice_board"
CHANNELS = {
    NOTICE_BOARD: _("Papan pengumuman desa"),
    "public_page": _("Halaman publik Bermitra"),
    "village_site": _("Laman desa atau kabupaten"),
    "district": _("Kantor kecamatan"),
    "messages": _("Pesan berantai warga"),
    "radio": _("Radio atau pengeras suara"),
    "letters": _("Surat kepada calon mitra"),
}


# Opening a call ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class CallFacts:
    empty_sections: int
    benefit_rows: int
    cost_rows: int
    rows_without_figure: int
    spatial_plan_ok: bool
    environment_ok: bool
    terms_attached: bool
    channels: tuple[str, ...]
    weights: tuple[int, ...]
    opens_on: date
    closes_on: date
    call_min_days: int


@rule(
    "SL-01",
    says=_("Kerangka Acuan Kerja harus lengkap sebelum penawaran terbit."),
    remedy=_("Isi bagian Kerangka Acuan Kerja yang masih kosong."),
    basis="Permendagri 96/2017 ps 14",
    status=Status.SOURCED,
)
def terms_complete(f: CallFacts) -> bool:
    return f.empty_sections == 0


@rule(
    "SL-02",
    says=_("Analisis manfaat dan biaya harus memakai angka yang terukur."),
    remedy=_("Isi tabel manfaat dan biaya dengan angka, satuan, dan sumber."),
    basis="Permendagri 96/2017 ps 14",
    status=Status.SOURCED,
)
def benefit_and_cost_measured(f: CallFacts) -> bool:
    return f.benefit_rows >= 1 and f.cost_rows >= 1 and f.rows_without_figure == 0


@rule(
    "SL-03",
    says=_("Kesesuaian tata ruang dan lingkungan harus diperiksa."),
    remedy=_("Catat hasil pemeriksaan tata ruang dan lingkungan beserta sumbernya."),
    basis="Permendagri 96/2017 ps 14; regency spatial plan",
    status=Status.SOURCED,
)
def space_and_environment_checked(f: CallFacts) -> bool:
    return f.spatial_plan_ok and f.environment_ok


@rule(
    "SL-04",
    says=_("Penawaran harus diumumkan terbuka dengan Kerangka Acuan Kerja terlampir."),
    remedy=_("Pilih papan pengumuman desa dan satu saluran lain."),
    basis="Permendagri 96/2017 ps 14",
    status=Status.SOURCED,
)
def announced_openly(f: CallFacts) -> bool:
    return f.terms_attached and len(f.channels) >= 2 and NOTICE_BOARD in f.channels


@rule(
    "SL-05",
    says=_("Bobot kriteria harus berjumlah tepat seratus."),
    remedy=_("Ubah bobot sampai jumlahnya seratus."),
    basis="product: strict selection",
    status=Status.PRODUCT,
    switchable=True,
)
def weights_sum_to_hundred(f: CallFacts) -> bool:
    return sum(f.weights) == 100


@rule(
    "SL-07",
    says=_("Masa pengumuman penawaran paling singkat {call_min_days} hari."),
    remedy=_("Mundurkan batas waktu penawaran."),
    basis="product; Permendagri 96/2017 ps 14 asks an announcement without a number",
    status=Status.PRODUCT,
    switchable=True,
)
def open_long_enough(f: CallFacts) -> bool:
    return (f.closes_on - f.opens_on).days >= f.call_min_days


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
    basis="product: separation of duties; law digest on permissions",
    status=Status.PRODUCT,
)
def village_head_never_scores(f: ScorerRoles) -> bool:
    return "village_head" not in f.scorer_roles


# Sealed proposals -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class FrozenFacts:
    criteria_hash_now: str
    criteria_hash_at_opening: str


@rule(
    "SL-06",
    says=_("Kriteria dan bobot tidak boleh berubah sejak penawaran dibuka."),
    remedy=_("Nyatakan penawaran gagal, perbaiki, lalu terbitkan ulang dengan masa pengumuman baru."),
    basis="product: frozen by hash",
    status=Status.PRODUCT,
)
def criteria_frozen(f: FrozenFacts) -> bool:
    return f.criteria_hash_now == f.criteria_hash_at_opening


FEWEST_TICKS, MOST_TICKS = 5, 10  # ticking all statements would say nothing


@dataclass(frozen=True)
class TickFacts:
    ticks: int


@rule(
    "SL-42",
    says=_("Setiap pihak memegang lima sampai sepuluh pernyataan visi."),
    remedy=_("Centang lima sampai sepuluh pernyataan, termasuk pernyataan inti."),
    basis="Mission: strict selection for the same goals and vision; product",
    status=Status.PRODUCT,
)
def five_to_ten_statements(f: TickFacts) -> bool:
    return FEWEST_TICKS <= f.ticks <= MOST_TICKS


@dataclass(frozen=True)
class SendingFacts(TickFacts):
    seconds_before_deadline: int
    gifts_to_persons: int
    empty_parts: int


@rule(
    "SL-13",
    says=_("Usulan harus lengkap diterima sebelum batas waktu menurut jam sistem."),
    remedy=_("Lengkapi isian, atau ikuti penawaran berikutnya; usulan terlambat tidak dibuka."),
    basis="product: published deadline rule",
    status=Status.PRODUCT,
)
def sent_before_deadline(f: SendingFacts) -> bool:
    return f.seconds_before_deadline >= 0 and f.empty_parts == 0


@dataclass(frozen=True)
class SealFacts:
    call_closed: bool
    minutes_of_opening: bool


@rule(
    "SL-14",
    says=_("Tidak seorang pun boleh membaca usulan sebelum penawaran ditutup."),
    remedy=_("Tunggu penutupan penawaran dan berita acara pembukaan."),
    basis="product: sealed proposals",
    status=Status.PRODUCT,
)
def sealed_until_closed(f: SealFacts) -> bool:
    return f.call_closed and f.minutes_of_opening


# Reading and scoring ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class InterestFacts:
    declared_for_this_case: bool
    conflict_declared: bool
    conflict_found: bool


@rule(
    "SL-11",
    says=_("Penilai harus menyatakan kepentingannya sebelum membaca usulan."),
    remedy=_("Isi pernyataan kepentingan untuk perkara ini."),
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


@dataclass(frozen=True)
class ScoreFacts:
    levels: tuple[int, ...]
    reasons: int
    shortest_reason: int
    score_reason_characters: int


@rule(
    "SL-16",
    says=_(
        "Setiap tingkat nilai harus antara nol dan empat, disertai alasan {score_reason_characters} huruf atau lebih."
    ),
    remedy=_("Isi tingkat nol sampai empat dan alasannya pada setiap kriteria."),
    basis="product: reasoned selection",
    status=Status.PRODUCT,
    switchable=True,
)
def score_with_reason(f: ScoreFacts) -> bool:
    in_range = all(0 <= level <= 4 for level in f.levels)
    return in_range and f.reasons == len(f.levels) and f.shortest_reason >= f.score_reason_characters


@dataclass(frozen=True)
class ScorersFacts:
    finished_scorers: int
    scorers: int
    panel_min: int


@rule(
    "SL-17",
    says=_("Nilai baru dibuka setelah semua penilai selesai."),
    remedy=_("Minta penilai yang belum selesai melengkapi nilainya."),
    basis="product: own score hidden until all are in",
    status=Status.PRODUCT,
)
def all_scores_in(f: ScorersFacts) -> bool:
    return f.finished_scorers == f.scorers and f.scorers >= f.panel_min


# The administrative check -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class CureFacts:
    days_since_request: int
    documents_complete: bool
    cure_days: int


@rule(
    "SL-15",
    says=_("Mitra harus diberi waktu {cure_days} hari melengkapi dokumen sebelum dinyatakan gugur."),
    remedy=_("Tunggu masa melengkapi dokumen selesai."),
    basis="product: strict but fair selection",
    status=Status.PRODUCT,
    switchable=True,
)
def cure_period_given(f: CureFacts) -> bool:
    return f.documents_complete or f.days_since_request >= f.cure_days


@dataclass(frozen=True)
class AdmissionFacts:
    curing: int
    complete: int


@rule(
    "SL-41",
    says=_("Setiap usulan harus lengkap atau dinyatakan gugur, dan sedikitnya satu lolos."),
    remedy=_("Tunggu kelengkapannya, nyatakan gugur, atau nyatakan penawaran gagal."),
    basis="product: strict but fair selection",
    status=Status.PRODUCT,
)
def everything_checked(f: AdmissionFacts) -> bool:
    return f.curing == 0 and f.complete >= 1


# The candidate ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class VisionFacts:
    vision_agreement: int
    core_missing: int
    vision_agreement_minimum: int


@dataclass(frozen=True)
class ResultFacts:
    total: Fraction
    criteria_below_floor: int
    score_threshold: int


@dataclass(frozen=True)
class CandidateFacts(VisionFacts, ResultFacts):
    """``blocking_flags``: those of the partner that the book of due diligence lets stop everything."""

    blocking_flags: tuple[str, ...]


@rule(
    "SL-20",
    says=_("Calon mitra harus mencapai nilai akhir {score_threshold} dan batas setiap kriteria."),
    remedy=_("Usulkan calon lain, atau nyatakan penawaran gagal dengan alasan."),
    basis="product: strict selection",
    status=Status.PRODUCT,
    switchable=True,
)
def threshold_reached(f: ResultFacts) -> bool:
    return f.total >= f.score_threshold and f.criteria_below_floor == 0


@rule(
    "SL-19",
    says=_("Calon mitra tidak boleh memiliki tanda bahaya yang menghentikan seleksi."),
    remedy=_("Selesaikan pemeriksaan tanda bahaya lewat hak jawab dan dua pemeriksa."),
    basis="product: red flags stop regardless of score",
    status=Status.PRODUCT,
)
def no_stopping_flag(f: CandidateFacts) -> bool:
    return not f.blocking_flags


@rule(
    "SL-37",
    says=_("Visi kedua pihak harus cukup sama, dan pernyataan inti dicentang keduanya."),
    remedy=_("Bandingkan pernyataan tujuan, bahas perbedaannya, lalu perbarui sebelum batas waktu."),
    basis="Mission: strict selection for the same goals and vision; product",
    status=Status.PRODUCT,
    switchable=True,
)
def goals_and_vision_shared(f: VisionFacts) -> bool:
    return f.vision_agreement >= f.vision_agreement_minimum and f.core_missing == 0


# Before the meeting -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ForwardFacts:
    working_days_published: int
    open_objections: int
    objection_working_days: int
    candidate_accepted: bool


@rule(
    "SL-22",
    says=_("Masa sanggah {objection_working_days} hari kerja harus selesai dan semua sanggahan sudah dijawab."),
    remedy=_("Jawab sanggahan yang terbuka dan tunggu masa sanggah berakhir."),
    basis="product: objection window",
    status=Status.PRODUCT,
    switchable=True,
)
def objections_closed(f: ForwardFacts) -> bool:
    return f.working_days_published >= f.objection_working_days and f.open_objections == 0


@rule(
    "SL-23",
    says=_("Calon mitra harus menyatakan menerima pencalonan."),
    remedy=_("Terima pencalonan pada halaman usulan Anda."),
    basis="product: both sides decide",
    status=Status.PRODUCT,
    switchable=True,
)
def candidate_accepts(f: ForwardFacts) -> bool:
    return f.candidate_accepted


# The decision of the meeting --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ConsentFacts:
    """``candidate_named``: the text that was decided on is the tabled sheet, and the sheet names this candidate."""

    minutes_binding: bool
    decision: str
    candidate_named: bool


@rule(
    "SL-32",
    says=_("Musyawarah Desa harus menyetujui calon mitra ini, dengan berita acara yang mengikat."),
    remedy=_("Tetapkan berita acara yang menyebut calon mitra dan keputusan setuju."),
    basis="UU 6/2014 ps 93(2); Permendagri 96/2017 ps 14-15",
    status=Status.SOURCED,
)
def musyawarah_chose_this_candidate(f: ConsentFacts) -> bool:
    return f.minutes_binding and f.decision == "agreed" and f.candidate_named


@rule(
    "SL-38",
    says=_("Penolakan hanya dicatat dari keputusan Musyawarah Desa yang sudah mengikat."),
    remedy=_("Tetapkan berita acara yang memuat penolakan."),
    basis="UU 6/2014 ps 93(2)",
    status=Status.SOURCED,
)
def musyawarah_refused(f: ConsentFacts) -> bool:
    return f.minutes_binding and f.decision == "refused"


# A partner's own offer --------------------------------------------------------------------------------------------
CONTENTS = ("scope", "field", "procedure", "term", "rights_and_obligations", "funding", "changes", "disputes")


@dataclass(frozen=True)
class UnsolicitedFacts:
    partner_registered: bool
    contents: frozenset[str]


@rule(
    "SL-27",
    says=_("Usulan mitra harus tertulis, beridentitas, dan memuat delapan isi kerja sama."),
    remedy=_("Daftarkan lembaga Anda dan isi delapan bagian usulan."),
    basis="Permendagri 96/2017 ps 6, 15",
    status=Status.SOURCED,
)
def unsolicited_is_complete(f: UnsolicitedFacts) -> bool:
    return f.partner_registered and set(CONTENTS) <= f.contents


@dataclass(frozen=True)
class AnswerFacts:
    letter_number: str
    minutes_number: str


@rule(
    "SL-40",
    says=_("Jawaban tertulis harus bernomor dan menyebut berita acara Musyawarah Desa."),
    remedy=_("Isi nomor surat jawaban dan pastikan berita acaranya bernomor."),
    basis="Permendagri 96/2017 ps 15",
    status=Status.SOURCED,
)
def answered_in_writing(f: AnswerFacts) -> bool:
    return f.letter_number != "" and f.minutes_number != ""


# Failing, giving reasons ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ReasonFacts:
    reason: str


@rule(
    "SL-39",
    says=_("Keputusan ini harus disertai alasan yang dapat dibaca semua pihak."),
    remedy=_("Tulis alasan singkat."),
    basis="product: every refusal carries a reason",
    status=Status.PRODUCT,
)
def reason_given(f: ReasonFacts) -> bool:
    return f.reason != ""


OPENING_CALL: tuple[Rule, ...] = (
    terms_complete, benefit_and_cost_measured, space_and_environment_checked, announced_openly, weights_sum_to_hundred,
    open_long_enough,
)  # fmt: skip
PANEL: tuple[Rule, ...] = (panel_composed,)
APPOINTING: tuple[Rule, ...] = (village_head_never_scores,)
FROZEN: tuple[Rule, ...] = (criteria_frozen,)
TICKING: tuple[Rule, ...] = (five_to_ten_statements,)
SENDING: tuple[Rule, ...] = (sent_before_deadline, no_cash_to_persons, five_to_ten_statements)
SEAL: tuple[Rule, ...] = (sealed_until_closed,)
READING: tuple[Rule, ...] = (interests_declared, conflicted_do_not_score)
SCORING: tuple[Rule, ...] = (score_with_reason,)
REVEALING: tuple[Rule, ...] = (all_scores_in,)
DISQUALIFYING: tuple[Rule, ...] = (cure_period_given,)
ADMITTING: tuple[Rule, ...] = (everything_checked,)
RANKING: tuple[Rule, ...] = (threshold_reached,)
PROPOSING: tuple[Rule, ...] = (threshold_reached, no_stopping_flag, goals_and_vision_shared)
FORWARDING: tuple[Rule, ...] = (objections_closed, candidate_accepts)
CONSENTING: tuple[Rule, ...] = (musyawarah_chose_this_candidate,)
REFUSING: tuple[Rule, ...] = (musyawarah_refused,)
SENDING_UNSOLICITED: tuple[Rule, ...] = (unsolicited_is_complete, no_cash_to_persons)
ANSWERING: tuple[Rule, ...] = (answered_in_writing,)
REASONED: tuple[Rule, ...] = (reason_given,)
