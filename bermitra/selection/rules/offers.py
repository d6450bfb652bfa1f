"""A partner's own offer, and the village's written answer."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _
from bermitra.needs.offers.rules import no_cash_to_persons

UNSOLICITED = Flow(
    "unsolicited",
    (
        Move("start", "draft", "selection.draft_unsolicited"),
        Move("start", "draft", "selection.answer_introduction"),
        Move("draft", "sent", "selection.submit_unsolicited"),
        Move("sent", "sent", "selection.resubmit_unsolicited"),
        Move("sent", "not_repaired", "selection.lapse_unsolicited"),
        Move("sent", "not_chosen", "selection.decline_unsolicited"),
        Move("sent", "not_chosen", "selection.record_refusal"),
        # A rival is sealed as a proposal to a call is; the one it rivals is compared with it, and one goes on.
        Move("draft", "sealed", "selection.submit_rival"),
        Move("sealed", "sealed", "selection.submit_rival"),
        Move("draft", "withdrawn", "selection.withdraw_proposal"),
        Move("sealed", "withdrawn", "selection.withdraw_proposal"),
        Move("sent", "withdrawn", "selection.withdraw_proposal"),
        Move("compared", "withdrawn", "selection.withdraw_proposal"),
        Move("draft", "late", "selection.open_rivals"),
        Move("sealed", "compared", "selection.open_rivals"),
        Move("sent", "compared", "selection.open_rivals"),
        Move("compared", "sent", "selection.close_comparison"),
        Move("compared", "not_chosen", "selection.close_comparison"),
        Move("compared", "not_chosen", "selection.decline_unsolicited"),
    ),
)

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
class TakingFacts:
    """What an offer says of itself in yes or no; ``None``: not said."""

    uses_asset: bool | None
    exclusive: bool | None


@rule(
    "SL-48",
    says=_("Usulan harus menyebut apakah memakai aset desa dan menutup mitra lain."),
    remedy=_("Jawab dua pertanyaan pada halaman Nilai dan jangkauan."),
    basis="product: no hidden direct appointment",
    status=Status.PRODUCT,
)
def says_what_it_takes(f: TakingFacts) -> bool:
    return f.uses_asset is not None and f.exclusive is not None


@dataclass(frozen=True)
class RepeatFacts:
    """``months_since_refusal``: of the newest refusal of the same content; beyond every wait where there was none."""

    content_changed: bool
    months_since_refusal: int
    reapply_months: int


@rule(
    "SL-28",
    says=_("Usulan yang sama baru boleh diajukan lagi setelah {reapply_months} bulan, kecuali isinya berubah."),
    remedy=_("Ubah isi usulan, atau tunggu sampai masa jeda berakhir."),
    basis="product: same proposal, same answer",
    status=Status.PRODUCT,
    switchable=True,
)
def not_repeated_too_soon(f: RepeatFacts) -> bool:
    return f.content_changed or f.months_since_refusal >= f.reapply_months


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


@dataclass(frozen=True)
class AnswerTimeFacts:
    days_since_musyawarah: int
    written_answer_days: int


@rule(
    "SL-33",
    says=_("Mitra sebaiknya menerima jawaban tertulis dalam {written_answer_days} hari setelah musyawarah."),
    remedy=_("Kirim jawaban tertulis; keterlambatannya tampil pada halaman kemitraan."),
    basis="product: the law asks that the result is set and told",
    status=Status.PRODUCT,
    severity=Severity.WARN,
    switchable=True,
)
def answered_in_time(f: AnswerTimeFacts) -> bool:
    return f.days_since_musyawarah <= f.written_answer_days


SENDING_UNSOLICITED: tuple[Rule, ...] = (unsolicited_is_complete, no_cash_to_persons)

TAKING: tuple[Rule, ...] = (says_what_it_takes,)

REPEATING: tuple[Rule, ...] = (not_repeated_too_soon,)

ANSWERING: tuple[Rule, ...] = (answered_in_writing,)

ANSWERING_IN_TIME: tuple[Rule, ...] = (answered_in_time,)
