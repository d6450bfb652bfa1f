"""The elements of the community that take part in a Musyawarah, read once from the file that ships with the product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Element:
    """``office``: takes part by office and counts for none of the community's elements."""

    code: str
    id: str
    en: str
    required: bool = False
    private: bool = False
    office: bool = False


@lru_cache(maxsize=1)
def elements() -> dict[str, Element]:
    """All elements by code, in the order in which lists show them."""
    entries = yaml.safe_load(Path(__file__).with_name("elements.yaml").read_text(encoding="utf-8"))
    return {entry["code"]: Element(**entry) for entry in entries}


REQUIRED = frozenset(code for code, element in elements().items() if element.required)
COMMUNITY = frozenset(code for code, element in elements().items() if not element.office)
PRIVATE = frozenset(code for code, element in elements().items() if element.private)
