"""Programs that act for people: a key, and requests as a program sends them, without cookies and with safety marks enforced."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from bermitra.foundation.accounts import actions
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.tokens import digest_of, new_key
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.asked import Secret


def a_key(username: str, days: int = 30) -> str:
    """A key that this person has just made."""
    person, key = Person.objects.get(username=username), new_key()
    actions.make_token(
        by=By(person=person, key=uuid4().hex, confirmed_at=timezone.now()), person=person, name="aplikasi desa",
        until=clock.today() + timedelta(days=days), digest=Secret(digest_of(key)),
    )  # fmt: skip
    return key


class Program:
    """``key``: of whom it acts for; without one it speaks for nobody."""

    def __init__(self, key: str = "", **headers: str):
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Bearer {key}", **headers} if key else headers

    def send(self, path: str, body: Any, once: str = "", **headers: str):
        """``body``: an object, or bytes as they are; ``once``: the key of this sending, a fresh one unless given."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"Idempotency-Key": once or str(uuid4()), "Content-Type": "application/json", **self.headers, **headers}
        kind = given.pop("Content-Type")
        return self.client.generic(
            "POST", path, content, kind, headers={name: value for name, value in given.items() if value}
        )

    def read(self, path: str, **headers: str):
        return self.client.get(path, headers={"Accept": "application/json", **self.headers, **headers})
