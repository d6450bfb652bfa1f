"""Rounds as their office works with them: the list, the draft in three topics, the room with its next steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.rules import unmet
from bermitra.foundation.text import _ as marked
from bermitra.matching.models import Round
from bermitra.matching.rounds import actions, forms, queries
from bermitra.matching.rounds.queries.facts import void_facts
from bermitra.matching.rounds.rules import voided_above_after_the_throw
from bermitra.matching.rounds.views import shown
from bermitra.matching.rounds.views.common import KINDS, act_on, places_of, round_at

LIST = 20
TRY = ("matching.simulate_round", marked("Coba hitung dengan dan tanpa jatah"))
MEETING = ("matching.announce_throw", marked("Umumkan pertemuan pelemparan"))
VOID = ("matching.void_round", marked("Batalkan putaran"))
# What may be done in each state; the first that is open leads onward.
DOORS: dict[str, tuple[tuple[str, str], ...]] = {
    "draft": (
        ("matching.open_round", marked("Buka putaran dan undang semua")),
        ("matching.revise_round", marked("Ubah isi, jadwal, atau kebijakan")),
        TRY,
        VOID,
    ),
    "open": (("matching.close_invitations", marked("Tutup undangan")), MEETING, TRY, VOID),
    "preferences": (
        ("matching.close_preferences", marked("Kunci pilihan dan umumkan daftarnya")),
        MEETING,
        TRY,
        VOID,
    ),
    "ready": (
        ("matching.throw_seed", marked("Catat angka yang dilempar")),
        ("matching.run_round", marked("Jalankan putaran")),
        MEETING,
        TRY,
        VOID,
    ),
    "computed": (("matching.publish_round", marked("Terbitkan hasil")), VOID),
    "provisional": (
        ("matching.open_responses", marked("Buka jawaban kedua pihak")),
        ("matching.rerun_round", marked("Ulangi hitungan")),
        VOID,
    ),
    "responses": (("matching.close_responses", marked("Tutup jawaban dan tetapkan")),),
    "final": (("matching.follow_up", marked("Siapkan putaran lanjutan")),),
    "void": (),
}


# Lists and the room -------------------------------------------------------------------------------------------------
def rooms(request: HttpRequest) -> HttpResponse:
    """Rounds of one's regency; for a village or a partner the rounds it takes part in. ``?setelah=`` reads on."""
    person = person_of(request)
    ours = queries.rounds_visible_to(person).order_by("-pk")
    if after := request.GET.get("setelah", ""):
        ours = ours.filter(pk__lt=get_object_or_404(ours, code=after).pk)
    page = list(ours[: LIST + 1])
    places = places_of(request, "matching.draft_round")
    context = {
        "rounds": [_line(each) for each in page[:LIST]],
        "next": f"?setelah={page[LIST - 1].code}" if len(page) > LIST else "",
        "sides": [] if places else _sides(person),
        "office": bool(places or page),
        "may_draft": bool(places),
        "example": person.example,
    }
    return render(request, "matching/rounds/rooms.html", context)


def _line(of: Round) -> dict[str, str]:
    return {
        "title": of.title,
        "url": reverse("page.round_room", args=[of.code]),
        "small": of.regency.name,
        "state": _(of.label.staff),
        "kind": KINDS[of.state],
    }


def _sides(person: Person) -> list[dict[str, str]]:
    """One's own village and offers in rounds that were opened, the newest round first."""
    villages = queries.own_villages(person).order_by("-pk")[:LIST]
    offers = queries.offers_visible_to(person).order_by("-pk")[:LIST] if any(o.party for o in person.offices) else ()
    return [
        *(shown.side_line(each, each.village.name, "page.round_village") for each in villages),
        *(shown.side_line(each, each.offer.title, "page.round_offer") for each in offers),
    ]


def room(request: HttpRequest, code: str) -> HttpResponse:
    """One round: how far it is, what holds the next step up, what was computed, what was said against it."""
    person, of = person_of(request), round_at(request, code)
    doors, run = _doors(of, person), queries.last_run(of)
    asked, counts = queries.checks(of), queries.counts(of)
    findings = [each for found in asked.values() for each in found]
    onward = next((each for each in doors if each["name"] in asked), None)
    may_answer = of.state == "provisional" and may_open(person, "matching.answer_objection", of.reach())
    said = queries.objections_of(of) if of.times_run else ()
    objections = shown.objection_lines(said, may_answer=may_answer)
    held = unmet(findings) or (run is not None and run.state == "asked")
    context = {
        "round": of,
        "example": of.example,
        "label": of.label,
        "kind": KINDS[of.state],
        "way": shown.way(of.state),
        "doors": doors,
        "next": None if held else onward or next(iter(doors), None),
        "findings": findings,
        "acts": _acts(doors),
        "run": run if run is not None and run.state in ("asked", "failed") else None,
        "people": _people(of, counts),
        "reserve_in_vain": shown.reserve_in_vain(of, counts),
        "dates": shown.dates(of),
        "policy": shown.policy_lines(of, counts),
        "report": shown.report_lines(of),
        "seed": shown.seed_lines(of, names=True),
        "minutes": bool(of.seed) and queries.minutes_of(of) is not None,
        "objections": objections,
        "unanswered": sum(bool(each["url"]) for each in objections),
    }
    return render(request, "matching/rounds/room.html", context)


