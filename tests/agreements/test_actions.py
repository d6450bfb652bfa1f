"""Acts on an agreement: by turns, locked, signed in both ways, in force; and what each refusal leaves untouched."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bermitra.agreements import actions, queries, text
from bermitra.agreements.models import (
    Acceptance,
    Agreement,
    DraftVersion,
    Obligation,
    Signature,
    SignatureSlot,
    SignedFile,
    WetConfirmation,
    WetScan,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.rules import Refused
from bermitra.partnership import actions as cases
from bermitra.partnership.models import Case
from bermitra.partnership.rules import one_person_one_part
from bermitra.selection import actions as selection
from bermitra.selection.models import Call, Panelist, Proposal
from bermitra.selection.queries import parts
from tests.agreements.makers import (
    BECAUSE,
    DRAFTED,
    MADE_ON,
    PLACE,
    SIGNED,
    a_draft,
    a_locked_agreement,
    a_signed_agreement,
    a_wet_scan,
    a_whole_draft,
    accepted,
    an_accepted_text,
    an_agreement_in_force,
    changed,
    confirmed_by,
    fresh,
    locked,
    signed_by,
    whole_duties,
)
from tests.partnership.makers import agreed_by_meeting, an_office
from tests.selection.makers import a_direct_award, an_awarded_case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def open_doors(agreement: Agreement) -> set[str]:
    return set(Duty.objects.filter(closed_at=None, about=f"case:{agreement.case.code}").values_list("door", flat=True))


# By turns -----------------------------------------------------------------------------------------------------------
def test_the_first_text_holds_what_the_meeting_decided(people):
    agreement = a_draft(people)
    version = queries.newest_version(agreement)
    codes = [clause["code"] for clause in version.clauses]
    assert agreement.state == "village_turn" and version.number == 1
    assert {"ruang_lingkup", "jangka_waktu", "pendanaan", "batasan", "sanksi", "perselisihan", "pdmp_layanan"} <= set(
        codes
    )
    assert version.content["topics"] == agreement.sheet.topics
    scope = next(clause for clause in version.clauses if clause["code"] == "ruang_lingkup")
    assert scope["body"][0]["sub"] == ["Sekolah lapang; dan", "Uji tanah."]
    assert open_doors(agreement) == {"agreements.pass_turn"}


def test_a_case_has_one_living_agreement(people):
    agreement = a_draft(people)
    with pytest.raises(NoSuchMove):
        actions.start_draft(by=people.by("sekdes"), case=agreement.case)
    assert Agreement.objects.count() == 1


def test_a_change_keeps_what_was_wanted_and_why(people):
    agreement = a_draft(people)
    changed(people, agreement, wording={"kahar": "Gempa dan banjir.\n- diberitahukan dalam 3 hari"})
    with clock.at(DRAFTED):
        actions.pass_turn(by=people.by("sekdes"), agreement=agreement)
    changed(people, agreement, who="mitra", wording={"kahar": "Gempa, banjir, dan wabah."})
    first, second = queries.negotiation(agreement, "clause:kahar")
    assert (first.party, second.party) == ("one", "two")
    assert first.after == "Gempa dan banjir.\n- diberitahukan dalam 3 hari" == second.before
    assert second.after == "Gempa, banjir, dan wabah." and second.reason == BECAUSE


def test_empty_words_bring_ours_back(people):
    agreement = a_draft(people)
    before = queries.newest_version(agreement).text_hash
    changed(people, agreement, wording={"kahar": "Gempa."})
    changed(people, agreement, wording={"kahar": ""})
    assert queries.newest_version(agreement).text_hash == before


def test_an_article_that_carries_the_decision_is_not_reworded(people):
    agreement = a_draft(people)
    with pytest.raises(ValueError, match="decision"):
        changed(people, agreement, wording={"ruang_lingkup": "Apa saja."})
    assert DraftVersion.objects.count() == 1


def test_only_the_side_with_the_turn_changes_the_text(people):
    agreement = a_draft(people)
    with pytest.raises(NoSuchMove):
        changed(people, agreement, who="mitra", wording={"kahar": "Gempa."})
    with pytest.raises(NotAllowed):
        changed(people, agreement, who="sekdes.asing", wording={"kahar": "Gempa."})
    assert DraftVersion.objects.count() == 1


def test_two_acceptances_of_one_text_make_it_agreed(people):
    agreement = a_whole_draft(people)
    version = queries.newest_version(agreement)
    with clock.at(DRAFTED):
        actions.accept_text(by=people.by("kades"), agreement=agreement, text_hash=version.text_hash)
        assert agreement.state == "partner_turn"
        actions.accept_text(by=people.by("mitra.direktur"), agreement=agreement, text_hash=version.text_hash)
    assert agreement.state == "text_agreed" and open_doors(agreement) == {"agreements.finalise"}


def test_a_text_that_was_changed_meanwhile_is_not_accepted(people):
    agreement = a_whole_draft(people)
    old = queries.newest_version(agreement).text_hash
    changed(people, agreement, wording={"kahar": "Gempa."})
    with pytest.raises(Refused) as refused:
        actions.accept_text(by=people.by("kades"), agreement=fresh(agreement), text_hash=old)
    assert refused.value.codes == ("AG-06",) and not Acceptance.objects.exists()


def test_a_change_voids_the_acceptances(people):
    agreement = an_accepted_text(people)
    changed(people, agreement, wording={"kahar": "Gempa."})
    with pytest.raises(Refused) as refused:
        locked(people, fresh(agreement))
    assert "AG-06" in refused.value.codes


def test_legal_review_gives_notes_and_hands_the_text_back(people):
    agreement = a_draft(people)
    reviewer = an_office(people, "hukum", "Bagian Hukum", roles.LEGAL_REVIEWER, where="33.04")
    with clock.at(DRAFTED):
        actions.request_legal_review(by=people.by("sekdes"), agreement=agreement, reviewer=reviewer)
        assert queries.agreements_visible_to(people.by("hukum").person).get() == agreement
        actions.give_legal_review(by=people.by("hukum"), agreement=fresh(agreement), advice="Perjelas denda.")
    assert fresh(agreement).state == "village_turn"
    assert queries.newest_version(agreement).reviews.get().text == "Perjelas denda."


def test_an_abandoned_draft_says_why_and_ends_the_case(people):
    agreement = a_draft(people)
    with pytest.raises(Refused):
        actions.abandon_draft(by=people.by("kades"), agreement=fresh(agreement), reason="")
    actions.abandon_draft(by=people.by("mitra.direktur"), agreement=agreement, reason="Mitra kehilangan dana.")
    case = Case.objects.get(pk=agreement.case_id)
    assert (case.state, case.left_because) == ("cancelled", "Mitra kehilangan dana.")
    assert fresh(agreement).state == "abandoned"


def test_back_to_the_candidates_drops_text_and_sheet(people):
    agreement = a_draft(people)
    actions.return_to_selection(by=people.by("kades"), agreement=agreement, reason="Mitra mundur dari syarat.")
    assert Case.objects.get(pk=agreement.case_id).state == "candidate_proposed"
    assert fresh(agreement).sheet.state == "superseded" and queries.agreement_of(agreement.case) is None
    assert Case.objects.get(pk=agreement.case_id).partner is None
    assert (Call.objects.get().state, Proposal.objects.get().state) == ("provisional", "not_chosen")


def test_whoever_leads_the_panel_is_told_to_go_on_when_a_draft_comes_back_to_the_candidates(people):
    agreement = a_draft(people, an_awarded_case(people, "mitra", "saingan"))
    actions.return_to_selection(by=people.by("kades"), agreement=agreement, reason="Mitra mundur dari syarat.")
    asked = Duty.objects.get(closed_at=None, about=f"case:{agreement.case.code}")
    assert (asked.door, asked.person) == ("selection.propose_next", people.lksd.code)


def test_a_partner_appointed_directly_who_is_given_up_leaves_the_bpd_to_say_that_the_call_failed(people):
    agreement = a_draft(people, a_direct_award(people))
    actions.return_to_selection(by=people.by("kades"), agreement=agreement, reason="Mitra mundur dari syarat.")
    asked = Duty.objects.get(closed_at=None, about=f"case:{agreement.case.code}")
    assert (asked.door, asked.role) == ("selection.fail_call", "bpd_chair")
    call = Call.objects.select_related("case__village", "case__partner").get()
    selection.fail_call(by=people.by("bpd"), call=call, reason="Mitra mundur; tidak ada pembanding.")
    assert (call.state, Case.objects.get().state) == ("failed", "call_failed")


# Against the decision -----------------------------------------------------------------------------------------------
def test_AG_43_another_term_than_the_meeting_decided_is_not_locked(people):
    agreement = a_whole_draft(people)
    changed(people, agreement, topics={"term": {"start": "2026-12-01", "end": "2031-11-30"}})
    agreement = accepted(people, agreement)
    assert queries.departures(agreement, queries.newest_version(agreement)) == ["Jangka waktu"]
    with pytest.raises(Refused) as refused:
        locked(people, agreement)
    assert refused.value.codes == ("AG-43",)
    assert not Paper.objects.filter(kind="agreement").exists() and not Obligation.objects.exists()


def test_a_further_meeting_makes_the_other_term_lawful(people):
    agreement = a_whole_draft(people)
    longer = {"start": "2026-12-01", "end": "2031-11-30"}
    with clock.at(DRAFTED):
        topics = {**queries.newest_version(agreement).content["topics"], "term": longer}
        cases.draft_term_sheet(by=people.by("sekdes"), case=agreement.case, topics=topics)
        tabled = cases.table_term_sheet(by=people.by("kades"), case=agreement.case)
        agreed_by_meeting(tabled)
        cases.agree_term_sheet(by=people.by("bpd"), case=agreement.case)
    changed(people, agreement, follow_sheet=True)
    agreement = accepted(people, agreement)
    with pytest.raises(Refused) as refused:
        locked(people, agreement)
    assert refused.value.codes == ("AG-45",)  # the BPD agreed to the burden of another sheet
    with clock.at(DRAFTED):
        actions.issue_bpd_decree(
            by=people.by("bpd"), case=agreement.case, number="4/KEP-BPD/2026", dated=MADE_ON, about="Jangka lebih lama"
        )
    held = locked(people, fresh(agreement))
    assert held.ends_on.year == 2031 and held.sheet.pk == tabled.pk


def test_what_the_sheet_left_empty_may_be_filled_in(people):
    agreement = a_draft(people)
    changed(people, agreement, topics={"duties": whole_duties(agreement)})
    assert not queries.departures(agreement, queries.newest_version(agreement))


@pytest.mark.parametrize("who", ["guru", "lksd"], ids=["scored", "proposed"])
def test_FD_04_who_scored_or_proposed_does_not_sign_even_as_the_head_of_a_later_day(people, who):
    agreement, person = a_locked_agreement(people), people.held[who]
    office = Appointment.objects.get(person=people.kades)
    Appointment.objects.filter(pk=office.pk).update(person=person)
    SignatureSlot.objects.filter(agreement=agreement, party="one").update(person=person, name=person.full_name)
    with pytest.raises(Refused) as refused:
        signed_by(people, agreement, who)
    assert refused.value.codes == ("FD-04",)
    assert not Signature.objects.exists()


@pytest.fixture
def back_at_the_candidates(people):
    """``kades`` signed, the signature was voided, and the case went back to the panel; its chair is his from now on."""
    agreement = signed_by(people, a_locked_agreement(people, an_awarded_case(people, "mitra", "saingan")), "kades")
    with clock.at(SIGNED):
        by = people.by("kades")
        agreement = actions.void_signatures(by=by, agreement=agreement, reason="Mitra menolak.")
        actions.return_to_selection(by=people.by("kades"), agreement=fresh(agreement), reason="Mitra mundur.")
    for table in (Appointment, Panelist):
        table.objects.filter(person=people.lksd).update(person=people.kades)
    Proposal.objects.exclude(partner=agreement.partner).update(state="ranked")  # as a further look would rank it
    call = Call.objects.select_related("case__village", "case__partner").get()
    selection.declare_interest(by=people.by("kades"), call=call, interest=False)
    return call


def test_FD_04_who_signed_does_not_propose_another_though_the_signature_was_voided(people, back_at_the_candidates):
    with pytest.raises(Refused) as refused, clock.at(SIGNED):
        selection.propose_next(by=people.by("kades"), call=back_at_the_candidates, minutes_number="BA-4")
    assert refused.value.codes == ("FD-04",)
    assert Case.objects.get().state == "candidate_proposed"


def test_FD_04_counts_whoever_signed_and_nobody_beside(people, back_at_the_candidates):
    found = parts(back_at_the_candidates.case)
    assert found.signers == {people.kades.code}
    for act in ("propose", "score"):
        assert not one_person_one_part(found.facts(people.kades.code, act))
        assert one_person_one_part(found.facts(people.sekdes.code, act)) is (act == "propose")
    assert one_person_one_part(found.facts(people.kades.code, "sign"))


# Locking ------------------------------------------------------------------------------------------------------------
def test_locking_writes_what_binds_both_sides(people):
    agreement = a_locked_agreement(people)
    assert agreement.state == "locked" and agreement.case.state == "ready_to_sign"
    assert agreement.obligations.count() == 3 and agreement.funding.count() == 2
    assert agreement.limits.count() == agreement.sanctions.count() == 1
    assert {each.kind for each in agreement.annexes.all()} == {"work_plan", "budget", "indicators"}
    assert {slot.text_hash for slot in queries.slots_of(agreement)} == {agreement.paper.file.sha256}
    assert [slot.name for slot in queries.slots_of(agreement)] == [
        "Sutrisno Hadi",
        people.held["mitra.direktur"].full_name,
    ]
    assert open_doors(agreement) == {"agreements.sign"}


def test_each_missing_thing_is_named_at_once_and_nothing_is_written(people):
    agreement = a_draft(people)
    with pytest.raises(Refused) as refused:
        locked(people, accepted(people, agreement))
    assert {"AG-04", "AG-07", "AG-08", "AG-42"} <= set(refused.value.codes)
    assert fresh(agreement).state == "text_agreed" and not SignatureSlot.objects.exists()


def test_AG_01_a_meeting_annulled_meanwhile_stops_the_locking(people):
    agreement = an_accepted_text(people)
    annul(agreement)
    with pytest.raises(Refused) as refused:
        locked(people, agreement)
    assert refused.value.codes == ("AG-01",)


def annul(agreement: Agreement) -> None:
    from bermitra.deliberation.models import Meeting

    Meeting.objects.filter(subjects__code=agreement.sheet.code).update(state="annulled")


def test_a_paper_of_another_text_is_not_issued(people):
    agreement = an_accepted_text(people)
    knock = people.by("kades")
    with clock.at(DRAFTED):
        from bermitra.agreements.letters import agreement_paper

        paper = agreement_paper(
            agreement, queries.draft_of(agreement), key=knock.key, made_on=MADE_ON, place="Balai Desa"
        )
        with pytest.raises(NoSuchMove):
            actions.finalise(by=knock, agreement=agreement, made_on=MADE_ON, place=PLACE, paper=paper, pages=9)
    assert not Paper.objects.filter(kind="agreement").exists()


def test_reopening_voids_the_paper_and_the_places_to_sign(people):
    agreement = a_locked_agreement(people)
    paper = agreement.paper
    actions.reopen_draft(by=people.by("kades"), agreement=agreement, reason="Salah ketik nomor.")
    held = fresh(agreement)
    assert held.state == "village_turn" and held.paper is None and held.case.state == "drafting"
    assert Paper.objects.get(pk=paper.pk).is_withdrawn and not Obligation.objects.exists()
    again = locked(people, accepted(people, held))
    assert again.paper.code != paper.code and again.slots.exclude(state="void").count() == 2


# Signing electronically ---------------------------------------------------------------------------------------------
def test_both_sign_the_same_bytes_and_the_file_carries_both(people):
    agreement = a_locked_agreement(people)
    first = signed_by(people, agreement, "mitra.direktur")
    assert first.case.state == "partly_signed"
    held = signed_by(people, first, "kades")
    assert held.case.state == "signed" and held.signed_at == SIGNED
    assert open_doors(held) == {"agreements.activate"}
    pdf = files.read(queries.signed_file(held).file.sha256)
    assert pdf.startswith(files.read(held.paper.file.sha256))
    found = signing.found_in(pdf, example=False)
    assert [(each.field, each.good) for each in found] == [("PihakKedua", True), ("PihakKesatu", True)]


def test_AG_01_nobody_signs_after_the_meeting_was_annulled(people):
    agreement = a_locked_agreement(people)
    annul(agreement)
    with pytest.raises(Refused) as refused:
        signed_by(people, agreement, "kades")
    assert refused.value.codes == ("AG-01",)
    assert not Signature.objects.exists() and fresh(agreement).case.state == "ready_to_sign"


def test_AG_19_other_bytes_than_the_locked_ones_are_not_signed(people):
    agreement = a_locked_agreement(people)
    with pytest.raises(Refused) as refused:
        signed_by(people, agreement, "kades", seen="0" * 64)
    assert refused.value.codes == ("AG-19",) and not Signature.objects.exists()


def test_AG_18_a_mandate_that_ran_out_does_not_sign(people):
    agreement = a_locked_agreement(people)
    party = agreement.partner.code
    Appointment.objects.filter(role="partner_signatory", party=party).update(until=MADE_ON)
    with pytest.raises(NotAllowed):  # the office itself has ended
        signed_by(people, agreement, "mitra.direktur")
    assert not Signature.objects.exists()


def test_AG_18_a_second_signatory_is_not_the_one_named(people):
    agreement = a_locked_agreement(people)
    an_office(people, "direktur.dua", "Direktur Lain", roles.PARTNER_SIGNATORY, party=agreement.partner.code)
    for reason in ("", "Direktur sedang pergi."):
        with pytest.raises(Refused) as refused:
            signed_by(people, agreement, "direktur.dua", reason=reason)
        assert "AG-18" in refused.value.codes


def test_signing_asks_for_the_password_again(people):
    agreement = a_locked_agreement(people)
    from dataclasses import replace

    knock = replace(people.by("kades"), confirmed_at=None)
    with pytest.raises(StepUpNeeded):
        actions.sign(by=knock, agreement=agreement, seen=agreement.paper.file.sha256)


def test_the_same_request_twice_is_one_signature(people):
    agreement = a_locked_agreement(people)
    knock = people.by("kades")
    with clock.at(SIGNED):
        for _ in range(2):
            actions.sign(by=knock, agreement=fresh(agreement), seen=agreement.paper.file.sha256)
    assert Signature.objects.count() == 1 and Event.objects.filter(verb="agreement.signed").count() == 1


def test_a_signature_left_unsealed_is_sealed_later(people):
    from bermitra.agreements.sealing import seal_due

    agreement = a_locked_agreement(people)
    with clock.at(SIGNED):
        actions.sign(by=people.by("kades"), agreement=agreement, seen=agreement.paper.file.sha256)
    assert not SignedFile.objects.exists()
    assert seal_due() == 1 and SignedFile.objects.count() == 1 and seal_due() == 0


def test_who_declines_says_why_and_may_be_asked_again(people):
    agreement = a_locked_agreement(people)
    actions.decline_to_sign(by=people.by("mitra.direktur"), agreement=agreement, reason="Menunggu rektor.")
    with pytest.raises(NoSuchMove):
        signed_by(people, agreement, "mitra.direktur")
    actions.invite_signer(by=people.by("sekdes"), agreement=fresh(agreement))
    assert signed_by(people, agreement, "mitra.direktur").case.state == "partly_signed"


# Signing with ink ---------------------------------------------------------------------------------------------------
def test_two_people_other_than_the_uploader_make_ink_count(people):
    agreement = a_wet_scan(people, a_locked_agreement(people))
    once = confirmed_by(people, agreement, "bpd")
    assert once.case.state == "ready_to_sign" and not Signature.objects.exists()
    held = confirmed_by(people, once, "mitra.direktur")
    assert held.case.state == "signed" and held.scans.get().state == "confirmed"
    assert {each.mode for each in Signature.objects.all()} == {"wet"}
    assert {each.by for each in Signature.objects.all()} == {people.sekdes.code}


def test_one_person_twice_is_not_two(people):
    agreement = a_wet_scan(people, a_locked_agreement(people))
    confirmed_by(people, agreement, "bpd")
    assert confirmed_by(people, agreement, "bpd").case.state == "ready_to_sign"


def test_two_people_of_one_side_do_not_speak_for_the_other(people):
    agreement = a_wet_scan(people, a_locked_agreement(people))
    held = confirmed_by(people, confirmed_by(people, agreement, "bpd"), "kades")
    assert held.case.state == "ready_to_sign" and not Signature.objects.exists()
    assert queries.sides_missing(queries.waiting_scan(held)) == ["two"]
    assert open_doors(held) == {"agreements.confirm_wet_signatures"}
    assert confirmed_by(people, held, "mitra").case.state == "signed"


def test_whoever_compared_before_sides_were_written_did_so_for_the_side_of_his_office(people):
    agreement = a_wet_scan(people, a_locked_agreement(people))
    scan = queries.waiting_scan(agreement)
    WetConfirmation.objects.create(
        scan=scan, name="Rina", role="partner_rep", pages=scan.pages, at=SIGNED, by=people.held["mitra"].code
    )
    assert queries.sides_missing(scan) == ["one"]
    assert confirmed_by(people, agreement, "bpd").case.state == "signed"


@pytest.mark.parametrize("who", ["sekdes", "mitra"])
def test_AG_20_who_uploaded_the_scan_does_not_confirm_it(people, who):
    agreement = a_wet_scan(people, a_locked_agreement(people), who)
    with pytest.raises(Refused) as refused:
        confirmed_by(people, agreement, who)
    assert refused.value.codes == ("AG-20",) and not queries.waiting_scan(agreement).confirmations.exists()


def test_the_camat_does_not_compare_for_a_party(people):
    agreement = a_wet_scan(people, a_locked_agreement(people))
    with pytest.raises(NotAllowed):
        confirmed_by(people, agreement, "camat")


def test_law_E19_a_thumbprint_says_who_read_the_text_aloud(people):
    agreement = a_wet_scan(people, a_locked_agreement(people), read_aloud={"two": "Karsono"})
    for who in ("bpd", "mitra"):
        agreement = confirmed_by(people, agreement, who)
    assert [slot.read_aloud_by for slot in queries.slots_of(agreement)] == ["", "Karsono"]
    carried, _agreement = queries.carried_by(agreement.paper)
    assert [("cap jempol, dibacakan Karsono" in each.name) for each in carried.places] == [False, True]


def test_AG_20_pages_that_do_not_match_are_not_confirmed(people):
    agreement = a_wet_scan(people, a_locked_agreement(people))
    with pytest.raises(Refused) as refused:
        confirmed_by(people, agreement, "bpd", pages=agreement.pages - 1)
    assert refused.value.codes == ("AG-20",)


def test_a_returned_scan_lets_another_come(people):
    agreement = a_wet_scan(people, a_locked_agreement(people))
    actions.return_wet_signatures(by=people.by("bpd"), agreement=agreement, reason="Halaman 3 buram.")
    again = a_wet_scan(people, agreement)
    assert WetScan.objects.filter(state="returned").count() == 1 and queries.waiting_scan(again) is not None


def test_a_scan_that_was_exchanged_meanwhile_is_not_confirmed(people):
    agreement = a_wet_scan(people, a_locked_agreement(people))
    compared = queries.compared_hash(queries.waiting_scan(agreement))
    actions.return_wet_signatures(by=people.by("bpd"), agreement=agreement, reason="Halaman 3 buram.")
    held = a_wet_scan(people, reopened(people, agreement))
    with clock.at(SIGNED), pytest.raises(Refused) as refused:
        actions.confirm_wet_signatures(by=people.by("bpd"), agreement=held, seen=compared, pages=held.pages)
    assert refused.value.codes == ("AG-44",)
    assert not queries.waiting_scan(held).confirmations.exists()


@pytest.mark.parametrize("day", [MADE_ON - timedelta(days=1), SIGNED.date() + timedelta(days=1)])
def test_ink_is_dated_between_the_locking_of_the_text_and_today(people, day):
    agreement = a_locked_agreement(people)
    with pytest.raises(Refused) as refused:
        a_wet_scan(people, agreement, signed_on=day)
    assert refused.value.codes == ("AG-47",)
    a_wet_scan(people, agreement, signed_on=SIGNED.date())


def test_ink_and_electronic_signatures_are_not_mixed(people):
    agreement = a_wet_scan(people, a_locked_agreement(people))
    with pytest.raises(NoSuchMove):
        signed_by(people, agreement, "kades")
    other = signed_by(people, reopened(people, agreement), "kades")
    with pytest.raises(NoSuchMove):
        a_wet_scan(people, other)


def reopened(people, agreement: Agreement) -> Agreement:
    actions.reopen_draft(by=people.by("kades"), agreement=fresh(agreement), reason="Salah cetak.")
    return locked(people, accepted(people, fresh(agreement)))


# In force -----------------------------------------------------------------------------------------------------------
def test_in_force_with_both_numbers(people):
    agreement = an_agreement_in_force(people)
    assert agreement.state == "in_force" and agreement.case.state == "running"
    assert (agreement.village_number, agreement.partner_number) == ("003/PB-PANDANARUM/V/2026", "1123/FPC/2026")
    assert open_doors(agreement) == {"delivery.draft_plan"}
    assert queries.public_agreements().get() == agreement


def test_AG_22_without_the_partners_number_it_is_not_in_force(people):
    agreement = a_signed_agreement(people)
    with pytest.raises(Refused) as refused:
        actions.activate(by=people.by("sekdes"), agreement=agreement)
    assert refused.value.codes == ("AG-22",) and fresh(agreement).state == "locked"


def test_a_number_that_was_signed_does_not_change(people):
    agreement = a_signed_agreement(people)
    actions.activate(by=people.by("sekdes"), agreement=agreement, village_number="9/LAIN", partner_number="1/2026")
    assert fresh(agreement).village_number == "003/PB-PANDANARUM/V/2026"


def test_the_summary_is_published_once_it_is_in_force(people):
    agreement = a_signed_agreement(people)
    with pytest.raises(NoSuchMove):
        actions.publish_summary(by=people.by("sekdes"), agreement=agreement, summary="Ringkas.")
    actions.activate(by=people.by("sekdes"), agreement=agreement, partner_number="1/2026")
    actions.publish_summary(by=people.by("sekdes"), agreement=fresh(agreement), summary="Ringkas.")
    assert fresh(agreement).summary == "Ringkas."


# Permits ------------------------------------------------------------------------------------------------------------
def test_a_permit_is_asked_granted_and_named_in_the_journal(people):
    agreement = an_accepted_text(people)
    actions.request_permit(by=people.by("kades"), agreement=agreement, because="Tanah kas desa dipakai.")
    assert fresh(agreement).case.state == "awaiting_permit" and open_doors(agreement) == {"agreements.grant_permit"}
    with pytest.raises(NoSuchMove):
        changed(people, fresh(agreement), wording={"kahar": "Gempa."})
    with pytest.raises(NotAllowed):
        actions.grant_permit(by=people.by("dinas.asing"), agreement=fresh(agreement), number="1", dated=MADE_ON)
    actions.grant_permit(by=people.by("bupati"), agreement=fresh(agreement), number="593/112/2026", dated=MADE_ON)
    held = fresh(agreement)
    assert held.case.state == "drafting" and held.state == "text_agreed" and held.permits.get().number == "593/112/2026"
    assert Event.objects.filter(verb="permit.granted").count() == 1


def test_a_refused_permit_gives_the_text_back_to_the_village(people):
    agreement = an_accepted_text(people)
    actions.request_permit(by=people.by("kades"), agreement=agreement, because="Tanah kas desa dipakai.")
    actions.refuse_permit(by=people.by("bupati"), agreement=fresh(agreement), reason="Tata ruang tidak sesuai.")
    held = fresh(agreement)
    assert (held.state, held.case.state) == ("village_turn", "drafting")
    assert held.permits.get().answer == "Tata ruang tidak sesuai."


def test_the_regency_locks_and_signs_nothing(people):
    agreement = an_accepted_text(people)
    for who in ("dinas", "bupati", "camat", "operator", "sekdes", "bpd"):
        with pytest.raises(NotAllowed):
            actions.accept_text(by=people.by(who), agreement=agreement, text_hash="x")
        with pytest.raises(NotAllowed):
            actions.sign(by=people.by(who), agreement=agreement, seen="x")


def test_text_stays_pure_and_repeatable(people):
    agreement = a_draft(people)
    version = queries.newest_version(agreement)
    setting = queries.setting_of(agreement.case, agreement.title)
    assert text.text_hash(version.content, setting) == version.text_hash
