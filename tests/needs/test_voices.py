"""What hamlets and groups said stays with a need, through merging and splitting."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from bermitra.needs import actions, queries
from bermitra.needs.models import Need, Voice
from tests.deliberation import makers as meetings
from tests.deliberation.test_pages import as_, send, to
from tests.needs import makers
from tests.people import FOREIGN, OURS, place

pytestmark = pytest.mark.django_db


def fresh(need: Need) -> Need:
    return Need.objects.get(pk=need.pk)


def test_a_voice_counts_people_of_a_hamlet_and_stays(people):
    need = makers.a_submitted_need(people)
    voice = makers.a_voice(people, need, group="farmers")
    makers.a_voice(people, need, "anggota.bpd", hamlet="Kulon", people=12)
    assert queries.people_by_hamlet(list(queries.voices_of(need))) == [("Wetan", 41), ("Kulon", 12)]
    assert queries.people_heard([need.pk]) == {need.pk: 53}
    with pytest.raises(DatabaseError), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(people=400)


@pytest.mark.parametrize("who", ["warga", "bendahara", "camat", "dinas", "kades.asing"])
def test_others_write_no_voice(people, who):
    need = makers.a_submitted_need(people)
    with pytest.raises(NotAllowed):
        makers.a_voice(people, need, who)


def test_nothing_more_is_said_about_a_need_that_was_withdrawn(people):
    need = makers.a_submitted_need(people)
    actions.withdraw(by=people.by("sekdes"), need=need, why="Tercatat dua kali.")
    with pytest.raises(NoSuchMove):
        makers.a_voice(people, need)


def test_merging_keeps_every_voice_and_hamlet_also_of_what_was_merged_before(people):
    first, second, third = (makers.a_submitted_need(people, title=each) for each in "ABC")
    for need, hamlet in ((first, "Wetan"), (second, "Kulon"), (third, "Dhuwur")):
        makers.a_voice(people, need, hamlet=hamlet)
    actions.merge(by=people.by("sekdes"), need=first, into=second, why="Sama-sama soal longsor.")
    actions.merge(by=people.by("sekdes"), need=fresh(second), into=third, why="Satu lereng.")
    assert {voice.hamlet for voice in queries.voices_of(third)} == {"Wetan", "Kulon", "Dhuwur"}
    assert list(queries.needs_of(OURS)) == [third]
    assert (fresh(first).state, fresh(first).merged_into) == ("merged", third)
    assert not queries.public_needs(OURS).filter(pk__in=(first.pk, second.pk)).exists()


def test_a_merged_need_is_split_off_again_with_its_own_voices(people):
    first, second = (makers.a_submitted_need(people, title=each) for each in "AB")
    makers.a_voice(people, first)
    actions.merge(by=people.by("kadus"), need=first, into=second, why="Sama.")
    actions.split(by=people.by("kadus"), need=fresh(first))
    assert (fresh(first).state, fresh(first).merged_into) == ("submitted", None)
    assert queries.heard(first) == 1
    assert queries.heard(second) == 0


def test_a_need_stays_merged_once_a_musyawarah_has_it_before_it(people):
    first, second = (makers.a_submitted_need(people, title=each) for each in "AB")
    actions.merge(by=people.by("sekdes"), need=first, into=second, why="Sama.")
    listed, meeting = makers.a_drafted_list(people, second), meetings.a_planned_meeting(people)
    actions.table(by=people.by("sekdes"), priorities=listed, meeting=meeting)
    with pytest.raises(Refused) as refused:
        actions.split(by=people.by("sekdes"), need=fresh(first))
    assert refused.value.codes == ("ND-12",)
    assert fresh(first).state == "merged"


def test_what_was_merged_into_a_need_that_was_withdrawn_can_be_split_off(people):
    first, second = (makers.a_submitted_need(people, title=each) for each in "AB")
    actions.merge(by=people.by("sekdes"), need=first, into=second, why="Sama.")
    actions.withdraw(by=people.by("sekdes"), need=second, why="Salah catat.")
    actions.split(by=people.by("sekdes"), need=fresh(first))
    assert fresh(first).state == "submitted"


def test_drafts_needs_of_others_and_a_need_with_itself_are_not_merged(people):
    need = makers.a_submitted_need(people)
    draft = actions.record(by=people.by("kadus"), village=place(OURS), **makers.NEED)
    foreign = actions.record(by=people.by("kades.asing"), village=place(FOREIGN), **makers.NEED)
    actions.submit(by=people.by("kades.asing"), need=foreign)
    for other in (draft, foreign, need):
        with pytest.raises(NoSuchMove):
            actions.merge(by=people.by("sekdes"), need=need, into=other, why="Sama.")
    assert fresh(need).state == "submitted"


@pytest.mark.parametrize("who", ["operator", "bpd", "warga", "camat", "dinas"])
def test_only_secretary_and_hamlet_heads_merge(people, who):
    first, second = (makers.a_submitted_need(people, title=each) for each in "AB")
    with pytest.raises(NotAllowed):
        actions.merge(by=people.by(who), need=first, into=second, why="Sama.")


# Pages ------------------------------------------------------------------------------------------------------------------


def test_voices_are_written_and_needs_merged_and_split_by_their_pages(people):
    first, second = (makers.a_submitted_need(people, title=each) for each in ("Longsor", "Tegalan hanyut"))
    client = as_("sekdes")
    said = {"hamlet": "Wetan", "group": "women", "people": "12", "heard_on": "14 Januari 2026", "text": "Kami takut."}
    with clock.at(meetings.on(date(2026, 2, 1))):
        page = to("needs.add_voice", first.code)
        for wrong in (
            {"people": "0"},
            {"people": "dua"},
            {"heard_on": "3 Februari 2026"},
            {"group": "umum"},
            {"text": ""},
        ):
            assert send(client, page, **{**said, **wrong}).status_code == 422
        assert send(client, page, **said).status_code == 302
    merged = send(client, to("needs.merge", first.code), into=second.code, why="Satu lereng.")
    assert merged["Location"] == to("page.need", second.code)
    shown = client.get(merged["Location"]).content.decode()
    assert "Wetan 12 orang" in shown and "Kelompok perempuan" in shown and "Longsor" in shown
    assert "Dibaca bersama:" in client.get(to("page.need", first.code)).content.decode()
    assert send(client, to("needs.split", first.code)).status_code == 302
    assert "Belum ada suara" in client.get(to("page.need", second.code)).content.decode()


def test_the_list_is_narrowed_by_sector_state_and_hamlet_in_the_address(people):
    wetan = makers.a_submitted_need(people, title="Longsor")
    water = actions.record(
        by=people.by("kadus"), village=place(OURS), **{**makers.NEED, "title": "Air", "sector": "drinking_water", "hamlet": "Kulon"}
    )  # fmt: skip
    makers.a_voice(people, wetan, hamlet="Dhuwur")
    client = as_("kadus")

    def found(asked: str) -> set[str]:
        page = client.get(to("page.needs") + asked).content.decode()
        return {need.title for need in (wetan, water) if to("page.need", need.code) in page}

    assert found("") == {"Longsor", "Air"}
    assert found("?bidang=drinking_water") == {"Air"}
    assert found("?keadaan=submitted") == {"Longsor"}
    assert found("?dusun=Dhuwur") == {"Longsor"}  # said there about a need of another hamlet
    assert found("?dusun=Kulon&bidang=drinking_water&keadaan=draft") == {"Air"}
    nothing = client.get(to("page.needs") + "?bidang=health").content.decode()
    assert "Tidak ada kebutuhan yang cocok" in nothing
    office = as_("dinas")
    session = office.session
    session["second_factor_seen"] = True
    session.save()
    regency = office.get(to("page.needs") + "?bidang=drinking_water").content.decode()
    assert to("page.need", water.code) in regency
    assert 'name="dusun"' not in regency  # a regency has thousands
