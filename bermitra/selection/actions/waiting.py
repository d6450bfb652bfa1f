"""Own offers that wait too long: who is reminded, and what lapses."""

from __future__ import annotations

from datetime import date, timedelta

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership.models import Case
from bermitra.selection.actions.by_itself import each_by_itself
from bermitra.selection.actions.common import case_onward
from bermitra.selection.actions.offering import offer_to, tell_of, the_offer
from bermitra.selection.models import Proposal
from bermitra.selection.rules import UNSOLICITED

REPAIRING = "returned_to_partner"
WITH_THE_VILLAGE = ("proposal_received", "initial_check")
NOT_REPAIRED = _("Mitra tidak memperbaiki usulannya sampai batas waktu.")


@command("selection.lapse_unsolicited", on="case")
def lapse_unsolicited(act: Act, *, case: Case) -> Case:
    """The partner let the days for its repair pass: the offer is over, and may come again as a new one."""
    offer = the_offer(act, case)
    if offer.answer_due is None or clock.today() <= offer.answer_due:
        raise NoSuchMove(UNSOLICITED.name, offer.state, act.door)
    Case.objects.filter(pk=case.pk).update(left_because=NOT_REPAIRED)
    case_onward(act, case)
    offer_to(act, offer, out_because=NOT_REPAIRED, answer_due=None)
    tell_of(act, offer, _("Usulan “{title}” gugur karena tidak diperbaiki sampai batas waktu."))
    act.log("unsolicited.lapsed", case, proposal=offer.code)
    return case


@command("selection.remind_unsolicited", on="proposal")
def remind_unsolicited(act: Act, *, proposal: Proposal) -> Proposal:
    """Whoever is asked about an offer is told once, some days before the day is over."""
    case, today = proposal.case, clock.today()
    if case is None or not Proposal.objects.filter(pk=proposal.pk, reminded_on=None).update(reminded_on=today):
        raise NoSuchMove(UNSOLICITED.name, proposal.state, act.door)
    proposal.reminded_on = today
    if case.state == REPAIRING:
        tell_of(act, proposal, _("Batas memperbaiki usulan “{title}” hampir lewat."))
    else:
        tell(
            act,
            says=_("Batas menjawab usulan mitra “{title}” hampir lewat."),
            params={"title": case.title},
            about=about_of(case),
            url_name="page.case",
            code=case.code,
            region=case.village_id,
            role=roles.VILLAGE_HEAD.key,
        )
    act.log("unsolicited.reminded", proposal)
    return proposal


def lapse_due_offers(today: date) -> int:
    """For ``bermitra daily``: offers that came back to their partner and were not repaired in time; says how many."""
    due = Case.objects.filter(state=REPAIRING, proposals__call=None, proposals__answer_due__lt=today)
    found = due.select_related("village", "partner").distinct()
    return each_by_itself(
        found, lambda case: lapse_unsolicited(by=By.the_system(f"lapse-offer:{case.code}:{today}"), case=case)
    )


def remind_of_offers(today: date) -> int:
    """For ``bermitra daily``: whoever must answer or repair within the days of the norm; each once a day that was set."""
    waiting = Proposal.objects.filter(
        call=None, reminded_on=None, answer_due__gte=today, case__state__in=(*WITH_THE_VILLAGE, REPAIRING)
    )
    rows = waiting.select_related("partner", "case__village", "village").order_by("village", "pk")
    due = [each for each in rows if each.answer_due and each.answer_due - _reminded_before(each) <= today]
    return each_by_itself(
        due,
        lambda each: remind_unsolicited(by=By.the_system(f"remind-offer:{each.code}:{each.answer_due}"), proposal=each),
    )


def _reminded_before(offer: Proposal) -> timedelta:
    return timedelta(days=standing(offer.village_id or "").numbers["unsolicited_reminder_days"])
