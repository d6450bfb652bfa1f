"""What somebody may type who errs, tries, or pastes: bad values for every kind of field, and how a page took them.

A form is read from its page as a browser has it. Beside the bad values stand good ones, so that nothing else refuses it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import uuid4

import pikepdf
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.forms.boundfield import BoundField
from lxml import html
from PIL import Image

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.documents.forms import GrownFileField, SafeFileField
from bermitra.foundation.documents.uploads import LARGEST_PDF
from bermitra.foundation.fields import DateField, NameField, PhoneField, PointField, RupiahField, TextField, TimeField
from bermitra.foundation.personal.forms import NumberField
from tests.access.browsers import Browsers, undone

# A value, and whether a field of this kind may take it: what is not taken is named on the page.
REFUSED, EMPTY, TAKEN = "refused", "empty", "taken"
SEALED = "3304061212990001"  # a number of a person or an account
TEXTS = {
    "long": ("x" * 100_000, REFUSED),
    "a hundred thousand letters in words": ("kata " * 20_000, REFUSED),
    "NUL": ("Con\0toh", REFUSED),
    "control characters": ("Con\x07to\x1bh\x9f", TAKEN),
    "blanks": (" \t\u00a0\u200b\n ", EMPTY),
    "turned round": ("Con\u202etoh", TAKEN),
    "pictures": ("Contoh \U0001f600", TAKEN),
    "marks of pages": ("<script>alert('x')</script>{{ 7 }}", TAKEN),
}
NUMBERS = {
    "below zero": ("-1", REFUSED),
    "nothing": ("0", TAKEN),
    "a thousand million": ("1000000000", TAKEN),
    "twenty digits": ("9" * 20, REFUSED),
    "a tenth": ("12,5", TAKEN),
    "a word": ("abc", REFUSED),
    "no number": ("NaN", REFUSED),
    "other digits": ("١٢", REFUSED),
}
BEYOND = {"a thousand million": REFUSED, "a tenth": REFUSED}  # of a count: it is whole, and no village has so many
DATES = {
    "31 February": ("31-02-2026", REFUSED),
    "the first year": ("0001-01-01", REFUSED),
    "the last year": ("9999-12-31", REFUSED),
    "tomorrow in a word": ("besok", REFUSED),
}
TIMES = {"beyond the day": ("25.61", REFUSED), "a word": ("nanti", REFUSED)}
CHOICES = {"unknown": ("tidak-ada", REFUSED)}
FILES = {
    "empty": (("kosong.pdf", b""), REFUSED),
    "a text": (("catatan.pdf", b"Bukan PDF sama sekali."), REFUSED),
    "a picture": (("foto.pdf", b"PICTURE"), TAKEN),
    "too large": (("besar.pdf", b"LARGE"), REFUSED),
}


@dataclass(frozen=True)
class Bad:
    """One value for one field."""

    says: str
    value: Any
    must: str


@dataclass
class Page:
    """A form as it stands on its page: what it asks, and what would be sent as it is."""

    path: str
    bound: dict[str, BoundField]
    standing: dict[str, Any]


@dataclass
class Taken:
    status: int | str
    wrong: list[str] = field(default_factory=list)


@cache
def a_pdf() -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(out)
    return out.getvalue()


@cache
def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


@cache
def too_large() -> bytes:
    return b"%PDF-1.7\n" + b" " * LARGEST_PDF


# The page ---------------------------------------------------------------------------------------------------------------
def read(browsers: Browsers, person: Person, path: str) -> Page | None:
    """The form of an address, or nothing where none is shown to this person now."""
    with undone():
        answer = browsers.of(person).get(path)
    if answer.status_code != 200 or answer.context is None:
        return None
    asked = _asked(answer.context)
    sheet = _sheet_of(html.fromstring(answer.content.decode()), path, asked)
    if sheet is None:
        return None
    names = _names(sheet)
    return Page(path, {name: bound for name, bound in asked.items() if name in names}, _standing(sheet))


def _sheet_of(body: Any, path: str, asked: Collection[str]) -> Any:
    """The form that posts to its own address; of several the one with the most of what is asked."""
    here = [each for each in body.iter("form") if _posts_here(each, path)]
    return max(here, key=lambda each: len(_names(each) & set(asked)), default=None)


def _posts_here(sheet: Any, path: str) -> bool:
    return (sheet.get("method") or "").lower() == "post" and (sheet.get("action") or path) in (path, path.split("?")[0])


def _asked(context: Any) -> dict[str, BoundField]:
    found: dict[str, BoundField] = {}
    for layer in (layer for each in context for layer in each.dicts):
        for value in layer.values():
            for form in value if isinstance(value, list | tuple) else [value]:
                if isinstance(form, forms.BaseForm):
                    found |= {bound.html_name: bound for bound in form}
    return found


def _names(sheet: Any) -> set[str]:
    return {each.get("name") for each in sheet.iter("input", "textarea", "select") if each.get("name")}


def _standing(sheet: Any) -> dict[str, Any]:
    """What a browser would send of it."""
    sent: dict[str, Any] = {}
    for each in sheet.iter("input", "textarea", "select"):
        name, kind = each.get("name"), each.get("type") or each.tag
        if not name or kind in ("file", "submit", "button") or name == "csrfmiddlewaretoken":
            continue
        if kind in ("radio", "checkbox"):
            if each.get("checked") is not None:
                sent.setdefault(name, []).append(each.get("value", "on"))
        elif kind == "select":
            chosen = [o.get("value", "") for o in each.iter("option") if o.get("selected") is not None]
            sent[name] = chosen or [o.get("value", "") for o in each.iter("option")][:1]
        elif kind == "textarea":
            sent[name] = (each.text or "").removeprefix("\n")
        else:
            sent[name] = each.get("value", "")
    return sent


# What is sent -----------------------------------------------------------------------------------------------------------
def good(page: Page) -> dict[str, Any]:
    """The page filled in as well as can be guessed."""
    sent = dict(page.standing)
    for name, bound in page.bound.items():
        kind = bound.field
        if bound.is_hidden or sent.get(name):
            continue
        match kind:
            case forms.FileField():
                sent[name] = SimpleUploadedFile("berkas.pdf", a_pdf())
            case forms.BooleanField():
                sent[name] = "on"
            case _ if hasattr(kind, "choices"):
                offered = [value for value in _offered(kind.choices) if value]
                sent[name] = offered[:1]
            case DateField():
                sent[name] = "1 April 2026"
            case TimeField():
                sent[name] = "09.00"
            case RupiahField():
                sent[name] = "1.250.000"
            case NumberField():
                sent[name] = SEALED
            case PhoneField():
                sent[name] = "0812 3456 7890"
            case _ if _is_number(kind):
                sent[name] = "3"
            case _:
                sent[name] = "Contoh"
    return sent


def _offered(choices: Any) -> Iterator[str]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _offered(label)
        else:
            yield str(value)


def _is_number(kind: forms.Field) -> bool:
    return isinstance(kind, RupiahField) or any(
        word in type(kind).__name__ for word in ("Count", "Whole", "Year", "Amount")
    )


def bad_values(bound: BoundField) -> list[Bad]:
    """Every bad value of this field, in one order."""
    kind = bound.field
    if isinstance(kind, forms.FileField):
        return [Bad(says, _file(*value), must if _safe(kind) else TAKEN) for says, (value, must) in FILES.items()]
    if isinstance(kind, forms.BooleanField) or (bound.is_hidden and not hasattr(kind, "choices")):
        return []
    if hasattr(kind, "choices"):
        return [Bad(says, [value], must) for says, (value, must) in CHOICES.items()]
    if isinstance(kind, DateField):
        return [Bad(says, value, must) for says, (value, must) in DATES.items()] + _texts(bound)
    if isinstance(kind, TimeField):
        return [Bad(says, value, must) for says, (value, must) in TIMES.items()] + _texts(bound)
    if _is_number(kind):
        whole = "Count" in type(kind).__name__
        beyond = BEYOND if whole else {"a tenth": REFUSED} if isinstance(kind, RupiahField) else {}
        return [Bad(s, value, beyond.get(s, must)) for s, (value, must) in NUMBERS.items()] + _texts(bound)
    return _texts(bound)


def _texts(bound: BoundField) -> list[Bad]:
    plain = isinstance(bound.field, TextField | NameField | PointField)
    return [
        Bad(says, value, {EMPTY: REFUSED if bound.field.required else TAKEN}.get(must, must))
        for says, (value, must) in TEXTS.items()
        if plain or says in ("long", "NUL", "blanks", "turned round", "pictures")
    ]


def _safe(kind: forms.Field) -> bool:
    return isinstance(kind, SafeFileField) and not isinstance(kind, GrownFileField)


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    content = {b"PICTURE": a_picture, b"LARGE": too_large}.get(content, lambda: content)()
    return SimpleUploadedFile(name, content)


def emptied(page: Page) -> dict[str, Any]:
    """Nothing typed, nothing ticked; what a page sends along stays."""
    return {n: v for n, v in page.standing.items() if n not in page.bound or page.bound[n].is_hidden} | {
        n: ""
        for n, b in page.bound.items()
        if not b.is_hidden
        and not hasattr(b.field, "choices")
        and not isinstance(b.field, forms.BooleanField | forms.FileField)
    }


# How it was taken -------------------------------------------------------------------------------------------------------
class Writes:
    """Statements that would change a row, counted."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if re.match(r"\s*(insert|update|delete|replace)\b", sql, re.IGNORECASE):
            self.found.append(sql[:120])
        return execute(sql, params, many, context)


