"""A round has introduced a village and a partner: two yeses begin a case, and nothing that a case must pass is skipped."""

import pytest

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.money import rupiah
from bermitra.foundation.rules import Refused
from bermitra.matching.models import Introduction, RoundOffer
from bermitra.needs.models import Need, Offer, VillageAims
from bermitra.needs.offers import actions as offer_actions
from bermitra.needs.offers.places import terms_of
from bermitra.partnership import actions as case_actions
from bermitra.partnership.models import Case, CaseNeed
from bermitra.partnership.queries import public_cases
from bermitra.partnership.rules import FLOW, open_doors
from bermitra.selection import actions, terms
from bermitra.selection.models import Proposal
from bermitra.selection.queries import is_open_to_read, proposals_visible_to
from tests.matching.rounds.makers import AFTER, HEADS, a_round_with_introductions
from tests.partnership.makers import an_office
from tests.people import place
from tests.selection.makers import TAKES_NOTHING, TICKS

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(people):
    """The first introduction, with the user names of its head and of its partner's representative."""
    a_round_with_introductions(people)
    made = Introduction.objects.select_related("village", "offer__offer__partner").order_by("pk").first()
    number = made.offer.offer.title.removeprefix("Tawaran ")
    return made, HEADS[made.village.village_id], f"mitra{number}"


def answer(people, made, who, *, accepts=True, reason=""):
    with clock.at(AFTER):
        return actions.answer_introduction(
            by=people.by(who), introduction=Introduction.objects.get(pk=made.pk), accepts=accepts, reason=reason
        )


@pytest.fixture
def introduced(people, pair):
    made, head, rep = pair
    answer(people, made, head)
    answer(people, made, rep)
    return Case.objects.select_related("village", "partner").get(), Proposal.objects.get(), head, rep


def written(people, proposal, rep):
    """What the partner still has to say, and its vision."""
    eight = {name: f"Isi {name}." for name in terms.EIGHT}
    actions.write_unsolicited(
        by=people.by(rep),
        proposal=proposal,
        content={**eight, **TAKES_NOTHING, "gifts_to_persons": 0, "vision_ticks": TICKS},
    )


def test_one_yes_opens_nothing(people, pair):
    made, head, _rep = pair
    assert answer(people, made, head).state == "accepted_by_village"
    assert not Case.objects.exists() and not Proposal.objects.exists()


@pytest.mark.parametrize("village_first", [True, False])
def test_with_both_a_case_begins_as_an_offer_that_is_still_to_be_written(people, pair, village_first):
    made, head, rep = pair
    for who in (head, rep) if village_first else (rep, head):
        answer(people, made, who)
    case, proposal = Case.objects.get(), Proposal.objects.get()
    made.refresh_from_db()
    assert (made.state, made.case) == ("taken_up", case.code)
    assert (case.state, case.route, case.phase) == ("introduced", "partner_initiative", "penawaran")
    assert (case.partner, case.village) == (made.offer.offer.partner, made.village.village)
    assert (proposal.state, proposal.case, proposal.village) == ("draft", case, case.village)
    assert (proposal.title, proposal.forms) == (made.offer.offer.title, made.offer.offer.forms)
    assert "Air bersih dusun atas" in proposal.draft["scope"]
    assert f"{rupiah(40_000_000)} sampai {rupiah(80_000_000)}" in proposal.draft["funding"]
    assert proposal.draft["term"] == "24 bulan"
    assert not proposal.draft.keys() & {"procedure", "changes", "disputes"}  # nobody has said anything of them
    assert Offer.objects.get(pk=made.offer.offer_id).places == 0


def test_both_sides_are_told_and_the_partner_has_its_offer_to_write(people, introduced):
    case, proposal, _head, _rep = introduced
    told = Notice.objects.filter(says__contains="sama-sama menerima perkenalan")
    assert {(each.party, each.region_id) for each in told} == {(case.partner.code, None), ("", case.village_id)}
    duty = Duty.objects.get(closed_at=None, url_code=proposal.code)
    assert (duty.door, duty.party) == ("page.proposal", case.partner.code)
    assert not Duty.objects.filter(
        closed_at=None, door="selection.answer_introduction", belongs_to=f"case:{case.code}"
    ).exists()


