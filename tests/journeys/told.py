"""A story told in the database of a test: the places it happens in, and what came of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password

from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.register import key_of, kind_of, level_of, parent_of
from bermitra.site.demo.memory import Memory
from bermitra.site.demo.playing import play
from bermitra.site.demo.story import Story, read

PASSWORD = "padi-bukit-2024"


@cache
def expected() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("expected.yaml").read_text(encoding="utf-8"))


def with_places(story: Story) -> None:
    """The areas of the register that a story happens in; invented ones it makes itself."""
    for code, name in story.places:
        if not code.startswith("99"):
            kind = kind_of(code)
            Region.objects.create(
                code=code, level=level_of(code), kind=kind, name=name, name_key=key_of(name, kind),
                parent_id=parent_of(code) or None,
            )  # fmt: skip


NEIGHBOURS = ("Beji", "Lawen", "Pasegeran", "Pringamba")  # with whom scarce places are drawn


def with_neighbours(story: Story) -> None:
    district = story.village[:8]
    for number, name in enumerate(NEIGHBOURS, 2002):
        Region.objects.create(
            code=f"{district}.{number}",
            level=4,
            kind="desa",
            name=name,
            name_key=key_of(name, "desa"),
            parent_id=district,
        )


def tell(code: str, memory: Memory | None = None) -> Memory:
    story, memory = read(code), memory or Memory()
    with_places(story)
    if "draw" in expected().get(code, {}):  # the story of the gates has no numbers of its own
        with_neighbours(story)
    play(story, memory, make_password(PASSWORD))
    return memory
