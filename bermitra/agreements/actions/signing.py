"""Signing on the screen or with ink."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from allauth.mfa.utils import is_mfa_enabled

from bermitra.agreements import outside, queries
from bermitra.agreements.actions.common import comparison, name_of, side_of, wet_facts
from bermitra.agreements.models import Agreement, Signature, SignatureSlot, SignedFile, WetConfirmation, WetScan
from bermitra.agreements.rules import (
    CERTIFIED,
    COMPARED,
    SLOT_FLOW,
    STAMPED,
    UPLOADING,
    WET,
    ComparedFacts,
    InkFacts,
)
from bermitra.agreements.villages.queries import holder_facts
from bermitra.agreements.villages.rules import HOLDER
from bermitra.agreements.waiting import now_waits, tell_both
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.calendar import tz, zone_of
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content as FileContent
from bermitra.foundation.documents.outside import Grown
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership.life import move
from bermitra.partnership.queries import require


@command("agreements.invite_signer", on="agreement")
def invite_signer(act: Act, *, agreement: Agreement) -> Agreement:
    """Ask again whoever declined to sign."""
    declined = list(SignatureSlot.objects.filter(agreement=agreement, state="declined"))
    if not declined:
        raise NoSuchMove(SLOT_FLOW.name, "invited", act.door)
    for slot in declined:
        move_on(act, SLOT_FLOW, slot)
    now_waits(act, agreement)
    act.log("signer.invited", agreement, slots=len(declined))
    return agreement


@command("agreements.sign", on="agreement")
def sign(act: Act, *, agreement: Agreement, seen: str, reason: str = "") -> Signature:
    """Sign electronically exactly the bytes one has seen (AG-01, AG-16, AG-18, AG-19, RG-05, FD-04)."""
    person = act.by.person
    slot = SignatureSlot.objects.filter(agreement=agreement, party=side_of(act)).exclude(state="void").first()
    if slot is None or not isinstance(person, Person):
        raise NoSuchMove(SLOT_FLOW.name, agreement.state, act.door)
    held = standing(agreement.case.village_id)
    # A reason may stand in for a mandate that is not known well, never for being somebody else.
    reason = reason if slot.person_id == person.pk else ""
    passed = queries.refuse_unmet(queries.electronic_asked(slot, agreement, person, seen), held, reason)
    signature = _sign(act, agreement, slot, Signature.Mode.ELECTRONIC, seen)
    act.log("agreement.signed", agreement, case=agreement.case.code, party=slot.party, text=seen, passed=passed)
    return signature


def _sign(act: Act, agreement: Agreement, slot: SignatureSlot, mode: Signature.Mode, seen: str) -> Signature:
    person = act.by.person
    move_on(act, SLOT_FLOW, slot)
    _refuse_other_file(act, agreement, seen)
    signature = Signature.objects.create(
        slot=slot,
        mode=mode,
        text_hash=seen,
        at=act.now,
        by=act.by.code,
        act=act.code,
        second_factor=isinstance(person, Person) and is_mfa_enabled(person),
    )
    _signed(act, agreement)
    return signature


def _refuse_other_file(act: Act, agreement: Agreement, seen: str) -> None:
    """A stamp may have been put on the paper a moment ago: from then on it is another file that is signed."""
    if SignatureSlot.objects.filter(agreement=agreement).exclude(state="void").exclude(text_hash=seen).exists():
        raise NoSuchMove(SLOT_FLOW.name, agreement.state, act.door)


@command("agreements.register_certified_signature", on="agreement")
def register_certified_signature(
    act: Act, *, agreement: Agreement, file: FileContent, found: Grown, reason: str = ""
) -> Signature:
    """Take in the paper as it was signed outside with a national certificate (AG-48, and all that ``sign`` asks).

    ``found`` is what was read in the file, before this act and in a process of its own.
    """
    person = act.by.person
    slot = SignatureSlot.objects.filter(agreement=agreement, party=side_of(act)).exclude(state="void").first()
    if slot is None or not isinstance(person, Person) or found.after != file.sha256:
        raise NoSuchMove(SLOT_FLOW.name, agreement.state, act.door)
    held = standing(agreement.case.village_id)
    reason = reason if slot.person_id == person.pk else ""
    asked = [
        *queries.electronic_asked(slot, agreement, person, slot.text_hash),
        (CERTIFIED, outside.facts(queries.to_sign(agreement), found)),
    ]
    passed = queries.refuse_unmet(asked, held, reason)
    signature = _sign(act, agreement, slot, Signature.Mode.CERTIFIED, slot.text_hash)
    keep_signed_file(by=act, signature=signature, content=file, certificate=found.certificate, field=found.field)
    act.log(
        "agreement.signed", agreement, case=agreement.case.code, party=slot.party, text=slot.text_hash, passed=passed,
        certificate=found.certificate,
    )  # fmt: skip
    return signature


@command("agreements.affix_stamp", on="agreement")
def affix_stamp(act: Act, *, agreement: Agreement, file: FileContent, serial: str, found: Grown) -> Agreement:
    """Take in the locked paper with the electronic duty stamp that was put on it outside: it is signed from now on (AG-49)."""
    slots = list(SignatureSlot.objects.filter(agreement=agreement).exclude(state="void"))
    if not slots or {slot.state for slot in slots} != {"invited"} or found.after != file.sha256:
        raise NoSuchMove(SLOT_FLOW.name, agreement.state, act.door)
    facts = outside.facts(queries.to_sign(agreement), found)
    act.require(STAMPED, facts, standing(agreement.case.village_id))
    if not Agreement.objects.filter(pk=agreement.pk, stamped=None, state="locked").update(
        stamped=keep_file(by=act, content=file), stamp="electronic", stamp_serial=serial, stamp_issuer=found.issuer
    ):
        raise NoSuchMove(SLOT_FLOW.name, agreement.state, act.door)
    for slot in slots:
        move_on(act, SLOT_FLOW, slot, text_hash=file.sha256)
    agreement.refresh_from_db()
    now_waits(act, agreement)
    tell_both(act, agreement, _("Meterai elektronik dibubuhkan pada “{title}”. Baca naskahnya sebelum menandatangani."))
    act.log("agreement.stamped", agreement, file=file.sha256, serial=serial, issuer=found.issuer)
    return agreement


@command("agreements.decline_to_sign", on="agreement")
def decline_to_sign(act: Act, *, agreement: Agreement, reason: str) -> SignatureSlot:
    """Say no, and why; the text may be opened again, or the signatory asked once more."""
    slot = SignatureSlot.objects.filter(agreement=agreement, party=side_of(act)).exclude(state="void").first()
    if slot is None:
        raise NoSuchMove(SLOT_FLOW.name, agreement.state, act.door)
    move_on(act, SLOT_FLOW, slot, declined_because=reason)
    now_waits(act, agreement)
    tell_both(act, agreement, _("Penanda tangan menolak menandatangani “{title}”. Alasannya ada di halaman naskah."))
    act.log("signature.declined", agreement, party=slot.party)
    return slot


@command("agreements.upload_wet_signatures", on="agreement")
def upload_wet_signatures(
    act: Act,
    *,
    agreement: Agreement,
    file: FileContent,
    pages: int,
    signed_on: date,
    witnesses: Sequence[str],
    read_aloud: Mapping[str, str] | None = None,
) -> WetScan:
    """The scan of the sheet that all sides signed with ink. From now on it is this way, and no electronic signature.

    ``read_aloud`` names, for a side whose signatory put a thumbprint, who read the text to him.
    """
    slots = list(SignatureSlot.objects.filter(agreement=agreement).exclude(state="void"))
    if not slots or {slot.state for slot in slots} != {"invited"} or agreement.registered is None:
        raise NoSuchMove(SLOT_FLOW.name, agreement.state, act.door)
    zone = tz(zone_of(agreement.case.village_id))
    locked_on, today = (each.astimezone(zone).date() for each in (agreement.locked_at or act.now, act.now))
    act.require(UPLOADING, InkFacts(signed_on, locked_on, today), standing(agreement.case.village_id))
    for slot in slots:
        move_on(act, SLOT_FLOW, slot, read_aloud_by=(read_aloud or {}).get(slot.party, ""))
    _refuse_other_file(act, agreement, agreement.registered.sha256)
    scan = WetScan.objects.create(
        agreement=agreement,
        file=keep_file(by=act, content=file),
        text_hash=agreement.registered.sha256,
        pages=pages,
        signed_on=signed_on,
        witnesses=list(witnesses),
        at=act.now,
        uploaded_by=act.by.code,
        uploaded_by_name=name_of(act),
    )
    now_waits(act, agreement)
    act.log("wet_signatures.uploaded", agreement, scan=scan.file.sha256)
    return scan


@command("agreements.return_wet_signatures", on="agreement")
def return_wet_signatures(act: Act, *, agreement: Agreement, reason: str) -> WetScan:
    """The scan does not show what it should: another one is needed."""
    scan = _waiting_scan(act, agreement)
    WetScan.objects.filter(pk=scan.pk).update(state=WetScan.State.RETURNED, returned_because=reason)
    for slot in SignatureSlot.objects.filter(agreement=agreement, state="paper_uploaded"):
        move_on(act, SLOT_FLOW, slot, read_aloud_by="")
    now_waits(act, agreement)
    act.log("wet_signatures.returned", agreement, scan=scan.file.sha256)
    return scan


@command("agreements.confirm_wet_signatures", on="agreement")
def confirm_wet_signatures(act: Act, *, agreement: Agreement, seen: str, pages: int) -> WetScan:
    """Compared page by page. When one person of each side has confirmed, the signatures count (AG-01, AG-18, AG-19, AG-20).

    ``seen`` is the hash of the scan and of the locked text that one has compared (AG-44).
    """
    scan = _waiting_scan(act, agreement)
    held = standing(agreement.case.village_id)
    slots = list(SignatureSlot.objects.filter(agreement=agreement, state="paper_uploaded").select_related("person"))
    compared = ComparedFacts(seen, queries.compared_hash(scan))
    asked: list[Any] = [
        (COMPARED, compared),
        (WET, wet_facts(act, scan, pages, agreement.pages)),
        *(each for slot in slots for each in queries.wet_asked(slot, agreement, scan)),
    ]
    require(asked, held)
    WetConfirmation.objects.get_or_create(scan=scan, by=act.by.code, defaults=comparison(act, pages))
    if not queries.sides_missing(scan):
        _count_wet(act, agreement, scan, slots)
    else:
        now_waits(act, agreement)
    act.log("wet_signatures.confirmed", agreement, scan=scan.file.sha256, by=act.by.code)
    return scan


def _count_wet(act: Act, agreement: Agreement, scan: WetScan, slots: list[SignatureSlot]) -> None:
    WetScan.objects.filter(pk=scan.pk).update(state=WetScan.State.CONFIRMED)
    for slot in slots:
        move_on(act, SLOT_FLOW, slot)
        Signature.objects.create(
            slot=slot,
            mode=Signature.Mode.WET,
            text_hash=scan.text_hash,
            at=act.now,
            by=scan.uploaded_by,
            act=act.code,
            scan=scan,
        )
    _signed(act, agreement)


def _waiting_scan(act: Act, agreement: Agreement) -> WetScan:
    scan = queries.waiting_scan(agreement)
    if scan is None:
        raise NoSuchMove(SLOT_FLOW.name, "invited", act.door)
    return scan


def _signed(act: Act, agreement: Agreement) -> None:
    """One more signature: the case moves on, and is signed when none is missing."""
    missing = SignatureSlot.objects.filter(agreement=agreement).exclude(state__in=("signed", "void")).exists()
    move(act, agreement.case, "partly_signed" if missing else "signed")
    # The case is held from here on: a decree that was quicker is seen now, and one that waits finds the signature (AG-88).
    act.require(HOLDER, holder_facts(agreement.case.village), standing(agreement.case.village_id))
    if not missing:
        Agreement.objects.filter(pk=agreement.pk).update(signed_at=act.now)
        agreement.signed_at = act.now
        tell_both(act, agreement, _("Semua pihak telah menandatangani “{title}”."))
    now_waits(act, agreement)


@command("agreements.keep_signed_file", on="signature")
def keep_signed_file(
    act: Act, *, signature: Signature, content: FileContent, certificate: str = "", field: str = ""
) -> SignedFile:
    """Keep the PDF that carries this signature; the first one stays. ``certificate`` is the hash of the signer's, ``field``
    where it stands, if not in the field that was reserved."""
    held = SignedFile.objects.filter(signature=signature).select_related("file").first()
    if held is not None:
        return held
    kept = SignedFile.objects.create(
        signature=signature, file=keep_file(by=act, content=content), at=act.now, certificate=certificate, field=field
    )
    of = signature.slot.agreement
    act.log("agreement.sealed", of, party=signature.slot.party, file=kept.file.sha256, certificate=certificate)
    return kept
