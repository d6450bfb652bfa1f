"""What the first visitor after a start would otherwise wait for: the table of addresses, one for each language, and the
templates, read and parsed. Only what serves pages warms up; a command at the terminal starts as quickly as before."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.utils import get_app_template_dirs
from django.urls import reverse
from django.utils.translation import override

OURS = Path(__file__).resolve().parents[1]


def warm_up() -> None:
    """Load every page, address and template of the house; a fault in one of them shows now, before anybody asks."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            reverse("page.home")
    for engine in engines.all():
        if isinstance(engine, DjangoTemplates):
            for name in names_of_templates(engine):
                engine.get_template(name)


def names_of_templates(engine: DjangoTemplates) -> list[str]:
    """Of our own templates, as pages name them."""
    places = [Path(str(each)) for each in (*engine.engine.dirs, *get_app_template_dirs("templates"))]
    return [
        str(found.relative_to(place))
        for place in places
        if place.is_relative_to(OURS)
        for found in sorted(place.rglob("*"))
        if found.suffix in (".html", ".txt", ".svg", ".xml") and found.is_file()
    ]
