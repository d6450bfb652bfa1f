"""The standing list of invitees."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.deliberation import actions, queries
from bermitra.deliberation.elements import elements
from bermitra.deliberation.forms import (
    PastedInvitees,
    PersonForm,
    Sure,
)
from bermitra.deliberation.views.common import asked, village_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.pages import render, sent


def invitees(request: HttpRequest) -> HttpResponse:
    found = queries.invitees_visible_to(person_of(request)).filter(active=True).order_by("hamlet", "name", "pk")
    people = list(found)
    for each in people:
        each.said = ", ".join(queries.element_name(code) for code in each.elements)  # type: ignore[attr-defined]
    counted = {code: sum(code in each.elements for each in people) for code in elements()}
    context = {
        "people": people,
        "counted": [(queries.element_name(code), count) for code, count in counted.items() if count],
        "missing": [queries.element_name(code) for code, e in elements().items() if e.required and not counted[code]],
    }
    return render(request, "deliberation/invitees.html", context)


def add_invitee(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if sent(request, form):
        actions.list_invitees(by=by(request), village=village_at(request), people=(form.who(),))
        messages.success(request, _("%(name)s masuk daftar undangan.") % {"name": form.cleaned_data["name"]})
        return redirect("page.invitees")
    return asked(request, form, title=_("Tambah yang diundang"), verb=_("Simpan"), back=reverse("page.invitees"))


def paste_invitees(request: HttpRequest) -> HttpResponse:
    form = PastedInvitees(request.POST or None)
    if sent(request, form):
        people = form.cleaned_data["lines"]
        actions.list_invitees(by=by(request), village=village_at(request), people=people)
        messages.success(
            request,
            ngettext("%(n)s orang masuk daftar undangan.", "%(n)s orang masuk daftar undangan.", len(people))
            % {"n": len(people)},
        )
        return redirect("page.invitees")
    names = [queries.element_name(code) for code in elements()]
    back = reverse("page.invitees")
    return asked(
        request, form, title=_("Salin daftar undangan"), verb=_("Masukkan semua"), back=back, element_names=names
    )


def retire_invitee(request: HttpRequest, code: str) -> HttpResponse:
    invitee = get_object_or_404(queries.invitees_visible_to(person_of(request)), code=code)
    form = Sure(request.POST or None)
    if request.method == "POST":
        actions.retire_invitee(by=by(request), invitee=invitee)
        messages.success(request, _("%(name)s tidak diundang lagi.") % {"name": invitee.name})
        return redirect("page.invitees")
    back = reverse("page.invitees")
    return asked(request, form, title=_("Keluarkan %(name)s?") % {"name": invitee.name}, verb=_("Keluarkan"), back=back)
