"""The articles as they read: the wording of the book, filled with what was decided, filled in and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import rfc8785

from bermitra.agreements import book
from bermitra.agreements.chains.rules import AGREEMENT, LEVELS
from bermitra.agreements.text.content import Clauses, Content, Setting, circumstances, is_short, level
from bermitra.agreements.text.phrases import (
    BLANK,
    blank_value,
    continued,
    counted,
    ended,
    length,
    listed,
    money,
    named,
)
from bermitra.foundation.calendar import long_date
from bermitra.partnership import sheet

PLACES = {
    "lampiran_rencana": "Lampiran I",
    "lampiran_anggaran": "Lampiran II",
    "lampiran_indikator": "Lampiran III",
    "lampiran_objek": "Lampiran IV",
}
REFERENCE = "pasal_"  # {pasal_sanksi} is the number under which that article stands in this text
# Values that stand for what the meeting decided: an article with one of them keeps our wording.
DECIDED = frozenset(
    {
        "mulai",
        "akhir",
        "lama",
        "nilai",
        "bidang",
        "sheet_procedure",
        "sheet_delegation",
        "sheet_changes",
        "sheet_disputes",
    }
)
# What the articles call the text they stand in, and the one that names the text above it. A memorandum calls itself one.
ITSELF, PARENT = LEVELS[AGREEMENT], "naskah_induk"


def clauses(content: Content, setting: Setting, numbers: Mapping[str, str] | None = None) -> Clauses:
    """The articles as they read, in order; those of which nothing is left are left out.

    ``numbers``: by code, where articles are quoted by other numbers than their place says, as those of an addendum.
    """
    chosen = book.chosen(setting.forms, circumstances(content, setting))
    lists = _lists(content["topics"], setting)
    words = {**_words(content["topics"], setting), **dict.fromkeys(_references(chosen), "")}
    words["induk"] = _parent(content)
    if is_short(content):
        words |= dict.fromkeys(PLACES, "Lampiran")
    standing = [each for each in chosen if _clause(each, content, words, lists)["body"]]
    quoted = {each.code: str(number) for number, each in enumerate(standing, 1)} | dict(numbers or {})
    words |= {f"{REFERENCE}{code}": f"Pasal {number}" for code, number in quoted.items()}
    return [_clause(each, content, words, lists) for each in standing]


def _references(articles: tuple[book.Article, ...]) -> set[str]:
    return {name for each in articles for name in each.names if name.startswith(REFERENCE)}


def text_hash(content: Content, setting: Setting) -> str:
    """SHA-256 over what both sides accept: title, parties, clauses, annexes."""
    whole = {
        "title": setting.title,
        "parties": [setting.village, setting.partner],
        "clauses": clauses(content, setting),
        "annexes": content["annexes"],
        "topics": content["topics"],
    }
    return sha256(rfc8785.dumps(whole)).hexdigest()


def is_decided(article: book.Article) -> bool:
    """Whether an article carries the meeting's decision, so that its values change and its wording does not."""
    return any(part.listed not in ("", "forms", "laws") for part in article.parts) or bool(article.names & DECIDED)


def is_wordable(code: str) -> bool:
    """Whether an article of the library may stand in other words: those that carry the decision change by their values."""
    return code in book.articles() and not is_decided(book.articles()[code])


def filled_blanks(article: book.Article, content: Content) -> dict[str, Any]:
    """The value of every blank of an article: what was filled in, else its default."""
    return {name: content["blanks"].get(name, slot.default) for name, slot in article.slots.items()}


def _clause(
    article: book.Article, content: Content, words: dict[str, str], lists: dict[str, list[str]]
) -> dict[str, Any]:
    head = {"code": article.code, "title": article.title, "content": article.content}
    if reworded := content["wording"].get(article.code):
        return {**head, "body": reworded, "blanks": []}
    values = filled_blanks(article, content)
    shown = {**words, **{name: blank_value(article.slots[name], value) for name, value in values.items()}}

    def put(template: str) -> str:
        return _put(template if article.code == PARENT else template.replace(ITSELF, LEVELS[level(content)]), shown)

    body = []
    for part in article.parts:
        listed = lists[part.listed] if part.listed else [put(each) for each in part.sub]
        if (part.listed and not listed) or (part.needs and not (shown.get(part.needs) or lists.get(part.needs))):
            continue
        if len(listed) == 1 and part.listed:  # one item needs no letter
            body.append({"text": _joined(put(part.text), listed[0]), "sub": []})
        else:
            body.append({"text": put(part.text), "sub": listed})
    empty = [name for name, value in values.items() if value in (None, "") and name in article.names]
    return {**head, "body": body, "blanks": empty}


