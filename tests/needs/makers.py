"""Needs, potentials and priorities of our village, through the product's own doors."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.foundation.commands import clock
from bermitra.foundation.documents.models import Paper
from bermitra.needs import actions
from bermitra.needs.index import indicators
from bermitra.needs.letters import sheet_paper
from bermitra.needs.models import Need, Potential, PriorityList, VetoLift, VillageScores, Voice
from tests.deliberation import makers
from tests.people import OURS, People, place

NEED: dict[str, Any] = {
    "title": "Tegalan longsor setiap musim hujan",
    "text": "Tanahnya miring, setiap hujan besar hilang satu meter.",
    "sector": "disaster_climate",
    "severity": 5,
    "hamlet": "Wetan",
    "source": "rembuk dusun 14 Januari 2026",
    "male": 141,
    "female": 133,
    "households": 129,
    "poor_households": 34,
}
POTENTIAL: dict[str, Any] = {
    "title": "Kapulaga di bawah sengon",
    "kind": "crops",
    "quantity": "58",
    "unit": "ha",
    "season": "panen Mei–Agustus",
    "owner": "Petani anggota Gapoktan",
    "limit": "Tidak membuka lereng di atas 40 persen.",
    "culture_note": "Tidak ada pantangan.",
}


def a_submitted_need(people: People, **changes: Any) -> Need:
    need = actions.record(by=people.by("kadus"), village=place(OURS), **{**NEED, **changes})
    return actions.submit(by=people.by("kadus"), need=need)


def a_published_potential(people: People, **changes: Any) -> Potential:
    potential = actions.record_potential(by=people.by("kadus"), village=place(OURS), **{**POTENTIAL, **changes})
    return actions.publish_potential(by=people.by("sekdes"), potential=potential)


def a_printed_sheet(people: People, potential: Potential) -> Paper:
    knock = people.by("kades")
    paper = sheet_paper(potential, key=knock.key, today=clock.today())
    return actions.print_potential(by=knock, potential=potential, paper=paper)


def a_drafted_list(people: People, *needs: Need) -> PriorityList:
    priorities = actions.draft_priorities(
        by=people.by("sekdes"), village=place(OURS), year=2026, title="Prioritas kebutuhan pertanian 2026"
    )
    for need in needs:
        actions.place(by=people.by("sekdes"), priorities=priorities, need=need, reason="Menyangkut keselamatan.")
    return priorities


def priorities_set(people: People, *needs: Need, held_on: date = makers.DAY) -> PriorityList:
    """A list decided by a Musyawarah that binds, and set; with one submitted need where none is given."""
    listed = a_drafted_list(people, *(needs or (a_submitted_need(people),)))
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people, held_on, "Prioritas kebutuhan pertanian 2026")
    actions.table(by=people.by("sekdes"), priorities=listed, meeting=meeting)
    makers.bind(people, makers.invited(people, meeting))
    with clock.at(makers.on(date(held_on.year, held_on.month + 1, 1))):
        return actions.prioritise(by=people.by("bpd"), priorities=listed)


def a_voice(people: People, need: Need, who: str = "kadus", /, **changes: Any) -> Voice:
    said = {"hamlet": "Wetan", "people": 41, "text": "Kami takut rumah ikut hanyut.", "heard_on": date(2026, 1, 14)}
    return actions.add_voice(by=people.by(who), need=need, **{**said, **changes})


def a_proposed_lift(people: People, veto: str = "water_drawn") -> VetoLift:
    """The village has two vetoes, and asks its Musyawarah to lift one."""
    actions.set_aims(by=people.by("kades"), village=place(OURS), goals=[6, 13], vetoes=["mining", veto])
    return actions.propose_lift(by=people.by("kades"), village=place(OURS), veto=veto, why="Debitnya kini cukup.")


def scores(year: int = 2024, **changes: int) -> VillageScores:
    """The published scores of our village: nothing lacking but what ``changes`` say."""
    full = dict.fromkeys(indicators(), 5)
    return VillageScores.objects.create(village=place(OURS), year=year, scores={**full, **changes}, published_code=OURS)
