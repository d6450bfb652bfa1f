"""One side answers to whom a round has introduced it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.pages import act_page, typed_in
from bermitra.matching.models import Introduction
from bermitra.matching.rounds.queries import introductions_visible_to, of_own_side
from bermitra.selection import actions, forms


def answer_introduction(request: HttpRequest, code: str) -> HttpResponse:
    """Yes or no, with a reason for a no. After the second yes the page says that the partner's offer comes next."""
    person = person_of(request)
    seen = get_object_or_404(introductions_visible_to(person), code=code)
    partner = of_own_side(person, seen.offer)
    form = forms.IntroductionAnswer(**typed_in(request))

    def does() -> Any:
        return actions.answer_introduction(by=by(request), introduction=seen, **form.answers())

    village, offer = seen.village, seen.offer
    whom = _("Desa %(name)s") % {"name": village.village.name} if partner else offer.offer.partner.name
    return act_page(
        request,
        form,
        does,
        heading=_("Jawab perkenalan"),
        kicker=f"{seen.round.title} · {whom}",
        lede=_("“%(title)s”. Jawab paling lambat %(day)s.")
        % {"title": offer.offer.title, "day": long_date(seen.until)},
        verb=_("Kirim jawaban"),
        says=_("Jawaban Anda tercatat."),
        back=_back(seen, partner),
        example=seen.round.example,
    )


def _back(seen: Introduction, partner: bool) -> str:
    if partner:
        return reverse("page.round_offer", args=[seen.offer.code])
    return reverse("page.round_village", args=[seen.village.code])
