"""What the printed access letter says."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.timezone import localdate

from bermitra.foundation.accounts.models import AccessLetter
from bermitra.foundation.calendar import long_date
from bermitra.foundation.codes import grouped
from bermitra.foundation.documents.characters import plain
from bermitra.foundation.documents.qr import bare_svg
from bermitra.foundation.documents.typst_pdf import fill

SVG = "http://www.w3.org/2000/svg"


def access_letter(letter: AccessLetter, address_of: Callable[[str], str]) -> dict[str, Any]:
    """Values for the letter: the code in groups of four, the address to open and the same address as a QR picture (a data: URI).

    The picture holds the address and the user name, never the code: a photograph of it opens nothing.
    """
    query = urlencode({"nama": letter.person.username})
    address = f"{settings.BERMITRA_ORIGIN}{address_of('accounts.use_letter')}"
    alone = bare_svg(f"{address}?{query}").replace("<svg ", f'<svg xmlns="{SVG}" ', 1)  # else no browser draws it
    picture = f"data:image/svg+xml;base64,{b64encode(alone.encode()).decode()}"
    return {"secret": grouped(letter.secret()), "address": address, "qr": picture}


def access_letters(letters: Sequence[AccessLetter], address_of: Callable[[str], str]) -> bytes:
    """Many letters as one PDF, a page each, in Indonesian as all that is printed. ``letters`` with person and region.

    The template gets codes as values and keeps nothing; whoever gets the bytes has the codes.
    """
    address = f"{settings.BERMITRA_ORIGIN}{address_of('accounts.use_letter')}"
    sheets = [_sheet(each, address) for each in letters]
    template = Path(__file__).with_name("access_letters.typ").read_bytes()
    return fill(template, {"letters": sheets}, letters[0].issued_at)


def _sheet(letter: AccessLetter, address: str) -> dict[str, str]:
    person = letter.person
    return {
        "name": plain(person.full_name),
        "place": plain(f"{person.region.name} · {person.region_id}") if person.region else "",
        "username": person.username,
        "code": grouped(letter.secret()),
        "address": address,
        "qr": bare_svg(f"{address}?{urlencode({'nama': person.username})}"),
        "until": long_date(localdate(letter.expires_at)),
        "example": "CONTOH – TIDAK BERLAKU" if person.example else "",
    }
