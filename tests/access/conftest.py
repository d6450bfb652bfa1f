"""One world for each file of this folder, in one transaction that is undone at its end."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator

import pytest
from django.test import override_settings

from bermitra.foundation.commands import clock
from tests.access.browsers import PLAIN, Browsers, undone
from tests.access.world import NOW, World, build
from tests.people import settle


@pytest.fixture
def _django_db_helper(django_db_setup, django_db_blocker) -> Iterator[None]:
    """In place of a transaction around each test: here one is held around them all, see ``world``."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once for a file. What a request changes is undone after it."""
    with django_db_blocker.unblock(), override_settings(**PLAIN), undone():
        built = build(settle())
        gc.freeze()  # what stands already is not looked through again and again
        logging.disable(logging.CRITICAL)  # thousands of refusals, each with where it came from
        with clock.at(NOW):
            yield built
        logging.disable(logging.NOTSET)
        gc.unfreeze()


@pytest.fixture(scope="module")
def browsers(world) -> Browsers:
    return Browsers()
