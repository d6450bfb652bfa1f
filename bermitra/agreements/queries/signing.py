"""Slots, scans and signed files."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from django.db.models import Q
from django.utils.translation import gettext as _

from bermitra.agreements.models import (
    AddendumScan,
    Agreement,
    EarlierAddendumScan,
    Signature,
    SignatureSlot,
    SignedFile,
    WetScan,
)
from bermitra.agreements.outside import ToSign
from bermitra.agreements.queries.drafting import agreement_on, side_of_office
from bermitra.agreements.rules import PARTIES
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.documents.lights import Carried, Ink, Place
from bermitra.foundation.documents.models import Paper


def slots_of(agreement: Agreement) -> list[SignatureSlot]:
    """The places to sign that count, the village's first."""
    found = SignatureSlot.objects.filter(agreement=agreement).exclude(state="void")
    return list(
        found.select_related("person", "signature__signed_file__file", "signature__scan__file").order_by("party")
    )


def own_slot(agreement: Agreement, person: Person) -> SignatureSlot | None:
    found = SignatureSlot.objects.filter(agreement=agreement, person=person).exclude(state="void")
    return found.select_related("person", "agreement__paper__file").first()


def thumbs_of(agreement: Agreement) -> list[str]:
    """The sides for whose thumbprint the locked paper has a place."""
    return list(agreement.paper.source["data"].get("thumbs", [])) if agreement.paper is not None else []


def waiting_scan(agreement: Agreement) -> WetScan | None:
    return WetScan.objects.filter(agreement=agreement, state=WetScan.State.WAITING).select_related("file").first()


def sides_missing(scan: WetScan | AddendumScan | EarlierAddendumScan) -> list[str]:
    """For which sides nobody has compared this scan with the text yet. For whom one compared, his office says."""
    compared = {side_of_office(role) for role in scan.confirmations.values_list("role", flat=True)}
    return [party for party in PARTIES if party not in compared]


def compared_hash(scan: WetScan) -> str:
    """What who confirms ink has before him: the locked text and the scan of its signed print."""
    return sha256(f"{scan.text_hash}|{scan.file.sha256}".encode()).hexdigest()


def newest_scan(agreement: Agreement) -> WetScan | None:
    return WetScan.objects.filter(agreement=agreement).select_related("file").order_by("-pk").first()


def signed_file(agreement: Agreement) -> SignedFile | None:
    """The PDF with all signatures given so far; ``None`` where none was given electronically."""
    found = SignedFile.objects.filter(signature__slot__agreement=agreement).exclude(signature__slot__state="void")
    return found.select_related("file", "signature__slot").order_by("-signature_id").first()


def newest_file(agreement: Agreement) -> str:
    """The hash of the file that the next signature goes on; "" where the text is not locked."""
    held = Agreement.objects.select_related("stamped", "paper__file").get(pk=agreement.pk)
    signed = signed_file(held)
    registered = held.registered
    return signed.file.sha256 if signed else registered.sha256 if registered else ""


def to_sign(agreement: Agreement) -> ToSign:
    """The locked text as whoever signs or stamps it outside meets it."""
    waiting = tuple(each.field for each in slots_of(agreement) if each.state != "signed")
    return ToSign(newest_file(agreement), waiting, not unsealed(agreement))


def unsealed(agreement: Agreement) -> bool:
    """A signature was given that does not lie in the file yet."""
    return Signature.objects.filter(
        slot__agreement=agreement, slot__state="signed", signed_file=None, mode=Signature.Mode.ELECTRONIC
    ).exists()


def carried_by(paper: Paper) -> tuple[Carried, Agreement] | None:
    """What the rows say this paper must carry: who signs where, how it was signed, which files grew from it."""
    agreement = agreement_on(paper.about)
    if agreement is None:
        return None
    registered, stamp_end = paper.file.sha256, 0
    if agreement.paper_id == paper.pk and agreement.stamped is not None:
        registered, stamp_end = agreement.stamped.sha256, agreement.stamped.size
    slots = [slot for slot in slots_of(agreement) if slot.text_hash == registered]
    signed = [slot for slot in slots if slot.state == "signed"]
    sealed = sorted(
        (slot.signature.signed_file for slot in signed if hasattr(slot.signature, "signed_file")),
        key=lambda each: each.pk,
    )
    places = [_place(slot) for slot in slots]
    moments = {
        each.field or each.signature.slot.field: each.at
        for each in sealed
        if each.signature.mode == Signature.Mode.CERTIFIED
    }
    kept = [each.file.sha256 for each in sealed]
    return Carried(registered, places, kept, _ink(signed), stamp_end=stamp_end, moments=moments), agreement


def _place(slot: SignatureSlot) -> Place:
    if slot.state != "signed":
        return Place(slot.field, slot.name, False)
    mode, kept = slot.signature.mode, getattr(slot.signature, "signed_file", None)
    how = {Signature.Mode.WET.value: "ink"}.get(mode, mode)
    certificate, stands = (kept.certificate, kept.field) if kept else ("", "")
    return Place(slot.field, signed_name(slot.name, slot.read_aloud_by), True, how, certificate, stands)


def signed_name(name: str, reader: str) -> str:
    """Who signed; of a thumbprint also who had read the text to him."""
    if not reader:
        return name
    return _("{name} (cap jempol, dibacakan {reader})").format(name=name, reader=reader)


def _ink(signed: Sequence[SignatureSlot]) -> Ink | None:
    scan = next((slot.signature.scan for slot in signed if slot.signature.scan is not None), None)
    if scan is None:
        return None
    names = tuple(each.name for each in scan.confirmations.order_by("pk"))
    return Ink(scan.file.sha256, scan.uploaded_by_name, names)


def grown_from(digest: str) -> Paper | None:
    """The paper whose file with signatures, with its duty stamp, or whose confirmed scan has this hash."""
    signed = SignedFile.objects.filter(file__sha256=digest).values("signature__slot__agreement")
    scanned = WetScan.objects.filter(file__sha256=digest, state=WetScan.State.CONFIRMED).values("agreement")
    of = Agreement.objects.filter(Q(pk__in=signed) | Q(pk__in=scanned) | Q(stamped__sha256=digest))
    found = of.select_related("paper__file", "paper__withdrawal").order_by("-pk").first()
    return found.paper if found else None
