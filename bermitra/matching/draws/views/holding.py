"""The throw in the meeting, its minutes, and what a village's own page says of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.codes import is_village
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.handing import shown
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.regions.models import Region
from bermitra.matching.draws import queries, words
from bermitra.matching.draws.forms import Throw
from bermitra.matching.draws.letters import Thrown
from bermitra.matching.draws.throwing import throw as throw_for
from bermitra.matching.draws.views.common import (
    PAGE,
    attempt_words,
    code_in,
    draw_at,
    meeting_words,
    organiser_words,
    room_of,
    standing_of,
)
from bermitra.matching.models import DrawEntrant


def throw(request: HttpRequest, code: str) -> HttpResponse:
    draw = draw_at(request, code)
    form = Throw(**typed_in(request))
    findings = queries.checks(draw, queries.rows_of(draw), clock.now()) if draw.state == "committed" else ()
    return act_page(
        request,
        form,
        lambda: throw_for(by(request), draw, Thrown(**form.cleaned_data), clock.now()),
        heading=_("Catat lemparan"),
        kicker=draw.programme,
        lede=_("Tulis angka yang keluar seperti dibacakan. Hasilnya dihitung dari angka itu dan sidik daftar."),
        verb=_("Tetapkan hasil undian"),
        says=_("Hasil undian terbit. Setiap desa sudah diberi tahu."),
        back=room_of(draw),
        findings=findings,
        example=draw.example,
    )


def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The newest minutes, with the names of those who watched: for who holds the draw and who oversees it."""
    draw = draw_at(request, code)
    paper = queries.papers_of(draw).filter(kind="draw_minutes").first()
    if paper is None:
        raise Http404
    return shown(paper.file, f"berita-acara-undian-{draw.code}.pdf")


def village_draws(request: HttpRequest) -> HttpResponse:
    """What became of one's own village in every published draw; ``?setelah=`` goes on behind a draw."""
    village = _village_of(request)
    rows = queries.of_village(village.pk)
    after = rows.filter(draw__code=code_in(request, "setelah")).first()
    if after is not None:
        rows = rows.filter(draw__in=queries.behind(queries.published_draws(), after.draw))
    page = list(rows[: PAGE + 1])
    counts = queries.listed_counts(each.draw_id for each in page)
    context = {
        "village": village,
        "items": [_item(each, counts.get(each.draw_id, 0)) for each in page[:PAGE]],
        "next": f"?setelah={page[PAGE - 1].draw.code}" if len(page) > PAGE else "",
        "first": reverse("page.village_draws") if after else "",
        "example": any(each.draw.example for each in page[:PAGE]),
    }
    return render(request, "matching/draws/village.html", context)


def _village_of(request: HttpRequest) -> Region:
    row = table()["page.village_draws"]
    for office in person_of(request).offices:
        if row.scope_of(office.role) and office.region is not None and is_village(office.region_id or ""):
            return office.region
    raise Http404


def _item(each: DrawEntrant, of: int) -> dict[str, Any]:
    """``Anda nomor 12 dari 40``, and how it went."""
    draw = each.draw
    if each.left_out:
        small = words.why_left_out(each, draw, _)
    else:
        small = _("Anda nomor %(number)s dari %(of)s") % {"number": each.number, "of": of}
    state, kind = standing_of(each)
    if draw.state == "void":
        state, kind = _("Batal"), "late"
    elif draw.state == "committed" and not each.left_out:
        state = _("Menunggu undian")
    when = meeting_words(draw) if draw.state == "committed" and not each.left_out else ""
    parts = [organiser_words(draw), attempt_words(draw) if draw.attempt > 1 else "", small, when]
    return {
        "url": reverse("page.fair_draw", args=[draw.code]),
        "title": draw.programme,
        "small": " · ".join(part for part in parts if part),
        "state": state,
        "kind": kind,
    }
