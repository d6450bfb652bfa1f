"""Pages of needs, priorities and potentials: fetch, act, say, go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation.models import Meeting
from bermitra.deliberation.queries import decision_on, meetings_open_for_subjects, tabled_at
from bermitra.foundation.accounts.permissions import table as permissions
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import ask, render
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, examine, unmet
from bermitra.foundation.text import _ as marked
from bermitra.needs import actions, queries
from bermitra.needs.catalogue import kinds
from bermitra.needs.forms import (
    Beneficiaries,
    Defer,
    ListForm,
    NeedForm,
    Place,
    PotentialForm,
    Sure,
    Table,
    Why,
    show_measure,
)
from bermitra.needs.models import Need, Potential, PriorityList
from bermitra.needs.rules import LABELS, POTENTIAL_LABELS, PUBLISHING, SUBMITTING

PAGE = 50
KIND_OF = {"draft": "idle", "priority": "ok", "published": "ok", "set": "ok", "withdrawn": "idle", "archived": "idle"}
NEED_DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("needs.submit", ("draft",), marked("Ajukan kebutuhan")),
    ("needs.count_beneficiaries", ("draft",), marked("Isi penerima manfaat")),
    ("needs.revise", ("draft",), marked("Perbaiki uraian")),
    ("needs.defer", ("discussed", "priority"), marked("Tunda ke tahun berikut")),
    ("needs.withdraw", ("draft", "submitted"), marked("Tarik kebutuhan")),
)
POTENTIAL_DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("needs.publish_potential", ("draft",), marked("Terbitkan lembar potensi")),
    ("needs.revise_potential", ("draft", "published", "archived"), marked("Perbaiki lembar potensi")),
    ("needs.archive_potential", ("draft", "published"), marked("Arsipkan potensi")),
)
LIST_DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("needs.prioritise", ("tabled",), marked("Tetapkan prioritas")),
    ("needs.place", ("draft", "tabled"), marked("Tambah atau pindahkan kebutuhan")),
    ("needs.table", ("draft", "tabled"), marked("Bawa ke musyawarah")),
)


# How pages ask -------------------------------------------------------------------------------------------------------


def _ask(request: HttpRequest, form: forms.BaseForm, title: str, verb: str, back: str, **more: Any) -> HttpResponse:
    return ask(request, form, heading=title, verb=verb, back=back, **more)


def _sent(request: HttpRequest, form: forms.BaseForm) -> bool:
    return request.method == "POST" and form.is_valid()


def _go(request: HttpRequest, page: str, code: str, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect(page, code=code)


def _village(request: HttpRequest, door: str) -> Region:
    """The village for which this person may open the door, or the one of them that ``?desa=`` names."""
    wanted, row = request.GET.get("desa"), permissions()[door]
    for office in person_of(request).offices:
        region = office.region
        if region is not None and region.level == 4 and row.scope_of(office.role) and wanted in (None, region.pk):
            return region
    raise Http404


def _may(request: HttpRequest, door: str) -> bool:
    row = permissions()[door]
    return any(row.scope_of(office.role) is not None for office in person_of(request).offices)


def _doors(
    request: HttpRequest, held: Any, doors: tuple[tuple[str, tuple[str, ...], str], ...]
) -> list[dict[str, str]]:
    person, reach = person_of(request), held.reach()
    return [
        {"url": reverse(door, args=[held.code]), "verb": _(verb), "door": door}
        for door, states, verb in doors
        if held.state in states and may_open(person, door, reach)
    ]


def _next(doors: list[dict[str, str]], findings: tuple[Finding, ...], onward: tuple[str, ...]) -> dict[str, str] | None:
    """The one door that the green box leads to. The first of ``onward`` waits until its rules are met."""
    found = {each["door"]: each for each in doors}
    wanted = onward[1:] if unmet(findings) else onward
    return next((found[door] for door in wanted if door in found), None)


def _page(found: Any, request: HttpRequest) -> tuple[list[Any], str]:
    """Fifty rows, newest first, and the address of the next fifty."""
    before = request.GET.get("sebelum", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found.select_related("village").order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], f"?sebelum={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""


# Needs ---------------------------------------------------------------------------------------------------------------


def needs(request: HttpRequest) -> HttpResponse:
    rows, more = _page(queries.needs_visible_to(person_of(request)), request)
    items = [
        {"held": each, "sector": queries.sector_label(each.sector), "state": LABELS[each.state].staff,
         "kind": KIND_OF.get(each.state, "doing")}
        for each in rows
    ]  # fmt: skip
    context = {"items": items, "next": more, "may_record": _may(request, "needs.record")}
    return render(request, "needs/needs.html", context)


def _need(request: HttpRequest, code: str) -> Need:
    return get_object_or_404(queries.needs_visible_to(person_of(request)).select_related("village"), code=code)


def need(request: HttpRequest, code: str) -> HttpResponse:
    held = _need(request, code)
    doors = _doors(request, held, NEED_DOORS)
    findings: tuple[Finding, ...] = ()
    if held.state == "draft":
        findings = examine(SUBMITTING, queries.need_facts(held), standing(held.village_id))
    context = {
        "need": held,
        "example": held.example,
        "label": LABELS[held.state],
        "kind": KIND_OF.get(held.state, "doing"),
        "sector": queries.sector_label(held.sector),
        "doors": doors,
        "next": _next(doors, findings, ("needs.submit", "needs.count_beneficiaries")),
        "findings": findings,
        "lists": [row.list for row in held.rows.select_related("list").order_by("-list__year", "-pk")],
    }
    return render(request, "needs/need.html", context)


def record(request: HttpRequest) -> HttpResponse:
    form = NeedForm(request.POST or None)
    if _sent(request, form):
        village = _village(request, "needs.record")
        made = actions.record(by=by(request), village=village, example=person_of(request).example, **form.cleaned_data)
        return _go(request, "page.need", made.code, _("Kebutuhan tersimpan. Isi penerima manfaatnya, lalu ajukan."))
    return _ask(request, form, _("Catat kebutuhan"), _("Simpan kebutuhan"), reverse("page.needs"))


def _about_need(
    request: HttpRequest, held: Need, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.need", args=[held.code])
    return _ask(request, form, title, verb, back, kicker=held.title, example=held.example, **more)


def revise(request: HttpRequest, code: str) -> HttpResponse:
    held = _need(request, code)
    form = NeedForm(request.POST or None, initial=_values(held, NeedForm))
    if _sent(request, form):
        actions.revise(by=by(request), need=held, **form.cleaned_data)
        return _go(request, "page.need", code, _("Uraian kebutuhan tersimpan."))
    return _about_need(request, held, form, _("Perbaiki uraian"), _("Simpan uraian"))


def _values(held: Model, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(held, name) for name in form.base_fields if hasattr(held, name)}


def count_beneficiaries(request: HttpRequest, code: str) -> HttpResponse:
    held = _need(request, code)
    form = Beneficiaries(request.POST or None, initial=_values(held, Beneficiaries))
    if _sent(request, form):
        actions.count_beneficiaries(by=by(request), need=held, **form.cleaned_data)
        return _go(request, "page.need", code, _("Penerima manfaat tersimpan."))
    return _about_need(request, held, form, _("Penerima manfaat"), _("Simpan jumlah"))


def submit(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _need(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.submit(by=by(request), need=held)
        return _go(request, "page.need", code, _("Kebutuhan diajukan."))
    findings = examine(SUBMITTING, queries.need_facts(held), standing(held.village_id))
    return _about_need(request, held, form, _("Ajukan kebutuhan ini?"), _("Ajukan"), findings=findings)


def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _need(request, code), Why(request.POST or None)
    if _sent(request, form):
        actions.withdraw(by=by(request), need=held, **form.cleaned_data)
        return _go(request, "page.need", code, _("Kebutuhan ditarik."))
    return _about_need(request, held, form, _("Tarik kebutuhan ini?"), _("Tarik kebutuhan"))


def defer(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _need(request, code), Defer(request.POST or None)
    if _sent(request, form):
        actions.defer(by=by(request), need=held, **form.cleaned_data)
        return _go(request, "page.need", code, _("Kebutuhan ditunda."))
    return _about_need(request, held, form, _("Tunda ke tahun berikut"), _("Tunda kebutuhan"))


# Priorities ----------------------------------------------------------------------------------------------------------


def priorities(request: HttpRequest) -> HttpResponse:
    rows, more = _page(queries.lists_visible_to(person_of(request)), request)
    items = [{"held": each, "kind": KIND_OF.get(each.state, "doing")} for each in rows]
    context = {"items": items, "next": more, "may_draft": _may(request, "needs.draft_priorities")}
    return render(request, "needs/priorities.html", context)


def _list(request: HttpRequest, code: str) -> PriorityList:
    return get_object_or_404(queries.lists_visible_to(person_of(request)).select_related("village"), code=code)


def priority_list(request: HttpRequest, code: str) -> HttpResponse:
    held = _list(request, code)
    rows = list(held.rows.select_related("need").order_by("rank"))
    subject, findings, doors = tabled_at(code), queries.checks(held), _doors(request, held, LIST_DOORS)
    onward = ("needs.prioritise",) if held.state == "tabled" else ("needs.table", "needs.place")
    stale = subject is not None and held.state == "tabled" and held.hash != queries.rows_hash(held)
    context = {
        "list": held,
        "example": held.example,
        "kind": KIND_OF.get(held.state, "doing"),
        "rows": rows,
        "findings": findings,
        "next": _next(doors, findings, onward),
        "meeting": subject.meeting if subject else None,
        "stale": stale,
        "doors": doors,
        "may_drop": held.state != "set" and may_open(person_of(request), "needs.drop", held.reach()),
    }
    return render(request, "needs/priority_list.html", context)


def draft_priorities(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST or None)
    if _sent(request, form):
        village = _village(request, "needs.draft_priorities")
        example = person_of(request).example
        made = actions.draft_priorities(by=by(request), village=village, example=example, **form.cleaned_data)
        return _go(request, "page.priority_list", made.code, _("Daftar dibuat. Masukkan kebutuhannya."))
    return _ask(request, form, _("Susun daftar prioritas"), _("Buat daftar"), reverse("page.priorities"))


def _about_list(
    request: HttpRequest, held: PriorityList, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.priority_list", args=[held.code])
    return _ask(request, form, title, verb, back, kicker=held.title, example=held.example, **more)


def place(request: HttpRequest, code: str) -> HttpResponse:
    held = _list(request, code)
    wanted = {each.code: each for each in queries.needs_for_lists(held.village_id)}
    form = Place(request.POST or None, needs=wanted.values(), initial={"need": request.GET.get("kebutuhan")})
    if _sent(request, form):
        given = dict(form.cleaned_data)
        actions.place(by=by(request), priorities=held, need=wanted[given.pop("need")], **given)
        return _go(request, "page.priority_list", code, _("Urutan tersimpan."))
    return _about_list(request, held, form, _("Tambah atau pindahkan kebutuhan"), _("Simpan urutan"))


def drop(request: HttpRequest, code: str, need: str) -> HttpResponse:
    held, form = _list(request, code), Sure(request.POST or None)
    dropped = get_object_or_404(Need, code=need, rows__list=held)
    if request.method == "POST":
        actions.drop(by=by(request), priorities=held, need=dropped)
        return _go(request, "page.priority_list", code, _("Kebutuhan keluar dari daftar."))
    return _about_list(request, held, form, _("Keluarkan “%(title)s”?") % {"title": dropped.title}, _("Keluarkan"))


def table(request: HttpRequest, code: str) -> HttpResponse:
    """Into a meeting whose agenda is open, or again into the one that has the list before it."""
    held = _list(request, code)
    subject = tabled_at(code)
    meetings: list[Meeting] = list(meetings_open_for_subjects(held.village_id))
    if subject is not None and subject.meeting not in meetings and decision_on(code) is None:
        meetings.append(subject.meeting)
    form = Table(request.POST or None, meetings=meetings)
    if _sent(request, form):
        meeting = next(each for each in meetings if each.code == form.cleaned_data["meeting"])
        actions.table(by=by(request), priorities=held, meeting=meeting)
        return _go(request, "page.priority_list", code, _("Daftar masuk acara musyawarah."))
    lede = "" if meetings else _("Belum ada musyawarah yang direncanakan. Rencanakan dahulu.")
    more = {"findings": queries.checks(held) if held.state == "draft" else (), "lede": lede}
    return _about_list(request, held, form, _("Bawa ke musyawarah"), _("Masukkan ke acara"), **more)


def prioritise(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _list(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.prioritise(by=by(request), priorities=held)
        return _go(request, "page.priority_list", code, _("Prioritas ditetapkan."))
    findings = queries.checks(held)
    return _about_list(request, held, form, _("Tetapkan prioritas"), _("Tetapkan"), findings=findings)


# Potentials ----------------------------------------------------------------------------------------------------------


def potentials(request: HttpRequest) -> HttpResponse:
    rows, more = _page(queries.potentials_visible_to(person_of(request)), request)
    items = [
        {"held": each, "sort": queries.kind_label(each.kind), "measure": show_measure(each.quantity, each.unit),
         "state": POTENTIAL_LABELS[each.state].staff, "kind": KIND_OF.get(each.state, "doing")}
        for each in rows
    ]  # fmt: skip
    context = {"items": items, "next": more, "may_record": _may(request, "needs.record_potential")}
    return render(request, "needs/potentials.html", context)


def _potential(request: HttpRequest, code: str) -> Potential:
    return get_object_or_404(queries.potentials_visible_to(person_of(request)).select_related("village"), code=code)


def potential(request: HttpRequest, code: str) -> HttpResponse:
    held = _potential(request, code)
    sort, doors = kinds().get(held.kind), _doors(request, held, POTENTIAL_DOORS)
    findings: tuple[Finding, ...] = ()
    if held.state == "draft":
        findings = examine(PUBLISHING, queries.potential_facts(held), standing(held.village_id))
    context = {
        "potential": held,
        "example": held.example,
        "label": POTENTIAL_LABELS[held.state],
        "kind": KIND_OF.get(held.state, "doing"),
        "sort": queries.kind_label(held.kind),
        "measure": show_measure(held.quantity, held.unit),
        "cautions": queries.cautions(sort) if sort else (),
        "doors": doors,
        "next": _next(doors, findings, ("needs.publish_potential", "needs.revise_potential")) if findings else None,
        "findings": findings,
    }
    return render(request, "needs/potential.html", context)


def record_potential(request: HttpRequest) -> HttpResponse:
    form = PotentialForm(request.POST or None)
    if _sent(request, form):
        village = _village(request, "needs.record_potential")
        example = person_of(request).example
        made = actions.record_potential(by=by(request), village=village, example=example, **form.given())
        return _go(request, "page.potential", made.code, _("Potensi tersimpan."))
    return _ask(request, form, _("Catat potensi"), _("Simpan potensi"), reverse("page.potentials"))


def _about_potential(
    request: HttpRequest, held: Potential, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.potential", args=[held.code])
    return _ask(request, form, title, verb, back, kicker=held.title, example=held.example, **more)


def revise_potential(request: HttpRequest, code: str) -> HttpResponse:
    held = _potential(request, code)
    initial = {**_values(held, PotentialForm), "measure": show_measure(held.quantity, held.unit)}
    form = PotentialForm(request.POST or None, initial=initial)
    if _sent(request, form):
        actions.revise_potential(by=by(request), potential=held, **form.given())
        return _go(request, "page.potential", code, _("Lembar potensi tersimpan."))
    return _about_potential(request, held, form, _("Perbaiki lembar potensi"), _("Simpan lembar"))


def publish_potential(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _potential(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.publish_potential(by=by(request), potential=held)
        return _go(request, "page.potential", code, _("Lembar potensi terbit."))
    findings = examine(PUBLISHING, queries.potential_facts(held), standing(held.village_id))
    return _about_potential(request, held, form, _("Terbitkan lembar potensi ini?"), _("Terbitkan"), findings=findings)


def archive_potential(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _potential(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.archive_potential(by=by(request), potential=held)
        return _go(request, "page.potential", code, _("Potensi diarsipkan."))
    return _about_potential(request, held, form, _("Arsipkan potensi ini?"), _("Arsipkan"))
