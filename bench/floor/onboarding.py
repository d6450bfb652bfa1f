"""Officers of many villages by the product's own way: workbook in, rows read and checked, one act, letters as PDF."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from uuid import uuid4

import xlsxwriter
from django.urls import reverse
from django.utils import timezone

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.workbooks import read as read_table
from bermitra.registry import actions, printing
from bermitra.registry.forms.onboarding import COLUMNS, read


def a_table(villages: Sequence[Region]) -> bytes:
    """One officer a village, as a regency would list them."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [each.name for each in COLUMNS])
        for number, village in enumerate(villages, 1):
            row = {
                "Kode desa": village.pk,
                "Nama desa": village.name.upper(),
                "Nama petugas": f"Petugas Contoh {number}",
                "Jabatan": "Operator Desa",
                "Nomor SK": f"141/{number}/2026",
                "Mulai": "1/2/2026",
                "Sampai": "31/12/2029",
                "Telepon": f"0812-34{number // 10000:02}-{number % 10000:04}",
            }
            sheet.write_row(number, 0, [row.get(each.name, "") for each in COLUMNS])
    return held.getvalue()


def onboard(officer: Person, place: Region, villages: Sequence[Region]) -> dict[str, float]:
    """Seconds of each step; raises where a row was not taken."""
    content, seconds, began = a_table(villages), {}, time.perf_counter()

    def step(name: str) -> None:
        nonlocal began
        seconds[name], began = time.perf_counter() - began, time.perf_counter()

    sheet = read_table("petugas.xlsx", content, COLUMNS)
    found = read(sheet, place, clock.today())
    if found.wrong:
        raise RuntimeError(found.wrong[0].says)
    step("read and check")
    load = actions.onboard_villages(
        by=By(person=officer, key=uuid4().hex, confirmed_at=timezone.now()), region=place, newcomers=found.newcomers,
        file_name=sheet.name, file_hash=sheet.sha256,
    )  # fmt: skip
    step("the act")
    while not printing.go_on(load, reverse).complete:
        pass
    printing.whole(load)
    step("the letters")
    return seconds
