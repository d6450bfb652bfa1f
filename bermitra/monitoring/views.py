"""Pages of indicators, reports and the register of cooperation: fetch, act, say, go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bermitra.agreements.models import Agreement
from bermitra.agreements.rules import BINDS_IN
from bermitra.foundation.accounts.permissions import table as permissions
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files, html
from bermitra.foundation.documents.compose import Issued, compose
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.handing import shown
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import ask, render, sent
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, examine, unmet
from bermitra.foundation.text import _ as marked
from bermitra.monitoring import actions, contents, letters, queries, register
from bermitra.monitoring.forms import (
    Baseline,
    IndicatorForm,
    Money,
    NewValueForm,
    Note,
    Period,
    Question,
    RegisterFilter,
    Send,
    SubField,
    Sure,
    TargetForm,
    ValueForm,
    Why,
    Words,
    Year,
)
from bermitra.monitoring.indicators import DIRECTIONS, FAMILIES, OWNERS, known, show_amount
from bermitra.monitoring.models import Framework, Indicator, Report, ReportStep, Value
from bermitra.monitoring.rules import APPROVING, SENDING

PAGE = 50
KIND_OF = {"draft": "idle", "adopted": "ok", "approved": "ok", "returned": "fix", "questioned": "fix", "filed": "ok"}
Doors = tuple[tuple[str, tuple[str, ...], str], ...]
FRAMEWORK_DOORS: Doors = (
    ("monitoring.set_indicator", ("draft",), marked("Tambah indikator")),
    ("monitoring.adopt_framework", ("draft",), marked("Tetapkan indikator")),
    ("monitoring.describe_framework", ("draft",), marked("Perbaiki sub-bidang")),
)
INDICATOR_DOORS: Doors = (
    ("monitoring.set_baseline", ("draft",), marked("Isi data awal")),
    ("monitoring.set_target", ("draft",), marked("Isi sasaran")),
    ("monitoring.drop_indicator", ("draft",), marked("Keluarkan indikator")),
    ("monitoring.record_value", ("adopted",), marked("Catat nilai")),
)
VALUE_DOORS: Doors = (
    ("monitoring.submit_value", ("draft", "returned"), marked("Kirim untuk diperiksa")),
    ("monitoring.revise_value", ("draft", "returned"), marked("Perbaiki")),
    ("monitoring.approve_value", ("submitted",), marked("Setujui")),
    ("monitoring.return_value", ("submitted",), marked("Kembalikan")),
)
REPORT_DOORS: Doors = (
    ("monitoring.describe_report", ("open", "questioned"), marked("Tulis bab laporan")),
    ("monitoring.state_money", ("open", "questioned"), marked("Isi angka buku kas")),
    ("monitoring.renew_figures", ("open", "questioned"), marked("Perbarui angka")),
    ("monitoring.submit_report", ("open", "questioned"), marked("Kirim laporan")),
    ("monitoring.receive_report", ("submitted",), marked("Terima laporan")),
    ("monitoring.question_report", ("submitted",), marked("Tanyakan laporan")),
    ("monitoring.forward_report", ("received",), marked("Teruskan tembusan")),
)


# How pages ask --------------------------------------------------------------------------------------------------------


def _ask(request: HttpRequest, form: forms.BaseForm, title: str, verb: str, back: str, **more: Any) -> HttpResponse:
    return ask(request, form, "monitoring/act.html", heading=title, verb=verb, back=back, **more)


def _go(request: HttpRequest, page: str, code: str, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect(page, code=code)


def _doors(request: HttpRequest, held: Any, state: str, doors: Doors) -> list[dict[str, str]]:
    person, reach = person_of(request), held.reach()
    return [
        {"url": reverse(door, args=[held.code]), "verb": _(verb)}
        for door, states, verb in doors
        if state in states and may_open(person, door, reach)
    ]


def _page(found: Any, request: HttpRequest) -> tuple[list[Any], str]:
    """Fifty rows, newest first, and the address of the next fifty."""
    before = request.GET.get("sebelum", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found.order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], f"?sebelum={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""


# What is measured -----------------------------------------------------------------------------------------------------


def measured_agreements(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    rows, more = _page(queries.agreements_seen_by(person).filter(state__in=BINDS_IN), request)
    items = [
        {
            "agreement": each,
            "framework": framework,
            "state": framework.label.staff if framework else marked("Belum ada indikator"),
            "kind": KIND_OF[framework.state] if framework else "fix",
            "may_draft": framework is None and may_open(person, "monitoring.draft_framework", each.reach()),
        }
        for each in rows
        for framework in (getattr(each, "framework", None),)
    ]
    return render(request, "monitoring/agreements.html", {"items": items, "next": more})


def draft_framework(request: HttpRequest, code: str) -> HttpResponse:
    agreement = get_object_or_404(queries.agreements_seen_by(person_of(request)), code=code)
    form = SubField(request.POST or None)
    if sent(request, form):
        made = actions.draft_framework(by=by(request), agreement=agreement, **form.cleaned_data)
        return _go(request, "page.framework", made.code, _("Susunan indikator dibuat. Tambahkan indikatornya."))
    more = {"kicker": agreement.title, "example": agreement.example}
    return _ask(
        request, form, _("Susun indikator kerja sama"), _("Mulai susunan"), reverse("page.measured_agreements"), **more
    )


def _framework(request: HttpRequest, code: str) -> Framework:
    return get_object_or_404(queries.frameworks_visible_to(person_of(request)), code=code)


def framework(request: HttpRequest, code: str) -> HttpResponse:
    held = _framework(request, code)
    rows = queries.standings(held.indicators.order_by("number"))
    context = {
        "framework": held,
        "agreement": held.agreement,
        "example": held.agreement.example,
        "kind": KIND_OF[held.state],
        "rows": rows,
        "families": queries.families_covered(each.indicator for each in rows),
        "findings": queries.framework_checks(held, clock.today()),
        "doors": _doors(request, held, held.state, FRAMEWORK_DOORS),
    }
    return render(request, "monitoring/framework.html", context)


def _about_framework(
    request: HttpRequest, held: Framework, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back, agreement = reverse("page.framework", args=[held.code]), held.agreement
    return _ask(request, form, title, verb, back, kicker=agreement.title, example=agreement.example, **more)


def describe_framework(request: HttpRequest, code: str) -> HttpResponse:
    held = _framework(request, code)
    form = SubField(request.POST or None, initial={"sub_field": held.sub_field})
    if sent(request, form):
        actions.describe_framework(by=by(request), framework=held, **form.cleaned_data)
        return _go(request, "page.framework", code, _("Sub-bidang tersimpan."))
    return _about_framework(request, held, form, _("Perbaiki sub-bidang"), _("Simpan sub-bidang"))


def known_indicators(request: HttpRequest, code: str) -> HttpResponse:
    """The shipped list by family; choosing one fills the form."""
    held, english = _framework(request, code), (get_language() or "id").startswith("en")
    families = [
        {
            "name": name,
            "rows": [
                {"code": each.code, "title": each.en if english else each.id, "method": each.method}
                for each in known().values()
                if each.family == family
            ],
        }
        for family, name in FAMILIES.items()
    ]
    context = {
        "framework": held,
        "signed": queries.signed_indicators(held.agreement),
        "families": families,
        "example": held.agreement.example,
    }
    return render(request, "monitoring/known.html", context)


def set_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """A new indicator, one from the shipped list (``?dari=``) or the signed annex (``?lampiran=``), or one described anew."""
    held = _framework(request, code)
    changed = request.GET.get("ubah", "")
    indicator = get_object_or_404(held.indicators, code=changed) if changed else None
    chosen = indicator.known if indicator else request.GET.get("dari", "")
    initial = _indicator_values(indicator, chosen) or _signed_values(held, request.GET.get("lampiran", ""))
    form = IndicatorForm(request.POST or None, initial=initial)
    if sent(request, form):
        given = {**form.cleaned_data, "chosen": chosen if chosen in known() else "", "indicator": indicator}
        made = actions.set_indicator(by=by(request), framework=held, **given)
        return _go(request, "page.indicator", made.code, _("Indikator tersimpan. Isi data awal dan sasarannya."))
    return _about_framework(request, held, form, _("Indikator"), _("Simpan indikator"))


def _indicator_values(indicator: Indicator | None, chosen: str) -> dict[str, Any]:
    if indicator is not None:
        return {name: getattr(indicator, name) for name in IndicatorForm.base_fields}
    if chosen in known():
        entry = known()[chosen]
        return {
            "title": entry.id, "family": entry.family, "unit": entry.unit, "scale": entry.scale,
            "direction": entry.direction, "method": entry.method, "data_owner": entry.owner,
        }  # fmt: skip
    return {}


def _signed_values(held: Framework, number: str) -> dict[str, Any]:
    signed = queries.signed_indicators(held.agreement) if number else []
    if not (number.isascii() and number.isdigit()) or not 1 <= int(number) <= len(signed):
        return {}
    row = signed[int(number) - 1]
    return {"title": row.get("name", ""), "unit": row.get("unit", ""), "method": row.get("evidence", "")}


def adopt_framework(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _framework(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.adopt_framework(by=by(request), framework=held)
        return _go(request, "page.framework", code, _("Indikator ditetapkan."))
    findings = queries.framework_checks(held, clock.today())
    return _about_framework(request, held, form, _("Tetapkan indikator ini?"), _("Tetapkan"), findings=findings)


# One indicator and its values -----------------------------------------------------------------------------------------


def _indicator(request: HttpRequest, code: str) -> Indicator:
    return get_object_or_404(queries.indicators_visible_to(person_of(request)), code=code)


def indicator(request: HttpRequest, code: str) -> HttpResponse:
    held = _indicator(request, code)
    state = held.framework.state
    values = [
        {
            "value": each,
            "amount": show_amount(each.amount, held.scale),
            "kind": KIND_OF.get(each.state, "doing"),
            "doors": _doors(request, each, each.state, VALUE_DOORS),
        }
        for each in _with(queries.values_of(held), held)
    ]
    (stands,) = queries.standings(Indicator.objects.filter(pk=held.pk))
    doors = _doors(request, held, state, INDICATOR_DOORS)
    if state == "draft" and may_open(person_of(request), "monitoring.set_indicator", held.reach()):
        change = f"{reverse('monitoring.set_indicator', args=[held.framework.code])}?ubah={held.code}"
        doors.append({"url": change, "verb": _("Perbaiki uraian")})
    context = {
        "indicator": held,
        "framework": held.framework,
        "example": held.framework.agreement.example,
        "stands": stands,
        "family": FAMILIES[held.family],
        "direction": DIRECTIONS[held.direction],
        "owner": OWNERS.get(held.data_owner, ""),
        "targets": [(each.year, show_amount(each.amount, held.scale)) for each in stands.indicator.targets.all()],
        "values": values,
        "doors": doors,
    }
    return render(request, "monitoring/indicator.html", context)


def _with(values: Any, indicator: Indicator) -> list[Value]:
    """Values that know the indicator already read, so that asking for their reach costs nothing."""
    rows: list[Value] = list(values)
    for each in rows:
        each.indicator = indicator
    return rows


def _about_indicator(
    request: HttpRequest, held: Indicator, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back, example = reverse("page.indicator", args=[held.code]), held.framework.agreement.example
    return _ask(request, form, title, verb, back, kicker=held.title, example=example, **more)


def set_baseline(request: HttpRequest, code: str) -> HttpResponse:
    held = _indicator(request, code)
    initial = {name: getattr(held, name) for name in Baseline.base_fields}
    form = Baseline(request.POST or None, indicator=held, initial=initial)
    if sent(request, form):
        actions.set_baseline(by=by(request), indicator=held, **form.cleaned_data)
        return _go(request, "page.indicator", code, _("Data awal tersimpan."))
    return _about_indicator(request, held, form, _("Data awal"), _("Simpan data awal"))


def set_target(request: HttpRequest, code: str) -> HttpResponse:
    held = _indicator(request, code)
    agreement = held.framework.agreement
    first, last = agreement.starts_on or clock.today(), agreement.ends_on or clock.today()
    form = TargetForm(request.POST or None, indicator=held, years=range(first.year, last.year + 1))
    if sent(request, form):
        actions.set_target(by=by(request), indicator=held, **form.cleaned_data)
        return _go(request, "page.indicator", code, _("Sasaran tersimpan."))
    return _about_indicator(request, held, form, _("Sasaran"), _("Simpan sasaran"))


def drop_indicator(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _indicator(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.drop_indicator(by=by(request), indicator=held)
        return _go(request, "page.framework", held.framework.code, _("Indikator keluar dari susunan."))
    return _about_indicator(request, held, form, _("Keluarkan indikator ini?"), _("Keluarkan"))


def record_value(request: HttpRequest, code: str) -> HttpResponse:
    held = _indicator(request, code)
    form = NewValueForm(request.POST or None, request.FILES or None, indicator=held, initial={"method": held.method})
    if sent(request, form):
        given = dict(form.cleaned_data)
        actions.record_value(by=by(request), indicator=held, **{**given, "file": _kept(given["file"])})
        return _go(request, "page.indicator", code, _("Nilai tercatat. Kirim supaya diperiksa orang lain."))
    return _about_indicator(request, held, form, _("Catat nilai"), _("Simpan nilai"))


def _kept(safe: Safe | None) -> Content | None:
    return files.put(safe.content, media_type=safe.media_type, name=safe.name) if safe else None


def _value(request: HttpRequest, code: str) -> Value:
    return get_object_or_404(queries.values_visible_to(person_of(request)), code=code)


def _about_value(
    request: HttpRequest, held: Value, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    amount = f"{show_amount(held.amount, held.indicator.scale)} {held.indicator.unit}"
    more.setdefault("facts", [(_("Nilai"), amount), (_("Sumber"), held.source), (_("Cara mengukur"), held.method)])
    return _about_indicator(request, held.indicator, form, title, verb, **more)


def value_file(request: HttpRequest, code: str) -> HttpResponse:
    held = _value(request, code)
    if held.file is None:
        raise Http404
    return shown(held.file, held.file.name)


def revise_value(request: HttpRequest, code: str) -> HttpResponse:
    held = _value(request, code)
    initial = {name: getattr(held, name) for name in ValueForm.base_fields}
    form = ValueForm(request.POST or None, indicator=held.indicator, initial=initial)
    if sent(request, form):
        actions.revise_value(by=by(request), value=held, **form.cleaned_data)
        return _go(request, "page.indicator", held.indicator.code, _("Nilai diperbaiki. Kirim lagi."))
    lede = held.returned_because
    return _about_value(request, held, form, _("Perbaiki nilai"), _("Simpan nilai"), facts=(), lede=lede)


def submit_value(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _value(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.submit_value(by=by(request), value=held)
        return _go(request, "page.indicator", held.indicator.code, _("Nilai dikirim untuk diperiksa."))
    return _about_value(request, held, form, _("Kirim nilai ini?"), _("Kirim"))


def approve_value(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _value(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.approve_value(by=by(request), value=held)
        return _go(request, "page.indicator", held.indicator.code, _("Nilai disetujui dan tampil di halaman umum."))
    facts = queries.value_facts(held, person_of(request).code)
    findings = examine(APPROVING, facts, standing(held.reach().region))
    return _about_value(request, held, form, _("Setujui nilai ini?"), _("Setujui"), findings=findings)


def return_value(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _value(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.return_value(by=by(request), value=held, **form.cleaned_data)
        return _go(request, "page.indicator", held.indicator.code, _("Nilai dikembalikan kepada pengukur."))
    return _about_value(request, held, form, _("Kembalikan nilai"), _("Kembalikan"))


# Reports --------------------------------------------------------------------------------------------------------------


def village_reports(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    rows, more = _page(queries.reports_visible_to(person), request)
    items = [{"report": each, "kind": KIND_OF.get(each.state, "doing")} for each in rows]
    villages = {
        office.region_id
        for office in person.offices
        if office.region_id and permissions()["monitoring.open_report"].scope_of(office.role)
    }
    progress = [
        each
        for each in queries.agreements_seen_by(person).filter(state__in=BINDS_IN)[:PAGE]
        if may_open(person, "monitoring.open_progress_report", each.reach())
    ]
    context = {"items": items, "next": more, "villages": sorted(villages), "progress": progress}
    return render(request, "monitoring/reports.html", context)


def open_report(request: HttpRequest, code: str) -> HttpResponse:
    """The yearly report of a village of one's own."""
    person = person_of(request)
    here = any(office.region_id == code for office in person.offices)
    village = get_object_or_404(Region, pk=code if here else "", level=4)
    form = Year(request.POST or None, years=queries.years_to_report(code, clock.today()))
    if sent(request, form):
        made = actions.open_report(by=by(request), village=village, **form.cleaned_data)
        return _go(
            request, "page.village_report", made.code, _("Laporan dibuat. Tulis babnya, lalu isi angka buku kas.")
        )
    more = {"kicker": village.name, "example": person.example}
    return _ask(request, form, _("Susun laporan tahunan"), _("Buat laporan"), reverse("page.village_reports"), **more)


