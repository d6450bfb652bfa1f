"""Each village puts it into its Berita Desa."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import localdate

from bermitra.agreements.joint import queries
from bermitra.agreements.joint.actions.common import held_now, now_waits, tell_all
from bermitra.agreements.joint.models import (
    JointParty,
    JointRegulation,
)
from bermitra.agreements.joint.rules import IN_TIME, JOINT_FLOW
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _


@command("agreements.promulgate_joint_text", on="party")
def promulgate_joint_text(
    act: Act, *, party: JointParty, gazette_number: str, papers: Sequence[Prepared] = ()
) -> JointRegulation:
    """The secretary of each village puts it into its Berita Desa; with the last village it is in force (AG-25).

    ``papers`` are the sheet of the promulgation and the letter to the Camat and the Bupati.
    """
    regulation, today = held_now(party.regulation), localdate(act.now)
    said = queries.stands(regulation)
    passed = act.require(IN_TIME, queries.time_facts(regulation, said), standing(party.village_id))
    secretary = act.by.person.full_name if isinstance(act.by.person, Person) else ""
    done = JointParty.objects.filter(pk=party.pk, gazette_on=None).update(
        gazette_number=gazette_number, gazette_on=today, promulgated_by=secretary
    )
    if not done:
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    for paper in papers:
        issue_paper(by=act, paper=paper)
    if regulation.parties.filter(gazette_on=None).exists():
        move_on(act, JOINT_FLOW, regulation, "signed")
    else:
        move_on(act, JOINT_FLOW, regulation, "in_force", in_force_on=today)
        tell_all(act, regulation, _("Peraturan Bersama “{title}” diundangkan di setiap desa dan berlaku."))
    _inform(act, regulation, party)
    now_waits(act, regulation)
    act.log("joint_text.promulgated", regulation, village=party.village_id, passed=passed)
    return regulation


def _inform(act: Act, regulation: JointRegulation, party: JointParty) -> None:
    """The Camat and the Bupati have it in their inbox."""
    for role, region in ((roles.CAMAT.key, party.village_id[:8]), (roles.REGENT_OFFICE.key, party.village_id[:5])):
        tell(
            act,
            says=_("{village} mengundangkan Peraturan Bersama “{title}”."),
            params={"title": regulation.title, "village": party.village.name},
            about=about_of(regulation),
            url_name="page.joint_regulation",
            code=regulation.code,
            role=role,
            region=region,
        )
