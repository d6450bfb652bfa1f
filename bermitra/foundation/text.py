"""Words as people type them: cleaned, compared, or refused with a sentence that says how to write them.

Pure Python, no Django. Numbers that identify something (region codes, telephones, tax numbers) are in ``codes``.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

from num2words import num2words

ONE_LINE, MANY_LINES = 200, 10_000  # usual limits, in characters as the database counts them
LONGEST_WORD = 1_000  # without a blank: more than any address, and less than a line of a paper takes

# Invisible marks that make two equal-looking texts differ or show a text in another order than it is stored.
# The joiners U+200C and U+200D stay: Arabic, Javanese and family pictures need them.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _(message: str) -> str:
    """Mark a sentence for translation and return it unchanged; templates and `str()` at the edge translate it."""
    return message


class BadInput(ValueError):
    """What was typed cannot be taken. ``str()`` is the Indonesian sentence with its values filled in.

    ``code`` is a stable key (``code.letters``); ``message`` holds ``{placeholders}`` for ``values``, so that the edge
    can translate first and fill afterwards.
    """

    def __init__(self, code: str, message: str, /, **values: object):
        self.code, self.message, self.values = code, message, MappingProxyType(values)
        super().__init__(message.format(**values))


def shown(text: str, most: int = 40) -> str:
    """A text as an error sentence may repeat it: one line, no invisible marks, at most ``most`` characters."""
    plain = _SURROGATE.sub("?", _INVISIBLE.sub("", text[: most * 4]))
    plain = " ".join(_CONTROL.sub("", plain.replace("\0", "")).split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def clean(text: str, *, multiline: bool = False, limit: int | None = None) -> str:
    """The text in NFC, without invisible marks, trimmed; nothing visible gives ``""``.

    One line: every run of blanks and line ends becomes one space. Several lines: line ends become ``\\n``.
    ``limit`` counts characters (code points) of the result; 200 for one line, 10,000 for several.
    Raises :class:`BadInput` ``text.nul``, ``text.surrogate``, ``text.long``.
    """
    limit = limit or (MANY_LINES if multiline else ONE_LINE)
    if len(text) > 4 * limit + 1000:  # megabytes are refused before they are worked on
        raise _bad("text.long", limit=limit)
    if "\0" in text:
        raise _bad("text.nul")
    if _SURROGATE.search(text):
        raise _bad("text.surrogate")
    lines = re.split("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", _INVISIBLE.sub("", text))
    lines = ["".join(" " if unicodedata.category(c) == "Zs" else c for c in _CONTROL.sub("", line)) for line in lines]
    # Composed last, as an invisible mark may have kept a letter and its accent apart.
    lines = [unicodedata.normalize("NFC", line) for line in lines]
    if multiline:
        plain = "\n".join(line.rstrip() for line in lines).strip()
    else:
        plain = " ".join(" ".join(lines).split())
    if not plain.strip("\u200c\u200d \n\t"):
        return ""
    if len(plain) > limit:
        raise _bad("text.long", limit=limit)
    return plain


def worded(text: str, *, multiline: bool = False, limit: int | None = None) -> str:
    """:func:`clean`, and without a word that no paper takes. Raises :class:`BadInput` ``text.word`` too."""
    plain = clean(text, multiline=multiline, limit=limit)
    if any(len(word) > LONGEST_WORD for word in plain.split()):
        raise _bad("text.word", limit=LONGEST_WORD)
    return plain


def undotted(text: str) -> str:
    """A whole number without the dots that part its thousands: 1.250 is 1250, and 12.5 stays no whole number."""
    plain = text.replace(" ", "")
    return plain.replace(".", "") if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+", plain) else plain


def required(text: str, *, multiline: bool = False, limit: int | None = None) -> str:
    """Like :func:`clean`, but nothing visible is refused with ``text.empty``."""
    plain = clean(text, multiline=multiline, limit=limit)
    if not plain:
        raise _bad("text.empty")
    return plain


def clean_name(text: str, *, limit: int | None = None) -> str:
    """The name of a person, place or organisation in any script; titles and single names are welcome.

    Raises :class:`BadInput` ``name.picture`` (emoji and other symbols), ``name.letters`` (no letter or digit at all)
    and those of :func:`required`.
    """
    name = required(text, limit=limit)
    if any(unicodedata.category(c) in ("So", "Co", "Cn") or c in "\ufe0f\u20e3" for c in name):
        raise _bad("name.picture", value=shown(name))
    if not any(c.isalnum() for c in name):
        raise _bad("name.letters", value=shown(name))
    return name


def mixed_script(text: str) -> bool:
    """Whether one word mixes alphabets, as when a Cyrillic letter poses as a Latin one: a flag, not a refusal."""
    return any(len({_alphabet(c) for c in word if unicodedata.category(c) in _LETTERS}) > 1 for word in text.split())


_LETTERS = ("Lu", "Ll", "Lt", "Lo")


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0]


def name_key(text: str) -> str:
    """What names of places are compared by: ``Desa Suka Maju``, ``SUKAMAJU`` and ``Ds. Sukamaju`` share one key.

    Equal keys make a candidate that a person confirms, never a match. ``I/II`` and ``III`` stay apart.
    """
    plain = unicodedata.normalize("NFC", text).casefold()
    plain = re.sub(r"^\W*(?:desa|ds|kelurahan|kel)\b[\s.]*(?=\w)", "", plain)
    return "".join("/" if c in ",/" else c for c in plain if _counts(c) or c in ",/").strip("/")


def _counts(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"  # marks too: they are vowels in Javanese and Balinese


# How the form of an organisation is written, in full and short. Words are compared without punctuation.
_FORMS = {
    "pt": ("perseroan terbatas", "pt"),
    "cv": ("persekutuan komanditer", "commanditaire vennootschap", "cv"),
    "ud": ("usaha dagang", "ud"),
    "firma": ("firma", "fa"),
    "yayasan": ("yayasan", "yay"),
    "koperasi": ("koperasi", "kop"),
    "perkumpulan": ("perkumpulan",),
}
_FORM_OF = {words: form for form, spellings in _FORMS.items() for words in spellings}
_SHARES = {"tbk", "persero", "perseroda"}  # said only of a perseroan terbatas


def legal_name_key(text: str) -> str:
    """What names of organisations are compared by: ``form:name``, the form empty where none is written.

    ``PT. Maju-Jaya Tbk``, ``Maju Jaya (Persero), P.T.`` and ``Perseroan Terbatas MAJU JAYA`` share ``pt:majujaya``;
    ``CV Maju Jaya`` is another organisation.
    """
    plain = unicodedata.normalize("NFC", text).casefold().replace("&", " dan ")
    plain = re.sub(r"\b([a-z])\.\s?([a-z])\.?(?![\w.])", r"\1\2", plain)  # p.t. and c.v.
    plain = re.sub(r"['’ʼ`]", "", plain)
    words = "".join(c if _counts(c) else " " for c in plain).split()
    form = "pt" if _SHARES & set(words) else ""
    words = [word for word in words if word not in _SHARES] or words
    for size in (2, 1):
        for here, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            if rest and " ".join(here) in _FORM_OF:
                return f"{_FORM_OF[' '.join(here)]}:{''.join(rest)}"
    return f"{form}:{''.join(words)}"


_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # names Windows keeps for itself


def inert(text: str) -> str:
    """A text that no spreadsheet carries out as a formula; a lone dash is a word of tables and stays."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and text != "-" else text


