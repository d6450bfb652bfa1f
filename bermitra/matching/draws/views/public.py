"""Draws as everybody sees them: the list before, the hash, the throw, the result, and how to compute it again."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.foundation.calendar import local_time, long_date, zone_of
from bermitra.foundation.codes import parse_code
from bermitra.foundation.documents.handing import download, shown
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import render
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.text import BadInput
from bermitra.matching.draws import lists, queries, words
from bermitra.matching.draws.rules import LEFT_OUT
from bermitra.matching.draws.views.common import (
    STATE_KINDS,
    attempt_words,
    code_in,
    facts_of,
    meeting_words,
    organiser_words,
    said_so_far,
    sheet_of,
    village_page,
    winner_items,
)
from bermitra.matching.models import Draw

LIST = 20


def listed(request: HttpRequest) -> HttpResponse:
    """``?setelah=`` goes on behind a draw."""
    found = queries.published_draws()
    after = found.filter(code=code_in(request, "setelah")).first()
    page = list((queries.behind(found, after) if after else found)[: LIST + 1])
    items = [
        {
            "url": reverse("page.fair_draw", args=[each.code]),
            "title": openly(each.programme),
            "small": _small(each),
            "state": _(each.label.public),
            "kind": STATE_KINDS[each.state],
        }
        for each in page[:LIST]
    ]
    context = {
        "items": items,
        "next": f"?setelah={page[LIST - 1].code}" if len(page) > LIST else "",
        "first": reverse("page.fair_draws") if after else "",
        "example": any(each.example for each in page[:LIST]),
    }
    return render(request, "matching/draws/public_list.html", context)


def _small(draw: Draw) -> str:
    parts = [
        draw.regency.name,
        organiser_words(draw) if draw.partner else "",
        ngettext("%(n)s tempat", "%(n)s tempat", draw.seats) % {"n": draw.seats},
    ]
    if draw.attempt > 1:
        parts.append(attempt_words(draw))
    return " · ".join(part for part in parts if part)


def public_draw(code: str) -> Draw:
    return get_object_or_404(queries.published_draws(), code=code)


def one(request: HttpRequest, code: str) -> HttpResponse:
    """``?cari= &daftar=`` narrow its villages, ``?setelah=`` goes on behind one."""
    if away := _elsewhere(code):
        return redirect("page.fair_draw", code=away)
    draw = public_draw(code)
    rows = queries.rows_of(draw)
    left_out = Counter(each.left_out for each in rows if each.left_out)
    beside = list(queries.beside(draw))
    others = [each for each in beside if each.programme_key == draw.programme_key]
    context = {
        **village_page(request, draw, reverse("page.fair_draw", args=[draw.code]), LIST),
        "draw": draw,
        "example": draw.example,
        "programme": openly(draw.programme),
        "organiser": organiser_words(draw),
        "kind": STATE_KINDS[draw.state],
        "facts": facts_of(draw),
        "attempt": attempt_words(draw),
        "voided": sum(each.state == "void" for each in others if each.attempt < draw.attempt),
        "others": [(openly(each.void_reason), each) for each in others],
        "voided_otherwise": [
            {
                "url": reverse("page.fair_draw", args=[each.code]),
                "title": openly(each.programme),
                "why": openly(each.void_reason),
            }
            for each in beside
            if each.programme_key != draw.programme_key
        ],
        "witnesses": [openly(draw.witness_one_office), openly(draw.witness_two_office)],
        "void_reason": openly(draw.void_reason),
        "winners": winner_items(rows, draw),
        "asking": said_so_far(draw, rows),
        "everybody": draw.state == "drawn" and not draw.thrown,
        "count": len(rows) - left_out.total(),
        "left_out": [(_(said), left_out[code]) for code, said in LEFT_OUT.items() if code in left_out],
        "rule": words.rule_lines(draw, queries.districts_in(rows), _),
        "steps": words.replay_steps(draw, _),
        "earliest": _earliest(draw) if draw.state == "committed" else "",
        "meeting": meeting_words(draw) if draw.state == "committed" else "",
        "meeting_place": openly(draw.meeting_place),
    }
    return render(request, "matching/draws/public.html", context)


def _elsewhere(typed: str) -> str:
    """The code as it is stored, where it was typed otherwise; 404 for what is no code."""
    try:
        code = parse_code(typed, 10)
    except BadInput:
        raise Http404 from None
    return "" if code == typed else code


def _earliest(draw: Draw) -> str:
    """From when the lot may be thrown: the list has stood open as long as the norm says."""
    if draw.committed_at is None:
        return ""
    at = draw.committed_at + timedelta(hours=standing(draw.regency_id).numbers["draw_commit_hours"])
    return f"{long_date(lists.day_of(draw, at))} {local_time(at, zone_of(draw.regency_id))}"


# Files ---------------------------------------------------------------------------------------------------------------


def list_file(request: HttpRequest, code: str) -> HttpResponse:
    """Exactly the bytes whose hash was published."""
    draw = public_draw(code)
    if not draw.published:
        raise Http404
    content = lists.list_bytes(draw, queries.rows_of(draw))
    head = {"Content-Disposition": f'attachment; filename="daftar-undian-{draw.code}.json"'}
    return HttpResponse(content, content_type="application/json", headers=head)


def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The file with which anybody computes the draw again."""
    draw = public_draw(code)
    if draw.certificate is None:
        raise Http404
    return download(draw.certificate)


def workbook(request: HttpRequest, code: str) -> FileResponse:
    return sheet_of(public_draw(code))


def list_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The print of the list as it was published."""
    draw = public_draw(code)
    paper = queries.list_paper_of(draw)
    if paper is None:
        raise Http404
    return shown(paper.file, f"daftar-undian-{draw.code}.pdf")
