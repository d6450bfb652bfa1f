"""What every test stands on: a home of its own, static files collected once, the fixed cast."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("BERMITRA_HOME", tempfile.mkdtemp(prefix="bermitra-test-"))

import pytest
from django.core.management import call_command

from tests.people import People, settle


@pytest.fixture(scope="session", autouse=True)
def _static_files():
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture
def people(db) -> People:
    return settle()
