"""Personal data got out: the clock starts, then everybody whose data it was is told (FD-13), or it was no breach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell, tell_each
from bermitra.foundation.personal.breaches import Place, breach_facts, hours_between, notice_hours, people_of
from bermitra.foundation.personal.models import WAITS, Affected, DataBreach
from bermitra.foundation.personal.rules import (
    RECORDING_A_BREACH,
    SETTING_ASIDE_A_BREACH,
    TELLING_OF_A_BREACH,
    AsideFacts,
    FoundFacts,
)
from bermitra.foundation.text import _

VILLAGE = 13  # characters of a village's code
AT_ONCE = 500  # rows in one statement


@command("accounts.record_data_breach", on="place")
def record_data_breach(
    act: Act, *, place: Place, title: str, found_at: datetime, whom: str, role: str = "", codes: Sequence[str] = ()
) -> DataBreach:
    """Data got out, and it was found at ``found_at`` (FD-35, FD-36): who is affected stands from now on, and is to be told.

    In a village the regency's office learns of it as well.
    """
    people = list(people_of(place, whom, role, codes).values_list("pk", flat=True))
    act.require(RECORDING_A_BREACH, FoundFacts(ahead=found_at > act.now, people=len(people)))
    breach = DataBreach.objects.create(
        region=place.region, title=title, whom=whom, role=role, found_at=found_at, recorded_at=act.now,
        recorded_by=act.by.code,
    )  # fmt: skip
    rows = [Affected(breach=breach, person_id=person) for person in people]
    Affected.objects.bulk_create(rows, batch_size=AT_ONCE)
    _wait_for_the_notice(act, breach)
    act.log("data_breach.recorded", breach, people=len(people), whom=whom, hours=hours_between(found_at, act.now))
    return breach


@command("accounts.notify_data_breach", on="breach")
def notify_data_breach(
    act: Act,
    *,
    breach: DataBreach,
    leaked: str,
    happened: str,
    measures: str,
    authority_letter: str,
    public: bool = False,
) -> DataBreach:
    """Tell everybody affected, on their own page and in their inbox, and the public where the law wants it (FD-37, FD-38).

    Too late is told as well (FD-13 warns): the journal then says by which rule.
    """
    told = {"leaked": leaked, "happened": happened, "measures": measures, "authority_letter": authority_letter}
    passed = act.require(TELLING_OF_A_BREACH, breach_facts(breach, act.now, **told))
    moved = DataBreach.objects.filter(WAITS, pk=breach.pk).update(
        **told, public=public, told_at=act.now, told_by=act.by.code
    )
    if not moved:
        raise NoSuchMove("data_breach", "closed", act.door)
    breach.refresh_from_db()
    people = tell_each(
        act,
        people=breach.affected.values_list("person__code", flat=True),
        says=_("Data pribadi Anda bocor. Baca apa yang bocor dan penanganannya di Data saya."),
        about=about_of(breach),
        url_name="page.my_data",
    )
    close_duties(act, about=about_of(breach))
    hours = hours_between(breach.found_at, act.now)
    act.log("data_breach.told", breach, people=people, hours=hours, public=public, passed_over=list(passed))
    return breach


@command("accounts.set_aside_data_breach", on="breach")
def set_aside_data_breach(act: Act, *, breach: DataBreach, reason: str) -> DataBreach:
    """It was recorded by mistake, or twice: nobody is to be told of it. Only before anybody was; the row stays (FD-40).

    Of a village the regency's office learns why, as it had learned of the breach.
    """
    act.require(SETTING_ASIDE_A_BREACH, AsideFacts(reason_letters=len(reason.strip())))
    moved = DataBreach.objects.filter(WAITS, pk=breach.pk).update(
        set_aside_at=act.now, set_aside_by=act.by.code, set_aside_why=reason
    )
    if not moved:
        raise NoSuchMove("data_breach", "closed", act.door)
    breach.refresh_from_db()
    close_duties(act, about=about_of(breach))
    _tell_the_regency(act, breach, _("Catatan kebocoran data di {village} dibatalkan. Periksa alasannya."))
    act.log("data_breach.set_aside", breach)
    return breach


def _wait_for_the_notice(act: Act, breach: DataBreach) -> None:
    """The office of the place tells the people; a breach of the whole instance waits for whoever recorded it."""
    place = breach.region_id or ""
    office = roles.VILLAGE_SECRETARY if len(place) == VILLAGE else roles.DPMD_OFFICER
    open_duty(
        act,
        door="accounts.notify_data_breach",
        about=about_of(breach),
        code=breach.code,
        says=_("Beri tahu orang yang data pribadinya bocor: {title}."),
        region=place if len(place) == VILLAGE else place[:5],
        role=office.key if place else "",
        person="" if place else act.by.code,
        due_on=timezone.localdate(breach.found_at + timedelta(hours=notice_hours(place))),
        title=breach.title,
    )
    _tell_the_regency(
        act, breach, _("Data pribadi bocor di {village}. Pastikan orangnya diberi tahu dalam batas waktu.")
    )


def _tell_the_regency(act: Act, breach: DataBreach, says: str) -> None:
    """Of what happens in one of its villages; of its own breaches the office of the regency knows."""
    place = breach.region_id or ""
    if len(place) == VILLAGE:
        tell(
            act,
            says=says,
            params={"village": breach.region.name if breach.region is not None else place},
            about=about_of(breach),
            url_name="page.data_breach",
            code=breach.code,
            role=roles.DPMD_OFFICER.key,
            region=place[:5],
        )
