"""The page of an act, for people and for programs: show the form, act, say so, go on.

``render`` stands in the place of Django's. Where a program asks, it answers the same page as JSON: what the form asks for, what
was wrong with it, which rules are unmet. So every page with a form speaks JSON, and none has to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, overload

from django import forms, shortcuts
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext

from bermitra.foundation.documents import files
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.fields import (
    DateField,
    NameField,
    PhoneField,
    RupiahField,
    TickField,
    TimeField,
    filled,
    say,
)
from bermitra.foundation.rules import Finding, Refused, unmet
from bermitra.foundation.spoken import DoesNotFit, Spoken, speaks_json
from bermitra.foundation.text import _ as marked

SAYS: dict[int, str] = {
    400: marked("Kiriman belum bisa dibaca. Belum ada yang tercatat."),
    401: marked("Sertakan kunci program yang masih berlaku."),
    403: marked("Jabatan Anda tidak mencakup tindakan ini, atau tindakan ini hanya lewat halaman."),
    404: marked("Alamat ini tidak ada, atau Anda belum berhak melihatnya."),
    405: marked("Alamat ini tidak menerima kiriman."),
    406: marked("Alamat ini bukan formulir. Buka sebagai halaman."),
    409: marked("Tindakan ini belum bisa dilakukan. Belum ada yang berubah."),
    413: marked("Kiriman terlalu besar. Bagi menjadi beberapa kiriman."),
    415: marked("Kirim isian sebagai application/json."),
    422: marked("Ada isian yang perlu diperbaiki. Belum ada yang tercatat."),
    429: marked("Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi."),
    500: marked("Ada yang salah di pihak kami. Belum ada yang berubah."),
    503: marked("Layanan sedang tidak tersedia. Coba lagi sebentar lagi."),
}
MOST_CHOICES = 500  # beyond it a list is a register: its codes are looked up, not told


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page; to a program, what it says."""
    if not speaks_json(request):
        return shortcuts.render(request, template, context, status=status)
    return _as_json(request, context or {}, status)


def act_page(
    request: HttpRequest,
    form: forms.BaseForm,
    does: Callable[[], Any],
    template: str = "act.html",
    *,
    says: str,
    go: str | Callable[[Any], str] = "",
    **context: Any,
) -> HttpResponse:
    """Show the form; once it is filled in well: act, say so, go on (where to may depend on what the act returned).

    ``heading``, ``lede``, ``verb``, ``back`` and ``kicker`` are what ``act.html`` shows; without ``go`` it goes ``back``. A
    refusal of named rules stands above the form it was sent with.
    """
    if not sent(request, form):
        return ask(request, form, template, **context)
    try:
        done = does()
    except Refused as refused:
        return ask(request, form, template, status=409, **{**context, "findings": refused.findings})
    messages.success(request, says)
    return redirect(go(done) if callable(go) else go or context["back"])


def ask(
    request: HttpRequest, form: forms.BaseForm, template: str = "act.html", *, status: int = 0, **context: Any
) -> HttpResponse:
    """A page with one form; what was typed wrongly comes back with 422."""
    status = status or (422 if form.is_bound and form.errors else 200)
    return render(request, template, {"form": form, **context}, status=status)


def typed_in(request: HttpRequest) -> dict[str, Any]:
    """What a form is bound with, once something was sent."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def data_of(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form without files."""
    return request.POST if request.method == "POST" else None


def sent(request: HttpRequest, form: forms.BaseForm) -> bool:
    """Whether the form was sent and is filled in well. The request keeps it: should the act be refused after all, the page
    that says so shows what was typed again."""
    if request.method != "POST" or not form.is_valid():
        return False
    request.filled_in = form  # type: ignore[attr-defined]
    return True


@overload
def content_of(upload: Safe) -> Content: ...
@overload
def content_of(upload: Safe | None) -> Content | None: ...
def content_of(upload: Safe | None) -> Content | None:
    """Lay a safe upload into the store; its row is written by the act."""
    return files.put(upload.content, media_type=upload.media_type, name=upload.name) if upload else None


