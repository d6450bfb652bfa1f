"""Villages answer for themselves whether they take part, before the list is published; silence is what the programme says."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.middleware import SECOND_FACTOR_SEEN
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.rules import Refused
from bermitra.matching.draws import actions, forms, lists, queries
from bermitra.matching.engine import certificate
from bermitra.matching.models import Draw
from tests.deliberation.test_pages import send
from tests.matching.draws import makers
from tests.matching.draws.makers import BEGUN, PUBLISHED, prepared
from tests.partnership.makers import an_office
from tests.people import NEIGHBOUR, OURS

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 11, 4)
ANSWERED = BEGUN + timedelta(days=3)  # the day after
LATER = {"on": date(2026, 11, 10)}


@pytest.fixture
def regency(people):
    makers.villages(4)
    an_office(people, "kades.beji", "Kades Beji", roles.VILLAGE_HEAD, where=NEIGHBOUR)
    return people


def asked(people, silence: str = "in", **changes) -> Draw:
    draw = prepared(people, **{"seats": 2, **changes})
    with clock.at(BEGUN):
        return actions.ask_villages(by=people.by("dinas"), draw=draw, until=UNTIL, silence=silence)


def answer(people, draw: Draw, takes_part: bool, who: str = "kades", village: str = OURS):
    with clock.at(PUBLISHED):
        return actions.answer_draw(
            by=people.by(who), entrant=queries.asked_of(village, draw.code), takes_part=takes_part
        )


def publish(people, draw: Draw, at=ANSWERED) -> Draw:
    with clock.at(at):
        actions.set_draw_meeting(by=people.by("dinas"), draw=draw, on=at.date() + timedelta(days=4), at=draw.meeting_at,
                                 place="Aula Dinas PMD")  # fmt: skip
        draw.refresh_from_db()
        seen = lists.list_hash(draw, queries.rows_of(draw))
        return actions.commit_draw(by=people.by("dinas"), draw=draw, seen=seen)


def listed(draw: Draw) -> dict[str, str]:
    return {each.village_id: each.left_out for each in queries.rows_of(draw)}


def refused(act) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.codes


def test_every_village_that_could_be_on_the_list_is_asked_and_no_other(regency):
    draw = asked(regency)
    duties = Duty.objects.filter(door="matching.answer_draw", closed_at=None)
    could = {each.village_id for each in queries.rows_of(draw) if each.number}
    assert set(duties.values_list("region", flat=True)) == could
    assert "33.04.06.1013" not in could  # a kelurahan
    assert set(duties.values_list("role", "due_on")) == {("village_head", UNTIL)}


def test_who_says_no_is_off_the_list_with_that_reason_and_numbers_have_no_gap(regency):
    draw = asked(regency)
    answer(regency, draw, False)
    draw = publish(regency, draw)
    assert listed(draw)[OURS] == "declined"
    numbers = sorted(each.number for each in queries.rows_of(draw) if each.number)
    assert numbers == list(range(1, 6))
    assert Notice.objects.filter(region=OURS, says__contains="tidak masuk daftar").exists()


@pytest.mark.parametrize(("silence", "of_the_silent"), [("in", ""), ("out", "silent")])
def test_silence_is_what_was_said_beforehand(regency, silence, of_the_silent):
    draw = asked(regency, silence, seats=1)
    answer(regency, draw, True)
    answer(regency, draw, True, "kades.beji", NEIGHBOUR)
    draw = publish(regency, draw)
    found = listed(draw)
    assert (found[OURS], found[NEIGHBOUR], found["33.04.06.2001"]) == ("", "", of_the_silent)
    assert not Duty.objects.filter(door="matching.answer_draw", closed_at=None).exists()


def test_the_hashed_list_holds_every_answer_and_anybody_replays_it(regency):
    draw = asked(regency)
    answer(regency, draw, True)
    draw = publish(regency, draw)
    content = json.loads(lists.list_bytes(draw, queries.rows_of(draw)))
    assert content["asked"] == {"until": "2026-11-04", "silence": "in"}
    said = {each["id"]: each["answer"] for each in content["entrants"]}
    assert (said[OURS], said[NEIGHBOUR]) == ("yes", "silent")
    assert "Desa yang tidak menjawab dianggap ikut." in content["rule"]
    with clock.at(ANSWERED + timedelta(days=5)):
        draw = makers.throwing.throw(regency.by("dinas"), draw, makers.Thrown(**makers.SAID), clock.now())
    kept = json.loads(files.read(draw.certificate.sha256))
    assert kept["list"] == content
    assert certificate.certify(kept["list"], kept["thrown"]) == kept


def test_a_list_whose_villages_were_not_asked_says_nothing_of_answers(regency):
    content = lists.published_list(draw := prepared(regency), queries.rows_of(draw))
    assert "asked" not in content
    assert all("answer" not in each for each in content["entrants"])


def test_MT_23_the_list_waits_for_the_last_day_or_the_last_answer(regency):
    draw = asked(regency)
    assert "MT-23" in refused(lambda: publish(regency, draw, PUBLISHED))
    regency_wide = [each for each in queries.rows_of(draw) if each.number]
    draw.entrants.filter(village__in=[each.village_id for each in regency_wide]).update(answer=True)
    assert publish(regency, draw, PUBLISHED).state == "committed"


def test_MT_22_an_answer_may_be_changed_until_the_last_day_and_not_after(regency):
    draw = asked(regency)
    answer(regency, draw, False)
    assert answer(regency, draw, True).answer is True
    with clock.at(ANSWERED):
        entrant = queries.asked_of(OURS, draw.code)
        assert refused(lambda: actions.answer_draw(by=regency.by("kades"), entrant=entrant, takes_part=False)) == (
            "MT-22",
        )


def test_after_the_publication_no_answer_changes_the_list(regency):
    draw = asked(regency)
    entrant = queries.asked_of(OURS, draw.code)
    draw.entrants.update(answer=True)
    draw = publish(regency, draw, PUBLISHED)
    with clock.at(PUBLISHED), pytest.raises(NoSuchMove):
        actions.answer_draw(by=regency.by("kades"), entrant=entrant, takes_part=False)
    assert draw.list_hash == lists.list_hash(draw, queries.rows_of(draw))


def test_the_secretary_may_answer_and_the_head_hears_of_it(regency):
    draw = asked(regency)
    answer(regency, draw, True, "sekdes")
    assert Notice.objects.filter(region=OURS, role="village_head", says__startswith="Sekretaris Desa menjawab").exists()


@pytest.mark.parametrize("who", ["dinas", "camat", "bpd", "kades.asing", "kades.beji"])
def test_nobody_answers_for_a_village_but_its_own_head_and_secretary(regency, who):
    draw = asked(regency)
    with pytest.raises(NotAllowed):
        answer(regency, draw, False, who)


def test_what_decides_does_not_change_while_villages_answer(regency):
    draw = asked(regency)
    with pytest.raises(NoSuchMove):
        actions.set_draw_rule(by=regency.by("dinas"), draw=draw, entry="all", rest_months=12)
    with pytest.raises(NoSuchMove):
        actions.describe_draw(by=regency.by("dinas"), draw=draw, programme="Lain", what="Lain", seats=9)


def test_MT_30_a_second_draw_of_the_programme_does_not_ask_beside_the_first(regency):
    asked(regency)
    assert refused(lambda: asked(regency)) == ("MT-30",)


def test_one_that_was_voided_while_villages_answered_counts_and_stays_open(client, regency):
    first = asked(regency)
    with clock.at(PUBLISHED):
        actions.void_draw(by=regency.by("dinas"), draw=first, reason="Anggaran bergeser.")
    second = asked(regency)
    assert (second.attempt, second.follows) == (2, first)
    page = client.get(reverse("page.fair_draw", args=[first.code])).content.decode()
    assert "Anggaran bergeser." in page
    assert not Duty.objects.filter(door="matching.answer_draw", closed_at=None, url_code=first.code).exists()


def test_everybody_sees_who_was_asked_until_when_and_what_silence_means(client, regency):
    draw = asked(regency, "out")
    answer(regency, draw, False)
    page = client.get(reverse("page.fair_draw", args=[draw.code])).content.decode()
    assert "6 desa ditanya: 0 ikut, 1 tidak ikut, 5 belum menjawab." in page
    assert "sampai 4 November 2026" in page
    assert "Desa yang tidak menjawab dianggap tidak ikut." in page
    assert draw.code in client.get(reverse("page.fair_draws")).content.decode()
    assert client.get(reverse("page.fair_draw_list", args=[draw.code])).status_code == 404
    client.force_login(regency.bupati)
    session = client.session
    session[SECOND_FACTOR_SEEN] = True
    session.save()
    room = client.get(reverse("page.draw_room", args=[draw.code])).content.decode()
    assert "6 desa ditanya: 0 ikut, 1 tidak ikut, 5 belum menjawab." in room


def test_a_head_answers_on_the_page_of_the_own_village(client, regency):
    draw = asked(regency)
    client.force_login(regency.kades)
    address = reverse("matching.answer_draw", args=[draw.code])
    with clock.at(PUBLISHED):
        assert address in client.get(reverse("page.village_draws")).content.decode()
        assert "Desa Anda ikut undian ini?" in client.get(address).content.decode()
        answered = send(client, address, takes_part="tidak")
    assert answered.status_code == 302
    assert queries.asked_of(OURS, draw.code).answer is False


def test_the_last_day_lies_between_today_and_the_meeting():
    def wrong(until: str) -> list[str]:
        form = forms.Asking({"until": until, "silence": "in"}, today=date(2026, 11, 2), meeting=date(2026, 11, 6))
        form.is_valid()
        return form.errors.get("until", [])

    assert wrong("2/11/2026") == ["2 November 2026 terlalu dekat. Pilih hari sesudah hari ini."]
    assert wrong("6/11/2026") == ["6 November 2026 tidak sebelum pertemuan. Pilih hari sebelum 6 November 2026."]
    assert wrong("5/11/2026") == []


def test_asking_and_publishing_take_as_many_statements_for_few_as_for_many(regency, django_assert_max_num_queries):
    makers.villages(40, start=2101)
    draw = prepared(regency, seats=2)
    with clock.at(BEGUN), django_assert_max_num_queries(45):
        draw = actions.ask_villages(by=regency.by("dinas"), draw=draw, until=UNTIL, silence="in")
    with clock.at(ANSWERED):
        seen = lists.list_hash(draw, queries.rows_of(draw))
        Draw.objects.filter(pk=draw.pk).update(meeting_on=ANSWERED.date() + timedelta(days=4))
    draw.refresh_from_db()
    with clock.at(ANSWERED):
        seen = lists.list_hash(draw, queries.rows_of(draw))
        with django_assert_max_num_queries(45):
            actions.commit_draw(by=regency.by("dinas"), draw=draw, seen=seen)
