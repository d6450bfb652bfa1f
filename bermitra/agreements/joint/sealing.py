"""Signatures of the heads into the PDF of a Peraturan Bersama, after the act."""

from __future__ import annotations

from functools import partial

from django.db.models import F

from bermitra.agreements.joint import queries
from bermitra.agreements.joint.actions import keep_joint_signed_file
from bermitra.agreements.joint.models import JointRegulation, JointTextSignature
from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.sealing import Given, approval_at, seal_in_turn


def seal(regulation: JointRegulation) -> None:
    """Bring the signed PDF up to the last signature by account that counts."""
    paper = regulation.paper
    if paper is None:
        return
    given = [
        Given(
            _approval(regulation, each),
            each.signed_file.file.sha256 if hasattr(each, "signed_file") else "",
            partial(_keep, each),
        )
        for each in queries.in_file(regulation)
    ]
    seal_in_turn(paper, paper.file.sha256, given, kind="peraturan-bersama")


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


def _approval(regulation: JointRegulation, signature: JointTextSignature) -> signing.Approval:
    party = signature.party
    return approval_at(
        party.village_id, field=party.field, name=signature.name, office=party.capacity, place=regulation.place,
        at=signature.at, act=signature.act,
    )  # fmt: skip


def _keep(signature: JointTextSignature, content: files.Content, certificate: str) -> str:
    kept = keep_joint_signed_file(by=By.the_system(), signature=signature, content=content, certificate=certificate)
    return kept.file.sha256
