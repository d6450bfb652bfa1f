"""Preparing a draw: the list of draws, one of them, its rule, its meeting, those that applied, and its publication."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.foundation.accounts.permissions import may_see, table
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import zone_of
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.regions.workbooks import Wrong, empty_form
from bermitra.foundation.rules import unmet
from bermitra.matching.draws import actions, letters, lists, queries, words
from bermitra.matching.draws.forms import (
    COLUMNS,
    Applications,
    ApplicationsTable,
    Asking,
    DrawRule,
    PartnersProgramme,
    Programme,
    Seen,
    WhyVoid,
    read_table,
)
from bermitra.matching.draws.queries import Organiser
from bermitra.matching.draws.throwing import kept_file
from bermitra.matching.draws.views.common import (
    DOORS,
    PAGE,
    REMEDIES,
    STATE_KINDS,
    code_in,
    doors_of,
    draw_at,
    facts_of,
    organiser_at,
    organiser_words,
    room_of,
    said_so_far,
    sheet_of,
    village_page,
    winner_items,
)
from bermitra.matching.meeting import Meeting
from bermitra.matching.models import Draw
from bermitra.registry.models import Partner

ONWARD = {"prepared": "matching.commit_draw", "asking": "matching.commit_draw", "committed": "matching.throw_draw"}


def rooms(request: HttpRequest) -> HttpResponse:
    """``?setelah=`` goes on behind a draw."""
    person = person_of(request)
    seen = queries.draws_visible_to(person).order_by("-pk")
    if after := seen.filter(code=code_in(request, "setelah")).first():
        seen = seen.filter(pk__lt=after.pk)
    page = list(seen[: PAGE + 1])
    items = [
        {
            "url": room_of(each),
            "title": each.programme,
            "small": f"{organiser_words(each)} · {ngettext('%(n)s tempat', '%(n)s tempat', each.seats) % {'n': each.seats}}",
            "state": _(each.label.staff),
            "kind": STATE_KINDS[each.state],
        }
        for each in page[:PAGE]
    ]
    context = {
        "items": items,
        "may_prepare": may_see(table()["matching.prepare_draw"], person),
        "next": f"?setelah={page[PAGE - 1].code}" if len(page) > PAGE else "",
        "first": reverse("page.draw_rooms") if after else "",
        "example": any(each.example for each in page[:PAGE]),
    }
    return render(request, "matching/draws/rooms.html", context)


def prepare(request: HttpRequest) -> HttpResponse:
    """For the own regency; a partner says for which. ``?program=`` begins with what an earlier draw was for."""
    who = organiser_at(request)
    earlier = queries.draws_visible_to(person_of(request)).filter(code=code_in(request, "program")).first()
    initial: dict[str, Any] = {}
    if earlier is not None:
        initial = {"programme": earlier.programme, "what": earlier.what, "seats": earlier.seats}
        initial["regency"] = earlier.regency_id
    kind = PartnersProgramme if isinstance(who, Partner) else Programme
    form = kind(**typed_in(request), initial=initial)

    def does() -> Draw:
        given = dict(form.cleaned_data)
        organiser = Organiser(given.pop("regency"), who) if isinstance(who, Partner) else who
        return actions.prepare_draw(by=by(request), organiser=organiser, example=person_of(request).example, **given)

    return act_page(
        request,
        form,
        does,
        heading=_("Siapkan undian"),
        lede=_("Undian membagi tempat yang terbatas di antara desa, dengan peluang yang sama."),
        verb=_("Simpan undian"),
        says=_("Undian disiapkan. Daftarnya memuat semua desa; ubah aturannya bila perlu."),
        go=room_of,
        back=reverse("page.draw_rooms"),
    )


def room(request: HttpRequest, code: str) -> HttpResponse:
    draw = draw_at(request, code)
    rows, doors = queries.rows_of(draw), doors_of(request, draw)
    known = {each["name"]: each for each in doors}
    findings = queries.checks(draw, rows, clock.now())
    listed = sum(each.number is not None for each in rows)
    before = [each for each in queries.same_programme(draw) if each.pk != draw.pk]
    context = {
        "draw": draw,
        "example": draw.example,
        "label": draw.label,
        "kind": STATE_KINDS[draw.state],
        "doors": doors,
        "next": known.get(ONWARD.get(draw.state, "")) if not unmet(findings) else None,
        "findings": findings,
        "acts": {rule: known[door] for rule, door in REMEDIES.items() if door in known},
        "facts": facts_of(draw),
        "rule": words.rule_lines(draw, queries.districts_in(rows), _),
        "listed": listed,
        "left_out": len(rows) - listed,
        "asking": said_so_far(draw, rows),
        "winners": winner_items(rows, draw),
        "before": before,
        "again": reverse("matching.prepare_draw") + f"?program={draw.code}"
        if draw.state == "void" and may_open(person_of(request), "matching.prepare_draw", draw.reach())
        else "",
        "minutes": bool(draw.thrown),
    }
    return render(request, "matching/draws/room.html", context)


def _of_draw(
    request: HttpRequest, draw: Draw, form: forms.BaseForm, does: Any, template: str = "act.html", **said: Any
) -> HttpResponse:
    return act_page(
        request,
        form,
        does,
        template,
        back=room_of(draw),
        kicker=draw.programme,
        example=draw.example,
        draw=draw,
        **said,
    )


def describe(request: HttpRequest, code: str) -> HttpResponse:
    draw = draw_at(request, code)
    initial = {"programme": draw.programme, "what": draw.what, "seats": draw.seats}
    form = Programme(**typed_in(request), initial=initial)
    return _of_draw(
        request,
        draw,
        form,
        lambda: actions.describe_draw(by=by(request), draw=draw, **form.cleaned_data),
        heading=_("Program dan banyak tempat"),
        verb=_("Simpan"),
        says=_("Program dan banyak tempat tersimpan."),
    )


def set_rule(request: HttpRequest, code: str) -> HttpResponse:
    draw = draw_at(request, code)
    initial = {"entry": draw.entry, "statuses": draw.statuses, "districts": draw.districts, "quotas": draw.quotas}
    names = queries.district_names(draw.regency_id)
    form = DrawRule(**typed_in(request), districts=names, initial={**initial, "rest_months": str(draw.rest_months)})
    return _of_draw(
        request,
        draw,
        form,
        lambda: actions.set_draw_rule(by=by(request), draw=draw, **form.cleaned_data),
        heading=_("Aturan daftar dan kuota"),
        lede=_("Daftar disusun dari aturan ini. Tidak ada desa yang ditambah atau dihapus dengan tangan."),
        verb=_("Simpan dan susun daftar"),
        says=_("Aturan tersimpan dan daftar disusun ulang."),
    )


def set_meeting(request: HttpRequest, code: str) -> HttpResponse:
    draw = draw_at(request, code)
    initial = {"on": draw.meeting_on, "at": draw.meeting_at, "place": draw.meeting_place}
    earliest = clock.now() + timedelta(hours=standing(draw.regency_id).numbers["draw_commit_hours"])
    form = Meeting(**typed_in(request), initial=initial, earliest=earliest, zone=zone_of(draw.regency_id))
    return _of_draw(
        request,
        draw,
        form,
        lambda: actions.set_draw_meeting(by=by(request), draw=draw, **form.cleaned_data),
        heading=_("Pertemuan undian"),
        lede=_("Dadu atau bola dilempar di sini, di depan dua saksi dan siapa pun yang datang."),
        verb=_("Simpan pertemuan"),
        says=_("Pertemuan undian tersimpan."),
    )


def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Codes typed a line each, or (``?cara=tabel``) a table. What is sent is the whole list of those that applied."""
    draw = draw_at(request, code)
    rows = queries.rows_of(draw)
    known = {each.village_id: each.listed_name for each in rows}
    says = _("Desa yang mendaftar tersimpan, dan daftar disusun ulang.")
    if request.GET.get("cara") == "tabel":
        return _enter_table(request, draw, known, says)
    applied = "\n".join(each.village_id for each in rows if each.applied)
    form = Applications(**typed_in(request), known=known, regency=draw.regency_id, initial={"villages": applied})
    return _of_draw(
        request,
        draw,
        form,
        lambda: actions.enter_applications(by=by(request), draw=draw, **form.cleaned_data),
        template="matching/draws/applications.html",
        heading=_("Desa yang mendaftar"),
        lede=_("Yang tertulis di sini seluruh pendaftar. Yang tidak memenuhi syarat tampil dengan alasannya."),
        verb=_("Simpan pendaftar"),
        says=says,
    )


