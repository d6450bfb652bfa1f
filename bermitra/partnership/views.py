"""Pages of a case and of its sheet: fetch, act, say, go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.pages import render, sent
from bermitra.foundation.text import _ as marked
from bermitra.needs.queries import needs_of, potentials_of
from bermitra.partnership import actions, forms, sheet
from bermitra.partnership.models import Case, TermSheet
from bermitra.partnership.queries import (
    asset_line,
    cases_visible_to,
    checks,
    duty_line,
    form_label,
    needs_of_case,
    potentials_of_case,
    sanction_line,
    source_line,
    term_sheet,
    topic_lines,
    touching,
)
from bermitra.partnership.rules import SHEET_IN, SHEET_LABELS
from bermitra.registry.queries.villages import assets_of, plan_lines

Form = django_forms.Form


def case_of(request: HttpRequest, code: str) -> Case:
    """The case, if this person may see it; else 404."""
    seen = cases_visible_to(person_of(request)).select_related("midterm_line", "plan_line")
    return get_object_or_404(seen, code=code)


def ask(
    request: HttpRequest, case: Case | None, form: Form, *, title: str, verb: str, back: str = "", **more: Any
) -> HttpResponse:
    """A page with one form about a case; what was typed wrongly comes back with 422."""
    context = {
        "form": form,
        "case": case,
        "example": case is not None and case.example,
        "title": title,
        "verb": verb,
        "back": back or (reverse("page.case", args=[case.code]) if case else reverse("page.work_box")),
        **more,
    }
    return render(
        request, "partnership/act.html", context, status=422 if form.is_bound and not form.is_valid() else 200
    )


def done(request: HttpRequest, case: Case, says: str, name: str = "page.case") -> HttpResponse:
    messages.success(request, says)
    return redirect(name, code=case.code)


# The case -----------------------------------------------------------------------------------------------------------
def open_case(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    places = [office.region for office in person.offices if office.region is not None]
    villages = {each.pk: each for each in places if may_open(person, "partnership.open", each.reach())}
    form = forms.OpenCase(request.POST or None, villages=villages)
    if sent(request, form):
        case = actions.open_case(by=by(request), **form.cleaned_data)
        return done(request, case, _("Kemitraan dimulai. Lengkapi persiapannya."))
    return ask(request, None, form, title=_("Mulai kemitraan"), verb=_("Mulai kemitraan"))


def describe(request: HttpRequest, code: str) -> HttpResponse:
    case = case_of(request, code)
    held = {"title": case.title, "field": case.field_of_government, "goals": case.goals, "forms": case.forms}
    form = forms.Describe(request.POST or None, initial=held)
    if sent(request, form):
        actions.describe(by=by(request), case=case, **form.cleaned_data)
        return done(request, case, _("Judul dan tujuan tersimpan."))
    return ask(request, case, form, title=_("Judul dan tujuan"), verb=_("Simpan"))


def link_needs(request: HttpRequest, code: str) -> HttpResponse:
    case = case_of(request, code)
    held = {"needs": [n.code for n in needs_of_case(case)], "potentials": [p.code for p in potentials_of_case(case)]}
    needs, potentials = needs_of(case.village_id), potentials_of(case.village_id)
    form = forms.LinkNeeds(request.POST or None, initial=held, needs=needs, potentials=potentials)
    if sent(request, form):
        actions.link_needs(by=by(request), case=case, **form.chosen())
        return done(request, case, _("Kebutuhan dan potensi terkait."))
    return ask(request, case, form, title=_("Kebutuhan dan potensi"), verb=_("Simpan"))


def record_budget(request: HttpRequest, code: str) -> HttpResponse:
    case = case_of(request, code)
    held = {"note": case.budget_note, "share": case.village_share, "room": case.budget_room} if case.budget_note else {}
    form = forms.Budget(request.POST or None, initial=held)
    if sent(request, form):
        actions.record_budget(by=by(request), case=case, **form.cleaned_data)
        return done(request, case, _("Kemampuan APB Desa tersimpan."))
    return ask(request, case, form, title=_("Kemampuan APB Desa"), verb=_("Simpan"))


def weigh(request: HttpRequest, code: str) -> HttpResponse:
    """Rows of benefit and cost: add one, or take one out."""
    case = case_of(request, code)
    tables = {"benefits": list(case.benefits), "costs": list(case.costs)}
    rows = [(side, place, row) for side, table in tables.items() for place, row in enumerate(table)]
    out = forms.dropped(request.POST, len(rows)) if request.method == "POST" else None
    form = forms.BenefitOrCost(
        request.POST if request.method == "POST" and out is None else None, initial={"years": case.horizon_years}
    )
    if out is not None:
        side, place, _row = rows[out]
        del tables[side][place]
    if out is not None or sent(request, form):
        if out is None:
            given = dict(form.cleaned_data)
            case.horizon_years = given.pop("years")
            tables[given.pop("side")].append(given)
        actions.weigh(by=by(request), case=case, years=case.horizon_years, **tables)
        return done(request, case, _("Tabel manfaat dan biaya tersimpan."), "partnership.weigh")
    words = {"benefits": _("Manfaat"), "costs": _("Biaya")}
    shown = [
        (
            f"{words[side]}: {row['what']}",
            _amount(row["amount"]),
            " · ".join(filter(None, (row["unit"], row["source"]))),
        )
        for side, _place, row in rows
    ]
    ratio = case.ratio_hundredths
    says = (
        _("Manfaat dibanding biaya: %(whole)s,%(part)s.") % {"whole": ratio // 100, "part": f"{ratio % 100:02}"}
        if ratio
        else ""
    )
    return ask(
        request,
        case,
        form,
        title=_("Manfaat dan biaya"),
        verb=_("Tambah baris"),
        rows=shown,
        rows_title=_("Yang sudah dicatat"),
        lede=says,
    )


def _amount(value: Any) -> str:
    return rupiah(value) if value is not None else _("belum ada angka")


def check_place(request: HttpRequest, code: str) -> HttpResponse:
    case = case_of(request, code)
    held = {
        "spatial": case.spatial_check,
        "environment": case.environment_check,
        "spatial_ok": _yes(case.spatial_ok),
        "environment_ok": _yes(case.environment_ok),
    }
    form = forms.Place(request.POST or None, initial=held)
    if sent(request, form):
        actions.check_place(by=by(request), case=case, **form.answers())
        return done(request, case, _("Hasil pemeriksaan tersimpan."))
    return ask(request, case, form, title=_("Tata ruang dan lingkungan"), verb=_("Simpan"))


def _yes(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]


def plan_assets(request: HttpRequest, code: str) -> HttpResponse:
    """Assets are chosen from the register; where it is empty the page leads there."""
    case = case_of(request, code)
    held = {"assets": case.assets, "permit": case.permit_plan}
    form = forms.AssetPlan(request.POST or None, initial=held, assets=assets_of(case.village))
    if sent(request, form):
        actions.plan_assets(by=by(request), case=case, **form.answers())
        return done(request, case, _("Rencana pemakaian aset tersimpan."))
    lede = _("Pilih dari inventaris desa. Aset yang belum tercatat dicatat dulu pada daftar aset desa.")
    return ask(request, case, form, title=_("Aset desa yang dipakai"), verb=_("Simpan"), lede=lede)


def say_consent(request: HttpRequest, code: str) -> HttpResponse:
    case = case_of(request, code)
    held = {**dict.fromkeys(case.touches, True), "reason": case.consent_reason}
    form = forms.Consent(request.POST or None, initial=held)
    if sent(request, form):
        actions.say_consent(by=by(request), case=case, **form.answers())
        return done(request, case, _("Pernyataan tersimpan."))
    found = touching(case, term_sheet(case))
    sure = [*(form_label(each) for each in found.forms), *found.land]
    lede = _("Centang semua yang disentuh. Warga terdampak lalu ditanya lebih dahulu (PADIATAPA) dan boleh menolak.")
    if sure:
        lede = f"{lede} {_('Pasti menyentuh: %s.') % ', '.join(sure)}"
    return ask(request, case, form, title=_("Apa yang disentuh kerja sama ini"), verb=_("Simpan"), lede=lede)


def link_plan_line(request: HttpRequest, code: str) -> HttpResponse:
    case = case_of(request, code)
    held = {
        "midterm": case.midterm_line.code if case.midterm_line else "",
        "annual": case.plan_line.code if case.plan_line else "",
        "change": case.plan_change,
    }
    form = forms.PlanLines(request.POST or None, initial=held, lines=plan_lines(case.village))
    if sent(request, form):
        actions.link_plan_line(by=by(request), case=case, **form.chosen())
        return done(request, case, _("Baris rencana desa terkait."))
    return ask(
        request,
        case,
        form,
        title=_("Baris RPJM dan RKP Desa"),
        verb=_("Kaitkan"),
        findings=_asked(case, "partnership.link_plan_line"),
    )


def _asked(case: Case, door: str) -> Any:
    return checks(case, term_sheet(case)).get(door, ())


@dataclass(frozen=True)
class Step:
    """An act that asks nothing (or a reason): its door, its words."""

    act: Callable[..., Any]
    title: str
    verb: str
    says: str
    form: type[Form] = forms.Sure
    after: str = "page.case"


STEPS = {
    "partnership.submit_priorities": Step(
        actions.submit_priorities, marked("Ajukan prioritas ke BPD"), marked("Ajukan"), marked("Prioritas diajukan kepada BPD.")
    ),
    "partnership.record_priority": Step(
        actions.record_priority, marked("Catat prioritas disepakati"), marked("Catat"), marked("Prioritas desa tercatat.")
    ),
    "partnership.cancel": Step(
        actions.cancel, marked("Batalkan kemitraan"), marked("Batalkan kemitraan"), marked("Kemitraan dibatalkan."), forms.Reason
    ),
    "partnership.withdraw": Step(
        actions.withdraw, marked("Tarik usulan"), marked("Tarik usulan"), marked("Usulan ditarik."), forms.Reason
    ),
    "partnership.note": Step(actions.note, marked("Tulis catatan"), marked("Simpan catatan"), marked("Catatan tersimpan."), forms.Note),
    "partnership.table_term_sheet": Step(
        actions.table_term_sheet, marked("Kunci lembar pokok untuk musyawarah"), marked("Kunci lembar pokok"),
        marked("Lembar pokok terkunci dan siap dibawa ke Musyawarah Desa."), after="page.term_sheet",
    ),
    "partnership.agree_term_sheet": Step(
        actions.agree_term_sheet, marked("Catat persetujuan lembar pokok"), marked("Catat persetujuan"),
        marked("Lembar pokok baru berlaku."), after="page.term_sheet",
    ),
}  # fmt: skip


def step(request: HttpRequest, code: str, door: str) -> HttpResponse:
    case, one = case_of(request, code), STEPS[door]
    form = one.form(request.POST if request.method == "POST" else None)
    if sent(request, form):
        one.act(by=by(request), case=case, **form.cleaned_data)
        return done(request, case, _(one.says), one.after)
    return ask(request, case, form, title=_(one.title), verb=_(one.verb), findings=_asked(case, door))


# The sheet ----------------------------------------------------------------------------------------------------------
def show_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The nine topics as they stand, each with the page on which it is written."""
    case = case_of(request, code)
    held = term_sheet(case)
    topics = held.topics if held else sheet.blank(case.field_of_government, case.forms)
    writes = case.state in SHEET_IN and may_open(person_of(request), "partnership.draft_term_sheet", case.reach())
    gaps = sheet.empty_topics(topics)
    asked = checks(case, held)
    context = {
        "case": case,
        "example": case.example,
        "sheet": held,
        "state": _(SHEET_LABELS[held.state]) if held else _("Belum disusun"),
        "topics": [_shown_topic(name, topics, name in gaps, case if writes else None) for name in sheet.TOPICS],
        "filled": len(sheet.TOPICS) - len(gaps),
        "findings": [*asked.get("partnership.table_term_sheet", ()), *asked.get("partnership.agree_term_sheet", ())],
        "doors": [
            {"url": reverse(door, args=[code]), "verb": _(STEPS[door].verb)}
            for door in ("partnership.table_term_sheet", "partnership.agree_term_sheet")
            if door in asked and may_open(person_of(request), door, case.reach())
        ],
    }
    return render(request, "partnership/sheet.html", context)


