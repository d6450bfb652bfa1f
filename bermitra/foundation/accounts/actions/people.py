"""A person becomes known to the system."""

from __future__ import annotations

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.regions.models import Region


@command("accounts.register_person", on="region")
def register_person(
    act: Act, *, region: Region, full_name: str, username: str, phone: str = "", email: str = "", example: bool = False
) -> Person:
    """A person known to the system; without a password until a letter is used."""
    person = new_person(act, region, full_name, username, phone, email, example)
    person.save()
    act.log("person.registered", person, region=region.pk)
    return person


def new_person(
    act: Act, region: Region, full_name: str, username: str, phone: str = "", email: str = "", example: bool = False
) -> Person:
    """A person who is not written down yet: one alone, or many at once."""
    person = Person(
        region=region,
        full_name=full_name,
        username=username,
        phone=phone,
        email=email,
        example=example,
        created_at=act.now,
    )
    person.set_unusable_password()
    return person
