"""The steps of calls and proposals as plain functions that join the running act."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.moving import move_all_on, move_on
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.text import _
from bermitra.partnership.life import choose_partner
from bermitra.partnership.models import Case
from bermitra.registry.models import Partner
from bermitra.selection.models import Call, Panelist, Proposal
from bermitra.selection.queries import beside_the_chosen, call_of
from bermitra.selection.rules import CALL, PROPOSAL


def call_to(act: Act, call: Call, target: str | None = None, **also: Any) -> None:
    """Take a call through the running door."""
    move_on(act, CALL, call, target, **also)


def proposal_to(act: Act, proposal: Proposal, target: str | None = None, **also: Any) -> None:
    """Take a proposal through the running door."""
    move_on(act, PROPOSAL, proposal, target, **also)


def proposals_to(act: Act, call: Call, *, among: tuple[str, ...] = ()) -> list[Proposal]:
    """Take every proposal of a call for which the running door opens (only those in ``among``, if given) through it."""
    sources = {move.source for move in PROPOSAL.moves if move.door == act.door} & (set(among) or PROPOSAL.states)
    found = Proposal.objects.filter(call=call, state__in=sources).select_related("partner", "call__case")
    moved = list(found.order_by("pk"))
    move_all_on(act, PROPOSAL, moved)
    return moved


def return_to_selection(act: Act, case: Case) -> None:
    """For ``agreements.return_to_selection``, after it moved the case: the chosen proposal is out, and those that were ranked
    in the same round and were no candidates yet stand again, so that the next of them may be proposed. Whoever goes on is told;
    beside a partner who was appointed directly nobody was ranked, and its call can only fail."""
    call = call_of(case)
    if call is None:
        raise NoSuchMove(CALL.name, CALL.start, act.door)
    call_to(act, call)
    proposals_to(act, call, among=("chosen",))
    for each in beside_the_chosen(call):
        proposal_to(act, each, out_because="")
    choose_partner(act, case, None)
    if call.direct:
        whose: dict[str, Any] = {"region": case.village_id, "role": roles.BPD_CHAIR.key}
        says = _("Naskah dengan mitra yang ditunjuk langsung untuk “{title}” dihentikan. Nyatakan penawaran gagal.")
        wait_for(act, case, door="selection.fail_call", says=says, **whose)
    else:
        next_is_awaited(act, call, _("Naskah “{title}” dihentikan. Usulkan calon berikutnya, atau nyatakan gagal."))


def lead_of(call: Call) -> Panelist | None:
    """Who leads the panel and scores nothing."""
    return next((each for each in call.seats() if not each.scores), None)


def next_is_awaited(act: Act, call: Call, says: str) -> None:
    """The candidate is out: whoever leads the panel proposes the next in rank, or says that there is none."""
    lead, case = lead_of(call), call.case
    chair: dict[str, Any] = {"region": case.village_id, "role": roles.BPD_CHAIR.key}
    whose = chair if lead is None else {"person": lead.person.code}
    wait_for(act, case, door="selection.propose_next", says=says, **whose)


def wait_for(
    act: Act, case: Case, *, door: str, says: str, code: str = "", record: Model | None = None, **whom: Any
) -> None:
    """A duty about the case, with its title in the sentence; ``code`` where the page takes another one than the case's.

    ``record``: the one question, objection, proposal or seat that it is about, where the case may have several.
    """
    around = about_of(case)
    about = around if record is None else about_of(record)
    belongs_to = "" if record is None else around
    open_duty(
        act, door=door, about=about, belongs_to=belongs_to, code=code or case.code, says=says, title=case.title, **whom
    )


def seat_about(call: Call, person: Person) -> str:
    """What the duties of one seat on a panel are about, so that they are closed apart from those of the others."""
    return f"panel:{call.code}:{person.code}"


def wait_for_seat(act: Act, call: Call, person: Person, *, door: str, says: str) -> None:
    """A duty of one panelist; it ends with the step of the case it was opened in."""
    open_duty(
        act,
        door=door,
        about=seat_about(call, person),
        belongs_to=about_of(call.case),
        code=call.case.code,
        says=says,
        title=call.case.title,
        person=person.code,
    )


def tell_partner(act: Act, partner: Partner, says: str, *, code: str, **params: str | int) -> None:
    """A notice for the people of a partner that leads to its proposal."""
    tell(
        act,
        says=says,
        params=params,
        about=f"proposal:{code}",
        url_name="page.proposal",
        code=code,
        party=partner.code,
        role=roles.PARTNER_REP.key,
    )
