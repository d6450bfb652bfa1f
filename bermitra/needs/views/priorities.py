"""Pages of lists of priorities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation.models import Meeting
from bermitra.deliberation.queries import decision_on, meetings_open_for_subjects, tabled_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import render, sent
from bermitra.foundation.text import _ as marked
from bermitra.needs import actions, queries
from bermitra.needs.forms import (
    ListForm,
    Place,
    Sure,
    Table,
)
from bermitra.needs.models import Need, PriorityList
from bermitra.needs.views.common import KIND_OF, ask_for, doors_of, go, may, next_door, page_of, village_of

LIST_DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("needs.prioritise", ("tabled",), marked("Tetapkan prioritas")),
    ("needs.place", ("draft", "tabled"), marked("Tambah atau pindahkan kebutuhan")),
    ("needs.table", ("draft", "tabled"), marked("Bawa ke musyawarah")),
)


def priorities(request: HttpRequest) -> HttpResponse:
    rows, more = page_of(queries.lists_visible_to(person_of(request)).select_related("village"), request)
    items = [{"held": each, "kind": KIND_OF.get(each.state, "doing")} for each in rows]
    context = {"items": items, "next": more, "may_draft": may(request, "needs.draft_priorities")}
    return render(request, "needs/priorities.html", context)


def _list(request: HttpRequest, code: str) -> PriorityList:
    return get_object_or_404(queries.lists_visible_to(person_of(request)).select_related("village"), code=code)


def priority_list(request: HttpRequest, code: str) -> HttpResponse:
    held = _list(request, code)
    rows = list(held.rows.select_related("need").order_by("rank"))
    subject, findings, doors = tabled_at(code), queries.checks(held), doors_of(request, held, LIST_DOORS)
    onward = ("needs.prioritise",) if held.state == "tabled" else ("needs.table", "needs.place")
    stale = subject is not None and held.state == "tabled" and held.hash != queries.rows_hash(held)
    for each in rows:
        each.cost = queries.cost_words(each.need.cost_low, each.need.cost_high, _)  # type: ignore[attr-defined]
    context = {
        "list": held,
        "example": held.example,
        "kind": KIND_OF.get(held.state, "doing"),
        "rows": rows,
        "findings": findings,
        "next": next_door(doors, findings, onward),
        "meeting": subject.meeting if subject else None,
        "stale": stale,
        "doors": doors,
        "may_drop": held.state != "set" and may_open(person_of(request), "needs.drop", held.reach()),
    }
    return render(request, "needs/priority_list.html", context)


def draft_priorities(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST or None)
    if sent(request, form):
        village = village_of(request, "needs.draft_priorities")
        example = person_of(request).example
        made = actions.draft_priorities(by=by(request), village=village, example=example, **form.cleaned_data)
        return go(request, "page.priority_list", made.code, _("Daftar dibuat. Masukkan kebutuhannya."))
    return ask_for(request, form, _("Susun daftar prioritas"), _("Buat daftar"), reverse("page.priorities"))


def _about_list(
    request: HttpRequest, held: PriorityList, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.priority_list", args=[held.code])
    return ask_for(request, form, title, verb, back, kicker=held.title, example=held.example, **more)


def place(request: HttpRequest, code: str) -> HttpResponse:
    held = _list(request, code)
    wanted = {each.code: each for each in queries.needs_for_lists(held.village_id)}
    form = Place(request.POST or None, needs=wanted.values(), initial={"need": request.GET.get("kebutuhan")})
    if sent(request, form):
        given = dict(form.cleaned_data)
        actions.place(by=by(request), priorities=held, need=wanted[given.pop("need")], **given)
        return go(request, "page.priority_list", code, _("Urutan tersimpan."))
    return _about_list(request, held, form, _("Tambah atau pindahkan kebutuhan"), _("Simpan urutan"))


def drop(request: HttpRequest, code: str, need: str) -> HttpResponse:
    held, form = _list(request, code), Sure(request.POST or None)
    dropped = get_object_or_404(Need, code=need, rows__list=held)
    if request.method == "POST":
        actions.drop(by=by(request), priorities=held, need=dropped)
        return go(request, "page.priority_list", code, _("Kebutuhan keluar dari daftar."))
    return _about_list(request, held, form, _("Keluarkan “%(title)s”?") % {"title": dropped.title}, _("Keluarkan"))


def table(request: HttpRequest, code: str) -> HttpResponse:
    """Into a meeting whose agenda is open, or again into the one that has the list before it."""
    held = _list(request, code)
    subject = tabled_at(code)
    meetings: list[Meeting] = list(meetings_open_for_subjects(held.village_id))
    if subject is not None and subject.meeting not in meetings and decision_on(code) is None:
        meetings.append(subject.meeting)
    form = Table(request.POST or None, meetings=meetings)
    if sent(request, form):
        meeting = next(each for each in meetings if each.code == form.cleaned_data["meeting"])
        actions.table(by=by(request), priorities=held, meeting=meeting)
        return go(request, "page.priority_list", code, _("Daftar masuk acara musyawarah."))
    lede = "" if meetings else _("Belum ada musyawarah yang direncanakan. Rencanakan dahulu.")
    more = {"findings": queries.checks(held) if held.state == "draft" else (), "lede": lede}
    return _about_list(request, held, form, _("Bawa ke musyawarah"), _("Masukkan ke acara"), **more)


def prioritise(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _list(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.prioritise(by=by(request), priorities=held)
        return go(request, "page.priority_list", code, _("Prioritas ditetapkan."))
    findings = queries.checks(held)
    return _about_list(request, held, form, _("Tetapkan prioritas"), _("Tetapkan"), findings=findings)
