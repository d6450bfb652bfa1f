"""Others are asked for an offer as well: called for, sealed, opened with minutes, and compared until one goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from bermitra.foundation import calendar
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Standing, unmet
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.life import choose_partner, drop_sheet, move, now_waits
from bermitra.partnership.models import Case
from bermitra.selection.actions.common import in_the_book, new_version, office_in, say_why_apart, whole_content
from bermitra.selection.actions.offering import (
    end_comparison,
    offer_asked,
    offer_to,
    refused,
    rivals_held,
    sending_facts,
    tell_of,
    the_offer,
    village_answered,
)
from bermitra.selection.life import wait_for
from bermitra.selection.models import Proposal, ProposalVersion, RivalCall
from bermitra.selection.queries import (
    handed_in,
    known_of,
    newest_version,
    offers_of,
    repeat_facts,
    rival_call_of,
    rival_facts,
    takes_rivals,
    tie_facts,
    unsolicited_asked,
    village_asked,
    vision_facts,
)
from bermitra.selection.rules import (
    ASKING_RIVALS,
    COMPARING,
    REASONED,
    REPEATING,
    SEAL,
    SENDING,
    TICKING,
    UNSOLICITED,
    ReasonFacts,
    SealFacts,
    TickFacts,
    goals_and_vision_shared,
)

LAST_MINUTE = time(23, 59)  # of the last day, by the clock of the village


@command("selection.call_for_rivals", on="case")
def call_for_rivals(act: Act, *, case: Case, reason: str, asks: str, ticks: Sequence[str]) -> RivalCall:
    """Ask other partners for an offer as well, for the days of the norm (SL-26). What the village stands by is said now,
    before anybody's rival is read; need and budget are the ones that the meeting will hear of.

    An offer that waits for the meeting goes back only where its sheet has grown so that others must be asked; that sheet is
    dropped, and the meeting hears of the one that is chosen.
    """
    if not asks:
        raise ValueError("what is asked of partners must be said")
    offer, held, ours = the_offer(act, case), standing(case.village_id), in_the_book(ticks)
    cases.require(
        [(REASONED, ReasonFacts(reason=reason)), (TICKING, TickFacts(len(ours))), *village_asked(case, held)], held
    )
    zone = calendar.zone_of(case.village_id)
    last = act.now.astimezone(calendar.tz(zone)).date() + timedelta(days=held.numbers["rival_call_days"])
    if case.state == "awaiting_musyawarah":
        _back_from_the_meeting(act, case, offer, held)
    village_answered(act, offer)
    move(act, case)
    now_waits(act, case, last)
    asked = RivalCall.objects.create(
        case=case,
        asks=asks,
        reason=reason,
        village_ticks=ours,
        called_at=act.now,
        called_by=act.by.code,
        deadline=calendar.moment(last, LAST_MINUTE, zone),
    )
    tell_of(act, offer, _("Desa meminta usulan pembanding sebelum membawa “{title}” ke musyawarah."))
    act.log("rivals.called", case, rivals=asked.code)
    return asked


@command("selection.submit_rival", on="proposal")
def submit_rival(act: Act, *, proposal: Proposal) -> ProposalVersion:
    """Seal a rival's offer: until the deadline, as often as its partner likes; the newest one counts."""
    asked = proposal.rival_of
    if asked is None or proposal.state not in ("draft", "sealed"):
        raise NoSuchMove(UNSOLICITED.name, proposal.state, act.door)
    asked = RivalCall.objects.select_for_update().get(pk=asked.pk)  # what it is now counts
    content, held = whole_content(proposal), standing(proposal.village_id or "")
    left = (asked.deadline - act.now) // timedelta(seconds=1) if takes_rivals(asked, act.now) else -1
    cases.require(
        [
            *offer_asked(content),
            (REPEATING, repeat_facts(proposal, content, held)),
            ((SENDING[0], SENDING[2]), sending_facts(content, left)),
        ],
        held,
    )
    offer_to(act, proposal, sealed_at=act.now, draft={})
    sent = new_version(act, proposal, content)
    act.log("rival.sealed", proposal, rivals=asked.code, content=sent.content_hash)
    return sent


