"""What a person allows, takes back, and what then must stop within the norm's hours."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.personal.models import DataConsent
from bermitra.foundation.text import _

VILLAGE = 13  # characters of a village's code

STOP = {
    DataConsent.Purpose.PHOTO: _("Hentikan pemakaian foto seseorang: izinnya ditarik."),
    DataConsent.Purpose.TESTIMONY: _("Hentikan pemakaian nama dan pernyataan seseorang: izinnya ditarik."),
    DataConsent.Purpose.CONTACT: _("Berhenti membagikan nomor telepon seseorang: izinnya ditarik."),
    DataConsent.Purpose.CHILD: _("Hentikan pemakaian foto dan pernyataan seorang anak: izinnya ditarik."),
}


@command("accounts.record_data_consent", on="person")
def record_data_consent(act: Act, *, person: Person, purpose: str) -> DataConsent:
    """The person allows one use; allowing it twice is one consent."""
    consent, new = DataConsent.objects.get_or_create(
        person=person, purpose=purpose, withdrawn_at=None, defaults={"given_at": act.now}
    )
    act.log("data_consent.recorded", consent, purpose=purpose, new=new)
    return consent


@command("accounts.withdraw_data_consent", on="consent")
def withdraw_data_consent(act: Act, *, consent: DataConsent) -> DataConsent:
    """The person takes it back; whoever used it has ``consent_withdrawal_hours`` to stop."""
    place = consent.person.region_id or ""
    hours = standing(place).numbers["consent_withdrawal_hours"]
    stop_by = act.now + timedelta(hours=hours)
    moved = DataConsent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=act.now, stop_by=stop_by)
    if not moved:
        raise NoSuchMove("data_consent", "withdrawn", act.door)
    consent.refresh_from_db()
    if place:
        in_village = len(place) == VILLAGE
        open_duty(
            act,
            door="accounts.confirm_use_stopped",
            about=about_of(consent),
            code=consent.code,
            says=STOP[DataConsent.Purpose(consent.purpose)],
            region=place if in_village else place[:5],
            role=roles.VILLAGE_SECRETARY.key if in_village else roles.DPMD_OFFICER.key,
            due_on=timezone.localdate(stop_by),
        )
    act.log("data_consent.withdrawn", consent, purpose=consent.purpose, hours=hours)
    return consent


@command("accounts.confirm_use_stopped", on="consent")
def confirm_use_stopped(act: Act, *, consent: DataConsent) -> DataConsent:
    """The office that used it says that it has stopped, and the person is told."""
    stopping = DataConsent.objects.filter(pk=consent.pk, withdrawn_at__isnull=False, stopped_at=None)
    if not stopping.update(stopped_at=act.now, stopped_by=act.by.code):
        raise NoSuchMove("data_consent", "stopped" if consent.stopped_at else "given", act.door)
    consent.refresh_from_db()
    close_duties(act, about=about_of(consent))
    tell(
        act,
        says=_("Pemakaian data yang izinnya Anda tarik sudah dihentikan."),
        about=about_of(consent),
        url_name="page.my_data",
        person=consent.person.code,
    )
    act.log("data_consent.use_stopped", consent, in_time=consent.stop_by is None or act.now <= consent.stop_by)
    return consent
