"""A number or picture is kept sealed, looked at with a reason, taken away; a number that two people give is looked into."""

from __future__ import annotations

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.personal import forgotten, vault
from bermitra.foundation.personal.models import DataKey, Kind, NumberCase, PersonalLook, PersonalValue
from bermitra.foundation.personal.queries import signs
from bermitra.foundation.personal.rules import KEEPING, LOOKING, SIGNATORY_IDENTITY, LookFacts, NeedFacts
from bermitra.foundation.personal.subjects import Subject
from bermitra.foundation.text import _

LOOKED = {
    Kind.NIK: _("NIK Anda dilihat petugas kabupaten. Alasannya ada di Data saya."),
    Kind.IDENTITY_SCAN: _("Foto KTP Anda dilihat petugas kabupaten. Alasannya ada di Data saya."),
}


@command("accounts.keep_nik", on="person")
def keep_nik(act: Act, *, person: Person, number: Secret, agreed: bool) -> PersonalValue | NumberCase:
    """Keep the NIK of a signatory (FD-11).

    Where somebody else gave it before, nothing is kept, and the answer is the case that the regency now looks into (FD-33):
    whose page this is never learns of the other.
    """
    _needed(act, person, given=bool(number.value), agreed=agreed)
    mark = vault.fingerprint(Kind.NIK, number.value)
    same = PersonalValue.objects.filter(kind=Kind.NIK, fingerprint=mark).exclude(key__person=person)
    other = same.select_related("key__person").first()
    if other is not None and other.key.person is not None:
        return _number_case(act, person, other.key.person)
    return _put(act, Subject.of_person(person), Kind.NIK, number.value.encode(), mark)


@command("accounts.keep_identity_scan", on="person")
def keep_identity_scan(act: Act, *, person: Person, picture: Safe, agreed: bool) -> PersonalValue:
    """Keep a picture of a signatory's identity card, sealed like a number; it never enters the store of files."""
    _needed(act, person, given=bool(picture.content), agreed=agreed)  # a card shows the number
    return _put(act, Subject.of_person(person), Kind.IDENTITY_SCAN, picture.content, media_type=picture.media_type)


@command("accounts.keep_account", on="subject")
def keep_account(act: Act, *, subject: Subject, number: Secret) -> PersonalValue:
    """Keep the account number of a village or a partner, as a part of the act that says whose account it is."""
    mark = vault.fingerprint(Kind.ACCOUNT, number.value)
    return _put(act, subject, Kind.ACCOUNT, number.value.encode(), mark)


@command("accounts.remove_value", on="value")
def remove_value(act: Act, *, value: PersonalValue) -> None:
    """Take a value away again; the holder's key stays for the others."""
    PersonalValue.objects.filter(pk=value.pk).delete()
    act.log("personal_value.removed", value, kind=value.kind, of=value.key.holder)
    act.after(lambda: forgotten.note(forgotten.VALUE, [value.code]))


@command("accounts.look_at_value", on="value")
def look_at_value(act: Act, *, value: PersonalValue, reason: str) -> PersonalLook:
    """Read somebody's value, for a written reason (FD-34) that its owner is told at once."""
    act.require(LOOKING, LookFacts(reason_letters=len(reason)))
    person = value.key.person
    if person is None or not isinstance(act.by.person, Person):
        raise NoSuchMove("personal_value", value.kind, act.door)
    look = PersonalLook.objects.create(
        person=person, kind=value.kind, by=act.by.person, role=act.role, reason=reason, at=act.now, act=act.code
    )
    act.log("personal_value.looked_at", value, kind=value.kind, of=person.code)
    tell(
        act,
        says=LOOKED[Kind(value.kind)],
        about=about_of(person),
        url_name="page.my_data",
        person=person.code,
    )
    return look


@command("accounts.close_number_case", on="case")
def close_number_case(act: Act, *, case: NumberCase, outcome: str) -> NumberCase:
    """Say how one NIK came to two people; where the first one's was wrong, it goes, and both are asked again."""
    moved = NumberCase.objects.filter(pk=case.pk, closed_at=None).update(
        closed_at=act.now, closed_by=act.by.code, outcome=outcome
    )
    if not moved:
        raise NoSuchMove("number_case", case.outcome, act.door)
    case.refresh_from_db()
    if outcome == NumberCase.Outcome.FIRST_WRONG:
        _drop_nik(act, case.holder)
        _ask_again(act, case.holder)
    if outcome != NumberCase.Outcome.SAME_PERSON:
        _ask_again(act, case.person)
    close_duties(act, about=about_of(case))
    act.log("number_case.closed", case, outcome=outcome)
    return case


def _needed(act: Act, person: Person, *, given: bool, agreed: bool) -> None:
    purpose = SIGNATORY_IDENTITY if signs(person) else ""
    act.require(KEEPING, NeedFacts(nik_given=given, purpose=purpose, basis_recorded=agreed))


def _put(
    act: Act, subject: Subject, kind: Kind, content: bytes, mark: str = "", *, media_type: str = ""
) -> PersonalValue:
    key = _key_of(act, subject)
    PersonalValue.objects.filter(key=key, kind=kind).delete()
    of_person = subject.person is not None
    value = PersonalValue.objects.create(
        key=key,
        kind=kind,
        purpose=PersonalValue.Purpose.SIGNATORY_IDENTITY if of_person else PersonalValue.Purpose.PAYMENT,
        basis=PersonalValue.Basis.CONSENT if of_person else PersonalValue.Basis.AGREEMENT,
        media_type=media_type,
        sealed=vault.seal(bytes(key.wrapped), key.code, kind, content),
        fingerprint=mark,
        kept_at=act.now,
        kept_by=act.by.code,
    )
    act.log("personal_value.kept", value, region=subject.reach().region, kind=kind.value, of=subject.code)
    return value


def _key_of(act: Act, subject: Subject) -> DataKey:
    found = DataKey.objects.filter(subject.of_key()).first()
    if found is not None:
        return found
    key = DataKey(person=subject.person, region=subject.village, party=subject.party, made_at=act.now)
    key.wrapped = vault.wrapped_key(key.code)
    key.save()
    return key


def _number_case(act: Act, person: Person, holder: Person) -> NumberCase:
    case, new = NumberCase.objects.get_or_create(
        person=person, holder=holder, closed_at=None, defaults={"opened_at": act.now}
    )
    if new and person.region_id:
        open_duty(
            act,
            door="accounts.close_number_case",
            about=about_of(case),
            code=case.code,
            says=_("Periksa satu NIK yang diisi dua orang."),
            region=person.region_id[:5],
            role=roles.DPMD_OFFICER.key,
        )
    act.log("number_case.opened", case, person=person.code, new=new)
    return case


def _drop_nik(act: Act, holder: Person) -> None:
    wrong = PersonalValue.objects.filter(key__person=holder, kind=Kind.NIK)
    codes = list(wrong.values_list("code", flat=True))
    wrong.delete()
    act.after(lambda: forgotten.note(forgotten.VALUE, codes))


def _ask_again(act: Act, person: Person) -> None:
    tell(
        act,
        says=_("NIK Anda perlu ditulis lagi. Salin dari KTP di Data saya."),
        about=about_of(person),
        url_name="page.my_data",
        person=person.code,
    )
