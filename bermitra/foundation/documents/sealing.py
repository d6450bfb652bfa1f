"""Signatures into a PDF, after the acts: what the rows say is put into the file, in the order in which it was signed.

The rows are the signatures; the file follows from them. An interrupted sealing is taken up by whoever comes next: the next
signer, the page, or the daily work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bermitra.foundation.calendar import local_time, long_date, tz, zone_of
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.documents.typst_pdf import boxes


@dataclass(frozen=True)
class Given:
    """A signature that counts. ``kept``: SHA-256 of the file that carries it, "" where none does yet.

    ``keep`` is given such a file with the hash of the signer's certificate, and says the hash of what is kept.
    """

    approval: signing.Approval
    kept: str
    keep: Callable[[files.Content, str], str]


def seal_in_turn(paper: Paper, registered: str, given: Iterable[Given], *, kind: str) -> None:
    """Bring the signed PDF up to the last of these signatures. ``kind`` begins the file's name."""
    newest = registered
    for each in given:
        if each.kept:
            newest = each.kept
            continue
        before, field = files.read(newest), each.approval.field
        reserved = field in signing.fields_of(before)  # a paper of before holds no fields: the place is measured
        box = None if reserved else next((one for one in boxes(paper.source) if one.field == field), None)
        held = signing.certify(each.approval, example=paper.example)
        signed = signing.sign(before, each.approval, box, example=paper.example, credentials=held)
        name = f"{kind}-{paper.code}-bertanda-tangan.pdf"
        content = files.put(signed, media_type="application/pdf", name=name)
        newest = each.keep(content, held.fingerprint)


def approval_at(
    region: str, *, field: str, name: str, office: str, place: str, at: datetime, act: str
) -> signing.Approval:
    """What a signature says of itself, with the moment in the time of this region."""
    zone = zone_of(region)
    said = f"{long_date(at.astimezone(tz(zone)).date())} {local_time(at, zone)}"
    return signing.Approval(field=field, name=name, office=office, place=place, at=at, said_at=said, act=act)
