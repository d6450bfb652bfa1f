"""The law of the written answer between villages.

Basis: Permendagri 96/2017 ps 13: the head who receives an offer passes it to the BPD, the Musyawarah Desa decides, and the
head answers the one who offers in writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

ANSWERS = ("agree", "agree_with_notes", "decline")

# The life of one village's answer; a text that is worded anew is awaited anew.
JOINT_ANSWER = Flow(
    "joint_answer",
    [
        Move("start", "awaited", "deliberation.send_joint_offer"),
        *(Move("awaited", each, "deliberation.answer_joint_offer") for each in ANSWERS),
        *(Move(each, "awaited", "deliberation.withdraw_joint_answer") for each in ANSWERS),
        Move("awaited", "no_answer", "deliberation.close_joint_answers"),
        Move("awaited", "no_answer", "deliberation.call_joint_meeting"),
        Move("no_answer", "awaited", "deliberation.ask_joint_village_again"),
    ],
)

ANSWER_LABELS: dict[str, Label] = {
    "awaited": Label(
        _("Menunggu jawaban"),
        _("Menunggu jawaban tertulis"),
        _("Menunggu jawaban tertulis Kepala Desa. Diam bukan persetujuan."),
        "musdes_desa_penerima",
    ),
    "agree": Label(_("Setuju"), _("Setuju tertulis"), _("Tidak ada yang ditunggu."), "musdes_desa_penerima"),
    "agree_with_notes": Label(
        _("Setuju dengan catatan"),
        _("Setuju dengan catatan"),
        _("Menunggu Musyawarah antar-Desa membahas catatan."),
        "musdes_desa_penerima",
    ),
    "decline": Label(_("Tidak setuju"), _("Menolak tertulis"), _("Tidak ada yang ditunggu."), "musdes_desa_penerima"),
    "no_answer": Label(
        _("Tidak menjawab"), _("Tidak menjawab, tidak ikut"), _("Tidak ada yang ditunggu."), "musdes_desa_penerima"
    ),
}


@dataclass(frozen=True)
class WrittenFacts:
    """``binding``: its own Musyawarah has decided on exactly this text, and that binds; ``agreed`` and ``conditions`` are
    what was decided there, ``answer`` (one of :data:`ANSWERS`, empty while none is chosen) and ``notes`` what the letter
    says."""

    binding: bool
    agreed: bool
    conditions: bool
    answer: str
    notes: bool


@rule(
    "DB-72",
    says=_("Jawaban desa harus didasarkan pada keputusan mengikat Musyawarah Desanya atas naskah ini."),
    remedy=_("Bawa penawaran ke Musyawarah Desa dan tetapkan keputusannya mengikat."),
    basis="Permendagri 96/2017 ps 13",
    status=Status.SOURCED,
)
def answer_from_own_musyawarah(f: WrittenFacts) -> bool:
    return f.binding


@rule(
    "DB-73",
    says=_("Jawaban harus sama dengan keputusan Musyawarah Desa; syaratnya ditulis sebagai catatan."),
    remedy=_("Pilih jawaban menurut berita acara dan tulis syaratnya pada catatan."),
    basis="Permendagri 96/2017 ps 13",
    status=Status.SOURCED,
)
def answer_as_decided(f: WrittenFacts) -> bool:
    if not f.answer:
        return True
    if not f.agreed:
        return f.answer == "decline"
    return (f.answer, f.notes) == (("agree_with_notes", True) if f.conditions else ("agree", False))


ANSWERING: tuple[Rule, ...] = (answer_from_own_musyawarah, answer_as_decided)


@dataclass(frozen=True)
class ClosingFacts:
    """``awaited``: villages that have not answered in writing; ``answer_by``: the last day on which one of them may."""

    awaited: int
    today: date
    answer_by: date


@rule(
    "DB-75",
    says=_("Masa jawaban ditutup setelah batas jawaban lewat, bila masih ada desa yang belum menjawab."),
    remedy=_("Tunggu sampai batas jawaban lewat; desa boleh menjawab sampai ditutup."),
    basis="Permendagri 96/2017 ps 13 (diam bukan persetujuan); product: waktunya",
    status=Status.PRODUCT,
)
def closed_after_its_day(f: ClosingFacts) -> bool:
    return f.awaited > 0 and f.today > f.answer_by


CLOSING: tuple[Rule, ...] = (closed_after_its_day,)


@dataclass(frozen=True)
class TakingBackFacts:
    """``decided_anew``: another Musyawarah of the village has decided on this text since the one that was answered from,
    and binds; ``begun``: the session of the Musyawarah antar-Desa."""

    decided_anew: bool
    begun: bool


@rule(
    "DB-76",
    says=_("Jawaban hanya ditarik dengan keputusan Musyawarah Desa baru, sebelum Musyawarah antar-Desa dimulai."),
    remedy=_("Putuskan lagi dalam Musyawarah Desa, atau sampaikan dalam Musyawarah antar-Desa."),
    basis="Permendagri 96/2017 ps 13; product: caranya",
    status=Status.PRODUCT,
)
def taken_back_by_another_meeting(f: TakingBackFacts) -> bool:
    return f.decided_anew and not f.begun


TAKING_BACK: tuple[Rule, ...] = (taken_back_by_another_meeting,)
