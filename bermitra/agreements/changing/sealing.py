"""Signatures of both sides into the PDF of an addendum, after the act."""

from __future__ import annotations

from functools import partial

from bermitra.agreements.changing.actions import keep_signed_addendum
from bermitra.agreements.changing.models import AddendumSlot, Amendment
from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.sealing import Given, approval_at, seal_in_turn


def seal(amendment: Amendment) -> None:
    """Bring the signed PDF up to the last electronic signature that counts."""
    paper, registered = amendment.paper, amendment.registered
    if paper is None or registered is None:
        return
    found = AddendumSlot.objects.filter(
        amendment=amendment, state="signed", mode__in=(AddendumSlot.Mode.ELECTRONIC, AddendumSlot.Mode.CERTIFIED)
    )
    given = [
        Given(_approval(each), each.file.sha256 if each.file else "", partial(_keep, each))
        for each in found.select_related("file", "amendment__agreement__case").order_by("at", "pk")
    ]
    seal_in_turn(paper, registered.sha256, given, kind="adendum")


def seal_due() -> int:
    """Seal what was left unsealed; says in how many addenda."""
    left = AddendumSlot.objects.filter(state="signed", mode=AddendumSlot.Mode.ELECTRONIC, file=None)
    found = (
        Amendment.objects.filter(slots__in=left).select_related("agreement__case", "paper__file", "stamped").distinct()
    )
    for amendment in found:
        seal(amendment)
    return len(found)


def _approval(slot: AddendumSlot) -> signing.Approval:
    if slot.at is None:
        raise ValueError("not signed")
    return approval_at(
        slot.amendment.agreement.case.village_id, field=slot.field, name=slot.name, office=slot.capacity,
        place=slot.amendment.place, at=slot.at, act=slot.act_code,
    )  # fmt: skip


def _keep(slot: AddendumSlot, content: files.Content, certificate: str) -> str:
    kept = keep_signed_addendum(by=By.the_system(), slot=slot, content=content, certificate=certificate)
    return kept.file.sha256 if kept.file else ""
