"""Rupiah are whole numbers (``int``): read from what people type, shown, said in words, and shared without a rest.

Pure Python, no Django.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from bermitra.foundation.text import BadInput, _, number_in_words, required, shown

MOST = 10**15  # rupiah; whatever is above it is a typing error, and every sum still fits a 64-bit column

_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_WHOLE = r"0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+"
_WORDED = re.compile(rf"({_WHOLE})(?:,([0-9]+))? ?({'|'.join(_SCALES)})", re.IGNORECASE)
_AMOUNT = re.compile(rf"({_WHOLE})(?:,(?:-{{1,2}}|([0-9]{{1,2}})))?")
_FOREIGN = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+")  # comma groups, point decimals
_DECIMAL = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?")


def parse_rupiah(text: str, *, allow_zero: bool = False) -> int:
    """Whole rupiah from ``1250000``, ``1.250.000``, ``Rp 1.250.000,-``, ``1.250.000,00`` or ``1,25 juta``.

    What can be read in two ways is refused. Show the amount back (:func:`rupiah`, :func:`in_words`) before saving.
    Raises :class:`BadInput` ``rupiah.form``, ``rupiah.style``, ``rupiah.cents``, ``rupiah.negative``, ``rupiah.zero``,
    ``rupiah.large`` and those of ``required``.
    """
    typed = required(text, limit=10_000)
    value = shown(typed)
    bare = re.sub(r"^rp\.? ?", "", typed, flags=re.IGNORECASE)
    if re.match(r"[-−–] ?(?:rp\.? ?)?[0-9]", bare, re.IGNORECASE):
        raise _bad("rupiah.negative", value=value)
    if len(bare) > 40:  # also spares int() the digits it would refuse with an error of its own
        raise _bad("rupiah.large" if re.fullmatch(r"[0-9.]+", bare) else "rupiah.form", value=value)
    if worded := _WORDED.fullmatch(bare):
        whole, tenths, scale = worded.groups()
        amount = Fraction(f"{_digits(whole)}.{tenths or 0}") * _SCALES[scale.lower()]
    elif plain := _AMOUNT.fullmatch(bare):
        amount = Fraction(f"{_digits(plain[1])}.{plain[2] or 0}")
    elif _FOREIGN.fullmatch(bare):
        first, second = _readings(bare)
        raise _bad("rupiah.style", value=value, first=first, second=second)
    else:
        raise _bad("rupiah.form", value=value)
    if amount.denominator != 1:
        raise _bad("rupiah.cents", value=value)
    if amount > MOST:
        raise _bad("rupiah.large", value=value)
    if amount == 0 and not allow_zero:
        raise _bad("rupiah.zero")
    return int(amount)


def parse_quantity(text: str, *, places: int = 2) -> Decimal:
    """A measure such as hectares from ``12,5``, ``1.234,5`` or ``1234``: comma for decimals, at most ``places``.

    ``1.234`` alone is refused, as it may mean 1,234. Raises :class:`BadInput` ``quantity.ambiguous``,
    ``quantity.form``, ``quantity.places``, ``quantity.large`` (more than 15 digits before the comma).
    """
    typed = required(text)
    value = shown(typed)
    read = _DECIMAL.fullmatch(typed)
    if read is None:
        raise _bad("quantity.form", value=value)
    whole, tenths = _digits(read[1]), read[2] or ""
    if read[1].count(".") == 1 and not tenths:
        raise _bad("quantity.ambiguous", value=value, first=whole, second=read[1].replace(".", ","))
    if len(tenths) > places:
        raise _bad("quantity.places", value=value, places=places)
    if len(whole) > 15:
        raise _bad("quantity.large", value=value)
    return Decimal(f"{whole}.{tenths or 0}")


def rupiah(amount: int) -> str:
    """``Rp 1.250.000`` with a no-break space; below zero with a minus sign in front."""
    return f"{'−' if amount < 0 else ''}Rp\u00a0{_grouped(abs(amount))}"


def rupiah_short(amount: int) -> str:
    """``Rp 1,25 miliar`` for sentences: two decimals, halves away from zero; below a million as :func:`rupiah`."""
    sign = "−" if amount < 0 else ""
    for word, scale in (("juta", 10**6), ("miliar", 10**9), ("triliun", 10**12)):
        hundredths = (abs(amount) * 100 + scale // 2) // scale
        if abs(amount) >= 10**6 and (hundredths < 100_000 or word == "triliun"):
            whole, rest = divmod(hundredths, 100)
            decimals = f",{rest:02}".rstrip("0").rstrip(",")
            return f"{sign}Rp\u00a0{_grouped(whole)}{decimals}\u00a0{word}"
    return rupiah(amount)


def in_words(amount: int) -> str:
    """The amount as documents spell it out (terbilang): ``satu juta dua ratus lima puluh ribu rupiah``."""
    return f"{number_in_words(amount)} rupiah"


def split(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """``amount`` (>= 0) by ``weights`` (>= 0, not all zero) in whole parts that add up to it exactly.

    Largest remainder: each part is its exact share rounded down or up; what is left goes to the largest fractions,
    of equal fractions to the earlier ones. Raises ``ValueError`` for other weights or amounts.
    """
    total = sum(weights)
    if amount < 0 or total <= 0 or min(weights) < 0:
        raise ValueError("split needs an amount from zero up and weights from zero up that are not all zero")
    parts = [amount * weight // total for weight in weights]
    by_fraction = sorted(range(len(weights)), key=lambda place: (-(amount * weights[place] % total), place))
    for place in by_fraction[: amount - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


def shares(weights: Sequence[int], total_basis_points: int = 10_000) -> tuple[int, ...]:
    """Shares in basis points (1/100 percent) that add up to the whole: three equal ones are 3334, 3333, 3333."""
    return split(total_basis_points, weights)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _digits(whole: str) -> str:
    return whole.replace(".", "").replace(" ", "")


def _readings(typed: str) -> tuple[str, str]:
    """The two amounts that a writer of ``1,500.50`` or ``1500000.00`` may have meant, as Indonesians write them."""
    whole, _point, decimals = typed.replace(",", "").partition(".")
    first = _grouped(int(whole)) + (f",{decimals}" if decimals.strip("0") else "")
    second = _grouped(int(whole + decimals))
    if second == first:  # only commas: the other reading takes the first one as the decimal comma
        before, _comma, after = typed.partition(",")
        second = f"{before},{after.replace(',', '')}".rstrip("0").rstrip(",")
    return f"Rp\u00a0{first}", f"Rp\u00a0{second}"


_SAYS = {
    "rupiah.form": _("Jumlah {value} belum jelas. Tulis 1.250.000 atau 1,25 juta."),
    "rupiah.style": _("Jumlah {value} bisa berarti {first} atau {second}. Tulis dengan titik ribuan: 1.250.000."),
    "rupiah.cents": _("Jumlah {value} tidak genap satu rupiah. Tulis rupiah bulat, misalnya 1.250.000."),
    "rupiah.negative": _("Jumlah {value} kurang dari nol. Tulis tanpa tanda minus, misalnya 5.000.000."),
    "rupiah.zero": _("Jumlah ini nol. Tulis jumlahnya, misalnya 1.250.000."),
    "rupiah.large": _("Jumlah {value} terlalu besar. Paling besar 1.000.000.000.000.000 rupiah."),
    "quantity.form": _("Angka {value} belum jelas. Tulis dengan koma desimal, misalnya 12,5."),
    "quantity.ambiguous": _("Angka {value} bisa berarti {first} atau {second}. Tulis salah satunya."),
    "quantity.places": _("Angka {value} terlalu rinci. Tulis paling banyak {places} angka di belakang koma."),
    "quantity.large": _("Angka {value} terlalu besar. Periksa banyak angkanya, misalnya 12,5."),
}


def _bad(code: str, **values: object) -> BadInput:
    return BadInput(code, _SAYS[code], **values)
