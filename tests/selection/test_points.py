"""Points as they are read: one way everywhere, and they add up."""

from fractions import Fraction

from bermitra.selection.criteria import criteria, outcome
from bermitra.selection.points import points, points_of, points_short


def hundredths(written: str) -> int:
    return int(written.replace(",", ""))


def test_totals_are_exact_until_they_are_written():
    assert points("245/3") == "81,67"
    assert points("75") == "75,00"
    assert points(Fraction(1, 200)) == "0,01"


def test_what_a_reader_adds_up_is_the_total_that_stands_below():
    """Of three thirds each cut to hundredths a reader would get one hundredth less."""
    thirds = {"a": "25/3", "b": "25/3", "c": "25/3"}
    assert points_of(thirds) == {"a": "8,34", "b": "8,33", "c": "8,33"}
    weights = {code: each.weight for code, each in criteria().items()}
    for levels in ([4, 3, 3], [1, 2, 4], [0, 0, 1], [2, 3]):
        given = {code: levels[at % 2 :] + levels[: at % 2] if at % 3 else levels[:1] * len(levels) for at, code in
                 enumerate(weights)}  # fmt: skip
        came = outcome(weights, given, 0)
        written = points_of({code: str(each) for code, each in came.points.items()})
        assert sum(map(hundredths, written.values())) == hundredths(points(came.total))
        assert all(
            abs(Fraction(hundredths(written[code]), 100) - each) < Fraction(1, 100)
            for code, each in came.points.items()
        )


def test_what_is_lacking_and_what_is_there_come_to_the_bound():
    for total in ("489/8", "185/3", "64"):
        assert hundredths(points_short(total, 65)) + hundredths(points(total)) == 6500
    assert points_short("65", 65) == points_short("70", 65) == ""