def open_progress_report(request: HttpRequest, code: str) -> HttpResponse:
    agreement: Agreement = get_object_or_404(queries.agreements_seen_by(person_of(request)), code=code)
    form = Period(request.POST or None)
    if sent(request, form):
        made = actions.open_progress_report(by=by(request), agreement=agreement, **form.cleaned_data)
        return _go(
            request, "page.village_report", made.code, _("Laporan dibuat. Tulis babnya, lalu isi angka buku kas.")
        )
    more = {"kicker": agreement.title, "example": agreement.example}
    return _ask(request, form, _("Susun laporan kemajuan"), _("Buat laporan"), reverse("page.village_reports"), **more)


def _report(request: HttpRequest, code: str) -> Report:
    return get_object_or_404(queries.reports_visible_to(person_of(request)), code=code)


def village_report(request: HttpRequest, code: str) -> HttpResponse:
    """The report as it reads now; once it was sent, exactly as its paper reads."""
    held = _report(request, code)
    drafted = held.state in ("open", "questioned")
    missing = contents.empty_chapters(held.content) if drafted else ()
    findings = _send_checks(held) if drafted else ()
    steps = queries.steps_of(held)
    asked = [each.text for each in steps if each.kind == ReportStep.Kind.QUESTIONED]
    context = {
        "report": held,
        "example": held.example,
        "kind": KIND_OF.get(held.state, "doing"),
        "title": _title(held),
        "document": _draft(held) if drafted else html.render(held.paper.source if held.paper else {}),
        "missing": [contents.CHAPTERS[name] for name in missing],
        "findings": findings,
        "says": _turn_says(held, missing, findings),
        "question": asked[-1] if held.state == "questioned" and asked else "",
        "steps": steps,
        "doors": _doors(request, held, held.state, _in_turn(missing, findings) if drafted else REPORT_DOORS),
    }
    return render(request, "monitoring/report.html", context)


