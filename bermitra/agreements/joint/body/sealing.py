"""Signatures of the heads into the decrees of a BKAD and into what villages state, after the act."""

from __future__ import annotations

from functools import partial

from bermitra.agreements.joint.body.actions import keep_joint_head_file
from bermitra.agreements.joint.body.models import JointHeadSignature
from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.documents.sealing import Given, approval_at, seal_in_turn


def seal(paper: Paper | None) -> None:
    """Bring the signed PDF up to the last signature."""
    if paper is None:
        return
    found = JointHeadSignature.objects.filter(paper=paper).select_related("village", "signed_file__file").order_by("pk")
    given = [
        Given(
            _approval(each),
            each.signed_file.file.sha256 if hasattr(each, "signed_file") else "",
            partial(_keep, each),
        )
        for each in found
    ]
    seal_in_turn(paper, paper.file.sha256, given, kind=paper.kind.replace("_", "-"))


def seal_due() -> int:
    """Seal what was left unsealed; says in how many papers."""
    left = JointHeadSignature.objects.filter(signed_file=None)
    found = Paper.objects.filter(head_signatures__in=left, withdrawal=None).select_related("file").distinct()
    for paper in found:
        seal(paper)
    return len(found)


def _approval(signature: JointHeadSignature) -> signing.Approval:
    return approval_at(
        signature.village_id, field=signature.field, name=signature.name, office=signature.capacity,
        place=signature.village.name, at=signature.at, act=signature.act,
    )  # fmt: skip


def _keep(signature: JointHeadSignature, content: files.Content, certificate: str) -> str:
    kept = keep_joint_head_file(by=By.the_system(), signature=signature, content=content, certificate=certificate)
    return kept.file.sha256
