"""The plan: written by both sides, adopted by both, and how far its activities have come."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.agreements.models import FundingLine
from bermitra.delivery import actions, letters, queries, sheets
from bermitra.delivery.forms import (
    ActivityForm,
    ActivityTable,
    AsRead,
    FundingForm,
    PlanMeeting,
    ProgressForm,
    ScheduleForm,
    Sure,
)
from bermitra.delivery.models import Activity, Plan
from bermitra.delivery.rules import (
    THEMES,
)
from bermitra.delivery.views.common import (
    PAGE,
    STATE_KINDS,
    activity_at,
    acts_by_rule,
    agreement_at,
    ask_about,
    done_at,
    open_doors,
    plan_at,
)
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents import handing
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.pages import content_of, render, sent, typed_in
from bermitra.foundation.rules import Refused, unmet
from bermitra.foundation.text import _ as marked

IN_DRAFT = (
    ("delivery.set_activity", marked("Tambah kegiatan")),
    ("delivery.import_activities", marked("Unggah tabel kegiatan")),
    ("delivery.record_plan_meeting", marked("Catat pertemuan warga")),
    ("delivery.adopt_plan", marked("Setujui rencana kerja")),
)
PLAN_REMEDIES = {
    "DV-01": "delivery.set_activity", "DV-02": "delivery.set_activity", "DV-06": "delivery.record_plan_meeting",
}  # fmt: skip
OF_ACTIVITY = (
    ("delivery.schedule_activity", marked("Isi jadwal dan penanggung jawab")),
    ("delivery.fund_activity", marked("Isi biaya dan sumber dana")),
    ("delivery.drop_activity", marked("Hapus kegiatan")),
)


def draft_plan(request: HttpRequest, code: str) -> HttpResponse:
    agreement = agreement_at(request, code)
    held = queries.plan_of(agreement)
    if held is not None:
        return redirect("page.plan", code=held.code)
    form = Sure(request.POST or None)
    if sent(request, form):
        made = actions.draft_plan(by=by(request), agreement=agreement)
        return done_at(request, _("Rencana kerja dimulai. Tambahkan kegiatannya."), "page.plan", made.code)
    lede = _("Satu rencana untuk kedua pihak: kegiatan, hasil, waktu, biaya, dan penanggung jawab.")
    back = reverse("page.obligations", args=[agreement.code])
    return ask_about(
        request,
        form,
        title=_("Rencana kerja"),
        verb=_("Mulai rencana kerja"),
        back=back,
        agreement=agreement,
        lede=lede,
    )


def plan(request: HttpRequest, code: str) -> HttpResponse:
    held = plan_at(request, code)
    agreement, activities = held.agreement, list(queries.activities_of(held))
    drafting = held.state == "draft"
    doors = open_doors(request, held, IN_DRAFT) if drafting else []
    text_hash = queries.plan_hash(held, activities)
    context = {
        "plan": held, "agreement": agreement, "example": agreement.example, "label": held.label,
        "kind": STATE_KINDS[held.state],
        "findings": queries.plan_checks(held, activities) if drafting else (),
        "doors": doors, "acts": acts_by_rule(doors, PLAN_REMEDIES),
        **_activity_table(activities),
        "adopted": [each for each in held.adoptions.order_by("pk") if each.text_hash == text_hash],
        "paper": Paper.objects.filter(about=about_of(held), withdrawal__isnull=True).first(),
        "progress": queries.progress_of(agreement) if not drafting else None,
    }  # fmt: skip
    return render(request, "delivery/plan.html", context)


def _activity_table(activities: list[Activity]) -> dict[str, Any]:
    cost = sum(each.cost for each in activities)
    funded = sum(row.amount for each in activities for row in each.funding.all())
    return {
        "columns": [_("Kegiatan"), _("Hasil dan waktu"), (_("Biaya"), "num"), (_("Sumber dana"), "num")],
        "lines": [_activity_cells(each) for each in activities],
        "foot": [(_("Jumlah"), "", rupiah(cost), rupiah(funded)), (_("Selisih"), "", "", rupiah(cost - funded))],
    }


def _activity_cells(each: Activity) -> tuple[Any, ...]:
    funded = sum(row.amount for row in each.funding.all())
    name = (f"{each.number}. {each.title}", reverse("page.activity", args=[each.code]))
    when = f"{long_date(each.starts)} – {long_date(each.ends)}"
    return (name, f"{each.target} {each.unit}, {each.output}; {when}", rupiah(each.cost), rupiah(funded))


def plan_pdf(request: HttpRequest, code: str) -> HttpResponse:
    paper = Paper.objects.filter(about=about_of(plan_at(request, code)), withdrawal__isnull=True).select_related("file")
    return handing.paper(request, get_object_or_404(paper), f"rencana-kerja-{code}")


def record_plan_meeting(request: HttpRequest, code: str) -> HttpResponse:
    held = plan_at(request, code)
    initial = {
        "on": held.met_on,
        "at": held.met_at,
        "men": held.met_men,
        "women": held.met_women,
        "said": held.met_said,
    }
    form = PlanMeeting(**typed_in(request), initial=initial if held.met_on else None)
    if sent(request, form):
        actions.record_plan_meeting(by=by(request), plan=held, **form.cleaned_data)
        return done_at(request, _("Pertemuan warga tercatat."), "page.plan", code)
    return _of_plan(request, held, form, _("Pertemuan warga"), _("Simpan pertemuan"))


def _of_plan(
    request: HttpRequest, held: Plan, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.plan", args=[held.code])
    return ask_about(request, form, title=title, verb=verb, back=back, agreement=held.agreement, **more)


def set_activity(request: HttpRequest, code: str) -> HttpResponse:
    """A new activity, or (``?ubah=``) one of the draft anew."""
    held = plan_at(request, code)
    asked = request.GET.get("ubah", "")
    changed = get_object_or_404(held.activities, code=asked) if asked else None
    obligations = list(queries.duties_of(held.agreement))
    form = ActivityForm(**typed_in(request), obligations=obligations, initial=_words_of(changed) if changed else None)
    if sent(request, form):
        made = actions.set_activity(by=by(request), plan=held, activity=changed, **form.asked())
        return done_at(request, _("Kegiatan tersimpan. Isi jadwal dan biayanya."), "page.activity", made.code)
    title = _("Ubah kegiatan") if changed else _("Tambah kegiatan")
    return _of_plan(request, held, form, title, _("Simpan kegiatan"))


def _words_of(each: Activity) -> dict[str, Any]:
    names = ("title", "theme", "output", "target", "unit", "place")
    return {
        **{name: getattr(each, name) for name in names},
        "duties": [str(duty.number) for duty in each.obligations.all()],
    }


def import_activities(request: HttpRequest, code: str) -> HttpResponse:
    held = plan_at(request, code)
    form = ActivityTable(**typed_in(request), plan=held)
    if sent(request, form):
        given = {"rows": form.rows, "sha256": sha256(form.cleaned_data["table"][1]).hexdigest()}
        actions.import_activities(by=by(request), plan=held, **given)
        return done_at(
            request,
            ngettext("%(n)s kegiatan masuk rencana.", "%(n)s kegiatan masuk rencana.", len(form.rows))
            % {"n": len(form.rows)},
            "page.plan",
            code,
        )
    lede = _("Baris pertama memuat nama kolom: %(columns)s.") % {"columns": ", ".join(sheets.ACTIVITY_COLUMNS)}
    note = _("Tujuan dipilih dari: %(themes)s.") % {"themes": "; ".join(_(name) for name in THEMES.values())}
    return _of_plan(request, held, form, _("Unggah tabel kegiatan"), _("Masukkan semua"), lede=lede, note=note)


def adopt_plan(request: HttpRequest, code: str) -> HttpResponse:
    """The plan stands on the page that adopts it; where it was changed meanwhile, the new one is shown."""
    held, form = plan_at(request, code), AsRead(request.POST or None)
    more: dict[str, Any] = {}
    if sent(request, form):
        try:
            made = _adopt(request, held, form.cleaned_data["seen"])
            says = _("Rencana kerja berlaku.") if made.state == "adopted" else _("Persetujuan Anda tercatat.")
            return done_at(request, says, "page.plan", code)
        except Refused as refused:
            if "DV-30" not in refused.codes:
                raise
            held, more = plan_at(request, code), {"findings": refused.findings, "status": 409}
    elif form.is_bound:
        more = {"status": 422}
    activities = list(queries.activities_of(held))
    form = AsRead(initial={"seen": queries.plan_hash(held, activities)})
    more = {"findings": queries.plan_checks(held, activities), **_activity_table(activities), **more}
    lede = _("Rencana berlaku setelah kedua pihak menyetujui isi yang sama. Yang berubah harus disetujui lagi.")
    return _of_plan(request, held, form, _("Setujui rencana kerja"), _("Setujui"), lede=lede, **more)


def _adopt(request: HttpRequest, held: Plan, seen: str) -> Plan:
    """The second side's word makes the paper: it is rendered before the act, and nothing is rendered that is refused."""
    knock, activities = by(request), list(queries.activities_of(held))
    text_hash = queries.plan_hash(held, activities)
    second = held.state == "draft" and text_hash == seen and bool(queries.adopted_by(held, text_hash))
    if held.state == "draft" and seen == text_hash and (refused := unmet(queries.plan_checks(held, activities))):
        raise Refused(refused)
    name = person_of(request).full_name
    paper = letters.plan_paper(held, key=knock.key, today=clock.today(), name=name) if second else None
    return actions.adopt_plan(by=knock, plan=held, seen=seen, paper=paper)


