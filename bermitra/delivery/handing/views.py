"""The pages of a handing over: the list of a partnership, one handing over, and a page for each act."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bermitra.agreements.queries import agreement_of
from bermitra.delivery.forms import Sure, Why
from bermitra.delivery.handing import actions, letters, queries
from bermitra.delivery.handing import forms as shapes
from bermitra.delivery.handing.models import GoodsHandover, HandoverItem
from bermitra.delivery.handing.rules import (
    CONDITIONS,
    EDITING,
    GIVERS,
    HANDING,
    HANDOVER_FLOW,
    HANDOVER_LABELS,
    OTHER_SIDE,
    VERDICTS,
    RowFacts,
)
from bermitra.delivery.models import PARTNER, LedgerEntry
from bermitra.delivery.sheets import GOODS_COLUMNS
from bermitra.delivery.views.common import PAGE, acts_by_rule, done_at, file_answer, open_doors
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import handing as papers
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import local_words, standing
from bermitra.foundation.pages import ask, content_of, render, sent, typed_in
from bermitra.foundation.rules import Refused, examine, unmet
from bermitra.foundation.text import _ as marked
from bermitra.partnership.models import Case
from bermitra.partnership.queries import cases_visible_to

KINDS = {"received": "ok", "draft": "idle", "withdrawn": "idle"}
BEGIN = (("delivery.draft_handover", marked("Siapkan serah terima")),)
BY_GIVER = {
    "draft": (
        ("delivery.set_handover_item", marked("Tambah barang")),
        ("delivery.import_handover_items", marked("Unggah tabel barang")),
        ("delivery.set_handover", marked("Ubah tanggal, tempat, dan saksi")),
        ("delivery.offer_handover", marked("Serahkan barang")),
        ("delivery.withdraw_handover", marked("Batalkan serah terima")),
    ),
    "offered": (("delivery.withdraw_handover", marked("Batalkan serah terima")),),
}
BY_OTHER = {
    "offered": (
        ("delivery.receive_handover", marked("Periksa dan terima barang")),
        ("delivery.return_handover", marked("Kembalikan daftarnya")),
    ),
}
INVENTORY = (("delivery.record_in_inventory", marked("Catat dalam inventaris")),)
REMEDIES = {"DV-36": "delivery.set_handover_item", "DV-41": "delivery.record_in_inventory"}


def _case_at(request: HttpRequest, code: str) -> Case:
    """By the code of the case, or of its agreement."""
    seen = cases_visible_to(person_of(request)).select_related("village__parent__parent", "partner")
    living = Q(agreements__code=code) & ~Q(agreements__state="abandoned")
    return get_object_or_404(seen.filter(Q(code=code) | living).distinct())


def _handover_at(request: HttpRequest, code: str) -> GoodsHandover:
    return get_object_or_404(queries.handovers_visible_to(person_of(request)), code=code)


def _item_at(request: HttpRequest, code: str) -> HandoverItem:
    seen = queries.handovers_visible_to(person_of(request))
    found = HandoverItem.objects.filter(handover__in=seen.order_by())
    return get_object_or_404(
        found.select_related("handover__case__village", "handover__case__partner", "photo"), code=code
    )


def _side(person: Person, case: Case) -> str:
    """The side for which somebody works here."""
    party = case.partner.code if case.partner is not None else ""
    return PARTNER if party and any(office.party == party for office in person.offices) else "one"


def _ask(
    request: HttpRequest, form: forms.BaseForm, case: Case, *, title: str, verb: str, back: str, **more: Any
) -> HttpResponse:
    common = {"heading": title, "verb": verb, "back": back, "kicker": case.title, "example": case.example}
    return ask(request, form, "delivery/act.html", **{**common, **more})


def _of(
    request: HttpRequest, held: GoodsHandover, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.goods_handover", args=[held.code])
    return _ask(request, form, held.case, title=title, verb=verb, back=back, **more)


def _done(request: HttpRequest, says: str, held: GoodsHandover) -> HttpResponse:
    return done_at(request, says, "page.goods_handover", held.code)


# Reading -------------------------------------------------------------------------------------------------------------
def handovers(request: HttpRequest, code: str) -> HttpResponse:
    case = _case_at(request, code)
    items = [
        {
            "url": reverse("page.goods_handover", args=[each.code]),
            "title": f"{each.number}, {long_date(each.on)}",
            "small": _("%(way)s · %(rows)s barang · %(worth)s")
            % {"way": _(GIVERS[each.giver]), "rows": each.rows, "worth": rupiah(each.worth or 0)},
            "state": _(each.label.staff),
            "kind": KINDS.get(each.state, "doing"),
        }
        for each in queries.handovers_of(case)[:PAGE]
    ]
    findings = examine(HANDING, queries.handing_facts(case), standing(case.village_id))
    doors = [] if unmet(findings) else open_doors(request, case, BEGIN)
    context = {
        "case": case, "example": case.example, "items": items, "doors": doors, "agreement": agreement_of(case),
        "findings": unmet(findings),
    }  # fmt: skip
    return render(request, "delivery/handing/handovers.html", context)


def handover(request: HttpRequest, code: str) -> HttpResponse:
    held, person = _handover_at(request, code), person_of(request)
    items = queries.items_of(held)
    mine = _side(person, held.case) == held.giver
    wanted = (BY_GIVER if mine else BY_OTHER).get(held.state, ())
    waiting = queries.waiting_for_inventory(items) if held.state == "received" else []
    doors = open_doors(request, held, (*wanted, *(INVENTORY if waiting else ())))
    words = local_words(held.case.village_id)
    pairs = [
        (_("Arah"), _(GIVERS[held.giver])), (_("Tanggal"), long_date(held.on)), (_("Tempat"), held.place),
        (_("Diserahkan oleh"), _who(held.giver_name, held.giver_office, held, held.giver, words)),
        (_("Diterima oleh"), _who(held.receiver_name, held.receiver_office, held, held.receiver, words)),
        (_("Diterima tanggal"), long_date(localdate(held.received_at)) if held.received_at else ""),
        (_("Pengelola"), held.keeper), (_("Saksi"), ", ".join(filter(None, (held.witness_one, held.witness_two)))),
        (_("Alasan"), held.because),
    ]  # fmt: skip
    context = {
        "handover": held, "case": held.case, "example": held.case.example, "label": HANDOVER_LABELS[held.state],
        "kind": KINDS.get(held.state, "doing"), "facts": [(term, said) for term, said in pairs if said],
        "items": [_row(request, held, each, mine) for each in items],
        "stated": sum(each.value for each in items), "worth": queries.worth(items), "doors": doors,
        "findings": queries.checks(held, items, clock.today()), "acts": acts_by_rule(doors, REMEDIES),
        **_in_the_book(request, held, items),
    }  # fmt: skip
    return render(request, "delivery/handing/handover.html", context)


def _who(name: str, office: str, held: GoodsHandover, side: str, words: dict[str, str]) -> str:
    return f"{name}, {letters.office_words(office, held.case, side, words)}" if name else ""


def _row(request: HttpRequest, held: GoodsHandover, each: HandoverItem, mine: bool) -> dict[str, Any]:
    record = getattr(each, "inventory", None)
    edits = mine and held.state == "draft" and may_open(person_of(request), "delivery.set_handover_item", held.reach())
    return {
        "item": each, "condition": _(CONDITIONS[each.condition]), "word": _(VERDICTS[each.verdict]) if each.verdict else "",
        "kind": "" if not each.verdict else "ok" if each.verdict == "received" else "late",
        "more": " · ".join(filter(None, (each.make, each.item_code, each.place, each.proof))),
        "record": record, "edits": edits,
    }  # fmt: skip


def _in_the_book(request: HttpRequest, held: GoodsHandover, items: list[HandoverItem]) -> dict[str, Any]:
    """The entries of the book of money that name it, and the way to write one for what is not booked yet."""
    agreement = agreement_of(held.case) if held.state == "received" else None
    if agreement is None or not may_open(person_of(request), "page.ledger", held.reach()):
        return {}
    entries = list(queries.entries_of(held))
    left = queries.worth(items) - sum(each.amount for each in entries)
    books = (
        ("delivery.post_entry", marked("Catat di buku uang")),
        ("delivery.propose_entry", marked("Usulkan ke buku uang")),
    )
    found = open_doors(request, held.case, books, agreement.code) if left > 0 and agreement.state == "in_force" else []
    asked = f"?jenis={LedgerEntry.Kind.IN_KIND}&serah_terima={held.code}"
    return {"entries": entries, "left": left, "books": [{**each, "url": each["url"] + asked} for each in found]}


def handover_paper(request: HttpRequest, code: str) -> HttpResponse:
    held = _handover_at(request, code)
    if held.paper is None:
        raise Http404
    return papers.paper(request, held.paper, f"berita-acara-serah-terima-{code}")


def photo(request: HttpRequest, code: str) -> HttpResponse:
    return file_answer(_item_at(request, code).photo, f"foto-{code}")


# Writing it ----------------------------------------------------------------------------------------------------------
def draft_handover(request: HttpRequest, code: str) -> HttpResponse:
    case = _case_at(request, code)
    form = shapes.Head(**typed_in(request), initial={"on": clock.today(), "place": f"Kantor Desa {case.village.name}"})
    if sent(request, form):
        made = actions.draft_handover(by=by(request), case=case, **form.cleaned_data)
        return _done(request, _("Serah terima disiapkan. Tambahkan barangnya."), made)
    lede = _("Pihak Anda yang menyerahkan. Pihak lain memeriksa dan menerima setiap barang.")
    back = reverse("page.goods_handovers", args=[case.code])
    return _ask(request, form, case, title=_("Siapkan serah terima"), verb=_("Simpan"), back=back, lede=lede)


def set_handover(request: HttpRequest, code: str) -> HttpResponse:
    held = _handover_at(request, code)
    names = shapes.Head.base_fields
    form = shapes.Head(**typed_in(request), initial={name: getattr(held, name) for name in names})
    if sent(request, form):
        actions.set_handover(by=by(request), handover=held, **form.cleaned_data)
        return _done(request, _("Perubahan tersimpan."), held)
    return _of(request, held, form, _("Tanggal, tempat, dan saksi"), _("Simpan"))


def set_handover_item(request: HttpRequest, code: str) -> HttpResponse:
    """A new row, or (``?baris=3``) one that is there."""
    held = _handover_at(request, code)
    number = request.GET.get("baris", "")
    item = held.items.filter(number=int(number[:4])).first() if number.isdecimal() else None
    if number and item is None:
        raise Refused(unmet(examine(EDITING, RowFacts(in_list=False))))
    form = shapes.Item(**typed_in(request), handover=held, item=item, initial=_typed(item) if item else {})
    if sent(request, form):
        given = form.asked()
        actions.set_handover_item(by=by(request), handover=held, **{**given, "photo": content_of(given["photo"])})
        return _done(request, _("Barang tersimpan."), held)
    drop = (
        {"url": reverse("delivery.drop_handover_item", args=[item.code]), "verb": _("Hapus barang ini")}
        if item
        else None
    )
    return _of(request, held, form, item.name if item else _("Tambah barang"), _("Simpan barang"), other=drop)


def _typed(item: HandoverItem) -> dict[str, Any]:
    names = ("name", "make", "unit", "value", "condition", "place", "proof", "item_code", "for_village")
    return {**{name: getattr(item, name) for name in names}, "quantity": item.measure.removesuffix(f" {item.unit}")}


def drop_handover_item(request: HttpRequest, code: str) -> HttpResponse:
    item, form = _item_at(request, code), Sure(request.POST or None)
    if sent(request, form):
        actions.drop_handover_item(by=by(request), item=item)
        return _done(request, _("Barang dihapus dari daftar."), item.handover)
    return _of(request, item.handover, form, _("Hapus barang"), _("Hapus barang"), lede=f"{item.name}, {item.measure}")


def import_handover_items(request: HttpRequest, code: str) -> HttpResponse:
    held = _handover_at(request, code)
    form = shapes.Goods(**typed_in(request), handover=held)
    if sent(request, form):
        digest = sha256(form.cleaned_data["table"][1]).hexdigest()
        actions.import_handover_items(by=by(request), handover=held, rows=form.rows, sha256=digest)
        return _done(request, _("%(n)s barang masuk daftar.") % {"n": len(form.rows)}, held)
    note = _("Baris pertama memuat nama kolom: %(columns)s.") % {"columns": ", ".join(GOODS_COLUMNS)}
    return _of(request, held, form, _("Unggah tabel barang"), _("Unggah tabel"), note=note)


# Passing over ----------------------------------------------------------------------------------------------------------
def offer_handover(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _handover_at(request, code), Sure(request.POST or None)
    if sent(request, form):
        actions.offer_handover(by=by(request), handover=held)
        return _done(request, _("Barang diserahkan. Pihak lain diminta memeriksanya."), held)
    findings = queries.checks(held, queries.items_of(held), clock.today())
    lede = _("Daftarnya terkunci sampai pihak lain menerima atau mengembalikannya.")
    return _of(request, held, form, _("Serahkan barang"), _("Serahkan"), lede=lede, findings=findings)


def return_handover(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _handover_at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.return_handover(by=by(request), handover=held, **form.cleaned_data)
        return _done(request, _("Daftar dikembalikan. Pihak yang menyerahkan diberi tahu."), held)
    lede = _("Tidak ada barang yang tercatat diterima.")
    return _of(request, held, form, _("Kembalikan daftar barang"), _("Kembalikan"), lede=lede)


def receive_handover(request: HttpRequest, code: str) -> HttpResponse:
    held, person = _handover_at(request, code), person_of(request)
    items = queries.items_of(held)
    form = shapes.Answers(**typed_in(request), items=items, initial={"seen": queries.content_hash(held, items)})
    findings = examine(OTHER_SIDE, queries.other_side_facts(held, _side(person, held.case), person.code))
    if sent(request, form):
        # The paper takes a second to make: not for whoever cannot receive anyhow.
        HANDOVER_FLOW.through("delivery.receive_handover", held.state)
        if refused := unmet(findings):
            raise Refused(refused)
        office = queries.hand_of(person, held.case, held.receiver)
        if office is None:
            raise Http404
        knock, answers = by(request), form.asked()
        paper = letters.handover_paper(held, queries.answered(items, answers), office, key=knock.key)
        seen = form.cleaned_data["seen"]
        actions.receive_handover(by=knock, handover=held, seen=seen, answers=answers, paper=paper)
        return _done(request, _("Barang diterima. Berita acaranya terbit."), held)
    lede = _("Cocokkan setiap barang dengan daftar ini. Setelah diterima, jawabannya tidak berubah.")
    return _of(request, held, form, _("Periksa dan terima barang"), _("Terima barang"), lede=lede, findings=findings)


def withdraw_handover(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _handover_at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.withdraw_handover(by=by(request), handover=held, **form.cleaned_data)
        return _done(request, _("Serah terima dibatalkan."), held)
    return _of(request, held, form, _("Batalkan serah terima"), _("Batalkan serah terima"))


def record_in_inventory(request: HttpRequest, code: str) -> HttpResponse:
    held = _handover_at(request, code)
    waiting = queries.waiting_for_inventory(queries.items_of(held))
    form = shapes.Inventory(**typed_in(request), items=waiting, initial={"on": clock.today()})
    if sent(request, form):
        actions.record_in_inventory(by=by(request), handover=held, **form.asked())
        return _done(request, _("Barang tercatat dalam inventaris dan daftar aset desa."), held)
    lede = _("Isi nomor inventaris setiap barang. Yang dikosongkan bisa dicatat kemudian.")
    return _of(request, held, form, _("Catat dalam inventaris"), _("Simpan nomor inventaris"), lede=lede)
