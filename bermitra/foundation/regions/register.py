"""The register of regions as files have it, read into one shape and checked row by row.

Accepted: the facts file of this project (code, name, kind; CSV, gzip or XLSX), a folder with the four tables
``provinsi, kabupaten_kota, kecamatan, desa_kelurahan``, and a folder with the four tables of the public package
``idn-area-data``. Pure Python, no Django.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bermitra.foundation.codes import parse_region_code
from bermitra.foundation.regions.rules import INVENTED
from bermitra.foundation.regions.tables import Refused, Table, open_table, read_bytes
from bermitra.foundation.text import BadInput, _, clean_name, name_key, shown

SHIPPED = Path(__file__).parent / "data" / "regions.csv.gz"
SHIPPED_DECREE = "Kepmendagri 300.2.2-2138/2025"
SHIPPED_COUNT = 91_599

PROVINCE, REGENCY, CITY, DISTRICT, DESA, KELURAHAN, DESA_ADAT = KINDS = (
    "province", "regency", "city", "district", "desa", "kelurahan", "desa_adat",
)  # fmt: skip
LENGTHS = (2, 5, 8, 13)  # of a dotted code, from province to village
LEVEL = {2: 1, 5: 2, 8: 3, 13: 4}
_UP = {2: 0, 5: 2, 8: 5, 13: 8}  # the length of the code one level up
_VILLAGE_KINDS = {"1": KELURAHAN, "2": DESA, "3": DESA_ADAT}
LONGEST_NAME = 100

CODE = re.compile(r"(?!99)[1-9]\d(?:\.(?!00)\d\d(?:\.(?!00)\d\d(?:\.[123](?!000)\d{3})?)?)?").fullmatch
_SAID_KINDS = {
    **{kind: kind for kind in KINDS},
    "provinsi": PROVINCE,
    "kabupaten": REGENCY,
    "kota": CITY,
    "kecamatan": DISTRICT,
    "distrik": DISTRICT,
    "desa adat": DESA_ADAT,
}
_FOLDERS = (
    (("provinsi", 2), ("kabupaten_kota", 5), ("kecamatan", 8), ("desa_kelurahan", 13)),
    (("provinces", 2), ("regencies", 5), ("districts", 8), ("villages", 13)),
)
_ENDINGS = (".csv", ".csv.gz", ".xlsx")
_PARENTS = ("kode_provinsi", "kode_kabupaten", "kode_kecamatan", "province_code", "regency_code", "district_code")

Area = tuple[str, str]  # name, kind
Areas = dict[str, Area]  # by dotted code


@dataclass
class Register:
    """What a file or folder says. ``sha256`` is over the names and contents of its files; ``rows`` tells for each file
    in which row a code stands."""

    source: str
    sha256: str
    areas: Areas
    refused: list[Refused] = field(default_factory=list)
    rows: list[tuple[str, dict[str, int]]] = field(default_factory=list)


def read_register(path: Path) -> Register:
    """Read the file or folder at ``path``.

    Raises :class:`BadInput` where the whole cannot be used (``file.…``, ``register.…``); single rows that cannot be
    used stand in ``refused`` with their reason, and so do the rows below an area that is missing.
    """
    register = Register(path.name, "", {})
    sums = sha256()
    for name, length in _files(path):
        content = read_bytes(name)
        sums.update(f"{name.name}\0{len(content)}\0".encode() + content)
        _read(open_table(name.name, content), length, register)
    register.sha256 = sums.hexdigest()
    parents = {parent_of(code) for code in register.areas}
    _refuse_orphans(register, parents)
    _refuse_halves(register, parents)
    return register


def level_of(code: str) -> int:
    """1 for a province to 4 for a village."""
    return LEVEL[len(code)]


def parent_of(code: str) -> str:
    """The code one level up; empty for a province."""
    return code[: _UP[len(code)]]


def kind_of(code: str) -> str:
    """The kind that a code itself tells: a regency part from 71 is a city's, a village part says 1, 2 or 3."""
    length = len(code)
    if length == 13:
        return _VILLAGE_KINDS[code[9]]
    if length == 5:
        return CITY if code[3:] >= "71" else REGENCY
    return DISTRICT if length == 8 else PROVINCE


