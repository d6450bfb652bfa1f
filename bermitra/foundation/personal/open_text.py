"""What people typed, as everybody may read it: every page that shows such words to the public writes them through here."""

from __future__ import annotations

import re

from django.utils.translation import gettext

from bermitra.foundation.text import _

HIDDEN = _("[nomor disembunyikan]")

# Numbers by which a person is found. Letters' numbers, codes of areas and amounts of money are none of these.
_NIK = re.compile(r"(?<![\w.])\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{6}[ .]?\d{4}(?![\w])")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+?62|0)[ .-]?8\d{1,2}(?:[ .-]?\d{2,5}){2,3}(?![\w/])")
_ACCOUNT = re.compile(r"(?i)\b(rek(?:ening)?\b\.?[^\d\n]{0,30}?)(?<!rp)(?<!rp[ .\u00a0])(\d[\d .-]{6,}\d)")
_HEALTH = re.compile(r"(?i)\b(?:positif|penderita|mengidap|pengidap|pasien)\s+(?:hiv|aids|tbc?|kusta|covid|kanker)\b")
_POVERTY = re.compile(r"(?i)\b(?:warga|orang|keluarga|ibu|bapak|pak|bu)\s+(?:miskin|tidak mampu)\s*:")


def kinds_in(text: str) -> frozenset[str]:
    """What kinds of personal data can be read in a text."""
    looked_for = {"nik": _NIK, "phone": _PHONE, "account": _ACCOUNT, "health": _HEALTH, "poverty": _POVERTY}
    return frozenset(kind for kind, pattern in looked_for.items() if pattern.search(text))


def hidden(text: str, instead: str) -> str:
    """A text that somebody typed, with ``instead`` in the place of every number by which a person is found (PT-01).

    The line that names an illness or poverty of somebody goes as a whole: no word of it could stay.
    """
    if not kinds_in(text):
        return text
    lines = [instead if _HEALTH.search(line) or _POVERTY.search(line) else line for line in text.split("\n")]
    found = _ACCOUNT.sub(lambda hit: hit[1] + instead, "\n".join(lines))
    return _PHONE.sub(instead, _NIK.sub(instead, found))


def openly(text: str) -> str:
    """What somebody typed, as everybody may read it."""
    return hidden(text, gettext(HIDDEN))
