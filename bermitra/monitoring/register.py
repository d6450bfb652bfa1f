"""The regency's register of cooperation: exactly the columns that regency offices exchange, and two further sheets in XLSX."""

from __future__ import annotations

import csv as tables
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from django.db.models import OuterRef, Q, QuerySet, Subquery

from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.existing.rules import RECORDED_IN
from bermitra.agreements.models import Agreement
from bermitra.agreements.rules import BINDS_IN
from bermitra.foundation.text import inert
from bermitra.monitoring.models import Content
from bermitra.needs.catalogue import sectors
from bermitra.partnership.models import CaseNeed
from bermitra.registry.models import Partner

COLUMNS = ("No", "Kecamatan", "Desa", "Tahun", "Jenis", "Mitra", "Bidang", "Sub-bidang", "Dokumen lengkap")
KINDS = {"pihak_ketiga": "KDPK", "antar_desa": "KAD"}
FIELDS = {
    "penyelenggaraan_pemerintahan": "Penyelenggaraan Pemerintahan",
    "pelaksanaan_pembangunan": "Pelaksanaan Pembangunan",
    "pembinaan_kemasyarakatan": "Pembinaan Kemasyarakatan",
    "pemberdayaan_masyarakat": "Pemberdayaan Masyarakat",
}


@dataclass(frozen=True)
class Filters:
    """``region`` is a regency or a district in it; ``field`` one of the four fields of law, or empty."""

    region: str
    year: int
    field: str = ""


def agreements(filters: Filters) -> QuerySet[Agreement]:
    """Agreements in force on some day of the year, in the order of the register. One statement with all it shows."""
    found = Agreement.objects.filter(
        state__in=BINDS_IN,
        case__village__code__startswith=f"{filters.region}.",
        starts_on__lte=date(filters.year, 12, 31),
        ends_on__gte=date(filters.year, 1, 1),
    )
    if filters.field:
        found = found.filter(case__field_of_government=filters.field)
    return with_register(found).order_by("case__village__parent__name", "case__village__name", "starts_on", "pk")


def earlier(filters: Filters) -> QuerySet[EarlierAgreement]:
    """Agreements that ran before they were recorded and on some day of the year; the end of some is not known. One
    statement."""
    found = EarlierAgreement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=date(filters.year, 1, 1)),
        case__state__in=RECORDED_IN,
        case__village__code__startswith=f"{filters.region}.",
        starts_on__lte=date(filters.year, 12, 31),
    )
    if filters.field:
        found = found.filter(case__field_of_government=filters.field)
    return found.select_related("case__village__parent", "case__partner")


Listed = Agreement | EarlierAgreement


def listed(filters: Filters) -> list[Listed]:
    """Both kinds in the order of the register. Two statements."""
    found: list[Listed] = [*agreements(filters), *earlier(filters)]
    return sorted(found, key=_order)


def _order(each: Listed) -> tuple[str, str, date, int]:
    village = each.case.village
    return village.parent.name if village.parent else "", village.name, each.starts_on or date.min, each.pk


