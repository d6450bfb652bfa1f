"""What the published index proposes: low scores of the village, and a draft of one at a tap."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import render
from bermitra.foundation.rules import examine, unmet
from bermitra.foundation.text import _ as marked
from bermitra.needs import actions, queries
from bermitra.needs.forms import Sure
from bermitra.needs.index import ASK_FIRST, INDEX, NEVER, indicators
from bermitra.needs.queries import Suggestion
from bermitra.needs.queries.labels import english
from bermitra.needs.rules import PROPOSING
from bermitra.needs.views.common import ask_for, go, may, village_of

ACTORS = {
    "central": marked("Pemerintah pusat"),
    "province": marked("Provinsi"),
    "regency": marked("Kabupaten atau kota"),
    "village": marked("Desa"),
    "csr": marked("CSR perusahaan"),
    "other": marked("Pihak lain"),
}


def index_suggestions(request: HttpRequest) -> HttpResponse:
    village = village_of(request, "page.index_suggestions")
    found = queries.suggestions(village)
    context = {
        "village": village,
        "index": INDEX,
        "year": found[0].year if found else None,
        "items": [_item(each) for each in found],
        "known": queries.newest_scores(village) is not None if not found else True,
        "may_propose": may(request, "needs.propose_from_index"),
        "back": reverse("page.needs"),
    }
    return render(request, "needs/index_suggestions.html", context)


def _item(found: Suggestion) -> dict[str, Any]:
    entry, in_english = found.indicator, english()
    return {
        "code": entry.code,
        "title": entry.title_en if in_english else entry.title,
        "name": entry.en if in_english else entry.id,
        "sector": queries.sector_label(entry.sector),
        "score": found.score,
        "finding": entry.finding(found.year, found.score, english=in_english),
        "activity": entry.activity_en if in_english else entry.activity,
        "note": entry.note_en if in_english else entry.note,
        "actors": [_(ACTORS[actor]) for actor in entry.actors],
        "csr": entry.csr,
        "ask_first": entry.draft == ASK_FIRST,
        "need": found.need,
        "url": reverse("needs.propose_from_index", args=[entry.code]),
    }


def propose_from_index(request: HttpRequest, indicator: str) -> HttpResponse:
    village = village_of(request, "needs.propose_from_index")
    entry, form = indicators().get(indicator), Sure(request.POST or None)
    if entry is None or entry.draft == NEVER:
        raise Http404
    if request.method == "POST":
        example = person_of(request).example
        made = actions.propose_from_index(by=by(request), village=village, indicator=indicator, example=example)
        return go(
            request, "page.need", made.code, _("Draf dibuat. Lengkapi dusun dan penerima manfaatnya, lalu ajukan.")
        )
    found = queries.suggestion(village, indicator)
    findings = examine(PROPOSING, queries.proposing_facts(found), standing(village.code))
    back, name = reverse("page.index_suggestions"), entry.title_en if english() else entry.title
    lede = entry.finding(found.year, found.score, english=english()) if not unmet(findings) else ""
    more: dict[str, Any] = {"kicker": name, "findings": findings, "lede": lede}
    return ask_for(request, form, _("Jadikan draf kebutuhan?"), _("Buat draf"), back, **more)
