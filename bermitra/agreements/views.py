"""Pages of an agreement: fetch, act, say, go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import actions, book, letters, queries, sealing, text
from bermitra.agreements import forms as shapes
from bermitra.agreements.models import Agreement, DraftVersion, WetScan
from bermitra.agreements.rules import DRAFTED_IN, LABELS, PARTIES, SLOT_LABELS, TURN, WET_WITNESSES
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.handing import shown
from bermitra.foundation.documents.typst_pdf import render as render_pdf
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import ask, render
from bermitra.foundation.rules import Finding, Refused, unmet
from bermitra.foundation.text import _ as marked
from bermitra.partnership import sheet
from bermitra.partnership.models import Case
from bermitra.partnership.queries import cases_visible_to, findings
from bermitra.partnership.rules import VILLAGE_INITIATIVE

# Door -> (states of the text, states of the case, verb). The first that is open fills the green box.
DOORS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...] = (
    ("agreements.sign", ("locked",), ("ready_to_sign", "partly_signed"), marked("Tandatangani")),
    ("agreements.confirm_wet_signatures", ("locked",), ("ready_to_sign",), marked("Sahkan tanda tangan basah")),
    ("agreements.activate", ("locked",), ("signed",), marked("Catat nomor dan berlakukan")),
    ("agreements.publish_summary", ("in_force",), (), marked("Umumkan ringkasan")),
    ("agreements.finalise", ("text_agreed",), ("drafting",), marked("Kunci naskah")),
    ("agreements.grant_permit", ("text_agreed",), ("awaiting_permit",), marked("Beri izin")),
    ("agreements.refuse_permit", ("text_agreed",), ("awaiting_permit",), marked("Tolak izin dengan alasan")),
    ("agreements.give_legal_review", ("legal_review",), (), marked("Beri telaah hukum")),
    ("agreements.accept_text", tuple(TURN.values()), (), marked("Terima naskah")),
    ("agreements.pass_turn", tuple(TURN.values()), (), marked("Serahkan giliran")),
    ("agreements.give_number", tuple(DRAFTED_IN), (), marked("Isi nomor naskah")),
    ("agreements.issue_bpd_decree", tuple(DRAFTED_IN), (), marked("Terbitkan Keputusan BPD")),
    ("agreements.request_legal_review", ("village_turn",), (), marked("Minta telaah hukum")),
    ("agreements.end_legal_review", ("legal_review",), (), marked("Akhiri telaah hukum")),
    ("agreements.request_permit", ("text_agreed",), ("drafting",), marked("Ajukan izin aset")),
    ("agreements.upload_wet_signatures", ("locked",), ("ready_to_sign",), marked("Unggah pindaian tanda tangan basah")),
    ("agreements.return_wet_signatures", ("locked",), ("ready_to_sign",), marked("Kembalikan pindaian")),
    ("agreements.invite_signer", ("locked",), ("ready_to_sign", "partly_signed"), marked("Undang lagi penandatangan")),
    ("agreements.decline_to_sign", ("locked",), ("ready_to_sign", "partly_signed"), marked("Tolak menandatangani")),
    ("agreements.reopen_draft", ("locked",), ("ready_to_sign",), marked("Buka kembali naskah")),
    ("agreements.void_signatures", ("locked",), ("partly_signed",), marked("Batalkan tanda tangan")),
    ("agreements.return_to_selection", (*TURN.values(), "text_agreed"), ("drafting",), marked("Kembali ke seleksi")),
    ("agreements.abandon_draft", tuple(DRAFTED_IN), ("drafting",), marked("Hentikan naskah")),
)  # fmt: skip
ON_PAPER = ("agreements.confirm_wet_signatures", "agreements.return_wet_signatures")
LEAVING = ("agreements.return_to_selection", "agreements.abandon_draft", "agreements.decline_to_sign",
           "agreements.reopen_draft", "agreements.void_signatures", "agreements.refuse_permit")  # fmt: skip
# Where an unmet rule is remedied: rule -> door.
REMEDIES = {
    "AG-02": "page.agreement_draft",
    "AG-06": "agreements.accept_text",
    "AG-08": "agreements.issue_bpd_decree",
    "AG-13": "agreements.request_permit",
    "AG-45": "agreements.issue_bpd_decree",
    "AG-46": "agreements.request_permit",
    "AG-22": "agreements.give_number",
}


# How pages ask ------------------------------------------------------------------------------------------------------
def _agreement(request: HttpRequest, code: str) -> Agreement:
    """The living agreement of the case, else the last that was abandoned; 404 for a case one does not see."""
    found = queries.agreements_visible_to(person_of(request)).filter(case__code=code)
    held = found.exclude(state="abandoned").first() or found.first()
    if held is None:
        raise Http404
    return held


def _ask(
    request: HttpRequest,
    held: Agreement | Case,
    form: forms.BaseForm,
    title: str,
    verb: str,
    *,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    case = held if isinstance(held, Case) else held.case
    back = reverse("page.agreement_room", args=[case.code])
    common = {"heading": title, "verb": verb, "back": back, "kicker": held.title, "example": held.example}
    return ask(request, form, "agreements/act.html", status=status, **{**common, **more})


def _sent(request: HttpRequest, form: forms.BaseForm) -> bool:
    return request.method == "POST" and form.is_valid()


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _go(request: HttpRequest, code: str, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.agreement_room", code=code)


def _plain(
    request: HttpRequest,
    code: str,
    act: Callable[..., Any],
    title: str,
    verb: str,
    done: str,
    shape: type[forms.Form] = shapes.Sure,
    lede: str = "",
) -> HttpResponse:
    """A page whose form is handed to one act as it is."""
    held, form = _agreement(request, code), shape(_data(request))
    if _sent(request, form):
        act(by=by(request), agreement=held, **form.cleaned_data)
        return _go(request, code, done)
    return _ask(request, held, form, title, verb, lede=lede)


def _doors(request: HttpRequest, held: Agreement, *, on_paper: bool) -> list[dict[str, str]]:
    person, reach = person_of(request), held.reach()
    return [
        {"door": door, "url": reverse(door, args=[held.case.code]), "verb": _(verb)}
        for door, states, case_states, verb in DOORS
        if held.state in states
        and (not case_states or held.case.state in case_states)
        and (door in ON_PAPER) <= on_paper
        and (door != "agreements.return_to_selection" or held.case.route == VILLAGE_INITIATIVE)
        and may_open(person, door, reach)
    ]


# Reading ------------------------------------------------------------------------------------------------------------
def room(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(request, code)
    version, scanned = queries.newest_version(held), queries.newest_scan(held)
    doors = _doors(request, held, on_paper=scanned is not None and scanned.state == WetScan.State.WAITING)
    forward = [each for each in doors if each["door"] not in LEAVING]
    accepted = {each.party: each for each in version.acceptances.all()}
    context = {
        "agreement": held,
        "case": held.case,
        "example": held.example,
        "version": version,
        "label": LABELS[held.state],
        "next": forward[0] if forward else None,
        "doors": forward[1:],
        "leaving": [each for each in doors if each["door"] in LEAVING],
        "departures": queries.departures(held, version) if held.state in DRAFTED_IN else [],
        "accepted": [{"party": _(name), "accepted": accepted.get(party)} for party, name in PARTIES.items()],
        "conditions": _conditions(held),
        "slots": [{"slot": each, "label": _(SLOT_LABELS[each.state])} for each in queries.slots_of(held)],
        "scan": scanned,
        "permit": held.permits.order_by("-pk").first(),
        "reviews": list(version.reviews.order_by("pk")),
        "may_change": held.state in DRAFTED_IN
        and may_open(person_of(request), "agreements.propose_change", held.reach()),
    }
    return render(request, "agreements/room.html", context)


def checks(request: HttpRequest, code: str) -> HttpResponse:
    """What the next step asks, each line ticked or not, with the way to tick it."""
    held = _agreement(request, code)
    found = [each for group in queries.checks_of(held, person_of(request)).values() for each in group]
    context = {
        "agreement": held,
        "example": held.example,
        "label": LABELS[held.state],
        "findings": found,
        "acts": _remedies(request, held, tuple(found)),
    }
    return render(request, "agreements/checks.html", context)


def _remedies(request: HttpRequest, held: Agreement, found: tuple[Finding, ...]) -> dict[str, dict[str, str]]:
    person, reach = person_of(request), held.reach()
    verbs = {door: verb for door, _states, _cases, verb in DOORS} | {"page.agreement_draft": marked("Buka naskah")}
    wanted = {each.code: REMEDIES[each.code] for each in unmet(found) if each.code in REMEDIES}
    return {
        rule: {"url": reverse(door, args=[held.case.code]), "verb": _(verbs[door])}
        for rule, door in wanted.items()
        if may_open(person, door, reach)
    }


def _conditions(held: Agreement) -> list[dict[str, Any]]:
    asked = book.conditions_of(held.forms)
    url = reverse("agreements.show_condition", args=[held.case.code])
    return [
        {
            "says": each.says,
            "proof": held.gates.get(each.code, ""),
            "url": f"{url}?syarat={each.code}",
            "basis": each.basis,
        }
        for each in asked
    ]


def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The text article by article, each with the way to change it, for whoever has the turn."""
    held = _agreement(request, code)
    version = queries.newest_version(held)
    known, change = book.articles(), reverse("agreements.propose_change", args=[code])
    context = {
        "agreement": held,
        "example": held.example,
        "version": version,
        "clauses": [
            {**clause, "decided": text.is_decided(known[clause["code"]]), "filled": bool(known[clause["code"]].slots)}
            for clause in version.clauses
        ],
        "duties": list(enumerate(version.content["topics"]["duties"])),
        "sources": list(enumerate(version.content["topics"]["money"]["sources"])),
        "annexes": [
            {"kind": kind, "title": name, "columns": [_(text.COLUMNS[each]) for each in columns],
             "rows": [[row.get(each, "") for each in columns] for row in version.content["annexes"][kind]]}
            for kind, (name, columns) in text.ANNEXES.items()
        ],
        "change": change,
        "may_change": held.state in DRAFTED_IN and may_open(person_of(request), "agreements.propose_change", held.reach()),
        "newer_sheet": held.state in DRAFTED_IN and queries.sheet_of(held).pk != held.sheet_id,
    }  # fmt: skip
    return render(request, "agreements/draft.html", context)


