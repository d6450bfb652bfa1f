"""The pages of an addendum to an agreement from before: what it quotes, who is awaited, and each step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import forms as outer
from bermitra.agreements.changing.forms import Read
from bermitra.agreements.changing.queries import compared_hash
from bermitra.agreements.changing.rules import TOUCHES
from bermitra.agreements.changing.views.common import doors_to, residents_asked
from bermitra.agreements.existing.addenda import actions, letters, queries
from bermitra.agreements.existing.addenda import forms as shapes
from bermitra.agreements.existing.addenda.models import TERMS, EarlierAddendum
from bermitra.agreements.existing.addenda.rules import ASSET_FORMS
from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.existing.views.common import earlier_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files, handing, signing
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.typst_pdf import render as render_pdf
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import ask, content_of, data_of, render, sent
from bermitra.foundation.text import _ as marked
from bermitra.partnership.queries import findings

# State -> doors with their verbs.
DOORS: dict[str, tuple[tuple[str, str], ...]] = {
    "drafted": (
        ("agreements.offer_earlier_addendum", marked("Kirim usul")),
        ("agreements.word_earlier_addendum", marked("Ubah alasan, tanggal, dan nilai")),
        ("agreements.withdraw_earlier_addendum", marked("Tarik usul")),
    ),
    "offered": (
        ("agreements.agree_earlier_addendum", marked("Setujui perubahan")),
        ("agreements.reject_earlier_addendum", marked("Tolak dengan alasan")),
        ("agreements.withdraw_earlier_addendum", marked("Tarik usul")),
    ),
    "agreed": (
        ("agreements.lock_earlier_addendum", marked("Kunci adendum")),
        ("agreements.withdraw_earlier_addendum", marked("Tarik usul")),
    ),
    "locked": (
        ("agreements.confirm_earlier_addendum_scan", marked("Sahkan tanda tangan basah")),
        ("agreements.upload_earlier_addendum_scan", marked("Unggah pindaian tanda tangan basah")),
        ("agreements.withdraw_earlier_addendum", marked("Tarik usul")),
    ),
}
WORD = "agreements.word_earlier_addendum"


def earlier_addendum(request: HttpRequest, code: str) -> HttpResponse:
    """What stands in the scan, what it becomes, why, and where it stands."""
    held = _addendum_at(request, code)
    case, scan = held.earlier.case, queries.newest_scan(held)
    wanted = [each for each in DOORS.get(held.state, ()) if scan is not None or "confirm" not in each[0]]
    doors = doors_to(request, held, code, wanted)
    writes = held.state == "drafted" and any(each["door"] == WORD for each in doors)
    quote = f"{reverse(WORD, args=[code])}?perubahan="
    if writes and not held.changes:  # nothing else comes before it
        doors = [{"door": WORD, "url": f"{quote}baru", "verb": _("Kutip perubahan")}, *doors]
    asked = queries.binding_asked(held, clock.today(), standing(case.village_id)) if held.state == "agreed" else []
    found = findings(asked, standing(case.village_id)) if asked else ()
    context = {
        "addendum": held,
        "case": case,
        "example": case.example,
        "label": _(held.said),
        "waiting": _(held.waiting),
        "next": doors[0] if doors else None,
        "doors": doors[1:],
        "facts": _facts(held),
        "changes": [{**each, "url": f"{quote}{place}" if writes else ""} for place, each in enumerate(held.changes, 1)],
        "values": queries.new_values(held),
        "add": f"{quote}baru" if writes and held.changes else "",
        "findings": found,
        "ask_residents": residents_asked(request, case.village, code, found),
        "scan": scan,
        "confirmed": list(scan.confirmations.order_by("pk")) if scan else [],
        "alone": not queries.may_compare(held) if held.state != "in_force" else _village_alone(held),
    }
    return render(request, "agreements/existing/addendum.html", context)


def _village_alone(held: EarlierAddendum) -> bool:
    """Whether nobody of the partner looked at the scan when it came to hold."""
    scan = queries.newest_scan(held)
    return scan is not None and bool(queries.sides_missing(scan))


def _facts(held: EarlierAddendum) -> list[tuple[str, str]]:
    earlier = held.earlier
    made = f" · {long_date(earlier.made_on)}" if earlier.made_on else ""
    facts = [
        (_("Perjanjian yang diubah"), f"{earlier.number}{made}"),
        (_("Menyentuh"), "; ".join(_(TOUCHES[each]) for each in held.touches)),
    ]
    if held.asset_form:
        facts.append((_("Pemakaian aset desa"), _(ASSET_FORMS[held.asset_form])))
    if held.permit_number:
        facts.append((_("Izin Bupati atau Wali Kota"), held.permit_number))
    if held.evaluated_on:
        facts.append((_("Evaluasi"), f"{long_date(held.evaluated_on)}: {held.evaluation}"))
    if held.village_number:
        facts.append((_("Nomor"), f"{held.village_number} · {held.partner_number}"))
    if held.made_on:
        facts.append((_("Tanggal adendum"), long_date(held.made_on)))
    facts.append((_("Sidik naskah"), held.text_hash[:16]))
    return facts


def earlier_addendum_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """``naskah``: the paper, a draft until it is locked, ``?bentuk=word`` to edit; ``pindaian``: its signed scan."""
    held = _addendum_at(request, code)
    if kind == "pindaian":
        scan = queries.newest_scan(held)
        if scan is None:
            raise Http404
        return handing.shown(scan.file, f"pindaian-adendum-{code}")
    if kind != "naskah":
        raise Http404
    if held.paper is not None:
        return handing.paper(request, held.paper, f"adendum-{code}")
    tree = compose(letters.draft_document(held, clock.today()))
    if handing.word_asked(request):
        return handing.editable(tree, f"adendum-{code}.docx")
    return handing.printed(render_pdf(tree), f"adendum-{code}.pdf")


# Proposing ------------------------------------------------------------------------------------------------------------
def propose_earlier_addendum(request: HttpRequest, code: str) -> HttpResponse:
    earlier = earlier_at(request, code)
    form = shapes.TermsForm(earlier, data_of(request))
    if sent(request, form):
        made = actions.propose_earlier_addendum(by=by(request), case=earlier.case, terms=form.terms())
        return _to(request, made, _("Usul dimulai. Kutip setiap perubahan dari pindaian."))
    lede = _("Yang berlaku tetap berlaku sampai adendum ditandatangani dan pindaiannya dicocokkan.")
    found = findings([(actions.QUOTABLE, queries.record_facts(earlier))], standing(earlier.case.village_id))
    back = reverse("page.existing_agreement", args=[code])
    return _page(request, earlier, form, _("Usulkan adendum"), _("Mulai usul"), lede, back, findings=found)


def word_earlier_addendum(request: HttpRequest, code: str) -> HttpResponse:
    """``?perubahan=baru`` or its place: one quotation; without it the reason, the day and the value."""
    held = _addendum_at(request, code)
    wanted = request.GET.get("perubahan", "")
    if not wanted:
        form = shapes.TermsForm(
            held.earlier, data_of(request), initial={name: getattr(held, name) for name in TERMS if name != "changes"}
        )
        if sent(request, form):
            actions.word_earlier_addendum(by=by(request), addendum=held, terms=form.terms())
            return _to(request, held, _("Usul diperbarui."))
        return _ask(request, held, form, _("Alasan, tanggal, dan nilai"), _("Simpan"), "")
    place = _place(wanted, held)
    pages = queries.scan_pages(held.earlier)
    quoted = shapes.ChangeForm(
        pages, data_of(request), initial=held.changes[place] if place is not None else None, drops=place is not None
    )
    if sent(request, quoted):
        actions.word_earlier_addendum(
            by=by(request), addendum=held, place=place, change=quoted.change(), scan_pages=pages
        )
        return _to(request, held, _("Kutipan tersimpan."))
    lede = _("Pindaian perjanjian berisi {pages} halaman. Kutip satu ayat, lalu tulis bunyinya yang baru.").format(
        pages=pages
    )
    scan = reverse("page.existing_file", args=[held.earlier.case.code, "text_file"])
    return _ask(request, held, quoted, _("Kutip perubahan"), _("Simpan kutipan"), lede, scan_url=scan)


def _place(wanted: str, held: EarlierAddendum) -> int | None:
    """Which change is meant; ``None`` for a new one."""
    if wanted == "baru":
        return None
    places = [str(place) for place, _change in enumerate(held.changes, 1)]
    if wanted not in places:
        raise Http404
    return places.index(wanted)


# Answering ------------------------------------------------------------------------------------------------------------
def offer_earlier_addendum(request: HttpRequest, code: str) -> HttpResponse:
    held = _addendum_at(request, code)
    form = Read(data_of(request), initial={"seen": held.text_hash})
    if sent(request, form):
        done = actions.offer_earlier_addendum(by=by(request), addendum=held, seen=form.cleaned_data["seen"])
        says = (
            _("Usul terkirim. Mitra menjawabnya.") if done.state == "offered" else _("Musyawarah Desa memutuskannya.")
        )
        return _to(request, held, says)
    lede = (
        _("Mitra menjawab usul ini dengan akunnya.")
        if queries.may_answer(held)
        else _("Mitra tidak memiliki akun di sini. Jawabannya adalah tanda tangan basah pada adendum.")
    )
    return _ask(request, held, form, _("Kirim usul"), _("Kirim usul"), lede)


def agree_earlier_addendum(request: HttpRequest, code: str) -> HttpResponse:
    held = _addendum_at(request, code)
    form = Read(data_of(request), initial={"seen": held.text_hash})
    if sent(request, form):
        actions.agree_earlier_addendum(by=by(request), addendum=held, seen=form.cleaned_data["seen"])
        return _to(request, held, _("Disepakati. Musyawarah Desa memutuskannya."))
    lede = _("Perubahan ini dibawa ke Musyawarah Desa.")
    return _ask(request, held, form, _("Setujui perubahan"), _("Setujui"), lede)


def reject_earlier_addendum(request: HttpRequest, code: str) -> HttpResponse:
    return _with_reason(
        request, code, actions.reject_earlier_addendum, _("Tolak perubahan"), _("Tolak"), _("Penolakan tercatat.")
    )


def withdraw_earlier_addendum(request: HttpRequest, code: str) -> HttpResponse:
    return _with_reason(
        request, code, actions.withdraw_earlier_addendum, _("Tarik usul"), _("Tarik usul"), _("Usul ditarik.")
    )


# Binding --------------------------------------------------------------------------------------------------------------
def lock_earlier_addendum(request: HttpRequest, code: str) -> HttpResponse:
    held = _addendum_at(request, code)
    village = held.earlier.case.village
    form = shapes.LockEarlierAddendum(
        data_of(request), initial={"made_on": clock.today(), "place": f"Kantor Desa {village.name}"},
        typed=held.agreed_by == "",
    )  # fmt: skip
    norms = standing(village.pk)
    if sent(request, form):
        given, knock = form.cleaned_data, by(request)
        for name in ("partner_signer", "partner_office", "partner_mandate"):
            setattr(held, name, given.get(name, ""))
        said = {name: given[name] for name in ("made_on", "place", "village_number", "partner_number")}
        paper = letters.addendum_paper(held, key=knock.key, **said)
        pages = signing.page_count(files.read(paper.pdf.sha256))
        actions.lock_earlier_addendum(by=knock, addendum=held, paper=paper, pages=pages, **given)
        return _to(request, held, _("Adendum terkunci. Cetak, tanda tangani, lalu unggah pindaiannya."))
    found = findings(queries.binding_asked(held, clock.today(), norms), norms)
    return _ask(request, held, form, _("Kunci adendum"), _("Kunci adendum"), held.reason, findings=found)


def upload_earlier_addendum_scan(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _addendum_at(request, code), outer.Scan(data_of(request), request.FILES or None)
    if sent(request, form):
        given = form.cleaned_data
        actions.upload_earlier_addendum_scan(
            by=by(request), addendum=held, file=content_of(given["file"]), pages=given["file"].pages,
            signed_on=given["signed_on"], witnesses=[given["first_witness"], given["second_witness"]],
            read_aloud={"one": given["read_aloud_one"], "two": given["read_aloud_two"]},
        )  # fmt: skip
        says = (
            _("Pindaian tersimpan. Satu orang dari setiap pihak mencocokkannya.")
            if queries.may_compare(held)
            else _("Pindaian tersimpan. Ketua BPD dan seorang pejabat desa mencocokkannya.")
        )
        return _to(request, held, says)
    lede = _("Cetak adendum terkunci, tanda tangani kedua pihak di depan dua saksi, lalu pindai semua halaman.")
    paper = reverse("page.earlier_addendum_file", args=[code, "naskah"])
    return _ask(request, held, form, _("Unggah pindaian"), _("Unggah pindaian"), lede, paper=paper)


def confirm_earlier_addendum_scan(request: HttpRequest, code: str) -> HttpResponse:
    held = _addendum_at(request, code)
    waiting = queries.newest_scan(held)
    if waiting is None:
        raise Http404
    form = outer.Compared(data_of(request), initial={"seen": compared_hash(held, waiting)})
    if sent(request, form):
        actions.confirm_earlier_addendum_scan(by=by(request), addendum=held, **form.cleaned_data)
        whole = held.state == "in_force"
        return _to(request, held, _("Adendum berlaku.") if whole else _("Tercatat. Seorang lagi mencocokkannya."))
    lede = _("Adendum terkunci berisi {pages} halaman, pindaian {scanned} halaman. Dicatat oleh {name}.").format(
        pages=held.pages, scanned=waiting.pages, name=waiting.uploaded_by_name
    )
    links = {
        "paper": reverse("page.earlier_addendum_file", args=[code, "naskah"]),
        "scan_url": reverse("page.earlier_addendum_file", args=[code, "pindaian"]),
    }
    return _ask(request, held, form, _("Sahkan tanda tangan basah"), _("Sahkan"), lede, **links)


# Shared ---------------------------------------------------------------------------------------------------------------
def _addendum_at(request: HttpRequest, code: str) -> EarlierAddendum:
    return get_object_or_404(queries.addenda_visible_to(person_of(request)), code=code)


def _to(request: HttpRequest, held: EarlierAddendum, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.earlier_addendum", code=held.code)


def _page(
    request: HttpRequest, earlier: EarlierAgreement, form: forms.BaseForm, title: str, verb: str, lede: str, back: str,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    common = {"heading": title, "verb": verb, "lede": lede, "back": back, "kicker": earlier.case.title}
    return ask(request, form, "agreements/act.html", **{**common, "example": earlier.case.example, **more})


def _ask(
    request: HttpRequest, held: EarlierAddendum, form: forms.BaseForm, title: str, verb: str, lede: str, **more: Any
) -> HttpResponse:
    back = reverse("page.earlier_addendum", args=[held.code])
    return _page(request, held.earlier, form, title, verb, lede, back, **more)


def _with_reason(request: HttpRequest, code: str, act: Any, title: str, verb: str, done: str) -> HttpResponse:
    held, form = _addendum_at(request, code), outer.Because(data_of(request))
    if sent(request, form):
        act(by=by(request), addendum=held, **form.cleaned_data)
        return _to(request, held, done)
    return _ask(request, held, form, title, verb, _("Desa dan mitra membaca alasan Anda."))
