"""Locking it, and the signatures of the heads: by account, with a national certificate, with ink."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.agreements import outside
from bermitra.agreements.joint import queries, text
from bermitra.agreements.joint.actions.common import HEAD, held_now, now_waits, tell_all
from bermitra.agreements.joint.models import (
    JointParty,
    JointRegulation,
    JointSignedFile,
    JointTextSignature,
)
from bermitra.agreements.joint.rules import JOINT_FLOW
from bermitra.agreements.rules import CERTIFIED, COMPARED, ComparedFacts
from bermitra.deliberation.api import withdraw_text
from bermitra.deliberation.inter_village.rules import CONFIRMING, JointSheetFacts
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, keep_file
from bermitra.foundation.documents.files import Content as FileContent
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.outside import Grown
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _


@command("agreements.lock_joint_text", on="regulation")
def lock_joint_text(
    act: Act, *, regulation: JointRegulation, made_on: date, place: str, paper: Prepared, reason: str = ""
) -> JointRegulation:
    """Every village has decided on this text and numbered it: its paper is issued for signing (AG-18, AG-23, AG-61, AG-63).

    ``paper`` was rendered before; where something changed meanwhile nothing is locked.
    """
    regulation = held_now(regulation)
    said, version = queries.stands(regulation), queries.newest_version(regulation)
    asked = queries.locking_asked(regulation, said, made_on)
    passed = queries.refuse_unmet(asked, standing(regulation.village_id), reason)
    heads = {each.party.pk: queries.head_of(each.party, made_on) for each in said}
    rendered = paper.source["data"]
    states = {
        "text_hash": version.text_hash,
        "made_on": made_on.isoformat(),
        "place": place,
        "numbers": {each.party.village_id: each.party.number for each in said},
    }
    if any(rendered[name] != value for name, value in states.items()) or None in heads.values():
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    first, last = text.term(version.content)
    issued = issue_paper(by=act, paper=paper)
    move_on(
        act,
        JOINT_FLOW,
        regulation,
        paper=issued,
        made_on=made_on,
        place=place,
        starts_on=first,
        ends_on=last,
        locked_at=act.now,
    )
    for each in said:
        head = heads[each.party.pk]
        if head is not None:
            JointParty.objects.filter(pk=each.party.pk).update(
                person=head.person,
                name=head.person.full_name,
                capacity=queries.office_words(each.party, head),
                mandate=head.decree[:80],
                mandate_from=head.since,
                mandate_until=head.until,
            )
    withdraw_text(act, code=regulation.code)
    now_waits(act, regulation)
    tell_all(act, regulation, _("Peraturan Bersama “{title}” menunggu tanda tangan Anda."), HEAD)
    act.log("joint_text.locked", regulation, text=issued.file.sha256, passed=passed)
    return regulation


@command("agreements.sign_joint_text", on="party")
def sign_joint_text(act: Act, *, party: JointParty, seen: str, reason: str = "") -> JointTextSignature:
    """The head of one village signs exactly the bytes he has seen (AG-18, AG-19, AG-23, AG-63)."""
    regulation = held_now(party.regulation)
    said = queries.stands(regulation)
    own = next(each for each in said if each.party.pk == party.pk)
    if regulation.state != "locked" or own.signed is not None or not isinstance(act.by.person, Person):
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    # A reason may stand in for a mandate that is not known well, never for being somebody else.
    reason = reason if own.party.person_id == act.by.person.pk else ""
    asked = queries.signing_asked(regulation, own.party, said, seen, act.by.code)
    passed = queries.refuse_unmet(asked, standing(party.village_id), reason)
    signature = _signature(act, own.party, JointTextSignature.Mode.ELECTRONIC, seen)
    _signed(act, regulation)
    act.log("joint_text.signed", regulation, village=party.village_id, text=seen, passed=passed)
    return signature


@command("agreements.register_certified_joint_text", on="party")
def register_certified_joint_text(
    act: Act, *, party: JointParty, file: FileContent, found: Grown, reason: str = ""
) -> JointTextSignature:
    """Take in the text as a head signed it outside with a national certificate (AG-48, and all that ``sign_joint_text`` asks).

    ``found`` is what was read in the file, before this act and in a process of its own.
    """
    regulation = held_now(party.regulation)
    said = queries.stands(regulation)
    own = next(each for each in said if each.party.pk == party.pk)
    if regulation.state != "locked" or own.signed is not None or regulation.paper is None:
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    if not isinstance(act.by.person, Person) or found.after != file.sha256:
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    reason = reason if own.party.person_id == act.by.person.pk else ""
    text_hash = regulation.paper.file.sha256
    asked = [
        *queries.signing_asked(regulation, own.party, said, text_hash, act.by.code),
        (CERTIFIED, outside.facts(queries.to_sign(regulation, said), found)),
    ]
    passed = queries.refuse_unmet(asked, standing(party.village_id), reason)
    signature = _signature(act, own.party, JointTextSignature.Mode.CERTIFIED, text_hash)
    stands = "" if found.field == own.party.field else found.field
    keep_joint_signed_file(by=act, signature=signature, content=file, certificate=found.certificate, field=stands)
    _signed(act, regulation)
    act.log(
        "joint_text.signed", regulation, village=party.village_id, text=text_hash, passed=passed,
        certificate=found.certificate,
    )  # fmt: skip
    return signature


@command("agreements.lay_down_joint_scan", on="party")
def lay_down_joint_scan(act: Act, *, party: JointParty, scan: FileContent) -> JointRegulation:
    """The scan of the print that the heads signed with ink; it counts for a village once somebody there has compared it."""
    regulation = held_now(party.regulation)
    kept = keep_file(by=act, content=scan)
    move_on(act, JOINT_FLOW, regulation, "locked", scan=kept, scan_by=act.by.code)
    tell_all(act, regulation, _("Pindaian Peraturan Bersama “{title}” menunggu dicocokkan desa Anda."))
    act.log("joint_scan.laid_down", regulation, scan=kept.sha256)
    return regulation


@command("agreements.confirm_joint_scan", on="party")
def confirm_joint_scan(act: Act, *, party: JointParty, seen: str, read_aloud_by: str = "") -> JointTextSignature:
    """Somebody of this village, who did not lay it down, has compared the scan with the locked text (DB-56, AG-44).

    ``read_aloud_by``: who read the text to the head, where he put a thumbprint.
    """
    regulation = held_now(party.regulation)
    said = queries.stands(regulation)
    own = next(each for each in said if each.party.pk == party.pk)
    if regulation.state != "locked" or own.signed is not None or regulation.paper is None or regulation.scan is None:
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    asked = [
        (CONFIRMING, JointSheetFacts(act.by.code != regulation.scan_by)),
        (COMPARED, ComparedFacts(seen, queries.sheet_seen(regulation))),
        *queries.ink_asked(regulation, own.party, said),
    ]
    passed = queries.refuse_unmet(asked, standing(party.village_id))
    sha256 = regulation.paper.file.sha256
    signature = _signature(
        act, own.party, JointTextSignature.Mode.WET, sha256, scan=regulation.scan, read_aloud_by=read_aloud_by
    )
    _signed(act, regulation)
    scan = regulation.scan.sha256
    act.log("joint_scan.confirmed", regulation, village=party.village_id, text=sha256, scan=scan, passed=passed)
    return signature


def _signature(act: Act, party: JointParty, mode: str, text_hash: str, **more: Any) -> JointTextSignature:
    return JointTextSignature.objects.create(
        party=party,
        mode=mode,
        name=party.name,
        text_hash=text_hash,
        at=act.now,
        by=act.by.code,
        act=act.code,
        **more,
    )


def _signed(act: Act, regulation: JointRegulation) -> None:
    """One more signature; with the last one each village promulgates."""
    if any(each.signed is None for each in queries.stands(regulation)):
        move_on(act, JOINT_FLOW, regulation, "locked")
    else:
        move_on(act, JOINT_FLOW, regulation, "signed", signed_at=act.now)
        tell_all(act, regulation, _("Semua Kepala Desa telah menandatangani Peraturan Bersama “{title}”."))
    now_waits(act, regulation)


@command("agreements.keep_joint_signed_file", on="signature")
def keep_joint_signed_file(
    act: Act, *, signature: JointTextSignature, content: FileContent, certificate: str = "", field: str = ""
) -> JointSignedFile:
    """Keep the PDF that carries this signature; the first one stays. ``certificate`` is the hash of the signer's, ``field``
    where it stands, if not in the field that was reserved."""
    held = JointSignedFile.objects.filter(signature=signature).select_related("file").first()
    if held is not None:
        return held
    kept = JointSignedFile.objects.create(
        signature=signature, file=keep_file(by=act, content=content), at=act.now, certificate=certificate, field=field
    )
    party, file = signature.party, kept.file.sha256
    act.log("joint_text.sealed", party.regulation, village=party.village_id, file=file, certificate=certificate)
    return kept
