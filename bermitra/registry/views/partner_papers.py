"""What a partner lays down and declares: documents, and who owns, controls and leads it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.documents.handing import download
from bermitra.foundation.pages import act_page, content_of, render, typed_in
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import book
from bermitra.registry.forms import MORE_ROWS, AddDocument, DeclareOwners, Reason
from bermitra.registry.models import PartnerDocument
from bermitra.registry.queries.bodies import of_body, owners_of
from bermitra.registry.queries.verifications import documents_of, reads_file_of
from bermitra.registry.queries.words import said
from bermitra.registry.views.common import partner_at


def partner_document(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The file of the newest document of this kind, for those who may read the partner's papers."""
    partner, _back = partner_at(request, code)
    document = documents_of(partner).get(kind) if reads_file_of(person_of(request), partner) else None
    if document is None or document.file is None:
        raise Http404
    return download(document.file)


def older_document(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The file of one document, be it replaced or withdrawn."""
    document = _document(request, code, pk)
    if document.file is None or not reads_file_of(person_of(request), document.partner):
        raise Http404
    return download(document.file)


def _document(request: HttpRequest, code: str, pk: int) -> PartnerDocument:
    """A document of this body, whichever of its entries it was laid down with."""
    partner, _back = partner_at(request, code)
    found = PartnerDocument.objects.filter(of_body(partner.pk)).select_related("file", "partner")
    return get_object_or_404(found, pk=pk)


def add_document(request: HttpRequest, code: str) -> HttpResponse:
    partner, back = partner_at(request, code)
    wanted = {"kind": request.GET.get("dokumen", "")}
    form = AddDocument(**typed_in(request), kind=book().kinds[partner.kind], initial=wanted)

    def does() -> None:
        given = {**form.cleaned_data, "file": content_of(form.cleaned_data["file"])}
        actions.add_document(by=by(request), partner=partner, **given)

    return act_page(
        request,
        form,
        does,
        heading=_("Catat dokumen"),
        lede=_("Dokumen terbaru dari setiap jenis yang dihitung; yang lama tetap tersimpan."),
        verb=_("Catat dokumen"),
        says=_("Dokumen tercatat."),
        back=back,
        example=partner.example,
    )


def withdraw_document(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    document = _document(request, code, pk)
    back = reverse("page.partner_history", kwargs={"code": code})
    form = Reason(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.withdraw_document(by=by(request), document=document, **form.cleaned_data),
        heading=_("Tarik dokumen"),
        lede=_("%(name)s, nomor %(number)s. Dokumen tidak dihitung lagi, tetapi tetap dalam riwayat.")
        % {"name": said(book().documents[document.kind].name), "number": document.number},
        verb=_("Tarik dokumen"),
        says=_("Dokumen ditarik."),
        back=back,
        example=document.partner.example,
    )


def declare_owners(request: HttpRequest, code: str) -> HttpResponse:
    """All at once; what was declared last stands in the form. A second button asks for more blocks."""
    partner, back = partner_at(request, code)
    more = "more" in request.POST
    if request.method == "POST":
        rows = _rows(request.POST.get("rows", "")) + (MORE_ROWS if more else 0)
        form = DeclareOwners(request.POST, rows=rows) if not more else DeclareOwners(rows=rows, initial=_typed(request))
    else:
        held = owners_of(partner)
        form = DeclareOwners(rows=len(held) + 1, initial=DeclareOwners.of(held))
    if request.method == "POST" and not more and form.is_valid():
        actions.declare_owners(by=by(request), partner=partner, owners=form.owners())
        return redirect(back)
    context = {"form": form, "partner": partner, "back": back, "example": partner.example}
    return render(request, "registry/owners.html", context, status=422 if form.is_bound else 200)


def _rows(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0


def _typed(request: HttpRequest) -> dict[str, str]:
    """What stands in the form already; the number of its blocks is the page's own."""
    return {name: value for name, value in request.POST.items() if isinstance(value, str) and name != "rows"}
