"""Pages of a need's figures: count, reckon, aim, verify."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import ask, sent
from bermitra.foundation.rules import examine
from bermitra.needs import actions, queries
from bermitra.needs.forms import Aimed, Beneficiaries, Cost
from bermitra.needs.rules import VERIFYING
from bermitra.needs.views.common import done_as_read, go, to_read, values_of
from bermitra.needs.views.needs import about_need, need_at


def count_beneficiaries(request: HttpRequest, code: str) -> HttpResponse:
    held = need_at(request, code)
    form = Beneficiaries(request.POST or None, initial=values_of(held, Beneficiaries))
    if sent(request, form):
        actions.count_beneficiaries(by=by(request), need=held, **form.cleaned_data)
        return go(request, "page.need", code, _("Penerima manfaat tersimpan."))
    return about_need(request, held, form, _("Penerima manfaat"), _("Simpan jumlah"))


def set_cost(request: HttpRequest, code: str) -> HttpResponse:
    held = need_at(request, code)
    form = Cost(request.POST or None, initial=values_of(held, Cost))
    if sent(request, form):
        actions.set_cost(by=by(request), need=held, **form.cleaned_data)
        says = _("Perkiraan biaya tersimpan. Minta BPD atau pendamping memeriksa lagi.")
        return go(request, "page.need", code, says if held.verified_at else _("Perkiraan biaya tersimpan."))
    lede = _("Mengubah biaya menggugurkan pemeriksaan angka.") if held.verified_at else ""
    return about_need(request, held, form, _("Perkiraan biaya"), _("Simpan biaya"), lede=lede)


def set_goals(request: HttpRequest, code: str) -> HttpResponse:
    held = need_at(request, code)
    form = Aimed(request.POST or None, initial=values_of(held, Aimed))
    if sent(request, form):
        actions.set_goals(by=by(request), need=held, **form.cleaned_data)
        return go(request, "page.need", code, _("Tema, tujuan, dan kelompok tersimpan."))
    return about_need(request, held, form, _("Tema, tujuan, dan kelompok"), _("Simpan"))


def verify_figures(request: HttpRequest, code: str) -> HttpResponse:
    """For the figures that were read; where they were changed meanwhile the new ones are shown."""
    held = need_at(request, code)
    refused = done_as_read(request, lambda seen: actions.verify_figures(by=by(request), need=held, seen=seen))
    if refused is None:
        return go(request, "page.need", code, _("Angka kebutuhan ini sudah diperiksa."))
    held = need_at(request, code)
    facts = queries.verifying_facts(held, person_of(request).code)
    findings = refused or examine(VERIFYING, facts, standing(held.village_id))
    return ask(
        request, to_read(request, refused, queries.figures_hash(held)), "needs/verify_figures.html",
        status=409 if refused else 422 if request.method == "POST" else 0, need=held,
        sector=queries.sector_label(held.sector), goals=[queries.goal_label(number) for number in held.goals],
        heading=_("Angkanya benar?"), verb=_("Nyatakan benar"),
        lede=_("Cocokkan dengan keadaan di lapangan. Nama Anda tercatat."), kicker=held.title, example=held.example,
        back=reverse("page.need", args=[code]), findings=findings,
    )  # fmt: skip