def _enter_table(request: HttpRequest, draw: Draw, known: dict[str, str], says: str) -> HttpResponse:
    form, wrong, codes = ApplicationsTable(**typed_in(request)), list[Wrong](), list[str]()
    if request.method == "POST" and form.is_valid():
        codes, wrong = read_table(form.cleaned_data["table"], known, draw.regency_id)
        if wrong:
            form.add_error("table", _("Ada baris yang perlu diperbaiki. Belum ada yang tersimpan."))
    return _of_draw(
        request,
        draw,
        form,
        lambda: actions.enter_applications(by=by(request), draw=draw, villages=codes),
        template="matching/draws/applications.html",
        heading=_("Muat tabel desa yang mendaftar"),
        lede=_("Semua baris masuk, atau tidak satu pun."),
        verb=_("Simpan pendaftar"),
        says=says,
        table=True,
        columns=[_("Baris"), _("Kode"), _("Yang perlu diperbaiki")],
        wrong=[[str(each.row), each.cells.get("kode", "") or "–", each.says] for each in wrong[:PAGE]],
    )


def applications_form(request: HttpRequest, code: str) -> FileResponse:
    """The table to fill in."""
    draw = draw_at(request, code)
    return empty_form(f"pendaftar-{draw.code}", COLUMNS, {})


