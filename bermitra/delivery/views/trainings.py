"""Trainings, from their first page to the certificate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.delivery import actions, draw, letters, queries, sheets
from bermitra.delivery.forms import (
    Announcement,
    ApplicantForm,
    ApplicantTable,
    AttendanceForm,
    CertificateForm,
    DrawForm,
    Sure,
    TrainingForm,
    TrainingSchedule,
)
from bermitra.delivery.models import Certificate, Draw, Training
from bermitra.delivery.rules import (
    CERTIFYING,
    PLACE_LABELS,
    TRAINING_FLOW,
    TRAINING_LABELS,
)
from bermitra.delivery.views.common import (
    PAGE,
    STATE_KINDS,
    acts_by_rule,
    agreement_at,
    ask_about,
    done_at,
    file_answer,
    open_doors,
    readable,
    training_at,
)
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import content_of, render, sent, typed_in
from bermitra.foundation.rules import examine, unmet
from bermitra.foundation.text import _ as marked

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
    agreement = agreement_at(request, code)
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
    doors = open_doors(request, agreement, begin) if agreement.state == "in_force" else []
    context = {"agreement": agreement, "example": agreement.example, "items": items, "doors": doors}
    return render(request, "delivery/trainings.html", context)


def plan_training(request: HttpRequest, code: str) -> HttpResponse:
    agreement = agreement_at(request, code)
    form = TrainingForm(**typed_in(request), agreement=agreement)
    if sent(request, form):
        made = actions.plan_training(by=by(request), agreement=agreement, **form.asked())
        return done_at(request, _("Pelatihan disiapkan. Isi tempat dan tanggalnya."), "page.training", made.code)
    back = reverse("page.agreement_trainings", args=[agreement.code])
    return ask_about(
        request, form, title=_("Siapkan pelatihan"), verb=_("Simpan pelatihan"), back=back, agreement=agreement
    )


def training(request: HttpRequest, code: str) -> HttpResponse:
    each, person = training_at(request, code), person_of(request)
    doors = open_doors(request, each, OF_TRAINING[each.state])
    people = list(each.applicants.values_list("sex", "state"))
    pairs = [
        (_("Kebutuhan yang dijawab"), each.need_basis), (_("Sesudahnya peserta mampu"), each.competency),
        (_("Penyelenggara"), each.provider), (_("Tempat"), each.place),
        (_("Waktu"), f"{long_date(each.starts)} – {long_date(each.ends)}" if each.starts and each.ends else ""),
        (_("Lama"), ngettext("%(n)s jam", "%(n)s jam", each.hours) % {"n": each.hours}), (_("Banyak peserta"), each.seats),
        (_("Siapa yang boleh ikut"), each.criteria),
        (_("Hari terakhir mendaftar"), long_date(each.closes_on) if each.closes_on else ""),
    ]  # fmt: skip
    context = {
        "training": each, "agreement": each.agreement, "example": each.example, "label": TRAINING_LABELS[each.state],
        "kind": STATE_KINDS.get(each.state, "doing"), "doors": doors,
        "findings": queries.training_checks(each, clock.today()), "acts": acts_by_rule(doors, TRAINING_REMEDIES),
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
    return ask_about(
        request, form, title=title, verb=verb, back=back, agreement=each.agreement, **{"lede": each.title, **more}
    )


def schedule_training(request: HttpRequest, code: str) -> HttpResponse:
    each = training_at(request, code)
    initial = {"place": each.place, "starts": each.starts, "ends": each.ends}
    form = TrainingSchedule(**typed_in(request), initial=initial)
    if sent(request, form):
        actions.schedule_training(by=by(request), training=each, **form.cleaned_data)
        return done_at(request, _("Tempat dan tanggal tersimpan."), "page.training", code)
    return _of_training(request, each, form, _("Tempat dan tanggal"), _("Simpan"))


def announce_training(request: HttpRequest, code: str) -> HttpResponse:
    each, form = training_at(request, code), Announcement(**typed_in(request))
    if sent(request, form):
        actions.announce_training(by=by(request), training=each, **form.asked())
        return done_at(request, _("Pelatihan diumumkan. Pendaftaran terbuka."), "page.training", code)
    days = standing(each.agreement.case.village_id).numbers["training_announcement_days"]
    note = _("Pendaftaran terbuka paling sedikit %(days)s hari, di setiap dusun.") % {"days": days}
    return _of_training(request, each, form, _("Umumkan pelatihan"), _("Umumkan"), note=note)


def apply_for_training(request: HttpRequest, code: str) -> HttpResponse:
    """One resident, or (``?cara=tabel``) a whole table."""
    each = training_at(request, code)
    many = request.GET.get("cara") == "tabel"
    form = ApplicantTable(**typed_in(request)) if many else ApplicantForm(**typed_in(request), training=each)
    if sent(request, form):
        people = form.rows if isinstance(form, ApplicantTable) else [form.cleaned_data]
        actions.apply_for_training(by=by(request), training=each, people=people)
        return done_at(
            request,
            ngettext("%(n)s warga terdaftar.", "%(n)s warga terdaftar.", len(people)) % {"n": len(people)},
            "page.training",
            code,
        )
    columns = ", ".join(sheets.APPLICANT_COLUMNS)
    note = _("Baris pertama memuat nama kolom: %(columns)s.") % {"columns": columns} if many else ""
    other = None if many else {"url": "?cara=tabel", "verb": _("Unggah tabel pendaftar")}
    return _of_training(request, each, form, _("Daftarkan warga"), _("Daftarkan"), note=note, other=other)


def close_enrolment(request: HttpRequest, code: str) -> HttpResponse:
    each, form = training_at(request, code), Sure(request.POST or None)
    if sent(request, form):
        actions.close_enrolment(by=by(request), training=each)
        return done_at(request, _("Pendaftaran ditutup. Daftar calon terbit dengan sidiknya."), "page.training", code)
    findings = queries.training_checks(each, clock.today()) if each.state == "enrolling" else ()
    return _of_training(request, each, form, _("Tutup pendaftaran"), _("Tutup pendaftaran"), findings=findings)


def training_file(request: HttpRequest, code: str) -> HttpResponse:
    """Names: for those who hold the training."""
    each = training_at(request, code, "page.training_file")
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
    each = training_at(request, code)
    facts = queries.seat_facts(each)
    scarce = facts.applicants > facts.seats
    form: forms.Form = DrawForm(request.POST or None) if scarce else Sure(request.POST or None)
    if sent(request, form):
        actions.allocate_seats(by=by(request), training=each, **form.cleaned_data)
        return done_at(request, _("Peserta ditetapkan."), "page.training", code)
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
    each, form = training_at(request, code, "page.training_file"), Sure(request.POST or None)
    if sent(request, form):
        TRAINING_FLOW.through("delivery.issue_sheet", each.state)  # before anything is rendered
        knock = by(request)
        paper = letters.attendance_sheet(each, key=knock.key, today=clock.today())
        actions.issue_sheet(by=knock, training=each, paper=paper)
        return redirect("page.training_sheet", code=code)
    lede = _("Berisi nama peserta dan kolom tanda tangan setiap hari.")
    return _of_training(request, each, form, _("Daftar hadir"), _("Buat daftar hadir"), lede=lede)


def training_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The newest list to sign."""
    each = training_at(request, code, "page.training_sheet")
    papers = Paper.objects.filter(about=about_of(each), kind="training_sheet").select_related("file")
    newest = papers.order_by("-pk").first()
    return file_answer(newest.file if newest else None, f"daftar-hadir-{code}.pdf")


