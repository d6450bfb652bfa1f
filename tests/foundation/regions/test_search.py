"""The look-up never guesses: what is there, what is elsewhere and what comes near come apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bermitra.foundation.regions.models import NameList, Region
from bermitra.foundation.regions.queries import children, counts, path, region, search, village, villages_in, with_paths
from bermitra.foundation.text import BadInput
from tests.foundation.regions.conftest import COUNTRY

pytestmark = pytest.mark.usefixtures("country")


def codes(hits) -> list[str]:
    return [each.region.code for each in hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("33.04.19.2001", ["33.04.19.2001"]),
        ("3304192001", ["33.04.19.2001"]),
        (" 33 04 19 ", ["33.04.19"]),
        ("51", ["51"]),
        ("Pandanarum", ["33.04.19", "33.04.19.2001", "33.26.15.2003"]),
        ("PANDANARUM ", ["33.04.19", "33.04.19.2001", "33.26.15.2003"]),
        ("Desa Pandan-arum", ["33.04.19.2001", "33.26.15.2003"]),
        ("Kec. Pandanarum", ["33.04.19"]),
        ("kelurahan kebumen", ["33.05.12.1024"]),
        ("Kabupaten Kebumen", ["33.05"]),
        ("Pandanarum, Banjarnegara", ["33.04.19", "33.04.19.2001"]),
        ("Pandanarum, Kec. Tirto, Kab. Pekalongan", ["33.26.15.2003"]),
        ("Pandanarum Tirto", ["33.26.15.2003"]),
        ("desa pandanarum kab pekalongan", ["33.26.15.2003"]),
        ("Bestala, Bali, Indonesia", ["51.08.02.2008"]),
        ("Kebumen", ["33.05", "33.05.12", "33.05.12.1024"]),
    ],
)
def test_what_is_there_is_found(typed, found):
    assert codes(search(typed).found) == found


@pytest.mark.parametrize("typed", ["Pandanarum, Kebumen", "Desa Pandanarum Kabupaten Kebumen", "pandanarum kebumen"])
def test_what_is_not_there_is_said_and_real_ones_are_offered(typed):
    hits = search(typed)
    assert hits.found == () and [each.code for each in hits.places] == ["33.05"]
    assert {"33.04.19.2001", "33.26.15.2003"} <= set(codes(hits.elsewhere))
    assert codes(hits.near) == ["33.05.14.2020", "33.05.05.2003"]
    assert [each.name for each in hits.near[0].path] == ["Jawa Tengah", "Kabupaten Kebumen", "Sruweng"]


def test_a_place_that_is_unknown_or_does_not_fit_is_named():
    assert search("Pandanarum, Kebumn").unknown == "Kebumn"
    assert codes(search("Pandanarum, Kebumn").near) == ["33.05", "33.05.12"]
    hits = search("Pandanarum, Tirto, Kebumen")
    assert (hits.found, hits.unknown) == ((), "Kebumen")
    assert "33.26.15.2003" in codes(hits.elsewhere)


def test_a_slip_is_offered_never_taken():
    hits = search("Pandanarun")
    assert hits.found == ()
    assert set(codes(hits.near)) == {"33.04.19", "33.04.19.2001", "33.26.15.2003"}
    assert codes(search("Pandanarun, Kebumen").near)[:2] == ["33.05.14.2020", "33.05.05.2003"]
    assert codes(search("negara").near) == ["33.04", "33.04.06", "33.04.06.1013"]
    assert not search("tidak ada nama begini")


def test_an_unknown_code_offers_what_lies_above():
    hits = search("33.04.19.2999")
    assert hits.found == () and codes(hits.near) == ["33.04.19"]


@pytest.mark.parametrize("typed", ["", " \u200b", "a\0b", "\ud800", "101012001", "3304190001", "x" * 500])
def test_damaged_and_impossible_input_is_refused(typed):
    with pytest.raises(BadInput):
        search(typed)


@pytest.mark.parametrize("typed", ["%", "_", "'; DROP TABLE", "!!", ",", "ꦱꦸꦏꦩꦗꦸ", "..."])
def test_odd_input_finds_nothing_and_breaks_nothing(typed):
    assert not search(typed)


def test_found_goes_on_behind_the_last_one():
    first = search("Pandanarum", limit=2)
    assert (codes(first.found), first.more) == (["33.04.19", "33.04.19.2001"], "33.04.19.2001")
    rest = search("Pandanarum", limit=2, after=first.more)
    assert (codes(rest.found), rest.more) == (["33.26.15.2003"], "")


@pytest.mark.parametrize(
    "typed", ["Pandanarum", "Pandanarum, Kebumen", "Pandanarum Kebumen", "pandanarun", "33.04.19.2001"]
)
def test_a_search_is_at_most_six_statements(typed):
    search(typed)
    with CaptureQueriesContext(connection) as asked:
        search(typed)
    assert len(asked) <= 6


def test_search_by_name_works_before_any_register_was_loaded():
    NameList.objects.all().delete()
    assert codes(search("Bestala").found) == ["51.08.02.2008"]


def test_one_area_its_path_and_what_lies_below():
    assert village("33.04.19.2001").name == "Pandanarum" and village("33.04.19") is None
    assert region("33.04").kind == "regency" and region("99") is None
    assert [each.code for each in path("33.04.19.2001")] == ["33", "33.04", "33.04.19"]
    assert [each.path for each in with_paths([region("33")])] == [()]
    provinces = children()
    assert [each.code for each in provinces.rows] == ["33", "51", "96"] and provinces.total == 3
    first = children(region("33.04.19"), limit=2)
    assert (first.total, first.more) == (3, "33.04.19.2002")
    assert [each.code for each in children(region("33.04.19"), after=first.more, limit=2).rows] == ["33.04.19.2003"]


def test_lists_of_villages_read_in_pages_without_counting():
    seen, after = [], ""
    while True:
        page = villages_in(after=after, limit=4)
        seen += [each.code for each in page.rows]
        if not (after := page.more):
            break
    assert seen == [code for code in sorted(COUNTRY) if len(code) == 13]
    assert page.total == len(seen) == counts()["villages"]
    assert villages_in(region("33.05")).total == Region.objects.filter(code__startswith="33.05.", level=4).count() == 3
