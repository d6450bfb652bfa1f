"""The pages of a warning: what it says, who is awaited, and each step."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.changing.views.common import asked, doors_to
from bermitra.agreements.forms import Because
from bermitra.agreements.models import Agreement
from bermitra.agreements.rules import ONE, OTHER
from bermitra.agreements.views.common import agreement_at
from bermitra.agreements.warnings import actions, letters, queries
from bermitra.agreements.warnings import forms as shapes
from bermitra.agreements.warnings.ladder import Step, next_rung
from bermitra.agreements.warnings.models import WarnedOf, WarningLetter
from bermitra.agreements.warnings.rules import SAID, Told
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import handing
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.typst_pdf import render as render_pdf
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import content_of, data_of, render, sent, typed_in
from bermitra.foundation.rules import Finding
from bermitra.foundation.text import _ as marked
from bermitra.partnership.queries import findings

# State -> doors with their verbs, and whether they are of the side that warns.
DOORS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "drafted": (
        ("agreements.send_warning", marked("Kirim surat"), True),
        ("agreements.word_warning", marked("Ubah isi surat"), True),
        ("agreements.withdraw_warning", marked("Batalkan draf"), True),
    ),
    "sent": (
        ("agreements.answer_warning", marked("Jawab surat"), False),
        ("agreements.claim_cure", marked("Nyatakan sudah diperbaiki"), False),
        ("agreements.accept_cure", marked("Terima perbaikan"), True),
        ("agreements.follow_warning", marked("Susun tahap berikutnya"), True),
        ("agreements.hand_warning", marked("Catat penyerahan surat"), True),
        ("agreements.withdraw_warning", marked("Tarik peringatan"), True),
    ),
    "claimed": (
        ("agreements.accept_cure", marked("Terima perbaikan"), True),
        ("agreements.refuse_cure", marked("Nyatakan belum selesai diperbaiki"), True),
        ("agreements.withdraw_warning", marked("Tarik peringatan"), True),
    ),
}
NEW = (("agreements.draft_warning", marked("Susun surat peringatan")),)
KINDS = {"cured": "ok", "withdrawn": "idle", "dropped": "idle", "followed": "fix"}


def warning(request: HttpRequest, code: str) -> HttpResponse:
    """What it is about, what each side said, and what the agreement says comes next."""
    held = _warning_at(request, code)
    agreement, rows = held.agreement, queries.points_of(held)
    text, sides = queries.text_of(agreement), _sides(held.agreement)
    doors, words = _doors(request, held, text), queries.words_of(held, text, rows)
    awaits_others = held.state == "sent" and queries.side_of(person_of(request), agreement) == held.party
    forward = [] if awaits_others else doors[:1]
    context = {
        "warning": held,
        "agreement": agreement,
        "example": agreement.example,
        "label": _(held.said),
        "waiting": _(held.waiting),
        "next": forward[0] if forward else None,
        "doors": doors[len(forward) :],
        "facts": _facts(held, sides, from_receipt=words.from_receipt),
        "words": words,
        "said": [{"word": each, "side": sides[each.party], "kind": _(SAID[each.kind])}
                 for each in held.words.select_related("file")],
        "findings": _findings(held, text, rows) if held.state == "drafted" else (),
        "followers": held.followed_by.exclude(state__in=("drafted", "dropped")),
    }  # fmt: skip
    return render(request, "agreements/warnings/warning.html", context)


def _counted(days: int, from_receipt: bool) -> str:
    said = _("{days} hari sejak surat diterima") if from_receipt else _("{days} hari sejak surat dikirim")
    return said.format(days=days)


def _facts(held: WarningLetter, sides: dict[str, str], *, from_receipt: bool) -> list[tuple[str, str]]:
    pairs = [
        (_("Dari"), sides[held.party]),
        (_("Kepada"), sides[OTHER[held.party]]),
        (_("Nomor"), held.number),
        (_("Dikirim"), f"{long_date(held.sent_on)}, {held.sent_by_name}" if held.sent_on else ""),
        (_("Diterima"), f"{long_date(held.handed_on)}, {held.handed_to}" if held.handed_on else ""),
        (_("Waktu perbaikan"), _counted(held.days, from_receipt)),
        (_("Paling lambat"), long_date(held.cure_by) if held.cure_by and (held.handed_on or not from_receipt) else ""),
        (_("Terjadi atau diketahui"), long_date(held.happened_on)),
        (_("Berita acara panel"), f"{held.panel_minutes}, {long_date(held.panel_on)}" if held.panel_on else ""),
    ]
    return [(term, value) for term, value in pairs if value]


def _findings(held: WarningLetter, text: queries.Text, rows: list[WarnedOf]) -> tuple[Finding, ...]:
    """What sending it today asks."""
    asked_of = queries.sending_asked(held, rows, text, clock.today())
    return tuple(findings(asked_of, standing(held.agreement.case.village_id)))


def _doors(request: HttpRequest, held: WarningLetter, text: queries.Text) -> list[dict[str, str]]:
    own = queries.side_of(person_of(request), held.agreement) == held.party
    wanted = [(door, verb) for door, verb, of_own in DOORS.get(held.state, ()) if of_own == own]
    if held.state == "sent" and own and not queries.may_follow(held, text, clock.today()):
        wanted = [each for each in wanted if each[0] != "agreements.follow_warning"]
    if held.handed_on is not None:
        wanted = [each for each in wanted if each[0] != "agreements.hand_warning"]
    return doors_to(request, held, held.code, wanted)


def printed(request: HttpRequest, code: str) -> HttpResponse:
    """The letter: as it was sent, else a draft that says so on every page. ``?bentuk=word`` gives its words."""
    held = _warning_at(request, code)
    name = f"peringatan-{code}"
    if held.paper is not None:
        return handing.paper(request, held.paper, name)
    tree = compose(letters.draft_document(held, clock.today()))
    if handing.word_asked(request):
        return handing.editable(tree, f"{name}.docx")
    return handing.printed(render_pdf(tree), f"{name}.pdf")


def word_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The file behind the nth answer."""
    said = list(_warning_at(request, code).words.select_related("file"))
    file = said[number - 1].file if 0 < number <= len(said) else None
    if file is None:
        raise Http404
    return handing.shown(file, f"jawaban-{code}-{number}")


