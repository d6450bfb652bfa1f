"""SL-08: what a case would put to use stands in the village's register, and those who live on it are being asked."""

import pytest
from django.urls import reverse

from bermitra.deliberation.consent.actions import begin_consent
from bermitra.foundation.commands import clock
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from bermitra.partnership.actions import plan_assets, say_consent
from bermitra.partnership.models import Case
from bermitra.registry.models import VillageAsset
from bermitra.selection import actions
from bermitra.selection.models import Call
from bermitra.selection.queries.assets import asset_plan_facts
from tests.partnership.makers import LONG_AGO
from tests.people import FOREIGN, OURS
from tests.refusals import codes
from tests.selection.makers import OPENED, TICKS, a_call, an_offer, an_open_call
from tests.selection.test_pages import send, shown, signed_in

pytestmark = pytest.mark.django_db


def an_asset(name="Gudang desa", kind="building", village=OURS, **other):
    return VillageAsset.objects.create(
        village_id=village, name=name, kind=kind, quantity=1, unit="unit", recorded_at=LONG_AGO, recorded_by="system",
        **{"recorded": True, **other},
    )  # fmt: skip


def refused_by(people, call):
    with clock.at(OPENED):
        return codes(actions.open_call, by=people.by("kades"), call=Call.objects.get(pk=call.pk))


def named(people, case, *assets, permit=""):
    plan_assets(by=people.by("sekdes"), case=case, assets=assets, permit=permit)


def test_a_lease_names_its_asset_of_the_register_before_it_is_announced(people):
    call = a_call(people, forms=["sewa"], field="pelaksanaan_pembangunan")
    assert refused_by(people, call) == ("SL-08",)
    named(people, call.case, an_asset("Kios", recorded=False))
    assert refused_by(people, call) == ("SL-08",)
    named(people, call.case, an_asset())
    with clock.at(OPENED):
        assert actions.open_call(by=people.by("kades"), call=Call.objects.get()).state == "open"


def test_an_asset_that_was_taken_out_of_the_register_counts_no_more(people):
    call = a_call(people, forms=["sewa"], field="pelaksanaan_pembangunan")
    asset = an_asset()
    named(people, call.case, asset)
    assert asset_plan_facts(call.case).asset_in_inventory
    VillageAsset.objects.filter(pk=asset.pk).update(withdrawn_at=LONG_AGO)
    assert not asset_plan_facts(call.case).asset_in_inventory


def test_a_form_that_wants_the_regents_permit_says_how_it_is_asked_for(people):
    call = a_call(people, forms=["ksp"], field="pelaksanaan_pembangunan")
    named(people, call.case, an_asset())
    assert refused_by(people, call) == ("SL-08",)
    named(people, call.case, an_asset("Balai"), permit="Bupati lewat Camat, April 2026.")
    assert asset_plan_facts(Case.objects.get()).permit_planned


def test_land_of_the_village_asks_those_who_live_on_it_first(people):
    call = a_call(people, forms=["sewa"], field="pelaksanaan_pembangunan")
    named(people, call.case, an_asset("Tanah kas desa", "land"))
    assert refused_by(people, call) == ("SL-08",)
    begun(people, call.case)
    with clock.at(OPENED):
        assert actions.open_call(by=people.by("kades"), call=Call.objects.get()).state == "open"


def begun(people, case):
    with clock.at(OPENED):
        begin_consent(
            by=people.by("bpd"), village=case.village, about=case.code, title=case.title, group="Petani penggarap",
            language="jv", informed_on=clock.today(),
        )  # fmt: skip


def test_what_touches_residents_is_announced_only_once_they_are_being_asked(people):
    call = a_call(people)
    say_consent(by=people.by("sekdes"), case=call.case, touches=["adat"])
    assert refused_by(people, call) == ("SL-08",)
    begun(people, call.case)
    with clock.at(OPENED):
        assert actions.open_call(by=people.by("kades"), call=Call.objects.get()).state == "open"


def test_an_offer_that_touches_residents_waits_for_them_before_the_meeting_hears_of_it(people):
    case = an_offer(people)
    say_consent(by=people.by("sekdes"), case=case, touches=["land"])
    with pytest.raises(Refused) as refused:
        actions.accept_for_musyawarah(by=people.by("kades"), case=case, ticks=TICKS)
    assert "SL-08" in refused.value.codes
    begun(people, case)
    with pytest.raises(Refused) as refused:
        actions.accept_for_musyawarah(by=people.by("kades"), case=case, ticks=TICKS)
    assert "SL-08" not in refused.value.codes


def test_the_page_offers_the_register_and_the_room_shows_the_rule_unticked(people):
    call = a_call(people, forms=["sewa"], field="pelaksanaan_pembangunan")
    asset = an_asset("Gudang desa")
    client, code = signed_in(people, "sekdes"), call.case.code
    assert "SL-08" in shown(signed_in(people, "kades"), "selection.open_call", code)[1]
    assert "Gudang desa" in shown(client, "partnership.plan_assets", code)[1]
    assert send(client, "partnership.plan_assets", code, assets=asset.code, permit="").status_code == 302
    assert Case.objects.get().assets == [asset.code]
    page = client.get(reverse("page.case", args=[code])).content.decode()
    assert "Sebutkan aset desa yang dipakai dan izinnya" in page


def test_assets_of_another_village_are_none_of_ours_and_an_open_call_changes_no_more(people):
    call = an_open_call(people)
    with pytest.raises(ValueError, match="another village"):
        plan_assets(by=people.by("sekdes"), case=call.case, assets=[an_asset(village=FOREIGN)])
    with pytest.raises(NoSuchMove):
        plan_assets(by=people.by("sekdes"), case=call.case, assets=[an_asset()])
