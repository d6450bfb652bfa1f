"""The throw in the meeting, its minutes, and what a village's own page says of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.codes import is_village
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.handing import shown
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import examine
from bermitra.matching.draws import actions, queries, words
from bermitra.matching.draws.forms import Answer, Throw
from bermitra.matching.draws.letters import Thrown
from bermitra.matching.draws.throwing import throw as throw_for
from bermitra.matching.draws.views.common import (
    PAGE,
    attempt_words,
    code_in,
    draw_at,
    facts_of,
    meeting_words,
    organiser_words,
    room_of,
    standing_of,
)
from bermitra.matching.models import DrawEntrant
from bermitra.matching.rounds.rules import IN_TIME


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


def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The own village's answer, which may be changed until the last day."""
    try:
        entrant = queries.asked_of(_village_of(request).pk, code)
    except DrawEntrant.DoesNotExist:
        raise Http404 from None
    draw = entrant.draw
    given = {None: {}, True: {"takes_part": "ya"}, False: {"takes_part": "tidak"}}[entrant.answer]
    form = Answer(**typed_in(request), initial=given)
    norms = standing(draw.regency_id)
    return act_page(
        request,
        form,
        lambda: actions.answer_draw(by=by(request), entrant=entrant, **form.cleaned_data),
        "matching/draws/answer.html",
        heading=_("Jawab undian"),
        kicker=draw.programme,
        lede=_("Jawaban dapat diubah sampai hari terakhir. Sesudah itu daftar terbit dan terkunci."),
        verb=_("Kirim jawaban"),
        says=_("Jawaban desa Anda tersimpan."),
        back=reverse("page.village_draws"),
        findings=examine(IN_TIME, queries.answering_facts(draw, (), clock.now()), norms),
        facts=facts_of(draw),
        rule=words.rule_lines(draw, queries.district_names(draw.regency_id), _),
        draw=draw,
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
    may_answer = may_open(person_of(request), "matching.answer_draw", Reach(region=village.pk))
    context = {
        "village": village,
        "items": [_item(each, counts.get(each.draw_id, 0), may_answer) for each in page[:PAGE]],
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


def _item(each: DrawEntrant, of: int, may_answer: bool) -> dict[str, Any]:
    """``Anda nomor 12 dari 40``, and how it went; while villages answer it leads those who may to the answer."""
    draw = each.draw
    asked = draw.state == "asking" and not each.left_out
    if asked:
        small = _("jawab sampai %(day)s") % {"day": long_date(draw.answer_until) if draw.answer_until else ""}
    elif each.left_out:
        small = words.why_left_out(each, draw, _)
    else:
        small = _("Anda nomor %(number)s dari %(of)s") % {"number": each.number, "of": of}
    state, kind = standing_of(each, draw)
    if draw.state == "void":
        state, kind = _("Batal"), "late"
    elif draw.state == "committed" and not each.left_out:
        state = _("Menunggu undian")
    when = meeting_words(draw) if draw.state == "committed" and not each.left_out else ""
    parts = [organiser_words(draw), attempt_words(draw) if draw.attempt > 1 else "", small, when]
    return {
        "url": reverse("matching.answer_draw" if asked and may_answer else "page.fair_draw", args=[draw.code]),
        "title": draw.programme,
        "small": " · ".join(part for part in parts if part),
        "state": state,
        "kind": kind,
    }
