"""Which draw, what may be done with it, and its villages as a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.calendar import local_time, long_date, zone_of
from bermitra.foundation.codes import parse_code
from bermitra.foundation.documents.sheets import xlsx
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.text import BadInput
from bermitra.foundation.text import _ as marked
from bermitra.matching.draws import queries, words
from bermitra.matching.draws.forms import LEFT, LISTED, FindVillage
from bermitra.matching.draws.queries import OF_PARTNER, Organiser
from bermitra.matching.draws.rules import ASKED, LEFT_OUT
from bermitra.matching.models import Draw, DrawEntrant
from bermitra.registry.models import Partner

PAGE = 50
STATE_KINDS = {"prepared": "idle", "asking": "doing", "committed": "doing", "drawn": "ok", "void": "late"}
DOORS: dict[str, tuple[tuple[str, str], ...]] = {
    "prepared": (
        ("matching.describe_draw", marked("Ubah program dan banyak tempat")),
        ("matching.set_draw_rule", marked("Ubah aturan daftar dan kuota")),
        ("matching.enter_applications", marked("Masukkan desa yang mendaftar")),
        ("matching.set_draw_meeting", marked("Isi pertemuan undian")),
        ("matching.ask_villages", marked("Tanyai desa lebih dahulu")),
        ("matching.commit_draw", marked("Terbitkan daftar")),
        ("matching.void_draw", marked("Batalkan undian")),
    ),
    "asking": (
        ("matching.set_draw_meeting", marked("Isi pertemuan undian")),
        ("matching.commit_draw", marked("Terbitkan daftar")),
        ("matching.void_draw", marked("Batalkan undian")),
    ),
    "committed": (
        ("matching.throw_draw", marked("Catat lemparan dadu")),
        ("matching.void_draw", marked("Batalkan undian")),
    ),
}
REMEDIES = {
    "MT-13": "matching.set_draw_rule",
    "MT-31": "matching.set_draw_rule",
    "MT-32": "matching.set_draw_rule",
    "MT-33": "matching.set_draw_meeting",
}
COLUMNS = (
    marked("Nomor"), marked("Kode"), marked("Desa"), marked("Kecamatan"), marked("Status desa"),
    marked("Pernah mendapat tempat melalui undian"), marked("Mendaftar"), marked("Alasan tidak masuk daftar"),
    marked("Hasil"), marked("Urutan undian"), marked("Jawaban desa"),
)  # fmt: skip


def draw_at(request: HttpRequest, code: str) -> Draw:
    return get_object_or_404(queries.draws_visible_to(person_of(request)), code=code)


def code_in(request: HttpRequest, name: str) -> str:
    """A public code in the address; empty for what is none, so that nothing strange reaches the database."""
    try:
        return parse_code(request.GET.get(name, ""), 10)
    except BadInput:
        return ""


def room_of(draw: Draw) -> str:
    return reverse("page.draw_room", args=[draw.code])


def organiser_at(request: HttpRequest) -> Organiser | Partner:
    """For whom a draw is begun: the regency of the first office that may, or the own partner, who still says where."""
    person: Person = person_of(request)
    for office in person.offices:
        if office.role not in OF_PARTNER and office.region is not None and office.region.level == 2:
            organiser = Organiser(office.region)
            if may_open(person, "matching.prepare_draw", organiser.reach()):
                return organiser
    party = next((office.party for office in person.offices if office.role in OF_PARTNER and office.party), "")
    partner = Partner.objects.filter(code=party).first()
    if partner is None:
        raise PermissionDenied
    return partner


def doors_of(request: HttpRequest, draw: Draw) -> list[dict[str, str]]:
    """What may be done with the draw, as links; those that applied are entered only where it asks for them."""
    person, reach = person_of(request), draw.reach()
    found = []
    for name, verb in DOORS.get(draw.state, ()):
        if name == "matching.enter_applications" and draw.entry != Draw.Entry.APPLIED:
            continue
        if may_open(person, name, reach):
            found.append({"name": name, "url": reverse(name, args=[draw.code]), "verb": _(verb)})
    return found


def facts_of(draw: Draw) -> list[tuple[str, Any]]:
    """What the draw is about, as the page lists it."""
    pairs = [
        (_("Penyelenggara"), organiser_words(draw)),
        (_("Yang didapat satu desa"), openly(draw.what)),
        (_("Banyak tempat"), str(draw.seats)),
        (_("Desa menjawab sampai"), long_date(draw.answer_until) if draw.answer_until else ""),
        (
            _("Pertemuan undian"),
            f"{meeting_words(draw)}, {openly(draw.meeting_place)}" if draw.meeting_on else "",
        ),
    ]
    return [(term, value) for term, value in pairs if value]


def meeting_words(draw: Draw) -> str:
    """``2 Desember 2026 pukul 09.00 WIB``; nothing before it is set."""
    at = queries.meeting_moment(draw)
    if at is None or draw.meeting_on is None:
        return ""
    return f"{long_date(draw.meeting_on)} {local_time(at, zone_of(draw.regency_id))}"


def organiser_words(draw: Draw) -> str:
    if draw.partner is not None:
        return draw.partner.name
    return _("Pemerintah %(name)s") % {"name": draw.regency.name}


# Its villages --------------------------------------------------------------------------------------------------------


def narrowed(draw: Draw, chosen: Mapping[str, str]) -> QuerySet[DrawEntrant]:
    """The villages of a draw by name, code and whether they are on the list, in the order of their codes."""
    rows = draw.entrants.order_by("listed_code")
    if text := chosen.get("cari", ""):
        rows = rows.filter(Q(listed_name__icontains=text) | Q(listed_code__startswith=text))
    state = chosen.get("daftar", "")
    if state == LISTED:
        return rows.filter(left_out="")
    if state == LEFT:
        return rows.exclude(left_out="")
    return rows.filter(left_out=state) if state else rows


def village_page(request: HttpRequest, draw: Draw, base: str, most: int = PAGE) -> dict[str, Any]:
    """A page of the list: the form, its rows, the way on. One statement."""
    form = FindVillage(request.GET)
    chosen = form.chosen()
    rows = narrowed(draw, chosen)
    after = re.sub(r"[^0-9.]", "", request.GET.get("setelah", ""))
    found = list((rows.filter(listed_code__gt=after) if after else rows)[: most + 1])
    return {
        "find": form,
        "chosen": chosen,
        "items": [item(each, draw) for each in found[:most]],
        "first": base + form.address() if after else "",
        "next": base + form.address(setelah=found[most - 1].listed_code) if len(found) > most else "",
        "base": base,
    }


def item(each: DrawEntrant, draw: Draw) -> dict[str, str]:
    """A village as a line of a list: its number, where it lies, its status, and how it went or why it is left out."""
    number = _("Nomor %(n)s") % {"n": each.number} if each.number else _(LEFT_OUT[each.left_out])
    if draw.state == "asking" and not each.left_out:
        number = ""  # numbers are given when all have answered
    rank = _("urutan undian %(n)s") % {"n": each.rank} if each.rank else ""
    parts = (number, each.listed_district, _(each.attributes["status"]), rank)
    state, kind = standing_of(each, draw)
    return {
        "title": each.listed_name,
        "small": " · ".join(part for part in parts if part),
        "state": state,
        "kind": kind,
    }


def winner_items(rows: Iterable[DrawEntrant], draw: Draw) -> list[dict[str, str]]:
    """Those that have a place, in the order of their lots, as lines under a heading that says so."""
    return [{**item(each, draw), "state": ""} for each in queries.winners(rows)]


def standing_of(each: DrawEntrant, draw: Draw) -> tuple[str, str]:
    """How it stands with a village: the word, and its colour."""
    if each.left_out:
        return _("Tidak masuk daftar"), "idle"
    if draw.state == "asking":
        return answer_words(each), {True: "ok", False: "idle", None: "doing"}[each.answer]
    if each.drawn is None:
        return _("Dalam daftar"), "doing"
    return (_("Mendapat tempat"), "ok") if each.drawn else (_("Belum terundi"), "idle")


def answer_words(each: DrawEntrant) -> str:
    """What a village that was asked has said."""
    return {True: _("Ikut"), False: _("Tidak ikut"), None: _("Belum menjawab")}[each.answer]


def said_so_far(draw: Draw, rows: Iterable[DrawEntrant]) -> dict[str, int]:
    """While villages answer: how many were asked, and what they have said; else nothing."""
    if draw.state != "asking":
        return {}
    said = Counter(each.answer for each in rows if each.left_out in ASKED)
    return {"of": said.total(), "yes": said[True], "no": said[False], "silent": said[None]}


def attempt_words(draw: Draw) -> str:
    return _("undian ke-%(n)s") % {"n": draw.attempt}


def sheet_of(draw: Draw) -> FileResponse:
    """Every village of the draw as a workbook: those on the list, those left out with the reason, and the result."""
    results = {True: _("Mendapat tempat"), False: _("Belum terundi"), None: ""}
    rows = (
        (
            each.number,
            each.listed_code,
            each.listed_name,
            each.listed_district,
            _(each.attributes["status"]),
            _(each.attributes["served"]),
            _("Ya") if each.applied else "",
            words.why_left_out(each, draw, _) if each.left_out else "",
            results[each.drawn],
            each.rank,
            answer_words(each) if draw.asked_at and each.left_out in ASKED else "",
        )
        for each in queries.rows_of(draw)
    )
    return xlsx(f"undian-{draw.code}", "Undian", COLUMNS, rows)
