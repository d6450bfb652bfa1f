"""How the pages of this room ask, act, say and go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation.forms import Read
from bermitra.foundation.accounts.permissions import table as permissions
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import ask, sent
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, Refused, unmet

PAGE = 50
KIND_OF = {
    "draft": "idle", "priority": "ok", "published": "ok", "set": "ok", "met": "ok", "lifted": "ok", "withdrawn": "idle",
    "merged": "idle", "archived": "idle",
}  # fmt: skip


def ask_for(request: HttpRequest, form: forms.BaseForm, title: str, verb: str, back: str, **more: Any) -> HttpResponse:
    return ask(request, form, heading=title, verb=verb, back=back, **more)


def done_as_read(request: HttpRequest, act: Callable[[str], Any]) -> tuple[Finding, ...] | None:
    """Do what holds for what was read, by its hash. None where it was done, else the rules that refused it; where it was
    changed meanwhile the new words are shown."""
    form = Read(request.POST or None)
    if not sent(request, form):
        return ()
    try:
        act(form.cleaned_data["seen"])
    except Refused as refused:
        return refused.findings
    return None


def to_read(request: HttpRequest, refused: tuple[Finding, ...], seen: str) -> Read:
    """The form of what stands there now; where it was not sent along what was read, with the words that say so."""
    if request.method != "POST" or refused:
        return Read(initial={"seen": seen})
    form = Read({})
    form.full_clean()
    form.data = {"seen": seen}
    return form


def go(request: HttpRequest, page: str, code: str, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect(page, code=code)


def village_of(request: HttpRequest, door: str) -> Region:
    """The village for which this person may open the door, or the one of them that ``?desa=`` names."""
    wanted, row = request.GET.get("desa"), permissions()[door]
    for office in person_of(request).offices:
        region = office.region
        if region is not None and region.level == 4 and row.scope_of(office.role) and wanted in (None, region.pk):
            return region
    raise Http404


def may(request: HttpRequest, door: str) -> bool:
    row = permissions()[door]
    return any(row.scope_of(office.role) is not None for office in person_of(request).offices)


def doors_of(
    request: HttpRequest, held: Any, doors: tuple[tuple[str, tuple[str, ...], str], ...]
) -> list[dict[str, str]]:
    person, reach = person_of(request), held.reach()
    return [
        {"url": reverse(door, args=[held.code]), "verb": _(verb), "door": door}
        for door, states, verb in doors
        if held.state in states and may_open(person, door, reach)
    ]


def next_door(
    doors: list[dict[str, str]], findings: tuple[Finding, ...], onward: tuple[str, ...]
) -> dict[str, str] | None:
    """The one door that the green box leads to. The first of ``onward`` waits until its rules are met."""
    found = {each["door"]: each for each in doors}
    wanted = onward[1:] if unmet(findings) else onward
    return next((found[door] for door in wanted if door in found), None)


def key_in(request: HttpRequest, name: str) -> int:
    """The key of a row after which a page goes on; 0 where the address names none."""
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def page_of(found: QuerySet[Any], request: HttpRequest, most: int = PAGE) -> tuple[list[Any], str]:
    """As many rows, newest first, and the address of the next ones; what the address asks else is asked there too."""
    if before := key_in(request, "sebelum"):
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: most + 1])
    if len(rows) <= most:
        return rows, ""
    onward = request.GET.copy()
    onward["sebelum"] = str(rows[most - 1].pk)
    return rows[:most], f"?{onward.urlencode()}"


def values_of(held: Model, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(held, name) for name in form.base_fields if hasattr(held, name)}
