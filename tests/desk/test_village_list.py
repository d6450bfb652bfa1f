"""The villages of an officer's place: narrowed, sorted, handed over, and nobody else's."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from bermitra.desk.villages import Asked, found
from bermitra.foundation.regions.models import VillageIndex
from tests.partnership.makers import a_case
from tests.people import FOREIGN, NEIGHBOUR, OURS, place
from tests.registry.makers import a_village_profile
from tests.registry.test_pages import signed_in, words

pytestmark = pytest.mark.django_db
LIST = reverse("page.village_list")
WARD = "33.04.06.1013"


@pytest.fixture
def indexed(people):
    for code, idm, status in ((OURS, 6586, "Berkembang"), (NEIGHBOUR, 7300, "Maju")):
        VillageIndex.objects.create(
            village=place(code), year=2024, iks=idm, ike=idm, ikl=idm, idm=idm, status_published=status, published_code=code,
            how_matched="code_and_name",
        )  # fmt: skip
    return people


def codes(place_code: str, **asked) -> list[str]:
    return list(found(place_code, Asked(**asked)).values_list("pk", flat=True))


def test_the_regency_sees_its_own_villages_and_a_ward_leads_to_why(indexed):
    page = words(signed_in(indexed.dinas).get(LIST))
    assert "3 desa dan kelurahan" in page
    assert reverse("page.village_file", args=[OURS]) in page
    assert f'href="{reverse("page.village", args=[WARD])}"' in page
    assert "Bestala" not in page
    camat = words(signed_in(indexed.camat).get(LIST))
    assert "2 desa dan kelurahan" in camat
    assert "Kutabanjarnegara" not in camat


def test_who_serves_one_village_goes_to_its_file(people):
    for who in ("sekdes", "operator", "kades"):
        answer = signed_in(people.held[who]).get(LIST)
        assert answer["Location"] == reverse("page.village_file", args=[OURS])
    assert signed_in(people.warga).get(LIST).status_code == 403


def test_what_the_address_asks_narrows_and_sorts(indexed):
    a_case(indexed)
    assert codes("33.04", status="Maju") == [NEIGHBOUR]
    assert codes("33.04", partnership="ya") == [OURS]
    assert OURS not in codes("33.04", partnership="tidak")
    assert codes("33.04", regulation="ya") == []
    assert codes("33.04", district="33.04.06") == [WARD]
    assert codes("33.04", order="indeks")[:2] == [NEIGHBOUR, OURS]
    assert codes("33.04", order="kode") == [WARD, OURS, NEIGHBOUR]
    assert set(codes("")) == {OURS, NEIGHBOUR, WARD, FOREIGN}
    page = words(signed_in(indexed.dinas).get(f"{LIST}?status=Maju&urut=indeks"))
    assert "1 desa dan kelurahan" in page
    assert "0,7300" in page


def test_a_value_that_is_no_choice_narrows_nothing(indexed):
    assert "3 desa dan kelurahan" in words(signed_in(indexed.dinas).get(f"{LIST}?status=Hebat&mulai=x"))


def test_the_list_is_handed_over_as_it_is_narrowed(indexed):
    a_village_profile(indexed)
    answer = signed_in(indexed.dinas).get(f"{LIST}?status=Berkembang&bentuk=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head[:3] == ["Kode", "Desa", "Jenis"]
    assert [row[0] for row in rows] == [OURS]
    assert rows[0][8] == "Ada"  # somebody in charge


def test_the_list_asks_the_database_little(indexed):
    client = signed_in(indexed.dinas)
    with CaptureQueriesContext(connection) as said:
        assert client.get(LIST).status_code == 200
    assert len(said) <= 12, [each["sql"][:80] for each in said]
