"""What several verbs of the BKAD need."""

from __future__ import annotations

from django.utils.timezone import localdate

from bermitra.agreements.joint.body import queries
from bermitra.agreements.joint.body.models import JointBody
from bermitra.agreements.joint.models import JointRegulation
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.messages.api import tell
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _


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
