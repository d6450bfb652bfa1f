"""The text goes before the Musyawarah of every village, and comes back."""

from __future__ import annotations

from bermitra.agreements.joint import queries, text
from bermitra.agreements.joint.actions.common import held_now, now_waits, tell_all, write
from bermitra.agreements.joint.models import (
    JointParty,
    JointRegulation,
)
from bermitra.agreements.joint.rules import JOINT_FLOW
from bermitra.deliberation.api import offer_text, withdraw_text
from bermitra.deliberation.models import Subject
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import withdraw_paper
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _


@command("agreements.table_joint_text", on="regulation")
def table_joint_text(act: Act, *, regulation: JointRegulation, reason: str = "") -> JointRegulation:
    """The text that all accepted comes before the Musyawarah of every village (AG-24, AG-61, AG-62, AG-63)."""
    regulation = held_now(regulation)
    said, version = queries.stands(regulation), queries.newest_version(regulation)
    asked = queries.tabling_asked(regulation, said)
    passed = queries.refuse_unmet(asked, standing(regulation.village_id), reason)
    move_on(act, JOINT_FLOW, regulation)
    read = text.read_out(version.content, queries.setting(regulation))
    for each in said:
        offer_text(
            act,
            village=each.party.village,
            code=regulation.code,
            kind=Subject.Kind.COOPERATION,
            title=f"Peraturan Bersama: {regulation.title}"[:200],
            text_hash=version.text_hash,
            text=read,
        )
    now_waits(act, regulation)
    tell_all(act, regulation, _("Naskah Peraturan Bersama “{title}” menunggu Musyawarah Desa."), roles.BPD_CHAIR.key)
    act.log("joint_text.tabled", regulation, text=version.text_hash, passed=passed)
    return regulation


@command("agreements.reopen_joint_text", on="party")
def reopen_joint_text(act: Act, *, party: JointParty, reason: str) -> JointRegulation:
    """Any village may open the text again while not all have signed: it is accepted, decided and signed anew."""
    regulation = held_now(party.regulation)
    paper = regulation.paper
    move_on(
        act,
        JOINT_FLOW,
        regulation,
        paper=None,
        made_on=None,
        place="",
        starts_on=None,
        ends_on=None,
        locked_at=None,
        scan=None,
        scan_by="",
    )
    withdraw_text(act, code=regulation.code)
    if paper is not None:
        withdraw_paper(by=act, paper=paper, why=reason[:300])
    before = queries.newest_version(regulation)
    write(act, regulation, party.village_id, before.content, before, reason)
    now_waits(act, regulation)
    tell_all(act, regulation, _("Naskah Peraturan Bersama “{title}” dibuka kembali. Tanda tangan lama tidak berlaku."))
    act.log("joint_text.reopened", regulation, village=party.village_id)
    return regulation
