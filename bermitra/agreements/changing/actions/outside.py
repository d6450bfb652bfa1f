"""An addendum that was signed with a national certificate, or stamped, outside of here."""

from __future__ import annotations

from bermitra.agreements import outside
from bermitra.agreements.actions.common import side_of
from bermitra.agreements.changing import queries
from bermitra.agreements.changing.actions.binding import keep_signed_addendum, locked_row, one_more_signed
from bermitra.agreements.changing.models import AddendumScan, AddendumSlot, Amendment
from bermitra.agreements.changing.rules import AMENDMENT_FLOW, SLOT_FLOW
from bermitra.agreements.changing.waiting import amendment_waits
from bermitra.agreements.queries import refuse_unmet
from bermitra.agreements.rules import CERTIFIED, STAMPED
from bermitra.agreements.waiting import tell_both
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content as FileContent
from bermitra.foundation.documents.outside import Grown
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _


@command("agreements.register_certified_amendment", on="amendment")
def register_certified_amendment(
    act: Act, *, amendment: Amendment, file: FileContent, found: Grown, reason: str = ""
) -> AddendumSlot:
    """Take in the addendum as it was signed outside with a national certificate (AG-48, and all that ``sign_amendment`` asks).

    ``found`` is what was read in the file, before this act and in a process of its own.
    """
    person, held_now = act.by.person, locked_row(act, amendment)
    slot = AddendumSlot.objects.filter(amendment=held_now, party=side_of(act)).select_related("person").first()
    if slot is None or not isinstance(person, Person) or found.after != file.sha256:
        raise NoSuchMove(SLOT_FLOW.name, amendment.state, act.door)
    slot.amendment, norms = amendment, standing(amendment.agreement.case.village_id)
    reason = reason if slot.person_id == person.pk else ""
    asked = [
        *queries.signing_asked(slot, person, slot.text_hash, norms, electronic=True),
        (CERTIFIED, outside.facts(queries.to_sign(amendment), found)),
    ]
    passed = refuse_unmet(asked, norms, reason)
    move_on(
        act, SLOT_FLOW, slot, mode=AddendumSlot.Mode.CERTIFIED.value, at=act.now, by=act.by.code, act_code=act.code,
        stands="" if found.field == slot.field else found.field,
    )  # fmt: skip
    keep_signed_addendum(by=act, slot=slot, content=file, certificate=found.certificate)
    one_more_signed(act, amendment)
    act.log(
        "amendment.signed", amendment, case=amendment.agreement.case.code, party=slot.party, text=slot.text_hash,
        passed=passed, certificate=found.certificate,
    )  # fmt: skip
    return slot


@command("agreements.affix_amendment_stamp", on="amendment")
def affix_amendment_stamp(act: Act, *, amendment: Amendment, file: FileContent, serial: str, found: Grown) -> Amendment:
    """Take in the locked addendum with the electronic duty stamp that was put on it outside: it is signed from now on (AG-49).

    Not once a sheet signed with ink was laid down: what stands on it is the paper without the stamp.
    """
    locked_row(act, amendment)
    slots = list(AddendumSlot.objects.filter(amendment=amendment))
    inked = AddendumScan.objects.filter(amendment=amendment).exists()
    if inked or {slot.state for slot in slots} != {"invited"} or found.after != file.sha256:
        raise NoSuchMove(SLOT_FLOW.name, amendment.state, act.door)
    facts = outside.facts(queries.to_sign(amendment), found)
    act.require(STAMPED, facts, standing(amendment.agreement.case.village_id))
    if not Amendment.objects.filter(pk=amendment.pk, stamped=None, state="locked").update(
        stamped=keep_file(by=act, content=file), stamp_serial=serial, stamp_issuer=found.issuer
    ):
        raise NoSuchMove(AMENDMENT_FLOW.name, amendment.state, act.door)
    for slot in slots:
        move_on(act, SLOT_FLOW, slot, text_hash=file.sha256)
    amendment.refresh_from_db()
    amendment_waits(act, amendment)
    tell_both(
        act, amendment.agreement,
        _("Meterai elektronik dibubuhkan pada adendum “{title}”. Baca adendumnya sebelum menandatangani."),
    )  # fmt: skip
    act.log("amendment.stamped", amendment, file=file.sha256, serial=serial, issuer=found.issuer)
    return amendment
