"""Pages of a running agreement: fetch, act, say, go."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.models import Agreement, FundingLine
from bermitra.agreements.queries import agreements_visible_to
from bermitra.delivery import actions, draw, letters, queries, sheets
from bermitra.delivery.forms import (
    AcceptForm,
    ActivityForm,
    ActivityTable,
    Announcement,
    ApplicantForm,
    ApplicantTable,
    AttendanceForm,
    CertificateForm,
    DrawForm,
    EntryForm,
    EvidenceForm,
    FundingForm,
    PlanMeeting,
    ProgressForm,
    ReturnForm,
    ScheduleForm,
    Sure,
    TrainingForm,
    TrainingSchedule,
    Why,
)
from bermitra.delivery.models import Activity, Certificate, Draw, Due, Evidence, LedgerEntry, Plan, Training
from bermitra.delivery.rules import (
    CERTIFYING,
    DUE_LABELS,
    ENTRY_LABELS,
    PLACE_LABELS,
    THEMES,
    TRAINING_FLOW,
    TRAINING_LABELS,
)
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents import files
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Refused, examine, unmet
from bermitra.foundation.text import _ as marked

PAGE = 50
Found = TypeVar("Found", LedgerEntry, Training, Agreement)
STATE_KINDS = {
    "met": "ok", "posted": "ok", "completed": "ok", "adopted": "ok", "certified": "ok", "overdue": "late",
    "refused": "late", "countered": "idle", "not_due": "idle", "draft": "idle", "frozen": "idle", "due": "fix",
    "not_completed": "idle", "not_seated": "idle", "waiting_list": "idle",
}  # fmt: skip


# How pages ask -------------------------------------------------------------------------------------------------------


def _ask(
    request: HttpRequest, form: forms.BaseForm, *, title: str, verb: str, back: str, agreement: Agreement, **more: Any
) -> HttpResponse:
    """A page with one form; what was typed wrongly comes back with 422."""
    context = {
        "form": form, "title": title, "verb": verb, "back": back, "kicker": agreement.title,
        "example": agreement.example, **more,
    }  # fmt: skip
    return render(request, "delivery/act.html", context, status=422 if form.is_bound and form.errors else 200)


def _sent(request: HttpRequest, form: forms.BaseForm) -> bool:
    return request.method == "POST" and form.is_valid()


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What a form is bound with, once something was sent."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def _done(request: HttpRequest, says: str, name: str, code: str) -> HttpResponse:
    messages.success(request, says)
    return redirect(name, code=code)


def _content(upload: Safe | None) -> Content | None:
    """Lay a safe upload into the store; its row is written by the act."""
    return files.put(upload.content, media_type=upload.media_type, name=upload.name) if upload else None


def _agreement(request: HttpRequest, code: str) -> Agreement:
    """By its own code, or by that of its case: duties and the case page know the case."""
    seen = agreements_visible_to(person_of(request)).exclude(state="abandoned")
    return get_object_or_404(seen, Q(code=code) | Q(case__code=code))


def _plan(request: HttpRequest, code: str) -> Plan:
    return get_object_or_404(queries.plans_visible_to(person_of(request)), code=code)


def _activity(request: HttpRequest, code: str) -> Activity:
    return get_object_or_404(queries.activities_visible_to(person_of(request)), code=code)


def _due(request: HttpRequest, code: str) -> Due:
    return get_object_or_404(queries.dues_visible_to(person_of(request)), code=code)


def _entry(request: HttpRequest, code: str) -> LedgerEntry:
    """An entry whose book this person may read."""
    found = get_object_or_404(queries.entries_visible_to(person_of(request)), code=code)
    return _readable(request, "page.entry", found)


def _training(request: HttpRequest, code: str, page: str = "") -> Training:
    """A training; with ``page``, one of which this person may see that page."""
    found = get_object_or_404(queries.trainings_visible_to(person_of(request)), code=code)
    return _readable(request, page, found) if page else found


def _readable(request: HttpRequest, page: str, found: Found) -> Found:
    """Somebody with offices in two places sees names and money only where this very office lets him."""
    if not may_open(person_of(request), page, found.reach()):
        raise Http404
    return found


def _doors(
    request: HttpRequest, record: Any, wanted: Iterable[tuple[str, str]], code: str = ""
) -> list[dict[str, str]]:
    """Those of the doors that this person may go through, as links with their verbs."""
    person, reach = person_of(request), record.reach()
    return [
        {"name": name, "url": reverse(name, kwargs={"code": code or record.code}), "verb": _(verb)}
        for name, verb in wanted
        if may_open(person, name, reach)
    ]


def _acts(doors: list[dict[str, str]], remedies: dict[str, str]) -> dict[str, dict[str, str]]:
    """For each rule the open door that meets it."""
    known = {door["name"]: door for door in doors}
    return {rule: known[name] for rule, name in remedies.items() if name in known}


def _file(file: StoredFile | None, name: str) -> HttpResponse:
    if file is None:
        raise Http404
    answer = HttpResponse(files.read(file.sha256), content_type=file.media_type)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


# The plan ------------------------------------------------------------------------------------------------------------

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
    agreement = _agreement(request, code)
    held = queries.plan_of(agreement)
    if held is not None:
        return redirect("page.plan", code=held.code)
    form = Sure(request.POST or None)
    if _sent(request, form):
        made = actions.draft_plan(by=by(request), agreement=agreement)
        return _done(request, _("Rencana kerja dimulai. Tambahkan kegiatannya."), "page.plan", made.code)
    lede = _("Satu rencana untuk kedua pihak: kegiatan, hasil, waktu, biaya, dan penanggung jawab.")
    back = reverse("page.obligations", args=[agreement.code])
    return _ask(
        request,
        form,
        title=_("Rencana kerja"),
        verb=_("Mulai rencana kerja"),
        back=back,
        agreement=agreement,
        lede=lede,
    )


def plan(request: HttpRequest, code: str) -> HttpResponse:
    held = _plan(request, code)
    agreement, activities = held.agreement, list(queries.activities_of(held))
    drafting = held.state == "draft"
    doors = _doors(request, held, IN_DRAFT) if drafting else []
    text_hash = queries.plan_hash(held, activities)
    cost = sum(each.cost for each in activities)
    funded = sum(row.amount for each in activities for row in each.funding.all())
    context = {
        "plan": held, "agreement": agreement, "example": agreement.example, "label": held.label,
        "kind": STATE_KINDS[held.state],
        "findings": queries.plan_checks(held, activities) if drafting else (),
        "doors": doors, "acts": _acts(doors, PLAN_REMEDIES),
        "columns": [_("Kegiatan"), _("Hasil dan waktu"), (_("Biaya"), "num"), (_("Sumber dana"), "num")],
        "lines": [_activity_cells(each) for each in activities],
        "foot": [(_("Jumlah"), "", rupiah(cost), rupiah(funded)), (_("Selisih"), "", "", rupiah(cost - funded))],
        "adopted": [each for each in held.adoptions.order_by("pk") if each.text_hash == text_hash],
        "paper": Paper.objects.filter(about=about_of(held), withdrawal__isnull=True).first(),
        "progress": queries.progress_of(agreement) if not drafting else None,
    }  # fmt: skip
    return render(request, "delivery/plan.html", context)


def _activity_cells(each: Activity) -> tuple[Any, ...]:
    funded = sum(row.amount for row in each.funding.all())
    name = (f"{each.number}. {each.title}", reverse("page.activity", args=[each.code]))
    when = f"{long_date(each.starts)} – {long_date(each.ends)}"
    return (name, f"{each.target} {each.unit}, {each.output}; {when}", rupiah(each.cost), rupiah(funded))


def plan_pdf(request: HttpRequest, code: str) -> HttpResponse:
    paper = Paper.objects.filter(about=about_of(_plan(request, code)), withdrawal__isnull=True).select_related("file")
    return _file(get_object_or_404(paper).file, f"rencana-kerja-{code}.pdf")


def record_plan_meeting(request: HttpRequest, code: str) -> HttpResponse:
    held = _plan(request, code)
    initial = {
        "on": held.met_on,
        "at": held.met_at,
        "men": held.met_men,
        "women": held.met_women,
        "said": held.met_said,
    }
    form = PlanMeeting(**_typed(request), initial=initial if held.met_on else None)
    if _sent(request, form):
        actions.record_plan_meeting(by=by(request), plan=held, **form.cleaned_data)
        return _done(request, _("Pertemuan warga tercatat."), "page.plan", code)
    return _of_plan(request, held, form, _("Pertemuan warga"), _("Simpan pertemuan"))


def _of_plan(
    request: HttpRequest, held: Plan, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.plan", args=[held.code])
    return _ask(request, form, title=title, verb=verb, back=back, agreement=held.agreement, **more)


def set_activity(request: HttpRequest, code: str) -> HttpResponse:
    """A new activity, or (``?ubah=``) one of the draft anew."""
    held = _plan(request, code)
    asked = request.GET.get("ubah", "")
    changed = get_object_or_404(held.activities, code=asked) if asked else None
    obligations = list(queries.duties_of(held.agreement))
    form = ActivityForm(**_typed(request), obligations=obligations, initial=_words_of(changed) if changed else None)
    if _sent(request, form):
        made = actions.set_activity(by=by(request), plan=held, activity=changed, **form.asked())
        return _done(request, _("Kegiatan tersimpan. Isi jadwal dan biayanya."), "page.activity", made.code)
    title = _("Ubah kegiatan") if changed else _("Tambah kegiatan")
    return _of_plan(request, held, form, title, _("Simpan kegiatan"))


def _words_of(each: Activity) -> dict[str, Any]:
    names = ("title", "theme", "output", "target", "unit", "place")
    return {
        **{name: getattr(each, name) for name in names},
        "duties": [str(duty.number) for duty in each.obligations.all()],
    }


def import_activities(request: HttpRequest, code: str) -> HttpResponse:
    held = _plan(request, code)
    form = ActivityTable(**_typed(request), plan=held)
    if _sent(request, form):
        given = {"rows": form.rows, "sha256": sha256(form.cleaned_data["table"][1]).hexdigest()}
        actions.import_activities(by=by(request), plan=held, **given)
        return _done(request, _("%(n)s kegiatan masuk rencana.") % {"n": len(form.rows)}, "page.plan", code)
    lede = _("Baris pertama memuat nama kolom: %(columns)s.") % {"columns": ", ".join(sheets.ACTIVITY_COLUMNS)}
    note = _("Tujuan dipilih dari: %(themes)s.") % {"themes": "; ".join(_(name) for name in THEMES.values())}
    return _of_plan(request, held, form, _("Unggah tabel kegiatan"), _("Masukkan semua"), lede=lede, note=note)


def adopt_plan(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _plan(request, code), Sure(request.POST or None)
    activities = list(queries.activities_of(held))
    findings = queries.plan_checks(held, activities)
    if _sent(request, form):
        if held.state == "draft" and (refused := unmet(findings)):
            raise Refused(refused)  # before anything is rendered
        knock = by(request)
        second = held.state == "draft" and bool(queries.adopted_by(held, queries.plan_hash(held, activities)))
        paper = (
            letters.plan_paper(held, key=knock.key, today=clock.today(), name=person_of(request).full_name)
            if second
            else None
        )
        made = actions.adopt_plan(by=knock, plan=held, paper=paper)
        says = _("Rencana kerja berlaku.") if made.state == "adopted" else _("Persetujuan Anda tercatat.")
        return _done(request, says, "page.plan", code)
    lede = _("Rencana berlaku setelah kedua pihak menyetujui isi yang sama. Yang berubah harus disetujui lagi.")
    return _of_plan(request, held, form, _("Setujui rencana kerja"), _("Setujui"), lede=lede, findings=findings)


def activity(request: HttpRequest, code: str) -> HttpResponse:
    each = _activity(request, code)
    drafting = each.plan.state == "draft"
    doors = _doors(request, each, OF_ACTIVITY) if drafting else []
    if drafting and may_open(person_of(request), "delivery.set_activity", each.reach()):
        url = f"{reverse('delivery.set_activity', args=[each.plan.code])}?ubah={each.code}"
        doors.insert(0, {"name": "delivery.set_activity", "url": url, "verb": _("Ubah kegiatan")})
    if not drafting:
        doors = _doors(request, each, (("delivery.record_progress", marked("Catat kemajuan")),))
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
    each = _activity(request, code)
    names = ("starts", "ends", "lead_village", "lead_partner", "lasting", "owner_after_end")
    initial = {name: getattr(each, name) for name in names}
    initial["after"] = str(each.predecessor.number) if each.predecessor else ""
    others = list(each.plan.activities.exclude(pk=each.pk))
    form = ScheduleForm(**_typed(request), others=others, initial=initial)
    if _sent(request, form):
        actions.schedule_activity(by=by(request), activity=each, **form.asked())
        return _done(request, _("Jadwal tersimpan."), "page.activity", code)
    return _of_activity(request, each, form, _("Jadwal dan penanggung jawab"), _("Simpan jadwal"))


def _of_activity(
    request: HttpRequest, each: Activity, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.activity", args=[each.code])
    return _ask(
        request, form, title=f"{title}: {each.title}", verb=verb, back=back, agreement=each.plan.agreement, **more
    )


def fund_activity(request: HttpRequest, code: str) -> HttpResponse:
    each = _activity(request, code)
    lines = list(FundingLine.objects.filter(agreement=each.plan.agreement))
    paid = {f"line_{row.line.number}": row.amount for row in each.funding.select_related("line")}
    initial = {"cost": each.cost, "execution_mode": each.execution_mode, "sdg": each.sdg, **paid}
    form = FundingForm(**_typed(request), lines=lines, initial=initial)
    if _sent(request, form):
        actions.fund_activity(by=by(request), activity=each, **form.asked())
        return _done(request, _("Biaya dan sumber dana tersimpan."), "page.activity", code)
    return _of_activity(request, each, form, _("Biaya dan sumber dana"), _("Simpan biaya"))


def drop_activity(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _activity(request, code), Sure(request.POST or None)
    if _sent(request, form):
        plan_code = each.plan.code
        actions.drop_activity(by=by(request), activity=each)
        return _done(request, _("Kegiatan dihapus dari draf."), "page.plan", plan_code)
    return _of_activity(request, each, form, _("Hapus kegiatan"), _("Hapus"))


def record_progress(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _activity(request, code), ProgressForm(**_typed(request), initial={"on": clock.today()})
    if _sent(request, form):
        given = {**form.cleaned_data, "photo": _content(form.cleaned_data["photo"])}
        actions.record_progress(by=by(request), activity=each, **given)
        return _done(request, _("Kemajuan tercatat."), "page.activity", code)
    lede = _("Target: %(target)s %(unit)s.") % {"target": each.target, "unit": each.unit}
    return _of_activity(request, each, form, _("Catat kemajuan"), _("Simpan kemajuan"), lede=lede)


# Promises ------------------------------------------------------------------------------------------------------------


def obligations(request: HttpRequest, code: str) -> HttpResponse:
    agreement, today = _agreement(request, code), clock.today()
    found = queries.dues_of(agreement)
    if after := request.GET.get("setelah"):
        found = queries.later_than(found, get_object_or_404(found, code=after))
    page = list(found[: PAGE + 1])
    sides = {"one": agreement.case.village.name, "two": agreement.partner.name}
    items = [_due_row(each, each.stands(today), sides[each.obligation.party]) for each in page[:PAGE]]
    begin = (("delivery.draft_plan", marked("Susun rencana kerja")),)
    planned = queries.plan_of(agreement)
    context = {
        "agreement": agreement, "example": agreement.example, "items": items,
        "promises": queries.promises_of(agreement, today), "plan": planned,
        "doors": [] if planned else _doors(request, agreement, begin),
        "next": f"?setelah={page[PAGE - 1].code}" if len(page) > PAGE else "",
    }  # fmt: skip
    return render(request, "delivery/obligations.html", context)


def _due_row(each: Due, stands: str, side: str) -> dict[str, str]:
    return {
        "url": reverse("page.due", args=[each.code]),
        "title": each.obligation.text,
        "small": f"{side} · {long_date(each.due_on)}",
        "state": _(DUE_LABELS[stands].staff),
        "kind": STATE_KINDS.get(stands, "doing"),
    }


OF_DUE = {
    "open": (("delivery.submit_evidence", marked("Kirim bukti")),),
    "evidence_submitted": (
        ("delivery.verify_evidence", marked("Nyatakan terpenuhi")),
        ("delivery.return_evidence", marked("Kembalikan bukti")),
    ),
}


def due(request: HttpRequest, code: str) -> HttpResponse:
    each = _due(request, code)
    duty, agreement, today = each.obligation, each.obligation.agreement, clock.today()
    stands = each.stands(today)
    person, reach = person_of(request), each.reach()
    evidence = list(Evidence.objects.filter(due=each).select_related("file", "check_made").order_by("-pk"))
    side = agreement.partner.name if duty.party == "two" else agreement.case.village.name
    pairs = [
        (_("Pihak yang wajib"), side), (_("Jatuh tempo"), long_date(each.due_on)), (_("Ukuran"), duty.measure),
        (_("Bukti yang diminta"), duty.evidence), (_("Pemeriksa"), duty.checker), (_("Sanksi"), duty.sanction),
    ]  # fmt: skip
    context = {
        "due": each, "duty": duty, "agreement": agreement, "example": agreement.example, "evidence": evidence,
        "label": DUE_LABELS[stands], "kind": STATE_KINDS.get(stands, "doing"),
        "late_days": (today - each.due_on).days if stands == "overdue" else 0,
        "facts": [(term, value) for term, value in pairs if value],
        "doors": _doors(request, each, OF_DUE.get(each.state, ())),
        "may_read": may_open(person, "page.evidence_file", reach),
    }  # fmt: skip
    return render(request, "delivery/due.html", context)


def evidence_file(request: HttpRequest, code: str) -> HttpResponse:
    """The newest file that was handed in for this day."""
    newest = Evidence.objects.filter(due=_due(request, code)).exclude(file=None).select_related("file").order_by("-pk")
    found = newest.first()
    return _file(found.file if found else None, f"bukti-{code}")


def _of_due(request: HttpRequest, each: Due, form: forms.BaseForm, title: str, verb: str) -> HttpResponse:
    back = reverse("page.due", args=[each.code])
    agreement, lede = each.obligation.agreement, each.obligation.text
    return _ask(request, form, title=title, verb=verb, back=back, agreement=agreement, lede=lede)


def submit_evidence(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _due(request, code), EvidenceForm(**_typed(request))
    if _sent(request, form):
        file = _content(form.cleaned_data["file"])
        actions.submit_evidence(by=by(request), due=each, text=form.cleaned_data["text"], file=file)
        return _done(request, _("Bukti terkirim. Pihak lain memeriksanya."), "page.due", code)
    return _of_due(request, each, form, _("Kirim bukti"), _("Kirim bukti"))


def verify_evidence(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _due(request, code), AcceptForm(request.POST or None)
    if _sent(request, form):
        actions.verify_evidence(by=by(request), due=each, **form.cleaned_data)
        return _done(request, _("Kewajiban terpenuhi."), "page.due", code)
    return _of_due(request, each, form, _("Nyatakan terpenuhi"), _("Nyatakan terpenuhi"))


def return_evidence(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _due(request, code), ReturnForm(request.POST or None)
    if _sent(request, form):
        actions.return_evidence(by=by(request), due=each, **form.cleaned_data)
        return _done(request, _("Bukti dikembalikan dengan alasannya."), "page.due", code)
    return _of_due(request, each, form, _("Kembalikan bukti"), _("Kembalikan bukti"))


# Money ---------------------------------------------------------------------------------------------------------------

KIND_VERBS: dict[str, str] = {
    LedgerEntry.Kind.RECEIPT: marked("Catat uang masuk"),
    LedgerEntry.Kind.SPENDING: marked("Catat belanja"),
    LedgerEntry.Kind.IN_KIND: marked("Catat barang atau tenaga"),
    LedgerEntry.Kind.SHARE: marked("Catat bagi hasil"),
}
PROPOSE_VERBS: dict[str, str] = {
    LedgerEntry.Kind.RECEIPT: marked("Usulkan uang masuk"),
    LedgerEntry.Kind.SPENDING: marked("Usulkan belanja"),
    LedgerEntry.Kind.IN_KIND: marked("Usulkan barang atau tenaga"),
    LedgerEntry.Kind.SHARE: marked("Usulkan bagi hasil"),
}


def ledger(request: HttpRequest, code: str) -> HttpResponse:
    agreement = _readable(request, "page.ledger", _agreement(request, code))
    found, before = queries.entries_of(agreement), request.GET.get("sebelum", "")
    page = list((found.filter(number__lt=int(before[:9])) if before.isdecimal() else found)[: PAGE + 1])
    money = queries.money_of(agreement)
    large = standing(agreement.case.village_id).numbers["large_entry_rupiah"]
    context = {
        "agreement": agreement, "example": agreement.example, "money": money, "large": large,
        "columns": [_("Sumber"), (_("Rencana"), "num"), (_("Diterima"), "num"), (_("Dipakai"), "num")],
        "lines": [
            (each.source, rupiah(each.planned), rupiah(each.received), rupiah(each.spent)) for each in money.sources
        ],
        "foot": [(_("Jumlah"), rupiah(money.planned), rupiah(money.received), rupiah(money.spent))],
        "left": money.received - money.spent,
        "items": [_entry_row(each) for each in page[:PAGE]],
        "doors": _entry_doors(request, agreement),
        "next": f"?sebelum={page[PAGE - 1].number}" if len(page) > PAGE else "",
    }  # fmt: skip
    return render(request, "delivery/ledger.html", context)


def _entry_row(each: LedgerEntry) -> dict[str, str]:
    sign = "−" if each.counter_of_id else ""
    return {
        "url": reverse("page.entry", args=[each.code]),
        "title": f"{each.number}. {each.text}",
        "small": f"{long_date(each.on)} · {each.get_kind_display()} · {sign}{rupiah(each.amount)}",
        "state": _(ENTRY_LABELS[each.state].staff),
        "kind": STATE_KINDS.get(each.state, "doing"),
    }


def _entry_doors(request: HttpRequest, agreement: Agreement) -> list[dict[str, str]]:
    if agreement.state != "in_force":
        return []
    found = []
    for door, verbs in (("delivery.post_entry", KIND_VERBS), ("delivery.propose_entry", PROPOSE_VERBS)):
        if may_open(person_of(request), door, agreement.reach()):
            url = reverse(door, args=[agreement.code])
            found += [{"url": f"{url}?jenis={kind}", "verb": _(verb)} for kind, verb in verbs.items()]
    return found


def ledger_xlsx(request: HttpRequest, code: str) -> HttpResponseBase:
    return sheets.ledger(_readable(request, "page.ledger_xlsx", _agreement(request, code)))


def post_entry(request: HttpRequest, code: str) -> HttpResponse:
    return _write_entry(request, code, actions.post_entry, KIND_VERBS, _("Catatan masuk buku."))


def propose_entry(request: HttpRequest, code: str) -> HttpResponse:
    says = _("Usulan tercatat dan menunggu orang kedua.")
    return _write_entry(request, code, actions.propose_entry, PROPOSE_VERBS, says)


def _write_entry(request: HttpRequest, code: str, act: Any, verbs: dict[str, str], says: str) -> HttpResponse:
    agreement = _agreement(request, code)
    asked = request.GET.get("jenis", LedgerEntry.Kind.RECEIPT)
    kind = asked if asked in verbs else LedgerEntry.Kind.RECEIPT.value
    form = EntryForm(**_typed(request), agreement=agreement, kind=kind)
    if _sent(request, form):
        given = form.asked()
        made = act(by=by(request), agreement=agreement, **{**given, "receipt": _content(given["receipt"])})
        return _done(request, says, "page.entry", made.code)
    large = standing(agreement.case.village_id).numbers["large_entry_rupiah"]
    lede = _("Mulai %(amount)s, catatan diusulkan dan disetujui orang kedua.") % {"amount": rupiah(large)}
    back = reverse("page.ledger", args=[agreement.code])
    return _ask(
        request, form, title=_(verbs[kind]), verb=_("Simpan catatan"), back=back, agreement=agreement, lede=lede
    )


OF_ENTRY = {
    "pending": (
        ("delivery.confirm_entry", marked("Setujui catatan")),
        ("delivery.refuse_entry", marked("Tolak catatan")),
    ),
    "posted": (("delivery.counter_entry", marked("Koreksi dengan catatan lawan")),),
}


def entry(request: HttpRequest, code: str) -> HttpResponse:
    each = _entry(request, code)
    word = each.word if hasattr(each, "word") else None
    pairs = [
        (_("Tanggal"), long_date(each.on)), (_("Jenis"), each.get_kind_display()), (_("Jumlah"), rupiah(each.amount)),
        (_("Sumber"), each.line.source if each.line else ""), (_("Lewat"), queries.channel_label(each.channel)),
        (_("Kegiatan"), each.activity.title if each.activity else ""), (_("Kode rekening"), each.budget_code),
        (_("Nomor bukti"), each.receipt_number), (_("Dicatat oleh"), each.by_name),
        (_("Diperiksa oleh"), word.by_name if word else ""), (_("Alasan"), each.reason or (word.reason if word else "")),
    ]  # fmt: skip
    counter = each.counter if hasattr(each, "counter") else None
    context = {
        "entry": each, "agreement": each.agreement, "example": each.agreement.example,
        "label": ENTRY_LABELS[each.state], "kind": STATE_KINDS.get(each.state, "doing"), "counter": counter,
        "facts": [(term, value) for term, value in pairs if value],
        "lines": [
            (line.account, rupiah(line.debit) if line.debit else "", rupiah(line.credit) if line.credit else "")
            for line in each.lines.order_by("-debit")
        ],
        "columns": [_("Rekening buku"), (_("Debit"), "num"), (_("Kredit"), "num")],
        "doors": [] if each.counter_of_id else _doors(request, each, OF_ENTRY.get(each.state, ())),
    }  # fmt: skip
    return render(request, "delivery/entry.html", context)


def receipt_file(request: HttpRequest, code: str) -> HttpResponse:
    return _file(_entry(request, code).receipt, f"bukti-{code}")


def _of_entry(request: HttpRequest, each: LedgerEntry, form: forms.BaseForm, title: str, verb: str) -> HttpResponse:
    back = reverse("page.entry", args=[each.code])
    lede = f"{each.text}, {rupiah(each.amount)}"
    return _ask(request, form, title=title, verb=verb, back=back, agreement=each.agreement, lede=lede)


def confirm_entry(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _entry(request, code), Sure(request.POST or None)
    if _sent(request, form):
        actions.confirm_entry(by=by(request), entry=each)
        return _done(request, _("Catatan disetujui dan masuk buku."), "page.entry", code)
    return _of_entry(request, each, form, _("Setujui catatan"), _("Setujui"))


def refuse_entry(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _entry(request, code), Why(request.POST or None)
    if _sent(request, form):
        actions.refuse_entry(by=by(request), entry=each, **form.cleaned_data)
        return _done(request, _("Catatan ditolak. Pengusulnya diberi tahu."), "page.entry", code)
    return _of_entry(request, each, form, _("Tolak catatan"), _("Tolak"))


def counter_entry(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _entry(request, code), Why(request.POST or None)
    if _sent(request, form):
        made = actions.counter_entry(by=by(request), entry=each, **form.cleaned_data)
        return _done(request, _("Catatan lawan masuk buku. Tulis catatan yang benar."), "page.entry", made.code)
    return _of_entry(request, each, form, _("Koreksi catatan"), _("Buat catatan lawan"))


# Training ------------------------------------------------------------------------------------------------------------

OF_TRAINING: dict[str, tuple[tuple[str, str], ...]] = {
    "draft": (
        ("delivery.schedule_training", marked("Isi tempat dan tanggal")),
        ("delivery.announce_training", marked("Umumkan pelatihan")),
    ),
    "enrolling": (
        ("delivery.apply_for_training", marked("Daftarkan warga")),
        ("delivery.close_enrolment", marked("Tutup pendaftaran")),
    ),
    "enrolment_closed": (("delivery.allocate_seats", marked("Tetapkan peserta")),),
    "allocated": (
        ("delivery.issue_sheet", marked("Cetak daftar hadir")),
        ("delivery.record_attendance", marked("Catat kehadiran")),
    ),
    "running": (
        ("delivery.issue_sheet", marked("Cetak daftar hadir")),
        ("delivery.record_attendance", marked("Catat kehadiran")),
        ("delivery.complete_training", marked("Nyatakan selesai")),
    ),
    "completed": (("delivery.issue_certificate", marked("Terbitkan sertifikat")),),
}
TRAINING_REMEDIES = {
    "DV-16": "delivery.announce_training", "DV-29": "delivery.schedule_training", "DV-17": "delivery.allocate_seats",
}  # fmt: skip


def agreement_trainings(request: HttpRequest, code: str) -> HttpResponse:
    agreement = _agreement(request, code)
    found = Training.objects.filter(agreement=agreement).order_by("-pk")
    items = [
        {
            "url": reverse("page.training", args=[each.code]), "title": each.title,
            "small": f"{each.provider} · {each.seats} {_('peserta')}", "state": _(each.label.staff),
            "kind": STATE_KINDS.get(each.state, "doing"),
        }
        for each in found[:PAGE]
    ]  # fmt: skip
    begin = (("delivery.plan_training", marked("Siapkan pelatihan")),)
    doors = _doors(request, agreement, begin) if agreement.state == "in_force" else []
    context = {"agreement": agreement, "example": agreement.example, "items": items, "doors": doors}
    return render(request, "delivery/trainings.html", context)


def plan_training(request: HttpRequest, code: str) -> HttpResponse:
    agreement = _agreement(request, code)
    form = TrainingForm(**_typed(request), agreement=agreement)
    if _sent(request, form):
        made = actions.plan_training(by=by(request), agreement=agreement, **form.asked())
        return _done(request, _("Pelatihan disiapkan. Isi tempat dan tanggalnya."), "page.training", made.code)
    back = reverse("page.agreement_trainings", args=[agreement.code])
    return _ask(request, form, title=_("Siapkan pelatihan"), verb=_("Simpan pelatihan"), back=back, agreement=agreement)


def training(request: HttpRequest, code: str) -> HttpResponse:
    each, person = _training(request, code), person_of(request)
    doors = _doors(request, each, OF_TRAINING[each.state])
    people = list(each.applicants.values_list("sex", "state"))
    pairs = [
        (_("Kebutuhan yang dijawab"), each.need_basis), (_("Sesudahnya peserta mampu"), each.competency),
        (_("Penyelenggara"), each.provider), (_("Tempat"), each.place),
        (_("Waktu"), f"{long_date(each.starts)} – {long_date(each.ends)}" if each.starts and each.ends else ""),
        (_("Lama"), _("%(n)s jam") % {"n": each.hours}), (_("Banyak peserta"), each.seats),
        (_("Siapa yang boleh ikut"), each.criteria),
        (_("Hari terakhir mendaftar"), long_date(each.closes_on) if each.closes_on else ""),
    ]  # fmt: skip
    context = {
        "training": each, "agreement": each.agreement, "example": each.example, "label": TRAINING_LABELS[each.state],
        "kind": STATE_KINDS.get(each.state, "doing"), "doors": doors,
        "findings": queries.training_checks(each, clock.today()), "acts": _acts(doors, TRAINING_REMEDIES),
        "facts": [(term, value) for term, value in pairs if value],
        "applied": len(people), "women": sum(sex == "P" for sex, _state in people),
        "men": sum(sex == "L" for sex, _state in people),
        "days": list(each.days.all()),
        "may_see_people": may_open(person, "page.training_file", each.reach()),
        "drawn": each.list_hash != "",
    }  # fmt: skip
    return render(request, "delivery/training.html", context)


def _of_training(
    request: HttpRequest, each: Training, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.training", args=[each.code])
    return _ask(
        request, form, title=title, verb=verb, back=back, agreement=each.agreement, **{"lede": each.title, **more}
    )


def schedule_training(request: HttpRequest, code: str) -> HttpResponse:
    each = _training(request, code)
    initial = {"place": each.place, "starts": each.starts, "ends": each.ends}
    form = TrainingSchedule(**_typed(request), initial=initial)
    if _sent(request, form):
        actions.schedule_training(by=by(request), training=each, **form.cleaned_data)
        return _done(request, _("Tempat dan tanggal tersimpan."), "page.training", code)
    return _of_training(request, each, form, _("Tempat dan tanggal"), _("Simpan"))


def announce_training(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _training(request, code), Announcement(**_typed(request))
    if _sent(request, form):
        actions.announce_training(by=by(request), training=each, **form.asked())
        return _done(request, _("Pelatihan diumumkan. Pendaftaran terbuka."), "page.training", code)
    days = standing(each.agreement.case.village_id).numbers["training_announcement_days"]
    note = _("Pendaftaran terbuka paling sedikit %(days)s hari, di setiap dusun.") % {"days": days}
    return _of_training(request, each, form, _("Umumkan pelatihan"), _("Umumkan"), note=note)


def apply_for_training(request: HttpRequest, code: str) -> HttpResponse:
    """One resident, or (``?cara=tabel``) a whole table."""
    each = _training(request, code)
    many = request.GET.get("cara") == "tabel"
    form = ApplicantTable(**_typed(request)) if many else ApplicantForm(**_typed(request), training=each)
    if _sent(request, form):
        people = form.rows if isinstance(form, ApplicantTable) else [form.cleaned_data]
        actions.apply_for_training(by=by(request), training=each, people=people)
        return _done(request, _("%(n)s warga terdaftar.") % {"n": len(people)}, "page.training", code)
    columns = ", ".join(sheets.APPLICANT_COLUMNS)
    note = _("Baris pertama memuat nama kolom: %(columns)s.") % {"columns": columns} if many else ""
    other = None if many else {"url": "?cara=tabel", "verb": _("Unggah tabel pendaftar")}
    return _of_training(request, each, form, _("Daftarkan warga"), _("Daftarkan"), note=note, other=other)


def close_enrolment(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _training(request, code), Sure(request.POST or None)
    if _sent(request, form):
        actions.close_enrolment(by=by(request), training=each)
        return _done(request, _("Pendaftaran ditutup. Daftar calon terbit dengan sidiknya."), "page.training", code)
    findings = queries.training_checks(each, clock.today()) if each.state == "enrolling" else ()
    return _of_training(request, each, form, _("Tutup pendaftaran"), _("Tutup pendaftaran"), findings=findings)


def training_file(request: HttpRequest, code: str) -> HttpResponse:
    """Names: for those who hold the training."""
    each = _training(request, code, "page.training_file")
    people = each.applicants.select_related("certificate").order_by("order", "applied_at", "pk")
    percents = queries.attendance_percent(each)
    certificates = dict(
        Certificate.objects.filter(applicant__training=each).values_list("applicant", "applicant__code")
    )
    items = [
        {
            "url": reverse("page.certificate", args=[certificates[who.pk]]) if who.pk in certificates else "",
            "title": who.name, "small": f"{who.code} · {who.hamlet} · {who.get_sex_display()} · {percents[who.pk]}%",
            "state": _(PLACE_LABELS[who.state].staff), "kind": STATE_KINDS.get(who.state, "doing"),
        }
        for who in people
    ]  # fmt: skip
    context = {
        "training": each, "agreement": each.agreement, "example": each.example, "items": items,
        "sheet": Paper.objects.filter(about=about_of(each), kind="training_sheet").exists(),
    }  # fmt: skip
    return render(request, "delivery/training_file.html", context)


def allocate_seats(request: HttpRequest, code: str) -> HttpResponse:
    each = _training(request, code)
    facts = queries.seat_facts(each)
    scarce = facts.applicants > facts.seats
    form: forms.Form = DrawForm(request.POST or None) if scarce else Sure(request.POST or None)
    if _sent(request, form):
        actions.allocate_seats(by=by(request), training=each, **form.cleaned_data)
        return _done(request, _("Peserta ditetapkan."), "page.training", code)
    counts = {"n": facts.applicants, "seats": facts.seats}
    lede = _("%(n)s pendaftar untuk %(seats)s tempat.") % counts
    note = (
        _("Lempar alatnya di depan dua saksi. Urutan dihitung dari angka itu dan kode calon.")
        if scarce
        else _("Tempat cukup: semua pendaftar menjadi peserta.")
    )
    findings = queries.training_checks(each, clock.today()) if facts.quotas else ()
    return _of_training(
        request, each, form, _("Tetapkan peserta"), _("Tetapkan peserta"), lede=lede, note=note, findings=findings
    )


def _announced(code: str) -> Training:
    """A training whose enrolment is closed: its list of codes is everybody's."""
    found = Training.objects.exclude(list_hash="").select_related("agreement__case__village", "agreement__partner")
    return get_object_or_404(found, code=code)


