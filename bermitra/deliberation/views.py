"""Pages of the Musyawarah: fetch, act, say, go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation import actions, letters, queries
from bermitra.deliberation.elements import PRIVATE, elements
from bermitra.deliberation.forms import (
    Adjourning,
    Answer,
    Attendance,
    BeginConsent,
    Binding,
    ConsentStepForm,
    DecisionForm,
    GiveConsent,
    Invitation,
    MinutesDraft,
    ObjectionForm,
    Opening,
    OpeningAgain,
    Participant,
    PastedInvitees,
    PersonForm,
    Plan,
    Read,
    SignedSheet,
    SubjectForm,
    Sure,
    Topic,
    Why,
)
from bermitra.deliberation.models import (
    Attendee,
    ConsentProcess,
    Countersignature,
    Meeting,
    MeetingObjection,
    Subject,
)
from bermitra.deliberation.rules import CONSENT_LABELS, CONSENT_STEPS, LABELS, SIGNERS, TOPICS
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents import files, html
from bermitra.foundation.documents.handing import shown
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import ask, render
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, Refused, unmet
from bermitra.foundation.text import _ as marked

PAGE = 50
KINDS = {"ok": ("binding", "given"), "late": ("annulled", "cancelled", "refused"), "idle": ("planned",)}
KIND_OF = {state: kind for kind, states in KINDS.items() for state in states}

# Doors of a meeting's page: which state, which verb.
DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("deliberation.make_binding", ("objection_window",), marked("Tetapkan keputusan mengikat")),
    ("deliberation.countersign", ("countersigning",), marked("Tandatangani berita acara")),
    ("deliberation.record_signed_sheet", ("countersigning",), marked("Catat lembar bertanda tangan")),
    ("deliberation.finalise_minutes", ("minutes_draft",), marked("Selesaikan berita acara")),
    ("deliberation.record_decision", ("in_session",), marked("Catat keputusan")),
    ("deliberation.draft_minutes", ("in_session", "minutes_draft"), marked("Isi draf berita acara")),
    ("deliberation.open_second_session", ("adjourned",), marked("Buka sidang kedua")),
    ("deliberation.open_session", ("invited", "waiting_quorum"), marked("Buka sidang")),
    ("deliberation.invite", ("planned",), marked("Kirim undangan")),
    ("deliberation.table_text", ("planned",), marked("Tambah pokok")),
    (
        "deliberation.record_attendance",
        ("invited", "waiting_quorum", "adjourned", "in_session"),
        marked("Catat kehadiran"),
    ),
    (
        "deliberation.add_attendee",
        ("planned", "invited", "waiting_quorum", "adjourned", "in_session"),
        marked("Tambah orang"),
    ),
    ("deliberation.postpone", ("invited",), marked("Tunda menunggu kuorum")),
    ("deliberation.adjourn", ("waiting_quorum",), marked("Jadwalkan sidang kedua")),
    ("deliberation.object", ("objection_window",), marked("Ajukan keberatan")),
    ("deliberation.return_minutes", ("countersigning", "objection_window"), marked("Kembalikan berita acara")),
    ("deliberation.cancel", ("planned", "invited", "adjourned"), marked("Batalkan musyawarah")),
    ("deliberation.annul", ("objection_window", "binding"), marked("Nyatakan tidak sah")),
)
# Doors that carry a meeting on, the most advanced first; those in GATED only once their rules are met.
FORWARD = (
    "deliberation.make_binding",
    "deliberation.countersign",
    "deliberation.record_signed_sheet",
    "deliberation.finalise_minutes",
    "deliberation.record_decision",
    "deliberation.draft_minutes",
    "deliberation.open_second_session",
    "deliberation.open_session",
    "deliberation.invite",
    "deliberation.table_text",
    "deliberation.record_attendance",
)
GATED = frozenset(
    {
        "deliberation.make_binding",
        "deliberation.finalise_minutes",
        "deliberation.open_second_session",
        "deliberation.open_session",
        "deliberation.invite",
    }
)
REMEDIES = {
    "DB-03": ("page.invitees", marked("Buka daftar undangan")),
    "DB-04": ("deliberation.record_attendance", marked("Catat kehadiran")),
    "DB-07": ("deliberation.draft_minutes", marked("Tulis alasannya")),
    "DB-08": ("page.attendance", marked("Buka daftar hadir")),
    "DB-15": ("deliberation.record_signed_sheet", marked("Catat lembar bertanda tangan")),
    "DB-26": ("deliberation.draft_minutes", marked("Isi nomornya")),
    "DB-27": ("deliberation.table_text", marked("Tambah pokok")),
}


# How pages ask -------------------------------------------------------------------------------------------------------


def _ask(
    request: HttpRequest, form: forms.BaseForm, *, title: str, verb: str, back: str, status: int = 0, **more: Any
) -> HttpResponse:
    """A page with one form; what was typed wrongly comes back with 422."""
    return ask(request, form, "deliberation/act.html", heading=title, verb=verb, back=back, status=status, **more)


def _sent(request: HttpRequest, form: forms.BaseForm) -> bool:
    return request.method == "POST" and form.is_valid()


def _meeting(request: HttpRequest, code: str) -> Meeting:
    seen = queries.meetings_visible_to(person_of(request))
    return get_object_or_404(seen.select_related("village__parent__parent"), code=code)


def _of(meeting: Meeting) -> str:
    return reverse("page.meeting", args=[meeting.code])


def _about(
    request: HttpRequest, meeting: Meeting, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    """Ask about one meeting: its topic above, its page to go back to."""
    return _ask(
        request, form, title=title, verb=verb, back=_of(meeting), kicker=meeting.topic, example=meeting.example, **more
    )


def _done(request: HttpRequest, meeting: Meeting, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.meeting", code=meeting.code)


def _village(request: HttpRequest, roles: frozenset[str] = queries.CLERKS) -> Region:
    """The village worked for: that of the first office with one of these roles, or the one named by ``?desa=``."""
    offices = [o for o in person_of(request).offices if o.role in roles and o.region is not None]
    wanted = request.GET.get("desa")
    for office in offices:
        if office.region is not None and office.region.level == 4 and wanted in (None, office.region_id):
            return office.region
    raise Http404


# The standing list ---------------------------------------------------------------------------------------------------


def invitees(request: HttpRequest) -> HttpResponse:
    found = queries.invitees_visible_to(person_of(request)).filter(active=True).order_by("hamlet", "name", "pk")
    people = list(found)
    for each in people:
        each.said = ", ".join(queries.element_name(code) for code in each.elements)  # type: ignore[attr-defined]
    counted = {code: sum(code in each.elements for each in people) for code in elements()}
    context = {
        "people": people,
        "counted": [(queries.element_name(code), count) for code, count in counted.items() if count],
        "missing": [queries.element_name(code) for code, e in elements().items() if e.required and not counted[code]],
    }
    return render(request, "deliberation/invitees.html", context)


def add_invitee(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if _sent(request, form):
        actions.list_invitees(by=by(request), village=_village(request), people=(form.who(),))
        messages.success(request, _("%(name)s masuk daftar undangan.") % {"name": form.cleaned_data["name"]})
        return redirect("page.invitees")
    return _ask(request, form, title=_("Tambah yang diundang"), verb=_("Simpan"), back=reverse("page.invitees"))


def paste_invitees(request: HttpRequest) -> HttpResponse:
    form = PastedInvitees(request.POST or None)
    if _sent(request, form):
        people = form.cleaned_data["lines"]
        actions.list_invitees(by=by(request), village=_village(request), people=people)
        messages.success(request, _("%(n)s orang masuk daftar undangan.") % {"n": len(people)})
        return redirect("page.invitees")
    names = [queries.element_name(code) for code in elements()]
    back = reverse("page.invitees")
    return _ask(
        request, form, title=_("Salin daftar undangan"), verb=_("Masukkan semua"), back=back, element_names=names
    )


def retire_invitee(request: HttpRequest, code: str) -> HttpResponse:
    invitee = get_object_or_404(queries.invitees_visible_to(person_of(request)), code=code)
    form = Sure(request.POST or None)
    if request.method == "POST":
        actions.retire_invitee(by=by(request), invitee=invitee)
        messages.success(request, _("%(name)s tidak diundang lagi.") % {"name": invitee.name})
        return redirect("page.invitees")
    back = reverse("page.invitees")
    return _ask(request, form, title=_("Keluarkan %(name)s?") % {"name": invitee.name}, verb=_("Keluarkan"), back=back)


# Meetings ------------------------------------------------------------------------------------------------------------


def meetings(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    found = queries.meetings_visible_to(person).select_related("village").order_by("-held_on", "-pk")
    before = request.GET.get("sebelum", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        last = get_object_or_404(queries.meetings_visible_to(person), pk=int(before))
        found = queries.earlier_than(found, last)
    page = list(found[: PAGE + 1])
    context = {
        "items": [_as_row(each) for each in page[:PAGE]],
        "next": f"?sebelum={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "may_plan": any(office.role in queries.CLERKS for office in person.offices),
        "waiting": queries.texts_waiting(
            o.region_id for o in person.offices if o.role in queries.CLERKS and o.region_id
        ),
    }
    return render(request, "deliberation/meetings.html", context)


def _as_row(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "state": LABELS[meeting.state].staff, "kind": KIND_OF.get(meeting.state, "doing")}


def meeting(request: HttpRequest, code: str) -> HttpResponse:
    person, held = person_of(request), queries.read_whole(_meeting(request, code))
    reach, today = held.reach(), clock.today()
    norms = standing(held.village_id) if held.state in queries.ASKED_IN else None
    open_doors = [
        {"url": reverse(door, args=[code]), "verb": _(verb), "door": door}
        for door, states, verb in DOORS
        if held.state in states and may_open(person, door, reach)
    ]
    signed = (
        [each for each in held.signatures.all() if each.minutes_hash == held.minutes_hash] if held.minutes_hash else []
    )
    findings = queries.checks(held, today, norms, person_of(request).code)
    context = {
        "meeting": held,
        "example": held.example,
        "label": LABELS[held.state],
        "kind": KIND_OF.get(held.state, "doing"),
        "doors": open_doors,
        "next": _next(open_doors, findings),
        "findings": findings,
        "acts": _remedies(person, held),
        "here": queries.presence(held),
        "by_element": _element_rows(held),
        "subjects": held.subjects.all(),
        "topics": _topics(held),
        "signatures": signed,
        "objections": held.objections.all() if held.published_on else [],
        "window_ends": queries.window_ends(held, norms.numbers) if norms else None,
        "papers": _papers(held) if held.invited_on else [],
        "sheets": _sheets(held) if signed and may_open(person, "page.signed_sheet", reach) else [],
        "may_complete": may_open(person, "deliberation.complete_attendee", reach),
        "may_answer": may_open(person, "deliberation.answer_objection", reach),
        "may_topic": held.state in ("in_session", "minutes_draft")
        and may_open(person, "deliberation.answer_topic", reach),
    }
    return render(request, "deliberation/meeting.html", context)


def _next(doors: list[dict[str, str]], findings: tuple[Finding, ...]) -> dict[str, str] | None:
    """The one door that the green box leads to: never one that ends, returns or waits."""
    shut = GATED if unmet(findings) else frozenset()
    found = {each["door"]: each for each in doors}
    return next((found[door] for door in FORWARD if door in found and door not in shut), None)


def _remedies(person: Any, held: Meeting) -> dict[str, dict[str, str]]:
    """For each rule, the door that meets it, where this person may open it."""
    reach = held.reach()
    found = {}
    for rule, (name, verb) in REMEDIES.items():
        if name == "page.invitees":
            url = reverse(name) if any(o.role in queries.CLERKS for o in person.offices) else ""
        elif name.startswith("page.") or may_open(person, name, reach):
            url = reverse(name, args=[held.code])
        else:
            url = ""
        if url:
            found[rule] = {"url": url, "verb": _(verb)}
    return found


def _element_rows(held: Meeting) -> list[tuple[Any, ...]]:
    return [
        (queries.element_name(code), each.female, each.male, each.invited)
        for code, each in queries.by_element(held).items()
    ]


def _topics(held: Meeting) -> list[dict[str, Any]]:
    """The nine topics with what was said, where the meeting is about a cooperation."""
    if not any(each.kind == Subject.Kind.COOPERATION for each in held.subjects.all()):
        return []
    said = {each.topic: each.answer for each in held.answers.all()} if held.opened_at else {}
    return [{"number": number, "title": title, "answer": said.get(number, "")} for number, title in TOPICS.items()]


def plan(request: HttpRequest) -> HttpResponse:
    form = Plan(request.POST or None)
    if _sent(request, form):
        village = _village(request)
        made = actions.plan(by=by(request), village=village, example=person_of(request).example, **form.cleaned_data)
        return _done(request, made, _("Rencana tersimpan. Masukkan pokoknya, lalu kirim undangan."))
    return _ask(
        request, form, title=_("Rencanakan musyawarah"), verb=_("Simpan rencana"), back=reverse("page.meetings")
    )


def table_text(request: HttpRequest, code: str) -> HttpResponse:
    held = _meeting(request, code)
    form = SubjectForm(request.POST or None, waiting=queries.texts_waiting([held.village_id]))
    if _sent(request, form):
        actions.table_text(by=by(request), meeting=held, **form.subject())
        return _done(request, held, _("Pokok masuk acara."))
    lede = _("Naskah kemitraan menunggu di sini setelah ditutup. Daftar prioritas dimasukkan dari halamannya sendiri.")
    return _about(request, held, form, _("Tambah pokok"), _("Masukkan ke acara"), lede=lede)


def invite(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _meeting(request, code), Invitation(request.POST or None)
    findings = queries.checks(held, clock.today(), by=person_of(request).code) if held.state == "planned" else ()
    if _sent(request, form):
        _refuse_before_rendering(held, "planned", findings)
        knock, given = by(request), form.cleaned_data
        paper = letters.invitation_paper(held, key=knock.key, **given)
        actions.invite(by=knock, meeting=held, paper=paper, **given)
        return _done(request, held, _("Undangan dibuat. Cetak atau kirimkan kepada semua yang diundang."))
    more = {"findings": findings, "acts": _remedies(person_of(request), held)}
    return _about(request, held, form, _("Kirim undangan"), _("Buat undangan"), **more)


def _refuse_before_rendering(held: Meeting, state: str, findings: tuple[Finding, ...]) -> None:
    """A paper takes a while to render: what the act would refuse is refused before it."""
    if held.state == state and (refused := unmet(findings)):
        raise Refused(refused)


def cancel(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _meeting(request, code), Why(request.POST or None)
    if _sent(request, form):
        actions.cancel(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Musyawarah dibatalkan."))
    return _about(request, held, form, _("Batalkan musyawarah?"), _("Batalkan musyawarah"))


# Attendance ----------------------------------------------------------------------------------------------------------


def attendance(request: HttpRequest, code: str) -> HttpResponse:
    held = _meeting(request, code)
    private = any(office.role in queries.CLERKS for office in person_of(request).offices)
    lines = list(held.attendees.order_by("observer", "hamlet", "name", "pk"))
    for each in lines:
        shown = [c for c in each.elements if private or c not in PRIVATE]
        each.said = ", ".join(queries.element_name(c) for c in shown)  # type: ignore[attr-defined]
    context = {"meeting": held, "example": held.example, "lines": lines, "here": queries.presence(held)}
    return render(request, "deliberation/attendance.html", context)


def record_attendance(request: HttpRequest, code: str) -> HttpResponse:
    held = _meeting(request, code)
    lines = held.attendees.order_by("hamlet", "name", "pk")
    form = Attendance(request.POST or None, lines=lines, session=held.session)
    if _sent(request, form):
        actions.record_attendance(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Kehadiran tersimpan."))
    lede = _("Tandai semua yang menandatangani lembar sidang ini. Yang tidak ditandai dianggap tidak hadir.")
    return _about(request, held, form, _("Catat kehadiran"), _("Simpan kehadiran"), lede=lede)


def add_attendee(request: HttpRequest, code: str) -> HttpResponse:
    held = _meeting(request, code)
    early = held.state == "planned"
    form = (PersonForm if early else Participant)(request.POST or None)
    if _sent(request, form):
        more = {} if early else {name: form.cleaned_data[name] for name in ("observer", "mark")}
        actions.add_attendee(by=by(request), meeting=held, who=form.who(), **more)
        return _done(request, held, _("%(name)s masuk daftar.") % {"name": form.cleaned_data["name"]})
    title = _("Tambah yang diundang") if early else _("Tambah yang hadir tanpa undangan")
    return _about(request, held, form, title, _("Simpan"))


def complete_attendee(request: HttpRequest, code: str) -> HttpResponse:
    seen = queries.meetings_visible_to(person_of(request))
    line = get_object_or_404(Attendee.objects.select_related("meeting"), code=code, meeting__in=seen)
    initial = {name: getattr(line, name) for name in ("name", "sex", "hamlet", "elements", "poor")}
    form = PersonForm(request.POST or None, initial=initial)
    if _sent(request, form):
        actions.complete_attendee(by=by(request), attendee=line, who=form.who())
        messages.success(request, _("Baris daftar hadir tersimpan."))
        return redirect("page.attendance", code=line.meeting.code)
    back = reverse("page.attendance", args=[line.meeting.code])
    return _ask(request, form, title=line.name, verb=_("Simpan baris"), back=back, example=line.meeting.example)


# Sessions ------------------------------------------------------------------------------------------------------------


def open_session(request: HttpRequest, code: str) -> HttpResponse:
    held = _meeting(request, code)
    form = Opening(request.POST or None, initial={"chair": person_of(request).full_name})
    if _sent(request, form):
        actions.open_session(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Sidang dibuka."))
    more = {
        "findings": queries.checks(held, clock.today(), by=person_of(request).code),
        "acts": _remedies(person_of(request), held),
    }
    return _about(request, held, form, _("Buka sidang"), _("Buka sidang"), **more)


def postpone(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _meeting(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.postpone(by=by(request), meeting=held)
        return _done(request, held, _("Sidang ditunda menunggu peserta lain."))
    hours = standing(held.village_id).numbers["musyawarah_wait_hours"]
    lede = _("Paling lama %(hours)s jam pada hari yang sama. Setelah itu jadwalkan sidang kedua.") % {"hours": hours}
    findings = queries.failing_checks(held, clock.today()) if held.state == "invited" else ()
    return _about(request, held, form, _("Tunda menunggu kuorum?"), _("Tunda sidang"), lede=lede, findings=findings)


def adjourn(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _meeting(request, code), Adjourning(request.POST or None)
    if _sent(request, form):
        actions.adjourn(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Sidang kedua dijadwalkan."))
    days = standing(held.village_id).numbers["musyawarah_second_session_days"]
    lede = _("Sidang kedua pada hari lain, paling lambat %(days)s hari lagi, dan sah dengan peserta yang hadir.") % {
        "days": days
    }
    findings = queries.failing_checks(held, clock.today()) if held.state == "waiting_quorum" else ()
    return _about(request, held, form, _("Jadwalkan sidang kedua"), _("Jadwalkan"), lede=lede, findings=findings)


def open_second_session(request: HttpRequest, code: str) -> HttpResponse:
    held = _meeting(request, code)
    initial = {"chair": person_of(request).full_name, "held_on": held.held_on}
    form = OpeningAgain(request.POST or None, initial=initial)
    if _sent(request, form):
        actions.open_second_session(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Sidang kedua dibuka."))
    findings = queries.checks(held, clock.today(), by=person_of(request).code)
    return _about(request, held, form, _("Buka sidang kedua"), _("Buka sidang kedua"), findings=findings)


# Deciding ------------------------------------------------------------------------------------------------------------


def answer_topic(request: HttpRequest, code: str, topic: int) -> HttpResponse:
    held = _meeting(request, code)
    if topic not in TOPICS:
        raise Http404
    said = held.answers.filter(topic=topic).first()
    form = Topic(request.POST or None, initial={"answer": said.answer if said else ""})
    if _sent(request, form):
        actions.answer_topic(by=by(request), meeting=held, topic=topic, **form.cleaned_data)
        return _done(request, held, _("Hasil pembahasan tersimpan."))
    return _about(request, held, form, f"{topic}. {_(TOPICS[topic])}", _("Simpan hasil"))


def record_decision(request: HttpRequest, code: str) -> HttpResponse:
    """Each subject has its own address, so that one that is sent twice is not taken for the next."""
    held = _meeting(request, code)
    undecided = held.subjects.filter(decision__isnull=True).order_by("pk")
    wanted = request.GET.get("pokok")
    subject = (undecided.filter(code=wanted) if wanted else undecided).first()
    if subject is None:
        return redirect("page.meeting", code=code)
    if not wanted:
        return redirect(f"{reverse('deliberation.record_decision', args=[code])}?pokok={subject.code}")
    form = DecisionForm(request.POST or None, ask_despite="despite" in request.POST)
    findings: tuple[Finding, ...] = ()
    status = 0
    if _sent(request, form):
        try:
            actions.record_decision(by=by(request), meeting=held, subject_code=subject.code, **form.counts())
            return _done(request, held, _("Keputusan tercatat."))
        except Refused as refused:
            if not all(each.yields for each in refused.findings):
                raise
            findings, status = refused.findings, 409
            form = DecisionForm(ask_despite=True, initial=request.POST.dict())
    lede = _("Yang boleh memutuskan dan hadir: %(n)s orang.") % {"n": queries.presence(held).present}
    more = {"lede": lede, "findings": findings, "status": status, "subject": subject}
    return _about(request, held, form, subject.title, _("Catat keputusan"), **more)


# Minutes -------------------------------------------------------------------------------------------------------------


def draft_minutes(request: HttpRequest, code: str) -> HttpResponse:
    held = _meeting(request, code)
    initial = {
        "number": held.minutes_number,
        "dated": held.minutes_on,
        "ends": held.ends,
        "discussion": held.discussion,
        "absence_reason": held.absence_reason,
    }
    form = MinutesDraft(request.POST or None, initial=initial)
    if _sent(request, form):
        actions.draft_minutes(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Draf berita acara tersimpan."))
    return _about(request, held, form, _("Draf berita acara"), _("Simpan draf"))


def finalise_minutes(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _meeting(request, code), Sure(request.POST or None)
    findings = queries.checks(held, clock.today(), by=person_of(request).code)
    if request.method == "POST":
        _refuse_before_rendering(held, "minutes_draft", findings)
        knock = by(request)
        actions.finalise_minutes(by=knock, meeting=held, paper=letters.minutes_paper(held, key=knock.key))
        return _done(request, held, _("Berita acara selesai. Sekarang menunggu tanda tangan."))
    lede = _("Setelah ini isinya tidak berubah, kecuali dikembalikan.")
    more = {"findings": findings, "acts": _remedies(person_of(request), held), "lede": lede}
    return _about(request, held, form, _("Selesaikan berita acara"), _("Selesaikan berita acara"), **more)


def return_minutes(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _meeting(request, code), Why(request.POST or None)
    if _sent(request, form):
        actions.return_minutes(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Berita acara dikembalikan untuk diperbaiki."))
    return _about(request, held, form, _("Kembalikan berita acara?"), _("Kembalikan"))


def countersign(request: HttpRequest, code: str) -> HttpResponse:
    """Where the words were changed meanwhile, nothing is signed and the new words are shown."""
    held, form = _meeting(request, code), Read(request.POST or None)
    more: dict[str, Any] = {}
    if _sent(request, form):
        try:
            actions.countersign(by=by(request), meeting=held, seen=form.cleaned_data["seen"])
            return _done(request, held, _("Tanda tangan Anda tercatat."))
        except Refused as refused:
            more = _changed_meanwhile(refused)
            held = _meeting(request, code)
    elif form.is_bound:
        more = {"status": 422}
    form = Read(initial={"seen": held.minutes_hash})
    paper = _paper(held, "minutes")
    words = html.render(paper.source) if paper else ""
    return _about(request, held, form, _("Tandatangani berita acara"), _("Tandatangani"), words=words, **more)


def _changed_meanwhile(refused: Refused) -> dict[str, Any]:
    """What is shown above the new words; a refusal for other reasons is raised again."""
    if "DB-31" not in refused.codes:
        raise refused
    return {"findings": refused.findings, "status": 409}


def record_signed_sheet(request: HttpRequest, code: str) -> HttpResponse:
    held = _meeting(request, code)
    missing = SIGNERS - queries.signed_capacities(held)
    initial = {"chair": held.chair, "minute_taker": held.minute_taker}
    form = SignedSheet(request.POST or None, request.FILES or None, meeting=held, missing=missing, initial=initial)
    if _sent(request, form):
        given = dict(form.cleaned_data)
        safe: Safe = given.pop("sheet")
        sheet = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        actions.record_signed_sheet(by=by(request), meeting=held, sheet=sheet, **given)
        return _done(request, held, _("Lembar bertanda tangan tercatat."))
    lede = _("Nama Anda ditulis sebagai pencatat di samping setiap tanda tangan.")
    return _about(request, held, form, _("Catat lembar bertanda tangan"), _("Simpan lembar"), lede=lede)


def _papers(held: Meeting) -> QuerySet[Paper]:
    """The papers of a meeting that still hold, the newest first."""
    return Paper.objects.filter(about=about_of(held), withdrawal__isnull=True).order_by("-issued_at", "-pk")


def _paper(held: Meeting, kind: str) -> Paper | None:
    return _papers(held).filter(kind=kind).select_related("file").first()


def print_paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The newest valid paper of this kind, to be printed."""
    paper = _paper(_meeting(request, code), kind)
    if paper is None:
        raise Http404
    return shown(paper.file, f"{kind}-{code}.pdf")


