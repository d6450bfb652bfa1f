"""Things that a village owns: listed, recorded, mended, taken off the list."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.documents.sheets import xlsx
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.place import FAR
from bermitra.registry import actions
from bermitra.registry.forms import CorrectAsset, FilterAssets, RecordAsset, TakeOut
from bermitra.registry.models import VillageAsset
from bermitra.registry.queries.villages import (
    assets_asked,
    history_of,
    lies_elsewhere,
    points_of,
    villages_visible_to,
)
from bermitra.registry.tables.assets import COLUMNS, written
from bermitra.registry.views.common import open_doors
from bermitra.registry.views.village_history import told
from bermitra.registry.views.village_plans import PAGE, _start
from bermitra.registry.views.villages import village_at
from bermitra.registry.views.words import NO_VALUE, asset_item, asset_state, figure

OF_ASSET = ("registry.correct_asset", "registry.withdraw_asset")


def village_assets(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """What the village owns by kind and state; ``bentuk=xlsx`` hands it over in the columns it comes in."""
    village, back = village_at(request, code)
    form = FilterAssets(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {"jenis": "", "keadaan": ""}
    found = assets_asked(village, kind=asked["jenis"], state=asked["keadaan"])
    if request.GET.get("bentuk") == "xlsx":
        return xlsx(f"aset-{village.code}", _("Aset desa"), [each.heading for each in COLUMNS], map(written, found))
    start = _start(request)
    page = list(found[start : start + PAGE + 1])
    points = points_of(village)
    kept = {name: value for name, value in asked.items() if value}
    context = {
        "village": village,
        "back": back,
        "form": form,
        "chosen": bool(kept) or bool(form.errors),
        "items": [asset_item(each, far=lies_elsewhere(each, points)) for each in page[:PAGE]],
        "total": found.count(),
        "file": f"?{urlencode({**kept, 'bentuk': 'xlsx'})}",
        "previous": f"?{urlencode({**kept, 'mulai': max(start - PAGE, 0)})}" if start else "",
        "next": f"?{urlencode({**kept, 'mulai': start + PAGE})}" if len(page) > PAGE else "",
    }
    return render(request, "registry/village_assets.html", context)


def _asset(request: HttpRequest, code: str) -> tuple[VillageAsset, str]:
    """The thing in the address, also one that was taken off the list, and the address of its page."""
    seen = villages_visible_to(person_of(request))
    asset = get_object_or_404(VillageAsset.objects.select_related("village"), code=code, village__in=seen)
    return asset, reverse("page.village_asset", kwargs={"code": code})


def village_asset(request: HttpRequest, code: str) -> HttpResponse:
    asset, _back = _asset(request, code)
    word, kind = asset_state(asset)
    context = {
        "asset": asset,
        "village": asset.village,
        "word": word,
        "kind": kind,
        "facts": [(term, value) for term, value in _facts(asset) if value],
        "far": FAR if asset.withdrawn_at is None and lies_elsewhere(asset, points_of(asset.village)) else 0,
        "history": told(history_of(asset)),
        "doors": [] if asset.withdrawn_at else open_doors(person_of(request), OF_ASSET, asset, code),
    }
    return render(request, "registry/village_asset.html", context)


def _facts(asset: VillageAsset) -> list[tuple[str, str]]:
    return [
        (_("Jenis"), asset.get_kind_display()),
        (_("Jumlah"), f"{figure(asset.quantity)} {asset.unit}"),
        (_("Tanah kas desa"), _("Ya") if asset.village_land else ""),
        (_("Status sertifikat"), asset.get_title_display() if asset.title else ""),
        (_("Nomor sertifikat atau bukti milik"), asset.certificate or NO_VALUE),
        (_("Kode barang"), asset.item_code),
        (_("Asal usul"), asset.get_origin_display() if asset.origin else ""),
        (_("Tahun perolehan"), str(asset.acquired_year or "")),
        (_("Buku inventaris aset desa"), _("Tercatat") if asset.recorded else _("Belum tercatat")),
        (_("Dipakai oleh"), asset.used_by),
        (_("Titik lokasi"), str(asset.point or "")),
    ]


def record_asset(request: HttpRequest, code: str) -> HttpResponse:
    village, back = village_at(request, code)
    form = RecordAsset(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.record_asset(by=by(request), village=village, **form.cleaned_data),
        heading=_("Aset desa"),
        lede=_("Catat aset yang mungkin dipakai dalam kerja sama."),
        verb=_("Catat aset"),
        says=_("Aset tercatat."),
        back=back,
    )


def correct_asset(request: HttpRequest, code: str) -> HttpResponse:
    asset, back = _asset(request, code)
    held = {name: getattr(asset, name) for name in CorrectAsset.base_fields if name != "reason"}
    form = CorrectAsset(**typed_in(request), initial={**held, "quantity": figure(asset.quantity, grouped=False)})

    def does() -> Any:
        values = dict(form.cleaned_data)
        return actions.correct_asset(by=by(request), asset=asset, reason=values.pop("reason"), values=values)

    return act_page(
        request,
        form,
        does,
        heading=_("Perbaiki %(name)s") % {"name": asset},
        lede=_("Isian lama tetap dapat dibaca pada riwayat."),
        verb=_("Simpan perbaikan"),
        says=_("Aset diperbaiki."),
        back=back,
    )


def withdraw_asset(request: HttpRequest, code: str) -> HttpResponse:
    asset, back = _asset(request, code)
    form = TakeOut(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.withdraw_asset(by=by(request), asset=asset, **form.cleaned_data),
        heading=_("Cabut %(name)s dari daftar") % {"name": asset},
        lede=_("Aset hilang dari daftar; perjanjian yang memakainya tetap menyebutnya."),
        verb=_("Cabut aset"),
        says=_("Aset dicabut dari daftar."),
        back=back,
    )
