"""Each import contract is broken once on purpose, so that it is known to bite."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

BREACHES = {
    "journey": ("bermitra/registry/breach.py", "from bermitra.selection import __doc__"),
    "foundation": ("bermitra/foundation/journal/breach.py", "from bermitra.foundation.accounts import models"),
    "inside": ("bermitra/foundation/accounts/queries.py", "from bermitra.foundation.accounts import actions"),
    "pure": ("bermitra/foundation/accounts/rules.py", "import django"),
    "pure (engine)": ("bermitra/matching/engine/score.py", "from django.db import models"),
    "pages": ("bermitra/desk/views.py", "from bermitra.foundation.accounts import views"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    copy = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "bermitra", copy / "bermitra", ignore=shutil.ignore_patterns("__pycache__", "fonts", "static")
    )
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def lint(house: Path, contract: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--contract", contract],
        cwd=house, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(house)},
    )  # fmt: skip


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_is_found(house, contract):
    name, line = BREACHES[contract]
    contract = contract.split()[0]
    path = house / name
    before = path.read_text() if path.exists() else None
    assert lint(house, contract).returncode == 0, lint(house, contract).stdout
    path.write_text(f"{before or ''}\n{line}\n")
    try:
        found = lint(house, contract)
        assert found.returncode == 1
        assert "BROKEN" in found.stdout
    finally:
        path.unlink() if before is None else path.write_text(before)


def test_a_new_package_must_take_its_place(house):
    (house / "bermitra/newcomer").mkdir()
    (house / "bermitra/newcomer/__init__.py").touch()
    try:
        assert lint(house, "journey").returncode == 1
    finally:
        shutil.rmtree(house / "bermitra/newcomer")
