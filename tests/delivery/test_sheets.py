"""Uploaded tables: what is far apart, forged or another format never reaches this process."""

import io
import struct
import zipfile

import pytest
import xlsxwriter

from bermitra.delivery import sheets
from bermitra.foundation.text import BadInput

FLAGS, METHOD, CRC = 8, 10, 16  # where they stand in a central record, ``PK\x01\x02``


def workbook(*cells: tuple[int, int, object]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        for row, column, value in cells:
            sheet.write(row, column, value)
    return held.getvalue()


FAR = workbook((0, 0, "nama"), (999_998, 16_383, "jauh"))


def forged(content: bytes, at: int, value: int) -> bytes:
    """The record of the first sheet says another thing than its content: one reader stops there, another may not."""
    out, place = bytearray(content), -1
    while (place := content.find(b"PK\x01\x02", place + 1)) >= 0:
        name = content[place + 46 : place + 46 + struct.unpack_from("<H", content, place + 28)[0]]
        if name.startswith(b"xl/worksheets/"):
            struct.pack_into("<I" if at == CRC else "<H", out, place + at, value)
    return bytes(out)


def under_another_name(content: bytes) -> bytes:
    """The sheet lies elsewhere in the archive, where the workbook's own list says it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            inside = source.read(name).replace(b"worksheets/sheet1.xml", b"lain/sheet1.xml")
            made.writestr(name.replace("worksheets/sheet1.xml", "lain/sheet1.xml"), inside)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        pytest.param(FAR, {"table.sprawls"}, id="two cells far apart"),
        pytest.param(under_another_name(FAR), {"table.sprawls"}, id="the same elsewhere in the archive"),
        pytest.param(forged(FAR, CRC, 1), {"table.sprawls", "upload.broken"}, id="with a false sum"),
        pytest.param(forged(FAR, FLAGS, 1), {"table.sprawls", "upload.broken"}, id="said to be locked"),
        pytest.param(forged(FAR, METHOD, 99), {"table.sprawls", "upload.broken"}, id="packed in an unknown way"),
        pytest.param(workbook((0, 0, "nama"), (2_999, 99, "jauh")), {"table.sprawls"}, id="wide and long"),
        pytest.param(FAR[:3_000], {"upload.broken"}, id="half of it"),
    ],
)
def test_a_hostile_workbook_is_refused_and_this_process_lives_on(content, codes):
    with pytest.raises(BadInput) as refused:
        sheets.read_applicants("jauh.xlsx", content)
    assert refused.value.code in codes


def test_an_honest_workbook_reads_as_its_table_does():
    head = [(0, column, word) for column, word in enumerate(("Nama", "L/P", "Dusun"))]
    rows = [(1, 0, "Tarmi"), (1, 1, "P"), (1, 2, "Krajan"), (2, 0, "Paijo"), (2, 1, "L"), (2, 2, 3)]
    table = b"nama;l/p;dusun\nTarmi;P;Krajan\nPaijo;L;3\n"
    assert sheets.read_applicants("a.xlsx", workbook(*head, *rows)) == sheets.read_applicants("a.csv", table)
