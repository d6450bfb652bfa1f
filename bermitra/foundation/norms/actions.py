"""Verbs of a regency: set a number with its basis, confirm or switch a rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.norms.catalogue import catalogue
from bermitra.foundation.norms.models import RegencyNorm, RuleSwitch
from bermitra.foundation.norms.rules import (
    CHANGING,
    NOT_BACK,
    SWITCHING,
    ChangeFacts,
    DayFacts,
    SwitchFacts,
)
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Rule


@command("norms.change", on="regency")
def change(
    act: Act,
    *,
    regency: Region,
    name: str,
    value: Any,
    basis: str,
    effective_from: date,
) -> RegencyNorm:
    """Set a number or word of this regency; ``value`` as :meth:`Norm.accept` returns it."""
    act.require(CHANGING, ChangeFacts(basis=basis, level=catalogue()[name].level))
    act.require(NOT_BACK, DayFacts(effective_from, clock.today()))
    row = RegencyNorm.objects.create(
        regency=regency,
        name=name,
        value=value,
        basis=basis,
        effective_from=effective_from,
        set_at=act.now,
    )
    act.log(
        "norm.changed",
        row,
        name=name,
        value=str(value),
        effective_from=effective_from.isoformat(),
    )
    return row


@command("norms.switch_rule", on="regency")
def switch_rule(
    act: Act,
    *,
    regency: Region,
    rule: Rule,
    kind: str,
    basis: str,
    effective_from: date,
) -> RuleSwitch:
    """Confirm an unverified rule, or switch a rule of the product off or on."""
    turning_off = kind == RuleSwitch.Kind.OFF
    act.require(SWITCHING, SwitchFacts(switchable=rule.switchable, turning_off=turning_off, basis=basis))
    act.require(NOT_BACK, DayFacts(effective_from, clock.today()))
    row = RuleSwitch.objects.create(
        regency=regency,
        rule=rule.code,
        kind=kind,
        basis=basis,
        effective_from=effective_from,
        set_at=act.now,
    )
    act.log(
        "rule.switched",
        row,
        rule=rule.code,
        kind=kind,
        effective_from=effective_from.isoformat(),
    )
    return row
