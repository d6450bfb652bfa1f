"""The watch-list finds names by form, order, spelling and former name; a reviewed "not" is remembered while names stay."""

from datetime import date
from io import BytesIO
from time import perf_counter
from uuid import uuid4

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.messages.models import Notice
from bermitra.registry import actions
from bermitra.registry.models import Listing, MatchReview, Partner
from bermitra.registry.queries.matches import matches_of, partners_like
from bermitra.registry.queries.partners import bearing_a_listed_name
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.queries.verifications import current_verification
from tests.people import place
from tests.registry.makers import a_partner, a_taken_file, a_verified_partner, concluded, looked_at
from tests.registry.test_actions import listed
from tests.registry.test_pages import confirm, signed_in, words

pytestmark = pytest.mark.django_db


def found(partner) -> list[tuple[bool | None, bool]]:
    partner.refresh_from_db()
    return [(each.same, each.same_form) for each in matches_of([partner], clock.today())[partner.pk]]


@pytest.mark.parametrize(
    ("name", "same_form"),
    [
        ("PT TIRTA SERAYU LESTARI Tbk", True),
        ("Lestari Serayu Tirta, PT", True),  # words in another order
        ("PT Tirta Serayu Lestri", True),  # a slip
        ("P.T. Tirtaserayu Lestari", True),  # words written together
        ("CV Tirta Serayu Lestari", False),  # another form: still a candidate, and shown as such
        ("Yayasan Tirta Serayu Lestari", False),
    ],
)
def test_a_listed_name_is_found_in_any_writing(people, name, same_form):
    partner = a_partner(people)
    listed(people, name)
    assert found(partner) == [(None, same_form)]
    assert standing_of(partner).open_matches == 1


@pytest.mark.parametrize("name", ["PT Tirta Kencana", "CV Serayu", "PT Lestari Abadi Jaya", "PT Bumi Serayu Makmur"])
def test_other_names_are_left_alone(people, name):
    partner = a_partner(people)
    listed(people, name)
    assert found(partner) == []


def test_a_reviewed_non_match_is_remembered_until_the_partner_has_another_name(people):
    partner = a_partner(people)
    listing = listed(people)
    verification = looked_at(people, a_taken_file(people, partner))
    actions.review_match(
        by=people.by("lksd"), verification=verification, listing=listing, same=False, reason="Akta lain."
    )
    assert found(partner) == [(False, True)]
    actions.update_partner(
        by=people.by("direktur"),
        partner=partner,
        reason="Akta 4/2026",
        changes={"name": "PT Tirta Serayu Lestari Jaya"},
    )
    assert found(partner) == [(None, True)]
    assert standing_of(partner).open_matches == 1


def test_another_name_does_not_shake_off_a_match_that_was_found_true(people):
    partner = a_partner(people)
    listing = listed(people)
    verification = looked_at(people, a_taken_file(people, partner))
    actions.review_match(
        by=people.by("lksd"), verification=verification, listing=listing, same=True, reason="Akta sama."
    )
    actions.update_partner(
        by=people.by("direktur"), partner=partner, reason="Akta 4/2026", changes={"name": "CV Cahaya Mandiri"}
    )
    assert found(partner) == [(True, False)]
    assert standing_of(partner).confirmed_matches == 1


def test_a_new_listing_is_looked_at_again_though_an_older_one_was_declined(people):
    partner = a_partner(people)
    verification = looked_at(people, a_taken_file(people, partner))
    actions.review_match(
        by=people.by("lksd"), verification=verification, listing=listed(people), same=False, reason="Akta lain."
    )
    assert concluded(people, verification).verdict == "verified"
    listed(people, "PT Tirta Serayu Lestari")
    assert standing_of(partner).open_matches == 1
    actions.review_match(  # by the same examiner, without opening the file again
        by=people.by("lksd"),
        verification=verification,
        listing=Listing.objects.latest("pk"),
        same=False,
        reason="Akta lain.",
    )
    assert not standing_of(partner).listed


