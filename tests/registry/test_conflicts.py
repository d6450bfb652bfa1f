"""What a partner shares with officials of a village is found, explained by the partner, and looked at by others."""

from datetime import date

import pytest
from django.urls import reverse

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.rules import Refused
from bermitra.registry import actions
from bermitra.registry.models import ConflictReview
from bermitra.registry.overlaps import Overlap, Shared, Who, joined, overlaps, person_key, person_words, phones_in
from bermitra.registry.queries.bodies import owners_of
from bermitra.registry.queries.conflicts import (
    Tied,
    declares_interest,
    examiner_facts,
    found_between,
    found_in,
    overlap_facts_of,
    tied_to,
)
from tests.people import FOREIGN, OURS, place
from tests.registry.makers import a_full_file, a_partner, a_taken_file, concluded, looked_at
from tests.registry.test_pages import at, send, signed_in, words

pytestmark = pytest.mark.django_db


# Finding, without a database --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sutrisno Hadi", "Drs. H. Hadi Sutrisno, M.Si."),
        ("Ni Luh Ariyani", "NI LUH ARIYANI, S.E."),
        ("Ma'ruf Amin", "Maruf Amin"),
    ],
)
def test_a_name_is_the_same_whatever_its_titles_and_order(one, other):
    assert person_words(one) == person_words(other)


def test_a_person_of_titles_only_keeps_them():
    assert person_words("Haji") == ("haji",)


@pytest.mark.parametrize(
    ("own", "theirs", "near"),
    [
        ("Sutrisno Hadi", "Sutrisno Hadi", [False]),
        ("Sutrisno Hadi", "Soetrisno Hadi", [True]),
        ("Karsono", "Karsini", []),
        ("Paijo", "Paijo", [False]),
        ("Paijo", "Paija", []),  # too short to be near
        ("Sutrisno Hadi", "Wulan Pratiwi", []),
    ],
)
def test_equal_names_are_found_and_near_ones_are_said_to_be_near(own, theirs, near):
    found = overlaps([Who(own, "Kepala Desa", "A")], [Who(theirs, "Direktur")], 85)
    assert [each.near for each in found] == near


def test_one_telephone_on_both_sides_is_found_however_it_is_written():
    assert phones_in("Telp. 0812-3456-7890, kantor@contoh.id, 53482") == {"+6281234567890"}
    official = Who("Tri Wahyuni", "Kaur Keuangan", "A", phone="+6281234567890")
    body = Who("PT Tirta", "Telepon lembaga", "P", phone="+6281234567890", body=True)
    assert [each.kind for each in overlaps([official], [body], 85)] == [Shared.PHONE]


def test_the_name_of_a_body_is_nobodys_name():
    village = Who("Sutrisno", "Rekening kas desa", OURS, body=True)
    assert overlaps([village], [Who("Sutrisno", "Direktur")], 85) == ()


def test_one_account_on_both_sides_is_found_by_codes_alone():
    found = overlaps(
        [Who("Pandanarum", "Rekening", OURS, body=True)], [Who("PT X", "Lembaga", "P", body=True)], 85, {(OURS, "P")}
    )
    assert [each.kind for each in found] == [Shared.ACCOUNT]


def test_somebody_with_two_parts_on_one_side_is_one():
    side = joined(
        [Who("Sri Hartati", "Pengurus"), Who("Sri Hartati", "Penanda tangan", "C"), Who("Sri Hartati", "Wakil", "D")]
    )
    assert [(each.code, each.as_what) for each in side] == [("C", "Pengurus, Penanda tangan"), ("D", "Wakil")]


def test_what_was_said_of_other_data_is_not_taken_over():
    official, theirs = Who("Sutrisno Hadi", "Kepala Desa", "A"), Who("Sutrisno Hadi", "Direktur")
    same = Overlap(Shared.PERSON, official, Who("SUTRISNO HADI", "Pemilik"))
    other = Overlap(Shared.PERSON, official, Who("Sutrisna Hadi", "Direktur"), near=True)
    assert Overlap(Shared.PERSON, official, theirs).said == same.said != other.said


# With it ------------------------------------------------------------------------------------------------------------------


def shares(people, partner, name: str = "Sutrisno Hadi", capacity: str = "officer"):
    """The partner declares somebody whose name an official bears; what is found of it."""
    owner = {"name": name, "capacity": capacity, "political_tie": "tidak ada"}
    actions.declare_owners(by=people.by("mitra"), partner=partner, owners=[owner])
    return found_between(partner, OURS, clock.today())


