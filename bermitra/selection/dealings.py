"""Which partners have to do with which villages, as far as cases and proposals say: the settings ``PARTNER_DEALINGS`` and
``PARTNER_CASES``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from bermitra.partnership.models import Case
from bermitra.registry.models import Partner
from bermitra.selection.models import Proposal
from bermitra.selection.rules import UNREAD

SEALED = "sealed"  # who sent one is known to nobody else before the opening
# Of a call that was given up. A draft is no dealing, nor what became of it: else a partner could choose any village to examine it.
NEVER_SENT = Q(state="not_chosen", call__isnull=False, sealed_at=None)


def dealings(partners: Q, within: str, sealed: bool) -> set[tuple[int, str]]:
    """Keys of partners and codes of villages that begin with ``within``. ``sealed``: the partner itself is asking."""
    known = Partner.objects.filter(partners)
    cases = Case.objects.filter(partner__in=known, village__code__startswith=within)
    offers = Proposal.objects.filter(partner__in=known).exclude(state__in=UNREAD).exclude(NEVER_SENT)
    if not sealed:
        offers = offers.exclude(state=SEALED)
    to_calls = offers.filter(call__case__village__code__startswith=within)
    of_own_accord = offers.filter(village__code__startswith=within)
    return {
        *cases.values_list("partner", "village"),
        *to_calls.values_list("partner", "call__case__village"),
        *of_own_accord.values_list("partner", "village"),
    }


def cases_between(pairs: Iterable[tuple[int, str]]) -> dict[tuple[int, str], dict[str, str]]:
    """By partner and village their cases, code and title; two statements. A proposal that is sealed is nobody's to know."""
    wanted = set(pairs)
    partners, villages = {pair[0] for pair in wanted}, {pair[1] for pair in wanted}
    cases = Case.objects.filter(partner__in=partners, village__in=villages)
    offers = Proposal.objects.filter(partner__in=partners, call__case__village__in=villages)
    offers = offers.exclude(state__in={*UNREAD, SEALED}).exclude(NEVER_SENT)
    names = ("partner", "call__case__village", "call__case__code", "call__case__title")
    found: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    for rows in (cases.values_list("partner", "village", "code", "title"), offers.values_list(*names)):
        for partner, village, code, title in rows:
            found[partner, village][code] = title
    return found
