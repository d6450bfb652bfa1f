"""What every act under a village's mandate leaves behind: its lines name the mandate, the village is told, and may contest it."""

from __future__ import annotations

from dataclasses import replace

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import AssistedEntry, Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.messages.api import tell
from bermitra.foundation.people.queries import helper_facts, mandate_in_force
from bermitra.foundation.people.rules import ASKING_FOR_HELP
from bermitra.foundation.people.words import ENTRIES
from bermitra.foundation.text import _

# Parts of an entry, not something that a village would look for by itself.
ACCESSORY = ("file.kept", "paper.issued")
# Acts of the helper in his own matter.
HIS_OWN = ("accounts.correct_entry", "accounts.end_assistance")


def witness(act: Act) -> None:
    """Named by ``COMMAND_WITNESS``: called by the door inside the act's transaction, before its lines are written."""
    person = act.by.person
    if act.role != roles.ASSISTING_OFFICER.key or act.door in HIS_OWN or not isinstance(person, Person):
        return
    mandate = mandate_in_force(person, act.reach.village)
    if mandate is None:
        raise NotAllowed(act.door, person.code)
    act.require(ASKING_FOR_HELP, helper_facts(person, mandate.village_id))  # and not only on the day of the grant
    touched = {line.about: None for line in act.lines if line.verb not in ACCESSORY}
    AssistedEntry.objects.bulk_create(
        AssistedEntry(assistance=mandate, act=act.code, door=act.door, about=about, at=act.now) for about in touched
    )
    act.lines[:] = [replace(line, facts={**line.facts, "mandate": mandate.code}) for line in act.lines]
    act.log("assistance.entry_made", mandate, door=act.door, records=len(touched))
    for role in (roles.VILLAGE_HEAD, roles.VILLAGE_SECRETARY):
        tell(
            act,
            says=_("Atas nama desa, {name} mencatat: {what} (mandat {number})."),
            params={"name": person.full_name, "what": ENTRIES.get(act.door, act.door), "number": mandate.number},
            about=about_of(mandate),
            url_name="page.assistance",
            code=mandate.code,
            role=role.key,
            region=mandate.village_id,
        )
