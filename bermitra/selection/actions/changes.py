"""An announced call changes before its deadline: longer, or taken back to be repaired. What was sealed stays unread."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.life import move
from bermitra.selection.actions.common import case_onward, changed, hold, still_open, tell_those_who_answer
from bermitra.selection.life import call_to, proposals_to
from bermitra.selection.models import Call, CallChange, Proposal
from bermitra.selection.queries import call_facts
from bermitra.selection.rules import (
    A_FEW_TIMES,
    ANSWERING_ALL,
    CALL,
    EXTENDED,
    LONGER,
    REASONED,
    WITHDRAWN,
    ExtensionFacts,
    LongerFacts,
    OpenToAllFacts,
    ReasonFacts,
    open_long_enough,
)


@command("selection.extend_call", on="call")
def extend_call(act: Act, *, call: Call, deadline: datetime, reason: str) -> Call:
    """More time for everybody, with a reason that everybody reads, said before the old deadline (SL-07, SL-36, SL-49), a few times
    at the most (SL-57).

    Nothing else changes: what is sealed stays sealed, and its partner may send a newer version until the new deadline.
    """
    hold(call)
    if not still_open(call, act) or call.deadline is None or call.opened_at is None:
        raise NoSuchMove(CALL.name, call.state, act.door)
    held = standing(call.case.village_id)
    extensions = CallChange.objects.filter(call=call, kind=EXTENDED, at__gte=call.opened_at).count()
    asked: list[Any] = [
        ((open_long_enough,), call_facts(call, held, timezone.localdate(call.opened_at), deadline)),
        (ANSWERING_ALL, OpenToAllFacts(public_to_all=reason != "", before_deadline=act.now < call.deadline)),
        (REASONED, ReasonFacts(reason=reason)),
        (LONGER, LongerFacts((deadline - call.deadline) // timedelta(seconds=1))),
        (A_FEW_TIMES, ExtensionFacts(extensions, held.numbers["call_extensions_max"])),
    ]
    cases.require(asked, held)
    changed(act, call, EXTENDED, reason, deadline)
    call_to(act, call, deadline=deadline)
    move(act, call.case)
    says = _("Batas waktu penawaran “{title}” diperpanjang. Batas waktu baru dan alasannya ada pada halaman penawaran.")
    tell_those_who_answer(act, call, says)
    act.log("call.extended", call, case=call.case.code)
    return call


@command("selection.withdraw_call", on="call")
def withdraw_call(act: Act, *, call: Call, reason: str) -> Call:
    """Back to the desk before the deadline, to be repaired and announced anew for the full time.

    What was sealed is its partner's own draft again, with all that it said; nobody has read it and nobody can.
    """
    hold(call)
    if not still_open(call, act):
        raise NoSuchMove(CALL.name, call.state, act.door)
    act.require(REASONED, ReasonFacts(reason=reason))
    says = _(
        "Penawaran “{title}” ditarik desa untuk diperbaiki. Usulan tersegel kembali menjadi draf mitra, tanpa dibaca."
    )
    tell_those_who_answer(act, call, says)
    changed(act, call, WITHDRAWN, reason)
    call_to(act, call, opened_at=None, deadline=None, frozen_hash="")
    sealed = [each.pk for each in proposals_to(act, call)]
    Proposal.objects.filter(pk__in=sealed).update(sealed_at=None)
    case_onward(act, call.case)
    act.log("call.withdrawn", call, case=call.case.code)
    return call
