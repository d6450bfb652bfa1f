"""The village index as the ministry publishes it (IDM), read, checked row by row and matched with the register.

A row says which village it is of by its published code, by a name and, where somebody joined it before, by a code of the
register. None of these is believed alone: in 2024 the index still numbered four regencies of Papua Barat Daya as they were
before, so that 237 of its codes are other villages' codes today. A row is taken where code and name agree, or where a join
says so and no other village of the regency has precisely this name; it is refused otherwise. Pure Python, no Django.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from bermitra.foundation.codes import parse_region_code
from bermitra.foundation.regions.names import distance
from bermitra.foundation.regions.register import CODE, DESA, DESA_ADAT, Areas, key_of
from bermitra.foundation.regions.tables import Refused, Table, open_table, read_bytes
from bermitra.foundation.text import BadInput, _, shown

# The lowest score above which a village has a status (Permendesa 2/2016, article 6), in ten-thousandths.
STATUSES = ((8155, "Mandiri"), (7072, "Maju"), (5989, "Berkembang"), (4907, "Tertinggal"), (-1, "Sangat Tertinggal"))
_STATUS_OF = {status.casefold(): status for _above, status in STATUSES}
ONE = 10_000
_NUMBER = re.compile(r"[01](?:\.[0-9]{1,20})?").fullmatch
ROUNDING = 3  # ten-thousandths by which three scores may miss three times their mean

CODE_AND_NAME, CODE_NEAR_NAME, CODE_OTHER_NAME, CODE_ONLY, NAME, NEAR_NAME = MATCHED = (
    "code_and_name", "code_near_name", "code_other_name", "code_only", "name", "near_name",
)  # fmt: skip
NEAR = 3  # slips that are still one name, written by another hand

# village, year, iks, ike, ikl, idm, status as published, status by the thresholds, code as published, how matched
IndexRow = tuple[str, int, int | None, int | None, int | None, int | None, str, str, str, str]


@dataclass
class Index:
    """What a file says of one year."""

    source: str
    sha256: str
    year: int
    rows: list[IndexRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True)
class _Said:
    """A row as it was read: its number, the code of the village, the code as published, the name, scores and status.
    ``joined``: the file has both codes, so that somebody compared them."""

    row: int
    code: str
    published: str
    joined: bool
    name: str
    scores: tuple[int | None, ...]
    status: str


def read_index(path: Path, areas: Areas, year: int | None = None) -> Index:
    """Read the file at ``path`` and match its rows with ``areas``, the register in force.

    ``year`` where the file's name does not tell it. Raises :class:`BadInput` where the whole
    cannot be used (``file.…``, ``index.…``); single rows stand in ``refused`` with their reason.
    """
    if path.is_dir():
        raise BadInput(
            "index.folder", _("{file} adalah folder. Pilih satu berkas indeks desa."), file=shown(str(path), 80)
        )
    content = read_bytes(path)
    table = open_table(path.name, content)
    index = Index(path.name, sha256(content).hexdigest(), year or _year_of(path.name))
    _match(_read(table, index), areas, index)
    if not index.rows:
        raise BadInput(
            "index.none",
            _("Tidak ada baris yang dapat dipakai. Baris {row}: {reason}"),
            row=index.refused[0].row,
            reason=index.refused[0].reason,
        )
    return index


def status_by_threshold(idm: int | None) -> str:
    """The status that a score means; none without a score."""
    return "" if idm is None else next(status for above, status in STATUSES if idm > above)


def _year_of(name: str) -> int:
    digits = "".join(letter if letter.isdigit() else " " for letter in name).split()
    years = {int(each) for each in digits if len(each) == 4 and "2015" <= each <= "2099"}
    if len(years) != 1:
        raise BadInput("index.year", _("Nama berkas {file} tidak menyebut tahun. Tambahkan --year 2024."), file=name)
    return years.pop()


# Rows ----------------------------------------------------------------------------------------------------------------


def _read(table: Table, index: Index) -> list[_Said]:
    joined, published = table.column("kode"), table.column("kode_idm", "kode_desa", "kode")
    name_at, status_at = table.column("nama_idm", "nama_desa", "nama"), table.column("status")
    score_at = [table.column(each) for each in ("iks", "ike", "ikl", "idm")]
    if published is None or name_at is None or status_at is None or None in score_at:
        raise BadInput(
            "index.header",
            _("Baris 1 {file} harus memuat kode, nama_idm, iks, ike, ikl, idm, status."),
            file=table.name,
        )
    places = [each for each in score_at if each is not None]
    separate = joined is not None and joined != published
    said: list[_Said] = []
    row, width, cells = 0, len(table.header), [""]
    for number, line in table.numbered():
        if not any(line):
            continue
        row, cells = number, line
        try:
            code = cells[joined] if joined is not None else cells[published]
            if not code:
                raise BadInput(
                    "index.unmatched",
                    _("Kode {area} belum dicocokkan dengan daftar wilayah. Isi kolom kode."),
                    area=shown(cells[published]) or "-",
                )
            scores = tuple(_score(cells[place]) for place in places)
            status = _status(cells[status_at])
            _check_mean(scores)
            said.append(_Said(row, _code(code), _code(cells[published]), separate, cells[name_at], scores, status))
        except IndexError:
            reason = _("Baris ini berisi {count} dari {width} kolom. Lengkapi kolomnya.")
            text = reason.format(count=len(cells), width=width)
            index.refused.append(Refused(table.name, row, shown(",".join(cells)), text))
        except BadInput as error:
            value = shown(f"{cells[published]} {cells[name_at]}")
            index.refused.append(Refused(table.name, row, value, str(error)))
    if not row:
        raise BadInput("file.header", _("Berkas {file} tidak berisi baris. Unduh ulang berkas itu."), file=table.name)
    if len(cells) < width:
        raise BadInput(
            "file.cut",
            _("Berkas {file} terpotong di baris {row}: {value}. Unduh ulang berkas itu."),
            file=table.name,
            row=row,
            value=shown(",".join(cells)),
        )
    return said


def _code(text: str) -> str:
    return text if CODE(text) else parse_region_code(text)


@lru_cache(maxsize=20_000)
def _score(text: str) -> int | None:
    """A score between 0 and 1 in ten-thousandths; ``None`` for an empty cell."""
    typed = text.strip().replace(",", ".")
    if not typed:
        return None
    if not _NUMBER(typed) or Decimal(typed) > 1:
        raise BadInput("index.score", _("Nilai {value} bukan angka 0 sampai 1, misalnya 0,7276."), value=shown(text))
    return int((Decimal(typed) * ONE).to_integral_value())


def _status(text: str) -> str:
    status = _STATUS_OF.get(" ".join(text.split()).casefold(), "")
    if text.strip() and not status:
        known = ", ".join(status for _above, status in STATUSES)
        raise BadInput(
            "index.status", _("Status {value} tidak dikenal. Pilih {known}."), value=shown(text), known=known
        )
    return status


def _check_mean(scores: tuple[int | None, ...]) -> None:
    *parts, idm = scores
    if idm is None and not any(parts):
        return
    if idm is None or None in parts:
        raise BadInput("index.score_missing", _("Salah satu nilai kosong. Isi IKS, IKE, IKL dan IDM."))
    if abs(sum(each or 0 for each in parts) - 3 * idm) > ROUNDING:
        raise BadInput(
            "index.mean",
            _("IDM {value} bukan rata-rata IKS, IKE dan IKL. Periksa urutan kolomnya."),
            value=f"{idm / ONE:.4f}".replace(".", ","),
        )


# Matching ------------------------------------------------------------------------------------------------------------


def _match(said: list[_Said], areas: Areas, index: Index) -> None:
    keys = {code: key_of(*area) for code, area in areas.items() if len(code) == 13}
    named: defaultdict[tuple[str, str], list[str]] = defaultdict(list)  # villages by regency and name
    for code, key in keys.items():
        named[code[:5], key].append(code)
    plain = {each.row for each in said if keys.get(each.code) == key_of(each.name)}
    exact = {each.code for each in said if each.row in plain}
    elsewhere = _regencies_numbered_otherwise(said, plain)
    taken: dict[str, int] = {}
    for each in said:
        try:
            require_village(each.code, areas)
            if each.code[:5] in elsewhere:
                raise _other_register(each.code[:5], areas)
            how = _how(each, areas[each.code][0], keys, named, exact)
            if each.code in taken:
                raise BadInput(
                    "index.twice",
                    _("Desa {area} sudah ada di baris {row}. Hapus salah satu."),
                    area=each.code,
                    row=taken[each.code],
                )
        except BadInput as error:
            index.refused.append(Refused(index.source, each.row, shown(f"{each.published} {each.name}"), str(error)))
        else:
            taken[each.code] = each.row
            iks, ike, ikl, idm = each.scores
            by_threshold = status_by_threshold(idm)
            index.rows.append(
                (each.code, index.year, iks, ike, ikl, idm, each.status, by_threshold, each.published, how)
            )
    index.refused.sort(key=lambda refused: refused.row)


def _regencies_numbered_otherwise(said: list[_Said], plain: set[int]) -> set[str]:
    """Regencies in which code and name disagree in most rows of a file that nobody joined: the number is another one's."""
    alone = [each for each in said if not each.joined]
    rows, agreeing = Counter(each.code[:5] for each in alone), Counter(e.code[:5] for e in alone if e.row in plain)
    return {regency for regency, count in rows.items() if count > 1 and agreeing[regency] * 2 < count}


