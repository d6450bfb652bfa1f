"""The bad-input corpus against the pure parsers: the same answers that forms, API and imports must give."""

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bermitra.foundation import calendar, codes, money, place, text
from bermitra.foundation.regions.index import read_index
from bermitra.foundation.regions.register import read_register
from bermitra.foundation.text import BadInput

CORPUS = yaml.safe_load(Path(__file__).with_name("bad_inputs.yaml").read_text("utf-8"))


def read_date(value):
    return calendar.parse_date(value, earliest=date(2000, 1, 1), latest=date(2100, 12, 31)).isoformat()


def read_term(value):
    term = calendar.Term(*map(date.fromisoformat, value.split("/")))
    return f"{term.start}/{term.end}"


def read_file(read, value):
    """The codes that ``read`` takes from a file; each letter of ``value`` is one of its bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "berkas-2024.csv")
        path.write_bytes(value.encode("latin-1"))
        return " ".join(read(path))


VILLAGES = {
    "33.04.19.2001": ("Pandanarum", "desa"),
    "33.04.19.2002": ("Beji", "desa"),
    "33.04.19.1001": ("Kota", "kelurahan"),
}
PARSERS = {
    "register_file": lambda value: read_file(lambda path: read_register(path).areas, value),
    "index_file": lambda value: read_file(lambda path: (row[0] for row in read_index(path, VILLAGES).rows), value),
    "code": codes.parse_region_code,
    "name": text.clean_name,
    "partner": text.clean_name,
    "place_key": text.name_key,
    "text": text.required,
    "comment": lambda value: text.required(value, multiline=True),
    "rupiah": money.parse_rupiah,
    "quantity": lambda value: str(money.parse_quantity(value)),
    "date": read_date,
    "time": lambda value: calendar.parse_time(value).isoformat("minutes"),
    "term": read_term,
    "phone": codes.parse_phone,
    "nik": codes.parse_nik,
    "tax_number": codes.parse_tax_number,
    "business_number": codes.parse_business_number,
    "point": lambda value: str(place.parse_point(value)),
}
KNOWN = place.Point(Decimal("-7.3645"), Decimal("109.6921"))  # where the village of the corpus has a thing already
ROWS = [pytest.param(row, id=f"{row['id']}-{row['where']}-{number}") for number, row in enumerate(CORPUS)]


def typed(row):
    return row["value"] * row.get("repeat", 1)


@pytest.mark.parametrize("row", [row for row in ROWS if row.values[0]["where"] != "file"])
def test_the_parser_gives_the_answer_of_the_corpus(row):
    parse = PARSERS[row["where"]]
    if row["expect"] == "refuse":
        with pytest.raises(BadInput) as refused:
            parse(typed(row))
        assert refused.value.code == row["message"]
    else:
        assert parse(typed(row)) == row.get("normalised", typed(row))


@pytest.mark.parametrize("row", [row for row in ROWS if row.values[0]["where"] == "partner"])
def test_only_mixed_alphabets_are_flagged(row):
    assert text.mixed_script(typed(row)) == (row["expect"] == "flag")


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.values[0]["where"] == "point" and row.values[0]["expect"] != "refuse"]
)
def test_only_points_far_from_all_others_are_flagged(row):
    point = place.parse_point(typed(row))
    assert place.is_far(point, [KNOWN]) == (row["expect"] == "flag")
    assert not place.is_far(point, [])
    assert not place.is_far(point, [KNOWN, point])


@pytest.mark.parametrize("row", [row for row in ROWS if row.values[0]["where"] == "file"])
def test_file_names_that_lie_or_climb_are_unsafe(row):
    assert text.is_safe_file_name(typed(row)) == (row["expect"] == "accept")


@pytest.mark.parametrize("row", [row for row in ROWS if "." in row.values[0].get("message", "")])
def test_a_refusal_is_one_line_of_short_sentences_whatever_was_typed(row):
    with pytest.raises(BadInput) as refused:
        PARSERS[row["where"]](typed(row))
    said = str(refused.value)
    assert said.endswith(".") and not set(said) & set("\0\n\r\t\ud800\u202e\u200b")
    assert all(len(sentence.split()) <= 18 for sentence in said.replace("? ", ". ").split(". ")), said
    assert len(said) < 160


@pytest.mark.parametrize("row", [row for row in ROWS if row.values[0]["where"] == "nik"])
def test_a_refused_nik_is_never_repeated(row):
    try:
        codes.parse_nik(typed(row))
    except BadInput as refused:
        assert not any(sign.isdigit() for sign in str(refused).replace("16 angka", ""))


def test_every_line_of_the_corpus_is_well_formed():
    for row in CORPUS:
        assert set(row) <= {"id", "where", "value", "repeat", "expect", "normalised", "message"}
        assert 1 <= row["id"] <= 74 and row["where"] in {*PARSERS, "file"} and isinstance(row["value"], str)
        assert row["expect"] in {"accept", "flag", "refuse"}
        assert ("normalised" in row) <= (row["expect"] != "refuse")
