"""What whoever checks a paper without this instance takes along: the proof of a paper and the certificates of the instance.

Both are read by ``bermitra-verify``, which shares no code with this.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from bermitra.foundation.documents import authority, lights
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.journal.checkpoints import origin, origin_of
from bermitra.foundation.journal.proofs import Proof, proof_of
from bermitra.foundation.journal.signing import signing_key, verifier_key
from bermitra.portal.verification import carried_of

KEY_LINE = "# jurnal: "


def proof(paper: Paper) -> dict[str, Any]:
    """Which files are of this paper, who signed where, and each file's line of the journal with its way to a checkpoint.

    The line of issuing is among them: only it says who must sign, so that nobody takes a place away from here."""
    carried, _agreement = carried_of(paper)
    registered = lights.read(carried.registered)
    ink = carried.ink
    return {
        "version": 1,
        "code": paper.code,
        "title": paper.title,
        "words": paper.tree_hash,
        "issued_size": paper.file.size,
        "registered": carried.registered,
        "registered_size": len(registered) if registered is not None else 0,
        "kept": list(carried.kept),
        "places": [vars(place) for place in carried.places],
        "ink": {"scan": ink.scan, "confirmed_by": list(ink.confirmed_by)} if ink else None,
        "lines": [_line(each) for each in _proofs(paper, carried)],
    }


def certificates(paper: Paper) -> str:
    """The key of the journal and the certificates under which the signatures stand, as text."""
    carried, _agreement = carried_of(paper)
    national = any(place.how == "certified" for place in carried.places)
    key = signing_key(settings.BERMITRA_HOME).public_key()
    names = dict.fromkeys([origin(), *(origin_of(each.note) for each in _proofs(paper, carried))])  # it may have moved
    lines = "".join(f"{KEY_LINE}{verifier_key(name, key)}\n" for name in names)
    return lines + authority.pem_of(authority.roots(example=paper.example, national=national)).decode()


def _proofs(paper: Paper, carried: lights.Carried) -> list[Proof]:
    lines = (lights.line_of(paper, carried, digest) for digest in sorted({*carried.known, paper.file.sha256}))
    return [found for line in lines if line is not None and (found := proof_of(line)) is not None]


def _line(held: Proof) -> dict[str, Any]:
    return {
        "before": held.before,
        "body": held.event.body,
        "hash": held.event.hash,
        "path": list(held.path),
        "note": held.note,
    }
