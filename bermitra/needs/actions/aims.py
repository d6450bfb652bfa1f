"""Verbs of aims: what a village is after, and what it will not have. Only a Musyawarah takes a veto back."""

from __future__ import annotations

from bermitra.deliberation.api import offer_text, withdraw_text
from bermitra.deliberation.models import Subject
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.needs import queries
from bermitra.needs.catalogue import risks
from bermitra.needs.models import VetoLift, VillageAims
from bermitra.needs.rules import LIFT, LIFTING


@command("needs.set_aims", on="village")
def set_aims(act: Act, *, village: Region, goals: list[int], vetoes: list[str], example: bool = False) -> VillageAims:
    """Goals change as the village wishes; a veto holds at once and stays until a Musyawarah lifts it (ND-10)."""
    said = {"set_at": act.now, "set_by": act.by.code}
    VillageAims.objects.get_or_create(village=village, defaults={**said, "example": example})
    aims = VillageAims.objects.select_for_update().get(village=village)  # a row is there to lock, also the first time
    act.require(LIFTING, queries.setting_facts(aims, vetoes), standing(village.code))
    aims.goals, aims.vetoes = sorted(set(goals)), _in_order(vetoes)
    aims.set_at, aims.set_by = act.now, act.by.code
    aims.save(update_fields=["goals", "vetoes", "set_at", "set_by"])
    act.log("aims.set", aims, goals=aims.goals, vetoes=aims.vetoes)
    return aims


@command("needs.propose_lift", on="village")
def propose_lift(act: Act, *, village: Region, veto: str, why: str, example: bool = False) -> VetoLift:
    """Ask the Musyawarah to lift one veto: its words wait for the next meeting, which decides on their hash."""
    held = VillageAims.objects.select_for_update().filter(village=village).first()
    asked = VetoLift.objects.filter(village=village, veto=veto, state="proposed").exists()
    if held is None or veto not in held.vetoes or asked:
        raise NoSuchMove(LIFT.name, "proposed" if asked else LIFT.start, act.door)
    words = queries.lift_in_words(veto, why)
    lift = VetoLift.objects.create(
        village=village,
        veto=veto,
        why=why,
        hash=queries.words_hash(words),
        state=LIFT.through(act.door, LIFT.start),
        example=example,
        created_at=act.now,
        created_by=act.by.code,
    )
    offer_text(
        act,
        village=village,
        code=lift.code,
        kind=Subject.Kind.OTHER.value,
        title=f"Mencabut pantangan: {risks()[veto].id}",
        text=words,
        text_hash=lift.hash,
    )
    act.log("veto.lift_proposed", lift, veto=veto, text=lift.hash)
    open_duty(
        act,
        door="needs.lift_veto",
        about=about_of(lift),
        code=lift.code,
        says=_("Bawa usulan pencabutan pantangan ke Musyawarah Desa: {title}"),
        region=village.code,
        role=roles.BPD_CHAIR.key,
        title=risks()[veto].id,
    )
    return lift


@command("needs.lift_veto", on="lift")
def lift_veto(act: Act, *, lift: VetoLift) -> VillageAims:
    """Carry out what a binding Musyawarah decided on these very words (ND-10)."""
    aims = VillageAims.objects.select_for_update().get(village=lift.village_id)
    act.require(LIFTING, queries.lifting_facts(lift), standing(lift.village_id))
    move_on(act, LIFT, lift)
    aims.vetoes = [veto for veto in aims.vetoes if veto != lift.veto]
    aims.set_at, aims.set_by = act.now, act.by.code
    aims.save(update_fields=["vetoes", "set_at", "set_by"])
    _closed(act, lift, "veto.lifted")
    return aims


@command("needs.withdraw_lift", on="lift")
def withdraw_lift(act: Act, *, lift: VetoLift) -> VetoLift:
    """The veto stays: the village asks no more, or its Musyawarah has refused."""
    move_on(act, LIFT, lift)
    _closed(act, lift, "veto.lift_withdrawn")
    return lift


def _closed(act: Act, lift: VetoLift, verb: str) -> None:
    withdraw_text(act, code=lift.code)
    close_duties(act, about=about_of(lift))
    act.log(verb, lift, veto=lift.veto)


def _in_order(vetoes: list[str]) -> list[str]:
    return [code for code in risks() if code in set(vetoes)]
