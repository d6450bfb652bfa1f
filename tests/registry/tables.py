"""Tables as villages have them, as files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

RKP = ("No", "Bidang", "Sub_Bidang", "Nama_Kegiatan", "Lokasi_Kegiatan", "Volume", "Satuan", "Sasaran_Manfaat",
       "Tanggal_Mulai", "Tanggal_Selesai", "Jumlah_Biaya", "Sumber_Biaya", "Swakelola", "Kerjasama_Desa", "Pihak_Ketiga",
       "Rencana_Pelaksana_Kegiatan")  # fmt: skip
ASSETS = ("kode_barang", "nama_aset", "golongan", "jumlah", "satuan", "status_sertifikat", "nomor_sertifikat",
          "tanah_kas_desa", "tercatat_inventaris", "dijaminkan", "dipakai_oleh")  # fmt: skip


def rkp_row(number: str = "1", activity: str = "Pembangunan sarana air bersih", **other: Any) -> list[Any]:
    """A line carried out with a third party; ``other`` by the names of ``RKP`` in lower case."""
    held = {
        "no": number, "bidang": "Pelaksanaan Pembangunan Desa", "sub_bidang": "Kawasan permukiman",
        "nama_kegiatan": activity, "lokasi_kegiatan": "Dusun Sawangan", "volume": 120, "satuan": "meter",
        "sasaran_manfaat": "86 keluarga", "tanggal_mulai": "02/03/2026", "tanggal_selesai": "30 September 2026",
        "jumlah_biaya": 231_000_000, "sumber_biaya": "Dana Desa", "swakelola": "", "kerjasama_desa": "", "pihak_ketiga": "v",
        "rencana_pelaksana_kegiatan": "TPK", **other,
    }  # fmt: skip
    return [held[name.lower()] for name in RKP]


def asset_row(name: str = "Tanah kas desa blok Sawangan", **other: Any) -> list[Any]:
    held = {
        "kode_barang": "01.01.11", "nama_aset": name, "golongan": "Tanah", "jumlah": 2500, "satuan": "m²",
        "status_sertifikat": "Sertifikat atas nama Pemerintah Desa", "nomor_sertifikat": "SHP 12", "tanah_kas_desa": "ya",
        "tercatat_inventaris": "ya", "dijaminkan": "tidak", "dipakai_oleh": "", **other,
    }  # fmt: skip
    return [held[name] for name in ASSETS]


def xlsx(head: Sequence[str], *rows: Sequence[Any], above: Sequence[Sequence[Any]] = ()) -> bytes:
    """A workbook with a header behind the lines ``above``."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([*above, head, *rows]):
            sheet.write_row(number, 0, row)
    return held.getvalue()


def csv(head: Sequence[str], *rows: Sequence[Any]) -> bytes:
    return "\r\n".join(";".join(str(cell) for cell in row) for row in [head, *rows]).encode()
