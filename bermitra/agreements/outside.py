"""A file that was signed or stamped outside of here, held against the file that is signed."""

from __future__ import annotations

from dataclasses import replace

from bermitra.agreements import queries
from bermitra.agreements.models import Agreement, SignatureSlot
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import authority, files
from bermitra.foundation.documents.outside import Asked, Grown, grown_from
from bermitra.foundation.names import folded, words_of
from bermitra.foundation.text import _

# Before a name or behind it; certificates write them or leave them out. What comes after a comma is a title as well.
TITLES = frozenset({"h", "hj", "dr", "drs", "dra", "ir", "prof", "kh", "bapak", "ibu"})

SAYS = {
    "bytes": _("Berkas ini tidak berawal dari naskah terbaru. Unduh naskah terbaru, lalu ulangi pada berkas itu."),
    "heavy": _("Berkas ini terlalu berat untuk diperiksa. Bubuhkan tanda tangan tanpa gambar besar."),
    "none": _("Berkas ini belum memuat yang baru. Bubuhkan pada naskah terbaru, lalu unggah hasilnya."),
    "many": _("Berkas ini memuat lebih dari satu tanda tangan baru. Bubuhkan satu saja, lalu unggah."),
    "broken": _("Tanda tangan pada berkas ini rusak. Unggah hasil asli dari aplikasi penandatangan."),
    "changed": _("Isi naskah berubah, bukan hanya ditandatangani. Ulangi dari naskah terbaru."),
    "fields": _("Kotak tanda tangan pihak lain terisi atau hilang. Ulangi dari naskah terbaru."),
    "locks": _("Berkas ini terkunci bagi penandatangan berikutnya. Ulangi tanpa mengunci dokumen."),
    "place": _("Letaknya di luar kotak tanda tangan Anda. Bubuhkan di kotak Anda atau tanpa gambar."),
    "large": _("Gambar meterai lebih lebar atau tinggi dari 120 poin. Bubuhkan meterai dengan ukuran biasa."),
    "expired": _("Sertifikat pada berkas ini sudah habis atau belum berlaku. Perpanjang sertifikat, lalu ulangi."),
    "root": _("Sertifikat {subject} bukan dari penerbit yang dipercaya di sini. Pakai sertifikat BSrE atau PSrE."),
    "name": _("Sertifikat atas nama {subject}, bukan {signer}. Pakai sertifikat atas nama penandatangan."),
    "trust": _("Sertifikat induk nasional belum dipasang di sini. Hubungi pengelola, atau pakai cara lain."),
}


def certified(agreement: Agreement, slot: SignatureSlot, content: bytes) -> Grown:
    """The paper as this signer signed it outside, with a national certificate."""
    before = files.read(queries.newest_file(agreement))
    left = [each.field for each in queries.slots_of(agreement) if each.state != "signed" and each.pk != slot.pk]
    roots = authority.trusted()
    found = grown_from(before, content, Asked(slot.field, left, roots, clock.now()))
    if not roots:
        return replace(found, trouble="trust")
    if found.trouble or name_fits(found.subject, slot.name):
        return found
    return replace(found, trouble="name")


def stamped(agreement: Agreement, content: bytes) -> Grown:
    """The locked paper as an electronic duty stamp was put on it outside."""
    before = files.read(queries.newest_file(agreement))
    return grown_from(before, content, Asked("", [each.field for each in queries.slots_of(agreement)], [], clock.now()))


def name_fits(one: str, other: str) -> bool:
    """Is it the same name, whatever the case, the order of its words and the titles?"""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(name: str) -> list[str]:
    return sorted(word for word in words_of(folded(name.split(",")[0])) if word not in TITLES)
