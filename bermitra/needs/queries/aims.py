"""Reading what a village is after, and what it will not have."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from bermitra.deliberation.queries import decision_on, offices_in
from bermitra.foundation.regions.models import Region
from bermitra.needs.catalogue import risks
from bermitra.needs.models import VetoLift, VillageAims
from bermitra.needs.rules import VetoFacts


def aims_of(village: Region | str) -> VillageAims | None:
    return VillageAims.objects.filter(village=village).first()


def lifts_visible_to(person: Any) -> QuerySet[VetoLift]:
    return VetoLift.objects.filter(offices_in(person))


def lifts_of(village: Region | str) -> QuerySet[VetoLift]:
    """Proposals to lift a veto, the newest first."""
    return VetoLift.objects.filter(village=village).order_by("-pk")


def setting_facts(held: VillageAims | None, vetoes: list[str]) -> VetoFacts:
    """What setting these vetoes would take back."""
    return VetoFacts(lifted=len(set(held.vetoes if held else ()) - set(vetoes)), agreed=False)


def lifting_facts(lift: VetoLift) -> VetoFacts:
    decided = decision_on(lift.code)
    agreed = decided is not None and decided.binding and decided.agreed and decided.text_hash == lift.hash
    return VetoFacts(lifted=1, agreed=agreed)


def lift_in_words(veto: str, why: str) -> str:
    """The proposal as it is read out in the meeting, in Indonesian in every language."""
    risk = risks()[veto]
    return f"Mencabut pantangan desa “{risk.id}”. Pantangan ini menjaga: {risk.why} Alasan mencabutnya: {why}"


def words_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
