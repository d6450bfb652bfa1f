"""The BKAD: seats of every village, women among them, an account in its name, dues, villages that join and leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bermitra.agreements.joint.body import actions, forms, queries
from bermitra.agreements.joint.body.actions import Seated
from bermitra.agreements.joint.body.models import JointBody, JointDue, JointMembership
from bermitra.agreements.joint.body.rules import (
    BodyFacts,
    MemberFacts,
    body_balanced_and_banked,
    member_changed_by_own_decision,
)
from bermitra.agreements.joint.models import JointParty, JointRegulation
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Refused
from tests.agreements import joint_makers as m
from tests.deliberation import joint_makers as offers
from tests.deliberation import makers
from tests.deliberation.makers import on
from tests.deliberation.test_pages import as_, confirmed, send, to
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
    ):
        assert not body_balanced_and_banked(replace(BODY, **spoilt))


def test_AG_64_member_changed_by_own_decision():
    facts = MemberFacts(True, 0, "BA-MAD/2")
    assert member_changed_by_own_decision(facts)
    for spoilt in ({"agreed": False}, {"arrears": 1}, {"joint_minutes": ""}):
        assert not member_changed_by_own_decision(replace(facts, **spoilt))


def test_the_day_of_dues_is_read_from_the_text_and_lies_inside_the_term():
    days = queries.due_days("31 Maret", date(2026, 6, 1), date(2029, 2, 1))
    assert days == [date(2026, 6, 1), date(2027, 3, 31), date(2028, 3, 31)]
    assert queries.due_days("30 Februari", date(2027, 1, 1), date(2027, 12, 31)) == [date(2027, 2, 28)]
    assert queries.due_days("sesudah panen", date(2027, 1, 1), date(2027, 12, 31)) == [date(2027, 3, 31)]


@pytest.fixture
def villages(people, db):
    return m.villages_of(people, (NEIGHBOUR,))


def formed(villages, seats=SEATS) -> JointBody:
    regulation = m.in_force(villages)
    with clock.at(on(FORMED)):
        return actions.form_joint_body(
            by=villages[0].by("kades"), regulation=regulation, decree_number="01/BKAD/2026", decree_on=FORMED,
            bank="Bank contoh", account_name="BKAD Banyu Guyub", seats=seats,
        )  # fmt: skip


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
        actions.form_joint_body(
            by=people.by("kades"), regulation=regulation, decree_number="1", decree_on=FORMED, bank="B", account_name="A",
            seats=SEATS,
        )  # fmt: skip
    for each in villages:
        m.signs(each, regulation)
    for each in villages:
        m.promulgates(each, regulation)
    give = {"decree_on": FORMED, "bank": "Bank contoh", "account_name": "BKAD Banyu Guyub", "seats": SEATS}
    with pytest.raises(Refused, match="AG-26"), clock.at(on(FORMED)):
        actions.form_joint_body(by=people.by("kades"), regulation=regulation, decree_number="", **give)
    with clock.at(on(FORMED)):
        body = actions.form_joint_body(by=people.by("kades"), regulation=regulation, decree_number="01/BKAD", **give)
    assert JointRegulation.objects.get(body=body).paper.kind == "joint_regulation"
    assert body.decree_number == "01/BKAD"


@pytest.mark.parametrize(
    "seats", [SEATS[:1], (replace(SEATS[0], sex="L"), SEATS[1], replace(SEATS[2], sex="L"))], ids=["village", "women"]
)
def test_a_body_without_a_village_or_without_women_is_not_formed(villages, seats):
    with pytest.raises(Refused, match="AG-26"):
        formed(villages, seats)
    assert not JointBody.objects.exists()


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


def test_dues_are_paid_in_parts_and_what_is_late_is_counted(people, villages):
    body = formed(villages)
    due = body.dues.filter(village=OURS).first()
    late = due.due_on + timedelta(days=1)
    with clock.at(on(FORMED)):
        actions.pay_joint_due(by=people.by("bendahara"), due=due, amount=20_000_000, paid_on=FORMED, receipt="BKU-1")
    mine = queries.owed(body, late, OURS)[0]
    assert (mine.paid, mine.rest, mine.late) == (20_000_000, 40_000_000, True)
    with pytest.raises(NoSuchMove), clock.at(on(FORMED)):  # more than is owed, and the same receipt twice
        actions.pay_joint_due(by=people.by("bendahara"), due=due, amount=50_000_000, paid_on=FORMED, receipt="BKU-2")
    with pytest.raises(NoSuchMove), clock.at(on(FORMED)):
        actions.pay_joint_due(by=people.by("bendahara"), due=due, amount=1, paid_on=FORMED, receipt="BKU-1")
    with clock.at(on(FORMED)):
        actions.pay_joint_due(by=people.by("bendahara"), due=due, amount=40_000_000, paid_on=FORMED, receipt="BKU-2")
    assert queries.owed(body, late, OURS)[0].rest == 0
    still = Duty.objects.filter(door="agreements.pay_joint_due", closed_at=None, region_id=OURS)
    assert [each.params["year"] for each in still] == [2027]


def test_a_seat_is_handed_over_inside_its_village_and_the_body_stays_balanced(people, villages):
    body = formed(villages)
    chair = body.seats.get(office="chair")
    with clock.at(on(FORMED)):
        new = actions.hand_over_joint_seat(by=people.by("kades"), seat=chair, name="Siti", sex="P", reason="Pindah.")
        with pytest.raises(NoSuchMove):
            actions.hand_over_joint_seat(by=people.by("kades"), seat=chair, name="Rini", sex="P", reason="Lagi.")
    assert (new.village_id, new.office) == (OURS, "chair")
    secretary = body.seats.get(office="secretary")
    with pytest.raises(Refused, match="AG-26"), clock.at(on(FORMED)):
        actions.hand_over_joint_seat(by=people.by("kades"), seat=new, name="Eko", sex="L", reason="x")
        actions.hand_over_joint_seat(by=villages[1].by("kades"), seat=secretary, name="Joko", sex="L", reason="x")
    assert {each.name for each in queries.seated(body)} >= {"Ngatini", "Sukirno"}


def test_a_village_leaves_by_its_own_decision_when_its_dues_are_settled(people, villages):
    body = formed(villages)
    party = JointParty.objects.select_related("regulation", "village").get(
        regulation=body.regulation, village=NEIGHBOUR
    )
    with clock.at(on(FORMED)):
        leaving = actions.ask_to_leave_joint(by=villages[1].by("kades"), party=party, reason="Punya tuk sendiri.")
        with pytest.raises(Refused, match="AG-64"):
            actions.settle_joint_member(by=people.by("kades"), membership=leaving, joint_minutes="BA-MAD/2")
    day = FORMED + timedelta(days=20)
    decides_on(villages[1], leaving, day)
    due = body.dues.filter(village=NEIGHBOUR).first()
    with clock.at(on(day, 9)):
        with pytest.raises(Refused, match="AG-64"):  # its dues are open
            actions.settle_joint_member(by=people.by("kades"), membership=leaving, joint_minutes="BA-MAD/2")
        an_office(people, "bendahara.2002", "Sri", roles.VILLAGE_TREASURER, where=NEIGHBOUR)
        actions.pay_joint_due(by=villages[1].by("bendahara"), due=due, amount=due.amount, paid_on=day, receipt="BKU-9")
        actions.settle_joint_member(by=people.by("kades"), membership=leaving, joint_minutes="BA-MAD/2")
    assert [each.pk for each in queries.members(body.regulation)] == [OURS]
    assert not body.seats.filter(village=NEIGHBOUR, until=None).exists()
    assert list(JointDue.objects.filter(village=NEIGHBOUR).values_list("year", flat=True)) == [2026]


def test_a_village_joins_by_its_own_decision_and_owes_from_then_on(people, villages):
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
    day = FORMED + timedelta(days=20)
    decides_on(third, joining, day)
    with clock.at(on(day, 9)):
        actions.settle_joint_member(by=people.by("kades"), membership=joining, joint_minutes="BA-MAD/3")
    assert offers.THIRD in {each.pk for each in queries.members(body.regulation)}
    assert set(body.dues.filter(village=offers.THIRD).values_list("amount", flat=True)) == {30_000_000}


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
        shown = as_("bendahara").get(to("page.joint_body", regulation.code)).content.decode()
        due = JointDue.objects.filter(village=OURS).first()
        assert "Tarmi" in shown
        assert to("agreements.pay_joint_due", due.code) in shown
        paid = send(
            as_("bendahara"), to("agreements.pay_joint_due", due.code), amount="60.000.000",
            paid_on=f"{FORMED:%d/%m/%Y}", receipt="BKU-1",
        )  # fmt: skip
        assert paid.status_code == 302
        assert "Lunas" in as_("camat").get(to("page.joint_body", regulation.code)).content.decode()
