"""Reading draws: whose they are, what the rules ask of them, and what everybody may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.calendar import moment, zone_of
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, Standing, examine
from bermitra.matching.draws import lists
from bermitra.matching.draws.rules import (
    ASKED,
    ASKING,
    COMMITTING,
    MEETING,
    WAITING,
    CommittingFacts,
    MeetingFacts,
    WaitingFacts,
)
from bermitra.matching.engine.draw import check
from bermitra.matching.models import Draw, DrawEntrant
from bermitra.matching.rounds.rules import CLOSING, WindowFacts
from bermitra.needs.models import Offer
from bermitra.needs.offers.queries import open_offers, reaching
from bermitra.registry.models import Partner
from bermitra.registry.queries.bodies import of_body
from bermitra.registry.queries.standing import PartnerStanding, standing_of
from bermitra.registry.rules import verdict_fresh

OF_REGENCY = frozenset({roles.DPMD_OFFICER.key, roles.REGENT_OFFICE.key, roles.AUDITOR.key})
OF_PARTNER = frozenset({roles.PARTNER_REP.key, roles.PARTNER_SIGNATORY.key})
WITH_NAMES = ("regency", "partner")
YEAR = timedelta(days=366)
STANDING = (verdict_fresh,)  # of a partner that publishes a list


@dataclass(frozen=True)
class Organiser:
    """Who holds a draw: the regency, or a partner among the villages of a regency."""

    regency: Region
    partner: Partner | None = None

    def reach(self) -> Reach:
        return Reach(region=self.regency.pk, parties=frozenset({self.partner.code} if self.partner else ()))


# Whose they are ------------------------------------------------------------------------------------------------------


def draws_visible_to(person: Person) -> QuerySet[Draw]:
    """Draws of the regency in which the person holds office, and those of the own partner, also before they are published."""
    seen = Q(pk__in=())
    for office in person.offices:
        if office.role in OF_REGENCY and office.region_id:
            seen |= Q(regency_id=office.region_id)
        if office.role in OF_PARTNER and office.party:
            seen |= Q(partner__code=office.party)
    return Draw.objects.filter(seen).select_related(*WITH_NAMES)


SHOWN = Coalesce("asked_at", "committed_at")  # since when everybody sees a draw


def published_draws() -> QuerySet[Draw]:
    """What everybody sees: since its villages were asked or its list was published, whatever became of the draw."""
    seen = Draw.objects.annotate(shown_at=SHOWN).exclude(shown_at=None)
    return seen.select_related(*WITH_NAMES).order_by("-shown_at", "code")


def behind(draws: QuerySet[Draw], last: Draw) -> QuerySet[Draw]:
    """What follows a draw in the order of the public list."""
    at = last.asked_at or last.committed_at
    return draws.filter(Q(shown_at__lt=at) | Q(shown_at=at, code__gt=last.code))


def of_village(village: str) -> QuerySet[DrawEntrant]:
    """The places of a village in public draws, on the list or left out; the newest first."""
    rows = DrawEntrant.objects.filter(village_id=village, draw__in=published_draws().order_by().values("pk"))
    shown = Coalesce("draw__asked_at", "draw__committed_at")
    return rows.select_related("draw__regency", "draw__partner").order_by(shown.desc(), "draw__code")


def asked_of(village: str, code: str) -> DrawEntrant:
    """What a village is asked in a draw. Raises :class:`DrawEntrant.DoesNotExist` where it is not."""
    rows = DrawEntrant.objects.filter(draw__asked_at__isnull=False, left_out__in=ASKED)
    return rows.select_related("village", "draw__regency", "draw__partner").get(village=village, draw__code=code)


def same_programme(draw: Draw) -> QuerySet[Draw]:
    """Every public draw of the same programme by the same organiser in the regency, the first one first."""
    same = Draw.objects.filter(regency=draw.regency_id, partner=draw.partner, programme_key=draw.programme_key)
    return same.annotate(shown_at=SHOWN).exclude(shown_at=None).order_by("shown_at", "pk")


def beside(draw: Draw) -> QuerySet[Draw]:
    """For a public draw: those of :func:`same_programme`, and under whatever name what the same organiser voided in the
    year before it: a draw that is held again under another name doesn't hide the one that it replaces."""
    same = Draw.objects.filter(regency=draw.regency_id, partner=draw.partner)
    same = same.annotate(shown_at=SHOWN).exclude(shown_at=None)
    before = draw.asked_at or draw.committed_at
    year = Q(state="void", voided_at__lt=before, voided_at__gt=before - YEAR) if before else Q(pk__in=())
    return same.filter(Q(programme_key=draw.programme_key) | year).exclude(pk=draw.pk).order_by("shown_at", "pk")


def district_names(regency: str) -> dict[str, str]:
    """The names of a regency's districts by code, those no longer in force too: old lists name them."""
    rows = Region.objects.filter(pk__gt=regency, pk__lt=f"{regency}/", level=3).order_by("name")
    return dict(rows.values_list("pk", "name"))


def districts_in(rows: Iterable[DrawEntrant]) -> dict[str, str]:
    """The same from the rows of a draw, without asking again."""
    return {each.attributes["district"]: each.listed_district for each in rows}


def rows_of(draw: Draw) -> list[DrawEntrant]:
    """Every row of the draw, by the code that was listed; while villages answer, as their answers so far would leave the
    list. One statement."""
    rows = list(draw.entrants.order_by("listed_code"))
    return lists.settled(draw, rows) if draw.state == "asking" else rows


