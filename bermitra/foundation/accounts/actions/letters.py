"""The printed letter with a one-time code: issued at the counter, used once to set a password."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils.crypto import constant_time_compare

from bermitra.foundation.accounts.models import AccessLetter, Person
from bermitra.foundation.accounts.queries import issuing_facts
from bermitra.foundation.accounts.rules import ISSUING, USING_A_LETTER, LetterFacts
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.commands.door import command


@command("accounts.issue_letter", on="person")
def issue_letter(act: Act, *, person: Person, reason: str) -> AccessLetter:
    """A new letter; every older one that was not used stops counting.

    Whoever proposed an officer of the regency does not hold his first code as well (FD-39): one person would be two.
    """
    act.require(ISSUING, issuing_facts(person, act.by.code))
    withdraw_letters(act, person)
    letter = new_letter(act, person, reason)
    letter.save()
    act.log("access.letter_issued", letter, person=person.code, reason=reason)
    return letter


@command("accounts.use_letter")
def use_letter(act: Act, *, person: Person | None, code: Secret, password_hash: Secret) -> Person:
    """Set the password with the code on the paper. A wrong name and a wrong code are told alike."""
    letters = AccessLetter.objects.filter(person=person, used_at=None, withdrawn_at=None) if person else []
    letter = next((each for each in letters if each.is_good(act.now)), None)
    matches = letter is not None and constant_time_compare(letter.secret(), code.value)
    act.require(USING_A_LETTER, LetterFacts(good_letter=letter is not None, code_matches=matches))
    if letter is None or person is None:  # FD-14 has just refused this; the type checker does not know
        raise TypeError("a letter that was found good")
    spent = AccessLetter.objects.filter(pk=letter.pk, used_at=None, withdrawn_at=None).update(used_at=act.now)
    act.require(USING_A_LETTER, LetterFacts(good_letter=bool(spent), code_matches=matches))
    person.password = password_hash.value
    person.save(update_fields=["password"])
    act.log("access.letter_used", letter, person=person.code)
    return person


def withdraw_letters(act: Act, person: Person) -> None:
    """No letter of this person that was not used yet opens anything from now on."""
    AccessLetter.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=act.now)


def new_letter(act: Act, person: Person, reason: str) -> AccessLetter:
    """A letter that is not written down yet: one alone, or many at once."""
    return AccessLetter(
        person=person,
        reason=reason,
        nonce=secrets.token_hex(16),
        issued_at=act.now,
        issued_by=act.by.code,
        expires_at=act.now + timedelta(days=AccessLetter.DAYS),
    )
