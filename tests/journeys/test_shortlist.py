"""A village head reads why a partner fits, and why another offer does not; the partner reads the same from its side."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import By
from bermitra.matching.models import Shortlist, ShortlistRow
from bermitra.needs.models import Need, Offer
from bermitra.needs.offers import actions
from bermitra.registry.models import Partner
from bermitra.site.demo.cast import username_of
from tests.journeys.told import tell

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VILLAGE = "33.04.19.2001"


def test_a_village_head_reads_why_it_was_matched_and_why_not(django_assert_max_num_queries):
    memory = tell("pandanarum")
    listed, offer = memory.recall("L1"), memory.recall("O1")
    assert isinstance(listed, Shortlist) and isinstance(offer, Offer)
    assert (listed.state, listed.villages, listed.offers) == ("ready", 1, 1)
    head, dean = somebody("pd-kades"), somebody("ug-dekan")

    # Why: four needs of which three are served, two of them looked at by the BPD, and what the faculty seeks.
    page = head.get(f"/kerja/kecocokan/desa/{VILLAGE}/").content.decode()
    row = ShortlistRow.objects.get(side="village")
    assert offer.title in page
    assert f"Nilai {row.h / 1_000_000:.2f}".replace(".", ",") in page
    crops = Need.objects.get(sector="crops_plantation")
    assert f"/kerja/kebutuhan/{crops.code}/" in page
    assert "desa sangat membutuhkan (80 dari 100). Mitra berpengalaman (100 dari 100)." in page
    assert "Diperiksa" in page and "Kata mitra sendiri" in page
    assert {reason["need"] for reason in row.reasons if reason["kind"] == "sector"} == {
        each.code for each in Need.objects.exclude(sector="markets_logistics")
    }

    # Why not: an offer for something else, published later by the same faculty.
    other = another_offer(memory.recall("faperta"), "ug-dekan")
    with django_assert_max_num_queries(12):
        found = head.get(f"/kerja/kecocokan/mengapa/{VILLAGE}/{other.code}/")
    said = found.content.decode()
    assert "Belum cocok" in said
    assert "Belum ada satu bidang pun yang dibutuhkan desa dan dikerjakan mitra." in said
    assert "Mitra menambah kemampuan" in said
    assert "MT-02" in said
    assert other.code in head.get("/kerja/kecocokan/mengapa/").content.decode()

    # The same from the other side.
    theirs = dean.get(f"/kerja/kecocokan/tawaran/{offer.code}/").content.decode()
    assert ">Pandanarum<" in theirs
    assert "/kerja/kebutuhan/" not in theirs


def another_offer(partner: object, who: str) -> Offer:
    assert isinstance(partner, Partner)

    def by() -> By:
        person = Person.objects.get(username=username_of(who))
        return By(person=person, key=uuid4().hex, confirmed_at=timezone.now())

    offer = actions.record_offer(
        by=by(),
        partner=partner,
        title="Lampu jalan surya (contoh)",
        brings="Lampu dan pelatihan merawatnya.",
        forms=["pkm"],
        example=True,
    )
    actions.set_ability(by=by(), offer=offer, sector="energy", level=50, what="Dua desa sejak 2023.")
    actions.seek_return(by=by(), offer=offer, seeks=["research_site"], conditions="", gifts_to_persons=False)
    actions.place_offer(by=by(), offer=offer, everywhere=True, areas=[], places=2)
    actions.fund_offer(
        by=by(),
        offer=offer,
        budget_low=10_000_000,
        budget_high=90_000_000,
        term_months=12,
        valid_until=date(2028, 1, 31),
    )
    actions.aim_offer(by=by(), offer=offer, goals=[7, 13], vision="Terang yang dirawat warga.", risks=[])
    return Offer.objects.get(pk=actions.publish_offer(by=by(), offer=offer).pk)


def somebody(who: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username_of(who)))
    return client
