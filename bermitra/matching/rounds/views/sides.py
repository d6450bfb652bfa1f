"""A village or an offer in a round: the invitation, its own order, what came out and why, what it says against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import act_page, ask, render, typed_in
from bermitra.foundation.rules import Finding, Refused
from bermitra.foundation.text import _ as marked
from bermitra.matching.models import RoundOffer, RoundVillage
from bermitra.matching.rounds import actions, forms, queries
from bermitra.matching.rounds.lives import RESULT_SHOWN
from bermitra.matching.rounds.rules import WindowFacts, answered_in_time
from bermitra.matching.rounds.views import shown
from bermitra.matching.rounds.views.common import Side, name_of, page_of, side_at

DOORS: dict[str, tuple[tuple[str, str], ...]] = {
    "open": (("matching.join_round", marked("Ikut putaran")), ("matching.decline_round", marked("Tidak ikut"))),
    "preferences": (("matching.set_preferences", marked("Susun pilihan")),),
    "provisional": (("matching.file_objection", marked("Ajukan sanggahan")),),
}


def round_village(request: HttpRequest, code: str) -> HttpResponse:
    return _side(request, side_at(request, code, RoundVillage))


def round_offer(request: HttpRequest, code: str) -> HttpResponse:
    return _side(request, side_at(request, code, RoundOffer))


def _side(request: HttpRequest, side: Side) -> HttpResponse:
    person, of = person_of(request), side.round
    village = isinstance(side, RoundVillage)
    doors = _doors(side, person)
    public_result = of.state in RESULT_SHOWN
    options = [] if public_result or not side.joined else shown.option_lines(side, person)
    own = queries.of_own_side(person, side)
    context = {
        "side": side,
        "round": of,
        "village": village,
        "name": name_of(side),
        "example": of.example,
        "standing": shown.standing_of(side, _ends(side)),
        "doors": doors,
        "next": _next(side, doors),
        "dates": shown.dates(of),
        "missing": shown.missing_words(side) if isinstance(side, RoundVillage) else "",
        "remedies": shown.remedies(side, person) if isinstance(side, RoundVillage) else [],
        "own": own,
        "done": _done(side) if own else "",
        "unserved": public_result and side.outcome.get("kind") in shown.UNSERVED,
        "objections": shown.objection_lines(queries.objections_of_side(side)) if of.times_run else [],
        "precedence": shown.precedence(of),
        "options": [each for each in options if not each["state"]],
        "struck": [each for each in options if each["state"]],
        "headline": queries.headline(side) if public_result else [],
        "told": shown.told_lines(side) if public_result else [],
        "introductions": shown.introduction_lines(side, person) if public_result else [],
        "pdf": reverse("page.round_explanation", args=[side.code]) if public_result and side.joined else "",
    }
    return render(request, "matching/rounds/side.html", context)


def _ends(side: Side) -> list[tuple[str, str]]:
    """How the introductions of this side ended, once the round is over."""
    return list(side.introductions.values_list("state", "why")) if side.round.state == "final" else []


def _doors(side: Side, person: Person) -> list[dict[str, str]]:
    """What this side may do now; somebody of the office sees the page and does nothing on it."""
    of, reach = side.round, side.reach()
    left_out = (isinstance(side, RoundVillage) and not side.eligible) or (of.state != "open" and not side.joined)
    if of.state == "preferences" and _too_late(side):
        return []
    if left_out and of.state != "provisional":  # to the result everybody on the lists may object
        return []
    shut = (
        {True: "matching.join_round", False: "matching.decline_round"}.get(side.joined or False)
        if side.answered_at
        else ""
    )
    return [
        {"name": name, "url": reverse(name, args=[side.code]), "verb": _(verb)}
        for name, verb in DOORS.get(of.state, ())
        if name != shut and may_open(person, name, reach)
    ]


def _too_late(side: Side) -> bool:
    return not answered_in_time(WindowFacts(today=clock.today(), last_day=side.round.prefer_until))


def _done(side: Side) -> str:
    """What this side has done already, or can do no longer, so that nobody looks for more to do."""
    of = side.round
    if not side.joined:
        return ""
    if of.state == "open":
        return _("Anda ikut. Daftar calon datang setelah undangan ditutup; tidak ada yang perlu dikerjakan.")
    if of.state != "preferences":
        return ""
    if _too_late(side):
        return _("Masa menyusun pilihan sudah lewat.")
    if side.chosen_at is None or of.prefer_until is None:
        return ""
    return _("Urutan Anda tersimpan. Masih dapat diubah sampai %(day)s.") % {"day": long_date(of.prefer_until)}


def _next(side: Side, doors: list[dict[str, str]]) -> dict[str, str] | None:
    """The one thing that is waited for: an answer to the invitation, or the own order."""
    if not doors or (side.round.state == "open" and side.joined is not None):
        return None
    says = {
        "open": _("Anda diundang. Jawab apakah Anda ikut."),
        "preferences": _("Daftar calon Anda siap. Urutkan, atau coret yang tidak Anda inginkan."),
    }.get(side.round.state)
    ready = side.round.state == "open" or (side.acceptable and side.chosen_at is None)
    return {**doors[0], "says": says} if says and ready else None


# Acts ---------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Act:
    """An act of a side by its page."""

    act: Callable[..., Any]
    title: str
    lede: str
    verb: str
    says: str
    form: type[django_forms.Form] = forms.Sure


ACTS = {
    "matching.join_round": Act(
        actions.join_round,
        marked("Ikut putaran"),
        marked("Ikut belum berarti setuju. Sesudah hasil terbit, Anda masih menerima atau menolak."),
        marked("Kami ikut"),
        marked("Anda ikut putaran ini. Daftar calon datang setelah undangan ditutup."),
    ),
    "matching.decline_round": Act(
        actions.decline_round,
        marked("Tidak ikut putaran"),
        marked("Anda tetap dapat ikut putaran berikutnya. Alasan dibaca Dinas PMD."),
        marked("Kami tidak ikut"),
        marked("Jawaban tercatat: Anda tidak ikut putaran ini."),
        forms.Why,
    ),
    "matching.file_objection": Act(
        actions.file_objection,
        marked("Ajukan sanggahan"),
        marked("Sebut apa yang keliru pada masukan atau hitungan. Sanggahan dan jawabannya dibaca semua orang."),
        marked("Kirim sanggahan"),
        marked("Sanggahan terkirim. Dinas PMD menjawab sebelum jawaban dibuka."),
        forms.Objection,
    ),
}


def act(request: HttpRequest, code: str, door: str) -> HttpResponse:
    side, one = side_at(request, code), ACTS[door]
    form = one.form(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: one.act(by=by(request), side=side, **form.cleaned_data),
        heading=_(one.title),
        kicker=f"{name_of(side)} · {side.round.title}",
        lede=_(one.lede),
        verb=_(one.verb),
        says=_(one.says),
        back=page_of(side),
        example=side.round.example,
    )


def set_preferences(request: HttpRequest, code: str) -> HttpResponse:
    """One's own list with buttons that move an entry; only "Simpan" writes."""
    side = side_at(request, code)
    held = queries.options(side)
    now = {"order": [o.code for o in held if not o.struck], "struck": [o.code for o in held if o.struck]}
    form = forms.Choices(**typed_in(request), initial=now)
    findings: tuple[Finding, ...] = ()
    move, status = request.POST.get("move", ""), 0
    if request.method == "POST" and form.is_valid():
        if not move:
            try:
                actions.set_preferences(by=by(request), side=side, **form.cleaned_data)
            except Refused as refused:
                findings, status = refused.findings, 409
            else:
                messages.success(request, _("Pilihan Anda tersimpan. Anda dapat mengubahnya sampai hari terakhir."))
                return redirect(page_of(side))
        now = form.moved(move)
        form = forms.Choices(initial=now)
    context = {
        "side": side,
        "heading": _("Susun pilihan"),
        "kicker": f"{name_of(side)} · {side.round.title}",
        "until": side.round.prefer_until,
        "lines": shown.choice_lines(side, held, now),
        "changed": bool(move),
        "honest": isinstance(side, RoundVillage) and side.round.policy["partners_per_village"] == 1,
        "back": page_of(side),
        "findings": findings,
        "example": side.round.example,
    }
    return ask(request, form, "matching/rounds/choices.html", status=status, **context)
