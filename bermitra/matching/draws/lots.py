"""What a throw makes of a published list: who has a place, and the file with which anybody computes it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bermitra.foundation.text import BadInput, _, required
from bermitra.matching.draws import lists
from bermitra.matching.draws.rules import LONGEST_SEED, SHORTEST_SEED
from bermitra.matching.engine import certificate, draw
from bermitra.matching.models import Draw, DrawEntrant


@dataclass(frozen=True)
class Result:
    """``figures`` as thrown, ``seed`` in hexadecimal letters, ``file`` the certificate, ``hash`` its own."""

    figures: str
    seed: str
    drawn: draw.Drawn
    file: bytes
    hash: str


def result_of(of: Draw, rows: Iterable[DrawEntrant], thrown: str) -> Result:
    """The result of a draw for what was thrown: the same on every machine, and nobody's choice. Nothing is thrown where
    there is a place for everybody. Raises :class:`BadInput` as :func:`parse_thrown` does."""
    held = list(rows)
    everybody = of.seats >= sum(each.number is not None for each in held)
    figures = "" if everybody else parse_thrown(thrown)
    content = certificate.certify(lists.published_list(of, held), figures)
    drawn = draw.draw(lists.for_engine(held), of.seats, of.quotas, bytes.fromhex(content["seed"]))
    return Result(figures, content["seed"], drawn, certificate.as_bytes(content), content["sha256"])


def parse_thrown(typed: str) -> str:
    """The figures as they were thrown, one after the other; blanks and hyphens between them don't count.

    Raises :class:`BadInput` ``thrown.form``, ``thrown.short``, ``thrown.zeros`` (what trials throw) and those of ``required``.
    """
    figures = "".join(required(typed).replace("-", " ").split())
    if not (figures.isascii() and figures.isdigit()) or len(figures) > LONGEST_SEED:
        raise BadInput(
            "thrown.form",
            _("“{value}” bukan angka lemparan. Tulis angka saja, paling banyak {most}."),
            value=figures[:30],
            most=LONGEST_SEED,
        )
    if len(figures) < SHORTEST_SEED:
        raise BadInput(
            "thrown.short",
            _("Baru {count} angka. Lempar sampai paling sedikit {least} angka."),
            count=len(figures),
            least=SHORTEST_SEED,
        )
    if not figures.strip("0"):
        raise BadInput("thrown.zeros", _("Angka lemparan tidak boleh nol semua. Tulis angka yang keluar."))
    return figures
