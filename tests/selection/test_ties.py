"""A partner whose people sit in the village government is stopped before scoring, until it is explained and looked at."""

import pytest

from bermitra.foundation.commands import clock
from bermitra.registry import actions as registry
from bermitra.registry.models import Partner
from bermitra.registry.queries.conflicts import found_between
from bermitra.selection import actions
from bermitra.selection.queries import admission_asked, asked_of, standing_for
from tests.people import OURS, place
from tests.refusals import codes
from tests.selection.makers import TICKS, a_checking_call, an_offer

pytestmark = pytest.mark.django_db


def tied(people, partner: Partner, rep: str) -> str:
    """The partner's director is the village treasurer; the key of what is found of it."""
    owners = [{"name": "Tri Wahyuni", "capacity": "officer", "political_tie": "tidak ada"}]
    registry.declare_owners(by=people.by(rep), partner=partner, owners=owners)
    (found,) = found_between(partner, OURS, clock.today())
    return found.key


def settled(people, partner: Partner, rep: str, item: str, acceptable: bool = True) -> None:
    given = {"partner": partner, "village": place(OURS), "item": item}
    registry.explain_conflict(by=people.by(rep), text="Direktur kami Kaur Keuangan, tidak ikut menilai.", **given)
    registry.review_conflict(by=people.by("dinas"), acceptable=acceptable, tie=True, reason="Dibandingkan.", **given)


def unticked(findings) -> list[str]:
    return [each.code for each in findings if not each.holds]


def test_a_director_in_the_village_government_stops_the_scoring_until_it_is_explained(people):
    call = a_checking_call(people, "mitra")
    proposal = call.proposals.get()
    item = tied(people, proposal.partner, "mitra")
    assert unticked(asked_of("selection.complete_admin_check", call.case, call, standing_for(call))) == ["RG-15"]
    assert codes(actions.complete_admin_check, by=people.by("lksd"), call=call) == ("RG-15",)
    call.refresh_from_db()
    assert call.state == "checking"
    settled(people, proposal.partner, "mitra", item)
    actions.complete_admin_check(by=people.by("lksd"), call=call)
    assert call.state == "scoring"


def test_a_tie_that_is_not_acceptable_leaves_only_to_put_the_proposal_out(people):
    call = a_checking_call(people, "mitra", "saingan")
    proposal = call.proposals.get(partner__name=call.proposals.order_by("pk").first().partner.name)
    item = tied(people, proposal.partner, "mitra")
    settled(people, proposal.partner, "mitra", item, acceptable=False)
    assert codes(actions.complete_admin_check, by=people.by("lksd"), call=call) == ("RG-15",)
    actions.disqualify(by=people.by("lksd"), proposal=proposal, reason="Direkturnya Kaur Keuangan desa ini.")
    actions.complete_admin_check(by=people.by("lksd"), call=call)
    assert call.state == "scoring"


def test_before_the_opening_nothing_is_asked_about_who_has_sealed_a_proposal(people):
    call = a_checking_call(people, "mitra")
    assert [rule.code for rules, _facts in admission_asked(call) for rule in rules][-1] == "RG-15"
    asked = asked_of("selection.start_selection", call.case, call, standing_for(call))
    assert "RG-15" not in [each.code for each in asked]


def test_an_offer_of_a_tied_partner_does_not_come_before_the_meeting(people):
    case = an_offer(people)
    tied(people, case.partner, "mitra")
    assert "RG-15" in codes(actions.accept_for_musyawarah, by=people.by("kades"), case=case, ticks=TICKS)
