"""The room of a selection: how it stands, who sits on the panel, how the proposals compare."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import render
from bermitra.partnership.queries import said
from bermitra.selection import criteria, terms
from bermitra.selection.models import Call
from bermitra.selection.queries import (
    asked_of,
    declared,
    objections_until,
    proposals_visible_to,
    ranking,
    reasons_of,
    sealed_count,
    standing_for,
    weights,
)
from bermitra.selection.rules import CHANNELS, READ_IN, SEATS
from bermitra.selection.views.common import (
    call_at,
    deadline_line,
)
from bermitra.selection.views.preparing import PARTS
from bermitra.selection.views.steps import STEPS


def room(request: HttpRequest, code: str) -> HttpResponse:
    """The call with all its parts, the panel, what came in, and what may be done now."""
    person, call = person_of(request), call_at(request, code)
    case, reach = call.case, call.house()
    declarations = declared(call) if call.state in ("checking", "scoring") else None
    open_to = [door for door in STEP_DOORS if may_open(person, door, reach) and door in _now(call)]
    told = [door for door in open_to if door in TOLD_IN_THE_ROOM]
    held = standing_for(call) if told or call.published_on else None
    seen = (
        list(proposals_visible_to(person).filter(call=call).order_by("sealed_at", "pk"))
        if call.state in READ_IN
        else []
    )
    asking = call.state in ("open", "closed")
    context = {
        "case": case,
        "call": call,
        "example": case.example,
        "state": _(call.label.staff),
        "waiting": _(call.label.waiting),
        "deadline": deadline_line(call),
        "parts": _parts(call, person, reach) if call.state == "draft" else [],
        "sections": [(_(label), call.kak.get(name, "")) for name, label in terms.SECTIONS.items()],
        "weights": [(said(criteria.criteria()[name].name), weight) for name, weight in weights(call).items()],
        "channels": ", ".join(_(CHANNELS[each]) for each in call.channels if each in CHANNELS),
        "panel": _panel(call, declarations),
        "sealed": sealed_count(call) if asking else None,
        "proposals": [
            {"url": reverse("page.proposal", args=[p.code]), "title": p.partner.name, "state": _(p.label.staff)}
            for p in seen
        ],
        "revealed": call.revealed_at is not None,
        "objections": list(call.objections.order_by("pk")) if call.published_on else [],
        "objections_until": objections_until(call, held) if held and call.published_on else None,
        "questions": list(call.questions.select_related("answer").order_by("pk")) if asking else [],
        "may_answer": may_open(person, "selection.answer_question", reach),
        "may_rule": may_open(person, "selection.dismiss_objection", reach),
        "findings": [each for door in told if held for each in asked_of(door, case, call, held, declarations, seen)],
        "doors": [{"url": reverse(door, args=[code]), "verb": _(STEPS[door].title)} for door in open_to],
        "seats": [
            {"url": reverse(door, args=[code]), "verb": verb}
            for door, verb in (
                ("selection.appoint_panel", _("Tambah anggota")),
                ("selection.release_panelist", _("Lepas anggota")),
            )
            if may_open(person, door, reach)
        ],
    }
    return render(request, "selection/room.html", context)


# What these ask stands in the room already; what a candidate must meet stands on the page of the act.
TOLD_IN_THE_ROOM = frozenset(
    {
        "selection.open_call", "selection.start_selection", "selection.complete_admin_check", "selection.reveal_scores",
        "selection.forward_to_musyawarah",
    }
)  # fmt: skip
STEP_DOORS = tuple(door for door, one in STEPS.items() if one.on == "call")


def _now(call: Call) -> frozenset[str]:
    """Acts that make sense in the state of the call and its case."""
    doors = {
        "draft": {"selection.open_call", "selection.cancel_call"},
        "open": {"selection.cancel_call", "selection.declare_interest"},
        "closed": {"selection.start_selection", "selection.cancel_call", "selection.declare_interest"},
        "checking": {
            "selection.declare_interest", "selection.complete_admin_check", "selection.fail_call", "selection.cancel_call",
        },
        "scoring": {"selection.declare_interest", "selection.reveal_scores", "selection.fail_call", "selection.cancel_call"},
        "provisional": {
            "selection.forward_to_musyawarah", "selection.propose_next", "selection.reopen_scoring", "selection.fail_call",
        },
    }.get(call.state, set())  # fmt: skip
    if call.revealed_at is not None and call.state == "scoring":
        doors = doors - {"selection.reveal_scores"} | {"selection.propose_candidate"}
    return frozenset(doors)


def _parts(call: Call, person: Person, reach: Any) -> list[dict[str, Any]]:
    filled = {
        "selection.draft_call": bool(call.goals and call.seeks),
        "selection.write_kak": all(call.kak.get(name) for name in terms.WORK),
        "selection.write_kak_terms": all(call.kak.get(name) for name in terms.TERMS),
        "selection.set_criteria": sum(weights(call).values()) == 100,
        "selection.tick_vision": bool(call.vision_ticks),
        "selection.plan_announcement": call.deadline is not None,
    }
    titles = {
        "selection.draft_call": _("Judul, tujuan, dan yang dicari"),
        **{name: _(one.title) for name, one in PARTS.items()},
    }
    may = may_open(person, "selection.write_kak", reach)
    return [
        {
            "title": titles[name],
            "url": reverse(name, args=[call.case.code]) if may else "",
            "state": _("Selesai") if ready else _("Belum diisi"),
            "kind": "ok" if ready else "",
        }
        for name, ready in filled.items()
    ]


def _panel(call: Call, declarations: Mapping[int, bool] | None) -> list[dict[str, Any]]:
    """The seats; what each declared, while that matters."""
    words = {None: _("Belum menyatakan kepentingan"), False: _("Tanpa kepentingan"), True: _("Berkepentingan")}
    kinds = {None: "", False: "ok", True: "late"}
    rows = []
    for each in call.seats():
        part = _("menilai") if each.scores else _("memimpin")
        row = {"title": each.person.full_name, "small": f"{_(SEATS[each.seat])} · {part}"}
        if declarations is not None:
            said_so = declarations.get(each.person_id)
            row |= {"state": words[said_so], "kind": kinds[said_so]}
        rows.append(row)
    return rows


def comparison(request: HttpRequest, code: str) -> HttpResponse:
    """All proposals of the round side by side, with every reason; nothing before the scores were revealed."""
    call = call_at(request, code)
    lines = ranking(call)
    if not lines:
        raise Http404
    names = [(each, said(criteria.criteria()[each].name)) for each in weights(call)]
    reasons = reasons_of(call)
    context = {
        "case": call.case,
        "example": call.case.example,
        "call": call,
        "columns": [_("Kriteria"), *((line.proposal.partner.name, "num") for line in lines)],
        "rows": [[name, *(decimal(line.points[each]) for line in lines)] for each, name in names],
        "foot": [
            [_("Nilai akhir"), *(decimal(line.total) for line in lines)],
            [_("Peringkat"), *(str(line.place or "–") for line in lines)],
            [_("Kesamaan visi (persen)"), *(str(line.vision_agreement) for line in lines)],
        ],
        "judged": [
            {
                "partner": line.proposal.partner.name,
                "below": ", ".join(said(criteria.criteria()[each].name) for each in line.below_floor),
                "reasons": [
                    {"criterion": name, "said": reasons.get((line.proposal_id, each), [])} for each, name in names
                ],
            }
            for line in lines
        ],
    }
    return render(request, "selection/comparison.html", context)


def decimal(exact: str) -> str:
    """An exact fraction as people read it: two decimals with a comma, rounded half up."""
    hundredths = int(Fraction(exact) * 100 + Fraction(1, 2))
    return f"{hundredths // 100},{hundredths % 100:02}"
