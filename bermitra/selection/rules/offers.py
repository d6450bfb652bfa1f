"""A partner's own offer, and the village's written answer."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _
from bermitra.needs.offers.rules import no_cash_to_persons

UNSOLICITED = Flow(
    "unsolicited",
    (
        Move("start", "draft", "selection.draft_unsolicited"),
        Move("start", "draft", "selection.answer_introduction"),
        Move("draft", "sent", "selection.submit_unsolicited"),
        Move("sent", "sent", "selection.resubmit_unsolicited"),
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


SENDING_UNSOLICITED: tuple[Rule, ...] = (unsolicited_is_complete, no_cash_to_persons)

ANSWERING: tuple[Rule, ...] = (answered_in_writing,)
