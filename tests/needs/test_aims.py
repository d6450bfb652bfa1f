"""A veto holds at once, and only a Musyawarah that binds takes it back."""

import pytest

from bermitra.deliberation.models import ReadyText
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from bermitra.needs import actions, queries
from bermitra.needs.catalogue import goals, risks
from bermitra.needs.models import VetoLift
from tests.deliberation import makers as meetings
from tests.deliberation.test_pages import as_, send, to
from tests.needs import makers
from tests.people import OURS, place

pytestmark = pytest.mark.django_db


def set_aims(people, who: str = "kades", **given):
    return actions.set_aims(by=people.by(who), village=place(OURS), **{"goals": [], "vetoes": [], **given})


def bound(people, lift: VetoLift, *, agreed: bool = True) -> None:
    """A Musyawarah decides on the words of the proposal, as they waited for it."""
    meetings.with_invitees(people)
    meeting = meetings.a_planned_meeting(people)
    ready = ReadyText.objects.get(code=lift.code)
    meetings.a_subject(people, meeting, code=ready.code, kind=ready.kind, title=ready.title, text_hash=ready.text_hash)
    meetings.bind(people, meetings.invited(people, meeting), agreed=agreed)


def test_goals_come_and_go_and_a_veto_only_comes(people):
    set_aims(people, goals=[6, 6, 13], vetoes=["mining"])
    set_aims(people, goals=[1], vetoes=["land_clearing", "mining"])
    held = queries.aims_of(OURS)
    assert (held.goals, held.vetoes) == ([1], ["land_clearing", "mining"])
    with pytest.raises(Refused) as refused:
        set_aims(people, goals=[1], vetoes=["land_clearing"])
    assert refused.value.codes == ("ND-10",)
    assert queries.aims_of(OURS).vetoes == ["land_clearing", "mining"]


@pytest.mark.parametrize("who", ["sekdes", "bpd", "operator", "warga", "camat", "dinas", "bupati", "kades.asing"])
def test_nobody_else_says_what_the_village_is_after(people, who):
    with pytest.raises(NotAllowed):
        set_aims(people, who, goals=[1])


def test_a_proposal_waits_for_a_meeting_and_for_the_bpd(people):
    lift = makers.a_proposed_lift(people)
    ready = ReadyText.objects.get(code=lift.code)
    assert ready.text_hash == lift.hash
    assert "Debitnya kini cukup." in ready.text and risks()["water_drawn"].id in ready.text
    assert Duty.objects.filter(door="needs.lift_veto", closed_at=None).count() == 1
    with pytest.raises(NoSuchMove):  # the same veto is not asked about twice at a time
        actions.propose_lift(by=people.by("kades"), village=place(OURS), veto="water_drawn", why="Lagi.")
    with pytest.raises(NoSuchMove):  # nor one that the village does not have
        actions.propose_lift(by=people.by("kades"), village=place(OURS), veto="relocation", why="Lagi.")


def test_without_a_binding_agreement_on_these_words_the_veto_stays(people):
    lift = makers.a_proposed_lift(people)
    with pytest.raises(Refused) as refused:
        actions.lift_veto(by=people.by("bpd"), lift=lift)
    assert refused.value.codes == ("ND-10",)
    bound(people, lift, agreed=False)
    with pytest.raises(Refused):
        actions.lift_veto(by=people.by("bpd"), lift=lift)
    actions.withdraw_lift(by=people.by("kades"), lift=lift)
    assert queries.aims_of(OURS).vetoes == ["mining", "water_drawn"]
    assert not Duty.objects.filter(door="needs.lift_veto", closed_at=None).exists()
    assert not ReadyText.objects.filter(code=lift.code).exists()


def test_what_a_binding_musyawarah_agreed_to_is_carried_out(people):
    lift = makers.a_proposed_lift(people)
    bound(people, lift)
    with pytest.raises(NotAllowed):
        actions.lift_veto(by=people.by("kades"), lift=lift)
    with clock.at(meetings.on(meetings.DAY.replace(month=4))):
        actions.lift_veto(by=people.by("bpd"), lift=lift)
    assert queries.aims_of(OURS).vetoes == ["mining"]
    assert VetoLift.objects.get().state == "lifted"
    with pytest.raises(NoSuchMove):
        actions.lift_veto(by=people.by("bpd"), lift=VetoLift.objects.get())


def test_a_decision_on_other_words_lifts_nothing(people):
    lift = makers.a_proposed_lift(people)
    meetings.with_invitees(people)
    meeting = meetings.a_planned_meeting(people)
    meetings.a_subject(people, meeting, code=lift.code, kind="other", title="Lain", text_hash="a" * 64)
    meetings.bind(people, meetings.invited(people, meeting))
    with pytest.raises(Refused):
        actions.lift_veto(by=people.by("bpd"), lift=lift)


# Data -------------------------------------------------------------------------------------------------------------------


def test_risks_keep_their_places_and_say_why_in_both_languages():
    assert [risk.position for risk in risks().values()] == list(range(len(risks())))
    assert len(risks()) <= 20
    for risk in risks().values():
        assert len(risk.code) <= 30
        assert risk.id and risk.en and risk.why and risk.why_en, risk.code
        assert risk.why.endswith(".") and risk.why_en.endswith("."), risk.code


def test_the_goals_are_the_eighteen_of_sdgs_desa():
    assert list(goals()) == list(range(1, 19))


# Pages ------------------------------------------------------------------------------------------------------------------


def test_aims_are_set_and_a_veto_is_lifted_by_their_pages(people):
    head, chair = as_("kades"), as_("bpd")
    assert "Belum ada pantangan." in head.get(to("page.aims")).content.decode()
    assert send(head, to("needs.set_aims"), goals=["19"], vetoes=[]).status_code == 422
    assert send(head, to("needs.set_aims"), goals=["6"], vetoes=["mining", "water_drawn"]).status_code == 302
    refused = send(head, to("needs.set_aims"), goals=["6"], vetoes=["mining"])
    assert refused.status_code == 409
    assert "ND-10" in refused.content.decode()
    assert send(head, to("needs.propose_lift"), veto="relocation", why="Lagi.").status_code == 422
    assert send(head, to("needs.propose_lift"), veto="mining", why="Galian lama ditutup.").status_code == 302
    lift = VetoLift.objects.get()
    page = chair.get(to("page.veto_lift", lift.code)).content.decode()
    assert "ND-10" in page and "Galian lama ditutup." in page
    assert to("needs.lift_veto", lift.code) not in page, "nothing to lift before the Musyawarah decided"
    clerk = as_("sekdes").get(to("page.veto_lift", lift.code)).content.decode()
    assert "Masukkan usulan ini ke acara musyawarah." in clerk and to("deliberation.plan") in clerk
    assert send(chair, to("needs.lift_veto", lift.code)).status_code == 409
    bound(people, lift)
    with clock.at(meetings.on(meetings.DAY.replace(month=4))):
        assert send(chair, to("needs.lift_veto", lift.code)).status_code == 302
    shown = head.get(to("page.aims")).content.decode()
    assert shown.count(risks()["mining"].id) == 1  # among the proposals only
    assert "Dicabut Musyawarah Desa" in shown
    assert as_("sekdes.asing").get(to("page.veto_lift", lift.code)).status_code == 404
