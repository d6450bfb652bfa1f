"""What partners share with officials of villages: found here, explained by the partner, looked at by others."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.codes import masked
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.regions.models import Region
from bermitra.registry import actions
from bermitra.registry.forms import ExplainConflict, ReviewConflict
from bermitra.registry.overlaps import Shared, Who
from bermitra.registry.queries.conflicts import Found, found_in, pairs_visible_to, village_of
from bermitra.registry.queries.dealings import cases_between

SHOWN = 200  # pairs of a partner and a village on one page


def conflicts(request: HttpRequest) -> HttpResponse:
    """Everything shared that this person may know of, what waits first."""
    person = person_of(request)
    found, own = _found(person)
    shown = found[:SHOWN]
    villages = Region.objects.in_bulk({each.village for each in shown})
    cases = cases_between((each.partner.pk, each.village) for each in shown) if shown and not own else {}
    context = {
        "items": [
            {
                **_item(each, villages[each.village], person, own=own),
                "cases": _cases(cases.get((each.partner.pk, each.village), {}), each.village, person),
            }
            for each in shown
        ],
        "more": max(len(found) - SHOWN, 0),
        "own": own,
    }
    return render(request, "registry/conflicts.html", context)


def _found(person: Person, village: str = "") -> tuple[list[Found], bool]:
    """Each item once, though a body may have several entries; ``village``: there alone."""
    pairs, own = pairs_visible_to(person)
    wanted = [pair for pair in pairs if pair[1] == village] if village else pairs
    shared = found_in(wanted, clock.today()).values()
    found = {each.key: each for items in shared for each in items}.values()
    return sorted(found, key=lambda each: (each.settled, each.village, each.partner.name, each.key)), own


def _item(found: Found, village: Region, person: Person, *, own: bool) -> dict[str, Any]:
    """``own``: for the partner, who learns of the official no more than the office."""
    word, kind = _state(found)
    return {
        "title": found.partner.name,
        "place": village.name,
        "what": what_is_shared(found),
        "official": _official(found, own=own),
        "theirs": _theirs(found),
        "explanation": found.explanation.text if found.explanation else "",
        "review": found.review.reason if found.review else "",
        "word": word,
        "kind": kind,
        "doors": _doors(found, person),
    }


def _cases(known: dict[str, str], village: str, person: Person) -> list[dict[str, str]]:
    """What the tie touches, with the way there for those who may read a case of that village."""
    open_to = may_open(person, "page.case", Reach(region=village))
    return [
        {"title": title, "url": reverse("page.case", args=[code]) if open_to else ""} for code, title in known.items()
    ]


def what_is_shared(found: Found) -> str:
    overlap = found.overlap
    match overlap.kind:
        case Shared.PHONE if found.gone:
            return _("Nomor telepon yang sama")
        case Shared.PHONE:
            return _("Nomor telepon yang sama: %(phone)s") % {"phone": masked(overlap.official.phone)}
        case Shared.ACCOUNT:
            return _("Nomor rekening yang sama")
        case _:
            return _("Nama yang mirip; mungkin orang yang sama") if overlap.near else _("Orang dengan nama yang sama")


def _official(found: Found, *, own: bool) -> str:
    """For the partner no more than the office."""
    if found.gone:
        return _("Pejabat desa")
    return found.overlap.official.as_what if own else _named(found.overlap.official)


def _theirs(found: Found) -> str:
    return _("Tidak lagi dinyatakan mitra; penolakan tetap berlaku") if found.gone else _named(found.overlap.theirs)


def _named(who: Who) -> str:
    return f"{who.name}, {who.as_what}"


def _state(found: Found) -> tuple[str, str]:
    if found.waits:
        return _("Menunggu ditinjau"), "doing"
    if found.settled:
        return _("Dijelaskan dan diterima"), "ok"
    return (_("Tidak diterima"), "fix") if found.refused else (_("Belum dijelaskan"), "late")


def _doors(found: Found, person: Person) -> list[dict[str, str]]:
    doors = []
    if may_open(person, "registry.explain_conflict", Reach(parties=frozenset({found.partner.code}))):
        doors.append({"url": reverse("registry.explain_conflict", args=[found.key]), "verb": _("Jelaskan")})
    if may_open(person, "registry.review_conflict", Reach(region=found.village)):
        doors.append({"url": reverse("registry.review_conflict", args=[found.key]), "verb": _("Tinjau")})
    return doors


def _one(request: HttpRequest, code: str) -> tuple[Found, Region, bool]:
    found, own = _found(person_of(request), village_of(code))
    one = next((each for each in found if code in each.keys), None)
    if one is None:
        raise Http404
    return one, Region.objects.get(pk=one.village), own


def explain_conflict(request: HttpRequest, code: str) -> HttpResponse:
    found, village, _own = _one(request, code)
    form = ExplainConflict(**typed_in(request))
    lede = _("%(what)s: %(theirs)s, dan %(office)s %(place)s.") % {
        "what": what_is_shared(found),
        "theirs": _theirs(found),
        "office": _official(found, own=True),
        "place": village.name,
    }
    return act_page(
        request,
        form,
        lambda: actions.explain_conflict(
            by=by(request), partner=found.partner, village=village, item=code, **form.cleaned_data
        ),
        heading=_("Jelaskan benturan kepentingan"),
        lede=lede,
        verb=_("Kirim penjelasan"),
        says=_("Penjelasan terkirim dan akan ditinjau."),
        back=reverse("page.conflicts"),
        example=found.partner.example,
    )


def review_conflict(request: HttpRequest, code: str) -> HttpResponse:
    found, village, _own = _one(request, code)
    form = ReviewConflict(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.review_conflict(
            by=by(request), partner=found.partner, village=village, item=code, **form.asked()
        ),
        "registry/act.html",
        heading=_("Tinjau benturan kepentingan"),
        lede=f"{what_is_shared(found)}: {_official(found, own=False)}; {_theirs(found)}.",
        verb=_("Simpan tinjauan"),
        says=_("Tinjauan tersimpan."),
        back=reverse("page.conflicts"),
        explanation=found.explanation.text if found.explanation else "",
        example=found.partner.example,
    )