def explained(people, partner, item, text: str = "Direktur kami memang Kepala Desa, dan tidak ikut menilai."):
    return actions.explain_conflict(
        by=people.by("mitra"), partner=partner, village=place(OURS), item=item.key, text=text
    )


def reviewed(people, partner, item, who: str = "lksd", acceptable: bool = True, tie: bool = True):
    return actions.review_conflict(
        by=people.by(who), partner=partner, village=place(OURS), item=item.key, acceptable=acceptable, tie=tie,
        reason="Sudah dibandingkan dengan data warga.",
    )  # fmt: skip


def test_a_director_who_is_village_head_is_found_without_being_typed(people):
    partner = a_partner(people)
    assert found_between(partner, OURS, clock.today()) == ()
    (item,) = shares(people, partner)
    assert (item.overlap.kind, item.overlap.near, item.overlap.official.name) == (Shared.PERSON, False, "Sutrisno Hadi")
    assert item.overlap.theirs.as_what == "Pengurus atau pimpinan"
    assert not shares(people, partner, name="Bagus Wibowo")  # the newest declaration counts


def test_for_a_meeting_a_partner_is_its_own_people_and_the_officials_who_share_with_it(people):
    people.bendahara.phone = "+6281234567890"
    people.bendahara.save()
    partner = a_partner(people)
    partner.contact = "Telp. 0812 3456 7890"
    partner.save()
    shares(people, partner, name="Drs. H. Hadi Sutrisno, M.Si.")
    tied = tied_to(partner.code, OURS, clock.today())
    assert tied.own == {"agus prasetyo", "hartati sri", "hadi sutrisno"}
    assert tied.sharing == {"hadi sutrisno", person_key("Tri Wahyuni")}
    assert tied_to(partner.code, FOREIGN, clock.today()).sharing == frozenset()
    assert tied_to("ABCDEFGHJK", OURS, clock.today()) == Tied()


def test_for_a_meeting_a_real_tie_stays_one_when_it_is_acceptable_and_a_mistake_is_none(people):
    partner = a_partner(people)
    (item,) = shares(people, partner)
    explained(people, partner, item)
    reviewed(people, partner, item)
    assert tied_to(partner.code, OURS, clock.today()).sharing == {person_key("Sutrisno Hadi")}
    reviewed(people, partner, item, tie=False)
    assert tied_to(partner.code, OURS, clock.today()).sharing == frozenset()


def test_the_ties_of_a_partner_are_read_in_few_statements(people, django_assert_max_num_queries):
    partner = a_partner(people)
    shares(people, partner)
    with django_assert_max_num_queries(9):
        tied_to(partner.code, OURS, clock.today())


def test_an_office_that_ended_is_no_longer_held_against_the_partner(people):
    partner = a_partner(people)
    assert shares(people, partner)
    assert not found_between(partner, OURS, date(2030, 1, 1))


def test_a_telephone_of_the_treasurer_on_the_partners_letterhead_is_found(people):
    people.bendahara.phone = "+6281234567890"
    people.bendahara.save()
    partner = a_partner(people)
    partner.contact = "Telp. 0812 3456 7890"
    partner.save()
    (item,) = found_between(partner, OURS, clock.today())
    assert (item.overlap.kind, item.overlap.official.name) == (Shared.PHONE, "Tri Wahyuni")


def test_a_tie_that_nobody_explained_keeps_the_file_open(people):
    partner = a_partner(people)
    verification = looked_at(people, a_taken_file(people, partner))
    (item,) = shares(people, partner)
    with pytest.raises(Refused) as refusal:
        concluded(people, verification)
    assert refusal.value.codes == ("RG-15",)
    explained(people, partner, item)
    with pytest.raises(Refused):
        concluded(people, verification)
    reviewed(people, partner, item, who="dinas")
    assert concluded(people, verification).verdict == "verified_with_conditions"  # a declared interest is a condition
    assert declares_interest(partner, clock.today())
    assert not declares_interest(partner, date(2030, 1, 1))


def test_another_person_of_this_name_is_no_interest(people):
    partner = a_partner(people)
    verification = looked_at(people, a_taken_file(people, partner))
    (item,) = shares(people, partner)
    explained(people, partner, item, "Orang lain: direktur kami lahir di Solo.")
    reviewed(people, partner, item, tie=False)
    assert concluded(people, verification).verdict == "verified"


