"""A partner that may publish, and its offer to two villages."""

from __future__ import annotations

import pytest

from bermitra.needs.models import Offer
from tests.matching.shortlist_makers import two_villages_and_an_offer
from tests.partnership.makers import verify
from tests.registry.makers import a_partner


@pytest.fixture
def partner(people):
    made = a_partner(people)
    verify(made)
    return made


@pytest.fixture
def offer(partner) -> Offer:
    return two_villages_and_an_offer(partner)
