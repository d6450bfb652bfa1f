"""The text of an addendum out of what holds and what shall hold. Pure Python.

Beside what a draft keeps, ``content`` may hold ``added``: articles that the parties worded themselves,
``[{"code": "tambahan-1", "title": …, "after": code of an article, "typed": lines}]``.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

import rfc8785

from bermitra.agreements import book, text
from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.compose import letters
from bermitra.foundation.money import rupiah
from bermitra.partnership import sheet

Content = dict[str, Any]
Clauses = list[dict[str, Any]]
Numbers = list[list[str]]  # [code of the article, its number as it is quoted: "7", "7A"]

# What a change of an article of this content touches (AG-34).
TOUCHED = {
    "scope": "scope", "field": "scope", "term": "term", "rights_and_obligations": "rights", "funding": "money",
    "limits": "rights", "sanctions": "sanctions",
}  # fmt: skip
OF_TOPIC = {"scope": "scope", "term": "term", "duties": "rights", "money": "money"}
OF_OTHERS = {"assets": "asset", "limits": "rights", "sanctions": "sanctions"}
OF_ANNEX = {"budget": "money"}
OF_UNIT = {"money": "money"}  # of a blank that binds somebody; of every other unit: rights


# Articles -------------------------------------------------------------------------------------------------------------
def clauses(
    held: Clauses, numbers: Numbers, was: Content, now: Content, before: text.Setting, after: text.Setting
) -> Clauses:
    """The articles as they will read: those that hold, word for word, but for what the changed values make of them.

    The library may word an article differently today than on the day it was signed: only what these values change is taken
    from it.
    """
    quoted = dict(numbered(numbers, [each["code"] for each in text.clauses(now, after)]))  # type: ignore[arg-type]
    old = {each["code"]: each for each in text.clauses(was, before, quoted)}
    new = {each["code"]: each for each in text.clauses(now, after, quoted)}
    found = [
        new[each["code"]] if each["code"] in new and _differs(new[each["code"]], old.get(each["code"])) else each
        for each in held
        if each["code"] in new or each["code"] not in old
    ]
    found = [each for each in found if not _is_added(each["code"])]
    there = {each["code"] for each in found}
    order = list(new)
    for code in (each for each in order if each not in there and each not in old):
        before_it = [each for each in order[: order.index(code)] if each in there]
        place = next((i for i, each in enumerate(found) if before_it and each["code"] == before_it[-1]), -1)
        found.insert(place + 1, new[code])
        there.add(code)
    for each in now.get("added", []):
        place = next((i for i, clause in enumerate(found) if clause["code"] == each["after"]), len(found) - 1)
        found.insert(place + 1, _added(each))
    return found


def _differs(now: dict[str, Any], was: dict[str, Any] | None) -> bool:
    return was is None or now["body"] != was["body"]


def _is_added(code: str) -> bool:
    return code.startswith("tambahan-")


def _added(each: dict[str, Any]) -> dict[str, Any]:
    body = text.from_typed(each["typed"])
    return {
        "code": each["code"],
        "title": each["title"],
        "content": "rights_and_obligations",
        "body": body,
        "blanks": [],
    }


def numbered(before: Numbers, now: list[str]) -> Numbers:
    """The number of every article: those that are quoted already keep theirs, a new one behind Pasal 7 is Pasal 7A.

    An article that went keeps its number as well: nobody else is ever quoted by it.
    """
    found = [list(each) for each in before]
    known = {code for code, _number in found}
    for place, code in enumerate(now):
        if code in known:
            continue
        ahead = next((each for each in reversed(now[:place]) if each in known), "")
        at = next((i for i, (each, _n) in enumerate(found) if each == ahead), -1)
        whole = found[at][1].rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") if at >= 0 else "0"
        while (
            at + 1 < len(found) and found[at + 1][1].startswith(whole) and not found[at + 1][1][len(whole) :].isdigit()
        ):
            at += 1  # behind 7A comes 7B
        taken = sum(1 for _code, number in found if number.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == whole) - (
            whole != "0"
        )
        found.insert(at + 1, [code, f"{whole}{letters(taken + 1).upper()}"])
        known.add(code)
    return found


def first_numbers(held: Clauses) -> Numbers:
    """The numbers under which the articles were signed."""
    return [[each["code"], str(number)] for number, each in enumerate(held, 1)]


# What is changed ------------------------------------------------------------------------------------------------------
def touches(
    changes: list[dict[str, str]], was: Content, now: Content, known: Clauses, *, novation: bool, reason: str = ""
) -> list[str]:
    """What of scope, term, money, asset, rights and sanctions the change touches, in that order.

    What the parties word themselves always touches rights: no machine reads what free words bind somebody to. So does a
    change of a topic that the meeting decided and that none of the six is named after.
    """
    found = {"rights"} if novation else set()
    if text.names_a_sum(reason):  # it is printed and signed as well
        found.add("money")
    contents = {each["code"]: each["content"] for each in known}
    articles = book.articles()
    for change in changes:
        kind, _colon, name = change["what"].partition(":")
        if kind == "clause":
            found.add(TOUCHED.get(contents.get(name, ""), ""))
            if name not in articles or articles[name].forms:  # an article of a form is the bargain itself
                found.add("rights")
            else:
                found |= _typed(articles[name], was, now)
        elif kind == "topic":
            found.add(OF_TOPIC.get(name, "" if name == "others" else "rights"))
        else:
            found.add(OF_ANNEX.get(name, "rights"))  # a row is in free words, as an article of one's own
    old, new = was["topics"]["others"], now["topics"]["others"]
    found |= {OF_OTHERS.get(name, "rights") for name in new if old[name] != new[name]}
    return [each for each in ("scope", "term", "money", "asset", "rights", "sanctions") if each in found]


def asks_residents(touched: list[str], was: Content, now: Content, *, novation: bool) -> bool:
    """Whether a change touches what those affected agreed to: what is done, how long, with which assets, within which
    limits, and with whom. Of own words no machine reads what they do to land, so they ask as well; sums and days do not.
    """
    limits, new = was["topics"]["others"]["limits"], now["topics"]["others"]["limits"]
    own = was["wording"] != now["wording"] or was.get("added", []) != now.get("added", [])
    return novation or own or limits != new or bool({"scope", "term", "asset"} & set(touched))


def _typed(article: book.Article, was: Content, now: Content) -> set[str]:
    """What own words in an article and its blanks touch."""
    if was["wording"].get(article.code) != now["wording"].get(article.code):
        return {"rights"}
    found = set()
    for slot in article.slots.values():
        value = _filled(slot, now)
        if _filled(slot, was) != value:
            if slot.binds:
                found.add(OF_UNIT.get(slot.unit, "rights"))
            elif slot.unit == "text" and text.binds_somebody(str(value)):
                found.add("rights")
    return found


def _filled(slot: book.Slot, content: Content) -> Any:
    """What a blank says: a page sends the library's own value along, and that is no other one."""
    value = content["blanks"].get(slot.name, slot.default)
    return "" if value is None else value


