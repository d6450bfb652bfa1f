"""What the address of a public page asks for."""

from __future__ import annotations

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bermitra.foundation.regions import queries
from bermitra.foundation.regions.models import Region
from bermitra.portal.forms import Narrow
from bermitra.portal.lists import code_of, without


def place(code: str) -> Region | None:
    """The area of this code; 404 for one that is not in the register."""
    if not code:
        return None
    found = queries.region(code)
    if found is None:
        raise Http404(_("Tidak ada wilayah dengan kode ini."))
    return found


def chips(form: Narrow, chosen: dict[str, str], area: Region | None, base: str) -> list[tuple[str, str]]:
    """The filters in use, each with the address of the list without it."""
    words = {name: area.name if name == "di" and area else form.words(name, value) for name, value in chosen.items()}
    return [(words[name], without(base, chosen, name)) for name in chosen]


def elsewhere(name: str, typed: str) -> HttpResponseRedirect | None:
    """The one address of a page whose code was written with hyphens or small letters; 404 for what is no code."""
    code = code_of(typed)
    if not code:
        raise Http404(_("Tidak ada halaman dengan kode ini."))
    return None if typed == code else redirect(name, code=code)
