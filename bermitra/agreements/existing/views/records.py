"""One record: what is known and what is missing, and how it comes to count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.agreements.existing import actions, queries
from bermitra.agreements.existing import forms as shapes
from bermitra.agreements.existing.addenda.models import EarlierAddendum
from bermitra.agreements.existing.addenda.queries import addenda_of, new_values
from bermitra.agreements.existing.addenda.rules import OVER
from bermitra.agreements.existing.models import FILES, EarlierAgreement
from bermitra.agreements.existing.rules import PARTS, Piece
from bermitra.agreements.existing.views.common import KINDS, asked, earlier_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.documents import files
from bermitra.foundation.documents.handing import download
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.pages import render, sent
from bermitra.foundation.text import _ as marked
from bermitra.partnership.rules import BETWEEN_VILLAGES, FIELDS, THIRD_PARTY

# Door of a record -> its verb; the first that may be opened fills the green box.
DOORS = (
    ("agreements.confirm_existing", marked("Nyatakan perjanjian berjalan")),
    ("agreements.ratify", marked("Sahkan dengan keputusan Musyawarah Desa")),
    ("agreements.complete_existing", marked("Lengkapi catatan")),
    ("agreements.flag_ratification", marked("Bawa ke Musyawarah Desa untuk disahkan")),
    ("agreements.withdraw_existing", marked("Tarik catatan ini")),
    ("agreements.propose_earlier_addendum", marked("Usulkan adendum")),
)
OPEN_DOORS = {
    "existing_registered": {
        "agreements.confirm_existing", "agreements.complete_existing", "agreements.flag_ratification",
        "agreements.withdraw_existing",
    },
    "needs_ratification": {"agreements.ratify", "agreements.complete_existing", "agreements.withdraw_existing"},
    "running": {"agreements.complete_existing", "agreements.propose_earlier_addendum"},
}  # fmt: skip


def existing_agreement(request: HttpRequest, code: str) -> HttpResponse:
    """The record as it stands: what is known, what is missing and where it is added, what may be done."""
    earlier = earlier_at(request, code)
    case, person = earlier.case, person_of(request)
    addenda, shut = addenda_of(earlier), set()
    if case.coop_type != THIRD_PARTY or any(each.state not in OVER for each in addenda):
        shut = {"agreements.propose_earlier_addendum"}
    doors = [
        {"door": door, "url": reverse(door, args=[code]), "verb": _(verb)}
        for door, verb in DOORS
        if door in OPEN_DOORS.get(case.state, set()) - shut and may_open(person, door, case.reach())
    ]
    complete, may_add = earlier.completeness, any(each["door"] == "agreements.complete_existing" for each in doors)
    context = {
        "earlier": earlier,
        "case": case,
        "example": case.example,
        "doors": doors,
        "complete": complete,
        "says": _("Lengkap %(n)s%%") % {"n": complete.percent},
        "missing": [_missing(each, code, may_add) for each in complete.missing],
        "findings": [each for group in queries.checks(earlier, person.code).values() for each in group],
        "acts": {"AG-01": {"url": _part(code, "musyawarah"), "verb": _("Catat berita acara lama")}} if may_add else {},
        "facts": _facts(earlier),
        "addenda": [_addendum(each) for each in addenda],
        "papers": [(_(PAPERS[name]), getattr(earlier, name), name) for name in FILES if getattr(earlier, name)],
    }
    return render(request, "agreements/existing/record_page.html", context)


def _addendum(each: EarlierAddendum) -> dict[str, str]:
    kind = "ok" if each.state == "in_force" else "idle" if each.state in OVER else "doing"
    return {
        "url": reverse("page.earlier_addendum", args=[each.code]),
        "title": each.reason[:160],
        "small": " · ".join(
            [*(f"{name}: {was} → {now}" for name, was, now in new_values(each)), *filter(None, [each.village_number])]
        ),
        "state": _(each.said),
        "kind": kind,
    }


PAPERS = {
    "text_file": marked("Perjanjian"),
    "decree_file": marked("SK Badan Kerja Sama Desa"),
    "minutes_file": marked("Berita acara dan daftar hadir"),
}


def _part(code: str, part: str) -> str:
    return f"{reverse('agreements.complete_existing', args=[code])}?bagian={part}"


def _missing(piece: Piece, code: str, may_add: bool) -> dict[str, str]:
    url = _part(code, piece.part) if may_add else ""
    return {"title": _(piece.says), "url": url, "small": _(PARTS[piece.part]), "state": _("Belum ada"), "kind": "fix"}


def _facts(earlier: EarlierAgreement) -> list[tuple[str, Any]]:
    """What is known; what is not is said to be so, never left out."""
    case = earlier.case
    unknown = _("belum diketahui")

    def day(value: date | None) -> str:
        return date_format(value, "j F Y") if value else unknown

    pairs = [
        (_("Jenis"), KINDS[case.coop_type]),
        (_("Desa"), case.village.name),
        (_("Mitra"), case.partner.name if case.partner else unknown),
        (_("Bidang"), _(FIELDS[case.field_of_government])),
        (_("Sub-bidang"), earlier.sub_field or unknown),
        (_("Ruang lingkup"), earlier.scope),
        (_("Nomor perjanjian"), earlier.number or unknown),
        (_("Tanggal perjanjian"), day(earlier.made_on)),
        (_("Mulai berlaku"), day(earlier.starts_on)),
        (_("Berakhir"), day(earlier.ends_on)),
        (_("Nilai"), rupiah(earlier.value) if earlier.value is not None else unknown),
        (
            _("Penerima manfaat"),
            unknown
            if earlier.beneficiaries is None
            else ngettext("%(n)s jiwa", "%(n)s jiwa", earlier.beneficiaries) % {"n": earlier.beneficiaries},
        ),
        (_("Berita acara"), earlier.minutes_number or unknown),
        (_("Rencana kerja dan kewajiban"), _("dicatat kemudian")),
    ]
    if case.coop_type == BETWEEN_VILLAGES:
        pairs.insert(8, (_("SK Badan Kerja Sama Desa"), earlier.decree or unknown))
        if others := queries.further_villages(earlier):
            pairs.insert(3, (_("Desa lain yang ikut"), ", ".join(each.name for each in others)))
    return pairs


def existing_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    earlier = earlier_at(request, code)
    file = getattr(earlier, kind) if kind in FILES else None
    if file is None:
        raise Http404
    return download(file)


def complete_existing(request: HttpRequest, code: str) -> HttpResponse:
    """One part at a time, which one the address says: the first in which something is missing, where it says none."""
    earlier = earlier_at(request, code)
    lacking = [each.part for each in earlier.completeness.missing]
    part = request.GET.get("bagian", lacking[0] if lacking else "isi")
    if part not in shapes.COMPLETE:
        raise Http404
    bound = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = shapes.complete_form(part, earlier, **bound)
    if not form.fields:
        messages.info(request, _("Bagian ini sudah lengkap."))
        return redirect("page.existing_agreement", code=code)
    if sent(request, form):
        given = dict(form.cleaned_data)
        reason = given.pop("reason", "")
        actions.complete_existing(
            by=by(request),
            case=earlier.case,
            values={name: value for name, value in given.items() if name not in FILES and _said(name, value)},
            files={name: _kept(value) for name, value in given.items() if name in FILES and value is not None},
            reason=reason,
        )
        messages.success(request, _("Catatan dilengkapi."))
        return redirect("page.existing_agreement", code=code)
    others = [
        {"title": _(name), "url": f"?bagian={key}"}
        for key, name in PARTS.items()
        if key != part and shapes.complete_form(key, earlier).fields
    ]
    back = reverse("page.existing_agreement", args=[code])
    return asked(request, form, _(PARTS[part]), _("Simpan"), back, kicker=earlier.case.title, others=others)


def _said(name: str, value: Any) -> bool:
    """What a record cannot be without is not emptied."""
    return value not in (None, "") or name not in ("scope", "starts_on")


def _kept(upload: Safe) -> files.Content:
    return files.put(upload.content, media_type=upload.media_type, name=upload.name)


@dataclass(frozen=True)
class Decision:
    """An act that needs no more than a yes, or a reason: what its page says, and what it says when it is done."""

    act: Any
    title: str
    verb: str
    done: str
    lede: str
    shape: type[forms.Form] = shapes.Sure


DECISIONS = {
    "agreements.flag_ratification": Decision(
        actions.flag_ratification,
        marked("Bawa ke Musyawarah Desa?"),
        marked("Minta pengesahan"),
        marked("Catatan menunggu Musyawarah Desa. Ketua BPD diberi tahu."),
        marked("Pilih ini bila perjanjian dibuat tanpa persetujuan Musyawarah Desa lebih dahulu."),
    ),
    "agreements.confirm_existing": Decision(
        actions.confirm_existing,
        marked("Nyatakan perjanjian ini berjalan?"),
        marked("Nyatakan berjalan"),
        marked("Perjanjian dinyatakan berjalan. Yang kurang masih dapat dilengkapi."),
        marked("Anda menyatakan bahwa isinya benar dan Musyawarah Desa menyetujuinya sebelum perjanjian dibuat."),
    ),
    "agreements.ratify": Decision(
        actions.ratify,
        marked("Sahkan perjanjian lama?"),
        marked("Sahkan"),
        marked("Perjanjian disahkan dan berjalan."),
        marked("Musyawarah Desa telah menyetujui catatan ini, dengan berita acara yang mengikat."),
    ),
    "agreements.withdraw_existing": Decision(
        actions.withdraw_existing,
        marked("Tarik catatan ini?"),
        marked("Tarik catatan"),
        marked("Catatan ditarik; alasannya tampil."),
        marked("Untuk catatan yang keliru atau ganda. Catatan dan alasannya tetap terbaca."),
        shapes.Because,
    ),
}


def decide_existing(request: HttpRequest, code: str, door: str) -> HttpResponse:
    """The page of one of ``DECISIONS``; which one, its address says."""
    asks, earlier = DECISIONS[door], earlier_at(request, code)
    form = asks.shape(request.POST if request.method == "POST" else None)
    if sent(request, form):
        asks.act(by=by(request), case=earlier.case, **form.cleaned_data)
        messages.success(request, _(asks.done))
        return redirect("page.existing_agreement", code=code)
    back = reverse("page.existing_agreement", args=[code])
    found = queries.checks(earlier, person_of(request).code).get(door, ())
    more = {"lede": _(asks.lede), "kicker": earlier.case.title, "findings": found}
    return asked(request, form, _(asks.title), _(asks.verb), back, **more)