def attendance_xlsx(request: HttpRequest, code: str) -> HttpResponseBase:
    return sheets.attendance(training_at(request, code, "page.attendance_xlsx"))


def record_attendance(request: HttpRequest, code: str) -> HttpResponse:
    each = training_at(request, code)
    seated = list(each.applicants.filter(state="seated").order_by("hamlet", "name"))
    form = AttendanceForm(**typed_in(request), seated=seated, initial={"on": clock.today()})
    if sent(request, form):
        given = {**form.cleaned_data, "sheet": content_of(form.cleaned_data["sheet"])}
        actions.record_attendance(by=by(request), training=each, **given)
        return done_at(request, _("Kehadiran tercatat."), "page.training", code)
    return _of_training(request, each, form, _("Catat kehadiran"), _("Simpan kehadiran"))


def complete_training(request: HttpRequest, code: str) -> HttpResponse:
    each, form = training_at(request, code), Sure(request.POST or None)
    if sent(request, form):
        actions.complete_training(by=by(request), training=each)
        return done_at(request, _("Pelatihan selesai. Terbitkan sertifikatnya."), "page.training", code)
    return _of_training(request, each, form, _("Nyatakan selesai"), _("Nyatakan selesai"))


def issue_certificate(request: HttpRequest, code: str) -> HttpResponse:
    each = training_at(request, code)
    held, percents = standing(each.agreement.case.village_id), queries.attendance_percent(each)
    waiting = each.applicants.filter(state="attended").order_by("name")
    earned = [
        (who, percents[who.pk])
        for who in waiting
        if not unmet(examine(CERTIFYING, queries.certificate_facts(percents[who.pk], held), held))
    ]
    form = CertificateForm(request.POST or None, earned=earned)
    if sent(request, form):
        knock, people = by(request), form.cleaned_data["people"]
        for who in people:
            who.training = each
        today = clock.today()
        papers = [letters.certificate_paper(who, percents[who.pk], key=knock.key, today=today) for who in people]
        actions.issue_certificate(by=knock, training=each, people=people, papers=papers)
        return done_at(
            request,
            ngettext("%(n)s sertifikat terbit.", "%(n)s sertifikat terbit.", len(people)) % {"n": len(people)},
            "page.training_file",
            code,
        )
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
    readable(request, "page.certificate", training_of)
    return file_answer(found.paper.file, f"sertifikat-{code}.pdf")
