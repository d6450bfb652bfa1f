"""Verbs: say that one has read, say that one has passed on."""

from __future__ import annotations

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.messages.models import Notice, NoticeRead, Told
from bermitra.foundation.messages.queries import unread_by

AT_ONCE = 500


@command("messages.mark_read", on="person")
def mark_read(act: Act, *, person: Person, newest: Notice, only: bool = False) -> None:
    """Everything up to ``newest`` counts as read, or ``only`` that one; what came meanwhile stays unread."""
    unread = unread_by(person)
    unread = unread.filter(pk=newest.pk) if only else unread.filter(pk__lte=newest.pk)[:AT_ONCE]
    rows = [NoticeRead(person=person, notice=notice, at=act.now) for notice in unread]
    # Two open pages may say so at once: what stands already is enough.
    NoticeRead.objects.bulk_create(rows, ignore_conflicts=True)
    act.log("inbox.read", person, notices=len(rows))


@command("messages.confirm_sent", on="notice")
def confirm_sent(act: Act, *, notice: Notice, how: str) -> Told:
    """The person says that he has passed the notice on; the product itself sends nothing in his name."""
    told = Told.objects.create(notice=notice, how=how, by=act.by.code, at=act.now)
    act.log("notice.passed_on", notice, how=how)
    return told
