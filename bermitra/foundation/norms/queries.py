"""What is in force in a regency on a day."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import F, Q

from bermitra.foundation.commands import clock
from bermitra.foundation.norms.catalogue import catalogue
from bermitra.foundation.norms.models import RegencyNorm, RuleSwitch
from bermitra.foundation.rules import Standing

# A code may have meant another regency before: what was set then is that one's. Rows keep the code of their day.
OF_THIS_AREA = Q(regency__since=None) | Q(effective_from__gte=F("regency__since"))
LOCAL_WORDS = ("word_village", "word_head", "word_council", "word_meeting")


def standing(region: str, day: date | None = None) -> Standing:
    """How the rules stand in the regency of ``region`` (a dotted code of any level) on ``day``, today if not given.

    Two statements. ``numbers`` holds every norm by name: the regency's value, else the default.
    """
    day = day or clock.today()
    numbers = {name: norm.read(norm.default) for name, norm in catalogue().items()}
    held = RegencyNorm.objects.filter(OF_THIS_AREA, regency_id=region[:5], effective_from__lte=day)
    for name, value in held.order_by("effective_from", "pk").values_list("name", "value"):
        if name in numbers:
            numbers[name] = catalogue()[name].read(value)
    said = RuleSwitch.objects.filter(OF_THIS_AREA, regency_id=region[:5], effective_from__lte=day)
    words = dict(said.order_by("effective_from", "pk").values_list("rule", "kind"))
    return Standing(
        numbers=MappingProxyType(numbers),
        confirmed=frozenset(rule for rule, kind in words.items() if kind == RuleSwitch.Kind.CONFIRMED),
        switched_off=frozenset(rule for rule, kind in words.items() if kind == RuleSwitch.Kind.OFF),
    )


def local_words(region: str) -> dict[str, Any]:
    """The words for village, head, council and meeting in the regency of ``region``; one statement."""
    words = {name: catalogue()[name].default for name in LOCAL_WORDS}
    held = RegencyNorm.objects.filter(
        OF_THIS_AREA, regency_id=region[:5], name__in=LOCAL_WORDS, effective_from__lte=clock.today()
    )
    words.update(held.order_by("effective_from", "pk").values_list("name", "value"))
    return {name.removeprefix("word_"): word for name, word in words.items()}
