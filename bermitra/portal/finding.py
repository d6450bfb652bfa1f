"""What the search finds beside the register of areas: partners by name, and anything that has a public code."""

from __future__ import annotations

from django.db.models import CharField, Value
from django.urls import reverse

from bermitra.agreements.joint.queries import public_regulations
from bermitra.deliberation.inter_village.queries import public_offers as public_joint_offers
from bermitra.foundation.commands import clock
from bermitra.foundation.regions.queries import Hits
from bermitra.matching.draws.queries import published_draws
from bermitra.needs.offers.queries import public_offers
from bermitra.partnership.queries import public_cases
from bermitra.portal.lists import code_of
from bermitra.portal.partners import counting_offers, named
from bermitra.registry.models import Partner
from bermitra.registry.queries.partners import public_partners
from bermitra.selection.queries import public_calls

MOST = 10
FEWEST_LETTERS = 3  # fewer are in every other name


def page_of_code(typed: str) -> str:
    """The address of the partnership, partner, call, offer (of a partner or a village), Peraturan Bersama or draw of this
    code; empty where there is none. One statement."""
    code = code_of(typed)
    if not code:
        return ""
    things = (
        ("page.partnership", public_cases()), ("page.partner", public_partners()), ("page.call", public_calls()),
        ("page.offer", public_offers()), ("page.fair_draw", published_draws()),
        ("page.public_joint_offer", public_joint_offers()), ("page.public_joint_regulation", public_regulations()),
    )  # fmt: skip
    first, *others = (
        found.filter(code=code).order_by().values_list(Value(page, output_field=CharField())) for page, found in things
    )
    hit = next(iter(first.union(*others)), None)
    return reverse(hit[0], args=[code]) if hit else ""


def may_be_partner(hits: Hits) -> bool:
    """Whether what was typed may also name a partner: not where it names a place in which areas were found. Looking for
    them costs six statements already, so there the page offers the list of partners by a link."""
    return not (hits and hits.places)


def partners_named(typed: str) -> list[Partner]:
    """Partners of this name, each with how many offers it has open (``offers``); one more than is shown, where there are
    more. One statement."""
    if sum(letter.isalpha() for letter in typed) < FEWEST_LETTERS:
        return []
    return list(counting_offers(public_partners().filter(named(typed)), clock.today())[: MOST + 1])
