"""The seed falls in front of witnesses, the worker computes, the office publishes. What was computed nobody edits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bermitra.foundation.calendar import WorkingDays, local_time, long_date, zone_of
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.messages.api import tell_many
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.matching.engine import draw
from bermitra.matching.models import Round, RoundRun, RoundVillage
from bermitra.matching.rounds.actions.common import (
    THROW_IT,
    ask_run,
    held_in,
    invited_sides,
    joined_sides,
    meeting_day,
    office_waits,
    side_notice,
)
from bermitra.matching.rounds.lives import ANNOUNCED_IN, ROUND, RUN, SIMULATED_IN
from bermitra.matching.rounds.queries.facts import (
    is_running,
    meeting_facts,
    publishing_facts,
    running_facts,
    seed_facts,
    turn_facts,
)
from bermitra.matching.rounds.rules import (
    ANNOUNCING,
    IN_THE_MEETING,
    IN_TURN,
    PUBLISHING,
    RUNNING,
    THROWING,
    TurnFacts,
)

FOR_OFFER = _("Hasil sementara bagi “{offer}” pada putaran “{title}” sudah terbit, dengan alasannya.")


@command("matching.announce_throw", on="round")
def announce_throw(act: Act, *, round: Round, at: datetime, place: str) -> Round:
    """Say when and where the seed will be thrown, for everybody who wants to see it fall; told to all who were invited and
    have not declined. Another day may be named until something was thrown, never one that is too near (MT-42)."""
    of, norms = held_in(act, round, *ANNOUNCED_IN), standing(round.regency_id)
    of.meeting_at, of.meeting_place = at, place
    act.require(ANNOUNCING, meeting_facts(of, norms), norms)
    move_on(act, ROUND, of, meeting_at=at, meeting_place=place)
    close_duties(act, about=about_of(of), door=act.door)
    if of.state == "ready":
        close_duties(act, about=about_of(of), door="matching.throw_seed")
        office_waits(act, of, door="matching.throw_seed", says=THROW_IT, due_on=meeting_day(of))
    zone, day = zone_of(of.regency_id), meeting_day(of)
    said = {"at": f"{long_date(day)} {local_time(at, zone)}" if day else "", "place": place}
    says = _("Angka putaran “{title}” dilempar pada {at}, di {place}. Anda boleh hadir.")
    tell_many(side_notice(act, side, says, **said) for side in invited_sides(of) if side.joined is not False)
    act.log("round.throw_announced", of, at=at.isoformat())
    return of


@command("matching.throw_seed", on="round")
def throw_seed(
    act: Act,
    *,
    round: Round,
    thrown: Sequence[int],
    witnesses: Sequence[dict[str, str]],
    minutes: Prepared | None = None,
) -> Round:
    """Write down what dice or balls showed in the meeting, after the list was published by its hash (MT-25).

    ``witnesses``: ``name`` and ``office`` of each. It happens where it was announced (MT-41). The numbers are never changed
    afterwards, not by anybody. ``minutes`` were made of the same throw (``throwing``).
    """
    of, norms = held_in(act, round, "ready"), standing(round.regency_id)
    names = tuple(each["name"] for each in witnesses)
    typed_by = act.by.person.full_name if act.by.person is not None else ""  # type: ignore[attr-defined]
    act.require(IN_THE_MEETING, meeting_facts(of, norms), norms)
    act.require(THROWING, seed_facts(of, norms, tuple(thrown), names, typed_by), norms)
    figures = " ".join(str(each) for each in thrown)
    move_on(
        act, ROUND, of, thrown=figures, thrown_at=act.now, thrown_place=of.meeting_place, witnesses=[dict(each) for each in witnesses],
        seed=draw.seed(of.list_hash, figures).hex(), first_inputs=of.inputs, first_list_hash=of.list_hash,
    )  # fmt: skip
    if minutes is not None:
        issue_paper(by=act, paper=minutes)
    close_duties(act, about=about_of(of))
    office_waits(act, of, door="matching.run_round", says=_("Jalankan putaran “{title}”."))
    act.log("round.seed_thrown", of, list=of.list_hash, thrown=figures, seed=of.seed)
    return of


@command("matching.simulate_round", on="round")
def simulate_round(act: Act, *, round: Round) -> RoundRun:
    """Ask for a trial, with and without the reserve, by a throw that everybody knows: it is marked as a trial."""
    of = held_in(act, round, *SIMULATED_IN)
    act.require(IN_TURN, TurnFacts(running=is_running(of), there=True))
    run = ask_run(act, of, RoundRun.Kind.TRIAL)
    act.log("round.trial_asked", of)
    return run


@command("matching.run_round", on="round")
def run_round(act: Act, *, round: Round) -> RoundRun:
    """Ask for the result (MT-07, MT-08). The worker computes it, has it verified, and computes it a second way."""
    of, norms = held_in(act, round, "ready"), standing(round.regency_id)
    passed = act.require(RUNNING, running_facts(of), norms)
    act.require(IN_TURN, turn_facts(of))
    run = ask_run(act, of, RoundRun.Kind.RESULT)
    close_duties(act, about=about_of(of))
    act.log("round.run", of, seed=of.seed, passed_over=list(passed), plain=int(of.plain))
    return run


@command("matching.try_again", on="run")
def try_again(act: Act, *, run: RoundRun) -> RoundRun:
    """Have a piece of work computed once more after it failed."""
    held_in(act, run.round, *SIMULATED_IN)
    act.require(IN_TURN, TurnFacts(running=is_running(run.round), there=True))
    move_on(act, RUN, run, problem="", done_at=None, asked_at=act.now, asked_by=act.by.code)
    close_duties(act, about=about_of(run.round), door=act.door)
    act.log("round.run_again", run.round, kind=run.kind)
    return run


@command("matching.publish_round", on="round")
def publish_round(act: Act, *, round: Round) -> Round:
    """Publish the result with its file, once it is verified (MT-09) and everybody has a reason (MT-10).

    From then on objections may come. A plain ranked list introduces nobody: with its publication the round is over.
    """
    of, norms = held_in(act, round, "computed"), standing(round.regency_id)
    act.require(PUBLISHING, publishing_facts(of), norms)
    close_duties(act, about=about_of(of))
    if of.plain:
        move_on(act, ROUND, of, "final", published_at=act.now, ended_at=act.now)
        says = _("Putaran “{title}” berakhir sebagai daftar peringkat biasa. Baca daftar Anda.")
    else:
        until = WorkingDays().add(clock.today(), norms.numbers["round_objection_working_days"])
        move_on(act, ROUND, of, "provisional", published_at=act.now, objections_until=until)
        says = _("Hasil sementara putaran “{title}” sudah terbit, dengan alasannya bagi Anda.")
    tell_many(
        side_notice(act, side, says if isinstance(side, RoundVillage) or of.plain else FOR_OFFER)
        for side in joined_sides(of)
    )
    certificate = of.certificate.sha256 if of.certificate else ""
    act.log("round.published", of, certificate=certificate, plain=int(of.plain))
    return of
