"""What a decree that passes agreements on must say, and what it shuts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


class Kind(StrEnum):
    """What became of the village."""

    MERGED = "merged"
    SPLIT = "split"
    URBAN_WARD = "urban_ward"


KINDS: dict[str, str] = {
    Kind.MERGED: _("Digabung dengan desa lain"),
    Kind.SPLIT: _("Dimekarkan"),
    Kind.URBAN_WARD: _("Menjadi kelurahan"),
}
# Why a village is in no Peraturan Bersama any more, as its pages and decrees say it.
GONE_WORDS = {
    Kind.MERGED: "Desa digabung dengan desa lain menurut {number}.",
    Kind.URBAN_WARD: "Desa menjadi kelurahan menurut {number}.",
}
GONE: frozenset[str] = frozenset({Kind.MERGED, Kind.URBAN_WARD})  # afterwards there is no such village
INSTRUMENTS = {"regulation": _("Peraturan Daerah"), "decree": _("Keputusan Bupati atau Wali Kota")}
# States of a case in which both sides are bound by what they signed, or what was recorded of it.
PASSED_IN = frozenset({"signed", "running", "suspended", "existing_registered", "needs_ratification"})
# States of a case whose text waits to be agreed on or signed: it does not pass on, and nobody signs it any more.
LEFT_IN = frozenset({"drafting", "awaiting_permit", "ready_to_sign", "partly_signed"})
ANSWERS = {
    "noted": _("Mengetahui, tanpa keberatan"),
    "objects": _("Berkeberatan"),
    "wants_end": _("Meminta perjanjian diakhiri"),
}
E7 = "law digest §16 E7"


@dataclass(frozen=True)
class DecreeFacts:
    number: str
    dated: date
    holds_from: date
    today: date
    has_file: bool


@rule(
    "AG-85",
    says=_("Perubahan desa memiliki nomor, tanggal, dan berkas keputusan, dan sudah mulai berlaku."),
    remedy=_("Lengkapi keputusannya. Catat pada hari mulai berlaku atau sesudahnya."),
    basis=f"product: nobody takes over by a decree that cannot be read ({E7}); UU 6/2014 ps 14 (belum diperiksa)",
    status=Status.PRODUCT,
)
def change_has_its_decree(f: DecreeFacts) -> bool:
    return f.number != "" and f.dated <= f.holds_from <= f.today and f.has_file


@dataclass(frozen=True)
class EveryFacts:
    """``seen`` is the hash of the list that was shown, ``now`` that of the list as it stands."""

    seen: str
    now: str
    held: frozenset[str]  # codes of the cases that the village holds
    answered: frozenset[str]
    leaves: bool = False  # it leaves a Peraturan Bersama or a draft behind, even where it holds nothing else


@rule(
    "AG-86",
    says=_("Setiap perjanjian desa ini mendapat penerima, sesuai daftar yang Anda baca."),
    remedy=_("Daftarnya sudah berubah: buka lagi halamannya, lalu isi semua penerima."),
    basis=f"product: {E7}",
    status=Status.PRODUCT,
)
def every_agreement_passes(f: EveryFacts) -> bool:
    return f.seen == f.now and (bool(f.held) or f.leaves) and f.held == f.answered


@dataclass(frozen=True)
class Receiver:
    code: str
    kind: str
    active: bool


@dataclass(frozen=True)
class ReceiverFacts:
    kind: str  # what becomes of the village
    village: str
    receivers: tuple[Receiver, ...]


@rule(
    "AG-87",
    says=_("Penerima adalah desa lain di kabupaten yang sama; bila menjadi kelurahan, kelurahannya."),
    remedy=_("Periksa kode penerima. Bila belum terdaftar, muat dahulu daftar wilayah baru."),
    basis=f"product: the register knows who takes over, its own regency says so ({E7}); UU 6/2014 ps 7–11 (belum diperiksa)",
    status=Status.PRODUCT,
)
def receiver_can_hold(f: ReceiverFacts) -> bool:
    return all(_fits(f, each) for each in f.receivers)


def _fits(f: ReceiverFacts, each: Receiver) -> bool:
    here = each.active and each.code[:5] == f.village[:5]
    if f.kind == Kind.URBAN_WARD:  # a register that was loaded before has the kelurahan under the village's own number
        return here and each.kind == "kelurahan"
    stays = f.kind == Kind.SPLIT or each.code != f.village
    return here and each.kind != "kelurahan" and stays


@dataclass(frozen=True)
class HolderFacts:
    kelurahan: bool
    gone: bool  # merged into another, or made a kelurahan


@rule(
    "AG-88",
    says=_("Desa yang digabung atau menjadi kelurahan tidak membuat perjanjian atau adendum baru."),
    remedy=_("Mulai lagi dari desa penerus. Kelurahan memakai kerja sama daerah."),
    basis="UU 6/2014 ps 1, 91; product: only a village cooperates (PS-01), and who is there no longer signs nothing",
    status=Status.PRODUCT,
)
def holder_is_a_village(f: HolderFacts) -> bool:
    return not f.kelurahan and not f.gone


@dataclass(frozen=True)
class OwnMeetingFacts:
    """``agreed``: the meeting of the village that holds now agreed to exactly this addendum."""

    taken_over: bool
    agreed: bool


@rule(
    "AG-89",
    says=_("Adendum perjanjian yang diambil alih disetujui Musyawarah Desa penerusnya sendiri."),
    remedy=_("Ajukan adendum ke Musyawarah Desa yang sekarang memegang perjanjian."),
    basis="product: the meeting of the former village decided for its own residents",
    status=Status.PRODUCT,
)
def own_meeting_agreed(f: OwnMeetingFacts) -> bool:
    return not f.taken_over or f.agreed


@dataclass(frozen=True)
class OwnResidentsFacts:
    """``asked_anew``: the agreement was passed on with the consent of those touched, and the addendum touches what they
    were asked about. ``agreed``: they have agreed to the addendum itself."""

    asked_anew: bool
    agreed: bool


@rule(
    "AG-94",
    says=_("Adendum yang menyentuh hal yang disetujui warga dari desa asal memerlukan PADIATAPA sendiri."),
    remedy=_("Mulai PADIATAPA dengan kode adendum ini. Persetujuan lama tetap berlaku untuk yang lain."),
    basis="product: a yes holds for what was asked; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def own_residents_agreed(f: OwnResidentsFacts) -> bool:
    return not f.asked_anew or f.agreed


DECREED: tuple[Rule, ...] = (change_has_its_decree,)
EVERY: tuple[Rule, ...] = (every_agreement_passes,)
RECEIVERS: tuple[Rule, ...] = (receiver_can_hold,)
HOLDER: tuple[Rule, ...] = (holder_is_a_village,)
OWN_MEETING: tuple[Rule, ...] = (own_meeting_agreed,)
OWN_RESIDENTS: tuple[Rule, ...] = (own_residents_agreed,)
