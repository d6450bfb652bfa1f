"""The coverage table and the font files say the same, and nothing slips between them."""

from pathlib import Path

from fontTools.ttLib import TTFont

import bermitra.foundation.documents
from bermitra.foundation.documents.characters import (
    LATIN,
    SCRIPTS,
    UNKNOWN,
    covered,
    drawn,
    pieces,
    uncovered,
)
from bermitra.foundation.documents.coverage import COVERED

FONTS = Path(bermitra.foundation.documents.__file__).parent / "fonts"
FACES = {
    "java": "NotoSansJavanese",
    "bali": "NotoSerifBalinese",
    "arab": "ScheherazadeNew",
}


def held(file: Path) -> set[int]:
    return set(TTFont(file, lazy=True).getBestCmap())


def written(points: set[int]) -> str:
    """{1, 2, 3, 9} -> '1-3 9', in hexadecimal."""
    spans: list[list[int]] = []
    for point in sorted(points):
        if spans and spans[-1][1] == point - 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return " ".join(f"{first:x}-{last:x}" if last > first else f"{first:x}" for first, last in spans)


def table() -> dict[str, str]:
    latin = set.intersection(*(held(file) for file in FONTS.glob("LiberationSerif-*.ttf")))
    of_scripts = {point for script in SCRIPTS for first, last in script.ranges for point in range(first, last + 1)}
    out = {LATIN: written({p for p in latin - of_scripts if p >= 0x20 and not 0xE000 <= p <= 0xF8FF} | {0xFFFD})}
    for script in SCRIPTS:
        face = held(FONTS / f"{FACES[script.key]}-Regular.ttf")
        out[script.key] = written({p for first, last in script.ranges for p in range(first, last + 1)} & face)
    return out


def test_the_table_is_what_the_fonts_hold():
    assert table() == COVERED, "write the left side into coverage.py"


def test_the_fallback_face_draws_the_sign_for_what_is_missing():
    assert 0xFFFD in held(FONTS / "ScheherazadeNew-Regular.ttf")


def test_every_font_lies_beside_its_licence():
    families = {file.stem.partition("-")[0] for file in FONTS.glob("*.ttf")}
    assert families == {"LiberationSerif", *FACES.values()}
    for family in families:
        assert "SIL OPEN FONT LICENSE" in (FONTS / f"{family}-OFL.txt").read_text(encoding="utf-8").upper()
    assert sum(file.stat().st_size for file in FONTS.iterdir()) <= 2_500_000


def test_a_name_with_a_picture_or_a_far_script_is_named_letter_by_letter():
    assert uncovered("Sri Wahyuni, S.E., é ½ ꦱꦸ ᬩᬮᬶ فيڬون") == ""
    assert uncovered("Budi 🙂 漢字 🙂") == "🙂漢字"


def test_free_text_shows_a_sign_where_no_font_helps():
    assert drawn("tanda 🙂 di sini") == f"tanda {UNKNOWN} di sini"
    assert drawn("a\u202eb\u00adc\x07\u200dd") == "abcd"
    assert drawn("\ud800\ue000") == UNKNOWN * 2


def test_pieces_join_to_the_text_and_only_latin_holds_what_no_script_claims():
    text = "Desa ᬧᬾᬗᬮᬶᬧᬸᬭᬦ᭄ dan كمفوڠ دالم di ꦢꦺꦱ"
    cut = list(pieces(text))
    assert "".join(piece for _, piece in cut) == text
    assert [key for key, _ in cut] == [LATIN, "bali", LATIN, "arab", LATIN, "java"]
    assert 0x1B05 in covered() and 0x4E00 not in covered()
