"""Ketentuan daerah: what a regency set, on which basis, from when; and setting it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bermitra.desk.forms import NormChange, NormsAsked
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.sheets import xlsx
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms import actions
from bermitra.foundation.norms.models import RegencyNorm
from bermitra.foundation.norms.queries import Setting, settings_of
from bermitra.foundation.norms.words import COLUMNS, STAGES, basis_of, line
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.regions.models import Region


def norms(request: HttpRequest) -> HttpResponse | FileResponse:
    """``?cari=``, ``?bab=`` and ``?ubah=ya`` narrow the list; ``?bentuk=xlsx`` is what they leave, as a workbook."""
    regency = regency_of(request)
    form = NormsAsked(request.GET)
    every = settings_of(regency.code)
    found = [each for each in every if form.wants(each)]
    if request.GET.get("bentuk") == "xlsx":
        return xlsx(f"ketentuan-{regency.code}", _("Ketentuan daerah"), COLUMNS, [line(each) for each in found])
    context = {
        "regency": regency,
        "form": form,
        "chosen": form.chosen(),
        "file": form.address(bentuk="xlsx"),
        "total": len(every),
        "changed": sum(1 for each in every if each.rows),
        "chapters": [(_(title), rows) for stage, title in STAGES.items() if (rows := _rows(found, stage))],
    }
    return render(request, "desk/norms.html", context)


def _rows(found: list[Setting], stage: str) -> list[Setting]:
    return [each for each in found if each.norm.stage == stage]


def norm(request: HttpRequest, name: str) -> HttpResponse:
    regency = regency_of(request)
    one = _setting(regency, name)
    context = {
        "regency": regency,
        "one": one,
        "facts": _facts(one),
        "history": [
            (long_date(each.effective_from), one.norm.said(each.value), each.basis, long_date(localdate(each.set_at)))
            for each in reversed(one.rows)
        ],
        "columns": [_("Mulai berlaku"), _("Nilai"), _("Dasar"), _("Dicatat")],
        "may_change": may_open(person_of(request), "norms.change", regency.reach()),
    }
    return render(request, "desk/norm.html", context)


def change(request: HttpRequest, name: str) -> HttpResponse:
    regency = regency_of(request)
    one = _setting(regency, name)
    form = NormChange(**typed_in(request), norm=one.norm, regency=regency.code)

    def does() -> RegencyNorm:
        done: RegencyNorm = actions.change(by=by(request), regency=regency, name=name, **form.cleaned_data)
        return done

    return act_page(
        request,
        form,
        does,
        "desk/norm_change.html",
        heading=_("Ubah ketentuan daerah"),
        kicker=regency.name,
        lede=_(one.norm.says),
        verb=_("Catat ketentuan"),
        says=_("Ketentuan tercatat. Warga dapat membacanya di halaman ketentuan daerah."),
        back=reverse("page.norm", kwargs={"name": name}),
        facts=_facts(one),
    )


def _facts(one: Setting) -> list[tuple[str, Any]]:
    held = one.held
    found = [
        (_("Berlaku hari ini"), one.said),
        (_("Sejak"), long_date(held.effective_from) if held else _("ketentuan baku, belum pernah diubah")),
        (_("Dasar"), held.basis if held else basis_of(one.norm)),
        (_("Ketentuan baku"), one.norm.said(one.norm.default)),
    ]
    found += [
        (_("Mulai %(day)s") % {"day": long_date(each.effective_from)}, one.norm.said(each.value)) for each in one.coming
    ]
    return found


def regency_of(request: HttpRequest) -> Region:
    """The regency of the office with which this person opens the lists, which are open to the same."""
    row = table()["page.norms"]
    for office in person_of(request).offices:
        if office.region and not office.party and row.scope_of(office.role) is not None:
            return Region.objects.get(pk=office.region.code[:5])
    raise PermissionDenied


def _setting(regency: Region, name: str) -> Setting:
    found = settings_of(regency.code, clock.today(), [name])
    if not found:
        raise Http404(_("Tidak ada ketentuan daerah dengan nama ini."))
    return found[0]
