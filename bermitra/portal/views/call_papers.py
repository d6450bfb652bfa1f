"""The papers of a call and the dossier of a case as everybody may print them: without names of witnesses and scorers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from bermitra.foundation.documents.handing import shown
from bermitra.foundation.documents.model import Size
from bermitra.partnership.queries import public_cases
from bermitra.selection.letters.common import Edition
from bermitra.selection.letters.printing import printed
from bermitra.selection.queries import public_calls
from bermitra.selection.queries.dossiers import newest_dossier


def call_paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """``?kertas=`` a4 or f4."""
    calls = public_calls().select_related(
        "case__village__parent__parent", "case__partner", "case__midterm_line", "case__plan_line"
    )
    call = get_object_or_404(calls, code=code)
    pdf = printed(call, kind, Edition.PUBLIC, _size(request))
    if pdf is None:
        raise Http404(_("Surat ini belum ada."))
    head = {"Content-Disposition": content_disposition_header(False, f"{kind}-{code}.pdf")}
    return HttpResponse(pdf, content_type="application/pdf", headers=head)


def case_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """The newest dossier, in the edition for everybody."""
    made = newest_dossier(get_object_or_404(public_cases(), code=code))
    if made is None or made.public is None:
        raise Http404(_("Berkas seleksi ini belum disusun."))
    return shown(made.public, made.public.name)


def _size(request: HttpRequest) -> Size | None:
    sizes = {each.value: each for each in Size}
    wanted = request.GET.get("kertas", "")
    if wanted and wanted not in sizes:
        raise Http404(_("Kertas yang tersedia: a4 atau f4."))
    return sizes.get(wanted)
