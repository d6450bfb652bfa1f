"""Acts about personal data: a number kept and looked at, one's own data taken along, a leak told of, a person forgotten."""

from __future__ import annotations

from datetime import time

from django.db.models import Model

from bermitra.foundation.calendar import moment, zone_of
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.personal import actions
from bermitra.foundation.personal.breaches import OF_CODES, Place
from bermitra.foundation.personal.models import DataBreach, Kind
from bermitra.foundation.personal.queries import value_of
from bermitra.foundation.personal.subjects import Subject
from bermitra.site.demo.stage import Stage, StoryBroken, plays
from bermitra.site.demo.story import StoryAct


@plays("accounts.keep_nik")
def keep_nik(stage: Stage, act: StoryAct) -> Model | None:
    """A number of a district that no register knows: nobody bears it."""
    number = Secret(act.data["number"])
    return stage.open(actions.keep_nik, act.who, person=stage.person(act.who), number=number, agreed=True)


@plays("accounts.look_at_value")
def look_at_value(stage: Stage, act: StoryAct) -> Model | None:
    value = value_of(Subject.of_person(stage.person(act.data["of"])), Kind.NIK)
    if value is None:
        raise StoryBroken(f"{stage.story.code}, langkah {act.step}: tidak ada NIK yang tersimpan")
    return stage.open(actions.look_at_value, act.who, value=value, reason=act.data["reason"])


@plays("accounts.export_my_data")
def export_my_data(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.export_my_data, act.who, person=stage.person(act.who))
    return None


@plays("accounts.record_data_breach")
def record_data_breach(stage: Stage, act: StoryAct) -> Model | None:
    found_at = moment(act.on, time.fromisoformat(act.data["found_at"]), zone_of(stage.story.village))
    codes = [stage.person(who).code for who in act.data["people"]]
    return stage.open(
        actions.record_data_breach, act.who, place=Place(stage.village()), title=act.data["title"], found_at=found_at,
        whom=OF_CODES, codes=codes,
    )  # fmt: skip


@plays("accounts.notify_data_breach")
def notify_data_breach(stage: Stage, act: StoryAct) -> Model | None:
    data = dict(act.data)
    stage.open(actions.notify_data_breach, act.who, breach=stage.get(data.pop("breach"), DataBreach), **data)
    return None


@plays("accounts.request_erasure")
def request_erasure(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.request_erasure, act.who, person=stage.person(act.who))
    return None


@plays("accounts.erase_person")
def erase_person(stage: Stage, act: StoryAct) -> Model | None:
    """Whoever is forgotten bears the user name no more by which the cast calls; so nothing is asked twice."""
    by = stage.knock(act.who)
    if stage.answered(by) is None:
        stage.open(actions.erase_person, by, person=stage.person(act.data["person"]), told=True)
    return None
