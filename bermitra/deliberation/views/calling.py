"""Planning a meeting, its subjects, its invitation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation import actions, letters, queries
from bermitra.deliberation.forms import (
    Invitation,
    Plan,
    SubjectForm,
    Why,
)
from bermitra.deliberation.views.common import about, asked, done, meeting_at, remedies, village_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.pages import sent
from bermitra.foundation.rules import Refused, unmet


def plan(request: HttpRequest) -> HttpResponse:
    form = Plan(request.POST or None)
    if sent(request, form):
        village = village_at(request)
        made = actions.plan(by=by(request), village=village, example=person_of(request).example, **form.cleaned_data)
        return done(request, made, _("Rencana tersimpan. Masukkan pokoknya, lalu kirim undangan."))
    return asked(
        request, form, title=_("Rencanakan musyawarah"), verb=_("Simpan rencana"), back=reverse("page.meetings")
    )


def table_text(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    form = SubjectForm(request.POST or None, waiting=queries.texts_waiting([held.village_id]))
    if sent(request, form):
        actions.table_text(by=by(request), meeting=held, **form.subject())
        return done(request, held, _("Pokok masuk acara."))
    lede = _("Naskah kemitraan menunggu di sini setelah ditutup. Daftar prioritas dimasukkan dari halamannya sendiri.")
    return about(request, held, form, _("Tambah pokok"), _("Masukkan ke acara"), lede=lede)


def invite(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    form = Invitation(request.POST or None, held_on=held.held_on, ask_despite="despite" in request.POST)
    findings, status = (queries.checks(held, clock.today()) if held.state == "planned" else ()), 0
    if sent(request, form):
        given = dict(form.cleaned_data)
        asked_of = queries.checks(held, clock.today(), invited_on=given["invited_on"])
        refused = unmet(asked_of, given.get("despite", "")) if held.state == "planned" else ()
        if not refused:
            if not unmet(asked_of):
                given.pop("despite", None)  # the day was mended meanwhile: nothing is late
            knock = by(request)
            paper = letters.invitation_paper(held, key=knock.key, **given)
            sheet = letters.blank_sheet_paper(held, key=knock.key, dated=given["invited_on"])
            actions.invite(by=knock, meeting=held, paper=paper, sheet=sheet, **given)
            return done(request, held, _("Undangan dibuat. Cetak atau kirimkan kepada semua yang diundang."))
        if not all(each.yields for each in refused):
            raise Refused(refused)
        findings, status = refused, 409
        form = Invitation(held_on=held.held_on, ask_despite=True, initial=request.POST.dict())
    more = {"findings": findings, "acts": remedies(person_of(request), held), "status": status}
    return about(request, held, form, _("Kirim undangan"), _("Buat undangan"), **more)


def cancel(request: HttpRequest, code: str) -> HttpResponse:
    held, form = meeting_at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.cancel(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Musyawarah dibatalkan."))
    return about(request, held, form, _("Batalkan musyawarah?"), _("Batalkan musyawarah"))
