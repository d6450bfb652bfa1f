"""Direct appointments as the public sees them: each with its reason, and how often it happens, where and with whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.regions.models import Region
from bermitra.portal.lists import lying, within
from bermitra.portal.villages import lies_in, path_of
from bermitra.registry.models import Partner
from bermitra.selection.models import DirectAppointment
from bermitra.selection.queries import DirectCounts, counts_by_area, counts_by_partner

EACH, REGENCY, VILLAGE, PARTNER = "", "kabupaten", "desa", "mitra"
TABS = {
    EACH: _("Daftar"),
    REGENCY: _("Per kabupaten/kota"),
    VILLAGE: _("Per desa"),
    PARTNER: _("Per mitra"),
}
HEADS = {REGENCY: _("Kabupaten/Kota"), VILLAGE: _("Desa"), PARTNER: _("Mitra")}
LENGTHS = {REGENCY: 5, VILLAGE: 13}  # of a code as far as it is counted by
COLUMNS = (
    _("Kode"), _("Penawaran"), _("Desa"), _("Kode wilayah"), _("Kecamatan"), _("Kabupaten/Kota"), _("Mitra"),
    _("Kode mitra"), _("Jenis alasan"), _("Penjelasan"), _("Bukti tertulis"), _("Keadaan"), _("Ditunjuk"), _("Alamat"),
)  # fmt: skip
COUNTED = (_("Penunjukan langsung"), _("Menjadi mitra"), _("Semua mitra terpilih"), _("Bagian (persen)"))
FILE_CHUNK = 500

Row = dict[str, Any]


def found(kind: str, place: Region | None) -> QuerySet[DirectAppointment]:
    """The newest first; those of a partner that was merged stand under the entry that stands for it."""
    directs = DirectAppointment.objects.order_by("-at", "-pk")
    if place is not None:
        directs = directs.filter(within(place, "call__case__village"))
    if kind:
        directs = directs.filter(kind=kind)
    return directs.select_related(
        "call__case__village__parent__parent__parent", "proposal__partner__merged_into"
    ).only(
        "code", "kind", "explanation", "evidence", "at", "proposal__state", "proposal__partner__code",
        "proposal__partner__name", "proposal__partner__merged_into__code", "proposal__partner__merged_into__name",
        "call__code", "call__title", "call__case__village", "call__case__example",
        *lying("call__case__village"),
    )  # fmt: skip


def behind(directs: QuerySet[DirectAppointment], code: str) -> QuerySet[DirectAppointment]:
    """What follows the appointment of this code."""
    last = DirectAppointment.objects.filter(code=code)
    at, key = Subquery(last.values("at")), Subquery(last.values("pk"))
    return directs.filter(Q(at__lt=at) | Q(at=at, pk__lt=key))


def _partner(each: DirectAppointment) -> Partner:
    return each.proposal.partner.merged_into or each.proposal.partner


def _address(each: DirectAppointment) -> str:
    """Of the page of the call: whatever becomes of it, what was once announced keeps its page."""
    return reverse("page.call", args=[each.call.code])


def lines(directs: Sequence[DirectAppointment]) -> list[dict[str, str]]:
    """What the rows component writes."""
    return [
        {
            "title": openly(each.call.title),
            "url": _address(each),
            "small": " · ".join(
                (
                    _partner(each).name,
                    f"{each.call.case.village.name}, {lies_in(path_of(each.call.case.village))}",
                    gettext(each.get_kind_display()),
                    date_format(localdate(each.at), "j F Y"),
                )
            ),
            "state": gettext(each.proposal.label.public),
            "kind": {"chosen": "ok", "proposed": "doing", "accepted": "doing"}.get(each.proposal.state, "idle"),
        }
        for each in directs
    ]


def file_rows(directs: QuerySet[DirectAppointment], base: str) -> Iterator[list[str]]:
    """Every one that fits, a chunk at a time; ``base`` is the address of this site."""
    after = ""
    while True:
        chunk = list((behind(directs, after) if after else directs)[:FILE_CHUNK])
        yield from (_cells(each, base) for each in chunk)
        if len(chunk) < FILE_CHUNK:
            return
        after = chunk[-1].code


def _cells(each: DirectAppointment, base: str) -> list[str]:
    village, partner = each.call.case.village, _partner(each)
    above = {area.level: area.name for area in path_of(village)}
    return [
        each.code, openly(each.call.title), village.name, village.code, above.get(3, ""), above.get(2, ""), partner.name,
        partner.code, gettext(each.get_kind_display()), openly(each.explanation), openly(each.evidence),
        gettext(each.proposal.label.public), localdate(each.at).isoformat(), base + _address(each),
    ]  # fmt: skip


# Counted --------------------------------------------------------------------------------------------------------------
def groups(tab: str, place: Region | None) -> QuerySet[Any, Row]:
    region = place.code if place else ""
    return counts_by_partner(region) if tab == PARTNER else counts_by_area(region, LENGTHS[tab])


def key_of(tab: str, typed: str) -> int | str | None:
    """The key that an address goes on behind; nothing for what is none."""
    if tab == PARTNER:
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else None
    return typed if typed and set(typed) <= set("0123456789.") and len(typed) <= max(LENGTHS.values()) else None


def groups_behind(counted: QuerySet[Any, Row], key: int | str) -> QuerySet[Any, Row]:
    """What follows the group of this key: fewer appointments, or as many and a later key."""
    last = next((row["made"] for row in counted.filter(key=key)), None)
    return counted if last is None else counted.filter(Q(made__lt=last) | Q(made=last, key__gt=key))


def counted_cells(tab: str, rows: Iterable[Row]) -> list[list[Any]]:
    """A named line for each group: ``(name, address of its own list)``, then the figures of :data:`COUNTED`."""
    rows = list(rows)
    keys = [row["key"] for row in rows]
    named: dict[Any, tuple[str, str]]
    if tab == PARTNER:
        entries = Partner.objects.in_bulk(keys)
        named = {key: (each.name, reverse("page.partner", args=[each.code])) for key, each in entries.items()}
    else:
        areas = Region.objects.filter(pk__in=keys).select_related("parent__parent__parent")
        named = {area.pk: (_area(area), f"{reverse('page.direct')}?{urlencode({'di': area.pk})}") for area in areas}
    return [[named.get(row["key"], (str(row["key"]), "")), *figures(row)] for row in rows]


def _area(area: Region) -> str:
    return f"{area.name}, {lies_in(path_of(area))}"


def figures(row: Row) -> list[int | None]:
    counts = DirectCounts(row["made"], row["awarded"], row["awards"])
    return [counts.made, counts.awarded, counts.awards, counts.share_percent]


def group_columns(tab: str) -> tuple[str, ...]:
    return (HEADS[tab], *COUNTED)


def group_file_rows(tab: str, counted: QuerySet[Any, Row]) -> Iterator[list[Any]]:
    """All groups, the most appointments first; as many at a time as a page of a file holds."""
    key: int | str | None = None
    while True:
        chunk = list((groups_behind(counted, key) if key is not None else counted)[:FILE_CHUNK])
        for cells in counted_cells(tab, chunk):
            yield [cells[0][0], *cells[1:]]
        if len(chunk) < FILE_CHUNK:
            return
        key = chunk[-1]["key"]


def table_of(tab: str, cells: Iterable[list[Any]]) -> dict[str, Any]:
    """What the table component writes."""
    columns: list[Any] = [gettext(HEADS[tab]), *((gettext(each), "num") for each in COUNTED)]
    return {"columns": columns, "rows": [["" if cell is None else cell for cell in row] for row in cells]}