def compared(was: Content, held: Clauses, now: Content, reads: Clauses) -> list[dict[str, str]]:
    """What changed, place by place, in words; of duties and sources of money the rows that go and come, whole."""
    found = text.changes(was, held, now, reads)
    for change in found:
        if change["what"] == "topic:duties":
            old, new, said = was["topics"]["duties"], now["topics"]["duties"], _duty
        elif change["what"] == "topic:money":
            old, new, said = was["topics"]["money"]["sources"], now["topics"]["money"]["sources"], _source
        else:
            continue
        change["before"] = "\n".join(said(row) for row in only_in(old, new))
        change["after"] = "\n".join(said(row) for row in only_in(new, old))
    return found


def only_in(these: list[Any], those: list[Any]) -> list[Any]:
    """What stands in the first list and not in the second, as often as it is missing there."""
    left, found = list(those), []
    for row in these:
        if row in left:
            left.remove(row)
        else:
            found.append(row)
    return found


def _duty(row: Content) -> str:
    kind = "hak" if row["kind"] == "right" else "kewajiban"
    parts = {
        "paling lambat": long_date(date.fromisoformat(row["due"])) if row["due"] else "", "": row["period"],
        "ukuran": row["measure"], "bukti": row["evidence"], "pemeriksa": row["checker"], "akibat lalai": row["sanction"],
        "nilai": rupiah(int(row["amount"])) if row["amount"] else "",
    }  # fmt: skip
    said = [f"{name} {value}".strip() for name, value in parts.items() if value]
    return "; ".join([f"{sheet.PARTIES[row['party']]}, {kind}: {row['text'].rstrip(' .;')}", *said])


def _source(row: Content) -> str:
    code = f"; kode {row['apbdes_code']}" if row["apbdes_code"] else ""
    return f"{row['from']}: {rupiah(int(row['amount']))}{code}"


def text_hash(agreement: str, number: int, partner: str, now: Content, reads: Clauses, changes: list[Any]) -> str:
    """SHA-256 over what both sides agree to: of which agreement, which addendum, its words, its values, the comparison."""
    whole = {
        "agreement": agreement, "number": number, "partner": partner, "clauses": reads, "topics": now["topics"],
        "annexes": now["annexes"], "changes": changes,
    }  # fmt: skip
    return sha256(rfc8785.dumps(whole)).hexdigest()


def longer(was: Content, now: Content) -> bool:
    """Whether the term ends later than it did: then it is a renewal, whatever it is called."""
    before, after = sheet.term(was["topics"]), sheet.term(now["topics"])
    return before is not None and after is not None and after[1] > before[1]


def burden(topics: sheet.Topics) -> int:
    """What the village's own duties cost it."""
    return sum(int(row["amount"] or 0) for row in topics["duties"] if (row["party"], row["kind"]) == ("one", "duty"))
