"""Offers beside one another: a rival begins, what was opened is compared, and the head chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import data_of, render, sent
from bermitra.foundation.rules import Standing
from bermitra.partnership.models import Case
from bermitra.partnership.queries import said
from bermitra.registry.queries.standing import PartnerStanding, standings_of
from bermitra.registry.rules import LABELS, State
from bermitra.selection import actions, criteria, forms, terms
from bermitra.selection.letters.common import day_of
from bermitra.selection.models import Proposal, ProposalVersion, RivalCall
from bermitra.selection.queries import (
    asked_of,
    compared,
    own_proposals,
    public_rival_calls,
    rival_call_of,
    sealed_rivals,
    vision_facts,
)
from bermitra.selection.views.common import asked, case_at, done, moment_line, own_partner
from bermitra.selection.views.proposals import shown_value


def draft_rival(request: HttpRequest, code: str) -> HttpResponse:
    """The first page of a rival's offer; the same address leads back to the own one."""
    rivals = get_object_or_404(public_rival_calls().select_related("case__partner"), code=code)
    person = person_of(request)
    own = own_proposals(person).filter(rival_of=rivals, state__in=("draft", "sealed")).first()
    if own is not None:
        return redirect("page.proposal", code=own.code)
    case, form = rivals.case, forms.RivalOffer(data_of(request))
    if sent(request, form):
        own = actions.draft_unsolicited(
            by=by(request),
            partner=own_partner(person),
            village=case.village,
            field=case.field_of_government,
            rival_of=rivals,
            **form.cleaned_data,
        )
        return done(request, _("Draf usulan dibuat. Isi delapan bagiannya."), "page.proposal", own.code)
    return asked(
        request,
        form,
        title=_("Tulis usulan pembanding"),
        verb=_("Mulai usulan"),
        back=reverse("page.rival_call", args=[code]),
        lede=_("Usulan diterima sampai %(ends)s.") % {"ends": moment_line(rivals.deadline, case.village_id)},
    )


@never_cache
def rivals(request: HttpRequest, code: str) -> HttpResponse:
    """All offers side by side, once they were opened with minutes; before that only how many are sealed."""
    person, case = person_of(request), case_at(request, code)
    asking = _asking(case)
    found, held = compared(asking), standing(case.village_id)
    context = {
        "case": case,
        "example": case.example,
        "asking": asking,
        "ends": moment_line(asking.deadline, case.village_id),
        "sealed": None if asking.opened_at or asking.closed_at else sealed_rivals(asking),
        "alone": asking.opened_at is not None and not any(each.rival_of_id for each, _version in found),
        "ticks": [said(criteria.statements()[each].text) for each in asking.village_ticks],
        "table": _table(case, found, asking, held) if found else {},
        "doors": _doors(case, asking, person),
    }
    return render(request, "selection/rivals.html", context)


def close_comparison(request: HttpRequest, code: str) -> HttpResponse:
    """Which one goes to the meeting, and why; what each must meet is asked of the one that is chosen."""
    case = case_at(request, code)
    offers = [each for each, _version in compared(_asking(case)) if each.state == "compared"]
    form = forms.Chosen(data_of(request), offers=offers)
    if sent(request, form):
        actions.close_comparison(by=by(request), case=case, **form.answers())
        return done(request, _("Satu usulan diajukan ke Musyawarah Desa."), "page.case", code)
    findings = asked_of("selection.close_comparison", case, None, standing(case.village_id))
    return asked(
        request,
        form,
        case=case,
        title=_("Pilih usulan untuk Musyawarah Desa"),
        verb=_("Ajukan usulan ini"),
        back=reverse("page.rivals", args=[code]),
        findings=findings,
    )


def _asking(case: Case) -> RivalCall:
    asking = rival_call_of(case)
    if asking is None:
        raise Http404
    return asking


def _doors(case: Case, asking: RivalCall, person: Person) -> list[dict[str, str]]:
    """What nobody has read is neither chosen nor declined."""
    if case.state != "comparison":
        return []
    if asking.opened_at is None:
        words = {"selection.open_rivals": _("Buka usulan dengan berita acara")}
    else:
        words = {
            "selection.close_comparison": _("Pilih usulan untuk Musyawarah Desa"),
            "selection.decline_unsolicited": _("Tolak semua usulan dengan alasan"),
        }
    reach = case.reach()
    return [
        {"url": reverse(door, args=[case.code]), "verb": verb}
        for door, verb in words.items()
        if may_open(person, door, reach)
    ]


def _table(
    case: Case, found: Sequence[tuple[Proposal, ProposalVersion]], asking: RivalCall, held: Standing
) -> dict[str, Any]:
    """The table in words: a column an offer, a row each of the eight contents, the money, the visions and the standing."""
    contents = [version.content for _offer, version in found]
    stands = standings_of([offer.partner for offer, _version in found], clock.today())
    facts = [vision_facts(asking.village_ticks, each.get("vision_ticks", []), held) for each in contents]
    names = {**terms.EIGHT, **terms.FIGURES, **terms.TAKES}
    rows: list[list[Any]] = [
        [_("Judul usulan"), *(offer.title for offer, _version in found)],
        [_("Kedudukan usulan"), *(_came(case, offer) for offer, _version in found)],
        *([_(label), *(_cell(name, each) for each in contents)] for name, label in names.items()),
        [_("Visi yang dipegang"), *(_visions(each) for each in contents)],
        [_("Kesamaan visi (persen)"), *(str(each.vision_agreement) for each in facts)],
        [_("Pernyataan inti yang belum sama"), *(str(each.core_missing) for each in facts)],
        [_("Uji tuntas"), *(_checked(stands[offer.partner_id]) for offer, _version in found)],
    ]
    if asking.closed_at is not None:
        rows.insert(0, [_("Keputusan"), *(_decided(asking, offer) for offer, _version in found)])
    return {"columns": [_("Yang dibandingkan"), *(offer.partner.name for offer, _version in found)], "rows": rows}


def _came(case: Case, offer: Proposal) -> str:
    came = _("Usulan pertama") if offer.rival_of_id is None else _("Usulan pembanding")
    if offer.withdrawn_at is None:
        return came
    day = long_date(day_of(case, offer.withdrawn_at))
    return _("%(came)s. Mundur sesudah dibuka, %(day)s") % {"came": came, "day": day}


def _decided(asking: RivalCall, offer: Proposal) -> str:
    return _("Diajukan ke Musyawarah Desa") if offer.code == asking.chosen else _(offer.label.public)


def _cell(name: str, content: Mapping[str, Any]) -> str:
    value = shown_value(name, content.get(name, 0 if name in terms.NUMBERS else ""))
    return str(value) if value != "" else _("Belum diisi")


def _visions(content: Mapping[str, Any]) -> str:
    return " ".join(said(criteria.statements()[each].text) for each in content.get("vision_ticks", []))


def _checked(stands: PartnerStanding) -> str:
    """The verdict in a word, and whether it still serves."""
    if stands.confirmed_matches:
        return _("Tercantum dalam daftar sanksi")
    if not stands.verdict:
        return _("Belum diverifikasi")
    word = _(LABELS[State(stands.verdict)].public)
    return (
        word
        if stands.fresh or State(stands.verdict) in (State.NOT_VERIFIED, State.BLOCKED)
        else _("Verifikasi kedaluwarsa")
    )
