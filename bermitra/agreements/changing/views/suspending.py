"""The pages of a rest."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.changing import actions, queries
from bermitra.agreements.changing import forms as shapes
from bermitra.agreements.changing.models import Suspension
from bermitra.agreements.changing.rules import CAUSED_BY, CAUSES, SUSPENSION_LABELS
from bermitra.agreements.changing.views.common import asked, doors_to
from bermitra.agreements.forms import Because, Sure
from bermitra.agreements.queries import side_of_person
from bermitra.agreements.rules import OTHER, PARTIES
from bermitra.agreements.views.common import agreement_at, back_to_room
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import add_months, long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import data_of, render, sent
from bermitra.foundation.text import _ as marked

DOORS = {
    "proposed": (
        ("agreements.suspend", marked("Setujui penundaan")),
        ("agreements.refuse_suspension", marked("Tolak dengan alasan")),
    ),
    "resting": (("agreements.resume", marked("Lanjutkan kerja sama")),),
}

OWN = (("agreements.refuse_suspension", marked("Tarik usul")),)  # who asked does not answer himself


def suspension(request: HttpRequest, code: str) -> HttpResponse:
    """Why it rests, until when at the latest, what rests and what goes on."""
    held = _suspension_at(request, code)
    agreement = held.agreement
    sides = {"one": agreement.case.village.name, "two": agreement.partner.name}
    facts = [
        (_("Sebab"), _(CAUSES[held.cause])),
        (_("Penyebabnya ada pada"), sides[held.caused_by] if held.caused_by else _(CAUSED_BY[""])),
        (_("Tanggal kejadian"), long_date(held.happened_on)),
        (_("Diusulkan oleh"), sides[held.party]),
        (_("Mulai ditunda"), long_date(held.began_on) if held.began_on else _("belum")),
        (_("Hari terakhir"), long_date(held.until)),
        (_("Berjalan lagi"), long_date(held.ended_on) if held.ended_on else _("belum")),
        (_("Tenggat kewajiban"), _("mundur selama penundaan") if held.moves_dues else _("tetap seperti semula")),
        (_("Yang tetap dikerjakan"), held.goes_on or _("tidak ada")),
    ]
    if held.state == "resting" and held.ready_by:
        facts.append((_("Siap melanjutkan"), sides[held.ready_by]))
    if held.answer:
        facts.append((_("Alasan") if held.state == "refused" else _("Catatan"), held.answer))
    wanted = OWN if held.state == "proposed" and _is_own(request, held) else DOORS.get(held.state, ())
    if held.ready_by and side_of_person(person_of(request), agreement) == held.ready_by:
        wanted = ()  # has said so, and waits for the other side
    context = {
        "suspension": held,
        "agreement": agreement,
        "example": agreement.example,
        "label": _(SUSPENSION_LABELS[held.state]),
        "facts": facts,
        "frozen": [{**row, "side": sides[row["party"]]} for row in held.frozen],
        "doors": doors_to(request, held, code, wanted),
    }
    return render(request, "agreements/changing/suspension.html", context)


def propose_suspension(request: HttpRequest, code: str) -> HttpResponse:
    held, form = agreement_at(request, code), shapes.Rest(data_of(request))
    if sent(request, form):
        actions.propose_suspension(by=by(request), agreement=held, **form.cleaned_data)
        return back_to_room(request, code, _("Usul penundaan terkirim. Pihak lain menjawabnya."))
    months = int(standing(held.case.village_id).numbers["suspension_max_months"])
    lede = _("Paling lama sampai {day}. Semua kewajiban pelaksanaan ditangguhkan selama itu.").format(
        day=long_date(add_months(clock.today(), months))
    )
    back = reverse("page.agreement_room", args=[code])
    return asked(request, held, form, _("Usulkan penundaan"), _("Usulkan penundaan"), back, lede=lede)


def suspend(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _suspension_at(request, code), Sure(data_of(request))
    if sent(request, form):
        actions.suspend(by=by(request), suspension=held)
        return _back(request, code, _("Kerja sama ditunda sementara."))
    lede = _("{side} mengusulkan penundaan sampai {day}: {reason}").format(
        side=_(PARTIES[held.party]), day=long_date(held.until), reason=held.reason
    )
    return _about(request, held, form, _("Setujui penundaan"), _("Setujui penundaan"), lede)


def refuse_suspension(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _suspension_at(request, code), Because(data_of(request))
    if sent(request, form):
        actions.refuse_suspension(by=by(request), suspension=held, **form.cleaned_data)
        return _back(request, code, _("Kerja sama tetap berjalan; alasan Anda tercatat."))
    own = _is_own(request, held)
    lede = _("{side} membaca alasan Anda.").format(side=_(PARTIES[OTHER[held.party] if own else held.party]))
    title = _("Tarik usul") if own else _("Tolak dengan alasan")
    return _about(request, held, form, title, _("Jangan tunda"), lede)


def resume(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _suspension_at(request, code), shapes.GoOn(data_of(request))
    if sent(request, form):
        made = actions.resume(by=by(request), suspension=held, **form.cleaned_data)
        over = made.state == "over"
        says = _("Kerja sama berjalan lagi.") if over else _("Pernyataan Anda tercatat. Pihak lain menjawabnya.")
        return _back(request, code, says)
    moves = _("Tenggat mundur selama penundaan.") if held.moves_dues else _("Tenggat tetap seperti semula.")
    return _about(request, held, form, _("Lanjutkan kerja sama"), _("Lanjutkan"), moves)


def _suspension_at(request: HttpRequest, code: str) -> Suspension:
    return get_object_or_404(queries.suspensions_visible_to(person_of(request)), code=code)


def _is_own(request: HttpRequest, held: Suspension) -> bool:
    """Whether this person is of the side that asks for it."""
    return side_of_person(person_of(request), held.agreement) == held.party


def _back(request: HttpRequest, code: str, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.suspension", code=code)


def _about(
    request: HttpRequest, held: Suspension, form: Because | Sure | shapes.GoOn, title: str, verb: str, lede: str
) -> HttpResponse:
    back = reverse("page.suspension", args=[held.code])
    return asked(request, held.agreement, form, title, verb, back, lede=lede)
