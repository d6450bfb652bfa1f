"""What is handed out of a round: the sheet of each side, and the file with which anybody computes it again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bermitra.foundation.commands import clock
from bermitra.foundation.documents.compose import Issued, compose
from bermitra.foundation.documents.handing import download, shown
from bermitra.foundation.documents.typst_pdf import render
from bermitra.matching.models import RoundVillage
from bermitra.matching.rounds.letters import explanation as explain
from bermitra.matching.rounds.lives import FILE_SHOWN, RESULT_SHOWN
from bermitra.matching.rounds.queries import minutes_of, public_rounds
from bermitra.matching.rounds.views.common import round_at, side_at


def explanation(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet in words for a side, once the result is published."""
    side = side_at(request, code)
    if side.round.state not in RESULT_SHOWN or not side.joined:
        raise Http404
    public = request.build_absolute_uri(reverse("page.round", args=[side.round.code]))
    where = Issued(side.round.code, public, side.round.example)  # it is checked on the round's own page
    pdf = render(compose(explain(side, dated=clock.today()), where))
    name = side.village_id if isinstance(side, RoundVillage) else side.offer.code
    head = {"Content-Disposition": f'inline; filename="penjelasan-{side.round.code}-{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=head)


def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes of the throw, with the names of those who watched: for who holds the round and who oversees it."""
    of = round_at(request, code)
    paper = minutes_of(of)
    if paper is None:
        raise Http404
    return shown(paper.file, f"berita-acara-putaran-{of.code}.pdf")


def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The file that is computed again with ``bermitra verify-round``; everybody's once the result is published, and where
    the round was voided after it was computed."""
    of = get_object_or_404(public_rounds().select_related("certificate"), code=code)
    if of.certificate is None or of.state not in FILE_SHOWN:
        raise Http404
    return download(of.certificate)


def published_list(request: HttpRequest, code: str) -> HttpResponse:
    """The list, from the moment that its hash is published; ``?yang=pertama`` gives that of before the throw, where it was
    put right afterwards."""
    of = get_object_or_404(public_rounds().select_related("inputs", "first_inputs"), code=code)
    found = of.first_inputs if request.GET.get("yang") == "pertama" else of.inputs
    if found is None or not of.list_hash:
        raise Http404
    return download(found)
