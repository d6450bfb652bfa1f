"""How the pages of a running agreement find their record, ask, and show who may do what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.models import Agreement
from bermitra.agreements.queries import agreements_visible_to
from bermitra.delivery import queries
from bermitra.delivery.models import Activity, Due, LedgerEntry, Plan, Training
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.documents.handing import shown
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import ask

PAGE = 50
Found = TypeVar("Found", LedgerEntry, Training, Agreement)
STATE_KINDS = {
    "met": "ok", "posted": "ok", "completed": "ok", "adopted": "ok", "certified": "ok", "overdue": "late",
    "refused": "late", "countered": "idle", "held": "fix", "not_due": "idle", "draft": "idle", "frozen": "idle", "due": "fix",
    "not_completed": "idle", "not_seated": "idle", "waiting_list": "idle",
}  # fmt: skip


def ask_about(
    request: HttpRequest, form: forms.BaseForm, *, title: str, verb: str, back: str, agreement: Agreement,
    status: int = 0, **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form; what was typed wrongly comes back with 422."""
    common = {"heading": title, "verb": verb, "back": back, "kicker": agreement.title, "example": agreement.example}
    return ask(request, form, "delivery/act.html", status=status, **{**common, **more})


def done_at(request: HttpRequest, says: str, name: str, code: str) -> HttpResponse:
    messages.success(request, says)
    return redirect(name, code=code)


def agreement_at(request: HttpRequest, code: str) -> Agreement:
    """By its own code, or by that of its case: duties and the case page know the case."""
    seen = agreements_visible_to(person_of(request)).exclude(state="abandoned")
    return get_object_or_404(seen, Q(code=code) | Q(case__code=code))


def plan_at(request: HttpRequest, code: str) -> Plan:
    return get_object_or_404(queries.plans_visible_to(person_of(request)), code=code)


def activity_at(request: HttpRequest, code: str) -> Activity:
    return get_object_or_404(queries.activities_visible_to(person_of(request)), code=code)


def due_at(request: HttpRequest, code: str) -> Due:
    return get_object_or_404(queries.dues_visible_to(person_of(request)), code=code)


def entry_at(request: HttpRequest, code: str) -> LedgerEntry:
    """An entry whose book this person may read."""
    found = get_object_or_404(queries.entries_visible_to(person_of(request)), code=code)
    return readable(request, "page.entry", found)


def training_at(request: HttpRequest, code: str, page: str = "") -> Training:
    """A training; with ``page``, one of which this person may see that page."""
    found = get_object_or_404(queries.trainings_visible_to(person_of(request)), code=code)
    return readable(request, page, found) if page else found


def readable(request: HttpRequest, page: str, found: Found) -> Found:
    """Somebody with offices in two places sees names and money only where this very office lets him."""
    if not may_open(person_of(request), page, found.reach()):
        raise Http404
    return found


def open_doors(
    request: HttpRequest, record: Any, wanted: Iterable[tuple[str, str]], code: str = ""
) -> list[dict[str, str]]:
    """Those of the doors that this person may go through, as links with their verbs."""
    person, reach = person_of(request), record.reach()
    return [
        {"name": name, "url": reverse(name, kwargs={"code": code or record.code}), "verb": _(verb)}
        for name, verb in wanted
        if may_open(person, name, reach)
    ]


def acts_by_rule(doors: list[dict[str, str]], remedies: dict[str, str]) -> dict[str, dict[str, str]]:
    """For each rule the open door that meets it."""
    known = {door["name"]: door for door in doors}
    return {rule: known[name] for rule, name in remedies.items() if name in known}


def file_answer(file: StoredFile | None, name: str) -> HttpResponse:
    if file is None:
        raise Http404
    return shown(file, name)
