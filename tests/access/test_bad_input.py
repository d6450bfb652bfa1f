"""Bad input on every form: never an error page, never taken in silence; the field is named and what was typed stays.

In the suite each form is sent empty, filled in well, and three times with a bad value in every field, other ones each time.
With ``BERMITRA_BAD_INPUT=whole`` every bad value comes by itself too: 3,600 sendings in nine minutes.
"""

from __future__ import annotations

import os

import pytest

from tests.access.addresses import path_of, routes
from tests.access.bad_input import Page, bad_values, emptied, good, read, send
from tests.access.matrix import written
from tests.access.world import OWN

pytestmark = pytest.mark.django_db
EXPECTED, ROUTES = written(), routes()
WHOLE = os.environ.get("BERMITRA_BAD_INPUT") == "whole"
OTHERS = ("account_", "mfa_", "page.")  # of the library that signs people in, and pages that are read
FORMS = sorted(name for name in ROUTES if EXPECTED[name].kind == "act" and not name.startswith(OTHERS))
TURNS = 3
NOT_ASKED = {
    "accounts.hand_over": "in this world nobody follows in an office",
    "accounts.withdraw_erasure_request": "in this world nobody asked to be forgotten",
    "deliberation.answer_joint_offer": "in this world no village is asked that has not answered",
    "deliberation.issue_decree": "in this world nothing waits for a decree: the page leads back",
    "deliberation.name_delegates": "in this world the meeting has not decided yet: the page leads back to it",
    "deliberation.record_decision": "in this world the page leads on to what is decided already",
    "deliberation.renew_delegation": "in this world the answer stands in writing, and the page leads back to the offer",
    "deliberation.withdraw_joint_answer": "in this world no village has given an answer that it may take back",
    "delivery.draft_plan": "in this world there is a plan, to which the page leads on",
    "registry.print_letters": "a button of the page of letters",
    "registry.reopen_verification": "in this world two of one partner are under way, which no act brings about",
}


def asked_by(name, world, browsers) -> tuple[Page | None, str]:
    """The form as the first office has it that is asked anything."""
    found: tuple[Page | None, str] = None, ""
    for role in filter(EXPECTED[name].lets_in, OWN):
        page = read(browsers, world.own(role), path_of(name, ROUTES[name], world, role))
        if page and (page.bound or found[0] is None):
            found = page, role
        if page and page.bound:
            break
    return found


@pytest.mark.parametrize("name", FORMS)
def test_bad_input_is_named_and_nothing_is_lost(name, world, browsers):
    page, role = asked_by(name, world, browsers)
    if name in NOT_ASKED:
        return
    assert page is not None, "no office is asked anything here"
    person, wrong = world.own(role), []
    values = {field: found for field, bound in page.bound.items() if (found := bad_values(bound))}
    turns = [{}, {}]
    if values:
        turns += [
            {field: found[(turn + place) % len(found)] for place, (field, found) in enumerate(values.items())}
            for turn in range(max(map(len, values.values())) if WHOLE else TURNS)
        ]
    if WHOLE:
        turns += [{field: each} for field, found in values.items() for each in found]
    for number, bad in enumerate(turns):
        filled = good(page) if number else emptied(page)
        got = send(browsers, person, page, filled | {field: each.value for field, each in bad.items()}, bad)
        wrong += [f"{number} { {field: each.says for field, each in bad.items()} }: {each}" for each in got.wrong]
    assert not wrong, f"{page.path} as {role}\n" + "\n".join(wrong)
