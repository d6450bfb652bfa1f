"""Needs survive the years: how long they wait, how often they were put off, when they are met, and when not after all."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from bermitra.needs import actions, queries
from bermitra.needs.models import Need
from tests.deliberation import makers as meetings
from tests.deliberation.test_pages import as_, send, to
from tests.needs import makers

pytestmark = pytest.mark.django_db


def fresh(need: Need) -> Need:
    return Need.objects.get(pk=need.pk)


def put_off(people, need: Need, year: int) -> Need:
    """Discussed, and carried to another year."""
    Need.objects.filter(pk=need.pk).update(state="discussed")
    return actions.defer(by=people.by("sekdes"), need=fresh(need), why="Belum ada dana.", next_year=year)


def test_the_longest_waiting_stands_first_with_its_years_and_deferrals(people):
    with clock.at(meetings.on(date(2023, 5, 10))):
        old = makers.a_submitted_need(people, title="Jembatan gantung putus")
    with clock.at(meetings.on(date(2026, 1, 10))):
        new = makers.a_submitted_need(people, title="Air keruh")
        put_off(people, put_off(people, old, 2028), 2029)
    draft = actions.record(by=people.by("kadus"), village=old.village, **{**makers.NEED, "title": "Baru draf"})
    with clock.at(meetings.on(date(2026, 5, 9))):
        page = as_("warga").get(to("page.backlog")).content.decode()
    assert page.index(old.title) < page.index(new.title)
    assert "Menunggu 2 tahun" in page and "ditunda 2 kali" in page and "dibahas lagi tahun 2029" in page
    assert "Menunggu kurang dari setahun" in page
    assert draft.title not in page
    with clock.at(meetings.on(date(2029, 5, 10))):
        later = as_("warga").get(to("page.backlog")).content.decode()
    assert "Menunggu 6 tahun" in later and "tiba saatnya dibahas lagi (2029)" in later


def test_the_next_page_of_the_backlog_leaves_nothing_out_that_was_written_in_another_order(people):
    with clock.at(meetings.on(date(2024, 5, 10))):
        second = makers.a_submitted_need(people, title="Air keruh")
    with clock.at(meetings.on(date(2023, 5, 10))):
        first = makers.a_submitted_need(people, title="Jembatan gantung putus")
    assert list(queries.backlog(people.warga)) == [first, second]
    assert list(queries.backlog(people.warga, after=first.pk)) == [second]
    assert not queries.backlog(people.warga, after=second.pk).exists()


def test_a_deferred_need_is_counted_again_before_it_is_discussed_again(people):
    need = makers.a_submitted_need(people)
    put_off(people, need, 2031)
    counts = {"male": 150, "female": 150, "households": 130, "poor_households": 40}
    actions.verify_figures(by=people.by("bpd"), need=fresh(need), seen=queries.figures_hash(fresh(need)))
    actions.count_beneficiaries(by=people.by("kadus"), need=fresh(need), **counts)
    assert (fresh(need).beneficiaries, fresh(need).verified_at) == (300, None)


def test_a_met_need_leaves_the_backlog_and_comes_back_when_a_resident_says_so(people):
    makers.priorities_set(people)
    need = Need.objects.get()
    actions.confirm_met(by=people.by("bpd"), need=need, why="Bronjong selesai Mei 2026.")
    assert not queries.backlog(people.warga).exists()
    assert not queries.public_needs(need.village_id).exists()
    assert fresh(need).rank is None
    actions.reopen(by=people.by("warga"), need=fresh(need), why="Bronjong hanyut lagi.")
    assert (fresh(need).state, fresh(need).why) == ("submitted", "Bronjong hanyut lagi.")
    with pytest.raises(NoSuchMove):
        actions.reopen(by=people.by("bpd"), need=fresh(need), why="Lagi.")


@pytest.mark.parametrize("state", ["priority", "offered"])
def test_what_a_musyawarah_made_a_priority_is_put_off_by_the_chair_of_the_bpd_alone(people, state):
    """Also where the partnership that answered it has ended: it is not kept among what is offered for good."""
    makers.priorities_set(people)
    Need.objects.update(state=state)
    need, given = Need.objects.get(), {"why": "Belum ada dana.", "next_year": 2031}
    shown = as_("sekdes").get(to("needs.defer", need.code)).content.decode()
    assert "ND-23" in shown
    with pytest.raises(Refused) as refused:
        actions.defer(by=people.by("sekdes"), need=need, **given)
    assert refused.value.codes == ("ND-23",)
    actions.defer(by=people.by("bpd"), need=need, **given)
    assert (fresh(need).state, fresh(need).rank, fresh(need).next_year) == ("backlog", None, 2031)


@pytest.mark.parametrize("who", ["kades", "sekdes", "operator", "warga", "camat", "dinas", "bupati"])
def test_only_the_chair_of_the_bpd_says_that_a_need_is_met(people, who):
    makers.priorities_set(people)
    with pytest.raises(NotAllowed):
        actions.confirm_met(by=people.by(who), need=Need.objects.get(), why="Selesai.")


def test_a_need_is_said_to_be_met_and_reopened_by_its_pages(people):
    makers.priorities_set(people)
    need = Need.objects.get()
    assert send(as_("bpd"), to("needs.confirm_met", need.code), why="").status_code == 422
    assert send(as_("bpd"), to("needs.confirm_met", need.code), why="Bronjong selesai.").status_code == 302
    assert "Bronjong selesai." in as_("warga").get(to("page.need", need.code)).content.decode()
    assert send(as_("warga"), to("needs.reopen", need.code), why="Hanyut lagi.").status_code == 302
    assert "Tidak ada kebutuhan" not in as_("dinas").get(to("page.backlog")).content.decode()


def test_lists_ask_the_database_little_however_much_was_said(people):
    for number in range(6):
        need = makers.a_submitted_need(people, title=f"N{number}")
        for hamlet in ("Wetan", "Kulon", "Dhuwur"):
            makers.a_voice(people, need, hamlet=hamlet)
    makers.scores(S34=1, S35=1)
    makers.a_proposed_lift(people)
    client = as_("sekdes")
    pages = ("page.needs", "page.backlog", "page.index_suggestions", "page.aims")
    for path in (*(to(name) for name in pages), to("page.need", need.code)):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= 12, path
