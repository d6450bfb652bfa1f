"""Whose record it is, and the page of an act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from bermitra.agreements.existing import queries
from bermitra.agreements.existing.models import EarlierAgreement, ProposedAgreement
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import ask
from bermitra.foundation.regions.models import Region

KINDS = {"pihak_ketiga": "KDPK", "antar_desa": "KAD"}


def earlier_at(request: HttpRequest, code: str) -> EarlierAgreement:
    return get_object_or_404(queries.earlier_visible_to(person_of(request)), case__code=code)


def proposal_at(request: HttpRequest, code: str) -> ProposedAgreement | None:
    """A waiting row that this person may see; 404 for any other."""
    if not code:
        return None
    found = queries.proposals_visible_to(person_of(request)).filter(state="waiting")
    return get_object_or_404(found, code=code)


def places_of(request: HttpRequest, door: str) -> list[Region]:
    """Where this person may open the door, each place once."""
    person = person_of(request)
    held = {o.region.pk: o.region for o in person.offices if o.region is not None and not o.party}
    return [each for each in held.values() if may_open(person, door, each.reach())]


def place_of(request: HttpRequest, door: str) -> Region | None:
    return next(iter(places_of(request, door)), None)


def asked(request: HttpRequest, form: forms.Form, title: str, verb: str, back: str, **more: Any) -> HttpResponse:
    common = {"heading": title, "verb": verb, "back": back, "example": person_of(request).example}
    return ask(request, form, "agreements/existing/act.html", **{**common, **more})
