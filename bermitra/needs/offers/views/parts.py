"""Pages on which a partner says what it offers, a part at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.pages import act_page, typed_in
from bermitra.needs.forms import Sure
from bermitra.needs.models import Offer
from bermitra.needs.offers import actions, queries, words
from bermitra.needs.offers.forms import AbilityForm, AimForm, FundForm, OfferForm, PlaceForm, ReturnForm
from bermitra.needs.offers.views.common import following, offer_at, own_partner, part
from bermitra.needs.views.common import values_of


def record_offer(request: HttpRequest) -> HttpResponse:
    partner = own_partner(request)
    if partner is None:
        raise Http404
    form, example = OfferForm(**typed_in(request)), person_of(request).example
    return act_page(
        request,
        form,
        lambda: actions.record_offer(by=by(request), partner=partner, example=example, **form.cleaned_data),
        heading=_("Tawaran baru"),
        lede=_("Enam bagian pendek. Setiap bagian tersimpan begitu dikirim; desa membacanya setelah Anda terbitkan."),
        kicker=partner.name,
        verb=_("Simpan dan lanjut"),
        says=_("Tawaran tersimpan sebagai draf."),
        back=reverse("page.offer_list"),
        go=lambda offer: following(offer, "needs.describe_offer"),
    )


def describe_offer(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_at(request, code)
    form = OfferForm(**typed_in(request), initial=values_of(offer, OfferForm))
    return _change(
        request,
        offer,
        form,
        lambda: actions.describe_offer(by=by(request), offer=offer, **form.cleaned_data),
        heading=_("Yang dibawa"),
        go=lambda _done: following(offer, "needs.describe_offer"),
    )


def set_ability(request: HttpRequest, code: str) -> HttpResponse:
    """One sector at a time; those that stand already are listed above."""
    offer = offer_at(request, code)
    held = {each.sector: each for each in offer.abilities.all()}
    chosen = held.get(request.GET.get("bidang", ""))
    initial = {"sector": chosen.sector, "level": chosen.level, "what": chosen.what} if chosen else {}
    form = AbilityForm(**typed_in(request), initial=initial)
    return _change(
        request,
        offer,
        form,
        lambda: actions.set_ability(by=by(request), offer=offer, **form.cleaned_data),
        "needs/abilities.html",
        heading=_("Kemampuan per bidang"),
        lede=_("Nyatakan sendiri dahulu. Dinas memeriksanya setelah tawaran terbit, dan alasannya diumumkan."),
        verb=_("Simpan kemampuan"),
        says=_("Kemampuan tersimpan."),
        go=reverse("needs.set_ability", args=[code]),
        of=offer,
        abilities=words.ability_lines(offer),
        onward=following(offer, "needs.set_ability") if held else "",
    )


def drop_ability(request: HttpRequest, code: str, sector: str) -> HttpResponse:
    offer = offer_at(request, code)
    if sector not in {each.sector for each in offer.abilities.all()}:
        raise Http404
    form = Sure(**typed_in(request))
    return _change(
        request,
        offer,
        form,
        lambda: actions.drop_ability(by=by(request), offer=offer, sector=sector),
        heading=_("Hapus kemampuan %(sector)s?") % {"sector": words.sector_label(sector)},
        verb=_("Hapus kemampuan"),
        says=_("Kemampuan dihapus."),
        back=reverse("needs.set_ability", args=[code]),
    )


def seek_return(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_at(request, code)
    form = ReturnForm(**typed_in(request), initial=values_of(offer, ReturnForm))
    return _change(
        request,
        offer,
        form,
        lambda: actions.seek_return(by=by(request), offer=offer, **form.cleaned_data),
        heading=_("Yang diminta kembali"),
        lede=_("Desa mencocokkannya dengan potensinya."),
        go=lambda _done: following(offer, "needs.seek_return"),
    )


def place_offer(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_at(request, code)
    form = PlaceForm(**typed_in(request), initial=PlaceForm.held_by(offer))
    return _change(
        request,
        offer,
        form,
        lambda: actions.place_offer(by=by(request), offer=offer, **form.given()),
        heading=_("Wilayah dan jumlah desa"),
        go=lambda _done: following(offer, "needs.place_offer"),
    )


def fund_offer(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_at(request, code)
    form = FundForm(**typed_in(request), initial=values_of(offer, FundForm))
    return _change(
        request,
        offer,
        form,
        lambda: actions.fund_offer(by=by(request), offer=offer, **form.cleaned_data),
        heading=_("Anggaran dan jangka waktu"),
        lede=_("Nilai bagi satu desa selama seluruh kerja sama; barang dan tenaga dihitung dengan harga pasar."),
        go=lambda _done: following(offer, "needs.fund_offer"),
    )


def aim_offer(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_at(request, code)
    held = values_of(offer, AimForm)
    form = AimForm(**typed_in(request), initial={**held, "vision": offer.vision or offer.partner.vision})
    return _change(
        request,
        offer,
        form,
        lambda: actions.aim_offer(by=by(request), offer=offer, **form.cleaned_data),
        heading=_("Tujuan, visi, dan risiko"),
        go=lambda _done: following(offer, "needs.aim_offer"),
    )


def _change(
    request: HttpRequest, offer: Offer, form: forms.BaseForm, does: Callable[[], Any], *template: str, **more: Any
) -> HttpResponse:
    """A part of one offer; where villages read it at this moment the page says beforehand that it must rest first."""
    pause = {"url": reverse("needs.pause_offer", args=[offer.code]), "verb": _("Jeda tawaran")}
    asked = {"findings": queries.changing_checks(offer), "acts": {"ND-14": pause}}
    return part(request, offer, form, does, *template, **{**asked, **more})
