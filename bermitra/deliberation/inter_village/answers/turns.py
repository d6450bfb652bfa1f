"""Whose turn it is on the page of a joint offer: what an asked village does next, what the one that offers may do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation.inter_village.answers.queries import closing_facts, taking_back_facts
from bermitra.deliberation.inter_village.answers.rules import closed_after_its_day, taken_back_by_another_meeting
from bermitra.deliberation.inter_village.answers.words import days_left
from bermitra.deliberation.inter_village.queries import Answer
from bermitra.deliberation.models import JointOffer
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.duties.queries import may_open

ANSWER = "deliberation.answer_joint_offer"
WITHDRAW = "deliberation.withdraw_joint_answer"
CLOSE = "deliberation.close_joint_answers"


def own(person: Person, said: Iterable[Answer]) -> Answer | None:
    """The answer of the asked village in whose house this person serves."""
    offices = {office.region_id for office in person.offices}
    return next((each for each in said if not each.offers and each.place.village_id in offices), None)


def doors_of(
    person: Person, held: JointOffer, said: Iterable[Answer], own: Answer | None, today: date, *, calling: bool
) -> list[dict[str, str]]:
    """Doors of the written answer that lead anywhere for this person. ``calling``: a Musyawarah antar-Desa is called."""
    if held.state != "sent":
        return []
    found = []
    if own is not None and own.to_write and may_open(person, ANSWER, own.place.reach()):
        found.append((ANSWER, _("Jawab tertulis")))
    if (
        own is not None
        and own.written is not None
        and may_open(person, WITHDRAW, own.place.reach())
        and taken_back_by_another_meeting(taking_back_facts(own))
    ):
        found.append((WITHDRAW, _("Tarik jawaban desa")))
    if not calling and closed_after_its_day(closing_facts(held, said, today)) and may_open(person, CLOSE, held.reach()):
        found.append((CLOSE, _("Tutup masa jawaban")))
    return [{"url": reverse(door, args=[held.code]), "verb": verb, "door": door} for door, verb in found]


def turn_of(person: Person, held: JointOffer, own: Answer | None, today: date) -> dict[str, Any] | None:
    """What is to be done next in the asked village of this person: a sentence, and a button where he may do it."""
    if own is None or held.state != "sent":
        return None
    left = days_left(own, today)
    if own.outdated and taken_back_by_another_meeting(taking_back_facts(own)):
        says = _(
            "Surat jawaban desa Anda tidak sesuai keputusan baru. Kepala Desa menariknya, lalu menjawab lagi. %(left)s"
        )
        may = may_open(person, WITHDRAW, own.place.reach())
        url = reverse(WITHDRAW, args=[held.code]) if may else ""
        return {"says": says % {"left": left}, "url": url, "verb": _("Tarik jawaban desa")}
    if not own.awaited:
        return None
    if own.to_write:
        says = _("Keputusan desa Anda mengikat. Kepala Desa menjawab tertulis. %(left)s") % {"left": left}
        may = may_open(person, ANSWER, own.place.reach())
        return {"says": says, "url": reverse(ANSWER, args=[held.code]) if may else "", "verb": _("Jawab tertulis")}
    if own.state == "pending":
        says = _("Musyawarah desa Anda sudah memutuskan. Berita acaranya ditetapkan mengikat dahulu. %(left)s")
    else:
        says = _("Ketua BPD membawa naskah ini ke Musyawarah Desa. %(left)s")
    may = may_open(person, "page.meetings", own.place.reach())
    return {"says": says % {"left": left}, "url": reverse("page.meetings") if may else "", "verb": _("Buka musyawarah")}
