"""Numbers that identify: region codes, public codes, telephones, tax and business numbers, NIK.

Pure Python, no Django. Every ``parse_...`` takes what was typed, gives one canonical writing, or raises ``BadInput``.
"""

from __future__ import annotations

import re
import secrets
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate

import phonenumbers

from bermitra.foundation.text import BadInput, _, required, shown

# Region codes of Kemendagri: province, regency, district, village


class Level(StrEnum):
    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


_LEVELS = {2: Level.PROVINCE, 5: Level.REGENCY, 8: Level.DISTRICT, 13: Level.VILLAGE}  # by length with dots
_CUTS = {2: 1, 4: 2, 6: 3, 10: 4}  # digits up to the end of each part


def parse_region_code(text: str) -> str:
    """The dotted code of any level, ``33.04.19.2001`` for a village, from digits with or without separators.

    Takes a number that a spreadsheet wrote as ``1101012001.0`` or ``1.101012001E9``, as no digit is lost in it.
    Whether the region exists is not asked here. Raises :class:`BadInput` ``code.letters``, ``code.form``,
    ``code.excel``, ``code.zero``, ``code.length``, ``code.province``, ``code.bps``, ``code.part``.
    """
    typed = required(text)
    value = shown(typed)
    if re.fullmatch(r"[0-9]{10}\.0+|[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}", typed):
        number = Decimal(typed.replace(",", "."))
        if number != number.to_integral_value() or not 10**9 <= number < 10**10 or number % 1000 == 0:
            raise _bad("code.excel", value=value)
        typed = str(int(number))
    if re.search("[OoIil]", typed) and re.fullmatch(r"[0-9OoIil.,\-\s]+", typed):
        raise _bad("code.letters", value=value)
    if not re.fullmatch(r"[0-9]+(?:\s?[.,\-–\s]\s?[0-9]+)*", typed):
        raise _bad("code.form", value=value)
    groups = re.findall("[0-9]+", typed)
    digits = "".join(groups)
    ends = list(accumulate(map(len, groups)))
    thousands = [len(group) for group in groups] == [1, 3, 3, 3]  # a spreadsheet grouped the digits
    if len(digits) == 9 or (len(groups) > 1 and not thousands and not set(ends) <= set(_CUTS)):
        raise _bad("code.zero", value=value)
    if len(digits) not in _CUTS:
        raise _bad("code.length", value=value, count=len(digits))
    parts = [digits[:2], digits[2:4], digits[4:6], digits[6:]][: _CUTS[len(digits)]]
    if parts[0] < "11":
        raise _bad("code.province", part=parts[0], value=value)
    if "00" in parts or digits[6:].endswith("000"):
        raise _bad("code.part", value=value)
    if len(parts) == 4 and digits[6] not in "123":
        raise _bad("code.bps", value=value)
    return ".".join(parts)


def region_level(code: str) -> Level:
    """The level of a canonical code. Raises ``ValueError`` for anything else."""
    if len(code) not in _LEVELS:
        raise ValueError(f"not a region code: {code!r}")
    return _LEVELS[len(code)]


def parent_code(code: str) -> str | None:
    """The code one level up, ``None`` for a province."""
    return None if region_level(code) is Level.PROVINCE else code.rpartition(".")[0]


def province_of(code: str) -> str:
    return _upper_part(code, 2)


def regency_of(code: str) -> str:
    return _upper_part(code, 5)


def district_of(code: str) -> str:
    return _upper_part(code, 8)


def is_village(code: str) -> bool:
    """A desa or kelurahan, by the length of its code; an empty code is none."""
    return _LEVELS.get(len(code)) is Level.VILLAGE


def is_kelurahan(code: str) -> bool:
    """Whether a village code is a kelurahan's: its fourth part begins with 1 (desa 2, desa adat 3)."""
    return region_level(code) is Level.VILLAGE and code[9] == "1"


def bare(code: str) -> str:
    """The code without dots, as other systems exchange it."""
    return code.replace(".", "")


def _upper_part(code: str, length: int) -> str:
    region_level(code)
    if len(code) < length:
        raise ValueError(f"{code!r} lies above that level")
    return code[:length]


# Public codes: what stands under a QR code and is read out on the telephone

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I, L, O, U


def new_code(length: int) -> str:
    """A random code of ``length`` letters, 5 bits each, from the system's secure source."""
    return "".join(secrets.choice(ALPHABET) for _place in range(length))


def parse_code(text: str, length: int) -> str:
    """A public code as stored, forgiving lower case, hyphens, blanks, O for 0, I and L for 1.

    Raises :class:`BadInput` ``public_code.form``.
    """
    typed = required(text)
    code = re.sub(r"[\s\-–—]", "", typed).upper().translate(str.maketrans("OIL", "011"))
    if len(code) != length or set(code) - set(ALPHABET):
        raise _bad("public_code.form", value=shown(typed), length=length)
    return code


