"""What the paper of an addendum must carry: who signs where, how it was signed, which files grew from it."""

from __future__ import annotations

from django.db.models import Q

from bermitra.agreements.changing.models import AddendumScan, AddendumSlot, Amendment
from bermitra.agreements.changing.queries import newest_scan
from bermitra.foundation.documents.lights import Carried, Ink, Place
from bermitra.foundation.documents.models import Paper

KEPT_BY = ("amendment.sealed",)  # lines that register a file that grew from the issued one


def carried_by_addendum(paper: Paper) -> Carried | None:
    """For the three lights; nothing for a paper of another kind."""
    kind, _colon, code = paper.about.partition(":")
    found = Amendment.objects.filter(code=code) if kind == "amendment" else Amendment.objects.none()
    held = found.select_related("agreement__case__village", "agreement__partner").first()
    if held is None:
        return None
    slots = list(
        AddendumSlot.objects.filter(amendment=held).exclude(state="void").select_related("file").order_by("party")
    )
    grown = sorted((slot for slot in slots if slot.file is not None), key=lambda each: (each.at, each.pk))
    places = [_place(slot) for slot in slots]
    kept = [slot.file.sha256 for slot in grown if slot.file is not None]
    return Carried(paper.file.sha256, places, kept, _ink(held, slots), KEPT_BY)


def grown_from_addendum(digest: str) -> Paper | None:
    """The paper whose file with signatures, or whose confirmed scan, has this hash."""
    signed = AddendumSlot.objects.filter(file__sha256=digest, state="signed").values("amendment")
    scanned = AddendumScan.objects.filter(file__sha256=digest, amendment__state="in_force").values("amendment")
    of = Amendment.objects.filter(Q(pk__in=signed) | Q(pk__in=scanned))
    found = of.select_related("paper__file", "paper__withdrawal").order_by("-pk").first()
    return found.paper if found else None


def _place(slot: AddendumSlot) -> Place:
    how = "ink" if slot.mode == AddendumSlot.Mode.WET else "electronic"
    return Place(slot.field, slot.name, slot.state == "signed", how, slot.certificate)


def _ink(held: Amendment, slots: list[AddendumSlot]) -> Ink | None:
    scan = newest_scan(held)
    if scan is None or not all(slot.mode == AddendumSlot.Mode.WET for slot in slots):
        return None
    names = tuple(each.name for each in scan.confirmations.order_by("pk"))
    return Ink(scan.file.sha256, scan.uploaded_by_name, names)
