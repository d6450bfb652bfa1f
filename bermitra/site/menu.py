"""The few doors of the header and the foot, by URL name. A page that an instance does not have leaves no link."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

PUBLIC = (
    ("page.villages", _("Desa")),
    ("page.partnerships", _("Kemitraan")),
    ("page.equity", _("Keadilan")),
    ("page.report", _("Lapor")),
)
WORK = (
    ("page.work_box", _("Kotak kerja")),
    ("page.partnerships", _("Kemitraan")),
    ("page.villages", _("Desa")),
    ("page.help", _("Bantuan")),
)
FOOT = (
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


def doors(entries: tuple[tuple[str, str], ...], path: str) -> list[Door]:
    """The entries that this instance has; ``here`` where ``path`` is the page or lies under it."""
    open_doors = []
    for name, label in entries:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        open_doors.append(Door(url, gettext(label), path == url or (url != "/" and path.startswith(url))))
    return open_doors
