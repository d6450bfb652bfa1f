"""A real instance served by ``bermitra serve``, looked at in Debian's Chromium, without JavaScript unless a tool needs it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.house import House
from tests.people import PASSWORD

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
MOVE_IN = """
import django
django.setup()
import json
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from tests.people import PASSWORD, settle
people, secrets = settle(), {}
for name, person in people.held.items():
    person.set_password(PASSWORD)
    person.save()
for name in ("dinas", "bupati", "inspektorat"):
    secrets[name] = generate_totp_secret()
    TOTP.activate(people.held[name], secrets[name])
print(json.dumps(secrets))
"""
CODE = """
import sys
import django
django.setup()
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
print(format_hotp_value(hotp_value(sys.argv[1], next(yield_hotp_counters_from_time()))))
"""


@dataclass
class Site:
    """``address`` answers on loopback; ``secrets`` are the second factors of the officers who need one.

    ``signed_in`` keeps each person's cookies: a code of the second factor counts once, and signing in is slow on purpose.
    """

    address: str
    house: House
    secrets: dict[str, str]
    signed_in: dict[str, Any] = field(default_factory=dict)

    def code(self, name: str) -> str:
        return self.house.run(self.house.start(CODE, self.secrets[name]))[0]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not CHROMIUM:
        pytest.skip("chromium is not installed (Debian: apt install chromium)")
    house = House(tmp_path_factory.mktemp("site"))
    secrets = json.loads(house.run(house.start(MOVE_IN))[0])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = (house.home / "serve.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "bermitra.cli", "serve", "--port", str(port)],
        env={**house.env, "BERMITRA_ORIGIN": address}, cwd=house.home, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        wait_for(f"{address}/sehat/", server)
        yield Site(address, house, secrets)
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            assert server.poll() is None, "the server ended before it answered"
            time.sleep(0.2)
    raise AssertionError(f"{address} never answered")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    os.environ.setdefault("PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS", "1")
    with sync_playwright() as player:
        started = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """``visit("sekdes")`` is the secretary's browser, signed in; ``visit()`` is anybody's."""
    contexts = []

    def open_for(
        name: str = "", *, width: int = 360, script: bool = False, dark: bool = False, english: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": 740},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            locale="id-ID",
            storage_state=site.signed_in.get(name),
        )
        contexts.append(context)
        if english:
            context.add_cookies([{"name": "bahasa", "value": "en", "url": site.address}])
        page = context.new_page()
        if name and name not in site.signed_in:
            sign_in(site, page, name)
            site.signed_in[name] = context.storage_state()
        return page

    yield open_for
    for context in contexts:
        context.close()


def sign_in(site: Site, page: Page, name: str) -> None:
    page.goto("/masuk/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button.btn")
    if name in site.secrets:
        page.fill("input[name=code]", site.code(name))
        page.click("main button.btn")
    assert page.url.endswith("/kerja/"), page.inner_text("main")
