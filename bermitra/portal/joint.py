"""Joint offers as the public sees them: what villages offer one another, and who answered what, when, under which number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from bermitra.agreements.joint.models import JointRegulation
from bermitra.deliberation.inter_village.answers.words import days_left, state_of
from bermitra.deliberation.inter_village.queries import Answer, answers, public_offers
from bermitra.deliberation.inter_village.rules import CONTENTS, MEETING_LABELS, OFFER_LABELS
from bermitra.deliberation.models import JointMeeting, JointOffer, JointPlace
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.regions.models import Region
from bermitra.portal import regulations
from bermitra.portal.lists import within

KIND_OF = {"sent": "doing", "agreed": "ok", "refused": "fix", "withdrawn": "late"}


def found(place: Region | None = None) -> QuerySet[JointOffer]:
    """Offers that were sent, the newest first; with a ``place`` those of and to its villages."""
    offers = public_offers()
    if place is not None:
        offers = offers.filter(Exists(JointPlace.objects.filter(within(place, "village"), offer=OuterRef("pk"))))
    return offers.select_related("village").order_by("-created_at", "-pk")


def behind(offers: QuerySet[JointOffer], code: str) -> QuerySet[JointOffer]:
    """What follows the offer of this code."""
    last = JointOffer.objects.filter(code=code)
    at, key = Subquery(last.values("created_at")), Subquery(last.values("pk"))
    return offers.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=key))


def lines(offers: Sequence[JointOffer]) -> list[dict[str, str]]:
    """What the rows component writes."""
    return [
        {
            "title": openly(each.title),
            "url": reverse("page.public_joint_offer", args=[each.code]),
            "small": gettext("Ditawarkan %(name)s · jawaban sampai %(day)s")
            % {"name": each.village.name, "day": date_format(each.answer_by, "j F Y")},
            "state": gettext(OFFER_LABELS[each.state].public),
            "kind": KIND_OF[each.state],
        }
        for each in offers
    ]


@dataclass(frozen=True)
class Line:
    """One village: what its Musyawarah decided and what its head wrote. No delegate is named to everybody."""

    said: Answer
    open: bool
    today: date

    @property
    def word(self) -> tuple[str, str]:
        return state_of(self.said)

    @property
    def left(self) -> str:
        return days_left(self.said, self.today) if self.open and self.said.awaited and not self.said.offers else ""


@dataclass(frozen=True)
class Shown:
    offer: JointOffer
    lines: list[Line]
    meetings: list[JointMeeting]
    regulation: JointRegulation | None

    @property
    def word(self) -> tuple[str, str]:
        return OFFER_LABELS[self.offer.state].public, KIND_OF[self.offer.state]

    @property
    def waiting(self) -> str:
        return OFFER_LABELS[self.offer.state].waiting

    @property
    def contents(self) -> list[tuple[str, str]]:
        return [(title, self.offer.contents[name]) for name, title in CONTENTS.items() if self.offer.contents.get(name)]

    @property
    def answered(self) -> int:
        """How many of those that were asked have written."""
        return sum(line.said.written is not None for line in self.lines)

    @property
    def asked(self) -> int:
        return sum(not line.said.offers for line in self.lines)

    @property
    def held(self) -> list[tuple[Any, str]]:
        return [(each.held_on, MEETING_LABELS[each.state].public) for each in self.meetings]


def show(code: str, today: date) -> Shown | None:
    """Six statements; one more where all agreed."""
    offer = public_offers().filter(code=code).select_related("village").first()
    if offer is None:
        return None
    said = [Line(each, offer.state == "sent", today) for each in answers(offer)]
    grown = regulations.told_by(offer) if offer.state == "agreed" else None
    return Shown(offer, said, list(offer.meetings.order_by("-pk")), grown)
