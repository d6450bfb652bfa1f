"""What a village mended in its own records, and the tables it loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.handing import download
from bermitra.foundation.money import rupiah
from bermitra.foundation.pages import render
from bermitra.foundation.text import _ as marked
from bermitra.registry.models import Correction, PlanLine, VillageAsset, VillageProfile, VillageTable
from bermitra.registry.queries.village_tables import tables_loaded
from bermitra.registry.queries.villages import corrections_of, villages_visible_to
from bermitra.registry.views.villages import village_at
from bermitra.registry.views.words import NO_VALUE, figure

MOST = 100
COLUMNS: dict[str, str] = {
    "vision": marked("Visi desa"),
    "contact_name": marked("Penanggung jawab kerja sama"),
    "contact_office": marked("Jabatan penanggung jawab"),
    "budget_note": marked("Kemampuan APB Desa"),
    "adults": marked("Jumlah penduduk dewasa"),
    "office_address": marked("Alamat kantor desa"),
    "office_postcode": marked("Kode pos"),
    "office_phone": marked("Telepon kantor desa"),
    "office_mail": marked("Surel kantor desa"),
    "account_holder_kind": marked("Jenis rekening"),
    "account_holder": marked("Atas nama rekening"),
    "account_bank": marked("Bank"),
    "account_reason": marked("Alasan rekening"),
    "reference": marked("Nomor baris"),
    "year": marked("Tahun"),
    "field_of_government": marked("Bidang"),
    "sub_field": marked("Sub-bidang"),
    "activity": marked("Kegiatan"),
    "place": marked("Lokasi"),
    "quantity": marked("Jumlah"),
    "unit": marked("Satuan"),
    "benefit": marked("Sasaran dan manfaat"),
    "starts_on": marked("Tanggal mulai"),
    "ends_on": marked("Tanggal selesai"),
    "duration": marked("Waktu pelaksanaan"),
    "estimate": marked("Perkiraan biaya"),
    "funding": marked("Sumber biaya"),
    "execution_mode": marked("Pola pelaksanaan"),
    "executor": marked("Rencana pelaksana kegiatan"),
    "regulation": marked("Ditetapkan dengan"),
    "sdg": marked("Tujuan SDGs Desa"),
    "present_state": marked("Keadaan sekarang"),
    "beneficiaries": marked("Penerima manfaat"),
    "plan_years": marked("Tahun pelaksanaan"),
    "name": marked("Nama aset"),
    "kind": marked("Jenis"),
    "item_code": marked("Kode barang"),
    "title": marked("Status sertifikat"),
    "certificate": marked("Nomor sertifikat"),
    "origin": marked("Asal usul"),
    "village_land": marked("Tanah kas desa"),
    "acquired_year": marked("Tahun perolehan"),
    "recorded": marked("Tercatat dalam buku inventaris"),
    "pledged": marked("Dijaminkan atau dipakai"),
    "used_by": marked("Dipakai oleh"),
    "latitude": marked("Garis lintang"),
    "longitude": marked("Garis bujur"),
}
CHOICES: dict[str, dict[str, Any]] = {
    "account_holder_kind": dict(VillageProfile.AccountHolder.choices),
    "field_of_government": dict(PlanLine.Field.choices),
    "execution_mode": dict(PlanLine.Mode.choices),
    "kind": dict(VillageAsset.Kind.choices),
    "title": dict(VillageAsset.Title.choices),
    "origin": dict(VillageAsset.Origin.choices),
}
DAYS = ("starts_on", "ends_on")
FIGURES = ("quantity", "latitude", "longitude")
PAGES = {"planline": "page.plan_line", "villageasset": "page.village_asset"}


def village_history(request: HttpRequest, code: str) -> HttpResponse:
    village, back = village_at(request, code)
    context = {
        "village": village,
        "back": back,
        "history": told(corrections_of(village)[:MOST]),
        "tables": tables_loaded(village),
    }
    return render(request, "registry/village_history.html", context)


def village_table(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The very file that was loaded."""
    village = get_object_or_404(villages_visible_to(person_of(request)), pk=code)
    return download(get_object_or_404(VillageTable.objects.select_related("file"), pk=pk, village=village).file)


def told(corrections: Iterable[Correction]) -> list[dict[str, Any]]:
    """Each with who did it, what stood there and what stands now, in words. Two statements."""
    found = list(corrections)
    people = dict(Person.objects.filter(code__in={e.corrected_by for e in found}).values_list("code", "full_name"))
    return [
        {
            "called": each.called,
            "url": _page_of(each.about),
            "withdrawn": each.withdrawn,
            "reason": each.reason,
            "at": each.corrected_at,
            "who": people.get(each.corrected_by, each.corrected_by),
            "changes": list(_changes(each)),
        }
        for each in found
    ]


def _page_of(about: str) -> str:
    kind, _colon, code = about.partition(":")
    return reverse(PAGES[kind], kwargs={"code": code}) if kind in PAGES else ""


def _changes(correction: Correction) -> Iterator[tuple[str, str, str]]:
    for column, (before, after) in correction.changed.items():
        yield _(COLUMNS[column]), _value(column, before), _value(column, after)


def _value(column: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or NO_VALUE
    if column == "estimate" and value is not None:
        return rupiah(value)
    if column in FIGURES and value is not None:
        return figure(Decimal(value))
    if column in DAYS and value:
        return long_date(date.fromisoformat(value))
    words = CHOICES.get(column, {}).get(value, value)
    return str(words) if words not in (None, "") else NO_VALUE
