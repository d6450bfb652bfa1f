"""Locking and signing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import actions, letters, outside, queries, sealing
from bermitra.agreements import forms as shapes
from bermitra.agreements.views.common import about, agreement_at, back_to_room, plain
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files, signing
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import content_of, data_of, sent
from bermitra.foundation.rules import Refused
from bermitra.partnership.queries import findings


def finalise(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    form = shapes.Lock(
        data_of(request), initial={"made_on": clock.today(), "place": f"Kantor Desa {held.case.village.name}"}
    )
    if sent(request, form):
        given, knock = form.cleaned_data, by(request)
        draft, norms = queries.draft_of(held), standing(held.case.village_id)
        # The paper takes a second to make: not for a text that cannot be locked anyhow.
        queries.refuse_unmet(queries.locking_asked(held, draft, given["made_on"], norms), norms, given["reason"])
        paper = letters.agreement_paper(
            held, draft, key=knock.key, made_on=given["made_on"], place=given["place"], thumbs=given.pop("thumbs")
        )
        pages = signing.page_count(files.read(paper.pdf.sha256))
        actions.finalise(by=knock, agreement=held, paper=paper, pages=pages, **given)
        return back_to_room(request, code, _("Naskah terkunci. Kedua penanda tangan diberi tahu."))
    lede = _("Setelah dikunci, naskah tidak berubah dan siap ditandatangani.")
    checklist = reverse("page.agreement_checks", args=[code])
    return about(request, held, form, _("Kunci naskah"), _("Kunci naskah"), lede=lede, checklist=checklist)


def reopen_draft(request: HttpRequest, code: str) -> HttpResponse:
    lede = _("Naskah yang terkunci dibatalkan dan kembali di tangan desa.")
    return plain(
        request, code, actions.reopen_draft, _("Buka kembali naskah"), _("Buka kembali"), _("Naskah terbuka lagi."),
        shapes.Because, lede,
    )  # fmt: skip


def void_signatures(request: HttpRequest, code: str) -> HttpResponse:
    lede = _("Tanda tangan yang sudah ada tidak berlaku lagi, dan naskah kembali di tangan desa.")
    return plain(
        request, code, actions.void_signatures, _("Batalkan tanda tangan"), _("Batalkan tanda tangan"),
        _("Tanda tangan dibatalkan."), shapes.Because, lede,
    )  # fmt: skip


def invite_signer(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Penanda tangan diundang lagi.")
    return plain(request, code, actions.invite_signer, _("Undang lagi penanda tangan"), _("Undang lagi"), done)


def sign(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    person = person_of(request)
    if held.registered is None:
        raise Http404
    form = shapes.Sign(data_of(request), initial={"seen": held.registered.sha256})
    if sent(request, form):
        given = form.cleaned_data
        actions.sign(by=by(request), agreement=held, seen=given["seen"], reason=given["reason"])
        sealing.seal(held)
        return back_to_room(request, code, _("Anda telah menandatangani perjanjian ini."))
    slot = queries.own_slot(held, person)
    norms = standing(held.case.village_id)
    asked = queries.reading_asked(slot, held, person, slot.text_hash) if slot else []
    lede = _("Sidik naskah {hash}. Anda menandatangani berkas yang sama persis.").format(
        hash=held.registered.sha256[:16]
    )
    paper = reverse("page.agreement_print", args=[code])
    found = findings(asked, norms)
    return about(
        request, held, form, _("Tandatangani perjanjian"), _("Tandatangani"), lede=lede, findings=found, paper=paper
    )


def register_certified_signature(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    if held.registered is None:
        raise Http404
    form = shapes.Certified(data_of(request), request.FILES or None)
    if sent(request, form):
        sealing.seal(held)  # whoever signed before lies in the file that is grown
        safe, slot = form.cleaned_data["file"], queries.own_slot(held, person_of(request))
        slot = slot or queries.slots_of(held)[0]  # of somebody else: the act says so
        found = outside.certified(queries.to_sign(held), slot, safe.content)
        if not found.trouble or slot.person_id != person_of(request).pk:
            actions.register_certified_signature(
                by=by(request), agreement=held, file=content_of(safe), found=found, reason=form.cleaned_data["reason"]
            )
            return back_to_room(request, code, _("Tanda tangan tersertifikasi Anda tercatat."))
        form.add_error("file", outside.said(found, slot.name))
    lede = _("Unduh naskah, tanda tangani di aplikasi BSrE atau PSrE, lalu unggah hasilnya di sini.")
    return about(
        request, held, form, _("Unggah tanda tangan tersertifikasi"), _("Unggah"), lede=lede,
        paper=reverse("page.agreement_print", args=[code]),
    )  # fmt: skip


def affix_stamp(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    if held.registered is None:
        raise Http404
    form = shapes.Stamp(data_of(request), request.FILES or None)
    if sent(request, form):
        safe, serial = form.cleaned_data["file"], form.cleaned_data["serial"]
        found = outside.stamped(queries.to_sign(held), safe.content)
        if not found.trouble:
            actions.affix_stamp(by=by(request), agreement=held, file=content_of(safe), serial=serial, found=found)
            return back_to_room(
                request, code, _("Meterai elektronik tercatat. Naskah bermeterai inilah yang ditandatangani.")
            )
        form.add_error("file", outside.said(found))
    lede = _("Unduh naskah terkunci, bubuhkan meterai elektronik, lalu unggah sebelum ada yang menandatangani.")
    return about(
        request, held, form, _("Unggah naskah bermeterai elektronik"), _("Unggah"), lede=lede,
        paper=reverse("page.agreement_print", args=[code]),
    )  # fmt: skip


def decline_to_sign(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Penolakan Anda tercatat.")
    return plain(
        request,
        code,
        actions.decline_to_sign,
        _("Tolak menandatangani"),
        _("Tolak dengan alasan"),
        done,
        shapes.Because,
    )


def upload_wet_signatures(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    form = shapes.Scan(data_of(request), request.FILES or None, thumbs=queries.thumbs_of(held))
    if sent(request, form):
        given = form.cleaned_data
        safe = given["file"]
        stored = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        actions.upload_wet_signatures(
            by=by(request), agreement=held, file=stored, pages=safe.pages, signed_on=given["signed_on"],
            witnesses=[given["first_witness"], given["second_witness"]],
            read_aloud={"one": given["read_aloud_one"], "two": given["read_aloud_two"]},
        )  # fmt: skip
        return back_to_room(request, code, _("Pindaian tersimpan. Satu orang dari setiap pihak mencocokkannya."))
    lede = _("Cetak naskah terkunci, tanda tangani semua pihak di depan dua saksi, lalu pindai semua halaman.")
    paper = reverse("page.agreement_print", args=[code])
    return about(request, held, form, _("Unggah pindaian"), _("Unggah pindaian"), lede=lede, paper=paper)


def return_wet_signatures(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Pindaian dikembalikan.")
    return plain(
        request, code, actions.return_wet_signatures, _("Kembalikan pindaian"), _("Kembalikan"), done, shapes.Because
    )


def confirm_wet_signatures(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    waiting, form = queries.waiting_scan(held), shapes.Compared(data_of(request))
    if waiting is None:
        raise Http404
    more: dict[str, Any] = {}
    if sent(request, form):
        try:
            done = actions.confirm_wet_signatures(by=by(request), agreement=held, **form.cleaned_data)
            return back_to_room(request, code, _confirmed(queries.sides_missing(done)))
        except Refused as refused:
            if "AG-44" not in refused.codes:
                raise
            more = {"findings": refused.findings, "status": 409}
    if not form.is_bound or more:
        form = shapes.Compared(initial={"seen": queries.compared_hash(waiting)})
    lede = _("Naskah terkunci berisi {pages} halaman, pindaian {scanned} halaman. Dicatat oleh {name}.").format(
        pages=held.pages, scanned=waiting.pages, name=waiting.uploaded_by_name
    )
    links: dict[str, Any] = {
        "paper": reverse("page.agreement_print", args=[code]),
        "scan_url": reverse("page.agreement_scan", args=[code]),
    }
    return about(request, held, form, _("Sahkan tanda tangan basah"), _("Sahkan"), lede=lede, **links, **more)


def _confirmed(missing: list[str]) -> str:
    if not missing:
        return _("Tanda tangan basah sah: kedua pihak telah mencocokkannya.")
    return _("Pencocokan Anda tercatat. Satu orang dari pihak lain perlu mengesahkan.")
