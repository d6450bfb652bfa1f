"""The villages of an officer's place as a list: narrowed, sorted, and handed over as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.documents.sheets import Cell
from bermitra.foundation.regions.models import Region, VillageIndex
from bermitra.foundation.regions.scores import score
from bermitra.foundation.text import _ as marked
from bermitra.partnership.models import Case
from bermitra.partnership.rules import GIVEN_UP
from bermitra.registry.models import UmbrellaRegulation, VillageProfile
from bermitra.registry.queries.villages import reports_owed

PAGE, CHUNK = 20, 500
STATUSES = ("Mandiri", "Maju", "Berkembang", "Tertinggal", "Sangat Tertinggal")
ORDERS = {
    "nama": ("name_key", "pk"),
    "kode": ("pk",),
    "indeks": (F("idm").desc(nulls_last=True), "pk"),
}
COLUMNS = (
    marked("Kode"), marked("Desa"), marked("Jenis"), marked("Kecamatan"), marked("Tahun indeks"), marked("Indeks"),
    marked("Status"), marked("Perdes kerja sama"), marked("Penanggung jawab"), marked("Kemitraan"),
    marked("Laporan tertunggak"),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; empty words narrow nothing. ``ya`` and ``tidak`` are the answers to questions."""

    district: str = ""
    status: str = ""
    regulation: str = ""
    partnership: str = ""
    order: str = "nama"


def found(place: str, asked: Asked) -> QuerySet[Region]:
    """Villages and kelurahan in force below a place of any level (``""``: the country), in the order asked for."""
    rows = Region.objects.filter(level=4, active=True)
    if below := asked.district or place:
        rows = rows.filter(inside_of(below))
    year = newest_year(place)
    if asked.status:
        rows = rows.filter(Exists(_index(year).filter(status_published__iexact=asked.status)))
    if asked.regulation:
        rows = rows.filter(_answer(asked.regulation, UmbrellaRegulation.objects.all()))
    if asked.partnership:
        rows = rows.filter(_answer(asked.partnership, _alive(Case.objects.all())))
    if asked.order == "indeks":
        rows = rows.annotate(idm=Subquery(_index(year).values("idm")[:1]))
    return rows.order_by(*ORDERS.get(asked.order, ORDERS["nama"]))


def newest_year(place: str) -> int:
    """The year of the index that a place's villages are compared by."""
    rows = VillageIndex.objects.all()
    if place:
        rows = rows.filter(village__gte=place, village__lt=f"{place}/")
    return rows.aggregate(year=Max("year"))["year"] or 0


def _index(year: int) -> QuerySet[VillageIndex]:
    return VillageIndex.objects.filter(village=OuterRef("pk"), year=year)


def _cases() -> QuerySet[Case]:
    return _alive(Case.objects.filter(village=OuterRef("pk")))


def _alive(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.exclude(state__in=GIVEN_UP).order_by()


def _answer(word: str, rows: QuerySet[Any]) -> Q:
    """Whether the village stands in one of these rows: they are few, the villages many."""
    named = Q(pk__in=rows.values("village"))
    return named if word == "ya" else ~named


def whole(codes: Sequence[str], year: int) -> list[Any]:
    """These villages, in this order, with all that a row shows. One statement."""
    owed = reports_owed(OuterRef("pk"))
    rows = Region.objects.filter(pk__in=codes).select_related("parent").annotate(
        idm=Subquery(_index(year).values("idm")[:1]),
        status=Subquery(_index(year).values("status_published")[:1]),
        regulated=Exists(UmbrellaRegulation.objects.filter(village=OuterRef("pk"))),
        in_charge=Subquery(VillageProfile.objects.filter(village=OuterRef("pk")).values("contact_name")[:1]),
        partnerships=Coalesce(Subquery(_cases().values("village").annotate(n=Count("pk")).values("n")), 0),
        late=Coalesce(Subquery(owed.values("village").annotate(n=Count("pk")).values("n")), 0),
    )  # fmt: skip
    held = {each.pk: each for each in rows}
    return [held[code] for code in codes if code in held]


def table_rows(villages: Iterable[Any]) -> list[list[Any]]:
    """As the table component writes them: a desa leads to its file, a kelurahan to the page that says why it has none."""
    return [
        [
            (_named(each), _address(each)),
            each.parent.name if each.parent else "",
            " · ".join(filter(None, (score(each.idm), each.status))),
            _("Ada") if each.regulated else "",
            str(each.partnerships or ""),
            str(each.late or ""),
        ]
        for each in villages
    ]


def heads() -> list[Any]:
    return [
        _("Desa"),
        _("Kecamatan"),
        _("Indeks"),
        _("Perdes"),
        (_("Kemitraan"), "num"),
        (_("Laporan tertunggak"), "num"),
    ]


def _named(village: Region) -> str:
    return (
        village.name if village.kind == Region.Kind.DESA else f"{village.name} ({village.get_kind_display().lower()})"
    )


def _address(village: Region) -> str:
    page = "page.village" if village.kind == Region.Kind.KELURAHAN else "page.village_file"
    return reverse(page, args=[village.pk])


def file_rows(place: str, asked: Asked) -> Iterator[list[Cell]]:
    """All rows of the list as the cells of a workbook, some hundreds of villages at a time."""
    year = newest_year(place)
    codes = list(found(place, asked).values_list("pk", flat=True))
    for start in range(0, len(codes), CHUNK):
        for each in whole(codes[start : start + CHUNK], year):
            yield [
                each.pk, each.name, str(each.get_kind_display()), each.parent.name if each.parent else "",
                year if each.idm is not None else None, each.idm / 10_000 if each.idm is not None else None, each.status or "",
                _("Ada") if each.regulated else _("Belum ada"), _("Ada") if each.in_charge else _("Belum ada"), each.partnerships,
                each.late,
            ]  # fmt: skip


def districts_of(place: str) -> list[tuple[str, str]]:
    """The districts to choose from; none where the place is one itself."""
    if len(place) > 5 or not place:
        return []
    return list(
        Region.objects.filter(inside_of(place), level=3, active=True).order_by("name").values_list("pk", "name")
    )


def inside_of(place: str) -> Q:
    return Q(pk__gte=place, pk__lt=f"{place}/")
