"""What makes a decision: the quorum, the counts, who counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bermitra.deliberation.rules.sessions import CountedInSession, quorum_met
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class ClearingFacts:
    """``cleared_himself``: who would have to step back has written that he is another person of that name."""

    cleared_himself: bool


@dataclass(frozen=True)
class InterestFacts(ClearingFacts):
    """Counted among those who decide, by name. ``chair_tied``: who presides is of the partner, or shares with it."""

    of_partner: int
    sharing: int
    chair_tied: bool


@dataclass(frozen=True)
class DecidingFacts(CountedInSession, InterestFacts):
    """``approving`` counts, in a consensus, those who agree with what was decided, be it a yes or a no.

    ``voters`` were counted on their own; ``counters`` and ``may_count`` are keys of names. ``text_read`` is the hash of the
    text that the page showed, ``text_now`` that of the one that lies before the meeting when the act is done.
    """

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
    about_person: bool
    ballot: str
    secret: bool
    invalid: int
    voters: int
    counters: tuple[str, ...]
    may_count: frozenset[str]
    text_read: str
    text_now: str


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
    "DB-70",
    says=_("Hasil harus sesuai hitungan: yang kalah suara tidak dapat dicatat sebagai keputusan."),
    remedy=_("Periksa hasil dan jumlahnya; yang menyetujui tidak lebih banyak daripada yang hadir."),
    basis="product; Permendesa 2/2015",
    status=Status.PRODUCT,
)
def result_as_counted(f: DecidingFacts) -> bool:
    """What no share and no majority of any regency could make of these counts; who decides a tie is a local rule (DB-10)."""
    if f.mode == "consensus":
        return 0 < f.approving <= f.present
    cast = f.in_favour + f.against + f.abstaining
    carried = 0 < f.in_favour >= f.against if f.agreed else f.in_favour < cast
    return f.mode == "vote" and 0 < cast <= f.present and carried


@rule(
    "DB-71",
    says=_("Keputusan dicatat untuk naskah yang Anda baca."),
    remedy=_("Naskahnya sudah berubah: bacakan yang terbaru, lalu catat lagi."),
    basis="product; persetujuan berlaku untuk naskahnya",
    status=Status.PRODUCT,
)
def decided_as_read(f: DecidingFacts) -> bool:
    return f.text_now != "" and f.text_read == f.text_now


@rule(
    "DB-11",
    says=_("Pemungutan suara tentang orang harus rahasia dengan kertas; tentang hal lain harus terbuka."),
    remedy=_("Ulangi pemungutan suara dengan cara yang sesuai, lalu catat hasilnya."),
    basis="Permendesa 2/2015, diteruskan Permendesa 16/2019",
    status=Status.SOURCED,
)
def secret_only_about_a_person(f: DecidingFacts) -> bool:
    return f.mode != "vote" or (f.secret and f.ballot == "paper" if f.about_person else not f.secret)


@rule(
    "DB-12",
    says=_("Jumlah semua tumpukan suara harus sama dengan yang memilih, dihitung dua peserta selain pimpinan."),
    remedy=_("Hitung ulang tumpukan dan yang memilih, lalu pilih dua penghitung dari daftar hadir."),
    basis="product",
    status=Status.PRODUCT,
)
def votes_counted_by_two(f: DecidingFacts) -> bool:
    if f.mode != "vote":
        return True
    heaps = f.in_favour + f.against + f.abstaining + f.invalid
    two = len(f.counters) == len(set(f.counters)) == 2 and f.may_count.issuperset(f.counters)
    return f.ballot != "" and heaps == f.voters <= f.present and two


@rule(
    "DB-13",
    says=_("Mitra boleh menjelaskan, tetapi tidak ikut memutuskan."),
    remedy=_("Tandai orang mitra sebagai peninjau pada daftar hadir, kecuali ia hanya bernama sama."),
    basis="product; peserta menurut Permendesa 16/2019",
    status=Status.PRODUCT,
)
def partner_does_not_decide(f: InterestFacts) -> bool:
    return f.of_partner == 0


@rule(
    "DB-14",
    says=_("Yang berkepentingan pada mitra tidak boleh memimpin atau ikut memutuskan."),
    remedy=_("Serahkan pimpinan kepada yang lain, dan tandai yang berkepentingan sebagai peninjau."),
    basis="product; larangan bagi pejabat desa menurut UU 6/2014 ps 29, 51, 64",
    status=Status.PRODUCT,
)
def interested_step_back(f: InterestFacts) -> bool:
    return f.sharing == 0 and not f.chair_tied


@rule(
    "DB-39",
    says=_("Seseorang tidak boleh menyatakan sendiri bahwa ia hanya bernama sama."),
    remedy=_("Minta sekretaris atau operator desa mencatatnya pada baris itu."),
    basis="product",
    status=Status.PRODUCT,
)
def cleared_by_another(f: ClearingFacts) -> bool:
    return not f.cleared_himself


@rule(
    "DB-20",
    says=_("Keputusan tidak dapat dicatat sebelum musyawarah berlangsung."),
    remedy=_("Periksa tanggal sidang; catat setelah sidang selesai."),
    basis="product",
    status=Status.PRODUCT,
)
def meeting_not_in_future(f: DecidingFacts) -> bool:
    return f.held_on <= f.recorded_on and f.opened


STEPPING_BACK: tuple[Rule, ...] = (partner_does_not_decide, interested_step_back, cleared_by_another)
CLEARING: tuple[Rule, ...] = (cleared_by_another,)
DECIDING: tuple[Rule, ...] = (
    quorum_met,
    decision_counts_add_up,
    result_as_counted,
    decided_as_read,
    secret_only_about_a_person,
    votes_counted_by_two,
    *STEPPING_BACK,
    meeting_not_in_future,
)
