"""Many villages are taken in from one table, and their letters are printed."""

from __future__ import annotations

from collections.abc import Sequence

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.enrolling import Newcomer, enrol_many
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.registry.models import OnboardingLetter, OnboardingLoad
from bermitra.registry.rules import LOADING, ONBOARDING, OnboardingFacts, TableFacts


@command("registry.onboard_villages", on="region")
def onboard_villages(
    act: Act,
    *,
    region: Region,
    newcomers: Sequence[Newcomer],
    file_name: str,
    file_hash: str,
    skipped: int = 0,
    example: bool = False,
) -> OnboardingLoad:
    """Take in the officers of many villages of ``region``, all or none: persons, confirmed offices, first letters (RG-26, RG-34).

    ``skipped`` rows of the file were left out because the officer chose so. One line in the journal for each office, one
    for the load.
    """
    villages = {each.region.pk: each.region for each in newcomers}
    before = OnboardingLoad.objects.filter(region=region, file_hash=file_hash).exists()
    outside = sum(not code.startswith(f"{region.pk}.") for code in villages)
    no_villages = sum(each.level != 4 or each.kind == Region.Kind.KELURAHAN for each in villages.values())
    held = standing(region.pk)
    act.require(LOADING, TableFacts(rows=len(newcomers), loaded_before=before), held)
    act.require(ONBOARDING, OnboardingFacts(outside=outside, no_villages=no_villages), held)
    letters = enrol_many(by=act, region=region, newcomers=newcomers, example=example)
    load = OnboardingLoad.objects.create(
        region=region,
        file_name=file_name,
        file_hash=file_hash,
        villages=len(villages),
        people=len(newcomers),
        skipped=skipped,
        loaded_at=act.now,
        loaded_by=act.by.code,
    )
    OnboardingLetter.objects.bulk_create([OnboardingLetter(load=load, letter=each) for each in letters])
    if act.role == roles.CAMAT.key:  # the regency learns whom its districts have taken in
        tell(
            act,
            says=_("Camat mendaftarkan {people} petugas dari {villages} desa."),
            params={"people": load.people, "villages": load.villages},
            about=f"onboardingload:{load.code}",
            role=roles.DPMD_OFFICER.key,
            region=region.pk[:5],
        )
    act.log("villages.onboarded", load, file=file_hash, villages=load.villages, people=load.people, skipped=skipped)
    return load


@command("registry.print_letters", on="load")
def print_letters(act: Act, *, load: OnboardingLoad) -> OnboardingLoad:
    """The letters of a load are handed out as one file: the journal says by whom."""
    act.log("letters.printed", load, letters=load.people)
    return load