# What a program is told -------------------------------------------------------------------------------------------------


def told(status: int, says: str = "", **more: Any) -> JsonResponse:
    """An answer to a program, kept by no cache."""
    says = says or (gettext(SAYS[status]) if status in SAYS else "")
    body = {"says": says, **more} if says else more
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False}, headers=NOT_KEPT)


NOT_KEPT = {"Cache-Control": "no-store, private", "Vary": "Accept, Authorization"}


def _as_json(request: HttpRequest, context: Mapping[str, Any], status: int) -> JsonResponse:
    asked = list(_forms_of(context))
    refusing = unmet(context.get("findings") or ())
    match status:
        case 409:
            return told(409, unmet=[_rule(each) for each in refusing])
        case 422:
            return told(422, errors=[*_errors(asked), *_misfits(request.POST)])
        case _ if status >= 400:
            return told(status, context.get("sentence") or "")
    if not asked:
        return told(406)
    fields = [_field(bound) for form in asked for bound in form]
    if request.method == "POST":
        says = gettext("Belum ada yang tercatat: halaman ini bertanya sekali lagi.")
        return told(200, says, done="", fields=fields)
    return told(200, fields=fields, unmet=[_rule(each) for each in refusing])


def does_not_fit(refused: DoesNotFit) -> JsonResponse:
    return told(422, errors=[_misfit(each) for each in refused.misfits])


def _forms_of(context: Mapping[str, Any]) -> Iterator[forms.BaseForm]:
    return (each for each in context.values() if isinstance(each, forms.BaseForm))


def _rule(finding: Finding) -> dict[str, str]:
    rule, numbers = finding.rule, finding.numbers
    return {"code": rule.code, "says": filled(rule.says, numbers), "remedy": filled(rule.remedy, numbers)}


def _errors(asked: Iterable[forms.BaseForm]) -> Iterator[dict[str, str]]:
    for form in asked:
        for name, wrong in form.errors.get_json_data().items():
            field = "" if name == NON_FIELD_ERRORS else form.add_prefix(name)
            for each in wrong:
                yield {"field": field, "code": each["code"] or "invalid", "says": each["message"]}


def _misfits(sent: Any) -> list[dict[str, str]]:
    return [_misfit(each) for each in sent.misfits()] if isinstance(sent, Spoken) else []


def _misfit(each: Any) -> dict[str, str]:
    return {"field": each.field, "code": each.bad.code, "says": say(each.bad)}


KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (TickField, "yes_no"),
    (RupiahField, "rupiah"),
    (DateField, "date"),
    (TimeField, "time"),
    (PhoneField, "phone"),
    (NameField, "name"),
    (forms.FileField, "file"),
    (forms.MultipleChoiceField, "choices"),
    (forms.ModelMultipleChoiceField, "choices"),
    (forms.ChoiceField, "choice"),
    (forms.IntegerField, "number"),
)


def _field(bound: BoundField) -> dict[str, Any]:
    """One question, so that a program needs no other paper: ``kind`` says how it is written, ``now`` what stands there."""
    field, now = bound.field, bound.value()
    found: dict[str, Any] = {
        "name": bound.html_name,
        "label": str(bound.label or ""),
        "help": str(bound.help_text or ""),
        "kind": "hidden" if bound.is_hidden else next((kind for of, kind in KINDS if isinstance(field, of)), "text"),
        "required": field.required,
    }
    longest = getattr(field, "longest", None) or getattr(field, "max_length", None)
    if longest:
        found["longest"] = longest
    if hasattr(field, "choices"):
        found["choices"] = list(islice(_choices(field.choices), MOST_CHOICES))
    if now not in (None, "", [], False):
        found["now"] = (
            [str(each) for each in now] if isinstance(now, list | tuple) else now if now is True else str(now)
        )
    return found


def _choices(choices: Iterable[Any]) -> Iterator[dict[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _choices(label)
        elif str(value):
            yield {"value": str(value), "label": str(label)}
