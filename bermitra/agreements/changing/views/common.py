"""How the pages of a change ask, and what the room of an agreement shows of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.models import Agreement
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import ask
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding


def asked(
    request: HttpRequest, held: Agreement, form: forms.BaseForm, title: str, verb: str, back: str, **more: Any
) -> HttpResponse:
    common = {"heading": title, "verb": verb, "back": back, "kicker": held.title, "example": held.example}
    return ask(request, form, "agreements/act.html", **{**common, **more})


def residents_asked(request: HttpRequest, village: Region, code: str, asked_of: Iterable[Finding]) -> str:
    """Where those touched are asked about an addendum itself, for who may begin it while it is wanted (AG-94)."""
    wanted = any(each.code == "AG-94" and not each.holds for each in asked_of)
    door = "deliberation.begin_consent"
    if not wanted or not may_open(person_of(request), door, village.reach()):
        return ""
    return f"{reverse(door)}?tentang={code}"


def doors_to(request: HttpRequest, record: Any, code: str, wanted: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Those of the doors that this person may go through, with their verbs."""
    person, reach = person_of(request), record.reach()
    return [
        {"door": door, "url": reverse(door, args=[code]), "verb": _(verb)}
        for door, verb in wanted
        if may_open(person, door, reach)
    ]
