"""While a body's name is typed, the registered ones like it are said; without the script the form says them when it is sent."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
REGISTER = """
import django
django.setup()
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import By
from bermitra.foundation.regions.models import Region
from bermitra.registry import actions
actions.register_partner(
    by=By(person=Person.objects.get(username="sekdes"), key="serayu"), region=Region.objects.get(pk="33.04.19.2001"),
    kind="company", name="PT Tirta Serayu Lestari", seat=Region.objects.get(pk="33.04"),
)
"""


def test_like_names_appear_under_the_field_and_are_said_politely(site, visit):
    site.house.run(site.house.start(REGISTER))
    page, wrong = visit("", script=True), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.goto("/mitra/daftar/")
    box = page.locator("[aria-live=polite]").first
    assert box.is_hidden()
    page.locator("#id_name").press_sequentially("serayu tirta lestary")
    page.get_by_role("link", name="PT Tirta Serayu Lestari").wait_for()
    assert box.is_visible()
    page.locator("#id_name").fill("")
    page.wait_for_function("document.querySelector('[aria-live=polite]').hidden")
    assert wrong == []

    plain = visit("", script=False)
    plain.goto("/mitra/daftar/")
    plain.locator("#id_name").fill("Serayu Tirta Lestari")
    plain.get_by_role("button", name="Kirim pendaftaran").click()
    assert plain.get_by_role("heading", name="Nama mirip yang sudah terdaftar").is_visible()
