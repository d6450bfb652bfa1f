"""Data that got out: the list with its clocks, one breach, the acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.personal import actions, rules
from bermitra.foundation.personal.breaches import breach_facts, breaches_visible_to, clock_of, clocks_of, places_of
from bermitra.foundation.personal.forms import RecordBreach, SetBreachAside, TellOfBreach
from bermitra.foundation.personal.models import WAITS, DataBreach
from bermitra.foundation.rules import examine

PAGE = 50


def breaches(request: HttpRequest) -> HttpResponse:
    """What waits, by the hour it was found; what was told; what was no breach. Each read on by its own pages."""
    found, now = breaches_visible_to(person_of(request)), clock.now()
    waiting = found.filter(WAITS).order_by("found_at", "pk")
    told, aside = found.filter(told_at__isnull=False), found.filter(set_aside_at__isnull=False)
    context = {
        "waiting": _page(request, waiting, "hal", "menunggu", now),
        "told": _page(request, told, "lama", "sudah", now),
        "aside": _page(request, aside, "batal", "dibatalkan", now),
    }
    return render(request, "personal/breaches.html", context)


def _page(request: HttpRequest, found: QuerySet[DataBreach], name: str, heading: str, now: datetime) -> dict[str, Any]:
    """One page of a list with the addresses of those beside it; ``name``: of the page in the address."""
    page = Paginator(found, PAGE).get_page(request.GET.get(name))
    before = f"?{name}={page.previous_page_number()}#{heading}" if page.has_previous() else ""
    after = f"?{name}={page.next_page_number()}#{heading}" if page.has_next() else ""
    return {"rows": clocks_of(page.object_list, now), "previous": before, "next": after}


def breach(request: HttpRequest, code: str) -> HttpResponse:
    found = _visible(request, code)
    return render(request, "personal/breach.html", {"breach": found, "clock": clock_of(found, clock.now())})


def record_data_breach(request: HttpRequest) -> HttpResponse:
    form = RecordBreach(request.POST or None, places=places_of(person_of(request)))

    def does() -> DataBreach:
        return actions.record_data_breach(
            by=by(request),
            place=form.place(),
            title=form.cleaned_data["title"],
            found_at=form.found_at(),
            **form.whose(),
        )

    return act_page(
        request, form, does, says=_("Kebocoran tercatat. Jam pemberitahuan sudah berjalan."),
        go=lambda recorded: reverse("page.data_breach", args=[recorded.code]),
        template="personal/record_data_breach.html",
    )  # fmt: skip


def notify_data_breach(request: HttpRequest, code: str) -> HttpResponse:
    found = _visible(request, code)
    if not found.waits:
        return redirect("page.data_breach", found.code)
    form = TellOfBreach(request.POST or None)

    def does() -> None:
        actions.notify_data_breach(by=by(request), breach=found, **form.cleaned_data)

    # How it stands before anything is written: of the three lines only the clock can be told already.
    facts = breach_facts(found, clock.now(), leaked="", happened="", measures="", authority_letter="")
    in_time = examine((rules.data_breach_told_in_time,), replace(facts, content_complete=True))
    content = examine((rules.breach_notice_is_complete, rules.authority_is_told), facts)
    said = _("Semua orang yang terkena sudah diberi tahu.")
    return act_page(
        request, form, does, template="personal/notify_data_breach.html", says=said, go="page.data_breaches", breach=found,
        clock=clock_of(found, clock.now()), findings_now=(*in_time, *content),
    )  # fmt: skip


def set_aside_data_breach(request: HttpRequest, code: str) -> HttpResponse:
    found = _visible(request, code)
    back = reverse("page.data_breach", args=[found.code])
    if not found.waits:
        return redirect(back)
    form = SetBreachAside(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.set_aside_data_breach(by=by(request), breach=found, **form.cleaned_data),
        heading=_("Batalkan catatan kebocoran"),
        lede=_("%(title)s. Tidak ada yang diberi tahu; catatan dan alasannya tetap tersimpan.")
        % {"title": found.title},
        verb=_("Batalkan catatan"),
        says=_("Catatan kebocoran dibatalkan."),
        back=back,
    )


def _visible(request: HttpRequest, code: str) -> DataBreach:
    return get_object_or_404(breaches_visible_to(person_of(request)), code=code)