def test_a_no_says_why_and_opens_nothing(people, pair):
    made, head, rep = pair
    with pytest.raises(Refused) as refused:
        answer(people, made, head, accepts=False)
    assert refused.value.codes == ("MT-29",)
    answer(people, made, head, accepts=False, reason="Air sudah tersedia.")
    with pytest.raises(NoSuchMove):
        answer(people, made, rep)
    assert not Case.objects.exists()


@pytest.mark.parametrize("who", ["sekdes", "dinas", "bupati", "camat", "bpd"])
def test_nobody_answers_for_a_side(people, pair, who):
    made, _head, _rep = pair
    with pytest.raises(NotAllowed):
        answer(people, made, who)


def test_a_head_and_a_partner_of_another_pair_answer_nothing(people, pair):
    made, head, rep = pair
    strangers = {
        next(who for who in HEADS.values() if who != head),
        next(f"mitra{n}" for n in range(6) if f"mitra{n}" != rep),
    }
    for who in strangers:
        with pytest.raises(NotAllowed):
            answer(people, made, who)


def test_what_is_not_sent_yet_is_read_by_its_partner_alone(people, introduced):
    case, proposal, head, rep = introduced
    assert not is_open_to_read(proposal)
    assert list(proposals_visible_to(people.held[rep])) == [proposal]
    assert not proposals_visible_to(people.held[head]).exists()
    assert not public_cases().exists()
    with pytest.raises(NoSuchMove):
        actions.receive_unsolicited(by=people.by(its_secretary(people, case)), case=case)


def its_secretary(people, case):
    return an_office(people, "sekdes.contoh", "Sekdes Contoh", roles.VILLAGE_SECRETARY, where=case.village_id).username


def test_sending_it_moves_that_case_on_and_begins_no_other(people, introduced):
    case, proposal, _head, rep = introduced
    with pytest.raises(Refused) as refused:
        actions.submit_unsolicited(by=people.by(rep), proposal=proposal)
    assert refused.value.codes == ("SL-27", "SL-48")  # neither the eight contents of law nor what it takes are said yet
    written(people, proposal, rep)
    sent = actions.submit_unsolicited(by=people.by(rep), proposal=Proposal.objects.get())
    assert (sent.pk, sent.state) == (case.pk, "proposal_received")
    assert Case.objects.count() == 1
    assert not Duty.objects.filter(closed_at=None, door="page.proposal").exists()
    assert Duty.objects.get(closed_at=None, about=f"case:{case.code}").door == "selection.receive_unsolicited"


def test_no_gate_is_skipped_on_the_way_to_the_meeting(people, introduced):
    case, proposal, head, rep = introduced
    written(people, proposal, rep)
    case = actions.submit_unsolicited(by=people.by(rep), proposal=Proposal.objects.get())
    secretary = its_secretary(people, case)
    case = actions.receive_unsolicited(by=people.by(secretary), case=case)
    with pytest.raises(Refused) as refused:
        actions.accept_for_musyawarah(by=people.by(head), case=case, ticks=TICKS)
    assert set(refused.value.codes) == {"PS-05", "PS-07"}  # the village links its needs and looks at its budget itself
    assert not CaseNeed.objects.filter(case=case).exists()
    with pytest.raises(Refused) as refused:
        actions.answer_in_writing(by=people.by(head), case=case, letter_number="1", text="Setuju.")
    assert refused.value.codes == ("SL-40",)  # no meeting has decided
    doors = {each.door for each in FLOW.moves if each.source == "introduced"}
    assert doors == {"selection.submit_unsolicited", "partnership.cancel", "partnership.withdraw"}


@pytest.mark.parametrize(("village", "verb"), [(True, "cancel"), (False, "withdraw")])
def test_either_side_may_leave_and_the_offer_has_its_place_again(people, introduced, village, verb):
    case, _proposal, head, rep = introduced
    assert {"partnership.cancel", "partnership.withdraw"} <= open_doors(case.state, case.route)
    getattr(case_actions, verb)(by=people.by(head if village else rep), case=case, reason="Program berubah.")
    assert case.state == "cancelled"
    assert Offer.objects.get(partner=case.partner).places == 1
    with pytest.raises(NoSuchMove):
        written(people, Proposal.objects.select_related("case", "partner", "call").get(), rep)


