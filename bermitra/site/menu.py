"""The few doors of the header and the foot, by URL name. A page that an instance does not have leaves no link."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Entry = tuple[str, Promise]

# One word in Indonesian, two in English: the menu names many, a column one. Hence the context.
PUBLIC: tuple[Entry, ...] = (
    ("page.villages", pgettext_lazy("menu", "Desa")),
    ("page.partnerships", pgettext_lazy("menu", "Kemitraan")),
    ("page.calls", pgettext_lazy("menu", "Penawaran")),
    ("page.partners", pgettext_lazy("menu", "Mitra")),
)
WORK: tuple[Entry, ...] = (
    ("page.work_box", _("Kotak kerja")),
    ("page.partnerships", pgettext_lazy("menu", "Kemitraan")),
    ("page.villages", pgettext_lazy("menu", "Desa")),
    ("page.inbox", _("Kabar")),
    ("page.meetings", _("Musyawarah")),
    ("page.needs", pgettext_lazy("menu", "Kebutuhan")),
)
FOOT: tuple[Entry, ...] = (
    ("page.about", _("Tentang")),
    ("page.help", _("Bantuan")),
    ("page.opendata", _("Data terbuka")),
    ("page.source", _("Kode sumber")),
    ("page.privacy", _("Data pribadi")),
    ("page.accessibility", _("Aksesibilitas")),
)


@dataclass(frozen=True)
class Door:
    url: str
    label: str
    here: bool


def doors(entries: tuple[Entry, ...], path: str) -> list[Door]:
    """The entries that this instance has; ``here`` is the one nearest above ``path``, or the page itself."""
    found = [(url, label) for name, label in entries if (url := _url(name))]
    above = [url for url, _label in found if path == url or (url != "/" and path.startswith(url))]
    nearest = max(above, key=len, default="")
    return [Door(url, str(label), url == nearest) for url, label in found]


@lru_cache
def _url(name: str) -> str:
    """Empty for a page that this instance does not have; which it has does not change while it runs."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
