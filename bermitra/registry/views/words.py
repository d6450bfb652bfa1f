"""Lines, things and measures of a village as its pages write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bermitra.foundation.money import rupiah
from bermitra.registry.models import PlanLine, VillageAsset

NO_VALUE = "–"


def figure(amount: Decimal | None, *, grouped: bool = True) -> str:
    """``2.500`` and ``1,5``: no more decimals than there are."""
    if amount is None:
        return ""
    places = max(0, -int(amount.normalize().as_tuple().exponent))
    return number_format(amount, places, use_l10n=True, force_grouping=grouped)


def line_columns() -> list[Any]:
    return [_("Kegiatan"), _("Rencana"), _("Baris"), _("Pola"), (_("Perkiraan biaya"), "num")]


def line_cells(line: PlanLine) -> tuple[Any, ...]:
    estimate = rupiah(line.estimate) if line.estimate is not None else NO_VALUE
    return (
        (line.activity, reverse("page.plan_line", kwargs={"code": line.code})),
        f"{line.get_plan_display()} {line.year}",
        line.reference,
        str(line.get_execution_mode_display()),
        estimate,
    )


def asset_item(asset: VillageAsset, *, far: bool = False) -> dict[str, str]:
    word, kind = asset_state(asset)
    title = asset.get_title_display() if asset.title else asset.certificate
    odd = _("Periksa titik lokasinya") if far else ""
    land = _("Tanah kas desa") if asset.village_land else str(asset.get_kind_display())
    return {
        "url": reverse("page.village_asset", kwargs={"code": asset.code}),
        "title": asset.name,
        "small": " · ".join(filter(None, (land, f"{figure(asset.quantity)} {asset.unit}", str(title), odd))),
        "state": word,
        "kind": kind,
    }


def asset_state(asset: VillageAsset) -> tuple[str, str]:
    if asset.withdrawn_at is not None:
        return _("Dicabut dari daftar"), "idle"
    if asset.pledged:
        return _("Dijaminkan atau dipakai"), "fix"
    return (_("Terinventaris"), "ok") if asset.recorded else (_("Belum terinventaris"), "idle")
