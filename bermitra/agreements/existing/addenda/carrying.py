"""What the paper of an addendum to an agreement from before must carry: two signatures in ink, and the scan that shows them."""

from __future__ import annotations

from bermitra.agreements.existing.addenda.models import EarlierAddendum, EarlierAddendumScan
from bermitra.agreements.existing.addenda.queries import newest_scan
from bermitra.agreements.models import SIGNATURE_FIELDS
from bermitra.agreements.queries import signed_name
from bermitra.foundation.documents.lights import INK, Carried, Ink, Place
from bermitra.foundation.documents.models import Paper


def carried_by_earlier_addendum(paper: Paper) -> Carried | None:
    """For the three lights; nothing for a paper of another kind."""
    held = EarlierAddendum.objects.filter(paper=paper).first()
    if held is None:
        return None
    holds, scan = held.state == "in_force", newest_scan(held)
    readers = scan.read_aloud if scan is not None else {}
    places = [
        Place(field, signed_name(name, readers.get(party, "")), holds, INK)
        for (party, field), name in zip(SIGNATURE_FIELDS.items(), paper.source["data"]["signers"], strict=True)
    ]
    ink = None
    if holds and scan is not None:
        names = tuple(each.name for each in scan.confirmations.order_by("pk"))
        ink = Ink(scan.file.sha256, scan.uploaded_by_name, names)
    return Carried(paper.file.sha256, places, (), ink, ())


def grown_from_earlier_addendum(digest: str) -> Paper | None:
    """The paper whose confirmed scan has this hash."""
    found = EarlierAddendumScan.objects.filter(file__sha256=digest, addendum__state="in_force")
    scan = found.select_related("addendum__paper__file", "addendum__paper__withdrawal").order_by("-pk").first()
    return scan.addendum.paper if scan is not None else None
