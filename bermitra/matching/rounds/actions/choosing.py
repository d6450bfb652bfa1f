"""Both sides answer the invitation, and order or strike out what was computed for them. Nobody else does it for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell_many
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.matching.models import Round, RoundOffer, RoundRun, RoundVillage
from bermitra.matching.rounds.actions.common import (
    THROW_IT,
    Side,
    ask_run,
    drop_runs,
    held_in,
    joined_sides,
    meeting_day,
    office_waits,
    side_notice,
    tell_side,
)
from bermitra.matching.rounds.choices import outside
from bermitra.matching.rounds.lives import ROUND
from bermitra.matching.rounds.queries.facts import (
    invitation_facts,
    lists_facts,
    meeting_facts,
    preference_facts,
    running_facts,
)
from bermitra.matching.rounds.rules import (
    ANNOUNCED,
    CHOOSING,
    CLOSING,
    ENOUGH,
    IN_TIME,
    IN_TURN,
    REASONED,
    ChoiceFacts,
    ReasonFacts,
    WindowFacts,
)


@command("matching.join_round", on="side")
def join_round(act: Act, *, side: Side) -> Side:
    """Take part; may be taken back until the invitations close."""
    return _answer(act, side, joined=True, reason="")


@command("matching.decline_round", on="side")
def decline_round(act: Act, *, side: Side, reason: str) -> Side:
    """Stay out of this round, and say why."""
    act.require(REASONED, ReasonFacts(reason))
    return _answer(act, side, joined=False, reason=reason)


def _answer(act: Act, side: Side, *, joined: bool, reason: str) -> Side:
    of = held_in(act, side.round, "open")
    if isinstance(side, RoundVillage) and not side.eligible:
        raise NoSuchMove(ROUND.name, of.state, act.door)
    act.require(IN_TIME, WindowFacts(today=clock.today(), last_day=of.invite_until))
    _write(side, joined=joined, answered_at=act.now, why_not=reason)
    close_duties(act, about=about_of(side))
    act.log("round.joined" if joined else "round.declined", side, round=of.code)
    if not joined:
        _tell_head(act, side, _("Sekretaris Desa menjawab bahwa desa Anda tidak ikut putaran “{title}”."))
    return side


def _tell_head(act: Act, side: Side, says: str) -> None:
    """What the secretary answered for the village in its head's absence; the head may still answer otherwise."""
    if act.role == roles.VILLAGE_SECRETARY.key:
        tell_side(act, side, says)


@command("matching.close_invitations", on="round")
def close_invitations(act: Act, *, round: Round) -> Round:
    """The invitations are over; the worker computes what each side may choose from. Without two sides there is no round."""
    of = held_in(act, round, "open")
    act.require(CLOSING, invitation_facts(of))
    came = of.villages.filter(joined=True).count(), of.offers.filter(joined=True).count()
    drop_runs(act, of)  # a trial that nobody waits for any more
    close_duties(act, about=about_of(of))
    if not all(came):
        why = _("Tidak ada desa yang ikut.") if not came[0] else _("Tidak ada tawaran yang ikut.")
        move_on(act, ROUND, of, "void", void_why=why, ended_at=act.now)
        says = _("Putaran “{title}” dibatalkan. Alasannya ada pada halaman putaran.")
        tell_many(side_notice(act, side, says) for side in joined_sides(of))
    else:
        move_on(act, ROUND, of, "preferences")
        ask_run(act, of, RoundRun.Kind.CHOICES)
        if not of.meeting_place:
            says = _("Umumkan pertemuan pelemparan putaran “{title}” sebelum pilihan dikunci.")
            office_waits(act, of, door="matching.announce_throw", says=says, due_on=of.prefer_until)
    act.log("round.invitations_closed", of, villages=came[0], offers=came[1])
    return of


@command("matching.set_preferences", on="side")
def set_preferences(act: Act, *, side: Side, order: Sequence[str], struck: Sequence[str] = ()) -> Side:
    """Rank and strike out within the own computed list; whatever is not named follows by score.

    Codes are those of the list's entries (``queries.options``). One that may not stand there refuses it all (MT-24), and
    ``choices.outside`` says which.
    """
    of = held_in(act, side.round, "preferences")
    if not side.joined:
        raise NoSuchMove(ROUND.name, of.state, act.door)
    side = _fresh(side)
    listed = [each["code"] for each in side.acceptable]
    act.require(CHOOSING, ChoiceFacts(lists_facts(of).there, len(outside(listed, order, struck))))
    act.require(IN_TIME, WindowFacts(today=clock.today(), last_day=of.prefer_until))
    if list(order) == [code for code in listed if code not in set(struck)]:
        order = []  # left as it was computed: no order of its own, so that scores and lots decide
    _write(side, order=list(order), struck=list(struck), chosen_at=act.now)
    close_duties(act, about=about_of(side))
    act.log("preferences.set", side, round=of.code, ranked=len(order), struck=len(struck))
    _tell_head(act, side, _("Sekretaris Desa menyusun pilihan desa Anda pada putaran “{title}”."))
    return side


@command("matching.close_preferences", on="round")
def close_preferences(act: Act, *, round: Round) -> Round:
    """Lock all choices; the worker writes the whole list into one file and publishes its hash.

    The meeting in which the seed falls is announced by then (MT-40). With too few offers (MT-08) it is settled from here
    on that the round ends as a plain ranked list.
    """
    of, norms = held_in(act, round, "preferences"), standing(round.regency_id)
    act.require(IN_TURN, lists_facts(of))
    act.require(CLOSING, preference_facts(of))
    act.require(ANNOUNCED, meeting_facts(of, norms), norms)
    too_few = act.require(ENOUGH, running_facts(of), norms)
    close_duties(act, about=about_of(of))
    move_on(act, ROUND, of, plain=bool(too_few))
    ask_run(act, of, RoundRun.Kind.LIST)
    office_waits(act, of, door="matching.throw_seed", says=THROW_IT, due_on=meeting_day(of))
    act.log("round.preferences_closed", of, passed_over=list(too_few), villages=of.villages.filter(joined=True).count())
    return of


def _fresh(side: Side) -> Side:
    """As the row is now: the worker may have written the list since the page was read."""
    side.refresh_from_db(fields=["acceptable", "joined"])
    return side


def _write(side: Side, **values: Any) -> None:
    table = RoundVillage if isinstance(side, RoundVillage) else RoundOffer
    table._default_manager.filter(pk=side.pk).update(**values)
    for name, value in values.items():
        setattr(side, name, value)
