"""The term sheet: the nine topics a village meeting must answer, as values, and the hash of exactly what it agreed to.

Pure Python. ``topics`` is plain JSON of this shape (dates as YYYY-MM-DD, money in whole rupiah):

    scope       {"field": code, "forms": [code], "items": [text], "excluded": [text]}
    procedure   {"text": text}
    delegation  {"text": text}                         ("tidak ada BKAD" where there is none)
    term        {"start": date, "end": date}
    duties      [{"party": "one"|"two", "kind": "right"|"duty", "text": text, "due": date|"", "period": text,
                  "measure": text, "evidence": text, "checker": text, "sanction": text, "amount": rupiah|null}]
    money       {"value": rupiah, "sources": [{"from": text, "amount": rupiah, "apbdes_code": code|"", "channel": code}]}
    changes     {"text": text}
    disputes    {"text": text}
    others      {"assets": [{"asset": code of the village asset|"", "name": text, "form": code, "years": int}],
                 "limits": [text], "sanctions": [{"breach": text, "sanction": text, "days": int}], "notes": text,
                 "words": [{"article": code, "title": text, "text": lines}],
                 "terms": [{"blank": name, "title": text, "value": int|text|date,
                            "unit": "percent"|"money"|"count"|"text"|"date"}]}

Party one is the village, party two the partner. ``others`` always holds limits and sanctions: the mission asks for both.
``words`` are articles that stand in the agreement in the parties' own words, ``terms`` what goes into its blanks: shares,
prices, and what else binds somebody; either place is missing where there are none.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from hashlib import sha256
from typing import Any

import rfc8785

from bermitra.foundation.text import _

Topics = dict[str, Any]

TOPICS = {
    "scope": _("Ruang lingkup dan bidang"),
    "procedure": _("Tata cara pelaksanaan"),
    "delegation": _("Delegasi dan badan kerja sama"),
    "term": _("Jangka waktu"),
    "duties": _("Hak dan kewajiban"),
    "money": _("Pembiayaan"),
    "changes": _("Perubahan, penundaan, dan pembatalan"),
    "disputes": _("Penyelesaian perselisihan"),
    "others": _("Aset, batasan, sanksi, dan lain-lain"),
}
PARTIES = {"one": _("Desa"), "two": _("Mitra")}
KINDS = {"right": _("Hak"), "duty": _("Kewajiban")}
# What an agreement may not say otherwise than the sheet (AG-43).
BINDING = ("scope", "term", "duties", "money", "others")


def blank(field: str = "", forms: list[str] | None = None) -> Topics:
    """A sheet nobody has written on, with the field and forms of its case."""
    return {
        "scope": {"field": field, "forms": list(forms or []), "items": [], "excluded": []},
        "procedure": {"text": ""},
        "delegation": {"text": ""},
        "term": {"start": "", "end": ""},
        "duties": [],
        "money": {"value": 0, "sources": []},
        "changes": {"text": ""},
        "disputes": {"text": ""},
        "others": {"assets": [], "limits": [], "sanctions": [], "notes": ""},
    }


_DUTY: Topics = {"party": "", "kind": "", "text": "", "due": "", "period": "", "measure": "", "evidence": "", "checker": "",
                 "sanction": "", "amount": None}  # fmt: skip
_SOURCE: Topics = {"from": "", "amount": 0, "apbdes_code": "", "channel": ""}
_ASSET: Topics = {"asset": "", "name": "", "form": "", "years": 0}
_SANCTION: Topics = {"breach": "", "sanction": "", "days": 0}
_WORDS: Topics = {"article": "", "title": "", "text": ""}
_TERM: Topics = {"blank": "", "title": "", "value": 0, "unit": ""}
_AT_NEED = {"words": _WORDS, "terms": _TERM}  # places of ``others`` that most sheets do without


def merged(topics: Topics, given: Topics) -> Topics:
    """``topics`` with the topics of ``given`` in their place, every row with all its columns.

    Raises ``ValueError`` for a tenth topic, an unknown column, a party or kind that is none, or a sum below zero.
    """
    whole = deepcopy(topics)
    for name, value in given.items():
        whole[name] = _tidy(name, value)
    return whole


def _tidy(name: str, value: Any) -> Any:
    shape = blank().get(name)
    if shape is None:
        raise ValueError(f"no topic {name!r}")
    if name == "duties":
        rows = [_row(_DUTY, each) for each in value]
        if any(row["party"] not in PARTIES or row["kind"] not in KINDS for row in rows):
            raise ValueError("a duty is of party one or two, a right or a duty")
        return rows
    if name == "others":
        shape |= {part: [] for part in _AT_NEED if part in value}
    tidy = _row(shape, value)
    if name == "money":
        tidy["sources"] = [_row(_SOURCE, each) for each in tidy["sources"]]
        if min([tidy["value"], *(row["amount"] for row in tidy["sources"])]) < 0:
            raise ValueError("money below zero")
    elif name == "others":
        tidy["assets"] = [_row(_ASSET, each) for each in tidy["assets"]]
        tidy["sanctions"] = [_row(_SANCTION, each) for each in tidy["sanctions"]]
        for part, columns in _AT_NEED.items():
            if rows := [_row(columns, each) for each in tidy.pop(part, [])]:
                tidy[part] = rows
    elif name == "term":
        for day in tidy.values():
            date.fromisoformat(day or "2000-01-01")
    return tidy


def _row(shape: Topics, given: Topics) -> Topics:
    if unknown := given.keys() - shape.keys():
        raise ValueError(f"no place for {', '.join(sorted(unknown))}")
    return {name: deepcopy(given.get(name, default)) for name, default in shape.items()}


def empty_topics(topics: Topics) -> tuple[str, ...]:
    """The topics that a meeting could not yet decide on, in their order."""
    both_sides = {row["party"] for row in topics["duties"] if row["kind"] == "duty"} == {"one", "two"}
    others = topics["others"]
    filled = {
        "scope": topics["scope"]["field"] and topics["scope"]["forms"] and topics["scope"]["items"],
        "procedure": topics["procedure"]["text"],
        "delegation": topics["delegation"]["text"],
        "term": topics["term"]["start"] and topics["term"]["end"],
        "duties": both_sides,
        "money": not topics["money"]["value"] or topics["money"]["sources"],
        "changes": topics["changes"]["text"],
        "disputes": topics["disputes"]["text"],
        "others": others["limits"] and others["sanctions"],
    }
    return tuple(name for name in TOPICS if not filled[name])


def term(topics: Topics) -> tuple[date, date] | None:
    """First and last day, where both are written."""
    start, end = topics["term"]["start"], topics["term"]["end"]
    return (date.fromisoformat(start), date.fromisoformat(end)) if start and end else None


def words(topics: Topics) -> list[Topics]:
    """The articles in own words."""
    return list(topics["others"].get("words", []))


def terms(topics: Topics) -> list[Topics]:
    """What goes into blanks."""
    return list(topics["others"].get("terms", []))


def sources_total(topics: Topics) -> int:
    return sum(int(row["amount"]) for row in topics["money"]["sources"])


def text_hash(case: str, partner: str, title: str, topics: Topics) -> str:
    """SHA-256 of the canonical text: the case, the partner it names, its title and its nine topics, to the letter."""
    return sha256(rfc8785.dumps({"case": case, "partner": partner, "title": title, "topics": topics})).hexdigest()
