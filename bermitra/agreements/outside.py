"""A file that was signed or stamped outside of here, held against the file that is signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.utils.translation import gettext as _

from bermitra.agreements.rules import OutsideFacts
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import authority, files
from bermitra.foundation.documents.outside import Asked, Grown, grown_from
from bermitra.foundation.names import folded, words_of
from bermitra.foundation.text import _ as marked


class Place(Protocol):
    """A place to sign under a text, of whatever kind."""

    @property
    def field(self) -> str: ...

    name: Any


@dataclass(frozen=True)
class ToSign:
    """A locked text as whoever signs or stamps it outside meets it: an agreement, an addendum, a joint regulation.

    ``newest``: the file that the next signature goes on; ``waiting``: the fields that are still free; ``sealed``: whether
    every signature that was given lies in that file already.
    """

    newest: str
    waiting: tuple[str, ...]
    sealed: bool


# Before a name or behind it; certificates write them or leave them out. What comes after a comma is a title as well.
TITLES = frozenset({"h", "hj", "dr", "drs", "dra", "ir", "prof", "kh", "bapak", "ibu"})

SAYS = {
    "bytes": marked("Berkas ini tidak berawal dari naskah terbaru. Unduh naskah terbaru, lalu ulangi pada berkas itu."),
    "heavy": marked("Berkas ini terlalu berat untuk diperiksa. Bubuhkan tanda tangan tanpa gambar besar."),
    "busy": marked("Berkas lain sedang diperiksa. Unggah lagi setelah beberapa menit."),
    "none": marked("Berkas ini belum memuat yang baru. Bubuhkan pada naskah terbaru, lalu unggah hasilnya."),
    "many": marked("Berkas ini memuat lebih dari satu tanda tangan baru. Bubuhkan satu saja, lalu unggah."),
    "broken": marked("Tanda tangan pada berkas ini rusak. Unggah hasil asli dari aplikasi penanda tangan."),
    "changed": marked("Isi naskah berubah, bukan hanya ditandatangani. Ulangi dari naskah terbaru."),
    "fields": marked("Kotak tanda tangan pihak lain terisi atau hilang. Ulangi dari naskah terbaru."),
    "locks": marked("Berkas ini terkunci bagi penanda tangan berikutnya. Ulangi tanpa mengunci dokumen."),
    "place": marked("Letaknya di luar kotak tanda tangan Anda. Bubuhkan di kotak Anda atau tanpa gambar."),
    "large": marked("Gambar meterai lebih lebar atau tinggi dari 120 poin. Bubuhkan meterai dengan ukuran biasa."),
    "covers": marked("Gambar meterai menutupi kotak atau nama penanda tangan. Bubuhkan di tempat kosong."),
    "seal": marked("Segel meterai mengaku dari {subject}, tetapi tidak terbukti. Bubuhkan meterai yang asli."),
    "expired": marked("Sertifikat pada berkas ini sudah habis atau belum berlaku. Perpanjang sertifikat, lalu ulangi."),
    "root": marked("Sertifikat {subject} bukan dari penerbit yang dipercaya di sini. Pakai sertifikat BSrE atau PSrE."),
    "name": marked("Sertifikat atas nama {subject}, bukan {signer}. Pakai sertifikat atas nama penanda tangan."),
    "trust": marked("Sertifikat induk nasional belum dipasang di sini. Hubungi pengelola, atau pakai cara lain."),
}


def certified(text: ToSign, place: Place, content: bytes) -> Grown:
    """The paper as this signer signed it outside, with a national certificate."""
    left, roots = [each for each in text.waiting if each != place.field], authority.trusted()
    found = grown_from(files.read(text.newest), content, Asked(place.field, left, roots, clock.now()))
    if not roots:
        return replace(found, trouble="trust")
    if found.trouble or name_fits(found.subject, place.name):
        return found
    return replace(found, trouble="name")


def stamped(text: ToSign, content: bytes) -> Grown:
    """The locked paper as an electronic duty stamp was put on it outside."""
    return grown_from(files.read(text.newest), content, Asked("", text.waiting, authority.trusted(), clock.now()))


def facts(text: ToSign, found: Grown) -> OutsideFacts:
    """What the rules ask of such a file, with the text as it stands when it is taken in."""
    return OutsideFacts(found.before, text.newest if text.sealed else "", found.trouble)


def said(found: Grown, name: str = "") -> str:
    """What is wrong with it, for ``name`` who brought it."""
    return _(SAYS[found.trouble]).format(subject=found.subject, signer=name)


def name_fits(one: str, other: str) -> bool:
    """Is it the same name, whatever the case, the order of its words and the titles?"""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(name: str) -> list[str]:
    return sorted(word for word in words_of(folded(name.split(",")[0])) if word not in TITLES)
