"""What both sides stand by: laid side by side once both are in, and seen by nobody before."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from bermitra.foundation.commands import clock
from bermitra.selection import actions, criteria
from bermitra.selection.models import Proposal
from tests.selection.makers import (
    AFTER,
    OPENED,
    TICKS,
    a_candidate,
    a_checking_call,
    a_sealed_proposal,
    an_open_call,
)
from tests.selection.test_pages import shown, signed_in

pytestmark = pytest.mark.django_db
THEIRS = ["residents_decide", "open_books", "knowledge_shared", "lasting", "fair_return"]  # without nature_kept


def words(code):
    return criteria.statements()[code].text["id"]


def test_the_worked_example_laid_side_by_side():
    found = criteria.compare_visions(TICKS, THEIRS)
    assert found.shared == ("residents_decide", "open_books", "knowledge_shared", "lasting")
    assert found.village_only == ("nature_kept", "village_stands")
    assert found.partner_only == ("fair_return",)
    assert found.core_missing == ("nature_kept",)
    assert found.agreement == criteria.vision_agreement(TICKS, THEIRS) == 73


def test_the_comparison_shows_who_stands_by_what_and_which_core_is_missing(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(AFTER):
        page = unescape(shown(signed_in(people, "lksd"), "page.comparison", call.case.code)[1])
    table = page.split("Pernyataan yang dipegang desa dan setiap mitra")[1].split("</table>")[0]
    for code in TICKS:
        assert words(code) in table
    assert words("culture_alive") not in table
    assert "Pernyataan inti yang kurang" in table
    assert "Panen naik, lereng kuat." in page


def test_whoever_has_opened_a_proposal_sees_both_sides_and_so_does_its_partner(people):
    call = an_open_call(people)
    a_sealed_proposal(people, call, vision_ticks=THEIRS)
    own = Proposal.objects.get()
    mitra = signed_in(people, "mitra")
    assert "Tujuan dan visi kedua pihak" not in shown(mitra, "page.proposal", own.code)[1]
    with clock.at(AFTER):
        actions.close_due_calls()
        call.refresh_from_db()
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="BA-2", witnesses=["A", "B"])
        own.refresh_from_db()
        actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
        actions.read_proposal(by=people.by("lksd"), proposal=own)
        for client in (signed_in(people, "lksd"), mitra):
            page = unescape(shown(client, "page.proposal", own.code)[1])
            assert "Kesamaan visi 73 dari 100." in page
            missing = page.split("Pernyataan inti yang kurang")[1].split("</ul>")[0]
            assert words("nature_kept") in missing
            assert words("fair_return") in page.split("Hanya dipegang mitra")[1].split("</ul>")[0]


@pytest.mark.parametrize(
    "name", ["page.proposals", "page.proposal", "selection.tick_proposal", "selection.draft_proposal"]
)
def test_no_page_of_a_partner_gives_the_villages_ticks_away_while_the_call_is_open(people, name):
    call = an_open_call(people)
    a_sealed_proposal(people, call, vision_ticks=THEIRS)
    code = {"page.proposals": (), "selection.draft_proposal": (call.code,)}.get(name, (Proposal.objects.get().code,))
    with clock.at(OPENED):
        page = unescape(signed_in(people, "mitra").get(reverse(name, args=code)).content.decode())
    if name == "selection.tick_proposal":  # every statement is offered; only the own ones are ticked
        boxes = [each for each in re.findall("<input[^>]*>", page) if " checked" in each]
        ticked = [found.group(1) for each in boxes if (found := re.search('value="([a-z_]+)"', each))]
        assert sorted(ticked) == sorted(THEIRS)
    else:
        assert words("nature_kept") not in page
        assert words("village_stands") not in page


@pytest.mark.parametrize("who", ["kades", "sekdes", "bpd", "lksd", "guru", "inspektorat", "camat"])
def test_the_room_of_an_open_call_says_nothing_of_what_partners_stand_by(people, who):
    call = an_open_call(people)
    a_sealed_proposal(people, call, vision_ticks=THEIRS)
    with clock.at(OPENED):
        client = signed_in(people, who)
        page = client.get(reverse("page.selection", args=[call.case.code])).content.decode()
    assert words("fair_return") not in unescape(page)


def test_opened_but_not_read_it_is_still_shut(people):
    a_checking_call(people)
    own = Proposal.objects.get()
    with clock.at(AFTER):
        page = shown(signed_in(people, "lksd"), "page.proposal", own.code)[1]
    assert "Tujuan dan visi kedua pihak" not in page