_PLAIN = {ord(c): None for c in map(chr, range(128)) if not (c.isalnum() or c == "/")} | {ord(","): "/"}
_REGENCY_WORDS = re.compile(r"(?:kabupaten|kab|kota)\b\.?\s+(?:administrasi\s+)?(?=\w)|(?:provinsi|prov)\b\.?\s+(?=\w)")


def key_of(name: str, kind: str = "") -> str:
    """What an area is looked up by: ``name_key``, without the words that say what it is (Kabupaten, Kota, Desa)."""
    low = name.casefold()
    if kind in (REGENCY, CITY):
        low = _REGENCY_WORDS.sub("", low, count=1)
    if low.isascii() and not low.startswith(
        ("desa", "ds", "kel")
    ):  # the same answer in a tenth of the time; a test compares
        joined = low.replace(" ", "")
        return joined if joined.isalpha() else low.translate(_PLAIN).strip("/")
    return name_key(low)


# Rows ----------------------------------------------------------------------------------------------------------------


def _files(path: Path) -> list[tuple[Path, int]]:
    """Files to read with the length of the codes in each, 0 where one file has them all."""
    if not path.is_dir():
        return [(path, 0)]
    for folder in _FOLDERS:
        found = [(_first(path, stem), length) for stem, length in folder]
        if any(file for file, _length in found):
            if missing := [stem for (stem, _l), (file, _length) in zip(folder, found, strict=True) if not file]:
                raise BadInput(
                    "register.missing",
                    _("Berkas {file} tidak ada di folder {folder}. Lengkapi empat berkas."),
                    file=f"{missing[0]}.csv",
                    folder=shown(str(path), 80),
                )
            return [(file, length) for file, length in found if file]
    raise BadInput(
        "register.folder",
        _("Folder {folder} tidak berisi data wilayah. Siapkan {files}."),
        folder=shown(str(path), 80),
        files=", ".join(f"{stem}.csv" for stem, _length in _FOLDERS[0]),
    )


def _real(code: str) -> str:
    """The code, unless it is one of those that examples use."""
    if code.startswith(INVENTED):
        raise BadInput("code.invented", _("Kode {value} hanya untuk wilayah contoh. Pakai kode resmi."), value=code)
    return code


def _first(folder: Path, stem: str) -> Path | None:
    return next((folder / (stem + ending) for ending in _ENDINGS if (folder / (stem + ending)).is_file()), None)


