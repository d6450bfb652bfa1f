"""Which meeting, whose village, and the page of an act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation import queries
from bermitra.deliberation.models import (
    Meeting,
)
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import ask, sent
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, Refused, unmet
from bermitra.foundation.text import _ as marked

PAGE = 50
KINDS = {"ok": ("binding", "given"), "late": ("annulled", "cancelled", "refused"), "idle": ("planned",)}
KIND_OF = {state: kind for kind, states in KINDS.items() for state in states}


def asked(
    request: HttpRequest, form: forms.BaseForm, *, title: str, verb: str, back: str, status: int = 0, **more: Any
) -> HttpResponse:
    """A page with one form; what was typed wrongly comes back with 422."""
    return ask(request, form, "deliberation/act.html", heading=title, verb=verb, back=back, status=status, **more)


def meeting_at(
    request: HttpRequest, code: str, also: Callable[[QuerySet[Meeting]], QuerySet[Meeting]] = lambda found: found
) -> Meeting:
    """The meeting of this code, where it is seen from; ``also`` reads more columns in the same statement."""
    seen = queries.meetings_visible_to(person_of(request))
    return get_object_or_404(also(seen.select_related("village__parent__parent")), code=code)


def page_of(meeting: Meeting) -> str:
    return reverse("page.meeting", args=[meeting.code])


def about(
    request: HttpRequest, meeting: Meeting, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    """Ask about one meeting: its topic above, its page to go back to."""
    return asked(
        request,
        form,
        title=title,
        verb=verb,
        back=page_of(meeting),
        kicker=meeting.topic,
        example=meeting.example,
        **more,
    )


def done(request: HttpRequest, meeting: Meeting, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.meeting", code=meeting.code)


def village_at(request: HttpRequest, roles: frozenset[str] = queries.CLERKS) -> Region:
    """The village worked for: that of the first office with one of these roles, or the one named by ``?desa=``."""
    offices = [o for o in person_of(request).offices if o.role in roles and o.region is not None]
    wanted = request.GET.get("desa")
    for office in offices:
        if office.region is not None and office.region.level == 4 and wanted in (None, office.region_id):
            return office.region
    raise Http404


def refuse_before_rendering(held: Meeting, state: str, findings: tuple[Finding, ...]) -> None:
    """A paper takes a while to render: what the act would refuse is refused before it."""
    if held.state == state and (refused := unmet(findings)):
        raise Refused(refused)


def papers_of(held: Meeting) -> QuerySet[Paper]:
    """The papers of a meeting that still hold, the newest first."""
    return Paper.objects.filter(about=about_of(held), withdrawal__isnull=True).order_by("-issued_at", "-pk")


def paper_of(held: Meeting, kind: str, code: str = "") -> Paper | None:
    """The newest of this kind; with ``code`` that one, where there may be several."""
    found = papers_of(held).filter(kind=kind).select_related("file")
    return (found.filter(code=code) if code else found).first()


def changed_meanwhile(refused: Refused) -> dict[str, Any]:
    """What is shown above the new words; a refusal for other reasons is raised again."""
    if "DB-31" not in refused.codes:
        raise refused
    return {"findings": refused.findings, "status": 409}


def done_as_read(request: HttpRequest, form: forms.BaseForm, act: Callable[[str], Any]) -> dict[str, Any] | None:
    """Do what holds for the words that were read, by their hash; nothing where it was done, else what the page adds.

    Where the words were changed meanwhile nothing is done, and the new ones are shown.
    """
    if sent(request, form):
        try:
            act(form.cleaned_data["seen"])
        except Refused as refused:
            return changed_meanwhile(refused)
        return None
    return {"status": 422} if form.is_bound else {}


def sheets_of(held: Meeting) -> list[str]:
    """Where the scans of the signed print are read, one for each that signatures were taken from."""
    url = reverse("page.signed_sheet", args=[held.code])
    found = dict.fromkeys(each.sheet.sha256 for each in queries.on_sheet(held) if each.sheet is not None)
    return [f"{url}?sidik={sha256}" for sha256 in found]


REMEDIES = {
    "DB-03": ("page.invitees", marked("Buka daftar undangan")),
    "DB-04": ("deliberation.record_attendance", marked("Catat kehadiran")),
    "DB-07": ("deliberation.draft_minutes", marked("Tulis alasannya")),
    "DB-08": ("page.attendance", marked("Buka daftar hadir")),
    "DB-13": ("page.attendance", marked("Buka daftar hadir")),
    "DB-14": ("page.attendance", marked("Buka daftar hadir")),
    "DB-39": ("page.attendance", marked("Buka daftar hadir")),
    "DB-15": ("deliberation.record_signed_sheet", marked("Catat lembar bertanda tangan")),
    "DB-16": ("deliberation.record_signed_sheet", marked("Catat lembar bertanda tangan")),
    "DB-22": ("deliberation.explain_sign", marked("Jelaskan tanda")),
    "DB-26": ("deliberation.draft_minutes", marked("Isi nomornya")),
    "DB-50": ("deliberation.name_delegates", marked("Sebut delegasi")),
    "DB-27": ("deliberation.table_text", marked("Tambah pokok")),
}


def remedies(person: Any, held: Meeting) -> dict[str, dict[str, str]]:
    """For each rule, the door that meets it, where this person may open it."""
    reach = held.reach()
    found = {}
    for rule, (name, verb) in REMEDIES.items():
        if name == "page.invitees":
            url = reverse(name) if any(o.role in queries.CLERKS for o in person.offices) else ""
        elif name.startswith("page.") or may_open(person, name, reach):
            url = reverse(name, args=[held.code])
        else:
            url = ""
        if url:
            found[rule] = {"url": url, "verb": _(verb)}
    return found
