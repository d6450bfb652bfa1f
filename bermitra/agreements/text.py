"""The text of an agreement out of values: what the meeting decided, what the parties fill in, what they worded anew.

Pure Python. ``content`` is what a draft version keeps:

    topics   the nine topics of the term sheet (see ``partnership.sheet``)
    blanks   {slot: whole number, text, or date as YYYY-MM-DD}
    wording  {article: [{"text": …, "sub": [letters]}]}   an article in other words
    annexes  {"work_plan": rows, "budget": rows, "indicators": rows}
    chain    {"level": code, "under": {"code", "level", "numbers", "made_on", "title"}|null}   (absent: it stands alone)
    shape    {"short": true} for a short text; may be absent

A clause as it reads is plain JSON: ``{"code", "title", "content", "body": [{"text", "sub"}], "blanks": [slots]}``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import rfc8785

from bermitra.agreements import book
from bermitra.agreements.chains.rules import AGREEMENT, LEVELS, MEMORANDUM
from bermitra.agreements.rules import COOPERATIVE
from bermitra.foundation.calendar import add_months, add_years, long_date
from bermitra.foundation.money import in_words, rupiah
from bermitra.foundation.text import _, number_in_words
from bermitra.partnership import sheet

Content = dict[str, Any]
Clauses = list[dict[str, Any]]

BLANK = "…………"
ANNEXES = {
    "work_plan": ("Rencana Kerja", ("activity", "output", "target", "start", "end", "lead")),
    "budget": ("Rencana Anggaran", ("item", "amount", "source", "apbdes_code", "channel")),
    "indicators": ("Indikator", ("name", "unit", "baseline", "target", "evidence")),
}
COLUMNS = {
    "activity": _("Kegiatan"), "output": _("Keluaran"), "target": _("Sasaran"), "start": _("Mulai"), "end": _("Selesai"),
    "lead": _("Penanggung jawab"), "item": _("Uraian"), "amount": _("Jumlah"), "source": _("Sumber"),
    "apbdes_code": _("Kode APB Desa"), "channel": _("Saluran"), "name": _("Indikator"), "unit": _("Satuan"),
    "baseline": _("Data awal"), "evidence": _("Bukti"),
}  # fmt: skip
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


@dataclass(frozen=True)
class Setting:
    """Who agrees, where, on what: what the wording takes from the records and never asks for."""

    title: str
    village: str
    district: str
    regency: str
    regent: str
    partner: str
    village_address: str
    partner_address: str
    field: str
    initiative: str
    forms: tuple[str, ...]  # codes
    form_names: tuple[str, ...]
    goals: str = ""
    regulation: str = ""
    consent_needed: bool = False
    consent_number: str = ""
    partner_kind: str = ""


def start(topics: sheet.Topics, *, short: bool = False) -> Content:
    """The first content of a draft: all from the sheet, with tables to begin from."""
    duties = [row for row in topics["duties"] if row["kind"] == "duty"]
    plan = [
        {"activity": row["text"], "output": row["evidence"], "target": row["measure"], "start": topics["term"]["start"],
         "end": row["due"] or topics["term"]["end"], "lead": PARTY_NAMES[row["party"]]}
        for row in duties
    ]  # fmt: skip
    budget = [
        {
            "item": row["text"],
            "amount": row["amount"],
            "source": PARTY_NAMES[row["party"]],
            "apbdes_code": "",
            "channel": "",
        }
        for row in duties
        if row["amount"]
    ]
    indicators = [
        {
            "name": row["text"],
            "unit": "",
            "baseline": "belum ada",
            "target": row["measure"],
            "evidence": row["evidence"],
        }
        for row in duties
        if row["measure"]
    ]
    return {
        "topics": deepcopy(topics),
        "blanks": {},
        "wording": decided_words(topics),
        "annexes": {"work_plan": plan, "budget": budget, "indicators": indicators},
        "shape": {"short": short},
    }


SHAPES = {False: _("Naskah lengkap"), True: _("Naskah ringkas")}
PARTY_NAMES = {"one": "PIHAK KESATU", "two": "PIHAK KEDUA"}


# Words --------------------------------------------------------------------------------------------------------------
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


SHORT_FORMS = ("kkn", "hibah")  # those whose short words were written


def too_much_for_short(topics: sheet.Topics, forms: Collection[str], *, consent: bool, limit: int) -> tuple[str, ...]:
    """What a short text cannot carry: another form, more money, an asset of the village, consent of those who are touched."""
    heavy = {
        "forms": not forms or not set(forms) <= set(SHORT_FORMS),
        "money": int(topics["money"]["value"]) > limit,
        "assets": bool(topics["others"]["assets"]),
        "consent": consent,
    }
    return tuple(name for name, so in heavy.items() if so)


def is_short(content: Content) -> bool:
    return bool(content.get("shape", {}).get("short"))


def circumstances(content: Content, setting: Setting) -> frozenset[str]:
    topics = content["topics"]
    return frozenset(
        {
            "money" if topics["money"]["value"] else "no_money",
            "asset" if topics["others"]["assets"] else "no_asset",
            "consent" if setting.consent_needed else "no_consent",
            *_chained(content),
            "short" if is_short(content) else "whole",
            "cooperative" if setting.partner_kind == COOPERATIVE else "no_cooperative",
        }
    )


def _chained(content: Content) -> list[str]:
    chain = content.get("chain") or {}
    return ["memorandum"] * (level(content) == MEMORANDUM) + ["made_under"] * bool(chain.get("under"))


def level(content: Content) -> str:
    """Memorandum, agreement or arrangement."""
    return str((content.get("chain") or {}).get("level", AGREEMENT))


def _parent(content: Content) -> str:
    """The text above, as a text names it."""
    above = (content.get("chain") or {}).get("under")
    if not above:
        return ""
    numbers = " dan ".join(f"Nomor {each}" for each in above["numbers"])
    made = f" tanggal {long_date(date.fromisoformat(above['made_on']))}" if above["made_on"] else ""
    return f"{LEVELS[above['level']]} {numbers}{made} tentang {above['title']}"


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


def blank_value(slot: book.Slot, value: Any) -> str:
    """A filled blank as agreements write it: 14 (empat belas), 30% (tiga puluh persen), Rp… (… rupiah)."""
    if value in (None, ""):
        return BLANK
    match slot.unit:
        case "count":
            return f"{value} ({number_in_words(int(value))})"
        case "percent":
            return f"{value}% ({number_in_words(int(value))} persen)"
        case "money":
            return money(int(value))
        case "date":
            return long_date(date.fromisoformat(str(value)))
    return str(value)


def money(amount: int) -> str:
    return f"{rupiah(amount)} ({in_words(amount)})"


def filled_blanks(article: book.Article, content: Content) -> dict[str, Any]:
    """The value of every blank of an article: what was filled in, else its default."""
    return {name: content["blanks"].get(name, slot.default) for name, slot in article.slots.items()}


# What the articles call the text they stand in, and the one that names the text above it. A memorandum calls itself one.
ITSELF, PARENT = LEVELS[AGREEMENT], "naskah_induk"


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
        "tujuan": _ended(setting.goals),
        "perdes": setting.regulation,
        "nomor_padiatapa": setting.consent_number or BLANK,
        "objek": assets or BLANK,
        "mulai": long_date(days[0]) if days else BLANK,
        "akhir": long_date(days[1]) if days else BLANK,
        "lama": length(*days) if days else BLANK,
        "nilai": money(int(topics["money"]["value"])),
        "sheet_procedure": _ended(topics["procedure"]["text"]) or BLANK,
        "sheet_delegation": _ended(topics["delegation"]["text"]) or BLANK,
        "sheet_changes": _ended(topics["changes"]["text"]) or BLANK,
        "sheet_disputes": _ended(topics["disputes"]["text"]) or BLANK,
    }


def _ended(sentence: str) -> str:
    sentence = " ".join(sentence.split())
    return sentence if not sentence or sentence.endswith((".", "!", "?")) else f"{sentence}."


def length(first: date, last: date) -> str:
    """A term in words: whole years or months where it is so, else days."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if months and add_months(first, months) == after:
        return _counted(months // 12, "tahun") if months % 12 == 0 else _counted(months, "bulan")
    return _counted((after - first).days, "hari")


def _counted(number: int, unit: str) -> str:
    return f"{number} ({number_in_words(number)}) {unit}"


def years_begun(first: date, last: date) -> int:
    """Years begun between two days, both counted: 1 January 2027 to 31 December 2029 are three."""
    years = 1
    while add_years(first, years) <= last:
        years += 1
    return years


def _lists(topics: sheet.Topics, setting: Setting) -> dict[str, list[str]]:
    others = topics["others"]
    lists = {
        "scope": list(topics["scope"]["items"]),
        "excluded": list(topics["scope"]["excluded"]),
        "forms": list(setting.form_names),
        "sources": [f"{row['from']} sebesar {money(int(row['amount']))}" for row in topics["money"]["sources"]],
        "assets": [f"{row['name']}, dipakai selama {_counted(int(row['years']), 'tahun')}" for row in others["assets"]],
        "laws": list(book.laws_of(setting.forms, setting.partner_kind)),
        "limits": list(others["limits"]),
        "sanctions": [_sanction(row) for row in others["sanctions"]],
    }
    for kind in ("right", "duty"):
        for party in ("one", "two"):
            rows = [row for row in topics["duties"] if (row["kind"], row["party"]) == (kind, party)]
            lists[f"{kind}_{party}"] = [_duty(row) for row in rows]
    return {name: _listed(items) for name, items in lists.items()}


def _duty(row: Content) -> str:
    words = row["text"].rstrip(" .;")
    if row["due"]:
        words += f", paling lambat {long_date(date.fromisoformat(row['due']))}"
    if row["period"]:
        words += f", {row['period']}"
    if row["amount"]:
        words += f", senilai{' seluruhnya' if row['period'] else ''} {money(int(row['amount']))}"
    if row["kind"] == "duty" and row["evidence"]:
        words += f", dibuktikan dengan {row['evidence']}"
    return words


def _sanction(row: Content) -> str:
    time = f", setelah waktu perbaikan {_counted(int(row['days']), 'hari')}" if row["days"] else ""
    return f"{row['breach'].rstrip(' .;')} dikenai {row['sanction'].rstrip(' .;')}{time}"


def _listed(items: list[str]) -> list[str]:
    """Items as letters end: a semicolon each, ``dan`` behind the last but one, a full stop."""
    bare = [item.strip().rstrip(" .;") for item in items]
    ends = [";"] * max(len(bare) - 2, 0) + ["; dan"] * (len(bare) > 1) + ["."]
    return [f"{item}{end}" for item, end in zip(bare, ends, strict=False)]


def day(written: str) -> date | None:
    """A day as contents keep it."""
    return date.fromisoformat(written) if written else None


# Other wording ------------------------------------------------------------------------------------------------------
def as_typed(body: list[dict[str, Any]]) -> str:
    """A body as lines to edit: a paragraph a line, letters below it begin with a dash."""
    return "\n".join("\n".join([part["text"], *(f"- {each}" for each in part["sub"])]) for part in body)


def from_typed(typed: str) -> list[dict[str, Any]]:
    """The body that such lines say. A letter without a paragraph above it is one."""
    body: list[dict[str, Any]] = []
    for line in filter(None, (" ".join(each.split()) for each in typed.splitlines())):
        if line.startswith(("- ", "– ")) and body:
            body[-1]["sub"].append(line[2:].strip())
        else:
            body.append({"text": line.removeprefix("- "), "sub": []})
    return body


def changes(was: Content, read: Clauses, now: Content, reads: Clauses) -> list[dict[str, str]]:
    """What changed between two texts, place by place, in words: articles as they read, topics and annexes as said."""
    before = {each["code"]: as_typed(each["body"]) for each in read}
    after = {each["code"]: as_typed(each["body"]) for each in reads}
    found = [
        {"what": f"clause:{code}", "before": before.get(code, ""), "after": after.get(code, "")}
        for code in dict.fromkeys([*before, *after])
        if before.get(code, "") != after.get(code, "")
    ]
    found += [
        {"what": f"topic:{name}", "before": _plain(was["topics"][name]), "after": _plain(now["topics"][name])}
        for name in sheet.TOPICS
        if was["topics"][name] != now["topics"][name]
    ]
    found += [
        {"what": f"annex:{kind}", "before": _plain(was["annexes"][kind]), "after": _plain(now["annexes"][kind])}
        for kind in ANNEXES
        if was["annexes"][kind] != now["annexes"][kind]
    ]
    if is_short(was) != is_short(now):
        found.append({"what": "shape:", "before": SHAPES[is_short(was)], "after": SHAPES[is_short(now)]})
    return found


def _plain(value: Any) -> str:
    """Nested values as one line that can be laid beside another."""
    if isinstance(value, dict):
        return "; ".join(_plain(each) for each in value.values() if each not in ("", None, [], {}))
    if isinstance(value, list):
        return " | ".join(_plain(each) for each in value)
    return str(value)


# Sums ---------------------------------------------------------------------------------------------------------------
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


# Against the sheet --------------------------------------------------------------------------------------------------
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


DUTY_COLUMNS = ("text", "measure", "evidence", "checker", "sanction")


def incomplete_duties(topics: sheet.Topics) -> tuple[int, ...]:
    """Places of the duties that lack a due time, a measure, a proof, a checker or a sanction."""
    return tuple(
        place
        for place, row in enumerate(topics["duties"])
        if row["kind"] == "duty" and (not (row["due"] or row["period"]) or not all(row[name] for name in DUTY_COLUMNS))
    )


# Figures ------------------------------------------------------------------------------------------------------------
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
