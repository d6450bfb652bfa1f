"""The rule kernel: a rule is a code, a sentence, a legal basis and a pure predicate over frozen facts.

One object serves five places: the action refuses by it, the page shows it as an unticked line, the test is named for it,
``docs/rules.md`` lists it, and a clerk can name it on the telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How well the legal basis is known; only a sourced one blocks before a regency has confirmed it."""

    SOURCED = "verified-secondary"
    UNVERIFIED = "to-be-checked"
    PRODUCT = "product"


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Rule:
    """A named rule.

    ``says`` and ``remedy`` are Indonesian source sentences marked for translation; ``{name}`` in them is filled from the
    mapping that :meth:`sentence` is given (numbers of law are settings and never stand in a sentence).
    """

    code: str
    name: str
    says: str
    remedy: str
    basis: str
    status: Status
    severity: Severity
    switchable: bool  # whether a regency may switch it off; never a rule of law, nor one that guards honesty
    holds: Callable[[Any], bool] = field(repr=False, compare=False)

    def __call__(self, facts: Any) -> bool:
        return bool(self.holds(facts))

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.BLOCK


def rule(
    code: str,
    *,
    says: str,
    remedy: str,
    basis: str,
    status: Status,
    severity: Severity = Severity.BLOCK,
    switchable: bool = False,
) -> Callable[[Callable[[Any], bool]], Rule]:
    """Turn a predicate into a :class:`Rule` that carries the predicate's name.

    Raises ValueError where a rule of law is said to be switchable.
    """
    if switchable and Status(status) is not Status.PRODUCT:
        raise ValueError(f"{code}: a rule of law cannot be switched off")

    def name_it(holds: Callable[[Any], bool]) -> Rule:
        return Rule(code, holds.__name__, says, remedy, basis, Status(status), Severity(severity), switchable, holds)

    return name_it


@dataclass(frozen=True)
class Standing:
    """How the rules stand in one regency on one day: its numbers, what it confirmed, what it switched off."""

    numbers: Mapping[str, Any] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    switched_off: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """One rule asked once. ``yields``: its basis is unverified and the regency has not confirmed it, so that a clerk may
    go on with a typed reason. ``numbers`` fill its sentence."""

    rule: Rule
    holds: bool
    numbers: Mapping[str, Any] = field(default_factory=dict)
    yields: bool = False

    @property
    def code(self) -> str:
        return self.rule.code


def examine(rules: Iterable[Rule], facts: Any, standing: Standing | None = None) -> tuple[Finding, ...]:
    """Ask every rule that is not switched off; met rules stay in the answer, so that a page can show them ticked.

    A switch on a rule that is not switchable is passed over.
    """
    standing = standing or Standing()
    return tuple(
        Finding(
            each,
            each(facts),
            standing.numbers,
            yields=each.status is Status.UNVERIFIED and each.code not in standing.confirmed,
        )
        for each in rules
        if not each.switchable or each.code not in standing.switched_off
    )


def unmet(findings: Iterable[Finding], reason: str = "") -> tuple[Finding, ...]:
    """The findings that refuse the act, in the order asked. A typed ``reason`` lets those that yield pass."""
    return tuple(f for f in findings if not f.holds and f.rule.blocks and not (f.yields and reason))


def passed_over(findings: Iterable[Finding], reason: str = "") -> tuple[Finding, ...]:
    """The findings that are shown and journalled but refuse nothing: warnings, and what yielded to the reason."""
    refusing = unmet(findings, reason)
    return tuple(f for f in findings if not f.holds and f not in refusing)


class Refused(Exception):
    """An act was refused by named rules; nothing was changed. Answered as HTTP 409 with the codes."""

    def __init__(self, findings: Iterable[Finding]):
        self.findings = tuple(findings)
        self.codes = tuple(each.code for each in self.findings)
        super().__init__(", ".join(self.codes))
