"""What is in force in a regency on a day."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast

from django.conf import settings
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.module_loading import import_string

from bermitra.foundation.commands import clock
from bermitra.foundation.norms.catalogue import ORDERED, REGENCY, Norm, catalogue
from bermitra.foundation.norms.models import RegencyNorm, RuleSwitch
from bermitra.foundation.rules import Rule, Standing, Status

# A code may have meant another regency before: what was set then is that one's. Rows keep the code of their day.
OF_THIS_AREA = Q(regency__since=None) | Q(effective_from__gte=F("regency__since"))
LOCAL_WORDS = ("word_village", "word_head", "word_council", "word_meeting")


def standing(region: str, day: date | None = None) -> Standing:
    """How the rules stand in the regency of ``region`` (a dotted code of any level) on ``day``, today if not given.

    One statement: nearly every page asks it. ``numbers`` holds every norm by name: the regency's value, else the default.
    """
    day = day or clock.today()
    numbers = {name: norm.read(norm.default) for name, norm in catalogue().items()}
    words: dict[str, str] = {}
    values = _set_in(RegencyNorm, region, day, what=F("name"), said=Cast("value", TextField()))
    switches = _set_in(RuleSwitch, region, day, what=F("rule"), said=Cast("kind", TextField()))
    for table, what, said, _since, _key in values.union(switches, all=True).order_by("effective_from", "pk"):
        if table == RuleSwitch.__name__:
            words[what] = said
        elif what in numbers:
            numbers[what] = catalogue()[what].read(json.loads(said))
    return Standing(
        numbers=MappingProxyType(numbers),
        confirmed=frozenset(rule for rule, kind in words.items() if kind == RuleSwitch.Kind.CONFIRMED),
        switched_off=frozenset(rule for rule, kind in words.items() if kind == RuleSwitch.Kind.OFF),
    )


def _set_in(table: type[RegencyNorm | RuleSwitch], region: str, day: date, **columns: Any) -> QuerySet[Any, Any]:
    """What the regency set until ``day``: the table's name, what, the value as text, from when."""
    rows = table._default_manager.filter(OF_THIS_AREA, regency_id=region[:5], effective_from__lte=day)
    named = rows.annotate(table=Value(table.__name__), **columns)
    return named.values_list("table", "what", "said", "effective_from", "pk")


def local_words(region: str) -> dict[str, Any]:
    """The words for village, head, council and meeting in the regency of ``region``; one statement."""
    words = {name: catalogue()[name].default for name in LOCAL_WORDS}
    held = RegencyNorm.objects.filter(
        OF_THIS_AREA, regency_id=region[:5], name__in=LOCAL_WORDS, effective_from__lte=clock.today()
    )
    words.update(held.order_by("effective_from", "pk").values_list("name", "value"))
    return {name.removeprefix("word_"): word for name, word in words.items()}


# What a regency chose -------------------------------------------------------------------------------------------------
Row = TypeVar("Row", RegencyNorm, RuleSwitch)


class Dated(Generic[Row]):
    """One thing in one regency on one day. ``rows``: what the regency ever set, the newest last; ``held``: what counts of it."""

    day: date
    rows: tuple[Row, ...]

    @property
    def held(self) -> Row | None:
        return next((each for each in reversed(self.rows) if each.effective_from <= self.day), None)

    @property
    def coming(self) -> tuple[Row, ...]:
        """What begins on a later day; of two for one day the later one was meant."""
        later = {each.effective_from: each for each in self.rows if each.effective_from > self.day}
        return tuple(later.values())


@dataclass(frozen=True)
class Setting(Dated[RegencyNorm]):
    """A norm in one regency on one day."""

    norm: Norm
    day: date
    rows: tuple[RegencyNorm, ...] = ()

    @property
    def value(self) -> Any:
        return self.held.value if self.held else self.norm.default

    @property
    def said(self) -> str:
        return self.norm.said(self.value)

    @property
    def differs(self) -> bool:
        return self.value != self.norm.default


def settings_of(regency: str, day: date | None = None, names: Sequence[str] = ()) -> list[Setting]:
    """All that a regency may set (or only ``names``), in the order of the catalogue; one statement."""
    day = day or clock.today()
    found: dict[str, list[RegencyNorm]] = {}
    rows = RegencyNorm.objects.filter(OF_THIS_AREA, regency_id=regency).order_by("effective_from", "pk")
    for each in rows.filter(name__in=names) if names else rows:
        found.setdefault(each.name, []).append(each)
    wanted = (norm for norm in catalogue().values() if norm.level == REGENCY and (not names or norm.name in names))
    return [Setting(norm, day, tuple(found.get(norm.name, ()))) for norm in wanted]


def out_of_order(regency: str, norm: Norm, value: Any, since: date) -> tuple[Setting, bool] | None:
    """The setting that a new value would be past (True), or not reach (False), from its first day on or once what is recorded
    for a later one begins. An empty value is never out of order."""
    for low, high in ORDERED:
        if norm.name not in (low, high):
            continue
        named = {each.norm.name: each for each in settings_of(regency, since, (low, high))}
        mine, other = named[norm.name], named[high if norm.name == low else low]
        new = RegencyNorm(name=norm.name, value=value, effective_from=since)
        rows = tuple(sorted((*mine.rows, new), key=lambda each: each.effective_from))
        for day in sorted({since, *(each.effective_from for each in other.rows if each.effective_from > since)}):
            then = replace(other, day=day)
            lower, higher = (value, then.value) if norm.name == low else (then.value, value)
            if "" not in (lower, higher) and lower > higher and Setting(norm, day, rows).held is new:
                return then, norm.name == low
    return None


# Rules that a regency may speak of ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Switch(Dated[RuleSwitch]):
    """A rule in one regency on one day: whether it is off, or its basis confirmed."""

    rule: Rule
    day: date
    rows: tuple[RuleSwitch, ...] = ()

    @property
    def kind(self) -> str:
        return self.held.kind if self.held else RuleSwitch.Kind.ON


def switches_of(regency: str, day: date | None = None) -> list[tuple[str, list[Switch]]]:
    """By chapter, every rule that the regency may switch off, and every one that refuses only once its basis is confirmed;
    one statement."""
    day = day or clock.today()
    found: dict[str, list[RuleSwitch]] = {}
    for each in RuleSwitch.objects.filter(OF_THIS_AREA, regency_id=regency).order_by("effective_from", "pk"):
        found.setdefault(each.rule, []).append(each)
    return [
        (title, [Switch(rule, day, tuple(found.get(rule.code, ()))) for rule in rules if _may_be_set(rule)])
        for title, rules in _rule_book()
        if any(map(_may_be_set, rules))
    ]


def _may_be_set(rule: Rule) -> bool:
    return rule.switchable or (rule.status is Status.UNVERIFIED and rule.blocks)


def _rule_book() -> list[tuple[str, tuple[Rule, ...]]]:
    """All rules by chapter. They stand in the stages above this one; what knows them is the function that the setting
    ``RULE_BOOK`` names."""
    return cast(Callable[[], list[tuple[str, tuple[Rule, ...]]]], import_string(settings.RULE_BOOK))()
