"""What a component needs to know before it is written: plain values out of forms, findings and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr
from django.utils.formats import localize
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # the stubs do not know it
from django.utils.translation import gettext

from bermitra.foundation.fields import filled
from bermitra.foundation.money import in_words, parse_rupiah, rupiah
from bermitra.foundation.rules import Finding, Rule, Status
from bermitra.foundation.spoken import KEY_FIELD
from bermitra.foundation.text import BadInput
from bermitra.foundation.text import shown as shortened

STATES = ("", "ok", "doing", "fix", "idle", "late")
STEPS = ("Kenali", "Sepakati", "Jalankan", "Awasi", "Pertanggungjawabkan")


# Questions --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """One form field as the page asks it.

    ``shape`` is ``hidden``, ``choices``, ``tick``, ``file``, ``group`` or ``input``; ``control`` is the finished input
    (with its ids, ``aria-describedby`` and ``aria-invalid``) or, for ``choices``, empty.
    """

    bound: BoundField
    shape: str
    label: str
    hint: str
    unit: str
    read: str
    describedby: str
    control: SafeString
    ways: tuple[Way, ...] = ()

    @property
    def id(self) -> str:
        return str(self.bound.auto_id)

    @property
    def wrong(self) -> bool:
        return bool(self.bound.errors)

    @property
    def optional(self) -> bool:
        return not (self.bound.field.required or self.shape == "tick" or getattr(self.bound.field, "owed", False))


@dataclass(frozen=True)
class Way:
    """One answer of a choice, with the line that explains it."""

    control: SafeString
    label: str
    note: str


def question(bound: BoundField, *, label: str = "", hint: str = "", read: str = "", short: bool = False) -> Question:
    """Read a bound field. The form field may carry attributes of its own, all optional:

    ``rupiah``        true for money: "Rp" stands in front, and the amount that was understood is said back
    ``read_back``     function of the raw text that gives what was understood, or ``""``
    ``owed``          true where a rule of the act wants an answer: it is not called optional
    ``choice_notes``  mapping from a choice's value to the line under it
    ``chapter``       the heading that it and its neighbours of the same chapter stand under, see :func:`chapters`
    """
    shape = _shape(bound)
    rupiah_asked = bool(getattr(bound.field, "rupiah", False))
    raw = bound.value()
    if not read and raw not in (None, "") and shape == "input" and not bound.errors:
        read = _understood(bound.field, str(raw))
    hint = " ".join(filter(None, (hint or str(bound.help_text), _chosen_once_more(bound) if shape == "file" else "")))
    described = ((hint, "hint"), (bound.errors, "err"), (read, "read"))
    describedby = " ".join(f"{bound.auto_id}_{part}" for present, part in described if present)
    attrs: dict[str, Any] = {"placeholder": False}  # a placeholder is no label, and goes as soon as one types
    if describedby and shape not in ("choices", "group"):
        attrs["aria-describedby"] = describedby
    if short:
        attrs["class"] = "short"
    if rupiah_asked:
        attrs["autocomplete"] = "off"
    ways = _ways(bound) if shape == "choices" else ()
    control = SafeString("") if ways else bound.as_widget(attrs=attrs)
    return Question(
        bound, shape, str(label or bound.label), hint, "Rp" if rupiah_asked else "", read, describedby, control, ways
    )


def chapters(form: forms.BaseForm) -> list[tuple[str, list[BoundField]]]:
    """The questions in their order, neighbours of one chapter together; a form without chapters is one without heading."""
    by_chapter = groupby(form.visible_fields(), key=lambda bound: str(getattr(bound.field, "chapter", "")))
    return [(title, list(asked)) for title, asked in by_chapter]


def _chosen_once_more(bound: BoundField) -> str:
    """No browser keeps a file that was sent: one that nothing is wrong with would be missing next time, unnoticed."""
    if not isinstance(bound.data, UploadedFile) or bound.errors:
        return ""
    return gettext("Pilih lagi berkas “{name}”.").format(name=shortened(bound.data.name or ""))


def first_input(bound: BoundField) -> str:
    """The id that a link in the error summary goes to: the input, or the first of a group."""
    if bound.use_fieldset and bound.subwidgets:
        return str(bound.subwidgets[0].id_for_label or f"{bound.auto_id}_0")
    return str(bound.id_for_label or bound.auto_id)


def again(request: HttpRequest) -> dict[str, Any]:
    """What was typed before the act was refused: the form with it, what else was sent along, and its words to copy."""
    form: forms.BaseForm | None = getattr(request, "filled_in", None)
    if form is None or not form.visible_fields():
        return {}
    asked = {KEY_FIELD, "csrfmiddlewaretoken", *(bound.html_name for bound in form)}
    along = [(name, value) for name in request.POST if name not in asked for value in request.POST.getlist(name)]
    return {
        "again": form,
        "along": along,
        "typed": [(each.label, linebreaksbr(words)) for each in form if (words := _words(each))],
    }


def _words(bound: BoundField) -> str:
    """An answer that nobody would like to write once more; nothing of what no page shows again."""
    field = bound.field
    typed = isinstance(field, forms.CharField) and not hasattr(field, "choices") and not bound.is_hidden
    return str(bound.value() or "").strip() if typed and not isinstance(field.widget, forms.PasswordInput) else ""


def _shape(bound: BoundField) -> str:
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "group" if bound.use_fieldset else "input"


def _ways(bound: BoundField) -> tuple[Way, ...]:
    notes = {str(value): note for value, note in getattr(bound.field, "choice_notes", {}).items()}
    return tuple(
        Way(each.tag(), str(each.choice_label), notes.get(str(each.data["value"]), "")) for each in bound.subwidgets
    )


def _understood(field: forms.Field, raw: str) -> str:
    if hasattr(field, "read_back"):
        return str(field.read_back(raw))
    if not getattr(field, "rupiah", False):
        return ""
    try:
        amount = parse_rupiah(raw, allow_zero=True)
    except BadInput:
        return ""
    return f"{rupiah(amount)} ({in_words(amount)})"


# Rules ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RuleLine:
    """A finding in the reader's language. ``mark`` is ``no``, ``warn`` or ``yes``."""

    code: str
    mark: str
    says: str
    remedy: str
    basis: str
    confirmed: bool
    act: Any


