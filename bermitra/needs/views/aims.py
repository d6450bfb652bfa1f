"""Pages of aims and vetoes, and of proposals to lift one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation.queries import tabled_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.rules import Finding, examine, unmet
from bermitra.foundation.text import _ as marked
from bermitra.needs import actions, queries
from bermitra.needs.catalogue import risks
from bermitra.needs.forms import Aims, Lift, Sure
from bermitra.needs.models import VetoLift
from bermitra.needs.queries.labels import english
from bermitra.needs.rules import LIFT_LABELS, LIFTING
from bermitra.needs.views.common import KIND_OF, doors_of, may, next_door, village_of

LIFT_DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("needs.lift_veto", ("proposed",), marked("Cabut pantangan")),
    ("needs.withdraw_lift", ("proposed",), marked("Tarik usulan")),
)


def aims(request: HttpRequest) -> HttpResponse:
    village = village_of(request, "page.aims")
    held = queries.aims_of(village)
    context = {
        "village": village,
        "aims": held,
        "goals": [queries.goal_label(number) for number in held.goals] if held else [],
        "vetoes": [_veto(code) for code in held.vetoes] if held else [],
        "lifts": [_lift_item(each) for each in queries.lifts_of(village)],
        "may_set": may(request, "needs.set_aims"),
        "may_lift": bool(held and held.vetoes) and may(request, "needs.propose_lift"),
    }
    return render(request, "needs/aims.html", context)


def _veto(code: str) -> dict[str, str]:
    risk = risks()[code]
    return {"name": queries.risk_label(code), "why": risk.why_en if english() else risk.why}


def _lift_item(lift: VetoLift) -> dict[str, Any]:
    return {
        "url": reverse("page.veto_lift", args=[lift.code]),
        "title": queries.risk_label(lift.veto),
        "small": lift.why,
        "state": _(LIFT_LABELS[lift.state].staff),
        "kind": KIND_OF.get(lift.state, "doing"),
    }


def set_aims(request: HttpRequest) -> HttpResponse:
    village = village_of(request, "needs.set_aims")
    held = queries.aims_of(village)
    initial = {"goals": held.goals, "vetoes": held.vetoes} if held else {}
    form, example = Aims(**typed_in(request), initial=initial), person_of(request).example
    return act_page(
        request, form,
        lambda: actions.set_aims(by=by(request), village=village, example=example, **form.cleaned_data),
        says=_("Tujuan dan pantangan tersimpan."),
        heading=_("Tujuan dan pantangan desa"), verb=_("Simpan"), back=reverse("page.aims"), kicker=village.name,
    )  # fmt: skip


def propose_lift(request: HttpRequest) -> HttpResponse:
    village = village_of(request, "needs.propose_lift")
    held = queries.aims_of(village)
    form = Lift(**typed_in(request), vetoes=held.vetoes if held else ())
    example = person_of(request).example
    return act_page(
        request, form,
        lambda: actions.propose_lift(by=by(request), village=village, example=example, **form.cleaned_data),
        says=_("Usulan menunggu Musyawarah Desa. Sekretaris Desa atau BPD memasukkannya ke acara."),
        heading=_("Usulkan pencabutan pantangan"), verb=_("Kirim usulan"), back=reverse("page.aims"),
        kicker=village.name,
    )  # fmt: skip


def _lift(request: HttpRequest, code: str) -> VetoLift:
    return get_object_or_404(queries.lifts_visible_to(person_of(request)).select_related("village"), code=code)


def _findings(lift: VetoLift) -> tuple[Finding, ...]:
    if lift.state != "proposed":
        return ()
    return examine(LIFTING, queries.lifting_facts(lift), standing(lift.village_id))


def veto_lift(request: HttpRequest, code: str) -> HttpResponse:
    held = _lift(request, code)
    findings, subject = _findings(held), tabled_at(code)
    doors = [
        each for each in doors_of(request, held, LIFT_DOORS) if each["door"] != "needs.lift_veto" or not unmet(findings)
    ]
    onward = next_door(doors, findings, ("needs.lift_veto",))
    if held.state == "proposed" and subject is None and may(request, "deliberation.plan"):
        onward = {
            "url": reverse("deliberation.plan"),
            "verb": _("Rencanakan musyawarah"),
            "says": _("Masukkan usulan ini ke acara musyawarah."),
        }
    context = {
        "lift": held,
        "example": held.example,
        "veto": _veto(held.veto),
        "label": LIFT_LABELS[held.state],
        "kind": KIND_OF.get(held.state, "doing"),
        "findings": findings,
        "doors": doors,
        "next": onward,
        "meeting": subject.meeting if subject else None,
    }
    return render(request, "needs/veto_lift.html", context)


def lift_veto(request: HttpRequest, code: str) -> HttpResponse:
    held = _lift(request, code)
    return act_page(
        request, Sure(**typed_in(request)), lambda: actions.lift_veto(by=by(request), lift=held),
        says=_("Pantangan dicabut."), heading=_("Cabut pantangan sesuai keputusan musyawarah?"), verb=_("Cabut"),
        back=reverse("page.veto_lift", args=[code]), kicker=queries.risk_label(held.veto), findings=_findings(held),
        example=held.example,
    )  # fmt: skip


def withdraw_lift(request: HttpRequest, code: str) -> HttpResponse:
    held = _lift(request, code)
    return act_page(
        request, Sure(**typed_in(request)), lambda: actions.withdraw_lift(by=by(request), lift=held),
        says=_("Usulan ditarik. Pantangan tetap berlaku."), heading=_("Tarik usulan pencabutan ini?"), verb=_("Tarik"),
        back=reverse("page.veto_lift", args=[code]), kicker=queries.risk_label(held.veto), example=held.example,
    )  # fmt: skip