def test_a_declined_offer_gives_its_place_back_as_well(people, introduced):
    case, proposal, head, rep = introduced
    written(people, proposal, rep)
    case = actions.submit_unsolicited(by=people.by(rep), proposal=Proposal.objects.get())
    case = actions.receive_unsolicited(by=people.by(its_secretary(people, case)), case=case)
    actions.decline_unsolicited(by=people.by(head), case=case, reason="Belum perlu.")
    assert Offer.objects.get(partner=case.partner).places == 1


def test_the_heading_stays_what_both_accepted(people, introduced):
    case, proposal, _head, rep = introduced
    with pytest.raises(NoSuchMove):
        actions.draft_unsolicited(
            by=people.by(rep), partner=case.partner, village=place("33.04.19.2003"), title="Lain",
            field="pemberdayaan_masyarakat", proposal=proposal,
        )  # fmt: skip
    assert Event.objects.filter(verb="partnership.introduced", about=f"case:{case.code}").count() == 1


# The offer as it was read ---------------------------------------------------------------------------------------------------


def test_MT_36_while_an_introduction_waits_its_offer_rests_not_changes_not_and_is_not_withdrawn(people, pair):
    made, head, rep = pair
    offer = Offer.objects.get(pk=made.offer.offer_id)
    assert (offer.places, offer.held) == (1, 1)
    with clock.at(AFTER):
        for does in (offer_actions.pause_offer, offer_actions.withdraw_offer):
            with pytest.raises(Refused) as refused:
                does(by=people.by(rep), offer=offer, why="Berubah pikiran.")
            assert refused.value.codes == ("MT-36",)
    answer(people, made, head, accepts=False, reason="Air sudah tersedia.")
    offer.refresh_from_db()
    assert (offer.places, offer.held) == (1, 0)
    with clock.at(AFTER):
        assert offer_actions.pause_offer(by=people.by(rep), offer=offer, why="Berubah pikiran.").state == "paused"


def test_MT_36_a_resting_offer_is_not_rewritten_while_its_introduction_waits(people, pair):
    made, _head, rep = pair
    offer = Offer.objects.get(pk=made.offer.offer_id)
    Offer.objects.filter(pk=offer.pk).update(state="paused")
    with clock.at(AFTER), pytest.raises(Refused) as refused:
        offer_actions.place_offer(by=people.by(rep), offer=offer, everywhere=True, areas=[], places=1)
    assert refused.value.codes == ("MT-36",)


@pytest.mark.parametrize("changed", [{"conditions": "Tanah desa diserahkan."}, {"state": "expired"}, {"places": 0}])
def test_MT_35_nobody_says_yes_to_another_offer_than_the_one_that_was_read(people, pair, changed):
    made, head, _rep = pair
    Offer.objects.filter(pk=made.offer.offer_id).update(**changed)
    with pytest.raises(Refused) as refused:
        answer(people, made, head)
    assert refused.value.codes == ("MT-35",)
    assert answer(people, made, head, accepts=False, reason="Isinya berubah.").state == "declined"


def test_MT_02_a_pair_that_shares_no_sector_any_more_becomes_no_case(people, pair):
    made, head, rep = pair
    answer(people, made, head)
    Need.objects.filter(village=made.village.village_id).update(state="met")
    with pytest.raises(Refused) as refused:
        answer(people, made, rep)
    assert refused.value.codes == ("MT-02",)


def test_MT_03_a_veto_that_was_set_meanwhile_stops_the_pair(people, pair):
    made, head, rep = pair
    Offer.objects.filter(pk=made.offer.offer_id).update(risks=["mining"])
    RoundOffer.objects.filter(pk=made.offer_id).update(terms=terms_of(Offer.objects.get(pk=made.offer.offer_id)))
    answer(people, made, head)
    VillageAims.objects.filter(village=made.village.village_id).update(vetoes=["mining"])
    with pytest.raises(Refused) as refused:
        answer(people, made, rep)
    assert refused.value.codes == ("MT-03",)
