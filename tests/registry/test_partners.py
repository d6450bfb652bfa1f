"""What is known of a partner: its profile, papers and owners; names like its own; two entries of one body."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.rules import Refused
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import book
from bermitra.registry.models import Owner, Partner, PartnerChange, PartnerDocument, PartnerMerge
from bermitra.registry.queries.bodies import kept, owners_of, with_merged
from bermitra.registry.queries.likeness import near, while_typing
from bermitra.registry.queries.partners import narrowed, partners_visible_to, public_partners
from bermitra.registry.queries.profile import profile_facts, profile_gaps
from bermitra.registry.queries.standing import standing_of, standings_of
from bermitra.registry.queries.verifications import documents_of, file_of
from tests.people import OURS, place
from tests.registry.makers import a_document, a_full_file, a_partner, a_verified_partner

pytestmark = pytest.mark.django_db


def refused(act, **given) -> tuple[str, ...]:
    with pytest.raises(Refused) as no:
        act(**given)
    return tuple(each.code for each in no.value.findings)


def fresh(partner: Partner) -> Partner:
    return Partner.objects.select_related("merged_into").get(pk=partner.pk)


# --- profile and changes ----------------------------------------------------------------------------------


def test_what_a_kind_is_asked_for_is_kept_and_said_in_words(people):
    partner = a_partner(people)
    said = {"tjsl_budget": 1_250_000_000, "ring_1": {OURS: "Pandanarum"}}
    partner = actions.update_partner(by=people.by("mitra"), partner=partner, changes={"profile": said})
    assert [value for _name, value in profile_facts(partner)] == ["Rp\N{NO-BREAK SPACE}1.250.000.000", "Pandanarum"]
    assert profile_gaps(partner) == ["Desa ring 2"]


@pytest.mark.parametrize("kind", [k for k, each in book().kinds.items() if not each.profile])
def test_only_another_village_is_asked_for_nothing_more(kind):
    assert kind == "village"


def test_a_partner_changes_what_is_known_of_it_and_the_old_stays(people):
    partner = a_partner(people)
    changed = actions.update_partner(by=people.by("mitra"), partner=partner, changes={"address": "Jalan Baru 1"})
    assert (changed.address, changed.name, changed.renamed_at) == ("Jalan Baru 1", partner.name, None)
    change = PartnerChange.objects.get()
    assert (change.before, change.after) == ({"address": "Jalan Serayu 12"}, {"address": "Jalan Baru 1"})
    assert "Jalan" not in " ".join(Event.objects.filter(verb="partner.updated").values_list("body", flat=True))


def test_a_new_name_wants_a_reason_and_is_looked_for_under_both(people):
    partner = a_partner(people)
    new = {"partner": partner, "changes": {"name": "PT Banyu Serayu"}}
    assert refused(actions.update_partner, by=people.by("mitra"), **new) == ("RG-31",)
    renamed = actions.update_partner(by=people.by("mitra"), **new, reason="Akta 7/2026")
    assert (renamed.legal_name_key, renamed.renamed_at is not None) == ("pt:banyuserayu", True)
    assert [each.partner.pk for each in near("Tirta Serayu Lestari", at_least=85)] == [partner.pk]
    assert [each.partner.pk for each in near("Banyu Serayu", at_least=85)] == [partner.pk]


def test_only_the_regency_corrects_and_the_partner_is_told(people):
    partner = a_partner(people)
    fix = {"partner": partner, "changes": {"business_number": "9120001234567"}, "reason": "Salah ketik di loket."}
    for who in ("mitra", "sekdes", "dinas.asing"):
        with pytest.raises(NotAllowed):
            actions.correct_partner(by=people.by(who), **fix)
    assert refused(actions.correct_partner, by=people.by("dinas"), **{**fix, "reason": ""}) == ("RG-31",)
    assert actions.correct_partner(by=people.by("dinas"), **fix).business_number == "9120001234567"
    assert Notice.objects.filter(party=partner.code, url_name="page.partner_history").count() == 1
    with pytest.raises(ValueError, match="kind"):
        actions.update_partner(by=people.by("mitra"), partner=partner, changes={"kind": "bumn"})


# --- papers and owners ------------------------------------------------------------------------------------


def test_the_newest_paper_of_a_kind_counts_until_it_is_withdrawn(people):
    partner = a_partner(people)
    old, new = (a_document(people, partner, "deed") for _ in range(2))
    assert documents_of(partner)["deed"] == new
    taken = actions.withdraw_document(by=people.by("mitra"), document=new, reason="Salah berkas.")
    assert (taken.withdrawn_reason, documents_of(partner)["deed"]) == ("Salah berkas.", old)
    with pytest.raises(NoSuchMove):
        actions.withdraw_document(by=people.by("mitra"), document=new, reason="Lagi.")
    with pytest.raises(NotAllowed):
        actions.withdraw_document(by=people.by("lksd"), document=old, reason="Bukan milik saya.")
    assert PartnerDocument.objects.count() == 2


def test_withdrawing_a_paper_that_was_checked_is_told_to_the_regency(people):
    partner = a_verified_partner(people)
    deed = documents_of(partner)["deed"]
    before = Notice.objects.filter(role="dpmd_officer").count()
    actions.withdraw_document(by=people.by("mitra"), document=deed, reason="Akta dibatalkan.")
    assert Notice.objects.filter(role="dpmd_officer").count() == before + 1
    assert "deed" not in file_of(partner.verifications.get(), clock.today()).present


PERSON = {"name": "Sri Hartati", "capacity": "officer", "political_tie": "tidak ada"}


def test_a_declaration_replaces_the_last_one_as_a_whole(people):
    partner = a_partner(people)
    actions.declare_owners(by=people.by("mitra"), partner=partner, owners=[PERSON, {**PERSON, "name": "Budi"}])
    actions.declare_owners(by=people.by("direktur"), partner=partner, owners=[{**PERSON, "name": "Ani"}])
    assert [each.name for each in owners_of(partner)] == ["Ani"]
    assert Owner.objects.count() == 3


def test_owners_declared_one_by_one_count_until_a_whole_declaration_is_made(people):
    partner = a_partner(people)
    alone = Owner.objects.create(
        partner=partner,
        name="Lama",
        capacity="owner",
        political_tie="tidak ada",
        declared_at=clock.now(),
        declared_by="x",
    )
    assert owners_of(partner) == [alone]
    actions.declare_owners(by=people.by("mitra"), partner=partner, owners=[PERSON])
    assert [each.name for each in owners_of(partner)] == ["Sri Hartati"]


def test_shares_of_more_than_the_whole_and_nobody_at_all_are_refused(people):
    partner = a_partner(people)
    two = [{**PERSON, "share_bp": 6_000}, {**PERSON, "name": "Budi", "share_bp": 4_001}]
    assert refused(actions.declare_owners, by=people.by("mitra"), partner=partner, owners=two) == ("RG-30",)
    assert refused(actions.declare_owners, by=people.by("mitra"), partner=partner, owners=[]) == ("RG-30",)
    stale = By(person=people.mitra, key=uuid4().hex)
    with pytest.raises(StepUpNeeded):
        actions.declare_owners(by=stale, partner=partner, owners=[PERSON])


# --- names like its own -----------------------------------------------------------------------------------


def test_names_in_memory_notice_every_registration_change_and_merge(people):
    first = a_partner(people, name="PT Satu Jaya")
    assert [each.partner for each in while_typing("satu ja", at_least=85)] == [first]
    second = a_partner(people, name="PT Satu Jaya Abadi", prefix="lain.")
    assert {each.partner for each in while_typing("satu ja", at_least=85)} == {first, second}
    actions.merge_duplicates(by=people.by("dinas"), kept=first, merged=second, reason="Akta sama.")
    assert {each.partner for each in while_typing("satu ja", at_least=85)} == {first}


def test_the_same_business_number_is_the_same_name(people):
    partner = actions.correct_partner(
        by=people.by("dinas"),
        partner=a_partner(people),
        changes={"business_number": "9120001234567"},
        reason="Dari OSS.",
    )
    assert [(each.partner, each.alike) for each in near("Nama Lain", business_number="9120001234567", at_least=85)] == [
        (partner, 100)
    ]
    given = {
        "region": place(OURS),
        "kind": "company",
        "name": "Nama Lain Sama Sekali",
        "business_number": "9120001234567",
    }
    assert refused(actions.register_partner, by=people.by("sekdes"), **given) == ("RG-16",)
    assert actions.register_partner(by=people.by("sekdes"), **given, declared_different=True).pk


def test_names_are_asked_of_memory_and_only_the_found_are_read(people):
    for number in range(12):
        a_partner(people, name=f"CV Karya {chr(65 + number) * 4}", prefix=f"n{number}.")
    while_typing("karya", at_least=85)
    with CaptureQueriesContext(connection) as said:
        assert len(while_typing("karya", at_least=85)) == 5
    assert len(said) == 2


# --- two entries of one body ------------------------------------------------------------------------------


@pytest.fixture
def twins(people):
    """The entry that is kept, with its people; a later one, verified, with people of its own."""
    first = a_partner(people)
    later = a_verified_partner(people, name="Tirta Serayu Lestari, P.T.", prefix="lain.")
    return first, later


def merged(people, first, later) -> PartnerMerge:
    return actions.merge_duplicates(by=people.by("dinas"), kept=first, merged=later, reason="NIB yang sama.")


def test_a_merged_entry_leads_to_the_kept_one_and_is_listed_no_more(people, twins):
    first, later = twins
    merged(people, first, later)
    assert kept(fresh(later)) == first
    assert set(public_partners()) == {first}
    assert set(narrowed(partners_visible_to(people.dinas), {}, clock.today())) == {first}
    assert with_merged(fresh(later)) == with_merged(fresh(first)) == [first.pk, later.pk]


def test_what_was_known_of_either_is_known_of_the_body(people, twins):
    first, later = twins
    assert standing_of(first).verdict == ""
    merged(people, first, later)
    first, later = fresh(first), fresh(later)
    assert standing_of(first).verdict == standing_of(later).verdict == "verified"
    assert {key: each.fresh for key, each in standings_of([first, later]).items()} == {first.pk: True, later.pk: True}
    assert set(documents_of(first)) == set(documents_of(later)) >= {"deed", "nib"}
    assert [each.name for each in owners_of(first)] == ["Sri Hartati"]


def test_a_listing_of_either_is_a_listing_of_the_body(people, twins):
    first, later = twins
    merged(people, first, later)
    actions.list_party(
        by=people.by("dinas"), region=place("33.04"), name="Lain Sekali", source="Putusan", basis="1/2026",
        since=clock.today(), partner=later,
    )  # fmt: skip
    assert standing_of(fresh(first)).confirmed_matches == 1


def test_people_of_either_act_for_the_body_and_see_both(people, twins):
    first, later = twins
    with pytest.raises(NotAllowed):
        a_document(people, first, "coi_statement", prefix="lain.")
    merged(people, first, later)
    a_document(people, fresh(first), "coi_statement", prefix="lain.")
    for who in ("mitra", "lain.mitra"):
        person = Person.objects.get(username=who)
        assert [office.party for office in person.offices] == [first.code, later.code]
        assert set(partners_visible_to(person)) == {first, later}


def test_a_split_gives_each_back_what_it_had(people, twins):
    first, later = twins
    merge = merged(people, first, later)
    actions.split_duplicates(by=people.by("dinas"), merge=merge, reason="Ternyata cabang lain.")
    first, later = fresh(first), fresh(later)
    assert (kept(later), later.merged_into, first.merged_entries) == (later, None, 0)
    assert (standing_of(first).verdict, standing_of(later).verdict) == ("", "verified")
    assert [office.party for office in Person.objects.get(username="lain.mitra").offices] == [later.code]
    with pytest.raises(NoSuchMove):
        actions.split_duplicates(by=people.by("dinas"), merge=merge, reason="Lagi.")


def test_three_entries_lead_to_one_and_a_split_takes_away_what_came_with_it(people):
    one, two, three = (a_partner(people, name=f"Yayasan Bakti {n}", kind="civil_society", prefix=n) for n in "abc")
    inner = merged(people, two, three)
    outer = merged(people, fresh(one), fresh(two))
    assert [fresh(each).kept_id for each in (one, two, three)] == [one.pk] * 3
    assert fresh(one).merged_entries == 2
    actions.split_duplicates(by=people.by("dinas"), merge=outer, reason="Salah.")
    assert [fresh(each).kept_id for each in (one, two, three)] == [one.pk, two.pk, two.pk]
    assert [fresh(each).merged_entries for each in (one, two)] == [0, 1]
    actions.split_duplicates(by=people.by("dinas"), merge=inner, reason="Salah juga.")
    assert fresh(three).merged_into is None


def test_what_cannot_be_one_body_is_refused_by_name(people, twins):
    first, later = twins
    other_kind = a_partner(people, name="Yayasan Lain", kind="civil_society", prefix="y.")
    by = people.by("dinas")
    assert refused(actions.merge_duplicates, by=by, kept=first, merged=first, reason="x") == ("RG-32",)
    assert refused(actions.merge_duplicates, by=by, kept=first, merged=other_kind, reason="x") == ("RG-32",)
    merged(people, first, later)
    assert refused(actions.merge_duplicates, by=by, kept=fresh(first), merged=fresh(later), reason="x") == ("RG-32",)


def test_two_unfinished_files_are_not_made_one(people):
    first = a_partner(people)
    later = a_partner(people, name="Tirta Serayu Lestari", prefix="lain.")
    a_full_file(people, first)
    a_full_file(people, later, prefix="lain.")
    assert refused(actions.merge_duplicates, by=people.by("dinas"), kept=first, merged=later, reason="x") == ("RG-33",)


@pytest.mark.parametrize("who", ["sekdes", "lksd", "inspektorat", "dinas.asing", "mitra"])
def test_nobody_but_the_regencys_officer_merges(people, twins, who):
    with pytest.raises(NotAllowed):
        actions.merge_duplicates(by=people.by(who), kept=twins[0], merged=twins[1], reason="x")


# --- lists ------------------------------------------------------------------------------------------------


def test_lists_are_narrowed_by_verdict_and_sanction(people):
    never = a_partner(people, name="PT Belum Pernah", prefix="b.")
    good = a_verified_partner(people)
    seen, today = partners_visible_to(people.dinas), clock.today()
    assert set(narrowed(seen, {"hasil": "verified"}, today)) == {good}
    assert set(narrowed(seen, {"hasil": "none"}, today)) == {never}
    assert set(narrowed(seen, {"hasil": "stale"}, today + timedelta(days=366))) == {good}
    assert not narrowed(seen, {"hasil": "verified"}, today + timedelta(days=366))
    actions.list_party(
        by=people.by("dinas"), region=place("33.04"), name="Belum Pernah, PT", source="Putusan", basis="1/2026",
        since=date(2026, 1, 1),
    )  # fmt: skip
    assert set(narrowed(seen, {"sanksi": "ya"}, today)) == {never}
    assert set(narrowed(seen, {"sanksi": "tidak"}, today)) == {good}
    assert set(narrowed(seen, {"di": "33.04", "q": "pernah"}, today)) == {never}
    assert not narrowed(seen, {"di": "51"}, today)
