"""People's browsers, and a world in which nothing that they do remains."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from time import time
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from bermitra.foundation.accounts.middleware import SECOND_FACTOR_SEEN
from bermitra.foundation.accounts.models import Person
from bermitra.site import urls

A_DAY = 24 * 3600  # a confirmation that outlasts the file, however slow the machine is
SIGN_IN, PASSWORD_AGAIN = "asked to sign in", "asked for the password again"


class SameAddressesPlainRefusals:
    """Shut doors answer without a page around them: it is their status that counts here, some ten thousand times."""

    urlpatterns = urls.urlpatterns
    handler403 = staticmethod(lambda request, exception: HttpResponse(status=403))
    handler404 = staticmethod(lambda request, exception: HttpResponse(status=404))


PLAIN = {
    "ROOT_URLCONF": SameAddressesPlainRefusals,
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}


@contextmanager
def undone() -> Iterator[None]:
    """A transaction, or a point to go back to within one, that is never kept. Doors may ask for a durable one in it."""
    held = transaction.atomic()
    held._from_testcase = True
    with held:
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Answer:
    status: int | str
    body: str


class Browsers:
    """One for each person, signed in, with the password just asked for again."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[Client, dict[str, str]]] = {}

    def of(self, person: Person | None, confirmed: bool = True) -> Client:
        """As it was when it was signed in, whatever an earlier request did to it."""
        name = f"{person.code if person else ''} {confirmed}"
        if name not in self._of:
            client = Client()
            if person is not None:
                client.force_login(person, backend="bermitra.foundation.accounts.sign_in.NameOrPhone")
                session = client.session
                session[SECOND_FACTOR_SEEN] = True
                if confirmed:
                    session["account_authentication_methods"] = [
                        {"method": "password", "at": time() + A_DAY, "reauthenticated": True}
                    ]
                    session["account_authentication_methods_user"] = str(person.pk)
                session.save()
                client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
            self._of[name] = client, {key: cookie.value for key, cookie in client.cookies.items()}
        client, cookies = self._of[name]
        client.cookies = SimpleCookie(cookies)
        return client

    def ask(self, person: Person | None, method: str, path: str, sent: str = "", confirmed: bool = True) -> Answer:
        """Nothing of what the request did remains. An error is told as such, where a visitor would see a broken page."""
        client, form = self.of(person, confirmed), f"_key={uuid4().hex}&{sent}"
        try:
            with undone():
                answer = client.generic(method, path, form, "application/x-www-form-urlencoded")
                body = b"" if answer.streaming else answer.content
        except Exception as error:
            return Answer(f"{type(error).__name__}: {error}", "")
        if answer.status_code == 302 and answer["Location"].startswith("/masuk/?"):
            return Answer(SIGN_IN, "")
        if answer.status_code == 302 and answer["Location"].startswith("/masuk/lagi/"):
            return Answer(PASSWORD_AGAIN, "")
        return Answer(answer.status_code, body.decode(errors="replace"))