def basis_in_words(rule: Rule) -> str:
    """The laws it rests on; what is of this house is said once, without its notes for developers."""
    parts = (part.strip() for part in rule.basis.split(";"))
    named = (gettext("aturan Bermitra") if part.startswith("product") else part for part in parts)
    return "; ".join(dict.fromkeys(named))


def rule_lines(findings: Iterable[Finding], acts: Mapping[str, Any] | None = None) -> tuple[RuleLine, ...]:
    """Unmet rules first (those that refuse before those that warn), each group in the order asked; met ones stay."""
    lines = [_line(each, (acts or {}).get(each.code)) for each in findings]
    order = {"no": 0, "warn": 1, "yes": 2}
    return tuple(sorted(lines, key=lambda line: order[line.mark]))


def _line(finding: Finding, act: Any) -> RuleLine:
    rule = finding.rule
    mark = "yes" if finding.holds else "no" if rule.blocks else "warn"
    return RuleLine(
        code=rule.code,
        mark=mark,
        says=filled(rule.says, finding.numbers),
        remedy="" if finding.holds else filled(rule.remedy, finding.numbers),
        basis=basis_in_words(rule),
        confirmed=rule.status is not Status.UNVERIFIED,
        act=None if finding.holds else act,
    )


# Tables -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    label: str
    number: bool


def columns(labels: Sequence[Any]) -> tuple[Column, ...]:
    """Columns from labels, or from ``(label, "num")`` where figures align to the right."""
    pairs = [(each, "") if isinstance(each, str) or not isinstance(each, Sequence) else each for each in labels]
    return tuple(Column(str(label), kind == "num") for label, kind in pairs)


def lines(heads: Sequence[Column], rows: Iterable[Sequence[Any]]) -> list[SafeString]:
    """Rows as they stand under their columns; a cell may be ``(text, url)``, the first names its row. Written here and not
    in a template, which takes ten times as long for the fifty rows of a list. Raises ``ValueError`` for a row of other length.
    """
    starts = [f'<td role="cell"{_align(each)} data-l="{escape(each.label)}">' for each in heads]
    return [_row(starts, row) for row in rows]


def _row(starts: Sequence[str], row: Sequence[Any]) -> SafeString:
    first, *others = (_cell(value) for value in row)
    cells = [f"{start}{cell}</td>" for start, cell in zip(starts[1:], others, strict=True)]
    return SafeString(f'<tr role="row"><th scope="row" role="rowheader">{first}</th>{"".join(cells)}</tr>')


def _align(column: Column) -> str:
    return ' class="num"' if column.number else ""


def _cell(value: Any) -> str:
    text, url = value if isinstance(value, tuple) else (value, "")
    return f'<a href="{escape(url)}">{shown(text)}</a>' if url else shown(text)


def shown(value: Any) -> str:
    """A value as a template shows it: figures and days in the reader's way, what is not markup escaped, nothing for none."""
    if value is None:
        return ""
    return conditional_escape(value if isinstance(value, str) else localize(template_localtime(value)))
