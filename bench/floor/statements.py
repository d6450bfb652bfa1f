"""``python -m bench.floor.statements``: what the pages of the instance under ``BERMITRA_HOME`` ask its database, as JSON.

Each page is read twice before it is counted, so that what a process reads once is there, and public pages are made anew
each time. A statement's shape is its text
before values are put in, with lists of any length alike. Signing in takes a session of today; its cookie is told as well.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

MANY = re.compile(r"\((?:%s, )+%s\)")
READ_BEFORE = 2
ANEW = "lain=1"  # a visitor with a cookie of his own: his pages are made for him and not taken from memory


def main() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "bermitra.site.settings"
    django.setup()
    from django.conf import settings
    from django.test import Client

    pages = json.loads((settings.BERMITRA_HOME / "pages.json").read_text(encoding="utf-8"))
    anybody, clerk = Client(SERVER_NAME="127.0.0.1", headers={"cookie": ANEW}), Client(SERVER_NAME="127.0.0.1")
    clerk.force_login(secretary(), backend=settings.AUTHENTICATION_BACKENDS[0])
    counted = {name: count(clerk if name == "signed-in" else anybody, address) for name, address in pages.items()}
    cookie = f"{settings.SESSION_COOKIE_NAME}={clerk.cookies[settings.SESSION_COOKIE_NAME].value}"
    print(json.dumps({"pages": counted, "cookie": cookie}))


def secretary() -> Any:
    """Who opens the signed-in page: the secretary of the story's village."""
    from bermitra.foundation.accounts import roles
    from bermitra.foundation.accounts.models import Appointment
    from bermitra.foundation.commands import clock
    from bermitra.partnership.models import Case

    village = Case.objects.filter(example=True).order_by("pk")[:1].values("village")
    found = Appointment.objects.in_force(clock.today()).filter(role=roles.VILLAGE_SECRETARY.key, region__in=village)
    return found.select_related("person")[0].person


def count(client: Any, address: str) -> dict[str, int]:
    """How many statements, and how often the commonest shape comes."""
    from django.db import connection

    shapes: Counter[str] = Counter()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        shapes[MANY.sub("(%s)", sql)] += 1
        return execute(sql, params, many, context)

    for _time in range(READ_BEFORE):
        client.get(address)
    with connection.execute_wrapper(note):
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} was answered with {answer.status_code}")
    return {"statements": shapes.total(), "commonest": max(shapes.values(), default=0)}


if __name__ == "__main__":
    main()
