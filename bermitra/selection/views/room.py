"""The room of a selection: how it stands, who sits on the panel, how the proposals compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import render
from bermitra.foundation.rules import Finding, Standing, examine
from bermitra.foundation.text import _ as marked
from bermitra.partnership.queries import said
from bermitra.selection import criteria, terms
from bermitra.selection.letters.common import Edition
from bermitra.selection.letters.printing import kinds_of
from bermitra.selection.models import Call, Proposal
from bermitra.selection.queries import (
    asked_of,
    declared,
    directs_of,
    kept_guards,
    moderation_facts_of,
    objections_until,
    proposals_visible_to,
    sealed_count,
    seat_of,
    standing_for,
    ticked_anew_facts,
    weights,
)
from bermitra.selection.rules import CHANNELS, MODERATING, READ_IN, SEATS
from bermitra.selection.views.common import (
    call_at,
    deadline_line,
    direct_shown,
)
from bermitra.selection.views.objections import said_in
from bermitra.selection.views.preparing import PARTS
from bermitra.selection.views.steps import STEPS

PAGE = 50  # proposals


def room(request: HttpRequest, code: str) -> HttpResponse:
    """The call with all its parts, the panel, what came in, and what may be done now. ``?setelah=`` reads on in what came in."""
    person, call = person_of(request), call_at(request, code)
    case, reach = call.case, call.house()
    declarations = declared(call) if call.state in ("checking", "scoring") else None
    now = _now(call)
    if not call.direct and seat_of(call, person) is None:  # the chair of the BPD says it of a direct appointment only
        now -= {"selection.fail_call"}
    open_to = [door for door in STEP_DOORS if door in now and _opens(call, person, door, reach)]
    told = [door for door in open_to if door in TOLD_IN_THE_ROOM]
    held = standing_for(call) if told or call.published_on else None
    seen = (
        list(proposals_visible_to(person).filter(call=call).order_by("sealed_at", "pk"))
        if call.state in READ_IN
        else []
    )
    page, more = _read_on(seen, request.GET.get("setelah", ""))
    asking = call.state in ("open", "closed")
    moderation = _moderation(call, person, reach, held)
    context = {
        "case": case,
        "call": call,
        "example": case.example,
        "state": _(call.label.staff),
        "waiting": _waiting(call, moderation),
        "deadline": "" if call.direct else deadline_line(call),
        "parts": _parts(call, person, reach) if call.state == "draft" else [],
        "sections": [(_(label), call.kak.get(name, "")) for name, label in terms.SECTIONS.items()],
        "weights": [(said(criteria.criteria()[name].name), weight) for name, weight in weights(call).items()],
        "channels": ", ".join(_(CHANNELS[each]) for each in call.channels if each in CHANNELS),
        "panel": _panel(call, declarations),
        "sealed": sealed_count(call) if call.state == "closed" else None,  # before, who extends or withdraws would know
        "proposals": [
            {"url": reverse("page.proposal", args=[p.code]), "title": p.partner.name, "state": _(p.label.staff)}
            for p in page
        ],
        "more": more,
        "revealed": call.revealed_at is not None,
        "guards": kept_guards(call) if call.state not in ("draft", "failed") else None,
        "objections": _objections(call) if call.published_on else [],
        "objections_until": objections_until(call, held) if held and call.published_on else None,
        "questions": list(call.questions.select_related("answer").order_by("pk")) if asking else [],
        "may_answer": may_open(person, "selection.answer_question", reach),
        "may_rule": may_open(person, "selection.dismiss_objection", reach),
        "findings": [
            *(each for door in told if held for each in asked_of(door, case, call, held, declarations, seen)),
            *moderation,
        ],
        "papers": [
            {"url": reverse("page.selection_paper", args=[code, name]), "title": _(title)}
            for name, title in kinds_of(call, Edition.HOUSE).items()
        ],
        "may_ask_dossier": call.state != "draft" and may_open(person, "selection.ask_dossier", reach),
        "directs": told_directs(call, may_open(person, "page.direct_evidence", reach)) if call.direct else [],
        "doors": [
            *(
                {"url": reverse(door, args=[code]), "verb": _(verb)}
                for door, verb in MODERATED_BY.items()
                if moderation
            ),
            *({"url": reverse(door, args=[code]), "verb": _(STEPS[door].title)} for door in open_to),
            *_direct_doors(call, person, reach),
        ],
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


def _waiting(call: Call, moderation: Sequence[Finding]) -> str:
    """What is waited for; once the levels are revealed, no longer for scorers."""
    if call.state != "scoring" or call.revealed_at is None:
        return _(call.label.waiting)
    apart = any(not each.holds for each in moderation)
    return _("Menunggu moderasi selisih nilai.") if apart else _("Menunggu tim mengusulkan calon mitra.")


def _read_on(seen: Sequence[Proposal], after: str) -> tuple[Sequence[Proposal], str]:
    """A page of what came in, behind the proposal of this code, and how one reads on."""
    start = next((n for n, each in enumerate(seen, 1) if each.code == after), 0)
    page = seen[start : start + PAGE]
    return page, f"?setelah={page[-1].code}#usulan" if len(seen) > start + PAGE else ""


# What these ask stands in the room already; what a candidate must meet stands on the page of the act. The way to the meeting asks
# nothing but conditions of the award, and their list stands in the room once, for everybody.
TOLD_IN_THE_ROOM = frozenset(
    {"selection.open_call", "selection.start_selection", "selection.complete_admin_check", "selection.reveal_scores"}
)
# FD-04 shuts these to whoever scores, though the seat opens them.
OF_THE_LEAD = frozenset(
    {
        "selection.moderate_scores", "selection.propose_candidate", "selection.propose_next", "selection.reopen_scoring",
        "selection.fail_call", "selection.appoint_directly",
    }
)  # fmt: skip
STEP_DOORS = tuple(door for door, one in STEPS.items() if one.on == "call")


def _now(call: Call) -> frozenset[str]:
    """Acts that make sense in the state of the call and its case."""
    doors = {
        "draft": {"selection.open_call", "selection.cancel_call"},
        "open": {
            "selection.extend_call", "selection.withdraw_call", "selection.cancel_call", "selection.declare_interest",
        },
        "closed": {"selection.start_selection", "selection.cancel_call", "selection.declare_interest"},
        "checking": {
            "selection.declare_interest", "selection.complete_admin_check", "selection.fail_call", "selection.cancel_call",
        },
        "scoring": {"selection.declare_interest", "selection.reveal_scores", "selection.fail_call", "selection.cancel_call"},
        "provisional": {
            "selection.send_feedback", "selection.forward_to_musyawarah",
            "selection.propose_next", "selection.reopen_scoring", "selection.fail_call", "selection.declare_interest",
        },
    }.get(call.state, set())  # fmt: skip
    if call.state == "provisional" and call.case.partner_id is None:  # the candidate is out, and perhaps nobody is next
        doors = doors | {"selection.cancel_call"}
    if call.revealed_at is not None and call.state == "scoring":
        doors = doors - {"selection.reveal_scores"} | {"selection.propose_candidate"}
    if call.direct:  # nobody was scored, and nobody is next
        doors = doors - {"selection.propose_next", "selection.reopen_scoring"}
    return frozenset(doors)


MODERATED_BY = {
    "selection.moderate_scores": marked("Catat pembahasan selisih nilai"),
    "selection.score_again": marked("Mulai satu putaran nilai lagi"),
}


def _opens(call: Call, person: Person, door: str, reach: Any) -> bool:
    """Whether a door opens to this person in this call: those of whoever leads not from a seat that scores."""
    sits = seat_of(call, person)
    scores = sits is not None and sits.scores
    return may_open(person, door, reach) and not (scores and door in OF_THE_LEAD)


def _moderation(call: Call, person: Person, reach: Any, held: Standing | None) -> tuple[Finding, ...]:
    """SL-18 for the panel, once the levels are revealed and lie apart; nothing else."""
    revealed = call.state == "scoring" and call.revealed_at is not None
    if not revealed or not _opens(call, person, "selection.moderate_scores", reach):
        return ()
    held = held or standing_for(call)
    facts = moderation_facts_of(call, held)
    return examine(MODERATING, facts, held) if facts.widest_spread_levels >= facts.score_spread_levels else ()


def _direct_doors(call: Call, person: Person, reach: Any) -> list[dict[str, str]]:
    """For whoever may appoint a partner directly: first to say that he has no interest, then to appoint."""
    if call.state not in ("draft", "failed") or not _opens(call, person, "selection.appoint_directly", reach):
        return []
    words = {
        "selection.declare_interest": _("Nyatakan kepentingan"),
        "selection.appoint_directly": _("Tunjuk mitra langsung"),
    }
    return [{"url": reverse(door, args=[call.case.code]), "verb": verb} for door, verb in words.items()]


def told_directs(call: Call, sees: bool) -> list[dict[str, Any]]:
    """Direct appointments of a call, the newest first; ``sees``: also the file."""
    return [
        {
            **direct_shown(each, sees),
            "partner": each.proposal.partner.name,
            "state": _(each.proposal.label.public),
        }
        for each in directs_of(call)
    ]


def _objections(call: Call) -> list[dict[str, Any]]:
    """Each with every word said in it; two statements."""
    found = call.objections.order_by("pk").prefetch_related("steps")
    return [
        {"code": each.code, "text": each.text, "label": each.label, "open": each.waits, "steps": said_in(each)}
        for each in found
    ]


def _parts(call: Call, person: Person, reach: Any) -> list[dict[str, Any]]:
    filled = {
        "selection.draft_call": bool(call.goals and call.seeks),
        "selection.write_kak": all(call.kak.get(name) for name in terms.WORK),
        "selection.write_kak_terms": all(call.kak.get(name) for name in terms.TERMS),
        "selection.set_criteria": sum(weights(call).values()) == 100,
        "selection.tick_vision": bool(call.vision_ticks) and not ticked_anew_facts(call).seen_since,
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