# Warning -------------------------------------------------------------------------------------------------------------
def draft_warning(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    side = queries.side_of(person_of(request), held) or ONE
    found, step = queries.choices(held, side), next_rung(queries.text_of(held).steps)
    form = shapes.FirstBreach(found, data_of(request), initial=_initial(step))
    if sent(request, form):
        made = actions.draft_warning(
            by=by(request), agreement=held, points=form.cleaned_data["points"], told=form.told()
        )
        return _to(request, made, _("Draf tersimpan. Belum ada yang membacanya selain pihak Anda."))
    back = reverse("page.agreement_room", args=[code])
    return asked(request, held, form, _("Susun surat peringatan"), _("Simpan draf"), back, lede=_lede(step, found))


def _initial(step: Step | None) -> dict[str, Any]:
    return {"happened_on": clock.today(), "days": step.days if step else ""}


def _lede(step: Step | None, found: list[queries.Choice]) -> str:
    if step is None:
        return _("Perjanjian ini tidak memuat tahap peringatan. Sepakati dahulu lewat adendum.")
    if not found:
        return _("Tidak ada kewajiban pihak lain yang terlambat, dan tidak ada batasan.")
    return _("Menurut {place}, tahap pertama adalah {title} dengan waktu {days} hari.").format(
        place=step.at.place, title=step.title, days=step.days
    )


def follow_warning(request: HttpRequest, code: str) -> HttpResponse:
    held = _warning_at(request, code)
    step = next_rung(queries.text_of(held.agreement).steps, held.rung)
    form = shapes.Breach(data_of(request), initial={**_initial(step), "facts": held.facts, "wanted": held.wanted})
    if sent(request, form):
        made = actions.follow_warning(by=by(request), warning=held, told=form.told())
        return _to(request, made, _("Draf tersimpan. Belum ada yang membacanya selain pihak Anda."))
    lede = (
        _("Tahap berikutnya adalah {title}, menurut {place}.").format(title=step.title, place=step.at.place)
        if step
        else ""
    )
    return _ask(request, held, form, _("Susun tahap berikutnya"), _("Simpan draf"), lede)


def word_warning(request: HttpRequest, code: str) -> HttpResponse:
    held = _warning_at(request, code)
    form = shapes.Breach(data_of(request), initial={each.name: getattr(held, each.name) for each in fields(Told)})
    if sent(request, form):
        actions.word_warning(by=by(request), warning=held, told=form.told())
        return _to(request, held, _("Draf tersimpan."))
    return _ask(request, held, form, _("Ubah isi surat"), _("Simpan draf"))


def send_warning(request: HttpRequest, code: str) -> HttpResponse:
    held, today = _warning_at(request, code), clock.today()
    rows, text = queries.points_of(held), queries.text_of(held.agreement)
    seen = queries.words_of(held, text, rows).digest(held)
    form = shapes.Sending(data_of(request), initial={"seen": seen})
    if sent(request, form):
        knock, given = by(request), form.cleaned_data
        paper = letters.warning_paper(
            held, key=knock.key, number=given["number"], sent_on=today, sender=person_of(request).code
        )
        actions.send_warning(
            by=knock, warning=held, number=given["number"], seen=given["seen"], sent_on=today, paper=paper
        )
        return _to(request, held, _("Surat terkirim. Pihak lain dan BPD diberi tahu."))
    more = {"findings": _findings(held, text, rows), "paper": reverse("page.warning_print", args=[code])}
    return _ask(request, held, form, _("Kirim surat"), _("Kirim surat"), held.facts, **more)


def hand_warning(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _warning_at(request, code), shapes.Handed(**typed_in(request))
    if sent(request, form):
        given = {**form.cleaned_data, "file": content_of(form.cleaned_data["file"])}
        actions.hand_warning(by=by(request), warning=held, **given)
        return _to(request, held, _("Penyerahan surat tercatat."))
    lede = _("Catat kapan surat cetak sampai kepada pihak lain. Catatan ini tidak dapat diubah.")
    return _ask(request, held, form, _("Catat penyerahan surat"), _("Simpan penyerahan"), lede)


# Answering -----------------------------------------------------------------------------------------------------------
def answer_warning(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _warning_at(request, code), shapes.Reply(**typed_in(request))
    if sent(request, form):
        given = {**form.cleaned_data, "file": content_of(form.cleaned_data["file"])}
        actions.answer_warning(by=by(request), warning=held, **given)
        return _to(request, held, _("Jawaban terkirim."))
    return _ask(request, held, form, _("Jawab surat"), _("Kirim jawaban"), held.facts)


def claim_cure(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _warning_at(request, code), shapes.Cured(**typed_in(request))
    if sent(request, form):
        given = {**form.cleaned_data, "file": content_of(form.cleaned_data["file"])}
        actions.claim_cure(by=by(request), warning=held, **given)
        return _to(request, held, _("Pernyataan terkirim. Pengirim peringatan menilainya."))
    return _ask(request, held, form, _("Nyatakan sudah diperbaiki"), _("Kirim pernyataan"), held.wanted)


def accept_cure(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _warning_at(request, code), shapes.Accepting(data_of(request))
    if sent(request, form):
        actions.accept_cure(by=by(request), warning=held, **form.cleaned_data)
        return _to(request, held, _("Perbaikan diterima. Peringatan ini gugur."))
    return _ask(request, held, form, _("Terima perbaikan"), _("Terima perbaikan"), held.wanted)


def refuse_cure(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _warning_at(request, code), Because(data_of(request))
    if sent(request, form):
        actions.refuse_cure(by=by(request), warning=held, **form.cleaned_data)
        return _to(request, held, _("Alasan terkirim. Peringatan tetap berjalan."))
    return _ask(request, held, form, _("Nyatakan belum selesai diperbaiki"), _("Kirim alasan"), held.wanted)


def withdraw_warning(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _warning_at(request, code), Because(data_of(request))
    if sent(request, form):
        actions.withdraw_warning(by=by(request), warning=held, **form.cleaned_data)
        return _to(request, held, _("Surat ini ditarik."))
    return _ask(request, held, form, _("Tarik peringatan"), _("Tarik peringatan"), held.facts)


# What the room of an agreement shows ---------------------------------------------------------------------------------
def warnings_of(request: HttpRequest, held: Agreement) -> dict[str, Any]:
    """Of an agreement that binds: its warnings, and the door to a new one."""
    if not held.binds:
        return {}
    found = queries.warnings_visible_to(person_of(request)).filter(agreement=held)
    return {"warnings": [_row(each) for each in found], "warning_doors": doors_to(request, held, held.case.code, NEW)}


def _row(each: WarningLetter) -> dict[str, str]:
    until = _("diperbaiki paling lambat {day}").format(day=long_date(each.cure_by)) if each.cure_by else ""
    return {
        "url": reverse("page.warning", args=[each.code]),
        "title": each.title,
        "small": " · ".join(filter(None, (each.number, until))),
        "state": _(each.said),
        "kind": KINDS.get(each.state, "doing"),
    }


def _warning_at(request: HttpRequest, code: str) -> WarningLetter:
    return get_object_or_404(queries.warnings_visible_to(person_of(request)), code=code)


def _sides(agreement: Agreement) -> dict[str, str]:
    return {ONE: agreement.case.village.name, OTHER[ONE]: agreement.partner.name}


def _to(request: HttpRequest, held: WarningLetter, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.warning", code=held.code)


def _ask(
    request: HttpRequest, held: WarningLetter, form: forms.BaseForm, title: str, verb: str, lede: str = "", **more: Any
) -> HttpResponse:
    back = reverse("page.warning", args=[held.code])
    return asked(request, held.agreement, form, title, verb, back, lede=lede, **more)
