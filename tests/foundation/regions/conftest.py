"""A small country: three provinces as the register writes them, before and after a decree."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bermitra.foundation.commands.act import By
from bermitra.foundation.regions.actions import import_register
from bermitra.foundation.regions.load import plan_register
from bermitra.foundation.regions.models import RegisterLoad
from bermitra.foundation.regions.register import Areas, Register, kind_of

COUNTRY = {
    "33": "Jawa Tengah",
    "33.04": "Kabupaten Banjarnegara",
    "33.04.19": "Pandanarum",
    "33.04.19.2001": "Pandanarum",
    "33.04.19.2002": "Beji",
    "33.04.19.2003": "Sirongge",
    "33.04.06": "Banjarnegara",
    "33.04.06.1013": "Kutabanjarnegara",
    "33.05": "Kabupaten Kebumen",
    "33.05.05": "Klirong",
    "33.05.05.2003": "Pandanlor",
    "33.05.12": "Kebumen",
    "33.05.12.1024": "Kebumen",
    "33.05.14": "Sruweng",
    "33.05.14.2020": "Pandansari",
    "33.26": "Kabupaten Pekalongan",
    "33.26.15": "Tirto",
    "33.26.15.2003": "Pandanarum",
    "51": "Bali",
    "51.08": "Kabupaten Buleleng",
    "51.08.02": "Seririt",
    "51.08.02.2008": "Bestala",
    "51.71": "Kota Denpasar",
    "51.71.01": "Denpasar Selatan",
    "51.71.01.1001": "Serangan",
    "96": "Papua Barat Daya",
    "96.04": "Kabupaten Sorong Selatan",
    "96.04.01": "Teminabuan",
    "96.04.01.2001": "Wersar",
    "96.05": "Kabupaten Raja Ampat",
    "96.05.01": "Waigeo Selatan",
    "96.05.01.2001": "Saonek",
    "96.10": "Kabupaten Maybrat",
    "96.10.01": "Aifat",
    "96.10.01.2001": "Kumurkek",
}
# The numbers that 96 really changed: each regency takes the number of another one.
HANDED_ON = {"96.04": "96.02", "96.05": "96.03", "96.10": "96.05"}
DAY = date(2025, 4, 25)


def areas_of(names: dict[str, str]) -> Areas:
    return {code: (name, kind_of(code)) for code, name in names.items()}


def renumbered(names: dict[str, str]) -> dict[str, str]:
    return {HANDED_ON.get(code[:5], code[:5]) + code[5:]: name for code, name in names.items()}


@pytest.fixture
def load() -> Callable[..., RegisterLoad]:
    """Load areas as the register of a decree."""

    def load(
        names: dict[str, str], day: date = DAY, decree: str = "Keputusan contoh", refused: tuple = ()
    ) -> RegisterLoad:
        register = Register("contoh.csv", f"{hash(tuple(names.items())) & 0xFFFF:064x}", areas_of(names), list(refused))
        return import_register(by=By.the_system(), plan=plan_register(register, decree=decree, day=day))

    return load


@pytest.fixture
def country(db, load) -> RegisterLoad:
    return load(COUNTRY)


@pytest.fixture
def table(tmp_path) -> Callable[..., Path]:
    """Write rows to a file and give its path."""

    def table(rows: list[list[str]], name: str = "wilayah.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
        return path

    return table
