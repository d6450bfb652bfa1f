"""Due diligence: filled in by the partner, looked at by an officer, closed with the verdict that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.rules import Finding, examine, unmet
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import REGISTER, Question, Type, book
from bermitra.registry.due_diligence.verdict import Judgement, applicable, as_if_all_evidence_held, judge
from bermitra.registry.forms import (
    Answers,
    CheckEvidence,
    DeclareFacts,
    Reason,
    Repair,
    ReviewMatch,
    StartVerification,
)
from bermitra.registry.models import PartnerDocument, Verification
from bermitra.registry.queries.matches import matches_of
from bermitra.registry.queries.verifications import documents_of, file_of, submission_facts, verifications_visible_to
from bermitra.registry.queries.words import said
from bermitra.registry.rules import (
    FLOW,
    LABELS,
    PASSES,
    SUBMITTING,
    VERDICTS,
    WITH_PARTNER,
    State,
)
from bermitra.registry.views.common import VERBS, open_doors, partner_at
from bermitra.registry.views.documents import document_items

STATE_KINDS: dict[str, str] = {
    State.VERIFIED: "ok", State.WITH_CONDITIONS: "ok", State.NOT_VERIFIED: "fix", State.BLOCKED: "late",
    State.REPAIR: "fix", State.DRAFT: "idle",
}  # fmt: skip
FILLING_IN = "registry.answer_verification"  # who may go through it are the partner's own people
TOGETHER = 3  # questions on one page: each with its reason, six fields
EVIDENCE = 7  # documents marked on one page
NO_VALUE = "–"


def start_verification(request: HttpRequest, code: str) -> HttpResponse:
    partner, back = partner_at(request, code)
    form = StartVerification(**typed_in(request), initial={"region": partner.registered_in_id})
    return act_page(
        request,
        form,
        lambda: actions.start_verification(by=by(request), partner=partner, **form.cleaned_data),
        heading=_("Mulai uji tuntas"),
        lede=_("Putusan dihitung dari jawaban dan bukti. Anda melihatnya sebelum mengirim."),
        verb=_("Mulai"),
        says=_("Uji tuntas dimulai. Isi jawabannya bagian demi bagian."),
        back=back,
        go=lambda begun: reverse("page.verification_file", kwargs={"code": begun.code}),
        example=partner.example,
    )


def verification_file(request: HttpRequest, code: str) -> HttpResponse:
    """Where the file stands, what is still missing, and the verdict that follows."""
    person, today = person_of(request), clock.today()
    verification = _verification(request, code)[0]
    partner, file = verification.partner, file_of(verification, today)
    with_partner = verification.state in WITH_PARTNER
    judgement = as_if_all_evidence_held(book(), file) if with_partner else judge(book(), file)
    findings = _submission_findings(verification, today)
    matches = [each for each in matches_of([partner], today)[partner.pk] if each.same is not False]
    doors = open_doors(person, _moves(verification, matched=bool(matches)), verification, code)
    documents = document_items(partner, linked=True)
    own = may_open(person, FILLING_IN, verification.reach())
    concluded, holds = verification.state in VERDICTS, verification.state == judgement.verdict
    context = {
        "verification": verification,
        "partner": partner,
        "label": LABELS[verification.state],
        "state_word": _(LABELS[verification.state].staff),
        "state_kind": "idle" if concluded and not holds else STATE_KINDS.get(verification.state, "doing"),
        "with_partner": with_partner,
        "concluded": concluded,
        "holds": concluded and holds,
        "good": judgement.verdict in PASSES,
        "verdict_name": said(book().verdicts[judgement.verdict].name),
        "says": said(book().verdicts[judgement.verdict].may),
        "flags": [said(each.name) for each in judgement.flags],
        "repairs": _repair_items(judgement),
        "score": judgement.counts["score"],
        "findings": findings,
        "acts": _remedies(verification, person),
        "parts": _parts(verification) if own and with_partner else [],
        "answers": [] if own and with_partner else _answer_facts(verification, judgement.questions),
        "documents": documents,
        "matches": matches,
        "reviewer": Person.objects.filter(code=verification.reviewer).first() if verification.reviewer else None,
        "next": _next_door(doors, findings, documents, unseen=any(each.same is None for each in matches)),
        "doors": doors,
        "example": partner.example,
    }
    return render(request, "registry/verification_file.html", context)


def _next_door(
    doors: list[dict[str, str]], findings: tuple[Finding, ...], documents: list[dict[str, Any]], *, unseen: bool
) -> dict[str, str] | None:
    """The one thing to do now: what is missing before what sends, what is unseen before what closes."""
    incomplete = bool(unmet(findings))
    undone = {
        "registry.submit_verification": incomplete,
        "registry.resubmit_verification": incomplete,
        "registry.answer_verification": not incomplete,
        "registry.review_match": not unseen,
        "registry.conclude_verification": unseen,
        "registry.check_evidence": all(
            each["held"] is None or each["held"].check_state != PartnerDocument.Check.DECLARED for each in documents
        ),
    }
    return next((each for each in doors if each["says"] and not undone.get(each["name"], False)), None)


def _answer_facts(verification: Verification, questions: Iterable[Question]) -> list[tuple[str, str]]:
    return [(said(each.ask), _answer_words(each, verification)) for each in questions]


def _answer_words(question: Question, verification: Verification) -> str:
    answer = verification.answers.get(question.code)
    if answer is None:
        return NO_VALUE
    if question.type is Type.YES_NO:
        words = _("Ya") if answer else _("Tidak")
        reason = verification.reasons.get(question.code, "")
        return f"{words}: {reason}" if reason and not answer else words
    if question.type is Type.CHOICE:
        return said(dict(question.options)[answer])
    return f"{answer}%" if question.type is Type.PERCENT else f"{answer} {said(question.unit) if question.unit else ''}"


def _moves(verification: Verification, *, matched: bool) -> list[str]:
    """The doors that lead on from this state, and those that only prepare it."""
    doors = [each for each in VERBS if each in FLOW.open_doors(verification.state)]
    if verification.state in WITH_PARTNER:
        return ["registry.answer_verification", *doors]
    if verification.state == State.UNDER_REVIEW:
        return ["registry.check_evidence", *(["registry.review_match"] if matched else []), *doors]
    return doors


def _submission_findings(verification: Verification, today: date) -> tuple[Finding, ...]:
    if verification.state not in WITH_PARTNER:
        return ()
    return examine(SUBMITTING, submission_facts(verification, today), standing(verification.region_id))


def _remedies(verification: Verification, person: Person) -> dict[str, dict[str, str]]:
    """By rule, the act that meets it, for those who may do it."""
    partner = verification.partner.code
    wanted = {
        "RG-01": ("registry.add_document", partner),
        "RG-03": ("registry.answer_verification", verification.code),
        "RG-06": ("registry.declare_owners", partner),
    }
    reach = verification.reach()
    return {
        rule: {"url": reverse(door, kwargs={"code": code}), "verb": _(VERBS[door])}
        for rule, (door, code) in wanted.items()
        if may_open(person, door, reach)
    }


def _repair_items(judgement: Judgement) -> list[dict[str, str]]:
    questions = {each.code: each for each in judgement.questions}
    items = []
    for repair in judgement.repairs:
        if repair in judgement.passed:
            items.append({"title": said(questions[repair].ask), "small": _("Buktinya belum diperiksa.")})
        elif repair in questions:
            items.append({"title": said(questions[repair].ask), "small": said(questions[repair].repair)})
        else:
            items.append({"title": said(book().documents[repair].name), "small": _("Dokumen belum ada atau habis.")})
    return items


def _chunks(verification: Verification) -> list[tuple[Question, ...]]:
    asked = applicable(book(), file_of(verification, clock.today()))
    return [asked[start : start + TOGETHER] for start in range(0, len(asked), TOGETHER)]


def _parts(verification: Verification) -> list[dict[str, Any]]:
    """The file in parts of a few questions, with how far each is filled in."""
    path = reverse("registry.answer_verification", kwargs={"code": verification.code})
    parts: list[dict[str, Any]] = [
        {"url": path, "title": _("Tentang lembaga"), "small": _("Keadaan yang menentukan pertanyaan")}
    ]
    for number, chunk in enumerate(_chunks(verification), 1):
        done = sum(verification.answers.get(each.code) is not None for each in chunk)
        parts.append(
            {
                "url": f"{path}?bagian={number}",
                "title": _("Bagian %(n)d") % {"n": number},
                "small": said(book().tests[chunk[0].test]),
                "state": _("%(done)d dari %(all)d dijawab") % {"done": done, "all": len(chunk)},
                "kind": "ok" if done == len(chunk) else "doing" if done else "idle",
            }
        )
    return parts


def _verification(request: HttpRequest, code: str) -> tuple[Verification, str]:
    verification = get_object_or_404(verifications_visible_to(person_of(request)), code=code)
    return verification, reverse("page.verification_file", kwargs={"code": code})


def answer_verification(request: HttpRequest, code: str) -> HttpResponse:
    """One part at a time; each is kept as soon as it is sent."""
    verification, back = _verification(request, code)
    chunks = _chunks(verification)
    typed = request.GET.get("bagian", "0")
    part = int(typed) if typed.isascii() and typed.isdigit() and 0 < int(typed[:4]) <= len(chunks) else 0
    form, given = _part_form(request, verification, chunks[part - 1] if part else ())
    path = reverse("registry.answer_verification", kwargs={"code": code})
    return act_page(
        request,
        form,
        lambda: actions.answer_verification(by=by(request), verification=verification, **given()),
        heading=_("Bagian %(n)d dari %(all)d") % {"n": part, "all": len(chunks)} if part else _("Tentang lembaga"),
        lede=_("Boleh berhenti di tengah: setiap bagian tersimpan begitu dikirim."),
        verb=_("Simpan dan lanjutkan") if part < len(chunks) else _("Simpan"),
        says=_("Jawaban tersimpan."),
        back=back,
        go=f"{path}?bagian={part + 1}" if part < len(chunks) else back,
        example=verification.partner.example,
    )


def _part_form(
    request: HttpRequest, verification: Verification, questions: tuple[Question, ...]
) -> tuple[forms.Form, Callable[[], Mapping[str, Any]]]:
    """The form of a part, and what the act is asked with once it is filled in."""
    if not questions:
        facts = book().facts_asked(verification.partner.kind, REGISTER)
        about = DeclareFacts(**typed_in(request), facts=facts, held=verification.facts)
        return about, lambda: {"answers": {}, "reasons": {}, "facts": about.cleaned_data}
    held = {"answers": verification.answers, "reasons": verification.reasons}
    form = Answers(**typed_in(request), questions=questions, **held)
    return form, lambda: {"answers": form.answers(), "reasons": form.reasons(), "facts": {}}


def _plain(request: HttpRequest, code: str, does: Callable[[Verification], Any], **words: Any) -> HttpResponse:
    """An act without questions: the page says what it does, the button does it."""
    verification, back = _verification(request, code)
    form = forms.Form(**typed_in(request))
    example = verification.partner.example
    return act_page(request, form, lambda: does(verification), back=back, example=example, **words)


def submit_verification(request: HttpRequest, code: str) -> HttpResponse:
    return _plain(
        request,
        code,
        lambda it: actions.submit_verification(by=by(request), verification=it),
        heading=_("Kirim uji tuntas"),
        lede=_("Setelah dikirim, jawaban terkunci sampai pemeriksa selesai atau meminta perbaikan."),
        verb=_("Kirim uji tuntas"),
        says=_("Uji tuntas terkirim."),
    )


def resubmit_verification(request: HttpRequest, code: str) -> HttpResponse:
    return _plain(
        request,
        code,
        lambda it: actions.resubmit_verification(by=by(request), verification=it),
        heading=_("Kirim perbaikan"),
        lede=_("Berkas kembali kepada pemeriksa yang sama."),
        verb=_("Kirim perbaikan"),
        says=_("Perbaikan terkirim."),
    )


def take_verification(request: HttpRequest, code: str) -> HttpResponse:
    return _plain(
        request,
        code,
        lambda it: actions.take_verification(by=by(request), verification=it),
        heading=_("Ambil berkas uji tuntas"),
        lede=_("Dengan mengambilnya Anda menyatakan tidak punya hubungan dengan mitra ini."),
        verb=_("Ambil berkas"),
        says=_("Berkas ada pada Anda. Periksa buktinya."),
    )


def check_evidence(request: HttpRequest, code: str) -> HttpResponse:
    """A few documents at a time, those nobody looked at first."""
    verification, back = _verification(request, code)
    held = documents_of(verification.partner)
    waiting = [each for each in held.values() if each.check_state == PartnerDocument.Check.DECLARED]
    form = CheckEvidence(**typed_in(request), documents=(waiting or list(held.values()))[:EVIDENCE])
    again = reverse("registry.check_evidence", kwargs={"code": code})
    return act_page(
        request,
        form,
        lambda: actions.check_evidence(by=by(request), verification=verification, marks=form.marks()),
        heading=_("Periksa bukti"),
        lede=_("Lihat dokumennya, lalu tandai. Anda menandai bukti, bukan putusan."),
        verb=_("Simpan tanda"),
        says=_("Tanda tersimpan."),
        back=back,
        go=again if len(waiting) > EVIDENCE else back,
        example=verification.partner.example,
    )


def request_repair(request: HttpRequest, code: str) -> HttpResponse:
    verification, back = _verification(request, code)
    form = Repair(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.request_repair(by=by(request), verification=verification, **form.cleaned_data),
        heading=_("Minta perbaikan"),
        verb=_("Kirim permintaan"),
        says=_("Mitra diminta memperbaiki berkasnya."),
        back=back,
        example=verification.partner.example,
    )


def review_match(request: HttpRequest, code: str) -> HttpResponse:
    verification, back = _verification(request, code)
    matches = matches_of([verification.partner], clock.today())[verification.partner_id]
    form = ReviewMatch(**typed_in(request), matches=[each for each in matches if each.same is None] or matches)

    def does() -> None:
        given = {**form.cleaned_data, "same": form.cleaned_data["same"] == "yes"}
        actions.review_match(by=by(request), verification=verification, **given)

    return act_page(
        request,
        form,
        does,
        heading=_("Tinjau kecocokan nama"),
        lede=_("Nama yang sama belum tentu pihak yang sama. Bandingkan alamat dan pengurusnya."),
        verb=_("Simpan tinjauan"),
        says=_("Tinjauan tersimpan."),
        back=back,
        example=verification.partner.example,
    )


class _Stated(forms.Form):
    """The verdict that stood on the page when the button was pressed."""

    stated_verdict = forms.CharField(widget=forms.HiddenInput)


def conclude_verification(request: HttpRequest, code: str) -> HttpResponse:
    verification, back = _verification(request, code)
    judgement = judge(book(), file_of(verification, clock.today()))
    verdict = book().verdicts[judgement.verdict]
    form = _Stated(**typed_in(request), initial={"stated_verdict": judgement.verdict})
    return act_page(
        request,
        form,
        lambda: actions.conclude_verification(by=by(request), verification=verification, **form.cleaned_data),
        heading=_("Tutup uji tuntas"),
        lede=_("Putusan dihitung, tidak diketik: %(verdict)s. %(may)s")
        % {"verdict": said(verdict.name), "may": said(verdict.may)},
        verb=_("Tutup dengan putusan ini"),
        says=_("Uji tuntas ditutup."),
        back=back,
        example=verification.partner.example,
    )


def reopen_verification(request: HttpRequest, code: str) -> HttpResponse:
    verification, back = _verification(request, code)
    form = Reason(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.reopen_verification(by=by(request), verification=verification, **form.cleaned_data),
        heading=_("Buka ulang uji tuntas"),
        lede=_("Putusan lama tetap dalam riwayat, tetapi tidak berlaku sampai ada putusan baru."),
        verb=_("Buka ulang"),
        says=_("Uji tuntas dibuka ulang; berkasnya ada pada Anda."),
        back=back,
        example=verification.partner.example,
    )
