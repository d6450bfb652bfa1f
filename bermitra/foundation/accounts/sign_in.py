"""Signing in by user name or telephone number and password."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.queries import by_name_or_phone, signed_in
from bermitra.foundation.accounts.throttle import TooManyTries, slow_down
from bermitra.foundation.codes import parse_phone
from bermitra.foundation.text import BadInput


def as_name_or_phone(text: str) -> str:
    """A telephone number in +62 form where the text is one, else the user name in lower case."""
    try:
        return parse_phone(text)
    except BadInput:
        return text.strip().lower()


class NameOrPhone(BaseBackend):
    """The only backend. Takes as long for an unknown name as for a known one."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Person | None:
        if not username or password is None:
            return None
        person = by_name_or_phone(as_name_or_phone(username))
        if person is None or not person.has_usable_password():
            make_password(password)
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, user_id: int) -> Person | None:
        return signed_in(user_id)


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves here: offices are given, and partners register as organisations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Our bounds in the place of allauth's, which counts by name alone; it rolls them back after a right password."""
        try:
            name = as_name_or_phone(credentials.get("username") or "")
            self._login_failed_rl_usage = slow_down(request, name)
        except TooManyTries as shut:
            raise self.validation_error("too_many_login_attempts") from shut
