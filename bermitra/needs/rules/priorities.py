"""Who sets priorities, and on which rows."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

LIST = Flow(
    "priority_list",
    [
        Move("start", "draft", "needs.draft_priorities"),
        Move("draft", "tabled", "needs.table"),
        Move("tabled", "tabled", "needs.table"),
        Move("tabled", "set", "needs.prioritise"),
    ],
)


@dataclass(frozen=True)
class PriorityFacts:
    """``decision`` is what a Musyawarah decided on this very list, ``""`` while there is none; ``same_text``: the rows are
    those that lay before it."""

    minutes_binding: bool
    decision: str
    on_agenda: bool
    same_text: bool


@rule(
    "ND-02",
    says=_("Prioritas harus ditetapkan Musyawarah Desa yang sudah mengikat."),
    remedy=_("Bawa kebutuhan ini ke Musyawarah Desa dan tetapkan berita acaranya."),
    basis="Permendagri 96/2017 ps 13–14; UU 6/2014 ps 54",
    status=Status.SOURCED,
)
def prioritised_by_musyawarah(f: PriorityFacts) -> bool:
    return f.minutes_binding and f.decision == "agreed" and f.on_agenda


@rule(
    "ND-08",
    says=_("Urutan dan biaya prioritas harus sama dengan yang diputuskan Musyawarah Desa."),
    remedy=_("Kembalikan seperti semula, atau bawa daftar baru ke Musyawarah Desa."),
    basis="product",
    status=Status.PRODUCT,
)
def same_list_as_decided(f: PriorityFacts) -> bool:
    return f.same_text


PRIORITISING: tuple[Rule, ...] = (prioritised_by_musyawarah, same_list_as_decided)


@dataclass(frozen=True)
class TablingFacts:
    """``ranks`` in their order; ``ready``: every need is submitted, deferred, or already before the Musyawarah."""

    ranks: tuple[int, ...]
    ready: bool


@rule(
    "ND-09",
    says=_("Daftar prioritas harus berisi kebutuhan yang sudah diajukan, berurut mulai nomor satu."),
    remedy=_("Masukkan kebutuhan yang diajukan dan periksa nomor urutnya."),
    basis="product",
    status=Status.PRODUCT,
)
def list_can_be_read(f: TablingFacts) -> bool:
    return f.ready and f.ranks == tuple(range(1, len(f.ranks) + 1)) and len(f.ranks) > 0


TABLING: tuple[Rule, ...] = (list_can_be_read,)
