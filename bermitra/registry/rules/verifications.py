"""Due diligence: its life, what is sent in, who examines, the verdict and how long it holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
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
