"""An agreement with its text and a limit, and warnings under it at every rung, through the product's own doors.

``kades`` warns for the village and ``mitra.direktur`` for the partner; ``sekdes`` and ``mitra`` draft.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bermitra.agreements import queries, text
from bermitra.agreements.models import Agreement, DraftVersion, LimitLine
from bermitra.agreements.warnings import actions, letters
from bermitra.agreements.warnings import queries as warned
from bermitra.agreements.warnings.models import WarningLetter
from bermitra.agreements.warnings.rules import Told
from bermitra.foundation.commands import clock
from bermitra.partnership import sheet
from tests.delivery.makers import an_agreement
from tests.partnership.makers import whole_topics
from tests.people import People

SEEN = datetime(2026, 7, 6, 3, tzinfo=UTC)  # the village's duty was due on 30 June
LIMIT = "Tidak ada kewajiban membeli dari satu sumber."
TYPED: dict[str, Any] = {
    "facts": "Petak contoh belum dibuka.\nTim mitra datang dua kali.", "happened_on": date(2026, 7, 1),
    "wanted": "Membuka petak contoh seluas 1,5 ha.", "days": 14,
}  # fmt: skip


def a_worded_agreement(people: People, *, short: bool = False, **wording: Any) -> Agreement:
    """In force since January 2026: the village owes plots since 30 June, the partner its hours every year."""
    agreement = an_agreement(people)
    LimitLine.objects.create(agreement=agreement, number=1, text=LIMIT)
    topics = sheet.merged(sheet.blank(), whole_topics())
    topics["others"]["limits"] = [LIMIT]
    content = {**text.start(topics, short=short), "wording": wording}
    setting = queries.setting_of(agreement.case, agreement.title)
    DraftVersion.objects.create(
        agreement=agreement, number=1, party="one", content=content, clauses=text.clauses(content, setting),
        text_hash="c" * 64, at=clock.now(), by="system",
    )  # fmt: skip
    agreement.obligations.filter(number=2).update(text="mendampingi", sanction="teguran tertulis")
    return Agreement.objects.select_related("case__village", "partner").get(pk=agreement.pk)


def fresh(warning: WarningLetter) -> WarningLetter:
    return warned.WarningLetter.objects.select_related(*warned._WITH).get(pk=warning.pk)


def digest_of(warning: WarningLetter) -> str:
    """What somebody has read who sends it."""
    return warned.words_of(warning, warned.text_of(warning.agreement)).digest(warning)


def a_draft(
    people: People, agreement: Agreement, who: str = "mitra", at: datetime = SEEN, **other: Any
) -> WarningLetter:
    points = other.pop("points", ["kewajiban-1"])
    told = Told(**{**TYPED, "days": 7, **other})
    with clock.at(at):
        return actions.draft_warning(by=people.by(who), agreement=agreement, points=points, told=told)


def sent(
    people: People, warning: WarningLetter, who: str = "mitra.direktur", at: datetime = SEEN, **other: Any
) -> WarningLetter:
    held = fresh(warning)
    with clock.at(at):
        knock, today = people.by(who), clock.today()
        paper = letters.warning_paper(held, key=knock.key, number="005/SP/2026", sent_on=today, sender=knock.code)
        given = {"number": "005/SP/2026", "seen": digest_of(held), "sent_on": today, **other}
        return actions.send_warning(by=knock, warning=held, paper=paper, **given)


def a_sent_notice(people: People, agreement: Agreement | None = None) -> WarningLetter:
    return sent(people, a_draft(people, agreement or a_worded_agreement(people)))


def the_next(people: People, warning: WarningLetter, at: datetime, who: str = "mitra", **other: Any) -> WarningLetter:
    with clock.at(at):
        return actions.follow_warning(by=people.by(who), warning=fresh(warning), told=Told(**{**TYPED, **other}))


def after(warning: WarningLetter) -> datetime:
    """The day after its time to cure."""
    assert warning.cure_by is not None
    return datetime.combine(warning.cure_by + timedelta(days=1), SEEN.timetz())
