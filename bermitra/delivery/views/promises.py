"""What each side promised, day by day: shown by one side, looked at by the other."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.delivery import actions, following, queries
from bermitra.delivery.forms import (
    AcceptForm,
    EvidenceForm,
    ReturnForm,
    Sure,
)
from bermitra.delivery.models import Due, Evidence
from bermitra.delivery.rules import (
    DUE_LABELS,
)
from bermitra.delivery.views.common import (
    PAGE,
    STATE_KINDS,
    agreement_at,
    ask_about,
    done_at,
    due_at,
    file_answer,
    open_doors,
)
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import content_of, render, sent, typed_in
from bermitra.foundation.text import _ as marked


def obligations(request: HttpRequest, code: str) -> HttpResponse:
    agreement, today = agreement_at(request, code), clock.today()
    found = queries.dues_of(agreement)
    if after := request.GET.get("setelah"):
        found = queries.later_than(found, get_object_or_404(found, code=after))
    page = list(found[: PAGE + 1])
    sides = {"one": agreement.case.village.name, "two": agreement.partner.name}
    items = [_due_row(each, each.stands(today), sides[each.obligation.party]) for each in page[:PAGE]]
    begin = (("delivery.draft_plan", marked("Susun rencana kerja")),)
    planned = queries.plan_of(agreement)
    if planned and following.not_taken_up(agreement):
        begin, planned_doors = (("delivery.take_up_change", marked("Sesuaikan tenggat")),), True
    else:
        planned_doors = not planned
    context = {
        "agreement": agreement, "example": agreement.example, "items": items,
        "promises": queries.promises_of(agreement, today), "plan": planned,
        "doors": open_doors(request, agreement, begin) if planned_doors else [],
        "next": f"?setelah={page[PAGE - 1].code}" if len(page) > PAGE else "",
    }  # fmt: skip
    return render(request, "delivery/obligations.html", context)


def _due_row(each: Due, stands: str, side: str) -> dict[str, str]:
    return {
        "url": reverse("page.due", args=[each.code]),
        "title": each.obligation.text,
        "small": f"{side} · {long_date(each.due_on)}",
        "state": _(DUE_LABELS[stands].staff),
        "kind": STATE_KINDS.get(stands, "doing"),
    }


def take_up_change(request: HttpRequest, code: str) -> HttpResponse:
    """The days follow what has happened to the agreement."""
    agreement, form = agreement_at(request, code), Sure(request.POST or None)
    if sent(request, form):
        moved = following.take_up_change(by=by(request), agreement=agreement)
        says = _("{n} tenggat disesuaikan.").format(n=moved) if moved else _("Tidak ada tenggat yang berubah.")
        return done_at(request, says, "page.obligations", agreement.code)
    back = reverse("page.obligations", args=[agreement.code])
    lede = _("Tenggat mengikuti penundaan atau adendum yang sudah selesai.")
    title, verb = _("Sesuaikan tenggat"), _("Sesuaikan tenggat")
    return ask_about(request, form, title=title, verb=verb, back=back, agreement=agreement, lede=lede)


OF_DUE = {
    "open": (("delivery.submit_evidence", marked("Kirim bukti")),),
    "evidence_submitted": (
        ("delivery.verify_evidence", marked("Nyatakan terpenuhi")),
        ("delivery.return_evidence", marked("Kembalikan bukti")),
    ),
}


def due(request: HttpRequest, code: str) -> HttpResponse:
    each = due_at(request, code)
    duty, agreement, today = each.obligation, each.obligation.agreement, clock.today()
    stands = each.stands(today)
    person, reach = person_of(request), each.reach()
    evidence = list(Evidence.objects.filter(due=each).select_related("file", "check_made").order_by("-pk"))
    side = agreement.partner.name if duty.party == "two" else agreement.case.village.name
    pairs = [
        (_("Pihak yang wajib"), side), (_("Jatuh tempo"), long_date(each.due_on)), (_("Ukuran"), duty.measure),
        (_("Bukti yang diminta"), duty.evidence), (_("Pemeriksa"), duty.checker), (_("Sanksi"), duty.sanction),
    ]  # fmt: skip
    context = {
        "due": each, "duty": duty, "agreement": agreement, "example": agreement.example, "evidence": evidence,
        "label": DUE_LABELS[stands], "kind": STATE_KINDS.get(stands, "doing"),
        "late_days": (today - each.due_on).days if stands == "overdue" else 0,
        "facts": [(term, value) for term, value in pairs if value],
        "doors": open_doors(request, each, OF_DUE.get(each.state, ())),
        "may_read": may_open(person, "page.evidence_file", reach),
    }  # fmt: skip
    return render(request, "delivery/due.html", context)


def evidence_file(request: HttpRequest, code: str) -> HttpResponse:
    """The newest file that was handed in for this day."""
    newest = (
        Evidence.objects.filter(due=due_at(request, code)).exclude(file=None).select_related("file").order_by("-pk")
    )
    found = newest.first()
    return file_answer(found.file if found else None, f"bukti-{code}")


def _of_due(request: HttpRequest, each: Due, form: forms.BaseForm, title: str, verb: str) -> HttpResponse:
    back = reverse("page.due", args=[each.code])
    agreement, lede = each.obligation.agreement, each.obligation.text
    return ask_about(request, form, title=title, verb=verb, back=back, agreement=agreement, lede=lede)


def submit_evidence(request: HttpRequest, code: str) -> HttpResponse:
    each, form = due_at(request, code), EvidenceForm(**typed_in(request))
    if sent(request, form):
        file = content_of(form.cleaned_data["file"])
        actions.submit_evidence(by=by(request), due=each, text=form.cleaned_data["text"], file=file)
        return done_at(request, _("Bukti terkirim. Pihak lain memeriksanya."), "page.due", code)
    return _of_due(request, each, form, _("Kirim bukti"), _("Kirim bukti"))


def verify_evidence(request: HttpRequest, code: str) -> HttpResponse:
    each, form = due_at(request, code), AcceptForm(request.POST or None)
    if sent(request, form):
        actions.verify_evidence(by=by(request), due=each, **form.cleaned_data)
        return done_at(request, _("Kewajiban terpenuhi."), "page.due", code)
    return _of_due(request, each, form, _("Nyatakan terpenuhi"), _("Nyatakan terpenuhi"))


def return_evidence(request: HttpRequest, code: str) -> HttpResponse:
    each, form = due_at(request, code), ReturnForm(request.POST or None)
    if sent(request, form):
        actions.return_evidence(by=by(request), due=each, **form.cleaned_data)
        return done_at(request, _("Bukti dikembalikan dengan alasannya."), "page.due", code)
    return _of_due(request, each, form, _("Kembalikan bukti"), _("Kembalikan bukti"))