# Objections, and binding ---------------------------------------------------------------------------------------------


def object_to(request: HttpRequest, code: str) -> HttpResponse:
    held = _meeting(request, code)
    form = ObjectionForm(request.POST or None, initial={"name": person_of(request).full_name})
    if _sent(request, form):
        actions.object_to(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Keberatan tercatat dan wajib dijawab Ketua BPD."))
    return _about(request, held, form, _("Ajukan keberatan"), _("Kirim keberatan"))


def answer_objection(request: HttpRequest, code: str) -> HttpResponse:
    seen = queries.meetings_visible_to(person_of(request))
    objection = get_object_or_404(MeetingObjection.objects.select_related("meeting"), code=code, meeting__in=seen)
    form = Answer(request.POST or None)
    if _sent(request, form):
        actions.answer_objection(by=by(request), objection=objection, **form.cleaned_data)
        return _done(request, objection.meeting, _("Jawaban tersimpan."))
    return _about(request, objection.meeting, form, _("Jawab keberatan"), _("Simpan jawaban"), lede=objection.text)


def make_binding(request: HttpRequest, code: str) -> HttpResponse:
    """Names that stand on the signed print are read there and typed: the second pair of eyes."""
    held = _meeting(request, code)
    signed = queries.on_sheet(held)
    form = Binding(request.POST or None, signed=signed)
    more: dict[str, Any] = {"findings": queries.checks(held, clock.today(), by=person_of(request).code)}
    if _sent(request, form):
        try:
            actions.make_binding(by=by(request), meeting=held, seen=form.cleaned_data["seen"], names=form.names())
            return _done(request, held, _("Keputusan sekarang mengikat."))
        except Refused as refused:
            more = _changed_meanwhile(refused)
            held = _meeting(request, code)
            signed = queries.on_sheet(held)
    if not form.is_bound or more.get("status"):
        form = Binding(signed=signed, initial={"seen": queries.signatures_hash(held)})
    more |= {"acts": _remedies(person_of(request), held), "signatures": _signed(held), "sheets": _sheets(held)}
    return _about(request, held, form, _("Tetapkan keputusan mengikat"), _("Tetapkan"), **more)


def _signed(held: Meeting) -> list[Countersignature]:
    """The signatures under the words of now that were given by account: their names are known."""
    found = held.signatures.filter(minutes_hash=held.minutes_hash, sheet=None) if held.minutes_hash else []
    return list(found)


def _sheets(held: Meeting) -> list[str]:
    """Where the scans of the signed print are read, one for each that signatures were taken from."""
    url = reverse("page.signed_sheet", args=[held.code])
    found = dict.fromkeys(each.sheet.sha256 for each in queries.on_sheet(held) if each.sheet is not None)
    return [f"{url}?sidik={sha256}" for sha256 in found]


def signed_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """A scan of the signed print: that of the hash in ``?sidik=``, else the newest."""
    held, wanted = _meeting(request, code), request.GET.get("sidik", "")
    of_signatures = StoredFile.objects.filter(sha256=wanted, pk__in=held.signatures.values("sheet"))
    file = of_signatures.first() if wanted else held.signed_sheet
    if file is None or not may_open(person_of(request), "page.signed_sheet", held.reach()):
        raise Http404
    return shown(file, f"lembar-{code}")


def annul(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _meeting(request, code), Why(request.POST or None)
    if _sent(request, form):
        actions.annul(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Keputusan dinyatakan tidak sah."))
    return _about(request, held, form, _("Nyatakan tidak sah?"), _("Nyatakan tidak sah"))


# Consent of those affected -------------------------------------------------------------------------------------------


def _process(request: HttpRequest, code: str) -> ConsentProcess:
    return get_object_or_404(queries.consents_visible_to(person_of(request)).select_related("village"), code=code)


def _consent(
    request: HttpRequest, process: ConsentProcess, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.consent", args=[process.code])
    return _ask(request, form, title=title, verb=verb, back=back, kicker=process.title, example=process.example, **more)


def _agreed(request: HttpRequest, process: ConsentProcess, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.consent", code=process.code)


def consents(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    found = queries.consents_visible_to(person).select_related("village").order_by("-begun_at", "-pk")[:PAGE]
    items = [
        {"process": each, "state": CONSENT_LABELS[each.state].staff, "kind": KIND_OF.get(each.state, "doing")}
        for each in found
    ]
    may_begin = any(office.role in BEGINNERS for office in person.offices)
    return render(request, "deliberation/consents.html", {"items": items, "may_begin": may_begin})


BEGINNERS = frozenset({"village_head", "bpd_chair", "group_rep"})


def consent(request: HttpRequest, code: str) -> HttpResponse:
    person, process = person_of(request), _process(request, code)
    taken = {each.number: each for each in process.steps.filter(round=process.round)}
    steps = [
        {"title": CONSENT_LABELS[state].staff, "step": taken.get(number), "here": state == process.state}
        for number, state in enumerate(CONSENT_STEPS, 1)
    ]
    onward = ""
    if process.state in CONSENT_STEPS:
        last = process.state == CONSENT_STEPS[-1]
        onward = "deliberation.give_consent" if last else "deliberation.record_consent_step"
    reach = process.reach()
    context = {
        "process": process,
        "example": process.example,
        "label": CONSENT_LABELS[process.state],
        "kind": KIND_OF.get(process.state, "doing"),
        "steps": steps,
        "onward": reverse(onward, args=[code]) if onward and may_open(person, onward, reach) else "",
        "may_refuse": process.state != "refused" and may_open(person, "deliberation.refuse_consent", reach),
        "may_begin": process.state == "refused" and may_open(person, "deliberation.begin_consent", reach),
    }
    return render(request, "deliberation/consent.html", context)


def begin_consent(request: HttpRequest) -> HttpResponse:
    form = BeginConsent(request.POST or None, initial={"about": request.GET.get("tentang", "")})
    if _sent(request, form):
        village = _village(request, BEGINNERS)
        example = person_of(request).example
        process = actions.begin_consent(by=by(request), village=village, example=example, **form.cleaned_data)
        return _agreed(request, process, _("PADIATAPA dimulai."))
    lede = _("Warga terdampak mendapat informasi dahulu, lalu waktu untuk mempelajarinya.")
    return _ask(request, form, title=_("Mulai PADIATAPA"), verb=_("Mulai"), back=reverse("page.consents"), lede=lede)


def record_consent_step(request: HttpRequest, code: str) -> HttpResponse:
    process = _process(request, code)
    number = CONSENT_STEPS.index(process.state) + 1 if process.state in CONSENT_STEPS else 1
    form = ConsentStepForm(request.POST or None, initial={"number": number})
    if _sent(request, form):
        actions.record_consent_step(by=by(request), process=process, **form.cleaned_data)
        return _agreed(request, process, _("Tahap tercatat."))
    return _consent(request, process, form, _("Catat tahap PADIATAPA"), _("Simpan tahap"))


def give_consent(request: HttpRequest, code: str) -> HttpResponse:
    process, form = _process(request, code), GiveConsent(request.POST or None)
    if _sent(request, form):
        actions.give_consent(by=by(request), process=process, **form.cleaned_data)
        return _agreed(request, process, _("Persetujuan warga terdampak tercatat."))
    return _consent(request, process, form, _("Catat persetujuan warga terdampak"), _("Catat persetujuan"))


def refuse_consent(request: HttpRequest, code: str) -> HttpResponse:
    process, form = _process(request, code), Why(request.POST or None)
    if _sent(request, form):
        actions.refuse_consent(by=by(request), process=process, **form.cleaned_data)
        return _agreed(request, process, _("Penolakan warga tercatat."))
    return _consent(request, process, form, _("Catat penolakan warga"), _("Catat penolakan"))
