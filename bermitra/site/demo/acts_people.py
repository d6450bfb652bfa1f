"""Acts in which people become known: the first officer by the system, all others at that officer's counter."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from bermitra.foundation.accounts import actions as accounts
from bermitra.foundation.accounts.models import AccessLetter, Person
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.norms import actions as norms
from bermitra.foundation.people import actions as offices
from bermitra.foundation.regions.actions import invent_example
from bermitra.foundation.regions.models import Region
from bermitra.registry.actions import accept_request, admit_person
from bermitra.registry.models import Partner, PartnerRequest
from bermitra.site.demo.cast import Office, Somebody, cast
from bermitra.site.demo.stage import SYSTEM, Stage, plays
from bermitra.site.demo.story import StoryAct


@plays("regions.invent_example")
def invent(stage: Stage, act: StoryAct) -> Model | None:
    names = [name for _code, name in stage.story.places]
    return stage.open(invent_example, SYSTEM, code=act.data["code"], names=[*names[:3], act.data["name"]])


@plays("accounts.enrol")
def enrol(stage: Stage, act: StoryAct) -> Model | None:
    """By the regency's officer, or by the system where it is the first officer; each then uses his letter."""
    for who in act.data["people"]:
        somebody = cast()[who]
        first, *others = somebody.offices
        given = stage.open(
            offices.enrol, act.who or SYSTEM, region=Region.objects.get(pk=somebody.region), full_name=somebody.name,
            username=somebody.username, example=True, **_office(first, act),
        )  # fmt: skip
        for office in others:
            _give_office(stage, act, given.person, office)
        _use(stage, AccessLetter.objects.get(person=given.person))
    return None


@plays("registry.admit_person")
def admit(stage: Stage, act: StoryAct) -> Model | None:
    partner = stage.get(act.data["partner"], Partner)
    for who in act.data["people"]:
        somebody: Somebody = cast()[who]
        first = somebody.offices[0]
        given = _office(first, act)
        given["mandate"] = given.pop("decree")
        letter = stage.open(
            admit_person, act.who, partner=partner, full_name=somebody.name, username=somebody.username, **given
        )
        _use(stage, letter)
    return None


@plays("registry.accept_request")
def accept(stage: Stage, act: StoryAct) -> Model | None:
    """The counter takes in a body that asked for it; its first person uses the letter."""
    request, somebody = stage.get(act.data["request"], PartnerRequest), cast()[act.data["person"]]
    given = _office(somebody.offices[0], act)
    given["mandate"] = given.pop("decree")
    del given["title"]
    letter = stage.open(accept_request, act.who, request=request, username=somebody.username, **given)
    _use(stage, letter)
    return PartnerRequest.objects.get(pk=request.pk).partner


@plays("norms.change")
def change_norm(stage: Stage, act: StoryAct) -> Model | None:
    regency = Region.objects.get(pk=stage.story.village[:5])
    changed: Model | None = None
    for name, value in act.data["words"].items():
        changed = stage.open(
            norms.change,
            act.who,
            regency=regency,
            name=name,
            value=value,
            basis=act.data["basis"],
            effective_from=act.on,
        )
    return changed


def _office(office: Office, act: StoryAct) -> dict[str, Any]:
    since = office.since or act.on
    return {
        "role": office.role, "title": office.title, "decree": office.decree, "since": since, "until": office.until,
    }  # fmt: skip


def _give_office(stage: Stage, act: StoryAct, person: Person, office: Office) -> None:
    stage.open(offices.enrol_further, act.who or SYSTEM, person=person, region=person.region, **_office(office, act))


def _use(stage: Stage, letter: AccessLetter) -> None:
    stage.open(
        accounts.use_letter,
        person=letter.person,
        code=Secret(letter.secret()),
        password_hash=Secret(stage.password_hash),
    )
