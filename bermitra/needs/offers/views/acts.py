"""Pages on which an offer opens to villages, rests and ends; and the one on which an office looks at abilities."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by
from bermitra.foundation.pages import typed_in
from bermitra.needs.forms import Sure, Why
from bermitra.needs.offers import actions, queries
from bermitra.needs.offers.forms import Renew, VerifyAbility
from bermitra.needs.offers.views.common import offer_at, part, remedies


def publish_offer(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_at(request, code)
    return part(
        request,
        offer,
        Sure(**typed_in(request)),
        lambda: actions.publish_offer(by=by(request), offer=offer),
        heading=_("Terbitkan tawaran ini?"),
        lede=_("Semua orang dapat membacanya. Tawaran ini ikut dihitung untuk desa yang dijangkau."),
        verb=_("Terbitkan tawaran"),
        says=_("Tawaran terbit."),
        findings=queries.checks(offer),
        acts=remedies(offer, queries.lacking(offer)),
    )


def pause_offer(request: HttpRequest, code: str) -> HttpResponse:
    offer, form = offer_at(request, code), Why(**typed_in(request))
    return part(
        request,
        offer,
        form,
        lambda: actions.pause_offer(by=by(request), offer=offer, **form.cleaned_data),
        heading=_("Jeda tawaran ini?"),
        lede=_("Selama jeda desa tidak dapat mengambilnya, dan Anda dapat mengubah isinya."),
        verb=_("Jeda tawaran"),
        says=_("Tawaran dijeda."),
    )


def renew_offer(request: HttpRequest, code: str) -> HttpResponse:
    offer, form = offer_at(request, code), Renew(**typed_in(request))
    return part(
        request,
        offer,
        form,
        lambda: actions.renew_offer(by=by(request), offer=offer, **form.cleaned_data),
        heading=_("Perpanjang tawaran"),
        lede=_("Tawaran menjadi draf lagi; periksa isinya, lalu terbitkan."),
        verb=_("Perpanjang"),
        says=_("Tawaran menjadi draf. Periksa, lalu terbitkan."),
    )


def withdraw_offer(request: HttpRequest, code: str) -> HttpResponse:
    offer, form = offer_at(request, code), Why(**typed_in(request))
    return part(
        request,
        offer,
        form,
        lambda: actions.withdraw_offer(by=by(request), offer=offer, **form.cleaned_data),
        heading=_("Tarik tawaran ini?"),
        lede=_("Tawaran tidak dapat dibuka lagi. Kerja sama yang sudah berjalan tetap berlaku."),
        verb=_("Tarik tawaran"),
        says=_("Tawaran ditarik."),
    )


def verify_ability(request: HttpRequest, code: str) -> HttpResponse:
    """Those that nobody has looked at come first in the list of choices; the others may be looked at again."""
    offer = offer_at(request, code)
    held = sorted(offer.abilities.all(), key=lambda each: each.verified_reason != "")
    form = VerifyAbility(**typed_in(request), abilities=held, initial={"seen": queries.words_hash(offer)})

    def does() -> Any:
        given = dict(form.cleaned_data)
        sector = given.pop("ability")
        ability = next(each for each in held if each.sector == sector)
        return actions.verify_ability(by=by(request), ability=ability, **given)

    return part(
        request,
        offer,
        form,
        does,
        heading=_("Periksa kemampuan mitra"),
        lede=_("Anda tidak mengubah tawaran. Yang terbukti berbobot penuh dalam kecocokan dengan desa."),
        verb=_("Umumkan hasil"),
        says=_("Hasil pemeriksaan diumumkan."),
        acts={"ND-21": {"url": reverse("needs.verify_ability", args=[code]), "verb": _("Buka lagi")}},
    )
