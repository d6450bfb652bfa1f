"""What several verbs of the BKAD need."""

from __future__ import annotations

from django.utils.timezone import localdate

from bermitra.agreements.actions.common import name_of
from bermitra.agreements.joint.body import queries
from bermitra.agreements.joint.body.models import JointBody, JointHeadSignature, JointHeadSignedFile
from bermitra.agreements.joint.models import JointRegulation
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import local_words
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.registry.letters import head_slot


def head_signs(act: Act, paper: Paper, village: Region, field: str) -> JointHeadSignature:
    """His account's signature on this paper; it is put into the file after the act."""
    slot = head_slot(village, local_words(village.pk), localdate(act.now), field=field)
    return JointHeadSignature.objects.create(
        paper=paper,
        village=village,
        field=field,
        name=name_of(act),
        capacity=slot.role[0].rstrip(","),
        at=act.now,
        by=act.by.code,
        act=act.code,
    )


@command("agreements.keep_joint_head_file", on="signature")
def keep_joint_head_file(
    act: Act, *, signature: JointHeadSignature, content: Content, certificate: str
) -> JointHeadSignedFile:
    """Keep the PDF that carries this signature; the first one stays."""
    held = JointHeadSignedFile.objects.filter(signature=signature).select_related("file").first()
    if held is not None:
        return held
    kept = JointHeadSignedFile.objects.create(
        signature=signature, file=keep_file(by=act, content=content), at=act.now, certificate=certificate
    )
    file, village = kept.file.sha256, signature.village_id
    act.log("joint_paper.sealed", signature.paper, village=village, file=file, certificate=certificate)
    return kept


def next_due(act: Act, body: JointBody, village: str) -> None:
    """The treasurer of the village has the next due that is not paid before him."""
    waiting = next((each for each in queries.owed(body, localdate(act.now), village) if each.to_pay), None)
    if waiting is None:
        return
    open_duty(
        act,
        door="agreements.pay_joint_due",
        about=about_of(waiting.due),
        code=waiting.due.code,
        region=village,
        role=roles.VILLAGE_TREASURER.key,
        due_on=waiting.due.due_on,
        says=_("Bayar iuran {body} tahun {year}."),
        body=body.name,
        year=waiting.due.year,
    )


def tell_member(act: Act, regulation: JointRegulation, to: str, says: str, village: Region) -> None:
    tell(
        act,
        says=says,
        params={"title": regulation.title, "village": village.name},
        about=about_of(regulation),
        url_name="page.joint_regulation",
        code=regulation.code,
        region=to,
    )
