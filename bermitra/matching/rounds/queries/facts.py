"""The facts that the rules of a round are asked about, and the lines that a page shows of them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.calendar import moment, zone_of
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Finding, Standing, examine
from bermitra.matching.models import Round, RoundObjection, RoundOffer, RoundRun, RoundVillage
from bermitra.matching.rounds.lives import ANSWERABLE
from bermitra.matching.rounds.policy import Policy
from bermitra.matching.rounds.queries.candidates import candidates
from bermitra.matching.rounds.rules import (
    ANNOUNCED,
    ANSWERING,
    CLOSING,
    IN_THE_MEETING,
    IN_TURN,
    OPENING,
    POLICY,
    PUBLISHING,
    RUNNING,
    THROWING,
    MeetingFacts,
    ObjectionsFacts,
    OpeningFacts,
    PolicyFacts,
    PublishingFacts,
    RunningFacts,
    SeedFacts,
    TurnFacts,
    VoidFacts,
    WindowFacts,
)


def policy_facts(of: Round, held: Standing) -> PolicyFacts:
    """The policy as the row has it, and its two windows counted from today."""
    policy, today = Policy.read(of.policy), clock.today()
    invite_until = of.invite_until or today
    return PolicyFacts(
        village_weight=policy.village_weight,
        partner_weight=policy.partner_weight,
        vision_min=policy.vision_min,
        size=policy.size,
        floor_slots=policy.floor_slots,
        reserve_percent=policy.reserve_percent,
        tiers=policy.tiers,
        partners_per_village=policy.partners_per_village,
        invite_days=(invite_until - today).days,
        prefer_days=((of.prefer_until or invite_until) - invite_until).days,
        round_invitation_days=held.numbers["round_invitation_days"],
        round_preference_days=held.numbers["round_preference_days"],
    )


def opening_facts(of: Round, held: Standing) -> OpeningFacts:
    """Computed anew: who is eligible today against who stands on the prepared list."""
    today = {each.village.pk for each in candidates(of.regency_id, of.follows, held) if each.eligible}
    listed = set(of.villages.filter(eligible=True).values_list("village", flat=True))
    return OpeningFacts(invited=len(listed), left_out=len(today ^ listed), offers=of.offers.count())


def invitation_facts(of: Round) -> WindowFacts:
    silent = RoundVillage.objects.filter(round=of, eligible=True, joined=None).count()
    silent += RoundOffer.objects.filter(round=of, joined=None).count()
    return WindowFacts(today=clock.today(), last_day=of.invite_until, waiting=silent)


def preference_facts(of: Round) -> WindowFacts:
    open_ones = {"round": of, "joined": True, "chosen_at": None}
    waiting = RoundVillage.objects.filter(**open_ones).count() + RoundOffer.objects.filter(**open_ones).count()
    return WindowFacts(today=clock.today(), last_day=of.prefer_until, waiting=waiting)


def response_facts(of: Round) -> WindowFacts:
    waiting = of.introductions.filter(state__in=ANSWERABLE).count()
    return WindowFacts(today=clock.today(), last_day=of.answer_until, waiting=waiting)


def is_running(of: Round) -> bool:
    return RoundRun.objects.filter(round=of, state="asked").exists()


def lists_facts(of: Round) -> TurnFacts:
    there = RoundRun.objects.filter(round=of, kind=RoundRun.Kind.CHOICES, state="done").exists()
    return TurnFacts(running=is_running(of), there=there)


def seed_facts(
    of: Round, held: Standing, thrown: tuple[int, ...] = (), witnesses: tuple[str, ...] = (), typed_by: str = ""
) -> SeedFacts:
    listed = RoundRun.objects.filter(round=of, kind=RoundRun.Kind.LIST, state="done").order_by("-pk").first()
    open_for = clock.now() - listed.done_at if listed is not None and listed.done_at else timedelta(0)
    return SeedFacts(
        of.list_hash,
        thrown,
        witnesses,
        thrown_before=of.seed != "",
        typed_by=typed_by,
        hours_open=int(open_for.total_seconds() // 3600),
        draw_commit_hours=held.numbers["draw_commit_hours"],
    )


def earliest_meeting(of: Round, held: Standing) -> datetime:
    """From when on the seed may fall: so many hours after now, and after the choices have closed by their day."""
    hours, now = timedelta(hours=held.numbers["draw_commit_hours"]), clock.now()
    if of.state == "ready" or of.prefer_until is None:
        return now + hours
    closed = moment(of.prefer_until + timedelta(days=1), time(0), zone_of(of.regency_id))
    return max(now, closed) + hours


def meeting_facts(of: Round, held: Standing) -> MeetingFacts:
    """Of the meeting as the row has it."""
    return MeetingFacts(
        now=clock.now(),
        meeting_at=of.meeting_at,
        place=of.meeting_place,
        earliest=earliest_meeting(of, held),
        thrown=of.seed != "",
    )


def turn_facts(of: Round) -> TurnFacts:
    return TurnFacts(running=is_running(of), there=of.seed != "")


def running_facts(of: Round) -> RunningFacts:
    policy = Policy.read(of.policy)
    return RunningFacts(
        hash_now=policy.hash,
        hash_published=of.policy_hash,
        offers=of.offers.filter(joined=True).count(),
        round_min_offers=policy.min_offers,
    )


def publishing_facts(of: Round) -> PublishingFacts:
    outcomes = [
        *of.villages.filter(joined=True).values_list("outcome", flat=True),
        *of.offers.filter(joined=True).values_list("outcome", flat=True),
    ]
    return PublishingFacts(
        agrees=of.report.get("agrees") is True, unexplained=sum(not each.get("kind") for each in outcomes)
    )


def objections_facts(of: Round, changed: str = "") -> ObjectionsFacts:
    filed = list(RoundObjection.objects.filter(round=of).values_list("state", "used"))
    return ObjectionsFacts(
        today=clock.today(),
        objections_until=of.objections_until,
        open=sum(state == "filed" for state, _used in filed),
        upheld=sum(state == "upheld" and not used for state, used in filed),
        changed=changed,
    )


def void_facts(of: Round, person: Person | None) -> VoidFacts:
    """Whether the figures have fallen, and whether this person stands in the regent's office."""
    offices = person.offices if person is not None else ()
    by_regent = any(each.role == roles.REGENT_OFFICE.key and each.region_id == of.regency_id for each in offices)
    return VoidFacts(thrown=of.seed != "", by_regent=by_regent)


