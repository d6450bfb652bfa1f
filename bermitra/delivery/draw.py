"""A drawing of lots that anybody can repeat with pencil, dice and one public recipe. Pure Python.

The candidates' codes stand open with their hash before the seed is thrown; the seed is thrown before witnesses; the order
is that of SHA-256(seed followed by code). Nobody can choose the order: not who wrote the list, not who throws.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from bermitra.delivery.rules import SHORTEST_SEED
from bermitra.foundation.text import BadInput, _, required


def as_text(codes: Iterable[str]) -> str:
    """The list that is published: one code a line, in the order of the letters, each line ended."""
    return "".join(f"{code}\n" for code in sorted(codes))


def list_hash(codes: Iterable[str]) -> str:
    return sha256(as_text(codes).encode()).hexdigest()


def lot(seed: str, code: str) -> str:
    return sha256(f"{seed}{code}".encode()).hexdigest()


def order(seed: str, codes: Iterable[str]) -> list[str]:
    """The codes in the order of their lots."""
    return sorted(codes, key=lambda code: (lot(seed, code), code))


def parse_seed(text: str) -> str:
    """The figures as they were thrown, one after the other; blanks and hyphens between them don't count.

    Raises :class:`BadInput` ``seed.form``, ``seed.short`` and those of ``required``.
    """
    figures = "".join(required(text).replace("-", " ").split())
    if not (figures.isascii() and figures.isdigit()) or len(figures) > 60:
        raise BadInput("seed.form", _("Benih {value} hanya boleh angka, paling banyak 60."), value=figures[:40])
    if len(figures) < SHORTEST_SEED:
        raise BadInput(
            "seed.short", _("Benih baru {count} angka. Lempar sampai paling sedikit {least} angka."),
            count=len(figures), least=SHORTEST_SEED,
        )  # fmt: skip
    return figures
