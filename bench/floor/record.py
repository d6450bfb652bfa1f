"""``python -m bench.floor.record ROWS``: an instance with so many villages under ``BERMITRA_HOME``, made once and kept.

The register comes in by the product's importer and one partnership is carried through by the product's own doors, so that
its pages are as full as real ones. What only has to be many is written as rows: partners, partnerships, calls, agreements
with what falls due, the village index of two years, lines of the journal, in the proportions of 84,000 villages. The regency
of the story holds the same number of all of them whatever the size, as a regency does not grow with the country.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

WHOLE = 84_000  # stands for the 83,762 villages of the register
SIZES = (1_000, WHOLE, 650_000)
STORY, REGENCY = "bali", "51.08"
COMMON = "Sukamaju"  # the name that is searched for; the smallest register holds its districts as well
AT_HOME = {"cases": 120, "calls": 60}  # in the regency of the story
PER_VILLAGE = {"partners": 10_000, "cases": 20_000, "calls": 1_000, "agreements": 5_000}  # of WHOLE
NEIGHBOURS = ("Lor", "Kidul", "Wetan", "Kulon", "Tengah", "Baru", "Asri", "Dhuwur")
LONGER = 10  # districts of the smallest register with a longer name that begins so
NEWEST = 10  # agreements whose papers are whole
LINES = 4  # of the journal for each partnership
AT_ONCE = 2_000
DAY = datetime(2026, 3, 2, 3, tzinfo=UTC)

Area = tuple[str, str, str]  # code, name, kind


def main(rows: int) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "bermitra.site.settings"
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from bermitra.site.ready import make_ready

    make_ready(lambda _words: None, register=False)
    table = settings.BERMITRA_HOME / "register.csv"
    write_register(table, rows)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        call_command("import_regions", str(table), decree="Kepmendagri 300.2.2-2138/2025", yes=True, stdout=nowhere)
    play_story()
    pages = write_rows(rows)
    (settings.BERMITRA_HOME / "pages.json").write_text(json.dumps(pages), encoding="utf-8")


# The register --------------------------------------------------------------------------------------------------------


def write_register(table: Path, rows: int) -> None:
    """The shipped register, a thinner one of whole districts in every province, or one with new neighbours."""
    from bermitra.foundation.regions.register import SHIPPED

    with gzip.open(SHIPPED, "rt", encoding="utf-8", newline="") as shipped:
        areas: list[Area] = [(code, name, kind) for code, name, kind in list(csv.reader(shipped))[1:]]
    if rows < WHOLE:
        areas = thinned(areas, rows)
    elif rows > WHOLE:
        areas += neighbours(areas, rows)
    with table.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("code", "name", "kind"), *sorted(areas)])


def thinned(areas: list[Area], rows: int) -> list[Area]:
    """The regency of the story whole, a district of every province, then districts with a village of the common name or
    of a longer one that begins so: a search finds of both kinds at every size."""
    districts: dict[str, list[Area]] = defaultdict(list)
    for area in areas:
        if len(area[0]) == 13:
            districts[area[0][:8]].append(area)
    first_of_province = {code[:2]: code for code in sorted(districts, reverse=True)}.values()
    names = {code: [name for _code, name, _kind in inside] for code, inside in districts.items()}
    with_longer = [code for code in names if any(name.startswith(f"{COMMON} ") for name in names[code])][:LONGER]
    with_common = [code for code in names if COMMON in names[code]]
    ours = [code for code in districts if code.startswith(REGENCY)]
    kept: dict[str, list[Area]] = {}
    for code in [*ours, *first_of_province, *with_longer, *with_common, *districts]:
        if sum(map(len, kept.values())) < rows:
            kept.setdefault(code, districts[code])
    above = {code[:length] for code in kept for length in (2, 5, 8)}
    return [area for area in areas if area[0] in above] + [area for inside in kept.values() for area in inside]


def neighbours(areas: list[Area], rows: int) -> list[Area]:
    """New villages beside the real ones, with names of their own, until there are as many as asked for."""
    villages = [area for area in areas if len(area[0]) == 13]
    taken = {code for code, _name, _kind in villages}
    free = {code[:8]: iter(range(999, 0, -1)) for code in taken}
    made: list[Area] = []
    for word in NEIGHBOURS:
        for code, name, _kind in villages:
            if len(villages) + len(made) == rows:
                return made
            new = next(each for n in free[code[:8]] if (each := f"{code[:8]}.2{n:03}") not in taken)
            made.append((new, f"{name} {word}", "desa"))
    return made


# What goes on in it --------------------------------------------------------------------------------------------------


def play_story() -> None:
    from django.contrib.auth.hashers import make_password

    from bermitra.site.demo.instance import enter, memory_of
    from bermitra.site.demo.playing import play
    from bermitra.site.demo.story import read

    enter()
    play(read(STORY), memory_of(STORY), make_password(None))


def write_rows(rows: int) -> dict[str, str]:
    """Everything that has to be many; the addresses of the pages that are measured, by name."""
    from django.db import connection, transaction

    from bermitra.agreements.models import Agreement
    from bermitra.partnership.models import Case
    from bermitra.selection.models import Call

    told = Case.objects.select_related("village", "partner").get(state="running")
    signed, called = Agreement.objects.select_related("sheet", "paper").get(case=told), Call.objects.get(case=told)
    chance = random.Random(1)  # the same rows every time
    with transaction.atomic():
        connection.cursor().execute(VILLAGE_INDEX)
        partners = [told.partner, *partner_rows(rows, told.partner, chance)]
        cases = case_rows(rows, told, partners, chance)
        call_rows(rows, called, [case for case in cases if case.state == "call_open"], chance)
        agreement_rows(signed, [case for case in cases if case.state == "running"])
        connection.cursor().execute(JOURNAL, [LINES])
    connection.close()
    village, partner = told.village_id, told.partner
    assert partner is not None
    return {
        "home": "/",
        "search": f"/cari/?q={COMMON}",
        "villages": f"/desa/?di={REGENCY}",
        "country": f"/desa/?setelah={village}",
        "partners": "/mitra/?jenis=company",
        "partnerships": f"/kemitraan/?di={REGENCY}&tahap=pelaksanaan",
        "calls": f"/panggilan/?di={REGENCY}",
        "village": f"/desa/{village}/",
        "partner": f"/mitra/{partner.code}/",
        "call": f"/panggilan/{called.code}/",
        "partnership": f"/kemitraan/{told.code}/",
        "signed-in": f"/kerja/kemitraan/{told.code}/",
    }


VILLAGE_INDEX = """
INSERT INTO regions_villageindex (village_id, year, iks, ike, ikl, idm, status_published, status_by_threshold,
  published_code, how_matched)
