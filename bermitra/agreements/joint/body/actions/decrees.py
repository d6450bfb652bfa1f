"""A decree on the board of a BKAD: it says what was decided, its heads have it before them, and each signs it as he accepts."""

from __future__ import annotations

from bermitra.agreements.actions.common import name_of
from bermitra.agreements.joint.body import queries
from bermitra.agreements.joint.body.actions.common import head_signs
from bermitra.agreements.joint.body.letters import Decree, decree_data, field_of
from bermitra.agreements.joint.body.models import JointBody, JointBodyAcceptance
from bermitra.agreements.joint.body.rules import BODY_FLOW, NAMED, VACANT, DecreeFacts
from bermitra.agreements.joint.models import JointRegulation
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.documents.actions import issue_paper
from bermitra.foundation.documents.compose import plain_data
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _


def await_heads(act: Act, body: JointBody) -> None:
    """Whoever has not accepted the body as it is proposed now, or has not signed its newest decree, has it before him."""
    close_duties(act, about=about_of(body))
    done, waits = queries.accepting(body), queries.unsigned(body)
    for village in queries.members(body.regulation):
        if village.pk in waits or (body.state == "proposed" and village.pk not in done):
            open_duty(
                act,
                door="agreements.accept_joint_body",
                about=about_of(body),
                code=body.regulation.code,
                region=village.pk,
                role=roles.VILLAGE_HEAD.key,
                says=_("Baca dan terima susunan {body} untuk “{title}”."),
                body=body.name,
                title=body.regulation.title,
            )


def await_offices(act: Act, body: JointBody) -> None:
    """An office that nobody holds any more waits before the heads of all villages inside."""
    for seat in queries.vacant(queries.seated(body), queries.ended(body)):
        close_duties(act, about=about_of(seat))
        for village in queries.members(body.regulation):
            open_duty(
                act,
                door="agreements.fill_joint_office",
                about=about_of(seat),
                code=seat.code,
                says=VACANT[seat.office],
                region=village.pk,
                role=roles.VILLAGE_HEAD.key,
                body=body.name,
            )


def as_given(act: Act, paper: Prepared, regulation: JointRegulation, decree: Decree) -> None:
    """The decree says what is proposed, and names the heads of now."""
    if paper.source["data"] != plain_data(decree_data(regulation, decree)):
        raise NoSuchMove(BODY_FLOW.name, BODY_FLOW.start, act.door)


def accepted(act: Act, body: JointBody, village: str) -> None:
    """Accepted, and signed where there is a decree (AG-92)."""
    if body.paper is not None:
        printed = body.paper.source["data"]["heads"].get(village, "")
        act.require(NAMED, DecreeFacts(printed, name_of(act)), standing(village))
        head_signs(act, body.paper, Region.objects.get(pk=village), field_of(village))
    JointBodyAcceptance.objects.get_or_create(
        body=body, village_id=village, words_hash=body.words_hash, defaults={"at": act.now, "by": act.by.code}
    )


def decree_anew(act: Act, body: JointBody, paper: Prepared, village: str) -> Paper:
    """The board reads otherwise from now on: its decree is issued, the head of ``village`` signs it first."""
    issued = issue_paper(by=act, paper=paper)
    body.paper, body.words_hash = issued, queries.body_hash(body)
    body.save(update_fields=["paper", "words_hash"])
    accepted(act, body, village)
    await_heads(act, body)
    return issued
