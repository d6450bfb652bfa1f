"""Villages say who they are; a partner is registered, looked at and judged; parties are listed and taken off."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.models import RegencyNorm
from bermitra.foundation.rules import Refused
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import book
from bermitra.registry.due_diligence.verdict import File, judge
from bermitra.registry.models import (
    Listing,
    Owner,
    Partner,
    PartnerDocument,
    VerdictRecord,
    Verification,
    VillageProfile,
)
from bermitra.registry.queries.partners import partners_visible_to
from bermitra.registry.queries.standing import standing_of, standings_of
from bermitra.registry.queries.verifications import current_verification, documents_of, verifications_visible_to
from bermitra.registry.queries.villages import villages_visible_to
from tests.people import FOREIGN, NEIGHBOUR, OURS, place
from tests.registry.makers import (
    a_document,
    a_full_file,
    a_partner,
    a_plan_line,
    a_taken_file,
    a_verified_partner,
    a_village_profile,
    an_asset,
    concluded,
    looked_at,
)

pytestmark = pytest.mark.django_db


def refused(call, **given) -> tuple[str, ...]:
    """The codes an act is refused with, having changed nothing."""
    before = (Event.objects.count(), DoneAct.objects.count())
    with pytest.raises(Refused) as why:
        call(**given)
    assert (Event.objects.count(), DoneAct.objects.count()) == before
    return why.value.codes


# --- villages ---------------------------------------------------------------------------------------------


def test_a_profile_is_written_once_and_then_changed(people):
    a_village_profile(people)
    profile = actions.update_village(
        by=people.by("operator"), village=place(OURS), vision="Desa berdaulat pangan", contact_name="Endah",
        contact_office="Ketua", budget_note="Paling banyak Rp82.000.000", reason="Pengurus berganti",
    )  # fmt: skip
    assert VillageProfile.objects.get() == profile
    assert profile.vision == "Desa berdaulat pangan"
    assert profile.updated_by == people.operator.code
    assert [e.about for e in Event.objects.filter(verb="village.updated")] == [f"region:{OURS}"] * 2


@pytest.mark.parametrize("who", ["dinas", "camat", "bupati", "kades.asing", "sekdes.asing", "warga", "kades"])
def test_nobody_but_the_villages_own_clerks_changes_its_profile(people, who):
    with pytest.raises(NotAllowed):
        a_village_profile(people, who=who)
    assert not VillageProfile.objects.exists()


def account(people, **given):
    whole = {"holder_kind": "village", "holder": "Pemerintah Desa Pandanarum", "bank": "Bank Jateng", **given}
    return actions.record_account(by=people.by(given.pop("who", "bendahara")), village=place(OURS), **whole)


def test_the_treasurer_records_the_account_and_the_profile_stays(people):
    a_village_profile(people)
    account(people)
    profile = VillageProfile.objects.get()
    assert (profile.account_holder, profile.vision) == ("Pemerintah Desa Pandanarum", "Desa mandiri dan berbudaya")


def test_an_account_of_a_person_is_refused_until_a_reason_is_typed(people):
    assert refused(account, people=people, holder_kind="person", holder="Sutrisno") == ("RG-19",)
    account(people, holder_kind="person", holder="Sutrisno", reason="Rekening kas desa baru dibuka minggu depan")
    line = Event.objects.get(verb="account.recorded")
    assert "RG-19" in line.body
    assert "Sutrisno" not in line.body


def test_a_treasurer_whose_telephone_was_just_changed_waits(people):
    """FD-10: whoever took over the account would lead the money elsewhere; a day later it may be recorded."""
    changed = Person.objects.filter(pk=people.bendahara.pk)
    changed.update(contact_changed_at=clock.now() - timedelta(hours=23))
    assert refused(account, people=people) == ("FD-10",)
    assert not VillageProfile.objects.exists()
    changed.update(contact_changed_at=clock.now() - timedelta(hours=24))
    account(people)
    assert VillageProfile.objects.get().account_bank == "Bank Jateng"


@pytest.mark.parametrize("who", ["sekdes", "operator", "kades", "dinas"])
def test_the_account_is_the_treasurers_alone(people, who):
    with pytest.raises(NotAllowed):
        actions.record_account(
            by=people.by(who), village=place(OURS), holder_kind="village", holder="Pemdes", bank="BRI"
        )


def test_a_plan_line_and_an_asset_stand_under_their_village(people):
    line, asset = a_plan_line(people), an_asset(people)
    assert line.reach().village == asset.reach().village == OURS
    assert len(line.code) == len(asset.code) == 10


def test_a_plan_line_stands_once(people):
    a_plan_line(people)
    with pytest.raises(IntegrityError):
        a_plan_line(people)


def test_working_pages_of_villages_are_for_their_own_offices_district_and_regency(people):
    assert list(villages_visible_to(people.sekdes).values_list("code", flat=True)) == [OURS]
    assert set(villages_visible_to(people.camat).values_list("code", flat=True)) == {OURS, NEIGHBOUR}
    assert set(villages_visible_to(people.dinas).values_list("code", flat=True)) == {OURS, NEIGHBOUR}
    assert list(villages_visible_to(people.sekdes_asing).values_list("code", flat=True)) == [FOREIGN]
    assert not villages_visible_to(people.warga).exists()


# --- partners ---------------------------------------------------------------------------------------------


def registered(people, who="sekdes", region=OURS, **given) -> Partner:
    whole = {"kind": "company", "name": "PT Maju Jaya", **given}
    return actions.register_partner(by=people.by(who), region=place(region), **whole)


def test_a_name_that_is_known_is_asked_about_however_it_is_spelt(people):
    registered(people)
    assert refused(registered, people=people, name="MAJU JAYA, P.T. Tbk") == ("RG-16",)
    assert refused(registered, people=people, name="CV Maju Jaya") == ("RG-16",)
    assert refused(registered, people=people, name="Jaya Maju PT") == ("RG-16",)
    registered(people, name="PT. Maju Jaya", declared_different=True)
    registered(people, name="PT Maju Bersama")
    assert Partner.objects.count() == 3


@pytest.mark.parametrize(("who", "region"), [("sekdes", OURS), ("operator", OURS), ("lksd", OURS), ("dinas", "33.04")])
def test_a_partner_is_registered_at_the_counter_of_its_own_office(people, who, region):
    assert registered(people, who, region).registered_in_id == region


@pytest.mark.parametrize(("who", "region"), [("sekdes", FOREIGN), ("dinas", "51.08"), ("camat", OURS), ("warga", OURS)])
def test_no_other_office_registers_partners(people, who, region):
    with pytest.raises(NotAllowed):
        registered(people, who, region)


def test_the_end_of_a_document_follows_from_the_book_where_none_is_printed_on_it(people):
    partner = a_partner(people)
    assert a_document(people, partner, "integrity_pact", dated=date(2026, 1, 31)).expires_on == date(2027, 1, 31)
    assert a_document(people, partner, "deed").expires_on is None
    assert a_document(people, partner, "mandate_letter", expires_on=date(2028, 2, 1)).expires_on == date(2028, 2, 1)


def test_only_the_partners_own_people_write_in_its_file(people):
    partner, other = a_partner(people), a_partner(people, name="CV Lain", prefix="lain.")
    for who in ("lain.mitra", "sekdes", "dinas"):
        with pytest.raises(NotAllowed):
            actions.add_document(by=people.by(who), partner=partner, kind="deed", number="1", dated=date(2026, 1, 1))
    assert not PartnerDocument.objects.exists()
    assert set(partners_visible_to(people.mitra)) == {partner}
    assert set(partners_visible_to(people.held["lain.mitra"])) == {other}


def test_partners_are_seen_by_the_offices_that_look_after_them(people):
    partner = a_partner(people)
    assert partner in partners_visible_to(people.sekdes)
    assert partner in partners_visible_to(people.dinas)
    assert partner not in partners_visible_to(people.sekdes_asing)
    assert partner not in partners_visible_to(people.warga)
    Verification.objects.create(partner=partner, region=place(FOREIGN), started_at=clock.now())
    assert partner in partners_visible_to(people.sekdes_asing)


def test_declaring_an_owner_asks_for_the_password_again_and_leaves_no_name_in_the_journal(people):
    partner = a_partner(people)
    owners = [{"name": "Budi Rahasia", "capacity": "owner", "political_tie": "tidak ada", "share_bp": 3750}]
    stale = people.by("direktur")
    with pytest.raises(StepUpNeeded):
        actions.declare_owners(by=type(stale)(person=stale.person, key="k"), partner=partner, owners=owners)
    declared = actions.declare_owners(by=people.by("direktur"), partner=partner, owners=owners)
    assert str(declared.owners.get().percent) == "37.5"
    assert "Rahasia" not in " ".join(Event.objects.values_list("body", flat=True))


# --- due diligence ----------------------------------------------------------------------------------------


def test_a_partner_is_verified_from_first_answer_to_verdict(people):
    partner = a_verified_partner(people)
    standing = standing_of(partner)
    assert (standing.verdict, standing.fresh, standing.listed) == ("verified", True, False)
    assert standing.concluded_on == clock.today()
    assert standing.verification_valid_days == 365
    verbs = list(Event.objects.filter(about__startswith="verification:").order_by("seq").values_list("verb", flat=True))
    assert verbs == [
        "verification.started",
        "verification.answered",
        "verification.submitted",
        "verification.taken",
        "evidence.checked",
        "verification.concluded",
    ]
    assert not Duty.objects.filter(closed_at=None).exists()
    assert Notice.objects.get().party == partner.code


@pytest.mark.parametrize("kind", book().kinds)
def test_a_partner_of_each_kind_can_be_verified(people, kind):
    assert standing_of(a_verified_partner(people, kind=kind, name=f"Lembaga {kind}")).fresh


def test_a_verdict_can_be_computed_again_from_what_is_kept(people):
    record = concluded(people, looked_at(people, a_taken_file(people, a_partner(people), cm_open=False)))
    kept = {k: frozenset(v) if isinstance(v, list) else v for k, v in record.inputs.items()}
    again = judge(book(), File(**kept))
    assert again.verdict == record.verdict == "verified_with_conditions"
    assert list(again.repairs) == record.repairs == ["cm_open"]


def test_a_file_is_not_sent_with_gaps(people):
    partner = a_partner(people)
    verification = actions.start_verification(by=people.by("mitra"), partner=partner, region=place(OURS))
    sent = {"call": actions.submit_verification, "by": people.by("mitra"), "verification": verification}
    assert refused(**sent) == ("RG-01", "RG-03", "RG-06")
    assert Verification.objects.get().state == "draft"


def test_a_no_without_a_reason_is_not_sent(people):
    verification = a_full_file(people, a_partner(people))
    actions.answer_verification(
        by=people.by("mitra"),
        verification=verification,
        answers={"cm_open": False},
        reasons={"cm_open": "lupa"},
        facts={},
    )
    verification.refresh_from_db()
    assert refused(actions.submit_verification, by=people.by("mitra"), verification=verification) == ("RG-03",)


def test_an_expired_document_does_not_count(people):
    partner = a_partner(people)
    verification = a_full_file(people, partner)
    a_document(people, partner, "integrity_pact", dated=clock.today() - timedelta(days=400))
    assert refused(actions.submit_verification, by=people.by("mitra"), verification=verification) == ("RG-01",)


def test_evidence_that_nobody_looked_at_is_not_verified(people):
    record = concluded(people, a_taken_file(people, a_partner(people)))
    assert record.verdict == "not_verified"
    assert record.counts["critical_unchecked"] > 0


def test_disputed_evidence_is_as_good_as_none(people):
    verification = looked_at(people, a_taken_file(people, a_partner(people)))
    shown = documents_of(verification.partner)["nib"]
    actions.check_evidence(by=people.by("lksd"), verification=verification, marks={shown.pk: "disputed"})
    record = concluded(people, verification)
    assert (record.verdict, record.repairs) == ("not_verified", ["nib"])


@pytest.mark.parametrize("stated", ["verified", "layak", ""])
def test_nobody_types_a_verdict(people, stated):
    verification = a_taken_file(people, a_partner(people))
    given = {"by": people.by("lksd"), "verification": verification, "stated_verdict": stated}
    assert refused(actions.conclude_verification, **given) == ("RG-04",)
    assert not VerdictRecord.objects.exists()


def test_only_the_officer_who_took_the_file_works_on_it(people):
    verification = a_taken_file(people, a_partner(people))
    for who in ("dinas", "sekdes", "kades", "mitra"):
        with pytest.raises(NotAllowed):
            actions.conclude_verification(by=people.by(who), verification=verification, stated_verdict="verified")
        with pytest.raises(NotAllowed):
            actions.check_evidence(by=people.by(who), verification=verification, marks={1: "checked"})


def test_a_file_is_taken_once(people):
    verification = a_full_file(people, a_partner(people))
    actions.submit_verification(by=people.by("mitra"), verification=verification)
    seen_before = Verification.objects.get()
    actions.take_verification(by=people.by("dinas"), verification=Verification.objects.get())
    with pytest.raises(NoSuchMove):
        actions.take_verification(by=people.by("lksd"), verification=seen_before)
    assert Verification.objects.get().reviewer == people.dinas.code


def test_a_file_goes_back_for_repair_and_comes_again(people):
    partner = a_partner(people)
    verification = a_taken_file(people, partner)
    with pytest.raises(NoSuchMove):
        actions.answer_verification(
            by=people.by("mitra"), verification=verification, answers={"cm_open": True}, reasons={}, facts={}
        )
    actions.request_repair(by=people.by("lksd"), verification=verification, note="Lengkapi akta perubahan.")
    assert Duty.objects.get(closed_at=None).door == "registry.resubmit_verification"
    a_document(people, partner, "deed")
    actions.resubmit_verification(by=people.by("mitra"), verification=verification)
    assert concluded(people, looked_at(people, verification)).verdict == "verified"


def test_one_due_diligence_at_a_time_and_a_renewal_takes_the_answers_along(people):
    partner = a_partner(people)
    verification = a_taken_file(people, partner)
    again = {"partner": partner, "region": place(OURS)}
    with pytest.raises(NoSuchMove):
        actions.start_verification(by=people.by("mitra"), **again)
    concluded(people, looked_at(people, verification))
    renewal = actions.start_verification(by=people.by("direktur"), **again)
    assert renewal.answers == Verification.objects.get(pk=verification.pk).answers
    assert current_verification(partner) == renewal
    assert standing_of(partner).fresh


def test_a_verdict_serves_as_long_as_kind_and_regency_say(people):
    RegencyNorm.objects.create(
        regency=place("33.04"), name="verification_valid_days", value=90, basis="Perbup", set_at=clock.now(),
        effective_from=date(2020, 1, 1),
    )  # fmt: skip
    partner = a_verified_partner(people)
    standing = standing_of(partner)
    assert standing.verification_valid_days == 90
    assert standing_of(partner, clock.today() + timedelta(days=90)).fresh
    assert not standing_of(partner, clock.today() + timedelta(days=91)).fresh


def test_a_gift_blocks_and_only_the_regency_reopens(people):
    partner = a_partner(people)
    verification = looked_at(people, a_taken_file(people, partner, cm_no_gift=False))
    assert concluded(people, verification).verdict == "blocked"
    assert standing_of(partner).blocking_flags == ("cash_to_officials",)
    with pytest.raises(NoSuchMove):
        actions.start_verification(by=people.by("mitra"), partner=partner, region=place(OURS))
    with pytest.raises(NotAllowed):
        actions.reopen_verification(by=people.by("lksd"), verification=verification, reason="Hak jawab diterima.")
    actions.reopen_verification(by=people.by("dinas"), verification=verification, reason="Hak jawab diterima.")
    assert standing_of(partner).verdict == ""
    assert Verification.objects.get().reviewer == people.dinas.code


def test_files_are_seen_by_the_partner_and_those_who_look_at_them(people):
    verification = a_taken_file(people, a_partner(people))
    for who in ("mitra", "direktur", "lksd", "dinas", "inspektorat"):
        assert verification in verifications_visible_to(people.held[who])
    for who in ("kades", "sekdes", "warga", "camat", "dinas.asing"):
        assert verification not in verifications_visible_to(people.held[who])


# --- the sanction register --------------------------------------------------------------------------------


def listed(people, name="PT TIRTA SERAYU LESTARI Tbk", **given) -> Listing:
    return actions.list_party(
        by=people.by("dinas"), region=place("33.04"), name=name, source="Daftar hitam nasional",
        basis="Keputusan 12/2026", since=date(2026, 1, 1), **given,
    )  # fmt: skip


def test_a_listed_name_keeps_the_file_open_until_somebody_looks(people):
    partner = a_partner(people)
    listing = listed(people)
    assert standing_of(partner).open_matches == 1
    verification = looked_at(people, a_taken_file(people, partner))
    given = {"by": people.by("lksd"), "verification": verification, "stated_verdict": "verified"}
    assert refused(actions.conclude_verification, **given) == ("RG-05",)
    actions.review_match(
        by=people.by("lksd"), verification=verification, listing=listing, same=False, reason="Alamat dan pengurus lain."
    )
    assert concluded(people, verification).verdict == "verified"
    assert not standing_of(partner).listed


def test_a_confirmed_match_blocks(people):
    partner = a_partner(people)
    listing = listed(people)
    verification = looked_at(people, a_taken_file(people, partner))
    actions.review_match(
        by=people.by("lksd"), verification=verification, listing=listing, same=True, reason="Nomor akta sama."
    )
    assert concluded(people, verification).verdict == "blocked"
    assert standing_of(partner).confirmed_matches == 1


def test_a_listing_of_this_partner_needs_no_review_and_others_of_its_name_are_looked_at(people):
    partner = a_partner(people)
    twin = a_partner(people, name="PT. Tirta Serayu Lestari", prefix="kembar.")
    listed(people, partner=partner)
    stands = standings_of([partner, twin])
    assert stands[partner.pk].confirmed_matches == 1
    assert (stands[twin.pk].open_matches, stands[twin.pk].confirmed_matches) == (1, 0)


def test_a_lifted_or_past_listing_counts_no_more_and_stays_in_the_register(people):
    partner = a_partner(people)
    listing = listed(people)
    listed(people, until=date(2026, 2, 1))
    actions.lift_listing(by=people.by("dinas"), listing=listing, reason="Putusan dibatalkan.")
    assert not standing_of(partner, date(2026, 6, 1)).listed
    assert Listing.objects.count() == 2
    with pytest.raises(NoSuchMove):
        actions.lift_listing(by=people.by("dinas"), listing=listing, reason="Sekali lagi.")


@pytest.mark.parametrize("who", ["sekdes", "kades", "lksd", "camat", "dinas.asing"])
def test_the_register_is_the_regencys(people, who):
    with pytest.raises(NotAllowed):
        actions.list_party(
            by=people.by(who), region=place("33.04"), name="PT X", source="s", basis="b", since=date(2026, 1, 1)
        )


def test_standings_cost_few_statements_however_many_partners(people, django_assert_num_queries):
    a_verified_partner(people)
    for number in range(5):
        a_partner(people, name=f"CV Nomor {number}", prefix=f"n{number}.")
    listed(people)
    everyone = list(Partner.objects.all())
    standings_of(everyone)  # the names of the register are in memory from now on
    with django_assert_num_queries(5):
        assert len(standings_of(everyone)) == 6
    with django_assert_num_queries(3):
        assert len(standings_of(everyone[1:])) == 5  # no name like theirs is listed


def test_names_of_owners_are_never_changed(people):
    partner = a_partner(people)
    owner = {"name": "A", "capacity": "owner", "political_tie": "tidak ada"}
    actions.declare_owners(by=people.by("mitra"), partner=partner, owners=[owner])
    with pytest.raises(Exception, match="tidak boleh diubah"), transaction.atomic():
        Owner.objects.update(name="B")