def with_register(found: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """With what a row of the register needs: places, partner, and the sector of the first need it answers."""
    first = CaseNeed.objects.filter(case=OuterRef("case")).order_by("pk")
    return found.select_related("case__village__parent", "partner", "framework", "sheet").annotate(
        sector=Subquery(first.values("need__sector")[:1])
    )


def row_of(agreement: Listed, year: int) -> Content:
    """One agreement in one year; an :class:`Agreement` read through :func:`with_register`."""
    village = agreement.case.village
    framework = getattr(agreement, "framework", None)
    sector = sectors().get(getattr(agreement, "sector", "") or "")
    return {
        "district": village.parent.name if village.parent else "",
        "village": village.name,
        "year": year,
        "kind": KINDS[agreement.case.coop_type],
        "partner": partner_of(agreement).name,
        "field": FIELDS[agreement.case.field_of_government],
        "sub_field": _sub_field(agreement, framework) or (sector.id if sector else ""),
        "complete": is_complete(agreement),
    }


def partner_of(agreement: Listed) -> Partner:
    partner = agreement.partner if isinstance(agreement, Agreement) else agreement.case.partner
    if partner is None:  # a case of this route has one, and the database says so; the type checker does not know
        raise TypeError("a recorded agreement without a partner")
    return partner


def _sub_field(agreement: Listed, framework: Any) -> str:
    if isinstance(agreement, EarlierAgreement):
        return agreement.sub_field
    return str(framework.sub_field) if framework else ""


def is_complete(agreement: Listed) -> bool:
    """Signed, with the numbers of both parties and the paper at hand; a record made afterwards, when nothing is missing."""
    if isinstance(agreement, EarlierAgreement):
        return agreement.completeness.whole
    return bool(agreement.village_number and agreement.partner_number and agreement.paper_id and agreement.signed_at)


def rows(found: Iterable[Listed], year: int) -> Iterator[tuple[str, ...]]:
    """The cells of the register, numbered from one."""
    for number, agreement in enumerate(found, 1):
        row = row_of(agreement, year)
        yield (
            str(number), row["district"], row["village"], str(row["year"]), row["kind"], row["partner"], row["field"],
            row["sub_field"], "ya" if row["complete"] else "belum",
        )  # fmt: skip


def csv(found: Iterable[Listed], year: int) -> str:
    """UTF-8 with a byte order mark and semicolons. A name that a spreadsheet would carry out gets a mark before it."""
    out = io.StringIO()
    out.write("\ufeff")
    write = tables.writer(out, delimiter=";", lineterminator="\r\n")
    write.writerow(COLUMNS)
    write.writerows([inert(cell) for cell in row] for row in rows(found, year))
    return out.getvalue()


# Further sheets -------------------------------------------------------------------------------------------------------

SDGS = ("Desa", "Pihak", "Lingkup", "Tahun berakhir", "Nilai (Rp)")
INDEX = ("Desa", "251 Kerja sama dengan desa lain", "252 Kerja sama dengan pihak ketiga")
# The survey SDGs Desa (D.P710) knows five kinds of parties; others, such as universities, are left free.
SCOPES = {
    "village": "1 antar desa",
    "regional_government": "2 pemerintah daerah",
    "central_government": "3 pemerintah pusat",
    "company": "4 swasta",
}


def xlsx(found: Sequence[Listed], year: int) -> Any:
    """A workbook in a temporary file: the register, and the same agreements as SDGs Desa and Indeks Desa ask for them."""
    held = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response when it has been sent
    with xlsxwriter.Workbook(held, {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False,
                                    "strings_to_urls": False}) as book:  # fmt: skip
        bold = book.add_format({"bold": True})
        sheets = (
            ("Kerja sama", COLUMNS, list(rows(found, year))),
            ("SDGs Desa D.P710", SDGS, [_sdgs(each) for each in found]),
            ("Indeks Desa", INDEX, _index(found)),
        )
        for name, columns, lines in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(columns) - 1, 24)
            sheet.write_row(0, 0, columns, bold)
            for number, line in enumerate(lines, 1):
                sheet.write_row(number, 0, line)
    held.seek(0)
    return held


def _sdgs(agreement: Listed) -> tuple[Any, ...]:
    """What is not known of an agreement recorded afterwards stays empty."""
    ends, partner = agreement.ends_on.year if agreement.ends_on else "", partner_of(agreement)
    value = "" if agreement.value is None and isinstance(agreement, EarlierAgreement) else agreement.value or 0
    return agreement.case.village.name, partner.name, SCOPES.get(partner.kind, ""), ends, value


def _index(found: Sequence[Listed]) -> list[tuple[str, ...]]:
    kinds: dict[str, set[str]] = {}
    for each in found:
        kinds.setdefault(each.case.village.name, set()).add(each.case.coop_type)
    return [
        (village, *("ada" if kind in here else "tidak" for kind in ("antar_desa", "pihak_ketiga")))
        for village, here in kinds.items()
    ]
