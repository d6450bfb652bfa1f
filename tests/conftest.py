"""What every test stands on: a home of its own, static files collected once, the fixed cast, real transactions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from bermitra.foundation.journal.guard import lower_guards
from tests.house import PREPARE, House
from tests.people import People, settle

_skipped: list[str] = []


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(autouse=True)
def _quick_hashes(settings) -> None:
    """Argon2 is slow on purpose; one test of its own shows that it is what the product uses."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _nothing_remembered(settings) -> None:
    """Tests write rows without a line in the journal, and the memory of public pages lives by its lines: it is left out,
    but for its own tests (``tests/site/test_memory.py``)."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != "bermitra.site.memory.RememberedPages"]


@pytest.fixture
def people(db) -> People:
    """The fixed cast, and nobody has knocked yet: tries are counted in a table without a model, which emptying a database
    leaves as it is, so that quick tests before this one would shut its door."""
    cache.clear()
    return settle()


@pytest.fixture
def real_transactions(transactional_db) -> Iterator[None]:
    """Commits are real; the guards are lowered before the database is emptied, and emptying raises them again."""
    yield
    lower_guards(connection)


@pytest.fixture(scope="session")
def prepared_house(tmp_path_factory, django_db_blocker) -> Iterator[House]:
    """An instance with the fixed cast that nothing happens in: every ``house`` begins as a copy of it."""
    with django_db_blocker.unblock():
        prepared = House(tmp_path_factory.mktemp("prepared"), os.environ.get("DATABASE_URL", ""))
        prepared.run(prepared.start(PREPARE))
    yield prepared
    with django_db_blocker.unblock():
        prepared.close()


@pytest.fixture
def house(tmp_path, prepared_house, django_db_blocker) -> Iterator[House]:
    """An instance of its own, with the fixed cast, on the kind of database under test."""
    with django_db_blocker.unblock():
        house = House(tmp_path, os.environ.get("DATABASE_URL", ""), like=prepared_house)
        yield house
        house.close()


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder with the public registers."""
    folder = os.environ.get("BERMITRA_DATA")
    if not folder:
        pytest.skip("BERMITRA_DATA is unset: a folder with the public registers (see README)")
    return Path(folder)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        _skipped.append(f"{report.nodeid}: {report.longrepr[2] if isinstance(report.longrepr, tuple) else ''}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where everything is there (CI), a skipped test is a failed one."""
    if _skipped and os.environ.get("BERMITRA_NO_SKIPS") and not hasattr(session.config, "workerinput"):
        print("\nskipped, which counts as failed here:\n  " + "\n  ".join(_skipped))
        session.exitstatus = 1
