"""Aturan di daerah: which rules of the product a regency switched off, which unverified basis it confirmed; and doing so."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bermitra.desk.forms import RuleSwitched
from bermitra.desk.settings import regency_of
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.fields import filled
from bermitra.foundation.norms import actions
from bermitra.foundation.norms.models import RuleSwitch
from bermitra.foundation.norms.queries import Switch, standing, switches_of
from bermitra.foundation.norms.words import laws_of, stands
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.regions.models import Region


def switches(request: HttpRequest) -> HttpResponse:
    regency = regency_of(request)
    numbers, chapters = standing(regency.code).numbers, switches_of(regency.code)
    every = [each for _title, rows in chapters for each in rows]
    context = {
        "regency": regency,
        "total": len(every),
        "spoken": sum(1 for each in every if each.rows),
        "chapters": [
            (_(title), [(each.rule.code, filled(each.rule.says, numbers), _small(each), _said(each)) for each in rows])
            for title, rows in chapters
        ],
    }
    return render(request, "desk/rule_switches.html", context)


def switch(request: HttpRequest, code: str) -> HttpResponse:
    regency = regency_of(request)
    one = _switch(regency, code)
    context = {
        "regency": regency,
        "code": code,
        "says": filled(one.rule.says, standing(regency.code).numbers),
        "facts": _facts(one),
        "history": [
            (long_date(each.effective_from), stands(one.rule, each.kind), each.basis, long_date(localdate(each.set_at)))
            for each in reversed(one.rows)
        ],
        "columns": [_("Mulai berlaku"), _("Keadaan"), _("Dasar"), _("Dicatat")],
        "may_change": may_open(person_of(request), "norms.switch_rule", regency.reach()),
    }
    return render(request, "desk/rule_switch.html", context)


def change(request: HttpRequest, code: str) -> HttpResponse:
    regency = regency_of(request)
    one = _switch(regency, code)
    form = RuleSwitched(**typed_in(request), rule=one.rule)

    def does() -> RuleSwitch:
        done: RuleSwitch = actions.switch_rule(by=by(request), regency=regency, rule=one.rule, **form.cleaned_data)
        return done

    return act_page(
        request,
        form,
        does,
        "desk/rule_switch_change.html",
        heading=_("Tetapkan aturan di daerah"),
        kicker=f"{regency.name} · {code}",
        lede=filled(one.rule.says, standing(regency.code).numbers),
        verb=_("Catat aturan"),
        says=_("Aturan tercatat. Warga dapat membacanya di halaman ketentuan daerah."),
        back=reverse("page.rule_switch", kwargs={"code": code}),
        facts=_facts(one),
    )


def _said(one: Switch) -> str:
    return stands(one.rule, one.kind)


def _small(one: Switch) -> str:
    """Since when and on which basis it stands so, and what begins later."""
    held, told = one.held, []
    if held:
        told.append(_("sejak %(day)s, %(basis)s") % {"day": long_date(held.effective_from), "basis": held.basis})
    told += [f"{_coming(each)}: {stands(one.rule, each.kind)}" for each in one.coming]
    return " · ".join(told)


def _facts(one: Switch) -> list[tuple[str, Any]]:
    held = one.held
    found = [
        (_("Dasar aturan"), laws_of(one.rule.basis)),
        (_("Keadaan hari ini"), _said(one)),
    ]
    if held:
        found += [(_("Sejak"), long_date(held.effective_from)), (_("Dasar"), held.basis)]
    return found + [(_coming(each), stands(one.rule, each.kind)) for each in one.coming]


def _coming(row: RuleSwitch) -> str:
    return _("Mulai %(day)s") % {"day": long_date(row.effective_from)}


def _switch(regency: Region, code: str) -> Switch:
    for _title, rows in switches_of(regency.code):
        for each in rows:
            if each.rule.code == code:
                return each
    raise Http404(_("Tidak ada aturan dengan kode ini yang dapat ditetapkan daerah."))
