"""A village hears its residents on the draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bermitra.agreements.joint import queries
from bermitra.agreements.joint.actions.common import held_now, now_waits
from bermitra.agreements.joint.models import (
    JointConsultation,
    JointParty,
)
from bermitra.agreements.joint.rules import JOINT_FLOW
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on


@command("agreements.record_joint_consultation", on="party")
def record_joint_consultation(
    act: Act,
    *,
    party: JointParty,
    held_on: date,
    place: str,
    men: int,
    women: int,
    hamlets: Sequence[str],
    said: Sequence[tuple[str, str]] = (),
) -> JointConsultation:
    """A village has heard its residents on the draft: how many came, from where, what they proposed, what was answered."""
    regulation = held_now(party.regulation)
    move_on(act, JOINT_FLOW, regulation)
    consultation = JointConsultation.objects.create(
        party=party,
        version=queries.newest_version(regulation),
        held_on=held_on,
        place=place,
        men=men,
        women=women,
        hamlets=list(hamlets),
        said=[{"text": said_, "answer": answer} for said_, answer in said],
        at=act.now,
        by=act.by.code,
    )
    now_waits(act, regulation)
    act.log("joint_text.consulted", regulation, village=party.village_id, men=men, women=women, proposals=len(said))
    return consultation
