"""A person asks to be forgotten, and is; the journal still verifies."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.test import Client

from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.checkpoints import verify
from bermitra.foundation.messages.api import tell
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.personal import actions
from bermitra.foundation.personal.actions.erasing import end_sessions
from bermitra.foundation.personal.models import DataConsent, DataKey, ErasureRequest, PersonalLook, PersonalValue
from bermitra.foundation.rules import Refused
from tests.foundation.duties.makers import a_duty, an_act
from tests.foundation.personal.makers import PHONE, a_nik, a_scan
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def without_offices(who: Person) -> None:
    Appointment.objects.filter(person=who).update(state=Appointment.State.ENDED)


def a_request(people, who="kades") -> ErasureRequest:
    return actions.request_erasure(by=people.by(who), person=people.held[who])


def erase(people, who="kades", **given) -> ErasureRequest:
    return actions.erase_person(by=people.by("dinas"), person=people.held[who], **{"told": True, **given})


def test_the_request_waits_for_the_regency_and_can_be_taken_back(people):
    request = a_request(people)
    assert a_request(people) == request
    duty = Duty.objects.get(OPEN)
    assert (duty.door, duty.url_code, duty.region_id) == ("accounts.erase_person", people.kades.code, "33.04")
    assert people.kades.full_name not in duty.sentence
    actions.withdraw_erasure_request(by=people.by("kades"), request=request)
    assert not Duty.objects.filter(OPEN).exists()
    with pytest.raises(NoSuchMove):
        actions.withdraw_erasure_request(by=people.by("kades"), request=request)


@pytest.mark.parametrize("who", ["kades", "sekdes", "dinas.asing", "bupati", "pengelola"])
def test_only_the_regencys_officer_erases(people, who):
    a_request(people)
    without_offices(people.kades)
    with pytest.raises(NotAllowed):
        actions.erase_person(by=people.by(who), person=people.kades, told=True)


@pytest.mark.parametrize(
    ("missing", "code"), [("request", "FD-31"), ("office", "FD-32"), ("duty", "FD-32"), ("told", "FD-12")]
)
def test_an_erasure_that_is_not_ready_changes_nothing(people, missing, code):
    a_nik(people)
    if missing != "request":
        a_request(people)
    if missing != "office":
        without_offices(people.kades)
    if missing == "duty":
        a_duty(person=people.kades.code)
    with pytest.raises(Refused) as refused:
        erase(people, told=missing != "told")
    assert refused.value.codes == (code,)
    assert PersonalValue.objects.count() == 1
    assert Person.objects.get(pk=people.kades.pk).full_name == "Sutrisno Hadi"


def test_a_person_without_an_account_asks_by_letter(people):
    without_offices(people.kades)
    assert erase(people, letter="12/V/2026").letter == "12/V/2026"


def test_a_person_is_forgotten_and_the_journal_holds(people):
    kades = people.kades
    kades.phone, kades.email = PHONE, "sutrisno@contoh.desa.id"
    kades.save()
    value = a_nik(people)
    a_scan(people)
    actions.look_at_value(by=people.by("dinas"), value=value, reason="Mencocokkan penanda tangan PKS 12/2026")
    actions.record_data_consent(by=people.by("kades"), person=kades, purpose="photo")
    TOTP.activate(kades, "JBSWY3DPEHPK3PXP")
    letter = AccessLetter.objects.create(
        person=kades, reason="first", nonce="0" * 32, issued_at=value.kept_at, issued_by="system",
        expires_at=value.kept_at,
    )  # fmt: skip
    tell(
        an_act(), says="{name} menjabat.", params={"name": kades.full_name}, about="x", role="camat", region="33.04.19"
    )
    a_request(people)
    without_offices(kades)
    before = verify()
    request = erase(people)

    gone = Person.objects.get(pk=kades.pk)
    assert (gone.full_name, gone.username) == ("Data dihapus", f"dihapus.{kades.code.lower()}")
    assert (gone.phone, gone.email, gone.is_active, gone.has_usable_password()) == ("", "", False, False)
    assert gone.code == kades.code
    for table in (DataKey, PersonalValue, PersonalLook, Authenticator):
        assert not table.objects.exists(), table
    assert DataConsent.objects.get().withdrawn_at is not None
    letter.refresh_from_db()
    assert letter.withdrawn_at is not None
    assert [each.sentence for each in Notice.objects.filter(role="camat")] == ["Data dihapus menjabat."]
    assert (request.done_by, request.done_at is not None) == (people.dinas.code, True)
    assert not Duty.objects.filter(OPEN).exists()
    after = verify()
    assert before.sound
    assert after.sound
    assert after.lines == before.lines + 1


def test_nobody_is_erased_twice(people):
    a_request(people)
    without_offices(people.kades)
    erase(people)
    with pytest.raises(NoSuchMove):
        erase(people, letter="12/V/2026")


def test_others_keep_what_is_theirs(people):
    a_nik(people)
    other = a_nik(people, "kades.asing", "3304195503884172")
    a_request(people)
    without_offices(people.kades)
    erase(people)
    assert [each.opened() for each in PersonalValue.objects.all()] == [other.opened()]


def test_an_erased_person_is_signed_out_everywhere(people):
    people.kades.set_password(PASSWORD)
    people.kades.save()
    theirs, others = Client(), Client()
    theirs.post("/masuk/", {"login": "kades", "password": PASSWORD})
    others.force_login(people.sekdes, backend="bermitra.foundation.accounts.sign_in.NameOrPhone")
    assert Session.objects.count() == 2
    a_request(people)
    without_offices(people.kades)
    erase(people)
    assert theirs.get("/saya/").status_code == 302
    assert others.get("/saya/").status_code == 200
    end_sessions(people.kades)
    assert Session.objects.count() == 1
