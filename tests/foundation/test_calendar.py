"""Days are read and said in Indonesian; working days, terms and zones are counted without surprises."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bermitra.foundation.calendar import (
    Term,
    WorkingDays,
    Zone,
    add_months,
    add_years,
    date_in_words,
    local_time,
    long_date,
    moment,
    parse_date,
    parse_time,
    tz,
    zone_of,
)
from bermitra.foundation.text import BadInput

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
DAYS = st.dates(FIRST, LAST)
NEAR = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@given(DAYS)
def test_a_day_is_read_back_from_every_way_it_is_written(day):
    for written in (long_date(day), long_date(day).upper(), day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}"):
        assert parse_date(written, earliest=FIRST, latest=LAST) == day


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_bad_input(typed):
    for parse in (lambda: parse_date(typed, earliest=date.min, latest=date.max), lambda: parse_time(typed)):
        try:
            parse()
        except BadInput as bad:
            assert bad.code.startswith(("date.", "time.", "text."))


def test_a_day_that_does_not_exist_is_answered_with_its_neighbours():
    for typed, said in {
        "31 November 2026": "31 November tidak ada. Tulis 30 November atau 1 Desember.",
        "31/02/2024": "31 Februari tidak ada. Tulis 29 Februari atau 1 Maret.",
        "2025-02-29": "29 Februari 2025 tidak ada. Tulis 28 Februari atau 1 Maret.",
    }.items():
        with pytest.raises(BadInput) as bad:
            parse_date(typed, earliest=FIRST, latest=LAST)
        assert str(bad.value) == said


def test_the_bounds_themselves_are_inside():
    first, last = date(2026, 3, 5), date(2026, 3, 9)
    assert parse_date("5 Maret 2026", earliest=first, latest=last) == first
    assert parse_date("9 Maret 2026", earliest=first, latest=last) == last
    for outside in ("4 Maret 2026", "10 Maret 2026"):
        with pytest.raises(BadInput, match="5 Maret 2026 sampai 9 Maret 2026"):
            parse_date(outside, earliest=first, latest=last)


def test_documents_say_the_day_in_words():
    assert date_in_words(date(2026, 11, 23)) == "Senin, dua puluh tiga November dua ribu dua puluh enam"
    assert date_in_words(date(2000, 1, 1)) == "Sabtu, satu Januari dua ribu"


def test_offices_are_closed_on_weekends_holidays_joint_leave_and_the_regencys_own_days():
    days = WorkingDays(frozenset({date(2026, 11, 24)}))
    closed = {
        "Sunday": date(2026, 11, 22),
        "Independence Day": date(2026, 8, 17),
        "joint leave before Christmas": date(2026, 12, 24),
        "Nyepi": date(2026, 3, 19),
        "own day": date(2026, 11, 24),
    }
    assert not [name for name, day in closed.items() if days.is_working(day)]
    assert days.is_working(date(2026, 11, 23)) and WorkingDays().is_working(date(2026, 11, 24))


def test_ten_working_days_jump_over_the_long_lebaran_holiday():
    # 2026: Nyepi 19 March and its leave on the 18th, Lebaran leave on the 20th, 23rd and 24th; Good Friday 3 April.
    assert WorkingDays().add(date(2026, 3, 16), 10) == date(2026, 4, 7)
    assert WorkingDays().add(date(2026, 4, 7), -10) == date(2026, 3, 16)


@given(NEAR, st.integers(-60, 60), st.frozensets(NEAR, max_size=10))
def test_counting_days_is_the_inverse_of_adding_them(day, count, extra_off):
    days = WorkingDays(extra_off)
    assert days.between(day, days.add(day, count)) == count


@given(NEAR, NEAR, NEAR)
def test_working_days_between_add_up_over_a_stop(first, second, third):
    first, second, third = sorted((first, second, third))
    days = WorkingDays()
    assert days.between(first, second) + days.between(second, third) == days.between(first, third)


def test_a_month_later_is_the_last_day_where_the_month_is_short():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@given(DAYS, st.integers(-600, 600))
def test_adding_months_lands_in_that_month(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_a_term_covers_its_first_and_last_day_and_ends_before_its_anniversary():
    term = Term.lasting(date(2026, 1, 1), years=3)
    assert term == Term(date(2026, 1, 1), date(2028, 12, 31)) and term.days == 365 + 365 + 366
    assert term.covers(term.start) and term.covers(term.end)
    assert not term.covers(date(2025, 12, 31)) and not term.covers(date(2029, 1, 1))
    assert Term.lasting(date(2026, 3, 15), months=6).end == date(2026, 9, 14)


def test_a_term_that_ends_before_it_starts_names_both_days():
    with pytest.raises(BadInput, match="1 Januari 2026 mendahului tanggal mulai 2 Januari 2026"):
        Term(date(2026, 1, 2), date(2026, 1, 1))


EXPECTED_ZONES = {
    "WIB": "Aceh 11, Sumatera Utara 12, Sumatera Barat 13, Riau 14, Jambi 15, Sumatera Selatan 16, Bengkulu 17, "
    "Lampung 18, Kepulauan Bangka Belitung 19, Kepulauan Riau 21, Jakarta 31, Jawa Barat 32, Jawa Tengah 33, "
    "Yogyakarta 34, Jawa Timur 35, Banten 36, Kalimantan Barat 61, Kalimantan Tengah 62",
    "WITA": "Bali 51, Nusa Tenggara Barat 52, Nusa Tenggara Timur 53, Kalimantan Selatan 63, Kalimantan Timur 64, "
    "Kalimantan Utara 65, Sulawesi Utara 71, Sulawesi Tengah 72, Sulawesi Selatan 73, Sulawesi Tenggara 74, "
    "Gorontalo 75, Sulawesi Barat 76",
    "WIT": "Maluku 81, Maluku Utara 82, Papua 91, Papua Barat 92, Papua Selatan 93, Papua Tengah 94, "
    "Papua Pegunungan 95, Papua Barat Daya 96",
}


def test_each_of_the_38_provinces_lies_in_its_zone():
    expected = {place[-2:]: zone for zone, places in EXPECTED_ZONES.items() for place in places.split(", ")}
    assert len(expected) == 38
    assert {code: zone_of(code) for code in expected} == expected
    assert zone_of("33.04.19.2001") is Zone.WIB
    assert zone_of("99.01.01.2001") is Zone.WIB  # where examples lie
    for nowhere in ("", "10", "98"):
        with pytest.raises(ValueError):
            zone_of(nowhere)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_zones_agree_with_the_time_zone_database(instant):
    for zone, place in {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}.items():
        assert instant.astimezone(tz(zone)).replace(tzinfo=None) == instant.astimezone(ZoneInfo(place)).replace(
            tzinfo=None
        )


def test_one_instant_is_shown_in_each_villages_own_zone():
    instant = moment(date(2026, 11, 23), time(14, 5), "WIB")
    assert instant == datetime(2026, 11, 23, 7, 5, tzinfo=UTC) and instant.tzinfo is UTC
    assert [local_time(instant, zone) for zone in Zone] == ["pukul 14.05 WIB", "pukul 15.05 WITA", "pukul 16.05 WIT"]
    with pytest.raises(ValueError):
        local_time(datetime(2026, 11, 23, 7, 5), "WIB")
