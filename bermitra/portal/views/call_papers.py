"""The papers of a call and the dossier of a case as everybody may print them: without names of witnesses and scorers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from bermitra.foundation.documents import handing
from bermitra.partnership.queries import public_cases
from bermitra.selection.letters.common import Edition
from bermitra.selection.letters.printing import editable, printed
from bermitra.selection.queries import public_calls
from bermitra.selection.queries.dossiers import newest_dossier


def call_paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """``?kertas=`` a4 or f4, ``?bentuk=word`` for a file to edit."""
    calls = public_calls().select_related(
        "case__village__parent__parent", "case__partner", "case__midterm_line", "case__plan_line"
    )
    call = get_object_or_404(calls, code=code)
    size = handing.size_asked(request)
    if handing.word_asked(request) and (tree := editable(call, kind, Edition.PUBLIC, size)) is not None:
        return handing.editable(tree, f"{kind}-{code}.docx")
    pdf = printed(call, kind, Edition.PUBLIC, size)
    if pdf is None:
        raise Http404(_("Surat ini belum ada."))
    return handing.printed(pdf, f"{kind}-{code}.pdf")


def case_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """The newest dossier, in the edition for everybody."""
    made = newest_dossier(get_object_or_404(public_cases(), code=code))
    if made is None or made.public is None:
        raise Http404(_("Berkas seleksi ini belum disusun."))
    return handing.shown(made.public, made.public.name)
