"""A page for each act on a Peraturan Bersama."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import outside
from bermitra.agreements.forms import Certified, Rewording
from bermitra.agreements.joint import actions, book, letters, queries, sealing
from bermitra.agreements.joint import forms as shapes
from bermitra.agreements.joint.models import JointRegulation
from bermitra.agreements.joint.views.common import TEMPLATE, about, own_party, page_of, regulation_at
from bermitra.agreements.text import as_typed
from bermitra.deliberation.inter_village.queries import offers_visible_to
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import html
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, ask, content_of, sent, typed_in
from bermitra.foundation.text import _ as marked

# UU 10/2020 art. 3 taxes agreements and like papers made to prove something; a regulation is made by an office.
NO_STAMP = marked("Peraturan Bersama tidak memerlukan meterai. Meterai dikenakan pada perjanjian (UU 10/2020 pasal 3).")


def start(request: HttpRequest, code: str) -> HttpResponse:
    offer = get_object_or_404(offers_visible_to(person_of(request)).select_related("village"), code=code)
    return act_page(
        request,
        shapes.Sure(request.POST or None),
        lambda: actions.start_joint_draft(by=by(request), offer=offer),
        "agreements/joint/act.html",
        says=_("Naskah pertama tersusun dari yang disepakati setiap desa. Isi bagian yang masih kosong."),
        go=page_of,
        heading=_("Susun Peraturan Bersama"),
        lede=_("Naskah disusun dari isi yang disepakati setiap Musyawarah Desa dan iuran dari musyawarah antar-Desa."),
        verb=_("Susun naskah"),
        back=reverse("page.joint_regulations"),
        kicker=offer.title,
        example=offer.example,
    )


def change(request: HttpRequest, code: str, article: str) -> HttpResponse:
    """The blanks of an article; with ``?kata=1`` its words."""
    held = regulation_at(request, code)
    party = own_party(request, held, "agreements.propose_joint_change")
    known = book.articles().get(article)
    if known is None or (request.GET.get("kata") and known.is_kept_to):
        raise Http404
    version, back = queries.newest_version(held), reverse("page.joint_regulation_text", args=[code])
    chapter = book.chapter_of(article).title
    says = _("Naskah diubah. Setiap desa menerimanya lagi.")
    if request.GET.get("kata") or not (known.slots or "dues" in known.lists):
        body = next(each["body"] for of in version.chapters for each in of["articles"] if each["code"] == article)
        words = Rewording(request.POST or None, initial={"typed": as_typed(body)})
        return about(
            request,
            held,
            words,
            lambda: actions.propose_joint_change(
                by=by(request),
                party=party,
                reason=words.cleaned_data["reason"],
                wording={article: words.cleaned_data["typed"]},
            ),
            title=_("Ubah kata-kata: %(title)s") % {"title": chapter},
            verb=_("Simpan perubahan"),
            says=says,
            back=back,
        )
    form = shapes.Filling(known, version.content, queries.setting(held), request.POST or None)
    return about(
        request,
        held,
        form,
        lambda: actions.propose_joint_change(by=by(request), party=party, **form.change()),
        title=_("Isi: %(title)s") % {"title": chapter},
        verb=_("Simpan perubahan"),
        says=says,
        back=back,
    )


def accept(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    party = own_party(request, held, "agreements.accept_joint_text")
    version = queries.newest_version(held)
    form = shapes.Accept(request.POST or None, initial={"seen": version.text_hash})
    return about(
        request,
        held,
        form,
        lambda: actions.accept_joint_text(by=by(request), party=party, seen=form.cleaned_data["seen"]),
        title=_("Terima naskah"),
        verb=_("Terima naskah ini"),
        says=_("Desa Anda menerima naskah ini."),
        lede=_("Bila naskah diubah setelah ini, Anda diminta menerima naskah yang baru."),
        chapters=version.chapters,
    )


def number(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    party = own_party(request, held, "agreements.give_joint_number")
    form = shapes.Number(request.POST or None, initial={"number": party.number})
    return about(
        request,
        held,
        form,
        lambda: actions.give_joint_number(by=by(request), party=party, **form.cleaned_data),
        title=_("Nomor Peraturan Bersama di %(name)s") % {"name": party.village.name},
        verb=_("Simpan nomor"),
        says=_("Nomor desa Anda tersimpan."),
        lede=_("Setiap desa memberi nomor sendiri. Tahunnya mengikuti tanggal penetapan."),
    )


def consult(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    party = own_party(request, held, "agreements.record_joint_consultation")
    form = shapes.Consultation(request.POST or None)
    return about(
        request,
        held,
        form,
        lambda: actions.record_joint_consultation(by=by(request), party=party, **form.cleaned_data),
        title=_("Konsultasi warga %(name)s") % {"name": party.village.name},
        verb=_("Simpan konsultasi"),
        says=_("Konsultasi warga tercatat."),
        lede=_("Tulis siapa yang datang, apa usulnya, dan apa jawabannya. Nama warga tidak ditulis."),
    )


def table(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    form = shapes.Passing(request.POST or None)
    return about(
        request,
        held,
        form,
        lambda: actions.table_joint_text(by=by(request), regulation=held, **form.cleaned_data),
        title=_("Bawa naskah ke Musyawarah Desa"),
        verb=_("Bawa ke Musyawarah Desa"),
        says=_("Naskah menunggu Musyawarah Desa setiap desa."),
        lede=_("Naskah yang sama diputuskan dalam Musyawarah Desa setiap desa. Mengubahnya berarti mengulang."),
        findings=queries.checks(held, queries.stands(held)) if held.state == "drafting" else (),
    )


def lock(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    initial = {"made_on": clock.today(), "place": held.village.name}
    form = shapes.Lock(request.POST or None, initial=initial)
    return about(
        request,
        held,
        form,
        lambda: _lock(request, held, form),
        title=_("Kunci naskah"),
        verb=_("Kunci naskah"),
        says=_("Naskah terkunci. Setiap Kepala Desa diminta menandatangani."),
        lede=_("Setelah dikunci, naskah tidak berubah dan siap ditandatangani setiap Kepala Desa."),
        note=_(NO_STAMP),
        findings=queries.checks(held, queries.stands(held)) if held.state == "deciding" else (),
    )


def _lock(request: HttpRequest, held: JointRegulation, form: shapes.Lock) -> JointRegulation:
    given, knock, said = form.cleaned_data, by(request), queries.stands(held)
    # The paper takes a second to make: not for a text that cannot be locked anyhow.
    norms = standing(held.village_id)
    queries.refuse_unmet(queries.locking_asked(held, said, given["made_on"]), norms, given["reason"])
    day, place = given["made_on"], given["place"]
    paper = letters.regulation_paper(held, said, key=knock.key, made_on=day, place=place)
    return actions.lock_joint_text(by=knock, regulation=held, paper=paper, **given)


def reopen(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    party = own_party(request, held, "agreements.reopen_joint_text")
    form = shapes.Because(request.POST or None)
    return about(
        request,
        held,
        form,
        lambda: actions.reopen_joint_text(by=by(request), party=party, **form.cleaned_data),
        title=_("Buka kembali naskah?"),
        verb=_("Buka kembali"),
        says=_("Naskah terbuka lagi."),
        lede=_("Tanda tangan yang ada tidak berlaku lagi. Naskah diterima dan dimusyawarahkan lagi di setiap desa."),
    )


def abandon(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    form = shapes.Because(request.POST or None)
    return about(
        request,
        held,
        form,
        lambda: actions.abandon_joint_text(by=by(request), regulation=held, **form.cleaned_data),
        title=_("Hentikan penyusunan?"),
        verb=_("Hentikan penyusunan"),
        says=_("Penyusunan dihentikan; alasannya tampil."),
    )


def sign(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    party = own_party(request, held, "agreements.sign_joint_text")
    if held.paper is None:
        raise Http404
    form = shapes.Sign(request.POST or None, initial={"seen": held.paper.file.sha256})

    def does() -> None:
        actions.sign_joint_text(by=by(request), party=party, **form.cleaned_data)
        sealing.seal(held)

    said = queries.stands(held)
    asked = queries.signing_asked(held, party, said, held.paper.file.sha256, person_of(request).code)
    return about(
        request,
        held,
        form,
        does,
        title=_("Tandatangani Peraturan Bersama"),
        verb=_("Tandatangani"),
        says=_("Anda telah menandatangani Peraturan Bersama ini."),
        lede=_("Anda menandatangani persis naskah di bawah ini, untuk %(name)s.") % {"name": party.village.name},
        note=_(NO_STAMP),
        findings=queries.findings(asked, standing(party.village_id)),
        paper=reverse("page.joint_regulation_print", args=[code]),
        words=html.render(held.paper.source),
    )


def register_certified(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    party = own_party(request, held, "agreements.register_certified_joint_text")
    if held.paper is None:
        raise Http404
    form = Certified(**typed_in(request))
    if sent(request, form):
        sealing.seal(held)  # whoever signed before lies in the file that is grown
        safe, said = form.cleaned_data["file"], queries.stands(held)
        found = outside.certified(queries.to_sign(held, said), party, safe.content)
        if not found.trouble or party.person_id != person_of(request).pk:  # of somebody else: the act says so
            actions.register_certified_joint_text(
                by=by(request), party=party, file=content_of(safe), found=found, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("Tanda tangan tersertifikasi Anda tercatat."))
            return redirect(page_of(held))
        form.add_error("file", outside.said(found, party.name))
    return ask(
        request, form, TEMPLATE, heading=_("Unggah tanda tangan tersertifikasi"), verb=_("Unggah"),
        lede=_("Unduh naskah, tanda tangani di aplikasi BSrE atau PSrE, lalu unggah hasilnya di sini."),
        back=page_of(held), kicker=held.title, example=held.example,
        paper=reverse("page.joint_regulation_print", args=[code]),
    )  # fmt: skip


def lay_down(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    party = own_party(request, held, "agreements.lay_down_joint_scan")
    form = shapes.Scan(**typed_in(request))

    def does() -> None:
        scan = content_of(form.cleaned_data["scan"])
        actions.lay_down_joint_scan(by=by(request), party=party, scan=scan)

    return about(
        request,
        held,
        form,
        does,
        title=_("Unggah pindaian bertanda tangan"),
        verb=_("Unggah pindaian"),
        says=_("Pindaian tercatat. Setiap desa mencocokkan tanda tangannya."),
        lede=_("Untuk naskah yang ditandatangani dengan tinta. Berlaku setelah dicocokkan pengurus lain setiap desa."),
        paper=reverse("page.joint_regulation_print", args=[code]),
    )


def confirm(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    party = own_party(request, held, "agreements.confirm_joint_scan")
    if held.scan is None:
        raise Http404
    form = shapes.Compared(request.POST or None, initial={"seen": queries.sheet_seen(held)})
    return about(
        request,
        held,
        form,
        lambda: actions.confirm_joint_scan(by=by(request), party=party, **form.cleaned_data),
        title=_("Cocokkan pindaian bertanda tangan"),
        verb=_("Nyatakan cocok"),
        says=_("Anda menyatakan tanda tangan desa Anda cocok."),
        lede=_("Bandingkan setiap halaman dengan naskah terkunci, dan cari tanda tangan %(name)s.")
        % {"name": f"{party.name} ({party.village.name})"},
        paper=reverse("page.joint_regulation_print", args=[code]),
        scan_url=reverse("page.joint_regulation_scan", args=[code]),
    )


def promulgate(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    party = own_party(request, held, "agreements.promulgate_joint_text")
    form = shapes.Gazette(request.POST or None)

    def does() -> None:
        knock, given = by(request), form.cleaned_data["gazette_number"]
        name = person_of(request).full_name
        papers = letters.gazette_papers(held, party, key=knock.key, number=given, dated=clock.today(), secretary=name)
        actions.promulgate_joint_text(by=knock, party=party, gazette_number=given, papers=papers)

    return about(
        request,
        held,
        form,
        does,
        title=_("Undangkan dalam Berita Desa %(name)s") % {"name": party.village.name},
        verb=_("Undangkan"),
        says=_("Peraturan Bersama diundangkan. Camat dan Bupati diberi tahu."),
        lede=_("Peraturan Bersama berlaku setelah setiap desa mengundangkannya."),
        findings=queries.checks(held, queries.stands(held)),
    )