@command("selection.open_rivals", on="case")
def open_rivals(act: Act, *, case: Case, minutes_number: str, witnesses: Sequence[str] = ()) -> RivalCall:
    """After the deadline and with minutes the sealed offers are opened, and with them the first one is compared (SL-14);
    drafts stay shut for good. Nobody opens who has to do with one of them (SL-47)."""
    asked, held = _asked(act, case), standing(case.village_id)
    if asked.opened_at is not None:
        raise NoSuchMove(UNSOLICITED.name, "compared", act.door)
    seal = SealFacts(call_closed=act.now > asked.deadline, minutes_of_opening=minutes_number != "")
    cases.require([(SEAL, seal)], held)  # alone: a tie found before the deadline would say who has sealed one
    offers = handed_in(asked)
    cases.require([(COMPARING, tie_facts(act.by.person, offers, clock.today()))], held)
    move(act, case)
    asked.opened_at, asked.opening_minutes, asked.opening_witnesses = act.now, minutes_number, list(witnesses)
    asked.save(update_fields=["opened_at", "opening_minutes", "opening_witnesses"])
    for draft in Proposal.objects.filter(rival_of=asked, state="draft"):
        offer_to(act, draft)
    for each in offers:
        offer_to(act, each, case=case)
        tell_of(act, each, _("Usulan “{title}” dibuka untuk dibandingkan."))
    close_duties(act, about=about_of(case))
    says = _("Bandingkan usulan untuk “{title}”, lalu pilih satu dengan alasan.")
    wait_for(act, case, door="selection.close_comparison", says=says, **office_in(case, roles.VILLAGE_HEAD.key))
    act.log("rivals.opened", case, proposals=[each.code for each in offers])
    return asked


@command("selection.close_comparison", on="case")
def close_comparison(
    act: Act, *, case: Case, chosen: Proposal, reason: str, interest: bool = False, split_because: str = ""
) -> Case:
    """The head brings one of the compared offers to the meeting, and says why; it meets all that an offer meets which came
    alone. The others read the reason."""
    asked, held = _asked(act, case), standing(case.village_id)
    if asked.opened_at is None or chosen.case_id != case.pk or chosen.state != "compared":
        raise NoSuchMove(UNSOLICITED.name, chosen.state, act.door)
    say_why_apart(case, split_because)
    offers, sent = offers_of(asked), newest_version(chosen)
    facts = vision_facts(asked.village_ticks, sent.content.get("vision_ticks", []) if sent else [], held)
    cases.require(
        [
            (REASONED, ReasonFacts(reason=reason)),
            (COMPARING, tie_facts(act.by.person, offers, clock.today(), interest)),
            *unsolicited_asked(case, chosen.partner, held),
            ((goals_and_vision_shared,), facts),
        ],
        held,
    )
    heading = {"title": chosen.title, "forms": chosen.forms}
    Case.objects.filter(pk=case.pk).update(**heading)
    case.title, case.forms = chosen.title, chosen.forms
    choose_partner(act, case, chosen.partner)
    end_comparison(act, asked, reason, chosen.code)
    move(act, case)
    now_waits(act, case)
    for each in offers:
        if each.pk == chosen.pk:
            offer_to(act, each, "sent")
            tell_of(act, each, _("Usulan “{title}” terpilih dan diajukan ke Musyawarah Desa."))
        else:
            offer_to(act, each, "not_chosen")
            tell_of(
                act,
                refused(act, each, reason),
                _("Usulan “{title}” tidak terpilih. Alasannya ada pada halaman usulan."),
            )
    act.log("comparison.closed", case, chosen=chosen.code, agreement=facts.vision_agreement)
    return case


def _back_from_the_meeting(act: Act, case: Case, offer: Proposal, held: Standing) -> None:
    facts = rival_facts(case, known_of(case, offer.partner, held), held)
    if rival_call_of(case) is not None or not unmet(cases.findings([(ASKING_RIVALS, facts)], held)):
        raise NoSuchMove(UNSOLICITED.name, offer.state, act.door)
    if (sheet := cases.term_sheet(case)) is not None:
        drop_sheet(act, sheet)


def _asked(act: Act, case: Case) -> RivalCall:
    asked = rivals_held(case)
    if asked is None or case.state != "comparison":
        raise NoSuchMove(UNSOLICITED.name, case.state, act.door)
    asked.case = case
    return asked
