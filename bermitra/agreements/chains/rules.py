"""What a memorandum may hold, and what is asked of a text that is made under another. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

MEMORANDUM, AGREEMENT, ARRANGEMENT = "mou", "pks", "ia"  # as offices call them
LEVELS = {
    MEMORANDUM: _("Nota Kesepahaman"),
    AGREEMENT: _("Perjanjian Bersama"),
    ARRANGEMENT: _("Pengaturan Pelaksanaan"),
}
# Under which levels a text may be made. A memorandum stands under none; an arrangement never stands alone.
ABOVE: dict[str, tuple[str, ...]] = {
    MEMORANDUM: (),
    AGREEMENT: (MEMORANDUM,),
    ARRANGEMENT: (MEMORANDUM, AGREEMENT),
}


@dataclass(frozen=True)
class IntentFacts:
    """What a text holds that costs: sums wherever they stand, duties with a price, village assets."""

    level: str
    money_lines: int
    assets: int


@rule(
    "AG-17",
    says=_("Nota Kesepahaman tidak boleh memuat uang, aset, atau kewajiban berharga."),
    remedy=_("Jadikan naskah ini Perjanjian Bersama, atau keluarkan uang dan asetnya."),
    basis="product: memoranda that nobody could carry out",
    status=Status.PRODUCT,
)
def intent_holds_no_money(f: IntentFacts) -> bool:
    return f.level != MEMORANDUM or (f.money_lines == 0 and f.assets == 0)


@dataclass(frozen=True)
class ParentFacts:
    """``above``: the level of the text this one is made under, empty where there is none."""

    level: str
    above: str
    same_parties: bool
    in_force: bool


@rule(
    "AG-56",
    says=_("Naskah induk harus berlaku, setingkat lebih tinggi, dan antara pihak yang sama."),
    remedy=_("Pilih naskah induk lain yang berlaku, atau jadikan naskah ini berdiri sendiri."),
    basis="product: a chain of memorandum, agreement and arrangement",
    status=Status.PRODUCT,
)
def parent_stands(f: ParentFacts) -> bool:
    if not f.above:
        return f.level != ARRANGEMENT
    return f.above in ABOVE[f.level] and f.same_parties and f.in_force


@dataclass(frozen=True)
class WithinFacts:
    """``outside``: what of the text reaches beyond the one it is made under."""

    outside: tuple[str, ...]


@rule(
    "AG-65",
    says=_("Bidang, bentuk, lingkup, dan jangka waktu harus di dalam naskah induknya."),
    remedy=_("Sesuaikan naskah ini dengan induknya, atau ubah induknya lebih dahulu."),
    basis="product: a chain of memorandum, agreement and arrangement",
    status=Status.PRODUCT,
)
def within_the_parent(f: WithinFacts) -> bool:
    return not f.outside


INTENT: tuple[Rule, ...] = (intent_holds_no_money,)
PARENT: tuple[Rule, ...] = (parent_stands,)
WITHIN: tuple[Rule, ...] = (within_the_parent,)
