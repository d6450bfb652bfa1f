"""What a partner and officials of a village share."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class OverlapFacts:
    """``explained_items``: those that were explained and looked at. ``hidden_ownership``: one was found not acceptable."""

    shared_items: int
    explained_items: int
    hidden_ownership: bool


@rule(
    "RG-15",
    says=_("Orang, telepon, atau rekening yang sama antara mitra dan pejabat desa harus dijelaskan."),
    remedy=_("Nyatakan hubungan itu, atau ganti data yang keliru dengan bukti."),
    basis="UU 6/2014 ps 29, 51, 64; product",
    status=Status.PRODUCT,
)
def no_hidden_overlap(f: OverlapFacts) -> bool:
    return f.shared_items == f.explained_items and not f.hidden_ownership


UNTIED: tuple[Rule, ...] = (no_hidden_overlap,)
