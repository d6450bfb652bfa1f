"""What is printed of a selection: the papers of its call, a partner's sheet, the written answer, the whole dossier."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.documents import handing
from bermitra.foundation.documents.model import Size
from bermitra.foundation.pages import data_of, render, sent
from bermitra.selection import actions, forms
from bermitra.selection.letters.answer import answer_letter
from bermitra.selection.letters.common import UNANNOUNCED, Edition, call_pdf, page_of_case, pdf_of
from bermitra.selection.letters.feedback import feedback_sheet
from bermitra.selection.letters.printing import editable, printed
from bermitra.selection.models import Call, Dossier, ProposalVersion, WrittenAnswer
from bermitra.selection.queries import interest_known, proposals_visible_to
from bermitra.selection.queries.dossiers import MOST, dossiers_of, newest_dossier, stage_of
from bermitra.selection.queries.feedback import feedback_of
from bermitra.selection.rules import DOSSIER_WAITS
from bermitra.selection.views.common import call_at, case_at, done

PLACES = "village__parent__parent"


def selection_paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A paper of the call for the house, with the names that are in no public one; ``?kertas=`` a4 or f4."""
    call = call_at(request, code)
    contents = _read_by(request, call) if kind == "perbandingan" else None
    size = handing.size_asked(request)
    if handing.word_asked(request) and (tree := editable(call, kind, Edition.HOUSE, size, contents)) is not None:
        return handing.editable(tree, f"{kind}-{call.code}.docx")
    pdf = printed(call, kind, Edition.HOUSE, size, contents)
    if pdf is None:
        raise Http404(_("Surat ini belum ada."))
    return handing.printed(pdf, f"{kind}-{call.code}.pdf")


def _read_by(request: HttpRequest, call: Call) -> dict[int, dict[str, Any]]:
    """What those proposals say that this person has opened into the record; no other is shown to him, and none of whom an
    interest is known."""
    person = person_of(request)
    if interest_known(call, person):
        return {}
    read = ProposalVersion.objects.filter(proposal__call=call, readings__person=person).order_by("number")
    return {
        each.proposal_id: each.content for each in read.filter(proposal__in=proposals_visible_to(person).values("pk"))
    }


def feedback_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The newest sheet of a partner that was not proposed, as one page of paper."""
    one = get_object_or_404(proposals_visible_to(person_of(request)).select_related(f"call__case__{PLACES}"), code=code)
    sheets = feedback_of(one)
    if one.call is None or not sheets:
        raise Http404(_("Lembar hasil ini belum ada."))
    given = sheets[0]
    given.proposal = one
    document = feedback_sheet(given, one.call, handing.size_asked(request) or Size.A4)
    return handing.printed(call_pdf(document, one.call), f"hasil-{code}.pdf")


def answer_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The written answer to a partner's own offer, as the letter that is sent."""
    case = case_at(request, code)
    answer = get_object_or_404(WrittenAnswer.objects.select_related(f"case__{PLACES}", "case__partner"), case=case)
    document = answer_letter(answer, handing.size_asked(request) or Size.F4)
    pdf = pdf_of(document, code=case.code, address=page_of_case(case), example=case.example)
    return handing.printed(pdf, f"jawaban-{code}.pdf")


def ask_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """The dossiers of a case, and the button for another; the page comes again by itself while one is made."""
    case = case_at(request, code)
    if not stage_of(case):
        raise Http404(_("Belum ada yang dapat disusun: penawaran belum terbit."))
    form = forms.Sure(data_of(request))
    if sent(request, form):
        actions.ask_dossier(by=by(request), case=case)
        return done(request, _("Berkas seleksi diminta. Halaman ini memperbarui diri."), "selection.ask_dossier", code)
    made = list(dossiers_of(case)[:MOST])
    context = {
        "form": form,
        "case": case,
        "example": case.example,
        "waits": bool(made) and made[0].state in DOSSIER_WAITS,
        "failed": bool(made) and made[0].state == Dossier.State.FAILED,
        "newest": next((each for each in made if each.state == Dossier.State.READY), None),
        "has_call": case.calls.exclude(state__in=UNANNOUNCED).exists(),
    }
    return render(request, "selection/dossier.html", context)


def dossier_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The newest dossier in the edition of the house."""
    made = newest_dossier(case_at(request, code))
    if made is None or made.house is None:
        raise Http404(_("Berkas seleksi ini belum disusun."))
    return handing.shown(made.house, made.house.name)
