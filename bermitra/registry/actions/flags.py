"""Something is raised against a partner, answered by it, and decided by two people who did not raise it."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.calendar import WorkingDays, add_years
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import SYSTEM, Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents.files import Content
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.registry.actions.villages import _kept
from bermitra.registry.models import FlagReopening, FlagReply, FlagReview, Partner, RiskFlag
from bermitra.registry.queries.conflicts import examiner_facts
from bermitra.registry.queries.dealings import places_of
from bermitra.registry.queries.flags import flag_facts, flags_overdue, raisable, reviewer_facts
from bermitra.registry.rules import (
    FLAG_FLOW,
    FLAG_OPEN,
    GIVING_AN_OPINION,
    RESOLVING_A_FLAG,
    REVIEWING_A_FLAG,
    TAKING,
    FlagState,
)

REVIEWERS = (
    roles.DPMD_OFFICER.key,
    roles.AUDITOR.key,
)  # two offices of the regency: one of them alone may be a single person


@command("registry.raise_flag", on="region")
def raise_flag(
    act: Act,
    *,
    region: Region,
    partner: Partner,
    kind: str,
    seen: str,
    source: str,
    file: Content | None = None,
) -> RiskFlag:
    """Say what was seen of a partner, where, and whence one knows it; ``region`` is the office's own place.

    Raises :class:`NotAllowed` where partner and place have nothing to do with one another.
    """
    if region.code not in places_of(partner):
        raise NotAllowed(act.door, act.by.code)
    days: int = standing(region.code).numbers["flag_reply_working_days"]
    today = clock.today()
    flag = RiskFlag.objects.create(
        partner=partner,
        kind=kind if kind in raisable() else _unknown(kind),
        region=region,
        state=FLAG_FLOW.through(act.door, FLAG_FLOW.start),
        seen=seen,
        source=source,
        file=_kept(act, file),
        raised_at=act.now,
        raised_by=act.by.code,
        raised_as=act.role,
        round_on=today,
        due_on=WorkingDays().add(today, days),
    )
    act.log("flag.raised", flag, partner=partner.code, kind=kind)
    _partner_may_reply(act, flag)
    return flag


def _unknown(kind: str) -> str:
    raise ValueError(f"nobody raises {kind!r}")


@command("registry.reply_flag", on="flag")
def reply_flag(act: Act, *, flag: RiskFlag, text: str, file: Content | None = None) -> RiskFlag:
    """The partner answers; from now on two people decide within the same time."""
    _to(act, flag, due_on=_due(flag), escalated_at=None)
    FlagReply.objects.create(
        flag=flag, round=flag.round, text=text, file=_kept(act, file), replied_at=act.now, replied_by=act.by.code
    )
    act.log("flag.replied", flag, partner=flag.partner.code)
    close_duties(act, about=about_of(flag))
    _reviewers_decide(act, flag)
    return flag


@command("registry.review_flag", on="flag")
def review_flag(act: Act, *, flag: RiskFlag, proven: bool, reason: str) -> FlagReview:
    """The first opinion, or another one than that of those before: it decides nothing by itself."""
    held = _again(flag)
    if held.state not in FLAG_OPEN:
        raise NoSuchMove(FLAG_FLOW.name, held.state, act.door)
    _asked(act, held, proven=proven, alone=True)
    review = _reviewed(act, held, proven, reason)
    act.log("flag.reviewed", held, proven=proven)
    close_duties(act, about=about_of(held))
    _reviewers_decide(act, held, door="registry.resolve_flag")
    return review


@command("registry.resolve_flag", on="flag")
def resolve_flag(act: Act, *, flag: RiskFlag, proven: bool, reason: str) -> RiskFlag:
    """The second of one opinion decides. Proven, the flag is a fact of the due diligence from this moment on."""
    held, today = _again(flag), clock.today()
    if held.state not in FLAG_OPEN:
        raise NoSuchMove(FLAG_FLOW.name, held.state, act.door)
    _asked(act, held, proven=proven, alone=False)
    _reviewed(act, held, proven, reason)
    years: int = standing(held.region_id).numbers["flag_counts_years"]
    _to(
        act,
        flag,
        FlagState.CONFIRMED if proven else FlagState.CLEARED,
        proven=proven,
        decided_on=today,
        counts_until=add_years(today, years) if proven else None,
    )
    act.log("flag.resolved", flag, proven=proven, kind=flag.kind, partner=flag.partner.code)
    close_duties(act, about=about_of(flag))
    _tell_both(
        act,
        flag,
        _("Tanda risiko pada {partner} terbukti.") if proven else _("Tanda risiko pada {partner} tidak terbukti."),
    )
    return flag


@command("registry.reopen_flag", on="flag")
def reopen_flag(act: Act, *, flag: RiskFlag, reason: str) -> RiskFlag:
    """New facts begin a new round with a new right of reply. What was decided holds until it is decided anew."""
    today = clock.today()
    _to(act, flag, round=flag.round + 1, round_on=today, due_on=_due(flag), escalated_at=None)
    FlagReopening.objects.create(
        flag=flag,
        round=flag.round,
        reason=reason,
        reopened_at=act.now,
        reopened_by=act.by.code,
        reopened_as=act.role,
    )
    act.log("flag.reopened", flag, round=flag.round)
    _partner_may_reply(act, flag)
    return flag


@command("registry.escalate_flag", on="flag")
def escalate_flag(act: Act, *, flag: RiskFlag) -> RiskFlag:
    """Its day is over: the regency's auditor is asked to decide, and the regent's office reads that it waits."""
    if _again(flag).state not in FLAG_OPEN:
        raise NoSuchMove(FLAG_FLOW.name, flag.state, act.door)
    RiskFlag.objects.filter(pk=flag.pk).update(escalated_at=act.now)
    act.log("flag.escalated", flag, partner=flag.partner.code)
    _reviewers_decide(act, flag)
    _tell(
        act,
        flag,
        _("Tanda risiko pada {partner} lewat waktu."),
        role=roles.REGENT_OFFICE.key,
        region=flag.region_id[:5],
    )
    return flag


def escalate_overdue_flags() -> int:
    """Every open flag whose day is over, once; says how many. The daily round asks it."""
    found = list(flags_overdue(clock.today()))
    for flag in found:
        escalate_flag(by=By.the_system(f"flag-late-{flag.code}-{flag.due_on.isoformat()}"), flag=flag)
    return len(found)


def _asked(act: Act, flag: RiskFlag, *, proven: bool, alone: bool) -> None:
    """The rules of an opinion. Alone it needs no second person yet, but the reply or its deadline."""
    today, held = clock.today(), standing(flag.region_id)
    act.require(REVIEWING_A_FLAG, reviewer_facts(flag, act.by.code), held)
    act.require(TAKING, examiner_facts(act.by.person, flag.partner, today, flag.raised_at), held)
    facts = flag_facts(flag, held, today, proven=proven, by=act.by.code)
    act.require(GIVING_AN_OPINION if alone else RESOLVING_A_FLAG, facts, held)


def _reviewed(act: Act, flag: RiskFlag, proven: bool, reason: str) -> FlagReview:
    return FlagReview.objects.create(
        flag=flag,
        round=flag.round,
        proven=proven,
        reason=reason,
        reviewed_at=act.now,
        reviewed_by=act.by.code,
        reviewed_as=act.role,
    )


def _due(flag: RiskFlag) -> date:
    return WorkingDays().add(clock.today(), standing(flag.region_id).numbers["flag_reply_working_days"])


def _again(flag: RiskFlag) -> RiskFlag:
    """The row as it stands inside this act, held until its end."""
    return RiskFlag.objects.select_for_update(of=("self",)).select_related("partner").get(pk=flag.pk)


def _to(act: Act, flag: RiskFlag, target: str | None = None, **also: Any) -> None:
    """Through this act's door, if nobody was quicker."""
    source = flag.state
    state = FLAG_FLOW.through(act.door, source, target)
    if not RiskFlag.objects.filter(pk=flag.pk, state=source, round=flag.round).update(state=state, **also):
        raise NoSuchMove(FLAG_FLOW.name, source, act.door)
    flag.state = state
    for name, value in also.items():
        setattr(flag, name, value)


