"""Sealed values open for their holder and kind, and for nothing else."""

import pytest
from django.core.management import call_command

from bermitra.foundation.personal import vault
from tests.foundation.personal.makers import NIK


def test_what_is_sealed_comes_back_and_looks_like_nothing():
    key = vault.wrapped_key("AAAA")
    sealed = vault.seal(key, "AAAA", "nik", NIK.encode())
    assert NIK.encode() not in sealed
    assert sealed != vault.seal(key, "AAAA", "nik", NIK.encode())
    assert vault.unseal(key, "AAAA", "nik", sealed) == NIK.encode()


@pytest.mark.parametrize("spoil", ["holder", "kind", "key", "byte", "short"])
def test_what_was_moved_or_changed_does_not_open(spoil):
    key = vault.wrapped_key("AAAA")
    sealed = vault.seal(key, "AAAA", "nik", NIK.encode())
    holder, kind = "AAAA", "nik"
    if spoil == "holder":
        holder = "BBBB"
    if spoil == "kind":
        kind = "account"
    if spoil == "key":
        key = vault.wrapped_key("AAAA")
    if spoil == "byte":
        sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    if spoil == "short":
        sealed = sealed[:5]
    with pytest.raises(vault.Unreadable):
        vault.unseal(key, holder, kind, sealed)


def test_another_instance_opens_nothing_and_compares_otherwise(settings, tmp_path):
    key = vault.wrapped_key("AAAA")
    sealed, mark = vault.seal(key, "AAAA", "nik", NIK.encode()), vault.fingerprint("nik", NIK)
    settings.BERMITRA_HOME = tmp_path
    with pytest.raises(vault.Unreadable):
        vault.unseal(key, "AAAA", "nik", sealed)
    assert vault.fingerprint("nik", NIK) != mark


def test_a_fingerprint_is_the_same_for_the_same_value_of_one_kind():
    assert vault.fingerprint("nik", NIK) == vault.fingerprint("nik", NIK)
    assert vault.fingerprint("nik", NIK) != vault.fingerprint("account", NIK)


@pytest.mark.django_db
def test_the_key_is_made_with_the_instance_for_its_owner_only(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    vault.make_key()
    file = tmp_path / "keys" / vault.KEY_FILE
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_text()
    call_command("prepare", verbosity=0)
    assert file.read_text() == before