def test_whoever_looks_after_a_partner_is_told_of_a_new_listing_like_it(people):
    partner = a_verified_partner(people)
    Notice.objects.all().delete()
    listed(people, "Lestari Serayu Tirta PT")
    notice = Notice.objects.get()
    assert (notice.role, notice.region_id, notice.url_code) == ("dpmd_officer", "33.04", partner.code)
    duty = Duty.objects.get(door="registry.review_match", closed_at=None)
    assert duty.person == people.lksd.code
    listed(people, "PT Lain Sama Sekali")
    assert Notice.objects.count() == 1


def test_a_listing_that_names_one_partner_is_looked_at_for_another_of_a_like_name(people):
    named = a_partner(people)
    other = a_verified_partner(people, name="CV Tirta Serayu Lestri", prefix="lain.")
    Notice.objects.all().delete()
    listing = listed(people, named.name, partner=named)
    assert (found(named), found(other)) == ([(True, True)], [(None, False)])
    assert set(Notice.objects.values_list("url_code", flat=True)) == {named.code, other.code}
    assert Duty.objects.filter(door="registry.review_match", closed_at=None, person=people.lksd.code).exists()
    actions.review_match(
        by=people.by("lksd"), verification=current_verification(other), listing=listing, same=False, reason="Akta lain."
    )
    assert (found(named), found(other)) == ([(True, True)], [(False, False)])


def test_the_list_finds_a_namesake_of_a_partner_that_a_listing_names(people):
    named = a_partner(people)
    namesake = a_partner(people, name="Tirta Serayu Lestari, P.T.", prefix="lain.")
    listed(people, named.name, partner=named)
    bearing = Partner.objects.filter(bearing_a_listed_name(clock.today()))
    assert set(bearing) == {named, namesake}


def bears(partner: Partner) -> bool:
    return Partner.objects.filter(bearing_a_listed_name(clock.today()), pk=partner.pk).exists()


def test_a_namesake_that_was_found_to_be_another_leaves_the_list_until_it_has_another_name_or_a_new_listing(people):
    named = a_partner(people)
    namesake = a_partner(people, name="Tirta Serayu Lestari, P.T.", prefix="lain.")
    verification = looked_at(people, a_taken_file(people, namesake, prefix="lain."))
    listing = listed(people, named.name, partner=named)
    review = {"verification": verification, "same": False, "reason": "Akta lain."}
    actions.review_match(by=people.by("lksd"), listing=listing, **review)
    assert (bears(named), bears(namesake)) == (True, False)
    again = listed(people, "PT Tirta Serayu Lestari")
    assert bears(namesake)
    actions.review_match(by=people.by("lksd"), listing=again, **review)
    assert not bears(namesake)
    for name, shown in (("PT Cahaya Mandiri", False), ("PT. TIRTA SERAYU LESTARI", True)):
        actions.update_partner(
            by=people.by("lain.direktur"), partner=namesake, reason="Akta 4/2026", changes={"name": name}
        )
        namesake.refresh_from_db()
        assert bears(namesake) is shown, name


def test_the_newest_answer_counts_in_the_list(people):
    partner = a_partner(people)
    listing = listed(people)
    for same in (False, True, False):
        MatchReview.objects.create(
            listing=listing, partner=partner, same=same, reason="Akta.", reviewed_at=clock.now(), reviewed_by="A"
        )
        assert bears(partner) is same is found(partner)[0][0], same