def _people(of: Round, counts: dict[str, int]) -> list[tuple[str, str]]:
    chosen = _("%(n)s dari %(joined)s desa") % {"n": counts["chosen"], "joined": counts["joined"]}
    return [
        (_("Desa di kabupaten ini"), str(counts["villages"])),
        (_("Memenuhi syarat"), str(counts["eligible"])),
        (_("Desa yang ikut"), str(counts["joined"])),
        (_("Desa yang belum menjawab"), str(counts["silent"])),
        *([(_("Sudah menyusun pilihan"), chosen)] if of.state == "preferences" else []),
        (_("Tawaran"), _("%(n)s, %(joined)s ikut") % {"n": counts["offers"], "joined": counts["offers_joined"]}),
        (_("Tempat"), str(counts["places"])),
    ]


def _doors(of: Round, person: Person) -> list[dict[str, str]]:
    """What this person may do now. A second throw and a run without a seed are not offered."""
    shut = {"matching.throw_seed", "matching.announce_throw"} if of.seed else {"matching.run_round"}
    reach = of.reach()
    if not voided_above_after_the_throw(void_facts(of, person)):
        shut.add("matching.void_round")
    return [
        {"name": name, "url": reverse(name, args=[of.code]), "verb": _(verb)}
        for name, verb in DOORS[of.state]
        if name not in shut and may_open(person, name, reach)
    ]


def _acts(doors: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """By rule code the open door that remedies it."""
    met_at = {
        "MT-06": "matching.revise_round",
        "MT-20": "matching.revise_round",
        "MT-25": "matching.throw_seed",
        "MT-40": "matching.announce_throw",
        "MT-41": "matching.announce_throw",
    }
    known = {each["name"]: each for each in doors}
    return {code: known[name] for code, name in met_at.items() if name in known}


# The draft ----------------------------------------------------------------------------------------------------------
def draft_round(request: HttpRequest) -> HttpResponse:
    """The first of three topics; the policy begins with the numbers of the regency."""
    form = forms.Aims(**typed_in(request), places=places_of(request, "matching.draft_round"))

    def does() -> Round:
        made: Round = actions.draft_round(
            by=by(request), regency=form.place(), example=person_of(request).example, **form.answers()
        )
        return made

    return act_page(
        request,
        form,
        does,
        heading=_("Siapkan putaran"),
        lede=_("Semua desa yang memenuhi syarat akan diundang. Jadwal dan kebijakan menyusul."),
        verb=_("Simpan dan atur jadwal"),
        says=_("Putaran tersimpan sebagai draf. Periksa jadwalnya."),
        back=reverse("page.round_rooms"),
        go=lambda made: _part(made, "jadwal"),
    )


@dataclass(frozen=True)
class Topic:
    """A page of the draft: its form, its words, where it leads."""

    form: Callable[..., django_forms.Form]
    title: str
    onward: str


TOPICS = {
    "tujuan": Topic(forms.Aims, marked("Nama dan tujuan putaran"), "jadwal"),
    "jadwal": Topic(forms.Calendar, marked("Jadwal putaran"), "kebijakan"),
    "kebijakan": Topic(forms.PolicyForm, marked("Kebijakan putaran"), ""),
}


def _part(of: Round, part: str) -> str:
    return f"{reverse('matching.revise_round', args=[of.code])}?bagian={part}"


def revise_round(request: HttpRequest, code: str) -> HttpResponse:
    """One topic of the draft; ``?bagian=`` names it. The list of villages is brought up to today with each."""
    of, part = round_at(request, code), request.GET.get("bagian", "")
    part = part if part in TOPICS else "tujuan"
    topic = TOPICS[part]
    held = {"title": of.title, "programme": of.programme, "why": of.why, "invite_until": of.invite_until,
            "prefer_until": of.prefer_until, **of.policy}  # fmt: skip
    more = {"places": [of.regency]} if part == "tujuan" else {}
    form = topic.form(**typed_in(request), initial=held, **more)
    return act_on(
        request,
        of,
        form,
        lambda: actions.revise_round(by=by(request), round=of, **form.cleaned_data),
        template="matching/rounds/topic.html",
        title=_(topic.title),
        verb=_("Simpan dan lanjutkan") if topic.onward else _("Simpan"),
        says=_("Draf putaran tersimpan."),
        go=_part(of, topic.onward) if topic.onward else "",
        others=[{"title": _(each.title), "url": _part(of, name)} for name, each in TOPICS.items() if name != part],
    )
