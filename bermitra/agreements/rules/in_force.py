"""What is asked when an agreement comes into force."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class StampFacts:
    stamp_kind: str


@rule(
    "AG-21",
    says=_("Meterai perjanjian sebaiknya dibubuhkan dan nomornya dicatat."),
    remedy=_("Bubuhkan meterai pada naskah asli dan catat nomor serinya."),
    basis="UU 10/2020",
    status=Status.UNVERIFIED,
    severity=Severity.WARN,
)
def stamp_duty_noted(f: StampFacts) -> bool:
    return f.stamp_kind in ("physical", "electronic")


@dataclass(frozen=True)
class NumberFacts:
    numbers_given: int
    parties: int


@rule(
    "AG-22",
    says=_("Setiap pihak harus memberi nomor naskahnya sendiri."),
    remedy=_("Isi nomor naskah dari desa dan dari mitra."),
    basis="naskah kerja sama yang lazim dipakai; Permendagri 111/2014",
    status=Status.SOURCED,
)
def numbers_of_every_party(f: NumberFacts) -> bool:
    return f.numbers_given == f.parties


ACTIVATING: tuple[Rule, ...] = (stamp_duty_noted, numbers_of_every_party)
