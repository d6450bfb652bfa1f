"""Signatures into the PDF of an addendum, after the act: in the order in which it was signed, each certified for itself."""

from __future__ import annotations

from bermitra.agreements.changing.actions import keep_signed_addendum
from bermitra.agreements.changing.models import AddendumSlot, Amendment
from bermitra.agreements.models import SIGNATURE_FIELDS
from bermitra.foundation.calendar import local_time, long_date, tz, zone_of
from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files, signing


def seal(amendment: Amendment) -> None:
    """Bring the signed PDF up to the last electronic signature that counts."""
    paper = amendment.paper
    if paper is None:
        return
    newest = paper.file.sha256
    given = AddendumSlot.objects.filter(amendment=amendment, state="signed", mode=AddendumSlot.Mode.ELECTRONIC)
    for slot in given.select_related("file", "amendment__agreement__case").order_by("at", "pk"):
        if slot.file is None:
            approval = _approval(slot)
            held = signing.certify(approval, example=paper.example)
            signed = signing.sign(files.read(newest), approval, example=paper.example, credentials=held)
            name = f"adendum-{paper.code}-bertanda-tangan.pdf"
            content = files.put(signed, media_type="application/pdf", name=name)
            keep_signed_addendum(by=By.the_system(), slot=slot, content=content, certificate=held.fingerprint)
        newest = slot.file.sha256 if slot.file else newest


def seal_due() -> int:
    """Seal what was left unsealed; says in how many addenda."""
    left = AddendumSlot.objects.filter(state="signed", mode=AddendumSlot.Mode.ELECTRONIC, file=None)
    found = Amendment.objects.filter(slots__in=left).select_related("agreement__case", "paper__file").distinct()
    for amendment in found:
        seal(amendment)
    return len(found)


def newest_file(amendment: Amendment) -> str:
    """The content with all signatures given so far, else the locked one."""
    signed = AddendumSlot.objects.filter(amendment=amendment, state="signed").exclude(file=None)
    last = signed.select_related("file").order_by("-at", "-pk").first()
    if last is not None and last.file is not None:
        return last.file.sha256
    return amendment.paper.file.sha256 if amendment.paper else ""


def _approval(slot: AddendumSlot) -> signing.Approval:
    zone, at = zone_of(slot.amendment.agreement.case.village_id), slot.at
    if at is None:
        raise ValueError("not signed")
    return signing.Approval(
        field=SIGNATURE_FIELDS[slot.party],
        name=slot.name,
        office=slot.capacity,
        place=slot.amendment.place,
        at=at,
        said_at=f"{long_date(at.astimezone(tz(zone)).date())} {local_time(at, zone)}",
        act=slot.act_code,
    )
