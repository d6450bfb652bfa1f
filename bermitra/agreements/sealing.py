"""Signatures of both sides into the PDF of an agreement, after the act."""

from __future__ import annotations

from functools import partial

from bermitra.agreements.actions import keep_signed_file
from bermitra.agreements.models import Agreement, Signature
from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.sealing import Given, approval_at, seal_in_turn


def seal(agreement: Agreement) -> None:
    """Bring the signed PDF up to the last electronic signature that counts."""
    paper, registered = agreement.paper, agreement.registered
    if paper is None or registered is None:
        return
    found = Signature.objects.filter(
        slot__agreement=agreement,
        slot__state="signed",
        mode__in=(Signature.Mode.ELECTRONIC, Signature.Mode.CERTIFIED),
        text_hash=registered.sha256,
    )
    given = [
        Given(
            approval_of(agreement, each),
            each.signed_file.file.sha256 if hasattr(each, "signed_file") else "",
            partial(_keep, each),
        )
        for each in found.select_related("slot", "signed_file__file").order_by("pk")
    ]
    seal_in_turn(paper, registered.sha256, given, kind="agreement")


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
    slot = signature.slot
    return approval_at(
        agreement.case.village_id, field=slot.field, name=slot.name, office=slot.capacity, place=agreement.place,
        at=signature.at, act=signature.act,
    )  # fmt: skip


def _keep(signature: Signature, content: files.Content, certificate: str) -> str:
    kept = keep_signed_file(by=By.the_system(), signature=signature, content=content, certificate=certificate)
    return kept.file.sha256
