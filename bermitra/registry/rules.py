"""Who may be trusted with what: the life of a due diligence, and the rules of knowing villages and partners."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bermitra.foundation.accounts import roles
from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

# --- the life of a due diligence --------------------------------------------------------------------------


class State(StrEnum):
    """From the partner's first answer to a verdict. A concluded one rests; a renewal is a new due diligence."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    REPAIR = "repair"
    VERIFIED = "verified"
    WITH_CONDITIONS = "verified_with_conditions"
    NOT_VERIFIED = "not_verified"
    BLOCKED = "blocked"


VERDICTS = (State.VERIFIED, State.WITH_CONDITIONS, State.NOT_VERIFIED, State.BLOCKED)
PASSES = (State.VERIFIED, State.WITH_CONDITIONS)
UNDER_WAY = (State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW, State.REPAIR)
WITH_PARTNER = (State.DRAFT, State.REPAIR)  # the partner may change its answers
MATCHED_IN = (State.UNDER_REVIEW, *VERDICTS)  # its examiner says whether a listed name is the partner, later ones too

FLOW = Flow(
    "verification",
    [
        Move(Flow.start, State.DRAFT, "registry.start_verification"),
        Move(State.DRAFT, State.SUBMITTED, "registry.submit_verification"),
        Move(State.SUBMITTED, State.UNDER_REVIEW, "registry.take_verification"),
        Move(State.UNDER_REVIEW, State.REPAIR, "registry.request_repair"),
        Move(State.REPAIR, State.UNDER_REVIEW, "registry.resubmit_verification"),
        *(Move(State.UNDER_REVIEW, verdict, "registry.conclude_verification") for verdict in VERDICTS),
        *(
            Move(verdict, State.UNDER_REVIEW, "registry.reopen_verification")
            for verdict in (State.VERIFIED, State.WITH_CONDITIONS, State.BLOCKED)
        ),
    ],
)


NOBODY = _("Tidak ada yang ditunggu.")
LABELS: dict[str, Label] = {
    State.DRAFT: Label(
        _("Sedang diisi mitra"), _("Uji tuntas diisi mitra"), _("Menunggu mitra melengkapi jawaban dan dokumen.")
    ),
    State.SUBMITTED: Label(_("Dikirim"), _("Menunggu pemeriksa"), _("Menunggu pemeriksa mengambil berkas.")),
    State.UNDER_REVIEW: Label(_("Diperiksa"), _("Pemeriksaan berkas"), _("Menunggu pemeriksa mencocokkan dokumen.")),
    State.REPAIR: Label(_("Perlu diperbaiki"), _("Menunggu perbaikan mitra"), _("Menunggu mitra memperbaiki berkas.")),
    State.VERIFIED: Label(_("Terverifikasi"), _("Terverifikasi"), NOBODY),
    State.WITH_CONDITIONS: Label(
        _("Terverifikasi bersyarat"),
        _("Lolos dengan syarat dalam perjanjian"),
        _("Menunggu mitra memenuhi syarat sebelum tanda tangan."),
    ),
    State.NOT_VERIFIED: Label(
        _("Belum memenuhi syarat"), _("Tidak lolos, daftar perbaikan terbit"), _("Menunggu mitra memulai ulang.")
    ),
    State.BLOCKED: Label(_("Dihentikan"), _("Dihentikan, hak jawab terbuka"), _("Menunggu hak jawab mitra.")),
}

# --- submitting a due diligence ---------------------------------------------------------------------------


@dataclass(frozen=True)
class SubmissionFacts:
    """What a partner's file holds when it is sent; documents by their code in the book."""

    required_documents: frozenset[str]
    valid_documents: frozenset[str]
    unanswered: int
    no_answers: int
    reasons_given: int
    owners_declared: bool
    political_posts_declared: bool


@rule(
    "RG-01",
    says=_("Dokumen wajib sesuai jenis mitra harus lengkap dan masih berlaku."),
    remedy=_("Catat dokumen yang masih kurang pada daftar jenis mitra Anda."),
    basis="product; UU 40/2007, UU 17/2013, PP 11/2021, UU 25/1992",
    status=Status.PRODUCT,
    switchable=True,
)
def documents_complete_for_kind(f: SubmissionFacts) -> bool:
    return f.required_documents <= f.valid_documents