def _read(table: Table, length: int, register: Register) -> None:
    code_at, name_at = table.column("code", "kode"), table.column("name", "nama")
    kind_at, parent_at = table.column("kind", "jenis"), table.column(*_PARENTS)
    if code_at is None or name_at is None:
        raise BadInput(
            "register.header",
            _("Baris 1 {file} tidak memuat kolom kode dan nama. Pilih berkas data wilayah."),
            file=table.name,
        )
    areas, refused = register.areas, register.refused
    rows: dict[str, int] = {}
    register.rows.append((table.name, rows))
    width, row = len(table.header), table.first - 1
    cells: list[str] = []
    for row, cells in table.numbered():
        try:
            code, name = cells[code_at], cells[name_at]
            if not CODE(code):
                code = _real(parse_region_code(code))
            if not (
                name.isascii() and name.isprintable() and name[:1].isalpha() and name[-1] != " " and "  " not in name
            ):
                name = clean_name(name)  # most names are clean: plain letters, with single blanks inside
            if len(name) > LONGEST_NAME:
                name = clean_name(name, limit=LONGEST_NAME)
            kind = kind_of(code)
            if kind_at is not None and (said := cells[kind_at]) != kind:
                _check_kind(code, kind, said)
            if parent_at is not None and cells[parent_at] != parent_of(code):
                _check_parent(code, cells[parent_at])
            if length and len(code) != length:
                raise _wrong_level(code, table.name)
            if code in areas:
                raise _twice(code, rows.get(code, 0))
        except IndexError:
            if any(cell.strip() for cell in cells):
                refused.append(_short(table, row, cells, width))
        except BadInput as error:
            refused.append(Refused(table.name, row, shown(cells[code_at]), str(error)))
        else:
            areas[code] = (name, kind)
            rows[code] = row
    if row < table.first:
        raise BadInput("file.header", _("Berkas {file} tidak berisi baris. Unduh ulang berkas itu."), file=table.name)
    if refused and len(cells) < width and refused[-1].row == row and refused[-1].file == table.name:
        raise BadInput(
            "file.cut",
            _("Berkas {file} terpotong di baris {row}: {value}. Unduh ulang berkas itu."),
            file=table.name,
            row=row,
            value=shown(",".join(cells)),
        )
    if not rows:
        raise BadInput(
            "register.none",
            _("Tidak ada baris yang dapat dipakai. Baris {row}: {reason}"),
            row=refused[0].row,
            reason=refused[0].reason,
        )


def _check_kind(code: str, kind: str, said: str) -> None:
    known = _SAID_KINDS.get(said.strip().casefold())
    if known != kind:
        raise BadInput(
            "register.kind",
            _("Jenis {value} tidak sesuai kode {area}. Tulis {kind} atau perbaiki kodenya."),
            value=shown(said) or "-",
            area=code,
            kind=kind,
        )


def _check_parent(code: str, said: str) -> None:
    if parse_region_code(said) != parent_of(code):
        raise BadInput(
            "register.parent",
            _("Induk {value} bukan awal kode {area}. Perbaiki salah satunya."),
            value=shown(said),
            area=code,
        )


def _wrong_level(code: str, file: str) -> BadInput:
    return BadInput(
        "register.level", _("Kode {area} bukan tingkat {file}. Pindahkan ke berkasnya."), area=code, file=file
    )


def _twice(code: str, first: int) -> BadInput:
    return BadInput(
        "register.twice", _("Kode {area} sudah ada di baris {row}. Hapus salah satu."), area=code, row=first or "-"
    )


def _short(table: Table, row: int, cells: list[str], width: int) -> Refused:
    reason = _("Baris ini berisi {count} dari {width} kolom. Lengkapi kolomnya.").format(count=len(cells), width=width)
    return Refused(table.name, row, shown(",".join(cells)), reason)


# The whole -----------------------------------------------------------------------------------------------------------


def _refuse_orphans(register: Register, parents: set[str]) -> None:
    """Areas whose parent is not there are refused, and so is everything below them."""
    areas = register.areas
    if parents - {""} <= areas.keys():
        return
    for length in LENGTHS[1:]:
        for code in [code for code in areas if len(code) == length and parent_of(code) not in areas]:
            reason = _("Induk {parent} tidak ada dalam berkas ini. Tambahkan induknya.").format(parent=parent_of(code))
            file, row = next((file, rows[code]) for file, rows in register.rows if code in rows)
            register.refused.append(Refused(file, row, f"{code} {areas.pop(code)[0]}", reason))


def _refuse_halves(register: Register, parents: set[str]) -> None:
    """Every province, regency and district has members; where one has none, part of the register is missing."""
    if register.refused:  # a refused row may have been the only member
        return
    for code, (name, _kind) in register.areas.items():
        if code not in parents and len(code) < 13:
            raise BadInput(
                "register.half",
                _("{name} ({area}) belum punya wilayah di bawahnya. Unduh ulang berkas yang lengkap."),
                name=name,
                area=code,
            )
