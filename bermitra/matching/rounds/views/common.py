"""Which round or which side is meant, and the page of an act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import act_page
from bermitra.foundation.regions.models import Region
from bermitra.matching.models import Round, RoundOffer, RoundVillage
from bermitra.matching.rounds.queries import offers_visible_to, rounds_visible_to, villages_visible_to

Side = RoundVillage | RoundOffer
KINDS = {
    "draft": "idle", "open": "doing", "preferences": "doing", "ready": "doing", "computed": "doing",
    "provisional": "fix", "responses": "fix", "final": "ok", "void": "late",
}  # fmt: skip


def round_at(request: HttpRequest, code: str) -> Round:
    """A round of one's own regency."""
    return get_object_or_404(rounds_visible_to(person_of(request)), code=code)


def side_at(request: HttpRequest, code: str, kind: type[Side] | None = None) -> Side:
    """A village or an offer in a round, by the one code that it has there; only one of this ``kind``, where it is named."""
    person = person_of(request)
    found: Side | None = None
    if kind is not RoundOffer:
        found = villages_visible_to(person).filter(code=code).first()
    if found is None and kind is not RoundVillage:
        found = offers_visible_to(person).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def name_of(side: Side) -> str:
    return side.village.name if isinstance(side, RoundVillage) else side.offer.title


def page_of(side: Side) -> str:
    """The side's own page of its round."""
    name = "page.round_village" if isinstance(side, RoundVillage) else "page.round_offer"
    return reverse(name, args=[side.code])


def places_of(request: HttpRequest, door: str) -> list[Region]:
    """Where this person may open the door, each place once."""
    person = person_of(request)
    held = {each.region.pk: each.region for each in person.offices if each.region is not None and not each.party}
    return [each for each in held.values() if may_open(person, door, each.reach())]


def act_on(
    request: HttpRequest,
    of: Round,
    form: forms.BaseForm,
    does: Callable[[], Any],
    *,
    title: str,
    says: str,
    **more: Any,
) -> HttpResponse:
    """The page of an act on a round; it goes back to the round's own."""
    common = {
        "heading": title,
        "kicker": of.title,
        "back": reverse("page.round_room", args=[of.code]),
        "example": of.example,
    }
    return act_page(request, form, does, says=says, **{**common, **more})
