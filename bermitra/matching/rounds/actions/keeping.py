"""What the worker computed is written down: one short act for each piece of work, by the system alone.

The files lie in the store already; a run that was meanwhile given up, or a round that went on, refuses what comes late.
"""

from __future__ import annotations

from typing import Any

from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.duties.api import close_duties, open_duties
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.matching.models import Round, RoundOffer, RoundRun, RoundVillage
from bermitra.matching.rounds.actions.common import (
    Side,
    day_after,
    freeze_terms,
    held,
    held_in,
    joined_sides,
    office_waits,
    side_duty,
)
from bermitra.matching.rounds.lives import ROUND, RUN, SIMULATED_IN

Json = dict[str, Any]
GONE = _("Tidak lagi memenuhi syarat saat daftar dihitung.")


@command("matching.keep_choices", on="round")
def keep_choices(act: Act, *, round: Round, run: RoundRun, sides: dict[str, Json], inputs: Content) -> Round:
    """What each side may choose from. ``sides``, by the code of its row: ``acceptable`` and ``sources``, ``listed_as`` of a
    village, ``places`` and ``reserve`` of an offer as they were read; a joined side missing there has left the round.
    Everybody has all the days to choose that the regency gives: with late lists the window ends later."""
    of = held_in(act, round, "preferences")
    days = standing(of.regency_id).numbers["round_preference_days"]
    until = day_after(act, days - 1)  # today is the first of them, however late the lists came
    until = max(of.prefer_until or until, until)
    move_on(act, ROUND, of, inputs=keep_file(by=act, content=inputs), prefer_until=until)
    _done(act, run)
    villages = list(of.villages.filter(joined=True).select_related("village", "round"))
    offers = list(of.offers.filter(joined=True).select_related("offer__partner", "round"))
    freeze_terms(offers)
    both: list[Side] = [*villages, *offers]
    choosing: list[Duty] = []
    for side in both:
        found = sides.get(side.code)
        if found is None:
            side.joined, side.why_not, side.outcome = False, GONE, {"kind": "gone"}
            continue
        for name, value in found.items():
            setattr(side, name, value)
        says = (
            _("Urutkan atau coret calon pada putaran “{title}”. Tanpa urutan, nilai yang menentukan.")
            if isinstance(side, RoundVillage)
            else _("Urutkan calon desa bagi tawaran “{offer}”. Tanpa urutan, nilai yang menentukan.")
        )
        choosing.append(side_duty(act, side, door="matching.set_preferences", says=says, due_on=of.prefer_until))
    open_duties(choosing)
    kept = ["acceptable", "sources", "joined", "why_not", "outcome"]
    RoundVillage.objects.bulk_update(villages, [*kept, "listed_as"], batch_size=100)
    RoundOffer.objects.bulk_update(offers, [*kept, "places", "reserve", "terms"], batch_size=100)
    act.log(
        "round.lists_ready",
        of,
        inputs=inputs.sha256,
        until=until.isoformat(),
        villages=len(villages),
        offers=len(offers),
    )
    return of


@command("matching.keep_list", on="round")
def keep_list(act: Act, *, round: Round, run: RoundRun, list_hash: str, listed: Content) -> Round:
    """The whole list is published by its hash; whatever is thrown now, nobody can bend the list to it."""
    of = held_in(act, round, "ready")
    move_on(act, ROUND, of, list_hash=list_hash, inputs=keep_file(by=act, content=listed))
    _done(act, run)
    act.log("round.list_published", of, list=list_hash)
    return of


@command("matching.keep_trial", on="round")
def keep_trial(act: Act, *, round: Round, run: RoundRun, result: Json) -> RoundRun:
    """Sums of a trial with the reserve and without; no pair of it is kept."""
    of = held_in(act, round, *SIMULATED_IN)
    _done(act, run, result=result)
    act.log("round.trial_done", of)
    return run


@command("matching.keep_result", on="round")
def keep_result(
    act: Act,
    *,
    round: Round,
    run: RoundRun,
    outcomes: dict[str, Json],
    report: Json,
    certificate: Content,
    listed: Content,
    list_hash: str,
    seed: str,
) -> Round:
    """The result as it came out, with its file and what three ways of looking at it said.

    ``outcomes`` by the code of each side's row. After an upheld objection ``listed`` is the list that was put right: it has
    another hash, and keeps the seed of the list before the throw, which stays in ``first_inputs``.
    """
    of = held_in(act, round, "ready")
    move_on(
        act, ROUND, of, certificate=keep_file(by=act, content=certificate), inputs=keep_file(by=act, content=listed),
        list_hash=list_hash, seed=seed, report=report, computed_at=act.now, times_run=of.times_run + 1,
    )  # fmt: skip
    _done(act, run)
    sides = joined_sides(of)
    for side in sides:
        side.outcome = outcomes.get(side.code, {"kind": "gone"})
    villages = [each for each in sides if isinstance(each, RoundVillage)]
    offers = [each for each in sides if isinstance(each, RoundOffer)]
    RoundVillage.objects.bulk_update(villages, ["outcome"], batch_size=100)
    RoundOffer.objects.bulk_update(offers, ["outcome"], batch_size=100)
    office_waits(act, of, door="matching.publish_round", says=_("Periksa dan terbitkan hasil putaran “{title}”."))
    act.log("round.computed", of, certificate=certificate.sha256, list=list_hash, agrees=int(report["agrees"]))
    return of


@command("matching.keep_failure", on="round")
def keep_failure(act: Act, *, round: Round, run: RoundRun, problem: str) -> RoundRun:
    """What went wrong, in a plain sentence; the office puts it right and asks again. Where the round is past all computing,
    the work is dropped, and nobody waits for it."""
    of = held(round)
    close_duties(act, about=about_of(of), door="matching.try_again")
    if of.state not in SIMULATED_IN:
        move_on(act, RUN, run, "dropped", problem=problem, done_at=act.now)
        act.log("round.run_failed", of, kind=run.kind)
        return run
    move_on(act, RUN, run, "failed", problem=problem, done_at=act.now)
    says = _("Hitungan putaran “{title}” gagal. Perbaiki masukannya, lalu ulangi.")
    office_waits(act, of, door="matching.try_again", code=run.code, says=says)
    act.log("round.run_failed", of, kind=run.kind)
    return run


def _done(act: Act, run: RoundRun, **also: Any) -> None:
    move_on(act, RUN, run, done_at=act.now, **also)