def entrants(request: HttpRequest, code: str) -> HttpResponse:
    """``?cari= &daftar=`` narrow the list, ``?setelah=`` goes on behind a village."""
    draw = draw_at(request, code)
    context = village_page(request, draw, reverse("page.draw_entrants", args=[draw.code]))
    return render(request, "matching/draws/entrants.html", {**context, "draw": draw, "example": draw.example})


def entrants_xlsx(request: HttpRequest, code: str) -> FileResponse:
    return sheet_of(draw_at(request, code))


def ask(request: HttpRequest, code: str) -> HttpResponse:
    draw = draw_at(request, code)
    now = clock.now()
    form = Asking(**typed_in(request), today=lists.day_of(draw, now), meeting=draw.meeting_on)
    return _of_draw(
        request,
        draw,
        form,
        lambda: actions.ask_villages(by=by(request), draw=draw, **form.cleaned_data),
        heading=_("Tanyai desa lebih dahulu"),
        lede=_(
            "Program, tempat, dan aturannya terbit sekarang. Setiap desa yang berhak menjawab sendiri, ikut atau tidak."
        ),
        verb=_("Umumkan dan tanyai desa"),
        says=_("Program diumumkan. Setiap desa yang berhak sudah ditanya."),
        findings=queries.asking_checks(draw, queries.rows_of(draw), now) if draw.state == "prepared" else (),
    )


def commit(request: HttpRequest, code: str) -> HttpResponse:
    draw = draw_at(request, code)
    rows = queries.rows_of(draw)
    listed = sum(each.number is not None for each in rows)
    now = clock.now()
    findings = queries.checks(draw, rows, now) if draw.state in ("prepared", "asking") else ()
    enough = draw.seats >= listed
    form = Seen(**typed_in(request), initial={"seen": lists.list_hash(draw, rows)})

    def does() -> Draw:
        knock, paper, file = by(request), None, None
        if not unmet(findings):
            before = queries.same_programme(draw).exclude(pk=draw.pk).count()
            attempt = draw.attempt if draw.asked_at else before + 1
            paper = letters.list_paper(draw, rows, key=knock.key, now=now, attempt=attempt)
            file = kept_file(draw, rows, "") if enough else None
        seen = form.cleaned_data["seen"]
        return actions.commit_draw(by=knock, draw=draw, seen=seen, paper=paper, certificate=file)

    lede = (
        _("Tempat cukup untuk semua desa dalam daftar: semuanya mendapat tempat tanpa undian.")
        if enough
        else _("Setelah terbit, daftar, tempat, kuota, dan aturannya tidak berubah lagi.")
    )
    return _of_draw(
        request,
        draw,
        form,
        does,
        template="matching/draws/commit.html",
        heading=_("Terbitkan daftar undian"),
        lede=lede,
        verb=_("Terbitkan daftar"),
        says=_("Daftar terbit dengan sidiknya. Setiap desa sudah diberi tahu."),
        findings=findings,
        listed=listed,
        left_out=len(rows) - listed,
        hash=lists.list_hash(draw, rows),
        acts={
            rule: {"url": reverse(door, args=[draw.code]), "verb": _(dict(DOORS[draw.state])[door])}
            for rule, door in REMEDIES.items()
            if door in dict(DOORS.get(draw.state, ()))
        },
    )


def void(request: HttpRequest, code: str) -> HttpResponse:
    draw = draw_at(request, code)
    form = WhyVoid(**typed_in(request))
    lede = (
        _("Undian ini sudah diumumkan. Bila dibatalkan, halamannya tetap terbaca; undian berikutnya disebut ulangan.")
        if draw.public
        else _("Daftarnya belum terbit: tidak ada desa yang diberi tahu.")
    )
    return _of_draw(
        request,
        draw,
        form,
        lambda: actions.void_draw(by=by(request), draw=draw, **form.cleaned_data),
        heading=_("Batalkan undian?"),
        lede=lede,
        verb=_("Batalkan undian"),
        says=_("Undian dibatalkan."),
    )
