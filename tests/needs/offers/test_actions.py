"""Acts of offers: said part by part, opened, paused, used up, ended, and looked at by the regency."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import OPEN as OPEN_DUTIES
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.journal.writing import append
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.rules import Refused
from bermitra.needs.catalogue import sectors
from bermitra.needs.models import Offer, OfferAbility
from bermitra.needs.offers import actions, queries
from bermitra.registry.actions import merge_duplicates
from bermitra.registry.models import VerdictRecord
from tests.needs.offer_makers import a_draft, a_full_offer, a_published_offer, half_a_year_on
from tests.partnership.makers import a_partner
from tests.people import place
from tests.registry.makers import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(people):
    return a_partner(people)


def taken(offer: Offer) -> Offer:
    """As a later stage takes a place: inside the act that both sides answered with."""
    return _inside("matching.respond_to_match", actions.use_quota, offer)


def given_back(offer: Offer) -> Offer:
    return _inside("partnership.cancel", actions.free_quota, offer)


def _inside(door, verb, offer):
    act = Act(By.the_system(), door, "system", clock.now(), "0123456789")
    done = verb(by=act, offer=Offer.objects.get(pk=offer.pk))
    append(act.lines, act=act.code, at=act.now, actor="system", role="system", door=door)
    return done


# Publishing ---------------------------------------------------------------------------------------------------------------


def test_an_empty_draft_is_refused_with_everything_it_lacks(people, partner):
    draft = a_draft(people, partner)
    with pytest.raises(Refused) as refused:
        actions.publish_offer(by=people.by("mitra"), offer=draft)
    assert refused.value.codes == ("ND-05", "ND-06", "ND-16")
    assert queries.lacking(draft) == {"abilities", "seeks", "where", "places", "budget", "term", "goals"}


def test_a_whole_offer_of_a_verified_partner_is_open_to_villages(people, partner):
    offer = a_published_offer(people, partner)
    assert offer.state == "published"
    assert list(queries.open_offers()) == [offer]
    duty = Duty.objects.get(OPEN_DUTIES, about=f"offer:{offer.code}")
    assert (duty.door, duty.role, duty.region_id) == ("needs.verify_ability", "dpmd_officer", "33.04")


def test_RG_13_a_partner_that_is_not_verified_publishes_nothing(people):
    unknown = a_partner(people, name="Yayasan Baru", username="baru", verified=False)
    draft = a_full_offer(people, unknown, who="baru")
    with pytest.raises(Refused) as refused:
        actions.publish_offer(by=people.by("baru"), offer=draft)
    assert refused.value.codes == ("RG-13",)


def test_RG_13_a_verdict_that_no_longer_serves_publishes_nothing(people, partner):
    stale_on = VerdictRecord.objects.get(partner=partner).stale_on
    with clock.at(datetime.combine(stale_on, time(3), UTC)):
        draft = a_full_offer(people, partner)
        with pytest.raises(Refused) as refused:
            actions.publish_offer(by=people.by("mitra"), offer=draft)
    assert refused.value.codes == ("RG-13",)


def test_gifts_to_persons_and_a_day_too_far_are_refused(people, partner):
    draft = a_full_offer(people, partner, gifts_to_persons=True, valid_until=clock.today() + timedelta(days=800))
    with pytest.raises(Refused) as refused:
        actions.publish_offer(by=people.by("mitra"), offer=draft)
    assert refused.value.codes == ("ND-06", "ND-16")


def test_ND_18_one_body_opens_few_offers_at_once(people, partner):
    made = [a_published_offer(people, partner, title=f"Tawaran {n}") for n in range(10)]
    eleventh = a_full_offer(people, partner, title="Kesebelas")
    with pytest.raises(Refused) as refused:
        actions.publish_offer(by=people.by("mitra"), offer=eleventh)
    assert refused.value.codes == ("ND-18",)
    actions.pause_offer(by=people.by("mitra"), offer=made[0], why="Memberi tempat.")
    assert actions.publish_offer(by=people.by("mitra"), offer=eleventh).state == "published"


def test_an_offer_that_is_good_at_everything_and_fits_every_cost_is_refused(people, partner):
    draft = a_full_offer(people, partner, abilities=dict.fromkeys(list(sectors())[:7], 100))
    Offer.objects.update(budget_low=0, budget_high=10**15)
    with pytest.raises(Refused) as refused:
        actions.publish_offer(by=people.by("mitra"), offer=draft)
    assert refused.value.codes == ("ND-19", "ND-20")


def test_another_partner_touches_nothing_of_it(people, partner):
    offer = a_full_offer(people, partner)
    a_partner(people, name="Yayasan Lain", username="lain")
    with pytest.raises(NotAllowed):
        actions.publish_offer(by=people.by("lain"), offer=offer)
    with pytest.raises(NotAllowed):
        actions.set_ability(by=people.by("lain"), offer=offer, sector="health", level=50, what="x")


# Changing -------------------------------------------------------------------------------------------------------------------


def test_ND_14_what_villages_read_is_changed_only_while_it_rests(people, partner):
    offer = a_published_offer(people, partner)
    changes = {
        actions.describe_offer: {"title": "Lain", "brings": "Lain", "forms": ["tjsl"]},
        actions.set_ability: {"sector": "health", "level": 25, "what": "Baru"},
        actions.drop_ability: {"sector": "sanitation"},
        actions.seek_return: {"seeks": ["land_or_site"], "conditions": "", "gifts_to_persons": False},
        actions.place_offer: {"everywhere": True, "areas": [], "places": 9},
        actions.fund_offer: {
            "budget_low": 1, "budget_high": 2, "term_months": 3, "valid_until": half_a_year_on()
        },
        actions.aim_offer: {"goals": [1], "vision": "", "risks": ["mining"]},
    }  # fmt: skip
    for act, given in changes.items():
        with pytest.raises(Refused) as refused:
            act(by=people.by("mitra"), offer=offer, **given)
        assert refused.value.codes == ("ND-14",), act
    actions.pause_offer(by=people.by("mitra"), offer=offer, why="Menyesuaikan anggaran.")
    assert not queries.open_offers().exists()
    for act, given in changes.items():
        act(by=people.by("mitra"), offer=offer, **given)
    offer = Offer.objects.get(pk=offer.pk)
    assert (offer.everywhere, offer.places, offer.goals, offer.risks) == (True, 9, [1], ["mining"])
    assert set(offer.abilities.values_list("sector", flat=True)) == {"drinking_water", "health"}
    assert not offer.areas.exists()


def test_what_was_changed_stays_in_the_journal(people, partner):
    offer = a_full_offer(people, partner)
    actions.place_offer(
        by=people.by("mitra"), offer=offer, everywhere=False, areas=[place("51"), place("33.04")], places=5
    )
    told = Event.objects.filter(about=f"offer:{offer.code}", verb="offer.placed").order_by("pk")
    facts = [json.loads(line.body)["facts"] for line in told]
    assert [each["areas"] for each in facts] == [["33.04"], ["33.04", "51"]]
    assert [each["places"] for each in facts] == [3, 5]


def test_the_areas_of_an_offer_are_those_said_last(people, partner):
    offer = a_full_offer(people, partner, areas=["33.04", "51"])
    actions.place_offer(by=people.by("mitra"), offer=offer, everywhere=False, areas=[place("51")], places=5)
    assert list(offer.areas.values_list("region", flat=True)) == ["51"]


# Its end ---------------------------------------------------------------------------------------------------------------------


def test_the_day_after_its_last_one_it_is_over_and_its_partner_is_told(people, partner):
    offer = a_published_offer(people, partner)
    last = offer.valid_until
    assert actions.expire_due_offers(last) == 0
    assert actions.expire_due_offers(last + timedelta(days=1)) == 1
    offer.refresh_from_db()
    assert offer.state == "expired"
    assert Notice.objects.filter(party=partner.code, about=f"offer:{offer.code}").exists()
    assert not Duty.objects.filter(OPEN_DUTIES, about=f"offer:{offer.code}").exists()
    actions.renew_offer(by=people.by("mitra"), offer=offer, valid_until=half_a_year_on() + timedelta(days=30))
    assert not queries.public_offers().exists(), "a draft is read by nobody"
    assert actions.publish_offer(by=people.by("mitra"), offer=offer).state == "published"


def test_withdrawn_is_for_good(people, partner):
    offer = a_published_offer(people, partner)
    actions.withdraw_offer(by=people.by("mitra"), offer=offer, why="Anggaran dialihkan.")
    for act, given in ((actions.publish_offer, {}), (actions.renew_offer, {"valid_until": half_a_year_on()})):
        with pytest.raises((NoSuchMove, Refused)):
            act(by=people.by("mitra"), offer=Offer.objects.get(pk=offer.pk), **given)
    assert queries.public_offers().get().why == "Anggaran dialihkan."


def test_an_open_offer_rests_from_the_day_on_which_its_partner_is_verified_no_more(people, partner):
    offer = a_published_offer(people, partner)
    stale_on = VerdictRecord.objects.get(partner=partner).stale_on
    Offer.objects.update(valid_until=stale_on + timedelta(days=9))
    with clock.at(datetime.combine(stale_on - timedelta(days=1), time(3), UTC)):
        assert actions.pause_fallen_offers(clock.today()) == 0
    with clock.at(datetime.combine(stale_on, time(3), UTC)):
        assert actions.pause_fallen_offers(clock.today()) == 1
        assert actions.pause_fallen_offers(clock.today()) == 0
    offer.refresh_from_db()
    assert (offer.state, offer.why) == ("paused", actions.FALLEN)
    assert Notice.objects.filter(party=partner.code, about=f"offer:{offer.code}").exists()
    assert not Duty.objects.filter(OPEN_DUTIES, about=f"offer:{offer.code}").exists(), "nobody looks at it meanwhile"


def test_pausing_and_publishing_again_brings_no_offer_to_the_top(people, partner):
    with clock.at(clock.now() - timedelta(days=2)):
        first = a_published_offer(people, partner, title="Pertama")
    second = a_published_offer(people, partner, title="Kedua")
    actions.pause_offer(by=people.by("mitra"), offer=first, why="Sebentar.")
    actions.publish_offer(by=people.by("mitra"), offer=first)
    assert list(queries.open_offers()) == [second, first]


# Places ----------------------------------------------------------------------------------------------------------------------


def test_the_last_place_ends_it_and_one_given_back_opens_it(people, partner):
    offer = a_published_offer(people, partner, places=2)
    assert taken(offer).state == "published"
    used_up = taken(offer)
    assert (used_up.state, used_up.places, used_up.places_taken) == ("exhausted", 0, 2)
    with pytest.raises(NoSuchMove):
        taken(offer)
    free = given_back(offer)
    assert (free.state, free.places, free.places_taken) == ("published", 1, 1)


def test_an_exhausted_offer_rests_before_it_is_changed(people, partner):
    offer = taken(a_published_offer(people, partner, places=1))
    with pytest.raises(Refused) as refused:
        actions.fund_offer(
            by=people.by("mitra"), offer=offer, budget_low=0, budget_high=10**15, term_months=24,
            valid_until=half_a_year_on(),
        )  # fmt: skip
    assert refused.value.codes == ("ND-14",)
    actions.pause_offer(by=people.by("mitra"), offer=offer, why="Menambah tempat.")
    actions.place_offer(by=people.by("mitra"), offer=offer, everywhere=True, areas=[], places=2)
    assert actions.publish_offer(by=people.by("mitra"), offer=Offer.objects.get()).state == "published"


def test_a_place_given_back_opens_no_offer_that_may_not_be_published(people, partner):
    offer = taken(a_published_offer(people, partner, places=1))
    stale_on = VerdictRecord.objects.get(partner=partner).stale_on
    Offer.objects.update(valid_until=stale_on + timedelta(days=9))
    with clock.at(datetime.combine(stale_on, time(3), UTC)):
        back = given_back(offer)
        assert (back.state, back.places, back.why) == ("paused", 1, actions.NOT_YET)
        assert not queries.open_offers().exists()
    assert Notice.objects.filter(party=partner.code, about=f"offer:{offer.code}").exists()


def test_a_place_of_a_resting_offer_is_taken_without_opening_it(people, partner):
    offer = a_published_offer(people, partner, places=1)
    actions.pause_offer(by=people.by("mitra"), offer=offer, why="Jeda.")
    assert taken(offer).state == "paused"
    with pytest.raises(Refused) as refused:
        actions.publish_offer(by=people.by("mitra"), offer=offer)
    assert refused.value.codes == ("ND-05",), "no place is left to offer"


def test_nobody_takes_a_place_by_itself(people, partner):
    offer = a_published_offer(people, partner)
    for knock in (people.by("mitra"), people.by("dinas"), people.by("kades"), By.the_system()):
        with pytest.raises(NotAllowed):
            actions.use_quota(by=knock, offer=offer)


def test_a_place_that_nobody_holds_is_not_given_back(people, partner):
    with pytest.raises(NoSuchMove):
        given_back(a_published_offer(people, partner))


# Looked at from outside ---------------------------------------------------------------------------------------------------------


def looked_at(
    people, offer: Offer, sector: str, proven: bool = True, who: str = "dinas", seen: str = ""
) -> OfferAbility:
    ability = OfferAbility.objects.get(offer=offer, sector=sector)
    return actions.verify_ability(
        by=people.by(who), ability=ability, proven=proven, reason="Laporan 12 desa dibaca.",
        seen=seen or queries.words_hash(Offer.objects.get(pk=offer.pk)),
    )  # fmt: skip


def test_the_regency_of_the_register_verifies_with_a_reason_and_its_duty_ends(people, partner):
    offer = a_published_offer(people, partner)
    proven = looked_at(people, offer, "drinking_water")
    assert (proven.verified_by, proven.verified_in_id) == (people.dinas.code, "33.04")
    assert Duty.objects.filter(OPEN_DUTIES, about=f"offer:{offer.code}").exists()
    doubted = looked_at(people, offer, "sanitation", proven=False)
    assert doubted.verified_at is None
    assert doubted.verified_reason == "Laporan 12 desa dibaca."
    assert not Duty.objects.filter(OPEN_DUTIES, about=f"offer:{offer.code}").exists()


def test_an_ability_said_anew_is_the_partners_own_word_again(people, partner):
    offer = a_published_offer(people, partner)
    looked_at(people, offer, "drinking_water")
    actions.pause_offer(by=people.by("mitra"), offer=offer, why="Menambah bukti.")
    actions.set_ability(by=people.by("mitra"), offer=offer, sector="drinking_water", level=100, what="40 desa")
    ability = OfferAbility.objects.get(offer=offer, sector="drinking_water")
    assert (ability.level, ability.verified_at, ability.verified_by, ability.verified_reason) == (100, None, "", "")
    assert ability.verified_in is None


def test_ND_21_what_was_said_anew_since_the_page_was_opened_is_not_vouched_for(people, partner):
    offer = a_published_offer(people, partner)
    read = queries.words_hash(offer)
    actions.pause_offer(by=people.by("mitra"), offer=offer, why="Menambah bukti.")
    actions.set_ability(by=people.by("mitra"), offer=offer, sector="sanitation", level=100, what="Di seluruh negeri")
    with pytest.raises(Refused) as refused:
        looked_at(people, offer, "sanitation", seen=read)
    assert refused.value.codes == ("ND-15", "ND-21"), "nothing is looked at while it may change"
    actions.publish_offer(by=people.by("mitra"), offer=offer)
    with pytest.raises(Refused) as refused:
        looked_at(people, offer, "sanitation", seen=read)
    assert refused.value.codes == ("ND-21",)
    assert looked_at(people, offer, "sanitation").verified_at is not None


def test_an_offer_that_brings_something_else_is_looked_at_anew(people, partner):
    offer = a_published_offer(people, partner)
    looked_at(people, offer, "drinking_water")
    looked_at(people, offer, "sanitation")
    actions.pause_offer(by=people.by("mitra"), offer=offer, why="Isi baru.")
    same = {"brings": offer.brings, "forms": offer.forms}
    actions.describe_offer(by=people.by("mitra"), offer=offer, title="Judul lebih jelas", **same)
    assert offer.abilities.exclude(verified_at=None).count() == 2
    actions.describe_offer(by=people.by("mitra"), offer=offer, title="Lain", brings="Seragam.", forms=["tjsl"])
    assert not offer.abilities.exclude(verified_at=None).exists()
    actions.publish_offer(by=people.by("mitra"), offer=offer)
    assert Duty.objects.filter(OPEN_DUTIES, about=f"offer:{offer.code}", door="needs.verify_ability").exists()


@pytest.mark.parametrize("who", ["dinas.asing", "inspektorat", "bupati", "camat", "kades", "mitra"])
def test_nobody_else_verifies_an_ability(people, partner, who):
    offer = a_published_offer(people, partner)
    with pytest.raises(NotAllowed):
        looked_at(people, offer, "drinking_water", who=who)


def test_ND_15_a_draft_is_not_looked_at(people, partner):
    offer = a_full_offer(people, partner)
    with pytest.raises(Refused) as refused:
        looked_at(people, offer, "drinking_water")
    assert refused.value.codes == ("ND-15",)


def test_RG_22_an_officer_of_the_partner_does_not_verify_it(people, partner):
    offer = a_published_offer(people, partner)
    Appointment.objects.create(
        person=people.dinas, role=roles.PARTNER_REP.key, party=partner.code, decree="SK", since=date(2024, 1, 1),
        until=date(2029, 12, 31), state=Appointment.State.CONFIRMED, state_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        looked_at(people, offer, "drinking_water")
    assert refused.value.codes == ("RG-22",)


# Two entries of one body --------------------------------------------------------------------------------------------------------


def test_an_offer_follows_its_partner_into_the_entry_it_is_merged_with(people, partner):
    offer = a_published_offer(people, partner)
    kept = a_partner(people, name="Fakultas Pertanian Universitas Contoh", username="utama")
    merge_duplicates(by=by(people.dinas), kept=kept, merged=partner, reason="Badan yang sama.")
    kept.refresh_from_db()
    assert list(queries.offers_of(kept)) == [offer]
    assert queries.offers_visible_to(people.by("utama").person).get() == offer
    actions.pause_offer(by=people.by("utama"), offer=Offer.objects.get(pk=offer.pk), why="Data digabung.")
    begun = a_draft(people, Offer.objects.select_related("partner__merged_into").get(pk=offer.pk).partner, who="utama")
    assert begun.partner == kept