def activity(request: HttpRequest, code: str) -> HttpResponse:
    each = activity_at(request, code)
    drafting = each.plan.state == "draft"
    doors = open_doors(request, each, OF_ACTIVITY) if drafting else []
    if drafting and may_open(person_of(request), "delivery.set_activity", each.reach()):
        url = f"{reverse('delivery.set_activity', args=[each.plan.code])}?ubah={each.code}"
        doors.insert(0, {"name": "delivery.set_activity", "url": url, "verb": _("Ubah kegiatan")})
    if not drafting:
        doors = open_doors(request, each, (("delivery.record_progress", marked("Catat kemajuan")),))
    funding = list(each.funding.select_related("line"))
    context = {
        "activity": each, "agreement": each.plan.agreement, "example": each.plan.agreement.example, "doors": doors,
        "facts": _activity_facts(each), "obligations": list(each.obligations.all()),
        "columns": [_("Sumber dana"), (_("Jumlah"), "num")],
        "lines": [(row.line.source, rupiah(row.amount)) for row in funding],
        "foot": [(_("Biaya"), rupiah(each.cost))],
        "notes": list(each.progress.order_by("-on", "-pk")[:PAGE]),
    }  # fmt: skip
    return render(request, "delivery/activity.html", context)


def _activity_facts(each: Activity) -> list[tuple[str, Any]]:
    pairs = [
        (_("Tujuan"), _(THEMES[each.theme])),
        (_("Hasil"), f"{each.target} {each.unit}, {each.output}"),
        (_("Waktu"), f"{long_date(each.starts)} – {long_date(each.ends)}"),
        (_("Lokasi"), each.place),
        (_("Penanggung jawab dari desa"), each.lead_village),
        (_("Penanggung jawab dari mitra"), each.lead_partner),
        (_("Menunggu kegiatan"), each.predecessor.title if each.predecessor else ""),
        (_("Pengelola kemudian"), each.owner_after_end),
    ]
    return [(term, value) for term, value in pairs if value]


