"""What no public page may show, and how a page of an example is told. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class PageFacts:
    """The kinds of personal data that a page shows: of ``nik phone account health poverty``."""

    shown_fields: frozenset[str]


@rule(
    "PT-01",
    says=_("Halaman publik tidak boleh memuat NIK, telepon, rekening, kesehatan, atau tanda kemiskinan."),
    remedy=_("Halaman menutupnya sendiri. Masih terbaca? Perbaiki teks aslinya."),
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
