"""Lines of RPJM and RKP Desa in the columns in which villages exchange them (Permendagri 114/2014)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from bermitra.foundation import calendar, money
from bermitra.foundation.codes import parse_region_code
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput, _, clean, name_key, required, shown
from bermitra.registry.models import PlanLine
from bermitra.registry.tables.reading import Cells, Column, Reading, Values, read_rows, twice, words

PLAN, MODE, FIELD = PlanLine.Plan, PlanLine.Mode, PlanLine.Field
COLUMNS = (
    Column("code", "kode_desa", ("kode wilayah", "kode")),
    Column("village", "desa", ("nama desa",)),
    Column("reference", "no", ("nomor", "no urut", "kode kegiatan", "nomor baris")),
    Column("field_of_government", "bidang", (), needed=True, carried=True),
    Column("sub_field", "sub_bidang", ("subbidang",), carried=True),
    Column("activity", "nama_kegiatan", ("jenis kegiatan", "kegiatan", "nama program kegiatan"), needed=True),
    Column("place", "lokasi_kegiatan", ("lokasi",)),
    Column("quantity", "volume", ("perkiraan volume", "prakiraan volume")),
    Column("unit", "satuan"),
    Column("benefit", "sasaran_manfaat", ("sasaran", "manfaat")),
    Column("starts_on", "tanggal_mulai", ("mulai",)),
    Column("ends_on", "tanggal_selesai", ("selesai",)),
    Column("duration", "waktu_pelaksanaan", ("waktu", "prakiraan waktu pelaksanaan")),
    Column("estimate", "jumlah_biaya", ("jumlah", "biaya", "jumlah rp", "jumlah biaya rp", "biaya rp", "anggaran")),
    Column("funding", "sumber_biaya", ("sumber", "sumber dana", "sumber pembiayaan")),
    Column(MODE.SELF.value, "swakelola"),
    Column(MODE.INTER_VILLAGE.value, "kerjasama_desa", ("kerja sama antar desa", "kerjasama antar desa", "kerja sama desa")),
    Column(MODE.THIRD_PARTY.value, "pihak_ketiga", ("kerja sama pihak ketiga", "kerjasama pihak ketiga")),
    Column("mode", "pola_pelaksanaan", ("pola pelaksanaan kegiatan",)),
    Column("executor", "rencana_pelaksana_kegiatan", ("rencana pelaksana", "pelaksana", "pelaksana kegiatan")),
)  # fmt: skip
OF_RPJM = (
    Column("sdg", "sdgs_ke", ("sdgs", "tujuan sdgs")),
    Column("present_state", "data_existing", ("data eksisting", "keadaan sekarang")),
    Column("beneficiaries", "penerima_manfaat"),
    *(Column(f"year_{number}", f"tahun_{number}", (f"tahun ke {number}",)) for number in range(1, 9)),
)
_MARKS = ("v", "x", "✓", "✔", "√", "1", "ya", "y")
_FIELD_WORDS = (
    (FIELD.GOVERNMENT, "penyelenggaraanpemerintahan"),
    (FIELD.DEVELOPMENT, "pembangunan"),
    (FIELD.COMMUNITY, "kemasyarakatan"),
    (FIELD.EMPOWERMENT, "pemberdayaan"),
    (FIELD.EMERGENCY, "bencana"),
)
_MODE_WORDS = ((MODE.SELF, "swakelola"), (MODE.INTER_VILLAGE, "antardesa"), (MODE.THIRD_PARTY, "pihakketiga"))

# As the tables of villages write them, in Indonesian in every language.
MODE_NAMES = {
    MODE.SELF.value: "Swakelola",
    MODE.INTER_VILLAGE.value: "Kerja sama antar-desa",
    MODE.THIRD_PARTY.value: "Kerja sama pihak ketiga",
}
FIELD_NAMES = {
    FIELD.GOVERNMENT.value: "Penyelenggaraan pemerintahan desa",
    FIELD.DEVELOPMENT.value: "Pelaksanaan pembangunan desa",
    FIELD.COMMUNITY.value: "Pembinaan kemasyarakatan desa",
    FIELD.EMPOWERMENT.value: "Pemberdayaan masyarakat desa",
    FIELD.EMERGENCY.value: "Penanggulangan bencana, darurat, dan mendesak desa",
}

CHOICES = {"bidang": tuple(FIELD_NAMES.values())}
# An example and a sentence for the sheet that explains the empty table, by column.
GUIDE: dict[str, tuple[str, str]] = {
    "code": ("33.04.19.2001", _("Kode Kemendagri desa ini; boleh kosong. Format sel: Teks.")),
    "village": ("Pandanarum", _("Nama desa ini; boleh kosong.")),
    "reference": ("2.4.3", _("Nomor baris dalam rencana. Bila kosong, diberi nomor urut.")),
    "field_of_government": (
        FIELD_NAMES[FIELD.DEVELOPMENT.value],
        _("Pilih dari daftar. Sel kosong mengikuti baris di atasnya."),
    ),
    "sub_field": ("Kawasan permukiman", _("Sel kosong mengikuti baris di atasnya.")),
    "activity": ("Pembangunan sarana air bersih", _("Seperti tertulis dalam rencana.")),
    "place": ("Dusun Sawangan", ""),
    "quantity": ("120", _("Angka saja; koma untuk pecahan.")),
    "unit": ("meter", ""),
    "benefit": ("86 keluarga mendapat air bersih", ""),
    "starts_on": ("02/03/2026", _("Tanggal/bulan/tahun.")),
    "ends_on": ("30/09/2026", _("Tanggal/bulan/tahun.")),
    "duration": ("7 bulan", ""),
    "estimate": ("231000000", _("Rupiah penuh, tanpa sen.")),
    "funding": ("Dana Desa", ""),
    MODE.SELF.value: ("", _("Tulis v pada satu dari tiga kolom pola.")),
    MODE.INTER_VILLAGE.value: ("", _("Tulis v pada satu dari tiga kolom pola.")),
    MODE.THIRD_PARTY.value: ("v", _("Tulis v pada satu dari tiga kolom pola.")),
    "mode": ("", _("Bila tiga kolom pola kosong: tulis polanya dengan kata.")),
    "executor": ("Tim Pelaksana Kegiatan", ""),
    "sdg": ("6", _("Nomor tujuan SDGs Desa.")),
    "year_1": ("v", _("Tulis v pada tahun kegiatan dilaksanakan.")),
}


def columns_of(plan: str) -> tuple[Column, ...]:
    return (*COLUMNS, *OF_RPJM) if plan == PLAN.RPJM else COLUMNS


def read_plan_lines(
    name: str, content: bytes, *, village: Region, codes: tuple[str, ...], plan: str, year: int
) -> Reading:
    """The lines of an uploaded plan. ``codes`` are all that the village ever had; ``year`` is the first of an RPJM."""
    found = read_rows(name, content, columns_of(plan), lambda cell: _line(cell, village, codes, plan, year), "activity")
    twice(found, "reference", lambda values: values["reference"], "no")
    twice(found, "activity", lambda values: not values["reference"] and by_name(values), "nama_kegiatan")
    return found


def by_name(values: Mapping[str, Any]) -> tuple[str, str] | None:
    """What a line without a number is known by: its activity and where it is carried out."""
    return (name_key(values["activity"]), name_key(values["place"])) if values["activity"] else None


def _line(cell: Cells, village: Region, codes: tuple[str, ...], plan: str, year: int) -> Values:
    cell.take("code", lambda typed: _own_code(typed, codes), "")
    cell.take("village", lambda typed: _own_name(typed, village), "")
    values: Values = {
        "reference": cell.take("reference", lambda typed: clean(typed, limit=40), ""),
        "field_of_government": cell.needed("field_of_government", _field, ""),
        "sub_field": cell.take("sub_field", words(160), ""),
        "activity": cell.needed("activity", required, ""),
        "place": cell.take("place", words(160), ""),
        "quantity": cell.take("quantity", _quantity, None),
        "unit": cell.take("unit", words(40), ""),
        "benefit": cell.take("benefit", words(200), ""),
        "starts_on": cell.take("starts_on", day, None),
        "ends_on": cell.take("ends_on", day, None),
        "duration": cell.take("duration", words(80), ""),
        "estimate": cell.take("estimate", lambda typed: money.parse_rupiah(typed, allow_zero=True), None),
        "funding": cell.take("funding", words(120), ""),
        "execution_mode": _mode(cell),
        "executor": cell.take("executor", words(160), ""),
        "sdg": "",
        "present_state": "",
        "beneficiaries": "",
        "plan_years": [],
    }
    if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
        cell.refuse(
            "ends_on", BadInput("cell.order", _("Tanggal selesai mendahului tanggal mulai. Perbaiki salah satunya."))
        )
    if plan == PLAN.RPJM:
        values["sdg"] = cell.take("sdg", words(80), "")
        values["present_state"] = cell.take("present_state", words(200), "")
        values["beneficiaries"] = cell.take("beneficiaries", words(120), "")
        values["plan_years"] = [year + n - 1 for n in range(1, 9) if cell.take(f"year_{n}", _marked, False)]
    return values


def _own_code(typed: str, codes: tuple[str, ...]) -> str:
    """The code of this very village, the present one or a former one."""
    code = parse_region_code(typed)
    if code not in codes:
        raise BadInput(
            "cell.other_village", _("Kode {value} bukan kode desa ini, {own}. Hapus baris desa lain."),
            value=code, own=codes[0],
        )  # fmt: skip
    return code


def _own_name(typed: str, village: Region) -> str:
    if name_key(required(typed)) != name_key(village.name):
        raise BadInput(
            "cell.other_name", _("{value} bukan nama desa ini, {own}. Periksa desanya."),
            value=shown(typed), own=village.name,
        )  # fmt: skip
    return typed


def _field(typed: str) -> str:
    """One of the fields of Permendagri 114/2014 by its number or its words, with or without "Bidang" and "Desa"."""
    key = re.sub(r"[\W_\d]+", "", typed.casefold())
    number = re.fullmatch(r"\D*([1-5])\D*", typed.strip()) if not key or key == "bidang" else None
    if number:
        return list(FIELD)[int(number[1]) - 1].value
    for choice, word in _FIELD_WORDS:
        if word in key:
            return choice.value
    raise BadInput(
        "cell.field", _("Bidang {value} tidak dikenal. Tulis nama bidang seperti pada lembar keterangan."),
        value=shown(typed),
    )  # fmt: skip


def _mode(cell: Cells) -> str:
    """The one pattern that is marked in its column, or written out in a column of its own."""
    marked = [mode.value for mode in MODE if cell.take(mode.value, _marked, False)]
    if cell.text("mode").strip():
        return cell.take("mode", _mode_in_words, "")
    if len(marked) != 1:
        cell.refuse(
            MODE.SELF.value,
            BadInput("cell.mode", _("Tandai satu pola saja: swakelola, kerja sama desa, atau pihak ketiga.")),
        )
        return ""
    return marked[0]


def _mode_in_words(typed: str) -> str:
    key = re.sub(r"[\W_]+", "", typed.casefold())
    for choice, word in _MODE_WORDS:
        if word in key:
            return choice.value
    raise BadInput(
        "cell.mode_words", _("Pola {value} tidak dikenal. Tulis swakelola, antar-desa, atau pihak ketiga."),
        value=shown(typed),
    )  # fmt: skip


def _marked(typed: str) -> bool:
    mark = typed.strip().casefold()
    if mark in ("", "-", "–", "0", "tidak", "t"):
        return False
    if mark in _MARKS:
        return True
    raise BadInput("cell.mark", _("Tanda {value} tidak dikenal. Tulis v, atau kosongkan."), value=shown(typed))


def _quantity(typed: str) -> Fraction:
    quantity = Fraction(money.parse_quantity(typed))
    if quantity >= 10**12:
        raise BadInput("cell.quantity", _("Volume {value} tidak mungkin. Periksa angkanya."), value=shown(typed))
    return quantity


def day(typed: str) -> date:
    """A day as it is written, or as a spreadsheet gives it (with an hour behind)."""
    return calendar.parse_date(
        typed.strip().split(" 00:00:00")[0], earliest=date(1945, 8, 17), latest=date(2100, 12, 31)
    )


def written(village: Region, line: PlanLine) -> list[str | int | None]:
    """A line as the cells of an RPJM's table; read again, it is the same line."""
    modes = {mode.value: "v" if line.execution_mode == mode else "" for mode in MODE}
    years = {f"year_{n}": "v" if line.year + n - 1 in line.plan_years else "" for n in range(1, 9)}
    cells: dict[str, Any] = {
        "code": village.code,
        "village": village.name,
        "field_of_government": FIELD_NAMES[line.field_of_government],
        "quantity": _measure(line.quantity),
        "starts_on": calendar.long_date(line.starts_on) if line.starts_on else "",
        "ends_on": calendar.long_date(line.ends_on) if line.ends_on else "",
        "mode": MODE_NAMES[line.execution_mode],
        **modes,
        **years,
    }
    return [cells[c.name] if c.name in cells else getattr(line, c.name) for c in columns_of(PLAN.RPJM)]


def _measure(quantity: Any) -> str:
    return "" if quantity is None else f"{quantity.normalize():f}".replace(".", ",")