def grouped(code: str) -> str:
    """A public code in groups of four: ``7K3M-9QXD``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


# Telephones


def parse_phone(text: str) -> str:
    """An Indonesian number as ``+6281234567890``.

    Raises :class:`BadInput` ``phone.excel``, ``phone.form``, ``phone.foreign``, ``phone.impossible``.
    """
    typed = required(text)
    value = shown(typed)
    if re.fullmatch(r"[0-9.,]+[eE]\+?[0-9]+", typed):
        raise _bad("phone.excel", value=value)
    if not re.fullmatch(r"\+?[0-9()\-./\s]+", typed):
        raise _bad("phone.form", value=value)
    try:
        number = phonenumbers.parse(typed, "ID")
    except phonenumbers.NumberParseException:
        number = phonenumbers.PhoneNumber(country_code=62)
    if number.country_code != 62:
        raise _bad("phone.foreign", value=value)
    if not phonenumbers.is_valid_number(number):
        raise _bad("phone.impossible", value=value)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(number: str) -> str:
    """A stored number as people write it: ``0812-3456-7890``."""
    return phonenumbers.format_number(phonenumbers.parse(number, "ID"), phonenumbers.PhoneNumberFormat.NATIONAL)


# Registers: NPWP, NIB, NIK


def parse_tax_number(text: str) -> str:
    """An NPWP as 16 digits; the older 15 digits get the leading zero they have in the new register.

    Raises :class:`BadInput` ``tax_number.form``.
    """
    digits = _digits(text)
    if len(digits) not in (15, 16) or not digits.strip("0"):
        raise _bad("tax_number.form", value=shown(text))
    return digits.zfill(16)


def parse_business_number(text: str) -> str:
    """A NIB as 13 digits. Raises :class:`BadInput` ``business_number.form``."""
    digits = _digits(text)
    if len(digits) != 13 or not digits.strip("0"):
        raise _bad("business_number.form", value=shown(text))
    return digits


def parse_nik(text: str) -> str:
    """A NIK as 16 digits: six of a district, the birth date (a woman's day plus 40), four of a serial.

    Its sentences never repeat the number. Raises :class:`BadInput` ``nik.form``, ``nik.district``, ``nik.date``.
    """
    digits = _digits(text)
    if len(digits) != 16:
        raise _bad("nik.form")
    if digits < "11" or "00" in (digits[2:4], digits[4:6]) or digits.endswith("0000"):
        raise _bad("nik.district")
    day, month, year = (int(digits[start : start + 2]) for start in (6, 8, 10))
    try:
        date(2000 + year, month, day - 40 if day > 40 else day)  # 1900 + year has the same leap years, but for 1900
    except ValueError:
        raise _bad("nik.date") from None
    return digits


def masked(text: str, keep: int = 4) -> str:
    """A number with only its last ``keep`` characters readable; a text no longer than that is hidden whole."""
    hidden = len(text) - keep if len(text) > keep else len(text)
    return "•" * hidden + text[hidden:]


def _digits(text: str) -> str:
    """The digits of a register number written with dots, hyphens or blanks; ``""`` where anything else stands in it."""
    typed = required(text)
    return re.sub(r"[.\-–\s]", "", typed) if re.fullmatch(r"[0-9.\-–\s]+", typed) else ""


_SAYS = {
    "code.excel": _("Kode {value} dibulatkan Excel. Ubah format sel menjadi Teks, tulis 33.04.19.2001."),
    "code.letters": _("Ada huruf O atau l dalam {value}? Tulis angka saja, misalnya 33.04.19.2001."),
    "code.form": _("Kode {value} hanya boleh angka dan titik, misalnya 33.04.19.2001."),
    "code.zero": _("Apakah ada nol yang hilang dari {value}? Tulis lengkap, misalnya 33.04.19.2001."),
    "code.length": _("Kode {value} memuat {count} angka. Kode desa 10 angka, misalnya 33.04.19.2001."),
    "code.province": _("Tidak ada provinsi {part} pada kode {value}. Periksa dua angka pertama."),
    "code.part": _("Kode {value} memuat bagian kosong. Tulis kode lengkap, misalnya 33.04.19.2001."),
    "code.bps": _("Apakah {value} kode BPS? Tulis kode Kemendagri, misalnya 33.04.19.2001."),
    "public_code.form": _("Kode {value} tidak lengkap atau salah tulis. Kode itu {length} huruf dan angka."),
    "phone.excel": _("Nomor {value} dibulatkan Excel. Ubah format sel menjadi Teks, tulis 0812-3456-7890."),
    "phone.form": _("Nomor {value} hanya boleh angka, misalnya 0812-3456-7890."),
    "phone.foreign": _("Nomor {value} bukan nomor Indonesia. Tulis misalnya 0812-3456-7890."),
    "phone.impossible": _("Nomor {value} tidak ada. Periksa banyak angkanya, misalnya 0812-3456-7890."),
    "tax_number.form": _("NPWP {value} harus 15 atau 16 angka, misalnya 01.234.567.8-901.000."),
    "business_number.form": _("NIB {value} harus 13 angka, misalnya 9120001234567."),
    "nik.form": _("NIK harus 16 angka tanpa huruf. Salin dari KTP atau kartu keluarga."),
    "nik.district": _("NIK ini tidak mungkin ada. Salin lagi 16 angkanya dari KTP."),
    "nik.date": _("Tanggal lahir dalam NIK ini tidak ada. Periksa angka ketujuh sampai kedua belas."),
}


def _bad(code: str, **values: object) -> BadInput:
    return BadInput(code, _SAYS[code], **values)
