"""Every refusal carries a reason."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class ReasonFacts:
    reason: str


@rule(
    "SL-39",
    says=_("Keputusan ini harus disertai alasan yang dapat dibaca semua pihak."),
    remedy=_("Tulis alasan singkat."),
    basis="product: every refusal carries a reason",
    status=Status.PRODUCT,
)
def reason_given(f: ReasonFacts) -> bool:
    return f.reason != ""


REASONED: tuple[Rule, ...] = (reason_given,)
