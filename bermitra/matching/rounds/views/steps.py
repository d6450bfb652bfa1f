"""The acts of the office on a round: mostly a sentence and a button, with what holds it up above them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import tz, zone_of
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import render, typed_in
from bermitra.foundation.text import _ as marked
from bermitra.matching.meeting import Meeting
from bermitra.matching.models import Round, RoundRun
from bermitra.matching.rounds import actions, forms, queries
from bermitra.matching.rounds.queries.facts import earliest_meeting
from bermitra.matching.rounds.throwing import throw
from bermitra.matching.rounds.views import shown
from bermitra.matching.rounds.views.common import act_on, round_at


@dataclass(frozen=True)
class Step:
    """An act on a round by its page: what it does, its words, what it asks for. ``works``: the worker goes on with it."""

    act: Callable[..., Any]
    title: str
    lede: str
    verb: str
    says: str
    form: type[Any] = forms.Sure
    works: bool = False


STEPS = {
    "matching.open_round": Step(
        actions.open_round,
        marked("Buka putaran"),
        marked("Kebijakan diumumkan dan dikunci. Semua desa yang memenuhi syarat dan semua tawaran diundang."),
        marked("Buka dan undang"),
        marked("Putaran dibuka. Undangan sudah sampai di kotak kerja setiap desa dan mitra."),
    ),
    "matching.close_invitations": Step(
        actions.close_invitations,
        marked("Tutup undangan"),
        marked("Yang belum menjawab dianggap tidak ikut. Daftar calon lalu dihitung bagi kedua pihak."),
        marked("Tutup undangan"),
        marked("Undangan ditutup. Daftar calon sedang dihitung."),
        works=True,
    ),
    "matching.close_preferences": Step(
        actions.close_preferences,
        marked("Kunci pilihan"),
        marked("Sidik daftar diumumkan lebih dahulu; sesudah itu baru angka dilempar."),
        marked("Kunci dan umumkan sidiknya"),
        marked("Pilihan terkunci. Sidik daftar sedang dihitung, lalu tampil pada halaman umum."),
        works=True,
    ),
    "matching.run_round": Step(
        actions.run_round,
        marked("Jalankan putaran"),
        marked("Hasilnya dihitung dua kali dengan dua cara, diperiksa terpisah, dan belum diumumkan."),
        marked("Jalankan"),
        marked("Putaran sedang dihitung."),
        works=True,
    ),
    "matching.publish_round": Step(
        actions.publish_round,
        marked("Terbitkan hasil"),
        marked("Semua orang membaca hasilnya. Masa sanggah mulai hari ini."),
        marked("Terbitkan"),
        marked("Hasil terbit. Setiap peserta sudah diberi tahu."),
    ),
    "matching.rerun_round": Step(
        actions.rerun_round,
        marked("Ulangi hitungan"),
        marked("Hanya setelah sanggahan diterima. Benih tetap sama; yang diperbaiki disebut dan diumumkan."),
        marked("Ulangi hitungan"),
        marked("Putaran sedang dihitung ulang."),
        forms.Rerun,
        works=True,
    ),
    "matching.open_responses": Step(
        actions.open_responses,
        marked("Buka jawaban kedua pihak"),
        marked("Setiap desa dan mitra yang diperkenalkan menjawab sendiri: menerima atau menolak."),
        marked("Buka jawaban"),
        marked("Jawaban dibuka. Kedua pihak sudah diberi tahu."),
    ),
    "matching.close_responses": Step(
        actions.close_responses,
        marked("Tutup jawaban"),
        marked("Yang belum menjawab gugur. Desa dan tempat yang tersisa dapat ikut putaran lanjutan."),
        marked("Tutup dan tetapkan"),
        marked("Putaran ditetapkan."),
    ),
    "matching.void_round": Step(
        actions.void_round,
        marked("Batalkan putaran"),
        marked("Alasannya dibaca semua orang. Hasil hitungan tidak dipakai lagi."),
        marked("Batalkan putaran"),
        marked("Putaran dibatalkan."),
        forms.Why,
    ),
}


def step(request: HttpRequest, code: str, door: str) -> HttpResponse:
    of, one = round_at(request, code), STEPS[door]
    asked = (
        {"known": queries.sides_by_code(of), "initial": {"sides": queries.objectors(of)}}
        if one.form is forms.Rerun
        else {}
    )
    form = one.form(**typed_in(request), **asked)
    return act_on(
        request,
        of,
        form,
        lambda: one.act(by=by(request), round=of, **form.cleaned_data),
        title=_(one.title),
        lede=_(one.lede),
        verb=_(one.verb),
        says=_(one.says),
        go=reverse("page.round_work", args=[code]) if one.works else "",
        findings=[] if form.is_bound else queries.checks(of).get(door, ()),
    )


def announce_throw(request: HttpRequest, code: str) -> HttpResponse:
    """Where and when the seed is thrown; whoever was invited is told, and everybody reads it."""
    of = round_at(request, code)
    zone = zone_of(of.regency_id)
    local = of.meeting_at.astimezone(tz(zone)) if of.meeting_at else None
    held = {"on": local.date(), "at": local.time(), "place": of.meeting_place} if local else {}
    earliest = earliest_meeting(of, standing(of.regency_id))
    form = Meeting(**typed_in(request), initial=held, earliest=earliest, zone=zone)

    def does() -> Any:
        return actions.announce_throw(by=by(request), round=of, at=form.moment(), place=form.cleaned_data["place"])

    return act_on(
        request,
        of,
        form,
        does,
        title=_("Umumkan pertemuan pelemparan"),
        lede=_("Angka dilempar di sini, di depan dua saksi dan siapa pun yang datang. Semua pihak diberi tahu."),
        verb=_("Umumkan pertemuan"),
        says=_("Pertemuan pelemparan diumumkan. Semua desa dan mitra sudah diberi tahu."),
    )


def throw_seed(request: HttpRequest, code: str) -> HttpResponse:
    """Typed in the meeting, in front of those who saw it fall."""
    of = round_at(request, code)
    form = forms.Seed(**typed_in(request))

    def does() -> Any:
        given = form.cleaned_data
        return throw(by(request), of, given["thrown"], form.witnesses())

    return act_on(
        request,
        of,
        form,
        does,
        findings=[] if form.is_bound else queries.checks(of).get("matching.throw_seed", ()),
        title=_("Catat angka yang dilempar"),
        lede=_("Lempar dadu atau ambil bola di depan dua saksi, lalu ketik angkanya sesuai urutan jatuhnya."),
        verb=_("Catat angka dan saksi"),
        says=_("Angka tercatat dan menjadi benih undian. Benih tampil pada halaman umum."),
    )


def follow_up(request: HttpRequest, code: str) -> HttpResponse:
    of = round_at(request, code)
    form = forms.FollowUp(**typed_in(request), initial={"title": _("%(title)s, lanjutan") % {"title": of.title}})

    def does() -> Round:
        made: Round = actions.follow_up(by=by(request), round=of, **form.cleaned_data)
        return made

    return act_on(
        request,
        of,
        form,
        does,
        title=_("Siapkan putaran lanjutan"),
        lede=_("Bagi desa yang belum dapat dan tempat yang tersisa. Kebijakannya disalin dan masih dapat diubah."),
        verb=_("Siapkan"),
        says=_("Putaran lanjutan tersimpan sebagai draf."),
        go=lambda made: reverse("page.round_room", args=[made.code]),
    )


# What the worker does -----------------------------------------------------------------------------------------------
WORKS = {
    RoundRun.Kind.CHOICES: marked("Daftar calon bagi kedua pihak"),
    RoundRun.Kind.LIST: marked("Daftar seluruh putaran dan sidiknya"),
    RoundRun.Kind.TRIAL: marked("Percobaan dengan dan tanpa jatah"),
    RoundRun.Kind.RESULT: marked("Hasil putaran"),
}


def work(request: HttpRequest, code: str) -> HttpResponse:
    """How far the newest piece of work is; the page comes again by itself until it is done."""
    of = round_at(request, code)
    run = queries.last_run(of)
    if run is None:
        raise Http404
    trial = run.kind == RoundRun.Kind.TRIAL
    onward = reverse("matching.simulate_round" if trial else "page.round_room", args=[code])
    context = {
        "round": of,
        "run": run,
        "title": _(WORKS[RoundRun.Kind(run.kind)]),
        "kind": {"asked": "doing", "done": "ok", "failed": "late"}.get(run.state, "idle"),
        "waits": run.state == "asked",
        "onward": onward,
        "example": of.example,
    }
    return render(request, "matching/rounds/work.html", context)


def try_again(request: HttpRequest, code: str) -> HttpResponse:
    """A piece of work that failed, by its own code."""
    seen = queries.rounds_visible_to(person_of(request))
    run = get_object_or_404(RoundRun.objects.filter(round__in=seen).select_related("round__regency"), code=code)
    of, form = run.round, forms.Sure(**typed_in(request))
    return act_on(
        request,
        of,
        form,
        lambda: actions.try_again(by=by(request), run=run),
        title=_("Ulangi hitungan yang gagal"),
        lede=run.problem,
        verb=_("Ulangi"),
        says=_("Hitungan diulang."),
        go=reverse("page.round_work", args=[of.code]),
    )


def simulate_round(request: HttpRequest, code: str) -> HttpResponse:
    """The newest trial, with and without the reserve side by side, and the button for another."""
    of, form = round_at(request, code), forms.Sure(**typed_in(request))
    trial = queries.last_run(of, RoundRun.Kind.TRIAL)
    return act_on(
        request,
        of,
        form,
        lambda: actions.simulate_round(by=by(request), round=of),
        template="matching/rounds/trial.html",
        title=_("Coba hitung"),
        lede=_("Hasil percobaan tidak mengikat siapa pun dan tidak diumumkan. Benihnya benih coba yang tetap."),
        verb=_("Coba hitung lagi") if trial else _("Coba hitung"),
        says=_("Percobaan sedang dihitung."),
        go=reverse("page.round_work", args=[code]),
        trial=trial,
        compared=shown.compared(trial) if trial and trial.state == "done" else None,
    )


def answer_objection(request: HttpRequest, code: str) -> HttpResponse:
    """The office rules on what was said against a result; everybody reads the answer."""
    said = get_object_or_404(queries.objections_visible_to(person_of(request)), code=code)
    form = forms.Ruling(**typed_in(request))
    return act_on(
        request,
        said.round,
        form,
        lambda: actions.answer_objection(by=by(request), objection=said, **form.cleaned_data),
        title=_("Jawab sanggahan"),
        lede=said.text,
        verb=_("Kirim jawaban"),
        says=_("Jawaban terkirim dan tampil pada halaman umum."),
    )
