"""The life of a draw, who stands on its list, and the rules that make it fair. Pure Python, no Django.

Every village of the list has the same chance. What would give one a better chance is refused here: a list that leaves one
out without a reason, a seed thrown before the list stood open, a second draw beside the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _, name_key

DRAW_FLOW = Flow(
    "fair_draw",
    [
        Move("start", "prepared", "matching.prepare_draw"),
        Move("prepared", "prepared", "matching.describe_draw"),
        Move("prepared", "prepared", "matching.set_draw_rule"),
        Move("prepared", "prepared", "matching.set_draw_meeting"),
        Move("prepared", "prepared", "matching.enter_applications"),
        Move("prepared", "asking", "matching.ask_villages"),
        Move("asking", "asking", "matching.answer_draw"),
        Move("asking", "asking", "matching.set_draw_meeting"),
        Move("prepared", "committed", "matching.commit_draw"),
        Move("asking", "committed", "matching.commit_draw"),
        Move("prepared", "drawn", "matching.commit_draw"),  # places for everybody: nothing to draw
        Move("asking", "drawn", "matching.commit_draw"),
        Move("committed", "drawn", "matching.throw_draw"),
        Move("prepared", "void", "matching.void_draw"),
        Move("asking", "void", "matching.void_draw"),
        Move("committed", "void", "matching.void_draw"),
    ],
)

DRAW_LABELS: dict[str, Label] = {
    "prepared": Label(_("Disiapkan"), _("Daftar sedang disiapkan"), _("Menunggu penyelenggara menerbitkan daftar.")),
    "asking": Label(
        _("Desa menjawab"),
        _("Desa menjawab: ikut atau tidak"),
        _("Menunggu jawaban desa sampai hari terakhir, lalu daftar diterbitkan."),
    ),
    "committed": Label(
        _("Daftar terbit"), _("Daftar dan aturan terkunci"), _("Menunggu pertemuan undian dan lemparan dadu.")
    ),
    "drawn": Label(_("Hasil terbit"), _("Sudah diundi dan terbit"), _("Tidak ada yang ditunggu.")),
    "void": Label(_("Batal"), _("Batal, alasannya terbit"), _("Tidak ada yang ditunggu.")),
}

# Why a village of the regency is not on the list, in the order in which it is asked.
LEFT_OUT: Mapping[str, str] = {
    "kelurahan": _("Kelurahan, bukan desa"),
    "district": _("Kecamatannya di luar undian ini"),
    "status": _("Status desanya di luar undian ini"),
    "served": _("Belum lama mendapat tempat program ini"),
    "not_applied": _("Tidak mendaftar"),
    "declined": _("Desanya menjawab tidak ikut"),
    "silent": _("Desanya tidak menjawab"),
}

ASKED = ("", "declined", "silent")  # of a village that could be on the list, and so was asked where villages were

# What it means when a village that was asked says nothing.
SILENT_IN, SILENT_OUT = "in", "out"
SILENCE: Mapping[str, str] = {
    SILENT_IN: _("Desa yang tidak menjawab dianggap ikut."),
    SILENT_OUT: _("Desa yang tidak menjawab dianggap tidak ikut."),
}

# What places can be shared out evenly by, at most two at once.
ATTRIBUTES: Mapping[str, str] = {
    "district": _("kecamatan"),
    "status": _("status desa"),
    "served": _("pernah atau belum mendapat tempat melalui undian"),
}
MOST_QUOTAS = 2
NO_STATUS = _("Belum ada status")
SERVED, NEVER_SERVED = _("Pernah"), _("Belum pernah")

SHORTEST_SEED, LONGEST_SEED = 16, 60  # throws of a die: 41 bits; and what a line of the minutes holds


# Who is on the list --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class VillageFacts:
    """What the published rule asks of one village. ``months_since`` its last place of this programme, ``None`` if never."""

    district: str
    status: str
    kelurahan: bool = False
    months_since: int | None = None
    applied: bool = False


@dataclass(frozen=True)
class ListRule:
    """The published rule. Empty ``statuses`` and ``districts`` leave nobody out; ``rest_months`` 0 neither."""

    applied_only: bool = False
    statuses: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    rest_months: int = 0

    def leaves_out(self, village: VillageFacts) -> str:
        """The first reason of ``LEFT_OUT`` for which the village is not on the list, ``""`` if it is."""
        reasons = {
            "kelurahan": village.kelurahan,
            "district": bool(self.districts) and village.district not in self.districts,
            "status": bool(self.statuses) and village.status not in self.statuses,
            "served": village.months_since is not None and village.months_since < self.rest_months,
            "not_applied": self.applied_only and not village.applied,
        }
        return next((reason for reason, holds in reasons.items() if holds), "")


def left_out_by_answer(answer: bool | None, silence: str) -> str:
    """The same of a village that was asked, by what it said: ``None`` is nothing."""
    if answer is None:
        return "silent" if silence == SILENT_OUT else ""
    return "" if answer else "declined"


# Publishing the list -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CommittingFacts:
    """``unaccounted``: villages of the regency that are neither on the list nor left out by the published rule, or stand
    there otherwise than the rule says. ``impossible``: what the engine finds wrong with places and quotas. ``at_home``: it is
    the regency's own draw, or an open offer of the partner that holds it reaches the regency."""

    entrants: int
    seats: int
    quotas: int
    impossible: int
    unaccounted: int
    running: int
    has_meeting: bool
    at_home: bool


