"""What the printed access letter says."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from bermitra.foundation.accounts.models import AccessLetter
from bermitra.foundation.codes import grouped
from bermitra.foundation.documents.qr import bare_svg


def access_letter(letter: AccessLetter, address_of: Callable[[str], str]) -> dict[str, Any]:
    """Values for the letter: the code in groups of four, the address to open and the same address as a QR picture (a data: URI).

    The picture holds the address and the user name, never the code: a photograph of it opens nothing.
    """
    query = urlencode({"nama": letter.person.username})
    address = f"{settings.BERMITRA_ORIGIN}{address_of('accounts.use_letter')}"
    drawing = b64encode(bare_svg(f"{address}?{query}").encode()).decode()
    picture = f"data:image/svg+xml;base64,{drawing}"
    return {"secret": grouped(letter.secret()), "address": address, "qr": picture}
