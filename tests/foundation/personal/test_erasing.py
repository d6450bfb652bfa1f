"""A person asks to be forgotten, and is; the journal still verifies."""

import shutil

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.test import Client

from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person, Token
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.checkpoints import verify
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.api import tell
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.personal import actions, forgotten
from bermitra.foundation.personal.actions import erasing
from bermitra.foundation.personal.actions.erasing import end_sessions
from bermitra.foundation.personal.models import DataConsent, DataKey, ErasureRequest, PersonalLook, PersonalValue
from bermitra.foundation.rules import Refused
from tests.foundation.duties.makers import a_duty, an_act
from tests.foundation.personal.makers import NIK, OTHER_NIK, PHONE, a_nik, a_scan, a_value_of
from tests.people import PASSWORD
from tests.programs import a_key

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
    a_key("kades")
    tell(
        an_act(), says="{name} menjabat.", params={"name": kades.full_name}, about=f"person:{kades.code}", role="camat",
        region="33.04.19",
    )  # fmt: skip
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
    key = Token.objects.get()
    assert (key.name, key.withdrawn_at is not None) == ("", True)
    letter.refresh_from_db()
    assert letter.withdrawn_at is not None
    assert [each.sentence for each in Notice.objects.filter(role="camat")] == ["Data dihapus menjabat."]
    assert (request.done_by, request.done_at is not None) == (people.dinas.code, True)
    assert not Duty.objects.filter(OPEN).exists()
    after = verify()
    assert before.sound
    assert after.sound
    assert after.lines == before.lines + 1


def test_only_the_whole_name_goes_and_only_where_it_is_that_persons(people):
    """Wati is in Kurniawati, and another Wati lives elsewhere."""
    wati = people.warga
    wati.full_name = "Wati"
    wati.save()
    office = wati.appointments.get()
    without_offices(wati)
    words = "{name} digantikan {other} di {place}."
    for about in (f"person:{wati.code}", f"appointment:{office.pk}", "person:LAIN000000"):
        params = {"name": "Wati", "other": "Kurniawati", "place": "Dusun Wati Utara"}
        tell(an_act(), says=words, params=params, about=about, role="camat", region="33.04.19")
    a_duty(about=f"appointment:{office.pk}", says="Periksa {name}.", name="Wati")
    a_request(people, "warga")
    erase(people, "warga")
    theirs = "Data dihapus digantikan Kurniawati di Dusun Wati Utara."
    said = [each.sentence for each in Notice.objects.filter(role="camat").order_by("pk")]
    assert said == [theirs, theirs, "Wati digantikan Kurniawati di Dusun Wati Utara."]
    assert Duty.objects.get(about=f"appointment:{office.pk}").sentence == "Periksa Data dihapus."


@pytest.mark.parametrize("left", ["value", "telephone", "second factor"])
def test_FD_12_is_found_in_the_tables(people, monkeypatch, left):
    """Where something free would be left, the erasure is refused and nothing of it stands."""
    from_act = erasing._forget if left != "value" else erasing._shred

    def forgets_all_but_one(*given):
        from_act(*given)
        if left == "value":
            a_value_of(people.kades)
        elif left == "telephone":
            Person.objects.filter(pk=people.kades.pk).update(phone=PHONE)
        else:
            TOTP.activate(people.kades, "JBSWY3DPEHPK3PXP")

    monkeypatch.setattr(erasing, from_act.__name__, forgets_all_but_one)
    a_nik(people)
    a_request(people)
    without_offices(people.kades)
    with pytest.raises(Refused) as refused:
        erase(people)
    assert refused.value.codes == ("FD-12",)
    assert PersonalValue.objects.get().opened().decode() == NIK
    assert Person.objects.get(pk=people.kades.pk).full_name == "Sutrisno Hadi"
    assert not forgotten.listed()


# The list beside the keys ---------------------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def an_empty_list(settings, tmp_path):
    """A home of its own with the keys of the test's."""
    shutil.copytree(settings.BERMITRA_HOME / "keys", tmp_path / "keys")
    (tmp_path / "keys" / forgotten.FILE).unlink(missing_ok=True)
    settings.BERMITRA_HOME = tmp_path


def test_an_erasure_is_noted_by_its_code_apart_from_the_database(people, settings):
    a_request(people)
    without_offices(people.kades)
    erase(people)
    assert forgotten.listed() == {("person", people.kades.code)}
    written = settings.BERMITRA_HOME / "keys" / forgotten.FILE
    assert people.kades.full_name not in written.read_text()
    assert written.stat().st_mode & 0o077 == 0


def test_a_value_taken_away_is_noted_as_well(people):
    value = a_nik(people)
    actions.remove_value(by=people.by("kades"), value=value)
    assert forgotten.listed() == {("value", value.code)}


def test_the_list_grows_once_a_line_and_makes_up_for_a_lost_one(people):
    a_request(people)
    without_offices(people.kades)
    erase(people)
    (forgotten.settings.BERMITRA_HOME / "keys" / forgotten.FILE).write_text("person AAAA\nvalue")
    forgotten.note_all()
    forgotten.note_all()
    assert forgotten.listed() == {("person", "AAAA"), ("person", people.kades.code)}


def test_what_an_older_copy_brought_back_is_erased_again_without_being_asked(people):
    """The person still holds an office there: it was asked when it was erased."""
    a_nik(people)
    kept = a_nik(people, "kades.asing", OTHER_NIK)
    actions.erase_again(by=By.the_system(), people=[people.kades.code, "UNKNOWN000"], values=[])
    assert Person.objects.get(pk=people.kades.pk).full_name == "Data dihapus"
    assert list(PersonalValue.objects.all()) == [kept]
    assert ErasureRequest.objects.get().done_by == "system"
    assert Event.objects.get(verb="personal_data.erased_again").about == f"person:{people.kades.code}"
    actions.erase_again(by=By.the_system(), people=[], values=[kept.code])
    assert not PersonalValue.objects.exists()
    assert verify().sound
    with pytest.raises(NoSuchMove):
        actions.erase_again(by=By.the_system(), people=[people.kades.code], values=[kept.code])


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
