"""What the papers that heads sign for a BKAD must carry: who signs where, and which files grew from it."""

from __future__ import annotations

from bermitra.agreements.joint.body.letters import field_of
from bermitra.agreements.joint.body.models import JointHeadSignature
from bermitra.agreements.joint.body.queries import DECREE
from bermitra.foundation.documents.lights import Carried, Place
from bermitra.foundation.documents.models import Paper

KEPT_BY = ("joint_paper.sealed",)  # lines that register a file that grew from the issued one


def carried_by_heads(paper: Paper) -> Carried | None:
    """For the three lights; nothing for a paper of another kind, or one that was signed on its print alone."""
    found = JointHeadSignature.objects.filter(paper=paper).select_related("signed_file__file").order_by("pk")
    given = {each.field: each for each in found}
    names = {each.field: each.name for each in given.values()}
    if paper.kind == DECREE:
        names = {field_of(village): name for village, name in paper.source["data"]["heads"].items()} | names
    if not names:
        return None
    kept = [each for each in given.values() if hasattr(each, "signed_file")]
    certificates = {each.field: each.signed_file.certificate for each in kept}
    places = [
        Place(field, name, field in given, certificate=certificates.get(field, "")) for field, name in names.items()
    ]
    return Carried(paper.file.sha256, places, [each.signed_file.file.sha256 for each in kept], keepers=KEPT_BY)


def grown_from_head_paper(digest: str) -> Paper | None:
    """The paper whose file with signatures has this hash."""
    of = Paper.objects.filter(head_signatures__signed_file__file__sha256=digest)
    return of.select_related("file", "withdrawal").order_by("-pk").first()
