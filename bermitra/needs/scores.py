"""Tables of index scores: a row for each village and year, a column for each indicator. Pure Python, no Django.

Takes the columns ``kode`` (of the register in force), ``tahun`` and ``S01`` to ``L03``, and ``kode_idm`` where the index had another
code. Other columns are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bermitra.foundation.codes import parse_region_code
from bermitra.foundation.regions.index import require_village
from bermitra.foundation.regions.register import Areas
from bermitra.foundation.regions.tables import Refused, Table, open_table, read_bytes
from bermitra.foundation.text import BadInput, _, shown
from bermitra.needs.index import LAST_YEAR, indicators

FIRST_YEAR = 2015

# village, year, scores by indicator, code as published
ScoreRow = tuple[str, int, dict[str, int], str]


@dataclass
class Scores:
    """What a file says of the villages that the register knows."""

    source: str
    sha256: str
    rows: list[ScoreRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_scores(path: Path, areas: Areas) -> Scores:
    """Read the file at ``path`` against ``areas``, the register in force.

    Raises :class:`BadInput` where the whole cannot be used (``file.…``, ``scores.…``); single rows stand in ``refused``.
    """
    if path.is_dir():
        raise BadInput(
            "scores.folder", _("{file} adalah folder. Pilih satu berkas skor indeks."), file=shown(str(path), 80)
        )
    content = read_bytes(path)
    found = Scores(path.name, sha256(content).hexdigest())
    _read(open_table(path.name, content), areas, found)
    if not found.rows:
        if not found.refused:
            raise BadInput(
                "file.header", _("Berkas {file} tidak berisi baris. Unduh ulang berkas itu."), file=path.name
            )
        first = found.refused[0]
        raise BadInput(
            "scores.none",
            _("Tidak ada baris yang dapat dipakai. Baris {row}: {reason}"),
            row=first.row,
            reason=first.reason,
        )
    return found


def _read(table: Table, areas: Areas, found: Scores) -> None:
    code_at, year_at = table.column("kode"), table.column("tahun")
    published_at = table.column("kode_idm", "kode")
    places = {code: table.column(code.lower()) for code in indicators()}
    missing = next((code for code, place in places.items() if place is None), "")
    if code_at is None or year_at is None or published_at is None or missing:
        raise BadInput(
            "scores.header",
            _("Baris 1 {file} harus memuat kode, tahun, dan {first} sampai {last}."),
            file=table.name,
            first=next(iter(places)),
            last=list(places)[-1],
        )
    columns = [(code, place) for code, place in places.items() if place is not None]
    seen: dict[tuple[str, int], int] = {}
    for number, cells in table.numbered():
        if not any(cells):
            continue
        try:
            village = _village(cells[code_at], areas)
            year = _year(cells[year_at])
            if (village, year) in seen:
                raise BadInput(
                    "scores.twice",
                    _("Desa {area} tahun {year} sudah ada di baris {row}. Hapus salah satu."),
                    area=village,
                    year=year,
                    row=seen[village, year],
                )
            scores = {code: _score(code, cells[place]) for code, place in columns}
        except IndexError:
            reason = _("Baris ini berisi {count} dari {width} kolom. Lengkapi kolomnya.")
            text = reason.format(count=len(cells), width=len(table.header))
            found.refused.append(Refused(table.name, number, shown(",".join(cells)), text))
        except BadInput as bad:
            value = shown(cells[code_at] or cells[published_at])
            found.refused.append(Refused(table.name, number, value, str(bad)))
        else:
            seen[village, year] = number
            found.rows.append((village, year, scores, cells[published_at].strip()[:13]))


def _village(text: str, areas: Areas) -> str:
    if not text.strip():
        raise BadInput("scores.unmatched", _("Kode desa kosong. Isi kolom kode menurut daftar wilayah."))
    code = parse_region_code(text)
    require_village(code, areas)
    return code


def _year(text: str) -> int:
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit() and FIRST_YEAR <= int(typed[:6]) <= LAST_YEAR):
        raise BadInput(
            "scores.year",
            _("Tahun {value} bukan tahun IDM. Tulis {first} sampai {last}."),
            value=shown(text) or "-",
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return int(typed)


def _score(code: str, text: str) -> int:
    typed = text.strip()
    if len(typed) != 1 or typed not in "012345":
        raise BadInput(
            "scores.score",
            _("Skor {code} berisi {value}. Tulis angka 0 sampai 5."),
            code=code,
            value=shown(text) or "-",
        )
    return int(typed)
