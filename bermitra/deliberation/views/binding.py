"""Objections, the binding decision, and taking one back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from bermitra.deliberation import actions, queries, signs
from bermitra.deliberation.forms import (
    Answer,
    Binding,
    ObjectionForm,
    Why,
)
from bermitra.deliberation.models import (
    Countersignature,
    Meeting,
    MeetingObjection,
)
from bermitra.deliberation.views.common import about, changed_meanwhile, done, meeting_at, remedies, sheets_of
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.handing import shown
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import sent
from bermitra.foundation.rules import Refused


def object_to(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    form = ObjectionForm(request.POST or None, initial={"name": person_of(request).full_name})
    if sent(request, form):
        actions.object_to(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Keberatan tercatat dan wajib dijawab Ketua BPD."))
    return about(request, held, form, _("Ajukan keberatan"), _("Kirim keberatan"))


def answer_objection(request: HttpRequest, code: str) -> HttpResponse:
    seen = queries.meetings_visible_to(person_of(request))
    objection = get_object_or_404(MeetingObjection.objects.select_related("meeting"), code=code, meeting__in=seen)
    form = Answer(request.POST or None)
    if sent(request, form):
        actions.answer_objection(by=by(request), objection=objection, **form.cleaned_data)
        return done(request, objection.meeting, _("Jawaban tersimpan."))
    return about(request, objection.meeting, form, _("Jawab keberatan"), _("Simpan jawaban"), lede=objection.text)


def make_binding(request: HttpRequest, code: str) -> HttpResponse:
    """Names that stand on the signed print are read there and typed: the second pair of eyes."""
    held = meeting_at(request, code)
    signed = queries.on_sheet(held)
    form = Binding(request.POST or None, signed=signed)
    more: dict[str, Any] = {"findings": queries.checks(held, clock.today(), by=person_of(request).code)}
    if sent(request, form):
        try:
            actions.make_binding(by=by(request), meeting=held, seen=form.cleaned_data["seen"], names=form.names())
            return done(request, held, _("Keputusan sekarang mengikat."))
        except Refused as refused:
            more = changed_meanwhile(refused)
            held = meeting_at(request, code)
            signed = queries.on_sheet(held)
    if not form.is_bound or more.get("status"):
        form = Binding(signed=signed, initial={"seen": queries.signatures_hash(held)})
    if "findings" in more and not more.get("status"):
        more["findings"] += signs.findings(held, signs.shown(held), None)
    more |= {"acts": remedies(person_of(request), held), "signatures": _signed(held), "sheets": sheets_of(held)}
    return about(request, held, form, _("Tetapkan keputusan mengikat"), _("Tetapkan"), **more)


def _signed(held: Meeting) -> list[Countersignature]:
    """The signatures under the words of now that were given by account: their names are known."""
    found = held.signatures.filter(minutes_hash=held.minutes_hash, sheet=None) if held.minutes_hash else []
    return list(found)


def signed_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """A scan of the signed print: that of the hash in ``?sidik=``, else the newest."""
    held, wanted = meeting_at(request, code), request.GET.get("sidik", "")
    of_signatures = StoredFile.objects.filter(sha256=wanted, pk__in=held.signatures.values("sheet"))
    file = of_signatures.first() if wanted else held.signed_sheet
    if file is None or not may_open(person_of(request), "page.signed_sheet", held.reach()):
        raise Http404
    return shown(file, f"lembar-{code}")


def annul(request: HttpRequest, code: str) -> HttpResponse:
    held, form = meeting_at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.annul(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Keputusan dinyatakan tidak sah."))
    return about(request, held, form, _("Nyatakan tidak sah?"), _("Nyatakan tidak sah"))
