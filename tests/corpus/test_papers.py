"""The bad-input corpus on paper: what is taken prints as it was taken, the same on the screen, in the PDF and in the Word file."""

from datetime import date

from bermitra.foundation.calendar import date_in_words, long_date
from bermitra.foundation.documents.characters import UNKNOWN, uncovered
from bermitra.foundation.documents.compose import compose, words
from bermitra.foundation.documents.model import (
    Clause,
    Column,
    Document,
    Facts,
    Numbered,
    Signatures,
    Slot,
    Table,
    Title,
)
from bermitra.foundation.money import in_words, rupiah
from tests.corpus.test_pure import CORPUS
from tests.foundation.documents.said import says_the_same_in_each_form

PRINTED = ("name", "partner", "text", "comment")


def typed(each) -> str:
    """As it was typed; a word that is longer than a line is cut, for no page shows its end."""
    return str(each["value"]) * min(each.get("repeat", 1), 3)


def paper(*blocks) -> Document:
    return Document(kind="test", title="Uji", dated=date(2026, 3, 2), author="Desa Uji", blocks=blocks)


def taken(*where: str) -> list[str]:
    rows = [each for each in CORPUS if each["where"] in where and each["expect"] in ("accept", "flag")]
    return [str(each.get("normalised", each["value"])) for each in rows]


def test_names_and_texts_that_are_taken_stand_on_paper_in_each_form():
    values = [each for each in taken(*PRINTED) if max(map(len, each.split()), default=0) < 60]
    assert len(values) > 20
    tree = compose(
        paper(
            Title(("UJI",), (), "NAMA DAN TEKS"),
            Facts(tuple((str(number), each) for number, each in enumerate(values, 1))),
            Numbered(tuple(Clause(each) for each in values)),
            Table((Column("Nama"),), [(each,) for each in values]),
            Signatures((("", tuple(Slot(f"f{n}", ("Saksi,",), each) for n, each in enumerate(values[:6]))),)),
        )
    )
    says_the_same_in_each_form(tree)
    said = "\n".join(words(tree))
    for each in taken("name"):
        assert uncovered(each) or " ".join(each.split()) in said, each


def test_what_is_refused_at_the_door_breaks_no_paper_either():
    values = [typed(each)[:60] for each in CORPUS if each["where"] in PRINTED and each["expect"] == "refuse"]
    assert values
    says_the_same_in_each_form(compose(paper(*values, Facts(tuple((each, each) for each in values)))))


def test_money_and_days_are_written_in_figures_and_in_words():
    amounts = [int(each) for each in taken("rupiah")]
    days = [date.fromisoformat(each) for each in taken("date")]
    assert len(amounts) > 5 and len(days) >= 5
    rows = [(rupiah(each), in_words(each)) for each in amounts] + [
        (long_date(each), date_in_words(each)) for each in days
    ]
    tree = compose(paper(Facts(tuple(rows)), Table((Column("Angka"), Column("Huruf")), rows)))
    says_the_same_in_each_form(tree)
    said = "\n".join(words(tree))
    assert UNKNOWN not in said and all(written in said for _figures, written in rows)
