"""The village prepares a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import data_of, sent
from bermitra.foundation.text import _ as marked
from bermitra.selection import actions, criteria, forms, terms
from bermitra.selection.models import Call
from bermitra.selection.queries import (
    asked_of,
    call_of,
    panel_candidates,
    weights,
)
from bermitra.selection.views.common import Initial, asked, call_at, case_at, clock_of, done


def draft_call(request: HttpRequest, code: str) -> HttpResponse:
    case = case_at(request, code)
    held = call_of(case)
    names = ("title", "number", "goals", "village_vision", "seeks", "offers")
    initial = {n: getattr(held, n) for n in names} if held else {"title": case.title, "goals": case.goals}
    form = forms.Heading(data_of(request), initial=initial)
    if sent(request, form):
        actions.draft_call(by=by(request), case=case, **form.cleaned_data)
        return done(request, _("Penawaran tersimpan. Lengkapi bagian berikutnya."), "page.selection", code)
    back = reverse("page.selection" if held else "page.case", args=[code])
    return asked(request, form, case=case, title=_("Siapkan penawaran"), verb=_("Simpan dan lanjutkan"), back=back)


@dataclass(frozen=True)
class Part:
    """A part of a call with a page of its own: the form, what it starts from, the act that takes it."""

    title: str
    form: Callable[..., Any]
    initial: Callable[[Call], Initial]
    act: Callable[[Any, Call, Any], Any]


def _write_kak(key: Any, call: Call, form: Any) -> None:
    actions.write_kak(by=key, call=call, sections=form.cleaned_data)


def _announce(key: Any, call: Call, form: Any) -> None:
    given = {name: form.cleaned_data[name] for name in ("channels", "threshold_total", "threshold_each")}
    actions.plan_announcement(by=key, call=call, deadline=form.moment(call.case.village_id), **given)


PARTS = {
    "selection.write_kak": Part(
        marked("Kerangka Acuan Kerja: isi pekerjaan"),
        lambda *args, **kwargs: forms.Sections(*args, parts=terms.WORK, **kwargs),
        lambda call: call.kak,
        _write_kak,
    ),
    "selection.write_kak_terms": Part(
        marked("Kerangka Acuan Kerja: syarat kerja sama"),
        lambda *args, **kwargs: forms.Sections(*args, parts=terms.TERMS, **kwargs),
        lambda call: call.kak,
        _write_kak,
    ),
    "selection.set_criteria": Part(
        marked("Bobot kriteria"),
        forms.Weights,
        lambda call: {**dict.fromkeys(criteria.criteria(), 0), **weights(call)},
        lambda key, call, form: actions.set_criteria(by=key, call=call, weights=form.cleaned_data),
    ),
    "selection.tick_vision": Part(
        marked("Visi yang dipegang desa"),
        forms.Ticks,
        lambda call: {"ticks": call.vision_ticks},
        lambda key, call, form: actions.tick_vision(by=key, call=call, ticks=form.cleaned_data["ticks"]),
    ),
    "selection.plan_announcement": Part(
        marked("Batas waktu dan pengumuman"),
        forms.Announcement,
        lambda call: {
            **clock_of(call),
            "channels": call.channels,
            "threshold_total": call.threshold_total,
            "threshold_each": call.threshold_each,
        },
        _announce,
    ),
}


def prepare(request: HttpRequest, code: str, part: str) -> HttpResponse:
    call, one = call_at(request, code), PARTS[part]
    form = one.form(data_of(request), initial=one.initial(call))
    if sent(request, form):
        one.act(by(request), call, form)
        return done(request, _("Bagian penawaran tersimpan."), "page.selection", code)
    back = reverse("page.selection", args=[code])
    return asked(request, form, case=call.case, title=_(one.title), verb=_("Simpan"), back=back)


def appoint_panel(request: HttpRequest, code: str) -> HttpResponse:
    call = call_at(request, code)
    form = forms.Seat(data_of(request), people=panel_candidates(call), initial={"decree": call.panel_decree})
    if sent(request, form):
        actions.appoint_panel(by=by(request), call=call, **form.answers())
        return done(request, _("Anggota tim seleksi ditambahkan."), "page.selection", code)
    back = reverse("page.selection", args=[code])
    return asked(request, form, case=call.case, title=_("Tambah anggota tim seleksi"), verb=_("Tambahkan"), back=back)


def release_panelist(request: HttpRequest, code: str) -> HttpResponse:
    call = call_at(request, code)
    people = [each.person for each in call.seats() if not each.scores or call.revealed_at is None]
    form = forms.Release(data_of(request), people=people)
    if sent(request, form):
        actions.release_panelist(by=by(request), call=call, **form.answers())
        return done(request, _("Anggota tim seleksi dilepas."), "page.selection", code)
    back = reverse("page.selection", args=[code])
    return asked(request, form, case=call.case, title=_("Lepas anggota tim seleksi"), verb=_("Lepas"), back=back)


def reopen_call(request: HttpRequest, code: str) -> HttpResponse:
    call = call_at(request, code)
    form = forms.Deadline(data_of(request))
    if sent(request, form):
        actions.reopen_call(by=by(request), call=call, deadline=form.moment(call.case.village_id))
        return done(request, _("Penawaran dibuka lagi."), "page.selection", code)
    back, title = reverse("page.selection", args=[code]), _("Buka ulang penawaran")
    findings = asked_of("selection.reopen_call", call.case, call, standing(call.case.village_id))
    return asked(request, form, case=call.case, title=title, verb=_("Buka ulang"), back=back, findings=findings)
