"""Pages of one partner or one village, among many partners: no statement goes through the whole register of partners."""

import pytest
from django.db import connection
from django.test import Client

from bermitra.foundation.text import legal_name_key
from bermitra.registry import actions
from bermitra.registry.models import Partner
from tests.people import OURS
from tests.plans import noted, read_whole
from tests.registry.makers import a_verified_partner
from tests.registry.test_pages import signed_in

pytestmark = pytest.mark.django_db
MANY = 4_000  # enough for PostgreSQL to find an index worth its while


def many() -> None:
    names = [f"PT Contoh Nomor {number}" for number in range(MANY)]
    Partner.objects.bulk_create(
        Partner(
            kind="company", name=name, legal_name_key=legal_name_key(name), registered_in_id="33.04",
            registered_at="2026-01-01T00:00Z", registered_by="system",
        )
        for name in names
    )  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE registry_partner")


@pytest.mark.parametrize("merged", [False, True], ids=["alone", "merged"])
def test_no_page_of_a_partner_or_a_village_reads_the_whole_register(people, merged):
    partner = a_verified_partner(people)
    if merged:
        other = a_verified_partner(people, name="Tirta Serayu Lestari, P.T.", prefix="lain.")
        actions.merge_duplicates(by=people.by("dinas"), kept=partner, merged=other, reason="NIB sama.")
    many()
    file = f"/kerja/mitra/{partner.code}/"
    wanted = {
        "mitra": [file, f"{file}riwayat/"], "sekdes": [file, f"/kerja/desa/{OURS}/"], "lksd": [file], "dinas": [file],
    }  # fmt: skip
    pages = [(Client(), f"/mitra/{partner.code}/"), (Client(), f"/desa/{OURS}/")]
    for who, addresses in wanted.items():
        client = signed_in(people.held[who])
        pages += [(client, address) for address in addresses]
    for client, address in pages:
        client.get(address)  # names that are kept in memory are read now
        with noted() as statements:
            assert client.get(address).status_code == 200
        assert statements
        whole = {each[0]: steps for each in statements if (steps := read_whole(each, "registry_partner"))}
        assert not whole, (address, whole)


def test_a_statement_that_goes_through_the_register_is_noticed(people):
    many()
    with noted() as statements:
        assert Partner.objects.filter(address="Jalan Serayu 12").count() == 0
        assert not Partner.objects.filter(code="AAAAAAAAAA").exists()
    assert [bool(read_whole(each, "registry_partner")) for each in statements] == [True, False]