SELECT code, year, 7000, 6000, 6500, 6586, 'BERKEMBANG', 'BERKEMBANG', code, 'code_and_name'
FROM regions_region, (SELECT 2023 AS year UNION SELECT 2024) WHERE level = 4
"""
JOURNAL = """
INSERT INTO journal_event (seq, act, at, actor, door, verb, about, region, body, hash)
SELECT (SELECT max(seq) FROM journal_event) + row_number() OVER (), 'BENCH00000', opened_at, opened_by, 'partnership.note',
  'partnership.noted', 'case:' || code, village_id, (SELECT body FROM journal_event WHERE seq = 1), hex(randomblob(32))
FROM partnership_case, (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) SELECT i FROM n)
WHERE NOT example
"""


def how_many(what: str, rows: int) -> int:
    return round(PER_VILLAGE[what] * rows / WHOLE)


def like(pattern: Any, **changes: Any) -> Any:
    """A new record with the values of another one, and a code of its own."""
    kept = {
        each.attname: getattr(pattern, each.attname)
        for each in pattern._meta.concrete_fields
        if not each.primary_key and each.name != "code"
    }
    if "example" in kept:
        kept["example"] = False
    return type(pattern)(**kept | changes)


def written(made: Iterable[Any]) -> list[Any]:
    """The records with their keys."""
    made = list(made)
    return type(made[0])._base_manager.bulk_create(made, batch_size=AT_ONCE) if made else []


def elsewhere() -> Iterator[str]:
    """Villages outside the regency of the story, round and round in an order that is the same every time."""
    from bermitra.foundation.regions.models import Region

    found = Region.objects.filter(level=4, active=True).exclude(pk__startswith=f"{REGENCY}.")
    codes = list(found.order_by("pk").values_list("pk", flat=True))
    random.Random(2).shuffle(codes)
    return cycle(codes)


def partner_rows(rows: int, told: Any, chance: random.Random) -> list[Any]:
    """Every second one a company, every eighth bears the common name; two of three are verified."""
    from bermitra.foundation.text import legal_name_key
    from bermitra.registry.due_diligence.book import book
    from bermitra.registry.models import VerdictRecord, Verification

    kinds, villages, made = [kind for kind in book().kinds if kind != "company"], elsewhere(), []
    for number in range(how_many("partners", rows)):
        word = COMMON if number % 8 == 0 else chance.choice(("Lestari", "Bahari", "Mandiri", "Sentosa", "Karya"))
        name = f"PT {word} {chance.choice(('Utama', 'Jaya', 'Abadi', 'Nusantara'))} {number:06}"
        kind = "company" if number % 2 == 0 else chance.choice(kinds)
        made.append(
            like(
                told, name=name, legal_name_key=legal_name_key(name), kind=kind, seat_id=next(villages)[:5],
                village_id=None, located_in_village_id=None,
            )
        )  # fmt: skip
    partners = written(made)
    verdict = VerdictRecord.objects.filter(partner=told).select_related("verification").latest("pk")
    checked = written(like(verdict.verification, partner_id=each.pk) for each in partners if each.pk % 3)
    assert all(isinstance(each, Verification) for each in checked)
    written(like(verdict, verification_id=each.pk, partner_id=each.partner_id) for each in checked)
    return partners


def case_rows(rows: int, told: Any, partners: list[Any], chance: random.Random) -> list[Any]:
    """Some in the village of the story and with its partner; an equal number in its regency; the others anywhere."""
    from bermitra.foundation.regions.models import Region

    home = list(
        Region.objects.filter(level=4, pk__startswith=f"{REGENCY}.").values_list("pk", flat=True).order_by("pk")
    )
    states = ["running"] * 5 + ["call_open"] * 2 + ["inventory", "drafting", "cancelled", "priority_agreed"]
    things, villages, made = ("Kopi", "Kapulaga", "Air bersih", "Wisata", "Sawit", "Garam"), elsewhere(), []
    for number in range(how_many("cases", rows)):
        if number < AT_HOME["cases"]:
            village = told.village_id if number < 12 else home[number % len(home)]
        else:
            village = next(villages)
        with_told = number < 6 or AT_HOME["cases"] <= number < AT_HOME["cases"] + 18
        state = "call_open" if 12 <= number < 12 + AT_HOME["calls"] else states[number % len(states)]
        made.append(
            like(
                told, title=f"{chance.choice(things)} bersama warga {number:06}", state=state, village_id=village,
                partner_id=told.partner_id if with_told else chance.choice(partners).pk,
                opened_at=DAY - timedelta(minutes=chance.randrange(1_500_000)),
            )
        )  # fmt: skip
    return written(made)


def call_rows(rows: int, told: Any, cases: list[Any], chance: random.Random) -> None:
    written(
        like(
            told, case_id=case.pk, title=f"Mencari mitra: {case.title}", state="open",
            deadline=datetime.now(UTC) + timedelta(days=300, minutes=chance.randrange(100_000)), opened_at=case.opened_at,
        )
        for case in cases[: max(how_many("calls", rows), AT_HOME["calls"])]
    )  # fmt: skip


def agreement_rows(told: Any, cases: list[Any]) -> None:
    """One for half of the running partnerships, with its sheet, its paper and two promises.

    Only the newest papers are as long as real ones: a copy of all words for each would make a file of gigabytes.
    """
    from bermitra.agreements.models import Obligation
    from bermitra.delivery.models import Due

    cases = sorted(cases[::2], key=lambda case: case.opened_at, reverse=True)
    sheets = written(like(told.sheet, case_id=each.pk, partner_id=each.partner_id) for each in cases)
    papers = written(
        like(
            told.paper, about="agreement:BENCH", code=f"{number:032X}"[-len(told.paper.code) :],
            source=told.paper.source if number < NEWEST else {},
        )
        for number in range(len(cases))
    )  # fmt: skip
    agreements = written(
        like(
            told, case_id=case.pk, partner_id=case.partner_id, sheet_id=sheet.pk, paper_id=paper.pk, title=case.title,
            in_force_at=case.opened_at + timedelta(days=90),
        )
        for case, sheet, paper in zip(cases, sheets, papers, strict=True)
    )  # fmt: skip
    promise = told.obligations.filter(party="two").first()
    promises = written(like(promise, agreement_id=each.pk, number=n) for each in agreements for n in (1, 2))
    written(
        Due(obligation_id=each.pk, due_on=date(2026, 5, each.number), state="met" if each.number == 1 else "open")
        for each in promises
        if isinstance(each, Obligation)
    )


# The floor's own file ------------------------------------------------------------------------------------------------


def write_floor(path: Path) -> None:
    """The villages of the shipped register in one flat table, as a bare program would keep them."""
    from bermitra.foundation.regions.register import SHIPPED, read_register

    areas = read_register(SHIPPED).areas
    columns = "code, name, district, regency, province, latitude, longitude, people, area, status"
    with sqlite3.connect(path) as file:
        file.execute(f"CREATE TABLE village (id integer PRIMARY KEY, {columns.replace(', ', ' NOT NULL, ')} NOT NULL)")
        file.executemany(
            f"INSERT INTO village ({columns}) VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                (code, name, areas[code[:8]][0], areas[code[:5]][0], areas[code[:2]][0], -7.4, 109.7, 3200, 8.1, "MAJU")
                for code, (name, _kind) in sorted(areas.items())
                if len(code) == 13
            ),
        )
        file.execute("CREATE UNIQUE INDEX village_code ON village (code)")
        file.execute("CREATE INDEX village_name ON village (name)")


if __name__ == "__main__":
    main(int(sys.argv[1]))
