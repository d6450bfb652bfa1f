"""What the paper of an addendum must carry: who signs where, how it was signed, which files grew from it."""

from __future__ import annotations

from django.db.models import Q

from bermitra.agreements.changing.models import AddendumScan, AddendumSlot, Amendment
from bermitra.agreements.changing.queries import newest_scan, slots_of
from bermitra.agreements.queries import signed_name
from bermitra.foundation.documents.lights import Carried, Ink, Place
from bermitra.foundation.documents.models import Paper

CERTIFIED = AddendumSlot.Mode.CERTIFIED
KEPT_BY = ("amendment.sealed", "amendment.stamped")  # lines that register a file that grew from the issued one


def carried_by_addendum(paper: Paper) -> Carried | None:
    """For the three lights; nothing for a paper of another kind."""
    kind, _colon, code = paper.about.partition(":")
    found = Amendment.objects.filter(code=code) if kind == "amendment" else Amendment.objects.none()
    held = found.select_related("agreement__case__village", "agreement__partner", "stamped").first()
    if held is None:
        return None
    slots, stamped = slots_of(held), held.stamped
    grown = sorted((slot for slot in slots if slot.file is not None), key=lambda each: (each.at, each.pk))
    places = [_place(slot) for slot in slots]
    kept = [slot.file.sha256 for slot in grown if slot.file is not None]
    moments = {slot.stands or slot.field: slot.at for slot in grown if slot.mode == CERTIFIED and slot.at is not None}
    registered, stamp_end = (stamped.sha256, stamped.size) if stamped else (paper.file.sha256, 0)
    ink = _ink(held, slots)
    return Carried(registered, places, kept, ink, KEPT_BY, stamp_end=stamp_end, moments=moments)


def grown_from_addendum(digest: str) -> Paper | None:
    """The paper whose file with signatures, with its duty stamp, or whose confirmed scan has this hash."""
    signed = AddendumSlot.objects.filter(file__sha256=digest, state="signed").values("amendment")
    scanned = AddendumScan.objects.filter(file__sha256=digest, amendment__state="in_force").values("amendment")
    of = Amendment.objects.filter(Q(pk__in=signed) | Q(pk__in=scanned) | Q(stamped__sha256=digest))
    found = of.select_related("paper__file", "paper__withdrawal").order_by("-pk").first()
    return found.paper if found else None


def _place(slot: AddendumSlot) -> Place:
    how = {AddendumSlot.Mode.WET.value: "ink"}.get(slot.mode, slot.mode or "electronic")
    name = signed_name(slot.name, slot.read_aloud_by)
    return Place(slot.field, name, slot.state == "signed", how, slot.certificate, slot.stands)


def _ink(held: Amendment, slots: list[AddendumSlot]) -> Ink | None:
    scan = newest_scan(held)
    if scan is None or not all(slot.mode == AddendumSlot.Mode.WET for slot in slots):
        return None
    names = tuple(each.name for each in scan.confirmations.order_by("pk"))
    return Ink(scan.file.sha256, scan.uploaded_by_name, names)
