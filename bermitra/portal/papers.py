"""The public pages of papers: is it genuine, and what does an agreement say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from bermitra.agreements.chains.queries import level_of
from bermitra.agreements.chains.queries import tree as chain_tree
from bermitra.agreements.chains.rules import LEVELS
from bermitra.agreements.models import Agreement
from bermitra.agreements.queries import local_summaries, public_agreements, signed_file, slots_of
from bermitra.agreements.villages.queries import takeovers_of
from bermitra.foundation.accounts.throttle import slow_down_sender
from bermitra.foundation.codes import parse_code
from bermitra.foundation.documents import html
from bermitra.foundation.documents.handing import shown
from bermitra.foundation.documents.models import CODE_LENGTH, Paper
from bermitra.foundation.documents.queries import by_code
from bermitra.foundation.documents.uploads import LARGEST_PDF, MEGABYTE
from bermitra.foundation.fields import ParsedField
from bermitra.foundation.pages import render
from bermitra.foundation.text import BadInput
from bermitra.portal import changes, proofs, verification


class CodeForm(forms.Form):
    """A code as it stands on the paper, or the file itself: it is found by its bytes."""

    code = ParsedField(
        label=_("Kode pada dokumen"),
        help_text=_("Tiga belas huruf dan angka di kaki setiap halaman, misalnya 7K3M-9QXD-2A5T-W"),
        parse=lambda typed: parse_code(typed, CODE_LENGTH),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        required=False,
    )
    file = forms.FileField(
        label=_("Atau berkas yang Anda terima"),
        help_text=_("PDF sampai 10 MB. Berkas tidak disimpan."),
        required=False,
        error_messages={"empty": _("Berkas ini kosong. Pilih berkas lain.")},
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for each in self.fields.values():
            each.owed = True  # type: ignore[attr-defined]  # one of the two is needed, so neither is called optional

    def clean_file(self) -> Any:
        return _not_too_large(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("code") and not given.get("file") and not self.errors:
            self.add_error("code", _("Ketik kode pada dokumen, atau pilih berkasnya."))
        return given


class FileForm(forms.Form):
    """The file is compared and not kept; one that is not ours is read in a process of its own."""

    file = forms.FileField(
        label=_("Berkas yang Anda terima"),
        help_text=_("PDF sampai 10 MB. Berkas tidak disimpan."),
        error_messages={
            "required": _("Pilih berkas yang ingin diperiksa."),
            "empty": _("Berkas ini kosong. Pilih berkas lain."),
        },
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def clean_file(self) -> Any:
        return _not_too_large(self.cleaned_data["file"])


def _not_too_large(upload: Any) -> Any:
    if upload and upload.size > LARGEST_PDF:
        raise ValidationError(
            _("Berkas terlalu besar. Pilih berkas paling besar {limit} MB.").format(limit=LARGEST_PDF // MEGABYTE)
        )
    return upload


def verify(request: HttpRequest) -> HttpResponse:
    sent = request.method == "POST"
    form = CodeForm(request.POST if sent else None, request.FILES if sent else None)
    if sent:
        slow_down_sender(request, "verify")
        if form.is_valid():
            given = form.cleaned_data
            if given["file"]:
                return _of_file(request, given["file"].read())
            return redirect("page.paper", code=given["code"])
    return render(request, "portal/verify.html", {"form": form}, status=422 if form.is_bound else 200)


def _of_file(request: HttpRequest, content: bytes) -> HttpResponse:
    """The paper that this file is one of, with its lights; or that no paper of ours has these bytes."""
    held = verification.paper_of(content)
    if held is None:
        return render(request, "portal/verify.html", {"form": CodeForm(), "unknown_file": True}, status=404)
    context = {
        "found": verification.verify(held),
        "example": held.example,
        "form": FileForm(),
        "compared": verification.compare(held, content),
    }
    return render(request, "portal/paper.html", context)


def paper(request: HttpRequest, code: str) -> HttpResponse:
    try:
        held = by_code(parse_code(code, CODE_LENGTH))
    except BadInput:
        held = None
    if held is None:
        context = {"form": CodeForm(initial={"code": code[:40]}), "unknown": True}
        return render(request, "portal/verify.html", context, status=404)
    sent = request.method == "POST"
    form = FileForm(request.POST if sent else None, request.FILES if sent else None)
    compared = None
    if sent:
        slow_down_sender(request, "verify")
        if form.is_valid():
            compared = verification.compare(held, form.cleaned_data["file"].read())
    context = {
        "found": verification.verify(held),
        "example": held.example,
        "form": form,
        "compared": compared,
    }
    return render(request, "portal/paper.html", context, status=422 if sent and form.errors else 200)


def _paper_at(code: str) -> Paper:
    try:
        held = by_code(parse_code(code, CODE_LENGTH))
    except BadInput:
        held = None
    if held is None:
        raise Http404
    return held


@never_cache
def paper_proof(request: HttpRequest, code: str) -> HttpResponse:
    """What ``bermitra-verify`` needs beside the file: the registered hashes and their lines in the journal."""
    return JsonResponse(proofs.proof(_paper_at(code)), json_dumps_params={"ensure_ascii": False, "indent": 1})


@never_cache
def paper_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The certificates under which the signatures stand, and the key of the journal."""
    return HttpResponse(proofs.certificates(_paper_at(code)), content_type="text/plain; charset=utf-8")


def _agreement(code: str) -> Agreement:
    found = get_object_or_404(
        public_agreements()
        .select_related("chain__under__chain__under")
        .order_by(),  # ordered, SQLite would walk them all
        case__code=code,
    )
    if found.paper is None:
        raise Http404
    return found


def agreement(request: HttpRequest, code: str) -> HttpResponse:
    """What an agreement in force says, word by word."""
    held = _agreement(code)
    addenda = changes.addenda(held)
    context = {
        "agreement": held,
        "case": held.case,
        "example": held.example,
        "slots": slots_of(held),
        "addenda": addenda,
        "rest": changes.rest(held),
        "summary_is_old": changes.older_than(held, addenda),
        "local": local_summaries(held) if held.published_at else [],
        "chain": chain_tree(held, public_agreements()),
        "takeovers": takeovers_of(held.case),
        "level": LEVELS[level_of(held)],
        "text": html.render(held.paper.source) if held.paper else "",
    }
    return render(request, "portal/agreement.html", context)


def agreement_pdf(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(code)
    signed = signed_file(held)
    stored = signed.file if signed else held.registered
    if stored is None:
        raise Http404
    return shown(stored, f"perjanjian-{code}.pdf")
