"""Calls: the open ones, those that are over, and one of them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.commands import clock
from bermitra.foundation.pages import render
from bermitra.portal import announced, calls
from bermitra.portal.forms import Narrow
from bermitra.portal.lists import LIST, address, code_of
from bermitra.portal.views import asked
from bermitra.selection.letters.common import Edition
from bermitra.selection.letters.printing import kinds_of
from bermitra.selection.queries import announced_calls


def listed(request: HttpRequest) -> HttpResponse:
    """``?keadaan=ditutup`` shows those that are over, ``?di=`` narrows to an area, ``?setelah=`` goes on behind one."""
    form = Narrow(request.GET)
    chosen = form.chosen()
    place = asked.place(chosen.get("di", ""))
    tab = calls.CLOSED if request.GET.get("keadaan") == calls.CLOSED else calls.OPEN
    found, after = calls.found(tab, place), code_of(request.GET.get("setelah", ""))
    page = list((calls.behind(found, tab, after) if after else found)[: LIST + 1])
    base, state = reverse("page.calls"), {"keadaan": tab if tab == calls.CLOSED else ""}
    context = {
        "form": form,
        "place": place,
        "tab": tab,
        "tabs": [
            (words, base + address(chosen, keadaan=name if name == calls.CLOSED else ""), name == tab)
            for name, words in calls.TABS.items()
        ],
        "chips": asked.chips(form, chosen, place, base),
        "lines": calls.lines(page[:LIST], clock.now()),
        "next": address(chosen, **state, setelah=page[LIST - 1].code) if len(page) > LIST else "",
        "first": base + address(chosen, **state) if after else "",
        "example": any(call.case.example for call in page[:LIST]),
    }
    return render(request, "portal/calls.html", context)


def one(request: HttpRequest, code: str) -> HttpResponse:
    if away := asked.elsewhere("page.call", code):
        return away
    shown = calls.show(code, clock.now())
    if shown is None:
        raise Http404(_("Tidak ada penawaran dengan kode ini."))
    address_here = settings.BERMITRA_ORIGIN + reverse("page.call", args=[code])
    context = {
        "shown": shown,
        "call": shown.call,
        "case": shown.call.case,
        "example": shown.call.case.example,
        "passed": announced.to_pass_on(shown.call, shown.ends, address_here) if shown.open else None,
        "papers": [
            {"url": reverse("page.call_paper", args=[code, name]), "title": _(title)}
            for name, title in kinds_of(shown.call, Edition.PUBLIC).items()
        ],
        "open_part": announced.OPEN_PART,
        "whole": announced.WHOLE,
    }
    return render(request, "portal/call.html", context)


def frozen(request: HttpRequest, code: str) -> HttpResponse:
    """The text behind the hash of a call, byte for byte; ``?bagian=lengkap`` with the village's vision, once all are in."""
    call = announced_calls().filter(code=code).first()
    part = announced.WHOLE if request.GET.get("bagian") == announced.WHOLE else announced.OPEN_PART
    text = announced.text_behind(call, part) if call else None
    if text is None:
        raise Http404(_("Belum ada isi yang dikunci, atau belum waktunya dibaca."))
    file = HttpResponse(text, content_type="application/json")
    file["Content-Disposition"] = f'attachment; filename="penawaran-{code}-{part}.json"'
    return file