def send(browsers: Browsers, person: Person, page: Page, sent: dict[str, Any], bad: dict[str, Bad]) -> Taken:
    """Send it, and say what was wrong with how it was taken. Nothing of it remains."""
    for each in sent.values():
        if isinstance(each, SimpleUploadedFile):
            each.seek(0)
    client, writes = browsers.of(person), Writes()
    try:
        with undone(), connection.execute_wrapper(writes):
            answer = client.post(page.path, {**sent, "_key": uuid4().hex})
            body = b"" if answer.streaming else answer.content
    except Exception as error:
        return Taken(type(error).__name__, [f"broke: {type(error).__name__}: {str(error)[:300]}"])
    taken = Taken(answer.status_code)
    refused = {name for name, each in bad.items() if each.must == REFUSED}
    if answer.status_code >= 500:
        taken.wrong.append(f"status {answer.status_code}")
    if answer.status_code in (400, 404, 413):
        taken.wrong.append(f"status {answer.status_code} in place of the form")
        return taken
    if refused and answer.status_code != 422:
        taken.wrong.append(f"{sorted(refused)} went by: status {answer.status_code} {answer.get('Location', '')}")
    if answer.status_code == 422 and writes.found:
        taken.wrong.append(f"wrote while it refused: {writes.found[:3]}")
    if answer.status_code in (409, 422):
        taken.wrong += _shown_again(answer, body.decode(), page, sent, refused)
        if SEALED in body.decode():
            taken.wrong.append("a number that no page shows again is written back")
    return taken