def schedule_activity(request: HttpRequest, code: str) -> HttpResponse:
    each = activity_at(request, code)
    names = ("starts", "ends", "lead_village", "lead_partner", "lasting", "owner_after_end")
    initial = {name: getattr(each, name) for name in names}
    initial["after"] = str(each.predecessor.number) if each.predecessor else ""
    others = list(each.plan.activities.exclude(pk=each.pk))
    form = ScheduleForm(**typed_in(request), others=others, initial=initial)
    if sent(request, form):
        actions.schedule_activity(by=by(request), activity=each, **form.asked())
        return done_at(request, _("Jadwal tersimpan."), "page.activity", code)
    return _of_activity(request, each, form, _("Jadwal dan penanggung jawab"), _("Simpan jadwal"))


def _of_activity(
    request: HttpRequest, each: Activity, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.activity", args=[each.code])
    return ask_about(
        request, form, title=f"{title}: {each.title}", verb=verb, back=back, agreement=each.plan.agreement, **more
    )


def fund_activity(request: HttpRequest, code: str) -> HttpResponse:
    each = activity_at(request, code)
    lines = list(FundingLine.objects.filter(agreement=each.plan.agreement, until=None))
    paid = {f"line_{row.line.number}": row.amount for row in each.funding.select_related("line")}
    initial = {"cost": each.cost, "execution_mode": each.execution_mode, "sdg": each.sdg, **paid}
    form = FundingForm(**typed_in(request), lines=lines, initial=initial)
    if sent(request, form):
        actions.fund_activity(by=by(request), activity=each, **form.asked())
        return done_at(request, _("Biaya dan sumber dana tersimpan."), "page.activity", code)
    return _of_activity(request, each, form, _("Biaya dan sumber dana"), _("Simpan biaya"))


def drop_activity(request: HttpRequest, code: str) -> HttpResponse:
    each, form = activity_at(request, code), Sure(request.POST or None)
    if sent(request, form):
        plan_code = each.plan.code
        actions.drop_activity(by=by(request), activity=each)
        return done_at(request, _("Kegiatan dihapus dari draf."), "page.plan", plan_code)
    return _of_activity(request, each, form, _("Hapus kegiatan"), _("Hapus"))


def record_progress(request: HttpRequest, code: str) -> HttpResponse:
    each, form = activity_at(request, code), ProgressForm(**typed_in(request), initial={"on": clock.today()})
    if sent(request, form):
        given = {**form.cleaned_data, "photo": content_of(form.cleaned_data["photo"])}
        actions.record_progress(by=by(request), activity=each, **given)
        return done_at(request, _("Kemajuan tercatat."), "page.activity", code)
    lede = _("Target: %(target)s %(unit)s.") % {"target": each.target, "unit": each.unit}
    return _of_activity(request, each, form, _("Catat kemajuan"), _("Simpan kemajuan"), lede=lede)
