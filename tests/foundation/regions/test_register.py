"""Files as people have them: read, or refused by a sentence that names the row and the way out."""

import gzip
import random
from dataclasses import fields

import pytest
import xlsxwriter

from bermitra.foundation.regions.register import SHIPPED, SHIPPED_COUNT, key_of, read_register
from bermitra.foundation.text import BadInput, name_key
from tests.foundation.regions.conftest import COUNTRY, areas_of

HEAD = ["code", "name"]
ROWS = [HEAD, *([code, name] for code, name in COUNTRY.items())]


def changed(code: str, *row: str) -> list[list[str]]:
    return [list(row) if each[0] == code else each for each in ROWS]


def test_a_plain_table_is_read(table):
    register = read_register(table(ROWS))
    assert register.areas == areas_of(COUNTRY)
    assert register.refused == [] and len(register.sha256) == 64


@pytest.mark.parametrize("kind", ["gz", "semicolon", "tab", "bom", "utf-16", "sep", "xlsx", "bare digits"])
def test_the_same_table_in_other_clothes_is_the_same_register(table, tmp_path, kind):
    text = table(ROWS).read_text("utf-8")
    path = tmp_path / "lain.csv"
    match kind:
        case "gz":
            path.write_bytes(gzip.compress(text.encode()))
        case "semicolon":
            path.write_text(text.replace(",", ";"), "utf-8")
        case "tab":
            path.write_text(text.replace(",", "\t"), "utf-8")
        case "bom":
            path.write_text(text, "utf-8-sig")
        case "utf-16":
            path.write_text(text, "utf-16")
        case "sep":
            path.write_text("sep=;\n" + text.replace(",", ";"), "utf-8")
        case "bare digits":
            path.write_text("\n".join(f"{r[0].replace('.', '')},{r[1]}" for r in ROWS), "utf-8")
        case "xlsx":
            with xlsxwriter.Workbook(path) as book:
                sheet = book.add_worksheet()
                for number, row in enumerate(ROWS):
                    sheet.write_row(number, 0, row)
    assert read_register(path).areas == areas_of(COUNTRY)


@pytest.mark.parametrize(
    "names", ["provinsi kabupaten_kota kecamatan desa_kelurahan", "provinces regencies districts villages"]
)
def test_a_folder_of_four_tables_is_the_same_register(table, tmp_path, names):
    for name, length in zip(names.split(), (2, 5, 8, 13), strict=True):
        table([HEAD, *(row for row in ROWS[1:] if len(row[0]) == length)], f"{name}.csv")
    assert read_register(tmp_path).areas == areas_of(COUNTRY)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["101012001", "Nol hilang"], "nol yang hilang dari 101012001"),
        (["3304190001", "Kode BPS"], "kode BPS"),
        (["33.04.19.20O1", "Huruf"], "huruf O"),
        (["33.04.19.2001", "Dua kali"], "sudah ada di baris 5"),
        (["33.04.99.2001", "Yatim"], "Induk 33.04.99 tidak ada"),
        (["33.04.19.2099", "😀"], "gambar atau lambang"),
        (["3.304192001E9", "Excel"], "sudah ada di baris 5"),
        (["3.30419E+09", "Excel"], "dibulatkan Excel"),
    ],
)
def test_one_bad_row_is_refused_with_its_number_and_the_others_are_read(table, row, says):
    register = read_register(table([*ROWS, row]))
    assert register.areas == areas_of(COUNTRY)
    [refused] = register.refused
    assert says in refused.reason and refused.row == len(ROWS) + 1


def test_a_kind_that_contradicts_the_code_is_refused(table):
    register = read_register(table([["kode", "nama", "jenis"], *([*row, ""] for row in ()), ["33", "Jawa Tengah", "provinsi"],
                                    ["33.04", "Banjarnegara", "kota"], ["33.05", "Kebumen", "kabupaten"]]))  # fmt: skip
    assert [each.value for each in register.refused] == ["33.04"]
    assert "Jenis kota tidak sesuai kode 33.04" in register.refused[0].reason


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"code,name\n", "file.header"),
        (b"%PDF-1.7 ...", "file.kind"),
        (b"\x1f\x8b\x08\x00broken", "file.cut"),
        (gzip.compress(b"code,name\n33,Jawa Tengah\n" * 400, mtime=0)[:-20], "file.cut"),
        (b"PK\x03\x04half a workbook", "file.cut"),
        (b'"code,name\n' + b"33,Jawa Tengah\n" * 10_000, "file.cut"),  # a quote that is never closed
        ("code,name\n33,Jawa Tengah\n33.04,Banjarn\xe9gara\n".encode("cp1252"), "file.encoding"),
        (b"nim,nilai\n12,80\n", "register.header"),
        (b"code,name\n33,Jawa Tengah\n33.04,Banjarnegara\n33.04.19", "file.cut"),
        (b"code,name\n33,Jawa Tengah\n33.04,Banjarnegara\n", "register.half"),
        (b"code,name\n3304190001,Bukan Kemendagri\n", "register.none"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole_in_one_sentence(tmp_path, content, code):
    path = tmp_path / "berkas.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        read_register(path)
    assert refused.value.code == code
    assert str(refused.value).endswith(".") and "{" not in str(refused.value)


def test_a_folder_without_its_tables_says_which_one_is_missing(table, tmp_path):
    with pytest.raises(BadInput, match="tidak berisi data wilayah"):
        read_register(tmp_path)
    table(ROWS, "provinsi.csv")
    with pytest.raises(BadInput, match=r"kabupaten_kota\.csv tidak ada"):
        read_register(tmp_path)
    with pytest.raises(BadInput, match="tidak dapat dibuka"):
        read_register(tmp_path / "tidak-ada.csv")


def test_the_quick_key_is_the_key_of_names():
    areas = list(read_register(SHIPPED).areas.values())
    assert len(areas) == SHIPPED_COUNT
    for name, kind in random.Random(7).sample(areas, 4000):
        plain = (
            name.split(" ", 1)[1] if kind in ("regency", "city") and name.startswith(("Kabupaten ", "Kota ")) else name
        )
        if not plain.startswith("Administrasi "):
            assert key_of(name, kind) == name_key(plain), name


def test_a_row_says_all_that_the_file_of_refused_rows_shows(table):
    [refused] = read_register(table([*ROWS, ["330419", ""]])).refused
    assert [each.name for each in fields(refused)] == ["file", "row", "value", "reason"]
    assert (refused.file, refused.row, refused.value) == ("wilayah.csv", len(ROWS) + 1, "330419")
