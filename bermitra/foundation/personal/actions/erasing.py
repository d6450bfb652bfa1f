"""A person takes their data along, asks to be forgotten, and is: the row becomes a pseudonym, the key is destroyed."""

from __future__ import annotations

import json

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import AccessLetter, Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.personal.models import (
    OPEN_REQUEST,
    DataConsent,
    DataKey,
    ErasureRequest,
    PersonalLook,
    PersonalValue,
)
from bermitra.foundation.personal.queries import erasure_facts
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
    if ErasureRequest.objects.filter(person=person, done_at__isnull=False).exists():
        raise NoSuchMove("erasure_request", "done", act.door)
    act.require(ERASING, erasure_facts(person, told=told, letter=letter), standing(person.region_id or ""))
    request, _new = ErasureRequest.objects.get_or_create(
        person=person, withdrawn_at=None, done_at=None, defaults={"asked_at": act.now, "letter": letter}
    )
    kinds = sorted(PersonalValue.objects.filter(key__person=person).values_list("kind", flat=True))
    _shred(person)
    _unname(person.full_name)
    _forget(act, person)
    ErasureRequest.objects.filter(pk=request.pk).update(done_at=act.now, done_by=act.by.code)
    request.refresh_from_db()
    close_duties(act, about=about_of(request))
    act.log("personal_data.erased", person, kinds=kinds)
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
    DataConsent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=act.now, stopped_at=act.now)
    person.full_name, person.username = ERASED_NAME, f"dihapus.{person.code.lower()}"
    person.phone = person.email = ""
    person.last_login = None
    person.is_active = False
    person.set_unusable_password()
    person.save()


def _unname(name: str) -> None:
    """Take the name out of what was said in the house: notices and duties carry it among the words they are filled with."""
    written = Q(words__contains=name) | Q(words__contains=json.dumps(name)[1:-1])  # as PostgreSQL and SQLite keep it
    for model in (Notice, Duty):
        said = model.objects.annotate(words=Cast("params", TextField())).filter(written)  # type: ignore[attr-defined]
        for row in said.only("params"):
            row.params = {
                key: value.replace(name, ERASED_NAME) if isinstance(value, str) else value
                for key, value in row.params.items()
            }
            row.save(update_fields=["params"])


def end_sessions(person: Person) -> None:
    """Sign the person out everywhere: a session names its person only inside."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