def history(request: HttpRequest, code: str) -> HttpResponse:
    """What each side wanted, what was settled, and why."""
    held = _agreement(request, code)
    known = book.articles()
    steps = [
        {"step": each, "party": _(PARTIES[each.party]), "place": _place(each.what, known)}
        for each in queries.negotiation(held)
    ]
    return render(request, "agreements/history.html", {"agreement": held, "example": held.example, "steps": steps})


def _place(what: str, known: dict[str, book.Article]) -> str:
    kind, _colon, name = what.partition(":")
    if kind == "clause":
        return known[name].title
    return _(sheet.TOPICS[name]) if kind == "topic" else text.ANNEXES[name][0]


def printed(request: HttpRequest, code: str) -> HttpResponse:
    """The paper: signed where it was signed electronically, else locked, else a draft that says so on every page."""
    held = _agreement(request, code)
    if held.paper is None:
        document = letters.draft_document(held, queries.newest_version(held), clock.today())
        content = render_pdf(compose(document))
    else:
        sealing.seal(held)
        signed = queries.signed_file(held)
        content = files.read(signed.file.sha256 if signed else held.paper.file.sha256)
    return _pdf(content, f"perjanjian-{code}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def scan(request: HttpRequest, code: str) -> HttpResponse:
    """The scan of the sheet that was signed with ink."""
    held = queries.newest_scan(_agreement(request, code))
    if held is None:
        raise Http404
    return shown(held.file, f"pindaian-{code}")


# Drafting -----------------------------------------------------------------------------------------------------------
def start_draft(request: HttpRequest, code: str) -> HttpResponse:
    case = get_object_or_404(cases_visible_to(person_of(request)), code=code)
    form = shapes.Sure(_data(request))
    if _sent(request, form):
        actions.start_draft(by=by(request), case=case)
        return _go(request, code, _("Naskah pertama tersusun dari lembar pokok yang disetujui."))
    lede = _("Naskah disusun dari lembar pokok yang disetujui Musyawarah Desa dan pustaka pasal.")
    back = reverse("page.case", args=[code])
    return _ask(request, case, form, _("Mulai naskah perjanjian"), _("Susun naskah"), lede=lede, back=back)


def propose_change(request: HttpRequest, code: str) -> HttpResponse:
    """One place of the text at a time; which one, the address says."""
    held = _agreement(request, code)
    version = queries.newest_version(held)
    if clause := request.GET.get("pasal"):
        return _change_clause(request, held, version, clause)
    if clause := request.GET.get("isian"):
        return _change_blanks(request, held, version, clause)
    if row := request.GET.get("kewajiban"):
        return _change_duty(request, held, version, row)
    if row := request.GET.get("dana"):
        return _change_account(request, held, version, row)
    if kind := request.GET.get("lampiran"):
        return _change_annex(request, held, version, kind)
    if "lembar" in request.GET:
        return _follow_sheet(request, held)
    return _change_term(request, held, version)


def _changed(request: HttpRequest, held: Agreement, **what: Any) -> HttpResponse:
    actions.propose_change(by=by(request), agreement=held, **what)
    messages.success(request, _("Usul perubahan tercatat bersama alasannya."))
    return redirect("page.agreement_draft", code=held.case.code)


def _article(code: str) -> book.Article:
    if code not in book.articles():
        raise Http404
    return book.articles()[code]


def _change_clause(request: HttpRequest, held: Agreement, version: DraftVersion, code: str) -> HttpResponse:
    article = _article(code)
    if text.is_decided(article):
        raise Http404
    now: list[Any] = next((clause["body"] for clause in version.clauses if clause["code"] == code), [])
    form = shapes.Rewording(_data(request), initial={"typed": text.as_typed(now)})
    if _sent(request, form):
        given = form.cleaned_data
        return _changed(request, held, wording={code: given["typed"]}, reason=given["reason"])
    return _ask(request, held, form, article.title, _("Usulkan perubahan"), steps=_steps(held, f"clause:{code}"))


def _change_blanks(request: HttpRequest, held: Agreement, version: DraftVersion, code: str) -> HttpResponse:
    article = _article(code)
    form = shapes.Blanks(article, text.filled_blanks(article, version.content), _data(request))
    if _sent(request, form):
        return _changed(request, held, blanks=form.blanks(), reason=form.cleaned_data["reason"])
    return _ask(request, held, form, article.title, _("Usulkan isian"), steps=_steps(held, f"clause:{code}"))


def _change_duty(request: HttpRequest, held: Agreement, version: DraftVersion, row: str) -> HttpResponse:
    duties = version.content["topics"]["duties"]
    if not (row.isascii() and row.isdigit()) or int(row) >= len(duties):
        raise Http404
    was = duties[int(row)]
    form = shapes.DutyForm(_data(request), initial={**was, "due": text.day(was["due"])})
    if _sent(request, form):
        given = dict(form.cleaned_data)
        reason, due = given.pop("reason"), given.pop("due")
        duties[int(row)] = {**was, **given, "due": due.isoformat() if due else ""}
        return _changed(request, held, topics={"duties": duties}, reason=reason)
    return _ask(request, held, form, _("Lengkapi kewajiban"), _("Simpan kewajiban"), lede=was["text"])


def _change_account(request: HttpRequest, held: Agreement, version: DraftVersion, row: str) -> HttpResponse:
    money = version.content["topics"]["money"]
    if not (row.isascii() and row.isdigit()) or int(row) >= len(money["sources"]):
        raise Http404
    was = money["sources"][int(row)]
    form = shapes.Account(_data(request), initial={"apbdes_code": was["apbdes_code"]})
    if _sent(request, form):
        given = form.cleaned_data
        money["sources"][int(row)] = {**was, "apbdes_code": given["apbdes_code"]}
        return _changed(request, held, topics={"money": money}, reason=given["reason"])
    return _ask(request, held, form, _("Kode rekening"), _("Simpan kode"), lede=was["from"])


def _change_annex(request: HttpRequest, held: Agreement, version: DraftVersion, kind: str) -> HttpResponse:
    if kind not in text.ANNEXES:
        raise Http404
    rows = version.content["annexes"][kind]
    form = shapes.AnnexRows(kind, _data(request), initial={"rows": shapes.as_rows(kind, rows)})
    if _sent(request, form):
        given = form.cleaned_data
        return _changed(request, held, annexes={kind: given["rows"]}, reason=given["reason"])
    return _ask(request, held, form, text.ANNEXES[kind][0], _("Usulkan lampiran"))


def _change_term(request: HttpRequest, held: Agreement, version: DraftVersion) -> HttpResponse:
    days = version.content["topics"]["term"]
    form = shapes.Term(_data(request), initial={name: text.day(day) for name, day in days.items()})
    if _sent(request, form):
        given = form.cleaned_data
        term = {name: given[name].isoformat() for name in ("start", "end")}
        return _changed(request, held, topics={"term": term}, reason=given["reason"])
    lede = _("Jangka waktu yang berbeda dari lembar pokok memerlukan Musyawarah Desa lagi.")
    return _ask(request, held, form, _("Jangka waktu"), _("Usulkan perubahan"), lede=lede)


def _follow_sheet(request: HttpRequest, held: Agreement) -> HttpResponse:
    form = shapes.Because(_data(request))
    if _sent(request, form):
        return _changed(request, held, follow_sheet=True, reason=form.cleaned_data["reason"])
    lede = _("Semua pokok naskah diganti dengan lembar pokok yang terakhir disetujui Musyawarah Desa.")
    return _ask(request, held, form, _("Ikuti lembar pokok terbaru"), _("Ganti pokok naskah"), lede=lede)


def _steps(held: Agreement, what: str) -> list[dict[str, Any]]:
    return [{"step": each, "party": _(PARTIES[each.party])} for each in queries.negotiation(held, what)]


def give_number(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Nomor naskah tercatat.")
    return _plain(request, code, actions.give_number, _("Nomor naskah"), _("Simpan nomor"), done, shapes.Number)


def show_condition(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(request, code)
    wanted = {each.code: each for each in book.conditions_of(held.forms)}
    condition = wanted.get(request.GET.get("syarat", ""))
    if condition is None:
        raise Http404
    form = shapes.Proof(_data(request), initial={"proof": held.gates.get(condition.code, "")})
    if _sent(request, form):
        actions.show_condition(by=by(request), agreement=held, condition=condition.code, **form.cleaned_data)
        return _go(request, code, _("Bukti syarat tercatat."))
    return _ask(request, held, form, condition.says, _("Simpan bukti"), lede=condition.basis)


def pass_turn(request: HttpRequest, code: str) -> HttpResponse:
    lede = _("Setelah diserahkan, pihak lain yang menyusun naskah.")
    return _plain(
        request,
        code,
        actions.pass_turn,
        _("Serahkan giliran"),
        _("Serahkan giliran"),
        _("Giliran berpindah."),
        lede=lede,
    )


def request_legal_review(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(request, code)
    people = _reviewers(held)
    form = shapes.Reviewer([(each.code, each.full_name) for each in people.values()], _data(request))
    if _sent(request, form):
        reviewer = people[form.cleaned_data["reviewer"]]
        actions.request_legal_review(by=by(request), agreement=held, reviewer=reviewer)
        return _go(request, code, _("Telaah hukum diminta."))
    lede = "" if people else _("Belum ada penelaah hukum di kabupaten ini.")
    return _ask(request, held, form, _("Minta telaah hukum"), _("Minta telaah"), lede=lede)


def _reviewers(held: Agreement) -> dict[str, Person]:
    offices = Appointment.objects.in_force(clock.today()).filter(role=roles.LEGAL_REVIEWER.key)
    near = offices.filter(region__code=held.case.village_id[:5]).select_related("person").order_by("person__full_name")
    return {each.person.code: each.person for each in near}


def give_legal_review(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Catatan telaah tercatat.")
    return _plain(request, code, actions.give_legal_review, _("Telaah hukum"), _("Kirim catatan"), done, shapes.Review)


def end_legal_review(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Naskah kembali di tangan desa.")
    return _plain(request, code, actions.end_legal_review, _("Akhiri telaah hukum"), _("Akhiri telaah"), done)


def accept_text(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(request, code)
    version = queries.newest_version(held)
    form = shapes.Accept(_data(request), initial={"text_hash": version.text_hash})
    if _sent(request, form):
        actions.accept_text(by=by(request), agreement=held, text_hash=form.cleaned_data["text_hash"])
        return _go(request, code, _("Naskah versi {number} Anda terima.").format(number=version.number))
    lede = _("Versi {number}. Bila pihak lain mengubahnya, penerimaan ini gugur.").format(number=version.number)
    return _ask(request, held, form, _("Terima naskah"), _("Terima naskah"), lede=lede, version=version)


def abandon_draft(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Naskah dihentikan.")
    return _plain(
        request, code, actions.abandon_draft, _("Hentikan naskah"), _("Hentikan naskah"), done, shapes.Because
    )


def return_to_selection(request: HttpRequest, code: str) -> HttpResponse:
    lede = _("Naskah dan lembar pokoknya tidak dipakai lagi, dan calon lain dapat diusulkan.")
    return _plain(
        request, code, actions.return_to_selection, _("Kembali ke seleksi"), _("Kembali ke seleksi"),
        _("Kemitraan kembali ke seleksi."), shapes.Because, lede,
    )  # fmt: skip


# Permits and decrees ------------------------------------------------------------------------------------------------
def request_permit(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Permohonan izin diajukan lewat camat.")
    return _plain(
        request, code, actions.request_permit, _("Ajukan izin aset"), _("Ajukan permohonan"), done, shapes.Permission
    )


def grant_permit(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(request, code)
    form = shapes.Granted(_data(request), request.FILES or None)
    if _sent(request, form):
        actions.grant_permit(by=by(request), agreement=held, **_with_file(form))
        return _go(request, code, _("Izin tercatat."))
    asked = held.permits.order_by("-pk").first()
    return _ask(request, held, form, _("Beri izin"), _("Catat izin"), lede=asked.asked_because if asked else "")


def refuse_permit(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Penolakan tercatat bersama alasannya.")
    return _plain(request, code, actions.refuse_permit, _("Tolak izin"), _("Tolak dengan alasan"), done, shapes.Because)


def issue_bpd_decree(request: HttpRequest, code: str) -> HttpResponse:
    """Where the decree on this sheet was issued here, its number, day and file are not asked for twice."""
    held = _agreement(request, code)
    decree = queries.decree_issued_here(held)
    initial = {"number": decree.number, "dated": decree.dated} if decree else {}
    form = shapes.Decree(_data(request), request.FILES or None, initial=initial)
    if _sent(request, form):
        given = _with_file(form)
        paper = decree.paper if decree and decree.paper and given.items() >= initial.items() else None
        if paper and not given["file"]:
            kept = paper.file
            given["file"] = files.Content(kept.sha256, kept.size, kept.media_type, kept.name)
        actions.issue_bpd_decree(by=by(request), case=held.case, **given)
        return _go(request, code, _("Keputusan BPD tercatat."))
    lede = ""
    if decree:
        lede = _("Keputusan Nomor %(number)s sudah terbit dari musyawarah; berkasnya ikut tercatat.") % {
            "number": decree.number
        }
    return _ask(request, held, form, _("Keputusan BPD tentang beban desa"), _("Terbitkan keputusan"), lede=lede)


def _with_file(form: forms.Form) -> dict[str, Any]:
    """What was typed, with an uploaded file laid into the store."""
    given = dict(form.cleaned_data)
    safe = given.pop("file")
    given["file"] = files.put(safe.content, media_type=safe.media_type, name=safe.name) if safe else None
    return given


# Locking and signing ------------------------------------------------------------------------------------------------
def finalise(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(request, code)
    form = shapes.Lock(
        _data(request), initial={"made_on": clock.today(), "place": f"Kantor Desa {held.case.village.name}"}
    )
    if _sent(request, form):
        given, knock = form.cleaned_data, by(request)
        draft, norms = queries.draft_of(held), standing(held.case.village_id)
        # The paper takes a second to make: not for a text that cannot be locked anyhow.
        queries.refuse_unmet(queries.locking_asked(held, draft, given["made_on"], norms), norms, given["reason"])
        paper = letters.agreement_paper(held, draft, key=knock.key, made_on=given["made_on"], place=given["place"])
        pages = signing.page_count(files.read(paper.pdf.sha256))
        actions.finalise(by=knock, agreement=held, paper=paper, pages=pages, **given)
        return _go(request, code, _("Naskah terkunci. Kedua penandatangan diberi tahu."))
    lede = _("Setelah dikunci, naskah tidak berubah dan siap ditandatangani.")
    checklist = reverse("page.agreement_checks", args=[code])
    return _ask(request, held, form, _("Kunci naskah"), _("Kunci naskah"), lede=lede, checklist=checklist)


def reopen_draft(request: HttpRequest, code: str) -> HttpResponse:
    lede = _("Naskah yang terkunci dibatalkan dan kembali di tangan desa.")
    return _plain(
        request, code, actions.reopen_draft, _("Buka kembali naskah"), _("Buka kembali"), _("Naskah terbuka lagi."),
        shapes.Because, lede,
    )  # fmt: skip


def void_signatures(request: HttpRequest, code: str) -> HttpResponse:
    lede = _("Tanda tangan yang sudah ada tidak berlaku lagi, dan naskah kembali di tangan desa.")
    return _plain(
        request, code, actions.void_signatures, _("Batalkan tanda tangan"), _("Batalkan tanda tangan"),
        _("Tanda tangan dibatalkan."), shapes.Because, lede,
    )  # fmt: skip


def invite_signer(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Penandatangan diundang lagi.")
    return _plain(request, code, actions.invite_signer, _("Undang lagi penandatangan"), _("Undang lagi"), done)


def sign(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(request, code)
    person = person_of(request)
    if held.paper is None:
        raise Http404
    form = shapes.Sign(_data(request), initial={"seen": held.paper.file.sha256})
    if _sent(request, form):
        given = form.cleaned_data
        actions.sign(by=by(request), agreement=held, seen=given["seen"], reason=given["reason"])
        sealing.seal(held)
        return _go(request, code, _("Anda telah menandatangani perjanjian ini."))
    slot = queries.own_slot(held, person)
    norms = standing(held.case.village_id)
    asked = queries.reading_asked(slot, held, person, slot.text_hash) if slot else []
    lede = _("Sidik naskah {hash}. Anda menandatangani berkas yang sama persis.").format(
        hash=held.paper.file.sha256[:16]
    )
    paper = reverse("page.agreement_print", args=[code])
    found = findings(asked, norms)
    return _ask(
        request, held, form, _("Tandatangani perjanjian"), _("Tandatangani"), lede=lede, findings=found, paper=paper
    )


def decline_to_sign(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Penolakan Anda tercatat.")
    return _plain(
        request,
        code,
        actions.decline_to_sign,
        _("Tolak menandatangani"),
        _("Tolak dengan alasan"),
        done,
        shapes.Because,
    )


def upload_wet_signatures(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(request, code)
    form = shapes.Scan(_data(request), request.FILES or None)
    if _sent(request, form):
        given = form.cleaned_data
        safe = given["file"]
        stored = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        actions.upload_wet_signatures(
            by=by(request), agreement=held, file=stored, pages=safe.pages, signed_on=given["signed_on"],
            witnesses=[given["first_witness"], given["second_witness"]],
        )  # fmt: skip
        return _go(request, code, _("Pindaian tersimpan. Ketua BPD dan camat mencocokkannya."))
    lede = _("Cetak naskah terkunci, tanda tangani semua pihak di depan dua saksi, lalu pindai semua halaman.")
    paper = reverse("page.agreement_print", args=[code])
    return _ask(request, held, form, _("Unggah pindaian"), _("Unggah pindaian"), lede=lede, paper=paper)


def return_wet_signatures(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Pindaian dikembalikan.")
    return _plain(
        request, code, actions.return_wet_signatures, _("Kembalikan pindaian"), _("Kembalikan"), done, shapes.Because
    )


def confirm_wet_signatures(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(request, code)
    waiting, form = queries.waiting_scan(held), shapes.Compared(_data(request))
    if waiting is None:
        raise Http404
    more: dict[str, Any] = {}
    if _sent(request, form):
        try:
            done = actions.confirm_wet_signatures(by=by(request), agreement=held, **form.cleaned_data)
            return _go(request, code, _confirmed(done.confirmations.count()))
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
    return _ask(request, held, form, _("Sahkan tanda tangan basah"), _("Sahkan"), lede=lede, **links, **more)


def _confirmed(count: int) -> str:
    if count >= WET_WITNESSES:
        return _("Tanda tangan basah sah: dua orang telah mencocokkannya.")
    return _("Pencocokan Anda tercatat. Satu orang lagi perlu mengesahkan.")


# In force -----------------------------------------------------------------------------------------------------------
def activate(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(request, code)
    numbers = {"village_number": held.village_number, "partner_number": held.partner_number}
    form = shapes.Activation(_data(request), initial=numbers)
    if _sent(request, form):
        actions.activate(by=by(request), agreement=held, **form.cleaned_data)
        return _go(request, code, _("Perjanjian berlaku. Ringkasannya dapat diumumkan."))
    norms = standing(held.case.village_id)
    asked = queries.activating_asked(held.case, held.village_number, held.partner_number, held.stamp)
    found = findings(asked, norms)
    lede = _("Nomor yang sudah tercetak pada naskah tidak berubah.")
    return _ask(request, held, form, _("Catat nomor dan berlakukan"), _("Berlakukan"), lede=lede, findings=found)


def publish_summary(request: HttpRequest, code: str) -> HttpResponse:
    held = _agreement(request, code)
    form = shapes.Summary(_data(request), initial={"summary": held.summary or queries.plain_summary(held)})
    if _sent(request, form):
        actions.publish_summary(by=by(request), agreement=held, **form.cleaned_data)
        return _go(request, code, _("Ringkasan diumumkan."))
    lede = _("Periksa ringkasan yang dibuat dari pasal, lalu umumkan kepada warga.")
    return _ask(request, held, form, _("Umumkan ringkasan"), _("Umumkan"), lede=lede)