def draw_page(request: HttpRequest, code: str) -> HttpResponse:
    """The candidates' codes, and how anybody repeats the draw. No names: neither of candidates nor of witnesses."""
    each = _announced(code)
    held = Draw.objects.filter(training=each).first()
    codes = queries.candidates(each)
    order = draw.order(held.seed, codes) if held else codes
    context = {
        "training": each, "example": each.example, "held": held, "count": len(codes),
        "columns": [(_("Urutan"), "num"), _("Kode calon"), _("Sidik undian"), _("Hasil")] if held else [_("Kode calon")],
        "lines": [
            (str(n), code, draw.lot(held.seed, code)[:16], _("Peserta") if n <= each.seats else _("Cadangan"))
            for n, code in enumerate(order, 1)
        ]
        if held
        else [(code,) for code in order],
    }  # fmt: skip
    return render(request, "delivery/draw.html", context)


def draw_list(request: HttpRequest, code: str) -> HttpResponse:
    """Exactly the bytes whose hash was published."""
    return HttpResponse(draw.as_text(queries.candidates(_announced(code))), content_type="text/plain; charset=utf-8")


def issue_sheet(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _training(request, code, "page.training_file"), Sure(request.POST or None)
    if _sent(request, form):
        TRAINING_FLOW.through("delivery.issue_sheet", each.state)  # before anything is rendered
        knock = by(request)
        paper = letters.attendance_sheet(each, key=knock.key, today=clock.today())
        actions.issue_sheet(by=knock, training=each, paper=paper)
        return redirect("page.training_sheet", code=code)
    lede = _("Berisi nama peserta dan kolom tanda tangan setiap hari.")
    return _of_training(request, each, form, _("Daftar hadir"), _("Buat daftar hadir"), lede=lede)


def training_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The newest list to sign."""
    each = _training(request, code, "page.training_sheet")
    papers = Paper.objects.filter(about=about_of(each), kind="training_sheet").select_related("file")
    newest = papers.order_by("-pk").first()
    return _file(newest.file if newest else None, f"daftar-hadir-{code}.pdf")


def attendance_xlsx(request: HttpRequest, code: str) -> HttpResponseBase:
    return sheets.attendance(_training(request, code, "page.attendance_xlsx"))


def record_attendance(request: HttpRequest, code: str) -> HttpResponse:
    each = _training(request, code)
    seated = list(each.applicants.filter(state="seated").order_by("hamlet", "name"))
    form = AttendanceForm(**_typed(request), seated=seated, initial={"on": clock.today()})
    if _sent(request, form):
        given = {**form.cleaned_data, "sheet": _content(form.cleaned_data["sheet"])}
        actions.record_attendance(by=by(request), training=each, **given)
        return _done(request, _("Kehadiran tercatat."), "page.training", code)
    return _of_training(request, each, form, _("Catat kehadiran"), _("Simpan kehadiran"))


def complete_training(request: HttpRequest, code: str) -> HttpResponse:
    each, form = _training(request, code), Sure(request.POST or None)
    if _sent(request, form):
        actions.complete_training(by=by(request), training=each)
        return _done(request, _("Pelatihan selesai. Terbitkan sertifikatnya."), "page.training", code)
    return _of_training(request, each, form, _("Nyatakan selesai"), _("Nyatakan selesai"))


def issue_certificate(request: HttpRequest, code: str) -> HttpResponse:
    each = _training(request, code)
    held, percents = standing(each.agreement.case.village_id), queries.attendance_percent(each)
    waiting = each.applicants.filter(state="attended").order_by("name")
    earned = [
        (who, percents[who.pk])
        for who in waiting
        if not unmet(examine(CERTIFYING, queries.certificate_facts(percents[who.pk], held), held))
    ]
    form = CertificateForm(request.POST or None, earned=earned)
    if _sent(request, form):
        knock, people = by(request), form.cleaned_data["people"]
        for who in people:
            who.training = each
        today = clock.today()
        papers = [letters.certificate_paper(who, percents[who.pk], key=knock.key, today=today) for who in people]
        actions.issue_certificate(by=knock, training=each, people=people, papers=papers)
        return _done(request, _("%(n)s sertifikat terbit.") % {"n": len(people)}, "page.training_file", code)
    return _of_training(request, each, form, _("Terbitkan sertifikat"), _("Terbitkan"))


def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """By the lot of its bearer."""
    seen = queries.trainings_visible_to(person_of(request))
    found = get_object_or_404(
        Certificate.objects.select_related("paper__file", "applicant"),
        applicant__code=code,
        applicant__training__in=seen,
    )
    training_of = queries.trainings_visible_to(person_of(request)).get(pk=found.applicant.training_id)
    _readable(request, "page.certificate", training_of)
    return _file(found.paper.file, f"sertifikat-{code}.pdf")
