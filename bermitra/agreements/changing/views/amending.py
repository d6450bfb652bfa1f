"""The pages of an addendum: how it compares, who is awaited, and each step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import forms as outer
from bermitra.agreements import outside, text
from bermitra.agreements.changing import actions, letters, queries, sealing
from bermitra.agreements.changing import forms as shapes
from bermitra.agreements.changing.models import Amendment
from bermitra.agreements.changing.rules import KINDS, SLOT_LABELS, TOUCHES
from bermitra.agreements.changing.views.common import asked, doors_to, residents_asked
from bermitra.agreements.queries import refuse_unmet, sides_missing
from bermitra.agreements.rules import ONE, OTHER, PARTIES
from bermitra.agreements.views.common import agreement_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files, handing, signing
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.typst_pdf import render as render_pdf
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import content_of, data_of, render, sent
from bermitra.foundation.rules import Finding
from bermitra.foundation.text import _ as marked
from bermitra.partnership.queries import findings
from bermitra.registry.models import Partner

# State -> doors with their verbs, and which side may open them: the one that proposes, the other one, or either.
OWN, OTHERS, EITHER = "own", "others", "either"
DOORS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "drafted": (
        ("agreements.offer_amendment", marked("Kirim usul ke pihak lain"), OWN),
        ("agreements.withdraw_amendment", marked("Tarik usul"), OWN),
    ),
    "offered": (
        ("agreements.agree_amendment", marked("Setujui perubahan"), OTHERS),
        ("agreements.reject_amendment", marked("Tolak dengan alasan"), OTHERS),
        ("agreements.withdraw_amendment", marked("Tarik usul"), OWN),
    ),
    "awaiting_musyawarah": (
        ("agreements.record_amendment_consent", marked("Catat persetujuan Musyawarah Desa"), EITHER),
        ("agreements.record_amendment_refusal", marked("Catat penolakan Musyawarah Desa"), EITHER),
        ("agreements.withdraw_amendment", marked("Tarik usul"), OWN),
    ),
    "parties_agreed": (
        ("agreements.lock_amendment", marked("Kunci adendum"), EITHER),
        ("agreements.send_amendment_to_musyawarah", marked("Bawa ke Musyawarah Desa"), EITHER),
        ("agreements.withdraw_amendment", marked("Tarik usul"), OWN),
    ),
    "locked": (
        ("agreements.sign_amendment", marked("Tandatangani adendum"), EITHER),
        ("agreements.confirm_amendment_scan", marked("Sahkan tanda tangan basah"), EITHER),
        ("agreements.register_certified_amendment", marked("Unggah tanda tangan tersertifikasi"), EITHER),
        ("agreements.affix_amendment_stamp", marked("Unggah adendum bermeterai elektronik"), EITHER),
        ("agreements.upload_amendment_scan", marked("Unggah pindaian tanda tangan basah"), EITHER),
        ("agreements.withdraw_amendment", marked("Tarik usul"), OWN),
    ),
}


def amendment(request: HttpRequest, code: str) -> HttpResponse:
    """What it was, what it becomes, why, and where it stands."""
    held = _amendment_at(request, code)
    agreement = held.agreement
    doors = _doors(request, held)
    scan = queries.newest_scan(held)
    writes = held.state == "drafted" and _is_own(request, held)
    context = {
        "amendment": held,
        "agreement": agreement,
        "example": agreement.example,
        "kind": _(KINDS[held.kind]),
        "label": _(held.said),
        "waiting": _(held.waiting),
        "next": doors[0] if doors else None,
        "doors": doors[1:],
        "facts": _facts(held),
        "differences": [{"place": place, "before": was, "after": now} for place, was, now in queries.differences(held)],
        "findings": (asked_of := _findings(held)),
        "ask_residents": residents_asked(request, agreement.case.village, held.code, asked_of),
        "slots": [{"slot": each, "label": _(SLOT_LABELS[each.state])} for each in held.slots.order_by("party")],
        "scan": scan,
        "confirmed": list(scan.confirmations.order_by("pk")) if scan else [],
        "parts": _parts(request, held) if writes else [],
        "articles": _articles(held) if writes else [],
    }
    return render(request, "agreements/changing/amendment.html", context)


def _facts(held: Amendment) -> list[tuple[str, str]]:
    agreement = held.agreement
    sides = {"one": agreement.case.village.name, "two": agreement.partner.name}
    facts = [(_("Diusulkan oleh"), sides[held.party])]
    if held.new_partner is not None:
        facts.append((_("Mitra baru"), held.new_partner.name))
    touched = "; ".join(_(TOUCHES[each]) for each in held.touches)
    facts.append((_("Menyentuh"), touched or _("tidak menyentuh keputusan Musyawarah Desa")))
    if held.village_number:
        facts.append((_("Nomor"), f"{held.village_number} · {held.partner_number}"))
    if held.made_on:
        facts.append((_("Tanggal adendum"), long_date(held.made_on)))
    facts.append((_("Sidik naskah"), held.text_hash[:16] or _("belum ada perubahan")))
    return facts


def _findings(held: Amendment) -> tuple[Finding, ...]:
    """What the next weighty step asks."""
    norms = standing(held.agreement.case.village_id)
    if held.state in ("parties_agreed", "awaiting_musyawarah"):
        return tuple(findings(queries.locking_asked(held, clock.today(), norms), norms))
    return ()


def _doors(request: HttpRequest, held: Amendment) -> list[dict[str, str]]:
    wanted = [
        (door, verb)
        for door, verb, side in DOORS.get(held.state, ())
        if side == EITHER or (side == OWN) == _is_own(request, held)
    ]
    if held.sent_to_meeting:
        wanted = [each for each in wanted if each[0] != "agreements.send_amendment_to_musyawarah"]
    if held.state == "locked":
        shut = set()
        if not held.slots.filter(person=person_of(request), state="invited").exists():
            shut |= {"agreements.sign_amendment", "agreements.register_certified_amendment"}
        if not held.scans.exists():
            shut.add("agreements.confirm_amendment_scan")
        if held.stamped_id or held.scans.exists() or held.slots.exclude(state="invited").exists():
            shut.add("agreements.affix_amendment_stamp")
        wanted = [each for each in wanted if each[0] not in shut]
    return doors_to(request, held, held.code, wanted)


def _is_own(request: HttpRequest, held: Amendment) -> bool:
    """Whether this person is of the side that proposes."""
    parties = {office.party for office in person_of(request).offices if office.party}
    here = any(office.region_id == held.agreement.case.village_id for office in person_of(request).offices)
    return here if held.party == ONE else held.agreement.partner.code in parties


def _parts(request: HttpRequest, held: Amendment) -> list[dict[str, Any]]:
    """Where the side that proposes writes: a page for each place."""
    url = reverse("agreements.word_amendment", args=[held.code])
    return [
        {"url": f"{url}?jangka=1", "title": _("Jangka waktu")},
        {"url": f"{url}?kewajiban=baru", "title": _("Tambah hak atau kewajiban")},
        *(
            {"url": f"{url}?kewajiban={place}", "title": _("Ubah atau hapus: {text}").format(text=row["text"])}
            for place, row in enumerate(held.content["topics"]["duties"])
        ),
        *(
            {"url": f"{url}?dana={place}", "title": _("Ubah sumber dana: {text}").format(text=row["from"])}
            for place, row in enumerate(held.content["topics"]["money"]["sources"])
        ),
        {"url": f"{url}?batasan=1", "title": _("Batasan")},
        {"url": f"{url}?tambahan=baru", "title": _("Tambah pasal")},
    ]


def _articles(held: Amendment) -> list[dict[str, str]]:
    """The same, article by article: filling in what it leaves open, or its own words."""
    url, numbers = reverse("agreements.word_amendment", args=[held.code]), queries.quoted(held)
    found = [
        {
            "title": f"{numbers.get(clause['code'], '')} {clause['title']}".strip(),
            "fill": f"{url}?isian={clause['code']}" if queries.is_fillable(clause["code"]) else "",
            "word": f"{url}?pasal={clause['code']}" if text.is_wordable(clause["code"]) else "",
        }
        for clause in held.clauses
    ]
    return [each for each in found if each["fill"] or each["word"]]


def printed(request: HttpRequest, code: str) -> HttpResponse:
    """The paper: signed where it was signed electronically, else locked, else a draft that says so on every page."""
    held = _amendment_at(request, code)
    if held.paper is None:
        content = render_pdf(compose(letters.draft_document(held, clock.today())))
    else:
        sealing.seal(held)
        content = files.read(queries.newest_file(held))
    return handing.printed(content, f"adendum-{code}.pdf")


def scan(request: HttpRequest, code: str) -> HttpResponse:
    held = queries.newest_scan(_amendment_at(request, code))
    if held is None:
        raise Http404
    return handing.shown(held.file, f"pindaian-adendum-{code}")


# Proposing ------------------------------------------------------------------------------------------------------------
def record_evaluation(request: HttpRequest, code: str) -> HttpResponse:
    held, form = agreement_at(request, code), shapes.Reached(data_of(request), initial={"held_on": clock.today()})
    if sent(request, form):
        actions.record_evaluation(by=by(request), agreement=held, **form.cleaned_data)
        messages.success(request, _("Evaluasi tercatat."))
        return redirect("page.agreement_room", code=code)
    lede = _("Tanpa evaluasi perjanjian tidak dapat diperpanjang.")
    return asked(request, held, form, _("Evaluasi kerja sama"), _("Catat evaluasi"), _room(code), lede=lede)


def propose_amendment(request: HttpRequest, code: str) -> HttpResponse:
    held, form = agreement_at(request, code), outer.Because(data_of(request))
    if sent(request, form):
        made = actions.propose_amendment(by=by(request), agreement=held, **form.cleaned_data)
        return _to(request, made, _("Usul dimulai. Ubah bagian yang perlu, lalu kirim ke pihak lain."))
    lede = _("Naskah yang berlaku tetap berlaku sampai adendum ditandatangani kedua pihak.")
    return asked(request, held, form, _("Usulkan perubahan"), _("Mulai usul"), _room(code), lede=lede)


def propose_renewal(request: HttpRequest, code: str) -> HttpResponse:
    held, form = agreement_at(request, code), shapes.Longer(data_of(request))
    if sent(request, form):
        made = actions.propose_renewal(by=by(request), agreement=held, **form.cleaned_data)
        return _to(request, made, _("Usul perpanjangan dimulai. Kirim ke pihak lain."))
    ends = long_date(held.ends_on) if held.ends_on else ""
    lede = _("Berlaku sampai {day}. Evaluasi, Musyawarah Desa, dan tanda tangan selesai sebelum hari itu.").format(
        day=ends
    )
    found = findings([(queries.STILL_RUNS, queries.runs_facts(held, clock.today()))], standing(held.case.village_id))
    title = _("Usulkan perpanjangan")
    return asked(request, held, form, title, _("Mulai usul"), _room(code), lede=lede, findings=found)


def propose_novation(request: HttpRequest, code: str) -> HttpResponse:
    held, form = agreement_at(request, code), shapes.Successor(data_of(request))
    if sent(request, form):
        given = form.cleaned_data
        partner = Partner.objects.filter(code=given["partner"].strip().upper(), merged_into=None).first()
        if partner is not None and partner.pk != held.partner_id:
            made = actions.propose_novation(by=by(request), agreement=held, reason=given["reason"], partner=partner)
            return _to(request, made, _("Usul pergantian mitra dimulai. Kirim ke mitra yang menggantikan."))
        says = _("{value} bukan kode mitra lain yang terdaftar. Salin dari alamat halaman mitranya.")
        form.add_error("partner", says.format(value=given["partner"]))
    lede = _("Untuk mitra yang berganti nama, bergabung, atau diambil alih. Semua hak dan kewajiban berpindah.")
    return asked(request, held, form, _("Usulkan pergantian mitra"), _("Mulai usul"), _room(code), lede=lede)


# Answering ------------------------------------------------------------------------------------------------------------
def offer_amendment(request: HttpRequest, code: str) -> HttpResponse:
    held = _amendment_at(request, code)
    form = shapes.Read(data_of(request), initial={"seen": held.text_hash})
    if sent(request, form):
        actions.offer_amendment(by=by(request), amendment=held, seen=form.cleaned_data["seen"])
        return _to(request, held, _("Usul terkirim. Pihak lain menjawabnya."))
    return _ask(request, held, form, _("Kirim usul ke pihak lain"), _("Kirim usul"), held.reason)


def agree_amendment(request: HttpRequest, code: str) -> HttpResponse:
    held = _amendment_at(request, code)
    form = shapes.Read(data_of(request), initial={"seen": held.text_hash})
    if sent(request, form):
        done = actions.agree_amendment(by=by(request), amendment=held, seen=form.cleaned_data["seen"])
        says = (
            _("Disepakati. Musyawarah Desa memutuskannya.") if done.touches else _("Disepakati. Adendum dapat dikunci.")
        )
        return _to(request, held, says)
    lede = (
        _("Perubahan ini dibawa ke Musyawarah Desa.")
        if held.touches
        else _("Perubahan ini cukup disepakati para pihak.")
    )
    return _ask(request, held, form, _("Setujui perubahan"), _("Setujui"), lede)


def reject_amendment(request: HttpRequest, code: str) -> HttpResponse:
    return _with_reason(
        request, code, actions.reject_amendment, _("Tolak perubahan"), _("Tolak"), _("Penolakan tercatat.")
    )


def withdraw_amendment(request: HttpRequest, code: str) -> HttpResponse:
    return _with_reason(request, code, actions.withdraw_amendment, _("Tarik usul"), _("Tarik usul"), _("Usul ditarik."))


def record_amendment_refusal(request: HttpRequest, code: str) -> HttpResponse:
    return _with_reason(
        request, code, actions.record_amendment_refusal, _("Catat penolakan Musyawarah Desa"), _("Catat penolakan"),
        _("Penolakan Musyawarah Desa tercatat."),
    )  # fmt: skip


def send_amendment_to_musyawarah(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _amendment_at(request, code), outer.Sure(data_of(request))
    if sent(request, form):
        actions.send_amendment_to_musyawarah(by=by(request), amendment=held)
        return _to(request, held, _("Perubahan menunggu Musyawarah Desa."))
    lede = _("Warga memutuskan juga perubahan yang tidak wajib dibawa ke Musyawarah Desa.")
    return _ask(request, held, form, _("Bawa ke Musyawarah Desa"), _("Bawa ke musyawarah"), lede)


def record_amendment_consent(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _amendment_at(request, code), outer.Sure(data_of(request))
    if sent(request, form):
        actions.record_amendment_consent(by=by(request), amendment=held)
        return _to(request, held, _("Persetujuan Musyawarah Desa tercatat. Adendum dapat dikunci."))
    lede = _("Musyawarah Desa menyetujui adendum persis seperti bunyinya sekarang, dengan berita acara yang mengikat.")
    found = findings([(queries.CONSENTED, queries.consent_facts(held))], standing(held.agreement.case.village_id))
    title = _("Catat persetujuan Musyawarah Desa")
    return _ask(request, held, form, title, _("Catat persetujuan"), lede, findings=found)


# Binding --------------------------------------------------------------------------------------------------------------
def lock_amendment(request: HttpRequest, code: str) -> HttpResponse:
    held = _amendment_at(request, code)
    village = held.agreement.case.village
    form = shapes.LockAddendum(
        data_of(request), initial={"made_on": clock.today(), "place": f"Kantor Desa {village.name}"}
    )
    norms = standing(village.pk)
    if sent(request, form):
        given, knock = form.cleaned_data, by(request)
        refuse_unmet(queries.locking_asked(held, given["made_on"], norms), norms, given["reason"])
        said = {name: given[name] for name in ("made_on", "place", "village_number", "partner_number")}
        paper = letters.addendum_paper(held, key=knock.key, **said)
        pages = signing.page_count(files.read(paper.pdf.sha256))
        actions.lock_amendment(by=knock, amendment=held, paper=paper, pages=pages, **given)
        return _to(request, held, _("Adendum terkunci. Kedua penanda tangan diberi tahu."))
    found = findings(queries.locking_asked(held, clock.today(), norms), norms)
    return _ask(request, held, form, _("Kunci adendum"), _("Kunci adendum"), held.reason, findings=found)


def sign_amendment(request: HttpRequest, code: str) -> HttpResponse:
    held = _amendment_at(request, code)
    if held.registered is None:
        raise Http404
    form = outer.Sign(data_of(request), initial={"seen": held.registered.sha256})
    if sent(request, form):
        given = form.cleaned_data
        actions.sign_amendment(by=by(request), amendment=held, seen=given["seen"], reason=given["reason"])
        sealing.seal(held)
        return _to(request, held, _("Anda telah menandatangani adendum ini."))
    lede = _("Sidik naskah {hash}. Anda menandatangani berkas yang sama persis.").format(
        hash=held.registered.sha256[:16]
    )
    paper = reverse("page.amendment_print", args=[code])
    return _ask(request, held, form, _("Tandatangani adendum"), _("Tandatangani"), lede, paper=paper)


def register_certified_amendment(request: HttpRequest, code: str) -> HttpResponse:
    held, person = _amendment_at(request, code), person_of(request)
    if held.registered is None:
        raise Http404
    form = outer.Certified(data_of(request), request.FILES or None)
    if sent(request, form):
        sealing.seal(held)  # whoever signed before lies in the file that is grown
        slots, safe = queries.slots_of(held), form.cleaned_data["file"]
        if not slots:  # the addendum was taken back, and nobody signs it any more
            raise NoSuchMove("amendment", held.state, "agreements.register_certified_amendment")
        slot = next(
            (each for each in slots if each.person_id == person.pk), slots[0]
        )  # of somebody else: the act says so
        found = outside.certified(queries.to_sign(held), slot, safe.content)
        if not found.trouble or slot.person_id != person.pk:
            actions.register_certified_amendment(
                by=by(request), amendment=held, file=content_of(safe), found=found, reason=form.cleaned_data["reason"]
            )
            return _to(request, held, _("Tanda tangan tersertifikasi Anda tercatat."))
        form.add_error("file", outside.said(found, slot.name))
    lede = _("Unduh adendum, tanda tangani di aplikasi BSrE atau PSrE, lalu unggah hasilnya di sini.")
    paper = reverse("page.amendment_print", args=[code])
    return _ask(request, held, form, _("Unggah tanda tangan tersertifikasi"), _("Unggah"), lede, paper=paper)


def affix_amendment_stamp(request: HttpRequest, code: str) -> HttpResponse:
    held = _amendment_at(request, code)
    if held.registered is None:
        raise Http404
    form = outer.Stamp(data_of(request), request.FILES or None)
    if sent(request, form):
        safe, serial = form.cleaned_data["file"], form.cleaned_data["serial"]
        found = outside.stamped(queries.to_sign(held), safe.content)
        if not found.trouble:
            actions.affix_amendment_stamp(
                by=by(request), amendment=held, file=content_of(safe), serial=serial, found=found
            )
            return _to(request, held, _("Meterai elektronik tercatat. Adendum bermeterai inilah yang ditandatangani."))
        form.add_error("file", outside.said(found))
    lede = _("Unduh adendum terkunci, bubuhkan meterai elektronik, lalu unggah sebelum ada yang menandatangani.")
    paper = reverse("page.amendment_print", args=[code])
    return _ask(request, held, form, _("Unggah adendum bermeterai elektronik"), _("Unggah"), lede, paper=paper)


def upload_amendment_scan(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _amendment_at(request, code), outer.Scan(data_of(request), request.FILES or None)
    if sent(request, form):
        given = form.cleaned_data
        safe = given["file"]
        stored = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        actions.upload_amendment_scan(
            by=by(request), amendment=held, file=stored, pages=safe.pages, signed_on=given["signed_on"],
            witnesses=[given["first_witness"], given["second_witness"]],
            read_aloud={"one": given["read_aloud_one"], "two": given["read_aloud_two"]},
        )  # fmt: skip
        return _to(request, held, _("Pindaian tersimpan. Satu orang dari setiap pihak mencocokkannya."))
    lede = _("Cetak adendum terkunci, tanda tangani kedua pihak di depan dua saksi, lalu pindai semua halaman.")
    paper = reverse("page.amendment_print", args=[code])
    return _ask(request, held, form, _("Unggah pindaian"), _("Unggah pindaian"), lede, paper=paper)


def confirm_amendment_scan(request: HttpRequest, code: str) -> HttpResponse:
    held = _amendment_at(request, code)
    waiting = queries.newest_scan(held)
    if waiting is None:
        raise Http404
    form = outer.Compared(data_of(request), initial={"seen": queries.compared_hash(held, waiting)})
    if sent(request, form):
        done = actions.confirm_amendment_scan(by=by(request), amendment=held, **form.cleaned_data)
        whole = not sides_missing(done)
        return _to(
            request, held, _("Tanda tangan basah sah.") if whole else _("Tercatat. Pihak lain juga mengesahkan.")
        )
    lede = _("Adendum terkunci berisi {pages} halaman, pindaian {scanned} halaman. Dicatat oleh {name}.").format(
        pages=held.pages, scanned=waiting.pages, name=waiting.uploaded_by_name
    )
    links = {
        "paper": reverse("page.amendment_print", args=[code]),
        "scan_url": reverse("page.amendment_scan", args=[code]),
    }
    return _ask(request, held, form, _("Sahkan tanda tangan basah"), _("Sahkan"), lede, **links)


# Shared ---------------------------------------------------------------------------------------------------------------
def _amendment_at(request: HttpRequest, code: str) -> Amendment:
    return get_object_or_404(queries.amendments_visible_to(person_of(request)), code=code)


def _room(code: str) -> str:
    return reverse("page.agreement_room", args=[code])


def _to(request: HttpRequest, held: Amendment, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.amendment", code=held.code)


def _ask(
    request: HttpRequest, held: Amendment, form: forms.BaseForm, title: str, verb: str, lede: str, **more: Any
) -> HttpResponse:
    back = reverse("page.amendment", args=[held.code])
    return asked(request, held.agreement, form, title, verb, back, lede=lede, **more)


def _with_reason(request: HttpRequest, code: str, act: Any, title: str, verb: str, done: str) -> HttpResponse:
    held, form = _amendment_at(request, code), outer.Because(data_of(request))
    if sent(request, form):
        act(by=by(request), amendment=held, **form.cleaned_data)
        return _to(request, held, done)
    reader = OTHER[held.party] if _is_own(request, held) else held.party
    lede = _("{side} membaca alasan Anda.").format(side=_(PARTIES[reader]))
    return _ask(request, held, form, title, verb, lede)
