"""Pages of potentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import handing
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, ask, render, sent, typed_in
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.rules import Finding, examine
from bermitra.foundation.text import _ as marked
from bermitra.needs import actions, letters, queries
from bermitra.needs.catalogue import kinds
from bermitra.needs.forms import CostOrBenefit, Locate, PotentialForm, Rate, Sure, show_measure
from bermitra.needs.models import Potential
from bermitra.needs.rules import POTENTIAL_LABELS, PUBLISHING, VERIFYING_POTENTIAL
from bermitra.needs.views.common import (
    KIND_OF,
    ask_for,
    done_as_read,
    doors_of,
    go,
    may,
    next_door,
    page_of,
    to_read,
    values_of,
    village_of,
)

POTENTIAL_DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("needs.publish_potential", ("draft",), marked("Terbitkan lembar potensi")),
    ("needs.rate_potential", ("draft", "published"), marked("Nilai kekuatannya")),
    ("needs.verify_potential", ("draft", "published"), marked("Periksa potensi")),
    ("needs.locate_potential", ("draft", "published"), marked("Catat tempatnya")),
    ("needs.value_potential", ("draft", "published"), marked("Hitung biaya dan manfaat")),
    ("needs.print_potential", ("published",), marked("Cetak lembar penawaran")),
    ("needs.revise_potential", ("draft", "published", "archived"), marked("Perbaiki lembar potensi")),
    ("needs.archive_potential", ("draft", "published"), marked("Arsipkan potensi")),
)


def potentials(request: HttpRequest) -> HttpResponse:
    rows, more = page_of(queries.potentials_visible_to(person_of(request)).select_related("village"), request)
    items = [
        {"held": each, "sort": queries.kind_label(each.kind), "measure": show_measure(each.quantity, each.unit),
         "state": POTENTIAL_LABELS[each.state].staff, "kind": KIND_OF.get(each.state, "doing")}
        for each in rows
    ]  # fmt: skip
    context = {"items": items, "next": more, "may_record": may(request, "needs.record_potential")}
    return render(request, "needs/potentials.html", context)


def _potential(request: HttpRequest, code: str) -> Potential:
    return get_object_or_404(queries.potentials_visible_to(person_of(request)).select_related("village"), code=code)


def potential(request: HttpRequest, code: str) -> HttpResponse:
    held = _potential(request, code)
    sort, doors = kinds().get(held.kind), doors_of(request, held, POTENTIAL_DOORS)
    findings: tuple[Finding, ...] = ()
    if held.state == "draft":
        findings = examine(PUBLISHING, queries.potential_facts(held), standing(held.village_id))
    context = {
        "potential": held,
        "example": held.example,
        "label": POTENTIAL_LABELS[held.state],
        "kind": KIND_OF.get(held.state, "doing"),
        "sort": queries.kind_label(held.kind),
        "measure": show_measure(held.quantity, held.unit),
        "facts": _facts(held),
        "tables": _tables(held),
        "verified": held.verified_at,
        "interests": _interests(held, sort.interests if sort else ()),
        "cautions": queries.cautions(sort) if sort else (),
        "sheet": queries.sheet_of(held) if held.state == "published" else None,
        "doors": doors,
        "next": next_door(doors, findings, ("needs.publish_potential", "needs.revise_potential")) if findings else None,
        "findings": findings,
    }
    return render(request, "needs/potential.html", context)


def _facts(held: Potential) -> list[tuple[str, str]]:
    """Every term stands there, so that one sees what is not said yet."""
    lies = " · ".join(filter(None, (held.place, str(held.point or ""))))
    told = (
        (_("Ukuran"), show_measure(held.quantity, held.unit)),
        (_("Musim"), held.season),
        (_("Pemilik"), held.owner),
        (_("Kekuatan"), queries.strength_label(held.strength) if held.strength is not None else ""),
        (_("Tempat"), lies),
        (_("Batas lingkungan"), held.limit),
        (_("Budaya dan adat"), held.culture_note),
    )
    return [(term, said or "–") for term, said in told]


def _tables(held: Potential) -> list[tuple[str, list[tuple[str, str]], str]]:
    """Costs and benefits of a year, each row with its amount, and the sum of those that were reckoned."""
    found = []
    for title, table in ((_("Biaya setahun"), held.costs), (_("Manfaat setahun"), held.benefits)):
        rows = [(openly(row["what"]), _amount(row["amount"])) for row in table]
        if rows:
            found.append((title, rows, rupiah(sum(row["amount"] or 0 for row in table))))
    return found


def _amount(amount: int | None) -> str:
    return _("belum ada angka") if amount is None else rupiah(amount)


def _interests(held: Potential, codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """What partners may seek in it, each with the offers that seek it and reach the village."""
    offers = reverse("page.offers")
    return [
        (f"{offers}?{urlencode({'di': held.village_id, 'dicari': code})}", queries.interest_label(code))
        for code in codes
    ]


def record_potential(request: HttpRequest) -> HttpResponse:
    form = PotentialForm(request.POST or None)
    if sent(request, form):
        village = village_of(request, "needs.record_potential")
        example = person_of(request).example
        made = actions.record_potential(by=by(request), village=village, example=example, **form.given())
        return go(request, "page.potential", made.code, _("Potensi tersimpan."))
    return ask_for(request, form, _("Catat potensi"), _("Simpan potensi"), reverse("page.potentials"))


def _about_potential(
    request: HttpRequest, held: Potential, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.potential", args=[held.code])
    return ask_for(request, form, title, verb, back, kicker=held.title, example=held.example, **more)


def revise_potential(request: HttpRequest, code: str) -> HttpResponse:
    held = _potential(request, code)
    initial = {**values_of(held, PotentialForm), "measure": show_measure(held.quantity, held.unit)}
    form = PotentialForm(request.POST or None, initial=initial)
    if sent(request, form):
        actions.revise_potential(by=by(request), potential=held, **form.given())
        return go(request, "page.potential", code, _("Lembar potensi tersimpan."))
    return _about_potential(request, held, form, _("Perbaiki lembar potensi"), _("Simpan lembar"))


def publish_potential(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _potential(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.publish_potential(by=by(request), potential=held)
        return go(request, "page.potential", code, _("Lembar potensi terbit."))
    findings = examine(PUBLISHING, queries.potential_facts(held), standing(held.village_id))
    return _about_potential(request, held, form, _("Terbitkan lembar potensi ini?"), _("Terbitkan"), findings=findings)


def archive_potential(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _potential(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.archive_potential(by=by(request), potential=held)
        return go(request, "page.potential", code, _("Potensi diarsipkan."))
    return _about_potential(request, held, form, _("Arsipkan potensi ini?"), _("Arsipkan"))


# What is added to the sheet ----------------------------------------------------------------------------------------------------


def _adding(
    request: HttpRequest, held: Potential, form: forms.BaseForm, does: Callable[[], Any], **more: Any
) -> HttpResponse:
    back = reverse("page.potential", args=[held.code])
    return act_page(request, form, does, **{"back": back, "kicker": held.title, "example": held.example, **more})


def rate_potential(request: HttpRequest, code: str) -> HttpResponse:
    held = _potential(request, code)
    form = Rate(**typed_in(request), initial={"strength": held.strength})
    return _adding(
        request,
        held,
        form,
        lambda: actions.rate_potential(by=by(request), potential=held, **form.cleaned_data),
        heading=_("Nilai kekuatan potensi"),
        lede=_("Penilaian dipakai untuk mencocokkan desa dengan mitra, dan diperiksa orang lain."),
        verb=_("Simpan penilaian"),
        says=_("Penilaian tersimpan. Minta BPD atau pendamping memeriksanya."),
    )


def locate_potential(request: HttpRequest, code: str) -> HttpResponse:
    held = _potential(request, code)
    form = Locate(**typed_in(request), initial={"place": held.place, "point": held.point})
    return _adding(
        request,
        held,
        form,
        lambda: actions.locate_potential(by=by(request), potential=held, **form.cleaned_data),
        heading=_("Tempat potensi"),
        verb=_("Simpan tempat"),
        says=_("Tempat tersimpan."),
    )


def value_potential(request: HttpRequest, code: str) -> HttpResponse:
    """Rows of cost and benefit: add one, or take one out."""
    held = _potential(request, code)
    tables: dict[str, list[dict[str, Any]]] = {"costs": list(held.costs), "benefits": list(held.benefits)}
    rows = [(side, place) for side, table in tables.items() for place in range(len(table))]
    typed = request.POST.get("keluar", "")
    out = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 and int(typed) < len(rows) else None
    form = CostOrBenefit(request.POST if request.method == "POST" and out is None else None)
    if out is not None or sent(request, form):
        if out is not None:
            side, place = rows[out]
            del tables[side][place]
        else:
            given = dict(form.cleaned_data)
            tables[given.pop("side")].append(given)
        actions.value_potential(by=by(request), potential=held, **tables)
        return go(request, "needs.value_potential", code, _("Biaya dan manfaat tersimpan."))
    words = {"costs": _("Biaya"), "benefits": _("Manfaat")}
    listed = [
        (f"{words[side]}: {tables[side][place]['what']}", _amount(tables[side][place]["amount"]))
        for side, place in rows
    ]
    back = reverse("page.potential", args=[code])
    context: dict[str, Any] = {
        "heading": _("Biaya dan manfaat"), "lede": _("Perkiraan satu tahun, bila potensi ini dikelola bersama mitra."),
        "verb": _("Tambah baris"), "back": back, "kicker": held.title, "example": held.example, "rows": listed,
    }  # fmt: skip
    return ask(request, form, "needs/costs_benefits.html", **context)


def verify_potential(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever wrote or rated it sees the rule unticked, and who may look instead."""
    held = _potential(request, code)
    refused = done_as_read(request, lambda seen: actions.verify_potential(by=by(request), potential=held, seen=seen))
    if refused is None:
        return go(request, "page.potential", code, _("Potensi dinyatakan terperiksa."))
    held = _potential(request, code)
    facts = queries.rated_facts(held, person_of(request).code)
    return ask(
        request,
        to_read(request, refused, queries.measure_hash(held)),
        "needs/verify_potential.html",
        status=409 if refused else 422 if request.method == "POST" else 0,
        facts=_facts(held),
        verified=held.verified_at,
        back=reverse("page.potential", args=[code]),
        kicker=held.title,
        example=held.example,
        heading=_("Nyatakan potensi ini sudah diperiksa?"),
        lede=_("Anda menyatakan sudah melihat ukuran dan buktinya sendiri."),
        verb=_("Nyatakan terperiksa"),
        findings=refused or examine(VERIFYING_POTENTIAL, facts, standing(held.village_id)),
    )


def print_potential(request: HttpRequest, code: str) -> HttpResponse:
    """One page for partners, with a code by which anybody checks it."""
    held = _potential(request, code)

    def does() -> Any:
        knock = by(request)
        paper = letters.sheet_paper(held, key=knock.key, today=clock.today())
        return actions.print_potential(by=knock, potential=held, paper=paper)

    return _adding(
        request,
        held,
        Sure(**typed_in(request)),
        does,
        heading=_("Cetak lembar penawaran potensi?"),
        lede=_("Satu halaman A4 dengan kode pemeriksaan. Lembar lama tidak berlaku lagi."),
        verb=_("Buat lembar"),
        says=_("Lembar penawaran siap dicetak."),
    )


def potential_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet that holds now, as PDF."""
    paper = queries.sheet_of(_potential(request, code))
    if paper is None:
        raise Http404(_("Lembar penawaran ini belum dibuat. Buka halaman potensi, lalu cetak lembarnya."))
    return handing.paper(request, paper, f"lembar-potensi-{code}")
