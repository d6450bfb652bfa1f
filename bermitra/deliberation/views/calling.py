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
from bermitra.deliberation.views.common import (
    about,
    asked,
    done,
    meeting_at,
    refuse_before_rendering,
    remedies,
    sent,
    village_at,
)
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock


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
    held, form = meeting_at(request, code), Invitation(request.POST or None)
    findings = queries.checks(held, clock.today(), by=person_of(request).code) if held.state == "planned" else ()
    if sent(request, form):
        refuse_before_rendering(held, "planned", findings)
        knock, given = by(request), form.cleaned_data
        paper = letters.invitation_paper(held, key=knock.key, **given)
        actions.invite(by=knock, meeting=held, paper=paper, **given)
        return done(request, held, _("Undangan dibuat. Cetak atau kirimkan kepada semua yang diundang."))
    more = {"findings": findings, "acts": remedies(person_of(request), held)}
    return about(request, held, form, _("Kirim undangan"), _("Buat undangan"), **more)


def cancel(request: HttpRequest, code: str) -> HttpResponse:
    held, form = meeting_at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.cancel(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Musyawarah dibatalkan."))
    return about(request, held, form, _("Batalkan musyawarah?"), _("Batalkan musyawarah"))
