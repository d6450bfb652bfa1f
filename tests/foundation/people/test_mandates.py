"""Written powers, and one's own telephone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Mandate, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.people import actions
from bermitra.foundation.people.queries import contact_facts
from bermitra.foundation.people.rules import contact_has_cooled_down
from bermitra.foundation.rules import Refused
from tests.foundation.people.makers import PartyOf, a_person, a_scan, holding
from tests.people import OURS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
PARTY = PartyOf()
LETTER = {
    "full_name": "Dewi Anggraini", "username": "dewi", "role": "partner_signatory", "purpose": "sign",
    "scope": "Menandatangani perjanjian air bersih.", "number": "SK/9/2026", "dated": date(2026, 2, 20),
    "since": date(2026, 3, 1), "until": date(2026, 12, 31),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_march():
    with clock.at(NOW):
        yield


@pytest.fixture
def director(people):
    holding(a_person(people, "wakil", "Agus Prasetyo"), roles.PARTNER_REP, party=PARTY.code)
    return holding(a_person(people, "direktur", "Sri Hartati"), roles.PARTNER_SIGNATORY, party=PARTY.code)


def record(people, who: str, giver, **more) -> Mandate:
    mandate: Mandate = actions.record_mandate(by=people.by(who), giver=giver, file=a_scan(), **{**LETTER, **more})
    return mandate


def test_a_power_signs_once_the_giver_has_confirmed_what_the_officer_recorded(people, director):
    mandate = record(people, "wakil", director)
    assert Person.objects.get(username="dewi").offices == ()
    actions.confirm_appointment(by=people.by("direktur"), appointment=mandate.appointment)
    office = Person.objects.get(username="dewi").offices[0]
    assert (office.role, office.party, office.until) == ("partner_signatory", PARTY.code, date(2026, 12, 31))
    with clock.at(NOW + timedelta(days=305)):
        assert Person.objects.get(username="dewi").offices == ()


@pytest.mark.parametrize(("ended", "state"), [("partner_signatory", "ended"), ("partner_rep", "confirmed")])
def test_a_power_ends_with_the_office_of_its_giver_that_signs_and_its_holder_is_told(people, director, ended, state):
    given = record(people, "wakil", director).appointment
    actions.confirm_appointment(by=people.by("direktur"), appointment=given)
    other = holding(director.person, roles.PARTNER_REP, party=PARTY.code)
    office = {"partner_signatory": director, "partner_rep": other}[ended]
    actions.end_appointment(by=people.by("direktur"), appointment=office)
    given.refresh_from_db()
    assert given.state == state
    told = Notice.objects.filter(person=given.person.code, says__contains="berakhir bersama jabatan pemberinya")
    assert told.exists() is (state == "ended")


def test_FD_26_power_given_by_whoever_holds_it(people, director):
    officer = people.wakil.appointments.get()
    for giver, more in (
        (officer, {}),  # no signatory
        (director, {"until": date(2030, 1, 1)}),  # longer than the giver's own term
        (director, {"dated": date(2026, 3, 3)}),  # a letter of tomorrow
        (director, {"username": "direktur"}),  # to himself
        (people.kades.appointments.get(), {"role": "village_head"}),  # the signature of a village is its head's
    ):
        who = "sekdes" if giver.role == "village_head" else "wakil"
        with pytest.raises(Refused) as refused:
            record(people, who, giver, **more)
        assert refused.value.codes == ("FD-26",), more
    assert not Mandate.objects.exists()


def test_FD_17_power_stays_in_the_house(people, director):
    """A partner ties no examiner to itself by a letter that names his account."""
    for who in ("dinas", "kadus"):
        with pytest.raises(Refused) as refused:
            record(people, "wakil", director, full_name=getattr(people, who).full_name, username=who)
        assert refused.value.codes == ("FD-17",), who
    with pytest.raises(Refused) as refused:
        record(
            people, "sekdes", people.kades.appointments.get(), username="sekdes.asing", full_name="Ni Luh Ariyani",
            role="village_operator", purpose="prepare",
        )  # fmt: skip
    assert refused.value.codes == ("FD-17",)
    assert not Mandate.objects.exists()


def test_a_power_goes_to_somebody_who_holds_or_held_an_office_of_the_house(people, director):
    assert (
        record(people, "wakil", director, full_name="Agus Prasetyo", username="wakil").appointment.party == PARTY.code
    )
    former = a_person(people, "mantan", "Siti Rohmah")
    holding(former, roles.PARTNER_REP, party=PARTY.code, since=date(2022, 1, 1), until=date(2024, 12, 31))
    assert record(people, "wakil", director, full_name="Siti Rohmah", username="mantan").appointment.person == former
    only_proposed = a_person(people, "calon", "Calon")
    holding(only_proposed, roles.PARTNER_REP, party=PARTY.code, state="proposed")
    with pytest.raises(Refused) as refused:
        record(people, "wakil", director, full_name="Calon", username="calon")
    assert refused.value.codes == ("FD-17",)


def test_a_village_entrusts_preparing_and_no_stranger_records_it(people):
    head = people.kades.appointments.get()
    given = {"role": "village_operator", "purpose": "prepare"}
    with pytest.raises(NotAllowed):
        record(people, "sekdes.asing", head, **given)
    mandate = record(people, "sekdes", head, **given)
    actions.confirm_appointment(by=people.by("kades"), appointment=mandate.appointment)
    assert [each.region_id for each in Person.objects.get(username="dewi").offices] == [OURS]


def test_FD_10_contact_has_cooled_down(people):
    assert contact_has_cooled_down(contact_facts(people.kades, OURS))
    actions.change_contact(by=people.by("kades"), person=people.kades, phone="+6281234567890", email="")
    changed = Person.objects.get(username="kades")
    assert changed.phone == "+6281234567890"
    assert not contact_has_cooled_down(contact_facts(changed, OURS))
    with clock.at(NOW + timedelta(hours=24)):
        assert contact_has_cooled_down(contact_facts(changed, OURS))


def test_a_change_of_telephone_is_told_to_the_person_and_to_the_house(people):
    actions.change_contact(by=people.by("kades"), person=people.kades, phone="+6281234567890", email="")
    assert Notice.objects.filter(person=people.kades.code).count() == 1
    assert Notice.objects.get(role="village_secretary").region_id == OURS


def test_nobody_changes_the_telephone_of_another(people):
    with pytest.raises(NotAllowed):
        actions.change_contact(by=people.by("sekdes"), person=people.kades, phone="+6281234567890", email="")
