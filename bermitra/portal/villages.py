"""Villages as the public sees them: what a page or a file about them needs, read at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from bermitra.foundation.regions import queries, scores
from bermitra.foundation.regions.models import Region, VillageIndex
from bermitra.foundation.regions.scores import score
from bermitra.needs.queries.labels import goal_label, risk_label
from bermitra.partnership.rules import village_not_urban_ward
from bermitra.portal.life import Life, life_of, with_life
from bermitra.portal.rows import Worked

FILE_CHUNK = 1_000


def not_a_desa() -> tuple[str, str]:
    return gettext(village_not_urban_ward.says), gettext(village_not_urban_ward.remedy)


@dataclass(frozen=True)
class Row:
    """A village in a list: its index is that of the newest year published."""

    village: Region
    path: tuple[Region, ...]
    index: VillageIndex | None


def rows(villages: Sequence[Region]) -> list[Row]:
    """The villages with what they lie in and their newest index: two statements for all of them."""
    newest: dict[str, VillageIndex] = {}
    for each in VillageIndex.objects.filter(village__in=[v.code for v in villages]).order_by("year"):
        newest[each.village_id] = each
    return [Row(hit.region, hit.path, newest.get(hit.region.code)) for hit in queries.with_paths(villages)]


def areas_in(place: Region | None) -> tuple[Region, ...]:
    """Provinces of the country, regencies of a province, districts of a regency; none below a district."""
    if place is not None and place.level == 3:
        return ()
    return tuple(Region.objects.filter(parent=place, active=True).order_by("pk"))


def all_rows(place: Region | None) -> Iterator[Row]:
    """Every village below a place, a chunk at a time, for files."""
    after = ""
    while True:
        page = queries.villages_in(place, after, FILE_CHUNK)
        yield from rows(page.rows)
        if not page.more:
            return
        after = page.more


COLUMNS = (
    _("Kode"), _("Nama"), _("Jenis"), _("Kecamatan"), _("Kabupaten/Kota"), _("Provinsi"), _("Tahun indeks"), "IKS", "IKE",
    "IKL", "IDM", _("Status"),
)  # fmt: skip


def file_rows(place: Region | None, *, as_numbers: bool) -> Iterator[list[str | float | int | None]]:
    """The villages below a place as the cells of a file."""
    for row in all_rows(place):
        yield _cells(row, as_numbers=as_numbers)


def _cells(row: Row, *, as_numbers: bool) -> list[str | float | int | None]:
    above = {each.level: each.name for each in row.path}
    cells: list[str | float | int | None] = [
        row.village.code, row.village.name, row.village.get_kind_display(), above.get(3), above.get(2), above.get(1),
    ]  # fmt: skip
    index = row.index
    if index is None:
        return [*cells, *[None] * 6]
    parts = (index.iks, index.ike, index.ikl, index.idm)
    figures = [None if each is None else each / 10_000 for each in parts] if as_numbers else [score(p) for p in parts]
    return [*cells, index.year, *figures, index.status_published]


def table_of(listed: Sequence[Row], place: Region | None) -> dict[str, Any]:
    """What the table component writes: each village with where it lies and its index."""
    return {
        "columns": [gettext("Desa"), gettext("Letak"), (gettext("Indeks"), "num"), gettext("Status")],
        "rows": [
            [
                (named(row.village), reverse("page.village", args=[row.village.code])),
                lies_in(row.path, below=place.level if place else 0),
                score(row.index.idm) if row.index else "",
                row.index.status_published if row.index else "",
            ]
            for row in listed
        ],
    }


def named(area: Region) -> str:
    """``Kecamatan Pandanarum``; a village's bare name, with what it is where it is no desa. Regencies and cities carry
    the word in the register's own name."""
    if area.level == 4:
        return (
            area.name if area.kind == Region.Kind.DESA else f"{area.name} ({gettext(area.get_kind_display()).lower()})"
        )
    return f"{gettext(area.get_kind_display())} {area.name}" if area.level == 3 else area.name


def lies_in(path: Sequence[Region], below: int = 0) -> str:
    """``Kec. Pandanarum, Kab. Banjarnegara, Jawa Tengah``: nearest first; without what lies above the page's own place."""
    return ", ".join(_short(each) for each in reversed(path) if each.level > below)


def _short(area: Region) -> str:
    return f"Kec. {area.name}" if area.level == 3 else area.name.replace("Kabupaten ", "Kab. ", 1)


def path_of(village: Region) -> tuple[Region, ...]:
    """The areas a village lies in, province first; no statement where its parents were read along."""
    above: list[Region] = []
    area = village.parent
    while area is not None:
        above.insert(0, area)
        area = area.parent
    return tuple(above)


@dataclass(frozen=True)
class Village:
    """The page of one village."""

    village: Region
    path: tuple[Region, ...]  # province first
    history: tuple[VillageIndex, ...]  # latest year first
    held: tuple[queries.Held, ...]  # codes it had, the present one first
    life: Life

    @property
    def index(self) -> VillageIndex | None:
        return self.history[0] if self.history else None

    @property
    def around(self) -> tuple[Region, ...]:
        """Its district and its regency, where the neighbours are."""
        return tuple(each for each in reversed(self.path) if each.level > 1)

    @property
    def goals(self) -> list[str]:
        """What the village is after, as lists of fitting partners compare it."""
        return [goal_label(number) for number in self._aims("goals")]

    @property
    def vetoes(self) -> list[str]:
        """What it will not have."""
        return [risk_label(code) for code in self._aims("vetoes")]

    def _aims(self, name: str) -> list[Any]:
        aims = getattr(self.village, "aims", None)
        return list(getattr(aims, name)) if aims is not None else []

    @property
    def table(self) -> dict[str, Any]:
        """The index year by year."""
        return scores.table_of(self.history)

    @property
    def bars(self) -> list[dict[str, str]]:
        """The three parts of the newest index."""
        return scores.parts_of(self.index)

    @property
    def years(self) -> list[dict[str, str]]:
        """The index as a bar a year."""
        return scores.years_of(self.history)

    @property
    def why_not(self) -> tuple[str, str] | None:
        """Why no partnership of villages begins here, and what to do instead (PS-01)."""
        return not_a_desa() if self.village.kind == Region.Kind.KELURAHAN else None


def _village(code: str) -> QuerySet[Region]:
    return with_life(Region.objects.filter(pk=code, level=4)).select_related(
        "parent__parent__parent", "aims", "profile"
    )


_VILLAGE = Worked(_village)


def one(code: str, today: date) -> Village | None:
    """Two statements; two more for the few villages whose code was ever another one."""
    village: Region | None = _VILLAGE.first(code)
    if village is None:
        return None
    held = queries.codes_held(code) if village.since else ()
    return Village(village, path_of(village), queries.index_history(code), held, life_of(village, today))
