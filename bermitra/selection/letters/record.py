"""What the papers of a selection tell, read from the records: proposals as they were received, seats, declarations, flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.journal.models import Event
from bermitra.registry.due_diligence.book import book
from bermitra.registry.models import Partner
from bermitra.registry.queries.flags import proven_against
from bermitra.selection.models import Call, Panelist, Proposal, ProposalVersion
from bermitra.selection.queries import declarations_of, public_ranking
from bermitra.selection.rules import SEATS

NEVER_OPENED = ("draft", "late")
STEPPED_BACK = Q(
    proposal__state="withdrawn", proposal__candidacies=None
)  # before the opening; a candidate does so after it


@dataclass(frozen=True)
class Received:
    """A proposal as it was sealed; ``named`` says whether everybody may read whose it is."""

    number: int
    proposal: Proposal
    version: int
    sent_at: datetime
    content_hash: str
    named: bool

    @property
    def partner(self) -> Partner:
        return self.proposal.partner


@dataclass(frozen=True)
class Opening:
    """When the sealed proposals were opened and by whom (the name is the house's alone)."""

    at: datetime
    by: str


def received(call: Call) -> list[Received]:
    """What was opened, by the second of its sealing. Contents stay where they are. Two statements."""
    sent = ProposalVersion.objects.filter(proposal__call=call).exclude(proposal__state__in=NEVER_OPENED)
    sent = sent.exclude(STEPPED_BACK)
    if call.opened_at is not None:  # another opening brings other proposals
        sent = sent.filter(sent_at__gte=call.opened_at)
    newest = {
        each.proposal_id: each for each in sent.select_related("proposal__partner").defer("content").order_by("number")
    }
    ranked = {line.proposal_id for line in public_ranking(call)}
    ordered = sorted(newest.values(), key=lambda each: (each.sent_at, each.pk))
    return [
        Received(n, each.proposal, each.number, each.sent_at, each.content_hash, each.proposal_id in ranked)
        for n, each in enumerate(ordered, 1)
    ]


def not_opened(call: Call) -> dict[str, int]:
    """How many of this opening came late or were withdrawn: whose they are, nobody is told."""
    of_now = Q(created_at__gte=call.opened_at) if call.opened_at else Q()
    shut = call.proposals.filter(of_now, state__in=("late", "withdrawn"), candidacies=None)
    states = list(shut.values_list("state", flat=True))
    return {state: states.count(state) for state in ("late", "withdrawn")}


def opening_of(call: Call) -> Opening | None:
    """By the journal; nothing before it happened."""
    told = Event.objects.filter(about=about_of(call), verb="proposals.opened").order_by("-seq").first()
    if told is None or not call.opening_minutes:
        return None
    person = Person.objects.filter(code=told.actor).first()
    return Opening(told.at, person.full_name if person else "")


@dataclass(frozen=True)
class Seat:
    """Who sits, which part he has, and what he declared in this opening (``None``: nothing yet)."""

    number: int
    sits: Panelist
    interest: bool | None
    declared_at: datetime | None
    what: str

    @property
    def name(self) -> str:
        return self.sits.person.full_name

    @property
    def office(self) -> str:
        return SEATS[self.sits.seat]

    @property
    def part(self) -> str:
        return "menilai" if self.sits.scores else "memimpin, tidak menilai"

    @property
    def declared(self) -> str:
        if self.sits.tied_at is not None and not self.interest:
            return "ditemukan terkait dengan calon mitra, tidak menilai"
        return {None: "belum menyatakan", False: "tanpa kepentingan", True: "berkepentingan"}[self.interest]


def seats_of(call: Call) -> list[Seat]:
    """All seats, also those that were left, with the newest declaration of each. Two statements."""
    newest = {each.person_id: each for each in declarations_of(call).order_by("pk")}
    seats = []
    for number, sits in enumerate(call.panel.order_by("pk"), 1):
        said = newest.get(sits.person_id)
        seats.append(
            Seat(
                number,
                sits,
                said.interest if said else None,
                said.at if said else None,
                said.what if said else "",
            )
        )
    return seats


def flags_of(partners: Sequence[Partner], day: date) -> dict[int, str]:
    """By the key of each partner, the proven flags that counted on ``day``, in words; one statement."""
    known = book().flags
    return {
        key: "; ".join(known[flag.kind].name.id if flag.kind in known else flag.kind for flag in flags)
        for key, flags in proven_against(partners, day).items()
        if flags
    }