# Where each topic is written: name of the page, what its link says.
PAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "scope": (("partnership.draft_term_sheet", marked("Ubah ruang lingkup")),),
    "procedure": (("partnership.sheet_procedure", marked("Ubah tata cara")),),
    "delegation": (("partnership.sheet_procedure", marked("Ubah delegasi")),),
    "term": (("partnership.sheet_term", marked("Ubah jangka waktu")),),
    "duties": (("partnership.sheet_duties", marked("Ubah hak dan kewajiban")),),
    "money": (
        ("partnership.sheet_money", marked("Ubah nilai")),
        ("partnership.sheet_sources", marked("Ubah sumber dana")),
    ),
    "changes": (("partnership.sheet_procedure", marked("Ubah ketentuan perubahan")),),
    "disputes": (("partnership.sheet_procedure", marked("Ubah cara penyelesaian")),),
    "others": (
        ("partnership.sheet_limits", marked("Ubah batasan")),
        ("partnership.sheet_sanctions", marked("Ubah sanksi")),
        ("partnership.sheet_assets", marked("Ubah aset")),
        ("agreements.sheet_terms", marked("Ubah harga, bagian hasil, dan isian lain")),
        ("agreements.sheet_words", marked("Ubah pasal dalam kata sendiri")),
    ),
}


