"""A person takes their data along, asks to be forgotten, and is: the row becomes a pseudonym, the key is destroyed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Q

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import AccessLetter, Appointment, Assistance, HandOver, Person, Token
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.personal import forgotten
from bermitra.foundation.personal.models import (
    OPEN_REQUEST,
    DataConsent,
    DataKey,
    ErasureRequest,
    PersonalLook,
    PersonalValue,
)
from bermitra.foundation.personal.queries import erasure_facts, nothing_free_left
from bermitra.foundation.personal.rules import ERASING
from bermitra.foundation.personal.traces import sweep
from bermitra.foundation.text import _

ERASED_NAME = _("Data dihapus")


@command("accounts.export_my_data", on="person")
def export_my_data(act: Act, *, person: Person) -> Person:
    """The person takes a copy of everything along; the copy is put together afterwards."""
    act.log("personal_data.exported", person)
    return person


@command("accounts.request_erasure", on="person")
def request_erasure(act: Act, *, person: Person) -> ErasureRequest:
    """Ask to be forgotten; asking twice is one request. It waits for the officer of the person's regency."""
    request, new = ErasureRequest.objects.get_or_create(
        person=person, withdrawn_at=None, done_at=None, defaults={"asked_at": act.now}
    )
    if person.region_id:
        open_duty(
            act,
            door="accounts.erase_person",
            about=about_of(request),
            code=person.code,
            says=_("Hapus data pribadi seseorang yang memintanya."),
            region=person.region_id[:5],
            role=roles.DPMD_OFFICER.key,
        )
    act.log("erasure.requested", request, person=person.code, new=new)
    return request


@command("accounts.withdraw_erasure_request", on="request")
def withdraw_erasure_request(act: Act, *, request: ErasureRequest) -> ErasureRequest:
    """The person thinks better of it."""
    if not ErasureRequest.objects.filter(OPEN_REQUEST, pk=request.pk).update(withdrawn_at=act.now):
        raise NoSuchMove("erasure_request", "closed", act.door)
    close_duties(act, about=about_of(request))
    act.log("erasure.withdrawn", request, person=request.person.code)
    request.refresh_from_db()
    return request


@command("accounts.erase_person", on="person")
def erase_person(act: Act, *, person: Person, told: bool, letter: str = "") -> ErasureRequest:
    """Forget a person who asked for it and holds nothing any more (FD-12, FD-31, FD-32).

    Gone: name, telephone, e-mail, user name, password, second factor, sessions, letters of access, every sealed value with
    its key, and who looked at it. What stays are codes: the row that records point to, offices with their decrees, consents
    without a name. Names in signed papers and in the village's books stay for ``archive_retention_years``.
    """
    if _erased(person):
        raise NoSuchMove("erasure_request", "done", act.door)
    facts = erasure_facts(person, told=told, letter=letter)
    request = _erase(act, person, "personal_data.erased", letter)
    # Asked at the end, when it can be seen what is left; a refusal undoes all of it.
    facts = replace(facts, free_fields_shredded=nothing_free_left(person))
    act.require(ERASING, facts, standing(person.region_id or ""))
    return request


@command("accounts.erase_again")
def erase_again(act: Act, *, people: Collection[str], values: Collection[str]) -> None:
    """After an older copy was put back: whoever had been erased since is erased again, and what was taken away goes again.

    Nothing is asked any more: it was asked then.
    """
    for person in Person.objects.filter(code__in=people).order_by("pk"):
        if not _erased(person):
            _erase(act, person, "personal_data.erased_again")
    for value in PersonalValue.objects.filter(code__in=values).select_related("key__person").order_by("pk"):
        act.log("personal_value.removed_again", value, kind=value.kind, of=value.key.holder)
        value.delete()
    if not act.lines:
        raise NoSuchMove("erasure_request", "done", act.door)
    act.after(sweep)


def _erased(person: Person) -> bool:
    return ErasureRequest.objects.filter(person=person, done_at__isnull=False).exists()


def _erase(act: Act, person: Person, verb: str, letter: str = "") -> ErasureRequest:
    request, _new = ErasureRequest.objects.get_or_create(
        person=person, withdrawn_at=None, done_at=None, defaults={"asked_at": act.now, "letter": letter}
    )
    kinds = sorted(PersonalValue.objects.filter(key__person=person).values_list("kind", flat=True))
    _shred(person)
    _unname(person)
    _forget(act, person)
    ErasureRequest.objects.filter(pk=request.pk).update(done_at=act.now, done_by=act.by.code)
    request.refresh_from_db()
    close_duties(act, about=about_of(request))
    act.log(verb, person, kinds=kinds)
    act.after(lambda: forgotten.note(forgotten.PERSON, [person.code]))
    act.after(lambda: end_sessions(person))
    act.after(sweep)
    return request


def _shred(person: Person) -> None:
    """The key first, overwritten where it lies: whatever copy of a value is left anywhere, nothing opens it."""
    for key in DataKey.objects.filter(person=person):
        DataKey.objects.filter(pk=key.pk).update(wrapped=bytes(len(key.wrapped)))
        PersonalValue.objects.filter(key=key).delete()
        key.delete()
    PersonalLook.objects.filter(person=person).delete()


def _forget(act: Act, person: Person) -> None:
    Authenticator.objects.filter(user_id=person.pk).delete()
    EmailAddress.objects.filter(user_id=person.pk).delete()
    AccessLetter.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=act.now)
    Token.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=act.now)
    Token.objects.filter(person=person).update(name="")
    DataConsent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=act.now, stopped_at=act.now)
    person.full_name, person.username = ERASED_NAME, f"dihapus.{person.code.lower()}"
    person.phone = person.email = ""
    person.last_login = None
    person.is_active = False
    person.set_unusable_password()
    person.save()


def _unname(person: Person) -> None:
    """Take the name out of what was said in the house of this person, where it stands for itself: others bear it as well."""
    records = [
        person,
        *Appointment.objects.filter(person=person),
        *Assistance.objects.filter(helper=person),
        *HandOver.objects.filter(Q(predecessor__person=person) | Q(successor__person=person)),
    ]
    said = Q(about__in=[about_of(each) for each in records]) | Q(person=person.code)
    for model in (Notice, Duty):
        for row in model.objects.filter(said).only("params"):  # type: ignore[attr-defined]
            if person.full_name in row.params.values():
                row.params = {
                    name: ERASED_NAME if value == person.full_name else value for name, value in row.params.items()
                }
                row.save(update_fields=["params"])


def end_sessions(person: Person) -> None:
    """Sign the person out everywhere: a session names its person only inside."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
