"""Why, and why not: choose a village and an offer, and read what brings them together or keeps them apart."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.fields import say
from bermitra.foundation.pages import render
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.queries import search
from bermitra.foundation.text import BadInput, name_key
from bermitra.foundation.text import _ as marked
from bermitra.matching import market
from bermitra.matching.figures import decimal
from bermitra.matching.models import Shortlist
from bermitra.matching.shortlists import pairs, queries, reasons
from bermitra.matching.shortlists.forms import FindOffer, FindVillage
from bermitra.needs.offers import queries as offers
from bermitra.needs.offers.rules import OPEN
from bermitra.registry.queries import bodies

PAGE = 20
VILLAGE = re.compile(r"([0-9.]{13})?").fullmatch
OFFER = re.compile(r"[0-9A-Z]{0,10}").fullmatch
CHOOSE_OFFER = marked("Pilih tawaran")
CHOOSE_VILLAGE = marked("Pilih desa")
LISTED = {CHOOSE_OFFER: marked("Tawaran yang terbuka"), CHOOSE_VILLAGE: marked("Desa yang ditemukan")}


def why_not(request: HttpRequest) -> HttpResponse:
    """Two choices in the address: ``?desa=`` and ``?tawaran=``. What is missing is asked for, the rest follows."""
    person = person_of(request)
    village, offer = (request.GET.get(name, "") for name in ("desa", "tawaran"))
    if not VILLAGE(village) or not OFFER(offer):
        raise Http404
    own = queries.villages_of(person)
    if not village and len(own) == 1 and not queries.parties_of(person):
        village = next(iter(own))
    if village and offer:
        return redirect("page.pair", code=village, offer=offer)
    if village or (own and not offer):
        return _choose_offer(request, village or min(own))
    if queries.parties_of(person) and not offer:
        return _choose_own_offer(request)
    return _choose_village(request, offer)


def _choose_offer(request: HttpRequest, village: str) -> HttpResponse:
    """Every open offer, whether or not it reaches the village: what one asks about is often what is missing."""
    place = get_object_or_404(queries.villages_visible_to(person_of(request)), pk=village)
    form = FindOffer(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    found = offers.narrowed(offers.open_offers(), {"q": words}, None)
    if after := request.GET.get("setelah", "")[:10]:
        found = offers.behind(found, after)
    page = list(found[: PAGE + 1])
    kept = {"desa": place.pk, **({"q": words} if words else {})}
    items = [
        {
            "title": each.title,
            "small": bodies.kept(each.partner).name,
            "url": _address(place.pk, each.code),
        }
        for each in page[:PAGE]
    ]
    following = f"?{urlencode({**kept, 'setelah': page[PAGE - 1].code})}" if len(page) > PAGE else ""
    return _choices(request, form, CHOOSE_OFFER, items, place.name, {"desa": place.pk}, following)


def _choose_own_offer(request: HttpRequest) -> HttpResponse:
    items = [
        {"title": each.title, "small": each.partner.name, "url": f"?{urlencode({'tawaran': each.code})}"}
        for each in queries.offers_visible_to(person_of(request)).exclude(published_at=None).order_by("-pk")[:PAGE]
    ]
    return _choices(request, None, CHOOSE_OFFER, items, "", {}, "")


def _choose_village(request: HttpRequest, offer: str) -> HttpResponse:
    form = FindVillage(request.GET if "q" in request.GET else None)
    found: list[Region] = []
    if form.is_bound and form.is_valid():
        try:
            found = _named(request, form.cleaned_data["q"])
        except BadInput as bad:
            form.add_error("q", say(bad))
    items = [
        {
            "title": each.name,
            "small": f"{_lies_in(each)} · {each.pk}",
            "url": _address(each.pk, offer) if offer else f"?{urlencode({'desa': each.pk})}",
        }
        for each in found
    ]
    return _choices(request, form, CHOOSE_VILLAGE, items, "", {"tawaran": offer} if offer else {}, "")


def _named(request: HttpRequest, words: str) -> list[Region]:
    """Villages of this name or code: of the whole country for a partner, of its regency for an office."""
    person = person_of(request)
    if queries.parties_of(person):
        hits = search(words)
        found = [each.region.pk for each in (*hits.found, *hits.near) if each.region.level == 4][:PAGE]
        held = Region.objects.select_related("parent__parent").in_bulk(found)
        return [held[each] for each in found]
    seen = queries.villages_visible_to(person).select_related("parent__parent")
    return list(seen.filter(pk=words) or seen.filter(name_key__contains=name_key(words)).order_by("pk")[:PAGE])


def _lies_in(village: Region) -> str:
    """Villages of one name are told apart by where they lie. A regency or city carries the word in its own name."""
    district = village.parent
    if district is None or district.parent is None:
        return ""
    return _("Kecamatan %(district)s, %(regency)s") % {"district": district.name, "regency": district.parent.name}


def _choices(
    request: HttpRequest, form: Any, heading: str, items: list[dict[str, str]], kicker: str, kept: dict[str, str], following: str
) -> HttpResponse:  # fmt: skip
    context = {
        "find": form,
        "heading": _(heading),
        "listed": _(LISTED[heading]),
        "items": items,
        "kicker": kicker,
        "kept": kept.items(),
        "next": following,
        "asked": form is None or form.is_bound or heading == CHOOSE_OFFER,
    }
    wrong = form is not None and form.is_bound and bool(form.errors)
    return render(request, "matching/shortlists/why_not.html", context, status=422 if wrong else 200)


def _address(village: str, offer: str) -> str:
    return reverse("page.pair", args=[village, offer])


# The pair --------------------------------------------------------------------------------------------------------------


def pair(request: HttpRequest, code: str, offer: str) -> HttpResponse:
    found, inside = _pair(request, code, offer)
    places, listed = _places(found)
    missing = sum(not each.holds for each in found.findings)
    context = {
        "pair": found,
        "village": found.village,
        "offer": found.offer,
        "example": found.offer.example,
        "open": found.offer.state == OPEN,
        "score": decimal(found.why.h) if found.why and found.passes else "",
        "lines": reasons.lines(found.kept, code, offer, inside=inside),
        "distance": pairs.distance(found.facts, found.why_not) if found.facts and found.why_not else "",
        "change": pairs.least_change(found.why_not.change, found.village) if found.why_not else "",
        "others": max(missing - 1, 0),
        "gate": int(found.why.gate) if found.why else 0,
        "places": places,
        "listed": listed,
        "partner": found.offer.partner.code in queries.parties_of(person_of(request)),
        "house": found.village.pk in queries.villages_of(person_of(request)),
    }
    return render(request, "matching/shortlists/pair.html", context)


def pair_file(request: HttpRequest, code: str, offer: str) -> JsonResponse:
    found, _inside = _pair(request, code, offer)
    places, _listed = _places(found)
    return JsonResponse(pairs.told(found, places), json_dumps_params={"ensure_ascii": False})


def _pair(request: HttpRequest, village: str, offer: str) -> tuple[pairs.Pair, bool]:
    """The two, if this person may ask about them: those of the village's house, or over it, about any offer that was ever
    published; those of the partner about any village. The truth value: whether the reader opens the village's own records."""
    person = person_of(request)
    place = (
        market.with_aims(Region.objects.filter(pk=village, level=4, active=True))
        .select_related("parent__parent")
        .first()
    )
    theirs = market.with_reach(queries.offers_to_compare(person).filter(code=offer), village[:5]).first()
    if place is None or theirs is None:
        raise Http404
    mine = theirs.partner.code in queries.parties_of(person)
    seen = place.pk in queries.villages_of(person) or place.pk[:5] in queries.regencies_of(person)
    if not (mine or seen):
        raise Http404
    return pairs.pair(place, theirs), seen


def _places(found: pairs.Pair) -> tuple[dict[str, str], Shortlist | None]:
    """Where each stands on the other's list as it was computed last. Two statements."""
    if not found.passes:
        return {}, None
    of_village = list(queries.rows_of_village(found.village))
    of_offer = list(queries.rows_of_offer(found.offer, {found.village.pk[:5]}))
    listed = next((each.shortlist for each in (*of_village, *of_offer)), None)
    if listed is None:
        return {}, None
    return {
        "village": pairs.standing_of(of_village, listed.size, offer=found.offer.pk),
        "offer": pairs.standing_of(of_offer, listed.size, village=found.village.pk),
    }, listed
