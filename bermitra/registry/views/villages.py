"""A village as a party: its profile, account, plans and assets."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.queries import offices_of
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.codes import masked
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.documents.handing import download
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, content_of, render, typed_in
from bermitra.foundation.personal.models import Kind
from bermitra.foundation.personal.queries import value_of
from bermitra.foundation.personal.subjects import Subject
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.queries import codes_held, index_history
from bermitra.foundation.regions.scores import parts_of, table_of, years_of
from bermitra.foundation.rules import Standing, examine
from bermitra.foundation.text import _ as marked
from bermitra.registry import actions
from bermitra.registry.forms import (
    RecordAccount,
    RecordUmbrellaRegulation,
    UpdateVillage,
)
from bermitra.registry.letters import office_line
from bermitra.registry.models import PlanLine
from bermitra.registry.queries.villages import (
    assets_of,
    eligibility,
    plan_lines,
    umbrella_regulations,
    village_profile,
    villages_visible_to,
    with_file,
)
from bermitra.registry.rules import (
    READY_TO_PARTNER,
    VillageFacts,
)
from bermitra.registry.views.common import open_doors
from bermitra.registry.views.words import asset_item, line_cells, line_columns

OF_VILLAGE = (
    "registry.update_village",
    "registry.record_account",
    "registry.record_umbrella_regulation",
    "registry.record_asset",
)
ACCOUNT = {"holder_kind": "account_holder_kind", "holder": "account_holder", "bank": "account_bank"}
FEW = 8  # lines and things on the file itself; the others stand on their own pages


def village_file(request: HttpRequest, code: str) -> HttpResponse:
    """What the village is as a party: register, offices, profile, plans, assets, and what is still missing."""
    person = person_of(request)
    village: Any = get_object_or_404(with_file(villages_visible_to(person)), pk=code)
    profile, regulations, rules = (
        getattr(village, "profile", None),
        umbrella_regulations(village),
        standing(village.code),
    )
    facts = eligibility(profile, regulations[0] if regulations else None, village.late, rules)
    doors = open_doors(person, OF_VILLAGE, village, village.code)
    history = index_history(village.code)
    lines, assets = plan_lines(village), assets_of(village)
    context = {
        "village": village,
        "called": f"{rules.numbers['word_village']} {village.name}",  # a nagari or a gampong is called so
        "codes": codes_held(village.code) if village.since else (),
        "index": {"table": table_of(history), "years": years_of(history), "parts": parts_of(history[0])}
        if history
        else None,
        "offices": offices_of(village, clock.today(), past=False),
        "profile": profile,
        "reached": office_line(profile),
        "account": _masked_account(village, rules) if profile and profile.account_holder else "",
        "regulations": regulations,
        "findings": examine(READY_TO_PARTNER, facts, rules),
        "acts": _remedies(person, village, doors, facts),
        "columns": line_columns(),
        "lines": [line_cells(each) for each in lines[:FEW]],
        "assets": [asset_item(each) for each in assets[:FEW]],
        "doors": doors,
        "plans": _plan_doors(person, village),
        "loads": may_open(person, "registry.import_assets", village.reach()),
        "archive": _door(person, "opendata.download_archive", village),
        "example": profile is not None and profile.example,
    }
    return render(request, "registry/village_file.html", context)


def _door(person: Person, name: str, village: Region) -> str:
    return reverse(name, kwargs={"code": village.code}) if may_open(person, name, village.reach()) else ""


def _masked_account(village: Region, rules: Standing) -> str:
    """The number of the account but for its last digits; nothing where none was given yet."""
    value = value_of(Subject.of_village(village), Kind.ACCOUNT)
    return masked(value.opened().decode(), rules.numbers["nik_visible_digits"]) if value else ""


def _remedies(
    person: Person, village: Region, doors: list[dict[str, str]], facts: VillageFacts
) -> dict[str, dict[str, str] | None]:
    """The way to tick each line: name somebody, send the reports, record the regulation."""
    by_name = {each["name"]: each for each in doors}
    remedies = {
        "RG-17": by_name.get("registry.update_village"),
        "RG-18": by_name.get("registry.record_umbrella_regulation"),
    }
    if facts.person_in_charge:
        reports = may_open(person, "monitoring.open_report", village.reach())
        remedies["RG-17"] = {"url": reverse("page.village_reports"), "verb": _("Buka laporan")} if reports else None
    return remedies


def _plan_doors(person: Person, village: Region) -> list[dict[str, str]]:
    """Recording a line, and loading the whole plan, of either plan."""
    found = []
    for door, verb in (
        ("registry.record_plan_line", marked("Catat baris %(plan)s")),
        ("registry.import_plan_lines", marked("Muat tabel %(plan)s")),
    ):
        if may_open(person, door, village.reach()):
            path = reverse(door, kwargs={"code": village.code})
            found += [
                {"url": f"{path}?{urlencode({'rencana': plan.value})}", "verb": _(verb) % {"plan": plan.label}}
                for plan in PlanLine.Plan
            ]
    return found


def village_at(request: HttpRequest, code: str) -> tuple[Region, str]:
    village = get_object_or_404(villages_visible_to(person_of(request)), pk=code)
    return village, reverse("page.village_file", kwargs={"code": code})


def update_village(request: HttpRequest, code: str) -> HttpResponse:
    village, back = village_at(request, code)
    profile = village_profile(village)
    held = {name: getattr(profile, name) for name in UpdateVillage.base_fields} if profile else None
    form = UpdateVillage(**typed_in(request), initial=held, said=bool(profile and profile.contact_name))
    return act_page(
        request,
        form,
        lambda: actions.update_village(by=by(request), village=village, **form.cleaned_data),
        heading=_("Profil desa"),
        lede=_("Visi dan alamat kantor tampak bagi semua orang; nama penanggung jawab hanya bagi mitra."),
        verb=_("Simpan profil"),
        says=_("Profil desa tersimpan."),
        back=back,
    )


def record_account(request: HttpRequest, code: str) -> HttpResponse:
    village, back = village_at(request, code)
    profile = village_profile(village)
    held = {name: getattr(profile, column) for name, column in ACCOUNT.items()} if profile else {}
    form = RecordAccount(**typed_in(request), initial=held)

    def does() -> None:
        given = {**form.cleaned_data, "number": Secret(form.cleaned_data["number"])}
        actions.record_account(by=by(request), village=village, **given)

    return act_page(
        request,
        form,
        does,
        heading=_("Rekening penerima"),
        lede=_("Uang kerja sama masuk ke rekening lembaga, tidak pernah ke rekening orang."),
        verb=_("Catat rekening"),
        says=_("Rekening tercatat."),
        back=back,
    )


def record_umbrella_regulation(request: HttpRequest, code: str) -> HttpResponse:
    village, back = village_at(request, code)
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
    """The newest, or the one ``?ke=`` so many places before it."""
    known, asked = umbrella_regulations(village_at(request, code)[0]), request.GET.get("ke", "0")
    chosen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    file = known[chosen].file if chosen < len(known) else None
    if file is None:
        raise Http404
    return download(file)
