"""Keys with which a program acts for a person: made once seen, bounded, taken back."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from bermitra.foundation.accounts import actions, tokens
from bermitra.foundation.accounts.models import Token
from bermitra.foundation.accounts.rules import TokenFacts, token_ends_with_the_office, tokens_stay_few
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.journal.models import Event
from bermitra.foundation.rules import Refused
from tests.programs import a_key
from tests.registry.test_pages import confirm, signed_in, words

pytestmark = pytest.mark.django_db

MAKE, LIST = "/saya/kunci-program/baru/", "/saya/kunci-program/"


def facts(**changes) -> TokenFacts:
    return TokenFacts(**{"days": 30, "most_days": 366, "offices": 1, "held": 0, "most_held": 10, **changes})


def make(people, who="operator", **changes) -> Token:
    given = {"name": "aplikasi desa", "until": clock.today() + timedelta(days=30), "digest": Secret(uuid4().hex)}
    by = people.by(who)
    return actions.make_token(by=by, person=by.person, **{**given, **changes})


@pytest.mark.parametrize(("holds", "changes"), [(True, {}), (True, {"days": 0}), (True, {"days": 366}),
                                                (False, {"days": -1}), (False, {"days": 367}), (False, {"offices": 0})])  # fmt: skip
def test_FD_45_token_ends_with_the_office(holds, changes):
    assert token_ends_with_the_office(facts(**changes)) == holds


@pytest.mark.parametrize(("holds", "held"), [(True, 9), (False, 10), (False, 11)])
def test_FD_46_tokens_stay_few(holds, held):
    assert tokens_stay_few(facts(held=held)) == holds


@pytest.mark.parametrize("days", [-1, 367, 4_000])
def test_a_key_that_would_last_too_long_or_not_at_all_is_not_made(people, days):
    with pytest.raises(Refused) as refused:
        make(people, until=clock.today() + timedelta(days=days))
    assert refused.value.codes == ("FD-45",)
    assert not Token.objects.exists()


def test_an_eleventh_key_is_not_made_and_a_withdrawn_one_makes_room(people):
    made = [make(people) for _each in range(10)]
    with pytest.raises(Refused) as refused:
        make(people)
    assert refused.value.codes == ("FD-46",)
    actions.withdraw_token(by=people.by("operator"), token=made[0])
    make(people)


def test_nobody_makes_or_withdraws_the_key_of_another(people):
    token = make(people)
    with pytest.raises(NotAllowed):
        actions.make_token(
            by=people.by("kades"), person=people.operator, name="x", until=clock.today(), digest=Secret("0" * 64)
        )
    for who in ("kades", "dinas", "pengelola"):
        with pytest.raises(NotAllowed):
            actions.withdraw_token(by=people.by(who), token=token)
    assert signed_in(people.kades).get(f"{LIST}{token.code}/cabut/").status_code == 404


def test_making_one_asks_for_the_password_again(people):
    with pytest.raises(StepUpNeeded):
        actions.make_token(
            by=By(person=people.operator, key=uuid4().hex), person=people.operator, name="x", until=clock.today(),
            digest=Secret("0" * 64),
        )  # fmt: skip
    assert signed_in(people.operator).get(MAKE)["Location"].startswith("/masuk/lagi/")


def test_the_key_is_shown_once_and_written_nowhere(people):
    browser, key = signed_in(people.operator), uuid4().hex
    confirm(browser, MAKE)
    typed = {"_key": key, "name": "aplikasi kas", "until": f"{clock.today() + timedelta(days=90):%d/%m/%Y}"}
    shown = browser.post(MAKE, typed)
    assert shown.status_code == 200 and "no-store" in shown["Cache-Control"]
    (secret,) = re.findall(r"bmt_[\w-]{43}", words(shown))
    person, token = tokens.known(secret)
    assert person == people.operator and token.name == "aplikasi kas"
    again = browser.post(MAKE, typed)  # the form sent twice: one key, and no second look at it
    assert again["Location"] == LIST
    assert Token.objects.count() == 1
    assert secret not in words(browser.get(LIST))
    written = [str(vars(each)) for model in (Token, Event) for each in model.objects.all()]
    assert not [each for each in written if secret in each or secret[4:] in each]


def test_the_list_tells_when_a_key_was_used_and_lets_it_be_withdrawn(people):
    key, browser = a_key("operator"), signed_in(people.operator)
    assert "Terakhir dipakai" not in words(browser.get(LIST))
    people.operator.refresh_from_db()
    assert tokens.known(key) is None  # signing in set a new password, which ended it
    key = a_key("operator")
    assert "Belum pernah dipakai" in words(browser.get(LIST))
    assert tokens.known(key)
    assert "Terakhir dipakai" in words(browser.get(LIST))
    token = Token.objects.latest("pk")
    done = browser.post(f"{LIST}{token.code}/cabut/", {"_key": uuid4().hex})
    assert done["Location"] == LIST
    assert tokens.known(key) is None
    assert "Belum ada kunci" in words(browser.get(LIST))
    assert browser.get(f"{LIST}{token.code}/cabut/").status_code == 404


def test_a_wrong_day_is_told_on_the_page(people):
    browser = signed_in(people.operator)
    confirm(browser, MAKE)
    answer = browser.post(MAKE, {"_key": uuid4().hex, "name": "x", "until": "1/1/2099"})
    assert answer.status_code == 409 and "FD-45" in words(answer)
    assert not Token.objects.exists()


def test_a_letter_that_repairs_access_ends_every_key(people):
    key = a_key("operator")
    letter = actions.issue_letter(by=people.by("dinas"), person=people.operator, reason="password")
    actions.use_letter(
        by=By(key=uuid4().hex), person=people.operator, code=Secret(letter.secret()), password_hash=Secret("!baru")
    )
    assert tokens.known(key) is None


def test_last_use_is_written_once_an_hour(people):
    key = a_key("operator")
    tokens.known(key)
    first = Token.objects.get().used_at
    with clock.at(first + timedelta(minutes=59)):
        tokens.known(key)
        assert Token.objects.get().used_at == first
    with clock.at(first + timedelta(minutes=61)):
        tokens.known(key)
        assert Token.objects.get().used_at > first
