"""What the panel writes beside its scores: visits, and what was said where levels lie apart."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.handing import download
from bermitra.foundation.pages import content_of, data_of, sent
from bermitra.foundation.rules import Standing
from bermitra.selection import actions, forms, panel_forms
from bermitra.selection.models import Call, SiteVisit
from bermitra.selection.queries import (
    Unmoderated,
    asked_of,
    next_to_moderate,
    opened,
    proposals_visible_to,
    ranking,
    reasons_of,
    standing_for,
    visited_from,
)
from bermitra.selection.views.common import asked, call_at, done, proposal_at
from bermitra.selection.views.proposals import PROPOSAL_STEPS


def record_site_visit(request: HttpRequest, code: str) -> HttpResponse:
    one, on = PROPOSAL_STEPS["selection.record_site_visit"], proposal_at(request, code)
    if on.call is None:
        raise Http404
    bounds = {"earliest": visited_from(on.call), "latest": clock.today()}
    form = panel_forms.SiteVisit(data_of(request), request.FILES or None, **bounds)
    if sent(request, form):
        given = dict(form.cleaned_data)
        file = content_of(given.pop("file"))
        actions.record_site_visit(by=by(request), proposal=on, file=file, **given)
        return done(request, _(one.says), "page.proposal", code)
    back, title = reverse("page.proposal", args=[code]), _(one.title)
    return asked(request, form, case=on.call.case, title=title, verb=_(one.verb), back=back, lede=on.partner.name)


@never_cache
def site_visit_file(request: HttpRequest, code: str) -> HttpResponse:
    """What was brought along from a visit, for those who have opened the proposal it is about."""
    person = person_of(request)
    seen = SiteVisit.objects.filter(proposal__in=proposals_visible_to(person).values("pk"))
    visit = get_object_or_404(seen.select_related("file", "proposal__call__case__village"), code=code)
    if visit.file is None or opened(visit.proposal, person) is None:
        raise Http404
    return download(visit.file)


def moderate_scores(request: HttpRequest, code: str) -> HttpResponse:
    """One proposal at a time: what was said of each criterion whose levels lie apart."""
    call = call_at(request, code)
    held, back = standing_for(call), reverse("page.selection", args=[code])
    waits = next_to_moderate(call, held, request.POST.get("proposal", ""))
    points = _how_they_lie(call, waits) if waits else {}
    form = panel_forms.Moderation(
        data_of(request), points=points, initial={"proposal": waits.proposal.code if waits else "-"}
    )
    if sent(request, form):
        actions.moderate_scores(by=by(request), call=call, notes=form.notes() if waits else {})
        if waits and waits.others:
            return redirect("selection.moderate_scores", code=code)
        return done(request, _("Pembahasan selisih nilai tercatat."), "page.selection", code)
    title, lede = _("Catat pembahasan selisih nilai"), _("Tidak ada selisih nilai yang menunggu catatan.")
    if waits:
        title = _("Selisih nilai untuk %(partner)s") % {"partner": waits.proposal.partner.name}
        lede = _what_to_do(waits, held)
    findings = asked_of("selection.moderate_scores", call.case, call, held)
    verb = _("Simpan catatan")
    return asked(request, form, case=call.case, title=title, verb=verb, back=back, lede=lede, findings=findings)


def _what_to_do(waits: Unmoderated, held: Standing) -> str:
    told = ngettext(
        "Pada %(n)s kriteria nilai para penilai terpaut %(levels)s tingkat atau lebih.",
        "Pada %(n)s kriteria nilai para penilai terpaut %(levels)s tingkat atau lebih.",
        len(waits.points),
    ) % {"n": len(waits.points), "levels": held.numbers["score_spread_levels"]}
    told += " " + _("Bahas bersama penilai, lalu tulis pada tiap kriteria apa yang dikatakan. Nilainya tidak berubah.")
    if waits.others:
        told += " " + _("Usulan lain yang menunggu: %(n)s.") % {"n": waits.others}
    return told


def _how_they_lie(call: Call, waits: Unmoderated) -> dict[str, str]:
    """By criterion, the levels and reasons as they were given, without names."""
    given = reasons_of(call, [line for line in ranking(call) if line.proposal_id == waits.proposal.pk])
    return {
        code: format_html_join(
            "",
            "{}<br>",  # one line a scorer
            (
                (_("Penilai %(n)s, tingkat %(level)s: %(reason)s") % {"n": n, "level": level, "reason": reason},)
                for n, (level, reason) in enumerate(given.get((waits.proposal.pk, code), []), 1)
            ),
        )
        for code in waits.points
    }


def score_again(request: HttpRequest, code: str) -> HttpResponse:
    """The further page of moderation: one more round, and why."""
    call = call_at(request, code)
    form = forms.Reason(data_of(request))
    if sent(request, form):
        actions.moderate_scores(by=by(request), call=call, notes={}, again=True, reason=form.cleaned_data["reason"])
        return done(request, _("Putaran nilai berikutnya dimulai."), "page.selection", code)
    back, held = reverse("page.selection", args=[code]), standing_for(call)
    findings = asked_of("selection.score_again", call.case, call, held)
    lede = _("Semua penilai menilai lagi semua usulan. Nilai putaran ini tetap terbaca.")
    title = _("Mulai satu putaran nilai lagi")
    return asked(
        request, form, case=call.case, title=title, verb=_("Mulai putaran"), back=back, lede=lede, findings=findings
    )
