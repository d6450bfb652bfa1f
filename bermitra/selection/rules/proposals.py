"""The life of a proposal: sealed, opened, checked."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _
from bermitra.needs.offers.rules import no_cash_to_persons
from bermitra.selection.rules.nobody import NOBODY

PROPOSAL = Flow(
    "proposal",
    (
        Move("start", "draft", "selection.draft_proposal"),
        Move("start", "proposed", "selection.appoint_directly"),
        Move("draft", "late", "selection.appoint_directly"),
        Move("draft", "sealed", "selection.submit_proposal"),
        Move("sealed", "sealed", "selection.submit_proposal"),
        Move("sealed", "draft", "selection.withdraw_call"),  # unread, and its partner's own again
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
        Move("ranked", "admissible", "selection.moderate_scores"),
        Move("ranked", "proposed", "selection.propose_candidate"),
        Move("ranked", "proposed", "selection.propose_next"),
        Move("ranked", "admissible", "selection.reopen_scoring"),
        Move("proposed", "admissible", "selection.reopen_scoring"),
        Move("accepted", "admissible", "selection.reopen_scoring"),
        Move("disqualified", "admissible", "selection.reopen_scoring"),  # whose objection was right
        Move("proposed", "accepted", "selection.accept_candidacy"),
        Move("proposed", "withdrawn", "selection.decline_candidacy"),
        Move("proposed", "lapsed", "selection.lapse_candidate"),
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
        Move("not_chosen", "ranked", "agreements.return_to_selection"),  # ranked beside it
        Move("draft", "not_chosen", "selection.cancel_call"),
        Move("sealed", "not_chosen", "selection.cancel_call"),
        Move("opened", "not_chosen", "selection.cancel_call"),
        Move("curing", "not_chosen", "selection.cancel_call"),
        Move("admissible", "not_chosen", "selection.cancel_call"),
        Move("ranked", "not_chosen", "selection.cancel_call"),
        Move("ranked", "not_chosen", "selection.revise_terms"),
    ),
)

PROPOSAL_LABELS = {
    "draft": Label(_("Draf"), _("Draf usulan"), _("Menunggu mitra mengirim usulan.")),
    "sealed": Label(_("Tersegel"), _("Terkirim dan tersegel"), _("Menunggu batas waktu penawaran.")),
    "opened": Label(_("Dibuka"), _("Dibuka dengan berita acara"), _("Menunggu pemeriksaan kelengkapan.")),
    "curing": Label(_("Perlu dilengkapi"), _("Masa melengkapi dokumen"), _("Menunggu mitra melengkapi dokumen.")),
    "admissible": Label(_("Lolos administrasi"), _("Lolos administrasi, dinilai"), _("Menunggu nilai semua penilai.")),
    "ranked": Label(_("Sudah dinilai"), _("Berperingkat"), _("Menunggu penetapan calon mitra.")),
    "proposed": Label(_("Calon mitra"), _("Diusulkan"), _("Menunggu mitra menerima atau menolak pencalonan.")),
    "accepted": Label(_("Calon mitra menerima"), _("Diterima mitra"), _("Menunggu keputusan Musyawarah Desa.")),
    "chosen": Label(_("Terpilih"), _("Terpilih"), NOBODY),
    "not_chosen": Label(_("Tidak terpilih"), _("Tidak terpilih"), NOBODY),
    "disqualified": Label(_("Tidak memenuhi syarat"), _("Gugur dengan alasan"), NOBODY),
    "withdrawn": Label(_("Ditarik"), _("Ditarik mitra"), NOBODY),
    "lapsed": Label(_("Pencalonan gugur"), _("Gugur, tidak menjawab pencalonan"), NOBODY),
    "late": Label(_("Terlambat, tidak dibuka"), _("Terlambat, terkunci"), NOBODY),
    "compared": Label(
        _("Dibandingkan"), _("Dibuka untuk dibandingkan"), _("Menunggu Kepala Desa memilih satu usulan.")
    ),
    "not_repaired": Label(_("Gugur, tidak diperbaiki"), _("Gugur, tidak diperbaiki sampai batas waktu"), NOBODY),
    "sent": Label(_("Terkirim"), _("Terkirim kepada desa"), _("Menunggu pemeriksaan desa.")),
}

CANDIDATES = ("proposed", "accepted", "chosen")  # one of a call at a time
UNREAD = ("draft", "withdrawn", "late")  # nobody but their partner reads these, also once the others are opened

FEWEST_TICKS, MOST_TICKS = 5, 10  # ticking all statements would say nothing


@dataclass(frozen=True)
class TickFacts:
    ticks: int


@rule(
    "SL-42",
    says=_("Setiap pihak memegang lima sampai sepuluh pernyataan visi."),
    remedy=_("Centang lima sampai sepuluh pernyataan, termasuk pernyataan inti."),
    basis="product: strict selection for the same goals and vision",
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


TICKING: tuple[Rule, ...] = (five_to_ten_statements,)

SENDING: tuple[Rule, ...] = (sent_before_deadline, no_cash_to_persons, five_to_ten_statements)

SEAL: tuple[Rule, ...] = (sealed_until_closed,)

DISQUALIFYING: tuple[Rule, ...] = (cure_period_given,)

ADMITTING: tuple[Rule, ...] = (everything_checked,)