def test_a_tie_that_is_not_acceptable_stops_until_it_is_explained_better(people):
    partner = a_partner(people)
    (item,) = shares(people, partner)
    reviewed(people, partner, item, acceptable=False)  # nobody waits for a partner that says nothing
    facts = overlap_facts_of([partner], OURS, clock.today())
    assert (facts.shared_items, facts.explained_items, facts.hidden_ownership) == (1, 0, True)
    explained(people, partner, item)
    assert found_between(partner, OURS, clock.today())[0].waits
    reviewed(people, partner, item)
    assert overlap_facts_of([partner], OURS, clock.today()).explained_items == 1


def test_what_nobody_explained_is_not_accepted(people):
    partner = a_partner(people)
    (item,) = shares(people, partner)
    with pytest.raises(NoSuchMove):
        reviewed(people, partner, item)
    assert not ConflictReview.objects.exists()


def test_whoever_is_part_of_it_does_not_look_at_it(people):
    partner = a_partner(people)
    (item,) = shares(people, partner, name="Endah Lestari")  # the cooperation unit itself
    explained(people, partner, item)
    assert Duty.objects.get(closed_at=None, door="registry.review_conflict").role == "dpmd_officer"
    with pytest.raises(Refused) as refusal:
        reviewed(people, partner, item, who="lksd")
    assert refusal.value.codes == ("RG-22",)
    reviewed(people, partner, item, who="dinas")
    assert not Duty.objects.filter(closed_at=None, door="registry.review_conflict").exists()


@pytest.mark.parametrize("who", ["mitra", "kades", "sekdes", "kades.asing", "dinas.asing"])
def test_others_do_not_look_at_it(people, who):
    partner = a_partner(people)
    (item,) = shares(people, partner)
    explained(people, partner, item)
    with pytest.raises(NotAllowed):
        reviewed(people, partner, item, who=who)


def test_the_journal_holds_no_name(people):
    partner = a_partner(people)
    (item,) = shares(people, partner)
    explained(people, partner, item)
    assert "Sutrisno" not in " ".join(Event.objects.values_list("body", flat=True))


def test_an_examiner_with_a_tie_does_not_take_the_file(people):
    partner = a_partner(people)
    verification = a_full_file(people, partner)
    shares(people, partner, name="Endah Lestari")
    actions.submit_verification(by=people.by("mitra"), verification=verification)
    with pytest.raises(Refused) as refusal:
        actions.take_verification(by=people.by("lksd"), verification=verification)
    assert refusal.value.codes == ("RG-22",)
    actions.take_verification(by=people.by("dinas"), verification=verification)


@pytest.mark.parametrize("how", ["owner", "telephone"])
def test_a_partner_shuts_no_examiner_out_by_naming_one_after_its_file_was_sent(people, how):
    people.lksd.phone = "+6281234567890"
    people.lksd.save()
    partner = a_partner(people)
    verification = a_full_file(people, partner)
    actions.submit_verification(by=people.by("mitra"), verification=verification)
    if how == "owner":
        shares(people, partner, name="Endah Lestari")
    else:
        for contact in ("Telp. 0812 3456 7890", "0812-3456-7890, kantor@mitra.example.org"):
            actions.update_partner(by=people.by("mitra"), partner=partner, changes={"contact": contact})
    actions.take_verification(by=people.by("lksd"), verification=verification)
    assert verification.reviewer == people.lksd.code


def test_taking_a_telephone_back_after_the_file_was_sent_unties_nobody(people):
    people.lksd.phone = "+6281234567890"
    people.lksd.save()
    partner = a_partner(people)
    actions.update_partner(by=people.by("mitra"), partner=partner, changes={"contact": "Telp. 0812 3456 7890"})
    verification = a_full_file(people, partner)
    actions.submit_verification(by=people.by("mitra"), verification=verification)
    actions.update_partner(by=people.by("mitra"), partner=partner, changes={"contact": "kantor@mitra.example.org"})
    with pytest.raises(Refused) as refusal:
        actions.take_verification(by=people.by("lksd"), verification=verification)
    assert refusal.value.codes == ("RG-22",)


