"""Days and hours: read from what people type, shown in Indonesian, counted as working days and terms.

Pure Python, no Django, and no clock: whoever needs today's date is handed it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import lru_cache

import holidays

from bermitra.foundation.text import BadInput, _, number_in_words, required, shown

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni",
          "Juli", "Agustus", "September", "Oktober", "November", "Desember")  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

_MONTH_NUMBER = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBER |= {"pebruari": 2, "nopember": 11}  # older spellings, still in many decrees
_ORDERS = (
    re.compile(r"(?P<day>[0-9]{1,2})([/.-])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2}) (?P<name>[A-Za-z]+)\.? (?P<year>[0-9]{4}|[0-9]{2})"),
)


def parse_date(text: str, *, earliest: date, latest: date) -> date:
    """A day from ``23 November 2026``, ``23/11/2026`` (the day first) or ``2026-11-23``, within the bounds.

    Raises :class:`BadInput` ``date.form``, ``date.year`` (two digits), ``date.month`` (a short or foreign name),
    ``date.serial`` (a spreadsheet's day number), ``date.missing`` (31 November), ``date.range``.
    """
    typed = required(text)
    value = shown(typed)
    if re.fullmatch(r"[0-9]{4,6}(?:[.,][0-9]+)?", typed):
        raise _bad("date.serial", value=value)
    read = next((found for order in _ORDERS if (found := order.fullmatch(typed))), None)
    if read is None:
        raise _bad("date.form", value=value)
    parts = read.groupdict()
    month = _MONTH_NUMBER.get(parts["name"].lower()) if "name" in parts else int(parts["month"])
    if month is None:
        raise _bad("date.month", value=value)
    if len(parts["year"]) == 2:
        raise _bad("date.year", value=value)
    day, year = int(parts["day"]), int(parts["year"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise _bad("date.form", value=value)
    if not earliest.year <= year <= latest.year:
        raise _bad("date.range", value=value, earliest=long_date(earliest), latest=long_date(latest))
    last = monthrange(year, month)[1]
    if day > last:
        named = f"{day} {MONTHS[month - 1]}" + (f" {year}" if (day, month) == (29, 2) else "")
        raise _bad("date.missing", value=named, last=f"{last} {MONTHS[month - 1]}", next=f"1 {MONTHS[month]}")
    wanted = date(year, month, day)
    if not earliest <= wanted <= latest:
        raise _bad("date.range", value=value, earliest=long_date(earliest), latest=long_date(latest))
    return wanted


def parse_time(text: str) -> time:
    """An hour of the day from ``14.05``, ``14:05`` or ``pukul 14.05``; the zone is the village's and isn't typed.

    Raises :class:`BadInput` ``time.form``, ``time.zone``, ``time.midnight`` (24.00).
    """
    typed = required(text)
    value = shown(typed)
    if re.search(r"(?i)\b(?:wib|wita|wit|utc|gmt)\b", typed):
        raise _bad("time.zone", value=value)
    read = re.fullmatch(r"(?i)(?:pukul )?([0-9]{1,2})[.:]([0-9]{2})(?:[.:]([0-9]{2}))?", typed)
    if read is None:
        raise _bad("time.form", value=value)
    hour, minute, second = (int(part or 0) for part in read.groups())
    if (hour, minute, second) == (24, 0, 0):
        raise _bad("time.midnight", value=value)
    if hour > 23 or minute > 59 or second > 59:
        raise _bad("time.form", value=value)
    return time(hour, minute, second)


def long_date(day: date) -> str:
    """``23 November 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_in_words(day: date) -> str:
    """``Senin, dua puluh tiga November dua ribu dua puluh enam``, as minutes and agreements write it."""
    return f"{DAYS[day.weekday()]}, {number_in_words(day.day)} {MONTHS[day.month - 1]} {number_in_words(day.year)}"


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later (or earlier, below zero); the last of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 February where the year has none."""
    return add_months(day, 12 * years)


@dataclass(frozen=True)
class Term:
    """From the first to the last day, both included. Raises :class:`BadInput` ``term.order``."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise _bad("term.order", start=long_date(self.start), end=long_date(self.end))

    @classmethod
    def lasting(cls, start: date, *, years: int = 0, months: int = 0) -> Term:
        """A term that ends the day before its anniversary: one year from 1 January ends on 31 December."""
        return cls(start, add_months(start, 12 * years + months) - timedelta(days=1))

    def covers(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@lru_cache(maxsize=64)
def _national(year: int) -> frozenset[date]:
    """Days on which government offices are closed by decree: national holidays and joint leave (cuti bersama).

    Days that follow the moon are estimates, and joint leave is unknown, until the yearly decree is in ``holidays``;
    a regency adds what it knows better.
    """
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday without national holidays, joint leave and a regency's own days off."""

    extra_off: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.extra_off and day not in _national(day.year)

    def add(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (before it, below zero); ``day`` itself isn't counted."""
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``, so that ``between(d, add(d, n)) == n``.

        Below zero where ``end`` is the earlier: then working days from ``end`` up to but without ``start``.
        """
        if end < start:
            return -sum(self.is_working(end + timedelta(days=n)) for n in range((start - end).days))
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


class Zone(StrEnum):
    """The three zones of Keppres 41/1987; none has daylight saving time."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"


_OFFSETS = {Zone.WIB: 7, Zone.WITA: 8, Zone.WIT: 9}  # hours ahead of UTC
_PROVINCES = {
    Zone.WIB: "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62 99",  # Sumatra, Java, half Kalimantan; examples
    Zone.WITA: "51 52 53 63 64 65 71 72 73 74 75 76",  # Bali, Nusa Tenggara, the other Kalimantan, Sulawesi
    Zone.WIT: "81 82 91 92 93 94 95 96",  # Maluku, Papua
}
_ZONE_OF = {province: zone for zone, provinces in _PROVINCES.items() for province in provinces.split()}


def zone_of(region_code: str) -> Zone:
    """The zone of a province, or of any region by its province part. Raises ``ValueError`` for no province."""
    province = region_code[:2]
    if province not in _ZONE_OF:
        raise ValueError(f"no province {province!r}")
    return _ZONE_OF[province]


def tz(zone: str) -> timezone:
    """The zone as a fixed offset that is named as Indonesians name it."""
    return timezone(timedelta(hours=_OFFSETS[Zone(zone)]), str(zone))


def moment(day: date, hour: time, zone: str) -> datetime:
    """The instant, in UTC, at which it is ``hour`` of ``day`` in the zone: how deadlines are stored."""
    return datetime.combine(day, hour, tz(zone)).astimezone(UTC)


def local_time(instant: datetime, zone: str) -> str:
    """``pukul 14.05 WIB``. Raises ``ValueError`` for a time that doesn't know its own zone."""
    if instant.utcoffset() is None:
        raise ValueError("a time without its zone cannot be shown in another")
    local = instant.astimezone(tz(zone))
    return f"pukul {local:%H.%M} {local.tzname()}"


def long_moment(instant: datetime, zone: str) -> str:
    """``23 November 2026, pukul 14.05 WIB``."""
    return f"{long_date(instant.astimezone(tz(zone)).date())}, {local_time(instant, zone)}"


_SAYS = {
    "date.form": _("Tanggal {value} belum jelas. Tulis misalnya 23 November 2026 atau 23/11/2026."),
    "date.year": _("Tahun pada {value} hanya dua angka. Tulis empat angka, misalnya 23/11/2026."),
    "date.month": _("Nama bulan pada {value} tidak dikenal. Tulis lengkap, misalnya 31 Desember 2025."),
    "date.serial": _("{value} bukan tanggal. Ubah format sel menjadi Tanggal, atau tulis 23 November 2026."),
    "date.missing": _("{value} tidak ada. Tulis {last} atau {next}."),
    "date.range": _("Tanggal {value} di luar batas. Tulis tanggal {earliest} sampai {latest}."),
    "time.form": _("Pukul {value} tidak ada. Tulis jam dan menit, misalnya 14.05."),
    "time.zone": _("Tulis {value} tanpa zona waktu, misalnya 14.05. Zona mengikuti letak desa."),
    "time.midnight": _("Pukul {value} tidak dipakai. Tulis 23.59, atau 00.00 pada tanggal berikutnya."),
    "term.order": _("Tanggal akhir {end} mendahului tanggal mulai {start}. Tukar atau perbaiki salah satunya."),
}


def _bad(code: str, **values: object) -> BadInput:
    return BadInput(code, _SAYS[code], **values)
