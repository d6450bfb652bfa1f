"""The BPD decrees what the Musyawarah agreed to."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from bermitra.deliberation import queries
from bermitra.deliberation.actions.common import held_now, move
from bermitra.deliberation.models import BpdDecree, Meeting
from bermitra.deliberation.rules import DECREEING, MUSYAWARAH
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import issue_paper
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing


@command("deliberation.issue_decree", on="meeting")
def issue_decree(
    act: Act, *, meeting: Meeting, subject_code: str, number: str, dated: date, paper: Prepared | None = None
) -> BpdDecree:
    """Issue the decree on a subject that the binding decision agreed to; there is one for each subject."""
    meeting = held_now(meeting)
    MUSYAWARAH.through(act.door, meeting.state)
    decided = meeting.subjects.filter(decision__isnull=False, decree__isnull=True).select_related("decision")
    subject = decided.filter(code=subject_code).first()
    if subject is None:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    today = timezone.localdate(act.now)
    act.require(DECREEING, queries.decree_facts(subject, number, dated, today), standing(meeting.village_id))
    decree = BpdDecree.objects.create(
        subject=subject,
        village_id=meeting.village_id,
        number=number,
        dated=dated,
        year=dated.year,
        text_hash=subject.decision.text_hash,
        paper=issue_paper(by=act, paper=paper) if paper is not None else None,
        issued_at=act.now,
        issued_by=act.by.code,
    )
    move(act, meeting)
    act.log("bpd_decree.issued", meeting, subject=subject.code, text=decree.text_hash)
    return decree
