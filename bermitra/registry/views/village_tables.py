"""A village's own tables: handed over, shown row by row with what they would change, and loaded whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.documents import files
from bermitra.foundation.documents.files import Content
from bermitra.foundation.fields import say
from bermitra.foundation.money import rupiah
from bermitra.foundation.pages import render
from bermitra.foundation.regions import workbooks
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.queries import codes_held
from bermitra.foundation.text import BadInput, shown
from bermitra.registry import actions
from bermitra.registry.forms import HeldTable, LoadAssets, LoadPlanLines
from bermitra.registry.forms.village_tables import XLSX, Held
from bermitra.registry.models import PlanLine, VillageAsset, VillageTable
from bermitra.registry.queries.village_tables import (
    Comparison,
    compare_assets,
    compare_plan_lines,
    loaded_before,
    stored,
)
from bermitra.registry.tables import assets, plan_lines
from bermitra.registry.tables.reading import Column, Reading, Wrong
from bermitra.registry.views.village_plans import plan_asked
from bermitra.registry.views.villages import village_at
from bermitra.registry.views.words import NO_VALUE, figure

SHOWN = 30
Page = dict[str, Any]


def import_plan_lines(request: HttpRequest, code: str) -> HttpResponse:
    village, back = village_at(request, code)
    plan, codes = plan_asked(request), _codes(village)
    page: Page = {
        "village": village,
        "back": back,
        "heading": _("Muat tabel %(plan)s") % {"plan": plan.label},
        "sample": reverse("page.table_example", kwargs={"code": code, "kind": plan.value}),
        "again": f"{request.path}?{urlencode({'rencana': plan.value})}",
    }
    if "held" in request.POST:
        return _load(request, page, plan.value, lambda held: _load_plan_lines(request, village, codes, held))
    typed = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = LoadPlanLines(**typed, village=village, codes=codes, plan=plan.value)
    if not form.is_valid() or form.found is None:
        return _first_page(request, page, form)
    given = form.cleaned_data
    held = Held(code, plan.value, given["year"], given["regulation"], _laid_down(*given["table"]))
    set_with = {"regulation": held.regulation} if held.regulation else {}
    compared = None
    if not form.found.wrong:
        rows = [{**row, **set_with} for row in form.found.values]
        compared = compare_plan_lines(village, plan.value, held.year, rows)
    return _preview(request, page, form, held, form.found, compared, _line_rows)


def import_assets(request: HttpRequest, code: str) -> HttpResponse:
    village, back = village_at(request, code)
    kind = VillageTable.Kind.ASSETS.value
    page: Page = {
        "village": village,
        "back": back,
        "heading": _("Muat tabel aset"),
        "sample": reverse("page.table_example", kwargs={"code": code, "kind": kind}),
        "again": request.path,
    }
    if "held" in request.POST:
        return _load(request, page, kind, lambda held: _load_assets(request, village, held))
    form = LoadAssets(request.POST, request.FILES) if request.method == "POST" else LoadAssets()
    if not form.is_valid() or form.found is None:
        return _first_page(request, page, form)
    held = Held(code, kind, 0, "", _laid_down(*form.cleaned_data["table"]))
    compared = None if form.found.wrong else compare_assets(village, form.found.values)
    return _preview(request, page, form, held, form.found, compared, _asset_rows)


# The three pages ------------------------------------------------------------------------------------------------------


def _first_page(request: HttpRequest, page: Page, form: Any) -> HttpResponse:
    return render(request, "registry/load_table.html", {**page, "form": form}, status=422 if form.is_bound else 200)


def _preview(
    request: HttpRequest, page: Page, form: Any, held: Held, found: Reading, compared: Comparison | None,
    rows_of: Callable[[Comparison], tuple[list[Any], list[list[Any]]]],
) -> HttpResponse:  # fmt: skip
    """What was understood and what it would change; or what is to be mended, and then nothing can be loaded."""
    before = loaded_before(page["village"], held.plan, held.year, held.file.sha256)
    if before is not None:
        day = date_format(localdate(before.loaded_at), "j F Y")
        form.add_error("table", _("Berkas ini sudah diimpor %(day)s. Pilih berkas lain.") % {"day": day})
        return _first_page(request, page, form)
    columns, rows = rows_of(compared) if compared else ([], [])
    person = person_of(request)
    context = {
        **page,
        "name": held.file.name,
        "found": found,
        "compared": compared,
        "columns": columns,
        "rows": rows[:SHOWN],
        "more": max(len(rows) - SHOWN, 0),
        "wrong": [_told(each) for each in found.wrong[:SHOWN]],
        "wrong_more": max(len(found.wrong) - SHOWN, 0),
        "form": HeldTable(
            initial={"held": held.packed(person.code)}, person=person.code, village=held.village, plan=held.plan
        ),
    }
    return render(request, "registry/load_table_preview.html", context, status=422 if found.wrong else 200)


def _load(request: HttpRequest, page: Page, kind: str, does: Callable[[Held], VillageTable]) -> HttpResponse:
    village: Region = page["village"]
    form = HeldTable(request.POST, person=person_of(request).code, village=village.code, plan=kind)
    if not form.is_valid():
        again: Any = LoadAssets() if kind == VillageTable.Kind.ASSETS else _empty_plan_form(village, kind)
        return render(
            request, "registry/load_table.html", {**page, "form": again, "old": form.errors["held"][0]}, status=422
        )
    table = does(form.cleaned_data["held"])
    messages.success(
        request,
        _("Tabel dimuat: %(added)s baris ditambah, %(changed)s diperbarui.")
        % {"added": table.added, "changed": table.changed},
    )
    return redirect(page["back"])


def _empty_plan_form(village: Region, plan: str) -> LoadPlanLines:
    return LoadPlanLines(village=village, codes=(), plan=plan)


def _load_plan_lines(request: HttpRequest, village: Region, codes: tuple[str, ...], held: Held) -> VillageTable:
    found = plan_lines.read_plan_lines(
        held.file.name, files.read(held.file.sha256), village=village, codes=codes, plan=held.plan, year=held.year
    )
    table: VillageTable = actions.import_plan_lines(
        by=by(request), village=village, plan=held.plan, year=held.year, regulation=held.regulation,
        rows=_good(found), file=held.file,
    )  # fmt: skip
    return table


def _load_assets(request: HttpRequest, village: Region, held: Held) -> VillageTable:
    found = assets.read_assets(held.file.name, files.read(held.file.sha256))
    table: VillageTable = actions.import_assets(by=by(request), village=village, rows=_good(found), file=held.file)
    return table


def _good(found: Reading) -> list[dict[str, Any]]:
    """All rows; none where one of them is wrong, so that RG-26 refuses."""
    return [] if found.wrong else found.values


# Words ----------------------------------------------------------------------------------------------------------------


def _line_rows(compared: Comparison) -> tuple[list[Any], list[list[Any]]]:
    columns = [_("Baris"), _("Kegiatan"), _("Pola"), (_("Perkiraan biaya"), "num"), _("Akibat")]
    return columns, [
        [row["reference"], row["activity"], _mode(row), _rupiah(row["estimate"]), word]
        for row, word in _outcomes(compared)
    ]


def _mode(row: Any) -> str:
    return str(PlanLine.Mode(row["execution_mode"]).label)


def _rupiah(amount: int | None) -> str:
    return rupiah(amount) if amount is not None else NO_VALUE


def _asset_rows(compared: Comparison) -> tuple[list[Any], list[list[Any]]]:
    columns = [_("Aset"), _("Jenis"), _("Jumlah"), _("Akibat")]
    return columns, [
        [
            row["name"],
            str(VillageAsset.Kind(row["kind"]).label),
            f"{figure(stored(row['quantity']))} {row['unit']}",
            word,
        ]
        for row, word in _outcomes(compared)
    ]


def _outcomes(compared: Comparison) -> list[tuple[Any, str]]:
    """What would be different afterwards; rows that stay as they are need no line."""
    new = [(row, _("Ditambah")) for row in compared.new]
    return [*new, *((row, _("Diperbarui")) for _record, row in compared.changed)]


def _told(wrong: Wrong) -> list[Any]:
    says = say(BadInput("cell", wrong.says, **wrong.values))
    return [_("Baris %(row)s") % {"row": wrong.row}, wrong.column, wrong.value or NO_VALUE, says]


def _codes(village: Region) -> tuple[str, ...]:
    return tuple(each.code for each in codes_held(village.code)) if village.since else (village.code,)


def _laid_down(name: str, content: bytes) -> Content:
    """Into the store, where it gets its row once somebody says yes."""
    kind = XLSX if content[:4] == b"PK\x03\x04" else "text/csv"
    ending = ".xlsx" if kind == XLSX else ".csv"
    stem = (
        shown(name, 80).removesuffix("…").rsplit(".", 1)[0].replace("/", "-").replace("\\", "-").strip(" .") or "tabel"
    )
    return files.put(content, media_type=kind, name=f"{stem}{ending}")


def table_example(request: HttpRequest, code: str, kind: str) -> FileResponse:
    """The empty table, in the columns that villages know, with a sheet that says how to fill it."""
    village_at(request, code)
    if kind in PlanLine.Plan.values:
        return workbooks.empty_form(
            f"tabel-{kind}", _shape(plan_lines.columns_of(kind), plan_lines.GUIDE), plan_lines.CHOICES
        )
    if kind == VillageTable.Kind.ASSETS:
        return workbooks.empty_form("tabel-aset", _shape(assets.COLUMNS, assets.GUIDE), assets.CHOICES)
    raise Http404


def _shape(columns: Sequence[Column], guide: dict[str, tuple[str, str]]) -> list[workbooks.Column]:
    """As the maker of empty forms wants them; ``guide`` has an example and a sentence by column."""
    return [workbooks.Column(each.heading, *_said(guide, each)) for each in columns]


def _said(guide: dict[str, tuple[str, str]], column: Column) -> tuple[str, bool, str]:
    example, says = guide.get(column.name, ("", ""))
    return example, column.needed, says
