"""Things that a village owns, in the columns of its inventory book (Permendagri 1/2016)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from bermitra.foundation import money
from bermitra.foundation.place import parse_point
from bermitra.foundation.text import BadInput, _, name_key, required, shown
from bermitra.registry.models import VillageAsset
from bermitra.registry.tables.plan_lines import day
from bermitra.registry.tables.reading import Cells, Column, Reading, Values, read_rows, twice, words

KIND, TITLE, ORIGIN = VillageAsset.Kind, VillageAsset.Title, VillageAsset.Origin
COLUMNS = (
    Column("item_code", "kode_barang"),
    Column("name", "nama_aset", ("nama barang", "jenis barang", "identitas barang", "uraian barang"), needed=True),
    Column("kind", "golongan", ("jenis", "jenis aset", "kategori", "kelompok"), needed=True, carried=True),
    Column("quantity", "jumlah", ("luas", "luas m2", "volume", "banyaknya"), needed=True),
    Column("unit", "satuan", needed=True),
    Column("origin", "asal_usul", ("asal usul barang", "asal", "perolehan")),
    Column(
        "acquired_year", "tahun_perolehan", ("tanggal perolehan", "tanggal perolehan pembelian", "tanggal pembelian")
    ),
    Column("title", "status_sertifikat", ("status hak", "status tanah")),
    Column("certificate", "nomor_sertifikat", ("sertifikat", "bukti milik", "nomor bukti")),
    Column("village_land", "tanah_kas_desa", ("tkd",)),
    Column("recorded", "tercatat_inventaris", ("terinventaris", "inventaris")),
    Column("pledged", "dijaminkan", ("sedang dijaminkan",)),
    Column("used_by", "dipakai_oleh", ("pengguna", "pemakai")),
    Column("point", "titik_lokasi", ("titik", "koordinat", "titik koordinat")),
)
_KINDS = (
    (KIND.LAND, ("tanah", "a")),
    (KIND.BUILDING, ("gedung", "bangunan", "c")),
    (KIND.EQUIPMENT, ("peralatan", "mesin", "kendaraan", "b")),
    (KIND.ROAD_WATER, ("jalan", "irigasi", "jaringan", "d")),
    (KIND.OTHER, ("lain", "konstruksi", "e", "f")),
)
_TITLES = (
    (TITLE.IN_PROCESS, ("diurus", "proses")),
    (TITLE.OTHER_NAME, ("pihaklain", "oranglain", "pribadi")),
    (TITLE.OTHER_PROOF, ("belum", "letterc", "buktilain", "girik")),
    (TITLE.VILLAGE, ("pemerintahdesa", "pemdes", "sertifikat", "shm", "shp")),
)
_ORIGINS = (
    (ORIGIN.BUDGET, ("apb",)),
    (ORIGIN.OWN, ("asli", "kekayaan")),
    (ORIGIN.OTHER, ("lain", "hibah", "bantuan", "sumbangan")),
)

# As inventory books write them, in Indonesian in every language.
KIND_NAMES = {
    KIND.LAND.value: "Tanah",
    KIND.BUILDING.value: "Gedung dan bangunan",
    KIND.EQUIPMENT.value: "Peralatan dan mesin",
    KIND.ROAD_WATER.value: "Jalan, irigasi, dan jaringan",
    KIND.OTHER.value: "Aset lainnya",
}
TITLE_NAMES = {
    TITLE.VILLAGE.value: "Sertifikat atas nama Pemerintah Desa",
    TITLE.IN_PROCESS.value: "Sertifikat sedang diurus",
    TITLE.OTHER_PROOF.value: "Bukti lain, belum bersertifikat",
    TITLE.OTHER_NAME.value: "Sertifikat atas nama pihak lain",
}
ORIGIN_NAMES = {
    ORIGIN.OWN.value: "Kekayaan asli desa",
    ORIGIN.BUDGET.value: "APB Desa",
    ORIGIN.OTHER.value: "Perolehan lain yang sah",
}

CHOICES = {
    "golongan": tuple(KIND_NAMES.values()),
    "status_sertifikat": tuple(TITLE_NAMES.values()),
    "asal_usul": tuple(ORIGIN_NAMES.values()),
    "tanah_kas_desa": ("ya", "tidak"),
    "tercatat_inventaris": ("ya", "tidak"),
    "dijaminkan": ("ya", "tidak"),
}
# An example and a sentence for the sheet that explains the empty table, by column.
GUIDE: dict[str, tuple[str, str]] = {
    "item_code": ("01.01.11.04.001", _("Seperti dalam buku inventaris.")),
    "name": ("Tanah kas desa blok Sawangan", ""),
    "kind": ("Tanah", _("Pilih dari daftar. Sel kosong mengikuti baris di atasnya.")),
    "quantity": ("2500", _("Angka saja; koma untuk pecahan.")),
    "unit": ("m²", ""),
    "origin": ("Kekayaan asli desa", _("Pilih dari daftar.")),
    "acquired_year": ("1987", _("Tahun, atau tanggal lengkap.")),
    "title": (TITLE_NAMES[TITLE.VILLAGE.value], _("Pilih dari daftar; kosong bila tidak perlu sertifikat.")),
    "certificate": ("SHP 12/2019", ""),
    "village_land": ("ya", _("Tulis ya atau tidak.")),
    "recorded": ("ya", _("Tulis ya atau tidak.")),
    "pledged": ("tidak", _("Tulis ya atau tidak.")),
    "used_by": ("", _("Bila dipakai pihak lain: siapa, dan perjanjiannya.")),
    "point": ("7,3645° LS, 109,6921° BT", _("Lintang lalu bujur, disalin dari peta; boleh kosong.")),
}


def read_assets(name: str, content: bytes) -> Reading:
    found = read_rows(name, content, COLUMNS, _asset, "name")
    twice(found, "name", known_by, "nama_aset")
    return found


def known_by(values: Mapping[str, Any]) -> tuple[str, ...] | None:
    """A thing is the same when code, name and paper are: ten chairs of one code stand in one row."""
    return (values["item_code"], name_key(values["name"]), values["certificate"]) if values["name"] else None


def _asset(cell: Cells) -> Values:
    return {
        "item_code": cell.take("item_code", words(40), ""),
        "name": cell.needed("name", lambda typed: required(typed, limit=160), ""),
        "kind": cell.needed("kind", lambda typed: _word(typed, _KINDS), ""),
        "quantity": cell.needed("quantity", _measure, Fraction(1)),
        "unit": cell.needed("unit", lambda typed: required(typed, limit=20), ""),
        "origin": cell.take("origin", lambda typed: _word(typed, _ORIGINS), ""),
        "acquired_year": cell.take("acquired_year", _year, None),
        "title": cell.take("title", lambda typed: _word(typed, _TITLES), ""),
        "certificate": cell.take("certificate", words(120), ""),
        "village_land": cell.take("village_land", _yes, False),
        "recorded": cell.take("recorded", _yes, False),
        "pledged": cell.take("pledged", _yes, False),
        "used_by": cell.take("used_by", words(160), ""),
        **_point(cell),
    }


def _point(cell: Cells) -> Values:
    """Nothing where the table has no such column: older tables take no points away."""
    if not cell.has("point"):
        return {}
    point = cell.take("point", parse_point, None)
    return {"latitude": point and point.latitude, "longitude": point and point.longitude}


def _word(typed: str, known: Iterable[tuple[Any, tuple[str, ...]]]) -> str:
    """A choice by a word that stands in the cell; a letter of the inventory counts where it stands alone."""
    key = re.sub(r"[\W_]+", "", typed.casefold())
    for choice, said in known:
        if any(key == word if len(word) == 1 else word in key for word in said):
            return str(choice.value)
    raise BadInput(
        "cell.word", _("“{value}” tidak dikenal. Tulis salah satu kata pada lembar keterangan."), value=shown(typed)
    )


def _measure(typed: str) -> Fraction:
    measure = Fraction(money.parse_quantity(typed))
    if not 0 < measure < 10**12:
        raise BadInput("measure.range", _("Jumlah {value} tidak mungkin. Isi lebih dari 0."), value=shown(typed))
    return measure


def _year(typed: str) -> int:
    """The year in which it was acquired: older books know no day."""
    year = typed.strip()
    return int(year) if re.fullmatch(r"(19|20)[0-9]{2}", year) else day(typed).year


def _yes(typed: str) -> bool:
    word = typed.strip().casefold()
    if word in ("", "-", "–", "0", "tidak", "belum", "t", "tdk"):
        return False
    if word in ("v", "x", "✓", "✔", "√", "1", "ya", "y", "sudah"):
        return True
    raise BadInput("cell.yes_no", _("Tulis ya atau tidak, bukan “{value}”."), value=shown(typed))


def written(asset: VillageAsset) -> list[str | int | None]:
    """A thing as the cells of the table; read again, it is the same thing."""
    cells: dict[str, Any] = {
        "kind": KIND_NAMES[asset.kind],
        "quantity": f"{asset.quantity.normalize():f}".replace(".", ","),
        "origin": ORIGIN_NAMES.get(asset.origin, ""),
        "title": TITLE_NAMES.get(asset.title, ""),
        "point": str(asset.point or ""),
        **{name: "ya" if getattr(asset, name) else "tidak" for name in ("village_land", "recorded", "pledged")},
    }
    return [cells[c.name] if c.name in cells else getattr(asset, c.name) for c in COLUMNS]
