"""A village as a party: its profile, account, plans and assets."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.documents.handing import download
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import examine
from bermitra.registry import actions
from bermitra.registry.forms import (
    RecordAccount,
    RecordAsset,
    RecordPlanLine,
    RecordUmbrellaRegulation,
    UpdateVillage,
)
from bermitra.registry.models import PlanLine
from bermitra.registry.queries.villages import (
    assets_of,
    plan_lines,
    umbrella_regulation_of,
    village_facts,
    village_profile,
    villages_visible_to,
)
from bermitra.registry.rules import (
    READY_TO_PARTNER,
)
from bermitra.registry.views.common import act_page, content_of, open_doors, typed_in

PAGE = 50
NO_VALUE = "–"


OF_VILLAGE = (
    "registry.update_village",
    "registry.record_account",
    "registry.record_umbrella_regulation",
    "registry.record_asset",
)


def village_file(request: HttpRequest, code: str) -> HttpResponse:
    """What the village is as a party: profile, plans, assets, and what would still be good to have."""
    person = person_of(request)
    village = get_object_or_404(villages_visible_to(person), pk=code)
    profile, regulation, rules = village_profile(village), umbrella_regulation_of(village), standing(village.code)
    doors = open_doors(person, OF_VILLAGE, village, village.code)
    context = {
        "village": village,
        "called": f"{rules.numbers['word_village']} {village.name}",  # a nagari or a gampong is called so
        "profile": profile,
        "regulation": regulation,
        "findings": examine(READY_TO_PARTNER, village_facts(village), rules),
        "acts": {"RG-18": next((e for e in doors if e["name"] == "registry.record_umbrella_regulation"), None)},
        "columns": [_("Rencana"), _("Baris"), _("Kegiatan"), _("Pola"), (_("Perkiraan biaya"), "num")],
        "lines": [_plan_cells(each) for each in plan_lines(village)[:PAGE]],
        "assets": assets_of(village)[:PAGE],
        "doors": doors,
        "plans": _plan_doors(person, village),
        "example": profile is not None and profile.example,
    }
    return render(request, "registry/village_file.html", context)


def _plan_cells(line: PlanLine) -> tuple[str, ...]:
    estimate = rupiah(line.estimate) if line.estimate is not None else NO_VALUE
    mode = str(line.get_execution_mode_display())
    return (f"{line.get_plan_display()} {line.year}", line.reference, line.activity, mode, estimate)


def _plan_doors(person: Person, village: Region) -> list[dict[str, str]]:
    if not may_open(person, "registry.record_plan_line", village.reach()):
        return []
    path = reverse("registry.record_plan_line", kwargs={"code": village.code})
    return [
        {
            "url": f"{path}?{urlencode({'rencana': plan.value})}",
            "verb": _("Catat baris %(plan)s") % {"plan": plan.label},
        }
        for plan in PlanLine.Plan
    ]


def _village(request: HttpRequest, code: str) -> tuple[Region, str]:
    village = get_object_or_404(villages_visible_to(person_of(request)), pk=code)
    return village, reverse("page.village_file", kwargs={"code": code})


def update_village(request: HttpRequest, code: str) -> HttpResponse:
    village, back = _village(request, code)
    profile = village_profile(village)
    held = {name: getattr(profile, name) for name in UpdateVillage.base_fields} if profile else None
    form = UpdateVillage(**typed_in(request), initial=held)
    return act_page(
        request,
        form,
        lambda: actions.update_village(by=by(request), village=village, **form.cleaned_data),
        heading=_("Profil desa"),
        lede=_("Visi desa tampak bagi semua orang; nama penanggung jawab hanya bagi yang bekerja sama."),
        verb=_("Simpan profil"),
        says=_("Profil desa tersimpan."),
        back=back,
    )


def record_account(request: HttpRequest, code: str) -> HttpResponse:
    village, back = _village(request, code)
    form = RecordAccount(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.record_account(by=by(request), village=village, **form.cleaned_data),
        heading=_("Rekening penerima"),
        lede=_("Uang kerja sama masuk ke rekening lembaga, tidak pernah ke rekening orang."),
        verb=_("Catat rekening"),
        says=_("Rekening tercatat."),
        back=back,
    )


def record_umbrella_regulation(request: HttpRequest, code: str) -> HttpResponse:
    village, back = _village(request, code)
    form = RecordUmbrellaRegulation(**typed_in(request), village=village)

    def does() -> None:
        given = {**form.cleaned_data, "file": content_of(form.cleaned_data["file"])}
        actions.record_umbrella_regulation(by=by(request), village=village, **given)

    return act_page(
        request,
        form,
        does,
        heading=_("Peraturan Desa tentang kerja sama"),
        verb=_("Catat Perdes"),
        says=_("Peraturan Desa tercatat."),
        back=back,
    )


def umbrella_regulation_file(request: HttpRequest, code: str) -> HttpResponse:
    regulation = umbrella_regulation_of(_village(request, code)[0])
    if regulation is None or regulation.file is None:
        raise Http404
    return download(regulation.file)


def record_plan_line(request: HttpRequest, code: str) -> HttpResponse:
    village, back = _village(request, code)
    asked = request.GET.get("rencana", "")
    plan = PlanLine.Plan(asked) if asked in PlanLine.Plan.values else PlanLine.Plan.RKP
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


def record_asset(request: HttpRequest, code: str) -> HttpResponse:
    village, back = _village(request, code)
    form = RecordAsset(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.record_asset(by=by(request), village=village, **form.cleaned_data),
        heading=_("Aset desa"),
        lede=_("Catat aset yang mungkin dipakai dalam kerja sama."),
        verb=_("Catat aset"),
        says=_("Aset tercatat."),
        back=back,
    )
