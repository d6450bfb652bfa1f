"""The minutes: written, made final, signed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bermitra.deliberation import actions, interests, letters, queries
from bermitra.deliberation.forms import (
    DrawAgain,
    MinutesDraft,
    Read,
    SignedSheet,
    Sure,
    Why,
)
from bermitra.deliberation.rules import SIGNERS
from bermitra.deliberation.views.common import (
    about,
    done,
    done_as_read,
    meeting_at,
    paper_of,
    refuse_before_rendering,
    remedies,
)
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files, handing, html
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.pages import sent


def draft_minutes(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    initial = {
        "number": held.minutes_number,
        "dated": held.minutes_on,
        "ends": held.ends,
        "discussion": held.discussion,
        "absence_reason": held.absence_reason,
    }
    form = MinutesDraft(request.POST or None, initial=initial)
    if sent(request, form):
        actions.draft_minutes(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Draf berita acara tersimpan."))
    return about(request, held, form, _("Draf berita acara"), _("Simpan draf"))


def finalise_minutes(request: HttpRequest, code: str) -> HttpResponse:
    held, form = meeting_at(request, code), Sure(request.POST or None)
    findings = queries.checks(held, clock.today(), by=person_of(request).code)
    if held.state == "minutes_draft":
        findings += interests.decided_checks(held)
    if request.method == "POST":
        refuse_before_rendering(held, "minutes_draft", findings)
        knock = by(request)
        actions.finalise_minutes(by=knock, meeting=held, paper=letters.minutes_paper(held, key=knock.key))
        return done(request, held, _("Berita acara selesai. Sekarang menunggu tanda tangan."))
    lede = _("Setelah ini isinya tidak berubah, kecuali dikembalikan.")
    more = {"findings": findings, "acts": remedies(person_of(request), held), "lede": lede}
    return about(request, held, form, _("Selesaikan berita acara"), _("Selesaikan berita acara"), **more)


def return_minutes(request: HttpRequest, code: str) -> HttpResponse:
    held, form = meeting_at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.return_minutes(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Berita acara dikembalikan untuk diperbaiki."))
    return about(request, held, form, _("Kembalikan berita acara?"), _("Kembalikan"))


def countersign(request: HttpRequest, code: str) -> HttpResponse:
    held, form = meeting_at(request, code), Read(request.POST or None)
    more = done_as_read(request, form, lambda seen: actions.countersign(by=by(request), meeting=held, seen=seen))
    if more is None:
        return done(request, held, _("Tanda tangan Anda tercatat."))
    held = meeting_at(request, code)
    form = Read(initial={"seen": held.minutes_hash})
    more.setdefault("findings", queries.signing_checks(person_of(request), held))
    paper = paper_of(held, "minutes")
    words = html.render(paper.source) if paper else ""
    return about(request, held, form, _("Tandatangani berita acara"), _("Tandatangani"), words=words, **more)


def record_signed_sheet(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    missing = SIGNERS - queries.signed_capacities(held)
    initial = {"chair": held.chair, "minute_taker": held.minute_taker}
    asked = {"missing": missing, "residents": queries.may_sign_for_residents(held), "initial": initial}
    form = SignedSheet(request.POST or None, request.FILES or None, **asked)
    if sent(request, form):
        given = dict(form.cleaned_data)
        safe: Safe = given.pop("sheet")
        sheet = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        actions.record_signed_sheet(by=by(request), meeting=held, sheet=sheet, **given)
        return done(request, held, _("Lembar bertanda tangan tercatat."))
    lede = _("Nama Anda ditulis sebagai pencatat di samping setiap tanda tangan.")
    return about(request, held, form, _("Catat lembar bertanda tangan"), _("Simpan lembar"), lede=lede)


def draw_again(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    waiting = queries.drawn_unsigned(held)
    form = DrawAgain(request.POST or None, waiting=waiting)
    if sent(request, form):
        actions.draw_again(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Pengganti terundi menurut urutan undian."))
    lede = _("Tidak ada yang dipilih: warga berikutnya dalam urutan undian menggantikan.")
    return about(request, held, form, _("Undi pengganti"), _("Undi pengganti"), lede=lede)


def print_paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A valid paper of this kind, to be printed: that of the code in ``?kode=``, else the newest."""
    paper = paper_of(meeting_at(request, code), kind, request.GET.get("kode", ""))
    if paper is None:
        raise Http404
    return handing.paper(request, paper, f"{kind}-{code}")
