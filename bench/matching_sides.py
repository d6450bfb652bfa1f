"""``make bench NAME=matching_sides``: a round of 400 villages and 500 offers on its way from the draft to its lists.

Hundreds of sides are invited, told of the meeting and asked for their choices in one act each: statements and seconds of every
act, with 40 villages and 50 offers, and with ten times as many. A statement for each side would show as ten times the count;
what is allowed is what a database takes in one piece (of SQLite some sixty rows). The work boxes of a head and of the office
are opened with all those duties beside theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from bench.common import Report, own_home, seconds

SIZES = ((40, 50), (400, 500))  # villages, offers
MOST_A_SIDE = 0.5  # statements of one act for each side more
MOST_SECONDS = 2  # of an act or page that somebody waits for
COMPUTED = "computing the lists"  # by the worker
REGENCIES = {40: "33.05", 400: "33.06"}
PREPARE = ("migrate", "createcachetable")


def main() -> None:
    with own_home():
        from django.core.management import call_command

        for word in PREPARE:
            call_command(word, verbosity=0)
        from tests.people import settle

        people = settle()
        report = Report("sides of a round")
        found = {size: _walk(people, *size) for size in SIZES}
        for act in found[SIZES[0]]:
            for (villages, offers), done in found.items():
                statements, taken = done[act]
                words = f"{act}, {villages} villages, {offers} offers"
                report.rows.append((words, f"{taken:.3f} s", f"{statements} statements", ""))
            (few, _), (many, longest) = (done[act] for done in found.values())
            sides = sum(SIZES[1]) - sum(SIZES[0])
            report.goal(f"statements-a-side-{act.replace(' ', '-')}", (many - few) / sides, MOST_A_SIDE)
            if act != COMPUTED:
                report.goal(f"seconds-{act.replace(' ', '-')}", longest, MOST_SECONDS, unit=" s")
        report.end()


def _walk(people: Any, villages: int, offers: int) -> dict[str, tuple[int, float]]:
    """Statements and seconds of each act of a round of so many sides."""
    from bermitra.foundation.accounts import roles
    from bermitra.foundation.commands import clock
    from bermitra.foundation.commands.act import By
    from bermitra.matching.rounds import actions, computing
    from tests.partnership.makers import an_office

    done: dict[str, tuple[int, float]] = {}

    def by(who: str) -> By:
        return people.by(f"{who}.{villages}")

    def act(name: str, work: Callable[[], Any]) -> Any:
        answers: list[Any] = []
        with _counting() as asked:
            taken = seconds(lambda: answers.append(work()))
        done[name] = asked[0], taken
        return answers[0]

    now = clock.now()
    regency = _regency(REGENCIES[villages], villages)
    _offers(regency, offers)
    an_office(people, f"dinas.{villages}", "Petugas Contoh", roles.DPMD_OFFICER, where=regency.pk)
    an_office(people, f"kades.{villages}", "Kades Contoh", roles.VILLAGE_HEAD, where=f"{regency.pk}.01.2001")
    drafted = act("drafting", lambda: actions.draft_round(by=by("dinas"), regency=regency, title="Putaran contoh"))
    of = act("opening", lambda: actions.open_round(by=by("dinas"), round=drafted))
    at = now + timedelta(days=40)
    act("announcing", lambda: actions.announce_throw(by=by("dinas"), round=of, at=at, place="Pendopo"))
    of.villages.filter(eligible=True).update(joined=True, answered_at=now)
    of.offers.update(joined=True, answered_at=now)
    with clock.at(now + timedelta(days=15)):
        act("closing the invitations", lambda: actions.close_invitations(by=By.the_system(), round=of))
        act(COMPUTED, computing.compute_waiting)
        for name, who in (("office", by("dinas")), ("head", by("kades"))):
            act(f"work box of the {name}", partial(_boxed, who))
    return done


def _boxed(by: Any) -> list[Any]:
    from bermitra.foundation.commands import clock
    from bermitra.foundation.duties.queries import duties_for, waited_for

    return [*duties_for(by.person)[:50], *waited_for(by.person, clock.today())[:50]]


def _regency(code: str, many: int) -> Any:
    """Villages with somebody in charge and a counted need, in one district."""
    from bermitra.foundation.commands import clock
    from bermitra.foundation.regions.models import Region
    from bermitra.foundation.regions.register import key_of
    from bermitra.needs.models import Need, VillageAims
    from bermitra.registry.models import VillageProfile

    now = clock.now()
    regency = _region(code, 2, "regency", f"Kabupaten Contoh {code[-2:]}", code[:2])
    _region(f"{code}.01", 3, "district", "Contoh", code)
    codes = [f"{code}.01.{2001 + number}" for number in range(many)]
    Region.objects.bulk_create(
        Region(code=each, level=4, kind="desa", name=f"Contoh {each[-4:]}", name_key=key_of(f"Contoh {each[-4:]}", "desa"),
               parent_id=f"{code}.01") for each in codes
    )  # fmt: skip
    VillageProfile.objects.bulk_create(
        VillageProfile(village_id=each, contact_name="Petugas Contoh", updated_at=now, updated_by="system")
        for each in codes
    )
    VillageAims.objects.bulk_create(
        VillageAims(village_id=each, goals=[6], vetoes=[], set_at=now, set_by="system") for each in codes
    )
    Need.objects.bulk_create(
        Need(village_id=each, title="Air bersih dusun", text="Mata air jauh.", sector="drinking_water", severity=1 + at % 5,
             state="priority", created_at=now, created_by="system", verified_at=now, cost_low=50_000_000,
             cost_high=90_000_000, goals=[6], male=1, female=1, households=1) for at, each in enumerate(codes)
    )  # fmt: skip
    return regency


def _region(code: str, level: int, kind: str, name: str, parent: str) -> Any:
    from bermitra.foundation.regions.models import Region
    from bermitra.foundation.regions.register import key_of

    return Region.objects.create(
        code=code, level=level, kind=kind, name=name, name_key=key_of(name, kind), parent_id=parent
    )


def _offers(regency: Any, many: int) -> None:
    """Published offers of as many verified partners, good in the regency."""
    from bermitra.foundation.commands import clock
    from bermitra.foundation.text import legal_name_key
    from bermitra.needs.models import Offer, OfferAbility, OfferArea
    from bermitra.registry.models import Partner
    from tests.partnership.makers import verify

    now, until = clock.now(), clock.today() + timedelta(days=365)
    for number in range(many):
        name = f"Mitra Contoh {regency.pk} {number}"
        partner = Partner.objects.create(
            kind="university", name=name, legal_name_key=legal_name_key(name), registered_in=regency, registered_at=now,
            registered_by="system",
        )  # fmt: skip
        verify(partner)
        offer = Offer.objects.create(
            partner=partner, title=f"Tawaran {number}", brings="Pipa dan pendampingan.", forms=["csr"], goals=[6], places=2,
            budget_low=40_000_000, budget_high=80_000_000, term_months=24, state="published", created_at=now,
            created_by="system", published_at=now, valid_until=until,
        )  # fmt: skip
        OfferAbility.objects.create(
            offer=offer, sector="drinking_water", level=25 * (1 + number % 4), what="Contoh", verified_at=now
        )
        OfferArea.objects.create(offer=offer, region=regency)


@contextmanager
def _counting() -> Iterator[list[int]]:
    from django.db import connection

    asked = [0]

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


if __name__ == "__main__":
    main()