def is_safe_file_name(name: str) -> bool:
    """Whether a file may be stored and handed out under this name on any system, and reads as it is written."""
    if not name or len(name) > 200 or name != name.strip(" .") or _SURROGATE.search(name):
        return False
    if re.search(r'[\\/:*?"<>|\0\n\r\t]', name) or _CONTROL.search(name) or _INVISIBLE.search(name):
        return False
    return len(name.encode()) <= 255 and not _RESERVED.fullmatch(name)


def number_in_words(number: int) -> str:
    """An integer in Indonesian words: 2026 gives ``dua ribu dua puluh enam``; up to below 10**36."""
    words = num2words(abs(number), lang="id")
    # num2words says "satu ribu" behind a larger scale word; Indonesian says "seribu" there too (1.001.000).
    words = re.sub(r"\b(juta|miliar|\w+liun) satu ribu\b", r"\1 seribu", words)
    return f"minus {words}" if number < 0 else words


def roman(number: int) -> str:
    """A Roman numeral for 1 to 3999, as in the month of a letter's number: 11 gives ``XI``."""
    if not 1 <= number <= 3999:
        raise ValueError(f"no Roman numeral for {number}")
    steps = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
             (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
    written = ""
    for value, letters in steps:
        written += letters * (number // value)
        number %= value
    return written


_SAYS = {
    "text.nul": _("Teks memuat tanda rusak. Ketik ulang teks itu, jangan ditempel."),
    "text.surrogate": _("Teks memuat huruf yang terpotong. Ketik ulang teks itu."),
    "text.empty": _("Isian ini masih kosong. Tulis isinya."),
    "name.picture": _("Nama {value} memuat gambar atau lambang. Tulis dengan huruf."),
    "name.letters": _("{value} bukan nama. Tulis nama lengkap, misalnya Suharto."),
    "text.word": _("Teks memuat kata lebih dari {limit} huruf. Beri spasi di antara katanya."),
    "text.long": _("Teks terlalu panjang. Ringkas sampai paling banyak {limit} huruf."),
}


def _bad(code: str, **values: object) -> BadInput:
    return BadInput(code, _SAYS[code], **values)