def require_village(code: str, areas: Areas) -> None:
    """Raise :class:`BadInput` for what is no village of the register: ``index.level``, ``index.unknown``, ``index.kelurahan``."""
    if len(code) != 13:
        raise BadInput("index.level", _("Kode {area} bukan kode desa. Tulis 10 angka."), area=code)
    if code not in areas:
        raise BadInput("index.unknown", _("Kode {area} tidak ada dalam daftar wilayah. Periksa kolom kode."), area=code)
    name, kind = areas[code]
    if kind not in (DESA, DESA_ADAT):
        raise BadInput(
            "index.kelurahan", _("{name} ({area}) adalah kelurahan. Indeks ini hanya untuk desa."), name=name, area=code
        )


def _other_register(regency: str, areas: Areas) -> BadInput:
    return BadInput(
        "index.register",
        _("Kode {area} kini milik {name}. Isi kolom kode menurut daftar wilayah."),
        area=regency,
        name=areas[regency][0],
    )


def _how(said: _Said, name: str, keys: dict[str, str], named: dict[tuple[str, str], list[str]], exact: set[str]) -> str:
    """How the row was matched; refused where another village has the name, and nobody else's row claims that village."""
    key, own = key_of(said.name), keys[said.code]
    same_code = said.code == said.published
    if key == own:
        return CODE_AND_NAME if same_code else NAME
    if not key and same_code and said.joined:
        return CODE_ONLY
    for other in named.get((said.code[:5], key), ()):
        if other[:8] == said.code[:8] or other not in exact:
            raise BadInput(
                "index.name",
                _("Nama {name} adalah nama desa {area}. Periksa kolom kode."),
                name=shown(said.name),
                area=other,
            )
    if key and (distance(key, own, NEAR) <= NEAR or key in own or own in key):
        return CODE_NEAR_NAME if same_code else NEAR_NAME
    if key and same_code and said.joined:
        return CODE_OTHER_NAME
    raise BadInput(
        "index.other",
        _("Nama {name} tidak sama dengan {own} ({area}). Periksa kolom kode."),
        name=shown(said.name) or "-",
        own=name,
        area=said.code,
    )