@rule(
    "RG-03",
    says=_("Setiap pertanyaan harus dijawab, dan setiap “tidak” disertai alasan."),
    remedy=_("Jawab pertanyaan yang kosong; tulis alasan pada setiap jawaban “tidak”."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def every_no_has_reason(f: SubmissionFacts) -> bool:
    return f.unanswered == 0 and f.no_answers == f.reasons_given


@rule(
    "RG-06",
    says=_("Pemilik, pengurus, dan keterkaitan politiknya harus dinyatakan."),
    remedy=_("Isi pernyataan pemilik manfaat dan jabatan politik pengurus."),
    basis="product; Perpres 13/2018",
    status=Status.PRODUCT,
    switchable=True,
)
def owners_and_ties_declared(f: SubmissionFacts) -> bool:
    return f.owners_declared and f.political_posts_declared


SUBMITTING: tuple[Rule, ...] = (documents_complete_for_kind, every_no_has_reason, owners_and_ties_declared)

# --- concluding it ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConclusionFacts:
    """``stated_verdict`` is what the officer saw when pressing the button, ``computed_verdict`` what holds now."""

    stated_verdict: str
    computed_verdict: str
    open_matches: int
    confirmed_matches: int


@rule(
    "RG-04",
    says=_("Putusan uji tuntas dihitung dari jawaban; tidak dapat diketik atau diganti."),
    remedy=_("Periksa lagi jawaban dan bukti; putusan dihitung ulang sendiri."),
    basis="product",
    status=Status.PRODUCT,
)
def verdict_computed(f: ConclusionFacts) -> bool:
    return f.stated_verdict == f.computed_verdict


@rule(
    "RG-05",
    says=_("Mitra tidak boleh tercantum dalam daftar sanksi yang masih berlaku."),
    remedy=_("Tinjau kecocokan nama dan catat alasan bila ternyata pihak berbeda."),
    basis="product",
    status=Status.PRODUCT,
)
def not_on_watch_list(f: ConclusionFacts) -> bool:
    """Asks ``open_matches`` and ``confirmed_matches`` of any facts: a ``PartnerStanding`` has both."""
    return f.open_matches == 0 and f.confirmed_matches == 0


CONCLUDING: tuple[Rule, ...] = (verdict_computed, not_on_watch_list)

# --- using its verdict: asked by the later stages ---------------------------------------------------------


@dataclass(frozen=True)
class VerdictFacts:
    verdict: str
    days_since_verdict: int
    verification_valid_days: int


@rule(
    "RG-13",
    says=_("Hasil uji tuntas mitra harus lolos dan belum kedaluwarsa."),
    remedy=_("Perbarui uji tuntas pada halaman mitra."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def verdict_fresh(f: VerdictFacts) -> bool:
    """Asks three names of any facts: a ``PartnerStanding`` has them all."""
    return f.verdict in PASSES and f.days_since_verdict <= f.verification_valid_days


# --- registering a partner --------------------------------------------------------------------------------


@dataclass(frozen=True)
class RegistrationFacts:
    """The likest name that is registered already; the same NIB or NPWP counts as the same name."""

    best_similarity_percent: int
    duplicate_similarity_percent: int
    declared_different: bool


@rule(
    "RG-16",
    says=_("Mitra dengan nama sangat mirip harus diperiksa sebelum didaftarkan."),
    remedy=_("Buka daftar nama mirip, lalu pilih yang sama atau nyatakan lembaga lain."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def duplicates_looked_at(f: RegistrationFacts) -> bool:
    return f.best_similarity_percent < f.duplicate_similarity_percent or f.declared_different


REGISTERING: tuple[Rule, ...] = (duplicates_looked_at,)

# --- what a partner says of itself --------------------------------------------------------------------------

WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True)
class OwnershipFacts:
    """A declaration as a whole, in hundredths of a percent."""

    persons: int
    shares_together: int


@rule(
    "RG-30",
    says=_("Bagian kepemilikan bersama-sama tidak boleh lebih dari 100%."),
    remedy=_("Periksa bagian setiap pemilik; jumlahkan hanya pemilik akhirnya."),
    basis="product; Perpres 13/2018",
    status=Status.PRODUCT,
)
def shares_within_the_whole(f: OwnershipFacts) -> bool:
    return f.persons > 0 and f.shares_together <= WHOLE


DECLARING_OWNERS: tuple[Rule, ...] = (shares_within_the_whole,)


@dataclass(frozen=True)
class ChangeFacts:
    """``correction``: made by the regency, not by the partner itself."""

    renamed: bool
    correction: bool
    reason: str


@rule(
    "RG-31",
    says=_("Nama baru dan setiap pembetulan memerlukan alasan."),
    remedy=_("Tulis dasarnya, misalnya nomor dan tanggal akta perubahan."),
    basis="product",
    status=Status.PRODUCT,
)
def change_has_reason(f: ChangeFacts) -> bool:
    return bool(f.reason) or not (f.renamed or f.correction)


CHANGING: tuple[Rule, ...] = (change_has_reason,)

# --- two entries of one body --------------------------------------------------------------------------------


@dataclass(frozen=True)
class MergeFacts:
    """Two entries that are said to be one body. ``files_under_way`` are their unfinished due diligences together."""

    same_entry: bool
    merged_before: bool
    same_kind: bool
    same_regency: bool
    files_under_way: int


@rule(
    "RG-32",
    says=_("Dua data digabung bila berbeda, sejenis, sekabupaten, dan belum digabung."),
    remedy=_("Periksa kode kedua mitra; betulkan jenisnya lebih dahulu bila keliru."),
    basis="product",
    status=Status.PRODUCT,
)
def two_entries_of_one_body(f: MergeFacts) -> bool:
    return not f.same_entry and not f.merged_before and f.same_kind and f.same_regency


@rule(
    "RG-33",
    says=_("Paling banyak satu uji tuntas yang belum selesai di antara keduanya."),
    remedy=_("Tutup dahulu salah satu uji tuntas yang sedang berjalan."),
    basis="product",
    status=Status.PRODUCT,
)
def one_file_under_way(f: MergeFacts) -> bool:
    return f.files_under_way <= 1


MERGING: tuple[Rule, ...] = (two_entries_of_one_body, one_file_under_way)

# --- answering and examining --------------------------------------------------------------------------------


@dataclass(frozen=True)
class AnsweringFacts:
    """How many of the answers and facts handed in are not the partner's to give."""

    not_asked: int


@rule(
    "RG-20",
    says=_("Mitra hanya menjawab yang ditanyakan; yang dihitung dari register tidak dinyatakan sendiri."),
    remedy=_("Isi hanya pertanyaan yang tampak pada halaman uji tuntas Anda."),
    basis="product",
    status=Status.PRODUCT,
)
def only_what_is_asked(f: AnsweringFacts) -> bool:
    return f.not_asked == 0


ANSWERING: tuple[Rule, ...] = (only_what_is_asked,)


@dataclass(frozen=True)
class ExaminationPlace:
    """``place`` is a village or a regency; ``known`` are those that have to do with the partner."""

    place: str
    known: frozenset[str]


@rule(
    "RG-21",
    says=_("Mitra tidak memilih pemeriksanya: hanya tempat mendaftar, atau desa yang bekerja sama dengannya."),
    remedy=_("Isi kode tempat Anda terdaftar, atau desa yang menerima usulan Anda."),
    basis="product",
    status=Status.PRODUCT,
)
def examined_where_it_deals(f: ExaminationPlace) -> bool:
    return f.place in f.known


STARTING: tuple[Rule, ...] = (examined_where_it_deals,)


@dataclass(frozen=True)
class ExaminerFacts:
    """What the officer who takes a file, or decides on a flag, has in common with the partner."""

    offices_of_partner: int
    shared_items: int


@rule(
    "RG-22",
    says=_("Pemeriksa tidak memegang jabatan mitra, dan tidak berbagi orang, telepon, atau rekening dengannya."),
    remedy=_("Minta petugas lain yang tidak berkaitan mengambil berkas ini."),
    basis="product",
    status=Status.PRODUCT,
)
def examiner_without_ties(f: ExaminerFacts) -> bool:
    return f.offices_of_partner == 0 and f.shared_items == 0


TAKING: tuple[Rule, ...] = (examiner_without_ties,)

# --- bodies that wait to be registered ------------------------------------------------------------------------


@dataclass(frozen=True)
class WaitingFacts:
    """Since how many days a body waits to be registered."""

    days_waited: int
    registration_wait_days: int


@rule(
    "RG-40",
    says=_("Pendaftaran gugur hanya bila tidak diperiksa selama hari yang ditetapkan."),
    remedy=_("Periksa pendaftaran itu: terima, atau tolak dengan alasan."),
    basis="product; UU 27/2022",
    status=Status.PRODUCT,
)
def waited_long_enough(f: WaitingFacts) -> bool:
    return f.days_waited > f.registration_wait_days


LAPSING: tuple[Rule, ...] = (waited_long_enough,)

# --- flags --------------------------------------------------------------------------------------------------


class FlagState(StrEnum):
    """What is raised against a partner: heard, looked at by two people, proven or not; each may be opened again."""

    RAISED = "raised"
    REPLIED = "replied"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"


FLAG_DECISIONS = (FlagState.CONFIRMED, FlagState.CLEARED)
FLAG_OPEN = (FlagState.RAISED, FlagState.REPLIED)
FLAG_FLOW = Flow(
    "risk_flag",
    [
        Move(Flow.start, FlagState.RAISED, "registry.raise_flag"),
        Move(FlagState.RAISED, FlagState.REPLIED, "registry.reply_flag"),
        *(Move(source, target, "registry.resolve_flag") for source in FLAG_OPEN for target in FLAG_DECISIONS),
        *(Move(source, FlagState.RAISED, "registry.reopen_flag") for source in FLAG_DECISIONS),
    ],
)
FLAG_LABELS: dict[str, Label] = {
    FlagState.RAISED: Label(_("Ditinjau"), _("Tanda risiko baru"), _("Menunggu mitra memakai hak jawab.")),
    FlagState.REPLIED: Label(_("Ditinjau"), _("Hak jawab diterima"), _("Menunggu dua pemeriksa memutuskan.")),
    FlagState.CONFIRMED: Label(_("Risiko terbukti"), _("Terbukti"), NOBODY),
    FlagState.CLEARED: Label(_("Tidak terbukti"), _("Tidak terbukti"), NOBODY),
}


@dataclass(frozen=True)
class FlagFacts:
    """``reviewers`` are people of one opinion in this round, the one who asks among them; two of whom one printed the
    access letter of the other these days are one."""

    reply_received: bool
    working_days_since_raised: int
    flag_reply_working_days: int
    reviewers: int


@rule(
    "RG-39",
    says=_("Tanda risiko dinilai setelah hak jawab mitra atau batas waktunya."),
    remedy=_("Tunggu jawaban mitra, atau sampai batas waktu menjawab lewat."),
    basis="product",
    status=Status.PRODUCT,
)
def flag_was_heard(f: FlagFacts) -> bool:
    return f.reply_received or f.working_days_since_raised > f.flag_reply_working_days


@rule(
    "RG-14",
    says=_("Tanda risiko diputus dua orang setelah hak jawab atau batas waktunya."),
    remedy=_("Tunggu hak jawab selesai, lalu minta pemeriksa kedua menyetujui."),
    basis="product",
    status=Status.PRODUCT,
)
def flags_have_had_reply(f: FlagFacts) -> bool:
    return flag_was_heard(f) and f.reviewers >= 2


@dataclass(frozen=True)
class ReviewerFacts:
    """Who gives an opinion on a flag."""

    raised_it: bool
    reviewed_already: bool


@rule(
    "RG-23",
    says=_("Pemasang tanda risiko tidak memutuskannya, dan setiap pemeriksa menilai satu kali."),
    remedy=_("Minta pemeriksa lain, dari dinas atau inspektorat, menilai tanda ini."),
    basis="product",
    status=Status.PRODUCT,
)
def raiser_does_not_decide(f: ReviewerFacts) -> bool:
    return not f.raised_it and not f.reviewed_already


REVIEWING_A_FLAG: tuple[Rule, ...] = (raiser_does_not_decide,)
GIVING_AN_OPINION: tuple[Rule, ...] = (flag_was_heard,)
RESOLVING_A_FLAG: tuple[Rule, ...] = (flags_have_had_reply,)

# --- what a partner and officials of a village share -----------------------------------------------------------


@dataclass(frozen=True)
class OverlapFacts:
    """``explained_items``: those that were explained and looked at. ``hidden_ownership``: one was found not acceptable."""

    shared_items: int
    explained_items: int
    hidden_ownership: bool


@rule(
    "RG-15",
    says=_("Orang, telepon, atau rekening yang sama antara mitra dan pejabat desa harus dijelaskan."),
    remedy=_("Nyatakan hubungan itu, atau ganti data yang keliru dengan bukti."),
    basis="UU 6/2014 ps 29, 51, 64; product",
    status=Status.PRODUCT,
)
def no_hidden_overlap(f: OverlapFacts) -> bool:
    return f.shared_items == f.explained_items and not f.hidden_ownership


UNTIED: tuple[Rule, ...] = (no_hidden_overlap,)

# --- villages ---------------------------------------------------------------------------------------------


class Holder(StrEnum):
    """In whose name an account stands, or that there is none because goods and labour were given."""

    VILLAGE = "village"
    VILLAGE_ENTERPRISE = "village_enterprise"
    INTER_VILLAGE_BODY = "inter_village_body"
    PARTNER_INSTITUTION = "partner_institution"
    IN_KIND = "in_kind"
    PERSON = "person"


@dataclass(frozen=True)
class AccountFacts:
    account_holder_kind: str


@rule(
    "RG-19",
    says=_("Rekening harus atas nama lembaga, tidak boleh atas nama pribadi."),
    remedy=_("Gunakan Rekening Kas Desa atau rekening lembaga yang tercatat."),
    basis="Permendagri 20/2018",
    status=Status.UNVERIFIED,
)
def account_of_an_institution(f: AccountFacts) -> bool:
    return f.account_holder_kind != Holder.PERSON and f.account_holder_kind in set(Holder)


RECORDING_AN_ACCOUNT: tuple[Rule, ...] = (account_of_an_institution,)


@dataclass(frozen=True)
class VillageFacts:
    """What a village must have to work with others. Who asks of the umbrella regulation alone leaves the rest out."""

    umbrella_number: str
    person_in_charge: str = ""
    overdue_reports: int = 0
    report_arrears_allowed: int = 0


@rule(
    "RG-17",
    says=_("Desa harus menunjuk penanggung jawab dan tidak menunggak laporan kerja sama."),
    remedy=_("Tunjuk penanggung jawab dan kirim laporan yang tertunggak."),
    basis="product: village eligibility",
    status=Status.PRODUCT,
    switchable=True,
)
def village_ready_to_partner(f: VillageFacts) -> bool:
    return f.person_in_charge != "" and f.overdue_reports <= f.report_arrears_allowed


@rule(
    "RG-18",
    says=_("Sebaiknya desa memiliki Peraturan Desa tentang kerja sama desa."),
    remedy=_("Susun Peraturan Desa tentang kerja sama, lalu catat nomor dan tanggalnya."),
    basis="product",
    status=Status.PRODUCT,
    severity=Severity.WARN,
    switchable=True,
)
def umbrella_regulation(f: VillageFacts) -> bool:
    return f.umbrella_number != ""


READY_TO_PARTNER: tuple[Rule, ...] = (village_ready_to_partner, umbrella_regulation)

# --- what a village keeps: lines of its plans, its assets -----------------------------------------------------


@dataclass(frozen=True)
class CorrectionFacts:
    reason: str
    changes: int  # columns that would read otherwise; one where a record is taken out


@rule(
    "RG-25",
    says=_("Perbaikan data desa harus disertai alasan dan sungguh mengubah sesuatu."),
    remedy=_("Ubah isian yang salah, lalu tulis alasan singkat."),
    basis="product: corrections of registers are acts with a reason",
    status=Status.PRODUCT,
)
def correction_has_reason(f: CorrectionFacts) -> bool:
    return f.reason != "" and f.changes > 0


@dataclass(frozen=True)
class TableFacts:
    rows: int
    loaded_before: bool


@rule(
    "RG-26",
    says=_("Tabel yang dimuat harus berisi baris dan belum pernah dimuat."),
    remedy=_("Pilih berkas lain, atau perbaiki baris yang sudah tercatat satu per satu."),
    basis="product",
    status=Status.PRODUCT,
)
def table_is_new(f: TableFacts) -> bool:
    return f.rows > 0 and not f.loaded_before


CORRECTING: tuple[Rule, ...] = (correction_has_reason,)
LOADING: tuple[Rule, ...] = (table_is_new,)

# --- many villages at once --------------------------------------------------------------------------------

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

# --- what happened, in words ------------------------------------------------------------------------------

JOURNAL_WORDS: dict[str, str] = {
    "village.updated": _("Profil desa diperbarui"),
    "account.recorded": _("Rekening kas desa dicatat"),
    "umbrella_regulation.recorded": _("Peraturan Desa tentang kerja sama dicatat"),
    "plan_line.recorded": _("Baris rencana desa dicatat"),
    "plan_line.corrected": _("Baris rencana desa diperbaiki"),
    "plan_line.withdrawn": _("Baris rencana desa dicabut"),
    "plan_lines.imported": _("Baris rencana desa dimuat dari tabel"),
    "asset.recorded": _("Aset desa dicatat"),
    "asset.corrected": _("Aset desa diperbaiki"),
    "asset.withdrawn": _("Aset desa dicabut dari daftar"),
    "assets.imported": _("Aset desa dimuat dari tabel"),
    "report.overdue": _("Laporan kerja sama dicatat tertunggak"),
    "report.caught_up": _("Laporan yang tertunggak sudah masuk"),
    "partner.registered": _("Mitra didaftarkan"),
    "partner.updated": _("Data mitra diperbarui"),
    "partner.corrected": _("Data mitra dibetulkan kabupaten"),
    "partner.merged": _("Dua data mitra digabung"),
    "partner.split": _("Penggabungan data mitra dibatalkan"),
    "partner_request.sent": _("Pendaftaran mitra dikirim"),
    "partner_request.accepted": _("Pendaftaran mitra diterima"),
    "partner_request.declined": _("Pendaftaran mitra ditolak"),
    "partner_request.lapsed": _("Pendaftaran mitra gugur karena lama tidak diperiksa"),
    "partner_person.admitted": _("Orang mitra diberi akses"),
    "partner_document.added": _("Dokumen mitra dicatat"),
    "partner_document.withdrawn": _("Dokumen mitra ditarik"),
    "owner.declared": _("Pemilik atau pengurus dinyatakan"),
    "owners.declared": _("Pemilik dan pengurus dinyatakan"),
    "verification.started": _("Uji tuntas dimulai"),
    "verification.answered": _("Jawaban uji tuntas disimpan"),
    "verification.submitted": _("Uji tuntas dikirim"),
    "verification.taken": _("Berkas uji tuntas diambil pemeriksa"),
    "evidence.checked": _("Bukti diperiksa"),
    "verification.repair_requested": _("Perbaikan diminta"),
    "verification.resubmitted": _("Perbaikan dikirim"),
    "match.reviewed": _("Kecocokan daftar sanksi ditinjau"),
    "verification.concluded": _("Uji tuntas diputus"),
    "verification.reopened": _("Uji tuntas dibuka ulang"),
    "party.listed": _("Pihak dicatat dalam daftar sanksi"),
    "parties.imported": _("Daftar pihak bersanksi dimuat dari berkas"),
    "flag.raised": _("Tanda risiko dipasang"),
    "flag.replied": _("Hak jawab atas tanda risiko dipakai"),
    "flag.reviewed": _("Tanda risiko dinilai seorang pemeriksa"),
    "flag.resolved": _("Tanda risiko diputus"),
    "flag.reopened": _("Tanda risiko dibuka ulang"),
    "flag.escalated": _("Tanda risiko yang lewat waktu diteruskan ke kabupaten"),
    "conflict.explained": _("Benturan kepentingan dijelaskan mitra"),
    "conflict.reviewed": _("Penjelasan benturan kepentingan ditinjau"),
    "partner.reminded": _("Mitra diingatkan akan dokumen atau putusan yang hampir habis"),
    "listing.lifted": _("Catatan sanksi dicabut"),
    "villages.onboarded": _("Banyak desa didaftarkan dari satu tabel"),
    "onboarding.confirmed": _("Tabel petugas dari camat disahkan"),
    "onboarding.declined": _("Tabel petugas dari camat ditolak"),
    "letters.printed": _("Surat akses dicetak"),
}
