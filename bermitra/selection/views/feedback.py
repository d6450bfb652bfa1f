"""The sheet of a partner that was not proposed: its place, its levels with their reasons, or why it was out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import render
from bermitra.foundation.rules import examine, unmet
from bermitra.partnership.queries import said
from bermitra.selection import criteria
from bermitra.selection.models import Feedback
from bermitra.selection.points import points, points_of
from bermitra.selection.queries import feedback_of, filing_facts, in_order, objections_until, takes_objections
from bermitra.selection.queries.feedback import DISQUALIFIED
from bermitra.selection.rules import FILING
from bermitra.selection.views.common import proposal_at


def feedback(request: HttpRequest, code: str) -> HttpResponse:
    """Every sheet of a proposal, the newest round first; nothing before one was given."""
    one = proposal_at(request, code)
    given, call = feedback_of(one), one.call
    if call is None or not given:
        raise Http404
    person, held = person_of(request), standing(call.case.village_id)
    objecting = takes_objections(call) and may_open(person, "selection.file_objection", call.reach())
    own = one.partner if any(office.party == one.partner.code for office in person.offices) else None
    asked = examine(FILING, filing_facts(call, held, own, person.code), held) if objecting else ()
    context = {
        "proposal": one,
        "call": call,
        "example": call.case.example,
        "sheets": [sheet_in_words(each) for each in given],
        "several": len(given) > 1,
        "until": objections_until(call, held),
        "may_object": objecting and not unmet(asked),
        "refused": unmet(asked),
    }
    return render(request, "selection/feedback.html", context)


def sheet_in_words(given: Feedback) -> dict[str, Any]:
    """A sheet as it is read; what it holds is told by ``queries.feedback.sheets``."""
    data, common = given.data, {"round": given.round, "at": given.at, "words": given.words}
    if data["kind"] == DISQUALIFIED:
        return {**common, "out": True, "reason": data["reason"]}
    known = criteria.criteria()
    earned = points_of(data["points"])
    names = {each: said(known[each].name) if each in known else each for each in in_order(data)}
    return {
        **common,
        "out": False,
        "place": data["place"],
        "of": data["of"],
        "total": points(data["total"]),
        "least": data["threshold_total"],
        "below": [names.get(each, each) for each in data["below"]],
        "agreement": data["agreement"],
        "missing": data["core_missing"],
        "lines": [
            {
                "name": name,
                "points": earned[each],
                "weight": data["weights"].get(each, 0),
                "said": data["levels"].get(each, ()),
            }
            for each, name in names.items()
        ],
    }
