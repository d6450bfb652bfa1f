"""Slots, scans and signed files."""

from __future__ import annotations

from hashlib import sha256

from bermitra.agreements.models import Agreement, SignatureSlot, SignedFile, WetScan
from bermitra.foundation.accounts.models import Person


def slots_of(agreement: Agreement) -> list[SignatureSlot]:
    """The places to sign that count, the village's first."""
    found = SignatureSlot.objects.filter(agreement=agreement).exclude(state="void")
    return list(found.select_related("person", "signature__signed_file__file").order_by("party"))


def own_slot(agreement: Agreement, person: Person) -> SignatureSlot | None:
    found = SignatureSlot.objects.filter(agreement=agreement, person=person).exclude(state="void")
    return found.select_related("person", "agreement__paper__file").first()


def waiting_scan(agreement: Agreement) -> WetScan | None:
    return WetScan.objects.filter(agreement=agreement, state=WetScan.State.WAITING).select_related("file").first()


def compared_hash(scan: WetScan) -> str:
    """What who confirms ink has before him: the locked text and the scan of its signed print."""
    return sha256(f"{scan.text_hash}|{scan.file.sha256}".encode()).hexdigest()


def newest_scan(agreement: Agreement) -> WetScan | None:
    return WetScan.objects.filter(agreement=agreement).select_related("file").order_by("-pk").first()


def signed_file(agreement: Agreement) -> SignedFile | None:
    """The PDF with all signatures given so far; ``None`` where none was given electronically."""
    found = SignedFile.objects.filter(signature__slot__agreement=agreement).exclude(signature__slot__state="void")
    return found.select_related("file", "signature__slot").order_by("-signature_id").first()
