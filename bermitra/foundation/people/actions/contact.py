"""One's own telephone and e-mail."""

from __future__ import annotations

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.messages.api import tell
from bermitra.foundation.text import _


@command("accounts.change_contact", on="person")
def change_contact(act: Act, *, person: Person, phone: str, email: str) -> Person:
    """From now on the new number counts, but it does not sign before it has cooled down (FD-10).

    The person is told in the inbox, and so are those of the house who would know that this was somebody else.
    """
    changed = {name: value for name, value in (("phone", phone), ("email", email)) if getattr(person, name) != value}
    Person.objects.filter(pk=person.pk).update(**changed, contact_changed_at=act.now)
    tell(
        act,
        says=_("Nomor telepon atau surel Anda diganti. Bila bukan Anda, hubungi kantor kabupaten sekarang."),
        about=about_of(person),
        person=person.code,
    )
    for office in person.offices:
        witness = roles.VILLAGE_HEAD if office.role != roles.VILLAGE_HEAD.key else roles.VILLAGE_SECRETARY
        if (office.region is not None and office.region.level == 4) or office.party:
            tell(
                act,
                says=_("{name} mengganti nomor telepon atau surelnya. Bila janggal, tanyakan langsung kepadanya."),
                params={"name": person.full_name},
                about=about_of(person),
                role="" if office.party else witness.key,
                region=office.region_id or "",
                party=office.party,
            )
    act.log("contact.changed", person, what=sorted(changed))
    return person
