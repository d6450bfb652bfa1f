"""Comments on the text while it is drafted: said, answered by the other side, settled by the side that said it."""

from __future__ import annotations

from django.db.models import Max, Q

from bermitra.agreements import queries
from bermitra.agreements.actions.common import side_of
from bermitra.agreements.models import Agreement, DraftComment
from bermitra.agreements.rules import DRAFT_FLOW, DRAFTED_IN, OTHER
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove


@command("agreements.comment", on="agreement")
def comment(act: Act, *, agreement: Agreement, text: str, place: str = "") -> DraftComment:
    """Say something about an article of the text that stands, or about the whole text; whoever has the turn may change it."""
    held = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)  # two may comment at once
    if held.state not in DRAFTED_IN:
        raise NoSuchMove(DRAFT_FLOW.name, held.state, act.door)
    version = queries.newest_version(held)
    if place and place not in {clause["code"] for clause in version.clauses}:
        raise ValueError(f"no article {place}")
    last = DraftComment.objects.filter(agreement=held).aggregate(last=Max("number"))["last"] or 0
    made = DraftComment.objects.create(
        agreement=held,
        number=last + 1,
        place=place,
        party=side_of(act),
        text=text,
        version=version.number,
        at=act.now,
        by=act.by.code,
    )
    act.log("draft.commented", agreement, number=made.number, party=made.party, place=place)
    return made


@command("agreements.answer_comment", on="agreement")
def answer_comment(act: Act, *, agreement: Agreement, number: int, answer: str) -> DraftComment:
    """The other side answers, once; the first answer stands."""
    made = _open(act, agreement, number, Q(party=OTHER[side_of(act)], answered_at=None))
    DraftComment.objects.filter(pk=made.pk).update(answer=answer, answered_at=act.now, answered_by=act.by.code)
    made.answer, made.answered_at, made.answered_by = answer, act.now, act.by.code
    act.log("draft.comment_answered", agreement, number=number)
    return made


@command("agreements.settle_comment", on="agreement")
def settle_comment(act: Act, *, agreement: Agreement, number: int) -> DraftComment:
    """The side that said it is content with the text as it stands, or with the answer."""
    made = _open(act, agreement, number, Q(party=side_of(act)))
    version = agreement.text_version
    DraftComment.objects.filter(pk=made.pk).update(settled_in=version, settled_at=act.now, settled_by=act.by.code)
    made.settled_in, made.settled_at, made.settled_by = version, act.now, act.by.code
    act.log("draft.comment_settled", agreement, number=number, version=version)
    return made


def _open(act: Act, agreement: Agreement, number: int, which: Q) -> DraftComment:
    held = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    found = DraftComment.objects.filter(which, agreement=held, number=number, settled_at=None).first()
    if found is None or held.state not in DRAFTED_IN:
        raise NoSuchMove(DRAFT_FLOW.name, held.state, act.door)
    agreement.text_version = held.text_version
    return found
