"""A key for a program: made by the person it acts for, and taken back."""

from __future__ import annotations

from datetime import date

from bermitra.foundation.accounts.models import Person, Token
from bermitra.foundation.accounts.queries import tokens_held
from bermitra.foundation.accounts.rules import MAKING_A_TOKEN, TokenFacts
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove


@command("accounts.make_token", on="person")
def make_token(act: Act, *, person: Person, name: str, until: date, digest: Secret) -> Token:
    """``digest``: SHA-256 of a key that only the person sees. It acts in the offices held now, and ends with them."""
    facts = TokenFacts(
        days=(until - clock.today()).days,
        most_days=Token.DAYS,
        offices=len(person.offices),
        held=tokens_held(person).count(),
        most_held=Token.MOST,
    )
    act.require(MAKING_A_TOKEN, facts)
    token = Token.objects.create(
        person=person,
        name=name,
        digest=digest.value,
        seal=person.get_session_auth_hash(),
        offices=sorted({office.pk for office in person.offices}),
        made_at=act.now,
        until=until,
    )
    act.log("token.made", token, person=person.code, until=until.isoformat())
    return token


@command("accounts.withdraw_token", on="token")
def withdraw_token(act: Act, *, token: Token) -> Token:
    if not Token.objects.filter(pk=token.pk, withdrawn_at=None).update(withdrawn_at=act.now):
        raise NoSuchMove("token", "withdrawn", act.door)
    act.log("token.withdrawn", token, person=token.person.code)
    return token