def _joined(said: str, item: str) -> str:
    verb = said.endswith(("wajib:", "berhak:"))  # what follows is the rest of the sentence
    return f"{said[:-1] if verb else said} {item}"


def _put(template: str, shown: dict[str, str]) -> str:
    return book.NAMED.sub(lambda found: shown[found[1]], template)


def _words(topics: sheet.Topics, setting: Setting) -> dict[str, str]:
    days = sheet.term(topics)
    assets = ", ".join(row["name"] for row in topics["others"]["assets"])
    return {
        **PLACES,
        "judul": setting.title,
        "desa": setting.village,
        "kecamatan": setting.district,
        "kabupaten": setting.regency,
        "bupati": setting.regent,
        "alamat_desa": setting.village_address,
        "alamat_mitra": setting.partner_address or BLANK,
        "bidang": setting.field,
        "prakarsa": setting.initiative,
        "tujuan": ended(setting.goals),
        "perdes": setting.regulation,
        "nomor_padiatapa": setting.consent_number or BLANK,
        "objek": assets or BLANK,
        "mulai": long_date(days[0]) if days else BLANK,
        "akhir": long_date(days[1]) if days else BLANK,
        "lama": length(*days) if days else BLANK,
        "nilai": money(int(topics["money"]["value"])),
        "sheet_procedure": ended(topics["procedure"]["text"]) or BLANK,
        "sheet_delegation": ended(topics["delegation"]["text"]) or BLANK,
        "sheet_changes": ended(topics["changes"]["text"]) or BLANK,
        "sheet_disputes": ended(topics["disputes"]["text"]) or BLANK,
    }


def _parent(content: Content) -> str:
    """The text above, as a text names it."""
    above = (content.get("chain") or {}).get("under")
    if not above:
        return ""
    numbers = " dan ".join(f"Nomor {each}" for each in above["numbers"])
    made = f" tanggal {long_date(date.fromisoformat(above['made_on']))}" if above["made_on"] else ""
    return f"{LEVELS[above['level']]} {numbers}{made} tentang {above['title']}"


def _lists(topics: sheet.Topics, setting: Setting) -> dict[str, list[str]]:
    others = topics["others"]
    lists = {
        "scope": list(topics["scope"]["items"]),
        "excluded": list(topics["scope"]["excluded"]),
        "forms": [continued(each) for each in setting.form_names],
        "sources": [f"{row['from']} sebesar {money(int(row['amount']))}" for row in topics["money"]["sources"]],
        "assets": [f"{row['name']}, dipakai selama {counted(int(row['years']), 'tahun')}" for row in others["assets"]],
        "laws": list(book.laws_of(setting.forms, setting.partner_kind)),
        "limits": [continued(each) for each in others["limits"]],
        "sanctions": [_sanction(row) for row in others["sanctions"]],
    }
    for kind in ("right", "duty"):
        for party in ("one", "two"):
            rows = [row for row in topics["duties"] if (row["kind"], row["party"]) == (kind, party)]
            lists[f"{kind}_{party}"] = [_duty(row) for row in rows]
    return {name: listed(items) for name, items in lists.items()}


def _duty(row: Content) -> str:
    words, amount = continued(row["text"].rstrip(" .;")), int(row["amount"] or 0)
    said = None if row["period"] else named(words, amount)  # of what comes again the row names one, the amount all
    if amount and said:
        words = f"{words[: said.start()]}{money(amount)}{words[said.end() :]}"
    if row["period"]:
        words += f", {row['period']}"
    if row["due"]:
        first = ", pertama kali" if row["period"] else ","
        words += f"{first} paling lambat {long_date(date.fromisoformat(row['due']))}"
    if amount and not said:
        words += f", senilai{' seluruhnya' if row['period'] else ''} {money(amount)}"
    if row["kind"] == "duty" and row["evidence"]:
        words += f", dibuktikan dengan {row['evidence']}"
    return words


def _sanction(row: Content) -> str:
    time = f", setelah waktu perbaikan {counted(int(row['days']), 'hari')}" if row["days"] else ""
    return f"{continued(row['breach'].rstrip(' .;'))} dikenai {continued(row['sanction'].rstrip(' .;'))}{time}"
