"""Lines of RPJM and RKP Desa: listed, recorded, mended, taken out."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.sheets import xlsx
from bermitra.foundation.money import rupiah
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.registry import actions
from bermitra.registry.forms import CorrectPlanLine, FilterPlan, RecordPlanLine, TakeOut
from bermitra.registry.models import PlanLine
from bermitra.registry.queries.villages import history_of, plan_lines, villages_visible_to
from bermitra.registry.tables.plan_lines import columns_of, written
from bermitra.registry.views.common import open_doors
from bermitra.registry.views.village_history import told
from bermitra.registry.views.villages import village_at
from bermitra.registry.views.words import NO_VALUE, figure, line_cells, line_columns

PAGE = 50
OF_LINE = ("registry.correct_plan_line", "registry.withdraw_plan_line")


def village_plan(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """The lines in force, by plan, year and pattern; ``bentuk=xlsx`` hands them over in the columns they come in."""
    village, back = village_at(request, code)
    form = FilterPlan(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = plan_lines(village)
    for name, column in (("rencana", "plan"), ("pola", "execution_mode"), ("tahun", "year")):
        if asked.get(name):
            found = found.filter(**{column: asked[name]})
    lines = sorted(found, key=lambda line: (-line.year, line.plan, *line.order))
    if request.GET.get("bentuk") == "xlsx":
        columns = columns_of(PlanLine.Plan.RPJM)
        return xlsx(
            f"rencana-{village.code}",
            _("Rencana desa"),
            [each.heading for each in columns],
            (written(village, e) for e in lines),
        )
    start = _start(request)
    kept = {name: value for name, value in asked.items() if value}
    context = {
        "village": village,
        "back": back,
        "form": form,
        "chosen": bool(kept) or bool(form.errors),
        "columns": line_columns(),
        "lines": [line_cells(each) for each in lines[start : start + PAGE]],
        "total": len(lines),
        "file": f"?{urlencode({**kept, 'bentuk': 'xlsx'})}",
        "previous": f"?{urlencode({**kept, 'mulai': max(start - PAGE, 0)})}" if start else "",
        "next": f"?{urlencode({**kept, 'mulai': start + PAGE})}" if len(lines) > start + PAGE else "",
    }
    return render(request, "registry/village_plan.html", context)


def _start(request: HttpRequest) -> int:
    """Where the page begins; anything that is no number is the beginning."""
    typed = request.GET.get("mulai", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


def _line(request: HttpRequest, code: str) -> tuple[PlanLine, str]:
    """The line in the address, also one that was taken out, and the address of its page."""
    seen = villages_visible_to(person_of(request))
    line = get_object_or_404(PlanLine.objects.select_related("village"), code=code, village__in=seen)
    return line, reverse("page.plan_line", kwargs={"code": code})


def plan_line(request: HttpRequest, code: str) -> HttpResponse:
    line, _back = _line(request, code)
    doors = [] if line.withdrawn_at else open_doors(person_of(request), OF_LINE, line, code)
    context = {
        "line": line,
        "village": line.village,
        "facts": [(term, value) for term, value in _facts(line) if value],
        "history": told(history_of(line)),
        "doors": doors,
    }
    return render(request, "registry/plan_line.html", context)


def _facts(line: PlanLine) -> list[tuple[str, str]]:
    measure = f"{figure(line.quantity)} {line.unit}".strip() if line.quantity is not None else ""
    days = " – ".join(long_date(each) for each in (line.starts_on, line.ends_on) if each)
    return [
        (_("Bidang"), line.get_field_of_government_display()),
        (_("Sub-bidang"), line.sub_field),
        (_("Lokasi"), line.place),
        (_("Volume"), measure),
        (_("Sasaran dan manfaat"), line.benefit),
        (_("Penerima manfaat"), line.beneficiaries),
        (_("Keadaan sekarang"), line.present_state),
        (_("Waktu pelaksanaan"), " · ".join(filter(None, (days, line.duration)))),
        (_("Tahun pelaksanaan"), ", ".join(str(year) for year in line.plan_years)),
        (_("Perkiraan biaya"), rupiah(line.estimate) if line.estimate is not None else NO_VALUE),
        (_("Sumber biaya"), line.funding),
        (_("Pola pelaksanaan"), line.get_execution_mode_display()),
        (_("Rencana pelaksana kegiatan"), line.executor),
        (_("Tujuan SDGs Desa"), line.sdg),
        (_("Ditetapkan dengan"), line.regulation or NO_VALUE),
    ]


def record_plan_line(request: HttpRequest, code: str) -> HttpResponse:
    village, back = village_at(request, code)
    plan = plan_asked(request)
    form = RecordPlanLine(**typed_in(request), village=village, plan=plan.value)
    return act_page(
        request,
        form,
        lambda: actions.record_plan_line(by=by(request), village=village, plan=plan.value, **form.cleaned_data),
        heading=_("Baris %(plan)s") % {"plan": plan.label},
        lede=_("Salin baris seperti tertulis dalam rencana yang sudah ditetapkan."),
        verb=_("Catat baris"),
        says=_("Baris rencana tercatat."),
        back=back,
    )


def plan_asked(request: HttpRequest) -> PlanLine.Plan:
    asked = request.GET.get("rencana", "")
    return PlanLine.Plan(asked) if asked in PlanLine.Plan.values else PlanLine.Plan.RKP


def correct_plan_line(request: HttpRequest, code: str) -> HttpResponse:
    line, back = _line(request, code)
    form = CorrectPlanLine(
        **typed_in(request), village=line.village, plan=line.plan, line=line, initial=_as_typed(line, CorrectPlanLine)
    )

    def does() -> Any:
        values = dict(form.cleaned_data)
        return actions.correct_plan_line(by=by(request), line=line, reason=values.pop("reason"), values=values)

    return act_page(
        request,
        form,
        does,
        heading=_("Perbaiki baris %(name)s") % {"name": line},
        lede=_("Isian lama tetap dapat dibaca pada riwayat."),
        verb=_("Simpan perbaikan"),
        says=_("Baris rencana diperbaiki."),
        back=back,
    )


def _as_typed(line: PlanLine, form: type[CorrectPlanLine]) -> dict[str, Any]:
    """The columns as somebody would type them."""
    held = {name: getattr(line, name) for name in form.base_fields if name != "reason"}
    more = {name: getattr(line, name) for name in ("sdg", "present_state", "beneficiaries")}
    years = ", ".join(str(year) for year in line.plan_years)
    return {**held, **more, "quantity": figure(line.quantity, grouped=False), "plan_years": years}


def withdraw_plan_line(request: HttpRequest, code: str) -> HttpResponse:
    line, back = _line(request, code)
    form = TakeOut(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.withdraw_plan_line(by=by(request), line=line, **form.cleaned_data),
        heading=_("Cabut baris %(name)s") % {"name": line},
        lede=_("Baris hilang dari daftar; kemitraan yang memakainya tetap menampilkannya."),
        verb=_("Cabut baris"),
        says=_("Baris rencana dicabut."),
        back=back,
    )