def _shown_again(answer: Any, text: str, page: Page, sent: dict[str, Any], refused: set[str]) -> Iterator[str]:
    body = html.fromstring(text.replace("\0", ""))
    sheet = _sheet_of(body, page.path, page.bound)
    typed = [name for name, bound in page.bound.items() if _is_typed(bound)]
    if sheet is None:  # the act is over, and there is nothing to send any more: the words stand there to be copied
        read = _letters(" ".join(body.itertext()))
        for name in typed:
            if _letters(str(sent.get(name, ""))) not in read:
                yield f"status {answer.status_code}: {name} is lost"
        return
    asked = _asked(answer.context)
    for name in refused:
        if name not in asked or not asked[name].errors:
            yield f"{name}: nothing is said"
    for name, bound in asked.items():
        if bound.errors and not bound.is_hidden and name in page.bound:
            yield from _pointed_out(body, sheet, bound)
    standing = _standing(sheet)
    for name in typed:
        was, stands = sent.get(name, ""), standing.get(name)
        if stands is None or _letters(str(stands)) != _letters(str(was)):
            yield f"{name}: {str(was)[:30]!r} was typed, {str(stands)[:30]!r} stands there"


def _is_typed(bound: BoundField) -> bool:
    chosen = isinstance(bound.field, forms.FileField | forms.BooleanField) or hasattr(bound.field, "choices")
    never_shown = isinstance(bound.field, NumberField) or isinstance(bound.field.widget, forms.PasswordInput)
    return not chosen and not bound.is_hidden and not never_shown


def _letters(text: str) -> str:
    """What both a browser and a page of text keep."""
    return " ".join(re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "", text).split())


def _pointed_out(body: Any, sheet: Any, bound: BoundField) -> Iterator[str]:
    inputs = [each for each in sheet.iter("input", "textarea", "select") if each.get("name") == bound.html_name]
    if not inputs:
        yield f"{bound.html_name}: has an error and no place on the page"
        return
    near = [inputs[0], *inputs[0].iterancestors("fieldset")]
    ids = {each for one in near for each in (one.get("aria-describedby") or "").split()}
    said = " ".join(" ".join(one.itertext()) for one in body.iter() if one.get("id") in ids)
    for error in bound.errors:
        if " ".join(str(error).split()) not in " ".join(said.split()):
            yield f"{bound.html_name}: “{error}” does not describe its field ({sorted(ids)})"
