"""What partners type about places, money and numbers."""

from datetime import date

import pytest

from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput
from bermitra.needs.offers.forms import AimForm, FundForm, PlaceForm, ReturnForm, parse_areas

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Banjarnegara", ["33.04"]),
        ("Kabupaten Banjarnegara, Bali", ["33.04", "51"]),
        ("kab. banjarnegara", ["33.04"]),
        ("33.04; 51", ["33.04", "51"]),
        ("Jawa Tengah\nProvinsi Bali\nJawa Tengah", ["33", "51"]),
    ],
)
def test_areas_are_named_or_coded(people, typed, found):
    assert [each.pk for each in parse_areas(typed)] == found


@pytest.mark.parametrize(
    ("typed", "code"), [("Atlantis", "area.unknown"), ("33.04.19", "area.level"), ("99.99", "code.unknown")]
)
def test_what_is_no_area_is_refused_by_its_value(people, typed, code):
    with pytest.raises(BadInput) as refused:
        parse_areas(typed)
    assert refused.value.code == code


def test_a_name_of_two_areas_asks_which(people):
    Region.objects.create(
        code="51.71", level=2, kind="city", name="Kota Banjarnegara", name_key="banjarnegara", parent_id="51"
    )
    with pytest.raises(BadInput) as refused:
        parse_areas("Banjarnegara")
    assert refused.value.code == "area.twice"
    assert [each.pk for each in parse_areas("Kota Banjarnegara")] == ["51.71"]


def test_somewhere_needs_a_place_and_everywhere_none(people):
    assert "areas" in PlaceForm({"reach": "sebagian", "areas": "", "places": "3"}).errors
    whole = PlaceForm({"reach": "semua", "areas": "", "places": "1.200"})
    assert whole.is_valid(), whole.errors
    assert whole.given() == {"everywhere": True, "areas": [], "places": 1200}
    for wrong in ("0", "-1", "tiga", "1,5", "99999999"):
        assert "places" in PlaceForm({"reach": "semua", "places": wrong}).errors, wrong


def test_a_budget_runs_from_its_smaller_end(people):
    given = {
        "budget_low": "200 juta",
        "budget_high": "50 juta",
        "term_months": "24",
        "valid_until": f"1 Mei {date.today().year + 1}",
    }
    assert "budget_high" in FundForm(given).errors
    assert FundForm({**given, "budget_low": "50 juta"}).is_valid()


def test_the_question_of_gifts_is_answered_by_yes_or_no(people):
    given = {"seeks": ["social_licence"], "conditions": ""}
    assert "gifts_to_persons" in ReturnForm(given).errors
    for said, means in (("ya", True), ("tidak", False)):
        form = ReturnForm({**given, "gifts_to_persons": said})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["gifts_to_persons"] is means


def test_goals_are_numbers_of_the_eighteen(people):
    form = AimForm({"goals": ["6", "3"], "vision": "", "risks": []})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["goals"] == [6, 3]
    assert "goals" in AimForm({"goals": ["19"], "vision": ""}).errors
    assert "goals" in AimForm({"goals": []}).errors
