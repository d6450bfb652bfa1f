"""What a person allows, takes back, and what must stop then."""

from datetime import UTC, datetime, timedelta

import pytest

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.personal import actions
from bermitra.foundation.personal.models import DataConsent
from tests.people import OURS

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 5, 4, 3, tzinfo=UTC)


def a_consent(people, who="warga", purpose="photo") -> DataConsent:
    return actions.record_data_consent(by=people.by(who), person=people.held[who], purpose=purpose)


def a_withdrawn_consent(people, who="warga") -> DataConsent:
    with clock.at(DAY):
        return actions.withdraw_data_consent(by=people.by(who), consent=a_consent(people, who))


def test_allowing_twice_is_one_consent(people):
    assert a_consent(people) == a_consent(people)
    assert a_consent(people, purpose="contact") != a_consent(people)


def test_nobody_allows_or_takes_back_for_another(people):
    with pytest.raises(NotAllowed):
        actions.record_data_consent(by=people.by("sekdes"), person=people.warga, purpose="photo")
    consent = a_consent(people)
    with pytest.raises(NotAllowed):
        actions.withdraw_data_consent(by=people.by("kades"), consent=consent)


def test_after_a_withdrawal_the_village_has_its_hours_to_stop(people):
    consent = a_withdrawn_consent(people)
    assert consent.stop_by == DAY + timedelta(hours=72)
    duty = Duty.objects.get(OPEN)
    assert (duty.door, duty.region_id, duty.role) == ("accounts.confirm_use_stopped", OURS, "village_secretary")
    assert duty.due_on == (DAY + timedelta(hours=72)).date()
    assert people.warga.full_name not in duty.sentence
    assert not consent.is_late(DAY + timedelta(hours=72))
    assert consent.is_late(DAY + timedelta(hours=73))


def test_a_partners_person_is_of_the_regency_which_then_stops(people):
    consent = a_withdrawn_consent(people, "dinas")
    assert (Duty.objects.get(OPEN).region_id, Duty.objects.get(OPEN).role) == ("33.04", "dpmd_officer")
    assert consent.person == people.dinas


@pytest.mark.parametrize(("hours", "in_time"), [(48, True), (80, False)])
def test_the_office_says_that_it_stopped_and_the_person_is_told(people, hours, in_time):
    consent = a_withdrawn_consent(people)
    with clock.at(DAY + timedelta(hours=hours)):
        actions.confirm_use_stopped(by=people.by("sekdes"), consent=consent)
    assert Notice.objects.get().person == people.warga.code
    assert not Duty.objects.filter(OPEN).exists()
    assert f'"in_time":{str(in_time).lower()}' in Event.objects.get(verb="data_consent.use_stopped").body


def test_an_act_out_of_its_turn_changes_nothing(people):
    consent = a_consent(people)
    with pytest.raises(NoSuchMove):
        actions.confirm_use_stopped(by=people.by("sekdes"), consent=consent)
    actions.withdraw_data_consent(by=people.by("warga"), consent=consent)
    with pytest.raises(NoSuchMove):
        actions.withdraw_data_consent(by=people.by("warga"), consent=consent)
    assert a_consent(people) != consent  # what was taken back may be allowed anew