def checks(of: Round) -> dict[str, tuple[Finding, ...]]:
    """By door, what the next steps of the regency's office ask: lines to tick. Empty where nothing is asked."""
    held = standing(of.regency_id)
    match of.state:
        case "draft":
            possible = examine(POLICY, policy_facts(of, held), held)
            return {"matching.open_round": (*possible, *examine(OPENING, opening_facts(of, held), held))}
        case "open":
            return {"matching.close_invitations": examine(CLOSING, invitation_facts(of), held)}
        case "preferences":
            return {
                "matching.close_preferences": (
                    *examine(IN_TURN, lists_facts(of), held),
                    *examine(CLOSING, preference_facts(of), held),
                    *examine(ANNOUNCED, meeting_facts(of, held), held),
                )
            }
        case "ready" if not of.seed:
            return {
                "matching.throw_seed": (
                    *examine(IN_THE_MEETING, meeting_facts(of, held), held),
                    *examine(THROWING, seed_facts(of, held), held),
                )
            }
        case "ready":
            return {
                "matching.run_round": (
                    *examine(RUNNING, running_facts(of), held),
                    *examine(IN_TURN, turn_facts(of), held),
                )
            }
        case "computed":
            return {"matching.publish_round": examine(PUBLISHING, publishing_facts(of), held)}
        case "provisional":
            return {"matching.open_responses": examine(ANSWERING, objections_facts(of), held)}
        case "responses":
            return {"matching.close_responses": examine(CLOSING, response_facts(of), held)}
    return {}
