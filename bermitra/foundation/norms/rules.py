"""What a change of a norm and a switch of a rule need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class ChangeFacts:
    basis: str
    level: str


@rule(
    "FD-08",
    says=_("Perubahan angka daerah harus menyebut dasar hukum dan tanggal berlaku."),
    remedy=_("Isi nomor Perda atau Perbup dan tanggal mulai berlakunya."),
    basis="product",
    status=Status.PRODUCT,
)
def setting_has_basis(f: ChangeFacts) -> bool:
    return f.basis != "" and f.level == "regency"


@dataclass(frozen=True)
class DayFacts:
    effective_from: date
    today: date


@rule(
    "FD-51",
    says=_("Ketentuan daerah tidak berlaku surut."),
    remedy=_("Isi hari ini atau hari sesudahnya sebagai tanggal mulai berlaku."),
    basis="product: what was decided keeps its rules",
    status=Status.PRODUCT,
)
def setting_never_reaches_back(f: DayFacts) -> bool:
    return f.effective_from >= f.today


@dataclass(frozen=True)
class SwitchFacts:
    """``switchable``: whether the rule may be silenced at all; ``turning_off``: whether this switch would silence it."""

    switchable: bool
    turning_off: bool
    basis: str


@rule(
    "FD-09",
    says=_("Aturan hukum dan penjaga kejujuran tidak dapat dimatikan."),
    remedy=_("Sampaikan usul perubahan kepada pembuat peraturannya."),
    basis="UU 6/2014; product",
    status=Status.PRODUCT,
)
def law_rule_stays_on(f: SwitchFacts) -> bool:
    return f.basis != "" and (not f.turning_off or f.switchable)


CHANGING: tuple[Rule, ...] = (setting_has_basis,)
NOT_BACK: tuple[Rule, ...] = (setting_never_reaches_back,)
SWITCHING: tuple[Rule, ...] = (law_rule_stays_on,)