def _partner_may_reply(act: Act, flag: RiskFlag) -> None:
    """The partner reads it at once, and has its days; after them two people decide without its words."""
    close_duties(act, about=about_of(flag))
    open_duty(
        act,
        door="registry.reply_flag",
        about=about_of(flag),
        code=flag.code,
        says=_("Gunakan hak jawab {partner} atas tanda risiko."),
        region=flag.region_id,
        party=flag.partner.code,
        role=roles.PARTNER_REP.key,
        due_on=flag.due_on,
        partner=flag.partner.name,
    )
    _tell(act, flag, _("Ada tanda risiko pada {partner}. Anda berhak menjawab."), party=flag.partner.code)


def _reviewers_decide(act: Act, flag: RiskFlag, door: str = "registry.review_flag") -> None:
    for role in REVIEWERS:
        open_duty(
            act,
            door=door,
            about=about_of(flag),
            code=flag.code,
            says=_("Nilai tanda risiko pada {partner}."),
            region=flag.region_id[:5],
            role=role,
            due_on=flag.due_on,
            partner=flag.partner.name,
        )


def _tell(act: Act, flag: RiskFlag, says: str, **whom: str) -> None:
    tell(
        act,
        says=says,
        about=about_of(flag),
        params={"partner": flag.partner.name},
        url_name="page.risk_flag",
        code=flag.code,
        **whom,
    )


def _tell_both(act: Act, flag: RiskFlag, says: str) -> None:
    _tell(act, flag, says, party=flag.partner.code)
    if flag.raised_by != SYSTEM:
        _tell(act, flag, says, role=flag.raised_as, region=flag.region_id)
