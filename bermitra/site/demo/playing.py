"""All stories, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.hashers import make_password

from bermitra.site.demo import (  # noqa: F401  each hangs its acts into the table of plays
    acts_agreements,
    acts_between,
    acts_changing,
    acts_deliberation,
    acts_delivery,
    acts_matching,
    acts_monitoring,
    acts_needs,
    acts_offers,
    acts_offices,
    acts_onboarding,
    acts_partnership,
    acts_people,
    acts_personal,
    acts_registry,
    acts_selection,
    acts_warnings,
)
from bermitra.site.demo.instance import memory_of, password
from bermitra.site.demo.memory import Memory
from bermitra.site.demo.stage import Stage
from bermitra.site.demo.story import STORIES, Story, read

OnStep = Callable[[Story, int, int], None]


def play_all(on_step: OnStep) -> None:
    """Every story as far as it was not played yet; ``on_step`` hears of each act that is done."""
    hashed = make_password(password())
    for code in STORIES:
        play(read(code), memory_of(code), hashed, on_step)


def play(story: Story, memory: Memory, password_hash: str, on_step: OnStep = lambda *_: None) -> Stage:
    stage = Stage(story, memory, password_hash)
    stage.play(lambda done, of: on_step(story, done, of))
    return stage
