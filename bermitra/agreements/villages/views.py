"""Pages of a village that is merged, split or made a kelurahan: the list, one decree, recording it, the partner's answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.existing.views.common import places_of
from bermitra.agreements.joint.body.queries import regulations_of
from bermitra.agreements.villages import actions, queries
from bermitra.agreements.villages import forms as shapes
from bermitra.agreements.villages.models import Takeover, VillageChange
from bermitra.agreements.villages.rules import GONE, KINDS
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents import files, handing
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import ask, data_of, render, sent
from bermitra.foundation.regions.models import Region
from bermitra.partnership.queries import cases_visible_to

SHOWN = 50


def village_changes(request: HttpRequest) -> HttpResponse:
    """What was recorded; for the regency also the villages that hold an agreement, ``?q=`` by name or code; ``?setelah=`` reads on."""
    places = places_of(request, "agreements.record_village_change")
    words = request.GET.get("q", "").replace("\0", "").strip()  # PostgreSQL knows no text with it
    found = list(queries.villages_that_hold([each.pk for each in places], words)[: SHOWN + 1]) if places else []
    changes, after = queries.changes_visible_to(person_of(request)), request.GET.get("setelah", "")
    last = changes.filter(code=after).first() if after.isalnum() else None
    recorded = list((changes.filter(pk__lt=last.pk) if last else changes)[: SHOWN + 1])
    context = {
        "rows": [_line(each) for each in recorded[:SHOWN]],
        "first": request.path if last else "",
        "next": f"?setelah={recorded[SHOWN - 1].code}" if len(recorded) > SHOWN else "",
        "may_record": bool(places),
        "q": words,
        "villages": [
            {"title": each.name, "small": each.pk, "url": reverse("agreements.record_village_change", args=[each.pk])}
            for each in found[:SHOWN]
        ],
        "more": len(found) > SHOWN,
    }
    return render(request, "agreements/villages/list.html", context)


def _line(change: VillageChange) -> dict[str, str]:
    return {
        "title": f"{change.village.name}: {_(KINDS[change.kind])}",
        "url": reverse("page.village_change", args=[change.code]),
        "small": f"{change.number} · {long_date(change.holds_from)}",
    }


def village_change(request: HttpRequest, code: str) -> HttpResponse:
    """The decree, and each agreement with who held it and who holds it now; the former village reads on here."""
    held = get_object_or_404(queries.changes_visible_to(person_of(request)), code=code)
    rows = list(queries.takeovers_read_by(person_of(request), held).prefetch_related("answers"))
    context = {
        "change": held,
        "kind": _(KINDS[held.kind]),
        "takeovers": [_takeover(request, each) for each in rows],
        "left": list(queries.left_behind(held.village) & cases_visible_to(person_of(request)).order_by("pk"))
        if held.kind in GONE
        else [],
        "begins": any(may_open(person_of(request), "partnership.open", each.after.reach()) for each in rows),
        "example": any(each.case.example for each in rows),
    }
    return render(request, "agreements/villages/change.html", context)


def _takeover(request: HttpRequest, held: Takeover) -> dict[str, Any]:
    door, answers = "agreements.answer_takeover", list(held.answers.all())
    open_here = not answers and may_open(person_of(request), door, held.reach())
    return {
        "case": held.case,
        "before": held.before.name,
        "after": held.after.name,
        "answers": answers,
        "answer_url": reverse(door, args=[held.code]) if open_here else "",
    }


def decree(request: HttpRequest, code: str) -> HttpResponse:
    """The file of the decree."""
    held = get_object_or_404(queries.changes_visible_to(person_of(request)), code=code)
    return handing.shown(held.file, f"perubahan-desa-{code}")


def record_village_change(request: HttpRequest, code: str) -> HttpResponse:
    village = get_object_or_404(Region, pk=code, level=4)
    if not may_open(person_of(request), "agreements.record_village_change", village.reach()):
        raise Http404
    cases = queries.held_by(village)
    form = shapes.Change(cases, data_of(request), request.FILES or None, initial={"seen": queries.list_hash(cases)})
    if sent(request, form):
        given = {name: value for name, value in form.cleaned_data.items() if not name.startswith("receiver")}
        safe = given.pop("file")
        given["file"] = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        made = actions.record_village_change(by=by(request), village=village, receivers=form.receivers(), **given)
        messages.success(request, _("Perubahan desa tercatat. Kedua desa dan mitra diberi tahu."))
        return redirect("page.village_change", code=made.code)
    return ask(
        request,
        form,
        "agreements/villages/record.html",
        heading=_("Catat perubahan desa"),
        verb=_("Catat dan alihkan perjanjian") if cases else _("Catat perubahan desa"),
        kicker=village.name,
        lede=_("Naskah yang sudah ditandatangani tidak berubah. Hanya desa pemegangnya yang berganti."),
        back=reverse("page.village_changes"),
        cases=cases,
        unfinished=queries.left_behind(village).count(),
        joint=regulations_of(village.pk),
        example=any(each.example for each in cases),
    )


def answer_takeover(request: HttpRequest, code: str) -> HttpResponse:
    held = get_object_or_404(queries.takeovers_visible_to(person_of(request)), code=code)
    form = shapes.Answer(data_of(request))
    if sent(request, form):
        actions.answer_takeover(by=by(request), takeover=held, **form.cleaned_data)
        messages.success(request, _("Tanggapan Anda tercatat dan dikirim ke desa dan kabupaten."))
        return redirect("page.village_change", code=held.change.code)
    return ask(
        request,
        form,
        "agreements/act.html",
        heading=_("Tanggapi pengambilalihan"),
        verb=_("Kirim tanggapan"),
        kicker=held.case.title,
        lede=_("Perjanjian beralih menurut keputusan daerah. Tanggapan Anda dibaca desa dan kabupaten."),
        back=reverse("page.village_change", args=[held.change.code]),
        example=held.case.example,
    )
