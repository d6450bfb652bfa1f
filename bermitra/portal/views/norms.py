"""What a regency set, for everybody: values, basis, from when; as a page and as tables."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from bermitra.foundation.commands import clock
from bermitra.foundation.documents import sheets
from bermitra.foundation.fields import filled
from bermitra.foundation.norms.queries import settings_of, standing, switches_of
from bermitra.foundation.norms.words import COLUMNS, STAGES, SWITCH_COLUMNS, line, spoken
from bermitra.foundation.pages import render
from bermitra.foundation.regions.models import Region

REGENCY = 2  # the level of a regency or city


def listed(request: HttpRequest, code: str) -> HttpResponse:
    place = _place(code)
    every = settings_of(place.code)
    numbers = standing(place.code).numbers
    changed = [each for each in every if each.rows]
    shown = slice(1, None if any(each.coming for each in changed) else -1)  # no chapter, and nothing to come if none is
    context = {
        "place": place,
        "day": clock.today(),
        "changed": [line(each)[shown] for each in changed],
        "columns": COLUMNS[shown],
        "switched": [
            (each.rule.code, filled(each.rule.says, numbers), *spoken(each))
            for _title, rows in switches_of(place.code)
            for each in rows
            if each.rows
        ],
        "switch_columns": SWITCH_COLUMNS,
        "chapters": [
            (_(title), [each for each in every if each.norm.stage == stage and not each.rows])
            for stage, title in STAGES.items()
        ],
    }
    return render(request, "portal/norms.html", context)


def csv(request: HttpRequest, code: str) -> HttpResponseBase:
    place = _place(code)
    return sheets.csv(_name(place), COLUMNS, [line(each) for each in settings_of(place.code)])


def xlsx(request: HttpRequest, code: str) -> HttpResponseBase:
    place = _place(code)
    return sheets.xlsx(_name(place), _("Ketentuan daerah"), COLUMNS, [line(each) for each in settings_of(place.code)])


def _place(code: str) -> Region:
    return get_object_or_404(Region, pk=code, level=REGENCY)


def _name(place: Region) -> str:
    return f"ketentuan-{place.code}-{clock.today():%Y%m%d}"
