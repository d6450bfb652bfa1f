"""Pages of needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bermitra.deliberation.queries import element_name
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.sheets import xlsx
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import render, sent
from bermitra.foundation.rules import Finding, examine
from bermitra.foundation.text import _ as marked
from bermitra.needs import actions, queries
from bermitra.needs.forms import (
    Defer,
    FilterNeeds,
    Met,
    NeedForm,
    Sure,
    Why,
)
from bermitra.needs.index import indicators
from bermitra.needs.models import Need
from bermitra.needs.queries.labels import english
from bermitra.needs.rules import (
    AIMED_IN,
    COUNTED_IN,
    DEFERRED_IN,
    HEARD_IN,
    LABELS,
    PUTTING_OFF,
    SUBMITTING,
    VERIFIED_IN,
)
from bermitra.needs.table import COLUMNS, written
from bermitra.needs.views.common import (
    KIND_OF,
    PAGE,
    ask_for,
    doors_of,
    go,
    key_in,
    may,
    next_door,
    page_of,
    values_of,
    village_of,
)

NEED_DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("needs.submit", ("draft",), marked("Ajukan kebutuhan")),
    ("needs.count_beneficiaries", COUNTED_IN, marked("Isi penerima manfaat")),
    ("needs.set_cost", AIMED_IN, marked("Isi perkiraan biaya")),
    ("needs.set_goals", AIMED_IN, marked("Isi tema, tujuan, dan kelompok")),
    ("needs.revise", ("draft",), marked("Perbaiki uraian")),
    ("needs.add_voice", HEARD_IN, marked("Catat suara warga")),
    ("needs.verify_figures", VERIFIED_IN, marked("Periksa angkanya")),
    ("needs.merge", ("submitted",), marked("Gabungkan dengan kebutuhan lain")),
    ("needs.split", ("merged",), marked("Pisahkan lagi")),
    ("needs.defer", DEFERRED_IN, marked("Tunda ke tahun berikut")),
    ("needs.confirm_met", ("priority", "offered"), marked("Nyatakan terpenuhi")),
    ("needs.reopen", ("met",), marked("Buka ulang")),
    ("needs.withdraw", ("draft", "submitted"), marked("Tarik kebutuhan")),
)
# Doors of a whole village, as they stand beside the list.
MORE_DOORS = (
    ("needs.record", marked("Catat kebutuhan")),
    ("page.index_suggestions", marked("Usulan dari indeks")),
    ("needs.import_needs", marked("Muat tabel kebutuhan")),
    ("page.backlog", marked("Kebutuhan yang belum terpenuhi")),
    ("page.priorities", marked("Daftar prioritas")),
    ("page.aims", marked("Tujuan dan pantangan desa")),
    ("page.potentials", marked("Potensi desa")),
)


def needs(request: HttpRequest) -> HttpResponse | FileResponse:
    person = person_of(request)
    form = FilterNeeds(request.GET or None, hamlets=_hamlets(person))
    found = queries.needs_found(person, form.filters())
    if request.GET.get("bentuk") == "xlsx":
        return _workbook(found)
    rows, more = page_of(found.select_related("village"), request)
    heard = queries.people_heard([each.pk for each in rows])
    chosen = [form[name] for name in form.fields if form[name].value()]
    onward = request.GET.copy()
    onward["bentuk"] = "xlsx"
    context = {
        "items": [_item(each, heard.get(each.pk, 0)) for each in rows],
        "next": more,
        "filters": form,
        "chosen": bool(chosen),
        "file": f"?{onward.urlencode()}",
        "may_record": may(request, "needs.record"),
        "more": [{"url": reverse(door), "verb": _(verb)} for door, verb in MORE_DOORS if may(request, door)],
    }
    return render(request, "needs/needs.html", context)


def _hamlets(person: Any) -> list[str]:
    """To choose from where the list is one of villages: a regency has thousands of hamlets, and many of one name."""
    above = any(office.region_id and len(office.region_id) < 13 for office in person.offices)
    return [] if above else queries.hamlets_of(person)


def _item(need: Need, heard: int) -> dict[str, Any]:
    return {
        "held": need,
        "sector": queries.sector_label(need.sector),
        "state": LABELS[need.state].staff,
        "kind": KIND_OF.get(need.state, "doing"),
        "heard": heard,
    }


def _workbook(found: QuerySet[Need]) -> FileResponse:
    """The needs of the page with their voices, in the columns in which such tables come in, and what else is known."""
    heads = [column.heading for column in COLUMNS]
    more = ["kode", "keadaan", "biaya_terendah", "biaya_seluruhnya", "desa", "kode_desa"]
    needs = found.select_related("village").prefetch_related("voices").order_by("village_id", "pk")
    rows: Iterator[list[Any]] = (
        [
            *row,
            each.code,
            _(LABELS[each.state].staff),
            each.cost_low,
            each.cost_high,
            each.village.name,
            each.village_id,
        ]
        for each in needs.iterator(chunk_size=500)
        for row in written(each, list(each.voices.all()))
    )
    return xlsx("kebutuhan", _("Kebutuhan"), [*heads, *more], rows)


def backlog(request: HttpRequest) -> HttpResponse:
    """What is still to be met, the longest waiting first."""
    found = queries.backlog(person_of(request), key_in(request, "sesudah")).select_related("village")
    rows, today = list(found[: PAGE + 1]), clock.today()
    context = {
        "items": [
            {
                **_item(each, 0),
                "years": _years(each, today),
                "due": bool(each.next_year and each.next_year <= today.year),
            }
            for each in rows[:PAGE]
        ],
        "next": f"?sesudah={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
    }
    return render(request, "needs/backlog.html", context)


def _years(need: Need, today: date) -> int:
    """For how many whole years it has waited."""
    since = timezone.localdate(need.created_at)
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))


def need_at(request: HttpRequest, code: str) -> Need:
    seen = queries.needs_visible_to(person_of(request)).select_related("village", "merged_into")
    return get_object_or_404(seen, code=code)


def need(request: HttpRequest, code: str) -> HttpResponse:
    held = need_at(request, code)
    doors = doors_of(request, held, NEED_DOORS)
    findings: tuple[Finding, ...] = ()
    if held.state == "draft":
        findings = examine(SUBMITTING, queries.need_facts(held), standing(held.village_id))
    voices = list(queries.voices_of(held))
    context = {
        "need": held,
        "example": held.example,
        "label": LABELS[held.state],
        "kind": KIND_OF.get(held.state, "doing"),
        "sector": queries.sector_label(held.sector),
        "theme": queries.theme_label(held.theme) if held.theme else "",
        "goals": [queries.goal_label(number) for number in held.goals],
        "groups": [element_name(code) for code in held.groups],
        "indicator": _indicator(held.idm_indicator),
        "voices": [{"held": each, "group": element_name(each.group) if each.group else ""} for each in voices],
        "by_hamlet": queries.people_by_hamlet(voices),
        "merged": list(held.merged.order_by("title", "pk")),
        "doors": doors,
        "next": _next(request, held, doors, findings),
        "findings": findings,
        "lists": [row.list for row in held.rows.select_related("list").order_by("-list__year", "-pk")],
    }
    return render(request, "needs/need.html", context)


def _indicator(code: str) -> str:
    entry = indicators().get(code)
    return f"{code} · {entry.en if english() else entry.id}" if entry else code


def _next(
    request: HttpRequest, held: Need, doors: list[dict[str, str]], findings: tuple[Finding, ...]
) -> dict[str, str] | None:
    """What the green box leads to, and what it says where that is more than what is waited for."""
    onward = next_door(doors, findings, ("needs.submit", "needs.count_beneficiaries"))
    if onward and onward["door"] == "needs.submit":
        return {**onward, "says": _("Kebutuhan sudah lengkap. Ajukan sekarang.")}
    if held.state == "submitted" and may_open(person_of(request), "needs.draft_priorities", held.reach()):
        says = _("Masukkan kebutuhan ini ke daftar prioritas.")
        return {"url": reverse("page.priorities"), "verb": _("Susun daftar prioritas"), "says": says}
    return onward


def record(request: HttpRequest) -> HttpResponse:
    form = NeedForm(request.POST or None)
    if sent(request, form):
        village = village_of(request, "needs.record")
        made = actions.record(by=by(request), village=village, example=person_of(request).example, **form.cleaned_data)
        return go(request, "page.need", made.code, _("Kebutuhan tersimpan. Isi penerima manfaatnya, lalu ajukan."))
    return ask_for(request, form, _("Catat kebutuhan"), _("Simpan kebutuhan"), reverse("page.needs"))


def about_need(
    request: HttpRequest, held: Need, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.need", args=[held.code])
    return ask_for(request, form, title, verb, back, kicker=held.title, example=held.example, **more)


def revise(request: HttpRequest, code: str) -> HttpResponse:
    held = need_at(request, code)
    form = NeedForm(request.POST or None, initial=values_of(held, NeedForm))
    if sent(request, form):
        actions.revise(by=by(request), need=held, **form.cleaned_data)
        return go(request, "page.need", code, _("Uraian kebutuhan tersimpan."))
    return about_need(request, held, form, _("Perbaiki uraian"), _("Simpan uraian"))


def submit(request: HttpRequest, code: str) -> HttpResponse:
    held, form = need_at(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.submit(by=by(request), need=held)
        return go(request, "page.need", code, _("Kebutuhan diajukan."))
    findings = examine(SUBMITTING, queries.need_facts(held), standing(held.village_id))
    return about_need(request, held, form, _("Ajukan kebutuhan ini?"), _("Ajukan"), findings=findings)


def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    held, form = need_at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.withdraw(by=by(request), need=held, **form.cleaned_data)
        return go(request, "page.need", code, _("Kebutuhan ditarik."))
    return about_need(request, held, form, _("Tarik kebutuhan ini?"), _("Tarik kebutuhan"))


def defer(request: HttpRequest, code: str) -> HttpResponse:
    held, form = need_at(request, code), Defer(request.POST or None)
    if sent(request, form):
        actions.defer(by=by(request), need=held, **form.cleaned_data)
        return go(request, "page.need", code, _("Kebutuhan ditunda."))
    facts = queries.putting_off_facts(held, chair=may_open(person_of(request), "needs.confirm_met", held.reach()))
    findings = examine(PUTTING_OFF, facts, standing(held.village_id)) if facts.decided else ()
    return about_need(request, held, form, _("Tunda ke tahun berikut"), _("Tunda kebutuhan"), findings=findings)


def confirm_met(request: HttpRequest, code: str) -> HttpResponse:
    held, form = need_at(request, code), Met(request.POST or None)
    if sent(request, form):
        actions.confirm_met(by=by(request), need=held, **form.cleaned_data)
        return go(request, "page.need", code, _("Kebutuhan dinyatakan terpenuhi."))
    return about_need(request, held, form, _("Nyatakan terpenuhi"), _("Nyatakan terpenuhi"))


def reopen(request: HttpRequest, code: str) -> HttpResponse:
    held, form = need_at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.reopen(by=by(request), need=held, **form.cleaned_data)
        return go(request, "page.need", code, _("Kebutuhan dibuka lagi."))
    return about_need(request, held, form, _("Buka ulang kebutuhan ini?"), _("Buka ulang"))
