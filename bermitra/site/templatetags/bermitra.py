"""``{% load bermitra %}``: every component of the house, and the filters that write figures as people read them.

Each tag writes the template of its own name in ``templates/components/``. What a component needs to know is gathered
in ``site.parts``; nothing here asks the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import uuid4

from django import forms, template
from django.core.exceptions import DisallowedHost
from django.forms.boundfield import BoundField
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from bermitra.foundation import calendar, codes, money
from bermitra.foundation.accounts import permissions, roles
from bermitra.foundation.rules import Finding
from bermitra.site import menu, parts

register = template.Library()


# Figures ----------------------------------------------------------------------------------------------------------


@register.filter
def rupiah(amount: Any) -> str:
    """``Rp 1.250.000``; nothing for nothing."""
    return "" if amount in (None, "") else money.rupiah(int(amount))


@register.filter
def terbilang(amount: Any) -> str:
    """``satu juta dua ratus lima puluh ribu rupiah``, in Indonesian in every language, as papers write it."""
    return "" if amount in (None, "") else money.in_words(int(amount))


@register.filter
def long_date(day: date | datetime | None) -> str:
    """``23 November 2026``; in English pages with the English month. An instant is read in the current time zone."""
    if not day:
        return ""
    if isinstance(day, datetime):
        day = (timezone.localtime(day) if timezone.is_aware(day) else day).date()
    return calendar.long_date(day) if _indonesian() else date_format(day, "j F Y")


@register.filter
def grouped(code: str | None) -> str:
    """A public code in groups of four: ``7K3M-9QXD``."""
    return codes.grouped(code) if code else ""


@register.filter
def percent(part: Any) -> str:
    """A share of one as ``36,6%``: at most one decimal, half rounded up, none where it would be zero."""
    if part in (None, ""):
        return ""
    rounded = (Decimal(str(part)) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    places = 0 if rounded == rounded.to_integral_value() else 1
    return f"{number_format(rounded, places, use_l10n=True, force_grouping=True)}%"


@register.filter
def number(count: Any) -> str:
    """A whole number with its thousands apart: ``75.252``."""
    return "" if count in (None, "") else number_format(int(count), 0, use_l10n=True, force_grouping=True)


@register.filter
def by_four(text: str) -> list[str]:
    """A long key in pieces of four letters, as one reads it out."""
    return [text[start : start + 4] for start in range(0, len(text), 4)]


@register.filter
def translated(sentence: Any) -> str:
    """A sentence of the pure modules (marked there, not translated) in the reader's language."""
    return gettext(str(sentence)) if sentence else ""


def _indonesian() -> bool:
    return (get_language() or "id").startswith("id")


# Forms ------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "", read: str = "", short: bool = False) -> dict[str, Any]:
    """One question: label, hint, error, input, what was understood. See :func:`bermitra.site.parts.question`."""
    return {"q": parts.question(bound, label=label, hint=hint, read=read, short=short)}