def _in_turn(missing: tuple[str, ...], findings: tuple[Finding, ...]) -> Doors:
    """The doors of a draft, the one whose turn it is first: chapters, then the money, then sending."""
    first = "describe_report" if missing else "submit_report" if not unmet(findings) else "state_money"
    return tuple(sorted(REPORT_DOORS, key=lambda door: door[0] != f"monitoring.{first}"))


def _turn_says(held: Report, missing: tuple[str, ...], findings: tuple[Finding, ...]) -> str:
    if held.state != "open":
        return _(held.label.waiting)
    if missing:
        return _("Tulis bab yang belum cukup.")
    return _("Cocokkan angka dengan buku kas desa.") if unmet(findings) else _("Laporan lengkap dan siap dikirim.")


def _title(held: Report) -> str:
    return f"{held.get_kind_display()} {held.year}"


def _draft(held: Report) -> Any:
    document = letters.report_document(held, number=held.number or "…", dated=held.dated or clock.today())
    return html.render(compose(document, Issued(example=held.example)))


def _send_checks(held: Report) -> tuple[Finding, ...]:
    facts = queries.report_facts(
        held,
        empty=len(contents.empty_chapters(held.content)),
        reported=contents.treasury_in(held.content),
        ledger=contents.treasury_now(held),
        recipients=frozenset(queries.recipients_of(held.village_id, clock.today())),
        today=clock.today(),
    )
    return examine(SENDING, facts, standing(held.village_id))