@rule(
    "MT-13",
    says=_("Undian menjaga paling banyak dua kuota: dengan tiga, peluang yang sama tidak lagi pasti."),
    remedy=_("Pilih paling banyak dua kuota, lalu buat daftar lagi."),
    basis="product",  # the bound: Budish, Che, Kojima and Milgrom 2013
    status=Status.PRODUCT,
)
def quotas_possible(f: CommittingFacts) -> bool:
    return f.quotas <= MOST_QUOTAS and f.impossible == 0


@rule(
    "MT-30",
    says=_("Satu program hanya memiliki satu undian yang berjalan."),
    remedy=_("Selesaikan atau batalkan undian program ini yang sudah terbit."),
    basis="product",
    status=Status.PRODUCT,
)
def one_draw_at_a_time(f: CommittingFacts) -> bool:
    return f.running == 0


@rule(
    "MT-31",
    says=_("Setiap desa ada dalam daftar, atau ditinggalkan dengan alasan dari aturan yang terbit."),
    remedy=_("Susun ulang daftar: data desa berubah sejak daftar dibuat."),
    basis="product",
    status=Status.PRODUCT,
)
def nobody_left_out_silently(f: CommittingFacts) -> bool:
    return f.unaccounted == 0


@rule(
    "MT-32",
    says=_("Undian memerlukan paling sedikit satu desa dalam daftar."),
    remedy=_("Longgarkan syarat, atau masukkan desa yang mendaftar."),
    basis="product",
    status=Status.PRODUCT,
)
def somebody_to_draw(f: CommittingFacts) -> bool:
    return f.entrants > 0 and f.seats > 0


@rule(
    "MT-33",
    says=_("Tempat dan waktu pertemuan undian terbit bersama daftar."),
    remedy=_("Isi tempat, tanggal, dan jam pertemuan, sesudah jeda pengumuman."),
    basis="product",
    status=Status.PRODUCT,
)
def meeting_announced(f: CommittingFacts) -> bool:
    return f.has_meeting or f.seats >= f.entrants


@rule(
    "MT-39",
    says=_("Mitra mengundi tempat hanya di kabupaten yang dijangkau tawarannya yang terbuka."),
    remedy=_("Terbitkan tawaran yang menjangkau kabupaten ini lebih dahulu."),
    basis="product",
    status=Status.PRODUCT,
)
def offered_here(f: CommittingFacts) -> bool:
    return f.at_home


COMMITTING: tuple[Rule, ...] = (
    quotas_possible,
    one_draw_at_a_time,
    nobody_left_out_silently,
    somebody_to_draw,
    meeting_announced,
    offered_here,
)


ASKING: tuple[Rule, ...] = (one_draw_at_a_time, somebody_to_draw, offered_here)  # the villages, before there is a list


# Throwing ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WaitingFacts:
    """Of a published list: its hash, the hash of the list as it stands, and the whole hours that it stood open."""

    list_hash: str
    hash_now: str
    hours_open: int
    draw_commit_hours: int


@rule(
    "MT-11",
    says=_("Daftar terbit {draw_commit_hours} jam tanpa perubahan sebelum dadu dilempar."),
    remedy=_("Tunggu jeda itu lewat; bila daftarnya berubah, batalkan undian."),
    basis="product",  # as RFC 3797 has it
    status=Status.PRODUCT,
)
def draw_committed_first(f: WaitingFacts) -> bool:
    return f.list_hash != "" and f.list_hash == f.hash_now and f.hours_open >= f.draw_commit_hours


@dataclass(frozen=True)
class MeetingFacts:
    now: datetime
    meeting_at: datetime | None


@rule(
    "MT-34",
    says=_("Dadu dilempar dalam pertemuan yang diumumkan, tidak sebelum jamnya."),
    remedy=_("Lempar dadu pada jam pertemuan itu atau sesudahnya."),
    basis="product",
    status=Status.PRODUCT,
)
def thrown_in_the_meeting(f: MeetingFacts) -> bool:
    return f.meeting_at is not None and f.now >= f.meeting_at


@dataclass(frozen=True)
class WitnessFacts:
    """Names as typed; ``typed_by`` is who enters the seed, and is no witness of it."""

    one: str
    one_office: str
    two: str
    two_office: str
    typed_by: str


@rule(
    "MT-12",
    says=_("Lemparan disaksikan dua orang berbeda selain Anda, dengan nama dan jabatannya."),
    remedy=_("Isi nama dan jabatan dua saksi yang hadir."),
    basis="product",
    status=Status.PRODUCT,
)
def two_witnesses(f: WitnessFacts) -> bool:
    names = {name_key(each) for each in (f.one, f.two, f.typed_by)}
    return len(names) == 3 and "" not in names and bool(f.one_office.strip() and f.two_office.strip())


WAITING: tuple[Rule, ...] = (draw_committed_first,)
MEETING: tuple[Rule, ...] = (thrown_in_the_meeting,)
WITNESSED: tuple[Rule, ...] = (two_witnesses,)
