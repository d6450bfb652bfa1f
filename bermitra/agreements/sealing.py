"""Signatures into the PDF, after the act: what the rows say is put into the file, in the order in which it was signed.

The rows are the signatures; the file follows from them. An interrupted sealing is taken up by whoever comes next: the next
signer, the page, or ``seal_due`` of the daily work.
"""

from __future__ import annotations

from bermitra.agreements.actions import keep_signed_file
from bermitra.agreements.models import Agreement, Signature
from bermitra.foundation.calendar import local_time, long_date, tz, zone_of
from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.typst_pdf import Box, boxes


def seal(agreement: Agreement) -> None:
    """Bring the signed PDF up to the last electronic signature that counts."""
    paper, registered = agreement.paper, agreement.registered
    if paper is None or registered is None:
        return
    given = Signature.objects.filter(
        slot__agreement=agreement,
        slot__state="signed",
        mode__in=(Signature.Mode.ELECTRONIC, Signature.Mode.CERTIFIED),
        text_hash=registered.sha256,
    )
    newest: str = registered.sha256
    places: dict[str, Box] | None = None
    for signature in given.select_related("slot", "signed_file__file").order_by("pk"):
        if hasattr(signature, "signed_file"):
            newest = signature.signed_file.file.sha256
            continue
        before, approval = files.read(newest), approval_of(agreement, signature)
        if places is None:  # a paper of before holds no fields: its places are measured
            reserved = approval.field in signing.fields_of(before)
            places = {} if reserved else {box.field: box for box in boxes(paper.source)}
        held = signing.certify(approval, example=paper.example)
        signed = signing.sign(before, approval, places.get(approval.field), example=paper.example, credentials=held)
        content = files.put(signed, media_type="application/pdf", name=f"agreement-{paper.code}-bertanda-tangan.pdf")
        kept = keep_signed_file(by=By.the_system(), signature=signature, content=content, certificate=held.fingerprint)
        newest = kept.file.sha256


def seal_due() -> int:
    """Seal what was left unsealed, in all agreements; says in how many."""
    left = Signature.objects.filter(signed_file=None, mode=Signature.Mode.ELECTRONIC, slot__state="signed")
    found = (
        Agreement.objects.filter(slots__signature__in=left).select_related("case", "paper__file", "stamped").distinct()
    )
    for agreement in found:
        seal(agreement)
    return len(found)


def approval_of(agreement: Agreement, signature: Signature) -> signing.Approval:
    zone = zone_of(agreement.case.village_id)
    day = signature.at.astimezone(tz(zone)).date()
    slot = signature.slot
    return signing.Approval(
        field=slot.field,
        name=slot.name,
        office=slot.capacity,
        place=agreement.place,
        at=signature.at,
        said_at=f"{long_date(day)} {local_time(signature.at, zone)}",
        act=signature.act,
    )
