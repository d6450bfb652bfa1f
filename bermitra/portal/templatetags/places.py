"""``{% load places %}``: names and addresses of areas, and lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.queries import Hit
from bermitra.portal import villages

register = template.Library()
register.filter("place_name", villages.named)
register.filter("lies_in", villages.lies_in)
register.filter("score", villages.score)


@register.filter
def place_url(area: Region) -> str:
    """The page of a village, or the list of what lies in a larger area."""
    if area.level == 4:
        return reverse("page.village", args=[area.code])
    return f"{reverse('page.villages')}?{urlencode({'di': area.code})}"


@register.inclusion_tag("components/rows.html")
def place_rows(hits: Iterable[Hit]) -> dict[str, Any]:
    """Each area with what it lies in, its code, and why it can't be a party where it is no desa."""
    items = [
        {
            "title": f"{gettext(hit.region.get_kind_display())} {hit.region.name}"
            if hit.region.level == 4
            else villages.named(hit.region),
            "url": place_url(hit.region),
            "small": " · ".join(filter(None, [villages.lies_in(hit.path), hit.region.code, _why_not(hit.region)])),
        }
        for hit in hits
    ]
    return {"items": items, "numbered": False, "label": ""}


def _why_not(area: Region) -> str:
    """That a kelurahan begins no partnership of villages is said where it is found."""
    return villages.not_a_desa()[0] if area.kind == Region.Kind.KELURAHAN else ""


@register.inclusion_tag("components/crumbs.html")
def place_crumbs(path: Sequence[Region]) -> dict[str, Any]:
    """Home, all villages, and the areas above."""
    above = [(villages.named(each), place_url(each)) for each in path]
    return {
        "crumbs": [
            (gettext("Beranda"), reverse("page.home")),
            (pgettext("menu", "Desa"), reverse("page.villages")),
            *above,
        ]
    }
