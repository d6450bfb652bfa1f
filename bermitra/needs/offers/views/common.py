"""What the pages of offers share: the six parts of an offer, where each is said, and how a page acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.permissions import table as permissions
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.pages import act_page
from bermitra.foundation.text import _ as marked
from bermitra.needs.models import Offer
from bermitra.needs.offers import queries
from bermitra.registry.models import Partner

# Each part of an offer: the door through which it is said, and what the others call it.
STEPS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("needs.describe_offer", marked("Yang dibawa"), frozenset({"brings", "forms"})),
    ("needs.set_ability", marked("Kemampuan per bidang"), frozenset({"abilities"})),
    ("needs.seek_return", marked("Yang diminta kembali"), frozenset({"seeks"})),
    ("needs.place_offer", marked("Wilayah dan jumlah desa"), frozenset({"where", "places"})),
    ("needs.fund_offer", marked("Anggaran dan jangka waktu"), frozenset({"budget", "term"})),
    ("needs.aim_offer", marked("Tujuan, visi, dan risiko"), frozenset({"goals"})),
)


def offer_at(request: HttpRequest, code: str) -> Offer:
    """The offer in the address, with its parts, if this person may open it."""
    found = queries.with_parts(queries.offers_visible_to(person_of(request)))
    return get_object_or_404(found.select_related("partner__merged_into"), code=code)


def own_partner(request: HttpRequest) -> Partner | None:
    """The partner for which this person may begin an offer, or the one of them that ``?mitra=`` names."""
    wanted, row = request.GET.get("mitra"), permissions()["needs.record_offer"]
    codes = [each.party for each in person_of(request).offices if each.party and row.scope_of(each.role)]
    code = next((each for each in codes if wanted in (None, each)), "")
    return Partner.objects.select_related("merged_into").filter(code=code).first() if code else None


def following(offer: Offer, door: str) -> str:
    """Where a saved part leads: the next one that says nothing yet, else the page of the offer."""
    offer = queries.with_parts(Offer.objects.filter(pk=offer.pk)).get()
    lacking, names = queries.lacking(offer), [each[0] for each in STEPS]
    for later, _says, parts in STEPS[names.index(door) + 1 :]:
        if parts & lacking:
            return reverse(later, args=[offer.code])
    return reverse("page.offer_file", args=[offer.code])


def remedies(offer: Offer, lacking: frozenset[str]) -> dict[str, dict[str, str]]:
    """Where each unmet rule is met."""
    first = next((door for door, _says, parts in STEPS if parts & lacking), "needs.describe_offer")
    doors = {
        "ND-05": first,
        "ND-06": "needs.seek_return",
        "ND-16": "needs.fund_offer",
        "ND-19": "needs.set_ability",
        "ND-20": "needs.fund_offer",
    }
    found = {rule: {"url": reverse(door, args=[offer.code]), "verb": _("Isi")} for rule, door in doors.items()}
    file = reverse("page.partner_file", args=[offer.partner.code])
    found["ND-18"] = {"url": reverse("page.offer_list"), "verb": _("Buka daftar tawaran")}
    return {**found, "RG-13": {"url": file, "verb": _("Buka berkas mitra")}}


def part(
    request: HttpRequest,
    offer: Offer,
    form: forms.BaseForm,
    does: Callable[[], Any],
    template: str = "act.html",
    **more: Any,
) -> HttpResponse:
    """A page of one offer; what the act refuses stands above the form."""
    given = {"verb": _("Simpan"), "says": _("Tersimpan."), "back": reverse("page.offer_file", args=[offer.code])}
    return act_page(request, form, does, template, **{**given, "kicker": offer.title, "example": offer.example, **more})
