"""Signatures of the heads into the PDF, after the act, in the order in which they were given; taken up where it was left."""

from __future__ import annotations

from django.db.models import F

from bermitra.agreements.joint.actions import keep_joint_signed_file
from bermitra.agreements.joint.models import JointRegulation, JointTextSignature
from bermitra.foundation.calendar import local_time, long_date, tz, zone_of
from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.models import StoredFile


def seal(regulation: JointRegulation) -> None:
    """Bring the signed PDF up to the last signature by account that counts."""
    paper = regulation.paper
    if paper is None:
        return
    newest = paper.file.sha256
    for signature in _given(regulation):
        if hasattr(signature, "signed_file"):
            newest = signature.signed_file.file.sha256
            continue
        approval = _approval(regulation, signature)
        signed = signing.sign(files.read(newest), approval, example=paper.example)
        name = f"peraturan-bersama-{paper.code}-bertanda-tangan.pdf"
        content = files.put(signed, media_type="application/pdf", name=name)
        newest = keep_joint_signed_file(by=By.the_system(), signature=signature, content=content).file.sha256


def seal_due() -> int:
    """Seal what was left unsealed, in all regulations; says in how many."""
    left = JointTextSignature.objects.filter(
        signed_file=None,
        mode=JointTextSignature.Mode.ELECTRONIC,
        text_hash=F("party__regulation__paper__file__sha256"),
    )
    found = JointRegulation.objects.filter(parties__signatures__in=left).select_related("paper__file").distinct()
    for regulation in found:
        seal(regulation)
    return len(found)


def signed_file(regulation: JointRegulation) -> StoredFile | None:
    """The paper with all signatures by account in it so far, else as it was locked."""
    if regulation.paper is None:
        return None
    kept = [each.signed_file.file for each in _given(regulation) if hasattr(each, "signed_file")]
    return kept[-1] if kept else regulation.paper.file


def _given(regulation: JointRegulation) -> list[JointTextSignature]:
    if regulation.paper is None:
        return []
    found = JointTextSignature.objects.filter(
        party__regulation=regulation,
        mode=JointTextSignature.Mode.ELECTRONIC,
        text_hash=regulation.paper.file.sha256,
    )
    return list(found.select_related("party__village", "signed_file__file").order_by("pk"))


def _approval(regulation: JointRegulation, signature: JointTextSignature) -> signing.Approval:
    zone = zone_of(signature.party.village_id)
    day = signature.at.astimezone(tz(zone)).date()
    return signing.Approval(
        field=signature.party.field,
        name=signature.name,
        office=signature.party.capacity,
        place=regulation.place,
        at=signature.at,
        said_at=f"{long_date(day)} {local_time(signature.at, zone)}",
        act=signature.act,
    )
