"""The book of forms of cooperation that ships with the product, read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

Said = dict[str, str]  # language to words


@dataclass(frozen=True)
class Form:
    """One form of cooperation: where it may stand, how its money may go, how long it may last."""

    code: str
    name: Said
    plain: Said
    coop_type: str
    fields: tuple[str, ...]
    channels: tuple[str, ...]
    apbdes: tuple[str, ...]
    months: int | None = None  # longest term; None: no limit known
    days: int | None = None
    asset: bool = False
    consent: bool = False  # asks PADIATAPA
    permit: bool = False  # wants a written permit of the regent


@lru_cache(maxsize=1)
def _book() -> dict[str, Any]:
    book: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "forms.yaml").read_text(encoding="utf-8"))
    return book


@lru_cache(maxsize=1)
def forms() -> dict[str, Form]:
    """All forms by code, in the order of the book."""
    found = {}
    for row in _book()["forms"]:
        lists: dict[str, Any] = {name: tuple(row[name]) for name in ("fields", "channels", "apbdes")}
        found[row["code"]] = Form(**{**row, **lists})
    return found


def uses_assets(codes: Iterable[str]) -> bool:
    """Whether one of these forms puts assets of the village to use."""
    known = forms()
    return any(known[code].asset for code in codes if code in known)


def offered() -> dict[str, Said]:
    """The names of those forms that a third party may offer, by code: the setting ``FORMS_OF_COOPERATION``."""
    return {code: form.name for code, form in forms().items() if form.coop_type == "pihak_ketiga"}


def channels() -> dict[str, Said]:
    """The ways money or goods may go, by code."""
    return dict(_book()["channels"])


def apbdes() -> dict[str, Said]:
    """The accounts of the village budget under which money comes in; no other list of them is kept."""
    return dict(_book()["apbdes"])
