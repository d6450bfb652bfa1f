"""Who has an interest in what is before a meeting, found by name: such a person is heard, and does not decide."""

from __future__ import annotations

from collections.abc import Iterable

from bermitra.deliberation.models import Attendee, Meeting, Subject
from bermitra.deliberation.queries import decided_subjects, here_now
from bermitra.deliberation.rules import STEPPING_BACK, InterestFacts, NextChairFacts
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.rules import Finding, examine
from bermitra.registry.overlaps import person_key
from bermitra.registry.queries.conflicts import Tied, tied_to


def ties(meeting: Meeting, subjects: Iterable[Subject]) -> Tied:
    """Who is tied to the partners whose texts these are, on the day of the session."""
    codes = sorted({each.partner for each in subjects} - {""})
    found = [tied_to(code, meeting.village_id, meeting.held_on) for code in codes]
    return Tied(
        own=frozenset(key for each in found for key in each.own),
        sharing=frozenset(key for each in found for key in each.sharing),
    )


def interest_facts(meeting: Meeting, subject: Subject, by: str = "", chair: str = "") -> InterestFacts:
    """For DB-13, DB-14 and DB-39; ``by`` is the code of the person who is about to record the decision. ``chair``: who
    presided over it, where it is not who presides now."""
    tied, chair = ties(meeting, [subject]), chair or meeting.chair
    deciding = [person_key(each.name) for each in here_now(meeting) if not each.cleared]
    return InterestFacts(
        cleared_himself=any(each.cleared_by == by != "" for each in _lines_of(meeting, tied, chair)),
        of_partner=sum(key in tied.own for key in deciding),
        sharing=sum(key in tied.sharing for key in deciding),
        chair_tied=bound_to(meeting, chair, tied),
    )


def presiding(meeting: Meeting, tied: Tied) -> bool:
    """Whether who presides is tied, and is not another person of that name."""
    return bound_to(meeting, meeting.chair, tied)


def bound_to(meeting: Meeting, name: str, tied: Tied) -> bool:
    """Whether somebody of this name is tied, and the list does not say that this is another person."""
    lines = _lines_of(meeting, tied, name)
    return tie_of(name, tied) != "" and not (lines and all(each.cleared for each in lines))


def _lines_of(meeting: Meeting, tied: Tied, name: str) -> list[Attendee]:
    """The lines of the list that bear this name, where somebody of that name is tied."""
    key = person_key(name)
    if key not in tied.own | tied.sharing:
        return []
    return [each for each in meeting.attendees.all() if person_key(each.name) == key]


def _undecided(meeting: Meeting) -> list[Subject]:
    return list(meeting.subjects.filter(decision__isnull=True))


def next_chair_facts(meeting: Meeting, name: str) -> NextChairFacts:
    """Of who is to preside over what is not decided yet."""
    here = {person_key(each.name) for each in here_now(meeting)}
    tied = ties(meeting, _undecided(meeting))
    return NextChairFacts(present=person_key(name) in here, tied=bound_to(meeting, name, tied))


def steps_back(meeting: Meeting, line: Attendee) -> bool:
    """Whether this person may still become an observer: for what comes, and not for what he has decided on with others."""
    to_come = tie_of(line.name, ties(meeting, _undecided(meeting))) != ""
    return to_come and tie_of(line.name, ties(meeting, decided_subjects(meeting))) == ""


def tied_actor(meeting: Meeting, person: Person) -> bool:
    """Whether who acts is tied, by the name of his account, to a partner that the meeting decided on."""
    return bound_to(meeting, person.full_name, ties(meeting, decided_subjects(meeting)))


def decided_checks(meeting: Meeting) -> tuple[Finding, ...]:
    """Who had to step back, asked again of each decision on the text of a partner: its register may know more by now."""
    return tuple(
        finding
        for each in decided_subjects(meeting)
        if each.partner
        for finding in examine(
            STEPPING_BACK, interest_facts(meeting, each, each.decision.decided_by, each.decision.chair)
        )
    )


def interest_checks(meeting: Meeting, subject: Subject, by: str) -> tuple[Finding, ...]:
    """What is asked of who decides, as lines to tick; nothing where no partner is before the meeting."""
    return examine(STEPPING_BACK, interest_facts(meeting, subject, by)) if subject.partner else ()


def may_count(meeting: Meeting) -> list[Attendee]:
    """Who may count the votes: participants, and not who presides."""
    chair = person_key(meeting.chair)
    return [each for each in here_now(meeting) if person_key(each.name) != chair]


def tied_now(meeting: Meeting) -> Tied:
    """Of everything that the meeting has before it; one statement where no partner is."""
    return ties(meeting, meeting.subjects.all())


def tie_of(name: str, tied: Tied) -> str:
    """``own``, ``sharing`` or nothing."""
    key = person_key(name)
    return "own" if key in tied.own else "sharing" if key in tied.sharing else ""
