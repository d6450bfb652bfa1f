"""Offices and mandates as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format

from bermitra.foundation.accounts.models import Appointment, Assistance
from bermitra.foundation.commands import clock


def appointment_rows(found: Iterable[Appointment]) -> list[dict[str, str]]:
    """Who, as what, where, by which decree, until when, and how it stands today."""
    today = clock.today()
    return [
        {
            "url": reverse("page.appointment", kwargs={"code": each.pk}),
            "title": f"{each.person.full_name}, {each.called}",
            "small": " · ".join(filter(None, (each.region.name if each.region else "", each.decree, term(each)))),
            "state": each.stands(today),
            "kind": appointment_kind(each, today),
        }
        for each in found
    ]


def appointment_kind(office: Appointment, today: date) -> str:
    if office.state == Appointment.State.CONTESTED:
        return "fix"
    if office.state == Appointment.State.PROPOSED:
        return "doing"
    return "ok" if office.state == Appointment.State.CONFIRMED and office.until >= today else "idle"


def assistance_rows(found: Iterable[Assistance]) -> list[dict[str, str]]:
    today = clock.today()
    return [
        {
            "url": reverse("page.assistance", kwargs={"code": each.code}),
            "title": f"{each.helper.full_name}, {each.village.name}",
            "small": " · ".join(filter(None, (each.purpose, each.number, day(each.until)))),
            "state": each.stands(today),
            "kind": assistance_kind(each, today),
        }
        for each in found
    ]


def assistance_kind(mandate: Assistance, today: date) -> str:
    return "idle" if mandate.until < today else ASSISTANCE_KINDS[mandate.state]


ASSISTANCE_KINDS = {"requested": "doing", "active": "ok", "contested": "fix", "ended": "idle"}


def term(office: Appointment) -> str:
    return f"{day(office.since)} – {day(office.until)}"


def day(when: date) -> str:
    return date_format(when, "j F Y")
