"""A village records an agreement that runs already, from the regency's list or by itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.existing import actions
from bermitra.agreements.existing import forms as shapes
from bermitra.agreements.existing.actions import NewPartner
from bermitra.agreements.existing.models import ProposedAgreement
from bermitra.agreements.existing.views.common import asked, places_of, proposal_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import render, sent
from bermitra.foundation.regions.models import Region
from bermitra.partnership.rules import BETWEEN_VILLAGES


def register_existing(request: HttpRequest) -> HttpResponse:
    """``?usulan=`` takes over a row of the regency's list, ``?desa=`` says for which of several villages."""
    proposal = proposal_at(request, request.GET.get("usulan", ""))
    villages = places_of(request, "agreements.register_existing")
    wanted = proposal.village_id if proposal else request.GET.get("desa", villages[0].pk if villages else "")
    village = next((each for each in villages if each.pk == wanted), None)
    if village is None:
        raise Http404
    form = shapes.Record(village, request.POST or None, initial=shapes.initial_of(proposal) if proposal else None)
    if sent(request, form):
        case = _recorded(request, village, form, proposal)
        messages.success(request, _("Perjanjian tercatat. Lengkapi yang masih kurang."))
        return redirect("page.existing_agreement", code=case.code)
    context = {
        "form": form,
        "village": village,
        "proposal": proposal,
        "like": form.like,
        "others": [each for each in villages if each.pk != village.pk],
        "example": person_of(request).example,
        "may_decline": proposal is not None
        and may_open(person_of(request), "agreements.decline_existing", proposal.reach()),
    }
    return render(request, "agreements/existing/record.html", context, status=422 if form.is_bound else 200)


def _recorded(request: HttpRequest, village: Region, form: shapes.Record, proposal: ProposedAgreement | None) -> Any:
    given = form.cleaned_data
    partner: Any = form.chosen()
    if partner is None:
        other = given.get("other_village")
        kind = shapes.VILLAGE_KIND if given["coop_type"] == BETWEEN_VILLAGES else given["kind"]
        partner = NewPartner(given["partner_name"], kind, other, different=bool(form.found))
    return actions.register_existing(
        by=by(request),
        village=village,
        coop_type=given["coop_type"],
        partner=partner,
        field=given["field"],
        scope=given["scope"],
        starts_on=given["starts_on"],
        ends_on=given["ends_on"],
        known=shapes.known_of(proposal) | {"further_villages": given.get("further_villages", [])},
        difference=given.get("difference", ""),
        proposal=proposal,
        example=person_of(request).example,
    )


def decline_existing(request: HttpRequest, code: str) -> HttpResponse:
    proposal = proposal_at(request, code)
    if proposal is None:
        raise Http404
    form = shapes.Because(request.POST or None)
    if sent(request, form):
        actions.decline_existing(by=by(request), proposal=proposal, **form.cleaned_data)
        messages.success(request, _("Usulan ditolak. Kabupaten membaca alasannya."))
        return redirect("page.existing_agreements")
    lede = _("Perjanjian dengan %(partner)s tidak dicatat.") % {"partner": proposal.partner_name}
    back = reverse("page.existing_agreements")
    return asked(request, form, _("Tolak usulan kabupaten"), _("Tolak dengan alasan"), back, lede=lede)