def _shown_topic(name: str, topics: sheet.Topics, gap: bool, writes: Case | None) -> dict[str, Any]:
    links = (
        [{"url": reverse(page, args=[writes.code]), "verb": _(verb)} for page, verb in PAGES[name]] if writes else []
    )
    return {"title": _(sheet.TOPICS[name]), "lines": topic_lines(name, topics), "gap": gap, "links": links}


def _topics_of(case: Case) -> tuple[TermSheet | None, sheet.Topics]:
    held = term_sheet(case)
    return held, held.topics if held else sheet.blank(case.field_of_government, case.forms)


def _first(topics: sheet.Topics, held: TermSheet | None, case: Case) -> dict[str, Any]:
    return {**topics["scope"], "title": held.title if held else case.title}


TOPIC_FORMS: dict[str, tuple[type[Any], str, Callable[..., dict[str, Any]]]] = {
    "scope": (forms.Scope, marked("Ruang lingkup dan bidang"), _first),
    "procedure": (
        forms.Procedure, marked("Tata cara, delegasi, perubahan, dan perselisihan"),
        lambda topics, _held, _case: {n: topics[n]["text"] for n in ("procedure", "delegation", "changes", "disputes")},
    ),
    "term": (
        forms.Term, marked("Jangka waktu"),
        lambda topics, _held, _case: dict(zip(("start", "end"), sheet.term(topics) or (None, None), strict=True)),
    ),
    "money": (forms.Money, marked("Nilai kerja sama"), lambda topics, _held, _case: {"value": topics["money"]["value"] or None}),
    "limits": (
        forms.Limits, marked("Batasan dan lain-lain"),
        lambda topics, _held, _case: {n: topics["others"][n] for n in ("limits", "notes")},
    ),
}  # fmt: skip


