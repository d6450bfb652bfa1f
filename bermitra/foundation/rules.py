"""The rule kernel: a rule is a code, a sentence, a legal basis and a pure predicate over frozen facts.

One object serves five places: the action refuses by it, the page shows it as an unticked line, the test is named for it,
``docs/rules.md`` lists it, and a clerk can name it on the telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
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
) -> Callable[[Callable[[Any], bool]], Rule]:
    """Turn a predicate into a :class:`Rule` that carries the predicate's name."""

    def name_it(holds: Callable[[Any], bool]) -> Rule:
        return Rule(code, holds.__name__, says, remedy, basis, Status(status), Severity(severity), holds)

    return name_it


@dataclass(frozen=True)
class Finding:
    """One rule asked once: whether it holds, and the numbers its sentence is filled with."""

    rule: Rule
    holds: bool
    numbers: Mapping[str, object] = MappingProxyType({})

    @property
    def code(self) -> str:
        return self.rule.code


def examine(rules: Iterable[Rule], facts: Any, numbers: Mapping[str, object] | None = None) -> tuple[Finding, ...]:
    """Ask every rule; met rules stay in the answer, so that a page can show them ticked."""
    filled = MappingProxyType(dict(numbers or {}))
    return tuple(Finding(each, each(facts), filled) for each in rules)


def unmet(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that refuse the act, in the order asked."""
    return tuple(each for each in findings if not each.holds and each.rule.blocks)


def warnings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that are shown and journalled but refuse nothing."""
    return tuple(each for each in findings if not each.holds and not each.rule.blocks)


class Refused(Exception):
    """An act was refused by named rules; nothing was changed. Answered as HTTP 409 with the codes."""

    def __init__(self, findings: Iterable[Finding]):
        self.findings = tuple(findings)
        self.codes = tuple(each.code for each in self.findings)
        super().__init__(", ".join(self.codes))
