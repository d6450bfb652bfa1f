"""Lists as files: CSV and XLSX for people, JSON for programs. The same rows, in whole numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from bermitra.foundation.documents.sheets import Cell, csv, xlsx
from bermitra.foundation.text import _ as marked
from bermitra.matching.models import Shortlist, ShortlistRow
from bermitra.matching.shortlists import reasons
from bermitra.registry.queries.bodies import kept

COLUMNS = (
    marked("Daftar"), marked("Tempat"), marked("Kode desa"), marked("Desa"), marked("Kode tawaran"), marked("Tawaran"),
    marked("Mitra"), marked("Nilai (persejuta)"), marked("Nilai desa (persejuta)"), marked("Nilai mitra (persejuta)"),
    marked("Tempat bagi yang jarang tampil"), marked("Alasan"), marked("Dihitung"), marked("SHA-256 masukan"),
)  # fmt: skip


def handed(kind: str, name: str, rows: QuerySet[ShortlistRow], head: dict[str, Any] | None = None) -> HttpResponseBase:
    """``kind`` csv, xlsx or json; JSON begins with ``head``. Raises Http404 for another kind."""
    whole = rows.select_related("village", "offer__partner__merged_into", "shortlist")
    match kind:
        case "csv":
            return csv(name, COLUMNS, _cells(whole.iterator(chunk_size=500)))
        case "xlsx":
            return xlsx(name, _("Kecocokan"), COLUMNS, _cells(whole.iterator(chunk_size=500)))
        case "json":
            return StreamingHttpResponse(
                _json(head or {}, whole.iterator(chunk_size=500)), content_type="application/json"
            )
    raise Http404


def _json(head: dict[str, Any], rows: Iterable[ShortlistRow]) -> Iterator[str]:
    """One object, ``rows`` last, some hundred rows at a time: a regency has eighteen thousand."""
    yield _dumped(head)[:-1] + (', "rows": [' if head else '"rows": [')
    each_of, between = iter(rows), ""
    while some := [_dumped(told(each)) for each in islice(each_of, 500)]:
        yield between + ", ".join(some)
        between = ", "
    yield "]}"


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


def _cells(rows: Iterable[ShortlistRow]) -> Iterator[list[Cell]]:
    for each in rows:
        yield [
            each.get_side_display(), each.rank, each.village_id, each.village.name, each.offer.code, each.offer.title,
            kept(each.offer.partner).name, each.h, each.a, each.b, _("ya") if each.floor else _("tidak"),
            reasons.in_one_line(each.reasons, each.village_id, each.offer.code),
            each.shortlist.computed_at.isoformat() if each.shortlist.computed_at else "", each.shortlist.hash,
        ]  # fmt: skip


def told(row: ShortlistRow) -> dict[str, Any]:
    """A row as a program reads it: codes and whole numbers, reasons as they are kept."""
    return {
        "side": row.side,
        "rank": row.rank,
        "village": row.village_id,
        "offer": row.offer.code,
        "h": row.h,
        "a": row.a,
        "b": row.b,
        "floor": row.floor,
        "reasons": row.reasons,
        "shortlist": row.shortlist.code,
    }


def head(shortlist: Shortlist) -> dict[str, Any]:
    """What a shortlist was computed with, as a program reads it."""
    return {
        "code": shortlist.code,
        "regency": shortlist.regency_id,
        "state": shortlist.state,
        "asked_at": shortlist.asked_at.isoformat(),
        "computed_at": shortlist.computed_at.isoformat() if shortlist.computed_at else None,
        "size": shortlist.size,
        "floor_slots": shortlist.floor_slots,
        "weights": shortlist.weights,
        "hash": shortlist.hash,
        "rows_hash": shortlist.rows_hash,
        "villages": shortlist.villages,
        "offers": shortlist.offers,
        "measures": shortlist.measures,
        "warnings": shortlist.warnings,
    }