@register.inclusion_tag("components/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """All questions of a form in their order, its hidden ones first, each chapter under its heading."""
    return {"form": form, "chapters": parts.chapters(form)}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """What must be repaired, each line a link to its input; nothing where nothing is wrong."""
    found = [(bound, str(error)) for bound in form for error in bound.errors]
    again = Counter(words for _bound, words in found)
    linked = [
        (
            "" if bound.is_hidden else f"#{parts.first_input(bound)}",
            f"{bound.label}: {words}" if again[words] > 1 else words,
        )
        for bound, words in found
    ]
    general = [("", str(error)) for error in form.non_field_errors()]
    return {"errors": general + linked, "id": f"{form.prefix or 'isian'}-galat"}


@register.inclusion_tag("components/form.html", takes_context=True)
def form(
    context: Context,
    form: forms.BaseForm,
    verb: str,
    action: str = "",
    alt: str = "",
    alt_name: str = "draft",
    back: str = "",
    back_words: str = "",
    key: bool = True,
) -> dict[str, Any]:
    """A whole form that posts: errors, key, questions, the one green button ``verb``.

    ``alt`` is the word of a second button that sends ``alt_name=1``; ``back`` an address to leave without sending.
    """
    return {
        "form": form, "verb": verb, "action": action, "alt": alt, "alt_name": alt_name, "back": back,
        "back_words": back_words, "key": key, "csrf_token": context.get("csrf_token"),
    }  # fmt: skip


@register.simple_tag
def act_key() -> SafeString:
    """The hidden key of one sending: the same form sent twice acts once."""
    return format_html('<input type="hidden" name="_key" value="{}">', uuid4())


# Lists and states -------------------------------------------------------------------------------------------------


@register.simple_tag
def cap(words: Any, kind: str = "") -> SafeString:
    """A state as a word in a capsule; ``kind`` is one of ``ok doing fix idle late`` or nothing."""
    if kind not in parts.STATES:
        raise template.TemplateSyntaxError(f"cap has no kind {kind!r}")
    return format_html('<span class="{}">{}</span>', f"cap {kind}".strip(), words)


@register.inclusion_tag("components/rows.html")
def rows(items: Iterable[Any], numbered: bool = False, label: str = "") -> dict[str, Any]:
    """A list of things with a state. Each item has ``title`` and may have ``url``, ``small``, ``state``, ``kind``."""
    return {"items": list(items), "numbered": numbered, "label": label}


@register.inclusion_tag("components/rule_list.html")
def rule_list(findings: Iterable[Finding], acts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Findings as lines to tick; ``acts`` gives, by rule code, ``{"url": …, "verb": …}`` that remedies it."""
    return {"lines": parts.rule_lines(findings or (), acts)}


@register.inclusion_tag("components/journey.html")
def journey(at: int, notes: Sequence[str] | None = None) -> dict[str, Any]:
    """The five steps with "Anda di sini" at number ``at`` (1 to 5; 6 when all are done), a note under each."""
    if not 1 <= at <= 6:
        raise ValueError("a journey stands at step 1 to 5, or at 6 when it is over")
    said = [*(notes or ()), *[""] * 5]
    marks = ["done" if number < at else "here" if number == at else "" for number in range(1, 6)]
    return {"steps": [{"name": n, "mark": m, "note": s} for n, m, s in zip(parts.STEPS, marks, said, strict=False)]}


@register.inclusion_tag("components/next_step.html")
def next_step(says: str, url: str, verb: str, small: str = "", wide: bool = False) -> dict[str, Any]:
    """The one solid green box of a work page."""
    return {"says": says, "url": url, "verb": verb, "small": small, "wide": wide}


@register.inclusion_tag("components/facts.html")
def facts(pairs: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Terms and what they are: ``(term, value)``, or ``(term, value, url)`` where the answer can be changed."""
    return {"facts": [{"term": each[0], "value": each[1], "url": each[2] if len(each) > 2 else ""} for each in pairs]}


@register.inclusion_tag("components/table.html")
def table(
    caption: str,
    columns: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    foot: Iterable[Sequence[Any]] = (),
    kind: str = "",
    quiet: bool = False,
) -> dict[str, Any]:
    """A table that becomes cards on a phone. ``kind="cmp"`` is a comparison of figures: the foot comes first there.

    ``columns`` are labels or ``(label, "num")``; the first cell of a row names it; a cell may be ``(text, url)``.
    ``quiet`` keeps the caption for screen readers. Raises ``ValueError`` for a row of another length.
    """
    heads = parts.columns(columns)
    return {
        "caption": caption, "quiet": quiet, "kind": kind, "columns": heads,
        "rows": parts.lines(heads, rows), "foot": parts.lines(heads, foot or ()),
    }  # fmt: skip


@register.inclusion_tag("components/pager.html")
def pager(previous: str = "", next: str = "", says: str = "") -> dict[str, Any]:
    """Earlier and later pages by address; without numbers, as lists are read on from a key."""
    return {"previous": previous, "next": next, "says": says}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*steps: Any) -> dict[str, Any]:
    """The way here: ``label, address`` in turn, or one list of ``(label, address)``."""
    pairs = steps[0] if len(steps) == 1 else list(zip(steps[::2], steps[1::2], strict=True))
    return {"crumbs": pairs}


@register.inclusion_tag("components/chips.html")
def chips(filters: Iterable[tuple[str, str]], label: str = "") -> dict[str, Any]:
    """Filters in use: ``(what, address without it)``."""
    return {"chips": list(filters), "label": label}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, says: str = "") -> dict[str, Any]:
    """A bar that its own sentence names: "3 dari 5 selesai"."""
    return {"done": done, "total": total, "says": says}


@register.inclusion_tag("components/verdict.html")
def verdict(good: bool, title: str, says: str = "", level: int = 1) -> dict[str, Any]:
    """A sentence that a resident can repeat on the telephone; ``level`` is that of its heading."""
    return {"good": good, "title": title, "says": says, "level": level}


@register.inclusion_tag("components/light.html")
def light(good: bool, title: str, says: str = "") -> dict[str, Any]:
    """One of the things that a verdict rests on."""
    return {"good": good, "title": title, "says": says}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, why: str = "", url: str = "", verb: str = "") -> dict[str, Any]:
    """Why there is nothing here, and the one thing to do. (``empty`` alone would end a ``for``.)"""
    return {"title": title, "why": why, "url": url, "verb": verb}


# Frame ------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/nav.html", takes_context=True)
def nav(context: Context) -> dict[str, Any]:
    """The main doors: those of the work that this person may enter, the public ones for everybody else."""
    user = context.get("user")
    if not getattr(user, "is_authenticated", False):
        return {"doors": menu.doors(menu.PUBLIC, _path(context))}
    open_doors = tuple(entry for entry in menu.WORK if enters(user, entry[0]))
    return {"doors": menu.doors(open_doors, _path(context))}


@register.filter
def enters(user: Any, name: str) -> bool:
    """``{% if user|enters:"page.ledger" %}``: a link that would be answered with 403 is not shown."""
    row = permissions.table().get(name)
    return row is not None and permissions.may_see(row, user if user.is_authenticated else None)


@register.inclusion_tag("components/who.html", takes_context=True)
def who(context: Context) -> dict[str, Any]:
    """For whom one works here, and as what: the first office that opens this very page, as the door chooses it too."""
    user = context["user"]
    offices = user.offices
    first = next((each for each in offices if _opens(each.role, context)), offices[0] if offices else None)
    return {
        "place": context.get("place") or (first.region if first and first.region else ""),
        "name": user.get_full_name(),
        "office": first.called if first else "",
        "mandate": first.decree if first and first.role == roles.ASSISTING_OFFICER.key else "",
        "others": max(len(offices) - 1, 0),
    }


@register.simple_tag(takes_context=True)
def page_address(context: Context) -> str:
    """Where a printed page came from; nothing where somebody asked for it by a host name that is not ours."""
    request = context.get("request")
    try:
        return f"{request.get_host()}{request.path}" if request else ""
    except DisallowedHost:
        return ""


def _opens(role: str, context: Context) -> bool:
    match = getattr(context.get("request"), "resolver_match", None)
    row = permissions.table().get(match.url_name or "") if match else None
    return row is not None and row.scopes.get(role) is not None


@register.simple_tag(takes_context=True)
def foot_doors(context: Context) -> list[menu.Door]:
    return menu.doors(menu.FOOT, _path(context))


def _path(context: Context) -> str:
    return getattr(context.get("request"), "path", "")


class Filled(template.Node):
    """Leaves its content out when there is no word in it: an empty block then leaves no empty element."""

    def __init__(self, nodelist: NodeList):
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        content = self.nodelist.render(context)
        return content if strip_tags(content).strip() else SafeString("")


@register.tag
def filled(parser: Parser, token: Token) -> Filled:
    """``{% filled %}<p>{% block lede %}{% endblock %}</p>{% endfilled %}``"""
    nodelist = parser.parse(("endfilled",))
    parser.delete_first_token()
    return Filled(nodelist)
