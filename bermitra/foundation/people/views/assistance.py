"""The desk of entries made for a village: asked for, granted, what was entered, what is contested."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Assistance, AssistedEntry, EntryContest, Person
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.handing import download
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import local_words, standing
from bermitra.foundation.pages import act_page, content_of, render, typed_in
from bermitra.foundation.people import actions, queries
from bermitra.foundation.people.forms import Answer, AskForHelp, Grant, GrantOnPaper, Reason
from bermitra.foundation.people.rows import assistance_kind, assistance_rows
from bermitra.foundation.people.rules import ASKING_FOR_HELP, CONTESTING_AN_ENTRY, GRANTING, MANDATING
from bermitra.foundation.people.views.offices import village_for
from bermitra.foundation.people.words import ENTRIES
from bermitra.foundation.rules import Finding, examine, unmet
from bermitra.foundation.text import _ as marked

PAGE = 50
SHOWN = 100
PAPER = "accounts.record_assistance_mandate"
VERBS = (
    ("accounts.grant_assistance", (Assistance.State.REQUESTED,)),
    (PAPER, (Assistance.State.REQUESTED,)),
    ("accounts.end_assistance", (Assistance.State.REQUESTED, *Assistance.GRANTED)),
)


def assistance_for(request: HttpRequest, code: str) -> Assistance:
    return get_object_or_404(queries.assistances_visible_to(person_of(request)), code=code)


def desk(request: HttpRequest) -> HttpResponse:
    """Mandates that this person gave, holds or sees, those that wait first."""
    person = person_of(request)
    found = queries.assistances_visible_to(person)
    over = Assistance.State.ENDED
    asking = [
        each for each in queries.villages_of(person) if may_open(person, "accounts.request_assistance", each.reach())
    ]
    context = {
        "open": assistance_rows(found.exclude(state=over)[:SHOWN]),
        "over": assistance_rows(found.filter(state=over)[:SHOWN]),
        "asking": asking,
        "by_code": any(
            office.role == roles.CAMAT.key for office in person.offices
        ),  # a camat asks for any village of the district, from that village's page
    }
    return render(request, "people/assistance_desk.html", context)


def request_assistance(request: HttpRequest, code: str) -> HttpResponse:
    village = village_for(request, code)
    form = AskForHelp(**typed_in(request), offered=queries.helpers_for(village))
    months = standing(village.pk).numbers["assistance_max_months"]
    return act_page(
        request,
        form,
        lambda: actions.request_assistance(by=by(request), village=village, **form.cleaned_data),
        heading=_("Minta bantuan pengisian"),
        lede=_("Untuk %(village)s, paling lama %(n)s bulan. Berlaku sesudah Kepala Desa memberi mandat.")
        % {"village": village.name, "n": months},
        verb=_("Minta bantuan"),
        says=_("Permintaan tersimpan dan menunggu mandat Kepala Desa."),
        back=reverse("page.assistance_desk"),
        go=lambda done: reverse("page.assistance", kwargs={"code": done.code}),
    )


def assistance(request: HttpRequest, code: str) -> HttpResponse:
    """One mandate, and "Isian atas nama desa": every entry made under it."""
    one, person = assistance_for(request, code), person_of(request)
    found = queries.entries_of(Assistance.objects.filter(pk=one.pk))
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    reach = one.reach()
    may_contest = may_open(person, "accounts.contest_entry", reach)
    context = {
        "one": one,
        "state": one.stands(clock.today()),
        "kind": assistance_kind(one, clock.today()),
        "entries": [_entry(each, person, may_contest) for each in page],
        "page": page,
        "doors": [
            (reverse(door, kwargs={"code": one.code}), _words(door, one))
            for door, states in VERBS
            if one.state in states
            and may_open(person, door, reach)
            and (door != PAPER or not unmet(_recorder(one, person)))
        ],
        "never": [_(words) for words in NEVER],
    }
    return render(request, "people/assistance.html", context)


# What FD-06 keeps shut, as the page says it.
NEVER = (
    marked("memutuskan dan memberi suara"),
    marked("menilai usulan"),
    marked("menandatangani dan mengesahkan"),
    marked("menjawab pihak lain dengan suara desa"),
)


def _words(door: str, one: Assistance) -> str:
    asked = one.state == Assistance.State.REQUESTED
    return {
        "accounts.grant_assistance": _("Beri mandat"),
        "accounts.record_assistance_mandate": _("Catat mandat bertanda tangan"),
        "accounts.end_assistance": _("Tolak permintaan") if asked else _("Akhiri bantuan"),
    }[door]


def _entry(entry: AssistedEntry, person: Any, may_contest: bool) -> dict[str, Any]:
    """One line of what was entered, with what was said against it and what may be said still."""
    contests = list(entry.contests.all())
    open_one = next((each for each in contests if each.answered_at is None), None)
    in_time = not unmet(examine(CONTESTING_AN_ENTRY, queries.contest_facts(entry)))
    answers = open_one is not None and may_open(person, "accounts.correct_entry", open_one.reach())
    return {
        "entry": entry,
        "what": _(ENTRIES.get(entry.door, entry.door)),
        "url": _record(entry.about, person),
        "contests": contests,
        "open": open_one,
        "contest_url": reverse("accounts.contest_entry", kwargs={"code": entry.pk})
        if may_contest and open_one is None and in_time
        else "",
        "answer_url": reverse("accounts.correct_entry", kwargs={"code": open_one.pk})
        if open_one is not None and answers
        else "",
    }


def _record(about: str, person: Any) -> str:
    """The page of the record, where there is one that this person may open."""
    kind, _colon, code = about.partition(":")
    row = table().get(f"page.{kind}")
    if row is None or not any(row.scope_of(office.role) for office in person.offices):
        return ""
    try:
        return reverse(row.name, kwargs={"code": code})
    except NoReverseMatch:
        return ""


def mandate_letter(request: HttpRequest, code: str) -> HttpResponse:
    """To be printed and signed by the head where he has no account of his own."""
    one = assistance_for(request, code)
    context = {"one": one, "words": local_words(one.village_id), "today": clock.today()}
    return render(request, "people/mandate_letter.html", context)


def assistance_file(request: HttpRequest, code: str) -> HttpResponse:
    one = assistance_for(request, code)
    if one.file is None:
        raise Http404
    return download(one.file)


def grant_assistance(request: HttpRequest, code: str) -> HttpResponse:
    one = assistance_for(request, code)
    form = Grant(**typed_in(request), initial={"until": one.until})
    findings = (
        *examine(GRANTING, queries.assistance_facts(one, clock.today(), one.until, signed=True)),
        *examine(MANDATING, queries.giver_facts(one.village_id, one.until, person_of(request).code)),
    )
    return act_page(
        request,
        form,
        lambda: actions.grant_assistance(by=by(request), assistance=one, **form.cleaned_data),
        heading=_("Beri mandat bantuan"),
        lede=_("%(name)s akan menyiapkan isian %(village)s: %(purpose)s") % _named(one),
        verb=_("Beri mandat"),
        says=_("Mandat diberikan. Setiap isiannya akan Anda lihat dan dapat Anda gugat."),
        back=_page(one),
        findings=findings,
    )


def record_assistance_mandate(request: HttpRequest, code: str) -> HttpResponse:
    one = assistance_for(request, code)
    form = GrantOnPaper(**typed_in(request), initial={"until": one.until, "since": clock.today()})

    def does() -> Assistance:
        given = {**form.cleaned_data, "file": content_of(form.cleaned_data["file"])}
        granted: Assistance = actions.record_assistance_mandate(by=by(request), assistance=one, **given)
        return granted

    return act_page(
        request,
        form,
        does,
        heading=_("Catat mandat bertanda tangan"),
        lede=_("Kepala Desa menandatangani surat mandat di atas kertas. Unggah pindaiannya."),
        verb=_("Catat mandat"),
        says=_("Mandat tercatat."),
        back=_page(one),
        findings=(
            *examine(MANDATING, queries.giver_facts(one.village_id, one.until)),
            *_recorder(one, person_of(request)),
        ),
    )


def _recorder(one: Assistance, person: Person) -> tuple[Finding, ...]:
    """Whether this person may lay the letter on paper down: neither the helper nor whoever asked for him."""
    return examine(ASKING_FOR_HELP, queries.recorder_facts(one, person.code))


def end_assistance(request: HttpRequest, code: str) -> HttpResponse:
    one = assistance_for(request, code)
    form = Reason(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.end_assistance(by=by(request), assistance=one, reason=form.cleaned_data["reason"]),
        heading=_words("accounts.end_assistance", one),
        lede=_("%(name)s, %(village)s. Isian yang sudah ada tetap tersimpan.") % _named(one),
        verb=_words("accounts.end_assistance", one),
        says=_("Bantuan pengisian berakhir."),
        back=_page(one),
    )


def contest_entry(request: HttpRequest, code: int) -> HttpResponse:
    seen = queries.assistances_visible_to(person_of(request))
    entry = get_object_or_404(queries.entries_of(seen), pk=code)
    form = Reason(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.contest_entry(by=by(request), entry=entry, reason=form.cleaned_data["reason"]),
        heading=_("Gugat isian atas nama desa"),
        lede=_("%(what)s, dicatat %(name)s. Petugas memperbaiki atau menjelaskan.")
        % {"what": _(ENTRIES.get(entry.door, entry.door)).capitalize(), "name": entry.assistance.helper.full_name},
        verb=_("Kirim gugatan"),
        says=_("Gugatan tersimpan."),
        back=_page(entry.assistance),
    )


def correct_entry(request: HttpRequest, code: int) -> HttpResponse:
    seen = queries.assistances_visible_to(person_of(request))
    found = EntryContest.objects.select_related("entry__assistance__helper", "entry__assistance__village")
    contest = get_object_or_404(found, pk=code, entry__assistance__in=seen)
    form = Answer(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.correct_entry(by=by(request), contest=contest, answer=form.cleaned_data["answer"]),
        heading=_("Jawab gugatan desa"),
        lede=contest.reason,
        verb=_("Kirim jawaban"),
        says=_("Jawaban tersimpan."),
        back=_page(contest.entry.assistance),
    )


def _page(one: Assistance) -> str:
    return reverse("page.assistance", kwargs={"code": one.code})


def _named(one: Assistance) -> dict[str, str]:
    return {"name": one.helper.full_name, "village": one.village.name, "purpose": one.purpose}