def test_ten_thousand_partners_and_two_thousand_listings_are_held_against_one_another_quickly(people):
    region, now = place("33.04"), clock.now()
    words_of = (
        "Tirta",
        "Bumi",
        "Cahaya",
        "Surya",
        "Mega",
        "Karya",
        "Abadi",
        "Sentosa",
        "Makmur",
        "Lestari",
        "Prima",
        "Utama",
    )

    def name(n: int) -> str:
        return f"PT {words_of[n % 12]} {words_of[n // 12 % 12]} {words_of[n // 144 % 12]} {chr(97 + n % 26)}{n}"

    Partner.objects.bulk_create(
        Partner(
            code=f"Z{n:09d}",
            kind="company",
            name=name(n),
            legal_name_key=f"pt:{n}",
            registered_in=region,
            registered_at=now,
        )
        for n in range(10_000)
    )
    Listing.objects.bulk_create(
        Listing(code=f"Y{n:09d}", name=name(n * 37 + 9_000), legal_name_key=f"pt:{n}", region=region, source="s", basis="b",
                since=date(2026, 1, 1), listed_at=now)
        for n in range(2_000)
    )  # fmt: skip
    page = list(Partner.objects.order_by("pk")[:50])
    matches_of(page[:1], clock.today())
    began = perf_counter()
    matches_of(page, clock.today())
    once = perf_counter()
    matches_of(page, clock.today())
    again = perf_counter()
    assert (once - began, again - once) < (1.0, 0.1), (once - began, again - once)
    partners_like({1: "PT Tirta"})
    began = perf_counter()
    assert partners_like({1: name(4321)})[1]
    assert perf_counter() - began < 0.2
    names_of_listings = dict(Listing.objects.values_list("pk", "name"))
    first = partners_like(names_of_listings)  # as the page does before the act
    began = perf_counter()
    assert partners_like(names_of_listings) == first
    assert perf_counter() - began < 0.2


# A table of them ----------------------------------------------------------------------------------------------------------

HEAD = ["Nama", "Sumber", "Dasar", "Sejak", "Sampai"]


def a_table(*rows: list[str]) -> SimpleUploadedFile:
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEAD, *rows]):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("daftar.xlsx", held.getvalue())


def loaded(client, *rows: list[str]):
    return client.post(reverse("registry.import_listings"), {"_key": uuid4().hex, "table": a_table(*rows)})


@pytest.fixture
def dinas(people):
    client = signed_in(people.dinas)
    confirm(client, reverse("registry.import_listings"))
    return client


def test_a_table_is_loaded_whole_and_once(people, dinas):
    partner = a_partner(people)
    rows = [["PT Tirta Serayu Lestari", "Daftar hitam", "12/2026", "15/01/2026", ""],
            ["CV Contoh", "Daftar hitam", "13/2026", "15 Januari 2026", "15/01/2028"]]  # fmt: skip
    assert loaded(dinas, *rows)["Location"] == reverse("page.listings")
    assert Listing.objects.count() == 2
    assert standing_of(partner).open_matches == 1
    assert Notice.objects.filter(role="dpmd_officer", url_code=partner.code).exists()
    loaded(dinas, *rows)
    assert Listing.objects.count() == 2


def test_one_bad_row_keeps_all_rows_out_and_says_what_to_mend(people, dinas):
    page = loaded(
        dinas,
        ["PT Baik", "Daftar hitam", "12/2026", "15/01/2026", ""],
        ["", "Daftar hitam", "13/2026", "31/11/2026", ""],
        ["CV Terbalik", "Daftar hitam", "14/2026", "15/01/2026", "15/01/2025"],
    )
    assert page.status_code == 422
    said = words(page)
    assert "nama: Isian ini belum diisi." in said
    assert "sejak:" in said
    assert "sampai: Tanggal akhir mendahului tanggal mulai." in said
    assert not Listing.objects.exists()


def test_only_the_regencys_officers_load_lists(people):
    assert signed_in(people.kades).get(reverse("registry.import_listings")).status_code == 403
    with pytest.raises(NotAllowed):
        actions.import_listings(by=people.by("lksd"), region=place("33.04"), rows=[])


def test_the_empty_form_has_the_columns(people):
    page = signed_in(people.dinas).get(reverse("page.listings_table"))
    assert b"".join(page.streaming_content)[:2] == b"PK"
