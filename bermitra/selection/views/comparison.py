"""All proposals of a round side by side: levels, reasons, where they lie apart, and what was seen outside the papers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.pages import render
from bermitra.partnership.queries import said
from bermitra.selection import criteria
from bermitra.selection.models import Call, Ranking, SiteVisit
from bermitra.selection.points import points, points_of
from bermitra.selection.queries import (
    Point,
    newest_versions,
    notes_of,
    ranking,
    reasons_of,
    rounds_revealed,
    standing_for,
    visits_of,
    weights,
    with_interest,
)
from bermitra.selection.views.common import call_at, moment_line, visit_shown

AT_ONCE = 5  # proposals a page: with five scorers it stays within the weight of a work page
Said = list[tuple[int, str]]  # level and reason of each scorer


def comparison(request: HttpRequest, code: str) -> HttpResponse:
    """The result of a round, some proposals at a time, best first; nothing before the levels were revealed, and nothing for
    whom an interest is known (SL-12)."""
    call = call_at(request, code, also=("criteria",), shut=with_interest(person_of(request)))
    chosen = _round_asked(request, call)
    lines = ranking(call, chosen)
    if not lines:
        raise Http404
    page, after = _page_of(lines, request.GET.get("sesudah", ""))
    keys = [line.proposal_id for line in page]
    names = [(each, said(criteria.criteria()[each].name)) for each in weights(call)]
    ticks, earned = _ticks_of(page), [points_of(line.points) for line in page]
    given, notes, visits = reasons_of(call, page), notes_of(call, keys, chosen), visits_of(keys)
    apart = standing_for(call).numbers["score_spread_levels"]
    context = {
        "case": call.case,
        "example": call.case.example,
        "call": call,
        "rounds": _rounds(call, chosen),
        "revealed": moment_line(lines[0].at, call.case.village_id),
        "published": call.published_on if chosen == call.round else None,
        "running": chosen == call.round,
        "of_all": _("Usulan %(first)s–%(last)s dari %(all)s.")
        % {"first": lines.index(page[0]) + 1, "last": lines.index(page[-1]) + 1, "all": len(lines)}
        if len(lines) > len(page)
        else "",
        "columns": [_("Kriteria"), *((line.proposal.partner.name, "num") for line in page)],
        "rows": [[_least(call, each, name), *(has[each] for has in earned)] for each, name in names],
        "foot": [
            [_("Nilai akhir"), *(points(line.total) for line in page)],
            [_("Peringkat"), *(str(line.place or "–") for line in page)],
            [_("Kesamaan visi (persen)"), *(str(line.vision_agreement) for line in page)],
        ],
        "vision_columns": [_("Pernyataan"), _("Desa"), *(line.proposal.partner.name for line in page)],
        "vision_rows": _vision_rows(call, ticks),
        "vision_foot": [
            [_("Pernyataan inti yang kurang"), "", *(_core(call, each) for each in ticks)],
        ],
        "judged": [_judged(line, names, given, notes, visits.get(line.proposal_id, []), apart) for line in page],
        "first": _address(code, chosen, call) if page[0] is not lines[0] else "",
        "next": _address(code, chosen, call, after) if after else "",
    }
    return render(request, "selection/comparison.html", context)


def _least(call: Call, criterion: str, name: str) -> str:
    """A criterion with the share of its points under which nobody is proposed."""
    least = criteria.criteria()[criterion].floor_percent or call.threshold_each
    return _("%(name)s (paling rendah %(n)s persen)") % {"name": name, "n": least}


def _ticks_of(page: Sequence[Ranking]) -> list[list[str]]:
    """The statements that each partner stood by in what it sealed. One statement."""
    versions = newest_versions([line.proposal for line in page])
    return [list(versions[line.proposal_id].content.get("vision_ticks", ())) for line in page]


def _vision_rows(call: Call, ticks: Sequence[Sequence[str]]) -> list[list[str]]:
    """The statements that somebody stands by, and who does."""
    sides = [call.vision_ticks, *ticks]
    core = _("inti")
    return [
        [
            f"{said(each.text)} ({core})" if each.core else said(each.text),
            *(_("Ya") if code in side else "–" for side in sides),
        ]
        for code, each in criteria.statements().items()
        if any(code in side for side in sides)
    ]


def _core(call: Call, ticks: Sequence[str]) -> str:
    return str(criteria.core_missing(call.vision_ticks, ticks))


def _judged(
    line: Ranking,
    names: Sequence[tuple[str, str]],
    given: dict[Point, Said],
    notes: dict[Point, str],
    visits: Sequence[SiteVisit],
    apart: int,
) -> dict[str, Any]:
    """One proposal as its section shows it."""
    levels = {each: [level for level, _reason in given.get((line.proposal_id, each), [])] for each, _name in names}
    wide = [name for each, name in names if levels[each] and _spread(levels[each]) >= apart]
    scorers = max(map(len, levels.values()), default=0)
    numbered = [_("Penilai %(n)s") % {"n": n + 1} for n in range(scorers)]
    return {
        "partner": line.proposal.partner.name,
        "code": line.proposal.code,
        "place": line.place,
        "total": points(line.total),
        "below": ", ".join(said(criteria.criteria()[each].name) for each in line.below_floor),
        "wide": ngettext("Selisih lebar pada %(n)s kriteria: %(what)s.", "Selisih lebar pada %(n)s kriteria: %(what)s.", len(wide))
        % {"n": len(wide), "what": ", ".join(wide)}
        if wide
        else "",
        "notes": [(name, notes[line.proposal_id, each]) for each, name in names if (line.proposal_id, each) in notes],
        "visits": [visit_shown(each) for each in visits],
        "columns": [_("Kriteria"), *((name, "num") for name in numbered), (_("Rata-rata"), "num"), (_("Selisih"), "num")],
        "rows": [
            [name, *_marked(levels[each], scorers), mean(levels[each]), str(_spread(levels[each]) if levels[each] else "–")]
            for each, name in names
        ],
        "reasons": [
            {
                "criterion": name,
                "said": [
                    (level, who, reason)
                    for who, (level, reason) in zip(numbered, given.get((line.proposal_id, each), []), strict=False)
                ],
            }
            for each, name in names
        ],
    }  # fmt: skip


def _marked(levels: list[int], scorers: int) -> list[str]:
    """The levels as they are written; one that lies far from the others says so."""
    far = criteria.outliers(levels)
    written = [
        _("%(level)s (jauh)") % {"level": level} if out else str(level) for level, out in zip(levels, far, strict=True)
    ]
    return written + ["–"] * (scorers - len(levels))


def _spread(levels: Sequence[int]) -> int:
    return max(levels) - min(levels)


def mean(levels: Sequence[int]) -> str:
    return points(Fraction(sum(levels), len(levels))) if levels else "–"


def _page_of(lines: list[Ranking], after: str) -> tuple[list[Ranking], str]:
    """The lines behind the proposal with this code, and the code to read on from; from the start where it is not there."""
    begin = next((n + 1 for n, line in enumerate(lines) if line.proposal.code == after), 0)
    begin = begin if begin < len(lines) else 0
    page = lines[begin : begin + AT_ONCE]
    return page, page[-1].proposal.code if begin + AT_ONCE < len(lines) else ""


def _round_asked(request: HttpRequest, call: Call) -> int:
    typed = request.GET.get("putaran", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else call.round


def _rounds(call: Call, chosen: int) -> list[dict[str, Any]]:
    """The rounds that may be read, where there are several."""
    if call.round == 1:
        return []
    rounds = rounds_revealed(call)
    found = [
        {"says": _("Putaran %(n)s") % {"n": n}, "url": _address(call.case.code, n, call), "here": n == chosen}
        for n in rounds
    ]
    return found if len(found) > 1 or rounds != [call.round] else []


def _address(code: str, chosen: int, call: Call, after: str = "") -> str:
    asked = {"putaran": str(chosen)} if chosen != call.round else {}
    asked |= {"sesudah": after} if after else {}
    address = reverse("page.comparison", args=[code])
    return f"{address}?{urlencode(asked)}" if asked else address
