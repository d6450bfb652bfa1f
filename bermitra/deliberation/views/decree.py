"""The decree of the BPD on what the meeting agreed to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation import actions, letters, queries
from bermitra.deliberation.forms import DecreeForm
from bermitra.deliberation.rules import DECREEING
from bermitra.deliberation.views.common import about, done, meeting_at, refuse_before_rendering
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import sent
from bermitra.foundation.rules import examine


def issue_decree(request: HttpRequest, code: str) -> HttpResponse:
    """Each subject has its own address, so that one that is sent twice is not taken for the next."""
    held = meeting_at(request, code)
    subjects = queries.subjects_to_decree(held)
    wanted = request.GET.get("pokok")
    subject = next((each for each in subjects if wanted in (None, each.code)), None)
    if subject is None:
        return redirect("page.meeting", code=code)
    if wanted is None:
        return redirect(f"{reverse('deliberation.issue_decree', args=[code])}?pokok={subject.code}")
    form = DecreeForm(request.POST or None)
    if sent(request, form):
        given = form.cleaned_data
        facts = queries.decree_facts(subject, given["number"], given["dated"], clock.today())
        refuse_before_rendering(held, "binding", examine(DECREEING, facts, standing(held.village_id)))
        knock, chair = by(request), person_of(request).full_name
        paper = letters.decree_paper(subject, key=knock.key, chair=chair, **given)
        actions.issue_decree(by=knock, meeting=held, subject_code=subject.code, paper=paper, **given)
        return done(request, held, _("Keputusan BPD terbit. Cetak dan tandatangani."))
    lede = _("Menyetujui: %(title)s") % {"title": subject.title}
    return about(request, held, form, _("Terbitkan Keputusan BPD"), _("Terbitkan keputusan"), lede=lede)
