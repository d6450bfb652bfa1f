"""What rests on an office ends with it: a helper's mandate, and the powers and mandates that its holder gave."""

from __future__ import annotations

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Assistance, Mandate
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.messages.api import tell
from bermitra.foundation.people.actions.assistance import end_assistance
from bermitra.foundation.people.queries import SIGNING
from bermitra.foundation.people.rules import APPOINTMENT
from bermitra.foundation.text import _


def end_what_rests_on(act: Act, office: Appointment) -> None:
    """For an act that has just ended ``office`` before its day. On its last day all of this ends by its own dates."""
    for own in Assistance.objects.filter(appointment=office, state__in=Assistance.GRANTED):
        end_assistance(by=act, assistance=own, reason="Jabatan petugas pembantu diakhiri.")
    if office.role == roles.VILLAGE_HEAD.key:
        _end_mandates_of_head(act, office)
    if office.role in SIGNING:
        _end_powers(act, office)


def _end_mandates_of_head(act: Act, head: Appointment) -> None:
    """All of the village, but for what another head in office has given with his own account."""
    heads = Appointment.objects.in_force(clock.today()).filter(region=head.region_id, role=head.role)
    given = Assistance.objects.filter(village=head.region_id, state__in=Assistance.GRANTED)
    found = given.exclude(granted_by__in=heads.exclude(person=head.person_id).values("person__code"))
    for each in found.select_related("village", "helper"):
        end_assistance(by=act, assistance=each, reason="Jabatan Kepala Desa pemberi mandat berakhir.")
        params = {"name": each.helper.full_name, "village": each.village.name}
        told = {"about": about_of(each), "url_name": "page.assistance", "code": each.code}
        tell(
            act,
            says=_("Mandat Anda mengisi atas nama {village} berakhir bersama jabatan Kepala Desa."),
            params=params,
            person=each.helper.code,
            **told,
        )
        tell(
            act,
            says=_("Mandat {name} mengisi atas nama {village} berakhir bersama jabatan Kepala Desa."),
            params=params,
            role=roles.VILLAGE_SECRETARY.key,
            region=each.village_id,
            **told,
        )


def _end_powers(act: Act, giver: Appointment) -> None:
    """Powers by letter of this holder in this house."""
    powers = Mandate.objects.filter(giver=giver.person_id, appointment__state__in=Appointment.HOLDING)
    house = powers.filter(appointment__region=giver.region_id, appointment__party=giver.party)
    for each in house.exclude(appointment=giver).select_related("appointment__person"):
        office = each.appointment
        move_on(act, APPOINTMENT, office, Appointment.State.ENDED, state_at=act.now)
        close_duties(act, about=about_of(office))
        tell(
            act,
            says=_("Kuasa Anda ({number}) berakhir bersama jabatan pemberinya. Mintalah kuasa dari penggantinya."),
            params={"number": each.number},
            about=about_of(office),
            person=office.person.code,
        )
        act.log("appointment.ended", office, person=office.person.code, role=office.role)
