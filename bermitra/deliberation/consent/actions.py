"""The six steps of consent with an affected group."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.deliberation.consent import queries
from bermitra.deliberation.consent.rules import (
    CONSENT,
    CONSENT_STEPS,
    CONSENTING,
    INFORMING,
    STEPPING,
)
from bermitra.deliberation.models import (
    ConsentProcess,
    ConsentRefusal,
    ConsentStep,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, keep_file, withdraw_paper
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _


@command("deliberation.begin_consent", on="village")
def begin_consent(
    act: Act,
    *,
    village: Region,
    about: str,
    title: str,
    group: str,
    language: str,
    informed_on: date,
    example: bool = False,
) -> ConsentProcess:
    """Hand the information to the affected group and begin; after a refusal all steps begin anew."""
    act.require(INFORMING, queries.informing_facts(village.pk, about, informed_on), standing(village.pk))
    process = ConsentProcess.objects.select_for_update().filter(about=about).first()
    if process is None:
        process = ConsentProcess(about=about, village=village, example=example, round=0, state=CONSENT.start)
    elif process.village_id != village.pk:
        raise NoSuchMove(CONSENT.name, process.state, act.door)
    process.state = CONSENT.through(act.door, process.state)
    process.round += 1
    process.title, process.group, process.language, process.informed_on = title, group, language, informed_on
    process.refused_why, process.begun_at, process.begun_by = "", act.now, act.by.code
    process.save()
    act.log("consent.begun", process, about_case=about, round=process.round)
    _await_step(act, process)
    return process


@command("deliberation.record_consent_step", on="process")
def record_consent_step(
    act: Act,
    *,
    process: ConsentProcess,
    number: int,
    held_on: date,
    minutes_number: str,
    minutes: str = "",
    scan: Content | None = None,
    male: int,
    female: int,
    local_language: bool,
) -> ConsentStep:
    """A step that was taken with the group; ``scan`` is that of its signed minutes, without which it does not count."""
    process = _now(process)
    norms = standing(process.village_id)
    facts = queries.consent_facts(
        process,
        step=number,
        held_on=held_on,
        minutes_number=minutes_number,
        scan=scan.sha256 if scan else "",
        numbers=norms.numbers,
    )
    act.require(STEPPING, facts, norms)
    _move(act, process)
    step = _step(act, process, number, held_on, minutes_number, minutes, scan, male, female, local_language)
    act.log("consent.step_recorded", process, step=number, male=male, female=female)
    _await_step(act, process)
    return step


@command("deliberation.give_consent", on="process")
def give_consent(
    act: Act,
    *,
    process: ConsentProcess,
    held_on: date,
    minutes_number: str,
    minutes: str = "",
    scan: Content | None = None,
    male: int,
    female: int,
    local_language: bool,
    given_by: str,
    paper: Prepared | None = None,
) -> ConsentStep:
    """The last step: the affected group itself agrees, with the conditions that its minutes state.

    ``paper`` is the statement to be signed by it (``consent.letters``).
    """
    process = _now(process)
    norms = standing(process.village_id)
    number = len(CONSENT_STEPS)
    facts = queries.consent_facts(
        process,
        step=number,
        held_on=held_on,
        minutes_number=minutes_number,
        scan=scan.sha256 if scan else "",
        numbers=norms.numbers,
        affected_present=male + female,
        local_language=local_language,
        given_by=given_by,
        recorder=act.by.code,
    )
    act.require(CONSENTING, facts, norms)
    _move(act, process)
    step = _step(act, process, number, held_on, minutes_number, minutes, scan, male, female, local_language, given_by)
    if paper is not None:
        issue_paper(by=act, paper=paper)
    act.log("consent.given", process, about_case=process.about, male=male, female=female)
    close_duties(act, about=about_of(process))
    return step


@command("deliberation.refuse_consent", on="process")
def refuse_consent(act: Act, *, process: ConsentProcess, why: str, scan: Content | None = None) -> ConsentProcess:
    """At any step, and after consent was given, the group may say no; ``scan`` is that of its minutes, if it made any.

    A yes taken back withdraws its statement, and head and BPD have to talk with the parties.
    """
    process = _now(process)
    before = process.state
    _move(act, process, refused_why=why)
    ConsentRefusal.objects.create(
        process=process,
        round=process.round,
        state=before,
        why=why,
        file=keep_file(by=act, content=scan) if scan else None,
        recorded_at=act.now,
        recorded_by=act.by.code,
    )
    act.log("consent.refused", process, about_case=process.about, at=before)
    close_duties(act, about=about_of(process))
    if before == "given":
        _consent_withdrawn(act, process, why)
    return process


def _consent_withdrawn(act: Act, process: ConsentProcess, why: str) -> None:
    for paper in Paper.objects.filter(about=about_of(process), kind=queries.STATEMENT, withdrawal__isnull=True):
        withdraw_paper(by=act, paper=paper, why=why)
    for role in (roles.VILLAGE_HEAD.key, roles.BPD_CHAIR.key):
        open_duty(
            act,
            door="page.consent",
            about=about_of(process),
            code=process.code,
            says=_("Warga menarik persetujuannya. Bicarakan dengan para pihak: {title}"),
            region=process.village_id,
            role=role,
            title=process.title,
        )


def _step(
    act: Act, process: ConsentProcess, number: int, held_on: date, minutes_number: str, minutes: str,
    scan: Content | None, male: int, female: int, local_language: bool, given_by: str = "",
) -> ConsentStep:  # fmt: skip
    return ConsentStep.objects.create(
        process=process,
        round=process.round,
        number=number,
        held_on=held_on,
        minutes_number=minutes_number,
        minutes=minutes,
        file=keep_file(by=act, content=scan) if scan else None,
        male=male,
        female=female,
        local_language=local_language,
        given_by=given_by,
        recorded_at=act.now,
        recorded_by=act.by.code,
    )


def _await_step(act: Act, process: ConsentProcess) -> None:
    close_duties(act, about=about_of(process))
    last = process.state == CONSENT_STEPS[-1]
    open_duty(
        act,
        door="deliberation.give_consent" if last else "deliberation.record_consent_step",
        about=about_of(process),
        code=process.code,
        says=_("Lanjutkan PADIATAPA: {title}"),
        region=process.village_id,
        role=roles.BPD_CHAIR.key,
        title=process.title,
    )


def _now(process: ConsentProcess) -> ConsentProcess:
    return ConsentProcess.objects.select_for_update().get(pk=process.pk)


def _move(act: Act, process: ConsentProcess, **changes: Any) -> None:
    move_on(act, CONSENT, process, **changes)