def test_naming_the_unit_after_an_explanation_keeps_it_from_no_look(people):
    partner = a_partner(people)
    (item,) = shares(people, partner)
    explained(people, partner, item)
    owners = [
        {"name": name, "capacity": "officer", "political_tie": "tidak ada"}
        for name in ("Sutrisno Hadi", "Endah Lestari")
    ]
    actions.declare_owners(by=people.by("mitra"), partner=partner, owners=owners)
    explained(people, partner, item)
    assert reviewed(people, partner, item).acceptable


def test_pairs_cost_a_fixed_number_of_statements(people, django_assert_max_num_queries):
    partners = [a_partner(people, name=f"CV Nomor {n}", prefix=f"n{n}.") for n in range(6)]
    with django_assert_max_num_queries(10):
        found_in([(each.pk, village) for each in partners for village in (OURS, FOREIGN)], clock.today())


# Pages --------------------------------------------------------------------------------------------------------------------


def test_both_sides_see_it_and_the_partner_learns_no_more_than_the_office(people):
    partner = a_partner(people)
    (item,) = shares(people, partner, name="Soetrisno Hadi")
    ours = words(signed_in(people.mitra).get(reverse("page.conflicts")))
    assert "Soetrisno Hadi" in ours
    assert "Sutrisno Hadi" not in ours
    assert "Kepala Desa" in ours
    theirs = words(signed_in(people.lksd).get(reverse("page.conflicts")))
    assert "Sutrisno Hadi" in theirs
    assert "mungkin orang yang sama" in theirs
    assert "Tidak ada yang sama" in words(signed_in(people.kades_asing).get(reverse("page.conflicts")))
    assert signed_in(people.kades_asing).get(at("registry.explain_conflict", item.key)).status_code == 403


def test_explained_and_looked_at_through_the_pages(people):
    partner = a_partner(people)
    (item,) = shares(people, partner)
    ours = signed_in(people.mitra)
    assert send(ours, at("registry.explain_conflict", item.key), text="").status_code == 422
    page = send(ours, at("registry.explain_conflict", item.key), text="Direktur kami memang Kepala Desa.")
    assert page["Location"] == reverse("page.conflicts")
    unit = signed_in(people.lksd)
    assert "Direktur kami memang Kepala Desa." in words(unit.get(at("registry.review_conflict", item.key)))
    page = send(unit, at("registry.review_conflict", item.key), finding="tie", reason="Tidak ikut menilai.")
    assert page["Location"] == reverse("page.conflicts")
    assert "Dijelaskan dan diterima" in words(ours.get(reverse("page.conflicts")))
    assert unit.get(at("registry.review_conflict", "000000000000")).status_code == 404


# What was refused does not go away by saying something else ----------------------------------------------------------------


def facts_of(*partners):
    facts = overlap_facts_of(partners, OURS, clock.today())
    return facts.shared_items, facts.explained_items, facts.hidden_ownership


def test_a_refused_tie_holds_though_the_owners_are_declared_anew(people):
    partner = a_partner(people)
    verification = looked_at(people, a_taken_file(people, partner))
    (item,) = shares(people, partner)
    explained(people, partner, item)
    reviewed(people, partner, item, acceptable=False)
    assert not Notice.objects.filter(person=people.lksd.code).exists()
    (gone,) = shares(people, partner, name="Bagus Wibowo")
    assert (gone.key, gone.gone, gone.refused) == (item.key, True, True)
    assert facts_of(partner) == (1, 0, True)
    assert Notice.objects.get(person=people.lksd.code).url_name == "page.conflicts"
    with pytest.raises(Refused) as refusal:
        concluded(people, verification)
    assert refusal.value.codes == ("RG-15",)
    shares(people, partner, name="Bagus Wibowo")  # declared once more: told once
    assert Notice.objects.filter(person=people.lksd.code).count() == 1


def test_a_refused_tie_is_let_go_by_another_look_or_with_the_office(people):
    partner = a_partner(people)
    (item,) = shares(people, partner)
    reviewed(people, partner, item, acceptable=False)
    shares(people, partner, name="Bagus Wibowo")
    assert found_between(partner, OURS, date(2030, 1, 1)) == ()  # the office on the village's side is over
    with pytest.raises(NoSuchMove):
        reviewed(people, partner, item, tie=False)  # nothing was said of it yet
    explained(people, partner, item, "Direktur lama sudah diganti dengan akta 9/2026.")
    assert facts_of(partner) == (1, 0, False)
    reviewed(people, partner, item, who="dinas", tie=False)
    assert found_between(partner, OURS, clock.today()) == ()


