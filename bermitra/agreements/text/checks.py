"""A text against what it must agree with: the sheet of the meeting, its own sums and figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from bermitra.agreements import book
from bermitra.agreements.text.articles import is_wordable
from bermitra.agreements.text.content import ANNEXES, PARTY_NAMES, Clauses, Content
from bermitra.agreements.text.typed import from_typed
from bermitra.partnership import sheet


def departing(topics: sheet.Topics, agreed: sheet.Topics) -> tuple[str, ...]:
    """The topics that say otherwise than the sheet which the meeting agreed to.

    A column of a row that the sheet left empty (a measure, a proof, a budget code) may be filled in, but no price; nothing
    that it said may change, and no row may come or go.
    """
    return tuple(name for name in sheet.TOPICS if not _same(topics[name], agreed[name]))


def _same(said: Any, agreed: Any) -> bool:
    if isinstance(agreed, list) and isinstance(said, list):
        return len(said) == len(agreed) and all(_same_row(row, was) for row, was in zip(said, agreed, strict=True))
    if isinstance(agreed, dict):
        return all(_same(said.get(name), agreed.get(name)) for name in said.keys() | agreed.keys())
    return bool(said == agreed)


def _same_row(row: Any, was: Any) -> bool:
    if not isinstance(was, dict):
        return bool(row == was)
    return all(row[column] == was[column] for column in was if column == "amount" or was[column] not in ("", None))


def decided_words(agreed: sheet.Topics) -> dict[str, list[dict[str, Any]]]:
    """The articles that the sheet words itself, as a draft keeps them."""
    return {row["article"]: from_typed(row["text"]) for row in sheet.words(agreed) if is_wordable(row["article"])}


def undecided_words(content: Content, agreed: sheet.Topics) -> tuple[str, ...]:
    """The articles whose own words are not, to the letter, those of the sheet: not decided, or decided and left out.

    No machine reads what free words bind somebody to, or which protection goes with the words that they replace: so it is
    asked of all alike, also of those that seem to explain only.
    """
    ours, theirs = content["wording"], decided_words(agreed)
    return tuple(code for code in {**ours, **theirs} if ours.get(code) != theirs.get(code))


def bargain(article: book.Article) -> dict[str, book.Slot]:
    """The blanks of a form's article that hold a share or a price; those of a worked example only show how it is reckoned."""
    held = {name: slot for name, slot in article.slots.items() if slot.unit in ("percent", "money")}
    return {name: slot for name, slot in held.items() if article.forms and slot.binds}


def duties_in_blanks(article: book.Article) -> dict[str, book.Slot]:
    """The other blanks that bind somebody: what is brought in, how many, where, when, how long."""
    priced = bargain(article)
    return {name: slot for name, slot in article.slots.items() if slot.binds and name not in priced}


def decided_terms(agreed: sheet.Topics) -> dict[str, int | str]:
    """What the sheet puts into blanks, as a draft keeps it."""
    return {row["blank"]: row["value"] for row in sheet.terms(agreed)}


def undecided_terms(content: Content, clauses: Clauses, agreed: sheet.Topics) -> tuple[str, ...]:
    """The blanks of these articles with a share or a price that is neither the sheet's nor, where that is silent, the library's.

    A reworded article has no blanks: its words are asked about themselves. An empty blank says nothing.
    """
    return _astray(content, _slots(content, clauses, bargain), agreed)


def undecided_blanks(content: Content, clauses: Clauses, agreed: sheet.Topics) -> tuple[str, ...]:
    """The same of the other blanks that bind somebody, and of a name or an office beside which something is promised."""
    free = {
        name: slot
        for name, slot in _slots(content, clauses, lambda article: dict(article.slots)).items()
        if not slot.binds and slot.unit == "text" and binds_somebody(str(content["blanks"].get(name, "")))
    }
    return _astray(content, {**_slots(content, clauses, duties_in_blanks), **free}, agreed)


Slots = dict[str, book.Slot]


def _slots(content: Content, clauses: Clauses, chosen: Callable[[book.Article], Slots]) -> Slots:
    """Of these articles the blanks that somebody can fill in."""
    known = book.articles()
    worded = [known[each["code"]] for each in clauses if each["code"] not in content["wording"]]
    return {name: slot for article in worded for name, slot in chosen(article).items()}


def _astray(content: Content, slots: Slots, agreed: sheet.Topics) -> tuple[str, ...]:
    terms = decided_terms(agreed)
    return tuple(
        name
        for name, slot in slots.items()
        if _read(content["blanks"].get(name, slot.default)) not in (_read(terms.get(name, slot.default)), "")
    )


def _read(value: Any) -> Any:
    """As people read it: no space says more than another."""
    return " ".join(value.split()) if isinstance(value, str) else value


# What words say that bind somebody: a sum, a share, what one must, may, pays or hands over.
_BINDS = re.compile(
    r"\brp\b|\bidr\b|rupiah|\b(?:ribu|juta|jt|miliar|milyar|triliun)\b|%|persen|wajib|berhak|bayar|menyerahkan|menanggung|denda",
    re.IGNORECASE,
)


def binds_somebody(said: str) -> bool:
    """Where only a name or an office is asked for, words by which a promise beside it is noticed."""
    return _BINDS.search(said) is not None


