"""The shortlist of a regency: asked for, waited for, read with how evenly villages are shown, and taken along as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, render
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import examine
from bermitra.foundation.text import _ as marked
from bermitra.matching.figures import decimal
from bermitra.matching.models import Shortlist, ShortlistRow
from bermitra.matching.shortlists import actions, queries, sheets
from bermitra.matching.shortlists.computing import STEPS
from bermitra.matching.shortlists.forms import Sure
from bermitra.matching.shortlists.rules import ASKING, GATES, WAITING
from bermitra.registry.queries import bodies

PAGE = 20
NAMED = 12  # villages of a warning that are named; the file has all
KINDS: Mapping[str, str] = {"ready": "ok", "replaced": "idle", "failed": "late", "asked": "idle", "computing": "doing"}
WARNINGS: Mapping[str, str] = {
    "never_shown": marked("Tidak tampil pada daftar tawaran mana pun"),
    "without_need": marked("Belum memiliki kebutuhan prioritas, jadi tidak ikut dihitung"),
    "without_amount": marked("Belum menulis biaya kebutuhan, jadi anggaran tidak disaring"),
}
LEFT_OUT = "left_out"  # offers that cannot be computed, with what is to be repaired
# What a problem of the engine is about, as the pages call it; a place in a list stands behind it in brackets.
FIELDS = {
    "id": marked("Kode"),
    "needs": marked("Kebutuhan"),
    "potentials": marked("Potensi"),
    "goals": marked("Tujuan"),
    "vetoes": marked("Pantangan"),
    "ask": marked("Biaya kebutuhan"),
    "tier": marked("Status desa"),
    "regency": marked("Kabupaten"),
    "abilities": marked("Kemampuan"),
    "seeks": marked("Yang dicari"),
    "risks": marked("Yang ikut terbawa"),
    "budget": marked("Anggaran"),
    "areas": marked("Wilayah"),
    "places": marked("Jumlah desa"),
}
STEP_SAYS = (
    marked("Menunggu giliran"),
    marked("Membaca kebutuhan dan tawaran"),
    marked("Mencari yang paling cocok"),
    marked("Menyusun alasan"),
    marked("Menyimpan daftar"),
)


def shortlist(request: HttpRequest, code: str) -> HttpResponse:
    held = _shortlist(request, code)
    waits = held.state in WAITING
    replaced = held.state == Shortlist.State.REPLACED
    offers, following = _offers(held, request.GET.get("setelah", ""))
    context = {
        "shortlist": held,
        "example": held.example,
        "kind": KINDS[held.state],
        "waits": waits,
        "steps": STEPS,
        "step_says": _(STEP_SAYS[held.step]),
        "current": held.state == Shortlist.State.READY,
        "latest": queries.newest(held.regency_id) if replaced else None,
        "facts": _facts(held),
        "tiers": _tiers(held.measures),
        "columns": [
            _("Status"),
            (_("Desa yang cocok"), "num"),
            (_("Tidak pernah tampil"), "num"),
            (_("Ketimpangan (0 = merata)"), "num"),
        ],
        "warnings": _warnings(held) if held.hash else [],
        "problems": _named(held.warnings) if held.state == Shortlist.State.FAILED else [],
        "left_out": _left_out(held) if held.hash else [],
        "offers": offers,
        "next": following,
        "may_ask": may_open(person_of(request), "matching.ask_shortlist", held.reach()) and not waits,
    }
    return render(request, "matching/shortlists/shortlist.html", context)


def shortlist_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    held = _shortlist(request, code)
    rows = ShortlistRow.objects.filter(shortlist=held).order_by("side", "village", "offer", "rank")
    return sheets.handed(kind, f"kecocokan-{held.regency_id}-{held.code}", rows, sheets.head(held))


def ask_shortlist(request: HttpRequest) -> HttpResponse:
    regency = _own_regency(request)
    findings = examine(ASKING, queries.asking_facts(regency.pk), standing(regency.pk))
    return act_page(
        request,
        Sure(request.POST or None),
        lambda: actions.ask_shortlist(by=by(request), regency=regency),
        heading=_("Hitung daftar yang cocok"),
        kicker=regency.name,
        lede=_("Semua desa dan semua tawaran di kabupaten ini dihitung lagi dengan bobot yang berlaku hari ini."),
        verb=_("Minta hitung"),
        back=reverse("page.fitting"),
        findings=findings,
        says=_("Permintaan dicatat. Daftar siap dalam beberapa saat."),
        go=lambda made: reverse("page.shortlist", args=[made.code]),
    )


def _shortlist(request: HttpRequest, code: str) -> Shortlist:
    return get_object_or_404(queries.shortlists_visible_to(person_of(request)), code=code)


def _own_regency(request: HttpRequest) -> Region:
    for office in person_of(request).offices:
        if office.region is not None and may_open(person_of(request), "matching.ask_shortlist", office.region.reach()):
            return office.region
    raise Http404


# What the page says ---------------------------------------------------------------------------------------------------


def _facts(held: Shortlist) -> list[tuple[str, Any]]:
    weights, measures = held.weights, held.measures
    facts: list[tuple[str, Any]] = [
        (_("Bobot kebutuhan desa"), f"{weights['village']}%"),
        (_("Bobot yang dicari mitra"), f"{weights['partner']}%"),
        (_("Kesamaan tujuan paling rendah"), f"{weights['vision']}%"),
        (_("Bobot data yang belum diperiksa"), f"{weights['unverified']}%"),
        (_("Panjang daftar"), _("%(n)s tempat, %(floor)s bagi desa yang jarang tampil") % {
            "n": held.size, "floor": held.floor_slots,
        }),
    ]  # fmt: skip
    if not held.hash:
        return facts
    return [
        (_("Desa yang dihitung"), _number(held.villages)),
        (_("Tawaran yang dihitung"), _number(held.offers)),
        (_("Desa yang cocok dengan suatu tawaran"), _number(measures["eligible"])),
        (_("Di antaranya tidak pernah tampil"), _number(measures["never"])),
        (_("Ketimpangan tampil (Gini, 0 merata)"), _share(measures["gini"])),
        *facts,
        (_("Sidik masukan (SHA-256)"), _broken(held.hash)),
        (_("Sidik daftar (SHA-256)"), _broken(held.rows_hash)),
    ]


def _number(count: int) -> str:
    return number_format(count, 0, use_l10n=True, force_grouping=True)


def _broken(digest: str) -> SafeString:
    """A hash that a narrow column may break, and that is copied in one piece."""
    pieces = ((digest[start : start + 8],) for start in range(0, len(digest), 8))
    return format_html_join(SafeString("<wbr>"), "{}", pieces)


def _tiers(measures: Mapping[str, Any]) -> list[list[str]]:
    """Per status of the index: villages that an offer fits, how many of them nobody is shown, and how even it is."""
    return [
        [
            each["status"] or _("Tanpa status"),
            _number(each["villages"]),
            _number(each["never"]),
            _share(each["gini"]),
        ]
        for each in measures.get("tiers", ())
    ]


def _share(millionths: int) -> str:
    return "–" if millionths < 0 else decimal(millionths)


def _warnings(held: Shortlist) -> list[dict[str, Any]]:
    codes = {code for each in held.warnings for code in each["villages"][:NAMED]}
    names = dict(Region.objects.filter(pk__in=codes).values_list("pk", "name"))
    gates = {each.code: each for each in GATES}
    return [
        {
            "code": each["kind"] if each["kind"] in gates else "",
            "says": _("Tidak cocok dengan tawaran mana pun, paling sering karena syarat ini")
            if each["kind"] in gates
            else _(WARNINGS[each["kind"]]),
            "count": len(each["villages"]),
            "villages": [
                (names[code], reverse("page.fitting_partners", args=[code]))
                for code in each["villages"][:NAMED]
                if code in names
            ],
            "more": max(len(each["villages"]) - NAMED, 0),
        }
        for each in held.warnings
        if each["kind"] != LEFT_OUT
    ]


def _left_out(held: Shortlist) -> list[dict[str, str]]:
    return _named([problem for each in held.warnings if each["kind"] == LEFT_OUT for problem in each["problems"]])


def _named(problems: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{**each, "field": _(FIELDS.get(each["field"].split("[")[0], each["field"]))} for each in problems]


def _offers(held: Shortlist, mark: str) -> tuple[list[dict[str, Any]], str]:
    """Offers by the score of their best village, a page of them, and the address of the next: the way to their lists."""
    rows = ShortlistRow.objects.filter(shortlist=held, side=ShortlistRow.Side.OFFER, rank=1).order_by("-h", "pk")
    page = list(queries.behind(rows.select_related("offer__partner__merged_into", "village"), mark)[: PAGE + 1])
    items = [
        {
            "title": each.offer.title,
            "url": reverse("page.fitting_villages", args=[each.offer.code]),
            "small": bodies.kept(each.offer.partner).name,
            "state": _("%(village)s · nilai %(h)s") % {"village": each.village.name, "h": decimal(each.h)},
        }
        for each in page[:PAGE]
    ]
    last = page[PAGE - 1] if len(page) > PAGE else None
    return items, f"?setelah={last.h}-{last.pk}" if last else ""
