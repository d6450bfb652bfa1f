"""The same office one village, one district, one regency or one partner further: our records are not there for it."""

from __future__ import annotations

import pytest

from tests.access.addresses import path_of, routes, sent_with
from tests.access.matrix import OPEN, SHUT, Expected, written
from tests.access.world import STRANGER, World

pytestmark = pytest.mark.django_db
EXPECTED = written()
ROUTES = routes()
ONE_S_OWN = ("page.notice",)  # opened to everybody signed in, each to his own
# These show to every holder of the office what is no one village's or partner's; what they do with it, the door asks.
FOR_ALL_OF_THE_OFFICE = {
    "selection.draft_proposal": "a call is open to every partner",
    "selection.draft_rival": "so is an asking for rivals",
    "matching.answer_draw": "every village of the regency is asked; each answers for itself",
    "page.rule_switch": "a rule of the product is nobody's record; each office sees its own regency's switch",
    "norms.switch_rule": "and switches it there alone",
    "registry.lift_listing": "the register of sanctions is read by every regency; only the one that listed may lift",
}


def strangers_to(row: Expected) -> list[str]:
    """Offices that are let in within their own reach; those that are shut out altogether are met elsewhere."""
    return [role for role in STRANGER if row.name in ONE_S_OWN or row.lets_in(role) not in ("", "any", "own")]


@pytest.mark.parametrize("name", sorted(name for name in ROUTES if strangers_to(EXPECTED[name])))
def test_a_record_of_ours_is_not_there_for_a_stranger_and_no_list_tells_of_it(name, world, browsers):
    row, wrong = EXPECTED[name], []
    expected = SHUT if "code>" in ROUTES[name] and name not in FOR_ALL_OF_THE_OFFICE else OPEN
    for role in strangers_to(row):
        path, sent = path_of(name, ROUTES[name], world, role), sent_with(name, world, role)
        for method in row.methods:
            got = browsers.ask(world.stranger(role), method, path, sent)
            if got.status not in expected:
                wrong.append(f"{method} {path} as the nearest {role}: {got.status}, expected {expected}")
            elif told := told_of(world, got.body, path):
                wrong.append(f"{method} {path} as the nearest {role}: tells of {told}")
    assert not wrong, "\n" + "\n".join(wrong)


def told_of(world: World, body: str, path: str) -> list[str]:
    """Records of our village that a page shows to somebody who did not name them himself."""
    not_ours = ("other_partner", "village", "asked_draw")  # a draw is its organiser's; every village is asked
    codes = {kind: str(code) for kind, code in world.codes.items() if kind not in not_ours}
    return [f"{kind} {code}" for kind, code in codes.items() if len(code) >= 10 and code in body and code not in path]


def test_a_list_that_did_tell_of_our_records_would_be_noticed(world, browsers):
    seen = browsers.ask(world.own("village_head"), "GET", "/kerja/kebutuhan/")
    assert f"need {world.codes['need']}" in told_of(world, seen.body, "/kerja/kebutuhan/")
