"""Reading what was raised against partners: who sees it, what is proven, and the facts its rules are asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.queries import hands
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.rules import Standing
from bermitra.registry.due_diligence.book import Effect, Raised, book
from bermitra.registry.models import FlagReopening, FlagReply, FlagReview, Partner, RiskFlag
from bermitra.registry.queries.bodies import of_body
from bermitra.registry.queries.villages import OF_REGENCY, WATCHING_PARTNERS
from bermitra.registry.rules import FLAG_OPEN, FlagFacts, ReviewerFacts

FROM_REGISTER = frozenset(
    {"on_sanction_register", "watchlist_match_confirmed"}
)  # matched by name, never raised by hand


def raisable() -> dict[str, str]:
    """The flags of the book that somebody can raise, each with the fact that is true once it is proven."""
    stopping: list[Raised] = [each for each in book().fact_flags if each.flag.effect is Effect.BLOCK]
    facts = {each.flag.code: next(iter(each.when.names)) for each in stopping}
    return {code: fact for code, fact in facts.items() if fact not in FROM_REGISTER}


def flags_visible_to(person: Person) -> QuerySet[RiskFlag]:
    """The partner's own people; the offices of the village where it was seen that may raise one; the regency's."""
    wanted = Q(pk__in=[])
    for office in person.offices:
        if office.party:
            wanted |= Q(partner__code=office.party) | Q(partner__merged_into__code=office.party)
        elif office.region_id and office.role in OF_REGENCY:
            wanted |= Q(region__code__startswith=office.region_id)
        elif office.region_id and office.role in WATCHING_PARTNERS:
            wanted |= Q(region=office.region_id)
    return RiskFlag.objects.filter(wanted).select_related("partner", "region", "file")


def with_history(flags: QuerySet[RiskFlag]) -> QuerySet[RiskFlag]:
    """With replies, reviews and reopenings, the oldest first."""
    return flags.prefetch_related(
        Prefetch("replies", FlagReply.objects.order_by("pk").select_related("file")),
        Prefetch("reviews", FlagReview.objects.order_by("pk")),
        Prefetch("reopenings", FlagReopening.objects.order_by("pk")),
    )


def proven_against(partners: Iterable[Partner], day: date) -> dict[int, tuple[RiskFlag, ...]]:
    """By the key of each partner, the flags that are proven and still count on ``day``; one statement.

    What was raised against one entry of a body counts against every entry of it.
    """
    roots = {each.pk: each.kept_id for each in partners}
    if not roots:
        return {}
    found: dict[int, list[RiskFlag]] = defaultdict(list)
    proven = RiskFlag.objects.filter(of_body(*roots.values()), proven=True, decided_on__lte=day, counts_until__gt=day)
    for flag in proven.select_related("partner").order_by("pk"):
        found[flag.partner.kept_id].append(flag)
    return {key: tuple(found[root]) for key, root in roots.items()}


def any_proven() -> Exists:
    """Annotates a body, by the entry that stands for it: whether a flag was ever proven against it."""
    itself = OuterRef(OuterRef("pk"))
    entries = Partner.objects.filter(Q(pk=itself) | Q(merged_into=itself))
    return Exists(RiskFlag.objects.filter(partner__in=entries.values("pk"), proven=True))


def facts_proven(partner: Partner, day: date) -> dict[str, bool]:
    """What the flags proven against a partner add to the facts of its due diligence."""
    facts = raisable()
    return {facts[each.kind]: True for each in proven_against([partner], day)[partner.pk]}


def public_flags(partner: Partner, day: date) -> list[RiskFlag]:
    """Those that are proven and count: of a legal body, and nothing of them but kind, state and days is shown."""
    return list(reversed(proven_against([partner], day)[partner.pk]))


def flag_facts(flag: RiskFlag, held: Standing, today: date, *, proven: bool, by: str) -> FlagFacts:
    """For RG-14 and RG-39, as if ``by`` said this now."""
    of_round = FlagReview.objects.filter(flag=flag, round=flag.round, proven=proven)
    agreeing = set(of_round.values_list("reviewed_by", flat=True))
    return FlagFacts(
        reply_received=FlagReply.objects.filter(flag=flag, round=flag.round).exists(),
        working_days_since_raised=WorkingDays().between(flag.round_on, today),
        flag_reply_working_days=held.numbers["flag_reply_working_days"],
        reviewers=hands(agreeing | {by}),
    )


def reviewer_facts(flag: RiskFlag, who: str) -> ReviewerFacts:
    """For RG-23."""
    seen = FlagReview.objects.filter(flag=flag, round=flag.round, reviewed_by=who)
    return ReviewerFacts(raised_it=flag.raised_by == who, reviewed_already=seen.exists())


def flags_overdue(today: date) -> QuerySet[RiskFlag]:
    """Open ones past their day that nobody was told of yet."""
    return RiskFlag.objects.filter(state__in=FLAG_OPEN, due_on__lt=today, escalated_at=None).select_related("partner")
