"""Pages that show offers: the list of a partner or a regency, and one of them with what it still lacks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import render
from bermitra.foundation.rules import unmet
from bermitra.foundation.text import _ as marked
from bermitra.needs.models import Offer
from bermitra.needs.offers import queries, words
from bermitra.needs.offers.rules import CHANGEABLE, LABELS, OPEN, PARTS, READ, STANDING
from bermitra.needs.offers.views.common import STEPS, offer_at, own_partner, remedies
from bermitra.needs.views.common import doors_of, page_of

PAGE = 20
DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("needs.publish_offer", CHANGEABLE, marked("Terbitkan tawaran")),
    ("needs.verify_ability", (OPEN,), marked("Periksa kemampuan")),
    ("needs.pause_offer", READ, marked("Jeda tawaran")),
    ("needs.renew_offer", ("expired",), marked("Perpanjang tawaran")),
    ("needs.withdraw_offer", ("draft", *STANDING), marked("Tarik tawaran")),
)


# Lists ---------------------------------------------------------------------------------------------------------------------


def offer_list(request: HttpRequest) -> HttpResponse:
    """Of one's own partner, or of those registered in the regency; ``?keadaan=`` narrows, ``?sebelum=`` goes on."""
    found = queries.offers_visible_to(person_of(request)).select_related("partner")
    state = request.GET.get("keadaan", "")
    chosen = state in LABELS
    if chosen:
        found = found.filter(state=state)
    rows, more = page_of(found, request, PAGE)
    context = {
        "items": [_item(each) for each in rows],
        "tabs": [("", _("Semua"), not chosen), *((each, _(LABELS[each].public), state == each) for each in LABELS)],
        "chosen": chosen,
        "next": more,
        "may_record": own_partner(request) is not None,
        "example": any(each.example for each in rows),
    }
    return render(request, "needs/offers.html", context)


def _item(offer: Offer) -> dict[str, str]:
    word, kind = words.state_of(offer)
    return {
        "title": offer.title,
        "url": reverse("page.offer_file", args=[offer.code]),
        "small": " · ".join(filter(None, (offer.partner.name, words.how_many(offer)))),
        "state": word,
        "kind": kind,
    }


# One offer -----------------------------------------------------------------------------------------------------------------


def offer_file(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_at(request, code)
    own = may_open(person_of(request), "needs.describe_offer", offer.reach())
    findings = queries.checks(offer) if own else ()
    lacking = queries.lacking(offer)
    steps = [_step(offer, each, lacking, own) for each in STEPS]
    doors = doors_of(request, offer, DOORS)
    word, kind = words.state_of(offer)
    context = {
        "offer": offer,
        "example": offer.example,
        "label": LABELS[offer.state],
        "word": word,
        "kind": kind,
        "steps": steps,
        "changeable": offer.state in CHANGEABLE,
        "lacking": [_(PARTS[each]) for each in PARTS if each in lacking],
        "facts": words.facts(offer),
        "abilities": words.ability_lines(offer),
        "findings": findings,
        "acts": remedies(offer, lacking) if own else {},
        "doors": doors,
        "next": _next(offer, steps, doors, bool(unmet(findings))),
        "public": offer.published_at is not None and offer.state != "draft",
    }
    return render(request, "needs/offer.html", context)


def _step(offer: Offer, step: tuple[str, str, frozenset[str]], lacking: frozenset[str], own: bool) -> dict[str, Any]:
    door, says, parts = step
    url = reverse(door, args=[offer.code]) if own and offer.state in CHANGEABLE else ""
    return {"door": door, "title": _(says), "url": url, "done": not parts & lacking}


def _next(
    offer: Offer, steps: list[dict[str, Any]], doors: list[dict[str, str]], refused: bool
) -> dict[str, str] | None:
    """What the green box leads to: the first part that says nothing yet, else the first door that would open."""
    for each in steps:
        if each["url"] and not each["done"]:
            return {"url": each["url"], "verb": each["title"]}
    if offer.gifts_to_persons is None:
        for each in steps:
            if each["url"] and each["door"] == "needs.seek_return":
                says = _("Jawab dahulu: adakah uang atau hadiah untuk pribadi?")
                return {"url": each["url"], "verb": each["title"], "says": says}
    found = {each["door"]: each for each in doors}
    onward = [] if refused else ["needs.publish_offer"]
    onward += ["needs.verify_ability"] if queries.to_be_verified(offer) else []
    chosen = next((found[door] for door in (*onward, "needs.renew_offer") if door in found), None)
    if chosen and chosen["door"] == "needs.publish_offer":
        return {**chosen, "says": _("Tawaran sudah lengkap. Terbitkan supaya desa dapat membacanya.")}
    return chosen
