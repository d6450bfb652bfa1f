"""Pages of the Musyawarah antar-Desa: who is there, what each village says, what is agreed, who signs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation.forms import Read, Why
from bermitra.deliberation.inter_village import actions, letters, queries
from bermitra.deliberation.inter_village.forms import (
    PARTS,
    Calling,
    JointAttendance,
    JointDecision,
    JointMinutes,
    JointSheet,
    JointTopic,
    Voice,
    Wording,
)
from bermitra.deliberation.inter_village.rules import CONTENTS, JOINT_TOPICS, MEETING_LABELS
from bermitra.deliberation.inter_village.views.offers import about_offer, offer_at
from bermitra.deliberation.models import JointMeeting, JointSeat
from bermitra.deliberation.views.common import asked, done_as_read
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import handing, html
from bermitra.foundation.documents.handing import shown
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.pages import content_of, render, sent
from bermitra.foundation.rules import Refused, unmet
from bermitra.foundation.text import _ as marked

KIND_OF = {"invited": "idle", "signed": "ok", "cancelled": "late"}
# Doors of a meeting's page: which state, which verb; those of ``SEAT`` are asked of one's own village.
DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("deliberation.sign_joint_minutes", ("signing",), marked("Tandatangani berita acara")),
    ("deliberation.confirm_joint_sheet", ("signing",), marked("Cocokkan lembar bertanda tangan")),
    ("deliberation.record_joint_sheet", ("signing",), marked("Catat lembar bertanda tangan")),
    ("deliberation.finalise_joint_minutes", ("minutes",), marked("Selesaikan berita acara")),
    ("deliberation.decide_jointly", ("in_session",), marked("Catat kesepakatan")),
    ("deliberation.record_joint_attendance", ("invited", "in_session"), marked("Catat kehadiran delegasi")),
    ("deliberation.return_joint_minutes", ("signing",), marked("Kembalikan berita acara")),
    ("deliberation.return_joint_minutes", ("minutes",), marked("Buka lagi musyawarah")),
    (
        "deliberation.cancel_joint_meeting",
        ("invited", "in_session", "minutes", "signing"),
        marked("Batalkan musyawarah"),
    ),
)
OPEN = ("invited", "in_session", "minutes", "signing")  # later its minutes say it
BACK = ("deliberation.return_joint_minutes", "deliberation.cancel_joint_meeting")
SEAT = ("deliberation.sign_joint_minutes", "deliberation.confirm_joint_sheet")


def _at(request: HttpRequest, code: str) -> JointMeeting:
    seen = queries.joint_meetings_visible_to(person_of(request))
    return get_object_or_404(seen.select_related("offer__village__parent__parent", "sheet"), code=code)


def _seat(request: HttpRequest, held: JointMeeting, door: str) -> JointSeat | None:
    """The seat of the village for which this person may open the door."""
    person = person_of(request)
    return next((each for each in held.seats.order_by("pk") if may_open(person, door, each.reach())), None)


def _about(
    request: HttpRequest, held: JointMeeting, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.joint_meeting", args=[held.code])
    kicker = held.offer.title
    return asked(request, form, title=title, verb=verb, back=back, kicker=kicker, example=held.example, **more)


def _done(request: HttpRequest, held: JointMeeting, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.joint_meeting", code=held.code)


# Its page ------------------------------------------------------------------------------------------------------------


def meeting(request: HttpRequest, code: str) -> HttpResponse:
    person, held = person_of(request), _at(request, code)
    reach, findings = held.reach(), queries.joint_checks(held)
    doors = [
        {"url": reverse(door, args=[code]), "verb": _(verb), "door": door}
        for door, states, verb in DOORS
        if held.state in states and _of_use(request, held, door)
    ]
    shut = {*BACK, "deliberation.decide_jointly"} if unmet(findings) else {*BACK}
    onward = [each for each in doors if each["door"] not in shut]
    writing = held.state == "in_session"
    context = {
        "meeting": held,
        "offer": held.offer,
        "example": held.example,
        "label": MEETING_LABELS[held.state],
        "kind": KIND_OF.get(held.state, "doing"),
        "doors": doors,
        "next": onward[0] if onward else None,
        "findings": findings,
        "seats": _seats(held),
        "notes": queries.notes_of(queries.answers(held.offer)) if held.state in OPEN else [],
        "topics": [
            {"number": number, "title": title, "answer": held.topics.get(str(number), "")}
            for number, title in JOINT_TOPICS.items()
        ],
        "changes": [
            {"title": CONTENTS[name], "before": before, "after": after}
            for name, before, after in queries.differences(held)
        ]
        if held.offer.state == "sent" or held.state != "signed"
        else [],
        "may_voice": writing and may_open(person, "deliberation.say_for_village", reach),
        "may_topic": writing and may_open(person, "deliberation.answer_joint_topic", reach),
        "may_word": writing and may_open(person, "deliberation.word_joint_text", reach),
        "papers": _papers(held),
        "may_see_sheet": held.sheet_id is not None and _may_see_sheet(request, held),
    }
    return render(request, "deliberation/joint_meeting.html", context)


def _of_use(request: HttpRequest, held: JointMeeting, door: str) -> bool:
    """Whether this person may open the door here, and it leads anywhere."""
    if door not in SEAT:
        return may_open(person_of(request), door, held.reach())
    seat = _seat(request, held, door)
    if seat is None:
        return False
    if door == "deliberation.confirm_joint_sheet" and held.sheet_id is None:
        return False
    return queries.unsigned_seats(held).filter(pk=seat.pk).exists()


def _seats(held: JointMeeting) -> list[dict[str, Any]]:
    seats, waiting = queries.seats_of(held), set()
    if held.minutes_hash:
        waiting = set(queries.unsigned_seats(held).values_list("pk", flat=True))
    return [
        {
            "seat": seat,
            "here": len(seat.present),
            "of": len(seat.delegates),  # type: ignore[attr-defined]
            "signed": bool(held.minutes_hash and seat.head) and seat.pk not in waiting,
        }
        for seat in seats
    ]


def _papers(held: JointMeeting) -> list[Paper]:
    return [*queries.minutes_of(held), *queries.invitation_of(held)]


def _may_see_sheet(request: HttpRequest, held: JointMeeting) -> bool:
    person = person_of(request)
    return any(may_open(person, "page.joint_sheet", seat.reach()) for seat in held.seats.all())


def paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    found = next((each for each in _papers(_at(request, code)) if each.kind == kind), None)
    if found is None:
        raise Http404
    return handing.paper(request, found, f"{kind}-{code}")


def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The scan of the signed print, for those who may read and confirm it in their village."""
    held = _at(request, code)
    if held.sheet is None or not _may_see_sheet(request, held):
        raise Http404
    return shown(held.sheet, f"lembar-{code}")


