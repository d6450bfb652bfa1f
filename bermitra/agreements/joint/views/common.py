"""Which regulation, whose village, and the page of an act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bermitra.agreements.joint import queries
from bermitra.agreements.joint.models import JointParty, JointRegulation
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import act_page

TEMPLATE = "agreements/joint/act.html"


def regulation_at(request: HttpRequest, code: str) -> JointRegulation:
    seen = queries.visible_to(person_of(request)).select_related("offer", "village", "paper__file", "scan")
    return get_object_or_404(seen, code=code)


def own_party(request: HttpRequest, regulation: JointRegulation, door: str) -> JointParty:
    """The village for which this person may open the door."""
    person = person_of(request)
    for each in queries.parties_of(regulation):
        if may_open(person, door, each.reach()):
            return each
    raise Http404


def page_of(regulation: JointRegulation) -> str:
    return reverse("page.joint_regulation", args=[regulation.code])


def about(
    request: HttpRequest, regulation: JointRegulation, form: forms.BaseForm, does: Any, *, title: str, verb: str,
    says: str, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Ask about one regulation; after the act back to its page."""
    context = {"heading": title, "verb": verb, "back": page_of(regulation), "kicker": regulation.title}
    return act_page(request, form, does, TEMPLATE, says=says, example=regulation.example, **{**context, **more})
