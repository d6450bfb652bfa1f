"""A home of its own whose keeper trusts one national root, for texts that are signed outside."""

import pytest

from tests.outside import Root


@pytest.fixture(scope="module")
def root() -> Root:
    return Root.made("CA Induk Contoh")


@pytest.fixture
def trusting(settings, tmp_path, real_transactions, root):
    settings.BERMITRA_HOME = tmp_path / "home"
    (tmp_path / "home" / "trust").mkdir(parents=True)
    (tmp_path / "home" / "trust" / "induk.pem").write_bytes(root.pem)