OWED = ("due", "period", "measure", "sanction")  # columns of a duty that say by when, how much, and what follows


def undecided_columns(topics: sheet.Topics, agreed: sheet.Topics) -> tuple[int, ...]:
    """Places of the rights and duties in which a column that binds was left empty on the sheet and is filled in here.

    How it is shown and who looks at it may be said later, as long as nothing is promised there.
    """
    return tuple(
        place
        for place, (row, was) in enumerate(zip(topics["duties"], agreed["duties"], strict=False))
        if any(row[name] and not was[name] for name in OWED)
        or any(row[name] and not was[name] and binds_somebody(row[name]) for name in ("evidence", "checker"))
    )


MEASURED = ("unit", "baseline", "target")  # of an indicator: what is hoped for, in rupiah as well, is owed by nobody


def undecided_annexes(content: Content, agreed: sheet.Topics) -> tuple[str, ...]:
    """The annexes that spend more of a source than the sheet gives, or name a sum that its duties do not."""
    said = {_read(row[name]) for row in agreed["duties"] for name in ("text", "measure", "evidence")}
    free = {kind: MEASURED if kind == "indicators" else () for kind in ANNEXES}
    cells = {
        kind: [cell for row in content["annexes"][kind] for name, cell in row.items() if name not in free[kind]]
        for kind in ANNEXES
    }
    priced = [
        kind for kind in ANNEXES if any(names_a_sum(str(each)) and _read(each) not in said for each in cells[kind])
    ]
    return tuple(kind for kind in ANNEXES if kind in priced or (kind == "budget" and _overspent(content, agreed)))


def _overspent(content: Content, agreed: sheet.Topics) -> bool:
    given = [(_read(row["from"]), row["amount"]) for row in agreed["money"]["sources"]]
    given += [(PARTY_NAMES[row["party"]], row["amount"]) for row in agreed["duties"]]
    left: Counter[str] = Counter()
    for source, amount in given:
        left[source] += int(amount or 0)
    for row in content["annexes"]["budget"]:
        left[_read(row["source"])] -= int(row["amount"] or 0)
    return any(amount < 0 for amount in left.values())


DUTY_COLUMNS = ("text", "measure", "evidence", "checker", "sanction")


def incomplete_duties(topics: sheet.Topics) -> tuple[int, ...]:
    """Places of the duties that lack a due time, a measure, a proof, a checker or a sanction."""
    return tuple(
        place
        for place, row in enumerate(topics["duties"])
        if row["kind"] == "duty" and (not (row["due"] or row["period"]) or not all(row[name] for name in DUTY_COLUMNS))
    )


# A sum however it is written: Rp25.000, IDR 25.000, 25 juta, 25jt, lima juta rupiah, US$ 300, 2,5 persen dari penjualan.
_SUM = re.compile(
    r"\b(?:rp|idr|usd)\.?\s*[1-9]|\$\s*[1-9]|[1-9][\d.,]{0,20}\s*(?:(?:rb|ribu|jt|juta|miliar|milyar|triliun)\b|rupiah)"
    r"|(?:belas|puluh|ratus|ribu|juta|miliar|milyar|triliun)\s+rupiah\b"
    r"|(?:%|\bpersen)\s+(?:dari\s+)?(?:hasil|harga|laba|keuntungan|nilai|omzet|pendapatan|penjualan)",
    re.IGNORECASE,
)


def names_a_sum(said: str) -> bool:
    return _SUM.search(said) is not None


def priced_in_own_words(content: Content) -> bool:
    """Whether the parties named a sum in their own words, in an article that is none of the form of cooperation."""
    known = book.articles()
    own = (body for code, body in content["wording"].items() if code in known and not known[code].forms)
    return any(names_a_sum(" ".join([part["text"], *part["sub"]])) for body in own for part in body)


def over_budget(content: Content) -> bool:
    """Whether the budget plan spends more than the text says the cooperation is worth."""
    planned = sum(int(row["amount"] or 0) for row in content["annexes"]["budget"])
    return planned > int(content["topics"]["money"]["value"])


def example_recomputes(form: str, blanks: dict[str, Any]) -> bool:
    """Whether the figures of the worked example follow from the formula; without figures it does not."""
    try:
        given = {name: int(value) for name, value in blanks.items() if str(value).lstrip("-").isdigit()}
        match form:
            case "bagi":
                left = given["contoh_pendapatan"] - given["contoh_biaya"]
                share = left * given["persen_bagian_desa"] // 100
                return (share, left - share) == (given["contoh_bagian_desa"], given["contoh_bagian_mitra"])
            case "ksp":
                return given["contoh_hasil"] * given["persen_bagian_desa"] // 100 == given["contoh_bagian_desa"]
            case "inti":
                oil = given["contoh_rendemen_minyak"] * given["contoh_harga_minyak"]
                kernel = given["contoh_rendemen_inti"] * given["contoh_harga_inti"]
                return given["indeks_k"] * (oil + kernel) // 10_000 == given["contoh_harga_beli"]
            case "offtake":
                return max(given["contoh_harga_acuan"], given["harga_dasar"]) == given["contoh_harga_beli"]
    except KeyError:
        return False
    return False  # a form that nobody taught it to recompute
