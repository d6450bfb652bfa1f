"""Every address, every method, every office and its own record, as ``expected.csv`` has it."""

from __future__ import annotations

import pytest

from tests.access.addresses import path_of, routes, sent_with
from tests.access.browsers import PASSWORD_AGAIN, SIGN_IN
from tests.access.matrix import OPEN, SHUT, Expected, written
from tests.access.world import OWN

pytestmark = pytest.mark.django_db
EXPECTED = written()
ROUTES = routes()

# No address lacks its record. These are not there for somebody whom the table lets in, and why.
NO_FACTOR = "nobody here has a second factor"
NOT_THERE = {
    ("mfa_deactivate_totp", ""): NO_FACTOR,
    ("mfa_reauthenticate", ""): NO_FACTOR,
    ("mfa_view_recovery_codes", ""): NO_FACTOR,
    ("mfa_download_recovery_codes", ""): NO_FACTOR,
}


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_an_address_opens_to_its_offices_and_to_no_other(name, world, browsers):
    row, wrong = EXPECTED[name], []
    for role in ("", *OWN):
        person = world.own(role) if role else None
        path, sent = path_of(name, ROUTES[name], world, role), sent_with(name, world, role)
        for method in row.methods:
            got = browsers.ask(person, method, path, sent)
            if got.status not in (expected := expected_of(row, role)):
                wrong.append(f"{method} {path} as {role or 'public'}: {got.status}, expected {expected}")
    assert not wrong, "\n" + "\n".join(wrong)


def expected_of(row: Expected, role: str) -> set[int | str]:
    if not role:
        return OPEN if row.scope_of("public") else {SIGN_IN}
    if not row.lets_in(role):
        return {403}
    if (row.name, "") in NOT_THERE or (row.name, role) in NOT_THERE:
        return {*SHUT, PASSWORD_AGAIN}
    return OPEN


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_an_address_takes_no_other_method(name, world, browsers):
    path = path_of(name, ROUTES[name], world, "village_head")
    refused = ("PUT", "PATCH", "DELETE", "OPTIONS") if EXPECTED[name].kind == "act" else ("POST", "PUT", "DELETE")
    for method in refused:
        assert browsers.ask(world.own("village_head"), method, path).status == 405, f"{method} {path}"


@pytest.mark.parametrize("name", sorted(name for name in ROUTES if EXPECTED[name].step_up))
def test_a_weighty_act_asks_for_the_password_again(name, world, browsers):
    row = EXPECTED[name]
    for role in filter(row.lets_in, OWN):
        for method in ("GET", "POST") if row.kind == "act" else ("GET",):
            path = path_of(name, ROUTES[name], world, role)
            got = browsers.ask(world.own(role), method, path, confirmed=False).status
            assert got == PASSWORD_AGAIN, f"{method} {path} as {role}"


def test_an_address_that_is_not_there_is_not_there_for_anybody(world, browsers):
    for path in ("/kerja/tidak-ada/", "/admin/", "/kerja/kemitraan/", "/orang/KOSONG0000/tidak/"):
        for person in (None, *(world.own(role) for role in OWN)):
            assert browsers.ask(person, "GET", path).status == 404, path
