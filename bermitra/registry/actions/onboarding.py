"""Many villages are taken in from one table; a camat's table waits for the regency; their letters are printed."""

from __future__ import annotations

from collections.abc import Sequence

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.enrolling import Newcomer, confirm_many, drop_many, enrol_many
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.accounts.rules import READING_A_LETTER, ReadingFacts
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.registry.models import OnboardedOffice, OnboardingDecision, OnboardingLetter, OnboardingLoad
from bermitra.registry.queries.onboarding import (
    confirming_asked,
    load_of_file,
    loads_of_file,
    offices_of,
    onboarding_facts,
    taken_facts,
    terms_given,
)
from bermitra.registry.rules import (
    DECLINING_LOAD,
    LOADING,
    ONBOARDING,
    ONBOARDING_FLOW,
    ONE_HOLDER,
    DecliningFacts,
    TableFacts,
)


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
    """Take in the officers of many villages of ``region``, all or none (RG-26, RG-34, RG-35, RG-36): persons, offices, first
    letters. What a camat loads is proposed, without a letter, until an officer of the regency has confirmed it.

    ``skipped`` rows of the file were left out because the officer chose so. One line in the journal for each office, one
    for the load.
    """
    held, villages = standing(region.pk), {each.region.pk for each in newcomers}
    before = load_of_file(region, file_hash)
    act.require(LOADING, TableFacts(rows=len(newcomers), loaded_before=before is not None), held)
    act.require(ONBOARDING, onboarding_facts(region, newcomers), held)
    given = terms_given((each.region.pk, each.role, each.since, each.until) for each in newcomers)
    act.require(ONE_HOLDER, taken_facts(given, clock.today()), held)
    stands = "waiting" if act.role == roles.CAMAT.key else "confirmed"
    waits = ONBOARDING_FLOW.through(act.door, ONBOARDING_FLOW.start, stands) == "waiting"
    enrolled = enrol_many(by=act, region=region, newcomers=newcomers, proposed=waits, example=example)
    load = OnboardingLoad.objects.create(
        region=region,
        file_name=file_name,
        file_hash=file_hash,
        attempt=loads_of_file(region, file_hash).count() + 1,
        villages=len(villages),
        people=len(newcomers),
        skipped=skipped,
        proposed=waits,
        loaded_at=act.now,
        loaded_by=act.by.code,
    )
    if waits:
        OnboardedOffice.objects.bulk_create([OnboardedOffice(load=load, appointment=each) for each in enrolled.offices])
        _ask_the_regency(act, load)
    OnboardingLetter.objects.bulk_create([OnboardingLetter(load=load, letter=each) for each in enrolled.letters])
    act.log("villages.onboarded", load, file=file_hash, villages=load.villages, people=load.people, skipped=skipped)
    return load


def _ask_the_regency(act: Act, load: OnboardingLoad) -> None:
    days = standing(load.region_id).numbers["appointment_check_working_days"]
    open_duty(
        act,
        door="registry.confirm_load",
        about=about_of(load),
        code=load.code,
        says=_("Periksa {people} petugas dari {villages} desa yang didaftarkan Camat {place}."),
        region=load.region_id,
        role=roles.DPMD_OFFICER.key,
        due_on=WorkingDays().add(clock.today(), days),
        people=load.people,
        villages=load.villages,
        place=load.region.name,
    )


# A camat's table --------------------------------------------------------------------------------------------------------
@command("registry.confirm_load", on="load")
def confirm_load(act: Act, *, load: OnboardingLoad) -> OnboardingLoad:
    """The regency has looked at the decrees behind a camat's table: its offices count, its letters may be printed (RG-36,
    RG-37). Offices that were ended meanwhile stay so."""
    held = standing(load.region_id)
    offices = _decide(act, load, confirmed=True)
    for rules, facts in confirming_asked(load, act.by.code, clock.today()):
        act.require(rules, facts, held)
    letters = confirm_many(by=act, region=load.region, offices=offices)
    OnboardingLetter.objects.bulk_create([OnboardingLetter(load=load, letter=each) for each in letters])
    _tell_the_loader(act, load, _("Dinas mengesahkan tabel {file}. Surat aksesnya dicetak dinas."))
    act.log("onboarding.confirmed", load, people=len(letters))
    return load


@command("registry.decline_load", on="load")
def decline_load(act: Act, *, load: OnboardingLoad, reason: str) -> OnboardingLoad:
    """The regency turns a camat's table down as a whole, and says why (RG-38); a mended table may follow, or the same one where
    the reason lay outside it."""
    act.require(DECLINING_LOAD, DecliningFacts(reason), standing(load.region_id))
    offices = _decide(act, load, confirmed=False, reason=reason)
    drop_many(by=act, region=load.region, offices=offices)
    _tell_the_loader(act, load, _("Dinas menolak tabel {file}. Baca alasannya, perbaiki tabelnya, lalu unggah lagi."))
    act.log("onboarding.declined", load)
    return load


def _decide(act: Act, load: OnboardingLoad, *, confirmed: bool, reason: str = "") -> list[Appointment]:
    """Out of waiting, if nobody was quicker; the offices of the load, with their people."""
    held = OnboardingLoad.objects.select_for_update().get(pk=load.pk)
    ONBOARDING_FLOW.through(act.door, held.state)
    load.decision = OnboardingDecision.objects.create(
        load=held, confirmed=confirmed, reason=reason, at=act.now, by=act.by.code
    )
    close_duties(act, about=about_of(load))
    return list(offices_of(load))


def _tell_the_loader(act: Act, load: OnboardingLoad, says: str) -> None:
    tell(
        act,
        says=says,
        params={"file": load.file_name},
        about=about_of(load),
        url_name="page.onboarding_load",
        code=load.code,
        person=load.loaded_by,
    )


@command("registry.print_letters", on="load")
def print_letters(act: Act, *, load: OnboardingLoad) -> OnboardingLoad:
    """The letters of a load are handed out as one file, to whoever's act made them (FD-47): the journal says by whom."""
    if load.state != "confirmed":
        raise NoSuchMove(ONBOARDING_FLOW.name, load.state, act.door)
    made_by = load.decision.by if load.proposed else load.loaded_by
    act.require(READING_A_LETTER, ReadingFacts(reader=act.by.code, issuer=made_by))
    act.log("letters.printed", load, letters=load.letters.count())
    return load
