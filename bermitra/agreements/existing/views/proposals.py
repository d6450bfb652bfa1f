"""What waits at the villages, and the regency's list that puts it there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bermitra.agreements.existing import actions, queries, sheets
from bermitra.agreements.existing import forms as shapes
from bermitra.agreements.existing.models import EarlierAgreement, ProposedAgreement
from bermitra.agreements.existing.rules import PROPOSAL_LABELS
from bermitra.agreements.existing.views.common import KINDS, place_of, places_of
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.pages import render
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.workbooks import Sheet, empty_form, to_mend

PAGE = 50
SHOWN = 20


def existing_agreements(request: HttpRequest) -> HttpResponse:
    """What waits at the own villages and what they recorded; ``?setelah=`` reads on, ``?hanya=menunggu`` narrows."""
    person = person_of(request)
    waiting = queries.proposals_visible_to(person)
    only = request.GET.get("hanya", "")
    if only != "semua":
        waiting = waiting.filter(state="waiting")
    places = places_of(request, "agreements.register_existing")
    recorded = list(queries.earlier_visible_to(person)[: PAGE + 1])
    region = place_of(request, "agreements.propose_existing")
    context = {
        "proposals": [_line(request, each) for each in waiting[:PAGE]],
        "waiting_more": max(waiting.count() - PAGE, 0),
        "all": only == "semua",
        "records": [_record_line(each) for each in recorded[:PAGE]],
        "more": len(recorded) > PAGE,
        "may_record": bool(places),
        "place": region,
        "loads": list(queries.loads_of(region)[:SHOWN]) if region else [],
    }
    return render(request, "agreements/existing/list.html", context)


def _line(request: HttpRequest, proposal: ProposedAgreement) -> dict[str, Any]:
    values, village = proposal.values, proposal.village
    open_here = proposal.state == "waiting" and may_open(
        person_of(request), "agreements.register_existing", proposal.reach()
    )
    url = f"{reverse('agreements.register_existing')}?usulan={proposal.code}" if open_here else ""
    if proposal.case is not None:
        url = reverse("page.existing_agreement", args=[proposal.case.code])
    small = [
        village.name,
        KINDS.get(values.get("coop_type", ""), ""),
        values.get("scope", ""),
        values.get("number", ""),
    ]
    return {
        "title": proposal.partner_name,
        "url": url,
        "small": " · ".join(filter(None, small)) + (f" · {proposal.reason}" if proposal.reason else ""),
        "state": _(PROPOSAL_LABELS[proposal.state]),
        "kind": {"waiting": "fix", "taken": "ok", "declined": "idle"}[proposal.state],
    }


def _record_line(earlier: EarlierAgreement) -> dict[str, Any]:
    case = earlier.case
    whole = _("lengkap %(n)s%%") % {"n": earlier.completeness.percent}
    return {
        "title": case.title,
        "url": reverse("page.existing_agreement", args=[case.code]),
        "small": " · ".join(filter(None, [case.village.name, case.partner.name if case.partner else "", whole])),
        "state": _(case.label.staff),
        "kind": "ok" if case.state == "running" else "fix" if case.phase != "berakhir" else "idle",
    }


# The regency's list -------------------------------------------------------------------------------------------------------
def propose_existing(request: HttpRequest) -> HttpResponse | FileResponse:
    """Hand over, see what was understood, lay it before the villages. ``held`` is the list that was shown already."""
    region = place_of(request, "agreements.propose_existing")
    if region is None:
        raise Http404
    if "held" not in request.POST:
        form = shapes.Upload(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            return _preview(request, region, form.cleaned_data["table"])
        return _upload(request, region, form)
    back = shapes.Held(request.POST)
    if not back.is_valid():
        return _again(request, region, None, back.errors["held"])
    sheet: Sheet = back.cleaned_data["held"]
    found = sheets.read(sheet, region)
    if "repairs" in request.POST:
        return to_mend("perbaikan-perjanjian", sheets.READ_COLUMNS, found.wrong)
    if not found.proposals or (found.wrong and not back.cleaned_data["skip"]):
        return _preview(request, region, sheet, status=422)
    load = actions.propose_existing(
        by=by(request),
        region=region,
        proposals=found.proposals,
        file_name=sheet.name[:200],
        file_hash=sheet.sha256,
        skipped=len(found.wrong),
    )
    messages.success(
        request,
        _("%(n)s perjanjian dikirim ke %(villages)s desa untuk diperiksa.")
        % {"n": load.rows, "villages": found.villages},
    )
    return redirect("page.existing_agreements")


def _upload(request: HttpRequest, region: Region, form: forms.Form) -> HttpResponse:
    context = {"form": form, "place": region}
    return render(request, "agreements/existing/upload.html", context, status=422 if form.is_bound else 200)


def _again(request: HttpRequest, region: Region, field: str | None, errors: Any) -> HttpResponse:
    form = shapes.Upload(request.POST, request.FILES)
    form.errors.clear()
    form.add_error(field, errors)
    return _upload(request, region, form)


def _preview(request: HttpRequest, region: Region, sheet: Sheet, status: int = 200) -> HttpResponse:
    before = queries.load_of_file(region, sheet.sha256)
    if before is not None:
        day = date_format(localdate(before.at), "j F Y")
        return _again(
            request, region, "table", _("Berkas ini sudah diimpor %(day)s. Pilih berkas lain.") % {"day": day}
        )
    found = sheets.read(sheet, region)
    context = {
        "place": region,
        "sheet": sheet,
        "found": found,
        "form": shapes.Held(initial={"held": sheet.packed(sheets.SALT)}),
        "columns": [
            _("Desa"),
            _("Jenis"),
            _("Mitra"),
            _("Ruang lingkup"),
            _("Mulai"),
            _("Berakhir"),
            (_("Nilai"), "num"),
        ],
        "rows": [_preview_row(each) for each in found.proposals[:SHOWN]],
        "more": max(len(found.proposals) - SHOWN, 0),
        "wrong": found.wrong[:SHOWN],
        "wrong_more": max(len(found.wrong) - SHOWN, 0),
        "chosen_none": status == 422 and found.wrong and found.proposals,
    }
    return render(request, "agreements/existing/preview.html", context, status=status)


def _preview_row(proposal: actions.Proposal) -> list[str]:
    values = proposal.values
    days = [shapes.day_of(values, name) for name in ("starts_on", "ends_on")]
    first, last = (long_date(day) if day else _("belum ada") for day in days)
    return [
        proposal.village.name,
        KINDS[values["coop_type"]],
        proposal.partner_name,
        str(values.get("scope", _("belum ada"))),
        first,
        last,
        rupiah(values["value"]) if "value" in values else _("belum ada"),
    ]


def existing_table(request: HttpRequest) -> FileResponse:
    """The empty list, with its choices."""
    return empty_form("perjanjian-berjalan", sheets.COLUMNS, sheets.CHOICES)
