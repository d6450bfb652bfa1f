"""The tree of a chain, and the page on which a text is put into it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.chains import actions, queries
from bermitra.agreements.chains.forms import Placing
from bermitra.agreements.chains.rules import LEVELS, MEMORANDUM
from bermitra.agreements.queries import agreements_visible_to
from bermitra.agreements.rules import DRAFTED_IN, LABELS
from bermitra.agreements.views.common import about, agreement_at, back_to_room
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import data_of, render, sent


def chain(request: HttpRequest, code: str) -> HttpResponse:
    """What stands above a text and what is made under it."""
    held = agreement_at(request, code)
    person, level = person_of(request), queries.level_of(held)
    mine = may_open(person, "agreements.place_in_chain", held.reach())
    nodes = queries.tree(held, agreements_visible_to(person))
    context = {
        "agreement": held,
        "example": held.example,
        "label": LABELS[held.state],
        "level": _(LEVELS[level]),
        "intent": level == MEMORANDUM,
        "nodes": [
            {"node": each, "label": LABELS[each.agreement.state], "url": reverse("page.agreement_chain", args=[each.agreement.case.code])}
            for each in nodes
        ],
        "change": reverse("agreements.place_in_chain", args=[code]) if mine and held.state in DRAFTED_IN else "",
    }  # fmt: skip
    return render(request, "agreements/chains/chain.html", context)


def place_in_chain(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    parents = {each.code: each for each in queries.parents_for(held, clock.today())}
    place = queries.place_of(held)
    under = place.under.code if place is not None and place.under is not None else ""
    names = [(each.code, f"{_(LEVELS[queries.level_of(each)])}: {each.title}") for each in parents.values()]
    form = Placing(names, data_of(request), initial={"level": queries.level_of(held), "under": under})
    if sent(request, form):
        given = form.cleaned_data
        actions.place_in_chain(
            by=by(request),
            agreement=held,
            level=given["level"],
            under=parents.get(given["under"]),
            reason=given["reason"],
        )
        return back_to_room(request, code, _("Tingkat naskah tercatat; kedua pihak menerima naskahnya lagi."))
    lede = _("Musyawarah Desa memutuskan setiap naskah dalam rangkaian ini sendiri-sendiri.")
    return about(request, held, form, _("Tingkat naskah dan induknya"), _("Simpan tingkat naskah"), lede=lede)
