"""Peraturan Bersama as the public sees them: what binds villages to one another, who was heard, who sits, who has paid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext

from bermitra.agreements.joint.body.models import JointBody, JointBodySeat, JointMembership
from bermitra.agreements.joint.body.queries import Owed, owed, seated
from bermitra.agreements.joint.models import JointConsultation, JointParty, JointRegulation
from bermitra.agreements.joint.queries import public_regulations
from bermitra.deliberation.models import JointOffer
from bermitra.foundation.money import rupiah
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.regions.models import Region
from bermitra.portal.lists import within
from bermitra.portal.words import heads

_PARTIES = Prefetch(
    "parties",
    JointParty.objects.select_related("village").only(
        "regulation", "number", "name", "capacity", "gazette_number", "gazette_on", "village__name"
    ),
)


def found(place: Region | None = None) -> QuerySet[JointRegulation]:
    """Those that were promulgated, the newest first; with a ``place`` those of its villages, and those they joined later."""
    regulations = public_regulations()
    if place is not None:
        own = JointParty.objects.filter(within(place, "village"), regulation=OuterRef("pk"))
        joined = JointMembership.objects.filter(
            within(place, "village"), regulation=OuterRef("pk"), state="done", kind=JointMembership.Kind.JOIN
        )
        regulations = regulations.filter(Exists(own) | Exists(joined))
    columns = ("code", "title", "state", "village", "ends_on", "example", "signed_at")
    return regulations.only(*columns).prefetch_related(_PARTIES).order_by("-signed_at", "-pk")


def behind(regulations: QuerySet[JointRegulation], code: str) -> QuerySet[JointRegulation]:
    """What follows the one of this code."""
    last = JointRegulation.objects.filter(code=code)
    at, key = Subquery(last.values("signed_at")), Subquery(last.values("pk"))
    return regulations.filter(Q(signed_at__lt=at) | Q(signed_at=at, pk__lt=key))


def lines(regulations: Sequence[JointRegulation], today: date) -> list[dict[str, Any]]:
    """What the rows component writes."""
    return [
        {
            "title": openly(each.title),
            "code": each.code,
            "small": gettext("%(names)s · berlaku sampai %(day)s")
            % {"names": ", ".join(one.village.name for one in parties_of(each)), "day": _date(each.ends_on)},
            "state": word,
            "kind": kind,
        }
        for each in regulations
        for word, kind in [state_of(each, today)]
    ]


def state_of(regulation: JointRegulation, today: date) -> tuple[str, str]:
    """How it stands, and how the word is marked."""
    if regulation.ends_on is not None and regulation.ends_on < today:
        return gettext("Masa berlakunya habis"), "late"
    if regulation.state == "in_force":
        return gettext("Berlaku"), "ok"
    return gettext("Belum berlaku"), "doing"  # some villages have still to promulgate it


def parties_of(regulation: JointRegulation) -> list[JointParty]:
    """In the order of the title: the village that drafted first."""
    return sorted(
        regulation.parties.all(), key=lambda each: (each.village_id != regulation.village_id, each.village_id)
    )


@dataclass(frozen=True)
class Heard:
    """How a village heard its residents: how many, and what they proposed with the answer. Nobody is named."""

    consultation: JointConsultation
    village: str

    @property
    def small(self) -> str:
        held = self.consultation
        return f"{_date(held.held_on)}, {openly(held.place)} · {heads(held.men, held.women)}"

    @property
    def proposals(self) -> list[tuple[str, str]]:
        return [(openly(row["text"]), openly(row["answer"])) for row in self.consultation.said]


@dataclass(frozen=True)
class Shown:
    regulation: JointRegulation
    heard: list[Heard]
    memberships: list[JointMembership]
    body: JointBody | None
    seats: list[JointBodySeat]
    dues: list[Owed]
    today: date

    @property
    def word(self) -> tuple[str, str]:
        return state_of(self.regulation, self.today)

    @cached_property
    def parties(self) -> list[JointParty]:
        return parties_of(self.regulation)

    @property
    def officers(self) -> list[JointBodySeat]:
        """Chair, secretary and treasurer are named as every holder of an office; the other members are counted."""
        order = ("chair", "secretary", "treasurer")
        return sorted((each for each in self.seats if each.office in order), key=lambda each: order.index(each.office))

    @property
    def seat_table(self) -> dict[str, Any]:
        """How many women and men sit in it for each village."""
        counted = Counter((each.village.name, each.sex) for each in self.seats)
        villages = dict.fromkeys(each.village.name for each in self.seats)
        rows = [[name, str(counted[name, "P"]), str(counted[name, "L"])] for name in villages]
        women, men = (sum(each.sex == sex for each in self.seats) for sex in "PL")
        return {
            "columns": [gettext("Desa"), (gettext("Perempuan"), "num"), (gettext("Laki-laki"), "num")],
            "rows": rows,
            "foot": [[gettext("Jumlah"), str(women), str(men)]],
        }

    @property
    def due_now(self) -> list[Owed]:
        """Dues up to this year; before the first year those of the first."""
        first = min((each.due.year for each in self.dues), default=self.today.year)
        return [each for each in self.dues if each.due.year <= max(self.today.year, first)]

    @property
    def due_table(self) -> dict[str, Any]:
        rows = [
            [
                f"{each.due.village.name} {each.due.year}",
                _date(each.due.due_on),
                rupiah(each.due.amount),
                rupiah(each.paid),
                gettext("lunas") if not each.rest else gettext("terlambat") if each.late else gettext("belum lunas"),
            ]
            for each in self.due_now
        ]
        total, paid = sum(each.due.amount for each in self.due_now), sum(each.paid for each in self.due_now)
        return {
            "columns": [
                gettext("Desa dan tahun"),
                gettext("Paling lambat"),
                (gettext("Iuran"), "num"),
                (gettext("Dibayar"), "num"),
                gettext("Keadaan"),
            ],
            "rows": rows,
            "foot": [[gettext("Jumlah"), "", rupiah(total), rupiah(paid), ""]],
        }

    @property
    def late(self) -> int:
        return sum(each.rest for each in self.dues if each.late)


def show(code: str, today: date) -> Shown | None:
    """Four statements; two more once there is a BKAD."""
    along = ("village", "offer", "paper__file", "body__paper")
    held = public_regulations().filter(code=code).select_related(*along).prefetch_related(_PARTIES).first()
    if held is None:
        return None
    body: JointBody | None = getattr(held, "body", None)
    if body is not None and body.state != "formed":
        body = None
    return Shown(
        held,
        _heard(held),
        list(held.memberships.filter(state="done").select_related("village", "paper")),
        body,
        seated(body) if body is not None else [],
        owed(body, today) if body is not None else [],
        today,
    )


def _heard(regulation: JointRegulation) -> list[Heard]:
    """The last consultation of each village."""
    newest: dict[int, JointConsultation] = {}
    asked = JointConsultation.objects.filter(party__regulation=regulation).order_by("pk")
    for each in asked.only("party", "held_on", "place", "men", "women", "said"):
        newest[each.party_id] = each
    return [Heard(newest[each.pk], each.village.name) for each in parties_of(regulation) if each.pk in newest]


def told_by(offer: JointOffer) -> JointRegulation | None:
    """What grew from an offer that all agreed to; ``promulgated`` where it has a page for everybody. One statement."""
    public = Exists(public_regulations().filter(pk=OuterRef("pk")))
    found = JointRegulation.objects.filter(offer=offer).exclude(state="abandoned").annotate(promulgated=public)
    return found.only("code", "state", "offer").first()


def _date(on: date | None) -> str:
    return date_format(on, "j F Y") if on else ""