# Calling and attending -----------------------------------------------------------------------------------------------


def call(request: HttpRequest, code: str) -> HttpResponse:
    held, form = offer_at(request, code), Calling(request.POST or None)
    findings = queries.offer_checks(held, clock.today()) if held.state == "sent" else ()
    if sent(request, form):
        if refused := unmet(findings):
            raise Refused(refused)
        knock, given = by(request), form.cleaned_data
        letter = letters.invitation_paper(held, key=knock.key, dated=clock.today(), **given)
        made = actions.call_joint_meeting(by=knock, offer=held, paper=letter, **given)
        return _done(request, made, _("Undangan dibuat. Setiap desa yang ikut sudah diberi tahu."))
    return about_offer(request, held, form, _("Undang delegasi setiap desa"), _("Buat undangan"), findings=findings)


def cancel(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.cancel_joint_meeting(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Musyawarah dibatalkan."))
    return _about(request, held, form, _("Batalkan musyawarah?"), _("Batalkan musyawarah"))


def attend(request: HttpRequest, code: str) -> HttpResponse:
    held = _at(request, code)
    initial = {"chair": held.chair, "minute_taker": held.minute_taker}
    form = JointAttendance(request.POST or None, seats=queries.seats_of(held), initial=initial)
    if sent(request, form):
        actions.record_joint_attendance(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Kehadiran delegasi tersimpan."))
    lede = _("Tandai semua yang hadir. Yang tidak ditandai dianggap tidak hadir.")
    return _about(request, held, form, _("Catat kehadiran delegasi"), _("Simpan kehadiran"), lede=lede)


# What is said and agreed ---------------------------------------------------------------------------------------------


def topic(request: HttpRequest, code: str, topic: int) -> HttpResponse:
    held = _at(request, code)
    if topic not in JOINT_TOPICS:
        raise Http404
    form = JointTopic(request.POST or None, initial={"answer": held.topics.get(str(topic), "")})
    if sent(request, form):
        actions.answer_joint_topic(by=by(request), meeting=held, topic=topic, **form.cleaned_data)
        return _done(request, held, _("Hasil pembahasan tersimpan."))
    return _about(request, held, form, f"{topic}. {_(JOINT_TOPICS[topic])}", _("Simpan hasil"))


def word(request: HttpRequest, code: str, part: int) -> HttpResponse:
    held = _at(request, code)
    if not 1 <= part <= len(PARTS):
        raise Http404
    form = Wording(request.POST or None, part=part, initial=queries.wording_now(held))
    if sent(request, form):
        actions.word_joint_text(by=by(request), meeting=held, contents=form.cleaned_data)
        return _done(request, held, _("Naskah tersimpan. Perubahannya tampak pada halaman ini."))
    lede = _("Naskah yang diubah kembali ke Musyawarah Desa setiap desa sebelum disepakati.")
    title = _("Ubah naskah, bagian %(n)s dari %(of)s") % {"n": part, "of": len(PARTS)}
    return _about(request, held, form, title, _("Simpan naskah"), lede=lede)


def voice(request: HttpRequest, code: str, village: str) -> HttpResponse:
    held = _at(request, code)
    seat = get_object_or_404(held.seats.select_related("village"), village_id=village)
    initial: dict[str, Any] = {"dues": seat.dues, "note": seat.note}
    if seat.agrees is not None:
        initial["agrees"] = "yes" if seat.agrees else "no"
    form = Voice(request.POST or None, initial=initial)
    if sent(request, form):
        given = {**form.cleaned_data, "agrees": form.cleaned_data["agrees"] == "yes"}
        actions.say_for_village(by=by(request), meeting=held, village=village, **given)
        return _done(request, held, _("Suara %(name)s tercatat.") % {"name": seat.village.name})
    return _about(request, held, form, _("Suara dan iuran %(name)s") % {"name": seat.village.name}, _("Simpan suara"))


def decide(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _at(request, code), JointDecision(request.POST or None)
    if sent(request, form):
        actions.decide_jointly(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Kesepakatan tercatat. Sekarang selesaikan berita acaranya."))
    findings = queries.joint_checks(held)
    return _about(request, held, form, _("Catat kesepakatan"), _("Catat kesepakatan"), findings=findings)


# The minutes ---------------------------------------------------------------------------------------------------------


def finalise(request: HttpRequest, code: str) -> HttpResponse:
    held = _at(request, code)
    initial = {
        "number": held.minutes_number,
        "dated": held.minutes_on,
        "ends": held.ends,
        "discussion": held.discussion,
    }
    form = JointMinutes(request.POST or None, initial=initial)
    if sent(request, form):
        if held.state != "minutes":
            raise NoSuchMove("joint_meeting", held.state, "deliberation.finalise_joint_minutes")
        knock, given = by(request), form.cleaned_data
        letter = letters.minutes_paper(actions.with_minutes(held, **given), key=knock.key)
        actions.finalise_joint_minutes(by=knock, meeting=held, paper=letter, **given)
        return _done(request, held, _("Berita acara selesai. Sekarang menunggu tanda tangan setiap Kepala Desa."))
    lede = _("Setelah ini isinya tidak berubah, kecuali dikembalikan.")
    return _about(request, held, form, _("Selesaikan berita acara"), _("Selesaikan berita acara"), lede=lede)


def give_back(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.return_joint_minutes(by=by(request), meeting=held, **form.cleaned_data)
        return _done(request, held, _("Berita acara dikembalikan untuk diperbaiki."))
    if held.state == "minutes":
        lede = _("Keputusan dihapus; kehadiran, suara, dan keputusan dicatat lagi.")
        return _about(request, held, form, _("Buka lagi musyawarah?"), _("Buka lagi"), lede=lede)
    return _about(request, held, form, _("Kembalikan berita acara?"), _("Kembalikan"))


def sign(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _at(request, code), Read(request.POST or None)
    seat = _seat(request, held, "deliberation.sign_joint_minutes")
    if seat is None:
        raise Http404
    more = done_as_read(request, form, lambda seen: actions.sign_joint_minutes(by=by(request), seat=seat, seen=seen))
    if more is None:
        return _done(request, held, _("Tanda tangan Anda tercatat."))
    held = _at(request, code)
    minutes = next((each for each in _papers(held) if each.kind == "joint_minutes"), None)
    words = html.render(minutes.source) if minutes else ""
    form = Read(initial={"seen": held.minutes_hash})
    return _about(request, held, form, _("Tandatangani berita acara"), _("Tandatangani"), words=words, **more)


def record_sheet(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _at(request, code), JointSheet(request.POST or None, request.FILES or None)
    if sent(request, form):
        content = content_of(form.cleaned_data["sheet"])
        actions.record_joint_sheet(by=by(request), meeting=held, sheet=content)
        return _done(request, held, _("Lembar tercatat. Setiap desa mencocokkan tanda tangannya."))
    lede = _("Tanda tangan berlaku setelah dicocokkan pengurus lain dari desanya.")
    return _about(request, held, form, _("Catat lembar bertanda tangan"), _("Simpan lembar"), lede=lede)


def confirm_sheet(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _at(request, code), Read(request.POST or None)
    seat = _seat(request, held, "deliberation.confirm_joint_sheet")
    if seat is None:
        raise Http404
    more = done_as_read(request, form, lambda seen: actions.confirm_joint_sheet(by=by(request), seat=seat, seen=seen))
    if more is None:
        return _done(request, held, _("Tanda tangan desa Anda pada lembar dicocokkan."))
    held = _at(request, code)
    form = Read(initial={"seen": queries.sheet_seen(held)})
    lede = _("Pastikan lembar itu memuat tanda tangan: %(names)s.") % {"names": f"{seat.head} ({seat.village.name})"}
    more |= {"lede": lede, "sheets": [reverse("page.joint_sheet", args=[code])] if held.sheet_id else []}
    return _about(request, held, form, _("Cocokkan lembar bertanda tangan"), _("Nyatakan cocok"), **more)