def report_file(request: HttpRequest, code: str) -> HttpResponse:
    held = _report(request, code)
    if held.paper is None:
        raise Http404
    return shown(held.paper.file, f"laporan-{held.year}-{held.code}.pdf")


def _about_report(
    request: HttpRequest, held: Report, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.village_report", args=[held.code])
    more.setdefault("kicker", f"{_title(held)} · {held.village.name}")
    return _ask(request, form, title, verb, back, example=held.example, **more)


def describe_report(request: HttpRequest, code: str) -> HttpResponse:
    held = _report(request, code)
    form = Words(request.POST or None, kind=held.kind, initial=held.words)
    if sent(request, form):
        actions.describe_report(by=by(request), report=held, words=form.cleaned_data)
        return _go(request, "page.village_report", code, _("Bab laporan tersimpan."))
    lede = _("Daftar, angka, dan tabel disusun sendiri dari catatan. Tulis yang hanya desa dapat jelaskan.")
    return _about_report(request, held, form, _("Tulis bab laporan"), _("Simpan"), lede=lede)


def state_money(request: HttpRequest, code: str) -> HttpResponse:
    held = _report(request, code)
    form = Money(request.POST or None, initial={"received": held.received, "spent": held.spent})
    if sent(request, form):
        actions.state_money(by=by(request), report=held, **form.cleaned_data)
        return _go(request, "page.village_report", code, _("Angka buku kas tersimpan."))
    lede = _("Salin dari buku kas umum desa, bukan dari halaman ini. Angkanya dicocokkan dengan buku uang kerja sama.")
    return _about_report(request, held, form, _("Angka buku kas"), _("Simpan angka"), lede=lede)


def renew_figures(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _report(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.renew_figures(by=by(request), report=held)
        return _go(request, "page.village_report", code, _("Angka laporan diperbarui dari catatan hari ini."))
    return _about_report(request, held, form, _("Perbarui angka laporan?"), _("Perbarui"))


def submit_report(request: HttpRequest, code: str) -> HttpResponse:
    held = _report(request, code)
    initial = {"number": held.number, "dated": clock.today()}
    form = Send(request.POST or None, report=held, initial=initial)
    if sent(request, form):
        given, who = dict(form.cleaned_data), by(request)
        paper = letters.report_paper(held, key=who.key, number=given["number"], dated=given["dated"])
        actions.submit_report(by=who, report=held, paper=paper, **given)
        return _go(request, "page.village_report", code, _("Laporan terkirim ke BPD, tembusan lewat camat."))
    known = queries.recipients_of(held.village_id, clock.today())
    lede = _("Laporan diterima Ketua BPD %(bpd)s; tembusannya diteruskan Camat %(camat)s.") % {
        "bpd": known.get("bpd", _("(belum tercatat)")),
        "camat": known.get("camat", _("(belum tercatat)")),
    }
    return _about_report(request, held, form, _("Kirim laporan"), _("Kirim"), lede=lede, findings=_send_checks(held))


def question_report(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _report(request, code), Question(request.POST or None)
    if sent(request, form):
        actions.question_report(by=by(request), report=held, **form.cleaned_data)
        return _go(request, "page.village_report", code, _("Pertanyaan terkirim kepada Kepala Desa."))
    return _about_report(request, held, form, _("Tanyakan laporan"), _("Kirim pertanyaan"))


def receive_report(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _report(request, code), Note(request.POST or None)
    if sent(request, form):
        actions.receive_report(by=by(request), report=held, **form.cleaned_data)
        return _go(request, "page.village_report", code, _("Laporan diterima. Camat meneruskan tembusannya."))
    return _about_report(request, held, form, _("Terima laporan ini?"), _("Terima laporan"))


def forward_report(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _report(request, code), Note(request.POST or None)
    if sent(request, form):
        actions.forward_report(by=by(request), report=held, **form.cleaned_data)
        return _go(request, "page.village_report", code, _("Tembusan diteruskan ke kabupaten."))
    return _about_report(request, held, form, _("Teruskan tembusan ke kabupaten?"), _("Teruskan"))


def overdue_board(request: HttpRequest) -> HttpResponse:
    """Who has not reported: the own village, district or regency."""
    region = _place(request, "page.overdue_board")
    context = {"place": region, "rows": queries.overdue_reports(region.pk, clock.today())}
    return render(request, "monitoring/overdue.html", context)


def _place(request: HttpRequest, page: str) -> Region:
    """Where this person holds the office that opens the page."""
    row = permissions()[page]
    for office in person_of(request).offices:
        if office.region is not None and row.scope_of(office.role) is not None:
            return office.region
    raise Http404


# The register of cooperation ------------------------------------------------------------------------------------------


def cooperation_register(request: HttpRequest) -> HttpResponse:
    region = _place(request, "page.cooperation_register")
    form, filters = _filters(request, region)
    found = register.listed(filters)
    context = {
        "place": region,
        "form": form,
        "columns": register.COLUMNS,
        "rows": list(register.rows(found, filters.year)),
        "query": request.GET.urlencode(),
        "year": filters.year,
    }
    return render(request, "monitoring/register.html", context)


def cooperation_register_file(request: HttpRequest, kind: str) -> HttpResponse | FileResponse:
    """The same rows as the page shows, as CSV or XLSX."""
    region = _place(request, "page.cooperation_register")
    _form, filters = _filters(request, region)
    found, name = register.listed(filters), f"kerja-sama-desa-{filters.region}-{filters.year}"
    if kind == "csv":
        answer = HttpResponse(register.csv(found, filters.year), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    if kind == "xlsx":
        return FileResponse(register.xlsx(found, filters.year), as_attachment=True, filename=f"{name}.xlsx")
    raise Http404


def _filters(request: HttpRequest, region: Region) -> tuple[RegisterFilter, register.Filters]:
    districts = list(Region.objects.filter(parent=region, active=True).order_by("name")) if region.level == 2 else []
    this_year = clock.today().year
    data = request.GET.copy()
    data.setdefault("tahun", str(this_year))
    form = RegisterFilter(data, districts=districts, this_year=this_year)
    form.is_valid()  # a filter that cannot be read falls away; the others stay
    given = form.cleaned_data
    return form, register.Filters(
        region=given.get("kecamatan") or region.pk,
        year=given.get("tahun") or this_year,
        field=given.get("bidang") or "",
    )
