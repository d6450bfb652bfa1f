"""The key that a program shows, and the person it then acts for."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from bermitra.foundation.accounts.lapsed import Lapsed, behind_the_key
from bermitra.foundation.accounts.models import Person, Token
from bermitra.foundation.accounts.queries import signed_in
from bermitra.foundation.commands import clock

MARK = "bmt_"  # so that a key that strayed into a file is found by searching for it
USED_TO = timedelta(hours=1)  # how closely the last use is known: not every request writes


def new_key() -> str:
    """256 random bits, to be shown once."""
    return MARK + secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def known(key: str) -> tuple[Person, Token] | None:
    """Whom the key acts for, with those of the offices of today that it was made in; nothing for a key that counts no more."""
    token = Token.objects.filter(digest=digest_of(key), withdrawn_at=None).first()
    person = signed_in(token.person_id) if token else None
    if token is None or person is None or not token.stands(person, clock.today()):
        return None
    person.offices = tuple(office for office in person.offices if office.pk in token.offices)
    now = clock.now()
    if token.used_at is None or now - token.used_at >= USED_TO:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return person, token


def lapsed(key: str) -> Lapsed | None:
    """For a key that :func:`known` does not know: its office out of its term, where nothing but that is wrong with it."""
    token = Token.objects.filter(digest=digest_of(key), withdrawn_at=None).first()
    person = signed_in(token.person_id) if token else None
    if token is None or person is None or not token.is_good(person, clock.today()):
        return None
    return behind_the_key(person, token.offices)
