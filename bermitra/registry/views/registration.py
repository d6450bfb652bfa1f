"""Pages that anybody may open: a body asks to be registered, sees names like its own, and how its request stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.throttle import slow_down_sender
from bermitra.foundation.accounts.who import by
from bermitra.foundation.pages import render, typed_in
from bermitra.foundation.text import BadInput, clean
from bermitra.registry import actions
from bermitra.registry.forms import AskToRegister
from bermitra.registry.models import PartnerRequest
from bermitra.registry.queries.likeness import threshold, while_typing
from bermitra.registry.queries.requests import counters, last_day_of
from bermitra.registry.queries.words import kind_name
from bermitra.registry.views.common import near_items, near_typed


def similar(request: HttpRequest) -> JsonResponse:
    """``?nama=``: registered bodies with a name like it, as the page's script asks while somebody types."""
    try:
        name = clean(request.GET.get("nama", ""), limit=160)
    except BadInput:
        name = ""
    found = near_items(while_typing(name, at_least=threshold())) if name else []
    says = _("Nama mirip yang sudah terdaftar: periksa lebih dahulu.") if found else ""
    return JsonResponse({"says": says, "found": [{k: each[k] for k in ("title", "small", "url")} for each in found]})


def request_registration(request: HttpRequest) -> HttpResponse:
    """Nothing is registered by it and no account is made: an officer of the regency looks at it first."""
    near = near_typed(request)
    form = AskToRegister(
        **typed_in(request), counters=counters(), near=bool(near), similar=reverse("page.similar_partners")
    )
    if request.method == "POST" and form.is_valid():
        slow_down_sender(request, "register")
        sent = actions.request_registration(by=by(request), **form.asked())
        return redirect("page.registration_request", code=sent.code)
    context = {"form": form, "near": near_items(near), "open": form.fields["regency"].queryset.exists()}  # type: ignore[attr-defined]
    return render(request, "registry/request_registration.html", context, status=422 if form.is_bound else 200)


WAYS = {
    PartnerRequest.State.WAITING: "doing",
    PartnerRequest.State.ACCEPTED: "ok",
    PartnerRequest.State.DECLINED: "fix",
    PartnerRequest.State.LAPSED: "late",
}


def registration_request(request: HttpRequest, code: str) -> HttpResponse:
    """How a request stands, for whoever holds its code; nothing of the person who sent it."""
    sent = get_object_or_404(PartnerRequest.objects.select_related("regency", "partner"), code=code)
    context = {
        "sent": sent,
        "kind": kind_name(sent),
        "last_day": last_day_of(sent),
        "state": sent.get_state_display(),
        "way": WAYS[PartnerRequest.State(sent.state)],
    }
    return render(request, "registry/registration_request.html", context)
