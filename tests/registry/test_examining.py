"""Who examines a partner, what it may say of itself, what an officer marked, and what a new day reminds of."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from bermitra.foundation.commands import clock
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.rules import Refused
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import REGISTER, Level, Type, book
from bermitra.registry.due_diligence.verdict import File, applicable, required
from bermitra.registry.models import PartnerDocument, Verification
from bermitra.registry.queries.dealings import dealings, places_of
from bermitra.registry.queries.verifications import documents_of, file_of
from bermitra.selection import actions as selection
from bermitra.selection.models import Proposal
from tests.people import FOREIGN, NEIGHBOUR, OURS, place
from tests.registry.makers import (
    a_document,
    a_full_file,
    a_partner,
    a_taken_file,
    a_verified_partner,
    by,
    concluded,
    looked_at,
)
from tests.registry.test_pages import signed_in, words
from tests.selection.makers import an_open_call

pytestmark = pytest.mark.django_db


def codes(does, **given) -> tuple[str, ...]:
    with pytest.raises(Refused) as refusal:
        does(**given)
    return refusal.value.codes


@pytest.mark.parametrize("where", [FOREIGN, NEIGHBOUR, "51.08"])
def test_a_partner_does_not_choose_who_examines_it(people, where):
    partner = a_partner(people)
    given = {"by": people.by("mitra"), "partner": partner, "region": place(where)}
    assert codes(actions.start_verification, **given) == ("RG-21",)


@pytest.mark.parametrize("where", [OURS, "33.04"])
def test_it_is_examined_where_it_was_registered_or_in_its_regency(people, where):
    partner = a_partner(people)
    assert places_of(partner) == {OURS, "33.04"}
    actions.start_verification(by=people.by("mitra"), partner=partner, region=place(where))


def test_a_village_that_was_sent_an_offer_may_examine_too_and_a_draft_is_no_reason(people):
    partner = a_partner(people)
    draft = selection.draft_unsolicited(
        by=people.by("mitra"), partner=partner, village=place(FOREIGN), title="Penjualan buah", forms=["offtake"],
        field="pemberdayaan_masyarakat",
    )  # fmt: skip
    assert FOREIGN not in places_of(partner)
    Proposal.objects.filter(pk=draft.pk).update(state="sent")
    assert {FOREIGN, "51.08"} <= places_of(partner)
    actions.start_verification(by=people.by("mitra"), partner=partner, region=place(FOREIGN))


def test_who_has_sealed_a_proposal_is_not_told_to_the_village(people):
    partner = a_partner(people, region="33.04", who="dinas")
    call = an_open_call(people)
    Proposal.objects.create(partner=partner, call=call, state="sealed", created_at=clock.now())
    assert OURS in places_of(partner)  # the partner knows it itself
    assert (partner.pk, OURS) not in dealings(within=OURS)
    Proposal.objects.update(state="opened")
    assert (partner.pk, OURS) in dealings(within=OURS)


FOUND_NOT_DECLARED = ("on_sanction_register", "false_document_confirmed", "declared_interest", "overdue_reports")


@pytest.mark.parametrize("fact", [*FOUND_NOT_DECLARED, "no_such_fact"])
def test_what_the_registers_know_nobody_declares(people, fact):
    verification = a_full_file(people, a_partner(people))
    given = {"by": people.by("mitra"), "verification": verification, "answers": {}, "reasons": {}}
    assert codes(actions.answer_verification, facts={fact: False}, **given) == ("RG-20",)
    assert Verification.objects.get().facts == {}


def test_an_answer_to_another_kinds_question_is_refused(people):
    verification = a_full_file(people, a_partner(people))
    asked = {each.code for each in book().kinds["company"].questions}
    other = next(each.code for each in book().kinds["university"].questions if each.code not in asked)
    given = {"by": people.by("mitra"), "verification": verification, "reasons": {}, "facts": {}}
    assert codes(actions.answer_verification, answers={other: True}, **given) == ("RG-20",)


def test_somebody_of_the_partner_does_not_examine_it(people):
    partner = a_partner(people)
    verification = a_full_file(people, partner)
    actions.submit_verification(by=people.by("mitra"), verification=verification)
    office = people.mitra.appointments.get()
    office.pk, office.person = None, people.lksd
    office.save()
    assert codes(actions.take_verification, by=by(people.lksd), verification=verification) == ("RG-22",)


def test_a_document_that_came_meanwhile_is_not_marked(people):
    partner = a_partner(people)
    verification = a_taken_file(people, partner)
    actions.request_repair(by=people.by("lksd"), verification=verification, note="NIB tidak terbaca.")
    shown = documents_of(partner)["nib"]
    newer = a_document(people, partner, "nib")
    actions.resubmit_verification(by=people.by("mitra"), verification=verification)
    with pytest.raises(KeyError):
        actions.check_evidence(by=people.by("lksd"), verification=verification, marks={shown.pk: "checked"})
    newer.refresh_from_db()
    assert newer.check_state == PartnerDocument.Check.DECLARED


@pytest.mark.parametrize("kind", book().kinds)
def test_a_partner_of_each_kind_is_refused_with_its_list_of_repairs(people, kind):
    """A critical answer that fails and a document that nobody could match: both are named, and nothing passes."""
    partner = a_partner(people, kind=kind, name=f"Lembaga {kind}")
    asked = {each.code: each for each in applicable(book(), File(kind=kind, stage=REGISTER))}
    failing = next(e for e in asked.values() if e.level is Level.CRITICAL and e.type is Type.YES_NO and not e.raises)
    verification = looked_at(people, a_taken_file(people, partner, **{failing.code: False}))
    missing = required(book(), file_of(verification, clock.today()))[0].code
    shown = documents_of(partner)[missing]
    actions.check_evidence(by=people.by("lksd"), verification=verification, marks={shown.pk: "disputed"})
    record = concluded(people, verification)
    assert record.verdict == "not_verified"
    assert {missing, failing.code} <= set(record.repairs)
    page = words(signed_in(people.mitra).get(reverse("page.verification_file", args=[verification.code])))
    assert "Daftar perbaikan" in page
    assert escape(failing.repair.id) in page
    assert escape(book().documents[missing].name.id) in page


# Verdicts, one after another ------------------------------------------------------------------------------------------------


def test_the_history_says_what_changed_between_two_verdicts(people):
    partner = a_partner(people)
    first = looked_at(people, a_taken_file(people, partner, cm_open=False))
    assert concluded(people, first).verdict == "verified_with_conditions"
    again = actions.start_verification(by=people.by("mitra"), partner=partner, region=place(OURS))
    actions.answer_verification(
        by=people.by("mitra"), verification=again, answers={"cm_open": True}, reasons={"cm_open": ""}, facts={}
    )
    actions.submit_verification(by=people.by("mitra"), verification=again)
    again.refresh_from_db()
    actions.take_verification(by=people.by("lksd"), verification=again)
    assert concluded(people, again).verdict == "verified"
    path = reverse("page.verdicts", args=[partner.code])
    page = words(signed_in(people.mitra).get(path))
    assert "Terverifikasi bersyarat → Terverifikasi" in page
    question = next(each for each in book().kinds["company"].questions if each.code == "cm_open")
    assert f"tidak lagi: {question.ask.id}" in page
    assert "Berlaku sampai" in page
    a_partner(people, name="CV Lain Sekali", prefix="lain.")
    assert signed_in(people.held["lain.mitra"]).get(path).status_code == 404
    assert signed_in(people.kades).get(path).status_code == 403


# A new day --------------------------------------------------------------------------------------------------------------------


def open_duties(partner, door: str) -> list[Duty]:
    return list(Duty.objects.filter(closed_at=None, party=partner.code, door=door).order_by("pk"))


def test_a_document_that_ends_soon_becomes_a_duty_once_and_goes_with_a_newer_one(people):
    partner = a_verified_partner(people)
    assert actions.remind_partners() == 0
    ending = clock.today() + timedelta(days=29)
    a_document(people, partner, "nib", expires_on=ending)
    assert actions.remind_partners() == 1
    (duty,) = open_duties(partner, "registry.add_document")
    assert (duty.due_on, duty.url_code) == (ending, partner.code)
    assert actions.remind_partners() == 0
    a_document(people, partner, "nib", expires_on=clock.today() + timedelta(days=900))
    assert open_duties(partner, "registry.add_document") == []


def test_nobody_is_reminded_of_what_ends_later_than_the_norm(people):
    a_document(people, a_partner(people), "nib", expires_on=clock.today() + timedelta(days=31))
    assert actions.remind_partners() == 0


def test_a_verdict_that_ends_soon_becomes_a_duty_and_a_renewal_closes_it(people, monkeypatch):
    partner = a_verified_partner(people)
    PartnerDocument.objects.update(expires_on=None)
    late = clock.today() + timedelta(days=340)
    monkeypatch.setattr(clock, "today", lambda: late)
    assert actions.remind_partners() == 1
    assert actions.remind_partners() == 0
    (duty,) = open_duties(partner, "registry.start_verification")
    assert duty.due_on == late + timedelta(days=25)
    actions.start_verification(by=people.by("mitra"), partner=partner, region=place(OURS))
    assert open_duties(partner, "registry.start_verification") == []
