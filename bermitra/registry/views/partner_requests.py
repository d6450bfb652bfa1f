"""The counter's desk: bodies that ask to be registered are looked at, taken in, or told why not."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.codes import show_phone
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.text import mixed_script
from bermitra.registry import actions
from bermitra.registry.forms import AcceptRequest, Reason
from bermitra.registry.models import PartnerRequest
from bermitra.registry.queries.likeness import Near, near, threshold
from bermitra.registry.queries.requests import requests_visible_to
from bermitra.registry.queries.words import kind_name
from bermitra.registry.views.common import near_items, open_doors
from bermitra.registry.views.registration import WAYS

PAGE = 50
DOORS = ("registry.accept_request", "registry.decline_request")


def partner_requests(request: HttpRequest) -> HttpResponse:
    """The waiting ones first by the day they were sent, then what was decided lately."""
    seen = requests_visible_to(person_of(request))
    waiting = seen.filter(state=PartnerRequest.State.WAITING).order_by("sent_at", "pk")
    decided = seen.exclude(state=PartnerRequest.State.WAITING).order_by("-decided_at", "-pk")
    context = {"waiting": _items(waiting[:PAGE]), "decided": _items(decided[:PAGE])}
    return render(request, "registry/partner_requests.html", context)


def _items(requests: Iterable[PartnerRequest]) -> list[dict[str, str]]:
    return [
        {
            "url": reverse("page.partner_request", kwargs={"code": each.code}),
            "title": each.name,
            "small": " · ".join(
                filter(None, (kind_name(each), each.seat.name if each.seat else "", each.regency.name))
            ),
            "state": each.get_state_display(),
            "kind": WAYS[PartnerRequest.State(each.state)],
        }
        for each in requests
    ]


def _request(request: HttpRequest, code: str) -> tuple[PartnerRequest, str]:
    sent = get_object_or_404(requests_visible_to(person_of(request)), code=code)
    return sent, reverse("page.partner_request", kwargs={"code": code})


def _near(sent: PartnerRequest) -> list[Near]:
    business, tax = sent.business_number, sent.tax_number
    return near(sent.name, business_number=business, tax_number=tax, at_least=threshold())


def partner_request(request: HttpRequest, code: str) -> HttpResponse:
    sent, _back = _request(request, code)
    waiting = sent.state == PartnerRequest.State.WAITING
    context = {
        "sent": sent,
        "kind": kind_name(sent),
        "state": sent.get_state_display(),
        "way": WAYS[PartnerRequest.State(sent.state)],
        "waiting": waiting,
        "phone": show_phone(sent.contact_phone) if sent.contact_phone else "",
        "mixed": mixed_script(sent.name),
        "near": near_items(_near(sent)) if waiting else [],
        "doors": open_doors(person_of(request), DOORS, sent, code) if waiting else [],
    }
    return render(request, "registry/partner_request.html", context)


def accept_request(request: HttpRequest, code: str) -> HttpResponse:
    """The letter of the first person is printed on the page that follows."""
    sent, back = _request(request, code)
    near = _near(sent)
    form = AcceptRequest(**typed_in(request), near=bool(near))
    return act_page(
        request,
        form,
        lambda: actions.accept_request(by=by(request), request=sent, **form.cleaned_data),
        "registry/act.html",
        heading=_("Terima pendaftaran"),
        lede=_("%(name)s. Cocokkan surat kuasa dan identitas %(who)s di loket, lalu cetak surat aksesnya.")
        % {"name": sent.name, "who": sent.contact_name},
        verb=_("Terima dan buat surat"),
        says=_("Mitra terdaftar. Serahkan surat aksesnya."),
        back=back,
        go=lambda letter: reverse("page.access_letter", kwargs={"code": letter.code}),
        same=near_items(near),
    )


def decline_request(request: HttpRequest, code: str) -> HttpResponse:
    sent, back = _request(request, code)
    form = Reason(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.decline_request(by=by(request), request=sent, **form.cleaned_data),
        heading=_("Tolak pendaftaran"),
        lede=_("Alasan ini dibaca pendaftar. Nama dan nomor teleponnya dihapus sesudah ini."),
        verb=_("Tolak pendaftaran"),
        says=_("Pendaftaran ditolak; alasannya tampak pada kode pendaftaran."),
        back=back,
    )
