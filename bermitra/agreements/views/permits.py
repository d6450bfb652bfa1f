"""Permits and decrees."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bermitra.agreements import actions, queries
from bermitra.agreements import forms as shapes
from bermitra.agreements.views.common import about, agreement_at, back_to_room, plain
from bermitra.foundation.accounts.who import by
from bermitra.foundation.documents import files
from bermitra.foundation.pages import data_of, sent


def request_permit(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Permohonan izin diajukan lewat camat.")
    return plain(
        request, code, actions.request_permit, _("Ajukan izin aset"), _("Ajukan permohonan"), done, shapes.Permission
    )


def grant_permit(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    form = shapes.Granted(data_of(request), request.FILES or None)
    if sent(request, form):
        actions.grant_permit(by=by(request), agreement=held, **_with_file(form))
        return back_to_room(request, code, _("Izin tercatat."))
    asked = held.permits.order_by("-pk").first()
    return about(request, held, form, _("Beri izin"), _("Catat izin"), lede=asked.asked_because if asked else "")


def refuse_permit(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Penolakan tercatat bersama alasannya.")
    return plain(request, code, actions.refuse_permit, _("Tolak izin"), _("Tolak dengan alasan"), done, shapes.Because)


def issue_bpd_decree(request: HttpRequest, code: str) -> HttpResponse:
    """Where the decree on this sheet was issued here, its number, day and file are not asked for twice."""
    held = agreement_at(request, code)
    decree = queries.decree_issued_here(held)
    initial = {"number": decree.number, "dated": decree.dated} if decree else {}
    form = shapes.Decree(data_of(request), request.FILES or None, initial=initial)
    if sent(request, form):
        given = _with_file(form)
        paper = decree.paper if decree and decree.paper and given.items() >= initial.items() else None
        if paper and not given["file"]:
            kept = paper.file
            given["file"] = files.Content(kept.sha256, kept.size, kept.media_type, kept.name)
        actions.issue_bpd_decree(by=by(request), case=held.case, **given)
        return back_to_room(request, code, _("Keputusan BPD tercatat."))
    lede = ""
    if decree:
        lede = _("Keputusan Nomor %(number)s sudah terbit dari musyawarah; berkasnya ikut tercatat.") % {
            "number": decree.number
        }
    return about(request, held, form, _("Keputusan BPD tentang beban desa"), _("Terbitkan keputusan"), lede=lede)


def _with_file(form: forms.Form) -> dict[str, Any]:
    """What was typed, with an uploaded file laid into the store."""
    given = dict(form.cleaned_data)
    safe = given.pop("file")
    given["file"] = files.put(safe.content, media_type=safe.media_type, name=safe.name) if safe else None
    return given
