"""What the system does at its day: a window that is over closes, whether or not anybody looks."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from bermitra.matching.models import Round, RoundObjection, RoundRun
from bermitra.matching.rounds.actions.choosing import close_invitations, close_preferences
from bermitra.matching.rounds.actions.responding import close_responses, open_responses

log = logging.getLogger(__name__)
BY_STATE: dict[str, Callable[..., Round]] = {
    "open": close_invitations,
    "preferences": close_preferences,
    "provisional": open_responses,
    "responses": close_responses,
}


def close_due_rounds() -> int:
    """Take every round whose window is over onward; says how many. The daily round and the worker ask it.

    One that still waits for something else stays: lists that are being computed, a throw that nobody
    has announced, an objection without an answer.
    """
    today, its_own = clock.today(), {"round": OuterRef("pk")}
    listed = Exists(RoundRun.objects.filter(**its_own, kind=RoundRun.Kind.CHOICES, state="done"))
    at_work = Exists(RoundRun.objects.filter(**its_own, state="asked"))
    unsettled = Exists(
        RoundObjection.objects.filter(**its_own).filter(Q(state="filed") | Q(state="upheld", used=False))
    )
    due = Round.objects.filter(
        Q(state="open", invite_until__lt=today)
        | Q(listed, ~Q(at_work), state="preferences", prefer_until__lt=today, meeting_at__gt=clock.now())
        | Q(~Q(unsettled), state="provisional", objections_until__lt=today)
        | Q(state="responses", answer_until__lt=today)
    )
    closed = 0
    for each in due.select_related("regency", "follows").order_by("pk"):
        try:
            BY_STATE[each.state](by=By.the_system(), round=each)
        except NoSuchMove:  # another process was quicker
            log.warning("round %s was taken onward by somebody else", each.code)
        except Refused as refused:  # somebody objected, or asked for a trial, in this very moment
            log.info("round %s waits: %s", each.code, refused)
        except Exception:  # one that fails does not hold up the others
            log.exception("round %s was not taken onward", each.code)
        else:
            closed += 1
    return closed
