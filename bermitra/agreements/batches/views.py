"""Pages of a batch: the list, one with its villages beside each other, opening, proposing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.agreements.batches import actions, queries
from bermitra.agreements.batches.forms import Offering, Opening
from bermitra.agreements.batches.models import Batch
from bermitra.agreements.batches.rules import AT_ONCE
from bermitra.agreements.views.common import about, agreement_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.documents.sheets import xlsx
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import ask, data_of, render, sent
from bermitra.foundation.text import _ as marked

COLUMNS = (
    marked("Kode desa"), marked("Desa"), marked("Keadaan"), marked("Nomor desa"), marked("Bagian"), marked("Naskah serentak"),
    marked("Naskah desa"),
)  # fmt: skip


def batch_at(request: HttpRequest, code: str) -> Batch:
    return get_object_or_404(queries.batches_visible_to(person_of(request)), code=code)


def batches(request: HttpRequest) -> HttpResponse:
    """The newest fifty that one may see."""
    found = queries.batches_visible_to(person_of(request)).prefetch_related("cases")[:50]
    rows = [
        {
            "title": each.title,
            "url": reverse("page.batch", args=[each.code]),
            "small": f"{each.partner.name} · " + _villages(len(each.cases.all())),
        }
        for each in found
    ]
    return render(request, "agreements/batches/list.html", {"rows": rows})


def _villages(count: int) -> str:
    return ngettext("%(n)s desa", "%(n)s desa", count) % {"n": count}


def batch(request: HttpRequest, code: str) -> HttpResponseBase:
    """Which villages hold the same words, and where one differs; ``bentuk=xlsx`` takes it along."""
    held, person = batch_at(request, code), person_of(request)
    rows = queries.members(held, person)
    if request.GET.get("bentuk") == "xlsx":
        return xlsx(f"naskah-serentak-{code}", _("Naskah serentak"), COLUMNS, _sheet(rows))
    offered = [each for each in rows if each.may_be_offered]
    context = {
        "batch": held,
        "example": held.example,
        "members": rows,
        "same": sum(1 for each in rows if each.same),
        "in_force": sum(1 for each in rows if each.agreement is not None and each.agreement.binds),
        "hidden": sum(1 for each in rows if not each.shown),
        "offer": reverse("agreements.offer_batch", args=[code])
        if offered and may_open(person, "agreements.offer_batch", held.reach())
        else "",
    }
    return render(request, "agreements/batches/batch.html", context)


def _sheet(rows: list[queries.Member]) -> list[list[Any]]:
    lines: list[list[Any]] = []
    for each in rows:
        number = each.agreement.village_number if each.agreement is not None else ""
        head = [each.case.village_id, each.case.village.name, _(each.label.public), number]
        lines += [[*head, at.place, at.batch, at.village] for at in each.differences] or [[*head, "", "", ""]]
    return lines


def open_batch(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    found = {each.code: each for each in queries.cases_for(held)}
    names = [(each.code, f"{each.village.name}: {each.title}") for each in found.values()]
    form = Opening(names, data_of(request), initial={"title": held.title})
    if sent(request, form):
        given = form.cleaned_data
        made = actions.open_batch(
            by=by(request), agreement=held, title=given["title"], cases=[found[each] for each in given["cases"]]
        )
        messages.success(request, _("Naskah serentak dibuka. Belum ada naskah desa yang berubah."))
        return redirect("page.batch", code=made.code)
    lede = _("Kata dan isian naskah ini menjadi pola untuk desa lain dengan bentuk kerja sama yang sama.")
    if not found:
        lede = _("Belum ada desa lain dengan bentuk kerja sama yang sama.")
    return about(request, held, form, _("Buka naskah serentak"), _("Buka naskah serentak"), lede=lede)


def offer_batch(request: HttpRequest, code: str) -> HttpResponse:
    held = batch_at(request, code)
    found = [each for each in queries.members(held, person_of(request)) if each.may_be_offered]
    names = [(each.agreement.code, each.case.village.name) for each in found if each.agreement is not None]
    form = Offering(names[:AT_ONCE], data_of(request))
    if sent(request, form):
        given = form.cleaned_data
        chosen = queries.offered_to(held, given["agreements"])
        actions.offer_batch(by=by(request), batch=held, agreements=chosen, reason=given["reason"])
        messages.success(request, _("Naskah diusulkan. Setiap desa memeriksa dan memutuskan sendiri."))
        return redirect("page.batch", code=code)
    lede = "" if names else _("Tidak ada naskah di tangan Anda yang berbeda.")
    if len(names) > AT_ONCE:
        lede = _("{n} desa lagi menunggu usulan sesudah ini.").format(n=len(names) - AT_ONCE)
    return ask(
        request,
        form,
        "agreements/act.html",
        heading=_("Usulkan kepada banyak desa"),
        verb=_("Usulkan naskah"),
        kicker=held.title,
        lede=lede,
        back=reverse("page.batch", args=[code]),
        example=held.example,
    )