def listed_counts(draws: Iterable[int]) -> dict[int, int]:
    """How many villages stand on the list of each draw. One statement."""
    rows = DrawEntrant.objects.filter(draw__in=list(draws), left_out="")
    return dict(rows.values_list("draw").annotate(n=Count("pk")).order_by("draw"))


def winners(rows: Iterable[DrawEntrant]) -> list[DrawEntrant]:
    """Those that have a place, in the order of their lots; by code where nothing was drawn."""
    return sorted((each for each in rows if each.drawn), key=lambda each: (each.rank or 0, each.listed_code))


def about(draw: Draw) -> str:
    """What duties, notices and papers call a draw: the page of that name is open to everybody."""
    return f"fair_draw:{draw.code}"


def answer_of(entrant: DrawEntrant) -> str:
    """What the duty of one village is about: it ends without those of the others, and with the draw."""
    return f"draw_answer:{entrant.draw.code}-{entrant.village_id}"


def papers_of(draw: Draw) -> QuerySet[Paper]:
    """The papers of a draw that hold, the newest first."""
    return Paper.objects.filter(about=about(draw), withdrawal=None).order_by("-pk").select_related("file")


def list_paper_of(draw: Draw) -> Paper | None:
    """The print of the published list; of a voided draw too, whose paper says so itself where its code is looked up."""
    return Paper.objects.filter(about=about(draw), kind="draw_list").select_related("file").order_by("-pk").first()


# What the rules ask --------------------------------------------------------------------------------------------------


def meeting_moment(draw: Draw) -> datetime | None:
    """When the draw is held, as the clock of the regency shows it."""
    if draw.meeting_on is None or draw.meeting_at is None:
        return None
    return moment(draw.meeting_on, draw.meeting_at, zone_of(draw.regency_id))


def committing_facts(
    draw: Draw, held: Sequence[DrawEntrant], now: datetime, numbers: Any, seen: str | None = None
) -> CommittingFacts:
    """Of a draw with the rows it has; ``seen`` is the hash of the list that the page showed. Who could be on the list was
    settled, for everybody to see, when the villages were asked: from then on only their answers change it."""
    today = lists.day_of(draw, now)
    applied = {each.listed_code for each in held if each.applied}
    fresh = list(held) if draw.asked_at else lists.entrants_of(draw, applied, today)
    entrants = lists.for_engine(held)
    meeting = meeting_moment(draw)
    earliest = now + timedelta(hours=numbers["draw_commit_hours"])
    wrong = check(entrants, draw.seats, draw.quotas)
    read = seen is None or seen == lists.list_hash(draw, held)
    return CommittingFacts(
        entrants=len(entrants),
        seats=draw.seats,
        quotas=len(draw.quotas),
        impossible=sum(each.field not in ("seats", "entrants") for each in wrong),
        unaccounted=lists.differing(held, fresh) + (not read),
        running=same_programme(draw).filter(state__in=("asking", "committed")).exclude(pk=draw.pk).count(),
        has_meeting=bool(draw.meeting_place) and meeting is not None and meeting >= earliest,
        at_home=draw.partner is None or offers_here(draw.partner, draw.regency, today).exists(),
    )


def answering_facts(draw: Draw, held: Iterable[DrawEntrant], now: datetime) -> WindowFacts:
    return WindowFacts(lists.day_of(draw, now), draw.answer_until, len(lists.unanswered(held)))


def offers_here(partner: Partner, regency: Region, day: date) -> QuerySet[Offer]:
    """Open offers of a partner, under any entry of its body, that reach the regency."""
    return open_offers(day).filter(of_body(partner.kept_id), reaching(regency))


def organiser_standing(draw: Draw, now: datetime) -> PartnerStanding | None:
    """How the partner stands that holds the draw, for RG-13; ``None`` of a regency's own."""
    if draw.partner is None:
        return None
    return standing_of(draw.partner, lists.day_of(draw, now))


def waiting_facts(draw: Draw, held: Iterable[DrawEntrant], now: datetime, numbers: Any) -> WaitingFacts:
    open_for = now - draw.committed_at if draw.committed_at else timedelta(0)
    return WaitingFacts(
        list_hash=draw.list_hash,
        hash_now=lists.list_hash(draw, held),
        hours_open=int(open_for.total_seconds() // 3600),
        draw_commit_hours=numbers["draw_commit_hours"],
    )


def meeting_facts(draw: Draw, now: datetime) -> MeetingFacts:
    return MeetingFacts(now, meeting_moment(draw))


def asking_checks(draw: Draw, held: Sequence[DrawEntrant], now: datetime) -> tuple[Finding, ...]:
    """What asking the villages takes, as lines to tick."""
    norms = standing(draw.regency_id)
    asking = examine(ASKING, committing_facts(draw, held, now, norms.numbers), norms)
    partner = organiser_standing(draw, now)
    return (*asking, *(examine(STANDING, partner, norms) if partner else ()))


def checks(
    draw: Draw, held: Sequence[DrawEntrant], now: datetime, norms: Standing | None = None
) -> tuple[Finding, ...]:
    """What the next step asks for, as lines to tick: publishing the list, or throwing."""
    norms = norms or standing(draw.regency_id)
    if draw.state in ("prepared", "asking"):
        answered = examine(CLOSING, answering_facts(draw, held, now), norms) if draw.asked_at else ()
        committing = examine(COMMITTING, committing_facts(draw, held, now, norms.numbers), norms)
        partner = organiser_standing(draw, now)
        return (*answered, *committing, *(examine(STANDING, partner, norms) if partner else ()))
    if draw.state == "committed":
        waiting = examine(WAITING, waiting_facts(draw, held, now, norms.numbers), norms)
        return (*waiting, *examine(MEETING, meeting_facts(draw, now), norms))
    return ()
