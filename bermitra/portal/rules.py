"""What no public page may show, and how a page of an example is told. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bermitra.foundation.rules import Status, rule
from bermitra.foundation.text import _

HIDDEN = _("[nomor disembunyikan]")

# Numbers by which a person is found. Letters' numbers, codes of areas and amounts of money are none of these.
_NIK = re.compile(r"(?<![\w.])\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{6}[ .]?\d{4}(?![\w])")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+?62|0)[ .-]?8\d{1,2}(?:[ .-]?\d{2,5}){2,3}(?![\w/])")
_ACCOUNT = re.compile(r"(?i)\b(rek(?:ening)?\b\.?[^\d\n]{0,30}?)(\d[\d .-]{6,}\d)")
_HEALTH = re.compile(r"(?i)\b(?:positif|penderita|mengidap|pengidap|pasien)\s+(?:hiv|aids|tbc?|kusta|covid|kanker)\b")
_POVERTY = re.compile(r"(?i)\b(?:warga|orang|keluarga|ibu|bapak|pak|bu)\s+(?:miskin|tidak mampu)\s*:")


@dataclass(frozen=True)
class PageFacts:
    """The kinds of personal data that a page shows: of ``nik phone account health poverty``."""

    shown_fields: frozenset[str]


@rule(
    "PT-01",
    says=_("Halaman publik tidak boleh memuat NIK, telepon, rekening, kesehatan, atau tanda kemiskinan."),
    remedy=_("Hapus data itu dari teks bebas, lalu umumkan lagi."),
    basis="UU 27/2022; UU 14/2008 ps 17",
    status=Status.SOURCED,
)
def public_page_hides_persons(f: PageFacts) -> bool:
    return not f.shown_fields & {"nik", "phone", "account", "health", "poverty"}


@dataclass(frozen=True)
class MarkFacts:
    is_example: bool
    example_mark: bool


@rule(
    "PT-02",
    says=_("Halaman contoh harus bertanda “Contoh”."),
    remedy=_("Nyalakan tanda contoh pada data peraga."),
    basis="product: real names, fictional people",
    status=Status.PRODUCT,
)
def example_marked(f: MarkFacts) -> bool:
    return not f.is_example or f.example_mark


def kinds_in(text: str) -> frozenset[str]:
    """What kinds of personal data can be read in a text."""
    looked_for = {"nik": _NIK, "phone": _PHONE, "account": _ACCOUNT, "health": _HEALTH, "poverty": _POVERTY}
    return frozenset(kind for kind, pattern in looked_for.items() if pattern.search(text))


def hidden(text: str, instead: str) -> str:
    """A text that somebody typed, with ``instead`` in the place of every number by which a person is found (PT-01).

    The line that names an illness or poverty of somebody goes as a whole: no word of it could stay.
    """
    if not kinds_in(text):
        return text
    lines = [instead if _HEALTH.search(line) or _POVERTY.search(line) else line for line in text.split("\n")]
    found = _ACCOUNT.sub(lambda hit: hit[1] + instead, "\n".join(lines))
    return _PHONE.sub(instead, _NIK.sub(instead, found))
