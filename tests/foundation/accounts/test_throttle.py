"""Tries of a name and a secret: the one who tries is shut out for a while, the owner of the name never is."""

import pytest
from django.core.cache import cache
from django.test import Client

from bermitra.foundation.accounts import actions, throttle
from bermitra.foundation.accounts.models import AccessLetter
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db

WORDS = "empat kata dari surat"


@pytest.fixture(autouse=True)
def _nothing_counted_before():
    cache.clear()


@pytest.fixture
def waited(monkeypatch) -> list[float]:
    """The waits that were asked for, in seconds; nobody waits them."""
    asked: list[float] = []
    monkeypatch.setattr(throttle, "sleep", asked.append)
    return asked


@pytest.fixture
def secretary(people):
    people.sekdes.phone = "+6281234567890"
    people.sekdes.set_password(PASSWORD)
    people.sekdes.save()
    return people.sekdes


def sign_in(address: str, login: str, password: str):
    return Client(REMOTE_ADDR=address).post("/masuk/", {"login": login, "password": password})


def use_letter(address: str, login: str, code: str, key: str):
    typed = {"login": login, "code": code, "password": WORDS, "again": WORDS, "_key": key}
    return Client(REMOTE_ADDR=address).post("/masuk/surat/", typed)


def is_in(answer) -> bool:
    return answer.status_code == 302 and answer["Location"] == "/kerja/"


def test_five_wrong_passwords_shut_that_name_for_that_address_and_for_no_other(secretary):
    for _ in range(5):
        sign_in("203.0.113.9", "sekdes", "salah")
    assert not is_in(sign_in("203.0.113.9", "sekdes", PASSWORD))
    assert is_in(sign_in("203.0.113.10", "sekdes", PASSWORD))


def test_a_name_written_in_another_way_is_the_same_name(secretary):
    for login in ("081234567890", "+62 812-3456-7890", "0812 3456 7890", "6281234567890", "0812-3456-7890"):
        sign_in("203.0.113.9", login, "salah")
    assert not is_in(sign_in("203.0.113.9", "0812.3456.7890", PASSWORD))


def test_a_name_tried_from_many_addresses_waits_but_is_let_in(secretary, settings, waited):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "name_tried": "3/15m/key"}
    for number in range(3):
        sign_in(f"203.0.113.{number}", "sekdes", "salah")
    assert waited == []
    assert is_in(sign_in("198.51.100.7", "sekdes", PASSWORD))
    assert waited == [throttle.PAUSE_SECONDS]


def test_right_passwords_use_up_nothing(secretary, settings, waited):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "name_tried": "1/15m/key"}
    assert all(is_in(sign_in("203.0.113.9", "sekdes", PASSWORD)) for _ in range(7))
    assert waited == []


def test_one_address_that_tries_many_names_is_shut_out(secretary):
    for number in range(10):
        sign_in("203.0.113.9", f"nama{number}", "salah")
    assert not is_in(sign_in("203.0.113.9", "sekdes", PASSWORD))
    assert is_in(sign_in("203.0.113.10", "sekdes", PASSWORD))


def test_wrong_codes_of_a_stranger_leave_the_letter_to_its_owner(people):
    letter = actions.issue_letter(by=people.by("dinas"), person=people.sekdes, reason="first")
    answers = [use_letter("203.0.113.9", "sekdes", "0000-0000-0000", f"k{n}").status_code for n in range(6)]
    assert (answers[0], answers[5]) == (409, 429)
    own = use_letter("203.0.113.10", "Sekdes", letter.secret(), "own")
    assert (own.status_code, own["Location"]) == (302, "/masuk/")
    assert AccessLetter.objects.get().used_at is not None
