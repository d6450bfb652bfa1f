"""The book of money and goods."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.models import Agreement
from bermitra.delivery import actions, queries, sheets
from bermitra.delivery.forms import (
    BudgetChangeForm,
    EntryForm,
    Sure,
    Why,
)
from bermitra.delivery.models import BudgetChange, LedgerEntry
from bermitra.delivery.rules import (
    ENTRY_LABELS,
)
from bermitra.delivery.views.common import (
    PAGE,
    STATE_KINDS,
    agreement_at,
    ask_about,
    done_at,
    entry_at,
    file_answer,
    open_doors,
    readable,
)
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import content_of, render, sent, typed_in
from bermitra.foundation.rules import Refused
from bermitra.foundation.text import _ as marked

KIND_VERBS: dict[str, str] = {
    LedgerEntry.Kind.RECEIPT: marked("Catat uang masuk"),
    LedgerEntry.Kind.SPENDING: marked("Catat belanja"),
    LedgerEntry.Kind.IN_KIND: marked("Catat barang atau tenaga"),
    LedgerEntry.Kind.SHARE: marked("Catat bagi hasil"),
}
PROPOSE_VERBS: dict[str, str] = {
    LedgerEntry.Kind.RECEIPT: marked("Usulkan uang masuk"),
    LedgerEntry.Kind.SPENDING: marked("Usulkan belanja"),
    LedgerEntry.Kind.IN_KIND: marked("Usulkan barang atau tenaga"),
    LedgerEntry.Kind.SHARE: marked("Usulkan bagi hasil"),
}


def ledger(request: HttpRequest, code: str) -> HttpResponse:
    agreement = readable(request, "page.ledger", agreement_at(request, code))
    found, before = queries.entries_of(agreement), request.GET.get("sebelum", "")
    page = list((found.filter(number__lt=int(before[:9])) if before.isdecimal() else found)[: PAGE + 1])
    money = queries.money_of(agreement)
    large = standing(agreement.case.village_id).numbers["large_entry_rupiah"]
    context = {
        "agreement": agreement, "example": agreement.example, "money": money, "large": large,
        "columns": [_("Sumber"), (_("Rencana"), "num"), (_("Diterima"), "num"), (_("Dipakai"), "num")],
        "lines": [
            (each.source, rupiah(each.planned), rupiah(each.received), rupiah(each.spent)) for each in money.sources
        ],
        "foot": [(_("Jumlah"), rupiah(money.planned), rupiah(money.received), rupiah(money.spent))],
        "left": money.received - money.spent,
        "held": sum(queries.held_by_source(agreement).values()),
        "items": [_entry_row(each) for each in page[:PAGE]],
        "doors": _entry_doors(request, agreement),
        "next": f"?sebelum={page[PAGE - 1].number}" if len(page) > PAGE else "",
    }  # fmt: skip
    return render(request, "delivery/ledger.html", context)


def _entry_row(each: LedgerEntry) -> dict[str, str]:
    sign = "−" if each.counter_of_id else ""
    return {
        "url": reverse("page.entry", args=[each.code]),
        "title": f"{each.number}. {each.text}",
        "small": f"{long_date(each.on)} · {each.get_kind_display()} · {sign}{rupiah(each.amount)}",
        "state": _(ENTRY_LABELS[each.state].staff),
        "kind": STATE_KINDS.get(each.state, "doing"),
    }


def _entry_doors(request: HttpRequest, agreement: Agreement) -> list[dict[str, str]]:
    if agreement.state != "in_force":
        return []
    found = []
    for door, verbs in (("delivery.post_entry", KIND_VERBS), ("delivery.propose_entry", PROPOSE_VERBS)):
        if may_open(person_of(request), door, agreement.reach()):
            url = reverse(door, args=[agreement.code])
            found += [{"url": f"{url}?jenis={kind}", "verb": _(verb)} for kind, verb in verbs.items()]
    return found


def ledger_xlsx(request: HttpRequest, code: str) -> HttpResponseBase:
    return sheets.ledger(readable(request, "page.ledger_xlsx", agreement_at(request, code)))


def post_entry(request: HttpRequest, code: str) -> HttpResponse:
    return _write_entry(request, code, actions.post_entry, KIND_VERBS, _("Catatan masuk buku."))


def propose_entry(request: HttpRequest, code: str) -> HttpResponse:
    says = _("Usulan tercatat dan menunggu orang kedua.")
    return _write_entry(request, code, actions.propose_entry, PROPOSE_VERBS, says)


def _write_entry(request: HttpRequest, code: str, act: Any, verbs: dict[str, str], says: str) -> HttpResponse:
    agreement = agreement_at(request, code)
    asked = request.GET.get("jenis", LedgerEntry.Kind.RECEIPT)
    kind = asked if asked in verbs else LedgerEntry.Kind.RECEIPT.value
    over = agreement.ends_on is not None and clock.today() > agreement.ends_on
    form = EntryForm(
        **typed_in(request), agreement=agreement, kind=kind, ask_reason=over or "reason" in request.POST,
        initial={"handover": request.GET.get("serah_terima", "")},
    )  # fmt: skip
    more: dict[str, Any] = {}
    if sent(request, form):
        given = form.asked()
        try:
            made = act(by=by(request), agreement=agreement, **{**given, "receipt": content_of(given["receipt"])})
            return done_at(request, says, "page.entry", made.code)
        except Refused as refused:
            if refused.codes != ("DV-32",):
                raise
            typed = request.POST.dict()
            form = EntryForm(agreement=agreement, kind=kind, ask_reason=True, initial=typed)
            more = {"findings": refused.findings, "status": 409, "note": _("Lampirkan lagi buktinya, lalu kirim.")}
    large = standing(agreement.case.village_id).numbers["large_entry_rupiah"]
    lede = _("Mulai %(amount)s, catatan diusulkan dan disetujui orang kedua.") % {"amount": rupiah(large)}
    back = reverse("page.ledger", args=[agreement.code])
    return ask_about(
        request, form, title=_(verbs[kind]), verb=_("Simpan catatan"), back=back, agreement=agreement, lede=lede, **more
    )


OF_ENTRY = {
    "pending": (
        ("delivery.confirm_entry", marked("Setujui catatan")),
        ("delivery.refuse_entry", marked("Tolak catatan")),
    ),
    "held": (
        ("delivery.record_budget_change", marked("Catat perubahan APB Desa")),
        ("delivery.counter_entry", marked("Koreksi dengan catatan lawan")),
    ),
    "posted": (("delivery.counter_entry", marked("Koreksi dengan catatan lawan")),),
}


def entry(request: HttpRequest, code: str) -> HttpResponse:
    each = entry_at(request, code)
    word = each.word if hasattr(each, "word") else None
    change = each.budget_change if hasattr(each, "budget_change") else None
    pairs = [
        (_("Tanggal"), long_date(each.on)), (_("Jenis"), each.get_kind_display()), (_("Jumlah"), rupiah(each.amount)),
        (_("Sumber"), each.line.source if each.line else ""), (_("Lewat"), queries.channel_label(each.channel)),
        (_("Kegiatan"), each.activity.title if each.activity else ""), (_("Kode rekening"), each.budget_code),
        (_("Nomor bukti"), each.receipt_number), (_("Dicatat oleh"), each.by_name),
        (_("Perubahan APB Desa"), _said_of(change)),
        (_("Diperiksa oleh"), word.by_name if word else ""), (_("Alasan"), each.reason or (word.reason if word else "")),
    ]  # fmt: skip
    counter = None if each.counter_of_id else queries.counter_to(each)
    names = queries.account_names(each.agreement)
    doors = open_doors(request, each, OF_ENTRY.get(each.state, ()))
    if each.counter_of_id or counter:
        doors = [door for door in doors if door["name"] != "delivery.counter_entry"]
    context = {
        "entry": each, "agreement": each.agreement, "example": each.agreement.example,
        "label": ENTRY_LABELS[each.state], "kind": STATE_KINDS.get(each.state, "doing"), "counter": counter,
        "facts": [(term, value) for term, value in pairs if value],
        "lines": [
            (names(line.account), rupiah(line.debit) if line.debit else "", rupiah(line.credit) if line.credit else "")
            for line in each.lines.order_by("-debit")
        ],
        "columns": [_("Rekening buku"), (_("Debit"), "num"), (_("Kredit"), "num")],
        "doors": doors,
    }  # fmt: skip
    return render(request, "delivery/entry.html", context)


def _said_of(change: BudgetChange | None) -> str:
    if change is None:
        return ""
    given = {"kind": change.get_kind_display(), "number": change.number, "day": long_date(change.dated)}
    return _("%(kind)s Nomor %(number)s tanggal %(day)s") % given


def receipt_file(request: HttpRequest, code: str) -> HttpResponse:
    return file_answer(entry_at(request, code).receipt, f"bukti-{code}")


def _of_entry(request: HttpRequest, each: LedgerEntry, form: forms.BaseForm, title: str, verb: str) -> HttpResponse:
    back = reverse("page.entry", args=[each.code])
    lede = f"{each.text}, {rupiah(each.amount)}"
    return ask_about(request, form, title=title, verb=verb, back=back, agreement=each.agreement, lede=lede)


def confirm_entry(request: HttpRequest, code: str) -> HttpResponse:
    each, form = entry_at(request, code), Sure(request.POST or None)
    if sent(request, form):
        actions.confirm_entry(by=by(request), entry=each)
        return done_at(request, _("Catatan disetujui dan masuk buku."), "page.entry", code)
    return _of_entry(request, each, form, _("Setujui catatan"), _("Setujui"))


def refuse_entry(request: HttpRequest, code: str) -> HttpResponse:
    each, form = entry_at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.refuse_entry(by=by(request), entry=each, **form.cleaned_data)
        return done_at(request, _("Catatan ditolak. Pengusulnya diberi tahu."), "page.entry", code)
    return _of_entry(request, each, form, _("Tolak catatan"), _("Tolak"))


def record_budget_change(request: HttpRequest, code: str) -> HttpResponse:
    each, form = entry_at(request, code), BudgetChangeForm(**typed_in(request))
    if sent(request, form):
        given = {**form.cleaned_data, "file": content_of(form.cleaned_data["file"])}
        actions.record_budget_change(by=by(request), entry=each, **given)
        return done_at(request, _("Perubahan APB Desa tercatat. Uang ini boleh dibelanjakan."), "page.entry", code)
    return _of_entry(request, each, form, _("Catat perubahan APB Desa"), _("Simpan perubahan"))


def counter_entry(request: HttpRequest, code: str) -> HttpResponse:
    each, form = entry_at(request, code), Why(request.POST or None)
    if sent(request, form):
        made = actions.counter_entry(by=by(request), entry=each, **form.cleaned_data)
        says = (
            _("Koreksi diusulkan dan menunggu orang kedua.")
            if made.state == "pending"
            else _("Catatan lawan masuk buku. Tulis catatan yang benar.")
        )
        return done_at(request, says, "page.entry", made.code)
    return _of_entry(request, each, form, _("Koreksi catatan"), _("Buat catatan lawan"))