def test_a_telephone_taken_off_the_letterhead_leaves_the_refusal(people):
    people.bendahara.phone = "+6281234567890"
    people.bendahara.save()
    partner = a_partner(people)
    actions.update_partner(by=people.by("mitra"), partner=partner, changes={"contact": "Telp. 0812 3456 7890"})
    partner.refresh_from_db()
    (item,) = found_between(partner, OURS, clock.today())
    reviewed(people, partner, item, acceptable=False)
    actions.update_partner(by=people.by("mitra"), partner=partner, changes={"contact": ""})
    partner.refresh_from_db()
    assert facts_of(partner) == (1, 0, True)
    assert Notice.objects.filter(person=people.lksd.code).count() == 1


def test_the_page_shows_a_refusal_whose_data_were_changed_and_takes_words_on_it(people):
    partner = a_partner(people)
    (item,) = shares(people, partner)
    reviewed(people, partner, item, acceptable=False)
    shares(people, partner, name="Bagus Wibowo")
    client = signed_in(people.mitra)
    page = words(client.get(reverse("page.conflicts")))
    assert "Tidak lagi dinyatakan mitra; penolakan tetap berlaku" in page
    assert "Tidak diterima" in page and "Sutrisno" not in page
    assert (
        send(client, at("registry.explain_conflict", item.key), text="Sudah diganti, akta 9/2026.").status_code == 302
    )
    officer = signed_in(people.lksd)
    assert "Pejabat desa" in words(officer.get(at("registry.review_conflict", item.key)))
    answer = send(officer, at("registry.review_conflict", item.key), finding="other", reason="Akta 9/2026 diperiksa.")
    assert answer.status_code == 302
    assert found_between(partner, OURS, clock.today()) == ()


# Several entries of one body ----------------------------------------------------------------------------------------------


@pytest.fixture
def two_entries(people):
    kept = a_partner(people)
    merged = a_partner(people, name="Tirta Serayu Lestari, P.T.", prefix="lain.")
    return kept, merged


def merge(people, kept, merged):
    actions.merge_duplicates(by=people.by("dinas"), kept=kept, merged=merged, reason="NIB sama.")
    for each in (kept, merged):
        each.refresh_from_db()


def test_what_was_said_of_one_entry_holds_for_the_body(people, two_entries):
    kept, merged = two_entries
    owner = {"name": "Sutrisno Hadi", "capacity": "officer", "political_tie": "tidak ada"}
    actions.declare_owners(by=people.by("lain.mitra"), partner=merged, owners=[owner])
    (item,) = found_between(merged, OURS, clock.today())
    actions.explain_conflict(
        by=people.by("lain.mitra"), partner=merged, village=place(OURS), item=item.key, text="Benar."
    )
    reviewed(people, merged, item)
    assert not declares_interest(kept, clock.today())
    merge(people, kept, merged)
    for each in (kept, merged):
        (again,) = found_between(each, OURS, clock.today())
        assert again.settled and item.key in again.keys
        assert declares_interest(each, clock.today())
    actions.declare_owners(by=people.by("mitra"), partner=kept, owners=[{**owner, "name": "Bagus Wibowo"}])
    assert [each.name for each in owners_of(merged)] == ["Bagus Wibowo"]
    assert found_between(kept, OURS, clock.today()) == found_between(merged, OURS, clock.today()) == ()


def test_entries_of_one_body_asked_together_each_show_what_it_shares(people, two_entries):
    kept, merged = two_entries
    shares(people, kept)
    merge(people, kept, merged)
    found = found_in([(kept.pk, OURS), (merged.pk, OURS)], clock.today())
    assert [len(items) for items in found.values()] == [1, 1]
    assert len({each.key for items in found.values() for each in items}) == 1
    page = words(signed_in(people.dinas).get(reverse("page.conflicts")))
    assert page.count("Orang dengan nama yang sama</small>") == 1


def test_somebody_of_another_entry_of_the_body_does_not_examine_it(people, two_entries):
    kept, merged = two_entries
    merge(people, kept, merged)
    facts = examiner_facts(people.held["lain.mitra"], kept, clock.today(), None)
    assert facts.offices_of_partner == 1
