"""When others are asked for an offer as well, and who opens and compares what came."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class RivalFacts:
    """``rival_days_open``: for how many whole days others were asked; nothing where they were not."""

    value_rupiah: int
    uses_asset: bool
    monopoly: bool
    rival_days_open: int
    rival_threshold_rupiah: int
    rival_call_days: int


@rule(
    "SL-26",
    says=_("Usulan bernilai besar, memakai aset desa, atau menutup mitra lain harus dibandingkan dahulu."),
    remedy=_("Minta usulan pembanding selama masa yang ditentukan."),
    basis="product: no hidden direct appointment",
    status=Status.PRODUCT,
    switchable=True,
)
def rivals_asked(f: RivalFacts) -> bool:
    small = f.value_rupiah < f.rival_threshold_rupiah and not f.uses_asset and not f.monopoly
    return small or f.rival_days_open >= f.rival_call_days


@dataclass(frozen=True)
class TieFacts:
    interest_declared: bool
    offers_tied: int  # of how many offers a tie of this person was found


@rule(
    "SL-47",
    says=_("Orang yang berkepentingan dengan salah satu pengusul tidak boleh membuka atau memutuskan perbandingan."),
    remedy=_("Serahkan kepada Pelaksana Tugas yang tidak terkait."),
    basis="product: separation of duties; UU 6/2014 ps 26, 29",
    status=Status.PRODUCT,
)
def untied_to_the_offers(f: TieFacts) -> bool:
    return not f.interest_declared and not f.offers_tied


@dataclass(frozen=True)
class DeclineFacts:
    opened: bool  # the offers that the village asked others for


@rule(
    "SL-58",
    says=_("Usulan pembanding dibuka dahulu sebelum semua usulan ditolak."),
    remedy=_("Tunggu batas waktu, buka usulan dengan berita acara, lalu putuskan."),
    basis="product: no hidden direct appointment",
    status=Status.PRODUCT,
)
def read_before_declined(f: DeclineFacts) -> bool:
    return f.opened


ASKING_RIVALS: tuple[Rule, ...] = (rivals_asked,)

DECLINING: tuple[Rule, ...] = (read_before_declined,)

COMPARING: tuple[Rule, ...] = (untied_to_the_offers,)
