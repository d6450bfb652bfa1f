"""Every form of every office as a program meets it: it tells its fields, and refuses what it did not ask for by name."""

from __future__ import annotations

from uuid import uuid4

import pytest

from bermitra.foundation.accounts.models import Person, Token
from bermitra.foundation.accounts.tokens import digest_of
from bermitra.foundation.commands import clock
from bermitra.foundation.journal.models import Event
from bermitra.site import json_door
from tests.access.addresses import path_of, routes
from tests.access.browsers import undone
from tests.access.matrix import written
from tests.access.world import LONG_AGO, OWN
from tests.programs import Program

pytestmark = pytest.mark.django_db
EXPECTED, ROUTES = written(), routes()
SHUT_TO_PROGRAMS = ("account_", "mfa_", "accounts.use_letter", "accounts.withdraw_token")
FORMS = sorted(
    name
    for name in ROUTES
    if EXPECTED[name].kind == "act" and not EXPECTED[name].step_up and not name.startswith(SHUT_TO_PROGRAMS)
)
NOT_ASKED = "tidak_ditanyakan"
NOT_TOLD = {
    "messages.mark_read": "a button beside each line of a list",
    "accounts.withdraw_erasure_request": "in this world nobody asked to be forgotten",
    "deliberation.name_delegates": "in this world the meeting has not decided yet: the page leads back to it",
    "deliberation.renew_delegation": "in this world the answer stands in writing, and the page leads back to the offer",
    "deliberation.record_decision": "in this world the page leads on to what is decided already",
    "delivery.draft_plan": "in this world there is a plan, to which the page leads on",
}


@pytest.fixture
def no_second_factor(monkeypatch) -> None:
    """An officer's second factor is set up by a page with a telephone in the hand: here it counts as done."""
    monkeypatch.setattr(json_door, "is_mfa_enabled", lambda person: True)


def program_of(person: Person) -> Program:
    key = uuid4().hex
    Token.objects.create(
        person=person, name="aplikasi", digest=digest_of(key), seal=person.get_session_auth_hash(), made_at=LONG_AGO,
        offices=[office.pk for office in person.appointments.all()], until=clock.today(),
    )  # fmt: skip
    return Program(key)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_tells_its_fields_and_refuses_by_name_what_it_does_not_ask_for(name, world, no_second_factor):
    wrong, told = [], False
    for role in filter(EXPECTED[name].lets_in, OWN):
        person, path = world.own(role), path_of(name, ROUTES[name], world, role)
        with undone():
            before, program = Event.objects.count(), program_of(person)
            asked = program.read(path)
            answer = program.send(path, {NOT_ASKED: "x"})
            after = Event.objects.count()
        told = told or (asked.status_code == 200 and "fields" in asked.json())
        if asked.status_code not in (200, 302, 404, 406, 409):
            wrong.append(f"GET {path} as {role}: {asked.status_code} {asked.content[:200]}")
        if answer.status_code == 200 and answer.json()["done"] == "" and after == before:
            continue  # there is nothing to send here now, and it is told where to go on
        if answer.status_code not in (404, 409, 422) or after != before:
            wrong.append(f"POST {path} as {role}: {answer.status_code} {answer.content[:200]}, {after - before} lines")
        elif answer.status_code == 422 and NOT_ASKED not in {each["field"] for each in answer.json()["errors"]}:
            wrong.append(f"POST {path} as {role}: {answer.content[:200]}")
    assert not wrong, "\n" + "\n".join(wrong)
    assert told != (name in NOT_TOLD)
