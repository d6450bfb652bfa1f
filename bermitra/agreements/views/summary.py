"""The summary on the screen and on paper, in the language of the place, and how residents got to know it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import actions, queries
from bermitra.agreements import forms as shapes
from bermitra.agreements.summary_paper import summary_tree
from bermitra.agreements.views.common import about, agreement_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import handing, html
from bermitra.foundation.documents.typst_pdf import render as render_pdf
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import data_of, render, sent

DOORS = ("agreements.tell_residents", "agreements.write_local_summary", "agreements.confirm_local_summary")


def summary(request: HttpRequest, code: str) -> HttpResponse:
    """``?bentuk=`` pdf or word for paper."""
    held, wanted = agreement_at(request, code), request.GET.get("bentuk", "")
    tree = summary_tree(held, clock.today())
    if handing.word_asked(request):
        return handing.editable(tree, f"ringkasan-{code}.docx")
    if wanted == "pdf":
        return handing.printed(render_pdf(tree), f"ringkasan-{code}.pdf")
    person, reach = person_of(request), held.reach()
    open_doors = [door for door in DOORS if held.state != "abandoned" and may_open(person, door, reach)]
    context = {
        "agreement": held,
        "example": held.example,
        "text": html.render(tree),
        "told": queries.told_of(held),
        "may_tell": "agreements.tell_residents" in open_doors,
        "may_write": "agreements.write_local_summary" in open_doors,
        "may_confirm": "agreements.confirm_local_summary" in open_doors,
        "unread": queries.unread_local_summaries(held),
    }
    return render(request, "agreements/summary.html", context)


def tell_residents(request: HttpRequest, code: str) -> HttpResponse:
    held, form = agreement_at(request, code), shapes.Told(data_of(request))
    if sent(request, form):
        actions.tell_residents(by=by(request), agreement=held, **form.cleaned_data)
        return _back(request, code, _("Tercatat: warga sudah mengenal isi naskah ini."))
    lede = _("Catat hari warga mendengar atau menerima ringkasan naskah ini.")
    back = reverse("page.agreement_summary", args=[code])
    return about(request, held, form, _("Catat ringkasan dibacakan"), _("Simpan catatan"), lede=lede, back=back)


def write_local_summary(request: HttpRequest, code: str) -> HttpResponse:
    held, form = agreement_at(request, code), shapes.LocalText(data_of(request))
    if sent(request, form):
        actions.write_local_summary(by=by(request), agreement=held, **form.cleaned_data)
        return _back(request, code, _("Ringkasan tersimpan. Orang kedua dari desa memeriksanya lebih dahulu."))
    lede = _("Setelah diperiksa orang kedua, teks ini dicetak di belakang ringkasan bahasa Indonesia.")
    back = reverse("page.agreement_summary", args=[code])
    return about(request, held, form, _("Tulis ringkasan bahasa setempat"), _("Simpan ringkasan"), lede=lede, back=back)


def confirm_local_summary(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    unread = queries.unread_local_summaries(held)
    form = shapes.SameWords(data_of(request), unread=unread)
    if sent(request, form):
        actions.confirm_local_summary(by=by(request), summary=form.asked())
        return _back(request, code, _("Ringkasan diperiksa dan kini ditampilkan kepada warga."))
    lede = _("Bandingkan dengan ringkasan bahasa Indonesia. Bila berbeda, tulis ringkasan yang baru.")
    back = reverse("page.agreement_summary", args=[code])
    title, verb = _("Periksa ringkasan bahasa setempat"), _("Nyatakan sama")
    return about(request, held, form, title, verb, lede=lede, back=back, unread=unread, summary_url=back)


def _back(request: HttpRequest, code: str, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.agreement_summary", code=code)
