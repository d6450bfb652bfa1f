"""Which partners have to do with which villages: registered there, examined there, or named by the later stages.

Cases and proposals are known to stages above this one. What they know of it is the function that the setting
``PARTNER_DEALINGS`` names, and which cases these are the one that ``PARTNER_CASES`` names: handed in, as this stage imports
nothing from above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from bermitra.registry.models import Partner, Verification

Dealing = tuple[int, str]  # the key of a partner and the code of a village (or of a regency whose office examines)
Above = Callable[[Q, str, bool], Iterable[Dealing]]


@lru_cache(maxsize=1)
def _above() -> Above:
    """Asked with a condition on partners, the beginning of a village's code, and whether sealed proposals count."""
    return cast(Above, import_string(settings.PARTNER_DEALINGS))


@lru_cache(maxsize=1)
def _cases_above() -> Callable[[Iterable[Dealing]], dict[Dealing, dict[str, str]]]:
    return cast(Callable[[Iterable[Dealing]], dict[Dealing, dict[str, str]]], import_string(settings.PARTNER_CASES))


def cases_between(pairs: Iterable[Dealing]) -> dict[Dealing, dict[str, str]]:
    """The cases of each pair of a partner and a village, code and title; what is sealed stays unsaid."""
    return _cases_above()(pairs)


def dealings(*, partners: Iterable[Partner] | None = None, within: str = "") -> frozenset[Dealing]:
    """Of these partners (all, if not given) in this place (anywhere, if empty); what is sealed stays unsaid."""
    of_them = Q() if partners is None else Q(pk__in=[each.pk for each in partners])
    return _known(of_them, within) | frozenset(_above()(of_them, within, False))


def places_of(partner: Partner) -> frozenset[str]:
    """The villages and regencies that a partner has to do with, for itself: what it prepares and sealed counts too."""
    of_it = Q(pk=partner.pk)
    places = {place for _partner, place in _known(of_it, "") | frozenset(_above()(of_it, "", True))}
    return frozenset(places | {place[:5] for place in places})


def _known(of_them: Q, within: str) -> frozenset[Dealing]:
    registered = Partner.objects.filter(of_them, registered_in__code__startswith=within)
    examined = Verification.objects.filter(partner__in=Partner.objects.filter(of_them), region__code__startswith=within)
    return frozenset((*registered.values_list("pk", "registered_in"), *examined.values_list("partner", "region")))
