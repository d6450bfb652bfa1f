"""Who is invited and who is not, and the answers after the result: lists of the office, also as workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.sheets import Cell, xlsx
from bermitra.foundation.pages import render
from bermitra.foundation.text import _ as marked
from bermitra.matching.models import Introduction, RoundOffer, RoundVillage
from bermitra.matching.rounds import queries
from bermitra.matching.rounds.forms import FindVillage
from bermitra.matching.rounds.lives import INTRODUCTION_LABELS, RESULT_SHOWN
from bermitra.matching.rounds.views import shown
from bermitra.matching.rounds.views.common import round_at

PAGE = 50
AT_ONCE = 500


def villages(request: HttpRequest, code: str) -> HttpResponse:
    """Every village of the regency: invited, or not and why. ``?q= &keadaan=`` narrow, ``?setelah=`` reads on,
    ``?tawaran=`` the offers."""
    of, form = round_at(request, code), FindVillage(request.GET)
    chosen = form.chosen()
    after = request.GET.get("setelah", "")[:13]
    found = queries.village_rows(of, **_narrowed(chosen), after=after)
    page = list(found[: PAGE + 1])
    offers = list(queries.offer_rows(of, after=request.GET.get("tawaran", "")[:20])[: PAGE + 1])
    counts = queries.counts(of)
    ends = queries.ends(of, page, offers) if of.state == "final" else {}
    more = {**chosen, "setelah": page[PAGE - 1].village_id} if len(page) > PAGE else {}
    more_offers = {**chosen, "tawaran": offers[PAGE - 1].offer.code} if len(offers) > PAGE else {}
    context = {
        "round": of,
        "example": of.example,
        "form": form,
        "filtered": bool(chosen),
        "counts": counts,
        "not_yet": counts["villages"] - counts["eligible"],
        "items": [_village_line(each, ends.get(each.code, ())) for each in page[:PAGE]],
        "offers": [_offer_line(each, ends.get(each.code, ())) for each in offers[:PAGE]],
        "next_offers": f"?{urlencode(more_offers)}#tawaran" if more_offers else "",
        "next": f"?{urlencode(more)}" if more else "",
        "sheet": f"{reverse('page.round_villages_xlsx', args=[code])}?{urlencode(chosen)}",
    }
    return render(request, "matching/rounds/villages.html", context)


def _narrowed(chosen: dict[str, str]) -> dict[str, str]:
    return {"show": chosen.get("keadaan", ""), "words": chosen.get("q", "")}


def _village_line(each: RoundVillage, ends: Sequence[tuple[str, str]]) -> dict[str, str]:
    word, kind = shown.standing_of(each, ends)
    if each.round.state == "preferences" and each.joined and each.chosen_at is None:
        word, kind = _("Belum menyusun pilihan"), "fix"
    small = [each.village_id, shown.tier_name(each), shown.missing_words(each) or each.why_not]
    return {
        "title": each.village.name,
        "url": reverse("page.round_village", args=[each.code]) if each.eligible and each.round.opened_at else "",
        "small": " · ".join(filter(None, small)),
        "state": word,
        "kind": kind,
    }


def _offer_line(each: RoundOffer, ends: Sequence[tuple[str, str]]) -> dict[str, str]:
    word, kind = shown.standing_of(each, ends)
    return {
        "title": each.offer.title,
        "url": reverse("page.round_offer", args=[each.code]) if each.round.opened_at else "",
        "small": " · ".join(filter(None, [each.offer.partner.name, shown.places_words(each), each.why_not])),
        "state": word,
        "kind": kind,
    }


COLUMNS = (
    marked("Kode desa"), marked("Desa"), marked("Kecamatan"), marked("Status indeks"), marked("Keadaan"),
    marked("Alasan"), marked("Hasil"),
)  # fmt: skip


def villages_xlsx(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same list, all of its pages."""
    of = round_at(request, code)
    found = queries.village_rows(of, **_narrowed(FindVillage(request.GET).chosen()))
    with_result = of.state in RESULT_SHOWN
    rows = _rows(found.iterator(chunk_size=AT_ONCE), with_result)
    return xlsx(f"putaran-{of.code}", _("Desa dalam putaran"), COLUMNS, rows)


def _rows(found: Iterable[RoundVillage], with_result: bool) -> Iterable[list[Cell]]:
    for each in found:
        above = each.village.parent.name if each.village.parent else ""
        yield [
            each.village_id, each.village.name, above, shown.tier_name(each), shown.standing_of(each)[0],
            shown.missing_words(each) or each.why_not,
            shown.outcome_words(each) if with_result and each.joined else "",
        ]  # fmt: skip


def answers(request: HttpRequest, code: str) -> HttpResponse:
    """What each side said to its introduction. ``?setelah=`` reads on."""
    of = round_at(request, code)
    page = list(queries.introduction_rows(of, after=request.GET.get("setelah", "")[:10])[: PAGE + 1])
    more = {"setelah": page[PAGE - 1].code} if len(page) > PAGE else {}
    context = {
        "round": of,
        "example": of.example,
        "until": of.answer_until,
        "tally": [(_(INTRODUCTION_LABELS[state].staff), many) for state, many in queries.introduction_states(of)],
        "columns": [_(each) for each in ANSWER_COLUMNS],
        "rows": [_answer_row(each) for each in page[:PAGE]],
        "next": f"?{urlencode(more)}" if more else "",
    }
    return render(request, "matching/rounds/answers.html", context)


ANSWER_COLUMNS = (
    marked("Desa"), marked("Tawaran"), marked("Mitra"), marked("Desa menjawab"), marked("Mitra menjawab"),
    marked("Keadaan"),
)  # fmt: skip


def answers_xlsx(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same list, all of its pages."""
    of = round_at(request, code)
    rows = (_answer_row(each) for each in queries.introduction_rows(of).iterator(chunk_size=AT_ONCE))
    return xlsx(f"jawaban-{of.code}", _("Papan jawaban"), ANSWER_COLUMNS, rows)


def _answer_row(each: Introduction) -> list[Cell]:
    by_side = {"village": each.village_answered_at, "partner": each.partner_answered_at}
    said = [
        _("Menolak: %(why)s") % {"why": each.why}
        if each.declined_by == side
        else _("Menerima, %(day)s") % {"day": long_date(localtime(at).date())}
        if at
        else _("Belum")
        for side, at in by_side.items()
    ]
    offer = each.offer.offer
    return [each.village.village.name, offer.title, offer.partner.name, *said, _(each.label.staff)]
