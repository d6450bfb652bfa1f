"""The BKAD: seats of every village, women among them, an account in its name, dues, villages that join and leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from bermitra.agreements.joint.body import actions, forms, queries, sealing
from bermitra.agreements.joint.body.actions import Seated
from bermitra.agreements.joint.body.letters import Decree, changed, decree_paper, filled_by, joined_by, statement_paper
from bermitra.agreements.joint.body.models import JointBody, JointDue, JointMembership
from bermitra.agreements.joint.body.rules import (
    AcceptedFacts,
    ArrivedFacts,
    BoardFacts,
    BodyFacts,
    DecreeFacts,
    MemberFacts,
    NoticeFacts,
    OthersFacts,
    body_accepted_by_every_village,
    body_balanced_and_banked,
    decree_before_is_signed,
    decree_signed_by_whom_it_names,
    every_village_takes_it_in,
    left_after_notice,
    member_changed_by_own_decision,
    payment_seen_by_another_village,
)
from bermitra.agreements.joint.models import JointParty, JointRegulation
from bermitra.agreements.villages.models import VillageChange
from bermitra.deliberation.queries import texts_waiting
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Refused
from bermitra.portal import verification
from tests.agreements import joint_makers as m
from tests.agreements.village_makers import decree
from tests.deliberation import joint_makers as offers
from tests.deliberation import makers
from tests.deliberation.joint_makers import THIRD
from tests.deliberation.makers import on, words_of
from tests.deliberation.test_pages import as_, confirmed, hidden, send, to
from tests.partnership.makers import an_office
from tests.people import NEIGHBOUR, OURS, place

BODY = BodyFacts(4, 4, 40, 30, True, "2/2026")
FORMED = m.PROMULGATED + timedelta(days=14)
SEATS = (
    Seated("Tarmi", "P", OURS, "chair"),
    Seated("Sukirno", "L", NEIGHBOUR, "treasurer"),
    Seated("Ngatini", "P", NEIGHBOUR, "secretary"),
)


def test_AG_26_body_balanced_and_banked():
    assert body_balanced_and_banked(BODY)
    for spoilt in (
        {"villages_represented": 3},
        {"women_percent": 29},
        {"account_of_body": False},
        {"decree_number": ""},
        {"outside": 1},
    ):
        assert not body_balanced_and_banked(replace(BODY, **spoilt))


def test_AG_64_member_changed_by_own_decision():
    facts = MemberFacts(True, 0, True)
    assert member_changed_by_own_decision(facts)
    for spoilt in ({"agreed": False}, {"arrears": 1}, {"stated": False}):
        assert not member_changed_by_own_decision(replace(facts, **spoilt))


def test_AG_73_body_accepted_by_every_village():
    assert body_accepted_by_every_village(AcceptedFacts(4, 4))
    assert not body_accepted_by_every_village(AcceptedFacts(4, 3))
    assert not body_accepted_by_every_village(AcceptedFacts(0, 0))


def test_AG_74_every_village_takes_it_in():
    assert every_village_takes_it_in(OthersFacts(True, 4, 4))
    assert not every_village_takes_it_in(OthersFacts(True, 4, 3))
    assert every_village_takes_it_in(OthersFacts(False, 4, 0))  # to leave, nobody else is asked


def test_AG_75_left_after_notice():
    assert left_after_notice(NoticeFacts(date(2026, 11, 4), date(2026, 11, 4)))
    assert not left_after_notice(NoticeFacts(date(2026, 11, 4), date(2026, 11, 3)))
    assert left_after_notice(NoticeFacts(None, date(2026, 5, 4)))


def test_AG_76_payment_seen_by_another_village():
    assert payment_seen_by_another_village(ArrivedFacts(True))
    assert not payment_seen_by_another_village(ArrivedFacts(False))


def test_the_day_of_dues_is_read_from_the_text_and_lies_inside_the_term():
    days = queries.due_days("31 Maret", date(2026, 6, 1), date(2029, 2, 1))
    assert days == [date(2026, 6, 1), date(2027, 3, 31), date(2028, 3, 31)]
    assert queries.due_days("30 Februari", date(2027, 1, 1), date(2027, 12, 31)) == [date(2027, 2, 28)]
    assert queries.due_days("sesudah panen", date(2027, 1, 1), date(2027, 12, 31)) == [date(2027, 3, 31)]


@pytest.fixture
def villages(people, db):
    return m.villages_of(people, (NEIGHBOUR,))


GIVEN = {
    "decree_number": "01/BKAD/2026",
    "decree_on": FORMED,
    "bank": "Bank contoh",
    "account_name": "BKAD Banyu Guyub",
}


def forms_body(people, regulation, seats=SEATS, **other) -> JointBody:
    given = GIVEN | other
    knock = people.by("kades")
    decree = Decree(given["decree_number"], given["decree_on"], given["bank"], given["account_name"], tuple(seats))
    paper = decree_paper(regulation, decree, key=knock.key)
    return actions.form_joint_body(by=knock, regulation=regulation, seats=seats, paper=paper, **given)


def hands_over(by, seat, name: str, sex: str, reason: str = "Pindah.", number: str = "02/BKAD/2026"):
    decree = changed(seat.body, seat, name, sex, reason, number=number, dated=clock.today())
    paper = decree_paper(seat.body.regulation, decree, key=by.key)
    return actions.hand_over_joint_seat(
        by=by, seat=seat, name=name, sex=sex, reason=reason, decree_number=number, paper=paper
    )


def proposed(villages, seats=SEATS) -> JointBody:
    regulation = m.in_force(villages)
    with clock.at(on(FORMED)):
        return forms_body(villages[0], regulation, seats)


def accepted(people, body: JointBody) -> None:
    """At the hour that it is."""
    held = JointBody.objects.get(pk=body.pk)
    actions.accept_joint_body(by=people.by("kades"), village=place(people.village), body=held, seen=held.words_hash)


def accepts(people, body: JointBody, seen: str = "") -> JointBody:
    body = JointBody.objects.get(pk=body.pk)
    with clock.at(on(FORMED, 1)):
        return actions.accept_joint_body(
            by=people.by("kades"), village=place(people.village), body=body, seen=seen or body.words_hash
        )


def formed(villages, seats=SEATS) -> JointBody:
    body = proposed(villages, seats)
    for each in villages[1:]:
        body = accepts(each, body)
    return body


def treasurer(people, code: str = NEIGHBOUR) -> None:
    an_office(people, f"bendahara.{code[-4:]}", "Sri", roles.VILLAGE_TREASURER, where=code)


def pays(by, due: JointDue, amount: int, receipt: str, day: date = FORMED):
    with clock.at(on(day, 2)):
        return actions.pay_joint_due(by=by, due=due, amount=amount, paid_on=day, receipt=receipt)


def sees(by, payment, found: bool = True, day: date = FORMED, reason: str = ""):
    with clock.at(on(day, 3)):
        return actions.confirm_joint_payment(by=by, payment=payment, found=found, reason=reason)


def states(people, membership: JointMembership, day: date, number: str = "140/9/2026") -> JointMembership:
    with clock.at(on(day, 8)):
        knock = people.by("kades")
        paper = statement_paper(membership, key=knock.key, number=number, dated=day)
        return actions.state_joint_member(
            by=knock, village=place(people.village), membership=membership, number=number, paper=paper
        )


def takes_in(people, membership: JointMembership, name: str = "Marni", sex: str = "P") -> JointMembership:
    """The drafting head settles it: the village that joins sits in the body by a decree of its own number."""
    body, knock, number = queries.formed_body(membership.regulation), people.by("kades"), "03/BKAD/2026"
    decree = joined_by(body, membership, name, sex, number=number, dated=clock.today())
    paper = decree_paper(body.regulation, decree, key=knock.key)
    return actions.settle_joint_member(
        by=knock, membership=membership, name=name, sex=sex, decree_number=number, paper=paper
    )


def joining(villages, third, day: date, body: JointBody) -> JointMembership:
    """Everybody agreed that this village joins, and its head has stated it."""
    with clock.at(on(FORMED)):
        asked = actions.invite_joint_member(
            by=villages[0].by("kades"), regulation=body.regulation, village=place(third.village), dues=30_000_000,
            reason="Setangga.",
        )  # fmt: skip
    for each in (third, *villages):
        decides_on(each, asked, day)
    return states(third, asked, day)


def decides_on(people, membership: JointMembership, day: date, agreed: bool = True) -> None:
    meeting = makers.an_invited_meeting(
        people, day, code=membership.code, title="Keanggotaan", text_hash=membership.text_hash
    )
    with clock.at(on(day)):
        held = makers.decided(people, makers.opened(people, meeting), "agreed" if agreed else "refused")
    offers.binding(people, held)


def test_law_T16_between_villages_there_is_a_joint_regulation_and_a_decree_of_the_body(people, villages):
    regulation = m.locked(villages)
    with pytest.raises(NoSuchMove):  # no body before the regulation is in force
        forms_body(people, regulation)
    for each in villages:
        m.signs(each, regulation)
    for each in villages:
        m.promulgates(each, regulation)
    with pytest.raises(Refused, match="AG-26"), clock.at(on(FORMED)):
        forms_body(people, regulation, decree_number="")
    with clock.at(on(FORMED)):
        body = forms_body(people, regulation, decree_number="01/BKAD")
    body = accepts(villages[1], body)
    assert body.state == "formed"
    assert JointRegulation.objects.get(body=body).paper.kind == "joint_regulation"
    assert body.decree_number == "01/BKAD"


@pytest.mark.parametrize(
    "seats", [SEATS[:1], (replace(SEATS[0], sex="L"), SEATS[1], replace(SEATS[2], sex="L"))], ids=["village", "women"]
)
def test_a_body_without_a_village_or_without_women_is_not_formed(villages, seats):
    with pytest.raises(Refused, match="AG-26"):
        formed(villages, seats)
    assert not JointBody.objects.exists()


def test_the_drafting_head_proposes_and_the_body_is_formed_when_every_head_accepted_exactly_that(people, villages):
    body = proposed(villages)
    assert body.state == "proposed" and not body.dues.exists()
    waits = Duty.objects.filter(door="agreements.accept_joint_body", closed_at=None)
    assert [(each.region_id, each.role) for each in waits] == [(NEIGHBOUR, "village_head")]
    first = body.words_hash
    with pytest.raises(NoSuchMove):  # who proposed has accepted and signed already
        accepts(people, body)
    with clock.at(on(FORMED)):
        with pytest.raises(NotAllowed):  # no head accepts for another village
            actions.accept_joint_body(by=people.by("kades"), village=place(NEIGHBOUR), body=body, seen=first)
        seats = (replace(SEATS[0], name="Rini"), *SEATS[1:])
        body = forms_body(people, body.regulation, seats)
    with pytest.raises(Refused, match="AG-44"):  # it reads otherwise now
        accepts(villages[1], body, seen=first)
    with pytest.raises(Refused, match="AG-73"), clock.at(on(FORMED, 1)):
        seat = body.seats.get(office="chair")
        hands_over(people.by("kades"), seat, "Siti", "P")
    body = accepts(villages[1], body)
    assert body.state == "formed" and {each.name for each in queries.seated(body)} >= {"Rini"}
    with pytest.raises(NoSuchMove):
        accepts(villages[1], body)
    with pytest.raises(NoSuchMove), clock.at(on(FORMED, 4)):
        forms_body(people, body.regulation)
    assert {each.name for each in queries.seated(JointBody.objects.get())} >= {"Rini"}


def test_every_village_owes_what_the_signed_text_says_until_the_last_year(villages):
    body = formed(villages)
    dues = body.dues.filter(village=NEIGHBOUR)
    assert list(dues.values_list("year", flat=True)) == [2026, 2027, 2028, 2029, 2030, 2031]
    assert set(dues.values_list("amount", flat=True)) == {60_000_000}
    waiting = Duty.objects.filter(door="agreements.pay_joint_due", closed_at=None)
    assert {(each.region_id, each.role) for each in waiting} == {
        (OURS, "village_treasurer"),
        (NEIGHBOUR, "village_treasurer"),
    }


def test_dues_are_paid_in_parts_and_count_once_the_village_of_the_treasurer_has_seen_them(people, villages):
    body = formed(villages)
    treasurer(people)
    due, ours, theirs = body.dues.filter(village=OURS).first(), people.by("bendahara"), villages[1].by("bendahara")
    late = due.due_on + timedelta(days=1)
    payment = pays(ours, due, 20_000_000, "BKU-1")
    mine = queries.owed(body, late, OURS)[0]
    assert (mine.paid, mine.pending, mine.rest, mine.to_pay) == (0, 20_000_000, 60_000_000, 40_000_000)
    waiting = Duty.objects.filter(door="agreements.confirm_joint_payment", closed_at=None)
    assert [each.region_id for each in waiting] == [NEIGHBOUR]
    with pytest.raises(NotAllowed):  # who pays does not say that it came in
        sees(ours, payment)
    sees(theirs, payment)
    with pytest.raises(NoSuchMove):
        sees(villages[1].by("bendahara"), payment)
    mine = queries.owed(body, late, OURS)[0]
    assert (mine.paid, mine.rest, mine.late) == (20_000_000, 40_000_000, True)
    with pytest.raises(NoSuchMove):  # more than is owed, and the same receipt twice
        pays(people.by("bendahara"), due, 50_000_000, "BKU-2")
    with pytest.raises(NoSuchMove):
        pays(people.by("bendahara"), due, 1, "BKU-1")
    sees(villages[1].by("bendahara"), pays(people.by("bendahara"), due, 40_000_000, "BKU-2"))
    assert queries.owed(body, late, OURS)[0].rest == 0
    still = Duty.objects.filter(door="agreements.pay_joint_due", closed_at=None, region_id=OURS)
    assert [each.params["year"] for each in still] == [2027]


def test_money_that_was_not_found_is_owed_again(people, villages):
    body = formed(villages)
    treasurer(people)
    due = body.dues.filter(village=OURS).first()
    payment = pays(people.by("bendahara"), due, due.amount, "BKU-1")
    assert not Duty.objects.filter(door="agreements.pay_joint_due", closed_at=None, region_id=OURS, params__year=2026)
    sees(villages[1].by("bendahara"), payment, found=False, reason="Tidak ada di rekening koran.")
    assert queries.stand_of(due, FORMED).to_pay == due.amount
    waiting = Duty.objects.filter(door="agreements.pay_joint_due", closed_at=None, region_id=OURS)
    assert [each.params["year"] for each in waiting] == [2026]


def test_the_treasurers_own_village_is_seen_to_by_the_next_office_and_nobody_serves_on_both_sides(people, villages):
    body = formed(villages)
    treasurer(people)
    due = body.dues.filter(village=NEIGHBOUR).first()
    payment = pays(villages[1].by("bendahara"), due, due.amount, "BKU-7")
    assert payment.reach().region == OURS
    both = Appointment.objects.get(person=people.held["bendahara"])
    both.pk, both.region_id, both.role = None, NEIGHBOUR, roles.VILLAGE_SECRETARY.key
    both.save(force_insert=True)
    with pytest.raises(Refused, match="AG-76"):
        sees(people.by("bendahara"), payment)
    sees(people.by("kades"), payment)
    assert queries.stand_of(due, FORMED).rest == 0


def test_a_seat_is_handed_over_inside_its_village_and_the_body_stays_balanced(people, villages):
    body = formed(villages)
    chair = body.seats.get(office="chair")
    secretary = body.seats.get(office="secretary")
    with clock.at(on(FORMED)):
        new = hands_over(people.by("kades"), chair, "Siti", "P")
        with pytest.raises(NoSuchMove):
            hands_over(people.by("kades"), chair, "Rini", "P")
        with pytest.raises(Refused, match="AG-93"):  # the other head has not signed the decree of before
            hands_over(villages[1].by("kades"), secretary, "Joko", "L")
    assert (new.village_id, new.office) == (OURS, "chair")
    waits = Duty.objects.filter(door="agreements.accept_joint_body", closed_at=None)
    assert [each.region_id for each in waits] == [NEIGHBOUR]
    body = accepts(villages[1], body)
    assert body.state == "formed" and not waits.all().exists() and queries.unsigned(body) == []
    with pytest.raises(NoSuchMove):
        accepts(villages[1], body)
    with clock.at(on(FORMED, 2)):
        with pytest.raises(Refused, match="AG-26"):
            hands_over(people.by("kades"), new, "Eko", "L")
            body = accepts(villages[1], body)
            hands_over(villages[1].by("kades"), secretary, "Joko", "L")
    assert {each.name for each in queries.seated(body)} >= {"Ngatini", "Sukirno"}


def test_every_head_signs_the_decree_in_the_file_and_everybody_may_check_it(people, villages):
    body = proposed(villages)
    sealing.seal(body.paper)
    first = queries.signed_file(body.paper)
    assert verification.verify(body.paper).verdict == verification.Verdict.UNSIGNED
    body = accepts(villages[1], body)
    assert (sealing.seal_due(), sealing.seal_due()) == (1, 0)
    kept = queries.signed_file(body.paper)
    found = signing.found_in(files.read(kept.sha256), example=False)
    assert [each.good for each in found] == [True, True]
    held = verification.paper_of(files.read(kept.sha256))
    assert held == body.paper and verification.paper_of(files.read(first.sha256)) == body.paper
    assert verification.verify(held).verdict == verification.Verdict.GENUINE
    said = str(body.paper.source).replace("\\xa0", " ")
    assert "PENETAPAN PENGURUS BADAN KERJA SAMA ANTAR-DESA" in said
    for name in ("Tarmi", "Sukirno", "Ngatini", "Perempuan", "mengelola uang pada rekening", "01/BKAD/2026"):
        assert name in said
    assert "LATER" not in said and "…" not in said


def test_a_decree_that_was_proposed_otherwise_is_withdrawn_and_a_changed_board_has_one_more(people, villages):
    body = proposed(villages)
    earlier = body.paper
    with clock.at(on(FORMED)):
        body = forms_body(people, body.regulation, (replace(SEATS[0], name="Rini"), *SEATS[1:]))
    assert Paper.objects.get(pk=earlier.pk).is_withdrawn and body.paper != earlier
    body = accepts(villages[1], body)
    with clock.at(on(FORMED, 5)):
        hands_over(people.by("kades"), body.seats.get(office="chair"), "Siti", "P")
    assert [each.office for each in queries.seated(body)] == ["chair", "secretary", "treasurer"]
    both = queries.decrees(body.regulation)
    assert [each.source["data"]["number"] for each in both] == ["01/BKAD/2026", "02/BKAD/2026"]
    said = str(both[1].source).replace("\\xa0", " ")
    assert "PERUBAHAN PENGURUS" in said and "Siti menggantikan Rini" in said and "01/BKAD/2026" in said


def test_a_decree_is_signed_by_the_head_whose_name_it_prints(people, villages):
    body = proposed(villages)
    Person.objects.filter(appointments__region_id=NEIGHBOUR, appointments__role="village_head").update(
        full_name="Orang Lain"
    )
    with pytest.raises(Refused, match="AG-92"):
        accepts(villages[1], body)
    assert not body.paper.head_signatures.filter(village=NEIGHBOUR).exists()


def test_a_decree_that_says_something_else_than_is_proposed_is_not_issued(people, villages):
    regulation, knock = m.in_force(villages), people.by("kades")
    with clock.at(on(FORMED)):
        decree = Decree("9/BKAD", FORMED, GIVEN["bank"], GIVEN["account_name"], SEATS)
        paper = decree_paper(regulation, decree, key=knock.key)
        with pytest.raises(NoSuchMove):
            actions.form_joint_body(by=knock, regulation=regulation, seats=SEATS, paper=paper, **GIVEN)
    assert not Paper.objects.filter(kind="joint_body_decree").exists()


def test_AG_92_decree_signed_by_whom_it_names():
    assert decree_signed_by_whom_it_names(DecreeFacts("Sukardi", "Sukardi"))
    assert not decree_signed_by_whom_it_names(DecreeFacts("Sukardi", "Wagiman"))


def test_AG_93_decree_before_is_signed():
    assert decree_before_is_signed(BoardFacts(0))
    assert not decree_before_is_signed(BoardFacts(1))


def test_a_village_leaves_by_its_own_decision_when_its_dues_are_settled_and_its_notice_is_over(people, villages):
    body = formed(villages)
    treasurer(people)
    party = JointParty.objects.select_related("regulation", "village").get(
        regulation=body.regulation, village=NEIGHBOUR
    )
    with clock.at(on(FORMED)):
        leaving = actions.ask_to_leave_joint(by=villages[1].by("kades"), party=party, reason="Punya tuk sendiri.")
        with pytest.raises(Refused) as refused:
            actions.settle_joint_member(by=people.by("kades"), membership=leaving)
    assert refused.value.codes == ("AG-64", "AG-75")
    day = FORMED + timedelta(days=20)
    with pytest.raises(Refused, match="AG-64"):  # nothing is stated before the Musyawarah decided
        states(villages[1], leaving, FORMED)
    decides_on(villages[1], leaving, day)
    leaving = states(villages[1], leaving, day)
    first = queries.first_day_out(leaving)
    assert first == date(2026, FORMED.month + 6, FORMED.day)  # six months of notice, as the signed text says
    due = body.dues.filter(village=NEIGHBOUR).first()
    with pytest.raises(Refused, match="AG-64"), clock.at(on(first)):  # its dues are open
        actions.settle_joint_member(by=people.by("kades"), membership=leaving)
    sees(people.by("bendahara"), pays(villages[1].by("bendahara"), due, due.amount, "BKU-9", day), day=day)
    with pytest.raises(Refused, match="AG-75"), clock.at(on(first - timedelta(days=1))):
        actions.settle_joint_member(by=people.by("kades"), membership=leaving)
    with clock.at(on(first)):
        actions.settle_joint_member(by=people.by("kades"), membership=leaving)
    assert [each.pk for each in queries.members(body.regulation)] == [OURS]
    assert not body.seats.filter(village=NEIGHBOUR, until=None).exists()
    assert list(JointDue.objects.filter(village=NEIGHBOUR).values_list("year", flat=True)) == [2026]
    # Nobody holds two offices now: the page says which, and leads the head to the decree that fills one.
    vacant = queries.vacant(queries.seated(body), queries.ended(body))
    assert [each.office for each in vacant] == ["secretary", "treasurer"]
    waits = Duty.objects.filter(door="agreements.fill_joint_office", closed_at=None)
    assert {(each.region_id, each.url_code) for each in waits} == {(OURS, each.code) for each in vacant}
    with clock.at(on(first)):
        page = as_("kades").get(to("page.joint_body", body.regulation.code)).content.decode()
    assert "Jabatan yang kosong" in page and "dahulu Sukirno, Beji" in page
    assert to("agreements.fill_joint_office", vacant[1].code) in page


def fills(by, village: str, seat, name: str, represents: str, number: str = "03/BKAD/2026"):
    decree = filled_by(seat, name, "P", represents, number=number, dated=clock.today())
    paper = decree_paper(seat.body.regulation, decree, key=by.key)
    return actions.fill_joint_office(
        by=by, village=place(village), seat=seat, name=name, sex="P", represents=represents, decree_number=number,
        paper=paper,
    )  # fmt: skip


THREE = (*SEATS, Seated("Marni", "P", THIRD, "member"))
MERGED = on(FORMED + timedelta(days=10), 9)


def merged(people, village: str, into: str) -> VillageChange:
    """It holds no agreement, and is in the regulation."""
    act = decree(people, "merged", into, of=village, dated=FORMED, holds_from=FORMED)
    with clock.at(MERGED):
        return act()


def test_the_office_of_a_merged_village_is_filled_by_a_decree_that_every_head_left_signs(people, db):
    inside, others = m.villages_of(people, (NEIGHBOUR, THIRD)), {OURS, THIRD}
    third, body = inside[2], formed(inside, THREE)
    change = merged(people, NEIGHBOUR, OURS)
    regulation = body.regulation
    assert {each.pk for each in queries.members(regulation)} == others
    gone = JointMembership.objects.get(village=NEIGHBOUR)
    assert (gone.kind, gone.state) == ("gone", "done") and change.number in gone.reason
    secretary, treasurer_seat = queries.vacant(queries.seated(body), queries.ended(body))
    waits = Duty.objects.filter(door="agreements.fill_joint_office", closed_at=None)
    assert {each.region_id for each in waits} == others and waits.count() == 4
    with clock.at(MERGED):
        with pytest.raises(NoSuchMove):  # nobody sits in it for a village that is gone
            fills(people.by("kades"), OURS, treasurer_seat, "Sri", NEIGHBOUR)
        new = fills(third.by("kades"), THIRD, treasurer_seat, "marni", THIRD)
        body = JointBody.objects.get(pk=body.pk)
        assert (new.office, new.village_id) == ("treasurer", THIRD)
        assert [each.office for each in queries.seated(body)] == ["chair", "treasurer"]  # she left her member's seat
        assert queries.unsigned(body) == [OURS]
        with pytest.raises(Refused, match="AG-93"):  # one decree after the other
            fills(people.by("kades"), OURS, secretary, "Ngatmi", OURS)
        with pytest.raises(NoSuchMove):
            fills(people.by("kades"), OURS, treasurer_seat, "Ngatmi", OURS)
        accepted(people, body)
        fills(people.by("kades"), OURS, secretary, "Ngatmi", OURS, number="04/BKAD/2026")
        accepted(third, body)
    assert not Duty.objects.filter(door="agreements.fill_joint_office", closed_at=None).exists()
    says = " ".join(words_of(files.read(queries.decrees(regulation)[-2].file.sha256)).split())
    assert "Sukirno digantikan sebagai bendahara" in says and "marni menggantikan Sukirno" in says
    page = as_("kades").get(to("page.joint_body", regulation.code)).content.decode()
    assert "Tidak ada lagi sebagai desa" in page and "Jabatan yang kosong" not in page


def test_a_board_that_was_proposed_with_a_village_that_is_gone_since_is_proposed_anew(people, db):
    inside = m.villages_of(people, (NEIGHBOUR, THIRD))
    body = proposed(inside, THREE)
    merged(people, THIRD, OURS)
    with clock.at(MERGED):
        with pytest.raises(Refused, match="AG-26"):
            accepted(inside[1], body)
        forms_body(people, body.regulation, SEATS, decree_number="02/BKAD/2026")
        accepted(inside[1], body)
    body.refresh_from_db()
    assert body.state == "formed" and {each.village_id for each in queries.seated(body)} == {OURS, NEIGHBOUR}


def test_the_next_village_does_what_is_done_for_all_where_the_drafting_one_is_gone(people, db):
    body = formed(m.villages_of(people, (NEIGHBOUR, THIRD)), THREE)
    merged(people, OURS, NEIGHBOUR)
    regulation = JointRegulation.objects.get(pk=body.regulation_id)
    assert regulation.village_id == NEIGHBOUR and OURS not in {each.pk for each in queries.members(regulation)}
    (chair,) = queries.vacant(queries.seated(body), queries.ended(body))
    path = to("agreements.fill_joint_office", chair.code)
    with clock.at(MERGED):
        page = confirmed("kades.2002", path)
        assert "Isi jabatan ketua BKAD" in page.get(path).content.decode()
        typed = {"represents": NEIGHBOUR, "name": "Wagiyem", "sex": "P", "decree_number": "05/BKAD/2026"}
        wrong = send(page, path, **typed)
        assert wrong.status_code == 422 and "Ketua dan bendahara dari desa yang sama" in wrong.content.decode()
        done = send(page, path, **{**typed, "represents": THIRD})
        assert done.status_code == 302
    assert [each.name for each in queries.seated(JointBody.objects.get(pk=body.pk))][0] == "Wagiyem"


def test_a_due_of_a_later_year_that_a_payment_names_stays_without_being_owed(people, db):
    inside = m.villages_of(people, (NEIGHBOUR, THIRD))
    body = formed(inside, THREE)
    treasurer(people)
    treasurer(people, THIRD)
    due = body.dues.get(village=THIRD, year=2027)
    payment = pays(inside[2].by("bendahara"), due, due.amount, "BKU-7")
    sees(inside[1].by("bendahara"), payment, found=False, reason="Tidak ada di rekening koran.")
    merged(people, THIRD, OURS)
    assert list(body.dues.filter(village=THIRD).values_list("year", flat=True)) == [2026, 2027]
    assert [each.due.year for each in queries.owed(body, MERGED.date(), THIRD)] == [2026]
    assert not Duty.objects.filter(url_code=due.code, closed_at=None).exists()
    assert queries.stand_of(due, MERGED.date()).to_pay == due.amount


def test_a_village_that_comes_back_owes_the_year_for_which_a_due_stands_already(people, villages):
    body, third = formed(villages), m.villages_of(people, (THIRD,))[1]
    JointDue.objects.create(body=body, village_id=THIRD, year=2027, amount=1, due_on=date(2027, 3, 31))
    JointMembership.objects.create(
        regulation=body.regulation, village_id=THIRD, kind="leave", state="done", done_on=date(2026, 1, 2),
        asked_at=on(FORMED), asked_by="x",
    )  # fmt: skip
    assert not queries.owed(body, FORMED, THIRD)
    day = FORMED + timedelta(days=20)
    membership = joining(villages, third, day, body)
    with clock.at(on(day, 9)):
        takes_in(people, membership)
    (owed,) = (each for each in queries.owed(body, day, THIRD) if each.due.year == 2027)
    assert owed.to_pay == 30_000_000


def test_a_village_joins_when_it_and_every_village_inside_decided_and_its_head_has_stated_it(people, villages):
    body = formed(villages)
    third = offers.elsewhere(people, offers.THIRD, "Sinduaji")
    with clock.at(on(FORMED)):
        joining = actions.invite_joint_member(
            by=people.by("kades"),
            regulation=body.regulation,
            village=place(offers.THIRD),
            dues=30_000_000,
            reason="Setangga.",
        )
    asked = texts_waiting([OURS, NEIGHBOUR, offers.THIRD])
    assert {each.village_id for each in asked if each.code == joining.code} == {OURS, NEIGHBOUR, offers.THIRD}
    day = FORMED + timedelta(days=20)
    decides_on(third, joining, day)
    joining = states(third, joining, day)
    paper = joining.paper
    read = " ".join(words_of(files.read(paper.file.sha256)).split()).replace("\u00a0", " ")
    for said in (
        "SURAT PERNYATAAN BERGABUNG",
        "BA-2003",
        "Rp 30.000.000 (tiga puluh juta rupiah)",
        "Nomor 2 dan 3 Tahun 2026",
    ):
        assert said in read, said
    with pytest.raises(NoSuchMove):
        states(third, joining, day)
    decides_on(people, joining, day)
    with pytest.raises(Refused) as refused, clock.at(on(day, 9)):
        actions.settle_joint_member(by=people.by("kades"), membership=joining)
    assert refused.value.codes == ("AG-74",)  # one village inside has not decided
    decides_on(villages[1], joining, day)
    with clock.at(on(day, 9)):
        takes_in(people, joining)
        page = as_("camat").get(to("page.joint_body", body.regulation.code)).content.decode()
        public = Client().get(f"/antar-desa/peraturan/{body.regulation.code}/").content.decode()
    assert offers.THIRD in {each.pk for each in queries.members(body.regulation)}
    assert set(body.dues.filter(village=offers.THIRD).values_list("amount", flat=True)) == {30_000_000}
    check = to("page.paper", paper.code)
    assert check in page and "Sinduaji: setuju, berita acara BA-2003" in " ".join(page.split())
    assert check in public and "Sinduaji bergabung" in public


def test_a_village_that_joins_sits_in_the_body_by_a_decree_that_its_head_signs_too(people, villages):
    one_woman = (SEATS[0], SEATS[1], replace(SEATS[2], name="Joko", sex="L"))
    body, day = formed(villages, one_woman), FORMED + timedelta(days=20)
    third = offers.elsewhere(people, offers.THIRD, "Sinduaji")
    member = joining(villages, third, day, body)
    with clock.at(on(day, 9)):
        with pytest.raises(NoSuchMove):  # no decree, no seat: it does not come in
            actions.settle_joint_member(
                by=people.by("kades"), membership=member, name="Marni", sex="P", decree_number="03/BKAD/2026"
            )
        with pytest.raises(Refused, match="AG-26"):  # one woman among four
            takes_in(people, member, "Eko", "L")
        assert JointMembership.objects.get().state == "asked" and queries.unsigned(body) == []
        takes_in(people, member)
    body = JointBody.objects.get()
    assert [(each.name, each.village_id, each.office) for each in queries.seated(body)][-1] == (
        "Marni", offers.THIRD, "member",
    )  # fmt: skip
    assert queries.unsigned(body) == [NEIGHBOUR, offers.THIRD]
    said = " ".join(words_of(files.read(body.paper.file.sha256)).split()).replace("\u00a0", " ")
    for words in ("PERUBAHAN PENGURUS", "Marni dari Sinduaji duduk sebagai anggota", "Desa Sinduaji bergabung"):
        assert words in said, words
    secretary = body.seats.get(office="secretary")
    with clock.at(on(day, 10)), pytest.raises(Refused, match="AG-93"):
        hands_over(villages[1].by("kades"), secretary, "Ngatini", "P")
    for each in (villages[1], third):
        with clock.at(on(day, 10)):
            body = accepts(each, body)
    with clock.at(on(day, 11)):  # and the board goes on as before
        new = hands_over(villages[1].by("kades"), secretary, "Ngatini", "P", number="04/BKAD/2026")
    body = JointBody.objects.get()
    assert new.until is None and queries.unsigned(body) == [OURS, offers.THIRD]


def test_no_village_joins_while_a_decree_on_the_board_waits_for_a_head(people, villages):
    body, day = formed(villages), FORMED + timedelta(days=20)
    third = offers.elsewhere(people, offers.THIRD, "Sinduaji")
    member = joining(villages, third, day, body)
    with clock.at(on(day, 9)):
        hands_over(people.by("kades"), body.seats.get(office="chair"), "Siti", "P")
        with pytest.raises(Refused, match="AG-93"):
            takes_in(people, member)


def test_a_body_that_was_proposed_without_a_village_that_joined_meanwhile_is_proposed_anew(people, villages):
    body, day = proposed(villages), FORMED + timedelta(days=20)
    third = offers.elsewhere(people, offers.THIRD, "Sinduaji")
    member = joining(villages, third, day, body)
    with clock.at(on(day, 9)):
        actions.settle_joint_member(by=people.by("kades"), membership=member)  # no body yet in which it could sit
        with pytest.raises(Refused, match="AG-26"):
            accepts(villages[1], body)
        seats = (*SEATS, Seated("Marni", "P", offers.THIRD, "member"))
        body = forms_body(people, body.regulation, seats, decree_on=day)
        for each in (villages[1], third):
            body = accepts(each, body)
    assert body.state == "formed"


def test_the_newcomers_seat_by_the_page_that_settles_its_membership(people, villages):
    body, day = formed(villages), FORMED + timedelta(days=20)
    third = offers.elsewhere(people, offers.THIRD, "Sinduaji")
    member = joining(villages, third, day, body)
    path = to("agreements.settle_joint_member", member.code)
    given = {"name": "Marni", "sex": "P", "decree_number": "03/BKAD/2026"}
    with clock.at(on(day, 9)):
        room = as_("bpd").get(to("page.joint_body", body.regulation.code)).content.decode()
        assert "Menunggu penyelesaian" in room and "Menunggu Musyawarah Desa" not in room
        client = confirmed("kades", path)
        assert "Nama wakil desa itu dalam BKAD" in client.get(path).content.decode()
        assert send(client, path, **{**given, "name": ""}).status_code == 422
        assert send(client, path, **given).status_code == 302
        shown = as_("bpd").get(to("page.joint_body", body.regulation.code)).content.decode()
    assert "Marni" in shown and "03/BKAD/2026" in shown and "Menunggu tanda tangan Kepala Desa: Beji, Sinduaji" in shown
    found = signing.found_in(files.read(queries.signed_file(JointBody.objects.get().paper).sha256), example=False)
    assert [each.good for each in found] == [True]


def test_a_village_inside_that_says_no_keeps_the_door_shut(people, villages):
    body = formed(villages)
    third = offers.elsewhere(people, offers.THIRD, "Sinduaji")
    with clock.at(on(FORMED)):
        joining = actions.invite_joint_member(
            by=people.by("kades"), regulation=body.regulation, village=place(offers.THIRD), dues=1, reason="Setangga."
        )
    day = FORMED + timedelta(days=20)
    for each in (third, people):
        decides_on(each, joining, day)
    decides_on(villages[1], joining, day, agreed=False)
    joining = states(third, joining, day)
    with pytest.raises(Refused, match="AG-74"), clock.at(on(day, 9)):
        actions.settle_joint_member(by=people.by("kades"), membership=joining)


@pytest.mark.parametrize("code", ["51.08.02.2008", "33.04.06.1013"], ids=["other_regency", "kelurahan"])
def test_who_may_not_bind_itself_here_is_not_asked_to_join(people, villages, code):
    body = formed(villages)
    with pytest.raises(Refused, match="AG-63"), clock.at(on(FORMED)):
        actions.invite_joint_member(
            by=people.by("kades"), regulation=body.regulation, village=Region.objects.get(pk=code), dues=1, reason="x"
        )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Tarmi; P; Pandanarum", "tidak lengkap"),
        ("Tarmi; X; Pandanarum; ketua", "bukan L atau P"),
        ("Tarmi; P; Kutabanjarnegara; ketua", "bukan desa peserta"),
        ("Tarmi; P; Pandanarum; lurah", "bukan jabatan"),
        ("Tarmi; P; Pandanarum; ketua\nRini; P; Pandanarum; bendahara\nEko; L; Beji; sekretaris", "desa yang sama"),
    ],
)
def test_what_is_typed_wrongly_of_a_seat_is_named(people, line, says):
    typed = {"decree_number": "1", "decree_on": "04/05/2026", "bank": "B", "account_name": "BKAD", "seats": line}
    form = forms.Body([place(OURS), place(NEIGHBOUR)], typed)
    assert not form.is_valid()
    assert says in str(form.errors)


def test_an_account_in_the_name_of_a_person_is_refused(people):
    seats = "Tarmi; P; Pandanarum; ketua\nRini; P; Beji; bendahara\nEko; L; Beji; sekretaris"
    typed = {"decree_number": "1", "decree_on": "04/05/2026", "bank": "B", "account_name": "rini", "seats": seats}
    form = forms.Body([place(OURS), place(NEIGHBOUR)], typed)
    assert not form.is_valid()
    assert "account_name" in form.errors


def test_the_body_by_its_pages(people, villages):
    regulation = m.in_force(villages)
    path = to("agreements.form_joint_body", regulation.code)
    seats = "Tarmi; P; Pandanarum; ketua\nRini; P; Beji; bendahara\nEko; L; Beji; sekretaris"
    with clock.at(on(FORMED)):
        page = send(
            confirmed("kades", path), path, decree_number="01/BKAD", decree_on=f"{FORMED:%d/%m/%Y}", bank="Bank",
            account_name="BKAD Banyu Guyub", seats=seats,
        )  # fmt: skip
        assert page["Location"] == to("page.joint_body", regulation.code)
        assert "Belum diterima" in as_("bpd").get(to("page.joint_body", regulation.code)).content.decode()
        accept = to("agreements.accept_joint_body", regulation.code)
        assert confirmed("kades", accept).get(accept).status_code == 404  # who proposed has signed it
        client = confirmed("kades.2002", accept)
        read = client.get(accept)
        assert "Sukirno" not in read.content.decode() and "Eko" in read.content.decode()
        assert send(client, accept, **hidden(read)).status_code == 422  # not ticked
        assert send(client, accept, **hidden(read), read="on").status_code == 302
        paper = JointBody.objects.get().paper
        path = f"{to('page.joint_body', regulation.code)}surat/{paper.code}/"
        pdf = as_("bendahara").get(path)
        assert len(signing.found_in(pdf.content, example=False)) == 2
        assert as_("bendahara").get(path + "?bentuk=word").content[:2] == b"PK"
        assert as_("bendahara").get(path.replace(paper.code, "X" * 13)).status_code == 404
        seat = queries.seated(JointBody.objects.get())[0]
        change = to("agreements.hand_over_joint_seat", seat.code)
        given = {"name": "Siti Aminah", "sex": "P", "reason": "Pindah.", "decree_number": "02/BKAD/2026"}
        assert send(confirmed("kades", change), change, **given).status_code == 302  # he signs the decree with it
        room = confirmed("kades.2002", accept).get(to("page.joint_body", regulation.code)).content.decode()
        assert "Nomor 02/BKAD/2026" in room and "Menunggu tanda tangan Kepala Desa: Beji" in room
        later = confirmed("kades.2002", accept)
        assert send(later, accept, **hidden(later.get(accept)), read="on").status_code == 302
        assert later.get(accept).status_code == 404  # nothing waits any more
        shown = as_("bendahara").get(to("page.joint_body", regulation.code)).content.decode()
        due = JointDue.objects.filter(village=OURS).first()
        assert "Siti Aminah" in shown
        assert to("agreements.pay_joint_due", due.code) in shown
        given = {"amount": "60.000.000", "paid_on": f"{FORMED:%d/%m/%Y}", "receipt": "BKU-1"}
        pay = to("agreements.pay_joint_due", due.code)
        much = send(as_("bendahara"), pay, **{**given, "amount": "60.000.001"})
        assert much.status_code == 422 and "Isi paling banyak Rp\u00a060.000.000." in much.content.decode()
        assert send(as_("bendahara"), pay, **given).status_code == 302
        twice = send(as_("bendahara"), pay, **given)
        assert twice.status_code == 422 and "Bukti setor “BKU-1” sudah tercatat." in twice.content.decode()
        look = to("agreements.confirm_joint_payment", due.code)
        assert look in as_("sekdes.2002").get(to("page.joint_body", regulation.code)).content.decode()
        assert look not in as_("sekdes").get(to("page.joint_body", regulation.code)).content.decode()
        assert send(as_("sekdes.2002"), look, found="no").status_code == 422  # why is not said
        assert send(as_("sekdes.2002"), look, found="yes").status_code == 302
        assert "Lunas" in as_("camat").get(to("page.joint_body", regulation.code)).content.decode()


def test_a_statement_by_its_page(people, villages):
    body = formed(villages)
    path = to("agreements.ask_to_leave_joint", body.regulation.code)
    with clock.at(on(FORMED)):
        send(confirmed("kades.2002", path), path, reason="Punya tuk sendiri.")
        leaving = JointMembership.objects.get()
        path = to("agreements.state_joint_member", leaving.code)
        refused = send(confirmed("kades.2002", path), path, number="140/3/2026")
    assert refused.status_code == 409 and "AG-64" in refused.content.decode()
    day = FORMED + timedelta(days=20)
    decides_on(villages[1], leaving, day)
    with clock.at(on(day, 9)):
        assert send(confirmed("kades.2002", path), path, number="140/3/2026").status_code == 302
        settle = to("agreements.settle_joint_member", leaving.code)
        page = send(confirmed("kades", settle), settle)
    assert page.status_code == 409 and "AG-75" in page.content.decode()
    stated = JointMembership.objects.get().paper
    assert stated.kind == "joint_statement"
    found = signing.found_in(files.read(queries.signed_file(stated).sha256), example=False)
    assert [each.good for each in found] == [True]
    assert verification.verify(stated).verdict == verification.Verdict.GENUINE
    assert "1 dari 1" in verification.verify(stated).lights[0].says
