"""Pages of voices: write down what people said, bring needs together, take them apart, load a table of requests."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.fields import say
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import ask, sent, typed_in
from bermitra.foundation.regions import workbooks
from bermitra.foundation.rules import examine
from bermitra.foundation.text import BadInput
from bermitra.needs import actions, queries
from bermitra.needs.forms import LoadNeeds, Merge, Sure, VoiceForm
from bermitra.needs.rules import SPLITTING
from bermitra.needs.table import CHOICES, COLUMNS, GUIDE
from bermitra.needs.views.common import go, village_of
from bermitra.needs.views.needs import about_need, need_at
from bermitra.registry.tables.reading import Wrong

SHOWN = 30
COLUMNS_TOLD = 5


def add_voice(request: HttpRequest, code: str) -> HttpResponse:
    held = need_at(request, code)
    form = VoiceForm(request.POST or None, initial={"hamlet": held.hamlet})
    if sent(request, form):
        actions.add_voice(by=by(request), need=held, **form.cleaned_data)
        return go(request, "page.need", code, _("Suara warga tercatat."))
    return about_need(request, held, form, _("Catat suara warga"), _("Simpan suara"))


def merge(request: HttpRequest, code: str) -> HttpResponse:
    held = need_at(request, code)
    others = {each.code: each for each in queries.merge_targets(held)}
    form = Merge(request.POST or None, needs=others.values())
    if sent(request, form):
        given = form.cleaned_data
        actions.merge(by=by(request), need=held, into=others[given["into"]], why=given["why"])
        return go(request, "page.need", given["into"], _("Kebutuhan digabung. Semua suaranya terbaca di sini."))
    heading = _("Gabungkan dengan kebutuhan lain")
    return about_need(
        request, held, form, heading, _("Gabungkan"), template="needs/merge.html", others=bool(others)
    )  # fmt: skip


def split(request: HttpRequest, code: str) -> HttpResponse:
    held, form = need_at(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.split(by=by(request), need=held)
        return go(request, "page.need", code, _("Kebutuhan ini berdiri sendiri lagi."))
    findings = examine(SPLITTING, queries.splitting_facts(held), standing(held.village_id))
    return about_need(request, held, form, _("Pisahkan kebutuhan ini lagi?"), _("Pisahkan"), findings=findings)


def import_needs(request: HttpRequest) -> HttpResponse:
    """All rows of a table or none: what is wrong with it is told cell by cell."""
    form = LoadNeeds(**typed_in(request))
    if sent(request, form) and form.found is not None:
        village = village_of(request, "needs.import_needs")
        actions.import_needs(
            by=by(request), village=village, rows=form.found.values, file_hash=form.file_hash,
            example=person_of(request).example,
        )  # fmt: skip
        messages.success(request, _("Tabel dimuat. Kebutuhan yang baru menjadi draf."))
        for heading, meant in form.found.unknown[:COLUMNS_TOLD]:
            messages.warning(request, _left_out(heading, meant))
        return redirect("page.needs")
    wrong = form.found.wrong if form.is_bound and form.found else []
    context: dict[str, Any] = {
        "heading": _("Muat tabel kebutuhan"),
        "verb": _("Muat tabel"),
        "back": reverse("page.needs"),
        "wrong": [_told(each) for each in wrong[:SHOWN]],
        "wrong_more": max(len(wrong) - SHOWN, 0),
    }
    return ask(request, form, "needs/load_table.html", **context)


def _left_out(heading: str, meant: str) -> str:
    if meant:
        says = _("Kolom “%(column)s” tidak dikenal, jadi tidak dimuat. Pakai judul %(heading)s.")
        return says % {"column": heading, "heading": meant}
    says = _("Kolom “%(column)s” tidak dikenal, jadi tidak dimuat. Pakai judul seperti pada contoh tabel.")
    return says % {"column": heading}


def _told(wrong: Wrong) -> list[str]:
    says = say(BadInput("cell", wrong.says, **wrong.values))
    return [_("Baris %(row)s") % {"row": wrong.row}, wrong.column, wrong.value or "–", says]


def table_example(_request: HttpRequest) -> FileResponse:
    """The empty table, with a sheet that says how to fill it."""
    columns = []
    for each in COLUMNS:
        example, says = GUIDE.get(each.name, ("", ""))
        columns.append(workbooks.Column(each.heading, example, each.needed, says))
    return workbooks.empty_form("tabel-kebutuhan", columns, CHOICES)