def write_topic(request: HttpRequest, code: str, topic: str) -> HttpResponse:
    case = case_of(request, code)
    held, topics = _topics_of(case)
    kind, title, initial = TOPIC_FORMS[topic]
    form = kind(request.POST if request.method == "POST" else None, initial=initial(topics, held, case))
    if sent(request, form):
        named = {"title": form.cleaned_data["title"]} if "title" in form.cleaned_data else {}
        actions.draft_term_sheet(by=by(request), case=case, topics=form.topics(topics), **named)
        return done(request, case, _("Tersimpan pada lembar pokok."), "page.term_sheet")
    return ask(request, case, form, title=_(title), verb=_("Simpan"), back=reverse("page.term_sheet", args=[code]))


@dataclass(frozen=True)
class Table:
    """A table of the sheet: where it stands in its topic, the form of a row, the line that shows one."""

    topic: str
    part: str
    form: type[Any]
    title: str
    line: Callable[[sheet.Topics], str]

    def rows(self, topics: sheet.Topics) -> list[sheet.Topics]:
        return list(topics[self.topic][self.part] if self.part else topics[self.topic])

    def given(self, topics: sheet.Topics, rows: list[sheet.Topics]) -> sheet.Topics:
        return {self.topic: {**topics[self.topic], self.part: rows} if self.part else rows}


TABLES = {
    "duties": Table("duties", "", forms.Duty, marked("Hak dan kewajiban"), duty_line),
    "sources": Table("money", "sources", forms.Source, marked("Sumber dana"), source_line),
    "assets": Table("others", "assets", forms.Asset, marked("Aset desa yang dipakai"), asset_line),
    "sanctions": Table("others", "sanctions", forms.Sanction, marked("Sanksi"), sanction_line),
}


def write_rows(request: HttpRequest, code: str, table: str) -> HttpResponse:
    """A table of the sheet: add a row, or take one out."""
    case, one = case_of(request, code), TABLES[table]
    _held, topics = _topics_of(case)
    rows = one.rows(topics)
    out = forms.dropped(request.POST, len(rows)) if request.method == "POST" else None
    more = {"assets": assets_of(case.village)} if table == "assets" else {}
    form = one.form(request.POST if request.method == "POST" and out is None else None, **more)
    if out is not None or sent(request, form):
        rows = [row for place, row in enumerate(rows) if place != out] if out is not None else [*rows, form.row()]
        actions.draft_term_sheet(by=by(request), case=case, topics=one.given(topics, rows))
        return done(request, case, _("Tersimpan pada lembar pokok."), f"partnership.sheet_{table}")
    shown = [(one.line(row), "", "") for row in rows]
    back = reverse("page.term_sheet", args=[code])
    return ask(
        request,
        case,
        form,
        title=_(one.title),
        verb=_("Tambah baris"),
        back=back,
        rows=shown,
        rows_title=_("Yang sudah ditulis"),
    )
