"""A regency draws scarce places: from the published rule to the village that reads its number and a stranger's check."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from bermitra.foundation.commands import clock
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.matching.draws import actions
from bermitra.matching.models import Draw
from tests.deliberation.test_pages import send, to
from tests.matching.draws import makers
from tests.matching.draws.test_pages import as_, text

pytestmark = pytest.mark.django_db
PROGRAMME = {"programme": "Magang pengelola BUM Desa 2026", "what": "Satu orang, satu bulan di Semarang.", "seats": "5"}
RULE = {"entry": "all", "statuses": ["Sangat Tertinggal", "Tertinggal", "Berkembang"], "rest_months": "24",
        "quotas": ["district", "status"]}  # fmt: skip


def test_scarce_places_are_drawn_before_witnesses_and_a_stranger_computes_the_same(people, tmp_path):
    makers.villages(20)
    makers.villages(10, district="33.04.19", start=2010)
    draw = the_office_publishes_a_list_by_rule()
    a_village_that_was_misjudged_speaks_up_and_the_draw_is_void(draw)
    draw = the_office_publishes_a_list_by_rule()
    each_village_reads_its_number_or_its_reason(draw)
    the_dice_decide(draw)
    a_stranger_checks_the_file_without_the_system(draw, tmp_path)
    the_journal_tells_the_whole_way(people, draw)


def the_office_publishes_a_list_by_rule() -> Draw:
    office = as_("dinas")
    with clock.at(makers.BEGUN):
        made = send(office, to("matching.prepare_draw"), **PROGRAMME)
        code = made["Location"].rstrip("/").rpartition("/")[2]
        assert send(office, to("matching.set_draw_rule", code), **RULE).status_code == 302
        meeting = {"on": f"{makers.MEETING:%d/%m/%Y}", "at": "09.00", "place": "Pendopo, terbuka untuk umum"}
        assert send(office, to("matching.set_draw_meeting", code), **meeting).status_code == 302
    with clock.at(makers.PUBLISHED):
        assert send(office, to("matching.commit_draw", code)).status_code == 302
    return Draw.objects.get(code=code)


def a_village_that_was_misjudged_speaks_up_and_the_draw_is_void(draw: Draw) -> None:
    """Our village has no published status: it reads so on its own page, and there is time to say so."""
    with clock.at(makers.PUBLISHED + timedelta(hours=3)):
        page = text(as_("kades").get(to("page.village_draws")))
        assert "Status desanya di luar undian ini: Belum ada status" in page
        path = to("matching.void_draw", draw.code)
        assert send(as_("dinas"), path, reason="Indeks satu desa belum dimuat.").status_code == 302


def each_village_reads_its_number_or_its_reason(draw: Draw) -> None:
    assert draw.attempt == 2
    public = text(Client().get(to("page.fair_draw", draw.code)))
    assert "undian ke-2" in public
    assert "pernah batal" in public
    row = draw.entrants.filter(left_out="").order_by("number")[0]
    told = Notice.objects.filter(region_id=row.village_id).order_by("-pk")[0]
    assert (told.params["number"], told.url_code) == (1, draw.code)
    assert {each.left_out for each in draw.entrants.exclude(left_out="")} == {"status", "kelurahan"}


def the_dice_decide(draw: Draw) -> None:
    office = as_("dinas")
    with clock.at(makers.THREW):
        path = to("matching.throw_draw", draw.code)
        assert send(office, path, **{**makers.SAID, "thrown": "123"}).status_code == 422
        assert send(office, path, **makers.SAID).status_code == 302
        assert send(office, path, **{**makers.SAID, "thrown": "6" * 16}).status_code in (302, 409)
    draw.refresh_from_db()
    assert draw.thrown == makers.FIGURES.replace(" ", "")  # the second throw changed nothing
    assert draw.entrants.filter(drawn=True).count() == 5


def a_stranger_checks_the_file_without_the_system(draw: Draw, folder: Path) -> None:
    file = folder / "undian.json"
    content = Client().get(to("page.fair_draw_file", draw.code)).content
    file.write_bytes(content)
    assert checked(file).returncode == 0
    winner = draw.entrants.filter(drawn=True).first()
    loser = draw.entrants.filter(drawn=False).first()
    file.write_bytes(content.replace(winner.listed_code.encode(), b"X").replace(loser.listed_code.encode(), b"Y"))
    assert checked(file).returncode == 1


def checked(file: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "bermitra.matching.verify_round", str(file)]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])


def the_journal_tells_the_whole_way(people, draw: Draw) -> None:
    verbs = list(Event.objects.filter(about=f"draw:{draw.code}").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["draw.prepared", "draw.rule_set", "draw.meeting_set", "draw.committed", "draw.thrown"]
    with clock.at(makers.THREW), pytest.raises(NoSuchMove):
        actions.void_draw(by=people.by("dinas"), draw=draw, reason="Coba lagi.")
