"""Every duty, right and limit of an agreement as one row: who, what, until when, how measured, proved and checked, and which
sanction of the same text follows when it fails.

Pure Python. ``clauses/sanksi.yaml`` says which consequences the wording knows and where each is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bermitra.agreements import book
from bermitra.foundation.text import _
from bermitra.partnership import sheet

Clauses = list[dict[str, Any]]

BOTH, BPD, ALWAYS = "both", "BPD", "selama perjanjian berlaku"
PARTIES = {"one": "PIHAK KESATU", "two": "PIHAK KEDUA", BOTH: "PARA PIHAK"}
KINDS = {"duty": _("Kewajiban"), "right": _("Hak"), "limit": _("Batasan")}
# Words of a limit whose breach is grave: it is stopped at once.
GRAVE = (
    "jamin",
    "gadai",
    "agunan",
    "jual",
    "alihkan",
    "kampanye",
    "partai",
    "politik",
    "imbalan",
    "suap",
    "pungutan liar",
)
SMALL_WORDS = frozenset(
    ("yang", "dan", "atau", "dari", "untuk", "dengan", "tidak", "boleh", "pada", "oleh", "tanpa", "akan", "para", "pihak",
     "desa", "mitra")
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """``place``: where its consequence stands in this text, "" for nowhere."""

    kind: str
    party: str
    act: str
    due: str
    measure: str
    evidence: str
    checker: str
    sanction: str
    place: str


def rows(topics: sheet.Topics, clauses: Clauses) -> tuple[Row, ...]:
    """All duties, rights and limits of a text, in its order."""
    found = [_of_row(row, clauses) for row in topics["duties"]]
    return (*found, *(_of_limit(limit, topics, clauses) for limit in topics["others"]["limits"]))


def unlinked(topics: sheet.Topics, clauses: Clauses) -> tuple[str, ...]:
    """Duties and limits without a consequence in this text. A duty without any sanction is AG-04's, not ours."""
    return tuple(
        each.act for each in rows(topics, clauses) if each.kind != "right" and each.sanction and not each.place
    )


def _of_row(row: sheet.Topics, clauses: Clauses) -> Row:
    due = row["due"] or row["period"]
    if row["kind"] == "right":  # the other side owes it; what is withheld is claimed by a written notice
        claim = place_of(clauses, "sanksi", "dugaan") or place_of(clauses, "sanksi", "pelanggaran")
        return Row("right", row["party"], row["text"], due or ALWAYS, row["measure"], row["evidence"], BPD, "", claim)
    return Row(
        "duty", row["party"], row["text"], due, row["measure"], row["evidence"], row["checker"], row["sanction"],
        consequence(row["sanction"], topics_sanctions(clauses), clauses),
    )  # fmt: skip


def _of_limit(limit: str, topics: sheet.Topics, clauses: Clauses) -> Row:
    said = limit.lower()
    own = next((row for row in topics["others"]["sanctions"] if len(_words(row["breach"]) & _words(limit)) > 1), None)
    if own is not None:
        sanction, place = own["sanction"], _place_of_own(own["breach"], clauses)
    elif any(word in said for word in GRAVE) and place_of(clauses, "pelanggaran_berat", "dihentikan segera"):
        sanction, place = "penghentian segera", place_of(clauses, "pelanggaran_berat", "dihentikan segera")
    else:
        sanction = "surat peringatan"
        place = consequence(sanction, (), clauses)
    return Row("limit", BOTH, limit, ALWAYS, "tidak ada pelanggaran", "temuan atau pengaduan", BPD, sanction, place)


def consequence(typed: str, own: tuple[str, ...], clauses: Clauses, numbers: Mapping[str, str] | None = None) -> str:
    """Where the consequence that somebody typed stands in this text: "Pasal 30 ayat (4) huruf a", "" for nowhere.

    ``numbers``: by code, where articles are quoted by other numbers than their place says, as after an addendum.
    """
    said = typed.lower()
    for measure in book.measures():
        found = any(word in said for word in measure.words)
        if found and (places := places_of(clauses, measure.article, measure.at, numbers)):
            return places[-1]  # what the meeting decided for one breach stands before the ladder for all others
    bare = said.rstrip(" .;")
    return next((place_of(clauses, "sanksi", each, numbers) for each in own if bare and bare in each), "")


def topics_sanctions(clauses: Clauses) -> tuple[str, ...]:
    """The sanctions that the meeting decided, as the text says them."""
    article = next((each for each in clauses if each["code"] == "sanksi"), None)
    return tuple(words.lower() for part in _body(article) for words in (part["text"], *part["sub"]))


def _place_of_own(breach: str, clauses: Clauses) -> str:
    return place_of(clauses, "sanksi", breach.rstrip(" .;"))


def place_of(clauses: Clauses, code: str, words: str, numbers: Mapping[str, str] | None = None) -> str:
    """The number of the first paragraph or letter of an article that holds these words."""
    return next(iter(places_of(clauses, code, words, numbers)), "")


def places_of(clauses: Clauses, code: str, words: str, numbers: Mapping[str, str] | None = None) -> list[str]:
    """The numbers of all paragraphs and letters of an article that hold these words, in its order."""
    found = []
    for number, article in enumerate(clauses, 1):
        if article["code"] != code:
            continue
        body, wanted = _body(article), words.lower()
        for paragraph, part in enumerate(body, 1):
            at = f"Pasal {numbers[code] if numbers else number}" + (f" ayat ({paragraph})" if len(body) > 1 else "")
            found += [
                f"{at} huruf {chr(97 + letter)}" for letter, each in enumerate(part["sub"]) if wanted in each.lower()
            ]
            if wanted in part["text"].lower():
                found.append(at)
    return found


def _body(article: dict[str, Any] | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = article["body"] if article else []
    return found


def _words(said: str) -> frozenset[str]:
    return frozenset(word.strip(".,;()") for word in said.lower().split() if len(word) > 3) - SMALL_WORDS
