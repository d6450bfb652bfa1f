"""Rounds as everybody reads them: what decides, who is invited, what came out, and how to compute it again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bermitra.foundation.pages import render
from bermitra.foundation.personal.open_text import openly
from bermitra.matching.models import RoundOffer, RoundVillage
from bermitra.matching.rounds import queries
from bermitra.matching.rounds.forms import FindVillage
from bermitra.matching.rounds.lives import FILE_SHOWN, RESULT_SHOWN
from bermitra.matching.rounds.views import shown
from bermitra.matching.rounds.views.common import KINDS

LIST, PAGE = 20, 50


def listed(request: HttpRequest) -> HttpResponse:
    """Every round that was opened, the newest first; ``?setelah=`` reads on."""
    found = queries.public_rounds()
    if after := request.GET.get("setelah", ""):
        found = found.filter(pk__lt=get_object_or_404(found, code=after).pk)
    page = list(found[: LIST + 1])
    context = {
        "items": [
            {
                "title": openly(each.title),
                "url": reverse("page.round", args=[each.code]),
                "small": each.regency.name,
                "state": _(each.label.public),
                "kind": KINDS[each.state],
            }
            for each in page[:LIST]
        ],
        "next": f"?setelah={page[LIST - 1].code}" if len(page) > LIST else "",
        "example": any(each.example for each in page[:LIST]),
    }
    return render(request, "matching/rounds/public_list.html", context)


def one(request: HttpRequest, code: str) -> HttpResponse:
    """One round. ``?q= &keadaan=`` narrow its list of villages, ``?setelah=`` reads it on, ``?tawaran=`` its offers."""
    found = queries.public_rounds().select_related("certificate", "inputs", "follows")
    of, form = get_object_or_404(found, code=code), FindVillage(request.GET)
    chosen = form.chosen()
    with_result = of.state in RESULT_SHOWN
    if not with_result and chosen.get("keadaan") == "diperkenalkan":
        del chosen["keadaan"]  # what was computed is nobody's to guess before it is published
    rows = queries.village_rows(
        of, show=chosen.get("keadaan", ""), words=chosen.get("q", ""), after=request.GET.get("setelah", "")[:13]
    )
    page = list(rows[: PAGE + 1])
    offers = list(queries.offer_rows(of, after=request.GET.get("tawaran", "")[:20])[: PAGE + 1])
    more_offers = {**chosen, "tawaran": offers[PAGE - 1].offer.code} if len(offers) > PAGE else {}
    more = {**chosen, "setelah": page[PAGE - 1].village_id} if len(page) > PAGE else {}
    counts = queries.counts(of)
    ends = queries.ends(of, page, offers) if of.state == "final" else {}
    context = {
        "round": of,
        "example": of.example,
        "title": openly(of.title),
        "programme": openly(of.programme),
        "why": openly(of.why),
        "changed": openly(of.changed),
        "void_why": openly(of.void_why),
        "label": of.label,
        "kind": KINDS[of.state],
        "way": shown.way(of.state),
        "dates": shown.dates(of),
        "meeting": shown.meeting_ahead(of),
        "meeting_place": openly(of.meeting_place),
        "counts": counts,
        "policy": shown.policy_lines(of, counts),
        "precedence": shown.precedence(of),
        "seed": shown.seed_lines(of),
        "report": shown.report_lines(of) if with_result else [],
        "file": of.certificate if of.state in FILE_SHOWN else None,
        "list_file": of.inputs if of.list_hash else None,
        "first_list": of.first_list_hash not in ("", of.list_hash),
        "offers": [_offer(each, with_result, ends.get(each.code, [])) for each in offers[:PAGE]],
        "next_offers": f"?{urlencode(more_offers)}#tawaran" if more_offers else "",
        "form": form,
        "filtered": bool(chosen),
        "items": [_village(each, with_result, ends.get(each.code, [])) for each in page[:PAGE]],
        "next": f"?{urlencode(more)}#desa" if more else "",
        "objections": [{**each, "text": openly(each["text"]), "answer": openly(each["answer"])}
                       for each in shown.objection_lines(queries.objections_of(of))] if with_result else [],
    }  # fmt: skip
    return render(request, "matching/rounds/public.html", context)


def _village(each: RoundVillage, with_result: bool, ends: list[tuple[str, str]]) -> dict[str, str]:
    word, kind = shown.standing_of(each, ends)
    says = shown.outcome_words(each) if with_result and each.joined else shown.missing_words(each)
    small = [each.village.parent.name if each.village.parent else "", shown.tier_name(each), says]
    return {
        "title": each.village.name,
        "url": reverse("page.village", args=[each.village_id]),
        "small": " · ".join(filter(None, small)),
        "state": word,
        "kind": kind,
    }


def _offer(each: RoundOffer, with_result: bool, ends: list[tuple[str, str]]) -> dict[str, str]:
    word, kind = shown.standing_of(each, ends)
    says = shown.outcome_words(each) if with_result and each.joined else ""
    return {
        "title": openly(each.offer.title),
        "url": reverse("page.offer", args=[each.offer.code]),
        "small": " · ".join(filter(None, [each.offer.partner.name, shown.places_words(each), says])),
        "state": word,
        "kind": kind,
    }
